//! Options of the commands that show how a text is read: `analyze` and `types`.

use super::Answer;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// `tieline analyze`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Analyze {
    /// Articles, folders, or JSON Lines of {"doc", "text", "dct"}.
    #[arg(required = true, value_name = "PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// Which stage: headline, paragraphs and captions; words with their tags; who depends on
    /// whom; names with their kinds; time expressions; actors with their mentions; events; or
    /// all of these.
    #[arg(long, value_name = "LAYER", default_value = "parse")]
    pub(in crate::cli) layer: Layer,
    /// How to write it: for people, a JSON object for each article, or the treebanks' columns.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: AnalyzeFormat,
    /// The files are CoNLL-U: keep their tokens and fill in the rest.
    #[arg(long)]
    pub(in crate::cli) pretokenized: bool,
    /// A file of your own event types; repeat for several.
    #[arg(long = "types", value_name = "FILE")]
    pub(in crate::cli) types: Vec<PathBuf>,
}

/// What `analyze` can show. (Line comments, because clap would print the others
/// as a long list.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Layer {
    // Headline, paragraphs, captions.
    Blocks,
    // Words with lemma and tags.
    Tokens,
    // Who depends on whom.
    Parse,
    // Names and their kinds.
    Names,
    // Time expressions and their dates.
    Times,
    // Actors, their titles and mentions.
    Actors,
    // Events of the article.
    Events,
    // Everything.
    All,
}

/// How `analyze` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum AnalyzeFormat {
    // For people.
    Text,
    // One JSON object a line, one line an article.
    Jsonl,
    // The treebanks' ten columns.
    Conllu,
}

/// `tieline types`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(in crate::cli) struct Types {
    #[command(subcommand)]
    pub(in crate::cli) command: Option<TypesCommand>,
    /// A file of your own event types, to be listed with the others; repeat for several.
    #[arg(long = "types", value_name = "FILE")]
    pub(in crate::cli) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) answer: Answer,
}

/// What can be done with types beside listing them.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum TypesCommand {
    /// Check files of your own event types and run their examples.
    Check(CheckTypes),
}

/// `tieline types check`.
#[derive(Debug, Args)]
pub(in crate::cli) struct CheckTypes {
    /// Files as for `build --types`.
    #[arg(required = true, value_name = "FILE")]
    pub(in crate::cli) files: Vec<PathBuf>,
}
