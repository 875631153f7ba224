//! What the article must have come after or before. A full date of which the
//! text speaks in the past lies behind the publication, one of which it says
//! that it "will" be lies ahead.

use super::{date_of, one_line, stripped};
use crate::ingest::{Article, BlockKind};
use crate::language::{Analysis, Sentence};
use crate::time::tense::{self, Tense};
use crate::time::{Edtf, End, Meaning, Precision, PublicationClue, TimeExpression};
use chrono::NaiveDate;

/// A full date that bounds the publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bound {
    /// The first day on which the article can have been published, or the last.
    pub(super) day: NaiveDate,
    /// The date as the text gives it.
    pub(super) date: Edtf,
    /// In which words.
    words: String,
}

/// The days between which the article was published, as far as it tells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) after: Option<Bound>,
    pub(super) before: Option<Bound>,
}

/// Words before a date that put it ahead whatever the verb: "ahead of the 2016
/// vote", "planned for March 3, 2015".
const AHEAD: [&str; 20] = [
    "ahead",
    "before",
    "for",
    "until",
    "till",
    "by",
    "toward",
    "towards",
    "upcoming",
    "planned",
    "next",
    "expected",
    "scheduled",
    "due",
    "through",
    "to",
    "or",
    "would",
    "could",
    "if",
];

/// What the full dates of the text bound. Where they contradict each other, a
/// tense was misread, and nothing is bounded.
pub(super) fn frame(article: &Article, analysis: &Analysis, times: &[TimeExpression]) -> Frame {
    let mut frame = Frame::default();
    for time in times {
        let Some(sentence) = analysis.sentences.get(time.sentence as usize) else {
            continue;
        };
        let Some(date) = full_date(&time.meaning) else {
            continue;
        };
        let (Some(first), Some(last)) = date.bounds() else {
            continue;
        };
        let bound = |day| Bound {
            day,
            date: date.clone(),
            words: one_line(time.span.of(&article.text)),
        };
        match side(&article.text, sentence, time) {
            Some(Side::Behind) if frame.after.as_ref().is_none_or(|b| b.day < first) => {
                frame.after = Some(bound(first));
            }
            Some(Side::Ahead) if frame.before.as_ref().is_none_or(|b| b.day > last) => {
                frame.before = Some(bound(last));
            }
            _ => {}
        }
    }
    match (&frame.after, &frame.before) {
        (Some(after), Some(before)) if after.day > before.day => Frame::default(),
        _ => frame,
    }
}

impl Frame {
    /// The bounds as clues: they narrow what others say, and speak alone only
    /// together.
    pub(super) fn clues(&self, out: &mut Vec<PublicationClue>) {
        if let Some(after) = &self.after
            && let Some(edtf) = Edtf::interval(Some(&Edtf::day(after.day)), None)
        {
            out.push(PublicationClue {
                eve: false,
                weight: 0.3,
                printed: false,
                meaning: Meaning::Absolute(edtf),
                why: format!("the text tells of {} as past", after.words),
            });
        }
        if let Some(before) = &self.before
            && let Some(edtf) = Edtf::interval(None, Some(&Edtf::day(before.day)))
        {
            out.push(PublicationClue {
                eve: false,
                weight: 0.3,
                printed: false,
                meaning: Meaning::Absolute(edtf),
                why: format!("the text says that {} lies ahead", before.words),
            });
        }
    }
}

/// The day, month or year that an expression gives in full; of "since 2011"
/// its beginning.
fn full_date(meaning: &Meaning) -> Option<Edtf> {
    let plain = match stripped(meaning) {
        Meaning::Interval {
            from: Some(from),
            to: None,
            named: End::From,
        } => stripped(&from),
        other => other,
    };
    let Meaning::Absolute(_) = plain else {
        return None;
    };
    date_of(&plain).filter(|edtf| {
        !edtf.is_qualified()
            && matches!(
                edtf.precision(),
                Precision::Day | Precision::Month | Precision::Year
            )
    })
}

enum Side {
    Behind,
    Ahead,
}

/// On which side of the publication a full date lies.
fn side(text: &str, sentence: &Sentence, time: &TimeExpression) -> Option<Side> {
    let first = usize::from(time.first);
    let near = |reach: usize, words: &[&str]| {
        (first.saturating_sub(reach)..first).any(|i| {
            let word = sentence.word(text, i);
            words.iter().any(|w| word.eq_ignore_ascii_case(w))
        })
    };
    if sentence.kind == BlockKind::Caption {
        // Captions speak in the present; the picture is older than the page.
        return date_of(&stripped(&time.meaning))
            .is_some_and(|e| e.is_day())
            .then_some(Side::Behind);
    }
    if sentence.kind != BlockKind::Body || is_quoted(text, sentence) {
        return None;
    }
    match tense::at(text, sentence, first) {
        Tense::Past if !near(4, &AHEAD) => Some(Side::Behind),
        Tense::Future
            if near(10, &["will", "wo", "'ll", "’ll"]) && !near(24, &["would", "had"]) =>
        {
            Some(Side::Ahead)
        }
        _ => None,
    }
}

/// Whether the sentence holds a quotation: what was "will" when it was said may
/// be over when it is told.
fn is_quoted(text: &str, sentence: &Sentence) -> bool {
    let words = sentence.span.of(text);
    words.contains(['"', '“', '”']) || words.contains("``") || words.contains("''")
}
