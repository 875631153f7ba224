//! How long the layouts take, for 150 and for 2,000 events: meetings of people
//! and organisations of four countries, some without a date.

// The macros of criterion make functions without comments.
#![allow(missing_docs)]

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use tieline::extract::{Quote, Trigger};
use tieline::model::{ActorKind, DateBasis, Status};
use tieline::render::ledger::Options;
use tieline::render::{actors, ledger, matrix};
use tieline::resolve::{Actor, Event, EventDate, Evidence, Participant, Story, Tie};
use tieline::time::Edtf;

fn story(events: usize) -> Story {
    let people = events / 3;
    let mut story = Story::default();
    for n in 0..people {
        let country = ["Norway", "Brazil", "Japan", "Chad"][n % 4];
        story.actors.push(Actor {
            id: format!("actor-{n}"),
            name: format!("Anna Lindqvist the {n}th"),
            kind: [ActorKind::Person, ActorKind::Organization][n % 2],
            aliases: Vec::new(),
            roles: Vec::new(),
            country: Some(country.to_owned()),
            mentions: Vec::new(),
            merges: Vec::new(),
        });
    }
    for n in 0..events {
        // A few take part often, most seldom.
        let who = [n * 7 % people, n * n % people, n % 5, n * 3 % people];
        let mut who: Vec<usize> = who[..2 + n % 3].to_vec();
        who.sort_unstable();
        who.dedup();
        for (k, a) in who.iter().enumerate() {
            story.ties.extend(who[k + 1..].iter().map(|b| Tie {
                source: *a,
                target: *b,
                kind: "meet".to_owned(),
                event: Some(n),
                role: None,
            }));
        }
        let (year, month) = (1990 + n * 30 / events, 1 + n % 12);
        let date = (n * 5 < events * 4).then(|| format!("{year}-{month:02}"));
        story
            .events
            .push(event(n, who, date.and_then(|d| Edtf::parse(&d))));
    }
    story
}

fn event(n: usize, who: Vec<usize>, edtf: Option<Edtf>) -> Event {
    let sentence = "Anna Lindqvist met others of her name in the town hall.";
    Event {
        id: format!("e{n:010x}"),
        kind: "meet".to_owned(),
        title: "Lindqvist and others of her name meet in the old town hall".to_owned(),
        status: [Status::Occurred, Status::Planned][usize::from(n.is_multiple_of(9))],
        date: edtf.map(|edtf| EventDate {
            edtf,
            basis: DateBasis::Stated,
            words: None,
            inferred: false,
        }),
        place: None,
        participants: who
            .into_iter()
            .map(|actor| Participant {
                actor,
                role: "participant".to_owned(),
            })
            .collect(),
        apart: Vec::new(),
        evidence: vec![Evidence {
            document: 0,
            quote: Quote {
                start: 0,
                end: sentence.len() as u32,
                text: sentence.to_owned(),
            },
            trigger: Trigger {
                start: 15,
                end: 18,
                text: "met".to_owned(),
                lemma: "meet".to_owned(),
            },
            attributed_to: None,
        }],
        sources: 1 + n as u32 % 3,
        confidence: 0.9,
        disagreements: Vec::new(),
    }
}

fn layouts(c: &mut Criterion) {
    let mut group = c.benchmark_group("layout");
    group.sample_size(10);
    for events in [150, 2_000] {
        let story = story(events);
        let options = Options {
            max_events: Some(events),
            ..Options::default()
        };
        group.bench_with_input(BenchmarkId::new("ledger", events), &story, |b, story| {
            b.iter(|| ledger::layout(black_box(story), &options));
        });
        group.bench_with_input(BenchmarkId::new("actors", events), &story, |b, story| {
            b.iter(|| actors::layout(black_box(story), &options));
        });
        group.bench_with_input(BenchmarkId::new("matrix", events), &story, |b, story| {
            b.iter(|| matrix::layout(black_box(story), &options));
        });
    }
    group.finish();
}

criterion_group!(benches, layouts);
criterion_main!(benches);
