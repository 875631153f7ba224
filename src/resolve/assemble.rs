//! From what was found to the story, piece by piece: which place and id each
//! event has, and then, while the reports go by once more, the sentences. Pure.

use super::actors::Cast;
use super::corpus::{Corpus, Local};
use super::events::Clusters;
use super::kinds::Kinds;
use super::made_of::MadeOf;
use super::merge::{self, Around, Said};
use super::story::{ActorMention, CopyOf, Document, Event, OwnType, Published};
use super::stream::{Outline, Pieces, Reports, Sink};
use super::ties;
use super::words::{Map, NONE, Words};
use crate::extract::{Quote, Report};
use crate::time::Edtf;
use chrono::NaiveDate;
use rayon::prelude::*;
use std::borrow::Cow;

/// The events with their mentions, each with its place in the story.
#[derive(Debug)]
pub(super) struct Outcome {
    /// The mentions of each event begin here in `mentions`.
    starts: Vec<u32>,
    mentions: Vec<u32>,
    /// The place of each event in the order of dates.
    index: Vec<u32>,
    /// The digits of its id.
    ids: Vec<u64>,
}

impl Outcome {
    /// Takes the mentions out of the clusters, in order of the articles.
    pub(super) fn mentions(corpus: &Corpus, clusters: Clusters) -> Outcome {
        let all: Vec<usize> = (0..clusters.len()).collect();
        let batches: Vec<(Vec<usize>, Vec<u32>)> = all
            .par_chunks(BATCH)
            .map(|events| {
                let (mut starts, mut mentions) = (Vec::with_capacity(events.len()), Vec::new());
                for event in events {
                    let start = mentions.len();
                    starts.push(start);
                    let mut tellings = clusters.event(*event).to_vec();
                    tellings.sort_by_key(|t| clusters.tellings.order(*t));
                    for telling in tellings {
                        mentions.extend_from_slice(clusters.tellings.get(telling).mentions);
                    }
                    mentions[start..].sort_by_key(|m| {
                        let told = &corpus.told[*m as usize];
                        (told.doc, told.trigger, told.quote)
                    });
                }
                (starts, mentions)
            })
            .collect();
        drop(clusters);
        let mut starts = Vec::with_capacity(all.len());
        let mut mentions: Vec<u32> = Vec::with_capacity(corpus.told.len());
        for (from, own) in batches {
            let from = from.into_iter().map(|start| mentions.len() + start);
            starts.extend(from.map(|start| u32::try_from(start).unwrap_or(NONE)));
            mentions.extend(own);
        }
        Outcome {
            starts,
            mentions,
            index: Vec::new(),
            ids: Vec::new(),
        }
    }

    fn len(&self) -> usize {
        self.starts.len()
    }

    fn event(&self, event: usize) -> &[u32] {
        let from = self.starts[event] as usize;
        let next = self.starts.get(event + 1);
        let to = next.map_or(self.mentions.len(), |s| *s as usize);
        self.mentions.get(from..to).unwrap_or_default()
    }

    fn digits(&self, event: u32) -> u64 {
        self.ids.get(event as usize).copied().unwrap_or_default()
    }

    fn id(&self, event: u32) -> String {
        merge::id(self.digits(event))
    }

    /// Sorts events by date, undated last, and makes their ids unique in this
    /// order: two events told by one word ("the three attacked each other")
    /// have the same type and the same place in the text.
    pub(super) fn settle(&mut self, around: &Around<'_>) {
        let mut dates = Words::default();
        let mut keys: Vec<Key> = Vec::with_capacity(self.len());
        let all: Vec<usize> = (0..self.len()).collect();
        for batch in all.chunks(BATCH) {
            let outlines: Vec<(Key, Option<Cow<'_, Edtf>>)> = batch
                .par_iter()
                .map(|event| Key::of(around, *event, self.event(*event)))
                .collect();
            keys.extend(outlines.into_iter().map(|(key, edtf)| Key {
                edtf: edtf.map_or(NONE, |e| dates.add(e.as_str())),
                ..key
            }));
        }
        drop(all);
        let ranks = dates.ranks();
        for key in &mut keys {
            key.edtf = ranks.get(key.edtf as usize).copied().unwrap_or(NONE);
        }
        keys.par_sort_unstable();
        self.index = vec![0; self.len()];
        self.ids = vec![0; self.len()];
        let mut seen: Map<u64, ()> = Map::default();
        seen.reserve(self.len());
        for (place, key) in keys.into_iter().enumerate() {
            let mut id = key.id;
            let mut n = 1_u32;
            while seen.insert(id, ()).is_some() {
                n += 1;
                id = merge::digits(&format!("{} {n}", merge::id(id)));
            }
            self.index[key.event as usize] = u32::try_from(place).unwrap_or(NONE);
            self.ids[key.event as usize] = id;
        }
    }
}

/// What the order of events follows.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    known: u8,
    first: Option<NaiveDate>,
    last: NaiveDate,
    edtf: u32,
    text: (u32, u32, u32),
    id: u64,
    event: u32,
}

