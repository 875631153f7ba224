//! Pronouns and definite descriptions: "she", "they", "the ambassador", "the
//! company", "both countries". What two actors fit equally well stays open,
//! because a wrong name is worse than none.

use super::actors::Cast;
use super::doc::{At, Doc};
use super::grammar;
use super::report::MentionForm;
use crate::ingest::BlockKind;
use crate::language::{Relation, Upos, Xpos};
use crate::model::ActorKind;
use crate::ontology::organizations::{self, OrgSort};
use crate::ontology::types::EventTypes;
use crate::ontology::{Gender, nominals, titles};

/// How many sentences back an antecedent may stand.
const REACH: usize = 3;

/// Resolves pronouns and definite descriptions in the order of the text.
pub(super) fn resolve(doc: &Doc<'_>, cast: &mut Cast, types: &EventTypes) {
    for (s, sentence) in doc.sentences().iter().enumerate() {
        for t in 0..sentence.tokens.len() {
            let at = (s, t);
            if !cast.at(at).is_empty() {
                continue;
            }
            match doc.upos(at) {
                Upos::Pron => pronoun(doc, cast, at, types),
                Upos::Noun | Upos::Propn => description(doc, cast, at),
                _ => {}
            }
        }
    }
}

fn pronoun(doc: &Doc<'_>, cast: &mut Cast, at: At, types: &EventTypes) {
    let word = doc.lower(at);
    let found = match word.as_str() {
        "he" | "him" | "his" | "himself" => person(doc, cast, at, Gender::Male),
        "she" | "her" | "hers" | "herself" => person(doc, cast, at, Gender::Female),
        "it" | "its" | "itself" => thing(doc, cast, at),
        "they" | "them" | "their" | "both" | "themselves" => many(doc, cast, at, types),
        _ => Vec::new(),
    };
    if !found.is_empty() {
        cast.mention(doc, (at.0, at.1, at.1), &found, MentionForm::Pronoun);
    }
}

/// A candidate antecedent and how well it stands.
struct Candidate {
    actor: usize,
    score: i32,
}

/// Actors that `fits` admits, mentioned before `at` within reach, best first.
/// The score favours nearness, subjects and actors named often of late.
fn candidates(doc: &Doc<'_>, cast: &Cast, at: At, fits: impl Fn(usize) -> bool) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    let from = at.0.saturating_sub(REACH);
    let owns = doc.relation(at) == Relation::NmodPoss;
    for actor in (0..cast.actors.len()).filter(|a| fits(*a)) {
        let seen = &cast.actors[actor].seen;
        let mut best = None;
        for place in seen.iter().filter(|p| **p < at && p.0 >= from) {
            let distance = (at.0 - place.0) as i32;
            let mut score = 20 - 6 * distance;
            score += standing(doc, *place);
            // An owner is most often sought in its own clause.
            if owns && place.0 == at.0 && clause(doc, *place) == clause(doc, at) {
                score += 10;
            }
            // The subject of the main clause is what a subordinate clause of
            // the same sentence goes on about.
            best = best.max(Some(score));
        }
        if let Some(score) = best {
            out.push(Candidate { actor, score });
        }
    }
    out.sort_by_key(|c| (std::cmp::Reverse(c.score), c.actor));
    out
}

/// The verb of the clause that a token stands in.
fn clause(doc: &Doc<'_>, at: At) -> Option<At> {
    let mut up = at;
    for _ in 0..12 {
        let relation = doc.relation(up);
        let heads_clause = matches!(relation, Relation::Root | Relation::Parataxis)
            || relation.is(Relation::Ccomp)
            || relation.is(Relation::Advcl)
            || relation == Relation::AclRelcl
            || (relation == Relation::Conj && doc.upos(up) == Upos::Verb);
        if heads_clause {
            return Some(up);
        }
        up = doc.head(up)?;
    }
    None
}

