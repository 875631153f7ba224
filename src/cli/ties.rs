//! The ties of one actor in words: with whom, what, when, and the first
//! sentence that says so.

use super::words;
use crate::render::dates::Shown;
use crate::render::plain;
use crate::resolve::{Role, Story, Tie};
use std::fmt::Write;

/// More ties than this are counted, not listed.
const MOST: usize = 200;

/// The ties of an actor, in the story's order: those of events by date, then
/// offices and other roles. Empty without ties.
pub(super) fn of(story: &Story, actor: usize, width: usize) -> String {
    let own: Vec<&Tie> = story
        .ties
        .iter()
        .filter(|t| t.source == actor || t.target == actor)
        .collect();
    let mut out = String::new();
    if own.is_empty() {
        return out;
    }
    out.push_str("  ties\n");
    for tie in own.iter().take(MOST) {
        one(story, actor, tie, width, &mut out);
    }
    if let Some(more) = own.len().checked_sub(MOST).filter(|more| *more > 0) {
        let _ = writeln!(out, "    {more} more: --json lists them all");
    }
    out
}

/// "→ accuse Nordwind, 2021-03-03 (e12ab…)" and the sentence. The arrow points
/// from the one who acts.
fn one(story: &Story, actor: usize, tie: &Tie, width: usize, out: &mut String) {
    let (arrow, other) = if tie.source == actor {
        ("→", tie.target)
    } else {
        ("←", tie.source)
    };
    let Some(name) = story.actors.get(other).map(|a| plain(&a.name)) else {
        return;
    };
    let kind = plain(&tie.kind).replace('_', " ");
    if let Some(event) = tie.event.and_then(|e| story.events.get(e)) {
        let date = Shown::of(event.date.as_ref()).label();
        let status = event.status.as_str();
        let _ = writeln!(
            out,
            "    {arrow} {kind} {name}, {date}, {status} ({})",
            event.id
        );
        if let Some(evidence) = event.evidence.first() {
            out.push_str(&words::witness(story, evidence, width));
        }
    } else if let Some(role) = role(story, tie) {
        let title = plain(&role.title);
        let _ = writeln!(
            out,
            "    {arrow} {kind} {name}: {title}{}",
            as_of(story, role)
        );
        let quote = format!("“{}”", plain(&role.quote.text));
        out.push_str(&words::wrap(&quote, width, "    "));
        if let Some(document) = role.documents.first() {
            let _ = writeln!(out, "      — {}", words::article(story, *document));
        }
    }
}

fn role<'s>(story: &'s Story, tie: &Tie) -> Option<&'s Role> {
    story.actors.get(tie.source)?.roles.get(tie.role?)
}

/// When it was said: the publication dates of the articles, first and last.
fn as_of(story: &Story, role: &Role) -> String {
    let days = role.documents.iter().filter_map(|d| {
        let published = story.documents.get(*d)?.published.edtf.as_ref()?;
        published.earliest()
    });
    match (days.clone().min(), days.max()) {
        (Some(first), Some(last)) if first != last => format!(", as of {first} to {last}"),
        (Some(day), _) => format!(", as of {day}"),
        _ => String::new(),
    }
}
