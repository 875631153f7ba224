//! Whether two tellings are of the same event: what speaks for it and what
//! against. Pure.

mod times;

use super::actors::Cast;
use super::corpus::Corpus;
use super::dates::{Agreement, Dates};
use super::differences::is_town;
use super::kinds::{
    ACQUIRE, AGENT, ATTACK, EQUAL, Kinship, LEAVER, LEFT, MARKS, NEEDS_CONTENT, OBJECT, OCCASION,
    ONCE_ONLY, OTHER, PLACE, RESIGN, SIGN, Terms,
};
use super::telling::Telling;
use super::words::{NONE, Words, meet, shared};
use crate::model::{ActorKind, Status};
use times::{fresh, relation};

/// What comparing two tellings needs to know of an actor.
#[derive(Debug)]
struct Measure {
    kind: ActorKind,
    weight: u8,
    /// It is a town.
    town: bool,
    /// The country that it is, or belongs to: a number among the names.
    state: u32,
    /// The name of an organisation or a product, folded.
    name: u32,
}

/// What comparing two tellings needs to know.
#[derive(Debug)]
pub(super) struct Scales<'c> {
    pub(super) corpus: &'c Corpus,
    pub(super) terms: &'c Terms,
    actors: Vec<Measure>,
    names: Words,
}

impl<'c> Scales<'c> {
    pub(super) fn new(corpus: &'c Corpus, cast: &Cast) -> Scales<'c> {
        // An actor in more documents than this says little.
        let common = (corpus.len() / 5).max(8);
        let mut names = Words::default();
        let actors = cast.actors.iter().map(|actor| Measure {
            kind: actor.kind,
            // In quarters: a rare person or body 4, a common one or a country
            // 2, a place 1.
            weight: match actor.kind {
                ActorKind::Country => 2,
                ActorKind::Place => 1,
                _ if actor.spread as usize > common => 2,
                _ => 4,
            },
            town: is_town(corpus, actor),
            state: match actor.kind {
                ActorKind::Country => actor.name,
                ActorKind::Person | ActorKind::Organization => actor.country,
                _ => NONE,
            },
            name: match actor.kind {
                ActorKind::Organization | ActorKind::Product => {
                    names.add(&super::fold(corpus.names_of.get(actor.name)))
                }
                _ => NONE,
            },
        });
        Scales {
            actors: actors.collect(),
            names,
            corpus,
            terms: &corpus.terms,
        }
    }

    fn kind(&self, actor: u32) -> ActorKind {
        let actor = self.actors.get(actor as usize);
        actor.map_or(ActorKind::Place, |a| a.kind)
    }

    /// How much sharing this actor says, in quarters.
    pub(super) fn weight(&self, actor: u32) -> u32 {
        self.actors
            .get(actor as usize)
            .map_or(0, |a| a.weight.into())
    }

    /// Whether an actor is made or concerned by events rather than a doer.
    fn is_matter(&self, actor: u32) -> bool {
        matches!(
            self.kind(actor),
            ActorKind::Group | ActorKind::Conference | ActorKind::Product | ActorKind::Agreement
        )
    }

    fn is_town(&self, actor: u32) -> bool {
        self.actors.get(actor as usize).is_some_and(|a| a.town)
    }

    /// Whether the actor is a country or a place: too many events have it.
    pub(super) fn is_somewhere(&self, actor: u32) -> bool {
        matches!(self.kind(actor), ActorKind::Country | ActorKind::Place)
    }

    /// All that is known of one of the types of a telling.
    pub(super) fn any(&self, t: &Telling<'_>, mark: u16) -> bool {
        t.kinds.iter().any(|k| self.terms.marks(*k) & mark != 0)
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
    dates: &Dates,
    a: &Telling<'_>,
    b: &Telling<'_>,
) -> Option<Likeness> {
    let kin = closest(scales, a, b);
    if kin == Kinship::None {
        return None;
    }
    let facts = Facts::unless_apart(scales, dates, a, b)?;
    facts.likeness(scales, dates, kin, (a, b))
}

/// How well two tellings of two articles fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// They cannot both belong to one event.
    Against,
    /// Nothing tells.
    Unknown,
    /// They are of one event.
    Same(Likeness),
}

/// Compares two tellings, of which the one may be out of the question.
pub(super) fn fit(scales: &Scales<'_>, dates: &Dates, a: &Telling<'_>, b: &Telling<'_>) -> Fit {
    let Some(facts) = Facts::unless_apart(scales, dates, a, b) else {
        return Fit::Against;
    };
    match closest(scales, a, b) {
        Kinship::None => Fit::Unknown,
        kin => facts
            .likeness(scales, dates, kin, (a, b))
            .map_or(Fit::Unknown, Fit::Same),
    }
}

/// Whether two tellings cannot both belong to one event.
pub(super) fn contradict(
    scales: &Scales<'_>,
    dates: &Dates,
    a: &Telling<'_>,
    b: &Telling<'_>,
) -> bool {
    Facts::unless_apart(scales, dates, a, b).is_none()
}

/// The actors that two tellings share, with their roles in both.
fn both<'t>(a: &'t Telling<'_>, b: &'t Telling<'_>) -> impl Iterator<Item = (u32, u32, u32)> + 't {
    let mut rest = b.actors;
    a.actors.iter().filter_map(move |(actor, roles)| {
        while let [(other, others), behind @ ..] = rest {
            if other > actor {
                return None;
            }
            rest = behind;
            if other == actor {
                return Some((*actor, *roles, *others));
            }
        }
        None
    })
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
    /// They share a group or an agreement that one of them founds or tells of.
    founding: bool,
    /// They name different towns.
    towns: bool,
    /// The type says little without what it is about.
    content: bool,
}

impl Facts {
    /// What speaks for the two being one; `None` where something keeps them
    /// apart.
    fn unless_apart(
        scales: &Scales<'_>,
        dates: &Dates,
        a: &Telling<'_>,
        b: &Telling<'_>,
    ) -> Option<Facts> {
        let when = relation(dates, a, b);
        let once = || scales.any(a, ONCE_ONLY) && scales.any(b, ONCE_ONLY);
        // Most are apart by their dates, which is quickly seen.
        if a.plural != b.plural || (when.0 == Agreement::Conflict && !once()) {
            return None;
        }
        let facts = Facts::of(scales, dates, when, a, b);
        (!facts.against(scales, dates, a, b)).then_some(facts)
    }

