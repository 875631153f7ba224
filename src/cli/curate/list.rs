//! `tieline curate list`: the corrections with their numbers.

use super::file::CurationFile;
use crate::cli::args::Answer;
use crate::cli::error::Error;
use crate::cli::io::Io;
use crate::cli::{Outcome, words};
use crate::render::plain;
use crate::resolve::Story;
use crate::resolve::curation;
use crate::store::Store;
use serde_json::{Value, json};
use std::path::Path;

/// Writes the list.
pub(super) fn run(db: &Path, path: &Path, answer: &Answer, io: &mut Io) -> Result<Outcome, Error> {
    let file = CurationFile::read(path)?;
    let corrections = &file.curation().corrections;
    // A database that is not there or is out of date tells nothing, and the
    // list can be read without it.
    let story = Store::open(db).ok().flatten().and_then(|s| s.story().ok());
    let current = |s: &Story| s.curated.digest == file.curation().digest();
    let story = story.filter(current);
    let why = |number: usize| {
        let unapplied = story.as_ref().map(|s| &s.curated.unapplied);
        unapplied.and_then(|u| u.get(&number))
    };
    if answer.is_json() {
        let each: Vec<Value> = corrections
            .iter()
            .enumerate()
            .map(|(i, c)| {
                json!({
                    "number": i + 1,
                    "what": c.what.word(),
                    "line": c.what.line(),
                    "note": c.note,
                    "applies": story.as_ref().map(|_| why(i + 1).is_none()),
                    "why": why(i + 1),
                })
            })
            .collect();
        let whole = json!({"file": path.display().to_string(), "corrections": each});
        serde_json::to_writer_pretty(&mut io.out, &whole)
            .map_err(|e| Error::from(std::io::Error::from(e)))?;
        writeln!(io.out)?;
        return Ok(Outcome::of(!corrections.is_empty()));
    }
    if corrections.is_empty() {
        io.nothing(&format!("no corrections in {}", path.display()));
        return Ok(Outcome::Nothing);
    }
    let width = io.width();
    for (i, correction) in corrections.iter().enumerate() {
        let line = plain(&correction.what.line());
        let wrapped = words::wrap(&line, width, "     ");
        writeln!(io.out, "{:>3}  {}", i + 1, wrapped.trim())?;
        if let Some(note) = &correction.note {
            let note = format!("note: {}", plain(note));
            write!(io.out, "{}", words::wrap(&note, width, "     "))?;
        }
        if let Some(why) = why(i + 1) {
            let why = format!("does not apply: {}", plain(why));
            write!(io.out, "{}", words::wrap(&why, width, "     "))?;
        }
    }
    if let Some(found) = curation::contradiction(file.curation()) {
        io.warn(
            &found.why,
            "take one of them back with `tieline curate undo N`",
        );
    } else if story.is_none() {
        io.note("the database was not made with these corrections; `tieline curate apply` does so");
    }
    Ok(Outcome::Found)
}
