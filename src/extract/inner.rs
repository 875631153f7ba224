//! Whom a deed or a word concerns, where the trigger's own slots do not say it:
//! "demanded that Norway leave", "threatened to break relations with Peru",
//! "attacked a camp for Chilean refugees". Looks into the clause that the trigger
//! governs and into the phrase of its object, and no further.

use super::actors::Cast;
use super::doc::{At, Doc};
use super::grammar::{self, Arguments};
use super::participants::{actors_of, push};
use super::report::Participation;
use super::standing::Standing;
use crate::language::{Relation, Upos, Xpos};
use crate::model::ActorKind;
use crate::ontology::governors::{self, Group};
use crate::ontology::types::{EventType, Frame};
use crate::ontology::unnamed::{self, Sort};

/// How deep a phrase is searched.
const DEPTH: usize = 6;

/// How somebody found deeper down is joined to the phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    /// Who does what is spoken of.
    Doer,
    /// Whose it is.
    Owner,
    /// Where it is.
    Where,
    /// Anything else.
    Other,
}

/// Adds those whom the event concerns, if nobody has the type's role for them.
pub(super) fn add(
    doc: &Doc<'_>,
    cast: &Cast,
    (event_type, frame): (&EventType, &Frame),
    arguments: &Arguments,
    (at, standing): (At, Standing),
    list: &mut Vec<Participation>,
) {
    let [direct, struck, deeper] = &event_type.inner[..] else {
        return;
    };
    if list.iter().any(|p| p.role == *direct || p.role == *deeper) {
        return;
    }
    let search = Search {
        doc,
        cast,
        known: list.iter().map(|p| p.actor as usize).collect(),
        direct,
        struck,
        deeper,
        absorbs: frame.absorbs,
    };
    let mut found = search.clauses(at, standing);
    if found.is_empty() {
        let roles = [direct, struck, deeper];
        let heads: Vec<At> = arguments
            .list
            .iter()
            .filter(|(slot, head)| {
                *head != at
                    && (slot == "object"
                        || frame.slots.get(slot).is_some_and(|r| roles.contains(&r)))
            })
            .map(|(_, head)| *head)
            .collect();
        found = search.phrase(heads);
    }
    if event_type.key == "threaten" && found.iter().all(|(_, role)| role != direct) {
        let clause = doc.children(at).find(|c| search.governs(at, *c));
        let verbs = std::iter::once(at).chain(clause);
        let others: Vec<usize> = verbs.flat_map(|v| search.condition(v)).collect();
        found.extend(search.all(others, direct));
    }
    for (actor, role) in found {
        push(list, &[actor], role);
    }
}

/// What is looked for, and the roles that it gets.
struct Search<'a> {
    doc: &'a Doc<'a>,
    cast: &'a Cast,
    known: Vec<usize>,
    direct: &'a str,
    struck: &'a str,
    deeper: &'a str,
    absorbs: bool,
}

impl<'a> Search<'a> {
    /// Whether the type is one of deeds, to which all that is struck belongs.
    fn of_deeds(&self) -> bool {
        self.direct == self.deeper
    }

    /// Those in the clauses that the trigger, or the light verb of a noun, governs.
    fn clauses(&self, at: At, standing: Standing) -> Vec<(usize, &'a str)> {
        if self.of_deeds() && !self.absorbs {
            return Vec::new();
        }
        let verb = match standing {
            Standing::Light(verb) | Standing::Happens(verb) => verb,
            _ => at,
        };
        let mut out = Vec::new();
        for head in if verb == at { vec![at] } else { vec![at, verb] } {
            for child in self.doc.children(head).filter(|c| *c != at) {
                if out.is_empty() && self.governs(head, child) {
                    out = self.clause(child);
                }
            }
        }
        out
    }