/// What the grammatical place of a mention adds to its prominence.
fn standing(doc: &Doc<'_>, at: At) -> i32 {
    let mut top = at;
    for _ in 0..4 {
        match doc.relation(top) {
            Relation::Flat
            | Relation::Compound
            | Relation::NmodDesc
            | Relation::Appos
            | Relation::Conj => match doc.head(top) {
                Some(head) => top = head,
                None => break,
            },
            // "chip company Adler": a name without a preposition.
            Relation::Nmod if doc.case(top).is_none() => match doc.head(top) {
                Some(head) => top = head,
                None => break,
            },
            _ => break,
        }
    }
    match doc.relation(top) {
        r if r.is(Relation::Nsubj) => 8,
        Relation::Root => 5,
        Relation::Obj | Relation::Iobj | Relation::OblAgent => 2,
        Relation::NmodPoss => 1,
        _ => 0,
    }
}

/// The best candidate, unless another one is as good.
fn clear(candidates: &[Candidate]) -> Vec<usize> {
    match candidates {
        [one] => vec![one.actor],
        [first, second, ..] if first.score > second.score + 1 => vec![first.actor],
        _ => Vec::new(),
    }
}

fn person(doc: &Doc<'_>, cast: &Cast, at: At, gender: Gender) -> Vec<usize> {
    let barred = same_clause(doc, cast, at);
    let fits = |a: usize| {
        cast.kind(a) == ActorKind::Person
            && cast.actors[a].gender.is_none_or(|g| g == gender)
            && !barred.contains(&a)
            && !is_at_home(doc, cast, at, a)
    };
    let all = candidates(doc, cast, at, fits);
    // A name whose gender is known to agree beats one of unknown gender.
    let known: Vec<Candidate> = all
        .iter()
        .filter(|c| cast.actors[c.actor].gender == Some(gender))
        .map(|c| Candidate {
            actor: c.actor,
            score: c.score,
        })
        .collect();
    let from_known = clear(&known);
    let from_all = clear(&all);
    if from_all.is_empty() {
        from_known
    } else {
        from_all
    }
}

/// Whether the pronoun owns a visit to the person's own country or company: "his
/// visit to France" is not the French president's.
fn is_at_home(doc: &Doc<'_>, cast: &Cast, at: At, person: usize) -> bool {
    let Some(noun) = doc
        .head(at)
        .filter(|h| matches!(doc.lemma(*h), "visit" | "trip" | "tour"))
    else {
        return false;
    };
    let person = &cast.actors[person].actor;
    doc.children(noun).flat_map(|c| cast.at(c)).any(|host| {
        let country = &cast.actors[*host].actor.country;
        let own = cast.kind(*host) == ActorKind::Country
            && country.is_some()
            && *country == person.country;
        own || person.roles.iter().any(|r| r.of == Some(*host as u32))
    })
}

/// The other arguments of the verb whose argument `at` is: "he" and "him" of
/// one verb are two people.
fn same_clause(doc: &Doc<'_>, cast: &Cast, at: At) -> Vec<usize> {
    let is_argument = |r: Relation| {
        r.is(Relation::Nsubj) || r.is(Relation::Obl) || matches!(r, Relation::Obj | Relation::Iobj)
    };
    if !is_argument(doc.relation(at)) {
        return Vec::new();
    }
    let Some(verb) = doc.head(at) else {
        return Vec::new();
    };
    doc.children(verb)
        .filter(|c| *c != at && is_argument(doc.relation(*c)))
        .flat_map(|c| cast.at(c).to_vec())
        .collect()
}

/// "it", "its": an organisation, country, group or product.
fn thing(doc: &Doc<'_>, cast: &Cast, at: At) -> Vec<usize> {
    // "it is said that", "it rained": no actor.
    if doc.children(at).next().is_some() || doc.relation(at) == Relation::Expl {
        return Vec::new();
    }
    let barred = same_clause(doc, cast, at);
    if behind_unknown(doc, cast, at) {
        return Vec::new();
    }
    let fits = |a: usize| {
        !matches!(
            cast.kind(a),
            ActorKind::Person | ActorKind::Place | ActorKind::Conference
        ) && !barred.contains(&a)
    };
    let best = candidates(doc, cast, at, fits);
    // Only a subject is prominent enough to be "it" without a doubt.
    clear(&best)
        .into_iter()
        .filter(|a| best.iter().any(|c| c.actor == *a && c.score >= 20))
        .collect()
}

