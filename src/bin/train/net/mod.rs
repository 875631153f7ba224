//! Trains the network: one encoder under tags, trees and names.

mod examples;
mod kernels;
mod learn;
mod lstm;
mod model;
mod params;
mod vectors;
mod write;

use std::collections::HashMap;
use std::path::Path;

use pulp::Arch;
use tieline::language::names;
use tieline::language::net::{RELATIONS, Sizes};
use tieline::language::tags::TagSet;
use tieline::language::words::Lexicon;

use crate::data::{Dice, Tree};
use crate::names::Corpus;
use examples::{Maker, Source};
use kernels::widely;
use model::{Drop, Example, Gradients, Loss, Model};
use params::Adam;
use vectors::{VECTOR, Vectors};

/// Parts of a batch that are learned from side by side. Their gradients are
/// added in order, so that the number of processors changes nothing.
const PARTS: usize = 2;

/// How often the sentences are learned from.
const EPOCHS: usize = 30;
/// Words of a batch.
const BATCH: usize = 700;
/// The rate at the start; it falls to nothing in a straight line.
const RATE: f32 = 0.002;
/// Steps until the rate is reached.
const WARM: f32 = 200.0;
/// After so many epochs scores are printed.
const WATCHED: usize = 6;
/// Where the random numbers begin.
const SEED: u64 = 5;

/// Parts of the units that are dropped.
const DROP: Drop = Drop {
    input: 0.25,
    layer: 0.33,
    head: 0.33,
};

/// Sizes of the network, as far as the data do not tell them.
const EMBEDDING: usize = 96;
const HIDDEN: usize = 160;
const LAYERS: usize = 2;
const ARC: usize = 96;
const RELATION: usize = 64;
const NAME: usize = 64;

/// Trains on trees and names; `watch` sees the sections of the weights file now
/// and then.
pub(crate) fn train(
    data: &Path,
    trees: &[Tree],
    corpora: &[Corpus],
    lexicon: &Lexicon<'_>,
    tags: &TagSet,
    watch: impl Fn(&[Vec<u8>; 4]),
) -> anyhow::Result<[Vec<u8>; 4]> {
    let vectors = Vectors::read(&data.join("lists"))?;
    let sources = examples::sources(trees, corpora, tags);
    let maker = Maker::new(lexicon, &vectors, &sources);
    let sizes = Sizes {
        vector: VECTOR,
        embedding: EMBEDDING,
        hidden: HIDDEN,
        layers: LAYERS,
        arc: ARC,
        relation: RELATION,
        name: NAME,
        tags: tags.len(),
        relations: RELATIONS,
        names: names::LABELS,
    };
    let mut dice = Dice::new(SEED);
    let mut model = Model::new(sizes, &mut dice);
    eprintln!("{sizes:?}: {} weights", model.store.values.len());
    let mut adam = Adam::new(model.store.values.len());
    let mut adam_rows = Adam::new(model.embeddings.len());
    let arch = Arch::new();
    let mut step = 0;
    let mut average: Vec<f32> = model.store.values.clone();
    let started = std::time::Instant::now();
    for epoch in 0..EPOCHS {
        let batches = batches(&sources, &mut dice);
        let total = EPOCHS * batches.len();
        let mut sum = Loss::default();
        // The last epoch sees every sentence as it is.
        let plain = epoch + 1 == EPOCHS;
        for batch in &batches {
            step += 1;
            let results = parts(arch, &model, &maker, &sources, batch, plain, &mut dice);
            let progress = (step as f32 / total.max(1) as f32).min(1.0);
            let warm = (step as f32 / WARM).min(1.0);
            let rate = RATE * warm * (1.0 - progress).max(0.005);
            update(
                &mut model,
                &mut adam,
                &mut adam_rows,
                &results,
                rate,
                step,
                arch,
            );
            for r in &results {
                sum.tags += r.loss.tags;
                sum.arcs += r.loss.arcs;
                sum.relations += r.loss.relations;
                sum.names += r.loss.names;
            }
            // The mean of the weights over the last steps reads better than the
            // last weights.
            let decay = (1.0 - 1.0 / (step as f32 / 10.0 + 1.0)).min(0.999);
            for (a, v) in average.iter_mut().zip(&model.store.values) {
                *a = decay * *a + (1.0 - decay) * v;
            }
        }
        eprintln!(
            "epoch {epoch} {:.0}s: tags {:.0} arcs {:.0} relations {:.0} names {:.0}",
            started.elapsed().as_secs_f32(),
            sum.tags,
            sum.arcs,
            sum.relations,
            sum.names
        );
        if epoch + 1 < EPOCHS && (epoch + 1) % WATCHED == 0 {
            std::mem::swap(&mut model.store.values, &mut average);
            watch(&write::sections(&model, &vectors));
            std::mem::swap(&mut model.store.values, &mut average);
        }
    }
    model.store.values = average;
    Ok(write::sections(&model, &vectors))
}

