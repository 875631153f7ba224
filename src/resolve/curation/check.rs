//! Corrections that cannot both hold, as far as they themselves tell. Pure.

use super::{ActorRef, Curation, EventRef, What};
use crate::resolve::fold;
use std::collections::BTreeMap;

/// Two corrections that cannot both hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// Number of the one, from 1.
    pub first: usize,
    /// Number of the other, greater.
    pub second: usize,
    /// Both in words.
    pub why: String,
}

/// The same name of the same article.
type Bearer = (String, Option<String>);

fn bearer(actor: &ActorRef) -> Bearer {
    (fold(&actor.name), actor.article.clone())
}

/// The sentence, whatever the id was when it was written down.
fn sentence(event: &EventRef) -> impl Ord + use<> {
    let EventRef {
        kind,
        title,
        article,
        trigger,
        quote,
        ..
    } = event.clone();
    (kind, title, article, trigger, quote)
}

/// The first pair of corrections that cannot both hold; what they come to only
/// through the articles is found when they are applied. Linear but for a sort.
pub fn contradiction(curation: &Curation) -> Option<Contradiction> {
    apart_and_one(curation).or_else(|| two_answers(curation))
}

fn told(curation: &Curation, a: usize, b: usize) -> Contradiction {
    let (first, second) = (a.min(b), a.max(b));
    let line = |n: usize| {
        let correction = curation.corrections.get(n - 1);
        correction.map_or(String::new(), |c| c.what.line())
    };
    Contradiction {
        first,
        second,
        why: format!(
            "correction {first} ({}) contradicts correction {second} ({})",
            line(first),
            line(second)
        ),
    }
}

/// `same` through however many steps, and `different`.
fn apart_and_one(curation: &Curation) -> Option<Contradiction> {
    let mut number: BTreeMap<Bearer, usize> = BTreeMap::new();
    let mut root: Vec<usize> = Vec::new();
    // The correction that last made each set larger.
    let mut by: Vec<usize> = Vec::new();
    let mut id = |actor: &ActorRef, root: &mut Vec<usize>, by: &mut Vec<usize>| {
        *number.entry(bearer(actor)).or_insert_with(|| {
            root.push(root.len());
            by.push(0);
            root.len() - 1
        })
    };
    for (i, correction) in curation.corrections.iter().enumerate() {
        if let What::Same(actors, _) = &correction.what {
            let ids: Vec<usize> = actors.iter().map(|a| id(a, &mut root, &mut by)).collect();
            for pair in ids.windows(2) {
                let (a, b) = (find(&mut root, pair[0]), find(&mut root, pair[1]));
                root[a.max(b)] = a.min(b);
                by[a.min(b)] = i + 1;
            }
        }
    }
    for (i, correction) in curation.corrections.iter().enumerate() {
        if let What::Different(actors) = &correction.what {
            let mut seen: BTreeMap<usize, ()> = BTreeMap::new();
            for actor in actors {
                let at = id(actor, &mut root, &mut by);
                let at = find(&mut root, at);
                if seen.insert(at, ()).is_some() && by[at] > 0 {
                    return Some(told(curation, by[at], i + 1));
                }
            }
        }
    }
    None
}

pub(super) fn find(root: &mut [usize], mut i: usize) -> usize {
    while root[i] != i {
        root[i] = root[root[i]];
        i = root[i];
    }
    i
}

/// Two names, kinds, dates or statuses of one thing; accepted and rejected.
fn two_answers(curation: &Curation) -> Option<Contradiction> {
    let mut actors: BTreeMap<(&str, Bearer), (usize, String)> = BTreeMap::new();
    let mut events = BTreeMap::new();
    for (i, correction) in curation.corrections.iter().enumerate() {
        let word = correction.what.word();
        let before = match &correction.what {
            What::Rename(actor, to) => actors.insert((word, bearer(actor)), (i + 1, to.clone())),
            What::Kind(actor, to) => actors.insert((word, bearer(actor)), (i + 1, to.to_string())),
            What::Date(event, to) => {
                let to = to.as_ref().map_or("none", |e| e.as_str()).to_owned();
                events.insert((word, sentence(event)), (i + 1, to))
            }
            What::Status(event, to) => {
                events.insert((word, sentence(event)), (i + 1, to.to_string()))
            }
            What::Accept(event) | What::Reject(event) => {
                events.insert(("accept", sentence(event)), (i + 1, word.to_owned()))
            }
            What::Same(..) | What::Different(_) | What::Add(_) => None,
        };
        let now = match &correction.what {
            What::Rename(_, to) => to.clone(),
            What::Kind(_, to) => to.to_string(),
            What::Date(_, to) => to.as_ref().map_or("none", |e| e.as_str()).to_owned(),
            What::Status(_, to) => to.to_string(),
            _ => word.to_owned(),
        };
        if let Some((number, then)) = before
            && then != now
        {
            return Some(told(curation, number, i + 1));
        }
    }
    None
}
