//! From the text of a page to tags and words, as the WHATWG tokeniser cuts
//! them. Pure, linear, without recursion.

use super::tags::{Attribute, Tag};

/// One piece of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'h> {
    /// Words, with their character references still in them.
    Text(&'h str),
    /// An element begins; its attributes are in [`Tokens::attributes`].
    /// `closed`: it is written `<a/>`.
    Start { name: &'h str, closed: bool },
    /// An element ends.
    End(&'h str),
    /// A comment's words.
    Comment(&'h str),
}

/// Attributes of one tag beyond this number are not kept.
const MOST_ATTRIBUTES: usize = 32;

/// The tokens of a page in order.
pub(super) struct Tokens<'h> {
    page: &'h str,
    at: usize,
    /// The element whose raw text comes next.
    raw: Option<&'h str>,
    /// Known attributes of the last start tag; the first of a name counts.
    pub(super) attributes: Vec<(Attribute, &'h str)>,
    /// Whether the page is XML, where `<a/>` has no content.
    pub(super) xml: bool,
}

impl<'h> Tokens<'h> {
    pub(super) fn new(page: &'h str) -> Tokens<'h> {
        Tokens {
            page,
            at: 0,
            raw: None,
            attributes: Vec::new(),
            xml: page
                .trim_start_matches('\u{feff}')
                .trim_start()
                .starts_with("<?xml"),
        }
    }

    fn rest(&self) -> &'h str {
        self.page.get(self.at..).unwrap_or("")
    }

    /// Where `what` stands next, from `from` on; the page's end where it does
    /// not.
    fn place(&self, what: char, from: usize) -> usize {
        let found = self.page.get(from..).and_then(|rest| rest.find(what));
        found.map_or(self.page.len(), |i| from + i)
    }

    fn text(&mut self, end: usize) -> Token<'h> {
        let text = self.page.get(self.at..end).unwrap_or("");
        self.at = end;
        Token::Text(text)
    }

    /// The text up to the end tag of a raw element.
    fn raw_text(&mut self, name: &str) -> Token<'h> {
        let mut from = self.at;
        loop {
            let end = self.place('<', from);
            let Some(rest) = self.page.get(end..).filter(|rest| !rest.is_empty()) else {
                return self.text(self.page.len());
            };
            let tag = rest
                .strip_prefix("</")
                .and_then(|rest| rest.split_at_checked(name.len()));
            if let Some((found, after)) = tag
                && found.eq_ignore_ascii_case(name)
                && after.starts_with(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')
            {
                return self.text(end);
            }
            from = end + 1;
        }
    }

    /// `<!-- ... -->`, `<!DOCTYPE ...>`, `<? ... >`; the rest begins behind the
    /// "<".
    fn declaration(&mut self) -> Token<'h> {
        let rest = self.rest();
        let (words, length) = if let Some(inner) = rest.strip_prefix("<!--") {
            if let Some(mark) = [">", "->"].iter().find(|m| inner.starts_with(**m)) {
                ("", 4 + mark.len())
            } else {
                let end = inner.match_indices("--").find_map(|(at, _)| {
                    let after = inner.get(at + 2..)?;
                    match after.as_bytes().first()? {
                        b'>' => Some((at, at + 3)),
                        b'!' if after.as_bytes().get(1) == Some(&b'>') => Some((at, at + 4)),
                        // "--->": the mark may begin one sign later.
                        b'-' if after.as_bytes().get(1) == Some(&b'>') => Some((at + 1, at + 4)),
                        _ => None,
                    }
                });
                match end {
                    Some((end, length)) => (&inner[..end], 4 + length),
                    None => (inner, rest.len()),
                }
            }
        } else if let Some(inner) = rest.strip_prefix("<![CDATA[").filter(|_| self.xml) {
            let end = inner.find("]]>");
            self.at += end.map_or(rest.len(), |end| end + 12);
            return Token::Text(&inner[..end.unwrap_or(inner.len())]);
        } else {
            let end = rest.find('>').unwrap_or(rest.len());
            let start = 2.min(end);
            (
                rest.get(start..end).unwrap_or(""),
                (end + 1).min(rest.len()),
            )
        };
        self.at += length;
        Token::Comment(words)
    }

    /// Reads the attributes up to the tag's end; whether it is closed by "/>".
    /// `None` where the page ends first.
    fn attributes(&mut self) -> Option<bool> {
        self.attributes.clear();
        let bytes = self.page.as_bytes();
        let is_blank = |b: &u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0c);
        let mut closed = false;
        loop {
            match bytes.get(self.at)? {
                b'>' => {
                    self.at += 1;
                    return Some(closed);
                }
                b'/' => {
                    closed = true;
                    self.at += 1;
                    continue;
                }
                b if is_blank(b) => {
                    self.at += 1;
                    continue;
                }
                _ => closed = false,
            }
            let start = self.at;
            self.at += 1;
            while let Some(b) = bytes.get(self.at)
                && !is_blank(b)
                && !matches!(b, b'/' | b'>' | b'=')
            {
                self.at += 1;
            }
            let name = self.page.get(start..self.at).unwrap_or("");
            while bytes.get(self.at).is_some_and(is_blank) {
                self.at += 1;
            }
            let mut value = "";
            if bytes.get(self.at) == Some(&b'=') {
                self.at += 1;
                while bytes.get(self.at).is_some_and(is_blank) {
                    self.at += 1;
                }
                let start = self.at;
                match bytes.get(start)? {
                    quote @ (b'"' | b'\'') => {
                        let end = self.place(char::from(*quote), start + 1);
                        value = self.page.get(start + 1..end)?;
                        self.at = end + 1;
                    }
                    _ => {
                        while let Some(b) = bytes.get(self.at)
                            && !is_blank(b)
                            && *b != b'>'
                        {
                            self.at += 1;
                        }
                        value = self.page.get(start..self.at)?;
                    }
                }
            }
            if let Some(known) = Attribute::of(name)
                && self.attributes.len() < MOST_ATTRIBUTES
                && self.attributes.iter().all(|(other, _)| *other != known)
            {
                self.attributes.push((known, value));
            }
        }
    }
}

