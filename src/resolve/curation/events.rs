//! Corrections of events, when they have been merged and not yet put in order:
//! some go, some get another date or status, and those of the analyst's own come
//! to them. Pure.

use super::actors::Plan;
use super::find::Sentences;
use super::{ActorRef, Added, CORRECTED, What};
use crate::extract::{Quote, Trigger};
use crate::model::{DateBasis, PublicationBasis, Status};
use crate::ontology::types::EventTypes;
use crate::resolve::kinds::Kinds;
use crate::resolve::story::{
    Actor, Document, Event, EventDate, Evidence, Participant, Published, Story,
};
use crate::resolve::ties;
use crate::text::stable_hash;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The story with its events corrected, and with sources that are no article.
/// Linear in the evidence.
pub(crate) fn correct(story: Story, types: &EventTypes, mut plan: Plan<'_>) -> Story {
    let Story {
        mut documents,
        actors,
        mut events,
        ties,
        types: own_types,
        ..
    } = story;
    let mut corrected: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let changes = changes(&events, &documents, &mut plan);
    let mut rejected = BTreeSet::new();
    for (at, change) in changes {
        let event = &mut events[at];
        let told = corrected.entry(event.id.clone()).or_default();
        match change {
            Change::Reject => {
                rejected.insert(at);
            }
            Change::Date(date, source) => {
                let old = event.date.as_ref().map_or("none", |d| d.edtf.as_str());
                told.push(format!("date corrected by {source}; it was {old}"));
                event.date = date.map(|edtf| EventDate {
                    edtf,
                    basis: DateBasis::Stated,
                    words: Some(CORRECTED.to_owned()),
                    inferred: false,
                });
            }
            Change::Status(status, source) => {
                let old = event.status;
                told.push(format!("status corrected by {source}; it was {old}"));
                event.status = status;
            }
            Change::Accept(source) => told.push(format!("confirmed by {source}")),
        }
    }
    for at in &rejected {
        corrected.remove(&events[*at].id);
    }
    let mut at = 0;
    events.retain(|_| {
        at += 1;
        !rejected.contains(&(at - 1))
    });
    let mut analyst = Analyst {
        events: &mut events,
        documents: &mut documents,
        actors: &actors,
        types,
        corrected: &mut corrected,
    };
    analyst.add(&mut plan);
    let events = unique(in_order(events));
    let kinds = Kinds::new(types);
    let of_events = events.iter().enumerate();
    let of_events = of_events.flat_map(|(i, event)| ties::of_event(&kinds, i, event));
    let of_roles = ties.into_iter().filter(|t| t.event.is_none());
    Story {
        documents,
        actors,
        ties: of_events.chain(of_roles).collect(),
        events,
        types: own_types,
        curated: plan.curated(corrected),
    }
}

/// In order of date, undated last, as all events of a story.
fn in_order(mut events: Vec<Event>) -> Vec<Event> {
    events.sort_by_cached_key(|event| {
        let edtf = event.date.as_ref().map(|d| &d.edtf);
        let (first, last) = edtf.map_or((None, None), |e| e.bounds());
        let known = match (edtf, first.or(last)) {
            (None, _) => 2_u8,
            (Some(_), None) => 1,
            (Some(_), Some(_)) => 0,
        };
        let told = event.evidence.first();
        (
            known,
            first.or(last),
            last.unwrap_or(NaiveDate::MAX),
            edtf.map(|e| e.as_str().to_owned()),
            told.map(|e| (e.document, e.trigger.start, e.quote.start)),
            event.id.clone(),
        )
    });
    events
}

