//! Words that stand before a person's name or say what a person is: honorifics,
//! ranks, heads of offices and professions. Reads `ontology/titles.toml`.

use super::{Gender, List, bare};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a role word says of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleKind {
    /// An office, held from a date to a date: "president", "chairman".
    Office,
    /// A profession or calling: "lawyer", "analyst".
    Profession,
    /// A kin: "daughter". No role in an organisation.
    Kin,
}

/// What an office stands at the top of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Head of state: "president", "king". Also heads of companies, for words
    /// such as "president"; the context tells.
    State,
    /// Head of government: "prime minister".
    Government,
    /// Member of a government: "foreign minister", "secretary of state".
    Ministry,
}

/// A role word or phrase.
#[derive(Debug)]
pub struct RoleHead {
    /// Its usual form, in lower case: "prime minister".
    pub name: &'static str,
    /// Office, profession or kin.
    pub kind: RoleKind,
    /// Gender, where the word tells it.
    pub gender: Option<Gender>,
    /// Whether it can stand before a name: "President Lopez", "analyst Kim".
    pub before_name: bool,
    /// What it is the head of, where the word tells.
    pub level: Option<Level>,
}

/// An honorific: "Mr", "Dr", "Sheikh".
#[derive(Debug)]
pub struct Honorific {
    /// Its usual form, in lower case and without a full stop.
    pub name: &'static str,
    /// Gender, where the word tells it.
    pub gender: Option<Gender>,
    /// Whether the form often is something else ("St", "Don", "U").
    pub ambiguous: bool,
}

/// A military or police rank.
#[derive(Debug)]
pub struct Rank {
    /// Its full form, in lower case: "lieutenant general".
    pub name: &'static str,
}

static LIST: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../ontology/titles.toml")));

static TABLE: LazyLock<Table> = LazyLock::new(Table::read);

/// Longest multi-word title, in words.
const LONGEST: usize = 8;

#[derive(Default)]
struct Table {
    roles: Vec<RoleHead>,
    /// From a form in lower case to its role.
    forms: HashMap<String, usize>,
    /// First words of the forms that have several.
    starts: HashMap<String, usize>,
    honorifics: HashMap<String, Honorific>,
    ranks: HashMap<String, Rank>,
    modifiers: HashMap<String, ()>,
}

impl Table {
    fn read() -> Table {
        let mut table = Table::default();
        let sections = [
            ("offices", RoleKind::Office),
            ("professions", RoleKind::Profession),
            ("kin", RoleKind::Kin),
        ];
        for (section, kind) in sections {
            for entry in LIST.entries(section) {
                let marks: Vec<&str> = entry.field(1).split_whitespace().collect();
                table.add_role(entry, kind, &marks);
            }
        }
        for entry in LIST.entries("honorifics") {
            let name = entry.forms(0).next().map_or("", |f| f.text);
            for form in entry.forms(0) {
                let honorific = Honorific {
                    name,
                    gender: Gender::parse(entry.field(1)),
                    ambiguous: form.ambiguous,
                };
                table.honorifics.entry(key(form.text)).or_insert(honorific);
            }
        }
        for entry in LIST.entries("ranks") {
            let name = entry.forms(0).next().map_or("", |f| f.text);
            for form in entry.forms(0) {
                table.ranks.entry(key(form.text)).or_insert(Rank { name });
            }
        }
        let modifiers = LIST.words("modifiers").map(|f| (key(f.text), ()));
        table.modifiers = modifiers.collect();
        table
    }

    fn add_role(&mut self, entry: super::Entry, kind: RoleKind, marks: &[&str]) {
        let at = self.roles.len();
        let level = marks.iter().find_map(|mark| match *mark {
            "state" => Some(Level::State),
            "government" => Some(Level::Government),
            "ministry" => Some(Level::Ministry),
            _ => None,
        });
        self.roles.push(RoleHead {
            name: entry.forms(0).next().map_or("", |f| f.text),
            kind,
            gender: marks.iter().find_map(|mark| Gender::parse(mark)),
            before_name: marks.contains(&"title"),
            level,
        });
        for form in entry.forms(0) {
            let form = key(form.text);
            if let Some((first, _)) = form.split_once(' ') {
                let longest = form.split(' ').count();
                let known = self.starts.entry(first.to_owned()).or_insert(0);
                *known = longest.max(*known);
            }
            self.forms.entry(form).or_insert(at);
        }
    }

    fn role(&self, form: &str) -> Option<&RoleHead> {
        self.forms.get(form).and_then(|at| self.roles.get(*at))
    }
}

/// Words in lower case, each without its final full stop, parted by one space.
fn key(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&bare(word));
    }
    out
}

/// The role that a lemma or a whole phrase names: "adviser", "prime minister",
/// "CEO". Letter case does not count. Takes singular forms only.
pub fn role_head(lemma: &str) -> Option<&'static RoleHead> {
    TABLE.role(&key(lemma))
}

/// Whether a lemma can be the head of a description of a person by office,
/// profession or kin.
pub fn is_role_head(lemma: &str) -> bool {
    role_head(lemma).is_some()
}

/// The honorific that a word is: "Mr.", "Sheikh". May be given two words.
pub fn honorific(word: &str) -> Option<&'static Honorific> {
    TABLE.honorifics.get(&key(word))
}

