//! A user's own files of event types: what they add to the built-in types,
//! change or switch off, and what is wrong with them, in words that help.
//! Pure: the texts come in as arguments.

use super::{EventType, EventTypes, Frame, Mode, check};
use crate::text::stable_hash;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::fmt;
use toml::{Table, Value};

/// A file may have so many types, and a type so many frames; more are a
/// mistake of the program that wrote it.
const MOST: usize = 1000;

/// More problems than this help nobody.
const TOLD: usize = 20;

/// The categories of PLOVER 2, and what its predecessors called them.
const PLOVER: [&str; 19] = [
    "ACCUSE",
    "AGREE",
    "AID",
    "ASSAULT",
    "COERCE",
    "CONCEDE",
    "CONSULT",
    "COOPERATE",
    "INVESTIGATE",
    "MOBILIZE",
    "PROTEST",
    "REJECT",
    "REQUEST",
    "RETREAT",
    "SANCTION",
    "SUPPORT",
    "THREATEN",
    "YIELD",
    "",
];

/// Slots that are no prepositions.
const SLOTS: [&str; 5] = ["subject", "object", "iobj", "possessor", "modifier"];

/// What is wrong with a file of event types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypesProblem {
    /// The file, as the caller named it.
    pub file: String,
    /// Where in it: "type `sentence`, frame 2, `slots`"; may be empty.
    pub at: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl fmt::Display for TypesProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.file)?;
        if !self.at.is_empty() {
            write!(f, "{}: ", self.at)?;
        }
        f.write_str(&self.message)
    }
}

impl EventTypes {
    /// The built-in types with those of these files, `(name, text)` each, later
    /// files after earlier ones.
    ///
    /// # Errors
    /// All problems that the files have, at most twenty.
    pub fn with_files(files: &[(String, String)]) -> Result<EventTypes, Vec<TypesProblem>> {
        let mut all = EventTypes::builtin().clone();
        if files.is_empty() {
            return Ok(all);
        }
        let mut problems = Problems::default();
        for (name, text) in files {
            problems.file.clone_from(name);
            let seen = problems.list.len();
            let (types, off) = parse(text, &mut problems);
            if problems.list.len() == seen {
                all.take_in(types, &off, &mut problems);
            }
        }
        if !problems.list.is_empty() {
            problems.list.truncate(TOLD);
            return Err(problems.list);
        }
        let texts: Vec<&str> = files.iter().map(|(_, text)| text.as_str()).collect();
        // 0 means that there are no files.
        all.digest = stable_hash(texts.join("\0").as_bytes()).max(1);
        all.verbs.clear();
        all.nouns.clear();
        all.phrases.clear();
        for kind in 0..all.types.len() {
            all.index(kind);
        }
        Ok(all)
    }

    /// Adds the types of one file, and takes out those that it switches off.
    fn take_in(&mut self, types: Vec<EventType>, off: &[String], problems: &mut Problems) {
        for mut new in types {
            let at = format!("type `{}`", new.key);
            let known = self.types.iter().position(|t| t.key == new.key);
            match (new.mode, known) {
                (Mode::Add, Some(_)) => problems.add(
                    &at,
                    "there is a type of this name",
                    "add mode = \"extend\" to give it more frames, mode = \"replace\" to \
                     put this one in its place, or choose another key",
                ),
                (Mode::Add, None) => {
                    new.own_from = Some(0);
                    self.types.push(new);
                }
                (Mode::Replace, Some(i)) => {
                    new.own_from = Some(0);
                    self.types[i] = new;
                }
                (Mode::Extend, Some(i)) => extend(&mut self.types[i], new),
                (_, None) => {
                    let known = self.types.iter().map(|t| t.key.as_str());
                    let near = nearest(&new.key, known);
                    problems.add(
                        &format!("{at}, `mode`"),
                        "there is no type of this name to change",
                        &format!("leave out `mode` to add a new type{near}"),
                    );
                }
            }
        }
        for key in off {
            match self.types.iter().position(|t| t.key == *key) {
                Some(i) => {
                    self.types.remove(i);
                }
                None => {
                    let near = nearest(key, self.types.iter().map(|t| t.key.as_str()));
                    problems.add(
                        "`off`",
                        &format!("there is no type `{key}` to switch off"),
                        &format!("`tieline types` lists the types{near}"),
                    );
                }
            }
        }
        let keys: BTreeSet<String> = self.types.iter().map(|t| t.key.clone()).collect();
        for t in self.types.iter().filter(|t| t.own_from.is_some()) {
            for related in t.related.iter().filter(|r| !keys.contains(*r)) {
                let near = nearest(related, keys.iter().map(String::as_str));
                problems.add(
                    &format!("type `{}`, `related`", t.key),
                    &format!("there is no type `{related}`"),
                    &format!("`tieline types` lists the types{near}"),
                );
            }
        }
    }
}

