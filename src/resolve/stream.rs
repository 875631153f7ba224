//! Where resolution takes its reports from and where it puts the story, so that
//! neither need be in memory as a whole. Pure: reading and writing are done by
//! those who implement [`Reports`] and [`Sink`].

use super::curation::Curated;
use super::story::{Actor, ActorMention, Document, Event, OwnType, Story, Tie};
use super::trace::Trace;
use crate::extract::Report;
use std::borrow::Cow;
use std::convert::Infallible;
use std::marker::PhantomData;

/// Takes one report after the other, each with its index.
pub type See<'s, E> = dyn FnMut(usize, &Report) -> Result<(), E> + 's;

/// Takes in the traces of articles, one after the other.
pub type Take<'s> = dyn FnMut(Trace<'_>) + 's;

/// The reports of all articles in order of their paths, then their ids,
/// wherever they are kept.
///
/// Resolution goes through all of them in order with [`Reports::all`], then
/// once more through those of which something is made that the sink does not
/// have, and asks for single ones again with [`Reports::report`] where an event
/// is told by several articles.
pub trait Reports: Sync {
    /// What can go wrong in reading. The sink's errors are of the same type.
    type Error: Send;

    /// How many there are.
    fn len(&self) -> usize;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The report of one document, counted from 0 in order of (path, id).
    ///
    /// # Errors
    /// When it cannot be read.
    fn report(&self, document: usize) -> Result<Cow<'_, Report>, Self::Error>;

    /// A number that this report has and no other, in any build: what was made
    /// of reports of the same numbers need not be made again. 0 where nothing
    /// is known, and nothing is kept.
    fn digest(&self, _document: usize) -> u64 {
        0
    }

    /// Shows the traces of all reports in order. An implementation may have kept
    /// them.
    ///
    /// # Errors
    /// When one cannot be read.
    fn all(&self, take: &mut Take<'_>) -> Result<(), Self::Error> {
        let documents: Vec<usize> = (0..self.len()).collect();
        self.some(&documents, &mut |_, report| {
            take(Trace::of(report));
            Ok(())
        })
    }

    /// Shows these reports, which are in order; the first error ends it. An
    /// implementation may read ahead and decode in parallel.
    ///
    /// # Errors
    /// When one cannot be read, and those of `see`.
    fn some(&self, documents: &[usize], see: &mut See<'_, Self::Error>) -> Result<(), Self::Error> {
        for document in documents {
            see(*document, self.report(*document)?.as_ref())?;
        }
        Ok(())
    }
}

/// What is known of a story before its pieces.
#[derive(Debug)]
pub struct Outline<'o> {
    /// The ids of all actors, in order.
    pub actors: &'o [&'o str],
    /// Path and id of every document, in order.
    pub documents: &'o [(&'o str, &'o str)],
    /// The number of events.
    pub events: usize,
    /// The event types of the user's own.
    pub types: Vec<OwnType>,
}

