//! What an analyst corrects, and its place in resolution: which actors are one
//! or two, what they are called and are, and when and whether events took place.
//! Pure data and pure functions; the file that it is kept in is read and written
//! by the command line.
//!
//! Three hooks, called by [`super::story_curated`]: [`actors::regroup`] behind
//! the clustering of actors, [`actors::name`] behind their naming, and
//! [`events::correct`] behind the merging of events. The order of the
//! corrections changes nothing but the numbers that reports speak of.

pub(super) mod actors;
mod check;
mod divide;
pub(super) mod events;
mod find;
#[cfg(test)]
mod tests;

pub use check::{Contradiction, contradiction};
pub use find::{Bearers, Sentences};

use crate::model::{ActorKind, Status};
use crate::text::stable_hash;
use crate::time::Edtf;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What people read where a correction shows.
pub const BY: &str = "curation.toml";

/// The words of a date that a correction gives. A date has nothing else that
/// could tell it from one that an article prints.
pub const CORRECTED: &str = "corrected by curation.toml";

/// All corrections, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Curation {
    /// Numbered from 1 where people see them.
    pub corrections: Vec<Correction>,
}

/// One correction.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Correction {
    /// What is corrected.
    pub what: What,
    /// Why, for people.
    pub note: Option<String>,
}

/// What is corrected, and to what.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum What {
    /// These actors are one, of this kind where they are of several.
    Same(Vec<ActorRef>, Option<ActorKind>),
    /// No two of these actors are one.
    Different(Vec<ActorRef>),
    /// This is its name.
    Rename(ActorRef, String),
    /// This is what it is.
    Kind(ActorRef, ActorKind),
    /// This is when it was; `None` where nobody knows.
    Date(EventRef, Option<Edtf>),
    /// This is no event, or not what the sentence says.
    Reject(EventRef),
    /// Whether it took place.
    Status(EventRef, Status),
    /// The event is right as it stands; nobody need look at it again.
    Accept(EventRef),
    /// An event that no article was read to tell.
    Add(Box<Added>),
}

/// An actor, by a name that an article writes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ActorRef {
    /// The name as written.
    pub name: String,
    /// What it was at the time of the correction.
    pub kind: Option<ActorKind>,
    /// Path of an article that names the one who is meant.
    pub article: Option<String>,
}

/// An event, by its id and by what its first witness says, which stays when a
/// new witness changes the id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct EventRef {
    /// Its id at the time of the correction.
    pub id: String,
    /// Its type.
    pub kind: String,
    /// Its short line, which tells two events of one sentence apart.
    pub title: String,
    /// Path of the first article that tells it.
    pub article: String,
    /// The word that says so, as written.
    pub trigger: String,
    /// The sentence.
    pub quote: String,
}

/// An event of the analyst's own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Added {
    /// Key of the event type.
    pub kind: String,
    /// Short line; made of type and names where there is none.
    pub title: Option<String>,
    /// Who takes part, by role.
    pub participants: Vec<(String, ActorRef)>,
    /// When.
    pub date: Option<Edtf>,
    /// Where.
    pub place: Option<ActorRef>,
    /// Whether it took place.
    pub status: Status,
    /// Path of the article that says so, or an address or title of another
    /// source.
    pub source: String,
    /// The sentence that says so.
    pub quote: String,
}

/// What became of the corrections; part of the story.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Curated {
    /// [`Curation::digest`] of the corrections that the story was made with.
    pub digest: u64,
    /// What was changed about events, by their ids, as sentences.
    pub events: BTreeMap<String, Vec<String>>,
    /// What was changed about actors beside joining them, by their ids.
    pub actors: BTreeMap<String, Vec<String>>,
    /// Numbers of corrections that do not apply, from 1, with the reason.
    pub unapplied: BTreeMap<usize, String>,
}

impl Curation {
    /// A number for all that changes the story; 0 where there is nothing. Notes
    /// and the order count as well, because reports name them.
    pub fn digest(&self) -> u64 {
        if self.corrections.is_empty() {
            return 0;
        }
        // Debug output names every field and is the same on every machine.
        stable_hash(format!("{:?}", self.corrections).as_bytes()) | 1
    }

