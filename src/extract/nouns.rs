//! The slots of a noun that tells an event: "Ruiz's talks with Vega in Lima". Knows
//! the parse, and nothing of event types.

use super::doc::{At, Doc};
use super::grammar::{
    Arguments, add_phrase, antecedent, is_passive, of_verb, partners, sides, surface_subject,
};
use super::repair;
use super::standing::Standing;
use crate::language::{Relation, Upos};
use crate::ontology::governors::{self, Group};

/// The slots of a noun, with those of the light verb that governs it.
pub(super) fn of_noun(doc: &Doc<'_>, noun: At, standing: Standing) -> Arguments {
    let mut out = Arguments::default();
    for child in doc.children(noun) {
        let relation = doc.relation(child);
        match relation {
            // "Ruiz, whose talks with Vega", read as one name beside another.
            Relation::NmodPoss if doc.lower(child) == "whose" => {
                let owner = doc
                    .head(noun)
                    .filter(|_| doc.relation(noun) == Relation::Appos);
                if let Some(owner) = owner.or_else(|| antecedent(doc, child)) {
                    out.add("possessor", owner);
                }
            }
            Relation::NmodPoss => add_phrase(doc, &mut out, "possessor", child, 0),
            Relation::Compound | Relation::Amod => {
                out.add("modifier", child);
                // "U.S.-Israeli talks": the parts of a hyphenated modifier.
                for part in doc.children(child) {
                    if matches!(
                        doc.relation(part),
                        Relation::Compound | Relation::Conj | Relation::Amod | Relation::NmodDesc
                    ) {
                        out.add("modifier", part);
                    }
                }
            }
            // "talks held by the parties", "an attack claimed by".
            Relation::Acl if governors::has(Group::Light, doc.lemma(child)) => {
                for (slot, at) in of_verb(doc, child).list {
                    if slot != "object" && at != noun {
                        out.add(&slot, at);
                    }
                }
            }
            Relation::Acl if repair::visiting(doc, child).is_some() => {
                let case = child.1.checked_sub(1).map(|t| doc.lower((child.0, t)));
                if let (Some(case), Some(person)) = (case, repair::visiting(doc, child)) {
                    add_phrase(doc, &mut out, &case, person, 0);
                }
            }
            _ if relation.is(Relation::Nmod) || relation.is(Relation::Obl) => {
                if let Some(case) = doc.case(child) {
                    add_phrase(doc, &mut out, &case, child, 0);
                    // "the signing of the accord by Norway and Peru".
                    if case == "of" {
                        partners(doc, &mut out, child);
                    }
                    // "a meeting at his home with Ruiz", read as a home with Ruiz.
                    if matches!(case.as_str(), "in" | "at" | "on") {
                        sides(doc, &mut out, child);
                    }
                }
            }
            _ => {}
        }
    }
    if let Some(owner) = repair::owner_beside(doc, noun) {
        add_phrase(doc, &mut out, "possessor", owner, 0);
    }
    match standing {
        Standing::Light(verb) => {
            for (slot, at) in of_verb(doc, verb).list {
                if slot != "object" && at != noun {
                    out.add(&slot, at);
                }
            }
        }
        Standing::Beneath(verb) => {
            let suffering = if verb != noun && is_passive(doc, verb) {
                "object"
            } else {
                "subject"
            };
            for (slot, at) in of_verb(doc, verb).list {
                if slot == suffering {
                    out.add("beneath", at);
                } else if !matches!(slot.as_str(), "object" | "under") {
                    out.add(&slot, at);
                }
            }
        }
        Standing::Happens(verb) => {
            for (slot, at) in of_verb(doc, verb).list {
                if matches!(slot.as_str(), "between" | "with" | "in" | "at") {
                    out.add(&slot, at);
                }
            }
        }
        // Without "with" the meeting may be anybody's.
        Standing::After(_) if out.of("with").next().is_none() => {}
        Standing::Within(verb) | Standing::After(verb) => {
            let clause = of_verb(doc, verb);
            for at in clause.of(if is_passive(doc, verb) {
                "object"
            } else {
                "subject"
            }) {
                out.add("clause", at);
            }
            // "told Ruiz at a meeting", "in a call, he urged Ruiz to go".
            let spoken = matches!(standing, Standing::Within(_))
                && governors::has(Group::Addressing, doc.lemma(verb));
            if spoken && !is_passive(doc, verb) && out.of("with").next().is_none() {
                for slot in ["object", "iobj"] {
                    for at in clause.of(slot) {
                        out.add("addressee", at);
                    }
                }
            }
        }
        Standing::Free => {
            for at in beside(doc, noun) {
                add_phrase(doc, &mut out, "clause", at, 0);
            }
        }
    }
    out
}

/// Who is at a meeting that stands beside them and hangs on no verb: "Meeting with
/// Ruiz, Vega said", "Vega, in Oslo for talks with Ruiz,", "Vega, whose talks with
/// Ruiz".
fn beside(doc: &Doc<'_>, noun: At) -> Vec<At> {
    let bare = !doc.children(noun).any(|c| {
        doc.relation(c) == Relation::Det
            || doc.relation(c) == Relation::NmodPoss && doc.lower(c) != "whose"
    });
    let Some(head) = doc.head(noun).filter(|_| bare) else {
        return Vec::new();
    };
    let relation = doc.relation(noun);
    if relation.is(Relation::Advcl) && doc.lower(noun) == "meeting" {
        return surface_subject(doc, head, 0);
    }
    let is_name = |at: At| doc.upos(at) == Upos::Propn;
    if relation == Relation::Appos && is_name(head) && doc.lower(noun).ends_with("ing") {
        return vec![head];
    }
    if relation.is(Relation::Nmod) && doc.case(noun).as_deref() == Some("for") {
        let place =
            |at: At| doc.relation(at).is(Relation::Nmod) && doc.case(at).as_deref() == Some("in");
        let owner = if place(head) {
            doc.head(head)
        } else {
            Some(head)
        };
        let there = place(head) || doc.children(head).any(place);
        return owner
            .filter(|o| there && is_name(*o) && doc.relation(*o).is(Relation::Nsubj))
            .into_iter()
            .collect();
    }
    Vec::new()
}
