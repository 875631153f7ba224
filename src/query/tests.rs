//! Questions to a small story.

use super::*;
use crate::extract::{Quote, Trigger};
use crate::model::{ActorKind, DateBasis};
use crate::resolve::{Actor, EventDate, Evidence, Participant, Story, Tie};
use crate::time::Edtf;

pub(super) fn person(name: &str, aliases: &[&str]) -> Actor {
    Actor {
        id: crate::text::slug(name),
        name: name.to_owned(),
        kind: ActorKind::Person,
        aliases: aliases.iter().map(|a| (*a).to_owned()).collect(),
        roles: Vec::new(),
        country: None,
        mentions: Vec::new(),
        merges: Vec::new(),
    }
}

pub(super) fn event(kind: &str, edtf: &str, status: Status, who: &[usize], sources: u32) -> Event {
    let quote = Quote {
        start: 0,
        end: 1,
        text: "x".to_owned(),
    };
    Event {
        id: format!("e{kind}{edtf}"),
        kind: kind.to_owned(),
        title: kind.to_owned(),
        status,
        date: Edtf::parse(edtf).map(|edtf| EventDate {
            edtf,
            basis: DateBasis::Stated,
            words: None,
            inferred: false,
        }),
        place: None,
        apart: Vec::new(),
        participants: who
            .iter()
            .map(|actor| Participant {
                actor: *actor,
                role: "participant".to_owned(),
            })
            .collect(),
        evidence: vec![Evidence {
            document: 0,
            quote,
            trigger: Trigger {
                start: 0,
                end: 1,
                text: "x".to_owned(),
                lemma: "x".to_owned(),
            },
            attributed_to: None,
        }],
        sources,
        confidence: 1.0,
        disagreements: Vec::new(),
    }
}

/// Ana Marquez (0) meets José Ortega (1) in 2015 and, with Ortega's daughter
/// Lucía (2), will meet him again.
pub(crate) fn sample() -> Story {
    Story {
        actors: vec![
            person("Ana Marquez", &["Marquez"]),
            person("José Ortega", &["Ortega"]),
            person("Lucía Ortega", &[]),
            person("Bo Lindqvist", &["Minister Bo"]),
        ],
        events: vec![
            event("meet", "2015-03", Status::Occurred, &[0, 1], 2),
            event("announce", "2016", Status::Occurred, &[1, 3], 1),
            event("meet", "2017-06-26", Status::Planned, &[0, 1, 2], 1),
            event("other", "", Status::Occurred, &[3], 1),
        ],
        ties: vec![Tie {
            source: 0,
            target: 1,
            kind: "meet".to_owned(),
            event: Some(0),
            role: None,
        }],
        ..Story::default()
    }
}

#[track_caller]
fn check(name: &str, expected: Match) {
    let story = sample();
    assert_eq!(actor(&TieGraph::new(&story), name), expected, "{name}");
}

#[test]
fn names_are_found() {
    check("ana marquez", Match::One(0));
    check("MARQUEZ", Match::One(0));
    check("jose ortega", Match::One(1));
    // Ortega is an alias of the father, which beats the daughter's surname.
    check("Ortega", Match::One(1));
    check("Lucia", Match::One(2));
    check("President Ana Marquez", Match::One(0));
    check("Foreign Minister Lindqvist", Match::One(3));
    check("lucia-ortega", Match::One(2));
    check("Marques", Match::None(vec![0]));
    check("Zzz", Match::None(vec![]));
    check("—", Match::None(vec![]));
    check("", Match::None(vec![]));
}

