//! One SQLite file that holds what was read: the report of each article, so
//! that a build reads only what changed, and the story, so that questions need
//! no articles. Touches that file alone, and writes it in one transaction: a
//! build that dies in the middle leaves the old database whole.

mod error;
mod schema;
mod tables;
#[cfg(test)]
mod tests;

pub use error::Error;

use crate::extract::Report;
use crate::ingest::Metadata;
use crate::pipeline::FINGERPRINT;
use crate::resolve::Story;
use crate::text::stable_hash;
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, params};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long to wait for another build to finish.
const PATIENCE: Duration = Duration::from_secs(5);

/// Names one state of one article: its path, and a hash of everything that its
/// report depends on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The article's path below the folder that was given.
    pub path: String,
    /// Hash of the file's bytes, of the metadata from outside it, and of the
    /// user's own event types.
    pub hash: String,
}

impl Key {
    /// The key of a file with these bytes and this metadata, read with the event
    /// types of this digest. Linear in bytes and metadata.
    pub fn new(path: &str, bytes: &[u8], metadata: &Metadata, types: u64) -> Key {
        let given = metadata.published.as_ref();
        let outside = [
            metadata.title.as_deref(),
            metadata.source.as_deref(),
            metadata.url.as_deref(),
            given.map(|g| g.edtf.as_str()),
            given.map(|g| g.from.as_str()),
        ];
        Key {
            path: path.to_owned(),
            hash: format!(
                "{:016x}{:016x}",
                stable_hash(bytes),
                stable_hash(format!("{} {types:x} {outside:?}", bytes.len()).as_bytes())
            ),
        }
    }
}

/// An article as the database keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Which state of which article.
    pub key: Key,
    /// What was odd about the file: message and hint, to be told at every
    /// build.
    pub notes: Vec<(String, Option<String>)>,
    /// What the article says.
    pub report: Report,
}

/// An open database.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    db: Connection,
}

impl Store {
    /// Opens a database for reading. `None` when there is no file, or an empty
    /// one. Nothing is written.
    ///
    /// # Errors
    /// When the file is no database, another program's, a newer Tieline's, or
    /// cannot be read.
    pub fn open(path: &Path) -> Result<Option<Store>, Error> {
        match fs::metadata(path) {
            Ok(file) if file.is_dir() => Err(Error::new(
                path,
                "this is a folder, and a database is a file",
                "name a file with --db",
            )),
            Ok(file) if !file.is_file() => Err(Error::no_database(path)),
            Ok(file) if file.len() == 0 => Ok(None),
            Ok(_) => {
                let store = Store::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
                let checked = store.check();
                // Opening undoes what a killed build left, and if that was the
                // first build, nothing is left.
                match fs::metadata(path) {
                    Ok(file) if file.len() == 0 => Ok(None),
                    _ => checked.map(|()| Some(store)),
                }
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(Error::new(
                path,
                format!("the database cannot be read: {e}"),
                "name another file with --db",
            )),
        }
    }

    /// Opens with write permission where the file system gives it, because only
    /// then can SQLite undo what a killed build left half done.
    fn connect(path: &Path, flags: OpenFlags) -> Result<Store, Error> {
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags).map_err(|e| Error::of(path, &e))?;
        db.busy_timeout(PATIENCE).map_err(|e| Error::of(path, &e))?;
        Ok(Store {
            path: path.to_owned(),
            db,
        })
    }

