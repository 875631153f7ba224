//! What DOCX and ODT share: a zip archive with XML inside. Pure.

use super::format::Format;
use super::parse::Refused;
use super::pieces::Stop;
use super::xml::{Node, Xml};
use super::{LARGEST_FILE, zip};
use std::io::Cursor;

/// The parts of a document, by their names.
pub(super) struct Package<'b> {
    file: Cursor<&'b [u8]>,
    entries: Vec<zip::Entry>,
    format: Format,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8], format: Format) -> Result<Package<'b>, Refused> {
        let mut file = Cursor::new(bytes);
        let entries = zip::list(&mut file).map_err(|stop| refused(stop, format))?;
        Ok(Package {
            file,
            entries,
            format,
        })
    }

    /// The bytes of a part; `None` where there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Option<Result<Vec<u8>, Refused>> {
        let entry = self.entries.iter().find(|e| e.name == name)?;
        let format = self.format;
        let bytes = zip::bytes_of(&mut self.file, entry, LARGEST_FILE);
        Some(bytes.map_err(|stop| refused(stop, format)))
    }

    /// As [`Package::part`], for a part that must be there.
    pub(super) fn needed(&mut self, name: &str) -> Result<Vec<u8>, Refused> {
        let format = self.format.as_str();
        self.part(name).unwrap_or_else(|| {
            Err((
                format!("this is no {format} document: it has no {name}"),
                "save it as plain text (.txt), or leave it out",
            ))
        })
    }

    /// The text of the first element of this name in a part.
    pub(super) fn field(&mut self, part: &str, name: &str) -> Option<String> {
        let bytes = self.part(part)?.ok()?;
        let mut xml = Xml::new(bytes.as_slice());
        let mut value: Option<String> = None;
        while let Ok(Some(node)) = xml.next() {
            match (node, &mut value) {
                (Node::Open(open, _), None) if open == name => value = Some(String::new()),
                (Node::Close(close), Some(_)) if close == name => break,
                (Node::Text(text), Some(value)) => value.push_str(&text),
                _ => {}
            }
        }
        value
    }
}

/// Why a document cannot be read, in words.
pub(super) fn refused(stop: Stop, format: Format) -> Refused {
    match stop {
        Stop::Broken(message, hint) => (format!("{}: {message}", format.as_str()), hint),
        Stop::Asked => ("reading was ended".to_owned(), "build again"),
    }
}

/// Collects paragraphs, parted by blank lines.
#[derive(Default)]
pub(super) struct Paragraphs {
    pub(super) text: String,
    open: String,
}

impl Paragraphs {
    pub(super) fn push(&mut self, text: &str) {
        self.open.push_str(text);
    }

    /// Ends the paragraph.
    pub(super) fn end(&mut self) {
        let words = self.open.trim();
        if !words.is_empty() {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            self.text.push_str(words);
        }
        self.open.clear();
    }

    /// Ends a cell of a table: cells of a row stand on one line.
    pub(super) fn cell(&mut self) {
        while self.open.ends_with(char::is_whitespace) {
            self.open.pop();
        }
        self.open.push_str(" \t");
    }

    pub(super) fn is_open(&self) -> bool {
        !self.open.trim().is_empty()
    }
}