/// Gives a type what a user's file adds to it.
fn extend(old: &mut EventType, new: EventType) {
    let own = old.own_from.unwrap_or(old.frames.len());
    old.own_from = Some(own);
    old.frames.extend(new.frames);
    old.yes.extend(new.yes);
    old.no.extend(new.no);
    old.sides.extend(new.sides);
    old.related.extend(new.related);
    old.once |= new.once;
    for (field, said) in [
        (&mut old.plover, new.plover),
        (&mut old.cameo, new.cameo),
        (&mut old.title, new.title),
        (&mut old.verb, new.verb),
    ] {
        if !said.is_empty() {
            *field = said;
        }
    }
}

#[derive(Default)]
struct Problems {
    file: String,
    list: Vec<TypesProblem>,
}

impl Problems {
    fn add(&mut self, at: &str, message: &str, hint: &str) {
        self.list.push(TypesProblem {
            file: self.file.clone(),
            at: at.to_owned(),
            message: message.to_owned(),
            hint: hint.to_owned(),
        });
    }
}

/// Reads one file: its types, and the keys that it switches off.
fn parse(text: &str, problems: &mut Problems) -> (Vec<EventType>, Vec<String>) {
    let file: Table = match text.parse() {
        Ok(file) => file,
        Err(error) => {
            let told = error.to_string();
            let told = told.trim_end().replace('\n', "\n  ");
            problems.add("", &told, "the file must be TOML; see docs/ontology.md");
            return (Vec::new(), Vec::new());
        }
    };
    for key in file
        .keys()
        .filter(|k| !matches!(k.as_str(), "type" | "off"))
    {
        problems.add(
            &format!("`{key}`"),
            "a file of types has no such key",
            "write each type under [[type]], and the types to leave out as off = [\"protest\"]",
        );
    }
    let off = match file.get("off").map(|v| v.clone().try_into::<Vec<String>>()) {
        None => Vec::new(),
        Some(Ok(off)) => off,
        Some(Err(_)) => {
            problems.add(
                "`off`",
                "this is no list of types",
                "write off = [\"protest\", \"vote\"]",
            );
            Vec::new()
        }
    };
    let tables: Vec<&Table> = match file.get("type") {
        None => Vec::new(),
        Some(Value::Array(list)) if list.iter().all(Value::is_table) => {
            list.iter().filter_map(Value::as_table).collect()
        }
        Some(_) => {
            problems.add(
                "`type`",
                "this is no list of types",
                "begin each type with a line [[type]], in double brackets",
            );
            Vec::new()
        }
    };
    if tables.is_empty() && off.is_empty() && problems.list.is_empty() {
        problems.add(
            "",
            "there is no type in this file",
            "begin each type with a line [[type]]; docs/ontology.md has an example",
        );
    }
    if tables.len() > MOST {
        problems.add("", "too many types", "a file may have a thousand");
        return (Vec::new(), off);
    }
    let mut types: Vec<EventType> = Vec::new();
    for (n, table) in tables.into_iter().enumerate() {
        if let Some(read) = event_type(n + 1, table, problems) {
            if types.iter().any(|t| t.key == read.key) {
                problems.add(
                    &format!("type `{}`", read.key),
                    "this type stands twice in the file",
                    "put the frames of both under one [[type]]",
                );
            }
            types.push(read);
        }
    }
    (types, off)
}

