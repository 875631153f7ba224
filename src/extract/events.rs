//! Events: triggers of the ontology's frames, with their slots filled by actors.
//! A frame that lacks a slot it needs gives no event.

use super::actors::Cast;
use super::dating::{self, Dates, Trigger as DateTrigger};
use super::doc::{At, Doc, LONGEST_SENTENCE};
use super::fit::{has_purpose, is_aim, words_fit};
use super::grammar::{self, Arguments};
use super::habits::is_habit;
use super::lists;
use super::nouns;
use super::participants;
use super::particles;
use super::phrase;
use super::repair;
use super::report::{EventMention, Participation, Trigger};
use super::shadows;
use super::sides;
use super::standing::{LightVerbs, Standing, standing as standing_of};
use super::status;
use crate::ingest::BlockKind;
use crate::language::{Relation, Upos, Xpos};
use crate::model::{ActorKind, Status};
use crate::ontology::governors::{self, Group};
use crate::ontology::types::{ANY_VERB, EventTypes, Frame, FrameRef};

/// A trigger whose frame is satisfied.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// The head word.
    pub(super) at: At,
    /// The last token of the trigger: the particle of "step down".
    pub(super) end: usize,
    pub(super) frame: FrameRef,
    pub(super) standing: Standing,
    pub(super) arguments: Arguments,
    pub(super) participants: Vec<Participation>,
    /// Pairs that sit on one side of the table, see [`EventMention::apart`].
    pub(super) apart: Vec<(u32, u32)>,
    pub(super) occasion: Option<usize>,
    pub(super) status: Status,
}

/// All events of the article, in the order of the text.
pub(super) fn find(doc: &Doc<'_>, cast: &Cast, types: &EventTypes) -> Vec<EventMention> {
    let mut out = Vec::new();
    for (s, sentence) in doc.sentences().iter().enumerate() {
        if !sentence.kind.is_read() || sentence.tokens.len() > LONGEST_SENTENCE {
            continue;
        }
        let mut found: Vec<Candidate> = Vec::new();
        for t in 0..sentence.tokens.len() {
            found.extend(best_frame(doc, cast, types, (s, t)));
        }
        shadows::drop_carriers(types, &mut found);
        super::refusals::find(doc, types, &mut found);
        let demands = super::demands::find(doc, cast, types, s, &found);
        found.retain(|c| !demands.iter().any(|d| d.at == c.at));
        found.extend(demands);
        found.extend(super::plans::find(doc, cast, types, s, &found));
        found.extend(super::cases::find(doc, cast, types, s, &found, &out));
        found.extend(sayings(doc, cast, types, s, &found));
        if found.is_empty() {
            found.extend(super::captions::find(doc, cast, types, s));
        }
        found.sort_by_key(|c| c.at);
        let mut triggers: Vec<DateTrigger> = found.iter().map(|c| date_trigger(types, c)).collect();
        triggers.extend(dating::sayings(doc, s, &triggers));
        triggers.sort_by_key(|t| t.t);
        let mut dates = Dates::new(doc, s, &triggers);
        found.retain(|c| !dates.recurs(c.at.1));
        let found = shadows::drop_shadows(doc, types, found, &mut dates);
        let habits: Vec<bool> = found.iter().map(|c| is_habit(doc, c, &dates)).collect();
        for (candidate, habit) in found.into_iter().zip(habits) {
            if habit {
                continue;
            }
            match lists::split(doc, cast, &candidate) {
                None => out.push(mention(doc, cast, types, candidate, &dates)),
                Some(items) => out.extend(items.into_iter().map(|item| EventMention {
                    time: Some(item.time),
                    // The place may be that of another item.
                    place: None,
                    ..mention(doc, cast, types, item.candidate, &dates)
                })),
            }
        }
    }
    let mut out = super::same::join(out);
    super::narrative::carry(doc, cast, &mut out);
    out
}

