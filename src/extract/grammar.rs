//! Who stands in which grammatical slot of a verb or a noun: subjects through
//! control, relative clauses, participles and coordination; passives turned
//! round; prepositions by name. Knows the parse, and nothing of event types.

use super::doc::{At, Doc};
use super::repair;
use crate::language::{Relation, Upos, Xpos};
use crate::ontology::governors::{self, Group};

/// The slots of one trigger, in the order of the text.
#[derive(Debug, Default, Clone)]
pub(super) struct Arguments {
    /// Slot name and the head token of the phrase that fills it.
    pub(super) list: Vec<(String, At)>,
}

impl Arguments {
    pub(super) fn of<'s>(&'s self, slot: &'s str) -> impl Iterator<Item = At> + 's {
        self.list
            .iter()
            .filter(move |(name, _)| name == slot)
            .map(|(_, at)| *at)
    }

    /// The same phrases, with what was the subject as the object: what is
    /// planned is what is announced.
    pub(super) fn with_subject_as_object(mut self) -> Arguments {
        for (slot, _) in &mut self.list {
            if slot == "subject" {
                "object".clone_into(slot);
            }
        }
        self
    }

    pub(super) fn add(&mut self, slot: &str, at: At) {
        if !self
            .list
            .iter()
            .any(|(name, other)| name == slot && *other == at)
        {
            self.list.push((slot.to_owned(), at));
        }
    }
}

/// How far control, relatives and coordination are followed.
const DEPTH: usize = 4;

/// Whether the verb's grammatical subject suffers the action.
pub(super) fn is_passive(doc: &Doc<'_>, verb: At) -> bool {
    // "has been appointed", however the parser hangs the "been".
    if verb.1 > 0 && matches!(doc.token(verb).xpos, Xpos::Vbn | Xpos::Vbd) {
        let before = (verb.0, verb.1 - 1);
        if doc.upos(before) == Upos::Aux && matches!(doc.lower(before).as_str(), "been" | "being") {
            return true;
        }
    }
    // "has died" is no passive, whatever the parser calls its subject.
    let mut auxiliaries = doc
        .children(verb)
        .filter(|c| doc.relation(*c).is(Relation::Aux))
        .peekable();
    if auxiliaries.peek().is_some() && auxiliaries.all(|c| doc.lemma(c) == "have") {
        return false;
    }
    let has = |r| doc.children(verb).any(|c| doc.relation(c) == r);
    if has(Relation::AuxPass) || has(Relation::NsubjPass) || has(Relation::OblAgent) {
        return true;
    }
    if doc.token(verb).xpos != Xpos::Vbn
        || doc
            .children(verb)
            .any(|c| doc.relation(c).is(Relation::Aux))
    {
        return false;
    }
    match doc.relation(verb) {
        Relation::Acl => true,
        Relation::Advcl => doc.child(verb, Relation::Obj).is_none(),
        Relation::Conj => doc.head(verb).is_some_and(|h| {
            doc.token(h).xpos == Xpos::Vbn
                && doc.child(verb, Relation::Nsubj).is_none()
                && is_passive(doc, h)
        }),
        _ => false,
    }
}

