//! How the times of two tellings go together. Pure.

use super::super::dates::{Agreement, Dated, Dates};
use super::super::telling::Telling;
use super::super::words::NONE;
use crate::model::Status;
use chrono::Datelike;

/// How long an article that gives no date is news, in days.
const FRESH: i64 = 10;

/// Whether one telling has no date, and its article came out at most a few
/// days after the date of the other.
pub(super) fn fresh(dates: &Dates, undated: &Telling<'_>, dated: &Telling<'_>) -> bool {
    let date = dated.date(dates).and_then(|d| d.ends.0);
    undated.date == NONE
        && date
            .zip(undated.told(dates).1)
            .is_some_and(|(day, told)| (0..=FRESH).contains(&(told - day).num_days()))
}

/// How the dates of two tellings relate, and whether a weekday's name ties them.
pub(super) fn relation(dates: &Dates, a: &Telling<'_>, b: &Telling<'_>) -> (Agreement, bool) {
    match (a.date(dates), b.date(dates)) {
        (Some(x), Some(y)) => match x.agreement(y) {
            Agreement::Conflict => (Agreement::Conflict, false),
            // The publication is known, but not to the day: a weekday's name
            // says more than the months that it can lie in.
            loose => match (undated(a, y), undated(b, x)) {
                ((Agreement::Conflict, _), _) | (_, (Agreement::Conflict, _)) => {
                    (Agreement::Conflict, false)
                }
                ((_, fits), (_, also)) => (loose, fits || also),
            },
        },
        (Some(known), None) => since(dates, b, known).unwrap_or_else(|| undated(b, known)),
        (None, Some(known)) => since(dates, a, known).unwrap_or_else(|| undated(a, known)),
        (None, None) => {
            if a.weekdays == 0 || b.weekdays == 0 {
                (Agreement::Unknown, false)
            } else if a.weekdays & b.weekdays == 0 {
                // "Monday" in one, "Tuesday" in the other.
                (Agreement::Conflict, false)
            } else {
                (Agreement::Unknown, true)
            }
        }
    }
}

/// How long after its plan was told something takes place, in days.
const PLANNED_AHEAD: i64 = 120;

/// A telling without a date against a known one, by the publication of its
/// article alone: what it tells as done did not happen later, and what it
/// tells as planned did not happen long before or long after.
fn since(dates: &Dates, undated: &Telling<'_>, known: &Dated) -> Option<(Agreement, bool)> {
    let (first, last) = known.ends;
    let (told_first, told_last) = undated.told(dates);
    let done = !undated.has(Status::Planned) && !undated.has(Status::Possible);
    let ahead = first.zip(told_last).map(|(f, t)| (f - t).num_days());
    let behind = told_first.zip(last).map(|(t, l)| (t - l).num_days());
    let conflict = if done {
        ahead.is_some_and(|days| days > 1)
    } else {
        ahead.is_some_and(|days| days > PLANNED_AHEAD) || behind.is_some_and(|days| days > 7)
    };
    conflict.then_some((Agreement::Conflict, false))
}

/// A telling whose time words wait for a publication date, against a known date.
fn undated(waiting: &Telling<'_>, known: &Dated) -> (Agreement, bool) {
    let Some(day) = known.day else {
        return (Agreement::Unknown, false);
    };
    let own = 1_u8 << (day.weekday().number_from_monday() & 7);
    if waiting.weekdays & !own != 0 {
        return (Agreement::Conflict, false);
    }
    (Agreement::Unknown, waiting.weekdays != 0)
}
