//! What a web page says, and what its markup says of it. Pure.

use super::Metadata;

/// What was read of a page.
pub(super) struct Page {
    /// The main text, paragraphs parted by blank lines.
    pub(super) text: String,
    /// What the markup says of the article.
    pub(super) metadata: Metadata,
    /// Who wrote it.
    pub(super) author: Option<String>,
    /// What was found where: field and place.
    pub(super) origins: Vec<(&'static str, String)>,
    /// What was odd.
    pub(super) notes: Vec<String>,
}

/// Reads a page or a piece of one. This stand-in only takes the tags out.
pub(super) fn read(html: &str) -> Page {
    let mut text = String::new();
    let mut rest = html;
    let mut silent: Option<String> = None;
    while let Some(at) = rest.find('<') {
        let (before, behind) = rest.split_at(at);
        if silent.is_none() {
            text.push_str(before);
        }
        let Some(end) = behind.find('>') else {
            rest = "";
            break;
        };
        let tag = behind.get(1..end).unwrap_or("").to_ascii_lowercase();
        let name: String = tag
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '/' || *c == '!')
            .collect();
        match &silent {
            Some(open) if name == format!("/{open}") => silent = None,
            Some(_) => {}
            None if matches!(name.as_str(), "script" | "style" | "head") => silent = Some(name),
            None => {
                let inline = ["a", "b", "i", "em", "strong", "span", "q", "cite"];
                if !inline.contains(&name.trim_start_matches('/')) {
                    text.push_str("\n\n");
                }
            }
        }
        rest = behind.get(end + 1..).unwrap_or("");
    }
    if silent.is_none() {
        text.push_str(rest);
    }
    let text = super::entities::unescape(&text).unwrap_or(text);
    Page {
        text: text.trim().to_owned(),
        metadata: Metadata::default(),
        author: None,
        origins: Vec::new(),
        notes: Vec::new(),
    }
}