    fn of(
        scales: &Scales<'_>,
        dates: &Dates,
        (when, weekday): (Agreement, bool),
        a: &Telling<'_>,
        b: &Telling<'_>,
    ) -> Facts {
        let small = a.actors.len().min(b.actors.len());
        let same_kind = meet(a.kinds, b.kinds);
        let once = same_kind && scales.any(a, ONCE_ONLY) && scales.any(b, ONCE_ONLY);
        let treaty = once && scales.any(a, SIGN);
        let mut facts = Facts {
            shared: 0,
            count: 0,
            subset: false,
            matter: false,
            about: u32::try_from(shared(a.about, b.about)).unwrap_or(u32::MAX),
            when,
            weekday,
            place: meet(a.places, b.places),
            lemma: meet(a.lemmas, b.lemmas),
            occasion: false,
            same_once: false,
            same_leaver: false,
            names_fit: false,
            founding: false,
            towns: false,
            content: a
                .kinds
                .iter()
                .chain(b.kinds)
                .all(|k| scales.terms.marks(*k) & NEEDS_CONTENT != 0),
        };
        let mut doer = false;
        for (actor, x, y) in both(a, b) {
            let kind = scales.kind(actor);
            let in_both = x & y;
            facts.shared += scales.weight(actor);
            facts.count += 1;
            facts.matter |= scales.is_matter(actor);
            facts.occasion |= in_both & OCCASION != 0;
            facts.same_once |= once && in_both & OBJECT != 0;
            facts.same_once |= treaty && kind == ActorKind::Agreement;
            facts.same_leaver |= in_both & LEAVER != 0;
            facts.founding |= matches!(kind, ActorKind::Group | ActorKind::Agreement);
            doer |= kind == ActorKind::Person && x & OBJECT == 0;
        }
        facts.subset = small > 0 && facts.count == small;
        facts.names_fit = once
            && doer
            && a.date(dates)
                .zip(b.date(dates))
                .is_some_and(|(x, y)| x.edtf == y.edtf)
            && alike_objects(scales, a, b);
        facts.towns = matches!((towns(scales, a), towns(scales, b)),
            (Some(x), Some(y)) if !meet(&x, &y));
        facts
    }