/// Gives an event another id where one before it has the same.
fn unique(mut events: Vec<Event>) -> Vec<Event> {
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

/// What becomes of an event. Their order is that in which they are done.
#[derive(Debug, Clone, PartialEq)]
enum Change {
    Reject,
    Date(Option<crate::time::Edtf>, String),
    Status(Status, String),
    Accept(String),
}

/// What the corrections change of which events. Two that differ on one event do
/// not apply, either of them.
fn changes(events: &[Event], documents: &[Document], plan: &mut Plan<'_>) -> Vec<(usize, Change)> {
    let paths = documents.iter().map(|d| d.path.as_str()).collect();
    let sentences = Sentences::new(events, paths);
    let mut said: BTreeMap<(usize, &str), Vec<(usize, Change)>> = BTreeMap::new();
    for (number, correction) in plan.sorted.clone() {
        let Some(wanted) = correction.what.event() else {
            continue;
        };
        let found = sentences.meant(wanted);
        let at = match found.as_slice() {
            [one] => *one,
            [] => {
                let why = format!(
                    "no event is told by “{}” in “{}” ({})",
                    wanted.trigger, wanted.quote, wanted.article
                );
                plan.fails(number, why);
                continue;
            }
            _ => {
                plan.fails(number, "several events are told by that sentence");
                continue;
            }
        };
        let source = correction.source();
        let (sort, change) = match &correction.what {
            What::Date(_, date) => ("date", Change::Date(date.clone(), source)),
            What::Status(_, status) => ("status", Change::Status(*status, source)),
            What::Reject(_) => ("verdict", Change::Reject),
            _ => ("verdict", Change::Accept(source)),
        };
        said.entry((at, sort)).or_default().push((number, change));
    }
    let mut out = Vec::new();
    for ((at, _), changes) in said {
        let differ = changes.iter().find(|(_, c)| !alike(c, &changes[0].1));
        if let Some((other, _)) = differ {
            for (number, _) in &changes {
                let other = if number == other {
                    changes[0].0
                } else {
                    *other
                };
                plan.fails(*number, format!("it contradicts correction {other}"));
            }
        } else if let Some((_, change)) = changes.into_iter().next() {
            out.push((at, change));
        }
    }
    out
}

/// Whether two changes come to the same, whoever says so.
fn alike(a: &Change, b: &Change) -> bool {
    match (a, b) {
        (Change::Date(x, _), Change::Date(y, _)) => x == y,
        (Change::Status(x, _), Change::Status(y, _)) => x == y,
        (Change::Accept(_), Change::Accept(_)) => true,
        _ => a == b,
    }
}

/// Puts in the events of the analyst's own.
struct Analyst<'a> {
    events: &'a mut Vec<Event>,
    documents: &'a mut Vec<Document>,
    actors: &'a [Actor],
    types: &'a EventTypes,
    /// What was changed about events, by their ids.
    corrected: &'a mut BTreeMap<String, Vec<String>>,
}

impl Analyst<'_> {
    fn add(&mut self, plan: &mut Plan<'_>) {
        let (events, documents) = (&mut *self.events, &mut *self.documents);
        let (actors, types) = (self.actors, self.types);
        let mut sources: BTreeMap<String, usize> = documents
            .iter()
            .enumerate()
            .map(|(i, d)| (d.path.clone(), i))
            .collect();
        let quoted = quotes(events);
        let actor = |plan: &Plan<'_>, wanted: &ActorRef| {
            plan.actor(wanted).map_err(|why| {
                let hint = if wanted.article.is_none() && wanted.kind.is_none() {
                    "; `kind` would make it an actor of its own"
                } else {
                    ""
                };
                format!("{why}{hint}")
            })
        };
        let mut own: Vec<(&str, usize, Event)> = Vec::new();
        for (number, correction) in plan.sorted.clone() {
            let What::Add(added) = &correction.what else {
                continue;
            };
            let mut participants: Vec<Participant> = Vec::new();
            let mut fails = None;
            for (role, wanted) in &added.participants {
                match actor(plan, wanted) {
                    Ok(actor) if participants.iter().any(|p| p.actor == actor) => {}
                    Ok(actor) => participants.push(Participant {
                        actor,
                        role: role.clone(),
                    }),
                    Err(why) => fails = Some(why),
                }
            }
            let place = match added.place.as_ref().map(|p| actor(plan, p)) {
                Some(Err(why)) => {
                    fails = Some(why);
                    None
                }
                Some(Ok(place)) => Some(place),
                None => None,
            };
            if let Some(why) = fails {
                plan.fails(number, why);
                continue;
            }
            let event = event(added, participants, place, actors, types);
            self.corrected.insert(
                event.id.clone(),
                vec![format!("added by {}", correction.source())],
            );
            own.push((&added.source, number, event));
        }
        own.sort_by(|a, b| (a.0, &a.2.id, a.1).cmp(&(b.0, &b.2.id, b.1)));
        own.dedup_by(|a, b| a.2.id == b.2.id);
        for (source, _, mut event) in own {
            let document = *sources.entry(source.to_owned()).or_insert_with(|| {
                documents.push(outside(source, documents.len()));
                documents.len() - 1
            });
            for evidence in &mut event.evidence {
                evidence.document = document;
                // The text is not kept: the place is known where the article's own
                // reading quotes the sentence, and is its beginning elsewhere.
                if let Some(known) = quoted.get(&(document, evidence.quote.text.clone())) {
                    evidence.quote = known.clone();
                }
                evidence.trigger = first_word(&evidence.quote);
            }
            events.push(event);
        }
    }
}

