//! The part of the grammar that reads times of day: "10:35 a.m. EST", "noon
//! Saturday", "the morning".

use super::grammar::{Found, Parser};
use super::lexicon::{Class, Lex};
use super::{Clock, Meaning, TimexKind, Unit};

impl Parser<'_> {
    /// A time by the clock: "10:35 a.m. EST", "5 p.m.", "noon", "4 o'clock".
    pub(super) fn clock(&self, i: usize) -> Option<(usize, Clock)> {
        let at = |hour: u8, minute: u8, pm: Option<bool>| -> Option<Clock> {
            let hour = match pm {
                Some(_) if hour == 0 || hour > 12 => return None,
                Some(true) => hour % 12 + 12,
                Some(false) => hour % 12,
                None => hour,
            };
            Some(Clock::At { hour, minute })
        };
        let zone = |mut j: usize| {
            while self.is(j, Class::Zone) {
                j += 1;
            }
            j
        };
        let led = i > 0
            && matches!(
                self.lex(i - 1),
                Lex::Class(Class::At | Class::By | Class::From)
            );
        match self.lex(i) {
            Lex::Class(Class::Midnight) => Some((i + 1, at(0, 0, None)?)),
            Lex::Daypart(Clock::Midday, false) => Some((i + 1, at(12, 0, None)?)),
            Lex::Clock(hour, minute) => match self.lex(i + 1) {
                Lex::Meridiem(pm) => {
                    Some((zone(self.past_period(i + 2)), at(hour, minute, Some(pm))?))
                }
                _ if self.is(i + 1, Class::Zone) || led => {
                    Some((zone(i + 1), at(hour, minute, None)?))
                }
                _ => None,
            },
            Lex::Digits(hour @ 1..=12, 1..=2) => match self.lex(i + 1) {
                Lex::Meridiem(pm)
                    if !self.words[i + 1].capital
                        || self.glued(i + 1)
                        || self.word(i + 1).len() > 1 =>
                {
                    Some((zone(self.past_period(i + 2)), at(hour as u8, 0, Some(pm))?))
                }
                Lex::Class(Class::Oclock) => Some((i + 2, at(hour as u8, 0, None)?)),
                _ => None,
            },
            Lex::Number(hour @ 1..=12) if self.is(i + 1, Class::Oclock) => {
                Some((i + 2, at(hour as u8, 0, None)?))
            }
            Lex::Digits(time @ 0..=2359, 4) if self.is(i + 1, Class::Zone) => {
                let (hour, minute) = ((time / 100) as u8, (time % 100) as u8);
                (hour < 24 && minute < 60).then_some((zone(i + 1), at(hour, minute, None)?))
            }
            _ => None,
        }
    }

    /// A time by the clock, with its day where one stands beside it.
    pub(super) fn clock_on_day(&self, i: usize) -> Option<Found> {
        let start = self.past_about(i);
        let timed = |end, time, of| {
            Some(Found {
                end,
                kind: TimexKind::Time,
                meaning: Meaning::Clock {
                    time,
                    of: Box::new(of),
                },
            })
        };
        if let Some((end, clock)) = self.daypart_of(i) {
            // "the night of April 18", "the early hours of Friday".
            if self.is(end, Class::Of)
                && let Some(day) = self.day_or_month(end + 1)
                && day.kind == TimexKind::Date
            {
                return timed(day.end, clock, day.meaning);
            }
            if self.is(i, Class::The) {
                return timed(end, clock, self.day_base());
            }
        }
        let (end, clock) = self.clock(start)?;
        let mut j = end;
        for class in [Class::On, Class::The] {
            if self.lex(j) == Lex::Comma || self.is(j, class) {
                j += 1;
            }
        }
        let day = match self.lex(j) {
            Lex::Weekday(..) | Lex::Month(..) | Lex::Digits(..) | Lex::Ordinal(..) => {
                self.day_or_month(j)
            }
            Lex::Class(
                Class::Today
                | Class::Yesterday
                | Class::Tomorrow
                | Class::Last
                | Class::Next
                | Class::This,
            ) => self.relative(j),
            _ => None,
        };
        match day {
            Some(found) if found.kind == TimexKind::Date => timed(found.end, clock, found.meaning),
            // An hour without a day is one of the day last spoken of.
            _ => timed(end, clock, self.day_base()),
        }
    }

    /// "the night", "the early morning hours", "late evening".
    fn daypart_of(&self, i: usize) -> Option<(usize, Clock)> {
        let mut j = if self.is(i, Class::The) { i + 1 } else { i };
        let small = self.is(j, Class::Early) || self.word(j) == "small";
        if small || self.is(j, Class::Late) {
            j += 1;
        }
        if small && self.lex(j) == Lex::Unit(Unit::Hour, true) {
            return Some((j + 1, Clock::Morning));
        }
        let Lex::Daypart(clock, false) = self.lex(j) else {
            return None;
        };
        let hours = matches!(self.lex(j + 1), Lex::Unit(Unit::Hour, true));
        Some((if hours { j + 2 } else { j + 1 }, clock))
    }
}
