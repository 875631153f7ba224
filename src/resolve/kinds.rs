//! What resolution knows of the types of events: which are tellings of one
//! thing, which come again, and which roles act, suffer or stand side by side.
//! Pure.

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

pub(super) fn kinship(a: &str, b: &str) -> Kinship {
    let pair = if a <= b { (a, b) } else { (b, a) };
    if a == b {
        Kinship::Same
    } else if RELATED.contains(&pair) {
        Kinship::Related
    } else {
        Kinship::None
    }
}

pub(super) fn happens_once(kind: &str) -> bool {
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
pub(super) fn side(role: &str) -> Side {
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

/// Roles whose holder makes the event what it is: two events with different
/// ones are two.
pub(super) fn is_object(role: &str) -> bool {
    matches!(side(role), Side::Patient) && role != "seller" && role != "organization"
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
