//! All reports side by side, in order of their paths, as far as resolution
//! compares them: names, words and times as numbers, no sentences. What is left
//! out is fetched again when the story is put together. Pure.

use super::bodies::is_thing;
use super::forms::{self, Forms};
use super::group::Group;
use super::kinds::{Kinds, Terms};
use super::reading::Reading;
use super::story::Published;
use super::stream::Reports;
use super::words::{NONE, Words, one_more};
use crate::extract::{Edition, Sketch};
use crate::model::{ActorKind, Status};
use crate::time::Meaning;
use chrono::NaiveDate;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// An actor of one report: index of the document, index in its report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Local {
    pub doc: u32,
    pub actor: u32,
}

/// What is kept of a report.
#[derive(Debug)]
pub(super) struct Doc {
    pub id: Box<str>,
    pub path: Box<str>,
    /// Number among the words; [`NONE`] where there is none.
    pub source: u32,
    /// Before and after which days the text says that it cannot have appeared.
    pub bounds: (Option<NaiveDate>, Option<NaiveDate>),
    /// What tells its text from others.
    pub sketch: Sketch,
    /// The weekdays that it names for what happened, one bit each.
    pub weekdays: u8,
    /// Its first actor and its first event in the lists of all.
    pub actors: u32,
    pub events: u32,
}

/// What is kept of an actor of one report.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Head {
    /// Number among the names.
    pub name: u32,
    /// Number among the names; [`NONE`] where none is told.
    #[serde(with = "one_more")]
    pub country: u32,
    /// Where it is first mentioned.
    pub first: u32,
    /// Where its names and its titles begin.
    pub names: u32,
    pub roles: u32,
    pub kind: ActorKind,
}

/// A title as an actor of one report holds it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Held {
    /// Number among the words.
    pub title: u32,
    /// Index into the report's actors; [`NONE`] where it is of nobody.
    #[serde(with = "one_more")]
    pub of: u32,
}

/// What is kept of a mention of an event. Actors are indices into the report's
/// actors until [`Corpus::settle`] makes them those of the story.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Told {
    pub doc: u32,
    /// Number among the types.
    pub kind: u32,
    /// Number among the words.
    pub lemma: u32,
    /// First code points of the trigger and of the sentence.
    pub trigger: u32,
    pub quote: u32,
    /// Where its lists begin.
    pub parts: u32,
    pub about: u32,
    pub apart: u32,
    #[serde(with = "one_more")]
    pub place: u32,
    #[serde(with = "one_more")]
    pub occasion: u32,
    #[serde(with = "one_more")]
    pub speaker: u32,
    /// Number among the times.
    #[serde(with = "one_more")]
    pub time: u32,
    /// As `time`; [`NEWS`] for the article's own news.
    #[serde(with = "one_more")]
    pub context: u32,
    pub status: Status,
    pub again: bool,
    pub is_news: bool,
    pub plural: bool,
    pub titled: bool,
}

/// The context of an event that is the article's own news, told without words
/// of time.
pub(super) const NEWS: u32 = NONE - 1;

/// A time expression, told once for all articles that use the same words in the
/// same meaning.
#[derive(Debug)]
pub(super) struct Time {
    pub words: Box<str>,
    pub meaning: Meaning,
    pub datable: bool,
    pub relative: bool,
    /// From 1 for Monday, where the words name one.
    pub weekday: Option<u8>,
}

/// A sentence with words of time that may stand in several articles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sentence {
    pub hash: u64,
    /// Index among all events.
    pub event: u32,
}

/// The reports in order of their paths.
#[derive(Debug)]
pub(super) struct Corpus {
    pub docs: Vec<Doc>,
    pub heads: Vec<Head>,
    /// Forms of names with the number of times that they stand in the text.
    names: Vec<(u32, u32)>,
    roles: Vec<Held>,
    pub told: Vec<Told>,
    /// Who takes part, with the number of the role.
    parts: Vec<(u32, u32)>,
    about: Vec<u32>,
    apart: Vec<(u32, u32)>,
    pub times: Vec<Time>,
    pub series: Vec<(u32, Edition)>,
    /// In order of the documents.
    pub sentences: Vec<Sentence>,
    /// Names of actors and of countries.
    pub names_of: Words,
    /// Lemmas, titles, outlets.
    pub words: Words,
    pub terms: Terms,
    /// What the names say.
    pub forms: Forms,
    /// Of each document, who and what is in it that can tell contexts apart:
    /// the numbers of [`context_key`], sorted.
    contexts: Vec<Box<[u32]>>,
    /// The same without what stands in too many documents.
    telling: Vec<Box<[u32]>>,
}

