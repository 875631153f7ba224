//! The file of corrections on the disk: found, read, changed and written whole
//! or not at all, by one program at a time. What people write into it stays:
//! corrections are put behind the text and cut out of it, and nothing else is
//! touched.

use super::format::{self, Parsed};
use crate::cli::error::Error;
use crate::resolve::Curation;
use crate::resolve::curation::Correction;
use crate::store::{Lock, Refused};
use std::ffi::OsString;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The file of `tieline.db`.
const NAME: &str = "curation.toml";

/// A file of corrections may have so many bytes.
const LONGEST: u64 = 64 << 20;

/// How long another program is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a new file begins with.
const HEADER: &str = "\
# Corrections to what Tieline reads, applied at every build; docs/curation.md describes them.
# `tieline curate list` shows them with their numbers. Comments stay as they are.
";

const HEAD: &str = "[[correction]]";

/// Where the corrections of a database are: `curation.toml` beside
/// `tieline.db`, `NAME.curation.toml` beside `NAME.db`, or where `given` says.
pub(crate) fn path(db: &Path, given: Option<&Path>) -> PathBuf {
    if let Some(given) = given {
        return given.to_owned();
    }
    if db.file_name().is_none_or(|name| name == "tieline.db") {
        return db.with_file_name(NAME);
    }
    let is_db = db.extension().is_some_and(|e| e == "db");
    let stem = if is_db {
        db.file_stem()
    } else {
        db.file_name()
    };
    let mut name = OsString::from(stem.unwrap_or_default());
    name.push(".");
    name.push(NAME);
    db.with_file_name(name)
}

/// A file of corrections and its text.
#[derive(Debug)]
pub(crate) struct CurationFile {
    pub(crate) path: PathBuf,
    text: String,
    parsed: Parsed,
}

/// Waits until nobody else changes the file, and holds others off it as long as
/// the lock lives.
///
/// The lock is on a hidden file beside it, because the file itself is replaced
/// at every change.
pub(crate) fn lock(path: &Path) -> Result<Lock, Error> {
    const HINT: &str = "check that the folder exists and may be written to";
    let beside = hidden(path, "lock");
    Lock::of(beside.clone(), PATIENCE).map_err(|refused| match refused {
        Refused::Unwritable(error) => Error::file(&beside, &error, HINT),
        Refused::Busy => Error::new(
            format!("another program is changing {}", path.display()),
            "wait until it has finished, then try again",
        ),
    })
}

fn hidden(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{ending}"))
}

impl CurationFile {
    /// Reads the file; one that is not there holds nothing.
    pub(crate) fn read(path: &Path) -> Result<CurationFile, Error> {
        const HINT: &str = "name a file of corrections; see docs/curation.md";
        let mut bytes = Vec::new();
        match fs::File::open(path) {
            Ok(file) => {
                file.take(LONGEST + 1)
                    .read_to_end(&mut bytes)
                    .map_err(|e| Error::file(path, &e, HINT))?;
            }
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => return Err(Error::file(path, &e, HINT)),
        }
        if bytes.len() as u64 > LONGEST {
            let what = format!("the file is too long for corrections ({})", path.display());
            return Err(Error::new(what, HINT));
        }
        let text = String::from_utf8(bytes)
            .map_err(|_| Error::new(format!("this is no UTF-8 text ({})", path.display()), HINT))?;
        let parsed = format::parse(&text).map_err(|wrong| {
            Error::new(
                format!("{} ({}:{})", wrong.what, path.display(), wrong.line),
                "mend the line, or take the correction out; docs/curation.md describes the file",
            )
        })?;
        Ok(CurationFile {
            path: path.to_owned(),
            text,
            parsed,
        })
    }

    /// The corrections.
    pub(crate) fn curation(&self) -> &Curation {
        &self.parsed.curation
    }

    /// Puts a correction behind the others.
    pub(crate) fn append(&mut self, correction: &Correction) -> Result<(), Error> {
        let mut text = self.text.clone();
        if text.is_empty() {
            text.push_str(HEADER);
        }
        if !text.ends_with('\n') {
            text.push('\n');
        }
        text.push('\n');
        text.push_str(&format::block(correction));
        let mut wanted = self.curation().corrections.clone();
        wanted.push(correction.clone());
        self.become_text(text, &wanted)
    }

    /// Takes a correction out, by its number from 1, with the comment right
    /// above it and the empty line before that. What stands behind its last key
    /// goes with it only where it is part of it.
    pub(crate) fn remove(&mut self, number: usize) -> Result<Correction, Error> {
        let mut wanted = self.curation().corrections.clone();
        if number == 0 || number > wanted.len() {
            let last = wanted.len();
            return Err(Error::new(
                format!("there is no correction {number}"),
                format!("there are {last}; `tieline curate list` numbers them"),
            ));
        }
        let gone = wanted.remove(number - 1);
        let text = match self.block_of(number - 1) {
            Some((from, to)) => format!("{}{}", &self.text[..from], &self.text[to..]),
            None => String::new(),
        };
        let text = if text == HEADER { String::new() } else { text };
        self.become_text(text, &wanted)?;
        Ok(gone)
    }

    /// First and one past the last byte of a correction's lines.
    fn block_of(&self, index: usize) -> Option<(usize, usize)> {
        let head = self.head_of(index)?;
        let end = match index + 1 < self.parsed.places.len() {
            true => self.top_of(self.head_of(index + 1)?),
            false => self.text.len(),
        };
        let top = self.top_of(head);
        let before = &self.text[..top];
        // The empty line that stood before it.
        let from = match before.strip_suffix('\n') {
            Some(rest) if rest.ends_with('\n') && end == self.text.len() => top - 1,
            _ => top,
        };
        Some((from, end))
    }

