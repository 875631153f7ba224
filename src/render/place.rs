//! Where everything of the ledger stands. Only `+ - * /` on numbers that every
//! machine rounds alike, so that the picture is the same everywhere. Pure.

use super::ledger::{
    ActorBox, Area, CORNER, EVENT_WIDTH, Ledger, MARK, NAME, ROLE, Row, SMALL, TEXT, TITLE,
};
use super::looks::Shape;

/// Around the picture.
pub(super) const MARGIN: f64 = 28.0;
/// From one line of legend or articles to the next.
pub(super) const TEXT_LINE: f64 = 18.0;
/// From one line of a name to the next.
pub(super) const NAME_LINE: f64 = 16.0;
/// From one line of an office to the next.
pub(super) const SMALL_LINE: f64 = 13.5;
/// The narrowest picture, so that the legend has room.
pub(super) const NARROWEST: f64 = 760.0;
/// Between two events.
const EVENT_GAP: f64 = 15.0;
/// The lowest box of an event.
const EVENT_HEIGHT: f64 = 42.0;
/// The highest box of an event; more roles than fit stand closer.
const EVENT_HIGHEST: f64 = 180.0;
/// Between two roles that arrive at an event: a line of label.
const PORT_STEP: f64 = 12.5;
/// Between two boxes of a column.
const ACTOR_GAP: f64 = 11.0;

/// Sets every place in the ledger.
pub(super) fn place(ledger: &mut Ledger) {
    for actor in &mut ledger.actors {
        (actor.area.w, actor.area.h) = actor_size(actor);
    }
    let column = |left: bool| {
        let widths = ledger
            .actors
            .iter()
            .filter(|a| a.left == left)
            .map(|a| a.area.w);
        widths.fold(0.0, f64::max)
    };
    let (left, right) = (column(true), column(false));
    let gap = |left: bool| {
        let roles = ledger
            .roles
            .iter()
            .filter(|r| ledger.actors[r.actor].left == left)
            .count();
        if roles == 0 {
            0.0
        } else {
            150.0 + (roles.min(60) as f64)
        }
    };
    let (gap_left, gap_right) = (gap(true), gap(false));
    let content = left + gap_left + EVENT_WIDTH + gap_right + right;
    ledger.sheet.width = (content + 2.0 * MARGIN).max(NARROWEST);
    let start = (ledger.sheet.width - content) / 2.0;
    let events_x = start + left + gap_left;

    let top = ledger.sheet.header_bottom() + 22.0;
    let mut bottom = place_rows(ledger, events_x, top);
    for is_left in [true, false] {
        let edge = if is_left {
            start + left
        } else {
            events_x + EVENT_WIDTH + gap_right
        };
        bottom = bottom.max(place_column(ledger, is_left, edge, top));
    }
    place_ports(ledger);
    for is_left in [true, false] {
        place_labels(ledger, is_left, bottom);
    }
    ledger.sheet.end(bottom, 34.0);
}

/// The legend's lines in a picture of this width.
pub(super) fn legend_lines(legend: &[String], width: f64) -> Vec<String> {
    let width = width - 2.0 * MARGIN;
    legend.iter().flat_map(|p| TEXT.wrap(p, width, 6)).collect()
}

/// The title's lines in a picture of this width.
pub(super) fn title_lines(title: &str, width: f64) -> Vec<String> {
    TITLE.wrap(title, width - 2.0 * MARGIN, 2)
}

/// The width and height of an actor's box.
pub(super) fn actor_size(actor: &ActorBox) -> (f64, f64) {
    let names = actor.name.iter().map(|line| NAME.width(line));
    let offices = actor.office.iter().map(|line| SMALL.width(line));
    let text = names.chain(offices).fold(24.0, f64::max) + mark_width(actor);
    let (wider, higher) = match actor.shape {
        Shape::Octagon | Shape::Hexagon => (16.0, 2.0),
        Shape::Oval => (30.0, 8.0),
        Shape::Tabs => (8.0, 2.0),
        Shape::Sheet | Shape::Solid => (10.0, 4.0),
        Shape::Double => (6.0, 4.0),
        Shape::Round | Shape::Box => (0.0, 0.0),
    };
    let lines = actor.name.len() as f64 * NAME_LINE + actor.office.len() as f64 * SMALL_LINE;
    (text + 20.0 + wider, lines + 12.0 + higher)
}

