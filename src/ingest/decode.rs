//! From bytes to text: byte order marks, UTF-8, UTF-16, what a web page says of
//! itself, and a guess for the rest. Pure.

use super::{html, mojibake};
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
    let without_zeros = page_without_zeros(bytes);
    let bytes = without_zeros.as_deref().unwrap_or(bytes);
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
    let declared = html::declared_encoding(bytes).filter(|e| *e != encoding_rs::UTF_8);
    let valid = std::str::from_utf8(bytes);
    // What is sound UTF-8 with letters beyond ASCII was turned into UTF-8 by a
    // program that left the old name standing. Escapes may hide in ASCII.
    let stale = declared.is_some_and(|e| e.is_single_byte() && e.is_ascii_compatible());
    if let Some(encoding) = declared
        && !(valid.is_ok() && stale)
    {
        let (text, errors) = encoding.decode_without_bom_handling(bytes);
        return Ok(Decoded {
            text: text.into_owned(),
            note: errors.then(|| {
                let name = encoding.name();
                format!("some bytes are no {name}, as the page says; they read as \u{fffd}")
            }),
        });
    }
    let Err(error) = valid else {
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

/// A web page with a few zero bytes in it, without them; browsers leave them
/// out too.
fn page_without_zeros(bytes: &[u8]) -> Option<Vec<u8>> {
    let zeros = bytes.iter().filter(|b| **b == 0).count();
    if zeros == 0 || zeros * 100 > bytes.len() {
        return None;
    }
    let head = String::from_utf8_lossy(bytes.get(..1024.min(bytes.len()))?).to_ascii_lowercase();
    (head.contains("<html") || head.contains("<!doctype html"))
        .then(|| bytes.iter().copied().filter(|b| *b != 0).collect())
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
    fn pages_say_their_encoding() {
        check(
            b"<meta charset=windows-1250>\xe8",
            "<meta charset=windows-1250>č",
        );
        check(
            b"<?xml version='1.0' encoding='iso-8859-2'?><p>\xe8",
            "<?xml version='1.0' encoding='iso-8859-2'?><p>č",
        );
        // The mark at the beginning is trusted more, and so are sound bytes.
        check(
            "\u{feff}<meta charset=koi8-r>č".as_bytes(),
            "<meta charset=koi8-r>č",
        );
        check(
            "<meta charset=iso-8859-1>č".as_bytes(),
            "<meta charset=iso-8859-1>č",
        );
        check(
            "<meta charset=utf-16>č".as_bytes(),
            "<meta charset=utf-16>č",
        );
        let zeros = format!("<!doctype html>{}\0b", "a".repeat(200));
        check(zeros.as_bytes(), &zeros.replace('\0', ""));
    }

    #[test]
    fn no_text() {
        check(b"abcdefgh\0ijk", "// this is binary data, not text");
        check(b"\x01\x02\x03\x04abc", "// this is binary data, not text");
    }
}
