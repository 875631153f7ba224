//! What a file is, told by its first bytes and, where they leave it open, by
//! its name. Pure.

use encoding_rs::Encoding;

/// How many bytes of a file are looked at.
pub(super) const HEAD: usize = 8192;

/// A format that Tieline reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Plain text in any encoding.
    Text,
    /// Markdown.
    Markdown,
    /// An HTML page, or a part of one.
    Html,
    /// A PDF document.
    Pdf,
    /// A Word document (Office Open XML).
    Docx,
    /// An OpenDocument text.
    Odt,
    /// JSON values: articles, lists of articles.
    Json,
    /// One JSON value a line.
    JsonLines,
    /// A table with commas, semicolons or tabs between its fields.
    Csv,
    /// RSS 0.9 to 2.0, or Atom.
    Feed,
    /// Web pages as a crawler or browser recorded them.
    Warc,
    /// One mail message.
    Mail,
    /// Many mail messages in one file.
    Mbox,
    /// A zip archive.
    Zip,
    /// A tar archive.
    Tar,
    /// Something compressed by gzip.
    Gzip,
}

impl Format {
    /// Whether a file of this format is one article. Of the others every entry
    /// is one.
    pub fn is_article(self) -> bool {
        matches!(
            self,
            Format::Text
                | Format::Markdown
                | Format::Html
                | Format::Pdf
                | Format::Docx
                | Format::Odt
        )
    }

    /// Its name, for people.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Text => "plain text",
            Format::Markdown => "Markdown",
            Format::Html => "HTML",
            Format::Pdf => "PDF",
            Format::Docx => "DOCX",
            Format::Odt => "ODT",
            Format::Json => "JSON",
            Format::JsonLines => "JSON Lines",
            Format::Csv => "CSV",
            Format::Feed => "feed",
            Format::Warc => "WARC",
            Format::Mail => "mail",
            Format::Mbox => "mbox",
            Format::Zip => "zip",
            Format::Tar => "tar",
            Format::Gzip => "gzip",
        }
    }
}

/// What a look at the head of a file gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// A format that is read.
    Is(Format),
    /// Something else: what, and what to do about it.
    Other(&'static str, &'static str),
    /// A file that Tieline itself wrote.
    Own,
}

/// What a file's name says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// Something that is read.
    Read,
    /// Something that is never an article: a picture, a program, a database.
    Other,
    /// Nothing.
    Nothing,
}

/// Ends of names of files that may hold articles.
const READ: &[&str] = &[
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "shtml", "pdf", "docx", "odt", "json",
    "jsonl", "ndjson", "csv", "tsv", "rss", "atom", "rdf", "warc", "eml", "mbox", "mbx", "zip",
    "tar", "tgz", "gz",
];

