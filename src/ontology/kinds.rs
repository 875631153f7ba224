//! What a capitalised name stands for: person, organisation, country, place,
//! group, conference, product, agreement, a demonym, or none of these. Told by
//! the name's own words, by the common noun beside it, and where both say
//! nothing by the name finder. Reads `ontology/kinds.toml` and the other lists
//! of this module; knows no trees and no texts.

mod products;
#[cfg(test)]
mod tests;

pub use products::{family, is_small_first};

use super::countries::{self, Country, Standing};
use super::{Form, List, bare, nicknames, nominals, organizations, places, titles};
use crate::model::ActorKind;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An actor of this kind.
    Actor(ActorKind),
    /// A word for a country's people or for what is of that country: "Israeli".
    Demonym,
    /// None of the kinds: a law, games, a war, or not known.
    Other,
}

impl Kind {
    /// The word for it in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Actor(kind) => kind.as_str(),
            Kind::Demonym => "demonym",
            Kind::Other => "other",
        }
    }
}

/// What tells the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The list of countries has it.
    Country,
    /// The list of countries has it as the word for a people.
    Demonym,
    /// The list of well-known bodies has it.
    Body,
    /// The list of names that stand for themselves has it.
    Known,
    /// The list of places has it.
    Place,
    /// One of its own words tells.
    Word,
    /// It ends in a number, as models do.
    Number,
    /// The common noun beside it tells for sure: "the tablet Lumen".
    Noun,
    /// It stands before a common noun, as names of makers do too: "the Lumen
    /// tablet".
    Before,
    /// The verb in front of it tells.
    Verb,
    /// Another mention of the same name in the text tells.
    Elsewhere,
    /// Only the name finder tells.
    Finder,
}

/// What a name stands for, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What it is.
    pub kind: Kind,
    /// The nearest kind of actor where `kind` is `Other`; `None` for what can
    /// never be an actor ("World War II", "Internet").
    pub nearest: Option<ActorKind>,
    /// The country that a country's name or demonym means, by its common name.
    pub country: Option<&'static str>,
    /// What tells.
    pub rule: Rule,
    /// The word or entry that tells; empty where the rule says it all.
    pub word: Cow<'static, str>,
}

impl Told {
    fn new(kind: Kind, rule: Rule, word: impl Into<Cow<'static, str>>) -> Told {
        Told {
            kind,
            nearest: match kind {
                Kind::Actor(kind) => Some(kind),
                Kind::Demonym => Some(ActorKind::Country),
                Kind::Other => Some(ActorKind::Product),
            },
            country: None,
            rule,
            word: word.into(),
        }
    }

    fn of_sort(sort: Sort, rule: Rule, word: impl Into<Cow<'static, str>>) -> Told {
        let mut told = Told::new(sort.kind(), rule, word);
        told.nearest = sort.nearest();
        told
    }

    /// The reason in a few words, for people.
    pub fn reason(&self) -> String {
        let word = &self.word;
        match self.rule {
            Rule::Country => format!("list of countries: {word}"),
            Rule::Demonym => format!("a word for {word}"),
            Rule::Body => format!("list of bodies: {word}"),
            Rule::Known => format!("list of names: {word}"),
            Rule::Place => format!("list of places: {word}"),
            Rule::Word => format!("its word \u{201c}{word}\u{201d}"),
            Rule::Number => "a model's number".to_owned(),
            Rule::Before => format!("the noun \u{201c}{word}\u{201d} behind it"),
            Rule::Noun => format!("the noun \u{201c}{word}\u{201d} beside it"),
            Rule::Verb => format!("the verb \u{201c}{word}\u{201d} before it"),
            Rule::Elsewhere => format!("so elsewhere in the text: {word}"),
            Rule::Finder => "the name finder".to_owned(),
        }
    }
}

/// A name to be told.
#[derive(Debug, Clone, Copy, Default)]
pub struct Named<'a> {
    /// Its words as written.
    pub words: &'a [&'a str],
    /// What the name finder takes it for; `None` where it does not say.
    pub found: Option<ActorKind>,
    /// What stands beside it.
    pub beside: Beside<'a>,
}

