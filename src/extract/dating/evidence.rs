//! What speaks against a time expression dating an event, whatever the parse
//! says: tense against direction, clauses that lie between, words that belong
//! to a noun.

use super::Trigger;
use crate::extract::doc::{At, Doc};
use crate::extract::status;
use crate::language::{Relation, Upos, Xpos};
use crate::model::Status;
use crate::time::{Choice, Meaning, TimeExpression, Vague};

/// First and last token of a time expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) first: usize,
    pub(super) last: usize,
}

impl Stretch {
    pub(super) fn of(expression: &TimeExpression) -> Stretch {
        Stretch {
            first: expression.first.into(),
            last: expression.last.into(),
        }
    }
}

/// Before or after the publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Past,
    Ahead,
}

/// The side on which the words themselves put the time: "last week", "in the
/// coming months". A bare "Monday" is on neither: its side comes from the tense.
pub(super) fn side_of(meaning: &Meaning) -> Option<Side> {
    match meaning {
        Meaning::Unit { base, offset, .. } if **base == Meaning::Published => match offset {
            ..0 => Some(Side::Past),
            0 => None,
            1.. => Some(Side::Ahead),
        },
        Meaning::Recurring { base, choice, .. } if **base == Meaning::Published => match choice {
            Choice::Last => Some(Side::Past),
            Choice::Next => Some(Side::Ahead),
            _ => None,
        },
        Meaning::Within { of, .. }
        | Meaning::Section { of, .. }
        | Meaning::Clock { of, .. }
        | Meaning::Fiscal(of)
        | Meaning::Approximate(of) => side_of(of),
        Meaning::Window { ahead, .. } => Some(if *ahead { Side::Ahead } else { Side::Past }),
        Meaning::Vague(Vague::Past) => Some(Side::Past),
        Meaning::Vague(Vague::Future) => Some(Side::Ahead),
        _ => None,
    }
}

/// Whether the tense of the trigger's verb and the direction of the time
/// contradict: "signed" and "next week", "will visit" and "yesterday".
pub(super) fn ahead_of(doc: &Doc<'_>, verb: At, trigger: &Trigger, meaning: &Meaning) -> bool {
    if doc.upos(verb) != Upos::Verb {
        return false;
    }
    match (side_of(meaning), side_of_verb(doc, verb, trigger)) {
        (Some(time), Some(told)) => time != told,
        _ => false,
    }
}

/// The side on which a verb's form puts its event.
fn side_of_verb(doc: &Doc<'_>, verb: At, trigger: &Trigger) -> Option<Side> {
    let mut helper = None;
    let mut perfect = false;
    let mut to = false;
    for child in doc.children(verb).filter(|c| c.1 < verb.1) {
        let word = doc.lower(child);
        if doc.relation(child).is(Relation::Aux) {
            match doc.token(child).xpos {
                Xpos::Md => helper = Some(Side::Ahead),
                _ if doc.lemma(child) == "have" => perfect = true,
                Xpos::Vbd if doc.token(verb).xpos == Xpos::Vbn => {
                    helper = helper.or(Some(Side::Past));
                }
                _ => {}
            }
        }
        to |= word == "to";
    }
    if perfect {
        return Some(Side::Past);
    }
    if helper.is_some() {
        return helper;
    }
    match doc.token(verb).xpos {
        Xpos::Vbd => Some(Side::Past),
        Xpos::Vb if to => (trigger.status == Status::Planned).then_some(Side::Ahead),
        _ => None,
    }
}

/// Whether the verb has a tense of its own.
pub(super) fn is_finite(doc: &Doc<'_>, verb: At) -> bool {
    matches!(doc.token(verb).xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp)
        || doc.children(verb).any(|c| {
            (doc.relation(c).is(Relation::Aux) || doc.relation(c) == Relation::Cop) && c.1 < verb.1
        })
}

/// "having met".
pub(super) fn is_perfect(doc: &Doc<'_>, verb: At) -> bool {
    doc.children(verb)
        .any(|c| doc.relation(c).is(Relation::Aux) && doc.lemma(c) == "have")
}

/// Whether a clause of its own opens between the time and the trigger `t`, and
/// is not closed again by a comma. `carrier` is the verb that carries a noun's
/// event, which does not count.
pub(super) fn crosses(doc: &Doc<'_>, s: usize, place: Stretch, t: usize, carrier: usize) -> bool {
    let (from, to) = if t < place.first {
        (t + 1, place.first)
    } else {
        (place.last + 1, t)
    };
    let mut open = false;
    if t < place.first && is_closed_clause(doc, s, place, t) {
        return true;
    }
    for b in from..to {
        let at = (s, b);
        if matches!(doc.word(at), "," | ";" | "–" | "—" | "--" | ")" | "”") {
            open = false;
        } else if b != carrier {
            open |= opens_clause(doc, at);
        }
    }
    open
}

/// "in 1968, when they invaded, until": whether the trigger's clause opens
/// behind a comma and is closed by another before the time.
fn is_closed_clause(doc: &Doc<'_>, s: usize, place: Stretch, t: usize) -> bool {
    let subordinate =
        |at: At| doc.relation(at) == Relation::AclRelcl || doc.relation(at).is(Relation::Advcl);
    if !subordinate((s, t)) {
        return false;
    }
    let opener = doc.children((s, t)).map(|c| c.1).find(|c| {
        *c < t
            && (matches!(
                doc.token((s, *c)).xpos,
                Xpos::Wp | Xpos::Wdt | Xpos::Wrb | Xpos::WpPoss
            ) || doc.relation((s, *c)) == Relation::Mark)
    });
    let Some(opener) = opener.and_then(|o| o.checked_sub(1)) else {
        return false;
    };
    let mut before = place.first;
    while before > t && doc.upos((s, before - 1)) == Upos::Adp {
        before -= 1;
    }
    doc.word((s, opener)) == "," && before > t + 1 && doc.word((s, before - 1)) == ","
}

