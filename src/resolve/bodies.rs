//! Which organisations, products and agreements of different articles are one:
//! same name but for articles, case, legal form, spelling and word order; an
//! acronym and its long form. A country word that differs keeps them apart.
//! Pure.

use super::corpus::{Context, Corpus, Local};
use super::forms::Body as Name;
use super::group::Group;
use super::lexicon;
use super::names::BodyName;
use super::sets::{PARTS, Sets};
use super::words::{Map, NONE, insert};
use crate::model::ActorKind;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// With how many bodies of its names one is compared at most: the first and the
/// last of those known.
const COMPARED: usize = 2_000;

/// What is known of one body so far; names are keys of the corpus.
#[derive(Debug)]
struct Body {
    group: Group,
    /// Keys of its full names, sorted.
    long: Vec<u32>,
    /// Its acronyms, sorted.
    short: Vec<u32>,
    /// Acronyms that its full names would have, sorted.
    initials: Vec<u32>,
    countries: Vec<u32>,
    context: Vec<u32>,
}

/// One body of one report, ready to be compared.
#[derive(Debug)]
struct Candidate<'c> {
    local: Local,
    /// Its names, and the long forms of the well-known acronyms among them.
    names: Vec<Name>,
    /// The country in the names, else the one that the article tells.
    country: u32,
    context: Context<'c>,
}

/// How many actors of reports one thread looks at at a time.
const BATCH: usize = 4_096;

/// Puts the bodies of all reports together. `is_body` picks the actors, by
/// their places among all. Bodies whose names have no key in common, not even
/// over others, never meet: they fall into parts that are gone through side by
/// side.
pub(super) fn group(corpus: &Corpus, is_body: impl Fn(Local) -> bool) -> Vec<Group> {
    let locals: Vec<Local> = corpus.locals().filter(|l| is_body(*l)).collect();
    let batches: Vec<Batch> = locals
        .par_chunks(BATCH)
        .map(|locals| Batch::new(corpus, locals))
        .collect();
    let mut sets = Sets::new(corpus.forms.keys());
    for (key, other) in batches.iter().flat_map(|b| &b.joined) {
        sets.join(*key, *other);
    }
    let candidates = || batches.iter().flat_map(|b| &b.candidates);
    let part_of = sets.parts(candidates().map(|(key, _)| *key));
    let mut parts: Vec<Vec<Place>> = vec![Vec::new(); PARTS];
    for (key, place) in candidates() {
        parts[part_of[*key as usize]].push(*place);
    }
    let mut out: Vec<Group> = batches
        .into_iter()
        .flat_map(|b| b.nameless)
        .map(|local| Group::of(local, corpus.actor(local).name))
        .collect();
    let found: Vec<Vec<Group>> = parts
        .into_par_iter()
        .map(|part| Bodies::of(corpus, part))
        .collect();
    out.extend(found.into_iter().flatten());
    out
}

/// Where a candidate stands in the order: full names first, so that an acronym
/// finds every long form it may stand for; names with their country before those
/// without.
type Place = (bool, bool, Local);

/// What is first looked at of some actors.
#[derive(Default)]
struct Batch {
    /// Each with one of its keys.
    candidates: Vec<(u32, Place)>,
    /// Keys of one body.
    joined: Vec<(u32, u32)>,
    /// Those whose name has no letters.
    nameless: Vec<Local>,
}

impl Batch {
    fn new(corpus: &Corpus, locals: &[Local]) -> Batch {
        let mut batch = Batch::default();
        for local in locals {
            let Some(candidate) = Candidate::new(corpus, *local) else {
                batch.nameless.push(*local);
                continue;
            };
            let keys = candidate.names.iter().flat_map(Name::keys);
            let mut one = NONE;
            for key in keys {
                if one == NONE {
                    one = key;
                } else {
                    batch.joined.push((one, key));
                }
            }
            let acronym = candidate.names.iter().all(|n| n.acronym);
            let place = (acronym, candidate.country == NONE, *local);
            batch.candidates.push((one, place));
        }
        batch.joined.sort_unstable();
        batch.joined.dedup();
        batch
    }
}

/// The bodies found so far.
struct Bodies<'c> {
    corpus: &'c Corpus,
    known: Vec<Body>,
    /// By each of their names.
    index: Map<u32, Vec<u32>>,
    /// Which documents each has members in.
    beside: Map<(u32, u32), ()>,
}