/// Reads one type; nothing where it has a problem.
fn event_type(number: usize, table: &Table, problems: &mut Problems) -> Option<EventType> {
    let before = problems.list.len();
    let at = match table.get("key").and_then(Value::as_str) {
        Some(key) if is_key(key) => format!("type `{key}`"),
        Some(key) => {
            let at = format!("type {number}, `key`");
            problems.add(
                &at,
                &format!("“{key}” is no name for a type"),
                "use one word of lower-case letters, digits, `_` and `-`, at most 40",
            );
            format!("type {number}")
        }
        None => {
            problems.add(
                &format!("type {number}"),
                "it has no `key`",
                "add key = \"...\", the name of the type in every output",
            );
            format!("type {number}")
        }
    };
    let mut own = table.clone();
    let frames = match own.remove("frame") {
        None => Vec::new(),
        Some(Value::Array(list)) if list.iter().all(Value::is_table) && list.len() <= MOST => list,
        Some(_) => {
            problems.add(
                &format!("{at}, `frame`"),
                "this is no list of frames",
                "begin each frame with a line [[type.frame]], in double brackets",
            );
            Vec::new()
        }
    };
    let mut read: EventType = fields(&own, &at, problems)?;
    for (n, frame) in frames.iter().filter_map(Value::as_table).enumerate() {
        let at = format!("{at}, frame {}", n + 1);
        if let Some(frame) = fields::<Frame>(frame, &at, problems) {
            check_frame(&frame, &at, problems);
            read.frames.push(frame);
        }
    }
    if problems.list.len() == before {
        check_type(&read, &at, problems);
    }
    (problems.list.len() == before).then_some(read)
}

/// Reads a table field by field, so that a problem names its field.
fn fields<T: DeserializeOwned>(table: &Table, at: &str, problems: &mut Problems) -> Option<T> {
    let before = problems.list.len();
    for (key, value) in table {
        let alone = Table::from_iter([(key.clone(), value.clone())]);
        if let Err(error) = Value::Table(alone).try_into::<T>() {
            let told = error.to_string();
            let told = told.lines().next().unwrap_or_default().to_owned();
            let known: Vec<&str> = told.split('`').skip(3).step_by(2).collect();
            let unknown = told.starts_with("unknown field");
            let message = if unknown {
                "there is no such key".to_owned()
            } else {
                told.clone()
            };
            let hint = match nearest(key, known.into_iter()) {
                near if unknown && !near.is_empty() => format!("see docs/ontology.md{near}"),
                _ => "docs/ontology.md says what each key holds".to_owned(),
            };
            problems.add(&format!("{at}, `{key}`"), &message, &hint);
        }
    }
    if problems.list.len() > before {
        return None;
    }
    Value::Table(table.clone()).try_into().ok()
}

fn is_key(key: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    key.starts_with(|c: char| c.is_ascii_lowercase()) && key.len() <= 40 && key.chars().all(fits)
}

/// What the fields of a type must be, together.
fn check_type(read: &EventType, at: &str, problems: &mut Problems) {
    if read.key == "other" {
        problems.add(
            at,
            "`other` is what fits no type",
            "choose another key; off = [\"other\"] leaves such events out",
        );
    }
    let whole = read.mode != Mode::Extend;
    for (field, value, what) in [
        ("title", &read.title, "\"{accuser} sues {accused}\""),
        ("verb", &read.verb, "\"sues\""),
    ] {
        if whole && value.is_empty() {
            problems.add(
                at,
                &format!("it has no `{field}`"),
                &format!("add {field} = such as {what}"),
            );
        }
    }
    if read.frames.is_empty() && whole {
        problems.add(
            at,
            "it has no frame, so no sentence tells of it",
            "add [[type.frame]] with verbs or nouns, and slots",
        );
    }
    if !PLOVER.contains(&read.plover.as_str()) {
        let near = nearest(&read.plover.to_uppercase(), PLOVER.into_iter());
        problems.add(
            &format!("{at}, `plover`"),
            &format!("“{}” is no category of PLOVER 2", read.plover),
            &format!("leave it out where none fits{near}"),
        );
    }
    let digits = read.cameo.chars().all(|c| c.is_ascii_digit());
    if !digits || !matches!(read.cameo.len(), 0 | 2..=4) {
        problems.add(
            &format!("{at}, `cameo`"),
            &format!("“{}” is no code of CAMEO", read.cameo),
            "write two to four digits in quotation marks: \"173\"; or leave it out",
        );
    }
    let roles: BTreeSet<&str> = read
        .frames
        .iter()
        .flat_map(|f| f.slots.values().chain(&f.topic).chain(&f.itself))
        .map(String::as_str)
        .collect();
    if whole {
        let placeholders = read.title.split('{').skip(1);
        for name in placeholders.map(|p| p.split('}').next().unwrap_or_default()) {
            if name != "what" && !roles.contains(name) {
                problems.add(
                    &format!("{at}, `title`"),
                    &format!("no slot gives the role `{name}`"),
                    &format!(
                        "use {{what}} or a role of the frames: {}",
                        roles.iter().copied().collect::<Vec<_>>().join(", ")
                    ),
                );
            }
        }
        for role in read.sides.keys().filter(|r| !roles.contains(r.as_str())) {
            problems.add(
                &format!("{at}, `sides`"),
                &format!("no slot gives the role `{role}`"),
                "name a role that a frame's `slots` give",
            );
        }
    }
    if problems.list.is_empty()
        && let Err(told) = check(read)
    {
        problems.add(at, &told, "give the slot a role in `slots`");
    }
}

