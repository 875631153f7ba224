//! Addresses, file names, names at networks and tags as single tokens. Pure.

use super::Gap;
use super::{Scanner, Shape, is_gap};
use crate::language::abbreviations::LISTS;

impl Scanner<'_> {
    pub(super) fn look_at_chunk(&mut self, at: usize) {
        const FURTHEST: usize = 2048;
        let bytes = self.text.as_bytes();
        let mut end = at;
        let mut web = false;
        while end < bytes.len() && end - at < FURTHEST && !bytes[end].is_ascii_whitespace() {
            web |= match bytes[end] {
                b'@' => true,
                b'#' => self.byte_at(end + 1).is_ascii_alphanumeric(),
                b'.' => self.byte_at(end + 1).is_ascii_alphanumeric(),
                b':' => self.byte_at(end + 1) == b'/' || self.byte_at(end + 1) == b'1',
                _ => false,
            };
            end += 1;
        }
        self.chunk_end = end.max(at + 1);
        self.chunk_is_web = web;
    }

    /// The end of an address, name at a network or tag that begins at `at`.
    pub(super) fn web(&self, at: usize, gap: Gap) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let rest = &bytes[at..];
        let has =
            |word: &[u8]| rest.len() > word.len() && rest[..word.len()].eq_ignore_ascii_case(word);
        if [
            "http://", "https://", "ftp://", "www.", "mailto:", "doi:10.",
        ]
        .iter()
        .any(|word| has(word.as_bytes()))
        {
            return Some(self.url_end(at));
        }
        if matches!(rest[0], b'@' | b'#') {
            let free = gap != Gap::None
                || self
                    .out
                    .last()
                    .is_none_or(|p| !matches!(p.shape, Shape::Word | Shape::Number));
            let end = self.run(at + 1, 140, |c| c.is_alphanumeric() || c == '_');
            let named = self.slice(at + 1, end).bytes().any(|b| !b.is_ascii_digit());
            return (free && named).then_some(end);
        }
        if !rest[0].is_ascii_alphanumeric() {
            return None;
        }
        let local = self.run(at, 64, |c| {
            c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%')
        });
        if self.byte_at(local) == b'@' {
            let end = self.run(local + 1, 255, |c| {
                c.is_ascii_alphanumeric() || matches!(c, '.' | '-')
            });
            let host = self.slice(local + 1, end).trim_end_matches(['.', '-']);
            if host.contains('.') {
                return Some(local + 1 + host.len());
            }
        }
        self.domain(at)
    }

    /// "example.org", "node.js", "gov.uk/visas".
    fn domain(&self, at: usize) -> Option<usize> {
        let end = self.run(at, 255, |c| {
            c.is_ascii_alphanumeric() || matches!(c, '.' | '-')
        });
        let host = self.slice(at, end).trim_end_matches(['.', '-']);
        let end = at + host.len();
        let (first, last) = host.rsplit_once('.')?;
        if first.is_empty()
            || host.contains("..")
            || !first.bytes().any(|b| b.is_ascii_alphabetic())
            || !LISTS.is_web_ending(last)
            || self.char_at(end).is_some_and(char::is_alphanumeric)
        {
            return None;
        }
        let upper = first.bytes().all(|b| b.is_ascii_uppercase() || b == b'.');
        if upper && last.bytes().all(|b| b.is_ascii_uppercase()) {
            return None;
        }
        if self.byte_at(end) == b'/' && self.byte_at(end + 1).is_ascii_alphanumeric() {
            return Some(self.url_end(at));
        }
        Some(end)
    }

    fn url_end(&self, at: usize) -> usize {
        let end = self.run(at, 2048, |c| {
            !is_gap(c)
                && !matches!(
                    c,
                    '<' | '>' | '"' | '“' | '”' | '‘' | '’' | '|' | '`' | '{' | '}' | '«' | '»'
                )
        });
        let url = self.slice(at, end);
        let mut kept =
            url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ']', '*', '…', '—', '–']);
        if kept.ends_with(')') && !kept.contains('(') {
            kept = kept.trim_end_matches([')', '.', ',']);
        }
        at + kept.len().max(1)
    }
}
