//! What other articles tell about the publication date of one: they report the
//! same event, or say the same in the same words. Pure.

use super::compare::{Scales, contradict};
use super::corpus::Corpus;
use super::dates::{own_date, weekday};
use super::story::Published;
use super::telling::Telling;
use crate::extract::{EventMention, TimeRef};
use crate::model::DateBasis;
use crate::text::stable_hash;
use crate::time::Meaning;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// What something outside the article's own dates tells about its date.
#[derive(Debug, Clone)]
pub(super) struct Evidence {
    /// The first day on which it can have been published.
    pub first: NaiveDate,
    /// The last.
    pub last: NaiveDate,
    /// The day, where the words name one and news does so within days of it.
    pub pin: Option<NaiveDate>,
    /// Quarters of a rare shared actor.
    pub weight: u32,
    pub why: String,
}

/// A sentence shorter than this many characters may stand in two articles by
/// chance.
const SENTENCE: usize = 50;
/// One that stands in more articles than this is a phrase of the house.
const COPIES: usize = 8;
/// The weight of a sentence that two articles share, with its words of time.
const VERBATIM: u32 = 11;
/// The weight of two tellings of one event in one article.
const WITHIN: u32 = 9;
/// The weight that a weekday's name adds when it fits: one in seven does by
/// chance.
const WEEKDAY: u32 = 4;

/// What one event that others tell of as well tells.
pub(super) fn shared(
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
    let weight = likeness(scales, telling, witness).checked_sub(u32::from(date.inferred))?;
    let dated = date.words.as_ref();
    dated_by(telling, day, weight, |time| {
        format!(
            "“{}” is {day}: {} tells of the same event{}",
            time.words,
            corpus.path(witness.doc),
            dated
                .map(|w| format!(" and dates it “{w}”"))
                .unwrap_or_default(),
        )
    })
}

/// Dated tellings that an undated one may repeat, by the word that says what
/// happened and by who took part.
#[derive(Debug)]
pub(super) struct Kin<'c, 'r> {
    dated: BTreeMap<(&'r str, usize), Vec<&'c Telling<'r>>>,
}

/// With how many dated tellings one is compared at most, for each of its actors.
const COMPARED: usize = 24;

/// What is less alike than this is alike by chance.
const KIN_AT_LEAST: u32 = 8;

impl<'c, 'r> Kin<'c, 'r> {
    pub(super) fn new(events: &'c [Vec<Telling<'r>>]) -> Kin<'c, 'r> {
        let mut dated: BTreeMap<(&str, usize), Vec<&Telling<'_>>> = BTreeMap::new();
        for telling in events.iter().flatten() {
            if telling.date().is_none_or(|d| d.day.is_none()) {
                continue;
            }
            for lemma in &telling.lemmas {
                for actor in telling.actors.keys() {
                    let list = dated.entry((lemma, *actor)).or_default();
                    if list.len() < COMPARED {
                        list.push(telling);
                    }
                }
            }
        }
        Kin { dated }
    }

    /// What the tellings of other articles tell that are alike in kind, word,
    /// actors and matter, but too little to be taken for one event. Of those
    /// that say the same about one telling the best counts; those that say
    /// something else stand against it.
    pub(super) fn evidence(
        &self,
        corpus: &Corpus<'_>,
        scales: &Scales<'_>,
        telling: &Telling<'r>,
    ) -> Vec<Evidence> {
        let mut best: BTreeMap<(NaiveDate, NaiveDate), Evidence> = BTreeMap::new();
        for lemma in &telling.lemmas {
            for actor in telling.actors.keys() {
                let list = self.dated.get(&(*lemma, *actor));
                for other in list.into_iter().flatten() {
                    let Some(found) = alike(corpus, scales, telling, other) else {
                        continue;
                    };
                    let known = best
                        .entry((found.first, found.last))
                        .or_insert_with(|| found.clone());
                    if (found.weight, &known.why) > (known.weight, &found.why) {
                        *known = found;
                    }
                }
            }
        }
        best.into_values().collect()
    }
}

/// What a dated telling that is alike tells.
fn alike(
    corpus: &Corpus<'_>,
    scales: &Scales<'_>,
    telling: &Telling<'_>,
    other: &Telling<'_>,
) -> Option<Evidence> {
    if other.doc == telling.doc
        || telling.kinds.is_disjoint(&other.kinds)
        || contradict(scales, telling, other)
    {
        return None;
    }
    let date = other.date()?;
    let weight = likeness(scales, telling, other).checked_sub(u32::from(date.date.inferred))?;
    let day = date.day?;
    let found = dated_by(telling, day, weight, |time| {
        format!(
            "“{}” is {day}: {} seems to tell of the same event",
            time.words,
            corpus.path(other.doc)
        )
    })?;
    // Not sure enough for a single day.
    (found.weight >= KIN_AT_LEAST).then_some(Evidence { pin: None, ..found })
}

