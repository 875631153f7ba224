//! When an event took place, as far as its own article tells, and whether two
//! dates can be those of one event. Pure.

use super::corpus::{Corpus, NEWS, Time, Told};
use super::story::{EventDate, Published};
use super::words::NONE;
use crate::model::{DateBasis, PublicationBasis, Status};
use crate::time::{Edtf, Meaning, Part, Precision};
use chrono::{Datelike, Days, NaiveDate};
use std::collections::HashMap;

/// How long after an event news tells of it without time words, in days.
const NEWS_DELAY: u64 = 2;

/// How many days before its publication the day of an article's story can lie.
const STORY_DAYS: i64 = 7;

/// The date that words of time give an event of an article published then.
fn date_of(time: &Time, published: &Published) -> Option<EventDate> {
    let inferred = published.basis == PublicationBasis::Inferred;
    let resolved = time.meaning.resolve(published.edtf.as_ref())?;
    Some(EventDate {
        edtf: resolved.edtf?,
        basis: resolved.basis,
        words: Some(time.words.to_string()),
        inferred: inferred && resolved.basis == DateBasis::Relative,
    })
}

/// The date that the article itself gives an event.
///
/// An event without time words is put at the publication date only where news
/// usage does so, it has happened, and that date is a known day.
pub(super) fn own_date(times: &[Time], event: &Told, published: &Published) -> Option<EventDate> {
    if let Some(time) = times.get(event.time as usize) {
        return date_of(time, published);
    }
    let day = published.edtf.as_ref().filter(|e| e.is_day())?;
    (event.is_news && event.status == Status::Occurred).then(|| EventDate {
        edtf: day.clone(),
        basis: DateBasis::Publication,
        words: None,
        inferred: published.basis == PublicationBasis::Inferred,
    })
}

/// The day of the story when the article tells this: an inference, marked as
/// uncertain, and only for a day within a week up to the article's own.
pub(super) fn context_date(
    times: &[Time],
    event: &Told,
    published: &Published,
) -> Option<EventDate> {
    let inferred = published.basis == PublicationBasis::Inferred;
    let date = match times.get(event.context as usize) {
        Some(time) => {
            let resolved = time.meaning.resolve(published.edtf.as_ref())?;
            EventDate {
                edtf: resolved.edtf?,
                basis: DateBasis::Relative,
                words: Some(time.words.to_string()),
                inferred,
            }
        }
        None if event.context == NEWS => EventDate {
            edtf: published.edtf.clone()?,
            basis: DateBasis::Publication,
            words: None,
            inferred,
        },
        None => return None,
    };
    let day = date.edtf.is_day().then(|| date.edtf.earliest()).flatten()?;
    let told = published.edtf.as_ref()?.earliest()?;
    let fresh = (0..=STORY_DAYS).contains(&(told - day).num_days());
    fresh.then(|| EventDate {
        edtf: date.edtf.uncertain(),
        ..date
    })
}

/// The dates of all mentions of events, each kept once.
#[derive(Debug, Default)]
pub(super) struct Dates {
    all: Vec<Dated>,
    known: HashMap<(Edtf, DateBasis, bool), u32>,
    /// Of each mention of an event; [`NONE`] where it has no date.
    of: Vec<u32>,
    /// The days on which each document can have been published.
    told: Vec<(Option<NaiveDate>, Option<NaiveDate>)>,
    /// Of each document, whether its date has changed since the dates were made.
    pub stale: Vec<bool>,
}

impl Dates {
    pub(super) fn new(corpus: &Corpus) -> Dates {
        Dates {
            of: vec![NONE; corpus.told.len()],
            told: vec![(None, None); corpus.len()],
            stale: vec![true; corpus.len()],
            ..Dates::default()
        }
    }

