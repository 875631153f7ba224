//! Takes out of each report what resolution compares. Pure.

use super::corpus::{Doc, Head, Held, NEWS, Sentence, Time, Told, at};
use super::published;
use super::story::Published;
use super::stream::Visit;
use super::words::{Map, NONE, Words};
use crate::extract::{Edition, EventMention, LocalActor, MentionForm, Report, TimeRef};
use crate::model::Status;
use crate::text::stable_hash;
use crate::time::publication_bounds;
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

/// Reads reports one by one.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub docs: Vec<Doc>,
    pub published: Vec<Published>,
    pub heads: Vec<Head>,
    pub names: Vec<(u32, u32)>,
    pub roles: Vec<Held>,
    pub told: Vec<Told>,
    pub parts: Vec<(u32, u32)>,
    pub about: Vec<u32>,
    pub apart: Vec<(u32, u32)>,
    pub times: Vec<Time>,
    known_times: Map<u64, Vec<u32>>,
    pub series: Vec<(u32, Edition)>,
    pub sentences: Vec<Sentence>,
    pub names_of: Words,
    pub words: Words,
    pub kinds: Words,
    pub role_words: Words,
}

impl Visit for Reading {
    fn see<S: AsRef<str>>(&mut self, report: &Report<S>) {
        let doc = at(&self.docs);
        let source = report.source.as_ref();
        self.docs.push(Doc {
            id: report.id.as_ref().into(),
            path: report.path.as_ref().into(),
            source: source.map_or(NONE, |s| self.words.add(s.as_ref())),
            bounds: publication_bounds(&report.clues),
            sketch: report.sketch.clone(),
            weekdays: 0,
            actors: at(&self.heads),
            events: at(&self.told),
        });
        self.published.push(published::own(report));
        for actor in &report.actors {
            self.actor(actor);
        }
        let mut seen: BTreeSet<(u64, &str)> = BTreeSet::new();
        let mut weekdays = 0;
        for event in &report.events {
            let told = self.event(doc, event);
            let weekday = self.times.get(told.time as usize).and_then(|t| t.weekday);
            if let (Some(day), Status::Occurred) = (weekday, event.status) {
                weekdays |= 1 << (day & 7);
            }
            if let (Some(hash), Some(time)) = (sentence(event), &event.time)
                && seen.insert((hash, time.words.as_ref()))
            {
                let event = at(&self.told);
                self.sentences.push(Sentence { hash, event });
            }
            self.told.push(told);
        }
        if let Some(own) = self.docs.last_mut() {
            own.weekdays = weekdays;
        }
        let editions = report.series.iter().cloned();
        self.series.extend(editions.map(|edition| (doc, edition)));
    }
}

impl Reading {
    fn actor<S: AsRef<str>>(&mut self, actor: &LocalActor<S>) {
        let names = at(&self.names);
        let roles = at(&self.roles);
        let start = self.names.len();
        for name in &actor.names {
            let name = self.names_of.add(name.as_ref());
            self.names.push((name, 0));
        }
        for mention in &actor.mentions {
            if mention.form == MentionForm::Name
                && let Some(i) = place_of(&actor.names, mention.text.as_ref())
                && let Some((_, n)) = self.names.get_mut(start + i)
            {
                *n += 1;
            }
        }
        for role in &actor.roles {
            let title = self.words.add(role.title.as_ref());
            let of = role.of.unwrap_or(NONE);
            self.roles.push(Held { title, of });
        }
        let country = actor.country.as_ref();
        self.heads.push(Head {
            name: self.names_of.add(actor.name.as_ref()),
            country: country.map_or(NONE, |c| self.names_of.add(c.as_ref())),
            first: actor
                .mentions
                .iter()
                .map(|m| m.start)
                .min()
                .unwrap_or(u32::MAX),
            names,
            roles,
            kind: actor.kind,
        });
    }

    fn event<S: AsRef<str>>(&mut self, doc: u32, event: &EventMention<S>) -> Told {
        let (parts, about, apart) = (at(&self.parts), at(&self.about), at(&self.apart));
        for part in &event.participants {
            let role = self.role_words.add(part.role.as_ref());
            self.parts.push((part.actor, role));
        }
        let from = self.about.len();
        for word in event.about.iter().map(AsRef::as_ref) {
            let content =
                word.chars().next().is_some_and(char::is_lowercase) && !EMPTY_WORDS.contains(&word);
            if content {
                let word = self.words.add(word);
                self.about.push(word);
            }
        }
        if let Some(own) = self.about.get_mut(from..) {
            own.sort_unstable();
        }
        self.apart.extend(event.apart.iter().copied());
        let trigger = &event.trigger;
        let (word, lemma) = (trigger.text.as_ref(), trigger.lemma.as_ref());
        let context = event.context.as_ref();
        Told {
            doc,
            kind: self.kinds.add(event.kind.as_ref()),
            lemma: self.words.add(lemma),
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
            titled: !event.title.as_ref().is_empty(),
        }
    }

    fn time<S: AsRef<str>>(&mut self, time: &TimeRef<S>) -> u32 {
        let words = time.words.as_ref();
        let known = self
            .known_times
            .entry(stable_hash(words.as_bytes()))
            .or_default();
        let same = known.iter().copied().find(|i| {
            self.times
                .get(*i as usize)
                .is_some_and(|t| *t.words == *words && t.meaning == time.meaning)
        });
        if let Some(same) = same {
            return same;
        }
        let new = at(&self.times);
        known.push(new);
        self.times.push(Time {
            words: words.into(),
            meaning: time.meaning.clone(),
            datable: time.meaning.is_datable(),
            relative: time.meaning.is_relative(),
            weekday: super::dates::weekday(&time.meaning),
        });
        new
    }
}

/// Where a name stands among others.
fn place_of<S: AsRef<str>>(names: &[S], name: &str) -> Option<usize> {
    names.iter().position(|n| n.as_ref() == name)
}

/// The hash of a sentence by which a copy of it can be told.
fn sentence<S: AsRef<str>>(event: &EventMention<S>) -> Option<u64> {
    event.time.as_ref().filter(|t| t.meaning.is_relative())?;
    let words: Vec<&str> = event.quote.text.as_ref().split_whitespace().collect();
    let words = words.join(" ");
    let long = words.chars().take(SENTENCE).count() == SENTENCE;
    long.then(|| stable_hash(words.as_bytes()))
}
