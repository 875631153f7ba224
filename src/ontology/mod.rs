//! The lists that Tieline knows the world by: countries, titles, organisation
//! words, nicknames, event types. Data files under `ontology/`, part of the
//! binary; this module only reads them. Touches nothing else.
//!
//! A list is a TOML file whose values are multi-line strings: one entry a line,
//! fields parted by `|`, forms within a field by `;`. A form that ends in `?`
//! is ambiguous: it often means something else ("Jordan", "Chad", "Turkey").

pub mod countries;
pub mod governors;
pub mod kinds;
pub mod nicknames;
pub mod nominals;
pub mod organizations;
pub mod outlets;
pub mod places;
pub mod titles;
pub mod types;
pub mod unnamed;
mod word_sets;

use std::borrow::Cow;
use std::collections::HashMap;

/// Gender of a person, as far as a name or title tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    /// "Mrs", "king's" counterpart "queen", "Maria".
    Female,
    /// "Mr", "king", "Mario".
    Male,
}

impl Gender {
    /// Reads `f` or `m`.
    fn parse(word: &str) -> Option<Gender> {
        match word {
            "f" => Some(Gender::Female),
            "m" => Some(Gender::Male),
            _ => None,
        }
    }
}

/// A form of a name, with its doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) text: &'static str,
    pub(crate) ambiguous: bool,
}

impl Form {
    /// Reads `a` or `a?`; nothing from an empty text.
    pub(crate) fn parse(text: &'static str) -> Option<Form> {
        let form = text.trim();
        let (text, ambiguous) = match form.strip_suffix('?') {
            Some(text) => (text, true),
            None => (form, false),
        };
        (!text.is_empty() && text != "-").then_some(Form { text, ambiguous })
    }
}

/// A parsed data file, which lives as long as the program.
pub(crate) struct List(toml::Table);

impl List {
    /// Parses an embedded file. A file that does not parse is empty here, and
    /// a failing test in its module.
    pub(crate) fn parse(text: &'static str) -> List {
        List(text.parse().unwrap_or_default())
    }

    /// The entries of a section, each as its fields.
    pub(crate) fn entries(&'static self, section: &str) -> impl Iterator<Item = Entry> + use<> {
        self.0
            .get(section)
            .and_then(toml::Value::as_str)
            .unwrap_or("")
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(Entry::new)
    }

    /// All words of a section that is a plain list of words and phrases,
    /// parted by `;` or line ends.
    pub(crate) fn words(&'static self, section: &str) -> impl Iterator<Item = Form> + use<> {
        self.entries(section).flat_map(|entry| forms(entry.line))
    }
}

/// Most fields that a line has.
const FIELDS: usize = 8;

/// One line of a list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    line: &'static str,
    fields: [&'static str; FIELDS],
}

impl Entry {
    fn new(line: &'static str) -> Entry {
        let mut fields = [""; FIELDS];
        for (field, text) in fields.iter_mut().zip(line.split('|')) {
            *field = text.trim();
        }
        Entry { line, fields }
    }

    /// Field `n`, empty where the line is shorter.
    pub(crate) fn field(self, n: usize) -> &'static str {
        self.fields.get(n).copied().unwrap_or("")
    }

    /// The forms in field `n`.
    pub(crate) fn forms(self, n: usize) -> impl Iterator<Item = Form> {
        forms(self.field(n))
    }
}

/// Splits `a; b?; c` into its forms.
fn forms(text: &'static str) -> impl Iterator<Item = Form> {
    text.split(';').filter_map(Form::parse)
}

/// A lookup table from a form to an index and whether the form is ambiguous.
/// Only ever asked for one key, never walked, so its order cannot show.
pub(crate) struct Index(HashMap<&'static str, (u32, bool)>);

impl Default for Index {
    /// With room for a list of the usual length, so that it seldom grows.
    fn default() -> Index {
        Index(HashMap::with_capacity(1024))
    }
}

impl Index {
    /// Adds a form. The first entry of the file to claim a form keeps it.
    pub(crate) fn add(&mut self, form: Form, entry: usize) {
        self.0
            .entry(form.text)
            .or_insert((entry as u32, form.ambiguous));
    }

    /// The entry for a form as written, and whether the form is ambiguous.
    /// Accepts a leading "the", curly apostrophes, and for words of four or
    /// more letters ALL CAPITALS, as headlines have them.
    pub(crate) fn get(&self, form: &str) -> Option<(usize, bool)> {
        let plain = tidy(form);
        if let Some(found) = self.get_exact(&plain) {
            return Some(found);
        }
        if plain.chars().count() >= 4 && !plain.chars().any(char::is_lowercase) {
            return self.get_exact(&capitalized(&plain));
        }
        None
    }

    /// Like [`Index::get`], for the form just as it is listed.
    pub(crate) fn get_exact(&self, form: &str) -> Option<(usize, bool)> {
        let (entry, ambiguous) = self.0.get(form)?;
        Some((*entry as usize, *ambiguous))
    }
}

/// Without a leading article, with plain apostrophes and single spaces.
fn tidy(form: &str) -> Cow<'_, str> {
    let trimmed = form.trim();
    let plain = match trimmed.split_once(' ') {
        Some((first, rest)) if first.eq_ignore_ascii_case("the") => rest.trim_start(),
        _ => trimmed,
    };
    let curly = plain.contains(['\u{2019}', '\u{2018}']);
    if !curly && !plain.contains("  ") && !plain.contains(['\n', '\t', '\u{a0}']) {
        return Cow::Borrowed(plain);
    }
    let words: Vec<&str> = plain.split_whitespace().collect();
    Cow::Owned(words.join(" ").replace(['\u{2019}', '\u{2018}'], "'"))
}

/// "SOUTH KOREA" as "South Korea", "BOSNIA AND HERZEGOVINA" as "Bosnia and ...".
fn capitalized(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (i, word) in text.split(' ').enumerate() {
        if i > 0 {
            out.push(' ');
        }
        let lower = word.to_lowercase();
        if i > 0 && matches!(lower.as_str(), "and" | "of" | "the" | "for" | "in") {
            out.push_str(&lower);
            continue;
        }
        let mut start = true;
        for c in lower.chars() {
            if start {
                out.extend(c.to_uppercase());
            } else {
                out.push(c);
            }
            start = c == '-' || c == '/';
        }
    }
    out
}

/// Lower case without a final full stop: the key of words that are written
/// with or without one ("Gen.", "gen").
fn bare(word: &str) -> String {
    let word = word.strip_suffix('.').unwrap_or(word);
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.replace(['\u{2019}', '\u{2018}'], "'").to_lowercase()
}

/// Runs the examples of a list: section `yes` has lines `function | form |
/// answer`, section `no` has lines `function | form` that must find nothing.
#[cfg(test)]
pub(crate) fn check_examples(list: &'static List, ask: impl Fn(&str, &str) -> Option<String>) {
    let mut seen = (0, 0);
    let mut wrong = Vec::new();
    for entry in list.entries("yes") {
        seen.0 += 1;
        let got = ask(entry.field(0), entry.field(1));
        if got.as_deref() != Some(entry.field(2)) {
            wrong.push(format!("{}: got {got:?}", entry.line));
        }
    }
    for entry in list.entries("no") {
        seen.1 += 1;
        if let Some(got) = ask(entry.field(0), entry.field(1)) {
            wrong.push(format!("{}: got {got}", entry.line));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        seen.0 > 0 && seen.1 > 0,
        "the list does not parse or has no examples"
    );
}
