//! When each article was published: given, printed, worked out from the text,
//! or from other articles that tell of the same events. Pure.

use super::compare::Scales;
use super::dates::Dates;
use super::events::Clusters;
use super::series::SeriesIndex;
use super::story::Published;
use super::witness::{Copies, Evidence, Kin, Witnesses, within};
use crate::extract::Report;
use crate::model::PublicationBasis;
use crate::time::{Edtf, publication};
use chrono::{Datelike, Days, NaiveDate};
use std::collections::BTreeMap;

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

/// Evidence below this weight does not date an article: a rare shared actor, a
/// country, a weekday's name that fits, and a shared content word are enough,
/// even where the other article's date is itself inferred.
const ENOUGH: u32 = 11;

/// Dates articles, or dates them more narrowly, by what they share with dated
/// ones. Returns whether any was; `dates` knows which. A date only ever becomes
/// narrower, so that repeating this comes to an end.
pub(super) fn borrow(
    scales: &Scales<'_>,
    clusters: &Clusters,
    copies: &Copies,
    dates: &mut Dates,
    published: &mut [Published],
) -> bool {
    let corpus = scales.corpus;
    let open: Vec<bool> = published.iter().map(|p| !is_settled(p)).collect();
    if !open.contains(&true) {
        return false;
    }
    let mut evidence: BTreeMap<u32, Vec<Evidence>> = copies.evidence(corpus, published);
    let kin = Kin::new(dates, clusters, &open);
    for event in 0..clusters.len() {
        let tellings = clusters.event(event);
        let is_open = |t: &u32| open[clusters.tellings.order(*t).0 as usize];
        if !tellings.iter().any(is_open) {
            continue;
        }
        let witnesses = Witnesses::of(dates, clusters, tellings);
        for telling in tellings.iter().filter(|t| is_open(t)) {
            let telling = clusters.tellings.get(*telling);
            let list = evidence.entry(telling.doc).or_default();
            if list.len() >= COLLECTED {
                continue;
            }
            match witnesses.shared(scales, dates, &telling) {
                Some(found) => list.push(found),
                None => list.extend(kin.evidence(scales, dates, &telling)),
            }
            list.extend(within(scales, dates, &telling));
        }
    }
    let series = SeriesIndex::new(corpus, published);
    let mut found: Vec<(usize, Published)> = Vec::new();
    for (doc, own) in published.iter().enumerate() {
        if !open[doc] {
            continue;
        }
        let number = u32::try_from(doc).unwrap_or(u32::MAX);
        let mut list = evidence.remove(&number).unwrap_or_default();
        list.extend(series.evidence(corpus, number));
        unpin(corpus.docs[doc].weekdays, &mut list);
        if let Some(dated) = weigh(&list, own, corpus.docs[doc].bounds) {
            found.push((doc, dated));
        }
    }
    let any = !found.is_empty();
    for (doc, dated) in found {
        published[doc] = dated;
        dates.stale[doc] = true;
    }
    any
}

/// Whether nothing can make the date narrower.
fn is_settled(published: &Published) -> bool {
    published.edtf.as_ref().is_some_and(|e| {
        e.is_day() || published.basis == PublicationBasis::Given && !e.is_yearless()
    })
}

/// The pieces of evidence that fit with `piece` and with each other.
fn agreeing<'e>(evidence: &[&'e Evidence], piece: &'e Evidence) -> Vec<&'e Evidence> {
    let (mut first, mut last) = (piece.first, piece.last);
    let mut group = vec![piece];
    for other in evidence.iter().filter(|o| !std::ptr::eq(**o, piece)) {
        let (a, b) = (first.max(other.first), last.min(other.last));
        if a <= b {
            (first, last) = (a, b);
            group.push(other);
        }
    }
    group
}

/// An article that tells of one day and names others of the same week may have
/// been published on any of them: "shot on Friday", "said on Sunday". Only days
/// shortly before are no matter.
fn unpin(named: u8, evidence: &mut [Evidence]) {
    for piece in evidence {
        let Some(pin) = piece.pin else { continue };
        let own = u8::try_from(pin.weekday().number_from_monday()).unwrap_or(0);
        let is_named = |day: &u8| named & (1 << day) != 0;
        if (0..8).filter(is_named).any(|day| (7 + own - day) % 7 >= 3) {
            piece.pin = None;
        }
    }
}

/// About so many pieces of evidence are collected for one article.
const COLLECTED: usize = 2_000;

/// At most so many pieces of evidence are weighed.
const WEIGHED: usize = 200;

/// The publication date that the evidence agrees on, if it suffices and says
/// more than what is known.
fn weigh(
    evidence: &[Evidence],
    own: &Published,
    (after, before): (Option<NaiveDate>, Option<NaiveDate>),
) -> Option<Published> {
    let known = own.edtf.as_ref();
    let fits = |e: &&Evidence| {
        after.is_none_or(|day| day <= e.last)
            && before.is_none_or(|day| e.first <= day)
            && known.is_none_or(|k| k.may_overlap(&Edtf::days(e.first, e.last)))
    };
    let usable: Vec<&Evidence> = evidence.iter().filter(fits).take(WEIGHED).collect();
    let sum = |group: &[&Evidence]| group.iter().map(|e| e.weight).sum::<u32>();
    let mut best: Vec<&Evidence> = Vec::new();
    for piece in &usable {
        let group = agreeing(&usable, piece);
        if sum(&group) > sum(&best) {
            best = group;
        }
    }
    let total: u32 = evidence.iter().take(WEIGHED).map(|e| e.weight).sum();
    let against = total.saturating_sub(sum(&best));
    // A contradiction weighs double: a wrong date is worse than none.
    if sum(&best) < ENOUGH + 2 * against {
        return None;
    }
    // The article's own bounds narrow the stretch that is left.
    let first = best.iter().map(|e| e.first).chain(after).max()?;
    let last = best.iter().map(|e| e.last).chain(before).min()?;
    if last < first {
        return None;
    }
    let pin = best.iter().filter_map(|e| e.pin).max();
    let mut edtf = match pin {
        // News names the weekday on the day itself or the day after; the first
        // day on which all words fit is the one, or a later one that a copy of
        // the report bears.
        Some(pin) if last <= first.checked_add_days(Days::new(7))? => {
            Edtf::day(pin.max(first).min(last))
        }
        _ => Edtf::days(first, last),
    };
    if let Some(known) = known {
        edtf = known.intersection(&edtf).or_else(|| {
            // The day is one that the article rules out; the stretch is not.
            known.intersection(&Edtf::days(first, last))
        })?;
        if edtf == *known {
            return None;
        }
    }
    let mut why: Vec<&str> = Vec::new();
    if known.is_some() {
        why.push(&own.why);
    }
    let mut told: Vec<&str> = best.iter().map(|e| e.why.as_str()).collect();
    told.sort_unstable();
    told.dedup();
    why.extend(told.into_iter().take(3));
    Some(Published {
        edtf: Some(edtf),
        basis: PublicationBasis::Inferred,
        why: why.join("; "),
    })
}