/// What the dating of events needs to know of a trigger.
fn date_trigger(types: &EventTypes, c: &Candidate) -> DateTrigger {
    let key = types.types[c.frame.kind].key.as_str();
    DateTrigger {
        t: c.at.1,
        standing: c.standing,
        status: c.status,
        absorbs: types.frame(c.frame).absorbs,
        is_occasion: matches!(
            key,
            "meet"
                | "negotiate"
                | "visit"
                | "conference"
                | "speak"
                | "vote"
                | "attack"
                | "disaster"
        ),
        reacts: matches!(
            key,
            "investigate"
                | "coerce"
                | "accuse"
                | "support"
                | "reject"
                | "demand"
                | "announce"
                | "protest"
                | "agree"
                | "threaten"
        ),
    }
}

/// The frame of this token that is satisfied and fills the most slots.
fn best_frame(doc: &Doc<'_>, cast: &Cast, types: &EventTypes, at: At) -> Option<Candidate> {
    let lemma = doc.lemma(at);
    let in_name = cast.in_name(at);
    let mut all: Vec<(FrameRef, usize)> = Vec::new();
    match doc.upos(at) {
        Upos::Verb => {
            all.extend(types.verb(lemma).iter().map(|f| (*f, at.1)));
            for (rest, frame) in types.phrases(lemma) {
                if let Some(end) = particles::particle(doc, at, rest)
                    .filter(|e| !particles::is_quotation(doc, at, *e))
                {
                    // A phrase says more than its verb alone.
                    all.insert(0, (*frame, end));
                }
            }
        }
        Upos::Noun | Upos::Propn => {
            all.extend(types.noun(&lemma.to_lowercase()).iter().map(|f| (*f, at.1)))
        }
        _ => return None,
    }
    all.retain(|(_, end)| *end != at.1 || !particles::has_other_particle(doc, at));
    // A word of a name is no trigger, unless the name is that of the event.
    all.retain(|(frame, _)| !in_name || types.frame(*frame).itself.is_some());
    let mut best: Option<Candidate> = None;
    for (frame, end) in all {
        if let Some(candidate) = satisfy(doc, cast, types, at, end, frame) {
            // What a user's file says of a word goes before what is built in; of
            // frames that fill as many roles the one that asks for more wins.
            let weight = |c: &Candidate| {
                let f = types.frame(c.frame);
                (
                    types.is_own(c.frame),
                    c.participants.len(),
                    !f.object_in.is_empty() || !f.prep_object.is_empty(),
                )
            };
            let fuller = best.as_ref().is_none_or(|b| weight(&candidate) > weight(b));
            if fuller {
                best = Some(candidate);
            }
        }
    }
    if best.is_none() && doc.upos(at) == Upos::Verb && !in_name && is_open(doc, at) {
        for frame in types.verb(ANY_VERB) {
            best = best.or_else(|| satisfy(doc, cast, types, at, at.1, *frame));
        }
    }
    best
}

/// What named actors say, where it is nothing more: events of no type.
fn sayings(
    doc: &Doc<'_>,
    cast: &Cast,
    types: &EventTypes,
    s: usize,
    found: &[Candidate],
) -> Vec<Candidate> {
    (0..doc.sentences()[s].tokens.len())
        .map(|t| (s, t))
        .filter(|at| doc.upos(*at) == Upos::Verb && !grammar::is_passive(doc, *at))
        .filter(|at| governors::has(Group::Speaking, doc.lemma(*at)) && !cast.in_name(*at))
        .filter(|at| !found.iter().any(|c| c.at == *at))
        .filter_map(|at| {
            let frames = types.verb(ANY_VERB).iter();
            frames
                .filter_map(|f| satisfy(doc, cast, types, at, at.1, *f))
                .find(|c| c.arguments.of("subject").any(|a| !cast.at(a).is_empty()))
        })
        .collect()
}

/// Whether a verb that no frame claims may be an event of its own.
fn is_open(doc: &Doc<'_>, verb: At) -> bool {
    let lemma = doc.lemma(verb);
    let relation = doc.relation(verb);
    !governors::has(Group::States, lemma)
        && !status::is_saying(lemma)
        && !matches!(
            relation,
            Relation::Amod | Relation::Compound | Relation::Acl | Relation::Case
        )
        && (doc.upos(verb) == Upos::Verb)
}

