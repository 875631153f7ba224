//! Finds the time expressions of a text, left to right: each may lean on the
//! date before it ("two days later"), and on the prepositions around it
//! ("since 2011", "from May to July").

use super::calendar::Stretch;
use super::grammar::{Found, Outcome, Parser};
use super::lexicon::{Class, Lex};
use super::memory::{Memory, Place};
use super::words::{self, Word};
use super::{Choice, Edtf, End, Meaning, Part, Precision, TimeExpression, TimexKind, Unit};
use crate::ingest::Article;
use crate::language::{Analysis, Sentence};
use crate::text::Span;
use chrono::{Datelike, NaiveDate};

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
struct Sighting {
    /// First word.
    first: usize,
    /// One past the last word.
    end: usize,
    kind: TimexKind,
    meaning: Meaning,
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
    let mut memory = Memory::new(ranges.iter().map(|range| &all[range.clone()]));
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
    share_years(words, &mut found);
    bound(words, &mut found);
    found
}

/// Gives the year at the end of a list or range to those before it that have
/// none: "in March and April 1918", "31 May - 1 June 1916", "the spring and
/// early summer of 1943".
fn share_years(words: &[Word], found: &mut [Sighting]) {
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
            choice: Choice::Past | Choice::Future | Choice::Nearest | Choice::This,
            ..
        } => Some(*part),
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
fn bound(words: &[Word], found: &mut [Sighting]) {
    let class = |i: usize| match words.get(i).map(|w| w.lex) {
        Some(Lex::Class(class)) => Some(class),
        _ => None,
    };
    let mut n = 0;
    while n < found.len() {
        let before = found[n].first.checked_sub(1).and_then(class);
        if !found[n].meaning.is_datable() || matches!(found[n].meaning, Meaning::Interval { .. }) {
            n += 1;
            continue;
        }
        if let Some(next) = found.get(n + 1)
            && next.first == found[n].end + 1
            && next.meaning.is_datable()
            && joins(words, &found[n], before)
        {
            let from = Box::new(found[n].meaning.clone());
            let to = Box::new(after(&found[n].meaning, &next.meaning));
            for (which, named) in [(n, End::From), (n + 1, End::To)] {
                found[which].meaning = Meaning::Interval {
                    from: Some(from.clone()),
                    to: Some(to.clone()),
                    named,
                };
            }
            n += 2;
            continue;
        }
        let inner = || Some(Box::new(found[n].meaning.clone()));
        let meaning = match before {
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
fn joins(words: &[Word], first: &Sighting, before: Option<Class>) -> bool {
    let word = words[first.end];
    match word.lex {
        Lex::Hyphen => {
            word.glued && matches!(first.meaning, Meaning::Absolute(_))
                || before == Some(Class::From)
        }
        Lex::Class(Class::To | Class::Until) => before == Some(Class::From),
        Lex::Class(Class::Through) => true,
        Lex::Class(Class::And) => before == Some(Class::Between),
        _ => false,
    }
}

/// The end of an interval, seen from its beginning: "from November to
/// February" ends in the February after that November.
fn after(from: &Meaning, to: &Meaning) -> Meaning {
    match to {
        Meaning::Recurring {
            part,
            choice: Choice::Past | Choice::Future | Choice::Nearest,
            ..
        } => Meaning::Recurring {
            part: *part,
            choice: Choice::Future,
            base: Box::new(from.clone()),
        },
        _ => to.clone(),
    }
}

impl Meaning {
    /// How many meanings this one is built on.
    pub(super) fn depth(&self) -> usize {
        let mut depth = 0;
        let mut at = self;
        loop {
            at = match at {
                Meaning::Unit { base, .. } | Meaning::Recurring { base, .. } => base,
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
