//! The order of actors and undated events, so that few lines cross. Pure.
//!
//! The dated events' order is fixed, so this is one-sided crossing minimisation:
//! barycentres and medians first (Sugiyama, Tagawa and Toda 1981; Eades and
//! Wormald 1994), then sweeps in which neighbours are exchanged (Eades and Kelly
//! 1986) and single actors moved to where they cross least (Matuszewski and
//! others 1999), as long as that saves a crossing.

use std::collections::{BTreeMap, BTreeSet};

/// The most sweeps; one that changes nothing ends them.
const SWEEPS: usize = 24;
/// How many places up or down an actor is moved at most in one sweep.
const REACH: usize = 24;
/// How many events above an undated one count for its place.
const LOOK: usize = 4;
/// How many undated events of one actor are looked at for a place.
const CANDIDATES: usize = 24;

/// An actor by its number, with the sorted rows of its events.
type Rows = (usize, Vec<usize>);

/// Orders actors and returns them top to bottom. Time is sweeps × reach × roles
/// at worst.
pub(super) fn fewest_crossings(actors: Vec<Rows>) -> Vec<usize> {
    // Means are compared as fractions, which no machine rounds differently.
    let mut by_mean = actors.clone();
    by_mean.sort_by(|(a, rows_a), (b, rows_b)| {
        let (sum_a, sum_b) = (rows_a.iter().sum::<usize>(), rows_b.iter().sum::<usize>());
        (sum_a * rows_b.len())
            .cmp(&(sum_b * rows_a.len()))
            .then(a.cmp(b))
    });
    let mut by_median = actors;
    by_median.sort_by_key(|(actor, rows)| (rows.get(rows.len() / 2).copied(), *actor));
    let mut best: Option<(usize, Vec<Rows>)> = None;
    for mut order in [by_mean, by_median] {
        sweep(&mut order);
        let count = total(order.iter().map(|(_, rows)| rows.as_slice()));
        if best.as_ref().is_none_or(|(least, _)| count < *least) {
            best = Some((count, order));
        }
    }
    let order = best.map(|(_, order)| order).unwrap_or_default();
    order.into_iter().map(|(actor, _)| actor).collect()
}

fn sweep(order: &mut [Rows]) {
    for _ in 0..SWEEPS {
        let mut changed = false;
        for i in 1..order.len() {
            let (above, below) = (&order[i - 1].1, &order[i].1);
            if crossings(below, above) < crossings(above, below) {
                order.swap(i - 1, i);
                changed = true;
            }
        }
        for i in 0..order.len() {
            changed |= move_best(order, i);
        }
        if !changed {
            break;
        }
    }
}

/// Moves one actor to the nearby place where it crosses least; whether that
/// saves a crossing.
fn move_best(order: &mut [Rows], from: usize) -> bool {
    // What is saved on passing another, summed up on the way.
    let saved = |other: usize| {
        let (this, that) = (&order[from].1, &order[other].1);
        let (above, below) = (crossings(this, that), crossings(that, this));
        let saved = above as i64 - below as i64;
        if other < from { -saved } else { saved }
    };
    let mut best = (0, from);
    let mut sum = 0;
    for to in (from.saturating_sub(REACH)..from).rev() {
        sum += saved(to);
        if sum > best.0 {
            best = (sum, to);
        }
    }
    sum = 0;
    for to in from + 1..order.len().min(from + 1 + REACH) {
        sum += saved(to);
        if sum > best.0 {
            best = (sum, to);
        }
    }
    let to = best.1;
    if to < from {
        order[to..=from].rotate_right(1);
    } else {
        order[from..=to].rotate_left(1);
    }
    to != from
}

/// How many lines of two actors cross when the first stands above the second.
fn crossings(above: &[usize], below: &[usize]) -> usize {
    let apart = above.last().zip(below.first());
    if apart.is_some_and(|(last, first)| last <= first) {
        return 0;
    }
    let mut passed = 0;
    let mut crossings = 0;
    for row in above {
        while below.get(passed).is_some_and(|b| b < row) {
            passed += 1;
        }
        crossings += passed;
    }
    crossings
}

