//! Which of a page's dates is the day of publication. Pure; no clock.

use super::{Day, Value};
use crate::ingest::GivenDate;
use chrono::Datelike;

/// A date that may be the day of publication. In a list the most trusted stands
/// first.
#[derive(Debug, Clone)]
pub(in crate::ingest::html) struct Candidate {
    pub(in crate::ingest::html) value: Value,
    /// For people: "JSON-LD datePublished".
    pub(in crate::ingest::html) origin: String,
    /// Whether it stands in the page's address.
    pub(in crate::ingest::html) address: bool,
}

/// What else a page tells of time.
#[derive(Debug, Default)]
pub(in crate::ingest::html) struct Around {
    pub(in crate::ingest::html) modified: Vec<Value>,
    /// The day the copy was made, by an archive or a browser.
    pub(in crate::ingest::html) copied: Option<Day>,
    /// Full dates shown between the headline and the first paragraph.
    pub(in crate::ingest::html) shown: Vec<Day>,
    /// The year and month in the address.
    pub(in crate::ingest::html) month: Option<(u32, u32)>,
}

/// Dates so many days apart are one: zones, and addresses made the day before.
const NEAR: i64 = 2;
/// A page is not published so many days after it was last changed.
const FAR: i64 = 30;

/// A candidate's day, and its minutes since 1970 and offset where it has a zone.
type Dated = (Day, Option<(i64, i64)>, Candidate);

/// The day of publication and where it was found; what was odd goes to `notes`.
pub(in crate::ingest::html) fn choose(
    candidates: Vec<Candidate>,
    around: &Around,
    notes: &mut Vec<String>,
) -> Option<(GivenDate, String)> {
    let mut days: Vec<Dated> = Vec::new();
    let mut coarse = None;
    for candidate in candidates {
        match candidate.value {
            Value::Day(day, instant) => days.push((day, instant, candidate)),
            Value::Either(x, y) => match settle(x, y, around) {
                Some(day) => days.push((day, None, candidate)),
                None => notes.push(format!(
                    "the date of the page ({}) is {} or {}; it is left out",
                    candidate.origin,
                    x.edtf(),
                    y.edtf()
                )),
            },
            Value::Month(year, month) => {
                coarse.get_or_insert((format!("{year:04}-{month:02}"), candidate.origin));
            }
            Value::Year(year) => {
                coarse.get_or_insert((format!("{year:04}"), candidate.origin));
            }
        }
    }
    let modified = around.modified.iter().filter_map(|v| v.day()).max();
    days.retain(|(day, _, candidate)| {
        let late = around.copied.is_some_and(|copied| day.since(copied) > 1)
            || modified.is_some_and(|modified| day.since(modified) > FAR);
        if late {
            notes.push(format!(
                "{} ({}) lies behind the page's other dates; it is left out",
                day.edtf(),
                candidate.origin
            ));
        }
        !late
    });
    if days.is_empty() {
        let (edtf, origin) = coarse?;
        return Some((given(edtf, &origin), origin));
    }
    let at = trusted(&days, notes);
    let (day, instant, candidate) = days.get(at)?;
    if let Some(printed) = night_before(*day, &days, &around.shown) {
        let origin = "day shown, one before the address's".to_owned();
        return Some((given(printed.edtf(), &origin), origin));
    }
    let day = own_day(*day, *instant, &days, &around.shown);
    Some((
        given(day.edtf(), &candidate.origin),
        candidate.origin.clone(),
    ))
}

fn given(edtf: String, origin: &str) -> GivenDate {
    GivenDate {
        edtf,
        from: format!("the page's {origin}"),
    }
}

/// Which of the two the other dates of the page allow.
fn settle(x: Day, y: Day, around: &Around) -> Option<Day> {
    let fits = |day: Day| {
        around.shown.contains(&day)
            || around
                .month
                .is_some_and(|(year, month)| (day.0.year(), day.0.month()) == (year as i32, month))
    };
    match (fits(x), fits(y)) {
        (true, false) => Some(x),
        (false, true) => Some(y),
        _ => None,
    }
}

