//! Publication dates as metadata fields write them. Always the day in the
//! value's own zone; a day that can be read in two ways is none. Pure.

use super::metadata;
use chrono::{DateTime, NaiveDate};

/// Whether numbers put the day or the month first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
}

/// Why a value gave no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoDate {
    /// It is none.
    Unknown,
    /// "03/04/2017": the third of April or the fourth of March.
    Ambiguous,
}

/// Years of publication that are believed.
const YEARS: std::ops::RangeInclusive<i32> = 1500..=2200;

/// The EDTF of the day, month or year that a value names. `order` settles what
/// the value itself leaves open.
///
/// # Errors
/// When it names none, or could name two.
pub(super) fn read(value: &str, order: Option<Order>) -> Result<String, NoDate> {
    let value = value.trim();
    if value.is_empty() || value.len() > 200 {
        return Err(NoDate::Unknown);
    }
    if let Some(edtf) = metadata::date(value) {
        return Ok(edtf);
    }
    if let Some(found) = seconds(value) {
        return found;
    }
    numbers(value, order).unwrap_or_else(|| words(value))
}

/// What numbers alone say of their order: `26/6/2017` has the day first.
pub(super) fn order_of(value: &str) -> Option<Order> {
    let [a, b, _] = slashed(value.trim())?;
    match (a, b) {
        (13..=31, 1..=12) => Some(Order::DayFirst),
        (1..=12, 13..=31) => Some(Order::MonthFirst),
        _ => None,
    }
}

