//! What one article alone tells of its publication date, and what its clues
//! say together. Nothing is ever made up: where the clues leave the year open,
//! the answer has no year; where they contradict each other, it is coarser or
//! none.

use super::calendar::weekday_number;
use super::find::PlainExpression;
use super::{
    Choice, Edtf, Meaning, Part, Precision, PublicationClue, TimeExpression, find_in_text,
};
use crate::ingest::{Article, Block, BlockKind};
use crate::language::Analysis;
use crate::model::PublicationBasis;
use crate::text::Span;
use chrono::{Datelike, NaiveDate};

/// Below this weight a clue supports others, but does not speak alone.
const ALONE: f32 = 0.5;

/// What the article itself tells of its publication date, strongest first.
///
/// Datelines, bylines and date lines are read from the article's blocks,
/// because the language phase leaves them out.
pub fn clues(
    article: &Article,
    analysis: &Analysis,
    times: &[TimeExpression],
) -> Vec<PublicationClue> {
    let mut out = Vec::new();
    for block in &article.blocks {
        match block.kind {
            BlockKind::Date => printed(article, block, "date line", 0.95, &mut out),
            BlockKind::Dateline => printed(article, block, "dateline", 0.85, &mut out),
            BlockKind::Byline => printed(article, block, "byline", 0.8, &mut out),
            BlockKind::Caption | BlockKind::Credit => {}
            BlockKind::Furniture | BlockKind::Body => copyright(article, block, &mut out),
            BlockKind::Headline => {}
        }
    }
    addresses(article, &mut out);
    captions(article, analysis, times, &mut out);
    weekday_dates(times, &mut out);
    // Stable: clues of one weight stay in the order of the text.
    out.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    out
}

