//! Which groups and conferences of different articles are one. Their names are
//! descriptions ("a joint U.S.-Israeli working group"), so the same head, no
//! contradiction between the words and shared company are asked for. Pure.

use super::corpus::{CONTEXT_LIMIT, Corpus, Group, Local, share_company};
use super::lexicon;
use super::names::{country_at, fold_word, raw_words};
use crate::extract::LocalActor;
use crate::model::ActorKind;
use std::collections::{BTreeMap, BTreeSet};

/// The name of a group or a conference in its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
    fn learn_countries(&mut self, corpus: &Corpus<'_>, local: Local, people: &Countries<'_>) {
        if !self.countries.is_empty() || !is_of_two(&corpus.actor(local).name) {
            return;
        }
        let report = corpus.reports[local.doc];
        let is_in = |actor: u32| usize::try_from(actor).is_ok_and(|a| a == local.actor);
        let mut countries = BTreeSet::new();
        for event in &report.events {
            if !event.participants.iter().any(|p| is_in(p.actor)) {
                continue;
            }
            for part in &event.participants {
                let Some(actor) = report.actors.get(part.actor as usize) else {
                    continue;
                };
                let known = || people.get(actor.name.as_str()).copied().flatten();
                let of = match actor.kind {
                    ActorKind::Country => lexicon::country(&actor.name),
                    ActorKind::Person => country_of(actor).or_else(known),
                    _ => country_of(actor),
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
type Countries<'r> = BTreeMap<&'r str, Option<&'static str>>;

fn country_of(actor: &LocalActor) -> Option<&'static str> {
    actor.country.as_deref().and_then(lexicon::country)
}

fn countries_of_people<'r>(corpus: &Corpus<'r>) -> Countries<'r> {
    let mut out = Countries::new();
    for actor in corpus.locals().map(|l| corpus.actor(l)) {
        if actor.kind != ActorKind::Person || !actor.name.contains(' ') {
            continue;
        }
        if let Some(country) = country_of(actor) {
            out.entry(actor.name.as_str())
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

#[derive(Debug)]
struct Known {
    group: Group,
    names: Vec<Gathering>,
    context: BTreeSet<u64>,
    docs: BTreeSet<usize>,
}

/// Puts the groups, or the conferences, of all reports together. `is_one` picks
/// the actors; `kind` is the kind that they are compared as.
pub(super) fn group(
    corpus: &Corpus<'_>,
    kind: ActorKind,
    is_one: impl Fn(Local) -> bool,
) -> Vec<Group> {
    let people = countries_of_people(corpus);
    let mut known: Vec<Known> = Vec::new();
    let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    // The fullest names first.
    let mut locals: Vec<(Local, Gathering)> = corpus
        .locals()
        .filter(|l| is_one(*l))
        .map(|l| {
            let mut name = Gathering::parse(&corpus.actor(l).name);
            if kind == ActorKind::Group {
                name.learn_countries(corpus, l, &people);
            }
            (l, name)
        })
        .collect();
    locals.sort_by_key(|(local, name)| {
        let said = name.words.len() + name.countries.len();
        let edition = name.year.is_some() || name.number.is_some();
        (!edition, std::cmp::Reverse(said), *local)
    });
    for (local, name) in locals {
        let context = corpus.context(local);
        let keys = block_keys(&name, kind);
        let mut near: Vec<usize> = keys
            .iter()
            .filter_map(|k| index.get(k))
            .flatten()
            .copied()
            .collect();
        near.sort_unstable();
        near.dedup();
        let fits: Vec<usize> = near
            .into_iter()
            .filter(|i| known[*i].fits(local, &name, &context, kind))
            .collect();
        let at = match fits.as_slice() {
            [one] => {
                let why = reason(&known[*one].names, &name);
                known[*one]
                    .group
                    .join(corpus, local, &corpus.actor(local).name, &why);
                *one
            }
            _ => {
                known.push(Known {
                    group: Group::of(local, &corpus.actor(local).name),
                    names: Vec::new(),
                    context: BTreeSet::new(),
                    docs: BTreeSet::new(),
                });
                known.len() - 1
            }
        };
        let entry = &mut known[at];
        if entry.context.len() < CONTEXT_LIMIT {
            entry.context.extend(context);
        }
        entry.docs.insert(local.doc);
        if !entry.names.contains(&name) {
            entry.names.push(name);
        }
        for key in keys {
            let list = index.entry(key).or_default();
            if !list.contains(&at) {
                list.push(at);
            }
        }
    }
    known.into_iter().map(|k| k.group).collect()
}

impl Known {
    fn fits(
        &self,
        local: Local,
        name: &Gathering,
        context: &BTreeSet<u64>,
        kind: ActorKind,
    ) -> bool {
        // A description without a name ("the delegation") is settled within
        // its article.
        name.is_named(kind)
            && self
                .names
                .iter()
                .all(|n| n.is_named(kind) && n.fits(name, kind))
            && (self.docs.contains(&local.doc)
                || share_company(&self.context, context)
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