/// Which of the days is believed.
fn trusted(days: &[Dated], notes: &mut Vec<String>) -> usize {
    let Some((top, _, _)) = days.first() else {
        return 0;
    };
    let near = |a: Day, b: Day| a.since(b).abs() <= NEAR;
    let other = |at: usize| {
        days.get(at).map_or(String::new(), |(d, _, c)| {
            format!("{} ({})", d.edtf(), c.origin)
        })
    };
    let address = days.iter().position(|(_, _, c)| c.address);
    let chosen = match address.and_then(|at| Some((at, days.get(at)?.0))) {
        Some((at, dated)) if !near(*top, dated) => {
            // The data were rewritten since: the address was not.
            let witness = days
                .iter()
                .position(|(d, _, c)| !c.address && near(*d, dated));
            witness.or((dated < *top).then_some(at)).unwrap_or(0)
        }
        Some(_) => 0,
        None => {
            // Two others that agree are believed before one.
            let agreed = (1..days.len()).find(|i| {
                !near(days[*i].0, *top)
                    && days
                        .iter()
                        .skip(i + 1)
                        .any(|(d, _, c)| near(*d, days[*i].0) && c.origin != days[*i].2.origin)
            });
            let backed = days.iter().skip(1).any(|(d, _, _)| near(*d, *top));
            agreed.filter(|_| !backed).unwrap_or(0)
        }
    };
    let doubt = if chosen == 0 {
        (1..days.len()).find(|i| !near(days[*i].0, *top))
    } else {
        Some(0)
    };
    if let Some(doubt) = doubt {
        notes.push(format!(
            "the page gives two dates: {}, {}; the first is taken",
            other(chosen),
            other(doubt)
        ));
    }
    chosen
}

/// The day that the page shows, where its address alone has the next: that of
/// the print edition.
fn night_before(day: Day, days: &[Dated], shown: &[Day]) -> Option<Day> {
    let alone = days.iter().all(|(_, _, c)| c.address);
    let mut before = shown.iter().filter(|s| day.since(**s) == 1);
    before.next().copied().filter(|_| alone)
}

/// The day where the page was published: of a time in UTC, the day that the
/// same time has in the page's own zone, or the neighbouring day that the address
/// has or the page shows.
fn own_day(day: Day, instant: Option<(i64, i64)>, days: &[Dated], shown: &[Day]) -> Day {
    let Some((minutes, 0)) = instant else {
        return day;
    };
    let local = days.iter().find(|(_, other, _)| {
        other.is_some_and(|(at, offset)| offset != 0 && (at - minutes).abs() <= 1)
    });
    if let Some((local, _, _)) = local {
        return *local;
    }
    let afternoon = minutes.rem_euclid(1440) >= 720;
    let shift = if afternoon { 1 } else { -1 };
    let address = days.iter().find(|(_, _, c)| c.address).map(|(d, _, _)| *d);
    if shown.contains(&day) {
        return day;
    }
    let seen = address.into_iter().chain(shown.iter().copied());
    let mut neighbours = seen.filter(|dated| dated.since(day) == shift);
    neighbours.next().unwrap_or(day)
}

