//! WARC 1.0 and 1.1: pages as a crawler or browser recorded them, plain or
//! gzipped record by record. What is no page is skipped and counted.

use super::format::Format;
use super::pieces::{Ended, Found, Line, Place, Reader, Stop, line};
use super::{LARGEST_FILE, Metadata, decode};
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read};

/// Bytes of one header line, of WARC and HTTP.
const LONGEST_HEADER: usize = 64 << 10;
/// Header lines of one record.
const MOST_HEADERS: usize = 500;

/// Reads the pages of a WARC file.
pub(super) fn read(reader: &mut Reader, place: &Place, input: &mut dyn BufRead) -> Ended {
    let mut skipped: BTreeMap<String, usize> = BTreeMap::new();
    let mut given = 0;
    let ended = records(reader, place, input, &mut skipped, &mut given);
    match ended {
        Err(Stop::Asked) => return ended,
        other => reader.told(place, other)?,
    }
    if given == 0 {
        let kinds: Vec<String> = skipped
            .iter()
            .take(8)
            .map(|(kind, count)| format!("{count} {kind}"))
            .collect();
        let message = format!("no page in this WARC file ({})", kinds.join(", "));
        reader.odd(
            place,
            None,
            message,
            "only responses with HTML or plain text are read",
        )?;
    }
    Ok(())
}

fn records(
    reader: &mut Reader,
    place: &Place,
    input: &mut dyn BufRead,
    skipped: &mut BTreeMap<String, usize>,
    given: &mut usize,
) -> Ended {
    while let Some(headers) = record_head(input)? {
        let get = |name: &str| headers.get(name).map(String::as_str);
        let length: u64 = get("content-length")
            .and_then(|l| l.parse().ok())
            .ok_or_else(|| {
                Stop::Broken(
                    "a WARC record has no length".to_owned(),
                    "the file is damaged; what stands before is read",
                )
            })?;
        let kind = get("warc-type").unwrap_or("").to_ascii_lowercase();
        let content = get("content-type").unwrap_or("").to_ascii_lowercase();
        let mut body = (&mut *input).take(length);
        let page = match kind.as_str() {
            "response" if content.is_empty() || content.starts_with("application/http") => {
                response(reader, &mut body)
            }
            "resource" | "response" | "conversion" => kind_of(&content)
                .map(|(format, charset)| {
                    let mut bytes = Vec::new();
                    body.by_ref()
                        .take(LARGEST_FILE)
                        .read_to_end(&mut bytes)
                        .map(|_| (bytes, format, charset))
                })
                .transpose(),
            _ => Ok(None),
        };
        let page = page.unwrap_or(None);
        // Whatever was left of the record is passed over.
        let rest = body.limit();
        let passed = io::copy(&mut body, &mut io::sink())?;
        if passed < rest {
            return Err(Stop::Broken(
                "the file ends inside a record".to_owned(),
                "get it again; what stands before is read",
            ));
        }
        let Some((bytes, format, charset)) = page else {
            let kind: String = kind.chars().take(30).collect();
            *skipped.entry(kind).or_default() += 1;
            continue;
        };
        *given += 1;
        let url = get("warc-target-uri")
            .map(|u| u.trim_matches(['<', '>']).to_owned())
            .filter(|u| !u.is_empty());
        let found = Found {
            key: match (&url, get("warc-record-id")) {
                (Some(url), _) => url.as_bytes().to_vec(),
                (None, Some(id)) => id.as_bytes().to_vec(),
                (None, None) => bytes.clone(),
            },
            bytes: in_unicode(bytes, &charset),
            format,
            metadata: Metadata {
                url: url.clone(),
                ..Metadata::default()
            },
            origins: match url {
                Some(_) => vec![("url".to_owned(), "WARC-Target-URI".to_owned())],
                None => Vec::new(),
            },
            notes: Vec::new(),
        };
        let name = url_words(found.metadata.url.as_deref().unwrap_or(""));
        reader.named_entry(place, &name, found)?;
    }
    Ok(())
}

/// The headers of the next record, with names in small letters.
fn record_head(input: &mut dyn BufRead) -> Result<Option<BTreeMap<String, String>>, Stop> {
    let mut bytes = Vec::new();
    // Blank lines part the records.
    loop {
        match line(input, LONGEST_HEADER, &mut bytes)? {
            Line::End => return Ok(None),
            Line::Whole if bytes.trim_ascii().is_empty() => {}
            Line::Whole if bytes.starts_with(b"WARC/") => break,
            _ => {
                return Err(Stop::Broken(
                    "no WARC record where one should begin".to_owned(),
                    "the file is damaged; what stands before is read",
                ));
            }
        }
    }
    headers(input).map(Some)
}

