//! Which tellings can meet at all, so that those which cannot are joined side by
//! side. Pure.

use super::compare::Scales;
use super::corpus::at;
use super::kinds::OTHER;
use super::telling::{Telling, Tellings};
use super::words::{Map, NONE};

/// In how many parts tellings are joined.
const PARTS: usize = 32;

/// Tellings that have no type and no word in common, not even over others, never
/// meet: they fall into parts that are joined side by side. Each has the place of
/// a telling in `sorted`, and the telling.
pub(super) fn parts(
    scales: &Scales<'_>,
    tellings: &Tellings,
    sorted: Vec<u32>,
) -> Vec<Vec<(u32, u32)>> {
    let mut sets: Vec<u32> = Vec::new();
    let mut of: Map<u64, u32> = Map::default();
    let (mut tokens, mut asked) = (Vec::new(), Vec::new());
    let mut first: Vec<u32> = Vec::with_capacity(sorted.len());
    for telling in &sorted {
        words_of(scales, &tellings.get(*telling), &mut tokens, &mut asked);
        let mut own = NONE;
        for token in &asked {
            let set = *of.entry(*token).or_insert_with(|| {
                sets.push(at(&sets));
                at(&sets) - 1
            });
            let set = root(&mut sets, set);
            own = match own {
                NONE => set,
                before => {
                    let (a, b) = (before.min(set), before.max(set));
                    sets[b as usize] = a;
                    a
                }
            };
        }
        first.push(own);
    }
    for own in first.iter_mut().filter(|own| **own != NONE) {
        *own = root(&mut sets, *own);
    }
    let mut sizes: Vec<usize> = vec![0; sets.len()];
    for own in first.iter().filter(|own| **own != NONE) {
        sizes[*own as usize] += 1;
    }
    // The greatest first, each to the part that has least.
    let mut order: Vec<usize> = (0..sets.len()).filter(|set| sizes[*set] > 0).collect();
    order.sort_by_key(|set| std::cmp::Reverse(sizes[*set]));
    let mut loads = [0; PARTS];
    let mut part_of = vec![0; sets.len()];
    for set in order {
        let least = (0..PARTS).min_by_key(|part| loads[*part]).unwrap_or(0);
        loads[least] += sizes[set];
        part_of[set] = least;
    }
    let mut parts: Vec<Vec<(u32, u32)>> = loads.map(Vec::with_capacity).into();
    for ((rank, telling), own) in (0..).zip(sorted).zip(first) {
        let part = part_of.get(own as usize).copied().unwrap_or(0);
        parts[part].push((rank, telling));
    }
    parts
}

/// The first of the set that a number belongs to.
fn root(sets: &mut [u32], mut at: u32) -> u32 {
    while sets[at as usize] != at {
        let above = sets[at as usize];
        sets[at as usize] = sets[above as usize];
        at = above;
    }
    at
}

/// The types of a telling, and the words of those that have none; and what it
/// looks for, which is these and the related types.
pub(super) fn words_of(
    scales: &Scales<'_>,
    telling: &Telling<'_>,
    tokens: &mut Vec<u64>,
    asked: &mut Vec<u64>,
) {
    tokens.clear();
    asked.clear();
    for kind in telling.kinds {
        let marks = scales.terms.marks(*kind);
        let related = scales.terms.related(*kind);
        if marks & OTHER == 0 {
            tokens.push(u64::from(*kind));
        } else {
            // Things of no type are one only where they are told alike,
            // unless a user's type is related to them.
            let lemmas = telling.lemmas.iter();
            tokens.extend(lemmas.map(|l| 1 << 32 | u64::from(*l)));
            if !related.is_empty() {
                tokens.push(u64::from(*kind));
            }
        }
        asked.extend(related.iter().map(|r| u64::from(*r)));
    }
    asked.extend(&*tokens);
    asked.sort_unstable();
    asked.dedup();
}