impl Key {
    /// The key of an event with these mentions but for the number of its date,
    /// and the date.
    fn of<'c>(around: &Around<'c>, event: usize, mentions: &[u32]) -> (Key, Option<Cow<'c, Edtf>>) {
        let merge::Outline { edtf, id } = merge::outline(around, mentions);
        let (first, last) = edtf.as_ref().map_or((None, None), |e| e.bounds());
        let told = mentions.first();
        let told = told.and_then(|m| around.corpus.told.get(*m as usize));
        let key = Key {
            known: match (&edtf, first.or(last)) {
                (None, _) => 2,
                (Some(_), None) => 1,
                (Some(_), Some(_)) => 0,
            },
            first: first.or(last),
            last: last.unwrap_or(NaiveDate::MAX),
            edtf: NONE,
            text: told.map_or((0, 0, 0), |t| (t.doc, t.trigger, t.quote)),
            id,
            event: u32::try_from(event).unwrap_or(NONE),
        };
        (key, edtf)
    }
}

/// So many events are looked at at a time, and so many mentions of events of
/// several articles are put together.
const BATCH: usize = 32_768;

/// Gives the story to a sink.
pub(super) struct Giving<'g, R, S> {
    pub reports: &'g R,
    pub sink: &'g mut S,
    pub kinds: &'g Kinds,
    pub around: &'g Around<'g>,
    pub made_of: &'g MadeOf<'g>,
    pub outcome: &'g Outcome,
}

/// What the sink does not have yet.
#[derive(Debug, Default)]
struct Missing {
    /// In order of their first mentions.
    events: Vec<u32>,
    /// By document and by actor: of what it is made; `None` for what is there.
    documents: Vec<Option<u64>>,
    actors: Vec<Option<u64>>,
}

