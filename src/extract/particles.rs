//! Verbs of several words: where the word that completes a phrase stands, and
//! which particles make another verb of one. Pure.

use super::doc::{At, Doc};
use crate::language::{Relation, Upos};

/// Where the word that completes a phrase stands: a particle, adverb or
/// preposition below the verb or right behind it, or a bare object.
pub(super) fn particle(doc: &Doc<'_>, verb: At, rest: &str) -> Option<usize> {
    let below = doc.children(verb).find(|c| {
        let fits = matches!(
            doc.relation(*c),
            Relation::CompoundPrt | Relation::Advmod | Relation::Obj | Relation::Xcomp
        ) || doc.relation(*c).is(Relation::Obl);
        fits && (doc.lemma(*c) == rest || doc.lower(*c) == rest)
    });
    if let Some(child) = below {
        return Some(child.1);
    }
    let next = (verb.0, verb.1 + 1);
    (next.1 < doc.sentences()[verb.0].tokens.len() && doc.lower(next) == rest).then_some(next.1)
}

/// "closed down $1.875": a share, not a firm.
pub(super) fn is_quotation(doc: &Doc<'_>, verb: At, end: usize) -> bool {
    let next = (verb.0, end + 1);
    doc.lemma(verb) == "close"
        && next.1 < doc.sentences()[verb.0].tokens.len()
        && (doc.upos(next) == Upos::Num || doc.upos(next) == Upos::Sym)
}

/// A particle that makes another verb of this one: "backed up the troops", "signed
/// up for a course".
pub(super) fn has_other_particle(doc: &Doc<'_>, verb: At) -> bool {
    let other: &[&str] = match doc.lemma(verb) {
        "back" => &["up", "out", "off", "away", "down"],
        "sign" => &["up", "in", "out", "off"],
        "settle" => &["in", "down"],
        "strike" => &["out", "up"],
        "call" | "turn" | "hold" => &["up"],
        _ => return false,
    };
    doc.children(verb)
        .any(|c| doc.relation(c) == Relation::CompoundPrt && other.contains(&doc.lower(c).as_str()))
}
