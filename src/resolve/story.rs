//! What all articles say together. Members refer to each other by index; ids
//! are for the outside.

use super::curation::Curated;
use crate::extract::{Quote, Trigger};
use crate::model::{ActorKind, DateBasis, PublicationBasis, Status};
use crate::ontology::types::{EventType, Frame};
use crate::time::Edtf;
use serde::{Deserialize, Serialize};

/// What all articles say together.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// The articles, in order of their paths.
    pub documents: Vec<Document>,
    /// Everyone and everything named, in order of first mention.
    pub actors: Vec<Actor>,
    /// Everything that happens, in order of date, undated last.
    pub events: Vec<Event>,
    /// Actor–actor ties: those of the events, in their order, then those of
    /// the roles, in order of the actors.
    pub ties: Vec<Tie>,
    /// The event types of the user's own files.
    pub types: Vec<OwnType>,
    /// What an analyst's corrections have changed.
    pub curated: Curated,
}

/// What a story keeps of an event type that a user's file adds or changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnType {
    /// The name in every output.
    pub key: String,
    /// PLOVER 2 category; empty where there is none.
    pub plover: String,
    /// CAMEO code; empty where there is none.
    pub cameo: String,
    /// Trigger words whose category is another.
    pub plover_of: Vec<(String, String)>,
}

impl OwnType {
    pub(super) fn of(own: &EventType) -> OwnType {
        let of_frame = |f: &Frame| {
            let plover = f.plover.clone()?;
            let triggers = f.verbs.iter().chain(&f.phrases).chain(&f.nouns);
            let pairs = triggers.map(|t| (t.clone(), plover.clone()));
            Some(pairs.collect::<Vec<_>>())
        };
        OwnType {
            key: own.key.clone(),
            plover: own.plover.clone(),
            cameo: own.cameo.clone(),
            plover_of: own.frames.iter().filter_map(of_frame).flatten().collect(),
        }
    }
}

/// An article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Its place among all articles, from 0: in a part of a story too, so that
    /// an article has one number wherever it is shown.
    pub number: usize,
    /// The article's id.
    pub id: String,
    /// The article's path.
    pub path: String,
    /// Its title.
    pub title: Option<String>,
    /// Its outlet.
    pub source: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// When it was published.
    pub published: Published,
    /// The article of which this is a copy: the same text, or most of it.
    pub copy_of: Option<CopyOf>,
    /// Where title, outlet (`source`), date (`published`), address (`url`) and
    /// text were taken from: field and place.
    pub origins: Vec<(String, String)>,
}

/// Another article, wherever it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyOf {
    /// Its place among all articles, from 0.
    pub number: usize,
    /// Its id.
    pub id: String,
}

/// When an article was published, and how that is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// `None` when it is not known at all.
    pub edtf: Option<Edtf>,
    /// How it is known.
    pub basis: PublicationBasis,
    /// The reason, in plain words.
    pub why: String,
}

/// An actor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    /// Readable and unique in the story: `anna-lindqvist`.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// Other forms of the name, as written, sorted, without `name`.
    pub aliases: Vec<String>,
    /// Titles and offices.
    pub roles: Vec<Role>,
    /// The country that it belongs to, by its name in the table of countries.
    pub country: Option<String>,
    /// Where it is mentioned.
    pub mentions: Vec<ActorMention>,
    /// Why names were merged into this actor, one sentence each.
    pub merges: Vec<String>,
}

/// A title or office.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// "prime minister".
    pub title: String,
    /// Of which actor.
    pub of: Option<usize>,
    /// The documents that say so.
    pub documents: Vec<usize>,
    /// The first sentence that says so.
    pub quote: Quote,
}

/// A mention of an actor in a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorMention {
    /// The document.
    pub document: usize,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words.
    pub text: String,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Derived from type and evidence.
    pub id: String,
    /// Key of the type in the ontology.
    pub kind: String,
    /// Short line for people.
    pub title: String,
    /// Whether it took place.
    pub status: Status,
    /// When; `None` where no text says so.
    pub date: Option<EventDate>,
    /// Where.
    pub place: Option<usize>,
    /// Who, in the order of the text; an actor stands once.
    pub participants: Vec<Participant>,
    /// Pairs of participants of a meeting whom no sentence puts across the table
    /// from each other; the smaller number first, sorted.
    pub apart: Vec<(usize, usize)>,
    /// The sentences, first witness first.
    pub evidence: Vec<Evidence>,
    /// Number of independent sources: articles of one outlet, and copies of one
    /// text, count once.
    pub sources: u32,
    /// 0 to 1.
    pub confidence: f32,
    /// Where witnesses differ.
    pub disagreements: Vec<Disagreement>,
}

impl Actor {
    /// The documents that name it, as indices into those of the story: each once,
    /// in their order.
    pub fn documents(&self) -> Vec<usize> {
        each_once(self.mentions.iter().map(|m| m.document))
    }
}

impl Story {
    /// The number of a document; its index where there is no such document.
    pub fn number_of(&self, document: usize) -> usize {
        self.documents.get(document).map_or(document, |d| d.number)
    }
}

impl Event {
    /// The documents that tell of it, as indices into those of the story: each
    /// once, in their order.
    pub fn documents(&self) -> Vec<usize> {
        each_once(self.evidence.iter().map(|e| e.document))
    }
}

/// Each number once, in order.
fn each_once(numbers: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut all: Vec<usize> = numbers.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// When an event took place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDate {
    /// As precise as the text allows and no more.
    pub edtf: Edtf,
    /// How it is known.
    pub basis: DateBasis,
    /// The words it came from.
    pub words: Option<String>,
    /// Whether it rests on a publication date that was itself inferred.
    pub inferred: bool,
}

/// An actor's part in an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// The actor.
    pub actor: usize,
    /// The role's word in the ontology.
    pub role: String,
}

/// One sentence that reports an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The document.
    pub document: usize,
    /// The sentence.
    pub quote: Quote,
    /// The word that says so.
    pub trigger: Trigger,
    /// Who says so, where it is not the article itself.
    pub attributed_to: Option<usize>,
}

/// A point on which witnesses differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disagreement {
    /// `date`, `status`, `place`, `number`, `who`.
    pub about: String,
    /// What each side says, with its documents.
    pub sides: Vec<(String, Vec<usize>)>,
}

/// A tie between two actors, from an event, which has the date and the
/// sentences, or from an office or other role that one has in the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tie {
    /// From.
    pub source: usize,
    /// To.
    pub target: usize,
    /// The event's type, or what the role makes of the two: `holds_office`,
    /// `member_of` ...
    pub kind: String,
    /// The event that it comes from, with its date and sentences.
    pub event: Option<usize>,
    /// Index of the role of `source` that it comes from, with its sentence.
    pub role: Option<usize>,
}
