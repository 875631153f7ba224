//! Word vectors, in bytes.

use std::collections::HashMap;
use std::path::Path;

use tieline::language::words::Lexicon;

use super::write;

/// Word vectors by form, in bytes.
pub(crate) struct Vectors {
    rows: HashMap<u32, u16>,
    /// What a byte of 1 stands for, for each dimension.
    scales: Vec<f32>,
    table: Vec<i8>,
}

pub(crate) const VECTOR: usize = 128;

impl Vectors {
    pub(crate) fn read(lists: &Path) -> anyhow::Result<Vectors> {
        let bytes = std::fs::read(lists.join("vectors-20000x128.f16"))?;
        let numbers: Vec<f32> = bytes
            .chunks_exact(2)
            .map(|b| half(u16::from_le_bytes([b[0], b[1]])))
            .collect();
        let mut scales = vec![0.0_f32; VECTOR];
        for row in numbers.chunks_exact(VECTOR) {
            for (scale, x) in scales.iter_mut().zip(row) {
                *scale = scale.max(x.abs() / 127.0);
            }
        }
        let table = numbers.iter().enumerate();
        let table = table.map(|(i, x)| write::byte(*x, scales[i % VECTOR]));
        let text = std::fs::read_to_string(lists.join("vector-rows.tsv"))?;
        let weights = tieline::language::weights::Weights::new(&[]);
        let lexicon = Lexicon::new(&weights);
        let mut rows = HashMap::new();
        for line in text.lines() {
            if let Some((form, row)) = line.rsplit_once('\t') {
                let form = lexicon.word(form).form;
                rows.entry(form).or_insert(row.parse()?);
            }
        }
        Ok(Vectors {
            rows,
            table: table.collect(),
            scales,
        })
    }

    pub(crate) fn get(&self, form: u32, low: u32) -> Option<impl Iterator<Item = f32> + '_> {
        let row = self.rows.get(&form).or_else(|| self.rows.get(&low))?;
        let at = usize::from(*row) * VECTOR;
        let bytes = self.table[at..at + VECTOR].iter().zip(&self.scales);
        Some(bytes.map(|(q, scale)| f32::from(*q) * scale))
    }

    /// Words and the numbers of their rows plus one, in a fixed order.
    pub(crate) fn entries(&self) -> Vec<(u32, u16)> {
        let mut entries: Vec<_> = self.rows.iter().map(|(w, r)| (*w, r + 1)).collect();
        entries.sort_unstable();
        entries
    }

    /// Scales, then the rows.
    pub(crate) fn section(&self) -> Vec<u8> {
        let scales = self.scales.iter().flat_map(|s| s.to_le_bytes());
        scales.chain(self.table.iter().map(|q| *q as u8)).collect()
    }
}

/// A number from its sixteen bits (IEEE 754 binary16).
fn half(bits: u16) -> f32 {
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let exponent = i32::from(bits >> 10 & 31);
    let fraction = f32::from(bits & 1023);
    match exponent {
        0 => sign * fraction * 2.0_f32.powi(-24),
        e => sign * (1.0 + fraction / 1024.0) * 2.0_f32.powi(e - 15),
    }
}