    /// Whether the clause says what the trigger means.
    fn governs(&self, head: At, clause: At) -> bool {
        let doc = self.doc;
        let relation = doc.relation(clause);
        // "that Norway free the crew" may be read as an adjective.
        let verbal = doc.upos(clause) == Upos::Verb
            || (relation.is(Relation::Ccomp) && doc.child(clause, Relation::Nsubj).is_some());
        if !verbal || clause < head {
            return false;
        }
        let infinitive = doc
            .children(clause)
            .any(|c| doc.relation(c) == Relation::Mark && doc.lower(c) == "to");
        let said = doc
            .children(clause)
            .any(|c| doc.relation(c) == Relation::Mark && doc.lower(c) == "that");
        if relation == Relation::Xcomp || relation.is(Relation::Ccomp) {
            return true;
        }
        // "threatened on Monday to", "repeated its demand today that": the day makes
        // the parser lose what the clause belongs to.
        let lost = relation.is(Relation::Advcl)
            && self.absorbs
            && (infinitive || self.opens_with_that(clause));
        if lost {
            return true;
        }
        // "marched to demand": what a crowd wants, not what an attacker does besides.
        let claims = self.direct == "target" && governors::has(Group::Claiming, doc.lemma(clause));
        (relation == Relation::Acl && (infinitive || said))
            || (relation.is(Relation::Advcl)
                && claims
                && (infinitive || doc.token(clause).xpos == Xpos::Vbg))
    }

    fn opens_with_that(&self, clause: At) -> bool {
        let (first, _) = self.doc.subtree(clause);
        self.doc.lower((clause.0, first)) == "that"
    }

    /// Those on whose deeds a threat depends: "unless Norway leaves".
    fn condition(&self, verb: At) -> Vec<usize> {
        let doc = self.doc;
        let mut out = Vec::new();
        let clauses = doc.children(verb).filter(|c| {
            doc.relation(*c).is(Relation::Advcl)
                && doc.children(*c).any(|m| {
                    doc.relation(m) == Relation::Mark
                        && matches!(doc.lower(m).as_str(), "if" | "unless" | "until")
                })
        });
        for clause in clauses {
            let subjects: Vec<At> = grammar::of_verb(doc, clause).of("subject").collect();
            out.extend(self.named(&subjects, false));
        }
        out
    }

    /// Those in one clause: who shall act, whom it strikes, or who is mentioned.
    fn clause(&self, verb: At) -> Vec<(usize, &'a str)> {
        let doc = self.doc;
        let arguments = grammar::of_verb(doc, verb);
        let finite = doc.relation(verb).is(Relation::Ccomp)
            || doc.relation(verb) == Relation::Acl
            || self.opens_with_that(verb);
        if finite {
            let own = doc
                .children(verb)
                .any(|c| doc.relation(c).is(Relation::Nsubj));
            let subjects: Vec<At> = arguments.of("subject").filter(|_| own).collect();
            let doers = self.named(&subjects, true);
            if !doers.is_empty() {
                return self.all(doers, self.direct);
            }
        }
        let objects: Vec<At> = arguments
            .of("object")
            .chain(arguments.of("iobj"))
            .filter(|o| *o != verb)
            .collect();
        let struck = self.named(&objects, false);
        if !struck.is_empty() {
            return self.all(struck, self.struck);
        }
        let partners: Vec<At> = ["with", "against", "to", "on", "at", "from"]
            .iter()
            .flat_map(|case| arguments.of(case).collect::<Vec<_>>())
            .collect();
        let partners = self.named(&partners, false);
        if !partners.is_empty() {
            return self.all(partners, self.struck);
        }
        let ousted = objects
            .iter()
            .any(|o| unnamed::is(Sort::Ousting, doc.lemma(*o)));
        let mut found = self.phrase(objects);
        if ousted {
            found = self.all(found.into_iter().map(|(a, _)| a).collect(), self.direct);
        }
        if found.is_empty() {
            found = self.phrase(vec![verb]);
        }
        found
    }

    /// The actors in a role. A crowd without a name that is only mentioned is no
    /// topic.
    fn all(&self, actors: Vec<usize>, role: &'a str) -> Vec<(usize, &'a str)> {
        let says_enough = |a: &usize| role != "topic" || !self.cast.actors[*a].described;
        let fitting = actors.into_iter().filter(says_enough);
        fitting.map(|a| (a, role)).collect()
    }

