//! From a time expression to the trigger that it dates: word order where
//! English leaves no choice ("said Monday", "the court Friday rejected"), else
//! up the parse, with checks on what lies between.

use super::Trigger;
use super::evidence::{
    Stretch, ahead_of, crosses, describes_a_noun, happens_at, is_finite, is_perfect, precedes_noun,
};
use crate::extract::doc::{At, Doc};
use crate::extract::standing::Standing;
use crate::extract::status;
use crate::ingest::BlockKind;
use crate::language::{Relation, Upos, Xpos};
use crate::model::Status;
use crate::ontology::governors::{self, Group};
use crate::time::{Meaning, TimeExpression};

/// How a time expression hangs on its trigger, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tie {
    /// The order of words says so.
    Order,
    /// It hangs on the trigger itself.
    Direct,
    /// It hangs on something below the trigger.
    Far,
}

/// How far up the parse a time expression is followed.
const CLIMB: usize = 6;

/// Verbs of planning, which hand their time to what is planned.
const PLANNING: &[&str] = &[
    "plan", "schedule", "set", "expect", "intend", "prepare", "due", "slate", "hope", "aim",
];

/// Light verbs that do something about an event before it takes place: their
/// time is not its time.
const ABOUT: &[&str] = &[
    "announce", "call", "cancel", "postpone", "propose", "seek", "organize", "organise",
];

/// One time expression and the triggers that it may date.
pub(super) struct Attachment<'a, 'd> {
    pub(super) doc: &'a Doc<'d>,
    pub(super) s: usize,
    pub(super) triggers: &'a [Trigger],
    pub(super) meaning: &'a Meaning,
    pub(super) place: Stretch,
    /// The word of the expression that hangs on the rest of the sentence.
    head: usize,
}

impl<'a, 'd> Attachment<'a, 'd> {
    pub(super) fn new(
        doc: &'a Doc<'d>,
        s: usize,
        expression: &'a TimeExpression,
        triggers: &'a [Trigger],
    ) -> Option<Attachment<'a, 'd>> {
        let place = Stretch::of(expression);
        let head = (place.first..=place.last).find(|t| {
            doc.head((s, *t))
                .is_none_or(|h| h.1 < place.first || h.1 > place.last)
        })?;
        Some(Attachment {
            doc,
            s,
            triggers,
            meaning: &expression.meaning,
            place,
            head,
        })
    }

    /// The trigger that the expression dates, and how sure that is.
    pub(super) fn governor(&self) -> Option<(usize, Tie)> {
        if describes_a_noun(self.doc, self.s, self.place) {
            return None;
        }
        if self.is_trigger(self.head) {
            return Some((self.head, Tie::Order));
        }
        if precedes_noun(self.doc, self.s, self.place, self.head) {
            return self.modified().map(|t| (t, Tie::Order));
        }
        self.behind_verb()
            .or_else(|| self.noun_before_saying())
            .or_else(|| self.before_verb())
            .map(|t| (t, Tie::Order))
            .or_else(|| self.by_parse())
            .or_else(|| self.caption().map(|t| (t, Tie::Far)))
    }

