//! From the actors of single articles to the actors of the story. Pure.
//!
//! Each kind has its own rules ([`super::people`], [`super::bodies`],
//! [`super::gatherings`]); countries and places go by table and by name. People
//! never merge with anything else.

use super::bodies::{self, is_thing, kinds_by_name};
use super::corpus::{Corpus, Local};
use super::curation::{self, actors::Plan};
use super::group::{Corrected, Group};
use super::ids::{Ids, slug_of};
use super::names::{BodyName, PersonName, fold};
use super::story::{Actor, Role};
use super::words::{Map, NONE, Words};
use super::{gatherings, lexicon};
use crate::extract::Quote;
use crate::model::ActorKind;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// An actor of the story without what only its articles hold: its mentions and
/// the sentences of its roles.
#[derive(Debug)]
pub(super) struct Member {
    pub id: Box<str>,
    /// Number among the names of the corpus, as are the next two.
    pub name: u32,
    /// [`NONE`] where it is of none.
    pub country: u32,
    /// Sorted as strings.
    pub aliases: Box<[u32]>,
    pub kind: ActorKind,
    pub roles: Box<[Office]>,
    pub merges: Box<[String]>,
    /// In how many documents it stands.
    pub spread: u32,
}

/// A title or office of an actor.
#[derive(Debug)]
pub(super) struct Office {
    /// Number among the words of the corpus.
    pub title: u32,
    /// Which actor of the story; [`NONE`] for nobody.
    pub of: u32,
    pub documents: Vec<u32>,
    /// Who holds it in the first of them, and as which of its titles.
    pub told: (Local, u32),
}

/// The story's actors, and which of them each local actor is.
#[derive(Debug)]
pub(super) struct Cast {
    pub actors: Vec<Member>,
    /// By the places of the corpus's actors.
    pub index: Vec<u32>,
}

impl Cast {
    /// The name of an actor.
    pub(super) fn name<'c>(&self, corpus: &'c Corpus, actor: u32) -> &'c str {
        let actor = self.actors.get(actor as usize);
        actor.map_or("", |a| corpus.names_of.get(a.name))
    }

    /// What an actor is.
    pub(super) fn kind(&self, actor: u32) -> Option<ActorKind> {
        self.actors.get(actor as usize).map(|a| a.kind)
    }
}

impl Member {
    /// The actor as the story has it; `quotes` are those of its roles.
    pub(super) fn actor(&self, corpus: &Corpus, mut quotes: impl Iterator<Item = Quote>) -> Actor {
        let name = |n: u32| corpus.names_of.get(n).to_owned();
        let roles = self.roles.iter().map(|office| Role {
            title: corpus.words.get(office.title).to_owned(),
            of: (office.of != NONE).then_some(office.of as usize),
            documents: office.documents.iter().map(|d| *d as usize).collect(),
            quote: quotes.next().unwrap_or(Quote {
                start: 0,
                end: 0,
                text: String::new(),
            }),
        });
        Actor {
            id: self.id.to_string(),
            name: name(self.name),
            kind: self.kind,
            aliases: self.aliases.iter().map(|a| name(*a)).collect(),
            roles: roles.collect(),
            country: (self.country != NONE).then(|| name(self.country)),
            mentions: Vec::new(),
            merges: self.merges.to_vec(),
        }
    }
}

