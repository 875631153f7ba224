//! A few numbers that tell whether two texts are much alike: the least hash of
//! the runs of five words in each of 64 buckets (A. Broder, On the resemblance
//! and containment of documents, 1997; P. Li, A. Owen and C.-H. Zhang, One
//! permutation hashing, 2012). The share of buckets in which two sketches agree
//! estimates the share of runs that the texts have in common. Pure.

use crate::ingest::{Article, BlockKind};
use crate::text::stable_hash;
use serde::{Deserialize, Serialize};

/// How many numbers a sketch has.
pub const BUCKETS: usize = 64;
/// Words of a run.
const RUN: usize = 5;
/// A text with fewer runs is too short to be told from others.
const FEWEST: u32 = 30;

/// What tells a text from others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch {
    /// The least hash in each bucket; empty for a short text.
    pub least: Vec<u32>,
    /// Number of runs in the text.
    pub runs: u32,
}

/// The sketch of an article's running text. Linear.
pub(super) fn sketch(article: &Article) -> Sketch {
    let mut least = vec![u32::MAX; BUCKETS];
    let (mut runs, mut before) = (0_u32, [0_u64; RUN]);
    let mut seen = 0_usize;
    let body = article.blocks.iter().filter(|b| b.kind == BlockKind::Body);
    for block in body {
        let words = block
            .span
            .of(&article.text)
            .split(|c: char| !c.is_alphanumeric());
        for word in words.filter(|w| !w.is_empty()) {
            before.rotate_left(1);
            before[RUN - 1] = stable_hash(word.to_lowercase().as_bytes());
            seen += 1;
            if seen < RUN {
                continue;
            }
            runs += 1;
            let bytes: Vec<u8> = before.iter().flat_map(|w| w.to_le_bytes()).collect();
            let hash = stable_hash(&bytes);
            let bucket = (hash % BUCKETS as u64) as usize;
            least[bucket] = least[bucket].min((hash >> 32) as u32);
        }
    }
    if runs < FEWEST {
        least.clear();
    }
    Sketch { least, runs }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_give_the_same_sketch() {
        let of = |text: &str| sketch(&Article::of_block(text, BlockKind::Body));
        let words: Vec<String> = (0..60).map(|i| format!("word{i}")).collect();
        let text = words.join(" ");
        assert_eq!(of(&text), of(&text.to_uppercase().replace(' ', ", ")));
        assert_eq!(of(&text).runs, 56);
        assert_eq!(of(&text).least.len(), BUCKETS);
        assert_ne!(of(&text), of(&text.replace("word30", "another")));
        assert!(of("too short to say").least.is_empty());
    }
}
