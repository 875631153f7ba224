//! Names: a greedy BILOU tagger with constrained transitions (Ratinov and Roth
//! 2009) that remembers the document's earlier decisions. It adds the scores of
//! a perceptron, which sees the document, the lists and the run of capitals, to
//! those of the network, which sees the sentence. Pure.

use std::collections::HashMap;

use super::hash::{feature, pair};
use super::runs::{self, Run};
use super::tags::{Upos, Xpos};
use super::types::{Name, NameKind};
use super::weights::{Scorer, Sparse, Weights};
use super::words::{Lexicon, Word, Words, initials, list};

/// The kinds, in the order of their labels.
pub const KINDS: [NameKind; 4] = [
    NameKind::Person,
    NameKind::Organization,
    NameKind::Location,
    NameKind::Other,
];

/// How many labels there are: outside, and four places in each kind of name.
pub const LABELS: usize = 1 + 4 * KINDS.len();

/// The label of a word outside all names.
pub const OUTSIDE: u8 = 0;

/// Place of a word in its name, as part of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// First of several.
    Begin,
    /// Neither first nor last.
    Inside,
    /// Last of several.
    Last,
    /// The only one.
    Unit,
}

/// The label of a word at `place` in a name of kind number `kind`.
pub fn label(kind: usize, place: Place) -> u8 {
    (1 + 4 * kind + place as usize) as u8
}

/// Kind number and place of a label; `None` outside names.
pub fn parts(label: u8) -> Option<(usize, Place)> {
    let label = usize::from(label).checked_sub(1)?;
    let place = [Place::Begin, Place::Inside, Place::Last, Place::Unit][label % 4];
    Some((label / 4, place))
}

/// Whether `label` may follow `before`, and end the sentence if `last`.
pub fn may_follow(before: u8, label: u8, last: bool) -> bool {
    let open = |label| match parts(label) {
        Some((kind, Place::Begin | Place::Inside)) => Some(kind),
        _ => None,
    };
    let goes_on = match parts(label) {
        Some((kind, Place::Inside | Place::Last)) => Some(kind),
        _ => None,
    };
    open(before) == goes_on && !(last && open(label).is_some())
}

/// What the document said before: which words were parts of names.
///
/// An entry is forgotten after [`Memory::SPAN`] sentences, so that a file that
/// strings many documents together does no harm.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    words: HashMap<u32, Seen>,
    /// Kind number of the last name with these initials, and its sentence.
    acronyms: HashMap<u32, (usize, u32)>,
    sentence: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    /// How often in each kind of name.
    kinds: [u16; 4],
    /// How often outside, with a capital.
    outside: u16,
    sentence: u32,
}

impl Memory {
    /// Sentences that an entry lives without being seen again.
    const SPAN: u32 = 40;

    /// What is remembered of a word: 0 for nothing, else the kind most often
    /// given plus one, or 5 for "no name".
    fn recall(&self, form: u32) -> u32 {
        let Some(seen) = self.words.get(&form) else {
            return 0;
        };
        if self.sentence - seen.sentence > Self::SPAN {
            return 0;
        }
        let mut best = (seen.outside, 5);
        for (i, count) in seen.kinds.iter().enumerate() {
            if *count > best.0 {
                best = (*count, i as u32 + 1);
            }
        }
        best.1
    }

    /// Kind number plus one of a recent name that `acronym` may stand for.
    fn expand(&self, acronym: u32) -> u32 {
        match self.acronyms.get(&acronym) {
            Some((kind, sentence)) if self.sentence - sentence <= Self::SPAN => *kind as u32 + 1,
            _ => 0,
        }
    }

    /// Takes note of a labelled sentence.
    pub fn note(&mut self, words: &Words, labels: &[u8]) {
        self.sentence += 1;
        for (word, label) in words.words.iter().zip(labels) {
            if !word.capital {
                continue;
            }
            let sentence = self.sentence;
            let seen = self.words.entry(word.form).or_default();
            if sentence - seen.sentence > Self::SPAN {
                *seen = Seen::default();
            }
            seen.sentence = sentence;
            let count = match parts(*label) {
                Some((kind, _)) => &mut seen.kinds[kind],
                None => &mut seen.outside,
            };
            *count = count.saturating_add(1);
        }
        for name in spans(labels) {
            let (first, last) = (usize::from(name.first), usize::from(name.last));
            let Some(key) = initials_of(&words.words[first..=last]) else {
                continue;
            };
            let kind = KINDS.iter().position(|k| *k == name.kind).unwrap_or(0);
            self.acronyms.insert(key, (kind, self.sentence));
        }
    }
}

