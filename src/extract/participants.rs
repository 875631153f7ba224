//! From grammatical slots to participants: which actors the words in a slot
//! stand for, where the event took place, and on what occasion.

use super::actors::Cast;
use super::crowds;
use super::doc::{At, Doc};
use super::grammar::Arguments;
use super::report::Participation;
use super::rows;
use crate::language::{Relation, Upos, Xpos};
use crate::model::ActorKind;
use crate::ontology::types::Frame;
use crate::ontology::unnamed::{self, Sort};
use crate::ontology::{countries, nominals, titles};

/// The slots that actors fill, and the participants in their roles.
#[derive(Debug, Default)]
pub(super) struct Filled<'f> {
    pub(super) slots: Vec<&'f str>,
    pub(super) participants: Vec<Participation>,
}

/// Adds actors in a role; an actor keeps the first role that it got.
pub(super) fn push(list: &mut Vec<Participation>, actors: &[usize], role: &str) {
    for actor in actors {
        if !list.iter().any(|p| p.actor as usize == *actor) {
            list.push(Participation {
                actor: *actor as u32,
                role: role.to_owned(),
            });
        }
    }
}

/// Fills the frame's slots with actors.
pub(super) fn fill<'f>(
    doc: &Doc<'_>,
    cast: &Cast,
    frame: &'f Frame,
    arguments: &Arguments,
    at: At,
) -> Filled<'f> {
    let mut out = Filled::default();
    let noun = doc.upos(at) != Upos::Verb;
    // Subjects first, so that a doubtful second role does not take an actor.
    let mut slots: Vec<(&String, &String)> = frame.slots.iter().collect();
    slots.sort_by_key(|(slot, _)| {
        (
            slot.as_str() != "subject",
            slot.as_str() != "possessor",
            slot.as_str() != "object",
        )
    });
    let suffers = frame.possessor_is_victim.iter().any(|n| n == doc.lemma(at));
    for (slot, role) in slots {
        let mut tokens: Vec<At> = arguments.of(slot).collect();
        match slot.as_str() {
            // "during his visit" has its own visitor, unless he is named only later:
            // "in his speech, Lars Holm said".
            "subject"
                if noun
                    && frame.clause
                    && arguments.of("possessor").all(|p| {
                        doc.upos(p) == Upos::Pron && p.1 < at.1 && cast.at(p).is_empty()
                    }) =>
            {
                tokens.extend(arguments.of("clause"));
            }
            "with" if noun && frame.clause && arguments.of("between").next().is_none() => {
                tokens.extend(arguments.of("addressee"));
            }
            "possessor" if noun => tokens.extend(adjectives(doc, cast, arguments, frame, at)),
            "modifier" if !frame.modifier_for.iter().any(|n| n == doc.lemma(at)) => tokens.clear(),
            _ => {}
        }
        let owner = frame.owner.iter().any(|s| s == slot);
        let kinds = frame.actors.get(slot);
        let mut actors = Vec::new();
        for token in tokens {
            let own = actors_of(doc, cast, token, owner);
            let row = rows::of(doc, cast, token);
            for actor in own.into_iter().chain(row) {
                let fits = kinds.is_none_or(|k| k.contains(&cast.kind(actor)));
                if fits && !actors.contains(&actor) {
                    actors.push(actor);
                }
            }
        }
        if actors.is_empty() {
            continue;
        }
        let role = match frame.slots.get("of").or(frame.slots.get("on")) {
            Some(victim) if slot == "possessor" && suffers => victim,
            _ => role,
        };
        out.slots.push(slot);
        if suffers && slot == "possessor" {
            out.slots.push("of");
        }
        push(&mut out.participants, &actors, role);
    }
    out.participants
        .sort_by_key(|p| first_mention(doc, cast, arguments, p));
    out
}

/// Where in the sentence a participant stands, for the order of the text.
fn first_mention(doc: &Doc<'_>, cast: &Cast, arguments: &Arguments, p: &Participation) -> usize {
    arguments
        .list
        .iter()
        .filter(|(_, at)| actors_of(doc, cast, *at, true).contains(&(p.actor as usize)))
        .map(|(_, at)| at.1)
        .min()
        .unwrap_or(usize::MAX)
}