/// A date that a page shows, alone or behind the word that says what it is: not
/// that of a change.
pub(in crate::ingest::html) fn shown(text: &str) -> Option<Day> {
    let mut text = text.trim();
    for word in ["published", "posted", "on", ":"] {
        let head = text.get(..word.len()).unwrap_or_default();
        if head.eq_ignore_ascii_case(word) {
            text = text[word.len()..].trim_start();
        }
    }
    super::read(text)?.day()
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    /// Candidates as "ORIGIN DATE", the address's as "URL DATE".
    #[track_caller]
    fn check(dates: &[(&str, &str)], modified: &str, copied: &str, expected: &str) {
        let candidates = dates
            .iter()
            .map(|(origin, date)| Candidate {
                value: read(date).expect("a date"),
                origin: (*origin).to_owned(),
                address: *origin == "URL",
            })
            .collect();
        let around = Around {
            modified: read(modified).into_iter().collect(),
            copied: read(copied).and_then(Value::day),
            month: Some((2017, 4)),
            ..Around::default()
        };
        let mut notes = Vec::new();
        let found = choose(candidates, &around, &mut notes);
        let found = found.map_or("-".to_owned(), |(given, origin)| {
            format!("{} {origin}", given.edtf)
        });
        assert_eq!(format!("{found}{}", "!".repeat(notes.len())), expected);
    }

    #[test]
    fn conflicts() {
        check(
            &[("A", "2017-06-26"), ("B", "2017-06-27")],
            "",
            "",
            "2017-06-26 A",
        );
        check(
            &[("A", "2017-06-26"), ("B", "2015-01-01")],
            "",
            "",
            "2017-06-26 A!",
        );
        check(
            &[
                ("A", "2019-06-26"),
                ("B", "2017-06-26"),
                ("C", "2017-06-27"),
            ],
            "",
            "",
            "2017-06-26 B!",
        );
        check(
            &[
                ("A", "2019-06-26"),
                ("B", "2017-06-26"),
                ("URL", "2017-06-26"),
            ],
            "",
            "",
            "2017-06-26 B!",
        );
        check(
            &[("A", "2019-06-26"), ("URL", "2017-06-26")],
            "",
            "",
            "2017-06-26 URL!",
        );
        check(
            &[("A", "2017-06-26"), ("URL", "2017-09-01")],
            "",
            "",
            "2017-06-26 A!",
        );
        check(
            &[("A", "2090-06-26"), ("B", "2017-06-26")],
            "2017-06-27",
            "",
            "2017-06-26 B!",
        );
        check(
            &[("A", "2018-06-26"), ("B", "2017-06-26")],
            "",
            "2017-07-01",
            "2017-06-26 B!",
        );
        check(&[("A", "03/04/2017")], "", "", "2017-04-03 A");
        check(&[("A", "01/02/2017")], "", "", "-!");
        check(
            &[("A", "2017-06"), ("B", "2017-06-05")],
            "",
            "",
            "2017-06-05 B",
        );
        check(&[("A", "2017")], "", "", "2017 A");
    }

    #[test]
    fn the_day_of_the_print_edition() {
        let candidate = |date: &str, address: bool| Candidate {
            value: read(date).expect("a date"),
            origin: "A".to_owned(),
            address,
        };
        let around = |shown: &str| Around {
            shown: read(shown).and_then(Value::day).into_iter().collect(),
            ..Around::default()
        };
        let day = |candidates: Vec<Candidate>, shown: &str| {
            let found = choose(candidates, &around(shown), &mut Vec::new());
            found.map_or("-".to_owned(), |(given, _)| given.edtf)
        };
        let print = || candidate("2017-06-27", true);
        assert_eq!(day(vec![print()], "2017-06-26"), "2017-06-26");
        assert_eq!(day(vec![print()], "2017-06-25"), "2017-06-27");
        assert_eq!(day(vec![print()], "2017-06-28"), "2017-06-27");
        let data = candidate("2017-06-27", false);
        assert_eq!(day(vec![data, print()], "2017-06-26"), "2017-06-27");
    }

    #[test]
    fn the_page_s_own_day() {
        check(
            &[
                ("A", "2017-06-26T23:30:00Z"),
                ("B", "2017-06-27T01:30:00+02:00"),
            ],
            "",
            "",
            "2017-06-27 A",
        );
        check(
            &[("A", "2017-06-26T23:30:00Z"), ("URL", "2017-06-27")],
            "",
            "",
            "2017-06-27 A",
        );
        check(
            &[("A", "2017-06-26T08:30:00Z"), ("URL", "2017-06-27")],
            "",
            "",
            "2017-06-26 A",
        );
        check(
            &[("A", "2017-06-26T23:30:00-05:00"), ("URL", "2017-06-27")],
            "",
            "",
            "2017-06-26 A",
        );
    }
}
