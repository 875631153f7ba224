//! The short line for people that stands for an event, and the words that tell
//! what it is about.

use super::actors::Cast;
use super::doc::{At, Doc};
use super::grammar::Arguments;
use super::names::tidy;
use super::participants::actors_of;
use super::report::Participation;
use crate::language::{Relation, Upos};
use crate::model::ActorKind;
use crate::ontology::types::{EventType, Frame};

/// Longest object phrase in tokens, and longest line in characters.
const LONGEST_OBJECT: usize = 9;

/// Fills the type's template: `{buyer} buys {acquired}`. A part without an
/// actor falls back to the object's words, then to the bare verb.
pub(super) fn title(
    doc: &Doc<'_>,
    cast: &Cast,
    event_type: &EventType,
    frame: &Frame,
    participants: &[Participation],
    arguments: &Arguments,
    trigger: At,
) -> String {
    let in_role = |role: &str| -> Vec<&str> {
        participants
            .iter()
            .filter(|p| p.role == role)
            .map(|p| cast.name(p.actor as usize))
            .collect()
    };
    let lacks = |template: &str| {
        template
            .split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}'))
            .any(|(slot, _)| slot == "occasion" && in_role(slot).is_empty())
    };
    let template = match &event_type.short {
        Some(short) if lacks(&event_type.title) => short,
        _ => &event_type.title,
    };
    let mut out = String::new();
    let mut rest = template.clone();
    let mut missing = false;
    let mut first = true;
    while let Some((before, after)) = rest.clone().split_once('{') {
        let Some((slot, tail)) = after.split_once('}') else {
            break;
        };
        out.push_str(before);
        let names = if slot == "what" {
            Vec::new()
        } else {
            in_role(slot)
        };
        let is_object =
            slot == "what" || frame.slots.get("object").is_some_and(|role| role == slot);
        let names = if names.is_empty() && slot == "what" && arguments.of("object").next().is_none()
        {
            in_role("topic")
        } else {
            names
        };
        let text = match (names.is_empty(), is_object) {
            (false, _) => list(&names),
            (true, true) => object_words(doc, arguments, trigger),
            (true, false) => String::new(),
        };
        missing |= text.is_empty();
        out.push_str(&text);
        let many = names.len() > 1
            || participants.iter().any(|p| {
                p.role == slot
                    && cast.kind(p.actor as usize) == ActorKind::Group
                    && is_plural(cast.name(p.actor as usize))
            });
        rest = if first && many {
            plural_verb(tail)
        } else if first && names.len() == 1 && event_type.symmetric {
            singular_verb(tail)
        } else {
            tail.to_owned()
        };
        first = false;
    }
    out.push_str(&rest);
    if missing {
        out = fallback(doc, cast, participants, arguments, trigger);
    }
    tidy(&out)
}

/// Whether a group's name is a plural: "opposition groups in Kenya".
fn is_plural(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let head = words
        .by_ref()
        .take_while(|w| !matches!(*w, "in" | "of" | "from" | "throughout" | "across" | "based"))
        .last();
    head.is_some_and(|w| w.ends_with('s') && !w.ends_with("ss"))
}

/// The verb of a template in the plural: "signs" becomes "sign".
fn plural_verb(rest: &str) -> String {
    let (space, words) = rest.split_at(rest.len() - rest.trim_start().len());
    let (verb, tail) = words.split_at(words.find(' ').unwrap_or(words.len()));
    let verb = match verb {
        "is" => "are",
        _ => verb.strip_suffix('s').unwrap_or(verb),
    };
    format!("{space}{verb}{tail}")
}

/// The verb of a template of several parties where only one is named: "agree"
/// becomes "agrees".
fn singular_verb(rest: &str) -> String {
    let (space, words) = rest.split_at(rest.len() - rest.trim_start().len());
    let (verb, tail) = words.split_at(words.find(' ').unwrap_or(words.len()));
    if verb.is_empty() || verb.ends_with('s') {
        return rest.to_owned();
    }
    format!("{space}{verb}s{tail}")
}

/// "A", "A and B", "A, B and C".
fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The object's own words, where no actor fills its slot.
fn object_words(doc: &Doc<'_>, arguments: &Arguments, trigger: At) -> String {
    match arguments.of("object").find(|o| *o != trigger) {
        // "announced it" says no more than "announced".
        Some(object) if doc.upos(object) != Upos::Pron => phrase(doc, object),
        _ => String::new(),
    }
}

