//! What resolution knows of the types of events: which are tellings of one
//! thing, which come again, and which roles act, suffer or stand side by side.
//! Pure. A user's own types bring their own knowledge, see [`Kinds`].

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
