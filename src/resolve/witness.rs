//! What other articles tell about the publication date of one: they report the
//! same event, or say the same in the same words. Pure.

use super::compare::{Scales, contradict};
use super::corpus::{Corpus, Sentence, Time, Told};
use super::dates::{Dates, own_date};
use super::events::Clusters;
use super::story::Published;
use super::telling::Telling;
use super::words::{Map, meet, shared};
use crate::model::DateBasis;
use crate::time::Meaning;
use chrono::NaiveDate;
use std::collections::BTreeMap;

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

/// A sentence that stands in more articles than this is a phrase of the house.
const COPIES: usize = 8;
/// The weight of a sentence that two articles share, with its words of time.
const VERBATIM: u32 = 11;
/// The weight of two tellings of one event in one article.
const WITHIN: u32 = 9;
/// The weight that a weekday's name adds when it fits: one in seven does by
/// chance.
const WEEKDAY: u32 = 4;

/// Those who date one event to the day, as far as they can date the others.
#[derive(Debug)]
pub(super) struct Witnesses<'c> {
    /// The surest, and the surest of another article.
    best: [Option<Telling<'c>>; 2],
}

impl<'c> Witnesses<'c> {
    pub(super) fn of(dates: &Dates, clusters: &'c Clusters, tellings: &[u32]) -> Witnesses<'c> {
        let all = || {
            let dated = tellings.iter().map(|t| clusters.tellings.get(*t));
            dated.filter_map(|t| Some((t, t.date(dates).filter(|d| d.day.is_some())?)))
        };
        let surest = |not: Option<u32>| {
            all()
                .filter(|(t, _)| Some(t.doc) != not)
                .min_by_key(|(t, d)| (d.inferred, t.doc))
                .map(|(t, _)| t)
        };
        let first = surest(None);
        let second = first.and_then(|t| surest(Some(t.doc)));
        Witnesses {
            best: [first, second],
        }
    }

    /// What an event tells of which others tell as well.
    pub(super) fn shared(
        &self,
        scales: &Scales<'_>,
        dates: &Dates,
        telling: &Telling<'_>,
    ) -> Option<Evidence> {
        let mut others = self.best.iter().flatten();
        let witness = others.find(|t| t.doc != telling.doc)?;
        let date = witness.date(dates)?;
        let day = date.day?;
        let weight = likeness(scales, telling, witness).checked_sub(u32::from(date.inferred))?;
        let words = words_of(scales, dates, witness);
        dated_by(scales, telling, day, weight, |time| {
            format!(
                "“{}” is {day}: {} tells of the same event{}",
                time.words,
                scales.corpus.path(witness.doc),
                words
                    .map(|w| format!(" and dates it “{w}”"))
                    .unwrap_or_default(),
            )
        })
    }
}

/// The words that the date of a telling comes from: those of its first mention
/// with a date as good.
fn words_of<'c>(scales: &Scales<'c>, dates: &Dates, telling: &Telling<'_>) -> Option<&'c str> {
    let rank = dates.get(telling.date)?.rank();
    let as_good = |m: &&u32| dates.get(dates.of(**m)).is_some_and(|d| d.rank() == rank);
    let mention = telling.mentions.iter().find(as_good)?;
    let told = scales.corpus.told.get(*mention as usize)?;
    scales
        .corpus
        .times
        .get(told.time as usize)
        .map(|t| &*t.words)
}

/// Dated tellings that an undated one may repeat, by the word that says what
/// happened and by who took part.
#[derive(Debug)]
pub(super) struct Kin<'c> {
    dated: Map<(u32, u32), Vec<Telling<'c>>>,
}

/// With how many dated tellings one is compared at most, for each of its actors.
const COMPARED: usize = 24;

/// What is less alike than this is alike by chance.
const KIN_AT_LEAST: u32 = 8;