/// Header lines up to a blank one.
fn headers(input: &mut dyn BufRead) -> Result<BTreeMap<String, String>, Stop> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut bytes = Vec::new();
    let mut last = String::new();
    for _ in 0..MOST_HEADERS {
        match line(input, LONGEST_HEADER, &mut bytes)? {
            Line::End => return Ok(found),
            Line::TooLong => continue,
            Line::Whole => {}
        }
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim_end();
        if text.is_empty() {
            return Ok(found);
        }
        if text.starts_with([' ', '\t']) {
            if let Some(value) = found.get_mut(&last) {
                value.push(' ');
                value.push_str(text.trim());
            }
        } else if let Some((name, value)) = text.split_once(':') {
            last = name.trim().to_ascii_lowercase();
            found
                .entry(last.clone())
                .or_insert_with(|| value.trim().to_owned());
        }
    }
    Err(Stop::Broken(
        format!("a record has more than {MOST_HEADERS} header lines"),
        "the file is damaged; what stands before is read",
    ))
}

type Body = (Vec<u8>, Format, String);

/// A page out of an HTTP response; `None` for what is none.
fn response(reader: &Reader, input: &mut dyn BufRead) -> io::Result<Option<Body>> {
    let broken = |_| io::Error::other("broken HTTP");
    let mut status = Vec::new();
    line(input, LONGEST_HEADER, &mut status)?;
    let code = String::from_utf8_lossy(&status);
    if code.split_whitespace().nth(1) != Some("200") {
        return Ok(None);
    }
    let headers = headers(input).map_err(broken)?;
    let get = |name: &str| headers.get(name).map(String::as_str).unwrap_or("");
    let Some((format, charset)) = kind_of(&get("content-type").to_ascii_lowercase()) else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    input.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    // Crawlers may write the body as it came, or with its transfer undone.
    if get("transfer-encoding")
        .to_ascii_lowercase()
        .contains("chunked")
        && let Some(whole) = unchunked(&bytes)
    {
        bytes = whole;
    }
    let inner = match bytes.as_slice() {
        [0x1f, 0x8b, ..] => unpacked(reader, flate2::read::MultiGzDecoder::new(bytes.as_slice())),
        [0x78, _, ..] if get("content-encoding").contains("deflate") => {
            unpacked(reader, flate2::read::ZlibDecoder::new(bytes.as_slice()))
        }
        _ => Ok(bytes),
    };
    Ok(Some((inner?, format, charset)))
}

fn unpacked(reader: &Reader, packed: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    BufReader::new(reader.bounded(packed))
        .take(LARGEST_FILE + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The body without the lengths of its chunks; `None` when it has none.
fn unchunked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        let end = rest.iter().take(1000).position(|b| *b == b'\n')?;
        let size = rest.get(..end)?.trim_ascii();
        let digits = size.split(|b| *b == b';').next()?;
        let size = std::str::from_utf8(digits).ok()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = rest.get(end + 1..)?;
        if size == 0 {
            return Some(out);
        }
        // The last chunk of a body that was cut is shorter than it says.
        let Some(chunk) = rest.get(..size) else {
            out.extend_from_slice(rest);
            return Some(out);
        };
        out.extend_from_slice(chunk);
        rest = rest.get(size..)?;
        rest = rest
            .strip_prefix(b"\r\n")
            .or(rest.strip_prefix(b"\n"))
            .unwrap_or(rest);
    }
}

/// What is read of a content type: the format and the encoding.
fn kind_of(content: &str) -> Option<(Format, String)> {
    let kind = content.split(';').next()?.trim();
    let format = match kind {
        "text/html" | "application/xhtml+xml" => Format::Html,
        "text/plain" => Format::Text,
        _ => return None,
    };
    let charset = decode::charset(content.as_bytes()).unwrap_or_default();
    Some((format, String::from_utf8_lossy(charset).into_owned()))
}

/// The bytes in UTF-8, where the server named another encoding.
fn in_unicode(bytes: Vec<u8>, charset: &str) -> Vec<u8> {
    let encoding = encoding_rs::Encoding::for_label(charset.as_bytes());
    match encoding.filter(|e| *e != encoding_rs::UTF_8) {
        Some(encoding) if std::str::from_utf8(&bytes).is_err() => {
            encoding.decode(&bytes).0.into_owned().into_bytes()
        }
        _ => bytes,
    }
}

/// The last words of an address, for a path.
fn url_words(url: &str) -> String {
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    let url = url.split(['?', '#']).next().unwrap_or("");
    let (host, path) = url.split_once('/').unwrap_or((url, ""));
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or("");
    let last = last.split('.').next().unwrap_or("");
    format!("{} {last}", host.trim_start_matches("www."))
}
