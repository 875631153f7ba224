//! Which tellings can meet at all, so that those which cannot are joined side by
//! side. Pure.

use super::compare::Scales;
use super::kinds::OTHER;
use super::sets::{PARTS, Sets};
use super::telling::{Telling, Tellings};
use super::words::Map;

/// Tellings that have no type and no word in common, not even over others, never
/// meet: they fall into parts that are joined side by side. Each has the place of
/// a telling in `sorted`, and the telling.
pub(super) fn parts(
    scales: &Scales<'_>,
    tellings: &Tellings,
    sorted: Vec<u32>,
) -> Vec<Vec<(u32, u32)>> {
    let mut sets = Sets::default();
    let mut of: Map<u64, u32> = Map::default();
    let (mut tokens, mut asked) = (Vec::new(), Vec::new());
    // One token of each telling; none where it has none.
    let mut one: Vec<Option<u32>> = Vec::with_capacity(sorted.len());
    for telling in &sorted {
        words_of(scales, &tellings.get(*telling), &mut tokens, &mut asked);
        let mut first = None;
        for token in &asked {
            let set = *of.entry(*token).or_insert_with(|| sets.add());
            sets.join(*first.get_or_insert(set), set);
        }
        one.push(first);
    }
    let part_of = sets.parts(one.iter().flatten().copied());
    let mut parts: Vec<Vec<(u32, u32)>> = vec![Vec::new(); PARTS];
    for ((rank, telling), one) in (0..).zip(sorted).zip(one) {
        let part = one.map_or(0, |token| part_of[token as usize]);
        parts[part].push((rank, telling));
    }
    parts
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
