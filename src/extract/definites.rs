//! Definite descriptions: "the ambassador", "the company", "both countries", "the
//! protesters". Resolved where one actor fits better than all others, else left
//! out.

use super::actors::Cast;
use super::coref::{REACH, candidates, clear};
use super::doc::{At, Doc};
use super::report::MentionForm;
use crate::ingest::BlockKind;
use crate::language::{Relation, Xpos};
use crate::model::ActorKind;
use crate::ontology::nominals::{self, Members};
use crate::ontology::organizations::{self, OrgSort};
use crate::ontology::{countries, titles};

/// Definite descriptions: "the ambassador", "the company", "both countries".
pub(super) fn description(doc: &Doc<'_>, cast: &mut Cast, at: At) {
    if telegraphic(doc, at) {
        let found = holder(doc, cast, at);
        if let [person] = found[..] {
            let first = super::roles::title_start(doc, cast, at.0, at.1);
            cast.title(at.0, first, at.1, person);
            cast.mention(doc, (at.0, at.1, at.1), &found, MentionForm::Nominal);
        }
        return;
    }
    let Some(opening) = doc.children(at).find(|c| {
        matches!(
            doc.relation(*c),
            Relation::Det | Relation::DetPredet | Relation::Nummod
        )
    }) else {
        return;
    };
    let determiner = doc.lower(opening);
    let plural = doc.token(at).xpos == Xpos::Nns;
    let found = match (determiner.as_str(), plural) {
        ("both" | "the" | "these" | "two" | "those", true) => {
            plural_description(doc, cast, at, &determiner)
        }
        ("the" | "this" | "that", false) => single_description(doc, cast, at),
        _ => Vec::new(),
    };
    if !found.is_empty() {
        let first = opening.1.min(at.1).max(at.1.saturating_sub(4));
        cast.mention(doc, (at.0, first, at.1), &found, MentionForm::Nominal);
    }
}

/// Headlines and captions leave the article out: "Foreign Minister speaks in
/// Oslo".
fn telegraphic(doc: &Doc<'_>, at: At) -> bool {
    matches!(doc.kind(at.0), BlockKind::Headline | BlockKind::Caption)
        && titles::is_role_head(&doc.lemma(at).to_lowercase())
        && doc.token(at).xpos != Xpos::Nns
        && doc.relation(at).is(Relation::Nsubj)
        && !doc.children(at).any(|c| {
            matches!(
                doc.relation(c),
                Relation::Det | Relation::Flat | Relation::Appos | Relation::NmodPoss
            )
        })
}

/// "both countries", "the two sides", "the countries": exactly the two that
/// were mentioned last, when they are two.
fn plural_description(doc: &Doc<'_>, cast: &Cast, at: At, determiner: &str) -> Vec<usize> {
    let lemma = doc.lemma(at);
    let two = determiner == "both"
        || doc
            .children(at)
            .any(|c| matches!(doc.lower(c).as_str(), "two" | "both"));
    let Some(members) = nominals::pair_members(lemma) else {
        return crowd(doc, cast, at);
    };
    // Words that tell them from others: "other countries", "Arab countries".
    let modified = doc.children(at).any(|c| {
        matches!(
            doc.relation(c),
            Relation::Amod | Relation::Compound | Relation::Acl | Relation::AclRelcl
        ) || doc.relation(c).is(Relation::Nmod)
    });
    let countries = members == Members::Kind(ActorKind::Country);
    if modified || (!two && !countries) {
        return Vec::new();
    }
    let fits = |a: usize| match members {
        Members::Kind(ActorKind::Organization) => {
            cast.kind(a) == ActorKind::Organization && can_be(cast, a, lemma)
        }
        // "the two ministers": both must be ministers, as far as it is known.
        Members::Kind(ActorKind::Person) => {
            let roles = &cast.actors[a].actor.roles;
            let office = titles::is_role_head(lemma) && !matches!(lemma, "leader" | "official");
            cast.kind(a) == ActorKind::Person
                && (!office
                    || roles.is_empty()
                    || roles
                        .iter()
                        .any(|r| ends_in(&r.title.to_lowercase(), lemma)))
        }
        Members::Kind(kind) => cast.kind(a) == kind,
        Members::Any => cast.kind(a).acts() && cast.kind(a) != ActorKind::Person,
    };
    // The last sentence that mentions any of the sort must mention just two; "both"
    // may be one of it and one of a sentence further back.
    let from = at.0.saturating_sub(REACH);
    let mut known: Vec<usize> = Vec::new();
    for s in (from..=at.0).rev() {
        let here = (0..cast.actors.len())
            .filter(|a| fits(*a))
            .filter(|a| cast.actors[*a].seen.iter().any(|p| p.0 == s && *p < at));
        for actor in here {
            if !known.contains(&actor) {
                known.push(actor);
            }
        }
        match known.len() {
            0 => {}
            1 if two => {}
            2 => {
                known.sort_unstable();
                return known;
            }
            _ => return Vec::new(),
        }
    }
    Vec::new()
}

