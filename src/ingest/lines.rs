//! From text to paragraphs: which line ends are paragraph ends and which only
//! wrap a long line. Pure and linear.

use super::dateline::is_date_line;
use super::rules::{RULES, normal};
use crate::language::sentences::is_blank;
use crate::text::Span;

/// A paragraph, or a line that stands for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Without the white space and the list mark around it; never empty.
    pub(super) span: Span,
    /// The line it begins in, counted from 1.
    pub(super) line: usize,
    /// Whether a blank line, or the beginning of the text, comes before it.
    pub(super) after_blank: bool,
    /// Whether it began with a list mark.
    pub(super) bullet: bool,
    /// Whether it is a Markdown heading.
    pub(super) heading: bool,
}

struct Line {
    start: usize,
    end: usize,
    indent: usize,
    after_blank: bool,
    number: usize,
}

/// A line wrap joins lines at most this long, in characters.
const WIDEST_WRAP: usize = 120;

/// The paragraphs of the text in order.
pub(super) fn paragraphs(text: &str, markdown: bool) -> Vec<Paragraph> {
    let lines = lines(text);
    let width = wrap_width(text, &lines);
    let mut out: Vec<Paragraph> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in &lines {
        let wrapped = before.is_some_and(|last| {
            let alone = out.last().is_some_and(|p| p.heading);
            !alone && goes_on(text, last, line, width)
        });
        if wrapped && let Some(last) = out.last_mut() {
            last.span.end = line.end as u32;
        } else {
            out.push(begin(text, line, markdown));
        }
        before = Some(line);
    }
    out.retain(|p| p.span.start < p.span.end);
    out
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut at = 0;
    let mut after_blank = true;
    let mut number = 0;
    for raw in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{0c}']) {
        let inner = raw.trim_matches(is_blank);
        // "\r\n" gives an empty piece for the "\n", which is no blank line.
        let line_feed = raw == "\n" && at > 0 && text.as_bytes()[at - 1] == b'\r';
        number += usize::from(!line_feed);
        if inner.is_empty() {
            after_blank |= !line_feed;
        } else {
            let indent = raw.find(inner).unwrap_or(0);
            lines.push(Line {
                start: at + indent,
                end: at + indent + inner.len(),
                indent,
                after_blank,
                number,
            });
            after_blank = false;
        }
        at += raw.len();
    }
    lines
}

/// The width at which the text is wrapped, in bytes; `None` when every line is
/// a paragraph. A text is wrapped when its lines are short and many of them
/// begin in lower case.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let mut pairs = 0;
    let mut lower = 0;
    let mut lengths = Vec::new();
    for pair in lines.windows(2) {
        if pair[1].after_blank {
            continue;
        }
        pairs += 1;
        lengths.push(pair[0].end - pair[0].start);
        lower += usize::from(
            first_char(text, &pair[1]).is_some_and(char::is_lowercase) && !is_end(text, &pair[0]),
        );
    }
    lengths.sort_unstable();
    let widest = *lengths.get(lengths.len().saturating_sub(1) * 9 / 10)?;
    (lower >= 2 && lower * 4 >= pairs && widest <= WIDEST_WRAP).then_some(widest)
}

fn first_char(text: &str, line: &Line) -> Option<char> {
    text[line.start..line.end].chars().next()
}

/// Whether the line ends as a sentence does.
fn is_end(text: &str, line: &Line) -> bool {
    ends_sentence(&text[line.start..line.end])
}

/// Whether the words end as a sentence does.
pub(super) fn ends_sentence(words: &str) -> bool {
    words
        .trim_end_matches(['"', '\'', '”', '’', '»', ')', ']'])
        .ends_with(['.', '!', '?', '…', '。'])
}

/// Whether `line` is the rest of what `last` began.
fn goes_on(text: &str, last: &Line, line: &Line, width: Option<usize>) -> bool {
    let ruled = |l: &Line| !text[l.start..l.end].contains(char::is_alphanumeric);
    if line.after_blank || list_mark(&text[line.start..line.end]) > 0 || ruled(line) || ruled(last)
    {
        return false;
    }
    let lower = first_char(text, line).is_some_and(char::is_lowercase);
    let length = last.end - last.start;
    let Some(width) = width else {
        // One sentence that somebody cut in two.
        let open = text[last.start..last.end]
            .chars()
            .next_back()
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | ';' | '-'));
        return lower && open && (45..=WIDEST_WRAP).contains(&length);
    };
    if line.indent >= 2 && last.indent == 0 && !lower {
        return false;
    }
    let words = &text[line.start..line.end];
    if !lower && (last.after_blank || is_end(text, last)) && stands_alone(words) {
        return false;
    }
    // A short line ends a paragraph, and a heading stands above one.
    lower && !is_end(text, last) || length * 10 >= width * 7
}

