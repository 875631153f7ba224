//! From a piece to an article: text out of its format, metadata by their trust,
//! blocks. Pure.

use super::article::{Article, BlockKind};
use super::format::Format;
use super::pieces::Piece;
use super::{LARGEST_FILE, Metadata, Problem};
use super::{blocks, cut_words, decode, docx, entities, html, metadata, odt, pdf};
use crate::text::stable_hash;
use std::collections::BTreeSet;

/// What a format gives before the blocks are found.
pub(super) struct Raw {
    pub(super) text: String,
    /// What the file says of itself.
    pub(super) metadata: Metadata,
    pub(super) origins: Vec<(String, String)>,
    pub(super) notes: Vec<String>,
    /// Whether the metadata inside count more than those from outside.
    pub(super) first: bool,
    /// Whether it was a web page.
    pub(super) is_page: bool,
    /// Paragraphs of the text that the page marks as words under a picture.
    pub(super) captions: BTreeSet<String>,
}

impl Raw {
    /// Text of which nothing else is known.
    pub(super) fn of(text: String) -> Raw {
        Raw {
            text,
            metadata: Metadata::default(),
            origins: Vec::new(),
            notes: Vec::new(),
            first: false,
            is_page: false,
            captions: BTreeSet::new(),
        }
    }

    /// As [`Raw::of`], with a title that the file gives in a field.
    pub(super) fn titled(text: String, title: Option<String>, from: &str) -> Raw {
        let mut raw = Raw::of(text);
        let title = title.map(|t| t.split_whitespace().collect::<Vec<_>>().join(" "));
        if let Some(title) = title.filter(|t| !t.is_empty()) {
            raw.origins.push(("title".to_owned(), from.to_owned()));
            raw.metadata.title = Some(title);
        }
        raw
    }
}

