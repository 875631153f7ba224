//! A bidirectional LSTM layer (Hochreiter and Schmidhuber 1997) over a batch of
//! sentences.

use pulp::{Arch, Simd, WithSimd};

use super::kernel::Rows;
use super::map::Map;
use super::network::quantize;
use super::room::Room;
use super::steps::Steps;

/// The weights of a layer.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    /// Forwards and backwards: weights of the input, with bias, and of the
    /// output one step before. Gates in the order input, forget, output,
    /// candidate.
    pub(super) directions: [(Map, Map); 2],
    /// Cells of each direction.
    pub(super) hidden: usize,
}

impl Layer {
    /// What `input`, the activations of the layer below, adds to the gates of
    /// each direction.
    pub(super) fn gates(
        &self,
        room: &mut Room,
        arch: Arch,
        input: &[i16],
        unit: f32,
    ) -> [Vec<f32>; 2] {
        let [(forwards, _), (backwards, _)] = &self.directions;
        [forwards, backwards].map(|map| map.all_in(room, arch, input, unit))
    }

    /// From what the input adds to the gates to the rows of both directions'
    /// outputs.
    pub(super) fn run(
        &self,
        room: &mut Room,
        arch: Arch,
        steps: &Steps,
        gates: [Vec<f32>; 2],
    ) -> Vec<i16> {
        let h = self.hidden;
        let mut out = room.whole.take(steps.rows * 2 * h);
        for (d, mut gates) in gates.into_iter().enumerate() {
            let (_, from_before) = &self.directions[d];
            let most = steps.counts.first().copied().unwrap_or(0);
            let mut cells = vec![0.0; most * h];
            let mut before: Option<usize> = None;
            for t in steps.order(d) {
                let (start, count) = (steps.starts[t], steps.counts[t]);
                let now = &mut gates[start * 4 * h..(start + count) * 4 * h];
                if let Some(before) = before {
                    let rows = Rows {
                        data: &out[steps.starts[before] * 2 * h + d * h..],
                        stride: 2 * h,
                        count: count.min(steps.counts[before]),
                    };
                    from_before.add(arch, rows, now);
                }
                arch.dispatch(Cells {
                    gates: now,
                    cells: &mut cells,
                    out: &mut out[start * 2 * h..(start + count) * 2 * h],
                    hidden: h,
                    offset: d * h,
                });
                before = Some(t);
            }
            room.floats.free(gates);
        }
        out
    }
}

/// One step of the cells of some sentences.
struct Cells<'a> {
    gates: &'a mut [f32],
    cells: &'a mut [f32],
    out: &'a mut [i16],
    hidden: usize,
    offset: usize,
}

impl WithSimd for Cells<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let h = self.hidden;
        let rows = self.gates.chunks_exact_mut(4 * h);
        let rows = rows.zip(self.cells.chunks_exact_mut(h));
        for ((gates, cells), out) in rows.zip(self.out.chunks_exact_mut(2 * h)) {
            let (sigmoids, candidates) = gates.split_at_mut(3 * h);
            squash::<S, true>(simd, sigmoids);
            squash::<S, false>(simd, candidates);
            let (input, rest) = sigmoids.split_at_mut(h);
            let (forget, output) = rest.split_at(h);
            // The input gate is not needed any more: the outputs take its place.
            let both = input.iter_mut().zip(candidates.iter());
            for ((i, c), (f, cell)) in both.zip(forget.iter().zip(cells.iter_mut())) {
                *cell = f * *cell + *i * c;
                *i = *cell;
            }
            squash::<S, false>(simd, input);
            let out = &mut out[self.offset..self.offset + h];
            for (out, (x, o)) in out.iter_mut().zip(input.iter().zip(output)) {
                *out = quantize(x * o, 1.0 / 8192.0);
            }
        }
    }
}

/// Replaces all numbers by their tangents, or by the logistic function of them.
/// A rest that fills no vector is done number by number.
#[inline(always)]
fn squash<S: Simd, const LOGISTIC: bool>(simd: S, data: &mut [f32]) {
    let (whole, rest) = S::as_mut_simd_f32s(data);
    for x in whole {
        *x = squashed::<S, LOGISTIC>(simd, *x);
    }
    for x in rest {
        *x = if LOGISTIC {
            super::sigmoid(*x)
        } else {
            super::tanh(*x)
        };
    }
}

/// As [`super::tanh`] and [`super::sigmoid`], for whole vectors. Without closures
/// and helpers, which would be compiled for the narrowest vectors.
#[inline(always)]
fn squashed<S: Simd, const LOGISTIC: bool>(simd: S, x: S::f32s) -> S::f32s {
    let half = simd.splat_f32s(0.5);
    let x = if LOGISTIC { simd.mul_f32s(half, x) } else { x };
    let x = simd.min_f32s(x, simd.splat_f32s(4.97));
    let x = simd.max_f32s(x, simd.splat_f32s(-4.97));
    let s = simd.mul_f32s(x, x);
    let over = simd.add_f32s(simd.splat_f32s(378.0), s);
    let over = simd.add_f32s(simd.splat_f32s(17_325.0), simd.mul_f32s(s, over));
    let over = simd.add_f32s(simd.splat_f32s(135_135.0), simd.mul_f32s(s, over));
    let over = simd.mul_f32s(x, over);
    let under = simd.mul_f32s(s, simd.splat_f32s(28.0));
    let under = simd.add_f32s(simd.splat_f32s(3_150.0), under);
    let under = simd.add_f32s(simd.splat_f32s(62_370.0), simd.mul_f32s(s, under));
    let under = simd.add_f32s(simd.splat_f32s(135_135.0), simd.mul_f32s(s, under));
    let y = simd.div_f32s(over, under);
    let y = simd.min_f32s(y, simd.splat_f32s(1.0));
    let y = simd.max_f32s(y, simd.splat_f32s(-1.0));
    if LOGISTIC {
        simd.add_f32s(half, simd.mul_f32s(half, y))
    } else {
        y
    }
}
