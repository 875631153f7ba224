//! Which people of different articles are one: same surname, given names that
//! fit, and nothing that speaks against it. Pure.
//!
//! People are compared within blocks of one surname, the fullest names first,
//! each with the people found so far, so that the work grows with the number of
//! names and not with its square.

use super::corpus::{CONTEXT_LIMIT, Corpus, Group, Local, share_company};
use super::names::{Given, PersonName, fold};
use crate::extract::LocalActor;
use crate::model::ActorKind;
use std::collections::{BTreeMap, BTreeSet};

/// Words of titles that many people bear; sharing only these says nothing.
const COMMON_TITLE_WORDS: [&str; 34] = [
    "minister",
    "secretary",
    "chief",
    "head",
    "director",
    "officer",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "leader",
    "official",
    "member",
    "chairman",
    "chair",
    "deputy",
    "vice",
    "senior",
    "adviser",
    "advisor",
    "assistant",
    "general",
    "manager",
    "professor",
    "analyst",
    "representative",
    "of",
    "the",
    "to",
    "for",
    "and",
    "in",
    "at",
    "former",
    "executive",
];

/// A title as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Title {
    words: BTreeSet<String>,
    /// Of which country or body.
    of: Option<String>,
}

impl Title {
    fn all(corpus: &Corpus<'_>, local: Local) -> Vec<(String, Title)> {
        let report = corpus.reports[local.doc];
        let held = corpus.actor(local).roles.iter();
        held.map(|role| {
            let of = role.of.and_then(|of| report.actors.get(of as usize));
            let words = fold(&role.title)
                .split(' ')
                .filter(|w| !w.is_empty() && *w != "former" && *w != "the")
                .map(|w| if w == "advisor" { "adviser" } else { w }.to_owned())
                .collect();
            let title = Title {
                words,
                of: of.map(|a| fold(&a.name)),
            };
            (role.title.clone(), title)
        })
        .collect()
    }

    /// Whether the two can be titles of one person at one time: the same
    /// words, or words in common that few people bear, of the same body.
    fn agrees(&self, other: &Title) -> bool {
        if let (Some(a), Some(b)) = (&self.of, &other.of)
            && a != b
        {
            return false;
        }
        self.words == other.words
            || self
                .words
                .intersection(&other.words)
                .any(|w| !COMMON_TITLE_WORDS.contains(&w.as_str()))
    }
}

/// What is known of one person so far.
#[derive(Debug)]
struct Person {
    group: Group,
    names: Vec<PersonName>,
    titles: Vec<Title>,
    countries: BTreeSet<String>,
    context: BTreeSet<u64>,
}

/// One person of one report, ready to be compared.
#[derive(Debug)]
struct Candidate {
    local: Local,
    /// The forms of the name with this block's surname, fullest first.
    names: Vec<PersonName>,
    titles: Vec<(String, Title)>,
    country: Option<String>,
}

/// Puts the people of all reports together.
pub(super) fn group(corpus: &Corpus<'_>) -> Vec<Group> {
    let mut blocks: BTreeMap<String, Vec<Candidate>> = BTreeMap::new();
    let mut out = Vec::new();
    for local in corpus.locals() {
        let actor = corpus.actor(local);
        if actor.kind != ActorKind::Person {
            continue;
        }
        match Candidate::new(corpus, local, actor) {
            Some((surname, candidate)) => blocks.entry(surname).or_default().push(candidate),
            None => out.push(Group::of(local, &actor.name)),
        }
    }
    for block in blocks.into_values() {
        out.extend(one_surname(corpus, block));
    }
    out
}

impl Candidate {
    fn new(corpus: &Corpus<'_>, local: Local, actor: &LocalActor) -> Option<(String, Candidate)> {
        let main = PersonName::parse(&actor.name)?;
        let mut names: Vec<PersonName> = actor
            .names
            .iter()
            .filter_map(|n| PersonName::parse(n))
            .filter(|n| n.surname == main.surname)
            .chain([main.clone()])
            .collect();
        names.sort_by(|a, b| b.weight().cmp(&a.weight()).then_with(|| a.cmp(b)));
        names.dedup();
        let candidate = Candidate {
            local,
            names,
            titles: Title::all(corpus, local),
            country: actor.country.clone(),
        };
        Some((main.surname, candidate))
    }

    fn weight(&self) -> usize {
        self.names.first().map_or(0, PersonName::weight)
    }
}

fn one_surname(corpus: &Corpus<'_>, mut block: Vec<Candidate>) -> Vec<Group> {
    // Full names before initials before bare surnames; among equals the one
    // that says more about the person, then the order of the articles.
    block.sort_by_key(|c| {
        (
            std::cmp::Reverse(c.weight().min(2)),
            c.titles.is_empty() && c.country.is_none(),
            c.local,
        )
    });
    let mut people: Vec<Person> = Vec::new();
    for candidate in block {
        let context = corpus.context(candidate.local);
        let fits: Vec<(usize, Fit)> = people
            .iter()
            .enumerate()
            .filter_map(|(i, p)| Some((i, p.fit(&candidate, &context)?)))
            .collect();
        let bare = candidate.weight() == 0;
        match choose(&fits, bare) {
            Some((i, why)) => people[i].join(corpus, candidate, context, &why),
            None => people.push(Person::new(corpus, candidate, context)),
        }
    }
    people.into_iter().map(|p| p.group).collect()
}

