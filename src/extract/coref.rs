//! Pronouns: "she", "it", "they", "I" in a quotation. What two actors fit equally
//! well stays open, because a wrong name is worse than none. Definite descriptions
//! ("the ambassador", "both countries") are in [`super::definites`].

use super::actors::Cast;
use super::cataphora;
use super::definites;
use super::doc::{At, Doc};
use super::grammar;
use super::quoted::Quotations;
use super::report::MentionForm;
use crate::language::{Relation, Upos, Xpos};
use crate::model::ActorKind;
use crate::ontology::Gender;
use crate::ontology::types::EventTypes;

/// How many sentences back an antecedent may stand.
pub(super) const REACH: usize = 3;

/// Resolves pronouns and definite descriptions in the order of the text.
pub(super) fn resolve(doc: &Doc<'_>, cast: &mut Cast, types: &EventTypes) {
    let quotations = Quotations::new(doc);
    // Who "I" is can be told once the speaker behind the quotation is known.
    let mut speaking: Vec<At> = Vec::new();
    for (s, sentence) in doc.sentences().iter().enumerate() {
        for t in 0..sentence.tokens.len() {
            let at = (s, t);
            if !cast.at(at).is_empty() {
                continue;
            }
            match doc.upos(at) {
                Upos::Pron if is_first_person(&doc.lower(at)) => speaking.push(at),
                Upos::Pron => pronoun(doc, cast, at, types, &quotations),
                Upos::Noun | Upos::Propn => definites::description(doc, cast, at),
                _ => {}
            }
        }
    }
    for at in speaking {
        if let [one] = *quotations.speaker(doc, cast, at)
            && cast.kind(one) == ActorKind::Person
        {
            cast.mention(doc, (at.0, at.1, at.1), &[one], MentionForm::Pronoun);
        }
    }
}

fn is_first_person(word: &str) -> bool {
    matches!(word, "i" | "me" | "my" | "mine" | "myself")
}

fn pronoun(doc: &Doc<'_>, cast: &mut Cast, at: At, types: &EventTypes, quotations: &Quotations) {
    let word = doc.lower(at);
    let found = match word.as_str() {
        "himself" | "herself" | "itself" | "themselves" => reflexive(doc, cast, at),
        "he" | "him" | "his" => person(doc, cast, at, Gender::Male, quotations),
        "she" | "her" | "hers" => person(doc, cast, at, Gender::Female, quotations),
        "it" | "its" => thing(doc, cast, at, quotations),
        "they" | "them" | "their" | "both" => many(doc, cast, at, types),
        _ => Vec::new(),
    };
    if !found.is_empty() {
        cast.mention(doc, (at.0, at.1, at.1), &found, MentionForm::Pronoun);
    }
}

/// "Ruiz himself" and "Ruiz defended himself": the noun it hangs on, or the subject
/// of its verb.
fn reflexive(doc: &Doc<'_>, cast: &Cast, at: At) -> Vec<usize> {
    let Some(head) = doc.head(at) else {
        return Vec::new();
    };
    if !cast.at(head).is_empty() {
        return cast.at(head).to_vec();
    }
    let subject = doc
        .children(head)
        .find(|c| doc.relation(*c).is(Relation::Nsubj) && *c < at);
    subject.map_or_else(Vec::new, |s| cast.at(s).to_vec())
}

/// A candidate antecedent and how well it stands.
pub(super) struct Candidate {
    pub(super) actor: usize,
    pub(super) score: i32,
}

/// Actors that `fits` admits, mentioned before `at` within reach, best first.
/// The score favours nearness, subjects and actors named often of late.
pub(super) fn candidates(
    doc: &Doc<'_>,
    cast: &Cast,
    at: At,
    fits: impl Fn(usize) -> bool,
) -> Vec<Candidate> {
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
            // "his father and his mother": a pronoun of the same sort goes on
            // about the same person.
            if place.0 == at.0 && is_alike(&doc.lower(*place), &doc.lower(at)) {
                score += 12;
            }
            best = best.max(Some(score));
        }
        if let Some(score) = best {
            out.push(Candidate { actor, score });
        }
    }
    out.sort_by_key(|c| (std::cmp::Reverse(c.score), c.actor));
    out
}

