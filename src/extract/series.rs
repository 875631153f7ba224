//! Numbered meetings and festivals: "the 5th annual Harbour Week". One of them
//! with a year tells when another was. Pure.

use super::report::Edition;
use crate::language::{Analysis, Sentence, kinds};
use crate::model::ActorKind;
use crate::time::{Meaning, Precision, TimeExpression, ordinal};

/// At most so many words make the name.
const LONGEST: usize = 10;
/// At most so many are kept of one article.
const MOST: usize = 64;
/// Numbers beyond this count something else.
const HIGHEST: u32 = 400;

/// All numbered occasions of an article, in the order of the text.
pub(super) fn find(text: &str, analysis: &Analysis, times: &[TimeExpression]) -> Vec<Edition> {
    let mut out = Vec::new();
    let mut next = 0;
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        let start = next;
        while times
            .get(next)
            .is_some_and(|t| t.sentence as usize <= number)
        {
            next += 1;
        }
        if sentence.kind.is_read() {
            in_sentence(text, sentence, &times[start..next], &mut out);
        }
        if out.len() >= MOST {
            out.truncate(MOST);
            break;
        }
    }
    out
}

fn in_sentence(text: &str, sentence: &Sentence, times: &[TimeExpression], out: &mut Vec<Edition>) {
    let before = out.len();
    for i in 0..sentence.tokens.len() {
        let number = ordinal(sentence.word(text, i)).filter(|n| (1..=HIGHEST).contains(n));
        let Some(number) = number else {
            continue;
        };
        let mut first = i + 1;
        let annual = first < sentence.tokens.len()
            && ["annual", "yearly"]
                .iter()
                .any(|w| sentence.word(text, first).eq_ignore_ascii_case(w));
        first += usize::from(annual);
        let Some(end) = name_end(text, sentence, first) else {
            continue;
        };
        let words: Vec<String> = (first..end)
            .map(|j| sentence.word(text, j).to_lowercase())
            .collect();
        // Of "the 9th Circuit" and "the 5th Fleet" there is no next year's.
        let is_occasion = || {
            let told = kinds::tell(text, sentence, first, end - 1, None);
            told.nearest == Some(ActorKind::Conference)
        };
        if !(annual || words.len() > 1 && is_occasion()) {
            continue;
        }
        out.push(Edition {
            name: words.join(" "),
            number,
            annual,
            year: beside(text, sentence, times, i, end),
            time: None,
            words: sentence
                .span_of(i, end - 1)
                .of(text)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
        });
    }
    // With two of them nothing tells whose the sentence's date is.
    if let [one] = &mut out[before..] {
        date(one, times);
    }
}

/// Gives an edition the one date of its sentence.
fn date(edition: &mut Edition, times: &[TimeExpression]) {
    let mut dates = times.iter().filter(|t| t.meaning.is_datable());
    let (Some(time), None) = (dates.next(), dates.next()) else {
        return;
    };
    if time.meaning.is_relative() {
        edition.time = Some(time.meaning.clone());
    } else if edition.year.is_none() {
        edition.year = year_of(&time.meaning);
    }
}

fn year_of(meaning: &Meaning) -> Option<i32> {
    use chrono::Datelike;
    match meaning {
        Meaning::Absolute(edtf) if edtf.precision() <= Precision::Year && !edtf.is_qualified() => {
            edtf.earliest().map(|day| day.year())
        }
        Meaning::Clock { of, .. } => year_of(of),
        _ => None,
    }
}

/// A year in full right beside the name: "the 2017", "of 2017", "in 2017",
/// ", 2017".
fn beside(
    text: &str,
    sentence: &Sentence,
    times: &[TimeExpression],
    first: usize,
    end: usize,
) -> Option<i32> {
    let led = ["of", "in", "(", "on", "from", "held", ","];
    times.iter().find_map(|time| {
        let at = usize::from(time.first);
        let year = year_of(&time.meaning)?;
        let behind =
            at >= end && at <= end + 2 && (end..at).all(|j| led.contains(&sentence.word(text, j)));
        (behind || usize::from(time.last) + 1 == first).then_some(year)
    })
}

/// One past the last word of a name that begins at `first`: capitalised words,
/// joined by "of", "on", "for", "and", "the".
fn name_end(text: &str, sentence: &Sentence, first: usize) -> Option<usize> {
    let mut end = None;
    for j in first..sentence.tokens.len().min(first + LONGEST) {
        let word = sentence.word(text, j);
        if word.starts_with(char::is_uppercase) {
            end = Some(j + 1);
        } else if end.is_none() || !matches!(word, "of" | "on" | "for" | "and" | "the" | "'s" | "-")
        {
            break;
        }
    }
    end
}
