//! From the mentions of one event to the story's event: who, when, where,
//! whether it happened, according to which sentences, and on what the witnesses
//! differ. Pure.
//!
//! What makes an event's place in the story is known without its sentences:
//! [`outline`]. [`event`] puts the whole together.

use super::actors::Cast;
use super::alike::Alike;
use super::corpus::Corpus;
use super::dates::{Agreement, Dated, Dates, context_date};
use super::differences::{self, Sides};
use super::kinds::specificity;
use super::sources::Outlets;
use super::story::{Disagreement, Event, EventDate, Evidence, Participant, Published};
use super::words::{Map, NONE};
use crate::extract::{EventMention, Quote, Trigger};
use crate::model::{DateBasis, Status};
use crate::text::stable_hash;
use crate::time::Edtf;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What making events needs to know beside their mentions.
#[derive(Debug)]
pub(super) struct Around<'c> {
    pub corpus: &'c Corpus,
    pub cast: &'c Cast,
    pub dates: &'c Dates,
    pub published: &'c [Published],
    pub outlets: &'c Outlets,
    pub alike: &'c Alike,
}

/// What a mention says in words.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub quote: Quote,
    pub trigger: Trigger,
    pub title: String,
}

impl Said {
    /// The words of a mention.
    pub(super) fn of(mention: &EventMention) -> Said {
        Said {
            quote: mention.quote.clone(),
            trigger: mention.trigger.clone(),
            title: mention.title.clone(),
        }
    }
}

/// What is known of an event without its sentences.
#[derive(Debug)]
pub(super) struct Outline<'c> {
    pub edtf: Option<Cow<'c, Edtf>>,
    /// The digits of its id, before it is made unique.
    pub id: u64,
}

/// The digits of an id that come from a text.
pub(super) fn digits(text: &str) -> u64 {
    stable_hash(text.as_bytes()) >> 24
}

/// An id of its digits.
pub(super) fn id(digits: u64) -> String {
    format!("e{digits:010x}")
}

/// What decides on the place and the id of an event with these mentions, which
/// are in order of the texts.
pub(super) fn outline<'c>(around: &Around<'c>, mentions: &[u32]) -> Outline<'c> {
    let corpus = around.corpus;
    let kind = corpus.terms.kind(kind(corpus, mentions));
    let first = mentions.first().map(|m| &corpus.told[*m as usize]);
    let doc = first.map_or("", |f| &corpus.docs[f.doc as usize].id);
    let trigger = first.map_or(0, |f| f.trigger);
    let edtf = match chosen(around, mentions) {
        Some((_, dated)) => Some(Cow::Borrowed(&dated.edtf)),
        None => of_context(around, mentions).map(|d| Cow::Owned(d.edtf)),
    };
    Outline {
        edtf,
        id: digits(&format!("{kind} {doc} {trigger}")),
    }
}

/// Makes one event of its mentions, which are in order of the texts; `said` are
/// their words. The id is left empty. `None` for an event without a sentence.
pub(super) fn event(around: &Around<'_>, mentions: &[u32], said: Vec<Said>) -> Option<Event> {
    let (corpus, cast) = (around.corpus, around.cast);
    let kind = kind(corpus, mentions);
    let best = best_mention(around, mentions, kind)?;
    let (date, date_sides) = date(around, mentions, best);
    let (status, status_sides) = status(corpus, mentions);
    let place = place(corpus, mentions);
    let doc = |m: &u32| corpus.told[*m as usize].doc;
    let several = mentions.first().map(doc) != mentions.last().map(doc);
    let sentences = mentions.iter().zip(&said);
    let sentences = sentences.map(|(m, said)| (doc(m), said.quote.text.as_str()));
    let by_several = |sides: &dyn Fn() -> Sides| if several { sides() } else { Sides::new() };
    let number = if several {
        differences::of_number(sentences)
    } else {
        Sides::new()
    };
    let disagreements: Vec<Disagreement> = [
        ("date", date_sides),
        ("status", status_sides),
        (
            "place",
            by_several(&|| differences::of_place(corpus, cast, mentions)),
        ),
        ("number", number),
        (
            "who",
            by_several(&|| differences::of_who(corpus, cast, mentions)),
        ),
    ]
    .into_iter()
    .filter(|(_, sides)| sides.len() > 1)
    .map(|(about, sides)| Disagreement {
        about: about.to_owned(),
        sides,
    })
    .collect();
    let participants = participants(corpus, mentions);
    let sources = around.outlets.independent(around, mentions, &said);
    let confidence = confidence(sources, &participants, date.as_ref(), disagreements.len());
    let shown = mentions.iter().position(|m| *m == best);
    let title = shown.and_then(|at| said.get(at)).map_or("", |s| &s.title);
    Some(Event {
        id: String::new(),
        kind: corpus.terms.kind(kind).to_owned(),
        title: self::title(corpus, cast, best, title),
        status,
        date,
        place: (place != NONE).then_some(place as usize),
        apart: apart(corpus, mentions, &participants),
        participants,
        evidence: evidence(corpus, mentions, said),
        sources,
        confidence,
        disagreements,
    })
}

