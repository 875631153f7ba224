//! How two actors are linked through shared events: the chains with fewest
//! events, in order of time where that is asked for. Pure.

use super::Filter;
use crate::graph::TieGraph;
use crate::model::Status;
use crate::resolve::Event;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// What chains are asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Which events may be part of a chain. Without statuses, those that
    /// occurred.
    pub filter: Filter,
    /// Whether no event may lie before the one before it. Events without a date
    /// are then left out.
    pub in_time_order: bool,
    /// The most events of a chain.
    pub max_hops: usize,
    /// The most chains.
    pub chains: usize,
}

/// One event of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Who leads into the event.
    pub from: usize,
    /// Who leads on.
    pub to: usize,
    /// The event that the two share: the one with most sources.
    pub event: usize,
    /// How many more events the two share that would do as well.
    pub more: usize,
    /// Whether the event is surely not before the one before it, and not only
    /// possibly; true for the first.
    pub surely_after: bool,
}

/// First and last day that an event may have taken place.
type Days = (NaiveDate, NaiveDate);

/// The events that count, with their days, and who takes part.
struct Usable<'g> {
    graph: &'g TieGraph<'g>,
    days: BTreeMap<usize, Days>,
}

impl Usable<'_> {
    /// The usable events of an actor.
    fn events(&self, actor: usize) -> impl Iterator<Item = (usize, Days)> + '_ {
        let events = self.graph.events_of(actor).into_iter();
        events.filter_map(|e| Some((e, *self.days.get(&e)?)))
    }

    /// Everyone else in an event.
    fn others(&self, event: usize, actor: usize) -> BTreeSet<usize> {
        let all = self.graph.participants_of(event).map(|(a, _)| a);
        let known = self.graph.story.actors.len();
        all.filter(|a| *a != actor && *a < known).collect()
    }
}

/// The chains from one actor to another with the fewest events, best first;
/// none where there is none of at most `max_hops` events.
///
/// A chain is in order of time when days can be chosen, one inside each event's
/// bounds, that never go back.
pub fn chains(graph: &TieGraph<'_>, from: usize, to: usize, asked: &Asked) -> Vec<Vec<Step>> {
    let actors = graph.story.actors.len();
    if from == to || from >= actors || to >= actors {
        return Vec::new();
    }
    let usable = usable(graph, asked);
    // For each number of events still to come, by actor: the latest day on which
    // one may stand there and yet reach the end.
    let mut layers = vec![BTreeMap::from([(to, NaiveDate::MAX)])];
    while layers.len() <= asked.max_hops {
        let next = layer_before(&usable, layers.last().unwrap_or(&BTreeMap::new()));
        if next.is_empty() {
            return Vec::new();
        }
        let found = next.contains_key(&from);
        layers.push(next);
        if found {
            let mut out = Vec::new();
            let mut chain = Vec::new();
            follow(
                &usable,
                &layers,
                from,
                NaiveDate::MIN,
                asked.chains,
                &mut chain,
                &mut out,
            );
            return out;
        }
    }
    Vec::new()
}

fn usable<'g>(graph: &'g TieGraph<'g>, asked: &Asked) -> Usable<'g> {
    let mut filter = asked.filter.clone();
    if filter.statuses.is_empty() {
        filter.statuses = vec![Status::Occurred];
    }
    let events = graph.story.events.iter().enumerate();
    let days = events
        .filter(|(_, e)| filter.passes(e))
        .filter_map(|(i, e)| Some((i, days(e, asked.in_time_order)?)))
        .collect();
    Usable { graph, days }
}

/// An event's bounds; every day where time does not count.
fn days(event: &Event, in_time_order: bool) -> Option<Days> {
    let always = (NaiveDate::MIN, NaiveDate::MAX);
    if !in_time_order {
        return Some(always);
    }
    let date = event.date.as_ref()?;
    let (first, last) = (date.edtf.earliest(), date.edtf.latest());
    (first.is_some() || last.is_some())
        .then(|| (first.unwrap_or(always.0), last.unwrap_or(always.1)))
}

/// From where one event leads into a layer, and until when.
fn layer_before(
    usable: &Usable<'_>,
    layer: &BTreeMap<usize, NaiveDate>,
) -> BTreeMap<usize, NaiveDate> {
    // The latest day on which each event may be entered: by its best way out.
    let mut enter: BTreeMap<usize, Vec<(usize, NaiveDate)>> = BTreeMap::new();
    for (actor, latest) in layer {
        for (event, (first, last)) in usable.events(*actor) {
            if first <= *latest {
                let day = last.min(*latest);
                enter.entry(event).or_default().push((*actor, day));
            }
        }
    }
    let mut before: BTreeMap<usize, NaiveDate> = BTreeMap::new();
    for (event, mut ways) in enter {
        // Only the two best ways out matter: nobody goes out as who came in.
        ways.sort_by_key(|(actor, day)| (std::cmp::Reverse(*day), *actor));
        for (actor, _) in usable.graph.participants_of(event) {
            if let Some((_, day)) = ways.iter().find(|(out, _)| *out != actor) {
                let latest = before.entry(actor).or_insert(*day);
                *latest = (*latest).max(*day);
            }
        }
    }
    before
}

