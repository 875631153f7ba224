//! Titles and offices: "Foreign Minister Ana Ruiz", "Ana Ruiz, head of the
//! bank", "the bank's chairman, Ana Ruiz". Reads the words beside a person's
//! name, so that a wrong parse of a long title does no harm.

use super::actors::Cast;
use super::doc::{At, Doc};
use super::names::NameMention;
use crate::language::{Relation, Upos, Xpos};
use crate::model::ActorKind;
use crate::ontology::{Gender, countries, nominals, titles};

/// Longest title in tokens.
const LONGEST_TITLE: usize = 10;

/// Finds the titles of all persons, and what the titles tell: gender, country.
pub(super) fn find(doc: &Doc<'_>, cast: &mut Cast, mentions: &[NameMention]) {
    for mention in mentions.iter().filter(|m| m.kind == ActorKind::Person) {
        let Some(&person) = cast.at(mention.at()).first() else {
            continue;
        };
        before(doc, cast, mention, person);
        after(doc, cast, mention, person);
        origin(doc, cast, mention, person);
    }
    for mention in mentions
        .iter()
        .filter(|m| m.kind == ActorKind::Organization)
    {
        if let Some(&actor) = cast.at(mention.at()).first() {
            nationality(doc, cast, mention, actor);
            apposition(doc, cast, mention, actor);
            noun_before(doc, cast, mention, actor);
        }
    }
}

/// "Carlos Medina of Peru": the country behind a person's name.
fn origin(doc: &Doc<'_>, cast: &mut Cast, mention: &NameMention, person: usize) {
    let (s, of) = (mention.s, mention.last + 1);
    if of + 1 >= doc.sentences()[s].tokens.len()
        || doc.word((s, of)) != "of"
        || cast.actors[person].actor.country.is_some()
    {
        return;
    }
    let country = cast.at((s, of + 1)).first().copied();
    if let Some(country) = country.filter(|c| cast.kind(*c) == ActorKind::Country) {
        let name = cast.actors[country].actor.country.clone();
        cast.actors[person].actor.country = name;
    }
}

/// A title in front of the name, or in front of a comma before it.
fn before(doc: &Doc<'_>, cast: &mut Cast, mention: &NameMention, person: usize) {
    let s = mention.s;
    let mut end = mention.first;
    while end > 0 {
        let word = doc.word((s, end - 1));
        if let Some(honorific) = titles::honorific(word) {
            set_gender(cast, person, honorific.gender);
        } else if titles::rank(word).is_none() || is_head(doc, (s, end - 1)) {
            break;
        }
        end -= 1;
    }
    let opening = title_before(doc, cast, mention, person, end);
    if opening.is_none() {
        described(doc, cast, s, end, person);
    }
    if let Some(opening) = opening.filter(|o| *o > 0 && doc.word((s, o - 1)) == ",") {
        // "the Saudi foreign minister, Prince Faisal bin Farhan,".
        title_before(doc, cast, mention, person, opening);
    }
}

/// The title that ends right before token `end`, or before a comma there; where
/// it begins.
fn title_before(
    doc: &Doc<'_>,
    cast: &mut Cast,
    mention: &NameMention,
    person: usize,
    end: usize,
) -> Option<usize> {
    let s = mention.s;
    if end == 0 {
        return None;
    }
    let comma = doc.word((s, end - 1)) == "," && end >= 2;
    let before = if comma { end - 2 } else { end - 1 };
    // "Secretary of State" and "head of the Central Bank" in front of a name.
    let capital = doc.word((s, before)).starts_with(char::is_uppercase);
    let last = if comma || (capital && !is_head(doc, (s, before))) {
        complemented(doc, cast, s, before)
    } else {
        before
    };
    if !is_head(doc, (s, last)) || cast.at((s, last)).iter().any(|a| *a != person) {
        return None;
    }
    let first = title_start(doc, cast, s, last);
    // "the minister, Ana Ruiz, said" needs an article or owner, or else two
    // people of a list would be made one.
    let owned = first == 0
        || matches!(
            doc.upos((s, first - 1)),
            Upos::Det | Upos::Part | Upos::Pron
        );
    let named_owner = first <= last && owner(doc, cast, s, first, last).0.is_some();
    if comma && !((owned || named_owner) && closes(doc, s, mention.last + 1)) {
        return None;
    }
    note(doc, cast, person, s, first, last);
    // "the founder and chairman": two titles of one person.
    let mut opening = first;
    if first >= 2
        && doc.word((s, first - 1)) == "and"
        && is_head(doc, (s, first - 2))
        && cast.at((s, first - 2)).is_empty()
    {
        opening = title_start(doc, cast, s, first - 2);
        note(doc, cast, person, s, opening, first - 2);
    }
    // The title stands for the person too.
    cast.title(s, opening, last, person);
    cast.also((s, last), &[person]);
    (!comma).then_some(opening)
}

