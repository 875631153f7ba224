//! The table that learns: an averaged perceptron whose rows come into being
//! when an error first touches them, so that it stays sparse.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use tieline::language::weights::{LABELS, Row, Scorer, Scores, Sparse};

/// Keys are hashes already.
#[derive(Default)]
pub(crate) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

#[derive(Clone, Copy)]
struct Cell {
    label: u8,
    weight: i32,
    /// When the weight last changed, and the sum of it over time until then.
    since: i64,
    sum: i64,
}

/// Weights while they are learned.
#[derive(Default)]
pub(crate) struct Table {
    rows: HashMap<u64, Vec<Cell>, BuildHasherDefault<AsIs>>,
    now: i64,
}

impl Scorer for Table {
    fn add(&self, feature: u64, scores: &mut Scores) {
        if let Some(row) = self.rows.get(&feature) {
            for cell in row {
                scores[usize::from(cell.label) % LABELS] += cell.weight;
            }
        }
    }
}

impl Table {
    /// One more decision was seen.
    pub(crate) fn tick(&mut self) {
        self.now += 1;
    }

    /// Moves the weights of `features` towards `good` and away from `bad`.
    pub(crate) fn update(&mut self, features: &[u64], good: u8, bad: u8) {
        for feature in features {
            let row = self.rows.entry(*feature).or_default();
            for (label, delta) in [(good, 1), (bad, -1)] {
                let now = self.now;
                let cell = match row.iter_mut().position(|c| c.label == label) {
                    Some(at) => &mut row[at],
                    None => {
                        row.push(Cell {
                            label,
                            weight: 0,
                            since: now,
                            sum: 0,
                        });
                        let last = row.len() - 1;
                        &mut row[last]
                    }
                };
                cell.sum += i64::from(cell.weight) * (now - cell.since);
                cell.since = now;
                cell.weight += delta;
            }
        }
    }

    /// Averaged weights, companded to a byte; those below `least` are dropped.
    fn companded(&self, least: i8) -> Vec<Row> {
        let average =
            |c: &Cell| i128::from(c.sum) + i128::from(c.weight) * i128::from(self.now - c.since);
        let largest = self
            .rows
            .values()
            .flatten()
            .map(|c| average(c).abs())
            .max()
            .unwrap_or(1)
            .max(1);
        // The byte q stands for q³; its range begins at (q - ½)³.
        let bounds: Vec<i128> = (1..=127_i128)
            .map(|q| {
                let edge = 2 * q - 1;
                edge * edge * edge * largest
            })
            .collect();
        let mut rows: Vec<Row> = Vec::with_capacity(self.rows.len());
        for (key, cells) in &self.rows {
            let mut kept: Vec<(u8, i8)> = Vec::new();
            for cell in cells {
                let weight = average(cell);
                let scaled = weight.abs() * 8 * 127 * 127 * 127;
                let q = bounds.partition_point(|b| *b <= scaled) as i8;
                if q >= least {
                    kept.push((cell.label, if weight < 0 { -q } else { q }));
                }
            }
            if !kept.is_empty() {
                kept.sort_unstable();
                rows.push((*key, kept));
            }
        }
        rows.sort_unstable_by_key(|row| row.0);
        rows
    }

    /// Companded weights of which the weakest are dropped until `fits`.
    fn pruned(&self, fits: impl Fn(&[Row]) -> bool) -> Vec<Row> {
        let mut rows = self.companded(8);
        let mut least = 8;
        while !fits(&rows) && least < 127 {
            least += 1;
            for (_, cells) in &mut rows {
                cells.retain(|(_, q)| q.abs() >= least);
            }
            rows.retain(|(_, cells)| !cells.is_empty());
        }
        rows
    }

    /// The section of a model with many labels, in at most `budget` bytes.
    pub(crate) fn sparse(&self, budget: usize) -> Vec<u8> {
        Sparse::write(self.pruned(|rows| {
            let cells: usize = rows.iter().map(|r| r.1.len()).sum();
            let buckets = 1_usize << (rows.len().max(2) - 1).ilog2();
            2 * cells + 3 * rows.len() + 4 * buckets + 16 <= budget
        }))
    }
}
