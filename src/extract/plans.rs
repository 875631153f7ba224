//! Plans made public in plain words: "she said on Monday that a task force will
//! start work". Saying is no event, but a dated statement that somebody's plan
//! will be carried out is an announcement.

use super::actors::Cast;
use super::dating;
use super::doc::{At, Doc};
use super::events::Candidate;
use super::grammar;
use super::participants;
use super::standing::Standing;
use super::status;
use crate::language::{Relation, Upos};
use crate::model::{ActorKind, Status};
use crate::ontology::types::{EventTypes, FrameRef};

/// Announcements among the verbs of saying of one sentence that are no trigger
/// yet.
pub(super) fn find(
    doc: &Doc<'_>,
    cast: &Cast,
    types: &EventTypes,
    s: usize,
    found: &[Candidate],
) -> Vec<Candidate> {
    let Some(frame) = types.verb_of("announce", "announce") else {
        return Vec::new();
    };
    (0..doc.sentences()[s].tokens.len())
        .map(|t| (s, t))
        .filter(|at| {
            doc.upos(*at) == Upos::Verb
                && matches!(doc.lemma(*at), "say" | "tell" | "declare" | "state")
        })
        .filter(|at| !found.iter().any(|c| c.at == *at))
        .filter(|at| dating::has_time(doc, *at))
        .filter_map(|at| announcement(doc, cast, types, frame, found, at))
        .collect()
}

/// The announcement that a verb of saying makes, if what is said is a plan of
/// a body, a group or a country that the sentence names.
fn announcement(
    doc: &Doc<'_>,
    cast: &Cast,
    types: &EventTypes,
    frame: FrameRef,
    found: &[Candidate],
    at: At,
) -> Option<Candidate> {
    let (said, subject) = what_is_said(doc, at)?;
    if status::of_verb(doc, at) != Status::Occurred || status::of_verb(doc, said) != Status::Planned
    {
        return None;
    }
    let arguments = grammar::of_verb(doc, at);
    let mut list = Vec::new();
    for subject in arguments.of("subject") {
        let speakers: Vec<usize> = participants::actors_of(doc, cast, subject, false)
            .into_iter()
            .filter(|a| cast.kind(*a).acts())
            .collect();
        participants::push(&mut list, &speakers, "announcer");
    }
    if list.is_empty() {
        return None;
    }
    let plan = grammar::of_verb(doc, said);
    let subjects: Vec<At> = plan.of("subject").chain(subject).collect();
    let doers: Vec<usize> = subjects
        .into_iter()
        .flat_map(|a| participants::phrase_actors(doc, cast, a))
        .filter(|a| !matches!(cast.kind(*a), ActorKind::Person | ActorKind::Place))
        .collect();
    let before = list.len();
    participants::push(&mut list, &doers, "topic");
    // A body's own plan is news by itself ("Lund said on Monday it would close"),
    // unless the plan is an event that has a type.
    let typed = found
        .iter()
        .any(|c| c.at == said && types.types[c.frame.kind].key != "other");
    let own = !typed
        && doers.iter().any(|d| {
            matches!(cast.kind(*d), ActorKind::Organization | ActorKind::Country)
                && list[..before].iter().any(|p| p.actor as usize == *d)
        });
    if list.len() == before && !own {
        return None;
    }
    Some(Candidate {
        at,
        end: at.1,
        frame,
        standing: Standing::Free,
        arguments: plan.with_subject_as_object(),
        participants: list,
        apart: Vec::new(),
        occasion: None,
        status: Status::Occurred,
    })
}

/// The verb of what is said, and its subject where the parse does not give it.
///
/// Without "that" ("told reporters a team will start") the parser loses the
/// clause; then it is the next finite verb with "will" or "would", and the noun
/// right in front of that word.
fn what_is_said(doc: &Doc<'_>, at: At) -> Option<(At, Option<At>)> {
    let clause = doc.children(at).filter(|c| c.1 > at.1).find(|c| {
        (doc.relation(*c).is(Relation::Ccomp) || doc.relation(*c) == Relation::Parataxis)
            && doc.upos(*c) == Upos::Verb
    });
    if let Some(clause) = clause {
        return Some((clause, None));
    }
    let s = at.0;
    let will = (at.1 + 1..doc.sentences()[s].tokens.len())
        .take_while(|t| {
            !(doc.upos((s, *t)) == Upos::Verb && doc.relation((s, *t)) != Relation::Compound)
        })
        .find(|t| {
            doc.upos((s, *t)) == Upos::Aux
                && matches!(doc.lower((s, *t)).as_str(), "will" | "would")
        })?;
    let verb = doc
        .head((s, will))
        .filter(|v| v.1 > will && doc.upos(*v) == Upos::Verb)?;
    let noun = (s, will - 1);
    (doc.upos(noun).is_nominal() && !doc.is_time(noun)).then_some((verb, Some(noun)))
}
