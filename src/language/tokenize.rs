//! From a stretch of text to tokens, in the manner of the English treebanks of
//! Universal Dependencies (EWT and GUM, which follow the LDC's guidelines):
//! clitics and hyphens are split off, abbreviations keep their stop.
//!
//! Pure. One pass from left to right; every look ahead is bounded, so that the
//! time is linear in the text whatever it holds.

mod number;
mod web;

use super::abbreviations::{Class, LISTS};
use super::given;
use crate::text::Span;
use unicode_normalization::char::is_combining_mark;

/// What a token looks like, as far as the sentence splitter wants to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Letters, perhaps with digits.
    Word,
    /// Begins with a digit.
    Number,
    /// One capital and a stop: "P."
    Initial,
    /// Letters with stops between them: "U.S."
    Acronym,
    /// A listed abbreviation with its stop.
    Abbreviation(Class),
    /// A full stop of its own.
    Stop,
    /// Exclamation and question marks.
    Mark,
    /// Two or more stops, or the ellipsis sign.
    Ellipsis,
    /// A quotation mark that says which way it faces.
    OpenQuote,
    /// The same, closing.
    CloseQuote,
    /// A straight quotation mark.
    Quote,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// Any other sign.
    Sign,
}

/// White space before a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// None: the token touches the one before.
    None,
    /// Some.
    Space,
    /// A blank line.
    Blank,
}

/// A token with what the sentence splitter wants to know.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    pub(crate) span: Span,
    pub(crate) shape: Shape,
    pub(crate) gap: Gap,
}

/// No token is longer; what is longer is cut.
const LONGEST: usize = 1000;

/// Whether the character takes no part in any token when it stands between
/// tokens: white space, controls, zero-width signs, soft hyphens, direction
/// marks.
pub(crate) fn is_gap(c: char) -> bool {
    match c {
        ' '..='~' => c == ' ',
        _ => c.is_whitespace() || c.is_control() || is_invisible(c),
    }
}

/// Signs without width that may stand inside a word without ending it.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '＇')
}

fn is_currency(c: char) -> bool {
    matches!(
        c,
        '$' | '£' | '€' | '¥' | '₹' | '₽' | '₩' | '₪' | '₦' | '₴' | '₺' | '¢'
    )
}

/// The tokens of the part of `text` that `span` covers, in order.
pub(crate) fn pieces(text: &str, span: Span) -> Vec<Piece> {
    let part = span.of(text);
    let mut scanner = Scanner {
        text: part,
        base: span.start,
        out: Vec::with_capacity(part.len() / 5 + 1),
        chunk_end: 0,
        chunk_is_web: false,
    };
    let mut at = 0;
    loop {
        let (gap, start) = scanner.skip_gap(at);
        if start >= part.len() {
            return scanner.out;
        }
        at = scanner.token(start, gap);
    }
}

struct Scanner<'t> {
    text: &'t str,
    base: u32,
    out: Vec<Piece>,
    /// Up to here `chunk_is_web` is known.
    chunk_end: usize,
    /// Whether the run of characters without white space may hold an address.
    chunk_is_web: bool,
}

impl<'t> Scanner<'t> {
    fn char_at(&self, at: usize) -> Option<char> {
        let byte = *self.text.as_bytes().get(at)?;
        if byte < 0x80 {
            return Some(byte as char);
        }
        self.text.get(at..)?.chars().next()
    }

    fn byte_at(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or("")
    }

    fn skip_gap(&self, mut at: usize) -> (Gap, usize) {
        let start = at;
        let mut line_ends = 0;
        let mut space = false;
        while let Some(c) = self.char_at(at) {
            if !is_gap(c) {
                break;
            }
            match c {
                '\n' | '\u{2028}' => line_ends += 1,
                '\r' if self.byte_at(at + 1) != b'\n' => line_ends += 1,
                '\u{2029}' => line_ends += 2,
                _ => {}
            }
            space |= !is_invisible(c) || c == '\u{200b}';
            at += c.len_utf8();
        }
        let gap = if line_ends > 1 || start == 0 {
            Gap::Blank
        } else if space {
            Gap::Space
        } else {
            Gap::None
        };
        (gap, at)
    }

    fn push(&mut self, start: usize, end: usize, shape: Shape, gap: Gap) -> usize {
        let mut end = end;
        if end - start > LONGEST {
            end = start + LONGEST;
            while !self.text.is_char_boundary(end) {
                end -= 1;
            }
        }
        self.out.push(Piece {
            span: Span {
                start: self.base + start as u32,
                end: self.base + end as u32,
            },
            shape,
            gap,
        });
        end
    }

