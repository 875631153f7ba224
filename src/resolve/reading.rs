//! Puts what is compared of each article side by side: the numbers of its own
//! names, words and times become those of all. Pure.

use super::corpus::{Doc, Head, Held, Sentence, Time, Told, at};
use super::story::Published;
use super::trace::Trace;
use super::words::{Map, Words};
use crate::extract::Edition;
use crate::text::stable_hash;
use crate::time::Meaning;
use std::borrow::Cow;

/// Takes articles in one by one.
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

/// What the numbers of an article become. Those that stand for nothing, or for
/// its own news, stay as they are.
struct Numbers(Vec<u32>);

impl Numbers {
    fn of(words: &[&str], all: &mut Words) -> Numbers {
        Numbers(words.iter().map(|w| all.add(w)).collect())
    }

    fn get(&self, number: u32) -> u32 {
        self.0.get(number as usize).copied().unwrap_or(number)
    }
}

impl Reading {
    /// Takes in an article, which comes after those before it.
    pub(super) fn add(&mut self, trace: Trace<'_>) {
        let doc = at(&self.docs);
        let (first_head, first_told) = (at(&self.heads), at(&self.told));
        let names = Numbers::of(&trace.names, &mut self.names_of);
        let words = Numbers::of(&trace.words, &mut self.words);
        let kinds = Numbers::of(&trace.kinds, &mut self.kinds);
        let roles = Numbers::of(&trace.roles, &mut self.role_words);
        let times = trace.times.into_iter();
        let times = Numbers(times.map(|(w, meaning)| self.time(w, meaning)).collect());
        self.docs.push(Doc {
            id: trace.id.into(),
            path: trace.path.into(),
            source: words.get(trace.source),
            bounds: trace.bounds,
            sketch: trace.sketch,
            weekdays: trace.weekdays,
            actors: first_head,
            events: first_told,
        });
        self.published.push(trace.published);
        let (first_form, first_held) = (at(&self.names), at(&self.roles));
        self.heads.extend(trace.heads.into_iter().map(|head| Head {
            name: names.get(head.name),
            country: names.get(head.country),
            names: first_form.saturating_add(head.names),
            roles: first_held.saturating_add(head.roles),
            ..head
        }));
        let forms = trace.forms.into_iter();
        self.names
            .extend(forms.map(|(name, n)| (names.get(name), n)));
        let held = trace.held.into_iter();
        self.roles.extend(held.map(|held| Held {
            title: words.get(held.title),
            of: held.of,
        }));
        let (part, about, apart) = (at(&self.parts), at(&self.about), at(&self.apart));
        self.told.extend(trace.told.into_iter().map(|told| Told {
            doc,
            kind: kinds.get(told.kind),
            lemma: words.get(told.lemma),
            parts: part.saturating_add(told.parts),
            about: about.saturating_add(told.about),
            apart: apart.saturating_add(told.apart),
            time: times.get(told.time),
            context: times.get(told.context),
            ..told
        }));
        let parts = trace.parts.into_iter();
        self.parts
            .extend(parts.map(|(actor, role)| (actor, roles.get(role))));
        self.about
            .extend(trace.about.into_iter().map(|w| words.get(w)));
        self.sort_about(first_told);
        self.apart.extend(trace.apart);
        let sentences = trace.sentences.into_iter();
        self.sentences
            .extend(sentences.map(|(hash, event)| Sentence {
                hash,
                event: first_told.saturating_add(event),
            }));
        let editions = trace.series.into_iter();
        self.series.extend(editions.map(|edition| (doc, edition)));
    }

    /// Puts what each event from this one on is about in order.
    fn sort_about(&mut self, first: u32) {
        let told = self.told.get(first as usize..).unwrap_or_default();
        let starts = told.iter().map(|t| t.about as usize);
        let ends = starts.clone().skip(1).chain([self.about.len()]);
        for (start, end) in starts.zip(ends) {
            if let Some(own) = self.about.get_mut(start..end) {
                own.sort_unstable();
            }
        }
    }

    fn time(&mut self, words: &str, meaning: Cow<'_, Meaning>) -> u32 {
        let known = self
            .known_times
            .entry(stable_hash(words.as_bytes()))
            .or_default();
        let same = known.iter().copied().find(|i| {
            self.times
                .get(*i as usize)
                .is_some_and(|t| *t.words == *words && t.meaning == *meaning)
        });
        if let Some(same) = same {
            return same;
        }
        let new = at(&self.times);
        known.push(new);
        self.times.push(Time {
            words: words.into(),
            datable: meaning.is_datable(),
            relative: meaning.is_relative(),
            weekday: super::dates::weekday(&meaning),
            meaning: meaning.into_owned(),
        });
        new
    }
}
