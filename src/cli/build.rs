//! `tieline build`: reads articles, writes the database and, where asked for,
//! the files of a folder. Reads again only what changed.

use super::args::Build;
use super::error::Error;
use super::io::{Io, make_folder, write_file};
use super::{Outcome, summary, types};
use crate::graph::TieGraph;
use crate::ingest::{self, Piece, Problem, ReadOptions, Source};
use crate::ontology::types::EventTypes;
use crate::query::{self, Filter};
use crate::render::draw::Theme;
use crate::render::ledger::{self, Options};
use crate::render::{dot, page, svg, timeline};
use crate::resolve::{self, Story};
use crate::store::{Entry, Key, Store};
use crate::{export, pipeline};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// What a build writes to its folder.
const OUTPUTS: [&str; 5] = [
    "graph.json",
    "page.html",
    "ties.dot",
    "ties.svg",
    "timeline.txt",
];

/// What became of one file.
enum Reading {
    /// The database has it already.
    Known(Key),
    /// It was read.
    Read(Box<Entry>),
    /// It could not be read.
    Failed(Problem),
}

/// What became of all files.
pub(super) struct Changes {
    /// Articles that were not in the database.
    pub(super) new: usize,
    /// Articles whose file or metadata had changed.
    pub(super) changed: usize,
    /// Articles that were as before.
    pub(super) unchanged: usize,
    /// Articles that are no longer there.
    pub(super) removed: usize,
}

impl Changes {
    /// Whether the database holds exactly what was found.
    pub(super) fn none(&self) -> bool {
        self.new + self.changed + self.removed == 0
    }
}

/// Runs the command.
pub(super) fn run(db: &Path, args: &Build, io: &mut Io) -> Result<Outcome, Error> {
    let types = types::load(&args.types, io)?;
    if let Some(out) = &args.out {
        make_folder(out, "--out")?;
    }
    let store = Store::open(db)?;
    let known = match &store {
        Some(store) => store.keys()?,
        None => BTreeSet::new(),
    };
    let sources = list(db, args, io);
    let options = ReadOptions { map: args.map() };
    let readings = read_all(&sources, &known, &types, &options, io);
    let (keys, read) = sort_out(readings, io)?;
    let changes = compare(&known, &keys);
    let entries = complete(store.as_ref(), keys, read)?;
    for entry in &entries {
        tell_notes(entry, io);
    }
    let story = match &store {
        Some(store) if changes.none() => store.story()?,
        _ => {
            let reports: Vec<_> = entries.iter().map(|e| e.report.clone()).collect();
            resolve::story_with(&reports, &types)
        }
    };
    drop(store);
    if !changes.none() {
        Store::write(db, &entries, &story)?;
    }
    let written = match &args.out {
        Some(out) => write_outputs(out, &story, io)?,
        None => Vec::new(),
    };
    if !io.is_quiet() {
        summary::write(&story, &changes, db, &written, io)?;
    }
    Ok(Outcome::Found)
}

/// The files to read: all that the phase lists, but not what Tieline wrote.
fn list(db: &Path, args: &Build, io: &mut Io) -> Vec<Source> {
    let (mut sources, problems) = ingest::list(&args.paths, &args.dates);
    for problem in &problems {
        io.unread(problem);
    }
    let db = fs::canonicalize(db).ok();
    sources.retain(|s| {
        let is_db = db.is_some() && fs::canonicalize(&s.file).ok() == db;
        !is_db && !is_output(&s.file)
    });
    sources
}

/// Whether the file is one of those that a build writes, in a folder that has
/// them all: reading them as articles would count everything twice.
fn is_output(file: &Path) -> bool {
    let ours = file
        .file_name()
        .is_some_and(|name| OUTPUTS.iter().any(|o| name == *o));
    ours && OUTPUTS.iter().all(|o| file.with_file_name(o).is_file())
}

/// Reads the files in parallel; the answer has their order. A file that holds
/// many articles is read by one thread.
fn read_all(
    sources: &[Source],
    known: &BTreeSet<Key>,
    types: &EventTypes,
    options: &ReadOptions,
    io: &Io,
) -> Vec<Reading> {
    let bar = if io.shows_progress() {
        ProgressBar::new(sources.len() as u64)
    } else {
        ProgressBar::hidden()
    };
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} files {eta}") {
        bar.set_style(style);
    }
    let readings: Vec<Vec<Reading>> = sources
        .par_iter()
        .map(|source| {
            let mut readings = Vec::new();
            // One file must never end the run, not even by a mistake of ours.
            let walked = catch_unwind(AssertUnwindSafe(|| {
                ingest::pieces(source, options, &mut |piece| {
                    readings.push(match piece {
                        Ok(piece) => read(&piece, known, types),
                        Err(problem) => Reading::Failed(problem),
                    });
                    ControlFlow::Continue(())
                });
            }));
            if walked.is_err() {
                readings.push(Reading::Failed(our_mistake(
                    source.file.display().to_string(),
                )));
            }
            bar.inc(1);
            readings
        })
        .collect();
    bar.finish_and_clear();
    readings.into_iter().flatten().collect()
}

