//! Tokens cut into the words that the grammar of dates works on: "mid-1990s"
//! is three, "2017-06-26" five, whatever the tokeniser made of them. Every word
//! knows its bytes and its token.

use super::lexicon::{LEXICON, Lex};
use crate::language::Sentence;
use crate::text::Span;
use std::ops::Range;

/// A word of the grammar.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) span: Span,
    /// Index of its token in the sentence.
    pub(super) token: u16,
    /// Whether it follows the word before it without white space.
    pub(super) glued: bool,
    /// Whether its first letter is upper case.
    pub(super) capital: bool,
    pub(super) lex: Lex,
}

/// The words of a sentence, put behind those in `out`; where they stand there.
pub(super) fn of_sentence(text: &str, sentence: &Sentence, out: &mut Vec<Word>) -> Range<usize> {
    let start = out.len();
    for (i, token) in sentence.tokens.iter().enumerate() {
        cut(text, token.span, i as u16, out);
    }
    // The first word belongs to no word of the sentence before.
    if let Some(first) = out.get_mut(start) {
        first.glued = false;
    }
    start..out.len()
}

/// The words of a stretch of plain text; the tokens are what stands between
/// white space.
pub(super) fn of_text(text: &str, span: Span, out: &mut Vec<Word>) {
    out.clear();
    let mut token = 0;
    let mut start = None;
    let words = span.of(text);
    let base = span.start as usize;
    for (i, c) in words.char_indices().chain([(words.len(), ' ')]) {
        match (c.is_whitespace(), start) {
            (false, None) => start = Some(i),
            (true, Some(from)) => {
                cut(text, Span::new(base + from, base + i), token, out);
                token = token.saturating_add(1);
                start = None;
            }
            _ => {}
        }
    }
}

/// Cuts one token at everything that is neither letter, digit nor a mark
/// inside a number or abbreviation.
fn cut(text: &str, span: Span, token: u16, out: &mut Vec<Word>) {
    let whole = span.of(text);
    let base = span.start as usize;
    let mut from = 0;
    while from < whole.len() {
        let rest = &whole[from..];
        let length = piece(rest);
        let span = Span::new(base + from, base + from + length);
        let piece = &rest[..length];
        out.push(Word {
            span,
            token,
            glued: out.last().is_some_and(|w| w.span.end == span.start),
            capital: piece.chars().next().is_some_and(char::is_uppercase),
            lex: lex(piece),
        });
        from += length;
    }
}

/// The pieces of a phrase, cut as the text is.
pub(super) fn pieces(phrase: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for token in phrase.split_whitespace() {
        let mut rest = token;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(piece(rest));
            out.push(piece);
            rest = after;
        }
    }
    out
}

/// The length in bytes of the first piece of a token; at least one character.
fn piece(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let first = rest.chars().next().map_or(1, char::len_utf8);
    if bytes[0].is_ascii_digit() {
        return number(bytes);
    }
    if bytes[0] == b'\'' || rest.starts_with('’') {
        // The possessive, or the mark of a shortened year.
        let after = &rest[first..];
        let s = after.starts_with(['s', 'S']) && !after[1..].starts_with(char::is_alphanumeric);
        return first + usize::from(s);
    }
    let is_letter = |c: char| c.is_alphabetic();
    if !rest.starts_with(is_letter) {
        return first;
    }
    let mut end = first;
    for (i, c) in rest.char_indices().skip(1) {
        let inner_dot = c == '.' && rest[i + 1..].starts_with(is_letter);
        let oclock = matches!(c, '\'' | '’') && rest[..i].eq_ignore_ascii_case("o");
        if !(is_letter(c) || inner_dot || oclock) {
            break;
        }
        end = i + c.len_utf8();
    }
    end
}

