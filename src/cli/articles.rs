//! `tieline articles`: what was read, and when it was published.

use super::answer::{self, Contract};
use super::args::Articles;
use super::error::Error;
use super::io::Io;
use super::{Outcome, words};
use crate::render::{document_name, plain};
use crate::resolve::Document;
use std::path::Path;

/// Runs the command.
pub(super) fn run(db: &Path, args: &Articles, io: &mut Io) -> Result<Outcome, Error> {
    let story = answer::story(db, io)?;
    if args.answer.is_json() {
        let mut part = Contract::new(&story)?;
        part.drop(&["actors", "events", "ties"]);
        part.with_origins(&story);
        part.write(io)?;
    } else {
        list_with(&story.documents, args.long, io)?;
    }
    Ok(Outcome::of(!story.documents.is_empty()))
}

/// Each of the articles with its publication date and the reason
/// for it.
pub(super) fn list(documents: &[Document], io: &mut Io) -> Result<(), Error> {
    list_with(documents, false, io)
}

/// As [`list`]; `long` adds the address, and where everything was taken from.
fn list_with(documents: &[Document], long: bool, io: &mut Io) -> Result<(), Error> {
    for (number, document) in documents.iter().enumerate() {
        writeln!(
            io.out,
            "{:<4} {}  {}",
            document_name(number),
            published(document),
            plain(&document.path)
        )?;
        let title = document.title.as_deref().map(plain);
        let source = document.source.as_deref().map(plain);
        let named: Vec<String> = title.into_iter().chain(source).collect();
        if !named.is_empty() {
            write!(
                io.out,
                "{}",
                words::wrap(&named.join(" — "), io.width(), "     ")
            )?;
        }
        // "given by --date" says its basis itself.
        let (basis, why) = (
            document.published.basis.as_str(),
            plain(&document.published.why),
        );
        let why = match why.strip_prefix(basis) {
            Some(rest) if rest.starts_with(' ') => why,
            _ => format!("{basis}: {why}"),
        };
        write!(io.out, "{}", words::wrap(&why, io.width(), "     "))?;
        if let Some(original) = &document.copy_of {
            writeln!(
                io.out,
                "     a copy of {}; counts as one source with it",
                document_name(original.number)
            )?;
        }
        if long {
            for line in origins(document) {
                write!(io.out, "{}", words::wrap(&line, io.width(), "     "))?;
            }
        }
    }
    Ok(())
}

/// Author and address, and where title, outlet, date and text were taken from.
fn origins(document: &Document) -> Vec<String> {
    let url = document
        .url
        .as_deref()
        .map(|url| format!("address: {}", plain(url)));
    let author = document
        .origins
        .iter()
        .find(|(field, _)| field == "author")
        .map(|(_, author)| format!("author: {}", plain(author)));
    let taken: Vec<String> = document
        .origins
        .iter()
        .filter(|(field, _)| field != "author")
        .map(|(field, from)| {
            let field = match field.as_str() {
                "source" => "outlet",
                "url" => "address",
                "published" => "date",
                field => field,
            };
            format!("{}: {}", plain(field), plain(from))
        })
        .collect();
    let taken = (!taken.is_empty()).then(|| format!("taken from: {}", taken.join("; ")));
    author.into_iter().chain(url).chain(taken).collect()
}

/// The publication date, or `undated`.
fn published(document: &Document) -> &str {
    document
        .published
        .edtf
        .as_ref()
        .map_or("undated", |e| e.as_str())
}
