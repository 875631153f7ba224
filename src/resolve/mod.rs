//! From all [`Report`](crate::extract::Report)s to one [`Story`]: which actors
//! and events of different articles are the same, when the articles were
//! published, when the events happened. Pure.

#[cfg(test)]
mod across_tests;
mod actors;
mod bodies;
mod compare;
mod corpus;
mod dates;
mod differences;
#[cfg(test)]
mod event_tests;
mod events;
mod gatherings;
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
mod series;
mod sources;
mod story;
mod stream;
mod telling;
#[cfg(test)]
mod tests;
mod ties;
mod witness;

pub(crate) use kinds::is_acted_upon;
pub(crate) use names::fold;
pub use story::{
    Actor, ActorMention, Disagreement, Document, Event, EventDate, Evidence, OwnType, Participant,
    Published, Role, Story, Tie,
};

pub use stream::{Collect, Reports, Sink, Sizes};

use crate::extract::Report;
use crate::ontology::types::EventTypes;
use compare::Scales;
use corpus::Corpus;
use kinds::Kinds;

/// A newly dated article can date others, so dating is repeated; chains longer
/// than this are not followed.
const PASSES: usize = 4;

/// Joins the reports of all articles into one story. The order in which the
/// reports come does not matter.
pub fn story(reports: &[Report]) -> Story {
    story_with(reports, EventTypes::builtin())
}

/// Joins all reports into a story that goes piece by piece into `sink`.
///
/// # Errors
/// Those of the reports and of the sink.
pub fn resolve<R, S>(reports: &R, types: &EventTypes, sink: &mut S) -> Result<(), R::Error>
where
    R: Reports,
    S: Sink<Error = R::Error>,
{
    let mut all = Vec::with_capacity(reports.len());
    reports.each(&mut |_, report| {
        all.push(report.clone());
        Ok(())
    })?;
    let Story {
        documents,
        actors,
        events,
        ties,
        types,
    } = story_with(&all, types);
    let sizes = Sizes {
        documents: documents.len(),
        actors: actors.len(),
        events: events.len(),
    };
    sink.begin(sizes, types)?;
    let mut mentions: Vec<Vec<(usize, ActorMention)>> = vec![Vec::new(); documents.len()];
    for (i, actor) in actors.iter().enumerate() {
        for mention in &actor.mentions {
            mentions[mention.document].push((i, mention.clone()));
        }
    }
    for (i, (document, mentions)) in documents.into_iter().zip(mentions).enumerate() {
        sink.document(i, document)?;
        sink.mentions(i, mentions)?;
    }
    let (of_events, of_roles): (Vec<Tie>, Vec<Tie>) =
        ties.into_iter().partition(|t| t.event.is_some());
    let mut of_events = of_events.into_iter().peekable();
    for (i, event) in events.into_iter().enumerate() {
        let mut own = Vec::new();
        while let Some(tie) = of_events.next_if(|t| t.event == Some(i)) {
            own.push(tie);
        }
        sink.event(i, event, own)?;
    }
    for (i, mut actor) in actors.into_iter().enumerate() {
        actor.mentions.clear();
        sink.actor(i, actor)?;
    }
    for tie in of_roles {
        sink.tie(tie)?;
    }
    Ok(())
}

/// As [`story`], with the event types that the reports were made with.
pub fn story_with(reports: &[Report], types: &EventTypes) -> Story {
    let kinds = Kinds::new(types);
    let mut corpus = Corpus::new(reports);
    let cast = actors::cast(&mut corpus);
    let scales = Scales::new(&corpus, &cast, &kinds);
    let mut published: Vec<Published> = corpus.reports.iter().map(|r| published::own(r)).collect();
    let copies = witness::Copies::new(&corpus);
    let mut clusters = events::cluster(&corpus, &cast, &scales, &published);
    for _ in 0..PASSES {
        if !published::borrow(&corpus, &scales, &clusters, &copies, &mut published) {
            break;
        }
        clusters = events::cluster(&corpus, &cast, &scales, &published);
    }
    events::in_order(&mut clusters.events);

    let around = merge::Around {
        doc_ids: corpus.reports.iter().map(|r| r.id.as_str()).collect(),
        cast: &cast,
        kinds: &kinds,
        outlets: sources::Outlets::new(&corpus),
    };
    let merged = clusters
        .events
        .iter()
        .filter_map(|tellings| merge::event(&around, &clusters.mentions, tellings))
        .collect();
    let events = merge::with_unique_ids(merge::in_order_of_date(merged));
    let documents = corpus
        .reports
        .iter()
        .zip(published)
        .map(|(r, published)| Document {
            id: r.id.clone(),
            path: r.path.clone(),
            title: r.title.clone(),
            source: r.source.clone(),
            url: r.url.clone(),
            published,
        });
    Story {
        documents: documents.collect(),
        ties: ties::ties(&kinds, &cast.actors, &events),
        types: types.own().map(OwnType::of).collect(),
        actors: cast.actors,
        events,
    }
}
