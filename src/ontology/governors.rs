//! Words that govern others: verbs, adjectives and nouns that make a plan, a
//! hope or a denial of what hangs on them, or lend it their subject. Reads
//! `ontology/governors.toml`.

use super::List;
use super::word_sets::WordSets;
use std::sync::LazyLock;

/// What a word does to the words that it governs. The file explains each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Makes a plan of it.
    Plan,
    /// Leaves open whether it happens.
    Open,
    /// Says that it did not happen.
    Denial,
    /// Moves for a purpose that counts as reached.
    Movement,
    /// Reports it.
    Saying,
    /// A noun of intent before an infinitive.
    Plans,
    /// Its object does what the infinitive says.
    ObjectControl,
    /// Lends its subject to a noun.
    Light,
    /// Says that its subject takes place.
    Happening,
    /// Counts another noun.
    Counting,
    /// Puts its subject under something.
    Exposing,
    /// Tells no event by itself.
    States,
    /// Says something that may be a demand or a threat.
    Declaring,
    /// With "must" a guess, no demand.
    Guessing,
    /// What those who protest do by it.
    Claiming,
    /// In front of a noun: it is still to come.
    Coming,
    /// In front of a noun: it is not sure.
    Unsure,
    /// In front of a noun: it came to nothing.
    Failed,
    /// News that papers put in the present.
    PresentNews,
    /// What is said or written, by whoever issues it.
    Utterance,
    /// What somebody asked can do or refuse.
    Refusable,
    /// Says something aloud or in writing: an event of no type.
    Speaking,
    /// Puts its clause at another time than the story's.
    Elsewhen,
    /// A noun of wanting and planning: what hangs on it is no fact.
    Wishes,
    /// A meal, over which people talk.
    Meals,
    /// Says something to the one whom it has as object.
    Addressing,
    /// Comes away from a meeting: who does so was at it.
    ComingAway,
}

/// The groups with the names of their sections, in the order of [`Group`].
const SECTIONS: [(Group, &str); 27] = [
    (Group::Plan, "plan"),
    (Group::Open, "open"),
    (Group::Denial, "denial"),
    (Group::Movement, "movement"),
    (Group::Saying, "saying"),
    (Group::Plans, "plans"),
    (Group::ObjectControl, "object_control"),
    (Group::Light, "light"),
    (Group::Happening, "happening"),
    (Group::Counting, "counting"),
    (Group::Exposing, "exposing"),
    (Group::States, "states"),
    (Group::Declaring, "declaring"),
    (Group::Guessing, "guessing"),
    (Group::Claiming, "claiming"),
    (Group::Coming, "coming"),
    (Group::Unsure, "unsure"),
    (Group::Failed, "failed"),
    (Group::PresentNews, "present_news"),
    (Group::Utterance, "utterance"),
    (Group::Refusable, "refusable"),
    (Group::Speaking, "speaking"),
    (Group::Elsewhen, "elsewhen"),
    (Group::Wishes, "wishes"),
    (Group::Meals, "meals"),
    (Group::Addressing, "addressing"),
    (Group::ComingAway, "coming_away"),
];

static LIST: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../ontology/governors.toml")));

static SETS: LazyLock<WordSets> = LazyLock::new(|| WordSets::new(&LIST, &SECTIONS));

/// Whether a dictionary form belongs to a group.
pub fn has(group: Group, lemma: &str) -> bool {
    SETS.has(group as usize, lemma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_file_hold() {
        super::super::word_sets::check(&LIST, &SECTIONS, |group| group as usize, has);
    }
}
