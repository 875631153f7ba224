//! From one block of text to sentences of tokens. Pure and linear.
//!
//! A stop ends a sentence unless it belongs to an abbreviation, a number or an
//! enumeration, or the text goes on in lower case. When in doubt the sentence
//! goes on: half a sentence reads worse than two.

use super::abbreviations::{Class, LISTS};
pub(crate) use super::tokenize::is_gap as is_blank;
use super::tokenize::{Gap, Piece, Shape, pieces};
use crate::text::Span;

/// A sentence with more tokens is cut, so that no later phase meets one
/// without bound.
pub const LONGEST: usize = 400;

/// The sentences of the part of `text` that `span` covers (one block), each as
/// the byte spans of its tokens.
///
/// Every token lies inside `span`, begins and ends at character boundaries and
/// is not empty; tokens are in order, do not overlap and hold no white space;
/// together they cover every character but white space, controls and
/// zero-width signs. No sentence is empty or longer than [`LONGEST`] tokens.
/// Runs in time linear in the span; gives nothing when the span does not fit
/// the text.
pub fn split(text: &str, span: Span) -> Vec<Vec<Span>> {
    let pieces = pieces(text, span);
    let splitter = Splitter {
        text,
        title_case: is_title_case(text, &pieces),
        opening: opening_quotes(&pieces),
        pieces: &pieces,
    };
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut i = 0;
    while i < pieces.len() {
        if splitter.begins_unannounced(start, i) || splitter.follows_date(start, i) {
            cut(text, &pieces[start..i], &mut sentences);
            start = i;
        }
        let end = splitter.sentence_end(start, i);
        let next = end.unwrap_or(i + 1);
        if end.is_some() || next >= pieces.len() || pieces[next].gap == Gap::Blank {
            cut(text, &pieces[start..next], &mut sentences);
            start = next;
        }
        i = next;
    }
    sentences
}

/// Adds the tokens as one sentence, or as several when there are too many;
/// then the cut is at a clause's end where there is one.
fn cut(text: &str, mut tokens: &[Piece], sentences: &mut Vec<Vec<Span>>) {
    while tokens.len() > LONGEST {
        let head = &tokens[..LONGEST];
        let at = |signs: &[&str]| {
            head.iter()
                .rposition(|t| signs.contains(&t.span.of(text)))
                .filter(|i| *i > LONGEST / 4)
        };
        let end = at(&[";", "•", "|"]).or_else(|| at(&[",", ":", "-", "–", "—"]));
        let end = end.map_or(LONGEST, |i| i + 1);
        sentences.push(tokens[..end].iter().map(|t| t.span).collect());
        tokens = &tokens[end..];
    }
    if !tokens.is_empty() {
        sentences.push(tokens.iter().map(|t| t.span).collect());
    }
}

/// Whether most longer words have a capital, as in a headline. There a capital
/// tells nothing of sentences.
fn is_title_case(text: &str, pieces: &[Piece]) -> bool {
    let mut capital = 0;
    let mut words = 0;
    for piece in pieces.iter().take(60) {
        let word = piece.span.of(text);
        if piece.shape == Shape::Word && word.len() >= 4 {
            words += 1;
            capital += usize::from(word.chars().next().is_some_and(char::is_uppercase));
        }
    }
    words >= 3 && capital * 10 >= words * 8
}

struct Splitter<'a> {
    text: &'a str,
    pieces: &'a [Piece],
    title_case: bool,
    /// The straight quotation marks that open, by how many came before.
    opening: Vec<bool>,
}

/// Of every piece, whether it is a straight quotation mark that opens when
/// marks open and close in turn.
fn opening_quotes(pieces: &[Piece]) -> Vec<bool> {
    let mut open = false;
    pieces
        .iter()
        .map(|piece| {
            open ^= piece.shape == Shape::Quote;
            open && piece.shape == Shape::Quote
        })
        .collect()
}