/// Fills the frame's slots; `None` when something that it needs is missing.
fn satisfy(
    doc: &Doc<'_>,
    cast: &Cast,
    types: &EventTypes,
    at: At,
    end: usize,
    frame_ref: FrameRef,
) -> Option<Candidate> {
    let frame = types.frame(frame_ref);
    let event_type = &types.types[frame_ref.kind];
    let is_verb = doc.upos(at) == Upos::Verb;
    let (standing, arguments, status) = if is_verb {
        (
            Standing::Free,
            grammar::of_verb(doc, at),
            status::of_verb(doc, at),
        )
    } else {
        if frame.plural_only.iter().any(|n| n == doc.lemma(at)) && doc.token(at).xpos != Xpos::Nns {
            return None;
        }
        let mut standing = standing_of(
            doc,
            at,
            LightVerbs {
                only: &frame.light_verbs,
                also: &frame.also_light,
            },
        );
        if matches!(standing, Standing::Light(_)) && !frame.light && !frame.light_only
            || matches!(standing, Standing::Beneath(_)) && !frame.slots.contains_key("beneath")
        {
            standing = Standing::Free;
        }
        if frame.light_only && matches!(standing, Standing::Free | Standing::Within(_)) {
            return None;
        }
        (
            standing,
            nouns::of_noun(doc, at, standing),
            status::of_noun(doc, at, standing),
        )
    };
    if !words_fit(doc, cast, frame, &arguments) || (is_verb && is_imperative(doc, at, &arguments)) {
        return None;
    }
    if !frame.purpose.is_empty() && !has_purpose(doc, frame, at) || frame.as_aim && !is_aim(doc, at)
    {
        return None;
    }
    // "told visiting President Ana Ruiz": no visit of his.
    if is_verb && doc.lemma(at) == "visit" && repair::visiting(doc, at).is_some() {
        return None;
    }
    if frame.not_continued
        && doc
            .head(at)
            .is_some_and(|h| matches!(doc.lemma(h), "continue" | "keep" | "remain"))
    {
        return None;
    }
    if frame.office.iter().any(|v| v == doc.lemma(at)) && !participants::has_office(doc, at) {
        return None;
    }
    let status = if event_type.symmetric && is_verb && status == Status::Occurred {
        sides::in_the_present(doc, at)
    } else {
        status
    };
    let filled = participants::fill(doc, cast, frame, &arguments, at);
    for need in &frame.need {
        let satisfied = need.split('|').any(|slot| {
            filled.slots.contains(&slot)
                || (slot == "object"
                    && !frame.slots.contains_key("object")
                    && arguments.of("object").next().is_some())
        });
        if !satisfied {
            return None;
        }
    }
    let occasion = if frame.occasion {
        Some(participants::occasion(doc, cast, at)?)
    } else {
        participants::occasion(doc, cast, at)
    };
    let mut list = filled.participants;
    if let Some(role) = &frame.itself {
        participants::push(&mut list, cast.at(at), role);
    }
    if let Some(role) = &frame.topic {
        participants::push(
            &mut list,
            &participants::topic(doc, cast, &arguments, at),
            role,
        );
    }
    let occasion = occasion.flatten();
    if let Some(actor) = occasion.filter(|_| frame.occasion) {
        participants::push(&mut list, &[actor], "occasion");
    }
    if !enough(doc, cast, frame, event_type.parties, &list, &arguments, at) {
        return None;
    }
    let whole = (event_type, frame);
    super::inner::add(doc, cast, whole, &arguments, (at, standing), &mut list);
    // "Ruiz and Vega met separately": not with each other.
    if event_type.symmetric && filled.slots.len() < 2 && sides::is_separate(doc, at) {
        return None;
    }
    let apart = if event_type.symmetric {
        sides::apart(doc, cast, &arguments, &list)
    } else {
        Vec::new()
    };
    // "officials met with Ruiz and Vega" does not say that those two met.
    if event_type.symmetric
        && !filled.slots.is_empty()
        && filled.slots.iter().all(|slot| *slot == "with")
    {
        return None;
    }
    Some(Candidate {
        at,
        end,
        frame: frame_ref,
        standing,
        arguments,
        participants: list,
        apart,
        occasion,
        status,
    })
}

