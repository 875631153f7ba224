//! Options of `tieline diagram`.

use super::Window;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// `tieline diagram`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Diagram {
    /// Where to write it; standard output otherwise.
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// By default what FILE's ending says, else dot.
    #[arg(long, value_name = "FORMAT")]
    pub(in crate::cli) format: Option<DiagramFormat>,
    /// How to arrange it: dated events between people and organisations; actors and the ties
    /// between them; or a row for each actor and a column for each event.
    #[arg(long, value_name = "LAYOUT", default_value = "ledger")]
    pub(in crate::cli) layout: DiagramLayout,
    /// What the colours stand for.
    #[arg(long, value_name = "WHAT", default_value = "country")]
    pub(in crate::cli) color_by: DiagramColor,
    /// Only what is linked to this actor.
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) around: Option<String>,
    /// How many events away from it at most.
    #[arg(long, value_name = "N", default_value_t = 1, requires = "around")]
    pub(in crate::cli) hops: usize,
    #[command(flatten)]
    pub(in crate::cli) window: Window,
    /// Only events of this type; repeat for either of several.
    #[arg(long = "type", value_name = "TYPE")]
    pub(in crate::cli) kinds: Vec<String>,
    /// Only events that at least so many articles report.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(in crate::cli) min_sources: u32,
    /// The most events to draw, those that matter most first; by default 150, and 60 in a matrix.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(in crate::cli) max_events: Option<u32>,
    /// Light or dark; an SVG file holds both by default, a PNG file is light.
    #[arg(long, value_name = "THEME", default_value = "auto")]
    pub(in crate::cli) theme: DiagramTheme,
    /// How many dots of a PNG file for each pixel.
    #[arg(long, value_name = "N", default_value = "1.5", value_parser = scale)]
    pub(in crate::cli) scale: f32,
}

/// The formats of a diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DiagramFormat {
    // For Graphviz.
    Dot,
    // A picture for browsers and editors.
    Svg,
    // A page to read, search and print.
    Html,
    // A picture for everything else.
    Png,
}

/// How a diagram is arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DiagramLayout {
    // Dated events between people and organisations.
    Ledger,
    // Actors and the ties between them.
    Actors,
    // Actors by events.
    Matrix,
}

/// What colours stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DiagramColor {
    // People, organisations, states.
    Kind,
    // The country that an actor belongs to.
    Country,
    // Who shares events with whom.
    Community,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DiagramTheme {
    // As the reader's system has it.
    Auto,
    // Light.
    Light,
    // Dark.
    Dark,
}

fn scale(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(scale) if (0.1..=10.0).contains(&scale) => Ok(scale),
        _ => Err("say a number from 0.1 to 10".to_owned()),
    }
}
