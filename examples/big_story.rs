//! Writes a database of invented events with every character that is awkward
//! for some format, for the checks under `tests/clients/`.
//!
//! `cargo run --example big_story -- FILE.db [EVENTS]`

use std::path::PathBuf;
use tieline::extract::{Quote, Trigger};
use tieline::model::{ActorKind, DateBasis, PublicationBasis, Status};
use tieline::resolve::{
    Actor, ActorMention, Disagreement, Document, Event, EventDate, Evidence, Participant,
    Published, Role, Story, Tie,
};
use tieline::store::Build;
use tieline::time::Edtf;

/// What stands in names, titles and sentences, one after the other.
const AWKWARD: [&str; 32] = [
    "plain",
    "\"quoted\" and 'quoted'",
    "</script><script>alert(1)</script>",
    "]]> <!-- <b>bold</b> -->",
    "&amp; & &#x41; &nbsp;",
    "=1+1",
    "@SUM(A1)",
    "-2+3",
    "back\\slash\\",
    "\\u0027 \\n \\\" \\'",
    "semi;colon: colon::colon",
    "#hash ##; #35;",
    "pipe|pipe, comma,comma",
    "[[link]] [link](http://invalid) ![[embed]]",
    "line\nbreak\r\nand\rreturn\ttab",
    "---\ntitle: evil\n---",
    "日本語の名前",
    "اسم عربي",
    "e\u{301}te\u{301} naïve Ünal ﬂ°°35¶ß",
    "🜚 👩\u{200d}👩\u{200d}👧 𝔘𝔫𝔦",
    "nul\0 esc\u{1b}[31m del\u{7f} nel\u{85}",
    "ls\u{2028}ps\u{2029}",
    "\u{202e}turned\u{202c} \u{feff}\u{200b}hidden",
    "\u{ffff}\u{fffe} nonchar",
    "{{braces}} ${dollar} $x$ `code`",
    "%%comment%% %%{init: {}}%% ==mark== ~~gone~~",
    "*star* _under_ ^block",
    "1. list",
    "- item",
    "> quoted",
    "'; MATCH (n) DETACH DELETE n; //",
    "  blanks at both ends  ",
];

/// Every shape of date that Tieline writes, and none.
const DATES: [&str; 16] = [
    "2016-06-26",
    "2016-06",
    "2016",
    "2016-06?",
    "1993~",
    "2017-06%",
    "2017-06-26/2017-07-02",
    "2017-06-26/..",
    "../2017-06",
    "201X",
    "19XX",
    "2016-21",
    "2016-34",
    "XXXX-06-23",
    "0984-02-29",
    "",
];

const KINDS: [&str; 8] = [
    "meet",
    "visit",
    "attack",
    "sign",
    "announce",
    "negotiate",
    "other",
    "accuse",
];

const STATUSES: [Status; 4] = [
    Status::Occurred,
    Status::Planned,
    Status::Occurred,
    Status::Possible,
];

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let Some(file) = arguments.next().map(PathBuf::from) else {
        anyhow::bail!("name the database to write");
    };
    let events = match arguments.next() {
        Some(number) => number.parse()?,
        None => 5_000,
    };
    let story = story(events);
    // The documents have been read from no article.
    let rows: Vec<i64> = (1..).take(story.documents.len()).collect();
    Build::begin(&file)?.finish_with(&rows, &story)?;
    Ok(())
}

/// The `i`-th awkward text.
fn awkward(i: usize) -> &'static str {
    AWKWARD[i % AWKWARD.len()]
}

fn quote(i: usize) -> Quote {
    let text = format!(
        "{} met {}: {}.",
        awkward(i),
        awkward(i / 3 + 7),
        awkward(i / 5)
    );
    Quote {
        start: 10,
        end: 10 + text.chars().count() as u32,
        text,
    }
}

fn story(events: usize) -> Story {
    let documents = 40 + events / 50;
    let actors = 40 + events / 12;
    let mut story = Story {
        documents: (0..documents).map(document).collect(),
        actors: (0..actors).map(|i| actor(i, documents)).collect(),
        ..Story::default()
    };
    // Two roles of one holder in one organisation, besides others.
    for i in 0..actors / 4 {
        let of = (i * 7 + 1) % actors;
        for n in 0..1 + i % 2 {
            story.ties.push(Tie {
                source: i,
                target: of,
                kind: "holds_office".to_owned(),
                event: None,
                role: Some(n),
            });
            story.actors[i].roles.push(Role {
                title: format!("{} {n}", awkward(i + n)),
                of: Some(of),
                documents: vec![i % documents],
                quote: quote(i),
            });
        }
    }
    story.ties.retain(|t| t.source != t.target);
    for i in 0..events {
        let event = event(i, actors, documents);
        if event.kind != "other" && event.status != Status::Possible {
            let parts = &event.participants;
            for (n, a) in parts.iter().enumerate() {
                for b in &parts[n + 1..] {
                    // As in a story that was read: hosts are not tied to hosts.
                    let equal = a.role == b.role && a.role != "participant";
                    let pair = (a.actor.min(b.actor), a.actor.max(b.actor));
                    if !equal && !event.apart.contains(&pair) {
                        story.ties.push(Tie {
                            source: a.actor,
                            target: b.actor,
                            kind: event.kind.clone(),
                            event: Some(i),
                            role: None,
                        });
                    }
                }
            }
        }
        story.events.push(event);
    }
    story
}

