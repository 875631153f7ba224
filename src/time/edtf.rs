//! Dates as EDTF (ISO 8601-2 Annex A, "Extended Date/Time Format"), level 1
//! plus what Tieline writes beyond it: unspecified years (`XXXX-06-23`),
//! quarters (`2016-33` to `2016-36`) and open intervals (`../2017-06-26`).
//!
//! The crate `edtf-core` reads and checks the strings and knows their bounds;
//! this type leaves out what no news date needs (times of day, sets, years
//! beyond four digits) and treats an unknown year as unknown, not as 0 to 9999.

use chrono::{Datelike, Days, NaiveDate};
use edtf_core::{Bound, Edtf as Core, IntervalEndpoint, YearKind};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A date or interval with its precision. Always a string that
/// [`Edtf::parse`] accepts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Edtf(String);

/// How precise a date is, finest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// One day, its year known or not.
    Day,
    /// From Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// A season, a quarter or a half of a year.
    Season,
    /// A year.
    Year,
    /// Ten years: `198X`.
    Decade,
    /// A hundred years: `19XX`.
    Century,
    /// Any other interval, also an open one.
    Interval,
}

/// Longer strings are refused, so that hostile input costs nothing.
const LONGEST: usize = 64;

impl Edtf {
    /// A single day. Years outside 0 to 9999 are moved to the nearest one that
    /// EDTF can write in four digits.
    pub fn day(day: NaiveDate) -> Edtf {
        Edtf(written(clamped(day)))
    }

    /// The month `month` (1 to 12) of a year; `None` when there is no such
    /// month.
    pub fn month(year: i32, month: u32) -> Option<Edtf> {
        NaiveDate::from_ymd_opt(year, month, 1)?;
        Edtf::parse(&format!("{year:04}-{month:02}"))
    }

    /// A year from 0 to 9999.
    pub fn year(year: i32) -> Option<Edtf> {
        Edtf::parse(&format!("{year:04}"))
    }

    /// A day or month whose year is not known: `XXXX-06-23`, `XXXX-06`. The
    /// 29th of February is one.
    pub fn without_year(month: u32, day: Option<u32>) -> Option<Edtf> {
        NaiveDate::from_ymd_opt(2000, month, day.unwrap_or(1))?;
        Edtf::parse(&match day {
            Some(day) => format!("XXXX-{month:02}-{day:02}"),
            None => format!("XXXX-{month:02}"),
        })
    }

    /// The days `first` to `last`, written as briefly as it goes: as a day, a
    /// month, a quarter or a year where they are one, else as an interval. The
    /// two may come in either order.
    pub fn days(first: NaiveDate, last: NaiveDate) -> Edtf {
        let (first, last) = (clamped(first.min(last)), clamped(first.max(last)));
        if first == last {
            return Edtf::day(first);
        }
        let starts_month = first.day() == 1;
        let ends_month = last.succ_opt().is_none_or(|next| next.day() == 1);
        if starts_month && ends_month && first.year() == last.year() {
            let year = first.year();
            match (first.month(), last.month()) {
                (1, 12) => return Edtf(format!("{year:04}")),
                (a, b) if a == b => return Edtf(format!("{year:04}-{a:02}")),
                (a, b) if a % 3 == 1 && b == a + 2 => {
                    return Edtf(format!("{year:04}-{}", 33 + a / 3));
                }
                _ => {}
            }
        }
        Edtf(format!("{}/{}", written(first), written(last)))
    }

    /// The week, Monday to Sunday, that `day` lies in.
    pub fn week(day: NaiveDate) -> Edtf {
        let monday = day
            .checked_sub_days(Days::new(day.weekday().num_days_from_monday().into()))
            .unwrap_or(day);
        let sunday = monday.checked_add_days(Days::new(6)).unwrap_or(day);
        Edtf::days(monday, sunday)
    }

