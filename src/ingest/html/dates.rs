//! Dates as pages write them in their data; `choose` says which of them is the
//! day of publication. Pure; no clock.

mod choose;

pub(super) use choose::{Around, Candidate, choose, shown};

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
}