/// The slots of a verb.
pub(super) fn of_verb(doc: &Doc<'_>, verb: At) -> Arguments {
    let mut out = Arguments::default();
    let passive = is_passive(doc, verb);
    for child in doc.children(verb) {
        let relation = doc.relation(child);
        // "alleges that Lund copied": whose deed the clause tells.
        if relation.is(Relation::Ccomp) && doc.upos(child) == Upos::Verb {
            for subject in doc
                .children(child)
                .filter(|c| doc.relation(*c).is(Relation::Nsubj))
            {
                add_phrase(doc, &mut out, "content", subject, 0);
            }
        }
        let slot = match relation {
            Relation::NsubjPass if !passive => "subject".to_owned(),
            Relation::Nsubj | Relation::NsubjOuter if passive => "object".to_owned(),
            Relation::Nsubj | Relation::NsubjOuter | Relation::OblAgent => "subject".to_owned(),
            Relation::NsubjPass => "object".to_owned(),
            // "filmed Ruiz meeting Vega", read as two objects.
            Relation::Obj
                if doc.token(verb).xpos == Xpos::Vbg
                    && child.1 < verb.1
                    && doc
                        .children(verb)
                        .any(|c| doc.relation(c) == Relation::Obj && c.1 > verb.1) =>
            {
                "subject".to_owned()
            }
            // "gave Peru two ships", read as two objects.
            Relation::Obj
                if doc
                    .children(verb)
                    .any(|c| doc.relation(c) == Relation::Obj && c > child) =>
            {
                "iobj".to_owned()
            }
            Relation::Obj => "object".to_owned(),
            // "told lawmakers that": the only object there is.
            Relation::Iobj if doc.child(verb, Relation::Obj).is_none() => {
                add_phrase(doc, &mut out, "object", child, 0);
                "iobj".to_owned()
            }
            Relation::Iobj => "iobj".to_owned(),
            _ if relation.is(Relation::Obl) || relation == Relation::Nmod => {
                match doc.case(child) {
                    Some(case) if case == "by" && passive => "subject".to_owned(),
                    // "met with leaders including Ruiz": what it lists stands just before.
                    Some(case) if case == "including" => match out.list.last() {
                        Some((slot, _)) if slot != "subject" => slot.clone(),
                        _ => case,
                    },
                    Some(case) => case,
                    // "met Peruvian President Luis Vega": without a preposition
                    // it is the object that the verb lacks.
                    None if !passive
                        && !doc.is_time(child)
                        && doc.child(verb, Relation::Obj).is_none() =>
                    {
                        "object".to_owned()
                    }
                    None => continue,
                }
            }
            _ => continue,
        };
        add_phrase(doc, &mut out, &slot, child, 0);
        // What hangs on a time belongs to the verb: "met on Monday with".
        let means = matches!(
            doc.lemma(child),
            "phone" | "telephone" | "video" | "videoconference"
        );
        // "held in Oslo between Norway and Peru", read as Oslo's.
        let place = doc.upos(child) == Upos::Propn && slot == "in";
        let suffers = passive && relation.is(Relation::Nsubj);
        if relation == Relation::Obj || suffers || doc.is_time(child) || means || place {
            nested(doc, &mut out, child);
        }
        if relation == Relation::Obj {
            // "sent tents and blankets to Peru".
            for item in doc.children(child) {
                if doc.relation(item) == Relation::Conj && doc.upos(item) == Upos::Noun {
                    nested(doc, &mut out, item);
                }
            }
        }
        if relation == Relation::Obj
            && let Some(receiver) = repair::receiver_as_modifier(doc, child)
        {
            out.add("iobj", receiver);
        }
    }
    for child in doc
        .children(verb)
        .filter(|c| doc.relation(*c) == Relation::OblUnmarked)
    {
        nested(doc, &mut out, child);
        // "to visit Oslo next week", read as Oslo's week.
        if doc.is_time(child) && !passive && out.of("object").next().is_none() {
            add_phrase(doc, &mut out, "object", child, 0);
        }
    }
    // "paid tribute to", "lost ground": a bare noun that is read as predicate.
    if out.of("object").next().is_none()
        && governors::has(Group::Light, doc.lemma(verb))
        && let Some(noun) = doc.child(verb, Relation::Xcomp)
        && doc.upos(noun) == Upos::Noun
        && doc.case(noun).is_none()
        && doc.children(noun).all(|c| doc.lower(c) != "to")
    {
        add_phrase(doc, &mut out, "object", noun, 0);
        nested(doc, &mut out, noun);
        for child in doc.children(noun) {
            if let Some(case) = doc
                .case(child)
                .filter(|_| doc.relation(child).is(Relation::Obl))
            {
                add_phrase(doc, &mut out, &case, child, 0);
            }
        }
    }
    let object = repair::clause_as_modifier(doc, verb)
        .or_else(|| repair::object_before_relative(doc, verb).filter(|_| !passive));
    if let Some(object) = object {
        add_phrase(doc, &mut out, "object", object, 0);
        nested(doc, &mut out, object);
    }
    for clause in doc
        .children(verb)
        .filter(|c| doc.relation(*c) == Relation::Xcomp)
    {
        if let Some(person) = repair::visiting(doc, clause) {
            add_phrase(doc, &mut out, "object", person, 0);
        }
    }
    let missing = if passive { "object" } else { "subject" };
    if out.of(missing).next().is_none() {
        let repaired = repair::subject(doc, verb);
        for at in repaired.map_or_else(|| inherited_subject(doc, verb, 0), |at| vec![at]) {
            add_phrase(doc, &mut out, missing, at, 0);
        }
    }
    // In "the firm that she founded" and "the firm she founded" the head of
    // the relative clause is the object.
    if doc.relation(verb) == Relation::AclRelcl
        && out.of("object").next().is_none()
        && !passive
        && let Some(head) = doc
            .head(verb)
            .filter(|h| out.of("subject").all(|s| s != *h))
    {
        add_phrase(doc, &mut out, "object", head, 0);
    }
    out
}

