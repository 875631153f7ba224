//! The grammar of time expressions over [`Word`]s: what a stretch of words
//! beginning at one word means. Determiners and "about" belong to an
//! expression, prepositions do not (TimeML 1.2.1, "annotation guidelines").

use super::lexicon::{Class, Lex};
use super::memory::Memory;
use super::tense::{self, Tense};
use super::words::Word;
use super::{Clock, Edtf, Meaning, Part, TimexKind, Unit, Vague};
use crate::language::Sentence;

/// An expression that begins at a word.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// One past its last word.
    pub(super) end: usize,
    pub(super) kind: TimexKind,
    pub(super) meaning: Meaning,
}

/// What stands at a word.
#[derive(Debug, Clone)]
pub(super) enum Outcome {
    /// A time expression.
    Time(Found),
    /// No time expression up to this word, exclusive: an age, a price.
    Skip(usize),
}

/// The grammar at work on one sentence.
pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a [Word],
    pub(super) sentence: Option<&'a Sentence>,
    /// The dates before this place.
    pub(super) memory: &'a Memory,
}

/// Shorthand for a meaning relative to the publication.
pub(super) fn unit(unit: Unit, offset: i32) -> Meaning {
    Meaning::Unit {
        base: Box::new(Meaning::Published),
        unit,
        offset,
    }
}

pub(super) fn date(end: usize, meaning: Meaning) -> Option<Found> {
    Some(Found {
        end,
        kind: TimexKind::Date,
        meaning,
    })
}

/// A time on a day.
pub(super) fn timed(end: usize, time: Clock, day: Meaning) -> Option<Found> {
    Some(Found {
        end,
        kind: TimexKind::Time,
        meaning: Meaning::Clock {
            time,
            of: Box::new(day),
        },
    })
}

/// The deepest chain of anaphors that is followed.
const DEEPEST: usize = 8;

impl<'a> Parser<'a> {
    pub(super) fn lex(&self, i: usize) -> Lex {
        self.words.get(i).map_or(Lex::Other, |w| w.lex)
    }

    pub(super) fn is(&self, i: usize, class: Class) -> bool {
        self.lex(i) == Lex::Class(class)
    }

    /// Whether the word before `i` is of a class.
    pub(super) fn is_before(&self, i: usize, class: Class) -> bool {
        i.checked_sub(1).is_some_and(|b| self.is(b, class))
    }