impl Bodies<'_> {
    /// The bodies of a part.
    fn of(corpus: &Corpus, mut part: Vec<Place>) -> Vec<Group> {
        let mut bodies = Bodies {
            corpus,
            known: Vec::new(),
            index: Map::default(),
            beside: Map::default(),
        };
        part.sort_unstable();
        for (_, _, local) in part {
            if let Some(candidate) = Candidate::new(corpus, local) {
                bodies.place(&candidate);
            }
        }
        // Not collected in place, which would keep the room of the bodies.
        let mut groups = Vec::with_capacity(bodies.known.len());
        groups.extend(bodies.known.into_iter().map(|b| b.group));
        groups
    }

    /// Adds one to the body that it is, or makes a new one of it.
    fn place(&mut self, candidate: &Candidate<'_>) {
        let local = candidate.local;
        let (at, new) = match self.choose(candidate) {
            Some((at, fit)) => {
                let why = || fit.why(self.corpus, candidate);
                let body = &mut self.known[at];
                body.group.join(self.corpus, local, why);
                (at, body.learn(candidate))
            }
            None => {
                let mut body = Body {
                    group: Group::of(local, self.corpus.actor(local).name),
                    long: Vec::new(),
                    short: Vec::new(),
                    initials: Vec::new(),
                    countries: Vec::new(),
                    context: Vec::new(),
                };
                let new = body.learn(candidate);
                self.known.push(body);
                (self.known.len() - 1, new)
            }
        };
        let at = u32::try_from(at).unwrap_or(NONE);
        self.beside.insert((at, local.doc), ());
        for key in new {
            let list = self.index.entry(key).or_default();
            if list.last() != Some(&at) {
                list.push(at);
            }
        }
    }

    /// The one that something speaks for, or the only one whose name is enough.
    fn choose(&self, candidate: &Candidate<'_>) -> Option<(usize, Fit)> {
        let lists = candidate
            .names
            .iter()
            .filter_map(|n| self.index.get(&n.key));
        let mut near: Vec<u32> = Vec::new();
        for list in lists {
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
        let mut backed: Option<(usize, Fit)> = None;
        let mut other: Option<(usize, Fit)> = None;
        let mut several = false;
        for i in near {
            let at = i as usize;
            let same_doc = || self.beside.contains_key(&(i, candidate.local.doc));
            let Some(fit) = self.known[at].fit(self.corpus, candidate, same_doc) else {
                continue;
            };
            if fit.backed {
                if backed.is_some() {
                    // Nothing that comes could decide between the two.
                    return None;
                }
                backed = Some((at, fit));
            } else {
                several |= other.is_some();
                other = other.or(Some((at, fit)));
            }
        }
        backed.or_else(|| other.filter(|(_, fit)| fit.named && !several))
    }
}

/// How well a name fits a body.
#[derive(Debug, Clone, Copy)]
struct Fit {
    /// The name alone is enough.
    named: bool,
    /// Something beyond the name speaks for it.
    backed: bool,
    by: By,
    same_country: bool,
    company: bool,
}

/// By which name.
#[derive(Debug, Clone, Copy)]
enum By {
    Name,
    /// The key of the acronym.
    Acronym(u32),
    /// The acronym whose letters the words of the name begin with.
    Initials(u32),
}

impl Fit {
    /// The reason in words.
    fn why(&self, corpus: &Corpus, candidate: &Candidate<'_>) -> String {
        let letters = |key: u32| corpus.forms.key(key).to_uppercase();
        let mut why = vec![match self.by {
            By::Name => "same name".to_owned(),
            By::Acronym(key) => format!("same acronym {}", letters(key)),
            By::Initials(key) => format!("{} are the first letters of its words", letters(key)),
        }];
        if self.same_country {
            why.push(format!(
                "both of {}",
                corpus.names_of.get(candidate.country)
            ));
        } else if self.company {
            why.push("the articles name the same people or bodies beside it".to_owned());
        }
        why.join(", ")
    }
}

/// The full name of a well-known body for one of its short forms.
pub(super) fn known(name: &str) -> Option<BodyName> {
    let name = name.trim();
    let plain = ["the ", "The "]
        .iter()
        .find_map(|article| name.strip_prefix(article))
        .unwrap_or(name);
    let (full, country) = lexicon::known_body(plain)?;
    let mut parsed = BodyName::parse(full)?;
    parsed.country = parsed.country.or(country);
    Some(parsed)
}