    /// The interval from the beginning of `from` to the end of `to`; an end
    /// that is `None` is open. `None` when both are open, or the beginning lies
    /// after the end.
    pub fn interval(from: Option<&Edtf>, to: Option<&Edtf>) -> Option<Edtf> {
        let end = |side: Option<&Edtf>, first: bool| match side {
            None => Some("..".to_owned()),
            Some(edtf) => match edtf.0.split_once('/') {
                None => Some(edtf.0.clone()),
                Some((a, b)) => Some(if first { a } else { b }.to_owned()),
            },
        };
        if from.is_none() && to.is_none() {
            return None;
        }
        Edtf::parse(&format!("{}/{}", end(from, true)?, end(to, false)?))
    }

    /// The same date, marked as approximate (`~`). An interval is marked at
    /// both ends.
    pub fn approximate(&self) -> Edtf {
        self.marked('~')
    }

    /// The same date, marked as uncertain (`?`). An interval is marked at both
    /// ends; an end that has a mark keeps it.
    pub fn uncertain(&self) -> Edtf {
        self.marked('?')
    }

    fn marked(&self, sign: char) -> Edtf {
        let mark = |part: &str| match part.chars().last() {
            Some('0'..='9' | 'X') => format!("{part}{sign}"),
            _ => part.to_owned(),
        };
        let marked = match self.0.split_once('/') {
            Some((a, b)) => format!("{}/{}", mark(a), mark(b)),
            None => mark(&self.0),
        };
        Edtf::parse(&marked).unwrap_or_else(|| self.clone())
    }

    /// The EDTF string.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads an EDTF string; `None` when it is not one that Tieline writes: a
    /// date or an interval of dates, years of four digits. Metadata often give
    /// a time of day as well (`2017-06-26T10:00Z`); it is left out, and the day
    /// is the one written, whatever the time zone.
    pub fn parse(text: &str) -> Option<Edtf> {
        let text = text.trim();
        if text.len() > LONGEST || !text.is_ascii() {
            return None;
        }
        if let Some(day) = day_of_timestamp(text) {
            return Some(Edtf::day(day));
        }
        let core = Core::parse(text).ok()?;
        let plain = |date: &edtf_core::Date| {
            date.year.significant_digits.is_none()
                && matches!(
                    date.year.kind,
                    YearKind::Standard {
                        negative: false,
                        ..
                    }
                )
        };
        let kept = match &core {
            Core::Date(date) => plain(date),
            Core::Interval(interval) => {
                let ends = [interval.start, interval.end];
                ends.iter()
                    .any(|end| matches!(end, IntervalEndpoint::Date(_)))
                    && ends.iter().all(|end| match end {
                        IntervalEndpoint::Date(date) => plain(date),
                        IntervalEndpoint::Open => true,
                        _ => false,
                    })
            }
            _ => false,
        };
        kept.then(|| Edtf(core.to_string()))
    }

    /// First and last day; each `None` where the year is unknown or the end is
    /// open.
    pub fn bounds(&self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        if let Some(day) = plain_day(&self.0) {
            return (Some(day), Some(day));
        }
        let (from, to) = match self.0.split_once('/') {
            Some((from, to)) => (from, to),
            None => (self.0.as_str(), self.0.as_str()),
        };
        let side = |part: &str, first: bool| {
            if part.starts_with("XXXX") || part == ".." {
                return None;
            }
            if let Some(day) = plain_day(part) {
                return Some(day);
            }
            let bounds = Core::parse(part).ok()?.bounds();
            match if first {
                bounds.earliest
            } else {
                bounds.latest
            } {
                Bound::Date(d) => NaiveDate::from_ymd_opt(
                    i32::try_from(d.year).ok()?,
                    d.month.into(),
                    d.day.into(),
                ),
                _ => None,
            }
        };
        (side(from, true), side(to, false))
    }

    /// The first day that the date can be; `None` when the year is unknown or
    /// the beginning is open.
    pub fn earliest(&self) -> Option<NaiveDate> {
        self.bounds().0
    }

    /// The last day that the date can be; `None` when the year is unknown or
    /// the end is open.
    pub fn latest(&self) -> Option<NaiveDate> {
        self.bounds().1
    }

