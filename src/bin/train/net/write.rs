//! The network as sections of a weights file: weights of eight bits.

use tieline::language::weights::RowMap;

use super::Vectors;
use super::model::{Linear, Model};
use super::params::Id;

/// The sections NETW, EMBD, VECS and VROW.
pub(crate) fn sections(model: &Model, vectors: &Vectors) -> [Vec<u8>; 4] {
    [
        network(model),
        embeddings(model),
        vectors.section(),
        RowMap::write(&vectors.entries()),
    ]
}

/// Numbers as bytes with one scale, which comes first.
fn scale(numbers: impl Iterator<Item = f32>) -> f32 {
    numbers.fold(0.0_f32, |most, x| most.max(x.abs())) / 127.0
}

pub(crate) fn byte(x: f32, scale: f32) -> i8 {
    if scale > 0.0 {
        (x / scale).round().clamp(-127.0, 127.0) as i8
    } else {
        0
    }
}

fn floats(out: &mut Vec<u8>, numbers: &[f32]) {
    out.extend(numbers.iter().flat_map(|x| x.to_le_bytes()));
}

/// Scales of the columns, then the weights row by row.
fn matrix(out: &mut Vec<u8>, model: &Model, id: Id) {
    let weights = id.of(&model.store.values);
    let column = |c: usize| weights.iter().skip(c).step_by(id.columns).copied();
    let scales: Vec<f32> = (0..id.columns).map(|c| scale(column(c))).collect();
    floats(out, &scales);
    for row in weights.chunks_exact(id.columns) {
        let bytes = row.iter().zip(&scales).map(|(x, s)| byte(*x, *s) as u8);
        out.extend(bytes);
    }
}

fn linear(out: &mut Vec<u8>, model: &Model, linear: Linear) {
    matrix(out, model, linear.weights);
    floats(out, linear.bias.of(&model.store.values));
}

fn network(model: &Model) -> Vec<u8> {
    let mut out = Vec::new();
    for number in model.sizes.to_numbers() {
        out.extend((number as u32).to_le_bytes());
    }
    let values = &model.store.values;
    for layer in &model.layers {
        for direction in &layer.directions {
            matrix(&mut out, model, direction.input);
            floats(&mut out, direction.bias.of(values));
            matrix(&mut out, model, direction.recurrent);
        }
    }
    let [arc_dependent, arc_head] = model.arc;
    let [dependent, head] = model.relation;
    for part in [
        model.tag,
        model.name,
        arc_dependent,
        arc_head,
        dependent,
        head,
    ] {
        linear(&mut out, model, part);
    }
    linear(&mut out, model, model.name_out);
    matrix(&mut out, model, model.arc_pair);
    floats(&mut out, model.arc_root.of(values));
    linear(&mut out, model, model.relation_out);
    floats(&mut out, model.relation_root.of(values));
    out
}

/// A scale for each row, then all rows.
fn embeddings(model: &Model) -> Vec<u8> {
    let rows = model.embeddings.chunks_exact(model.sizes.embedding);
    let scales: Vec<f32> = rows.clone().map(|r| scale(r.iter().copied())).collect();
    let mut out = Vec::new();
    floats(&mut out, &scales);
    for (row, scale) in rows.zip(&scales) {
        out.extend(row.iter().map(|x| byte(*x, *scale) as u8));
    }
    out
}
