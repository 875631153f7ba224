//! An invented story for tests: six articles about a deep-sea cable, about
//! twenty actors, events of every status, with and without a date.

use crate::extract::{Quote, Trigger};
use crate::model::{ActorKind, DateBasis, PublicationBasis, Status};
use crate::resolve::{
    Actor, ActorMention, Disagreement, Document, Event, EventDate, Evidence, Participant,
    Published, Role, Story, Tie,
};
use crate::text::slug;
use crate::time::Edtf;

/// The sample.
pub(crate) fn story() -> Story {
    let mut s = Story {
        documents: documents(),
        ..Story::default()
    };
    for (name, kind, country, aliases) in ACTORS {
        s.actors.push(actor(name, kind, country, aliases));
    }
    for (who, title, of, documents) in OFFICES {
        let of = find(&s, of);
        let who = find(&s, who);
        s.actors[who].roles.push(Role {
            title: title.to_owned(),
            of: Some(of),
            documents: documents.to_vec(),
            quote: quote(40, "The office is named in this sentence."),
        });
    }
    for line in EVENTS {
        let event = event(&s, line, s.events.len());
        s.events.push(event);
    }
    s.events[9].disagreements.push(Disagreement {
        about: "date".to_owned(),
        sides: vec![
            ("2022-05-17".to_owned(), vec![2, 3, 4]),
            ("2022-05-18".to_owned(), vec![5]),
        ],
    });
    s.ties = ties(&s);
    s
}

/// A story of `events` meetings between `actors` people of three countries.
pub(crate) fn large(events: usize, actors: usize) -> Story {
    let mut s = Story {
        documents: documents(),
        ..Story::default()
    };
    let countries = ["Norway", "Brazil", "Japan", "Chad"];
    for i in 0..actors {
        let kind = if i % 3 == 0 {
            ActorKind::Organization
        } else {
            ActorKind::Person
        };
        s.actors.push(actor(
            &format!("Actor Number {i}"),
            kind,
            countries[i * 7 % 4],
            &[],
        ));
    }
    for i in 0..events {
        let day = format!("{}-{:02}-{:02}", 1990 + i / 100, 1 + i / 9 % 12, 1 + i % 28);
        let who: Vec<(String, &str)> = (0..2 + i % 3)
            .map(|k| {
                (
                    format!("Actor Number {}", (i * 31 + k * k * 17) % actors.max(1)),
                    "participant",
                )
            })
            .collect();
        let mut e = event(
            &s,
            (
                "meet",
                Some(&day),
                DateBasis::Stated,
                Status::Occurred,
                "Actors meet again",
                &[],
                &[0, 1],
            ),
            i,
        );
        e.participants = who
            .iter()
            .map(|(n, r)| Participant {
                actor: find(&s, n),
                role: (*r).to_owned(),
            })
            .collect();
        e.participants.dedup_by_key(|p| p.actor);
        s.events.push(e);
    }
    s.ties = ties(&s);
    s
}

fn documents() -> Vec<Document> {
    let line =
        |path: &str, title: &str, source: &str, edtf: Option<&str>, basis, why: &str| Document {
            number: 0,
            copy_of: None,
            id: format!("{}-{:04x}", slug(path), path.len()),
            path: path.to_owned(),
            title: Some(title.to_owned()),
            source: Some(source.to_owned()),
            url: None,
            published: Published {
                edtf: edtf.and_then(Edtf::parse),
                basis,
                why: why.to_owned(),
            },
            origins: Vec::new(),
        };
    use PublicationBasis::{Given, Inferred, None as Unknown, Printed};
    let mut all = vec![
        line(
            "01-cable.txt",
            "Norway and Brazil to lay Arctic cable",
            "The Harbour Post",
            Some("2022-05-18"),
            Given,
            "metadata.jsonl gives it",
        ),
        line(
            "02-talks.txt",
            "Cable talks in Tromsø end with handshake",
            "Nordlys Wire",
            Some("2022-05-17"),
            Printed,
            "the dateline prints May 17, 2022",
        ),
        line(
            "03-deal.txt",
            "Brisa Energia buys Nordvik Offshore in largest seabed deal so far",
            "Mercado Diário",
            Some("2022-05-19"),
            Printed,
            "the byline prints May 19, 2022",
        ),
        line(
            "04-forum.txt",
            "Seabed Forum opens",
            "Nordlys Wire",
            Some("2022-05-17"),
            Inferred,
            "another article dates the same forum",
        ),
        line(
            "05-summer.txt",
            "Ministers plan summer round",
            "The Harbour Post",
            Some("2022-05-20"),
            Given,
            "--date",
        ),
        line(
            "06-leak.txt",
            "Who cut the test line?",
            "Deep & Wide",
            None,
            Unknown,
            "the article prints no date",
        ),
    ];
    for (number, document) in all.iter_mut().enumerate() {
        document.number = number;
    }
    all
}