/// Common nouns and the like beside a name: lemmas in lower case.
#[derive(Debug, Clone, Copy, Default)]
pub struct Beside<'a> {
    /// The noun that the name stands before: "the Lumen tablet".
    pub after: Option<&'a str>,
    /// The noun that the name stands behind: "the tablet Lumen", "the town of
    /// Norholm", "a tablet called Lumen".
    pub before: Option<&'a str>,
    /// The noun behind a comma: "Lumen, a new tablet".
    pub apposed: Option<&'a str>,
    /// The verb whose object it is.
    pub verb: Option<&'a str>,
    /// Whether "its", "their" or "'s" stands in front.
    pub owned: bool,
    /// Whether "the" stands in front.
    pub the: bool,
}

/// A sort of the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Kind(ActorKind),
    Law,
    Gathering,
    Event,
    Idea,
}

impl Sort {
    fn parse(word: &str) -> Option<Sort> {
        match word {
            "law" => Some(Sort::Law),
            "gathering" => Some(Sort::Gathering),
            "event" => Some(Sort::Event),
            "idea" => Some(Sort::Idea),
            _ => ActorKind::parse(word).map(Sort::Kind),
        }
    }

    fn kind(self) -> Kind {
        match self {
            Sort::Kind(kind) => Kind::Actor(kind),
            _ => Kind::Other,
        }
    }

    fn nearest(self) -> Option<ActorKind> {
        match self {
            Sort::Kind(kind) => Some(kind),
            Sort::Law => Some(ActorKind::Agreement),
            Sort::Gathering => Some(ActorKind::Conference),
            Sort::Event | Sort::Idea => None,
        }
    }
}

/// From words to what they tell, and whether only weakly.
type Words = HashMap<&'static str, (Sort, bool)>;

struct Table {
    last: Words,
    first: Words,
    lead: Words,
    alone: Words,
    lines: HashMap<&'static str, bool>,
    numbered: HashSet<&'static str>,
    nouns: HashMap<&'static str, ActorKind>,
    verbs: HashSet<&'static str>,
    buying: HashSet<&'static str>,
    officers: HashSet<&'static str>,
}

static LIST: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../ontology/kinds.toml")));

static TABLE: LazyLock<Table> = LazyLock::new(Table::read);

/// Names are read up to this many words.
const LONGEST_NAME: usize = 40;

/// Longest entry of the lists, in words.
const LONGEST: usize = 4;

impl Table {
    fn read() -> Table {
        let words = |section| {
            let mut words = Words::new();
            for entry in LIST.entries(section) {
                if let Some(sort) = Sort::parse(entry.field(0)) {
                    for form in entry.forms(1) {
                        words.entry(form.text).or_insert((sort, form.ambiguous));
                    }
                }
            }
            words
        };
        let mut nouns = HashMap::new();
        for entry in LIST.entries("nouns") {
            if let Some(kind) = ActorKind::parse(entry.field(0)) {
                for form in entry.forms(1) {
                    nouns.entry(form.text).or_insert(kind);
                }
            }
        }
        let plain = |form: Form| form.text;
        Table {
            last: words("last"),
            first: words("first"),
            lead: words("lead"),
            alone: words("alone"),
            lines: LIST
                .words("lines")
                .map(|form| (form.text, form.ambiguous))
                .collect(),
            numbered: LIST.words("numbered").map(plain).collect(),
            nouns,
            verbs: LIST.words("verbs").map(plain).collect(),
            buying: LIST.words("buying").map(plain).collect(),
            officers: LIST.words("officers").map(plain).collect(),
        }
    }
}

/// What a name stands for. Names of countries, bodies and well-known things come
/// first, then what its own words tell, then the noun beside it, then the finder.
/// Nobody with a given name and a surname is turned into anything else.
pub fn tell(name: &Named<'_>) -> Told {
    let words = match name.words.split_first() {
        Some((the, rest)) if the.eq_ignore_ascii_case("the") && !rest.is_empty() => rest,
        _ => name.words,
    };
    // Nobody has a longer name; and the work grows with the square of it.
    let words = &words[..words.len().min(LONGEST_NAME)];
    let name = &Named { words, ..*name };
    let text = words.join(" ");
    let sure = || {
        let sure = name.found == Some(ActorKind::Place) && !places::is_ambiguous(&text);
        sure.then(|| by_place(name, &text)).flatten()
    };
    let own = by_list(name, &text)
        .or_else(sure)
        .or_else(|| by_words(name, &text));
    let told = own
        .or_else(|| by_noun(name))
        .or_else(|| by_place(name, &text));
    told.unwrap_or_else(|| match name.found {
        Some(kind) => Told::new(Kind::Actor(kind), Rule::Finder, ""),
        None => Told::new(Kind::Other, Rule::Finder, ""),
    })
}

