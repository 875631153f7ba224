//! Spans to lines, lines to paragraphs, paragraphs to the text. Lines follow
//! each other as the page's instructions do, which keeps columns apart.

use super::super::cut_words;
use super::content::Span;
use std::collections::BTreeMap;

/// Lines at the top and at the bottom of a page that may repeat.
const EDGE: usize = 2;

/// A line of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    x: f32,
    end: f32,
    y: f32,
    size: f32,
}

/// The lines of a page.
pub(super) fn lines(spans: &[Span]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for span in spans {
        let Some(line) = lines.last_mut() else {
            lines.push(begun(span));
            continue;
        };
        let height = line.size.max(span.size);
        let level = (line.y - span.y).abs() < height * 0.4;
        let gap = span.x - line.end;
        // Far to the right of a line is another column.
        let beside = level && gap > -height * 0.6 && gap < height * 3.0;
        if !beside {
            lines.push(begun(span));
            continue;
        }
        let open = line.text.ends_with(char::is_whitespace) || span.text.starts_with(' ');
        if gap > height * 0.17 && !open {
            line.text.push(' ');
        }
        line.text.push_str(&span.text);
        line.end = line.end.max(span.end);
        // A large initial or a raised note does not change the line's size.
        if span.text.trim().chars().count() > line.text.chars().count() / 2 {
            line.size = span.size;
            line.y = span.y;
        }
    }
    for line in &mut lines {
        line.text = clean(&line.text);
    }
    lines.retain(|l| !l.text.is_empty());
    lines
}

fn begun(span: &Span) -> Line {
    Line {
        text: span.text.clone(),
        x: span.x,
        end: span.end,
        y: span.y,
        size: span.size,
    }
}

/// Ligatures as letters, blanks as one space.
fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{fb00}' => out.push_str("ff"),
            '\u{fb01}' => out.push_str("fi"),
            '\u{fb02}' => out.push_str("fl"),
            '\u{fb03}' => out.push_str("ffi"),
            '\u{fb04}' => out.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => out.push_str("st"),
            c if c.is_whitespace() || c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of all pages, without what repeats at their edges.
pub(super) fn text(mut pages: Vec<Vec<Line>>) -> String {
    drop_repeated(&mut pages);
    let mut paragraphs: Vec<String> = Vec::new();
    for page in &pages {
        let usual = usual_step(page);
        for (i, line) in page.iter().enumerate() {
            let above = i.checked_sub(1).and_then(|i| page.get(i));
            let starts = match above {
                Some(above) => begins(above, line, usual, page),
                None => !paragraphs.last().is_some_and(|last| goes_on(last, line)),
            };
            match paragraphs.last_mut() {
                Some(last) if !starts => {
                    last.push('\n');
                    last.push_str(&line.text);
                }
                _ => paragraphs.push(line.text.clone()),
            }
        }
    }
    let whole: Vec<String> = paragraphs
        .into_iter()
        .map(|p| cut_words::mend(&p).unwrap_or(p).replace('\n', " "))
        .collect();
    whole.join("\n\n")
}

/// The distance of most lines of a page from the line above.
fn usual_step(page: &[Line]) -> f32 {
    let mut steps: Vec<f32> = page
        .windows(2)
        .filter_map(|pair| match pair {
            [above, below] => Some(above.y - below.y),
            _ => None,
        })
        .filter(|step| *step > 0.5 && *step < 100.0)
        .collect();
    steps.sort_by(f32::total_cmp);
    steps.get(steps.len() / 2).copied().unwrap_or(0.0)
}

/// Whether a paragraph begins with this line.
fn begins(above: &Line, line: &Line, usual: f32, page: &[Line]) -> bool {
    let step = above.y - line.y;
    let size = above.size.max(line.size);
    if (above.size - line.size).abs() > size * 0.12 {
        return true;
    }
    // A new column goes up again; its first line may go on with the old one.
    if step < 0.0 {
        return !goes_on(&above.text, line);
    }
    // Another piece of the same line, far to the right.
    if step < size * 0.4 {
        return true;
    }
    let usual = if usual > 0.0 && usual < size * 2.2 {
        usual
    } else {
        size * 1.3
    };
    if step > usual * 1.35 {
        return true;
    }
    let indented = line.x > above.x + size * 0.7 && line.x < above.x + size * 5.0;
    let ended = above
        .text
        .ends_with(['.', '!', '?', '"', '”', '’', ')', ':']);
    // The last line of a paragraph is shorter than the column is wide.
    let widest = page
        .iter()
        .filter(|l| (l.x - above.x).abs() < size * 3.0)
        .map(|l| l.end)
        .fold(above.end, f32::max);
    let short = above.end < widest - (widest - above.x) * 0.25;
    ended && (indented || short)
}

/// Whether a text is cut in the middle of a sentence that this line ends.
fn goes_on(text: &str, line: &Line) -> bool {
    let open = !text.ends_with(['.', '!', '?', ':', '"', '”', '’']);
    let words = text.split_whitespace().count();
    open && words > 5 && line.text.starts_with(char::is_lowercase)
}

/// Drops page numbers, and lines at the edges of pages that repeat but for
/// their numbers.
fn drop_repeated(pages: &mut [Vec<Line>]) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages.iter() {
        let mut seen: Vec<String> = edges(page)
            .into_iter()
            .filter_map(|i| page.get(i))
            .map(|l| pattern(&l.text))
            .collect();
        seen.sort();
        seen.dedup();
        for pattern in seen {
            *count.entry(pattern).or_default() += 1;
        }
    }
    let many = match pages.len() {
        0 | 1 => usize::MAX,
        2 | 3 => 2,
        n => (n / 3).max(3),
    };
    for page in pages.iter_mut() {
        let dropped: Vec<usize> = edges(page)
            .into_iter()
            .filter(|i| {
                page.get(*i).is_some_and(|l| {
                    is_page_number(&l.text)
                        || count.get(&pattern(&l.text)).is_some_and(|n| *n >= many)
                })
            })
            .collect();
        let mut at = 0;
        page.retain(|_| {
            at += 1;
            !dropped.contains(&(at - 1))
        });
    }
}

/// The lines that stand highest and lowest.
fn edges(page: &[Line]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..page.len()).collect();
    let y = |i: &usize| page.get(*i).map_or(0.0, |l| l.y);
    order.sort_by(|a, b| y(b).total_cmp(&y(a)));
    let mut out: Vec<usize> = order.iter().take(EDGE).copied().collect();
    out.extend(order.iter().rev().take(EDGE));
    out.sort_unstable();
    out.dedup();
    out
}

fn pattern(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_digit() { '#' } else { c })
        .collect::<String>()
        .to_lowercase()
        .replace("##", "#")
        .replace("##", "#")
}

/// "3", "- 3 -", "Page 3 of 9"
fn is_page_number(text: &str) -> bool {
    let words: Vec<String> = text
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect();
    let number = |w: &String| w.len() <= 4 && w.bytes().all(|b| b.is_ascii_digit());
    let filler = |w: &String| matches!(w.as_str(), "page" | "p" | "of" | "seite");
    let numbers = words.iter().filter(|w| number(w)).count();
    (1..=2).contains(&numbers) && words.iter().all(|w| number(w) || filler(w))
        // A year alone may be a heading.
        && (words.len() > 1 || words.iter().all(|w| w.len() < 4))
}
