//! From a [`Story`] to a petgraph graph of actor and event nodes with dated
//! edges, and its projections. Pure. petgraph's indices never leave the graph.

pub mod communities;

use crate::resolve::{EventDate, Story, Tie};
use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

/// A node of the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Node {
    /// Index into the story's actors.
    Actor(usize),
    /// Index into the story's events.
    Event(usize),
}

/// An actor's part in an event; the edge runs from the actor to the event and
/// has the event's date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The role's word in the ontology.
    pub role: String,
    /// When the event took place.
    pub date: Option<EventDate>,
}

/// The graph of ties over a story.
///
/// Node indices follow the story: first the actors, then the events, so that an
/// index of one gives the index of the other without a table.
#[derive(Debug)]
pub struct TieGraph<'s> {
    /// What it was made from.
    pub story: &'s Story,
    /// Actors and events.
    pub graph: DiGraph<Node, Part>,
}

impl<'s> TieGraph<'s> {
    /// Builds the graph. Time and space linear in the story. Participants that
    /// the story does not have are left out.
    pub fn new(story: &'s Story) -> TieGraph<'s> {
        let edges = story.events.iter().map(|e| e.participants.len()).sum();
        let nodes = story.actors.len() + story.events.len();
        let mut graph = DiGraph::with_capacity(nodes, edges);
        for actor in 0..story.actors.len() {
            graph.add_node(Node::Actor(actor));
        }
        for (i, event) in story.events.iter().enumerate() {
            let node = graph.add_node(Node::Event(i));
            for part in &event.participants {
                if part.actor < story.actors.len() {
                    graph.add_edge(
                        NodeIndex::new(part.actor),
                        node,
                        Part {
                            role: part.role.clone(),
                            date: event.date.clone(),
                        },
                    );
                }
            }
        }
        TieGraph { story, graph }
    }

    /// The events that an actor takes part in, in the story's order, which is
    /// the order of date. Empty for an actor that the story does not have.
    pub fn events_of(&self, actor: usize) -> Vec<usize> {
        if actor >= self.story.actors.len() {
            return Vec::new();
        }
        let mut events: Vec<usize> = self
            .graph
            .edges_directed(NodeIndex::new(actor), Direction::Outgoing)
            .filter_map(|edge| match self.graph[edge.target()] {
                Node::Event(event) => Some(event),
                Node::Actor(_) => None,
            })
            .collect();
        events.sort_unstable();
        events.dedup();
        events
    }

    /// Who takes part in an event and how, in the order of the text.
    pub fn participants_of(&self, event: usize) -> impl Iterator<Item = (usize, &str)> + '_ {
        self.story
            .events
            .get(event)
            .into_iter()
            .flat_map(|e| &e.participants)
            .map(|p| (p.actor, p.role.as_str()))
    }

    /// The projection to actors: the actors that share an event with `actor`,
    /// with the number of shared events, most first.
    pub fn neighbours(&self, actor: usize) -> Vec<(usize, usize)> {
        let mut shared = std::collections::BTreeMap::new();
        for event in self.events_of(actor) {
            for (other, _) in self.participants_of(event) {
                if other != actor {
                    *shared.entry(other).or_insert(0) += 1;
                }
            }
        }
        let mut out: Vec<(usize, usize)> = shared.into_iter().collect();
        out.sort_by_key(|(other, n)| (std::cmp::Reverse(*n), *other));
        out
    }

    /// The projection to dated ties as a graph of actors alone: node `i` is
    /// actor `i`, and every tie of the story is an edge.
    pub fn ties(&self) -> DiGraph<usize, &'s Tie> {
        let mut graph = DiGraph::with_capacity(self.story.actors.len(), self.story.ties.len());
        for actor in 0..self.story.actors.len() {
            graph.add_node(actor);
        }
        for tie in &self.story.ties {
            if tie.source.max(tie.target) < self.story.actors.len() {
                graph.add_edge(NodeIndex::new(tie.source), NodeIndex::new(tie.target), tie);
            }
        }
        graph
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::tests::sample;

    #[test]
    fn the_graph_follows_the_story() {
        let story = sample();
        let graph = TieGraph::new(&story);
        assert_eq!(
            graph.graph.node_count(),
            story.actors.len() + story.events.len()
        );
        for actor in 0..story.actors.len() {
            for event in graph.events_of(actor) {
                assert!(graph.participants_of(event).any(|(a, _)| a == actor));
            }
        }
        assert_eq!(graph.neighbours(0), vec![(1, 2), (2, 1)]);
        assert_eq!(graph.ties().edge_count(), story.ties.len());
        assert!(graph.events_of(99).is_empty());
        assert_eq!(graph.participants_of(99).count(), 0);
    }
}
