//! Matrix products and the few element-wise loops that training is made of.
//!
//! Every sum runs in one order, whatever the width of the processor's vectors,
//! and products are fused everywhere or nowhere: all machines get the same bits.

use pulp::{Arch, Simd, WithSimd};

/// Columns that are summed together: two of the widest vectors.
const WIDE: usize = 32;

/// The right factor of a product, in panels of [`WIDE`] columns.
pub(crate) struct Panels {
    /// Rows of the factor.
    depth: usize,
    /// Columns of the factor.
    columns: usize,
    data: Vec<f32>,
}

impl Panels {
    /// Packs a matrix of `depth` rows and `columns` columns.
    pub(crate) fn new(matrix: &[f32], depth: usize, columns: usize) -> Panels {
        let count = columns.div_ceil(WIDE);
        let mut data = vec![0.0; count * depth * WIDE];
        for (p, panel) in data.chunks_exact_mut((depth * WIDE).max(1)).enumerate() {
            let from = p * WIDE;
            let width = WIDE.min(columns - from);
            for (k, row) in panel.chunks_exact_mut(WIDE).enumerate() {
                let at = k * columns + from;
                row[..width].copy_from_slice(&matrix[at..at + width]);
            }
        }
        Panels {
            depth,
            columns,
            data,
        }
    }

    /// Packs the transpose of a matrix of `columns` rows and `depth` columns.
    pub(crate) fn transposed(matrix: &[f32], depth: usize, columns: usize) -> Panels {
        Panels::new(&transpose(matrix, columns, depth), depth, columns)
    }
}

/// The transpose of a matrix of `rows` rows and `columns` columns.
pub(crate) fn transpose(matrix: &[f32], rows: usize, columns: usize) -> Vec<f32> {
    let mut out = vec![0.0; rows * columns];
    const BLOCK: usize = 16;
    for r0 in (0..rows).step_by(BLOCK) {
        for c0 in (0..columns).step_by(BLOCK) {
            for r in r0..rows.min(r0 + BLOCK) {
                for c in c0..columns.min(c0 + BLOCK) {
                    out[c * rows + r] = matrix[r * columns + c];
                }
            }
        }
    }
    out
}

/// A matrix whose rows lie `stride` numbers apart.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub(crate) data: &'a [f32],
    pub(crate) stride: usize,
    pub(crate) count: usize,
}

/// Work that is compiled for each width of vectors.
struct Work<F>(F);

impl<F: FnMut()> WithSimd for Work<F> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, _: S) {
        (self.0)();
    }
}

/// Does `work` with the widest vectors of the processor. The closure must be
/// `#[inline(always)]`, or it is compiled for the narrowest.
#[inline(always)]
pub(crate) fn widely(arch: Arch, work: impl FnMut()) {
    arch.dispatch(Work(work));
}

/// Adds `a · b` to the rows of `c`, which lie `stride` numbers apart.
pub(crate) fn add_product(arch: Arch, a: Rows<'_>, b: &Panels, c: &mut [f32], stride: usize) {
    arch.dispatch(Product { a, b, c, stride });
}

struct Product<'a> {
    a: Rows<'a>,
    b: &'a Panels,
    c: &'a mut [f32],
    stride: usize,
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Product { a, b, c, stride } = self;
        for (p, panel) in b.data.chunks_exact((b.depth * WIDE).max(1)).enumerate() {
            let panel = S::as_simd_f32s(panel).0;
            let from = p * WIDE;
            let width = WIDE.min(b.columns - from);
            let mut row = 0;
            while row < a.count {
                match a.count - row {
                    1 => tile::<S, 1>(simd, a, row, panel, c, stride, from, width),
                    2 => tile::<S, 2>(simd, a, row, panel, c, stride, from, width),
                    3 => tile::<S, 3>(simd, a, row, panel, c, stride, from, width),
                    4 => tile::<S, 4>(simd, a, row, panel, c, stride, from, width),
                    5 => tile::<S, 5>(simd, a, row, panel, c, stride, from, width),
                    _ => tile::<S, 6>(simd, a, row, panel, c, stride, from, width),
                }
                row += 6;
            }
        }
    }
}

#[inline(always)]
#[expect(clippy::too_many_arguments)]
fn tile<S: Simd, const M: usize>(
    simd: S,
    a: Rows<'_>,
    row: usize,
    panel: &[S::f32s],
    c: &mut [f32],
    stride: usize,
    from: usize,
    width: usize,
) {
    // Vectors in a row of the panel, taken two at a time.
    let vectors = WIDE / S::F32_LANES;
    let depth = panel.len() / vectors;
    let mut left = [&a.data[..0]; M];
    for (m, slice) in left.iter_mut().enumerate() {
        let at = (row + m) * a.stride;
        *slice = &a.data[at..at + depth];
    }
    let mut out = [[0.0_f32; WIDE]; M];
    for pair in 0..vectors / 2 {
        let zero = simd.splat_f32s(0.0);
        let mut sums = [[zero; 2]; M];
        for k in 0..depth {
            let right = &panel[k * vectors + 2 * pair..k * vectors + 2 * pair + 2];
            for m in 0..M {
                let x = simd.splat_f32s(left[m][k]);
                sums[m][0] = simd.mul_add_f32s(x, right[0], sums[m][0]);
                sums[m][1] = simd.mul_add_f32s(x, right[1], sums[m][1]);
            }
        }
        for m in 0..M {
            let to = S::as_mut_simd_f32s(&mut out[m]).0;
            to[2 * pair] = sums[m][0];
            to[2 * pair + 1] = sums[m][1];
        }
    }
    for (m, sums) in out.iter().enumerate() {
        let at = (row + m) * stride + from;
        for (to, sum) in c[at..at + width].iter_mut().zip(sums) {
            *to += sum;
        }
    }
}

/// Adds `aᵀ · b` to `c`: `a` has `rows` rows of `width`, `b` as many of `columns`.
pub(crate) fn add_gradient(
    arch: Arch,
    a: &[f32],
    width: usize,
    b: &[f32],
    columns: usize,
    c: &mut [f32],
) {
    let rows = a.len() / width.max(1);
    let left = transpose(a, rows, width);
    let left = Rows {
        data: &left,
        stride: rows,
        count: width,
    };
    add_product(arch, left, &Panels::new(b, rows, columns), c, columns);
}

/// Adds the columns of `matrix` up.
pub(crate) fn add_columns(matrix: &[f32], columns: usize, sums: &mut [f32]) {
    for row in matrix.chunks_exact(columns) {
        for (sum, x) in sums.iter_mut().zip(row) {
            *sum += x;
        }
    }
}
