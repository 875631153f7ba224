//! The part of the grammar that reads what leans on the day of writing or on
//! the date before: "last week", "the past five years", "this spring", "next
//! Friday", "the same day", "tonight".

use super::grammar::{Found, Parser, date, timed, unit};
use super::lexicon::{Class, LEXICON, Lex};
use super::{Choice, Clock, Meaning, Part, Unit};

/// "last", "this past", "the same", and what they make of the word after them.
struct Lead {
    class: Class,
    /// Which instance of what comes again.
    choice: Choice,
    /// How many units on.
    offset: i32,
    /// Whether it leans on the date before, not on the day of writing.
    anaphor: bool,
    /// One past its last word.
    end: usize,
}

impl Parser<'_> {
    /// "last week", "the past five years", "this spring", "next Friday", "the
    /// same day".
    pub(super) fn relative(&self, i: usize) -> Option<Found> {
        let start = if self.is(i, Class::The) { i + 1 } else { i };
        if let Some(found) = self.near_day(start) {
            return Some(found);
        }
        if self.is(start, Class::Recent) {
            return self.window(start + 1, Class::Recent);
        }
        let mut lead = self.lead(i, start)?;
        if let Some(found) = self.compared_year(&lead, start) {
            return Some(found);
        }
        let fiscal = self.is(lead.end, Class::Fiscal);
        lead.end += usize::from(fiscal);
        let j = lead.end;
        if let Some(found) = self.window(j, lead.class) {
            return Some(found);
        }
        if self.fortnight(j) > 1 {
            return None;
        }
        match self.lex(j) {
            Lex::Unit(Unit::Second | Unit::Minute | Unit::Hour, _) | Lex::Ordinal(..) => None,
            Lex::Unit(kind, false) => {
                let meaning = self.led_unit(&lead, kind);
                let meaning = if fiscal {
                    Meaning::Fiscal(Box::new(meaning))
                } else {
                    meaning
                };
                self.part_of_year(j + 1, kind, meaning)
            }
            Lex::Weekday(weekday, false) => {
                self.with_daypart(j + 1, self.led(&lead, Part::Weekday(weekday)))
            }
            Lex::Month(month, short) if self.words[j].capital => {
                self.led_month(&lead, month, short)
            }
            Lex::Season(season) => date(j + 1, self.led(&lead, Part::Season(season))),
            Lex::Daypart(clock, false) => self.led_daypart(&lead, clock),
            _ => match LEXICON.phrases(self.word(j)).first().and(self.phrase(j)) {
                Some(Found {
                    end,
                    meaning: Meaning::Recurring { part, .. },
                    ..
                }) => date(end, self.led(&lead, part)),
                _ => None,
            },
        }
    }

    /// "today", "yesterday", "tonight at 8".
    fn near_day(&self, i: usize) -> Option<Found> {
        let day = |offset| unit(Unit::Day, offset);
        match self.lex(i) {
            Lex::Class(Class::Today) => self.with_daypart(i + 1, day(0)),
            Lex::Class(Class::Yesterday) => self.with_daypart(i + 1, day(-1)),
            Lex::Class(Class::Tomorrow) => self.with_daypart(i + 1, day(1)),
            Lex::Class(Class::Tonight | Class::Overnight) => {
                let at = self.clock_after(i + 1, Some(Clock::Night));
                let (end, time) = at.unwrap_or((i + 1, Clock::Night));
                timed(end, time, day(0))
            }
            _ => None,
        }
    }

    /// What leads a relative expression; its first word is at `i`, past the
    /// article at `start`.
    fn lead(&self, i: usize, start: usize) -> Option<Lead> {
        let Lex::Class(mut class) = self.lex(start) else {
            return None;
        };
        let mut end = start + 1;
        // "this past spring", "this coming Sunday", "that same day".
        if matches!(class, Class::This | Class::That)
            && let Lex::Class(
                next @ (Class::Past | Class::Coming | Class::Same | Class::Last | Class::Next),
            ) = self.lex(end)
            && (class == Class::This || next == Class::Same)
        {
            class = next;
            end += 1;
        }
        // "this day" in the news is the one that is told of.
        let told = self.lex(end) == Lex::Unit(Unit::Day, false);
        let (choice, offset, anaphor) = match class {
            Class::Last | Class::Past => (Choice::Last, -1, false),
            Class::Latest => (Choice::Past, 0, false),
            Class::Previous => (Choice::Last, -1, true),
            Class::Next => (Choice::Next, 1, self.is(i, Class::The)),
            Class::Coming => (Choice::Next, 1, false),
            Class::Following => (Choice::Next, 1, true),
            Class::This => (Choice::This, 0, told),
            Class::Current => (Choice::This, 0, false),
            Class::That | Class::Same => (Choice::This, 0, true),
            _ => return None,
        };
        Some(Lead {
            class,
            choice,
            offset,
            anaphor,
            end,
        })
    }

    /// What a lead counts from.
    fn base_of(&self, lead: &Lead) -> Box<Meaning> {
        Box::new(if lead.anaphor {
            self.base()
        } else {
            self.now()
        })
    }

    /// "next Friday", "last spring".
    fn led(&self, lead: &Lead, part: Part) -> Meaning {
        Meaning::Recurring {
            part,
            choice: lead.choice,
            base: self.base_of(lead),
        }
    }

    /// "last week", "the latest quarter".
    fn led_unit(&self, lead: &Lead, kind: Unit) -> Meaning {
        if kind == Unit::Quarter && lead.class == Class::That {
            return self.recent_quarter().unwrap_or(unit(Unit::Quarter, -1));
        }
        if kind == Unit::Quarter && lead.class == Class::Latest {
            return unit(Unit::Quarter, -1);
        }
        Meaning::Unit {
            base: self.base_of(lead),
            unit: kind,
            offset: lead.offset,
        }
    }

    /// "last June", "next May 5".
    fn led_month(&self, lead: &Lead, month: u8, short: bool) -> Option<Found> {
        let after = self.past_period(lead.end + 1);
        if let Some((end, _)) = self.month_and_day(lead.end, None)
            && let Lex::Digits(day, _) | Lex::Ordinal(day, _) = self.lex(after)
        {
            let part = Part::Date {
                month,
                day: day as u8,
                weekday: None,
            };
            return date(end, self.led(lead, part));
        }
        let end = if short { after } else { lead.end + 1 };
        date(end, self.led(lead, Part::Month(month)))
    }

    /// "last night at 8", "this morning", "the following evening".
    fn led_daypart(&self, lead: &Lead, clock: Clock) -> Option<Found> {
        let day = match lead.class {
            Class::Last | Class::Past => unit(Unit::Day, -1),
            Class::This => unit(Unit::Day, 0),
            _ => Meaning::Unit {
                base: self.base_of(lead),
                unit: Unit::Day,
                offset: lead.offset,
            },
        };
        let at = self.clock_after(lead.end + 1, Some(clock));
        let (end, time) = at.unwrap_or((lead.end + 1, clock));
        timed(end, time, day)
    }

    /// "$33 million last year" after the figure of a quarter: the same quarter
    /// of last year.
    fn compared_year(&self, lead: &Lead, start: usize) -> Option<Found> {
        let year = lead.class == Class::Last && self.lex(lead.end) == Lex::Unit(Unit::Year, false);
        let amount = |i: usize| {
            matches!(self.lex(i), Lex::Dollar | Lex::Decimal)
                || matches!(self.word(i), "million" | "billion" | "cents" | "share")
        };
        let end = lead.end + 1;
        let told = start > 0 && amount(start - 1)
            || self
                .possessive(end)
                .is_some_and(|after| self.lex(after) == Lex::Dollar);
        if !year || !told {
            return None;
        }
        let quarter = self.recent_quarter()?;
        date(
            end,
            Meaning::Unit {
                base: Box::new(quarter),
                unit: Unit::Quarter,
                offset: -4,
            },
        )
    }

    /// The quarter spoken of, where "quarter" alone stands at `i`.
    fn quarter_at(&self, i: usize) -> Option<(usize, Part)> {
        if self.lex(i) != Lex::Unit(Unit::Quarter, false) {
            return None;
        }
        match self.recent_quarter()? {
            Meaning::Recurring { part, .. } | Meaning::Within { part, .. } => Some((i + 1, part)),
            _ => None,
        }
    }

    /// "this year's third quarter", "last year's quarter".
    pub(super) fn part_of_year(&self, end: usize, kind: Unit, meaning: Meaning) -> Option<Found> {
        if kind == Unit::Year
            && let Some(after) = self.possessive(end)
            && let Some((end, part)) = self.ordinal_part(after).or_else(|| self.quarter_at(after))
        {
            return date(
                end,
                Meaning::Within {
                    part,
                    of: Box::new(meaning),
                },
            );
        }
        date(end, meaning)
    }
}