const ACTORS: [(&str, ActorKind, &str, &[&str]); 21] = [
    ("Ingrid Solheim", ActorKind::Person, "Norway", &["Solheim"]),
    ("Paulo Andrade", ActorKind::Person, "Brazil", &["Andrade"]),
    ("Walter Pruitt", ActorKind::Person, "United States", &[]),
    ("Mateus Leal", ActorKind::Person, "Brazil", &[]),
    ("Hana Castellan", ActorKind::Person, "", &[]),
    ("Sigrid Aas", ActorKind::Person, "Norway", &[]),
    ("Norway", ActorKind::Country, "Norway", &["Norwegian"]),
    ("Brazil", ActorKind::Country, "Brazil", &[]),
    (
        "United States",
        ActorKind::Country,
        "United States",
        &["US", "USA", "U.S."],
    ),
    ("Chad", ActorKind::Country, "Chad", &[]),
    (
        "Arctic Seabed Authority",
        ActorKind::Organization,
        "",
        &["ASA"],
    ),
    ("Nordvik Offshore", ActorKind::Organization, "Norway", &[]),
    ("Brisa Energia", ActorKind::Organization, "Brazil", &[]),
    (
        "University of Tromsø",
        ActorKind::Organization,
        "Norway",
        &[],
    ),
    (
        "Norwegian Coastal Administration",
        ActorKind::Organization,
        "Norway",
        &[],
    ),
    ("Cable Working Group", ActorKind::Group, "", &[]),
    ("Seabed Forum", ActorKind::Conference, "", &[]),
    (
        "Tromsø Declaration on Seabed Cables",
        ActorKind::Agreement,
        "",
        &[],
    ),
    ("DeepLine 2", ActorKind::Product, "Norway", &[]),
    ("Tromsø", ActorKind::Place, "Norway", &[]),
    ("Never Drawn", ActorKind::Person, "", &[]),
];

const OFFICES: [(&str, &str, &str, &[usize]); 5] = [
    ("Ingrid Solheim", "prime minister", "Norway", &[0, 1, 3]),
    ("Ingrid Solheim", "party leader", "Norway", &[2]),
    ("Paulo Andrade", "foreign minister", "Brazil", &[0]),
    (
        "Walter Pruitt",
        "trade representative",
        "United States",
        &[4],
    ),
    ("Mateus Leal", "chief executive", "Brisa Energia", &[2]),
];

type Line<'a> = (
    &'a str,
    Option<&'a str>,
    DateBasis,
    Status,
    &'a str,
    &'a [(&'a str, &'a str)],
    &'a [usize],
);

use DateBasis::{Borrowed, Publication, Relative, Stated};
use Status::{Denied, Occurred, Planned, Possible};