/// Countries, peoples, bodies and what the lists have as whole names.
fn by_list(name: &Named<'_>, text: &str) -> Option<Told> {
    let is_place = name.found == Some(ActorKind::Place);
    if let Some(country) =
        countries::by_name(text).filter(|_| is_place || !countries::is_ambiguous_name(text))
    {
        return Some(of_country(country));
    }
    if let Some(country) = countries::by_demonym(text) {
        let mut told = Told::new(Kind::Demonym, Rule::Demonym, country.name);
        told.country = Some(country.name);
        return Some(told);
    }
    let weak = name.found.is_none();
    if let Some((entry, (sort, doubt))) = TABLE.alone.get_key_value(text)
        && (!doubt || (name.beside.the && name.found != Some(ActorKind::Person)))
        && (name.found != Some(ActorKind::Person) || entry.contains(' '))
    {
        return Some(Told::of_sort(*sort, Rule::Known, *entry));
    }
    let first_name = name.found == Some(ActorKind::Person) && nicknames::is_given_name(text);
    if let Some((entry, doubt)) = TABLE.lines.get_key_value(text)
        && (!doubt || weak)
        && !first_name
    {
        let product = Kind::Actor(ActorKind::Product);
        return Some(Told::new(product, Rule::Known, *entry));
    }
    let body = organizations::known_body(text).or_else(|| organizations::acronym(text))?;
    let organization = Kind::Actor(ActorKind::Organization);
    Some(Told::new(organization, Rule::Body, body.name))
}

fn of_country(country: &'static Country) -> Told {
    let kind = match country.standing {
        // A union of states is an organisation that acts like a state.
        Standing::Union => ActorKind::Organization,
        _ => ActorKind::Country,
    };
    let mut told = Told::new(Kind::Actor(kind), Rule::Country, country.name);
    told.country = Some(country.name);
    told
}

/// What the name's own words tell.
fn by_words(name: &Named<'_>, text: &str) -> Option<Told> {
    let words = name.words;
    if let Some(product) = products::product(name) {
        return Some(product);
    }
    if words.len() < 2 {
        return None;
    }
    let lower: Vec<String> = words
        .iter()
        .map(|w| bare(w.trim_end_matches(',')))
        .collect();
    if let Some(country) = commonwealth(&lower, words) {
        return Some(country);
    }
    let own = head(name, &lower);
    let group = matches!(own, Some((_, Sort::Kind(ActorKind::Group), false)));
    if let Some((_, sort, false)) = own
        && fits(name, sort)
    {
        return own.map(|(word, sort, _)| Told::of_sort(sort, Rule::Word, word.to_owned()));
    }
    // "Leiden University" and "Leiden University Press Office" alike.
    let body = (2..=words.len()).find(|n| organizations::org_sort(&words[..*n]).is_some());
    if let Some(n) = body.filter(|_| !group) {
        let organization = Kind::Actor(ActorKind::Organization);
        let body = &words[..n];
        let joint = body.iter().position(|w| is_joint(w)).filter(|i| *i > 0);
        let word = body
            .get(joint.unwrap_or(n) - 1)
            .copied()
            .unwrap_or(text)
            .to_owned();
        return Some(Told::new(organization, Rule::Word, word));
    }
    if let Some((word, sort, true)) = own
        && fits(name, sort)
        && name.found != Some(ActorKind::Organization)
    {
        return Some(Told::of_sort(sort, Rule::Word, word.to_owned()));
    }
    place(name, &lower)
}

/// Whether the finder allows a name to be of the sort: what it takes for a
/// person is a treaty or a conference at most.
fn fits(name: &Named<'_>, sort: Sort) -> bool {
    name.found != Some(ActorKind::Person)
        || matches!(
            sort,
            Sort::Kind(ActorKind::Agreement | ActorKind::Conference)
        )
}

