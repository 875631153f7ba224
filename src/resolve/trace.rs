//! What resolution compares of one article: names, words and times, each told
//! once, and everything else as numbers of these. About a third of the size of a
//! report, it can be kept beside it, to be read in its place. Pure.

use super::corpus::{Head, Held, NEWS, Told, at};
use super::published;
use super::story::Published;
use super::words::{Map, NONE, one_more};
use crate::extract::{
    Edition, EventMention, LocalActor, MentionForm, Report, RoleHeld, Sketch, TimeRef,
};
use crate::model::Status;
use crate::text::stable_hash;
use crate::time::{Meaning, publication_bounds};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A sentence shorter than this many characters may stand in two articles by
/// chance.
const SENTENCE: usize = 50;

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

/// What is compared of one article. Its numbers count from 0 within it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Trace<'t> {
    pub(super) id: &'t str,
    pub(super) path: &'t str,
    /// Number among the words.
    #[serde(with = "one_more")]
    pub(super) source: u32,
    /// Before and after which days the text says that it cannot have appeared.
    pub(super) bounds: (Option<NaiveDate>, Option<NaiveDate>),
    pub(super) published: Published,
    pub(super) sketch: Sketch,
    /// The weekdays that it names for what happened, one bit each.
    pub(super) weekdays: u8,
    /// Names of actors and of countries.
    #[serde(borrow)]
    pub(super) names: Vec<&'t str>,
    /// Lemmas, titles, the outlet.
    pub(super) words: Vec<&'t str>,
    /// Types of events, and roles in them.
    pub(super) kinds: Vec<&'t str>,
    pub(super) roles: Vec<&'t str>,
    pub(super) times: Vec<(&'t str, Cow<'t, Meaning>)>,
    pub(super) heads: Vec<Head>,
    /// Forms of names with the number of times that they stand in the text.
    pub(super) forms: Vec<(u32, u32)>,
    pub(super) held: Vec<Held>,
    pub(super) told: Vec<Told>,
    /// Who takes part, with the number of the role.
    pub(super) parts: Vec<(u32, u32)>,
    pub(super) about: Vec<u32>,
    pub(super) apart: Vec<(u32, u32)>,
    /// Sentences with words of time that may stand in several articles, as
    /// hashes, and the events that they tell.
    pub(super) sentences: Vec<(u64, u32)>,
    pub(super) series: Vec<Edition>,
}

impl<'t> Trace<'t> {
    /// What is compared of this report. Linear in it.
    pub fn of(report: &'t Report) -> Trace<'t> {
        let mut taking = Taking {
            trace: Trace {
                id: &report.id,
                path: &report.path,
                source: NONE,
                bounds: publication_bounds(&report.clues),
                published: published::own(report),
                sketch: report.sketch.clone(),
                series: report.series.clone(),
                weekdays: 0,
                names: Vec::new(),
                words: Vec::new(),
                kinds: Vec::new(),
                roles: Vec::new(),
                times: Vec::new(),
                heads: Vec::new(),
                forms: Vec::new(),
                held: Vec::new(),
                told: Vec::new(),
                parts: Vec::new(),
                about: Vec::new(),
                apart: Vec::new(),
                sentences: Vec::new(),
            },
            names: Map::default(),
            words: Map::default(),
            kinds: Map::default(),
            roles: Map::default(),
        };
        if let Some(source) = &report.source {
            taking.trace.source = taking.word(source);
        }
        for actor in &report.actors {
            taking.actor(actor);
        }
        let mut seen: BTreeSet<(u64, &str)> = BTreeSet::new();
        for event in &report.events {
            let told = taking.event(event);
            let trace = &mut taking.trace;
            if let (Some(time), Status::Occurred) = (&event.time, event.status)
                && let Some(day) = super::dates::weekday(&time.meaning)
            {
                trace.weekdays |= 1 << (day & 7);
            }
            if let (Some(hash), Some(time)) = (sentence(event), &event.time)
                && seen.insert((hash, time.words.as_str()))
            {
                trace.sentences.push((hash, at(&trace.told)));
            }
            trace.told.push(told);
        }
        taking.trace
    }
}

impl Trace<'_> {
    /// Whether every number stands for something that is there: bytes that were
    /// damaged may say anything. Linear.
    pub fn is_sound(&self) -> bool {
        let known = |number: u32, all: usize| (number as usize) < all;
        let known_or_none = |number: u32, all: usize| number == NONE || known(number, all);
        let (names, words, times) = (self.names.len(), self.words.len(), self.times.len());
        let time = |number: u32| number == NEWS || known_or_none(number, times);
        let (heads, told) = (&self.heads, &self.told);
        known_or_none(self.source, words)
            && heads
                .iter()
                .all(|h| known(h.name, names) && known_or_none(h.country, names))
            && grow(heads.iter().map(|h| h.names), self.forms.len())
            && grow(heads.iter().map(|h| h.roles), self.held.len())
            && self.forms.iter().all(|(name, _)| known(*name, names))
            && self.held.iter().all(|held| known(held.title, words))
            && told.iter().all(|t| {
                known(t.kind, self.kinds.len())
                    && known(t.lemma, words)
                    && known_or_none(t.time, times)
                    && time(t.context)
            })
            && grow(told.iter().map(|t| t.parts), self.parts.len())
            && grow(told.iter().map(|t| t.about), self.about.len())
            && grow(told.iter().map(|t| t.apart), self.apart.len())
            && self
                .parts
                .iter()
                .all(|(_, role)| known(*role, self.roles.len()))
            && self.about.iter().all(|word| known(*word, words))
            && self
                .sentences
                .iter()
                .all(|(_, event)| known(*event, told.len()))
    }
}

