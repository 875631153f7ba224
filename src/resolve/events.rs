//! Which mentions are of one event: first within each article, then across
//! articles. Pure.
//!
//! Tellings are compared only with events found so far that share an actor (and
//! a family of types) with them, the best dated first, so that the work does
//! not grow with the square of the articles.

use super::actors::Cast;
use super::compare::{Scales, contradict, same_event};
use super::corpus::Corpus;
use super::story::Published;
use super::telling::{Mention, Telling};
use crate::model::{ActorKind, DateBasis};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The mentions and how they fall into events.
#[derive(Debug)]
pub(super) struct Clusters<'r> {
    pub mentions: Vec<Mention<'r>>,
    /// Each a list of tellings, one or more an article.
    pub events: Vec<Vec<Telling<'r>>>,
}

/// How many known events one telling is compared with at most, newest first.
const COMPARED: usize = 300;

/// With how many tellings of a known event one is compared at most.
const WITNESSES_COMPARED: usize = 12;

/// Finds the events, given when the articles were published.
pub(super) fn cluster<'r>(
    corpus: &Corpus<'r>,
    cast: &Cast,
    scales: &Scales<'_>,
    published: &[Published],
) -> Clusters<'r> {
    let mut mentions = Vec::new();
    let mut tellings: Vec<Telling<'r>> = Vec::new();
    for (doc, report) in corpus.reports.iter().enumerate() {
        let mut own: Vec<Telling<'r>> = Vec::new();
        for event in &report.events {
            let mention = Mention::new(cast, doc, event, &published[doc]);
            let telling = Telling::of(mentions.len(), &mention);
            mentions.push(mention);
            match place_within(scales, &own, &telling) {
                Some(i) => own[i].absorb(telling),
                None => own.push(telling),
            }
        }
        tellings.extend(own);
    }
    Clusters {
        mentions,
        events: across(scales, cast, tellings),
    }
}

/// The telling of the same article that a mention belongs to.
fn place_within(scales: &Scales<'_>, own: &[Telling<'_>], new: &Telling<'_>) -> Option<usize> {
    let mut best: Option<(u32, usize)> = None;
    for (i, telling) in own.iter().enumerate() {
        if let Some(likeness) = same_event(scales, telling, new)
            && best.is_none_or(|(score, _)| likeness.score > score)
        {
            best = Some((likeness.score, i));
        }
    }
    best.map(|(_, i)| i)
        .or_else(|| pointed_at(scales, own, new))
}

/// The event that "the meeting" points back to: the article's only one of that
/// type and status that nothing in it contradicts.
fn pointed_at(scales: &Scales<'_>, own: &[Telling<'_>], new: &Telling<'_>) -> Option<usize> {
    let timed = |t: &Telling<'_>| !t.dates.is_empty() || !t.times.is_empty();
    if !new.again {
        return None;
    }
    let mut fits = own.iter().enumerate().filter(|(_, t)| {
        t.kinds == new.kinds
            && t.statuses == new.statuses
            && !new.kinds.contains("other")
            && !contradict(scales, t, new)
            // "Norway and Peru have signed a fishing treaty ... The treaty was
            // signed on Monday": a date is taken where the words match.
            && (!timed(new) || !timed(t) && tells_alike(t, new))
    });
    match (fits.next(), fits.next()) {
        (Some((i, _)), None) => Some(i),
        _ => None,
    }
}

/// Whether both use one verb of one thing.
fn tells_alike(a: &Telling<'_>, b: &Telling<'_>) -> bool {
    !a.lemmas.is_disjoint(&b.lemmas) && !a.about.is_disjoint(&b.about)
}

/// Joins tellings of different articles.
fn across<'r>(
    scales: &Scales<'_>,
    cast: &Cast,
    mut tellings: Vec<Telling<'r>>,
) -> Vec<Vec<Telling<'r>>> {
    tellings.sort_by_key(|t| {
        let date = t.date();
        (
            date.is_none_or(|d| d.date.basis == DateBasis::Publication),
            date.map_or(u32::MAX, |d| d.breadth),
            t.doc,
            t.mentions.first().copied(),
        )
    });
    let mut events: Vec<Vec<Telling<'r>>> = Vec::new();
    let mut index: HashMap<Key, Vec<usize>> = HashMap::new();
    for telling in tellings {
        let keys = keys(cast, &telling);
        let at = match find(scales, &events, &index, &telling, &keys) {
            Some(i) => i,
            None => {
                events.push(Vec::new());
                events.len() - 1
            }
        };
        for key in keys {
            let list = index.entry(key).or_default();
            if list.last() != Some(&at) {
                list.push(at);
            }
        }
        events[at].push(telling);
    }
    events
}