/// A name in more documents than this says little about any of them; a small
/// corpus has a fixed allowance.
const COMMON_SHARE: usize = 5;
const COMMON_AT_LEAST: usize = 8;

/// How many context names a cluster remembers.
pub(super) const CONTEXT_LIMIT: usize = 4096;

/// The length of a list as an index into it.
pub(super) fn at<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// The part of `list` that belongs to the `i`th of those whose parts begin at
/// the numbers that `start` gives.
fn part<T>(list: &[T], start: u32, end: Option<u32>) -> &[T] {
    let end = end.map_or(list.len(), |e| e as usize);
    list.get(start as usize..end).unwrap_or_default()
}

impl Corpus {
    /// Reads all reports, and what each of them and its metadata tell of its
    /// publication.
    pub(super) fn read<R: Reports>(
        reports: &R,
        kinds: &Kinds,
    ) -> Result<(Corpus, Vec<Published>), R::Error> {
        let mut reading = Reading::default();
        reports.all(&mut |trace| reading.add(trace))?;
        let Reading {
            docs,
            published,
            mut heads,
            mut names,
            mut roles,
            mut told,
            mut parts,
            mut about,
            apart,
            times,
            series,
            sentences,
            names_of,
            words,
            kinds: kind_words,
            role_words,
            ..
        } = reading;
        heads.shrink_to_fit();
        names.shrink_to_fit();
        roles.shrink_to_fit();
        told.shrink_to_fit();
        parts.shrink_to_fit();
        about.shrink_to_fit();
        let terms = Terms::new(kinds, &kind_words, &role_words);
        for event in &mut told {
            event.kind = terms.kind_of(event.kind);
        }
        for (_, role) in &mut parts {
            *role = terms.role_of(*role);
        }
        let mut corpus = Corpus {
            docs,
            heads,
            names,
            roles,
            told,
            parts,
            about,
            apart,
            times,
            series,
            sentences,
            names_of,
            words,
            terms,
            forms: Forms::default(),
            contexts: Vec::new(),
            telling: Vec::new(),
        };
        corpus.forms = Forms::read(&corpus.uses(), &mut corpus.names_of);
        corpus.contexts = (0..corpus.docs.len())
            .into_par_iter()
            .map(|doc| {
                let heads = corpus.heads_of(doc);
                let mut keys: Vec<u32> =
                    heads.iter().filter_map(|h| corpus.context_key(h)).collect();
                keys.sort_unstable();
                keys.dedup();
                keys.into()
            })
            .collect();
        corpus.weigh_contexts();
        Ok((corpus, published))
    }

    /// For each name, as what it is used.
    fn uses(&self) -> Vec<u8> {
        let mut uses = vec![0; self.names_of.len()];
        for local in self.locals() {
            let head = self.actor(local);
            let main = match head.kind {
                ActorKind::Person => forms::PERSON,
                kind if is_thing(kind) => forms::BODY,
                _ => 0,
            };
            let all = self.names(local).iter().map(|(name, _)| (*name, main));
            for (name, of) in all.chain([(head.name, main | forms::MAIN)]) {
                if let Some(known) = uses.get_mut(name as usize) {
                    *known |= of;
                }
            }
        }
        uses
    }

    /// How many documents there are.
    pub(super) fn len(&self) -> usize {
        self.docs.len()
    }

    fn range(&self, doc: usize, start: impl Fn(&Doc) -> u32, all: usize) -> std::ops::Range<usize> {
        let from = self.docs.get(doc).map_or(all, |d| start(d) as usize);
        let to = self.docs.get(doc + 1).map_or(all, |d| start(d) as usize);
        from..to
    }

    /// The indices of a document's actors among all.
    pub(super) fn actors_of(&self, doc: usize) -> std::ops::Range<usize> {
        self.range(doc, |d| d.actors, self.heads.len())
    }

    /// The indices of a document's events among all.
    pub(super) fn events_of(&self, doc: usize) -> std::ops::Range<usize> {
        self.range(doc, |d| d.events, self.told.len())
    }

    /// The actors of a document.
    pub(super) fn heads_of(&self, doc: usize) -> &[Head] {
        self.heads.get(self.actors_of(doc)).unwrap_or_default()
    }

    /// The place of an actor among all; `None` for one that its report does not
    /// have.
    pub(super) fn place(&self, doc: u32, actor: u32) -> Option<usize> {
        let range = self.actors_of(doc as usize);
        let at = range.start.checked_add(actor as usize)?;
        range.contains(&at).then_some(at)
    }

    fn index(&self, local: Local) -> usize {
        self.actors_of(local.doc as usize).start + local.actor as usize
    }

    /// The actor behind an index pair.
    pub(super) fn actor(&self, local: Local) -> &Head {
        &self.heads[self.index(local)]
    }

