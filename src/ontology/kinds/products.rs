//! Names of products: by family, by number, by spelling.

use super::{Kind, LONGEST, Named, Rule, TABLE, Told, is_joint};
use crate::model::ActorKind;
use crate::ontology::{bare, nicknames, organizations};

/// The family of products that a word is, by its spelling beyond doubt a name:
/// with a capital or a digit inside. The plural counts: "MacBooks".
pub fn family(word: &str) -> Option<&'static str> {
    let inside = |c: char| c.is_uppercase() || c.is_ascii_digit();
    if !word.chars().skip(1).any(inside) {
        return None;
    }
    let one = word.strip_suffix('s').unwrap_or(word);
    let found = [word, one]
        .into_iter()
        .find_map(|w| TABLE.lines.get_key_value(w));
    found.filter(|(_, doubt)| !**doubt).map(|(name, _)| *name)
}

/// Products by family, by number, by spelling.
pub(super) fn product(name: &Named<'_>) -> Option<Told> {
    let kind = Kind::Actor(ActorKind::Product);
    let words = name.words;
    let weak = name.found.is_none();
    // "Windows 10", "Apple iPhone 4": a family, perhaps behind its maker.
    for start in 0..words.len().min(2) {
        for end in (start + 1..=words.len().min(start + LONGEST)).rev() {
            let family = words[start..end].join(" ");
            let Some((entry, doubt)) = TABLE.lines.get_key_value(family.as_str()) else {
                continue;
            };
            let model = words.get(end).is_some_and(|w| is_model(w));
            let rest_is_body = organizations::org_sort(words).is_some();
            let makes = start == 0 || organizations::org_sort(&words[..1]).is_none();
            if (model || !rest_is_body) && makes && (!doubt || model || weak) && !is_person(name) {
                return Some(Told::new(kind, Rule::Known, *entry));
            }
        }
    }
    let last = words.last()?;
    if is_person(name) || name.found == Some(ActorKind::Person) && words.len() == 1 {
        return None;
    }
    if words.len() == 1 {
        return (is_type(last) && name.found != Some(ActorKind::Place)
            || weak && is_small_first(last))
        .then(|| Told::new(kind, Rule::Number, ""));
    }
    let stem = bare(words[words.len() - 2]);
    let year = last.len() == 4 && (last.starts_with("19") || last.starts_with("20"));
    let stems = words[..words.len() - 1].iter().map(|w| bare(w));
    let barred = stems
        .into_iter()
        .any(|w| TABLE.numbered.contains(w.as_str()) || is_joint(&w));
    let listed = TABLE.last.contains_key(stem.as_str()) || organizations::place_head(&stem);
    let says_body = matches!(
        name.found,
        Some(ActorKind::Organization | ActorKind::Person | ActorKind::Place)
    ) && last.chars().all(|c| c.is_ascii_digit());
    (is_model(last) && !year && !barred && !listed && !says_body)
        .then(|| Told::new(kind, Rule::Number, ""))
}

/// Whether the finder sees a person with given name and surname.
fn is_person(name: &Named<'_>) -> bool {
    name.found == Some(ActorKind::Person)
        && name.words.len() > 1
        && (nicknames::is_given_name(name.words[0])
            || !name
                .words
                .iter()
                .any(|w| w.chars().any(|c| c.is_ascii_digit())))
}

/// The last word of a model's name: "9", "X4", "4S", "XP", "II" does not count.
fn is_model(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let ordinal = ["st", "nd", "rd", "th"].iter().any(|e| word.ends_with(e));
    (1..=4).contains(&digits)
        && word.chars().count() <= 6
        && !ordinal
        && word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))
}

/// A type designation in one word: "F-16", "MiG-29", "Su-27", "A380".
fn is_type(word: &str) -> bool {
    let Some((letters, digits)) = word.split_once('-') else {
        return false;
    };
    let digits = digits.trim_end_matches(|c: char| c.is_ascii_uppercase());
    (1..=3).contains(&letters.chars().count())
        && letters.starts_with(|c: char| c.is_ascii_uppercase())
        && letters.chars().all(|c| c.is_ascii_alphabetic())
        && (2..=3).contains(&digits.len())
        && digits.chars().all(|c| c.is_ascii_digit())
        && !matches!(letters, "G" | "U" | "No")
}

/// "iPhone", "eBook": a small letter before a capital, as only brands have.
pub fn is_small_first(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| matches!(c, 'i' | 'e'))
        && chars.next().is_some_and(char::is_uppercase)
        && chars.next().is_some_and(char::is_lowercase)
}
