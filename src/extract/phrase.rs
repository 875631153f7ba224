//! The short line for people that stands for an event, and the words that tell
//! what it is about.

use super::actors::Cast;
use super::doc::{At, Doc};
use super::grammar::{self, Arguments};
use super::names::tidy;
use super::participants::actors_of;
use super::report::Participation;
use super::verb_forms::{participle, past, present};
use super::words::{LONGEST, clause, is_quote, phrase};
use crate::language::{Relation, Upos, Xpos};
use crate::model::ActorKind;
use crate::ontology::types::{EventType, Frame};

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
    head.is_some_and(|w| {
        (w.ends_with('s') && !w.ends_with("ss"))
            || w.ends_with("men")
            || matches!(w.to_lowercase().as_str(), "people" | "police" | "children")
    })
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

/// Those who do or suffer something, as a title names them.
struct Party {
    names: Vec<String>,
    /// Whether their verb stands in the plural.
    many: bool,
}

impl Party {
    fn of_actors(cast: &Cast, actors: impl Iterator<Item = usize>) -> Option<Party> {
        let mut names: Vec<String> = Vec::new();
        let mut many = false;
        for actor in actors {
            let name = cast.name(actor).to_owned();
            if !names.contains(&name) {
                many = cast.kind(actor) == ActorKind::Group && is_plural(&name);
                names.push(name);
            }
        }
        many |= names.len() > 1;
        (!names.is_empty()).then_some(Party { names, many })
    }

    /// The actors that fill a slot, else its own words.
    fn of_slot(doc: &Doc<'_>, cast: &Cast, arguments: &Arguments, slot: &str) -> Option<Party> {
        let actors = arguments
            .of(slot)
            .flat_map(|a| actors_of(doc, cast, a, false));
        Party::of_actors(cast, actors).or_else(|| {
            let noun = arguments
                .of(slot)
                .find(|a| matches!(doc.upos(*a), Upos::Noun | Upos::Propn))?;
            let many = matches!(doc.token(noun).xpos, Xpos::Nns | Xpos::Nnps)
                || doc.child(noun, Relation::Conj).is_some();
            Some(Party {
                names: vec![phrase(doc, noun)],
                many,
            })
        })
    }

    fn words(&self) -> String {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        list(&names)
    }
}

/// Who did what, in the words of the text.
fn fallback(
    doc: &Doc<'_>,
    cast: &Cast,
    participants: &[Participation],
    arguments: &Arguments,
    trigger: At,
) -> String {
    let taking_part = || Party::of_actors(cast, participants.iter().map(|p| p.actor as usize));
    let slot = |slot: &str| Party::of_slot(doc, cast, arguments, slot);
    if doc.upos(trigger) != Upos::Verb {
        let subjects = arguments
            .of("subject")
            .flat_map(|a| actors_of(doc, cast, a, false));
        let who = Party::of_actors(cast, subjects).or_else(taking_part);
        let who = who.map(|w| w.words()).unwrap_or_default();
        return format!("{who}: {}", phrase(doc, trigger));
    }
    if grammar::is_passive(doc, trigger) {
        return passive(doc, slot("object"), slot("subject"), taking_part(), trigger);
    }
    let subject = match (slot("subject"), slot("object"), taking_part()) {
        (Some(subject), _, _) => Some(subject),
        // "they bought it", and nobody knows who they are: it is bought.
        (None, Some(object), Some(others))
            if others.names.iter().all(|n| object.names.contains(n))
                && !is_bare_participle(doc, trigger) =>
        {
            let be = if object.many { "are" } else { "is" };
            let verb = participle(doc.lemma(trigger));
            return format!("{} {be} {verb}{}", object.words(), particle(doc, trigger));
        }
        (None, Some(object), Some(mut others)) => {
            others.names.retain(|n| !object.names.contains(n));
            others.many &= others.names.len() > 1;
            Some(others)
        }
        (None, _, others) => others,
    };
    let (who, many) = subject.map_or_else(Default::default, |s| (s.words(), s.many));
    let verb = finite(doc, trigger, many);
    let rest = predicate(doc, cast, arguments, trigger, &who);
    format!("{who} {verb}{}{rest}", particle(doc, trigger))
}

/// "when held up": a participle without an auxiliary, of which nobody knows who
/// does it and to whom.
fn is_bare_participle(doc: &Doc<'_>, verb: At) -> bool {
    let is_aux = |c: At| doc.upos(c) == Upos::Aux;
    doc.token(verb).xpos == Xpos::Vbn && !doc.children(verb).any(is_aux)
}

