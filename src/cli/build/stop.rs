//! Ctrl-C: the first time it ends a build in good order, the second time at
//! once.

use crate::cli::INTERRUPTED;
use crate::cli::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the user wants the build to end.
#[derive(Debug, Clone)]
pub(super) struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Listens from now on. Where the system does not allow it, Ctrl-C ends the
    /// program as ever; the database stands that too.
    pub(super) fn new() -> Stop {
        let asked = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&asked);
        let _ = ctrlc::set_handler(move || {
            if flag.swap(true, Ordering::SeqCst) {
                std::process::exit(INTERRUPTED.into());
            }
        });
        Stop(asked)
    }

    /// Whether the user has asked.
    pub(super) fn is_asked(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    /// What to say when a build has been stopped that has so many articles in
    /// the database.
    pub(super) fn told(&self, articles: usize) -> Error {
        Error::Stopped {
            what: format!(
                "stopped; {articles} articles are in the database, the story is as it was"
            ),
            hint: "run the same command again to go on".to_owned(),
        }
    }
}
