//! Who sits on one side of the table. "Ruiz met Vega and Dahl" says that Ruiz met
//! both; it does not say that Vega met Dahl. Pure.

use super::actors::Cast;
use super::doc::{At, Doc};
use super::grammar::Arguments;
use super::participants;
use super::report::{EventMention, Participation};
use super::status;
use crate::ingest::BlockKind;
use crate::model::Status;

/// The side of the table that a grammatical slot puts its actors on. "Between",
/// "of" and "among" put everybody across from everybody.
fn side(slot: &str) -> Option<bool> {
    match slot {
        "subject" | "possessor" | "clause" => Some(false),
        "object" | "with" | "from" | "to" | "on" | "for" | "by" | "addressee" | "into" => {
            Some(true)
        }
        _ => None,
    }
}

/// Pairs of participants on one side, where both sides are taken.
pub(super) fn apart(
    doc: &Doc<'_>,
    cast: &Cast,
    arguments: &Arguments,
    list: &[Participation],
) -> Vec<(u32, u32)> {
    let at_the_table = |p: &&Participation| p.role != "topic" && p.role != "occasion";
    let seated: Vec<(u32, Option<bool>)> = list
        .iter()
        .filter(at_the_table)
        .map(|p| {
            let slot = arguments.list.iter().find(|(_, at)| {
                participants::actors_of(doc, cast, *at, true).contains(&(p.actor as usize))
            });
            (p.actor, slot.and_then(|(slot, _)| side(slot)))
        })
        .collect();
    let taken = |s: bool| seated.iter().any(|(_, side)| *side == Some(s));
    if !(taken(false) && taken(true)) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for (n, (a, a_side)) in seated.iter().enumerate() {
        for (b, b_side) in &seated[n + 1..] {
            if a_side.is_some() && a_side == b_side {
                out.push(((*a).min(*b), (*a).max(*b)));
            }
        }
    }
    out
}

/// "They meet on Monday": in running text the plain present of a single meeting is a
/// plan. Headlines and captions tell the past so, and captions say who stands where.
pub(super) fn in_the_present(doc: &Doc<'_>, verb: At) -> Status {
    let s = verb.0;
    let caption = (0..doc.sentences()[s].tokens.len()).any(|t| {
        matches!(
            doc.lower((s, t)).as_str(),
            "left" | "right" | "center" | "centre" | "l" | "r"
        )
    });
    if doc.kind(s) == BlockKind::Body && !caption && status::is_habit(doc, verb) {
        Status::Planned
    } else {
        Status::Occurred
    }
}

/// Whether they met "separately", each with somebody else.
pub(super) fn is_separate(doc: &Doc<'_>, at: At) -> bool {
    doc.children(at)
        .any(|c| matches!(doc.lower(c).as_str(), "separately" | "individually"))
}

/// The pairs of a mention that takes in another one: what one of them puts across
/// the table met, whatever the other says.
pub(super) fn join(kept: &EventMention, other: &EventMention) -> Vec<(u32, u32)> {
    let has = |m: &EventMention, (a, b): (u32, u32)| {
        let is_in = |x: u32| m.participants.iter().any(|p| p.actor == x);
        is_in(a) && is_in(b)
    };
    let across = |m: &EventMention, pair| has(m, pair) && !m.apart.contains(&pair);
    let mut out: Vec<(u32, u32)> = kept.apart.iter().chain(&other.apart).copied().collect();
    out.retain(|pair| !across(kept, *pair) && !across(other, *pair));
    out.sort_unstable();
    out.dedup();
    out
}
