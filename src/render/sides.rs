//! Which actors share a colour, and what the colour is called. At most three
//! groups have one, everyone else is grey; a group's short mark stands in the
//! corner of its boxes, so that the colour is never the only sign. Pure.

use super::looks::Side;
use super::plain;
use crate::graph::communities;
use crate::model::ActorKind;
use crate::ontology::countries;
use crate::resolve::Story;
use std::collections::BTreeMap;

/// What a colour stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorBy {
    /// The country that an actor belongs to.
    #[default]
    Country,
    /// People, organisations, states.
    Kind,
    /// Actors that share events more with each other than with others.
    Community,
}

const COLORS: [Side; 3] = [Side::Blue, Side::Orange, Side::Green];

/// The colours of a picture.
#[derive(Debug, Clone, Default)]
pub(super) struct Sides {
    by: ColorBy,
    /// The groups with a colour, most connected first.
    groups: Vec<Group>,
    /// The group of each actor of the story.
    of: Vec<Option<usize>>,
}

#[derive(Debug, Clone)]
struct Group {
    /// The country's name, "people", "around Anna Lindqvist".
    name: String,
    /// The sign in the corner of its boxes; none where the shape says it.
    mark: Option<String>,
}

impl Sides {
    /// The colours for the chosen events.
    pub(super) fn new(story: &Story, chosen: &[usize], by: ColorBy) -> Sides {
        let mut roles = vec![0_u32; story.actors.len()];
        for participant in chosen.iter().flat_map(|i| &story.events[*i].participants) {
            if let Some(count) = roles.get_mut(participant.actor) {
                *count += 1;
            }
        }
        match by {
            ColorBy::Country => by_country(story, &roles),
            ColorBy::Kind => by_kind(story),
            ColorBy::Community => by_community(story, chosen, &roles),
        }
    }

    /// The colour of an actor.
    pub(super) fn side(&self, actor: usize) -> Side {
        self.group(actor).map_or(Side::Grey, |g| COLORS[g])
    }

    /// The sign in the corner of an actor's box. A country is its own sign.
    pub(super) fn mark(&self, actor: usize, is_country: bool) -> Option<&str> {
        if is_country && self.by == ColorBy::Country {
            return None;
        }
        self.groups.get(self.group(actor)?)?.mark.as_deref()
    }

    fn group(&self, actor: usize) -> Option<usize> {
        self.of.get(actor).copied().flatten()
    }

    /// The countries with a colour, most connected first.
    pub(super) fn countries(&self) -> impl Iterator<Item = &str> {
        let are = self.by == ColorBy::Country;
        self.groups
            .iter()
            .filter(move |_| are)
            .map(|g| g.name.as_str())
    }

    /// The legend's sentences for the colours that are used.
    pub(super) fn legend(&self, used: impl Fn(Side) -> bool) -> Vec<String> {
        let mut out: Vec<String> = self
            .groups
            .iter()
            .zip(COLORS)
            .filter(|(_, side)| used(*side))
            .map(|(group, side)| {
                let color = super::capital(side.as_str());
                match &group.mark {
                    Some(mark) => format!("{color}, {mark}: {}.", plain(&group.name)),
                    None => format!("{color}: {}.", plain(&group.name)),
                }
            })
            .collect();
        if used(Side::Grey) && !out.is_empty() {
            out.push("Grey: others.".to_owned());
        }
        out
    }
}

/// The country that an actor belongs to; a country belongs to itself.
fn country(story: &Story, actor: usize) -> Option<&str> {
    let actor = story.actors.get(actor)?;
    let itself = (actor.kind == ActorKind::Country).then_some(actor.name.as_str());
    actor.country.as_deref().or(itself)
}

/// The largest of the groups: sizes by name or number, most roles first, the
/// smaller key of equals.
fn largest<K: Ord + Copy>(sizes: BTreeMap<K, u32>) -> Vec<K> {
    let mut ranked: Vec<(K, u32)> = sizes.into_iter().collect();
    ranked.sort_by_key(|(_, count)| u32::MAX - count);
    ranked.truncate(COLORS.len());
    ranked.into_iter().map(|(key, _)| key).collect()
}

