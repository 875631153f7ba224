//! Dependency trees: a greedy arc-hybrid parser (Kuhlmann, Gómez-Rodríguez and
//! Satta 2011) with a three-way action model, and a label model that is asked
//! only for arcs. Pure; linear in the length of the sentence.
//!
//! The root is an artificial token at the end of the buffer, and may take only
//! the last word of the stack: every tree has exactly one root, every word has
//! a head, and no cycle can arise.

use super::hash::{feature, pair};
use super::tagger::{TagSet, Words, best};
use super::tags::Relation;
use super::weights::{Hot, Scorer, Scores, Sparse, Weights};

/// A move of the parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The first word of the buffer goes onto the stack.
    Shift,
    /// The top of the stack hangs under the first word of the buffer.
    Left,
    /// The top of the stack hangs under the word below it.
    Right,
}

/// The moves, by label number.
pub const ACTIONS: [Action; 3] = [Action::Shift, Action::Left, Action::Right];

/// What features see of a word: hashes and tags.
#[derive(Debug, Clone, Copy, Default)]
struct Atom {
    word: u32,
    tag: u32,
    upos: u32,
    /// Word and tag.
    both: u32,
    cluster: u32,
    /// Counts of commas, conjunctions and verbs before this word.
    commas: u16,
    conjunctions: u16,
    verbs: u16,
}

/// A sentence ready for parsing.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// The words, then the root, then "no word".
    atoms: Vec<Atom>,
}

impl Input {
    /// Joins words and tags.
    pub fn new(words: &Words, labels: &[u8], tags: &TagSet) -> Input {
        use super::tags::{Upos, Xpos};
        let (mut commas, mut conjunctions, mut verbs) = (0_u16, 0_u16, 0_u16);
        let mut atoms: Vec<Atom> = Vec::with_capacity(labels.len() + 2);
        for (word, label) in words.words.iter().zip(labels) {
            let (upos, xpos) = tags.get(*label);
            atoms.push(Atom {
                word: word.low,
                tag: u32::from(*label) + 1,
                upos: upos as u32 + 1,
                both: pair(word.low, u32::from(*label)),
                cluster: u32::from(word.cluster),
                commas,
                conjunctions,
                verbs,
            });
            commas += u16::from(xpos == Xpos::Comma);
            conjunctions += u16::from(upos == Upos::Cconj);
            verbs += u16::from(upos == Upos::Verb);
        }
        let special = |tag: u32| Atom {
            word: tag,
            tag,
            upos: tag,
            both: tag,
            cluster: tag + 2000,
            commas,
            conjunctions,
            verbs,
        };
        atoms.push(special(250));
        atoms.push(special(251));
        Input { atoms }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.atoms.len().saturating_sub(2)
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// No head, no child.
const NONE: u32 = u32::MAX;

/// Children of a word, as far as they are attached.
#[derive(Debug, Clone, Copy)]
struct Family {
    /// Outermost and second outermost child on the left, then on the right.
    left: [u32; 2],
    right: [u32; 2],
    left_count: u8,
    right_count: u8,
    /// Relations of the children on either side.
    left_set: u64,
    right_set: u64,
}

/// Where the parser stands.
#[derive(Debug, Clone)]
pub struct State {
    /// Words that still lack a head, left of the buffer.
    pub stack: Vec<u32>,
    /// First word of the buffer; the number of words when only the root is left.
    pub next: usize,
    /// Head of each word, the number of words for the root, `u32::MAX` for none.
    pub heads: Vec<u32>,
    /// Relation of each word to its head: index into [`Relation::ALL`].
    pub labels: Vec<u8>,
    family: Vec<Family>,
}

impl State {
    /// The start: everything in the buffer.
    pub fn new(words: usize) -> State {
        State {
            stack: Vec::with_capacity(32),
            next: 0,
            heads: vec![NONE; words],
            labels: vec![0; words],
            family: vec![
                Family {
                    left: [NONE; 2],
                    right: [NONE; 2],
                    left_count: 0,
                    right_count: 0,
                    left_set: 0,
                    right_set: 0,
                };
                words + 2
            ],
        }
    }

    /// How many words the sentence has.
    fn words(&self) -> usize {
        self.heads.len()
    }

    /// Whether every word has a head.
    pub fn is_final(&self) -> bool {
        self.next >= self.words() && self.stack.is_empty()
    }

    /// Whether a move is possible.
    pub fn allows(&self, action: Action) -> bool {
        match action {
            Action::Shift => self.next < self.words(),
            Action::Left => {
                !self.stack.is_empty() && (self.next < self.words() || self.stack.len() == 1)
            }
            Action::Right => self.stack.len() >= 2,
        }
    }

    /// The arc that a move would make: head and dependent.
    pub fn arc(&self, action: Action) -> Option<(u32, u32)> {
        let top = *self.stack.last()?;
        match action {
            Action::Shift => None,
            Action::Left => Some((self.next as u32, top)),
            Action::Right => Some((*self.stack.get(self.stack.len().checked_sub(2)?)?, top)),
        }
    }

    /// Makes a move; `label` is the relation of the new arc.
    pub fn apply(&mut self, action: Action, label: u8) {
        let Some((head, dependent)) = self.arc(action) else {
            self.stack.push(self.next as u32);
            self.next += 1;
            return;
        };
        self.stack.pop();
        self.heads[dependent as usize] = head;
        self.labels[dependent as usize] = label;
        let family = &mut self.family[head as usize];
        if action == Action::Left {
            family.left = [dependent, family.left[0]];
            family.left_count = family.left_count.saturating_add(1);
            family.left_set |= 1 << label;
        } else {
            family.right = [dependent, family.right[0]];
            family.right_count = family.right_count.saturating_add(1);
            family.right_set |= 1 << label;
        }
    }
}

/// The parser: two sets of weights.
#[derive(Debug, Clone)]
pub struct Parser<A, L> {
    /// Weights of the three moves.
    pub actions: A,
    /// Weights of the relations.
    pub labels: L,
}

impl<'a> Parser<Hot<'a>, Sparse<'a>> {
    /// The parser of a weights file.
    pub fn new(weights: &Weights<'a>) -> Self {
        Parser {
            actions: Hot::new(weights.section(b"PARW")),
            labels: Sparse::new(weights.section(b"LABW")),
        }
    }
}

impl<A: Scorer, L: Scorer> Parser<A, L> {
    /// Head (the number of words for the root) and relation of every word.
    pub fn parse(&self, input: &Input) -> State {
        let mut state = State::new(input.len());
        let mut features = Vec::with_capacity(128);
        while !state.is_final() {
            action_features(input, &state, &mut features);
            let action = best_action(&state, &self.actions.score(&features));
            let label = match state.arc(action) {
                Some(arc) => self.label(input, &state, arc, &mut features),
                None => 0,
            };
            state.apply(action, label);
        }
        state
    }