/// Ends of names of files that are something else.
const OTHER: &[&str] = &[
    // Pictures, sound, film, fonts.
    "jpg",
    "jpeg",
    "jpe",
    "png",
    "gif",
    "webp",
    "svg",
    "svgz",
    "ico",
    "bmp",
    "tif",
    "tiff",
    "avif",
    "heic",
    "psd",
    "ai",
    "eps",
    "mp3",
    "m4a",
    "aac",
    "wav",
    "ogg",
    "oga",
    "opus",
    "flac",
    "mp4",
    "m4v",
    "mov",
    "avi",
    "mkv",
    "webm",
    "wmv",
    "flv",
    "srt",
    "vtt",
    "ttf",
    "otf",
    "woff",
    "woff2",
    "eot",
    // Office formats that are not read.
    "doc",
    "dot",
    "rtf",
    "xls",
    "xlsx",
    "xlsm",
    "ods",
    "ppt",
    "pptx",
    "odp",
    "odg",
    "pages",
    "numbers",
    "key",
    "epub",
    "mobi",
    "azw3",
    "djvu",
    "ps",
    "pst",
    "ost",
    "msg",
    "one",
    // Archives that are not read.
    "7z",
    "rar",
    "bz2",
    "xz",
    "zst",
    "lz4",
    "lzma",
    "cab",
    "iso",
    "dmg",
    "jar",
    "deb",
    "rpm",
    // Data, programs and what belongs to them.
    "db",
    "sqlite",
    "sqlite3",
    "db-wal",
    "db-shm",
    "db-journal",
    "parquet",
    "feather",
    "arrow",
    "npy",
    "npz",
    "pkl",
    "pickle",
    "h5",
    "hdf5",
    "rdata",
    "rds",
    "sav",
    "dta",
    "bin",
    "dat",
    "exe",
    "dll",
    "so",
    "dylib",
    "o",
    "a",
    "class",
    "pyc",
    "wasm",
    "js",
    "mjs",
    "cjs",
    "ts",
    "jsx",
    "tsx",
    "css",
    "scss",
    "less",
    "map",
    "py",
    "ipynb",
    "r",
    "rs",
    "c",
    "h",
    "cpp",
    "hpp",
    "java",
    "go",
    "rb",
    "pl",
    "php",
    "sh",
    "bash",
    "bat",
    "cmd",
    "ps1",
    "lua",
    "sql",
    "toml",
    "yaml",
    "yml",
    "ini",
    "cfg",
    "conf",
    "lock",
    "log",
    "tex",
    "bib",
    "gv",
    "gexf",
    "graphml",
    "ics",
    "vcf",
    "geojson",
    "kml",
    "shp",
    "dbf",
    "cypher",
    "mmd",
    "torrent",
    "url",
    "webloc",
    "lnk",
    "desktop",
    "asc",
    "p7s",
    "p7m",
    "sig",
    "tmp",
    "bak",
    "swp",
    "part",
    "crdownload",
    "cdx",
    "cdxj",
];

/// The end of a name, in lower case: "txt" of "A.TXT".
pub(super) fn extension(name: &str) -> String {
    let last = name.rsplit('/').next().unwrap_or(name);
    match last.rsplit_once('.') {
        Some((stem, end)) if !stem.is_empty() && end.len() <= 12 => end.to_ascii_lowercase(),
        _ => String::new(),
    }
}

/// What a name says of its file.
pub(super) fn named(name: &str) -> Named {
    let end = extension(name);
    if READ.contains(&end.as_str()) {
        Named::Read
    } else if OTHER.contains(&end.as_str()) {
        Named::Other
    } else {
        Named::Nothing
    }
}

const UNPACK: &str = "unpack it, and give what is inside";
const CONVERT: &str = "save it as plain text, HTML, DOCX or PDF";
const LEAVE: &str = "leave the file out";

