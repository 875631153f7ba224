//! What a build does to a database: keeps articles as they are read, then
//! replaces the story.

use super::articles::{self, Kept, Stamp};
use super::before;
use super::lock::Lock;
use super::write::Writer;
use super::{ChangeKind, Entry, Error, Store, schema};
use crate::extract::Report;
use crate::pipeline::FINGERPRINT;
use crate::resolve::{
    self, Actor, ActorMention, Curated, Document, Event, Outline, Pieces, See, Story, Take, Tie,
    Trace,
};
use crate::text::stable_hash;
use rayon::prelude::*;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A build under way. One at a time has a database.
#[derive(Debug)]
pub struct Build {
    store: Store,
    /// Whether there was no file before.
    made: bool,
    // Let go after the connection has been closed.
    _lock: Lock,
}

impl Build {
    /// Opens a database to be written to, and makes it where there is none.
    ///
    /// # Errors
    /// As [`Store::open`], when the file cannot be written, and when another
    /// build is writing to it.
    pub fn begin(path: &Path) -> Result<Build, Error> {
        // What cannot be used is told before anything is made.
        drop(Store::open(path)?);
        let lock = Lock::take(path)?;
        let made = !path.exists();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let store = Store::connect(path, flags)?;
        store.prepare().map_err(store.told())?;
        Ok(Build {
            store,
            made,
            _lock: lock,
        })
    }

    /// The database as it is now.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Keeps articles for good; gives their rows.
    ///
    /// # Errors
    /// When they cannot be written; then none of them is kept.
    pub fn put(&self, entries: &[Entry]) -> Result<Vec<i64>, Error> {
        let all_or_nothing = || -> rusqlite::Result<Vec<i64>> {
            let change = self.change()?;
            let rows = articles::put(&change, entries)?;
            change.commit()?;
            Ok(rows)
        };
        all_or_nothing().map_err(self.store.told())
    }

    fn change(&self) -> rusqlite::Result<Transaction<'_>> {
        self.store.log_beside()?;
        Transaction::new_unchecked(&self.store.db, TransactionBehavior::Immediate)
    }

    /// Makes the story that of these articles and of no others. `rows` are in
    /// order of path and id; `files` are what to remember of files, and without
    /// them articles and files stay as they are; `tell` gives the story to the sink; `articles` are
    /// those that came, changed or went; `stopped` is asked now and then whether
    /// to give up.
    ///
    /// # Errors
    /// When it cannot be written, and those of `tell`. The old story is then
    /// still there.
    pub fn finish(
        &self,
        rows: &[i64],
        files: Option<&BTreeMap<String, Stamp>>,
        articles: &[(ChangeKind, String)],
        stopped: &dyn Fn() -> bool,
        tell: impl FnOnce(&mut Telling<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        std::thread::scope(|scope| {
            // What is there is read while the story is being made.
            let (send, before) = sync_channel(1);
            let path = &self.store.path;
            let told = self.store.told();
            let change = self.change().map_err(&told)?;
            scope.spawn(move || {
                if let Ok(store) = Store::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE) {
                    // Nobody listens where the build has failed.
                    let _ = send.send(before::Story::read(&store.db));
                }
            });
            let mut writer = Writer::new(&change, rows, before).map_err(&told)?;
            for (kind, path) in articles {
                writer.article(*kind, path);
            }
            let mut telling = Telling {
                writer,
                path,
                stopped,
            };
            tell(&mut telling)?;
            let Telling { writer, .. } = telling;
            writer.finish().map_err(&told)?;
            if let Some(files) = files {
                forget(&change, rows).map_err(&told)?;
                articles::put_files(&change, files).map_err(&told)?;
            }
            mark(&change).map_err(&told)?;
            change.commit().map_err(&told)
        })
    }

    /// As [`Build::finish`], with a story that is in memory.
    ///
    /// # Errors
    /// As [`Build::finish`].
    pub fn finish_with(&self, rows: &[i64], story: &Story) -> Result<(), Error> {
        let files = BTreeMap::new();
        let tell = |telling: &mut Telling<'_>| resolve::give(story, telling);
        self.finish(rows, Some(&files), &[], &|| false, tell)
    }

    /// Puts another story of the same articles in the place of the old one, and
    /// leaves articles and files alone.
    ///
    /// # Errors
    /// As [`Build::finish`].
    pub fn rewrite(&self, rows: &[i64], story: &Story) -> Result<(), Error> {
        let tell = |telling: &mut Telling<'_>| resolve::give(story, telling);
        self.finish(rows, None, &[], &|| false, tell)
    }

    /// Remembers what the files were, where the story is as it was.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn remember(&self, files: &BTreeMap<String, Stamp>) -> Result<(), Error> {
        let all_or_nothing = || -> rusqlite::Result<()> {
            let change = self.change()?;
            articles::put_files(&change, files)?;
            change.commit()
        };
        all_or_nothing().map_err(self.store.told())
    }

    /// The reports of these articles, for resolution. They are read over a
    /// connection of their own, as the story is written meanwhile.
    ///
    /// # Errors
    /// When the file cannot be opened again.
    pub fn reports(&self, rows: Vec<i64>) -> Result<Stored, Error> {
        self.store.log_beside().map_err(self.store.told())?;
        let store = Store::connect(&self.store.path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let hashes = articles::hashes(&store.db).map_err(store.told())?;
        let digest = |row: &i64| match hashes.get(row) {
            // Another version of Tieline may read another report out of it.
            Some(hash) => stable_hash(format!("{row} {hash} {FINGERPRINT}").as_bytes()).max(1),
            None => 0,
        };
        Ok(Stored {
            digests: rows.par_iter().map(digest).collect(),
            store: Mutex::new(store),
            path: self.store.path.clone(),
            rows,
        })
    }
}

