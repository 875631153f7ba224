//! Two expressions that the text sets side by side as one date, one relative
//! and one in full: "last month, on May 14, 2015", "last quarter, which ended
//! December 30, 2006", "in 1997, 20 years ago". And so many years after a year:
//! "20 years after the 1997 accord".

use super::{one_line, stripped};
use crate::ingest::{Article, BlockKind};
use crate::language::{Analysis, Sentence};
use crate::time::calendar::plus_days;
use crate::time::{Edtf, Meaning, Precision, PublicationClue, TimeExpression};
use chrono::Datelike;

/// What may stand between two names of one date.
const JOINED: [&str; 10] = [
    "(", ", on", "(on", ", in", "(in", ", or", "— on", "– on", "—", "on",
];

/// What may stand between a stretch of time that is over and its last day.
const ENDED: [&str; 10] = [
    ", which ended",
    ", which ended on",
    ", which closed",
    ", which closed on",
    "that ended",
    "that ended on",
    "ended",
    ", ended",
    "ending",
    ", ending",
];

/// Pairs of expressions that are said to be one date.
pub(super) fn side_by_side(
    article: &Article,
    analysis: &Analysis,
    times: &[TimeExpression],
    out: &mut Vec<PublicationClue>,
) {
    for pair in times.windows(2) {
        let [a, b] = pair else { continue };
        if a.sentence != b.sentence || !is_text(analysis, a) {
            continue;
        }
        let text = &article.text;
        let between = one_line(
            text.get(a.span.end as usize..b.span.start as usize)
                .unwrap_or_default(),
        );
        let behind = text.get(b.span.end as usize..).unwrap_or_default();
        let closed = behind
            .trim_start()
            .chars()
            .next()
            .is_none_or(|c| matches!(c, '.' | ',' | ';' | ')' | '—' | '–'));
        let joined = closed && JOINED.contains(&between.as_str());
        let ended = ENDED.contains(&between.as_str());
        let (relative, full) = if joined || ended {
            (a, b)
        } else if closed && between == "," && text_of(article, b).ends_with(" ago") {
            (b, a)
        } else {
            continue;
        };
        let Meaning::Absolute(full_date) = stripped(&full.meaning) else {
            continue;
        };
        if full_date.precision() > Precision::Year || full_date.is_qualified() {
            continue;
        }
        let possible = if ended {
            after_end(&relative.meaning, &full_date)
        } else {
            relative.meaning.published_within(&full_date)
        };
        let Some(possible) = possible else {
            continue;
        };
        out.push(PublicationClue {
            eve: false,
            weight: 0.7,
            printed: false,
            meaning: Meaning::Absolute(possible),
            why: format!(
                "the text's “{}” is {}",
                text_of(article, relative),
                text_of(article, full)
            ),
        });
    }
}

/// "The last quarter, which ended October 31, 2006": published before another
/// has ended. Quarters and years of business begin when they like, so only
/// their length counts.
fn after_end(relative: &Meaning, end: &Edtf) -> Option<Edtf> {
    let Meaning::Unit {
        base,
        unit,
        offset: -1,
    } = relative
    else {
        return None;
    };
    let end = end
        .earliest()
        .filter(|_| end.is_day() && **base == Meaning::Published)?;
    let first = plus_days(end, 1)?;
    Some(Edtf::days(first, plus_days(end, unit.about_days() + 1)?))
}

fn text_of(article: &Article, time: &TimeExpression) -> String {
    one_line(time.span.of(&article.text))
}

fn is_text(analysis: &Analysis, time: &TimeExpression) -> bool {
    analysis
        .sentences
        .get(time.sentence as usize)
        .is_some_and(|s| s.kind == BlockKind::Body)
}

