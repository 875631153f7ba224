//! Linear maps in whole numbers.

use super::kernel::{Packed, Rows, Take, WIDE, product};
use super::network::UNIT;
use super::room::Room;
use pulp::Arch;

/// A linear map with weights of eight bits.
#[derive(Debug, Clone, Default)]
pub(super) struct Map {
    packed: Packed,
    /// What a weight of 1 stands for, for each column.
    factors: Vec<f32>,
    bias: Vec<f32>,
}

impl Map {
    /// Joins matrices of the same height side by side.
    pub(super) fn new(matrices: &[(Matrix<'_>, Vec<f32>)]) -> Map {
        let depth = matrices.first().map_or(0, |m| m.0.rows);
        let columns: Vec<(usize, usize)> = matrices
            .iter()
            .enumerate()
            .flat_map(|(m, (matrix, _))| (0..matrix.columns).map(move |c| (m, c)))
            .collect();
        Map {
            packed: Packed::new(depth, columns.len(), |row, column| {
                let (m, c) = columns[column];
                i16::from(matrices[m].0.weight(row, c))
            }),
            factors: columns
                .iter()
                .map(|(m, c)| matrices[*m].0.scales[*c])
                .collect(),
            bias: matrices.iter().flat_map(|m| m.1.iter().copied()).collect(),
        }
    }

    /// How many numbers a row of activations has.
    pub(super) fn depth(&self) -> usize {
        self.packed.depth()
    }

    /// How many numbers come out.
    pub(super) fn columns(&self) -> usize {
        self.packed.columns()
    }

    /// The outputs for all rows of `data`, whose numbers count in `unit`s.
    pub(super) fn all(&self, arch: Arch, data: &[i16], unit: f32) -> Vec<f32> {
        self.all_in(&mut Room::default(), arch, data, unit)
    }

    /// As [`Map::all`], in a list of the room.
    pub(super) fn all_in(&self, room: &mut Room, arch: Arch, data: &[i16], unit: f32) -> Vec<f32> {
        let columns = self.columns();
        let rows = Rows {
            data,
            stride: self.depth(),
            count: data.len() / self.depth().max(1),
        };
        let mut out = room.floats.take(rows.count * columns);
        let scaled = Scaled {
            map: self,
            unit,
            from_bias: true,
            out: &mut out,
        };
        product(arch, rows, &self.packed, scaled);
        out
    }

    /// Adds the outputs for `rows`, without bias, to `out`.
    pub(super) fn add(&self, arch: Arch, rows: Rows<'_>, out: &mut [f32]) {
        let scaled = Scaled {
            map: self,
            unit: UNIT,
            from_bias: false,
            out,
        };
        product(arch, rows, &self.packed, scaled);
    }
}

/// Adds sums to the numbers of `out`, each by its factor and `unit`.
struct Scaled<'m> {
    map: &'m Map,
    unit: f32,
    /// Whatever there is in `out`, it begins with the bias.
    from_bias: bool,
    out: &'m mut [f32],
}

impl Take for Scaled<'_> {
    #[inline(always)]
    fn take(&mut self, row: usize, column: usize, sums: &[i32]) {
        let to = column + sums.len();
        let first = row * self.map.columns();
        let out = &mut self.out[first + column..first + to];
        if self.from_bias {
            out.copy_from_slice(&self.map.bias[column..to]);
        }
        add_scaled(out, sums, &self.map.factors[column..to], self.unit);
    }
}

/// Adds sums to `out`, each by its factor and `unit`.
#[inline(always)]
fn add_scaled(out: &mut [f32], sums: &[i32], factors: &[f32], unit: f32) {
    // Most are of this length, and a loop of known length goes by whole vectors.
    if let (Ok(out), Ok(sums), Ok(factors)) = (
        <&mut [f32; WIDE]>::try_from(&mut *out),
        <&[i32; WIDE]>::try_from(sums),
        <&[f32; WIDE]>::try_from(factors),
    ) {
        for i in 0..WIDE {
            out[i] += sums[i] as f32 * (factors[i] * unit);
        }
        return;
    }
    for ((out, sum), factor) in out.iter_mut().zip(sums).zip(factors) {
        *out += *sum as f32 * (factor * unit);
    }
}

/// A matrix of the weights file.
pub(super) struct Matrix<'a> {
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) scales: Vec<f32>,
    pub(super) weights: &'a [u8],
}

impl Matrix<'_> {
    pub(super) fn weight(&self, row: usize, column: usize) -> i8 {
        self.weights[row * self.columns + column] as i8
    }
}