/// The type that most documents tell; among equals not a mere announcement, and
/// the first told.
fn kind(corpus: &Corpus, mentions: &[u32]) -> u32 {
    let mut docs: BTreeMap<u32, (BTreeSet<u32>, usize)> = BTreeMap::new();
    if let [only] = mentions {
        return corpus.told[*only as usize].kind;
    }
    for (i, mention) in mentions.iter().enumerate() {
        let told = &corpus.told[*mention as usize];
        docs.entry(told.kind)
            .or_insert_with(|| (BTreeSet::new(), i))
            .0
            .insert(told.doc);
    }
    docs.into_iter()
        .max_by_key(|(kind, (docs, first))| {
            (
                docs.len(),
                *kind != corpus.terms.announce,
                std::cmp::Reverse(*first),
            )
        })
        .map_or(NONE, |(kind, _)| kind)
}

/// The mention's title with the actors' names as the story has them: one person
/// goes by one name in all titles.
fn title(corpus: &Corpus, cast: &Cast, mention: u32, title: &str) -> String {
    let mut title = title.to_owned();
    for (actor, _) in corpus.parts(mention as usize) {
        let Some(actor) = cast.actors.get(*actor as usize) else {
            continue;
        };
        let name = corpus.names_of.get(actor.name);
        if title.contains(name) {
            continue;
        }
        let longest = actor
            .aliases
            .iter()
            .map(|alias| corpus.names_of.get(*alias))
            .filter(|alias| alias.contains(' ') && title.contains(alias))
            .max_by_key(|alias| alias.len());
        if let Some(alias) = longest {
            title = title.replacen(alias, name, 1);
        }
    }
    title
}

/// The mention to show: of the event's type, as surely told as any, with the
/// most participants, dated; the first of those.
fn best_mention(around: &Around<'_>, mentions: &[u32], kind: u32) -> Option<u32> {
    mentions.iter().copied().min_by_key(|m| {
        let told = &around.corpus.told[*m as usize];
        (
            told.kind != kind,
            !told.titled,
            told.status,
            std::cmp::Reverse(around.corpus.parts(*m as usize).len().min(3)),
            around.dates.of(*m) == NONE,
        )
    })
}

/// So many dates of one event are held against each other; beyond them, dates
/// contradict nothing.
const DATES: usize = 256;