/// Countries in front of a noun, which are its possessors: "Israeli raid",
/// "U.S.-Japan talks".
fn adjectives(doc: &Doc<'_>, cast: &Cast, arguments: &Arguments, frame: &Frame, at: At) -> Vec<At> {
    let victims = frame.modifier_for.iter().any(|n| n == doc.lemma(at));
    arguments
        .of("modifier")
        .filter(|m| {
            cast.at(*m)
                .iter()
                .any(|a| cast.kind(*a) == ActorKind::Country)
        })
        .filter(|m| !victims || countries::by_demonym(doc.word(*m)).is_some())
        .collect()
}

/// The actors that a phrase stands for, told by its head token.
///
/// `owner` also takes the owner of a thing: "Iran's nuclear sites".
pub(super) fn actors_of(doc: &Doc<'_>, cast: &Cast, at: At, owner: bool) -> Vec<usize> {
    // "a group of Kenyan diplomats": the diplomats.
    let at = crowds::counted(doc, cast, at).unwrap_or(at);
    if let Some(person) = cast.bearer(at) {
        return vec![person];
    }
    let own = cast.at(at);
    if !own.is_empty() {
        let others = half(doc, cast, at).or_else(|| leader(doc, cast, at));
        return own.iter().copied().chain(others).collect();
    }
    // "the chairman, Ana Ruiz", "her adviser Ana Ruiz".
    let named: Vec<usize> = doc
        .children(at)
        .filter(|c| {
            matches!(
                doc.relation(*c),
                Relation::Appos | Relation::Flat | Relation::NmodDesc
            ) || (doc.relation(*c) == Relation::Nmod && doc.case(*c).is_none() && c.1 > at.1)
        })
        .flat_map(|c| cast.at(c).to_vec())
        .filter(|a| cast.kind(*a) == ActorKind::Person || !titles::is_role_head(doc.lemma(at)))
        .collect();
    if !named.is_empty() {
        return named;
    }
    let lemma = doc.lemma(at);
    let settled = settlement(doc, cast, at);
    if !settled.is_empty() {
        return settled;
    }
    let mut out = Vec::new();
    let former = doc.lower(at).starts_with("ex-")
        || doc
            .children(at)
            .any(|c| matches!(doc.lower(c).as_str(), "former" | "ex"));
    if unnamed::is(Sort::State, lemma) && !former && !crowds::is_unofficial(doc, at) {
        for child in doc.children(at) {
            if matches!(
                doc.relation(child),
                Relation::Amod | Relation::Compound | Relation::NmodPoss
            ) {
                for part in std::iter::once(child).chain(doc.children(child)) {
                    let states = cast
                        .at(part)
                        .iter()
                        .filter(|a| matches!(cast.kind(**a), ActorKind::Country));
                    out.extend(states.copied());
                }
            }
        }
    }
    let plural = doc.token(at).xpos == Xpos::Nns
        || matches!(
            lemma,
            "delegation" | "team" | "government" | "army" | "people"
        );
    if (unnamed::is(Sort::Representing, lemma) || nominals::acts_for_body(lemma))
        && plural
        && !former
    {
        for child in doc.children(at) {
            let of = doc.relation(child).is(Relation::Nmod)
                && match doc.case(child).as_deref() {
                    Some("of" | "from") => true,
                    // "lawyers for Ruiz".
                    Some("for") => unnamed::is(Sort::Agents, lemma),
                    // "security forces in Chad".
                    Some("in") => unnamed::is(Sort::State, lemma),
                    _ => false,
                };
            if of {
                out.extend(with_conjuncts(doc, child).into_iter().flat_map(|c| {
                    // "leaders of Peru's new government".
                    if cast.at(c).is_empty() && unnamed::is(Sort::State, doc.lemma(c)) {
                        actors_of(doc, cast, c, true)
                    } else {
                        cast.at(c).to_vec()
                    }
                }));
            }
        }
    }
    if out.is_empty() && !former {
        out.extend(body_behind(doc, cast, at, plural));
    }
    if out.is_empty() && owner && doc.upos(at) == Upos::Noun {
        let kin = unnamed::is(Sort::Kin, lemma);
        for child in doc.children(at) {
            let possessor = doc.relation(child) == Relation::NmodPoss
                || (matches!(doc.relation(child), Relation::Amod | Relation::Compound)
                    && cast.at(child).iter().any(|a| {
                        cast.kind(*a).acts()
                            || (cast.kind(*a) == ActorKind::Product
                                && unnamed::is(Sort::Wares, lemma))
                    }))
                // In "Norway's war on the north of Chad" it is Norway's.
                || (doc.relation(child).is(Relation::Nmod)
                    && doc.child(at, Relation::NmodPoss).is_none()
                    && matches!(doc.case(child).as_deref(), Some("of" | "by" | "from")));
            if possessor {
                let own = cast.at(child).to_vec();
                // "the right of Peruvian soldiers".
                let own = if own.is_empty() && doc.relation(child).is(Relation::Nmod) {
                    actors_of(doc, cast, child, false)
                } else {
                    own
                };
                out.extend(
                    own.into_iter()
                        .filter(|a| cast.kind(*a) != ActorKind::Place)
                        .filter(|a| !kin || cast.kind(*a) != ActorKind::Person),
                );
            }
        }
    }
    let mut unique = Vec::new();
    for actor in out {
        if !unique.contains(&actor) {
            unique.push(actor);
        }
    }
    unique
}

