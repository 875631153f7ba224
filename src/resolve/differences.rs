//! On what the witnesses of one event differ: numbers, places, who did it.
//! Pure.

use super::actors::{Cast, Member};
use super::corpus::Corpus;
use super::kinds::Side;
use super::words::NONE;
use crate::model::ActorKind;
use crate::ontology::{countries, places};
use std::collections::{BTreeMap, BTreeSet};

/// What each side says, with its documents.
pub(super) type Sides = Vec<(String, Vec<usize>)>;

/// What the documents say of one thing, each at most one.
type Said = BTreeMap<String, BTreeSet<usize>>;

/// The sides with their documents; none where all say the same.
pub(super) fn listed(said: Said) -> Sides {
    if said.len() < 2 {
        return Sides::new();
    }
    said.into_iter()
        .map(|(says, docs)| (says, docs.into_iter().collect()))
        .collect()
}

/// Whether an actor is a town, of which a thing has one.
pub(super) fn is_town(corpus: &Corpus, actor: &Member) -> bool {
    let name = || corpus.names_of.get(actor.name);
    actor.kind == ActorKind::Place
        && (countries::by_capital(name()).is_some()
            || places::place(name()).is_some_and(|p| p.sort == places::PlaceSort::City))
}

/// The towns that the documents give, where those of one are none of another's.
pub(super) fn of_place(corpus: &Corpus, cast: &Cast, mentions: &[u32]) -> Sides {
    let mut towns: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    let is_town = |actor: &u32| {
        let actor = cast.actors.get(*actor as usize);
        actor.is_some_and(|a| is_town(corpus, a))
    };
    for mention in mentions {
        let told = &corpus.told[*mention as usize];
        let parts = corpus.parts(*mention as usize).iter();
        let in_role = parts.filter(|(_, role)| corpus.terms.role(*role) == "place");
        let place = Some(told.place).filter(|p| *p != NONE);
        let places = place.into_iter().chain(in_role.map(|(a, _)| *a));
        for place in places.filter(is_town) {
            towns.entry(told.doc).or_default().insert(place);
        }
    }
    let mut said = Said::new();
    for (doc, of_doc) in towns {
        // An article with two towns of one thing decides nothing.
        if let (Some(town), 1) = (of_doc.first(), of_doc.len()) {
            let name = cast.name(corpus, *town).to_owned();
            said.entry(name).or_default().insert(doc as usize);
        }
    }
    listed(said)
}

/// Those who are said to have done it, or to have suffered it, where each
/// document names one of the same kind and they are not the same.
pub(super) fn of_who(corpus: &Corpus, cast: &Cast, mentions: &[u32]) -> Sides {
    type Holders = BTreeMap<u32, BTreeSet<u32>>;
    let mut holders: BTreeMap<(u32, &str), Holders> = BTreeMap::new();
    for mention in mentions {
        let doc = corpus.told[*mention as usize].doc;
        for (actor, role) in corpus.parts(*mention as usize) {
            let side = corpus.terms.side(*role);
            if !matches!(side, Side::Agent | Side::Patient)
                || corpus.terms.role(*role) == "announcer"
            {
                continue;
            }
            let kind = cast.kind(*actor).map_or("", ActorKind::as_str);
            let of_role = holders.entry((*role, kind)).or_default();
            of_role.entry(doc).or_default().insert(*actor);
        }
    }
    for ((_, kind), of_docs) in holders {
        let single = of_docs.values().all(|actors| actors.len() == 1);
        if !single || kind == ActorKind::Place.as_str() {
            continue;
        }
        let mut said = Said::new();
        for (doc, actors) in of_docs {
            let names = actors.iter().map(|a| cast.name(corpus, *a));
            said.entry(names.collect())
                .or_default()
                .insert(doc as usize);
        }
        let sides = listed(said);
        // "Helio" and "Helio Systems" are no two opinions. So many of them are
        // no opinions at all, and not compared.
        const OPINIONS: usize = 200;
        let names: Vec<&str> = sides.iter().map(|(name, _)| name.as_str()).collect();
        let distinct = names.len() <= OPINIONS
            && names.iter().enumerate().all(|(i, a)| {
                names[i + 1..]
                    .iter()
                    .all(|b| !a.contains(b) && !b.contains(a))
            });
        if !sides.is_empty() && distinct {
            return sides;
        }
    }
    Sides::new()
}

/// Numbers of one thing that differ: "12 people" here, "14 people" there.
pub(super) fn of_number<'t>(sentences: impl Iterator<Item = (u32, &'t str)>) -> Sides {
    let mut counts: BTreeMap<Counted, BTreeMap<u32, BTreeSet<String>>> = BTreeMap::new();
    for (doc, text) in sentences {
        for (what, number) in numbers(text) {
            let of_doc = counts.entry(what).or_default();
            of_doc.entry(doc).or_default().insert(number);
        }
    }
    for (what, of_docs) in counts {
        let mut said = Said::new();
        for (doc, numbers) in of_docs {
            if let (Some(number), 1) = (numbers.first(), numbers.len()) {
                let says = format!("{number} {}", what.noun);
                said.entry(says).or_default().insert(doc as usize);
            }
        }
        let sides = listed(said);
        if !sides.is_empty() {
            return sides;
        }
    }
    Sides::new()
}

/// What is counted: the noun, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Counted {
    noun: &'static str,
    fate: &'static str,
}

