//! `tieline timeline`: what happened, in order of date.

use super::answer::{self, Contract};
use super::args::{Timeline, Window};
use super::error::Error;
use super::io::Io;
use super::{Outcome, names};
use crate::graph::TieGraph;
use crate::query::{self, Filter};
use crate::render::timeline;
use std::path::Path;

/// A filter for a window of time.
pub(super) fn within(window: &Window) -> Filter {
    Filter {
        since: window.since,
        until: window.until,
        ..Filter::default()
    }
}

/// Runs the command.
pub(super) fn run(db: &Path, args: &Timeline, io: &mut Io) -> Result<Outcome, Error> {
    let story = answer::story(db)?;
    answer::check_types(&story, &args.kinds)?;
    let graph = TieGraph::new(&story);
    let mut filter = within(&args.window);
    filter.kinds.clone_from(&args.kinds);
    filter.all = args.all || args.kinds.iter().any(|k| k == "other");
    for name in &args.actors {
        match names::actor(&graph, name, io) {
            Some(actor) => filter.actors.push(actor),
            None => return Ok(Outcome::Nothing),
        }
    }
    let events = query::timeline(&graph, &filter);
    if args.answer.is_json() {
        Contract::of_events(&story, &events)?.write(io)?;
    } else {
        let write = if args.long {
            timeline::long
        } else {
            timeline::text
        };
        let text = write(&story, &events, io.width());
        io.out.write_all(text.as_bytes())?;
    }
    if events.is_empty() {
        io.nothing("no event in the articles fits");
        if !args.all && args.kinds.is_empty() {
            io.hint(Some("--all also lists events that fit no type"));
        }
    }
    Ok(Outcome::of(!events.is_empty()))
}
