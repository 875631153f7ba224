//! Actors that are described rather than named: "a joint working group", "a
//! security conference in Oslo", "the Thai foreign minister".

use super::actors::Cast;
use super::crowds;
use super::doc::{At, Doc};
use super::names::{NameMention, tidy};
use super::report::MentionForm;
use super::roles;
use crate::language::{Relation, Upos, Xpos};
use crate::model::ActorKind;
use crate::ontology::types::EventTypes;
use crate::ontology::{organizations, titles};

/// Longest description in tokens.
const LONGEST: usize = 9;

/// Finds the descriptions that introduce actors, in the order of the text, and
/// joins those that say the same.
pub(super) fn find(doc: &Doc<'_>, cast: &mut Cast, mentions: &[NameMention], types: &EventTypes) {
    join_heads(doc, cast, mentions);
    for (s, sentence) in doc.sentences().iter().enumerate() {
        for t in 0..sentence.tokens.len() {
            let at = (s, t);
            if !matches!(doc.upos(at), Upos::Noun | Upos::Propn) || !cast.at(at).is_empty() {
                continue;
            }
            if named_after(doc, cast, at) {
                introduce(doc, cast, at, ActorKind::Organization);
            } else if let Some(kind) = kind_of(doc, at, types) {
                introduce(doc, cast, at, kind);
            } else if let Some(kind) = crowds::kind(doc, cast, at) {
                introduce(doc, cast, at, kind);
                if let Some(head) = crowds::counted_by(doc, at) {
                    // "hundreds of protesters".
                    let actors = cast.at(at).to_vec();
                    cast.also(head, &actors);
                }
            } else if titles::is_role_head(doc.lemma(at)) && doc.token(at).xpos != Xpos::Nns {
                office(doc, cast, at);
            }
        }
    }
}

/// "Harbour Week conference": a name that the head noun behind it makes a
/// conference, whatever the name finder took it for.
fn join_heads(doc: &Doc<'_>, cast: &mut Cast, mentions: &[NameMention]) {
    for mention in mentions {
        let next = (mention.s, mention.last + 1);
        if next.1 >= doc.sentences()[mention.s].tokens.len() || !cast.at(next).is_empty() {
            continue;
        }
        let named = matches!(
            mention.kind,
            ActorKind::Organization | ActorKind::Product | ActorKind::Conference
        );
        if named
            && is_conference_noun(doc.lemma(next))
            && doc.upos(next).is_nominal()
            && let Some(&actor) = cast.at(mention.at()).first()
        {
            // An organisation that elsewhere acts as one stays one: "the
            // Microsoft conference".
            let known = organizations::known_body(&mention.text).is_some()
                || organizations::org_sort(&mention.text.split_whitespace().collect::<Vec<_>>())
                    .is_some();
            if known
                || (mention.kind == ActorKind::Organization && cast.actors[actor].seen.len() > 1)
            {
                continue;
            }
            cast.actors[actor].actor.kind = ActorKind::Conference;
            cast.add_name(actor, &tidy(doc.words(mention.s, mention.first, next.1)));
            cast.also(next, &[actor]);
        }
    }
}

/// Nouns that, described by other words, are a conference.
fn is_conference_noun(lemma: &str) -> bool {
    matches!(
        lemma,
        "conference" | "summit" | "forum" | "symposium" | "workshop" | "convention" | "congress"
    )
}

/// The kind of the actor that a description introduces, or `None` when its
/// head noun alone is not enough.
fn kind_of(doc: &Doc<'_>, at: At, types: &EventTypes) -> Option<ActorKind> {
    let lemma = doc.lemma(at).to_lowercase();
    let lemma = lemma.as_str();
    let plural = doc.token(at).xpos == Xpos::Nns;
    let before = at.1.checked_sub(1).map(|t| doc.lower((at.0, t)));
    if matches!(
        (before.as_deref(), lemma),
        (Some("working"), "group") | (Some("task"), "force")
    ) {
        return Some(ActorKind::Group);
    }
    if plural {
        return None;
    }
    if is_conference_noun(lemma) {
        let press = matches!(
            before.as_deref(),
            Some("press" | "news" | "video" | "phone")
        );
        return (!press && describes(doc, at)).then_some(ActorKind::Conference);
    }
    if matches!(lemma, "delegation" | "taskforce") && describes(doc, at) {
        return Some(ActorKind::Group);
    }
    // A body that the sentence founds: "set up a national space agency".
    let founded = doc.head(at).is_some_and(|verb| {
        matches!(doc.relation(at), Relation::Obj | Relation::NsubjPass)
            && types
                .verb(doc.lemma(verb))
                .iter()
                .any(|f| types.types[f.kind].key == "form")
    });
    let body = organizations::head_sort(lemma).is_some() || organizations::group_head(lemma);
    (founded && body && describes(doc, at)).then_some(ActorKind::Organization)
}

