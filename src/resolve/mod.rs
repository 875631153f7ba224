//! From all [`Report`](crate::extract::Report)s to one [`Story`]: which actors
//! and events of different articles are the same, when the articles were
//! published, when the events happened. Pure.

mod actors;
mod bodies;
mod corpus;
mod dates;
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
mod story;
mod telling;
#[cfg(test)]
mod tests;
mod ties;
mod witness;

pub(crate) use names::fold;
pub use story::{
    Actor, ActorMention, Disagreement, Document, Event, EventDate, Evidence, Participant,
    Published, Role, Story, Tie,
};

use crate::extract::Report;
use corpus::Corpus;
use telling::Scales;

/// A newly dated article can date others, so dating is repeated; chains longer
/// than this are not followed.
const PASSES: usize = 4;

/// Joins the reports of all articles into one story. The order in which the
/// reports come does not matter.
pub fn story(reports: &[Report]) -> Story {
    let mut corpus = Corpus::new(reports);
    let cast = actors::cast(&mut corpus);
    let scales = Scales::new(&corpus, &cast);
    let mut published: Vec<Published> = corpus.reports.iter().map(|r| published::own(r)).collect();
    let copies = witness::Copies::new(&corpus);
    let mut clusters = events::cluster(&corpus, &cast, &published);
    for _ in 0..PASSES {
        if !published::borrow(&corpus, &scales, &clusters, &copies, &mut published) {
            break;
        }
        clusters = events::cluster(&corpus, &cast, &published);
    }
    events::in_order(&mut clusters.events);

    let ids: Vec<&str> = corpus.reports.iter().map(|r| r.id.as_str()).collect();
    let merged = clusters
        .events
        .iter()
        .filter_map(|tellings| merge::event(&ids, &cast, &clusters.mentions, tellings))
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
        ties: ties::ties(&events),
        actors: cast.actors,
        events,
    }
}
