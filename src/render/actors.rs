//! The layout of actors: a box for each actor, a line for each two that share
//! events, with kinds and dates on it. Circles that nothing joins stand side by
//! side. Computed once, drawn by [`svg`] and [`dot`]. Pure.

use super::boxes::{actor_box, tooltip};
use super::choose::{MOST_EVENTS, Options, choose};
use super::dates::Shown;
use super::draw::{self, Theme, escape, link, put, px};
use super::ledger::{ActorBox, Area, ROLE};
use super::looks::{self, Line};
use super::place::{MARGIN, TEXT_LINE, actor_size};
use super::placed::{Placed, TieLooks};
use super::sheet::Sheet;
use super::sides::{Sides, of_community};
use super::{count, legend, plain, stress, title_of};
use crate::resolve::Story;
use std::collections::{BTreeMap, BTreeSet};

/// The most actors in this layout; more would be a ball of wool.
const MOST_ACTORS: usize = 240;
/// The most lines of a label, and their width.
const LABEL_LINES: usize = 3;
const LABEL_WIDTH: f64 = 132.0;
const LABEL_LINE: f64 = 12.0;
/// Between two circles of actors that nothing joins.
const GAP: f64 = 56.0;
/// A picture is about so much wider than high.
const SHAPE: f64 = 1.3;
const NARROWEST: f64 = 900.0;
/// The most events that a tooltip tells.
const TOLD: usize = 12;

/// Actors and the lines between them, laid out.
#[derive(Debug, Clone, Default)]
pub struct ActorMap {
    /// What stands around it.
    pub sheet: Sheet,
    /// The actors, in the story's order.
    pub actors: Vec<ActorBox>,
    /// The lines.
    pub ties: Vec<TieLine>,
}

/// What two actors have in common.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TieLine {
    /// Indices into [`ActorMap::actors`].
    pub ends: (usize, usize),
    /// The shared events, in order of date: indices into the story's events.
    pub events: Vec<usize>,
    /// The first event's id.
    pub id: String,
    /// Kinds and dates, in lines that fit.
    pub label: Vec<String>,
    /// The surest of the events says how the line is drawn.
    pub line: Line,
    /// Every event with date and first quote.
    pub tooltip: String,
    /// Where the line begins and ends, at the edges of the boxes.
    pub from: (f64, f64),
    /// The other end.
    pub to: (f64, f64),
    /// The middle of the label; `None` where there is no room for one.
    pub label_at: Option<(f64, f64)>,
}

impl TieLine {
    /// Width of the line: more for more events.
    fn width(&self) -> f64 {
        1.2 + 0.5 * (self.events.len().min(6) - 1) as f64
    }
}

/// Lays the actors out.
pub fn layout(story: &Story, options: &Options) -> ActorMap {
    let (chosen, mut left_out) = choose(story, options, MOST_EVENTS);
    let shared = shared(story, &chosen);
    let (shared, dropped) = most_connected(shared);
    let drawn: BTreeSet<usize> = shared.keys().flat_map(|(a, b)| [*a, *b]).collect();
    let events: BTreeSet<usize> = shared.values().flatten().copied().collect();
    let mut notes = Vec::new();
    if chosen.len() > events.len() {
        let rest = count(chosen.len() - events.len(), "event");
        notes.push(format!("{rest} that tie no two actors"));
    }
    if dropped > 0 {
        notes.push(count(dropped, "less connected actor"));
    }
    if !notes.is_empty() {
        let notes = notes.join("; ");
        left_out = Some(match left_out {
            Some(before) => format!("{before}; {notes}"),
            None => format!("not drawn: {notes}"),
        });
    }
    let sides = Sides::new(story, &chosen, options.color_by);
    let companies = looks::companies(story);
    let numbers: BTreeMap<usize, usize> = drawn.iter().enumerate().map(|(n, a)| (*a, n)).collect();
    let mut map = ActorMap {
        actors: drawn
            .iter()
            .map(|a| actor_box(story, *a, &sides, companies[*a], true))
            .collect(),
        ties: shared
            .into_iter()
            .map(|((a, b), events)| tie(story, (numbers[&a], numbers[&b]), events, (a, b)))
            .collect(),
        ..ActorMap::default()
    };
    let events: Vec<usize> = events.into_iter().collect();
    map.sheet = Sheet::new(story, &events, options, &sides, left_out);
    let every: Vec<&ActorBox> = map.actors.iter().collect();
    let mut looks = legend::shown(story, options.events.is_some(), &events, &every, &sides);
    looks.push("A line: events that two share; thicker for more.".to_owned());
    let lines = legend::line_meanings(story, &events, legend::LINES);
    map.sheet.legend = legend::paragraphs(looks, lines);
    let communities = of_community(story, &chosen);
    place(&mut map, &communities);
    map
}

