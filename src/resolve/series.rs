//! Numbered occasions of different articles: when the 7th Harbour Week was in
//! 2017 and there is one a year, the 5th was in 2015. Pure.

use super::corpus::Corpus;
use super::story::Published;
use super::witness::Evidence;
use crate::extract::Edition;
use crate::time::{Edtf, Meaning};
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// Editions farther apart than this are not counted from each other; a series
/// skips a year now and then.
const FARTHEST: u32 = 12;

/// How far a year from a series can be trusted: alone it is enough.
const WEIGHT: u32 = 12;

/// So many editions of one series are looked at, the first ones.
const COMPARED: usize = 500;

/// An edition whose year is known.
#[derive(Debug)]
struct Known<'r> {
    edition: &'r Edition,
    doc: u32,
    year: i32,
}

/// The editions of all articles by the name of their series.
#[derive(Debug)]
pub(super) struct SeriesIndex<'r> {
    known: BTreeMap<&'r str, Vec<Known<'r>>>,
    annual: BTreeSet<&'r str>,
}

impl<'r> SeriesIndex<'r> {
    pub(super) fn new(corpus: &'r Corpus, published: &[Published]) -> SeriesIndex<'r> {
        let mut index = SeriesIndex {
            known: BTreeMap::new(),
            annual: BTreeSet::new(),
        };
        for (doc, edition) in &corpus.series {
            if edition.annual {
                index.annual.insert(&edition.name);
            }
            if let Some(year) = year(edition, &published[*doc as usize]) {
                let known = index.known.entry(&edition.name).or_default();
                if known.len() < COMPARED {
                    known.push(Known {
                        edition,
                        doc: *doc,
                        year,
                    });
                }
            }
        }
        index
    }

    /// What the numbered occasions of an article tell of its publication.
    pub(super) fn evidence(&self, corpus: &Corpus, doc: u32) -> Vec<Evidence> {
        let from = corpus.series.partition_point(|(d, _)| *d < doc);
        let editions = corpus.series.get(from..).unwrap_or_default().iter();
        editions
            .take_while(|(d, _)| *d == doc)
            .filter(|(_, e)| e.year.is_none())
            .filter_map(|(_, e)| self.tell(corpus, doc, e))
            .collect()
    }

    fn tell(&self, corpus: &Corpus, doc: u32, edition: &Edition) -> Option<Evidence> {
        let known = self.known.get(edition.name.as_str())?;
        let others: Vec<&Known<'_>> = known
            .iter()
            .filter(|k| k.doc != doc && k.edition.number.abs_diff(edition.number) <= FARTHEST)
            .collect();
        let same = |k: &&&Known<'_>| k.edition.number == edition.number;
        if !others.iter().any(|k| same(&k)) && !self.is_yearly(&edition.name, known) {
            return None;
        }
        let years: BTreeSet<i32> = others.iter().filter_map(|k| counted(k, edition)).collect();
        let year = *years.first().filter(|_| years.len() == 1)?;
        let nearest = others
            .iter()
            .min_by_key(|k| k.edition.number.abs_diff(edition.number))?;
        let (first, last) = room(edition, year)?;
        Some(Evidence {
            first,
            last,
            pin: None,
            weight: WEIGHT,
            why: format!(
                "“{}” was in {year}: {} puts “{}” in {}",
                edition.words,
                corpus.path(nearest.doc),
                nearest.edition.words,
                nearest.year
            ),
        })
    }

    /// Whether there is one a year: someone says so, or two with their years
    /// show it and none contradicts.
    fn is_yearly(&self, name: &str, known: &[Known<'_>]) -> bool {
        let born: BTreeSet<i64> = known
            .iter()
            .map(|k| i64::from(k.year) - i64::from(k.edition.number))
            .collect();
        let numbers: BTreeSet<u32> = known.iter().map(|k| k.edition.number).collect();
        born.len() == 1 && (self.annual.contains(name) || numbers.len() > 1)
    }
}

/// The year of an edition, counted from a known one.
fn counted(known: &Known<'_>, edition: &Edition) -> Option<i32> {
    let steps = i64::from(edition.number) - i64::from(known.edition.number);
    i32::try_from(i64::from(known.year) + steps).ok()
}

/// The year of an edition: the text's own, or by its words and the publication.
fn year(edition: &Edition, published: &Published) -> Option<i32> {
    if edition.year.is_some() {
        return edition.year;
    }
    let date = edition
        .time
        .as_ref()?
        .resolve(published.edtf.as_ref())?
        .edtf?;
    let (first, last) = (date.earliest()?, date.latest()?);
    (first.year() == last.year()).then_some(first.year())
}

/// When an article can have been published whose words date an edition of this
/// year; of an edition without such words nothing follows.
fn room(edition: &Edition, year: i32) -> Option<(NaiveDate, NaiveDate)> {
    let meaning = edition.time.as_ref()?;
    let whole = Edtf::year(year)?;
    let possible = match meaning.resolve(None).and_then(|r| r.edtf) {
        // "on June 23": news tells of it within the months around.
        Some(day) if day.is_yearless() => {
            let day = day.in_year(year)?;
            around(meaning, day.earliest()?, day.latest()?)?
        }
        _ => meaning.published_within(&whole)?,
    };
    Some((possible.earliest()?, possible.latest()?))
}

/// The publication days on which a date without a year means these days, no
/// farther than half a year off.
fn around(meaning: &Meaning, first: NaiveDate, last: NaiveDate) -> Option<Edtf> {
    let possible = meaning.published_within(&Edtf::days(first, last))?;
    let near = Edtf::days(
        first.checked_sub_days(chrono::Days::new(183))?,
        last.checked_add_days(chrono::Days::new(183))?,
    );
    possible.intersection(&near)
}