    /// Gives dates to the events of the documents that were dated anew.
    pub(super) fn refresh(&mut self, corpus: &Corpus, published: &[Published]) {
        // The words of time of an article's events are few, and so are the days
        // on which articles come out.
        let mut seen: HashMap<(u32, &Edtf, bool), u32> = HashMap::new();
        for (doc, published) in published.iter().enumerate() {
            if !std::mem::take(&mut self.stale[doc]) {
                continue;
            }
            let edtf = published.edtf.as_ref();
            self.told[doc] = edtf.map_or((None, None), |e| e.bounds());
            let inferred = published.basis == PublicationBasis::Inferred;
            for i in corpus.events_of(doc) {
                let event = &corpus.told[i];
                let timed = event.time != NONE;
                self.of[i] = match edtf {
                    Some(edtf) if timed => {
                        let key = (event.time, edtf, inferred);
                        match seen.get(&key) {
                            Some(known) => *known,
                            None => {
                                let date = own_date(&corpus.times, event, published);
                                let number = self.number(date);
                                seen.insert(key, number);
                                number
                            }
                        }
                    }
                    _ => self.number(own_date(&corpus.times, event, published)),
                };
            }
        }
    }

    fn number(&mut self, date: Option<EventDate>) -> u32 {
        let Some(date) = date else { return NONE };
        let key = (date.edtf.clone(), date.basis, date.inferred);
        *self.known.entry(key).or_insert_with(|| {
            self.all.push(Dated::new(&date));
            u32::try_from(self.all.len() - 1).unwrap_or(NONE)
        })
    }

    /// The number of the date of a mention; [`NONE`] where it has none.
    pub(super) fn of(&self, event: u32) -> u32 {
        self.of.get(event as usize).copied().unwrap_or(NONE)
    }

    /// All dates, by their numbers.
    pub(super) fn all(&self) -> impl Iterator<Item = &Dated> {
        self.all.iter()
    }

    /// The date of a number.
    pub(super) fn get(&self, date: u32) -> Option<&Dated> {
        self.all.get(date as usize)
    }

    /// The days on which a document can have been published.
    pub(super) fn told(&self, doc: u32) -> (Option<NaiveDate>, Option<NaiveDate>) {
        self.told.get(doc as usize).copied().unwrap_or_default()
    }
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
    pub edtf: Edtf,
    pub basis: DateBasis,
    pub inferred: bool,
    /// The first and the last day of the date.
    pub ends: (Option<NaiveDate>, Option<NaiveDate>),
    pub is_day: bool,
    pub is_yearless: bool,
    /// The days on which the event can have been.
    room: Edtf,
    bounds: (Option<NaiveDate>, Option<NaiveDate>),
    /// How many days the date itself leaves open.
    pub breadth: u32,
    /// The day, where the words give a single one.
    pub day: Option<NaiveDate>,
}

impl Dated {
    fn new(date: &EventDate) -> Dated {
        let room = room(date);
        let is_day = date.edtf.is_day();
        let stated = date.basis != DateBasis::Publication && is_day;
        Dated {
            bounds: room.bounds(),
            breadth: breadth(&date.edtf),
            day: date.edtf.earliest().filter(|_| stated),
            room,
            ends: date.edtf.bounds(),
            is_day,
            is_yearless: date.edtf.is_yearless(),
            edtf: date.edtf.clone(),
            basis: date.basis,
            inferred: date.inferred,
        }
    }

    /// What the reader of the story sees of it; `words` are those that it came
    /// from.
    pub(super) fn shown(&self, words: Option<&str>) -> EventDate {
        EventDate {
            edtf: self.edtf.clone(),
            basis: self.basis,
            words: words.map(str::to_owned),
            inferred: self.inferred,
        }
    }

    /// What makes it worse than another date of one article: that it rests on
    /// the publication alone, that it is vague, that it is inferred.
    pub(super) fn rank(&self) -> (bool, u32, bool) {
        let unsure = self.basis == DateBasis::Publication;
        (unsure, self.breadth, self.inferred)
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