/// "the protesters": the crowd described before with this noun, where there is but
/// one.
fn crowd(doc: &Doc<'_>, cast: &Cast, at: At) -> Vec<usize> {
    let lemma = doc.lemma(at);
    let own = doc.children(at).any(|c| {
        c.1 > at.1
            || matches!(
                doc.relation(c),
                Relation::Amod | Relation::Compound | Relation::NmodPoss
            )
    });
    if own || !nominals::is_crowd(lemma) {
        return Vec::new();
    }
    let word = doc.lower(at);
    let mut fits = (0..cast.actors.len()).filter(|a| {
        let draft = &cast.actors[*a];
        cast.kind(*a) == ActorKind::Group
            && draft.seen.iter().any(|p| *p < at)
            && draft
                .actor
                .names
                .iter()
                .any(|n| n.to_lowercase().split(' ').any(|w| w == word))
    });
    match (fits.next(), fits.next()) {
        (Some(one), None) => vec![one],
        _ => Vec::new(),
    }
}

/// "the ambassador", "the company", "the conference".
fn single_description(doc: &Doc<'_>, cast: &Cast, at: At) -> Vec<usize> {
    let lemma = doc.lemma(at);
    // A name behind it, or an owner or complement of its own, makes it another.
    let own = doc.children(at).any(|c| {
        doc.relation(c).is(Relation::Nmod)
            || matches!(
                doc.relation(c),
                Relation::Appos | Relation::Flat | Relation::AclRelcl | Relation::Acl
            )
    });
    if own {
        return Vec::new();
    }
    if titles::is_role_head(lemma) {
        return holder(doc, cast, at);
    }
    let modified = doc
        .children(at)
        .any(|c| matches!(doc.relation(c), Relation::Amod | Relation::Compound));
    let Some(kind) = nominals::nominal_kind(lemma).filter(|_| !modified || lemma == "conference")
    else {
        return Vec::new();
    };
    // "the boy", "the man": too many people fit.
    if kind == ActorKind::Person {
        return Vec::new();
    }
    // "the region", "the government", "the exchange": what so many things can be is
    // told by its name alone.
    let vague = nominals::is_ambiguous(lemma)
        || (kind == ActorKind::Place && !matches!(lemma, "city" | "town" | "village" | "capital"))
        || matches!(
            lemma,
            "government"
                | "administration"
                | "regime"
                | "military"
                | "army"
                | "police"
                | "authority"
        );
    let fits = |a: usize| {
        cast.kind(a) == kind
            && if vague {
                is_called(cast, a, lemma)
            } else {
                can_be(cast, a, lemma)
            }
    };
    let near = candidates(doc, cast, at, fits);
    if !near.is_empty() {
        return clear(&near);
    }
    // Further back only when there is but one that it can be.
    let mut all =
        (0..cast.actors.len()).filter(|a| fits(*a) && cast.actors[*a].seen.iter().any(|p| *p < at));
    match (all.next(), all.next()) {
        (Some(one), None) => vec![one],
        _ => Vec::new(),
    }
}

