//! `tieline met`: whom somebody met, when, and which sentence says so.

use super::answer::{self, Contract};
use super::args::Met;
use super::error::Error;
use super::io::Io;
use super::{Outcome, names, timeline, words};
use crate::graph::TieGraph;
use crate::query::{self, Meeting};
use crate::render::dates::Shown;
use crate::render::plain;
use crate::resolve::Story;
use crate::store::Wanted;
use serde_json::{Value, json};
use std::path::Path;

/// Runs the command.
pub(super) fn run(db: &Path, args: &Met, io: &mut Io) -> Result<Outcome, Error> {
    let store = answer::store(db, io)?;
    let Some(who) = names::row(&store, &args.name, io)? else {
        return Ok(Outcome::Nothing);
    };
    let with = match &args.with {
        None => None,
        Some(name) => match names::row(&store, name, io)? {
            Some(with) => Some(with),
            None => return Ok(Outcome::Nothing),
        },
    };
    let mut filter = timeline::within(&args.window);
    if args.planned {
        filter.statuses = words::STATUSES.to_vec();
    }
    let story = store.part(&Wanted {
        actors: std::iter::once(&who).chain(&with).map(|a| a.row).collect(),
        filter: filter.clone(),
        mentions: args.answer.is_json(),
        ..Wanted::default()
    })?;
    let graph = TieGraph::new(&story);
    let who = answer::place(&story, &who)?;
    let with = match &with {
        Some(with) => Some(answer::place(&story, with)?),
        None => None,
    };
    let meetings = query::met(&graph, who, with, &filter);
    if args.answer.is_json() {
        json(&story, who, with, &meetings)?.write(io)?;
    } else {
        for meeting in &meetings {
            write!(io.out, "{}", text(&story, who, meeting, io.width()))?;
        }
    }
    if meetings.is_empty() {
        let name = &story.actors[who].name;
        io.nothing(&match with {
            Some(with) => format!("no meeting of {name} and {}", story.actors[with].name),
            None => format!("no meeting of {name}"),
        });
        if !args.planned {
            io.hint(Some(
                "--planned also lists meetings that are only planned or possible",
            ));
        }
    }
    Ok(Outcome::of(!meetings.is_empty()))
}

/// A meeting on several lines.
fn text(story: &Story, who: usize, meeting: &Meeting, width: usize) -> String {
    let event = &story.events[meeting.event];
    let others: Vec<String> = meeting
        .others
        .iter()
        .map(|other| words::of_actor(story, &story.actors[*other]))
        .collect();
    let date = Shown::of(event.date.as_ref()).label();
    let met = format!(
        "{} met {}",
        plain(&story.actors[who].name),
        others.join("; ")
    );
    let indent = " ".repeat(date.len() + 2);
    let met = words::wrap(&met, width, &indent);
    let mut text = format!("{date}  {}", met.trim_start());
    let mut facts = vec![event.status.to_string()];
    if let Some(place) = event.place.and_then(|p| story.actors.get(p)) {
        facts.push(format!("in {}", plain(&place.name)));
    }
    facts.extend(event.date.as_ref().map(words::basis));
    facts.push(event.id.clone());
    text.push_str(&words::wrap(&facts.join("; "), width, "    "));
    for evidence in &event.evidence {
        text.push_str(&words::witness(story, evidence, width));
    }
    text.push('\n');
    text
}

/// The part of the contract that the meetings need, and which event is whose.
fn json(
    story: &Story,
    who: usize,
    with: Option<usize>,
    meetings: &[Meeting],
) -> Result<Contract, Error> {
    let id = |actor: usize| Value::from(story.actors[actor].id.as_str());
    let events: Vec<usize> = meetings.iter().map(|m| m.event).collect();
    let mut part = Contract::of_events(story, &events)?;
    part.set("actor", id(who));
    part.set("with", with.map_or(Value::Null, id));
    let meetings: Vec<Value> = meetings
        .iter()
        .map(|meeting| {
            let others: Vec<Value> = meeting.others.iter().map(|o| id(*o)).collect();
            json!({"event": story.events[meeting.event].id, "others": others})
        })
        .collect();
    part.set("meetings", Value::Array(meetings));
    Ok(part)
}
