//! OpenDocument texts: paragraphs, headings and tables. Pure.

use super::format::Format;
use super::office::{Package, Paragraphs, refused};
use super::parse::{Raw, Refused};
use super::xml::{Node, Xml};

/// Reads the text of a document. Its dates of making and changing are no
/// publication dates.
///
/// # Errors
/// When it is no OpenDocument text, or damaged, or encrypted.
pub(super) fn read(bytes: &[u8]) -> Result<Raw, Refused> {
    let mut package = Package::open(bytes, Format::Odt)?;
    let main = package.needed("content.xml")?;
    if !main.starts_with(b"<") && !main.starts_with(b"\xef\xbb\xbf<") {
        return Err((
            "this document is encrypted".to_owned(),
            "save it without a password",
        ));
    }
    let title = package.field("meta.xml", "dc:title");
    let told = |stop| refused(stop, Format::Odt);
    let mut xml = Xml::new(main.as_slice());
    let mut out = Paragraphs::default();
    let (mut inside, mut silent, mut rows) = (0_usize, 0_usize, 0_usize);
    while let Some(node) = xml.next().map_err(told)? {
        match node {
            Node::Open(name, attributes) => match name.as_str() {
                "text:p" | "text:h" => inside += 1,
                "text:s" => {
                    let count = attributes.iter().find(|(n, _)| n == "text:c");
                    let count = count.and_then(|(_, c)| c.parse::<usize>().ok());
                    out.push(&" ".repeat(count.unwrap_or(1).min(100)));
                }
                "text:tab" => out.push("\t"),
                "text:line-break" => out.push("\n"),
                "table:table-row" => rows += 1,
                "text:tracked-changes" | "text:note" | "office:annotation" => silent += 1,
                _ => {}
            },
            Node::Close(name) => match name.as_str() {
                "text:p" | "text:h" => {
                    inside = inside.saturating_sub(1);
                    if inside == 0 && rows == 0 {
                        out.end();
                    } else if out.is_open() {
                        out.push(" ");
                    }
                }
                "table:table-cell" => out.cell(),
                "table:table-row" => {
                    rows = rows.saturating_sub(1);
                    out.end();
                }
                "text:tracked-changes" | "text:note" | "office:annotation" => {
                    silent = silent.saturating_sub(1);
                }
                _ => {}
            },
            Node::Text(text) if inside > 0 && silent == 0 => out.push(&text),
            Node::Text(_) => {}
        }
    }
    out.end();
    Ok(Raw::titled(out.text, title, "title of the document"))
}