const EVENTS: [Line<'static>; 17] = [
    (
        "form",
        Some("1998"),
        Stated,
        Occurred,
        "Nordvik Offshore is founded",
        &[("Sigrid Aas", "founder"), ("Nordvik Offshore", "founded")],
        &[2],
    ),
    (
        "release",
        Some("2019~"),
        Stated,
        Occurred,
        "DeepLine 2 goes on sale",
        &[("Nordvik Offshore", "maker"), ("DeepLine 2", "released")],
        &[2],
    ),
    (
        "cooperate",
        Some("2021"),
        Relative,
        Occurred,
        "Tromsø researchers test cable repair with the coast guard",
        &[
            ("University of Tromsø", "participant"),
            ("Norwegian Coastal Administration", "participant"),
            ("Norway", "participant"),
        ],
        &[3],
    ),
    (
        "visit",
        Some("2022-04"),
        Relative,
        Occurred,
        "Andrade visits Norway",
        &[("Paulo Andrade", "visitor"), ("Norway", "host")],
        &[1],
    ),
    (
        "negotiate",
        Some("../2022-05-17"),
        Relative,
        Occurred,
        "Norway and Brazil negotiate over landing rights",
        &[
            ("Norway", "participant"),
            ("Brazil", "participant"),
            ("Cable Working Group", "participant"),
        ],
        &[1, 4],
    ),
    (
        "acquire",
        Some("2022-05-16/2022-05-19"),
        Relative,
        Occurred,
        "Brisa Energia buys Nordvik Offshore",
        &[
            ("Mateus Leal", "announcer"),
            ("Brisa Energia", "buyer"),
            ("Nordvik Offshore", "acquired"),
        ],
        &[2],
    ),
    (
        "conference",
        Some("2022-05-17"),
        Borrowed,
        Occurred,
        "Seabed Forum takes place",
        &[
            ("Seabed Forum", "participant"),
            ("University of Tromsø", "host"),
        ],
        &[3],
    ),
    (
        "speak",
        Some("2022-05-17"),
        Borrowed,
        Occurred,
        "Solheim speaks at the Seabed Forum",
        &[("Ingrid Solheim", "speaker"), ("Seabed Forum", "occasion")],
        &[1, 3],
    ),
    (
        "meet",
        Some("2022-05-17"),
        Stated,
        Occurred,
        "Ingrid Solheim meets Paulo Andrade and Hana Castellan",
        &[
            ("Ingrid Solheim", "participant"),
            ("Paulo Andrade", "participant"),
            ("Hana Castellan", "participant"),
        ],
        &[1],
    ),
    (
        "announce",
        Some("2022-05-17"),
        Stated,
        Occurred,
        "Norway and Brazil announce the Arctic cable",
        &[
            ("Ingrid Solheim", "announcer"),
            ("Norway", "participant"),
            ("Brazil", "participant"),
        ],
        &[0, 1, 2, 3, 4, 5],
    ),
    (
        "sign",
        Some("2022-05-18"),
        Publication,
        Occurred,
        "Ministers sign the Tromsø Declaration on Seabed Cables",
        &[
            ("Paulo Andrade", "signatory"),
            ("Norway", "signatory"),
            ("Brazil", "signatory"),
            ("Tromsø Declaration on Seabed Cables", "agreement"),
        ],
        &[0],
    ),
    (
        "accuse",
        Some("2022-05-19"),
        Publication,
        Occurred,
        "Pruitt accuses the authority of delay",
        &[
            ("Walter Pruitt", "accuser"),
            ("Arctic Seabed Authority", "accused"),
        ],
        &[4],
    ),
    (
        "visit",
        Some("2022-06-06/2022-06-12"),
        Relative,
        Planned,
        "Pruitt to visit Tromsø",
        &[
            ("Walter Pruitt", "visitor"),
            ("Norway", "host"),
            ("United States", "sender"),
        ],
        &[4],
    ),
    (
        "meet",
        Some("2022-07"),
        Relative,
        Planned,
        "Cable Working Group to hold first meeting",
        &[
            ("Cable Working Group", "participant"),
            ("Norway", "participant"),
            ("Brazil", "participant"),
            ("United States", "participant"),
            ("Arctic Seabed Authority", "host"),
        ],
        &[0, 4],
    ),
    (
        "agree",
        Some("2022-09"),
        Relative,
        Possible,
        "Chad may join the cable",
        &[("Chad", "participant")],
        &[4],
    ),
    (
        "attack",
        None,
        Stated,
        Possible,
        "Unknown divers cut the test line",
        &[("DeepLine 2", "target"), ("Chad", "attacker")],
        &[5],
    ),
    (
        "meet",
        None,
        Stated,
        Denied,
        "Solheim did not meet Leal",
        &[
            ("Ingrid Solheim", "participant"),
            ("Mateus Leal", "participant"),
        ],
        &[5],
    ),
];

