//! Strings that come again and again, as numbers. Pure.

use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::hash::BuildHasher;

/// The number that stands for no string.
pub(super) const NONE: u32 = u32::MAX;

/// Numbers of which [`NONE`] is the most frequent take the least room so.
pub(super) mod one_more {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(in crate::resolve) fn serialize<S: Serializer>(
        number: &u32,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.serialize_u32(number.wrapping_add(1))
    }

    pub(in crate::resolve) fn deserialize<'d, D: Deserializer<'d>>(
        from: D,
    ) -> Result<u32, D::Error> {
        Ok(u32::deserialize(from)?.wrapping_sub(1))
    }
}

/// Distinct strings, numbered in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Words {
    text: String,
    ends: Vec<usize>,
    index: Map<u64, u32>,
}

impl Words {
    /// The number of a string; a new one where it is not yet known.
    pub(super) fn add(&mut self, word: &str) -> u32 {
        match self.look(word) {
            Ok(known) => known,
            Err(free) => {
                let new = u32::try_from(self.ends.len()).unwrap_or(NONE - 1);
                self.text.push_str(word);
                self.ends.push(self.text.len());
                self.index.insert(free, new);
                new
            }
        }
    }

    /// The number of a string, or the hash under which it would be new.
    fn look(&self, word: &str) -> Result<u32, u64> {
        let mut hash = FixedState::default().hash_one(word);
        while let Some(known) = self.index.get(&hash) {
            if self.get(*known) == word {
                return Ok(*known);
            }
            hash = hash.wrapping_add(1);
        }
        Err(hash)
    }

    /// The string behind a number; empty for a number that none has.
    pub(super) fn get(&self, word: u32) -> &str {
        let at = word as usize;
        let start = match at.checked_sub(1) {
            Some(before) => self.ends.get(before).copied(),
            None => Some(0),
        };
        start
            .zip(self.ends.get(at))
            .and_then(|(start, end)| self.text.get(start..*end))
            .unwrap_or_default()
    }

    /// Lets go of what is needed to add more.
    pub(super) fn close(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.index = Map::default();
    }

    /// Of each string, its place when all are sorted.
    pub(super) fn ranks(&self) -> Vec<u32> {
        let numbers = 0..u32::try_from(self.len()).unwrap_or(NONE);
        let mut sorted: Vec<u32> = numbers.collect();
        sorted.sort_unstable_by_key(|n| self.get(*n));
        let mut ranks = vec![0; sorted.len()];
        for (rank, number) in (0..).zip(sorted) {
            ranks[number as usize] = rank;
        }
        ranks
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }
}

/// A map that is quicker than one which has to withstand chosen keys. Nothing may
/// depend on the order in which it is gone through.
pub(super) type Map<K, V> = HashMap<K, V, FixedState>;

/// Whether two sorted lists share something.
pub(super) fn meet(a: &[u32], b: &[u32]) -> bool {
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if large.len() > 16 {
        return small.iter().any(|x| large.binary_search(x).is_ok());
    }
    small.iter().any(|x| large.contains(x))
}

/// How much two sorted lists without repetitions share.
pub(super) fn shared(a: &[u32], b: &[u32]) -> usize {
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if large.len() > 16 {
        return small
            .iter()
            .filter(|x| large.binary_search(x).is_ok())
            .count();
    }
    small.iter().filter(|x| large.contains(x)).count()
}

/// Puts a number into a sorted list; gives whether it is new there.
pub(super) fn insert(list: &mut Vec<u32>, number: u32) -> bool {
    match list.binary_search(&number) {
        Ok(_) => false,
        Err(at) => {
            list.insert(at, number);
            true
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_has_one_number() {
        let mut words = Words::default();
        let all = ["Lindqvist", "", "Nordwind", "Lindqvist", ""];
        let numbers: Vec<u32> = all.iter().map(|w| words.add(w)).collect();
        assert_eq!(numbers, [0, 1, 2, 0, 1]);
        assert_eq!(
            numbers.iter().map(|n| words.get(*n)).collect::<Vec<_>>(),
            all
        );
        assert_eq!((words.get(3), words.get(NONE), words.len()), ("", "", 3));
        assert_eq!(words.ranks(), [1, 0, 2]);
    }

    #[test]
    fn sorted_lists_are_compared() {
        let long: Vec<u32> = (0..40).map(|n| n * 2).collect();
        assert!(meet(&long, &[1, 3, 8]) && !meet(&[1, 3], &long) && !meet(&[], &long));
        assert_eq!(
            (shared(&[2, 4, 5], &long), shared(&[1, 2], &[2, 3])),
            (2, 1)
        );
        let mut list = vec![1, 5];
        assert!(insert(&mut list, 3) && !insert(&mut list, 5));
        assert_eq!(list, [1, 3, 5]);
    }
}