/// "her French counterpart Luc Moreau": a noun for a person that is no office
/// stands for the person too, and what describes it is nobody else.
fn described(doc: &Doc<'_>, cast: &mut Cast, s: usize, end: usize, person: usize) {
    let Some(last) = end.checked_sub(1) else {
        return;
    };
    let noun = (s, last);
    if doc.upos(noun) != Upos::Noun
        || doc.token(noun).xpos != Xpos::Nn
        || is_head(doc, noun)
        || nominals::nominal_kind(doc.lemma(noun)) != Some(ActorKind::Person)
        || !cast.at(noun).is_empty()
    {
        return;
    }
    let first = title_start(doc, cast, s, last);
    let (of, _) = owner(doc, cast, s, first, last);
    let country = of.and_then(|o| cast.actors[o].actor.country.clone());
    let actor = &mut cast.actors[person].actor;
    actor.country = actor.country.take().or(country);
    cast.title(s, first, last, person);
    cast.also(noun, &[person]);
}

/// Whether an apposition closes here: "the minister, Ana Ruiz, said", but not
/// "after a talk with his mother, Ruiz said".
fn closes(doc: &Doc<'_>, s: usize, t: usize) -> bool {
    t >= doc.sentences()[s].tokens.len()
        || (doc.upos((s, t)) == Upos::Punct && doc.token((s, t)).xpos != Xpos::Hyph)
}

/// The head of an office whose complement ends at `last`: the "head" of "head
/// of the central bank"; `last` itself where there is none.
fn complemented(doc: &Doc<'_>, cast: &Cast, s: usize, last: usize) -> usize {
    for t in (last.saturating_sub(8)..last).rev() {
        let upos = doc.upos((s, t));
        if is_head(doc, (s, t))
            && matches!(doc.lower((s, t + 1)).as_str(), "of" | "at" | "for" | "to")
        {
            return t;
        }
        if matches!(upos, Upos::Verb | Upos::Aux | Upos::Punct | Upos::Pron)
            && !cast.in_name((s, t))
        {
            break;
        }
    }
    last
}

/// A description behind the name: "X, chairman of Y," or "X, the Y chairman".
fn after(doc: &Doc<'_>, cast: &mut Cast, mention: &NameMention, person: usize) {
    let s = mention.s;
    let tokens = &doc.sentences()[s].tokens;
    let mut start = mention.last + 1;
    match tokens.get(start).map(|_| doc.word((s, start))) {
        Some(",") => start += 1,
        // "Ana Ruiz head of the bank": a comma left out.
        Some(word)
            if titles::is_role_head(&word.to_lowercase())
                && !word.starts_with(char::is_uppercase) => {}
        _ => return,
    }
    if start < tokens.len() && doc.word((s, start)).chars().all(char::is_numeric) {
        // An age: "Ana Ruiz, 49, head of".
        start += 1;
        if start < tokens.len() && doc.word((s, start)) == "," {
            start += 1;
        }
    }
    let mut head = None;
    for t in start..(start + LONGEST_TITLE).min(tokens.len()) {
        let upos = doc.upos((s, t));
        if is_head(doc, (s, t)) {
            head = Some(t);
            continue;
        }
        let inside = matches!(
            upos,
            Upos::Adj | Upos::Noun | Upos::Propn | Upos::Det | Upos::Num
        ) || matches!(
            doc.token((s, t)).xpos,
            Xpos::Pos | Xpos::Hyph | Xpos::PrpPoss
        ) || (upos == Upos::Adv && head.is_none());
        if !inside {
            break;
        }
    }
    let Some(head) = head else { return };
    if cast
        .at((s, head))
        .iter()
        .any(|a| *a != person && cast.kind(*a) == ActorKind::Person)
    {
        return;
    }
    // A name behind the head makes it that person's title: "Ruiz, President
    // Obama and others".
    if head + 1 < tokens.len() && cast.at((s, head + 1)).iter().any(|a| *a != person) {
        return;
    }
    let first = title_start(doc, cast, s, head).max(start);
    note(doc, cast, person, s, first, head);
    cast.title(s, first, head, person);
    cast.also((s, head), &[person]);
}