/// "the Nixon administration", "the Merkel government": a government named
/// after who leads it.
fn named_after(doc: &Doc<'_>, cast: &Cast, at: At) -> bool {
    let word = doc.lower(at);
    let before = at.1.checked_sub(1).map(|t| (at.0, t));
    matches!(word.as_str(), "administration" | "government" | "cabinet")
        && before.is_some_and(|b| {
            cast.at(b)
                .iter()
                .any(|a| cast.kind(*a) == ActorKind::Person)
        })
}

/// Whether the noun has modifiers that tell it from others of its sort.
fn describes(doc: &Doc<'_>, at: At) -> bool {
    start_of(doc, at) < at.1
}

/// The first token of a description, without article and passing adjectives.
fn start_of(doc: &Doc<'_>, (s, t): At) -> usize {
    let mut first = t;
    while first > 0 && t - first < LONGEST {
        let at = (s, first - 1);
        let token = doc.token(at);
        let part = matches!(token.upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num)
            || (token.xpos == Xpos::Hyph && first >= 2)
            || (token.upos == Upos::Verb
                && matches!(doc.relation(at), Relation::Amod | Relation::Compound));
        if !part {
            break;
        }
        first -= 1;
    }
    while first < t
        && (is_passing(&doc.lower((s, first)))
            || doc.token((s, first)).xpos == Xpos::Hyph
            // "500 workers", but "the 2015 summit".
            || (doc.upos((s, first)) == Upos::Num && doc.token((s, t)).xpos == Xpos::Nns))
    {
        first += 1;
    }
    first
}

/// Adjectives that tell nothing of what is described.
fn is_passing(word: &str) -> bool {
    matches!(
        word,
        "new"
            | "recent"
            | "upcoming"
            | "several"
            | "many"
            | "major"
            | "big"
            | "next"
            | "last"
            | "previous"
            | "other"
            | "first"
            | "special"
            | "high"
            | "level"
            | "same"
            | "own"
            | "separate"
            | "similar"
            | "so-called"
            | "future"
    )
}

/// Makes an actor of a description, or finds the one that it repeats.
fn introduce(doc: &Doc<'_>, cast: &mut Cast, at: At, kind: ActorKind) {
    let (s, t) = at;
    let first = start_of(doc, at);
    let plain = tidy(doc.words(s, first, t));
    // "with Israel", "on trade": what tells one group from another.
    let tail = doc
        .children(at)
        .filter(|c| c.1 > t && doc.relation(*c).is(Relation::Nmod))
        .find(|c| {
            matches!(doc.case(*c).as_deref(), Some("with" | "on" | "between"))
                && !cast.at(*c).is_empty()
        })
        .or_else(|| {
            let crowd = kind == ActorKind::Group;
            crowd.then(|| crowds::located(doc, cast, at)).flatten()
        });
    let full = match tail {
        Some(tail) => tidy(doc.words(
            s,
            first,
            doc.subtree(tail).1.clamp(tail.1, tail.1 + 6).min(tail.1),
        )),
        None => plain.clone(),
    };
    let same = (0..cast.actors.len()).find(|a| {
        cast.kind(*a) == kind
            && cast.actors[*a]
                .actor
                .names
                .iter()
                .any(|n| n.eq_ignore_ascii_case(&plain) || n.eq_ignore_ascii_case(&full))
    });
    let repeated = same
        .or_else(|| named_in_full(cast, kind, &plain))
        .or_else(|| definite_repeat(doc, cast, at, kind, first, tail));
    let actor = repeated.unwrap_or_else(|| cast.add(&full, kind, true));
    cast.add_name(actor, &plain);
    cast.mention(doc, (s, first, t), &[actor], MentionForm::Nominal);
}

/// "a security conference", which elsewhere in the article has its full name
/// with the same words: the one that it can be.
fn named_in_full(cast: &Cast, kind: ActorKind, plain: &str) -> Option<usize> {
    if kind != ActorKind::Conference {
        return None;
    }
    let words: Vec<String> = plain
        .to_lowercase()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let mut fits = (0..cast.actors.len()).filter(|a| {
        let name = cast.name(*a).to_lowercase();
        let full: Vec<&str> = name.split_whitespace().collect();
        cast.kind(*a) == kind
            && !cast.actors[*a].described
            && words.iter().all(|w| full.contains(&w.as_str()))
    });
    match (fits.next(), fits.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    }
}