/// The key of the capitalised words' initials, when there are two or more.
fn initials_of(words: &[Word]) -> Option<u32> {
    let capitals = words.iter().filter(|w| w.capital);
    let count = capitals.clone().count();
    let key = capitals.fold(0, |key, w| initials(key, w.prefix[0]));
    (2..=6).contains(&count).then_some(key)
}

/// A sentence ready for the name finder.
#[derive(Debug)]
pub struct Sight<'w> {
    words: &'w Words,
    tags: Vec<(u32, u32)>,
    /// List bits of phrases that the word is part of, with its place there.
    phrases: Vec<u32>,
    /// First and last word of the run of capitalised words around the word.
    runs: Vec<Run>,
    /// The word before the first small word of the run: "Ministry" of Defence.
    heads: Vec<usize>,
    /// List bits of all words of the run together.
    union: Vec<u32>,
    /// The common noun that the run stands before.
    nouns: Vec<Option<usize>>,
    /// Runs of capitalised words alone.
    unbroken: Vec<Run>,
    /// Runs that two small words may join, and the list bits of each.
    wide: Vec<Run>,
    wide_union: Vec<u32>,
    recalled: Vec<u32>,
    /// Kinds of earlier names with the initials that the word is.
    expanded: Vec<u32>,
}

/// For each word the one before the first small word of its run.
fn heads(words: &[Word], runs: &[Run]) -> Vec<usize> {
    let mut heads = vec![0; words.len()];
    for (i, (first, last)) in runs.iter().enumerate() {
        heads[i] = if i == *first {
            let small = words[*first..=*last].iter().position(|w| !w.capital);
            first + small.unwrap_or(last + 1 - first).max(1) - 1
        } else {
            heads[*first]
        };
    }
    heads
}

