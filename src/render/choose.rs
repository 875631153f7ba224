//! What a picture shows: the options of all layouts, and which events matter
//! most where not all fit. Pure.

use super::dates::Heading;
use super::sides::ColorBy;
use super::{count, order};
use crate::model::Status;
use crate::resolve::{Event, Story};

/// The most events that a picture shows unless more are asked for: Graphviz
/// needs half a second for these, and a reader much longer.
pub const MOST_EVENTS: usize = 150;

/// What to draw.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The events to draw, by index; `None` for all that are no `other`, have
    /// a participant and are not denied.
    pub events: Option<Vec<usize>>,
    /// The picture's title; worked out when `None`.
    pub title: Option<String>,
    /// What colours stand for.
    pub color_by: ColorBy,
    /// The most events to draw; what suits the layout when `None`.
    pub max_events: Option<usize>,
    /// The page that events link into: `page.html`; no links when `None`.
    pub page: Option<String>,
    /// Every actor has boxes of its own; else many with the same part share one.
    pub no_bundles: bool,
}

/// The events to draw in order of the column, `usual` of them at most where the
/// options say nothing, and what was left out in plain words.
pub(super) fn choose(
    story: &Story,
    options: &Options,
    usual: usize,
) -> (Vec<usize>, Option<String>) {
    let most = options.max_events.unwrap_or(usual);
    // What no sentence supports is not drawn.
    let is_drawn = |e: &Event| {
        !e.evidence.is_empty() && e.participants.iter().any(|p| p.actor < story.actors.len())
    };
    let mut notes = Vec::new();
    let mut chosen: Vec<usize> = match &options.events {
        Some(events) => events
            .iter()
            .copied()
            .filter(|i| story.events.get(*i).is_some_and(is_drawn))
            .collect(),
        None => {
            let fit = |e: &Event| e.kind != "other" && is_drawn(e);
            let denied = story
                .events
                .iter()
                .filter(|e| fit(e) && e.status == Status::Denied)
                .count();
            if denied > 0 {
                notes.push(format!("{} that did not happen", count(denied, "event")));
            }
            let drawn = |e: &Event| fit(e) && e.status != Status::Denied;
            (0..story.events.len())
                .filter(|i| drawn(&story.events[*i]))
                .collect()
        }
    };
    chosen.sort_unstable();
    chosen.dedup();
    if chosen.len() > most {
        notes.insert(
            0,
            format!(
                "{} of {}: the picture shows the {most} with most sources and most connected actors",
                count(chosen.len() - most, "event"),
                chosen.len(),
            ),
        );
        cut(story, &mut chosen, most);
    }
    // The story is in order of date; this only brings a year's events under one mark.
    chosen.sort_by_key(|i| Heading::of(story.events[*i].date.as_ref()));
    settle_undated(story, &mut chosen);
    let left_out = (!notes.is_empty()).then(|| format!("not drawn: {}", notes.join("; ")));
    (chosen, left_out)
}

/// Keeps what matters most.
fn cut(story: &Story, chosen: &mut Vec<usize>, most: usize) {
    let mut roles = vec![0_u32; story.actors.len()];
    for participant in chosen.iter().flat_map(|i| &story.events[*i].participants) {
        if let Some(count) = roles.get_mut(participant.actor) {
            *count += 1;
        }
    }
    let connected = |e: &Event| -> u32 {
        e.participants
            .iter()
            .filter_map(|p| roles.get(p.actor))
            .sum()
    };
    chosen.sort_by_cached_key(|i| {
        let e = &story.events[*i];
        (u32::MAX - e.sources, u32::MAX - connected(e), e.status, *i)
    });
    chosen.truncate(most);
    chosen.sort_unstable();
}

/// Brings undated events with the same actors together. Their order says
/// nothing, so it may serve the lines.
fn settle_undated(story: &Story, chosen: &mut [usize]) {
    let first =
        chosen.partition_point(|i| Heading::of(story.events[*i].date.as_ref()) != Heading::NoDate);
    let of = |i: &usize| -> Vec<usize> {
        let participants = story.events[*i].participants.iter();
        participants.map(|p| p.actor).collect()
    };
    let participants: Vec<Vec<usize>> = chosen.iter().map(of).collect();
    let before = chosen.to_vec();
    for (place, row) in chosen.iter_mut().zip(order::together(&participants, first)) {
        *place = before[row];
    }
}
