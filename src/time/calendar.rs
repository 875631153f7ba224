//! Stretches of the calendar: units, their neighbours, and what comes again
//! every week, month or year. Pure arithmetic on the proleptic Gregorian
//! calendar with ISO 8601 weeks; everything beyond the years 1 to 9999 is
//! `None`.

use super::{Counted, Edtf, Part, Precision, Season, Unit, holidays};
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// The size of a stretch, which decides how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grain {
    Unit(Unit),
    Season(Season),
    /// Any other number of days.
    Days,
}

/// Some days in a row that have one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) grain: Grain,
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
}

/// The first of a month, where the calendar has it.
pub(super) fn ymd(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    (1..=9999)
        .contains(&year)
        .then(|| NaiveDate::from_ymd_opt(year, month, day))
        .flatten()
}

/// `day` moved by a number of days.
pub(super) fn plus_days(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let moved = if days < 0 {
        day.checked_sub_days(Days::new(days.unsigned_abs()))
    } else {
        day.checked_add_days(Days::new(days as u64))
    }?;
    (1..=9999).contains(&moved.year()).then_some(moved)
}

/// `day` moved by a number of months; the 31st becomes the last of the month.
pub(super) fn plus_months(day: NaiveDate, months: i64) -> Option<NaiveDate> {
    let by = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    let moved = if months < 0 {
        day.checked_sub_months(by)
    } else {
        day.checked_add_months(by)
    }?;
    (1..=9999).contains(&moved.year()).then_some(moved)
}

/// The Monday of the week of `day`.
pub(super) fn monday(day: NaiveDate) -> Option<NaiveDate> {
    plus_days(day, -i64::from(day.weekday().num_days_from_monday()))
}

/// The number of months of the units that are made of months.
fn months_of(unit: Unit) -> Option<i64> {
    Some(match unit {
        Unit::Month => 1,
        Unit::Quarter => 3,
        Unit::Half => 6,
        Unit::Year => 12,
        Unit::Decade => 120,
        Unit::Century => 1200,
        Unit::Millennium => 12_000,
        _ => return None,
    })
}

impl Stretch {
    /// One day.
    pub(super) fn day(day: NaiveDate) -> Stretch {
        Stretch {
            grain: Grain::Unit(Unit::Day),
            first: day,
            last: day,
        }
    }

    /// The days from `first` to `last`.
    pub(super) fn days(first: NaiveDate, last: NaiveDate) -> Stretch {
        Stretch {
            grain: Grain::Days,
            first,
            last,
        }
    }

    /// A stretch of whole months.
    fn months(grain: Grain, first: NaiveDate, months: i64) -> Option<Stretch> {
        // The end is found by way of the last day itself, so that the year
        // 9999 has an end too.
        let last_month = plus_months(first, months - 1)?;
        let days = match last_month.month() {
            2 if last_month.leap_year() => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        Some(Stretch {
            grain,
            first,
            last: last_month.with_day(days)?,
        })
    }

    /// The unit that `day` lies in, moved by `offset` units. Hours and smaller
    /// units have no place on the calendar.
    pub(super) fn unit(unit: Unit, day: NaiveDate, offset: i64) -> Option<Stretch> {
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour => None,
            Unit::Day => Some(Stretch::day(plus_days(day, offset)?)),
            Unit::Week | Unit::Weekend => {
                let monday = plus_days(monday(day)?, 7 * offset)?;
                let skip = if unit == Unit::Week { 0 } else { 5 };
                Some(Stretch {
                    grain: Grain::Unit(unit),
                    first: plus_days(monday, skip)?,
                    last: plus_days(monday, 6)?,
                })
            }
            _ => {
                let length = months_of(unit)?;
                let month0 = i64::from(day.month0());
                let year = i64::from(day.year());
                let first = if length <= 12 {
                    ymd(day.year(), (month0 / length * length + 1) as u32, 1)?
                } else {
                    ymd((year / (length / 12) * (length / 12)).max(1) as i32, 1, 1)?
                };
                Stretch::months(
                    Grain::Unit(unit),
                    plus_months(first, offset * length)?,
                    length,
                )
            }
        }
    }

