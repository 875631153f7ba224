//! The picture of the page: the boxes and edges of the ledger, with their words,
//! sizes and order. How high they stand is set by the page, because what its
//! filters hide leaves no gap. Pure.
//!
//! The ledger draws no more events than a picture can hold, so a longer story
//! is drawn as several, one below the other.

use crate::model::ActorKind;
use crate::render::ledger::{self, Ledger, MOST_EVENTS, Options, Row};
use crate::render::looks::Side;
use crate::resolve::{Event, Story};
use serde::Serialize;
use std::collections::BTreeMap;

/// What the page draws.
#[derive(Default, Serialize)]
pub(super) struct Picture {
    #[serde(skip)]
    pub(super) title: String,
    /// In the order of the middle column: the event, its first line, its second
    /// line, its height, and how it is drawn.
    events: Vec<(usize, String, String, f64, &'static str)>,
    actors: Vec<ActorOut>,
    /// Index into `actors`, index into `events`, the word.
    roles: Vec<(usize, usize, String)>,
    /// The width of an event's box.
    width: f64,
    /// The countries with a colour.
    sides: Vec<(String, &'static str)>,
}

/// A box of an actor.
#[derive(Serialize)]
struct ActorOut {
    actor: usize,
    left: bool,
    shape: String,
    side: &'static str,
    w: f64,
    h: f64,
    name: Vec<String>,
    office: Vec<String>,
}

/// The picture of all events that fit a type; what did not happen is in it,
/// struck through, because the page can hide it.
pub(super) fn of(story: &Story) -> Picture {
    let chosen: Vec<usize> = (0..story.events.len())
        .filter(|i| story.events[*i].kind != "other")
        .collect();
    let sides = sides(story, &chosen);
    let mut picture = Picture {
        title: ledger::layout(story, &Options::default()).title,
        width: ledger::EVENT_WIDTH,
        sides: sides
            .iter()
            .map(|(name, side)| (crate::render::plain(name), side.as_str()))
            .collect(),
        ..Picture::default()
    };
    for part in chosen.chunks(MOST_EVENTS) {
        let options = Options {
            events: Some(part.to_vec()),
            ..Options::default()
        };
        picture.add(story, &sides, ledger::layout(story, &options));
    }
    picture
}

impl Picture {
    fn add(&mut self, story: &Story, sides: &[(&str, Side)], ledger: Ledger) {
        let (actors, events) = (self.actors.len(), self.events.len());
        let mut place = vec![0; ledger.events.len()];
        for row in &ledger.rows {
            if let Row::Event(event) = row {
                let drawn = &ledger.events[*event];
                place[*event] = self.events.len();
                self.events.push((
                    drawn.event,
                    drawn.small.clone(),
                    drawn.title.clone(),
                    drawn.area.h,
                    drawn.line.as_str(),
                ));
            }
        }
        debug_assert_eq!(self.events.len(), events + ledger.events.len());
        let roles = ledger.roles.into_iter();
        self.roles
            .extend(roles.map(|r| (actors + r.actor, place[r.event], r.label)));
        self.actors.extend(ledger.actors.into_iter().map(|a| {
            ActorOut {
                actor: a.actor,
                left: a.left,
                shape: format!("{:?}", a.shape).to_lowercase(),
                side: country(story, a.actor)
                    .and_then(|c| sides.iter().find(|(name, _)| *name == c))
                    .map_or(Side::Grey, |(_, side)| *side)
                    .as_str(),
                w: tenth(a.area.w),
                h: tenth(a.area.h),
                name: a.name,
                office: a.office,
            }
        }));
    }
}

/// A length with one decimal.
fn tenth(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

/// The countries with a colour in the whole picture, most connected first.
fn sides<'s>(story: &'s Story, chosen: &[usize]) -> Vec<(&'s str, Side)> {
    let mut roles: BTreeMap<&str, u32> = BTreeMap::new();
    let events = chosen.iter().map(|i| &story.events[*i]);
    let counts = |e: &&Event| e.status != crate::model::Status::Denied;
    for part in events.filter(counts).flat_map(|e| &e.participants) {
        if let Some(country) = country(story, part.actor) {
            *roles.entry(country).or_default() += 1;
        }
    }
    let mut ranked: Vec<(&str, u32)> = roles.into_iter().collect();
    ranked.sort_by_key(|(_, count)| u32::MAX - count);
    let named = ranked.into_iter().map(|(country, _)| country);
    named.zip([Side::Blue, Side::Orange, Side::Green]).collect()
}

/// The country that an actor belongs to; a country belongs to itself.
fn country(story: &Story, actor: usize) -> Option<&str> {
    let actor = story.actors.get(actor)?;
    let itself = (actor.kind == ActorKind::Country).then_some(actor.name.as_str());
    actor.country.as_deref().or(itself)
}