impl<'a> Splitter<'a> {
    fn word(&self, i: usize) -> &'a str {
        self.pieces.get(i).map_or("", |p| p.span.of(self.text))
    }

    fn first_char(&self, i: usize) -> Option<char> {
        self.word(i).chars().next()
    }

    /// Where the next sentence begins, when the sentence that began at `start`
    /// ends with token `i` and what closes behind it.
    fn sentence_end(&self, start: usize, i: usize) -> Option<usize> {
        let stop = self.pieces[i].shape;
        if !matches!(
            stop,
            Shape::Stop
                | Shape::Mark
                | Shape::Ellipsis
                | Shape::Abbreviation(_)
                | Shape::Acronym
                | Shape::Initial
        ) {
            return None;
        }
        let (next, quoted) = self.past_closers(i);
        if next >= self.pieces.len() {
            return Some(next);
        }
        let ends = match stop {
            Shape::Stop => !self.is_enumerator(start, i) && self.stop_ends(i, next),
            Shape::Mark => {
                self.begins(next) && !(quoted && self.is_speaker(next))
                    || !quoted && self.begins_small(i, next)
            }
            Shape::Ellipsis => i > start && self.begins(next),
            Shape::Abbreviation(Class::Title | Class::Number) => false,
            Shape::Abbreviation(Class::OftenEnd) => {
                self.begins(next) && !LISTS.is_time_word(self.word(next)) && !self.title_case
            }
            _ if self.is_time_of_day(i) => {
                self.begins(next) && !LISTS.is_time_word(self.word(next)) && !self.title_case
            }
            _ => self.abbreviation_ends(i, next),
        };
        ends.then_some(next)
    }

    /// Whether a sentence begins with token `i` though the words before it have
    /// no stop: a headline, a caption or a date ran into it when the text lost
    /// its line ends. "A bridge in Lund fell The mayor came"; "Ida Moss Image:
    /// Example Press". Small words with a capital before one in lower case are
    /// telling enough: of names, all words that long have capitals.
    fn begins_unannounced(&self, start: usize, i: usize) -> bool {
        let piece = self.pieces[i];
        if i == start
            || piece.shape != Shape::Word
            || piece.gap == Gap::None
            || !self.first_char(i).is_some_and(char::is_uppercase)
        {
            return false;
        }
        let word = self.word(i);
        if self.word(i + 1) == ":" && LISTS.is_label(word) {
            return self.is_capital(i + 2);
        }
        let open = matches!(
            self.pieces[i - 1].shape,
            Shape::Word | Shape::Number | Shape::Close | Shape::CloseQuote
        );
        if !open {
            return false;
        }
        if i >= start + 3 && !LISTS.leads_to_date(self.word(i - 1)) && self.date_end(i).is_some() {
            return true;
        }
        let lower = self.pieces.get(i + 1).is_some_and(|next| {
            next.shape == Shape::Word
                && next.gap == Gap::Space
                && self.first_char(i + 1).is_some_and(char::is_lowercase)
        });
        let named = self.first_char(i - 1).is_some_and(char::is_uppercase);
        lower && !self.title_case && i >= start + 3 && LISTS.is_opener(word, named)
    }

    /// Whether the sentence so far is a whole date, "Friday, July 21, 2017", and
    /// a new one begins with the capital at `i`.
    fn follows_date(&self, start: usize, i: usize) -> bool {
        i == start + 6 && self.date_end(start) == Some(i)
    }

    /// The end of a date with its weekday that begins at `i`, where a capital
    /// follows without any sign between: such a date stood on its own line.
    fn date_end(&self, i: usize) -> Option<usize> {
        let word = self.word(i);
        if !(6..=9).contains(&word.len()) || !word.ends_with("day") || !LISTS.is_time_word(word) {
            return None;
        }
        let end = i + 6;
        let year = self.word(end - 1);
        let signs = self.word(i + 1) == "," && self.word(i + 4) == ",";
        let day = LISTS.is_time_word(self.word(i + 2)) && self.word(i + 3).len() <= 2;
        let numbers = [i + 3, end - 1]
            .iter()
            .all(|at| self.word(*at).bytes().all(|b| b.is_ascii_digit()));
        let next = self.pieces.get(end)?;
        let capital = matches!(
            next.shape,
            Shape::Word | Shape::Acronym | Shape::Abbreviation(_)
        ) && self.first_char(end).is_some_and(char::is_uppercase);
        (signs && day && numbers && year.len() == 4 && capital && next.gap != Gap::None)
            .then_some(end)
    }

    /// "p.m" and "a.m", with or without the last stop, are acronyms to the
    /// tokeniser.
    fn is_time_of_day(&self, i: usize) -> bool {
        let word = self.word(i);
        ["a.m.", "p.m."]
            .iter()
            .any(|t| t.eq_ignore_ascii_case(word))
    }

    /// Past closing quotes, closing brackets and note numbers ("[3]") behind
    /// `i`; and whether a quotation closed.
    fn past_closers(&self, i: usize) -> (usize, bool) {
        let mut at = i + 1;
        let mut quoted = false;
        // Bounded, or a long run of brackets and stops would take squared time.
        while let Some(piece) = self.pieces.get(at).filter(|_| at < i + 12) {
            match piece.shape {
                Shape::Close if piece.gap == Gap::None => at += 1,
                Shape::CloseQuote if piece.gap == Gap::None || !self.touches_next(at) => {
                    quoted = true;
                    at += 1;
                }
                Shape::Quote
                    if piece.gap == Gap::None && self.touches_next(at) && self.opening[at] =>
                {
                    // "in court."We did nothing": a space is missing.
                    break;
                }
                Shape::Quote if piece.gap == Gap::None || !self.touches_next(at) => {
                    quoted = true;
                    at += 1;
                }
                Shape::Mark | Shape::Stop if piece.gap == Gap::None && at > i + 1 => at += 1,
                Shape::Open if piece.gap < Gap::Blank && self.is_note(at) => at += 3,
                _ => break,
            }
        }
        (at, quoted)
    }

    fn touches_next(&self, i: usize) -> bool {
        self.pieces.get(i + 1).is_some_and(|p| p.gap == Gap::None)
    }

    /// "[12]" at `i`.
    fn is_note(&self, i: usize) -> bool {
        self.word(i) == "["
            && self.word(i + 2) == "]"
            && self.word(i + 1).len() <= 3
            && self.word(i + 1).bytes().all(|b| b.is_ascii_alphanumeric())
    }

    /// "1." or "a." at the head of a sentence.
    fn is_enumerator(&self, start: usize, i: usize) -> bool {
        let word = self.word(start);
        i == start + 1
            && self.pieces[i].gap == Gap::None
            && (word.len() <= 4
                && word.bytes().all(|b| b.is_ascii_digit() || b == b'.')
                && self.word(start).split('.').all(|part| part.len() < 3)
                || matches!(
                    word,
                    "a" | "b"
                        | "c"
                        | "d"
                        | "i"
                        | "ii"
                        | "iii"
                        | "iv"
                        | "v"
                        | "II"
                        | "III"
                        | "IV"
                        | "V"
                        | "VI"
                        | "VII"
                        | "VIII"
                        | "IX"
                        | "X"
                ))
    }

    /// Whether a full stop of its own ends the sentence before `next`.
    fn stop_ends(&self, i: usize, next: usize) -> bool {
        if self.pieces[next].gap != Gap::None {
            return self.begins(next) || self.begins_small(i, next);
        }
        // "done.The": the space is missing.
        let before = i.checked_sub(1).map_or("", |b| self.word(b));
        let whole = next > i + 1
            || before.len() > 1 && before.chars().next_back().is_some_and(char::is_lowercase)
            || before.len() > 1 && before.bytes().all(|b| b.is_ascii_digit());
        let mut letters = self.word(next).chars();
        let upper = letters.next().is_some_and(char::is_uppercase);
        whole
            && (upper
                && letters
                    .next()
                    .is_none_or(|c| c.is_lowercase() || is_quote(c))
                || matches!(self.pieces[next].shape, Shape::OpenQuote)
                || self.opening[next])
    }

    /// Whether a sentence written without its capital begins at `next`, after
    /// the stop `i`: "It was over. they left". The word before the stop must be
    /// an ordinary one, or the stop may be that of an unknown abbreviation.
    fn begins_small(&self, i: usize, next: usize) -> bool {
        let Some(before) = i.checked_sub(1).filter(|_| next == i + 1) else {
            return false;
        };
        let word = self.word(before);
        self.pieces[before].shape == Shape::Word
            && self.pieces[i].gap == Gap::None
            && word.len() >= 3
            && word.chars().all(char::is_lowercase)
            && self.pieces[next].shape == Shape::Word
            && self.pieces[next].gap != Gap::None
            && (self.word(next).len() > 1 || self.is_small_word(next))
            && !matches!(self.word(next), "com" | "org" | "net" | "gov")
    }

    /// "i", or "a" before a word; not the "a" of "a)".
    fn is_small_word(&self, i: usize) -> bool {
        let before_word = self
            .pieces
            .get(i + 1)
            .is_some_and(|p| p.shape == Shape::Word);
        matches!(self.word(i), "i" | "a") && before_word
    }

    /// Whether a sentence can begin with token `i`: not in lower case, and not
    /// with a sign that goes on.
    fn begins(&self, i: usize) -> bool {
        let Some(piece) = self.pieces.get(i) else {
            return true;
        };
        match piece.shape {
            Shape::OpenQuote | Shape::Quote | Shape::Open => {
                // The word behind the quote or bracket decides.
                let next = self.pieces.get(i + 1);
                next.is_none_or(|p| !matches!(p.shape, Shape::Word) || self.is_capital(i + 1))
            }
            Shape::Close | Shape::CloseQuote | Shape::Stop | Shape::Mark => false,
            Shape::Ellipsis => true,
            Shape::Sign => {
                let goes_on = matches!(self.word(i), "," | ";" | ":" | "/" | "%" | ")" | "&");
                !goes_on && (!self.is_dash(i) || self.is_capital(i + 1))
            }
            _ => self.is_capital(i),
        }
    }

    fn is_dash(&self, i: usize) -> bool {
        matches!(self.word(i), "-" | "--" | "—" | "–" | "---")
    }

    /// Whether the token begins with anything but a lower-case letter, or is a
    /// name such as "iPhone".
    fn is_capital(&self, i: usize) -> bool {
        let word = self.word(i);
        self.first_char(i).is_some_and(|c| !c.is_lowercase())
            || word.starts_with("http")
            || word.starts_with("www.")
            || word.len() <= 12 && word.chars().skip(1).any(char::is_uppercase)
    }

    /// Whether an abbreviation that may stand anywhere ends the sentence.
    fn abbreviation_ends(&self, i: usize, next: usize) -> bool {
        if self.title_case || !self.word(i).ends_with('.') {
            return false;
        }
        match self.pieces[next].shape {
            Shape::OpenQuote => self.is_capital(next + 1) && LISTS.is_starter(self.word(next + 1)),
            _ => LISTS.is_starter(self.word(next)) && self.pieces[next].gap != Gap::None,
        }
    }

    /// "Smith said", "the minister asked": who spoke the words before.
    fn is_speaker(&self, i: usize) -> bool {
        self.is_capital(i)
            && (i..i + 4).any(|j| LISTS.is_speech(self.word(j)))
            && !matches!(
                self.pieces[i].shape,
                Shape::Quote | Shape::OpenQuote | Shape::Open
            )
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '\'' | '’')
}

#[cfg(test)]
mod tests;