/// Prepositional phrases that the parser hangs on the object although they
/// belong to the verb: "signed a declaration with Japan".
fn nested(doc: &Doc<'_>, out: &mut Arguments, object: At) {
    for child in doc.children(object) {
        let joined = doc.is_time(object) || doc.relation(object).is(Relation::Obl);
        if (doc.relation(child).is(Relation::Nmod) || joined)
            && let Some(case) = doc.case_of_phrase(child)
            && matches!(
                case.as_str(),
                "with" | "between" | "against" | "on" | "to" | "from" | "in" | "for"
            )
        {
            add_phrase(doc, out, &case, child, 0);
        }
    }
}

/// The parties behind "with" and "between" that hang on a place or a time.
pub(super) fn sides(doc: &Doc<'_>, out: &mut Arguments, place: At) {
    for child in doc.children(place) {
        if let Some(case) = doc.case(child)
            && matches!(case.as_str(), "with" | "between")
            && (doc.relation(child).is(Relation::Nmod) || doc.relation(child).is(Relation::Obl))
        {
            add_phrase(doc, out, &case, child, 0);
        }
    }
}

/// Those who do something together with what a noun's "of" governs.
pub(super) fn partners(doc: &Doc<'_>, out: &mut Arguments, of: At) {
    for child in doc.children(of) {
        if let Some(case) = doc.case(child)
            && doc.relation(child).is(Relation::Nmod)
            && matches!(case.as_str(), "by" | "with" | "between")
        {
            add_phrase(doc, out, &case, child, 0);
        }
    }
}

/// Adds the phrase, what is coordinated with it, and what "including" lists.
pub(super) fn add_phrase(doc: &Doc<'_>, out: &mut Arguments, slot: &str, at: At, depth: usize) {
    if depth > DEPTH * 4 {
        return;
    }
    let at = antecedent(doc, at).unwrap_or(at);
    // "announced Monday": a time is no subject and no object, but in "Last
    // June, Rome and Oslo signed" the parser may make it the first of a list.
    if !(matches!(slot, "subject" | "object" | "iobj") && doc.is_time(at)) {
        out.add(slot, at);
    } else {
        // "to meet Ana Ruiz next month", read as Ana Ruiz's month.
        for child in doc
            .children(at)
            .filter(|c| !doc.is_time(*c) && doc.upos(*c) == Upos::Propn)
        {
            add_phrase(doc, out, slot, child, depth + 1);
        }
    }
    for child in doc.children(at) {
        let relation = doc.relation(child);
        let listed = relation.is(Relation::Nmod)
            && doc
                .case(child)
                .is_some_and(|c| matches!(c.as_str(), "including" | "such as"));
        // "but not Ruiz" is none of them.
        let not = doc.children(child).any(|c| doc.lower(c) == "not");
        let joined = relation == Relation::Conj && doc.upos(child) != Upos::Verb && !not;
        if joined || listed {
            add_phrase(doc, out, slot, child, depth + 1);
        }
        // "with the chairman, Ana Ruiz, and the secretary": the list may hang
        // on the name.
        if relation == Relation::Appos && depth == 0 {
            for item in doc.children(child) {
                if doc.relation(item) == Relation::Conj && doc.upos(item) != Upos::Verb {
                    add_phrase(doc, out, slot, item, depth + 1);
                }
            }
        }
    }
}

/// What a relative pronoun stands for.
pub(super) fn antecedent(doc: &Doc<'_>, at: At) -> Option<At> {
    let token = doc.token(at);
    let relative = matches!(token.xpos, Xpos::Wp | Xpos::Wdt)
        || doc.lower(at) == "whose"
        || (token.upos == Upos::Pron && doc.lower(at) == "that");
    if !relative {
        return None;
    }
    let mut up = at;
    for _ in 0..DEPTH {
        up = doc.head(up)?;
        if doc.relation(up) == Relation::AclRelcl {
            return doc.head(up);
        }
    }
    None
}

