//! What was read of each article: kept as soon as it is read, so that a build
//! that is killed loses no more than a few articles' work.

use super::{Entry, Error, Key, Store};
use crate::extract::Report;
use crate::resolve::Trace;
use rusqlite::{Connection, Result, params};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a database remembers of files, so that those that have not changed need
/// not be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Length in bytes.
    pub length: u64,
    /// When the file was last written, as the system tells it. Compared for
    /// equality alone; it dates nothing.
    pub written: String,
    /// Hash of what is known of the file from outside it.
    pub given: String,
}

/// What is kept of an article beside its state.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kept {
    /// The whole report.
    Report,
    /// What of it is compared with other articles.
    Trace,
}

/// What a database has of the articles.
#[derive(Debug, Default)]
pub struct Known {
    /// Every state of every article, with its row.
    pub keys: BTreeMap<Key, i64>,
    /// Of each file, by its path in the listing, what it was when it was read,
    /// and the articles in it.
    pub files: BTreeMap<String, (Stamp, Vec<Key>)>,
}

impl Known {
    /// The articles of a file that has not changed.
    pub fn unchanged(&self, path: &str, stamp: &Stamp) -> Option<&[Key]> {
        let (known, keys) = self.files.get(path)?;
        (known == stamp).then_some(keys)
    }
}

impl Store {
    /// What the database has of the articles. Linear in their number.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn known(&self) -> std::result::Result<Known, Error> {
        known(&self.db).map_err(self.told())
    }

    /// What is kept of one article.
    pub(super) fn kept(&self, what: Kept, number: i64) -> std::result::Result<Vec<u8>, Error> {
        let sql = match what {
            Kept::Report => "SELECT report FROM readings WHERE article = ?",
            Kept::Trace => "SELECT trace FROM traces WHERE article = ?",
        };
        self.db
            .prepare_cached(sql)
            .and_then(|mut q| q.query_row([number], |row| row.get(0)))
            .map_err(self.told())
    }

    /// The reports of these articles.
    ///
    /// # Errors
    /// When one is not there, or the file is damaged.
    pub fn reports(&self, rows: &[i64]) -> std::result::Result<Vec<Report>, Error> {
        let decode = |row: &i64| {
            postcard::from_bytes(&self.kept(Kept::Report, *row)?)
                .map_err(|e| Error::damaged(&self.path, e))
        };
        rows.iter().map(decode).collect()
    }

    /// The articles that the story was made of.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn told_rows(&self) -> std::result::Result<BTreeSet<i64>, Error> {
        // The sign keeps SQLite from going through the rows, which are long, and
        // lets it take an index.
        self.db
            .prepare("SELECT number FROM documents WHERE +number > 0")
            .and_then(|mut q| q.query_map([], |row| row.get(0))?.collect())
            .map_err(self.told())
    }

    /// Articles in the order of a story: by path, then
    /// by id.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn in_order(&self, rows: &BTreeSet<i64>) -> std::result::Result<Vec<i64>, Error> {
        let mut found: Vec<(String, String, i64)> = self
            .db
            .prepare("SELECT path, id, number FROM articles")
            .and_then(|mut q| {
                q.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                    .collect()
            })
            .map_err(self.told())?;
        found.retain(|(.., row)| rows.contains(row));
        found.sort_unstable();
        Ok(found.into_iter().map(|(.., row)| row).collect())
    }

    /// What was odd about the articles, by path, for those of these rows that
    /// have something to tell.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn notes(&self, numbers: &BTreeSet<i64>) -> std::result::Result<Vec<Notes>, Error> {
        let rows: Vec<(i64, String, Vec<u8>)> = self
            .db
            .prepare(
                "SELECT number, path, notes FROM articles WHERE notes <> x'00' ORDER BY path, hash",
            )
            .and_then(|mut q| {
                q.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                    .collect()
            })
            .map_err(self.told())?;
        rows.into_iter()
            .filter(|(number, ..)| numbers.contains(number))
            .map(|(_, path, notes)| {
                let notes =
                    postcard::from_bytes(&notes).map_err(|e| Error::damaged(&self.path, e))?;
                Ok((path, notes))
            })
            .collect()
    }
}

/// An article's path, and what was odd about it: message and hint.
pub type Notes = (String, Vec<(String, Option<String>)>);