/// What happened to somebody: "Ana Ruiz was arrested by the police".
fn passive(
    doc: &Doc<'_>,
    object: Option<Party>,
    agent: Option<Party>,
    others: Option<Party>,
    trigger: At,
) -> String {
    let verb = doc.lower(trigger);
    let particle = particle(doc, trigger);
    let aux = doc
        .children(trigger)
        .find(|c| doc.relation(*c) == Relation::AuxPass);
    let (sufferer, agent) = match (object, agent) {
        (Some(object), agent) => (object, agent),
        // Nobody says whom: "police arrested".
        (None, Some(agent)) => {
            return format!("{} {}{particle}", agent.words(), past(doc.lemma(trigger)));
        }
        (None, None) => match others {
            Some(others) if aux.is_some() => (others, None),
            // "when held up": by whom and who, the sentence leaves open.
            others => {
                let who = others.map(|o| o.words() + " ").unwrap_or_default();
                return format!("{who}{verb}{particle}");
            }
        },
    };
    let be = match (aux.map(|a| doc.lower(a)).as_deref(), sufferer.many) {
        // "has been seen" without its "has" is no sentence.
        (Some("was" | "were" | "been"), false) => "was".to_owned(),
        (Some("was" | "were" | "been"), true) => "were".to_owned(),
        (Some(word), _) if word.starts_with("g") => word.to_owned(),
        (_, false) => "is".to_owned(),
        (_, true) => "are".to_owned(),
    };
    match agent {
        // "the firm founded by Ana Ruiz": she founded it.
        Some(agent) if aux.is_none() => format!(
            "{} {}{particle} {}",
            agent.words(),
            past(doc.lemma(trigger)),
            sufferer.words()
        ),
        Some(agent) => format!(
            "{} {be} {verb}{particle} by {}",
            sufferer.words(),
            agent.words()
        ),
        None => format!("{} {be} {verb}{particle}", sufferer.words()),
    }
}

/// The verb as a title has it: a past stays, what is no finite verb in the text
/// stands in the present.
fn finite(doc: &Doc<'_>, verb: At, many: bool) -> String {
    let word = doc.lower(verb);
    match doc.token(verb).xpos {
        Xpos::Vbg => present(doc.lemma(verb), many),
        // Its form is sure where its dictionary form is a guess.
        Xpos::Vb | Xpos::Vbp if doc.lemma(verb) != "be" => present(&word, many),
        Xpos::Vb | Xpos::Vbp | Xpos::Vbz if many || word == "be" => present(doc.lemma(verb), many),
        Xpos::Vbn if !word.ends_with("ed") => past(doc.lemma(verb)),
        _ => word,
    }
}

/// The particle right behind a verb: " down" of "cracked down", however the
/// parse calls it.
fn particle(doc: &Doc<'_>, verb: At) -> String {
    let is_particle = |c: &At| {
        doc.relation(*c) == Relation::CompoundPrt
            || matches!(doc.lower(*c).as_str(), "away" | "back" | "forward" | "out")
    };
    doc.children(verb)
        .find(|c| c.1 == verb.1 + 1 && is_particle(c))
        .map(|c| format!(" {}", doc.lower(c)))
        .unwrap_or_default()
}

/// What follows the verb, with a blank before it: its object, else what it is
/// about, else what is said.
fn predicate(doc: &Doc<'_>, cast: &Cast, arguments: &Arguments, trigger: At, who: &str) -> String {
    let named = |at: At| match cast.at(at) {
        [one] => Some(cast.name(*one).to_owned()),
        // "announced it" says no more than "announced".
        _ if doc.upos(at) == Upos::Pron && !doc.lower(at).contains("sel") => None,
        _ => Some(phrase(doc, at)),
    };
    let object = arguments.of("object").filter_map(named).find(|o| o != who);
    if let Some(object) = object {
        let receiver = arguments.of("iobj").filter_map(named);
        return match receiver.into_iter().find(|r| *r != object) {
            Some(receiver) => format!(" {receiver} {object}"),
            None => format!(" {object}"),
        };
    }
    complement(doc, trigger)
        .map(|words| format!(" {words}"))
        .or_else(|| said(doc, trigger))
        .unwrap_or_default()
}

/// What a verb without an object is about: "called for a truce", "became a
/// member", "tried to leave".
fn complement(doc: &Doc<'_>, trigger: At) -> Option<String> {
    const LEADS: [&str; 6] = ["for", "on", "against", "about", "with", "to"];
    let behind = |c: &At| c.1 > trigger.1 && c.1 <= trigger.1 + LONGEST;
    let of = doc.children(trigger).filter(behind).find(|c| {
        doc.relation(*c).is(Relation::Obl) && !doc.is_time(*c) && doc.upos(*c) != Upos::Pron
    });
    let led = of.and_then(|of| {
        let case = doc.case(of).filter(|case| LEADS.contains(&case.as_str()))?;
        Some(format!("{case} {}", phrase(doc, of)))
    });
    led.or_else(|| {
        let more = doc
            .children(trigger)
            .filter(behind)
            .find(|c| doc.relation(*c) == Relation::Xcomp)?;
        match doc.upos(more) {
            // No participle: "told those gathered".
            Upos::Verb if doc.token(more).xpos == Xpos::Vbn => None,
            Upos::Verb => clause(doc, more, trigger.1 + 1, doc.subtree(more).1),
            Upos::Noun | Upos::Propn | Upos::Adj => {
                let case = doc.case(more).map(|c| c + " ").unwrap_or_default();
                Some(format!("{case}{}", phrase(doc, more)))
            }
            _ => None,
        }
    })
}

