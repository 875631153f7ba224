//! Event types and the frames that find them: what `ontology/types/*.toml`
//! says, checked and indexed by trigger word. `docs/ontology.md` explains the
//! keys to people who extend the files. A user's own files are read by
//! [`user`].

mod user;

pub use user::TypesProblem;

use crate::model::ActorKind;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

/// How a type of a user's file stands to the built-in types.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// A new type.
    #[default]
    Add,
    /// More frames for a built-in type.
    Extend,
    /// Stands for a built-in type of the same key.
    Replace,
}

/// On which side of an event the holder of a role stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoleSide {
    /// It acts.
    Acts,
    /// It is acted upon.
    Suffers,
    /// Side by side with the others.
    Equal,
    /// It takes no part in ties: a topic.
    Beside,
}

/// An event type: its name, its codes in other schemes, and how it is found.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EventType {
    /// The name in every output: `meet`.
    pub key: String,
    /// PLOVER 2 category of an event that took place; empty where there is none.
    pub plover: String,
    /// CAMEO code; empty where there is none.
    pub cameo: String,
    /// Template of the short line for people: `{buyer} buys {acquired}`.
    pub title: String,
    /// Template for an event without an occasion.
    #[serde(default)]
    pub short: Option<String>,
    /// Third person singular of the verb that says it: `buys`.
    pub verb: String,
    /// Whether all participants stand on the same footing.
    #[serde(default)]
    pub symmetric: bool,
    /// How many distinct participants an event of this type needs.
    #[serde(default = "one")]
    pub parties: usize,
    /// The grammatical frames.
    #[serde(default, rename = "frame")]
    pub frames: Vec<Frame>,
    /// Sentences in which an event of this type must be found.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Sentences in which none must be found.
    #[serde(default)]
    pub no: Vec<String>,
    /// How it stands to the built-in type of the same key.
    pub mode: Mode,
    /// The sides of roles, where the slots do not tell them.
    pub sides: BTreeMap<String, RoleSide>,
    /// Happens only once to its object: two tellings with one object are one.
    pub once: bool,
    /// Types that may be another telling of the same thing.
    pub related: Vec<String>,
    /// Roles of those whom the trigger's clause or object mentions deeper down,
    /// where no slot tells whom it concerns: of who shall act or has acted, of who
    /// is struck, and of who is only mentioned. Three words or none.
    pub inner: Vec<String>,
    /// Index of the first frame that comes from a user's file.
    #[serde(skip)]
    pub own_from: Option<usize>,
}

fn one() -> usize {
    1
}

