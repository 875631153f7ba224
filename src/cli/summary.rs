//! What a build says of itself when it has finished.

use super::build::Changes;
use super::error::Error;
use super::io::Io;
use super::{articles, words};
use crate::model::{ActorKind, DateBasis};
use crate::render::count;
use crate::resolve::Story;
use std::path::Path;

/// How many articles the summary lists.
const ARTICLES: usize = 20;

/// Writes the summary.
pub(super) fn write(
    story: &Story,
    changes: &Changes,
    db: &Path,
    written: &[&str],
    io: &mut Io,
) -> Result<(), Error> {
    if changes.none() {
        writeln!(
            io.out,
            "{}: {}, {}, {}",
            if changes.corrected {
                "corrected anew"
            } else {
                "nothing changed"
            },
            count(story.documents.len(), "article"),
            count(story.actors.len(), "actor"),
            count(story.events.len(), "event")
        )?;
    } else {
        writeln!(io.out, "{}", read(changes))?;
        writeln!(io.out, "{}", actors(story))?;
        writeln!(io.out, "{}", events(story))?;
        writeln!(io.out, "{}", dates(story))?;
        articles::list(story, ARTICLES, io)?;
        if let Some(more) = story.documents.len().checked_sub(ARTICLES + 1) {
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

fn actors(story: &Story) -> String {
    let parts: Vec<(usize, String)> = ActorKind::ALL
        .iter()
        .map(|kind| {
            let number = story.actors.iter().filter(|a| a.kind == *kind).count();
            let counted = count(number, kind.as_str());
            let noun = counted.split_once(' ').map_or("", |(_, noun)| noun);
            (number, noun.to_owned())
        })
        .collect();
    list("actors", story.actors.len(), &parts)
}

fn events(story: &Story) -> String {
    let parts: Vec<(usize, String)> = words::STATUSES
        .iter()
        .map(|status| {
            let number = story.events.iter().filter(|e| e.status == *status).count();
            (number, status.to_string())
        })
        .collect();
    list("events", story.events.len(), &parts)
}

fn dates(story: &Story) -> String {
    let dated = story.events.iter().filter_map(|e| e.date.as_ref());
    let of = |basis: DateBasis| dated.clone().filter(|d| d.basis == basis).count();
    let total = dated.clone().count();
    let parts = [
        (of(DateBasis::Stated), "in the text's words".to_owned()),
        (of(DateBasis::Relative), "worked out".to_owned()),
        (of(DateBasis::Borrowed), "from another article".to_owned()),
        (of(DateBasis::Publication), "by publication date".to_owned()),
    ];
    let line = list("dated", total, &parts);
    match story.events.len() - total {
        0 => line,
        undated => format!("{line}; {undated} undated"),
    }
}