/// The subject that a verb without one takes from the words around it.
fn inherited_subject(doc: &Doc<'_>, verb: At, depth: usize) -> Vec<At> {
    let Some(head) = doc.head(verb).filter(|_| depth < DEPTH) else {
        return Vec::new();
    };
    match doc.relation(verb) {
        Relation::Parataxis if repair::subject_of_report(doc, verb).is_some() => {
            repair::subject_of_report(doc, verb).into_iter().collect()
        }
        Relation::Conj | Relation::Parataxis => surface_subject(doc, head, depth),
        Relation::Xcomp => {
            let object = doc.child(head, Relation::Obj);
            match object {
                Some(object) if governors::has(Group::ObjectControl, doc.lemma(head)) => {
                    vec![object]
                }
                _ => surface_subject(doc, head, depth),
            }
        }
        Relation::Ccomp if repair::subject_of_report(doc, verb).is_some() => {
            repair::subject_of_report(doc, verb).into_iter().collect()
        }
        // "a photograph showed Ruiz shaking hands".
        relation
            if relation.is(Relation::Advcl)
                && doc.token(verb).xpos == Xpos::Vbg
                && is_seen(doc.lemma(head))
                && doc.child(head, Relation::Obj).is_some_and(|o| o.1 < verb.1) =>
        {
            doc.child(head, Relation::Obj).into_iter().collect()
        }
        relation if relation.is(Relation::Advcl) => match repair::plan_before(doc, verb) {
            Some(noun) => of_plan(doc, noun, depth),
            None => surface_subject(doc, head, depth),
        },
        Relation::Amod if repair::clause_as_modifier(doc, verb).is_some() => match doc.head(head) {
            Some(above) => surface_subject(doc, above, depth),
            None => Vec::new(),
        },
        Relation::Ccomp if doc.token(verb).xpos == Xpos::Vb => surface_subject(doc, head, depth),
        // "was filmed meeting", "showed Ruiz meeting Vega".
        Relation::Ccomp if doc.token(verb).xpos == Xpos::Vbg => doc
            .child(head, Relation::Obj)
            .filter(|o| o.1 < verb.1)
            .into_iter()
            .collect(),
        Relation::Acl => match doc.token(verb).xpos {
            // The headline "Ana Ruiz to visit Lima", read as one phrase.
            Xpos::Vb if doc.upos(head) == Upos::Propn && doc.head(head).is_none() => vec![head],
            Xpos::Vb => of_plan(doc, head, depth),
            // "issued a statement condemning": who issued it condemns.
            Xpos::Vbg if governors::has(Group::Utterance, doc.lemma(head)) => {
                let speakers = of_plan(doc, head, depth);
                if speakers.is_empty() {
                    vec![head]
                } else {
                    speakers
                }
            }
            _ => vec![head],
        },
        _ => Vec::new(),
    }
}

/// Verbs whose object is seen doing what the participle behind it says.
fn is_seen(lemma: &str) -> bool {
    matches!(
        lemma,
        "show" | "see" | "picture" | "photograph" | "film" | "depict" | "spot" | "catch"
    )
}

/// Who does what an infinitive after a noun says: the noun's possessor, its
/// "by" phrase, or the subject of the verb that governs it ("announced plans to
/// open", "the decision by the court to free").
fn of_plan(doc: &Doc<'_>, noun: At, depth: usize) -> Vec<At> {
    let mut owners: Vec<At> = doc
        .children(noun)
        .filter(|c| {
            // "Ford plans to build" may be read as a plan of that name.
            matches!(doc.relation(*c), Relation::NmodPoss | Relation::Compound)
                || (doc.relation(*c).is(Relation::Nmod) && doc.case(*c).as_deref() == Some("by"))
        })
        .collect();
    if owners.is_empty()
        && matches!(doc.relation(noun), Relation::Obj | Relation::Obl)
        && let Some(head) = doc.head(noun)
    {
        owners = surface_subject(doc, head, depth + 1);
    }
    owners
}

/// The grammatical subject of a predicate, its own or inherited.
pub(super) fn surface_subject(doc: &Doc<'_>, at: At, depth: usize) -> Vec<At> {
    let own: Vec<At> = doc
        .children(at)
        .filter(|c| doc.relation(*c).is(Relation::Nsubj))
        .collect();
    if !own.is_empty() {
        return own;
    }
    // "talks held by X": a passive has its agent as the one who acts next.
    inherited_subject(doc, at, depth + 1)
}