/// One way in which sentences express an event: trigger words and the role that
/// each grammatical slot gives.
///
/// Slots are `subject` (the one who acts, also the agent of a passive),
/// `object` (also the subject of a passive), `iobj`, `possessor` and `modifier`
/// of a noun, or a preposition.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Frame {
    /// Trigger verbs, as lemmas.
    pub verbs: Vec<String>,
    /// Trigger verbs with a particle, adverb, preposition or bare object that
    /// follows: `step down`, `call on`, `join forces`.
    pub phrases: Vec<String>,
    /// Trigger nouns, as lemmas.
    pub nouns: Vec<String>,
    /// PLOVER 2 category of what this frame finds, where the type's does not
    /// hold: a withdrawal of troops is a retreat, not a concession.
    pub plover: Option<String>,
    /// Slot to role.
    pub slots: BTreeMap<String, String>,
    /// Slots that an actor must fill; `a|b` is satisfied by either.
    pub need: Vec<String>,
    /// Which kinds of actor may fill a slot; others are passed over.
    pub actors: BTreeMap<String, Vec<ActorKind>>,
    /// The object must be one of these words.
    pub object_in: Vec<String>,
    /// The object must be none of these words.
    pub object_not: Vec<String>,
    /// The subject must be one of these words.
    pub subject_in: Vec<String>,
    /// The subject must be none of these words.
    pub subject_not: Vec<String>,
    /// No word right below the noun may be one of these: "heart attack".
    pub modifier_not: Vec<String>,
    /// Words that must not stand behind a preposition: "an attack on a plan".
    pub prep_not: BTreeMap<String, Vec<String>>,
    /// An object that names an agreement is as good as a word of `object_in`.
    pub object_agreement: bool,
    /// A word that must stand behind a preposition: `on = ["alert"]`.
    pub prep_object: BTreeMap<String, Vec<String>>,
    /// An infinitive of one of these verbs must say what for: "called to discuss".
    pub purpose: Vec<String>,
    /// The verb counts only as the aim of a journey ("went to see Ruiz") or behind
    /// "after" ("after seeing Ruiz").
    pub as_aim: bool,
    /// Slots in which the owner stands for a thing: "Iran's nuclear sites".
    pub owner: Vec<String>,
    /// The noun may be the object of a light verb ("hold talks"), whose subject
    /// is then the noun's.
    pub light: bool,
    /// The noun counts only with a light verb, or as the subject of a verb of
    /// happening ("talks began").
    pub light_only: bool,
    /// Light verbs of this frame instead of the usual ones.
    pub light_verbs: Vec<String>,
    /// Light verbs of this frame beside the usual ones.
    pub also_light: Vec<String>,
    /// Nouns that count only in the plural.
    pub plural_only: Vec<String>,
    /// Nouns whose possessor suffers the event: "the senator's murder".
    pub possessor_is_victim: Vec<String>,
    /// Nouns whose compound modifier fills `modifier`.
    pub modifier_for: Vec<String>,
    /// The event needs an occasion: a conference, a speech.
    pub occasion: bool,
    /// Role of the actors inside the object's phrase.
    pub topic: Option<String>,
    /// Takes in what its complement or object only plans: in "announced plans
    /// to open an office" the announcement is the event.
    pub absorbs: bool,
    /// No event after "continue to".
    pub not_continued: bool,
    /// Behind "in", "during" or "at" the noun takes the subject of the clause:
    /// "in talks with Cairo, the minister said".
    pub clause: bool,
    /// Verbs that need an office as complement: "became president".
    pub office: Vec<String>,
    /// Role of the actor that the trigger noun itself names.
    pub itself: Option<String>,
    /// A place is enough of a participant.
    pub place_counts: bool,
    /// How many distinct participants it needs, where the type's number does
    /// not hold.
    pub parties: Option<usize>,
}

/// A trigger: where in the ontology its frame stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameRef {
    /// Index of the type.
    pub kind: usize,
    /// Index of the frame in the type.
    pub frame: usize,
}

/// All event types, indexed by trigger word.
#[derive(Debug, Clone, Default)]
pub struct EventTypes {
    /// In the order of the files.
    pub types: Vec<EventType>,
    /// Tells these types from any others: 0 for the built-in ones alone.
    pub digest: u64,
    verbs: HashMap<String, Vec<FrameRef>>,
    nouns: HashMap<String, Vec<FrameRef>>,
    phrases: HashMap<String, Vec<(String, FrameRef)>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "type")]
    types: Vec<EventType>,
}

/// The trigger that stands for every verb that no other frame claims.
pub const ANY_VERB: &str = "*";

const FILES: [(&str, &str); 6] = [
    (
        "contact.toml",
        include_str!("../../ontology/types/contact.toml"),
    ),
    (
        "accord.toml",
        include_str!("../../ontology/types/accord.toml"),
    ),
    (
        "bodies.toml",
        include_str!("../../ontology/types/bodies.toml"),
    ),
    (
        "conflict.toml",
        include_str!("../../ontology/types/conflict.toml"),
    ),
    (
        "force.toml",
        include_str!("../../ontology/types/force.toml"),
    ),
    (
        "other.toml",
        include_str!("../../ontology/types/other.toml"),
    ),
];

