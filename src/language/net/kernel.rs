//! Matrix products in whole numbers: 16-bit activations by 8-bit weights, summed
//! in 32 bits. Whole sums have no order, so that every processor and every width
//! of vectors gives the same bits.

use pulp::Arch;
use pulp::Scalar;
#[cfg(target_arch = "x86_64")]
use pulp::core_arch::x86::{Avx512bw, Avx512f};
#[cfg(target_arch = "x86_64")]
use pulp::x86::V3;
#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{__m256i, __m512i};

#[cfg(target_arch = "x86_64")]
pulp::simd_type! {
    /// What vectors of 512 bits need, and one instruction for both multiplying
    /// and adding to sums, which the compiler then uses.
    #[allow(missing_docs)]
    struct Vnni {
        pub sse: "sse",
        pub sse2: "sse2",
        pub fxsr: "fxsr",
        pub sse3: "sse3",
        pub ssse3: "ssse3",
        pub sse4_1: "sse4.1",
        pub sse4_2: "sse4.2",
        pub popcnt: "popcnt",
        pub avx: "avx",
        pub avx2: "avx2",
        pub bmi1: "bmi1",
        pub bmi2: "bmi2",
        pub fma: "fma",
        pub lzcnt: "lzcnt",
        pub avx512f: "avx512f",
        pub avx512bw: "avx512bw",
        pub avx512cd: "avx512cd",
        pub avx512dq: "avx512dq",
        pub avx512vl: "avx512vl",
        pub avx512vnni: "avx512vnni",
    }
}

/// Columns of a panel.
pub(super) const WIDE: usize = 32;

/// A matrix of weights, ready for products: panels of [`WIDE`] columns in which
/// two rows are interleaved, so that one instruction multiplies and adds both.
#[derive(Debug, Clone, Default)]
pub(super) struct Packed {
    /// Rows: an even number.
    depth: usize,
    columns: usize,
    panels: Vec<i16>,
}

impl Packed {
    /// Packs `columns` columns of `depth` rows, an even number; `weight(row,
    /// column)` gives the numbers.
    pub(super) fn new(
        depth: usize,
        columns: usize,
        weight: impl Fn(usize, usize) -> i16,
    ) -> Packed {
        let mut panels = vec![0; columns.div_ceil(WIDE) * depth * WIDE];
        for (p, panel) in panels.chunks_exact_mut((depth * WIDE).max(1)).enumerate() {
            for (pair, row) in panel.chunks_exact_mut(2 * WIDE).enumerate() {
                for (at, cell) in row.iter_mut().enumerate() {
                    let (column, k) = (p * WIDE + at / 2, 2 * pair + at % 2);
                    if column < columns {
                        *cell = weight(k, column);
                    }
                }
            }
        }
        Packed {
            depth,
            columns,
            panels,
        }
    }

    /// How many numbers a row of activations must have.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// How many sums a row gives.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }
}

/// Activations: `count` rows that lie `stride` numbers apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows<'a> {
    /// All numbers.
    pub(super) data: &'a [i16],
    /// From the start of one row to that of the next.
    pub(super) stride: usize,
    /// How many rows.
    pub(super) count: usize,
}

/// What becomes of sums. To be inlined always: it must be compiled for the
/// vectors that the product is made with.
pub(super) trait Take {
    /// Takes the sums of a row for up to [`WIDE`] columns, from `column` on.
    fn take(&mut self, row: usize, column: usize, sums: &[i32]);
}

/// Gives the sums of `rows · weights` to `each`.
pub(super) fn product(arch: Arch, rows: Rows<'_>, weights: &Packed, each: impl Take) {
    match arch {
        #[cfg(target_arch = "x86_64")]
        Arch::V4(v4) => {
            let simd = Widest(v4.avx512f, v4.avx512bw);
            let work = Work {
                simd,
                rows,
                weights,
                each,
            };
            match Vnni::try_new() {
                Some(vnni) => vnni.vectorize(work),
                None => v4.vectorize(work),
            }
        }
        #[cfg(target_arch = "x86_64")]
        Arch::V3(simd) => simd.vectorize(Work {
            simd,
            rows,
            weights,
            each,
        }),
        _ => run(Scalar, rows, weights, each),
    }
}

struct Work<'a, L, F> {
    simd: L,
    rows: Rows<'a>,
    weights: &'a Packed,
    each: F,
}

impl<L: Lanes, F: Take> pulp::NullaryFnOnce for Work<'_, L, F> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        run(self.simd, self.rows, self.weights, self.each);
    }
}

