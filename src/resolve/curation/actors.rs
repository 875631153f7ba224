//! Corrections of who is who: after the rules have grouped the actors of the
//! articles, groups are divided and joined, so that the rules cannot undo it.
//! Pure.

use super::check::find;
use super::divide;
use super::{ActorRef, Correction, Curated, Curation, What};
use crate::model::ActorKind;
use crate::resolve::bodies::is_thing;
use crate::resolve::corpus::{Corpus, Local};
use crate::resolve::fold;
use crate::resolve::group::Group;
use crate::resolve::words::NONE;
use std::collections::{BTreeMap, BTreeSet};

/// Corrections on their way through resolution.
#[derive(Debug)]
pub(crate) struct Plan<'c> {
    pub(super) curation: &'c Curation,
    /// With their numbers, in an order that the file's does not change.
    pub(super) sorted: Vec<(usize, &'c Correction)>,
    /// Numbers of corrections that do not apply, with the reason.
    pub(super) unapplied: BTreeMap<usize, String>,
    /// What was changed about actors beside joining them, by their ids.
    pub(crate) told: BTreeMap<String, Vec<String>>,
    /// Whom each reference means.
    found: BTreeMap<&'c ActorRef, Result<Found, String>>,
    /// The actor of the story for each reference that means one.
    numbers: BTreeMap<ActorRef, usize>,
}

/// Whom a reference means: actors of articles, all in one group of the rules.
#[derive(Debug, Clone)]
pub(super) struct Found {
    group: usize,
    pub(super) locals: Vec<Local>,
}

type Groups = Vec<(ActorKind, Group)>;

impl<'c> Plan<'c> {
    pub(crate) fn new(curation: &'c Curation) -> Plan<'c> {
        Plan {
            curation,
            sorted: curation.sorted(),
            unapplied: BTreeMap::new(),
            told: BTreeMap::new(),
            found: BTreeMap::new(),
            numbers: BTreeMap::new(),
        }
    }

    /// What has become of the corrections; `events` is what was changed about
    /// events.
    pub(crate) fn curated(self, events: BTreeMap<String, Vec<String>>) -> Curated {
        Curated {
            digest: self.curation.digest(),
            events,
            actors: self.told,
            unapplied: self.unapplied,
        }
    }

    pub(super) fn fails(&mut self, number: usize, why: impl Into<String>) {
        self.unapplied.entry(number).or_insert_with(|| why.into());
    }

    fn found(&self, actor: &ActorRef) -> Result<&Found, String> {
        match self.found.get(actor) {
            Some(Ok(found)) => Ok(found),
            Some(Err(why)) => Err(why.clone()),
            None => Err(nobody(actor)),
        }
    }

    /// Once the story's actors are known: `index` gives that of each actor of
    /// an article.
    pub(crate) fn settle(&mut self, corpus: &Corpus, index: &[u32]) {
        for (actor, found) in &self.found {
            let first = found.as_ref().ok().and_then(|f| f.locals.first());
            let place = first.and_then(|l| corpus.place(l.doc, l.actor));
            let number = place.and_then(|p| index.get(p)).filter(|n| **n != NONE);
            if let Some(number) = number {
                self.numbers.insert((*actor).clone(), *number as usize);
            }
        }
    }

    /// Names and kinds of actors that only added events name, to be put behind
    /// the `next` ones of the articles.
    pub(crate) fn newcomers(&mut self, next: usize) -> Vec<(String, ActorKind)> {
        let mut wanted: BTreeMap<(String, ActorKind), BTreeSet<&ActorRef>> = BTreeMap::new();
        for (_, correction) in &self.sorted {
            if let What::Add(added) = &correction.what {
                let parts = added.participants.iter().map(|(_, a)| a);
                for actor in parts.chain(&added.place) {
                    // A name of several, or one that an article gave, is no newcomer's.
                    let unknown = self.found(actor).is_err_and(|why| why == nobody(actor));
                    if let (true, None, Some(kind)) = (unknown, &actor.article, actor.kind) {
                        let key = (fold(&actor.name), kind);
                        wanted.entry(key).or_default().insert(actor);
                    }
                }
            }
        }
        let mut out = Vec::new();
        for ((_, kind), refs) in wanted {
            let Some(name) = refs.first().map(|a| a.name.clone()) else {
                continue;
            };
            for actor in refs {
                self.numbers.insert(actor.clone(), next + out.len());
            }
            out.push((name, kind));
        }
        out
    }

    /// The story's actor for a reference.
    pub(super) fn actor(&self, actor: &ActorRef) -> Result<usize, String> {
        match self.numbers.get(actor) {
            Some(number) => Ok(*number),
            None => Err(self.found(actor).err().unwrap_or_else(|| nobody(actor))),
        }
    }
}

fn nobody(actor: &ActorRef) -> String {
    format!("no article names {}", actor.name)
}

/// Every actor that a correction names.
fn references(what: &What) -> Vec<&ActorRef> {
    match what {
        What::Same(actors, _) | What::Different(actors) => actors.iter().collect(),
        What::Rename(actor, _) | What::Kind(actor, _) => vec![actor],
        What::Add(added) => {
            let parts = added.participants.iter().map(|(_, a)| a);
            parts.chain(&added.place).collect()
        }
        What::Date(..) | What::Reject(_) | What::Status(..) | What::Accept(_) => Vec::new(),
    }
}

/// Divides, joins, names and sorts the groups as the corrections say. `plan`
/// learns what does not apply. Linear in the names; what is divided is compared
/// with the sides it is divided into.
pub(crate) fn regroup(corpus: &Corpus, mut groups: Groups, plan: &mut Plan<'_>) -> Groups {
    if plan.sorted.is_empty() {
        return groups;
    }
    look_up(corpus, &groups, plan);
    let apart = divide::all(corpus, &mut groups, plan);
    let mut groups = join(corpus, groups, &apart, plan);
    let at = Places::new(corpus, &groups);
    let place = |found: &Found| found.locals.first().and_then(|l| at.get(*l));
    kinds(&mut groups, plan, &place);
    names(&mut groups, plan, &place);
    groups
}

/// The group of each actor of an article.
struct Places<'c> {
    corpus: &'c Corpus,
    at: Vec<Option<usize>>,
}