    fn trigger(&self, t: usize) -> Option<&'a Trigger> {
        self.triggers.iter().find(|x| x.t == t)
    }

    fn is_trigger(&self, t: usize) -> bool {
        self.trigger(t).is_some()
    }

    /// Whether the expression may date this trigger: tense and direction do
    /// not contradict, and no other clause lies between.
    fn fits(&self, t: usize) -> bool {
        self.fits_with(t, None)
    }

    /// The same with the verb that carries the event of a noun.
    fn fits_with(&self, t: usize, carrier: Option<usize>) -> bool {
        let Some(trigger) = self.trigger(t) else {
            return false;
        };
        let carrier = carrier.or(trigger.verb()).unwrap_or(t);
        // "promised a release before the end of the month".
        let deadline = matches!(self.meaning, Meaning::Interval { from: None, .. });
        if deadline && trigger.reacts && trigger.status == Status::Occurred {
            return false;
        }
        !ahead_of(self.doc, (self.s, carrier), trigger, self.meaning)
            && !crosses(self.doc, self.s, self.place, t, carrier)
    }

    /// "Sunday's election", "the 2015 attack", "at Friday's meeting she said".
    fn modified(&self) -> Option<usize> {
        let mut noun = self.doc.head((self.s, self.head))?;
        for _ in 0..3 {
            if self.is_trigger(noun.1) {
                return Some(noun.1);
            }
            let case = self.doc.case(noun);
            let occasion = matches!(case.as_deref(), Some("in" | "at" | "during"))
                && self.doc.relation(noun).is(Relation::Obl)
                && self
                    .doc
                    .head(noun)
                    .is_some_and(|verb| happens_at(self.doc, verb, noun));
            let part = self.doc.relation(noun) == Relation::Compound;
            if !occasion && !part {
                return None;
            }
            noun = self.doc.head(noun)?;
        }
        None
    }

    /// "said Monday", "was arrested on Friday": right behind a verb.
    fn behind_verb(&self) -> Option<usize> {
        let (doc, s) = (self.doc, self.s);
        let mut before = self.place.first.checked_sub(1)?;
        for _ in 0..2 {
            if matches!(doc.upos((s, before)), Upos::Adp | Upos::Adv) {
                before = before.checked_sub(1)?;
            }
        }
        let verb = (s, before);
        if doc.upos(verb) != Upos::Verb {
            return None;
        }
        let found = self.lent_or_own(verb)?;
        self.fits_with(found, Some(before)).then_some(found)
    }

    /// "the court Friday rejected", "Holm on Tuesday condemned", and the
    /// expression that opens the sentence: "On Friday, Dahl met".
    fn before_verb(&self) -> Option<usize> {
        let (doc, s) = (self.doc, self.s);
        if self.noun_before().is_some() {
            return None;
        }
        let count = doc.sentences()[s].tokens.len();
        let next = (self.place.last + 1..count)
            .find(|t| !matches!(doc.upos((s, *t)), Upos::Adv | Upos::Aux | Upos::Part))?;
        if doc.upos((s, next)) == Upos::Verb
            && is_finite(doc, (s, next))
            && let Some(found) = self.lent_or_own((s, next))
            && self.fits(found)
        {
            return Some(found);
        }
        if self.opens_sentence() {
            return self.first_clause();
        }
        None
    }

    /// Whether only adverbs or one prepositional phrase stand in front of it:
    /// "Also on Friday", "In Lima today".
    fn opens_sentence(&self) -> bool {
        let mut in_phrase = false;
        (0..self.place.first).all(|t| {
            let at = (self.s, t);
            match self.doc.upos(at) {
                Upos::Adp => {
                    in_phrase = true;
                    true
                }
                Upos::Adv | Upos::Det | Upos::Cconj => true,
                Upos::Punct => t == 0,
                Upos::Propn | Upos::Noun | Upos::Adj => in_phrase,
                _ => false,
            }
        })
    }

    /// The event of the first clause behind an expression that opens the
    /// sentence: the first finite verb of no subordinate clause.
    fn first_clause(&self) -> Option<usize> {
        let (doc, s) = (self.doc, self.s);
        let count = doc.sentences()[s].tokens.len();
        let verb = (self.place.last + 1..count)
            .filter(|t| doc.upos((s, *t)) == Upos::Verb && is_finite(doc, (s, *t)))
            .find(|t| !crosses(doc, s, self.place, *t, *t))?;
        let found = self
            .lent_or_own((s, verb))
            .or_else(|| self.planned((s, verb)))?;
        self.fits(found).then_some(found)
    }

    /// The event of a verb, its own or that of the noun that it carries.
    fn lent_or_own(&self, verb: At) -> Option<usize> {
        self.is_trigger(verb.1)
            .then_some(verb.1)
            .or_else(|| self.lent(verb))
    }

    /// Up the parse.
    fn by_parse(&self) -> Option<(usize, Tie)> {
        let mut at = (self.s, self.head);
        let mut tie = Tie::Direct;
        for _ in 0..CLIMB {
            let up = self.doc.head(at)?;
            if self.stops(at, up) {
                break;
            }
            let verb = matches!(self.doc.upos(up), Upos::Verb | Upos::Aux);
            if verb && tie == Tie::Direct && self.is_claimed_by_noun(up) {
                return None;
            }
            if self.is_trigger(up.1) {
                return self.settle(up.1, None).map(|t| (t, tie));
            }
            if verb {
                if let Some(found) = self.lent(up).or_else(|| self.planned(up)) {
                    return self.settle(found, Some(up.1)).map(|t| (t, tie));
                }
                if !passes_on(self.doc, up) {
                    break;
                }
            } else {
                tie = Tie::Far;
            }
            at = up;
        }
        self.noun_before()
            .filter(|t| self.fits(*t))
            .map(|t| (t, Tie::Direct))
    }

    /// Whether the noun phrase in front has the better claim, although the
    /// parse hangs the time on a verb: "died within weeks of her capture on
    /// March 26", "met after the summit on Friday", "prepare for the summit
    /// next week".
    fn is_claimed_by_noun(&self, verb: At) -> bool {
        let (doc, s) = (self.doc, self.s);
        if verb.1 > self.place.first {
            return false;
        }
        let mut before = self.place.first;
        while before > 0 && doc.upos((s, before - 1)) == Upos::Adp {
            before -= 1;
        }
        let Some(mut noun) = before.checked_sub(1).map(|t| (s, t)) else {
            return false;
        };
        for _ in 0..CLIMB {
            if !doc.upos(noun).is_nominal() || noun.1 < verb.1 {
                return false;
            }
            let counted = || {
                doc.head(noun)
                    .is_some_and(|h| COUNTED.contains(&doc.lemma(h)))
            };
            let claims = match doc.case(noun).as_deref() {
                Some("of") => counted() && doc.upos(noun) == Upos::Noun,
                Some("before") => {
                    doc.upos(noun) == Upos::Noun && !HEARERS.contains(&doc.lemma(noun))
                }
                Some("for") => LOOKING_AHEAD.contains(&doc.lemma(verb)),
                Some(case) => is_temporal(case),
                None => false,
            };
            if claims {
                return true;
            }
            match doc.head(noun) {
                Some(head) => noun = head,
                None => return false,
            }
        }
        false
    }

    /// The trigger that the parse gives, or the one next to it where tense or
    /// word order contradict the parse.
    fn settle(&self, t: usize, carrier: Option<usize>) -> Option<usize> {
        if self.fits_with(t, carrier) {
            return self.reacted_to(t).or(Some(t));
        }
        let trigger = self.trigger(t)?;
        if t < self.place.first {
            // A noun or verb closer by: "met Vega before the summit next week".
            let closer = self
                .triggers
                .iter()
                .rev()
                .map(|x| x.t)
                .find(|x| *x > t && *x < self.place.first);
            if let Some(closer) = closer {
                return self.fits(closer).then_some(closer);
            }
        } else if let Some(first) = self.first_clause() {
            return Some(first);
        }
        // "agreed to rejoin the talks two weeks ago": the agreeing.
        let verb = (self.s, trigger.verb().unwrap_or(t));
        let up = self.doc.head(verb)?;
        let infinitive = self.doc.relation(verb) == Relation::Xcomp;
        (infinitive && self.is_trigger(up.1) && self.fits(up.1)).then_some(up.1)
    }

    /// Whether a time below the noun `at` says nothing of what governs it.
    fn stops(&self, at: At, up: At) -> bool {
        if at.1 == self.head || !self.doc.upos(at).is_nominal() {
            return false;
        }
        let relation = self.doc.relation(at);
        if relation.is(Relation::Nsubj) || relation == Relation::Appos {
            return true;
        }
        let temporal = self.doc.case(at).is_some_and(|case| is_temporal(&case));
        let absorbing =
            self.trigger(up.1).is_some_and(|t| t.absorbs) && self.doc.upos(at) == Upos::Noun;
        temporal || absorbing
    }

    /// A trigger noun whose light verb or verb of happening has the time:
    /// "talks began on Monday", "held talks on Monday", "a visit that began
    /// Monday", "talks scheduled for Friday".
    fn lent(&self, verb: At) -> Option<usize> {
        let doc = self.doc;
        let by_standing = self.triggers.iter().find(|t| t.verb() == Some(verb.1));
        if let Some(trigger) = by_standing
            && carries(doc, verb)
        {
            return Some(trigger.t);
        }
        let lemma = doc.lemma(verb);
        let light = governors::has(Group::Light, lemma) && !ABOUT.contains(&lemma);
        let happening = governors::has(Group::Happening, lemma);
        let below = doc.children(verb).find(|c| {
            let fits = match doc.relation(*c) {
                r if r.is(Relation::Nsubj) => happening || light,
                Relation::Obj => light,
                _ => false,
            };
            fits && doc.upos(*c) == Upos::Noun && self.is_trigger(c.1)
        });
        if let Some(noun) = below {
            return Some(noun.1);
        }
        // "is to begin issuing licences today".
        if matches!(lemma, "begin" | "start" | "continue" | "resume") {
            let begun = doc
                .children(verb)
                .find(|c| doc.relation(*c) == Relation::Xcomp && self.is_trigger(c.1));
            if let Some(begun) = begun {
                return Some(begun.1);
            }
        }
        let clause = matches!(doc.relation(verb), Relation::Acl | Relation::AclRelcl);
        doc.head(verb)
            .filter(|h| clause && (happening || light) && doc.upos(*h) == Upos::Noun)
            .filter(|h| self.is_trigger(h.1))
            .map(|h| h.1)
    }

    /// "On Tuesday the league plans to hold a news conference": what a verb of
    /// planning in the present has a time for.
    fn planned(&self, verb: At) -> Option<usize> {
        let doc = self.doc;
        if !PLANNING.contains(&doc.lemma(verb)) || doc.token(verb).xpos == Xpos::Vbd {
            return None;
        }
        let inner = doc.children(verb).find(|c| {
            let complement = doc.relation(*c);
            (complement == Relation::Xcomp || complement.is(Relation::Advcl))
                && doc.token(*c).xpos == Xpos::Vb
        })?;
        self.lent(inner)
            .or_else(|| self.is_trigger(inner.1).then_some(inner.1))
    }

    /// "investigated the murder of Ruiz in 2009": a month or year behind the
    /// noun of what somebody only reacts to is the noun's, whatever the parse.
    fn reacted_to(&self, verb: usize) -> Option<usize> {
        let reacts = self.trigger(verb)?.reacts && self.doc.upos((self.s, verb)) == Upos::Verb;
        if !reacts || super::grain(self.meaning) <= 1 || verb > self.place.first {
            return None;
        }
        let (doc, s) = (self.doc, self.s);
        let single = |n: usize| (n..self.place.first).all(|t| doc.upos((s, t)) != Upos::Cconj);
        self.noun_before().filter(|n| *n > verb && single(*n))
    }

    /// In "after her visit to Rome last month, Ruiz said" the parser often
    /// hangs the month on "said". A time right behind a trigger noun's phrase,
    /// and before the verb of saying that it was hung on, is the noun's.
    fn noun_before_saying(&self) -> Option<usize> {
        let up = self.doc.head((self.s, self.head))?;
        if up.1 < self.place.first || !status::is_saying(self.doc.lemma(up)) {
            return None;
        }
        self.noun_before().filter(|t| self.fits(*t))
    }

    /// The trigger noun whose phrase ends right before the time: "her visit to
    /// Rome next week".
    fn noun_before(&self) -> Option<usize> {
        let (doc, s) = (self.doc, self.s);
        let mut before = self.place.first.checked_sub(1)?;
        if doc.upos((s, before)) == Upos::Adp {
            before = before.checked_sub(1)?;
        }
        while before > 0 && doc.upos((s, before)) == Upos::Punct && doc.word((s, before)) != "," {
            before -= 1;
        }
        self.triggers
            .iter()
            .map(|x| x.t)
            .filter(|t| *t <= before && doc.upos((s, *t)) == Upos::Noun)
            .rfind(|t| *t == before || doc.sentences()[s].is_under(before, *t))
    }

    /// The one event of a caption takes the caption's date wherever it stands.
    fn caption(&self) -> Option<usize> {
        let one = self.triggers.len() == 1 && self.doc.kind(self.s) == BlockKind::Caption;
        one.then(|| self.triggers[0].t)
    }
}

