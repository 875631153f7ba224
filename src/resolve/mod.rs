//! From all [`Report`](crate::extract::Report)s to one [`Story`]: which actors
//! and events of different articles are the same, when the articles were
//! published, when the events happened. Pure.

#[cfg(test)]
mod across_tests;
mod actors;
mod assemble;
mod bodies;
mod compare;
mod corpus;
mod dates;
mod differences;
#[cfg(test)]
mod event_tests;
mod events;
mod forms;
mod gatherings;
mod group;
mod kinds;
mod lexicon;
mod merge;
mod names;
#[cfg(test)]
mod notation;
mod people;
mod published;
#[cfg(test)]
mod published_tests;
mod reading;
mod series;
mod sources;
mod story;
mod stream;
#[cfg(test)]
mod stream_tests;
mod telling;
#[cfg(test)]
mod tests;
mod ties;
mod witness;
mod words;

pub(crate) use kinds::is_acted_upon;
pub(crate) use names::fold;
pub use story::{
    Actor, ActorMention, Disagreement, Document, Event, EventDate, Evidence, OwnType, Participant,
    Published, Role, Story, Tie,
};

pub use stream::{Collect, Reports, See, Sink, Sizes};

use crate::extract::Report;
use crate::ontology::types::EventTypes;
use assemble::{Giving, Outcome};
use compare::Scales;
use corpus::Corpus;
use dates::Dates;
use kinds::Kinds;
use merge::Around;
use sources::Outlets;
use stream::InMemory;
use witness::Copies;

/// A newly dated article can date others, so dating is repeated; chains longer
/// than this are not followed.
const PASSES: usize = 4;

/// Joins the reports of all articles into one story. The order in which the
/// reports come does not matter.
pub fn story(reports: &[Report]) -> Story {
    story_with(reports, EventTypes::builtin())
}

/// As [`story`], with the event types that the reports were made with.
pub fn story_with(reports: &[Report], types: &EventTypes) -> Story {
    let mut collect = Collect::default();
    match resolve(&InMemory::new(reports), types, &mut collect) {
        Ok(()) => collect.story(),
        Err(never) => match never {},
    }
}

/// Joins all reports into a story that goes piece by piece into `sink`. In
/// memory are names, words and times as numbers, never all reports; the same
/// reports give the same pieces, however many threads there are.
///
/// # Errors
/// Those of the reports and of the sink.
pub fn resolve<R, S>(reports: &R, types: &EventTypes, sink: &mut S) -> Result<(), R::Error>
where
    R: Reports,
    S: Sink<Error = R::Error>,
{
    let kinds = Kinds::new(types);
    let (mut corpus, mut published) = Corpus::read(reports, &kinds)?;
    let copies = Copies::new(&mut corpus);
    let cast = actors::cast(&mut corpus);
    corpus.settle(&cast.index);
    let scales = Scales::new(&corpus, &cast);
    let mut dates = Dates::new(&corpus);
    dates.refresh(&corpus, &published);
    let mut clusters = events::cluster(&scales, &dates);
    for _ in 0..PASSES {
        if !published::borrow(&scales, &clusters, &copies, &mut dates, &mut published) {
            break;
        }
        dates.refresh(&corpus, &published);
        clusters = events::cluster(&scales, &dates);
    }
    drop((scales, copies));
    let around = Around {
        outlets: &Outlets::new(&corpus),
        corpus: &corpus,
        cast: &cast,
        dates: &dates,
        published: &published,
    };
    let mut outcome = Outcome::mentions(&corpus, clusters);
    outcome.settle(&around);
    let giving = Giving {
        reports,
        sink,
        kinds: &kinds,
        around: &around,
        outcome: &outcome,
    };
    giving.all(types.own().map(OwnType::of).collect())
}
