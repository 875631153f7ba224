//! Word documents: paragraphs, headings and tables of the main text, without
//! notes, heads and feet of pages, and what was deleted. Pure.

use super::format::Format;
use super::office::{Package, Paragraphs, refused};
use super::parse::{Raw, Refused};
use super::xml::{Node, Xml};

/// Elements whose text is none of the document's: what was struck out, a second
/// copy for old programs, looks.
const SILENT: [&str; 6] = [
    "w:del",
    "w:moveFrom",
    "mc:Fallback",
    "w:pPr",
    "w:rPr",
    "w:sectPr",
];

/// Reads the text of a document. Its dates of making and changing are no
/// publication dates.
///
/// # Errors
/// When it is no Word document, or damaged.
pub(super) fn read(bytes: &[u8]) -> Result<Raw, Refused> {
    let mut package = Package::open(bytes, Format::Docx)?;
    let main = package.needed("word/document.xml")?;
    let title = package.field("docProps/core.xml", "dc:title");
    let told = |stop| refused(stop, Format::Docx);
    let mut xml = Xml::new(main.as_slice());
    let mut out = Paragraphs::default();
    let (mut in_text, mut silent, mut rows) = (false, 0_usize, 0_usize);
    while let Some(node) = xml.next().map_err(told)? {
        match node {
            Node::Open(name, _) => match name.as_str() {
                "w:t" => in_text = true,
                _ if silent > 0 && !SILENT.contains(&name.as_str()) => {}
                "w:tab" => out.push("\t"),
                "w:br" | "w:cr" => out.push("\n"),
                "w:noBreakHyphen" => out.push("-"),
                "w:tr" => rows += 1,
                name if SILENT.contains(&name) => silent += 1,
                _ => {}
            },
            Node::Close(name) => match name.as_str() {
                "w:t" => in_text = false,
                "w:p" if rows == 0 => out.end(),
                "w:p" if out.is_open() => out.push(" "),
                "w:tc" => out.cell(),
                "w:tr" => {
                    rows = rows.saturating_sub(1);
                    out.end();
                }
                name if SILENT.contains(&name) => silent = silent.saturating_sub(1),
                _ => {}
            },
            Node::Text(text) if in_text && silent == 0 => out.push(&text),
            Node::Text(_) => {}
        }
    }
    out.end();
    Ok(Raw::titled(out.text, title, "title of the document"))
}
