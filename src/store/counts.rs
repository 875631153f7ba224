//! How much there is, without loading it.

use super::{Error, Store};
use crate::model::{ActorKind, DateBasis, Status};
use crate::resolve::Document;
use rusqlite::Row;
use std::collections::BTreeMap;

/// How much a story holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles.
    pub documents: usize,
    /// Actors by kind.
    pub actors: BTreeMap<ActorKind, usize>,
    /// Events by status.
    pub events: BTreeMap<Status, usize>,
    /// Dated events by how the date was found.
    pub dated: BTreeMap<DateBasis, usize>,
}

impl Store {
    /// How much the story holds.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn counts(&self) -> Result<Counts, Error> {
        let mut counts = Counts::default();
        let mut read = || -> rusqlite::Result<()> {
            let number = |row: &Row<'_>, column: usize| -> rusqlite::Result<usize> {
                let number: i64 = row.get(column)?;
                Ok(usize::try_from(number).unwrap_or_default())
            };
            let documents = "SELECT count(*) FROM documents";
            counts.documents = self.db.query_row(documents, [], |row| number(row, 0))?;
            let actors = "SELECT kind, count(*) FROM actors GROUP BY kind";
            let mut actors = self.db.prepare(actors)?;
            let mut rows = actors.query([])?;
            while let Some(row) = rows.next()? {
                if let Some(kind) = ActorKind::parse(row.get_ref(0)?.as_str()?) {
                    counts.actors.insert(kind, number(row, 1)?);
                }
            }
            // The rows are long: they are gone through once.
            let events = "SELECT status, basis, count(*) FROM events GROUP BY status, basis";
            let mut events = self.db.prepare(events)?;
            let mut rows = events.query([])?;
            while let Some(row) = rows.next()? {
                let count = number(row, 2)?;
                if let Some(status) = Status::parse(row.get_ref(0)?.as_str()?) {
                    *counts.events.entry(status).or_default() += count;
                }
                let basis = row.get_ref(1)?.as_str_or_null()?;
                if let Some(basis) = basis.and_then(DateBasis::parse) {
                    *counts.dated.entry(basis).or_default() += count;
                }
            }
            Ok(())
        };
        read().map_err(self.told())?;
        Ok(counts)
    }

    /// The first articles, in the story's order.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn documents(&self, most: usize) -> Result<Vec<Document>, Error> {
        self.first_documents(i64::try_from(most).unwrap_or(i64::MAX))
    }
}