/// Puts the actors of all reports together, and corrects them as planned; `people`
/// are those of [`super::people::group`].
pub(super) fn cast(corpus: &mut Corpus, people: Vec<Group>, plan: &mut Plan<'_>) -> Cast {
    corpus.learn_people(&people);
    let mut groups = curation::actors::regroup(corpus, group(corpus, people), plan);
    for (_, group) in &mut groups {
        group.members.sort_unstable();
    }
    // In order of first mention: by document, then by place in the text.
    groups.sort_by_cached_key(|(_, g)| {
        let first = |m: &Local| (m.doc, corpus.actor(*m).first, m.actor);
        g.members.iter().map(first).min()
    });
    let mut index = vec![NONE; corpus.heads.len()];
    for (i, (_, group)) in groups.iter().enumerate() {
        for member in &group.members {
            if let Some(place) = corpus.place(member.doc, member.actor) {
                index[place] = u32::try_from(i).unwrap_or(NONE);
            }
        }
    }
    let titles = folded_titles(corpus);
    let of_corpus = &*corpus;
    let made: Vec<Made> = groups
        .into_par_iter()
        .map(|(kind, group)| Made::of(of_corpus, &index, &titles, kind, &group))
        .collect();
    let mut ids = Ids::of(made.par_iter().map(|m| m.slug.as_str()));
    let mut actors = Vec::with_capacity(made.len());
    for mut one in made {
        one.member.id = ids.unique(one.slug).into();
        let corrected = one.corrected.map(|c| *c).unwrap_or_default();
        if !corrected.changes.is_empty() {
            plan.told
                .insert(one.member.id.to_string(), corrected.changes);
        }
        if let Some(country) = one.table {
            one.member.name = corpus.names_of.add(country);
            let of = country_named(country).map(|c| corpus.names_of.add(c));
            one.member.country = of.unwrap_or(NONE);
        }
        if let Some(named) = corrected.named {
            one.member.name = corpus.names_of.add(&named);
        }
        actors.push(one.member);
    }
    plan.settle(corpus, &index);
    let newcomers = plan.newcomers(actors.len());
    if !newcomers.is_empty() {
        ids.remember(actors.iter().map(|a| &*a.id));
    }
    for (name, kind) in newcomers {
        actors.push(Member {
            id: ids.unique(slug_of(&name, kind)).into(),
            name: corpus.names_of.add(&name),
            country: NONE,
            aliases: Box::default(),
            kind,
            roles: Box::default(),
            merges: Box::default(),
            spread: 0,
        });
    }
    Cast { actors, index }
}

/// All groups, kind after kind. The kinds have nothing to do with each other,
/// and are gone through side by side.
fn group(corpus: &Corpus, people: Vec<Group>) -> Vec<(ActorKind, Group)> {
    const KINDS: [ActorKind; 7] = [
        ActorKind::Country,
        ActorKind::Place,
        ActorKind::Group,
        ActorKind::Conference,
        ActorKind::Organization,
        ActorKind::Product,
        ActorKind::Agreement,
    ];
    let majority = kinds_by_name(corpus);
    let kind = |local: Local| effective_kind(corpus, &majority, local);
    let groups: Vec<Vec<Group>> = KINDS
        .par_iter()
        .map(|one| {
            let is_one = |local: Local| kind(local) == *one;
            match one {
                ActorKind::Country => by_key(corpus, is_one, country_key),
                ActorKind::Place => by_key(corpus, is_one, place_key),
                ActorKind::Group | ActorKind::Conference => gatherings::group(corpus, *one, is_one),
                _ => bodies::group(corpus, is_one),
            }
        })
        .collect();
    let others = KINDS.into_iter().zip(groups);
    [(ActorKind::Person, people)]
        .into_iter()
        .chain(others)
        .flat_map(|(kind, groups)| groups.into_iter().map(move |group| (kind, group)))
        .collect()
}

/// Of a name that articles take for different things (a group, a conference, an
/// organisation), most articles are right.
fn effective_kind(corpus: &Corpus, majority: &Map<u32, ActorKind>, local: Local) -> ActorKind {
    let actor = corpus.actor(local);
    if is_thing(actor.kind)
        && let Some(name) = corpus.forms.body(actor.name)
        && let Some(kind) = majority.get(&name.key)
    {
        return *kind;
    }
    actor.kind
}

/// What a country or a place is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    /// A country of the table.
    Country(&'static str),
    /// A name, folded, and a country.
    Named(u32, u32),
}

