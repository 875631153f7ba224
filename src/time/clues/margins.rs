//! Dates that stand around the text: date lines, datelines, bylines, copyright
//! notices, the address of the page and the name of the file.

use super::{date_of, is_calendar_date, one_line, stripped};
use crate::ingest::{Article, Block};
use crate::text::Span;
use crate::time::{Edtf, Meaning, PlainExpression, Precision, PublicationClue, find_in_text};
use chrono::NaiveDate;

/// Dates printed in a margin of the article.
pub(super) fn printed(
    article: &Article,
    block: &Block,
    place: &str,
    weight: f32,
    out: &mut Vec<PublicationClue>,
) {
    let found: Vec<PlainExpression> = find_in_text(&article.text, block.span)
        .into_iter()
        .filter(|e| is_calendar_date(&e.meaning))
        .collect();
    for (n, expression) in found.iter().enumerate() {
        let before = Span {
            start: found
                .get(n.wrapping_sub(1))
                .map_or(block.span.start, |e| e.span.end),
            end: expression.span.start,
        };
        // "Updated" tells when the page was touched, not when it was written.
        let lead = before.of(&article.text).to_lowercase();
        let touched = ["updat", "modified", "revised", "accessed", "retrieved"]
            .iter()
            .any(|w| lead.contains(w));
        let coarse = match date_of(&expression.meaning).map(|e| e.precision()) {
            Some(Precision::Day) => 1.0,
            _ => 0.7,
        };
        out.push(PublicationClue {
            eve: is_eve(place, &expression.meaning),
            weight: weight * coarse * if touched { 0.6 } else { 1.0 },
            printed: !touched,
            meaning: stripped(&expression.meaning),
            why: format!(
                "the {place} {} {}",
                if touched {
                    "says that it was updated on"
                } else {
                    "says"
                },
                one_line(expression.span.of(&article.text))
            ),
        });
    }
}

/// A dateline without a year names the day of writing: agencies date the report
/// that they send at night, newspapers print it the morning after.
fn is_eve(place: &str, meaning: &Meaning) -> bool {
    place == "dateline" && date_of(meaning).is_some_and(|e| e.is_yearless())
}

/// "© 2015", "Copyright 2015 by": the year alone, and weak, for pages are
/// dated anew every January.
pub(super) fn copyright(article: &Article, block: &Block, out: &mut Vec<PublicationClue>) {
    let words = block.span.of(&article.text);
    for mark in ["©", "Copyright", "copyright", "COPYRIGHT", "(c)", "(C)"] {
        let Some(at) = words.find(mark) else {
            continue;
        };
        let tail: String = words[at + mark.len()..].chars().take(24).collect();
        let year = tail
            .split(|c: char| !c.is_ascii_digit())
            .filter(|d| d.len() == 4)
            .filter_map(|d| d.parse::<i32>().ok())
            .rfind(|y| (1900..=2100).contains(y))
            .and_then(Edtf::year);
        if let Some(year) = year {
            out.push(PublicationClue {
                eve: false,
                weight: 0.2,
                printed: false,
                why: format!("the copyright notice says {year}"),
                meaning: Meaning::Absolute(year),
            });
            return;
        }
    }
}

/// Dates in the address of the page or the name of the file: `/2015/06/23/`,
/// `2015-06-23`, `20150623`.
pub(super) fn addresses(article: &Article, out: &mut Vec<PublicationClue>) {
    let places = [
        (article.url.as_deref(), 0.75, "address"),
        (Some(article.path.as_str()), 0.6, "file name"),
    ];
    for (text, weight, place) in places {
        if let Some(edtf) = text.and_then(date_in_address) {
            out.push(PublicationClue {
                eve: false,
                weight: if edtf.is_day() { weight } else { weight - 0.15 },
                printed: false,
                why: format!("the {place} holds the date {edtf}"),
                meaning: Meaning::Absolute(edtf),
            });
        }
    }
}

/// The one date in an address; `None` where there are several.
fn date_in_address(text: &str) -> Option<Edtf> {
    let numbers: Vec<(&str, bool)> = {
        // Each run of digits, and whether a separator that dates use leads it.
        let mut runs = Vec::new();
        let mut rest = text;
        let mut at_mark = true;
        while let Some(c) = rest.chars().next() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            if digits > 0 {
                runs.push((&rest[..digits], at_mark));
                rest = &rest[digits..];
                at_mark = false;
            } else {
                at_mark = matches!(c, '/' | '-' | '_' | '.');
                if !at_mark {
                    runs.push(("", false));
                }
                rest = &rest[c.len_utf8()..];
            }
        }
        runs
    };
    let year = |d: &str| {
        d.parse::<i32>()
            .ok()
            .filter(|y| d.len() == 4 && (1900..=2100).contains(y))
    };
    let small = |d: &str| d.parse::<u32>().ok().filter(|_| (1..=2).contains(&d.len()));
    let mut found: Vec<Edtf> = Vec::new();
    for (i, (run, led)) in numbers.iter().enumerate() {
        if !led {
            continue;
        }
        let next = |n: usize| numbers.get(i + n).filter(|(_, led)| *led).map(|(d, _)| *d);
        let date = if run.len() == 8 {
            let (y, m, d) = (&run[..4], &run[4..6], &run[6..]);
            year(y).and_then(|_| Edtf::parse(&format!("{y}-{m}-{d}")))
        } else {
            let month = next(1).and_then(small);
            let day = next(2).and_then(small);
            match (year(run), month, day) {
                (Some(y), Some(m), Some(d)) => NaiveDate::from_ymd_opt(y, m, d)
                    .map(Edtf::day)
                    .or_else(|| Edtf::month(y, m)),
                (Some(y), Some(m), None) if next(1).is_some_and(|d| d.len() == 2) => {
                    Edtf::month(y, m)
                }
                _ => None,
            }
        };
        found.extend(date);
    }
    found.dedup();
    match found.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}
