//! What the first layer makes of words, kept from one batch of sentences to the
//! next: the same words come again and again, and each is a large product.

use foldhash::fast::FixedState;
use std::collections::HashMap;

/// What a word is to the network: the row of its vector and those of its
/// embeddings.
pub(super) type Key = (Option<u16>, Vec<u32>);

/// So many words are kept, in 10 MB; then it begins anew. It is a few dozen
/// articles until then.
const MOST: usize = 2_048;

/// Words that were seen, with what they add to the gates of the first layer.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// The network that they were seen by.
    network: u64,
    places: HashMap<Key, u32, FixedState>,
    /// By direction, one row after the other.
    gates: [Vec<f32>; 2],
}

impl Kept {
    /// Makes ready for a batch of sentences, of which all words are kept until
    /// the next.
    pub(super) fn begin(&mut self, network: u64) {
        if self.network != network || self.places.len() > MOST {
            *self = Kept {
                network,
                ..Kept::default()
            };
        }
    }

    /// The row of a word, or of a new one, for which `make` is called; rows of
    /// new ones must be added in this order.
    pub(super) fn place(&mut self, key: Key, make: impl FnOnce(&Key)) -> u32 {
        let next = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        if let Some(place) = self.places.get(&key) {
            return *place;
        }
        make(&key);
        self.places.insert(key, next);
        next
    }

    /// Adds the rows of new words.
    pub(super) fn add(&mut self, direction: usize, rows: &[f32]) {
        self.gates[direction].extend_from_slice(rows);
    }

    /// The row of a word, `size` numbers long.
    pub(super) fn row(&self, direction: usize, place: u32, size: usize) -> &[f32] {
        let at = place as usize * size;
        &self.gates[direction][at..at + size]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_until_there_are_too_many_or_the_network_is_another() {
        let mut kept = Kept::default();
        let mut made = 0;
        let mut see = |kept: &mut Kept, word: u32| {
            let place = kept.place((None, vec![word]), |_| made += 1);
            (place, made)
        };
        kept.begin(1);
        assert_eq!(see(&mut kept, 7), (0, 1));
        assert_eq!(see(&mut kept, 8), (1, 2));
        kept.begin(1);
        assert_eq!(see(&mut kept, 7), (0, 2));
        kept.begin(2);
        assert_eq!(see(&mut kept, 7), (0, 3));
        for word in 0..=MOST as u32 {
            see(&mut kept, word);
        }
        kept.begin(2);
        assert_eq!(see(&mut kept, 9).0, 0);
    }
}
