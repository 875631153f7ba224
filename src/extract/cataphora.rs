//! Pronouns in front of the name that they stand for: "After his meeting with Vega,
//! Ruiz said". Pure.

use super::actors::Cast;
use super::doc::{At, Doc};
use crate::language::{Relation, Upos};
use crate::model::ActorKind;
use crate::ontology::Gender;

/// How far up the pronoun's phrase is followed.
const CLIMB: usize = 8;

/// The person who is the subject of the main clause behind the opening phrase that
/// the pronoun stands in, where nobody is named in that phrase before the pronoun.
pub(super) fn person(doc: &Doc<'_>, cast: &Cast, at: At, gender: Gender) -> Option<usize> {
    let (s, t) = at;
    // The top of the opening phrase and the verb that it hangs on.
    let mut top = at;
    let mut verb = doc.head(top)?;
    for _ in 0..CLIMB {
        let opening = doc.relation(top).is(Relation::Obl) || doc.relation(top).is(Relation::Advcl);
        if opening && verb.1 > t && doc.upos(verb) == Upos::Verb && doc.subtree(top).0 < 3 {
            let subject = doc
                .children(verb)
                .find(|c| doc.relation(*c).is(Relation::Nsubj))
                .filter(|c| c.1 > doc.subtree(top).1 && doc.upos(*c) == Upos::Propn)?;
            let person = super::participants::actors_of(doc, cast, subject, false);
            let [one] = person[..] else {
                return None;
            };
            let comma = (doc.subtree(top).1 + 1..subject.1).any(|i| doc.word((s, i)) == ",")
                || doc.word((s, doc.subtree(top).1)) == ",";
            let named_before = (0..t).any(|i| !cast.at((s, i)).is_empty());
            let fits = cast.kind(one) == ActorKind::Person
                && cast.actors[one].gender.is_none_or(|g| g == gender);
            return (fits && comma && !named_before).then_some(one);
        }
        top = verb;
        verb = doc.head(top)?;
    }
    None
}
