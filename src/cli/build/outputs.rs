//! The files that a build writes to a folder.

use crate::cli::error::Error;
use crate::cli::io::{Io, write_file};
use crate::export;
use crate::graph::TieGraph;
use crate::query::{self, Filter};
use crate::render::draw::Theme;
use crate::render::ledger::{self, Options};
use crate::render::{dot, page, svg, timeline};
use crate::resolve::Story;
use std::path::Path;

/// What a build writes to its folder.
const OUTPUTS: [&str; 5] = [
    "graph.json",
    "page.html",
    "ties.dot",
    "ties.svg",
    "timeline.txt",
];

/// Whether the file is one of those that a build writes, in a folder that has
/// them all: reading them as articles would count everything twice.
pub(super) fn is_one(file: &Path) -> bool {
    let ours = file
        .file_name()
        .is_some_and(|name| OUTPUTS.iter().any(|o| name == *o));
    ours && OUTPUTS.iter().all(|o| file.with_file_name(o).is_file())
}

/// Writes the files of the folder; gives the names of those that changed.
pub(super) fn write(out: &Path, story: &Story, io: &mut Io) -> Result<Vec<&'static str>, Error> {
    let graph = TieGraph::new(story);
    let events = query::timeline(&graph, &Filter::default());
    let options = Options {
        page: Some("page.html".to_owned()),
        ..Options::default()
    };
    let ledger = ledger::layout(story, &options);
    if let Some(left_out) = &ledger.sheet.left_out {
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
