//! Which time expression dates which event: by attachment in the parse, not by
//! nearness. "Said Monday that she will visit next week" keeps the day of
//! saying apart from the week of the visit. `attach` gives an expression its
//! trigger, `evidence` holds what speaks against it. In doubt an event stays
//! undated.

mod attach;
mod evidence;
#[cfg(test)]
mod tests;

use super::doc::{At, Doc};
use super::report::TimeRef;
use super::standing::Standing;
use crate::model::Status;
use crate::time::{Meaning, Precision, TimeExpression, TimexKind};
use attach::{Attachment, Tie};
use evidence::Stretch;
use std::collections::BTreeMap;

/// A word that a time expression may date.
#[derive(Debug, Clone)]
pub(super) struct Trigger {
    /// Its token in the sentence.
    pub(super) t: usize,
    /// How a noun stands in its clause.
    pub(super) standing: Standing,
    /// Whether its event took place.
    pub(super) status: Status,
    /// Whether it takes in what it plans: announcements, demands.
    pub(super) absorbs: bool,
    /// Whether what is done at it is done when it takes place: a meeting, a
    /// speech, an attack in which somebody dies.
    pub(super) is_occasion: bool,
    /// Whether it reacts to another event: praise, an accusation, an inquiry.
    pub(super) reacts: bool,
}

impl Trigger {
    /// A verb with nothing known about it.
    pub(super) fn verb_at(t: usize) -> Trigger {
        Trigger {
            t,
            standing: Standing::Free,
            status: Status::Occurred,
            absorbs: false,
            is_occasion: false,
            reacts: false,
        }
    }

    /// The verb that carries a noun's event: "held" of "held talks".
    fn verb(&self) -> Option<usize> {
        match self.standing {
            Standing::Light(verb) | Standing::Happens(verb) => Some(verb.1),
            Standing::Within(_) | Standing::After(_) | Standing::Beneath(_) | Standing::Free => {
                None
            }
        }
    }
}

/// The time expressions of one sentence, each with the trigger that it dates.
pub(super) struct Dates {
    of: BTreeMap<usize, Dated>,
    /// Events that recur or are only counted: "every month".
    recurring: Vec<usize>,
}

/// One or several expressions in a row, and what they mean together.
#[derive(Debug, Clone)]
struct Dated {
    place: Stretch,
    meaning: Meaning,
}

impl Dates {
    /// Gives each expression of sentence `s` to one of `triggers`, or to none.
    pub(super) fn new(doc: &Doc<'_>, s: usize, triggers: &[Trigger]) -> Dates {
        let mut out = Dates {
            of: BTreeMap::new(),
            recurring: Vec::new(),
        };
        let here = doc.times_of(s);
        let mut claims: BTreeMap<usize, Vec<Claim<'_>>> = BTreeMap::new();
        out.explain(doc, s, triggers);
        for expression in here {
            let Some((trigger, tie)) =
                Attachment::new(doc, s, expression, triggers).and_then(|a| a.governor())
            else {
                continue;
            };
            match expression.kind {
                TimexKind::Set => out.recurring.push(trigger),
                TimexKind::Duration if !is_span(doc, s, expression) => {}
                _ if is_vague(&expression.meaning) || out.of.contains_key(&trigger) => {}
                _ => claims
                    .entry(trigger)
                    .or_default()
                    .push(Claim { expression, tie }),
            }
        }
        for (trigger, claims) in claims {
            if let Some(dated) = decide(doc, s, &claims) {
                out.of.insert(trigger, dated);
            }
        }
        out.spread(doc, s, triggers);
        out
    }

    /// What dates the trigger.
    pub(super) fn of(&self, doc: &Doc<'_>, s: usize, trigger: usize) -> Option<TimeRef> {
        let dated = self.of.get(&trigger)?;
        let span = doc.sentences()[s].span_of(dated.place.first, dated.place.last);
        let (start, end) = doc.place(span);
        Some(TimeRef {
            start,
            end,
            words: super::names::tidy(span.of(&doc.article.text)),
            meaning: dated.meaning.clone(),
        })
    }

    /// Whether anything dates the trigger.
    pub(super) fn has(&self, trigger: usize) -> bool {
        self.of.contains_key(&trigger)
    }

    /// Lets `to` have what dates `from`.
    pub(super) fn hand_over(&mut self, from: usize, to: usize) {
        if let Some(dated) = self.of.remove(&from) {
            self.of.insert(to, dated);
        }
    }

    /// Lets `to`, if it has no time, have what dates `from` too.
    pub(super) fn lend(&mut self, from: usize, to: usize) {
        if let Some(dated) = self.of.get(&from).cloned() {
            self.of.entry(to).or_insert(dated);
        }
    }

    /// Whether the trigger's event recurs.
    pub(super) fn recurs(&self, trigger: usize) -> bool {
        self.recurring.contains(&trigger)
    }