/// "the conference", "the new working group": the last one of its sort, when
/// the article is definite and no word tells it from that one.
fn definite_repeat(
    doc: &Doc<'_>,
    cast: &Cast,
    at: At,
    kind: ActorKind,
    first: usize,
    tail: Option<At>,
) -> Option<usize> {
    let definite = first > 0
        && doc.children(at).any(|c| {
            doc.relation(c) == Relation::Det
                && matches!(doc.lower(c).as_str(), "the" | "this" | "that")
        });
    if !definite {
        return None;
    }
    let known = |w: &str, actor: usize| {
        cast.actors[actor].actor.names.iter().any(|n| {
            n.split(|c: char| !c.is_alphanumeric())
                .any(|x| x.eq_ignore_ascii_case(w))
        })
    };
    let mut words: Vec<String> = (first..=at.1).map(|t| doc.lower((at.0, t))).collect();
    words.extend(tail.map(|t| doc.lower(t)));
    let mut fits: Vec<(Option<At>, usize)> = (0..cast.actors.len())
        .filter(|a| cast.kind(*a) == kind && cast.actors[*a].described)
        .filter(|a| {
            words
                .iter()
                .filter(|w| w.chars().all(char::is_alphanumeric))
                .all(|w| known(w, *a))
        })
        .map(|a| (cast.actors[a].seen.last().copied(), a))
        .collect();
    fits.sort_unstable();
    fits.last().map(|(_, a)| *a)
}

/// "the Thai foreign minister", "Japan's prime minister": an office that only
/// one person holds, told by its country or organisation.
fn office(doc: &Doc<'_>, cast: &mut Cast, at: At) {
    let (s, t) = at;
    if doc.children(at).any(|c| {
        doc.relation(c) == Relation::Det
            && matches!(
                doc.lower(c).as_str(),
                "a" | "an" | "another" | "some" | "any"
            )
    }) {
        return;
    }
    let first = roles::title_start(doc, cast, s, t);
    let (Some(of), start) = roles::owner(doc, cast, s, first, t) else {
        return;
    };
    if !matches!(cast.kind(of), ActorKind::Country | ActorKind::Organization) {
        return;
    }
    let title = tidy(doc.words(s, start.min(t), t));
    let words: Vec<String> = title.split_whitespace().map(str::to_lowercase).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if !is_unique_office(&words) || is_former(&words) {
        return;
    }
    if let Some(named) = named_beside(doc, cast, at) {
        cast.add_role(doc, named, &title, Some(of), s);
        cast.title(s, start.min(t), t, named);
        return;
    }
    let holder = (0..cast.actors.len()).find(|a| {
        cast.kind(*a) == ActorKind::Person
            && cast.actors[*a]
                .actor
                .roles
                .iter()
                .any(|r| r.title.eq_ignore_ascii_case(&title) && r.of == Some(of as u32))
    });
    let person = holder.unwrap_or_else(|| {
        let name = format!("{} of {}", title.to_lowercase(), cast.name(of));
        let person = cast.add(&name, ActorKind::Person, true);
        cast.add_role(doc, person, &title, Some(of), s);
        cast.actors[person].actor.country = cast.actors[of].actor.country.clone();
        person
    });
    // As written, with its owner: "Peru's foreign minister".
    let owned = first >= 2 && doc.token((s, first - 1)).xpos == Xpos::Pos;
    let from = if owned { first - 2 } else { first };
    if cast.actors[person].described {
        cast.add_alias(person, &tidy(doc.words(s, from, t)));
    }
    cast.mention(doc, (s, start.min(t), t), &[person], MentionForm::Nominal);
}

/// "Peru's Prime Minister, Ana Ruiz said": the name behind the comma, which the parser
/// takes for a second subject of the verb.
fn named_beside(doc: &Doc<'_>, cast: &Cast, at: At) -> Option<usize> {
    let (s, t) = at;
    let verb = doc
        .head(at)
        .filter(|_| doc.relation(at).is(Relation::Nsubj))?;
    let name = doc
        .children(verb)
        .find(|c| c.1 > t && doc.relation(*c).is(Relation::Nsubj))?;
    let beside = doc.subtree(name).0 == t + 2 && doc.word((s, t + 1)) == ",";
    match cast.at(name) {
        [one] if beside && cast.kind(*one) == ActorKind::Person => Some(*one),
        _ => None,
    }
}

fn is_former(words: &[&str]) -> bool {
    words
        .iter()
        .any(|w| matches!(*w, "former" | "ex" | "next" | "future" | "deputy"))
}

/// Whether only one person at a time holds the office in a country or body.
fn is_unique_office(words: &[&str]) -> bool {
    matches!(
        words.last(),
        Some(
            &("minister"
                | "president"
                | "premier"
                | "chancellor"
                | "king"
                | "queen"
                | "ambassador"
                | "emperor"
                | "pope")
        )
    ) && words[0] != "vice"
}
