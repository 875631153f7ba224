//! Reads the articles of all files: one thread opens files, all cores read
//! articles, one thread writes to the database. What is in memory at a time is
//! a few batches, however many articles there are, and what comes out does not
//! depend on the number of cores.

use super::stop::Stop;
use crate::cli::error::Error;
use crate::cli::io::Io;
use crate::ingest::{self, Piece, Problem, ReadOptions, Source};
use crate::ontology::types::EventTypes;
use crate::pipeline;
use crate::store::{self, Build, Entry, Key, Known, Stamp};
use indicatif::ProgressBar;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant, SystemTime};

/// How many articles are read at a time ...
const BATCH: usize = 128;
/// ... or how many bytes of them.
const BATCH_BYTES: usize = 16 << 20;
/// How many batches wait for the next step.
const WAITING: usize = 2;

/// What is to be read, and how.
pub(super) struct Job<'a> {
    pub(super) sources: &'a [Source],
    pub(super) known: &'a Known,
    pub(super) types: &'a EventTypes,
    pub(super) options: &'a ReadOptions,
    pub(super) stop: &'a Stop,
}

/// What became of the files.
#[derive(Default)]
pub(super) struct Articles {
    /// The row of every article that was found.
    pub(super) rows: BTreeMap<Key, i64>,
    /// What the files were that need not be opened the next time.
    pub(super) files: BTreeMap<String, Stamp>,
    /// Whether that differs from what the database remembers.
    pub(super) files_changed: bool,
}

/// An article on its way.
enum Item {
    /// The database has it already.
    Known(Key),
    /// It is to be read.
    Unread(Box<(Key, usize, Piece)>),
    /// It cannot be read.
    Failed(Problem),
    /// All of this source has been given.
    Done(usize),
}

/// What became of an article.
enum Reading {
    Known(Key),
    Read(Box<Entry>),
    Failed(Problem),
    Done(usize),
}

/// Reads all sources. Problems are told in the order of the sources.
///
/// # Errors
/// When the database cannot be written, and when the user stops it; what was
/// read is then in the database.
pub(super) fn read(job: &Job<'_>, build: &mut Build, io: &mut Io) -> Result<Articles, Error> {
    let began = SystemTime::now();
    let stamps: Vec<Option<Stamp>> = job
        .sources
        .par_iter()
        .map(|s| stamp(s, job, began))
        .collect();
    let mut state = State::new(job, &stamps, io);
    let rows = std::thread::scope(|scope| -> Result<BTreeMap<Key, i64>, Error> {
        let (to_readers, batches) = sync_channel::<Vec<Item>>(WAITING);
        let (to_writer, entries) = sync_channel::<Vec<Entry>>(WAITING);
        let stamps = &stamps;
        scope.spawn(move || open_all(job, stamps, &to_readers));
        let writer = scope.spawn(move || write_all(build, &entries));
        for batch in batches {
            let readings: Vec<Reading> = batch
                .into_par_iter()
                .map(|item| read_one(item, job))
                .collect();
            let entries = state.take(readings);
            // Where the writer has failed, it says why at the end.
            if !entries.is_empty() && to_writer.send(entries).is_err() {
                break;
            }
            if job.stop.is_asked() {
                break;
            }
        }
        drop(to_writer);
        match writer.join() {
            Ok(rows) => Ok(rows?),
            Err(_) => Err(Error::new(
                "the database could not be written",
                "this is a mistake in Tieline; please report it",
            )),
        }
    })?;
    let mut articles = state.finish(rows);
    if job.stop.is_asked() {
        return Err(job.stop.told(job.known.keys.len() + articles.rows.len()));
    }
    for key in std::mem::take(&mut articles.known) {
        if let Some(row) = job.known.keys.get(&key) {
            articles.rows.insert(key, *row);
        }
    }
    let files_changed = articles.files.len() != job.known.files.len()
        || articles
            .files
            .iter()
            .any(|(path, stamp)| job.known.files.get(path).map(|f| &f.0) != Some(stamp));
    Ok(Articles {
        rows: articles.rows,
        files: articles.files,
        files_changed,
    })
}

/// How young a file may be whose time of writing says nothing: it could be
/// written to again within the same tick of the clock.
const TICK: Duration = Duration::from_secs(2);

