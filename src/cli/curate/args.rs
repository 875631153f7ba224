//! The options of `tieline curate` and `tieline review`.

use crate::cli::args::{Answer, actor_kind, edtf};
use crate::cli::examples;
use crate::model::{ActorKind, Status};
use crate::time::Edtf;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Where the corrections are, and what they are applied with.
#[derive(Debug, Args)]
pub(crate) struct Where {
    /// Your corrections; by default curation.toml beside tieline.db, or NAME.curation.toml beside
    /// NAME.db.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) curation: Option<PathBuf>,
    /// The files of your own event types that the database was built with.
    #[arg(long = "types", global = true, value_name = "FILE")]
    pub(crate) types: Vec<PathBuf>,
}

/// `tieline curate`.
#[derive(Debug, Args)]
pub(crate) struct Curate {
    #[command(subcommand)]
    pub(crate) command: CurateCommand,
    #[command(flatten)]
    pub(crate) place: Where,
    /// Why; kept with the correction.
    #[arg(long, global = true, value_name = "TEXT")]
    pub(crate) note: Option<String>,
}

/// What can be corrected.
#[derive(Debug, Subcommand)]
pub(crate) enum CurateCommand {
    /// These names are of one actor.
    Same {
        /// Two names or more, or NAME@ARTICLE.
        #[arg(required = true, num_args = 2.., value_name = "NAME")]
        names: Vec<String>,
        /// What it is, where they are taken for different things.
        #[arg(long, value_name = "KIND", value_parser = actor_kind)]
        kind: Option<ActorKind>,
    },
    /// These names are of different actors.
    Different {
        /// Two names or more, or NAME@ARTICLE.
        #[arg(required = true, num_args = 2.., value_name = "NAME")]
        names: Vec<String>,
    },
    /// Show an actor under another name.
    Rename {
        /// Who.
        name: String,
        /// The name to show.
        #[arg(value_name = "NEW-NAME")]
        new: String,
    },
    /// Say what an actor is.
    Kind {
        /// Who.
        name: String,
        /// What.
        #[arg(value_parser = actor_kind)]
        kind: ActorKind,
    },
    /// Say when an event was.
    Date {
        /// An event's id or its beginning.
        #[arg(value_name = "EVENT-ID")]
        event: String,
        /// 2017, 2017-06, 2017-06-26 or any EDTF date; `none` where it is not known.
        #[arg(value_name = "DATE|none", value_parser = date_or_none)]
        date: GivenDate,
    },
    /// This is no event.
    Reject {
        /// An event's id or its beginning.
        #[arg(value_name = "EVENT-ID")]
        event: String,
    },
    /// Say whether an event took place.
    Status {
        /// An event's id or its beginning.
        #[arg(value_name = "EVENT-ID")]
        event: String,
        /// Which.
        status: StatusWord,
    },
    /// This event is right as it stands; do not ask again.
    Accept {
        /// An event's id or its beginning.
        #[arg(value_name = "EVENT-ID")]
        event: String,
    },
    /// Add an event of your own.
    #[command(after_help = examples::CURATE_ADD)]
    Add(Add),
    /// Take a correction back: the last, or the one with this number.
    Undo {
        /// Its number in the list.
        #[arg(value_name = "N")]
        number: Option<usize>,
    },
    /// List the corrections with their numbers, and say which do not apply.
    List {
        #[command(flatten)]
        answer: Answer,
    },
    /// Bring the database up to date after the file was edited.
    Apply,
}

/// `tieline curate add`.
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// The event type; `tieline types` lists them.
    #[arg(value_name = "TYPE")]
    pub(crate) kind: String,
    /// Who takes part; repeat for each. A role is a word of the type: participant, buyer, host.
    #[arg(long = "who", required = true, value_name = "ROLE=NAME", value_parser = part)]
    pub(crate) who: Vec<(String, String)>,
    /// When.
    #[arg(long, value_name = "DATE", value_parser = edtf)]
    pub(crate) date: Option<Edtf>,
    /// Where.
    #[arg(long, value_name = "NAME")]
    pub(crate) place: Option<String>,
    /// Whether it took place.
    #[arg(long, value_name = "STATUS", default_value = "occurred")]
    pub(crate) status: StatusWord,
    /// The path of the article that says so, or another source: an address, a title.
    #[arg(long, value_name = "SOURCE")]
    pub(crate) source: String,
    /// The sentence that says so.
    #[arg(long, value_name = "SENTENCE")]
    pub(crate) quote: String,
    /// A short line; made of type and names otherwise.
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
    /// An actor whom no article names; repeat for each.
    #[arg(long = "new", value_name = "NAME=KIND", value_parser = newcomer)]
    pub(crate) new: Vec<(String, ActorKind)>,
}

/// `tieline review`.
#[derive(Debug, Args)]
pub(crate) struct Review {
    #[command(flatten)]
    pub(crate) place: Where,
    /// Only list what would be asked.
    #[arg(long)]
    pub(crate) list: bool,
    /// The most questions.
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) most: usize,
    #[command(flatten)]
    pub(crate) answer: Answer,
}

/// A date, or that there is none.
#[derive(Debug, Clone)]
pub(crate) struct GivenDate(pub(crate) Option<Edtf>);

pub(crate) fn date_or_none(text: &str) -> Result<GivenDate, String> {
    match text.trim() {
        "none" => Ok(GivenDate(None)),
        text => edtf(text).map(|date| GivenDate(Some(date))),
    }
}

/// The words for [`Status`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatusWord {
    // It took place.
    Occurred,
    // It will.
    Planned,
    // It may.
    Possible,
    // It did not.
    Denied,
}

impl StatusWord {
    pub(crate) fn status(self) -> Status {
        match self {
            StatusWord::Occurred => Status::Occurred,
            StatusWord::Planned => Status::Planned,
            StatusWord::Possible => Status::Possible,
            StatusWord::Denied => Status::Denied,
        }
    }
}

fn pair(text: &str) -> Option<(String, String)> {
    let (left, right) = text.split_once('=')?;
    let (left, right) = (left.trim(), right.trim());
    (!left.is_empty() && !right.is_empty()).then(|| (left.to_owned(), right.to_owned()))
}

fn part(text: &str) -> Result<(String, String), String> {
    pair(text).ok_or_else(|| "write ROLE=NAME, as in buyer=Nordwind".to_owned())
}

fn newcomer(text: &str) -> Result<(String, ActorKind), String> {
    let (name, kind) =
        pair(text).ok_or_else(|| "write NAME=KIND, as in Nordwind=organization".to_owned())?;
    Ok((name, actor_kind(&kind)?))
}
