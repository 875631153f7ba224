//! Dates as pages write them in their data, and which of them is the day of
//! publication. Pure; no clock.

use super::super::GivenDate;
use chrono::{Datelike, NaiveDate};

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day(NaiveDate);

/// Days that programs write where they know none: the beginnings of their
/// calendars.
const JUNK: [(i32, u32, u32); 8] = [
    (1970, 1, 1),
    (1969, 12, 31),
    (1970, 1, 2),
    (1900, 1, 1),
    (1899, 12, 30),
    (1899, 12, 31),
    (1601, 1, 1),
    (1753, 1, 1),
];
/// Years that no page on the web was published in, whatever its article tells.
const YEARS: std::ops::RangeInclusive<i32> = 1602..=2098;

impl Day {
    pub(super) fn sound(year: u32, month: u32, day: u32) -> Option<Day> {
        let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
        let junk = JUNK.contains(&(date.year(), month, day));
        (!junk && YEARS.contains(&date.year())).then_some(Day(date))
    }

    /// "20170626"
    pub(super) fn of_digits(digits: &str) -> Option<Day> {
        if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let part = |range: std::ops::Range<usize>| digits.get(range)?.parse().ok();
        Day::sound(part(0..4)?, part(4..6)?, part(6..8)?)
    }

    pub(super) fn edtf(self) -> String {
        self.0.format("%Y-%m-%d").to_string()
    }

    /// Days from `other` to this.
    fn since(self, other: Day) -> i64 {
        (self.0 - other.0).num_days()
    }
}

/// A date in a page's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    /// A day; with a time and a zone, the minutes since 1970 and the zone's
    /// offset in minutes.
    Day(Day, Option<(i64, i64)>),
    Month(u32, u32),
    Year(u32),
    /// "03/04/2017": the day where the first number is the day, and where it is
    /// the month.
    Either(Day, Day),
}

impl Value {
    pub(super) fn day(self) -> Option<Day> {
        match self {
            Value::Day(day, _) => Some(day),
            _ => None,
        }
    }
}

/// The month that a word names.
pub(super) fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let at = MONTHS.iter().position(|m| {
        *m == word || word.len() == 3 && m.starts_with(&word) || word == "sept" && *m == "september"
    })?;
    Some(at as u32 + 1)
}

/// Reads a date of a page's data; `None` for what is none, and for days that
/// mean none.
pub(super) fn read(text: &str) -> Option<Value> {
    const LONGEST: usize = 80;
    let text = text.trim().trim_matches(['"', '\'']).trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    iso(text).or_else(|| worded(text)).or_else(|| numeric(text))
}

/// "2017-06-26T10:15:00+02:00", "2017/06/26", "20170626T101500Z", "2017-06".
fn iso(text: &str) -> Option<Value> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let number = |s: &str| s.parse::<u32>().ok();
    let (digits, rest) = text.split_at(end);
    let (day, rest) = match digits.len() {
        14 | 12 if rest.is_empty() => (Day::of_digits(&digits[..8])?, ""),
        8 => (Day::of_digits(digits)?, rest),
        4 if rest.is_empty() => {
            let year = number(digits)?;
            return (1800..=2098).contains(&year).then_some(Value::Year(year));
        }
        4 => {
            let mark = rest
                .chars()
                .next()
                .filter(|c| matches!(c, '-' | '/' | '.'))?;
            let mut parts = rest[1..].splitn(2, mark);
            let month = parts.next()?;
            let Some(tail) = parts.next() else {
                let month = number(month).filter(|m| (1..=12).contains(m))?;
                Day::sound(number(digits)?, month, 1)
                    .or_else(|| Day::sound(number(digits)?, month, 3))?;
                return Some(Value::Month(number(digits)?, month));
            };
            let end = tail
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(tail.len());
            if month.len() > 2 || end > 2 {
                return None;
            }
            (
                Day::sound(number(digits)?, number(month)?, number(&tail[..end])?)?,
                &tail[end..],
            )
        }
        _ => return None,
    };
    // What follows is a time of day, or this is no date.
    let time = rest.trim_start_matches(['T', 't', ' ', ',']);
    if rest.is_empty() || time.is_empty() {
        return Some(Value::Day(day, None));
    }
    if time.len() == rest.len() || !time.starts_with(|c: char| c.is_ascii_digit()) {
        // A zone may follow the day itself: "2017-06-26+02:00", "2017-06-26Z".
        return rest
            .starts_with(['+', 'Z', 'z'])
            .then_some(Value::Day(day, None));
    }
    Some(Value::Day(day, instant(day, time)))
}