/// What a source is now; `None` for what has to be opened in any case.
fn stamp(source: &Source, job: &Job<'_>, began: SystemTime) -> Option<Stamp> {
    if source.is_stdin() {
        return None;
    }
    let file = std::fs::metadata(&source.file).ok()?;
    let written = file.modified().ok()?;
    if !file.is_file() || written.checked_add(TICK)? > began {
        return None;
    }
    let since = written.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    let given = Key::new(
        &source.file.display().to_string(),
        format!("{:?}", job.options).as_bytes(),
        &source.metadata,
        job.types.digest,
    );
    Some(Stamp {
        length: file.len(),
        written: format!("{}.{:09}", since.as_secs(), since.subsec_nanos()),
        given: given.hash,
    })
}

/// Opens the sources one after the other and sends their articles in batches.
fn open_all(job: &Job<'_>, stamps: &[Option<Stamp>], out: &SyncSender<Vec<Item>>) {
    let mut batch = Batch::new(out);
    for (number, (source, stamp)) in job.sources.iter().zip(stamps).enumerate() {
        let known = stamp
            .as_ref()
            .and_then(|s| job.known.unchanged(&source.path, s));
        let gone_on = match known {
            Some(keys) => keys
                .iter()
                .try_for_each(|k| batch.add(Item::Known(k.clone()), 0)),
            None => open(number, source, job, &mut batch),
        };
        let gone_on = match gone_on {
            ControlFlow::Continue(()) => batch.add(Item::Done(number), 0),
            stopped => stopped,
        };
        if gone_on.is_break() || job.stop.is_asked() {
            return;
        }
    }
    let _ = batch.send();
}

fn open(number: usize, source: &Source, job: &Job<'_>, batch: &mut Batch<'_>) -> ControlFlow<()> {
    let mut gone_on = ControlFlow::Continue(());
    // One file must never end the run, not even by a mistake of ours.
    let walked = catch_unwind(AssertUnwindSafe(|| {
        ingest::pieces(source, job.options, &mut |piece| {
            gone_on = match piece {
                Err(problem) => batch.add(Item::Failed(problem), 0),
                Ok(piece) => {
                    let key =
                        Key::new(&piece.path, &piece.bytes, &piece.metadata, job.types.digest);
                    if job.known.keys.contains_key(&key) {
                        batch.add(Item::Known(key), 0)
                    } else {
                        let length = piece.bytes.len();
                        batch.add(Item::Unread(Box::new((key, number, piece))), length)
                    }
                }
            };
            if job.stop.is_asked() {
                gone_on = ControlFlow::Break(());
            }
            gone_on
        });
    }));
    if walked.is_err() {
        let name = source.file.display().to_string();
        gone_on = batch.add(Item::Failed(our_mistake(name)), 0);
    }
    gone_on
}

/// Articles that are sent together.
struct Batch<'a> {
    items: Vec<Item>,
    bytes: usize,
    out: &'a SyncSender<Vec<Item>>,
}