/// The room for the sign in the corner.
pub(super) fn mark_width(actor: &ActorBox) -> f64 {
    let width = |mark: &String| CORNER.width(mark) + 4.0;
    actor.mark.as_ref().map_or(0.0, width)
}

/// Places marks and events; returns the lower edge.
fn place_rows(ledger: &mut Ledger, x: f64, top: f64) -> f64 {
    let mut ports = vec![(0_usize, 0_usize); ledger.events.len()];
    for role in &ledger.roles {
        let (left, right) = &mut ports[role.event];
        *(if ledger.actors[role.actor].left {
            left
        } else {
            right
        }) += 1;
    }
    let mut y = top;
    for row in &mut ledger.rows {
        match row {
            Row::Mark(_, middle) => {
                *middle = y + MARK.size / 2.0;
                y += MARK.size + 13.0;
            }
            Row::Event(event) => {
                let (left, right) = ports[*event];
                let most = left.max(right).max(1) - 1;
                let lines = ledger.events[*event].title.len().max(1) - 1;
                let least = EVENT_HEIGHT + lines as f64 * NAME_LINE;
                let h = (most as f64 * PORT_STEP + 16.0).clamp(least, EVENT_HIGHEST);
                ledger.events[*event].area = Area {
                    x,
                    y,
                    w: EVENT_WIDTH,
                    h,
                };
                y += h + EVENT_GAP;
            }
        }
    }
    y
}

/// Places one column of actors, each as near to the middle of its events as
/// order and room allow; returns the lower edge. `edge` is the side of the
/// column that faces the events.
fn place_column(ledger: &mut Ledger, left: bool, edge: f64, top: f64) -> f64 {
    let indices: Vec<usize> = (0..ledger.actors.len())
        .filter(|a| ledger.actors[*a].left == left)
        .collect();
    let mut sums = vec![(0.0, 0.0); ledger.actors.len()];
    for role in &ledger.roles {
        let (sum, count) = &mut sums[role.actor];
        *sum += ledger.events[role.event].area.middle();
        *count += 1.0;
    }
    // With the room that the boxes above take subtracted, what remains is to
    // find the nearest sequence that never falls.
    let mut taken = top;
    let mut wishes = Vec::with_capacity(indices.len());
    let mut offsets = Vec::with_capacity(indices.len());
    for index in &indices {
        let (sum, count): (f64, f64) = sums[*index];
        let h = ledger.actors[*index].area.h;
        let middle = if count > 0.0 { sum / count } else { top };
        wishes.push((middle - h / 2.0 - taken, count.max(1.0)));
        offsets.push(taken);
        taken += h + ACTOR_GAP;
    }
    let mut bottom = top;
    for ((index, y), offset) in indices.iter().zip(nearest_rising(&wishes)).zip(offsets) {
        let area = &mut ledger.actors[*index].area;
        area.y = y.max(0.0) + offset;
        area.x = if left { edge - area.w } else { edge };
        bottom = f64::max(bottom, area.y + area.h);
    }
    bottom
}

/// The never falling sequence with the least weighted squared distance to
/// `wishes` (value, weight): pool adjacent violators (Ayer and others 1955).
/// Linear time.
fn nearest_rising(wishes: &[(f64, f64)]) -> Vec<f64> {
    let mut pools: Vec<(f64, f64, usize)> = Vec::with_capacity(wishes.len());
    for (value, weight) in wishes {
        let mut pool = (value * weight, *weight, 1);
        while let Some((sum, weight, size)) = pools.last().copied() {
            if sum / weight <= pool.0 / pool.1 {
                break;
            }
            pool = (pool.0 + sum, pool.1 + weight, pool.2 + size);
            pools.pop();
        }
        pools.push(pool);
    }
    pools
        .into_iter()
        .flat_map(|(sum, weight, size)| std::iter::repeat_n(sum / weight, size))
        .collect()
}

