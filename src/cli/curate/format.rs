//! The format of `curation.toml`: text in, corrections out, and one correction
//! as text. Pure. docs/curation.md describes it for people.

use crate::model::{ActorKind, Status};
use crate::resolve::Curation;
use crate::resolve::curation::{ActorRef, Added, Correction, EventRef, What};
use crate::time::Edtf;
use serde::Deserialize;
use std::fmt::Write;
use std::ops::Range;
use toml::Spanned;

/// Why a text is no curation file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// Counted from 1.
    pub(crate) line: usize,
    pub(crate) what: String,
}

/// What a text holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Parsed {
    pub(crate) curation: Curation,
    /// Where each correction's `what` stands, in bytes.
    pub(crate) places: Vec<Range<usize>>,
}

/// More corrections than this are refused.
const MOST: usize = 100_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    #[serde(default)]
    correction: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    what: Spanned<String>,
    note: Option<String>,
    actor: Option<ActorIn>,
    actors: Option<Vec<ActorIn>>,
    event: Option<EventIn>,
    name: Option<String>,
    kind: Option<String>,
    date: Option<String>,
    status: Option<String>,
    #[serde(rename = "type")]
    sort: Option<String>,
    title: Option<String>,
    participants: Option<Vec<PartIn>>,
    place: Option<ActorIn>,
    source: Option<String>,
    quote: Option<String>,
}