/// Beginnings of files that are not read.
const OTHERS: &[(&[u8], &str, &str)] = &[
    (b"\xd0\xcf\x11\xe0", "an old office document", CONVERT),
    (b"{\\rtf", "an RTF document", CONVERT),
    (b"%!PS", "a PostScript document", CONVERT),
    (b"\x89PNG", "a picture", LEAVE),
    (b"\xff\xd8\xff", "a picture", LEAVE),
    (b"GIF8", "a picture", LEAVE),
    (b"II*\0", "a picture", LEAVE),
    (b"MM\0*", "a picture", LEAVE),
    (b"RIFF", "a picture, sound or film", LEAVE),
    (b"OggS", "sound", LEAVE),
    (b"ID3", "sound", LEAVE),
    (b"SQLite format 3", "a database", LEAVE),
    (b"\x7fELF", "a program", LEAVE),
    (b"MZ\x90\0", "a program", LEAVE),
    (b"BZh", "a bzip2 archive", UNPACK),
    (b"\xfd7zXZ\0", "an xz archive", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (b"PAR1", "a Parquet table", LEAVE),
];

/// What a file is. `head` are its first [`HEAD`] bytes or all of it, `name` its
/// name or what is known of one.
pub(super) fn look(head: &[u8], name: &str) -> Look {
    let end = extension(name);
    let end = end.as_str();
    if let Some(look) = binary(head, end) {
        return look;
    }
    let Some(text) = text_of(head) else {
        return Look::Other(
            "binary data of a kind that is not known",
            "save it as plain text (.txt), or leave it out",
        );
    };
    let text = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    marked(text, end).unwrap_or_else(|| by_name(text, end))
}

fn binary(head: &[u8], end: &str) -> Option<Look> {
    let pdf = head.starts_with(b"%PDF-")
        || end == "pdf" && find(head.get(..1024).unwrap_or(head), b"%PDF-");
    if pdf {
        return Some(Look::Is(Format::Pdf));
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Some(zip(head, end));
    }
    if head.starts_with(b"\x1f\x8b") {
        return Some(Look::Is(Format::Gzip));
    }
    // Its records may hold bytes of any kind.
    if head.starts_with(b"WARC/1.") || head.starts_with(b"WARC/0.") {
        return Some(Look::Is(Format::Warc));
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some(Look::Is(Format::Tar));
    }
    let (_, what, hint) = OTHERS.iter().find(|(magic, ..)| head.starts_with(magic))?;
    Some(Look::Other(what, hint))
}

/// Which of the formats that are zip archives inside.
fn zip(head: &[u8], end: &str) -> Look {
    let inside = |words: &[u8]| find(head, words);
    if end == "docx" || inside(b"word/") && inside(b"[Content_Types].xml") {
        Look::Is(Format::Docx)
    } else if end == "odt" || inside(b"application/vnd.oasis.opendocument.textPK") {
        Look::Is(Format::Odt)
    } else if matches!(end, "xlsx" | "pptx" | "ods" | "odp" | "epub")
        || inside(b"mimetypeapplication/")
        || inside(b"[Content_Types].xml") && (inside(b"xl/") || inside(b"ppt/"))
    {
        Look::Other("an office document that holds no text", CONVERT)
    } else {
        Look::Is(Format::Zip)
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|w| w == needle)
}

/// The head as text, roughly: only its ASCII counts.
fn text_of(head: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = Encoding::for_bom(head) {
        let (text, _) = encoding.decode_without_bom_handling(head.get(mark..)?);
        return Some(text.into_owned());
    }
    let controls = head
        .iter()
        .filter(|b| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b))
        .count();
    if head.contains(&0) || controls * 20 > head.len() {
        return None;
    }
    Some(String::from_utf8_lossy(head).into_owned())
}

/// Formats that say what they are. A text by name is only doubted where the
/// sign is plain.
fn marked(text: &str, end: &str) -> Option<Look> {
    if text.starts_with('<')
        && let Some(look) = markup(text)
    {
        return Some(look);
    }
    let is_text = matches!(end, "txt" | "text" | "md" | "markdown");
    if is_mbox(text) {
        return Some(Look::Is(Format::Mbox));
    }
    let headers = mail_headers(text);
    if headers >= 4 || headers >= 2 && !is_text || headers >= 1 && end == "eml" {
        return Some(Look::Is(Format::Mail));
    }
    if is_text {
        return None;
    }
    let json = text.starts_with('{') || text.starts_with('[');
    let inner = text.get(1..).unwrap_or("").trim_start();
    let opens = inner.is_empty() || inner.starts_with(['"', '{', '}', ']', '[']);
    if json && opens {
        if is_own(text) {
            return Some(Look::Own);
        }
        let line = text.lines().next().unwrap_or("");
        let one = line.starts_with('{')
            && line.len() < text.len()
            && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
        let lines = matches!(end, "jsonl" | "ndjson");
        return Some(Look::Is(if lines || one {
            Format::JsonLines
        } else {
            Format::Json
        }));
    }
    None
}

/// The graph that `build --out` writes.
fn is_own(text: &str) -> bool {
    let head: String = text
        .chars()
        .take(60)
        .filter(|c| !c.is_whitespace())
        .collect();
    head.starts_with("{\"tieline\":\"") && head.contains("\"schema\":")
}

