//! `tieline show`: everything about one actor or one event, with the sentences.

use super::answer::{self, Contract};
use super::args::Show;
use super::error::Error;
use super::io::Io;
use super::{Outcome, names, ties, words};
use crate::query::Filter;
use crate::render::dates::Shown;
use crate::render::{count, plain, timeline};
use crate::resolve::{Actor, Event, Story};
use crate::store::{Store, Wanted};
use std::path::Path;

/// The shortest beginning of an event's id that is taken for one.
const SHORTEST: usize = 3;

/// How many proposals are enough.
const PROPOSALS: usize = 8;

/// Runs the command.
pub(super) fn run(db: &Path, args: &Show, io: &mut Io) -> Result<Outcome, Error> {
    let store = answer::store(db, io)?;
    // The part needs the mentions only where they are printed or counted.
    let events = events(&store, &args.what)?;
    match events.as_slice() {
        [(id, _)] => {
            let story = store.part(&Wanted {
                events: Some(vec![id.clone()]),
                mentions: args.answer.is_json(),
                ..Wanted::default()
            })?;
            show_event(&story, 0, args, io)
        }
        [] => match names::row(&store, &args.what, io)? {
            Some(actor) => {
                let story = store.part(&Wanted {
                    actors: vec![actor.row],
                    places: true,
                    filter: Filter {
                        all: true,
                        ..Filter::default()
                    },
                    mentions: true,
                    ties: true,
                    ..Wanted::default()
                })?;
                let number = answer::place(&story, &actor)?;
                show_actor(&story, number, args, io)
            }
            None => Ok(Outcome::Nothing),
        },
        several => {
            io.nothing(&format!("several events begin with `{}`", args.what));
            for (id, title) in several.iter().take(PROPOSALS) {
                io.hint(Some(&format!("{id}: {title}")));
            }
            Ok(Outcome::Nothing)
        }
    }
}

/// Ids and titles of the event with this id, or of those whose id begins so.
fn events(store: &Store, id: &str) -> Result<Vec<(String, String)>, Error> {
    if id.len() < SHORTEST || !id.contains(|c: char| c.is_ascii_digit()) {
        return Ok(Vec::new());
    }
    Ok(store.events_beginning(id)?)
}

fn show_event(story: &Story, number: usize, args: &Show, io: &mut Io) -> Result<Outcome, Error> {
    if args.answer.is_json() {
        Contract::of_events(story, &[number])?.write(io)?;
    } else {
        write!(
            io.out,
            "{}",
            event_text(story, &story.events[number], io.width())
        )?;
    }
    Ok(Outcome::Found)
}

fn event_text(story: &Story, event: &Event, width: usize) -> String {
    let mut text = format!("{}\n", plain(&event.title));
    let mut line = |label: &str, what: &str| text.push_str(&labelled(label, what, width));
    line("id", &event.id);
    line("type", &event.kind);
    line("status", event.status.as_str());
    line("date", &Shown::of(event.date.as_ref()).label());
    if let Some(date) = &event.date {
        line("", &words::basis(date));
        if let Some(span) = words::span(&date.edtf) {
            line("", &span);
        }
    }
    if let Some(place) = event.place.and_then(|p| story.actors.get(p)) {
        line("place", &plain(&place.name));
    }
    for (i, part) in event.participants.iter().enumerate() {
        let label = if i == 0 { "who" } else { "" };
        let actor = words::of_actor(story, &story.actors[part.actor]);
        line(label, &format!("{}: {actor}", plain(&part.role)));
    }
    for (i, told) in story
        .curated
        .events
        .get(&event.id)
        .into_iter()
        .flatten()
        .enumerate()
    {
        line(if i == 0 { "corrected" } else { "" }, &plain(told));
    }
    line("reported by", &words::reported_by(event));
    for evidence in &event.evidence {
        text.push_str(&words::witness(story, evidence, width));
    }
    for disagreement in &event.disagreements {
        text.push_str(&format!(
            "  the articles differ on the {}\n",
            disagreement.about
        ));
        for (says, documents) in &disagreement.sides {
            let articles: Vec<String> = documents
                .iter()
                .map(|d| words::article(story, *d))
                .collect();
            text.push_str(&format!("    {}: {}\n", plain(says), articles.join(", ")));
        }
    }
    text
}

/// A fact behind its label, broken to the width.
fn labelled(label: &str, what: &str, width: usize) -> String {
    let indent = " ".repeat(15);
    let lines = words::wrap(what, width, &indent);
    format!("  {label:<13}{}", lines.trim_start_matches(' '))
}

fn show_actor(story: &Story, number: usize, args: &Show, io: &mut Io) -> Result<Outcome, Error> {
    let events: Vec<usize> = (0..story.events.len())
        .filter(|e| {
            let event = &story.events[*e];
            event.place == Some(number) || event.participants.iter().any(|p| p.actor == number)
        })
        .collect();
    if args.answer.is_json() {
        let mut part = Contract::of_actor(story, number, &events)?;
        part.set("actor", story.actors[number].id.as_str().into());
        part.write(io)?;
        return Ok(Outcome::Found);
    }
    write!(
        io.out,
        "{}",
        actor_text(story, &story.actors[number], io.width())
    )?;
    write!(io.out, "{}", ties::of(story, number, io.width()))?;
    let events = timeline::text(
        story,
        &events,
        timeline::Style {
            width: io.width(),
            long: true,
            color: true,
        },
    );
    if !events.is_empty() {
        writeln!(io.out)?;
        io.out.write_all(events.as_bytes())?;
    }
    Ok(Outcome::Found)
}

fn actor_text(story: &Story, actor: &Actor, width: usize) -> String {
    let mut text = format!("{}\n", plain(&actor.name));
    let mut line = |label: &str, what: &str| text.push_str(&labelled(label, what, width));
    line("id", &actor.id);
    line("kind", actor.kind.as_str());
    if let Some(country) = &actor.country {
        line("country", &plain(country));
    }
    for (i, alias) in actor.aliases.iter().enumerate() {
        line(if i == 0 { "also" } else { "" }, &plain(alias));
    }
    line("named", &count(actor.mentions.len(), "time"));
    for (i, merge) in actor.merges.iter().enumerate() {
        line(if i == 0 { "merged" } else { "" }, &plain(merge));
    }
    for (i, told) in story
        .curated
        .actors
        .get(&actor.id)
        .into_iter()
        .flatten()
        .enumerate()
    {
        line(if i == 0 { "corrected" } else { "" }, &plain(told));
    }
    for role in &actor.roles {
        text.push_str(&labelled("role", &words::of_role(story, role), width));
        let quote = format!("“{}”", plain(&role.quote.text));
        text.push_str(&words::wrap(&quote, width, "    "));
        let articles: Vec<String> = role
            .documents
            .iter()
            .map(|d| words::article(story, *d))
            .collect();
        text.push_str(&format!("      — {}\n", articles.join(", ")));
    }
    text
}
