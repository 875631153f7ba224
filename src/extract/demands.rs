//! Demands, threats and refusals in plain words: "Norway said that Peru must free the
//! crew", "she said that Norway would close the port unless Peru paid". Saying is
//! no event, but who says that another must do something demands it.

use super::actors::Cast;
use super::doc::{At, Doc};
use super::events::Candidate;
use super::grammar;
use super::participants;
use super::standing::Standing;
use super::status;
use crate::language::{Relation, Upos};
use crate::model::{ActorKind, Status};
use crate::ontology::governors::{self, Group};
use crate::ontology::types::{EventTypes, FrameRef};

/// The most sayings of one sentence that are looked at.
const MOST: usize = 8;

/// Demands and threats among the verbs of saying of one sentence that are no
/// trigger yet.
pub(super) fn find(
    doc: &Doc<'_>,
    cast: &Cast,
    types: &EventTypes,
    s: usize,
    found: &[Candidate],
) -> Vec<Candidate> {
    let (Some(demand), Some(threat), Some(refusal)) = (
        types.verb_of("urge", "demand"),
        types.verb_of("threaten", "threaten"),
        types.verb_of("reject", "reject"),
    ) else {
        return Vec::new();
    };
    (0..doc.sentences()[s].tokens.len())
        .map(|t| (s, t))
        .filter(|at| {
            doc.upos(*at) == Upos::Verb && governors::has(Group::Declaring, doc.lemma(*at))
        })
        .filter(|at| !found.iter().any(|c| c.at == *at && is_firm(types, c)))
        .take(MOST)
        .filter_map(|at| read(doc, cast, at, (demand, threat, refusal)))
        .collect()
}

/// Events beside which the same word tells no demand.
fn is_firm(types: &EventTypes, candidate: &Candidate) -> bool {
    !matches!(
        types.types[candidate.frame.kind].key.as_str(),
        "other" | "speak" | "announce"
    )
}

/// What a verb of saying demands or threatens.
fn read(
    doc: &Doc<'_>,
    cast: &Cast,
    at: At,
    (demand, threat, refusal): (FrameRef, FrameRef, FrameRef),
) -> Option<Candidate> {
    let said = doc
        .children(at)
        .find(|c| doc.relation(*c).is(Relation::Ccomp))
        .or_else(|| {
            // "Peru must free the crew, Norway said".
            doc.head(at)
                .filter(|_| doc.relation(at) == Relation::Parataxis)
        })?;
    if status::of_verb(doc, at) != Status::Occurred {
        return None;
    }
    let arguments = grammar::of_verb(doc, at);
    let acting = |slot_of: &grammar::Arguments, slot: &str| -> Vec<usize> {
        slot_of
            .of(slot)
            .flat_map(|a| participants::actors_of(doc, cast, a, false))
            .filter(|a| cast.kind(*a).acts())
            .collect()
    };
    let mut speakers = acting(&arguments, "subject");
    if speakers.is_empty() {
        // "the summit concluded that Norway must".
        let subjects = arguments.of("subject");
        speakers = subjects
            .flat_map(|a| cast.at(a).to_vec())
            .filter(|a| cast.kind(*a) == ActorKind::Conference)
            .collect();
    }
    if speakers.is_empty() {
        return None;
    }
    let content = grammar::of_verb(doc, said);
    let does = if grammar::is_passive(doc, said) {
        "object"
    } else {
        "subject"
    };
    let doers = acting(&content, does);
    let same = doers.iter().all(|d| speakers.contains(d));
    let mut list = Vec::new();
    let frame = if obliges(doc, said) {
        if doers.is_empty() || same {
            return None;
        }
        participants::push(&mut list, &speakers, "demander");
        participants::push(&mut list, &doers, "addressee");
        demand
    } else if has_ultimatum(doc, said) {
        if !same && !speaks_of_itself(doc, &content) {
            return None;
        }
        participants::push(&mut list, &speakers, "threatener");
        for clause in doc.children(said) {
            if doc.relation(clause).is(Relation::Advcl) {
                let others = acting(&grammar::of_verb(doc, clause), "subject");
                participants::push(&mut list, &others, "threatened");
            }
        }
        threat
    } else if refuses(doc, said) {
        if !same && !speaks_of_itself(doc, &content) || doers.is_empty() {
            return None;
        }
        participants::push(&mut list, &speakers, "rejecter");
        refusal
    } else {
        return None;
    };
    Some(Candidate {
        at,
        end: at.1,
        frame,
        standing: Standing::Free,
        arguments: content.with_subject_as_object(),
        participants: list,
        apart: Vec::new(),
        occasion: None,
        status: Status::Occurred,
    })
}

/// "must free", not "must have been": a demand, no guess.
fn obliges(doc: &Doc<'_>, verb: At) -> bool {
    let aux = |word: &str| {
        doc.children(verb)
            .any(|c| doc.relation(c).is(Relation::Aux) && doc.lower(c) == word)
    };
    aux("must") && !aux("have") && doc.upos(verb) == Upos::Verb && !governs_state(doc, verb)
}

/// "must know", "must be angry": what is guessed of somebody.
fn governs_state(doc: &Doc<'_>, verb: At) -> bool {
    governors::has(Group::Guessing, doc.lemma(verb))
}

/// "would close the port unless Peru paid".
fn has_ultimatum(doc: &Doc<'_>, verb: At) -> bool {
    let will = doc.children(verb).any(|c| {
        doc.relation(c).is(Relation::Aux) && matches!(doc.lower(c).as_str(), "will" | "would")
    });
    let unless = doc.children(verb).any(|c| {
        doc.relation(c).is(Relation::Advcl)
            && doc
                .children(c)
                .any(|m| doc.relation(m) == Relation::Mark && doc.lower(m) == "unless")
    });
    will && unless
}

/// "will not accept", "would not negotiate": a refusal of what one could do.
fn refuses(doc: &Doc<'_>, verb: At) -> bool {
    let not = doc
        .children(verb)
        .any(|c| matches!(doc.lower(c).as_str(), "not" | "n't" | "n’t" | "never"));
    let will = doc.children(verb).any(|c| {
        doc.relation(c).is(Relation::Aux)
            && matches!(
                doc.lower(c).as_str(),
                "will" | "would" | "wo" | "cannot" | "shall"
            )
    });
    not && will
        && governors::has(Group::Refusable, doc.lemma(verb))
        && !grammar::is_passive(doc, verb)
}

/// "said it would", where nobody could tell who "it" is: the speaker.
fn speaks_of_itself(doc: &Doc<'_>, content: &grammar::Arguments) -> bool {
    content.of("subject").any(|a| doc.upos(a) == Upos::Pron)
}
