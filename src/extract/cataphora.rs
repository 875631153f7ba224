//! Pronouns that stand for the subject of their own clause, also in front of it:
//! "After his meeting with Vega, Ruiz said", "at their meeting, Ruiz and Vega agreed".
//! Pure.

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

/// The two or more who are the subject of the clause that "their" stands in: "Ruiz
/// and Vega signed it at their meeting".
pub(super) fn people(doc: &Doc<'_>, cast: &Cast, at: At) -> Option<Vec<usize>> {
    if doc.relation(at) != Relation::NmodPoss {
        return None;
    }
    // Up to the verb of the clause.
    let mut verb = doc.head(at)?;
    for _ in 0..CLIMB {
        if doc.upos(verb) == Upos::Verb {
            break;
        }
        let phrase = doc.relation(verb);
        if !(phrase.is(Relation::Obl) || phrase.is(Relation::Nmod) || phrase == Relation::Obj) {
            return None;
        }
        verb = doc.head(verb)?;
    }
    let mut actors = Vec::new();
    for subject in super::grammar::of_verb(doc, verb).of("subject") {
        let own = cast.at(subject).iter().copied();
        actors.extend(own.filter(|a| cast.kind(*a).acts()));
    }
    actors.sort_unstable();
    actors.dedup();
    (actors.len() > 1).then_some(actors)
}

/// "raised it with Vega when they met": the two who alone are named in the sentence
/// before the clause of a meeting that "they" opens.
pub(super) fn two(doc: &Doc<'_>, cast: &Cast, at: At, meets: bool) -> Option<Vec<usize>> {
    let (s, t) = at;
    let clause = doc.head(at)?;
    let below = doc.relation(clause).is(Relation::Advcl) || doc.relation(clause) == Relation::Acl;
    if !(meets && below && doc.relation(at).is(Relation::Nsubj)) {
        return None;
    }
    let mut actors: Vec<usize> = (0..t)
        .flat_map(|i| cast.at((s, i)))
        .copied()
        .filter(|a| cast.kind(*a).acts())
        .collect();
    actors.sort_unstable();
    actors.dedup();
    let persons = actors.iter().all(|a| cast.kind(*a) == ActorKind::Person);
    (actors.len() == 2 && persons).then_some(actors)
}