impl<'w> Sight<'w> {
    /// Looks up what does not change while the sentence is labelled.
    pub fn new(
        lexicon: &Lexicon<'_>,
        words: &'w Words,
        tags: &[(Upos, Xpos)],
        memory: &Memory,
    ) -> Sight<'w> {
        let n = words.words.len();
        let tags: Vec<_> = tags.iter().map(|(u, x)| (*u as u32, *x as u32)).collect();
        let mut phrases = vec![0; n];
        for (first, last, lists) in words.phrases(lexicon) {
            for (i, phrase) in phrases[first..=last].iter_mut().enumerate() {
                let place = 1 + u32::from(i > 0) + u32::from(i == last - first && i > 0);
                *phrase = u32::from(lists) << 4 | place;
            }
        }
        let joined = runs::runs(&words.words, 1);
        let wide = runs::runs(&words.words, 2);
        let recalled = words.words.iter().map(|w| memory.recall(w.form)).collect();
        let expand = |w: &Word| {
            if w.acronym == 0 {
                0
            } else {
                memory.expand(w.acronym)
            }
        };
        let expanded = words.words.iter().map(expand).collect();
        Sight {
            words,
            phrases,
            heads: heads(&words.words, &joined),
            union: runs::lists(&words.words, &joined),
            nouns: runs::nouns(&words.words, &tags, &joined),
            unbroken: runs::runs(&words.words, 0),
            wide_union: runs::lists(&words.words, &wide),
            wide,
            runs: joined,
            tags,
            recalled,
            expanded,
        }
    }

    /// The features of word `i` when the labels before it are known.
    pub fn features(&self, labels: &[u8], i: usize, out: &mut Vec<u64>) {
        let outside = Word::default();
        let index = |k: isize| usize::try_from(i as isize + k).ok();
        let at = |k: isize| {
            index(k)
                .and_then(|j| self.words.words.get(j))
                .unwrap_or(&outside)
        };
        let tag = |k: isize| index(k).and_then(|j| self.tags.get(j)).map_or(99, |t| t.1);
        let recalled = |k: isize| {
            index(k)
                .and_then(|j| self.recalled.get(j))
                .map_or(9, |r| *r)
        };
        let before = |k: usize| {
            let label = i.checked_sub(k).and_then(|j| labels.get(j));
            label.map_or(50, |l| u32::from(*l))
        };
        let class = |w: &Word| u32::from(w.cluster);
        let coarse = |w: &Word| u32::from(w.cluster.div_ceil(16));
        let lists = |w: &Word| u32::from(w.lists) | u32::from(w.capital) << 15;
        let (b2, b1, w, n1, n2) = (at(-2), at(-1), at(0), at(1), at(2));
        let (l1, l2) = (before(1), before(2));
        let (first, last) = self.runs[i];
        let run_head = &self.words.words[last];
        let run_first = &self.words.words[first];
        let past = self.words.words.get(last + 1).unwrap_or(&outside);
        let prior = first
            .checked_sub(1)
            .and_then(|j| self.words.words.get(j))
            .unwrap_or(&outside);
        let run = ((last - first).min(4) * 5 + (i - first).min(4)) as u32;
        let kind_of_run = u32::from(w.capital);
        let case = u32::from(self.words.title_case) | u32::from(self.words.upper_case) << 1;
        let start = u32::from(i == 0) | case << 1;
        out.clear();
        // An acronym in brackets behind a name is that name.
        let bracket = if w.acronym != 0 && i >= 3 && !b1.wordy && l1 == 0 {
            bracketed(&self.words.words[..i - 1], &labels[..i - 1], w.acronym)
        } else {
            0
        };
        let expanded = self.expanded[i] | bracket << 4;
        let head = self.heads[i];
        let to_head = run << 2 | u32::from(i > head) << 1 | u32::from(i < head);
        let head_word = &self.words.words[head];
        let useful = self.union[i]
            & u32::from(
                list::ORGANIZATION
                    | list::TITLE
                    | list::PLACE
                    | list::FIRST
                    | list::COUNTRY
                    | list::BODY,
            );
        let mut template = 600;
        let mut push = |a: u32, b: u32| {
            template += 1;
            out.push(feature(template, a, b));
        };
        push(0, l1);
        push(l1, l2);
        push(w.form, start.min(1));
        push(w.low, case);
        push(w.shape, start);
        push(w.shape, l1);
        push(w.low, l1);
        for prefix in &w.prefix[1..] {
            push(*prefix, kind_of_run);
        }
        for suffix in &w.suffix[1..4] {
            push(*suffix, kind_of_run);
        }
        push(class(w), kind_of_run);
        push(class(w), l1);
        push(coarse(w), w.shape);
        push(lists(w), start);
        push(lists(w), l1);
        push(lists(w), pair(lists(b1), lists(n1)));
        push(self.phrases[i], 0);
        push(self.phrases[i], l1);
        push(tag(0), w.shape);
        push(tag(0), l1);
        push(tag(0), pair(tag(-1), tag(1)));
        push(tag(-1), w.shape);
        push(tag(1), w.shape);
        // Neighbours.
        push(b1.low, kind_of_run);
        push(b1.low, l1);
        push(b1.low, w.low);
        push(class(b1), class(w));
        push(b2.low, kind_of_run);
        push(b2.low, b1.low);
        push(class(b2), class(b1));
        push(n1.low, kind_of_run);
        push(n1.low, w.low);
        push(class(n1), class(w));
        push(class(n1), l1);
        push(n2.low, kind_of_run);
        push(n1.low, n2.low);
        push(class(n1), class(n2));
        push(class(b1), class(n1));
        push(b1.shape, pair(w.shape, n1.shape));
        push(lists(b1), pair(w.shape, l1));
        push(lists(n1), pair(w.shape, l1));
        // The run of capitalised words, its ends and what stands around it.
        push(run, kind_of_run);
        push(run, case << 4 | start.min(1));
        push(pair(run_head.low, run), kind_of_run);
        push(run_head.low, l1);
        push(class(run_head), run);
        push(lists(run_head), run);
        push(run_first.low, run);
        push(lists(run_first), pair(run, lists(run_head)));
        push(class(run_first), pair(run, class(run_head)));
        push(past.low, pair(run, kind_of_run));
        push(prior.low, pair(run, kind_of_run));
        push(class(past), pair(run, kind_of_run));
        push(class(prior), pair(run, kind_of_run));
        push(pair(prior.low, past.low), kind_of_run);
        push(head_word.low, to_head);
        push(class(head_word), pair(to_head, l1));
        push(lists(head_word), pair(to_head, l1));
        push(useful, to_head);
        push(useful, pair(l1, w.shape));
        push(pair(useful, u32::from(w.lists)), pair(kind_of_run, l1));
        push(pair(l2, b1.low), w.shape);
        push(l1, pair(n1.low, w.shape));
        push(expanded, w.shape);
        push(expanded, l1);
        // The document so far.
        push(recalled(0), w.shape);
        push(recalled(0), l1);
        push(pair(recalled(0), recalled(1)), recalled(-1));
        push(recalled(0), pair(run, recalled((last - i) as isize)));
        self.wider(i, run, l1, &mut push);
    }

    /// What stands behind and around the run of capitalised words: whether a
    /// place is one, or part of the name of an election or a party.
    fn wider(&self, i: usize, run: u32, l1: u32, push: &mut impl FnMut(u32, u32)) {
        let outside = Word::default();
        let word = |j: usize| self.words.words.get(j).unwrap_or(&outside);
        let before = |j: usize, k: usize| j.checked_sub(k).map_or(&outside, word);
        let class = |w: &Word| u32::from(w.cluster);
        let lists = |w: &Word| u32::from(w.lists) | u32::from(w.capital) << 15;
        let w = word(i);
        let kind_of_run = u32::from(w.capital);
        let place = |(first, last): Run, most: usize| {
            ((last - first).min(most) * (most + 1) + (i - first).min(most)) as u32
        };

        let noun = self.nouns[i].map_or(&outside, word);
        let distance = self.nouns[i].map_or(4, |j| (j - self.runs[i].1).min(4));
        push(noun.low, pair(run, kind_of_run));
        push(noun.low, pair(l1, w.shape));
        push(class(noun), pair(l1, run));
        push(noun.low, pair(w.lists.into(), distance as u32));

        let (first, last) = self.unbroken[i];
        let at = place((first, last), 4);
        let (past, prior) = (word(last + 1), before(first, 1));
        push(at, pair(run, kind_of_run));
        push(word(last).low, pair(at, kind_of_run));
        push(class(word(last)), pair(at, l1));
        push(pair(past.low, word(last + 2).low), pair(at, kind_of_run));
        push(pair(prior.low, before(first, 2).low), pair(at, kind_of_run));
        push(lists(word(last)), pair(at, lists(word(first))));

        let (first, last) = self.wide[i];
        let at = place((first, last), 6);
        push(at, pair(l1, kind_of_run));
        push(word(last).low, pair(at, kind_of_run));
        push(word(last).low, pair(l1, w.shape));
        push(word(first).low, pair(at, class(word(last))));
        push(word(last + 1).low, pair(at, l1));
        push(self.wide_union[i], pair(at, l1));

        for k in 3..=4 {
            let (back, ahead) = (70 + k as u32, 80 + k as u32);
            push(before(i, k).low, back);
            push(word(i + k).low, ahead);
            push(class(before(i, k)), pair(back, kind_of_run));
            push(class(word(i + k)), pair(ahead, kind_of_run));
        }
    }
}