    pub(super) fn word(&self, i: usize) -> &'a str {
        self.words.get(i).map_or("", |w| w.span.of(self.text))
    }

    pub(super) fn glued(&self, i: usize) -> bool {
        self.words.get(i).is_some_and(|w| w.glued)
    }

    /// Past a period that belongs to an abbreviation.
    pub(super) fn past_period(&self, i: usize) -> usize {
        if self.lex(i) == Lex::Period && self.glued(i) {
            i + 1
        } else {
            i
        }
    }

    /// Past a possessive.
    pub(super) fn possessive(&self, i: usize) -> Option<usize> {
        (matches!(self.word(i), "'s" | "’s") || self.lex(i) == Lex::Apostrophe).then_some(i + 1)
    }

    /// Past hyphens.
    pub(super) fn past_hyphen(&self, i: usize) -> usize {
        if self.lex(i) == Lex::Hyphen { i + 1 } else { i }
    }

    /// What is at word `i`; the longest reading wins.
    pub(super) fn parse(&self, i: usize) -> Option<Outcome> {
        if self.lex(i) == Lex::Other {
            return None;
        }
        if let Some(end) = self.no_time(i) {
            return Some(Outcome::Skip(end));
        }
        let readings = [
            self.phrase(i),
            self.before_christ(i),
            self.compared(i),
            self.nth_of(i),
            self.week_of(i),
            self.week_and_day(i),
            self.this_time(i),
            self.day_range(i),
            self.clock_range(i),
            self.period_code(i),
            self.to_date(i),
            self.year_span(i),
            self.section(i),
            self.clock_on_day(i),
            self.day_or_month(i),
            self.relative(i),
            self.quantity(i),
            self.recurring_set(i),
            self.all_of(i),
            self.subyear(i),
            self.year(i),
        ];
        // The first of equally long readings wins.
        readings
            .into_iter()
            .flatten()
            .reduce(|best, next| if next.end > best.end { next } else { best })
            .map(Outcome::Time)
    }

    /// The tense of what the words at `i` belong to.
    pub(super) fn tense(&self, i: usize) -> Tense {
        let tense = match (self.sentence, self.words.get(i)) {
            (Some(sentence), Some(word)) => tense::at(self.text, sentence, word.token.into()),
            _ => Tense::Unknown,
        };
        if self.is_before(i, Class::Since) {
            return Tense::Past;
        }
        // "as soon as Tuesday", "until Friday", "until 9 a.m. Tuesday".
        let soon = i > 2 && self.word(i - 1) == "as" && self.word(i - 3) == "as";
        let hour = (0..4.min(i))
            .take_while(|n| {
                matches!(
                    self.lex(i - 1 - n),
                    Lex::Clock(..)
                        | Lex::Digits(_, 1..=2)
                        | Lex::Meridiem(_)
                        | Lex::Period
                        | Lex::Class(Class::Zone)
                        | Lex::Daypart(Clock::Midday, false)
                        | Lex::Class(Class::Midnight)
                )
            })
            .count();
        let planned = self.is_planned_for(i) && !self.is_after_had(i);
        if soon || planned || hour > 0 && self.is_before(i - hour, Class::Until) {
            return Tense::Future;
        }
        let bounded = match i.checked_sub(1).map(|b| self.lex(b)) {
            Some(Lex::Class(Class::Until | Class::By)) => true,
            Some(Lex::Class(Class::Before)) => self.possessive(i + 1).is_none(),
            _ => false,
        };
        if bounded && tense != Tense::Past {
            return Tense::Future;
        }
        tense
    }

    /// "set the election for October 8", "ahead of Friday's vote"; not "the
    /// data for June" nor "paid for Friday's fire".
    fn is_planned_for(&self, i: usize) -> bool {
        if i > 1 && self.is(i - 1, Class::Of) && self.word(i - 2).eq_ignore_ascii_case("ahead") {
            return true;
        }
        let day = match self.lex(i) {
            Lex::Weekday(..) => self.possessive(i + 1).is_none(),
            Lex::Month(..) => matches!(self.lex(i + 1), Lex::Digits(..)),
            Lex::Digits(..) => matches!(self.lex(i + 1), Lex::Month(..)),
            _ => false,
        };
        day && self.is_before(i, Class::For)
    }

    /// "had been scheduled for Friday" is over.
    fn is_after_had(&self, i: usize) -> bool {
        (i.saturating_sub(5)..i).any(|j| self.word(j).eq_ignore_ascii_case("had"))
    }

    /// The last date in the text, or the publication.
    pub(super) fn base(&self) -> Meaning {
        match self.memory.recent() {
            Some(recent) if recent.depth() < DEEPEST => recent.clone(),
            _ => self.now(),
        }
    }

    /// The day that an hour belongs to which no day stands beside: the day
    /// last spoken of, or that of the publication.
    pub(super) fn day_base(&self) -> Meaning {
        match self.base() {
            day if day.is_day() => day,
            _ => self.now(),
        }
    }

    /// Where the text has come to: the publication, or in a narrative the last
    /// date.
    pub(super) fn now(&self) -> Meaning {
        self.memory.anchor().unwrap_or(Meaning::Published)
    }

    /// The quarter last spoken of: then "a year ago" is the same quarter a year
    /// before.
    pub(super) fn recent_quarter(&self) -> Option<Meaning> {
        let quarter = self.memory.quarter();
        quarter.filter(|m| m.depth() < DEEPEST).cloned()
    }

    pub(super) fn past_comma(&self, i: usize) -> usize {
        if self.lex(i) == Lex::Comma { i + 1 } else { i }
    }

    pub(super) fn past_of(&self, i: usize) -> usize {
        if self.is(i, Class::Of) { i + 1 } else { i }
    }

    /// Four digits that are a year, in a place where only a year can stand.
    pub(super) fn plain_year(&self, i: usize) -> Option<(usize, u32)> {
        match self.lex(i) {
            Lex::Digits(year @ 1000..=2199, 4) => Some((i + 1, year)),
            _ => None,
        }
    }

    /// A year after a month, a quarter or a holiday: "of 2015", "last year".
    pub(super) fn year_after(&self, i: usize) -> Option<(usize, Meaning)> {
        let j = self.past_comma(self.past_of(i));
        if let Some(found) = self.before_christ(j) {
            return Some((found.end, found.meaning));
        }
        if let Some((end, year)) = self.plain_year(j) {
            return Some((end, Meaning::Absolute(Edtf::year(year as i32)?)));
        }
        if let Some((end, year)) = self.spoken_year(j) {
            return Some((end, Meaning::Absolute(Edtf::year(year as i32)?)));
        }
        if self.is(j, Class::Fiscal)
            && let Some((end, year)) = self.plain_year(j + 1)
        {
            let year = Meaning::Absolute(Edtf::year(year as i32)?);
            return Some((end, Meaning::Fiscal(Box::new(year))));
        }
        self.relative_unit(self.past_of(i), Unit::Year)
    }

    /// "last year", "this week": a relative unit of one kind.
    pub(super) fn relative_unit(&self, i: usize, want: Unit) -> Option<(usize, Meaning)> {
        let i = if self.is(i, Class::The) { i + 1 } else { i };
        if self.lex(i + 1) != Lex::Unit(want, false) {
            return None;
        }
        let meaning = match self.lex(i) {
            Lex::Class(Class::Last | Class::Past) => unit(want, -1),
            Lex::Class(Class::This | Class::Current) => unit(want, 0),
            Lex::Class(Class::Next | Class::Coming) => unit(want, 1),
            Lex::Class(Class::Previous) => self.shifted(want, -1),
            Lex::Class(Class::Following) => self.shifted(want, 1),
            Lex::Class(Class::Same | Class::That) => self.shifted(want, 0),
            _ => return None,
        };
        Some((i + 2, meaning))
    }

    /// The unit `offset` units from the last date in the text.
    pub(super) fn shifted(&self, unit: Unit, offset: i32) -> Meaning {
        Meaning::Unit {
            base: Box::new(self.base()),
            unit,
            offset,
        }
    }

    /// "third quarter", "third-quarter", "first half".
    pub(super) fn ordinal_part(&self, i: usize) -> Option<(usize, Part)> {
        let n = match self.lex(i) {
            Lex::Ordinal(n @ 1..=4, _) => n,
            // "the latter half of 2008".
            Lex::Class(Class::Last | Class::Latter) => 2,
            _ => return None,
        };
        let counted = matches!(self.lex(i), Lex::Ordinal(..));
        let j = self.past_hyphen(i + 1);
        let j = if self.is(j, Class::Fiscal) { j + 1 } else { j };
        match self.lex(j) {
            Lex::Unit(Unit::Quarter, false) if counted => Some((j + 1, Part::Quarter(n as u8))),
            Lex::Class(Class::Half) if n <= 2 => Some((j + 1, Part::Half(n as u8))),
            _ => None,
        }
    }

    /// A reference to the present, past or future.
    pub(super) fn vague(end: usize, vague: Vague) -> Option<Found> {
        date(end, Meaning::Vague(vague))
    }
}
