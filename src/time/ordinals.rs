//! The part of the grammar that counts within a stretch ("the first Monday in
//! June", "the last day of the month", "the week of March 6") and from a date
//! ("two weeks before Christmas", "a week from Tuesday", "a week ago Monday").

use super::grammar::{Found, Parser, date, timed, unit};
use super::lexicon::{Class, Lex};
use super::{Choice, Counted, Meaning, Part, TimexKind, Unit};

impl Parser<'_> {
    /// An ordinal number: "21st", "third", "twenty-first".
    pub(super) fn ordinal(&self, i: usize) -> Option<(usize, u32)> {
        match self.lex(i) {
            Lex::Ordinal(n, _) => Some((i + 1, n)),
            Lex::Number(tens @ (20 | 30)) => {
                let j = self.past_hyphen(i + 1);
                match self.lex(j) {
                    Lex::Ordinal(ones @ 1..=9, false) => Some((j + 1, tens + ones)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// "the first Monday in June", "the second week of May", "the last day of
    /// the month", "the weekend of June 3".
    pub(super) fn nth_of(&self, i: usize) -> Option<Found> {
        let j = if self.is(i, Class::The) { i + 1 } else { i };
        let (j, nth) = match self.lex(j) {
            Lex::Class(Class::Last) => (j + 1, -1),
            _ => {
                let (end, n) = self.ordinal(j)?;
                (end, i8::try_from(n).ok()?)
            }
        };
        let j = self.past_hyphen(j);
        let of = match self.lex(j) {
            Lex::Unit(Unit::Day, false) => Counted::Day,
            Lex::Unit(Unit::Week, false) => Counted::Week,
            Lex::Unit(Unit::Weekend, false) => Counted::Weekend,
            Lex::Unit(Unit::Month, false) => Counted::Month,
            Lex::Weekday(day, false) => Counted::Weekday(day),
            _ => return None,
        };
        let (j, part_of_day) = match self.lex(j + 1) {
            Lex::Daypart(clock, false) => (j + 2, Some(clock)),
            _ => (j + 1, None),
        };
        if !matches!(self.lex(j), Lex::Class(Class::Of | Class::In)) {
            return None;
        }
        let stretch = self.stretch(j + 1)?;
        let meaning = Meaning::Within {
            part: Part::Nth { of, nth },
            of: Box::new(stretch.meaning),
        };
        match part_of_day {
            None => date(stretch.end, meaning),
            Some(time) => timed(stretch.end, time, meaning),
        }
    }

    /// A month, quarter or year in which something is counted.
    fn stretch(&self, i: usize) -> Option<Found> {
        let found = match self.lex(i) {
            Lex::Month(..) => self.month(i),
            Lex::Digits(year, 4) if self.is_year(i, year) => self.loose_year(i),
            _ => self.bare_the(i).or_else(|| self.relative(i)),
        }?;
        matches!(
            found.meaning,
            Meaning::Absolute(_)
                | Meaning::Within { .. }
                | Meaning::Unit { .. }
                | Meaning::Recurring {
                    part: Part::Month(_) | Part::Quarter(_),
                    ..
                }
        )
        .then_some(found)
    }

    /// "the week of March 6", "the week ending June 3", "the weekend of the
    /// 4th of July", "the year before last".
    pub(super) fn week_of(&self, i: usize) -> Option<Found> {
        let j = if self.is(i, Class::The) { i + 1 } else { i };
        let Lex::Unit(kind, false) = self.lex(j) else {
            return None;
        };
        let sign = match self.lex(j + 1) {
            Lex::Class(Class::After) => 1,
            Lex::Class(Class::Before) => -1,
            _ => 0,
        };
        if sign != 0 && !matches!(kind, Unit::Hour | Unit::Minute | Unit::Second) {
            let edge = matches!(self.lex(j + 2), Lex::Class(Class::Last | Class::Next));
            if edge && self.closes(j + 3) && kind != Unit::Day {
                return date(j + 3, unit(kind, 2 * sign));
            }
            // "the day before yesterday", "the week after Easter".
            if kind == Unit::Day
                && let Some(found) = self.counted_from(j + 2, 1)
            {
                let base = Box::new(found.meaning);
                return date(
                    found.end,
                    Meaning::Shifted {
                        base,
                        unit: kind,
                        offset: sign,
                    },
                );
            }
            if j > i && kind == Unit::Day && self.closes(j + 2) {
                return date(j + 2, self.shifted(kind, sign));
            }
        }
        if !matches!(kind, Unit::Week | Unit::Weekend) {
            return None;
        }
        let led = matches!(
            self.lex(j + 1),
            Lex::Class(Class::Of | Class::Start | Class::Ended)
        ) || matches!(self.word(j + 1), "starting" | "commencing");
        if !led {
            return None;
        }
        let k = if self.is(j + 2, Class::On) {
            j + 3
        } else {
            j + 2
        };
        let day = self.calendar_day(k)?;
        date(
            day.end,
            Meaning::Unit {
                base: Box::new(day.meaning),
                unit: kind,
                offset: 0,
            },
        )
    }

    /// A day by the calendar: a date, a holiday.
    fn calendar_day(&self, i: usize) -> Option<Found> {
        let found = match self.lex(i) {
            Lex::Weekday(..) | Lex::Month(..) | Lex::Digits(..) | Lex::Ordinal(..) => {
                self.day_or_month(i)
            }
            Lex::Class(Class::The) => self.day_or_month(i),
            _ => self.phrase(i),
        }?;
        let day = match &found.meaning {
            Meaning::Absolute(edtf) => edtf.is_day(),
            Meaning::Recurring { part, .. } | Meaning::Within { part, .. } => {
                matches!(
                    part,
                    Part::Date { .. } | Part::Holiday(_) | Part::Weekday(_)
                )
            }
            _ => false,
        };
        (day && found.kind == TimexKind::Date).then_some(found)
    }

    /// "Tuesday" as one end of a count, seen from the publication.
    fn counted_from(&self, i: usize, sign: i32) -> Option<Found> {
        if let Lex::Class(
            class @ (Class::Today | Class::Yesterday | Class::Tomorrow | Class::Now),
        ) = self.lex(i)
        {
            let offset = match class {
                Class::Yesterday => -1,
                Class::Tomorrow => 1,
                _ => 0,
            };
            return date(i + 1, unit(Unit::Day, offset));
        }
        if let Lex::Class(Class::Last | Class::Next | Class::This) = self.lex(i)
            && let Lex::Weekday(..) = self.lex(i + 1)
        {
            return self.relative(i);
        }
        let mut found = self.calendar_day(i)?;
        if let Meaning::Recurring {
            part: Part::Weekday(_),
            choice,
            ..
        } = &mut found.meaning
        {
            *choice = if sign < 0 {
                Choice::Past
            } else {
                Choice::Future
            };
        }
        Some(found)
    }

    /// After a count of units: "ago Monday", "ago today", "from Tuesday",
    /// "before Christmas". `i` is the word after the unit.
    pub(super) fn count_from(&self, i: usize, kind: Unit, count: u32) -> Option<Found> {
        if matches!(kind, Unit::Hour | Unit::Minute | Unit::Second) {
            return None;
        }
        let count = i32::try_from(count).ok().filter(|n| *n <= 10_000)?;
        let (sign, found) = match self.lex(i) {
            Lex::Class(Class::Ago) => {
                let weekly = matches!(kind, Unit::Day | Unit::Week);
                let found = match self.lex(i + 1) {
                    Lex::Class(Class::Today | Class::Yesterday) => self.counted_from(i + 1, -1),
                    Lex::Class(Class::This) if !weekly => {
                        self.relative(i + 1).filter(|f| f.kind == TimexKind::Date)
                    }
                    Lex::Weekday(..) if weekly => self.counted_from(i + 1, -1),
                    _ => None,
                }?;
                (-1, found)
            }
            Lex::Class(Class::From) => (1, self.counted_from(i + 1, 1)?),
            Lex::Class(Class::After) => (1, self.counted_from(i + 1, 1)?),
            Lex::Class(Class::Before) => (-1, self.counted_from(i + 1, 1)?),
            _ => return None,
        };
        date(
            found.end,
            Meaning::Shifted {
                base: Box::new(found.meaning),
                unit: kind,
                offset: sign * count,
            },
        )
    }

    /// "next week Wednesday", "last week on Monday".
    pub(super) fn week_and_day(&self, i: usize) -> Option<Found> {
        let (end, week) = self.relative_unit(i, Unit::Week)?;
        let j = match self.lex(end) {
            Lex::Comma | Lex::Hyphen | Lex::Class(Class::On) => end + 1,
            _ => end,
        };
        let Lex::Weekday(weekday, short) = self.lex(j) else {
            return None;
        };
        if !self.words[j].capital || self.words.get(j + 1).is_some_and(|w| self.is_day(w.lex)) {
            return None;
        }
        let end = if short {
            self.past_period(j + 1)
        } else {
            j + 1
        };
        self.with_daypart(
            end,
            Meaning::Within {
                part: Part::Weekday(weekday),
                of: Box::new(week),
            },
        )
    }

    /// Whether a phrase can end before the word at `i`: nothing follows that it
    /// could describe.
    pub(super) fn closes(&self, i: usize) -> bool {
        let Some(word) = self.words.get(i) else {
            return true;
        };
        match word.lex {
            Lex::Period | Lex::Comma | Lex::Clock(..) | Lex::Number(_) => true,
            Lex::Class(class) => matches!(
                class,
                Class::At
                    | Class::And
                    | Class::Or
                    | Class::To
                    | Class::By
                    | Class::From
                    | Class::In
                    | Class::On
                    | Class::For
                    | Class::Until
                    | Class::Between
                    | Class::About
                    | Class::Before
                    | Class::After
                    | Class::Of
                    | Class::Through
            ),
            Lex::Other => !word.span.of(self.text).starts_with(char::is_alphanumeric),
            _ => false,
        }
    }

    fn is_day(&self, lex: Lex) -> bool {
        matches!(
            lex,
            Lex::Month(..) | Lex::Digits(..) | Lex::Comma | Lex::Ordinal(..)
        )
    }

    /// "this time last year": about that day.
    pub(super) fn this_time(&self, i: usize) -> Option<Found> {
        if !self.is(i, Class::This) || self.word(i + 1) != "time" {
            return None;
        }
        let sign = match self.lex(i + 2) {
            Lex::Class(Class::Last) => -1,
            Lex::Class(Class::Next) => 1,
            _ => return None,
        };
        let Lex::Unit(kind @ (Unit::Week | Unit::Month | Unit::Year), false) = self.lex(i + 3)
        else {
            return None;
        };
        date(
            i + 4,
            Meaning::Approximate(Box::new(Meaning::Shifted {
                base: Box::new(Meaning::Published),
                unit: kind,
                offset: sign,
            })),
        )
    }
}
