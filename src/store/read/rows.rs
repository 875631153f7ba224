//! Rows of the tables as values of a story.

use crate::extract::{Quote, Trigger};
use crate::model::{DateBasis, PublicationBasis, Status};
use crate::resolve::{CopyOf, Disagreement, Document, Event, EventDate, Evidence, Published};
use crate::time::Edtf;
use rusqlite::{Row, Statement};
use std::collections::BTreeMap;

/// Why rows cannot be made a story of.
pub(super) enum Failed {
    Sql(rusqlite::Error),
    Value(String),
}

impl From<rusqlite::Error> for Failed {
    fn from(error: rusqlite::Error) -> Failed {
        Failed::Sql(error)
    }
}

pub(super) type Read<T> = Result<T, Failed>;

/// Rows of a table as indices of a story.
pub(super) type Places = BTreeMap<i64, usize>;

/// The columns of a document.
pub(super) const DOCUMENT: &str = "SELECT id, path, title, source, url, published, published_basis,
    published_why, origins, sort,
    (SELECT sort FROM documents o WHERE o.number = documents.copy_of),
    (SELECT id FROM documents o WHERE o.number = documents.copy_of) FROM documents";

/// Where rows stand in the story that is put together.
pub(super) struct At {
    pub(super) documents: Places,
    pub(super) actors: Places,
}

impl At {
    pub(super) fn document(&self, row: i64) -> Option<usize> {
        self.documents.get(&row).copied()
    }
}

pub(super) fn places(rows: &[i64]) -> Places {
    rows.iter().enumerate().map(|(i, row)| (*row, i)).collect()
}

pub(super) fn bad(what: &dyn std::fmt::Display) -> Failed {
    Failed::Value(format!("{what} is no value that Tieline writes"))
}

pub(super) fn one<T>(
    query: &mut Statement<'_>,
    row: i64,
    make: impl Fn(&Row<'_>) -> Read<T>,
) -> Read<T> {
    let mut rows = query.query([row])?;
    match rows.next()? {
        Some(row) => make(row),
        None => Err(rusqlite::Error::QueryReturnedNoRows.into()),
    }
}

/// A list of rows, as it stands in one column.
pub(super) fn list_of(text: &str) -> Read<Vec<i64>> {
    serde_json::from_str(text).map_err(|e| bad(&e))
}

pub(super) fn edtf(text: Option<String>) -> Read<Option<Edtf>> {
    match text {
        None => Ok(None),
        Some(text) => match Edtf::parse(&text) {
            Some(edtf) => Ok(Some(edtf)),
            None => Err(bad(&text)),
        },
    }
}

pub(super) fn document(r: &Row<'_>) -> Read<Document> {
    let basis: String = r.get(6)?;
    let number: i64 = r.get(9)?;
    Ok(Document {
        number: usize::try_from(number).unwrap_or_default(),
        id: r.get(0)?,
        path: r.get(1)?,
        title: r.get(2)?,
        source: r.get(3)?,
        url: r.get(4)?,
        published: Published {
            edtf: edtf(r.get(5)?)?,
            basis: PublicationBasis::parse(&basis).ok_or_else(|| bad(&basis))?,
            why: r.get(7)?,
        },
        copy_of: {
            let number: Option<i64> = r.get(10)?;
            let id: Option<String> = r.get(11)?;
            number.zip(id).map(|(number, id)| CopyOf {
                number: usize::try_from(number).unwrap_or_default(),
                id,
            })
        },
        origins: {
            let text: String = r.get(8)?;
            serde_json::from_str(&text).map_err(|e| bad(&e))?
        },
    })
}

/// An event without participants and evidence.
pub(super) fn event(r: &Row<'_>, at: &At) -> Read<Event> {
    let status: String = r.get(3)?;
    let basis: Option<String> = r.get(5)?;
    let date = match (edtf(r.get(4)?)?, basis) {
        (Some(edtf), Some(basis)) => Some(EventDate {
            edtf,
            basis: DateBasis::parse(&basis).ok_or_else(|| bad(&basis))?,
            words: r.get(6)?,
            inferred: r.get(7)?,
        }),
        _ => None,
    };
    let place: Option<i64> = r.get(8)?;
    let confidence: f64 = r.get(10)?;
    let (apart, differ): (String, String) = (r.get(11)?, r.get(12)?);
    let apart: Vec<(i64, i64)> = serde_json::from_str(&apart).map_err(|e| bad(&e))?;
    type Sides = Vec<(String, Vec<(String, Vec<i64>)>)>;
    let differ: Sides = serde_json::from_str(&differ).map_err(|e| bad(&e))?;
    let actor = |row: &i64| at.actors.get(row).copied();
    Ok(Event {
        id: r.get(0)?,
        kind: r.get(1)?,
        title: r.get(2)?,
        status: Status::parse(&status).ok_or_else(|| bad(&status))?,
        date,
        place: place.as_ref().and_then(actor),
        participants: Vec::new(),
        apart: apart
            .iter()
            .filter_map(|(a, b)| actor(a).zip(actor(b)))
            .collect(),
        evidence: Vec::new(),
        sources: r.get(9)?,
        confidence: confidence as f32,
        disagreements: differ
            .into_iter()
            .map(|(about, sides)| Disagreement {
                about,
                sides: sides
                    .into_iter()
                    .map(|(what, rows)| {
                        let documents = rows.iter().filter_map(|d| at.document(*d));
                        (what, documents.collect())
                    })
                    .collect(),
            })
            .collect(),
    })
}

pub(super) fn evidence(r: &Row<'_>, at: &At) -> Read<Option<Evidence>> {
    let Some(document) = at.document(r.get(0)?) else {
        return Ok(None);
    };
    let speaker: Option<i64> = r.get(8)?;
    Ok(Some(Evidence {
        document,
        quote: Quote {
            start: r.get(1)?,
            end: r.get(2)?,
            text: r.get(3)?,
        },
        trigger: Trigger {
            text: r.get(4)?,
            start: r.get(5)?,
            end: r.get(6)?,
            lemma: r.get(7)?,
        },
        attributed_to: speaker.and_then(|s| at.actors.get(&s).copied()),
    }))
}
