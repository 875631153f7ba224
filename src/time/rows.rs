//! Time expressions as rows for other programs: offsets in code points, TIMEX3
//! type and value, EDTF.

use super::find::in_margins;
use super::{Edtf, TimeExpression, TimexKind, find};
use crate::ingest::Article;
use crate::language::Analysis;
use crate::text::CodePoints;
use serde::Serialize;

/// One time expression, as `analyze --layer times --format jsonl` prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimexRow {
    /// First code point in the article's text.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: TimexKind,
    /// TIMEX3 value, with `X` for what is not known.
    pub value: String,
    /// The date as EDTF, where there is one.
    pub edtf: Option<Edtf>,
}

/// The time expressions of an article, resolved against its publication date,
/// in the order of the text. Reads the date lines and datelines too, which are
/// no part of the analysis.
pub fn timex_rows(
    article: &Article,
    analysis: &Analysis,
    published: Option<&Edtf>,
) -> Vec<TimexRow> {
    let offsets = CodePoints::new(&article.text);
    let body = find(article, analysis).into_iter().map(
        |TimeExpression {
             span,
             kind,
             meaning,
             ..
         }| (span, kind, meaning),
    );
    let margins = in_margins(article).map(|e| (e.span, e.kind, e.meaning));
    let mut all: Vec<_> = body.chain(margins).collect();
    all.sort_by_key(|(span, ..)| *span);
    all.into_iter()
        .filter_map(|(span, kind, meaning)| {
            let resolved = meaning.resolve(published)?;
            Some(TimexRow {
                start: offsets.at(span.start),
                end: offsets.at(span.end),
                kind,
                value: resolved.value,
                edtf: resolved.edtf,
            })
        })
        .collect()
}
