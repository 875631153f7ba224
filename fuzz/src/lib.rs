//! What the fuzz targets do with their bytes, one function a target: each calls
//! a phase as the program does and checks what must hold whatever the bytes.
//! A panic is a find, and so is more than ten seconds or two gigabytes.

mod story;

pub use story::{page, resolve};

use std::ops::ControlFlow;
use tieline::ingest::{self, Article, Block, BlockKind, Format, Piece, ReadOptions, Source};
use tieline::language::sentences::{self, LONGEST};
use tieline::ontology::types::EventTypes;
use tieline::pipeline;
use tieline::text::Span;
use tieline::{language, time};

/// Longer texts are read by the `pipeline` target alone: the network reads some
/// thousand words a second here, and would be all that is tested.
const LONGEST_READ: usize = 2_000;

/// Any file: the format is told by its bytes.
pub fn any(data: &[u8]) {
    container("input", data);
}

/// A saved page.
pub fn html(data: &[u8]) {
    article("page.html", Format::Html, data);
}

/// JSON and JSON lines; the first byte says which.
pub fn json(data: &[u8]) {
    match data.split_first() {
        Some((b'L', rest)) => container("articles.jsonl", rest),
        Some((_, rest)) => container("articles.json", rest),
        None => {}
    }
}

/// Tables.
pub fn csv(data: &[u8]) {
    match data.split_first() {
        Some((b'\t', rest)) => container("articles.tsv", rest),
        Some((_, rest)) => container("articles.csv", rest),
        None => {}
    }
}

/// RSS and Atom.
pub fn feed(data: &[u8]) {
    container("feed.rss", data);
    container("feed.atom", data);
}

/// Recorded web pages.
pub fn warc(data: &[u8]) {
    container("pages.warc", data);
}

/// A message; a mailbox where it begins so.
pub fn mail(data: &[u8]) {
    container("message.eml", data);
    container("box.mbox", data);
}

/// A PDF document.
pub fn pdf(data: &[u8]) {
    article("paper.pdf", Format::Pdf, data);
}

/// Word and OpenDocument: the bytes as the document's main part, so that no
/// checksum keeps the fuzzer out, and as the whole file.
pub fn office(data: &[u8]) {
    let docx = stored(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", data)]);
    article("letter.docx", Format::Docx, &docx);
    let odt = stored(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", data),
    ]);
    article("letter.odt", Format::Odt, &odt);
    article("letter.docx", Format::Docx, data);
}

/// A zip archive: the bytes as its file, and as a file in it whose name they
/// begin with.
pub fn zip(data: &[u8]) {
    container("box.zip", data);
    let end = data.iter().position(|b| *b == 0).unwrap_or(0);
    let name = String::from_utf8_lossy(&data[..end]);
    container("box.zip", &stored(&[(&name, &data[end..])]));
}

/// A tar archive, packed or not.
pub fn tar(data: &[u8]) {
    container("box.tar", data);
    container("box.tar.gz", data);
}

/// Plain text in any encoding.
pub fn text(data: &[u8]) {
    article("note.txt", Format::Text, data);
    container("note.txt", data);
}

/// Markdown, with front matter where it begins so.
pub fn markdown(data: &[u8]) {
    article("note.md", Format::Markdown, data);
}

/// Sentences and tokens: what `sentences::split` promises.
pub fn sentences(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut at = 0;
    for sentence in sentences::split(&text, Span::new(0, text.len())) {
        assert!(!sentence.is_empty() && sentence.len() <= LONGEST);
        for token in sentence {
            let (start, end) = (token.start as usize, token.end as usize);
            assert!(at <= start && start < end && end <= text.len());
            assert!(text.is_char_boundary(start) && text.is_char_boundary(end));
            let between = &text[at..start];
            assert!(!between.chars().any(char::is_alphanumeric), "{between:?}");
            assert!(!text[start..end].contains(char::is_whitespace));
            at = end;
        }
    }
    assert!(!text[at..].chars().any(char::is_alphanumeric));
}

/// Time expressions, and dates in writing.
pub fn time(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for found in time::find_in_text(&text, Span::new(0, text.len())) {
        assert!(text.get(found.span.start as usize..found.span.end as usize).is_some());
        let published = time::Edtf::parse("2021-03-04");
        let _ = (found.meaning, published);
    }
    if let Some(date) = time::Edtf::parse(&text) {
        let (earliest, latest) = date.bounds();
        assert!(earliest.is_none() || latest.is_none() || earliest <= latest);
        assert_eq!(time::Edtf::parse(date.as_str()).as_ref(), Some(&date));
    }
}

/// Everything from a text to its report.
pub fn pipeline(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    read(&Article::of_block(&text, BlockKind::Body));
    article_of("note.txt", Format::Text, data, usize::MAX);
}

