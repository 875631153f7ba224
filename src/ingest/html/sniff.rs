//! Whether a text is a web page, and in what encoding its head says it is
//! written. Pure.

use super::tags::Tag;
use super::tokens::{Token, Tokens};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Of a text that begins with a tag so much is looked at, in bytes.
const LOOKED_AT: usize = 16 << 10;
/// The head of a page in which it may say its encoding, in bytes.
const HEAD: usize = 1024;

/// Whether a text is a web page, or a part of one. A plain text or Markdown
/// with some tags in it is none.
pub(crate) fn looks_like_html(text: &str) -> bool {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|end| end + 3)
        } else if rest.starts_with("<?") {
            rest.find('>').map(|end| end + 1)
        } else {
            None
        };
        match end.and_then(|end| rest.get(end..)) {
            Some(after) => rest = after,
            None => break,
        }
    }
    if !rest.starts_with('<') {
        return false;
    }
    let head: String = rest
        .chars()
        .take(64)
        .collect::<String>()
        .to_ascii_lowercase();
    let mut words = head.split(|c: char| c.is_ascii_whitespace() || c == '>');
    match words.next().unwrap_or("") {
        "<!doctype" => words.find(|w| !w.is_empty()).is_some_and(|w| w == "html"),
        "<html" | "<head" | "<body" | "<title" => true,
        _ => is_fragment(rest),
    }
}

/// Whether a text that begins with a tag is a part of a page: it begins with an
/// element of pages, and its words stand inside elements.
fn is_fragment(text: &str) -> bool {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let tokens = Tokens::new(&text[..end]);
    let (mut depth, mut inside, mut outside, mut tags) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut first = true;
    let mut raw = false;
    for token in tokens {
        match token {
            Token::Start { name, .. } => {
                let tag = Tag::of(name);
                let known = tag.is_block()
                    || matches!(tag, Tag::Meta | Tag::Link | Tag::Script | Tag::Raw | Tag::A);
                if std::mem::take(&mut first) && !known {
                    return false;
                }
                tags += usize::from(known);
                raw = tag.is_raw();
                depth += usize::from(!Tag::is_void(name));
            }
            Token::End(_) => depth = depth.saturating_sub(1),
            Token::Text(words) if !raw => {
                let words = words.trim().len();
                if depth > 0 {
                    inside += words
                } else {
                    outside += words
                }
            }
            Token::Text(_) => raw = false,
            Token::Comment(_) => {}
        }
    }
    tags >= 1 && inside > 0 && outside * 5 <= inside && (tags >= 2 || text.contains("</"))
}

/// The encoding that the head of a page names, as browsers find it: a `meta`
/// element with `charset`, or `http-equiv` and `content`, or the prolog of XML,
/// in the first 1,024 bytes. UTF-16 is taken for UTF-8, because the head could
/// be read byte by byte.
pub(crate) fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD.min(bytes.len()))?;
    // Every encoding that may be named writes these tags in ASCII.
    let text = WINDOWS_1252.decode_without_bom_handling(head).0;
    if !text.trim_start().starts_with('<') {
        return None;
    }
    // A cut-off tag at the end of the head would end the walk early.
    let mut at = 0;
    let mut prolog = None;
    if text.trim_start().starts_with("<?xml") {
        let declaration = text.split('>').next().unwrap_or("");
        prolog = declaration.split_once("encoding").and_then(|(_, rest)| {
            let rest = rest.trim_start().strip_prefix('=')?.trim_start();
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            named(rest[1..].split(quote).next()?)
        });
    }
    let lower = text.to_ascii_lowercase();
    while let Some(found) = lower.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        let rest = &lower[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            at = start + 4 + comment.find("-->")? + 3;
            continue;
        }
        let end = rest.find('>').unwrap_or(rest.len());
        let tag = &rest[..end];
        if let Some(attributes) = tag
            .strip_prefix("<meta")
            .filter(|a| a.starts_with(|c: char| c.is_ascii_whitespace() || c == '/'))
            && let Some(encoding) = of_meta(attributes)
        {
            return Some(encoding);
        }
        at = start + end.max(1);
    }
    prolog
}

