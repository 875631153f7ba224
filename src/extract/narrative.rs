//! The day of which a story goes on telling: "She met the minister on Monday.
//! She told him …" A sentence in the simple past without a time of its own
//! keeps the day of the one before it, and who spoke at an occasion goes on
//! speaking there. Such a day is an inference: it is kept apart from the times
//! that date an event by its own words, and joins no events. Pure.

use super::actors::Cast;
use super::dating;
use super::doc::{At, Doc};
use super::grammar;
use super::report::{Context, EventMention, TimeRef};
use super::status;
use crate::ingest::BlockKind;
use crate::language::{Relation, Upos, Xpos};
use crate::model::{ActorKind, Status};
use crate::ontology::governors::{self, Group};
use std::collections::BTreeMap;

/// A day that the story is on.
#[derive(Debug, Clone)]
struct Anchor {
    sentence: usize,
    /// `None` for the article's own news, told without time words.
    time: Option<TimeRef>,
}

/// Gives undated events the day that the story is on.
pub(super) fn carry(doc: &Doc<'_>, cast: &Cast, events: &mut [EventMention]) {
    let starts: Vec<u32> = doc
        .sentences()
        .iter()
        .map(|s| doc.place(s.span).0)
        .collect();
    // For each actor the last day on which the story has him do something.
    let mut last: BTreeMap<u32, Anchor> = BTreeMap::new();
    let mut from = 0;
    while from < events.len() {
        let quote = events[from].quote.start;
        let to = from
            + events[from..]
                .iter()
                .take_while(|e| e.quote.start == quote)
                .count();
        let s = starts.partition_point(|x| *x <= quote).saturating_sub(1);
        if doc.kind(s) == BlockKind::Body {
            let own = anchor_of(s, &events[from..to]);
            if own.is_none() && !last.is_empty() {
                for event in &mut events[from..to] {
                    event.context = context(doc, cast, &last, s, event);
                }
            }
            match own {
                Some((anchor, actors)) => {
                    for actor in actors {
                        last.insert(actor, anchor.clone());
                    }
                }
                // Told of another time, the actors have left that day.
                None if has_own_time(doc, s) => {
                    let gone = events[from..to].iter().flat_map(|e| &e.participants);
                    gone.for_each(|p| drop(last.remove(&p.actor)));
                }
                None => {}
            }
        }
        from = to;
    }
}

/// The one day on which a sentence puts what happened in it, and who took part.
fn anchor_of(s: usize, events: &[EventMention]) -> Option<(Anchor, Vec<u32>)> {
    let dated = |e: &&EventMention| e.status == Status::Occurred && (e.time.is_some() || e.is_news);
    let mut times: Vec<Option<&TimeRef>> = events
        .iter()
        .filter(dated)
        .map(|e| e.time.as_ref())
        .collect();
    times.dedup_by_key(|t| t.map(|t| t.start));
    let [time] = times.as_slice() else {
        return None;
    };
    if time.is_some_and(|t| dating::grain(&t.meaning) > 1) {
        return None;
    }
    let mut actors: Vec<u32> = events
        .iter()
        .filter(dated)
        .flat_map(|e| &e.participants)
        .filter(|p| p.role != "topic")
        .map(|p| p.actor)
        .collect();
    actors.sort_unstable();
    actors.dedup();
    Some((
        Anchor {
            sentence: s,
            time: time.cloned(),
        },
        actors,
    ))
}

/// The day of the story for one event without a time of its own.
fn context(
    doc: &Doc<'_>,
    cast: &Cast,
    last: &BTreeMap<u32, Anchor>,
    s: usize,
    event: &EventMention,
) -> Option<Context> {
    if event.time.is_some() || event.is_news || event.status != Status::Occurred {
        return None;
    }
    let at = locate(doc, s, event)?;
    let verb = told_by(doc, at)?;
    if is_elsewhen(doc, verb) {
        return None;
    }
    let speaks = is_speech(doc, at, &event.kind);
    let anchor = event
        .participants
        .iter()
        .filter(|p| p.role != "topic" && p.role != "occasion")
        .filter_map(|p| Some((last.get(&p.actor)?, p.actor as usize)))
        .filter(|(anchor, actor)| {
            let next = s == anchor.sentence + 1 && doc.block(anchor.sentence) == doc.block(s);
            let near = next && (speaks || goes_on(doc, cast, verb, *actor));
            let there = speaks
                && matches!(
                    cast.kind(*actor),
                    ActorKind::Person | ActorKind::Organization
                );
            near || there
        })
        .map(|(anchor, _)| anchor)
        .max_by_key(|a| a.sentence)?;
    Some(Context {
        time: anchor.time.clone(),
    })
}

