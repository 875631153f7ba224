//! Numbers, dates, telephone numbers and the units behind them. Pure.

use super::{Gap, LONGEST, Scanner, Shape, is_apostrophe, is_currency};
use crate::language::abbreviations::LISTS;

impl Scanner<'_> {
    /// Whether the stop or plus at `at` belongs to the number behind it: ".5",
    /// "+44".
    pub(super) fn number_sign(&self, at: usize, gap: Gap) -> bool {
        gap != Gap::None && self.byte_at(at + 1).is_ascii_digit()
            || self.byte_at(at) == b'.'
                && self.byte_at(at + 1).is_ascii_digit()
                && self.last_char().is_some_and(is_currency)
    }

    pub(super) fn number(&mut self, at: usize, gap: Gap) -> usize {
        let money = self.last_char().is_some_and(is_currency);
        let end = self.digits(at);
        let letters_end = self.run(end, 8, |c| c.is_ascii_alphabetic() || c == '/');
        let mut letters = self.slice(end, letters_end).trim_end_matches('/');
        if letters.len() == 1 && self.byte_at(end + 1) == b'.' {
            // "5p.m."
            let dotted = self.slice(end, end + 3);
            if LISTS.is_unit(dotted, false) {
                letters = dotted;
            }
        }
        let after = self.char_at(end + letters.len());
        if letters.is_empty() {
            if self.char_at(end).is_some_and(is_apostrophe) && self.is_decade(at, end) {
                let end = self.word_end(at);
                return self.push(at, end, Shape::Number, gap);
            }
            return self.push(at, end, Shape::Number, gap);
        }
        let ends = !after.is_some_and(|c| c.is_alphanumeric() || c == '_');
        if ends && LISTS.is_unit(letters, money) {
            return self.push(at, end, Shape::Number, gap);
        }
        let end = self.word_end(end).max(end);
        self.push(at, end, Shape::Number, gap)
    }

    /// Digits with what may stand between digits: "1,200.5", "10:30",
    /// "9/11", "2015-03-01", "555-0199".
    fn digits(&self, at: usize) -> usize {
        let mut end = at + usize::from(!self.byte_at(at).is_ascii_digit());
        loop {
            end = self.run(end, LONGEST, |c| c.is_ascii_digit());
            let joins = matches!(self.byte_at(end), b'.' | b',' | b':' | b'/')
                && self.byte_at(end + 1).is_ascii_digit()
                && end - at < LONGEST;
            if !joins {
                break;
            }
            end += 1;
        }
        self.hyphened(at).unwrap_or(end)
    }

    /// The end of digits in groups joined by hyphens, when the groups are as
    /// long as in a date or a telephone number. "3-1" is a score or a range.
    fn hyphened(&self, at: usize) -> Option<usize> {
        let mut groups = [0_usize; 4];
        let mut count = 0;
        let mut end = at + usize::from(!self.byte_at(at).is_ascii_digit());
        loop {
            let start = end;
            end = self.run(end, 16, |c| c.is_ascii_digit());
            if count == 4 || end == start {
                return None;
            }
            groups[count] = end - start;
            count += 1;
            if self.byte_at(end) != b'-' || !self.byte_at(end + 1).is_ascii_digit() {
                break;
            }
            end += 1;
        }
        let date = matches!(groups[..count], [4, 1..=2, 1..=2] | [1..=2, 1..=2, 2 | 4]);
        let phone = matches!(
            groups[..count],
            [3, 4] | [3, 3, 4] | [1..=3, 3, 3, 4] | [1..=3, 2..=4, 3..=4, 3..=4]
        );
        ((date || phone) && !self.char_at(end).is_some_and(char::is_alphanumeric)).then_some(end)
    }
}