    /// The relation of an arc that is about to be made.
    pub fn label(
        &self,
        input: &Input,
        state: &State,
        (head, dependent): (u32, u32),
        features: &mut Vec<u64>,
    ) -> u8 {
        if head as usize == input.len() {
            return Relation::Root as u8;
        }
        label_features(input, state, head, dependent, features);
        let mut scores = self.labels.score(features);
        scores[Relation::Root as usize] = i32::MIN;
        best(&scores, Relation::ALL.len())
    }
}

/// The possible move with the highest score; the first of equals, but an arc
/// rather than a shift when there are no weights at all, so that it ends.
pub fn best_action(state: &State, scores: &Scores) -> Action {
    let mut chosen: Option<usize> = None;
    for (i, action) in ACTIONS.iter().enumerate() {
        if state.allows(*action) && chosen.is_none_or(|c| scores[i] > scores[c]) {
            chosen = Some(i);
        }
    }
    chosen.map_or(Action::Shift, |i| ACTIONS[i])
}

/// A distance in words, in few classes.
#[inline]
fn distance(from: u32, to: u32) -> u32 {
    match to.saturating_sub(from) {
        d @ 0..=4 => d,
        5..=6 => 5,
        7..=10 => 6,
        11..=20 => 7,
        _ => 8,
    }
}

/// Sizes of sets and counts, cut at three.
#[inline]
fn few(count: u8) -> u32 {
    u32::from(count.min(3))
}

struct View<'s> {
    input: &'s Input,
    state: &'s State,
}

impl View<'_> {
    #[inline]
    fn index(&self, i: u32) -> usize {
        (i as usize).min(self.input.atoms.len() - 1)
    }
    #[inline]
    fn atom(&self, i: u32) -> &Atom {
        &self.input.atoms[self.index(i)]
    }
    #[inline]
    fn family(&self, i: u32) -> &Family {
        &self.state.family[self.index(i)]
    }
    /// Relation to the head, for a child.
    #[inline]
    fn relation(&self, i: u32) -> u32 {
        self.state
            .labels
            .get(i as usize)
            .map_or(99, |l| u32::from(*l))
    }
    /// What stands between two words: commas, conjunctions, verbs.
    fn between(&self, from: u32, to: u32) -> u32 {
        let (a, b) = (self.atom(from), self.atom(to));
        let few = |from: u16, to: u16| u32::from(to.saturating_sub(from).min(2));
        few(a.commas, b.commas) << 4
            | few(a.conjunctions, b.conjunctions) << 2
            | few(a.verbs, b.verbs)
    }
}

