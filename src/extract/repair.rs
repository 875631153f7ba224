//! What parsers of English news get wrong in known ways, put right by the order
//! of words. Each function is asked only where the parse gives no answer.

use super::doc::{At, Doc};
use crate::language::{Relation, Upos, Xpos};
use crate::ontology::governors::{self, Group};
use crate::ontology::titles;
use crate::ontology::unnamed::{self, Sort};

/// The subject of a verb that the parse leaves without one.
pub(super) fn subject(doc: &Doc<'_>, verb: At) -> Option<At> {
    before_auxiliary(doc, verb)
        .or_else(|| before_time(doc, verb))
        .or_else(|| before_apposition(doc, verb))
        .or_else(|| object_of_opening(doc, verb))
        .or_else(|| object_of_saying(doc, verb))
}

/// "a Norwegian official today praised": the noun in front of a day that the parser
/// made the day's own words.
fn before_time(doc: &Doc<'_>, verb: At) -> Option<At> {
    if doc.token(verb).xpos != Xpos::Vbd {
        return None;
    }
    let day = doc.children(verb).find(|c| {
        c.1 + 1 == verb.1
            && doc.is_time(*c)
            && (doc.relation(*c).is(Relation::Obl) || doc.relation(*c).is(Relation::Nsubj))
    })?;
    let (first, last) = doc.subtree(day);
    let head = (day.0, day.1.checked_sub(1)?);
    let opens = matches!(
        doc.upos((day.0, first)),
        Upos::Det | Upos::Propn | Upos::Adj
    );
    let noun = titles::is_role_head(doc.lemma(head)) || unnamed::is(Sort::State, doc.lemma(head));
    (first < head.1 && last == day.1 && opens && noun && !doc.is_time(head)).then_some(head)
}

/// "the agency said Ana Ruiz met Vega": the name between, which the parser took for
/// the one who was told. Nobody is told behind "say" without "to".
fn object_of_saying(doc: &Doc<'_>, verb: At) -> Option<At> {
    let said = doc.head(verb).filter(|h| {
        doc.relation(verb).is(Relation::Ccomp)
            && matches!(doc.lemma(*h), "say" | "report" | "add" | "claim")
    })?;
    doc.children(said).find(|c| {
        matches!(doc.relation(*c), Relation::Iobj | Relation::Obj)
            && *c > said
            && *c < verb
            && doc.subtree(*c).1 < verb.1
    })
}

/// "Ana Ruiz had resigned, the ministry said": the first of two subjects of the verb
/// of saying, which stands before the verb of the clause in front.
pub(super) fn subject_of_report(doc: &Doc<'_>, verb: At) -> Option<At> {
    let head = doc.head(verb).filter(|h| h.1 > verb.1)?;
    let mut subjects = doc
        .children(head)
        .filter(|c| doc.relation(*c).is(Relation::Nsubj));
    let (first, second) = (subjects.next()?, subjects.next()?);
    (first.1 < verb.1 && second.1 > verb.1).then_some(first)
}

/// "with visiting President Ana Ruiz", "told visiting President Ana Ruiz": the person
/// before whom "visiting" stands as an adjective, though the parser takes it for a
/// verb.
pub(super) fn visiting(doc: &Doc<'_>, verb: At) -> Option<At> {
    let before = (verb.0, verb.1.checked_sub(1)?);
    let led = matches!(
        doc.lower(before).as_str(),
        "with" | "by" | "between" | "to" | "and"
    ) || doc.upos(before) == Upos::Verb && doc.head(verb) == Some(before);
    if doc.lower(verb) != "visiting" || !led {
        return None;
    }
    let person = doc.child(verb, Relation::Obj)?;
    // A title in front, and nothing else between.
    let titled = doc
        .children(person)
        .any(|c| c.1 < person.1 && doc.relation(c) == Relation::NmodDesc);
    let bare = (verb.1 + 1..person.1).all(|t| doc.upos((verb.0, t)) != Upos::Det);
    (titled && bare && doc.upos(person) == Upos::Propn).then_some(person)
}

