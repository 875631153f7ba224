//! `tieline path`: how two actors are linked, event by event, with the sentence
//! for each.

use super::answer::{self, Contract};
use super::args::PathBetween;
use super::error::Error;
use super::io::Io;
use super::{Outcome, names, timeline, words};
use crate::graph::TieGraph;
use crate::model::Status;
use crate::query::path::{self, Asked, Step};
use crate::render::dates::Shown;
use crate::render::{count, plain};
use crate::resolve::Story;
use serde_json::{Value, json};
use std::path::Path;

/// Runs the command.
pub(super) fn run(db: &Path, args: &PathBetween, io: &mut Io) -> Result<Outcome, Error> {
    let story = answer::story(db, io)?;
    let graph = TieGraph::new(&story);
    let mut ends = [0, 0];
    for (end, name) in ends.iter_mut().zip([&args.from, &args.to]) {
        match names::actor(&graph, name, io) {
            Some(actor) => *end = actor,
            None => return Ok(Outcome::Nothing),
        }
    }
    let [from, to] = ends;
    let mut filter = timeline::within(&args.window);
    if args.planned {
        filter.statuses = vec![Status::Occurred, Status::Planned, Status::Possible];
    }
    let asked = Asked {
        filter,
        in_time_order: args.in_time_order,
        max_hops: args.max_hops as usize,
        chains: args.chains as usize,
    };
    let chains = path::chains(&graph, from, to, &asked);
    if args.answer.is_json() {
        contract(&story, (from, to), &asked, &chains)?.write(io)?;
    } else {
        for chain in &chains {
            write!(
                io.out,
                "{}",
                text(&story, chain, args.in_time_order, io.width())
            )?;
        }
    }
    if chains.is_empty() {
        nothing(&story, from, to, args, io);
    }
    Ok(Outcome::of(!chains.is_empty()))
}

fn nothing(story: &Story, from: usize, to: usize, args: &PathBetween, io: &mut Io) {
    if from == to {
        io.nothing(&format!("both names are {}", story.actors[from].name));
        return;
    }
    io.nothing(&format!(
        "no chain of at most {} from {} to {}",
        count(args.max_hops as usize, "event"),
        story.actors[from].name,
        story.actors[to].name,
    ));
    if args.in_time_order {
        io.hint(Some(
            "without --in-time-order, undated events and any order count as well",
        ));
    } else if !args.planned {
        io.hint(Some(
            "--planned also counts events that are only planned or possible",
        ));
    }
}

/// A chain: who leads to whom, then every event with its sentence.
fn text(story: &Story, chain: &[Step], in_time_order: bool, width: usize) -> String {
    let name = |actor: usize| plain(&story.actors[actor].name);
    let mut heading: Vec<String> = chain.iter().map(|step| name(step.from)).collect();
    heading.extend(chain.last().map(|step| name(step.to)));
    let mut text = words::wrap(
        &format!("{}: {}", heading.join(" → "), count(chain.len(), "event")),
        width,
        "",
    );
    for (n, step) in chain.iter().enumerate() {
        let event = &story.events[step.event];
        let date = Shown::of(event.date.as_ref()).label();
        text.push_str(&words::wrap(
            &format!("{}. {date} · {}", n + 1, plain(&event.title)),
            width,
            "  ",
        ));
        let mut facts = vec![format!(
            "{} and {}",
            part(story, step, step.from),
            part(story, step, step.to)
        )];
        facts.push(event.status.to_string());
        if in_time_order && !step.surely_after {
            facts.push("perhaps before the event above".to_owned());
        }
        if step.more > 0 {
            facts.push(format!("they share {}", count(step.more, "other event")));
        }
        facts.push(plain(&event.id));
        text.push_str(&words::wrap(&facts.join("; "), width, "     "));
        if let Some(evidence) = event.evidence.first() {
            text.push_str(&words::witness(story, evidence, width));
        }
    }
    text.push('\n');
    text
}

/// "Anna Lindqvist (participant)".
fn part(story: &Story, step: &Step, actor: usize) -> String {
    let participants = &story.events[step.event].participants;
    let role = participants.iter().find(|p| p.actor == actor);
    let name = plain(&story.actors[actor].name);
    match role {
        Some(part) => format!("{name} ({})", plain(&part.role.replace('_', " "))),
        None => name,
    }
}

/// The part of the contract that the chains need, and the chains.
fn contract(
    story: &Story,
    (from, to): (usize, usize),
    asked: &Asked,
    chains: &[Vec<Step>],
) -> Result<Contract, Error> {
    let id = |actor: usize| story.actors[actor].id.as_str();
    let events: Vec<usize> = chains.iter().flatten().map(|step| step.event).collect();
    let mut part = Contract::of_events(story, &events)?;
    let chains: Vec<Value> = chains
        .iter()
        .map(|chain| {
            let steps = chain.iter().map(|step| {
                json!({
                    "from": id(step.from),
                    "to": id(step.to),
                    "event": story.events[step.event].id,
                    "more_events": step.more,
                    "surely_after": step.surely_after,
                })
            });
            Value::Array(steps.collect())
        })
        .collect();
    part.set("from", id(from).into());
    part.set("to", id(to).into());
    part.set("in_time_order", asked.in_time_order.into());
    part.set("paths", Value::Array(chains));
    Ok(part)
}