#[test]
fn several_come_by_events() {
    let mut story = sample();
    story.actors[1].aliases.clear();
    let graph = TieGraph::new(&story);
    assert_eq!(actor(&graph, "Ortega"), Match::Several(vec![1, 2]));
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

#[test]
fn filters() {
    let story = sample();
    let graph = TieGraph::new(&story);
    let ask = |filter: Filter| timeline(&graph, &filter);
    assert_eq!(ask(Filter::default()), [0, 1, 2]);
    let all = Filter {
        all: true,
        ..Filter::default()
    };
    assert_eq!(ask(all.clone()), [0, 1, 2, 3]);
    let since = day("2015-03-31");
    assert_eq!(
        ask(Filter {
            since,
            ..all.clone()
        }),
        [0, 1, 2]
    );
    let since = day("2015-04-01");
    assert_eq!(
        ask(Filter {
            since,
            until: day("2016-01-01"),
            ..all.clone()
        }),
        [1]
    );
    assert_eq!(
        ask(Filter {
            actors: vec![0, 2],
            ..Filter::default()
        }),
        [2]
    );
    assert_eq!(
        ask(Filter {
            kinds: vec!["other".to_owned()],
            ..Filter::default()
        }),
        [3]
    );
    assert_eq!(
        ask(Filter {
            min_sources: 2,
            ..all.clone()
        }),
        [0]
    );
    assert_eq!(
        ask(Filter {
            statuses: vec![Status::Planned],
            ..all
        }),
        [2]
    );
}

#[test]
fn meetings() {
    let story = sample();
    let graph = TieGraph::new(&story);
    let of = |who, with, statuses: &[Status]| {
        let filter = Filter {
            statuses: statuses.to_vec(),
            ..Filter::default()
        };
        met(&graph, who, with, &filter)
            .into_iter()
            .map(|m| (m.event, m.others))
            .collect::<Vec<_>>()
    };
    assert_eq!(of(0, None, &[]), [(0, vec![1])]);
    assert_eq!(
        of(0, None, &[Status::Occurred, Status::Planned]),
        [(0, vec![1]), (2, vec![1, 2])]
    );
    assert_eq!(of(0, Some(2), &[Status::Planned]), [(2, vec![1, 2])]);
    assert_eq!(of(0, Some(3), &[]), []);
}

#[test]
fn neighbourhoods() {
    let story = sample();
    let graph = TieGraph::new(&story);
    assert_eq!(around(&graph, 0, 0), (vec![0], vec![]));
    assert_eq!(around(&graph, 0, 1), (vec![0, 1, 2], vec![0, 2]));
    assert_eq!(around(&graph, 0, 9), (vec![0, 1, 2, 3], vec![0, 1, 2, 3]));
    assert_eq!(around(&graph, 99, 1), (vec![], vec![]));
}

#[test]
fn who_has_two_roles_is_met_once() {
    let mut meeting = event("meet", "2017-05-01", Status::Occurred, &[0, 1, 1], 1);
    meeting.participants[2].role = "host".to_owned();
    let mut about = event("meet", "2017-05-02", Status::Occurred, &[0, 1, 1], 1);
    about.participants[1].role = "topic".to_owned();
    let story = Story {
        actors: vec![person("Ana Ruiz", &[]), person("Luis Vega", &[])],
        events: vec![meeting, about],
        ..Story::default()
    };
    let graph = TieGraph::new(&story);
    for (who, other) in [(0, 1), (1, 0)] {
        let found = met(&graph, who, None, &Filter::default());
        let others: Vec<Vec<usize>> = found.into_iter().map(|m| m.others).collect();
        assert_eq!(others, [vec![other], vec![other]]);
    }
}

#[test]
fn those_on_one_side_have_not_met_each_other() {
    let mut meeting = event("meet", "2017-05-01", Status::Occurred, &[0, 1, 2], 1);
    meeting.apart = vec![(1, 2)];
    let mut visit = event("visit", "2017-05-02", Status::Occurred, &[0, 1, 3], 1);
    visit.participants[0].role = "visitor".to_owned();
    visit.participants[1].role = "visitor".to_owned();
    visit.participants[2].role = "host".to_owned();
    let mut oslo = person("Oslo", &[]);
    oslo.kind = ActorKind::Place;
    let mut trip = event("visit", "2017-05-03", Status::Occurred, &[0, 4], 1);
    trip.participants[0].role = "visitor".to_owned();
    trip.participants[1].role = "host".to_owned();
    let story = Story {
        actors: vec![
            person("Ana Ruiz", &[]),
            person("Luis Vega", &[]),
            person("Per Dahl", &[]),
            person("Omar Haddad", &[]),
            oslo,
        ],
        events: vec![meeting, visit, trip],
        ..Story::default()
    };
    let graph = TieGraph::new(&story);
    let others = |who: usize| -> Vec<Vec<usize>> {
        let found = met(&graph, who, None, &Filter::default());
        found.into_iter().map(|m| m.others).collect()
    };
    assert_eq!(others(0), [vec![1, 2], vec![3]]);
    assert_eq!(others(1), [vec![0], vec![3]]);
    assert_eq!(others(2), [vec![0]]);
    assert_eq!(others(3), [vec![0, 1]]);
    assert!(others(4).is_empty());
}
