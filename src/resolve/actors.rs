//! From the actors of single articles to the actors of the story. Pure.
//!
//! Each kind has its own rules ([`super::people`], [`super::bodies`],
//! [`super::gatherings`]); countries and places go by table and by name. People
//! never merge with anything else.

use super::bodies::{self, is_thing, kinds_by_name};
use super::corpus::{Corpus, Group, Local};
use super::curation::{self, ActorRef, actors::Plan};
use super::names::{BodyName, PersonName, fold};
use super::story::{Actor, ActorMention, Role};
use super::{gatherings, lexicon, people};
use crate::extract::MentionForm;
use crate::model::ActorKind;
use crate::text::slug;
use std::collections::{BTreeMap, BTreeSet};

/// The story's actors, and which of them each local actor is.
#[derive(Debug)]
pub(super) struct Cast {
    pub actors: Vec<Actor>,
    /// By document, then by local actor.
    index: Vec<Vec<usize>>,
    /// In how many documents each actor stands.
    pub spread: Vec<usize>,
    /// What corrections have changed beside joining, by the actor's id.
    pub corrections: BTreeMap<String, Vec<String>>,
    /// Actors that no article names, of events that an analyst has added.
    pub newcomers: BTreeMap<ActorRef, usize>,
}

impl Cast {
    /// The story's actor for a local one; `None` for an index that the report
    /// does not have.
    pub(super) fn of(&self, doc: usize, actor: u32) -> Option<usize> {
        self.index.get(doc)?.get(actor as usize).copied()
    }
}

/// Puts the actors of all reports together, and corrects them as planned.
pub(super) fn cast(corpus: &mut Corpus<'_>, plan: &mut Plan<'_>) -> Cast {
    let people = people::group(corpus);
    corpus.learn_people(&people);
    let corpus = &*corpus;
    let mut groups = curation::actors::regroup(corpus, group(corpus, people), plan);
    // In order of first mention: by document, then by place in the text.
    groups.sort_by_key(|(_, g)| {
        g.members
            .iter()
            .map(|m| {
                let first = corpus.actor(*m).mentions.iter().map(|n| n.start).min();
                (m.doc, first.unwrap_or(u32::MAX), m.actor)
            })
            .min()
    });
    let mut index: Vec<Vec<usize>> = corpus
        .reports
        .iter()
        .map(|r| vec![0; r.actors.len()])
        .collect();
    for (i, (_, group)) in groups.iter().enumerate() {
        for member in &group.members {
            index[member.doc][member.actor] = i;
        }
    }
    let mut cast = Cast {
        actors: Vec::with_capacity(groups.len()),
        index,
        spread: Vec::with_capacity(groups.len()),
        corrections: BTreeMap::new(),
        newcomers: BTreeMap::new(),
    };
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    for (kind, mut group) in groups {
        group.members.sort_unstable();
        let docs: BTreeSet<usize> = group.members.iter().map(|m| m.doc).collect();
        let actor = assemble(corpus, &cast, kind, &group, &mut ids);
        cast.spread.push(docs.len());
        if !group.corrections.is_empty() {
            let told = std::mem::take(&mut group.corrections);
            cast.corrections.insert(actor.id.clone(), told);
        }
        cast.actors.push(actor);
    }
    cast.newcomers = curation::actors::newcomers(&mut cast, plan, |name, kind| {
        unique_id(name, kind, &mut ids)
    });
    cast
}

fn group(corpus: &Corpus<'_>, people: Vec<Group>) -> Vec<(ActorKind, Group)> {
    let majority = kinds_by_name(corpus);
    let kind = |local: Local| effective_kind(corpus, &majority, local);
    let mut out: Vec<(ActorKind, Group)> = Vec::new();
    let mut add = |kind: ActorKind, groups: Vec<Group>| {
        out.extend(groups.into_iter().map(|g| (kind, g)));
    };
    add(ActorKind::Person, people);
    add(
        ActorKind::Country,
        by_key(corpus, |l| kind(l) == ActorKind::Country, country_key),
    );
    add(
        ActorKind::Place,
        by_key(corpus, |l| kind(l) == ActorKind::Place, place_key),
    );
    for gathering in [ActorKind::Group, ActorKind::Conference] {
        add(
            gathering,
            gatherings::group(corpus, gathering, |l| kind(l) == gathering),
        );
    }
    for body in [
        ActorKind::Organization,
        ActorKind::Product,
        ActorKind::Agreement,
    ] {
        add(body, bodies::group(corpus, |l| kind(l) == body));
    }
    out
}

/// Of a name that articles take for different things (a group, a conference, an
/// organisation), most articles are right.
fn effective_kind(
    corpus: &Corpus<'_>,
    majority: &BTreeMap<String, ActorKind>,
    local: Local,
) -> ActorKind {
    let actor = corpus.actor(local);
    if is_thing(actor.kind)
        && let Some(name) = BodyName::parse(&actor.name)
        && let Some(kind) = majority.get(&name.key)
    {
        return *kind;
    }
    actor.kind
}

