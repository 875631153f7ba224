//! Trains the tagger, and tags the treebank by jackknifing for the parser.

use std::collections::{BTreeMap, HashMap};

use tieline::language::tagger::{TagSet, Tagger, Words};
use tieline::language::weights::{Scorer, Sparse};
use tieline::language::words::Lexicon;
use tieline::text::stable_hash;

use crate::data::{Dice, Tree};
use crate::table::Table;

/// Pairs of tags seen fewer times than this get no label of their own.
const RARE: usize = 8;
const FOLDS: usize = 4;
const EPOCHS: usize = 6;
const FOLD_EPOCHS: usize = 4;
/// Bytes for the weights.
const BUDGET: usize = 4_900_000;

/// The section with the joint tag set.
pub(crate) fn tag_set(trees: &[Tree]) -> Vec<u8> {
    let mut counts = BTreeMap::new();
    for tree in trees {
        for pair in tree.upos.iter().zip(&tree.xpos) {
            *counts.entry(pair).or_insert(0) += 1;
        }
    }
    let mut pairs: Vec<_> = counts.into_iter().filter(|(_, n)| *n >= RARE).collect();
    pairs.sort_by_key(|(pair, n)| (std::cmp::Reverse(*n), *pair));
    pairs
        .iter()
        .take(120)
        .flat_map(|((upos, xpos), _)| [**upos as u8, **xpos as u8])
        .collect()
}

/// The words of a tree.
pub(crate) fn words(lexicon: &Lexicon<'_>, forms: &[String]) -> Words {
    Words::new(lexicon, forms.iter().map(String::as_str))
}

fn learn(examples: &[(&Words, &[Option<u8>])], tags: &TagSet, epochs: usize) -> Table {
    let mut tagger = Tagger {
        tags: tags.clone(),
        scorer: Table::default(),
    };
    let mut dice = Dice::new(11);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut features = Vec::new();
    for _ in 0..epochs {
        dice.shuffle(&mut order);
        for example in &order {
            let (words, gold) = examples[*example];
            let mut labels: Vec<u8> = Vec::with_capacity(gold.len());
            for (i, gold) in gold.iter().enumerate() {
                tagger.features(words, &labels, i, &mut features);
                let scores = tagger.scorer.score(&features);
                let guess = (0..tags.len())
                    .max_by_key(|l| (scores[*l], std::cmp::Reverse(*l)))
                    .unwrap_or(0) as u8;
                tagger.scorer.tick();
                if let Some(gold) = gold
                    && guess != *gold
                {
                    tagger.scorer.update(&features, *gold, guess);
                }
                labels.push(guess);
            }
        }
    }
    tagger.scorer
}

/// The tagger's weights, and tags for every tree from taggers that have not
/// seen it.
pub(crate) fn train(
    trees: &[Tree],
    lexicon: &Lexicon<'_>,
    tags: &TagSet,
) -> (Vec<u8>, Vec<Vec<u8>>) {
    let words: Vec<Words> = trees
        .iter()
        .map(|t| self::words(lexicon, &t.forms))
        .collect();
    let gold: Vec<Vec<Option<u8>>> = trees
        .iter()
        .map(|t| {
            let pairs = t.upos.iter().zip(&t.xpos);
            pairs.map(|(u, x)| tags.label(*u, *x)).collect()
        })
        .collect();
    let examples = |keep: &dyn Fn(usize) -> bool| -> Vec<(&Words, &[Option<u8>])> {
        (0..trees.len())
            .filter(|i| keep(*i))
            .flat_map(|i| std::iter::repeat_n(i, 1 + usize::from(trees[i].news)))
            .map(|i| (&words[i], &gold[i][..]))
            .collect()
    };
    let mut jackknifed = vec![Vec::new(); trees.len()];
    // Long stretches, so that a document is mostly in one fold.
    let fold = |i: usize| (i / 50) % FOLDS;
    for held_out in 0..FOLDS {
        let table = learn(&examples(&|i| fold(i) != held_out), tags, FOLD_EPOCHS);
        let section = table.sparse(BUDGET);
        let tagger = Tagger {
            tags: tags.clone(),
            scorer: Sparse::new(&section),
        };
        for i in (0..trees.len()).filter(|i| fold(*i) == held_out) {
            jackknifed[i] = tagger.tag(&words[i]);
        }
        eprintln!("tagger: fold {} of {FOLDS}", held_out + 1);
    }
    (
        learn(&examples(&|_| true), tags, EPOCHS).sparse(BUDGET),
        jackknifed,
    )
}

/// Jackknifed tags by the sentence's words, for corpora over the same text.
pub(crate) fn known(trees: &[Tree], jackknifed: Vec<Vec<u8>>) -> HashMap<u64, Vec<u8>> {
    let keys = trees
        .iter()
        .map(|t| stable_hash(t.forms.join(" ").as_bytes()));
    keys.zip(jackknifed).collect()
}
