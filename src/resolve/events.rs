//! Which mentions are of one event: first within each article, then across
//! articles. Pure.
//!
//! Tellings are compared only with events found so far that share an actor, a
//! month and a type with them, the best dated first, so that the work does not
//! grow with the square of the articles.

use super::compare::{Fit, Scales, contradict, fit, same_event};
use super::corpus::at;
use super::dates::{Dated, Dates};
use super::kinds::{ONCE_ONLY, OTHER};
use super::parts::{parts, words_of};
use super::telling::{Draft, Telling, Tellings};
use super::words::{Map, NONE, meet};
use crate::model::DateBasis;
use rayon::prelude::*;

/// The tellings and how they fall into events.
#[derive(Debug)]
pub(super) struct Clusters {
    pub tellings: Tellings,
    /// The tellings of each event begin here in `order`.
    starts: Vec<u32>,
    order: Vec<u32>,
}

impl Clusters {
    /// How many events there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// The tellings of an event, one or more an article.
    pub(super) fn event(&self, event: usize) -> &[u32] {
        let from = self.starts.get(event).map_or(0, |s| *s as usize);
        let to = self
            .starts
            .get(event + 1)
            .map_or(self.order.len(), |s| *s as usize);
        self.order.get(from..to).unwrap_or_default()
    }
}

/// How many known events one telling is compared with at most for each of its
/// keys, newest first.
const COMPARED: usize = 300;

/// With how many tellings of a known event one is compared at most.
const WITNESSES_COMPARED: usize = 12;

/// With how many tellings of its own article one is compared at most, the
/// newest.
const WITHIN_COMPARED: usize = 2_000;

/// So many documents are worked on by one thread at a time, and by all.
const BATCH: usize = 64;
const WAVE: usize = 4_096;

/// Finds the events, given the dates of their mentions.
pub(super) fn cluster(scales: &Scales<'_>, dates: &Dates) -> Clusters {
    let docs: Vec<usize> = (0..scales.corpus.len()).collect();
    let mut tellings = Tellings::default();
    for wave in docs.chunks(WAVE) {
        let parts: Vec<Tellings> = wave
            .par_chunks(BATCH)
            .map(|docs| {
                let mut tellings = Tellings::default();
                for doc in docs {
                    within(scales, dates, *doc, &mut tellings);
                }
                tellings
            })
            .collect();
        for part in parts {
            tellings.append(part);
        }
    }
    tellings.shrink();
    let (starts, order) = across(scales, dates, &tellings);
    Clusters {
        tellings,
        starts,
        order,
    }
}

/// The tellings of one article.
fn within(scales: &Scales<'_>, dates: &Dates, doc: usize, out: &mut Tellings) {
    let mut own: Vec<Draft> = Vec::new();
    for mention in scales.corpus.events_of(doc) {
        let mention = u32::try_from(mention).unwrap_or(NONE);
        let draft = Draft::of(scales.corpus, dates, mention);
        let place = place_within(scales, dates, &own, &draft.view());
        match place.and_then(|i| own.get_mut(i)) {
            Some(known) => known.absorb(dates, draft),
            None => own.push(draft),
        }
    }
    for draft in &own {
        out.push(&draft.view());
    }
}

/// The telling of the same article that a mention belongs to.
fn place_within(
    scales: &Scales<'_>,
    dates: &Dates,
    own: &[Draft],
    new: &Telling<'_>,
) -> Option<usize> {
    let mut best: Option<(u32, usize)> = None;
    let skipped = own.len().saturating_sub(WITHIN_COMPARED);
    for (i, telling) in own.iter().enumerate().skip(skipped) {
        if let Some(likeness) = same_event(scales, dates, &telling.view(), new)
            && best.is_none_or(|(score, _)| likeness.score > score)
        {
            best = Some((likeness.score, i));
        }
    }
    best.map(|(_, i)| i)
        .or_else(|| pointed_at(scales, dates, own, new))
}

/// The event that "the meeting" points back to: the article's only one of that
/// type and status that nothing in it contradicts.
fn pointed_at(
    scales: &Scales<'_>,
    dates: &Dates,
    own: &[Draft],
    new: &Telling<'_>,
) -> Option<usize> {
    let timed = |t: &Telling<'_>| !t.dates.is_empty() || !t.times.is_empty();
    if !new.again || scales.any(new, OTHER) {
        return None;
    }
    let skipped = own.len().saturating_sub(WITHIN_COMPARED);
    let mut fits = own.iter().enumerate().skip(skipped).filter(|(_, t)| {
        let t = t.view();
        t.kinds == new.kinds
            && t.statuses == new.statuses
            && !contradict(scales, dates, &t, new)
            // "Norway and Peru have signed a fishing treaty ... The treaty was
            // signed on Monday": a date is taken where the words match.
            && (!timed(new) || !timed(&t) && tells_alike(&t, new))
    });
    match (fits.next(), fits.next()) {
        (Some((i, _)), None) => Some(i),
        _ => None,
    }
}

