//! Whether two tellings are of the same event: what speaks for it and what
//! against. Pure.

use super::actors::Cast;
use super::corpus::Corpus;
use super::dates::{Agreement, Dated, weekday};
use super::differences::is_town;
use super::kinds::{Kinds, Kinship, Side, needs_content};
use super::names::fold;
use super::story::Actor;
use super::telling::Telling;
use crate::model::{ActorKind, Status};
use chrono::Datelike;
use std::collections::BTreeSet;

/// What comparing two tellings needs to know of the actors.
#[derive(Debug)]
pub(super) struct Scales<'c> {
    cast: &'c Cast,
    pub(super) kinds: &'c Kinds,
    /// An actor in more documents than this says little.
    common: usize,
}

impl<'c> Scales<'c> {
    pub(super) fn new(corpus: &Corpus<'_>, cast: &'c Cast, kinds: &'c Kinds) -> Scales<'c> {
        Scales {
            cast,
            kinds,
            common: (corpus.reports.len() / 5).max(8),
        }
    }

    fn kind(&self, actor: usize) -> ActorKind {
        self.cast.actors[actor].kind
    }

    /// How much sharing this actor says, in quarters: a rare person or body 4,
    /// a common one or a country 2, a place 1.
    pub(super) fn weight(&self, actor: usize) -> u32 {
        match self.kind(actor) {
            ActorKind::Country => 2,
            ActorKind::Place => 1,
            _ if self.cast.spread[actor] > self.common => 2,
            _ => 4,
        }
    }

    /// Whether an actor is made or concerned by events rather than a doer.
    fn is_matter(&self, actor: usize) -> bool {
        matches!(
            self.kind(actor),
            ActorKind::Group | ActorKind::Conference | ActorKind::Product | ActorKind::Agreement
        )
    }
}

/// Why two tellings are of one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Likeness {
    /// Higher is surer; quarters of a rare shared actor.
    pub score: u32,
}

/// Compares two tellings; `None` where they are of two events or nothing tells.
pub(super) fn same_event(
    scales: &Scales<'_>,
    a: &Telling<'_>,
    b: &Telling<'_>,
) -> Option<Likeness> {
    let kin = closest(scales, a, b);
    if kin == Kinship::None {
        return None;
    }
    let facts = Facts::of(scales, a, b);
    if facts.against(scales, a, b) {
        return None;
    }
    let enough = if a.doc == b.doc {
        // What an article says will happen and what it says has happened are
        // two things, unless their dates make them one.
        let done = |t: &Telling<'_>| t.statuses.contains(&Status::Occurred);
        (done(a) == done(b) || facts.when >= Agreement::Month) && facts.enough_within(kin)
    } else {
        facts.enough_across(kin)
    };
    enough.then_some(Likeness {
        score: facts.shared
            + 2 * facts.about.min(4)
            + 4 * u32::from(facts.when == Agreement::Day || facts.weekday)
            + 2 * u32::from(kin == Kinship::Same)
            + 2 * u32::from(facts.place),
    })
}

/// Whether two tellings cannot both belong to one event.
pub(super) fn contradict(scales: &Scales<'_>, a: &Telling<'_>, b: &Telling<'_>) -> bool {
    Facts::of(scales, a, b).against(scales, a, b)
}

/// What speaks for and against two tellings being one.
#[derive(Debug)]
struct Facts {
    /// Weight of the shared actors.
    shared: u32,
    /// Number of shared actors.
    count: usize,
    /// One telling's actors are all in the other.
    subset: bool,
    /// They share a group, a conference, a product, an agreement.
    matter: bool,
    /// Number of shared content words.
    about: u32,
    when: Agreement,
    /// A weekday's name fits the other's date, or both use the same one.
    weekday: bool,
    place: bool,
    lemma: bool,
    /// Both took place on one occasion: a conference.
    occasion: bool,
    /// An event that happens once, with the same object.
    same_once: bool,
    /// The same person leaves, which seldom happens twice.
    same_leaver: bool,
    /// An event that happens once, with one doer, at one time, and with objects
    /// whose names fit: "Helio", "Helio Systems".
    names_fit: bool,
    /// Tellings in which a country and its minister or body stand for each
    /// other: then one telling's actors are all in the other.
    stand_in: bool,
    /// They share a group or an agreement that one of them founds or tells of.
    founding: bool,
    /// One has no date, and its article came out within days of the other's.
    fresh: bool,
    /// They name different towns.
    towns: bool,
    /// The type says little without what it is about.
    content: bool,
}