    /// "in 1968, when the Soviets invaded": the clause tells what happened then.
    fn explain(&mut self, doc: &Doc<'_>, s: usize, triggers: &[Trigger]) {
        for trigger in triggers {
            let expression = attach::explained_by_when(doc, s, trigger.t)
                .and_then(|last| doc.times_of(s).find(|e| usize::from(e.last) == last))
                .filter(|e| e.meaning.is_datable());
            if let Some(expression) = expression {
                self.of.insert(
                    trigger.t,
                    Dated {
                        place: Stretch::of(expression),
                        meaning: point(&expression.meaning),
                    },
                );
            }
        }
    }

    /// Gives triggers without a time that of what they share it with.
    fn spread(&mut self, doc: &Doc<'_>, s: usize, triggers: &[Trigger]) {
        for trigger in triggers {
            if self.of.contains_key(&trigger.t) {
                continue;
            }
            let found = self.shared(doc, s, triggers, trigger);
            if let Some(dated) = found.filter(|d| evidence::agree(trigger.status, &d.meaning)) {
                self.of.insert(trigger.t, dated);
            }
        }
    }

    fn shared(
        &self,
        doc: &Doc<'_>,
        s: usize,
        triggers: &[Trigger],
        trigger: &Trigger,
    ) -> Option<Dated> {
        let t = trigger.t;
        if let Some(verb) = trigger.verb() {
            let carries = attach::carries(doc, (s, verb));
            return self.of.get(&verb).filter(|_| carries).cloned();
        }
        if let Standing::Within(verb) = trigger.standing {
            let of_verb = trigger.is_occasion.then(|| self.of.get(&verb.1)).flatten();
            return of_verb.cloned();
        }
        let joined = attach::shared_by_joined(doc, s, t)
            .and_then(|h| Some((h, self.of.get(&h)?)))
            .filter(|(h, d)| d.place.last < *h && same_outlook(triggers, *h, trigger))
            .map(|(_, d)| d);
        joined
            .or_else(|| {
                let participle = attach::shared_by_participle(doc, s, t)?;
                self.of.get(&participle)
            })
            .or_else(|| self.of.get(&attach::shared_by_main_verb(doc, s, trigger)?))
            .or_else(|| self.of.get(&attach::occasion_of(triggers, t)?))
            .cloned()
    }
}

/// Whether both have happened, or neither: "bought Helio and will sell it".
fn same_outlook(triggers: &[Trigger], head: usize, trigger: &Trigger) -> bool {
    let occurred = |x: &Trigger| x.status == Status::Occurred;
    triggers
        .iter()
        .find(|x| x.t == head)
        .is_none_or(|x| occurred(x) == occurred(trigger))
}

/// Verbs of saying, which take the time of saying for themselves.
pub(super) fn sayings(doc: &Doc<'_>, s: usize, triggers: &[Trigger]) -> Vec<Trigger> {
    (0..doc.sentences()[s].tokens.len())
        .filter(|t| evidence::says(doc, (s, *t)) && !triggers.iter().any(|x| x.t == *t))
        .map(Trigger::verb_at)
        .collect()
}

/// Whether a time expression hangs on the verb itself.
pub(super) fn has_time(doc: &Doc<'_>, verb: At) -> bool {
    let alone = [Trigger::verb_at(verb.1)];
    doc.times_of(verb.0).any(|e| {
        e.kind != TimexKind::Set
            && Attachment::new(doc, verb.0, e, &alone)
                .and_then(|a| a.governor())
                .is_some_and(|(t, _)| t == verb.1)
    })
}

/// An expression that would date a trigger.
#[derive(Debug, Clone, Copy)]
struct Claim<'a> {
    expression: &'a TimeExpression,
    tie: Tie,
}

/// The one time that dates a trigger, of those that claim to.
///
/// Of two the more precise one: "at the 2017 fair on Monday", unless it hangs
/// on something else below the trigger. Two of one precision are an interval
/// where the words join them, and else the surer one holds; where none is
/// surer, the event stays undated.
fn decide(doc: &Doc<'_>, s: usize, claims: &[Claim<'_>]) -> Option<Dated> {
    let order = |c: &&Claim<'_>| {
        let far = c.tie == Tie::Far && claims.iter().any(|o| o.tie == Tie::Order);
        (far, grain(&c.expression.meaning))
    };
    let best = claims.iter().map(|c| order(&c)).min()?;
    let mut list: Vec<Claim<'_>> = claims
        .iter()
        .filter(|c| order(c) == best)
        .copied()
        .collect();
    if list.len() > 1 {
        if let Some(whole) = joined(doc, s, &list) {
            return Some(whole);
        }
        let surest = list.iter().map(|c| c.tie).min()?;
        list.retain(|c| c.tie == surest);
    }
    match list.as_slice() {
        [one] => Some(Dated {
            place: whole(doc, s, one.expression),
            meaning: one.expression.meaning.clone(),
        }),
        _ => None,
    }
}