    /// How alike two tellings are, of which nothing keeps them apart.
    fn likeness(
        &self,
        scales: &Scales<'_>,
        dates: &Dates,
        kin: Kinship,
        (a, b): (&Telling<'_>, &Telling<'_>),
    ) -> Option<Likeness> {
        let enough = if a.doc == b.doc {
            // What an article says will happen and what it says has happened
            // are two things, unless their dates make them one.
            let done = |t: &Telling<'_>| t.has(Status::Occurred);
            (done(a) == done(b) || self.when >= Agreement::Month)
                && self.enough_within(kin, || stand_in(scales, a, b))
        } else {
            self.enough_across(kin, || fresh(dates, a, b) || fresh(dates, b, a))
        };
        enough.then_some(Likeness {
            score: self.shared
                + 2 * self.about.min(4)
                + 4 * u32::from(self.when == Agreement::Day || self.weekday)
                + 2 * u32::from(kin == Kinship::Same)
                + 2 * u32::from(self.place),
        })
    }

    /// Whether something keeps the two apart whatever speaks for them.
    fn against(
        &self,
        scales: &Scales<'_>,
        dates: &Dates,
        a: &Telling<'_>,
        b: &Telling<'_>,
    ) -> bool {
        let denied = |t: &Telling<'_>| t.has(Status::Denied);
        (self.when == Agreement::Conflict && !self.same_once)
            || (denied(a) != denied(b) && self.when != Agreement::Day)
            // One city today and another: two things, but a treaty is signed
            // once, and then the witnesses differ.
            || (self.towns && !self.same_once && !self.occasion)
            || (!self.occasion && objects_differ(scales, dates, a, b))
    }