    /// Whether any correction is of an event, or adds one.
    pub(super) fn is_of_events(&self) -> bool {
        let of_event = |what: &What| what.event().is_some() || matches!(what, What::Add(_));
        self.corrections.iter().any(|c| of_event(&c.what))
    }

    /// The corrections with their numbers, in an order that their place in the
    /// file does not change.
    fn sorted(&self) -> Vec<(usize, &Correction)> {
        let mut all: Vec<(usize, &Correction)> = self
            .corrections
            .iter()
            .enumerate()
            .map(|(i, c)| (i + 1, c))
            .collect();
        all.sort_by_cached_key(|(n, c)| (format!("{c:?}"), *n));
        all
    }
}

impl Correction {
    /// A correction without a note.
    pub fn new(what: What) -> Correction {
        Correction { what, note: None }
    }

    /// The sentence's end that says who says so, and why.
    fn source(&self) -> String {
        match &self.note {
            Some(note) => format!("{BY} ({note})"),
            None => BY.to_owned(),
        }
    }
}

impl What {
    /// Its word in the file and on the command line.
    pub fn word(&self) -> &'static str {
        match self {
            What::Same(..) => "same",
            What::Different(_) => "different",
            What::Rename(..) => "rename",
            What::Kind(..) => "kind",
            What::Date(..) => "date",
            What::Reject(_) => "reject",
            What::Status(..) => "status",
            What::Accept(_) => "accept",
            What::Add(_) => "add",
        }
    }

    /// The event that it is about.
    pub fn event(&self) -> Option<&EventRef> {
        match self {
            What::Date(event, _)
            | What::Reject(event)
            | What::Status(event, _)
            | What::Accept(event) => Some(event),
            _ => None,
        }
    }

    /// One line for people: `rename Nordwind (a.txt): Nordwind Energy`.
    pub fn line(&self) -> String {
        let list = |actors: &[ActorRef]| -> String {
            let all: Vec<String> = actors.iter().map(ActorRef::label).collect();
            all.join(", ")
        };
        let word = self.word();
        match self {
            What::Same(actors, None) | What::Different(actors) => {
                format!("{word} {}", list(actors))
            }
            What::Same(actors, Some(kind)) => format!("{word} {}: {kind}", list(actors)),
            What::Rename(actor, name) => format!("{word} {}: {name}", actor.label()),
            What::Kind(actor, kind) => format!("{word} {}: {kind}", actor.label()),
            What::Date(event, date) => {
                let date = date.as_ref().map_or("none", Edtf::as_str);
                format!("{word} {}: {date}", event.label())
            }
            What::Status(event, status) => format!("{word} {}: {status}", event.label()),
            What::Reject(event) | What::Accept(event) => format!("{word} {}", event.label()),
            What::Add(added) => {
                let who: Vec<String> = added
                    .participants
                    .iter()
                    .map(|(role, actor)| format!("{role} {}", actor.name))
                    .collect();
                let date = added.date.as_ref().map_or("undated", Edtf::as_str);
                format!("{word} {} {date}: {}", added.kind, who.join(", "))
            }
        }
    }
}

impl ActorRef {
    /// The name, with the article where one is given.
    pub fn label(&self) -> String {
        match &self.article {
            Some(article) => format!("{} ({article})", self.name),
            None => self.name.clone(),
        }
    }
}

impl EventRef {
    /// Id and short line.
    pub fn label(&self) -> String {
        if self.title.is_empty() {
            self.id.clone()
        } else {
            format!("{} {}", self.id, self.title)
        }
    }
}

/// Whether actors of these kinds may be one without a word on what they are:
/// articles take an organisation for a group, but nobody for a person.
pub fn may_be_one(kinds: &[ActorKind]) -> bool {
    let first = kinds.first();
    kinds.iter().all(|k| Some(k) == first) || kinds.iter().all(|k| super::bodies::is_thing(*k))
}