/// Whether a line in wrapped text is a byline, a date or furniture.
fn stands_alone(line: &str) -> bool {
    let count = line.split_whitespace().count();
    let normal = normal(line);
    !line.ends_with('.')
        && count <= 8
        && (line.starts_with("By ")
            || RULES.kind(&normal, count).is_some()
            || is_date_line(&normal))
}

/// The length of the list mark at the head of a line: "- ", "• ", "* ".
fn list_mark(line: &str) -> usize {
    let mut chars = line.chars();
    let Some(mark) = chars.next() else { return 0 };
    let after = chars.as_str();
    let blank = after.len() - after.trim_start_matches(is_blank).len();
    if matches!(
        mark,
        '•' | '·' | '●' | '▪' | '■' | '◦' | '*' | '-' | '–' | '—' | '>'
    ) && blank > 0
    {
        mark.len_utf8() + blank
    } else {
        0
    }
}

/// The length of the stars or lines that set a whole Markdown line in italics
/// or bold: "*By Ida Moss*".
fn emphasis(line: &str) -> usize {
    let Some(sign) = line.bytes().next().filter(|b| matches!(b, b'*' | b'_')) else {
        return 0;
    };
    let length = line.bytes().take_while(|b| *b == sign).count();
    let inner = line.get(length..line.len().saturating_sub(length));
    let whole = inner.is_some_and(|inner| {
        let mark = char::from(sign);
        !inner.is_empty() && !inner.contains(mark) && line.ends_with(&line[..length])
    });
    if whole && length <= 3 { length } else { 0 }
}

fn begin(text: &str, line: &Line, markdown: bool) -> Paragraph {
    let words = &text[line.start..line.end];
    let mut mark = list_mark(words);
    let mut heading = false;
    if markdown {
        let hashes = words.bytes().take_while(|b| *b == b'#').count();
        let rest = words[hashes..].trim_start_matches(is_blank);
        if (1..=6).contains(&hashes) && rest.len() + hashes < words.len() {
            heading = true;
            mark = words.len() - rest.len();
        }
    }
    let emphasis = if markdown && !heading {
        emphasis(&words[mark..])
    } else {
        0
    };
    Paragraph {
        span: Span::new(line.start + mark + emphasis, line.end - emphasis),
        line: line.number,
        after_blank: line.after_blank,
        bullet: mark > 0 && !heading,
        heading,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = paragraphs(text, true)
            .iter()
            .map(|p| {
                p.span
                    .of(text)
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_are_paragraphs() {
        check(
            "One man came.\nTwo left.\n\n\nNo more",
            &["One man came.", "Two left.", "No more"],
        );
        check("One\r\nTwo\r\n\r\nThree\r\n", &["One", "Two", "Three"]);
        check(" \n\t\n", &[]);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        check(
            "The old bridge over the river was closed on Friday after\nengineers found cracks in two of its pillars, and the city\nsaid it would stay closed for a month.\nDrivers were told to take the northern road, which is\nlonger by far, until the work is done in the spring.\n\n- one\n- two",
            &[
                "The old bridge over the river was closed on Friday after engineers found cracks in two of its pillars, and the city said it would stay closed for a month.",
                "Drivers were told to take the northern road, which is longer by far, until the work is done in the spring.",
                "one",
                "two",
            ],
        );
    }

    #[test]
    fn one_cut_sentence_is_joined() {
        check(
            "The old bridge over the river was closed on Friday after\nengineers found cracks.\nDrivers waited.",
            &[
                "The old bridge over the river was closed on Friday after engineers found cracks.",
                "Drivers waited.",
            ],
        );
    }

    #[test]
    fn markdown_headings() {
        check(
            "# Bridge closed\nThe old bridge\n## #More\n#tag",
            &["Bridge closed", "The old bridge", "#More", "#tag"],
        );
    }

    #[test]
    fn blocks_know_their_lines() {
        let found = paragraphs("a\n\nb\r\nc", false);
        let lines: Vec<_> = found.iter().map(|p| (p.line, p.after_blank)).collect();
        assert_eq!(lines, [(1, true), (3, true), (4, false)]);
    }
}
