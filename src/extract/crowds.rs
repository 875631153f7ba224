//! People and bodies without a name that act together: "Kenyan farmers", "rebels
//! in the north of Chad", "hundreds of protesters", "a Norwegian newspaper". They
//! are actors where the text says whose or which they are, or where the noun alone
//! says enough ("protesters") and they do or suffer something.

use super::actors::Cast;
use super::doc::{At, Doc};
use crate::language::{Relation, Upos, Xpos};
use crate::model::ActorKind;
use crate::ontology::unnamed::{self, Sort};
use crate::ontology::{nominals, organizations, titles};

/// Bodies that a country in front makes somebody: "a Syrian newspaper".
fn is_body(lemma: &str) -> bool {
    (organizations::head_sort(lemma).is_some() || organizations::group_head(lemma))
        && nominals::nominal_kind(lemma).is_some_and(|k| {
            matches!(k, ActorKind::Organization | ActorKind::Group)
        })
        // These speak for their country, see `participants`.
        && !nominals::acts_for_body(lemma)
        && !matches!(
            lemma,
            "government" | "army" | "military" | "navy" | "police" | "administration" | "parliament"
                | "regime" | "cabinet" | "court" | "force" | "guard" | "authority" | "team"
                | "delegation" | "security" | "side"
        )
}

/// What a description without a name introduces: the kind of the actor.
pub(super) fn kind(doc: &Doc<'_>, cast: &Cast, at: At) -> Option<ActorKind> {
    let mut lemma = doc.lemma(at).to_lowercase();
    let mut plural = matches!(doc.token(at).xpos, Xpos::Nns | Xpos::Nnps) || lemma == "people";
    // "fishermen", which taggers take for a singular.
    if let Some(stem) = doc.lower(at).strip_suffix("men") {
        lemma = format!("{stem}man");
        plural = true;
    }
    if lemma == "seeker" && !is_asylum(doc, at) {
        return None;
    }
    if plural && is_unofficial(doc, at) {
        let known = told_apart(doc, cast, at) || located(doc, cast, at).is_some();
        return known.then_some(ActorKind::Group);
    }
    let trade = plural
        && titles::is_role_head(&lemma)
        && !unnamed::is(Sort::State, &lemma)
        && !nominals::acts_for_body(&lemma);
    if trade && !nominals::is_crowd(&lemma) && !unnamed::is(Sort::Camps, &lemma) {
        let known = owned_by_country(doc, cast, at) && takes_part(doc, at);
        return known.then_some(ActorKind::Group);
    }
    // "Iraqi Kurds", "ethnic Albanians".
    let people = lemma.strip_suffix('s').unwrap_or(&lemma);
    if plural && unnamed::is(Sort::Peoples, people) && takes_part(doc, at) {
        let ethnic = doc.children(at).any(|c| doc.lower(c) == "ethnic");
        let known = ethnic || told_apart(doc, cast, at) || located(doc, cast, at).is_some();
        return known.then_some(ActorKind::Group);
    }
    let crowd = nominals::is_crowd(&lemma)
        || unnamed::is(Sort::Camps, &lemma)
        || unnamed::is(Sort::Alone, &lemma);
    let collective = matches!(lemma.as_str(), "militia" | "opposition" | "clan" | "tribe");
    if crowd && (plural || collective) {
        let known = told_apart(doc, cast, at) || (plural && located(doc, cast, at).is_some());
        let alone = plural && unnamed::is(Sort::Alone, &lemma) && takes_part(doc, at);
        return (known || alone).then_some(ActorKind::Group);
    }
    // "the Indonesian navy": forces are bodies of their own.
    let forces = matches!(
        lemma.as_str(),
        "navy" | "army" | "military" | "police" | "coastguard"
    );
    if forces && !plural && takes_part(doc, at) && owned_by_country(doc, cast, at) {
        return Some(ActorKind::Organization);
    }
    if !plural && is_body(&lemma) && is_indefinite(doc, at) {
        let origin = owned_by_country(doc, cast, at);
        let kind = nominals::nominal_kind(&lemma);
        return kind.filter(|_| origin && takes_part(doc, at));
    }
    None
}

/// Whether a country's adjective stands in front.
fn owned_by_country(doc: &Doc<'_>, cast: &Cast, at: At) -> bool {
    doc.children(at).any(|c| {
        matches!(doc.relation(c), Relation::Amod | Relation::Compound)
            && cast
                .at(c)
                .iter()
                .any(|a| cast.kind(*a) == ActorKind::Country)
    })
}