/// Nouns that news counts, with the form that stands for them.
const NOUNS: [(&str, &str); 31] = [
    ("people", "people"),
    ("persons", "people"),
    ("person", "people"),
    ("civilians", "people"),
    ("victims", "people"),
    ("others", "people"),
    ("soldiers", "soldiers"),
    ("troops", "soldiers"),
    ("officers", "officers"),
    ("policemen", "officers"),
    ("children", "children"),
    ("women", "women"),
    ("men", "men"),
    ("passengers", "passengers"),
    ("hostages", "hostages"),
    ("prisoners", "prisoners"),
    ("protesters", "protesters"),
    ("demonstrators", "protesters"),
    ("workers", "workers"),
    ("employees", "workers"),
    ("jobs", "jobs"),
    ("votes", "votes"),
    ("homes", "houses"),
    ("houses", "houses"),
    ("ships", "ships"),
    ("aircraft", "aircraft"),
    ("dollars", "dollars"),
    ("euros", "euros"),
    ("pounds", "pounds"),
    ("crowns", "crowns"),
    ("percent", "percent"),
];

/// Beginnings of words that say what became of those counted.
const FATES: [(&str, &str); 15] = [
    ("kill", "dead"),
    ("dead", "dead"),
    ("death", "dead"),
    ("die", "dead"),
    ("murder", "dead"),
    ("injur", "hurt"),
    ("wound", "hurt"),
    ("hurt", "hurt"),
    ("arrest", "held"),
    ("detain", "held"),
    ("abduct", "held"),
    ("kidnap", "held"),
    ("missing", "missing"),
    ("rescu", "saved"),
    ("evacuat", "saved"),
];

const SMALL: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// How far from its number a noun may stand, and from its noun a fate.
const NEAR: usize = 3;
const FATE_NEAR: usize = 4;

/// The numbers of a sentence with what they count.
fn numbers(text: &str) -> Vec<(Counted, String)> {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|w| {
            let edge = |c: char| !c.is_alphanumeric() && !matches!(c, '$' | '€' | '£');
            w.trim_matches(edge).to_lowercase()
        })
        .collect();
    let mut out = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let money = match word.chars().next() {
            Some('$') => Some("dollars"),
            Some('€') => Some("euros"),
            Some('£') => Some("pounds"),
            _ => None,
        };
        let Some(mut number) = value(word.trim_start_matches(['$', '€', '£'])) else {
            continue;
        };
        let mut next = i + 1;
        if let Some(scale) = words
            .get(next)
            .filter(|w| matches!(w.as_str(), "hundred" | "thousand" | "million" | "billion"))
        {
            number = format!("{number} {scale}");
            next += 1;
        }
        let noun = money.map(|noun| (noun, next)).or_else(|| {
            let near = words.iter().enumerate().skip(next).take(NEAR);
            near.take_while(|(_, w)| value(w).is_none())
                .find_map(|(at, w)| Some((NOUNS.iter().find(|(n, _)| n == w)?.1, at)))
        });
        if let Some((noun, at)) = noun {
            let fate = fate(&words, i, at);
            out.push((Counted { noun, fate }, number));
        }
    }
    out
}

/// A number as digits without separators.
fn value(word: &str) -> Option<String> {
    if let Some(n) = SMALL.iter().position(|w| *w == word) {
        return Some(n.to_string());
    }
    let plain = word.replace(',', "");
    let digits = plain.chars().any(|c| c.is_ascii_digit());
    let number = digits && plain.chars().all(|c| c.is_ascii_digit() || c == '.');
    number.then_some(plain)
}

/// What became of those counted: the word nearest to them that tells, behind
/// the noun or before the number.
fn fate(words: &[String], number: usize, noun: usize) -> &'static str {
    let told = |w: &String| {
        FATES
            .iter()
            .find(|(s, _)| w.starts_with(s))
            .map(|(_, fate)| *fate)
    };
    let before = words[..number].iter().rev().take(FATE_NEAR);
    let behind = words
        .get(noun + 1..)
        .unwrap_or_default()
        .iter()
        .take(FATE_NEAR);
    let before = before.enumerate().find_map(|(d, w)| Some((d, told(w)?)));
    let behind = behind.enumerate().find_map(|(d, w)| Some((d, told(w)?)));
    match (before, behind) {
        (Some((a, fate)), Some((b, other))) => {
            if a <= b {
                fate
            } else {
                other
            }
        }
        (Some((_, fate)), None) | (None, Some((_, fate))) => fate,
        (None, None) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, &str)]) {
        let got = numbers(text);
        let got: Vec<(&str, &str, &str)> = got
            .iter()
            .map(|(what, n)| (n.as_str(), what.noun, what.fate))
            .collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn a_number_counts_a_noun_with_its_fate() {
        check(
            "The blast killed at least 12 people.",
            &[("12", "people", "dead")],
        );
        check(
            "Twelve people were killed and 1,400 others injured.",
            &[("12", "people", "dead"), ("1400", "people", "hurt")],
        );
        check(
            "Nordwind paid $2.5 billion for it on March 3.",
            &[("2.5 billion", "dollars", "")],
        );
        check("He was 56 years old.", &[]);
        check(
            "Some 30 armed men took three hostages.",
            &[("30", "men", ""), ("3", "hostages", "")],
        );
    }
}