/// Whether these are places in a list of so many, or its end, and in order.
fn grow(mut starts: impl Iterator<Item = u32>, all: usize) -> bool {
    let mut last = 0;
    starts.all(|start| {
        let in_order = last <= start && start as usize <= all;
        last = start;
        in_order
    })
}

/// A trace that is being taken, with the numbers of its strings.
struct Taking<'t> {
    trace: Trace<'t>,
    names: Map<&'t str, u32>,
    words: Map<&'t str, u32>,
    kinds: Map<&'t str, u32>,
    roles: Map<&'t str, u32>,
}

/// The number of a string; a new one where it is not yet known.
fn number<'t>(known: &mut Map<&'t str, u32>, all: &mut Vec<&'t str>, word: &'t str) -> u32 {
    *known.entry(word).or_insert_with(|| {
        all.push(word);
        at(all) - 1
    })
}

impl<'t> Taking<'t> {
    fn name(&mut self, name: &'t str) -> u32 {
        number(&mut self.names, &mut self.trace.names, name)
    }

    fn word(&mut self, word: &'t str) -> u32 {
        number(&mut self.words, &mut self.trace.words, word)
    }

    fn actor(&mut self, actor: &'t LocalActor) {
        let names = at(&self.trace.forms);
        let start = self.trace.forms.len();
        for name in &actor.names {
            let name = self.name(name);
            self.trace.forms.push((name, 0));
        }
        for mention in &actor.mentions {
            if mention.form == MentionForm::Name
                && let Some(i) = actor.names.iter().position(|n| *n == mention.text)
                && let Some((_, n)) = self.trace.forms.get_mut(start + i)
            {
                *n += 1;
            }
        }
        let roles = at(&self.trace.held);
        for RoleHeld { title, of, .. } in &actor.roles {
            let title = self.word(title);
            let of = of.unwrap_or(NONE);
            self.trace.held.push(Held { title, of });
        }
        let country = actor.country.as_deref();
        let first = actor.mentions.iter().map(|m| m.start).min();
        let head = Head {
            name: self.name(&actor.name),
            country: country.map_or(NONE, |c| self.name(c)),
            first: first.unwrap_or(u32::MAX),
            names,
            roles,
            kind: actor.kind,
        };
        self.trace.heads.push(head);
    }

    fn event(&mut self, event: &'t EventMention) -> Told {
        let (parts, about, apart) = (
            at(&self.trace.parts),
            at(&self.trace.about),
            at(&self.trace.apart),
        );
        for part in &event.participants {
            let role = number(&mut self.roles, &mut self.trace.roles, &part.role);
            self.trace.parts.push((part.actor, role));
        }
        for word in event.about.iter().map(String::as_str) {
            let content =
                word.chars().next().is_some_and(char::is_lowercase) && !EMPTY_WORDS.contains(&word);
            if content {
                let word = self.word(word);
                self.trace.about.push(word);
            }
        }
        self.trace.apart.extend(event.apart.iter().copied());
        let trigger = &event.trigger;
        let (word, lemma) = (trigger.text.as_str(), trigger.lemma.as_str());
        let context = event.context.as_ref();
        Told {
            doc: 0,
            kind: number(&mut self.kinds, &mut self.trace.kinds, &event.kind),
            lemma: self.word(lemma),
            trigger: trigger.start,
            quote: event.quote.start,
            parts,
            about,
            apart,
            place: event.place.unwrap_or(NONE),
            occasion: event.occasion.unwrap_or(NONE),
            speaker: event.attributed_to.unwrap_or(NONE),
            time: event.time.as_ref().map_or(NONE, |t| self.time(t)),
            context: match context.map(|c| &c.time) {
                None => NONE,
                Some(None) => NEWS,
                Some(Some(time)) => self.time(time),
            },
            status: event.status,
            again: event.again,
            is_news: event.is_news,
            plural: lemma.ends_with("ing") && word.to_lowercase().strip_suffix('s') == Some(lemma),
            titled: !event.title.is_empty(),
        }
    }

    fn time(&mut self, time: &'t TimeRef) -> u32 {
        let mut known = self.trace.times.iter();
        let same = known.position(|(w, m)| *w == time.words && **m == time.meaning);
        match same {
            Some(same) => u32::try_from(same).unwrap_or(NONE),
            None => {
                self.trace
                    .times
                    .push((&time.words, Cow::Borrowed(&time.meaning)));
                at(&self.trace.times) - 1
            }
        }
    }
}

/// The hash of a sentence by which a copy of it can be told.
fn sentence(event: &EventMention) -> Option<u64> {
    event.time.as_ref().filter(|t| t.meaning.is_relative())?;
    let words: Vec<&str> = event.quote.text.split_whitespace().collect();
    let words = words.join(" ");
    let long = words.chars().take(SENTENCE).count() == SENTENCE;
    long.then(|| stable_hash(words.as_bytes()))
}
