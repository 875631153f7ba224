//! People and bodies without a name that act together: "Kenyan farmers", "rebels
//! in the north of Chad", "hundreds of protesters", "a Norwegian newspaper". They
//! are actors where the text says whose or which they are, or where the noun alone
//! says enough ("protesters") and they do or suffer something.

use super::actors::Cast;
use super::doc::{At, Doc};
use crate::language::{Relation, Upos, Xpos};
use crate::model::ActorKind;
use crate::ontology::{nominals, organizations};

/// Crowds that are somebody without more: they are there because of what they do
/// or what was done to them.
const ALONE: &[&str] = &[
    "protester",
    "protestor",
    "demonstrator",
    "rebel",
    "insurgent",
    "gunman",
    "guerrilla",
    "separatist",
    "jihadist",
    "militant",
    "extremist",
    "hacker",
    "refugee",
    "migrant",
    "prisoner",
    "detainee",
    "hostage",
    "striker",
    "rioter",
    "looter",
    "fisherman",
    "smuggler",
    "pirate",
    "hijacker",
    "kidnapper",
    "peacekeeper",
    "seeker",
];

/// People in arms or at odds that the list of crowds has no plural for.
const CAMPS: &[&str] = &[
    "militia",
    "militiaman",
    "nationalist",
    "secessionist",
    "opposition",
    "dissident",
    "settler",
    "fisherman",
    "smuggler",
    "pirate",
    "fundamentalist",
    "islamist",
    "loyalist",
    "unionist",
    "clan",
    "tribe",
    "tribesman",
    "seeker",
    "national",
    "seaman",
    "sailor",
    "businessman",
];

/// Nouns that count or gather what stands behind "of".
const QUANTITIES: &[&str] = &[
    "hundred",
    "thousand",
    "dozen",
    "ten",
    "score",
    "million",
    "group",
    "number",
    "crowd",
    "handful",
    "majority",
    "mob",
    "band",
    "gang",
    "couple",
    "team",
    "pair",
    "lot",
    "patch",
    "contingent",
    "convoy",
    "wave",
];

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
    let lemma = doc.lemma(at).to_lowercase();
    let plural = matches!(doc.token(at).xpos, Xpos::Nns | Xpos::Nnps) || lemma == "people";
    if lemma == "seeker" && !is_asylum(doc, at) {
        return None;
    }
    let crowd = nominals::is_crowd(&lemma) || CAMPS.contains(&lemma.as_str());
    let collective = matches!(lemma.as_str(), "militia" | "opposition" | "clan" | "tribe");
    if crowd && (plural || collective) {
        let known = told_apart(doc, cast, at) || (plural && located(doc, cast, at).is_some());
        let alone = plural && ALONE.contains(&lemma.as_str()) && takes_part(doc, at);
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
    QUANTITIES.contains(&lemma)
        || QUANTITIES
            .iter()
            .any(|q| lemma.strip_suffix('s').is_some_and(|l| l == *q))
}
