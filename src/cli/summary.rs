//! What a build says of itself when it has finished.

use super::build::Changes;
use super::error::Error;
use super::io::Io;
use super::{articles, words};
use crate::model::{ActorKind, DateBasis};
use crate::render::count;
use crate::store::{Counts, Store};
use std::path::Path;

/// How many articles the summary lists.
const ARTICLES: usize = 20;

/// Writes the summary.
pub(super) fn write(
    store: &Store,
    changes: &Changes,
    db: &Path,
    written: &[&str],
    io: &mut Io,
) -> Result<(), Error> {
    let counts = store.counts()?;
    if changes.none() {
        writeln!(
            io.out,
            "{}: {}, {}, {}",
            if changes.corrected {
                "corrected anew"
            } else {
                "nothing changed"
            },
            count(counts.documents, "article"),
            count(counts.actors.values().sum(), "actor"),
            count(counts.events.values().sum(), "event")
        )?;
    } else {
        writeln!(io.out, "{}", read(changes))?;
        writeln!(io.out, "{}", actors(&counts))?;
        writeln!(io.out, "{}", events(&counts))?;
        writeln!(io.out, "{}", dates(&counts))?;
        articles::list(&store.documents(ARTICLES)?, io)?;
        if let Some(more) = counts.documents.checked_sub(ARTICLES + 1) {
            let more = more + 1;
            writeln!(
                io.out,
                "     {more} more: `tieline articles` lists them all"
            )?;
        }
        writeln!(io.out, "database  {}", db.display())?;
    }
    if !written.is_empty() {
        writeln!(io.out, "written   {}", written.join(", "))?;
    }
    Ok(())
}

/// "a, b, c" of the counts that are not zero, after the total.
fn list(label: &str, total: usize, parts: &[(usize, String)]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| format!("{number} {what}"))
        .collect();
    let line = format!("{label:<9} {total}");
    if parts.is_empty() {
        line
    } else {
        format!("{line}: {}", parts.join(", "))
    }
}

fn read(changes: &Changes) -> String {
    let parts = [
        (changes.new, "new".to_owned()),
        (changes.changed, "changed".to_owned()),
        (changes.unchanged, "unchanged".to_owned()),
        (changes.removed, "removed".to_owned()),
    ];
    list(
        "articles",
        changes.new + changes.changed + changes.unchanged,
        &parts,
    )
}

fn actors(counts: &Counts) -> String {
    let parts: Vec<(usize, String)> = ActorKind::ALL
        .iter()
        .map(|kind| {
            let number = counts.actors.get(kind).copied().unwrap_or_default();
            let counted = count(number, kind.as_str());
            let noun = counted.split_once(' ').map_or("", |(_, noun)| noun);
            (number, noun.to_owned())
        })
        .collect();
    list("actors", counts.actors.values().sum(), &parts)
}

fn events(counts: &Counts) -> String {
    let parts: Vec<(usize, String)> = words::STATUSES
        .iter()
        .map(|status| {
            let number = counts.events.get(status).copied().unwrap_or_default();
            (number, status.to_string())
        })
        .collect();
    list("events", counts.events.values().sum(), &parts)
}

fn dates(counts: &Counts) -> String {
    let of = |basis: DateBasis| counts.dated.get(&basis).copied().unwrap_or_default();
    let total: usize = counts.dated.values().sum();
    let parts = [
        (of(DateBasis::Stated), "in the text's words".to_owned()),
        (of(DateBasis::Relative), "worked out".to_owned()),
        (of(DateBasis::Borrowed), "from another article".to_owned()),
        (of(DateBasis::Publication), "by publication date".to_owned()),
    ];
    let line = list("dated", total, &parts);
    match counts.events.values().sum::<usize>() - total {
        0 => line,
        undated => format!("{line}; {undated} undated"),
    }
}