/// Why a file is no article, and what to do.
pub(super) type Refused = (String, &'static str);

/// Makes an article of a piece; notes what was odd about it. Linear in its
/// bytes, and bounded for formats that unpack.
///
/// # Errors
/// When the bytes are not of the format, or there is no text in them.
pub fn parse(piece: &Piece) -> Result<(Article, Vec<Problem>), Problem> {
    if piece.bytes.len() as u64 > LARGEST_FILE {
        return Err(too_large(piece));
    }
    let mut problems = piece.notes.clone();
    let refused = |(message, hint): Refused| problem(piece, message, hint);
    let raw = match piece.format {
        Format::Html => page(piece, &mut problems).map_err(refused)?,
        Format::Pdf => pdf::read(&piece.bytes).map_err(refused)?,
        Format::Docx => docx::read(&piece.bytes).map_err(refused)?,
        Format::Odt => odt::read(&piece.bytes).map_err(refused)?,
        _ => plain(piece, &mut problems).map_err(refused)?,
    };
    let hint = match raw.is_page {
        true => "compare title, date and text with the page; --date FILE=DATE says another date",
        false => "compare the text with the file if words look wrong",
    };
    for note in raw.notes {
        problems.push(problem(piece, note, hint));
    }
    let mut text = raw.text;
    if text.chars().all(crate::language::sentences::is_blank) {
        return Err(problem(
            piece,
            "there is no text in this file",
            "leave the file out, or fill it",
        ));
    }
    let given = &piece.metadata;
    let by_user = given.published.clone().filter(|p| p.from == "--date");
    let by_user = Metadata {
        published: by_user,
        ..Metadata::default()
    };
    let (inside, outside) = (raw.metadata, given.clone());
    let mut origins = Origins::default();
    origins.of_metadata(&by_user, &[], "--date");
    if raw.first {
        origins.of_metadata(&inside, &raw.origins, "the file itself");
        origins.of_metadata(&outside, &piece.origins, "a file beside it");
    } else {
        origins.of_metadata(&outside, &piece.origins, "a file beside it");
        origins.of_metadata(&inside, &raw.origins, "the file itself");
    }
    let metadata = match raw.first {
        true => by_user.or(inside).or(outside),
        false => by_user.or(outside).or(inside),
    };
    if let Some(plain) = entities::unescape(&text) {
        text = plain;
    }
    if let Some(whole) = cut_words::mend(&text) {
        text = whole;
    }
    let markdown = piece.format == Format::Markdown;
    let mut found = blocks::find(&text, metadata.title.as_deref(), markdown);
    for block in &mut found.blocks {
        let unknown = matches!(block.kind, BlockKind::Headline | BlockKind::Body);
        if unknown && raw.captions.contains(block.span.of(&text)) {
            block.kind = BlockKind::Caption;
        }
    }
    problems.extend(found.notes.into_iter().map(|(line, message)| Problem {
        line: Some(line),
        ..problem(piece, message, "cut the file into articles")
    }));
    if metadata.title.is_none() && found.title.is_some() {
        origins.add("title", "the headline");
    }
    if metadata.source.is_none() && found.source.is_some() {
        origins.add("source", "the text");
    }
    // A page in a field of something else is all of that field.
    let said = |field: &str| {
        let mut all = piece.origins.iter().chain(&raw.origins);
        all.find(|(f, _)| f == field).map(|(_, said)| said.as_str())
    };
    origins.add("text", said("text").unwrap_or(piece.format.as_str()));
    if let Some(author) = said("author") {
        origins.add("author", author);
    }
    let id = format!(
        "{:016x}",
        stable_hash(&[piece.path.as_bytes(), b"\0", text.as_bytes()].concat())
    );
    let article = Article {
        id: format!("d{}", &id[..10]),
        path: piece.path.clone(),
        title: metadata.title.or(found.title),
        source: metadata.source.or(found.source),
        url: metadata.url,
        published: metadata.published,
        origins: origins.list,
        blocks: found.blocks,
        text,
    };
    Ok((article, problems))
}

/// What was taken from where; the first word on a field counts.
#[derive(Default)]
struct Origins {
    list: Vec<(String, String)>,
}

impl Origins {
    fn add(&mut self, field: &str, from: &str) {
        if !self.list.iter().any(|(f, _)| f == field) {
            self.list.push((field.to_owned(), from.to_owned()));
        }
    }

    fn of_metadata(&mut self, metadata: &Metadata, known: &[(String, String)], other: &str) {
        let published = metadata.published.as_ref();
        let fields = [
            ("title", metadata.title.is_some()),
            ("source", metadata.source.is_some()),
            ("published", published.is_some()),
            ("url", metadata.url.is_some()),
        ];
        for (field, is_there) in fields {
            if !is_there {
                continue;
            }
            let from = known.iter().find(|(f, _)| f == field);
            let date = published.filter(|_| field == "published");
            let from = from
                .map(|(_, from)| from.as_str())
                .or(date.map(|d| d.from.as_str()))
                .unwrap_or(other);
            self.add(field, from);
        }
    }
}

/// The text of a piece; notes what had to be assumed.
fn decoded(piece: &Piece, problems: &mut Vec<Problem>) -> Result<String, Refused> {
    const AS_TEXT: &str = "save the article as plain text in UTF-8 (.txt), or leave the file out";
    let decoded = decode::decode(&piece.bytes).map_err(|message| (message, AS_TEXT))?;
    if let Some(note) = decoded.note {
        problems.push(problem(
            piece,
            note,
            "save the file as UTF-8 if words look wrong",
        ));
    }
    Ok(decoded.text)
}

/// Plain text or Markdown, or a page that goes by such a name.
fn plain(piece: &Piece, problems: &mut Vec<Problem>) -> Result<Raw, Refused> {
    let mut text = decoded(piece, problems)?;
    if html::looks_like_html(&text) {
        return read_page(&text);
    }
    let name = piece.file.display().to_string();
    let (front, start) = metadata::front_matter(&text, &name, problems).unwrap_or_default();
    text.drain(..start);
    let mut raw = Raw::of(text);
    let given = [
        ("title", front.title.is_some()),
        ("source", front.source.is_some()),
        ("published", front.published.is_some()),
        ("url", front.url.is_some()),
    ];
    for (field, _) in given.into_iter().filter(|(_, is_there)| *is_there) {
        raw.origins
            .push((field.to_owned(), "front matter".to_owned()));
    }
    raw.metadata = front;
    raw.first = true;
    Ok(raw)
}

/// A web page.
fn page(piece: &Piece, problems: &mut Vec<Problem>) -> Result<Raw, Refused> {
    let text = decoded(piece, problems)?;
    let in_a_field = piece.origins.iter().any(|(field, _)| field == "text");
    read_page(&text).or_else(|refused| {
        let whole = match in_a_field {
            true => html::whole(&text),
            false => String::new(),
        };
        if whole.is_empty() {
            Err(refused)
        } else {
            Ok(Raw::of(whole))
        }
    })
}

fn read_page(text: &str) -> Result<Raw, Refused> {
    let page = html::read(text);
    if page.text.is_empty() {
        return Err((
            "no article was found in this web page".to_owned(),
            "save the article's own page when it is fully shown, or its text (.txt)",
        ));
    }
    let mut raw = Raw::of(page.text);
    raw.metadata = page.metadata;
    let author = page.author;
    raw.origins = page
        .origins
        .into_iter()
        .map(|(field, from)| match &author {
            // An article keeps no author; who it was is told with the origin.
            Some(author) if field == "author" => (field.to_owned(), format!("{author} ({from})")),
            _ => (field.to_owned(), from),
        })
        .collect();
    raw.notes = page.notes;
    raw.is_page = true;
    raw.captions = page.captions;
    Ok(raw)
}

fn too_large(piece: &Piece) -> Problem {
    problem(
        piece,
        format!(
            "the file has {} MB; the limit is {} MB",
            (piece.bytes.len() as u64).div_ceil(1 << 20),
            LARGEST_FILE >> 20
        ),
        "cut it into articles, one a file",
    )
}

fn problem(piece: &Piece, message: impl Into<String>, hint: &str) -> Problem {
    Problem {
        path: piece.file.display().to_string(),
        line: None,
        message: message.into(),
        hint: Some(hint.to_owned()),
    }
}
