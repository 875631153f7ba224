//! Whether a PDF unpacks to more than its size allows: streams may be
//! compressed a thousand times. Looked at before anything is read.

use super::super::parse::Refused;
use std::io::{self, Read};

/// All streams together may unpack to this many times the file's size ...
const RATIO: u64 = 60;
/// ... and this many bytes more.
const ALLOWANCE: u64 = 64 << 20;
/// Streams of one file.
const MOST_STREAMS: usize = 500_000;

/// Unpacks every stream without keeping it.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refused> {
    let bomb = || {
        (
            "this PDF unpacks to far more than its size".to_owned(),
            "leave it out",
        )
    };
    let mut left = (bytes.len() as u64)
        .saturating_mul(RATIO)
        .saturating_add(ALLOWANCE);
    let mut streams = 0;
    let mut at = 0;
    while let Some(found) = find(bytes.get(at..).unwrap_or_default(), b"stream") {
        let keyword = at + found;
        at = keyword + 6;
        let is_end = keyword >= 3 && bytes.get(keyword - 3..keyword) == Some(b"end");
        let body = bytes.get(at..).unwrap_or_default();
        let body = body
            .strip_prefix(b"\r\n")
            .or(body.strip_prefix(b"\n"))
            .or(body.strip_prefix(b"\r"));
        let (Some(body), false) = (body, is_end) else {
            continue;
        };
        streams += 1;
        if streams > MOST_STREAMS {
            return Err(bomb());
        }
        let length = inflated(body, left);
        left = left
            .checked_sub(length)
            .filter(|l| *l > 0)
            .ok_or_else(bomb)?;
        // The dictionary before it must not name the same packing twice, and
        // LZW packs far too well to be let through in a large file.
        let head = bytes
            .get(keyword.saturating_sub(600)..keyword)
            .unwrap_or_default();
        let dictionary = match rfind(head, b" obj") {
            Some(start) => head.get(start..).unwrap_or_default(),
            None => head,
        };
        let count = |word: &[u8]| {
            dictionary
                .windows(word.len())
                .filter(|w| *w == word)
                .count()
        };
        let packings = count(b"/FlateDecode") + count(b"/Fl ") + count(b"/LZWDecode");
        let large = bytes.len() > 4 << 20;
        if packings > 1 || large && count(b"/LZWDecode") > 0 {
            return Err((
                "this PDF is packed in a way that is not read".to_owned(),
                super::CONVERT,
            ));
        }
    }
    Ok(())
}

/// The length of a stream without its packing; 0 when it has none. Not more
/// than `most`.
fn inflated(body: &[u8], most: u64) -> u64 {
    // A deflate stream with its usual head.
    let packed = body.first().is_some_and(|b| b & 0x0f == 8);
    if !packed {
        return 0;
    }
    let mut plain = flate2::bufread::ZlibDecoder::new(body).take(most);
    let mut length = 0;
    let mut buffer = [0; 16 << 10];
    loop {
        match plain.read(&mut buffer) {
            Ok(0) => return length,
            Ok(read) => length += read as u64,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return length,
        }
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut from = 0;
    loop {
        let rest = haystack.get(from..)?;
        let at = from + rest.iter().position(|b| *b == first)?;
        if haystack.get(at..)?.starts_with(needle) {
            return Some(at);
        }
        from = at + 1;
    }
}

fn rfind(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).rposition(|w| w == needle)
}
