//! A bidirectional LSTM layer (Hochreiter and Schmidhuber 1997) over sentences
//! of different lengths, forwards and backwards.
//!
//! Rows are ordered by place in the sentence, then by sentence; the sentences
//! are ordered by falling length, so that those which go on are always the
//! first rows of a step.

use pulp::Arch;

use super::kernels::{Panels, Rows, add_columns, add_gradient, add_product, widely};
use super::params::{Id, Store};
use crate::data::Dice;
use tieline::language::net::steps::Steps;
use tieline::language::net::{sigmoid, tanh};

/// The weights of one direction.
#[derive(Clone, Copy)]
pub(crate) struct Direction {
    pub(crate) input: Id,
    pub(crate) recurrent: Id,
    pub(crate) bias: Id,
}

/// The weights of a layer.
#[derive(Clone, Copy)]
pub(crate) struct Layer {
    pub(crate) directions: [Direction; 2],
    pub(crate) hidden: usize,
    pub(crate) width: usize,
}

impl Layer {
    /// A layer of `hidden` cells each way over inputs of `width`.
    pub(crate) fn new(store: &mut Store, width: usize, hidden: usize, dice: &mut Dice) -> Layer {
        let directions = [(); 2].map(|()| {
            let input = store.random(width, 4 * hidden, dice);
            let recurrent = store.random(hidden, 4 * hidden, dice);
            let bias = store.zeros(1, 4 * hidden);
            // A cell that forgets nothing at first learns faster.
            bias.of_mut(&mut store.values)[hidden..2 * hidden].fill(1.0);
            Direction {
                input,
                recurrent,
                bias,
            }
        });
        Layer {
            directions,
            hidden,
            width,
        }
    }
}

/// What the way back needs of the way forth.
pub(crate) struct Trace {
    /// Input, forget and output gate and candidate, for each direction.
    gates: [Vec<f32>; 2],
    cells: [Vec<f32>; 2],
    /// Rows of both directions' outputs side by side.
    pub(crate) out: Vec<f32>,
}

/// Runs a layer over `input`.
pub(crate) fn forward(
    arch: Arch,
    layer: &Layer,
    values: &[f32],
    steps: &Steps,
    input: &[f32],
) -> Trace {
    let h = layer.hidden;
    let mut out = vec![0.0; steps.rows * 2 * h];
    let mut gates = [Vec::new(), Vec::new()];
    let mut cells = [Vec::new(), Vec::new()];
    for (d, direction) in layer.directions.iter().enumerate() {
        let mut gate = Vec::with_capacity(steps.rows * 4 * h);
        for _ in 0..steps.rows {
            gate.extend_from_slice(direction.bias.of(values));
        }
        let rows = Rows {
            data: input,
            stride: layer.width,
            count: steps.rows,
        };
        let panels = Panels::new(direction.input.of(values), layer.width, 4 * h);
        add_product(arch, rows, &panels, &mut gate, 4 * h);
        let recurrent = Panels::new(direction.recurrent.of(values), h, 4 * h);
        let mut cell = vec![0.0; steps.rows * h];
        let mut before: Option<usize> = None;
        for t in steps.order(d) {
            let (start, count) = (steps.starts[t], steps.counts[t]);
            let carried = before.map_or(0, |b| count.min(steps.counts[b]));
            let from = before.map_or(0, |b| steps.starts[b]);
            let now = &mut gate[start * 4 * h..(start + count) * 4 * h];
            if carried > 0 {
                let rows = Rows {
                    data: &out[from * 2 * h + d * h..],
                    stride: 2 * h,
                    count: carried,
                };
                add_product(arch, rows, &recurrent, now, 4 * h);
            }
            widely(
                arch,
                #[inline(always)]
                || {
                    for s in 0..count {
                        let g = &mut now[s * 4 * h..(s + 1) * 4 * h];
                        activate(g, h);
                        for k in 0..h {
                            let old = if s < carried {
                                cell[(from + s) * h + k]
                            } else {
                                0.0
                            };
                            let c = g[h + k] * old + g[k] * g[3 * h + k];
                            cell[(start + s) * h + k] = c;
                            out[(start + s) * 2 * h + d * h + k] = g[2 * h + k] * tanh(c);
                        }
                    }
                },
            );
            before = Some(t);
        }
        gates[d] = gate;
        cells[d] = cell;
    }
    Trace { gates, cells, out }
}

