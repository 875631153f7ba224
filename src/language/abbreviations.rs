//! The word lists of the tokeniser and the sentence splitter, read once from
//! `ontology/abbreviations.toml`, which is part of the binary.

use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

/// How an abbreviation behaves before the next word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Stands before a name; never ends a sentence.
    Title,
    /// An abbreviation only before a number.
    Number,
    /// Ends a sentence only before a word that likes to begin one.
    NameEnd,
    /// As `NameEnd`, and an abbreviation only after a comma.
    State,
    /// Ends a sentence before any capital that tells no time.
    OftenEnd,
}

/// One text with its sentence boundaries, for the tests.
#[cfg(test)]
#[derive(Debug, Deserialize)]
pub(crate) struct Example {
    pub(crate) text: String,
}

#[derive(Deserialize)]
struct File {
    title: Vec<String>,
    number: Vec<String>,
    name_end: Vec<String>,
    state: Vec<String>,
    often_end: Vec<String>,
    time_words: HashSet<String>,
    exclaim: HashSet<String>,
    starter: HashSet<String>,
    opener: HashSet<String>,
    opener_after_lower: HashSet<String>,
    label: HashSet<String>,
    before_date: HashSet<String>,
    speech: HashSet<String>,
    prefix: HashSet<String>,
    joined: BTreeMap<String, usize>,
    units: Units,
    web: Web,
    #[cfg(test)]
    example: Vec<Example>,
}

#[derive(Deserialize)]
struct Units {
    always: HashSet<String>,
    after_currency: HashSet<String>,
}

#[derive(Deserialize)]
struct Web {
    endings: HashSet<String>,
}

/// The lists, ready for lookup. Nothing here is ever iterated over for output.
#[derive(Default)]
pub(crate) struct Lists {
    classes: HashMap<String, Class>,
    /// Abbreviations with a stop inside and parts longer than a letter: "Ph.D".
    pub(crate) dotted: Vec<String>,
    time_words: HashSet<String>,
    exclaim: HashSet<String>,
    starter: HashSet<String>,
    opener: HashSet<String>,
    opener_after_lower: HashSet<String>,
    label: HashSet<String>,
    before_date: HashSet<String>,
    speech: HashSet<String>,
    prefix: HashSet<String>,
    joined: HashMap<String, usize>,
    units: HashSet<String>,
    money_units: HashSet<String>,
    web_endings: HashSet<String>,
    #[cfg(test)]
    pub(crate) examples: Vec<Example>,
}

const SOURCE: &str = include_str!("../../ontology/abbreviations.toml");

/// The lists of the binary. A test reads the file, so that a mistake in it
/// cannot reach a user; were there one, the lists would be empty.
pub(crate) static LISTS: LazyLock<Lists> = LazyLock::new(|| match toml::from_str::<File>(SOURCE) {
    Ok(file) => Lists::new(file),
    Err(_) => Lists::default(),
});

impl Lists {
    fn new(file: File) -> Lists {
        let mut classes = HashMap::new();
        let mut dotted = Vec::new();
        for (class, words) in [
            (Class::Title, file.title),
            (Class::Number, file.number),
            (Class::NameEnd, file.name_end),
            (Class::State, file.state),
            (Class::OftenEnd, file.often_end),
        ] {
            for word in words {
                if word.contains('.') && word.split('.').any(|part| part.len() > 1) {
                    dotted.push(word.clone());
                }
                classes.insert(word, class);
            }
        }
        Lists {
            classes,
            dotted,
            time_words: file.time_words,
            exclaim: file.exclaim,
            starter: file.starter,
            opener: file.opener,
            opener_after_lower: file.opener_after_lower,
            label: file.label,
            before_date: file.before_date,
            speech: file.speech,
            prefix: file.prefix,
            joined: file.joined.into_iter().collect(),
            units: file.units.always,
            money_units: file.units.after_currency,
            web_endings: file.web.endings,
            #[cfg(test)]
            examples: file.example,
        }
    }

    /// The class of an abbreviation written without its last stop. Capitals
    /// are read as well: "GEN", "INC".
    pub(crate) fn class(&self, word: &str) -> Option<Class> {
        if word.len() > 8 {
            return None;
        }
        if let Some(class) = self.classes.get(word) {
            return Some(*class);
        }
        if word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase()) {
            let title = word[..1].to_owned() + &word[1..].to_ascii_lowercase();
            return self.classes.get(&title).copied();
        }
        None
    }

    /// Whether the word tells a time of day's day or zone: "Monday", "EDT".
    pub(crate) fn is_time_word(&self, word: &str) -> bool {
        self.time_words.contains(word)
    }

    /// Whether the name is written with an exclamation mark.
    pub(crate) fn exclaims(&self, word: &str) -> bool {
        self.exclaim.contains(word)
    }

    /// Whether the word, so capitalised, likely begins a sentence.
    pub(crate) fn is_starter(&self, word: &str) -> bool {
        self.starter.contains(word)
    }

    /// Whether the word, so capitalised, begins a sentence even where no stop
    /// ended the one before. Fewer do behind a word with a capital (`named`).
    pub(crate) fn is_opener(&self, word: &str, named: bool) -> bool {
        self.opener.contains(word) || !named && self.opener_after_lower.contains(word)
    }

    /// Whether the word, with a colon behind it, begins the credit of a picture.
    pub(crate) fn is_label(&self, word: &str) -> bool {
        self.label.contains(word)
    }

    /// Whether a date behind the word belongs to its sentence: "on", "since".
    pub(crate) fn leads_to_date(&self, word: &str) -> bool {
        self.before_date.contains(word)
    }

    /// Whether the word is a verb of saying.
    pub(crate) fn is_speech(&self, word: &str) -> bool {
        self.speech.contains(word)
    }

    /// Whether the word is a prefix that keeps its hyphen.
    pub(crate) fn is_prefix(&self, word: &str) -> bool {
        word.len() <= 8
            && (self.prefix.contains(word)
                || (word.bytes().any(|b| b.is_ascii_uppercase())
                    && self.prefix.contains(&word.to_ascii_lowercase())))
    }

    /// Length of the first of the two words that are written as one.
    pub(crate) fn joined(&self, word: &str) -> Option<usize> {
        if !(4..=8).contains(&word.len()) || !word.is_ascii() {
            return None;
        }
        self.joined.get(&word.to_ascii_lowercase()).copied()
    }

    /// Whether the letters behind a number are a unit.
    pub(crate) fn is_unit(&self, letters: &str, after_currency: bool) -> bool {
        self.units.contains(letters) || (after_currency && self.money_units.contains(letters))
    }

    /// Whether addresses and file names end so.
    pub(crate) fn is_web_ending(&self, word: &str) -> bool {
        word.len() <= 5
            && (self.web_endings.contains(word)
                || self.web_endings.contains(&word.to_ascii_lowercase()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read() {
        let file: Result<File, _> = toml::from_str(SOURCE);
        assert_eq!(file.err(), None);
        assert!(!LISTS.examples.is_empty());
        assert_eq!(LISTS.class("GEN"), Some(Class::Title));
        assert!(LISTS.dotted.contains(&"Ph.D".to_owned()));
        for (word, first) in &LISTS.joined {
            assert!(*first < word.len(), "{word}");
        }
    }
}
