//! From a [`Story`] to files for other programs, one module a format. Formats
//! only; writes to no file. To add one: a module with a `FORMAT`, and its line in
//! [`FORMATS`].

mod codes;
mod csv;
mod html;
pub mod json;
mod rows;

use crate::resolve::Story;

/// What a format makes of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// One file of text.
    Text(String),
    /// One file that is no text.
    Bytes(Vec<u8>),
    /// Several files: their paths in a folder, parted by `/`, and their content,
    /// in the order of the paths.
    Folder(Vec<(String, Vec<u8>)>),
}

/// A format of `tieline export`.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What reads it, in a few words.
    pub about: &'static str,
    /// What of a story it cannot hold, in a few words; empty where it holds all.
    pub loses: &'static str,
    /// Writes a story. The same story gives the same bytes.
    pub write: fn(&Story) -> Output,
}

/// All formats, in the order in which they are listed.
pub const FORMATS: [Format; 3] = [json::FORMAT, csv::FORMAT, html::FORMAT];

/// The format of this name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|f| f.name == name)
}
