//! When each article was published: given, printed, worked out from the text,
//! or from other articles that tell of the same events. Pure.

use super::corpus::Corpus;
use super::dates::weekday;
use super::events::{Clusters, by_document};
use super::story::Published;
use super::telling::{Scales, Telling};
use crate::extract::Report;
use crate::model::PublicationBasis;
use crate::time::{Edtf, publication};
use chrono::{Days, NaiveDate};
use std::collections::BTreeSet;

/// What the article and its metadata tell.
pub(super) fn own(report: &Report) -> Published {
    if let Some(given) = &report.given
        && let Some(edtf) = Edtf::parse(&given.edtf)
    {
        return Published {
            edtf: Some(edtf),
            basis: PublicationBasis::Given,
            why: format!("given by {}", given.from),
        };
    }
    match publication(&report.clues) {
        Some((edtf, basis, why)) => Published {
            edtf: Some(edtf),
            basis,
            why,
        },
        None => Published {
            edtf: None,
            basis: PublicationBasis::None,
            why: "nothing tells when it was published".to_owned(),
        },
    }
}

/// What another article's date tells about this one's.
#[derive(Debug)]
struct Evidence {
    first: NaiveDate,
    last: NaiveDate,
    /// The words name a day, and news does so within days of it.
    pins: bool,
    /// Quarters of a rare shared actor.
    weight: u32,
    why: String,
}

/// Evidence below this weight does not date an article: a rare shared actor, a
/// country, a weekday's name that fits, and a shared content word are enough,
/// even where the other article's date is itself inferred.
const ENOUGH: u32 = 11;

/// Dates articles by the events that they share with dated ones. Returns
/// whether any was dated.
pub(super) fn borrow(
    corpus: &Corpus<'_>,
    scales: &Scales<'_>,
    clusters: &Clusters<'_>,
    published: &mut [Published],
) -> bool {
    let mut found: Vec<(usize, Published)> = Vec::new();
    for (doc, tellings) in by_document(&clusters.events) {
        if published[doc]
            .edtf
            .as_ref()
            .is_some_and(|e| !e.is_yearless())
        {
            continue;
        }
        let evidence: Vec<Evidence> = tellings
            .iter()
            .filter_map(|(event, telling)| {
                shared(corpus, scales, &clusters.events[*event], telling)
            })
            .collect();
        if let Some(dated) = weigh(&evidence, published[doc].edtf.as_ref()) {
            found.push((doc, dated));
        }
    }
    let any = !found.is_empty();
    for (doc, dated) in found {
        published[doc] = dated;
    }
    any
}

/// What one shared event tells.
fn shared(
    corpus: &Corpus<'_>,
    scales: &Scales<'_>,
    event: &[Telling<'_>],
    telling: &Telling<'_>,
) -> Option<Evidence> {
    let (witness, date, day) = event
        .iter()
        .filter(|t| t.doc != telling.doc)
        .filter_map(|t| Some((t, t.date()?)))
        .filter_map(|(t, d)| Some((t, &d.date, d.day?)))
        .min_by_key(|(t, d, _)| (d.inferred, t.doc))?;
    let (time, guess) = telling
        .times
        .iter()
        .find_map(|t| Some((t, t.meaning.published_for(day)?)))?;
    let weight = telling
        .actors
        .keys()
        .filter(|a| witness.actors.contains_key(a))
        .map(|a| scales.weight(*a))
        .sum::<u32>()
        + 2 * u32::try_from(telling.about.intersection(&witness.about).count().min(4)).unwrap_or(4)
        + 4 * u32::from(weekday(&time.meaning).is_some())
        + 4 * u32::from(!telling.places.is_disjoint(&witness.places))
        - u32::from(date.inferred);
    Some(Evidence {
        first: guess.possible.earliest()?,
        last: guess.possible.latest()?,
        pins: guess.best.is_day(),
        weight,
        why: format!(
            "“{}” is {day}: {} tells of the same event{}",
            time.words,
            corpus.path(witness.doc),
            date.words
                .as_ref()
                .map(|w| format!(" and dates it “{w}”"))
                .unwrap_or_default(),
        ),
    })
}

/// The pieces of evidence that fit with `piece` and with each other.
fn agreeing<'e>(evidence: &'e [Evidence], piece: &'e Evidence) -> Vec<&'e Evidence> {
    let (mut first, mut last) = (piece.first, piece.last);
    let mut group = vec![piece];
    for other in evidence.iter().filter(|o| !std::ptr::eq(*o, piece)) {
        let (a, b) = (first.max(other.first), last.min(other.last));
        if a <= b {
            (first, last) = (a, b);
            group.push(other);
        }
    }
    group
}

/// The publication date that the evidence agrees on, if it suffices.
fn weigh(evidence: &[Evidence], own: Option<&Edtf>) -> Option<Published> {
    let sum = |group: &[&Evidence]| group.iter().map(|e| e.weight).sum::<u32>();
    let mut best: Vec<&Evidence> = Vec::new();
    for piece in evidence {
        let group = agreeing(evidence, piece);
        if sum(&group) > sum(&best) {
            best = group;
        }
    }
    let total: u32 = evidence.iter().map(|e| e.weight).sum();
    let against = total - sum(&best);
    // A contradiction weighs double: a wrong date is worse than none.
    if sum(&best) < ENOUGH + 2 * against {
        return None;
    }
    let first = best.iter().map(|e| e.first).max()?;
    let last = best.iter().map(|e| e.last).min()?;
    let pinned = best.iter().any(|e| e.pins);
    let mut edtf = if pinned && last <= first.checked_add_days(Days::new(7))? {
        // News names the weekday on the day itself or the day after; the first
        // day on which all words fit is the one.
        Edtf::day(first)
    } else {
        Edtf::days(first, last)
    };
    if let Some(own) = own {
        edtf = own.intersection(&edtf)?;
    }
    let why: BTreeSet<&str> = best.iter().map(|e| e.why.as_str()).collect();
    Some(Published {
        edtf: Some(edtf),
        basis: PublicationBasis::Inferred,
        why: why.into_iter().take(3).collect::<Vec<_>>().join("; "),
    })
}