/// "asylum seekers", but not "job seekers".
fn is_asylum(doc: &Doc<'_>, (s, t): At) -> bool {
    t > 0 && doc.lower((s, t - 1)) == "asylum"
}

fn is_indefinite(doc: &Doc<'_>, at: At) -> bool {
    doc.children(at)
        .any(|c| doc.relation(c) == Relation::Det && matches!(doc.lower(c).as_str(), "a" | "an"))
}

/// Whether a country, a people or a name in front tells them from others.
fn told_apart(doc: &Doc<'_>, cast: &Cast, at: At) -> bool {
    doc.children(at).any(|c| {
        matches!(doc.relation(c), Relation::Amod | Relation::Compound)
            && c.1 < at.1
            && (!cast.at(c).is_empty()
                || unnamed::is(Sort::Peoples, &doc.lower(c))
                || (doc.word(c).starts_with(char::is_uppercase)
                    && c.1 > 0
                    && matches!(doc.upos(c), Upos::Adj | Upos::Propn)))
    })
}

/// Where they are or come from, where that is a name: "rebels in Chad".
pub(super) fn located(doc: &Doc<'_>, cast: &Cast, at: At) -> Option<At> {
    doc.children(at).find(|c| {
        c.1 > at.1
            && doc.relation(*c).is(Relation::Nmod)
            && matches!(
                doc.case(*c).as_deref(),
                Some("in" | "from" | "of" | "throughout" | "across" | "at")
            )
            && cast.at(*c).iter().any(|a| {
                matches!(
                    cast.kind(*a),
                    ActorKind::Country | ActorKind::Place | ActorKind::Organization
                )
            })
    })
}

/// Whether the phrase is the subject, agent or object of a verb, or owns a deed.
fn takes_part(doc: &Doc<'_>, at: At) -> bool {
    let top = counted_by(doc, at).unwrap_or(at);
    let mut up = top;
    for _ in 0..4 {
        match (doc.relation(up), doc.head(up)) {
            (Relation::Conj, Some(head)) => up = head,
            _ => break,
        }
    }
    let relation = doc.relation(up);
    relation.is(Relation::Nsubj)
        || matches!(
            relation,
            Relation::NsubjPass | Relation::Obj | Relation::Iobj | Relation::OblAgent
        )
        // "sent food to refugees".
        || (relation.is(Relation::Obl)
            && matches!(doc.case(up).as_deref(), Some("to" | "against" | "with" | "on")))
}

/// The noun that counts or gathers the phrase: the "hundreds" of "hundreds of
/// protesters".
pub(super) fn counted_by(doc: &Doc<'_>, at: At) -> Option<At> {
    let head = doc.head(at)?;
    let of = doc.relation(at).is(Relation::Nmod) && doc.case(at).as_deref() == Some("of");
    (of && is_quantity(doc, head)).then_some(head)
}

/// What a counting noun counts, where that noun is nobody itself: the "diplomats" of
/// "a group of Kenyan diplomats".
pub(super) fn counted(doc: &Doc<'_>, cast: &Cast, at: At) -> Option<At> {
    if !is_quantity(doc, at) || !cast.at(at).is_empty() {
        return None;
    }
    doc.children(at).find(|c| counted_by(doc, *c).is_some())
}

/// Whether the noun only counts or gathers what stands behind its "of".
pub(super) fn is_quantity(doc: &Doc<'_>, at: At) -> bool {
    let lemma = doc.lemma(at);
    unnamed::is(Sort::Quantities, lemma)
        || lemma
            .strip_suffix('s')
            .is_some_and(|l| unnamed::is(Sort::Quantities, l))
}

/// "rebel leaders", "opposition groups": with such a word in front nobody speaks
/// for the state whose adjective stands before it.
pub(super) fn is_unofficial(doc: &Doc<'_>, at: At) -> bool {
    unnamed::is(Sort::UnofficialHeads, &doc.lemma(at).to_lowercase())
        && doc.children(at).any(|c| {
            matches!(doc.relation(c), Relation::Amod | Relation::Compound)
                && (unnamed::is(Sort::Unofficial, &doc.lower(c))
                    || unnamed::is(Sort::Unofficial, &doc.lemma(c).to_lowercase()))
        })
}
