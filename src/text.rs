//! Places in a text, and stable hashes of it. Pure; knows nothing of articles.

use serde::{Deserialize, Serialize};

/// A stretch of an article's text: byte offsets, `end` exclusive, both always
/// at character boundaries.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    pub fn new(start: usize, end: usize) -> Span {
        Span {
            start: start as u32,
            end: end as u32,
        }
    }

    /// The words that the span covers. Empty when the span does not fit `text`.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize)
            .unwrap_or("")
    }

    /// Whether `other` lies inside this span.
    pub fn contains(&self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    pub fn overlaps(&self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(&self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

/// Turns byte offsets of one text into Unicode code point offsets, which is
/// what everything that leaves Tieline counts in.
///
/// Built in one pass; each lookup walks at most 64 bytes.
#[derive(Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// The number of code points before every 64th byte.
    marks: Vec<u32>,
}

impl<'t> CodePoints<'t> {
    const STEP: usize = 64;

    /// Reads the text once.
    pub fn new(text: &'t str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / Self::STEP + 1);
        let mut count = 0;
        for (i, byte) in text.bytes().enumerate() {
            if i % Self::STEP == 0 {
                marks.push(count);
            }
            count += u32::from(byte & 0xC0 != 0x80);
        }
        marks.push(count);
        CodePoints { text, marks }
    }

    /// The number of code points before byte `offset` (clamped to the text).
    pub fn at(&self, offset: u32) -> u32 {
        let offset = (offset as usize).min(self.text.len());
        let block = offset / Self::STEP;
        let from = block * Self::STEP;
        if from >= self.text.len() {
            return self.marks[self.marks.len() - 1];
        }
        let rest = &self.text.as_bytes()[from..offset];
        self.marks[block] + rest.iter().filter(|b| **b & 0xC0 != 0x80).count() as u32
    }
}

/// A 64-bit FNV-1a hash that is the same on every machine and in every version
/// of Tieline, unlike the standard library's. Ids and feature hashes use it.
pub fn stable_hash(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in bytes {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash
}

/// Letters and digits of `text` in lower case without accents, other runs as
/// one hyphen: a readable, file-safe id. `"São Paulo"` gives `sao-paulo`.
pub fn slug(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !('\u{300}'..='\u{36f}').contains(&c)
            && !matches!(c, '.' | '\'' | '’')
            && !out.is_empty()
            && !out.ends_with('-')
        {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn code_points_agree_with_counting(text in ".{0,300}") {
            let index = CodePoints::new(&text);
            for (count, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.at(byte as u32) as usize, count);
            }
            prop_assert_eq!(index.at(text.len() as u32) as usize, text.chars().count());
        }
    }

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("São Paulo"), "sao-paulo");
        assert_eq!(slug("U.S. Department of State"), "us-department-of-state");
        assert_eq!(slug("—"), "");
    }
}