impl Facts {
    fn of(scales: &Scales<'_>, a: &Telling<'_>, b: &Telling<'_>) -> Facts {
        let shared: Vec<usize> = a
            .actors
            .keys()
            .filter(|k| b.actors.contains_key(k))
            .copied()
            .collect();
        let small = a.actors.len().min(b.actors.len());
        let (when, weekday) = times(a, b);
        let is_once = |t: &Telling<'_>| t.kinds.iter().any(|k| scales.kinds.happens_once(k));
        let object = |t: &Telling<'_>, actor: usize| {
            let mut roles = t.actors[&actor].iter();
            roles.any(|role| scales.kinds.is_object(role))
        };
        Facts {
            shared: shared.iter().map(|s| scales.weight(*s)).sum(),
            count: shared.len(),
            subset: small > 0 && shared.len() == small,
            matter: shared.iter().any(|s| scales.is_matter(*s)),
            about: u32::try_from(a.about.intersection(&b.about).count()).unwrap_or(u32::MAX),
            when,
            weekday,
            place: !a.places.is_disjoint(&b.places),
            lemma: !a.lemmas.is_disjoint(&b.lemmas),
            occasion: shared.iter().any(|s| {
                let held = |t: &Telling<'_>| t.actors[s].contains("occasion");
                held(a) && held(b)
            }),
            same_once: is_once(a)
                && is_once(b)
                && !a.kinds.is_disjoint(&b.kinds)
                && shared.iter().any(|s| {
                    let treaty =
                        a.kinds.contains("sign") && scales.kind(*s) == ActorKind::Agreement;
                    treaty || (object(a, *s) && object(b, *s))
                }),
            content: a.kinds.iter().chain(&b.kinds).all(|k| needs_content(k)),
            same_leaver: shared.iter().any(|s| {
                let leaves = |t: &Telling<'_>| t.actors[s].contains("leaver");
                leaves(a) && leaves(b)
            }),
            names_fit: is_once(a)
                && is_once(b)
                && !a.kinds.is_disjoint(&b.kinds)
                && a.date()
                    .zip(b.date())
                    .is_some_and(|(x, y)| x.date.edtf == y.date.edtf)
                && shared
                    .iter()
                    .any(|s| scales.kind(*s) == ActorKind::Person && !object(a, *s))
                && alike_objects(scales, a, b),
            stand_in: stand_in(scales, a, b),
            founding: shared
                .iter()
                .any(|s| matches!(scales.kind(*s), ActorKind::Group | ActorKind::Agreement)),
            fresh: fresh(a, b) || fresh(b, a),
            towns: towns(scales, a)
                .zip(towns(scales, b))
                .is_some_and(|(x, y)| x.is_disjoint(&y)),
        }
    }

    /// Whether something keeps the two apart whatever speaks for them.
    fn against(&self, scales: &Scales<'_>, a: &Telling<'_>, b: &Telling<'_>) -> bool {
        let denied = |t: &Telling<'_>| t.statuses.contains(&Status::Denied);
        a.plural != b.plural
            || (self.when == Agreement::Conflict && !self.same_once)
            || (denied(a) != denied(b) && self.when != Agreement::Day)
            // One city today and another: two things, but a treaty is signed
            // once, and then the witnesses differ.
            || (self.towns && !self.same_once && !self.occasion)
            || (!self.occasion && objects_differ(scales, a, b))
    }

    /// Whether two mentions of one article are one event. The actors of an
    /// article take part in most of it, so they count for little alone.
    fn enough_within(&self, kin: Kinship) -> bool {
        let content = self.about > 0 || self.matter || self.same_once;
        if self.occasion {
            return true;
        }
        if kin == Kinship::Related {
            return self.subset && self.count > 1 && (self.matter || self.about > 1);
        }
        if self.stand_in && self.when == Agreement::Day && self.about > 0 {
            return true;
        }
        if self.content && !content {
            return false;
        }
        if self.same_once || self.same_leaver {
            return true;
        }
        let dated = self.when >= Agreement::Month || self.weekday;
        match self.count {
            0 => false,
            1 => self.subset && (self.about > 0 || self.lemma || dated || self.place),
            _ => self.subset || (dated && self.about > 0),
        }
    }

    /// Whether tellings of two articles are one event.
    fn enough_across(&self, kin: Kinship) -> bool {
        // One conference on days that do not differ is one event, whoever
        // spoke there.
        if self.occasion && (self.shared >= 8 || self.when >= Agreement::Day || self.weekday) {
            return true;
        }
        if self.names_fit {
            return true;
        }
        // What two announce, agree on or found, and name alike, is one thing.
        if self.founding && self.content && self.shared >= 8 {
            return true;
        }
        if kin == Kinship::Related && !(self.matter || (self.shared >= 8 && self.about > 0)) {
            return false;
        }
        if self.content && self.about == 0 && !self.matter && !self.same_once {
            return false;
        }
        if self.same_leaver && self.shared >= 4 {
            return self.when >= Agreement::Month || self.count > 1 || self.lemma || self.fresh;
        }
        if self.same_once {
            // The object alone may be a country or a common name.
            return self.shared >= 4 && (self.count > 1 || self.about > 0 || self.lemma);
        }
        match (self.when, self.weekday) {
            (Agreement::Conflict, _) => false,
            (Agreement::Day, _) => match self.shared {
                6.. => true,
                4..6 => {
                    self.about > 1
                        || (self.about > 0 && (self.place || self.count > 1))
                        || (self.subset && self.lemma && self.place)
                        || (self.count > 1 && self.lemma)
                }
                _ => false,
            },
            (_, true) | (Agreement::Month, _) => {
                self.shared >= 8
                    || (self.shared >= 4 && self.place && self.weekday && kin == Kinship::Same)
                    || (self.shared >= 6 && self.about > 0)
            }
            (Agreement::Loose | Agreement::Unknown, false) => {
                (self.shared >= 8 && self.about > 0) || (self.shared >= 6 && self.about > 1)
            }
        }
    }
}

