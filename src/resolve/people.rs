//! Which people of different articles are one: same surname, given names that
//! fit, and nothing that speaks against it. Pure.
//!
//! People are compared within blocks of one surname, the fullest names first,
//! each with the people found so far, so that the work grows with the number of
//! names and not with its square. Blocks are worked on side by side.

use super::corpus::{Context, Corpus, Local};
use super::group::Group;
use super::names::{Given, PersonName, fold};
use super::words::{Map, NONE, Words, insert, meet};
use crate::model::ActorKind;
use rayon::prelude::*;

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

/// With how many people of its surname a name is compared at most, the fullest
/// names first.
const COMPARED: usize = 2_000;

/// A title as it is compared; words are numbers of [`Titles`].
#[derive(Debug, Clone, PartialEq, Eq)]
struct Title {
    /// Sorted.
    words: Vec<u32>,
    /// Of which country or body: the number of its name, folded.
    of: u32,
}

/// The words of titles.
#[derive(Debug, Default)]
struct Titles {
    words: Words,
    /// Of each word, whether many people bear it.
    common: Vec<bool>,
    /// The words of each title, by the title's number in the corpus.
    of: Map<u32, Vec<u32>>,
}

impl Titles {
    fn new(corpus: &Corpus, people: &[(u32, Local)]) -> Titles {
        let mut titles = Titles::default();
        for (_, local) in people {
            for held in corpus.roles(*local) {
                titles.learn(corpus, held.title);
            }
        }
        titles.common = (0..titles.words.len())
            .filter_map(|w| u32::try_from(w).ok())
            .map(|w| COMMON_TITLE_WORDS.contains(&titles.words.get(w)))
            .collect();
        titles
    }

    fn learn(&mut self, corpus: &Corpus, title: u32) {
        if self.of.contains_key(&title) {
            return;
        }
        let mut words: Vec<u32> = fold(corpus.words.get(title))
            .split(' ')
            .filter(|w| !w.is_empty() && *w != "former" && *w != "the")
            .map(|w| if w == "advisor" { "adviser" } else { w })
            .map(|w| self.words.add(w))
            .collect();
        words.sort_unstable();
        words.dedup();
        self.of.insert(title, words);
    }

    /// The titles of one actor, with their numbers in the corpus.
    fn held(&self, corpus: &Corpus, local: Local) -> Vec<(u32, Title)> {
        let report = corpus.heads_of(local.doc as usize);
        let held = corpus.roles(local).iter();
        held.map(|role| {
            let of = report.get(role.of as usize);
            let title = Title {
                words: self.of.get(&role.title).cloned().unwrap_or_default(),
                of: of.map_or(NONE, |a| corpus.forms.folded(a.name)),
            };
            (role.title, title)
        })
        .collect()
    }

    /// Whether the two can be titles of one person at one time: the same
    /// words, or words in common that few people bear, of the same body.
    fn agree(&self, a: &Title, b: &Title) -> bool {
        if a.of != NONE && b.of != NONE && a.of != b.of {
            return false;
        }
        let rare = |w: &&u32| !self.common.get(**w as usize).copied().unwrap_or(false);
        a.words == b.words || a.words.iter().filter(rare).any(|w| meet(&[*w], &b.words))
    }
}

/// What is known of one person so far.
#[derive(Debug)]
struct Person {
    group: Group,
    /// Forms of the name, numbers in [`Block`].
    names: Vec<u32>,
    titles: Vec<Title>,
    countries: Vec<u32>,
    context: Vec<u32>,
    /// Whether one of the names is full.
    full: bool,
    /// How many of its members each document has.
    beside: Map<u32, u32>,
}

/// One person of one report, ready to be compared.
#[derive(Debug)]
struct Candidate<'c> {
    local: Local,
    /// The forms of the name with this block's surname, fullest first.
    names: Vec<u32>,
    weight: usize,
    titles: Vec<(u32, Title)>,
    country: u32,
    context: Context<'c>,
}

/// Puts the people of all reports together.
pub(super) fn group(corpus: &Corpus) -> Vec<Group> {
    let mut people: Vec<(u32, Local)> = Vec::new();
    let mut out = Vec::new();
    for local in corpus.locals() {
        let actor = corpus.actor(local);
        if actor.kind != ActorKind::Person {
            continue;
        }
        match corpus.forms.person(actor.name) {
            Some(name) => people.push((name.surname, local)),
            None => out.push(Group::of(local, actor.name)),
        }
    }
    people.sort_unstable();
    let titles = Titles::new(corpus, &people);
    let blocks: Vec<&[(u32, Local)]> = people.chunk_by(|a, b| a.0 == b.0).collect();
    let found: Vec<Vec<Group>> = blocks
        .par_iter()
        .map(|block| Block::new(corpus, &titles).group(block))
        .collect();
    out.reserve_exact(found.iter().map(Vec::len).sum());
    out.extend(found.into_iter().flatten());
    out
}

