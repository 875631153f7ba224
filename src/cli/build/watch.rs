//! `tieline build --watch`: builds again whenever the folders have changed.

use super::stop::Stop;
use crate::cli::error::Error;
use crate::cli::io::Io;
use crate::cli::{Outcome, args};
use crate::ontology::types::EventTypes;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

/// How long Ctrl-C may go unheard.
const TICK: Duration = Duration::from_millis(100);

/// What the folders looked like: path, length and time of the last writing of
/// each file.
type Look = Vec<(std::path::PathBuf, u64, Option<SystemTime>)>;

/// Builds now, and again after each change, until Ctrl-C. A build that fails is
/// told and tried again at the next change.
pub(super) fn run(
    db: &Path,
    args: &args::Build,
    types: &EventTypes,
    seconds: u32,
    stop: &Stop,
    io: &mut Io,
) -> Result<Outcome, Error> {
    let mut before: Option<Look> = None;
    loop {
        let now = look(args);
        if before.as_ref() != Some(&now) {
            match super::once(db, args, types, stop, io) {
                Err(Error::Closed) => return Err(Error::Closed),
                Err(error) if stop.is_asked() => return Err(error),
                Err(error) => io.error(&error),
                Ok(_) => {}
            }
            io.out.flush()?;
            if before.replace(now).is_none() {
                io.note("watching for changes; Ctrl-C ends it");
            }
        }
        let mut slept = Duration::ZERO;
        while slept < Duration::from_secs(u64::from(seconds)) {
            if stop.is_asked() {
                return Ok(Outcome::Found);
            }
            sleep(TICK);
            slept += TICK;
        }
    }
}

/// Looks at the files without opening them.
fn look(args: &args::Build) -> Look {
    let (sources, _) = crate::ingest::list(&args.paths, &args.dates);
    sources
        .into_iter()
        .map(|s| {
            let file = std::fs::metadata(&s.file);
            let written = file.as_ref().ok().and_then(|m| m.modified().ok());
            (s.file, file.map_or(0, |m| m.len()), written)
        })
        .collect()
}
