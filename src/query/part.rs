//! A part of a story, as a story. Pure.

use crate::resolve::{Event, Story, Tie};
use std::collections::{BTreeMap, BTreeSet};

/// The story of some events alone: they, who takes part in them, who tells of
/// them, where they were, what those hold roles in, and the ties between them.
/// All articles stay, because they were read. Events that the story does not
/// have are left out. Linear in the story.
pub fn part(story: &Story, events: &[usize]) -> Story {
    let chosen: BTreeSet<usize> = events.iter().copied().collect();
    let kept = || chosen.iter().filter_map(|e| story.events.get(*e));
    let mut actors: BTreeSet<usize> = BTreeSet::new();
    for event in kept() {
        actors.extend(event.participants.iter().map(|p| p.actor));
        actors.extend(event.place);
        actors.extend(event.evidence.iter().filter_map(|e| e.attributed_to));
    }
    let of = |a: &usize| story.actors.get(*a).map_or(&[][..], |a| &a.roles);
    let holders: Vec<usize> = actors.iter().flat_map(of).filter_map(|r| r.of).collect();
    actors.extend(holders);
    actors.retain(|a| *a < story.actors.len());
    let actor_at = places(&actors);
    let event_at = places(&chosen);
    let moved = |actor: usize| actor_at.get(&actor).copied();
    Story {
        documents: story.documents.clone(),
        actors: actors
            .iter()
            .map(|a| {
                let mut actor = story.actors[*a].clone();
                for role in &mut actor.roles {
                    role.of = role.of.and_then(moved);
                }
                actor
            })
            .collect(),
        events: kept().map(|event| renumbered(event, moved)).collect(),
        ties: story
            .ties
            .iter()
            .filter_map(|tie| {
                Some(Tie {
                    source: moved(tie.source)?,
                    target: moved(tie.target)?,
                    event: match tie.event {
                        Some(event) => Some(*event_at.get(&event)?),
                        None => None,
                    },
                    ..tie.clone()
                })
            })
            .collect(),
        types: story.types.clone(),
        curated: story.curated.clone(),
    }
}

/// The new index of each old one.
fn places(kept: &BTreeSet<usize>) -> BTreeMap<usize, usize> {
    kept.iter()
        .enumerate()
        .map(|(new, old)| (*old, new))
        .collect()
}

fn renumbered(event: &Event, moved: impl Fn(usize) -> Option<usize>) -> Event {
    let mut event = event.clone();
    event.participants.retain_mut(|p| match moved(p.actor) {
        Some(actor) => {
            p.actor = actor;
            true
        }
        None => false,
    });
    event.place = event.place.and_then(&moved);
    event.apart = event
        .apart
        .iter()
        .filter_map(|(a, b)| Some((moved(*a)?, moved(*b)?)))
        .collect();
    for evidence in &mut event.evidence {
        evidence.attributed_to = evidence.attributed_to.and_then(&moved);
    }
    event
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::tests::sample;

    #[test]
    fn a_part_says_of_its_events_what_the_whole_says() {
        let story = sample();
        let chosen = [0, 2, 999];
        let part = part(&story, &chosen);
        assert_eq!(part.events.len(), 2);
        assert!(part.actors.len() < story.actors.len());
        let names = |story: &Story, event: &Event| -> Vec<String> {
            let who = event.participants.iter();
            who.map(|p| story.actors[p.actor].name.clone()).collect()
        };
        for (old, new) in [(0, 0), (2, 1)] {
            let (old, new) = (&story.events[old], &part.events[new]);
            assert_eq!(old.id, new.id);
            assert_eq!(names(&story, old), names(&part, new));
        }
        for tie in &part.ties {
            assert!(tie.event.is_none_or(|e| e < part.events.len()));
        }
    }

    #[test]
    fn the_whole_is_a_part() {
        let story = crate::render::sample::story();
        let all: Vec<usize> = (0..story.events.len()).collect();
        assert_eq!(part(&story, &all).events.len(), story.events.len());
        assert_eq!(
            part(&story, &[]),
            Story {
                documents: story.documents.clone(),
                ..Story::default()
            }
        );
    }
}