/// What two tellings have in common: actors, matter, place.
fn likeness(scales: &Scales<'_>, a: &Telling<'_>, b: &Telling<'_>) -> u32 {
    let about = a.about.intersection(&b.about).count().min(4);
    let actors = a.actors.keys().filter(|k| b.actors.contains_key(k));
    actors.map(|k| scales.weight(*k)).sum::<u32>()
        + 2 * u32::try_from(about).unwrap_or(4)
        + 4 * u32::from(!a.places.is_disjoint(&b.places))
}

/// What an event tells that the article itself dates twice: once in full, once
/// relative to its publication.
pub(super) fn within(telling: &Telling<'_>) -> Option<Evidence> {
    let stated = telling
        .dates
        .iter()
        .find(|d| d.date.basis == DateBasis::Stated && d.day.is_some())?;
    let day = stated.day?;
    let dated = stated.date.words.as_deref().unwrap_or_default();
    dated_by(telling, day, WITHIN, |time| {
        format!(
            "“{}” is {dated}: the article dates one event in both ways",
            time.words
        )
    })
}

/// The publication that a telling's words give when they mean `day`.
fn dated_by(
    telling: &Telling<'_>,
    day: NaiveDate,
    weight: u32,
    why: impl Fn(&TimeRef) -> String,
) -> Option<Evidence> {
    // Of "10 p.m." the day is not said, only taken to be the publication's.
    let bare = |m: &Meaning| matches!(m, Meaning::Clock { of, .. } if **of == Meaning::Published);
    let (time, guess) = telling
        .times
        .iter()
        .filter(|t| !bare(&t.meaning))
        .find_map(|t| Some((t, t.meaning.published_for(day)?)))?;
    Some(Evidence {
        first: guess.possible.earliest()?,
        last: guess.possible.latest()?,
        pin: guess.best.earliest().filter(|_| guess.best.is_day()),
        weight: weight + WEEKDAY * u32::from(weekday(&time.meaning).is_some()),
        why: why(time),
    })
}

/// Sentences with words of time that several articles share.
#[derive(Debug, Default)]
pub(super) struct Copies<'r> {
    sentences: BTreeMap<u64, Vec<(usize, &'r EventMention)>>,
}

impl<'r> Copies<'r> {
    pub(super) fn new(corpus: &Corpus<'r>) -> Copies<'r> {
        let mut sentences: BTreeMap<u64, Vec<(usize, &EventMention)>> = BTreeMap::new();
        for (doc, report) in corpus.reports.iter().enumerate() {
            let mut seen: BTreeSet<(u64, &str)> = BTreeSet::new();
            for event in &report.events {
                let Some(time) = event.time.as_ref().filter(|t| t.meaning.is_relative()) else {
                    continue;
                };
                let words: Vec<&str> = event.quote.text.split_whitespace().collect();
                let words = words.join(" ");
                if words.chars().take(SENTENCE).count() < SENTENCE {
                    continue;
                }
                let key = stable_hash(words.as_bytes());
                if seen.insert((key, &time.words)) {
                    sentences.entry(key).or_default().push((doc, event));
                }
            }
        }
        sentences.retain(|_, copies| {
            let docs: BTreeSet<usize> = copies.iter().map(|(doc, _)| *doc).collect();
            (2..=COPIES).contains(&docs.len())
        });
        Copies { sentences }
    }

    /// What the sentences that an article shares with dated ones tell.
    pub(super) fn evidence(
        &self,
        corpus: &Corpus<'_>,
        published: &[Published],
    ) -> BTreeMap<usize, Vec<Evidence>> {
        let mut out: BTreeMap<usize, Vec<Evidence>> = BTreeMap::new();
        for copies in self.sentences.values() {
            for (doc, event) in copies {
                if published[*doc].edtf.as_ref().is_some_and(|e| e.is_day()) {
                    continue;
                }
                let found =
                    copies
                        .iter()
                        .filter(|(other, _)| other != doc)
                        .find_map(|(other, copy)| {
                            copied(corpus.path(*other), event, copy, &published[*other])
                        });
                out.entry(*doc).or_default().extend(found);
            }
        }
        out
    }
}

/// What the same sentence in a dated article tells.
fn copied(
    path: &str,
    event: &EventMention,
    copy: &EventMention,
    published: &Published,
) -> Option<Evidence> {
    let (time, other) = (event.time.as_ref()?, copy.time.as_ref()?);
    if time.words != other.words {
        return None;
    }
    let printed = published.edtf.as_ref().filter(|e| e.is_day())?.earliest()?;
    let date = own_date(copy, published)?;
    let day = date.edtf.earliest().filter(|_| date.edtf.is_day())?;
    let guess = time.meaning.published_for(day)?;
    let (first, last) = (guess.possible.earliest()?, guess.possible.latest()?);
    Some(Evidence {
        first,
        last,
        // Two versions of one report come out together.
        pin: guess.best.is_day().then_some(printed.clamp(first, last)),
        weight: VERBATIM - u32::from(date.inferred),
        why: format!("“{}” is {day}: {path} has the same sentence", time.words),
    })
}