/// Whether the clause goes on about an actor of whom the sentence before told:
/// "she", "the student", as its subject or object.
fn goes_on(doc: &Doc<'_>, cast: &Cast, verb: At, actor: usize) -> bool {
    let definite = |noun: At| {
        doc.children(noun).any(|c| {
            doc.relation(c) == Relation::Det && matches!(doc.lower(c).as_str(), "the" | "this")
        })
    };
    grammar::of_verb(doc, verb)
        .list
        .iter()
        .filter(|(slot, at)| {
            matches!(slot.as_str(), "subject" | "object") && cast.at(*at).contains(&actor)
        })
        .any(|(_, at)| {
            doc.token(*at).xpos == Xpos::Prp || (doc.upos(*at) == Upos::Noun && definite(*at))
        })
}

/// The token of an event's trigger.
fn locate(doc: &Doc<'_>, s: usize, event: &EventMention) -> Option<At> {
    let tokens = &doc.sentences()[s].tokens;
    let t = tokens.partition_point(|t| doc.place(t.span).0 < event.trigger.start);
    (t < tokens.len()).then_some((s, t))
}

/// The finite verb in the simple past that tells the event in the main clause.
fn told_by(doc: &Doc<'_>, at: At) -> Option<At> {
    let mut verb = at;
    if doc.upos(verb) != Upos::Verb {
        let head = doc.head(verb)?;
        let carried = matches!(doc.relation(verb), Relation::Obj | Relation::Nsubj);
        if !carried || doc.upos(head) != Upos::Verb {
            return None;
        }
        verb = head;
    }
    let mut top = verb;
    for _ in 0..4 {
        let relation = doc.relation(top);
        let along = relation == Relation::Conj
            || relation == Relation::Xcomp
            || (relation.is(Relation::Advcl) && doc.token(top).xpos == Xpos::Vbg);
        let Some(head) = doc.head(top) else { break };
        let told = relation == Relation::Parataxis && status::is_saying(doc.lemma(top));
        if told {
            break;
        }
        if !along {
            return None;
        }
        top = head;
    }
    let past = |v: At| {
        let mut auxiliaries = doc
            .children(v)
            .filter(|c| doc.relation(*c).is(Relation::Aux) || doc.relation(*c) == Relation::AuxPass)
            .peekable();
        match auxiliaries.peek() {
            None => doc.token(v).xpos == Xpos::Vbd,
            Some(_) => auxiliaries.all(|c| doc.lemma(c) == "be" && doc.token(c).xpos == Xpos::Vbd),
        }
    };
    (past(top)
        && (verb == top
            || past(verb)
            || doc.token(verb).xpos == Xpos::Vbg
            || doc.relation(verb) == Relation::Xcomp))
        .then_some(top)
}

/// Whether something in the verb's clause puts it at another time: a time
/// expression, "earlier", a clause with "when" or "after".
fn is_elsewhen(doc: &Doc<'_>, verb: At) -> bool {
    let word = |c: At| governors::has(Group::Elsewhen, &doc.lower(c));
    has_own_time(doc, verb.0)
        || doc.children(verb).any(|c| {
            word(c)
                || (doc.relation(c).is(Relation::Advcl)
                    && doc
                        .children(c)
                        .any(|m| doc.relation(m) == Relation::Mark && word(m)))
        })
}

/// Whether a sentence names a time outside what somebody says in it.
fn has_own_time(doc: &Doc<'_>, s: usize) -> bool {
    doc.times_of(s)
        .any(|e| e.meaning.is_datable() && !is_quoted(doc, s, e.first.into()))
}

/// Whether a token stands inside a quotation or in what somebody says.
fn is_quoted(doc: &Doc<'_>, s: usize, t: usize) -> bool {
    let mut at = (s, t);
    for _ in 0..12 {
        let Some(head) = doc.head(at) else {
            return false;
        };
        if doc.relation(at).is(Relation::Ccomp) && status::is_saying(doc.lemma(head)) {
            return true;
        }
        at = head;
    }
    false
}

/// Whether an event is something said.
fn is_speech(doc: &Doc<'_>, at: At, kind: &str) -> bool {
    match kind {
        "speak" | "announce" | "accuse" | "demand" | "reject" | "support" | "threaten" => true,
        "other" => status::is_saying(doc.lemma(at)),
        _ => false,
    }
}
