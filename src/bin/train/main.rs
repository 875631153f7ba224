//! The program that trains the weights under `models/` and scores them.
//!
//! `tieline-train DATA MODELS` trains everything from the corpora in DATA and
//! writes `MODELS/english.weights`; `tieline-train names DATA MODELS` trains the
//! name finder alone and keeps all other sections of that file byte for byte;
//! `tieline-train eval DATA [WEIGHTS]` scores the embedded weights, or those of
//! a file, on the development sets. The same data give the same bytes: shuffling
//! uses a fixed seed, sums are integers, and no clock or thread has a say.

// This program talks to the person who runs it; the library never prints.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod data;
mod eval;
mod lemmas;
mod lists;
mod names;
mod parse;
mod table;
mod tag;

use std::path::Path;

use anyhow::{Context, bail};
use tieline::language::Models;
use tieline::language::tagger::{TagSet, Tagger};
use tieline::language::weights::{Sparse, Weights};
use tieline::language::words::Lexicon;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["eval", data] => eval::all(tieline::language::weights::embedded(), Path::new(data)),
        ["eval", data, weights] => {
            let bytes = std::fs::read(weights).with_context(|| format!("reading {weights}"))?;
            eval::all(&Models::new(&bytes), Path::new(data))
        }
        ["names", data, models] => train_names(Path::new(data), Path::new(models)),
        [data, models] => train(Path::new(data), Path::new(models)),
        _ => bail!("usage: tieline-train [names] DATA MODELS | tieline-train eval DATA [WEIGHTS]"),
    }
}

fn train(data: &Path, models: &Path) -> anyhow::Result<()> {
    let trees = treebanks(data)?;
    let (clusters, list) = lists::sections(&data.join("lists"))?;
    let base = Weights::write(&[(b"CLUS", &clusters), (b"LIST", &list)]);
    let lexicon = Lexicon::new(&Weights::new(&base));

    let tag_section = tag::tag_set(&trees);
    let tags = TagSet::new(&tag_section);
    let (tag_weights, jackknifed) = tag::train(&trees, &lexicon, &tags);
    eprintln!("tagger: {} labels, {} bytes", tags.len(), tag_weights.len());

    let (action_weights, label_weights) = parse::train(&trees, &jackknifed, &lexicon, &tags);
    eprintln!(
        "parser: {} + {} bytes",
        action_weights.len(),
        label_weights.len()
    );

    let lemma_sections = lemmas::sections(&trees);

    let tagger = Tagger {
        tags: tags.clone(),
        scorer: Sparse::new(&tag_weights),
    };
    let corpora = names::corpora(&data.join("names"))?;
    let known = tag::known(&trees, jackknifed);
    let name_weights = names::train(&corpora, &known, &lexicon, &tagger);
    eprintln!("names: {} bytes", name_weights.len());

    let bytes = Weights::write(&[
        (b"CLUS", &clusters),
        (b"LIST", &list),
        (b"TAGS", &tag_section),
        (b"TAGW", &tag_weights),
        (b"PARW", &action_weights),
        (b"LABW", &label_weights),
        (b"LEMX", &lemma_sections[0]),
        (b"LEMS", &lemma_sections[1]),
        (b"LEMV", &lemma_sections[2]),
        (b"NAMW", &name_weights),
    ]);
    finish(&bytes, data, models)
}

/// Trains the name finder again. The tags that it learns from are those of the
/// whole training: the tagger's folds are trained again and not kept.
fn train_names(data: &Path, models: &Path) -> anyhow::Result<()> {
    let trees = treebanks(data)?;
    let path = models.join("english.weights");
    let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
    let weights = Weights::new(&bytes);
    let lexicon = Lexicon::new(&weights);
    let tags = TagSet::new(weights.section(b"TAGS"));
    let tagger = Tagger {
        tags: tags.clone(),
        scorer: Sparse::new(weights.section(b"TAGW")),
    };
    let (_, jackknifed) = tag::train(&trees, &lexicon, &tags);
    let corpora = names::corpora(&data.join("names"))?;
    let known = tag::known(&trees, jackknifed);
    let name_weights = names::train(&corpora, &known, &lexicon, &tagger);
    eprintln!("names: {} bytes", name_weights.len());

    let kept: [&[u8; 4]; 9] = [
        b"CLUS", b"LIST", b"TAGS", b"TAGW", b"PARW", b"LABW", b"LEMX", b"LEMS", b"LEMV",
    ];
    let mut sections: Vec<_> = kept.map(|name| (name, weights.section(name))).to_vec();
    sections.push((b"NAMW", &name_weights));
    finish(&Weights::write(&sections), data, models)
}

fn treebanks(data: &Path) -> anyhow::Result<Vec<data::Tree>> {
    let mut trees = data::treebank(&data.join("parse/ewt-train.conllu"))?;
    trees.extend(data::treebank(&data.join("parse/gum-train.conllu"))?);
    eprintln!("{} sentences of treebank", trees.len());
    Ok(trees)
}

/// Writes the weights and scores them.
fn finish(bytes: &[u8], data: &Path, models: &Path) -> anyhow::Result<()> {
    let path = models.join("english.weights");
    std::fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))?;
    eprintln!("{}: {} bytes", path.display(), bytes.len());
    eval::all(&Models::new(bytes), data)
}
