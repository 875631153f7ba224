//! Where resolution takes its reports from and where it puts the story, so that
//! neither need be in memory as a whole. Pure: reading and writing are done by
//! those who implement [`Reports`] and [`Sink`].

use super::curation::Curated;
use super::story::{Actor, ActorMention, Document, Event, OwnType, Story, Tie};
use crate::extract::Report;
use std::borrow::Cow;
use std::convert::Infallible;
use std::marker::PhantomData;

/// Takes one report after the other, each with its index.
pub type See<'s, E> = dyn FnMut(usize, &Report) -> Result<(), E> + 's;

/// The reports of all articles in order of their paths, then their ids,
/// wherever they are kept.
///
/// Resolution goes through all of them twice, in order, with
/// [`Reports::each`], and asks for single ones again with [`Reports::report`]
/// where an event is told by several articles.
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

    /// Shows every report, in order; the first error ends it. An
    /// implementation may read ahead and decode in parallel.
    ///
    /// # Errors
    /// When one cannot be read, and those of `see`.
    fn each(&self, see: &mut See<'_, Self::Error>) -> Result<(), Self::Error> {
        for document in 0..self.len() {
            see(document, self.report(document)?.as_ref())?;
        }
        Ok(())
    }
}

/// Takes a story piece by piece. Every piece comes with its final index, by
/// which the others refer to it, so that the order in which pieces of different
/// sorts come does not matter:
///
/// 1. `begin`, once;
/// 2. documents in order, each followed by its mentions of actors, and among
///    them, in no order, events;
/// 3. the rest of the events, in no order;
/// 4. actors, in order;
/// 5. ties that come from roles, in order.
pub trait Sink {
    /// What can go wrong in writing.
    type Error;

    /// Everything that follows belongs to a story of actors with these ids, of
    /// so many events, made with these event types of the user's own.
    ///
    /// # Errors
    /// When it cannot be written; so for all that follow.
    fn begin(
        &mut self,
        actors: &[&str],
        events: usize,
        types: Vec<OwnType>,
    ) -> Result<(), Self::Error>;

    /// A document.
    ///
    /// # Errors
    /// See [`Sink::begin`].
    fn document(&mut self, index: usize, document: Document) -> Result<(), Self::Error>;

    /// Where a document mentions actors: the actor's index and the place, in
    /// order of actor and place. Documents come in order, so that appending
    /// these to each actor's list gives it in order.
    ///
    /// # Errors
    /// See [`Sink::begin`].
    fn mentions(
        &mut self,
        document: usize,
        mentions: Vec<(usize, ActorMention)>,
    ) -> Result<(), Self::Error>;

    /// An event with its place in the order of dates, and the ties that come
    /// from it, in order. The ties of the story are those of its events, in
    /// order of the events, then those of [`Sink::tie`].
    ///
    /// # Errors
    /// See [`Sink::begin`].
    fn event(&mut self, index: usize, event: Event, ties: Vec<Tie>) -> Result<(), Self::Error>;

    /// An actor; its list of mentions is empty, see [`Sink::mentions`].
    ///
    /// # Errors
    /// See [`Sink::begin`].
    fn actor(&mut self, index: usize, actor: Actor) -> Result<(), Self::Error>;

    /// What became of the corrections; the last piece.
    ///
    /// # Errors
    /// See [`Sink::begin`].
    fn curated(&mut self, curated: Curated) -> Result<(), Self::Error>;

    /// A tie that comes from a role.
    ///
    /// # Errors
    /// See [`Sink::begin`].
    fn tie(&mut self, tie: Tie) -> Result<(), Self::Error>;
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

    fn curated(&mut self, curated: Curated) -> Result<(), E> {
        self.curated = curated;
        Ok(())
    }

    fn begin(&mut self, actors: &[&str], _: usize, types: Vec<OwnType>) -> Result<(), E> {
        self.mentions = vec![Vec::new(); actors.len()];
        self.types = types;
        Ok(())
    }

    fn document(&mut self, _: usize, document: Document) -> Result<(), E> {
        self.documents.push(document);
        Ok(())
    }

    fn mentions(&mut self, _: usize, mentions: Vec<(usize, ActorMention)>) -> Result<(), E> {
        for (actor, mention) in mentions {
            if let Some(list) = self.mentions.get_mut(actor) {
                list.push(mention);
            }
        }
        Ok(())
    }

    fn event(&mut self, index: usize, event: Event, ties: Vec<Tie>) -> Result<(), E> {
        self.events.push((index, event, ties));
        Ok(())
    }

    fn actor(&mut self, _: usize, actor: Actor) -> Result<(), E> {
        self.actors.push(actor);
        Ok(())
    }

    fn tie(&mut self, tie: Tie) -> Result<(), E> {
        self.ties.push(tie);
        Ok(())
    }
}
