//! What is said of a case is said of its parties: "the case was settled", "the
//! trial is to begin in May". Where an article tells of one suit, or of one
//! person arrested or charged, those are the parties of "the suit", "the case"
//! and "the trial". Reads events that were already found; knows no types by
//! itself.

use super::actors::Cast;
use super::doc::{At, Doc};
use super::events::Candidate;
use super::grammar;
use super::nouns;
use super::participants;
use super::report::{EventMention, Participation};
use super::standing::{LightVerbs, Standing, standing};
use super::status;
use crate::language::{Relation, Upos};
use crate::model::Status;
use crate::ontology::types::{EventTypes, FrameRef};

/// Events of one sentence whose parties an earlier sentence has told.
pub(super) fn find(
    doc: &Doc<'_>,
    cast: &Cast,
    types: &EventTypes,
    s: usize,
    found: &[Candidate],
    before: &[EventMention],
) -> Vec<Candidate> {
    if before.is_empty() {
        return Vec::new();
    }
    (0..doc.sentences()[s].tokens.len())
        .map(|t| (s, t))
        .filter(|at| doc.upos(*at) == Upos::Noun && !cast.in_name(*at))
        .filter_map(|noun| {
            let deed = deed(doc, types, noun)?;
            let taken = found.iter().any(|c| c.at == deed.at || c.at == noun);
            if taken || names_its_own(doc, cast, noun) {
                return None;
            }
            let parties = parties(before, deed.criminal)?;
            let mut list = Vec::new();
            participants::push(&mut list, &parties, deed.role);
            Some(Candidate {
                apart: Vec::new(),
                at: deed.at,
                end: deed.at.1,
                frame: deed.frame,
                standing: deed.standing,
                arguments: if deed.at == noun {
                    nouns::of_noun(doc, noun, deed.standing)
                } else {
                    grammar::of_verb(doc, deed.at)
                },
                participants: list,
                occasion: None,
                status: deed.status,
            })
        })
        .collect()
}

/// What a sentence says of a case.
struct Deed {
    at: At,
    frame: FrameRef,
    standing: Standing,
    status: Status,
    role: &'static str,
    criminal: bool,
}

fn deed(doc: &Doc<'_>, types: &EventTypes, noun: At) -> Option<Deed> {
    let lemma = doc.lemma(noun);
    let verb = doc.head(noun).filter(|h| doc.upos(*h) == Upos::Verb);
    let suit = matches!(
        lemma,
        "case" | "lawsuit" | "suit" | "litigation" | "dispute"
    );
    if suit && is_known(doc, noun) {
        let verb = verb?;
        let suffers = doc.relation(noun) == Relation::Obj
            || (doc.relation(noun).is(Relation::Nsubj) && grammar::is_passive(doc, verb));
        let settled = suffers && matches!(doc.lemma(verb), "settle" | "resolve");
        return settled.then_some(Deed {
            at: verb,
            frame: types.verb_of("settle", "agree")?,
            standing: Standing::Free,
            status: status::of_verb(doc, verb),
            role: "party",
            criminal: false,
        });
    }
    let standing = standing(
        doc,
        noun,
        LightVerbs {
            only: &[],
            also: &[],
        },
    );
    let happens = match standing {
        Standing::Happens(v) | Standing::Light(v) => v != noun,
        _ => false,
    };
    if lemma == "trial" && is_known(doc, noun) && happens {
        let mut frames = types.noun("trial").iter().rev().copied();
        return Some(Deed {
            at: noun,
            frame: frames.find(|f| types.types[f.kind].key == "investigate")?,
            standing,
            status: status::of_noun(doc, noun, standing),
            role: "investigated",
            criminal: true,
        });
    }
    let reached = verb.is_some_and(|v| matches!(doc.lemma(v), "reach" | "announce" | "agree"));
    if lemma == "settlement" && happens && reached {
        let mut frames = types.noun("settlement").iter().rev().copied();
        return Some(Deed {
            at: noun,
            frame: frames.find(|f| types.types[f.kind].key == "agree")?,
            standing,
            status: Status::Occurred,
            role: "party",
            criminal: false,
        });
    }
    None
}

/// "the case", "their suit", "the first lawsuit".
fn is_known(doc: &Doc<'_>, noun: At) -> bool {
    doc.children(noun).any(|c| {
        (doc.relation(c) == Relation::Det && matches!(doc.lower(c).as_str(), "the" | "this"))
            || (doc.relation(c) == Relation::NmodPoss && doc.upos(c) == Upos::Pron)
    })
}

/// Whether the phrase names somebody: then it is perhaps another case.
fn names_its_own(doc: &Doc<'_>, cast: &Cast, noun: At) -> bool {
    let (first, last) = doc.subtree(noun);
    (first..=last)
        .map(|t| (noun.0, t))
        .any(|at| at != noun && doc.upos(at) == Upos::Propn && !cast.at(at).is_empty())
}

/// The parties of the only suit that the article has told so far; with `criminal`
/// also the only one who was arrested or charged.
fn parties(before: &[EventMention], criminal: bool) -> Option<Vec<usize>> {
    let set = |list: &[Participation], roles: &[&str]| {
        let mut out: Vec<usize> = list
            .iter()
            .filter(|p| roles.contains(&p.role.as_str()))
            .map(|p| p.actor as usize)
            .collect();
        out.sort_unstable();
        out
    };
    let only = |sets: Vec<Vec<usize>>| {
        let mut sets = sets.into_iter();
        let first = sets.next()?;
        sets.all(|other| other == first).then_some(first)
    };
    let suits: Vec<Vec<usize>> = before
        .iter()
        .filter(|e| e.kind == "accuse" && is_suit(&e.trigger.lemma))
        .filter(|e| {
            ["accuser", "accused"]
                .iter()
                .all(|r| e.participants.iter().any(|p| p.role == *r))
        })
        .map(|e| set(&e.participants, &["accuser", "accused"]))
        .collect();
    if !suits.is_empty() {
        return only(suits);
    }
    let charged: Vec<Vec<usize>> = before
        .iter()
        .filter(|e| criminal && e.kind == "coerce" && is_charge(&e.trigger.lemma))
        .map(|e| set(&e.participants, &["coerced"]))
        .filter(|s| !s.is_empty())
        .collect();
    only(charged)
}

fn is_suit(lemma: &str) -> bool {
    matches!(
        lemma,
        "sue" | "lawsuit" | "suit" | "file" | "bring" | "launch"
    )
}

fn is_charge(lemma: &str) -> bool {
    matches!(
        lemma,
        "charge" | "arrest" | "indict" | "indictment" | "prosecute"
    )
}
