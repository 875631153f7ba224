//! The phases over one article, in their order: article in, report out. Pure.

use crate::extract::{self, Report};
use crate::ingest::Article;
use crate::{language, time};

/// A fingerprint of everything that decides what is read out of an article:
/// code, lists and weights. Reports with another fingerprint are out of date.
pub const FINGERPRINT: &str = env!("TIELINE_FINGERPRINT");

/// Reads one article: who is in it, what they did, when, and in which words.
/// Time about linear in the length of the text.
pub fn read(article: &Article) -> Report {
    let analysis = language::analyze(article);
    let times = time::find(article, &analysis);
    let clues = time::clues(article, &analysis, &times);
    extract::report(article, &analysis, &times, clues)
}