/// The body for which somebody without a name acts or speaks: "Red Cross officials",
/// "a spokesman for Lund", "a Lund spokeswoman".
fn body_behind(doc: &Doc<'_>, cast: &Cast, at: At, plural: bool) -> Vec<usize> {
    let lemma = doc.lemma(at);
    let speaks = matches!(lemma, "spokesman" | "spokeswoman" | "spokesperson");
    let acts = plural && nominals::acts_for_body(lemma);
    let mut out = Vec::new();
    for child in doc.children(at) {
        let relation = doc.relation(child);
        let of =
            relation.is(Relation::Nmod) && matches!(doc.case(child).as_deref(), Some("of" | "for"));
        let beside = relation == Relation::Compound;
        let fits = |kind: ActorKind| match kind {
            ActorKind::Organization => {
                (acts && beside) || (speaks && (of || beside || relation == Relation::NmodPoss))
            }
            ActorKind::Group | ActorKind::Country => {
                speaks && (of || beside || relation == Relation::NmodPoss)
            }
            _ => false,
        };
        let named = cast.at(child).iter().copied();
        out.extend(named.filter(|a| fits(cast.kind(*a))));
    }
    out
}

/// "the town of Visby": the place that the phrase names.
fn settlement(doc: &Doc<'_>, cast: &Cast, at: At) -> Vec<usize> {
    if !unnamed::is(Sort::Settlements, doc.lemma(at)) {
        return Vec::new();
    }
    let of = doc
        .children(at)
        .find(|c| doc.relation(*c).is(Relation::Nmod) && doc.case(*c).as_deref() == Some("of"));
    of.map_or_else(Vec::new, |c| {
        let named = cast.at(c).iter().copied();
        named
            .filter(|a| matches!(cast.kind(*a), ActorKind::Place | ActorKind::Country))
            .collect()
    })
}

/// "North and South Korea": the North, which the parser hangs below the other half.
fn half(doc: &Doc<'_>, cast: &Cast, at: At) -> Option<usize> {
    let first = doc.children(at).find(|c| {
        c.1 < at.1
            && doc.relation(*c) == Relation::Compound
            && doc.children(*c).any(|x| doc.relation(x) == Relation::Conj)
    })?;
    let country = |a: usize| cast.kind(a) == ActorKind::Country;
    match cast.at(first) {
        [one] if country(*one) && cast.at(at).iter().all(|a| *a != *one && country(*a)) => {
            Some(*one)
        }
        _ => None,
    }
}

