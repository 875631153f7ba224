//! From what a user types to the actor or the word that is meant.

use super::io::Io;
use super::words::of_actor;
use crate::graph::TieGraph;
use crate::query::{self, Match};
use crate::resolve::Story;

/// How many proposals are enough.
const PROPOSALS: usize = 8;

/// Finds the actor with this id or name. Where several fit, or none, says so
/// and gives `None`.
pub(super) fn actor(graph: &TieGraph<'_>, name: &str, io: &mut Io) -> Option<usize> {
    let story = graph.story;
    if let Some(exact) = story.actors.iter().position(|a| a.id == name) {
        return Some(exact);
    }
    let (told, candidates) = match query::actor(graph, name) {
        Match::One(actor) => return Some(actor),
        Match::Several(several) => (format!("several actors fit `{name}`"), several),
        Match::None(near) => (format!("no actor fits `{name}`"), near),
    };
    io.nothing(&told);
    for candidate in candidates.iter().take(PROPOSALS) {
        let actor = &story.actors[*candidate];
        io.hint(Some(&format!("{}: {}", actor.id, of_actor(story, actor))));
    }
    if candidates.len() > PROPOSALS {
        io.hint(Some(&format!("{} more", candidates.len() - PROPOSALS)));
    }
    if candidates.is_empty() {
        io.hint(Some("`tieline actors` lists them all"));
    }
    None
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
