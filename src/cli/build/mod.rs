//! `tieline build`: reads articles, writes the database and, where asked for,
//! the files of a folder. Reads again only what changed.

mod outputs;
mod reading;
mod stop;
mod watch;

use super::args;
use super::error::Error;
use super::io::{Io, make_folder};
use super::{Outcome, curate, summary, types};
use crate::ingest::{self, ReadOptions, Source};
use crate::ontology::types::EventTypes;
use crate::resolve::{self, Curation};
use crate::store::{Build, ChangeKind, Known};
use reading::Articles;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use stop::Stop;

/// How the articles differ from those of the database.
pub(super) struct Changes {
    /// Articles that were not in the database.
    pub(super) new: usize,
    /// Articles whose file or metadata had changed.
    pub(super) changed: usize,
    /// Articles that were as before.
    pub(super) unchanged: usize,
    /// Articles that are no longer there.
    pub(super) removed: usize,
    /// The articles are the same, but their corrections have changed.
    pub(super) corrected: bool,
    /// Those that came, changed or went, by path.
    list: Vec<(ChangeKind, String)>,
}

impl Changes {
    /// Whether the database holds exactly what was found.
    pub(super) fn none(&self) -> bool {
        self.new + self.changed + self.removed == 0
    }
}

/// Runs the command.
pub(super) fn run(db: &Path, args: &args::Build, io: &mut Io) -> Result<Outcome, Error> {
    let types = types::load(&args.types, io)?;
    if let Some(out) = &args.out {
        make_folder(out, "--out")?;
    }
    let stop = Stop::new();
    match args.watch {
        Some(seconds) => watch::run(db, args, &types, seconds, &stop, io),
        None => once(db, args, &types, &stop, io).map(|_| Outcome::Found),
    }
}

/// One build; gives whether it changed anything.
fn once(
    db: &Path,
    args: &args::Build,
    types: &EventTypes,
    stop: &Stop,
    io: &mut Io,
) -> Result<bool, Error> {
    let corrections = curate::read(db, args.curation.as_deref())?;
    let sources = list(db, args, io);
    let options = ReadOptions { map: args.map() };
    let mut build = Build::begin(db)?;
    let known = build.store().known()?;
    let job = reading::Job {
        sources: &sources,
        known: &known,
        types,
        options: &options,
        stop,
    };
    let articles = reading::read(&job, &mut build, io)?;
    // Joining needs the room.
    drop(sources);
    if articles.rows.is_empty() {
        return Err(Error::new(
            "no article could be read",
            "give a folder with articles; the database is as it was",
        ));
    }
    let mut changes = compare(&build, &known, &articles)?;
    drop(known);
    changes.corrected = changes.none() && build.store().curated()?.digest != corrections.digest();
    let rows: BTreeSet<i64> = articles.rows.values().copied().collect();
    for (path, notes) in build.store().notes(&rows)? {
        io.notes(&path, notes);
    }
    if !changes.none() || changes.corrected || !build.store().is_current()? {
        let job = Joining {
            types,
            corrections: &corrections,
            changes: &changes,
            stop,
        };
        join(&build, rows, &articles, &job, io)?;
    } else if articles.files_changed {
        build.remember(&articles.files)?;
    }
    curate::tell_unapplied(&build.store().curated()?, &corrections, io);
    let written = match &args.out {
        Some(out) => outputs::write(out, &build.store().story()?, io)?,
        None => Vec::new(),
    };
    if !io.is_quiet() {
        summary::write(build.store(), &changes, db, &written, io)?;
    }
    Ok(!changes.none())
}

/// What a story is made with, beside the articles.
struct Joining<'a> {
    types: &'a EventTypes,
    corrections: &'a Curation,
    changes: &'a Changes,
    stop: &'a Stop,
}

/// Makes the story of all articles, and puts it in the place of the old one.
fn join(
    build: &Build,
    rows: BTreeSet<i64>,
    articles: &Articles,
    job: &Joining<'_>,
    io: &mut Io,
) -> Result<(), Error> {
    let bar = io.spinner(&format!("joining {} articles", rows.len()));
    let rows = build.store().in_order(&rows)?;
    let reports = build.reports(rows.clone())?;
    let joined = build.finish(
        &rows,
        Some(&articles.files),
        &job.changes.list,
        &|| job.stop.is_asked(),
        |telling| resolve::resolve(&reports, job.types, job.corrections, telling),
    );
    bar.finish_and_clear();
    match joined {
        Err(_) if job.stop.is_asked() => Err(job.stop.told(articles.rows.len())),
        other => Ok(other?),
    }
}

/// The files to read: all that the phase lists, but not what Tieline wrote.
fn list(db: &Path, args: &args::Build, io: &mut Io) -> Vec<Source> {
    let (mut sources, problems) = ingest::list(&args.paths, &args.dates);
    for problem in &problems {
        io.unread(problem);
    }
    let real = fs::canonicalize(db).ok();
    let names: Vec<&OsStr> = [Some(db), real.as_deref()]
        .into_iter()
        .flatten()
        .filter_map(Path::file_name)
        .collect();
    sources.retain(|s| {
        let named_so = s.file.file_name().is_some_and(|n| names.contains(&n));
        let is_db = named_so && real.is_some() && fs::canonicalize(&s.file).ok() == real;
        !is_db && !outputs::is_one(&s.file)
    });
    sources
}

/// How the articles differ from those that the story was made of.
fn compare(build: &Build, known: &Known, articles: &Articles) -> Result<Changes, Error> {
    let told = build.store().told_rows()?;
    let before: BTreeSet<&str> = known
        .keys
        .iter()
        .filter(|(_, row)| told.contains(row))
        .map(|(key, _)| key.path.as_str())
        .collect();
    let mut changes = Changes {
        new: 0,
        changed: 0,
        unchanged: 0,
        removed: 0,
        corrected: false,
        list: Vec::new(),
    };
    let mut now: BTreeSet<&str> = BTreeSet::new();
    for (key, row) in &articles.rows {
        now.insert(&key.path);
        let kind = if told.contains(row) {
            changes.unchanged += 1;
            continue;
        } else if before.contains(key.path.as_str()) {
            changes.changed += 1;
            ChangeKind::ChangedArticle
        } else {
            changes.new += 1;
            ChangeKind::NewArticle
        };
        changes.list.push((kind, key.path.clone()));
    }
    for path in before.difference(&now) {
        changes.removed += 1;
        changes
            .list
            .push((ChangeKind::GoneArticle, (*path).to_owned()));
    }
    Ok(changes)
}
