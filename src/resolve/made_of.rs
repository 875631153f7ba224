//! Of what each piece of the story is made, as one number: where that is the
//! same as in a story before, so is the piece, and need not be made. Pure.
//!
//! A number takes in everything that [`super::merge`] and [`super::actors`]
//! look at. What a report says is taken in by [`Reports::digest`]; beside it
//! count who its actors are, when it was published, of which text it is a copy
//! and what its events' dates have become.

use super::actors::Member;
use super::alike::Alike;
use super::corpus::Corpus;
use super::merge::Around;
use super::stream::Reports;
use super::words::NONE;
use crate::text::stable_hash;
use rayon::prelude::*;
use serde::Serialize;

/// What pieces are made of.
#[derive(Debug)]
pub(super) struct MadeOf<'c> {
    around: &'c Around<'c>,
    /// By document: the report alone, and all that counts for its events.
    reports: Vec<u64>,
    documents: Vec<u64>,
    /// By the number of the date.
    dates: Vec<u64>,
    /// By actor, as far as events show them.
    actors: Vec<u64>,
}

/// Numbers, one after the other.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn add(&mut self, number: u64) -> &mut Bytes {
        self.0.extend(number.to_le_bytes());
        self
    }

    /// Never 0, which says that nothing is known.
    fn digest(&self) -> u64 {
        stable_hash(&self.0).max(1)
    }
}

fn of_text(text: &str) -> u64 {
    stable_hash(text.as_bytes())
}

fn of_value(value: &impl Serialize) -> u64 {
    // Nothing that cannot be written down stands here; were it so, the piece
    // would be made anew.
    postcard::to_allocvec(value).map_or(0, |bytes| stable_hash(&bytes))
}

impl<'c> MadeOf<'c> {
    pub(super) fn new<R: Reports>(reports: &R, around: &'c Around<'c>) -> MadeOf<'c> {
        let corpus = around.corpus;
        let reports: Vec<u64> = (0..corpus.len()).map(|doc| reports.digest(doc)).collect();
        let documents = (0..corpus.len())
            .map(|doc| of_document(around, &reports, doc))
            .collect();
        let dates = around.dates.all().map(|date| {
            let mut bytes = Bytes::default();
            bytes.add(of_text(date.edtf.as_str()));
            bytes.add(of_value(&(date.basis, date.inferred)));
            bytes.digest()
        });
        let actors = &around.cast.actors;
        MadeOf {
            around,
            reports,
            documents,
            dates: dates.collect(),
            actors: actors.par_iter().map(|a| shown(corpus, a)).collect(),
        }
    }

    fn who(&self, actor: u32) -> u64 {
        self.actors.get(actor as usize).copied().unwrap_or_default()
    }

    /// Of what an event with these mentions is made; 0 where a report is not
    /// known.
    pub(super) fn event(&self, mentions: &[u32]) -> u64 {
        let corpus = self.around.corpus;
        let mut bytes = Bytes::default();
        for mention in mentions {
            let index = *mention as usize;
            let told = &corpus.told[index];
            let doc = told.doc as usize;
            let own = self.documents.get(doc).copied().unwrap_or_default();
            if own == 0 {
                return 0;
            }
            let place = index - corpus.events_of(doc).start;
            let date = self.around.dates.of(*mention) as usize;
            bytes
                .add(own)
                .add(place as u64)
                .add(self.dates.get(date).copied().unwrap_or_default())
                .add(self.who(told.place))
                .add(self.who(told.speaker));
            let parts = corpus.parts(index);
            bytes.add(parts.len() as u64);
            for (actor, _) in parts {
                bytes.add(self.who(*actor));
            }
            for (a, b) in corpus.apart(index) {
                bytes.add(self.who(*a)).add(self.who(*b));
            }
        }
        bytes.digest()
    }

    /// Of what a document with its mentions of actors is made; 0 where its
    /// report is not known.
    pub(super) fn document(&self, doc: usize) -> u64 {
        let Around { corpus, cast, .. } = *self.around;
        let own = self.key(doc);
        if own == 0 {
            return 0;
        }
        let mut bytes = Bytes::default();
        bytes.add(own);
        let published = self.around.published.get(doc);
        bytes.add(published.map_or(0, of_value));
        let copied = self.around.alike.copied(doc);
        bytes.add(copied.map_or(0, |original| self.key(original)));
        for place in corpus.actors_of(doc) {
            let actor = cast.index.get(place).copied().unwrap_or(NONE);
            let actor = cast.actors.get(actor as usize);
            bytes.add(actor.map_or(0, |a| of_text(&a.id)));
        }
        bytes.digest()
    }

    /// Of what an actor with its roles is made; 0 where a report in which it
    /// holds one is not known.
    pub(super) fn actor(&self, actor: &Member) -> u64 {
        let Around { corpus, cast, .. } = *self.around;
        let mut bytes = Bytes::default();
        bytes.add(shown(corpus, actor));
        bytes.add(of_text(corpus.names_of.get(actor.country)));
        for why in &actor.merges {
            bytes.add(of_text(why));
        }
        for office in &actor.roles {
            let of = cast.actors.get(office.of as usize);
            bytes
                .add(of_text(corpus.words.get(office.title)))
                .add(of.map_or(0, |of| of_text(&of.id)))
                .add(u64::from(office.told.0.actor))
                .add(u64::from(office.told.1))
                .add(office.documents.len() as u64);
            let first = office.told.0.doc;
            for doc in office.documents.iter().chain([&first]) {
                match self.key(*doc as usize) {
                    0 => return 0,
                    known => bytes.add(known),
                };
            }
        }
        bytes.digest()
    }

    /// The report of a document; 0 where it is not known.
    fn key(&self, doc: usize) -> u64 {
        self.reports.get(doc).copied().unwrap_or_default()
    }
}

/// An actor as events show it.
fn shown(corpus: &Corpus, actor: &Member) -> u64 {
    let mut bytes = Bytes::default();
    bytes
        .add(of_text(&actor.id))
        .add(of_text(corpus.names_of.get(actor.name)))
        .add(of_text(actor.kind.as_str()))
        .add(actor.aliases.len() as u64);
    for alias in &actor.aliases {
        bytes.add(of_text(corpus.names_of.get(*alias)));
    }
    bytes.digest()
}

/// A document as far as it counts for its events: the report, its publication,
/// and which other documents have the same text.
fn of_document(around: &Around<'_>, reports: &[u64], doc: usize) -> u64 {
    let key = |doc: usize| reports.get(doc).copied().unwrap_or_default();
    let own = key(doc);
    if own == 0 {
        return 0;
    }
    let mut bytes = Bytes::default();
    bytes.add(own);
    let published = around.published.get(doc);
    bytes.add(published.map_or(0, |p| of_value(&(&p.edtf, p.basis))));
    bytes.add(key(set_of(around.alike, doc)));
    bytes.digest()
}

fn set_of(alike: &Alike, doc: usize) -> usize {
    u32::try_from(doc).map_or(doc, |doc| alike.set(doc) as usize)
}