/// "20 years after the 1997 accord", "the 20th anniversary of the 1997 accord":
/// weak, for such a round number may be told early, late, or of another year.
pub(super) fn anniversaries(
    article: &Article,
    analysis: &Analysis,
    times: &[TimeExpression],
    out: &mut Vec<PublicationClue>,
) {
    let mut start = 0;
    while start < times.len() {
        let sentence = times[start].sentence;
        let end = start
            + times[start..]
                .iter()
                .take_while(|t| t.sentence == sentence)
                .count();
        if is_text(analysis, &times[start])
            && let Some(found) = analysis.sentences.get(sentence as usize)
            && let Some(clue) = anniversary(&article.text, found, &times[start..end])
        {
            out.push(clue);
        }
        start = end;
    }
}

/// The year that a sentence's only full date and its number of years give.
fn anniversary(
    text: &str,
    sentence: &Sentence,
    times: &[TimeExpression],
) -> Option<PublicationClue> {
    let mut full = times.iter().filter_map(|t| match stripped(&t.meaning) {
        Meaning::Absolute(edtf) if edtf.precision() <= Precision::Year => Some((t, edtf)),
        Meaning::Interval { .. } => match stripped(&t.meaning) {
            Meaning::Interval {
                from: Some(from), ..
            } => match *from {
                Meaning::Absolute(edtf) if edtf.precision() <= Precision::Year => Some((t, edtf)),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    let (time, edtf) = full.next()?;
    if full.next().is_some() {
        return None;
    }
    let at = usize::from(time.first);
    let (from, years) = years_before(text, sentence, times, at)?;
    // "will mark", "had marked": not now.
    let had = sentence
        .tokens
        .iter()
        .any(|t| t.xpos == crate::language::Xpos::Md)
        || sentence
            .tokens
            .iter()
            .any(|t| t.lemma == "have" && t.xpos == crate::language::Xpos::Vbd);
    // "In 2007, 20 years after"; a day beside it is the day of the news.
    let some_day = Edtf::parse("2000-06-15");
    let elsewhere = times.iter().any(|t| {
        let outside = usize::from(t.last) < from || t.first > time.last;
        outside
            && t.meaning.is_datable()
            && !(t.meaning.is_relative()
                && t.meaning
                    .resolve(some_day.as_ref())
                    .and_then(|r| r.edtf)
                    .is_some_and(|e| e.is_day()))
    });
    if had || elsewhere {
        return None;
    }
    let year = edtf
        .earliest()?
        .year()
        .checked_add(i32::try_from(years).ok()?)?;
    Some(PublicationClue {
        eve: false,
        weight: 0.35,
        printed: false,
        meaning: Meaning::Absolute(Edtf::year(year)?),
        why: format!(
            "“{}” makes it {year}",
            one_line(sentence.span_of(from, usize::from(time.last)).of(text))
        ),
    })
}

/// The number of years that stands at most six words before the date, and
/// where it begins: "20 years after", "the 20th anniversary of".
fn years_before(
    text: &str,
    sentence: &Sentence,
    times: &[TimeExpression],
    at: usize,
) -> Option<(usize, u32)> {
    for i in at.saturating_sub(6)..at {
        let word = sentence.word(text, i);
        if word.eq_ignore_ascii_case("anniversary") {
            let digits = sentence.word(text, i.checked_sub(1)?);
            let digits = digits.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let years = digits
                .parse::<u32>()
                .ok()
                .filter(|n| (1..=500).contains(n))?;
            return Some((i - 1, years));
        }
        if ["after", "since"]
            .iter()
            .any(|w| word.eq_ignore_ascii_case(w))
        {
            let before = times.iter().find(|t| usize::from(t.last) + 1 == i)?;
            let years = match &before.meaning {
                Meaning::Duration(period) => period
                    .strip_prefix('P')?
                    .strip_suffix('Y')?
                    .parse::<u32>()
                    .ok(),
                _ => None,
            }?;
            return (1..=500)
                .contains(&years)
                .then_some((usize::from(before.first), years));
        }
    }
    None
}