/// How well a name fits a person.
#[derive(Debug, Clone, Copy)]
struct Fit {
    /// Something beyond the name speaks for it.
    backed: bool,
    /// The person has a full name.
    full: bool,
    /// Why the given names fit, a number in [`Block`]; `None` where only
    /// surnames can be compared.
    reason: Option<u32>,
    /// The title that both have.
    title: Option<u32>,
    /// Both are of one country.
    country: bool,
    /// They keep company.
    company: bool,
}

/// How two forms of a name with one surname relate.
#[derive(Debug, Clone, Copy)]
enum Pair {
    Different,
    Missing,
    /// Why they fit.
    Fits(u32),
}

/// Those of one surname.
struct Block<'c> {
    corpus: &'c Corpus,
    titles: &'c Titles,
    /// The forms of names.
    forms: Vec<PersonName>,
    /// Names of the corpus by their form.
    form_of: Map<u32, u32>,
    /// What is known of two forms.
    pairs: Map<(u32, u32), Pair>,
    reasons: Vec<String>,
}

impl<'c> Block<'c> {
    fn new(corpus: &'c Corpus, titles: &'c Titles) -> Block<'c> {
        Block {
            corpus,
            titles,
            forms: Vec::new(),
            form_of: Map::default(),
            pairs: Map::default(),
            reasons: Vec::new(),
        }
    }

    fn group(mut self, block: &[(u32, Local)]) -> Vec<Group> {
        if let [(_, only)] = block {
            return vec![Group::of(*only, self.corpus.actor(*only).name)];
        }
        let mut candidates: Vec<Candidate<'_>> = block
            .iter()
            .map(|(surname, local)| self.candidate(*surname, *local))
            .collect();
        // Full names before initials before bare surnames; among equals the one
        // that says more about the person, then the order of the articles.
        candidates.sort_by_key(|c| {
            (
                std::cmp::Reverse(c.weight.min(2)),
                c.titles.is_empty() && c.country == NONE,
                c.local,
            )
        });
        let mut people: Vec<Person> = Vec::new();
        for candidate in candidates {
            match self.choose(&people, &candidate) {
                Some((i, fit)) => self.join(&mut people[i], candidate, fit),
                None => people.push(self.person(candidate)),
            }
        }
        // Not collected in place, which would keep the room of the people.
        let mut groups = Vec::with_capacity(people.len());
        groups.extend(people.into_iter().map(|p| p.group));
        groups
    }

    /// The number of a form of a name.
    fn form(&mut self, name: u32) -> Option<u32> {
        if let Some(known) = self.form_of.get(&name) {
            return Some(*known);
        }
        let parsed = PersonName::parse(self.corpus.names_of.get(name))?;
        let number = match self.forms.iter().position(|f| *f == parsed) {
            Some(known) => known,
            None => {
                self.forms.push(parsed);
                self.forms.len() - 1
            }
        };
        let number = u32::try_from(number).ok()?;
        self.form_of.insert(name, number);
        Some(number)
    }

    fn candidate(&mut self, surname: u32, local: Local) -> Candidate<'c> {
        let corpus = self.corpus;
        let actor = corpus.actor(local);
        let own = corpus.names(local).iter().map(|(name, _)| *name);
        let mut names: Vec<u32> = own
            .chain([actor.name])
            .filter(|n| {
                corpus
                    .forms
                    .person(*n)
                    .is_some_and(|p| p.surname == surname)
            })
            .filter_map(|n| self.form(n))
            .collect();
        let form = |n: &u32| self.forms.get(*n as usize);
        let weight = |n: &u32| form(n).map_or(0, PersonName::weight);
        names.sort_by(|a, b| {
            weight(b)
                .cmp(&weight(a))
                .then_with(|| form(a).cmp(&form(b)))
        });
        names.dedup();
        Candidate {
            local,
            weight: names.first().map_or(0, weight),
            names,
            titles: self.titles.held(corpus, local),
            country: actor.country,
            context: corpus.context(local),
        }
    }

    /// The one person that fits. A full name needs nothing beyond it where
    /// nobody else fits; a bare surname needs something, and exactly one
    /// full-named person of that surname who fits: that the company speaks for
    /// one of several tells nothing, because they may move in the same circles.
    fn choose(&mut self, people: &[Person], candidate: &Candidate<'_>) -> Option<(usize, Fit)> {
        let bare = candidate.weight == 0;
        // Of those that count most, of those that count at all.
        let mut strong: Option<(usize, Fit)> = None;
        let mut weak: Option<(usize, Fit)> = None;
        let mut several = false;
        for (i, person) in people.iter().take(COMPARED).enumerate() {
            let Some(fit) = self.fit(person, candidate) else {
                continue;
            };
            if if bare { fit.full } else { fit.backed } {
                if strong.is_some() {
                    // Nothing that comes could decide between the two.
                    return None;
                }
                strong = Some((i, fit));
            } else if !bare || fit.backed {
                several |= weak.is_some();
                weak = weak.or(Some((i, fit)));
            }
        }
        match strong {
            Some(one) => Some(one).filter(|(_, fit)| fit.backed),
            None => weak.filter(|_| !several),
        }
    }

    fn person(&self, candidate: Candidate<'_>) -> Person {
        let mut context = Vec::new();
        candidate.context.add_to(&mut context);
        Person {
            group: Group::of(candidate.local, self.corpus.actor(candidate.local).name),
            full: self.any_full(&candidate.names),
            names: candidate.names,
            titles: candidate.titles.into_iter().map(|(_, t)| t).collect(),
            countries: [candidate.country]
                .into_iter()
                .filter(|c| *c != NONE)
                .collect(),
            context,
            beside: [(candidate.local.doc, 1)].into_iter().collect(),
        }
    }

    fn any_full(&self, names: &[u32]) -> bool {
        let full = |n: &u32| self.forms.get(*n as usize).is_some_and(|f| !f.is_bare());
        names.iter().any(full)
    }

    /// Whether `candidate` can be this person, and why.
    fn fit(&mut self, person: &Person, candidate: &Candidate<'_>) -> Option<Fit> {
        let reason = self.names_fit(&person.names, &candidate.names)?;
        let title = candidate
            .titles
            .iter()
            .find(|(_, t)| person.titles.iter().any(|own| self.titles.agree(own, t)))
            .map(|(words, _)| *words);
        let country = candidate.country != NONE;
        let same_country = country && person.countries.contains(&candidate.country);
        let other_country = country && !person.countries.is_empty() && !same_country;
        if other_country && title.is_none() {
            return None;
        }
        let company = candidate.context.shares(&person.context);
        let titles_differ =
            title.is_none() && !candidate.titles.is_empty() && !person.titles.is_empty();
        if titles_differ && !company {
            return None;
        }
        if reason.is_none() && person.beside.get(&candidate.local.doc) == Some(&1) {
            // Extraction has seen both in their context and kept them apart;
            // with two forms of one full name it could not tell whose surname
            // it was.
            return None;
        }
        Some(Fit {
            backed: title.is_some() || company || same_country,
            full: person.full,
            reason,
            title,
            country: same_country,
            company,
        })
    }

    /// The reason in words.
    fn why(&self, candidate: &Candidate<'_>, fit: Fit) -> String {
        let mut why: Vec<String> = Vec::new();
        let reason = fit.reason.and_then(|r| self.reasons.get(r as usize));
        why.extend(reason.filter(|r| !r.is_empty()).cloned());
        why.push("same surname".to_owned());
        let title = fit.title.map(|t| self.corpus.words.get(t));
        why.extend(title.map(|t| format!("same title {t}")));
        if fit.country {
            let country = self.corpus.names_of.get(candidate.country);
            why.push(format!("both of {country}"));
        }
        if fit.company {
            why.push("the articles name the same people or bodies beside them".to_owned());
        }
        if fit.reason.is_none() {
            why.push("nobody else of that surname fits".to_owned());
        }
        why.join(", ")
    }

    /// Whether the forms of a name fit those of a person: `None` when one
    /// does not, `Some(None)` when only surnames can be compared.
    #[allow(clippy::option_option)]
    fn names_fit(&mut self, known: &[u32], names: &[u32]) -> Option<Option<u32>> {
        let mut reason: Option<u32> = None;
        for own in known {
            for name in names {
                match self.pair(*own, *name) {
                    Pair::Different => return None,
                    Pair::Missing => {}
                    Pair::Fits(why) => {
                        // The plainest reason is the one to tell.
                        let length = |r: u32| self.reasons.get(r as usize).map_or(0, String::len);
                        if reason.is_none_or(|r| length(why) < length(r)) {
                            reason = Some(why);
                        }
                    }
                }
            }
        }
        Some(reason)
    }

    fn pair(&mut self, own: u32, name: u32) -> Pair {
        if let Some(known) = self.pairs.get(&(own, name)) {
            return *known;
        }
        let (Some(a), Some(b)) = (self.forms.get(own as usize), self.forms.get(name as usize))
        else {
            return Pair::Missing;
        };
        let pair = match a.given_names(b) {
            Given::Different => Pair::Different,
            Given::Missing => Pair::Missing,
            Given::Fits(why) => {
                let number = match self.reasons.iter().position(|r| *r == why) {
                    Some(known) => known,
                    None => {
                        self.reasons.push(why);
                        self.reasons.len() - 1
                    }
                };
                Pair::Fits(u32::try_from(number).unwrap_or(NONE))
            }
        };
        self.pairs.insert((own, name), pair);
        pair
    }

    fn join(&self, person: &mut Person, candidate: Candidate<'_>, fit: Fit) {
        let why = || self.why(&candidate, fit);
        person.group.join(self.corpus, candidate.local, why);
        person.full |= self.any_full(&candidate.names);
        for name in &candidate.names {
            if !person.names.contains(name) {
                person.names.push(*name);
            }
        }
        for (_, title) in candidate.titles {
            if !person.titles.contains(&title) {
                person.titles.push(title);
            }
        }
        if candidate.country != NONE {
            insert(&mut person.countries, candidate.country);
        }
        *person.beside.entry(candidate.local.doc).or_insert(0) += 1;
        candidate.context.add_to(&mut person.context);
    }
}
