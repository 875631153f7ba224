//! Trains the name finder on corpora with different conventions.

use std::path::Path;

use tieline::language::names::{self, Memory, OUTSIDE, Place, Sight};
use tieline::language::net::Network;
use tieline::language::tags::{TagSet, Upos, Xpos};
use tieline::language::weights::Scorer;
use tieline::language::words::{Lexicon, Words};

use crate::data::{self, Dice, Tagged};
use crate::table::Table;

const EPOCHS: usize = 8;
/// Bytes for the weights.
const BUDGET: usize = 4_250_000;
/// By how many updates of one feature the right label must win; a smaller lead
/// is corrected like a mistake.
const MARGIN: i32 = 80;
/// Of a hundred words, how many are learned without their forms, so that the
/// model learns to do with context alone for names that it has never seen.
const MASKED: usize = 15;

/// A corpus and what is peculiar about it.
pub(crate) struct Corpus {
    pub(crate) sentences: Vec<Tagged>,
    /// Names of other kinds are marked. Where they are not, the model is
    /// neither asked for them nor taught that they are none.
    pub(crate) others: bool,
    /// Of how many stretches of the corpus one is used in each epoch.
    pub(crate) every: usize,
    /// How often a stretch that is used is used.
    pub(crate) copies: usize,
}

/// All corpora for training.
pub(crate) fn corpora(folder: &Path) -> anyhow::Result<Vec<Corpus>> {
    [
        ("uner-ewt-train.tsv", true, 1, 1),
        ("crossner-politics-train.tsv", true, 1, 5),
        ("wikigold.tsv", true, 1, 2),
        ("wnut17-train.tsv", false, 1, 1),
        ("btc.tsv", false, 2, 1),
        ("gum-names-train.tsv", false, 1, 1),
    ]
    .into_iter()
    .map(|(name, others, every, copies)| {
        let mut sentences = data::tagged(&folder.join(name))?;
        if name == "btc.tsv" {
            // Its tokens of "@" alone are tagged as persons.
            sentences.retain(|s| !s.forms.iter().any(|f| f == "@"));
        }
        Ok(Corpus {
            sentences,
            others,
            every,
            copies,
        })
    })
    .collect()
}

/// Kind number of a corpus's word for it.
pub(crate) fn kind(word: &str) -> usize {
    match word.to_lowercase().as_str() {
        "per" | "person" | "politician" => 0,
        "org" | "organisation" | "organization" | "politicalparty" | "corporation" | "group" => 1,
        "loc" | "location" | "country" | "place" | "gpe" => 2,
        _ => 3,
    }
}

/// BILOU labels from IOB tags.
pub(crate) fn labels(tags: &[String]) -> Vec<u8> {
    let mut out = vec![OUTSIDE; tags.len()];
    let mut i = 0;
    while i < tags.len() {
        let Some((_, word)) = tags[i].split_once('-') else {
            i += 1;
            continue;
        };
        let inside = format!("I-{word}");
        let mut last = i;
        while tags.get(last + 1) == Some(&inside) {
            last += 1;
        }
        let kind = kind(word);
        for (j, label) in out[i..=last].iter_mut().enumerate() {
            let place = match (j == 0, i + j == last) {
                (true, true) => Place::Unit,
                (true, false) => Place::Begin,
                (false, true) => Place::Last,
                (false, false) => Place::Inside,
            };
            *label = names::label(kind, place);
        }
        i = last + 1;
    }
    out
}

struct Example {
    words: Words,
    tags: Vec<(Upos, Xpos)>,
    gold: Vec<u8>,
}