/// Reads one article.
fn read(piece: &Piece, known: &BTreeSet<Key>, types: &EventTypes) -> Reading {
    let key = Key::new(&piece.path, &piece.bytes, &piece.metadata, types.digest);
    if known.contains(&key) {
        return Reading::Known(key);
    }
    // One article must never end the run, not even by a mistake of ours.
    let result = catch_unwind(AssertUnwindSafe(|| {
        ingest::parse_piece(piece).map(|(article, odd)| (pipeline::read_with(&article, types), odd))
    }));
    match result {
        Ok(Ok((report, odd))) => Reading::Read(Box::new(Entry {
            key,
            notes: odd.into_iter().map(note).collect(),
            report,
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

fn tell_notes(entry: &Entry, io: &mut Io) {
    for (message, hint) in &entry.notes {
        io.warning(&Problem {
            path: entry.key.path.clone(),
            line: None,
            message: message.clone(),
            hint: hint.clone(),
        });
    }
}

/// The keys of all articles in their order, and what was read anew. An article
/// that stands there twice counts once.
///
/// # Errors
/// When no article could be read.
fn sort_out(readings: Vec<Reading>, io: &mut Io) -> Result<(Vec<Key>, Vec<Entry>), Error> {
    let (mut keys, mut read, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for reading in readings {
        let key = match &reading {
            Reading::Failed(problem) => {
                io.unread(problem);
                continue;
            }
            Reading::Known(key) => key.clone(),
            Reading::Read(entry) => entry.key.clone(),
        };
        if !seen.insert(key.clone()) {
            io.warning(&Problem {
                path: key.path.clone(),
                line: None,
                message: "the same article again; it counts once".to_owned(),
                hint: None,
            });
            continue;
        }
        keys.push(key);
        if let Reading::Read(entry) = reading {
            read.push(*entry);
        }
    }
    if keys.is_empty() {
        return Err(Error::new(
            "no article could be read",
            "give a folder with articles as text files; the database is as it was",
        ));
    }
    Ok((keys, read))
}

/// How the articles differ from those of the database.
fn compare(known: &BTreeSet<Key>, keys: &[Key]) -> Changes {
    let before: BTreeSet<&str> = known.iter().map(|k| k.path.as_str()).collect();
    let now: BTreeSet<&str> = keys.iter().map(|k| k.path.as_str()).collect();
    let unchanged = keys.iter().filter(|k| known.contains(k)).count();
    let changed = keys
        .iter()
        .filter(|k| !known.contains(k) && before.contains(k.path.as_str()))
        .count();
    Changes {
        new: keys.len() - unchanged - changed,
        changed,
        unchanged,
        removed: before.difference(&now).count(),
    }
}

/// The entries of all keys: those read anew, the others from the database.
fn complete(store: Option<&Store>, keys: Vec<Key>, read: Vec<Entry>) -> Result<Vec<Entry>, Error> {
    let mut read = read.into_iter().peekable();
    let mut entries = Vec::with_capacity(keys.len());
    for key in keys {
        match (read.next_if(|e| e.key == key), store) {
            (Some(entry), _) => entries.push(entry),
            (None, Some(store)) => entries.push(store.entry(&key)?),
            (None, None) => {}
        }
    }
    Ok(entries)
}

/// Writes the files of the folder; gives the names of those that changed.
fn write_outputs(out: &Path, story: &Story, io: &mut Io) -> Result<Vec<&'static str>, Error> {
    let graph = TieGraph::new(story);
    let events = query::timeline(&graph, &Filter::default());
    let options = Options {
        page: Some("page.html".to_owned()),
        ..Options::default()
    };
    let ledger = ledger::layout(story, &options);
    if let Some(left_out) = &ledger.left_out {
        io.note(left_out);
    }
    let texts = [
        export::json::write(story),
        page::write(story),
        dot::write(&ledger),
        svg::write(&ledger, Theme::Auto),
        timeline::file(story, &events),
    ];
    let mut written = Vec::new();
    for (name, text) in OUTPUTS.into_iter().zip(texts) {
        if write_file(&out.join(name), text.as_bytes())? {
            written.push(name);
        }
    }
    Ok(written)
}
