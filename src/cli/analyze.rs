//! `tieline analyze`: what each stage sees in a text, for people who tune it.

mod json;
mod reading;
#[cfg(test)]
mod tests;
mod text;
mod tree;

use self::reading::Reading;
use super::Outcome;
use super::args::{Analyze, AnalyzeFormat, Layer};
use super::error::Error;
use super::io::Io;
use super::types;
use crate::ingest::{self, Article, GivenDate, Metadata, Problem, Source};
use crate::language::conllu::{self, ConlluError};
use crate::ontology::types::EventTypes;
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

/// One line of a JSON Lines file.
#[derive(Debug, Deserialize)]
struct Line {
    doc: String,
    text: String,
    dct: Option<String>,
}

/// Runs the command.
pub(super) fn run(args: &Analyze, io: &mut Io) -> Result<Outcome, Error> {
    check(args)?;
    let types = types::load(&args.types, io)?;
    let mut read = 0_usize;
    for path in &args.paths {
        read += if args.pretokenized {
            pretokenized(path, io)?
        } else if path.extension().is_some_and(|e| e == "jsonl") && path.is_file() {
            jsonl(path, args, &types, io)?
        } else {
            files(path, args, &types, io)?
        };
    }
    if read == 0 {
        return Err(Error::new(
            "no text could be read",
            "give articles, a folder, or JSON Lines of {\"doc\", \"text\", \"dct\"}",
        ));
    }
    Ok(Outcome::Found)
}

/// What cannot be asked for together.
fn check(args: &Analyze) -> Result<(), Error> {
    let is_language = matches!(args.layer, Layer::Tokens | Layer::Parse | Layer::Names);
    match args.format {
        AnalyzeFormat::Conllu if !is_language => Err(Error::new(
            format!("CoNLL-U has no place for {}", in_words(args.layer)),
            "use --layer parse, which writes tokens, trees and names, or --format text or jsonl",
        )),
        AnalyzeFormat::Text | AnalyzeFormat::Jsonl if args.pretokenized => Err(Error::new(
            "--pretokenized reads and writes CoNLL-U only",
            "add --format conllu, or leave out --pretokenized to read plain text",
        )),
        _ => Ok(()),
    }
}

/// The layers that are no part of a treebank, for an error.
fn in_words(layer: Layer) -> &'static str {
    match layer {
        Layer::Tokens | Layer::Parse | Layer::Names => "it",
        Layer::Times => "time expressions",
        Layer::Actors => "actors",
        Layer::Events => "events",
        Layer::Blocks => "blocks",
        Layer::All => "all layers",
    }
}

/// Fills in a CoNLL-U file.
fn pretokenized(path: &Path, io: &mut Io) -> Result<usize, Error> {
    let text =
        fs::read_to_string(path).map_err(|e| Error::file(path, &e, "give a file in CoNLL-U"))?;
    let told = |e: ConlluError| {
        Error::new(
            format!("{e} ({})", path.display()),
            "give a file in CoNLL-U",
        )
    };
    let (text, analysis) = conllu::analyze_pretokenized(&text).map_err(told)?;
    io.out
        .write_all(conllu::write(&text, &analysis).as_bytes())?;
    Ok(1)
}

/// Analyses each document of a JSON Lines file.
fn jsonl(path: &Path, args: &Analyze, types: &EventTypes, io: &mut Io) -> Result<usize, Error> {
    let text = fs::read_to_string(path)
        .map_err(|e| Error::file(path, &e, "give JSON Lines of {\"doc\", \"text\", \"dct\"}"))?;
    let mut read = 0;
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let problem = |message: String| Problem {
            path: path.display().to_string(),
            line: Some(number + 1),
            message,
            hint: Some("each line is an object {\"doc\", \"text\", \"dct\"}".to_owned()),
        };
        match serde_json::from_str::<Line>(line) {
            Ok(line) => match parse(&line) {
                Ok((article, _)) => {
                    one(&line.doc, &article, args, types, io)?;
                    read += 1;
                }
                Err(told) => io.unread(&problem(told.message)),
            },
            Err(told) => io.unread(&problem(told.to_string())),
        }
    }
    Ok(read)
}

/// The document of a line as an article.
fn parse(line: &Line) -> Result<(Article, Vec<Problem>), Problem> {
    let published = line.dct.clone().map(|edtf| GivenDate {
        edtf,
        from: "dct".to_owned(),
    });
    let source = Source {
        file: PathBuf::from(&line.doc),
        path: line.doc.clone(),
        metadata: Metadata {
            published,
            ..Metadata::default()
        },
    };
    ingest::parse(&source, line.text.as_bytes())
}

/// Analyses a file or the files of a folder.
fn files(path: &Path, args: &Analyze, types: &EventTypes, io: &mut Io) -> Result<usize, Error> {
    let (sources, problems) = ingest::list(&[path.to_owned()], &[]);
    for problem in &problems {
        io.unread(problem);
    }
    let mut read = 0;
    for source in &sources {
        let parsed = ingest::load(source).and_then(|bytes| ingest::parse(source, &bytes));
        match parsed {
            Ok((article, odd)) => {
                for problem in &odd {
                    io.warning(problem);
                }
                one(&source.path, &article, args, types, io)?;
                read += 1;
            }
            Err(problem) => io.unread(&problem),
        }
    }
    Ok(read)
}

/// Writes the chosen layer of one article.
fn one(
    name: &str,
    article: &Article,
    args: &Analyze,
    types: &EventTypes,
    io: &mut Io,
) -> Result<(), Error> {
    let reading = Reading::new(article, types);
    let text = match args.format {
        AnalyzeFormat::Conllu => conllu::write(&article.text, &reading.analysis),
        AnalyzeFormat::Text => text::layer(&reading, args.layer),
        AnalyzeFormat::Jsonl => json::layer(name, &reading, args.layer),
    };
    if args.format == AnalyzeFormat::Text {
        writeln!(io.out, "# {}", crate::render::plain(name))?;
    }
    io.out.write_all(text.as_bytes())?;
    Ok(())
}
