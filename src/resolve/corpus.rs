//! All reports side by side, in order of their paths, and what is known of the
//! company that each name keeps. Pure.

use super::names::{BodyName, PersonName};
use crate::extract::{LocalActor, Report};
use crate::model::ActorKind;
use crate::text::stable_hash;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// An actor of one report: index of the document, index in its report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Local {
    pub doc: usize,
    pub actor: usize,
}

/// The reports in order of their paths.
#[derive(Debug)]
pub(super) struct Corpus<'r> {
    pub reports: Vec<&'r Report>,
    /// Of each document, the names in it that can tell contexts apart.
    contexts: Vec<BTreeSet<u64>>,
    /// In how many documents each of them stands.
    spread: HashMap<u64, u32>,
}

/// A name in more documents than this says little about any of them; a small
/// corpus has a fixed allowance.
const COMMON_SHARE: usize = 5;
const COMMON_AT_LEAST: usize = 8;

/// How many context names a cluster remembers.
pub(super) const CONTEXT_LIMIT: usize = 4096;

impl<'r> Corpus<'r> {
    /// Sorts the reports and reads their contexts.
    pub(super) fn new(reports: &'r [Report]) -> Corpus<'r> {
        let mut reports: Vec<&Report> = reports.iter().collect();
        reports.sort_by(|a, b| (&a.path, &a.id).cmp(&(&b.path, &b.id)));
        let contexts: Vec<BTreeSet<u64>> = reports
            .iter()
            .map(|r| r.actors.iter().filter_map(context_key).collect())
            .collect();
        let mut spread = HashMap::new();
        for key in contexts.iter().flatten() {
            *spread.entry(*key).or_insert(0) += 1;
        }
        Corpus {
            reports,
            contexts,
            spread,
        }
    }

    /// The actor behind an index pair.
    pub(super) fn actor(&self, local: Local) -> &'r LocalActor {
        &self.reports[local.doc].actors[local.actor]
    }

    /// Every actor of every report, in order.
    pub(super) fn locals(&self) -> impl Iterator<Item = Local> + '_ {
        self.reports.iter().enumerate().flat_map(|(doc, report)| {
            (0..report.actors.len()).map(move |actor| Local { doc, actor })
        })
    }

    /// The path of a document, for people.
    pub(super) fn path(&self, doc: usize) -> &'r str {
        &self.reports[doc].path
    }

    /// Once people are known: an article that names someone by surname alone
    /// names that person as well.
    pub(super) fn learn_people(&mut self, people: &[Group]) {
        for person in people {
            let keys: BTreeSet<u64> = person
                .members
                .iter()
                .filter_map(|m| context_key(self.actor(*m)))
                .collect();
            for member in &person.members {
                for key in &keys {
                    if self.contexts[member.doc].insert(*key) {
                        *self.spread.entry(*key).or_insert(0) += 1;
                    }
                }
            }
        }
    }

    /// The people and bodies named beside `local`, without itself.
    pub(super) fn context(&self, local: Local) -> BTreeSet<u64> {
        let own = context_key(self.actor(local));
        let limit = (self.reports.len() / COMMON_SHARE).max(COMMON_AT_LEAST);
        self.contexts[local.doc]
            .iter()
            .copied()
            .filter(|key| {
                Some(*key) != own && self.spread.get(key).is_some_and(|n| *n as usize <= limit)
            })
            .collect()
    }
}

/// The two contexts share enough company to be about the same people: one
/// person, or two bodies.
pub(super) fn share_company(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> bool {
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut points = 0;
    for key in small.iter().filter(|k| large.contains(k)) {
        // The lowest bit marks people, see `context_key`.
        points += if key & 1 == 1 { 2 } else { 1 };
        if points >= 2 {
            return true;
        }
    }
    false
}

/// A number for a name that tells contexts apart: full-named people (lowest
/// bit set) and bodies that not every state has. Countries and places stand in
/// too many articles.
fn context_key(actor: &LocalActor) -> Option<u64> {
    match actor.kind {
        ActorKind::Person => {
            let name = PersonName::parse(&actor.name).filter(|n| !n.is_bare())?;
            Some(stable_hash(format!("person {}", name.surname).as_bytes()) | 1)
        }
        ActorKind::Organization | ActorKind::Product | ActorKind::Agreement => {
            let name = BodyName::parse(&actor.name)
                .filter(|n| !n.generic && (!n.government || n.country.is_some()))?;
            Some(stable_hash(format!("body {}", name.key).as_bytes()) & !1)
        }
        _ => None,
    }
}

/// Actors that were found to be one, with the reasons.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    pub members: Vec<Local>,
    pub merges: Vec<String>,
    /// Documents that use the very same name, by that name, first one first:
    /// one sentence for all of them.
    pub same: BTreeMap<String, Vec<usize>>,
    /// The name that a correction gives.
    pub named: Option<String>,
    /// What corrections have changed, as sentences, beside joining.
    pub corrections: Vec<String>,
}

impl Group {
    /// A group of one.
    pub(super) fn of(local: Local, name: &str) -> Group {
        let mut group = Group::default();
        group.members.push(local);
        group.same.insert(name.to_owned(), vec![local.doc]);
        group
    }

    /// Adds a member for a stated reason; a name that the group has already
    /// needs none.
    pub(super) fn join(&mut self, corpus: &Corpus<'_>, local: Local, name: &str, why: &str) {
        if let Some(docs) = self.same.get_mut(name) {
            if docs.last() != Some(&local.doc) {
                docs.push(local.doc);
            }
        } else {
            if let Some(first) = self.members.first() {
                self.merges.push(format!(
                    "{} in {} and {} in {}: {why}",
                    corpus.actor(*first).name,
                    corpus.path(first.doc),
                    name,
                    corpus.path(local.doc),
                ));
            }
            self.same.insert(name.to_owned(), vec![local.doc]);
        }
        self.members.push(local);
    }

    /// Takes in another group with its reasons.
    pub(super) fn take_in(&mut self, other: Group) {
        self.members.extend(other.members);
        self.merges.extend(other.merges);
        for (name, docs) in other.same {
            let own = self.same.entry(name).or_default();
            own.extend(docs);
            own.sort_unstable();
            own.dedup();
        }
        self.named = self.named.take().or(other.named);
        self.corrections.extend(other.corrections);
    }

    /// All reasons as sentences.
    pub(super) fn sentences(&self, corpus: &Corpus<'_>) -> Vec<String> {
        const NAMED: usize = 3;
        let mut out = self.merges.clone();
        for (name, docs) in &self.same {
            if docs.len() < 2 {
                continue;
            }
            let mut paths: Vec<&str> = docs.iter().take(NAMED).map(|d| corpus.path(*d)).collect();
            let more = docs.len().saturating_sub(NAMED);
            let more = format!("{more} more");
            if docs.len() > NAMED {
                paths.push(&more);
            }
            let last = paths.pop().unwrap_or_default();
            out.push(format!(
                "{name} in {} and {last}: same name",
                paths.join(", ")
            ));
        }
        out
    }
}
