//! Small worlds in a small notation, for the tests of resolution.
//!
//! A world is written line by line; each line begins with a word that says what
//! it is:
//!
//! ```text
//! doc NAME [DATE]                          an article, given date
//! NAME = KIND Full Name | Other form; title of ACTOR; country COUNTRY
//! TYPE STATUS? trigger: role ACTOR, role ACTOR; when WORDS; story WORDS; at PLACE; about a b; news; again
//! ```
//!
//! Actors are named by their first word before `=`. Time words are read by
//! [`meaning`]; `story` gives those of a sentence before.

use crate::extract::{
    Context, EventMention, LocalActor, Mention, MentionForm, Participation, Quote, Report,
    RoleHeld, TimeRef, Trigger,
};
use crate::ingest::GivenDate;
use crate::model::{ActorKind, Status};
use crate::time::{Choice, Edtf, Meaning, Part, Unit};

fn meaning(words: &str) -> Meaning {
    let published = || Box::new(Meaning::Published);
    let weekdays = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let (plain, choice) = match words.strip_prefix("next ") {
        Some(rest) => (rest, Choice::Future),
        None => (words, Choice::Past),
    };
    if let Some(i) = weekdays.iter().position(|d| *d == plain) {
        return Meaning::Recurring {
            part: Part::Weekday(i as u8 + 1),
            choice,
            base: published(),
        };
    }
    let unit = |unit, offset| Meaning::Unit {
        base: published(),
        unit,
        offset,
    };
    match words {
        "today" => Meaning::Published,
        "yesterday" => unit(Unit::Day, -1),
        "last week" => unit(Unit::Week, -1),
        "this week" => unit(Unit::Week, 0),
        "last month" => unit(Unit::Month, -1),
        _ => Meaning::Absolute(Edtf::parse(words).expect(words)),
    }
}

#[derive(Default)]
pub(super) struct World {
    reports: Vec<Report>,
    keys: Vec<String>,
    offset: u32,
}

impl World {
    /// The reports of a world.
    pub(super) fn read(text: &str) -> Vec<Report> {
        let mut world = World::default();
        for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
            if let Some(rest) = line.strip_prefix("doc ") {
                world.doc(rest);
            } else if let Some((key, rest)) = line.split_once(" = ") {
                world.actor(key, rest);
            } else {
                world.event(line);
            }
        }
        world.reports
    }

    fn doc(&mut self, rest: &str) {
        let (path, date) = rest.split_once(' ').unwrap_or((rest, ""));
        self.keys.clear();
        self.offset = 0;
        self.reports.push(Report {
            id: format!("id-{path}"),
            path: path.to_owned(),
            title: None,
            source: None,
            url: None,
            given: (!date.is_empty()).then(|| GivenDate {
                edtf: date.to_owned(),
                from: "the test".to_owned(),
            }),
            origins: Vec::new(),
            clues: Vec::new(),
            actors: Vec::new(),
            events: Vec::new(),
            series: Vec::new(),
            sketch: crate::extract::Sketch::default(),
            tokens: 0,
        });
    }

    fn quote(&mut self, text: &str) -> Quote {
        let start = self.offset;
        self.offset += text.chars().count() as u32 + 1;
        Quote {
            start,
            end: self.offset - 1,
            text: text.to_owned(),
        }
    }

    fn index(&self, key: &str) -> u32 {
        let found = self.keys.iter().position(|k| k == key);
        found.unwrap_or_else(|| panic!("no actor {key}")) as u32
    }

    fn actor(&mut self, key: &str, rest: &str) {
        let mut fields = rest.split(';').map(str::trim);
        let (kind, names) = fields.next().and_then(|f| f.split_once(' ')).expect(rest);
        let names: Vec<String> = names.split('|').map(|n| n.trim().to_owned()).collect();
        let quote = self.quote(rest);
        let mut actor = LocalActor {
            name: names[0].clone(),
            kind: ActorKind::parse(kind).expect(kind),
            roles: Vec::new(),
            country: None,
            mentions: vec![Mention {
                start: quote.start,
                end: quote.end,
                text: names[0].clone(),
                form: MentionForm::Name,
            }],
            names,
        };
        for field in fields {
            if let Some(country) = field.strip_prefix("country ") {
                actor.country = Some(country.to_owned());
            } else {
                let (title, of) = match field.split_once(" of ") {
                    Some((title, of)) => (title, Some(self.index(of))),
                    None => (field, None),
                };
                actor.roles.push(RoleHeld {
                    title: title.to_owned(),
                    of,
                    quote: quote.clone(),
                });
            }
        }
        self.keys.push(key.to_owned());
        self.reports.last_mut().expect("a doc").actors.push(actor);
    }

    fn event(&mut self, line: &str) {
        let quote = self.quote(line);
        let (head, rest) = line
            .split_once(": ")
            .unwrap_or((line.trim_end_matches(':'), ""));
        let mut head = head.split(' ');
        let kind = head.next().unwrap_or_default();
        let mut words: Vec<&str> = head.collect();
        let status = match words.first() {
            Some(&"planned") => Status::Planned,
            Some(&"denied") => Status::Denied,
            _ => Status::Occurred,
        };
        if status != Status::Occurred {
            words.remove(0);
        }
        let trigger = words.first().copied().unwrap_or(kind);
        let mut event = EventMention {
            kind: kind.to_owned(),
            trigger: Trigger {
                start: quote.start,
                end: quote.start + 1,
                text: trigger.to_owned(),
                lemma: trigger.to_owned(),
            },
            title: line.split(';').next().unwrap_or_default().to_owned(),
            participants: Vec::new(),
            apart: Vec::new(),
            place: None,
            occasion: None,
            status,
            attributed_to: None,
            time: None,
            again: false,
            context: None,
            is_news: false,
            about: Vec::new(),
            quote,
        };
        for (i, field) in rest.split(';').map(str::trim).enumerate() {
            if i == 0 {
                for part in field.split(", ").filter(|p| !p.is_empty()) {
                    let (role, actor) = part.split_once(' ').expect(part);
                    event.participants.push(Participation {
                        actor: self.index(actor),
                        role: role.to_owned(),
                    });
                }
            } else if let Some((word, words)) = field
                .split_once(' ')
                .filter(|(word, _)| matches!(*word, "when" | "story"))
            {
                let time = Some(TimeRef {
                    start: event.quote.start,
                    end: event.quote.start + 1,
                    words: words.to_owned(),
                    meaning: meaning(words),
                });
                match word {
                    "when" => event.time = time,
                    _ => event.context = Some(Context { time }),
                }
            } else if let Some(place) = field.strip_prefix("at ") {
                event.place = Some(self.index(place));
            } else if let Some(occasion) = field.strip_prefix("during ") {
                event.occasion = Some(self.index(occasion));
            } else if let Some(about) = field.strip_prefix("about ") {
                event.about = about.split(' ').map(str::to_owned).collect();
            } else {
                assert!(matches!(field, "news" | "again"), "{field}");
                event.is_news |= field == "news";
                event.again |= field == "again";
            }
        }
        self.reports.last_mut().expect("a doc").events.push(event);
    }
}