/// A name alone, or with what tells its bearers apart.
#[derive(Deserialize)]
#[serde(untagged)]
enum ActorIn {
    Name(String),
    Full(FullActor),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FullActor {
    name: String,
    kind: Option<String>,
    article: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartIn {
    role: String,
    name: String,
    kind: Option<String>,
    article: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventIn {
    #[serde(default)]
    id: String,
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    article: String,
    #[serde(default)]
    trigger: String,
    #[serde(default)]
    quote: String,
}

/// Reads a file's text. Never panics, whatever the text.
pub(crate) fn parse(text: &str) -> Result<Parsed, Wrong> {
    let line_of = |at: usize| {
        let before = text.as_bytes().iter().take(at);
        before.filter(|b| **b == b'\n').count() + 1
    };
    let whole: Whole = toml::from_str(text).map_err(|e| Wrong {
        line: e.span().map_or(1, |span| line_of(span.start)),
        what: e.message().to_owned(),
    })?;
    if whole.correction.len() > MOST {
        return Err(Wrong {
            line: 1,
            what: format!("more than {MOST} corrections"),
        });
    }
    let mut parsed = Parsed::default();
    for entry in whole.correction {
        let place = entry.what.span();
        let correction = entry.read().map_err(|what| Wrong {
            line: line_of(place.start),
            what,
        })?;
        parsed.curation.corrections.push(correction);
        parsed.places.push(place);
    }
    Ok(parsed)
}

fn kind(word: Option<&String>) -> Result<Option<ActorKind>, String> {
    let parse = |w: &String| ActorKind::parse(w).ok_or_else(|| no_such("kind of actor", w));
    word.map(parse).transpose()
}

fn no_such(what: &str, word: &str) -> String {
    format!("no such {what}: {word}")
}

fn status(word: &str) -> Result<Status, String> {
    let all = [
        Status::Occurred,
        Status::Planned,
        Status::Possible,
        Status::Denied,
    ];
    all.into_iter()
        .find(|s| s.as_str() == word)
        .ok_or_else(|| no_such("status", word))
}

fn date(word: &str) -> Result<Edtf, String> {
    Edtf::parse(word).ok_or_else(|| no_such("date", word))
}

impl ActorIn {
    fn read(&self) -> Result<ActorRef, String> {
        match self {
            ActorIn::Name(name) => Ok(ActorRef {
                name: name.clone(),
                kind: None,
                article: None,
            }),
            ActorIn::Full(full) => Ok(ActorRef {
                name: full.name.clone(),
                kind: kind(full.kind.as_ref())?,
                article: full.article.clone(),
            }),
        }
    }
}

impl Entry {
    /// The correction. A key that its sort does not have is an error: it is a
    /// slip, and silence would hide it.
    fn read(self) -> Result<Correction, String> {
        let word = self.what.get_ref().as_str();
        self.allowed(word)?;
        let missing = |key: &str| format!("a correction `{word}` needs `{key}`");
        let actor = || -> Result<ActorRef, String> {
            self.actor
                .as_ref()
                .ok_or_else(|| missing("actor"))
                .and_then(ActorIn::read)
        };
        let actors = || -> Result<Vec<ActorRef>, String> {
            let all = self.actors.as_ref().filter(|a| a.len() > 1);
            let all = all.ok_or_else(|| format!("`{word}` needs two `actors` or more"))?;
            all.iter().map(ActorIn::read).collect()
        };
        let event = || -> Result<EventRef, String> {
            let event = self.event.as_ref().ok_or_else(|| missing("event"))?;
            if event.id.is_empty() && event.quote.is_empty() {
                return Err("`event` needs an `id` or a `quote`".to_owned());
            }
            Ok(EventRef {
                id: event.id.clone(),
                kind: event.kind.clone(),
                title: event.title.clone(),
                article: event.article.clone(),
                trigger: event.trigger.clone(),
                quote: event.quote.clone(),
            })
        };
        let text = |field: &Option<String>, key: &str| -> Result<String, String> {
            let text = field.clone().filter(|t| !t.trim().is_empty());
            text.ok_or_else(|| missing(key))
        };
        let what = match word {
            "same" => What::Same(actors()?, kind(self.kind.as_ref())?),
            "different" => What::Different(actors()?),
            "rename" => What::Rename(actor()?, text(&self.name, "name")?),
            "kind" => {
                let kind = kind(self.kind.as_ref())?;
                What::Kind(actor()?, kind.ok_or_else(|| missing("kind"))?)
            }
            "date" => What::Date(
                event()?,
                match text(&self.date, "date")?.as_str() {
                    "none" => None,
                    given => Some(date(given)?),
                },
            ),
            "reject" => What::Reject(event()?),
            "accept" => What::Accept(event()?),
            "status" => What::Status(event()?, status(&text(&self.status, "status")?)?),
            "add" => What::Add(Box::new(Added {
                kind: text(&self.sort, "type")?,
                title: self.title.clone(),
                participants: self.parts()?,
                date: self.date.as_deref().map(date).transpose()?,
                place: self.place.as_ref().map(ActorIn::read).transpose()?,
                status: match &self.status {
                    Some(word) => status(word)?,
                    None => Status::Occurred,
                },
                source: text(&self.source, "source")?,
                quote: text(&self.quote, "quote")?,
            })),
            other => return Err(no_such("correction", other)),
        };
        Ok(Correction {
            what,
            note: self.note,
        })
    }

    fn parts(&self) -> Result<Vec<(String, ActorRef)>, String> {
        let parts = self.participants.iter().flatten();
        let parts: Result<Vec<_>, String> = parts
            .map(|p| {
                let actor = ActorRef {
                    name: p.name.clone(),
                    kind: kind(p.kind.as_ref())?,
                    article: p.article.clone(),
                };
                Ok((p.role.clone(), actor))
            })
            .collect();
        let parts = parts?;
        if parts.is_empty() {
            return Err("a correction `add` needs `participants`".to_owned());
        }
        Ok(parts)
    }

    fn allowed(&self, word: &str) -> Result<(), String> {
        let keys: &[&str] = match word {
            "same" => &["actors", "kind"],
            "different" => &["actors"],
            "rename" => &["actor", "name"],
            "kind" => &["actor", "kind"],
            "date" => &["event", "date"],
            "reject" | "accept" => &["event"],
            "status" => &["event", "status"],
            "add" => &[
                "type",
                "title",
                "participants",
                "date",
                "place",
                "status",
                "source",
                "quote",
            ],
            _ => return Err(no_such("correction", word)),
        };
        let given = [
            ("actor", self.actor.is_some()),
            ("actors", self.actors.is_some()),
            ("event", self.event.is_some()),
            ("name", self.name.is_some()),
            ("kind", self.kind.is_some()),
            ("date", self.date.is_some()),
            ("status", self.status.is_some()),
            ("type", self.sort.is_some()),
            ("title", self.title.is_some()),
            ("participants", self.participants.is_some()),
            ("place", self.place.is_some()),
            ("source", self.source.is_some()),
            ("quote", self.quote.is_some()),
        ];
        match given.iter().find(|(k, there)| *there && !keys.contains(k)) {
            Some((key, _)) => Err(format!("a correction `{word}` has no `{key}`")),
            None => Ok(()),
        }
    }
}

/// A string of TOML on one line. What could steer a terminal or hide is written
/// as a code, because people look at the file with other programs.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() || is_unseen(c) => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Marks of direction and line separators, all below U+10000.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}')
}

fn actor_fields(actor: &ActorRef) -> String {
    let mut out = format!("name = {}", quoted(&actor.name));
    if let Some(kind) = actor.kind {
        let _ = write!(out, ", kind = {}", quoted(kind.as_str()));
    }
    if let Some(article) = &actor.article {
        let _ = write!(out, ", article = {}", quoted(article));
    }
    out
}

/// One correction as it stands in the file.
pub(crate) fn block(correction: &Correction) -> String {
    let mut out = format!(
        "[[correction]]\nwhat = {}\n",
        quoted(correction.what.word())
    );
    let mut line = |key: &str, value: &str| {
        let _ = writeln!(out, "{key} = {value}");
    };
    let list = |actors: &[ActorRef]| {
        let each: Vec<String> = actors.iter().map(actor_fields).collect();
        format!("[\n  {{ {} }},\n]", each.join(" },\n  { "))
    };
    match &correction.what {
        What::Same(actors, kind) => {
            line("actors", &list(actors));
            if let Some(kind) = kind {
                line("kind", &quoted(kind.as_str()));
            }
        }
        What::Different(actors) => line("actors", &list(actors)),
        What::Rename(actor, name) => {
            line("actor", &format!("{{ {} }}", actor_fields(actor)));
            line("name", &quoted(name));
        }
        What::Kind(actor, kind) => {
            line("actor", &format!("{{ {} }}", actor_fields(actor)));
            line("kind", &quoted(kind.as_str()));
        }
        What::Date(..) | What::Reject(_) | What::Status(..) | What::Accept(_) => {
            if let Some(event) = correction.what.event() {
                for (key, value) in [
                    ("event.id", &event.id),
                    ("event.type", &event.kind),
                    ("event.title", &event.title),
                    ("event.article", &event.article),
                    ("event.trigger", &event.trigger),
                    ("event.quote", &event.quote),
                ] {
                    line(key, &quoted(value));
                }
            }
            match &correction.what {
                What::Date(_, Some(date)) => line("date", &quoted(date.as_str())),
                What::Date(_, None) => line("date", &quoted("none")),
                What::Status(_, status) => line("status", &quoted(status.as_str())),
                _ => {}
            }
        }
        What::Add(added) => {
            line("type", &quoted(&added.kind));
            if let Some(title) = &added.title {
                line("title", &quoted(title));
            }
            let each: Vec<String> = added
                .participants
                .iter()
                .map(|(role, actor)| format!("role = {}, {}", quoted(role), actor_fields(actor)))
                .collect();
            line(
                "participants",
                &format!("[\n  {{ {} }},\n]", each.join(" },\n  { ")),
            );
            if let Some(date) = &added.date {
                line("date", &quoted(date.as_str()));
            }
            if let Some(place) = &added.place {
                line("place", &format!("{{ {} }}", actor_fields(place)));
            }
            line("status", &quoted(added.status.as_str()));
            line("source", &quoted(&added.source));
            line("quote", &quoted(&added.quote));
        }
    }
    if let Some(note) = &correction.note {
        line("note", &quoted(note));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![any::<String>(), "[A-Za-z \"\\\\\\[\\]#\n=]{1,20}"].prop_map(|t| {
            if t.trim().is_empty() {
                "x".to_owned()
            } else {
                t
            }
        })
    }

    fn actor() -> impl Strategy<Value = ActorRef> {
        (
            text(),
            proptest::option::of(0..ActorKind::ALL.len()),
            proptest::option::of(text()),
        )
            .prop_map(|(name, kind, article)| ActorRef {
                name,
                kind: kind.map(|k| ActorKind::ALL[k]),
                article,
            })
    }

    fn event() -> impl Strategy<Value = EventRef> {
        (text(), text(), text(), text(), text(), text()).prop_map(
            |(id, kind, title, article, trigger, quote)| EventRef {
                id,
                kind,
                title,
                article,
                trigger,
                quote,
            },
        )
    }

    fn edtf() -> impl Strategy<Value = Option<Edtf>> {
        proptest::option::of((1900..2100_i32, 1..13_u32))
            .prop_map(|d| d.and_then(|(year, month)| Edtf::month(year, month)))
    }

    fn what() -> impl Strategy<Value = What> {
        let actors = || proptest::collection::vec(actor(), 2..4);
        prop_oneof![
            actors().prop_map(|a| What::Same(a, None)),
            actors().prop_map(|a| What::Same(a, Some(ActorKind::Group))),
            actors().prop_map(What::Different),
            (actor(), text()).prop_map(|(a, n)| What::Rename(a, n)),
            actor().prop_map(|a| What::Kind(a, ActorKind::Product)),
            (event(), edtf()).prop_map(|(e, d)| What::Date(e, d)),
            event().prop_map(What::Reject),
            event().prop_map(What::Accept),
            event().prop_map(|e| What::Status(e, Status::Denied)),
            (
                proptest::collection::vec((text(), actor()), 1..3),
                edtf(),
                proptest::option::of(actor()),
                proptest::option::of(text()),
                text(),
            )
                .prop_map(|(participants, date, place, title, words)| {
                    What::Add(Box::new(Added {
                        kind: words.clone(),
                        title,
                        participants,
                        date,
                        place,
                        status: Status::Planned,
                        source: words.clone(),
                        quote: words,
                    }))
                }),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            all in proptest::collection::vec((what(), proptest::option::of(text())), 0..4)
        ) {
            let corrections: Vec<Correction> =
                all.into_iter().map(|(what, note)| Correction { what, note }).collect();
            let text: String = corrections.iter().map(block).collect();
            let parsed = parse(&text).map_err(|w| TestCaseError::fail(format!("{w:?}\n{text}")))?;
            prop_assert_eq!(parsed.curation.corrections, corrections);
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = parse(&text);
        }

        #[test]
        fn no_toml_panics(text in "(\\[\\[correction\\]\\]|what|actor|=|\"same\"|\\{|\\}|\n|event\\.id| ){0,30}") {
            let _ = parse(&text);
        }
    }

    #[track_caller]
    fn wrong(text: &str, line: usize, words: &str) {
        let wrong = parse(text).expect_err(text);
        assert!(wrong.what.contains(words), "{wrong:?}");
        assert_eq!(wrong.line, line, "{wrong:?}");
    }

    #[test]
    fn a_name_alone_is_an_actor() {
        let text =
            "# mine\n[[correction]]\nwhat = 'same'\nactors = ['Anna Lindqvist', 'A. Lindqvist']\n";
        let parsed = parse(text).expect(text);
        assert_eq!(
            parsed.curation.corrections[0].what.line(),
            "same Anna Lindqvist, A. Lindqvist"
        );
    }

    #[test]
    fn mistakes_have_their_line() {
        wrong(
            "[[correction]]\nwhat = 'sama'\n",
            2,
            "no such correction: sama",
        );
        wrong("\n\n[[correction]\n", 3, "");
        wrong("[[correction]]\nwhat = 'same'\nactors = ['a']\n", 2, "two");
        wrong(
            "[[correction]]\nwhat = 'kind'\nactor = 'a'\nkind = 'dog'\n",
            2,
            "dog",
        );
        wrong(
            "[[correction]]\nwhat = 'reject'\nevent.id = 'e'\ndate = '2021'\n",
            2,
            "no `date`",
        );
        wrong(
            "[[correction]]\nwhat = 'date'\nevent.id = 'e'\ndate = 'soon'\n",
            2,
            "soon",
        );
        wrong("corection = 1\n", 1, "corection");
    }
}