/// A verb of its own, a relative pronoun, a conjunction.
fn opens_clause(doc: &Doc<'_>, at: At) -> bool {
    let xpos = doc.token(at).xpos;
    if matches!(xpos, Xpos::Wp | Xpos::Wdt | Xpos::Wrb | Xpos::WpPoss) {
        return true;
    }
    if doc.upos(at) == Upos::Sconj {
        return matches!(
            doc.lower(at).as_str(),
            "that" | "because" | "after" | "before" | "while" | "since" | "until" | "if" | "as"
        );
    }
    if doc.upos(at) != Upos::Verb
        || matches!(
            doc.relation(at),
            Relation::Amod | Relation::Compound | Relation::Case | Relation::Fixed
        )
    {
        return false;
    }
    match xpos {
        // Infinitives are the parser's to decide: "asked Peru to leave".
        Xpos::Vb => is_finite(doc, at),
        Xpos::Vbg => doc.relation(at) != Relation::Xcomp,
        _ => true,
    }
}

/// "debentures due Oct. 15", "the quarter ended June 30", "effective Feb. 1",
/// "shootings dating to 1994": the time describes the noun in front.
pub(super) fn describes_a_noun(doc: &Doc<'_>, s: usize, place: Stretch) -> bool {
    let mut before = place.first;
    for _ in 0..3 {
        let Some(t) = before.checked_sub(1) else {
            return false;
        };
        before = t;
        let word = doc.lower((s, t));
        match word.as_str() {
            "effective" | "dated" | "ended" | "expiring" | "maturing" | "beginning"
            | "retroactive" | "dating" => {
                return doc.relation((s, t)) != Relation::Root;
            }
            "due" => {
                return t
                    .checked_sub(1)
                    .is_some_and(|n| doc.upos((s, n)).is_nominal());
            }
            "to" | "back" | "on" | "from" | "in" | "for" | "at" => {}
            _ => return false,
        }
    }
    false
}

/// Whether the time stands as a modifier in front of a noun: "the 2015
/// attack", "Sunday's election", "an August 1988 cease-fire".
pub(super) fn precedes_noun(doc: &Doc<'_>, s: usize, place: Stretch, head: usize) -> bool {
    let Some(noun) = doc.head((s, head)).map(|h| h.1) else {
        return false;
    };
    if noun <= place.last || !matches!(doc.upos((s, noun)), Upos::Noun | Upos::Propn) {
        return false;
    }
    let relation = doc.relation((s, head));
    let count = doc.sentences()[s].tokens.len();
    let next = place.last + 1;
    if relation == Relation::NmodPoss
        || next < count && matches!(doc.word((s, next)), "'s" | "’s" | "'" | "’")
    {
        return true;
    }
    // "Yesterday Anna Lindqvist met": in front of a name, at the beginning.
    if matches!(
        doc.lower((s, place.last)).as_str(),
        "yesterday" | "today" | "tomorrow"
    ) {
        return false;
    }
    let opens = (0..place.first).all(|t| {
        matches!(
            doc.upos((s, t)),
            Upos::Adp | Upos::Adv | Upos::Punct | Upos::Cconj
        )
    });
    let before_name = next < count
        && matches!(
            doc.upos((s, next)),
            Upos::Propn | Upos::Det | Upos::Pron | Upos::Punct
        );
    let bare = (place.last + 1..noun).all(|t| {
        matches!(
            doc.upos((s, t)),
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num
        ) || doc.word((s, t)) == "-"
            || doc.relation((s, t)) == Relation::Amod
    });
    bare && !(opens && before_name)
}

/// Nouns of occasions at which something is said or done.
const OCCASIONS: &[&str] = &[
    "debate",
    "interview",
    "event",
    "ceremony",
    "briefing",
    "session",
    "hearing",
    "statement",
    "letter",
    "report",
    "mass",
    "broadcast",
    "conference",
    "meeting",
    "summit",
    "talk",
    "speech",
    "address",
    "rally",
    "visit",
    "vote",
    "election",
    "ballot",
    "referendum",
    "auction",
    "trading",
];

/// Nouns of what harms people, and the verbs that say whom.
const HARM: &[&str] = &[
    "bombing",
    "shooting",
    "attack",
    "raid",
    "explosion",
    "blast",
    "crash",
    "collision",
    "fire",
    "clash",
    "battle",
    "riot",
    "earthquake",
    "flood",
    "storm",
    "strike",
    "shelling",
    "ambush",
    "assault",
    "massacre",
    "invasion",
    "war",
];

/// Whether the verb's event happens when its noun's does: what is said at a
/// meeting, who is killed in an attack. Who is charged in an attack is charged
/// later.
pub(super) fn happens_at(doc: &Doc<'_>, verb: At, noun: At) -> bool {
    let noun = doc.lemma(noun);
    let harmed = || {
        matches!(
            doc.lemma(verb),
            "kill" | "injure" | "wound" | "hurt" | "die" | "destroy" | "damage" | "shoot"
        )
    };
    OCCASIONS.contains(&noun) || HARM.contains(&noun) && harmed()
}

/// Whether a status and a meaning can be of one event.
pub(super) fn agree(status: Status, meaning: &Meaning) -> bool {
    match side_of(meaning) {
        Some(Side::Ahead) => status != Status::Occurred,
        Some(Side::Past) => status != Status::Planned,
        None => true,
    }
}

/// Whether a token is a verb of saying.
pub(super) fn says(doc: &Doc<'_>, at: At) -> bool {
    doc.upos(at) == Upos::Verb && status::is_saying(doc.lemma(at))
}