/// The events that each two actors share, in order of date.
fn shared(story: &Story, chosen: &[usize]) -> BTreeMap<(usize, usize), Vec<usize>> {
    let chosen: BTreeSet<usize> = chosen.iter().copied().collect();
    let mut shared: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for tie in &story.ties {
        let (a, b) = (tie.source.min(tie.target), tie.source.max(tie.target));
        if let Some(event) = tie.event.filter(|e| chosen.contains(e))
            && a != b
            && b < story.actors.len()
        {
            let events = shared.entry((a, b)).or_default();
            if !events.contains(&event) {
                events.push(event);
            }
        }
    }
    for events in shared.values_mut() {
        events.sort_unstable();
    }
    shared
}

/// Drops the actors with fewest shared events where they are too many; gives how
/// many.
fn most_connected(
    mut shared: BTreeMap<(usize, usize), Vec<usize>>,
) -> (BTreeMap<(usize, usize), Vec<usize>>, usize) {
    let actors = |shared: &BTreeMap<(usize, usize), Vec<usize>>| {
        let mut degree: BTreeMap<usize, usize> = BTreeMap::new();
        for ((a, b), events) in shared {
            *degree.entry(*a).or_default() += events.len();
            *degree.entry(*b).or_default() += events.len();
        }
        degree
    };
    let degree = actors(&shared);
    let before = degree.len();
    if before > MOST_ACTORS {
        let mut ranked: Vec<(usize, usize)> = degree.into_iter().map(|(a, d)| (d, a)).collect();
        ranked.sort_by_key(|(d, a)| (usize::MAX - d, *a));
        let kept: BTreeSet<usize> = ranked.iter().take(MOST_ACTORS).map(|(_, a)| *a).collect();
        shared.retain(|(a, b), _| kept.contains(a) && kept.contains(b));
    }
    let after = actors(&shared).len();
    (shared, before - after)
}

fn tie(story: &Story, ends: (usize, usize), events: Vec<usize>, (a, b): (usize, usize)) -> TieLine {
    let lines = events.iter().map(|e| Line::of(&story.events[*e]));
    let names = [a, b].map(|a| plain(&story.actors[a].name));
    let mut told = vec![format!("{} and {}", names[0], names[1])];
    told.extend(events.iter().take(TOLD).map(|e| {
        let event = &story.events[*e];
        tooltip(story, event, &title_of(event))
    }));
    if events.len() > TOLD {
        told.push(format!("and {} more", events.len() - TOLD));
    }
    let first = events.first().map(|e| plain(&story.events[*e].id));
    TieLine {
        ends,
        id: first.unwrap_or_default(),
        label: label(story, &events),
        line: lines.min().unwrap_or_default(),
        tooltip: told.join(" || "),
        events,
        ..TieLine::default()
    }
}

/// `meet 2017-06-26, 2017-07-01`: a line for each kind.
fn label(story: &Story, events: &[usize]) -> Vec<String> {
    let mut kinds: Vec<(String, Vec<String>)> = Vec::new();
    for event in events.iter().map(|e| &story.events[*e]) {
        let kind = plain(&event.kind.replace('_', " "));
        let date = Shown::of(event.date.as_ref()).label();
        match kinds.iter_mut().find(|(k, _)| *k == kind) {
            Some((_, dates)) if dates.contains(&date) => {}
            Some((_, dates)) => dates.push(date),
            None => kinds.push((kind, vec![date])),
        }
    }
    let mut lines: Vec<String> = Vec::new();
    for (kind, dates) in &kinds {
        let comma = if dates[0] == "no date" { "," } else { "" };
        let line = format!("{kind}{comma} {}", dates.join(", "));
        lines.extend(ROLE.wrap(&line, LABEL_WIDTH, 2));
    }
    if lines.len() > LABEL_LINES {
        lines.truncate(LABEL_LINES - 1);
        lines.push(format!("… {} in all", count(events.len(), "event")));
    }
    lines
}

