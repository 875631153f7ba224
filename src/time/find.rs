//! Finds the time expressions of a text, left to right: each may lean on the
//! date before it ("two days later"), and on the prepositions around it
//! ("since 2011", "from May to July").

use super::grammar::{Found, Outcome, Parser};
use super::lexicon::{Class, Lex};
use super::memory::{Memory, Place};
use super::words::{self, Word};
use super::{Edtf, End, Meaning, Part, TimeExpression, TimexKind, Unit, Vague, lists, ranges};
use crate::ingest::{Article, BlockKind};
use crate::language::{Analysis, Sentence};
use crate::text::Span;
use chrono::Datelike;

/// A time expression in plain text that was not analysed: a date line, a
/// byline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainExpression {
    /// Where it stands in the text.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimexKind,
    /// What the words mean, before a calendar is at hand.
    pub meaning: Meaning,
}

/// An expression by its words.
pub(super) struct Sighting {
    /// First word.
    pub(super) first: usize,
    /// One past the last word.
    pub(super) end: usize,
    pub(super) kind: TimexKind,
    pub(super) meaning: Meaning,
}

/// Finds the time expressions of an article, in the order of the text. Linear
/// in the text.
pub fn find(article: &Article, analysis: &Analysis) -> Vec<TimeExpression> {
    let mut out = Vec::new();
    let mut all = Vec::new();
    let ranges: Vec<_> = analysis
        .sentences
        .iter()
        .map(|sentence| words::of_sentence(&article.text, sentence, &mut all))
        .collect();
    let mut memory = Memory::new(
        ranges.iter().map(|range| &all[range.clone()]),
        own_year(article),
    );
    for (number, (sentence, range)) in analysis.sentences.iter().zip(ranges).enumerate() {
        let words = &all[range];
        memory.enter(words);
        for s in sight(&article.text, words, Some(sentence), &mut memory) {
            let (a, b) = (words[s.first], words[s.end - 1]);
            out.push(TimeExpression {
                sentence: number as u32,
                first: a.token,
                last: b.token,
                span: a.span.cover(b.span),
                kind: s.kind,
                meaning: s.meaning,
            });
        }
        memory.age();
    }
    out
}

/// The year that is given as the article's own, or printed in its margins.
fn own_year(article: &Article) -> Option<u32> {
    let year = |edtf: &Edtf| Some(edtf.latest()?.year_ce().1);
    if let Some(given) = &article.published {
        return Edtf::parse(&given.edtf).as_ref().and_then(year);
    }
    in_margins(article).find_map(|e| year(&e.meaning.resolve(None)?.edtf?))
}

/// The time expressions of date lines, datelines and bylines, which are no part
/// of the analysis.
pub(super) fn in_margins(article: &Article) -> impl Iterator<Item = PlainExpression> + '_ {
    article
        .blocks
        .iter()
        .filter(|b| {
            matches!(
                b.kind,
                BlockKind::Date | BlockKind::Dateline | BlockKind::Byline
            )
        })
        .flat_map(|b| find_in_text(&article.text, b.span))
}

/// Finds time expressions in a stretch of plain text, without tags: weekdays
/// and months without a year are taken to be the nearest.
pub fn find_in_text(text: &str, span: Span) -> Vec<PlainExpression> {
    let mut words = Vec::new();
    words::of_text(text, span, &mut words);
    sight(text, &words, None, &mut Memory::default())
        .into_iter()
        .map(|s| PlainExpression {
            span: words[s.first].span.cover(words[s.end - 1].span),
            kind: s.kind,
            meaning: s.meaning,
        })
        .collect()
}

/// The expressions of one sentence.
fn sight(
    text: &str,
    words: &[Word],
    sentence: Option<&Sentence>,
    memory: &mut Memory,
) -> Vec<Sighting> {
    let mut found: Vec<Sighting> = Vec::new();
    let mut i = 0;
    while i < words.len() {
        let outcome = if words[i].lex == Lex::Other {
            None
        } else {
            Parser {
                text,
                words,
                sentence,
                memory,
            }
            .parse(i)
        };
        match outcome {
            Some(Outcome::Time(time)) if is_title(words, i, time.end) => i = time.end,
            Some(Outcome::Time(time)) if time.end > i => {
                memory.learn(&time.meaning, place(words, i, &time));
                let end = time.end.min(words.len());
                found.push(Sighting {
                    first: i,
                    end,
                    kind: time.kind,
                    meaning: time.meaning,
                });
                i = end;
            }
            Some(Outcome::Skip(end)) if end > i => i = end,
            _ => i += 1,
        }
    }
    lists::share_years(words, &mut found);
    bound(text, words, &mut found);
    found
}

/// "This Week" in quotation marks and "60 Minutes" are shows: units and parts of
/// the day have capitals in names only, or where all words have.
fn is_title(words: &[Word], first: usize, end: usize) -> bool {
    let common = |w: &Word| {
        matches!(
            w.lex,
            Lex::Unit(Unit::Second | Unit::Minute | Unit::Hour | Unit::Week, _) | Lex::Daypart(..)
        )
    };
    let inner = |i: usize| i > 0 && words.get(i).is_some_and(|w| w.capital && common(w));
    // In a headline all words have capitals.
    let plain = |w: &Word| w.lex == Lex::Other && !w.capital && w.span.end - w.span.start > 3;
    let opens = first == 0 || words[first - 1].lex == Lex::Other && first == 1;
    (first..end).any(inner) && !opens && words.iter().any(plain)
}

