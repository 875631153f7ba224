//! The words around the picture: its title and a legend of what it shows, and
//! of nothing else. Pure.

use super::dates::{Heading, Shown};
use super::ledger::Ledger;
use super::looks::{Line, Shape, Side, with_article};
use super::{boxes, count, document_name, plain};
use crate::model::Status;
use crate::resolve::Story;
use std::collections::BTreeSet;

/// "Ties of Israel and the United States, 1993–2017", from what is drawn: the
/// two countries with most roles, else the two actors with most events.
pub(super) fn title(story: &Story, chosen: &[usize], sides: &[(String, Side)]) -> String {
    let mut names: Vec<String> = sides
        .iter()
        .take(2)
        .map(|(name, _)| with_article(&plain(name)))
        .collect();
    if names.is_empty() {
        names = busiest(story, chosen);
    }
    names.sort_by_key(|name| name.trim_start_matches("the ").to_owned());
    let subject = match &names[..] {
        [] => "Ties".to_owned(),
        [one] => format!("Ties of {one}"),
        [one, two, ..] => format!("Ties of {one} and {two}"),
    };
    let years: Vec<i32> = chosen
        .iter()
        .filter_map(|i| match Heading::of(story.events[*i].date.as_ref()) {
            Heading::Year(year) => Some(year),
            _ => None,
        })
        .collect();
    match (years.iter().min(), years.iter().max()) {
        (Some(first), Some(last)) if first == last => format!("{subject}, {first}"),
        (Some(first), Some(last)) => format!("{subject}, {first}–{last}"),
        _ => subject,
    }
}

/// The two actors with most events.
fn busiest(story: &Story, chosen: &[usize]) -> Vec<String> {
    let mut events = vec![0_u32; story.actors.len()];
    for participant in chosen.iter().flat_map(|i| &story.events[*i].participants) {
        if let Some(count) = events.get_mut(participant.actor) {
            *count += 1;
        }
    }
    let mut ranked: Vec<usize> = (0..events.len()).filter(|a| events[*a] > 0).collect();
    ranked.sort_by_key(|a| u32::MAX - events[*a]);
    ranked
        .into_iter()
        .take(2)
        .map(|a| plain(&story.actors[a].name))
        .collect()
}

/// The legend: what is counted, coloured and shaped, then what lines and marks
/// mean.
pub(super) fn paragraphs(
    story: &Story,
    is_selection: bool,
    ledger: &Ledger,
    sides: &[(String, Side)],
) -> Vec<String> {
    let drawn: Vec<usize> = ledger.events.iter().map(|e| e.event).collect();
    let articles = if is_selection {
        boxes::cited(story, &drawn).len()
    } else {
        story.documents.len()
    };
    let actors: BTreeSet<usize> = ledger.actors.iter().map(|a| a.actor).collect();
    let mut looks = vec![format!(
        "{}, {}, {}.",
        count(articles, "article"),
        count(actors.len(), "actor"),
        count(ledger.events.len(), "event"),
    )];
    let has = |side: Side| ledger.actors.iter().any(|a| a.side == side);
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    for (name, side) in sides.iter().filter(|(_, side)| has(*side)) {
        looks.push(format!("{}: {}.", capital(side.as_str()), plain(name)));
    }
    if has(Side::Grey) && !sides.is_empty() {
        looks.push("Grey: others.".to_owned());
    }
    let shapes = Shape::ALL
        .into_iter()
        .filter(|s| ledger.actors.iter().any(|a| a.shape == *s));
    looks.extend(shapes.map(|s| s.legend().to_owned()));

    if actors.len() < ledger.actors.len() {
        looks.push("A name stands again where its events are far apart.".to_owned());
    }

    let lines = line_meanings(story, ledger);
    let mut paragraphs = vec![looks.join(" ")];
    if !lines.is_empty() {
        paragraphs.push(lines.join(" "));
    }
    paragraphs
}

fn line_meanings(story: &Story, ledger: &Ledger) -> Vec<String> {
    let mut lines = Vec::new();
    let drawn = || ledger.events.iter().map(|e| &story.events[e.event]);
    let has = |line: Line| ledger.events.iter().any(|e| e.line == line);
    if has(Line::Solid) {
        lines.push("Solid: reported as done.".to_owned());
    }
    if has(Line::Dashed) {
        lines.push("Dashed: planned.".to_owned());
    }
    if has(Line::Dotted) {
        let possible = drawn().any(|e| e.status == Status::Possible);
        let undated = drawn().any(|e| e.status == Status::Occurred && e.date.is_none());
        let mut meaning = Vec::new();
        if undated {
            meaning.push("no date given");
        }
        if possible {
            meaning.push("only possible");
        }
        lines.push(format!("Dotted: {}.", meaning.join(" or ")));
    }
    if has(Line::Struck) {
        lines.push("Struck through: did not happen.".to_owned());
    }
    let dates: Vec<Shown> = drawn().map(|e| Shown::of(e.date.as_ref())).collect();
    if dates.iter().any(|d| d.about) {
        lines.push("“~” about.".to_owned());
    }
    if dates.iter().any(|d| d.worked_out) {
        lines.push("“?” worked out, not printed as a date.".to_owned());
    }
    match story.documents.len() {
        0 => {}
        1 => lines.push("D1: the article.".to_owned()),
        n => lines.push(format!("D1–{}: articles.", document_name(n - 1))),
    }
    lines
}