    /// The actors at the heads themselves that are not known yet.
    fn named(&self, heads: &[At], owner: bool) -> Vec<usize> {
        let mut out = Vec::new();
        for head in heads {
            for actor in actors_of(self.doc, self.cast, *head, owner) {
                if self.fits(actor) && !out.contains(&actor) {
                    out.push(actor);
                }
            }
        }
        out
    }

    fn fits(&self, actor: usize) -> bool {
        let kind = self.cast.kind(actor);
        (kind.acts() || kind == ActorKind::Place) && !self.known.contains(&actor)
    }

    /// The nearest level of a phrase on which somebody is named. Of those the doer
    /// goes before all others.
    fn phrase(&self, heads: Vec<At>) -> Vec<(usize, &'a str)> {
        let ousted = heads
            .iter()
            .any(|o| unnamed::is(Sort::Ousting, self.doc.lemma(*o)));
        let mut level: Vec<(At, Link)> = heads
            .into_iter()
            .flat_map(|h| self.below(h, Link::Other))
            .collect();
        for _ in 0..DEPTH {
            let mut found: Vec<(usize, Link)> = Vec::new();
            for (at, link) in &level {
                for actor in actors_of(self.doc, self.cast, *at, false) {
                    if self.fits(actor) && !found.iter().any(|(a, _)| *a == actor) {
                        found.push((actor, *link));
                    }
                }
            }
            if found.iter().any(|(_, link)| *link == Link::Doer) {
                found.retain(|(_, link)| *link == Link::Doer);
            }
            if !found.is_empty() {
                return found
                    .into_iter()
                    .map(|(actor, link)| (actor, self.role(actor, link, ousted)))
                    .filter(|(actor, role)| *role != "topic" || !self.cast.actors[*actor].described)
                    .collect();
            }
            level = level
                .into_iter()
                .flat_map(|(at, link)| self.below(at, link))
                .collect();
        }
        Vec::new()
    }

    fn role(&self, actor: usize, link: Link, ousted: bool) -> &'a str {
        let place = matches!(self.cast.kind(actor), ActorKind::Place | ActorKind::Country);
        match link {
            Link::Where if place && self.of_deeds() => "place",
            Link::Doer => self.direct,
            Link::Owner | Link::Other if ousted => self.direct,
            Link::Owner => self.struck,
            _ => self.deeper,
        }
    }

    /// What hangs on a word as its owner, part, place or complement.
    fn below(&self, at: At, link: Link) -> Vec<(At, Link)> {
        let doc = self.doc;
        let kin = unnamed::is(Sort::Kin, doc.lemma(at));
        let mut out = Vec::new();
        for child in doc.children(at) {
            let relation = doc.relation(child);
            let how = match relation {
                Relation::NmodPoss => Some(Link::Owner),
                Relation::OblAgent => Some(Link::Doer),
                Relation::Compound | Relation::Amod | Relation::Conj if link == Link::Where => None,
                Relation::Compound | Relation::Amod | Relation::Conj => Some(link),
                Relation::Obj | Relation::Xcomp => Some(Link::Other),
                Relation::Acl if !doc.is_time(child) => Some(Link::Other),
                _ if relation.is(Relation::Nmod) || relation.is(Relation::Obl) => {
                    match doc.case(child).as_deref() {
                        Some("by") => Some(Link::Doer),
                        Some("from") if doc.upos(at) == Upos::Noun => Some(Link::Doer),
                        Some(
                            "in" | "at" | "near" | "outside" | "inside" | "across" | "throughout"
                            | "off" | "around" | "into",
                        ) => Some(Link::Where),
                        Some(
                            "of" | "to" | "for" | "with" | "against" | "on" | "over" | "between"
                            | "among" | "toward" | "towards" | "from",
                        ) => Some(Link::Other),
                        _ => None,
                    }
                }
                _ => None,
            };
            // What is done to the brother of a person is not done to the person.
            let another = kin
                && self
                    .cast
                    .at(child)
                    .iter()
                    .any(|a| self.cast.kind(*a) == ActorKind::Person);
            if let Some(how) = how.filter(|_| !another && !doc.is_time(child)) {
                out.push((child, how));
            }
        }
        out
    }
}
