//! Nouns for people and bodies without a name: crowds, camps, forces that speak
//! for their state, words that only count. Reads `ontology/unnamed.toml`.

use super::List;
use super::word_sets::WordSets;
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

static SETS: LazyLock<WordSets> = LazyLock::new(|| WordSets::new(&LIST, &SECTIONS));

/// Whether a dictionary form is of a sort.
pub fn is(sort: Sort, lemma: &str) -> bool {
    SETS.has(sort as usize, lemma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_file_hold() {
        super::super::word_sets::check(&LIST, &SECTIONS, |sort| sort as usize, is);
    }
}
