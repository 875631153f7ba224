//! Every option of every subcommand, and what is checked before anything runs.

mod analyze;
mod collection;
mod diagram;

pub(super) use analyze::{Analyze, AnalyzeFormat, Layer, Types, TypesCommand};
pub(super) use collection::{Diff, Search};
pub(super) use diagram::{Diagram, DiagramColor, DiagramFormat, DiagramLayout, DiagramTheme};

use super::curate::args::{Curate, Review};
use super::examples;
use super::names::propose;
use crate::export;
use crate::ingest::{DateOption, FieldMap};
use crate::model::ActorKind;
use crate::time::Edtf;
use chrono::NaiveDate;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Reads news articles and says who did what with whom, when, and according to
/// which sentence.
#[derive(Debug, Parser)]
#[command(
    name = "tieline",
    version,
    max_term_width = 100,
    after_help = "\
Exit codes: 0 found, 1 nothing found, 2 bad use or bad input, 130 ended by Ctrl-C. A build ends
with 2 only when no article could be read; articles that could not be read are reported and do not
stop the others.

Dates: 2017, 2017-06, 2017-06-26 or any EDTF date. Names match without regard to case and accents,
by surname, alias or id."
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Options that every command has.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub(super) struct Global {
    /// The database.
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "TIELINE_DB",
        default_value = "tieline.db"
    )]
    pub(super) db: PathBuf,
    /// Say nothing but answers and errors.
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    /// Colour in the terminal; NO_COLOR is honoured.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: ColorChoice,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read articles and write the database.
    #[command(after_help = examples::BUILD)]
    Build(Build),
    /// What happened, in order of date.
    #[command(after_help = examples::TIMELINE)]
    Timeline(Timeline),
    /// Whom somebody met, or when two met.
    #[command(after_help = examples::MET)]
    Met(Met),
    /// How two actors are linked through events that they share.
    #[command(after_help = examples::PATH)]
    Path(PathBetween),
    /// Draw who did what with whom.
    #[command(after_help = examples::DIAGRAM)]
    Diagram(Diagram),
    /// Everything about an actor or an event.
    #[command(after_help = examples::SHOW)]
    Show(Show),
    /// Find sentences by their words.
    #[command(after_help = examples::SEARCH)]
    Search(Search),
    /// What the last build tells otherwise than the one before.
    #[command(after_help = examples::DIFF)]
    Diff(Diff),
    /// List the actors.
    #[command(after_help = examples::ACTORS)]
    Actors(Actors),
    /// List the articles.
    #[command(after_help = examples::ARTICLES)]
    Articles(Articles),
    /// Write everything for other programs.
    #[command(after_help = examples::EXPORT)]
    Export(Export),
    /// Correct who is who, what happened and when.
    #[command(after_help = examples::CURATE)]
    Curate(Curate),
    /// Look at what is doubtful, the most valuable first.
    #[command(after_help = examples::REVIEW)]
    Review(Review),
    /// Show what each stage sees in a text.
    #[command(after_help = examples::ANALYZE)]
    Analyze(Analyze),
    /// List the event types, or check a file of your own.
    #[command(after_help = examples::TYPES)]
    Types(Types),
    /// Write the completions of a shell.
    #[command(after_help = examples::COMPLETIONS)]
    Completions(Completions),
    /// Write the manual pages.
    #[command(after_help = examples::MAN)]
    Man(Man),
}

/// `tieline build`.
#[derive(Debug, Args)]
pub(super) struct Build {
    /// Articles in any format that is read, or folders of them, which are read with their
    /// sub-folders; `-` is standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Also write graph.json, page.html, ties.dot, ties.svg and timeline.txt to this folder.
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// When all articles, or those whose path ends with FILE, were published.
    #[arg(long = "date", value_name = "DATE|FILE=DATE", value_parser = date_option)]
    pub(super) dates: Vec<DateOption>,
    /// Which fields of JSON and CSV files are the title, text, published, source and url.
    #[arg(long = "map", value_name = "FIELD=NAME,...", value_parser = FieldMap::parse)]
    maps: Vec<FieldMap>,
    /// A file of your own event types; repeat for several. Give it at every build.
    #[arg(long = "types", value_name = "FILE")]
    pub(super) types: Vec<PathBuf>,
    /// Stay, and build again when the folders have changed; looks every so many seconds.
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, default_missing_value = "2",
        value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) watch: Option<u32>,
    /// Your corrections; by default curation.toml beside tieline.db, or NAME.curation.toml beside
    /// NAME.db.
    #[arg(long, value_name = "FILE")]
    pub(super) curation: Option<PathBuf>,
}

