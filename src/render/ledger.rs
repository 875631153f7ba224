//! The ledger layout: people left, dated events down the middle under year
//! marks, organisations and states right. Computed once, drawn by [`super::dot`]
//! and [`super::svg`].
//!
//! An event that was denied is no tie: it is drawn only when asked for by
//! index, and then with its title struck through.

use super::boxes::{actor_box, bundle_box, event_box, tooltip};
use super::choose::choose;
pub use super::choose::{MOST_EVENTS, Options};
use super::dates::Heading;
use super::looks::{self, Line, Shape, Side};
use super::metrics::Font;
use super::sheet::Sheet;
use super::sides::Sides;
use super::{legend, order, place, plain};
use crate::model::ActorKind;
use crate::resolve::Story;
use std::collections::{BTreeMap, BTreeSet};

/// A picture of more events is long: names repeat in it.
const LONG: usize = 20;
/// The most rows from one event of a repeated box to the next.
const STEP: usize = 6;
/// The most rows from its first event to its last.
const STRETCH: usize = 12;

/// From so many actors on that have the same part in one event alone, they
/// stand in one box.
const BUNDLE: usize = 4;

/// The font of names and titles of events.
pub const NAME: Font = Font::bold(13.0);
/// The font of small lines in boxes.
pub const SMALL: Font = Font::upright(11.0);
/// The font of the sign in a box's corner.
pub const CORNER: Font = Font::bold(8.0);
/// The font of roles on edges.
pub const ROLE: Font = Font::upright(10.5);
/// The font of legend and articles.
pub const TEXT: Font = Font::upright(12.5);
/// The font of year marks.
pub const MARK: Font = Font::bold(17.0);
/// The font of the picture's title.
pub const TITLE: Font = Font::bold(21.0);

/// The width of an event's box, in pixels.
pub const EVENT_WIDTH: f64 = 304.0;

/// A laid out diagram. All text in it is [`plain`]; lengths are pixels, x to
/// the right, y down.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// What stands around it.
    pub sheet: Sheet,
    /// The middle column, top to bottom.
    pub rows: Vec<Row>,
    /// The events, in the order of the rows.
    pub events: Vec<EventBox>,
    /// The actors: the left column top to bottom, then the right column. In a
    /// long picture an actor can stand more than once.
    pub actors: Vec<ActorBox>,
    /// The roles, in the order of the events.
    pub roles: Vec<RoleEdge>,
}

impl Ledger {
    /// How many pairs of lines cross between the columns.
    pub fn crossings(&self) -> usize {
        let column = |left: bool| {
            let mut ends: Vec<Vec<usize>> = vec![Vec::new(); self.actors.len()];
            for role in &self.roles {
                if self.actors[role.actor].left == left {
                    ends[role.actor].push(role.event);
                }
            }
            order::total(ends.iter().map(Vec::as_slice))
        };
        column(true) + column(false)
    }
}

/// One row of the middle column.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// A year mark and the middle of its line.
    Mark(String, f64),
    /// Index into [`Ledger::events`].
    Event(usize),
}

/// Where something is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Area {
    /// The height of the middle.
    pub fn middle(&self) -> f64 {
        self.y + self.h / 2.0
    }
}

/// An event in the middle column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EventBox {
    /// Index into the story's events.
    pub event: usize,
    /// The event's id.
    pub id: String,
    /// Its type.
    pub kind: String,
    /// First line: date, type, status, documents.
    pub small: String,
    /// What happened, in lines that fit.
    pub title: Vec<String>,
    /// How it is drawn.
    pub line: Line,
    /// Date, full title, place, documents and the first quote.
    pub tooltip: String,
    /// Where it is drawn.
    pub area: Area,
}

/// An actor in the left or right column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ActorBox {
    /// Index into the story's actors; the first of a bundle.
    pub actor: usize,
    /// The other actors of a bundle: those who have only the same part in the
    /// same event.
    pub others: Vec<usize>,
    /// The actor's id; with a number behind it where the actor stands again.
    pub id: String,
    /// What it is, for classes.
    pub kind: &'static str,
    /// The name, in lines that fit.
    pub name: Vec<String>,
    /// The office, in lines that fit; empty for none.
    pub office: Vec<String>,
    /// Its outline.
    pub shape: Shape,
    /// Its colour.
    pub side: Side,
    /// The sign of the colour in the box's corner, where neither name nor
    /// shape says it.
    pub mark: Option<String>,
    /// Whether it stands in the left column.
    pub left: bool,
    /// Full name, office and other names.
    pub tooltip: String,
    /// Where it is drawn.
    pub area: Area,
}

