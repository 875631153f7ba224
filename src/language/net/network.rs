//! The network as it runs: weights of eight bits, activations of sixteen.

use std::sync::atomic::{AtomicU64, Ordering};

use pulp::{Arch, Simd, WithSimd};

use super::kept::Kept;
use super::kernel::{Packed, Rows, Take, product};
use super::lstm::Layer;
use super::map::{Map, Matrix};
use super::room::Room;
use super::steps::Steps;
use super::{decode, inputs};
use crate::language::weights::{RowMap, Weights};
use crate::language::words::{Lexicon, Words};
use crate::language::{Relation, names};

/// How many relations a network tells apart.
pub const RELATIONS: usize = Relation::ALL.len();

/// The sizes of a network, as the weights file gives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Of a word vector.
    pub vector: usize,
    /// Of an embedding.
    pub embedding: usize,
    /// Cells of each direction of each layer.
    pub hidden: usize,
    /// Layers.
    pub layers: usize,
    /// Of what arcs are scored by.
    pub arc: usize,
    /// Of what relations are scored by.
    pub relation: usize,
    /// Of what names are scored by.
    pub name: usize,
    /// Joint tags.
    pub tags: usize,
    /// Relations.
    pub relations: usize,
    /// Labels of names.
    pub names: usize,
}

impl Sizes {
    /// How many numbers describe a network.
    pub const COUNT: usize = 10;

    /// The numbers in the order of the file.
    pub fn to_numbers(self) -> [usize; Self::COUNT] {
        [
            self.vector,
            self.embedding,
            self.hidden,
            self.layers,
            self.arc,
            self.relation,
            self.name,
            self.tags,
            self.relations,
            self.names,
        ]
    }

    /// From the numbers of the file; `None` for what no network can be.
    pub fn from_numbers(n: [usize; Self::COUNT]) -> Option<Sizes> {
        let sound = n.iter().all(|x| (1..=1024).contains(x));
        // Two activations are multiplied at a time.
        let even = [0, 1, 2, 4, 5, 6].iter().all(|i| n[*i].is_multiple_of(2));
        let fits = n[8] == RELATIONS && n[9] == names::LABELS;
        (sound && even && fits).then_some(Sizes {
            vector: n[0],
            embedding: n[1],
            hidden: n[2],
            layers: n[3],
            arc: n[4],
            relation: n[5],
            name: n[6],
            tags: n[7],
            relations: n[8],
            names: n[9],
        })
    }
}

/// What an activation of 1 stands for. Outputs of cells are below 1.
pub(super) const UNIT: f32 = 1.0 / 8192.0;
/// Inputs: word vectors and sums of embeddings are below 16.
const INPUT_UNIT: f32 = 1.0 / 2048.0;
/// What arcs, relations and names are scored by: up to ±32.
const WIDE_UNIT: f32 = 1.0 / 1024.0;

/// A number as an activation; rounded to the nearest, cut to 16 bits.
#[inline(always)]
pub(super) fn quantize(x: f32, unit: f32) -> i16 {
    // Adding 1.5·2²³ leaves the whole part in the low bits of the number.
    let whole = (x / unit).clamp(-32767.0, 32767.0) + 12_582_912.0;
    whole.to_bits() as i16
}

/// Reads the numbers of a section one after the other.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (now, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(now)
    }

    fn floats(&mut self, count: usize) -> Option<Vec<f32>> {
        let bytes = self.bytes(count.checked_mul(4)?)?;
        let floats = bytes.chunks_exact(4);
        let floats = floats.map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        // A broken file must not bring forth numbers that are none.
        Some(
            floats
                .map(|x| if x.abs() < 1e6 { x } else { 0.0 })
                .collect(),
        )
    }

    fn matrix(&mut self, rows: usize, columns: usize) -> Option<Matrix<'a>> {
        Some(Matrix {
            rows,
            columns,
            scales: self.floats(columns)?,
            weights: self.bytes(rows * columns)?,
        })
    }

    /// A matrix and the bias behind it.
    fn linear(&mut self, rows: usize, columns: usize) -> Option<(Matrix<'a>, Vec<f32>)> {
        Some((self.matrix(rows, columns)?, self.floats(columns)?))
    }
}

/// The network of a weights file.
#[derive(Debug, Clone)]
pub struct Network<'a> {
    /// No other network has it.
    number: u64,
    sizes: Sizes,
    vector_rows: RowMap<'a>,
    vector_scales: Vec<f32>,
    vectors: &'a [u8],
    embedding_scales: Vec<f32>,
    embeddings: &'a [u8],
    layers: Vec<Layer>,
    /// Tags, names, arcs (dependent, head), relations (dependent, head).
    top: Map,
    name_out: Map,
    arc_pair: Map,
    arc_root: Vec<f32>,
    relation_root: Vec<f32>,
    relation_out: Map,
    arch: Arch,
}

