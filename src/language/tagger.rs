//! Parts of speech: a greedy tagger over one joint set of Universal and Penn
//! tags, an averaged perceptron with hashed features (Collins 2002). Pure.

use super::hash::{feature, pair};
use super::tags::{Upos, Xpos};
use super::weights::{LABELS, Scorer, Scores, Sparse, Weights};
use super::words::{Lexicon, Word, list};

/// A sentence's words, ready for the models.
#[derive(Debug, Default, Clone)]
pub struct Words {
    /// One for each token.
    pub words: Vec<Word>,
    /// Most words begin with a capital letter: a headline.
    pub title_case: bool,
    /// Most words are all capitals.
    pub upper_case: bool,
}

impl Words {
    /// Looks every form up.
    pub fn new<'t>(lexicon: &Lexicon<'_>, forms: impl Iterator<Item = &'t str>) -> Words {
        let words: Vec<Word> = forms.map(|form| lexicon.word(form)).collect();
        let wordy = words.iter().filter(|w| w.wordy).count();
        let capital = words.iter().filter(|w| w.capital).count();
        let upper = words.iter().filter(|w| w.upper).count();
        Words {
            title_case: wordy >= 4 && capital * 10 >= wordy * 7,
            upper_case: wordy >= 3 && upper * 10 >= wordy * 7,
            words,
        }
    }
}

/// The joint tags of the model, by label number.
#[derive(Debug, Clone, Default)]
pub struct TagSet {
    pairs: Vec<(Upos, Xpos)>,
}

impl TagSet {
    /// Reads a section: two bytes a label.
    pub fn new(bytes: &[u8]) -> TagSet {
        let pairs = bytes
            .chunks_exact(2)
            .take(LABELS)
            .map(|pair| {
                (
                    Upos::ALL
                        .get(usize::from(pair[0]))
                        .copied()
                        .unwrap_or(Upos::X),
                    Xpos::ALL
                        .get(usize::from(pair[1]))
                        .copied()
                        .unwrap_or(Xpos::Nn),
                )
            })
            .collect();
        TagSet { pairs }
    }

    /// How many labels there are.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether no model was trained.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The two tags of a label.
    pub fn get(&self, label: u8) -> (Upos, Xpos) {
        self.pairs
            .get(usize::from(label))
            .copied()
            .unwrap_or((Upos::Noun, Xpos::Nn))
    }

    /// The label of two tags.
    pub fn label(&self, upos: Upos, xpos: Xpos) -> Option<u8> {
        let at = self.pairs.iter().position(|p| *p == (upos, xpos))?;
        Some(at as u8)
    }
}

/// The tagger: tag set and weights.
#[derive(Debug, Clone)]
pub struct Tagger<S> {
    /// What the labels mean.
    pub tags: TagSet,
    /// Weights of the labels.
    pub scorer: S,
}

impl<'a> Tagger<Sparse<'a>> {
    /// The tagger of a weights file.
    pub fn new(weights: &Weights<'a>) -> Self {
        Tagger {
            tags: TagSet::new(weights.section(b"TAGS")),
            scorer: Sparse::new(weights.section(b"TAGW")),
        }
    }
}

impl<S: Scorer> Tagger<S> {
    /// A label for every word, left to right.
    pub fn tag(&self, words: &Words) -> Vec<u8> {
        let mut labels = Vec::with_capacity(words.words.len());
        let mut features = Vec::with_capacity(64);
        for i in 0..words.words.len() {
            self.features(words, &labels, i, &mut features);
            labels.push(best(&self.scorer.score(&features), self.tags.len()));
        }
        labels
    }

    /// The features of word `i` when the labels of the words before it are known.
    pub fn features(&self, words: &Words, labels: &[u8], i: usize, out: &mut Vec<u64>) {
        let outside = Word::default();
        let at = |k: isize| {
            usize::try_from(i as isize + k)
                .ok()
                .and_then(|j| words.words.get(j))
                .unwrap_or(&outside)
        };
        let label = |back: usize| {
            let known = i.checked_sub(back).and_then(|j| labels.get(j));
            known.map_or(200, |l| u32::from(*l))
        };
        let (b2, b1, w, n1, n2) = (at(-2), at(-1), at(0), at(1), at(2));
        let (t1, t2) = (label(1), label(2));
        let class = |w: &Word| u32::from(w.cluster);
        let coarse = |w: &Word| u32::from(w.cluster.div_ceil(16));
        let place =
            u32::from(i == 0) | u32::from(words.title_case) << 1 | u32::from(words.upper_case) << 2;
        let named = u32::from(
            w.lists & (list::FIRST | list::SURNAME | list::CITY | list::COUNTRY | list::DEMONYM),
        );
        out.clear();
        let mut template = 0;
        let mut push = |a: u32, b: u32| {
            template += 1;
            out.push(feature(template, a, b));
        };
        push(0, 0);
        push(w.form, 0);
        push(w.low, place);
        push(w.shape, place);
        for prefix in &w.prefix[..3] {
            push(*prefix, 0);
        }
        push(w.prefix[3], coarse(w));
        for suffix in &w.suffix {
            push(*suffix, 0);
        }
        push(w.suffix[2], pair(w.shape, place));
        push(class(w), w.shape);
        push(class(w), t1);
        push(coarse(w), pair(w.suffix[1], u32::from(w.capital)));
        push(named, pair(w.shape, place));
        push(b1.low, 0);
        push(b1.low, w.low);
        push(b1.suffix[2], t1);
        push(b1.shape, w.shape);
        push(class(b1), class(w));
        push(b2.low, 0);
        push(b2.low, b1.low);
        push(class(b2), class(b1));
        push(n1.low, 0);
        push(n1.low, w.low);
        push(n1.suffix[2], 0);
        push(n1.suffix[1], w.suffix[1]);
        push(n1.shape, w.shape);
        push(class(n1), class(w));
        push(class(n1), t1);
        push(n2.low, 0);
        push(n2.suffix[2], n1.suffix[2]);
        push(n1.low, n2.low);
        push(class(n1), class(n2));
        push(b1.low, n1.low);
        push(class(b1), class(n1));
        push(t1, 0);
        push(t1, t2);
        push(t1, w.low);
        push(t1, w.suffix[2]);
        push(pair(t1, t2), w.low);
        push(t1, n1.low);
        push(pair(t1, t2), w.suffix[2]);
        push(pair(t1, n1.suffix[1]), w.suffix[2]);
        push(pair(t1, coarse(n1)), coarse(w));
        push(pair(t1, t2), coarse(w));
        push(t2, w.low);
    }
}

/// The label with the highest score among the first `labels`; the first of
/// equals.
#[inline]
pub(crate) fn best(scores: &Scores, labels: usize) -> u8 {
    let mut best = 0;
    for (i, score) in scores.iter().enumerate().take(labels) {
        if *score > scores[best] {
            best = i;
        }
    }
    best as u8
}
