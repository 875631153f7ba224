//! Positions for a graph of boxes, so that lines are about as long as the number
//! of steps between their ends: stress majorisation (Gansner, Koren and North
//! 2004) from an order on a circle, then boxes that overlap are pushed apart.
//! Only `+ - * /` and square roots, which every machine rounds alike. Pure.

use super::ledger::Area;
use std::collections::VecDeque;

/// The wished length of a line.
const STEP: f64 = 235.0;
/// Boxes and labels are wide, so the picture is stretched.
const WIDER: f64 = 1.2;
const LOWER: f64 = 0.8;
/// Rounds of majorisation for a small graph and for a large one.
const ROUNDS: [usize; 2] = [120, 40];
/// From so many boxes on a graph is large.
const LARGE: usize = 150;
/// How many turns of the circle are tried, and up to how many boxes.
const TURNS: usize = 8;
const TURNED: usize = 60;
/// Room around a box.
const ROOM: (f64, f64) = (48.0, 40.0);
/// Rounds of pushing boxes apart, and how often all is stretched where that is
/// not enough.
const PUSHES: usize = 60;
const STRETCHES: usize = 24;

/// Sets `x` and `y` of boxes that the lines make one connected graph, from
/// (0, 0) on; gives width and height. `order` is the order on the circle. Time
/// and space are quadratic in the boxes of one graph, which the caller bounds.
pub(super) fn place(boxes: &mut [Area], lines: &[(usize, usize)], order: &[usize]) -> (f64, f64) {
    let count = boxes.len();
    let mut neighbours = vec![Vec::new(); count];
    for (a, b) in lines {
        neighbours[*a].push(*b);
        neighbours[*b].push(*a);
    }
    let steps: Vec<Vec<u16>> = (0..count)
        .map(|from| distances(&neighbours, from))
        .collect();
    // Turning the circle turns the picture, and with it what meets what.
    let turns = if count > TURNED { 1 } else { TURNS };
    let mut best: Option<(usize, Vec<Area>)> = None;
    for turn in 0..turns {
        let mut turned = boxes.to_vec();
        settle(&mut turned, &steps, order, turn as f64 / (2 * turns) as f64);
        let met = meetings(&turned, lines);
        if best.as_ref().is_none_or(|(least, _)| met < *least) {
            best = Some((met, turned));
        }
    }
    if let Some((_, turned)) = best {
        boxes.copy_from_slice(&turned);
    }
    let left = boxes.iter().map(|b| b.x).fold(f64::MAX, f64::min);
    let top = boxes.iter().map(|b| b.y).fold(f64::MAX, f64::min);
    for area in boxes.iter_mut() {
        area.x -= left;
        area.y -= top;
    }
    let right = boxes.iter().map(|b| b.x + b.w).fold(0.0, f64::max);
    (right, boxes.iter().map(|b| b.y + b.h).fold(0.0, f64::max))
}

fn settle(boxes: &mut [Area], steps: &[Vec<u16>], order: &[usize], turn: f64) {
    let count = boxes.len();
    let mut at = vec![(0.0, 0.0); count];
    let radius = STEP * count as f64 / 7.0 + STEP / 2.0;
    for (n, node) in order.iter().enumerate() {
        let part = n as f64 / count as f64 + turn;
        let (x, y) = on_circle(if part < 1.0 { part } else { part - 1.0 });
        at[*node] = (x * radius, y * radius);
    }
    for _ in 0..ROUNDS[usize::from(count > LARGE)] {
        for node in 0..count {
            at[node] = pulled(&at, &steps[node], node);
        }
    }
    for (area, (x, y)) in boxes.iter_mut().zip(at) {
        area.x = x * WIDER - area.w / 2.0;
        area.y = y * LOWER - area.h / 2.0;
    }
    apart(boxes);
}

/// What disturbs: lines under boxes count four times, lines that cross once.
fn meetings(boxes: &[Area], lines: &[(usize, usize)]) -> usize {
    let middle = |n: usize| (boxes[n].x + boxes[n].w / 2.0, boxes[n].middle());
    let mut met = 0;
    for (n, (a, b)) in lines.iter().enumerate() {
        let (from, to) = (middle(*a), middle(*b));
        for (other, area) in boxes.iter().enumerate() {
            let (left, right, low) = (area.x, area.x + area.w, area.y + area.h);
            let diagonals = [
                ((left, area.y), (right, low)),
                ((left, low), (right, area.y)),
            ];
            let under = |(p, q): &((f64, f64), (f64, f64))| crosses(from, to, *p, *q);
            if other != *a && other != *b && diagonals.iter().any(under) {
                met += 4;
            }
        }
        for (c, d) in &lines[n + 1..] {
            if a != c && a != d && b != c && b != d {
                met += usize::from(crosses(from, to, middle(*c), middle(*d)));
            }
        }
    }
    met
}

/// Whether two stretches cross.
fn crosses(a: (f64, f64), b: (f64, f64), c: (f64, f64), d: (f64, f64)) -> bool {
    let side = |p: (f64, f64), q: (f64, f64), r: (f64, f64)| {
        (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0) > 0.0
    };
    side(a, b, c) != side(a, b, d) && side(c, d, a) != side(c, d, b)
}

