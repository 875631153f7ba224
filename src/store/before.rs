//! The story that is in the database when a build begins. Reads only.

use super::rows::stored;
use crate::text::stable_hash;
use foldhash::fast::FixedState;
use rayon::prelude::*;
use rusqlite::{Connection, Result, Row};
use std::borrow::Borrow;
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
#[derive(Debug)]
pub(super) struct Old<K> {
    places: HashMap<K, u32, FixedState>,
    rows: Vec<Before>,
    /// Which of them this story tells again.
    told: Vec<bool>,
}

impl<K> Default for Old<K> {
    fn default() -> Old<K> {
        Old {
            places: HashMap::default(),
            rows: Vec::new(),
            told: Vec::new(),
        }
    }
}

impl<K> Old<K> {
    /// Where the row of this name is, so that it need be looked up but once.
    pub(super) fn place<Q>(&self, name: &Q) -> Option<u32>
    where
        K: Borrow<Q> + Eq + Hash,
        Q: Eq + Hash + ?Sized,
    {
        self.places.get(name).copied()
    }

    /// The row at a place.
    pub(super) fn get(&self, place: u32) -> Option<Before> {
        self.rows.get(place as usize).copied()
    }

    /// The row at a place, which is told again.
    pub(super) fn tell(&mut self, place: u32) -> Option<Before> {
        if let Some(told) = self.told.get_mut(place as usize) {
            *told = true;
        }
        self.get(place)
    }

    /// The row at a place, where it is made of this, which is not 0; then it is
    /// told again.
    pub(super) fn keep(&mut self, place: Option<u32>, made_of: i64) -> Option<Before> {
        let same = |before: &Before| made_of != 0 && before.made_of == made_of;
        self.get(place?).filter(same)?;
        self.tell(place?)
    }

    /// The numbers of the rows that are not told again, in order.
    pub(super) fn gone(&self) -> Vec<i64> {
        let rows = self.rows.iter().zip(&self.told);
        let rows = rows.filter(|(_, told)| !**told);
        let mut numbers: Vec<i64> = rows.map(|(row, _)| row.number).collect();
        numbers.sort_unstable();
        numbers
    }
}

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
    let mut query = db.prepare(&sql)?;
    let mut found = query.query([])?;
    let mut old = Old::default();
    while let Some(row) = found.next()? {
        let place = u32::try_from(old.rows.len()).unwrap_or(u32::MAX);
        old.places.insert(key(row)?, place);
        old.rows.push(Before {
            number: row.get(1)?,
            digest: row.get(2)?,
            made_of: row.get(3)?,
            sort: row.get(4)?,
        });
    }
    old.told = vec![false; old.rows.len()];
    Ok(old)
}

/// The events: there are millions of them, and no more is kept than most need.
#[derive(Debug, Default)]
pub(super) struct Events {
    /// By key: of what it was made, and its number.
    rows: Vec<(u64, i64, i64)>,
    /// Where the rows begin whose keys begin so, as the hashes that they are lie
    /// evenly; see [`Events::bucket`].
    starts: Vec<u32>,
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
        let mut events = Events {
            told: vec![false; rows.len()],
            starts: vec![0; rows.len().next_power_of_two() + 1],
            rows,
        };
        // How many there are of each beginning, and then where they begin.
        for at in 0..events.rows.len() {
            let bucket = events.bucket(events.rows[at].0);
            events.starts[bucket + 1] += 1;
        }
        let mut start = 0;
        for own in &mut events.starts {
            start += *own;
            *own = start;
        }
        Ok(events)
    }

    /// The beginning of a key as a number below the count of buckets; other
    /// keys than Tieline's own are greater, and all in the last.
    fn bucket(&self, key: u64) -> usize {
        let buckets = self.starts.len().saturating_sub(1).max(1);
        let shift = KEY_BITS.saturating_sub(buckets.ilog2());
        usize::try_from(key >> shift).map_or(buckets - 1, |bucket| bucket.min(buckets - 1))
    }

    fn place(&self, key: u64) -> Option<usize> {
        let bucket = self.bucket(key);
        let from = *self.starts.get(bucket)? as usize;
        let to = *self.starts.get(bucket + 1)? as usize;
        let rows = self.rows.get(from..to)?;
        let at = rows.partition_point(|row| row.0 < key);
        (rows.get(at)?.0 == key).then_some(from + at)
    }

    /// Of each of these keys whether there is one made of the same, which is not
    /// 0; then it is told again.
    pub(super) fn keep(&mut self, events: &[(u64, u64)]) -> Vec<bool> {
        let places: Vec<Option<usize>> = events
            .par_iter()
            .map(|(key, made_of)| {
                let place = self.place(*key).filter(|_| *made_of != 0)?;
                (self.rows[place].1 == stored(*made_of)).then_some(place)
            })
            .collect();
        for place in places.iter().flatten() {
            self.told[*place] = true;
        }
        places.iter().map(Option::is_some).collect()
    }

    /// The number of the event of this id, which is told again.
    pub(super) fn tell(&mut self, id: &str) -> Option<i64> {
        let at = self.place(event_key(id))?;
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

/// How many bits the digits of Tieline's own ids have.
const KEY_BITS: u32 = 40;

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
    use super::*;

    #[test]
    fn events_are_found_by_their_ids() -> Result<()> {
        let db = Connection::open_in_memory()?;
        db.execute_batch("CREATE TABLE events (id TEXT, made_of INTEGER, number INTEGER)")?;
        assert_eq!(Events::read(&db)?.place(1), None);
        let mut ids: Vec<String> = (0..700_u64)
            .map(|n| format!("e{:010x}", stable_hash(&n.to_le_bytes()) >> 24))
            .collect();
        ids.extend(["e0000000000", "effffffffff", "mine", "yours", ""].map(str::to_owned));
        for (number, id) in (0_i64..).zip(&ids) {
            db.execute("INSERT INTO events VALUES (?, 7, ?)", (id, number))?;
        }
        let mut events = Events::read(&db)?;
        for (number, id) in (0_i64..).zip(&ids).skip(2) {
            let key = event_key(id);
            let kept = events.keep(&[(key, 7), (key, 8), (key, 0)]);
            assert_eq!(kept, [true, false, false], "{id}");
            assert_eq!(events.tell(id), Some(number));
        }
        assert_eq!(events.tell("e0000000001"), None);
        assert_eq!(events.tell("another"), None);
        assert_eq!(events.gone(), [0, 1]);
        Ok(())
    }

    #[test]
    fn ids_as_numbers() {
        assert_eq!(event_key("e00000000ff"), 255);
        for other in ["e00000000fg", "e00000000ff2", "mine", "", "e+0000000ff"] {
            assert!(event_key(other) > 1 << 62, "{other}");
        }
    }
}