/// The most precise date that contradicts the fewest others, and the mention
/// that gives it.
fn chosen<'c>(around: &Around<'c>, mentions: &[u32]) -> Option<(u32, &'c Dated)> {
    let dated = || {
        mentions
            .iter()
            .filter_map(|m| Some((*m, around.dates.get(around.dates.of(*m))?)))
    };
    let (first, only) = dated().next()?;
    let same = around.dates.of(first);
    if dated().all(|(m, _)| around.dates.of(m) == same) {
        return Some((first, only));
    }
    let mut docs: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (m, _) in dated() {
        let of_date = docs.entry(around.dates.of(m)).or_default();
        of_date.insert(around.corpus.told[m as usize].doc);
    }
    let others: Vec<(&Dated, &BTreeSet<u32>)> = docs
        .iter()
        .take(DATES)
        .filter_map(|(date, docs)| Some((around.dates.get(*date)?, docs)))
        .collect();
    let conflicts: BTreeMap<u32, usize> = docs
        .keys()
        .take(DATES)
        .filter_map(|date| Some((*date, around.dates.get(*date)?)))
        .map(|(number, date)| {
            let against = others
                .iter()
                .filter(|(d, _)| date.agreement(d) == Agreement::Conflict);
            let docs: BTreeSet<&u32> = against.flat_map(|(_, docs)| docs.iter()).collect();
            (number, docs.len())
        })
        .collect();
    dated().min_by_key(|(m, d)| {
        (
            d.basis == DateBasis::Publication,
            d.is_yearless,
            conflicts.get(&around.dates.of(*m)).copied().unwrap_or(0),
            d.breadth,
            d.inferred,
            d.basis,
        )
    })
}

/// The date of an event, and the sides of those that contradict it.
fn date(around: &Around<'_>, mentions: &[u32], best: u32) -> (Option<EventDate>, Sides) {
    let corpus = around.corpus;
    let doc = |m: u32| corpus.told[m as usize].doc;
    let Some((mention, chosen)) = chosen(around, mentions) else {
        return (of_context(around, mentions), Sides::new());
    };
    let time = corpus.told[mention as usize].time;
    let words = corpus.times.get(time as usize).map(|t| &*t.words);
    let mut date = chosen.shown(words);
    let own = || {
        mentions
            .iter()
            .any(|m| doc(*m) == doc(best) && around.dates.of(*m) != NONE)
    };
    if doc(mention) != doc(best) && !own() {
        // The article that is shown gives no date; another lends it one.
        date.basis = DateBasis::Borrowed;
    }
    let mut sides: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for m in mentions {
        let Some(other) = around.dates.get(around.dates.of(*m)) else {
            continue;
        };
        let is_side = other.edtf == chosen.edtf || chosen.agreement(other) == Agreement::Conflict;
        if is_side {
            let side = sides.entry(other.edtf.as_str().to_owned()).or_default();
            side.insert(doc(*m) as usize);
        }
    }
    (Some(date), differences::listed(sides))
}

/// The day of the story in which an undated event is told, where all articles
/// that tell it so agree.
fn of_context(around: &Around<'_>, mentions: &[u32]) -> Option<EventDate> {
    let corpus = around.corpus;
    let mut all = mentions.iter().filter_map(|m| {
        let told = &corpus.told[*m as usize];
        context_date(&corpus.times, told, &around.published[told.doc as usize])
    });
    let first = all.next()?;
    all.all(|d| d.edtf == first.edtf).then(|| first.clone())
}

/// What happened beats what was planned, what was planned beats what might be,
/// and what did not take place ends a plan. Plan and fulfilment do not
/// contradict; a denial contradicts both.
fn status(corpus: &Corpus, mentions: &[u32]) -> (Status, Sides) {
    let mut sides: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut all: BTreeMap<Status, usize> = BTreeMap::new();
    let told = || mentions.iter().map(|m| &corpus.told[*m as usize]);
    let denied = told().any(|m| m.status == Status::Denied);
    let occurred = told().any(|m| m.status == Status::Occurred);
    for mention in told() {
        let status = mention.status;
        *all.entry(status).or_insert(0) += 1;
        let is_side = match status {
            Status::Occurred | Status::Denied => true,
            Status::Planned => denied && !occurred,
            Status::Possible => false,
        };
        if denied && is_side {
            let side = sides.entry(status.as_str().to_owned()).or_default();
            side.insert(mention.doc as usize);
        }
    }
    let mut status = all.keys().min().copied().unwrap_or(Status::Occurred);
    let count = |s: Status| all.get(&s).copied().unwrap_or(0);
    if count(Status::Denied) > count(Status::Occurred) {
        status = Status::Denied;
    }
    (status, differences::listed(sides))
}