/// What the network says of a sentence.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Joint tags, by label number.
    pub tags: Vec<u8>,
    /// Heads; the number of words for the root.
    pub heads: Vec<u32>,
    /// Relations: index into [`crate::language::Relation::ALL`].
    pub relations: Vec<u8>,
    /// Scores of the labels of names, a row for each word.
    pub names: Vec<f32>,
}

impl Reading {
    /// What is said of `n` words without a network: nouns under the first.
    pub fn flat(n: usize) -> Reading {
        let head = |i: usize| if i == 0 { n as u32 } else { 0 };
        let relation = |i| {
            if i == 0 {
                Relation::Root
            } else {
                Relation::Dep
            }
        };
        Reading {
            tags: vec![u8::MAX; n],
            heads: (0..n).map(head).collect(),
            relations: (0..n).map(|i| relation(i) as u8).collect(),
            names: vec![0.0; n * names::LABELS],
        }
    }
}

/// Numbers the networks, from 1.
static NETWORKS: AtomicU64 = AtomicU64::new(1);

/// Sentences that are run together: enough to keep the processor busy, few
/// enough to stay in its cache.
const BATCH: usize = 24;

impl<'a> Network<'a> {
    /// The network of a weights file; `None` when a section is missing or too
    /// short.
    pub fn new(weights: &Weights<'a>) -> Option<Network<'a>> {
        let mut reader = Reader(weights.section(b"NETW"));
        let mut numbers = [0; Sizes::COUNT];
        for number in &mut numbers {
            let bytes = reader.bytes(4)?;
            *number = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize;
        }
        let sizes = Sizes::from_numbers(numbers)?;
        let mut width = sizes.vector + sizes.embedding;
        let mut layers = Vec::new();
        for _ in 0..sizes.layers {
            let mut direction = || {
                let input = reader.linear(width, 4 * sizes.hidden)?;
                let recurrent = reader.matrix(sizes.hidden, 4 * sizes.hidden)?;
                Some((
                    Map::new(&[input]),
                    Map::new(&[(recurrent, vec![0.0; 4 * sizes.hidden])]),
                ))
            };
            layers.push(Layer {
                directions: [direction()?, direction()?],
                hidden: sizes.hidden,
            });
            width = 2 * sizes.hidden;
        }
        let top = [
            sizes.tags,
            sizes.name,
            sizes.arc,
            sizes.arc,
            sizes.relation,
            sizes.relation,
        ];
        let top: Option<Vec<_>> = top.iter().map(|c| reader.linear(width, *c)).collect();
        let top = Map::new(&top?);
        let name_out = Map::new(&[reader.linear(sizes.name, sizes.names)?]);
        // The last row of the matrix between dependents and heads, which has no
        // dependent's number, is its bias.
        let pair = reader.matrix(sizes.arc + 1, sizes.arc)?;
        let last = pair.scales.iter().enumerate();
        let bias = last.map(|(c, s)| s * f32::from(pair.weight(sizes.arc, c)));
        let bias = bias.collect();
        let arc_pair = Map::new(&[(
            Matrix {
                rows: sizes.arc,
                ..pair
            },
            bias,
        )]);
        let arc_root = reader.floats(sizes.arc)?;
        let relation_out = Map::new(&[reader.linear(sizes.relation, sizes.relations)?]);
        let relation_root = reader.floats(sizes.relation)?;

        let mut reader = Reader(weights.section(b"EMBD"));
        let embedding_scales = reader.floats(inputs::ROWS)?;
        let embeddings = reader.bytes(inputs::ROWS * sizes.embedding)?;
        let mut reader = Reader(weights.section(b"VECS"));
        let vector_scales = reader.floats(sizes.vector)?;
        Some(Network {
            number: NETWORKS.fetch_add(1, Ordering::Relaxed),
            sizes,
            vector_rows: RowMap::new(weights.section(b"VROW")),
            vector_scales,
            vectors: reader.0,
            embedding_scales,
            embeddings,
            layers,
            top,
            name_out,
            arc_pair,
            arc_root,
            relation_root,
            relation_out,
            arch: Arch::new(),
        })
    }

    /// Reads sentences, each for itself: the others of the batch make it faster
    /// and change nothing.
    pub fn read(&self, lexicon: &Lexicon<'_>, sentences: &[&Words]) -> Vec<Reading> {
        Room::with(|room| self.read_in(room, lexicon, sentences))
    }

    fn read_in(
        &self,
        room: &mut Room,
        lexicon: &Lexicon<'_>,
        sentences: &[&Words],
    ) -> Vec<Reading> {
        let Some((first, layers)) = self.layers.split_first() else {
            return Vec::new();
        };
        let mut kept = std::mem::take(&mut room.kept);
        kept.begin(self.number);
        let mut inputs = room.whole.take(0);
        let places: Vec<Vec<u32>> = sentences
            .iter()
            .map(|words| self.places(lexicon, words, &mut kept, &mut inputs))
            .collect();
        let new = first.gates(room, self.arch, &inputs, INPUT_UNIT);
        for (direction, rows) in new.into_iter().enumerate() {
            kept.add(direction, &rows);
            room.floats.free(rows);
        }
        room.whole.free(inputs);
        let mut order: Vec<usize> = (0..sentences.len()).collect();
        order.sort_by_key(|i| std::cmp::Reverse(places[*i].len()));
        let mut out = vec![Reading::default(); sentences.len()];
        for numbers in order.chunks(BATCH) {
            let lengths: Vec<usize> = numbers.iter().map(|i| places[*i].len()).collect();
            let steps = Steps::new(&lengths);
            let gates = [0, 1].map(|direction| {
                let size = 4 * self.sizes.hidden;
                let mut gates = room.floats.take(steps.rows * size);
                let mut rows = gates.chunks_exact_mut(size);
                for (t, count) in steps.counts.iter().enumerate() {
                    for (i, row) in numbers[..*count].iter().zip(&mut rows) {
                        row.copy_from_slice(kept.row(direction, places[*i][t], size));
                    }
                }
                gates
            });
            let mut rows = first.run(room, self.arch, &steps, gates);
            for layer in layers {
                let gates = layer.gates(room, self.arch, &rows, UNIT);
                let below = std::mem::replace(&mut rows, layer.run(room, self.arch, &steps, gates));
                room.whole.free(below);
            }
            let top = self.top.all_in(room, self.arch, &rows, UNIT);
            room.whole.free(rows);
            for (s, i) in numbers.iter().enumerate() {
                out[*i] = self.sentence(&top, &steps, s, lengths[s]);
            }
            room.floats.free(top);
        }
        room.kept = kept;
        out
    }

    /// The place of every word among those kept; the inputs of new ones are
    /// added to `inputs`.
    fn places(
        &self,
        lexicon: &Lexicon<'_>,
        words: &Words,
        kept: &mut Kept,
        inputs: &mut Vec<i16>,
    ) -> Vec<u32> {
        let mut sum = vec![0.0_f32; self.sizes.embedding];
        let rows = inputs::rows(lexicon, words);
        let places = words.words.iter().zip(rows).map(|(word, rows)| {
            let row = [word.form, word.raw]
                .into_iter()
                .find_map(|form| self.vector_rows.get(form).checked_sub(1));
            kept.place((row, rows), |(row, rows)| {
                self.input(*row, rows, &mut sum, inputs);
            })
        });
        places.collect()
    }

    /// The input of a word; `sum` is room for its embeddings.
    fn input(&self, row: Option<u16>, rows: &[u32], sum: &mut [f32], inputs: &mut Vec<i16>) {
        let vector = self.sizes.vector;
        let known = row.and_then(|row| {
            let at = usize::from(row) * vector;
            self.vectors.get(at..at + vector)
        });
        match known {
            Some(known) => {
                let cells = known.iter().zip(&self.vector_scales);
                let cells = cells.map(|(q, s)| quantize(f32::from(*q as i8) * s, INPUT_UNIT));
                inputs.extend(cells);
            }
            None => inputs.resize(inputs.len() + vector, 0),
        }
        self.arch.dispatch(Sum {
            network: self,
            rows,
            out: sum,
        });
        inputs.extend(sum.iter().map(|x| quantize(*x, INPUT_UNIT)));
    }

    /// Tags, tree and names of a sentence from the outputs of the top.
    fn sentence(&self, top: &[f32], steps: &Steps, s: usize, n: usize) -> Reading {
        let sizes = &self.sizes;
        let width = self.top.columns();
        let part = |from: usize, t: usize, size: usize| {
            let at = steps.row(s, t) * width + from;
            &top[at..at + size]
        };
        let tags = (0..n).map(|t| best(part(0, t, sizes.tags)) as u8).collect();
        let mut from = sizes.tags;
        let names = self.rows_of(n, sizes.name, |t| part(from, t, sizes.name));
        let names = self.name_out.all(self.arch, &names, WIDE_UNIT);
        from += sizes.name;
        let heads = self.heads(
            n,
            |t| part(from, t, sizes.arc),
            |t| part(from + sizes.arc, t, sizes.arc),
        );
        from += 2 * sizes.arc;
        let mut hidden = vec![0_i16; n * sizes.relation];
        for (t, row) in hidden.chunks_exact_mut(sizes.relation).enumerate() {
            let head = match heads[t] as usize {
                h if h >= n => &self.relation_root[..],
                h => part(from + sizes.relation, h, sizes.relation),
            };
            let own = part(from, t, sizes.relation);
            for (out, (a, b)) in row.iter_mut().zip(own.iter().zip(head)) {
                *out = quantize(leaky(a + b), WIDE_UNIT);
            }
        }
        let mut relations = self.relation_out.all(self.arch, &hidden, WIDE_UNIT);
        let rows = relations.chunks_exact_mut(sizes.relations);
        let chosen = rows.zip(&heads).map(|(row, head)| {
            // The root's relation is its own, and no other word's.
            if *head as usize >= n {
                return Relation::Root as u8;
            }
            row[Relation::Root as usize] = f32::MIN;
            best(row) as u8
        });
        let relations: Vec<u8> = chosen.collect();
        Reading {
            tags,
            heads,
            relations,
            names,
        }
    }

    /// Rows of activations from rows of numbers.
    fn rows_of<'r>(&self, n: usize, size: usize, row: impl Fn(usize) -> &'r [f32]) -> Vec<i16> {
        let mut out = vec![0; n * size];
        for (t, out) in out.chunks_exact_mut(size).enumerate() {
            for (out, x) in out.iter_mut().zip(row(t)) {
                *out = quantize(leaky(*x), WIDE_UNIT);
            }
        }
        out
    }

