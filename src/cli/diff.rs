//! `tieline diff`: what the last build that changed anything tells otherwise
//! than the one before.

use super::args::Diff;
use super::error::Error;
use super::io::Io;
use super::{Outcome, answer, words};
use crate::render::{count, plain};
use crate::store::{Change, ChangeKind};
use serde_json::{Value, json};
use std::path::Path;

/// Runs the command.
pub(super) fn run(db: &Path, args: &Diff, io: &mut Io) -> Result<Outcome, Error> {
    let store = answer::store(db, io)?;
    let mut changes = store.changes()?;
    let all = changes.len();
    changes.retain(|c| args.all || !c.other);
    let hidden = all - changes.len();
    if args.answer.is_json() {
        let list: Vec<Value> = changes.iter().map(object).collect();
        serde_json::to_writer_pretty(&mut io.out, &json!({ "changes": list }))
            .map_err(|e| Error::from(std::io::Error::from(e)))?;
        writeln!(io.out)?;
    } else {
        for kind in ChangeKind::ALL {
            let of: Vec<&Change> = changes.iter().filter(|c| c.kind == kind).collect();
            if !of.is_empty() {
                writeln!(io.out, "{} ({})", heading(kind), of.len())?;
            }
            for change in of {
                let line = words::wrap(&text(change), io.width(), "    ");
                write!(io.out, "  {}", line.trim_start())?;
            }
        }
    }
    if hidden > 0 {
        io.note(&format!(
            "{} of events that fit no type; --all lists them",
            count(hidden, "more change")
        ));
    }
    if all == 0 {
        io.nothing("the last build changed nothing, or was the first");
    }
    Ok(Outcome::of(!changes.is_empty()))
}

fn heading(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::NewArticle => "new articles",
        ChangeKind::ChangedArticle => "changed articles",
        ChangeKind::GoneArticle => "articles that are gone",
        ChangeKind::NewEvent => "new events",
        ChangeKind::Date => "other dates",
        ChangeKind::Status => "other status",
        ChangeKind::Sources => "other number of sources",
        ChangeKind::JoinedEvent => "events now taken for one with another",
        ChangeKind::GoneEvent => "events no longer told",
        ChangeKind::NewActor => "new actors",
        ChangeKind::MergedActor => "actors now taken for one with another",
        ChangeKind::GoneActor => "actors no longer named",
    }
}

fn text(change: &Change) -> String {
    let title = plain(&change.title);
    let id = plain(&change.id);
    let or_none =
        |value: &Option<String>| value.as_deref().map_or_else(|| "no date".to_owned(), plain);
    match change.kind {
        ChangeKind::NewArticle | ChangeKind::ChangedArticle | ChangeKind::GoneArticle => title,
        ChangeKind::Date | ChangeKind::Status | ChangeKind::Sources => format!(
            "{title} [{id}]: {} → {}",
            or_none(&change.before),
            or_none(&change.after)
        ),
        ChangeKind::JoinedEvent | ChangeKind::MergedActor => {
            format!("{title} [{id}] → {}", or_none(&change.after))
        }
        _ => format!("{title} [{id}]"),
    }
}

fn object(change: &Change) -> Value {
    json!({
        "kind": change.kind.as_str(), "other": change.other, "id": change.id, "title": change.title,
        "before": change.before, "after": change.after,
    })
}