/// How well a name fits a person.
#[derive(Debug)]
struct Fit {
    /// Something beyond the name speaks for it.
    backed: bool,
    /// The person has a full name.
    full: bool,
    why: String,
}

/// The one person that fits. A full name needs nothing beyond it where nobody
/// else fits; a bare surname needs something, and exactly one full-named person
/// of that surname who fits: that the company speaks for one of several tells
/// nothing, because they may move in the same circles.
fn choose(fits: &[(usize, Fit)], bare: bool) -> Option<(usize, String)> {
    let only = |keep: &dyn Fn(&Fit) -> bool| {
        let mut found = fits.iter().filter(|(_, f)| keep(f));
        match (found.next(), found.next()) {
            (Some(one), None) => Some(one),
            _ => None,
        }
    };
    let one = if bare {
        if fits.iter().any(|(_, f)| f.full) {
            only(&|f| f.full).filter(|(_, f)| f.backed)
        } else {
            only(&|f| f.backed)
        }
    } else if fits.iter().any(|(_, f)| f.backed) {
        only(&|f| f.backed)
    } else {
        only(&|_| true)
    };
    one.map(|(i, fit)| (*i, fit.why.clone()))
}

impl Person {
    fn new(corpus: &Corpus<'_>, candidate: Candidate, context: BTreeSet<u64>) -> Person {
        let name = &corpus.actor(candidate.local).name;
        Person {
            group: Group::of(candidate.local, name),
            names: candidate.names,
            titles: candidate.titles.into_iter().map(|(_, t)| t).collect(),
            countries: candidate.country.into_iter().collect(),
            context,
        }
    }

    /// Whether `candidate` can be this person, and why.
    fn fit(&self, candidate: &Candidate, context: &BTreeSet<u64>) -> Option<Fit> {
        let reason = self.names_fit(&candidate.names)?;
        let title = candidate
            .titles
            .iter()
            .find(|(_, t)| self.titles.iter().any(|own| own.agrees(t)))
            .map(|(words, _)| words);
        let same_country = candidate
            .country
            .as_ref()
            .map(|c| self.countries.is_empty() || self.countries.contains(c));
        let company = share_company(&self.context, context);

        let titles_differ =
            title.is_none() && !candidate.titles.is_empty() && !self.titles.is_empty();
        if (same_country == Some(false) && title.is_none()) || (titles_differ && !company) {
            return None;
        }
        let bare = reason.is_none();
        let beside = self
            .group
            .members
            .iter()
            .filter(|m| m.doc == candidate.local.doc)
            .count();
        if bare && beside == 1 {
            // Extraction has seen both in their context and kept them apart;
            // with two forms of one full name it could not tell whose surname
            // it was.
            return None;
        }
        let country = candidate
            .country
            .as_ref()
            .filter(|c| self.countries.contains(*c));
        let backed = title.is_some() || company || country.is_some();
        let mut why = Vec::new();
        why.extend(reason.filter(|r| !r.is_empty()));
        why.push("same surname".to_owned());
        why.extend(title.map(|t| format!("same title {t}")));
        why.extend(country.map(|c| format!("both of {c}")));
        if company {
            why.push("the articles name the same people or bodies beside them".to_owned());
        }
        if bare {
            why.push("nobody else of that surname fits".to_owned());
        }
        Some(Fit {
            backed,
            full: self.names.iter().any(|n| !n.is_bare()),
            why: why.join(", "),
        })
    }

    /// Whether the forms of a name fit those of this person: `None` when one
    /// does not, `Some(None)` when only surnames can be compared.
    #[allow(clippy::option_option)]
    fn names_fit(&self, names: &[PersonName]) -> Option<Option<String>> {
        let mut reason: Option<String> = None;
        for own in &self.names {
            for name in names {
                match own.given_names(name) {
                    Given::Different => return None,
                    Given::Missing => {}
                    Given::Fits(why) => {
                        // The plainest reason is the one to tell.
                        if reason.as_ref().is_none_or(|r| why.len() < r.len()) {
                            reason = Some(why);
                        }
                    }
                }
            }
        }
        Some(reason)
    }

    fn join(
        &mut self,
        corpus: &Corpus<'_>,
        candidate: Candidate,
        context: BTreeSet<u64>,
        why: &str,
    ) {
        let name = &corpus.actor(candidate.local).name;
        self.group.join(corpus, candidate.local, name, why);
        for name in candidate.names {
            if !self.names.contains(&name) {
                self.names.push(name);
            }
        }
        for (_, title) in candidate.titles {
            if !self.titles.contains(&title) {
                self.titles.push(title);
            }
        }
        self.countries.extend(candidate.country);
        if self.context.len() < CONTEXT_LIMIT {
            self.context.extend(context);
        }
    }
}