/// The features of a configuration.
pub fn action_features(input: &Input, state: &State, out: &mut Vec<u64>) {
    out.clear();
    let view = View { input, state };
    let depth = state.stack.len();
    let on_stack = |k: usize| depth.checked_sub(k + 1).map_or(NONE, |i| state.stack[i]);
    let in_buffer = |k: usize| {
        let i = state.next + k;
        if i <= input.len() { i as u32 } else { NONE }
    };
    let (i0, i1, i2) = (on_stack(0), on_stack(1), on_stack(2));
    let (j0, j1, j2) = (in_buffer(0), in_buffer(1), in_buffer(2));
    let (s0, s1, s2) = (view.atom(i0), view.atom(i1), view.atom(i2));
    let (b0, b1, b2) = (view.atom(j0), view.atom(j1), view.atom(j2));
    let (f0, f1, g0) = (view.family(i0), view.family(i1), view.family(j0));
    let d0 = distance(i0, j0);
    let d1 = distance(i1, i0);
    let mut template = 100;
    let mut push = |a: u32, b: u32| {
        template += 1;
        out.push(feature(template, a, b));
    };
    // Single words.
    push(s0.both, 0);
    push(s0.word, d0);
    push(s0.tag, d0);
    push(s0.cluster, s0.tag);
    push(s1.both, 0);
    push(s1.word, d1);
    push(s1.tag, d1);
    push(s1.cluster, s1.tag);
    push(s2.both, 0);
    push(b0.both, 0);
    push(b0.word, 0);
    push(b0.tag, 0);
    push(b0.cluster, b0.tag);
    push(b1.both, 0);
    push(b1.cluster, b1.tag);
    push(b2.both, 0);
    // Top of the stack and the buffer.
    push(s0.both, b0.both);
    push(s0.both, b0.tag);
    push(s0.tag, b0.both);
    push(s0.word, b0.word);
    push(s0.tag, b0.tag);
    push(pair(s0.tag, b0.tag), d0);
    push(s0.cluster, b0.cluster);
    push(s0.cluster, b0.both);
    push(s0.both, b0.cluster);
    // The two words on the stack.
    push(s1.both, s0.both);
    push(s1.both, s0.tag);
    push(s1.tag, s0.both);
    push(s1.tag, s0.tag);
    push(pair(s1.tag, s0.tag), d1);
    push(s1.cluster, s0.cluster);
    push(s1.cluster, s0.both);
    push(s1.both, s0.cluster);
    // Three and four words.
    push(s1.both, b0.tag);
    push(s1.tag, b0.both);
    push(s1.tag, pair(s0.tag, b0.tag));
    push(s1.both, pair(s0.tag, b0.tag));
    push(s1.tag, pair(s0.both, b0.tag));
    push(s1.tag, pair(s0.tag, b0.both));
    push(s0.tag, pair(b0.tag, b1.tag));
    push(s0.both, pair(b0.tag, b1.tag));
    push(s0.upos, pair(b0.both, b1.tag));
    push(s0.upos, pair(b0.tag, b1.both));
    push(s0.tag, pair(b0.tag, pair(b1.tag, b2.tag)));
    push(b0.tag, pair(b1.tag, b2.tag));
    push(b0.both, b1.both);
    push(s2.tag, pair(s1.tag, s0.tag));
    push(s2.upos, pair(s1.upos, pair(s0.upos, b0.upos)));
    push(s1.upos, pair(s0.upos, pair(b0.upos, b1.upos)));
    // Children.
    let child = |c: u32| pair(view.atom(c).tag, view.relation(c));
    let set = |set: u64| pair(set as u32, (set >> 32) as u32);
    push(pair(s0.tag, b0.tag), child(f0.left[0]));
    push(pair(s0.tag, b0.tag), child(f0.right[0]));
    push(pair(s0.tag, b0.tag), child(g0.left[0]));
    push(pair(s1.tag, s0.tag), child(f0.left[0]));
    push(pair(s1.tag, s0.tag), child(f0.right[0]));
    push(pair(s1.tag, s0.tag), child(f1.left[0]));
    push(pair(s1.tag, s0.tag), child(f1.right[0]));
    push(
        pair(s0.upos, b0.upos),
        pair(child(f0.right[0]), child(g0.left[0])),
    );
    push(s0.tag, pair(view.atom(f0.left[0]).word, 1));
    push(s0.tag, pair(view.atom(f0.right[0]).word, 2));
    push(b0.tag, pair(view.atom(g0.left[0]).word, 3));
    push(
        pair(s1.tag, b0.tag),
        pair(view.atom(f0.left[0]).word, s0.tag),
    );
    push(s0.word, pair(few(f0.left_count), few(f0.right_count)));
    push(s0.tag, pair(few(f0.left_count), few(f0.right_count)));
    push(s1.tag, pair(few(f1.left_count), few(f1.right_count)));
    push(b0.tag, few(g0.left_count));
    push(s0.both, set(f0.left_set));
    push(s0.tag, pair(set(f0.right_set), b0.tag));
    push(s0.both, set(f0.right_set));
    push(s1.tag, pair(set(f1.right_set), s0.tag));
    push(s1.tag, pair(set(f1.left_set), s0.tag));
    push(pair(s1.both, 1), set(f1.right_set));
    push(b0.tag, pair(set(g0.left_set), s0.tag));
    push(pair(s0.tag, s0.cluster), pair(set(f0.left_set), b0.upos));
    // What lies between, and how deep the stack is.
    push(pair(s0.tag, b0.tag), view.between(i0, j0));
    push(pair(s1.tag, s0.tag), view.between(i1, i0));
    push(pair(s1.upos, s0.upos), pair(b0.upos, view.between(i1, j0)));
    push(depth.min(4) as u32, pair(s0.upos, b0.tag));
}

