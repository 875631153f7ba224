//! The program that trains the weights under `models/` and scores them.
//!
//! `tieline-train DATA MODELS` trains everything from the corpora in DATA and
//! writes `MODELS/english.weights`; `tieline-train names DATA MODELS` trains the
//! linear part of the name finder alone and keeps all other sections of that file
//! byte for byte; `tieline-train eval DATA [WEIGHTS]` scores the embedded weights,
//! or those of a file, on the development sets; `tieline-train speed TEXT
//! [WEIGHTS]` measures tokens a second; `tieline-train recognizers FILE [--errors]`
//! scores the time layer on the cases of Recognizers-Text; `tieline-train withheld
//! COLLECTION...` measures how well publication dates are found (see [`withheld`]).
//! `tieline-train coref FILE [--links]` scores coreference on a treebank with entities.
//! The same data give the same bytes: random
//! numbers have a fixed seed, sums a fixed order, and no clock or thread has a say.

// This program talks to the person who runs it; the library never prints.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod coref;
mod coref_scores;
mod data;
mod eval;
mod left_out;
mod lemmas;
mod lists;
mod names;
mod net;
mod recognizers;
mod table;
mod withheld;

use std::path::Path;

use anyhow::{Context, bail};
use tieline::language::Models;
use tieline::language::tags::TagSet;
use tieline::language::weights::Weights;
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
        ["speed", text] => speed(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("models/english.weights"),
            Path::new(text),
        ),
        ["speed", text, weights] => speed(Path::new(weights), Path::new(text)),
        ["recognizers", file] => recognizers::score(Path::new(file), false),
        ["recognizers", file, "--errors"] => recognizers::score(Path::new(file), true),
        ["coref", file] => coref::score(Path::new(file), false),
        ["coref", file, "--links"] => coref::score(Path::new(file), true),
        ["withheld", ref rest @ ..] if !rest.is_empty() => withheld::run(rest),
        ["names", data, models] => train_names(Path::new(data), Path::new(models)),
        [data, models] => train(Path::new(data), Path::new(models)),
        _ => bail!(
            "usage: tieline-train [names] DATA MODELS | tieline-train eval DATA [WEIGHTS] \
             | tieline-train speed TEXT [WEIGHTS] | tieline-train recognizers FILE [--errors] \
             | tieline-train withheld [--cut] [--one] [--why] COLLECTION... \
             | tieline-train coref FILE [--links]"
        ),
    }
}

fn speed(weights: &Path, text: &Path) -> anyhow::Result<()> {
    let bytes = std::fs::read(weights).with_context(|| format!("reading {}", weights.display()))?;
    let text =
        std::fs::read_to_string(text).with_context(|| format!("reading {}", text.display()))?;
    eval::speed(&bytes, &text);
    Ok(())
}

/// The sections that need no training, in the order of the file.
struct Base {
    sections: Vec<(&'static [u8; 4], Vec<u8>)>,
}

impl Base {
    fn new(data: &Path, trees: &[data::Tree]) -> anyhow::Result<Base> {
        let (clusters, list) = lists::sections(&data.join("lists"))?;
        let [exceptions, scripts, verbs] = lemmas::sections(trees);
        Ok(Base {
            sections: vec![
                (b"CLUS", clusters),
                (b"LIST", list),
                (b"TAGS", data::tag_set(trees)),
                (b"LEMX", exceptions),
                (b"LEMS", scripts),
                (b"LEMV", verbs),
            ],
        })
    }

    /// A weights file with these sections and more.
    fn with(&self, more: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let own = self.sections.iter().map(|(n, b)| (*n, b.as_slice()));
        let all: Vec<(&[u8; 4], &[u8])> = own.chain(more.iter().copied()).collect();
        Weights::write(&all)
    }
}

const NETWORK: [&[u8; 4]; 4] = [b"NETW", b"EMBD", b"VECS", b"VROW"];

fn train(data: &Path, models: &Path) -> anyhow::Result<()> {
    let trees = treebanks(data)?;
    let base = Base::new(data, &trees)?;
    let corpora = names::corpora(&data.join("names"))?;
    let file = |sections: &[Vec<u8>; 4]| {
        let more = NETWORK
            .iter()
            .copied()
            .zip(sections.iter().map(Vec::as_slice));
        base.with(&more.collect::<Vec<_>>())
    };
    let plain = base.with(&[]);
    let plain = Weights::new(&plain);
    let watch = |sections: &[Vec<u8>; 4]| {
        // Scores on the way are for watching only: nothing is chosen by them.
        if let Err(told) = eval::all(&Models::new(&file(sections)), data) {
            eprintln!("{told}");
        }
    };
    let network = net::train(
        data,
        &trees,
        &corpora,
        &Lexicon::new(&plain),
        &TagSet::new(plain.section(b"TAGS")),
        watch,
    )?;
    finish(&file(&network), data, models)?;
    train_names(data, models)
}

/// Trains the linear part of the name finder, and keeps all other sections of
/// the weights file.
fn train_names(data: &Path, models: &Path) -> anyhow::Result<()> {
    let path = models.join("english.weights");
    let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
    let weights = Weights::new(&bytes);
    let old = Models::new(&bytes);
    let network = old.network.as_ref().context("no network in the weights")?;
    let corpora = names::corpora(&data.join("names"))?;
    let name_weights = names::train(&corpora, &old.lexicon, network, &old.tags);
    eprintln!("names: {} bytes", name_weights.len());
    let kept: [&[u8; 4]; 6] = [b"CLUS", b"LIST", b"TAGS", b"LEMX", b"LEMS", b"LEMV"];
    let kept = kept.iter().chain(&NETWORK);
    let mut sections: Vec<_> = kept.map(|name| (*name, weights.section(name))).collect();
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