/// The words and actors of a telling.
fn pairs(telling: Telling<'_>) -> impl Iterator<Item = (u32, u32)> + '_ {
    let actors = telling.actors;
    let lemmas = telling.lemmas.iter();
    lemmas.flat_map(move |lemma| actors.iter().map(move |(actor, _)| (*lemma, *actor)))
}

impl<'c> Kin<'c> {
    /// Of use for the documents that are `open`.
    pub(super) fn new(dates: &Dates, clusters: &'c Clusters, open: &[bool]) -> Kin<'c> {
        let mut dated: Map<(u32, u32), Vec<Telling<'_>>> = Map::default();
        let all = || (0..clusters.len()).flat_map(|event| clusters.event(event));
        for telling in all() {
            let telling = clusters.tellings.get(*telling);
            if open.get(telling.doc as usize) == Some(&true) {
                for pair in pairs(telling) {
                    dated.entry(pair).or_default();
                }
            }
        }
        for telling in all() {
            let telling = clusters.tellings.get(*telling);
            if telling.date(dates).is_none_or(|d| d.day.is_none()) {
                continue;
            }
            for pair in pairs(telling) {
                if let Some(list) = dated.get_mut(&pair)
                    && list.len() < COMPARED
                {
                    list.push(telling);
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
        scales: &Scales<'_>,
        dates: &Dates,
        telling: &Telling<'_>,
    ) -> Vec<Evidence> {
        let mut best: BTreeMap<(NaiveDate, NaiveDate), Evidence> = BTreeMap::new();
        for pair in pairs(*telling) {
            for other in self.dated.get(&pair).into_iter().flatten() {
                let Some(found) = alike(scales, dates, telling, other) else {
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
        best.into_values().collect()
    }
}

/// What a dated telling that is alike tells.
fn alike(
    scales: &Scales<'_>,
    dates: &Dates,
    telling: &Telling<'_>,
    other: &Telling<'_>,
) -> Option<Evidence> {
    if other.doc == telling.doc
        || !meet(telling.kinds, other.kinds)
        || contradict(scales, dates, telling, other)
    {
        return None;
    }
    let date = other.date(dates)?;
    let weight = likeness(scales, telling, other).checked_sub(u32::from(date.inferred))?;
    let day = date.day?;
    let found = dated_by(scales, telling, day, weight, |time| {
        format!(
            "“{}” is {day}: {} seems to tell of the same event",
            time.words,
            scales.corpus.path(other.doc)
        )
    })?;
    // Not sure enough for a single day.
    (found.weight >= KIN_AT_LEAST).then_some(Evidence { pin: None, ..found })
}

/// What two tellings have in common: actors, matter, place.
fn likeness(scales: &Scales<'_>, a: &Telling<'_>, b: &Telling<'_>) -> u32 {
    let about = shared(a.about, b.about).min(4);
    let actors = a.actors.iter().map(|(actor, _)| *actor);
    let actors = actors.filter(|actor| b.roles(*actor).is_some());
    actors.map(|k| scales.weight(k)).sum::<u32>()
        + 2 * u32::try_from(about).unwrap_or(4)
        + 4 * u32::from(meet(a.places, b.places))
}

/// What an event tells that the article itself dates twice: once in full, once
/// relative to its publication.
pub(super) fn within(
    scales: &Scales<'_>,
    dates: &Dates,
    telling: &Telling<'_>,
) -> Option<Evidence> {
    let corpus = scales.corpus;
    let (mention, stated) = telling
        .mentions
        .iter()
        .filter_map(|m| Some((*m, dates.get(dates.of(*m))?)))
        .find(|(_, d)| d.basis == DateBasis::Stated && d.day.is_some())?;
    let day = stated.day?;
    let told = corpus.told.get(mention as usize)?;
    let time = corpus.times.get(told.time as usize);
    let dated = time.map_or("", |t| &t.words);
    dated_by(scales, telling, day, WITHIN, |time| {
        format!(
            "“{}” is {dated}: the article dates one event in both ways",
            time.words
        )
    })
}

/// The publication that a telling's words give when they mean `day`.
fn dated_by(
    scales: &Scales<'_>,
    telling: &Telling<'_>,
    day: NaiveDate,
    weight: u32,
    why: impl Fn(&Time) -> String,
) -> Option<Evidence> {
    // Of "10 p.m." the day is not said, only taken to be the publication's.
    let bare = |m: &Meaning| matches!(m, Meaning::Clock { of, .. } if **of == Meaning::Published);
    let (time, guess) = telling
        .times
        .iter()
        .filter_map(|t| scales.corpus.times.get(*t as usize))
        .filter(|t| !bare(&t.meaning))
        .find_map(|t| Some((t, t.meaning.published_for(day)?)))?;
    Some(Evidence {
        first: guess.possible.earliest()?,
        last: guess.possible.latest()?,
        pin: guess.best.earliest().filter(|_| guess.best.is_day()),
        weight: weight + WEEKDAY * u32::from(time.weekday.is_some()),
        why: why(time),
    })
}

/// Sentences with words of time that several articles share, in order of their
/// hashes, then of the articles.
#[derive(Debug, Default)]
pub(super) struct Copies(Vec<Sentence>);

impl Copies {
    /// Takes the sentences out of the corpus.
    pub(super) fn new(corpus: &mut Corpus) -> Copies {
        let mut sentences = std::mem::take(&mut corpus.sentences);
        sentences.sort_by_key(|s| s.hash);
        let mut copies = Vec::new();
        for same in sentences.chunk_by(|a, b| a.hash == b.hash) {
            let doc = |s: &Sentence| corpus.told.get(s.event as usize).map(|t| t.doc);
            let mut docs: Vec<Option<u32>> = same.iter().map(doc).collect();
            docs.dedup();
            if (2..=COPIES).contains(&docs.len()) {
                copies.extend_from_slice(same);
            }
        }
        Copies(copies)
    }

    /// What the sentences that an article shares with dated ones tell.
    pub(super) fn evidence(
        &self,
        corpus: &Corpus,
        published: &[Published],
    ) -> BTreeMap<u32, Vec<Evidence>> {
        let mut out: BTreeMap<u32, Vec<Evidence>> = BTreeMap::new();
        for copies in self.0.chunk_by(|a, b| a.hash == b.hash) {
            let told = || {
                copies
                    .iter()
                    .filter_map(|s| corpus.told.get(s.event as usize))
            };
            for event in told() {
                let own = &published[event.doc as usize];
                if own.edtf.as_ref().is_some_and(|e| e.is_day()) {
                    continue;
                }
                let mut others = told().filter(|other| other.doc != event.doc);
                let found = others
                    .find_map(|copy| copied(corpus, event, copy, &published[copy.doc as usize]));
                out.entry(event.doc).or_default().extend(found);
            }
        }
        out
    }
}

/// What the same sentence in a dated article tells.
fn copied(corpus: &Corpus, event: &Told, copy: &Told, published: &Published) -> Option<Evidence> {
    let time = corpus.times.get(event.time as usize)?;
    let other = corpus.times.get(copy.time as usize)?;
    if time.words != other.words {
        return None;
    }
    let printed = published.edtf.as_ref().filter(|e| e.is_day())?.earliest()?;
    let date = own_date(&corpus.times, copy, published)?;
    let day = date.edtf.earliest().filter(|_| date.edtf.is_day())?;
    let guess = time.meaning.published_for(day)?;
    let (first, last) = (guess.possible.earliest()?, guess.possible.latest()?);
    Some(Evidence {
        first,
        last,
        // Two versions of one report come out together.
        pin: guess.best.is_day().then_some(printed.clamp(first, last)),
        weight: VERBATIM - u32::from(date.inferred),
        why: format!(
            "“{}” is {day}: {} has the same sentence",
            time.words,
            corpus.path(copy.doc)
        ),
    })
}
