//! Which groups and conferences of different articles are one. Their names are
//! descriptions ("a joint U.S.-Israeli working group"), so the same head, no
//! contradiction between the words and shared company are asked for. Pure.

use super::corpus::{Context, Corpus, Head, Local};
use super::group::Group;
use super::lexicon;
use super::names::{country_at, fold_word, raw_words};
use super::words::{Map, NONE};
use crate::model::ActorKind;
use std::collections::{BTreeMap, BTreeSet};

/// The name of a group or a conference in its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Gathering {
    /// `working group`, `conference`; empty for a proper name without one.
    pub head: String,
    /// The other words that carry meaning, in order.
    pub words: Vec<String>,
    /// The countries it names.
    pub countries: BTreeSet<&'static str>,
    /// The year in its name.
    pub year: Option<i32>,
    /// Its number in a series.
    pub number: Option<u32>,
}

/// Heads of two words, by their second.
const TWO_WORD_HEADS: [(&str, &str); 6] = [
    ("working", "group"),
    ("task", "force"),
    ("study", "group"),
    ("contact", "group"),
    ("press", "conference"),
    ("round", "table"),
];

const HEADS: [&str; 27] = [
    "group",
    "delegation",
    "committee",
    "commission",
    "team",
    "panel",
    "force",
    "counterparts",
    "officials",
    "coalition",
    "alliance",
    "council",
    "mission",
    "conference",
    "summit",
    "forum",
    "congress",
    "convention",
    "symposium",
    "meeting",
    "workshop",
    "session",
    "assembly",
    "exhibition",
    "fair",
    "week",
    "talks",
];

/// Heads that may be left out of a conference's name: "Harbour Week conference".
const DROPPED_HEADS: [&str; 3] = ["conference", "summit", "forum"];

/// Words that describe and do not tell one from another.
const LIGHT: [&str; 27] = [
    "joint",
    "new",
    "bilateral",
    "special",
    "high",
    "level",
    "annual",
    "international",
    "the",
    "a",
    "an",
    "its",
    "their",
    "his",
    "her",
    "this",
    "of",
    "for",
    "and",
    "in",
    "on",
    "at",
    "to",
    "first",
    "second",
    "two",
    "major",
];

const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
];

impl Gathering {
    /// Reads a name.
    pub(super) fn parse(name: &str) -> Gathering {
        let raw = raw_words(name);
        let mut out = Gathering::default();
        let mut words = Vec::new();
        let mut left = None;
        let mut at = 0;
        while at < raw.len() {
            if let Some((country, n)) = country_at(&raw, at) {
                out.countries.insert(country);
                at += n;
                continue;
            }
            let word = fold_word(raw[at]);
            at += 1;
            if let Ok(year @ 1900..=2100) = word.parse::<i32>() {
                out.year = Some(year);
                continue;
            }
            let number = ordinal(&word);
            // "first step", "second group": a number only in front.
            if number.is_some() && words.is_empty() && raw.len() > 2 {
                out.number = number;
                continue;
            }
            if matches!(
                word.as_str(),
                "with" | "between" | "of" | "on" | "for" | "about"
            ) && left.is_none()
            {
                left = Some(words.len());
            }
            words.push(singular(word));
        }
        let left = left.unwrap_or(words.len());
        let mut head_words = 0;
        if let Some(last) = left.checked_sub(1).and_then(|i| words.get(i)) {
            let before = left.checked_sub(2).and_then(|i| words.get(i));
            if before.is_some_and(|b| TWO_WORD_HEADS.contains(&(b.as_str(), last.as_str()))) {
                head_words = 2;
            } else if HEADS.contains(&last.as_str()) {
                head_words = 1;
            }
        }
        let head_start = left - head_words;
        out.head = words[head_start..left].join(" ");
        out.words = words
            .iter()
            .enumerate()
            .filter(|(i, w)| {
                !(head_start..left).contains(i)
                    && !LIGHT.contains(&w.as_str())
                    && !matches!(w.as_str(), "with" | "between" | "about")
            })
            .map(|(_, w)| w.clone())
            .collect();
        out
    }

    /// A "joint working group" is that of the countries whose people agree on
    /// it: those of the actors that take part in its events, if they are two.
    fn learn_countries(&mut self, corpus: &Corpus, local: Local, people: &Countries) {
        if !self.countries.is_empty() || !is_of_two(corpus.name(local)) {
            return;
        }
        let actors = corpus.heads_of(local.doc as usize);
        let mut countries = BTreeSet::new();
        for event in corpus.events_of(local.doc as usize) {
            let parts = corpus.parts(event);
            if !parts.iter().any(|(actor, _)| *actor == local.actor) {
                continue;
            }
            for (part, _) in parts {
                let Some(actor) = actors.get(*part as usize) else {
                    continue;
                };
                let known = || people.get(&actor.name).copied().flatten();
                let of = match actor.kind {
                    ActorKind::Country => lexicon::country(corpus.names_of.get(actor.name)),
                    ActorKind::Person => country_of(corpus, actor).or_else(known),
                    _ => country_of(corpus, actor),
                };
                countries.extend(of);
            }
        }
        if countries.len() == 2 {
            self.countries = countries;
        }
    }