/// "they", "both": those who met in the sentence before, a coordinated subject,
/// or one organisation or country whose members are meant.
fn many(doc: &Doc<'_>, cast: &Cast, at: At, types: &EventTypes) -> Vec<usize> {
    if let Some(actors) = together(doc, cast, at, types) {
        return actors;
    }
    if behind_unknown(doc, cast, at) {
        return Vec::new();
    }
    let barred = same_clause(doc, cast, at);
    let fits = |a: usize| {
        matches!(
            cast.kind(a),
            ActorKind::Organization | ActorKind::Group | ActorKind::Country
        ) && !barred.contains(&a)
    };
    let best = candidates(doc, cast, at, fits);
    clear(&best)
        .into_iter()
        .filter(|a| best.iter().any(|c| c.actor == *a && c.score >= 20))
        .collect()
}

/// Whether the sentence's main clause, before the pronoun, has a subject that is
/// no known actor: then the pronoun most likely means that one.
fn behind_unknown(doc: &Doc<'_>, cast: &Cast, at: At) -> bool {
    let Some(root) =
        (0..doc.sentences()[at.0].tokens.len()).find(|t| doc.head((at.0, *t)).is_none())
    else {
        return false;
    };
    let mut subjects = doc
        .children((at.0, root))
        .filter(|c| doc.relation(*c).is(Relation::Nsubj) && c.1 < at.1)
        .peekable();
    subjects.peek().is_some()
        && subjects.all(|c| super::participants::actors_of(doc, cast, c, false).is_empty())
}

/// Several actors that stand together as the subject just before, or that the
/// sentence before says to have met.
fn together(doc: &Doc<'_>, cast: &Cast, at: At, types: &EventTypes) -> Option<Vec<usize>> {
    let subject = |verb: At| -> Vec<usize> {
        let mut actors = Vec::new();
        for arg in grammar::of_verb(doc, verb).of("subject") {
            actors.extend(
                cast.at(arg)
                    .iter()
                    .copied()
                    .filter(|a| cast.kind(*a).acts()),
            );
        }
        actors.dedup();
        actors
    };
    // The main verb of the same sentence, when the pronoun is in a later clause.
    let root = |s: usize| {
        (0..doc.sentences()[s].tokens.len())
            .find(|t| doc.head((s, *t)).is_none())
            .map(|t| (s, t))
    };
    let mut verbs = Vec::new();
    if let Some(verb) = root(at.0).filter(|r| r.1 < at.1 && doc.head(at) != Some(*r)) {
        verbs.push(verb);
    }
    if let Some(verb) = at.0.checked_sub(1).and_then(root) {
        verbs.push(verb);
    }
    for verb in verbs {
        let mut actors = subject(verb);
        let meets = types
            .verb(doc.lemma(verb))
            .iter()
            .any(|f| types.types[f.kind].symmetric);
        if meets {
            let arguments = grammar::of_verb(doc, verb);
            for slot in ["object", "with"] {
                for arg in arguments.of(slot) {
                    actors.extend(
                        cast.at(arg)
                            .iter()
                            .copied()
                            .filter(|a| cast.kind(*a).acts()),
                    );
                }
            }
        }
        actors.sort_unstable();
        actors.dedup();
        if actors.len() > 1 {
            return Some(actors);
        }
        if !actors.is_empty() {
            return None;
        }
    }
    None
}