/// An actor's part in an event.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RoleEdge {
    /// Index into [`Ledger::actors`].
    pub actor: usize,
    /// Index into [`Ledger::events`].
    pub event: usize,
    /// The word on the edge.
    pub label: String,
    /// How it is drawn.
    pub line: Line,
    /// Date, role and quote.
    pub tooltip: String,
    /// Where the edge leaves the actor.
    pub from: (f64, f64),
    /// Where it arrives at the event.
    pub to: (f64, f64),
    /// The middle of its label; `None` where there is no room for one.
    pub label_at: Option<(f64, f64)>,
}

/// Lays the story out. Time is nearly linear in what is drawn.
pub fn layout(story: &Story, options: &Options) -> Ledger {
    let (chosen, left_out) = choose(story, options, MOST_EVENTS);
    let sides = Sides::new(story, &chosen, options.color_by);
    let mut ledger = Ledger {
        sheet: Sheet::new(story, &chosen, options, &sides, left_out),
        ..Ledger::default()
    };
    for index in &chosen {
        ledger.events.push(event_box(story, *index));
    }
    add_rows(story, &mut ledger);
    add_actors(story, &chosen, &sides, options.no_bundles, &mut ledger);
    ledger.sheet.legend = legend::of_ledger(story, options.events.is_some(), &ledger, &sides);
    place::place(&mut ledger);
    ledger
}

/// Puts the year marks between the events.
fn add_rows(story: &Story, ledger: &mut Ledger) {
    let mut last = None;
    for (i, event) in ledger.events.iter().enumerate() {
        let heading = Heading::of(story.events[event.event].date.as_ref());
        if last != Some(heading) {
            ledger.rows.push(Row::Mark(heading.text(), 0.0));
            last = Some(heading);
        }
        ledger.rows.push(Row::Event(i));
    }
}

/// Adds the actors of the chosen events in their final order, and their roles.
fn add_actors(
    story: &Story,
    chosen: &[usize],
    sides: &Sides,
    no_bundles: bool,
    ledger: &mut Ledger,
) {
    let companies = looks::companies(story);
    let stands = match stands(story, chosen) {
        stands if no_bundles => stands,
        stands => bundled(story, chosen, sides, &companies, stands),
    };
    let mut boxes = BTreeMap::new();
    for left in [true, false] {
        let column = (0..stands.len()).filter(|s| is_left(story, stands[*s].actors[0]) == left);
        let column = column.map(|s| (s, stands[s].rows.clone())).collect();
        for stand in order::fewest_crossings(column) {
            let Stand { actors, copy, rows } = &stands[stand];
            let places = actors
                .iter()
                .flat_map(|a| rows.iter().map(move |r| (*a, *r)));
            boxes.extend(places.map(|place| (place, ledger.actors.len())));
            let mut drawn = match &actors[..] {
                [one] => actor_box(story, *one, sides, companies[*one], left),
                many => bundle_box(story, many, sides, companies[many[0]], left),
            };
            if *copy > 0 {
                drawn.id = format!("{}-again-{copy}", drawn.id);
            }
            if actors.len() > 1 {
                drawn.id = format!("{}-and-others", drawn.id);
            }
            ledger.actors.push(drawn);
        }
    }
    for (row, index) in chosen.iter().enumerate() {
        let event = &story.events[*index];
        let mut seen = BTreeSet::new();
        for participant in &event.participants {
            let Some(actor) = boxes.get(&(participant.actor, row)) else {
                continue;
            };
            // A bundle has one line for all.
            if !seen.insert(*actor) {
                continue;
            }
            let mut label = looks::role_label(&event.kind, &participant.role);
            let drawn = &ledger.actors[*actor];
            let who = if drawn.others.is_empty() {
                plain(&story.actors[participant.actor].name)
            } else {
                drawn.tooltip.clone()
            };
            let told = tooltip(story, event, &format!("{who}: {label}"));
            if !drawn.others.is_empty() {
                label = format!("{label} × {}", drawn.others.len() + 1);
            }
            ledger.roles.push(RoleEdge {
                actor: *actor,
                event: row,
                tooltip: told,
                label: ROLE.cut(&label, 90.0),
                line: Line::of(event),
                ..RoleEdge::default()
            });
        }
    }
}

fn is_left(story: &Story, actor: usize) -> bool {
    story.actors[actor].kind == ActorKind::Person
}