impl Build {
    /// Which fields are what; of two words on one field the last counts.
    pub(super) fn map(&self) -> FieldMap {
        let maps = self.maps.iter().rev().cloned();
        maps.fold(FieldMap::default(), FieldMap::or)
    }
}

/// From when to when.
#[derive(Debug, Args)]
pub(super) struct Window {
    /// Only what can have happened on or after the first day of this date.
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    pub(super) since: Option<NaiveDate>,
    /// Only what can have happened on or before the last day of this date.
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub(super) until: Option<NaiveDate>,
}

/// How an answer is written.
#[derive(Debug, Args)]
pub(super) struct Answer {
    /// How to write the answer.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: AnswerFormat,
    /// The same as --format json.
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

impl Answer {
    /// Whether the answer is for a program.
    pub(super) fn is_json(&self) -> bool {
        self.json || self.format == AnswerFormat::Json
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AnswerFormat {
    // For people.
    Text,
    // For programs.
    Json,
}

/// `tieline timeline`.
#[derive(Debug, Args)]
pub(super) struct Timeline {
    /// Only events that this actor takes part in; repeat for several at once.
    #[arg(long = "actor", value_name = "NAME")]
    pub(super) actors: Vec<String>,
    /// Only events of this type; repeat for either of several.
    #[arg(long = "type", value_name = "TYPE")]
    pub(super) kinds: Vec<String>,
    #[command(flatten)]
    pub(super) window: Window,
    /// Also events that fit no type.
    #[arg(long)]
    pub(super) all: bool,
    /// With every sentence that reports an event.
    #[arg(long)]
    pub(super) long: bool,
    /// Under headings of actors instead of years, those with most events first.
    #[arg(long = "by", value_name = "WHAT")]
    pub(super) by: Option<By>,
    /// How to write the answer.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: TimelineFormat,
    /// The same as --format json.
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

impl Timeline {
    /// How to write it.
    pub(super) fn format(&self) -> TimelineFormat {
        if self.json {
            TimelineFormat::Json
        } else {
            self.format
        }
    }
}

/// What a timeline can be ordered by beside its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum By {
    // Each actor with its events.
    Actor,
}

/// The formats of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TimelineFormat {
    // For people.
    Text,
    // For reports and wikis.
    Markdown,
    // A table, one event a row.
    Csv,
    // For programs.
    Json,
}

/// `tieline met`.
#[derive(Debug, Args)]
pub(super) struct Met {
    /// Who.
    pub(super) name: String,
    /// With whom.
    pub(super) with: Option<String>,
    #[command(flatten)]
    pub(super) window: Window,
    /// Also meetings that are planned, possible or reported as cancelled.
    #[arg(long)]
    pub(super) planned: bool,
    #[command(flatten)]
    pub(super) answer: Answer,
}

/// `tieline path`.
#[derive(Debug, Args)]
pub(super) struct PathBetween {
    /// Who is at one end.
    #[arg(value_name = "NAME")]
    pub(super) from: String,
    /// Who is at the other.
    #[arg(value_name = "NAME")]
    pub(super) to: String,
    #[command(flatten)]
    pub(super) window: Window,
    /// No event before the one before it; undated events are left out.
    #[arg(long)]
    pub(super) in_time_order: bool,
    /// The most events of a chain.
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = clap::value_parser!(u32).range(1..=50))]
    pub(super) max_hops: u32,
    /// The most chains, all of them the shortest.
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(super) chains: u32,
    /// Also through events that are planned or only possible.
    #[arg(long)]
    pub(super) planned: bool,
    #[command(flatten)]
    pub(super) answer: Answer,
}

