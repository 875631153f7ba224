//! Whether an event took place: tense, modality, negation and the words that
//! govern it. Also who says so.

use super::actors::Cast;
use super::doc::{At, Doc};
use super::grammar;
use super::repair;
use super::standing::Standing;
use crate::ingest::BlockKind;
use crate::language::{Relation, Upos, Xpos};
use crate::model::Status;
use crate::ontology::governors::{self, Group};

/// How far up the governors are followed.
const CLIMB: usize = 8;

/// Whether the event of a verb trigger took place.
pub(super) fn of_verb(doc: &Doc<'_>, verb: At) -> Status {
    let own = own(doc, verb);
    let named = doc
        .head(verb)
        .filter(|h| doc.upos(*h) == Upos::Propn && doc.head(*h).is_none());
    if doc.relation(verb) == Relation::Acl && named.is_some() {
        // The headline "Ana Ruiz to visit Lima", read as one phrase.
        return headline_infinitive(doc, verb, own);
    }
    climb(doc, verb, own, 0)
}

/// Whether the trigger's own clause says that it did not happen: "did not
/// agree", "failed to agree", "reached no agreement". What somebody else denies
/// is another matter.
pub(super) fn is_failure(doc: &Doc<'_>, at: At, standing: Standing) -> bool {
    let none = |noun: At| {
        doc.children(noun)
            .any(|c| doc.relation(c) == Relation::Det && doc.lower(c) == "no")
    };
    let verb = match standing {
        Standing::Light(verb) => verb,
        _ if doc.upos(at) == Upos::Verb => at,
        _ => return false,
    };
    let not = |v: At| {
        doc.children(v)
            .any(|c| matches!(doc.lower(c).as_str(), "not" | "n't" | "n’t" | "never"))
    };
    let past = |v: At| {
        !doc.children(v).any(|c| {
            doc.relation(c).is(Relation::Aux)
                && matches!(doc.token(c).xpos, Xpos::Md | Xpos::Vbz | Xpos::Vbp)
                && doc.lemma(c) != "have"
        })
    };
    let failed = doc
        .head(verb)
        .filter(|_| doc.relation(verb) == Relation::Xcomp)
        .is_some_and(|h| doc.lemma(h) == "fail" && past(h));
    failed || past(verb) && (not(verb) || verb != at && none(at))
}

/// Whether the event of a noun trigger took place.
pub(super) fn of_noun(doc: &Doc<'_>, noun: At, standing: Standing) -> Status {
    let modified = |group: Group| {
        doc.children(noun)
            .any(|c| doc.relation(c).is(Relation::Amod) && governors::has(group, &doc.lower(c)))
    };
    if modified(Group::Coming) {
        return Status::Planned;
    }
    if modified(Group::Unsure) {
        return Status::Possible;
    }
    if modified(Group::Failed)
        || doc
            .children(noun)
            .any(|c| doc.relation(c) == Relation::Det && doc.lower(c) == "no")
    {
        return Status::Denied;
    }
    match standing {
        Standing::Light(verb) | Standing::Happens(verb) => {
            let lemma = doc.lemma(verb);
            let status = of_verb(doc, verb);
            if status != Status::Occurred {
                return status;
            }
            if is_put_off(doc, verb) {
                return Status::Denied;
            }
            match lemma {
                "schedule" | "plan" | "announce" | "propose" | "call" | "seek" | "set"
                | "expect" | "organize" | "organise" => Status::Planned,
                "cancel" | "postpone" | "fail" => Status::Denied,
                _ => Status::Occurred,
            }
        }
        Standing::Within(verb) | Standing::Beneath(verb) => of_verb(doc, verb),
        // Who did not speak after the meeting has met all the same.
        Standing::After(verb) => match of_verb(doc, verb) {
            Status::Denied => Status::Occurred,
            status => status,
        },
        Standing::Free => match doc.head(noun) {
            // "a meeting is possible", "talks are suspended".
            Some(head) if doc.relation(noun).is(Relation::Nsubj) => said_of(doc, head),
            Some(head) if is_wished(doc, noun, head) => Status::Possible,
            Some(head) if is_wish_beside(doc, noun, head) => Status::Possible,
            // "hopes for a meeting", "plans a visit", "ruled out talks".
            Some(head) => governed(doc, noun, head, Status::Occurred, 0),
            None => Status::Occurred,
        },
    }
}

