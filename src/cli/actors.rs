//! `tieline actors`: everyone and everything that is named.

use super::answer::{self, Contract};
use super::args::Actors;
use super::error::Error;
use super::io::Io;
use super::{Outcome, words};
use crate::render::count;
use crate::resolve::Story;
use std::path::Path;

/// Runs the command.
pub(super) fn run(db: &Path, args: &Actors, io: &mut Io) -> Result<Outcome, Error> {
    let story = answer::story(db, io)?;
    let chosen: Vec<usize> = (0..story.actors.len())
        .filter(|a| args.kind.is_none_or(|k| story.actors[*a].kind == k))
        .collect();
    if args.answer.is_json() {
        let mut part = Contract::new(&story)?;
        part.keep("actors", |n, _| chosen.binary_search(&n).is_ok());
        part.drop(&["documents", "events", "ties"]);
        part.write(io)?;
    } else {
        text(&story, chosen.clone(), io)?;
    }
    if chosen.is_empty() {
        io.nothing("the articles name no such actor");
    }
    Ok(Outcome::of(!chosen.is_empty()))
}

/// The list, those in most events first.
fn text(story: &Story, mut chosen: Vec<usize>, io: &mut Io) -> Result<(), Error> {
    let mut events = vec![0_usize; story.actors.len()];
    for part in story.events.iter().flat_map(|e| &e.participants) {
        events[part.actor] += 1;
    }
    chosen.sort_by_key(|a| (std::cmp::Reverse(events[*a]), *a));
    for number in chosen {
        let actor = &story.actors[number];
        writeln!(
            io.out,
            "{:<12}  {:<10}  {}  [{}]",
            actor.kind.as_str(),
            count(events[number], "event"),
            words::with_role(story, actor),
            actor.id
        )?;
    }
    Ok(())
}