    /// Whether the two can be one as far as their words go.
    fn fits(&self, other: &Gathering, kind: ActorKind) -> bool {
        // Members of a series: which number met in which year is not known.
        let edition = |g: &Gathering| (g.year, g.number);
        let none = (None, None);
        if edition(self) != edition(other) && edition(self) != none && edition(other) != none {
            return false;
        }
        let droppable = |g: &Gathering| {
            kind == ActorKind::Conference
                && (g.head.is_empty() || DROPPED_HEADS.contains(&g.head.as_str()))
        };
        let (a, b) = (self.full(kind), other.full(kind));
        let heads = self.head == other.head
            || droppable(self)
                && droppable(other)
                && (self.head.is_empty() || other.head.is_empty())
            || kind == ActorKind::Conference && (suffix(&a, &b) || suffix(&b, &a));
        if !heads {
            return false;
        }
        let countries = self.countries.is_subset(&other.countries)
            || other.countries.is_subset(&self.countries);
        match kind {
            // A named gathering: "Harbour Week" and "the university's Harbour Week".
            ActorKind::Conference => {
                countries && !a.is_empty() && !b.is_empty() && (suffix(&a, &b) || suffix(&b, &a))
            }
            // A described group: the countries carry it, and the subject, where
            // both tell one, must be the same.
            _ => {
                countries
                    && (!self.countries.is_disjoint(&other.countries)
                        || (self.countries.is_empty()
                            && other.countries.is_empty()
                            && !self.words.is_empty()
                            && self.words == other.words))
                    && (self.words.is_empty()
                        || other.words.is_empty()
                        || self.words.iter().any(|w| other.words.contains(w)))
            }
        }
    }

    /// The words of a conference's name with its head where that is part of
    /// the name ("Harbour Week").
    fn full(&self, kind: ActorKind) -> Vec<&str> {
        let mut words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        if kind == ActorKind::Conference && !DROPPED_HEADS.contains(&self.head.as_str()) {
            words.extend(self.head.split(' ').filter(|w| !w.is_empty()));
        }
        words
    }

    /// Whether the name tells this one from others of its sort.
    fn is_named(&self, kind: ActorKind) -> bool {
        let words = self.full(kind).len();
        match kind {
            ActorKind::Conference => words > 1,
            _ => words + self.countries.len() > 0,
        }
    }
}

/// The country of each full name, as far as the articles give one and the same.
type Countries = Map<u32, Option<&'static str>>;

fn country_of(corpus: &Corpus, actor: &Head) -> Option<&'static str> {
    if actor.country == NONE {
        return None;
    }
    lexicon::country(corpus.names_of.get(actor.country))
}

fn countries_of_people(corpus: &Corpus) -> Countries {
    let mut out = Countries::default();
    for actor in &corpus.heads {
        if actor.kind != ActorKind::Person
            || actor.country == NONE
            || !corpus.names_of.get(actor.name).contains(' ')
        {
            continue;
        }
        if let Some(country) = country_of(corpus, actor) {
            out.entry(actor.name)
                .and_modify(|known| *known = known.filter(|k| *k == country))
                .or_insert(Some(country));
        }
    }
    out
}

/// Whether a description says that two sides share what it names.
fn is_of_two(name: &str) -> bool {
    let words = raw_words(name);
    words
        .iter()
        .any(|w| matches!(fold_word(w).as_str(), "joint" | "bilateral" | "mutual"))
}

fn suffix(short: &[&str], long: &[&str]) -> bool {
    !short.is_empty() && long.ends_with(short)
}

fn ordinal(word: &str) -> Option<u32> {
    if let Some(i) = ORDINALS.iter().position(|o| *o == word) {
        return u32::try_from(i + 1).ok();
    }
    let digits = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| word.strip_suffix(end))?;
    digits.parse().ok()
}

fn singular(word: String) -> String {
    match word.as_str() {
        "groups" => "group".to_owned(),
        "delegations" => "delegation".to_owned(),
        "committees" => "committee".to_owned(),
        "teams" => "team".to_owned(),
        "conferences" => "conference".to_owned(),
        _ => word,
    }
}

