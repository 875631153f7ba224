//! "This year's Harbour Week" in an article whose headline speaks of "Harbour
//! Week 2017": the year of the one is the year of the other.

use super::one_line;
use crate::ingest::{Article, BlockKind};
use crate::language::{Analysis, Sentence};
use crate::time::{Edtf, Meaning, PublicationClue};

/// At most so many words make a name here.
const LONGEST: usize = 8;

/// Compares what "this year's" and "last year's" lead with names that carry
/// their year. A name that carries two years tells nothing.
pub(super) fn this_years(article: &Article, analysis: &Analysis, out: &mut Vec<PublicationClue>) {
    let text = &article.text;
    let mut relative: Vec<(Vec<&str>, i32, String)> = Vec::new();
    for sentence in &analysis.sentences {
        relative.extend(led_by_year(text, sentence));
    }
    for (name, offset, words) in relative.into_iter().take(16) {
        // Headlines leave out whose it is: "Nordwind Makers' Fair", "Makers'
        // Fair 2017"; two words could be anybody's.
        let shorter = (1..name.len().saturating_sub(2)).map(|first| &name[first..]);
        let years = std::iter::once(&name[..])
            .chain(shorter)
            .map(|name| years_of(text, analysis, name))
            .find(|years| !years.is_empty())
            .unwrap_or_default();
        let Some((year, _)) = years.first().copied() else {
            continue;
        };
        if years.iter().any(|(y, _)| *y != year) {
            continue;
        }
        let Some(edtf) = year.checked_sub(offset).and_then(Edtf::year) else {
            continue;
        };
        out.push(PublicationClue {
            eve: false,
            weight: if years.iter().any(|(_, head)| *head) {
                0.55
            } else {
                0.3
            },
            printed: false,
            meaning: Meaning::Absolute(edtf),
            why: format!("“{words}” is {} {year}", name.join(" ")),
        });
    }
}

/// The years beside a name in all sentences, and whether a headline has them.
fn years_of(text: &str, analysis: &Analysis, name: &[&str]) -> Vec<(i32, bool)> {
    let mut years = Vec::new();
    for sentence in &analysis.sentences {
        let head = sentence.kind == BlockKind::Headline;
        let found = with_year(text, sentence, name).into_iter();
        years.extend(found.map(|year| (year, head)));
    }
    years
}

/// The names behind "this year's" (0) and "last year's" (-1).
fn led_by_year<'t>(text: &'t str, sentence: &Sentence) -> Vec<(Vec<&'t str>, i32, String)> {
    let word = |i: usize| sentence.word(text, i);
    let count = sentence.tokens.len();
    let mut found = Vec::new();
    for i in 0..count.saturating_sub(3) {
        let offset = match word(i).to_ascii_lowercase().as_str() {
            "this" => 0,
            "last" => -1,
            _ => continue,
        };
        if word(i + 1) != "year" || !matches!(word(i + 2), "'s" | "’s") {
            continue;
        }
        let mut first = i + 3;
        if first < count && matches!(word(first), "annual" | "yearly") {
            first += 1;
        }
        let name: Vec<&str> = (first..count.min(first + LONGEST))
            .map(word)
            .take_while(|w| w.starts_with(char::is_uppercase))
            .collect();
        // One word is a name only where it is an acronym.
        let acronym = |w: &&str| w.len() >= 3 && w.chars().all(char::is_uppercase);
        if name.len() >= 2 || name.first().is_some_and(acronym) {
            let end = first + name.len() - 1;
            found.push((name, offset, one_line(sentence.span_of(i, end).of(text))));
        }
    }
    found
}

/// The years right before or after the name.
fn with_year(text: &str, sentence: &Sentence, name: &[&str]) -> Vec<i32> {
    let word = |i: usize| sentence.word(text, i);
    let count = sentence.tokens.len();
    let year = |i: usize| {
        let digits = (i < count).then(|| word(i))?;
        let year = digits.parse::<i32>().ok()?;
        (digits.len() == 4 && (1900..=2100).contains(&year)).then_some(year)
    };
    let mut found = Vec::new();
    for i in 0..count {
        if i + name.len() > count
            || !(0..name.len()).all(|k| word(i + k).eq_ignore_ascii_case(name[k]))
        {
            continue;
        }
        found.extend(year(i + name.len()));
        found.extend(i.checked_sub(1).and_then(year));
    }
    found
}
