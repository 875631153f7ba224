//! How a date is shown to people: a short label, its certainty marks, and the
//! heading that it stands under. Pure.

use crate::model::DateBasis;
use crate::resolve::EventDate;

/// The heading that an event stands under, in order of the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Heading {
    /// A year, or the first year of a decade or an interval.
    Year(i32),
    /// A day of an unknown year.
    UnknownYear,
    /// No date at all.
    NoDate,
}

impl Heading {
    pub(crate) fn of(date: Option<&EventDate>) -> Heading {
        let Some(date) = date else {
            return Heading::NoDate;
        };
        let edtf = date.edtf.as_str();
        edtf.split('/').find_map(year).map_or_else(
            || {
                if edtf.contains(|c: char| c.is_ascii_digit()) {
                    Heading::UnknownYear
                } else {
                    Heading::NoDate
                }
            },
            Heading::Year,
        )
    }

    pub(crate) fn text(self) -> String {
        match self {
            Heading::Year(year) => year.to_string(),
            Heading::UnknownYear => "year unknown".to_owned(),
            Heading::NoDate => "no date".to_owned(),
        }
    }
}

/// The year that one side of an interval begins with; the digits of a decade
/// or century that are not given count as zero.
fn year(date: &str) -> Option<i32> {
    let (sign, digits) = match date.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, date),
    };
    let digits = digits.get(..4)?;
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some(sign * digits.replace('X', "0").parse::<i32>().ok()?)
}

/// A date as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    /// `2017-06-26/07-02`, `before 2017-06-26`, `no date`.
    pub(crate) text: String,
    /// The text says "about".
    pub(crate) about: bool,
    /// The date, or the publication date behind it, was worked out.
    pub(crate) worked_out: bool,
}

impl Shown {
    /// A date, or that there is none.
    pub(crate) fn of(date: Option<&EventDate>) -> Shown {
        let Some(date) = date else {
            return Shown {
                text: "no date".to_owned(),
                about: false,
                worked_out: false,
            };
        };
        let edtf = date.edtf.as_str();
        Shown {
            text: super::plain(&words(edtf)),
            about: edtf.contains(['~', '%']),
            worked_out: edtf.contains(['?', '%'])
                || date.inferred
                || matches!(date.basis, DateBasis::Relative | DateBasis::Publication),
        }
    }

    /// `~`, `?`, `~?` or nothing.
    pub(crate) fn marks(&self) -> &'static str {
        match (self.about, self.worked_out) {
            (false, false) => "",
            (true, false) => "~",
            (false, true) => "?",
            (true, true) => "~?",
        }
    }

    /// Text and marks.
    pub(crate) fn label(&self) -> String {
        format!("{} {}", self.text, self.marks())
            .trim_end()
            .to_owned()
    }
}

/// An EDTF string without its marks, an interval without what its end repeats.
fn words(edtf: &str) -> String {
    let bare = edtf.replace(['?', '~', '%'], "");
    let Some((start, end)) = bare.split_once('/') else {
        return one(&bare);
    };
    match (start, end) {
        (".." | "", ".." | "") => "no date".to_owned(),
        (".." | "", end) => format!("before {}", one(end)),
        (start, ".." | "") => format!("from {}", one(start)),
        (start, end) if start.starts_with("XXXX-") && end.starts_with("XXXX-") => {
            format!(
                "{} to {}, year unknown",
                month_and_day(&start[5..]),
                month_and_day(&end[5..])
            )
        }
        (start, end) => {
            let year = start
                .get(..5)
                .filter(|y| y.ends_with('-') && start.len() == end.len());
            match year.and_then(|y| end.strip_prefix(y)) {
                Some(rest) if !is_season(start) => format!("{start}/{rest}"),
                _ => format!("{}/{}", one(start), one(end)),
            }
        }
    }
}

fn is_season(date: &str) -> bool {
    season(date).is_some()
}

/// The year and name of a season (months 21 to 24 in EDTF).
fn season(date: &str) -> Option<(&str, &'static str)> {
    let (year, month) = date.rsplit_once('-')?;
    let name = match month {
        "21" => "spring",
        "22" => "summer",
        "23" => "autumn",
        "24" => "winter",
        _ => return None,
    };
    (year.len() == 4).then_some((year, name))
}

/// "June 23" from `06-23`: without a year, digits alone could be read either
/// way round.
fn month_and_day(date: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (month, day) = date.split_once('-').unwrap_or((date, ""));
    let name = month
        .parse::<usize>()
        .ok()
        .and_then(|m| MONTHS.get(m.wrapping_sub(1)));
    match (name, day.trim_start_matches('0')) {
        (Some(name), "") => (*name).to_owned(),
        (Some(name), day) => format!("{name} {day}"),
        (None, _) => date.to_owned(),
    }
}

fn one(date: &str) -> String {
    if let Some((year, name)) = season(date) {
        return format!("{year} {name}");
    }
    if let Some(rest) = date.strip_prefix("XXXX-") {
        return format!("{}, year unknown", month_and_day(rest));
    }
    match date.strip_suffix('X') {
        Some(decade) if decade.len() == 3 && !decade.ends_with('X') => format!("{decade}0s"),
        _ => date.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Edtf;

    fn check(edtf: &str, label: &str, heading: &str) {
        let date = EventDate {
            edtf: Edtf::parse(edtf).expect("a date that Tieline writes"),
            basis: DateBasis::Stated,
            words: None,
            inferred: false,
        };
        assert_eq!(Shown::of(Some(&date)).label(), label);
        assert_eq!(Heading::of(Some(&date)).text(), heading);
    }

    #[test]
    fn dates_are_short_and_say_how_sure_they_are() {
        check("2017-06-26", "2017-06-26", "2017");
        check("2016-06?", "2016-06 ?", "2016");
        check("1993~", "1993 ~", "1993");
        check("2015-06%", "2015-06 ~?", "2015");
        check("2017-06-26/2017-07-02", "2017-06-26/07-02", "2017");
        check("2016-12-26/2017-01-01", "2016-12-26/2017-01-01", "2016");
        check("../2017-06-26", "before 2017-06-26", "2017");
        check("2017-06-26/..", "from 2017-06-26", "2017");
        check("XXXX-06-23", "June 23, year unknown", "year unknown");
        check(
            "XXXX-06-26/XXXX-07-02",
            "June 26 to July 2, year unknown",
            "year unknown",
        );
        check("XXXX-06", "June, year unknown", "year unknown");
        check("201X", "2010s", "2010");
        check("2016-21", "2016 spring", "2016");
    }

    #[test]
    fn a_date_that_was_worked_out_is_marked() {
        let date = |basis, inferred| EventDate {
            edtf: Edtf::parse("2017-06-26").expect("a day"),
            basis,
            words: None,
            inferred,
        };
        assert_eq!(
            Shown::of(Some(&date(DateBasis::Relative, false))).marks(),
            "?"
        );
        assert_eq!(Shown::of(Some(&date(DateBasis::Stated, true))).marks(), "?");
        assert_eq!(
            Shown::of(Some(&date(DateBasis::Borrowed, false))).marks(),
            ""
        );
        assert_eq!(Shown::of(None).label(), "no date");
    }
}
