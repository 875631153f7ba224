//! From bytes to [`Article`]: formats, encodings, what is headline, byline,
//! caption or furniture, and the metadata that travels beside an article.
//! [`list`] finds sources, [`pieces`] opens one and gives its articles-to-be,
//! [`parse_piece`] makes an article of each.
//!
//! The only phase that reads input files. A file that cannot be read is a
//! [`Problem`], never an end of the run.

mod archive;
mod article;
#[cfg(test)]
mod awkward_tests;
mod blocks;
mod bylines;
mod cut_words;
mod dateline;
mod dates;
mod decode;
mod docx;
mod entities;
mod feed;
mod fields;
#[cfg(test)]
mod folder_tests;
mod format;
mod html;
mod json;
mod lines;
mod list;
mod mail;
mod metadata;
mod mojibake;
mod odt;
mod office;
mod outlet;
mod parse;
mod parts;
mod pdf;
mod pieces;
#[cfg(test)]
mod pieces_tests;
mod rules;
mod table;
mod tail;
mod tar;
#[cfg(test)]
mod tests;
mod transcode;
mod warc;
mod xml;
mod zip;

pub use article::{Article, Block, BlockKind, GivenDate, Problem};
pub use fields::FieldMap;
pub use format::Format;
pub use list::list;
pub use parse::parse as parse_piece;
pub use pieces::{Piece, ReadOptions, pieces, pieces_of};

use std::io::Read;
use std::path::PathBuf;

/// Files larger than this are refused, in bytes.
pub const LARGEST_FILE: u64 = 64 << 20;

/// One input file and what the folder says of it.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The file on disk.
    pub file: PathBuf,
    /// Its path below the folder that was given, with `/` everywhere.
    pub path: String,
    /// From `NAME.json`, `metadata.jsonl` or `--date`, in that order of
    /// growing trust.
    pub metadata: Metadata,
}

impl Source {
    /// Whether it is standard input, which the user names `-`.
    pub fn is_stdin(&self) -> bool {
        self.file.as_os_str() == "-"
    }
}

/// What is known of an article from outside its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title.
    pub title: Option<String>,
    /// The outlet.
    pub source: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// The publication date.
    pub published: Option<GivenDate>,
}

/// A `--date` option: a date for all files, or for the files whose path ends
/// with `file`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateOption {
    /// `None` for all files.
    pub file: Option<String>,
    /// EDTF.
    pub edtf: String,
}

/// Reads the bytes of one article.
///
/// # Errors
/// When the file cannot be read, is no file, or is larger than
/// [`LARGEST_FILE`].
pub fn load(source: &Source) -> Result<Vec<u8>, Problem> {
    let cannot = |error: std::io::Error| {
        problem(
            source,
            format!("the file cannot be read: {error}"),
            "check its permissions, or leave it out",
        )
    };
    let kind = check(source)?;
    if kind.len() > LARGEST_FILE {
        return Err(too_large(source, kind.len()));
    }
    let mut bytes = Vec::with_capacity(kind.len() as usize);
    // The file can grow while it is read.
    std::fs::File::open(&source.file)
        .map_err(cannot)?
        .take(LARGEST_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(cannot)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(too_large(source, bytes.len() as u64));
    }
    Ok(bytes)
}

/// Makes sure that a source is an ordinary file that is still there.
fn check(source: &Source) -> Result<std::fs::Metadata, Problem> {
    let kind = std::fs::metadata(&source.file).map_err(|error| {
        let missing = error.kind() == std::io::ErrorKind::NotFound;
        problem(
            source,
            format!("the file cannot be read: {error}"),
            if missing {
                "the file is gone; build again to forget it"
            } else {
                "check its permissions, or leave it out"
            },
        )
    })?;
    if kind.is_dir() {
        return Err(problem(
            source,
            "this is a folder, not an article",
            "list the folder's articles first",
        ));
    }
    if !kind.is_file() {
        return Err(problem(
            source,
            "this is no ordinary file",
            "copy its contents into a .txt file",
        ));
    }
    Ok(kind)
}

/// Makes an article of the bytes of a file that is one article; notes what was
/// odd about it.
///
/// # Errors
/// When the bytes are no article, or the text is empty.
pub fn parse(source: &Source, bytes: &[u8]) -> Result<(Article, Vec<Problem>), Problem> {
    let head = bytes.get(..format::HEAD).unwrap_or(bytes);
    let format = match format::look(head, &source.path) {
        format::Look::Is(format) if format.is_article() => format,
        format::Look::Is(format) => {
            return Err(problem(
                source,
                format!(
                    "this is no article but a file of articles ({})",
                    format.as_str()
                ),
                "give it to `tieline build`",
            ));
        }
        format::Look::Other(what, hint) => {
            return Err(problem(source, format!("this is {what}, not text"), hint));
        }
        format::Look::Own => Format::Text,
    };
    parse_piece(&Piece {
        path: source.path.clone(),
        file: source.file.clone(),
        bytes: bytes.to_vec(),
        format,
        metadata: source.metadata.clone(),
        origins: Vec::new(),
        notes: Vec::new(),
    })
}

fn too_large(source: &Source, length: u64) -> Problem {
    problem(
        source,
        format!(
            "the file has {} MB; the limit is {} MB",
            length.div_ceil(1 << 20),
            LARGEST_FILE >> 20
        ),
        "cut it into articles, one a file",
    )
}

fn problem(source: &Source, message: impl Into<String>, hint: &str) -> Problem {
    Problem {
        path: source.file.display().to_string(),
        line: None,
        message: message.into(),
        hint: Some(hint.to_owned()),
    }
}
