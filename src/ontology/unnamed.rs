//! Nouns for people and bodies without a name: crowds, camps, forces that speak
//! for their state, words that only count. Reads `ontology/unnamed.toml`.

use super::List;
use std::collections::HashSet;
use std::sync::LazyLock;

/// What a noun says of those without a name. The file explains each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Somebody without more.
    Alone,
    /// Somebody where it is said whose or which they are.
    Camps,
    /// A word in front that makes a leader or force no organ of the state.
    Unofficial,
    /// What may follow such a word.
    UnofficialHeads,
    /// Only counts what stands behind "of".
    Quantities,
    /// Means the state whose adjective stands in front.
    State,
    /// Stands for the body behind "of".
    Representing,
    /// Stands before the name of a place.
    Settlements,
    /// A relative or companion: another person.
    Kin,
    /// Losing an office or a place.
    Ousting,
    /// A part of what stands behind "of".
    Portions,
    /// A people or faith that has no country of its name.
    Peoples,
    /// What the name of a product stands before.
    Wares,
    /// Acts for those behind "for".
    Agents,
}

/// The sorts with the names of their sections, in the order of [`Sort`].
const SECTIONS: [(Sort, &str); 14] = [
    (Sort::Alone, "alone"),
    (Sort::Camps, "camps"),
    (Sort::Unofficial, "unofficial"),
    (Sort::UnofficialHeads, "unofficial_heads"),
    (Sort::Quantities, "quantities"),
    (Sort::State, "state"),
    (Sort::Representing, "representing"),
    (Sort::Settlements, "settlements"),
    (Sort::Kin, "kin"),
    (Sort::Ousting, "ousting"),
    (Sort::Portions, "portions"),
    (Sort::Peoples, "peoples"),
    (Sort::Wares, "wares"),
    (Sort::Agents, "agents"),
];

static LIST: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../ontology/unnamed.toml")));

static TABLE: LazyLock<Vec<HashSet<&'static str>>> = LazyLock::new(|| {
    let words = |section| LIST.words(section).map(|f| f.text).collect();
    SECTIONS.iter().map(|(_, section)| words(section)).collect()
});

/// Whether a dictionary form is of a sort.
pub fn is(sort: Sort, lemma: &str) -> bool {
    TABLE
        .get(sort as usize)
        .is_some_and(|words| words.contains(lemma))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the section holds the word.
    fn check(section: &str, word: &str) -> bool {
        let sort = SECTIONS.iter().find(|(_, name)| *name == section);
        is(sort.expect("a section of the file").0, word)
    }

    #[test]
    fn the_examples_of_the_file_hold() {
        for (i, (sort, _)) in SECTIONS.iter().enumerate() {
            assert_eq!(*sort as usize, i);
        }
        for entry in LIST.entries("yes") {
            assert!(check(entry.field(0), entry.field(1)), "{}", entry.field(1));
        }
        for entry in LIST.entries("no") {
            assert!(!check(entry.field(0), entry.field(1)), "{}", entry.field(1));
        }
    }
}