/// "repeated a call for talks", read as talks of the verb.
fn is_wish_beside(doc: &Doc<'_>, noun: At, verb: At) -> bool {
    let Some(object) = doc.child(verb, Relation::Obj).filter(|o| *o < noun) else {
        return false;
    };
    let next = doc.subtree(object).1.max(object.1) + 1 == doc.subtree(noun).0;
    doc.case(noun).as_deref() == Some("for")
        && next
        && governors::has(Group::Wishes, doc.lemma(object))
}

/// "a call for talks", "the importance of a meeting": what somebody wants is no fact.
fn is_wished(doc: &Doc<'_>, noun: At, head: At) -> bool {
    doc.relation(noun).is(Relation::Nmod)
        && doc.upos(head) == Upos::Noun
        && matches!(doc.case(noun).as_deref(), Some("for" | "of" | "about"))
        && governors::has(Group::Wishes, doc.lemma(head))
}

/// What a predicate says of an event that is its subject.
fn said_of(doc: &Doc<'_>, head: At) -> Status {
    let lemma = doc.lemma(head);
    let done = doc
        .children(head)
        .any(|c| doc.relation(c).is(Relation::Aux) && doc.lemma(c) == "have");
    let passive = grammar::is_passive(doc, head);
    let is_predicate = passive || doc.child(head, Relation::Cop).is_some();
    let stopped = matches!(
        lemma,
        "suspend" | "freeze" | "postpone" | "delay" | "cancel" | "scrap" | "shelve"
    ) || lemma == "cut" && passive
        || is_put_off(doc, head);
    if stopped {
        return Status::Denied;
    }
    if doc.upos(head) == Upos::Verb && !passive {
        return if doc
            .children(head)
            .any(|c| doc.relation(c).is(Relation::Aux))
        {
            worse(Status::Occurred, own(doc, head))
        } else {
            Status::Occurred
        };
    }
    let governed = is_predicate && !done;
    if governed && governors::has(Group::Plan, lemma) && !matches!(lemma, "agree" | "announce") {
        return Status::Planned;
    }
    if governed && governors::has(Group::Open, lemma) && doc.upos(head) == Upos::Adj {
        return Status::Possible;
    }
    if governed && matches!(lemma, "impossible" | "unlikely") {
        return Status::Denied;
    }
    worse(Status::Occurred, own(doc, head))
}

/// What the verb's own auxiliaries say.
fn own(doc: &Doc<'_>, verb: At) -> Status {
    let mut status = Status::Occurred;
    if is_to(doc, verb) {
        status = Status::Planned;
    }
    for child in doc.children(verb) {
        let word = doc.lower(child);
        match doc.relation(child) {
            r if r.is(Relation::Aux) => match word.as_str() {
                "will" | "'ll" | "’ll" | "wo" | "shall" | "would" | "ll" => {
                    status = Status::Planned
                }
                "may" | "might" | "could" | "can" | "ca" | "should" | "must" | "ought" => {
                    status = Status::Possible
                }
                // "would have met": it is not said whether they did.
                "have" if status == Status::Planned => status = Status::Possible,
                _ => {}
            },
            r if r.is(Relation::Advmod) || doc.upos(child) == Upos::Part => {
                if matches!(word.as_str(), "not" | "n't" | "n’t" | "never" | "nor") {
                    return Status::Denied;
                }
                if matches!(
                    word.as_str(),
                    "possibly"
                        | "perhaps"
                        | "allegedly"
                        | "maybe"
                        | "potentially"
                        | "probably"
                        | "likely"
                        | "reportedly"
                ) && word != "reportedly"
                {
                    status = Status::Possible;
                }
            }
            Relation::Mark if matches!(word.as_str(), "if" | "unless" | "whether") => {
                return Status::Possible;
            }
            r if r.is(Relation::Nsubj) || r == Relation::Obj => {
                let none = doc
                    .children(child)
                    .any(|c| doc.relation(c) == Relation::Det && doc.lower(c) == "no");
                if none || word == "nobody" || word == "none" || word == "nothing" {
                    return Status::Denied;
                }
            }
            _ => {}
        }
    }
    status
}