impl<'c> Places<'c> {
    fn new(corpus: &'c Corpus, groups: &Groups) -> Places<'c> {
        let mut at = vec![None; corpus.heads.len()];
        for (i, (_, group)) in groups.iter().enumerate() {
            for member in &group.members {
                if let Some(place) = corpus.place(member.doc, member.actor) {
                    at[place] = Some(i);
                }
            }
        }
        Places { corpus, at }
    }

    fn get(&self, local: Local) -> Option<usize> {
        let place = self.corpus.place(local.doc, local.actor)?;
        self.at.get(place).copied().flatten()
    }
}

/// All forms of an actor's name, as written.
pub(super) fn forms(corpus: &Corpus, local: Local) -> impl Iterator<Item = &str> {
    let others = corpus.names(local).iter().map(|(name, _)| *name);
    let all = others.chain([corpus.actor(local).name]);
    all.map(|name| corpus.names_of.get(name))
}

/// Finds whom every reference means.
fn look_up(corpus: &Corpus, groups: &Groups, plan: &mut Plan<'_>) {
    let wanted: Vec<&ActorRef> = plan
        .sorted
        .iter()
        .flat_map(|(_, c)| references(&c.what))
        .collect();
    let mut bearers: BTreeMap<String, BTreeSet<Local>> = wanted
        .iter()
        .map(|a| (a.name.clone(), BTreeSet::new()))
        .collect();
    named(corpus, &mut bearers, |name| name.to_owned());
    // People write names with other accents and capitals.
    let mut loose: BTreeMap<String, BTreeSet<Local>> = bearers
        .iter()
        .filter(|(_, found)| found.is_empty())
        .map(|(name, _)| (fold(name), BTreeSet::new()))
        .collect();
    if !loose.is_empty() {
        named(corpus, &mut loose, fold);
    }
    let at = Places::new(corpus, groups);
    for actor in wanted {
        let exact = bearers.get(&actor.name).filter(|found| !found.is_empty());
        let all = exact.or_else(|| loose.get(&fold(&actor.name)));
        let meant = meant(corpus, groups, &at, actor, all);
        plan.found.insert(actor, meant);
    }
}

/// Fills in who bears each name in the form that `form` gives it.
fn named(
    corpus: &Corpus,
    bearers: &mut BTreeMap<String, BTreeSet<Local>>,
    form: impl Fn(&str) -> String,
) {
    for local in corpus.locals() {
        for name in forms(corpus, local) {
            if let Some(list) = bearers.get_mut(&form(name)) {
                list.insert(local);
            }
        }
    }
}

fn meant(
    corpus: &Corpus,
    groups: &Groups,
    at: &Places<'_>,
    actor: &ActorRef,
    bearers: Option<&BTreeSet<Local>>,
) -> Result<Found, String> {
    let all: Vec<Local> = bearers.into_iter().flatten().copied().collect();
    let mut locals: Vec<Local> = all
        .iter()
        .copied()
        .filter(|l| {
            let path = corpus.path(l.doc);
            actor.article.as_deref().is_none_or(|a| a == path)
        })
        .collect();
    if locals.is_empty() {
        locals = all;
    }
    let of = |locals: &[Local]| -> BTreeSet<usize> {
        locals.iter().filter_map(|l| at.get(*l)).collect()
    };
    let mut found = of(&locals);
    if found.len() > 1 {
        let fits = |g: &usize| groups.get(*g).map(|(kind, _)| *kind) == actor.kind;
        let of_kind: BTreeSet<usize> = found.iter().copied().filter(fits).collect();
        if !of_kind.is_empty() {
            found = of_kind;
        }
    }
    match (found.pop_first(), found.is_empty()) {
        (None, _) => Err(nobody(actor)),
        (Some(_), false) => Err(format!(
            "several actors are called {}; an article that names the one meant would tell",
            actor.label()
        )),
        (Some(group), true) => {
            locals.retain(|l| at.get(*l) == Some(group));
            Ok(Found { group, locals })
        }
    }
}

/// The members of a group that a reference means, before anything was divided.
pub(super) fn in_group<'p>(plan: &'p Plan<'_>, actor: &ActorRef) -> Option<(usize, &'p [Local])> {
    let found = plan.found(actor).ok()?;
    Some((found.group, &found.locals))
}

