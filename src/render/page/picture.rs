//! The picture of the page: the boxes and edges of the ledger, with their words,
//! sizes and order. How high they stand is set by the page, because what its
//! filters hide leaves no gap. Pure.
//!
//! The ledger draws no more events than a picture can hold, so a longer story
//! is drawn as several, one below the other.

use crate::model::{ActorKind, Status};
use crate::render::ledger::{self, Ledger, MOST_EVENTS, Options, Row};
use crate::render::legend;
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
    /// Each box's actor, and whether it stands left, in the order of the columns
    /// of each part.
    boxes: Vec<(usize, bool)>,
    /// How each drawn actor looks, which is the same in all its boxes.
    forms: BTreeMap<usize, Form>,
    /// Index into `boxes`, index into `events`, the word.
    roles: Vec<(usize, usize, String)>,
    /// The width of an event's box.
    width: f64,
    /// The countries with a colour.
    sides: Vec<(String, &'static str)>,
}

/// The box of an actor.
#[derive(Serialize)]
struct Form {
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
        title: title(story, &sides),
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

/// The picture's title, over all events and not only those of one ledger.
fn title(story: &Story, sides: &[(&str, Side)]) -> String {
    let told = |i: &usize| {
        let event = &story.events[*i];
        let acts = event
            .participants
            .iter()
            .any(|p| p.actor < story.actors.len());
        event.kind != "other" && event.status != Status::Denied && acts
    };
    let chosen: Vec<usize> = (0..story.events.len()).filter(told).collect();
    let sides: Vec<(String, Side)> = sides
        .iter()
        .map(|(name, side)| ((*name).to_owned(), *side))
        .collect();
    legend::title(story, &chosen, &sides)
}

impl Picture {
    fn add(&mut self, story: &Story, sides: &[(&str, Side)], ledger: Ledger) {
        let (boxes, events) = (self.boxes.len(), self.events.len());
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
            .extend(roles.map(|r| (boxes + r.actor, place[r.event], r.label)));
        for drawn in ledger.actors {
            self.boxes.push((drawn.actor, drawn.left));
            let side = country(story, drawn.actor)
                .and_then(|c| sides.iter().find(|(name, _)| *name == c))
                .map_or(Side::Grey, |(_, side)| *side);
            self.forms.entry(drawn.actor).or_insert_with(|| Form {
                shape: format!("{:?}", drawn.shape).to_lowercase(),
                side: side.as_str(),
                w: tenth(drawn.area.w),
                h: tenth(drawn.area.h),
                name: drawn.name,
                office: drawn.office,
            });
        }
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
    let counts = |e: &&Event| e.status != Status::Denied;
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
