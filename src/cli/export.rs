//! `tieline export`: everything, for other programs.

use super::args::Export;
use super::error::Error;
use super::io::{Io, make_folder, write_file};
use super::{Outcome, answer};
use crate::export::{self, Output};
use std::io::Write;
use std::path::Path;

/// Runs the command.
pub(super) fn run(db: &Path, args: &Export, io: &mut Io) -> Result<Outcome, Error> {
    let format = export::format(&args.format).ok_or_else(|| {
        Error::new(
            format!("there is no format “{}”", args.format),
            "`tieline export --help` lists them",
        )
    })?;
    let story = answer::story(db, io)?;
    let output = args.output.as_deref().filter(|o| *o != Path::new("-"));
    match (format.write)(&story) {
        Output::Text(text) => io.deliver(output, &text)?,
        Output::Bytes(bytes) => match output {
            Some(file) => drop(write_file(file, &bytes)?),
            None => io.out.write_all(&bytes)?,
        },
        Output::Folder(files) => {
            let Some(folder) = output else {
                return Err(Error::new(
                    format!("the format “{}” is a folder of files", format.name),
                    "name the folder with -o",
                ));
            };
            for (path, bytes) in &files {
                let file = folder.join(path);
                make_folder(file.parent().unwrap_or(folder), "-o")?;
                write_file(&file, bytes)?;
            }
        }
    }
    Ok(Outcome::Found)
}
