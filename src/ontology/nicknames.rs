//! Given names: which forms are one name ("Tom" and "Thomas", "Mohammed" and
//! "Muhammad"), and what gender a name tells. Reads `ontology/nicknames.toml`.

use super::{Gender, List};
use crate::language::given;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

static LIST: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../ontology/nicknames.toml")));

static TABLE: LazyLock<Table> = LazyLock::new(Table::read);

struct Table {
    /// From a folded form to the lines that hold it, in order.
    lines: HashMap<Cow<'static, str>, Vec<u32>>,
    /// From a folded name to its gender, `None` where it tells none.
    genders: HashMap<Cow<'static, str>, Option<Gender>>,
    /// Family names that stand in front; whether they always do.
    family_first: HashMap<&'static str, bool>,
}

impl Table {
    fn read() -> Table {
        // About the size of the lists, so that the maps need not grow.
        let mut table = Table {
            lines: HashMap::with_capacity(4096),
            genders: HashMap::with_capacity(6144),
            family_first: HashMap::with_capacity(256),
        };
        for (section, always) in [("family_first", true), ("family_or_given", false)] {
            for form in LIST.words(section) {
                table.family_first.insert(form.text, always);
            }
        }
        let entries = LIST.entries("classes").chain(LIST.entries("spellings"));
        for (line, entry) in (0u32..).zip(entries) {
            for form in entry.forms(0) {
                let lines = table.lines.entry(fold(form.text)).or_default();
                if lines.last() != Some(&line) {
                    lines.push(line);
                }
            }
        }
        // Names that tell no gender come first, so that they win.
        let sections = [
            ("both", None),
            ("female", Some(Gender::Female)),
            ("male", Some(Gender::Male)),
        ];
        for (section, gender) in sections {
            for form in LIST.words(section) {
                table.genders.entry(fold(form.text)).or_insert(gender);
            }
        }
        table
    }
}

/// Lower case, without accents, apostrophes and full stops; a hyphen is a space.
fn fold(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|b| b.is_ascii_lowercase() || b == b' ') {
        return Cow::Borrowed(name);
    }
    if name.is_ascii() {
        let plain = name.bytes().filter(|b| !matches!(b, b'\'' | b'.' | b'`'));
        let plain = plain.map(|b| match b {
            b'-' => ' ',
            b => char::from(b.to_ascii_lowercase()),
        });
        return Cow::Owned(plain.collect());
    }
    let mut out = String::with_capacity(name.len());
    for c in name.nfd().flat_map(char::to_lowercase) {
        match c {
            '-' | '\u{2010}' | '\u{2011}' => out.push(' '),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'ı' => out.push('i'),
            'đ' => out.push('d'),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ß' => out.push_str("ss"),
            c if c.is_alphanumeric() || c == ' ' => out.push(c),
            // Accents, apostrophes and the signs of transliteration.
            _ => {}
        }
    }
    Cow::Owned(out)
}

/// Whether two given names are forms of one name: equal but for case, accents
/// and hyphens, or together in a line of the list. Not transitive: "Al" is
/// Albert and Alan, but Albert is not Alan. Initials are the caller's.
pub fn same_given_name(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    if a == b || a.split(' ').eq(b.split(' ')) {
        return true;
    }
    // "Abdul Rahman" and "Abdulrahman", "Jong Un" and "Jong-un".
    if a.replace(' ', "") == b.replace(' ', "") {
        return true;
    }
    match (TABLE.lines.get(&a), TABLE.lines.get(&b)) {
        (Some(a), Some(b)) => a.iter().any(|line| b.contains(line)),
        _ => false,
    }
}

/// The gender that a given name tells nearly always; `None` for names that do
/// not tell it and for unknown ones. A double name is read by its parts where it
/// is not listed itself: "Anne-Sophie".
pub fn gender(given_name: &str) -> Option<Gender> {
    let name = fold(given_name);
    if let Some(gender) = TABLE.genders.get(&name) {
        return *gender;
    }
    let mut parts = name.split(' ').filter(|part| !part.is_empty());
    let first = *TABLE.genders.get(parts.next()?)?;
    let rest = parts.next()?;
    match (first, TABLE.genders.get(rest).copied().flatten()) {
        // Two parts that contradict each other tell nothing.
        (Some(a), Some(b)) if a != b => None,
        (first, rest) => first.or(rest),
    }
}

/// Whether a word is on the lists as a given name or a form of one.
pub fn is_given_name(word: &str) -> bool {
    let name = fold(word);
    TABLE.genders.contains_key(&name) || TABLE.lines.contains_key(&name)
}

/// Whether a word is a Chinese or Korean family name that stands in front of the
/// given name and is seldom a given name itself.
pub fn is_family_first(word: &str) -> bool {
    TABLE.family_first.get(&*word.to_lowercase()) == Some(&true)
}

/// Which word of a person's name is the family name: the last one, but the first
/// of Chinese and Korean names in their own order. 0 for no words.
pub fn family_word(words: &[&str]) -> usize {
    let last = words.len().saturating_sub(1);
    let ([first, given] | [first, given, _]) = words else {
        return last;
    };
    let family = TABLE.family_first.get(&*first.to_lowercase());
    let joined = given::is_given_name_word(given);
    let two = words.len() == 3 && words[1..].iter().all(|w| given::is_syllables(w, 1));
    let written_as_one = family == Some(&true) && words.len() == 2 && given::is_syllables(given, 2);
    let front = (joined && words.len() == 2) || (family.is_some() && two) || written_as_one;
    if front { 0 } else { last }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn examples_hold() {
        let yes = |holds: bool| holds.then(|| "yes".to_owned());
        super::super::check_examples(&LIST, |function, form| match function {
            "same" => {
                let (a, b) = form.split_once(" = ")?;
                yes(same_given_name(a, b) && same_given_name(b, a))
            }
            "gender" => gender(form).map(|gender| match gender {
                Gender::Female => "f".to_owned(),
                Gender::Male => "m".to_owned(),
            }),
            "given" => yes(is_given_name(form)),
            "family" => {
                let words: Vec<&str> = form.split_whitespace().collect();
                words.get(family_word(&words)).map(|w| (*w).to_owned())
            }
            _ => Some(format!("unknown function {function}")),
        });
    }

    #[test]
    fn no_name_has_two_genders() {
        let mut seen = HashMap::new();
        let mut wrong = Vec::new();
        for section in ["both", "female", "male"] {
            for form in LIST.words(section) {
                if let Some(other) = seen.insert(fold(form.text), section)
                    && other != section
                {
                    wrong.push(format!("{}: {other} and {section}", form.text));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("; "));
        assert!(seen.len() > 1500, "{} names", seen.len());
    }

    proptest! {
        #[test]
        fn any_words_are_read(a in ".{0,12}", b in ".{0,12}") {
            prop_assert_eq!(same_given_name(&a, &b), same_given_name(&b, &a));
            let _ = gender(&a);
        }
    }
}