fn actor(name: &str, kind: ActorKind, country: &str, aliases: &[&str]) -> Actor {
    Actor {
        id: slug(name),
        name: name.to_owned(),
        kind,
        aliases: aliases.iter().map(|a| (*a).to_owned()).collect(),
        roles: Vec::new(),
        country: (!country.is_empty()).then(|| country.to_owned()),
        mentions: vec![ActorMention {
            document: 0,
            start: 3,
            end: 3 + name.chars().count() as u32,
            text: name.to_owned(),
        }],
        merges: Vec::new(),
    }
}

fn find(story: &Story, name: &str) -> usize {
    story
        .actors
        .iter()
        .position(|a| a.name == name)
        .expect("an actor of the sample")
}

fn quote(start: u32, text: &str) -> Quote {
    Quote {
        start,
        end: start + text.chars().count() as u32,
        text: text.to_owned(),
    }
}

fn event(story: &Story, line: Line<'_>, number: usize) -> Event {
    let (kind, edtf, basis, status, title, who, documents) = line;
    let evidence: Vec<Evidence> = documents
        .iter()
        .map(|d| {
            let text = format!("“{title}”, says article {} & adds <detail>.", d + 1);
            Evidence {
                document: *d,
                quote: quote(100 + 10 * number as u32, &text),
                trigger: Trigger {
                    start: 101,
                    end: 105,
                    text: "word".to_owned(),
                    lemma: "word".to_owned(),
                },
                attributed_to: None,
            }
        })
        .collect();
    Event {
        id: format!("{kind}-{number:04}"),
        kind: kind.to_owned(),
        title: title.to_owned(),
        status,
        date: edtf.and_then(Edtf::parse).map(|edtf| EventDate {
            edtf,
            basis,
            words: (basis == Relative).then(|| "next week".to_owned()),
            inferred: false,
        }),
        place: (number % 5 == 2)
            .then(|| story.actors.iter().position(|a| a.name == "Tromsø"))
            .flatten(),
        apart: Vec::new(),
        participants: who
            .iter()
            .map(|(n, role)| Participant {
                actor: find(story, n),
                role: (*role).to_owned(),
            })
            .collect(),
        sources: evidence.len() as u32,
        evidence,
        confidence: 0.875,
        disagreements: Vec::new(),
    }
}

fn ties(story: &Story) -> Vec<Tie> {
    let mut ties = Vec::new();
    for (i, event) in story.events.iter().enumerate() {
        for (k, a) in event.participants.iter().enumerate() {
            for b in &event.participants[k + 1..] {
                ties.push(Tie {
                    source: a.actor,
                    target: b.actor,
                    kind: event.kind.clone(),
                    event: Some(i),
                    role: None,
                });
            }
        }
    }
    ties
}

/// The sample with `words` in every place that comes from an article.
pub(crate) fn with_text(words: &str) -> Story {
    let mut s = story();
    for document in &mut s.documents {
        document.title = Some(words.to_owned());
        document.source = Some(words.to_owned());
        document.published.why = words.to_owned();
    }
    for actor in &mut s.actors {
        actor.name = words.to_owned();
        actor.id = format!("{words}-{}", actor.id);
        actor.aliases = vec![words.to_owned()];
        for role in &mut actor.roles {
            role.title = words.to_owned();
        }
    }
    for event in &mut s.events {
        event.title = words.to_owned();
        event.id = format!("{words}-{}", event.id);
        for participant in &mut event.participants {
            participant.role = words.to_owned();
        }
        for evidence in &mut event.evidence {
            evidence.quote.text = words.to_owned();
        }
    }
    s
}
