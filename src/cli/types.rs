//! `tieline types`: which event types there are, and whether a user's own file
//! of types is right.

use super::Outcome;
use super::args::{Types, TypesCommand};
use super::error::Error;
use super::io::Io;
use crate::ontology::types::{EventType, EventTypes};
use crate::pipeline;
use crate::render::plain;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A file of types may have so many bytes.
const LONGEST: u64 = 1 << 20;

/// Loads the built-in types and those of the files. Says all problems of the
/// files but the last, which is the error.
pub(super) fn load(files: &[PathBuf], io: &mut Io) -> Result<EventTypes, Error> {
    let mut texts = Vec::with_capacity(files.len());
    for file in files {
        texts.push((file.display().to_string(), text(file)?));
    }
    EventTypes::with_files(&texts).map_err(|mut problems| {
        let last = problems.pop();
        let error = |p: crate::ontology::types::TypesProblem| Error::new(p.to_string(), p.hint);
        for problem in problems {
            io.error(&error(problem));
        }
        last.map_or_else(
            || Error::new("bad event types", "see docs/ontology.md"),
            error,
        )
    })
}

fn text(file: &Path) -> Result<String, Error> {
    const HINT: &str = "name a TOML file of event types; see docs/ontology.md";
    let mut bytes = Vec::new();
    File::open(file)
        .and_then(|f| f.take(LONGEST + 1).read_to_end(&mut bytes))
        .map_err(|e| Error::file(file, &e, HINT))?;
    if bytes.len() as u64 > LONGEST {
        let what = format!("the file is too long for event types ({})", file.display());
        return Err(Error::new(what, HINT));
    }
    String::from_utf8(bytes)
        .map_err(|_| Error::new(format!("this is no UTF-8 text ({})", file.display()), HINT))
}

/// Runs the command.
pub(super) fn run(args: &Types, io: &mut Io) -> Result<Outcome, Error> {
    match &args.command {
        Some(TypesCommand::Check(check)) => {
            let types = load(&check.files, io)?;
            examples(&types, io)
        }
        None => {
            let types = load(&args.files, io)?;
            list(&types, args, io)
        }
    }
}

/// Reads the examples of all types that the files add or change.
fn examples(types: &EventTypes, io: &mut Io) -> Result<Outcome, Error> {
    let (mut wrong, mut all) = (0, 0);
    for event_type in types.own() {
        let yes = failing(types, event_type, &event_type.yes, true);
        let no = failing(types, event_type, &event_type.no, false);
        let passed = |list: &[String], failed: &[Failure]| {
            format!("{} of {}", list.len() - failed.len(), list.len())
        };
        writeln!(
            io.out,
            "{}: {} found that must be, {} left alone that must be",
            event_type.key,
            passed(&event_type.yes, &yes),
            passed(&event_type.no, &no),
        )?;
        for (sentence, found) in &yes {
            writeln!(io.out, "  not found: {}", plain(sentence))?;
            writeln!(io.out, "             {}", instead(found))?;
        }
        for (sentence, found) in &no {
            writeln!(io.out, "  found:     {}", plain(sentence))?;
            writeln!(io.out, "             {}", instead(found))?;
        }
        if event_type.yes.is_empty() || event_type.no.is_empty() {
            io.note(&format!(
                "type `{}` has no examples of one sort; write sentences under yes and under no",
                event_type.key
            ));
        }
        wrong += yes.len() + no.len();
        all += event_type.yes.len() + event_type.no.len();
    }
    if wrong > 0 {
        return Err(Error::new(
            format!("{wrong} of {all} examples are read otherwise than they say"),
            "`tieline analyze FILE --types TYPES --layer all` shows how a sentence is read",
        ));
    }
    Ok(Outcome::Found)
}

/// A sentence, and the events that were found in it: type and trigger.
type Failure = (String, Vec<(String, String)>);

/// The sentences in which an event of the type is found, though it must not
/// be, or the other way round.
fn failing(
    types: &EventTypes,
    event_type: &EventType,
    sentences: &[String],
    wanted: bool,
) -> Vec<Failure> {
    let mut out = Vec::new();
    for sentence in sentences {
        let events = pipeline::read_sentence(sentence, types).events;
        if events.iter().any(|e| e.kind == event_type.key) != wanted {
            let found = events.into_iter().map(|e| (e.kind, e.trigger.text));
            out.push((sentence.clone(), found.collect()));
        }
    }
    out
}

fn instead(found: &[(String, String)]) -> String {
    if found.is_empty() {
        return "no event was found".to_owned();
    }
    let found: Vec<String> = found
        .iter()
        .map(|(kind, trigger)| format!("{kind} by “{}”", plain(trigger)))
        .collect();
    format!("there is: {}", found.join(", "))
}

/// Lists the types with their triggers and roles.
fn list(types: &EventTypes, args: &Types, io: &mut Io) -> Result<Outcome, Error> {
    if args.answer.is_json() {
        let all: Vec<Value> = types.types.iter().map(as_json).collect();
        serde_json::to_writer_pretty(&mut io.out, &json!({ "types": all }))
            .map_err(|e| Error::from(std::io::Error::from(e)))?;
        writeln!(io.out)?;
        return Ok(Outcome::Found);
    }
    for event_type in &types.types {
        let codes: Vec<String> = [("PLOVER", &event_type.plover), ("CAMEO", &event_type.cameo)]
            .into_iter()
            .filter(|(_, code)| !code.is_empty())
            .map(|(scheme, code)| format!("{scheme} {code}"))
            .chain(event_type.own_from.map(|_| "your own".to_owned()))
            .collect();
        let codes = match codes.is_empty() {
            true => String::new(),
            false => format!("  ({})", codes.join(", ")),
        };
        writeln!(io.out, "{}{codes}", event_type.key)?;
        for (label, words) in [
            ("roles", roles(event_type)),
            ("verbs", triggers(event_type, Sort::Verbs)),
            ("nouns", triggers(event_type, Sort::Nouns)),
        ] {
            if !words.is_empty() {
                let words: Vec<String> = words.iter().map(|w| plain(w)).collect();
                let text = super::words::wrap(&words.join(", "), io.width(), "         ");
                writeln!(io.out, "  {label:<7}{}", text.trim())?;
            }
        }
    }
    Ok(Outcome::Found)
}

fn as_json(event_type: &EventType) -> Value {
    let code = |code: &String| Some(code.clone()).filter(|c| !c.is_empty());
    json!({
        "key": event_type.key,
        "plover": code(&event_type.plover),
        "cameo": code(&event_type.cameo),
        "own": event_type.own_from.is_some(),
        "roles": roles(event_type),
        "verbs": triggers(event_type, Sort::Verbs),
        "nouns": triggers(event_type, Sort::Nouns),
    })
}

/// The roles that the frames give, sorted.
fn roles(event_type: &EventType) -> BTreeSet<&str> {
    event_type
        .frames
        .iter()
        .flat_map(|f| f.slots.values().chain(&f.topic).chain(&f.itself))
        .map(String::as_str)
        .collect()
}

enum Sort {
    Verbs,
    Nouns,
}

/// The trigger words, sorted; phrases count as verbs.
fn triggers(event_type: &EventType, sort: Sort) -> BTreeSet<&str> {
    let frames = event_type.frames.iter();
    let words: BTreeSet<&String> = match sort {
        Sort::Verbs => frames
            .flat_map(|f| f.verbs.iter().chain(&f.phrases))
            .collect(),
        Sort::Nouns => frames.flat_map(|f| &f.nouns).collect(),
    };
    words.into_iter().map(String::as_str).collect()
}