/// "Visiting President Ana Ruiz met Vega": the parser took the participle for a
/// clause and the name, which no comma parts from the verb, for its object.
fn object_of_opening(doc: &Doc<'_>, verb: At) -> Option<At> {
    let finite = matches!(doc.token(verb).xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
    let opening = doc.children(verb).find(|c| {
        finite
            && c.1 == 0
            && doc.relation(*c).is(Relation::Advcl)
            && doc.token(*c).xpos == Xpos::Vbg
    })?;
    // The name may hang on another word of the opening, or on the verb itself.
    (opening.1 + 1..verb.1)
        .rev()
        .map(|t| (verb.0, t))
        .find(|c| {
            doc.upos(*c) == Upos::Propn
                && matches!(doc.relation(*c), Relation::Obj | Relation::Nsubj)
                && doc.subtree(*c).1.max(c.1) + 1 == verb.1
        })
}

/// "the group will start": the noun right in front of the verb's first
/// auxiliary, whatever it hangs on.
fn before_auxiliary(doc: &Doc<'_>, verb: At) -> Option<At> {
    let first = doc
        .children(verb)
        .filter(|c| doc.relation(*c).is(Relation::Aux) && c.1 < verb.1)
        .filter(|c| {
            matches!(
                doc.token(*c).xpos,
                Xpos::Md | Xpos::Vbz | Xpos::Vbp | Xpos::Vbd
            )
        })
        .min()?;
    let mut at = first.1.checked_sub(1)?;
    while at > 0 && doc.upos((verb.0, at)) == Upos::Adv {
        at -= 1;
    }
    noun_phrase_head(doc, (verb.0, at))
}

/// "Ana Ruiz, adviser to the king, said": the name that opens the clause, when
/// a comma stands right before a finite verb.
fn before_apposition(doc: &Doc<'_>, verb: At) -> Option<At> {
    let (s, v) = verb;
    let finite = matches!(doc.token(verb).xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp)
        || doc
            .children(verb)
            .any(|c| doc.relation(c).is(Relation::Aux));
    if !finite || v < 4 || doc.word((s, v - 1)) != "," {
        return None;
    }
    // The name ends before an earlier comma and begins the sentence or clause.
    for comma in (1..v - 2).rev().filter(|t| doc.word((s, *t)) == ",") {
        if doc.upos((s, comma - 1)) != Upos::Propn {
            continue;
        }
        let first = (0..comma)
            .rev()
            .take_while(|t| doc.upos((s, *t)) == Upos::Propn)
            .last()?;
        let opens = first == 0
            || matches!(
                doc.upos((s, first - 1)),
                Upos::Punct | Upos::Sconj | Upos::Cconj
            )
            || doc.upos((s, first - 1)) == Upos::Noun && first == 1;
        let quiet = (comma..v).all(|t| {
            !matches!(
                doc.token((s, t)).xpos,
                Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md
            ) || titles::is_role_head(&doc.lower((s, t)))
        });
        return (opens && quiet).then_some((s, first));
    }
    None
}

/// The token itself when it ends a noun phrase that can be a subject.
fn noun_phrase_head(doc: &Doc<'_>, at: At) -> Option<At> {
    let nominal = matches!(doc.upos(at), Upos::Noun | Upos::Propn | Upos::Pron);
    (nominal && !doc.is_time(at)).then_some(at)
}

/// The noun of planning that an infinitive completes although the parse hangs
/// it on the verb: "took note of the plan by the navy to build".
pub(super) fn plan_before(doc: &Doc<'_>, verb: At) -> Option<At> {
    if !doc.relation(verb).is(Relation::Advcl) {
        return None;
    }
    let to = doc
        .children(verb)
        .find(|c| doc.lower(*c) == "to" && c.1 < verb.1)?;
    let s = verb.0;
    let end = to.1.checked_sub(1)?;
    (0..=end).rev().map(|t| (s, t)).find(|noun| {
        doc.upos(*noun) == Upos::Noun
            && governors::has(Group::Plans, doc.lemma(*noun))
            && (noun.1 == end || doc.subtree(*noun).1 == end)
    })
}

/// "bought a studio which was sold": the noun that the parser took, together
/// with its relative pronoun, for the subject of a clause of its own.
pub(super) fn object_before_relative(doc: &Doc<'_>, verb: At) -> Option<At> {
    let clause = doc.children(verb).find(|c| {
        c.1 > verb.1 && doc.relation(*c).is(Relation::Ccomp) && doc.upos(*c) == Upos::Verb
    })?;
    let mut subjects = doc
        .children(clause)
        .filter(|c| doc.relation(*c).is(Relation::Nsubj));
    let (noun, pronoun) = (subjects.next()?, subjects.next()?);
    let relative = matches!(doc.token(pronoun).xpos, Xpos::Wp | Xpos::Wdt);
    (relative && doc.subtree(noun).1 + 1 == pronoun.1).then_some(noun)
}

/// The object of a verb that the parser took for its object's adjective: a word
/// with a subject or an auxiliary of its own is no adjective.
pub(super) fn clause_as_modifier(doc: &Doc<'_>, verb: At) -> Option<At> {
    let clause = doc
        .children(verb)
        .any(|c| doc.relation(c).is(Relation::Nsubj) || doc.relation(c).is(Relation::Aux));
    (doc.relation(verb) == Relation::Amod && clause)
        .then(|| doc.head(verb))
        .flatten()
}

/// "gave Kenya 3 million dollars": the receiver that the parser took for the first
/// part of the amount. A name in front of a number is no part of it.
pub(super) fn receiver_as_modifier(doc: &Doc<'_>, object: At) -> Option<At> {
    let number = doc.child(object, Relation::Nummod)?;
    doc.children(object).find(|c| {
        doc.relation(*c) == Relation::Compound
            && doc.upos(*c) == Upos::Propn
            && c.1 < number.1
            && !doc.is_time(*c)
    })
}

/// "Lund's endorsement of Vega surprised": the owner, where the parser makes it
/// a second subject of the verb.
pub(super) fn owner_beside(doc: &Doc<'_>, noun: At) -> Option<At> {
    let (s, t) = noun;
    let mark = (0..t)
        .rev()
        .map(|t| (s, t))
        .find(|at| !matches!(doc.upos(*at), Upos::Adj | Upos::Num))?;
    if doc.token(mark).xpos != Xpos::Pos {
        return None;
    }
    let owner = doc.head(mark)?;
    let beside = owner.1 < t && doc.head(owner) == doc.head(noun);
    (beside && doc.relation(owner).is(Relation::Nsubj)).then_some(owner)
}
