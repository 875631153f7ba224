//! Lists of a verb's objects with a time for each: "visited Oslo on Monday,
//! Bergen on Tuesday and Lund on Wednesday" tells three visits. Goes by the
//! order of words, because parsers make little of such lists.

use super::actors::Cast;
use super::dating;
use super::doc::{At, Doc};
use super::events::Candidate;
use super::report::TimeRef;
use crate::language::Upos;
use crate::time::TimeExpression;
use std::ops::Range;

/// One event of a list and its time.
pub(super) struct Item {
    pub(super) candidate: Candidate,
    pub(super) time: TimeRef,
}

/// A piece of the list: its words and the time that ends it.
struct Piece<'d> {
    words: Range<usize>,
    time: &'d TimeExpression,
    actor: usize,
    /// Where the actor is mentioned first.
    at: At,
}

/// The events of a list, if the verb's objects are one: each piece names one
/// actor and ends with a time of the same precision as the others.
pub(super) fn split(doc: &Doc<'_>, cast: &Cast, candidate: &Candidate) -> Option<Vec<Item>> {
    if doc.upos(candidate.at) != Upos::Verb {
        return None;
    }
    let pieces = pieces(doc, cast, candidate.at)?;
    let first = pieces.first()?;
    let role = candidate
        .participants
        .iter()
        .find(|p| p.actor as usize == first.actor)?
        .role
        .clone();
    let items = pieces
        .iter()
        .map(|piece| {
            let mut one = candidate.clone();
            one.participants
                .retain(|p| !pieces.iter().any(|x| x.actor == p.actor as usize));
            super::participants::push(&mut one.participants, &[piece.actor], &role);
            for (_, at) in &mut one.arguments.list {
                if first.words.contains(&at.1) {
                    *at = piece.at;
                }
            }
            Item {
                candidate: one,
                time: dating::time_ref(doc, piece.time),
            }
        })
        .collect();
    Some(items)
}

/// Cuts what follows the verb at its times; `None` where it is no list.
fn pieces<'d>(doc: &Doc<'d>, cast: &Cast, verb: At) -> Option<Vec<Piece<'d>>> {
    let (s, v) = verb;
    let mut out: Vec<Piece<'_>> = Vec::new();
    let mut from = v + 1;
    for time in doc.times_of(s).filter(|e| usize::from(e.first) > v) {
        let words = from..usize::from(time.first);
        let joined = out.is_empty() || matches!(doc.word((s, words.start)), "," | "and");
        let plain = words.clone().all(|t| doc.upos((s, t)) != Upos::Verb);
        if !joined || !plain {
            break;
        }
        let mut actors: Vec<(usize, usize)> = words
            .clone()
            .flat_map(|t| cast.at((s, t)).iter().map(move |a| (*a, t)))
            .collect();
        actors.dedup_by_key(|(a, _)| *a);
        let [(actor, t)] = actors.as_slice() else {
            break;
        };
        out.push(Piece {
            words,
            time,
            actor: *actor,
            at: (s, *t),
        });
        from = usize::from(time.last) + 1;
        if from >= doc.sentences()[s].tokens.len() {
            break;
        }
    }
    let same = out
        .windows(2)
        .all(|p| dating::grain(&p[0].time.meaning) == dating::grain(&p[1].time.meaning));
    (out.len() > 1 && same).then_some(out)
}
