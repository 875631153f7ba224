//! The words inside the ledger's boxes, cut to fit. Pure.

use super::dates::Shown;
use super::ledger::{ActorBox, Area, EVENT_WIDTH, EventBox, NAME, SMALL};
use super::looks::{self, Line, Shape};
use super::sides::Sides;
use super::{capital, document_name, plain, title_of};
use crate::model::ActorKind;
use crate::resolve::{Event, Story};

/// The most pixels of a line in an event's box; about 40 characters of a title.
const EVENT_LINE: f64 = EVENT_WIDTH - 22.0;
/// The most lines of an event's title.
const EVENT_LINES: usize = 3;
/// The most names in a bundle's box.
const BUNDLE_LINES: usize = 8;
/// The most names in a bundle's tooltip.
const BUNDLE_TOLD: usize = 40;
/// The most pixels of a line in an actor's box.
const ACTOR_LINE: f64 = 184.0;
/// The most articles that the list at the bottom names.
const MOST_ARTICLES: usize = 40;

/// The box of an event, not yet placed.
pub(super) fn event_box(story: &Story, index: usize) -> EventBox {
    let event = &story.events[index];
    let date = Shown::of(event.date.as_ref());
    let documents = event.documents();
    let line = Line::of(event);
    EventBox {
        event: index,
        id: plain(&event.id),
        kind: plain(&event.kind),
        small: small_line(&date, event, &documents),
        title: short_title(story, event),
        line,
        tooltip: tooltip(story, event, &title_of(event)),
        area: Area::default(),
    }
}

/// `2017-06-26 ? · meet · planned · D1, D2`; documents that do not fit become
/// a number.
fn small_line(date: &Shown, event: &Event, documents: &[usize]) -> String {
    let mut parts = vec![date.label(), plain(&event.kind.replace('_', " "))];
    parts.extend(looks::status_words(event.status).map(str::to_owned));
    let head = parts.join(" · ");
    let names: Vec<String> = documents.iter().map(|d| document_name(*d)).collect();
    for shown in (1..=names.len()).rev() {
        let rest = names.len() - shown;
        let more = if rest == 0 {
            String::new()
        } else {
            format!(" +{rest}")
        };
        let line = format!("{head} · {}{more}", names[..shown].join(", "));
        if SMALL.width(&line) <= EVENT_LINE {
            return line;
        }
    }
    SMALL.cut(&head, EVENT_LINE)
}

/// The title in lines that fit its box. Where they would be too many, people of
/// the event are called by their last names first, as far as that is clear.
fn short_title(story: &Story, event: &Event) -> Vec<String> {
    let mut title = title_of(event);
    let fits = |title: &str| NAME.wrap(title, EVENT_LINE, EVENT_LINES + 1).len() <= EVENT_LINES;
    let people: Vec<&str> = event
        .participants
        .iter()
        .filter_map(|p| story.actors.get(p.actor))
        .filter(|a| a.kind == ActorKind::Person)
        .map(|a| a.name.as_str())
        .collect();
    let last = |name: &str| name.rsplit(' ').next().unwrap_or_default().to_owned();
    for name in &people {
        let alone = people
            .iter()
            .filter(|other| last(other) == last(name))
            .count()
            == 1;
        if !fits(&title) && alone && last(name).chars().count() > 2 {
            title = title.replace(name, &last(name));
        }
    }
    NAME.wrap(&title, EVENT_LINE, EVENT_LINES)
}

/// `2017-06-26 | what | in Tel Aviv | D4 | “quote”`.
pub(super) fn tooltip(story: &Story, event: &Event, what: &str) -> String {
    let mut parts = vec![Shown::of(event.date.as_ref()).label(), what.to_owned()];
    parts.extend(looks::status_words(event.status).map(str::to_owned));
    if let Some(place) = event.place.and_then(|p| story.actors.get(p)) {
        parts.push(format!("place: {}", plain(&place.name)));
    }
    let documents: Vec<String> = event
        .documents()
        .into_iter()
        .take(12)
        .map(document_name)
        .collect();
    parts.push(documents.join(" "));
    if let Some(first) = event.evidence.first() {
        let quote: String = plain(&first.quote.text).chars().take(300).collect();
        parts.push(format!("“{quote}”"));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" | ")
}