/// The encoding that the attributes of a `meta` element name.
fn of_meta(attributes: &str) -> Option<&'static Encoding> {
    let value = |name: &str| -> Option<&str> {
        let mut rest = attributes;
        loop {
            let (before, after) = rest.split_once(name)?;
            let free = before.is_empty()
                || before
                    .ends_with(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '"' | '\''));
            let after = after.trim_start();
            if let Some(value) = after.strip_prefix('=').filter(|_| free) {
                let value = value.trim_start();
                return match value.chars().next()? {
                    quote @ ('"' | '\'') => value[1..].split(quote).next(),
                    _ => value.split(|c: char| c.is_ascii_whitespace()).next(),
                };
            }
            rest = after;
        }
    };
    if let Some(encoding) = value("charset").and_then(named) {
        return Some(encoding);
    }
    let equivalent = value("http-equiv")?.trim() == "content-type";
    let content = value("content").filter(|_| equivalent)?;
    let (_, after) = content.split_once("charset")?;
    let after = after.trim_start().strip_prefix('=')?.trim_start();
    let after = after.trim_start_matches(['"', '\'']);
    named(after.split([';', ' ', '"', '\'']).next()?)
}

fn named(label: &str) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label.as_bytes())?;
    match encoding.name() {
        "UTF-16LE" | "UTF-16BE" => Some(UTF_8),
        "x-user-defined" => Some(WINDOWS_1252),
        "replacement" => None,
        _ => Some(encoding),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_other_texts() {
        for page in [
            "<!DOCTYPE html><p>a",
            "\u{feff}\r\n <!doctype HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">",
            "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"x\"><html>",
            "<!-- saved from url=(0014)https://a.org -->\n<html lang=en>",
            "<HTML>\n<HEAD>",
            "<p>One man came.</p>\n<p>Two left.</p>",
            "<div class=\"x\"><p>One",
            "<article>One man came.</article>",
            "<table><tr><td>One",
            "<html>",
        ] {
            assert!(looks_like_html(page), "{page}");
        }
        for text in [
            "",
            "<",
            "< 5 people",
            "One man <b>came</b>.",
            "<b>Bold</b> men came and went, said the others.",
            "<Ida Moss> hello\n<Abe Fox> hi",
            "<rss version=\"2.0\"><channel><title>a</title></channel></rss>",
            "<?xml version=\"1.0\"?><feed><title>a</title></feed>",
            "<svg><p>a</p></svg>",
            "<p align=\"center\"><img src=\"a.png\"></p>\n\n# Title\n\nThe harbour of Lund was closed on Monday.",
            "<https://example.org> is where it stands.",
            "<!-- a comment -->\n# Title\n\nText",
            "<p> is an element of HTML.",
            "---\ntitle: a\n---\n<p>a</p>",
        ] {
            assert!(!looks_like_html(text), "{text}");
        }
    }

    #[test]
    fn encodings() {
        let check = |head: &str, name: &str| {
            let found = declared_encoding(head.as_bytes()).map_or("-", Encoding::name);
            assert_eq!(found, name, "{head}");
        };
        check("<html><meta charset=utf-8>", "UTF-8");
        check("<meta charset=\"ISO-8859-1\">", "windows-1252");
        check(
            "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=koi8-r'>",
            "KOI8-R",
        );
        check(
            "<meta content=\"text/html; charset=windows-1250\" http-equiv=\"content-type\"/>",
            "windows-1250",
        );
        check("<meta content=\"text/html; charset=koi8-r\">", "-");
        check("<meta charset=utf-16>", "UTF-8");
        check("<!-- <meta charset=koi8-r> --><meta charset=gbk>", "GBK");
        check(
            "<?xml version=\"1.0\" encoding=\"iso-8859-2\"?><html>",
            "ISO-8859-2",
        );
        check("<meta charset=nonsense><meta charset=big5>", "Big5");
        check("<meta name=charset content=koi8-r>", "-");
        check("text <meta charset=koi8-r>", "-");
        check(
            &format!("<html>{}<meta charset=koi8-r>", " ".repeat(1024)),
            "-",
        );
    }
}