/// Spreads the ends of the edges over the sides of their boxes, in the order
/// of their other ends.
fn place_ports(ledger: &mut Ledger) {
    let mut at_event: Vec<[Vec<usize>; 2]> = vec![[Vec::new(), Vec::new()]; ledger.events.len()];
    let mut at_actor: Vec<Vec<usize>> = vec![Vec::new(); ledger.actors.len()];
    for (i, role) in ledger.roles.iter().enumerate() {
        at_event[role.event][usize::from(!ledger.actors[role.actor].left)].push(i);
        at_actor[role.actor].push(i);
    }
    for (event, sides) in at_event.iter_mut().enumerate() {
        let area = ledger.events[event].area;
        for (side, edges) in sides.iter_mut().enumerate() {
            // The actors of a column are in order of their height.
            edges.sort_by_key(|e| ledger.roles[*e].actor);
            let x = if side == 0 { area.x } else { area.x + area.w };
            for (edge, y) in edges.iter().zip(spread(area, edges.len(), PORT_STEP)) {
                ledger.roles[*edge].to = (x, y);
            }
        }
    }
    for (actor, edges) in at_actor.iter().enumerate() {
        let ActorBox { area, left, .. } = ledger.actors[actor];
        let x = if left { area.x + area.w } else { area.x };
        // Roles are listed in the order of the events.
        for (edge, y) in edges.iter().zip(spread(area, edges.len(), 7.0)) {
            ledger.roles[*edge].from = (x, y);
        }
    }
}

/// `count` heights around the middle of a box, `step` apart where that fits.
fn spread(area: Area, count: usize, step: f64) -> impl Iterator<Item = f64> {
    let gaps = count.saturating_sub(1) as f64;
    let step = if gaps * step > area.h - 14.0 {
        (area.h - 14.0) / gaps
    } else {
        step
    };
    let first = area.middle() - gaps * step / 2.0;
    (0..count).map(move |i| first + i as f64 * step)
}

/// Where along an edge its label may stand, best first: 0 is the actor.
const CANDIDATES: [f64; 15] = [
    0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75, 0.2, 0.8, 0.15, 0.85,
];

/// The height of an edge at `t`, for ends at `from` and `to`; the curve is a
/// cubic Bézier with both control points halfway between the columns.
fn height(from: f64, to: f64, t: f64) -> f64 {
    from + (to - from) * t * t * (3.0 - 2.0 * t)
}

/// Gives every role on one side a place for its label where no other label
/// stands and as few edges as possible pass.
fn place_labels(ledger: &mut Ledger, left: bool, bottom: f64) {
    let mut edges: Vec<usize> = (0..ledger.roles.len())
        .filter(|r| ledger.actors[ledger.roles[*r].actor].left == left)
        .collect();
    // Flat edges have the fewest places to choose from, so they choose first.
    edges.sort_by(|a, b| {
        let rise = |r: &usize| (ledger.roles[*r].from.1 - ledger.roles[*r].to.1).abs();
        rise(a).total_cmp(&rise(b))
    });
    // What is near in height is found by bands, so that a long picture costs no
    // more for each label than a short one.
    let mut passing: Bands<(usize, f64, f64)> = Bands::new(bottom);
    for edge in &edges {
        let (from, to) = (ledger.roles[*edge].from.1, ledger.roles[*edge].to.1);
        passing.add(from.min(to), from.max(to), (*edge, from, to));
    }
    let mut placed: Bands<Area> = Bands::new(bottom);
    for edge in edges {
        let role = &ledger.roles[edge];
        let (from, to) = (role.from, role.to);
        let (w, h) = (ROLE.width(&role.label) + 6.0, ROLE.size + 2.0);
        let run = to.0 - from.0;
        let mut best: Option<(f64, Area)> = None;
        for t in CANDIDATES {
            let u = 1.0 - t;
            let x = from.0 + run * (1.5 * u * t + t * t * t);
            let y = height(from.1, to.1, t);
            let area = Area {
                x: x - w / 2.0,
                y: y - h / 2.0,
                w,
                h,
            };
            let inside = (x - from.0).abs() > w / 2.0 + 4.0 && (to.0 - x).abs() > w / 2.0 + 12.0;
            let (top, low) = (area.y, area.y + h);
            if !inside || placed.near(top, low).any(|p| overlap(p, &area)) {
                continue;
            }
            let reach = w / 2.0 / (1.5 * (u * u + t * t) * run).abs().max(1.0);
            let (before, after) = ((t - reach).max(0.0), (t + reach).min(1.0));
            let crossed = passing.at(y).filter(|(other, a, b)| {
                let (y0, y1) = (height(*a, *b, before), height(*a, *b, after));
                *other != edge && y0.min(y1) < low - 2.0 && y0.max(y1) > top + 2.0
            });
            let cost = crossed.count() as f64 + (t - 0.5).abs() * 3.0;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, area));
            }
        }
        ledger.roles[edge].label_at = best.map(|(_, area)| {
            placed.add(area.y, area.y + h, area);
            (area.x + w / 2.0, area.middle())
        });
    }
}