impl EventTypes {
    /// The types that are part of the program.
    pub fn builtin() -> &'static EventTypes {
        static TYPES: OnceLock<EventTypes> = OnceLock::new();
        TYPES.get_or_init(|| {
            let mut all = EventTypes::default();
            for (name, text) in FILES {
                // The files are part of the program and a test reads them all.
                if let Err(error) = all.add(text) {
                    debug_assert!(false, "ontology/types/{name}: {error}");
                }
            }
            all
        })
    }

    /// Adds the types of one file.
    ///
    /// # Errors
    /// When the text is no valid TOML of this form, or a frame needs a slot
    /// that it does not declare; the message says which.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        let file: File = toml::from_str(text).map_err(|e| e.to_string())?;
        for event_type in file.types {
            check(&event_type)?;
            self.types.push(event_type);
            self.index(self.types.len() - 1);
        }
        Ok(())
    }

    /// Enters the triggers of a type.
    fn index(&mut self, kind: usize) {
        for (frame, f) in self.types[kind].frames.iter().enumerate() {
            let at = FrameRef { kind, frame };
            for verb in &f.verbs {
                self.verbs.entry(verb.clone()).or_default().push(at);
            }
            for noun in &f.nouns {
                self.nouns.entry(noun.clone()).or_default().push(at);
            }
            for phrase in &f.phrases {
                if let Some((verb, rest)) = phrase.split_once(' ') {
                    let entry = self.phrases.entry(verb.to_owned()).or_default();
                    entry.push((rest.to_owned(), at));
                }
            }
        }
    }

    /// Whether a frame comes from a user's file.
    pub fn is_own(&self, at: FrameRef) -> bool {
        let first = self.types.get(at.kind).and_then(|t| t.own_from);
        first.is_some_and(|first| at.frame >= first)
    }

    /// The types that a user's files add, extend or replace.
    pub fn own(&self) -> impl Iterator<Item = &EventType> {
        self.types.iter().filter(|t| t.own_from.is_some())
    }

    /// The type with this key.
    pub fn get(&self, key: &str) -> Option<&EventType> {
        self.types.iter().find(|t| t.key == key)
    }

    /// The PLOVER 2 category that a frame of this type gives a trigger, told by
    /// its lemma ("withdraw", "pull out"), where it is not the type's. The first
    /// frame with the trigger decides.
    pub fn plover_of(&self, key: &str, trigger: &str) -> Option<&str> {
        let says = |f: &&Frame| {
            let mut triggers = f.verbs.iter().chain(&f.phrases).chain(&f.nouns);
            triggers.any(|t| t == trigger)
        };
        let mut frames = self.get(key)?.frames.iter();
        frames.find(says)?.plover.as_deref()
    }

    /// The frame that a reference stands for.
    pub fn frame(&self, at: FrameRef) -> &Frame {
        &self.types[at.kind].frames[at.frame]
    }

    /// Frames of a verb, by lemma.
    pub fn verb(&self, lemma: &str) -> &[FrameRef] {
        self.verbs.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The first frame of a verb that belongs to the type `key`.
    pub fn verb_of(&self, lemma: &str, key: &str) -> Option<FrameRef> {
        let mut frames = self.verb(lemma).iter().copied();
        frames.find(|f| self.types[f.kind].key == key)
    }

    /// Frames of a noun, by lemma.
    pub fn noun(&self, lemma: &str) -> &[FrameRef] {
        self.nouns.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Phrases that begin with a verb: what must follow, and the frame.
    pub fn phrases(&self, lemma: &str) -> &[(String, FrameRef)] {
        self.phrases.get(lemma).map_or(&[], Vec::as_slice)
    }
}

/// What serde cannot check.
fn check(event_type: &EventType) -> Result<(), String> {
    for frame in &event_type.frames {
        let declared = |slot: &str| frame.slots.contains_key(slot) || slot == "object";
        let needed = frame.need.iter().flat_map(|n| n.split('|'));
        for slot in needed.chain(frame.owner.iter().map(String::as_str)) {
            if !declared(slot) {
                return Err(format!("{}: slot `{slot}` has no role", event_type.key));
            }
        }
        for slot in frame.actors.keys() {
            if !declared(slot) {
                return Err(format!(
                    "{}: `actors` names the unknown slot `{slot}`",
                    event_type.key
                ));
            }
        }
        if frame.verbs.is_empty() && frame.nouns.is_empty() && frame.phrases.is_empty() {
            return Err(format!("{}: a frame without a trigger", event_type.key));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read() {
        let mut all = EventTypes::default();
        for (name, text) in FILES {
            all.add(text)
                .unwrap_or_else(|e| panic!("ontology/types/{name}: {e}"));
        }
        assert_eq!(all.types.len(), EventTypes::builtin().types.len());
    }

    #[test]
    fn a_slot_without_a_role_is_refused() {
        let text = r#"
            [[type]]
            key = "x"
            plover = ""
            cameo = ""
            title = ""
            verb = ""
            [[type.frame]]
            verbs = ["do"]
            need = ["subject"]
        "#;
        let error = EventTypes::default().add(text).unwrap_err();
        assert!(error.contains("slot `subject` has no role"), "{error}");
    }
}
