//! `tieline diagram`: who did what with whom, as a picture.

use super::args::{Diagram, DiagramColor, DiagramFormat, DiagramLayout, DiagramTheme};
use super::error::Error;
use super::io::Io;
use super::{Outcome, answer, names, picture, timeline};
use crate::graph::TieGraph;
use crate::query;
use crate::render::draw::Theme;
use crate::render::ledger::{self, Options};
use crate::render::sides::ColorBy;
use crate::render::{actors, dot, matrix, page, svg};
use crate::resolve::Story;
use std::collections::BTreeSet;
use std::path::Path;

/// Runs the command.
pub(super) fn run(db: &Path, args: &Diagram, io: &mut Io) -> Result<Outcome, Error> {
    let format = format(args)?;
    let story = answer::story(db, io)?;
    answer::check_types(&story.types, &args.kinds)?;
    let Some(events) = events(&story, args, io) else {
        return Ok(Outcome::Nothing);
    };
    // The page holds everything that a picture has to leave out.
    if format == DiagramFormat::Html {
        let page = match &events {
            None => page::write(&story),
            Some(events) => page::write(&query::part(&story, events)),
        };
        io.deliver(args.output.as_deref(), &page)?;
        return Ok(Outcome::Found);
    }
    let options = Options {
        events,
        title: None,
        color_by: match args.color_by {
            DiagramColor::Country => ColorBy::Country,
            DiagramColor::Kind => ColorBy::Kind,
            DiagramColor::Community => ColorBy::Community,
        },
        max_events: args.max_events.map(|n| n as usize),
        page: None,
        no_bundles: false,
    };
    let theme = match (args.theme, format) {
        (DiagramTheme::Dark, _) => Theme::Dark,
        (DiagramTheme::Light, _) | (_, DiagramFormat::Png) => Theme::Light,
        (DiagramTheme::Auto, _) => Theme::Auto,
    };
    let (text, left_out) = draw(&story, args.layout, &options, format, theme);
    if let Some(left_out) = &left_out {
        io.note(left_out);
    }
    if format == DiagramFormat::Png {
        let picture = picture::png(&text, args.scale, io)?;
        io.deliver_bytes(args.output.as_deref(), &picture)?;
    } else {
        io.deliver(args.output.as_deref(), &text)?;
    }
    Ok(Outcome::Found)
}

/// The events that are asked for; the inner `None` stands for all that a
/// picture shows, the outer one for nothing to show, which has been said.
fn events(story: &Story, args: &Diagram, io: &mut Io) -> Option<Option<Vec<usize>>> {
    let graph = TieGraph::new(story);
    let mut filter = timeline::within(&args.window);
    filter.min_sources = args.min_sources;
    filter.kinds.clone_from(&args.kinds);
    let mut events = query::timeline(&graph, &filter);
    if let Some(name) = &args.around {
        let centre = names::actor(&graph, name, io)?;
        let (_, near) = query::around(&graph, centre, args.hops);
        let near: BTreeSet<usize> = near.into_iter().collect();
        events.retain(|event| near.contains(event));
    }
    if events.is_empty() {
        io.nothing("no event in the articles fits");
        return None;
    }
    let everything = args.around.is_none()
        && filter
            == query::Filter {
                min_sources: 1,
                ..Default::default()
            };
    Some((!everything).then_some(events))
}

/// The picture as text: DOT, or SVG for the other formats; and what was left
/// out.
fn draw(
    story: &Story,
    layout: DiagramLayout,
    options: &Options,
    format: DiagramFormat,
    theme: Theme,
) -> (String, Option<String>) {
    let is_dot = format == DiagramFormat::Dot;
    match layout {
        DiagramLayout::Ledger => {
            let ledger = ledger::layout(story, options);
            let text = if is_dot {
                dot::write(&ledger)
            } else {
                svg::write(&ledger, theme)
            };
            (text, ledger.sheet.left_out)
        }
        DiagramLayout::Actors => {
            let map = actors::layout(story, options);
            let text = if is_dot {
                actors::dot(&map)
            } else {
                actors::svg(&map, theme)
            };
            (text, map.sheet.left_out)
        }
        DiagramLayout::Matrix => {
            let matrix = matrix::layout(story, options);
            let text = if is_dot {
                matrix::dot(&matrix)
            } else {
                matrix::svg(&matrix, theme)
            };
            (text, matrix.sheet.left_out)
        }
    }
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
        "png" => Ok(DiagramFormat::Png),
        _ => Err(Error::new(
            format!("the file's ending names no format ({})", file.display()),
            "end it in .dot, .svg, .png or .html, or say --format dot, svg, png or html",
        )),
    }
}