/// Whether both use one verb of one thing.
fn tells_alike(a: &Telling<'_>, b: &Telling<'_>) -> bool {
    meet(a.lemmas, b.lemmas) && meet(a.about, b.about)
}

/// Tellings of one event share at least one of these: an actor, a type or, of
/// events without one, the word that says what happened, and a month, or no
/// month where a date is missing or coarse. A number made of the three.
type Key = u64;

const ANY_MONTH: i32 = i32::MIN;

fn key(actor: u32, token: u64, month: i32) -> Key {
    let mix = |a: u64, b: u64| (a.rotate_left(29) ^ b).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mix(mix(mix(0, u64::from(actor)), token), month as u64)
}

/// Joins the tellings of different articles: where each event's tellings begin,
/// and the tellings in this order.
fn across(scales: &Scales<'_>, dates: &Dates, tellings: &Tellings) -> (Vec<u32>, Vec<u32>) {
    let parts = parts(scales, tellings, sorted(dates, tellings));
    let parts: Vec<Joined> = parts
        .into_par_iter()
        .map(|part| Across::new(scales, dates, tellings, &part).join())
        .collect();
    // The events of all parts in the order of their first tellings.
    let mut events: Vec<(u32, u16, u32)> = Vec::new();
    for (number, part) in (0..).zip(&parts) {
        let starts = part.starts.iter().zip(0..);
        events.extend(starts.map(|((rank, _), event)| (*rank, number, event)));
    }
    events.par_sort_unstable();
    let mut starts = Vec::with_capacity(events.len());
    let mut order = Vec::with_capacity(tellings.len());
    for (_, part, event) in events {
        starts.push(u32::try_from(order.len()).unwrap_or(NONE));
        order.extend_from_slice(parts[usize::from(part)].event(event as usize));
    }
    (starts, order)
}

/// All tellings, the best dated first.
fn sorted(dates: &Dates, tellings: &Tellings) -> Vec<u32> {
    let mut sorted: Vec<u32> = (0..tellings.len())
        .filter_map(|t| u32::try_from(t).ok())
        .collect();
    sorted.sort_by_cached_key(|t| {
        let telling = tellings.get(*t);
        let date = telling.date(dates);
        (
            date.is_none_or(|d| d.basis == DateBasis::Publication),
            date.map_or(u32::MAX, |d| d.breadth),
            telling.doc,
            telling.mentions.first().copied(),
        )
    });
    sorted
}

/// The events of a part.
struct Joined {
    /// By event: the rank of its first telling, and where its tellings begin.
    starts: Vec<(u32, u32)>,
    tellings: Vec<u32>,
}

impl Joined {
    fn event(&self, event: usize) -> &[u32] {
        let from = self.starts[event].1 as usize;
        let next = self.starts.get(event + 1);
        let to = next.map_or(self.tellings.len(), |(_, start)| *start as usize);
        &self.tellings[from..to]
    }
}

/// What is known of an event that is being put together; its tellings are places
/// in those of the part.
#[derive(Debug)]
struct Known {
    first: u32,
    last: u32,
    /// The number of its first date.
    date: u32,
    /// All of its dates are missing or coarse.
    coarse: bool,
}

/// Joins the tellings of a part.
struct Across<'c> {
    scales: &'c Scales<'c>,
    dates: &'c Dates,
    tellings: &'c Tellings,
    /// Rank and number of each, by rank.
    own: &'c [(u32, u32)],
    events: Vec<Known>,
    /// The telling of the same event that was joined after each.
    next: Vec<u32>,
    /// The newest event of each key: where it stands in `entries`.
    index: Map<Key, u32>,
    /// An event, and where the one before it with the same key stands.
    entries: Vec<(u32, u32)>,
    /// How often each key is asked for or given, at most 2, two bits each; keys
    /// that share a place count together.
    uses: Vec<u8>,
}

/// Counts of uses in a byte.
const USES: usize = 4;

