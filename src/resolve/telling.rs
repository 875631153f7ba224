//! One article's telling of one event: the mentions of it put together. Many
//! are kept, so they are lists of numbers in one place. Pure.

use super::corpus::Corpus;
use super::dates::{Dated, Dates};
use super::kinds::both_roles;
use super::words::{NONE, insert};
use crate::model::Status;
use chrono::NaiveDate;

/// The mentions of one event in one article, to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Telling<'t> {
    pub doc: u32,
    /// Indices into the list of all mentions, in the order of the text.
    pub mentions: &'t [u32],
    /// Numbers of types, sorted.
    pub kinds: &'t [u32],
    /// Everyone who takes part, sorted, with the roles given: see
    /// [`Terms::marked`](super::kinds::Terms::marked).
    pub actors: &'t [(u32, u32)],
    pub about: &'t [u32],
    pub dates: &'t [u32],
    /// Time words that could not be resolved to a day.
    pub times: &'t [u32],
    pub places: &'t [u32],
    pub lemmas: &'t [u32],
    /// The best date; [`NONE`] where there is none.
    pub date: u32,
    /// A bit for each, see [`bit`].
    pub statuses: u8,
    /// A bit for each weekday that `times` name.
    pub weekdays: u8,
    /// The trigger is a plural: "meetings".
    pub plural: bool,
    /// The words point back to an event told before.
    pub again: bool,
}

/// The bit of a status in [`Telling::statuses`].
pub(super) fn bit(status: Status) -> u8 {
    match status {
        Status::Occurred => 1,
        Status::Denied => 2,
        Status::Planned => 4,
        Status::Possible => 8,
    }
}

impl<'t> Telling<'t> {
    /// The roles of an actor of whom it tells.
    pub(super) fn roles(&self, actor: u32) -> Option<u32> {
        let at = self.actors.binary_search_by_key(&actor, |(a, _)| *a).ok()?;
        self.actors.get(at).map(|(_, roles)| *roles)
    }

    /// The most precise date that the article gives; one that rests on words
    /// rather than on the publication alone.
    pub(super) fn date<'d>(&self, dates: &'d Dates) -> Option<&'d Dated> {
        dates.get(self.date)
    }

    /// The days on which the article can have been published.
    pub(super) fn told(&self, dates: &Dates) -> (Option<NaiveDate>, Option<NaiveDate>) {
        dates.told(self.doc)
    }

    /// Whether a status is among those told.
    pub(super) fn has(&self, status: Status) -> bool {
        self.statuses & bit(status) != 0
    }
}

/// A telling that is being put together.
#[derive(Debug)]
pub(super) struct Draft {
    doc: u32,
    mentions: Vec<u32>,
    kinds: Vec<u32>,
    actors: Vec<(u32, u32)>,
    about: Vec<u32>,
    dates: Vec<u32>,
    times: Vec<u32>,
    places: Vec<u32>,
    lemmas: Vec<u32>,
    date: u32,
    statuses: u8,
    weekdays: u8,
    plural: bool,
    again: bool,
}

fn add_actor(actors: &mut Vec<(u32, u32)>, actor: u32, roles: u32) {
    match actors.binary_search_by_key(&actor, |(a, _)| *a) {
        Ok(at) => actors[at].1 = both_roles(actors[at].1, roles),
        Err(at) => actors.insert(at, (actor, roles)),
    }
}

impl Draft {
    /// A telling of one mention.
    pub(super) fn of(corpus: &Corpus, dates: &Dates, mention: u32) -> Draft {
        let index = mention as usize;
        let event = &corpus.told[index];
        let parts = corpus.parts(index);
        let mut actors: Vec<(u32, u32)> = Vec::with_capacity(parts.len());
        for (actor, role) in parts {
            add_actor(&mut actors, *actor, corpus.terms.marked(*role));
        }
        if event.occasion != NONE {
            let role = corpus.terms.marked(corpus.terms.occasion);
            add_actor(&mut actors, event.occasion, role);
        }
        let date = dates.of(mention);
        let waits = corpus.times.get(event.time as usize).is_some_and(|time| {
            time.datable
                && match dates.get(date) {
                    Some(dated) if dated.is_day => false,
                    Some(_) => time.relative,
                    None => true,
                }
        });
        let mut about = corpus.about(index).to_vec();
        about.dedup();
        let mut draft = Draft {
            doc: event.doc,
            mentions: vec![mention],
            kinds: vec![event.kind],
            actors,
            about,
            dates: Vec::new(),
            times: Vec::new(),
            places: Vec::new(),
            lemmas: vec![event.lemma],
            date,
            statuses: bit(event.status),
            weekdays: 0,
            plural: event.plural,
            again: event.again,
        };
        if date != NONE {
            draft.dates.push(date);
        }
        if waits {
            draft.times.push(event.time);
            let weekday = corpus.times[event.time as usize].weekday;
            draft.weekdays = weekday.map_or(0, |day| 1 << (day & 7));
        }
        if event.place != NONE {
            draft.places.push(event.place);
        }
        draft
    }

