//! The store keeps what it is given (`stories`), and never touches what is not
//! its own (`files`).

mod files;
mod stories;

use super::*;
use crate::extract::{Quote, Trigger};
use crate::model::{ActorKind, DateBasis, PublicationBasis, Status};
use crate::resolve::Story;
use crate::resolve::{Actor, Document, Event, EventDate, Evidence, Participant, Published, Role};
use crate::resolve::{ActorMention, Tie};
use crate::time::Edtf;

type Tested = Result<(), Box<dyn std::error::Error>>;

fn quote(text: &str) -> Quote {
    Quote {
        start: 0,
        end: text.len() as u32,
        text: text.to_owned(),
    }
}

fn actor(name: &str) -> Actor {
    Actor {
        id: crate::text::slug(name),
        name: name.to_owned(),
        kind: ActorKind::Person,
        aliases: vec![format!("Dr {name}")],
        roles: vec![Role {
            title: "minister".to_owned(),
            of: None,
            documents: vec![0],
            quote: quote("She is minister."),
        }],
        country: None,
        mentions: vec![ActorMention {
            document: 0,
            start: 0,
            end: 3,
            text: name.to_owned(),
        }],
        merges: Vec::new(),
    }
}

/// A story of one meeting.
fn story(title: &str) -> Story {
    let event = Event {
        id: "e0001".to_owned(),
        kind: "meet".to_owned(),
        title: title.to_owned(),
        status: Status::Occurred,
        date: Some(EventDate {
            edtf: Edtf::parse("2017-06").unwrap(),
            basis: DateBasis::Stated,
            words: Some("in June 2017".to_owned()),
            inferred: false,
        }),
        place: None,
        apart: vec![(0, 1)],
        participants: (0..2)
            .map(|actor| Participant {
                actor,
                role: "participant".to_owned(),
            })
            .collect(),
        evidence: vec![Evidence {
            document: 0,
            quote: quote("Ana met Bo."),
            trigger: Trigger {
                start: 4,
                end: 7,
                text: "met".to_owned(),
                lemma: "meet".to_owned(),
            },
            attributed_to: None,
        }],
        sources: 1,
        confidence: 0.5,
        disagreements: Vec::new(),
    };
    Story {
        documents: vec![Document {
            number: 0,
            copy_of: None,
            id: "d".to_owned(),
            path: "a.txt".to_owned(),
            title: None,
            source: None,
            url: None,
            published: Published {
                edtf: None,
                basis: PublicationBasis::None,
                why: "nothing tells".to_owned(),
            },
            origins: Vec::new(),
        }],
        actors: vec![actor("Ana"), actor("Bo")],
        events: vec![event],
        ties: vec![Tie {
            source: 0,
            target: 1,
            kind: "meet".to_owned(),
            event: Some(0),
            role: None,
        }],
        types: Vec::new(),
        curated: crate::resolve::Curated::default(),
    }
}

/// Makes the database at `file` hold these articles and this story.
fn write(file: &Path, entries: &[Entry], story: &Story) -> Result<(), Error> {
    let build = Build::begin(file)?;
    let rows = build.put(entries)?;
    let rows = if rows.is_empty() { vec![1] } else { rows };
    build.finish_with(&rows, story)?;
    let mut loose = build
        .store()
        .db
        .prepare("PRAGMA foreign_key_check")
        .map_err(build.store().told())?;
    assert!(
        !loose.exists([]).map_err(build.store().told())?,
        "a row points to nothing"
    );
    Ok(())
}

fn entry(path: &str, bytes: &[u8]) -> Entry {
    Entry {
        key: Key::new(path, bytes, &Metadata::default(), 0),
        file: path.to_owned(),
        sentences: vec![quote("Ana met Bo.")],
        notes: vec![("odd".to_owned(), None)],
        report: Report {
            id: path.to_owned(),
            path: path.to_owned(),
            title: None,
            source: None,
            url: None,
            given: None,
            origins: Vec::new(),
            clues: Vec::new(),
            actors: Vec::new(),
            events: Vec::new(),
            series: Vec::new(),
            sketch: crate::extract::Sketch::default(),
            tokens: bytes.len() as u32,
        },
    }
}
