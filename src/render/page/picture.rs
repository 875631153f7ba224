//! The picture of the page: the boxes and edges of the ledger, with their words,
//! sizes and order. How high they stand is set by the page, because what its
//! filters hide leaves no gap. Pure.
//!
//! The ledger draws no more events than a picture can hold, so a longer story
//! is drawn as several, one below the other.

use crate::model::Status;
use crate::render::ledger::{self, Ledger, MOST_EVENTS, Options, Row};
use crate::render::legend;
use crate::render::looks::Side;
use crate::render::sides::{ColorBy, Sides};
use crate::render::title_of;
use crate::resolve::Story;
use serde::Serialize;
use std::collections::BTreeMap;

/// What the page draws.
#[derive(Default, Serialize)]
pub(super) struct Picture {
    #[serde(skip)]
    pub(super) title: String,
    /// In the order of the middle column: the event, its first line, the lines of
    /// its title, its height, and how it is drawn.
    events: Vec<(usize, String, Lines, f64, &'static str)>,
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

/// The lines of an event's title.
#[derive(Serialize)]
#[serde(untagged)]
enum Lines {
    /// Their lengths in UTF-16, where together they are the title that the page has.
    Lengths(Vec<usize>),
    /// Themselves, where the title was shortened.
    Words(Vec<String>),
}

impl Lines {
    fn of(lines: &[String], title: &str) -> Lines {
        if lines.join(" ") == title {
            Lines::Lengths(lines.iter().map(|l| l.encode_utf16().count()).collect())
        } else {
            Lines::Words(lines.to_vec())
        }
    }
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
    let sides = Sides::new(story, &chosen, ColorBy::Country);
    let mut picture = Picture {
        title: title(story, &sides),
        width: ledger::EVENT_WIDTH,
        sides: sides
            .countries()
            .zip([Side::Blue, Side::Orange, Side::Green])
            .map(|(name, side)| (crate::render::plain(name), side.as_str()))
            .collect(),
        ..Picture::default()
    };
    for part in chosen.chunks(MOST_EVENTS) {
        let options = Options {
            events: Some(part.to_vec()),
            no_bundles: true,
            ..Options::default()
        };
        picture.add(story, &sides, ledger::layout(story, &options));
    }
    picture
}

/// The picture's title, over all events and not only those of one ledger.
fn title(story: &Story, sides: &Sides) -> String {
    let told = |i: &usize| {
        let event = &story.events[*i];
        let acts = event
            .participants
            .iter()
            .any(|p| p.actor < story.actors.len());
        event.kind != "other" && event.status != Status::Denied && acts
    };
    let chosen: Vec<usize> = (0..story.events.len()).filter(told).collect();
    legend::title(story, &chosen, sides)
}

impl Picture {
    fn add(&mut self, story: &Story, sides: &Sides, ledger: Ledger) {
        let (boxes, events) = (self.boxes.len(), self.events.len());
        let mut place = vec![0; ledger.events.len()];
        for row in &ledger.rows {
            if let Row::Event(event) = row {
                let drawn = &ledger.events[*event];
                place[*event] = self.events.len();
                self.events.push((
                    drawn.event,
                    drawn.small.clone(),
                    Lines::of(&drawn.title, &title_of(&story.events[drawn.event])),
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
            let side = sides.side(drawn.actor);
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