fn closest(scales: &Scales<'_>, a: &Telling<'_>, b: &Telling<'_>) -> Kinship {
    let mut best = Kinship::None;
    for x in &a.kinds {
        for y in &b.kinds {
            match scales.kinds.kinship(x, y) {
                // Things of no type are one only where they are told alike.
                Kinship::Same if *x == "other" && a.lemmas.is_disjoint(&b.lemmas) => {}
                Kinship::Same => return Kinship::Same,
                Kinship::Related => best = Kinship::Related,
                Kinship::None => {}
            }
        }
    }
    best
}

/// Whether the two concern different things: two acquisitions by one buyer, two
/// meetings of one man.
fn objects_differ(scales: &Scales<'_>, a: &Telling<'_>, b: &Telling<'_>) -> bool {
    if a.kinds.is_disjoint(&b.kinds) {
        return false;
    }
    let with = |t: &Telling<'_>, wanted: &dyn Fn(&str) -> bool| -> BTreeSet<usize> {
        t.actors
            .iter()
            .filter(|(_, roles)| roles.iter().any(|r| wanted(r)))
            .map(|(actor, _)| *actor)
            .collect()
    };
    let apart = |x: &BTreeSet<usize>, y: &BTreeSet<usize>| {
        // A state and its minister, a body and its head may stand for each
        // other, so only actors of one kind contradict.
        let kinds =
            |s: &BTreeSet<usize>| s.iter().map(|a| scales.kind(*a)).collect::<BTreeSet<_>>();
        !x.is_empty() && !y.is_empty() && x.is_disjoint(y) && !kinds(x).is_disjoint(&kinds(y))
    };
    let objects = |role: &str| scales.kinds.is_object(role);
    if apart(&with(a, &objects), &with(b, &objects)) && !alike_objects(scales, a, b) {
        return true;
    }
    let left = |role: &str| role == "organization";
    if a.kinds.contains("resign") && apart(&with(a, &left), &with(b, &left)) {
        return true;
    }
    let agents = |role: &str| scales.kinds.side(role) == Side::Agent && role != "announcer";
    let (x, y) = (with(a, &agents), with(b, &agents));
    // Who it was that attacked is often told in two ways.
    let blamed = a.kinds.contains("attack")
        && with(a, &objects)
            .intersection(&with(b, &objects))
            .any(|o| scales.weight(*o) >= 4)
        && times(a, b).0 == Agreement::Day;
    // A company may be bought twice: by a man, and later by another company.
    let bought = a.kinds.contains("acquire") && b.kinds.contains("acquire");
    if (apart(&x, &y) && !blamed) || (bought && !x.is_empty() && !y.is_empty() && x.is_disjoint(&y))
    {
        return true;
    }
    // Of those side by side, each telling may leave some out, but two that each
    // name a person whom the other does not know tell of two tables.
    let people = |t: &Telling<'_>| -> BTreeSet<usize> {
        with(t, &|role| scales.kinds.side(role) == Side::Equal)
            .into_iter()
            .filter(|p| scales.kind(*p) == ActorKind::Person)
            .collect()
    };
    let (x, y) = (people(a), people(b));
    let both = x.intersection(&y).count();
    both < 2 && x.len() > both && y.len() > both
}