/// A bare verb form that nobody is the subject of: an imperative, a title.
fn is_imperative(doc: &Doc<'_>, verb: At, arguments: &Arguments) -> bool {
    matches!(doc.token(verb).xpos, Xpos::Vb | Xpos::Vbp)
        && arguments.of("subject").next().is_none()
        && arguments.of("object").all(|o| o.1 > verb.1)
        && !doc
            .children(verb)
            .any(|c| doc.relation(c).is(Relation::Aux) || doc.lower(c) == "to")
}

/// Where an event takes place for which a place is enough: its own place, what
/// it is near, or where those are who do it ("nurses in Norway walked out").
fn scene(
    doc: &Doc<'_>,
    cast: &Cast,
    frame: &Frame,
    arguments: &Arguments,
    at: At,
) -> Option<usize> {
    if let Some(place) = participants::place(doc, cast, at) {
        return Some(place);
    }
    if !frame.place_counts {
        return None;
    }
    let is_place = |a: &usize| matches!(cast.kind(*a), ActorKind::Place | ActorKind::Country);
    let about = |head: At| {
        doc.children(head)
            .filter(|c| doc.relation(*c).is(Relation::Obl) || doc.relation(*c).is(Relation::Nmod))
            .filter(|c| {
                doc.case(*c).is_some_and(|case| {
                    matches!(
                        case.as_str(),
                        "in" | "near"
                            | "off"
                            | "outside"
                            | "through"
                            | "throughout"
                            | "across"
                            | "into"
                            | "at"
                    )
                })
            })
            .flat_map(|c| match cast.at(c) {
                // "off the coast of Chile", "at a market in Lima".
                [] => doc
                    .children(c)
                    .filter(|x| doc.relation(*x).is(Relation::Nmod))
                    .filter(|x| matches!(doc.case(*x).as_deref(), Some("of" | "in" | "near")))
                    .flat_map(|x| cast.at(x).to_vec())
                    .collect(),
                actors => actors.to_vec(),
            })
            .find(is_place)
    };
    let own = arguments
        .of("in")
        .chain(arguments.of("at"))
        .flat_map(|c| cast.at(c).to_vec())
        .find(is_place);
    own.or_else(|| about(at)).or_else(|| {
        let sides = arguments.of("subject").chain(arguments.of("object"));
        sides
            .filter(|a| doc.upos(*a) == Upos::Noun)
            .find_map(|side| {
                // "tens of thousands of students in Norway".
                let mut head = side;
                for _ in 0..4 {
                    if let Some(place) = about(head) {
                        return Some(place);
                    }
                    head = doc.children(head).find(|c| {
                        doc.relation(*c).is(Relation::Nmod)
                            && doc.upos(*c) == Upos::Noun
                            && doc.case(*c).as_deref() == Some("of")
                    })?;
                }
                None
            })
    })
}

/// Whether enough actors take part.
fn enough(
    doc: &Doc<'_>,
    cast: &Cast,
    frame: &Frame,
    parties: usize,
    list: &[Participation],
    arguments: &Arguments,
    at: At,
) -> bool {
    let acting = list.iter().filter(|p| {
        p.role != "topic" && p.role != "occasion" && cast.kind(p.actor as usize).acts()
    });
    let count = acting.clone().count();
    if frame.place_counts && scene(doc, cast, frame, arguments, at).is_some() {
        return true;
    }
    if frame.itself.is_some() {
        return !list.is_empty();
    }
    let parties = frame.parties.unwrap_or(parties);
    if parties < 2 || count >= parties {
        return count > 0
            || list
                .iter()
                .any(|p| p.role != "topic" && p.role != "occasion");
    }
    // A group meets by itself.
    let mut collective = acting.filter(|p| {
        matches!(
            cast.kind(p.actor as usize),
            ActorKind::Group | ActorKind::Organization
        )
    });
    count == 1
        && doc.upos(at) == Upos::Verb
        && doc.lemma(at) == "meet"
        && collective.next().is_some()
        && doc.child(at, Relation::Obj).is_none()
}