fn by_key(
    corpus: &Corpus<'_>,
    is_one: impl Fn(Local) -> bool,
    key: impl Fn(&Corpus<'_>, Local) -> (String, String),
) -> Vec<Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for local in corpus.locals().filter(|l| is_one(*l)) {
        let (key, why) = key(corpus, local);
        let name = &corpus.actor(local).name;
        match groups.get_mut(&key) {
            Some(group) => group.join(corpus, local, name, &why),
            None => {
                groups.insert(key, Group::of(local, name));
            }
        }
    }
    groups.into_values().collect()
}

fn country_key(corpus: &Corpus<'_>, local: Local) -> (String, String) {
    let actor = corpus.actor(local);
    let found = std::iter::once(&actor.name)
        .chain(&actor.names)
        .find_map(|n| country_named(n));
    match found {
        Some(country) => (country.to_owned(), format!("both name {country}")),
        None => (fold(&actor.name), "same name".to_owned()),
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

fn place_key(corpus: &Corpus<'_>, local: Local) -> (String, String) {
    let actor = corpus.actor(local);
    // Two towns of one name in two countries are two.
    let country = actor.country.as_deref().unwrap_or_default();
    (
        format!("{} {country}", fold(&actor.name)),
        "same name".to_owned(),
    )
}

fn assemble(
    corpus: &Corpus<'_>,
    cast: &Cast,
    kind: ActorKind,
    group: &Group,
    ids: &mut BTreeMap<String, usize>,
) -> Actor {
    let given = group.named.clone();
    let name = given.unwrap_or_else(|| display_name(corpus, kind, group));
    let mut aliases: BTreeSet<String> = BTreeSet::new();
    let mut mentions = Vec::new();
    for member in &group.members {
        let actor = corpus.actor(*member);
        aliases.extend(actor.names.iter().cloned());
        aliases.insert(actor.name.clone());
        mentions.extend(actor.mentions.iter().map(|m| ActorMention {
            document: member.doc,
            start: m.start,
            end: m.end,
            text: m.text.clone(),
        }));
    }
    aliases.remove(&name);
    mentions.sort_by_key(|m| (m.document, m.start, m.end));
    mentions.dedup();
    Actor {
        id: unique_id(&name, kind, ids),
        aliases: aliases.into_iter().collect(),
        roles: roles(corpus, cast, group),
        country: country(corpus, kind, group, &name),
        mentions,
        merges: group.sentences(corpus),
        name,
        kind,
    }
}

fn unique_id(name: &str, kind: ActorKind, ids: &mut BTreeMap<String, usize>) -> String {
    let mut base = slug(name);
    if base.is_empty() {
        base = kind.as_str().to_owned();
    }
    let mut id = base.clone();
    // A number may make an id that is another actor's own name ("area-2").
    while let Some(seen) = ids.get(&id).copied() {
        let next = ids.get(&base).copied().unwrap_or(seen) + 1;
        ids.insert(base.clone(), next);
        id = format!("{base}-{next}");
    }
    ids.insert(id.clone(), 1);
    id
}

/// The name to show: a country's own name; of a person the most frequent full
/// name, one without initials if there is one; else the most frequent of the
/// fullest forms.
fn display_name(corpus: &Corpus<'_>, kind: ActorKind, group: &Group) -> String {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for member in &group.members {
        let actor = corpus.actor(*member);
        *count.entry(&actor.name).or_insert(0) += 1;
        for mention in &actor.mentions {
            if mention.form == MentionForm::Name
                && let Some(name) = actor.names.iter().find(|n| **n == mention.text)
            {
                *count.entry(name).or_insert(0) += 1;
            }
        }
    }
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
    if kind == ActorKind::Country
        && let Some(country) = count.keys().find_map(|n| country_named(n))
    {
        return country.to_owned();
    }
    count
        .into_iter()
        .max_by_key(|(name, n)| (rank(name), *n, name.len(), std::cmp::Reverse(*name)))
        .map(|(name, _)| name.to_owned())
        .unwrap_or_default()
}

fn country(corpus: &Corpus<'_>, kind: ActorKind, group: &Group, name: &str) -> Option<String> {
    if kind == ActorKind::Country {
        return country_named(name).map(str::to_owned);
    }
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for member in &group.members {
        if let Some(country) = &corpus.actor(*member).country {
            *votes.entry(country).or_insert(0) += 1;
        }
    }
    votes
        .into_iter()
        .max_by_key(|(country, n)| (*n, std::cmp::Reverse(*country)))
        .map(|(country, _)| country.to_owned())
        .or_else(|| {
            let named = is_thing(kind).then(|| BodyName::parse(name)?.country);
            named.flatten().map(str::to_owned)
        })
}

fn roles(corpus: &Corpus<'_>, cast: &Cast, group: &Group) -> Vec<Role> {
    let mut out: Vec<Role> = Vec::new();
    for member in &group.members {
        for held in &corpus.actor(*member).roles {
            let of = held.of.and_then(|of| cast.of(member.doc, of));
            let same = out.iter_mut().find(|r| {
                fold(&r.title) == fold(&held.title)
                    && (r.of == of || of.is_none() || r.of.is_none())
            });
            match same {
                Some(role) => {
                    role.of = role.of.or(of);
                    if role.documents.last() != Some(&member.doc) {
                        role.documents.push(member.doc);
                    }
                }
                None => out.push(Role {
                    title: held.title.clone(),
                    of,
                    documents: vec![member.doc],
                    quote: held.quote.clone(),
                }),
            }
        }
    }
    out
}