/// Whether a word joins the head of a name with what follows.
fn is_joint(word: &str) -> bool {
    matches!(
        word,
        "on" | "of" | "for" | "against" | "between" | "to" | "concerning" | "in" | "and"
    )
}

/// The head word of a name of several words and what it tells: what ends the
/// part before a preposition, else the last word; numbers do not count.
fn head<'w>(name: &Named<'_>, lower: &'w [String]) -> Option<(&'w str, Sort, bool)> {
    let joint = (1..lower.len().saturating_sub(1)).find(|i| is_joint(&lower[*i]));
    if let Some(joint) = joint.filter(|i| lower[*i] != "and") {
        let found = ending(&TABLE.first, &lower[..joint]).filter(|_| lower[joint] != "in");
        if let Some((n, sort, weak)) = found {
            if sort == Sort::Kind(ActorKind::Country) {
                return None;
            }
            return Some((lower.get(joint - n)?, sort, weak));
        }
        // "Second Norholm Summit on Tides": also what else ends names.
        let (n, sort, weak) = ending(&TABLE.last, &lower[..joint]).filter(|_| joint > 1)?;
        return Some((lower.get(joint - n)?, sort, weak));
    }
    let is_number = |w: &String| w.chars().all(|c| c.is_ascii_digit() || c == '-');
    let end = lower.iter().rposition(|w| !is_number(w))? + 1;
    // "Resolution 1907" has a head of one word; "Treaty" alone is no name.
    let numbered = end < lower.len() && lower.len() == 2;
    if let Some(sort) = place_convention(name, end) {
        return Some((lower.get(end - 1)?, sort, false));
    }
    let (n, sort, weak) = ending(&TABLE.last, &lower[..end])?;
    if n == end && n == 1 && !numbered {
        return None;
    }
    let word = lower.get(end - n)?;
    if numbered && !matches!(sort, Sort::Kind(ActorKind::Agreement)) {
        return None;
    }
    Some((word, sort, weak))
}

/// "Vienna Convention": a convention named after a place is a treaty, where the
/// list says so.
fn place_convention(name: &Named<'_>, end: usize) -> Option<Sort> {
    let head = bare(name.words.get(end.checked_sub(1)?)?);
    let (sort, _) = TABLE.last.get(format!("@place {head}").as_str())?;
    let seat = name.words.get(..end - 1)?.join(" ");
    let known = countries::by_name(&seat).is_some()
        || countries::by_capital(&seat).is_some()
        || places::place(&seat).is_some();
    known.then_some(*sort)
}

/// The longest run of last words that a list knows: its length and what it tells.
fn ending(list: &Words, words: &[String]) -> Option<(usize, Sort, bool)> {
    (1..=words.len().min(LONGEST)).rev().find_map(|n| {
        let (sort, weak) = list.get(words[words.len() - n..].join(" ").as_str())?;
        Some((n, *sort, *weak))
    })
}

/// "Republic of France": a word for a state and a country.
fn commonwealth(lower: &[String], words: &[&str]) -> Option<Told> {
    let of = lower.iter().position(|w| w == "of")?;
    let (n, sort, _) = ending(&TABLE.first, lower.get(..of)?)?;
    if n != of || sort != Sort::Kind(ActorKind::Country) {
        return None;
    }
    countries::by_name(&words.get(of + 1..)?.join(" ")).map(of_country)
}

/// Places by first or last word.
fn place(name: &Named<'_>, lower: &[String]) -> Option<Told> {
    let titled = lower
        .first()
        .is_some_and(|w| titles::honorific(w).is_some());
    if name.found == Some(ActorKind::Person) || (titled && name.found != Some(ActorKind::Place)) {
        return None;
    }
    let kind = Kind::Actor(ActorKind::Place);
    let by = |word: &str| Some(Told::new(kind, Rule::Word, word.to_owned()));
    let joint = lower.iter().position(|w| is_joint(w));
    let first = lower.first()?;
    if joint.is_none()
        && name.found != Some(ActorKind::Organization)
        && TABLE
            .lead
            .get(first.as_str())
            .is_some_and(|(_, doubt)| !doubt || name.found == Some(ActorKind::Place))
    {
        return by(first);
    }
    let end = joint.filter(|i| *i > 0).unwrap_or(lower.len());
    let head = lower.get(end - 1)?;
    let one = head
        .strip_suffix('s')
        .filter(|w| w.len() > 3 && !w.ends_with('s'));
    (organizations::place_head(head) || one.is_some_and(organizations::place_head))
        .then(|| by(head))
        .flatten()
}