/// What a telling is found by and looks for.
#[derive(Default)]
struct Keys {
    /// The keys by which it looks for others, with a month and without one.
    near: Vec<Key>,
    any: Vec<Key>,
    /// Its actors with its months.
    pairs: Vec<(u32, i32)>,
    /// Its types, and the words of those that have none.
    tokens: Vec<u64>,
    /// These and the types that are related to them.
    asked: Vec<u64>,
    dated: bool,
}

impl<'c> Across<'c> {
    fn new(
        scales: &'c Scales<'c>,
        dates: &'c Dates,
        tellings: &'c Tellings,
        own: &'c [(u32, u32)],
    ) -> Across<'c> {
        let places = (own.len() * 16).next_power_of_two().max(1 << 10);
        let uses = vec![0; places / USES];
        Across {
            scales,
            dates,
            tellings,
            own,
            events: Vec::new(),
            next: vec![NONE; own.len()],
            index: Map::default(),
            entries: Vec::new(),
            uses,
        }
    }

    /// The telling at a place of this part.
    fn telling(&self, at: u32) -> Telling<'c> {
        self.tellings.get(self.own[at as usize].1)
    }

    fn join(mut self) -> Joined {
        // A key that only one telling has leads to nothing.
        let mut keys = Keys::default();
        let mut all: Vec<Key> = Vec::new();
        for place in 0..at(self.own) {
            self.keys(&self.telling(place), &mut keys);
            all.clear();
            all.extend(keys.near.iter().chain(&keys.any));
            all.sort_unstable();
            all.dedup();
            for key in &all {
                let place = self.place(*key);
                self.use_at(place, self.uses_at(place) + 1);
            }
        }
        for place in 0..at(self.own) {
            self.add(place, &mut keys);
        }
        let mut joined = Joined {
            starts: Vec::with_capacity(self.events.len()),
            tellings: Vec::with_capacity(self.own.len()),
        };
        for event in &self.events {
            let mut place = event.first;
            let rank = self.own[place as usize].0;
            joined.starts.push((rank, at(&joined.tellings)));
            while let Some((_, telling)) = self.own.get(place as usize) {
                joined.tellings.push(*telling);
                place = self.next[place as usize];
            }
        }
        joined
    }

    fn place(&self, key: Key) -> usize {
        (key >> 20) as usize & (self.uses.len() * USES - 1)
    }

    fn uses_at(&self, place: usize) -> u8 {
        self.uses[place / USES] >> (2 * (place % USES)) & 3
    }

    fn use_at(&mut self, place: usize, times: u8) {
        let shift = 2 * (place % USES);
        let four = &mut self.uses[place / USES];
        *four = *four & !(3 << shift) | times.min(2) << shift;
    }

    /// What a telling is found by and looks for.
    fn keys(&self, telling: &Telling<'_>, keys: &mut Keys) {
        let rare = |a: &&(u32, u32)| !self.scales.is_somewhere(a.0);
        let mut actors: Vec<u32> = telling.actors.iter().filter(rare).map(|a| a.0).collect();
        if actors.is_empty() {
            actors = telling.actors.iter().map(|a| a.0).collect();
        }
        words_of(self.scales, telling, &mut keys.tokens, &mut keys.asked);
        let months = telling
            .date(self.dates)
            .map_or_else(Vec::new, |d| d.months(14));
        keys.dated = !months.is_empty();
        keys.near.clear();
        keys.any.clear();
        keys.pairs.clear();
        for actor in actors {
            for token in &keys.asked {
                keys.any.push(key(actor, *token, ANY_MONTH));
                let near = months.iter().map(|m| key(actor, *token, *m));
                keys.near.extend(near);
            }
            keys.pairs.push((actor, ANY_MONTH));
            keys.pairs.extend(months.iter().map(|m| (actor, *m)));
        }
    }

    /// Lets an event be found by actors and months, each with each of the
    /// tokens.
    fn enter(&mut self, event: u32, pairs: &[(u32, i32)], tokens: &[u64], only_shared: bool) {
        for (actor, month) in pairs {
            for token in tokens {
                let key = key(*actor, *token, *month);
                let place = self.place(key);
                if only_shared && self.uses_at(place) < 2 {
                    continue;
                }
                self.use_at(place, 2);
                let before = self.index.get(&key).copied().unwrap_or(NONE);
                let newest = self.entries.get(before as usize).map(|(event, _)| *event);
                if newest != Some(event) {
                    let place = u32::try_from(self.entries.len()).unwrap_or(NONE);
                    self.entries.push((event, before));
                    self.index.insert(key, place);
                }
            }
        }
    }

    /// An event is compared by its first tellings, whichever of them it was
    /// found by: what is new about one more lets it be found together with
    /// what they have, and the other way round.
    fn enter_others(&mut self, event: u32, keys: &Keys) {
        let mut known = Keys::default();
        let mut tokens: Vec<u64> = Vec::new();
        let mut pairs: Vec<(u32, i32)> = Vec::new();
        let mut at = self.events[event as usize].first;
        for _ in 0..WITNESSES_COMPARED {
            if at == NONE {
                break;
            }
            self.keys(&self.telling(at), &mut known);
            tokens.extend(&known.tokens);
            pairs.extend(&known.pairs);
            at = self.next[at as usize];
        }
        tokens.sort_unstable();
        tokens.dedup();
        let mut own = keys.tokens.clone();
        own.sort_unstable();
        if tokens == own {
            return;
        }
        pairs.sort_unstable();
        pairs.dedup();
        self.enter(event, &keys.pairs, &tokens, false);
        self.enter(event, &pairs, &own, false);
    }

    fn add(&mut self, place: u32, keys: &mut Keys) {
        let view = self.telling(place);
        self.keys(&view, keys);
        let at = match self.find(&view, keys) {
            Some(event) => {
                self.enter_others(event, keys);
                event
            }
            None => {
                self.events.push(Known {
                    first: NONE,
                    last: NONE,
                    date: NONE,
                    coarse: true,
                });
                u32::try_from(self.events.len() - 1).unwrap_or(NONE)
            }
        };
        self.enter(at, &keys.pairs, &keys.tokens, true);
        let date = view.date(self.dates);
        let event = &mut self.events[at as usize];
        event.coarse &= date.is_none_or(|d| d.breadth > 31);
        if event.date == NONE {
            event.date = view.date;
        }
        match self.next.get_mut(event.last as usize) {
            Some(next) => *next = place,
            None => event.first = place,
        }
        event.last = place;
    }

    /// The newest events of a key.
    fn newest(&self, key: Key) -> impl Iterator<Item = u32> + '_ {
        let mut at = match self.uses_at(self.place(key)) {
            0 | 1 => NONE,
            _ => self.index.get(&key).copied().unwrap_or(NONE),
        };
        std::iter::from_fn(move || {
            let (event, before) = *self.entries.get(at as usize)?;
            at = before;
            Some(event)
        })
        .take(COMPARED)
    }

    fn find(&self, telling: &Telling<'_>, keys: &Keys) -> Option<u32> {
        // With a month at hand, an actor's events of other months are left
        // alone; those that nobody could date come last in the order, and look
        // at all.
        let mut near: Vec<u32> = Vec::new();
        for key in if keys.dated { &keys.near } else { &keys.any } {
            near.extend(self.newest(*key));
        }
        let once = self.scales.any(telling, ONCE_ONLY);
        if once || keys.dated {
            // Something that happens once is one though its dates differ.
            for key in &keys.any {
                let coarse = |event: &u32| once || self.events[*event as usize].coarse;
                near.extend(self.newest(*key).filter(coarse));
            }
        }
        near.sort_unstable();
        near.dedup();
        let mut fits: Vec<(u32, u32)> = Vec::new();
        for event in near {
            if let Some(score) = self.fit(event, telling) {
                fits.push((score, event));
            }
        }
        let best = fits
            .iter()
            .max_by_key(|(score, i)| (*score, std::cmp::Reverse(*i)))?;
        if telling.date != NONE || fits.len() == 1 {
            return Some(best.1);
        }
        // Without a date nothing tells which of several meetings is meant.
        let date = |event: &u32| self.dates.get(self.events[*event as usize].date);
        let mut days: Vec<&Dated> = fits.iter().filter_map(|(_, i)| date(i)).collect();
        days.dedup_by(|a, b| a.edtf == b.edtf);
        (days.len() < 2).then_some(best.1)
    }

    /// How well a telling fits a known event: it must contradict none of its
    /// tellings and be like one.
    fn fit(&self, event: u32, telling: &Telling<'_>) -> Option<u32> {
        let mut best = None;
        let mut at = self.events[event as usize].first;
        for _ in 0..WITNESSES_COMPARED {
            if at == NONE {
                break;
            }
            match fit(self.scales, self.dates, &self.telling(at), telling) {
                Fit::Against => return None,
                Fit::Unknown => {}
                Fit::Same(likeness) => best = best.max(Some(likeness.score)),
            }
            at = self.next[at as usize];
        }
        best
    }
}
