//! The story that is in the database when a build begins. Reads only.

use crate::text::stable_hash;
use foldhash::fast::FixedState;
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
    /// Of documents and actors: the place in the order.
    pub(super) sort: i64,
}

/// The rows of a table by what names them in the story.
pub(super) type Old<K> = HashMap<K, Before, FixedState>;

/// The whole story as it was before this build, by what names its pieces.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) documents: Old<i64>,
    pub(super) actors: Old<Box<str>>,
    pub(super) events: Old<u64>,
}

impl Story {
    /// Reads all rows. Linear in their number.
    pub(super) fn read(db: &Connection) -> Result<Story> {
        Ok(Story {
            documents: old(db, "documents", "number", "sort", |r| r.get(0))?,
            actors: old(db, "actors", "id", "sort", |r| r.get(0))?,
            events: old(db, "events", "id", "0", |r| {
                Ok(event_key(r.get_ref(0)?.as_str()?))
            })?,
        })
    }
}

/// Reads the rows of a table; `name` is the column that `key` reads.
fn old<K: Eq + Hash>(
    db: &Connection,
    table: &str,
    name: &str,
    sort: &str,
    key: impl Fn(&Row<'_>) -> Result<K>,
) -> Result<Old<K>> {
    let sql = format!("SELECT {name}, number, digest, made_of, {sort} FROM {table}");
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