/// Takes away features of the word's own form and of the words after it, for
/// training.
pub fn mask(features: &mut Vec<u64>) {
    const FORMS: [usize; 5] = [2, 3, 6, 32, 37];
    let mut position = 0;
    features.retain(|_| {
        position += 1;
        !FORMS.contains(&(position - 1))
    });
}

/// Kind number plus one of the name that ends where `words` do, when its
/// initials are `acronym`; 5 when a name with other initials does.
fn bracketed(words: &[Word], labels: &[u8], acronym: u32) -> u32 {
    let Some((kind, Place::Last | Place::Unit)) = labels.last().and_then(|l| parts(*l)) else {
        return 0;
    };
    let begins = |l: &u8| matches!(parts(*l), Some((_, Place::Begin | Place::Unit)));
    let first = labels.iter().rposition(begins).unwrap_or(0);
    match initials_of(&words[first..]) {
        Some(key) if key == acronym => kind as u32 + 1,
        _ => 5 + kind as u32,
    }
}

/// The name finder: weights of the labels.
#[derive(Debug, Clone)]
pub struct NameFinder<S> {
    /// Weights of the labels.
    pub scorer: S,
}

impl<'a> NameFinder<Sparse<'a>> {
    /// The name finder of a weights file.
    pub fn new(weights: &Weights<'a>) -> Self {
        NameFinder {
            scorer: Sparse::new(weights.section(b"NAMW")),
        }
    }
}