/// Things by the bands of height that they touch.
struct Bands<T> {
    bands: Vec<Vec<T>>,
}

/// The height of a band.
const BAND: f64 = 24.0;

impl<T: Copy> Bands<T> {
    fn new(height: f64) -> Bands<T> {
        Bands {
            bands: vec![Vec::new(); (height / BAND) as usize + 2],
        }
    }

    fn band(&self, y: f64) -> usize {
        ((y.max(0.0) / BAND) as usize).min(self.bands.len() - 1)
    }

    fn add(&mut self, top: f64, low: f64, thing: T) {
        for band in self.band(top)..=self.band(low) {
            self.bands[band].push(thing);
        }
    }

    /// What may touch these heights; a thing can come twice.
    fn near(&self, top: f64, low: f64) -> impl Iterator<Item = &T> {
        self.bands[self.band(top)..=self.band(low)].iter().flatten()
    }

    /// What may touch this height.
    fn at(&self, y: f64) -> impl Iterator<Item = &T> {
        self.bands[self.band(y)].iter()
    }
}

pub(super) fn overlap(a: &Area, b: &Area) -> bool {
    a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::ledger::{Options, layout};
    use crate::render::sample;
    use proptest::prelude::*;

    fn check_no_overlap(ledger: &Ledger) {
        let boxes: Vec<Area> = ledger
            .actors
            .iter()
            .map(|a| a.area)
            .chain(ledger.events.iter().map(|e| e.area))
            .collect();
        for (i, a) in boxes.iter().enumerate() {
            assert!(
                a.x >= 0.0 && a.x + a.w <= ledger.sheet.width && a.y + a.h <= ledger.sheet.height
            );
            assert!(!boxes[i + 1..].iter().any(|b| overlap(a, b)));
        }
        let labels: Vec<Area> = ledger
            .roles
            .iter()
            .filter_map(|r| r.label_at.map(|(x, y)| (r, x, y)))
            .map(|(r, x, y)| {
                let (w, h) = (ROLE.width(&r.label), ROLE.size);
                Area {
                    x: x - w / 2.0,
                    y: y - h / 2.0,
                    w,
                    h,
                }
            })
            .collect();
        for (i, a) in labels.iter().enumerate() {
            assert!(!labels[i + 1..].iter().chain(&boxes).any(|b| overlap(a, b)));
        }
    }

    #[test]
    fn nothing_stands_on_anything_else() {
        check_no_overlap(&layout(&sample::story(), &Options::default()));
        check_no_overlap(&layout(&sample::large(60, 20), &Options::default()));
    }

    #[test]
    fn every_role_of_a_small_picture_has_its_word() {
        let ledger = layout(&sample::story(), &Options::default());
        assert!(ledger.roles.iter().all(|r| r.label_at.is_some()));
    }

    #[test]
    fn pools() {
        assert_eq!(
            nearest_rising(&[(1.0, 1.0), (3.0, 1.0), (2.0, 1.0)]),
            [1.0, 2.5, 2.5]
        );
        assert_eq!(nearest_rising(&[(9.0, 3.0), (1.0, 1.0)]), [7.0, 7.0]);
    }

    proptest! {
        #[test]
        fn columns_keep_their_order(wishes in proptest::collection::vec((0.0..900.0f64, 1.0..9.0f64), 0..30)) {
            let rising = nearest_rising(&wishes);
            prop_assert_eq!(rising.len(), wishes.len());
            prop_assert!(rising.windows(2).all(|w| w[0] <= w[1] + 1e-9));
        }
    }
}