impl<'a> Batch<'a> {
    fn new(out: &'a SyncSender<Vec<Item>>) -> Batch<'a> {
        Batch {
            items: Vec::new(),
            bytes: 0,
            out,
        }
    }

    fn add(&mut self, item: Item, bytes: usize) -> ControlFlow<()> {
        self.items.push(item);
        self.bytes += bytes;
        if self.items.len() >= BATCH || self.bytes >= BATCH_BYTES {
            self.send()
        } else {
            ControlFlow::Continue(())
        }
    }

    /// Breaks where nobody listens any more.
    fn send(&mut self) -> ControlFlow<()> {
        self.bytes = 0;
        match self.out.send(std::mem::take(&mut self.items)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}

/// Reads one article.
fn read_one(item: Item, job: &Job<'_>) -> Reading {
    let (key, source, piece) = match item {
        Item::Known(key) => return Reading::Known(key),
        Item::Failed(problem) => return Reading::Failed(problem),
        Item::Done(source) => return Reading::Done(source),
        Item::Unread(unread) => *unread,
    };
    // One article must never end the run, not even by a mistake of ours.
    let result = catch_unwind(AssertUnwindSafe(|| {
        ingest::parse_piece(&piece).map(|(article, odd)| {
            let (report, sentences) = pipeline::read_whole(&article, job.types);
            (report, sentences, odd)
        })
    }));
    match result {
        Ok(Ok((report, sentences, odd))) => Reading::Read(Box::new(Entry {
            key,
            file: job
                .sources
                .get(source)
                .map(|s| s.path.clone())
                .unwrap_or_default(),
            notes: odd.into_iter().map(note).collect(),
            report,
            sentences,
        })),
        Ok(Err(problem)) => Reading::Failed(problem),
        Err(_) => Reading::Failed(our_mistake(piece.file.display().to_string())),
    }
}

fn our_mistake(path: String) -> Problem {
    Problem {
        path,
        line: None,
        message: "Tieline failed on this article".to_owned(),
        hint: Some("this is a mistake in Tieline; please report it with the article".to_owned()),
    }
}

/// What the database keeps of something odd.
fn note(problem: Problem) -> (String, Option<String>) {
    let message = match problem.line {
        Some(line) => format!("{} (line {line})", problem.message),
        None => problem.message,
    };
    (message, problem.hint)
}

/// Writes batches as they come; gives the rows of all.
fn write_all(
    build: &mut Build,
    batches: &Receiver<Vec<Entry>>,
) -> Result<BTreeMap<Key, i64>, store::Error> {
    let mut rows = BTreeMap::new();
    for entries in batches {
        let numbers = build.put(&entries)?;
        rows.extend(entries.into_iter().map(|e| e.key).zip(numbers));
    }
    Ok(rows)
}

/// What has come of the reading so far.
struct State<'a, 'io> {
    job: &'a Job<'a>,
    stamps: &'a [Option<Stamp>],
    io: &'io mut Io,
    bar: ProgressBar,
    began: Instant,
    seen: std::collections::BTreeSet<Key>,
    known: Vec<Key>,
    read: usize,
    /// A file of which something could not be read is opened again.
    failed: bool,
    files: BTreeMap<String, Stamp>,
}

/// What the reading gives.
struct Ended {
    rows: BTreeMap<Key, i64>,
    known: Vec<Key>,
    files: BTreeMap<String, Stamp>,
}

impl<'a, 'io> State<'a, 'io> {
    fn new(job: &'a Job<'a>, stamps: &'a [Option<Stamp>], io: &'io mut Io) -> State<'a, 'io> {
        let bar = io.bar(job.sources.len() as u64);
        State {
            job,
            stamps,
            io,
            bar,
            began: Instant::now(),
            seen: std::collections::BTreeSet::new(),
            known: Vec::new(),
            read: 0,
            failed: false,
            files: BTreeMap::new(),
        }
    }

    /// Sorts a batch; gives what is to be written. An article that is there
    /// twice counts once.
    fn take(&mut self, readings: Vec<Reading>) -> Vec<Entry> {
        let mut entries = Vec::new();
        for reading in readings {
            let key = match &reading {
                Reading::Failed(problem) => {
                    self.failed = true;
                    let io = &mut *self.io;
                    self.bar.suspend(|| io.unread(problem));
                    continue;
                }
                Reading::Done(source) => {
                    self.done(*source);
                    continue;
                }
                Reading::Known(key) => key,
                Reading::Read(entry) => &entry.key,
            };
            if !self.seen.insert(key.clone()) {
                let problem = Problem {
                    path: key.path.clone(),
                    line: None,
                    message: "the same article again; it counts once".to_owned(),
                    hint: None,
                };
                let io = &mut *self.io;
                self.bar.suspend(|| io.warning(&problem));
                continue;
            }
            match reading {
                Reading::Read(entry) => {
                    self.read += 1;
                    entries.push(*entry);
                }
                _ => self.known.push(key.clone()),
            }
        }
        let seconds = self.began.elapsed().as_secs_f64().max(0.001);
        self.bar.set_message(format!(
            "{} articles read, {:.0} a second",
            self.read,
            self.read as f64 / seconds
        ));
        entries
    }

    /// All of a source has been read.
    fn done(&mut self, source: usize) {
        self.bar.inc(1);
        let stamp = self.stamps.get(source).cloned().flatten();
        let path = self.job.sources.get(source).map(|s| &s.path);
        if let (Some(path), Some(stamp), false) = (path, stamp, self.failed) {
            self.files.insert(path.clone(), stamp);
        }
        self.failed = false;
    }

    fn finish(self, rows: BTreeMap<Key, i64>) -> Ended {
        self.bar.finish_and_clear();
        Ended {
            rows,
            known: self.known,
            files: self.files,
        }
    }
}