fn document(i: usize) -> Document {
    let some = |text: &str| Some(text.to_owned()).filter(|_| !i.is_multiple_of(5));
    Document {
        number: i,
        copy_of: None,
        id: format!("d{i:010x}"),
        path: format!("folder/{} {i}.txt", awkward(i)),
        title: some(awkward(i + 1)),
        source: some(awkward(i + 2)),
        url: some("https://example.invalid/?a=1&b=\"'<>"),
        published: Published {
            edtf: Edtf::parse(DATES[i % DATES.len()]),
            basis: PublicationBasis::Given,
            why: awkward(i + 3).to_owned(),
        },
        origins: Vec::new(),
    }
}

fn actor(i: usize, documents: usize) -> Actor {
    Actor {
        // As slugs are: letters and digits of any script, and hyphens.
        id: format!("actor-{}-{i}", ["anna", "北風", "شمال", "ö"][i % 4]),
        // Many share a name, and some differ in case only.
        name: match i % 3 {
            0 => awkward(i).to_owned(),
            1 => format!("Anna {} Lindqvist {}", awkward(i), i / 2),
            _ => format!("anna {} lindqvist {}", awkward(i - 1), i / 2),
        },
        kind: ActorKind::ALL[i % ActorKind::ALL.len()],
        aliases: (0..i % 4).map(|n| awkward(i + n).to_owned()).collect(),
        roles: Vec::new(),
        country: None,
        mentions: vec![ActorMention {
            document: i % documents,
            start: 0,
            end: 5,
            text: awkward(i).to_owned(),
        }],
        merges: vec![awkward(i).to_owned()],
    }
}

fn event(i: usize, actors: usize, documents: usize) -> Event {
    let kind = KINDS[i % KINDS.len()];
    let roles = match kind {
        "visit" => ["visitor", "host", "host", "host"],
        "attack" => ["attacker", "target", "target", "target"],
        _ => ["participant"; 4],
    };
    let mut participants: Vec<Participant> = (0..i % 5)
        .map(|n| Participant {
            actor: (i * 31 + n * n * 17) % actors,
            role: roles[n.min(3)].to_owned(),
        })
        .collect();
    let mut seen = std::collections::BTreeSet::new();
    participants.retain(|p| seen.insert(p.actor));
    let apart = match participants.as_slice() {
        [a, b, ..] if i.is_multiple_of(11) => vec![(a.actor.min(b.actor), a.actor.max(b.actor))],
        _ => Vec::new(),
    };
    let evidence = (0..1 + i % 3).map(|n| Evidence {
        document: (i + n) % documents,
        quote: quote(i + n),
        trigger: Trigger {
            start: 12,
            end: 15,
            text: "met".to_owned(),
            lemma: "meet".to_owned(),
        },
        attributed_to: i.is_multiple_of(4).then_some(i % actors),
    });
    let sides = vec![
        (awkward(i).to_owned(), vec![i % documents]),
        ("2017".to_owned(), vec![(i + 1) % documents]),
    ];
    Event {
        id: format!("e{i:010x}"),
        kind: kind.to_owned(),
        title: match i % 6 {
            0 => awkward(i / 6).to_owned(),
            _ => format!("{} meets {}", awkward(i / 2), awkward(i + 5)),
        },
        status: STATUSES[i % 7 % STATUSES.len()],
        date: Edtf::parse(DATES[i / 2 % DATES.len()]).map(|edtf| EventDate {
            edtf,
            basis: DateBasis::Relative,
            words: Some(awkward(i).to_owned()),
            inferred: i.is_multiple_of(2),
        }),
        place: i.is_multiple_of(3).then_some((i * 5 + 3) % actors),
        participants,
        apart,
        evidence: evidence.collect(),
        sources: 1 + (i % 3) as u32,
        confidence: 0.5 + (i % 5) as f32 / 10.0,
        disagreements: match i % 10 {
            0 => vec![Disagreement {
                about: "date".to_owned(),
                sides,
            }],
            _ => Vec::new(),
        },
    }
}