/// Seconds or milliseconds since 1970, in UTC.
fn seconds(value: &str) -> Option<Result<String, NoDate>> {
    let (whole, part) = value.split_once('.').unwrap_or((value, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) || !(9..=13).contains(&whole.len()) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let seconds = if whole.len() > 10 {
        number / 1000
    } else {
        number
    };
    let day = DateTime::from_timestamp(seconds, 0)?.date_naive();
    Some(edtf(day).ok_or(NoDate::Unknown))
}

fn edtf(day: NaiveDate) -> Option<String> {
    use chrono::Datelike;
    YEARS
        .contains(&day.year())
        .then(|| day.format("%Y-%m-%d").to_string())
}

fn of_parts(year: i32, month: u32, day: u32) -> Option<String> {
    NaiveDate::from_ymd_opt(year, month, day).and_then(edtf)
}

/// `20170626T120000Z`, `2017/06/26`, `26.06.2017`, `06/26/2017`, each with a
/// time behind it or not.
fn numbers(value: &str, order: Option<Order>) -> Option<Result<String, NoDate>> {
    let compact = value.get(..8).filter(|d| {
        d.bytes().all(|b| b.is_ascii_digit())
            && matches!(value.as_bytes().get(8), Some(b'T' | b't' | b' '))
            || value.len() == 14 && value.bytes().all(|b| b.is_ascii_digit())
    });
    if let Some(digits) = compact {
        return Some(metadata::date(digits).ok_or(NoDate::Unknown));
    }
    let [a, b, c] = slashed(value)?;
    let (a, b, c) = (a as i32, b, c as i32);
    let found = if a > 31 {
        of_parts(a, b, c as u32)
    } else {
        let dotted = value.trim_start_matches(|c: char| c.is_ascii_digit());
        let day_first = match (a as u32, b) {
            _ if dotted.starts_with('.') => true,
            (13.., _) => true,
            (_, 13..) => false,
            (a, b) if a == b => true,
            _ => match order {
                Some(order) => order == Order::DayFirst,
                None => return Some(Err(NoDate::Ambiguous)),
            },
        };
        match day_first {
            true => of_parts(c, b, a as u32),
            false => of_parts(c, a as u32, b),
        }
    };
    Some(found.ok_or(NoDate::Unknown))
}

/// Three numbers with one sign between them, one of which is a year.
fn slashed(value: &str) -> Option<[u32; 3]> {
    let date = value.split([' ', 'T', 't', ',']).next()?;
    let sign = date.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(sign, '/' | '.' | '-') {
        return None;
    }
    let mut out = [0; 3];
    let mut parts = date.split(sign);
    let mut lengths = [0; 3];
    for (number, length) in out.iter_mut().zip(&mut lengths) {
        let part = parts.next()?;
        if part.is_empty() || part.len() > 4 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
        *length = part.len();
    }
    let years = lengths.map(|l| l == 4);
    let fits = parts.next().is_none()
        && (years == [true, false, false] || years == [false, false, true])
        && lengths[1] <= 2;
    // What stands behind must be a time, or nothing.
    let rest = value
        .get(date.len()..)?
        .trim_start_matches([' ', ',', 'T', 't']);
    let time =
        rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains(':');
    (fits && time).then_some(out)
}

/// "Mon, 26 Jun 2017 10:00:00 +0200", "Monday, 26-Jun-17 10:00:00 GMT", "June
/// 26, 2017 at 10:15 am", "26th of June 2017", "June 2017", "Mon Jun 26
/// 10:00:00 2017".
fn words(value: &str) -> Result<String, NoDate> {
    let (mut day, mut month, mut year) = (None, None, None);
    let tokens = value
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '/' | '(' | ')' | '|' | '–'))
        .filter(|t| !t.is_empty());
    let mut before_time = true;
    let mut zone = false;
    for token in tokens.take(20) {
        let token = token.trim_end_matches('.');
        let lower = token.to_lowercase();
        let number = lower
            .trim_end_matches(|c: char| c.is_ascii_alphabetic())
            .parse::<i32>();
        let ending = lower.trim_start_matches(|c: char| c.is_ascii_digit());
        if token.contains(':') {
            before_time = false;
            // "10:00:00+02:00"
            zone |= token.contains('+');
        } else if token.starts_with('+') {
            zone = true;
        } else if let Some(found) = month_named(&lower) {
            if month.replace(found).is_some() {
                return Err(NoDate::Unknown);
            }
        } else if let (Ok(number), true) =
            (number, matches!(ending, "" | "st" | "nd" | "rd" | "th"))
        {
            let digits = token.bytes().filter(u8::is_ascii_digit).count();
            match digits {
                4 if year.is_none()
                    && ending.is_empty()
                    && !(zone || !before_time && number < 1500) =>
                {
                    year = Some(number);
                }
                1 | 2 if day.is_none() => day = Some(number),
                // RFC 850 has years of two digits behind the month.
                2 if year.is_none() && month.is_some() && before_time => {
                    year = Some(number + if number < 70 { 2000 } else { 1900 });
                }
                // Zones: "-0500", whose sign is gone.
                4 if !before_time => {}
                _ => return Err(NoDate::Unknown),
            }
        } else if !is_filler(&lower) {
            return Err(NoDate::Unknown);
        }
    }
    let (Some(month), Some(year)) = (month, year) else {
        return Err(NoDate::Unknown);
    };
    let found = match day {
        Some(day) => u32::try_from(day)
            .ok()
            .and_then(|day| of_parts(year, month, day)),
        None => of_parts(year, month, 1).map(|_| format!("{year:04}-{month:02}")),
    };
    found.ok_or(NoDate::Unknown)
}

fn month_named(word: &str) -> Option<u32> {
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
    let at = MONTHS
        .iter()
        .position(|m| *m == word || m[..3] == *word || word == "sept" && *m == "september")?;
    u32::try_from(at + 1).ok()
}

