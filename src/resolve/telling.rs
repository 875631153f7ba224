//! One article's telling of one event: the mentions of it put together, and
//! whether two tellings are of the same event. Pure.

use super::actors::Cast;
use super::corpus::Corpus;
use super::dates::{Agreement, Dated, own_date, weekday};
use super::kinds::{Kinship, Side, happens_once, is_object, kinship, needs_content, side};
use super::story::Published;
use crate::extract::{EventMention, TimeRef};
use crate::model::{ActorKind, DateBasis, Status};
use chrono::Datelike;
use std::collections::{BTreeMap, BTreeSet};

/// One mention with its actors resolved.
#[derive(Debug, Clone)]
pub(super) struct Mention<'r> {
    pub doc: usize,
    pub event: &'r EventMention,
    pub parts: Vec<(usize, &'r str)>,
    pub place: Option<usize>,
    pub occasion: Option<usize>,
    pub date: Option<Dated>,
}

impl<'r> Mention<'r> {
    /// Resolves the indices of a mention; those that the report does not have
    /// are left out.
    pub(super) fn new(
        cast: &Cast,
        doc: usize,
        event: &'r EventMention,
        published: &Published,
    ) -> Mention<'r> {
        let mut parts: Vec<(usize, &str)> = Vec::new();
        for part in &event.participants {
            if let Some(actor) = cast.of(doc, part.actor)
                && !parts.iter().any(|(a, _)| *a == actor)
            {
                parts.push((actor, &part.role));
            }
        }
        let actor = |local: Option<u32>| local.and_then(|a| cast.of(doc, a));
        Mention {
            doc,
            event,
            parts,
            place: actor(event.place),
            occasion: actor(event.occasion),
            date: own_date(event, published).map(Dated::new),
        }
    }
}

/// The mentions of one event in one article.
#[derive(Debug, Clone)]
pub(super) struct Telling<'r> {
    pub doc: usize,
    /// Indices into the list of all mentions, in the order of the text.
    pub mentions: Vec<usize>,
    pub kinds: BTreeSet<&'r str>,
    /// Everyone who takes part, with the roles given.
    pub actors: BTreeMap<usize, BTreeSet<&'r str>>,
    pub about: BTreeSet<&'r str>,
    pub dates: Vec<Dated>,
    /// Time words that could not be resolved to a day.
    pub times: Vec<&'r TimeRef>,
    pub statuses: BTreeSet<Status>,
    pub places: BTreeSet<usize>,
    pub lemmas: BTreeSet<&'r str>,
    /// The trigger is a plural: "meetings".
    pub plural: bool,
    /// The words point back to an event told before.
    pub again: bool,
}

/// Lemmas that say nothing about what an event is about.
const EMPTY_WORDS: [&str; 26] = [
    "new",
    "first",
    "last",
    "next",
    "other",
    "more",
    "many",
    "say",
    "make",
    "take",
    "have",
    "be",
    "do",
    "get",
    "year",
    "month",
    "week",
    "day",
    "time",
    "people",
    "country",
    "way",
    "issue",
    "government",
    "official",
    "report",
];