/// The length of a number with what belongs to it: "1,500", "2.5", "10:35",
/// "21st", "1980s". "5pm" is cut after the 5.
fn number(bytes: &[u8]) -> usize {
    let digits = |from: usize| {
        bytes[from..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let mut end = digits(0);
    while let Some(b',' | b'.' | b':') = bytes.get(end) {
        let more = digits(end + 1);
        // A comma parts thousands only: in "June 26,2017" it parts a date.
        if more == 0 || (bytes[end] == b',' && more != 3) {
            break;
        }
        end += 1 + more;
    }
    let tail = bytes[end..]
        .iter()
        .take_while(|b| b.is_ascii_alphabetic())
        .count();
    match bytes[end..end + tail].to_ascii_lowercase().as_slice() {
        b"st" | b"nd" | b"rd" | b"th" | b"s" => end + tail,
        _ => end,
    }
}

/// The number of an ordinal: "5th", "fifth".
pub fn ordinal(word: &str) -> Option<u32> {
    if word.is_empty() || piece(word) < word.len() {
        return None;
    }
    match lex(word) {
        Lex::Ordinal(n, _) => Some(n),
        _ => None,
    }
}

/// What a piece is.
fn lex(piece: &str) -> Lex {
    let bytes = piece.as_bytes();
    match bytes[0] {
        b'0'..=b'9' => return number_lex(piece),
        b'-' => return Lex::Hyphen,
        b'/' => return Lex::Slash,
        b',' => return Lex::Comma,
        b'.' => return Lex::Period,
        b'$' => return Lex::Dollar,
        b'\'' if bytes.len() == 1 => return Lex::Apostrophe,
        _ => {}
    }
    match piece {
        "–" | "—" | "‐" | "‑" | "~" => Lex::Hyphen,
        "’" | "‘" => Lex::Apostrophe,
        "£" | "€" | "¥" | "#" => Lex::Dollar,
        _ => LEXICON.word(piece),
    }
}

fn number_lex(piece: &str) -> Lex {
    let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
    let (head, tail) = piece.split_at(digits);
    let Ok(value) = head.parse::<u32>() else {
        return Lex::Decimal;
    };
    match tail.to_ascii_lowercase().as_str() {
        "" => Lex::Digits(value, digits as u8),
        "st" | "nd" | "rd" | "th" => Lex::Ordinal(value, true),
        "s" => match (digits, value) {
            (4, 1000..=2090) if value % 10 == 0 => Lex::Decade(value),
            (2, 10..=90) if value % 10 == 0 => Lex::Decade(1900 + value),
            _ => Lex::Decimal,
        },
        other => match (other.strip_prefix(':'), digits) {
            (Some(minutes), 1 | 2) if minutes.len() >= 2 => {
                match minutes.get(..2).and_then(|m| m.parse::<u8>().ok()) {
                    Some(minute) if value <= 24 && minute < 60 => Lex::Clock(value as u8, minute),
                    _ => Lex::Decimal,
                }
            }
            _ => Lex::Decimal,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, want: &str) {
        let mut words = Vec::new();
        of_text(text, Span::new(0, text.len()), &mut words);
        let got: Vec<&str> = words.iter().map(|w| w.span.of(text)).collect();
        assert_eq!(got.join("|"), want);
    }

    #[test]
    fn tokens_are_cut() {
        check("mid-1990s", "mid|-|1990s");
        check("2017-06-26", "2017|-|06|-|26");
        check("10 a.m. June 3,2015", "10|a.m|.|June|3|,|2015");
        check(
            "Friday’s 1,500 troops at 5pm",
            "Friday|’s|1,500|troops|at|5|pm",
        );
        check("4 o'clock, '98", "4|o'clock|,|'|98");
    }

    proptest! {
        #[test]
        fn words_tile_the_text(text in "\\PC{0,60}") {
            let mut words = Vec::new();
            of_text(&text, Span::new(0, text.len()), &mut words);
            let joined: String = words.iter().map(|w| w.span.of(&text)).collect();
            let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(joined, bare);
        }
    }
}