    /// The name of an actor.
    pub(super) fn name(&self, local: Local) -> &str {
        self.names_of.get(self.actor(local).name)
    }

    /// The forms of an actor's name, with the number of times each stands in
    /// the text.
    pub(super) fn names(&self, local: Local) -> &[(u32, u32)] {
        let at = self.index(local);
        let end = self.heads.get(at + 1).map(|h| h.names);
        part(&self.names, self.heads[at].names, end)
    }

    /// The titles of an actor.
    pub(super) fn roles(&self, local: Local) -> &[Held] {
        let at = self.index(local);
        let end = self.heads.get(at + 1).map(|h| h.roles);
        part(&self.roles, self.heads[at].roles, end)
    }

    /// The titles of all actors.
    pub(super) fn all_roles(&self) -> &[Held] {
        &self.roles
    }

    /// Who takes part in an event, with their roles.
    pub(super) fn parts(&self, event: usize) -> &[(u32, u32)] {
        let end = self.told.get(event + 1).map(|e| e.parts);
        part(&self.parts, self.told[event].parts, end)
    }

    /// What an event is about, sorted.
    pub(super) fn about(&self, event: usize) -> &[u32] {
        let end = self.told.get(event + 1).map(|e| e.about);
        part(&self.about, self.told[event].about, end)
    }

    /// Pairs that do not meet each other.
    pub(super) fn apart(&self, event: usize) -> &[(u32, u32)] {
        let end = self.told.get(event + 1).map(|e| e.apart);
        part(&self.apart, self.told[event].apart, end)
    }

    /// Every actor of every report, in order.
    pub(super) fn locals(&self) -> impl Iterator<Item = Local> + '_ {
        (0..at(&self.docs)).flat_map(|doc| {
            let actors = u32::try_from(self.actors_of(doc as usize).len()).unwrap_or(0);
            (0..actors).map(move |actor| Local { doc, actor })
        })
    }

    /// The path of a document, for people.
    pub(super) fn path(&self, doc: u32) -> &str {
        self.docs.get(doc as usize).map_or("", |d| &d.path)
    }

    /// Once actors are known, events speak of those of the story: `of` gives
    /// the one that the actor with this place among all is. Indices that a
    /// report does not have are left out, and so is one who stands twice.
    pub(super) fn settle(&mut self, of: &[u32]) {
        let starts: Vec<u32> = self.docs.iter().map(|d| d.actors).collect();
        let all = at(&self.heads);
        let actor = |doc: u32, local: u32| -> u32 {
            let doc = doc as usize;
            let range = starts[doc]..starts.get(doc + 1).copied().unwrap_or(all);
            let place = range.start.checked_add(local);
            let place = place.filter(|p| range.contains(p));
            place
                .and_then(|p| of.get(p as usize).copied())
                .unwrap_or(NONE)
        };
        let (mut kept, mut pairs) = (0_usize, 0_usize);
        let events = self.told.len();
        for i in 0..events {
            let end = |next: Option<&Told>, start: fn(&Told) -> u32, all: usize| {
                next.map_or(all, |t| start(t) as usize)
            };
            let parts_end = end(self.told.get(i + 1), |t| t.parts, self.parts.len());
            let apart_end = end(self.told.get(i + 1), |t| t.apart, self.apart.len());
            let told = &mut self.told[i];
            let own = told.parts as usize..parts_end;
            let own_pairs = told.apart as usize..apart_end;
            let first = kept;
            told.parts = u32::try_from(first).unwrap_or(u32::MAX);
            for p in own {
                let (local, role) = self.parts[p];
                let one = actor(told.doc, local);
                if one != NONE && !self.parts[first..kept].iter().any(|(a, _)| *a == one) {
                    self.parts[kept] = (one, role);
                    kept += 1;
                }
            }
            told.apart = u32::try_from(pairs).unwrap_or(u32::MAX);
            for p in own_pairs {
                let (a, b) = self.apart[p];
                let (a, b) = (actor(told.doc, a), actor(told.doc, b));
                if a != NONE && b != NONE {
                    self.apart[pairs] = (a.min(b), a.max(b));
                    pairs += 1;
                }
            }
            told.place = actor(told.doc, told.place);
            told.occasion = actor(told.doc, told.occasion);
            told.speaker = actor(told.doc, told.speaker);
        }
        self.parts.truncate(kept);
        self.apart.truncate(pairs);
    }

    /// Once actors are known, lets go of what only telling them apart needed, as
    /// comparing events needs the room. No name can be added after this.
    pub(super) fn let_go(&mut self) {
        self.forms = Forms::default();
        self.telling = Vec::new();
        self.names = Vec::new();
        self.roles = Vec::new();
        self.names_of.close();
        self.words.close();
    }

    /// Once copies are known, lets go of what tells texts apart.
    pub(super) fn let_go_of_sketches(&mut self) {
        for doc in &mut self.docs {
            doc.sketch = Sketch::default();
        }
    }

    /// Once people are known: an article that names someone by surname alone
    /// names that person as well.
    pub(super) fn learn_people(&mut self, people: &[Group]) {
        let mut learnt: Vec<(u32, u32)> = Vec::new();
        for person in people {
            // All members have one surname, and so at most one key.
            let key = person
                .members
                .iter()
                .find_map(|m| self.context_key(self.actor(*m)));
            let Some(key) = key else { continue };
            learnt.extend(person.members.iter().map(|m| (m.doc, key)));
        }
        learnt.sort_unstable();
        learnt.dedup();
        let mut rest = learnt.as_slice();
        for (doc, context) in self.contexts.iter_mut().enumerate() {
            let own = rest.iter().take_while(|(d, _)| *d as usize == doc).count();
            let (own, others) = rest.split_at(own);
            rest = others;
            if own
                .iter()
                .any(|(_, key)| context.binary_search(key).is_err())
            {
                let mut keys: Vec<u32> = context.to_vec();
                keys.extend(own.iter().map(|(_, key)| *key));
                keys.sort_unstable();
                keys.dedup();
                *context = keys.into();
            }
        }
        self.weigh_contexts();
        self.contexts = Vec::new();
    }

    /// Leaves out of each context what stands in too many documents.
    fn weigh_contexts(&mut self) {
        // As many as there can be, see `context_key`.
        let mut spread: Vec<u32> = vec![0; 2 * self.forms.keys()];
        for key in self.contexts.iter().flatten() {
            spread[*key as usize] += 1;
        }
        let limit = (self.docs.len() / COMMON_SHARE).max(COMMON_AT_LEAST);
        let rare = |key: &&u32| spread[**key as usize] as usize <= limit;
        let telling = self.contexts.par_iter();
        let telling = telling.map(|context| context.iter().filter(rare).copied().collect());
        self.telling = telling.collect();
    }

    /// The people and bodies named beside `local`, without itself.
    pub(super) fn context(&self, local: Local) -> Context<'_> {
        Context {
            keys: self.telling.get(local.doc as usize).map_or(&[], |k| &**k),
            own: self.context_key(self.actor(local)),
        }
    }

    /// A number for a name that tells contexts apart: full-named people (lowest
    /// bit set) and bodies that not every state has. Countries and places stand
    /// in too many articles.
    fn context_key(&self, actor: &Head) -> Option<u32> {
        match actor.kind {
            ActorKind::Person => {
                let name = self.forms.person(actor.name).filter(|n| n.weight > 0)?;
                Some(name.surname << 1 | 1)
            }
            ActorKind::Organization | ActorKind::Product | ActorKind::Agreement => {
                let name = self
                    .forms
                    .body(actor.name)
                    .filter(|n| !n.generic && (!n.government || n.country != NONE))?;
                Some(name.key << 1)
            }
            _ => None,
        }
    }
}