/// Whether a token is the head of an office or profession.
fn is_head(doc: &Doc<'_>, at: At) -> bool {
    matches!(
        doc.upos(at),
        Upos::Noun | Upos::Propn | Upos::Adj | Upos::Verb
    ) && (titles::is_role_head(doc.lemma(at))
        || titles::is_role_head(before_now(&doc.lower(at)).unwrap_or(&doc.lower(at))))
}

/// "president" of "ex-president".
fn before_now(word: &str) -> Option<&str> {
    word.strip_prefix("ex-")
        .or_else(|| word.strip_prefix("then-"))
}

/// The first token of the title that ends with `last`.
pub(super) fn title_start(doc: &Doc<'_>, cast: &Cast, s: usize, last: usize) -> usize {
    let mut first = last;
    while first > 0 && last - first < LONGEST_TITLE {
        let at = (s, first - 1);
        let token = doc.token(at);
        let part = matches!(token.upos, Upos::Adj | Upos::Noun | Upos::Propn)
            || token.xpos == Xpos::Hyph
            || (doc.word(at) == "and" && first >= 2 && titles_joined(doc, s, first - 1));
        if !part || is_other_person(cast, at) {
            break;
        }
        first -= 1;
    }
    first
}

/// "interior and overseas minister": "and" between two modifiers of one head.
fn titles_joined(doc: &Doc<'_>, s: usize, and: usize) -> bool {
    and > 0
        && matches!(doc.upos((s, and - 1)), Upos::Adj | Upos::Noun)
        && !is_head(doc, (s, and - 1))
        && doc.word((s, and - 1)).starts_with(char::is_lowercase)
}

fn is_other_person(cast: &Cast, at: At) -> bool {
    cast.at(at)
        .iter()
        .any(|a| cast.kind(*a) == ActorKind::Person)
}

/// Whose office it is, and the token where the title proper begins.
pub(super) fn owner(
    doc: &Doc<'_>,
    cast: &Cast,
    s: usize,
    first: usize,
    last: usize,
) -> (Option<usize>, usize) {
    // A country or organisation at the beginning of the title.
    let mut start = first;
    let mut found = None;
    let mut at = first;
    while at < last {
        match cast.at((s, at)).first().copied() {
            Some(actor)
                if cast.kind(actor) == ActorKind::Country && found.is_none_or(|f| f == actor) =>
            {
                found = Some(actor);
                at += 1;
                // "Japanese", but "Homeland Security" is part of the title.
                start = at;
            }
            Some(actor)
                if matches!(cast.kind(actor), ActorKind::Organization | ActorKind::Place)
                    && found.is_none_or(|f| f == actor) =>
            {
                found = Some(actor);
                at += 1;
            }
            _ if found.is_some() && doc.token((s, at)).xpos == Xpos::Hyph => at += 1,
            _ => break,
        }
    }
    if found.is_none() {
        // "Japan's foreign minister", "the bank's chairman".
        if first >= 2 && doc.token((s, first - 1)).xpos == Xpos::Pos {
            found = cast.at((s, first - 2)).first().copied();
        }
    }
    if found.is_none() {
        // "the president of France", "head of the bank".
        found = doc
            .children((s, last))
            .filter(|c| doc.relation(*c).is(Relation::Nmod) && c.1 > last)
            .filter(|c| {
                matches!(
                    doc.case(*c).as_deref(),
                    Some("of" | "at" | "for" | "to" | "with" | "in")
                )
            })
            .find_map(|c| cast.at(c).first().copied())
            .filter(|a| cast.kind(*a) != ActorKind::Person);
    }
    (found, start)
}

