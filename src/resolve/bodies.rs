//! Which organisations, products and agreements of different articles are one:
//! same name but for articles, case, legal form, spelling and word order; an
//! acronym and its long form. A country word that differs keeps them apart.
//! Pure.

use super::corpus::{CONTEXT_LIMIT, Corpus, Group, Local, share_company};
use super::lexicon;
use super::names::BodyName;
use crate::model::ActorKind;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of one body so far.
#[derive(Debug)]
struct Body {
    group: Group,
    /// Keys of its full names.
    long: BTreeSet<String>,
    /// Its acronyms.
    short: BTreeSet<String>,
    /// Acronyms that its full names would have.
    initials: BTreeSet<String>,
    countries: BTreeSet<String>,
    context: BTreeSet<u64>,
}

/// One body of one report, ready to be compared.
#[derive(Debug)]
struct Candidate {
    local: Local,
    /// Its names, and the long forms of the well-known acronyms among them.
    names: Vec<BodyName>,
    /// The country in the names, else the one that the article tells.
    country: Option<String>,
    context: BTreeSet<u64>,
}

/// Puts the bodies of all reports together. `is_body` picks the actors.
pub(super) fn group(corpus: &Corpus<'_>, is_body: impl Fn(Local) -> bool) -> Vec<Group> {
    let mut out = Vec::new();
    let mut candidates = Vec::new();
    for local in corpus.locals().filter(|l| is_body(*l)) {
        match Candidate::new(corpus, local) {
            Some(candidate) => candidates.push(candidate),
            None => out.push(Group::of(local, &corpus.actor(local).name)),
        }
    }
    // Full names first, so that an acronym finds every long form it may stand
    // for; names with their country before those without.
    candidates.sort_by_key(|c| {
        (
            c.names.iter().all(|n| n.acronym),
            c.country.is_none(),
            c.local,
        )
    });
    let mut bodies: Vec<Body> = Vec::new();
    let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for candidate in candidates {
        let mut near: Vec<usize> = candidate
            .names
            .iter()
            .filter_map(|n| index.get(&n.key))
            .flatten()
            .copied()
            .collect();
        near.sort_unstable();
        near.dedup();
        let fits: Vec<(usize, Fit)> = near
            .into_iter()
            .filter_map(|i| Some((i, bodies[i].fit(&candidate)?)))
            .collect();
        let at = match choose(&fits) {
            Some((i, why)) => {
                bodies[i].join(corpus, &candidate, &why);
                i
            }
            None => {
                bodies.push(Body::new(corpus, &candidate));
                bodies.len() - 1
            }
        };
        for key in bodies[at].keys() {
            let list = index.entry(key).or_default();
            if list.last() != Some(&at) && !list.contains(&at) {
                list.push(at);
            }
        }
    }
    out.extend(bodies.into_iter().map(|b| b.group));
    out
}

#[derive(Debug)]
struct Fit {
    /// The name alone is enough.
    named: bool,
    /// Something beyond the name speaks for it.
    backed: bool,
    why: String,
}

fn choose(fits: &[(usize, Fit)]) -> Option<(usize, String)> {
    let backed: Vec<&(usize, Fit)> = fits.iter().filter(|(_, f)| f.backed).collect();
    match (backed.as_slice(), fits) {
        ([(i, fit)], _) => Some((*i, fit.why.clone())),
        ([], [(i, fit)]) if fit.named => Some((*i, fit.why.clone())),
        _ => None,
    }
}

