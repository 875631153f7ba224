//! The way of a batch through the network and back: losses and gradients.

use pulp::Arch;

use super::kernels::{Panels, Rows, add_columns, add_gradient, add_product};
use super::lstm;
use super::model::{Drop, Example, Gradients, Linear, Loss, Model};
use crate::data::Dice;
use tieline::language::net::steps::Steps;

/// A mask that drops units and makes up for them, one row a sentence.
fn mask(count: usize, width: usize, drop: f32, dice: &mut Dice) -> Vec<f32> {
    let keep = 1.0 / (1.0 - drop);
    (0..count * width)
        .map(|_| if dice.unit() < drop { 0.0 } else { keep })
        .collect()
}

/// Multiplies each row with the mask of its sentence.
fn apply(data: &mut [f32], width: usize, steps: &Steps, mask: &[f32]) {
    for (start, count) in steps.starts.iter().zip(&steps.counts) {
        let rows = &mut data[start * width..(start + count) * width];
        for (x, m) in rows.iter_mut().zip(mask) {
            *x *= m;
        }
    }
}

fn leaky(data: &mut [f32]) {
    for x in data {
        if *x < 0.0 {
            *x *= 0.1;
        }
    }
}

fn leaky_back(gradient: &mut [f32], output: &[f32]) {
    for (g, y) in gradient.iter_mut().zip(output) {
        if *y < 0.0 {
            *g *= 0.1;
        }
    }
}

/// The exponential of a number that is not above 0: by halves of powers of two
/// and a series of seven terms, so that no system's own function has a say.
fn exp(x: f32) -> f32 {
    let x = x.max(-80.0);
    let whole = (x * std::f32::consts::LOG2_E).floor();
    let r = x - whole * std::f32::consts::LN_2;
    let series = (1..=7).rev().fold(1.0, |sum, k| 1.0 + sum * r / k as f32);
    series * f32::from_bits(((whole as i32 + 127) as u32) << 23)
}

/// Softmax of `scores` in place, less 1 at `gold`; returns the loss. Scores of
/// `f32::MIN` have no part in it.
fn cross_entropy(scores: &mut [f32], gold: usize) -> f32 {
    let highest = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for x in scores.iter_mut() {
        *x = if *x == f32::MIN {
            0.0
        } else {
            exp(*x - highest)
        };
        sum += *x;
    }
    for x in scores.iter_mut() {
        *x /= sum;
    }
    let loss = -(scores[gold].max(1e-9)).ln();
    scores[gold] -= 1.0;
    loss
}

/// The inputs of a batch in the order of `steps`, and the rows that each uses.
fn inputs(
    model: &Model,
    batch: &[&Example],
    steps: &Steps,
    dice: &mut Dice,
) -> (Vec<f32>, Vec<Vec<u32>>) {
    let sizes = &model.sizes;
    let width = sizes.vector + sizes.embedding;
    let mut input = vec![0.0; steps.rows * width];
    let mut used = vec![Vec::new(); steps.rows];
    for (s, example) in batch.iter().enumerate() {
        for (t, rows) in example.rows.iter().enumerate() {
            let at = steps.row(s, t);
            let out = &mut input[at * width..(at + 1) * width];
            let own = dice.below(1000) >= usize::from(example.rare[t]);
            let vector = &example.vectors[t * sizes.vector..(t + 1) * sizes.vector];
            out[..sizes.vector].copy_from_slice(vector);
            let from = if own {
                0
            } else {
                tieline::language::net::inputs::OWN
            };
            let rows = &rows[from..];
            for row in rows {
                let at = *row as usize * sizes.embedding;
                let row = &model.embeddings[at..at + sizes.embedding];
                for (x, e) in out[sizes.vector..].iter_mut().zip(row) {
                    *x += e;
                }
            }
            used[at] = rows.to_vec();
        }
    }
    (input, used)
}

/// Rows in the order of `steps` as one block for each sentence, and back.
fn gather(data: &[f32], width: usize, steps: &Steps, s: usize, n: usize) -> Vec<f32> {
    let mut out = Vec::with_capacity(n * width);
    for t in 0..n {
        let at = steps.row(s, t) * width;
        out.extend_from_slice(&data[at..at + width]);
    }
    out
}