/// The mention as the report keeps it.
fn mention(
    doc: &Doc<'_>,
    cast: &Cast,
    types: &EventTypes,
    c: Candidate,
    dates: &Dates,
) -> EventMention {
    let event_type = &types.types[c.frame.kind];
    let s = c.at.0;
    let takes_part = |a: u32| c.participants.iter().any(|p| p.actor == a);
    let mut apart = c.apart;
    apart.retain(|(a, b)| takes_part(*a) && takes_part(*b));
    let tokens = &doc.sentences()[s].tokens;
    let end = if c.end == c.at.1 + 1 { c.end } else { c.at.1 };
    let (start, stop) = doc.place(doc.sentences()[s].span_of(c.at.1, end));
    let mut lemma = tokens[c.at.1].lemma.clone();
    if c.end != c.at.1 {
        lemma = format!("{lemma} {}", tokens[c.end].lemma);
    }
    let place = participants::place(doc, cast, c.at)
        .or_else(|| match c.standing {
            Standing::Light(verb) | Standing::Happens(verb) => participants::place(doc, cast, verb),
            _ => None,
        })
        .or_else(|| scene(doc, cast, types.frame(c.frame), &c.arguments, c.at))
        .filter(|p| {
            !c.participants
                .iter()
                .any(|x| x.actor as usize == *p && x.role != "occasion")
        });
    let time = dates.of(doc, s, c.at.1);
    let is_news = time.is_none()
        && c.status != Status::Denied
        && doc.head(c.at).is_none()
        && is_lead(doc, s)
        && matches!(
            event_type.key.as_str(),
            "announce" | "speak" | "accuse" | "demand" | "reject" | "support"
        );
    EventMention {
        kind: event_type.key.clone(),
        trigger: Trigger {
            start,
            end: stop,
            text: doc.words(s, c.at.1, end).to_owned(),
            lemma,
        },
        quote: doc.quote(s),
        title: phrase::title(
            doc,
            cast,
            event_type,
            types.frame(c.frame),
            &c.participants,
            &c.arguments,
            c.at,
        ),
        about: phrase::about(doc, &c.arguments, c.at),
        participants: c.participants,
        apart,
        place: place.map(|p| p as u32),
        occasion: c.occasion.map(|o| o as u32),
        status: c.status,
        attributed_to: status::attributed_to(doc, cast, c.at).map(|a| a as u32),
        time: time.or_else(|| caption_date(doc, s)),
        context: None,
        again: points_back(doc, cast, types, c.at, c.frame),
        is_news,
    }
}

/// Whether the trigger, or a noun of its own type behind a preposition, is
/// definite: "the meeting", "will sit down for the talks".
fn points_back(doc: &Doc<'_>, cast: &Cast, types: &EventTypes, at: At, frame: FrameRef) -> bool {
    let definite = |noun: At| {
        doc.upos(noun) == Upos::Noun
            && doc.children(noun).any(|c| {
                doc.relation(c) == Relation::Det
                    && matches!(doc.lower(c).as_str(), "the" | "this" | "these" | "that")
            })
            && !doc
                .children(noun)
                .any(|c| doc.relation(c) == Relation::Acl || doc.relation(c) == Relation::AclRelcl)
    };
    let same_type = |noun: At| {
        types
            .noun(doc.lemma(noun))
            .iter()
            .any(|f| f.kind == frame.kind)
    };
    // "the treaty was signed on Monday".
    let object = doc.upos(at) == Upos::Verb
        && types.frame(frame).object_in.iter().any(|w| {
            grammar::of_verb(doc, at)
                .of("object")
                .any(|o| doc.lemma(o) == w && definite(o) && !cast.in_name(o))
        });
    definite(at)
        || object
        || doc
            .children(at)
            .any(|c| doc.relation(c).is(Relation::Obl) && same_type(c) && definite(c))
}

/// Whether a sentence is the headline or the first of the running text.
fn is_lead(doc: &Doc<'_>, s: usize) -> bool {
    doc.kind(s) == BlockKind::Headline
        || doc
            .sentences()
            .iter()
            .position(|x| x.kind == BlockKind::Body)
            == Some(s)
}

/// A caption's date is the date of what it shows.
fn caption_date(doc: &Doc<'_>, s: usize) -> Option<super::report::TimeRef> {
    (doc.kind(s) == BlockKind::Caption)
        .then(|| dating::of_caption(doc, s))
        .flatten()
}
