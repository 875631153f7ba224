//! How long resolution takes and how much memory, alone: the reports are read
//! from a database that a build has made, and the story goes nowhere.
//!
//! `cargo run --release --example resolve_database -- DATABASE [--graph FILE]`
//!
//! `--graph` keeps the story and writes it as `graph.json`, to be compared with
//! that of another version.

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use rusqlite::{Connection, OpenFlags};
use std::borrow::Cow;
use std::convert::Infallible;
use std::fs;
use std::sync::Mutex;
use std::time::Instant;
use tieline::export;
use tieline::extract::Report;
use tieline::ontology::types::EventTypes;
use tieline::resolve::{
    self, Actor, ActorMention, Collect, Document, Event, OwnType, Reports, See, Sink, Sizes, Tie,
};

/// The reports of a database.
struct Database {
    db: Mutex<Connection>,
    rows: Vec<i64>,
}

/// So many are decoded at a time.
const BATCH: usize = 256;

impl Database {
    fn open(path: &str) -> Result<Database> {
        let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let rows = db
            .prepare("SELECT rowid FROM reports ORDER BY path")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let db = Mutex::new(db);
        Ok(Database { db, rows })
    }

    fn blob(&self, document: usize) -> Result<Vec<u8>> {
        let row = self.rows.get(document).context("no such report")?;
        let Ok(db) = self.db.lock() else {
            bail!("another thread has failed");
        };
        let mut query = db.prepare_cached("SELECT report FROM reports WHERE rowid = ?")?;
        Ok(query.query_row([row], |row| row.get(0))?)
    }
}

impl Reports for Database {
    type Error = anyhow::Error;

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn report(&self, document: usize) -> Result<Cow<'_, Report>> {
        Ok(Cow::Owned(postcard::from_bytes(&self.blob(document)?)?))
    }

    fn each(&self, see: &mut See<'_, anyhow::Error>) -> Result<()> {
        let all: Vec<usize> = (0..self.rows.len()).collect();
        for batch in all.chunks(BATCH) {
            let blobs: Vec<Vec<u8>> = batch.iter().map(|d| self.blob(*d)).collect::<Result<_>>()?;
            let reports: Vec<Report> = blobs
                .par_iter()
                .map(|blob| Ok(postcard::from_bytes(blob)?))
                .collect::<Result<_>>()?;
            for (document, report) in batch.iter().zip(&reports) {
                see(*document, report)?;
            }
        }
        Ok(())
    }
}

/// Counts what comes, and keeps it where it is asked for.
#[derive(Default)]
struct Count {
    sizes: Sizes,
    evidence: usize,
    ties: usize,
    kept: Option<Collect>,
}

/// Hands a piece on to the story that is kept.
fn keep(kept: &mut Option<Collect>, give: impl FnOnce(&mut Collect) -> Result<(), Infallible>) {
    if let Some(Err(never)) = kept.as_mut().map(give) {
        match never {}
    }
}

impl Sink for Count {
    type Error = anyhow::Error;

    fn begin(&mut self, sizes: Sizes, types: Vec<OwnType>) -> Result<()> {
        self.sizes = sizes;
        keep(&mut self.kept, |k| k.begin(sizes, types));
        Ok(())
    }

    fn document(&mut self, index: usize, document: Document) -> Result<()> {
        keep(&mut self.kept, |k| k.document(index, document));
        Ok(())
    }

    fn mentions(&mut self, document: usize, all: Vec<(usize, ActorMention)>) -> Result<()> {
        keep(&mut self.kept, |k| k.mentions(document, all));
        Ok(())
    }

    fn event(&mut self, index: usize, event: Event, ties: Vec<Tie>) -> Result<()> {
        self.evidence += event.evidence.len();
        self.ties += ties.len();
        keep(&mut self.kept, |k| k.event(index, event, ties));
        Ok(())
    }

    fn actor(&mut self, index: usize, actor: Actor) -> Result<()> {
        keep(&mut self.kept, |k| k.actor(index, actor));
        Ok(())
    }

    fn tie(&mut self, tie: Tie) -> Result<()> {
        self.ties += 1;
        keep(&mut self.kept, |k| k.tie(tie));
        Ok(())
    }
}

/// The most memory that the program has had, in megabytes, where the system
/// tells.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

#[allow(clippy::print_stdout)]
fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (path, graph) = match args.as_slice() {
        [path] => (path, None),
        [path, option, file] if option == "--graph" => (path, Some(file)),
        _ => bail!("resolve_database DATABASE [--graph FILE]"),
    };
    let reports = Database::open(path)?;
    let before = peak().unwrap_or_default();
    let started = Instant::now();
    let mut sink = Count {
        kept: graph.map(|_| Collect::default()),
        ..Count::default()
    };
    resolve::resolve(&reports, EventTypes::builtin(), &mut sink)?;
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{} documents, {} actors, {} events of {} mentions, {} ties: {seconds:.2} s, {} MB at most, \
         of them {before} before it began",
        sink.sizes.documents,
        sink.sizes.actors,
        sink.sizes.events,
        sink.evidence,
        sink.ties,
        peak().unwrap_or_default(),
    );
    if let (Some(file), Some(kept)) = (graph, sink.kept) {
        fs::write(file, export::json::write(&kept.story()))?;
    }
    Ok(())
}
