//! What resolution knows of the types of events: which are tellings of one
//! thing, which come again, and which roles act, suffer or stand side by side.
//! Pure. A user's own types bring their own knowledge, see [`Kinds`].

use super::words::{NONE, Words};
use crate::ontology::types::{EventType, EventTypes, RoleSide};
use std::collections::{BTreeMap, BTreeSet};

/// Types by which two tellings of one event may differ. They merge only where
/// they concern the same thing.
const RELATED: [(&str, &str); 18] = [
    ("accuse", "investigate"),
    ("acquire", "agree"),
    ("acquire", "announce"),
    ("agree", "announce"),
    ("agree", "cooperate"),
    ("agree", "form"),
    ("agree", "sign"),
    ("aid", "announce"),
    ("announce", "appoint"),
    ("announce", "cooperate"),
    ("announce", "form"),
    ("announce", "release"),
    ("announce", "resign"),
    ("announce", "sanction"),
    ("announce", "sign"),
    ("attack", "die"),
    ("conference", "speak"),
    ("meet", "negotiate"),
];

/// Types of events that happen once to their object: two tellings with the same
/// object are one, whatever the rest.
const ONCE: [&str; 6] = ["acquire", "form", "dissolve", "die", "release", "sign"];

/// Types that say little without what they are about.
const CONTENT: [&str; 12] = [
    "announce",
    "agree",
    "accuse",
    "demand",
    "reject",
    "threaten",
    "support",
    "cooperate",
    "concede",
    "sign",
    "release",
    "other",
];

/// How two types relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kinship {
    /// The same type.
    Same,
    /// Tellings of one thing.
    Related,
    /// Two things.
    None,
}

/// What is known of the built-in types and of a user's own.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    sides: BTreeMap<String, Side>,
    related: BTreeSet<(String, String)>,
    once: BTreeSet<String>,
}

impl Kinds {
    pub(super) fn new(types: &EventTypes) -> Kinds {
        let mut kinds = Kinds::default();
        for own in types.own() {
            kinds.learn(own);
        }
        kinds
    }

    fn learn(&mut self, own: &EventType) {
        for related in &own.related {
            self.related.insert((own.key.clone(), related.clone()));
            self.related.insert((related.clone(), own.key.clone()));
        }
        if own.once {
            self.once.insert(own.key.clone());
        }
        let frames = &own.frames[own.own_from.unwrap_or(0).min(own.frames.len())..];
        for (slot, role) in frames.iter().flat_map(|f| &f.slots) {
            // A role that a built-in type has keeps its side.
            if own.symmetric || side(role) != Side::Equal || is_equal(role) {
                continue;
            }
            let new = slot_side(slot);
            self.sides
                .entry(role.clone())
                .and_modify(|old| {
                    if *old != new && *old != Side::Equal {
                        *old = if new == Side::Equal {
                            *old
                        } else {
                            Side::Equal
                        };
                    } else if *old == Side::Equal {
                        *old = new;
                    }
                })
                .or_insert(new);
        }
        for (role, said) in &own.sides {
            let side = match said {
                RoleSide::Acts => Side::Agent,
                RoleSide::Suffers => Side::Patient,
                RoleSide::Equal => Side::Equal,
                RoleSide::Beside => Side::Beside,
            };
            self.sides.insert(role.clone(), side);
        }
    }

    pub(super) fn side(&self, role: &str) -> Side {
        self.sides.get(role).copied().unwrap_or_else(|| side(role))
    }

    /// Roles whose holder makes the event what it is: two events with different
    /// ones are two.
    pub(super) fn is_object(&self, role: &str) -> bool {
        self.side(role) == Side::Patient && role != "seller" && role != "organization"
    }

    pub(super) fn kinship(&self, a: &str, b: &str) -> Kinship {
        let own = || self.related.contains(&(a.to_owned(), b.to_owned()));
        match kinship(a, b) {
            Kinship::None if !self.related.is_empty() && own() => Kinship::Related,
            known => known,
        }
    }

    pub(super) fn happens_once(&self, kind: &str) -> bool {
        happens_once(kind) || self.once.contains(kind)
    }
}

/// The side on which a slot puts a role that says nothing itself.
fn slot_side(slot: &str) -> Side {
    match slot {
        "subject" | "by" | "possessor" => Side::Agent,
        "object" | "iobj" | "against" | "to" | "of" => Side::Patient,
        _ => Side::Equal,
    }
}