/// What somebody says, behind or before the verb of saying: " that it rains",
/// ": “it rains”".
fn said(doc: &Doc<'_>, trigger: At) -> Option<String> {
    let is_content = |c: &At| {
        doc.relation(*c).is(Relation::Ccomp)
            || (c.1 > trigger.1 && doc.relation(*c) == Relation::Parataxis)
    };
    let (head, first, last) = match doc.children(trigger).find(is_content) {
        Some(content) => {
            let (first, last) = doc.subtree(content);
            if content.1 > trigger.1 {
                (content, first.max(trigger.1 + 1), last)
            } else {
                (content, first, last.min(trigger.1.checked_sub(1)?))
            }
        }
        None => {
            let head = doc.head(trigger).filter(|h| h.1 < trigger.1)?;
            if doc.relation(trigger) != Relation::Parataxis {
                return None;
            }
            let last = doc.subtree(trigger).0.checked_sub(1)?;
            (head, doc.subtree(head).0, last)
        }
    };
    let begin = (first..=last).find(|t| doc.upos((head.0, *t)) != Upos::Punct)?;
    let is_quoted = (first.saturating_sub(1)..begin).any(|t| is_quote(doc, (head.0, t)));
    let words = clause(doc, head, first, last)?;
    Some(if is_quoted {
        format!(": “{words}”")
    } else {
        format!(" {words}")
    })
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

#[cfg(test)]
mod tests {
    use super::super::tests::read;

    /// The titles of the events of a text, a line each.
    fn check(text: &str, titles: &str) {
        let events = read(text).events;
        let found: Vec<&str> = events.iter().map(|e| e.title.as_str()).collect();
        assert_eq!(found.join("\n"), titles, "{text}");
    }

    #[test]
    fn who_suffers_comes_before_a_passive_and_who_acts_behind_it() {
        check(
            "Nordwind was founded by three former sailors in 1998.",
            "Nordwind was founded by three former sailors",
        );
        check(
            "Anna Lindqvist was arrested at her school by police on Monday.",
            "Anna Lindqvist was arrested by police",
        );
        check(
            "Anna Lindqvist and Omar Haddad had been invited to Oslo.",
            "Anna Lindqvist and Omar Haddad were invited",
        );
        // Who "they" are is not known: the firm did not buy.
        check(
            "Omar Haddad was surprised when they bought Nordwind on Monday.",
            "Nordwind is bought",
        );
    }

    #[test]
    fn what_is_no_finite_verb_stands_in_the_present() {
        check(
            "Speaking for Nordwind, manager Omar Haddad waved on Monday.",
            "Omar Haddad speaks for Nordwind",
        );
        check(
            "Anna Lindqvist will repaint the old ships in May.",
            "Anna Lindqvist repaints the old ships",
        );
        check(
            "Nordwind and Harbourline have started to repair the old ships.",
            "Nordwind and Harbourline repair the old ships",
        );
        check(
            "Unarmed fishermen rescued Anna Lindqvist on Monday.",
            "Unarmed fishermen aid Anna Lindqvist",
        );
    }

    #[test]
    fn what_is_said_follows_the_verb_of_saying() {
        check(
            "Anna Lindqvist said on Monday that the harbour was closed.",
            "Anna Lindqvist said the harbour was closed",
        );
        check(
            "\"The old ships are lost,\" said Anna Lindqvist on Monday.",
            "Anna Lindqvist said: “The old ships are lost”",
        );
        check(
            "Anna Lindqvist said that the harbour at the end of the long road to the old northern \
             lighthouse was closed on Monday.",
            "Anna Lindqvist said the harbour at the end of the long road to the old northern \
             lighthouse …",
        );
    }

    #[test]
    fn an_object_ends_where_something_else_begins() {
        check(
            "Anna Lindqvist brought a clock she had made on Monday.",
            "Anna Lindqvist brought a clock",
        );
        check(
            "Anna Lindqvist lost the papers, an old map on Monday.",
            "Anna Lindqvist lost the papers",
        );
        check(
            "Nordwind sent Anna Lindqvist a letter about the new harbour of the old Northern Islands \
             Council on Monday.",
            "Nordwind sent Anna Lindqvist a letter about the new harbour",
        );
        check(
            "Omar Haddad gave Nordwind the choice on Monday.",
            "Omar Haddad gave Nordwind the choice",
        );
    }
}
