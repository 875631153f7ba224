//! Pieces of a story with rows in the place of indices, as they are compared
//! with what is there and written. Touches no database.

use crate::extract::Quote;
use crate::resolve::Event;
use crate::text::stable_hash;
use crate::time::Edtf;
use rusqlite::Result;

/// An EDTF date as it stands in three columns.
pub(super) fn columns(date: Option<&Edtf>) -> (Option<&str>, Option<String>, Option<String>) {
    let day = |d: chrono::NaiveDate| d.format("%Y-%m-%d").to_string();
    (
        date.map(Edtf::as_str),
        date.and_then(Edtf::earliest).map(day),
        date.and_then(Edtf::latest).map(day),
    )
}

/// An index as SQLite's integer.
pub(super) fn int(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

/// A hash as SQLite's integer, which has a sign; 0 says that nothing is known.
pub(super) fn digest<T: serde::Serialize>(value: &T) -> Result<i64> {
    Ok((stable_hash(&super::blob(value)?) as i64).max(i64::MIN + 1) | 1)
}

/// What a piece is made of, as SQLite's integer.
pub(super) fn stored(made_of: u64) -> i64 {
    made_of as i64
}

/// The rows behind the indices of a story.
pub(super) trait Rows {
    /// The row of a document.
    fn document_row(&self, index: usize) -> i64;
    /// The row of an actor.
    fn actor_row(&self, index: usize) -> i64;
    /// What orders documents: the path, then the id.
    fn path(&self, index: usize) -> &str;
}

/// A role with its indices as rows.
#[derive(serde::Serialize)]
pub(super) struct RoleRow<'r> {
    pub(super) title: &'r str,
    pub(super) of: Option<i64>,
    pub(super) documents: Vec<i64>,
    pub(super) quote: &'r Quote,
}

/// What a disagreement is about, and the documents of each side.
type Differ<'e> = (&'e str, Vec<(&'e str, Vec<i64>)>);

/// An event with its indices as rows.
#[derive(serde::Serialize)]
pub(super) struct Row<'e> {
    pub(super) sort: Vec<u8>,
    kind: &'e str,
    title: &'e str,
    status: &'e str,
    date: Option<(&'e str, &'e str, Option<&'e str>, bool)>,
    pub(super) place: Option<i64>,
    pub(super) sources: u32,
    confidence: f32,
    pub(super) apart: String,
    pub(super) disagreements: String,
    pub(super) participants: Vec<(i64, &'e str)>,
    /// Document and speaker of each sentence.
    pub(super) evidence: Vec<(i64, Option<i64>)>,
    quotes: Vec<(u32, u32, u32, u32)>,
}

impl<'e> Row<'e> {
    pub(super) fn of(rows: &impl Rows, event: &'e Event) -> Row<'e> {
        let actor = |index: usize| rows.actor_row(index);
        let apart: Vec<(i64, i64)> = event
            .apart
            .iter()
            .map(|(a, b)| (actor(*a), actor(*b)))
            .collect();
        let differ: Vec<Differ<'_>> = event
            .disagreements
            .iter()
            .map(|d| {
                let sides = d.sides.iter().map(|(what, documents)| {
                    let rows = documents.iter().map(|i| rows.document_row(*i));
                    (what.as_str(), rows.collect())
                });
                (d.about.as_str(), sides.collect())
            })
            .collect();
        Row {
            sort: sort_key(event, rows),
            kind: &event.kind,
            title: &event.title,
            status: event.status.as_str(),
            date: event.date.as_ref().map(|d| {
                (
                    d.edtf.as_str(),
                    d.basis.as_str(),
                    d.words.as_deref(),
                    d.inferred,
                )
            }),
            place: event.place.map(actor),
            sources: event.sources,
            confidence: event.confidence,
            apart: json(&apart).unwrap_or_default(),
            disagreements: json(&differ).unwrap_or_default(),
            participants: event
                .participants
                .iter()
                .map(|p| (actor(p.actor), p.role.as_str()))
                .collect(),
            evidence: event
                .evidence
                .iter()
                .map(|e| (rows.document_row(e.document), e.attributed_to.map(actor)))
                .collect(),
            quotes: event
                .evidence
                .iter()
                .map(|e| (e.quote.start, e.quote.end, e.trigger.start, e.trigger.end))
                .collect(),
        }
    }
}

/// Bytes that order events as the story does: by date, undated last, then by
/// the place where they are first told. They name the document by its path and
/// not by its rank, so that a new article changes no row of another.
fn sort_key(event: &Event, rows: &impl Rows) -> Vec<u8> {
    use chrono::Datelike;
    let edtf = event.date.as_ref().map(|d| &d.edtf);
    let (first, last) = edtf.map_or((None, None), Edtf::bounds);
    let known = match (edtf, first.or(last)) {
        (None, _) => 2_u8,
        (Some(_), None) => 1,
        (Some(_), Some(_)) => 0,
    };
    let day = |d: Option<chrono::NaiveDate>| match d {
        Some(d) => (i64::from(d.num_days_from_ce()) + (1 << 40)).to_be_bytes(),
        None => [0; 8],
    };
    let mut key = vec![known];
    key.extend(day(first.or(last)));
    key.extend(day(last.or(Some(chrono::NaiveDate::MAX))));
    key.extend(edtf.map_or("", Edtf::as_str).bytes());
    key.push(0);
    if let Some(evidence) = event.evidence.first() {
        key.extend(rows.path(evidence.document).bytes());
        key.push(0);
        key.extend(evidence.trigger.start.to_be_bytes());
        key.extend(evidence.quote.start.to_be_bytes());
    }
    key.extend(event.id.bytes());
    key
}

pub(super) fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}