    /// The best tree, from what every word is as a dependent and as a head.
    fn heads<'r>(
        &self,
        n: usize,
        dependent: impl Fn(usize) -> &'r [f32],
        head: impl Fn(usize) -> &'r [f32],
    ) -> Vec<u32> {
        let size = self.sizes.arc;
        let dependents = self.rows_of(n, size, dependent);
        let mixed = self.arc_pair.all(self.arch, &dependents, WIDE_UNIT);
        let mixed: Vec<i16> = mixed.iter().map(|x| quantize(*x, WIDE_UNIT)).collect();
        let heads: Vec<i16> = (0..n)
            .flat_map(|t| head(t).iter().map(|x| leaky(*x)))
            .chain(self.arc_root.iter().copied())
            .map(|x| quantize(x, HEAD_UNIT))
            .collect();
        let packed = Packed::new(size, n + 1, |k, column| heads[column * size + k]);
        let rows = Rows {
            data: &mixed,
            stride: size,
            count: n,
        };
        let mut scores = vec![0.0; n * (n + 1)];
        let scored = Scored(&mut scores, n + 1);
        product(self.arch, rows, &packed, scored);
        decode::tree(&scores, n)
    }
}

/// Sums as scores of arcs, so many in a row.
struct Scored<'s>(&'s mut [f32], usize);