/// The sentences that the articles are quoted with, by document.
fn quotes(events: &[Event]) -> BTreeMap<(usize, String), Quote> {
    let evidence = events.iter().flat_map(|e| &e.evidence);
    evidence
        .map(|e| ((e.document, e.quote.text.clone()), e.quote.clone()))
        .collect()
}

/// A source that is no article of the collection.
fn outside(source: &str, number: usize) -> Document {
    let hash = stable_hash(format!("source {source}").as_bytes());
    let is_address = source.starts_with("https://") || source.starts_with("http://");
    Document {
        number,
        id: format!("d{:010x}", hash >> 24),
        path: source.to_owned(),
        title: (!is_address).then(|| source.to_owned()),
        source: None,
        url: is_address.then(|| source.to_owned()),
        published: Published {
            edtf: None,
            basis: PublicationBasis::None,
            why: format!("named in {}", super::BY),
        },
        copy_of: None,
        origins: Vec::new(),
    }
}

fn event(
    added: &Added,
    participants: Vec<Participant>,
    place: Option<usize>,
    actors: &[Actor],
    types: &EventTypes,
) -> Event {
    let names: Vec<&str> = participants
        .iter()
        .filter_map(|p| actors.get(p.actor))
        .map(|a| a.name.as_str())
        .collect();
    let title = added
        .title
        .clone()
        .or_else(|| title(types, &added.kind, &participants, actors))
        .unwrap_or_else(|| format!("{}: {}", added.kind, names.join(", ")));
    let parts: Vec<String> = added
        .participants
        .iter()
        .map(|(role, a)| format!("{role} {}", a.name))
        .collect();
    let date = added.date.as_ref().map_or("", |d| d.as_str());
    let hash = stable_hash(
        format!(
            "added {} {date} {} {} {}",
            added.kind,
            parts.join("; "),
            added.source,
            added.quote
        )
        .as_bytes(),
    );
    let quote = Quote {
        start: 0,
        end: u32::try_from(added.quote.chars().count()).unwrap_or(u32::MAX),
        text: added.quote.clone(),
    };
    Event {
        id: format!("e{:010x}", hash >> 24),
        kind: added.kind.clone(),
        title,
        status: added.status,
        date: added.date.clone().map(|edtf| EventDate {
            edtf,
            basis: DateBasis::Stated,
            words: Some(CORRECTED.to_owned()),
            inferred: false,
        }),
        place,
        participants,
        apart: Vec::new(),
        evidence: vec![Evidence {
            document: 0,
            trigger: first_word(&quote),
            quote,
            attributed_to: None,
        }],
        sources: 1,
        confidence: 1.0,
        disagreements: Vec::new(),
    }
}

/// The short line of the type's template; `None` where it names a role that
/// nobody has.
fn title(
    types: &EventTypes,
    kind: &str,
    participants: &[Participant],
    actors: &[Actor],
) -> Option<String> {
    let template = &types.types.iter().find(|t| t.key == kind)?.title;
    let mut out = String::new();
    let mut rest = template.as_str();
    while let Some((before, (role, behind))) = rest
        .split_once('{')
        .and_then(|(before, behind)| Some((before, behind.split_once('}')?)))
    {
        let holders: Vec<&str> = participants
            .iter()
            .filter(|p| p.role == role)
            .filter_map(|p| actors.get(p.actor))
            .map(|a| a.name.as_str())
            .collect();
        if holders.is_empty() {
            return None;
        }
        out.push_str(before);
        out.push_str(&holders.join(" and "));
        rest = behind;
    }
    out.push_str(rest);
    (!out.is_empty()).then_some(out)
}

/// The first word of a sentence, which stands for the trigger where nobody has
/// said which word it is.
fn first_word(quote: &Quote) -> Trigger {
    let word = quote.text.split_whitespace().next().unwrap_or_default();
    let before = quote.text.find(word).unwrap_or_default();
    let before = quote.text[..before].chars().count();
    let start = quote
        .start
        .saturating_add(u32::try_from(before).unwrap_or(0));
    let length = u32::try_from(word.chars().count()).unwrap_or(0);
    Trigger {
        start,
        end: start.saturating_add(length),
        text: word.to_owned(),
        lemma: word.to_lowercase(),
    }
}