/// "a delegation led by Ana Ruiz": who leads it comes with it.
fn leader(doc: &Doc<'_>, cast: &Cast, at: At) -> Option<usize> {
    if !matches!(doc.lemma(at), "delegation" | "team" | "mission" | "group") {
        return None;
    }
    let led = doc.children(at).find(|c| {
        doc.relation(*c) == Relation::Acl && matches!(doc.lemma(*c), "lead" | "head" | "chair")
    })?;
    let by = doc.children(led).find(|c| {
        doc.relation(*c) == Relation::OblAgent || doc.case(*c).as_deref() == Some("by")
    })?;
    let person = cast.bearer(by).or_else(|| cast.at(by).first().copied())?;
    (cast.kind(person) == ActorKind::Person).then_some(person)
}

/// A phrase and what is coordinated with it.
fn with_conjuncts(doc: &Doc<'_>, at: At) -> Vec<At> {
    let mut out = vec![at];
    let mut i = 0;
    while i < out.len() && out.len() < 20 {
        let here = out[i];
        out.extend(
            doc.children(here)
                .filter(|c| doc.relation(*c) == Relation::Conj),
        );
        i += 1;
    }
    out
}

/// The actors of a phrase and of what stands inside it: of "a working group
/// with Peru" the group and Peru.
pub(super) fn phrase_actors(doc: &Doc<'_>, cast: &Cast, head: At) -> Vec<usize> {
    inside(doc, cast, vec![(head, 0)])
}

/// Actors inside the object's phrase: whom an announcement is about. What
/// stands behind "on" or "about" is a subject of talk, no party.
pub(super) fn topic(doc: &Doc<'_>, cast: &Cast, arguments: &Arguments, at: At) -> Vec<usize> {
    let mut open: Vec<(At, usize)> = arguments
        .of("object")
        .filter(|o| *o != at)
        .map(|o| (o, 0))
        .collect();
    open.reverse();
    inside(doc, cast, open)
}

/// The actors of phrases, and of what hangs below them as owner, member or
/// partner, in the order of the text.
fn inside(doc: &Doc<'_>, cast: &Cast, mut open: Vec<(At, usize)>) -> Vec<usize> {
    let mut out = Vec::new();
    while let Some((here, depth)) = open.pop() {
        out.extend(
            cast.at(here)
                .iter()
                .copied()
                .filter(|a| cast.kind(*a) != ActorKind::Place),
        );
        if depth >= 4 {
            continue;
        }
        for child in doc.children(here) {
            let relation = doc.relation(child);
            let inside = matches!(
                relation,
                Relation::NmodPoss
                    | Relation::Compound
                    | Relation::Amod
                    | Relation::Conj
                    | Relation::Appos
            ) || (relation.is(Relation::Nmod)
                && matches!(
                    doc.case(child).as_deref(),
                    Some("of" | "with" | "between" | "for" | "by" | "to" | "from")
                ));
            if inside {
                open.push((child, depth + 1));
            }
        }
    }
    let mut unique = Vec::new();
    for actor in out {
        if !unique.contains(&actor) {
            unique.push(actor);
        }
    }
    unique
}

/// Nouns of occasions on which people speak.
const OCCASIONS: &[&str] = &[
    "conference",
    "summit",
    "speech",
    "address",
    "rally",
    "hearing",
    "briefing",
    "testimony",
    "forum",
    "symposium",
    "lecture",
    "ceremony",
    "debate",
    "keynote",
    "symposium",
    "seminar",
    "workshop",
    "commencement",
];

/// Nouns of occasions where one says "at": a launch is also something else.
const GATHERINGS: &[&str] = &[
    "launch",
    "opening",
    "inauguration",
    "funeral",
    "dinner",
    "gala",
    "celebration",
    "gathering",
    "programme",
    "program",
    "function",
    "event",
    "vigil",
    "congress",
    "convention",
];