/// The minutes since 1970 and the offset, from "10:15:00.000+0200".
fn instant(day: Day, time: &str) -> Option<(i64, i64)> {
    let end = time
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ','))
        .unwrap_or(time.len());
    let (clock, zone) = (time.get(..end)?, time.get(end..)?.trim());
    let plain: String = clock
        .split(['.', ','])
        .next()?
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let hour: i64 = plain.get(..2)?.parse().ok()?;
    let minute: i64 = plain.get(2..4).unwrap_or("00").parse().ok()?;
    let zone = zone
        .trim_start_matches("UTC")
        .trim_start_matches("GMT")
        .trim();
    let named = time.len() > end;
    let offset = match zone.chars().next() {
        None if named => 0,
        Some('Z' | 'z') => 0,
        Some(sign @ ('+' | '-' | '−')) => {
            let digits: String = zone
                .chars()
                .skip(1)
                .filter(char::is_ascii_digit)
                .take(4)
                .collect();
            let hours: i64 = digits.get(..2)?.parse().ok()?;
            let minutes: i64 = digits.get(2..4).unwrap_or("00").parse().ok()?;
            (hours * 60 + minutes) * if sign == '+' { 1 } else { -1 }
        }
        _ => return None,
    };
    let days = i64::from(day.0.num_days_from_ce()) - 719_163;
    (hour < 25 && minute < 60 && offset.abs() <= 14 * 60)
        .then_some((days * 1440 + hour * 60 + minute - offset, offset))
}

/// "Mon, 26 Jun 2017 10:15:00 GMT", "June 26, 2017", "26-Jun-2017", "June 2017".
fn worded(text: &str) -> Option<Value> {
    let mut words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .skip_while(|w| {
            let w = w.to_ascii_lowercase();
            w.len() >= 3
                && [
                    "monday",
                    "tuesday",
                    "wednesday",
                    "thursday",
                    "friday",
                    "saturday",
                    "sunday",
                ]
                .iter()
                .any(|d| d.starts_with(&w) || w == "tues" || w == "thurs")
                || matches!(&*w, "published" | "posted" | "on" | "date" | "at")
        });
    let number = |w: &str| {
        let digits = w.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ending = &w[digits.len()..];
        let ordinal = ending.is_empty()
            || ["st", "nd", "rd", "th"]
                .iter()
                .any(|o| o.eq_ignore_ascii_case(ending));
        digits.parse::<u32>().ok().filter(|_| ordinal)
    };
    let (first, second) = (words.next()?, words.next()?);
    let year = |w: Option<&str>| {
        w.filter(|w| w.len() == 4)
            .and_then(|w| w.parse::<u32>().ok())
    };
    if let (Some(day), Some(month)) = (number(first), month(second)) {
        let third = words.next();
        return Some(Value::Day(Day::sound(year(third)?, month, day)?, None));
    }
    let month = month(first)?;
    if let Some(year) = year(Some(second)) {
        Day::sound(year, month, 3)?;
        return Some(Value::Month(year, month));
    }
    // "Jun 26 10:15:00 2017" is how C prints it; the year is sought behind.
    let day = number(second)?;
    let year = words.take(6).find_map(|w| year(Some(w)))?;
    Some(Value::Day(Day::sound(year, month, day)?, None))
}

/// "26/06/2017", "06/26/2017", and "03/04/2017", which may be either.
fn numeric(text: &str) -> Option<Value> {
    let head = text.split([' ', ',', 'T']).next()?;
    let parts: Vec<&str> = head.split(['/', '.', '-']).collect();
    let [a, b, year] = parts[..] else { return None };
    let short = |s: &str| s.len() <= 2 && s.bytes().all(|b| b.is_ascii_digit());
    if !short(a) || !short(b) || year.len() != 4 {
        return None;
    }
    let (a, b, year) = (a.parse().ok()?, b.parse().ok()?, year.parse().ok()?);
    match (Day::sound(year, b, a), Day::sound(year, a, b)) {
        (Some(x), Some(y)) if x == y => Some(Value::Day(x, None)),
        (Some(x), Some(y)) => Some(Value::Either(x, y)),
        (x, y) => x.or(y).map(|day| Value::Day(day, None)),
    }
}

