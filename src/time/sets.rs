//! The part of the grammar that reads what recurs: "every Monday", "twice a
//! year", "every other week", "weekdays", "quarterly", "the 19th of every month".

use super::grammar::{Found, Parser};
use super::lexicon::{Class, LEXICON, Lex};
use super::{Meaning, TimexKind, Unit};
use crate::language::Xpos;

pub(super) fn set(end: usize, value: String) -> Option<Found> {
    Some(Found {
        end,
        kind: TimexKind::Set,
        meaning: Meaning::Set(value),
    })
}

impl Parser<'_> {
    /// "every Monday", "each year", "daily", "Tuesday nights".
    pub(super) fn recurring_set(&self, i: usize) -> Option<Found> {
        // "five times per day".
        if self.word(i).eq_ignore_ascii_case("per")
            && let Lex::Unit(kind, false) = self.lex(i + 1)
        {
            return set(i + 2, kind.period(Some(1)));
        }
        match self.lex(i) {
            Lex::Set(n) => {
                let n = usize::from(n);
                let word = self.word(i).as_bytes();
                let adverb = word.len() > 6 && word[word.len() - 2..].eq_ignore_ascii_case(b"ly");
                if n >= LEXICON.attributive && self.describes(i + 1)
                    || adverb && self.is_amount_before(i)
                {
                    return None;
                }
                self.timed_set(i + 1, LEXICON.sets.get(n)?.clone())
            }
            Lex::Weekdays(day) => self.timed_set(i + 1, format!("XXXX-WXX-{day}")),
            Lex::Weekday(day, false) => match self.lex(i + 1) {
                Lex::Daypart(clock, true) => set(i + 2, format!("XXXX-WXX-{day}{}", clock.timex())),
                _ => None,
            },
            Lex::Daypart(clock, true) => {
                // "two nights", "dark nights" are none.
                let counted = self.counted(i);
                (!counted).then(|| set(i + 1, format!("XXXX-XX-XX{}", clock.timex())))?
            }
            Lex::Unit(Unit::Weekend, true) if !self.counted(i) => {
                set(i + 1, "XXXX-WXX-WE".to_owned())
            }
            Lex::Class(Class::Workday) if self.word(i).ends_with('s') => {
                set(i + 1, "XXXX-WXX-WD".to_owned())
            }
            // "all weekends".
            Lex::Class(Class::All) if self.lex(i + 1) == Lex::Unit(Unit::Weekend, true) => {
                set(i + 2, "XXXX-WXX-WE".to_owned())
            }
            Lex::Class(Class::Each) => self.each(i),
            Lex::Class(Class::Times) | Lex::Digits(..) | Lex::Number(_) => self.times(i),
            Lex::Class(Class::The) => self.day_of_each(i + 1),
            Lex::Ordinal(..) => self.day_of_each(i),
            _ => self.prefixed(i),
        }
    }

    /// Whether "annually" at `i` makes a rate of an amount: "10,000 units
    /// annually".
    fn is_amount_before(&self, i: usize) -> bool {
        (i.saturating_sub(4)..i).any(|j| {
            matches!(
                self.lex(j),
                Lex::Digits(..) | Lex::Decimal | Lex::Number(_) | Lex::Dollar
            )
        })
    }

    /// What recurs daily after a time: "3 p.m. each day".
    pub(super) fn daily_after(&self, i: usize) -> Option<usize> {
        let day = Lex::Unit(Unit::Day, false);
        match self.lex(i) {
            Lex::Class(Class::Each) if self.lex(i + 1) == day => Some(i + 2),
            Lex::Set(n) if LEXICON.sets.get(usize::from(n))? == "P1D" => Some(i + 1),
            _ => None,
        }
    }

    /// Whether a number stands before the word at `i`.
    fn counted(&self, i: usize) -> bool {
        i.checked_sub(1).is_some_and(|b| {
            matches!(self.lex(b), Lex::Digits(..) | Lex::Number(_))
                || matches!(self.tag(b), Some(Xpos::Jj | Xpos::Dt | Xpos::Cd))
        })
    }

    /// Whether the word at `i` is described by the one before it.
    fn describes(&self, i: usize) -> bool {
        self.lex(i) == Lex::Hyphen
            || matches!(
                self.tag(i),
                Some(Xpos::Nn | Xpos::Nns | Xpos::Nnp | Xpos::Nnps | Xpos::Jj | Xpos::Vbg)
            )
    }

    /// "semi-annual", "bi-monthly": a prefix apart.
    fn prefixed(&self, i: usize) -> Option<Found> {
        let j = i + 2;
        if self.lex(i + 1) != Lex::Hyphen || !self.glued(i + 1) || !self.glued(j) {
            return None;
        }
        let Lex::Set(_) = self.lex(j) else {
            return None;
        };
        let whole = self.word(i).to_ascii_lowercase() + &self.word(j).to_ascii_lowercase();
        match LEXICON.word(&whole) {
            Lex::Set(n) => set(j + 1, LEXICON.sets.get(usize::from(n))?.clone()),
            _ => None,
        }
    }

    /// After "every", "each".
    fn each(&self, i: usize) -> Option<Found> {
        // "every other Friday", "every second week".
        let second = self.word(i + 1) == "other" || self.lex(i + 1) == Lex::Ordinal(2, false);
        let j = i + 1 + usize::from(second);
        let twice = 1 + u32::from(second);
        match self.lex(j) {
            Lex::Unit(Unit::Weekend, false) if !second => {
                self.timed_set(j + 1, "XXXX-WXX-WE".to_owned())
            }
            Lex::Unit(kind, false) => self.timed_set(j + 1, kind.period(Some(twice))),
            Lex::Weekday(day, false) => match self.lex(j + 1) {
                Lex::Daypart(clock, false) => {
                    set(j + 2, format!("XXXX-WXX-{day}{}", clock.timex()))
                }
                _ => self.timed_set(j + 1, format!("XXXX-WXX-{day}")),
            },
            Lex::Class(Class::Workday) => self.timed_set(j + 1, "XXXX-WXX-WD".to_owned()),
            Lex::Month(month, false) => set(j + 1, format!("XXXX-{month:02}")),
            Lex::Season(season) => set(j + 1, format!("XXXX-{}", season.timex())),
            Lex::Daypart(clock, false) => {
                let value = format!("XXXX-XX-XX{}", clock.timex());
                self.timed_set(j + 1, value)
            }
            _ => {
                let (k, count) = self.count(j)?;
                match self.lex(k) {
                    Lex::Unit(kind, _) => {
                        let n = count.whole.map(|n| n.saturating_mul(self.fortnight(k)));
                        set(k + 1, kind.period(n))
                    }
                    _ => None,
                }
            }
        }
    }

    /// "every day at 7:13 p.m.", "Thursdays at 17.30".
    fn timed_set(&self, end: usize, value: String) -> Option<Found> {
        let at = if self.is(end, Class::At) {
            end + 1
        } else {
            end
        };
        if !matches!(self.lex(at), Lex::Daypart(..) | Lex::Class(_))
            && let Some((after, clock)) = self.clock(at)
        {
            let day = match value.split_once('T') {
                Some((day, _)) => day,
                None if value == "P1D" => "XXXX-XX-XX",
                None => &value,
            };
            if day.starts_with("XXXX") {
                return set(after, format!("{day}{}", clock.timex()));
            }
        }
        set(end, value)
    }

    /// "twice a year", "three times a week", "once every two months".
    fn times(&self, i: usize) -> Option<Found> {
        let j = match self.lex(i) {
            Lex::Class(Class::Times) if self.word(i) != "times" => i + 1,
            Lex::Class(_) => return None,
            _ => {
                let (j, _) = self.count(i)?;
                self.is(j, Class::Times).then_some(j + 1)?
            }
        };
        match (self.lex(j), self.lex(j + 1)) {
            (Lex::Class(Class::A), Lex::Unit(kind, false))
                if !matches!(kind, Unit::Quarter | Unit::Second) =>
            {
                set(j + 2, kind.period(Some(1)))
            }
            (Lex::Class(Class::Each), _) => self.each(j).filter(|f| f.kind == TimexKind::Set),
            _ => None,
        }
    }

    /// "19th of every month".
    fn day_of_each(&self, i: usize) -> Option<Found> {
        let (j, day) = self.ordinal(i)?;
        let each = self.is(j, Class::Of) && self.is(j + 1, Class::Each);
        let month = self.lex(j + 2) == Lex::Unit(Unit::Month, false);
        (each && month && day <= 31)
            .then(|| set(j + 3, format!("XXXX-XX-{day:02}")))
            .flatten()
    }

    /// How many of its units the word at `i` is: a fortnight is two weeks.
    pub(super) fn fortnight(&self, i: usize) -> u32 {
        let word = self.word(i).as_bytes();
        1 + u32::from(word.len() >= 9 && word[..9].eq_ignore_ascii_case(b"fortnight"))
    }
}
