//! The trained weights as they lie in the binary: a few tables that are read in
//! place. Pure; only the network's matrices are unpacked, when they are first
//! needed.
//!
//! A weight of a sparse table is one byte, companded by the cube: `q` stands for
//! `q³`. A linear scale would lose the few very large weights that carry a
//! perceptron, or all of the small ones. Sums are integers, so every machine gets the same bits;
//! they wrap, so that a broken file cannot stop a debug build (sums of a sound
//! file stay below 2³¹: 127³ times a hundred features).
//!
//! A file is the magic word, a count, and that many directory entries (four
//! letters, offset, length; all numbers little-endian). A missing or broken
//! section acts as an empty one: analysis is then poor, but works.

use std::sync::OnceLock;

/// Most labels that a model can have.
pub const LABELS: usize = 128;

/// One score for each label.
pub type Scores = [i32; LABELS];

/// Something that adds the weights of a feature to the scores: an embedded
/// table, or the trainer's table while it learns.
pub trait Scorer {
    /// Adds the weights of the feature with key `feature`.
    fn add(&self, feature: u64, scores: &mut Scores);

    /// The scores of a set of features.
    fn score(&self, features: &[u64]) -> Scores {
        let mut scores = [0; LABELS];
        for feature in features {
            self.add(*feature, &mut scores);
        }
        scores
    }
}

const MAGIC: &[u8; 8] = b"TIEWTS01";

/// A weight from its byte.
#[inline]
pub fn decode(byte: u8) -> i32 {
    let q = i32::from(byte as i8);
    q * q * q
}

/// Reads a little-endian number; zero past the end.
#[inline]
fn u32_at(bytes: &[u8], at: usize) -> u32 {
    match bytes.get(at..at + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}

/// The sections of a weights file.
#[derive(Debug, Clone, Copy)]
pub struct Weights<'a> {
    bytes: &'a [u8],
}

impl<'a> Weights<'a> {
    /// Wraps the bytes of a weights file.
    pub fn new(bytes: &'a [u8]) -> Weights<'a> {
        let good = bytes.get(..8) == Some(MAGIC);
        Weights {
            bytes: if good { bytes } else { &[] },
        }
    }

    /// The bytes of a section; empty when it is not there.
    pub fn section(&self, name: &[u8; 4]) -> &'a [u8] {
        let count = u32_at(self.bytes, 8).min(64) as usize;
        for i in 0..count {
            let at = 12 + 12 * i;
            if self.bytes.get(at..at + 4) == Some(name) {
                let start = u32_at(self.bytes, at + 4) as usize;
                let length = u32_at(self.bytes, at + 8) as usize;
                let end = start.saturating_add(length);
                return self.bytes.get(start..end).unwrap_or(&[]);
            }
        }
        &[]
    }

    /// A weights file of these sections.
    pub fn write(sections: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend((sections.len() as u32).to_le_bytes());
        let mut offset = (12 + 12 * sections.len()) as u32;
        for (name, bytes) in sections {
            out.extend(*name);
            out.extend(offset.to_le_bytes());
            out.extend((bytes.len() as u32).to_le_bytes());
            offset += bytes.len() as u32;
        }
        for (_, bytes) in sections {
            out.extend(*bytes);
        }
        out
    }
}

/// A feature and its weights, on the way into a table: label and byte.
pub type Row = (u64, Vec<(u8, i8)>);

/// Weights of a model with many labels: for each feature only the labels whose
/// weight is not zero. A bucket, found by the key's high bits, holds rows of
/// check (two bytes), count, and count times label and weight.
#[derive(Debug, Clone, Copy)]
pub struct Sparse<'a> {
    bits: u32,
    index: &'a [u8],
    rows: &'a [u8],
}

impl<'a> Sparse<'a> {
    /// Wraps a section.
    pub fn new(bytes: &'a [u8]) -> Sparse<'a> {
        let bits = u32_at(bytes, 0);
        let index_end = 4 + 4 * ((1_usize << bits.min(28)) + 1);
        match (bytes.get(4..index_end), bytes.get(index_end..)) {
            (Some(index), Some(rows)) if (1..=28).contains(&bits) => Sparse { bits, index, rows },
            _ => Sparse {
                bits: 0,
                index: &[],
                rows: &[],
            },
        }
    }

    /// A section with these rows. Rows of equal bucket and check would be mixed
    /// up at most once in 65,536 lookups.
    pub fn write(mut rows: Vec<Row>) -> Vec<u8> {
        let bits = (rows.len().max(2) - 1).ilog2().max(1);
        rows.sort_unstable_by_key(|row| row.0);
        let mut out = bits.to_le_bytes().to_vec();
        let mut body: Vec<u8> = Vec::new();
        let mut next = 0_u64;
        for (key, cells) in &rows {
            let bucket = key >> (64 - bits);
            while next <= bucket {
                out.extend((body.len() as u32).to_le_bytes());
                next += 1;
            }
            body.extend((*key as u16).to_le_bytes());
            body.push(cells.len().min(255) as u8);
            for (label, weight) in cells.iter().take(255) {
                body.push(*label);
                body.push(*weight as u8);
            }
        }
        while next <= 1 << bits {
            out.extend((body.len() as u32).to_le_bytes());
            next += 1;
        }
        out.extend(body);
        out
    }
}

impl Sparse<'_> {
    /// Where the rows of a feature's bucket begin and end.
    #[inline]
    fn bucket(&self, feature: u64) -> (u32, u32) {
        let at = 4 * (feature >> (64 - self.bits)) as usize;
        match self.index.get(at..at + 8) {
            Some(&[a, b, c, d, e, f, g, h]) => (
                u32::from_le_bytes([a, b, c, d]),
                u32::from_le_bytes([e, f, g, h]),
            ),
            _ => (0, 0),
        }
    }