/// Whether a verb's time is that of the noun that it carries: "held talks",
/// but not "announced talks".
pub(super) fn carries(doc: &Doc<'_>, verb: At) -> bool {
    !ABOUT.contains(&doc.lemma(verb))
}

/// "within weeks of her capture".
const COUNTED: &[&str] = &[
    "hour",
    "day",
    "week",
    "month",
    "year",
    "eve",
    "wake",
    "start",
    "end",
    "anniversary",
];

/// Before whom one appears.
const HEARERS: &[&str] = &[
    "committee",
    "court",
    "judge",
    "panel",
    "parliament",
    "jury",
    "commission",
    "council",
    "board",
    "magistrate",
    "tribunal",
    "audience",
    "crowd",
];

/// Verbs that look ahead to something.
const LOOKING_AHEAD: &[&str] = &[
    "prepare", "wait", "hope", "gear", "brace", "campaign", "train",
];

/// Prepositions that place something in time by an event, and of sources.
fn is_temporal(case: &str) -> bool {
    matches!(
        case,
        "after" | "before" | "since" | "until" | "following" | "pending" | "according to"
    )
}

/// Whether a verb without an event of its own hands its time to what governs
/// it: infinitives and participles that only complete another verb.
fn passes_on(doc: &Doc<'_>, verb: At) -> bool {
    matches!(
        doc.relation(verb),
        Relation::Xcomp | Relation::Aux | Relation::Cop
    )
}

