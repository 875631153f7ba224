//! The words around the picture: its title and a legend of what it shows, and
//! of nothing else. Pure.

use super::dates::{Heading, Shown};
use super::ledger::{ActorBox, Ledger};
use super::looks::{Line, Shape, with_article};
use super::sides::Sides;
use super::{boxes, count, document_name, plain};
use crate::model::Status;
use crate::resolve::Story;
use std::collections::BTreeSet;

/// "Ties of Israel and the United States, 1993–2017", from what is drawn: the
/// two countries with most roles, else the two actors with most events.
pub(super) fn title(story: &Story, chosen: &[usize], sides: &Sides) -> String {
    let mut names: Vec<String> = sides
        .countries()
        .take(2)
        .map(|name| with_article(&plain(name)))
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
        .map(|a| with_article(&plain(&story.actors[a].name)))
        .collect()
}

/// The legend of the ledger: what is counted, coloured and shaped, then what
/// lines and marks mean.
pub(super) fn of_ledger(
    story: &Story,
    is_selection: bool,
    ledger: &Ledger,
    sides: &Sides,
) -> Vec<String> {
    let drawn: Vec<usize> = ledger.events.iter().map(|e| e.event).collect();
    let boxes: Vec<&ActorBox> = ledger.actors.iter().collect();
    let mut looks = shown(story, is_selection, &drawn, &boxes, sides);
    let actors: BTreeSet<usize> = ledger.actors.iter().map(|a| a.actor).collect();
    if actors.len() < ledger.actors.len() {
        looks.push("A name stands again where its events are far apart.".to_owned());
    }
    paragraphs(looks, line_meanings(story, &drawn, LINES))
}

/// How the lines of boxes are called.
pub(super) const LINES: [&str; 4] = ["Solid", "Dashed", "Dotted", "Struck through"];

/// What is counted, coloured and shaped, one sentence each.
pub(super) fn shown(
    story: &Story,
    is_selection: bool,
    drawn: &[usize],
    boxes: &[&ActorBox],
    sides: &Sides,
) -> Vec<String> {
    let articles = if is_selection {
        boxes::cited(story, drawn).len()
    } else {
        story.documents.len()
    };
    let actors: BTreeSet<usize> = boxes
        .iter()
        .flat_map(|a| std::iter::once(a.actor).chain(a.others.iter().copied()))
        .collect();
    let mut looks = vec![format!(
        "{}, {}, {}.",
        count(articles, "article"),
        count(actors.len(), "actor"),
        count(drawn.len(), "event"),
    )];
    looks.extend(sides.legend(|side| boxes.iter().any(|a| a.side == side)));
    let shapes = Shape::ALL
        .into_iter()
        .filter(|s| boxes.iter().any(|a| a.shape == *s));
    looks.extend(shapes.map(|s| s.legend().to_owned()));
    looks
}

/// Two paragraphs, the second where there is something to say in it.
pub(super) fn paragraphs(first: Vec<String>, second: Vec<String>) -> Vec<String> {
    let mut paragraphs = vec![first.join(" ")];
    if !second.is_empty() {
        paragraphs.push(second.join(" "));
    }
    paragraphs
}

/// What lines and marks of the drawn events mean; `words` say how events are
/// shown that were done, are planned, are unsure and did not happen.
pub(super) fn line_meanings(story: &Story, drawn: &[usize], words: [&str; 4]) -> Vec<String> {
    let [solid, dashed, dotted, denied] = words;
    let mut lines = Vec::new();
    let drawn = || drawn.iter().map(|e| &story.events[*e]);
    let has = |line: Line| drawn().any(|e| Line::of(e) == line);
    if has(Line::Solid) {
        lines.push(format!("{solid}: reported as done."));
    }
    if has(Line::Dashed) {
        lines.push(format!("{dashed}: planned."));
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
        lines.push(format!("{dotted}: {}.", meaning.join(" or ")));
    }
    if has(Line::Struck) {
        lines.push(format!("{denied}: did not happen."));
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