/// "called off the visit", "put off the talks".
fn is_put_off(doc: &Doc<'_>, verb: At) -> bool {
    matches!(doc.lemma(verb), "call" | "put" | "break" | "cut")
        && doc.children(verb).any(|c| {
            matches!(doc.relation(c), Relation::CompoundPrt | Relation::Advmod)
                && doc.lower(c) == "off"
        })
}

/// "has yet to ratify": the verb between "yet" and the infinitive.
fn is_yet_to(doc: &Doc<'_>, head: At) -> bool {
    matches!(doc.lemma(head), "have" | "be")
        && doc
            .children(head)
            .any(|c| doc.relation(c).is(Relation::Advmod) && doc.lower(c) == "yet")
}

/// Whether a clause tells of the past: "was shot", "resigned".
fn is_told_as_past(doc: &Doc<'_>, verb: At) -> bool {
    doc.token(verb).xpos == Xpos::Vbd
        || doc
            .children(verb)
            .any(|c| doc.relation(c).is(Relation::Aux) && doc.token(c).xpos == Xpos::Vbd)
}

/// "is to meet", "were to open".
fn is_to(doc: &Doc<'_>, verb: At) -> bool {
    let be = doc.children(verb).find(|c| {
        doc.lemma(*c) == "be"
            && matches!(doc.token(*c).xpos, Xpos::Vbz | Xpos::Vbp | Xpos::Vbd)
            && (doc.relation(*c).is(Relation::Aux)
                || matches!(doc.relation(*c), Relation::Cop | Relation::AuxPass))
    });
    // "is to be dissolved".
    let passive = doc.token(verb).xpos == Xpos::Vbn && grammar::is_passive(doc, verb);
    be.is_some_and(|be| {
        (doc.token(verb).xpos == Xpos::Vb || passive)
            && doc
                .children(verb)
                .any(|c| c.1 == be.1 + 1 && doc.lower(c) == "to")
    })
}

/// Goes up through governing verbs, adjectives and nouns.
fn climb(doc: &Doc<'_>, at: At, own: Status, depth: usize) -> Status {
    if own == Status::Denied || depth > CLIMB {
        return own;
    }
    let Some(head) = doc.head(at) else {
        return headline_infinitive(doc, at, own);
    };
    governed(doc, at, head, own, depth)
}

