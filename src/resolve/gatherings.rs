//! Which groups and conferences of different articles are one. Their names are
//! descriptions ("a joint U.S.-Israeli working group"), so the same head, no
//! contradiction between the words and shared company are asked for. Pure.

use super::corpus::{Context, Corpus, Head, Local};
use super::group::Group;
use super::lexicon;
use super::names::{country_at, fold_word, raw_words};
use super::words::{Map, NONE, Words, meet, shared};
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

/// A name as it is compared: its words as numbers, as it is compared with very
/// many.
#[derive(Debug)]
struct Form {
    kind: ActorKind,
    edition: (Option<i32>, Option<u32>),
    /// [`NONE`] where there is none.
    head: u32,
    /// The head may be left out.
    droppable: bool,
    words: Vec<u32>,
    /// See [`Gathering::full`].
    full: Vec<u32>,
    /// Sorted.
    countries: Vec<u32>,
}

impl Form {
    fn of(name: &Gathering, kind: ActorKind, numbers: &mut Words) -> Form {
        let head = match name.head.as_str() {
            "" => NONE,
            head => numbers.add(head),
        };
        let mut countries: Vec<u32> = name.countries.iter().map(|c| numbers.add(c)).collect();
        countries.sort_unstable();
        Form {
            kind,
            edition: (name.year, name.number),
            head,
            droppable: kind == ActorKind::Conference
                && (head == NONE || DROPPED_HEADS.contains(&name.head.as_str())),
            words: name.words.iter().map(|w| numbers.add(w)).collect(),
            full: name.full(kind).iter().map(|w| numbers.add(w)).collect(),
            countries,
        }
    }

    /// Whether the two can be one as far as their words go.
    fn fits(&self, other: &Form) -> bool {
        // Members of a series: which number met in which year is not known.
        let none = (None, None);
        if self.edition != other.edition && self.edition != none && other.edition != none {
            return false;
        }
        let one_ends_the_other =
            || suffix(&self.full, &other.full) || suffix(&other.full, &self.full);
        let is_conference = self.kind == ActorKind::Conference;
        let heads = self.head == other.head
            || self.droppable && other.droppable && (self.head == NONE || other.head == NONE)
            || is_conference && one_ends_the_other();
        let countries = || {
            let few = self.countries.len().min(other.countries.len());
            shared(&self.countries, &other.countries) == few
        };
        if !heads || !countries() {
            return false;
        }
        if is_conference {
            // A named gathering: "Harbour Week" and "the university's Harbour Week".
            return one_ends_the_other();
        }
        // A described group: the countries carry it, and the subject, where
        // both tell one, must be the same.
        let no_countries = self.countries.is_empty() && other.countries.is_empty();
        (meet(&self.countries, &other.countries)
            || no_countries && !self.words.is_empty() && self.words == other.words)
            && (self.words.is_empty()
                || other.words.is_empty()
                || self.words.iter().any(|w| other.words.contains(w)))
    }
}

/// Distinct names, numbered in the order in which they came.
struct Names {
    kind: ActorKind,
    all: Vec<(Gathering, Form)>,
    index: BTreeMap<Gathering, usize>,
    numbers: Words,
}

impl Names {
    fn new(kind: ActorKind) -> Names {
        Names {
            kind,
            all: Vec::new(),
            index: BTreeMap::new(),
            numbers: Words::default(),
        }
    }

    fn number(&mut self, name: Gathering) -> usize {
        if let Some(known) = self.index.get(&name) {
            return *known;
        }
        let form = Form::of(&name, self.kind, &mut self.numbers);
        self.index.insert(name.clone(), self.all.len());
        self.all.push((name, form));
        self.all.len() - 1
    }

    fn name(&self, number: usize) -> &Gathering {
        &self.all[number].0
    }

    fn form(&self, number: usize) -> &Form {
        &self.all[number].1
    }
}

/// The country of each full name, as far as the articles give one and the same.
type Countries = Map<u32, Option<&'static str>>;

/// A "joint working group" is that of the countries whose people agree on it:
/// those of the actors that take part in its events, if they are two.
fn agreed_countries(
    corpus: &Corpus,
    local: Local,
    people: &Countries,
) -> Option<BTreeSet<&'static str>> {
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
    (countries.len() == 2).then_some(countries)
}

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

fn suffix(short: &[u32], long: &[u32]) -> bool {
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
    /// Numbers of [`Names`].
    names: Vec<usize>,
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
    let mut names = Names::new(kind);
    // Of each name its number, and whether its countries are told elsewhere.
    let mut parsed: Map<u32, (usize, bool)> = Map::default();
    let mut locals: Vec<(Local, usize)> = Vec::new();
    for local in corpus.locals().filter(|l| is_one(*l)) {
        let (mut number, elsewhere) =
            *parsed.entry(corpus.actor(local).name).or_insert_with(|| {
                let text = corpus.name(local);
                let name = Gathering::parse(text);
                let shared =
                    kind == ActorKind::Group && name.countries.is_empty() && is_of_two(text);
                (names.number(name), shared)
            });
        if elsewhere && let Some(countries) = agreed_countries(corpus, local, &people) {
            let name = names.name(number).clone();
            number = names.number(Gathering { countries, ..name });
        }
        if names.name(number).is_named(kind) {
            locals.push((local, number));
        } else {
            // A description without a name ("the delegation") is settled within
            // its article.
            alone.push(Group::of(local, corpus.actor(local).name));
        }
    }
    // The fullest names first.
    locals.sort_by_cached_key(|(local, name)| {
        let name = names.name(*name);
        let said = name.words.len() + name.countries.len();
        let edition = name.year.is_some() || name.number.is_some();
        (!edition, std::cmp::Reverse(said), *local)
    });
    for (local, number) in locals {
        let context = corpus.context(local);
        let name = names.name(number);
        let keys = block_keys(name, kind);
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
            known[*i].fits(&names, number, context, same_doc)
        });
        let at = match (fits.next(), fits.next()) {
            (Some(one), None) => {
                let entry = &mut known[one];
                let own = entry.names.iter().map(|n| names.name(*n));
                entry.group.join(corpus, local, || reason(own, name));
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
        if !entry.names.contains(&number) {
            entry.names.push(number);
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
        names: &Names,
        number: usize,
        context: Context<'_>,
        same_doc: impl Fn() -> bool,
    ) -> bool {
        let form = names.form(number);
        self.names.iter().all(|own| names.form(*own).fits(form))
            && (same_doc()
                || context.shares(&self.context)
                || (form.kind == ActorKind::Conference
                    && form.edition != (None, None)
                    && self.names.contains(&number)))
    }
}

fn reason<'n>(names: impl Iterator<Item = &'n Gathering>, name: &Gathering) -> String {
    let shared: Vec<&str> = names
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
