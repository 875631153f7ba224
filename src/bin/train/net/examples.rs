//! Sentences to learn from: read from the corpora, varied anew each time.

use std::collections::HashMap;

use tieline::language::Relation;
use tieline::language::net::inputs;
use tieline::language::tags::TagSet;
use tieline::language::words::{Lexicon, Words};
use tieline::text::stable_hash;

use super::model::Example;
use super::vectors::{VECTOR, Vectors};
use crate::data::{Dice, Tagged, Tree};
use crate::names::Corpus;

/// Sentences longer than this teach nothing.
const LONGEST: usize = 150;

/// Of a thousand sentences, how many are learned in the case of a headline, and
/// how many in capitals.
const TITLE: usize = 15;
const CAPITALS: usize = 5;

/// How often a sentence of a news article is learned in each epoch.
const NEWS: usize = 2;

/// A sentence of the corpora.
pub(crate) struct Source {
    tagged: Tagged,
    /// Joint tags, heads and relations; empty without a tree.
    tags: Vec<u8>,
    heads: Vec<u32>,
    relations: Vec<u8>,
    /// Its names are known.
    named: bool,
    /// Names of other kinds are marked.
    others: bool,
    /// How often it is learned in each epoch.
    pub(crate) copies: usize,
}

impl Source {
    pub(crate) fn len(&self) -> usize {
        self.tagged.forms.len()
    }

    fn from_tree(tree: &Tree, tags: &TagSet) -> Source {
        let pairs = tree.upos.iter().zip(&tree.xpos);
        let relation = |r| Relation::ALL.iter().position(|x| x == r).unwrap_or(0) as u8;
        Source {
            tagged: Tagged {
                forms: tree.forms.clone(),
                tags: vec!["O".to_string(); tree.forms.len()],
            },
            tags: pairs
                .map(|(u, x)| tags.label(*u, *x).unwrap_or(255))
                .collect(),
            heads: tree.heads.clone(),
            relations: tree.relations.iter().map(relation).collect(),
            named: false,
            others: false,
            copies: if tree.news { NEWS } else { 1 },
        }
    }
}

/// All sentences: those with trees, with names where a corpus of names has the
/// same sentence, then those with names alone.
pub(crate) fn sources(trees: &[Tree], corpora: &[Corpus], tags: &TagSet) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    let mut places: HashMap<u64, usize> = HashMap::new();
    let key = |forms: &[String]| stable_hash(forms.join(" ").as_bytes());
    for tree in trees.iter().filter(|t| t.forms.len() <= LONGEST) {
        places.entry(key(&tree.forms)).or_insert(sources.len());
        sources.push(Source::from_tree(tree, tags));
    }
    let with_trees = sources.len();
    for corpus in corpora {
        for sentence in corpus.sentences.iter().step_by(corpus.every) {
            if let Some(at) = places.get(&key(&sentence.forms)) {
                let source = &mut sources[*at];
                if !source.others {
                    source.tagged.tags.clone_from(&sentence.tags);
                    source.named = true;
                    source.others = corpus.others;
                }
            } else if sentence.forms.len() <= LONGEST {
                sources.push(Source {
                    tagged: sentence.clone(),
                    tags: Vec::new(),
                    heads: Vec::new(),
                    relations: Vec::new(),
                    named: true,
                    others: corpus.others,
                    copies: corpus.copies,
                });
            }
        }
    }
    let named = sources[..with_trees].iter().filter(|s| s.named).count();
    eprintln!(
        "{with_trees} trees, {named} of them with names, and {} sentences with names alone",
        sources.len() - with_trees
    );
    sources
}

/// Turns sentences into what the network reads.
pub(crate) struct Maker<'l> {
    lexicon: &'l Lexicon<'l>,
    vectors: &'l Vectors,
    /// How often each word, in lower case, is in the corpora.
    counts: HashMap<u32, u32>,
}

impl<'l> Maker<'l> {
    pub(crate) fn new(
        lexicon: &'l Lexicon<'l>,
        vectors: &'l Vectors,
        sources: &[Source],
    ) -> Maker<'l> {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for form in sources.iter().flat_map(|s| &s.tagged.forms) {
            *counts.entry(lexicon.word(form).low).or_default() += 1;
        }
        Maker {
            lexicon,
            vectors,
            counts,
        }
    }

    /// A sentence as the network reads it, now and then in another case; as it
    /// is when `plain`.
    pub(crate) fn example(&self, source: &Source, plain: bool, dice: &mut Dice) -> Example {
        let tagged = &source.tagged;
        let other = if plain {
            None
        } else {
            in_other_case(&tagged.forms, dice)
        };
        let forms = other.as_ref().unwrap_or(&tagged.forms);
        let words = Words::new(self.lexicon, forms.iter().map(String::as_str));
        let mut vectors = vec![0.0; forms.len() * VECTOR];
        for (word, out) in words.words.iter().zip(vectors.chunks_exact_mut(VECTOR)) {
            if let Some(vector) = self.vectors.get(word.form, word.raw) {
                for (x, y) in out.iter_mut().zip(vector) {
                    *x = y;
                }
            }
        }
        let rare = words.words.iter().map(|w| {
            let count = self.counts.get(&w.low).copied().unwrap_or(0) as f32;
            (1000.0 * 0.25 / (0.25 + count)) as u16 + 20
        });
        Example {
            rows: inputs::rows(self.lexicon, &words),
            rare: rare.collect(),
            vectors,
            tags: source.tags.clone(),
            heads: source.heads.clone(),
            relations: source.relations.clone(),
            names: if source.named {
                crate::names::labels(&tagged.tags)
            } else {
                Vec::new()
            },
            others: source.others,
        }
    }
}

/// Now and then the words in the case of a headline, or in capitals.
fn in_other_case(forms: &[String], dice: &mut Dice) -> Option<Vec<String>> {
    const SMALL: [&str; 18] = [
        "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "of", "on", "or",
        "over", "the", "to", "with",
    ];
    let draw = dice.below(1000);
    if forms.len() < 4 || draw >= TITLE + CAPITALS {
        return None;
    }
    let title = |(i, form): (usize, &String)| {
        let mut chars = form.chars();
        match chars.next() {
            Some(first) if i == 0 || !SMALL.contains(&form.as_str()) => {
                first.to_uppercase().chain(chars).collect()
            }
            _ => form.clone(),
        }
    };
    Some(if draw < TITLE {
        forms.iter().enumerate().map(title).collect()
    } else {
        forms.iter().map(|form| form.to_uppercase()).collect()
    })
}