fn by_key(
    corpus: &Corpus,
    is_one: impl Fn(Local) -> bool,
    key: impl Fn(&Corpus, Local, &mut Countries) -> Key,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut index: HashMap<Key, usize> = HashMap::new();
    let mut countries = Countries::default();
    for local in corpus.locals().filter(|l| is_one(*l)) {
        let key = key(corpus, local, &mut countries);
        match index.get(&key).and_then(|i| groups.get_mut(*i)) {
            Some(group) => group.join(corpus, local, || match key {
                Key::Country(country) => format!("both name {country}"),
                Key::Named(..) => "same name".to_owned(),
            }),
            None => {
                index.insert(key, groups.len());
                groups.push(Group::of(local, corpus.actor(local).name));
            }
        }
    }
    groups
}

/// The countries that names stand for, as far as they were asked.
type Countries = Map<u32, Option<&'static str>>;

fn country_key(corpus: &Corpus, local: Local, countries: &mut Countries) -> Key {
    let actor = corpus.actor(local);
    let forms = corpus.names(local).iter().map(|(name, _)| *name);
    let found = std::iter::once(actor.name).chain(forms).find_map(|n| {
        *countries
            .entry(n)
            .or_insert_with(|| country_named(corpus.names_of.get(n)))
    });
    match found {
        Some(country) => Key::Country(country),
        None => Key::Named(corpus.forms.folded(actor.name), NONE),
    }
}

/// The country that a whole name stands for.
pub(super) fn country_named(name: &str) -> Option<&'static str> {
    let name = name.trim();
    let plain = name
        .strip_prefix("the ")
        .or_else(|| name.strip_prefix("The "))
        .unwrap_or(name);
    lexicon::country(plain)
}

fn place_key(corpus: &Corpus, local: Local, _: &mut Countries) -> Key {
    let actor = corpus.actor(local);
    // Two towns of one name in two countries are two.
    Key::Named(corpus.forms.folded(actor.name), actor.country)
}

/// The number of each title when case and accents are left aside.
fn folded_titles(corpus: &Corpus) -> Map<u32, u32> {
    let mut folded = Words::default();
    let mut out = Map::default();
    for held in corpus.all_roles() {
        out.entry(held.title)
            .or_insert_with(|| folded.add(&fold(corpus.words.get(held.title))));
    }
    out
}

/// An actor before it has an id.
struct Made {
    member: Member,
    slug: String,
    /// The country that it is, whose own name may be no name of the corpus.
    table: Option<&'static str>,
    corrected: Option<Box<Corrected>>,
}

impl Made {
    fn of(
        corpus: &Corpus,
        index: &[u32],
        titles: &Map<u32, u32>,
        kind: ActorKind,
        group: &Group,
    ) -> Made {
        let names = names(corpus, group);
        let table = match kind {
            ActorKind::Country => names
                .iter()
                .filter(|(_, n)| *n > 0)
                .find_map(|(name, _)| country_named(corpus.names_of.get(*name))),
            _ => None,
        };
        let name = display_name(corpus, kind, &names);
        let corrected = group.corrected.as_deref();
        let given = corrected.and_then(|c| c.named.as_deref());
        let shown = given.unwrap_or(table.unwrap_or(corpus.names_of.get(name)));
        let aliases = names.iter().map(|(n, _)| *n);
        let aliases = aliases.filter(|n| corpus.names_of.get(*n) != shown);
        let country = match kind {
            ActorKind::Country => NONE,
            _ => country(corpus, kind, group, name),
        };
        let mut docs: Vec<u32> = group.members.iter().map(|m| m.doc).collect();
        docs.dedup();
        Made {
            slug: slug_of(shown, kind),
            member: Member {
                id: Box::default(),
                name,
                country,
                aliases: aliases.collect(),
                kind,
                roles: roles(corpus, index, titles, group).into(),
                merges: group.sentences(corpus).into(),
                spread: u32::try_from(docs.len()).unwrap_or(u32::MAX),
            },
            table,
            corrected: group.corrected.clone(),
        }
    }
}

