//! PDF: the letters of each page, put together to lines and paragraphs. The
//! objects of the file are read by `hayro-syntax`; fonts, words and paragraphs
//! are ours. Pure.

mod bounds;
mod content;
mod fonts;
mod layout;
#[cfg(test)]
mod tests;

use super::parse::{Raw, Refused};
use hayro_syntax::{LoadPdfError, Pdf};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Pages of one document.
const MOST_PAGES: usize = 5_000;
/// Bytes of the text of one document.
const MOST_TEXT: usize = 16 << 20;

const CONVERT: &str = "save it as plain text (.txt) with another program, or leave it out";

/// Reads the text of a document. Its date of making is no publication date.
///
/// # Errors
/// When it is encrypted, damaged, holds pictures of pages only, or unpacks to
/// more than its size allows.
pub(super) fn read(bytes: &[u8]) -> Result<Raw, Refused> {
    // The library is built not to panic; should it, one file is lost.
    catch_unwind(AssertUnwindSafe(|| document(bytes)))
        .unwrap_or_else(|_| Err(("this PDF is damaged".to_owned(), CONVERT)))
}

fn document(bytes: &[u8]) -> Result<Raw, Refused> {
    bounds::check(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => (
            "this PDF is encrypted".to_owned(),
            "save it without a password",
        ),
        LoadPdfError::Invalid => ("this PDF is damaged".to_owned(), CONVERT),
    })?;
    let mut notes = Vec::new();
    let mut pages = Vec::new();
    let mut tally = content::Tally::default();
    let mut length = 0;
    let all = pdf.pages();
    for (number, page) in all.iter().enumerate() {
        if number == MOST_PAGES || length > MOST_TEXT {
            notes.push(format!("only the first {number} pages are read"));
            break;
        }
        let spans = content::spans(page, &mut tally);
        length += spans.iter().map(|s| s.text.len()).sum::<usize>();
        pages.push(layout::lines(&spans));
    }
    let text = layout::text(pages);
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    if tally.unknown > tally.known {
        return Err((
            "the fonts of this PDF do not tell which letters they show".to_owned(),
            "print it to a new PDF, or recognise its text (OCR)",
        ));
    }
    if letters < 20 && tally.pictures > 0 {
        return Err((
            "this PDF holds pictures of pages, no text".to_owned(),
            "recognise its text first (OCR)",
        ));
    }
    if letters == 0 {
        return Err(("there is no text in this PDF".to_owned(), CONVERT));
    }
    if tally.unknown > 0 {
        notes.push(format!(
            "{} letters of unknown fonts were left out",
            tally.unknown
        ));
    }
    let title = pdf.metadata().title.as_deref().map(fonts::text_string);
    let title = title.filter(|t| is_title(t));
    let mut raw = Raw::titled(text, title, "title of the document");
    raw.notes = notes;
    Ok(raw)
}

/// Many programs write a file name there.
fn is_title(title: &str) -> bool {
    let lower = title.trim().to_ascii_lowercase();
    let file = [
        ".doc", ".docx", ".pdf", ".indd", ".qxd", ".txt", ".rtf", ".odt", ".html", ".htm", ".tex",
        ".dvi", ".xls", ".ppt", ".pptx", ".pub", ".wpd",
    ];
    lower.contains(' ')
        && !lower.starts_with("microsoft word -")
        && !lower.starts_with("untitled")
        && !file.iter().any(|end| lower.ends_with(end))
}
