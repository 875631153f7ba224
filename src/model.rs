//! The words that every phase shares: kinds of actor, status of an event, how a
//! date was found. Data only.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActorKind {
    /// A human being.
    Person,
    /// A company, agency, party, court, newspaper, university, army ...
    Organization,
    /// A sovereign state or a territory that acts like one.
    Country,
    /// A city, region, building or other named place.
    Place,
    /// Several actors that act as one: a working group, a delegation.
    Group,
    /// A named conference, summit or other gathering.
    Conference,
    /// A product, programme or publication that an event is about.
    Product,
    /// A named treaty, declaration or law.
    Agreement,
}

impl ActorKind {
    /// All kinds, in the order of the JSON contract.
    pub const ALL: [ActorKind; 8] = [
        ActorKind::Person,
        ActorKind::Organization,
        ActorKind::Country,
        ActorKind::Place,
        ActorKind::Group,
        ActorKind::Conference,
        ActorKind::Product,
        ActorKind::Agreement,
    ];

    /// The word for it in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            ActorKind::Person => "person",
            ActorKind::Organization => "organization",
            ActorKind::Country => "country",
            ActorKind::Place => "place",
            ActorKind::Group => "group",
            ActorKind::Conference => "conference",
            ActorKind::Product => "product",
            ActorKind::Agreement => "agreement",
        }
    }

    /// The kind that a word of [`ActorKind::as_str`] names.
    pub fn parse(word: &str) -> Option<ActorKind> {
        ActorKind::ALL.into_iter().find(|k| k.as_str() == word)
    }

    /// Whether something of this kind can act, meet and sign by itself.
    pub fn acts(self) -> bool {
        matches!(
            self,
            ActorKind::Person | ActorKind::Organization | ActorKind::Country | ActorKind::Group
        )
    }
}

impl fmt::Display for ActorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether an event took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Reported as done.
    Occurred,
    /// Announced, scheduled, "will".
    Planned,
    /// "may", "hopes to", "is considering", alleged.
    Possible,
    /// Did not happen, failed, was refused or cancelled.
    Denied,
}

impl Status {
    /// All, in the order of the JSON contract.
    pub const ALL: [Status; 4] = [
        Status::Occurred,
        Status::Planned,
        Status::Possible,
        Status::Denied,
    ];

    /// The status that a word of [`Status::as_str`] names.
    pub fn parse(word: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|s| s.as_str() == word)
    }

    /// The word for it in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Occurred => "occurred",
            Status::Planned => "planned",
            Status::Possible => "possible",
            Status::Denied => "denied",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where an event's date comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateBasis {
    /// The text prints it: "June 26, 2017".
    Stated,
    /// Worked out from the publication date or another date of the text:
    /// "last week", "Monday", "two days later".
    Relative,
    /// Another article about the same event gives it.
    Borrowed,
    /// No time words; news usage puts it at the publication date.
    Publication,
}

impl DateBasis {
    /// The basis that a word of [`DateBasis::as_str`] names.
    pub fn parse(word: &str) -> Option<DateBasis> {
        use DateBasis::{Borrowed, Publication, Relative, Stated};
        [Stated, Relative, Borrowed, Publication]
            .into_iter()
            .find(|b| b.as_str() == word)
    }

    /// The word for it in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            DateBasis::Stated => "stated",
            DateBasis::Relative => "relative",
            DateBasis::Borrowed => "borrowed",
            DateBasis::Publication => "publication",
        }
    }
}

/// Where an article's publication date comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PublicationBasis {
    /// The user or the metadata gives it.
    Given,
    /// The article prints it: a date line, a dateline, a byline.
    Printed,
    /// Worked out from captions, weekdays, other articles.
    Inferred,
    /// Not known.
    None,
}

impl PublicationBasis {
    /// The basis that a word of [`PublicationBasis::as_str`] names.
    pub fn parse(word: &str) -> Option<PublicationBasis> {
        use PublicationBasis::{Given, Inferred, None, Printed};
        [Given, Printed, Inferred, None]
            .into_iter()
            .find(|b| b.as_str() == word)
    }

    /// The word for it in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            PublicationBasis::Given => "given",
            PublicationBasis::Printed => "printed",
            PublicationBasis::Inferred => "inferred",
            PublicationBasis::None => "none",
        }
    }
}
