//! The weights while they are learned, and Adam (Kingma and Ba 2015).

use crate::data::Dice;

/// A matrix in the store.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Id {
    pub(crate) at: usize,
    pub(crate) rows: usize,
    pub(crate) columns: usize,
}

impl Id {
    pub(crate) fn of<'p>(&self, all: &'p [f32]) -> &'p [f32] {
        &all[self.at..self.at + self.rows * self.columns]
    }

    pub(crate) fn of_mut<'p>(&self, all: &'p mut [f32]) -> &'p mut [f32] {
        &mut all[self.at..self.at + self.rows * self.columns]
    }
}

/// All weights but the embeddings, one after the other.
#[derive(Default)]
pub(crate) struct Store {
    pub(crate) values: Vec<f32>,
}

impl Store {
    /// A matrix of zeros.
    pub(crate) fn zeros(&mut self, rows: usize, columns: usize) -> Id {
        let at = self.values.len();
        self.values.resize(at + rows * columns, 0.0);
        Id { at, rows, columns }
    }

    /// A matrix of small random numbers (Glorot and Bengio 2010).
    pub(crate) fn random(&mut self, rows: usize, columns: usize, dice: &mut Dice) -> Id {
        let id = self.zeros(rows, columns);
        let range = (6.0 / (rows + columns) as f32).sqrt();
        for x in id.of_mut(&mut self.values) {
            *x = range * (2.0 * dice.unit() - 1.0);
        }
        id
    }
}

const BETA1: f32 = 0.9;
const BETA2: f32 = 0.98;

/// First and second moments of the gradients.
pub(crate) struct Adam {
    first: Vec<f32>,
    second: Vec<f32>,
}

impl Adam {
    pub(crate) fn new(size: usize) -> Adam {
        Adam {
            first: vec![0.0; size],
            second: vec![0.0; size],
        }
    }

    /// Moves `values`, which begin at weight `at`, against `gradient`.
    pub(crate) fn step(&mut self, at: usize, values: &mut [f32], gradient: &[f32], rate: f32) {
        let first = &mut self.first[at..at + values.len()];
        let second = &mut self.second[at..at + values.len()];
        for (((value, g), m), v) in values.iter_mut().zip(gradient).zip(first).zip(second) {
            *m = BETA1 * *m + (1.0 - BETA1) * g;
            *v = BETA2 * *v + (1.0 - BETA2) * g * g;
            *value -= rate * *m / (v.sqrt() + 1e-8);
        }
    }
}

/// The rate with Adam's correction for moments that began at zero.
pub(crate) fn corrected(rate: f32, step: usize) -> f32 {
    let step = step as i32;
    rate * (1.0 - BETA2.powi(step)).sqrt() / (1.0 - BETA1.powi(step))
}