/// The rank that a word or phrase is: "Gen.", "Lt. Col.". A bare full word is
/// a rank only before a name; the caller checks that.
pub fn rank(word: &str) -> Option<&'static Rank> {
    TABLE.ranks.get(&key(word))
}

/// The longest rank that the words begin with, and its length in words.
pub fn rank_at(words: &[&str]) -> Option<(usize, &'static Rank)> {
    (1..=words.len().min(4))
        .rev()
        .find_map(|n| rank(&words[..n].join(" ")).map(|rank| (n, rank)))
}

/// Number of tokens of the longest multi-word title that the words begin with:
/// 3 for "secretary of state John". Plural counts ("attorneys general", "prime
/// ministers"), and a hyphen may be a token of its own. `None` for a title of
/// one word.
pub fn multiword_at(words: &[&str]) -> Option<usize> {
    multiword_role_at(words).map(|(length, _)| length)
}

/// Like [`multiword_at`], with the role.
pub fn multiword_role_at(words: &[&str]) -> Option<(usize, &'static RoleHead)> {
    let table: &'static Table = &TABLE;
    let first = key(words.first()?);
    let singular = first.strip_suffix('s').unwrap_or(&first);
    let longest = [first.as_str(), singular]
        .iter()
        .filter_map(|start| table.starts.get(*start))
        .max()
        .copied()
        .unwrap_or(0)
        .min(LONGEST);
    if longest < 2 {
        return None;
    }
    // Twice as many tokens as words are enough: a hyphen between any two.
    let mut spoken: Vec<String> = Vec::with_capacity(longest);
    let mut best = None;
    for (i, word) in words.iter().enumerate().take(2 * longest) {
        if *word == "-" || *word == "\u{2010}" {
            continue;
        }
        spoken.push(key(word));
        if spoken.len() > longest {
            break;
        }
        if spoken.len() >= 2
            && let Some(role) = table.phrase(&spoken)
        {
            best = Some((i + 1, role));
        }
    }
    best
}

impl Table {
    /// A role of several words, the first or the last of which may be plural.
    fn phrase(&self, words: &[String]) -> Option<&RoleHead> {
        let whole = words.join(" ");
        if let Some(role) = self.role(&whole) {
            return Some(role);
        }
        if let Some(role) = whole.strip_suffix('s').and_then(|w| self.role(w)) {
            return Some(role);
        }
        let (first, rest) = words.split_first()?;
        let first = first.strip_suffix('s')?;
        self.role(&format!("{first} {}", rest.join(" ")))
    }
}

/// Gender that an honorific, role word or kin word tells.
pub fn gender(word: &str) -> Option<Gender> {
    honorific(word)
        .and_then(|h| h.gender)
        .or_else(|| role_head(word).and_then(|r| r.gender))
}

/// Whether a word before a title says how or when the office is held and is no
/// part of its name: "former", "acting", "late".
pub fn is_modifier(word: &str) -> bool {
    TABLE.modifiers.contains_key(&key(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(gender: Gender) -> String {
        match gender {
            Gender::Female => "f".to_owned(),
            Gender::Male => "m".to_owned(),
        }
    }

    #[test]
    fn examples_hold() {
        let yes = |holds: bool| holds.then(|| "yes".to_owned());
        let level = |form: &str, level| yes(role_head(form).and_then(|r| r.level) == Some(level));
        super::super::check_examples(&LIST, |function, form| match function {
            "honorific" => honorific(form).map(|h| h.name.to_owned()),
            "rank" => rank(form).map(|r| r.name.to_owned()),
            "head" => role_head(form).map(|r| r.name.to_owned()),
            "gender" => gender(form).map(word),
            "multi" => {
                let words: Vec<&str> = form.split(' ').collect();
                multiword_at(&words).map(|n| n.to_string())
            }
            "state" => level(form, Level::State),
            "government" => level(form, Level::Government),
            "ministry" => level(form, Level::Ministry),
            "title" => yes(role_head(form).is_some_and(|r| r.before_name)),
            _ => Some(format!("unknown function {function}")),
        });
    }

    #[test]
    fn marks_are_known_words() {
        let known = ["title", "state", "government", "ministry", "m", "f"];
        for section in ["offices", "professions", "kin"] {
            for entry in LIST.entries(section) {
                for mark in entry.field(1).split_whitespace() {
                    assert!(known.contains(&mark), "{mark} in {}", entry.field(0));
                }
            }
        }
    }

    #[test]
    fn ranks_are_found_before_a_name() {
        let at = |words: &[&str]| rank_at(words).map(|(n, rank)| (n, rank.name));
        assert_eq!(at(&["Lt.", "Gen.", "Ada"]), Some((2, "lieutenant general")));
        assert_eq!(at(&["Gen.", "Ada"]), Some((1, "general")));
        assert_eq!(at(&["Ada"]), None);
        assert_eq!(at(&[]), None);
    }

    #[test]
    fn no_words_are_no_title() {
        assert_eq!(multiword_at(&[]), None);
        assert_eq!(multiword_at(&["-", "-"]), None);
        assert_eq!(multiword_at(&["prime"]), None);
    }
}
