//! What one article says. Every offset in a report counts Unicode code points
//! of the article's text, because the text itself is not kept.

use super::sketch::Sketch;
use crate::ingest::GivenDate;
use crate::model::{ActorKind, Status};
use crate::time::{Meaning, PublicationClue};
use serde::{Deserialize, Serialize};

/// What one article says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
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
    /// Publication date from outside the text.
    pub given: Option<GivenDate>,
    /// Where title, outlet, date, address and text were taken from: field and
    /// place.
    pub origins: Vec<(String, String)>,
    /// What the text itself tells of its publication date, strongest first.
    pub clues: Vec<PublicationClue>,
    /// Everyone and everything named, after coreference within the article.
    pub actors: Vec<LocalActor>,
    /// Everything that happens, in the order of the text.
    pub events: Vec<EventMention>,
    /// Numbered occasions that it tells of, in the order of the text.
    pub series: Vec<Edition>,
    /// What tells its text from others.
    pub sketch: Sketch,
    /// Number of tokens read.
    pub tokens: u32,
}

/// One actor of one article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LocalActor {
    /// The fullest form of its name, as written.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// Every form of its name in this article, as written, without titles; the
    /// first is `name`. Descriptions ("the ambassador") are no names.
    pub names: Vec<String>,
    /// Titles and offices that the article gives it.
    pub roles: Vec<RoleHeld>,
    /// The country that it belongs to or comes from, by its name in the table
    /// of countries, where the article says so.
    pub country: Option<String>,
    /// Where it is mentioned, in order.
    pub mentions: Vec<Mention>,
}

/// A title or office of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleHeld {
    /// "prime minister", "homeland security adviser"; as written, without
    /// articles.
    pub title: String,
    /// Of which actor of the same report: the country, the company.
    pub of: Option<u32>,
    /// The sentence that says so.
    pub quote: Quote,
}

/// A place in the text where an actor is mentioned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words.
    pub text: String,
    /// How it is mentioned.
    pub form: MentionForm,
}

/// How an actor is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MentionForm {
    /// By name.
    Name,
    /// By a description: "the ambassador", "both countries".
    Nominal,
    /// By a pronoun.
    Pronoun,
}

/// A sentence, verbatim, and its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// First code point of the sentence.
    pub start: u32,
    /// One past its last code point.
    pub end: u32,
    /// The sentence as it stands in the text.
    pub text: String,
}

/// The head word of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// As written.
    pub text: String,
    /// Dictionary form.
    pub lemma: String,
}

/// One sentence's report of an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventMention {
    /// Key of the event type in the ontology: `meet`, `acquire`, `other`.
    pub kind: String,
    /// The word that says so.
    pub trigger: Trigger,
    /// The sentence.
    pub quote: Quote,
    /// Who takes part, in the order of the text; an actor stands once.
    pub participants: Vec<Participation>,
    /// Pairs of participants of whom the sentence does not say that they met each
    /// other: in "Ruiz met Vega and Dahl" the last two. Empty for events that are
    /// no meeting.
    pub apart: Vec<(u32, u32)>,
    /// Where: an actor of kind place, country or organisation.
    pub place: Option<u32>,
    /// The conference, meeting or other occasion at which it happened.
    pub occasion: Option<u32>,
    /// Whether it took place.
    pub status: Status,
    /// Who says so, where it is not the article itself.
    pub attributed_to: Option<u32>,
    /// When, in the sentence's own words.
    pub time: Option<TimeRef>,
    /// The day of which the article tells when it tells this, where the sentence
    /// has no time of its own; an inference.
    pub context: Option<Context>,
    /// Whether the words point back to an event told before: "the meeting".
    pub again: bool,
    /// Whether news usage puts an event without time words at the publication
    /// date ("announced", "said" as the article's news).
    pub is_news: bool,
    /// What it is about: lemmas of the content words of its objects and
    /// complements, sorted; used to tell whether two mentions are one event.
    pub about: Vec<String>,
    /// Short line for people, subject verb object: "Nordwind buys Helio".
    pub title: String,
}

/// The day that a story is on, from a sentence before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Context {
    /// The expression that gave it; `None` for the article's own news, told
    /// without time words.
    pub time: Option<TimeRef>,
}

/// An actor's part in an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participation {
    /// Index into the report's actors.
    pub actor: u32,
    /// The role's word in the ontology: `participant`, `visitor`, `buyer`.
    pub role: String,
}

/// A time expression that dates an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TimeRef {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// As written, with single blanks and no line breaks.
    pub words: String,
    /// What it means.
    pub meaning: Meaning,
}

/// One of a numbered series: "the 5th annual Harbour Week".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    /// Its name without the number, in lower case.
    pub name: String,
    /// Which one.
    pub number: u32,
    /// The text says that there is one a year.
    pub annual: bool,
    /// Its year, where the text gives it in full.
    pub year: Option<i32>,
    /// The words that date it relative to the publication.
    pub time: Option<Meaning>,
    /// As written.
    pub words: String,
}