/// Dates printed in a margin of the article.
fn printed(
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

/// Whether a meaning is a date by the calendar, with or without its year.
fn is_calendar_date(meaning: &Meaning) -> bool {
    match stripped(meaning) {
        Meaning::Absolute(_) => true,
        Meaning::Recurring { part, .. } => matches!(part, Part::Date { .. } | Part::Month(_)),
        _ => false,
    }
}

/// A meaning without its time of day.
fn stripped(meaning: &Meaning) -> Meaning {
    match meaning {
        Meaning::Clock { of, .. } => stripped(of),
        other => other.clone(),
    }
}

/// A clue's date as far as it is known without a publication date.
fn date_of(meaning: &Meaning) -> Option<Edtf> {
    meaning.resolve(None)?.edtf
}

/// "© 2015", "Copyright 2015 by": the year alone, and weak, for pages are
/// dated anew every January.
fn copyright(article: &Article, block: &Block, out: &mut Vec<PublicationClue>) {
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
fn addresses(article: &Article, out: &mut Vec<PublicationClue>) {
    let places = [
        (article.url.as_deref(), 0.75, "address"),
        (Some(article.path.as_str()), 0.6, "file name"),
    ];
    for (text, weight, place) in places {
        if let Some(edtf) = text.and_then(date_in_address) {
            out.push(PublicationClue {
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

/// Dated captions: the picture was taken when the news happened, unless it
/// comes from an archive. Where the text speaks of the caption's weekday, both
/// mean one day, and that is the day of publication or one shortly before.
fn captions(
    article: &Article,
    analysis: &Analysis,
    times: &[TimeExpression],
    out: &mut Vec<PublicationClue>,
) {
    for time in times {
        let Some(sentence) = analysis.sentences.get(time.sentence as usize) else {
            continue;
        };
        if sentence.kind != BlockKind::Caption {
            continue;
        }
        let Some(edtf) = date_of(&stripped(&time.meaning)).filter(Edtf::is_day) else {
            continue;
        };
        let words = article
            .blocks
            .get(sentence.block as usize)
            .map_or("", |b| b.span.of(&article.text))
            .to_lowercase();
        if [
            "file photo",
            "file image",
            "archive",
            "(file",
            "file picture",
        ]
        .iter()
        .any(|w| words.contains(w))
        {
            continue;
        }
        let Some(day) = edtf.earliest() else {
            continue;
        };
        let weekday = weekday_number(day);
        let agrees = times.iter().find(|t| {
            analysis
                .sentences
                .get(t.sentence as usize)
                .is_some_and(|s| s.kind == BlockKind::Body)
                && matches!(
                    stripped(&t.meaning),
                    Meaning::Recurring { part: Part::Weekday(w), choice: Choice::Past, .. }
                        if w == weekday
                )
        });
        let written = one_line(time.span.of(&article.text));
        let (weight, why) = match agrees {
            Some(t) => (
                0.7,
                format!(
                    "a caption is dated {written}, and the text's \"{}\" is that day",
                    one_line(t.span.of(&article.text))
                ),
            ),
            None => (0.35, format!("a caption is dated {written}")),
        };
        out.push(PublicationClue {
            weight,
            printed: false,
            meaning: Meaning::Absolute(edtf),
            why,
        });
    }
}

/// "Tuesday, June 23" without a year: of the years that the text itself
/// speaks of, and the two after them, only one may fit.
fn weekday_dates(times: &[TimeExpression], out: &mut Vec<PublicationClue>) {
    let last_year = times
        .iter()
        .filter_map(|t| match stripped(&t.meaning) {
            Meaning::Absolute(edtf) if edtf.precision() <= Precision::Year => edtf.latest(),
            _ => None,
        })
        .map(|day| day.year())
        .max();
    let Some(last_year) = last_year else {
        return;
    };
    for time in times {
        let Meaning::Recurring {
            part:
                Part::Date {
                    month,
                    day,
                    weekday: Some(weekday),
                },
            ..
        } = stripped(&time.meaning)
        else {
            continue;
        };
        let fits: Vec<NaiveDate> = (last_year..=last_year.saturating_add(2))
            .filter_map(|y| NaiveDate::from_ymd_opt(y, month.into(), day.into()))
            .filter(|d| weekday_number(*d) == weekday)
            .collect();
        if let [one] = fits.as_slice()
            && let Some(year) = Edtf::year(one.year())
        {
            out.push(PublicationClue {
                weight: 0.4,
                printed: false,
                why: format!(
                    "{} was a {} in {year}, the text's latest year being {last_year}",
                    one.format("%B %-d"),
                    one.format("%A"),
                ),
                meaning: Meaning::Absolute(year),
            });
        }
    }
}

/// The words of a span on one line.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What an article's own clues say together of its publication date, how, and
/// why. `None` where they say nothing, or contradict each other about it. The
/// answer may be coarse (a month, a year) or without a year (`XXXX-06-23`).
///
/// The strongest clue speaks; weaker ones that fit make it narrower (a
/// dateline gives the day, a copyright notice the year); a clue as strong that
/// does not fit leaves only what both have in common: the month or the year.
pub fn publication(clues: &[PublicationClue]) -> Option<(Edtf, PublicationBasis, String)> {
    let mut dated: Vec<(&PublicationClue, Edtf)> = clues
        .iter()
        .filter_map(|clue| Some((clue, date_of(&clue.meaning)?)))
        .collect();
    dated.sort_by(|(a, _), (b, _)| b.weight.total_cmp(&a.weight));
    let (best, first) = dated.first()?;
    if best.weight < ALONE {
        return None;
    }
    let mut edtf = first.clone();
    let mut printed = best.printed;
    let mut why = best.why.clone();
    for (clue, other) in dated.iter().skip(1) {
        match edtf.intersection(other) {
            Some(both) if both != edtf => {
                // A year that only a weak clue gives is inferred.
                printed &= clue.printed || !edtf.is_yearless();
                edtf = both;
                why = format!("{why}; {}", clue.why);
            }
            Some(_) => {}
            None if edtf.may_overlap(other) => {}
            None if clue.weight + 0.15 < best.weight || !clue.printed && best.printed => {
                why = format!("{why}; although {}", clue.why);
            }
            None => {
                edtf = in_common(&edtf, other)?;
                printed = false;
                why = format!("{why}; but {}", clue.why);
            }
        }
    }
    let basis = if printed {
        PublicationBasis::Printed
    } else {
        PublicationBasis::Inferred
    };
    Some((edtf, basis, why))
}

/// The month or year that two dates share.
fn in_common(a: &Edtf, b: &Edtf) -> Option<Edtf> {
    let (first, last) = (
        a.earliest()?.min(b.earliest()?),
        a.latest()?.max(b.latest()?),
    );
    if first.year() != last.year() {
        None
    } else if first.month() == last.month() {
        Edtf::month(first.year(), first.month())
    } else {
        Edtf::year(first.year())
    }
}