impl<S: Scorer> NameFinder<S> {
    /// The names of a sentence; `memory` takes note of them. `scores` has a row
    /// for each word: what the network says of each label.
    pub fn find(
        &self,
        lexicon: &Lexicon<'_>,
        words: &Words,
        tags: &[(Upos, Xpos)],
        scores: &[f32],
        memory: &mut Memory,
    ) -> Vec<Name> {
        let sight = Sight::new(lexicon, words, tags, memory);
        let n = words.words.len();
        let mut labels: Vec<u8> = Vec::with_capacity(n);
        let mut features = Vec::with_capacity(80);
        for (i, said) in scores.chunks_exact(LABELS).enumerate().take(n) {
            let before = labels.last().copied().unwrap_or(OUTSIDE);
            // Most words are certainly in no name: a second opinion would take
            // time and change nothing.
            if said[1..].iter().all(|s| said[0] - s > SURE) && may_follow(before, OUTSIDE, false) {
                labels.push(OUTSIDE);
                continue;
            }
            sight.features(&labels, i, &mut features);
            let mut sums = [0.0; LABELS];
            let own = self.scorer.score(&features);
            for (sum, (own, said)) in sums.iter_mut().zip(own.iter().zip(said)) {
                *sum = said + *own as f32 * SHARE;
            }
            labels.push(best_label(&sums, before, i + 1 == n));
        }
        memory.note(words, &labels);
        spans(&labels)
            .into_iter()
            .filter_map(|name| trim(name, words, tags))
            .collect()
    }
}

/// By how much "outside" must lead with the network to be taken at once.
const SURE: f32 = 7.0;

/// What a weight of 1 is worth beside the network's scores, which are logarithms
/// of odds. Between half and twice of it little changes.
const SHARE: f32 = 2e-6;

/// The label with the highest score that may follow `before`.
pub fn best_label<S: PartialOrd>(scores: &[S], before: u8, last: bool) -> u8 {
    let mut best: Option<usize> = None;
    for label in 0..LABELS {
        if may_follow(before, label as u8, last) && best.is_none_or(|b| scores[label] > scores[b]) {
            best = Some(label);
        }
    }
    best.unwrap_or(0) as u8
}

/// The names that a sequence of labels marks.
pub fn spans(labels: &[u8]) -> Vec<Name> {
    let mut names = Vec::new();
    let mut first = 0;
    for (i, label) in labels.iter().enumerate() {
        let Some((kind, place)) = parts(*label) else {
            continue;
        };
        if matches!(place, Place::Begin | Place::Unit) {
            first = i;
        }
        if matches!(place, Place::Last | Place::Unit) {
            names.push(Name {
                first: first as u16,
                last: i as u16,
                kind: KINDS[kind],
            });
        }
    }
    names
}

/// Takes a possessive mark off a name's end, and titles off a person's front.
fn trim(mut name: Name, words: &Words, tags: &[(Upos, Xpos)]) -> Option<Name> {
    let xpos = |i: u16| tags.get(usize::from(i)).map(|t| t.1).unwrap_or(Xpos::Nn);
    while xpos(name.last) == Xpos::Pos {
        if name.first == name.last {
            return None;
        }
        name.last -= 1;
    }
    if name.kind == NameKind::Person {
        while name.first < name.last
            && words.words[usize::from(name.first)].lists & list::TITLE != 0
        {
            name.first += 1;
        }
    }
    Some(name)
}