/// A time in front of the first of several joined verbs holds for those that
/// have none: "On Friday she resigned and left the country". Returns the verb
/// that has it.
pub(super) fn shared_by_joined(doc: &Doc<'_>, s: usize, trigger: usize) -> Option<usize> {
    let verb = (s, trigger);
    if doc.relation(verb) != Relation::Conj {
        return None;
    }
    let but = doc
        .children(verb)
        .any(|c| doc.relation(c) == Relation::Cc && doc.lower(c) == "but");
    doc.head(verb).map(|h| h.1).filter(|_| !but)
}

/// "Speaking in Oslo on Thursday, she criticized": the participle in front of
/// the main verb. Returns the participle.
pub(super) fn shared_by_participle(doc: &Doc<'_>, s: usize, trigger: usize) -> Option<usize> {
    doc.children((s, trigger))
        .find(|c| {
            c.1 < trigger
                && doc.relation(*c).is(Relation::Advcl)
                && doc.token(*c).xpos == Xpos::Vbg
                && !is_perfect(doc, *c)
                && !doc.children(*c).any(|m| doc.relation(m) == Relation::Mark)
        })
        .map(|c| c.1)
}

/// "expelled two diplomats on Tuesday, accusing Kenya of spying": what somebody
/// says or does with it. Returns the main verb.
pub(super) fn shared_by_main_verb(doc: &Doc<'_>, s: usize, trigger: &Trigger) -> Option<usize> {
    let verb = (s, trigger.t);
    let together = doc
        .children(verb)
        .filter(|c| doc.relation(*c) == Relation::Mark)
        .all(|c| matches!(doc.lower(c).as_str(), "while" | "whilst"));
    let follows = doc.relation(verb).is(Relation::Advcl)
        && doc.token(verb).xpos == Xpos::Vbg
        && trigger.reacts
        && together
        && !is_perfect(doc, verb);
    doc.head(verb)
        .map(|h| h.1)
        .filter(|h| follows && *h < trigger.t)
}

/// "in 1968, when the Soviets invaded": the expression that the clause of this
/// trigger explains ends right before "when".
pub(super) fn explained_by_when(doc: &Doc<'_>, s: usize, trigger: usize) -> Option<usize> {
    let when = doc
        .children((s, trigger))
        .find(|c| c.1 < trigger && doc.lower(*c) == "when")?;
    let before = when.1.checked_sub(1)?;
    if doc.upos((s, before)) == Upos::Punct {
        before.checked_sub(1)
    } else {
        Some(before)
    }
}

/// "In a speech on Thursday she accused": the noun of an occasion behind "in",
/// "at" or "during" and the verb share their time.
pub(super) fn occasion_of(triggers: &[Trigger], verb: usize) -> Option<usize> {
    triggers
        .iter()
        .find(|t| t.is_occasion && matches!(t.standing, Standing::Within(v) if v.1 == verb))
        .map(|t| t.t)
}
