//! Mends text that was written in UTF-8 and read as Windows-1252 by a program
//! on the way here, once or more often: "ZÃ¼rich", "itâ€™s". Pure and linear.
//!
//! Only sequences that no writer of English means are touched, and only in a
//! text that has several of them.

use encoding_rs::WINDOWS_1252;

/// Text is mended at most so many times over.
const MOST_ROUNDS: usize = 3;
/// A text with fewer wrong sequences is left as it is.
const FEWEST: usize = 2;

/// The mended text; `None` when there is nothing to mend.
pub(super) fn mend(text: &str) -> Option<String> {
    let mut mended: Option<String> = None;
    for _ in 0..MOST_ROUNDS {
        let now = mended.as_deref().unwrap_or(text);
        match round(now) {
            Some(better) => mended = Some(better),
            None => break,
        }
    }
    mended
}

fn round(text: &str) -> Option<String> {
    if text.is_ascii() || !text.contains(['Ã', 'Â', 'â', 'Å', 'Ä', 'ï', 'ð']) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut found = 0;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c.is_ascii() {
            let end = rest.find(|c: char| !c.is_ascii()).unwrap_or(rest.len());
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if let Some((meant, length)) = sequence(rest, out.chars().next_back()) {
            found += 1;
            out.push(meant);
            rest = &rest[length..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    (found >= FEWEST).then_some(out)
}

/// The character that the head of `text` stands for, and how many bytes of
/// `text` it took. `before` is the character in front.
fn sequence(text: &str, before: Option<char>) -> Option<(char, usize)> {
    let mut bytes = [0_u8; 4];
    let mut count = 0;
    let mut length = 0;
    let mut wanted = 1;
    for c in text.chars() {
        if count == wanted {
            break;
        }
        let Some(byte) = byte(c) else { break };
        if count == 0 {
            wanted = match byte {
                // The letters of Western Europe, and a few of the East.
                0xc2..=0xc5 => 2,
                // Quotes, dashes, signs; a lost byte order mark; smileys.
                0xe2 | 0xef => 3,
                0xf0 => 4,
                _ => return None,
            };
        } else if !(0x80..=0xbf).contains(&byte) {
            // The last byte of a closing quote has no character in
            // Windows-1252, and is often lost: "â€".
            return lost_quote(&bytes[..count], length);
        }
        bytes[count] = byte;
        count += 1;
        length += c.len_utf8();
    }
    if count < wanted {
        return lost_quote(&bytes[..count], length);
    }
    // "CAFÉ” and "FÅ”": a capital letter before a real quotation mark.
    let shouted = wanted == 2 && before.is_some_and(|c| c.is_ascii_uppercase());
    let quoted = text
        .chars()
        .nth(1)
        .is_some_and(|c| matches!(c, '‘'..='„' | '…' | '–' | '—'));
    if shouted && quoted {
        return None;
    }
    let meant = std::str::from_utf8(&bytes[..count]).ok()?.chars().next()?;
    Some((meant, length))
}

fn lost_quote(bytes: &[u8], length: usize) -> Option<(char, usize)> {
    (bytes == [0xe2, 0x80]).then_some(('”', length))
}

/// The byte that Windows-1252 reads as the character.
fn byte(c: char) -> Option<u8> {
    match c {
        '\u{81}' | '\u{8d}' | '\u{8f}' | '\u{90}' | '\u{9d}' | '\u{a0}'..='\u{ff}' => {
            u8::try_from(u32::from(c)).ok()
        }
        _ if c.is_ascii() => None,
        _ => {
            let mut utf8 = [0_u8; 4];
            let (bytes, _, unknown) = WINDOWS_1252.encode(c.encode_utf8(&mut utf8));
            bytes
                .first()
                .copied()
                .filter(|_| !unknown && bytes.len() == 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(mend(text).as_deref().unwrap_or(text), expected);
    }

    #[test]
    fn once() {
        check("ZÃ¼rich â€“ itâ€™s late", "Zürich – it’s late");
        check("â€œNo,â€\u{9d} he said", "“No,” he said");
        check("â€œNo,â€ he said. â€œYes.â€", "“No,” he said. “Yes.”");
        check("â‚¬40 and Â£30", "€40 and £30");
        check("Å koda, ÅŸ and Ä‡", "Å koda, ş and ć");
    }

    #[test]
    fn twice() {
        check(
            "ZÃƒÂ¼rich: Ã¢â‚¬Å“NoÃ¢â‚¬Â\u{9d}, itÃ¢â‚¬â„¢s late",
            "Zürich: “No”, it’s late",
        );
    }

    #[test]
    fn sound_text_stays() {
        for text in [
            "CAFÉ” and CLICHÉ’S, FÅ” and AMANHÃ…",
            "São Paulo, Ängelholm, Åse, Ðorđe, naïve, château",
            "One ZÃ¼rich alone",
            "“It’s €5” – …",
            "",
        ] {
            check(text, text);
        }
    }

    proptest! {
        #[test]
        fn what_was_misread_comes_back(text in "[a-zäöüéñ“”’–€ ]{0,40}") {
            let (misread, _, _) = WINDOWS_1252.decode(text.as_bytes());
            if let Some(mended) = mend(&misread) {
                prop_assert_eq!(mended, text);
            }
        }

        #[test]
        fn any_text(text in ".{0,60}") {
            mend(&text);
        }
    }
}
