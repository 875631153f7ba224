//! From events to dated ties between two actors. Pure.

use super::kinds::{Side, side};
use super::story::{Event, Tie};
use crate::model::Status;

/// An event with more participants than this ties too many to say anything;
/// its first ones count.
const MOST: usize = 40;

/// The ties of all events that occurred or are planned; events of no type tie
/// nobody.
///
/// Where some act and some are acted upon, each of the first is tied to each of
/// the second. Those side by side are tied pairwise, in the order of the text,
/// and to both others as agents act and patients are acted upon.
pub(super) fn ties(events: &[Event]) -> Vec<Tie> {
    let mut out = Vec::new();
    for (i, event) in events.iter().enumerate() {
        if event.kind == "other" || !matches!(event.status, Status::Occurred | Status::Planned) {
            continue;
        }
        let parts: Vec<(usize, Side)> = event
            .participants
            .iter()
            .map(|p| (p.actor, side(&p.role)))
            .filter(|(_, side)| *side != Side::Beside)
            .take(MOST)
            .collect();
        for (n, (a, a_side)) in parts.iter().enumerate() {
            for (b, b_side) in &parts[n + 1..] {
                let (source, target) = match (a_side, b_side) {
                    (Side::Agent, Side::Agent) | (Side::Patient, Side::Patient) => continue,
                    (Side::Patient, _) | (Side::Equal, Side::Agent) => (*b, *a),
                    _ => (*a, *b),
                };
                out.push(Tie {
                    source,
                    target,
                    kind: event.kind.clone(),
                    event: i,
                });
            }
        }
    }
    out
}
