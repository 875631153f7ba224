//! What an article's clues say together.

use super::date_of;
use crate::model::PublicationBasis;
use crate::time::{Edtf, PublicationClue};
use chrono::{Datelike, NaiveDate};

/// Below this weight clues support others, but do not speak.
const ALONE: f32 = 0.5;

/// Bounds alone are an answer where they leave no more than this many days.
const BOUNDED: i64 = 366;

/// What an article's own clues say together of its publication date, how, and
/// why. `None` where they say nothing, or contradict each other about it. The
/// answer may be coarse (a month, a year, an interval) or without a year
/// (`XXXX-06-23`).
///
/// The strongest clue speaks, if it is strong enough with those that agree;
/// weaker ones that fit make it narrower (a dateline gives the day, a copyright
/// notice the year); a clue as strong that does not fit leaves only what both
/// have in common: the month or the year. An inferred date that lies outside
/// the bounds is none.
pub fn publication(clues: &[PublicationClue]) -> Option<(Edtf, PublicationBasis, String)> {
    let mut points = Vec::new();
    let mut bounds = Vec::new();
    for clue in clues {
        let Some(edtf) = date_of(&clue.meaning) else {
            continue;
        };
        if is_bound(&edtf) {
            bounds.push((clue, edtf));
        } else {
            points.push((clue, edtf));
        }
    }
    points.sort_by(|(a, _), (b, _)| b.weight.total_cmp(&a.weight));
    let Some(strongest) = points.first().filter(|(_, e)| trust(&points, e) >= ALONE) else {
        return bounded(&bounds);
    };
    let (edtf, printed, why) = together(strongest, &points[1..])?;
    let (edtf, why) = kept_within(edtf, printed, why, &bounds)?;
    let edtf = if strongest.0.eve && !told_otherwise(&points, &edtf) {
        or_the_day_after(&edtf)?
    } else {
        edtf
    };
    let basis = if printed {
        PublicationBasis::Printed
    } else {
        PublicationBasis::Inferred
    };
    Some((edtf, basis, why))
}

/// Whether a clue of another kind names the very day.
fn told_otherwise(points: &[(&PublicationClue, Edtf)], edtf: &Edtf) -> bool {
    points.iter().any(|(clue, e)| !clue.eve && e == edtf)
}

/// The day of an evening's dateline or the day after; where the year is not
/// known, the month that both lie in.
fn or_the_day_after(edtf: &Edtf) -> Option<Edtf> {
    if edtf.is_yearless() {
        let day = edtf.in_year(2000)?.earliest()?;
        let next = day.succ_opt()?;
        return (day.month() == next.month())
            .then(|| Edtf::without_year(day.month(), None))
            .flatten();
    }
    match edtf.earliest().filter(|_| edtf.is_day()) {
        Some(day) => Some(Edtf::days(day, day.succ_opt()?)),
        None => Some(edtf.clone()),
    }
}

/// The days between which the text itself says that it was published; `None`
/// where it does not bound them.
pub fn publication_bounds(clues: &[PublicationClue]) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let dates: Vec<Edtf> = clues.iter().filter_map(|c| date_of(&c.meaning)).collect();
    let bounds = || dates.iter().filter(|e| is_bound(e));
    let after = bounds().filter_map(Edtf::earliest).max();
    let before = bounds().filter_map(Edtf::latest).min();
    (after, before)
}

fn is_bound(edtf: &Edtf) -> bool {
    !edtf.is_yearless() && matches!(edtf.bounds(), (Some(_), None) | (None, Some(_)))
}

/// How far the clues that agree with a date can be trusted together.
fn trust(points: &[(&PublicationClue, Edtf)], edtf: &Edtf) -> f32 {
    let doubt: f32 = points
        .iter()
        .filter(|(_, other)| other.may_overlap(edtf))
        .map(|(clue, _)| 1.0 - clue.weight.clamp(0.0, 1.0))
        .product();
    1.0 - doubt
}

/// The strongest clue with all others: its date, whether that is printed, why.
fn together(
    (best, first): &(&PublicationClue, Edtf),
    others: &[(&PublicationClue, Edtf)],
) -> Option<(Edtf, bool, String)> {
    let mut edtf = first.clone();
    let mut printed = best.printed;
    let mut why = best.why.clone();
    for (clue, other) in others {
        match edtf.intersection(other) {
            Some(both) if both != edtf => {
                // A year that only a weak clue gives is inferred.
                printed &= clue.printed || !edtf.is_yearless();
                edtf = both;
                why = format!("{why}; {}", clue.why);
            }
            Some(_) => {
                // What the answer needs to be trusted is told.
                if best.weight < ALONE {
                    why = format!("{why}; {}", clue.why);
                }
            }
            None if edtf.may_overlap(other) => {}
            None if clue.weight + 0.15 < best.weight || !clue.printed && best.printed => {
                why = format!("{why}; although {}", clue.why);
            }
            None => {
                edtf = in_common(&edtf, other)?;
                printed = false;
                why = format!("{why}; but {}", clue.why);
            }
        }
    }
    Some((edtf, printed, why))
}

/// A date within the bounds, or none.
fn kept_within(
    mut edtf: Edtf,
    printed: bool,
    mut why: String,
    bounds: &[(&PublicationClue, Edtf)],
) -> Option<(Edtf, String)> {
    for (clue, bound) in bounds {
        if !edtf.may_overlap(bound) {
            if !printed {
                return None;
            }
            // Print is surer than a tense.
            why = format!("{why}; although {}", clue.why);
        } else if !edtf.is_day()
            && !printed
            && let Some(both) = edtf.intersection(bound)
            && both != edtf
        {
            edtf = both;
            why = format!("{why}; {}", clue.why);
        }
    }
    // A day without a year, and bounds between which it comes once.
    if edtf.is_yearless()
        && let Some((room, _, told)) = bounded(bounds)
        && let Some(both) = edtf.intersection(&room)
    {
        edtf = both;
        why = format!("{why}; {told}");
    }
    Some((edtf, why))
}

/// What the bounds say where nothing else speaks.
fn bounded(bounds: &[(&PublicationClue, Edtf)]) -> Option<(Edtf, PublicationBasis, String)> {
    let after = bounds.iter().filter_map(|(_, e)| e.earliest()).max()?;
    let before = bounds.iter().filter_map(|(_, e)| e.latest()).min()?;
    if before < after || (before - after).num_days() > BOUNDED {
        return None;
    }
    let why: Vec<&str> = bounds.iter().map(|(clue, _)| clue.why.as_str()).collect();
    Some((
        Edtf::days(after, before),
        PublicationBasis::Inferred,
        why.join(", and "),
    ))
}

/// The month or year that two dates share.
fn in_common(a: &Edtf, b: &Edtf) -> Option<Edtf> {
    let (first, last) = (
        a.earliest()?.min(b.earliest()?),
        a.latest()?.max(b.latest()?),
    );
    if first.year() != last.year() {
        None
    } else if first.month() == last.month() {
        Edtf::month(first.year(), first.month())
    } else {
        Edtf::year(first.year())
    }
}
