//! The story that is in the database when a build begins. Reads only.

use crate::text::stable_hash;
use foldhash::fast::FixedState;
use rayon::prelude::*;
use rusqlite::{Connection, Result, Row};
use std::collections::HashMap;
use std::hash::Hash;

/// A row of the story as it was before this build.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before {
    pub(super) number: i64,
    /// Of what it says.
    pub(super) digest: i64,
    /// Of what it was made of; 0 where that is not known.
    pub(super) made_of: i64,
    /// The place in the order.
    pub(super) sort: i64,
}

/// The rows of a table by what names them in the story.
pub(super) type Old<K> = HashMap<K, Before, FixedState>;

/// The whole story as it was before this build, by what names its pieces.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) documents: Old<i64>,
    pub(super) actors: Old<Box<str>>,
    pub(super) events: Events,
}

impl Story {
    /// Reads all rows. Linear in their number.
    pub(super) fn read(db: &Connection) -> Result<Story> {
        Ok(Story {
            documents: old(db, "documents", "number", |r| r.get(0))?,
            actors: old(db, "actors", "id", |r| r.get(0))?,
            events: Events::read(db)?,
        })
    }
}

/// Reads the rows of a table; `name` is the column that `key` reads.
fn old<K: Eq + Hash>(
    db: &Connection,
    table: &str,
    name: &str,
    key: impl Fn(&Row<'_>) -> Result<K>,
) -> Result<Old<K>> {
    let sql = format!("SELECT {name}, number, digest, made_of, sort FROM {table}");
    db.prepare(&sql)?
        .query_map([], |row| {
            let before = Before {
                number: row.get(1)?,
                digest: row.get(2)?,
                made_of: row.get(3)?,
                sort: row.get(4)?,
            };
            Ok((key(row)?, before))
        })?
        .collect()
}

/// The events: there are millions of them, and no more is kept than most need.
#[derive(Debug, Default)]
pub(super) struct Events {
    /// By key: of what it was made, and its number.
    rows: Vec<(u64, i64, i64)>,
    /// Which of them this story tells again.
    told: Vec<bool>,
}

impl Events {
    fn read(db: &Connection) -> Result<Events> {
        let most: i64 = db.query_row("SELECT count(*) FROM events", [], |row| row.get(0))?;
        let mut rows = Vec::with_capacity(usize::try_from(most).unwrap_or_default());
        let mut query = db.prepare("SELECT id, made_of, number FROM events")?;
        let mut found = query.query([])?;
        while let Some(row) = found.next()? {
            let key = event_key(row.get_ref(0)?.as_str()?);
            rows.push((key, row.get(1)?, row.get(2)?));
        }
        rows.par_sort_unstable();
        Ok(Events {
            told: vec![false; rows.len()],
            rows,
        })
    }

    fn place(&self, id: &str) -> Option<usize> {
        let key = event_key(id);
        let at = self.rows.partition_point(|row| row.0 < key);
        (self.rows.get(at)?.0 == key).then_some(at)
    }

    /// Whether there is one of this id, made of the same; then it is told again.
    pub(super) fn keeps(&mut self, id: &str, made_of: i64) -> bool {
        let same = self.place(id).filter(|at| self.rows[*at].1 == made_of);
        if let Some(at) = same {
            self.told[at] = true;
        }
        same.is_some()
    }

    /// The number of the event of this id, which is told again.
    pub(super) fn tell(&mut self, id: &str) -> Option<i64> {
        let at = self.place(id)?;
        self.told[at] = true;
        Some(self.rows[at].2)
    }

    /// The numbers of those that are not told again, in order.
    pub(super) fn gone(&self) -> Vec<i64> {
        let rows = self.rows.iter().zip(&self.told);
        let rows = rows.filter(|(_, told)| !**told);
        let mut numbers: Vec<i64> = rows.map(|((.., n), _)| *n).collect();
        numbers.sort_unstable();
        numbers
    }
}

/// The numbers of rows, in order.
pub(super) fn gone<K>(old: &Old<K>) -> Vec<i64> {
    let mut rows: Vec<i64> = old.values().map(|b| b.number).collect();
    rows.sort_unstable();
    rows
}

/// An event's id as a number: there are millions of them. Ids of Tieline's own
/// are ten digits, others keep clear of those.
pub(super) fn event_key(id: &str) -> u64 {
    let is_digit = |b: u8| matches!(b, b'0'..=b'9' | b'a'..=b'f');
    let digits = id.strip_prefix('e').filter(|d| d.len() == 10);
    let digits = digits.filter(|d| d.bytes().all(is_digit));
    let digits = digits.and_then(|d| u64::from_str_radix(d, 16).ok());
    digits.unwrap_or_else(|| stable_hash(id.as_bytes()) | 1 << 63)
}

/// The first number that no row of a table has.
pub(super) fn next(db: &Connection, table: &str) -> Result<i64> {
    let sql = format!("SELECT coalesce(max(number), 0) + 1 FROM {table}");
    db.query_row(&sql, [], |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::event_key;

    #[test]
    fn ids_as_numbers() {
        assert_eq!(event_key("e00000000ff"), 255);
        for other in ["e00000000fg", "e00000000ff2", "mine", "", "e+0000000ff"] {
            assert!(event_key(other) > 1 << 62, "{other}");
        }
    }
}