/// Collects chains from an actor on whom one stands since `since`; the layers
/// say which steps lead to the end, so that no step is taken in vain.
fn follow(
    usable: &Usable<'_>,
    layers: &[BTreeMap<usize, NaiveDate>],
    actor: usize,
    since: NaiveDate,
    most: usize,
    chain: &mut Vec<Step>,
    out: &mut Vec<Vec<Step>>,
) {
    let to_come = layers.len() - 1 - chain.len();
    if to_come == 0 {
        out.push(chain.clone());
        return;
    }
    let after = &layers[to_come - 1];
    let mut shared: BTreeMap<usize, Vec<(usize, NaiveDate)>> = BTreeMap::new();
    for (event, (first, last)) in usable.events(actor) {
        let day = since.max(first);
        if last < since {
            continue;
        }
        for other in usable.others(event, actor) {
            if after.get(&other).is_some_and(|latest| day <= *latest) {
                shared.entry(other).or_default().push((event, day));
            }
        }
    }
    let sources = |event: &usize| usable.graph.story.events[*event].sources;
    let mut ways: Vec<(usize, Vec<(usize, NaiveDate)>)> = shared.into_iter().collect();
    for (_, events) in &mut ways {
        events.sort_by_key(|(event, _)| (u32::MAX - sources(event), *event));
    }
    // Well attested ties come first.
    ways.sort_by_key(|(other, events)| (u32::MAX - sources(&events[0].0), *other));
    for (other, events) in ways {
        if out.len() >= most {
            return;
        }
        let (event, day) = events[0];
        let bounds = |event: usize| days(&usable.graph.story.events[event], true);
        let previous = chain.last().map(|step| bounds(step.event));
        let own = bounds(event);
        chain.push(Step {
            from: actor,
            to: other,
            event,
            more: events.len() - 1,
            surely_after: previous.is_none_or(|before| {
                before
                    .zip(own)
                    .is_some_and(|(before, own)| own.0 >= before.1)
            }),
        });
        follow(usable, layers, other, day, most, chain, out);
        chain.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::tests::{event, person};
    use crate::resolve::Story;

    /// Who is linked to whom, as `0 -1-> 3`: event 1 leads from 0 to 3.
    fn check(events: &[(&str, &[usize])], time: bool, max_hops: usize) -> Vec<String> {
        let story = Story {
            actors: ["Anna", "Ben", "Cleo", "Dora", "Emil"]
                .map(|name| person(name, &[]))
                .to_vec(),
            events: events
                .iter()
                .enumerate()
                .map(|(n, (date, who))| event("meet", date, Status::Occurred, who, n as u32 + 1))
                .collect(),
            ..Story::default()
        };
        let graph = TieGraph::new(&story);
        let asked = Asked {
            filter: Filter::default(),
            in_time_order: time,
            max_hops,
            chains: 3,
        };
        chains(&graph, 0, 3, &asked)
            .iter()
            .map(|chain| {
                let steps = chain.iter().map(|s| {
                    let doubt = if s.surely_after { "" } else { "?" };
                    format!("-{}{doubt}-> {}", s.event, s.to)
                });
                format!("0 {}", steps.collect::<Vec<_>>().join(" "))
            })
            .collect()
    }

    #[test]
    fn the_shortest_chains_best_attested_first() {
        let events: &[(&str, &[usize])] = &[
            ("2015", &[0, 1]),
            ("2016", &[1, 3]),
            ("2017", &[0, 2]),
            ("2018", &[2, 3]),
            ("2019", &[3, 4]),
        ];
        assert_eq!(
            check(events, false, 6),
            ["0 -2-> 2 -3-> 3", "0 -0-> 1 -1-> 3"]
        );
        assert!(check(events, false, 1).is_empty());
    }

    #[test]
    fn time_does_not_go_back() {
        let back: &[(&str, &[usize])] = &[("2016", &[0, 1]), ("2015", &[1, 3])];
        assert_eq!(check(back, false, 6), ["0 -0-> 1 -1?-> 3"]);
        assert!(check(back, true, 6).is_empty());
        // A year may end after a day in it, and a longer way may be in order.
        let open: &[(&str, &[usize])] = &[("2016-05-01", &[0, 1]), ("2016", &[1, 3])];
        assert_eq!(check(open, true, 6), ["0 -0-> 1 -1?-> 3"]);
        let longer: &[(&str, &[usize])] = &[
            ("2016", &[0, 1]),
            ("2015", &[1, 3]),
            ("2017", &[1, 2]),
            ("2018", &[2, 3]),
        ];
        assert_eq!(check(longer, true, 6), ["0 -0-> 1 -2-> 2 -3-> 3"]);
        // Three years that fit in pairs, but not all together.
        let wide: &[(&str, &[usize])] =
            &[("2017", &[0, 1]), ("2010/2020", &[1, 2]), ("2016", &[2, 3])];
        assert!(check(wide, true, 6).is_empty());
        assert!(check(&[("", &[0, 3])], true, 6).is_empty());
    }

    #[test]
    fn what_did_not_happen_links_nobody() {
        let mut story = crate::query::tests::sample();
        for event in &mut story.events {
            event.status = Status::Denied;
        }
        let graph = TieGraph::new(&story);
        let asked = Asked {
            filter: Filter::default(),
            in_time_order: false,
            max_hops: 6,
            chains: 3,
        };
        assert!(chains(&graph, 0, 1, &asked).is_empty());
        assert!(chains(&graph, 0, 0, &asked).is_empty());
        assert!(chains(&graph, 0, 99, &asked).is_empty());
    }
}