impl<R, S> Giving<'_, R, S>
where
    R: Reports,
    S: Sink<Error = R::Error>,
{
    /// Gives everything that the sink does not keep from before.
    pub(super) fn all(mut self, types: Vec<OwnType>) -> Result<(), R::Error> {
        let Around { cast, corpus, .. } = *self.around;
        let ids: Vec<&str> = cast.actors.iter().map(|a| &*a.id).collect();
        let documents = corpus.docs.iter().map(|d| (&*d.path, &*d.id));
        self.sink.begin(Outline {
            actors: &ids,
            documents: &documents.collect::<Vec<_>>(),
            events: self.outcome.len(),
            types,
        })?;
        let missing = self.missing()?;
        let (later, mut quotes) = self.documents(&missing)?;
        self.told_by_several(&later)?;
        for (i, (member, made_of)) in cast.actors.iter().zip(missing.actors).enumerate() {
            let Some(made_of) = made_of else { continue };
            let own = quotes.by_ref().take(member.roles.len());
            let actor = member.actor(corpus, own);
            let ties = ties::of_roles(corpus, i, member);
            self.sink.actor(i, actor, ties, made_of)?;
        }
        Ok(())
    }

    /// Asks the sink for everything.
    fn missing(&mut self) -> Result<Missing, R::Error> {
        let (made_of, outcome) = (self.made_of, self.outcome);
        let mut missing = Missing::default();
        // What is not kept, with its digest.
        let rest = |kept: Vec<bool>, digests: Vec<u64>| -> Vec<Option<u64>> {
            let all = kept.into_iter().zip(digests);
            all.map(|(kept, digest)| (!kept).then_some(digest))
                .collect()
        };
        let documents: Vec<usize> = (0..self.around.corpus.len()).collect();
        let digests: Vec<u64> = documents
            .par_iter()
            .map(|doc| made_of.document(*doc))
            .collect();
        let kept = self.sink.keeps(Pieces::Documents(&digests))?;
        missing.documents = rest(kept, digests);
        let actors = &self.around.cast.actors;
        let digests: Vec<u64> = actors.par_iter().map(|a| made_of.actor(a)).collect();
        let kept = self.sink.keeps(Pieces::Actors(&digests))?;
        missing.actors = rest(kept, digests);
        let events: Vec<u32> = (0..outcome.len())
            .filter_map(|e| u32::try_from(e).ok())
            .collect();
        for batch in events.chunks(BATCH) {
            let made = |event: &u32| {
                let digest = made_of.event(outcome.event(*event as usize));
                (outcome.digits(*event), digest)
            };
            let digests: Vec<(u64, u64)> = batch.par_iter().map(made).collect();
            let kept = self.sink.keeps(Pieces::Events(&digests))?;
            let events = batch.iter().zip(kept);
            let gone = events.filter(|(_, kept)| !*kept).map(|(event, _)| *event);
            missing.events.extend(gone);
        }
        missing
            .events
            .sort_unstable_by_key(|e| (outcome.event(*e as usize).first().copied(), *e));
        Ok(missing)
    }

    /// Goes through the reports of what is missing: gives the documents, their
    /// mentions and the events of one article alone. The other events are left
    /// for later; with them come the sentences of all roles of missing actors,
    /// in order of the actors.
    #[allow(clippy::type_complexity)]
    fn documents(
        &mut self,
        missing: &Missing,
    ) -> Result<(Vec<u32>, impl Iterator<Item = Quote> + use<R, S>), R::Error> {
        let Around { corpus, cast, .. } = *self.around;
        let (outcome, made_of) = (self.outcome, self.made_of);
        let mut wanted: Vec<(Local, u32, usize)> = Vec::new();
        let actors = cast.actors.iter().zip(&missing.actors);
        let actors = actors.filter(|(_, made_of)| made_of.is_some());
        for office in actors.flat_map(|(actor, _)| &actor.roles) {
            let (local, role) = office.told;
            wanted.push((local, role, wanted.len()));
        }
        let mut quotes: Vec<Quote> = vec![no_quote(); wanted.len()];
        wanted.sort_unstable();
        let (mut of_one, mut later): (Vec<(u32, u32)>, Vec<u32>) = (Vec::new(), Vec::new());
        for event in &missing.events {
            let doc = |m: &u32| corpus.told[*m as usize].doc;
            let mentions = outcome.event(*event as usize);
            match (mentions.first().map(doc), mentions.last().map(doc)) {
                (Some(first), Some(last)) if first == last => of_one.push((first, *event)),
                (None, _) | (_, None) => {}
                _ => later.push(*event),
            }
        }
        let given = missing.documents.iter().enumerate();
        let given = given.filter_map(|(doc, made_of)| made_of.map(|_| doc));
        let mut read: Vec<usize> = given
            .chain(of_one.iter().map(|(doc, _)| *doc as usize))
            .chain(wanted.iter().map(|(local, ..)| local.doc as usize))
            .collect();
        read.sort_unstable();
        read.dedup();
        let mut next = of_one.into_iter().peekable();
        let mut wanted = wanted.into_iter().peekable();
        let (sink, kinds, around) = (&mut *self.sink, self.kinds, self.around);
        self.reports.some(&read, &mut |doc, report| {
            let number = u32::try_from(doc).unwrap_or(NONE);
            let published = around.published.get(doc).cloned();
            if let (Some(published), Some(Some(made_of))) =
                (published, missing.documents.get(doc).copied())
            {
                let given = document(around, doc, report, published);
                let mentions = mentions(corpus, cast, doc, report);
                sink.document(doc, given, mentions, made_of)?;
            }
            while let Some((local, role, at)) = wanted.next_if(|(l, ..)| l.doc <= number) {
                let actor = report.actors.get(local.actor as usize);
                if let Some(held) = actor.and_then(|a| a.roles.get(role as usize)) {
                    quotes[at] = held.quote.clone();
                }
            }
            while let Some((_, event)) = next.next_if(|(doc, _)| *doc <= number) {
                let own = outcome.event(event as usize);
                let from = corpus.events_of(doc).start;
                let said = own.iter().map(|m| {
                    let mention = report.events.get(*m as usize - from);
                    mention.map_or_else(nothing, Said::of)
                });
                let said = said.collect();
                if let Some(made) = merge::event(around, own, said) {
                    give(sink, kinds, outcome, (event, made_of.event(own)), made)?;
                }
            }
            Ok(())
        })?;
        Ok((later, quotes.into_iter()))
    }

    /// Gives the events that several articles tell, whose sentences are fetched
    /// again.
    fn told_by_several(&mut self, events: &[u32]) -> Result<(), R::Error> {
        let corpus = self.around.corpus;
        let mut rest = events;
        while !rest.is_empty() {
            let mut mentions = 0;
            let fits = rest.iter().take_while(|event| {
                let before = mentions;
                mentions += self.outcome.event(**event as usize).len();
                before == 0 || mentions <= BATCH
            });
            let (batch, others) = rest.split_at(fits.count());
            rest = others;
            let mut all: Vec<u32> = batch
                .iter()
                .flat_map(|event| self.outcome.event(*event as usize))
                .copied()
                .collect();
            all.sort_unstable();
            let doc = |m: &u32| corpus.told[*m as usize].doc as usize;
            let by_doc: Vec<&[u32]> = all.chunk_by(|a, b| doc(a) == doc(b)).collect();
            let fetched: Vec<Vec<(u32, Said)>> = by_doc
                .par_iter()
                .map(|mentions| {
                    let doc = mentions.first().map(doc).unwrap_or_default();
                    let report = self.reports.report(doc)?;
                    let from = corpus.events_of(doc).start;
                    let said = mentions.iter().map(|m| {
                        let mention = report.events.get(*m as usize - from);
                        (*m, mention.map_or_else(nothing, Said::of))
                    });
                    Ok(said.collect())
                })
                .collect::<Result<_, R::Error>>()?;
            let said: Map<u32, Said> = fetched.into_iter().flatten().collect();
            let made: Vec<(u32, Option<Event>)> = batch
                .par_iter()
                .map(|event| {
                    let own = self.outcome.event(*event as usize);
                    let words = own.iter().filter_map(|m| said.get(m).cloned()).collect();
                    (*event, merge::event(self.around, own, words))
                })
                .collect();
            for (event, made) in made {
                if let Some(made) = made {
                    let made_of = self.made_of.event(self.outcome.event(event as usize));
                    give(self.sink, self.kinds, self.outcome, (event, made_of), made)?;
                }
            }
        }
        Ok(())
    }
}

