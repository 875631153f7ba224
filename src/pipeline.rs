//! The phases over one article, in their order: article in, report out. Pure.

use crate::extract::{self, Quote, Report};
use crate::ingest::{Article, BlockKind};
use crate::ontology::types::EventTypes;
use crate::text::CodePoints;
use crate::{language, time};

/// A fingerprint of everything that decides what is read out of an article:
/// code, lists and weights. Reports with another fingerprint are out of date.
pub const FINGERPRINT: &str = env!("TIELINE_FINGERPRINT");

/// Reads one article: who is in it, what they did, when, and in which words.
/// Time about linear in the length of the text.
pub fn read(article: &Article) -> Report {
    read_with(article, EventTypes::builtin())
}

/// As [`read`], with these event types.
pub fn read_with(article: &Article, types: &EventTypes) -> Report {
    read_whole(article, types).0
}

/// As [`read_with`], and gives the article's sentences, with their places in
/// code points.
pub fn read_whole(article: &Article, types: &EventTypes) -> (Report, Vec<Quote>) {
    let analysis = language::analyze(article);
    let times = time::find(article, &analysis);
    let clues = time::clues(article, &analysis, &times);
    let report = extract::report_with(article, &analysis, &times, clues, types);
    let points = CodePoints::new(&article.text);
    let sentences = analysis.sentences.iter().map(|s| Quote {
        start: points.at(s.span.start),
        end: points.at(s.span.end),
        text: s.span.of(&article.text).to_owned(),
    });
    (report, sentences.collect())
}

/// Reads one sentence as an article of one paragraph, as the examples of the
/// event types are.
pub fn read_sentence(sentence: &str, types: &EventTypes) -> Report {
    let article = Article::of_block(sentence, BlockKind::Body);
    read_with(&article, types)
}