/// Definite descriptions: "the ambassador", "the company", "both countries".
fn description(doc: &Doc<'_>, cast: &mut Cast, at: At) {
    if telegraphic(doc, at) {
        let found = holder(doc, cast, at);
        if let [person] = found[..] {
            let first = super::roles::title_start(doc, cast, at.0, at.1);
            cast.title(at.0, first, at.1, person);
            cast.mention(doc, (at.0, at.1, at.1), &found, MentionForm::Nominal);
        }
        return;
    }
    let Some(determiner) = doc
        .children(at)
        .find(|c| {
            matches!(
                doc.relation(*c),
                Relation::Det | Relation::DetPredet | Relation::Nummod
            )
        })
        .map(|c| doc.lower(c))
    else {
        return;
    };
    let plural = doc.token(at).xpos == Xpos::Nns;
    let found = match (determiner.as_str(), plural) {
        ("both" | "the" | "these" | "two" | "those", true) => {
            plural_description(doc, cast, at, &determiner)
        }
        ("the" | "this" | "that", false) => single_description(doc, cast, at),
        _ => Vec::new(),
    };
    if !found.is_empty() {
        let first = doc.subtree(at).0.max(at.1.saturating_sub(4));
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
    let kind = nominals::nominal_kind(lemma);
    let sides = matches!(lemma, "side" | "party" | "leader" | "man" | "woman");
    if kind.is_none() && !sides {
        return Vec::new();
    }
    // Words that tell them from others: "other countries", "Arab countries".
    let modified = doc.children(at).any(|c| {
        matches!(
            doc.relation(c),
            Relation::Amod | Relation::Compound | Relation::Acl | Relation::AclRelcl
        ) || doc.relation(c).is(Relation::Nmod)
    });
    if modified || (!two && kind != Some(ActorKind::Country)) {
        return Vec::new();
    }
    let fits = |a: usize| match kind {
        Some(kind) if !sides => cast.kind(a) == kind,
        _ if matches!(lemma, "leader" | "man" | "woman") => cast.kind(a) == ActorKind::Person,
        _ => cast.kind(a).acts() && cast.kind(a) != ActorKind::Person,
    };
    // The last sentence that mentions any of the sort must mention just two.
    let from = at.0.saturating_sub(REACH);
    for s in (from..=at.0).rev() {
        let here: Vec<usize> = (0..cast.actors.len())
            .filter(|a| fits(*a))
            .filter(|a| cast.actors[*a].seen.iter().any(|p| p.0 == s && *p < at))
            .collect();
        match here[..] {
            [] => {}
            [a, b] => return vec![a, b],
            _ => return Vec::new(),
        }
    }
    Vec::new()
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
    let fits = |a: usize| cast.kind(a) == kind && matches_sort(cast, a, lemma);
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

/// Whether an organisation can be called by this noun, as far as its name tells.
fn matches_sort(cast: &Cast, actor: usize, lemma: &str) -> bool {
    if cast.kind(actor) != ActorKind::Organization {
        return true;
    }
    let name = cast.name(actor).to_lowercase();
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.contains(&lemma) {
        return true;
    }
    let sort = organizations::org_sort(&cast.name(actor).split_whitespace().collect::<Vec<_>>());
    match organizations::head_sort(lemma) {
        // A name that tells no sort is most often that of a company.
        Some(wanted @ OrgSort::Company) => sort.is_none_or(|s| s == wanted),
        Some(wanted) => sort == Some(wanted),
        None => matches!(lemma, "organization" | "organisation" | "group" | "body"),
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
        cast.kind(a) == ActorKind::Person
            && cast.actors[a].actor.roles.iter().any(|r| {
                let title = r.title.to_lowercase();
                title == phrase
                    || title.ends_with(&format!(" {phrase}"))
                    || phrase.ends_with(&format!(" {title}"))
                    || first_words_fit(&title, &phrase)
            })
    };
    // A description reaches further back than a pronoun.
    let mut all: Vec<(At, usize)> = (0..cast.actors.len())
        .filter(|a| fits(*a))
        .filter_map(|a| {
            cast.actors[a]
                .seen
                .iter()
                .rev()
                .find(|p| **p < at)
                .map(|p| (*p, a))
        })
        .collect();
    all.sort_unstable();
    all.last().map(|(_, a)| vec![*a]).unwrap_or_default()
}

/// "ambassador" for "ambassador to Japan", "head" for "head of research".
fn first_words_fit(title: &str, phrase: &str) -> bool {
    title.strip_prefix(phrase).is_some_and(|rest| {
        rest.starts_with(" of ") || rest.starts_with(" to ") || rest.starts_with(" for ")
    })
}