fn known(db: &Connection) -> Result<Known> {
    let mut known = Known::default();
    let mut of_file: BTreeMap<String, Vec<Key>> = BTreeMap::new();
    let mut query = db.prepare("SELECT number, path, hash, file FROM articles ORDER BY number")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let key = Key {
            path: row.get(1)?,
            hash: row.get(2)?,
        };
        of_file.entry(row.get(3)?).or_default().push(key.clone());
        known.keys.insert(key, row.get(0)?);
    }
    let files = stamps(db)?.into_iter().map(|(path, stamp)| {
        let keys = of_file.remove(&path).unwrap_or_default();
        (path, (stamp, keys))
    });
    known.files = files.collect();
    Ok(known)
}

/// What tells the state of each article, by row.
pub(super) fn hashes(db: &Connection) -> Result<HashMap<i64, String>> {
    db.prepare("SELECT number, hash FROM articles")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Adds articles; gives their rows. Those of the same state are replaced.
pub(super) fn put(db: &Connection, entries: &[Entry]) -> Result<Vec<i64>> {
    let mut numbers = Vec::with_capacity(entries.len());
    for entry in entries {
        let old: Option<i64> = db
            .prepare_cached("SELECT number FROM articles WHERE path = ? AND hash = ?")?
            .query_map([&entry.key.path, &entry.key.hash], |row| row.get(0))?
            .next()
            .transpose()?;
        if let Some(old) = old {
            remove(db, old)?;
        }
        let report = &entry.report;
        db.prepare_cached(
            "INSERT INTO articles (path, hash, file, id, notes) VALUES (?, ?, ?, ?, ?)",
        )?
        .execute(params![
            entry.key.path,
            entry.key.hash,
            entry.file,
            report.id,
            super::blob(&entry.notes)?
        ])?;
        let number = db.last_insert_rowid();
        db.prepare_cached("INSERT INTO readings VALUES (?, ?)")?
            .execute(params![number, super::blob(report)?])?;
        db.prepare_cached("INSERT INTO traces VALUES (?, ?)")?
            .execute(params![number, super::blob(&Trace::of(report))?])?;
        for sentence in &entry.sentences {
            db.prepare_cached(
                "INSERT INTO sentences (article, start, end, text) VALUES (?, ?, ?, ?)",
            )?
            .execute(params![number, sentence.start, sentence.end, sentence.text])?;
            let row = db.last_insert_rowid();
            db.prepare_cached("INSERT INTO words (rowid, text) VALUES (?, ?)")?
                .execute(params![row, sentence.text])?;
        }
        numbers.push(number);
    }
    Ok(numbers)
}

/// Takes an article out, with its sentences.
pub(super) fn remove(db: &Connection, number: i64) -> Result<()> {
    let sentences: Vec<(i64, String)> = db
        .prepare_cached("SELECT number, text FROM sentences WHERE article = ?")?
        .query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_>>()?;
    for (row, text) in sentences {
        // An index over another table has to be told what it forgets.
        db.prepare_cached("INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)")?
            .execute(params![row, text])?;
    }
    db.prepare_cached("DELETE FROM sentences WHERE article = ?")?
        .execute([number])?;
    for sql in [
        "DELETE FROM readings WHERE article = ?",
        "DELETE FROM traces WHERE article = ?",
        "DELETE FROM articles WHERE number = ?",
    ] {
        db.prepare_cached(sql)?.execute([number])?;
    }
    Ok(())
}

/// Remembers what the files were; those that are not named are forgotten.
pub(super) fn put_files(db: &Connection, files: &BTreeMap<String, Stamp>) -> Result<()> {
    let before = stamps(db)?;
    for path in before.keys().filter(|path| !files.contains_key(*path)) {
        db.prepare_cached("DELETE FROM files WHERE path = ?")?
            .execute([path])?;
    }
    for (path, stamp) in files {
        if before.get(path) == Some(stamp) {
            continue;
        }
        db.prepare_cached("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)")?
            .execute(params![
                path,
                i64::try_from(stamp.length).unwrap_or(i64::MAX),
                stamp.written,
                stamp.given
            ])?;
    }
    Ok(())
}

/// What the files were.
fn stamps(db: &Connection) -> Result<HashMap<String, Stamp>> {
    db.prepare("SELECT path, length, stamp, given FROM files")?
        .query_map([], |row| {
            let stamp = Stamp {
                length: row.get::<_, i64>(1)?.unsigned_abs(),
                written: row.get(2)?,
                given: row.get(3)?,
            };
            Ok((row.get(0)?, stamp))
        })?
        .collect()
}
