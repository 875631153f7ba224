//! Options of the commands that look into a collection as it grows.

use super::Answer;
use clap::Args;

/// `tieline search`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Search {
    /// Words that all have to be in a sentence; "words in quotes" stand side by
    /// side, `sign*` begins a word, and `-word`, within the shell's quotes or
    /// behind `--`, must not be there.
    #[arg(required = true, value_name = "WORDS")]
    pub(in crate::cli) words: Vec<String>,
    /// How many sentences to show, the best first.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    pub(in crate::cli) limit: usize,
    #[command(flatten)]
    pub(in crate::cli) answer: Answer,
}

/// `tieline diff`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Diff {
    /// Also events that fit no type.
    #[arg(long)]
    pub(in crate::cli) all: bool,
    #[command(flatten)]
    pub(in crate::cli) answer: Answer,
}
