//! Actors by what they are called, without the rest of the story.

use super::{Error, Store};
use crate::resolve::fold;

/// An actor and its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its row.
    pub row: i64,
    /// Its id.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// Other forms of the name.
    pub aliases: Vec<String>,
    /// Number of events that it takes part in.
    pub events: usize,
}

impl Store {
    /// The actors that these words can mean, in the story's order: those with
    /// this id, and those of whom some name has the last of the words. Whatever
    /// way a name is asked for, its last word is in it.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn named(&self, asked: &str) -> Result<Vec<Named>, Error> {
        let folded = fold(asked);
        let last = folded.rsplit(' ').next().unwrap_or_default();
        self.names_where(
            "WHERE number IN (SELECT actor FROM names WHERE word = ?1) OR id = ?2",
            &[last, asked],
        )
    }

    /// All actors with their names, in the story's order.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn all_names(&self) -> Result<Vec<Named>, Error> {
        self.names_where("", &[])
    }

    fn names_where(&self, condition: &str, values: &[&str]) -> Result<Vec<Named>, Error> {
        let sql = format!("SELECT number, id, name, events FROM actors {condition} ORDER BY sort");
        let read = || -> rusqlite::Result<Vec<Named>> {
            let mut named: Vec<Named> = self
                .db
                .prepare_cached(&sql)?
                .query_map(rusqlite::params_from_iter(values), |row| {
                    Ok(Named {
                        row: row.get(0)?,
                        id: row.get(1)?,
                        name: row.get(2)?,
                        aliases: Vec::new(),
                        events: usize::try_from(row.get::<_, i64>(3)?).unwrap_or_default(),
                    })
                })?
                .collect::<rusqlite::Result<_>>()?;
            let mut query = self
                .db
                .prepare_cached("SELECT alias FROM aliases WHERE actor = ? ORDER BY rowid")?;
            for actor in &mut named {
                actor.aliases = query
                    .query_map([actor.row], |row| row.get(0))?
                    .collect::<rusqlite::Result<_>>()?;
            }
            Ok(named)
        };
        read().map_err(self.told())
    }
}