/// The company of one name in one article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'c> {
    keys: &'c [u32],
    own: Option<u32>,
}

impl Context<'_> {
    fn keys(&self) -> impl Iterator<Item = u32> + '_ {
        self.keys.iter().copied().filter(|k| Some(*k) != self.own)
    }

    /// Adds it to a sorted list that is not yet full.
    pub(super) fn add_to(&self, known: &mut Vec<u32>) {
        if known.len() >= CONTEXT_LIMIT {
            return;
        }
        let is_new = |key: &u32| known.binary_search(key).is_err();
        let new: Vec<u32> = self.keys().filter(is_new).collect();
        // Both are sorted: from the end on the greater goes to its place.
        let (mut old, mut rest) = (known.len(), new.as_slice());
        known.extend(&new);
        while let Some((last, before)) = rest.split_last() {
            let to = old + rest.len() - 1;
            match old.checked_sub(1).map(|at| known[at]).filter(|o| o > last) {
                Some(greater) => {
                    known[to] = greater;
                    old -= 1;
                }
                None => {
                    known[to] = *last;
                    rest = before;
                }
            }
        }
    }

    /// Whether the two share enough company to be about the same people: one
    /// person, or two bodies. `known` is sorted.
    pub(super) fn shares(&self, known: &[u32]) -> bool {
        if known.is_empty() {
            return false;
        }
        let mut points = 0;
        for key in self.keys() {
            if known.binary_search(&key).is_ok() {
                // The lowest bit marks people.
                points += if key & 1 == 1 { 2 } else { 1 };
                if points >= 2 {
                    return true;
                }
            }
        }
        false
    }
}