/// `tieline completions`.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// Which shell.
    pub(super) shell: clap_complete::Shell,
}

/// `tieline man`.
#[derive(Debug, Args)]
pub(super) struct Man {
    /// Write a page for each command to this folder; without it, the first page alone goes to
    /// standard output.
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

/// `tieline show`.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// An actor's name, or an event's id or its beginning.
    #[arg(value_name = "NAME|EVENT-ID")]
    pub(super) what: String,
    #[command(flatten)]
    pub(super) answer: Answer,
}

/// `tieline actors`.
#[derive(Debug, Args)]
pub(super) struct Actors {
    /// Only actors of this kind.
    #[arg(long, value_name = "KIND", value_parser = actor_kind)]
    pub(super) kind: Option<ActorKind>,
    #[command(flatten)]
    pub(super) answer: Answer,
}

/// `tieline articles`.
#[derive(Debug, Args)]
pub(super) struct Articles {
    /// With the address, and where title, outlet, date and text were taken from.
    #[arg(long)]
    pub(super) long: bool,
    #[command(flatten)]
    pub(super) answer: Answer,
}

/// `tieline export`.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// Which format.
    #[arg(long, value_name = "FORMAT", value_parser = export_formats())]
    pub(super) format: String,
    /// Where to write it: a file, or a folder where the format is one; standard output otherwise.
    #[arg(short, long, value_name = "PATH")]
    pub(super) output: Option<PathBuf>,
}

/// The formats that there are, with what reads each.
fn export_formats() -> PossibleValuesParser {
    PossibleValuesParser::new(
        export::FORMATS
            .iter()
            .map(|f| PossibleValue::new(f.name).help(f.about)),
    )
}

/// A date, or why it is none.
pub(super) fn edtf(text: &str) -> Result<Edtf, String> {
    Edtf::parse(text.trim()).ok_or_else(|| "write a date as 2017, 2017-06 or 2017-06-26".to_owned())
}

fn first_day(text: &str) -> Result<NaiveDate, String> {
    edtf(text)?
        .earliest()
        .ok_or_else(|| "this date has no first day".to_owned())
}

fn last_day(text: &str) -> Result<NaiveDate, String> {
    edtf(text)?
        .latest()
        .ok_or_else(|| "this date has no last day".to_owned())
}

fn date_option(text: &str) -> Result<DateOption, String> {
    let (file, date) = match text.rsplit_once('=') {
        Some((file, date)) => (Some(file.to_owned()), date),
        None => (None, text),
    };
    if file.as_deref() == Some("") {
        return Err("there is no file name before the `=`".to_owned());
    }
    let date = edtf(date)?;
    if date.earliest().is_none() || date.latest().is_none() {
        return Err("a publication date needs a year".to_owned());
    }
    Ok(DateOption {
        file,
        edtf: date.as_str().to_owned(),
    })
}

pub(super) fn actor_kind(text: &str) -> Result<ActorKind, String> {
    ActorKind::parse(text).ok_or_else(|| {
        let known: Vec<String> = ActorKind::ALL.iter().map(ToString::to_string).collect();
        unknown("kind of actor", text, &known)
    })
}

/// What to say to a word that is not one of `known`.
pub(super) fn unknown(what: &str, word: &str, known: &[String]) -> String {
    let near = propose(word, known.iter().map(String::as_str));
    let meant = match near.first() {
        Some(near) => format!("did you mean `{near}`? "),
        None => String::new(),
    };
    format!("no such {what}; {meant}There are: {}", known.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_date_option_may_name_a_file() {
        let with_file = date_option("a=b/c.txt=2017-06").map(|d| (d.file, d.edtf));
        assert_eq!(
            with_file,
            Ok((Some("a=b/c.txt".to_owned()), "2017-06".to_owned()))
        );
        assert!(date_option("=2017").is_err());
        assert!(date_option("a.txt=yesterday").is_err());
    }

    #[test]
    fn an_unknown_word_gets_a_proposal() {
        assert!(actor_kind("persn").is_err_and(|e| e.contains("`person`")));
        assert_eq!(actor_kind("country"), Ok(ActorKind::Country));
    }
}