/// The objects of a telling: what the event happened to.
fn objects<'t>(scales: &'t Scales<'_>, t: &'t Telling<'_>) -> impl Iterator<Item = usize> + 't {
    t.actors
        .iter()
        .filter(|(_, roles)| roles.iter().any(|r| scales.kinds.is_object(r)))
        .map(|(actor, _)| *actor)
}

/// Whether an object of one may be an object of the other by its name: all
/// words of the shorter name begin the longer one.
fn alike_objects(scales: &Scales<'_>, a: &Telling<'_>, b: &Telling<'_>) -> bool {
    objects(scales, a).any(|x| {
        objects(scales, b).any(|y| {
            let (x, y) = (&scales.cast.actors[x], &scales.cast.actors[y]);
            let (x_name, y_name) = (fold(&x.name), fold(&y.name));
            let begins = |long: &str, short: &str| {
                long.strip_prefix(short)
                    .is_some_and(|rest| rest.starts_with(' '))
            };
            x.kind == y.kind
                && matches!(x.kind, ActorKind::Organization | ActorKind::Product)
                && (begins(&x_name, &y_name) || begins(&y_name, &x_name))
        })
    })
}

/// Whether the two share an actor, and every other actor of one telling has a
/// country, or the minister or body of one, to stand for it in the other, with
/// a role on the same side.
fn stand_in(scales: &Scales<'_>, a: &Telling<'_>, b: &Telling<'_>) -> bool {
    let belongs = |x: usize, y: usize| {
        let (x, y) = (&scales.cast.actors[x], &scales.cast.actors[y]);
        let of = |state: &Actor, other: &Actor| {
            state.kind == ActorKind::Country
                && matches!(other.kind, ActorKind::Person | ActorKind::Organization)
                && other.country.as_deref() == Some(state.name.as_str())
        };
        of(x, y) || of(y, x)
    };
    let side = |t: &Telling<'_>, actor: usize| -> Option<Side> {
        let role = t.actors.get(&actor)?.first()?;
        Some(scales.kinds.side(role))
    };
    let (small, large) = if a.actors.len() <= b.actors.len() {
        (a, b)
    } else {
        (b, a)
    };
    let shared = small.actors.keys().any(|x| large.actors.contains_key(x));
    let mut stood = false;
    let all = small.actors.keys().all(|x| {
        let other = large
            .actors
            .keys()
            .any(|y| belongs(*x, *y) && side(small, *x) == side(large, *y));
        stood |= other && !large.actors.contains_key(x);
        other || large.actors.contains_key(x)
    });
    shared && all && stood
}