/// All names of an actor with how often each is used, sorted as strings.
fn names(corpus: &Corpus, group: &Group) -> Vec<(u32, u32)> {
    let mut count: Map<u32, u32> = Map::default();
    for member in &group.members {
        *count.entry(corpus.actor(*member).name).or_insert(0) += 1;
        for (name, n) in corpus.names(*member) {
            *count.entry(*name).or_insert(0) += n;
        }
    }
    let mut names: Vec<(u32, u32)> = count.into_iter().collect();
    names.sort_unstable_by_key(|(name, _)| corpus.names_of.get(*name));
    names
}

/// The name to show: of a person the most frequent full name, one without
/// initials if there is one; else the most frequent of the fullest forms. A
/// country has its own name, which is not decided here.
fn display_name(corpus: &Corpus, kind: ActorKind, names: &[(u32, u32)]) -> u32 {
    let rank = |name: &str| -> usize {
        match kind {
            ActorKind::Person => match PersonName::parse(name) {
                Some(n) if n.is_bare() => 0,
                Some(n) if n.given.iter().all(|g| g.chars().count() > 1) => 2,
                Some(_) => 1,
                None => 0,
            },
            ActorKind::Country => usize::from(country_named(name) == Some(name)),
            // The description that names the most parties, then the longest.
            ActorKind::Group | ActorKind::Conference => {
                let countries = gatherings::Gathering::parse(name).countries.len();
                100 * countries + name.split_whitespace().count().min(99)
            }
            _ => usize::from(!BodyName::parse(name).is_none_or(|n| n.acronym)),
        }
    };
    if let [(only, _)] = names {
        return *only;
    }
    names
        .iter()
        .filter(|(_, n)| *n > 0)
        .max_by_key(|(name, n)| {
            let text = corpus.names_of.get(*name);
            (rank(text), *n, text.len(), std::cmp::Reverse(text))
        })
        .map_or(NONE, |(name, _)| *name)
}

/// The country that most of an actor's articles give it, else the one in its
/// name.
fn country(corpus: &Corpus, kind: ActorKind, group: &Group, name: u32) -> u32 {
    let mut votes: BTreeMap<u32, usize> = BTreeMap::new();
    for member in &group.members {
        let country = corpus.actor(*member).country;
        if country != NONE {
            *votes.entry(country).or_insert(0) += 1;
        }
    }
    let text = |country: u32| corpus.names_of.get(country);
    votes
        .into_iter()
        .max_by_key(|(country, n)| (*n, std::cmp::Reverse(text(*country))))
        .map(|(country, _)| country)
        .or_else(|| {
            let named = is_thing(kind).then(|| corpus.forms.body(name)).flatten();
            named.map(|n| n.country)
        })
        .unwrap_or(NONE)
}

fn roles(corpus: &Corpus, index: &[u32], titles: &Map<u32, u32>, group: &Group) -> Vec<Office> {
    let mut out: Vec<Office> = Vec::new();
    let folded = |title: u32| titles.get(&title).copied();
    for member in &group.members {
        for (k, held) in (0..).zip(corpus.roles(*member)) {
            let of = corpus
                .place(member.doc, held.of)
                .and_then(|place| index.get(place).copied())
                .unwrap_or(NONE);
            let same = out.iter_mut().find(|r| {
                folded(r.title) == folded(held.title) && (r.of == of || of == NONE || r.of == NONE)
            });
            match same {
                Some(role) => {
                    if role.of == NONE {
                        role.of = of;
                    }
                    if role.documents.last() != Some(&member.doc) {
                        role.documents.push(member.doc);
                    }
                }
                None => out.push(Office {
                    title: held.title,
                    of,
                    documents: vec![member.doc],
                    told: (*member, k),
                }),
            }
        }
    }
    out
}