    /// Where the line of a correction's head begins.
    fn head_of(&self, index: usize) -> Option<usize> {
        let what = self.parsed.places.get(index)?.start;
        let before = self.text.get(..what)?;
        let mut at = before.len();
        loop {
            let start = before[..at].rfind('\n').map_or(0, |n| n + 1);
            if before[start..].trim_start().starts_with(HEAD) {
                return Some(start);
            }
            at = start.checked_sub(1)?;
        }
    }

    /// Where the comments right above a line begin.
    fn top_of(&self, mut line: usize) -> usize {
        while line > 0 {
            let before = &self.text[..line - 1];
            let start = before.rfind('\n').map_or(0, |n| n + 1);
            if !before[start..].trim_start().starts_with('#') || start == 0 {
                break;
            }
            line = start;
        }
        line
    }

    /// Takes a new text, which must hold these corrections: a file that people
    /// have written in an unforeseen way is left alone rather than spoilt.
    fn become_text(&mut self, text: String, wanted: &[Correction]) -> Result<(), Error> {
        match format::parse(&text) {
            Ok(parsed) if parsed.curation.corrections == wanted => {
                self.text = text;
                self.parsed = parsed;
                Ok(())
            }
            _ => Err(Error::new(
                format!(
                    "the file cannot be changed safely ({})",
                    self.path.display()
                ),
                "change it with an editor, then run `tieline curate apply`",
            )),
        }
    }

    /// Makes the disk hold what this holds, whole or not at all. A file without
    /// anything in it goes.
    pub(crate) fn write(&self) -> Result<(), Error> {
        const HINT: &str = "check that the folder may be written to; nothing was changed";
        let failed = |e: io::Error| Error::file(&self.path, &e, HINT);
        if self.text.is_empty() {
            return match fs::remove_file(&self.path) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => Err(failed(e)),
                _ => Ok(()),
            };
        }
        // A link is followed, so that the file that it names is changed.
        let path = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        // One name is enough under the lock, and what a killed program has left
        // there is written over.
        let beside = hidden(&path, "tmp");
        let written = fs::File::create(&beside).and_then(|mut file| {
            file.write_all(self.text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&beside, &path)
        });
        if written.is_err() {
            let _ = fs::remove_file(&beside);
        }
        written.map_err(failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ActorKind;
    use crate::resolve::curation::{ActorRef, What};
    use proptest::prelude::*;

    fn rename(name: &str) -> Correction {
        let actor = ActorRef {
            name: name.to_owned(),
            kind: Some(ActorKind::Person),
            article: None,
        };
        Correction::new(What::Rename(actor, "Anna Lindqvist".to_owned()))
    }

    fn file(text: &str) -> CurationFile {
        CurationFile {
            path: PathBuf::from("curation.toml"),
            text: text.to_owned(),
            parsed: format::parse(text).expect(text),
        }
    }

    #[test]
    fn each_database_has_its_file() {
        for (db, expected) in [
            ("tieline.db", "curation.toml"),
            ("a/tieline.db", "a/curation.toml"),
            ("a/talks.db", "a/talks.curation.toml"),
            ("talks.sqlite", "talks.sqlite.curation.toml"),
        ] {
            assert_eq!(path(Path::new(db), None), PathBuf::from(expected));
        }
        let given = path(Path::new("x.db"), Some(Path::new("mine.toml")));
        assert_eq!(given, PathBuf::from("mine.toml"));
    }

    #[test]
    fn comments_stay() -> Result<(), Box<dyn std::error::Error>> {
        let head = "# All mine.\n\n";
        let one = "# The first.\n[[correction]] # here\nwhat = 'rename'\nactor = 'a'\nname = '''\n[[correction]]\n'''\n";
        let two = "\n# Two lines\n# of the second.\n[[correction]]\nactor = 'b'\nname = 'c'\nwhat = 'rename'\n# behind\n";
        let mut all = file(&format!("{head}{one}{two}"));
        all.remove(1).map_err(|e| e.to_string())?;
        assert_eq!(all.text, format!("{head}{}", &two[1..]));
        let mut all = file(&format!("{head}{one}{two}"));
        all.remove(2).map_err(|e| e.to_string())?;
        assert_eq!(all.text, format!("{head}{one}"));
        assert!(all.remove(2).is_err() && all.remove(0).is_err());
        Ok(())
    }

    #[test]
    fn a_file_of_one_correction_goes_with_it() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("curation.toml");
        let mut file = CurationFile::read(&path).map_err(|e| e.to_string())?;
        file.append(&rename("a")).map_err(|e| e.to_string())?;
        file.write().map_err(|e| e.to_string())?;
        let mut file = CurationFile::read(&path).map_err(|e| e.to_string())?;
        assert_eq!(file.curation().corrections, [rename("a")]);
        file.remove(1).map_err(|e| e.to_string())?;
        file.write().map_err(|e| e.to_string())?;
        assert!(!path.exists());
        Ok(())
    }

    proptest! {
        #[test]
        fn taking_back_restores_every_byte(
            start in prop_oneof![
                Just(String::new()),
                Just("# mine\n".to_owned()),
                Just("# mine\n\n\n".to_owned()),
                Just(format!("{}\n\n", format::block(&rename("z")))),
            ],
            name in any::<String>(),
        ) {
            let mut all = file(&start);
            let before = all.text.clone();
            all.append(&rename(&name)).map_err(|e| TestCaseError::fail(e.to_string()))?;
            let number = all.curation().corrections.len();
            all.remove(number).map_err(|e| TestCaseError::fail(e.to_string()))?;
            prop_assert_eq!(all.text, before);
        }
    }
}
