//! What ends a command, in words for people.

use crate::store;
use std::io;
use std::path::Path;

/// Why a command ended early.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    /// Bad use or bad input.
    #[error("{what}")]
    Told {
        /// What is wrong, and where.
        what: String,
        /// What to do about it.
        hint: Option<String>,
    },
    /// The user has ended it before it was done.
    #[error("{what}")]
    Stopped {
        /// How far it came.
        what: String,
        /// How to go on.
        hint: String,
    },
    /// The reader of our output has gone; that is no failure.
    #[error("the output was closed")]
    Closed,
}

impl Error {
    /// An error with advice.
    pub(super) fn new(what: impl Into<String>, hint: impl Into<String>) -> Error {
        Error::Told {
            what: what.into(),
            hint: Some(hint.into()),
        }
    }

    /// What was said, and what to do about it; `None` where there is nobody to tell.
    pub(super) fn told(&self) -> Option<(&str, Option<&str>)> {
        match self {
            Error::Told { what, hint } => Some((what, hint.as_deref())),
            Error::Stopped { what, hint } => Some((what, Some(hint))),
            Error::Closed => None,
        }
    }

    /// An error about a file.
    pub(super) fn file(path: &Path, error: &io::Error, hint: &str) -> Error {
        Error::new(format!("{error} ({})", path.display()), hint)
    }
}

/// Only writing to standard output gives a bare I/O error.
impl From<io::Error> for Error {
    fn from(error: io::Error) -> Error {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Error::Closed,
            _ => Error::new(
                format!("{error} (standard output)"),
                "check where the output is sent",
            ),
        }
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Error {
        Error::new(
            format!("{} ({})", error.what, error.path.display()),
            error.hint,
        )
    }
}