/// What a frame must be.
fn check_frame(frame: &Frame, at: &str, problems: &mut Problems) {
    if frame.verbs.is_empty() && frame.nouns.is_empty() && frame.phrases.is_empty() {
        problems.add(
            at,
            "it has no trigger",
            "add verbs, nouns or phrases: the words that tell of the event",
        );
    }
    for (field, words) in [("verbs", &frame.verbs), ("nouns", &frame.nouns)] {
        for word in words {
            let hint = if word.contains(' ') && field == "verbs" {
                "put a verb with the word that follows it under `phrases`"
            } else {
                "write one lower-case word, as a dictionary has it: \"sentence\""
            };
            if !is_word(word) {
                problems.add(
                    &format!("{at}, `{field}`"),
                    &format!("“{word}” can be no trigger"),
                    hint,
                );
            }
        }
    }
    for phrase in &frame.phrases {
        let parts: Vec<&str> = phrase.split(' ').collect();
        if !(parts.len() == 2 && parts.iter().all(|p| is_word(p))) {
            problems.add(
                &format!("{at}, `phrases`"),
                &format!("“{phrase}” can be no trigger"),
                "write a verb and the one word that follows it: \"step down\"",
            );
        }
    }
    for (slot, role) in &frame.slots {
        if !SLOTS.contains(&slot.as_str()) && !is_word(slot) {
            problems.add(
                &format!("{at}, `slots`"),
                &format!("“{slot}” is no slot"),
                "a slot is subject, object, iobj, possessor, modifier or a preposition",
            );
        }
        if !is_key(role) {
            problems.add(
                &format!("{at}, `slots`"),
                &format!("“{role}” is no name for a role"),
                "use one word of lower-case letters: subject = \"plaintiff\"",
            );
        }
    }
    let declared = |slot: &str| frame.slots.contains_key(slot) || slot == "object";
    let needed = frame.need.iter().flat_map(|n| n.split('|'));
    let named = needed.map(|slot| ("need", slot)).chain(
        frame
            .actors
            .keys()
            .map(|slot| ("actors", slot.as_str()))
            .chain(frame.owner.iter().map(|slot| ("owner", slot.as_str()))),
    );
    for (field, slot) in named.filter(|(_, slot)| !declared(slot)) {
        problems.add(
            &format!("{at}, `{field}`"),
            &format!("the slot `{slot}` has no role"),
            &format!("add it to the frame's slots: slots = {{ {slot} = \"...\" }}"),
        );
    }
}

/// One word in the form that triggers and slots have. The word for every verb
/// belongs to the built-in types alone.
fn is_word(word: &str) -> bool {
    !word.is_empty()
        && word.chars().count() <= 60
        && word
            .chars()
            .all(|c| c.is_lowercase() || matches!(c, '-' | '\''))
}

/// "; did you mean `x`?" where one of the words is near.
fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> String {
    const ALIKE: f64 = 0.8;
    known
        .map(|k| (strsim::jaro_winkler(word, k), k))
        .filter(|(likeness, k)| *likeness >= ALIKE && *k != word)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
        .map(|(_, k)| format!("; did you mean `{k}`?"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
