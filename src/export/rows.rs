//! A story as the two tables that most formats are made of: nodes (actors and
//! events) and edges (who takes part in what, where it was, who holds what in
//! whom), every edge from the first to the second with its date and sentence.
//! Pure. References to what the story does not hold are left out.

use crate::resolve::{Event, EventDate, Story};
use crate::time::Edtf;
use chrono::NaiveDate;

/// A date as every format carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct When<'s> {
    /// EDTF; empty for no date.
    pub(super) edtf: &'s str,
    /// First day, where the date is closed on that side and has a year.
    pub(super) earliest: Option<NaiveDate>,
    /// Last day.
    pub(super) latest: Option<NaiveDate>,
}

impl<'s> When<'s> {
    pub(super) fn of(date: Option<&'s EventDate>) -> When<'s> {
        When::of_edtf(date.map(|date| &date.edtf))
    }

    pub(super) fn of_edtf(date: Option<&'s Edtf>) -> When<'s> {
        date.map_or_else(When::default, |date| When {
            edtf: date.as_str(),
            earliest: date.earliest(),
            latest: date.latest(),
        })
    }

    /// The three as text, empty where there is none.
    pub(super) fn texts(self) -> [String; 3] {
        let day = |day: Option<NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
        [self.edtf.to_owned(), day(self.earliest), day(self.latest)]
    }
}

/// An actor or an event.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node<'s> {
    /// The story's id.
    pub(super) id: &'s str,
    /// The actor's name, the event's title.
    pub(super) label: &'s str,
    /// `actor` or `event`.
    pub(super) class: &'static str,
    /// `person`, `meet` ...
    pub(super) kind: &'s str,
    /// Of an event; empty for an actor.
    pub(super) status: &'static str,
    pub(super) when: When<'s>,
    /// The ids of the documents that tell of it, in the story's order.
    pub(super) documents: Vec<&'s str>,
    /// Number of independent sources of an event; 0 for an actor.
    pub(super) sources: u32,
    /// The first sentence that tells of an event; empty for an actor.
    pub(super) quote: &'s str,
}

/// A part in an event, the place of one, or a role.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Edge<'s> {
    /// `r1`, `r2` ... in the order of the list.
    pub(super) id: String,
    /// Id of an actor; for a place, of the event.
    pub(super) source: &'s str,
    /// Id of an event, of a place or of an actor.
    pub(super) target: &'s str,
    /// `part`, `place` or `role`.
    pub(super) class: &'static str,
    /// The part's role (`visitor`), `place`, or the tie's type (`holds_office`).
    pub(super) kind: &'s str,
    /// The same in the text's words: the title of an office.
    pub(super) label: &'s str,
    /// The event's; of a role none.
    pub(super) when: When<'s>,
    pub(super) status: &'static str,
    /// The id of the document of the quote.
    pub(super) document: &'s str,
    /// The sentence that says so.
    pub(super) quote: &'s str,
}

/// Actors, then events, in the story's order.
pub(super) fn nodes(story: &Story) -> Vec<Node<'_>> {
    let actors = story.actors.iter().map(|actor| Node {
        id: &actor.id,
        label: &actor.name,
        class: "actor",
        kind: actor.kind.as_str(),
        status: "",
        when: When::default(),
        documents: story.document_ids(&actor.documents()),
        sources: 0,
        quote: "",
    });
    let events = story.events.iter().map(|event| Node {
        id: &event.id,
        label: &event.title,
        class: "event",
        kind: &event.kind,
        status: event.status.as_str(),
        when: When::of(event.date.as_ref()),
        documents: story.document_ids(&event.documents()),
        sources: event.sources,
        quote: event.evidence.first().map_or("", |e| &e.quote.text),
    });
    actors.chain(events).collect()
}

/// The parts of each event and its place, in the story's order, then the roles.
pub(super) fn edges(story: &Story) -> Vec<Edge<'_>> {
    let mut out = Vec::new();
    for event in &story.events {
        for part in &event.participants {
            if let Some(actor) = story.actor_id(part.actor) {
                let told = told(story, event);
                out.push(Edge {
                    source: actor,
                    target: &event.id,
                    class: "part",
                    kind: &part.role,
                    label: &part.role,
                    ..told
                });
            }
        }
        if let Some(place) = event.place.and_then(|p| story.actor_id(p)) {
            out.push(Edge {
                source: &event.id,
                target: place,
                class: "place",
                kind: "place",
                label: "place",
                ..told(story, event)
            });
        }
    }
    for tie in story.ties.iter().filter(|t| t.event.is_none()) {
        let role = story
            .actors
            .get(tie.source)
            .and_then(|a| a.roles.get(tie.role?));
        let (Some(source), Some(target), Some(role)) =
            (story.actor_id(tie.source), story.actor_id(tie.target), role)
        else {
            continue;
        };
        let document = role.documents.first().and_then(|d| story.document_id(*d));
        out.push(Edge {
            id: String::new(),
            source,
            target,
            class: "role",
            kind: &tie.kind,
            label: &role.title,
            when: When::default(),
            status: "",
            document: document.unwrap_or(""),
            quote: &role.quote.text,
        });
    }
    for (i, edge) in out.iter_mut().enumerate() {
        edge.id = format!("r{}", i + 1);
    }
    out
}

/// What all edges of one event share.
fn told<'s>(story: &'s Story, event: &'s Event) -> Edge<'s> {
    let first = event.evidence.first();
    Edge {
        id: String::new(),
        source: "",
        target: "",
        class: "",
        kind: "",
        label: "",
        when: When::of(event.date.as_ref()),
        status: event.status.as_str(),
        document: first
            .and_then(|e| story.document_id(e.document))
            .unwrap_or(""),
        quote: first.map_or("", |e| &e.quote.text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::tests::sample;
    use std::collections::BTreeSet;

    #[test]
    fn every_edge_joins_two_nodes_and_is_counted() {
        let story = sample();
        let (nodes, edges) = (nodes(&story), edges(&story));
        assert_eq!(nodes.len(), story.actors.len() + story.events.len());
        let ids: BTreeSet<&str> = nodes.iter().map(|n| n.id).collect();
        for edge in &edges {
            assert!(
                ids.contains(edge.source) && ids.contains(edge.target),
                "{edge:?}"
            );
        }
        let parts: usize = story.events.iter().map(|e| e.participants.len()).sum();
        let places = story.events.iter().filter(|e| e.place.is_some()).count();
        let roles = story.ties.iter().filter(|t| t.event.is_none()).count();
        assert_eq!(edges.len(), parts + places + roles);
    }
}