/// Pieces of a story, each with the digest of all that it is made of; 0 where
/// that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pieces<'p> {
    /// All documents with their mentions, in order.
    Documents(&'p [u64]),
    /// All actors with their roles, in order.
    Actors(&'p [u64]),
    /// Some events with their ties, each by the digits of its id as a number.
    Events(&'p [(u64, u64)]),
}

impl Pieces<'_> {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Pieces::Documents(all) | Pieces::Actors(all) => all.len(),
            Pieces::Events(some) => some.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Takes a story piece by piece. Every piece comes with its final index, by
/// which the others refer to it, so that the order in which pieces of different
/// sorts come does not matter:
///
/// 1. `begin`, once;
/// 2. `keeps`, of every piece: those that the sink has already are not given;
/// 3. documents in order, and among them, in no order, events;
/// 4. the rest of the events, in no order;
/// 5. actors, in order;
/// 6. `curated`, once.
///
/// `made_of` is a digest of all that a piece is made of, by which `keeps` can
/// tell that it has not changed; 0 where that is not known.
pub trait Sink {
    /// What can go wrong in writing.
    type Error;

    /// Everything that follows belongs to a story of which this is known.
    ///
    /// # Errors
    /// When it cannot be written; so for all that follow.
    fn begin(&mut self, outline: Outline<'_>) -> Result<(), Self::Error>;

    /// Which of these pieces the sink has, made of the same, from a story before
    /// this, and keeps. They are then not given.
    ///
    /// # Errors
    /// See [`Sink::begin`].
    fn keeps(&mut self, pieces: Pieces<'_>) -> Result<Vec<bool>, Self::Error> {
        Ok(vec![false; pieces.len()])
    }

    /// A document, and where it mentions actors: the actor's index and the
    /// place, in order of actor and place. Documents come in order, so that
    /// appending these to each actor's list gives it in order.
    ///
    /// # Errors
    /// See [`Sink::begin`].
    fn document(
        &mut self,
        index: usize,
        document: Document,
        mentions: Vec<(usize, ActorMention)>,
        made_of: u64,
    ) -> Result<(), Self::Error>;

    /// An event with its place in the order of dates, and the ties that come
    /// from it, in order. The ties of the story are those of its events, in
    /// order of the events, then those of its actors' roles.
    ///
    /// # Errors
    /// See [`Sink::begin`].
    fn event(
        &mut self,
        index: usize,
        event: Event,
        ties: Vec<Tie>,
        made_of: u64,
    ) -> Result<(), Self::Error>;

    /// An actor, and the ties that come from its roles, in order; its list of
    /// mentions is empty, see [`Sink::document`].
    ///
    /// # Errors
    /// See [`Sink::begin`].
    fn actor(
        &mut self,
        index: usize,
        actor: Actor,
        ties: Vec<Tie>,
        made_of: u64,
    ) -> Result<(), Self::Error>;

    /// What became of the corrections; the last piece.
    ///
    /// # Errors
    /// See [`Sink::begin`].
    fn curated(&mut self, curated: Curated) -> Result<(), Self::Error>;
}

/// Reports that are in memory.
#[derive(Debug)]
pub(super) struct InMemory<'r>(Vec<&'r Report>);

impl<'r> InMemory<'r> {
    /// Puts them in order.
    pub(super) fn new(reports: &'r [Report]) -> InMemory<'r> {
        let mut reports: Vec<&Report> = reports.iter().collect();
        reports.sort_by(|a, b| (&a.path, &a.id).cmp(&(&b.path, &b.id)));
        InMemory(reports)
    }
}

impl Reports for InMemory<'_> {
    type Error = Infallible;

    fn len(&self) -> usize {
        self.0.len()
    }

    fn report(&self, document: usize) -> Result<Cow<'_, Report>, Infallible> {
        Ok(Cow::Borrowed(self.0[document]))
    }
}

/// Puts a story together in memory. `E` is the error of those that it is made
/// from, as it has none of its own.
#[derive(Debug)]
pub struct Collect<E = Infallible> {
    documents: Vec<Document>,
    mentions: Vec<Vec<ActorMention>>,
    actors: Vec<Actor>,
    events: Vec<(usize, Event, Vec<Tie>)>,
    ties: Vec<Tie>,
    types: Vec<OwnType>,
    curated: Curated,
    error: PhantomData<E>,
}

impl<E> Default for Collect<E> {
    fn default() -> Collect<E> {
        Collect {
            documents: Vec::new(),
            mentions: Vec::new(),
            actors: Vec::new(),
            events: Vec::new(),
            ties: Vec::new(),
            types: Vec::new(),
            curated: Curated::default(),
            error: PhantomData,
        }
    }
}

impl<E> Collect<E> {
    /// The whole story.
    pub fn story(self) -> Story {
        let mut actors = self.actors;
        for (actor, mentions) in actors.iter_mut().zip(self.mentions) {
            actor.mentions = mentions;
        }
        let mut of_events = self.events;
        of_events.sort_unstable_by_key(|(index, ..)| *index);
        let mut events = Vec::with_capacity(of_events.len());
        let mut ties = Vec::new();
        for (_, event, own) in of_events {
            events.push(event);
            ties.extend(own);
        }
        ties.extend(self.ties);
        Story {
            documents: self.documents,
            actors,
            events,
            ties,
            types: self.types,
            curated: self.curated,
        }
    }
}

impl<E> Sink for Collect<E> {
    type Error = E;

    fn begin(&mut self, outline: Outline<'_>) -> Result<(), E> {
        self.mentions = vec![Vec::new(); outline.actors.len()];
        self.types = outline.types;
        Ok(())
    }

    fn document(
        &mut self,
        _: usize,
        document: Document,
        mentions: Vec<(usize, ActorMention)>,
        _: u64,
    ) -> Result<(), E> {
        self.documents.push(document);
        for (actor, mention) in mentions {
            if let Some(list) = self.mentions.get_mut(actor) {
                list.push(mention);
            }
        }
        Ok(())
    }

    fn event(&mut self, index: usize, event: Event, ties: Vec<Tie>, _: u64) -> Result<(), E> {
        self.events.push((index, event, ties));
        Ok(())
    }

    fn actor(&mut self, _: usize, actor: Actor, ties: Vec<Tie>, _: u64) -> Result<(), E> {
        self.actors.push(actor);
        self.ties.extend(ties);
        Ok(())
    }

    fn curated(&mut self, curated: Curated) -> Result<(), E> {
        self.curated = curated;
        Ok(())
    }
}
