//! Dates without a year whose weekday fits only one year: "Tuesday, June 23".
//!
//! A weekday and a date come together again after five, six or eleven years, so
//! they tell a year only where the text itself says about when it was written.

use super::bounds::Frame;
use super::stripped;
use crate::language::Analysis;
use crate::time::calendar::{plus_days, weekday_number};
use crate::time::{Choice, Edtf, Meaning, Part, PublicationClue, TimeExpression};
use chrono::{Datelike, NaiveDate};

/// News gives a weekday with its date for what lies at most so many days off.
const NEAR: i64 = 92;

/// How many days after the latest date in full that the text tells of the
/// weekday's date may lie to be told together with it.
const FRESH: i64 = 400;

/// One weekday with its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Dated {
    month: u8,
    day: u8,
    weekday: u8,
    choice: Choice,
}

impl Dated {
    fn of(meaning: &Meaning) -> Option<Dated> {
        let Meaning::Recurring {
            part:
                Part::Date {
                    month,
                    day,
                    weekday: Some(weekday),
                },
            choice,
            base,
        } = stripped(meaning)
        else {
            return None;
        };
        (*base == Meaning::Published).then_some(Dated {
            month,
            day,
            weekday,
            choice,
        })
    }

    fn in_year(&self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month.into(), self.day.into())
    }

    /// The one of its days within half a year of `anchor`, when its weekday
    /// fits.
    fn beside(&self, anchor: NaiveDate) -> Option<NaiveDate> {
        let day = (anchor.year() - 1..=anchor.year() + 1)
            .filter_map(|year| self.in_year(year))
            .min_by_key(|day| (*day - anchor).num_days().abs())?;
        (weekday_number(day) == self.weekday).then_some(day)
    }
}

/// Weekdays with dates, all of which must fit the same stretch of days.
pub(super) fn weekday_dates(
    analysis: &Analysis,
    times: &[TimeExpression],
    frame: &Frame,
    out: &mut Vec<PublicationClue>,
) {
    let dated: Vec<Dated> = times
        .iter()
        .filter(|t| {
            analysis
                .sentences
                .get(t.sentence as usize)
                .is_some_and(|s| s.kind.is_read())
        })
        .filter_map(|t| Dated::of(&t.meaning))
        .take(64)
        .collect();
    let (Some(first), Some(after)) = (dated.first(), &frame.after) else {
        return;
    };
    // Without a later bound, the years right after the latest one that the
    // text tells of; a match there is weak unless that date is fresh.
    let last_year = match &frame.before {
        Some(before) => before.day.year().min(after.day.year().saturating_add(30)),
        None => after.day.year().saturating_add(2),
    };
    let fits: Vec<(Vec<NaiveDate>, Edtf)> = (after.day.year()..=last_year)
        .filter_map(|year| {
            let anchor = first.in_year(year)?;
            let days: Option<Vec<NaiveDate>> = dated.iter().map(|d| d.beside(anchor)).collect();
            let days = days?;
            let room = room(&dated, &days)?;
            Some((days, within(room, frame)?))
        })
        .collect();
    let [(days, room)] = fits.as_slice() else {
        return;
    };
    let Some(day) = days.first() else {
        return;
    };
    let fresh = after.date.precision() < crate::time::Precision::Year
        && (*day - after.day).num_days() <= FRESH;
    let weight = if frame.before.is_some() {
        0.6
    } else if fresh {
        0.5
    } else {
        0.3
    };
    let mut named: Vec<String> = Vec::new();
    for day in days {
        let words = format!("{} a {}", day.format("%B %-d"), day.format("%A"));
        if !named.contains(&words) {
            named.push(words);
        }
    }
    named.truncate(3);
    let range = match &frame.before {
        Some(before) => format!("from {} to {}", after.date, before.date),
        None => format!(
            "soon after {}, the latest date that the text tells of",
            after.date
        ),
    };
    out.push(PublicationClue {
        eve: false,
        weight,
        printed: false,
        why: format!(
            "only in {} was {} ({range})",
            day.year(),
            named.join(" and ")
        ),
        meaning: Meaning::Absolute(room.clone()),
    });
}

/// When an article with these weekdays can have been published: after those
/// that it tells of as past, before those that lie ahead, near all of them.
fn room(dated: &[Dated], days: &[NaiveDate]) -> Option<(NaiveDate, NaiveDate)> {
    let mut first = plus_days(*days.iter().max()?, -NEAR)?;
    let mut last = plus_days(*days.iter().min()?, NEAR)?;
    for (dated, day) in dated.iter().zip(days) {
        match dated.choice {
            Choice::Past | Choice::Last => first = first.max(*day),
            Choice::Future | Choice::Next => last = last.min(*day),
            _ => {}
        }
    }
    (first <= last).then_some((first, last))
}

fn within((first, last): (NaiveDate, NaiveDate), frame: &Frame) -> Option<Edtf> {
    let first = frame.after.as_ref().map_or(first, |b| b.day.max(first));
    let last = frame.before.as_ref().map_or(last, |b| b.day.min(last));
    (first <= last).then(|| Edtf::days(first, last))
}