/// Why a reference means nobody.
pub(super) fn missing(plan: &Plan<'_>, actor: &ActorRef) -> Option<String> {
    plan.found(actor).err()
}

/// Pairs of actors of articles that must not be one, with the correction that
/// says so.
pub(super) type Apart = Vec<(usize, Local, Local)>;

/// Joins groups as `same` says. Where that would join what must be apart,
/// nothing of that chain is joined.
fn join(corpus: &Corpus, groups: Groups, apart: &Apart, plan: &mut Plan<'_>) -> Groups {
    let at = Places::new(corpus, &groups);
    let mut edges: Vec<(usize, &Correction, Vec<usize>)> = Vec::new();
    for (number, correction) in plan.sorted.clone() {
        let What::Same(actors, _) = &correction.what else {
            continue;
        };
        let places: Result<Vec<usize>, String> = actors
            .iter()
            .map(|a| {
                let first = plan.found(a)?.locals.first().copied();
                first.and_then(|l| at.get(l)).ok_or_else(|| nobody(a))
            })
            .collect();
        match places {
            Ok(places) => edges.push((number, correction, places)),
            Err(why) => plan.fails(number, why),
        }
    }
    refuse_mixtures(&groups, &mut edges, plan);
    let mut root: Vec<usize> = (0..groups.len()).collect();
    unite(&mut root, &edges);
    // What must be apart and has come together.
    let mut broken: BTreeMap<usize, usize> = BTreeMap::new();
    for (number, a, b) in apart {
        if let (Some(a), Some(b)) = (at.get(*a), at.get(*b)) {
            let (a, b) = (find(&mut root, a), find(&mut root, b));
            if a == b {
                let first = broken.entry(a).or_insert(*number);
                *first = (*first).min(*number);
            }
        }
    }
    if !broken.is_empty() {
        edges.retain(|(number, _, places)| {
            let end = places.first().map(|p| find(&mut root, *p));
            match end.and_then(|e| broken.get(&e)) {
                Some(other) => {
                    plan.fails(
                        *number,
                        format!("it contradicts correction {other}, which keeps them apart"),
                    );
                    false
                }
                None => true,
            }
        });
        root = (0..groups.len()).collect();
        unite(&mut root, &edges);
    }
    merge(groups, root, &edges)
}

fn unite(root: &mut [usize], edges: &[(usize, &Correction, Vec<usize>)]) {
    for (_, _, places) in edges {
        for pair in places.windows(2) {
            let (a, b) = (find(root, pair[0]), find(root, pair[1]));
            root[a.max(b)] = a.min(b);
        }
    }
}

/// A person and an organisation are joined only where the correction says what
/// they are.
fn refuse_mixtures(
    groups: &Groups,
    edges: &mut Vec<(usize, &Correction, Vec<usize>)>,
    plan: &mut Plan<'_>,
) {
    edges.retain(|(number, correction, places)| {
        let kinds: BTreeSet<ActorKind> = places.iter().map(|p| groups[*p].0).collect();
        let said = matches!(correction.what, What::Same(_, Some(_)));
        let alike = kinds.len() < 2 || kinds.iter().all(|k| is_thing(*k));
        if !said && !alike {
            let kinds: Vec<&str> = kinds.iter().map(|k| k.as_str()).collect();
            plan.fails(
                *number,
                format!("they are {}; `kind` must say which", kinds.join(" and ")),
            );
        }
        said || alike
    });
}

