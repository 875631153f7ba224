//! Dates of a list or range that share the year of the last one. Works on what
//! the grammar found in a sentence.

use super::calendar::Stretch;
use super::find::Sighting;
use super::lexicon::{Class, Lex};
use super::words::Word;
use super::{Choice, Edtf, Meaning, Part, Precision};
use chrono::{Datelike, NaiveDate};

/// Gives the year at the end of a list or range to those before it that have
/// none: "in March and April 1918", "31 May - 1 June 1916", "the spring and
/// early summer of 1943".
pub(super) fn share_years(words: &[Word], found: &mut [Sighting]) {
    for n in (1..found.len()).rev() {
        let (Some(part), Some((last, year))) =
            (yearless(&found[n - 1].meaning), yearly(&found[n].meaning))
        else {
            continue;
        };
        let between = words.get(found[n - 1].end..found[n].first).unwrap_or(&[]);
        let joined = !between.is_empty()
            && between.len() <= 3
            && between.iter().all(|w| {
                matches!(
                    w.lex,
                    Lex::Comma
                        | Lex::Hyphen
                        | Lex::Period
                        | Lex::Class(
                            Class::And
                                | Class::Or
                                | Class::To
                                | Class::Through
                                | Class::Until
                                | Class::On
                                | Class::In
                                | Class::The
                        )
                )
            });
        // "28 December - 3 January 1976" began the year before.
        let in_year = |y: i32| Some((y, Stretch::in_year(part, y)?));
        let begun = [year, year - 1]
            .into_iter()
            .filter_map(in_year)
            .find(|(_, s)| s.first <= last)
            .and_then(|(y, _)| Edtf::year(y));
        if let Some(year) = begun.filter(|_| joined) {
            let of = Box::new(Meaning::Absolute(year));
            replace_core(&mut found[n - 1].meaning, Meaning::Within { part, of });
        }
    }
}

/// The month, date or season of a meaning whose year has to be found.
fn yearless(meaning: &Meaning) -> Option<Part> {
    match meaning {
        Meaning::Recurring {
            part: part @ (Part::Month(_) | Part::Date { .. } | Part::Season(_)),
            choice,
            base,
        } => {
            // "this May" has said its year; in a history it has been guessed.
            let guessed = matches!(**base, Meaning::Absolute(_)) && *choice == Choice::This;
            let open = matches!(choice, Choice::Past | Choice::Future | Choice::Nearest);
            (guessed || open).then_some(*part)
        }
        Meaning::Section { of, .. } | Meaning::Clock { of, .. } => yearless(of),
        _ => None,
    }
}

/// The first day and the year of a month, date or season with its year.
fn yearly(meaning: &Meaning) -> Option<(NaiveDate, i32)> {
    match meaning {
        Meaning::Section { of, .. } | Meaning::Clock { of, .. } => yearly(of),
        Meaning::Absolute(_) | Meaning::Within { .. } => {
            let edtf = meaning.resolve(None)?.edtf?;
            let finer = edtf.precision() < Precision::Year;
            let first = edtf.earliest().filter(|_| finer)?;
            Some((first, first.year()))
        }
        _ => None,
    }
}

/// Puts another date under the time of day and the section of a meaning.
fn replace_core(meaning: &mut Meaning, with: Meaning) {
    match meaning {
        Meaning::Section { of, .. } | Meaning::Clock { of, .. } => replace_core(of, with),
        other => *other = with,
    }
}
