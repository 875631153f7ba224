//! How a noun that tells an event stands in its clause: the object of a light verb,
//! behind "during" or "after", or free. Knows the parse, and nothing of event types.

use super::doc::{At, Doc};
use super::grammar::is_passive;
use crate::language::{Relation, Upos, Xpos};
use crate::ontology::governors::{self, Group};

/// How a noun trigger stands in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Object of a light verb: the verb's place.
    Light(At),
    /// Subject of a verb of happening: the verb's place.
    Happens(At),
    /// Behind "in", "during" or "at", in the clause of this verb.
    Within(At),
    /// Behind "after", in the clause of this verb: who does that has done this
    /// before ("she spoke after a meeting with Ruiz").
    After(At),
    /// Behind "under", which somebody comes or is put: the place of the verb,
    /// or of the noun itself where it is the predicate ("is under attack").
    Beneath(At),
    /// Anywhere else.
    Free,
}

/// The light verbs of a frame.
#[derive(Debug, Clone, Copy)]
pub(super) struct LightVerbs<'f> {
    /// These alone, where there are any.
    pub(super) only: &'f [String],
    /// These beside the usual ones.
    pub(super) also: &'f [String],
}

impl LightVerbs<'_> {
    fn has(self, lemma: &str) -> bool {
        if self.only.is_empty() {
            governors::has(Group::Light, lemma) || self.also.iter().any(|v| v == lemma)
        } else {
            self.only.iter().any(|v| v == lemma)
        }
    }
}

/// How the noun stands in its clause.
pub(super) fn standing(doc: &Doc<'_>, noun: At, light_verbs: LightVerbs<'_>) -> Standing {
    let mut top = noun;
    if doc.relation(noun).is(Relation::Nmod)
        && doc.case(noun).as_deref() == Some("of")
        && let Some(head) = doc
            .head(noun)
            .filter(|h| governors::has(Group::Counting, doc.lemma(*h)))
    {
        top = head;
    }
    while doc.relation(top) == Relation::Conj {
        match doc.head(top).filter(|h| doc.upos(*h) == Upos::Noun) {
            Some(head) if head.1 < top.1 => top = head,
            _ => break,
        }
    }
    let is_predicate = doc.child(noun, Relation::Cop).is_some();
    match doc.case(noun).as_deref() {
        // "is in talks with Peru".
        Some("in") if is_predicate => return Standing::Light(noun),
        // "are on strike"; who is on fire does well.
        Some("on") if is_predicate && matches!(doc.lemma(noun), "strike" | "visit" | "tour") => {
            return Standing::Light(noun);
        }
        Some("under") if is_predicate => return Standing::Beneath(noun),
        Some("under") => {
            let verb = doc.head(noun).filter(|h| {
                doc.upos(*h) == Upos::Verb && governors::has(Group::Exposing, doc.lemma(*h))
            });
            return verb.map_or(Standing::Free, Standing::Beneath);
        }
        _ => {}
    }
    // "the trial is set to begin", "talks are due to resume".
    if doc.relation(top).is(Relation::Nsubj)
        && let Some(happening) = doc
            .head(top)
            .filter(|h| doc.upos(*h) == Upos::Adj)
            .and_then(|h| doc.child(h, Relation::Xcomp))
        && doc.upos(happening) == Upos::Verb
        && governors::has(Group::Happening, doc.lemma(happening))
    {
        return Standing::Happens(happening);
    }
    let Some(head) = doc
        .head(top)
        .filter(|h| matches!(doc.upos(*h), Upos::Verb | Upos::Aux))
    else {
        return held(doc, noun, light_verbs);
    };
    let lemma = doc.lemma(head);
    let is_light = light_verbs.has(lemma);
    match doc.relation(top) {
        Relation::Obj if is_light => Standing::Light(head),
        Relation::NsubjPass if is_light => Standing::Light(head),
        Relation::Nsubj if is_light && is_passive(doc, head) => Standing::Light(head),
        Relation::Nsubj | Relation::NsubjPass if governors::has(Group::Happening, lemma) => {
            Standing::Happens(head)
        }
        relation if relation.is(Relation::Obl) => match doc.case(top).as_deref() {
            Some("in" | "during" | "at") => Standing::Within(head),
            Some("from") if governors::has(Group::ComingAway, lemma) => Standing::Within(head),
            Some("over") if governors::has(Group::Meals, doc.lemma(noun)) => Standing::Within(head),
            Some("after" | "following") => Standing::After(head),
            _ => held(doc, noun, light_verbs),
        },
        // "After meeting with Ruiz, she left": taggers take it for a noun.
        Relation::Advcl if doc.children(noun).any(|c| doc.lower(c) == "after") => {
            Standing::After(head)
        }
        _ => held(doc, noun, light_verbs),
    }
}

/// "talks held in Oslo": a participle of a light verb below the noun.
fn held(doc: &Doc<'_>, noun: At, light_verbs: LightVerbs<'_>) -> Standing {
    let participle = doc.children(noun).find(|c| {
        doc.relation(*c) == Relation::Acl
            && doc.token(*c).xpos == Xpos::Vbn
            && light_verbs.has(doc.lemma(*c))
    });
    participle.map_or(Standing::Free, Standing::Light)
}
