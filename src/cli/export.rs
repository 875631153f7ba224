//! `tieline export`: everything, for other programs.

use super::args::{Export, ExportFormat};
use super::error::Error;
use super::io::Io;
use super::{Outcome, answer};
use crate::export;
use std::path::Path;

/// Runs the command.
pub(super) fn run(db: &Path, args: &Export, io: &mut Io) -> Result<Outcome, Error> {
    let story = answer::story(db)?;
    let text = match args.format {
        ExportFormat::Json => export::json::write(&story),
    };
    io.deliver(args.output.as_deref(), &text)?;
    Ok(Outcome::Found)
}