impl<'c> Candidate<'c> {
    fn new(corpus: &'c Corpus, local: Local) -> Option<Candidate<'c>> {
        let actor = corpus.actor(local);
        let mut numbers: Vec<u32> = Vec::new();
        let own = corpus.names(local).iter().map(|(name, _)| *name);
        for name in own.chain([actor.name]) {
            let Some(parsed) = corpus.forms.body_number(name) else {
                continue;
            };
            for body in [Some(parsed), corpus.forms.known(name)]
                .into_iter()
                .flatten()
            {
                if !numbers.contains(&body) {
                    numbers.push(body);
                }
            }
        }
        let names: Vec<Name> = numbers
            .into_iter()
            .filter_map(|n| corpus.forms.numbered(n))
            .collect();
        if names.is_empty() {
            return None;
        }
        let own = names.iter().map(|n| n.country).find(|c| *c != NONE);
        Some(Candidate {
            local,
            country: own.unwrap_or(actor.country),
            context: corpus.context(local),
            names,
        })
    }
}

/// Whether the words of one key are all in the other.
fn shorter_form(a: &str, b: &str) -> bool {
    let words = |key: &str| key.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
    let (a, b) = (words(a), words(b));
    a.is_subset(&b) || b.is_subset(&a)
}

impl Body {
    /// Learns the names of a candidate; gives those by which it was not found
    /// before.
    fn learn(&mut self, candidate: &Candidate<'_>) -> Vec<u32> {
        let mut new = Vec::new();
        for name in &candidate.names {
            if name.acronym {
                if insert(&mut self.short, name.key) {
                    new.push(name.key);
                }
                continue;
            }
            if insert(&mut self.long, name.key) {
                new.push(name.key);
            }
            for initials in name.initials.iter().filter(|i| **i != NONE) {
                if insert(&mut self.initials, *initials) {
                    new.push(*initials);
                }
            }
        }
        if candidate.country != NONE {
            insert(&mut self.countries, candidate.country);
        }
        candidate.context.add_to(&mut self.context);
        new
    }

    fn fit(
        &self,
        corpus: &Corpus,
        candidate: &Candidate<'_>,
        same_doc: impl Fn() -> bool,
    ) -> Option<Fit> {
        let told = candidate.country != NONE;
        let same_country = told && self.countries.contains(&candidate.country);
        if told && !self.countries.is_empty() && !same_country {
            return None;
        }
        let has = |list: &[u32], key: u32| list.binary_search(&key).is_ok();
        let company = || candidate.context.shares(&self.context);
        let fit = |named, backed, by, company| Fit {
            named,
            backed,
            by,
            same_country,
            company,
        };
        let mut names = candidate.names.iter();
        if let Some(name) = names.find(|n| !n.acronym && has(&self.long, n.key)) {
            // A ministry or a First National Bank is one only with its country
            // or its company.
            let common = name.government || name.generic;
            let countries_given = name.country != NONE || same_country;
            let named = !common || (name.government && countries_given);
            let company = company();
            let backed = same_country || company || same_doc();
            return (named || backed).then(|| fit(named, backed, By::Name, company));
        }
        let mut names = candidate.names.iter();
        if let Some(name) = names.find(|n| n.acronym && has(&self.short, n.key)) {
            // Two long forms with one acronym are two bodies, unless one is a
            // shorter way of writing the other.
            let mut long = candidate.names.iter().filter(|n| !n.acronym).peekable();
            let key = |key: u32| corpus.forms.key(key);
            let strangers = !self.long.is_empty()
                && long.peek().is_some()
                && !long.any(|n| {
                    self.long
                        .iter()
                        .any(|own| shorter_form(key(*own), key(n.key)))
                });
            if strangers {
                return None;
            }
            let company = company();
            return Some(fit(
                true,
                same_country || company,
                By::Acronym(name.key),
                company,
            ));
        }
        let mut names = candidate.names.iter();
        let acronym = names.find(|n| n.acronym && has(&self.initials, n.key))?;
        // The letters alone prove little: many names have them.
        let company = company();
        let backed = self.short.is_empty() && (same_country || company || same_doc());
        Some(fit(false, backed, By::Initials(acronym.key), company))
    }
}

/// The kind that most articles give to each name that is no person, country or
/// place, by the key of the name; ties go to the kind that comes first in
/// [`ActorKind::ALL`].
pub(super) fn kinds_by_name(corpus: &Corpus) -> Map<u32, ActorKind> {
    let mut votes: Map<u32, [u32; ActorKind::ALL.len()]> = Map::default();
    for actor in &corpus.heads {
        if is_thing(actor.kind)
            && let Some(name) = corpus.forms.body(actor.name)
        {
            let votes = votes.entry(name.key).or_default();
            for (kind, n) in ActorKind::ALL.iter().zip(votes) {
                *n += u32::from(*kind == actor.kind);
            }
        }
    }
    let most = |votes: [u32; ActorKind::ALL.len()]| {
        let kinds = ActorKind::ALL.into_iter().zip(votes);
        kinds
            .filter(|(_, n)| *n > 0)
            .max_by_key(|(kind, n)| (*n, std::cmp::Reverse(*kind)))
            .map(|(kind, _)| kind)
    };
    votes
        .into_iter()
        .filter_map(|(name, votes)| Some((name, most(votes)?)))
        .collect()
}

/// Kinds that articles take for each other.
pub(super) fn is_thing(kind: ActorKind) -> bool {
    matches!(
        kind,
        ActorKind::Organization
            | ActorKind::Group
            | ActorKind::Conference
            | ActorKind::Product
            | ActorKind::Agreement
    )
}
