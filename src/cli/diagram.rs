//! `tieline diagram`: who did what with whom, as a picture.

use super::args::{Diagram, DiagramFormat};
use super::error::Error;
use super::io::Io;
use super::{Outcome, answer, names, timeline};
use crate::graph::TieGraph;
use crate::query;
use crate::render::ledger::{self, Options};
use crate::render::{dot, page, svg};
use std::collections::BTreeSet;
use std::path::Path;

/// Runs the command.
pub(super) fn run(db: &Path, args: &Diagram, io: &mut Io) -> Result<Outcome, Error> {
    let format = format(args)?;
    let story = answer::story(db)?;
    let graph = TieGraph::new(&story);
    let mut filter = timeline::within(&args.window);
    filter.min_sources = args.min_sources;
    let mut events = query::timeline(&graph, &filter);
    if let Some(name) = &args.around {
        let Some(centre) = names::actor(&graph, name, io) else {
            return Ok(Outcome::Nothing);
        };
        let (_, near) = query::around(&graph, centre, args.hops);
        let near: BTreeSet<usize> = near.into_iter().collect();
        events.retain(|event| near.contains(event));
    }
    if events.is_empty() {
        io.nothing("no event in the articles fits");
        return Ok(Outcome::Nothing);
    }
    let everything = args.around.is_none()
        && filter
            == query::Filter {
                min_sources: 1,
                ..Default::default()
            };
    // The page holds everything that a picture has to leave out.
    if format == DiagramFormat::Html {
        let page = if everything {
            page::write(&story)
        } else {
            page::write(&query::part(&story, &events))
        };
        io.deliver(args.output.as_deref(), &page)?;
        return Ok(Outcome::Found);
    }
    let options = Options {
        events: (!everything).then_some(events),
        title: None,
    };
    let ledger = ledger::layout(&story, &options);
    if let Some(left_out) = &ledger.left_out {
        io.note(left_out);
    }
    let picture = match format {
        DiagramFormat::Dot => dot::write(&ledger),
        _ => svg::write(&ledger),
    };
    io.deliver(args.output.as_deref(), &picture)?;
    Ok(Outcome::Found)
}

/// The format that is asked for, or the one that the file's ending names.
fn format(args: &Diagram) -> Result<DiagramFormat, Error> {
    if let Some(format) = args.format {
        return Ok(format);
    }
    let Some(file) = args.output.as_deref().filter(|f| *f != Path::new("-")) else {
        return Ok(DiagramFormat::Dot);
    };
    let ending = file.extension().unwrap_or_default().to_string_lossy();
    match ending.to_lowercase().as_str() {
        "dot" | "gv" => Ok(DiagramFormat::Dot),
        "svg" => Ok(DiagramFormat::Svg),
        "html" | "htm" => Ok(DiagramFormat::Html),
        _ => Err(Error::new(
            format!("the file's ending names no format ({})", file.display()),
            "end it in .dot, .svg or .html, or say --format dot, svg or html",
        )),
    }
}