#[inline(always)]
fn run<L: Lanes>(simd: L, rows: Rows<'_>, weights: &Packed, mut each: impl Take) {
    let size = weights.depth * WIDE;
    for (p, panel) in weights.panels.chunks_exact(size.max(1)).enumerate() {
        let from = p * WIDE;
        let width = WIDE.min(weights.columns - from);
        let mut row = 0;
        while row < rows.count {
            let to = (from, width);
            let left = rows.count - row;
            // The rest is divided evenly: few rows leave registers idle.
            let some = left.div_ceil(left.div_ceil(8));
            row += match some {
                1 => tile::<L, 1>(simd, rows, row, panel, to, &mut each),
                2 => tile::<L, 2>(simd, rows, row, panel, to, &mut each),
                3 => tile::<L, 3>(simd, rows, row, panel, to, &mut each),
                4 => tile::<L, 4>(simd, rows, row, panel, to, &mut each),
                5 => tile::<L, 5>(simd, rows, row, panel, to, &mut each),
                6 => tile::<L, 6>(simd, rows, row, panel, to, &mut each),
                7 => tile::<L, 7>(simd, rows, row, panel, to, &mut each),
                _ => tile::<L, 8>(simd, rows, row, panel, to, &mut each),
            };
        }
    }
}

/// Sums of `M` rows from `row` on; returns `M`. Eight rows keep every register
/// of the widest vectors busy.
#[inline(always)]
fn tile<L: Lanes, const M: usize>(
    simd: L,
    rows: Rows<'_>,
    row: usize,
    panel: &[i16],
    (column, width): (usize, usize),
    each: &mut impl Take,
) -> usize {
    let pairs = panel.len() / (2 * WIDE);
    let mut left = [&rows.data[..0]; M];
    for (m, slice) in left.iter_mut().enumerate() {
        let at = (row + m) * rows.stride;
        *slice = &rows.data[at..at + 2 * pairs];
    }
    let mut out = [[0_i32; WIDE]; M];
    let step = 2 * L::LANES;
    for part in (0..WIDE).step_by(step) {
        let mut sums = [[simd.zero(); 2]; M];
        for (k, weights) in panel.chunks_exact(2 * WIDE).enumerate() {
            let weights = &weights[2 * part..2 * part + 2 * step];
            let first = simd.load(&weights[..step]);
            let second = simd.load(&weights[step..]);
            for m in 0..M {
                let x = simd.splat(left[m][2 * k], left[m][2 * k + 1]);
                sums[m][0] = simd.add_pairs(sums[m][0], x, first);
                sums[m][1] = simd.add_pairs(sums[m][1], x, second);
            }
        }
        for (out, sums) in out.iter_mut().zip(sums) {
            simd.store(sums[0], &mut out[part..part + L::LANES]);
            simd.store(sums[1], &mut out[part + L::LANES..part + step]);
        }
    }
    for (m, sums) in out.iter().enumerate() {
        each.take(row + m, column, &sums[..width]);
    }
    M
}

/// Vectors of 32-bit sums, and of twice as many 16-bit factors.
trait Lanes: Copy {
    const LANES: usize;
    type Vector: Copy;
    fn zero(self) -> Self::Vector;
    fn load(self, factors: &[i16]) -> Self::Vector;
    fn splat(self, a: i16, b: i16) -> Self::Vector;
    /// Adds the products of neighbours to the sums.
    fn add_pairs(self, sums: Self::Vector, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    fn store(self, sums: Self::Vector, out: &mut [i32]);
}

/// Both numbers as one of 32 bits.
#[inline(always)]
fn both(a: i16, b: i16) -> i32 {
    i32::from(a as u16) | i32::from(b) << 16
}

/// Vectors of 512 bits.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
struct Widest(Avx512f, Avx512bw);

#[cfg(target_arch = "x86_64")]
impl Lanes for Widest {
    const LANES: usize = 16;
    type Vector = __m512i;

    #[inline(always)]
    fn zero(self) -> __m512i {
        self.0._mm512_setzero_si512()
    }

    #[inline(always)]
    fn load(self, factors: &[i16]) -> __m512i {
        let (arrays, _) = pulp::as_arrays::<32, i16>(factors);
        pulp::cast(arrays[0])
    }

    #[inline(always)]
    fn splat(self, a: i16, b: i16) -> __m512i {
        self.0._mm512_set1_epi32(both(a, b))
    }

    #[inline(always)]
    fn add_pairs(self, sums: __m512i, a: __m512i, b: __m512i) -> __m512i {
        let products = self.1._mm512_madd_epi16(a, b);
        self.0._mm512_add_epi32(sums, products)
    }