/// Whether the noun is part of the actor's name or stands beside it.
fn is_called(cast: &Cast, actor: usize, lemma: &str) -> bool {
    let draft = &cast.actors[actor];
    let mut words = cast.name(actor).split_whitespace();
    words.any(|w| w.to_lowercase() == lemma) || draft.nouns.iter().any(|n| n == lemma)
}

/// Whether an organisation can be called by this noun, as far as its name and the
/// nouns beside it tell.
fn can_be(cast: &Cast, actor: usize, lemma: &str) -> bool {
    if cast.kind(actor) != ActorKind::Organization {
        return true;
    }
    if is_called(cast, actor, lemma) {
        return true;
    }
    let draft = &cast.actors[actor];
    let named = draft.actor.names.iter().find_map(|name| {
        let body = organizations::known_body(name).or_else(|| {
            organizations::acronym(name).filter(|_| !organizations::is_ambiguous(name))
        });
        // The European Union stands in the list of countries.
        let union = countries::by_name(name).map(|_| OrgSort::International);
        body.map(|b| b.sort)
            .or(union)
            .or_else(|| organizations::org_sort(&name.split_whitespace().collect::<Vec<_>>()))
    });
    let sort = named.or_else(|| draft.nouns.iter().find_map(|n| nominals::nominal_sort(n)));
    match sort {
        Some(sort) => nominals::fits_sort(lemma, sort),
        // A name that tells no sort is most often that of a company.
        None => nominals::fits_sort(lemma, OrgSort::Company),
    }
}

/// Who holds the office that a description names; the one mentioned last.
fn holder(doc: &Doc<'_>, cast: &Cast, at: At) -> Vec<usize> {
    let (s, t) = at;
    let mut first = t;
    while first > 0
        && matches!(
            doc.relation((s, first - 1)),
            Relation::Amod | Relation::Compound
        )
    {
        first -= 1;
    }
    let phrase = doc.words(s, first, t).to_lowercase();
    let fits = |a: usize| {
        let draft = &cast.actors[a];
        cast.kind(a) == ActorKind::Person
            && draft.actor.roles.iter().any(|r| {
                let title = r.title.to_lowercase();
                !draft.past.contains(&title)
                    && (ends_in(&title, &phrase)
                        || ends_in(&phrase, &title)
                        || first_words_fit(&title, &phrase))
            })
    };
    // A description reaches further back than a pronoun.
    let mut all: Vec<(At, usize)> = (0..cast.actors.len())
        .filter(|a| fits(*a))
        .filter_map(|a| {
            let seen = &cast.actors[a].seen;
            seen.iter().rev().find(|p| **p < at).map(|p| (*p, a))
        })
        .collect();
    all.sort_unstable();
    match all[..] {
        [] => Vec::new(),
        [(_, one)] => vec![one],
        // Of several, the one that the text is about; two that stand equally well
        // are left out.
        _ => {
            let near = candidates(doc, cast, at, fits);
            clear(&near)
        }
    }
}

/// Whether a title is the other, or ends in it without a word that makes it
/// another office: a deputy mayor is no mayor.
fn ends_in(title: &str, office: &str) -> bool {
    let Some(front) = title.strip_suffix(office) else {
        return false;
    };
    front.is_empty()
        || (front.ends_with(' ')
            && !front.split_whitespace().any(|w| {
                matches!(
                    w,
                    "deputy"
                        | "vice"
                        | "assistant"
                        | "associate"
                        | "former"
                        | "ex"
                        | "under"
                        | "designate"
                        | "elect"
                        | "shadow"
                        | "junior"
                )
            }))
}

/// "ambassador" for "ambassador to Japan", "head" for "head of research".
fn first_words_fit(title: &str, phrase: &str) -> bool {
    title.strip_prefix(phrase).is_some_and(|rest| {
        rest.starts_with(" of ") || rest.starts_with(" to ") || rest.starts_with(" for ")
    })
}