fn merge(
    groups: Groups,
    mut root: Vec<usize>,
    edges: &[(usize, &Correction, Vec<usize>)],
) -> Groups {
    let mut sentences: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    let mut said: BTreeMap<usize, BTreeSet<ActorKind>> = BTreeMap::new();
    for (_, correction, places) in edges {
        let (What::Same(actors, kind), Some(place)) = (&correction.what, places.first()) else {
            continue;
        };
        let place = find(&mut root, *place);
        let labels: Vec<String> = actors.iter().map(ActorRef::label).collect();
        sentences.entry(place).or_default().insert(format!(
            "{}: joined by {}",
            labels.join(" and "),
            correction.source()
        ));
        said.entry(place).or_default().extend(*kind);
    }
    let mut sets: BTreeMap<usize, Vec<(ActorKind, Group)>> = BTreeMap::new();
    for (i, group) in groups.into_iter().enumerate() {
        sets.entry(find(&mut root, i)).or_default().push(group);
    }
    let mut out = Groups::with_capacity(sets.len());
    for (place, mut set) in sets {
        let Some(told) = sentences.remove(&place) else {
            out.append(&mut set);
            continue;
        };
        set.sort_by_key(|(_, g)| g.members.iter().min().copied());
        let said = said.get(&place).and_then(|k| k.first().copied());
        let kind = said.unwrap_or_else(|| most(&set));
        let mut all = Group::default();
        for (_, group) in set {
            all.take_in(group);
        }
        all.merges.extend(told);
        out.push((kind, all));
    }
    out
}

/// The kind of the most members; among equals the first in the contract's order.
fn most(set: &[(ActorKind, Group)]) -> ActorKind {
    let mut votes: BTreeMap<ActorKind, usize> = BTreeMap::new();
    for (kind, group) in set {
        *votes.entry(*kind).or_insert(0) += group.members.len();
    }
    votes
        .into_iter()
        .max_by_key(|(kind, n)| (*n, std::cmp::Reverse(*kind)))
        .map_or(ActorKind::Organization, |(kind, _)| kind)
}

/// What corrections of one sort say of each group: value, number, who says so.
type Said<T> = BTreeMap<usize, BTreeMap<T, Vec<(usize, String)>>>;

/// One value a group; corrections that differ do not apply, any of them.
fn agreed<T: Ord + Clone>(said: Said<T>, plan: &mut Plan<'_>) -> Vec<(usize, T, String)> {
    let mut out = Vec::new();
    for (place, values) in said {
        let numbers: Vec<usize> = values.values().flatten().map(|(n, _)| *n).collect();
        if values.len() > 1 {
            for number in &numbers {
                let other = numbers.iter().find(|n| *n != number).unwrap_or(number);
                plan.fails(*number, format!("it contradicts correction {other}"));
            }
            continue;
        }
        for (value, by) in values {
            let source = by.into_iter().map(|(_, source)| source).min();
            out.push((place, value, source.unwrap_or_default()));
        }
    }
    out
}

fn kinds(groups: &mut Groups, plan: &mut Plan<'_>, place: &impl Fn(&Found) -> Option<usize>) {
    let mut said: Said<ActorKind> = BTreeMap::new();
    for (number, correction) in plan.sorted.clone() {
        if let What::Kind(actor, kind) = &correction.what {
            match plan.found(actor).map(place) {
                Ok(Some(at)) => said
                    .entry(at)
                    .or_default()
                    .entry(*kind)
                    .or_default()
                    .push((number, correction.source())),
                Ok(None) => plan.fails(number, nobody(actor)),
                Err(why) => plan.fails(number, why),
            }
        }
    }
    for (at, kind, source) in agreed(said, plan) {
        let (old, group) = &mut groups[at];
        group
            .corrected()
            .changes
            .push(format!("{kind} by {source}; the articles say {old}"));
        *old = kind;
    }
}

fn names(groups: &mut Groups, plan: &mut Plan<'_>, place: &impl Fn(&Found) -> Option<usize>) {
    let mut said: Said<String> = BTreeMap::new();
    for (number, correction) in plan.sorted.clone() {
        if let What::Rename(actor, name) = &correction.what {
            match plan.found(actor).map(place) {
                Ok(Some(at)) => said
                    .entry(at)
                    .or_default()
                    .entry(name.clone())
                    .or_default()
                    .push((number, correction.source())),
                Ok(None) => plan.fails(number, nobody(actor)),
                Err(why) => plan.fails(number, why),
            }
        }
    }
    for (at, name, source) in agreed(said, plan) {
        let group = &mut groups[at].1;
        let corrected = group.corrected();
        corrected.changes.push(format!("named by {source}"));
        corrected.named = Some(name);
    }
}