/// The status of what `head` governs.
fn governed(doc: &Doc<'_>, at: At, head: At, status: Status, depth: usize) -> Status {
    let relation = doc.relation(at);
    let infinitive = doc
        .children(at)
        .any(|c| doc.relation(c) == Relation::Mark && doc.lower(c) == "to");
    let lemma = doc.lemma(head);
    if depth > CLIMB {
        return status;
    }
    if relation == Relation::Conj {
        // "will meet and sign": the first verb's auxiliaries hold for both.
        let has_own = doc.children(at).any(|c| doc.relation(c).is(Relation::Aux))
            || doc.token(at).xpos != Xpos::Vb && doc.token(at).xpos != doc.token(head).xpos;
        let first = if has_own || doc.upos(head) != Upos::Verb {
            Status::Occurred
        } else {
            self::own(doc, head)
        };
        return climb(
            doc,
            head,
            worse(
                status,
                if first == Status::Denied {
                    Status::Occurred
                } else {
                    first
                },
            ),
            depth + 1,
        );
    }
    if repair::plan_before(doc, at).is_some() {
        return worse(status, Status::Planned);
    }
    if relation.is(Relation::Advcl) {
        let condition = doc.children(at).any(|c| {
            doc.relation(c) == Relation::Mark
                && match doc.lower(c).as_str() {
                    "if" | "unless" | "so" => true,
                    // "before he was shot" tells what happened.
                    "until" => !is_told_as_past(doc, at),
                    "before" => !is_told_as_past(doc, at) && doc.token(at).xpos != Xpos::Vbg,
                    _ => false,
                }
        });
        if condition {
            return worse(status, Status::Possible);
        }
        // "left without meeting".
        if doc
            .children(at)
            .any(|c| matches!(doc.lower(c).as_str(), "without" | "despite" | "instead"))
            && doc.token(at).xpos == Xpos::Vbg
        {
            return Status::Denied;
        }
        if infinitive {
            let main = climb(doc, head, own(doc, head), depth + 1);
            let reached = governors::has(Group::Movement, lemma) && main == Status::Occurred;
            return if reached {
                status
            } else {
                worse(status, worse(main, Status::Possible))
            };
        }
        let mark = |words: &[&str]| {
            doc.children(at).any(|c| {
                matches!(doc.relation(c), Relation::Mark | Relation::Case)
                    && words.contains(&doc.lower(c).as_str())
            })
        };
        let gerund = doc.token(at).xpos == Xpos::Vbg;
        if gerund && mark(&["without"]) {
            return Status::Denied;
        }
        // "suspected of blowing up a bridge", "charged with killing".
        if gerund && matches!(lemma, "suspect" | "accuse" | "charge") && mark(&["of", "with", "in"])
        {
            return worse(status, Status::Possible);
        }
        // "could start a war by attacking": the means of what may be.
        if gerund && mark(&["by", "before"]) {
            let main = climb(doc, head, own(doc, head), depth + 1);
            let main = if main == Status::Denied {
                Status::Occurred
            } else {
                main
            };
            return worse(status, main);
        }
        // A participle clause shares the fate of its main clause's modality
        // ("will travel, meeting"), not of its denial.
        let participle = matches!(doc.token(at).xpos, Xpos::Vbg);
        let main = climb(doc, head, own(doc, head), depth + 1);
        return if participle && main == Status::Planned {
            worse(status, main)
        } else {
            status
        };
    }
    // "claims to break an agreement reached in May": a participle tells what
    // happened, whatever is said about its noun.
    if relation == Relation::Acl && doc.token(at).xpos == Xpos::Vbn {
        return status;
    }
    let complement = relation == Relation::Xcomp
        || relation.is(Relation::Ccomp)
        || relation == Relation::Acl && infinitive
        || relation == Relation::Obj
        || relation.is(Relation::Obl)
        || relation.is(Relation::Nmod)
        || relation.is(Relation::Csubj)
        || relation == Relation::Acl;
    if !complement {
        return status;
    }
    let finite = relation.is(Relation::Ccomp) && !infinitive;
    let nominal = doc.upos(at) == Upos::Noun;
    // "calls for the resignation of Lund": asked for, whether it came or not.
    if nominal
        && doc.case(at).as_deref() == Some("for")
        && matches!(
            lemma,
            "call"
                | "demand"
                | "appeal"
                | "plea"
                | "press"
                | "push"
                | "campaign"
                | "pray"
                | "hope"
                | "wish"
        )
    {
        return worse(status, Status::Possible);
    }
    if nominal
        && !matches!(relation, Relation::Obj)
        && !relation.is(Relation::Nmod)
        && !relation.is(Relation::Obl)
    {
        return status;
    }
    let perfect = doc
        .children(at)
        .any(|c| doc.relation(c).is(Relation::Aux) && doc.lemma(c) == "have");
    let governor = if infinitive && is_yet_to(doc, head) || nominal && is_put_off(doc, head) {
        Status::Denied
    } else if infinitive && lemma == "have" && relation == Relation::Xcomp {
        // "has to sign": an obligation.
        Status::Possible
    } else if governors::has(Group::Saying, lemma) && (finite || perfect) {
        match lemma {
            "allege" | "claim" | "believe" | "think" | "suggest" => Status::Possible,
            "deny" => Status::Denied,
            _ => Status::Occurred,
        }
    } else if governors::has(Group::Denial, lemma) {
        Status::Denied
    } else if governors::has(Group::Plan, lemma) && (infinitive || finite || nominal) {
        if nominal
            && matches!(
                lemma,
                "agree" | "announce" | "move" | "set" | "deal" | "want"
            )
        {
            if lemma == "announce" || lemma == "want" {
                Status::Planned
            } else {
                Status::Occurred
            }
        } else {
            Status::Planned
        }
    } else if governors::has(Group::Open, lemma)
        && !(perfect && lemma != "believe" && lemma != "accuse" && lemma != "charge")
    {
        if nominal
            && matches!(
                lemma,
                "tell"
                    | "order"
                    | "call"
                    | "help"
                    | "discuss"
                    | "debate"
                    | "warn"
                    | "fear"
                    | "charge"
                    | "allow"
            )
        {
            Status::Occurred
        } else {
            Status::Possible
        }
    } else {
        Status::Occurred
    };
    if governor == Status::Denied {
        return Status::Denied;
    }
    let status = worse(status, governor);
    // A complement without a tense of its own lives in its governor's.
    if finite || nominal && !matches!(relation, Relation::Obj) {
        return status;
    }
    let above = own_or_denied(doc, head);
    climb(doc, head, worse(status, above), depth + 1)
}