fn scatter(data: &mut [f32], width: usize, steps: &Steps, s: usize, block: &[f32]) {
    for (t, row) in block.chunks_exact(width).enumerate() {
        let at = steps.row(s, t) * width;
        for (x, y) in data[at..at + width].iter_mut().zip(row) {
            *x += y;
        }
    }
}

/// Scores of the heads of `n` words, the appended dependents, and the dependents
/// times the matrix between them and the heads, and the heads with the root.
fn arc_scores(
    arch: Arch,
    model: &Model,
    d: &[f32],
    h: &[f32],
    n: usize,
) -> (Vec<f32>, Vec<f32>, Vec<f32>, Vec<f32>) {
    let a = model.sizes.arc;
    let values = &model.store.values;
    let mut longer = Vec::with_capacity(n * (a + 1));
    for row in d.chunks_exact(a) {
        longer.extend_from_slice(row);
        longer.push(1.0);
    }
    let mut mixed = vec![0.0; n * a];
    let rows = |data, stride| Rows {
        data,
        stride,
        count: n,
    };
    let panels = Panels::new(model.arc_pair.of(values), a + 1, a);
    add_product(arch, rows(&longer, a + 1), &panels, &mut mixed, a);
    let mut all = h.to_vec();
    all.extend_from_slice(model.arc_root.of(values));
    let mut scores = vec![0.0; n * (n + 1)];
    let panels = Panels::transposed(&all, a, n + 1);
    add_product(arch, rows(&mixed, a), &panels, &mut scores, n + 1);
    (scores, longer, mixed, all)
}

/// A batch on its way through the network.
struct Pass<'a> {
    arch: Arch,
    model: &'a Model,
    batch: &'a [&'a Example],
    steps: Steps,
    /// What the last layer gives.
    top: Vec<f32>,
    /// Gradients of that, of the weights, and the losses: what is added up.
    above: Vec<f32>,
    gradients: Vec<f32>,
    loss: Loss,
}

/// Learns from sentences of falling length: the gradients of the sum of losses.
pub(crate) fn learn(
    arch: Arch,
    model: &Model,
    batch: &[&Example],
    drop: Drop,
    dice: &mut Dice,
) -> Gradients {
    let sizes = &model.sizes;
    let values = &model.store.values;
    let lengths: Vec<usize> = batch.iter().map(|e| e.rows.len()).collect();
    let steps = Steps::new(&lengths);
    let count = batch.len();
    let width = sizes.vector + sizes.embedding;
    let (mut input, used) = inputs(model, batch, &steps, dice);
    let input_mask = mask(count, width, drop.input, dice);
    apply(&mut input, width, &steps, &input_mask);
    // What each layer reads, last what the top reads.
    let mut between = vec![input];
    let mut traces = Vec::new();
    let mut masks = Vec::new();
    for layer in &model.layers {
        let trace = lstm::forward(arch, layer, values, &steps, &between[between.len() - 1]);
        let mask = mask(count, 2 * layer.hidden, drop.layer, dice);
        let mut out = trace.out.clone();
        apply(&mut out, 2 * layer.hidden, &steps, &mask);
        between.push(out);
        traces.push(trace);
        masks.push(mask);
    }
    let top = between.pop().unwrap_or_default();
    let mut pass = Pass {
        arch,
        model,
        batch,
        above: vec![0.0; top.len()],
        top,
        steps,
        gradients: vec![0.0; values.len()],
        loss: Loss::default(),
    };
    pass.tags();
    pass.names(drop.head, dice);
    pass.arcs(drop.head, dice);
    pass.relations(drop.head, dice);

    let Pass {
        mut above,
        mut gradients,
        steps,
        loss,
        ..
    } = pass;
    for (i, layer) in model.layers.iter().enumerate().rev() {
        apply(&mut above, 2 * layer.hidden, &steps, &masks[i]);
        let (input, trace) = (&between[i], &traces[i]);
        above = lstm::backward(
            arch,
            layer,
            values,
            &steps,
            input,
            trace,
            &above,
            &mut gradients,
        );
    }
    apply(&mut above, width, &steps, &input_mask);
    let rows = used.into_iter().enumerate().map(|(i, rows)| {
        let at = i * width;
        (rows, above[at + sizes.vector..at + width].to_vec())
    });
    Gradients {
        values: gradients,
        rows: rows.collect(),
        loss,
    }
}