    /// Takes in another telling of the same event.
    pub(super) fn absorb(&mut self, dates: &Dates, other: Draft) {
        let merge = |own: &mut Vec<u32>, others: Vec<u32>| {
            for number in others {
                insert(own, number);
            }
        };
        merge(&mut self.mentions, other.mentions);
        merge(&mut self.kinds, other.kinds);
        for (actor, roles) in other.actors {
            add_actor(&mut self.actors, actor, roles);
        }
        merge(&mut self.about, other.about);
        self.dates.extend(other.dates);
        self.times.extend(other.times);
        merge(&mut self.places, other.places);
        merge(&mut self.lemmas, other.lemmas);
        self.statuses |= other.statuses;
        self.weekdays |= other.weekdays;
        let rank = |date: u32| dates.get(date).map(Dated::rank);
        if let Some(new) = rank(other.date)
            && rank(self.date).is_none_or(|own| new < own)
        {
            self.date = other.date;
        }
    }

    /// It as others see it.
    pub(super) fn view(&self) -> Telling<'_> {
        Telling {
            doc: self.doc,
            mentions: &self.mentions,
            kinds: &self.kinds,
            actors: &self.actors,
            about: &self.about,
            dates: &self.dates,
            times: &self.times,
            places: &self.places,
            lemmas: &self.lemmas,
            date: self.date,
            statuses: self.statuses,
            weekdays: self.weekdays,
            plural: self.plural,
            again: self.again,
        }
    }
}

/// Where the lists of a telling lie in those of all.
#[derive(Debug)]
struct Place {
    doc: u32,
    /// Where its numbers begin, and where its actors do.
    numbers: u32,
    actors: u32,
    date: u32,
    /// How many of each, in the order of [`Tellings::push`].
    mentions: u32,
    kinds: u16,
    about: u16,
    dates: u16,
    times: u16,
    places: u16,
    lemmas: u16,
    who: u16,
    statuses: u8,
    weekdays: u8,
    plural: bool,
    again: bool,
}

/// Many tellings.
#[derive(Debug, Default)]
pub(super) struct Tellings {
    all: Vec<Place>,
    numbers: Vec<u32>,
    actors: Vec<(u32, u32)>,
}

/// No list of a telling is longer than this but that of its mentions; what is
/// beyond does not count.
const LONGEST: usize = u16::MAX as usize;

/// The beginning of a list that is kept, and its length.
fn kept<T>(list: &[T]) -> (&[T], u16) {
    let list = list.get(..LONGEST).unwrap_or(list);
    (list, u16::try_from(list.len()).unwrap_or(u16::MAX))
}

impl Tellings {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Adds a telling.
    pub(super) fn push(&mut self, telling: &Telling<'_>) {
        let (numbers, actors) = (self.numbers.len(), self.actors.len());
        self.numbers.extend_from_slice(telling.mentions);
        let mut add = |list| {
            let (list, len) = kept(list);
            self.numbers.extend_from_slice(list);
            len
        };
        let kinds = add(telling.kinds);
        let about = add(telling.about);
        let dates = add(telling.dates);
        let times = add(telling.times);
        let places = add(telling.places);
        let lemmas = add(telling.lemmas);
        let (of, who) = kept(telling.actors);
        self.actors.extend_from_slice(of);
        self.all.push(Place {
            doc: telling.doc,
            numbers: u32::try_from(numbers).unwrap_or(NONE),
            actors: u32::try_from(actors).unwrap_or(NONE),
            date: telling.date,
            mentions: u32::try_from(telling.mentions.len()).unwrap_or(NONE),
            kinds,
            about,
            dates,
            times,
            places,
            lemmas,
            who,
            statuses: telling.statuses,
            weekdays: telling.weekdays,
            plural: telling.plural,
            again: telling.again,
        });
    }

    /// Adds many.
    pub(super) fn append(&mut self, others: Tellings) {
        let numbers = u32::try_from(self.numbers.len()).unwrap_or(NONE);
        let actors = u32::try_from(self.actors.len()).unwrap_or(NONE);
        self.numbers.extend_from_slice(&others.numbers);
        self.actors.extend_from_slice(&others.actors);
        self.all.extend(others.all.into_iter().map(|mut place| {
            place.numbers = place.numbers.saturating_add(numbers);
            place.actors = place.actors.saturating_add(actors);
            place
        }));
    }

    /// Gives back the room that is not needed.
    pub(super) fn shrink(&mut self) {
        self.all.shrink_to_fit();
        self.numbers.shrink_to_fit();
        self.actors.shrink_to_fit();
    }

    /// The document of a telling and its first mention.
    pub(super) fn order(&self, telling: u32) -> (u32, Option<u32>) {
        let place = &self.all[telling as usize];
        (place.doc, self.numbers.get(place.numbers as usize).copied())
    }

    /// One of them.
    pub(super) fn get(&self, telling: u32) -> Telling<'_> {
        let place = &self.all[telling as usize];
        let mut rest = self
            .numbers
            .get(place.numbers as usize..)
            .unwrap_or_default();
        let mut take = |len: usize| {
            let (list, others) = rest.split_at_checked(len).unwrap_or((rest, &[]));
            rest = others;
            list
        };
        let actors = place.actors as usize;
        Telling {
            doc: place.doc,
            mentions: take(place.mentions as usize),
            kinds: take(place.kinds.into()),
            about: take(place.about.into()),
            dates: take(place.dates.into()),
            times: take(place.times.into()),
            places: take(place.places.into()),
            lemmas: take(place.lemmas.into()),
            actors: self
                .actors
                .get(actors..actors + usize::from(place.who))
                .unwrap_or_default(),
            date: place.date,
            statuses: place.statuses,
            weekdays: place.weekdays,
            plural: place.plural,
            again: place.again,
        }
    }
}