/// The page that Tieline writes.
fn is_own_page(text: &str) -> bool {
    text.contains("<meta name=\"generator\" content=\"Tieline ")
}

/// What begins with a tag. Comments and declarations before the first element
/// are passed over.
fn markup(text: &str) -> Option<Look> {
    const XML: Look = Look::Other("an XML file of another kind", LEAVE);
    let mut rest = text;
    let mut declared = false;
    loop {
        rest = rest.trim_start();
        let lower = rest.get(..15).unwrap_or(rest).to_ascii_lowercase();
        if lower.starts_with("<!doctype html") {
            return Some(match is_own_page(rest) {
                true => Look::Own,
                false => Look::Is(Format::Html),
            });
        }
        let (close, skip) = if rest.starts_with("<!--") {
            ("-->", 3)
        } else if rest.starts_with("<?") {
            declared |= rest.starts_with("<?xml");
            ("?>", 2)
        } else if rest.starts_with("<!") {
            (">", 1)
        } else {
            break;
        };
        rest = rest.get(rest.find(close)? + skip..)?;
    }
    let name: String = rest
        .strip_prefix('<')?
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_'))
        .collect();
    match name.to_ascii_lowercase().as_str() {
        "rss" | "feed" | "rdf:rdf" | "atom:feed" => Some(Look::Is(Format::Feed)),
        "html" | "head" | "body" => Some(Look::Is(Format::Html)),
        "svg" => Some(Look::Other("a picture", LEAVE)),
        _ if declared => Some(XML),
        _ => None,
    }
}

/// "From somebody Mon Jun 26 10:00:00 2017" and a header behind it.
fn is_mbox(text: &str) -> bool {
    let mut lines = text.lines();
    let Some(first) = lines.next() else {
        return false;
    };
    is_mbox_line(first.as_bytes()) && lines.next().is_some_and(|l| header_name(l).is_some())
}

/// Whether a line parts the messages of an mbox.
pub(super) fn is_mbox_line(line: &[u8]) -> bool {
    let clock = line.windows(6).any(|w| {
        w[0] == b':' && w[1].is_ascii_digit() && w[2].is_ascii_digit() && w[3] == b':'
            || w[0].is_ascii_digit()
                && w[1] == b':'
                && w[2].is_ascii_digit()
                && w[3].is_ascii_digit()
    });
    line.starts_with(b"From ") && line.len() < 500 && clock
}

/// How many of the headers that only mail has open the text; 0 when something
/// else stands among them.
fn mail_headers(text: &str) -> usize {
    const MAIL: [&str; 14] = [
        "received",
        "return-path",
        "message-id",
        "mime-version",
        "delivered-to",
        "content-type",
        "content-transfer-encoding",
        "from",
        "to",
        "subject",
        "date",
        "reply-to",
        "dkim-signature",
        "x-mailer",
    ];
    let mut found = 0;
    for line in text.lines() {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some(name) = header_name(line) else {
            // The head may end in the middle of a line.
            return if found >= 6 { found } else { 0 };
        };
        found += usize::from(MAIL.contains(&name.to_ascii_lowercase().as_str()));
    }
    found
}

/// The name of a header line.
fn header_name(line: &str) -> Option<&str> {
    let (name, _) = line.split_once(':')?;
    let fits = !name.is_empty()
        && name.len() <= 60
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    fits.then_some(name)
}

/// What is left to the name.
fn by_name(text: &str, end: &str) -> Look {
    Look::Is(match end {
        "md" | "markdown" => Format::Markdown,
        "txt" | "text" => Format::Text,
        "html" | "htm" | "xhtml" | "shtml" if text.contains('<') => Format::Html,
        "json" => Format::Json,
        "jsonl" | "ndjson" => Format::JsonLines,
        "csv" | "tsv" => Format::Csv,
        "eml" => Format::Mail,
        _ if super::fields::is_header(text.lines().next().unwrap_or("")) => Format::Csv,
        _ => Format::Text,
    })
}
