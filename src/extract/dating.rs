//! Which time expression dates which event: by attachment in the parse, not by
//! nearness. "Said Monday that she will visit next week" keeps the day of
//! saying apart from the week of the visit.

use super::doc::{At, Doc};
use super::grammar::{HAPPENING, LIGHT_VERBS};
use super::report::TimeRef;
use super::status;
use crate::ingest::BlockKind;
use crate::language::{Relation, Upos};
use crate::time::{Edtf, TimeExpression, TimexKind};
use std::collections::BTreeMap;

/// The time expressions of one sentence, each with the trigger that it dates.
pub(super) struct Dates<'d> {
    of: BTreeMap<usize, &'d TimeExpression>,
    /// Events that recur or are only counted: "every month".
    recurring: Vec<usize>,
}

impl<'d> Dates<'d> {
    /// Gives each expression of sentence `s` to one of `triggers` (token
    /// indices), or to none.
    pub(super) fn new(doc: &Doc<'d>, s: usize, triggers: &[usize]) -> Dates<'d> {
        let mut out = Dates {
            of: BTreeMap::new(),
            recurring: Vec::new(),
        };
        let here = doc.times.iter().filter(|e| e.sentence as usize == s);
        for expression in here {
            let Some(trigger) = governor(doc, s, expression, triggers) else {
                continue;
            };
            match expression.kind {
                TimexKind::Set => out.recurring.push(trigger),
                TimexKind::Duration if !is_span(doc, s, expression) => {}
                _ => {
                    // Of two the more precise one: "at the 2017 fair on Monday".
                    let finer = |old: &&TimeExpression| breadth(old) > breadth(expression);
                    if out.of.get(&trigger).is_none_or(finer) {
                        out.of.insert(trigger, expression);
                    }
                }
            }
        }
        inherit(doc, s, triggers, &mut out);
        out
    }

    /// What dates the trigger.
    pub(super) fn of(&self, doc: &Doc<'_>, trigger: usize) -> Option<TimeRef> {
        self.of.get(&trigger).map(|e| time_ref(doc, e))
    }

    /// Lets `to` have what dates `from`.
    pub(super) fn hand_over(&mut self, from: usize, to: usize) {
        if let Some(expression) = self.of.remove(&from) {
            self.of.insert(to, expression);
        }
    }

    /// Whether the trigger's event recurs.
    pub(super) fn recurs(&self, trigger: usize) -> bool {
        self.recurring.contains(&trigger)
    }
}

/// Whether a time expression hangs on the verb itself.
pub(super) fn has_time(doc: &Doc<'_>, verb: At) -> bool {
    doc.times.iter().any(|e| {
        e.sentence as usize == verb.0
            && e.kind != TimexKind::Set
            && governor(doc, verb.0, e, &[verb.1]) == Some(verb.1)
    })
}

/// How many days the expression spans; for comparison only, so any publication
/// date will do where one is needed.
fn breadth(expression: &TimeExpression) -> i64 {
    let any_day = Edtf::parse("2001-06-13");
    let resolved = expression
        .meaning
        .resolve(any_day.as_ref())
        .and_then(|r| r.edtf);
    match resolved.map(|e| e.bounds()) {
        Some((Some(first), Some(last))) => (last - first).num_days(),
        Some((None, None)) => 40,
        _ => i64::from(u16::MAX),
    }
}

/// "over the past five years" places an event; "for two hours" measures it.
fn is_span(doc: &Doc<'_>, s: usize, expression: &TimeExpression) -> bool {
    (usize::from(expression.first)..=usize::from(expression.last)).any(|t| {
        matches!(
            doc.lower((s, t)).as_str(),
            "past" | "last" | "next" | "coming" | "ago" | "recent" | "later" | "earlier"
        )
    })
}

pub(super) fn time_ref(doc: &Doc<'_>, expression: &TimeExpression) -> TimeRef {
    let (start, end) = doc.place(expression.span);
    TimeRef {
        start,
        end,
        words: super::names::tidy(expression.span.of(&doc.article.text)),
        meaning: expression.meaning.clone(),
    }
}

/// The trigger that a time expression hangs on, straight or through the verbs
/// that lend their time to a noun.
fn governor(
    doc: &Doc<'_>,
    s: usize,
    expression: &TimeExpression,
    triggers: &[usize],
) -> Option<usize> {
    let (first, last) = (usize::from(expression.first), usize::from(expression.last));
    let head =
        (first..=last).find(|t| doc.head((s, *t)).is_none_or(|h| h.1 < first || h.1 > last))?;
    if triggers.contains(&head) {
        return Some(head);
    }
    if let Some(noun) = noun_before(doc, s, first, head, triggers) {
        return Some(noun);
    }
    let mut at = (s, head);
    for _ in 0..6 {
        let up = doc.head(at);
        if let Some(up) = up.filter(|u| triggers.contains(&u.1)) {
            return Some(up.1);
        }
        let Some(up) = up else { break };
        if matches!(doc.upos(up), Upos::Verb | Upos::Aux) {
            if let Some(noun) = lent(doc, up, triggers) {
                return Some(noun);
            }
            if !passes_on(doc, up) {
                return adjacent(doc, s, first, triggers);
            }
        }
        at = up;
    }
    caption(doc, s, triggers)
}

/// The one event of a caption takes the caption's date wherever it stands.
fn caption(doc: &Doc<'_>, s: usize, triggers: &[usize]) -> Option<usize> {
    (doc.kind(s) == BlockKind::Caption && triggers.len() == 1).then(|| triggers[0])
}

/// A trigger noun whose light verb or verb of happening has the time: "talks
/// began on Monday", "held talks on Monday".
fn lent(doc: &Doc<'_>, verb: At, triggers: &[usize]) -> Option<usize> {
    let lemma = doc.lemma(verb);
    doc.children(verb)
        .find(|c| {
            let fits = match doc.relation(*c) {
                r if r.is(Relation::Nsubj) => {
                    HAPPENING.contains(&lemma) || LIGHT_VERBS.contains(&lemma)
                }
                Relation::Obj => LIGHT_VERBS.contains(&lemma),
                _ => false,
            };
            fits && triggers.contains(&c.1)
        })
        .map(|c| c.1)
}

/// Whether a verb without an event of its own hands its time to what governs
/// it: infinitives and participles that only complete another verb.
fn passes_on(doc: &Doc<'_>, verb: At) -> bool {
    matches!(
        doc.relation(verb),
        Relation::Xcomp | Relation::Aux | Relation::Cop
    )
}

/// In "after her visit to Rome last month, Ruiz said" the parser often hangs
/// the month on "said". A time right behind a trigger noun's phrase, and before
/// the verb of saying that it was hung on, belongs to the noun.
fn noun_before(
    doc: &Doc<'_>,
    s: usize,
    first: usize,
    head: usize,
    triggers: &[usize],
) -> Option<usize> {
    let up = doc.head((s, head))?;
    if up.1 < first || !status::is_saying(doc.lemma(up)) {
        return None;
    }
    adjacent(doc, s, first, triggers)
}

/// The trigger noun whose phrase ends right before the time: "her visit to Rome
/// next week".
fn adjacent(doc: &Doc<'_>, s: usize, first: usize, triggers: &[usize]) -> Option<usize> {
    let mut before = first.checked_sub(1)?;
    while before > 0 && doc.upos((s, before)) == Upos::Punct && doc.word((s, before)) != "," {
        before -= 1;
    }
    triggers
        .iter()
        .copied()
        .filter(|t| *t <= before && doc.upos((s, *t)) == Upos::Noun)
        .rfind(|t| {
            *t == before || doc.subtree((s, *t)).1 == before || within_phrase(doc, s, *t, before)
        })
}

/// Whether every word between a noun and `last` hangs below the noun.
fn within_phrase(doc: &Doc<'_>, s: usize, noun: usize, last: usize) -> bool {
    doc.sentences()[s].is_under(last, noun)
}

/// A time in front of the first of several joined verbs holds for those that
/// have none: "On Friday she resigned and left the country".
fn inherit<'d>(doc: &Doc<'d>, s: usize, triggers: &[usize], out: &mut Dates<'d>) {
    for trigger in triggers {
        if out.of.contains_key(trigger) || doc.relation((s, *trigger)) != Relation::Conj {
            continue;
        }
        let Some(head) = doc.head((s, *trigger)) else {
            continue;
        };
        if let Some(expression) = out.of.get(&head.1).copied()
            && usize::from(expression.last) < head.1
        {
            out.of.insert(*trigger, expression);
        }
    }
}
