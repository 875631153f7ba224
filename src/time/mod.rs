//! From an [`Analysis`](crate::language::Analysis) to time expressions, and from
//! time expressions to dates. Pure: the only "today" is the article's
//! publication date, and it comes in as an argument.
//!
//! An expression is first read into a [`Meaning`], which says what the words
//! mean without a calendar ("the Monday at or before the anchor"), and only then
//! resolved against a publication date. That is why an article whose
//! publication date is found late needs no second reading.

mod ancient;
mod calendar;
mod clock;
mod clues;
mod days;
#[cfg(test)]
mod direction_tests;
mod edtf;
#[cfg(test)]
mod examples;
mod find;
mod grammar;
mod holidays;
mod inverse;
mod lexicon;
mod lists;
mod memory;
mod ordinals;
mod phrases;
mod quantity;
mod ranges;
mod relative;
mod resolve;
mod rows;
mod sections;
mod sets;
mod tense;
#[cfg(test)]
mod tests;
mod types;
mod words;
mod years;

pub use clues::{clues, publication, publication_bounds};
pub use edtf::{Edtf, Precision};
pub use find::{PlainExpression, find, find_in_text};
pub use inverse::PublicationGuess;
pub use rows::{TimexRow, timex_rows};
pub use types::{
    Choice, Clock, Counted, End, Holiday, Meaning, Part, PublicationClue, Resolved, Season,
    Section, TimeExpression, TimexKind, Unit, Vague,
};
pub use words::ordinal;