/// Sets every place.
fn place(map: &mut ActorMap, communities: &[usize]) {
    for actor in &mut map.actors {
        (actor.area.w, actor.area.h) = actor_size(actor);
    }
    let mut parts: Vec<(Vec<usize>, (f64, f64))> = Vec::new();
    for part in components(map) {
        let size = place_part(map, &part, communities);
        parts.push((part, size));
    }
    // The largest first; equals stay in the story's order.
    parts.sort_by_key(|(part, _)| usize::MAX - part.len());
    let area: f64 = parts.iter().map(|(_, (w, h))| (w + GAP) * (h + GAP)).sum();
    let widest = parts.iter().map(|(_, (w, _))| *w).fold(0.0, f64::max);
    let room = widest
        .max((area * SHAPE).sqrt())
        .max(NARROWEST - 2.0 * MARGIN);
    map.sheet.width = room + 2.0 * MARGIN;
    let top = map.sheet.header_bottom() + 30.0;
    let (mut x, mut y, mut row) = (0.0, top, 0.0);
    for (part, (w, h)) in parts {
        if x > 0.0 && x + w > room + 0.5 {
            y += row + GAP;
            (x, row) = (0.0, 0.0);
        }
        for actor in part {
            map.actors[actor].area.x += MARGIN + x;
            map.actors[actor].area.y += y;
        }
        x += w + GAP;
        row = f64::max(row, h);
    }
    let bottom = y + row;
    place_lines(map);
    map.sheet.end(bottom, 44.0);
}

/// The circles of actors that lines join, each in the story's order.
fn components(map: &ActorMap) -> Vec<Vec<usize>> {
    let mut neighbours = vec![Vec::new(); map.actors.len()];
    for TieLine { ends: (a, b), .. } in &map.ties {
        neighbours[*a].push(*b);
        neighbours[*b].push(*a);
    }
    let mut seen = vec![false; map.actors.len()];
    let mut parts = Vec::new();
    for first in 0..map.actors.len() {
        if std::mem::replace(&mut seen[first], true) {
            continue;
        }
        let mut part = vec![first];
        let mut at = 0;
        while let Some(node) = part.get(at).copied() {
            for other in &neighbours[node] {
                if !std::mem::replace(&mut seen[*other], true) {
                    part.push(*other);
                }
            }
            at += 1;
        }
        part.sort_unstable();
        parts.push(part);
    }
    parts
}

/// Places one circle from (0, 0) on; gives its size.
fn place_part(map: &mut ActorMap, part: &[usize], communities: &[usize]) -> (f64, f64) {
    let inside: BTreeMap<usize, usize> = part.iter().enumerate().map(|(n, a)| (*a, n)).collect();
    let ties = map.ties.iter().filter(|t| inside.contains_key(&t.ends.0));
    if let [one, two] = part {
        let label = ties.flat_map(|t| t.label.iter().map(|l| ROLE.width(l)));
        let between = label.fold(60.0, f64::max) + 34.0;
        let (first, second) = (map.actors[*one].area, map.actors[*two].area);
        let high = first.h.max(second.h).max(LABEL_LINES as f64 * LABEL_LINE);
        map.actors[*one].area.y = (high - first.h) / 2.0;
        map.actors[*two].area.y = (high - second.h) / 2.0;
        map.actors[*two].area.x = first.w + between;
        return (first.w + between + second.w, high);
    }
    let lines: Vec<(usize, usize)> = ties
        .map(|t| (inside[&t.ends.0], inside[&t.ends.1]))
        .collect();
    let mut areas: Vec<Area> = part.iter().map(|a| map.actors[*a].area).collect();
    // On the circle, a community stands together.
    let mut order: Vec<usize> = (0..part.len()).collect();
    order.sort_by_key(|n| (communities[map.actors[part[*n]].actor], *n));
    let size = stress::place(&mut areas, &lines, &order);
    for (actor, area) in part.iter().zip(areas) {
        map.actors[*actor].area = area;
    }
    size
}

/// Where along a line its label may stand, best first.
const CANDIDATES: [f64; 9] = [0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72, 0.2, 0.8];

/// Cuts the lines at the boxes and finds places for labels where no box and no
/// other label stands. Bounded by [`MOST_ACTORS`].
fn place_lines(map: &mut ActorMap) {
    let boxes: Vec<Area> = map.actors.iter().map(|a| a.area).collect();
    let mut placed: Vec<Area> = Vec::new();
    let mut order: Vec<usize> = (0..map.ties.len()).collect();
    // More events are said first.
    order.sort_by_key(|t| usize::MAX - map.ties[*t].events.len());
    for t in order {
        let tie = &mut map.ties[t];
        let (a, b) = (boxes[tie.ends.0], boxes[tie.ends.1]);
        (tie.from, tie.to) = (edge_of(a, b), edge_of(b, a));
        let full = tie.label.clone();
        let short = vec![count(tie.events.len(), "event")];
        for lines in [full, short] {
            let w = lines.iter().map(|l| ROLE.width(l)).fold(0.0, f64::max) + 6.0;
            let h = lines.len() as f64 * LABEL_LINE + 2.0;
            let found = CANDIDATES.iter().find_map(|t| {
                let x = tie.from.0 + (tie.to.0 - tie.from.0) * t;
                let y = tie.from.1 + (tie.to.1 - tie.from.1) * t;
                let area = Area {
                    x: x - w / 2.0,
                    y: y - h / 2.0,
                    w,
                    h,
                };
                let free = |other: &Area| !super::place::overlap(other, &area);
                (boxes.iter().all(free) && placed.iter().all(free)).then_some(area)
            });
            if let Some(area) = found {
                placed.push(area);
                tie.label_at = Some((area.x + w / 2.0, area.middle()));
                tie.label = lines;
                break;
            }
        }
    }
}

