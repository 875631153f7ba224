//! Whether the words in the slots of a trigger are those that its frame asks
//! for or shuts out. Pure.

use super::actors::Cast;
use super::doc::{At, Doc};
use super::grammar::Arguments;
use crate::language::Relation;
use crate::model::ActorKind;
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