/// The features of an arc from `head` to `dependent`, before it is made.
pub fn label_features(input: &Input, state: &State, head: u32, dependent: u32, out: &mut Vec<u64>) {
    out.clear();
    let view = View { input, state };
    let (h, d) = (view.atom(head), view.atom(dependent));
    let (hf, df) = (view.family(head), view.family(dependent));
    let left = u32::from(dependent < head);
    let gap = distance(head.min(dependent), head.max(dependent)) << 1 | left;
    let neighbour = |i: u32, step: i32| {
        view.atom(
            i.checked_add_signed(step)
                .unwrap_or(NONE)
                .min(input.len() as u32 + 1),
        )
    };
    let (before, after) = (neighbour(dependent, -1), neighbour(dependent, 1));
    let (h_before, h_after) = (neighbour(head, -1), neighbour(head, 1));
    let set = |set: u64| pair(set as u32, (set >> 32) as u32);
    let child = |c: u32| pair(view.atom(c).tag, view.relation(c));
    let mut template = 300;
    let mut push = |a: u32, b: u32| {
        template += 1;
        out.push(feature(template, a, b));
    };
    push(left, 0);
    push(h.word, left);
    push(h.both, left);
    push(h.tag, gap);
    push(h.cluster, pair(h.tag, left));
    push(d.word, left);
    push(d.both, left);
    push(d.tag, gap);
    push(d.cluster, pair(d.tag, left));
    push(h.both, pair(d.both, left));
    push(h.both, pair(d.tag, left));
    push(h.tag, pair(d.both, left));
    push(h.tag, pair(d.tag, gap));
    push(h.cluster, pair(d.cluster, left));
    push(h.word, pair(d.cluster, left));
    push(h.cluster, pair(d.word, left));
    push(
        h.tag,
        pair(
            d.tag,
            view.between(head.min(dependent), head.max(dependent)) << 1 | left,
        ),
    );
    // The dependent's children: its case marker, its mark, its subject.
    push(d.tag, pair(set(df.left_set), left));
    push(d.both, set(df.left_set));
    push(d.tag, pair(set(df.left_set), h.tag << 1 | left));
    push(d.tag, pair(set(df.right_set), h.tag << 1 | left));
    push(d.tag, pair(view.atom(df.left[0]).word, h.tag << 1 | left));
    push(
        d.cluster,
        pair(view.atom(df.left[0]).word, h.tag << 1 | left),
    );
    push(h.word, pair(view.atom(df.left[0]).word, d.tag << 1 | left));
    push(d.tag, pair(view.atom(df.left[1]).word, h.tag << 1 | left));
    push(child(df.left[0]), pair(child(df.right[0]), left));
    push(d.tag, pair(view.atom(df.right[0]).word, h.tag << 1 | left));
    // The head's other children: whether it has a subject or an object.
    push(h.tag, pair(set(hf.left_set), d.tag << 1 | left));
    push(h.tag, pair(set(hf.right_set), d.tag << 1 | left));
    push(h.both, pair(set(hf.left_set), d.upos << 1 | left));
    push(h.both, pair(set(hf.right_set), d.upos << 1 | left));
    push(
        child(if left == 1 { hf.left[0] } else { hf.right[0] }),
        pair(d.tag, left),
    );
    // Neighbours.
    push(before.tag, pair(d.tag, left));
    push(after.tag, pair(d.tag, left));
    push(before.word, pair(d.tag, left));
    push(after.word, pair(d.tag, left));
    push(h_before.tag, pair(h.tag, d.tag << 1 | left));
    push(h_after.tag, pair(h.tag, d.tag << 1 | left));
    push(before.tag, pair(d.tag, pair(h.tag, after.tag << 1 | left)));
}
