//! What can be wrong with a database file, in words for people.

use rusqlite::ErrorCode;
use std::path::{Path, PathBuf};

/// Why a database cannot be used. The file has been left as it was.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
pub struct Error {
    /// The database file.
    pub path: PathBuf,
    /// What is wrong, without the file's name.
    pub what: String,
    /// What to do.
    pub hint: String,
}

impl Error {
    pub(super) fn new(path: &Path, what: impl Into<String>, hint: impl Into<String>) -> Error {
        Error {
            path: path.to_owned(),
            what: what.into(),
            hint: hint.into(),
        }
    }

    pub(super) fn no_database(path: &Path) -> Error {
        Error::new(
            path,
            "the file is no SQLite database",
            "name another file with --db",
        )
    }

    pub(super) fn foreign(path: &Path) -> Error {
        Error::new(
            path,
            "the database belongs to another program",
            "name another file with --db",
        )
    }

    pub(super) fn newer(path: &Path, schema: i64) -> Error {
        Error::new(
            path,
            format!("the database was written by a newer Tieline (schema {schema})"),
            "use that version, or name another file with --db",
        )
    }

    /// An older Tieline's database in a place where nothing can be written.
    pub(super) fn old(path: &Path) -> Error {
        Error::new(
            path,
            "the database was written by an older Tieline and has to be brought up to date, \
             but it cannot be written to",
            "copy it to a place where you may write, and name the copy with --db",
        )
    }

    /// The file system's error about the place where the database is to be.
    pub(super) fn unwritable(path: &Path, error: &std::io::Error) -> Error {
        Error::new(
            path,
            format!("the database cannot be opened or written: {error}"),
            "check that the folder exists and may be written to, or name another file with --db",
        )
    }

    pub(super) fn damaged(path: &Path, why: impl std::fmt::Display) -> Error {
        Error::new(
            path,
            format!("the database is damaged: {why}"),
            "move the file away and run `tieline build PATH` again",
        )
    }

    /// An error of SQLite's, for the file it is about.
    pub(super) fn of(path: &Path, error: &rusqlite::Error) -> Error {
        let code = error.sqlite_error_code();
        match code {
            Some(ErrorCode::NotADatabase) => Error::no_database(path),
            Some(ErrorCode::DatabaseCorrupt) => Error::damaged(path, error),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::new(
                path,
                "another program is writing to the database",
                "wait until it has finished, and try again",
            ),
            Some(ErrorCode::DiskFull) => Error::new(
                path,
                "the disk is full",
                "make room, or name a file on another disk with --db",
            ),
            Some(
                ErrorCode::CannotOpen
                | ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied
                | ErrorCode::SystemIoFailure,
            ) => Error::new(
                path,
                format!("the database cannot be opened or written: {error}"),
                "check that the folder exists and may be written to, or name another file with --db",
            ),
            _ => Error::damaged(path, error),
        }
    }
}
