//! What is told in the present tense is a habit, a state or a rule, unless news tells
//! it so. Pure.

use super::dating::Dates;
use super::doc::{At, Doc};
use super::events::Candidate;
use super::report::Participation;
use super::standing::Standing;
use super::status;
use crate::language::{Relation, Upos, Xpos};
use crate::model::Status;
use crate::ontology::governors::{self, Group};

/// Present tense without a date of its own is a habit or a state.
pub(super) fn is_habit(doc: &Doc<'_>, candidate: &Candidate, dates: &Dates) -> bool {
    let verb = match candidate.standing {
        Standing::Light(verb) | Standing::Happens(verb) => verb,
        _ if doc.upos(candidate.at) == Upos::Verb => candidate.at,
        _ => return false,
    };
    if dates.has(candidate.at.1) {
        return false;
    }
    if is_rule(doc, verb) {
        return true;
    }
    candidate.status == Status::Occurred
        && status::is_habit(doc, verb)
        && !tells_news_in_present(doc, verb)
        && !is_said_now(candidate)
}

/// What a rule in the present makes people do: "the order requires members to
/// sign a contract".
fn is_rule(doc: &Doc<'_>, verb: At) -> bool {
    let mut at = verb;
    for _ in 0..4 {
        let relation = doc.relation(at);
        let participle = relation.is(Relation::Advcl) && doc.token(at).xpos == Xpos::Vbg;
        // "requires members to sign", read as the members' signing.
        let infinitive = relation == Relation::Acl && doc.token(at).xpos == Xpos::Vb;
        if relation != Relation::Xcomp && !participle && !infinitive {
            return false;
        }
        let mut head = doc.head(at);
        if infinitive {
            head = head
                .filter(|h| doc.relation(*h) == Relation::Obj)
                .and_then(|h| doc.head(h));
        }
        let Some(head) = head else {
            return false;
        };
        if matches!(
            doc.lemma(head),
            "require" | "oblige" | "allow" | "enable" | "let" | "permit" | "entitle"
        ) && status::is_habit(doc, head)
        {
            return true;
        }
        at = head;
    }
    false
}

/// "Norway says it will not accept": a demand, threat or refusal, told by a verb of
/// saying, is as new in the present.
fn is_said_now(candidate: &Candidate) -> bool {
    let said =
        |p: &Participation| matches!(p.role.as_str(), "demander" | "threatener" | "rejecter");
    candidate.participants.iter().any(said)
}

/// Verbs that newspapers put in the present for what was just said.
fn tells_news_in_present(doc: &Doc<'_>, verb: At) -> bool {
    governors::has(Group::PresentNews, doc.lemma(verb))
}