    /// The stretch that an EDTF date with known ends stands for.
    pub(super) fn of_edtf(edtf: &Edtf) -> Option<Stretch> {
        let (Some(first), Some(last)) = edtf.bounds() else {
            return None;
        };
        let grain = match edtf.precision() {
            Precision::Day => Grain::Unit(Unit::Day),
            Precision::Week => Grain::Unit(Unit::Week),
            Precision::Month => Grain::Unit(Unit::Month),
            Precision::Year => Grain::Unit(Unit::Year),
            Precision::Decade => Grain::Unit(Unit::Decade),
            Precision::Century => Grain::Unit(Unit::Century),
            Precision::Season => match edtf.as_str().get(5..7) {
                Some("21") => Grain::Season(Season::Spring),
                Some("22") => Grain::Season(Season::Summer),
                Some("23") => Grain::Season(Season::Autumn),
                Some("24") => Grain::Season(Season::Winter),
                Some("33" | "34" | "35" | "36") => Grain::Unit(Unit::Quarter),
                _ => Grain::Days,
            },
            Precision::Interval => Grain::Days,
        };
        let known = |day: NaiveDate| (1..=9999).contains(&day.year());
        (known(first) && known(last)).then_some(Stretch { grain, first, last })
    }

    /// The TIMEX3 value. Days without a common name have none but `XXXX-XX-XX`.
    pub(super) fn value(&self) -> String {
        let (year, month) = (self.first.year(), self.first.month());
        match self.grain {
            Grain::Unit(unit) => match unit {
                Unit::Week | Unit::Weekend => {
                    let week = self.first.iso_week();
                    let tail = if unit == Unit::Week { "" } else { "-WE" };
                    format!("{:04}-W{:02}{tail}", week.year(), week.week())
                }
                Unit::Month => format!("{year:04}-{month:02}"),
                Unit::Quarter => format!("{year:04}-Q{}", self.first.month0() / 3 + 1),
                Unit::Half => format!("{year:04}-H{}", self.first.month0() / 6 + 1),
                Unit::Year => format!("{year:04}"),
                Unit::Decade => format!("{:03}", year / 10),
                Unit::Century => format!("{:02}", year / 100),
                Unit::Millennium => format!("{}", year / 1000),
                _ => self.first.format("%Y-%m-%d").to_string(),
            },
            Grain::Season(season) => format!("{year:04}-{}", season.timex()),
            Grain::Days => match Edtf::days(self.first, self.last) {
                whole if !whole.as_str().contains('/') => match Stretch::of_edtf(&whole) {
                    Some(named) if named.grain != Grain::Days => named.value(),
                    _ => "XXXX-XX-XX".to_owned(),
                },
                _ => "XXXX-XX-XX".to_owned(),
            },
        }
    }

    /// The same as EDTF.
    pub(super) fn edtf(&self) -> Edtf {
        let year = self.first.year();
        let named = match self.grain {
            Grain::Season(season) => Edtf::parse(&format!("{year:04}-{}", season.code())),
            Grain::Unit(Unit::Decade) => Edtf::parse(&format!("{:03}X", year / 10)),
            Grain::Unit(Unit::Century) => Edtf::parse(&format!("{:02}XX", year / 100)),
            _ => None,
        };
        named.unwrap_or_else(|| Edtf::days(self.first, self.last))
    }