/// The part that an expression plays in its sentence.
fn place(words: &[Word], i: usize, time: &Found) -> Place {
    let lex = |i: usize| words.get(i).map_or(Lex::Other, |w| w.lex);
    let before = i.checked_sub(1).map(lex);
    let told_apart = time.end == i + 1
        && matches!(lex(i), Lex::Digits(..))
        && before == Some(Lex::Class(Class::The))
        && lex(time.end) == Lex::Other;
    let bounds = matches!(
        before,
        Some(Lex::Class(
            Class::Since | Class::Until | Class::Before | Class::After | Class::Than
        ))
    );
    if told_apart || bounds {
        Place::Aside
    } else if i <= 1 {
        Place::Opening
    } else {
        Place::Inner
    }
}

/// Turns dates into intervals where prepositions say so.
fn bound(text: &str, words: &[Word], found: &mut [Sighting]) {
    let class = |i: usize| match words.get(i).map(|w| w.lex) {
        Some(Lex::Class(class)) => Some(class),
        _ => None,
    };
    let mut n = 0;
    while n < found.len() {
        let before = found[n].first.checked_sub(1).and_then(class);
        let now = |meaning: &Meaning| matches!(meaning, Meaning::Vague(Vague::Present));
        let datable = |meaning: &Meaning| meaning.is_datable() || now(meaning);
        if !datable(&found[n].meaning) || matches!(found[n].meaning, Meaning::Interval { .. }) {
            n += 1;
            continue;
        }
        if let Some(next) = found.get(n + 1)
            && next.first == found[n].end + 1
            && datable(&next.meaning)
            && joins(words, &found[n], next, before)
        {
            let [from, to] = [&found[n].meaning, &next.meaning].map(|meaning| {
                if now(meaning) {
                    Meaning::Published
                } else {
                    meaning.clone()
                }
            });
            let (from, to) = ranges::ends(from, to);
            let (from, to) = (Box::new(from), Box::new(to));
            for (which, named) in [(n, End::From), (n + 1, End::To)] {
                // "now" stays what it is.
                if now(&found[which].meaning) {
                    continue;
                }
                found[which].meaning = Meaning::Interval {
                    from: Some(from.clone()),
                    to: Some(to.clone()),
                    named,
                };
            }
            n += 2;
            continue;
        }
        if let Some(next) = found.get(n + 1)
            && next.first == found[n].end + 1
            && matches!(
                class(found[n].end),
                Some(Class::By | Class::Before | Class::After | Class::Until | Class::Since)
            )
            && let Some(meaning) = ranges::on_day(&found[n].meaning, &next.meaning)
        {
            // "Thursday before 5 p.m."
            found[n + 1].meaning = meaning;
        }
        let before = ranges::lead(text, words, found[n].first).or(before);
        let inner = || Some(Box::new(found[n].meaning.clone()));
        let meaning = match before {
            _ if now(&found[n].meaning) => None,
            Some(Class::Since | Class::After) => Some((inner(), None, End::From)),
            Some(Class::Until | Class::By | Class::Before) => Some((None, inner(), End::To)),
            _ => None,
        };
        if let Some((from, to, named)) = meaning
            && matches!(found[n].kind, TimexKind::Date | TimexKind::Time)
            && !matches!(found[n].meaning, Meaning::Window { .. })
        {
            found[n].meaning = Meaning::Interval { from, to, named };
        }
        n += 1;
    }
}

/// Whether the one word after `first` joins it with the date that follows.
fn joins(words: &[Word], first: &Sighting, next: &Sighting, before: Option<Class>) -> bool {
    let word = words[first.end];
    let led = matches!(before, Some(Class::From | Class::Between));
    let alike = ranges::alike(&first.meaning, &next.meaning);
    match word.lex {
        Lex::Hyphen => word.glued && matches!(first.meaning, Meaning::Absolute(_)) || led || alike,
        Lex::Class(Class::To | Class::Until) => led || alike,
        Lex::Class(Class::Through) => true,
        Lex::Class(Class::And) => before == Some(Class::Between),
        _ => false,
    }
}

impl Meaning {
    /// How many meanings this one is built on.
    pub(super) fn depth(&self) -> usize {
        let mut depth = 0;
        let mut at = self;
        loop {
            at = match at {
                Meaning::Unit { base, .. }
                | Meaning::Shifted { base, .. }
                | Meaning::Recurring { base, .. } => base,
                Meaning::Within { of, .. }
                | Meaning::Section { of, .. }
                | Meaning::Clock { of, .. }
                | Meaning::Approximate(of)
                | Meaning::Fiscal(of) => of,
                Meaning::Interval { from, to, .. } => match from.as_ref().or(to.as_ref()) {
                    Some(end) => end,
                    None => return depth,
                },
                _ => return depth,
            };
            depth += 1;
        }
    }

    /// Whether it names one day.
    pub(super) fn is_day(&self) -> bool {
        match self {
            Meaning::Published => true,
            Meaning::Absolute(edtf) => edtf.is_day(),
            Meaning::Unit { unit, .. } => *unit == Unit::Day,
            Meaning::Recurring { part, .. } | Meaning::Within { part, .. } => matches!(
                part,
                Part::Weekday(_) | Part::DayOfMonth(_) | Part::Date { .. } | Part::Holiday(_)
            ),
            _ => false,
        }
    }

    /// Whether it is a quarter of a year.
    pub(super) fn is_quarter(&self) -> bool {
        match self {
            Meaning::Recurring { part, .. } | Meaning::Within { part, .. } => {
                matches!(part, Part::Quarter(_))
            }
            Meaning::Unit { unit, .. } => *unit == Unit::Quarter,
            Meaning::Fiscal(of) => of.is_quarter(),
            _ => false,
        }
    }
}
