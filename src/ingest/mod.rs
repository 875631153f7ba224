//! From bytes to [`Article`]: formats, encodings, what is headline, byline,
//! caption or furniture, and the metadata that travels beside an article.
//!
//! The only phase that reads input files. A file that cannot be read is a
//! [`Problem`], never an end of the run.

mod article;
#[cfg(test)]
mod awkward_tests;
mod blocks;
mod bylines;
mod cut_words;
mod dateline;
mod decode;
mod entities;
#[cfg(test)]
mod folder_tests;
mod html;
mod lines;
mod list;
mod metadata;
mod mojibake;
mod outlet;
mod parts;
mod rules;
mod tail;
#[cfg(test)]
mod tests;

pub use article::{Article, Block, BlockKind, GivenDate, Problem};
pub use list::list;

use crate::text::stable_hash;
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
    };
    let kind = std::fs::metadata(&source.file).map_err(cannot)?;
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

/// Makes an article of the bytes of a file; notes what was odd about it.
///
/// # Errors
/// When the bytes are no text, or the text is empty.
pub fn parse(source: &Source, bytes: &[u8]) -> Result<(Article, Vec<Problem>), Problem> {
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(too_large(source, bytes.len() as u64));
    }
    let mut problems = Vec::new();
    let decoded = decode::decode(bytes).map_err(|message| {
        problem(
            source,
            message,
            "save the article as plain text in UTF-8 (.txt), or leave the file out",
        )
    })?;
    if let Some(note) = decoded.note {
        problems.push(problem(
            source,
            note,
            "save the file as UTF-8 if words look wrong",
        ));
    }
    let mut text = decoded.text;
    let mut page = None;
    if html::looks_like_html(&text) {
        let read = html::read(&text);
        text = read.text;
        problems.extend(
            read.notes
                .into_iter()
                .map(|note| problem(source, note, "look at what `tieline analyze` shows of it")),
        );
        if text.is_empty() {
            return Err(problem(
                source,
                "no article was found in this web page",
                "save the article's own page when it is fully shown, or its text (.txt)",
            ));
        }
        page = Some(read.metadata);
    }
    let name = source.file.display().to_string();
    let (front, start) = match page {
        Some(_) => (Metadata::default(), 0),
        None => metadata::front_matter(&text, &name, &mut problems).unwrap_or_default(),
    };
    text.drain(..start);
    let given = source.metadata.clone();
    let by_user = given.published.clone().filter(|p| p.from == "--date");
    let metadata = Metadata {
        published: by_user,
        ..Metadata::default()
    }
    .or(front)
    .or(given)
    .or(page.unwrap_or_default());
    if text.chars().all(crate::language::sentences::is_blank) {
        return Err(problem(
            source,
            "there is no text in this file",
            "leave the file out, or fill it",
        ));
    }
    if let Some(plain) = entities::unescape(&text) {
        text = plain;
    }
    if let Some(whole) = cut_words::mend(&text) {
        text = whole;
    }
    let markdown = source.path.rsplit_once('.').is_some_and(|(_, end)| {
        ["md", "markdown"]
            .iter()
            .any(|m| m.eq_ignore_ascii_case(end))
    });
    let found = blocks::find(&text, metadata.title.as_deref(), markdown);
    problems.extend(found.notes.into_iter().map(|(line, message)| Problem {
        line: Some(line),
        ..problem(source, message, "cut the file into articles")
    }));
    let id = format!(
        "{:016x}",
        stable_hash(&[source.path.as_bytes(), b"\0", text.as_bytes()].concat())
    );
    let article = Article {
        id: format!("d{}", &id[..10]),
        path: source.path.clone(),
        title: metadata.title.or(found.title),
        source: metadata.source.or(found.source),
        url: metadata.url,
        published: metadata.published,
        blocks: found.blocks,
        text,
    };
    Ok((article, problems))
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