    fn told(&self) -> impl Fn(rusqlite::Error) -> Error + '_ {
        |e| Error::of(&self.path, &e)
    }

    fn pragma(&self, name: &str) -> Result<i64, Error> {
        self.db
            .pragma_query_value(None, name, |row| row.get(0))
            .map_err(self.told())
    }

    /// Whether the file is a Tieline database that this version knows.
    fn check(&self) -> Result<(), Error> {
        if self.pragma("application_id")? != schema::APPLICATION {
            return Err(Error::foreign(&self.path));
        }
        match self.pragma("user_version")? {
            schema::SCHEMA => Ok(()),
            newer if newer > schema::SCHEMA => Err(Error::newer(&self.path, newer)),
            older => Err(Error::damaged(&self.path, format!("schema {older}"))),
        }
    }

    fn meta(&self, key: &str) -> Result<String, Error> {
        self.db
            .query_row("SELECT value FROM meta WHERE key = ?", [key], |row| {
                row.get(0)
            })
            .optional()
            .map(Option::unwrap_or_default)
            .map_err(self.told())
    }

    /// Whether the reports and the story were made by this very code.
    pub fn is_current(&self) -> Result<bool, Error> {
        Ok(self.meta("fingerprint")? == FINGERPRINT)
    }

    /// The articles in the database; none when other code has read them.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn keys(&self) -> Result<BTreeSet<Key>, Error> {
        if !self.is_current()? {
            return Ok(BTreeSet::new());
        }
        known(&self.db).map_err(self.told())
    }

    /// The article with this key.
    ///
    /// # Errors
    /// When it is not there, or the file is damaged.
    pub fn entry(&self, key: &Key) -> Result<Entry, Error> {
        let (notes, report): (Vec<u8>, Vec<u8>) = self
            .db
            .prepare_cached("SELECT notes, report FROM reports WHERE path = ? AND hash = ?")
            .and_then(|mut q| {
                q.query_row([&key.path, &key.hash], |row| Ok((row.get(0)?, row.get(1)?)))
            })
            .map_err(self.told())?;
        let damaged = |e| Error::damaged(&self.path, e);
        Ok(Entry {
            key: key.clone(),
            notes: postcard::from_bytes(&notes).map_err(damaged)?,
            report: postcard::from_bytes(&report).map_err(damaged)?,
        })
    }

    /// The story.
    ///
    /// # Errors
    /// When other code wrote it, or the file is damaged.
    pub fn story(&self) -> Result<Story, Error> {
        if !self.is_current()? {
            return Err(Error::outdated(&self.path, &self.meta("tieline")?));
        }
        let story: Vec<u8> = self
            .db
            .query_row("SELECT story FROM story", [], |row| row.get(0))
            .map_err(self.told())?;
        postcard::from_bytes(&story).map_err(|e| Error::damaged(&self.path, e))
    }

    /// Makes the database at `path` hold these articles and this story and
    /// nothing else, in one transaction. Makes the file where there is none.
    ///
    /// # Errors
    /// As [`Store::open`], and when the file cannot be written. The old content
    /// is then still there.
    pub fn write(path: &Path, entries: &[Entry], story: &Story) -> Result<(), Error> {
        Store::write_with(path, entries, story, |_| ())
    }

    /// Replaces the story alone, if the database still holds exactly the
    /// articles of `keys`; gives whether it did. For a story that was made anew
    /// of stored reports.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn replace_story(path: &Path, keys: &BTreeSet<Key>, story: &Story) -> Result<bool, Error> {
        let Some(mut store) = Store::open(path)? else {
            return Ok(false);
        };
        if !store.is_current()? {
            return Ok(false);
        }
        let told = |e: rusqlite::Error| Error::of(path, &e);
        let transaction = store
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(told)?;
        if known(&transaction).map_err(told)? != *keys {
            return Ok(false);
        }
        fill_story(&transaction, story).map_err(told)?;
        transaction.commit().map_err(told)?;
        Ok(true)
    }

    /// As [`Store::write`]; `before_commit` sees the transaction just before it
    /// is made lasting.
    fn write_with(
        path: &Path,
        entries: &[Entry],
        story: &Story,
        before_commit: impl FnOnce(&Connection),
    ) -> Result<(), Error> {
        let fresh = Store::open(path)?.is_none();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut store = Store::connect(path, flags)?;
        let told = |e: rusqlite::Error| Error::of(path, &e);
        let transaction = store
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(told)?;
        fill(&transaction, fresh, entries, story).map_err(told)?;
        before_commit(&transaction);
        transaction.commit().map_err(told)
    }
}

/// Writes everything inside an open transaction.
fn fill(db: &Connection, fresh: bool, entries: &[Entry], story: &Story) -> rusqlite::Result<()> {
    // Another build may have made the file since it was looked at.
    let id: i64 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if fresh && id != schema::APPLICATION {
        db.pragma_update(None, "application_id", schema::APPLICATION)?;
        db.pragma_update(None, "user_version", schema::SCHEMA)?;
        db.execute_batch(schema::CREATE)?;
    }
    for (key, value) in [
        ("tieline", env!("CARGO_PKG_VERSION")),
        ("fingerprint", FINGERPRINT),
    ] {
        db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, value])?;
    }
    reports(db, entries)?;
    fill_story(db, story)
}

/// The articles of a database.
fn known(db: &Connection) -> rusqlite::Result<BTreeSet<Key>> {
    db.prepare("SELECT path, hash FROM reports")?
        .query_map([], |row| {
            Ok(Key {
                path: row.get(0)?,
                hash: row.get(1)?,
            })
        })?
        .collect()
}

/// Replaces the story in all its tables.
fn fill_story(db: &Connection, story: &Story) -> rusqlite::Result<()> {
    for table in schema::STORY_TABLES {
        db.execute(&format!("DELETE FROM {table}"), [])?;
    }
    db.execute("INSERT INTO story VALUES (1, ?)", params![blob(story)?])?;
    tables::write(db, story)
}

/// Replaces the reports.
fn reports(db: &Connection, entries: &[Entry]) -> rusqlite::Result<()> {
    db.execute("DELETE FROM reports", [])?;
    for entry in entries {
        db.prepare_cached("INSERT OR REPLACE INTO reports VALUES (?, ?, ?, ?)")?
            .execute(params![
                entry.key.path,
                entry.key.hash,
                blob(&entry.notes)?,
                blob(&entry.report)?
            ])?;
    }
    Ok(())
}

fn blob<T: serde::Serialize>(value: &T) -> rusqlite::Result<Vec<u8>> {
    postcard::to_stdvec(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}