/// The place that most mentions give, the first told among equals. That one
/// names the city and another the hall is no contradiction.
fn place(corpus: &Corpus, mentions: &[u32]) -> u32 {
    let mut votes: Map<u32, (usize, std::cmp::Reverse<usize>)> = Map::default();
    for (i, mention) in mentions.iter().enumerate() {
        let place = corpus.told[*mention as usize].place;
        if place != NONE {
            let vote = votes.entry(place).or_insert((0, std::cmp::Reverse(i)));
            vote.0 += 1;
        }
    }
    let most = votes.into_iter().max_by_key(|(_, vote)| *vote);
    most.map_or(NONE, |(place, _)| place)
}

/// Everyone whom a mention names, in the order of the text; each with the role
/// that says most, the most frequent among those.
fn participants(corpus: &Corpus, mentions: &[u32]) -> Vec<Participant> {
    let mut roles: Vec<(u32, Vec<(u32, usize)>)> = Vec::new();
    let mut place: Map<u32, usize> = Map::default();
    for mention in mentions {
        for (actor, role) in corpus.parts(*mention as usize) {
            let at = *place.entry(*actor).or_insert_with(|| {
                roles.push((*actor, Vec::new()));
                roles.len() - 1
            });
            let given = &mut roles[at].1;
            match given.iter_mut().find(|(r, _)| r == role) {
                Some((_, n)) => *n += 1,
                None => given.push((*role, 1)),
            }
        }
    }
    let word = |role: u32| corpus.terms.role(role);
    roles
        .into_iter()
        .filter_map(|(actor, given)| {
            let most = given
                .iter()
                .map(|(r, n)| (specificity(word(*r)), *n))
                .max()?;
            let role = given
                .iter()
                .find(|(r, n)| (specificity(word(*r)), *n) == most)
                .map(|(r, _)| word(*r).to_owned())?;
            Some(Participant {
                actor: actor as usize,
                role,
            })
        })
        .collect()
}

/// Pairs that some mention puts on one side of the table and none across it.
fn apart(corpus: &Corpus, mentions: &[u32], participants: &[Participant]) -> Vec<(usize, usize)> {
    let told = |m: &u32| corpus.apart(*m as usize);
    let mut out: BTreeSet<(u32, u32)> = mentions.iter().flat_map(told).copied().collect();
    out.retain(|(a, b)| a != b);
    if out.is_empty() {
        return Vec::new();
    }
    for mention in mentions {
        let own = told(mention);
        let parts = corpus.parts(*mention as usize);
        let has = |x: u32| parts.iter().any(|(a, _)| *a == x);
        out.retain(|pair| own.contains(pair) || !(has(pair.0) && has(pair.1)));
    }
    let takes_part = |x: u32| participants.iter().any(|p| p.actor == x as usize);
    out.retain(|(a, b)| takes_part(*a) && takes_part(*b));
    out.into_iter()
        .map(|(a, b)| (a as usize, b as usize))
        .collect()
}

/// One entry a mention, in order of document and place; a sentence with two
/// triggers stands twice.
fn evidence(corpus: &Corpus, mentions: &[u32], said: Vec<Said>) -> Vec<Evidence> {
    let told = mentions.iter().map(|m| &corpus.told[*m as usize]);
    told.zip(said)
        .map(|(told, said)| Evidence {
            document: told.doc as usize,
            quote: said.quote,
            trigger: said.trigger,
            attributed_to: (told.speaker != NONE).then_some(told.speaker as usize),
        })
        .collect()
}

/// How sure the event is: one source, one participant and no date give 0.5;
/// each further source up to three adds 0.1, a second participant 0.1, a date
/// from words 0.1; each disagreement takes 0.1.
fn confidence(
    sources: u32,
    participants: &[Participant],
    date: Option<&EventDate>,
    disagreements: usize,
) -> f32 {
    let dated = date.is_some_and(|d| d.basis != DateBasis::Publication);
    let points =
        5 + sources.saturating_sub(1).min(3) + u32::from(participants.len() > 1) + u32::from(dated);
    let points = points.saturating_sub(u32::try_from(disagreements).unwrap_or(u32::MAX));
    points as f32 / 10.0
}