impl<'r> Telling<'r> {
    /// A telling of one mention.
    pub(super) fn of(index: usize, mention: &Mention<'r>) -> Telling<'r> {
        let event = mention.event;
        let mut actors: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        for (actor, role) in &mention.parts {
            actors.entry(*actor).or_default().insert(role);
        }
        if let Some(occasion) = mention.occasion {
            actors.entry(occasion).or_default().insert("occasion");
        }
        let content =
            |w: &&str| w.chars().next().is_some_and(char::is_lowercase) && !EMPTY_WORDS.contains(w);
        let trigger = &event.trigger;
        Telling {
            doc: mention.doc,
            mentions: vec![index],
            kinds: BTreeSet::from([event.kind.as_str()]),
            actors,
            about: event
                .about
                .iter()
                .map(String::as_str)
                .filter(content)
                .collect(),
            dates: mention.date.iter().cloned().collect(),
            times: match &mention.date {
                Some(dated) if dated.date.edtf.is_day() => Vec::new(),
                None => event
                    .time
                    .iter()
                    .filter(|t| t.meaning.is_datable())
                    .collect(),
                Some(_) => event
                    .time
                    .iter()
                    .filter(|t| t.meaning.is_relative() && t.meaning.is_datable())
                    .collect(),
            },
            statuses: BTreeSet::from([event.status]),
            places: mention.place.into_iter().collect(),
            lemmas: BTreeSet::from([trigger.lemma.as_str()]),
            plural: trigger.lemma.ends_with("ing")
                && trigger.text.to_lowercase() == format!("{}s", trigger.lemma),
            again: event.again,
        }
    }

    /// Takes in another telling of the same event.
    pub(super) fn absorb(&mut self, other: Telling<'r>) {
        self.mentions.extend(other.mentions);
        self.mentions.sort_unstable();
        self.kinds.extend(other.kinds);
        for (actor, roles) in other.actors {
            self.actors.entry(actor).or_default().extend(roles);
        }
        self.about.extend(other.about);
        self.dates.extend(other.dates);
        self.times.extend(other.times);
        self.statuses.extend(other.statuses);
        self.places.extend(other.places);
        self.lemmas.extend(other.lemmas);
    }

    /// The most precise date that the article gives; one that rests on words
    /// rather than on the publication alone.
    pub(super) fn date(&self) -> Option<&Dated> {
        self.dates.iter().min_by_key(|d| {
            let unsure = d.date.basis == DateBasis::Publication;
            (unsure, d.breadth, d.date.inferred)
        })
    }
}

/// What comparing two tellings needs to know of the actors.
#[derive(Debug)]
pub(super) struct Scales<'c> {
    cast: &'c Cast,
    /// An actor in more documents than this says little.
    common: usize,
}

impl<'c> Scales<'c> {
    pub(super) fn new(corpus: &Corpus<'_>, cast: &'c Cast) -> Scales<'c> {
        Scales {
            cast,
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
    let kin = closest(a, b);
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
        let is_once = |t: &Telling<'_>| t.kinds.iter().any(|k| happens_once(k));
        let object =
            |t: &Telling<'_>, actor: usize| t.actors[&actor].iter().any(|role| is_object(role));
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
                && shared.iter().any(|s| object(a, *s) && object(b, *s)),
            content: a.kinds.iter().chain(&b.kinds).all(|k| needs_content(k)),
        }
    }

    /// Whether something keeps the two apart whatever speaks for them.
    fn against(&self, scales: &Scales<'_>, a: &Telling<'_>, b: &Telling<'_>) -> bool {
        let denied = |t: &Telling<'_>| t.statuses.contains(&Status::Denied);
        a.plural != b.plural
            || (self.when == Agreement::Conflict && !self.same_once)
            || (denied(a) != denied(b) && self.when != Agreement::Day)
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
        if self.content && !content {
            return false;
        }
        if self.same_once {
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
        if kin == Kinship::Related && !(self.matter || (self.shared >= 8 && self.about > 0)) {
            return false;
        }
        if self.content && self.about == 0 && !self.matter && !self.same_once {
            return false;
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

fn closest(a: &Telling<'_>, b: &Telling<'_>) -> Kinship {
    let mut best = Kinship::None;
    for x in &a.kinds {
        for y in &b.kinds {
            match kinship(x, y) {
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
    if apart(&with(a, &is_object), &with(b, &is_object)) {
        return true;
    }
    let agents = |role: &str| side(role) == Side::Agent && role != "announcer";
    let (x, y) = (with(a, &agents), with(b, &agents));
    // A company may be bought twice: by a man, and later by another company.
    let bought = a.kinds.contains("acquire") && b.kinds.contains("acquire");
    if apart(&x, &y) || (bought && !x.is_empty() && !y.is_empty() && x.is_disjoint(&y)) {
        return true;
    }
    // Of those side by side, each telling may leave some out, but two that each
    // name a person whom the other does not know tell of two tables.
    let people = |t: &Telling<'_>| -> BTreeSet<usize> {
        with(t, &|role| side(role) == Side::Equal)
            .into_iter()
            .filter(|p| scales.kind(*p) == ActorKind::Person)
            .collect()
    };
    let (x, y) = (people(a), people(b));
    let both = x.intersection(&y).count();
    both < 2 && x.len() > both && y.len() > both
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
        (Some(known), None) => undated(b, known),
        (None, Some(known)) => undated(a, known),
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
