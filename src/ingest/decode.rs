//! From bytes to text: byte order marks, UTF-8, UTF-16, and a guess for the
//! rest. Pure.

use super::mojibake;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

/// The text of a file, and a note where something had to be assumed.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) note: Option<String>,
}

/// Decodes the bytes of a text file.
///
/// # Errors
/// When the bytes are no text; the message says what they seem to be.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, String> {
    let decoded = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => {
            let (text, errors) = encoding.decode_without_bom_handling(&bytes[length..]);
            Decoded {
                text: text.into_owned(),
                note: errors.then(|| {
                    format!(
                        "some bytes are no {}; they read as \u{fffd}",
                        encoding.name()
                    )
                }),
            }
        }
        None => without_mark(bytes)?,
    };
    if is_binary(&decoded.text) {
        return Err("this is binary data, not text".to_owned());
    }
    if let Some(text) = mojibake::mend(&decoded.text) {
        return Ok(Decoded {
            text,
            note: Some(decoded.note.unwrap_or_else(|| {
                "letters such as \"Ã¼\" and quotes such as \"â€œ\" were put right".to_owned()
            })),
        });
    }
    Ok(decoded)
}

/// Decodes a page, which may name its encoding itself.
///
/// # Errors
/// As [`decode`].
pub(super) fn html(bytes: &[u8]) -> Result<Decoded, String> {
    let utf8 = std::str::from_utf8(bytes).is_ok();
    let named = match Encoding::for_bom(bytes) {
        Some(_) => None,
        None if utf8 => None,
        None => charset(bytes.get(..4096).unwrap_or(bytes)),
    };
    match named.and_then(Encoding::for_label) {
        // A page that can be read cannot be in UTF-16 and say so in ASCII.
        Some(encoding) if encoding != encoding_rs::UTF_8 && encoding.is_ascii_compatible() => {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            Ok(Decoded {
                text: text.into_owned(),
                note: None,
            })
        }
        _ => decode(bytes),
    }
}

/// The name behind the first `charset=` or `encoding=`.
pub(super) fn charset(head: &[u8]) -> Option<&[u8]> {
    let lower = head.to_ascii_lowercase();
    let end_of = |word: &[u8]| {
        let at = lower.windows(word.len()).position(|w| w == word)?;
        Some(at + word.len())
    };
    let at = end_of(b"charset=").or_else(|| end_of(b"encoding="))?;
    let rest = head.get(at..)?;
    let open = rest
        .iter()
        .take_while(|b| matches!(**b, b'"' | b'\'' | b' '))
        .count();
    let rest = rest.get(open..)?;
    let length = rest
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(**b, b'-' | b'_' | b':' | b'.'))
        .count();
    rest.get(..length).filter(|name| !name.is_empty())
}

fn without_mark(bytes: &[u8]) -> Result<Decoded, String> {
    if bytes.contains(&0) {
        let zeros = bytes.iter().filter(|b| **b == 0).count();
        return Err(if zeros * 5 > bytes.len() * 2 {
            "this looks like UTF-16 without a byte order mark".to_owned()
        } else {
            "this is binary data, not text".to_owned()
        });
    }
    let Err(error) = std::str::from_utf8(bytes) else {
        return Ok(Decoded {
            text: String::from_utf8_lossy(bytes).into_owned(),
            note: None,
        });
    };
    let lossy = String::from_utf8_lossy(bytes);
    let broken = lossy.matches('\u{fffd}').count();
    let sound = lossy.chars().filter(|c| !c.is_ascii()).count() - broken;
    if sound > 2 * broken {
        let line = bytes[..error.valid_up_to()]
            .iter()
            .filter(|b| **b == b'\n')
            .count();
        return Ok(Decoded {
            note: Some(format!(
                "{broken} broken UTF-8 sequences read as \u{fffd}, the first in line {}",
                line + 1
            )),
            text: lossy.into_owned(),
        });
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Ok(Decoded {
        text: text.into_owned(),
        note: Some(format!(
            "the file is not UTF-8; it was read as {}",
            encoding.name()
        )),
    })
}

/// Whether too many control characters stand in the text.
fn is_binary(text: &str) -> bool {
    let mut controls = 0_usize;
    for byte in text.bytes() {
        if byte == 0 {
            return true;
        }
        let control = byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b);
        controls += usize::from(control || byte == 0x7f);
    }
    controls * 20 > text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text, and the note or the error behind " // ".
    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        let found = match decode(bytes) {
            Ok(Decoded { text, note: None }) => text,
            Ok(Decoded {
                text,
                note: Some(note),
            }) => format!("{text} // {note}"),
            Err(error) => format!("// {error}"),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn utf8() {
        check("Zürich — “a”\r\n".as_bytes(), "Zürich — “a”\r\n");
        check(b"\xef\xbb\xbfab", "ab");
        check(b"", "");
        check(
            "é ü ö\nß \u{1F642} ab\n"
                .as_bytes()
                .iter()
                .copied()
                .chain(*b"\xff.")
                .collect::<Vec<u8>>()
                .as_slice(),
            "é ü ö\nß \u{1F642} ab\n\u{fffd}. // 1 broken UTF-8 sequences read as \u{fffd}, the first in line 3",
        );
    }

    #[test]
    fn utf16() {
        check(b"\xff\xfea\0\xe9\0", "aé");
        check(b"\xfe\xff\0a\0\xe9", "aé");
        check(
            b"a\0b\0",
            "// this looks like UTF-16 without a byte order mark",
        );
    }

    #[test]
    fn others_are_guessed() {
        check(
            b"The caf\xe9 in Z\xfcrich, he said, \x93closed\x94.",
            "The café in Zürich, he said, “closed”. // the file is not UTF-8; it was read as windows-1252",
        );
    }

    #[test]
    fn no_text() {
        check(b"abcdefgh\0ijk", "// this is binary data, not text");
        check(b"\x01\x02\x03\x04abc", "// this is binary data, not text");
    }
}