impl Pass<'_> {
    fn forward(&self, linear: &Linear, input: &[f32]) -> Vec<f32> {
        linear.forward(self.arch, &self.model.store.values, input)
    }

    /// The way back through a map from the top.
    fn back_to_top(&mut self, linear: &Linear, delta: &[f32]) {
        let values = &self.model.store.values;
        let (gradients, above) = (&mut self.gradients, &mut self.above);
        linear.backward(self.arch, values, &self.top, delta, gradients, above);
    }

    /// The way back through the last map of a head; returns the gradient of what
    /// it reads.
    fn back(&mut self, linear: &Linear, input: &[f32], delta: &[f32]) -> Vec<f32> {
        let mut below = vec![0.0; input.len()];
        let values = &self.model.store.values;
        let gradients = &mut self.gradients;
        linear.backward(self.arch, values, input, delta, gradients, &mut below);
        below
    }

    /// Calls `each` with the row of every word, its sentence and its place.
    fn words(&self, mut each: impl FnMut(usize, &Example, usize)) {
        for (s, example) in self.batch.iter().enumerate() {
            for t in 0..example.rows.len() {
                each(self.steps.row(s, t), example, t);
            }
        }
    }

    fn tags(&mut self) {
        let size = self.model.sizes.tags;
        let mut scores = self.forward(&self.model.tag, &self.top);
        let mut loss = 0.0;
        self.words(|at, example, t| {
            let row = &mut scores[at * size..(at + 1) * size];
            match example.tags.get(t) {
                Some(tag) if usize::from(*tag) < size => {
                    loss += cross_entropy(row, usize::from(*tag));
                }
                _ => row.fill(0.0),
            }
        });
        self.loss.tags += loss;
        self.back_to_top(&self.model.tag, &scores);
    }

    fn names(&mut self, drop: f32, dice: &mut Dice) {
        let (size, labels) = (self.model.sizes.name, self.model.sizes.names);
        let mut hidden = self.forward(&self.model.name, &self.top);
        leaky(&mut hidden);
        let mask = mask(self.batch.len(), size, drop, dice);
        apply(&mut hidden, size, &self.steps, &mask);
        let mut scores = self.forward(&self.model.name_out, &hidden);
        let mut loss = 0.0;
        self.words(|at, example, t| {
            let row = &mut scores[at * labels..(at + 1) * labels];
            match example.names.get(t).map(|n| usize::from(*n)) {
                Some(name) if example.others || name < FIRST_OTHER => {
                    if !example.others {
                        row[FIRST_OTHER..].fill(f32::MIN);
                    }
                    loss += cross_entropy(row, name);
                }
                _ => row.fill(0.0),
            }
        });
        self.loss.names += loss;
        let mut delta = self.back(&self.model.name_out, &hidden, &scores);
        apply(&mut delta, size, &self.steps, &mask);
        leaky_back(&mut delta, &hidden);
        self.back_to_top(&self.model.name, &delta);
    }

    fn arcs(&mut self, drop: f32, dice: &mut Dice) {
        let a = self.model.sizes.arc;
        let sides = self.model.arc.map(|linear| {
            let mut out = self.forward(&linear, &self.top);
            leaky(&mut out);
            let mask = mask(self.batch.len(), a, drop, dice);
            apply(&mut out, a, &self.steps, &mask);
            (out, mask)
        });
        let mut deltas = [(); 2].map(|()| vec![0.0; self.steps.rows * a]);
        for (s, example) in self.batch.iter().enumerate() {
            let n = example.heads.len();
            if n == 0 {
                continue;
            }
            let dependents = gather(&sides[0].0, a, &self.steps, s, n);
            let heads = gather(&sides[1].0, a, &self.steps, s, n);
            let [dependents, heads] = self.arcs_of(example, &dependents, &heads);
            scatter(&mut deltas[0], a, &self.steps, s, &dependents);
            scatter(&mut deltas[1], a, &self.steps, s, &heads);
        }
        for (side, delta) in deltas.iter_mut().enumerate() {
            apply(delta, a, &self.steps, &sides[side].1);
            leaky_back(delta, &sides[side].0);
            self.back_to_top(&self.model.arc[side], delta);
        }
    }

    /// The arcs of one sentence; returns the gradients of its dependents and
    /// heads.
    fn arcs_of(&mut self, example: &Example, d: &[f32], h: &[f32]) -> [Vec<f32>; 2] {
        let (arch, model) = (self.arch, self.model);
        let (a, n) = (model.sizes.arc, example.heads.len());
        let (mut scores, longer, mixed, all) = arc_scores(arch, model, d, h, n);
        for (i, row) in scores.chunks_exact_mut(n + 1).enumerate() {
            row[i] = f32::MIN;
            self.loss.arcs += cross_entropy(row, example.heads[i] as usize);
        }
        // scores = mixed · allᵀ, mixed = longer · pair.
        let rows = |data, stride| Rows {
            data,
            stride,
            count: n,
        };
        let mut d_all = vec![0.0; (n + 1) * a];
        add_gradient(arch, &scores, n + 1, &mixed, a, &mut d_all);
        let mut d_mixed = vec![0.0; n * a];
        let panels = Panels::new(&all, n + 1, a);
        add_product(arch, rows(&scores, n + 1), &panels, &mut d_mixed, a);
        let pair = model.arc_pair.of_mut(&mut self.gradients);
        add_gradient(arch, &longer, a + 1, &d_mixed, a, pair);
        let mut d_longer = vec![0.0; n * (a + 1)];
        let panels = Panels::transposed(model.arc_pair.of(&model.store.values), a, a + 1);
        add_product(arch, rows(&d_mixed, a), &panels, &mut d_longer, a + 1);
        let root = model.arc_root.of_mut(&mut self.gradients);
        add_columns(&d_all[n * a..], a, root);
        d_all.truncate(n * a);
        let d_d = d_longer.chunks_exact(a + 1);
        [
            d_d.flat_map(|row| row[..a].iter().copied()).collect(),
            d_all,
        ]
    }

    /// Relations, for the right heads.
    fn relations(&mut self, drop: f32, dice: &mut Dice) {
        let model = self.model;
        let (m, labels) = (model.sizes.relation, model.sizes.relations);
        let [dependent, head] = &model.relation;
        let mut hidden = self.forward(dependent, &self.top);
        let heads = self.forward(head, &self.top);
        let rows = self.head_rows();
        for (row, head) in rows.iter().enumerate() {
            let part = match *head {
                HeadRow::Unknown => continue,
                HeadRow::Root => model.relation_root.of(&model.store.values),
                HeadRow::Row(h) => &heads[h * m..(h + 1) * m],
            };
            add(&mut hidden[row * m..(row + 1) * m], part);
        }
        leaky(&mut hidden);
        let mask = mask(self.batch.len(), m, drop, dice);
        apply(&mut hidden, m, &self.steps, &mask);
        let mut scores = self.forward(&model.relation_out, &hidden);
        let mut loss = 0.0;
        self.words(|at, example, t| {
            let row = &mut scores[at * labels..(at + 1) * labels];
            match example.relations.get(t) {
                Some(gold) => loss += cross_entropy(row, usize::from(*gold)),
                None => row.fill(0.0),
            }
        });
        self.loss.relations += loss;
        let mut delta = self.back(&model.relation_out, &hidden, &scores);
        apply(&mut delta, m, &self.steps, &mask);
        leaky_back(&mut delta, &hidden);
        let mut d_head = vec![0.0; delta.len()];
        for (row, head) in rows.iter().enumerate() {
            let to = match *head {
                HeadRow::Unknown => continue,
                HeadRow::Root => model.relation_root.of_mut(&mut self.gradients),
                HeadRow::Row(h) => &mut d_head[h * m..(h + 1) * m],
            };
            add(to, &delta[row * m..(row + 1) * m]);
        }
        self.back_to_top(dependent, &delta);
        self.back_to_top(head, &d_head);
    }

    /// For every row that of its word's head.
    fn head_rows(&self) -> Vec<HeadRow> {
        let mut rows = vec![HeadRow::Unknown; self.steps.rows];
        for (s, example) in self.batch.iter().enumerate() {
            let n = example.heads.len();
            for (t, head) in example.heads.iter().enumerate() {
                rows[self.steps.row(s, t)] = match *head as usize {
                    h if h >= n => HeadRow::Root,
                    h => HeadRow::Row(self.steps.row(s, h)),
                };
            }
        }
        rows
    }
}

/// Where the head of a word is.
#[derive(Clone, Copy)]
enum HeadRow {
    /// The sentence has no tree.
    Unknown,
    Root,
    Row(usize),
}

/// The first label of names of other kinds.
const FIRST_OTHER: usize = 13;

fn add(to: &mut [f32], from: &[f32]) {
    for (x, y) in to.iter_mut().zip(from) {
        *x += y;
    }
}