/// A point of the circle around (0, 0) for a part of the whole turn, by the
/// rational parametrisation: not quite evenly spread, but the same everywhere.
fn on_circle(turn: f64) -> (f64, f64) {
    let half = |t: f64| ((1.0 - t * t) / (1.0 + t * t), 2.0 * t / (1.0 + t * t));
    if turn < 0.5 {
        half(4.0 * turn - 1.0)
    } else {
        let (x, y) = half(4.0 * (turn - 0.5) - 1.0);
        (-x, -y)
    }
}

/// How many lines lie between `from` and each other box.
fn distances(neighbours: &[Vec<usize>], from: usize) -> Vec<u16> {
    let mut steps = vec![u16::MAX; neighbours.len()];
    steps[from] = 0;
    let mut queue = VecDeque::from([from]);
    while let Some(node) = queue.pop_front() {
        for other in &neighbours[node] {
            if steps[*other] == u16::MAX {
                steps[*other] = steps[node].saturating_add(1);
                queue.push_back(*other);
            }
        }
    }
    steps
}

/// Where the others want a box to be.
fn pulled(at: &[(f64, f64)], steps: &[u16], node: usize) -> (f64, f64) {
    let (mut x, mut y, mut weights) = (0.0, 0.0, 0.0);
    let (own_x, own_y) = at[node];
    for (other, (other_x, other_y)) in at.iter().enumerate() {
        if other == node {
            continue;
        }
        let wished = f64::from(steps[other]) * STEP;
        let weight = 1.0 / (wished * wished);
        let (dx, dy) = (own_x - other_x, own_y - other_y);
        let far = (dx * dx + dy * dy).sqrt().max(1.0);
        x += weight * (other_x + wished * dx / far);
        y += weight * (other_y + wished * dy / far);
        weights += weight;
    }
    if weights > 0.0 {
        (x / weights, y / weights)
    } else {
        (own_x, own_y)
    }
}

/// Pushes boxes apart until none overlaps; where pushing is not enough,
/// everything moves away from the middle.
fn apart(boxes: &mut [Area]) {
    for _ in 0..STRETCHES {
        for _ in 0..PUSHES {
            if !push(boxes) {
                return;
            }
        }
        for area in boxes.iter_mut() {
            area.x *= 1.12;
            area.y *= 1.12;
        }
    }
}

/// Pushes each two that overlap apart where that takes the shorter way;
/// whether there were any.
fn push(boxes: &mut [Area]) -> bool {
    let mut pushed = false;
    for a in 0..boxes.len() {
        for b in a + 1..boxes.len() {
            let (one, two) = (boxes[a], boxes[b]);
            let dx = (one.x + one.w / 2.0) - (two.x + two.w / 2.0);
            let dy = one.middle() - two.middle();
            let x = (one.w + two.w) / 2.0 + ROOM.0 - dx.abs();
            let y = (one.h + two.h) / 2.0 + ROOM.1 - dy.abs();
            if x <= 0.01 || y <= 0.01 {
                continue;
            }
            pushed = true;
            if x < y {
                let by = if dx < 0.0 { -x } else { x } / 2.0;
                boxes[a].x += by;
                boxes[b].x -= by;
            } else {
                let by = if dy < 0.0 { -y } else { y } / 2.0;
                boxes[a].y += by;
                boxes[b].y -= by;
            }
        }
    }
    pushed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(count: usize, lines: &[(usize, usize)]) -> Vec<Area> {
        let size = |n: usize| Area {
            w: 60.0 + (n % 5) as f64 * 30.0,
            h: 30.0,
            ..Area::default()
        };
        let mut boxes: Vec<Area> = (0..count).map(size).collect();
        let order: Vec<usize> = (0..count).collect();
        let (w, h) = place(&mut boxes, lines, &order);
        for (i, a) in boxes.iter().enumerate() {
            assert!(a.x >= 0.0 && a.y >= 0.0 && a.x + a.w <= w && a.y + a.h <= h);
            for b in &boxes[i + 1..] {
                let across = a.x < b.x + b.w && b.x < a.x + a.w;
                assert!(!across || a.y >= b.y + b.h || b.y >= a.y + a.h);
            }
        }
        boxes
    }

    #[test]
    fn a_chain_is_longer_than_high_and_alone_is_alone() {
        assert_eq!(check(1, &[]).len(), 1);
        let chain = check(3, &[(0, 1), (1, 2)]);
        let far = |a: usize, b: usize| {
            let (dx, dy) = (chain[a].x - chain[b].x, chain[a].y - chain[b].y);
            dx * dx + dy * dy
        };
        assert!(far(0, 2) > far(0, 1) && far(0, 2) > far(1, 2));
    }

    proptest! {
        #[test]
        fn nothing_overlaps(more in proptest::collection::vec((0_usize..30, 0_usize..30), 0..40)) {
            let mut lines: Vec<(usize, usize)> = (1..30).map(|n| (n / 2, n)).collect();
            lines.extend(more.into_iter().filter(|(a, b)| a != b));
            check(30, &lines);
        }
    }
}