/// Weekdays, zones and what else stands around a date.
fn is_filler(word: &str) -> bool {
    const FILLERS: &[&str] = &[
        "mon",
        "monday",
        "tue",
        "tues",
        "tuesday",
        "wed",
        "wednesday",
        "thu",
        "thur",
        "thurs",
        "thursday",
        "fri",
        "friday",
        "sat",
        "saturday",
        "sun",
        "sunday",
        "am",
        "pm",
        "a.m",
        "p.m",
        "at",
        "of",
        "the",
        "on",
        "published",
        "posted",
        "updated",
        "date",
        "gmt",
        "utc",
        "z",
        "ut",
        "est",
        "edt",
        "cst",
        "cdt",
        "mst",
        "mdt",
        "pst",
        "pdt",
        "bst",
        "ist",
        "cet",
        "cest",
        "eet",
        "eest",
        "msk",
        "jst",
        "kst",
        "aest",
        "aedt",
        "et",
        "pt",
        "ct",
        "hkt",
        "sgt",
    ];
    FILLERS.contains(&word) || word.starts_with("gmt+") || word.starts_with("utc+")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values() {
        for (value, expected) in [
            ("2017-06-26T23:30:00-05:00", "2017-06-26"),
            ("Mon, 26 Jun 2017 23:30:00 -0500", "2017-06-26"),
            ("Mon, 26 Jun 2017 23:30:00 GMT", "2017-06-26"),
            ("26 Jun 2017 01:30 EST", "2017-06-26"),
            ("Monday, 26-Jun-17 10:00:00 GMT", "2017-06-26"),
            ("Mon Jun 26 10:00:00 2017", "2017-06-26"),
            ("Mon Jun 26 10:00:00 -0400 2017", "2017-06-26"),
            ("June 26, 2017", "2017-06-26"),
            ("June 26th, 2017 at 10:15 p.m. ET", "2017-06-26"),
            ("Jun. 26, 2017", "2017-06-26"),
            ("26 June 2017", "2017-06-26"),
            ("26th of June 2017", "2017-06-26"),
            ("Published: Monday, June 26, 2017 10:15 AM", "2017-06-26"),
            ("Published Monday, June 26, 2017 10:15 AM", "2017-06-26"),
            ("June 2017", "2017-06"),
            ("20170626T120000Z", "2017-06-26"),
            ("20170626120000", "2017-06-26"),
            ("2017/06/26", "2017-06-26"),
            ("2017/06/26 10:00", "2017-06-26"),
            ("26.06.2017", "2017-06-26"),
            ("26/06/2017", "2017-06-26"),
            ("06/26/2017 10:00", "2017-06-26"),
            ("6/6/2017", "2017-06-06"),
            ("03/04/2017", "ambiguous"),
            ("3-4-2017", "ambiguous"),
            ("1498478400", "2017-06-26"),
            ("1498478400000", "2017-06-26"),
            ("1498478400.5", "2017-06-26"),
            ("2017-06-26 10:15:00 UTC", "2017-06-26"),
            ("2017", "2017"),
            ("31 June 2017", "?"),
            ("June 26", "?"),
            ("yesterday", "?"),
            ("Jun Jul 2017", "?"),
            ("06/26/17", "?"),
            ("", "?"),
            ("12345", "?"),
            ("99/99/2017", "?"),
        ] {
            let found = read(value, None);
            let shown = match &found {
                Ok(edtf) => edtf.as_str(),
                Err(NoDate::Ambiguous) => "ambiguous",
                Err(NoDate::Unknown) => "?",
            };
            assert_eq!(shown, expected, "{value}");
        }
    }

    #[test]
    fn another_row_settles_the_order() {
        assert_eq!(order_of("26/06/2017"), Some(Order::DayFirst));
        assert_eq!(order_of("06/26/2017"), Some(Order::MonthFirst));
        assert_eq!(order_of("03/04/2017"), None);
        let read = |order| read("03/04/2017", Some(order));
        assert_eq!(read(Order::DayFirst).as_deref(), Ok("2017-04-03"));
        assert_eq!(read(Order::MonthFirst).as_deref(), Ok("2017-03-04"));
    }

    proptest! {
        #[test]
        fn any_value_is_taken(value in "\\PC{0,60}") {
            let _ = (read(&value, None), order_of(&value));
        }
    }
}