/// Gradients of the parts of a batch.
fn parts(
    arch: Arch,
    model: &Model,
    maker: &Maker<'_>,
    sources: &[Source],
    batch: &[usize],
    plain: bool,
    dice: &mut Dice,
) -> Vec<Gradients> {
    let seeds: Vec<u64> = (0..PARTS).map(|_| dice.next()).collect();
    std::thread::scope(|scope| {
        let part = |(p, seed): (usize, u64)| {
            scope.spawn(move || {
                let mut dice = Dice::new(seed);
                let part = batch.iter().skip(p).step_by(PARTS);
                let mut examples: Vec<Example> = part
                    .map(|i| maker.example(&sources[*i], plain, &mut dice))
                    .collect();
                examples.sort_by_key(|e| std::cmp::Reverse(e.rows.len()));
                let examples: Vec<&Example> = examples.iter().collect();
                learn::learn(arch, model, &examples, DROP, &mut dice)
            })
        };
        let handles: Vec<_> = seeds.into_iter().enumerate().map(part).collect();
        handles
            .into_iter()
            .map(|h| h.join().expect("a part of the batch"))
            .collect()
    })
}

/// Numbers of sentences of like length, about [`BATCH`] words together.
fn batches(sources: &[Source], dice: &mut Dice) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = sources
        .iter()
        .enumerate()
        .flat_map(|(i, s)| std::iter::repeat_n(i, s.copies))
        .collect();
    dice.shuffle(&mut order);
    let mut out = Vec::new();
    for pool in order.chunks_mut(1500) {
        pool.sort_by_key(|i| std::cmp::Reverse(sources[*i].len()));
        let mut batch = Vec::new();
        let mut size = 0;
        for i in pool.iter() {
            batch.push(*i);
            size += sources[*i].len();
            if size >= BATCH && batch.len() >= PARTS {
                out.push(std::mem::take(&mut batch));
                size = 0;
            }
        }
        if batch.len() >= PARTS {
            out.push(batch);
        }
    }
    dice.shuffle(&mut out);
    out
}

fn update(
    model: &mut Model,
    adam: &mut Adam,
    adam_rows: &mut Adam,
    results: &[Gradients],
    rate: f32,
    step: usize,
    arch: Arch,
) {
    let mut gradient = vec![0.0_f32; model.store.values.len()];
    for result in results {
        for (g, r) in gradient.iter_mut().zip(&result.values) {
            *g += r;
        }
    }
    // Gradients of the same row are added up, in the order of the words.
    let e = model.sizes.embedding;
    let mut touched: HashMap<u32, usize> = HashMap::new();
    let mut rows: Vec<(u32, Vec<f32>)> = Vec::new();
    for (used, g) in results.iter().flat_map(|r| &r.rows) {
        for row in used {
            let at = *touched.entry(*row).or_insert_with(|| {
                rows.push((*row, vec![0.0; e]));
                rows.len() - 1
            });
            for (x, y) in rows[at].1.iter_mut().zip(g) {
                *x += y;
            }
        }
    }
    let words: usize = results.iter().map(|r| r.rows.len()).sum();
    let mut square: f32 = gradient.iter().map(|g| g * g).sum();
    square += rows.iter().flat_map(|r| &r.1).map(|g| g * g).sum::<f32>();
    // The mean over the words, cut to a length of 5.
    let length = square.sqrt() / words as f32;
    let scale = (5.0 / length.max(5.0)) / words as f32;
    let rate = params::corrected(rate, step);
    widely(
        arch,
        #[inline(always)]
        || {
            for g in &mut gradient {
                *g *= scale;
            }
            adam.step(0, &mut model.store.values, &gradient, rate);
            for (row, gradient) in &mut rows {
                for g in gradient.iter_mut() {
                    *g *= scale;
                }
                let at = *row as usize * e;
                let values = &mut model.embeddings[at..at + e];
                adam_rows.step(at, values, gradient, rate);
            }
        },
    );
}
