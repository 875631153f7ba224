//! Questions to the graph: who met whom, what happened when. Pure.

mod part;
pub mod path;
#[cfg(test)]
pub(crate) mod tests;

pub use part::part;

use crate::graph::TieGraph;
use crate::model::{ActorKind, Status};
use crate::resolve::{Event, fold};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Which events are asked for. An event's date matches when its interval
/// overlaps the window.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Only events in which all of these take part.
    pub actors: Vec<usize>,
    /// Only these types; empty for all.
    pub kinds: Vec<String>,
    /// Only these statuses; empty for all.
    pub statuses: Vec<Status>,
    /// From this day.
    pub since: Option<NaiveDate>,
    /// To this day.
    pub until: Option<NaiveDate>,
    /// At least so many documents.
    pub min_sources: u32,
    /// Also events of type `other`.
    pub all: bool,
}

/// What a name typed by a user fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// One actor.
    One(usize),
    /// Several, best first.
    Several(Vec<usize>),
    /// None; actors with similar names, best first.
    None(Vec<usize>),
}

/// One answer to "who met whom".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The event.
    pub event: usize,
    /// The others who took part.
    pub others: Vec<usize>,
}

/// How many similar names are suggested when none fits.
const SUGGESTIONS: usize = 5;

/// How many words in front of a name may be a title.
const LONGEST_TITLE: usize = 8;

/// Names less alike than this (Jaro–Winkler, 0 to 1) are no suggestion.
const ALIKE: f64 = 0.8;

/// What an actor is called, as a question looks at it.
#[derive(Debug, Clone, Copy)]
pub struct Called<'a> {
    /// The name to show.
    pub name: &'a str,
    /// Other forms of the name.
    pub aliases: &'a [String],
    /// Number of events that it takes part in.
    pub events: usize,
}

/// Finds the actor whom a user means, as [`called`] does, among all of a story.
pub fn actor(graph: &TieGraph<'_>, name: &str) -> Match {
    let all: Vec<Called<'_>> = (graph.story.actors.iter().enumerate())
        .map(|(i, actor)| Called {
            name: &actor.name,
            aliases: &actor.aliases,
            events: graph.events_of(i).len(),
        })
        .collect();
    called(&all, name)
}

/// Finds the actor whom a user means: by name, alias, surname or part of the
/// name, without regard to case, accents and titles. Gives indices of `all`.
///
/// The best way of fitting wins: only where no name or alias is the words asked
/// for are surnames looked at, and only then parts of names. Several that fit
/// equally well come by number of events, most first. Linear in the names.
pub fn called(all: &[Called<'_>], name: &str) -> Match {
    let asked = fold(name);
    if asked.is_empty() {
        return Match::None(Vec::new());
    }
    let names: Vec<Names> = all.iter().map(Names::of).collect();
    // The words as typed, then without the words in front, one by one:
    // "President Trump", "US Secretary of State Jane Doe". A title in front
    // must not turn a name into a part of itself, so a shorter form has to fit
    // a whole name or a surname.
    let words: Vec<&str> = asked.split(' ').collect();
    for skipped in 0..words.len().min(LONGEST_TITLE) {
        let tail = words[skipped..].join(" ");
        let mut best: Vec<(Rank, usize)> = names
            .iter()
            .enumerate()
            .filter_map(|(i, n)| Some((n.rank(&tail)?, i)))
            .collect();
        if skipped > 0 {
            best.retain(|(rank, _)| *rank != Rank::Part);
        }
        let Some(rank) = best.iter().map(|(rank, _)| *rank).min() else {
            continue;
        };
        let mut found: Vec<usize> = best
            .into_iter()
            .filter(|(r, _)| *r == rank)
            .map(|(_, actor)| actor)
            .collect();
        found.sort_by_key(|a| (std::cmp::Reverse(all[*a].events), *a));
        return match found.as_slice() {
            [one] => Match::One(*one),
            _ => Match::Several(found),
        };
    }
    Match::None(alike(&names, &asked))
}

/// How a name fits, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Name,
    Alias,
    Surname,
    Part,
}

/// The names of an actor, folded.
#[derive(Debug)]
struct Names {
    name: String,
    aliases: Vec<String>,
}

impl Names {
    fn of(actor: &Called<'_>) -> Names {
        Names {
            name: fold(actor.name),
            aliases: actor.aliases.iter().map(|a| fold(a)).collect(),
        }
    }

    fn all(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.name).chain(&self.aliases)
    }

    fn rank(&self, asked: &str) -> Option<Rank> {
        let is_part = |name: &String| format!(" {name} ").contains(&format!(" {asked} "));
        if self.name == asked {
            Some(Rank::Name)
        } else if self.aliases.iter().any(|a| a == asked) {
            Some(Rank::Alias)
        } else if self.name.rsplit(' ').next() == Some(asked) {
            Some(Rank::Surname)
        } else {
            self.all().any(is_part).then_some(Rank::Part)
        }
    }

    /// How alike the words are to a name or a last word, 0 to 1.
    fn likeness(&self, asked: &str) -> f64 {
        self.all()
            .flat_map(|n| [n.as_str(), n.rsplit(' ').next().unwrap_or_default()])
            .map(|n| strsim::jaro_winkler(n, asked))
            .fold(0.0, f64::max)
    }
}

