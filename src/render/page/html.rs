//! The parts of the page that are plain HTML: counts, events with their
//! sentences, actors, articles. Everything that an article says is escaped.

use super::data::Look;
use crate::model::{PublicationBasis, Status};
use crate::render::dates::{Heading, Shown};
use crate::render::{count, document_name, html, looks, plain, title_of};
use crate::resolve::{Event, Evidence, Story};
use chrono::Datelike;
use std::fmt::Write;

/// The most sentences of one event in the table; the JSON has them all.
const MOST_QUOTES: usize = 3;
/// In a table of more events each has one, so that the page stays small.
const MANY_EVENTS: usize = 500;

/// Text for HTML content and attributes.
pub(super) fn escape(text: &str) -> String {
    html(&plain(text))
}

/// An id for an attribute: [`plain`], because the browser and the script must
/// read the same.
fn link(prefix: &str, id: &str) -> String {
    let mut out = format!("#{prefix}");
    for byte in plain(id).bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            out.push(byte.into());
        } else {
            put(&mut out, format_args!("%{byte:02X}"));
        }
    }
    out
}

/// Writing to a `String` cannot fail, so its result says nothing.
fn put(out: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(arguments);
}

/// `74 events, 56 actors, 5 articles, 2015 to 2017`.
pub(super) fn counts(story: &Story) -> String {
    let mut parts = vec![
        count(story.events.len(), "event"),
        count(story.actors.len(), "actor"),
        count(story.documents.len(), "article"),
    ];
    let dates = || story.events.iter().filter_map(|e| e.date.as_ref());
    let first = dates().filter_map(|d| d.edtf.earliest()).min();
    let last = dates().filter_map(|d| d.edtf.latest()).max();
    if let (Some(first), Some(last)) = (first, last) {
        parts.push(if first.year() != last.year() {
            format!("{} to {}", first.year(), last.year())
        } else if first.month() != last.month() {
            format!("{} to {}", first.format("%Y-%m"), last.format("%Y-%m"))
        } else {
            first.format("%Y-%m").to_string()
        });
    }
    escape(&parts.join(" · "))
}

/// The bodies of the table of events: dated, then those without a year.
pub(super) fn events(story: &Story) -> String {
    let is_dated = |e: &Event| matches!(Heading::of(e.date.as_ref()), Heading::Year(_));
    let (mut dated, mut undated) = (String::new(), String::new());
    for (i, event) in story.events.iter().enumerate() {
        let out = if is_dated(event) {
            &mut dated
        } else {
            &mut undated
        };
        event_row(out, story, i, event);
    }
    let mut out = format!("<tbody id=\"dated\">{dated}</tbody>");
    if !undated.is_empty() {
        put(
            &mut out,
            format_args!(
                "<tbody id=\"undated\"><tr class=\"part\"><th colspan=\"4\" scope=\"rowgroup\">\
                 Without a date or a year</th></tr>{undated}</tbody>"
            ),
        );
    }
    out
}

fn event_row(out: &mut String, story: &Story, index: usize, event: &Event) {
    let class = match event.status {
        Status::Denied => " class=\"denied\"",
        _ => "",
    };
    let status = looks::status_words(event.status)
        .map(|words| format!(" <span class=\"status\">{words}</span>"))
        .unwrap_or_default();
    put(
        out,
        format_args!(
            "\n<tr id=\"{}\" data-i=\"{index}\"{class}><td>{}</td><td><a href=\"{}\">{}</a>{status} <span class=\"kind\">{}</span>",
            escape(&event.id),
            escape(&Shown::of(event.date.as_ref()).label()),
            link("", &event.id),
            escape(&title_or_type(event)),
            escape(&event.kind.replace('_', " ")),
        ),
    );
    let many = story.events.len() > MANY_EVENTS;
    let most = if many { 1 } else { MOST_QUOTES };
    for evidence in event.evidence.iter().take(most) {
        quote(out, evidence, many);
    }
    if let Some(more) = event.evidence.len().checked_sub(most + 1).filter(|_| !many) {
        put(
            out,
            format_args!("<p class=\"q\">and {} more</p>", more + 1),
        );
    }
    let who: Vec<String> = event
        .participants
        .iter()
        .filter_map(|p| {
            let actor = story.actors.get(p.actor)?;
            // The script adds the links and roles of a long table.
            if many {
                return Some(escape(&actor.name));
            }
            Some(format!(
                "<a href=\"{}\">{}</a> <small>{}</small>",
                link("a-", &actor.id),
                escape(&actor.name),
                escape(&looks::role_label(&event.kind, &p.role)),
            ))
        })
        .collect();
    let names: Vec<String> = event.documents().into_iter().map(document_name).collect();
    put(
        out,
        format_args!(
            "</td><td>{}</td><td>{}</td></tr>",
            who.join(", "),
            names.join(" ")
        ),
    );
}

/// A link needs words: an event whose title is nothing is called by its type.
fn title_or_type(event: &Event) -> String {
    let title = title_of(event);
    if title.is_empty() {
        format!("({})", event.kind)
    } else {
        title
    }
}

/// A sentence; in a long table only its beginning.
fn quote(out: &mut String, evidence: &Evidence, is_cut: bool) {
    const BEGINNING: usize = 85;
    let text = &evidence.quote.text;
    let cut = text
        .char_indices()
        .nth(BEGINNING)
        .filter(|_| is_cut)
        .map(|(at, _)| format!("{} …", text[..at].trim_end()));
    put(
        out,
        format_args!(
            "<p class=\"q\">“{}” {}</p>",
            escape(cut.as_deref().unwrap_or(text)),
            document_name(evidence.document),
        ),
    );
}

/// The rows of the actors who take part in something, most events first.
pub(super) fn actors(story: &Story, look: &Look) -> String {
    let mut events = vec![0_usize; story.actors.len()];
    for event in &story.events {
        for part in &event.participants {
            if let Some(count) = events.get_mut(part.actor) {
                *count += 1;
            }
        }
    }
    let mut order: Vec<usize> = (0..events.len()).filter(|a| events[*a] > 0).collect();
    order.sort_by_key(|a| (usize::MAX - events[*a], *a));
    let mut out = String::new();
    for index in order {
        let actor = &story.actors[index];
        let name = escape(&actor.name);
        put(
            &mut out,
            format_args!(
                "\n<tr id=\"a-{}\" data-a=\"{index}\"><td><a href=\"{}\">{}</a></td><td>{}</td><td>{}</td><td>{}</td></tr>",
                escape(&actor.id),
                link("a-", &actor.id),
                if name.is_empty() { "(no name)" } else { &name },
                actor.kind,
                look.offices
                    .get(index)
                    .map(|o| escape(o))
                    .unwrap_or_default(),
                events[index],
            ),
        );
    }
    out
}

/// The articles that the page is made from.
pub(super) fn articles(story: &Story) -> String {
    let mut out = String::new();
    for (i, document) in story.documents.iter().enumerate() {
        let published = &document.published;
        let date = published.edtf.as_ref().map_or("no date", |e| e.as_str());
        let how = match published.basis {
            PublicationBasis::Given => "given",
            PublicationBasis::Printed => "printed",
            PublicationBasis::Inferred => "worked out",
            PublicationBasis::None => "not known",
        };
        put(
            &mut out,
            format_args!(
                "\n<tr id=\"{}\"><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{how}: {}</td></tr>",
                escape(&document.id),
                document_name(i),
                escape(document.title.as_deref().unwrap_or(&document.path)),
                escape(document.source.as_deref().unwrap_or_default()),
                escape(date),
                escape(&published.why),
            ),
        );
    }
    out
}