    /// Reads the token or tokens at `at`, which is no gap, and returns where
    /// it stopped.
    fn token(&mut self, at: usize, gap: Gap) -> usize {
        let Some(c) = self.char_at(at) else {
            return self.text.len();
        };
        if at >= self.chunk_end {
            self.look_at_chunk(at);
        }
        if self.chunk_is_web
            && let Some(end) = self.web(at, gap)
        {
            return self.push(at, end, Shape::Word, gap);
        }
        if c.is_ascii_digit() || (matches!(c, '.' | '+') && self.number_sign(at, gap)) {
            return self.number(at, gap);
        }
        if c.is_alphanumeric() {
            return self.word(at, gap);
        }
        if is_apostrophe(c)
            && let Some(end) = self.apostrophe(at)
        {
            return self.push(at, end, Shape::Word, gap);
        }
        self.sign(at, c, gap)
    }

    fn last_char(&self) -> Option<char> {
        let last = self.out.last()?.span;
        self.slice(
            (last.start - self.base) as usize,
            (last.end - self.base) as usize,
        )
        .chars()
        .next_back()
    }

    fn last_word(&self) -> &'t str {
        self.out.last().map_or("", |piece| {
            self.slice(
                (piece.span.start - self.base) as usize,
                (piece.span.end - self.base) as usize,
            )
        })
    }

    /// The end of the run of characters that `take` accepts, `most` bytes at
    /// the most.
    fn run(&self, at: usize, most: usize, take: impl Fn(char) -> bool) -> usize {
        let mut end = at;
        while let Some(c) = self.char_at(end) {
            if !take(c) || end - at >= most {
                break;
            }
            end += c.len_utf8();
        }
        end
    }

    fn word(&mut self, at: usize, gap: Gap) -> usize {
        if let Some(end) = self.acronym(at) {
            return self.push(at, end, Shape::Acronym, gap);
        }
        if let Some(end) = self.negation(at) {
            return self.push(at, end, Shape::Word, gap);
        }
        let end = self.word_end(at);
        let word = self.slice(at, end);
        if let Some(first) = LISTS.joined(word) {
            self.push(at, at + first, Shape::Word, gap);
            return self.push(at + first, end, Shape::Word, Gap::None);
        }
        match self.byte_at(end) {
            b'.' if self.byte_at(end + 1) != b'.' => {
                if let Some((end, shape)) = self.abbreviation(at, end) {
                    return self.push(at, end, shape, gap);
                }
            }
            b'!' if LISTS.exclaims(word) && self.goes_on(end + 1) => {
                return self.push(at, end + 1, Shape::Word, gap);
            }
            b'$' if end - at <= 3
                && word.bytes().all(|b| b.is_ascii_uppercase())
                && self.next_char(end + 1).is_some_and(|c| c.is_ascii_digit()) =>
            {
                return self.push(at, end + 1, Shape::Sign, gap);
            }
            _ => {}
        }
        self.push(at, end, Shape::Word, gap)
    }

    /// Whether the sentence goes on in lower case, or with a word that begins
    /// no sentence, after `at`.
    fn goes_on(&self, at: usize) -> bool {
        let next = self.next_word(at);
        next.chars()
            .next()
            .is_some_and(|c| c.is_lowercase() || (c.is_uppercase() && !LISTS.is_starter(next)))
    }

    /// Letters or digits from `at` on, with what may stand inside a word.
    fn word_end(&self, at: usize) -> usize {
        let mut end = at;
        let mut before = ' ';
        let mut hyphens = 0;
        while let Some(c) = self.char_at(end) {
            let after = end + c.len_utf8();
            if c.is_alphanumeric() || c == '_' || (c > '\u{2ff}' && is_combining_mark(c)) {
                if end - at >= LONGEST {
                    break;
                }
                end = after;
                before = c;
                continue;
            }
            let next = self.char_at(after).unwrap_or(' ');
            let inside = match c {
                _ if is_apostrophe(c) || c == '`' => {
                    if before.is_alphabetic() && matches!(before, 'n' | 'N') && self.is_not(after) {
                        // "ca" + "n't": the word ends before the n, unless
                        // nothing is left of it.
                        return if end - 1 > at { end - 1 } else { end };
                    }
                    is_apostrophe(c)
                        && next.is_alphabetic()
                        && (self.clitic(after).is_none() || self.is_decade(at, end))
                }
                '&' => end - at <= 4 && before.is_uppercase() && next.is_uppercase(),
                '-' | '\u{2010}' | '\u{2011}' => {
                    hyphens += 1;
                    hyphens == 1
                        && next.is_alphanumeric()
                        && (LISTS.is_prefix(self.slice(at, end)) || self.is_given(at, end, after))
                }
                '/' => {
                    end - at == 1
                        && next.is_ascii_alphabetic()
                        && !self
                            .char_at(after + 1)
                            .is_some_and(|c| c.is_alphanumeric() || c == '/')
                }
                _ => is_invisible(c) && c != '\u{200b}' && next.is_alphanumeric(),
            };
            if !inside {
                break;
            }
            end = after;
            before = c;
        }
        end.max(at + self.char_at(at).map_or(1, char::len_utf8))
    }

    /// Whether the hyphen from `end` to `after` joins the syllables of a given
    /// name that begins at `at`, beside another name: "Ban Ki-moon".
    fn is_given(&self, at: usize, end: usize, after: usize) -> bool {
        let stop = self.run(after, 16, char::is_alphanumeric);
        let capital = |word: &str| word.starts_with(char::is_uppercase);
        given::is_given_name(self.slice(at, end), self.slice(after, stop))
            && (capital(self.next_word(stop)) || self.word_before(at).is_some_and(capital))
    }

    /// The word that ends one space before `at`.
    fn word_before(&self, at: usize) -> Option<&'t str> {
        let before = self.text.get(..at)?.strip_suffix(' ')?;
        let piece = self.out.last()?;
        let start = piece.span.start.checked_sub(self.base)? as usize;
        before.get(start..)
    }

    /// "1930's" is a decade, not a possessive.
    fn is_decade(&self, at: usize, end: usize) -> bool {
        let word = self.slice(at, end);
        word.ends_with('0') && word.bytes().all(|b| b.is_ascii_digit())
    }

    /// Whether a "t" that ends a word stands at `at`: the rest of "n't".
    fn is_not(&self, at: usize) -> bool {
        matches!(self.byte_at(at), b't' | b'T')
            && !self.char_at(at + 1).is_some_and(char::is_alphanumeric)
    }

    /// The end of "n't" at `at`.
    fn negation(&self, at: usize) -> Option<usize> {
        if !matches!(self.byte_at(at), b'n' | b'N') {
            return None;
        }
        let sign = self.char_at(at + 1).filter(|c| is_apostrophe(*c))?;
        let end = at + 1 + sign.len_utf8();
        self.is_not(end).then_some(end + 1)
    }

    /// The end of "s", "re", "ll" and so on at `at`, behind an apostrophe.
    fn clitic(&self, at: usize) -> Option<usize> {
        let end = self.run(at, 3, |c| c.is_ascii_alphabetic());
        let word = self.slice(at, end);
        (["s", "m", "d", "re", "ve", "ll"]
            .iter()
            .any(|clitic| clitic.eq_ignore_ascii_case(word))
            && !self.char_at(end).is_some_and(char::is_alphanumeric))
        .then_some(end)
    }

    /// The end of a token that begins with the apostrophe at `at`: "'s",
    /// "'90s", "'em".
    fn apostrophe(&self, at: usize) -> Option<usize> {
        let after = at + self.char_at(at)?.len_utf8();
        if let Some(end) = self.clitic(after) {
            return Some(end);
        }
        let end = self.run(after, 6, |c| c.is_ascii_alphanumeric());
        let word = self.slice(after, end);
        let digits = word.trim_end_matches('s');
        let year = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
        let short = ["em", "til", "cause", "tis", "twas", "n"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(word));
        (year || short).then_some(end)
    }

    /// Single letters with stops between them: "U.S.", "p.m", "J.K."
    fn acronym(&self, at: usize) -> Option<usize> {
        if self.byte_at(at + 1) != b'.' {
            return None;
        }
        let mut end = at;
        let mut letters = 0;
        while letters < 20 {
            let Some(c) = self.char_at(end).filter(|c| c.is_alphabetic()) else {
                break;
            };
            let after = end + c.len_utf8();
            match self.char_at(after) {
                Some('.') if self.byte_at(after + 1) != b'.' => {
                    letters += 1;
                    end = after + 1;
                }
                next => {
                    if !next.is_some_and(|c| c.is_alphanumeric() || is_apostrophe(c)) {
                        letters += 1;
                        end = after;
                    }
                    break;
                }
            }
        }
        (letters > 1).then_some(end)
    }

    /// What the word `at..end` is when its stop belongs to it.
    fn abbreviation(&self, at: usize, end: usize) -> Option<(usize, Shape)> {
        let word = self.slice(at, end);
        if end - at <= 2 && self.char_at(end + 1).is_some_and(char::is_alphabetic) {
            let rest = &self.text[at..];
            if let Some(known) = LISTS.dotted.iter().find(|d| rest.starts_with(d.as_str())) {
                let end = at + known.len();
                let next = self.char_at(end);
                if !next.is_some_and(char::is_alphanumeric) {
                    return Some((end + usize::from(next == Some('.')), Shape::Acronym));
                }
            }
        }
        let stop = end + 1;
        let mut letters = word.chars();
        if letters.next().is_some_and(char::is_uppercase) && letters.next().is_none() {
            return self
                .is_initial(word, stop)
                .then_some((stop, Shape::Initial));
        }
        let class = LISTS.class(word)?;
        let fits = match class {
            Class::Title => !self.next_word(stop).is_empty(),
            Class::Number => self
                .next_char(stop)
                .is_some_and(|c| c.is_ascii_digit() || c == '#'),
            Class::State => self.last_word() == ",",
            Class::NameEnd | Class::OftenEnd => true,
        };
        fits.then_some((stop, Shape::Abbreviation(class)))
    }

    /// Whether the capital before `stop` is an initial: a name goes on behind
    /// it. "plan B." and "vitamin C. The" end sentences.
    fn is_initial(&self, letter: &str, stop: usize) -> bool {
        let next = self.next_word(stop);
        if next.is_empty() {
            return false;
        }
        let named = self
            .last_word()
            .chars()
            .next()
            .is_some_and(char::is_uppercase);
        if letter == "I" && !named && LISTS.is_starter(next) {
            return false;
        }
        named || !LISTS.is_starter(next)
    }

    fn next_char(&self, at: usize) -> Option<char> {
        let end = self.run(at, 64, is_gap);
        self.char_at(end).filter(|c| !is_gap(*c))
    }

    /// The word behind `at`, past white space; empty when a sign comes first.
    fn next_word(&self, at: usize) -> &'t str {
        let start = self.run(at, 64, is_gap);
        let end = self.run(start, 32, char::is_alphanumeric);
        self.slice(start, end)
    }

    /// Whether a quotation mark that ends at `end` stands before a word and
    /// behind a space.
    fn opens(&self, end: usize, gap: Gap) -> bool {
        gap != Gap::None && self.char_at(end).is_some_and(char::is_alphanumeric)
    }

    fn sign(&mut self, at: usize, c: char, gap: Gap) -> usize {
        let one = at + c.len_utf8();
        let same = |most| self.run(at, most, |d| d == c);
        let (end, shape) = match c {
            '.' => match same(LONGEST) {
                end if end > one => (end, Shape::Ellipsis),
                end => (end, Shape::Stop),
            },
            '…' => (
                self.run(at, LONGEST, |d| d == '…' || d == '.'),
                Shape::Ellipsis,
            ),
            '!' | '?' | '‽' => (
                self.run(at, LONGEST, |d| matches!(d, '!' | '?' | '‽')),
                Shape::Mark,
            ),
            '。' => (one, Shape::Stop),
            '？' | '！' => (one, Shape::Mark),
            '`' => (same(2), Shape::OpenQuote),
            '\'' => match same(2) {
                end if end == one => (end, Shape::Quote),
                end if self.opens(end, gap) => (end, Shape::OpenQuote),
                end => (end, Shape::CloseQuote),
            },
            // Single curly marks that stand for double ones.
            '‘' | '’' if matches!(self.char_at(one), Some('‘' | '’')) => {
                let end = one + '’'.len_utf8();
                match self.opens(end, gap) {
                    true => (end, Shape::OpenQuote),
                    false => (end, Shape::CloseQuote),
                }
            }
            '"' | '＂' => (one, Shape::Quote),
            '“' | '„' | '‟' | '«' | '‘' | '‚' | '‛' | '‹' => (one, Shape::OpenQuote),
            '”' | '»' | '’' | '›' => (one, Shape::CloseQuote),
            '[' if self.slice(at, at + 5) == "[...]" => (at + 5, Shape::Ellipsis),
            '[' if self.slice(at, at + 5) == "[…]" => (at + 5, Shape::Ellipsis),
            '(' | '[' | '{' => (one, Shape::Open),
            ')' | ']' | '}' => (one, Shape::Close),
            '-' | '—' | '–' | '=' | '*' | '_' | '~' | '<' | '>' | '+' | '#' => {
                (same(LONGEST), Shape::Sign)
            }
            _ => (
                self.run(one, 64, |d| d > '\u{2ff}' && is_combining_mark(d)),
                Shape::Sign,
            ),
        };
        self.push(at, end, shape, gap)
    }
}