fn alike(names: &[Names], asked: &str) -> Vec<usize> {
    let mut scored: Vec<(f64, usize)> = names
        .iter()
        .enumerate()
        .map(|(i, n)| (n.likeness(asked), i))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    scored
        .into_iter()
        .take(SUGGESTIONS)
        .map(|(_, i)| i)
        .collect()
}

impl Filter {
    /// Whether an event passes. An event without a date, or without a year,
    /// passes a window only where neither end is set; an open end of its
    /// interval reaches any day.
    pub fn passes(&self, event: &Event) -> bool {
        let takes_part = |actor: &usize| event.participants.iter().any(|p| p.actor == *actor);
        self.actors.iter().all(takes_part)
            && (self.kinds.is_empty() || self.kinds.contains(&event.kind))
            && (self.all || event.kind != OTHER || self.kinds.iter().any(|k| k == OTHER))
            && (self.statuses.is_empty() || self.statuses.contains(&event.status))
            && event.sources >= self.min_sources
            && self.in_window(event)
    }

    fn in_window(&self, event: &Event) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        let Some(date) = &event.date else {
            return false;
        };
        let (first, last) = (date.edtf.earliest(), date.edtf.latest());
        if first.is_none() && last.is_none() {
            return false;
        }
        self.since.is_none_or(|day| last.is_none_or(|l| l >= day))
            && self.until.is_none_or(|day| first.is_none_or(|f| f <= day))
    }
}

/// The type of events that fit no type.
const OTHER: &str = "other";

/// The types of events in which people met.
const MET: [&str; 2] = ["meet", "negotiate"];

/// Roles of those who sat at the table. Whom or what a meeting was about met
/// nobody.
fn is_at_the_table(role: &str) -> bool {
    !matches!(role, "topic" | "occasion" | "audience")
}

/// The events that pass the filter, in order of date, undated last.
pub fn timeline(graph: &TieGraph<'_>, filter: &Filter) -> Vec<usize> {
    // The events of the actor asked for are far fewer than all.
    let candidates: Vec<usize> = match filter.actors.first() {
        Some(actor) => graph.events_of(*actor),
        None => (0..graph.story.events.len()).collect(),
    };
    candidates
        .into_iter()
        .filter(|e| filter.passes(&graph.story.events[*e]))
        .collect()
}

/// Whom `who` met in an event, in the order of the text: those across the table of a
/// meeting; and of a visit, the host of the visitor and the visitors of the host,
/// where both are persons. Nobody where `who` has no part in it.
fn partners(graph: &TieGraph<'_>, told: &Event, who: usize) -> Vec<usize> {
    let Some(own) = told
        .participants
        .iter()
        .find(|p| p.actor == who && is_at_the_table(&p.role))
    else {
        return Vec::new();
    };
    let meeting = MET.contains(&told.kind.as_str());
    let is_person = |a: usize| {
        let actor = graph.story.actors.get(a);
        actor.is_some_and(|a| a.kind == ActorKind::Person)
    };
    let visit = told.kind == "visit" && is_person(who);
    // One who has two roles is met once.
    let mut seen = BTreeSet::new();
    told.participants
        .iter()
        .filter(|p| p.actor != who && is_at_the_table(&p.role))
        .filter(|p| meeting || visit && p.role != own.role && is_person(p.actor))
        .map(|p| p.actor)
        .filter(|a| !told.apart.contains(&(who.min(*a), who.max(*a))))
        .filter(|a| seen.insert(*a))
        .collect()
}

/// Whom `who` met (`meet`, `negotiate`, a person's `visit` to a person), in order of date; with `with`, only
/// meetings of the two. Meetings that did not take place are left out unless
/// the filter asks for their status.
pub fn met(graph: &TieGraph<'_>, who: usize, with: Option<usize>, filter: &Filter) -> Vec<Meeting> {
    let mut out = Vec::new();
    for event in graph.events_of(who) {
        let told = &graph.story.events[event];
        let status = if filter.statuses.is_empty() {
            told.status == Status::Occurred
        } else {
            true
        };
        if !status || !filter.passes(told) {
            continue;
        }
        let others = partners(graph, told, who);
        if !others.is_empty() && with.is_none_or(|with| others.contains(&with)) {
            out.push(Meeting { event, others });
        }
    }
    out
}

/// The actors and events within `hops` events of `centre`: an event and its
/// other actors are one hop away. Both lists are sorted; the centre is one of
/// the actors.
pub fn around(graph: &TieGraph<'_>, centre: usize, hops: usize) -> (Vec<usize>, Vec<usize>) {
    if centre >= graph.story.actors.len() {
        return (Vec::new(), Vec::new());
    }
    let mut actors = BTreeSet::from([centre]);
    let mut events = BTreeSet::new();
    let mut edge = vec![centre];
    for _ in 0..hops {
        let mut next = Vec::new();
        for actor in edge {
            for event in graph.events_of(actor) {
                if events.insert(event) {
                    let others = graph.participants_of(event).map(|(a, _)| a);
                    next.extend(others.filter(|a| actors.insert(*a)));
                }
            }
        }
        if next.is_empty() {
            break;
        }
        edge = next;
    }
    (actors.into_iter().collect(), events.into_iter().collect())
}