/// Tellings of one event share at least one of these: an actor and a month, or
/// an actor alone where a date is missing or coarse.
type Key = (usize, i32);

const ANY_MONTH: i32 = i32::MIN;

fn keys(cast: &Cast, telling: &Telling<'_>) -> BTreeSet<Key> {
    let rare = |a: &&usize| !matches!(cast.actors[**a].kind, ActorKind::Country | ActorKind::Place);
    let mut actors: Vec<usize> = telling.actors.keys().filter(rare).copied().collect();
    if actors.is_empty() {
        actors = telling.actors.keys().copied().collect();
    }
    let mut months = BTreeSet::from([ANY_MONTH]);
    if let Some(date) = telling.date() {
        months.extend(date.months(14));
    }
    actors
        .into_iter()
        .flat_map(|a| months.iter().map(move |m| (a, *m)))
        .collect()
}

fn find(
    scales: &Scales<'_>,
    events: &[Vec<Telling<'_>>],
    index: &HashMap<Key, Vec<usize>>,
    telling: &Telling<'_>,
    keys: &BTreeSet<Key>,
) -> Option<usize> {
    // With a month at hand, an actor's events of other months are left alone;
    // those that nobody could date come last in the order, and look at all.
    let dated = keys.iter().any(|(_, month)| *month != ANY_MONTH);
    let mut near: BTreeSet<usize> = BTreeSet::new();
    for key in keys.iter().filter(|(_, m)| !dated || *m != ANY_MONTH) {
        let list = index.get(key).map_or(&[][..], Vec::as_slice);
        near.extend(list.iter().rev().take(COMPARED));
    }
    let once = telling.kinds.iter().any(|k| scales.kinds.happens_once(k));
    if once || dated {
        // Something that happens once is one though its dates differ.
        for key in keys.iter().filter(|(_, m)| *m == ANY_MONTH) {
            let list = index.get(key).map_or(&[][..], Vec::as_slice);
            let coarse = |i: &&usize| {
                once || events[**i]
                    .iter()
                    .all(|t| t.date().is_none_or(|d| d.breadth > 31))
            };
            near.extend(list.iter().rev().take(COMPARED).filter(coarse));
        }
    }
    let mut fits: Vec<(u32, usize)> = Vec::new();
    for i in near {
        if let Some(score) = fit(scales, &events[i], telling) {
            fits.push((score, i));
        }
    }
    let best = fits
        .iter()
        .max_by_key(|(score, i)| (*score, std::cmp::Reverse(*i)))?;
    // Without a date nothing tells which of several meetings is meant.
    let days: BTreeSet<_> = fits
        .iter()
        .filter_map(|(_, i)| events[*i].iter().find_map(|t| t.date()))
        .map(|d| &d.date.edtf)
        .collect();
    (telling.date().is_some() || fits.len() == 1 || days.len() < 2).then_some(best.1)
}

/// How well a telling fits a known event: it must contradict none of its
/// tellings and be like one.
fn fit(scales: &Scales<'_>, event: &[Telling<'_>], telling: &Telling<'_>) -> Option<u32> {
    let mut best = None;
    for known in event.iter().take(WITNESSES_COMPARED) {
        if contradict(scales, known, telling) {
            return None;
        }
        if let Some(likeness) = same_event(scales, known, telling) {
            best = best.max(Some(likeness.score));
        }
    }
    best
}

/// Puts each event's tellings in order of the articles.
pub(super) fn in_order(events: &mut [Vec<Telling<'_>>]) {
    for event in events {
        event.sort_by_key(|t| (t.doc, t.mentions.first().copied()));
    }
}

/// For each document, the events that it tells of, with the telling.
pub(super) fn by_document<'c, 'r>(
    events: &'c [Vec<Telling<'r>>],
) -> BTreeMap<usize, Vec<(usize, &'c Telling<'r>)>> {
    let mut out: BTreeMap<usize, Vec<(usize, &Telling<'r>)>> = BTreeMap::new();
    for (i, event) in events.iter().enumerate() {
        for telling in event {
            out.entry(telling.doc).or_default().push((i, telling));
        }
    }
    out
}