/// "Monday and Tuesday": from the one to the other. "From May to July" is one
/// interval already, that both expressions carry.
fn joined(doc: &Doc<'_>, s: usize, list: &[Claim<'_>]) -> Option<Dated> {
    let [a, b] = list else { return None };
    let (a, b) = (a.expression, b.expression);
    let place = Stretch {
        first: a.first.into(),
        last: b.last.into(),
    };
    if same_interval(&a.meaning, &b.meaning) {
        return Some(Dated {
            place: whole(doc, s, a),
            meaning: a.meaning.clone(),
        });
    }
    let between: Vec<String> = (usize::from(a.last) + 1..usize::from(b.first))
        .map(|t| doc.lower((s, t)))
        .collect();
    let and = match between
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["and"] => true,
        ["and", word] => matches!(*word, "on" | "in"),
        _ => false,
    };
    and.then(|| Dated {
        place,
        meaning: Meaning::Interval {
            from: Some(Box::new(a.meaning.clone())),
            to: Some(Box::new(b.meaning.clone())),
            named: crate::time::End::From,
        },
    })
}

/// Whether both are ends of one interval.
fn same_interval(a: &Meaning, b: &Meaning) -> bool {
    match (a, b) {
        (Meaning::Interval { from, to, .. }, Meaning::Interval { from: f, to: t, .. }) => {
            from.is_some() && to.is_some() && from == f && to == t
        }
        _ => false,
    }
}

/// The words of an expression, of an interval both ends and the word before
/// them: "from 3 to 5 March".
fn whole(doc: &Doc<'_>, s: usize, expression: &TimeExpression) -> Stretch {
    let mut place = Stretch::of(expression);
    if !matches!(
        &expression.meaning,
        Meaning::Interval {
            from: Some(_),
            to: Some(_),
            ..
        }
    ) {
        return place;
    }
    for other in doc.times_of(s) {
        if same_interval(&other.meaning, &expression.meaning) {
            place.first = place.first.min(other.first.into());
            place.last = place.last.max(other.last.into());
        }
    }
    if let Some(before) = place.first.checked_sub(1)
        && matches!(doc.lower((s, before)).as_str(), "from" | "between")
    {
        place.first = before;
    }
    place
}

/// The beginning of an interval: "since 1985, when they created it".
fn point(meaning: &Meaning) -> Meaning {
    match meaning {
        Meaning::Interval {
            from: Some(one),
            to: None,
            ..
        }
        | Meaning::Interval {
            from: None,
            to: Some(one),
            ..
        } => (**one).clone(),
        _ => meaning.clone(),
    }
}

/// How coarse a time is, for comparison only.
pub(super) fn grain(meaning: &Meaning) -> u8 {
    use crate::time::{Counted, Part, Unit};
    let of_unit = |unit: &Unit| match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => 1,
        Unit::Weekend => 2,
        Unit::Week => 3,
        Unit::Month => 4,
        Unit::Quarter => 5,
        Unit::Half => 6,
        Unit::Year => 7,
        Unit::Decade => 8,
        Unit::Century | Unit::Millennium => 9,
    };
    match meaning {
        Meaning::Published => 1,
        // A time of day without a day says less than a day.
        Meaning::Clock { of, .. } => 1 + u8::from(**of == Meaning::Published),
        Meaning::Absolute(edtf) => match edtf.precision() {
            Precision::Day => 1,
            Precision::Month => 4,
            Precision::Year => 7,
            _ => 8,
        },
        Meaning::Unit { unit, .. } | Meaning::Shifted { unit, .. } => of_unit(unit),
        Meaning::BeforeChrist(_) => 7,
        Meaning::Recurring { part, .. } | Meaning::Within { part, .. } => match part {
            Part::Weekday(_)
            | Part::DayOfMonth(_)
            | Part::DayAndWeekday { .. }
            | Part::Date { .. }
            | Part::Holiday(_)
            | Part::Nth {
                of: Counted::Day | Counted::Weekday(_),
                ..
            } => 1,
            Part::Weekend | Part::HolidayWeekend(_) => 2,
            Part::Nth { .. } => 3,
            Part::Month(_) => 4,
            Part::Season(_) | Part::Quarter(_) => 5,
            Part::Half(_) => 6,
        },
        Meaning::Section { of, .. } | Meaning::Fiscal(of) | Meaning::Approximate(of) => grain(of),
        Meaning::Interval {
            from: Some(from),
            to: Some(_),
            ..
        } => grain(from),
        Meaning::Interval { .. } | Meaning::Window { .. } => 10,
        Meaning::Duration(_) | Meaning::Set(_) | Meaning::Vague(_) => 11,
    }
}

/// "recently", "now": no date.
fn is_vague(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Vague(_))
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

/// The one date of a caption.
pub(super) fn of_caption(doc: &Doc<'_>, s: usize) -> Option<TimeRef> {
    let mut here = doc.times_of(s).filter(|e| e.kind == TimexKind::Date);
    let one = here.next()?;
    if here.next().is_some() {
        return None;
    }
    Some(time_ref(doc, one))
}

/// An expression as the report keeps it.
pub(super) fn time_ref(doc: &Doc<'_>, expression: &TimeExpression) -> TimeRef {
    let (start, end) = doc.place(expression.span);
    TimeRef {
        start,
        end,
        words: super::names::tidy(expression.span.of(&doc.article.text)),
        meaning: expression.meaning.clone(),
    }
}