/// The occasion on which something is said: `Some(Some(actor))` for one that is
/// an actor (a conference), `Some(None)` for a speech or briefing without a
/// name, `None` when there is no occasion.
pub(super) fn occasion(doc: &Doc<'_>, cast: &Cast, verb: At) -> Option<Option<usize>> {
    let mut unnamed = false;
    let mut open: Vec<(At, usize)> = vec![(verb, 0)];
    while let Some((here, depth)) = open.pop() {
        if depth > 4 {
            continue;
        }
        for child in doc.children(here) {
            let relation = doc.relation(child);
            let case = doc.case(child);
            let behind = matches!(case.as_deref(), Some("at" | "during" | "in" | "to" | "of"));
            let phrase = relation.is(Relation::Obl) || relation.is(Relation::Nmod);
            if phrase && behind {
                let conference = cast
                    .at(child)
                    .iter()
                    .find(|a| cast.kind(**a) == ActorKind::Conference);
                if let Some(actor) = conference {
                    return Some(Some(*actor));
                }
                let at_it = matches!(case.as_deref(), Some("at" | "during" | "in"));
                let lemma = doc.lemma(child).to_lowercase();
                unnamed |= at_it && OCCASIONS.contains(&lemma.as_str())
                    || case.as_deref() == Some("at") && GATHERINGS.contains(&lemma.as_str());
            }
            let goes_on = (phrase && behind)
                || relation == Relation::Acl
                || (relation.is(Relation::Advcl) && doc.token(child).xpos == Xpos::Vbg)
                || (relation == Relation::Obj && doc.lemma(here) == "tell");
            if goes_on {
                open.push((child, depth + 1));
            }
        }
    }
    unnamed.then_some(None)
}

/// Where an event took place: a place, country or venue behind "in" or "at", of
/// the trigger itself or of the occasion that it mentions.
pub(super) fn place(doc: &Doc<'_>, cast: &Cast, at: At) -> Option<usize> {
    let mut open: Vec<(At, usize)> = vec![(at, 0)];
    let mut found = None;
    while let Some((here, depth)) = open.pop() {
        for child in doc.children(here) {
            let relation = doc.relation(child);
            if !(relation.is(Relation::Obl)
                || relation.is(Relation::Nmod)
                || relation == Relation::Acl
                || (depth == 0
                    && relation.is(Relation::Advcl)
                    && doc.token(child).xpos == Xpos::Vbg))
            {
                continue;
            }
            let case = doc.case(child);
            if matches!(case.as_deref(), Some("in" | "at")) {
                let venue = cast.at(child).iter().copied().find(|a| {
                    matches!(cast.kind(*a), ActorKind::Place | ActorKind::Country)
                        || (cast.kind(*a) == ActorKind::Organization
                            && case.as_deref() == Some("at"))
                });
                if let Some(venue) = venue {
                    // A venue says more than the city around it.
                    let better = found.is_none_or(|f| cast.kind(f) == ActorKind::Country);
                    if better {
                        found = Some(venue);
                    }
                }
            }
            let occasion = cast
                .at(child)
                .iter()
                .any(|a| cast.kind(*a) == ActorKind::Conference);
            let host = occasion.then(|| host(doc, cast, child)).flatten();
            found = found.or(host);
            if depth < 3
                && (matches!(case.as_deref(), Some("in" | "at" | "during" | "to"))
                    || relation == Relation::Acl
                    || relation.is(Relation::Advcl))
            {
                open.push((child, depth + 1));
            }
        }
    }
    found
}

/// "Leiden University's conference": the owner of the occasion.
fn host(doc: &Doc<'_>, cast: &Cast, at: At) -> Option<usize> {
    let mut tops = vec![at];
    tops.extend(
        doc.children(at)
            .filter(|c| matches!(doc.relation(*c), Relation::Compound | Relation::Flat)),
    );
    tops.into_iter()
        .flat_map(|t| doc.children(t).collect::<Vec<_>>())
        .filter(|c| doc.relation(*c) == Relation::NmodPoss)
        .find_map(|c| cast.at(c).first().copied())
        .filter(|a| cast.kind(*a) == ActorKind::Organization)
}

/// Whether a verb has an office as its complement: "became president".
pub(super) fn has_office(doc: &Doc<'_>, verb: At) -> bool {
    doc.children(verb).any(|c| {
        let complement = matches!(doc.relation(c), Relation::Xcomp | Relation::Obj)
            || (doc.relation(c).is(Relation::Obl)
                && matches!(doc.case(c).as_deref(), Some("as" | "to")));
        complement && titles::is_role_head(doc.lemma(c))
    })
}
