//! Triggers that another trigger of the sentence says better: the light verb of
//! a noun, the object of a signature, what an announcement only plans.

use super::dating::Dates;
use super::doc::{At, Doc};
use super::events::Candidate;
use super::participants;
use super::repair;
use super::standing::Standing;
use crate::language::{Relation, Upos};
use crate::model::Status;
use crate::ontology::governors::{self, Group};
use crate::ontology::types::EventTypes;

/// Drops open events whose verb only carries a noun's event: "held talks".
pub(super) fn drop_carriers(types: &EventTypes, found: &mut Vec<Candidate>) {
    let carriers: Vec<At> = found
        .iter()
        .filter_map(|c| match c.standing {
            Standing::Light(verb)
            | Standing::Happens(verb)
            | Standing::Within(verb)
            | Standing::Beneath(verb) => Some(verb),
            Standing::After(_) | Standing::Free => None,
        })
        .collect();
    found.retain(|c| !is_other(types, c) || !carriers.contains(&c.at));
}

fn is_other(types: &EventTypes, candidate: &Candidate) -> bool {
    types.types[candidate.frame.kind].key == "other"
}

/// Drops triggers that another trigger of the sentence says better: a noun that
/// is its verb's own object, and what an announcement or demand only plans. The
/// outer event takes the planned one's actors as its topic; an event that an
/// announcement reports as done takes the announcement's place and date.
pub(super) fn drop_shadows(
    doc: &Doc<'_>,
    types: &EventTypes,
    mut found: Vec<Candidate>,
    dates: &mut Dates,
) -> Vec<Candidate> {
    let mut dropped = vec![false; found.len()];
    for i in 0..found.len() {
        let inner_at = found[i].at;
        // "the signing of the accord" is one event.
        let signed = found.iter().position(|o| {
            types.types[o.frame.kind].key == "sign"
                && types.types[found[i].frame.kind].key == "agree"
                && doc.upos(o.at) == Upos::Noun
                && o.arguments.of("of").any(|a| a == inner_at)
        });
        if let Some(outer) = signed {
            dropped[i] = true;
            dates.lend(inner_at.1, found[outer].at.1);
            continue;
        }
        let object_of = (doc.upos(inner_at) != Upos::Verb)
            .then(|| {
                found.iter().position(|o| {
                    let governs =
                        o.at != inner_at && o.arguments.of("object").any(|a| a == inner_at);
                    governs
                        && types
                            .frame(o.frame)
                            .object_in
                            .iter()
                            .any(|w| w == doc.lemma(inner_at))
                })
            })
            .flatten()
            .filter(|outer| !has_happened_before(types, &found[i], &found[*outer]));
        if let Some(outer) = object_of {
            dropped[i] = true;
            dates.lend(inner_at.1, found[outer].at.1);
            continue;
        }
        let outer = (0..found.len()).find(|o| {
            *o != i
                && !dropped[*o]
                && types.frame(found[*o].frame).absorbs
                && is_content(doc, inner_at, found[*o].at)
        });
        let outer = outer.filter(|o| !has_happened_before(types, &found[i], &found[*o]));
        let Some(outer) = outer.filter(|_| !dates.has(inner_at.1)) else {
            continue;
        };
        if found[i].status == Status::Occurred && is_other(types, &found[i]) {
            continue;
        }
        if found[i].status == Status::Occurred && doc.relation(inner_at).is(Relation::Ccomp) {
            // "announced on Monday that it had bought": done, and dated by the
            // announcement at the latest.
            if types.types[found[outer].frame.kind].key == "announce" {
                dropped[outer] = true;
                dates.hand_over(found[outer].at.1, inner_at.1);
            }
            continue;
        }
        if found[i].status == Status::Occurred && doc.upos(inner_at) == Upos::Verb {
            continue;
        }
        dropped[i] = true;
        if is_other(types, &found[i]) {
            continue;
        }
        let actors: Vec<usize> = found[i]
            .participants
            .iter()
            .map(|p| p.actor as usize)
            .collect();
        participants::push(&mut found[outer].participants, &actors, "topic");
    }
    let mut dropped = dropped.into_iter();
    found.retain(|_| !dropped.next().unwrap_or(false));
    found
}

/// "threatened on Monday to break off the talks": the day between makes the parser
/// take the infinitive for a purpose.
fn is_lost_infinitive(doc: &Doc<'_>, verb: At) -> bool {
    doc.relation(verb).is(Relation::Advcl)
        && doc.children(verb).any(|c| doc.lower(c) == "to")
        && doc.head(verb).is_some_and(|head| {
            let lemma = doc.lemma(head);
            let governs = governors::has(Group::Open, lemma) || governors::has(Group::Plan, lemma);
            governs && doc.child(head, Relation::Obj).is_none()
        })
}

/// A suit that is thrown out or settled was brought before, and who is acquitted
/// was convicted: two events.
fn has_happened_before(types: &EventTypes, inner: &Candidate, outer: &Candidate) -> bool {
    let key = |c: &Candidate| types.types[c.frame.kind].key.as_str();
    matches!(key(inner), "accuse" | "coerce")
        && matches!(key(outer), "reject" | "concede" | "agree" | "investigate")
        && inner.participants.len() > usize::from(key(inner) == "accuse")
}

/// Whether `inner` is what the verb or noun `outer` says: its clause, its
/// infinitive or its object, however deep, but no relative or adverbial clause.
fn is_content(doc: &Doc<'_>, inner: At, outer: At) -> bool {
    let mut at = inner;
    for _ in 0..6 {
        if let Some(noun) = repair::plan_before(doc, at) {
            if noun == outer {
                return true;
            }
            at = noun;
            continue;
        }
        let relation = doc.relation(at);
        let inside = relation == Relation::Xcomp
            || is_lost_infinitive(doc, at)
            || relation.is(Relation::Ccomp)
            || matches!(relation, Relation::Obj | Relation::Acl | Relation::Compound)
            || (relation.is(Relation::Nmod) && doc.case(at).as_deref() == Some("of"));
        if !inside {
            return false;
        }
        match doc.head(at) {
            Some(head) if head == outer => return true,
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}