/// The weights of the name finder, which learns with the tags of the network.
pub(crate) fn train(
    corpora: &[Corpus],
    lexicon: &Lexicon<'_>,
    network: &Network<'_>,
    tags: &TagSet,
) -> Vec<u8> {
    const STRETCH: usize = 20;
    let mut stretches: Vec<(usize, Vec<Example>)> = Vec::new();
    for (number, corpus) in corpora.iter().enumerate() {
        for sentences in corpus.sentences.chunks(STRETCH) {
            let words: Vec<Words> = sentences
                .iter()
                .map(|s| Words::new(lexicon, s.forms.iter().map(String::as_str)))
                .collect();
            let readings = network.read(lexicon, &words.iter().collect::<Vec<_>>());
            let examples = words.into_iter().zip(readings).zip(sentences);
            let examples = examples
                .map(|((words, reading), sentence)| Example {
                    words,
                    tags: reading.tags.iter().map(|t| tags.get(*t)).collect(),
                    gold: labels(&sentence.tags),
                })
                .collect();
            stretches.push((number, examples));
        }
    }
    let mut table = Table::default();
    let mut dice = Dice::new(37);
    let mut order: Vec<usize> = (0..stretches.len())
        .flat_map(|i| std::iter::repeat_n(i, corpora[stretches[i].0].copies))
        .collect();
    for epoch in 0..EPOCHS {
        dice.shuffle(&mut order);
        let mut wrong = 0;
        for i in &order {
            let (corpus, examples) = &stretches[*i];
            let corpus = &corpora[*corpus];
            if (i + epoch) % corpus.every != 0 {
                continue;
            }
            let mut memory = Memory::default();
            for example in examples {
                let labels = sentence(
                    example,
                    corpus.others,
                    lexicon,
                    &memory,
                    &mut dice,
                    &mut table,
                    &mut wrong,
                );
                memory.note(&example.words, &labels);
            }
        }
        eprintln!("names: epoch {epoch}, {wrong} labels wrong");
    }
    table.sparse(BUDGET)
}

/// Labels a sentence and learns from it.
fn sentence(
    example: &Example,
    others: bool,
    lexicon: &Lexicon<'_>,
    memory: &Memory,
    dice: &mut Dice,
    table: &mut Table,
    wrong: &mut usize,
) -> Vec<u8> {
    let sight = Sight::new(lexicon, &example.words, &example.tags, memory);
    let n = example.gold.len();
    let mut labels: Vec<u8> = Vec::with_capacity(n);
    let mut features = Vec::new();
    let is_other = |label: u8| names::parts(label).is_some_and(|(kind, _)| kind == 3);
    for i in 0..n {
        sight.features(&labels, i, &mut features);
        if dice.below(100) < MASKED {
            names::mask(&mut features);
        }
        let mut scores = table.score(&features);
        if !others {
            for (label, score) in (0_u8..).zip(&mut scores) {
                if is_other(label) {
                    *score = i32::MIN;
                }
            }
        }
        let before = labels.last().copied().unwrap_or(OUTSIDE);
        let guess = names::best_label(&scores, before, i + 1 == n);
        // The gold label, or where an earlier mistake rules it out, the best
        // that is still possible: the name goes on or ends where gold's does.
        let gold = example.gold[i];
        let target = if names::may_follow(before, gold, i + 1 == n) {
            gold
        } else {
            repair(before, gold, i + 1 == n)
        };
        table.tick();
        if others || !is_other(gold) {
            *wrong += usize::from(guess != target);
            let lead = &mut scores[usize::from(target)];
            *lead = lead.saturating_sub(MARGIN);
            let rival = names::best_label(&scores, before, i + 1 == n);
            if rival != target && scores[usize::from(rival)] > i32::MIN {
                table.update(&features, target, rival);
            }
        }
        labels.push(guess);
    }
    labels
}

/// What to aim for when the gold label cannot follow `before`.
fn repair(before: u8, gold: u8, last: bool) -> u8 {
    let place = match names::parts(gold) {
        Some((_, Place::Begin | Place::Inside)) if !last => Place::Inside,
        _ => Place::Last,
    };
    match (names::parts(before), names::parts(gold)) {
        // Inside a wrong name: end it as soon as gold allows.
        (Some((kind, Place::Begin | Place::Inside)), _) => names::label(kind, place),
        // Gold is inside a name that was never begun: begin it now.
        (_, Some((kind, Place::Inside))) if !last => names::label(kind, Place::Begin),
        (_, Some((kind, _))) => names::label(kind, Place::Unit),
        _ => OUTSIDE,
    }
}
