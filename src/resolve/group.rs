//! Actors that were found to be one, and why. Pure.

use super::corpus::{Corpus, Local};

/// Documents that use one name of an actor.
#[derive(Debug, Clone)]
struct Same {
    name: u32,
    /// The first ones.
    first: [u32; NAMED],
    count: u32,
    last: u32,
}

impl Same {
    /// Takes in the documents of another group that use the name. One that both
    /// have counts once where it is among the first.
    fn take_in(&mut self, other: &Same) {
        let first = |s: &Same| s.first.iter().take(s.count as usize).copied().collect();
        let (mut all, theirs): (Vec<u32>, Vec<u32>) = (first(self), first(other));
        let both = theirs.iter().filter(|d| all.contains(d)).count();
        all.extend(theirs);
        all.sort_unstable();
        all.dedup();
        for (place, doc) in self.first.iter_mut().zip(all) {
            *place = doc;
        }
        self.count += other.count - u32::try_from(both).unwrap_or(0);
        self.last = self.last.max(other.last);
    }
}

/// How many documents a reason names.
const NAMED: usize = 3;

/// Actors that were found to be one, with the reasons.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    pub members: Vec<Local>,
    pub merges: Vec<String>,
    /// Documents that use the very same name: one sentence for all of them.
    same: Vec<Same>,
    /// Few groups are corrected, and there are very many groups.
    pub corrected: Option<Box<Corrected>>,
}

/// What corrections say of a group, beside joining.
#[derive(Debug, Clone, Default)]
pub(super) struct Corrected {
    /// The name that it is given.
    pub named: Option<String>,
    /// What was changed, as sentences.
    pub changes: Vec<String>,
}

impl Group {
    /// A group of one.
    pub(super) fn of(local: Local, name: u32) -> Group {
        // Most stay alone: no room for more.
        let mut group = Group {
            members: Vec::with_capacity(1),
            same: Vec::with_capacity(1),
            ..Group::default()
        };
        group.members.push(local);
        group.use_name(local, name);
        group
    }

    fn use_name(&mut self, local: Local, name: u32) {
        self.same.push(Same {
            name,
            first: [local.doc; NAMED],
            count: 1,
            last: local.doc,
        });
    }

    /// Adds a member for a stated reason; a name that the group has already
    /// needs none.
    pub(super) fn join(&mut self, corpus: &Corpus, local: Local, why: impl FnOnce() -> String) {
        let name = corpus.actor(local).name;
        if let Some(same) = self.same.iter_mut().find(|s| s.name == name) {
            if same.last != local.doc {
                if let Some(free) = same.first.get_mut(same.count as usize) {
                    *free = local.doc;
                }
                same.count += 1;
                same.last = local.doc;
            }
        } else {
            if let Some(first) = self.members.first() {
                self.merges.push(format!(
                    "{} in {} and {} in {}: {}",
                    corpus.name(*first),
                    corpus.path(first.doc),
                    corpus.names_of.get(name),
                    corpus.path(local.doc),
                    why(),
                ));
            }
            self.use_name(local, name);
        }
        self.members.push(local);
    }

    /// Takes in another group with its reasons.
    pub(super) fn take_in(&mut self, other: Group) {
        self.members.extend(other.members);
        self.merges.extend(other.merges);
        for theirs in other.same {
            match self.same.iter_mut().find(|s| s.name == theirs.name) {
                Some(own) => own.take_in(&theirs),
                None => self.same.push(theirs),
            }
        }
        if let Some(theirs) = other.corrected {
            let own = self.corrected();
            own.named = own.named.take().or(theirs.named);
            own.changes.extend(theirs.changes);
        }
    }

    /// What corrections say of it, to be added to.
    pub(super) fn corrected(&mut self) -> &mut Corrected {
        self.corrected.get_or_insert_default()
    }

    /// All reasons as sentences.
    pub(super) fn sentences(&self, corpus: &Corpus) -> Vec<String> {
        let mut out = self.merges.clone();
        let mut same: Vec<(&str, &Same)> = self
            .same
            .iter()
            .filter(|s| s.count > 1)
            .map(|s| (corpus.names_of.get(s.name), s))
            .collect();
        same.sort_unstable_by_key(|(name, _)| *name);
        for (name, same) in same {
            let count = same.count as usize;
            let first = same.first.iter().take(count);
            let mut paths: Vec<&str> = first.map(|d| corpus.path(*d)).collect();
            let more = count.saturating_sub(NAMED);
            let more = format!("{more} more");
            if count > NAMED {
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