    #[inline(always)]
    fn store(self, sums: __m512i, out: &mut [i32]) {
        let sums: [i32; 16] = pulp::cast(sums);
        out.copy_from_slice(&sums);
    }
}

#[cfg(target_arch = "x86_64")]
impl Lanes for V3 {
    const LANES: usize = 8;
    type Vector = __m256i;

    #[inline(always)]
    fn zero(self) -> __m256i {
        self.avx._mm256_setzero_si256()
    }

    #[inline(always)]
    fn load(self, factors: &[i16]) -> __m256i {
        let (arrays, _) = pulp::as_arrays::<16, i16>(factors);
        pulp::cast(arrays[0])
    }

    #[inline(always)]
    fn splat(self, a: i16, b: i16) -> __m256i {
        self.avx._mm256_set1_epi32(both(a, b))
    }

    #[inline(always)]
    fn add_pairs(self, sums: __m256i, a: __m256i, b: __m256i) -> __m256i {
        let products = self.avx2._mm256_madd_epi16(a, b);
        self.avx2._mm256_add_epi32(sums, products)
    }

    #[inline(always)]
    fn store(self, sums: __m256i, out: &mut [i32]) {
        let sums: [i32; 8] = pulp::cast(sums);
        out.copy_from_slice(&sums);
    }
}

impl Lanes for Scalar {
    const LANES: usize = 4;
    type Vector = [i16; 8];

    // The vector of factors serves as that of sums: two halves of 32 bits.
    #[inline(always)]
    fn zero(self) -> [i16; 8] {
        [0; 8]
    }

    #[inline(always)]
    fn load(self, factors: &[i16]) -> [i16; 8] {
        let (arrays, _) = pulp::as_arrays::<8, i16>(factors);
        arrays[0]
    }

    #[inline(always)]
    fn splat(self, a: i16, b: i16) -> [i16; 8] {
        [a, b, a, b, a, b, a, b]
    }

    #[inline(always)]
    fn add_pairs(self, sums: [i16; 8], a: [i16; 8], b: [i16; 8]) -> [i16; 8] {
        let mut sums: [i32; 4] = pulp::cast(sums);
        for (i, sum) in sums.iter_mut().enumerate() {
            let first = i32::from(a[2 * i]) * i32::from(b[2 * i]);
            let second = i32::from(a[2 * i + 1]) * i32::from(b[2 * i + 1]);
            *sum = sum.wrapping_add(first.wrapping_add(second));
        }
        pulp::cast(sums)
    }

    #[inline(always)]
    fn store(self, sums: [i16; 8], out: &mut [i32]) {
        let sums: [i32; 4] = pulp::cast(sums);
        out.copy_from_slice(&sums);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The product by the schoolbook.
    fn plain(a: &[i16], depth: usize, b: impl Fn(usize, usize) -> i16, columns: usize) -> Vec<i32> {
        let rows = a.chunks_exact(depth);
        rows.flat_map(|row| {
            let b = &b;
            (0..columns).map(move |c| {
                let products = row.iter().enumerate();
                products
                    .map(|(k, x)| i32::from(*x) * i32::from(b(k, c)))
                    .sum()
            })
        })
        .collect()
    }

    struct Copied<'s>(&'s mut [i32], usize);

    impl Take for Copied<'_> {
        fn take(&mut self, row: usize, column: usize, sums: &[i32]) {
            self.0[row * self.1 + column..][..sums.len()].copy_from_slice(sums);
        }
    }

    fn ours(arch: Option<Arch>, a: &[i16], depth: usize, weights: &Packed) -> Vec<i32> {
        let rows = Rows {
            data: a,
            stride: depth,
            count: a.len() / depth,
        };
        let columns = weights.columns();
        let mut out = vec![0; rows.count * columns];
        let copy = Copied(&mut out, columns);
        match arch {
            Some(arch) => product(arch, rows, weights, copy),
            None => run(Scalar, rows, weights, copy),
        }
        out
    }

    proptest! {
        #[test]
        fn products_agree(
            count in 1..14_usize,
            half in 1..20_usize,
            columns in 1..70_usize,
            seed in any::<u32>(),
        ) {
            let depth = 2 * half;
            let number = |i: usize| {
                let h = (i as u32).wrapping_add(seed).wrapping_mul(0x9e37_79b1);
                (h >> 17) as i16 - 16384
            };
            let a: Vec<i16> = (0..count * depth).map(number).collect();
            let b = |k: usize, c: usize| number(7919 * k + c) / 129;
            let weights = Packed::new(depth, columns, b);
            let expected = plain(&a, depth, b, columns);
            prop_assert_eq!(&ours(Some(Arch::new()), &a, depth, &weights), &expected);
            prop_assert_eq!(&ours(None, &a, depth, &weights), &expected);
        }
    }
}
