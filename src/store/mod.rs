//! One SQLite file that holds what was read: the report of each article, so
//! that a build reads only what changed, and the story, so that questions need
//! no articles. Touches that file, and a lock beside it while a build runs.
//!
//! Articles are kept as they are read, a batch at a time; the story is replaced
//! in one transaction. A build that dies leaves the old story whole, and what it
//! had read for the next build.

mod articles;
mod before;
mod build;
mod changes;
mod counts;
mod error;
mod lock;
mod lookup;
#[cfg(test)]
mod migration_tests;
mod order;
mod read;
mod rows;
mod schema;
mod search;
#[cfg(test)]
mod tests;
mod write;

pub use articles::{Known, Notes, Stamp};
pub use build::{Build, Stored};
pub use changes::{Change, ChangeKind};
pub use counts::Counts;
pub use error::Error;
pub(crate) use lock::{Lock, Refused};
pub use lookup::Named;
pub use read::Wanted;
pub use search::Hit;

use crate::extract::{Quote, Report};
use crate::ingest::Metadata;
use crate::pipeline::FINGERPRINT;
use crate::text::stable_hash;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long to wait for another build to finish a batch.
const PATIENCE: Duration = Duration::from_secs(5);

/// Names one state of one article: its path, and a hash of everything that its
/// report depends on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The article's path below the folder that was given.
    pub path: String,
    /// Hash of the article's bytes, of the metadata from outside it, of the
    /// user's own event types, and of the code that read it.
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
                stable_hash(
                    format!("{} {types:x} {outside:?} {FINGERPRINT}", bytes.len()).as_bytes()
                )
            ),
        }
    }
}

/// An article as the database keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Which state of which article.
    pub key: Key,
    /// The path of the file that it is in, below the folder that was given.
    pub file: String,
    /// What was odd about the file: message and hint, to be told at every
    /// build.
    pub notes: Vec<(String, Option<String>)>,
    /// What the article says.
    pub report: Report,
    /// Its sentences, to be searched.
    pub sentences: Vec<Quote>,
}

/// An open database.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    db: Connection,
}

impl Store {
    /// Opens a database for reading. `None` when there is no file, or one with
    /// nothing in it. Nothing is written.
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
                // Looking undoes what a killed build left, and if that was the
                // first build, nothing is left.
                if store.is_blank()? {
                    return Ok(None);
                }
                store.check()?;
                store.migrate()?;
                Ok(Some(store))
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
        // Rows are written in the order in which the story comes, where one may
        // point to another that follows; a test checks that none points to
        // nothing in the end.
        db.pragma_update(None, "foreign_keys", false)
            .map_err(|e| Error::of(path, &e))?;
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

    /// From now on everything is read as it is at the first question, whatever a
    /// build writes meanwhile.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn hold(&self) -> Result<(), Error> {
        self.db.execute_batch("BEGIN").map_err(self.told())
    }

    /// Whether there is nothing in the file but SQLite's own header: so a first
    /// build leaves it that ends, or finds the disk full, before it has made the
    /// tables.
    fn is_blank(&self) -> Result<bool, Error> {
        let marked = self.pragma("application_id")? != 0 || self.pragma("user_version")? != 0;
        let things: i64 = self
            .db
            .query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))
            .map_err(self.told())?;
        Ok(!marked && things == 0)
    }

    /// Whether the file is a Tieline database that this version knows.
    fn check(&self) -> Result<(), Error> {
        if self.pragma("application_id")? != schema::APPLICATION {
            return Err(Error::foreign(&self.path));
        }
        match self.pragma("user_version")? {
            1..=schema::SCHEMA => Ok(()),
            newer if newer > schema::SCHEMA => Err(Error::newer(&self.path, newer)),
            older => Err(Error::damaged(&self.path, format!("schema {older}"))),
        }
    }

    /// Makes the tables of an older Tieline those of this one, all or nothing.
    fn migrate(&self) -> Result<(), Error> {
        if self.pragma("user_version")? == schema::SCHEMA {
            return Ok(());
        }
        self.migrate_all().map_err(|e| match e.sqlite_error_code() {
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Error::old(&self.path)
            }
            _ => Error::of(&self.path, &e),
        })
    }

    fn migrate_all(&self) -> rusqlite::Result<()> {
        let change = rusqlite::Transaction::new_unchecked(
            &self.db,
            rusqlite::TransactionBehavior::Immediate,
        )?;
        let version: i64 = change.pragma_query_value(None, "user_version", |row| row.get(0))?;
        match version {
            1 => rows_from_1(&change)?,
            2 => change.execute_batch(schema::FROM_2)?,
            _ => return Ok(()), // Another process was faster.
        }
        change.pragma_update(None, "user_version", schema::SCHEMA)?;
        change.commit()
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

    /// Whether the story was made by this very code.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn is_current(&self) -> Result<bool, Error> {
        Ok(self.meta("fingerprint")? == FINGERPRINT)
    }

    /// The version of Tieline that made the story.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn version(&self) -> Result<String, Error> {
        self.meta("tieline")
    }

    /// Number of articles that have been read and are not in the story, as a
    /// build was stopped before it came to that.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn waiting(&self) -> Result<usize, Error> {
        let sql =
            "SELECT count(*) FROM articles WHERE number NOT IN (SELECT number FROM documents)";
        let count: i64 = self
            .db
            .query_row(sql, [], |row| row.get(0))
            .map_err(self.told())?;
        Ok(usize::try_from(count).unwrap_or_default())
    }
}

/// Makes the tables of schema 1 those of this one.
fn rows_from_1(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch(schema::FROM_1)?;
    db.execute_batch(schema::CREATE)?;
    db.execute_batch(schema::FILL_FROM_1)?;
    let names: Vec<(i64, String)> = db
        .prepare("SELECT number, name FROM actors UNION ALL SELECT actor, alias FROM aliases")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (actor, name) in &names {
        write::index_names(db, *actor, std::iter::once(name.as_str()))?;
    }
    Ok(())
}

fn blob<T: serde::Serialize>(value: &T) -> rusqlite::Result<Vec<u8>> {
    postcard::to_stdvec(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}