impl Take for Scored<'_> {
    #[inline(always)]
    fn take(&mut self, row: usize, column: usize, sums: &[i32]) {
        let out = &mut self.0[row * self.1 + column..][..sums.len()];
        for (out, sum) in out.iter_mut().zip(sums) {
            *out = *sum as f32 * (WIDE_UNIT * HEAD_UNIT);
        }
    }
}

/// The sum of some rows of embeddings.
struct Sum<'a> {
    network: &'a Network<'a>,
    rows: &'a [u32],
    out: &'a mut [f32],
}

impl WithSimd for Sum<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let size = self.out.len();
        self.out.fill(0.0);
        for row in self.rows {
            let row = *row as usize;
            let scale = self.network.embedding_scales[row];
            let cells = &self.network.embeddings[row * size..(row + 1) * size];
            for (sum, q) in self.out.iter_mut().zip(cells) {
                *sum += f32::from(*q as i8) * scale;
            }
        }
    }
}

/// Both sides of an arc are activations here: the heads with fewer bits, so that
/// the sum has room.
const HEAD_UNIT: f32 = 1.0 / 128.0;

#[inline(always)]
fn leaky(x: f32) -> f32 {
    if x < 0.0 { 0.1 * x } else { x }
}

/// Number of the highest score, the first of equals.
fn best(row: &[f32]) -> usize {
    let mut best = 0;
    for (i, score) in row.iter().enumerate() {
        if *score > row[best] {
            best = i;
        }
    }
    best
}