/// The names under which JSON-LD gives the day of publication.
pub(super) fn is_published_key(key: &str) -> bool {
    let key = key.rsplit([':', '/']).next().unwrap_or(key);
    key.eq_ignore_ascii_case("datePublished")
}

/// A date that may be the day of publication. In a list the most trusted stands
/// first.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) value: Value,
    /// For people: "JSON-LD datePublished".
    pub(super) origin: String,
    /// Whether it stands in the page's address.
    pub(super) address: bool,
}

/// What else a page tells of time.
#[derive(Debug, Default)]
pub(super) struct Around {
    pub(super) modified: Vec<Value>,
    /// The day the copy was made, by an archive or a browser.
    pub(super) copied: Option<Day>,
    /// The year and month in the address.
    pub(super) month: Option<(u32, u32)>,
    /// Full dates shown between the headline and the first paragraph.
    pub(super) shown: Vec<Day>,
}

/// Dates so many days apart are one: zones, and addresses made the day before.
const NEAR: i64 = 2;
/// A page is not published so many days after it was last changed.
const FAR: i64 = 30;

/// A candidate's day, and its minutes since 1970 and offset where it has a zone.
type Dated = (Day, Option<(i64, i64)>, Candidate);

/// The day of publication and where it was found; what was odd goes to `notes`.
pub(super) fn choose(
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
pub(super) fn shown(text: &str) -> Option<Day> {
    let mut text = text.trim();
    for word in ["published", "posted", "on", ":"] {
        let head = text.get(..word.len()).unwrap_or_default();
        if head.eq_ignore_ascii_case(word) {
            text = text[word.len()..].trim_start();
        }
    }
    read(text)?.day()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(value: Option<Value>) -> String {
        match value {
            None => "-".to_owned(),
            Some(Value::Day(day, None)) => day.edtf(),
            Some(Value::Day(day, Some((minutes, offset)))) => {
                format!("{} {}{offset:+}", day.edtf(), minutes.rem_euclid(1440))
            }
            Some(Value::Month(y, m)) => format!("{y}-{m:02}"),
            Some(Value::Year(y)) => y.to_string(),
            Some(Value::Either(x, y)) => format!("{} or {}", x.edtf(), y.edtf()),
        }
    }

    #[test]
    fn values() {
        for (text, expected) in [
            ("2017-06-26", "2017-06-26"),
            ("2017-06-26T23:30:00-05:00", "2017-06-26 270-300"),
            ("2017-06-26T10:15:00.000Z", "2017-06-26 615+0"),
            ("2017-06-26T10:15:00+0200", "2017-06-26 495+120"),
            ("2017-06-26 10:15:00 UTC", "2017-06-26 615+0"),
            ("2017-06-26 10:15", "2017-06-26"),
            ("2017/06/26 10:15", "2017-06-26"),
            ("20170626", "2017-06-26"),
            ("20170626T101500Z", "2017-06-26 615+0"),
            ("20170626101500", "2017-06-26"),
            ("2017-6-6", "2017-06-06"),
            ("Mon, 26 Jun 2017 10:15:00 GMT", "2017-06-26"),
            ("Monday, June 26, 2017 - 10:15am", "2017-06-26"),
            ("June 26th, 2017", "2017-06-26"),
            ("26 June 2017", "2017-06-26"),
            ("26-Jun-2017", "2017-06-26"),
            ("Mon Jun 26 10:15:00 UTC 2017", "2017-06-26"),
            ("June 2017", "2017-06"),
            ("2017-06", "2017-06"),
            ("2017", "2017"),
            ("26/06/2017", "2017-06-26"),
            ("06/26/2017", "2017-06-26"),
            ("03/04/2017", "2017-04-03 or 2017-03-04"),
            ("05/05/2017", "2017-05-05"),
            ("26.06.2017 10:15", "2017-06-26"),
            ("1970-01-01T00:00:00Z", "-"),
            ("0001-01-01T00:00:00", "-"),
            ("9999-12-31", "-"),
            ("2017-02-30", "-"),
            ("1498471200", "-"),
            ("2 hours ago", "-"),
            ("{{date}}", "-"),
            ("26/06/17", "-"),
            ("2017-06-26abc", "-"),
            ("", "-"),
            ("٢٠١٧", "-"),
        ] {
            assert_eq!(show(read(text)), expected, "{text}");
        }
    }

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