    #[inline]
    fn add_rows(&self, (from, to): (u32, u32), feature: u64, scores: &mut Scores) {
        let check = (feature as u16).to_le_bytes();
        let mut rows = self.rows.get(from as usize..to as usize).unwrap_or(&[]);
        while let [a, b, count, rest @ ..] = rows {
            let Some((cells, next)) = rest.split_at_checked(2 * usize::from(*count)) else {
                return;
            };
            if [*a, *b] == check {
                for cell in cells.chunks_exact(2) {
                    let score = &mut scores[usize::from(cell[0]) % LABELS];
                    *score = score.wrapping_add(decode(cell[1]));
                }
                return;
            }
            rows = next;
        }
    }
}

impl Scorer for Sparse<'_> {
    fn add(&self, feature: u64, scores: &mut Scores) {
        if self.bits > 0 {
            self.add_rows(self.bucket(feature), feature, scores);
        }
    }

    // The time goes into waiting for memory. All buckets are looked up, then the
    // first byte of each is touched, before any row is read: the processor then
    // waits for many of them at once, which is more than twice as fast.
    fn score(&self, features: &[u64]) -> Scores {
        let mut scores = [0; LABELS];
        if self.bits == 0 {
            return scores;
        }
        for batch in features.chunks(BATCH) {
            let mut buckets = [(0, 0); BATCH];
            for (bucket, feature) in buckets.iter_mut().zip(batch) {
                *bucket = self.bucket(*feature);
            }
            let mut first = 0_u32;
            for (from, _) in &buckets[..batch.len()] {
                first ^= u32::from(self.rows.get(*from as usize).copied().unwrap_or(0));
            }
            std::hint::black_box(first);
            for (bucket, feature) in buckets.iter().zip(batch) {
                self.add_rows(*bucket, *feature, &mut scores);
            }
        }
        scores
    }
}

/// How many features are looked up together.
const BATCH: usize = 96;

/// A map from word hashes to numbers of 1 to 2047: 21 bits of check. A word that
/// is not in it is taken for one that is about once in a million lookups.
pub type WordMap<'a> = HashTable<'a, 11, 0x57_4d>;

/// A map from word hashes to rows of a table of up to 32,766, whose number plus
/// one is kept: 17 bits of check. A word that is not in it is taken for one that
/// is about once in fifty thousand lookups.
pub type RowMap<'a> = HashTable<'a, 15, 0x52_4d>;

/// A map from word hashes to numbers from 1 on, four bytes a word: `BITS` for the
/// number, the others to check the word. `SALT` keeps the hashes of different
/// tables apart.
#[derive(Debug, Clone, Copy)]
pub struct HashTable<'a, const BITS: u32, const SALT: u32> {
    bits: u32,
    slots: &'a [u8],
}

impl<'a, const BITS: u32, const SALT: u32> HashTable<'a, BITS, SALT> {
    /// The largest number.
    const MOST: u32 = (1 << BITS) - 1;

    /// Wraps a section.
    pub fn new(bytes: &'a [u8]) -> Self {
        let bits = u32_at(bytes, 0);
        match bytes.get(4..4 + (4 << bits.min(28))) {
            Some(slots) if (1..=28).contains(&bits) => HashTable { bits, slots },
            _ => HashTable {
                bits: 0,
                slots: &[],
            },
        }
    }

    fn place(word: u32, bits: u32) -> (usize, u32) {
        let h = super::hash::feature(SALT, word, 0);
        ((h >> (64 - bits)) as usize, (h as u32) & (u32::MAX >> BITS))
    }

    /// The number of a word; zero when it is not in the map.
    #[inline]
    pub fn get(&self, word: u32) -> u16 {
        if self.bits == 0 {
            return 0;
        }
        let (mut slot, check) = Self::place(word, self.bits);
        let mask = (1 << self.bits) - 1;
        // A full map would make an endless loop; the writer leaves a third free.
        for _ in 0..=mask {
            let cell = u32_at(self.slots, 4 * slot);
            if cell == 0 {
                return 0;
            }
            if cell >> BITS == check {
                return (cell & Self::MOST) as u16;
            }
            slot = (slot + 1) & mask;
        }
        0
    }

    /// A section with these words; of two entries with one check the first wins.
    pub fn write(entries: &[(u32, u16)]) -> Vec<u8> {
        let bits = ((entries.len().max(2) * 3 / 2) - 1).ilog2() + 1;
        let mask = (1_usize << bits) - 1;
        let mut cells = vec![0_u32; mask + 1];
        for (word, value) in entries {
            let (mut slot, check) = Self::place(*word, bits);
            while cells[slot] != 0 && cells[slot] >> BITS != check {
                slot = (slot + 1) & mask;
            }
            if cells[slot] == 0 {
                cells[slot] = check << BITS | (u32::from(*value) & Self::MOST);
            }
        }
        let mut out = bits.to_le_bytes().to_vec();
        out.extend(cells.iter().flat_map(|c| c.to_le_bytes()));
        out
    }
}

/// The weights that are part of the program.
pub fn embedded() -> &'static super::Models<'static> {
    static MODELS: OnceLock<super::Models<'static>> = OnceLock::new();
    MODELS.get_or_init(|| {
        super::Models::new(include_bytes!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/models/english.weights"
        )))
    })
}
