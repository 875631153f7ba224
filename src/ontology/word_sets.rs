//! Lists whose sections are plain sets of words: one set for each section, in
//! the order of an enum. Touches nothing else.

use super::List;
use std::collections::HashSet;

/// The sections of a list, each as a set. Only ever asked for one word, never
/// walked, so the order of the words cannot show.
pub(super) struct WordSets(Vec<HashSet<&'static str>>);

impl WordSets {
    /// Reads the named sections. They stand in the order of their enum, whose
    /// member is the index of its set.
    pub(super) fn new<G>(list: &'static List, sections: &[(G, &str)]) -> WordSets {
        let words = |section| list.words(section).map(|f| f.text).collect();
        WordSets(sections.iter().map(|(_, section)| words(section)).collect())
    }

    /// Whether the set of this index holds a word.
    pub(super) fn has(&self, set: usize, word: &str) -> bool {
        self.0.get(set).is_some_and(|words| words.contains(word))
    }
}

/// Runs the examples of a list: section `yes` has lines `section | word` that
/// must be found, section `no` lines that must not be. Each section must stand
/// where `index` has its member.
#[cfg(test)]
#[track_caller]
pub(super) fn check<G: Copy>(
    list: &'static List,
    sections: &[(G, &str)],
    index: impl Fn(G) -> usize,
    has: impl Fn(G, &str) -> bool,
) {
    for (i, (member, section)) in sections.iter().enumerate() {
        assert_eq!(index(*member), i, "{section}");
    }
    let mut seen = 0;
    for (examples, expected) in [("yes", true), ("no", false)] {
        for entry in list.entries(examples) {
            let (section, word) = (entry.field(0), entry.field(1));
            let member = sections.iter().find(|(_, name)| *name == section);
            let (member, _) = member.expect("a section of the file");
            assert_eq!(has(*member, word), expected, "{section}: {word}");
            seen += 1;
        }
    }
    assert!(seen > 0, "the list does not parse or has no examples");
}
