//! The command line: arguments in, calls to the phases, words for people out.
//! One module for each subcommand.

mod actors;
mod analyze;
mod answer;
mod args;
mod articles;
mod build;
mod curate;
mod diagram;
mod diff;
mod error;
mod examples;
mod export;
mod io;
mod manual;
mod met;
mod names;
mod path;
mod picture;
mod review;
mod search;
mod show;
mod summary;
mod ties;
mod timeline;
mod types;
mod words;

use crate::render::plain;
use args::{Cli, Command};
use clap::Parser;
use error::Error;
use io::Io;
use std::ffi::OsString;
use std::io::Write as _;

/// What a shell expects of a program that Ctrl-C ended.
const INTERRUPTED: u8 = 130;

/// Whether a command found what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Something, or the work was done.
    Found,
    /// Nothing.
    Nothing,
}

impl Outcome {
    /// Found when there is something.
    fn of(found: bool) -> Outcome {
        if found {
            Outcome::Found
        } else {
            Outcome::Nothing
        }
    }
}

/// Runs `tieline` with these arguments, the first being the program's name.
/// Gives the exit code: 0 found, 1 nothing found, 2 bad use or bad input, 130
/// ended by Ctrl-C.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(told) => {
            // Help and version come this way too. Where they cannot be written
            // there is nobody to tell.
            let _ = tell(&told);
            return u8::try_from(told.exit_code()).unwrap_or(2);
        }
    };
    let mut io = Io::new(cli.global.color, cli.global.quiet);
    let result = dispatch(&cli, &mut io).and_then(|outcome| {
        io.out.flush()?;
        Ok(outcome)
    });
    match result {
        Ok(Outcome::Found) | Err(Error::Closed) => 0,
        Ok(Outcome::Nothing) => 1,
        Err(error) => {
            let _ = io.out.flush();
            io.error(&error);
            match error {
                Error::Stopped { .. } => INTERRUPTED,
                _ => 2,
            }
        }
    }
}

/// Prints help, or what was wrong with the arguments. These are repeated in it, and
/// may come from names of files: what could steer a terminal is dropped.
fn tell(told: &clap::Error) -> std::io::Result<()> {
    let text = told.render().to_string();
    let clean = |line: &str| {
        let indent = line.len() - line.trim_start_matches(' ').len();
        format!("{}{}\n", &line[..indent], plain(line))
    };
    let is_clean = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        plain(line) == words.join(" ")
    };
    if text.lines().all(is_clean) {
        return told.print();
    }
    let text: String = text.lines().map(clean).collect();
    std::io::stderr().write_all(text.as_bytes())
}

fn dispatch(cli: &Cli, io: &mut Io) -> Result<Outcome, Error> {
    let db = &cli.global.db;
    match &cli.command {
        Command::Build(args) => build::run(db, args, io),
        Command::Timeline(args) => timeline::run(db, args, io),
        Command::Met(args) => met::run(db, args, io),
        Command::Path(args) => path::run(db, args, io),
        Command::Diagram(args) => diagram::run(db, args, io),
        Command::Show(args) => show::run(db, args, io),
        Command::Search(args) => search::run(db, args, io),
        Command::Diff(args) => diff::run(db, args, io),
        Command::Actors(args) => actors::run(db, args, io),
        Command::Articles(args) => articles::run(db, args, io),
        Command::Export(args) => export::run(db, args, io),
        Command::Curate(args) => curate::run(db, args, io),
        Command::Review(args) => review::run(db, args, io),
        Command::Analyze(args) => analyze::run(args, io),
        Command::Types(args) => types::run(args, io),
        Command::Completions(args) => manual::completions(args, io),
        Command::Man(args) => manual::man(args, io),
    }
}