/// One box, and the rows of the events that it is joined to.
struct Stand {
    /// One actor, or those of a bundle in the order of the text.
    actors: Vec<usize>,
    /// 0 for the actor's first box, 1 for the next ...
    copy: usize,
    rows: Vec<usize>,
}

/// The boxes to draw, in order of actor. In a long picture an actor stands
/// beside each stretch of its events, because a line that runs over several
/// screens tells nobody anything.
fn stands(story: &Story, chosen: &[usize]) -> Vec<Stand> {
    let mut rows: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (row, index) in chosen.iter().enumerate() {
        for participant in &story.events[*index].participants {
            if participant.actor < story.actors.len() {
                rows.entry(participant.actor).or_default().insert(row);
            }
        }
    }
    let is_long = chosen.len() > LONG;
    // Undated events have boxes of their own: no line runs through the heading.
    let undated =
        chosen.partition_point(|i| Heading::of(story.events[*i].date.as_ref()) != Heading::NoDate);
    let mut stands: Vec<Stand> = Vec::new();
    for (actor, rows) in rows {
        let first = stands.len();
        for row in rows {
            match stands[first..].last_mut() {
                Some(last) if !(is_long && is_far(&last.rows, row, undated)) => last.rows.push(row),
                _ => stands.push(Stand {
                    actors: vec![actor],
                    copy: stands.len() - first,
                    rows: vec![row],
                }),
            }
        }
    }
    stands
}

/// Makes one box of the actors that have the same part in one event and no
/// part in any other nearby, where they look the same and are many.
fn bundled(
    story: &Story,
    chosen: &[usize],
    sides: &Sides,
    companies: &[bool],
    stands: Vec<Stand>,
) -> Vec<Stand> {
    let mut alike: BTreeMap<(usize, bool, &str, Side, Shape), Vec<usize>> = BTreeMap::new();
    for (s, stand) in stands.iter().enumerate() {
        let (actor, [row]) = (stand.actors[0], &stand.rows[..]) else {
            continue;
        };
        let event = &story.events[chosen[*row]];
        let part = event.participants.iter().find(|p| p.actor == actor);
        let role = part.map_or("", |p| p.role.as_str());
        let shape = Shape::of(&story.actors[actor], companies[actor]);
        let left = is_left(story, actor);
        let key = (*row, left, role, sides.side(actor), shape);
        alike.entry(key).or_default().push(s);
    }
    let mut into: Vec<usize> = (0..stands.len()).collect();
    for many in alike.into_values().filter(|m| m.len() >= BUNDLE) {
        for s in &many {
            into[*s] = many[0];
        }
    }
    let mut out: BTreeMap<usize, Stand> = BTreeMap::new();
    for (stand, into) in stands.into_iter().zip(into) {
        match out.get_mut(&into) {
            Some(bundle) => bundle.actors.extend(stand.actors),
            None => {
                out.insert(into, stand);
            }
        }
    }
    out.into_values().collect()
}

