//! What one article alone tells of its publication date. Nothing is ever made
//! up: where the clues leave the year open, the answer has no year; where they
//! contradict each other, it is coarser or none.
//!
//! `margins` reads what is printed around the text, `captions` dated pictures,
//! `same` two expressions that the text sets side by side as one date,
//! `editions` "this year's" against a year beside the same name, `bounds` what
//! the article must have come after or before, `weekdays` dates whose weekday
//! fits one year; `verdict` says what all of them say together.

mod bounds;
mod captions;
mod editions;
mod margins;
mod same;
#[cfg(test)]
mod tests;
mod verdict;
mod weekdays;

pub use verdict::{publication, publication_bounds};

use super::{Edtf, Meaning, Part, PublicationClue, TimeExpression};
use crate::ingest::{Article, BlockKind};
use crate::language::Analysis;

/// What the article itself tells of its publication date, strongest first.
///
/// Datelines, bylines and date lines are read from the article's blocks,
/// because the language phase leaves them out.
pub fn clues(
    article: &Article,
    analysis: &Analysis,
    times: &[TimeExpression],
) -> Vec<PublicationClue> {
    let mut out = Vec::new();
    for block in &article.blocks {
        match block.kind {
            BlockKind::Date => margins::printed(article, block, "date line", 0.95, &mut out),
            BlockKind::Dateline => margins::printed(article, block, "dateline", 0.85, &mut out),
            BlockKind::Byline => margins::printed(article, block, "byline", 0.8, &mut out),
            BlockKind::Caption | BlockKind::Credit => {}
            BlockKind::Furniture | BlockKind::Body => margins::copyright(article, block, &mut out),
            BlockKind::Headline => {}
        }
    }
    margins::addresses(article, &mut out);
    captions::captions(article, analysis, times, &mut out);
    same::side_by_side(article, analysis, times, &mut out);
    same::anniversaries(article, analysis, times, &mut out);
    editions::this_years(article, analysis, &mut out);
    let frame = bounds::frame(article, analysis, times);
    weekdays::weekday_dates(analysis, times, &frame, &mut out);
    frame.clues(&mut out);
    // Stable: clues of one weight stay in the order of the text.
    out.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    out
}

/// Whether a meaning is a date by the calendar, with or without its year.
fn is_calendar_date(meaning: &Meaning) -> bool {
    match stripped(meaning) {
        Meaning::Absolute(_) => true,
        Meaning::Recurring { part, .. } => matches!(part, Part::Date { .. } | Part::Month(_)),
        _ => false,
    }
}

/// A meaning without its time of day.
fn stripped(meaning: &Meaning) -> Meaning {
    match meaning {
        Meaning::Clock { of, .. } => stripped(of),
        other => other.clone(),
    }
}

/// A clue's date as far as it is known without a publication date.
fn date_of(meaning: &Meaning) -> Option<Edtf> {
    meaning.resolve(None)?.edtf
}

/// The words of a span on one line.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