#[inline(always)]
fn activate(gates: &mut [f32], h: usize) {
    for x in &mut gates[..3 * h] {
        *x = sigmoid(*x);
    }
    for x in &mut gates[3 * h..] {
        *x = tanh(*x);
    }
}

/// Adds the gradients of the layer's weights to `gradients`, and returns the
/// gradient of the input. `above` is that of the output.
#[expect(clippy::too_many_arguments)]
pub(crate) fn backward(
    arch: Arch,
    layer: &Layer,
    values: &[f32],
    steps: &Steps,
    input: &[f32],
    trace: &Trace,
    above: &[f32],
    gradients: &mut [f32],
) -> Vec<f32> {
    let h = layer.hidden;
    let mut below = vec![0.0; steps.rows * layer.width];
    for (d, direction) in layer.directions.iter().enumerate() {
        let (gate, cell) = (&trace.gates[d], &trace.cells[d]);
        let mut delta = vec![0.0; steps.rows * 4 * h];
        let mut previous = vec![0.0; steps.rows * h];
        let back = Panels::transposed(direction.recurrent.of(values), 4 * h, h);
        let most = steps.counts.first().copied().unwrap_or(0);
        let mut dh = vec![0.0; most * h];
        let mut dc = vec![0.0; most * h];
        let order = steps.order(d);
        for (i, t) in order.iter().copied().enumerate().rev() {
            let (start, count) = (steps.starts[t], steps.counts[t]);
            let before = i.checked_sub(1).map(|j| order[j]);
            let carried = before.map_or(0, |b| count.min(steps.counts[b]));
            let from = before.map_or(0, |b| steps.starts[b]);
            // Sentences that begin here, seen from behind, carry nothing yet.
            let known = order
                .get(i + 1)
                .map_or(0, |next| count.min(steps.counts[*next]));
            dh[known * h..count * h].fill(0.0);
            dc[known * h..count * h].fill(0.0);
            let now = &mut delta[start * 4 * h..(start + count) * 4 * h];
            widely(
                arch,
                #[inline(always)]
                || {
                    for s in 0..count {
                        let g = &gate[(start + s) * 4 * h..(start + s + 1) * 4 * h];
                        let out = &mut now[s * 4 * h..(s + 1) * 4 * h];
                        for k in 0..h {
                            let old = if s < carried {
                                cell[(from + s) * h + k]
                            } else {
                                0.0
                            };
                            let (i, f, o, c) = (g[k], g[h + k], g[2 * h + k], g[3 * h + k]);
                            let t = tanh(cell[(start + s) * h + k]);
                            let up = above[(start + s) * 2 * h + d * h + k] + dh[s * h + k];
                            let state = dc[s * h + k] + up * o * (1.0 - t * t);
                            out[k] = state * c * i * (1.0 - i);
                            out[h + k] = state * old * f * (1.0 - f);
                            out[2 * h + k] = up * t * o * (1.0 - o);
                            out[3 * h + k] = state * i * (1.0 - c * c);
                            dc[s * h + k] = state * f;
                        }
                    }
                },
            );
            for s in 0..carried {
                let at = (from + s) * 2 * h + d * h;
                previous[(start + s) * h..(start + s + 1) * h]
                    .copy_from_slice(&trace.out[at..at + h]);
            }
            dh[..carried * h].fill(0.0);
            let rows = Rows {
                data: now,
                stride: 4 * h,
                count: carried,
            };
            add_product(arch, rows, &back, &mut dh, h);
        }
        add_gradient(
            arch,
            input,
            layer.width,
            &delta,
            4 * h,
            direction.input.of_mut(gradients),
        );
        add_gradient(
            arch,
            &previous,
            h,
            &delta,
            4 * h,
            direction.recurrent.of_mut(gradients),
        );
        add_columns(&delta, 4 * h, direction.bias.of_mut(gradients));
        let back = Panels::transposed(direction.input.of(values), 4 * h, layer.width);
        let rows = Rows {
            data: &delta,
            stride: 4 * h,
            count: steps.rows,
        };
        add_product(arch, rows, &back, &mut below, layer.width);
    }
    below
}
