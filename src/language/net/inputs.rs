//! What the network sees of a word: rows of one table of embeddings, which are
//! added up, and a fixed word vector.

use crate::language::hash::feature;
use crate::language::words::{Lexicon, Words};

/// Rows of the table of embeddings.
pub const ROWS: usize = 1 << 15;

/// Of a word's rows the first this many stand for the word itself; the others
/// for its shape, ends and lists, which words never seen have too.
pub const OWN: usize = 2;

/// The rows of every word of a sentence, in order.
pub fn rows(lexicon: &Lexicon<'_>, words: &Words) -> Vec<Vec<u32>> {
    let n = words.words.len();
    let mut out = Vec::with_capacity(n);
    let case = u32::from(words.title_case) | u32::from(words.upper_case) << 1;
    for (i, w) in words.words.iter().enumerate() {
        let mut rows = Vec::with_capacity(32);
        let mut template = 7000;
        let mut push = |a: u32, b: u32| {
            template += 1;
            rows.push(row(template, a, b));
        };
        push(w.low, 0);
        push(w.form, 0);
        for prefix in &w.prefix[..3] {
            push(*prefix, 0);
        }
        for suffix in &w.suffix[..4] {
            push(*suffix, 0);
        }
        push(w.shape, 0);
        push(w.shape, 1 + u32::from(i == 0));
        push(u32::from(w.cluster), 0);
        push(u32::from(w.cluster.div_ceil(16)), u32::from(w.capital));
        push(case, u32::from(w.capital));
        push(u32::from(i == 0), u32::from(i + 1 == n));
        for bit in (0..12).filter(|bit| w.lists >> bit & 1 == 1) {
            rows.push(row(7100, bit, u32::from(w.capital)));
        }
        out.push(rows);
    }
    for (first, last, lists) in words.phrases(lexicon) {
        for bit in (0..12).filter(|bit| lists >> bit & 1 == 1) {
            for (i, rows) in out.iter_mut().enumerate().take(last + 1).skip(first) {
                let place = u32::from(i > first) + u32::from(i == last);
                rows.push(row(7101, bit, place));
            }
        }
    }
    out
}

/// The row of a property.
fn row(template: u32, a: u32, b: u32) -> u32 {
    (feature(template, a, b) >> (64 - ROWS.ilog2())) as u32
}
