//! `tieline timeline`: what happened, in order of date.

use super::answer::{self, Contract};
use super::args::{By, Timeline, TimelineFormat, Window};
use super::error::Error;
use super::io::Io;
use super::{Outcome, names};
use crate::export::csv;
use crate::graph::TieGraph;
use crate::query::{self, Filter};
use crate::render::timeline::{self, Style};
use crate::store::Wanted;
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
    if args.by.is_some() && args.format() != TimelineFormat::Text {
        return Err(Error::new(
            "--by is for the format text alone",
            "leave --format or --by out",
        ));
    }
    let store = answer::store(db, io)?;
    answer::check_types(&store.own_types()?, &args.kinds)?;
    let mut filter = within(&args.window);
    filter.kinds.clone_from(&args.kinds);
    filter.all = args.all || args.kinds.iter().any(|k| k == "other");
    let mut actors = Vec::new();
    for name in &args.actors {
        match names::row(&store, name, io)? {
            Some(actor) => actors.push(actor),
            None => return Ok(Outcome::Nothing),
        }
    }
    // Markdown ends with a list of all articles.
    let story = if args.format() == TimelineFormat::Markdown {
        store.story()?
    } else {
        store.part(&Wanted {
            actors: actors.iter().map(|a| a.row).collect(),
            filter: filter.clone(),
            mentions: args.format() == TimelineFormat::Json,
            ..Wanted::default()
        })?
    };
    for actor in &actors {
        filter.actors.push(answer::place(&story, actor)?);
    }
    let graph = TieGraph::new(&story);
    let events = query::timeline(&graph, &filter);
    let text = match args.format() {
        TimelineFormat::Json => {
            Contract::of_events(&story, &events)?.write(io)?;
            String::new()
        }
        TimelineFormat::Csv => csv::timeline(&story, &events),
        TimelineFormat::Markdown => timeline::markdown(&story, &events, args.long),
        TimelineFormat::Text => {
            let style = Style {
                width: io.width(),
                long: args.long,
                // What goes to no terminal loses its colours on the way.
                color: true,
            };
            match args.by {
                Some(By::Actor) => timeline::by_actor(&story, &events, &filter.actors, style),
                None => timeline::text(&story, &events, style),
            }
        }
    };
    io.out.write_all(text.as_bytes())?;
    if events.is_empty() {
        io.nothing("no event in the articles fits");
        if !args.all && args.kinds.is_empty() {
            io.hint(Some("--all also lists events that fit no type"));
        }
    }
    Ok(Outcome::of(!events.is_empty()))
}