/// A user's own event types.
pub fn types(data: &[u8]) {
    let text = String::from_utf8_lossy(data).into_owned();
    let _ = EventTypes::with_files(&[("own.toml".to_owned(), text)]);
}

/// Reads a file of articles.
fn container(name: &str, data: &[u8]) {
    let source = Source {
        file: name.into(),
        path: name.to_owned(),
        ..Source::default()
    };
    let options = ReadOptions::default();
    let mut paths = std::collections::BTreeSet::new();
    ingest::pieces_of(&source, data, &options, &mut |piece| {
        if let Ok(piece) = piece {
            assert!(piece.format.is_article());
            assert!(paths.insert(piece.path.clone()), "{}", piece.path);
            assert!(!piece.path.split('/').any(|part| part == ".."));
            parse(&piece, LONGEST_READ);
        }
        ControlFlow::Continue(())
    });
}

fn article(name: &str, format: Format, data: &[u8]) {
    article_of(name, format, data, LONGEST_READ);
}

fn article_of(name: &str, format: Format, data: &[u8], longest: usize) {
    let piece = Piece {
        path: name.to_owned(),
        file: name.into(),
        bytes: data.to_vec(),
        format,
        metadata: ingest::Metadata::default(),
        origins: Vec::new(),
        notes: Vec::new(),
    };
    parse(&piece, longest);
}

/// Makes an article of a piece, and reads it where it is short.
fn parse(piece: &Piece, longest: usize) {
    let Ok((article, _)) = ingest::parse_piece(piece) else {
        return;
    };
    let mut at = 0;
    for Block { span, .. } in &article.blocks {
        let (start, end) = (span.start as usize, span.end as usize);
        assert!(at <= start && start <= end);
        assert!(article.text.get(start..end).is_some());
        at = end;
    }
    if let Some(given) = &article.published {
        assert!(time::Edtf::parse(&given.edtf).is_some(), "{}", given.edtf);
    }
    if article.text.len() <= longest {
        // One in eight, by its bytes: reading takes longer than all the rest.
        if longest == usize::MAX || tieline::text::stable_hash(article.text.as_bytes()) % 8 == 0 {
            read(&article);
        }
    } else {
        let _ = language::sentences::split(&article.text, Span::new(0, article.text.len()));
    }
}

/// Reads an article and checks that every place in the report is one of its text
/// and holds the words that the report says.
fn read(article: &Article) {
    let (report, quotes) = pipeline::read_whole(article, EventTypes::builtin());
    let points: Vec<char> = article.text.chars().collect();
    let is_there = |start: u32, end: u32, words: &str| {
        let there = points.get(start as usize..end as usize);
        assert!(
            there.is_some_and(|w| words.chars().eq(w.iter().copied())),
            "{start}..{end} {words:?}"
        );
    };
    quotes.iter().for_each(|q| is_there(q.start, q.end, &q.text));
    let actors = report.actors.len() as u32;
    for actor in &report.actors {
        actor.mentions.iter().for_each(|m| is_there(m.start, m.end, &m.text));
        for role in &actor.roles {
            is_there(role.quote.start, role.quote.end, &role.quote.text);
            assert!(role.of.is_none_or(|of| of < actors));
        }
    }
    for event in &report.events {
        is_there(event.quote.start, event.quote.end, &event.quote.text);
        is_there(event.trigger.start, event.trigger.end, &event.trigger.text);
        if let Some(time) = &event.time {
            // Words of time are kept without line breaks and the like.
            let letters = |words: &mut dyn Iterator<Item = char>| -> String {
                words.filter(|c| c.is_alphanumeric()).collect()
            };
            let there = points.get(time.start as usize..time.end as usize);
            let there = there.map(|w| letters(&mut w.iter().copied()));
            assert_eq!(there, Some(letters(&mut time.words.chars())));
        }
        assert!(event.participants.iter().all(|p| p.actor < actors));
        assert!(event.place.is_none_or(|p| p < actors));
    }
    let _ = tieline::resolve::story(std::slice::from_ref(&report));
}

/// A zip archive that stores these files as they are.
fn stored(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let offset = out.len() as u32;
        let mut fields = vec![20, 0, 0, 8, 0, 0, 0, 0, 0, 0];
        fields.extend(crc(bytes).to_le_bytes());
        fields.extend((bytes.len() as u32).to_le_bytes());
        fields.extend((bytes.len() as u32).to_le_bytes());
        fields.extend((name.len() as u16).to_le_bytes());
        fields.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&fields);
        out.extend(name.as_bytes());
        out.extend(*bytes);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&fields);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let start = out.len() as u32;
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend((files.len() as u16).to_le_bytes());
    out.extend((files.len() as u16).to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}

/// CRC-32 as zip has it.
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| (c >> 1) ^ (0xedb8_8320 & (c & 1).wrapping_neg()))
    };
    !bytes.iter().fold(u32::MAX, step)
}