/// Whether two pronouns are forms of one.
fn is_alike(a: &str, b: &str) -> bool {
    let sort = |w: &str| match w {
        "he" | "him" | "his" => 1,
        "she" | "her" | "hers" => 2,
        "it" | "its" => 3,
        _ => 0,
    };
    sort(a) != 0 && sort(a) == sort(b)
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
pub(super) fn clear(candidates: &[Candidate]) -> Vec<usize> {
    match candidates {
        [one] => vec![one.actor],
        [first, second, ..] if first.score > second.score + 1 => vec![first.actor],
        _ => Vec::new(),
    }
}

fn person(
    doc: &Doc<'_>,
    cast: &Cast,
    at: At,
    gender: Gender,
    quotations: &Quotations,
) -> Vec<usize> {
    if let Some(one) = cataphora::person(doc, cast, at, gender) {
        return vec![one];
    }
    let mut barred = same_clause(doc, cast, at);
    // Nobody calls himself "he".
    barred.extend(quotations.speaker(doc, cast, at));
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
fn thing(doc: &Doc<'_>, cast: &Cast, at: At, quotations: &Quotations) -> Vec<usize> {
    // "it is said that", "it rained": no actor.
    if doc.children(at).next().is_some() || doc.relation(at) == Relation::Expl || is_empty(doc, at)
    {
        return Vec::new();
    }
    let barred = same_clause(doc, cast, at);
    if behind_unknown(doc, cast, at) {
        return Vec::new();
    }
    // What a speaker calls "it" is what the speaker has named.
    let quoted = quotations.is_inside(at);
    let in_reach = |a: usize| {
        let seen = &cast.actors[a].seen;
        !quoted || seen.iter().any(|p| *p < at && quotations.is_inside(*p))
    };
    let fits = |a: usize| {
        in_reach(a)
            && !matches!(
                cast.kind(a),
                ActorKind::Person | ActorKind::Place | ActorKind::Conference
            )
            && !barred.contains(&a)
            && !is_crowd(doc, cast, a)
    };
    let best = candidates(doc, cast, at, fits);
    // Only a subject is prominent enough to be "it" without a doubt.
    clear(&best)
        .into_iter()
        .filter(|a| best.iter().any(|c| c.actor == *a && c.score >= 20))
        .collect()
}

/// "it is clear that", "it took a year to": it stands for the clause behind.
fn is_empty(doc: &Doc<'_>, at: At) -> bool {
    let Some(head) = doc
        .head(at)
        .filter(|_| doc.relation(at).is(Relation::Nsubj))
    else {
        return false;
    };
    let clause = doc.children(head).any(|c| {
        c.1 > head.1
            && (doc.relation(c).is(Relation::Csubj)
                || (doc.upos(head) != Upos::Verb
                    && (doc.relation(c).is(Relation::Ccomp)
                        || matches!(doc.relation(c), Relation::Xcomp))))
    });
    let weather = matches!(
        doc.lemma(head),
        "rain" | "snow" | "seem" | "appear" | "happen" | "take" | "matter" | "o'clock" | "time"
    );
    clause || weather || doc.is_time(head)
}

/// Several people, described or named by their people: "they", never "it".
fn is_crowd(doc: &Doc<'_>, cast: &Cast, actor: usize) -> bool {
    cast.kind(actor) == ActorKind::Group
        && cast.actors[actor]
            .seen
            .first()
            .is_some_and(|at| matches!(doc.token(*at).xpos, Xpos::Nns | Xpos::Nnps))
}

/// "they", "both": those who met in the sentence before, a coordinated subject,
/// or a crowd. A single country or body is "they" too seldom.
fn many(doc: &Doc<'_>, cast: &Cast, at: At, types: &EventTypes) -> Vec<usize> {
    if let Some(actors) = cataphora::people(doc, cast, at) {
        return actors;
    }
    let meets = doc.head(at).is_some_and(|verb| {
        let mut frames = types.verb(doc.lemma(verb)).iter();
        frames.any(|f| types.types[f.kind].symmetric)
    });
    if let Some(actors) = cataphora::two(doc, cast, at, meets) {
        return actors;
    }
    if let Some(actors) = together(doc, cast, at, types) {
        return actors;
    }
    let above = plural_subject(doc, cast, at);
    if !above.is_empty() {
        return above;
    }
    if behind_unknown(doc, cast, at) {
        return Vec::new();
    }
    let barred = same_clause(doc, cast, at);
    let fits = |a: usize| is_crowd(doc, cast, a) && !barred.contains(&a);
    let best = candidates(doc, cast, at, fits);
    clear(&best)
        .into_iter()
        .filter(|a| best.iter().any(|c| c.actor == *a && c.score >= 20))
        .collect()
}

/// "Kenyan officials said they would leave": whom the plural subject of a clause
/// around the pronoun's own stands for; or, for the subject of a main clause, that
/// of the sentence before.
fn plural_subject(doc: &Doc<'_>, cast: &Cast, at: At) -> Vec<usize> {
    let subject = |verb: At| {
        doc.children(verb)
            .find(|c| doc.relation(*c).is(Relation::Nsubj) && *c < at && doc.upos(*c).is_nominal())
    };
    let mut up = clause(doc, at);
    for _ in 0..4 {
        let Some(verb) = up.and_then(|u| doc.head(u)) else {
            break;
        };
        if let Some(found) = subject(verb) {
            return plural(doc, cast, found);
        }
        up = clause(doc, verb).or_else(|| doc.head(verb));
    }
    let main =
        doc.relation(at).is(Relation::Nsubj) && doc.head(at).is_some_and(|h| doc.head(h).is_none());
    let before = at.0.checked_sub(1).filter(|_| main).and_then(|s| {
        let root = (0..doc.sentences()[s].tokens.len()).find(|t| doc.head((s, *t)).is_none())?;
        subject((s, root))
    });
    before.map_or_else(Vec::new, |b| plural(doc, cast, b))
}

/// The actors of a plural noun phrase; none of a singular one.
fn plural(doc: &Doc<'_>, cast: &Cast, at: At) -> Vec<usize> {
    if matches!(doc.token(at).xpos, Xpos::Nns | Xpos::Nnps) {
        super::participants::actors_of(doc, cast, at, false)
    } else {
        Vec::new()
    }
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
