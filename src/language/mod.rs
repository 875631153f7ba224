//! From text to [`Analysis`]: sentences, tokens with lemma, tag, head and
//! relation, and names. Reads no file: the weights are part of the binary.
//!
//! Each stage is a linear model behind a small type ([`tagger::Tagger`],
//! [`parser::Parser`], [`names::NameFinder`]); the weights come from
//! `tieline-train` and are described in `models/README.md`.

mod abbreviations;
mod annotate;
pub mod conllu;
mod document;
mod hash;
mod irregular;
pub mod kinds;
pub mod lemma;
pub mod names;
pub mod parser;
mod runs;
pub mod sentences;
pub mod tagger;
pub mod tags;
#[cfg(test)]
mod tests;
mod tokenize;
mod types;
pub mod weights;
pub mod words;

pub use annotate::{Models, RawSentence, analyze, annotate, annotate_with};
pub use tags::{Relation, Upos, Xpos};
pub use types::{Analysis, Name, NameKind, Sentence, Token};