/// Whether a row is too far below the others to share their box, or lies under
/// another heading that begins at row `undated`.
fn is_far(rows: &[usize], row: usize, undated: usize) -> bool {
    let ends = rows.first().zip(rows.last());
    ends.is_some_and(|(first, last)| {
        row > last + STEP || row > first + STRETCH || (*last < undated && row >= undated)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    /// The ledger as words: one line a row, with its roles.
    fn check(story: &Story, options: &Options) -> String {
        let ledger = layout(story, options);
        let mut out = vec![ledger.sheet.title.clone()];
        out.extend(ledger.sheet.legend.clone());
        for row in &ledger.rows {
            match row {
                Row::Mark(text, _) => out.push(text.clone()),
                Row::Event(event) => {
                    let e = &ledger.events[*event];
                    let roles: Vec<String> = ledger
                        .roles
                        .iter()
                        .filter(|r| r.event == *event)
                        .map(|r| {
                            let a = &ledger.actors[r.actor];
                            format!("{} ({}, {})", a.name.join(" "), r.label, a.side.as_str())
                        })
                        .collect();
                    out.push(format!(
                        "  {} | {} | {}",
                        e.small,
                        e.title.join(" / "),
                        roles.join("; ")
                    ));
                }
            }
        }
        let column = |left: bool| {
            let names: Vec<String> = ledger
                .actors
                .iter()
                .filter(|a| a.left == left)
                .map(|a| a.name.join(" "))
                .collect();
            names.join(", ")
        };
        out.push(format!("left: {}", column(true)));
        out.push(format!("right: {}", column(false)));
        out.extend(ledger.sheet.left_out);
        out.join("\n")
    }

    #[test]
    fn sample_story() {
        insta::assert_snapshot!(check(&sample::story(), &Options::default()));
    }

    #[test]
    fn draws_what_is_asked_for() {
        let options = Options {
            events: Some(vec![16, 8, 8, 999]),
            title: Some("Two\u{7} meetings".to_owned()),
            ..Options::default()
        };
        insta::assert_snapshot!(check(&sample::story(), &options));
    }

    #[test]
    fn other_events_and_events_without_actors_or_quotes_are_not_drawn() {
        let mut story = sample::story();
        story.events[0].kind = "other".to_owned();
        story.events[1].participants.clear();
        story.events[2].evidence.clear();
        let all = layout(&sample::story(), &Options::default()).events.len();
        assert_eq!(layout(&story, &Options::default()).events.len(), all - 3);
    }

    #[test]
    fn names_repeat_in_a_long_picture_only() {
        let check = |events: usize| {
            let story = sample::large(events, 20);
            let ledger = layout(&story, &Options::default());
            let mut ids: Vec<&str> = ledger.actors.iter().map(|a| a.id.as_str()).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), ledger.actors.len());
            let row = |r: &RoleEdge| r.event;
            for actor in 0..ledger.actors.len() {
                let rows = || ledger.roles.iter().filter(|r| r.actor == actor).map(row);
                if let (Some(first), Some(last)) = (rows().min(), rows().max()) {
                    assert!(events <= LONG || last - first <= STRETCH);
                }
            }
            let mut actors: Vec<usize> = ledger.actors.iter().map(|a| a.actor).collect();
            actors.sort_unstable();
            actors.dedup();
            (actors.len(), ledger.actors.len())
        };
        assert_eq!(check(LONG), (20, 20));
        let (actors, boxes) = check(100);
        assert!(actors == 20 && boxes > 60, "{boxes}");
    }

    #[test]
    fn many_with_the_same_part_stand_in_one_box() {
        let mut story = sample::large(1, 12);
        story.events[0].participants = (0..12)
            .map(|actor| crate::resolve::Participant {
                actor,
                role: "participant".to_owned(),
            })
            .collect();
        for actor in &mut story.actors {
            (actor.kind, actor.country) = (ActorKind::Person, None);
        }
        let ledger = layout(&story, &Options::default());
        let [only] = &ledger.actors[..] else {
            panic!("one box, not {}", ledger.actors.len());
        };
        assert_eq!(only.name.len(), 7);
        assert_eq!(only.office, ["and 5 more"]);
        assert_eq!(ledger.roles[0].label, "met × 12");
        assert!(ledger.sheet.legend[0].contains("12 actors"));
    }

    #[test]
    fn as_many_events_as_asked_for() {
        let options = Options {
            max_events: Some(7),
            ..Options::default()
        };
        let ledger = layout(&sample::large(30, 9), &options);
        assert_eq!(ledger.events.len(), 7);
        let told = ledger.sheet.left_out.unwrap_or_default();
        assert!(told.contains("the picture shows the 7 with"), "{told}");
    }

    #[test]
    fn two_thousand_events_are_cut_to_what_matters() {
        let mut story = sample::large(2000, 300);
        story.events[1700].sources = 9;
        let ledger = layout(&story, &Options::default());
        assert_eq!(ledger.events.len(), MOST_EVENTS);
        assert!(ledger.events.iter().any(|e| e.event == 1700));
        assert_eq!(
            ledger.sheet.left_out.as_deref(),
            Some(
                "not drawn: 1850 events of 2000: the picture shows the 150 with most sources and most connected actors"
            )
        );
        assert_eq!(
            format!("{ledger:?}"),
            format!("{:?}", layout(&story, &Options::default()))
        );
    }

    #[test]
    fn names_in_titles_are_shortened_before_they_are_cut() {
        let mut story = sample::story();
        story.events[8].title =
            "Ingrid Solheim and Paulo Andrade meet Hana Castellan in the old town hall of Tromsø to talk about the cable and the new harbour quays in May, and about what the ministers of the two countries said before"
                .to_owned();
        let ledger = layout(
            &story,
            &Options {
                events: Some(vec![8]),
                ..Options::default()
            },
        );
        let title = ledger.events[0].title.join(" ");
        assert!(
            title.starts_with("Solheim and Andrade meet Castellan in"),
            "{title}"
        );
    }
}
