//! Lines that name who wrote an article. Pure.

use super::dateline::{is_month, is_weekday};
use super::rules::RULES;

/// Words that look like one person's name.
pub(super) fn is_person(words: &str) -> bool {
    let mut count = 0;
    for word in words.split_whitespace() {
        count += 1;
        let particle = matches!(
            word,
            "de" | "der"
                | "van"
                | "von"
                | "bin"
                | "al"
                | "el"
                | "la"
                | "da"
                | "di"
                | "du"
                | "le"
                | "ben"
        );
        let letters = word
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
        let capital = word.starts_with(char::is_uppercase);
        let plain = word.trim_end_matches('.');
        if !letters
            || !(capital || particle && count > 1)
            || is_month(plain)
            || is_weekday(plain)
            || matches!(
                word,
                "The" | "A" | "An" | "In" | "On" | "At" | "For" | "And" | "Of"
            )
        {
            return false;
        }
    }
    (2..=4).contains(&count)
}

/// "By Jane Doe", "Jane Doe | Reporter", "Jane Doe, Reuters".
pub(super) fn is_byline(words: &str, fragment: bool) -> bool {
    let count = words.split_whitespace().take(15).count();
    if count > 14 || !fragment && count > 6 {
        return false;
    }
    if let Some(rest) = ["By ", "by ", "BY "]
        .iter()
        .find_map(|by| words.strip_prefix(by))
    {
        let names = rest
            .split([',', '|', '(', '—', '–', ';'])
            .next()
            .unwrap_or(rest);
        return are_people(names.split(" in ").next().unwrap_or(names));
    }
    let mut halves = words.splitn(2, ['|', ',', '•', '·']);
    let (Some(name), Some(job)) = (halves.next(), halves.next()) else {
        return false;
    };
    let job = job.trim();
    is_person(name.trim()) && fragment && (RULES.agencies.contains_key(job) || ends_with_job(job))
}

/// "Jane Doe and John Roe", perhaps with a date behind; names all in capitals
/// may be of any length.
fn are_people(words: &str) -> bool {
    let names: Vec<&str> = words
        .split_whitespace()
        .take_while(|w| {
            let plain = w.trim_end_matches(['.', ',']);
            !is_month(plain)
                && !is_weekday(plain)
                && !plain.starts_with(|c: char| c.is_ascii_digit())
        })
        .collect();
    let capitals = |name: &str| {
        name.chars().filter(|c| c.is_uppercase()).count() > 1
            && name
                .chars()
                .all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '-' | '\''))
    };
    !names.is_empty()
        && names
            .split(|w| matches!(*w, "and" | "AND" | "&" | "with"))
            .map(|name| name.join(" "))
            .all(|name| is_person(name.trim_end_matches('.')) || capitals(&name))
}

/// A line with one or more names in an article's head: "Jane Doe, John Roe",
/// "Jane Doe in Geneva".
pub(super) fn is_name_line(words: &str) -> bool {
    let names = words.split(" in ").next().unwrap_or(words);
    names
        .split(',')
        .flat_map(|part| part.split(" and "))
        .all(|name| is_person(name.trim()))
}

/// Whether the words end with the name of a newsroom's job: "Foreign Policy
/// Reporter".
pub(super) fn ends_with_job(words: &str) -> bool {
    words.split_whitespace().count() <= 6
        && words
            .split_whitespace()
            .next_back()
            .is_some_and(|last| RULES.job_last.contains(&last.to_lowercase()))
}