impl<'h> Iterator for Tokens<'h> {
    type Item = Token<'h>;

    fn next(&mut self) -> Option<Token<'h>> {
        if let Some(name) = self.raw.take() {
            return Some(self.raw_text(name));
        }
        let rest = self.rest();
        if rest.is_empty() {
            return None;
        }
        if !rest.starts_with('<') {
            let end = self.place('<', self.at);
            return Some(self.text(end));
        }
        let after = rest.as_bytes().get(1).copied().unwrap_or(0);
        match after {
            b'!' | b'?' => Some(self.declaration()),
            b'/' => match rest.as_bytes().get(2) {
                Some(b) if b.is_ascii_alphabetic() => {
                    let name = name_of(&rest[2..]);
                    self.at += 2 + name.len();
                    // End tags may carry attributes; they mean nothing.
                    if self.attributes().is_none() {
                        self.at = self.page.len();
                    }
                    Some(Token::End(name))
                }
                Some(_) => Some(self.declaration()),
                None => Some(self.text(self.page.len())),
            },
            b if b.is_ascii_alphabetic() => {
                let name = name_of(&rest[1..]);
                self.at += 1 + name.len();
                let Some(closed) = self.attributes() else {
                    // The page was cut off inside a tag.
                    self.at = self.page.len();
                    return None;
                };
                let tag = Tag::of(name);
                if tag.is_raw() && !(closed && self.xml) {
                    self.raw = Some(name);
                }
                Some(Token::Start { name, closed })
            }
            _ => {
                // A "<" that begins nothing.
                let end = self.place('<', self.at + 1);
                Some(self.text(end))
            }
        }
    }
}

fn name_of(text: &str) -> &str {
    let end = text.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>');
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, expected: &str) {
        let mut tokens = Tokens::new(page);
        let mut out = Vec::new();
        while let Some(token) = tokens.next() {
            out.push(match token {
                Token::Text(text) => text.to_owned(),
                Token::End(name) => format!("</{name}>"),
                Token::Comment(words) => format!("<!{words}>"),
                Token::Start { name, closed } => {
                    let list: Vec<String> = tokens
                        .attributes
                        .iter()
                        .map(|(name, value)| format!(" {name:?}={value}"))
                        .collect();
                    format!("<{name}{}{}>", list.concat(), if closed { "/" } else { "" })
                }
            });
        }
        assert_eq!(out.join("|"), expected);
    }

    #[test]
    fn tokens() {
        check("a<b>c</b>d", "a|<b>|c|</b>|d");
        check(
            "<a class=x id='y z' href=\"q>\" title>w",
            "<a Class=x Id=y z Href=q> Title=>|w",
        );
        check("<a class=x class=y onclick=\"<b>\">", "<a Class=x>");
        check("<br/><img src=a/b/>", "<br/>|<img>");
        check("1 < 2 <3 </> <", "1 |< 2 |<3 |<!>| |<");
        check(
            "<!-- a -- b --><!--><!---->c<!doctype html><?xml a?>",
            "<! a -- b >|<!>|<!>|c|<!doctype html>|<!xml a?>",
        );
        check("<!-- a --->b<!-- c --!>d<!-- e", "<! a ->|b|<! c >|d|<! e>");
        check(
            "<script>if (a<b) '</p>'</SCRIPT >x",
            "<script>|if (a<b) '</p>'|</SCRIPT>|x",
        );
        check("<title>A <b></title>B", "<title>|A <b>|</title>|B");
        check("<style>a", "<style>|a");
        check("<p a", "");
        check("<p a='", "");
        check("</p a", "</p>");
        check(
            "<?xml version='1.0'?><script/>a<![CDATA[<b>]]>c",
            "<!xml version='1.0'?>|<script/>|a|<b>|c",
        );
        check("<p é='ü' class=ß>", "<p Class=ß>");
    }
}