/// How many lines of a whole column cross, its actors given top to bottom by
/// the sorted rows of their events (Barth, Mutzel and Jünger 2004).
pub(super) fn total<'r>(actors: impl Iterator<Item = &'r [usize]> + Clone) -> usize {
    let rows = actors.clone().flatten().max().map_or(0, |most| most + 1);
    // A binary indexed tree of the lines so far, by row.
    let mut tree = vec![0_usize; rows + 1];
    let (mut so_far, mut crossings) = (0, 0);
    for actor in actors {
        for row in actor {
            let mut not_below = 0;
            let mut at = row + 1;
            while at > 0 {
                not_below += tree[at];
                at &= at - 1;
            }
            crossings += so_far - not_below;
        }
        for row in actor {
            let mut at = row + 1;
            while at <= rows {
                tree[at] += 1;
                at += at & at.wrapping_neg();
            }
            so_far += 1;
        }
    }
    crossings
}

/// An order of the events, given by their actors, in which those from `first`
/// on are free: each next one shares most actors with those just above it.
pub(super) fn together(events: &[Vec<usize>], first: usize) -> Vec<usize> {
    let first = first.min(events.len());
    let mut free: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (event, actors) in events.iter().enumerate().skip(first) {
        for actor in actors {
            free.entry(*actor).or_default().insert(event);
        }
    }
    let mut unplaced: BTreeSet<usize> = (first..events.len()).collect();
    let mut order: Vec<usize> = (0..first).collect();
    while let Some(next) = unplaced.first().copied() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for (above, event) in order.iter().rev().take(LOOK).enumerate() {
            for actor in &events[*event] {
                for other in free.get(actor).into_iter().flatten().take(CANDIDATES) {
                    *shared.entry(*other).or_default() += LOOK - above;
                }
            }
        }
        let mut best = (0, next);
        for (event, count) in shared {
            if count > best.0 {
                best = (count, event);
            }
        }
        let event = best.1;
        unplaced.remove(&event);
        for actor in &events[event] {
            if let Some(free) = free.get_mut(actor) {
                free.remove(&event);
            }
        }
        order.push(event);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn count(actors: &[Rows], order: &[usize]) -> usize {
        total(order.iter().map(|a| actors[*a].1.as_slice()))
    }

    #[test]
    fn untangles() {
        let actors = vec![(0, vec![3]), (1, vec![0, 1]), (2, vec![2])];
        assert_eq!(fewest_crossings(actors), [1, 2, 0]);
        assert_eq!(crossings(&[3], &[0, 1]), 2);
        assert_eq!(crossings(&[0, 1], &[3]), 0);
    }

    #[test]
    fn undated_events_of_the_same_actors_stand_together() {
        let events = [vec![0], vec![9], vec![1, 2], vec![3], vec![1], vec![9, 3]];
        assert_eq!(together(&events, 2), [0, 1, 5, 3, 2, 4]);
        assert_eq!(together(&events, 9), [0, 1, 2, 3, 4, 5]);
    }

    proptest! {
        #[test]
        fn the_fast_count_is_the_count(
            rows in proptest::collection::vec(proptest::collection::btree_set(0_usize..9, 0..5), 0..9)
        ) {
            let rows: Vec<Vec<usize>> = rows.into_iter().map(|r| r.into_iter().collect()).collect();
            let pairs: usize = (0..rows.len())
                .flat_map(|i| (i + 1..rows.len()).map(move |k| (i, k)))
                .map(|(i, k)| crossings(&rows[i], &rows[k]))
                .sum();
            prop_assert_eq!(total(rows.iter().map(Vec::as_slice)), pairs);
        }

        #[test]
        fn never_worse_than_the_barycentres(
            rows in proptest::collection::vec(proptest::collection::btree_set(0_usize..12, 1..5), 0..9)
        ) {
            let actors: Vec<(usize, Vec<usize>)> =
                rows.into_iter().map(|r| r.into_iter().collect()).enumerate().collect();
            let mut plain = actors.clone();
            plain.sort_by(|(_, a), (_, b)| {
                let mean = |r: &[usize]| r.iter().sum::<usize>() as f64 / r.len() as f64;
                mean(a).total_cmp(&mean(b))
            });
            let plain: Vec<usize> = plain.into_iter().map(|(a, _)| a).collect();
            let order = fewest_crossings(actors.clone());
            prop_assert!(count(&actors, &order) <= count(&actors, &plain));
            let mut all = order.clone();
            all.sort_unstable();
            prop_assert_eq!(all, (0..actors.len()).collect::<Vec<_>>());
        }
    }
}