/// How often folding in the log is tried, and how long after one another.
const FOLDINGS: u32 = 20;
const BETWEEN: Duration = Duration::from_millis(20);

impl Drop for Build {
    fn drop(&mut self) {
        // One file again, without the log beside it. That needs a moment in
        // which nobody reads; where there is none the log stays, and is no harm.
        for _ in 0..FOLDINGS {
            let mode = self
                .store
                .db
                .query_row("PRAGMA journal_mode = DELETE", [], |row| {
                    row.get::<_, String>(0)
                });
            if matches!(mode.as_deref(), Ok("delete")) {
                break;
            }
            std::thread::sleep(BETWEEN);
        }
        // Where nothing could be read there is nothing to keep.
        let empty = "SELECT NOT EXISTS (SELECT 1 FROM articles)
                        AND NOT EXISTS (SELECT 1 FROM documents)";
        if self.made
            && matches!(
                self.store.db.query_row(empty, [], |row| row.get(0)),
                Ok(true)
            )
        {
            let _ = std::fs::remove_file(&self.store.path);
        }
    }
}

impl Store {
    /// Lets others read the old story while the new one is written. It touches
    /// the file, so that a build without anything to write does without.
    fn log_beside(&self) -> rusqlite::Result<()> {
        self.db.pragma_update(None, "journal_mode", "WAL")
    }

    /// Makes the tables where there are none.
    fn prepare(&self) -> rusqlite::Result<()> {
        self.db.pragma_update(None, "synchronous", "NORMAL")?;
        self.db.pragma_update(None, "cache_size", -32_768)?;
        let change = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
        let id: i64 = change.pragma_query_value(None, "application_id", |row| row.get(0))?;
        if id != schema::APPLICATION {
            change.pragma_update(None, "application_id", schema::APPLICATION)?;
            change.pragma_update(None, "user_version", schema::SCHEMA)?;
            change.execute_batch(schema::CREATE)?;
        }
        change.commit()
    }
}

/// Notes which Tieline has written this.
fn mark(db: &Connection) -> rusqlite::Result<()> {
    let meta = [
        ("tieline", env!("CARGO_PKG_VERSION")),
        ("fingerprint", FINGERPRINT),
    ];
    for (key, value) in meta {
        db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, value])?;
    }
    Ok(())
}

/// Lets go of all articles but these.
fn forget(db: &Connection, keep: &[i64]) -> rusqlite::Result<()> {
    let keep: std::collections::BTreeSet<i64> = keep.iter().copied().collect();
    let there: Vec<i64> = db
        .prepare("SELECT number FROM articles")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for number in there.into_iter().filter(|n| !keep.contains(n)) {
        articles::remove(db, number)?;
    }
    Ok(())
}

/// Takes a story and writes it down.
pub struct Telling<'d> {
    writer: Writer<'d>,
    path: &'d Path,
    stopped: &'d dyn Fn() -> bool,
}

impl Telling<'_> {
    fn told<T>(&self, result: rusqlite::Result<T>) -> Result<T, Error> {
        result.map_err(|e| Error::of(self.path, &e))
    }
}