    /// Whether it is one day of a known year, and not an approximate one.
    pub fn is_day(&self) -> bool {
        plain_day(&self.0).is_some()
    }

    /// Whether it names no year: `XXXX-06-23`.
    pub fn is_yearless(&self) -> bool {
        self.0.starts_with("XXXX")
    }

    /// Whether it is marked as approximate or uncertain.
    pub fn is_qualified(&self) -> bool {
        self.0.contains(['~', '?', '%'])
    }

    /// How precise it is.
    pub fn precision(&self) -> Precision {
        if self.0.contains('/') {
            return match self.bounds() {
                (Some(a), Some(b))
                    if (b - a).num_days() == 6 && a.weekday() == chrono::Weekday::Mon =>
                {
                    Precision::Week
                }
                _ => Precision::Interval,
            };
        }
        match Core::parse(&self.0) {
            Ok(Core::Date(date)) => match date.precision() {
                edtf_core::Precision::Day => Precision::Day,
                edtf_core::Precision::Month => Precision::Month,
                edtf_core::Precision::Season => Precision::Season,
                edtf_core::Precision::Year => match self.0.matches('X').count() {
                    0 => Precision::Year,
                    1 => Precision::Decade,
                    2 => Precision::Century,
                    _ => Precision::Interval,
                },
            },
            _ => Precision::Interval,
        }
    }

    /// A date without a year, put into a year: `XXXX-06-23` in 2015 is
    /// `2015-06-23`. `None` for the 29th of February of a common year, and for
    /// a date that has a year.
    pub fn in_year(&self, year: i32) -> Option<Edtf> {
        if !self.is_yearless() || !(0..=9999).contains(&year) {
            return None;
        }
        Edtf::parse(&self.0.replace("XXXX", &format!("{year:04}")))
    }

    /// Whether the two can be the same moment: they share a day, or would in
    /// some year where one names none.
    pub fn may_overlap(&self, other: &Edtf) -> bool {
        match (self.is_yearless(), other.is_yearless()) {
            (true, true) => match (self.in_year(2000), other.in_year(2000)) {
                (Some(a), Some(b)) => a.may_overlap(&b),
                _ => true,
            },
            (true, false) => !matches!(self.instances(other), Some(found) if found.is_empty()),
            (false, true) => other.may_overlap(self),
            (false, false) => {
                let ((a, b), (c, d)) = (self.bounds(), other.bounds());
                a.is_none_or(|a| d.is_none_or(|d| a <= d))
                    && c.is_none_or(|c| b.is_none_or(|b| c <= b))
            }
        }
    }

    /// Whether every day of `other` is a day of this date. A date without a
    /// year contains only dates without a year.
    pub fn contains(&self, other: &Edtf) -> bool {
        if self.is_yearless() || other.is_yearless() {
            return match (self.in_year(2000), other.in_year(2000)) {
                (Some(a), Some(b)) => a.contains(&b),
                _ => false,
            };
        }
        let ((a, b), (c, d)) = (self.bounds(), other.bounds());
        a.is_none_or(|a| c.is_some_and(|c| a <= c)) && b.is_none_or(|b| d.is_some_and(|d| d <= b))
    }

    /// What both dates together say, where that is clear: the narrower one of
    /// two that contain each other, the shared days of two that overlap, the
    /// one day that a date without a year can be. `None` where they contradict
    /// each other or leave several answers.
    pub fn intersection(&self, other: &Edtf) -> Option<Edtf> {
        if self.contains(other) {
            return Some(other.clone());
        }
        if other.contains(self) {
            return Some(self.clone());
        }
        match (self.is_yearless(), other.is_yearless()) {
            (true, false) => match self.instances(other)?.as_slice() {
                [one] => one.intersection(other),
                _ => None,
            },
            (false, true) => other.intersection(self),
            (true, true) => None,
            (false, false) => {
                let ((a, b), (c, d)) = (self.bounds(), other.bounds());
                let first = a.into_iter().chain(c).max();
                let last = b.into_iter().chain(d).min();
                match (first, last) {
                    (Some(first), Some(last)) if first <= last => Some(Edtf::days(first, last)),
                    _ => None,
                }
            }
        }
    }