/// A noun phrase as written, cut at a relative clause or after a few words.
fn phrase(doc: &Doc<'_>, head: At) -> String {
    let (first, mut last) = doc.subtree(head);
    for child in doc.children(head) {
        if child.1 > head.1
            && matches!(
                doc.relation(child),
                Relation::AclRelcl
                    | Relation::Acl
                    | Relation::Appos
                    | Relation::Punct
                    | Relation::Parataxis
                    | Relation::Dep
            )
        {
            last = last.min(child.1.saturating_sub(1));
        }
    }
    let is_edge = |t: usize| {
        matches!(
            doc.relation((head.0, t)),
            Relation::Case | Relation::Cc | Relation::Punct | Relation::Mark
        )
    };
    let first = (first..head.1).find(|t| !is_edge(*t)).unwrap_or(head.1);
    let last = last.max(head.1).min(first + LONGEST_OBJECT).max(head.1);
    let first = first.max(head.1.saturating_sub(LONGEST_OBJECT));
    // A relative clause that the parse hangs elsewhere: "the amnesty, which".
    let last = (head.1 + 1..=last)
        .find(|t| {
            let word = doc.lower((head.0, *t));
            let relative = ["which", "who", "whom", "whose"].contains(&word.as_str());
            relative || (word == "that" && doc.upos((head.0, *t)) == Upos::Pron)
        })
        .map_or(last, |t| t - 1);
    // Words that only lead on to what was cut off.
    let leads_on = |t: usize| {
        matches!(
            doc.upos((head.0, t)),
            Upos::Adp | Upos::Part | Upos::Cconj | Upos::Sconj | Upos::Punct | Upos::Det
        )
    };
    let last = (head.1..=last)
        .rev()
        .find(|t| !leads_on(*t))
        .unwrap_or(head.1);
    tidy(doc.words(head.0, first, last))
}

/// Subject, verb as written, object.
fn fallback(
    doc: &Doc<'_>,
    cast: &Cast,
    participants: &[Participation],
    arguments: &Arguments,
    trigger: At,
) -> String {
    let subjects: Vec<&str> = arguments
        .of("subject")
        .flat_map(|a| actors_of(doc, cast, a, false))
        .map(|a| cast.name(a))
        .collect();
    // "a bombing killed one Norwegian": what acted stands in its own words, so that
    // who suffered does not take its place.
    let deed = arguments
        .of("subject")
        .next()
        .filter(|s| doc.upos(trigger) == Upos::Verb && doc.upos(*s) == Upos::Noun)
        .map(|s| phrase(doc, s));
    let names = match &deed {
        _ if !subjects.is_empty() => subjects,
        Some(deed) => vec![deed.as_str()],
        None => participants
            .iter()
            .map(|p| cast.name(p.actor as usize))
            .collect(),
    };
    let mut unique: Vec<&str> = Vec::new();
    for name in names {
        if !unique.contains(&name) {
            unique.push(name);
        }
    }
    if doc.upos(trigger) == Upos::Verb {
        let aux = doc
            .children(trigger)
            .find(|c| doc.relation(*c) == Relation::AuxPass);
        if let Some(aux) = aux {
            // "has been seen" without its "has" is no sentence.
            let aux = match doc.lower(aux).as_str() {
                "been" if unique.len() > 1 => "were",
                "been" => "was",
                "be" | "being" if unique.len() > 1 => "are",
                "be" | "being" => "is",
                _ => doc.word(aux),
            };
            let verb = doc.word(trigger);
            let particle = doc
                .children(trigger)
                .find(|c| c.1 == trigger.1 + 1 && doc.relation(*c) == Relation::CompoundPrt)
                .map(|c| format!(" {}", doc.word(c)))
                .unwrap_or_default();
            return format!("{} {aux} {verb}{particle}", list(&unique));
        }
        let object = arguments.of("object").next().map(|o| match cast.at(o) {
            [one] => cast.name(*one).to_owned(),
            _ => phrase(doc, o),
        });
        let object = object
            .filter(|o| !unique.contains(&o.as_str()))
            .or_else(|| complement(doc, trigger))
            .unwrap_or_default();
        format!("{} {} {object}", list(&unique), doc.word(trigger))
    } else {
        format!("{}: {}", list(&unique), phrase(doc, trigger))
    }
}

/// What a verb without an object is about: "called for a truce".
fn complement(doc: &Doc<'_>, trigger: At) -> Option<String> {
    const LEADS: [&str; 6] = ["for", "on", "against", "about", "with", "to"];
    let of = doc.children(trigger).find(|c| {
        c.1 > trigger.1
            && c.1 <= trigger.1 + LONGEST_OBJECT
            && doc.relation(*c).is(Relation::Obl)
            && !doc.is_time(*c)
            && doc.upos(*c) != Upos::Pron
    })?;
    let case = doc.case(of)?;
    LEADS
        .contains(&case.as_str())
        .then(|| format!("{case} {}", phrase(doc, of)))
}

/// Lemmas of the content words of the trigger's arguments, sorted.
pub(super) fn about(doc: &Doc<'_>, arguments: &Arguments, trigger: At) -> Vec<String> {
    let mut out = Vec::new();
    let mut tops: Vec<At> = arguments
        .list
        .iter()
        .filter(|(slot, _)| !matches!(slot.as_str(), "subject" | "clause"))
        .map(|(_, a)| *a)
        .collect();
    tops.extend(doc.children(trigger).filter(|c| {
        doc.relation(*c).is(Relation::Ccomp)
            || matches!(doc.relation(*c), Relation::Xcomp | Relation::Acl)
    }));
    for top in tops {
        let (first, last) = doc.subtree(top);
        for t in first..=last.min(first + 16) {
            let at = (top.0, t);
            if matches!(doc.upos(at), Upos::Noun | Upos::Propn | Upos::Adj)
                && doc.lemma(at).len() > 2
            {
                out.push(doc.lemma(at).to_lowercase());
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    out.truncate(24);
    out
}