/// The governor's own modality; its denial reaches what it governs.
fn own_or_denied(doc: &Doc<'_>, head: At) -> Status {
    if matches!(doc.upos(head), Upos::Verb | Upos::Adj | Upos::Aux) {
        own(doc, head)
    } else {
        Status::Occurred
    }
}

/// "Ministers to meet in Rome": the infinitive of a headline is a plan.
fn headline_infinitive(doc: &Doc<'_>, at: At, status: Status) -> Status {
    let infinitive = doc
        .children(at)
        .any(|c| doc.lower(c) == "to" && doc.upos(c) == Upos::Part && c.1 < at.1);
    let headline = matches!(doc.kind(at.0), BlockKind::Headline | BlockKind::Caption);
    if infinitive && headline {
        worse(status, Status::Planned)
    } else {
        status
    }
}

/// The less certain of two.
fn worse(a: Status, b: Status) -> Status {
    match (a, b) {
        (Status::Denied, _) | (_, Status::Denied) => Status::Denied,
        (Status::Possible, _) | (_, Status::Possible) => Status::Possible,
        (Status::Planned, _) | (_, Status::Planned) => Status::Planned,
        _ => Status::Occurred,
    }
}

/// Whether a verb in the simple present tells a habit, not an event: "Israel
/// faces attacks", "the company produces". Headlines and captions use the
/// present for the past.
pub(super) fn is_habit(doc: &Doc<'_>, verb: At) -> bool {
    if matches!(doc.kind(verb.0), BlockKind::Headline | BlockKind::Caption) {
        return false;
    }
    let token = doc.token(verb);
    let has_aux = doc.children(verb).any(|c| {
        doc.relation(c).is(Relation::Aux)
            && !(doc.lemma(c) == "be"
                && matches!(doc.token(c).xpos, Xpos::Vbz | Xpos::Vbp)
                && grammar::is_passive(doc, verb))
    });
    if has_aux {
        return false;
    }
    match token.xpos {
        Xpos::Vbz => true,
        // "sank" is no present, whatever the tagger says.
        Xpos::Vbp => doc.lower(verb) == doc.lemma(verb),
        Xpos::Vbn => {
            grammar::is_passive(doc, verb)
                && doc.children(verb).any(|c| {
                    doc.relation(c) == Relation::AuxPass
                        && matches!(doc.token(c).xpos, Xpos::Vbz | Xpos::Vbp)
                })
        }
        _ => false,
    }
}

/// Who says that the event of `at` happened: the subject of the verb of saying
/// above it, or "according to".
pub(super) fn attributed_to(doc: &Doc<'_>, cast: &Cast, at: At) -> Option<usize> {
    let mut top = at;
    for _ in 0..CLIMB {
        let according = doc
            .children(top)
            .find(|c| doc.case(*c).as_deref() == Some("according to"));
        if let Some(actor) = according.and_then(|c| cast.at(c).first().copied()) {
            return Some(actor);
        }
        let head = doc.head(top)?;
        let said = governors::has(Group::Saying, doc.lemma(head)) && doc.upos(head) == Upos::Verb;
        if said
            && (doc.relation(top).is(Relation::Ccomp) || doc.relation(top) == Relation::Parataxis)
        {
            return grammar::of_verb(doc, head)
                .of("subject")
                .find_map(|a| cast.at(a).first().copied());
        }
        // The verb of saying may hang below: "X will resign, Y said".
        let below = doc.children(top).find(|c| {
            doc.relation(*c) == Relation::Parataxis && governors::has(Group::Saying, doc.lemma(*c))
        });
        if let Some(verb) = below {
            return grammar::of_verb(doc, verb)
                .of("subject")
                .find_map(|a| cast.at(a).first().copied());
        }
        top = head;
    }
    None
}

/// Whether a verb reports what its complement says.
pub(super) fn is_saying(lemma: &str) -> bool {
    governors::has(Group::Saying, lemma)
}
