//! From what a user types to the actor or the word that is meant.

use super::error::Error;
use super::io::Io;
use super::words::of_actor;
use crate::graph::TieGraph;
use crate::query::{self, Called, Match};
use crate::resolve::{Actor, Story};
use crate::store::{Named, Store, Wanted};

/// How many proposals are enough.
const PROPOSALS: usize = 8;

/// Finds the actor with this id or name in a story that is in memory. Where
/// several fit, or none, says so and gives `None`.
pub(super) fn actor(graph: &TieGraph<'_>, name: &str, io: &mut Io) -> Option<usize> {
    let story = graph.story;
    if let Some(exact) = story.actors.iter().position(|a| a.id == name) {
        return Some(exact);
    }
    let (told, candidates) = match query::actor(graph, name) {
        Match::One(actor) => return Some(actor),
        Match::Several(several) => (several_fit(name), several),
        Match::None(near) => (none_fits(name), near),
    };
    let near: Vec<&Actor> = candidates.iter().map(|c| &story.actors[*c]).collect();
    offer(&told, story, &near, io);
    None
}

/// As [`actor`], in a database, of which no more is loaded than is needed.
pub(super) fn row(store: &Store, name: &str, io: &mut Io) -> Result<Option<Named>, Error> {
    let mut named = store.named(name)?;
    if let Some(exact) = named.iter().position(|n| n.id == name) {
        return Ok(Some(named.swap_remove(exact)));
    }
    let (told, candidates) = match query::called(&called(&named), name) {
        Match::One(one) => return Ok(Some(named.swap_remove(one))),
        Match::Several(several) => (several_fit(name), several),
        Match::None(_) => {
            named = store.all_names()?;
            match query::called(&called(&named), name) {
                Match::One(one) => return Ok(Some(named.swap_remove(one))),
                Match::Several(several) => (several_fit(name), several),
                Match::None(near) => (none_fits(name), near),
            }
        }
    };
    let part = store.part(&Wanted {
        actors: candidates
            .iter()
            .take(PROPOSALS)
            .map(|c| named[*c].row)
            .collect(),
        events: Some(Vec::new()),
        ..Wanted::default()
    })?;
    let near: Vec<&Actor> = candidates
        .iter()
        .filter_map(|c| part.actors.iter().find(|a| a.id == named[*c].id))
        .collect();
    offer(&told, &part, &near, io);
    if let Some(more) = candidates.len().checked_sub(PROPOSALS + 1) {
        io.hint(Some(&format!("{} more", more + 1)));
    }
    Ok(None)
}

fn called(named: &[Named]) -> Vec<Called<'_>> {
    let called = named.iter().map(|n| Called {
        name: &n.name,
        aliases: &n.aliases,
        events: n.events,
    });
    called.collect()
}

fn several_fit(name: &str) -> String {
    format!("several actors fit `{name}`")
}

fn none_fits(name: &str) -> String {
    format!("no actor fits `{name}`")
}

/// Says that nothing was found, and who may have been meant.
fn offer(told: &str, story: &Story, near: &[&Actor], io: &mut Io) {
    io.nothing(told);
    for actor in near.iter().take(PROPOSALS) {
        io.hint(Some(&format!("{}: {}", actor.id, of_actor(story, actor))));
    }
    if let Some(more) = near.len().checked_sub(PROPOSALS + 1) {
        io.hint(Some(&format!("{} more", more + 1)));
    }
    if near.is_empty() {
        io.hint(Some("`tieline actors` lists them all"));
    }
}

/// The shortest beginning of an event's id that is taken for one.
const SHORTEST: usize = 3;

/// The events that an id, or the beginning of one, fits.
pub(super) enum Events {
    None,
    One(usize),
    Several(Vec<usize>),
}

/// The event with this id, or the only one whose id begins so.
pub(super) fn event(story: &Story, id: &str) -> Events {
    if let Some(exact) = story.events.iter().position(|e| e.id == id) {
        return Events::One(exact);
    }
    if id.len() < SHORTEST || !id.contains(|c: char| c.is_ascii_digit()) {
        return Events::None;
    }
    let several: Vec<usize> = (0..story.events.len())
        .filter(|e| story.events[*e].id.starts_with(id))
        .collect();
    match several[..] {
        [] => Events::None,
        [one] => Events::One(one),
        _ => Events::Several(several),
    }
}

/// Says that several events fit.
pub(super) fn tell_events(story: &Story, id: &str, several: &[usize], io: &mut Io) {
    io.nothing(&format!("several events begin with `{id}`"));
    for number in several {
        let event = &story.events[*number];
        io.hint(Some(&format!("{}: {}", event.id, event.title)));
    }
}

/// As [`event`]; where not exactly one fits, says so.
pub(super) fn one_event(story: &Story, id: &str, io: &mut Io) -> Option<usize> {
    match event(story, id) {
        Events::One(number) => return Some(number),
        Events::Several(several) => tell_events(story, id, &several, io),
        Events::None => {
            io.nothing(&format!("no event has the id `{id}`"));
            io.hint(Some(
                "`tieline timeline --long` and `tieline show NAME` give ids",
            ));
        }
    }
    None
}

/// The words of `known` that look like `word`, best first.
pub(super) fn propose<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Vec<&'k str> {
    let word = word.to_lowercase();
    let mut near: Vec<(usize, &str)> = known
        .map(|k| {
            let starts = k.starts_with(&word) || word.starts_with(k);
            let far = strsim::osa_distance(&word, k);
            (if starts && word.len() > 2 { 0 } else { far }, k)
        })
        .filter(|(far, k)| *far <= 1 + k.len() / 4)
        .collect();
    near.sort_unstable();
    near.into_iter().map(|(_, k)| k).collect()
}