/// Gives one event with its ties.
fn give<S: Sink>(
    sink: &mut S,
    kinds: &Kinds,
    outcome: &Outcome,
    (event, made_of): (u32, u64),
    mut made: Event,
) -> Result<(), S::Error> {
    let index = outcome.index.get(event as usize).copied().unwrap_or(NONE) as usize;
    made.id = outcome.id(event);
    let ties = ties::of_event(kinds, index, &made);
    sink.event(index, made, ties, made_of)
}

fn no_quote() -> Quote {
    Quote {
        start: 0,
        end: 0,
        text: String::new(),
    }
}

/// In the place of a mention that a report had when it was first read and has
/// no more.
fn nothing() -> Said {
    Said {
        quote: no_quote(),
        trigger: crate::extract::Trigger {
            start: 0,
            end: 0,
            text: String::new(),
            lemma: String::new(),
        },
        title: String::new(),
    }
}

fn document(around: &Around<'_>, number: usize, report: &Report, published: Published) -> Document {
    let copied = around.alike.copied(number);
    let copy_of = copied.and_then(|original| {
        let known = around.corpus.docs.get(original)?;
        Some(CopyOf {
            number: original,
            id: known.id.to_string(),
        })
    });
    Document {
        number,
        copy_of,
        origins: report.origins.clone(),
        id: report.id.clone(),
        path: report.path.clone(),
        title: report.title.clone(),
        source: report.source.clone(),
        url: report.url.clone(),
        published,
    }
}

/// Where a document mentions the actors of the story.
fn mentions(
    corpus: &Corpus,
    cast: &Cast,
    doc: usize,
    report: &Report,
) -> Vec<(usize, ActorMention)> {
    let places = corpus.actors_of(doc);
    let mut out: Vec<(usize, ActorMention)> = Vec::new();
    for (place, actor) in places.zip(&report.actors) {
        let Some(of) = cast.index.get(place).filter(|of| **of != NONE) else {
            continue;
        };
        out.extend(actor.mentions.iter().map(|m| {
            let mention = ActorMention {
                document: doc,
                start: m.start,
                end: m.end,
                text: m.text.clone(),
            };
            (*of as usize, mention)
        }));
    }
    out.sort_by_key(|(actor, m)| (*actor, m.start, m.end));
    out.dedup();
    out
}
