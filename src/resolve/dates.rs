//! When an event took place, as far as its own article tells, and whether two
//! dates can be those of one event. Pure.

use super::story::{EventDate, Published};
use crate::extract::EventMention;
use crate::model::{DateBasis, PublicationBasis, Status};
use crate::time::{Edtf, Meaning, Part, Precision};
use chrono::{Datelike, Days, NaiveDate};

/// How long after an event news tells of it without time words, in days.
const NEWS_DELAY: u64 = 2;

/// How many days before its publication the day of an article's story can lie.
const STORY_DAYS: i64 = 7;

/// The date that the article itself gives an event.
///
/// An event without time words is put at the publication date only where news
/// usage does so, it has happened, and that date is a known day.
pub(super) fn own_date(event: &EventMention, published: &Published) -> Option<EventDate> {
    let inferred = published.basis == PublicationBasis::Inferred;
    if let Some(time) = &event.time {
        let resolved = time.meaning.resolve(published.edtf.as_ref())?;
        return Some(EventDate {
            edtf: resolved.edtf?,
            basis: resolved.basis,
            words: Some(time.words.clone()),
            inferred: inferred && resolved.basis == DateBasis::Relative,
        });
    }
    let day = published.edtf.as_ref().filter(|e| e.is_day())?;
    (event.is_news && event.status == Status::Occurred).then(|| EventDate {
        edtf: day.clone(),
        basis: DateBasis::Publication,
        words: None,
        inferred,
    })
}

/// The day of the story when the article tells this: an inference, marked as
/// uncertain, and only for a day within a week up to the article's own.
pub(super) fn context_date(event: &EventMention, published: &Published) -> Option<EventDate> {
    let context = event.context.as_ref()?;
    let date = match &context.time {
        Some(time) => {
            let resolved = time.meaning.resolve(published.edtf.as_ref())?;
            EventDate {
                edtf: resolved.edtf?,
                basis: DateBasis::Relative,
                words: Some(time.words.clone()),
                inferred: published.basis == PublicationBasis::Inferred,
            }
        }
        None => EventDate {
            edtf: published.edtf.clone()?,
            basis: DateBasis::Publication,
            words: None,
            inferred: published.basis == PublicationBasis::Inferred,
        },
    };
    let day = date.edtf.is_day().then(|| date.edtf.earliest()).flatten()?;
    let told = published.edtf.as_ref()?.earliest()?;
    let fresh = (0..=STORY_DAYS).contains(&(told - day).num_days());
    fresh.then(|| EventDate {
        edtf: date.edtf.uncertain(),
        ..date
    })
}

/// How two dates relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Agreement {
    /// They cannot be one day.
    Conflict,
    /// One is not known.
    Unknown,
    /// They overlap, but leave much room.
    Loose,
    /// They agree within a month.
    Month,
    /// They agree on the week or the day.
    Day,
}

/// An event's date, ready to be compared many times.
#[derive(Debug, Clone)]
pub(super) struct Dated {
    pub date: EventDate,
    /// The days on which the event can have been.
    room: Edtf,
    bounds: (Option<NaiveDate>, Option<NaiveDate>),
    /// How many days the date itself leaves open.
    pub breadth: u32,
    /// The day, where the words give a single one.
    pub day: Option<NaiveDate>,
}

impl Dated {
    pub(super) fn new(date: EventDate) -> Dated {
        let room = room(&date);
        let stated = date.basis != DateBasis::Publication && date.edtf.is_day();
        Dated {
            bounds: room.bounds(),
            breadth: breadth(&date.edtf),
            day: date.edtf.earliest().filter(|_| stated),
            room,
            date,
        }
    }

    /// How this date and another relate.
    pub(super) fn agreement(&self, other: &Dated) -> Agreement {
        let overlap = match (self.bounds, other.bounds) {
            ((Some(a), Some(b)), (Some(c), Some(d))) => a <= d && c <= b,
            // Open ends and unknown years.
            _ => self.room.may_overlap(&other.room),
        };
        if !overlap {
            return Agreement::Conflict;
        }
        match self.breadth.max(other.breadth) {
            0..=7 => Agreement::Day,
            8..=31 => Agreement::Month,
            _ => Agreement::Loose,
        }
    }

    /// The months that the date can lie in, counted from year 0, at most so
    /// many; empty where an end is open.
    pub(super) fn months(&self, most: usize) -> Vec<i32> {
        let number = |d: NaiveDate| d.year() * 12 + d.month0() as i32;
        match self.bounds {
            (Some(first), Some(last)) => (number(first)..=number(last)).take(most).collect(),
            _ => Vec::new(),
        }
    }
}

/// The days on which an event with this date can have been.
fn room(date: &EventDate) -> Edtf {
    if date.basis == DateBasis::Publication
        && let Some(day) = date.edtf.earliest()
        && let Some(first) = day.checked_sub_days(Days::new(NEWS_DELAY))
    {
        return Edtf::days(first, day);
    }
    date.edtf.clone()
}

/// How many days a date leaves open; very many where an end is open.
fn breadth(date: &Edtf) -> u32 {
    const MUCH: u32 = 36_600;
    if date.is_yearless() {
        // A day of an unknown year is precise in everything but the year.
        let day = date.precision() == Precision::Day;
        return if day { 366 } else { MUCH };
    }
    match date.bounds() {
        (Some(a), Some(b)) => u32::try_from((b - a).num_days() + 1).unwrap_or(MUCH),
        _ => MUCH,
    }
}

/// The day of the week that the words name, from 1 for Monday: "Monday",
/// "Monday night".
pub(super) fn weekday(meaning: &Meaning) -> Option<u8> {
    match meaning {
        Meaning::Recurring {
            part: Part::Weekday(day),
            base,
            ..
        } => (**base == Meaning::Published).then_some(*day),
        Meaning::Clock { of, .. } => weekday(of),
        _ => None,
    }
}
