//! One article's telling of one event: the mentions of it put together. Pure.

use super::actors::Cast;
use super::dates::{Dated, context_date, own_date};
use super::story::EventDate;
use super::story::Published;
use crate::extract::{EventMention, TimeRef};
use crate::model::{DateBasis, Status};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// One mention with its actors resolved.
#[derive(Debug, Clone)]
pub(super) struct Mention<'r> {
    pub doc: usize,
    pub event: &'r EventMention,
    pub parts: Vec<(usize, &'r str)>,
    pub place: Option<usize>,
    pub occasion: Option<usize>,
    pub date: Option<Dated>,
    /// The day of the story, where it has no date of its own.
    pub context: Option<EventDate>,
    /// The days on which the article can have been published.
    pub told: (Option<NaiveDate>, Option<NaiveDate>),
}

impl<'r> Mention<'r> {
    /// Resolves the indices of a mention; those that the report does not have
    /// are left out.
    pub(super) fn new(
        cast: &Cast,
        doc: usize,
        event: &'r EventMention,
        published: &Published,
    ) -> Mention<'r> {
        let mut parts: Vec<(usize, &str)> = Vec::new();
        for part in &event.participants {
            if let Some(actor) = cast.of(doc, part.actor)
                && !parts.iter().any(|(a, _)| *a == actor)
            {
                parts.push((actor, &part.role));
            }
        }
        let actor = |local: Option<u32>| local.and_then(|a| cast.of(doc, a));
        Mention {
            doc,
            event,
            parts,
            place: actor(event.place),
            occasion: actor(event.occasion),
            date: own_date(event, published).map(Dated::new),
            context: context_date(event, published),
            told: published.edtf.as_ref().map_or((None, None), |e| e.bounds()),
        }
    }
}

/// The mentions of one event in one article.
#[derive(Debug, Clone)]
pub(super) struct Telling<'r> {
    pub doc: usize,
    /// Indices into the list of all mentions, in the order of the text.
    pub mentions: Vec<usize>,
    pub kinds: BTreeSet<&'r str>,
    /// Everyone who takes part, with the roles given.
    pub actors: BTreeMap<usize, BTreeSet<&'r str>>,
    pub about: BTreeSet<&'r str>,
    pub dates: Vec<Dated>,
    /// Time words that could not be resolved to a day.
    pub times: Vec<&'r TimeRef>,
    pub statuses: BTreeSet<Status>,
    pub places: BTreeSet<usize>,
    pub lemmas: BTreeSet<&'r str>,
    /// The trigger is a plural: "meetings".
    pub plural: bool,
    /// The words point back to an event told before.
    pub again: bool,
    /// The days on which the article can have been published.
    pub told: (Option<NaiveDate>, Option<NaiveDate>),
}

/// Lemmas that say nothing about what an event is about.
const EMPTY_WORDS: [&str; 26] = [
    "new",
    "first",
    "last",
    "next",
    "other",
    "more",
    "many",
    "say",
    "make",
    "take",
    "have",
    "be",
    "do",
    "get",
    "year",
    "month",
    "week",
    "day",
    "time",
    "people",
    "country",
    "way",
    "issue",
    "government",
    "official",
    "report",
];

impl<'r> Telling<'r> {
    /// A telling of one mention.
    pub(super) fn of(index: usize, mention: &Mention<'r>) -> Telling<'r> {
        let event = mention.event;
        let mut actors: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        for (actor, role) in &mention.parts {
            actors.entry(*actor).or_default().insert(role);
        }
        if let Some(occasion) = mention.occasion {
            actors.entry(occasion).or_default().insert("occasion");
        }
        let content =
            |w: &&str| w.chars().next().is_some_and(char::is_lowercase) && !EMPTY_WORDS.contains(w);
        let trigger = &event.trigger;
        Telling {
            doc: mention.doc,
            mentions: vec![index],
            kinds: BTreeSet::from([event.kind.as_str()]),
            actors,
            about: event
                .about
                .iter()
                .map(String::as_str)
                .filter(content)
                .collect(),
            dates: mention.date.iter().cloned().collect(),
            times: match &mention.date {
                Some(dated) if dated.date.edtf.is_day() => Vec::new(),
                None => event
                    .time
                    .iter()
                    .filter(|t| t.meaning.is_datable())
                    .collect(),
                Some(_) => event
                    .time
                    .iter()
                    .filter(|t| t.meaning.is_relative() && t.meaning.is_datable())
                    .collect(),
            },
            statuses: BTreeSet::from([event.status]),
            places: mention.place.into_iter().collect(),
            lemmas: BTreeSet::from([trigger.lemma.as_str()]),
            plural: trigger.lemma.ends_with("ing")
                && trigger.text.to_lowercase() == format!("{}s", trigger.lemma),
            again: event.again,
            told: mention.told,
        }
    }

    /// Takes in another telling of the same event.
    pub(super) fn absorb(&mut self, other: Telling<'r>) {
        self.mentions.extend(other.mentions);
        self.mentions.sort_unstable();
        self.kinds.extend(other.kinds);
        for (actor, roles) in other.actors {
            self.actors.entry(actor).or_default().extend(roles);
        }
        self.about.extend(other.about);
        self.dates.extend(other.dates);
        self.times.extend(other.times);
        self.statuses.extend(other.statuses);
        self.places.extend(other.places);
        self.lemmas.extend(other.lemmas);
    }

    /// The most precise date that the article gives; one that rests on words
    /// rather than on the publication alone.
    pub(super) fn date(&self) -> Option<&Dated> {
        self.dates.iter().min_by_key(|d| {
            let unsure = d.date.basis == DateBasis::Publication;
            (unsure, d.breadth, d.date.inferred)
        })
    }
}
