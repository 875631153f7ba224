//! The network's weights, and what goes into it and comes out while it learns.

use pulp::Arch;

use super::kernels::{Panels, Rows, add_columns, add_gradient, add_product};
use super::lstm::Layer;
use super::params::{Id, Store};
use crate::data::Dice;
use tieline::language::net::Sizes;
use tieline::language::net::inputs::ROWS;

/// A linear map: weights and bias.
#[derive(Clone, Copy)]
pub(crate) struct Linear {
    pub(crate) weights: Id,
    pub(crate) bias: Id,
}

impl Linear {
    fn new(store: &mut Store, from: usize, to: usize, dice: &mut Dice) -> Linear {
        Linear {
            weights: store.random(from, to, dice),
            bias: store.zeros(1, to),
        }
    }

    /// `input` has rows of the map's width.
    pub(crate) fn forward(&self, arch: Arch, values: &[f32], input: &[f32]) -> Vec<f32> {
        let (from, to) = (self.weights.rows, self.weights.columns);
        let count = input.len() / from;
        let mut out = Vec::with_capacity(count * to);
        for _ in 0..count {
            out.extend_from_slice(self.bias.of(values));
        }
        let rows = Rows {
            data: input,
            stride: from,
            count,
        };
        let panels = Panels::new(self.weights.of(values), from, to);
        add_product(arch, rows, &panels, &mut out, to);
        out
    }

    /// Adds to `gradients`, and to `below` the gradient of the input.
    pub(crate) fn backward(
        &self,
        arch: Arch,
        values: &[f32],
        input: &[f32],
        above: &[f32],
        gradients: &mut [f32],
        below: &mut [f32],
    ) {
        let (from, to) = (self.weights.rows, self.weights.columns);
        let weights = self.weights.of_mut(gradients);
        add_gradient(arch, input, from, above, to, weights);
        add_columns(above, to, self.bias.of_mut(gradients));
        let panels = Panels::transposed(self.weights.of(values), to, from);
        let rows = Rows {
            data: above,
            stride: to,
            count: above.len() / to,
        };
        add_product(arch, rows, &panels, below, from);
    }
}

/// All weights.
pub(crate) struct Model {
    pub(crate) sizes: Sizes,
    pub(crate) store: Store,
    /// Rows of embeddings; zero until a word uses them.
    pub(crate) embeddings: Vec<f32>,
    pub(crate) layers: Vec<Layer>,
    pub(crate) tag: Linear,
    /// What a word is as a dependent, and as a head.
    pub(crate) arc: [Linear; 2],
    /// What the root is as a head.
    pub(crate) arc_root: Id,
    /// Between dependents, with a 1 appended, and heads.
    pub(crate) arc_pair: Id,
    pub(crate) relation: [Linear; 2],
    pub(crate) relation_root: Id,
    pub(crate) relation_out: Linear,
    pub(crate) name: Linear,
    pub(crate) name_out: Linear,
}

impl Model {
    pub(crate) fn new(sizes: Sizes, dice: &mut Dice) -> Model {
        let mut store = Store::default();
        let store_ = &mut store;
        let mut width = sizes.vector + sizes.embedding;
        let mut layers = Vec::new();
        for _ in 0..sizes.layers {
            layers.push(Layer::new(store_, width, sizes.hidden, dice));
            width = 2 * sizes.hidden;
        }
        Model {
            layers,
            tag: Linear::new(store_, width, sizes.tags, dice),
            arc: [(); 2].map(|()| Linear::new(store_, width, sizes.arc, dice)),
            arc_root: store_.random(1, sizes.arc, dice),
            arc_pair: store_.random(sizes.arc + 1, sizes.arc, dice),
            relation: [(); 2].map(|()| Linear::new(store_, width, sizes.relation, dice)),
            relation_root: store_.random(1, sizes.relation, dice),
            relation_out: Linear::new(store_, sizes.relation, sizes.relations, dice),
            name: Linear::new(store_, width, sizes.name, dice),
            name_out: Linear::new(store_, sizes.name, sizes.names, dice),
            embeddings: vec![0.0; ROWS * sizes.embedding],
            sizes,
            store,
        }
    }
}

/// A sentence as the network reads it.
pub(crate) struct Example {
    /// Rows of embeddings for each word, those of the word itself first.
    pub(crate) rows: Vec<Vec<u32>>,
    /// Chance in a thousand that a word is read without its own rows.
    pub(crate) rare: Vec<u16>,
    /// Word vectors, one after the other.
    pub(crate) vectors: Vec<f32>,
    /// Joint tags; 255 for one that the tag set lacks.
    pub(crate) tags: Vec<u8>,
    /// Heads, the number of words for the root; empty where unknown.
    pub(crate) heads: Vec<u32>,
    pub(crate) relations: Vec<u8>,
    /// Labels of names; empty where unknown.
    pub(crate) names: Vec<u8>,
    /// Names of other kinds are marked.
    pub(crate) others: bool,
}

/// Part of the units that are dropped while learning.
#[derive(Clone, Copy)]
pub(crate) struct Drop {
    pub(crate) input: f32,
    pub(crate) layer: f32,
    pub(crate) head: f32,
}

/// The sum of losses, for watching.
#[derive(Default, Clone, Copy)]
pub(crate) struct Loss {
    pub(crate) tags: f32,
    pub(crate) arcs: f32,
    pub(crate) relations: f32,
    pub(crate) names: f32,
}

/// Gradients of a part of a batch.
pub(crate) struct Gradients {
    pub(crate) values: Vec<f32>,
    /// Gradients of word inputs and the rows that they belong to.
    pub(crate) rows: Vec<(Vec<u32>, Vec<f32>)>,
    pub(crate) loss: Loss,
}
