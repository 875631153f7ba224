//! Who belongs together: communities of actors by the events that they share.
//!
//! The method of Louvain (Blondel and others 2008): every actor moves to the
//! neighbours' community where modularity gains most, until none moves; then
//! communities become nodes, and so on. Actors are visited in their order and
//! equals go to the smaller number, so that the answer is always the same. Pure.

use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::visit::EdgeRef;
use std::collections::BTreeMap;

/// An event with more actors than this ties only its first ones, so that a list
/// of hundreds of names costs no more than a long sentence.
const MOST_TIED: usize = 24;
/// The most rounds of moves on one level.
const ROUNDS: usize = 16;
/// The most levels.
const LEVELS: usize = 8;

/// The projection to actors: node `i` is actor `i`, and the weight of an edge
/// grows with the events that two share, an event of many counting less.
pub fn projection(actors: usize, events: impl Iterator<Item = Vec<usize>>) -> UnGraph<(), f64> {
    let mut weights: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for mut event in events {
        event.retain(|a| *a < actors);
        event.sort_unstable();
        event.dedup();
        event.truncate(MOST_TIED);
        let each = 1.0 / (event.len().max(2) - 1) as f64;
        for (k, a) in event.iter().enumerate() {
            for b in &event[k + 1..] {
                *weights.entry((*a, *b)).or_insert(0.0) += each;
            }
        }
    }
    let mut graph = UnGraph::with_capacity(actors, weights.len());
    for _ in 0..actors {
        graph.add_node(());
    }
    for ((a, b), weight) in weights {
        graph.add_edge(NodeIndex::new(a), NodeIndex::new(b), weight);
    }
    graph
}

/// The community of every node, as the number of its smallest member. A node
/// without edges is alone.
pub fn communities(graph: &UnGraph<(), f64>) -> Vec<usize> {
    let mut of: Vec<usize> = (0..graph.node_count()).collect();
    let mut level = graph.clone();
    for _ in 0..LEVELS {
        let (moved, count) = one_level(&level);
        for community in &mut of {
            *community = moved[*community];
        }
        if count == level.node_count() {
            break;
        }
        level = folded(&level, &moved, count);
    }
    // Numbers of levels become numbers of members.
    let mut smallest = BTreeMap::new();
    for (actor, community) in of.iter().enumerate() {
        smallest.entry(*community).or_insert(actor);
    }
    of.iter().map(|community| smallest[community]).collect()
}

/// Moves nodes until no move gains; gives each node's community, numbered from
/// 0 in the order of their first nodes, and how many there are.
fn one_level(graph: &UnGraph<(), f64>) -> (Vec<usize>, usize) {
    let count = graph.node_count();
    // A loop counts twice, as in the sum of degrees.
    let degree: Vec<f64> = graph
        .node_indices()
        .map(|node| {
            graph
                .edges(node)
                .map(|e| if e.source() == e.target() { 2.0 } else { 1.0 } * e.weight())
                .sum()
        })
        .collect();
    let total: f64 = degree.iter().sum();
    let mut of: Vec<usize> = (0..count).collect();
    let mut sum = degree.clone();
    for _ in 0..ROUNDS {
        let mut moves = false;
        for node in graph.node_indices() {
            let own = of[node.index()];
            let mut to: BTreeMap<usize, f64> = BTreeMap::from([(own, 0.0)]);
            for edge in graph.edges(node).filter(|e| e.source() != e.target()) {
                *to.entry(of[edge.target().index()]).or_insert(0.0) += edge.weight();
            }
            let k = degree[node.index()];
            sum[own] -= k;
            let gain = |(community, weight): (&usize, &f64)| {
                weight - sum[*community] * k / total.max(f64::MIN_POSITIVE)
            };
            let mut best = (own, gain((&own, &to[&own])));
            for (community, weight) in &to {
                let gained = gain((community, weight));
                if gained > best.1 + 1e-9 {
                    best = (*community, gained);
                }
            }
            sum[best.0] += k;
            moves |= best.0 != own;
            of[node.index()] = best.0;
        }
        if !moves {
            break;
        }
    }
    let mut numbers = BTreeMap::new();
    for community in &mut of {
        let next = numbers.len();
        *community = *numbers.entry(*community).or_insert(next);
    }
    (of, numbers.len())
}

/// The graph of communities; what lies inside one becomes a loop.
fn folded(graph: &UnGraph<(), f64>, of: &[usize], count: usize) -> UnGraph<(), f64> {
    let mut weights: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for edge in graph.edge_references() {
        let (a, b) = (of[edge.source().index()], of[edge.target().index()]);
        *weights.entry((a.min(b), a.max(b))).or_insert(0.0) += edge.weight();
    }
    let mut out = UnGraph::with_capacity(count, weights.len());
    for _ in 0..count {
        out.add_node(());
    }
    for ((a, b), weight) in weights {
        out.add_edge(NodeIndex::new(a), NodeIndex::new(b), weight);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(actors: usize, events: &[&[usize]]) -> Vec<usize> {
        let events = events.iter().map(|e| e.to_vec());
        communities(&projection(actors, events))
    }

    #[test]
    fn circles_that_one_tie_joins_stay_apart() {
        let of = check(
            7,
            &[
                &[0, 1],
                &[1, 2],
                &[0, 2],
                &[3, 4],
                &[4, 5],
                &[3, 5],
                &[2, 3],
            ],
        );
        assert_eq!(of, [0, 0, 0, 3, 3, 3, 6]);
    }

    #[test]
    fn nobody_and_nothing() {
        assert!(check(0, &[]).is_empty());
        assert_eq!(check(3, &[&[0, 99], &[1, 1]]), [0, 1, 2]);
    }

    proptest! {
        #[test]
        fn a_community_has_the_number_of_its_first_member(
            events in proptest::collection::vec(proptest::collection::vec(0_usize..20, 0..5), 0..30)
        ) {
            let graph = projection(20, events.into_iter());
            let of = communities(&graph);
            prop_assert_eq!(&of, &communities(&graph));
            for (actor, community) in of.iter().enumerate() {
                prop_assert!(*community <= actor && of[*community] == *community);
            }
        }
    }
}
