//! From all [`Report`](crate::extract::Report)s to one [`Story`]: which actors
//! and events of different articles are the same, when the articles were
//! published, when the events happened. Pure.

#[cfg(test)]
mod across_tests;
mod actors;
mod alike;
mod assemble;
mod bodies;
mod compare;
mod corpus;
pub mod curation;
mod dates;
mod differences;
pub mod doubts;
#[cfg(test)]
mod event_tests;
mod events;
mod forms;
mod gatherings;
mod group;
mod ids;
mod kinds;
mod lexicon;
mod made_of;
mod merge;
mod names;
#[cfg(test)]
mod notation;
mod parts;
mod people;
mod published;
#[cfg(test)]
mod published_tests;
mod reading;
mod series;
mod sets;
mod sources;
mod story;
mod stream;
#[cfg(test)]
mod stream_tests;
mod telling;
#[cfg(test)]
mod tests;
mod ties;
mod trace;
mod witness;
mod words;

pub(crate) use kinds::is_acted_upon;
pub(crate) use names::fold;
pub use story::{
    Actor, ActorMention, CopyOf, Disagreement, Document, Event, EventDate, Evidence, OwnType,
    Participant, Published, Role, Story, Tie,
};

pub use stream::{Collect, Outline, Pieces, Reports, See, Sink, Take};
pub use trace::Trace;

use crate::extract::Report;
use crate::ontology::types::EventTypes;
use alike::Alike;
use assemble::{Giving, Outcome};
use compare::Scales;
use corpus::Corpus;
use curation::actors::Plan;
pub use curation::{Curated, Curation};
use dates::Dates;
use kinds::Kinds;
use made_of::MadeOf;
use merge::Around;
use sources::Outlets;
use std::collections::BTreeMap;
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
    story_curated(reports, types, &Curation::default())
}

/// As [`story_with`], corrected as an analyst says. What does not apply is told
/// in [`Story::curated`].
pub fn story_curated(reports: &[Report], types: &EventTypes, curation: &Curation) -> Story {
    let mut collect = Collect::default();
    match resolve(&InMemory::new(reports), types, curation, &mut collect) {
        Ok(()) => collect.story(),
        Err(never) => match never {},
    }
}

/// Joins all reports, corrected as an analyst says, into a story that goes
/// piece by piece into `sink`. In memory are names, words and times as numbers,
/// never all reports; the same reports give the same pieces, however many
/// threads there are. With corrections of events, which may speak of any, the
/// whole story is put together first.
///
/// # Errors
/// Those of the reports and of the sink.
pub fn resolve<R, S>(
    reports: &R,
    types: &EventTypes,
    curation: &Curation,
    sink: &mut S,
) -> Result<(), R::Error>
where
    R: Reports,
    S: Sink<Error = R::Error>,
{
    let mut plan = Plan::new(curation);
    if !curation.is_of_events() {
        join(reports, types, &mut plan, sink)?;
        return sink.curated(plan.curated(BTreeMap::new()));
    }
    let mut collect: Collect<R::Error> = Collect::default();
    join(reports, types, &mut plan, &mut collect)?;
    let story = curation::events::correct(collect.story(), types, plan);
    give(&story, sink)
}

/// Gives a story that is in memory; of what its pieces are made is not known.
///
/// # Errors
/// Those of the sink.
pub fn give<S: Sink>(story: &Story, sink: &mut S) -> Result<(), S::Error> {
    let actors: Vec<&str> = story.actors.iter().map(|a| a.id.as_str()).collect();
    let documents = story.documents.iter();
    let documents: Vec<_> = documents
        .map(|d| (d.path.as_str(), d.id.as_str()))
        .collect();
    sink.begin(Outline {
        actors: &actors,
        documents: &documents,
        events: story.events.len(),
        types: story.types.clone(),
    })?;
    let mut mentions: Vec<Vec<(usize, &ActorMention)>> = vec![Vec::new(); story.documents.len()];
    for (i, actor) in story.actors.iter().enumerate() {
        for mention in &actor.mentions {
            if let Some(list) = mentions.get_mut(mention.document) {
                list.push((i, mention));
            }
        }
    }
    for (i, (document, mentions)) in story.documents.iter().zip(&mentions).enumerate() {
        let mentions = mentions.iter().map(|(actor, m)| (*actor, (*m).clone()));
        sink.document(i, document.clone(), mentions.collect(), 0)?;
    }
    let mut of_events = story.ties.iter().filter(|t| t.event.is_some()).peekable();
    for (i, event) in story.events.iter().enumerate() {
        let own = std::iter::from_fn(|| of_events.next_if(|t| t.event == Some(i)));
        sink.event(i, event.clone(), own.cloned().collect(), 0)?;
    }
    let mut of_roles = story.ties.iter().filter(|t| t.event.is_none()).peekable();
    for (i, actor) in story.actors.iter().enumerate() {
        let own = std::iter::from_fn(|| of_roles.next_if(|t| t.source == i));
        let mut actor = actor.clone();
        actor.mentions.clear();
        sink.actor(i, actor, own.cloned().collect(), 0)?;
    }
    sink.curated(story.curated.clone())
}

/// Joins all reports, with actors as the corrections want them.
fn join<R, S>(
    reports: &R,
    types: &EventTypes,
    plan: &mut Plan<'_>,
    sink: &mut S,
) -> Result<(), R::Error>
where
    R: Reports,
    S: Sink<Error = R::Error>,
{
    let kinds = Kinds::new(types);
    let (mut corpus, mut published) = Corpus::read(reports, &kinds)?;
    let copies = Copies::new(&mut corpus);
    let (mut alike, people) = rayon::join(|| Alike::new(&corpus), || people::group(&corpus));
    corpus.let_go_of_sketches();
    let cast = actors::cast(&mut corpus, people, plan);
    corpus.settle(&cast.index);
    corpus.let_go();
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
    alike.settle(&published);
    let around = Around {
        outlets: &Outlets::new(&corpus),
        alike: &alike,
        corpus: &corpus,
        cast: &cast,
        dates: &dates,
        published: &published,
    };
    let mut outcome = Outcome::mentions(&corpus, clusters);
    outcome.settle(&around);
    let giving = Giving {
        made_of: &MadeOf::new(reports, &around),
        reports,
        sink,
        kinds: &kinds,
        around: &around,
        outcome: &outcome,
    };
    giving.all(types.own().map(OwnType::of).collect())
}
