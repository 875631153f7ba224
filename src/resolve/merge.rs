//! From the tellings of one event to the story's event: who, when, where,
//! whether it happened, according to which sentences, and on what the witnesses
//! differ. Pure.

use super::actors::Cast;
use super::dates::{Agreement, Dated};
use super::differences::{self, Sides};
use super::kinds::{Kinds, specificity};
use super::sources::Outlets;
use super::story::{Disagreement, Event, EventDate, Evidence, Participant};
use super::telling::{Mention, Telling};
use crate::model::{DateBasis, Status};
use crate::text::stable_hash;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// What making events needs to know beside their mentions.
#[derive(Debug)]
pub(super) struct Around<'c> {
    /// The ids of the documents.
    pub doc_ids: Vec<&'c str>,
    pub cast: &'c Cast,
    pub kinds: &'c Kinds,
    pub outlets: Outlets,
}

/// Makes one event of its tellings. `None` for an event without a sentence.
pub(super) fn event(
    around: &Around<'_>,
    mentions: &[Mention<'_>],
    tellings: &[Telling<'_>],
) -> Option<Event> {
    let cast = around.cast;
    let mut of_event: Vec<&Mention<'_>> = tellings
        .iter()
        .flat_map(|t| &t.mentions)
        .map(|i| &mentions[*i])
        .collect();
    of_event.sort_by_key(|m| (m.doc, m.event.trigger.start, m.event.quote.start));
    let first = *of_event.first()?;
    let kind = kind(&of_event);
    let best = best_mention(&of_event, &kind)?;
    let (date, date_sides) = date(&of_event, best);
    let (status, status_sides) = status(&of_event);
    let place = place(&of_event);
    let disagreements: Vec<Disagreement> = [
        ("date", date_sides),
        ("status", status_sides),
        ("place", differences::of_place(cast, &of_event)),
        ("number", differences::of_number(&of_event)),
        ("who", differences::of_who(around.kinds, cast, &of_event)),
    ]
    .into_iter()
    .filter(|(_, sides)| sides.len() > 1)
    .map(|(about, sides)| Disagreement {
        about: about.to_owned(),
        sides,
    })
    .collect();
    let participants = participants(&of_event);
    let sources = around.outlets.independent(cast, &of_event);
    let confidence = confidence(sources, &participants, date.as_ref(), disagreements.len());
    let trigger = first.event.trigger.start;
    let doc_id = around.doc_ids.get(first.doc).copied().unwrap_or_default();
    let hash = stable_hash(format!("{kind} {doc_id} {trigger}").as_bytes());
    Some(Event {
        id: format!("e{:010x}", hash >> 24),
        title: title(cast, best),
        status,
        date,
        place,
        apart: apart(cast, &of_event, &participants),
        participants,
        evidence: evidence(cast, &of_event),
        sources,
        confidence,
        disagreements,
        kind,
    })
}

/// The type that most documents tell; among equals not a mere announcement, and
/// the first told.
fn kind(mentions: &[&Mention<'_>]) -> String {
    let mut docs: BTreeMap<&str, (BTreeSet<usize>, usize)> = BTreeMap::new();
    for (i, mention) in mentions.iter().enumerate() {
        docs.entry(&mention.event.kind)
            .or_insert_with(|| (BTreeSet::new(), i))
            .0
            .insert(mention.doc);
    }
    docs.into_iter()
        .max_by_key(|(kind, (docs, first))| {
            (docs.len(), *kind != "announce", std::cmp::Reverse(*first))
        })
        .map(|(kind, _)| kind.to_owned())
        .unwrap_or_default()
}

/// The mention's title with the actors' names as the story has them: one person
/// goes by one name in all titles.
fn title(cast: &Cast, mention: &Mention<'_>) -> String {
    let mut title = mention.event.title.clone();
    for (actor, _) in &mention.parts {
        let actor = &cast.actors[*actor];
        if title.contains(&actor.name) {
            continue;
        }
        let longest = actor
            .aliases
            .iter()
            .filter(|alias| alias.contains(' ') && title.contains(alias.as_str()))
            .max_by_key(|alias| alias.len());
        if let Some(alias) = longest {
            title = title.replacen(alias.as_str(), &actor.name, 1);
        }
    }
    title
}

/// The mention to show: of the event's type, as surely told as any, with the
/// most participants, dated; the first of those.
fn best_mention<'m, 'r>(mentions: &[&'m Mention<'r>], kind: &str) -> Option<&'m Mention<'r>> {
    mentions.iter().copied().min_by_key(|m| {
        (
            m.event.kind != kind,
            m.event.title.is_empty(),
            m.event.status,
            std::cmp::Reverse(m.parts.len().min(3)),
            m.date.is_none(),
        )
    })
}

/// The most precise date that contradicts the fewest others, and the sides of
/// those that contradict it.
fn date(mentions: &[&Mention<'_>], best: &Mention<'_>) -> (Option<EventDate>, Sides) {
    let dated: Vec<(&Dated, usize)> = mentions
        .iter()
        .filter_map(|m| Some((m.date.as_ref()?, m.doc)))
        .collect();
    let conflicts = |date: &Dated| {
        let other = dated
            .iter()
            .filter(|(d, _)| date.agreement(d) == Agreement::Conflict);
        other.map(|(_, doc)| doc).collect::<BTreeSet<_>>().len()
    };
    let Some((chosen, doc)) = dated.iter().copied().min_by_key(|(d, _)| {
        (
            d.date.basis == DateBasis::Publication,
            d.date.edtf.is_yearless(),
            conflicts(d),
            d.breadth,
            d.date.inferred,
            d.date.basis,
        )
    }) else {
        return (of_context(mentions), Sides::new());
    };
    let mut date = chosen.date.clone();
    let own = mentions
        .iter()
        .any(|m| m.doc == best.doc && m.date.is_some());
    if doc != best.doc && !own {
        // The article that is shown gives no date; another lends it one.
        date.basis = DateBasis::Borrowed;
    }
    let mut sides: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (other, doc) in &dated {
        if chosen.agreement(other) == Agreement::Conflict {
            sides
                .entry(other.date.edtf.as_str().to_owned())
                .or_default()
                .insert(*doc);
        } else if other.date.edtf == chosen.date.edtf {
            sides
                .entry(chosen.date.edtf.as_str().to_owned())
                .or_default()
                .insert(*doc);
        }
    }
    (Some(date), differences::listed(sides))
}

/// The day of the story in which an undated event is told, where all articles
/// that tell it so agree.
fn of_context(mentions: &[&Mention<'_>]) -> Option<EventDate> {
    let mut all = mentions.iter().filter_map(|m| m.context.as_ref());
    let first = all.next()?;
    all.all(|d| d.edtf == first.edtf).then(|| first.clone())
}

/// What happened beats what was planned, what was planned beats what might be,
/// and what did not take place ends a plan. Plan and fulfilment do not
/// contradict; a denial contradicts both.
fn status(mentions: &[&Mention<'_>]) -> (Status, Sides) {
    let mut sides: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut all: BTreeMap<Status, usize> = BTreeMap::new();
    let denied = mentions.iter().any(|m| m.event.status == Status::Denied);
    let occurred = mentions.iter().any(|m| m.event.status == Status::Occurred);
    for mention in mentions {
        let status = mention.event.status;
        *all.entry(status).or_insert(0) += 1;
        let is_side = match status {
            Status::Occurred | Status::Denied => true,
            Status::Planned => denied && !occurred,
            Status::Possible => false,
        };
        if is_side {
            let side = sides.entry(status.as_str().to_owned()).or_default();
            side.insert(mention.doc);
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
fn place(mentions: &[&Mention<'_>]) -> Option<usize> {
    let mut votes: Vec<(usize, usize)> = Vec::new();
    for place in mentions.iter().filter_map(|m| m.place) {
        match votes.iter_mut().find(|(p, _)| *p == place) {
            Some((_, n)) => *n += 1,
            None => votes.push((place, 1)),
        }
    }
    let most = votes.iter().map(|(_, n)| *n).max().unwrap_or(0);
    votes.iter().find(|(_, n)| *n == most).map(|(p, _)| *p)
}

/// Everyone whom a mention names, in the order of the text; each with the role
/// that says most, the most frequent among those.
fn participants(mentions: &[&Mention<'_>]) -> Vec<Participant> {
    let mut roles: Vec<(usize, Vec<(&str, usize)>)> = Vec::new();
    for mention in mentions {
        for (actor, role) in &mention.parts {
            let at = match roles.iter().position(|(a, _)| a == actor) {
                Some(at) => at,
                None => {
                    roles.push((*actor, Vec::new()));
                    roles.len() - 1
                }
            };
            let given = &mut roles[at].1;
            match given.iter_mut().find(|(r, _)| r == role) {
                Some((_, n)) => *n += 1,
                None => given.push((role, 1)),
            }
        }
    }
    roles
        .into_iter()
        .filter_map(|(actor, given)| {
            let most = given.iter().map(|(r, n)| (specificity(r), *n)).max()?;
            let role = given
                .iter()
                .find(|(r, n)| (specificity(r), *n) == most)
                .map(|(r, _)| (*r).to_owned())?;
            Some(Participant { actor, role })
        })
        .collect()
}

/// Pairs that some mention puts on one side of the table and none across it.
fn apart(
    cast: &Cast,
    mentions: &[&Mention<'_>],
    participants: &[Participant],
) -> Vec<(usize, usize)> {
    let sort = |a: usize, b: usize| (a.min(b), a.max(b));
    let pairs_of = |m: &Mention<'_>| -> BTreeSet<(usize, usize)> {
        let local = |a: u32| cast.of(m.doc, a);
        let pairs = m.event.apart.iter();
        pairs
            .filter_map(|(a, b)| Some(sort(local(*a)?, local(*b)?)))
            .collect()
    };
    let told: Vec<BTreeSet<(usize, usize)>> = mentions.iter().map(|m| pairs_of(m)).collect();
    let mut out: BTreeSet<(usize, usize)> = told.iter().flatten().copied().collect();
    out.retain(|(a, b)| a != b);
    for (mention, own) in mentions.iter().zip(&told) {
        let has = |x: usize| mention.parts.iter().any(|(a, _)| *a == x);
        out.retain(|pair| own.contains(pair) || !(has(pair.0) && has(pair.1)));
    }
    out.retain(|(a, b)| {
        let takes_part = |x: usize| participants.iter().any(|p| p.actor == x);
        takes_part(*a) && takes_part(*b)
    });
    out.into_iter().collect()
}

/// One entry a mention, in order of document and place; a sentence with two
/// triggers stands twice.
fn evidence(cast: &Cast, mentions: &[&Mention<'_>]) -> Vec<Evidence> {
    mentions
        .iter()
        .map(|m| Evidence {
            document: m.doc,
            quote: m.event.quote.clone(),
            trigger: m.event.trigger.clone(),
            attributed_to: m.event.attributed_to.and_then(|a| cast.of(m.doc, a)),
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

/// Makes ids unique: two events told by one word ("the three attacked each
/// other") have the same type and the same place in the text.
pub(super) fn with_unique_ids(mut events: Vec<Event>) -> Vec<Event> {
    let mut seen = BTreeSet::new();
    for event in &mut events {
        let mut n = 1_u32;
        while !seen.insert(event.id.clone()) {
            n += 1;
            let hash = stable_hash(format!("{} {n}", event.id).as_bytes());
            event.id = format!("e{:010x}", hash >> 24);
        }
    }
    events
}

/// Sorts events by date, undated last.
pub(super) fn in_order_of_date(mut events: Vec<Event>) -> Vec<Event> {
    let key = |event: &Event| {
        let edtf = event.date.as_ref().map(|d| &d.edtf);
        let (first, last) = edtf.map_or((None, None), |e| e.bounds());
        let known = match (edtf, first.or(last)) {
            (None, _) => 2_u8,
            (Some(_), None) => 1,
            (Some(_), Some(_)) => 0,
        };
        let text = event
            .evidence
            .first()
            .map(|e| (e.document, e.trigger.start, e.quote.start));
        (
            known,
            first.or(last),
            last.unwrap_or(NaiveDate::MAX),
            edtf.map(|e| e.as_str().to_owned()),
            text,
            event.id.clone(),
        )
    };
    events.sort_by_cached_key(key);
    events
}