/// The full name of a well-known body for one of its short forms.
fn known(name: &str) -> Option<BodyName> {
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

impl Candidate {
    fn new(corpus: &Corpus<'_>, local: Local) -> Option<Candidate> {
        let actor = corpus.actor(local);
        let mut names: Vec<BodyName> = Vec::new();
        for name in actor.names.iter().chain([&actor.name]) {
            let Some(parsed) = BodyName::parse(name) else {
                continue;
            };
            for name in [Some(parsed), known(name)].into_iter().flatten() {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        let own = names.iter().find_map(|n| n.country).map(str::to_owned);
        if names.is_empty() {
            return None;
        }
        Some(Candidate {
            local,
            country: own.or_else(|| actor.country.clone()),
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
    fn new(corpus: &Corpus<'_>, candidate: &Candidate) -> Body {
        let mut body = Body {
            group: Group::of(candidate.local, &corpus.actor(candidate.local).name),
            long: BTreeSet::new(),
            short: BTreeSet::new(),
            initials: BTreeSet::new(),
            countries: BTreeSet::new(),
            context: BTreeSet::new(),
        };
        body.learn(candidate);
        body
    }

    fn learn(&mut self, candidate: &Candidate) {
        for name in &candidate.names {
            if name.acronym {
                self.short.insert(name.key.clone());
            } else {
                self.long.insert(name.key.clone());
                self.initials.extend(name.initials.iter().cloned());
            }
        }
        self.countries.extend(candidate.country.clone());
        if self.context.len() < CONTEXT_LIMIT {
            self.context.extend(candidate.context.iter());
        }
    }

    /// What it can be found by.
    fn keys(&self) -> impl Iterator<Item = String> + '_ {
        self.long
            .iter()
            .chain(&self.short)
            .chain(self.initials.iter().filter(|i| i.chars().count() > 1))
            .cloned()
    }

    fn fit(&self, candidate: &Candidate) -> Option<Fit> {
        let known = &candidate.country;
        let country_fits = known
            .as_ref()
            .map(|c| self.countries.is_empty() || self.countries.contains(c));
        if country_fits == Some(false) {
            return None;
        }
        let same_country = known.as_ref().is_some_and(|c| self.countries.contains(c));
        let company = share_company(&self.context, &candidate.context);
        let same_doc = self
            .group
            .members
            .iter()
            .any(|m| m.doc == candidate.local.doc);

        let mut why = Vec::new();
        let backed;
        let named;
        if let Some(name) = candidate
            .names
            .iter()
            .find(|n| !n.acronym && self.long.contains(&n.key))
        {
            // A ministry or a First National Bank is one only with its country
            // or its company.
            let common = name.government || name.generic;
            let countries_given = name.country.is_some() || same_country;
            named = !common || (name.government && countries_given);
            backed = same_country || company || same_doc;
            why.push("same name".to_owned());
            if !(named || backed) {
                return None;
            }
        } else if let Some(name) = candidate
            .names
            .iter()
            .find(|n| n.acronym && self.short.contains(&n.key))
        {
            // Two long forms with one acronym are two bodies, unless one is a
            // shorter way of writing the other.
            let mut long = candidate.names.iter().filter(|n| !n.acronym).peekable();
            let strangers = !self.long.is_empty()
                && long.peek().is_some()
                && !long.any(|n| self.long.iter().any(|own| shorter_form(own, &n.key)));
            if strangers {
                return None;
            }
            named = true;
            backed = same_country || company;
            why.push(format!("same acronym {}", name.key.to_uppercase()));
        } else {
            let acronym = candidate.names.iter().find(|n| {
                n.acronym && n.key.chars().count() > 2 && self.initials.contains(&n.key)
            })?;
            // The letters alone prove little: many names have them.
            named = false;
            backed = self.short.is_empty() && (same_country || company || same_doc);
            why.push(format!(
                "{} are the first letters of its words",
                acronym.key.to_uppercase()
            ));
        }
        if same_country {
            why.extend(known.as_ref().map(|c| format!("both of {c}")));
        } else if company {
            why.push("the articles name the same people or bodies beside it".to_owned());
        }
        Some(Fit {
            named,
            backed,
            why: why.join(", "),
        })
    }

    fn join(&mut self, corpus: &Corpus<'_>, candidate: &Candidate, why: &str) {
        let name = &corpus.actor(candidate.local).name;
        self.group.join(corpus, candidate.local, name, why);
        self.learn(candidate);
    }
}

/// The kind that most articles give to each name that is no person, country or
/// place; ties go to the kind that comes first in [`ActorKind::ALL`].
pub(super) fn kinds_by_name(corpus: &Corpus<'_>) -> BTreeMap<String, ActorKind> {
    let mut votes: BTreeMap<String, BTreeMap<ActorKind, usize>> = BTreeMap::new();
    for local in corpus.locals() {
        let actor = corpus.actor(local);
        if is_thing(actor.kind)
            && let Some(name) = BodyName::parse(&actor.name)
        {
            *votes
                .entry(name.key)
                .or_default()
                .entry(actor.kind)
                .or_insert(0) += 1;
        }
    }
    let most = |votes: BTreeMap<ActorKind, usize>| {
        votes
            .into_iter()
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
