//! Whether the words in the slots of a trigger are those that its frame asks
//! for or shuts out. Pure.

use super::actors::Cast;
use super::doc::{At, Doc};
use super::grammar::Arguments;
use crate::language::{Relation, Xpos};
use crate::model::ActorKind;
use crate::ontology::governors::{self, Group};
use crate::ontology::types::Frame;
use crate::ontology::unnamed::{self, Sort};

/// What a part is part of: the "sanctions" of "most of the sanctions".
fn portion_of(doc: &Doc<'_>, at: At) -> Option<At> {
    if !unnamed::is(Sort::Portions, doc.lemma(at)) {
        return None;
    }
    doc.children(at)
        .find(|c| doc.relation(*c).is(Relation::Nmod) && doc.case(*c).as_deref() == Some("of"))
}

/// The tests on the words in the slots.
pub(super) fn words_fit(doc: &Doc<'_>, cast: &Cast, frame: &Frame, arguments: &Arguments) -> bool {
    let head_in = |slot: &str, list: &[String]| {
        arguments
            .of(slot)
            .flat_map(|a| std::iter::once(a).chain(portion_of(doc, a)))
            .any(|a| list.iter().any(|w| w == doc.lemma(a) || *w == doc.lower(a)))
    };
    if !frame.object_in.is_empty() && !head_in("object", &frame.object_in) {
        let agreement = frame.object_agreement
            && arguments.of("object").any(|a| {
                cast.at(a)
                    .iter()
                    .any(|x| cast.kind(*x) == ActorKind::Agreement)
            });
        // "pledged $2 million to": the amount's own words stand below.
        if !agreement {
            return false;
        }
    }
    if head_in("object", &frame.object_not)
        || head_in("subject", &frame.subject_not)
        || head_in("modifier", &frame.modifier_not)
        || frame
            .prep_not
            .iter()
            .any(|(slot, list)| head_in(slot, list))
        || (!frame.subject_in.is_empty() && !head_in("subject", &frame.subject_in))
    {
        return false;
    }
    if !frame.prep_object.is_empty() {
        return frame.prep_object.iter().any(|(slot, list)| {
            arguments.of(slot).any(|a| {
                list.iter().any(|w| w == doc.lemma(a))
                    || doc
                        .children(a)
                        .any(|c| list.iter().any(|w| w == doc.lemma(c)))
            })
        });
    }
    true
}

/// Whether an infinitive below the verb says what the frame asks for.
pub(super) fn has_purpose(doc: &Doc<'_>, frame: &Frame, verb: At) -> bool {
    doc.children(verb).any(|c| {
        let infinitive = doc.relation(c).is(Relation::Advcl) || doc.relation(c) == Relation::Xcomp;
        infinitive && frame.purpose.iter().any(|p| p == doc.lemma(c))
    })
}

/// Whether the verb is the aim of a journey, "flew to Oslo to see", or stands behind
/// "after".
pub(super) fn is_aim(doc: &Doc<'_>, verb: At) -> bool {
    let Some(head) = doc.head(verb).filter(|_| {
        doc.relation(verb).is(Relation::Advcl) || doc.relation(verb) == Relation::Xcomp
    }) else {
        return false;
    };
    let marked = |word: &str| doc.children(verb).any(|c| doc.lower(c) == word && c < verb);
    let journey = governors::has(Group::Movement, doc.lemma(head)) && marked("to");
    journey || doc.token(verb).xpos == Xpos::Vbg && marked("after")
}
