//! Names of persons that the finder cuts short or misses: family name first
//! ("Ban Ki-moon", "Xi Jinping"), further parts that the parse ties to the name,
//! and a person right behind the body that the person speaks for.

use super::{NameMention, is_title_word, tidy};
use crate::extract::doc::Doc;
use crate::language::given::is_given_name_word;
use crate::language::{Relation, Upos};
use crate::model::ActorKind;
use crate::ontology::kinds::Rule;
use crate::ontology::{countries, nicknames, organizations, titles};

/// Puts persons right. `mentions` are in the order of the text and do not
/// overlap, before and after.
pub(super) fn mend(doc: &Doc<'_>, mentions: &mut Vec<NameMention>) {
    behind_bodies(doc, mentions);
    let mut taken = taken(doc, mentions);
    let mut found = Vec::new();
    for (s, sentence) in doc.sentences().iter().enumerate() {
        for t in 0..sentence.tokens.len() {
            if is_given_name_word(doc.word((s, t))) && !taken[s][t] {
                let (first, last) = around(doc, s, t, &taken[s]);
                taken[s][first..=last].fill(true);
                found.push(person(doc, s, first, last));
            }
        }
    }
    for mention in mentions.iter_mut() {
        let eastern =
            (mention.first..=mention.last).any(|t| is_given_name_word(doc.word((mention.s, t))));
        if eastern && mention.last - mention.first < 3 && mention.country.is_none() {
            mention.kind = ActorKind::Person;
        }
        if mention.kind == ActorKind::Person && mention.country.is_none() {
            widen(doc, mention, &mut taken[mention.s]);
        }
    }
    mentions.append(&mut found);
    mentions.sort_by_key(|m| (m.s, m.first));
}

fn taken(doc: &Doc<'_>, mentions: &[NameMention]) -> Vec<Vec<bool>> {
    let mut taken: Vec<Vec<bool>> = doc
        .sentences()
        .iter()
        .map(|s| vec![false; s.tokens.len()])
        .collect();
    for mention in mentions {
        taken[mention.s][mention.first..=mention.last].fill(true);
    }
    taken
}

fn person(doc: &Doc<'_>, s: usize, first: usize, last: usize) -> NameMention {
    NameMention {
        s,
        first,
        last,
        kind: ActorKind::Person,
        text: tidy(doc.words(s, first, last)),
        country: None,
        demonym: false,
        metonym: false,
        rule: Rule::Word,
    }
}

/// The family name beside a given name of two syllables: before it, else behind.
fn around(doc: &Doc<'_>, s: usize, t: usize, taken: &[bool]) -> (usize, usize) {
    let part = |t: usize| {
        let word = doc.word((s, t));
        !taken[t] && is_name_word(doc, s, t) && word.chars().all(char::is_alphabetic)
    };
    if t > 0 && part(t - 1) {
        (t - 1, t)
    } else if t + 1 < taken.len() && part(t + 1) {
        (t, t + 1)
    } else {
        (t, t)
    }
}

/// Whether a capitalised word may be part of a person's name.
fn is_name_word(doc: &Doc<'_>, s: usize, t: usize) -> bool {
    let word = doc.word((s, t));
    word.starts_with(char::is_uppercase)
        && !is_title_word(doc, (s, t))
        && !doc.is_time((s, t))
        && countries::by_name(word).is_none()
        && countries::by_demonym(word).is_none()
}

/// Takes in what the parse calls a flat part of the name, and a family name in
/// front: "Jinping" in "Xi Jinping".
fn widen(doc: &Doc<'_>, mention: &mut NameMention, taken: &mut [bool]) {
    let s = mention.s;
    let inside = |t: usize, m: &NameMention| (m.first..=m.last).contains(&t);
    while let Some(before) = mention.first.checked_sub(1) {
        let at = (s, before);
        if taken[before] || !is_name_word(doc, s, before) || doc.upos(at) != Upos::Propn {
            break;
        }
        // The first part of a name is its head.
        let flat = doc.relation((s, mention.first)) == Relation::Flat
            && doc.head((s, mention.first)) == Some(at);
        let family = nicknames::is_family_first(doc.word(at)) && mention.first == mention.last;
        if !flat && !family {
            break;
        }
        taken[before] = true;
        mention.first = before;
    }
    while mention.last + 1 < taken.len() {
        let after = mention.last + 1;
        let at = (s, after);
        let flat = doc.relation(at) == Relation::Flat
            && doc.head(at).is_some_and(|h| inside(h.1, mention));
        if taken[after] || !flat || !is_name_word(doc, s, after) || doc.upos(at) != Upos::Propn {
            break;
        }
        taken[after] = true;
        mention.last = after;
    }
    mention.text = tidy(super::without_stop(doc.words(
        s,
        mention.first,
        mention.last,
    )));
}

/// "the director of the Harbour Council Ana Ruiz said": behind "ROLE of BODY" two
/// last words before a verb are whoever has the role.
fn behind_bodies(doc: &Doc<'_>, mentions: &mut Vec<NameMention>) {
    let mut found = Vec::new();
    for mention in mentions.iter_mut() {
        let (s, first, last) = (mention.s, mention.first, mention.last);
        let has_head = mention.rule == Rule::Word && mention.kind == ActorKind::Organization;
        if !has_head || last < first + 3 || !held_by_somebody(doc, s, first) {
            continue;
        }
        let next = (s, last + 1);
        let acts = next.1 < doc.sentences()[s].tokens.len() && doc.upos(next) == Upos::Verb;
        let names = (last - 1..=last).all(|t| {
            is_name_word(doc, s, t)
                && !organization_word(doc, s, t)
                && doc.upos((s, t)) == Upos::Propn
        });
        let whole =
            doc.upos((s, last - 2)) != Upos::Adp && !matches!(doc.word((s, last - 2)), "&" | "-");
        if acts && names && whole {
            found.push(person(doc, s, last - 1, last));
            mention.last = last - 2;
            mention.text = tidy(doc.words(s, first, mention.last));
        }
    }
    mentions.append(&mut found);
    mentions.sort_by_key(|m| (m.s, m.first));
}

/// Whether "ROLE of" or "ROLE at", with or without an article, stands before a
/// body's name.
fn held_by_somebody(doc: &Doc<'_>, s: usize, first: usize) -> bool {
    let the = first > 0 && doc.lower((s, first - 1)) == "the";
    let Some(joint) = first.checked_sub(1 + usize::from(the)) else {
        return false;
    };
    let Some(role) = joint.checked_sub(1) else {
        return false;
    };
    matches!(doc.word((s, joint)), "of" | "at" | "for")
        && (titles::is_role_head(&doc.lower((s, role))) || doc.upos((s, role)) == Upos::Noun)
}

/// Whether a word can be the head of a body's name.
fn organization_word(doc: &Doc<'_>, s: usize, t: usize) -> bool {
    organizations::head_sort(&doc.lower((s, t))).is_some()
}