/// Whether a built-in type has the role as one of those side by side.
fn is_equal(role: &str) -> bool {
    matches!(role, "participant" | "party" | "signatory")
}

fn kinship(a: &str, b: &str) -> Kinship {
    let pair = if a <= b { (a, b) } else { (b, a) };
    if a == b {
        Kinship::Same
    } else if RELATED.contains(&pair) {
        Kinship::Related
    } else {
        Kinship::None
    }
}

fn happens_once(kind: &str) -> bool {
    ONCE.contains(&kind)
}

pub(super) fn needs_content(kind: &str) -> bool {
    CONTENT.contains(&kind)
}

/// The side on which a role stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// It acts.
    Agent,
    /// It is acted upon.
    Patient,
    /// Side by side with the others.
    Equal,
    /// It takes no part in ties: a topic, an audience.
    Beside,
}

/// The side of a role's word; unknown words stand side by side.
fn side(role: &str) -> Side {
    match role {
        "visitor" | "announcer" | "speaker" | "supporter" | "giver" | "conceder" | "founder"
        | "dissolver" | "buyer" | "publisher" | "appointer" | "leaver" | "voter"
        | "investigator" | "demander" | "accuser" | "rejecter" | "threatener" | "protester"
        | "force" | "sanctioner" | "coercer" | "attacker" | "actor" => Side::Agent,
        "host" | "supported" | "receiver" | "beneficiary" | "founded" | "dissolved"
        | "acquired" | "seller" | "published" | "appointee" | "organization" | "candidate"
        | "investigated" | "addressee" | "accused" | "rejected" | "threatened" | "target"
        | "sanctioned" | "coerced" | "victim" | "deceased" => Side::Patient,
        "topic" | "audience" | "occasion" => Side::Beside,
        _ => Side::Equal,
    }
}

/// Whether the holder of a role is acted upon.
pub(crate) fn is_acted_upon(role: &str) -> bool {
    side(role) == Side::Patient
}

/// How much a role says; a merged participant keeps the one that says most.
pub(super) fn specificity(role: &str) -> u8 {
    match role {
        "actor" | "topic" | "audience" => 0,
        "participant" | "party" => 1,
        "occasion" => 2,
        _ => 3,
    }
}

/// The type of events that have none.
pub(super) const OTHER: u16 = 1;
/// It happens once to its object.
pub(super) const ONCE_ONLY: u16 = 2;
/// It says little without what it is about.
pub(super) const NEEDS_CONTENT: u16 = 4;
/// Types that have rules of their own.
pub(super) const SIGN: u16 = 8;
pub(super) const RESIGN: u16 = 16;
pub(super) const ATTACK: u16 = 32;
pub(super) const ACQUIRE: u16 = 64;

/// The role of a group, a product, a victim: see [`Kinds::is_object`].
pub(super) const OBJECT: u32 = 1;
/// Roles that have rules of their own.
pub(super) const OCCASION: u32 = 2;
pub(super) const LEAVER: u32 = 4;
pub(super) const PLACE: u32 = 8;
pub(super) const LEFT: u32 = 16;
/// One who acts, and does not only say so.
pub(super) const AGENT: u32 = 32;
/// One side by side with others.
pub(super) const EQUAL: u32 = 64;
/// Above its marks, roles are given as their numbers.
pub(super) const MARKS: u32 = 8;

/// The types and roles of a corpus as numbers, in order of the words, with what
/// is known of each.
#[derive(Debug, Default)]
pub(super) struct Terms {
    kinds: Vec<String>,
    marks: Vec<u16>,
    /// Of each type, those that are related to it.
    related: Vec<Vec<u32>>,
    roles: Vec<String>,
    sides: Vec<Side>,
    role_marks: Vec<u32>,
    /// From the numbers that they were read with.
    kind_of: Vec<u32>,
    role_of: Vec<u32>,
    /// The number of the role `occasion`.
    pub occasion: u32,
    /// The number of the type `announce`, where there is one.
    pub announce: u32,
}

/// The words in order, and the place of each of the old numbers among them.
fn sorted(words: &Words, more: &[&str]) -> (Vec<String>, Vec<u32>) {
    let old = || (0..words.len()).map(|i| words.get(u32::try_from(i).unwrap_or(NONE)));
    let mut all: Vec<String> = old()
        .chain(more.iter().copied())
        .map(str::to_owned)
        .collect();
    all.sort_unstable();
    all.dedup();
    let place = |word: &str| {
        let at = all.binary_search_by(|w| w.as_str().cmp(word)).ok();
        at.and_then(|at| u32::try_from(at).ok()).unwrap_or(NONE)
    };
    let places = old().map(place).collect();
    (all, places)
}

