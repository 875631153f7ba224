//! From text to [`Analysis`]: sentences, tokens with lemma, tag, head and
//! relation, and names. Reads no file: the weights are part of the binary.
//!
//! One network ([`net::Network`]) reads tags, trees and names of each sentence;
//! the weights come from `tieline-train` and are described in
//! `models/README.md`.

mod abbreviations;
mod annotate;
pub mod conllu;
mod document;
pub(crate) mod given;
mod hash;
mod irregular;
pub mod kinds;
pub mod lemma;
mod mend;
pub mod names;
pub mod net;
mod runs;
pub mod sentences;
pub mod tags;
#[cfg(test)]
mod tests;
mod tokenize;
mod types;
pub mod weights;
pub mod words;

pub use annotate::{Models, RawSentence, analyze, annotate, annotate_with};
pub(crate) use irregular::IRREGULAR_VERBS;
pub use tags::{Relation, Upos, Xpos};
pub use types::{Analysis, Name, NameKind, Sentence, Token};