/// What is known of one gathering so far.
#[derive(Debug)]
struct Known {
    group: Group,
    names: Vec<Gathering>,
    context: Vec<u32>,
}

/// With how many others one is compared at most: the first and the last of
/// those known.
const COMPARED: usize = 1_000;

/// Puts the groups, or the conferences, of all reports together. `is_one` picks
/// the actors; `kind` is the kind that they are compared as.
pub(super) fn group(
    corpus: &Corpus,
    kind: ActorKind,
    is_one: impl Fn(Local) -> bool,
) -> Vec<Group> {
    let people = countries_of_people(corpus);
    let mut known: Vec<Known> = Vec::new();
    let mut alone: Vec<Group> = Vec::new();
    // The lists are sorted.
    let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut beside: Map<(usize, u32), ()> = Map::default();
    let mut parsed: Map<u32, Gathering> = Map::default();
    let mut locals: Vec<(Local, Gathering)> = Vec::new();
    for local in corpus.locals().filter(|l| is_one(*l)) {
        let name = parsed
            .entry(corpus.actor(local).name)
            .or_insert_with(|| Gathering::parse(corpus.name(local)));
        let mut name = name.clone();
        if kind == ActorKind::Group {
            name.learn_countries(corpus, local, &people);
        }
        if name.is_named(kind) {
            locals.push((local, name));
        } else {
            // A description without a name ("the delegation") is settled within
            // its article.
            alone.push(Group::of(local, corpus.actor(local).name));
        }
    }
    // The fullest names first.
    locals.sort_by_key(|(local, name)| {
        let said = name.words.len() + name.countries.len();
        let edition = name.year.is_some() || name.number.is_some();
        (!edition, std::cmp::Reverse(said), *local)
    });
    for (local, name) in locals {
        let context = corpus.context(local);
        let keys = block_keys(&name, kind);
        let mut near: Vec<usize> = Vec::new();
        for list in keys.iter().filter_map(|k| index.get(k)) {
            let half = COMPARED / 2;
            if list.len() > COMPARED {
                near.extend(&list[..half]);
                near.extend(&list[list.len() - half..]);
            } else {
                near.extend(list);
            }
        }
        near.sort_unstable();
        near.dedup();
        let mut fits = near.into_iter().filter(|i| {
            let same_doc = || beside.contains_key(&(*i, local.doc));
            known[*i].fits(&name, context, kind, same_doc)
        });
        let at = match (fits.next(), fits.next()) {
            (Some(one), None) => {
                let entry = &mut known[one];
                let names = &entry.names;
                entry.group.join(corpus, local, || reason(names, &name));
                one
            }
            _ => {
                known.push(Known {
                    group: Group::of(local, corpus.actor(local).name),
                    names: Vec::new(),
                    context: Vec::new(),
                });
                known.len() - 1
            }
        };
        let entry = &mut known[at];
        context.add_to(&mut entry.context);
        beside.insert((at, local.doc), ());
        if !entry.names.contains(&name) {
            entry.names.push(name);
        }
        for key in keys {
            let list = index.entry(key).or_default();
            if let Err(place) = list.binary_search(&at) {
                list.insert(place, at);
            }
        }
    }
    alone.extend(known.into_iter().map(|k| k.group));
    alone
}

impl Known {
    fn fits(
        &self,
        name: &Gathering,
        context: Context<'_>,
        kind: ActorKind,
        same_doc: impl Fn() -> bool,
    ) -> bool {
        self.names.iter().all(|n| n.fits(name, kind))
            && (same_doc()
                || context.shares(&self.context)
                || (kind == ActorKind::Conference
                    && (name.year.is_some() || name.number.is_some())
                    && self.names.iter().any(|n| n == name)))
    }
}

fn reason(names: &[Gathering], name: &Gathering) -> String {
    let shared: Vec<&str> = names
        .iter()
        .flat_map(|n| n.countries.intersection(&name.countries).copied())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let mut why = vec!["the names fit".to_owned()];
    if !shared.is_empty() {
        why.push(format!("both with {}", shared.join(" and ")));
    }
    why.push("the articles name the same people or bodies beside them".to_owned());
    why.join(", ")
}

/// Two that fit share at least one of these.
fn block_keys(name: &Gathering, kind: ActorKind) -> Vec<String> {
    let mut keys: Vec<String> = match kind {
        ActorKind::Conference => name
            .full(kind)
            .last()
            .map(|w| (*w).to_owned())
            .into_iter()
            .collect(),
        _ => name
            .countries
            .iter()
            .map(|c| format!("{} {c}", name.head))
            .collect(),
    };
    if keys.is_empty() {
        keys.push(format!("{} {}", name.head, name.words.join(" ")));
    }
    keys
}