/// How long an article that gives no date is news, in days.
const FRESH: i64 = 10;

/// Whether one telling has no date, and its article came out at most a few
/// days after the date of the other.
fn fresh(undated: &Telling<'_>, dated: &Telling<'_>) -> bool {
    let date = dated.date().and_then(|d| d.date.edtf.earliest());
    undated.date().is_none()
        && date
            .zip(undated.told.1)
            .is_some_and(|(day, told)| (0..=FRESH).contains(&(told - day).num_days()))
}

/// The towns in which a telling puts the event, where it names any.
fn towns(scales: &Scales<'_>, t: &Telling<'_>) -> Option<BTreeSet<usize>> {
    let in_role = |(actor, roles): (&usize, &BTreeSet<&str>)| {
        let is_place = roles.contains("place");
        is_place.then_some(*actor)
    };
    let towns: BTreeSet<usize> = t
        .places
        .iter()
        .copied()
        .chain(t.actors.iter().filter_map(in_role))
        .filter(|p| is_town(scales.cast, *p))
        .collect();
    (!towns.is_empty()).then_some(towns)
}

/// How the dates of two tellings relate, and whether a weekday's name ties them.
fn times(a: &Telling<'_>, b: &Telling<'_>) -> (Agreement, bool) {
    match (a.date(), b.date()) {
        (Some(x), Some(y)) => match x.agreement(y) {
            Agreement::Conflict => (Agreement::Conflict, false),
            // The publication is known, but not to the day: a weekday's name
            // says more than the months that it can lie in.
            loose => match (undated(a, y), undated(b, x)) {
                ((Agreement::Conflict, _), _) | (_, (Agreement::Conflict, _)) => {
                    (Agreement::Conflict, false)
                }
                ((_, fits), (_, also)) => (loose, fits || also),
            },
        },
        (Some(known), None) => since(b, known).unwrap_or_else(|| undated(b, known)),
        (None, Some(known)) => since(a, known).unwrap_or_else(|| undated(a, known)),
        (None, None) => {
            let words = |t: &Telling<'_>| -> BTreeSet<u8> {
                t.times.iter().filter_map(|t| weekday(&t.meaning)).collect()
            };
            let (x, y) = (words(a), words(b));
            if x.is_empty() || y.is_empty() {
                (Agreement::Unknown, false)
            } else if x.is_disjoint(&y) {
                // "Monday" in one, "Tuesday" in the other.
                (Agreement::Conflict, false)
            } else {
                (Agreement::Unknown, true)
            }
        }
    }
}

/// How long after its plan was told something takes place, in days.
const PLANNED_AHEAD: i64 = 120;

/// A telling without a date against a known one, by the publication of its
/// article alone: what it tells as done did not happen later, and what it
/// tells as planned did not happen long before or long after.
fn since(undated: &Telling<'_>, known: &Dated) -> Option<(Agreement, bool)> {
    let (first, last) = known.date.edtf.bounds();
    let (told_first, told_last) = undated.told;
    let done = undated
        .statuses
        .iter()
        .all(|s| matches!(s, Status::Occurred | Status::Denied));
    let ahead = first.zip(told_last).map(|(f, t)| (f - t).num_days());
    let behind = told_first.zip(last).map(|(t, l)| (t - l).num_days());
    let conflict = if done {
        ahead.is_some_and(|days| days > 1)
    } else {
        ahead.is_some_and(|days| days > PLANNED_AHEAD) || behind.is_some_and(|days| days > 7)
    };
    conflict.then_some((Agreement::Conflict, false))
}

/// A telling whose time words wait for a publication date, against a known date.
fn undated(waiting: &Telling<'_>, known: &Dated) -> (Agreement, bool) {
    let Some(day) = known.day else {
        return (Agreement::Unknown, false);
    };
    let own = u8::try_from(day.weekday().number_from_monday()).unwrap_or(0);
    let mut fits = false;
    for named in waiting.times.iter().filter_map(|t| weekday(&t.meaning)) {
        if named != own {
            return (Agreement::Conflict, false);
        }
        fits = true;
    }
    (Agreement::Unknown, fits)
}