/// The box of an actor, not yet placed.
pub(super) fn actor_box(
    story: &Story,
    index: usize,
    sides: &Sides,
    is_company: bool,
    left: bool,
) -> ActorBox {
    let actor = &story.actors[index];
    let name = plain(&actor.name);
    let office = looks::office(story, actor);
    let mut tooltip = name.clone();
    for more in office
        .iter()
        .cloned()
        .chain(actor.aliases.iter().take(8).map(|a| plain(a)))
    {
        tooltip.push_str(", ");
        tooltip.push_str(&more);
    }
    let itself = actor.kind == ActorKind::Country;
    ActorBox {
        actor: index,
        others: Vec::new(),
        id: plain(&actor.id),
        kind: actor.kind.as_str(),
        name: NAME.wrap(&capital(&name), ACTOR_LINE, 3),
        office: office
            .map(|o| SMALL.wrap(&o, ACTOR_LINE, 2))
            .unwrap_or_default(),
        shape: Shape::of(actor, is_company),
        side: sides.side(index),
        mark: sides.mark(index, itself).map(plain),
        left,
        tooltip,
        area: Area::default(),
    }
}

/// The box of several actors that look the same: a name a line.
pub(super) fn bundle_box(
    story: &Story,
    actors: &[usize],
    sides: &Sides,
    is_company: bool,
    left: bool,
) -> ActorBox {
    let first = actor_box(story, actors[0], sides, is_company, left);
    let names = || actors.iter().map(|a| plain(&story.actors[*a].name));
    let more = |shown: usize| match actors.len() - shown.min(actors.len()) {
        0 => None,
        rest => Some(format!("and {rest} more")),
    };
    let shown = if actors.len() > BUNDLE_LINES {
        BUNDLE_LINES - 1
    } else {
        actors.len()
    };
    let mut told: Vec<String> = names().take(BUNDLE_TOLD).collect();
    told.extend(more(BUNDLE_TOLD));
    ActorBox {
        others: actors[1..].to_vec(),
        name: names()
            .take(shown)
            .map(|name| NAME.cut(&capital(&name), ACTOR_LINE))
            .collect(),
        office: more(shown).into_iter().collect(),
        tooltip: told.join(", "),
        ..first
    }
}

/// The documents that report the chosen events, each once, in order.
pub(super) fn cited(story: &Story, chosen: &[usize]) -> Vec<usize> {
    let mut cited: Vec<usize> = chosen
        .iter()
        .flat_map(|i| story.events[*i].documents())
        .collect();
    cited.sort_unstable();
    cited.dedup();
    cited.retain(|d| *d < story.documents.len());
    cited
}

/// The articles to list, with short titles: all when they are few and the
/// whole story is drawn, else those that the picture rests on.
pub(super) fn articles(
    story: &Story,
    chosen: &[usize],
    is_selection: bool,
) -> Vec<(String, String)> {
    let cited = if is_selection || story.documents.len() > MOST_ARTICLES {
        cited(story, chosen)
    } else {
        (0..story.documents.len()).collect()
    };
    let more = cited.len().saturating_sub(MOST_ARTICLES);
    let mut lines: Vec<(String, String)> = cited
        .iter()
        .take(MOST_ARTICLES)
        .map(|d| {
            let document = &story.documents[*d];
            let mut parts = vec![plain(document.title.as_deref().unwrap_or(&document.path))];
            parts.extend(document.source.as_deref().map(plain));
            parts.extend(document.published.edtf.as_ref().map(|e| plain(e.as_str())));
            parts.retain(|part| !part.is_empty());
            (document_name(*d), parts.join(" · "))
        })
        .collect();
    if more > 0 {
        lines.push((String::new(), format!("and {more} more")));
    }
    lines
}