impl Terms {
    pub(super) fn new(known: &Kinds, kinds: &Words, roles: &Words) -> Terms {
        let (kinds, kind_of) = sorted(kinds, &[]);
        let (roles, role_of) = sorted(roles, &["occasion"]);
        let marks = kinds.iter().map(|kind| {
            let own = match kind.as_str() {
                "other" => OTHER,
                "sign" => SIGN,
                "resign" => RESIGN,
                "attack" => ATTACK,
                "acquire" => ACQUIRE,
                _ => 0,
            };
            let once = known.happens_once(kind).then_some(ONCE_ONLY);
            let content = needs_content(kind).then_some(NEEDS_CONTENT);
            own | once.unwrap_or(0) | content.unwrap_or(0)
        });
        let related = kinds.iter().map(|a| {
            let others = (0..).zip(&kinds);
            others
                .filter(|(_, b)| known.kinship(a, b) == Kinship::Related)
                .map(|(i, _)| i)
                .collect()
        });
        let role_marks = roles.iter().map(|role| {
            let own = match role.as_str() {
                "occasion" => OCCASION,
                "leaver" => LEAVER,
                "place" => PLACE,
                "organization" => LEFT,
                _ => 0,
            };
            let side = match known.side(role) {
                Side::Agent if role != "announcer" => AGENT,
                Side::Equal => EQUAL,
                _ => 0,
            };
            own | side | if known.is_object(role) { OBJECT } else { 0 }
        });
        let number = |all: &[String], word: &str| {
            let at = all.iter().position(|w| w == word);
            at.and_then(|at| u32::try_from(at).ok()).unwrap_or(NONE)
        };
        Terms {
            marks: marks.collect(),
            related: related.collect(),
            sides: roles.iter().map(|r| known.side(r)).collect(),
            role_marks: role_marks.collect(),
            occasion: number(&roles, "occasion"),
            announce: number(&kinds, "announce"),
            kinds,
            roles,
            kind_of,
            role_of,
        }
    }

    /// The number of a type that was read with another.
    pub(super) fn kind_of(&self, read: u32) -> u32 {
        self.kind_of.get(read as usize).copied().unwrap_or(NONE)
    }

    /// The number of a role that was read with another.
    pub(super) fn role_of(&self, read: u32) -> u32 {
        self.role_of.get(read as usize).copied().unwrap_or(NONE)
    }

    /// The word for a type.
    pub(super) fn kind(&self, kind: u32) -> &str {
        self.kinds.get(kind as usize).map_or("", String::as_str)
    }

    /// What is known of a type.
    pub(super) fn marks(&self, kind: u32) -> u16 {
        self.marks.get(kind as usize).copied().unwrap_or(0)
    }

    /// The types that are related to one.
    pub(super) fn related(&self, kind: u32) -> &[u32] {
        self.related.get(kind as usize).map_or(&[], |r| r)
    }

    /// The word for a role.
    pub(super) fn role(&self, role: u32) -> &str {
        self.roles.get(role as usize).map_or("", String::as_str)
    }

    /// The side on which a role stands.
    pub(super) fn side(&self, role: u32) -> Side {
        self.sides
            .get(role as usize)
            .copied()
            .unwrap_or(Side::Equal)
    }

    /// A role with its marks. Of two roles of one actor the smaller number
    /// stands for both, and the marks are those of both: see [`both_roles`].
    pub(super) fn marked(&self, role: u32) -> u32 {
        role << MARKS | self.role_marks.get(role as usize).copied().unwrap_or(0)
    }
}

/// Two marked roles of one actor as one.
pub(super) fn both_roles(a: u32, b: u32) -> u32 {
    let marks = (a | b) & ((1 << MARKS) - 1);
    (a.min(b) >> MARKS) << MARKS | marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_within_pairs() {
        for (a, b) in RELATED {
            assert!(a < b, "{a} {b}");
            assert_eq!(kinship(b, a), Kinship::Related);
        }
        assert_eq!(kinship("meet", "acquire"), Kinship::None);
        assert_eq!(kinship("x", "x"), Kinship::Same);
    }
}