    /// The dates that this yearless date can be within `other`; `None` when
    /// `other` is open or spans more than a century.
    fn instances(&self, other: &Edtf) -> Option<Vec<Edtf>> {
        let (Some(first), Some(last)) = other.bounds() else {
            return None;
        };
        if last.year() - first.year() > 100 {
            return None;
        }
        Some(
            (first.year()..=last.year())
                .filter_map(|year| self.in_year(year))
                .filter(|date| date.may_overlap(other))
                .collect(),
        )
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Edtf {
    type Error = String;

    fn try_from(text: String) -> Result<Edtf, String> {
        Edtf::parse(&text).ok_or_else(|| format!("{text:?} is no EDTF date that Tieline knows"))
    }
}

impl From<Edtf> for String {
    fn from(edtf: Edtf) -> String {
        edtf.0
    }
}

/// The day of an ISO 8601 date with a time of day after it.
fn day_of_timestamp(text: &str) -> Option<NaiveDate> {
    let time = text.get(10..)?.strip_prefix(['T', ' '])?;
    let is_time = time.starts_with(|c: char| c.is_ascii_digit())
        && time.contains(':')
        && time
            .chars()
            .all(|c| matches!(c, '0'..='9' | ':' | '.' | '+' | '-' | 'Z'));
    plain_day(text.get(..10)?).filter(|_| is_time)
}

/// A day in four-digit years.
fn clamped(day: NaiveDate) -> NaiveDate {
    if day.year() < 0 {
        NaiveDate::from_ymd_opt(0, 1, 1).unwrap_or(day)
    } else if day.year() > 9999 {
        NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(day)
    } else {
        day
    }
}

/// `YYYY-MM-DD` of a year from 0 to 9999.
fn written(day: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// Reads `YYYY-MM-DD` and nothing else; the fast way for the commonest case.
fn plain_day(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |part: &str| {
        part.bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| part.parse::<u32>().ok())
            .flatten()
    };
    NaiveDate::from_ymd_opt(
        number(text.get(..4)?)? as i32,
        number(text.get(5..7)?)?,
        number(text.get(8..)?)?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edtf(text: &str) -> Edtf {
        Edtf::parse(text).unwrap_or_else(|| panic!("{text} should be read"))
    }

    fn check(text: &str, earliest: &str, latest: &str, precision: Precision) {
        let date = edtf(text);
        let day = |d: Option<NaiveDate>| d.map_or("-".to_owned(), |d| d.to_string());
        assert_eq!(day(date.earliest()), earliest, "{text}");
        assert_eq!(day(date.latest()), latest, "{text}");
        assert_eq!(date.precision(), precision, "{text}");
    }

    #[test]
    fn bounds_and_precision() {
        check("2017-06-26", "2017-06-26", "2017-06-26", Precision::Day);
        check("2016-02", "2016-02-01", "2016-02-29", Precision::Month);
        check("2015", "2015-01-01", "2015-12-31", Precision::Year);
        check("1993~", "1993-01-01", "1993-12-31", Precision::Year);
        check("2015?", "2015-01-01", "2015-12-31", Precision::Year);
        check("198X", "1980-01-01", "1989-12-31", Precision::Decade);
        check("19XX", "1900-01-01", "1999-12-31", Precision::Century);
        check("2016-34", "2016-04-01", "2016-06-30", Precision::Season);
        check("XXXX-06-23", "-", "-", Precision::Day);
        check("XXXX-06", "-", "-", Precision::Month);
        check("../2017-06-26", "-", "2017-06-26", Precision::Interval);
        check("2017-06-26/..", "2017-06-26", "-", Precision::Interval);
        check(
            "2017-06-26/2017-07-02",
            "2017-06-26",
            "2017-07-02",
            Precision::Week,
        );
        assert!(edtf("2016-21").earliest() < edtf("2016-22").earliest());
    }

    #[test]
    fn refuses_what_is_no_date() {
        for bad in [
            "",
            "June",
            "2017-02-30",
            "2017-13",
            "../..",
            "2017-06-26Tea",
            "2017-06-31T10:00",
            "Y170000",
            "-0044",
            "{2015,2016}",
            "2018/2017",
        ] {
            assert_eq!(Edtf::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn times_of_day_are_left_out() {
        for text in [
            "2017-06-26T10:00Z",
            "2017-06-26 10:00:00+02:00",
            "2017-06-26T23:59:59.5",
        ] {
            assert_eq!(
                Edtf::parse(text).as_ref().map(Edtf::as_str),
                Some("2017-06-26"),
                "{text}"
            );
        }
    }

    #[test]
    fn days_are_written_briefly() {
        let day = |text: &str| edtf(text).earliest().unwrap_or_default();
        let check = |a: &str, b: &str, want: &str| {
            assert_eq!(Edtf::days(day(a), day(b)).as_str(), want);
        };
        check("2017-06-26", "2017-06-26", "2017-06-26");
        check("2017-06-01", "2017-06-30", "2017-06");
        check("2017-04-01", "2017-06-30", "2017-34");
        check("2017-01-01", "2017-12-31", "2017");
        check("2017-06-30", "2017-05-31", "2017-05-31/2017-06-30");
        assert_eq!(
            Edtf::week(day("2017-07-01")).as_str(),
            "2017-06-26/2017-07-02"
        );
    }

    #[test]
    fn dates_are_compared() {
        assert!(edtf("2017-06").contains(&edtf("2017-06-26")));
        assert!(!edtf("2017-06-26").contains(&edtf("2017-06")));
        assert!(edtf("2015/..").contains(&edtf("2017")));
        assert!(edtf("XXXX-06-23").may_overlap(&edtf("2015-06-22/2015-06-28")));
        assert!(!edtf("XXXX-06-23").may_overlap(&edtf("2015-07")));
        assert!(edtf("XXXX-06").contains(&edtf("XXXX-06-23")));
        assert!(!edtf("2015").may_overlap(&edtf("2016-01/..")));
    }

    #[test]
    fn dates_are_intersected() {
        let check = |a: &str, b: &str, want: Option<&str>| {
            for (x, y) in [(a, b), (b, a)] {
                let got = edtf(x).intersection(&edtf(y));
                assert_eq!(got.as_ref().map(Edtf::as_str), want, "{x} and {y}");
            }
        };
        check("2017-06", "2017-06-26", Some("2017-06-26"));
        check("XXXX-06-23", "2015-06-22/2015-06-28", Some("2015-06-23"));
        check("XXXX-06-23", "2015", Some("2015-06-23"));
        check("XXXX-06-23", "2015/2016", None);
        check(
            "2017-06-20/2017-06-26",
            "2017-06-24/..",
            Some("2017-06-24/2017-06-26"),
        );
        check("2017-06-20", "2017-06-21", None);
    }

    proptest! {
        #[test]
        fn never_panics(text in "[0-9X~?%./-]{0,24}") {
            if let Some(date) = Edtf::parse(&text) {
                prop_assert_eq!(Edtf::parse(&date.to_string()), Some(date.clone()));
                if let (Some(a), Some(b)) = date.bounds() {
                    prop_assert!(a <= b, "{date}");
                }
                let _ = date.precision();
                prop_assert!(date.may_overlap(&date));
                prop_assert!(Edtf::parse(date.approximate().as_str()).is_some());
            }
        }

        #[test]
        fn days_round_trip(a in 1i32..3_652_000, length in 0i32..4000) {
            let first = NaiveDate::from_num_days_from_ce_opt(a).unwrap_or_default();
            let last = NaiveDate::from_num_days_from_ce_opt(a + length).unwrap_or_default();
            let date = Edtf::days(first, last);
            prop_assert_eq!(Edtf::parse(date.as_str()), Some(date.clone()));
            if last.year() <= 9999 {
                prop_assert_eq!(date.bounds(), (Some(first), Some(last)));
            }
        }
    }
}