/// Where the line from the middle of one box to that of another leaves the
/// first.
fn edge_of(from: Area, to: Area) -> (f64, f64) {
    let (x, y) = (from.x + from.w / 2.0, from.middle());
    let (dx, dy) = (to.x + to.w / 2.0 - x, to.middle() - y);
    let across = if dx == 0.0 {
        f64::MAX
    } else {
        from.w / 2.0 / dx.abs()
    };
    let down = if dy == 0.0 {
        f64::MAX
    } else {
        from.h / 2.0 / dy.abs()
    };
    let part = across.min(down).min(1.0);
    (x + dx * part, y + dy * part)
}

/// Writes the picture as SVG.
pub fn svg(map: &ActorMap, theme: Theme) -> String {
    let mut out = String::new();
    draw::begin(&mut out, &map.sheet, theme);
    for tie in &map.ties {
        let linked = link(&mut out, map.sheet.page.as_deref(), &tie.id);
        put(
            &mut out,
            format_args!(
                "<g class=\"tie ink {}\"><title>{}</title><path class=\"edge\" style=\"stroke-width:{}\" d=\"M{} {}L{} {}\"/></g>{}\n",
                tie.line.as_str(),
                escape(&tie.tooltip),
                px(tie.width()),
                px(tie.from.0),
                px(tie.from.1),
                px(tie.to.0),
                px(tie.to.1),
                if linked { "</a>" } else { "" },
            ),
        );
    }
    for actor in &map.actors {
        draw::actor_box(&mut out, actor);
    }
    for tie in &map.ties {
        let Some((x, middle)) = tie.label_at else {
            continue;
        };
        out.push_str("<g class=\"ink\">");
        let mut y = middle - tie.label.len() as f64 * LABEL_LINE / 2.0;
        for line in &tie.label {
            y += LABEL_LINE;
            draw::text(&mut out, "label middle", ROLE, x, y - 2.5, line);
        }
        out.push_str("</g>\n");
    }
    draw::articles(&mut out, &map.sheet);
    out.push_str("</svg>\n");
    out
}

/// Writes the picture as DOT with every place given, so that Graphviz draws the
/// same picture.
pub fn dot(map: &ActorMap) -> String {
    let mut graph = Placed::new(&map.sheet);
    for actor in &map.actors {
        graph.actor(actor);
    }
    for tie in &map.ties {
        let (a, b) = tie.ends;
        let looks = TieLooks {
            label: &tie.label.join("\n"),
            tooltip: &tie.tooltip,
            line: tie.line,
            width: tie.width(),
        };
        graph.tie(&map.actors[a], &map.actors[b], &looks);
    }
    let y = map.sheet.articles_top + map.sheet.articles.len() as f64 * TEXT_LINE / 2.0;
    graph.list("articles", &map.sheet.articles, (MARGIN + 260.0, y));
    graph.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    #[test]
    fn the_sample_as_dot() {
        insta::assert_snapshot!(dot(&layout(&sample::story(), &Options::default())));
    }

    #[test]
    fn every_shared_event_is_in_a_tooltip_and_boxes_stand_apart() {
        for story in [sample::story(), sample::large(150, 60)] {
            let map = layout(&story, &Options::default());
            assert!(!map.ties.is_empty());
            for tie in &map.ties {
                assert!(tie.tooltip.contains('“'), "{}", tie.tooltip);
            }
            for (i, a) in map.actors.iter().enumerate() {
                assert!(
                    a.area.x + a.area.w <= map.sheet.width
                        && a.area.y + a.area.h <= map.sheet.height
                );
                for b in &map.actors[i + 1..] {
                    assert!(!crate::render::place::overlap(&a.area, &b.area));
                }
            }
        }
    }

    #[test]
    fn what_ties_nobody_is_told() {
        let mut story = sample::story();
        story.ties.clear();
        let map = layout(&story, &Options::default());
        assert!(map.actors.is_empty());
        let told = map.sheet.left_out.unwrap_or_default();
        assert!(told.contains("that tie no two actors"), "{told}");
    }
}