fn by_country(story: &Story, roles: &[u32]) -> Sides {
    let mut sizes: BTreeMap<&str, u32> = BTreeMap::new();
    for (actor, count) in roles.iter().enumerate().filter(|(_, c)| **c > 0) {
        if let Some(country) = country(story, actor) {
            *sizes.entry(country).or_default() += count;
        }
    }
    let ranked = largest(sizes);
    let of = (0..story.actors.len())
        .map(|a| country(story, a).and_then(|c| ranked.iter().position(|r| *r == c)))
        .collect();
    let groups = ranked
        .iter()
        .map(|name| Group {
            name: (*name).to_owned(),
            mark: Some(code(name)),
        })
        .collect();
    Sides {
        by: ColorBy::Country,
        groups,
        of,
    }
}

/// The country's three letters; the first three of a name that no list has.
fn code(name: &str) -> String {
    match countries::by_name(name) {
        Some(country) => country.code.to_owned(),
        None => plain(name)
            .chars()
            .take(3)
            .collect::<String>()
            .to_uppercase(),
    }
}

fn by_kind(story: &Story) -> Sides {
    let of = story
        .actors
        .iter()
        .map(|a| match a.kind {
            ActorKind::Person => Some(0),
            ActorKind::Organization | ActorKind::Group => Some(1),
            ActorKind::Country => Some(2),
            _ => None,
        })
        .collect();
    let groups = ["people", "organisations and groups", "states"]
        .map(|name| Group {
            name: name.to_owned(),
            mark: None,
        })
        .to_vec();
    Sides {
        by: ColorBy::Kind,
        groups,
        of,
    }
}

fn by_community(story: &Story, chosen: &[usize], roles: &[u32]) -> Sides {
    let of = of_community(story, chosen);
    let mut sizes: BTreeMap<usize, u32> = BTreeMap::new();
    let mut busiest: BTreeMap<usize, usize> = BTreeMap::new();
    for (actor, community) in of.iter().enumerate().filter(|(a, _)| roles[*a] > 0) {
        *sizes.entry(*community).or_default() += roles[actor];
        let first = busiest.entry(*community).or_insert(actor);
        if roles[actor] > roles[*first] {
            *first = actor;
        }
    }
    let ranked = largest(sizes);
    let groups = ranked
        .iter()
        .zip(["A", "B", "C"])
        .map(|(community, mark)| Group {
            name: format!("around {}", plain(&story.actors[busiest[community]].name)),
            mark: Some(mark.to_owned()),
        })
        .collect();
    Sides {
        by: ColorBy::Community,
        groups,
        of: of
            .into_iter()
            .map(|c| ranked.iter().position(|r| *r == c))
            .collect(),
    }
}

/// The community of every actor in the chosen events.
pub(super) fn of_community(story: &Story, chosen: &[usize]) -> Vec<usize> {
    let events = chosen.iter().map(|i| {
        let participants = &story.events[*i].participants;
        participants.iter().map(|p| p.actor).collect::<Vec<_>>()
    });
    communities::communities(&communities::projection(story.actors.len(), events))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    fn check(by: ColorBy) -> (Vec<String>, BTreeMap<&'static str, usize>) {
        let story = sample::story();
        let chosen: Vec<usize> = (0..story.events.len()).collect();
        let sides = Sides::new(&story, &chosen, by);
        let mut counts = BTreeMap::new();
        for actor in 0..story.actors.len() {
            *counts.entry(sides.side(actor).as_str()).or_insert(0) += 1;
        }
        (sides.legend(|_| true), counts)
    }

    #[test]
    fn every_color_has_a_name_and_a_sign() {
        for by in [ColorBy::Country, ColorBy::Kind, ColorBy::Community] {
            let (legend, counts) = check(by);
            assert!(legend.len() <= 4 && counts.len() <= 4, "{legend:?}");
            assert_eq!(legend.last().map(String::as_str), Some("Grey: others."));
        }
        assert!(check(ColorBy::Country).0[0].contains(", "));
        assert_eq!(check(ColorBy::Kind).0[0], "Blue: people.");
        assert!(check(ColorBy::Community).0[0].starts_with("Blue, A: around "));
    }
}