    /// The instance of `part` that begins in year `year`, for parts of a year.
    pub(super) fn in_year(part: Part, year: i32) -> Option<Stretch> {
        let months = |unit, month: u32, length| {
            Stretch::months(Grain::Unit(unit), ymd(year, month, 1)?, length)
        };
        match part {
            Part::Month(month) => months(Unit::Month, month.into(), 1),
            Part::Quarter(n @ 1..=4) => months(Unit::Quarter, u32::from(n) * 3 - 2, 3),
            Part::Half(n @ 1..=2) => months(Unit::Half, u32::from(n) * 6 - 5, 6),
            Part::Date { month, day, .. } => {
                Some(Stretch::day(ymd(year, month.into(), day.into())?))
            }
            Part::Season(season) => Stretch::months(
                Grain::Season(season),
                ymd(year, season.first_month(), 1)?,
                3,
            ),
            _ => None,
        }
    }

    /// The n-th day, week, weekend, month or weekday of a stretch; from its end
    /// when `nth` is negative.
    fn nth(of: Counted, nth: i8, within: &Stretch) -> Option<Stretch> {
        let (first, last) = (within.first, within.last);
        let steps = i64::from(nth) - i64::from(nth.signum());
        let found = match of {
            Counted::Day => {
                let from = if nth > 0 { first } else { last };
                Stretch::day(plus_days(from, steps)?)
            }
            Counted::Month => {
                let from = if nth > 0 { first } else { last };
                Stretch::unit(Unit::Month, from, steps)?
            }
            Counted::Weekday(weekday) => {
                Stretch::day(Stretch::nth_weekday(weekday, nth, first, last)?)
            }
            Counted::Weekend => {
                let saturday = Stretch::nth_weekday(6, nth, first, last)?;
                Stretch::unit(Unit::Weekend, saturday, 0)?
            }
            Counted::Week => {
                let thursday = Stretch::nth_weekday(4, nth, first, last)?;
                return Stretch::unit(Unit::Week, thursday, 0);
            }
        };
        (found.first >= first && found.first <= last).then_some(found)
    }

    /// The n-th weekday from `first` on, or back from `last`.
    fn nth_weekday(weekday: u8, nth: i8, first: NaiveDate, last: NaiveDate) -> Option<NaiveDate> {
        let steps = 7 * (i64::from(nth) - i64::from(nth.signum()));
        let day = if nth > 0 {
            let skip = i64::from(weekday) - i64::from(weekday_number(first));
            plus_days(first, skip.rem_euclid(7) + steps)?
        } else {
            let back = i64::from(weekday_number(last)) - i64::from(weekday);
            plus_days(last, steps - back.rem_euclid(7))?
        };
        (first <= day && day <= last).then_some(day)
    }

    /// The same days, `offset` units away.
    pub(super) fn shifted(&self, unit: Unit, offset: i64) -> Option<Stretch> {
        let shift = |day: NaiveDate| match unit {
            Unit::Second | Unit::Minute | Unit::Hour => None,
            Unit::Day => plus_days(day, offset),
            Unit::Week | Unit::Weekend => plus_days(day, offset.checked_mul(7)?),
            _ => plus_months(day, offset.checked_mul(months_of(unit)?)?),
        };
        let (first, last) = (shift(self.first)?, shift(self.last)?);
        Some(if self.first == self.last {
            Stretch::day(first)
        } else {
            Stretch::days(first, last)
        })
    }