/// Records the title `first..=last` of a person.
pub(super) fn note(
    doc: &Doc<'_>,
    cast: &mut Cast,
    person: usize,
    s: usize,
    first: usize,
    last: usize,
) {
    let (of, start) = owner(doc, cast, s, first, last);
    let mut start = start.min(last);
    while start < last
        && (is_passing(&doc.lower((s, start))) || doc.token((s, start)).xpos == Xpos::Hyph)
    {
        start += 1;
    }
    // "Secretary of State": what follows the head may be part of the title.
    let tokens = doc.sentences()[s].tokens.len();
    let behind: Vec<&str> = (last..tokens.min(last + LONGEST_TITLE))
        .map(|t| doc.word((s, t)))
        .collect();
    let end = last + titles::multiword_at(&behind).map_or(0, |n| n - 1);
    let title = super::names::tidy(doc.words(s, start, end));
    cast.add_role(doc, person, &title, of, s);
    set_gender(cast, person, titles::gender(doc.lemma((s, last))));
    let country = of.and_then(|o| cast.actors[o].actor.country.clone());
    if is_former(doc, s, first, last) {
        cast.actors[person].past.push(title.to_lowercase());
        return;
    }
    let person = &mut cast.actors[person].actor;
    // An ambassador belongs to the country that sends him, which stands in
    // front; "to Japan" does not.
    person.country = person.country.take().or(country);
}

/// Adjectives in front of a title that are no part of it.
fn is_passing(word: &str) -> bool {
    matches!(
        word,
        "then"
            | "former"
            | "current"
            | "new"
            | "outgoing"
            | "incoming"
            | "late"
            | "longtime"
            | "veteran"
            | "embattled"
            | "one-time"
    )
}

fn is_former(doc: &Doc<'_>, s: usize, first: usize, last: usize) -> bool {
    // "Then-Secretary" may be cut at the hyphen, with "then" outside.
    let from = first.saturating_sub(usize::from(doc.token((s, first)).xpos == Xpos::Hyph));
    (from..=last).any(|t| {
        let word = doc.lower((s, t));
        matches!(word.as_str(), "former" | "ex" | "late" | "then") || before_now(&word).is_some()
    })
}

/// A title's gender counts more than that of a given name.
fn set_gender(cast: &mut Cast, person: usize, gender: Option<Gender>) {
    cast.actors[person].gender = gender.or(cast.actors[person].gender);
}

/// "Adler, a maker of pumps," and "Adler, a company producing pumps": the noun
/// behind the comma stands for the organisation too.
fn apposition(doc: &Doc<'_>, cast: &mut Cast, mention: &NameMention, actor: usize) {
    let s = mention.s;
    let count = doc.sentences()[s].tokens.len();
    let comma = mention.last + 1;
    if comma + 2 >= count || doc.word((s, comma)) != "," || doc.upos((s, comma + 1)) != Upos::Det {
        return;
    }
    let mut head = None;
    for t in comma + 2..(comma + LONGEST_TITLE).min(count) {
        match doc.upos((s, t)) {
            Upos::Noun => head = Some(t),
            Upos::Adj | Upos::Propn | Upos::Num | Upos::Adv => {}
            _ if doc.token((s, t)).xpos == Xpos::Hyph => {}
            _ => break,
        }
    }
    let Some(head) = head.filter(|h| cast.at((s, *h)).is_empty()) else {
        return;
    };
    if nominals::nominal_kind(doc.lemma((s, head))) == Some(mention.kind) {
        cast.also((s, head), &[actor]);
        cast.actors[actor]
            .nouns
            .push(doc.lemma((s, head)).to_lowercase());
    }
}

/// "the bank Nordhavn": the noun right before the name says what it is.
fn noun_before(doc: &Doc<'_>, cast: &mut Cast, mention: &NameMention, actor: usize) {
    let Some(before) = mention.first.checked_sub(1).map(|t| (mention.s, t)) else {
        return;
    };
    let lemma = doc.lemma(before).to_lowercase();
    if doc.upos(before) == Upos::Noun
        && doc.token(before).xpos == Xpos::Nn
        && nominals::nominal_kind(&lemma) == Some(ActorKind::Organization)
    {
        cast.actors[actor].nouns.push(lemma);
    }
}

/// "British company Arm Holdings": the demonym in front of an organisation.
fn nationality(doc: &Doc<'_>, cast: &mut Cast, mention: &NameMention, actor: usize) {
    if cast.actors[actor].actor.country.is_some() {
        return;
    }
    let from = mention.first.saturating_sub(3);
    for t in (from..mention.first).rev() {
        if let Some(country) = countries::by_demonym(doc.word((mention.s, t))) {
            cast.actors[actor].actor.country = Some(country.name.to_owned());
            return;
        }
        if !matches!(
            doc.upos((mention.s, t)),
            Upos::Noun | Upos::Adj | Upos::Propn
        ) {
            return;
        }
    }
}