impl resolve::Sink for Telling<'_> {
    type Error = Error;

    fn begin(&mut self, outline: Outline<'_>) -> Result<(), Error> {
        let begun = self.writer.begin(&outline);
        self.told(begun)
    }

    fn keeps(&mut self, pieces: Pieces<'_>) -> Result<Vec<bool>, Error> {
        let kept = self.writer.keeps(pieces);
        self.told(kept)
    }

    fn document(
        &mut self,
        index: usize,
        document: Document,
        mentions: Vec<(usize, ActorMention)>,
        made_of: u64,
    ) -> Result<(), Error> {
        let mentions: Vec<(usize, &ActorMention)> = mentions.iter().map(|(a, m)| (*a, m)).collect();
        let written = self.writer.document(index, &document, &mentions, made_of);
        self.told(written)
    }

    fn event(&mut self, _: usize, event: Event, ties: Vec<Tie>, made_of: u64) -> Result<(), Error> {
        if (self.stopped)() {
            return Err(Error::new(
                self.path,
                "the build was stopped",
                "run it again to go on",
            ));
        }
        let ties: Vec<&Tie> = ties.iter().collect();
        let written = self.writer.event(&event, &ties, made_of);
        self.told(written)
    }

    fn actor(
        &mut self,
        index: usize,
        actor: Actor,
        ties: Vec<Tie>,
        made_of: u64,
    ) -> Result<(), Error> {
        let ties: Vec<&Tie> = ties.iter().collect();
        let written = self.writer.actor(index, &actor, &ties, made_of);
        self.told(written)
    }

    fn curated(&mut self, curated: Curated) -> Result<(), Error> {
        let written = self.writer.curated(&curated);
        self.told(written)
    }
}

/// Reports in a database.
#[derive(Debug)]
pub struct Stored {
    store: Mutex<Store>,
    path: PathBuf,
    rows: Vec<i64>,
    digests: Vec<u64>,
}

/// How many reports are decoded at a time; as many are looked at meanwhile.
const BATCH: usize = 128;

impl Stored {
    fn bytes(&self, what: Kept, document: usize) -> Result<Vec<u8>, Error> {
        let row = self.rows.get(document).copied().unwrap_or_default();
        // A connection is as good after a panic elsewhere as before.
        let store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        store.kept(what, row)
    }

    fn decode<'b, R: Deserialize<'b>>(&self, bytes: &'b [u8]) -> Result<R, Error> {
        postcard::from_bytes(bytes).map_err(|e| Error::damaged(&self.path, e))
    }

    fn trace<'b>(&self, bytes: &'b [u8]) -> Result<Trace<'b>, Error> {
        let trace: Trace<'_> = self.decode(bytes)?;
        if !trace.is_sound() {
            return Err(Error::damaged(&self.path, "what is kept of an article"));
        }
        Ok(trace)
    }

    /// Makes something of these, batch by batch, and takes it: what is taken is
    /// one batch behind what is made.
    fn batches<T: Send>(
        &self,
        what: Kept,
        documents: &[usize],
        make: impl Fn(Vec<Vec<u8>>) -> Result<T, Error> + Send,
        mut take: impl FnMut(&[usize], T) -> Result<(), Error>,
    ) -> Result<(), Error> {
        std::thread::scope(|scope| {
            let (send, batches) = sync_channel(0);
            scope.spawn(move || {
                for documents in documents.chunks(BATCH) {
                    let bytes = documents.iter().map(|d| self.bytes(what, *d));
                    let made = bytes.collect::<Result<_, _>>().and_then(&make);
                    let failed = made.is_err();
                    // Where nobody listens any more, one before has failed.
                    if send.send((documents, made)).is_err() || failed {
                        return;
                    }
                }
            });
            for (documents, made) in batches {
                take(documents, made?)?;
            }
            Ok(())
        })
    }
}

impl resolve::Reports for Stored {
    type Error = Error;

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn report(&self, document: usize) -> Result<Cow<'_, Report>, Error> {
        let bytes = self.bytes(Kept::Report, document)?;
        self.decode(&bytes).map(Cow::Owned)
    }

    fn digest(&self, document: usize) -> u64 {
        self.digests.get(document).copied().unwrap_or_default()
    }

    fn all(&self, take: &mut Take<'_>) -> Result<(), Error> {
        let documents: Vec<usize> = (0..self.len()).collect();
        self.batches(Kept::Trace, &documents, Ok, |_, bytes| {
            // Their words are not copied.
            let traces = bytes.par_iter().map(|b| self.trace(b));
            let traces: Vec<Trace<'_>> = traces.collect::<Result<_, _>>()?;
            traces.into_iter().for_each(&mut *take);
            Ok(())
        })
    }

    fn some(&self, documents: &[usize], see: &mut See<'_, Error>) -> Result<(), Error> {
        let decode = |bytes: Vec<Vec<u8>>| -> Result<Vec<Report>, Error> {
            bytes.par_iter().map(|b| self.decode(b)).collect()
        };
        self.batches(Kept::Report, documents, decode, |documents, reports| {
            let mut reports = documents.iter().zip(&reports);
            reports.try_for_each(|(document, report)| see(*document, report))
        })
    }
}