    /// The instances of `part` around a stretch, in order: enough of them on
    /// both sides that the one before and the one after are among them.
    pub(super) fn instances(part: Part, around: &Stretch) -> Vec<Stretch> {
        match part {
            Part::Weekday(weekday @ 1..=7) => {
                let at = |day: NaiveDate, week: i64| {
                    plus_days(monday(day)?, 7 * week + i64::from(weekday) - 1).map(Stretch::day)
                };
                let weeks = ((around.last - around.first).num_days() / 7).min(60) + 2;
                (-2..=weeks)
                    .filter_map(|week| at(around.first, week))
                    .collect()
            }
            Part::Weekend => {
                let weeks = ((around.last - around.first).num_days() / 7).min(60) + 2;
                (-2..=weeks)
                    .filter_map(|week| Stretch::unit(Unit::Weekend, around.first, week))
                    .collect()
            }
            Part::DayAndWeekday { day, weekday } => {
                // Such a day comes at least once in fourteen months.
                let Some(start) = around.first.with_day(1) else {
                    return Vec::new();
                };
                (-15..=15)
                    .filter_map(|n| plus_months(start, n)?.with_day(day.into()))
                    .filter(|found| weekday_number(*found) == weekday)
                    .map(Stretch::day)
                    .collect()
            }
            Part::Holiday(rule) => {
                let last = around.last.year().min(around.first.year() + 100);
                (around.first.year() - 2..=last + 2)
                    .flat_map(|year| holidays::in_year(rule, year))
                    .collect()
            }
            Part::HolidayWeekend(rule) => Stretch::instances(Part::Holiday(rule), around)
                .iter()
                .filter_map(holidays::weekend)
                .collect(),
            Part::Nth { of, nth } => Stretch::nth(of, nth, around).into_iter().collect(),
            Part::DayOfMonth(day) => {
                let Some(start) = around.first.with_day(1) else {
                    return Vec::new();
                };
                (-3..=15)
                    .filter_map(|n| plus_months(start, n)?.with_day(day.into()))
                    .map(Stretch::day)
                    .collect()
            }
            _ => {
                // A 29th of February may be eight years away.
                let reach = if matches!(
                    part,
                    Part::Date {
                        month: 2,
                        day: 29,
                        ..
                    }
                ) {
                    8
                } else {
                    2
                };
                let last = around.last.year().min(around.first.year() + 100);
                (around.first.year() - reach..=last + reach)
                    .filter_map(|year| Stretch::in_year(part, year))
                    .collect()
            }
        }
    }
}

impl Season {
    /// TIMEX3's two letters.
    pub(super) fn timex(self) -> &'static str {
        match self {
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Autumn => "FA",
            Season::Winter => "WI",
        }
    }

    /// EDTF's number.
    fn code(self) -> u32 {
        match self {
            Season::Spring => 21,
            Season::Summer => 22,
            Season::Autumn => 23,
            Season::Winter => 24,
        }
    }

    /// The meteorological season's first month.
    fn first_month(self) -> u32 {
        match self {
            Season::Spring => 3,
            Season::Summer => 6,
            Season::Autumn => 9,
            Season::Winter => 12,
        }
    }
}

/// The weekday of `day`, 1 for Monday.
pub(super) fn weekday_number(day: NaiveDate) -> u8 {
    match day.weekday() {
        Weekday::Mon => 1,
        Weekday::Tue => 2,
        Weekday::Wed => 3,
        Weekday::Thu => 4,
        Weekday::Fri => 5,
        Weekday::Sat => 6,
        Weekday::Sun => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn check(unit: Unit, at: &str, offset: i64, value: &str, edtf: &str) {
        let got = Stretch::unit(unit, day(at), offset).unwrap_or(Stretch::day(day("0001-01-01")));
        assert_eq!((got.value().as_str(), got.edtf().as_str()), (value, edtf));
    }

    #[test]
    fn units() {
        check(
            Unit::Week,
            "2017-06-26",
            -1,
            "2017-W25",
            "2017-06-19/2017-06-25",
        );
        check(
            Unit::Week,
            "2016-01-01",
            0,
            "2015-W53",
            "2015-12-28/2016-01-03",
        );
        check(
            Unit::Weekend,
            "2017-06-28",
            0,
            "2017-W26-WE",
            "2017-07-01/2017-07-02",
        );
        check(Unit::Month, "2017-01-31", 1, "2017-02", "2017-02");
        check(Unit::Quarter, "2017-02-01", -1, "2016-Q4", "2016-36");
        check(
            Unit::Half,
            "2017-08-01",
            0,
            "2017-H2",
            "2017-07-01/2017-12-31",
        );
        check(Unit::Decade, "1987-01-01", 0, "198", "198X");
        check(Unit::Century, "1987-01-01", -1, "18", "18XX");
        check(Unit::Year, "9999-05-05", 0, "9999", "9999");
    }
}
