//! Where answers, talk and files go.

use super::error::Error;
use crate::ingest::Problem;
use crate::render::plain;
use anstream::AutoStream;
use clap::ColorChoice;
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

const BOLD: &str = "\x1b[1m";
const RED: &str = "\x1b[1;31m";
const YELLOW: &str = "\x1b[1;33m";
const CYAN: &str = "\x1b[1;36m";
const PLAIN: &str = "\x1b[0m";

/// Columns where the output is no terminal.
const COLUMNS: usize = 100;

/// Standard output for answers, standard error for talk.
pub(super) struct Io {
    /// Answers. Colour is taken out where it is not wanted.
    pub(super) out: Box<dyn Write>,
    err: Box<dyn Write>,
    quiet: bool,
}

impl Io {
    /// The streams of this process.
    pub(super) fn new(color: ColorChoice, quiet: bool) -> Io {
        let choice = match color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        Io {
            out: Box::new(BufWriter::new(AutoStream::new(io::stdout(), choice))),
            err: Box::new(AutoStream::new(io::stderr(), choice)),
            quiet,
        }
    }

    /// Whether a progress bar may be drawn.
    pub(super) fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// A bar for `length` files, drawn where somebody sees it.
    pub(super) fn bar(&self, length: u64) -> ProgressBar {
        let bar = if self.shows_progress() {
            ProgressBar::new(length)
        } else {
            ProgressBar::hidden()
        };
        let template = "{bar:30} {pos}/{len} files, {msg}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar
    }

    /// Says what goes on for a while, where somebody sees it.
    pub(super) fn spinner(&self, what: &str) -> ProgressBar {
        if !self.shows_progress() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new_spinner().with_message(what.to_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        bar
    }

    /// Says what was odd about an article when it was read.
    pub(super) fn notes(&mut self, path: &str, notes: Vec<(String, Option<String>)>) {
        for (message, hint) in notes {
            self.warning(&Problem {
                path: path.to_owned(),
                line: None,
                message,
                hint,
            });
        }
    }

    /// Whether only answers and errors are wanted.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// The columns that text may fill.
    pub(super) fn width(&self) -> usize {
        if !io::stdout().is_terminal() {
            return COLUMNS;
        }
        terminal_size::terminal_size_of(io::stdout())
            .map_or(COLUMNS, |(width, _)| usize::from(width.0).clamp(40, 120))
    }

    /// Writes a line of talk. That standard error is closed is no reason to
    /// stop.
    fn talk(&mut self, color: &str, label: &str, text: &str) {
        let _ = writeln!(self.err, "{color}{label}:{PLAIN} {}", plain(text));
    }

    /// Says what ended the command.
    pub(super) fn error(&mut self, error: &Error) {
        if let Some((what, hint)) = error.told() {
            self.talk(RED, "error", what);
            self.hint(hint);
        }
    }

    /// Says what to do, after an error, a warning or a note.
    pub(super) fn hint(&mut self, hint: Option<&str>) {
        if let Some(hint) = hint {
            self.talk(CYAN, "hint", hint);
        }
    }

    /// Says something that is good to know.
    pub(super) fn note(&mut self, text: &str) {
        if !self.quiet {
            self.talk(BOLD, "note", text);
        }
    }

    /// Says that nothing was found.
    pub(super) fn nothing(&mut self, text: &str) {
        self.talk(BOLD, "nothing found", text);
    }

    /// Says what was wrong with an input that was left out.
    pub(super) fn unread(&mut self, problem: &Problem) {
        self.talk(RED, "error", &told(problem));
        self.hint(problem.hint.as_deref());
    }

    /// Says what was odd about an input that was read.
    pub(super) fn warning(&mut self, problem: &Problem) {
        if !self.quiet {
            self.talk(YELLOW, "warning", &told(problem));
            self.hint(problem.hint.as_deref());
        }
    }

    /// Says what was odd about what was asked for, and what to do about it.
    pub(super) fn warn(&mut self, text: &str, hint: &str) {
        if !self.quiet {
            self.talk(YELLOW, "warning", text);
            self.hint(Some(hint));
        }
    }

    /// Writes `text` to `file`, or to standard output where there is none or it
    /// is `-`.
    pub(super) fn deliver(&mut self, file: Option<&Path>, text: &str) -> Result<(), Error> {
        match file {
            Some(file) if file != Path::new("-") => {
                write_file(file, text.as_bytes())?;
                Ok(())
            }
            _ => Ok(self.out.write_all(text.as_bytes())?),
        }
    }

    /// As [`Io::deliver`], for what is no text: nothing is taken out of it, and
    /// a terminal is spared.
    pub(super) fn deliver_bytes(&mut self, file: Option<&Path>, bytes: &[u8]) -> Result<(), Error> {
        match file {
            Some(file) if file != Path::new("-") => {
                write_file(file, bytes)?;
                Ok(())
            }
            _ if io::stdout().is_terminal() => Err(Error::new(
                "a terminal cannot show this format",
                "name a file with -o, or send the output to one",
            )),
            _ => Ok(io::stdout().lock().write_all(bytes)?),
        }
    }
}

/// "what (file:line)".
fn told(problem: &Problem) -> String {
    match problem.line {
        Some(line) => format!("{} ({}:{line})", problem.message, problem.path),
        None => format!("{} ({})", problem.message, problem.path),
    }
}

/// Makes a folder, named by `option`, with those above it.
pub(super) fn make_folder(path: &Path, option: &str) -> Result<(), Error> {
    if path.exists() && !path.is_dir() {
        return Err(Error::new(
            format!(
                "this is a file, and {option} names a folder ({})",
                path.display()
            ),
            "name a folder, or move the file away",
        ));
    }
    fs::create_dir_all(path).map_err(|e| {
        let hint = format!("name a folder that may be written to with {option}");
        Error::file(path, &e, &hint)
    })
}

/// Makes `path` hold `bytes`, whole or not at all: they are written beside it
/// and then moved there. A file that holds them already is left alone. Gives
/// whether something was written.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> Result<bool, Error> {
    const HINT: &str = "check that the folder exists and may be written to";
    let failed = |e: io::Error| Error::file(path, &e, HINT);
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => {
            return Err(Error::new(
                format!("this is a folder ({})", path.display()),
                "name a file",
            ));
        }
        // Pipes and devices are written to, not replaced.
        Ok(there) if !there.is_file() => {
            let mut file = fs::OpenOptions::new()
                .write(true)
                .open(path)
                .map_err(failed)?;
            return file.write_all(bytes).map(|()| true).map_err(Error::from);
        }
        Ok(there) => {
            let same =
                there.len() == bytes.len() as u64 && fs::read(path).is_ok_and(|old| old == bytes);
            if same {
                return Ok(false);
            }
        }
        Err(_) => {}
    }
    // A link stays a link to the new content.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let temporary = beside(&target);
    let written = File::create(&temporary)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&temporary, &target));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written.map(|()| true).map_err(failed)
}

/// A name in the same folder that no other run uses.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_once() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("a.txt");
        assert!(write_file(&file, b"one")?);
        assert!(!write_file(&file, b"one")?);
        assert!(write_file(&file, b"two")?);
        assert_eq!(fs::read(&file)?, b"two");
        assert_eq!(fs::read_dir(folder.path())?.count(), 1);
        assert!(write_file(folder.path(), b"one").is_err());
        assert!(write_file(&folder.path().join("no/a.txt"), b"one").is_err());
        Ok(())
    }
}
