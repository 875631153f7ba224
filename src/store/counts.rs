//! How much there is, without loading it.

use super::{Error, Store};
use crate::model::{ActorKind, DateBasis, Status};
use crate::resolve::Document;
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
        let by = |sql: &str| -> Result<Vec<(String, usize)>, Error> {
            let read = || -> rusqlite::Result<Vec<(String, usize)>> {
                self.db
                    .prepare(sql)?
                    .query_map([], |row| {
                        let number: i64 = row.get(1)?;
                        Ok((row.get(0)?, usize::try_from(number).unwrap_or_default()))
                    })?
                    .collect()
            };
            read().map_err(self.told())
        };
        let documents = by("SELECT '', count(*) FROM documents")?;
        Ok(Counts {
            documents: documents.first().map_or(0, |d| d.1),
            actors: by("SELECT kind, count(*) FROM actors GROUP BY kind")?
                .into_iter()
                .filter_map(|(word, n)| Some((ActorKind::parse(&word)?, n)))
                .collect(),
            events: by("SELECT status, count(*) FROM events GROUP BY status")?
                .into_iter()
                .filter_map(|(word, n)| Some((Status::parse(&word)?, n)))
                .collect(),
            dated: by("SELECT basis, count(*) FROM events WHERE basis IS NOT NULL GROUP BY basis")?
                .into_iter()
                .filter_map(|(word, n)| Some((DateBasis::parse(&word)?, n)))
                .collect(),
        })
    }

    /// The first articles, in the story's order.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn documents(&self, most: usize) -> Result<Vec<Document>, Error> {
        self.first_documents(i64::try_from(most).unwrap_or(i64::MAX))
    }
}