    /// Whether two mentions of one article are one event. The actors of an
    /// article take part in most of it, so they count for little alone.
    /// `stand_in`: a country and its minister or body stand for each other, and
    /// then one telling's actors are all in the other.
    fn enough_within(&self, kin: Kinship, stand_in: impl Fn() -> bool) -> bool {
        let content = self.about > 0 || self.matter || self.same_once;
        if self.occasion {
            return true;
        }
        if kin == Kinship::Related {
            return self.subset && self.count > 1 && (self.matter || self.about > 1);
        }
        if self.when == Agreement::Day && self.about > 0 && stand_in() {
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

    /// Whether tellings of two articles are one event. `fresh`: one has no date,
    /// and its article came out within days of the other's.
    fn enough_across(&self, kin: Kinship, fresh: impl Fn() -> bool) -> bool {
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
            return self.when >= Agreement::Month || self.count > 1 || self.lemma || fresh();
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
    for x in a.kinds {
        for y in b.kinds {
            if x != y {
                if scales.terms.related(*x).binary_search(y).is_ok() {
                    best = Kinship::Related;
                }
            } else if scales.terms.marks(*x) & OTHER == 0 || meet(a.lemmas, b.lemmas) {
                // Things of no type are one only where they are told alike.
                return Kinship::Same;
            }
        }
    }
    best
}

/// Whether the two concern different things: two acquisitions by one buyer, two
/// meetings of one man.
fn objects_differ(scales: &Scales<'_>, dates: &Dates, a: &Telling<'_>, b: &Telling<'_>) -> bool {
    if !meet(a.kinds, b.kinds) {
        return false;
    }
    if apart(scales, a, b, OBJECT) && !alike_objects(scales, a, b) {
        return true;
    }
    if scales.any(a, RESIGN) && apart(scales, a, b, LEFT) {
        return true;
    }
    // Who it was that attacked is often told in two ways.
    let blamed = || {
        scales.any(a, ATTACK)
            && both(a, b).any(|(o, x, y)| x & y & OBJECT != 0 && scales.weight(o) >= 4)
            && relation(dates, a, b).0 == Agreement::Day
    };
    if apart(scales, a, b, AGENT) && !blamed() {
        return true;
    }
    // A company may be bought twice: by a man, and later by another company.
    if scales.any(a, ACQUIRE)
        && scales.any(b, ACQUIRE)
        && with(a, AGENT).next().is_some()
        && with(b, AGENT).next().is_some()
        && !both(a, b).any(|(_, x, y)| x & y & AGENT != 0)
    {
        return true;
    }
    // Of those side by side, each telling may leave some out, but two that each
    // name a person whom the other does not know tell of two tables.
    let is_person = |actor: u32| scales.kind(actor) == ActorKind::Person;
    let people = |t: &Telling<'_>| with(t, EQUAL).filter(|p| is_person(*p)).count();
    let (x, y) = (people(a), people(b));
    if x == 0 || y == 0 {
        return false;
    }
    let both = both(a, b).filter(|(p, x, y)| x & y & EQUAL != 0 && is_person(*p));
    let both = both.count();
    both < 2 && x > both && y > both
}

/// The actors of a telling in roles with a mark.
fn with<'t>(t: &Telling<'t>, mark: u32) -> impl Iterator<Item = u32> + use<'t> {
    let marked = t.actors.iter().filter(move |(_, roles)| roles & mark != 0);
    marked.map(|(actor, _)| *actor)
}

/// Whether both have actors in such roles, none of them the same, though some
/// are of one kind. A state and its minister, a body and its head may stand for
/// each other, so only actors of one kind contradict.
fn apart(scales: &Scales<'_>, a: &Telling<'_>, b: &Telling<'_>, mark: u32) -> bool {
    let kinds = |t: &Telling<'_>| {
        with(t, mark).fold(0_u32, |kinds, actor| kinds | 1 << scales.kind(actor) as u32)
    };
    kinds(a) & kinds(b) != 0 && !both(a, b).any(|(_, x, y)| x & y & mark != 0)
}

/// Whether an object of one may be an object of the other by its name: all
/// words of the shorter name begin the longer one.
fn alike_objects(scales: &Scales<'_>, a: &Telling<'_>, b: &Telling<'_>) -> bool {
    let begins = |long: &str, short: &str| {
        long.strip_prefix(short)
            .is_some_and(|rest| rest.starts_with(' '))
    };
    let thing = |actor: u32| {
        let actor = scales.actors.get(actor as usize);
        actor.filter(|a| matches!(a.kind, ActorKind::Organization | ActorKind::Product))
    };
    with(a, OBJECT).filter_map(thing).any(|x| {
        with(b, OBJECT).filter_map(thing).any(|y| {
            let (x_name, y_name) = (scales.names.get(x.name), scales.names.get(y.name));
            x.kind == y.kind && (begins(x_name, y_name) || begins(y_name, x_name))
        })
    })
}

/// Whether the two share an actor, and every other actor of one telling has a
/// country, or the minister or body of one, to stand for it in the other, with
/// a role on the same side.
fn stand_in(scales: &Scales<'_>, a: &Telling<'_>, b: &Telling<'_>) -> bool {
    let belongs = |x: u32, y: u32| {
        let known = |actor: u32| scales.actors.get(actor as usize);
        let of = |state: &Measure, other: &Measure| {
            state.kind == ActorKind::Country
                && matches!(other.kind, ActorKind::Person | ActorKind::Organization)
                && other.state == state.state
        };
        known(x)
            .zip(known(y))
            .is_some_and(|(x, y)| of(x, y) || of(y, x))
    };
    let side = |roles: u32| scales.terms.side(roles >> MARKS);
    let (small, large) = if a.actors.len() <= b.actors.len() {
        (a, b)
    } else {
        (b, a)
    };
    let mut stood = false;
    let all = small.actors.iter().all(|(x, roles)| {
        let mut others = large.actors.iter();
        let other = others.any(|(y, theirs)| belongs(*x, *y) && side(*roles) == side(*theirs));
        let itself = large.roles(*x).is_some();
        stood |= other && !itself;
        other || itself
    });
    all && stood && both(small, large).next().is_some()
}

/// The towns in which a telling puts the event, where it names any; sorted.
fn towns(scales: &Scales<'_>, t: &Telling<'_>) -> Option<Vec<u32>> {
    let places = t.places.iter().copied().chain(with(t, PLACE));
    let mut towns: Vec<u32> = places.filter(|p| scales.is_town(*p)).collect();
    towns.sort_unstable();
    (!towns.is_empty()).then_some(towns)
}