/// What the common noun or the verb beside it tells.
fn by_noun<'n>(name: &Named<'n>) -> Option<Told> {
    let beside = name.beside;
    let known = |noun: Option<&'n str>| noun.and_then(noun_kind);
    let first_name = name.words.iter().any(|w| nicknames::is_given_name(w));
    let tell = |(noun, kind): (&str, ActorKind)| {
        let kind = Kind::Actor(kind);
        Some(Told::new(kind, Rule::Noun, noun.to_owned()))
    };
    // A person with two names may stand beside any noun.
    if name.found == Some(ActorKind::Person) && name.words.len() > 1 {
        return None;
    }
    let is_person = name.found == Some(ActorKind::Person);
    if let Some(found) =
        known(beside.apposed).filter(|(_, kind)| !is_person || *kind == ActorKind::Organization)
    {
        return tell(found);
    }
    if let Some(found) = known(beside.before).filter(|(_, kind)| {
        (!is_person || *kind == ActorKind::Organization)
            && !(*kind != ActorKind::Place && places_known(name))
    }) {
        return tell(found);
    }
    if let Some(officer) = beside.after.and_then(officer)
        && (is_person || name.found.is_none())
        && !first_name
    {
        return tell((officer, ActorKind::Organization));
    }
    if let Some((noun, kind)) = known(beside.after) {
        let fits = match kind {
            // "its Lumen tablet" names it; "the Adler tablet" may name the maker.
            ActorKind::Product => {
                name.found.is_none() || (beside.owned && name.found != Some(ActorKind::Place))
            }
            ActorKind::Conference | ActorKind::Agreement => name.found.is_none(),
            _ => false,
        };
        if fits && beside.owned {
            return tell((noun, kind));
        }
        if fits {
            let kind = Kind::Actor(kind);
            return Some(Told::new(kind, Rule::Before, noun.to_owned()));
        }
    }
    // Nobody buys a person.
    if let Some(verb) = beside.verb.and_then(|v| TABLE.buying.get(v))
        && is_person
        && !first_name
    {
        let kind = Kind::Actor(ActorKind::Organization);
        return Some(Told::new(kind, Rule::Verb, *verb));
    }
    let verb = beside.verb.and_then(|v| TABLE.verbs.get(v))?;
    let product = Kind::Actor(ActorKind::Product);
    let fits = name.found.is_none()
        || (name.found == Some(ActorKind::Organization) && (beside.the || beside.owned));
    fits.then(|| Told::new(product, Rule::Verb, *verb))
}

/// The word for an officer of a company in a noun phrase.
fn officer(phrase: &str) -> Option<&str> {
    let last = phrase.rsplit(' ').next().unwrap_or(phrase);
    [phrase, last]
        .into_iter()
        .find(|noun| TABLE.officers.contains(noun))
}

/// What a noun phrase tells, by all its words or its last one.
fn noun_kind(phrase: &str) -> Option<(&str, ActorKind)> {
    let last = phrase.rsplit(' ').next().unwrap_or(phrase);
    [phrase, last].into_iter().find_map(|noun| {
        let kind = TABLE.nouns.get(noun).copied().or_else(|| {
            nominals::nominal_kind(noun).filter(|kind| *kind == ActorKind::Organization)
        })?;
        Some((noun, kind))
    })
}

fn places_known(name: &Named<'_>) -> bool {
    let text = name.words.join(" ");
    name.found == Some(ActorKind::Place)
        && (places::place(&text).is_some() || countries::by_capital(&text).is_some())
}

/// The list of places, where the finder sees neither person nor organisation.
fn by_place(name: &Named<'_>, text: &str) -> Option<Told> {
    if !matches!(name.found, None | Some(ActorKind::Place)) {
        return None;
    }
    let place = places::place(text)?;
    let kind = Kind::Actor(ActorKind::Place);
    Some(Told::new(kind, Rule::Place, place.name))
}
