//! The part of the grammar that reads weekdays, months and days of the month.

use super::grammar::{Found, Parser, date};
use super::lexicon::{Class, Lex};
use super::tense::{self, Tense};
use super::{Choice, Edtf, Meaning, Part, TimexKind, Unit};

impl Parser<'_> {
    /// A weekday, a month and day, or a month, with what belongs to it.
    pub(super) fn day_or_month(&self, i: usize) -> Option<Found> {
        if let Some((end, edtf)) = self.numeric_date(i) {
            return date(end, Meaning::Absolute(edtf));
        }
        if let Lex::Weekday(weekday, short) = self.lex(i) {
            return self.weekday(i, weekday, short);
        }
        if let Some((end, meaning)) = self.month_and_day(i, None) {
            return self.with_daypart(end, meaning);
        }
        self.month(i)
    }

    pub(super) fn weekday(&self, i: usize, weekday: u8, short: bool) -> Option<Found> {
        if !self.words[i].capital {
            return None;
        }
        let mut j = if short {
            self.past_period(i + 1)
        } else {
            i + 1
        };
        let comma = self.lex(j) == Lex::Comma;
        if comma {
            j += 1;
        }
        if self.is(j, Class::The) {
            j += 1;
        }
        if let Some((end, meaning)) = self.month_and_day(j, Some(weekday)) {
            return self.with_daypart(end, meaning);
        }
        // "Sun", "Sat" and "Mon" alone are too often something else.
        if short && !(self.lex(i + 1) == Lex::Period && self.glued(i + 1)) {
            return None;
        }
        let end = if short {
            self.past_period(i + 1)
        } else {
            i + 1
        };
        let meaning = Meaning::Recurring {
            part: Part::Weekday(weekday),
            choice: match self.memory.anchor() {
                Some(_) => Choice::Nearest,
                None => self.weekday_choice(i),
            },
            base: Box::new(self.now()),
        };
        if let Lex::Daypart(_, true) = self.lex(end) {
            return None;
        }
        // "Monday of last week", "Monday last week".
        let after = if self.is(end, Class::Of) {
            end + 1
        } else {
            end
        };
        if let Some((end, week)) = self.relative_unit(after, Unit::Week) {
            return date(
                end,
                Meaning::Within {
                    part: Part::Weekday(weekday),
                    of: Box::new(week),
                },
            );
        }
        self.with_daypart(end, meaning)
    }

    /// The simple present tells little: reporters put headlines in it, and
    /// taggers take plural nouns for it. Only what looks ahead does.
    pub(super) fn weekday_choice(&self, i: usize) -> Choice {
        match self.tense(i) {
            Tense::Future => Choice::Future,
            _ => Choice::Past,
        }
    }

    /// A day with "morning", "night", "at 10 p.m." after it.
    pub(super) fn with_daypart(&self, end: usize, day: Meaning) -> Option<Found> {
        let timed = |end, time, day| {
            Some(Found {
                end,
                kind: TimexKind::Time,
                meaning: Meaning::Clock {
                    time,
                    of: Box::new(day),
                },
            })
        };
        if let Lex::Daypart(clock, false) = self.lex(end) {
            return timed(end + 1, clock, day);
        }
        let j = if self.lex(end) == Lex::Comma {
            end + 1
        } else {
            end
        };
        let k = if self.is(j, Class::At) { j + 1 } else { j };
        if k > end
            && let Some((end, clock)) = self.clock(k)
        {
            return timed(end, clock, day);
        }
        date(end, day)
    }

    /// "2017-06-26", "2017/06/26", "6/26/2017", "26/6/2017".
    pub(super) fn numeric_date(&self, i: usize) -> Option<(usize, Edtf)> {
        let Lex::Digits(a, a_len) = self.lex(i) else {
            return None;
        };
        let mark = self.lex(i + 1);
        if !matches!(mark, Lex::Hyphen | Lex::Slash) || self.lex(i + 3) != mark {
            return None;
        }
        let (Lex::Digits(b, b_len @ 1..=2), Lex::Digits(c, c_len)) =
            (self.lex(i + 2), self.lex(i + 4))
        else {
            return None;
        };
        if !(1..=4).all(|n| self.glued(i + n)) || self.glued(i + 5) && self.lex(i + 5) == mark {
            return None;
        }
        let (year, month, day) = match (a_len, c_len) {
            (4, 1..=2) => (a, b, c),
            (1..=2, 4) if a <= 12 && (mark == Lex::Slash || b > 12) => (c, a, b),
            (1..=2, 4) if a > 12 => (c, b, a),
            (1..=2, 2) if mark == Lex::Slash && b_len == 2 && a <= 12 => {
                (if c > 68 { 1900 + c } else { 2000 + c }, a, b)
            }
            _ => return None,
        };
        let edtf = Edtf::parse(&format!("{year:04}-{month:02}-{day:02}"))?;
        Some((i + 5, edtf))
    }

    /// "June 26, 2017", "26 June", "the 26th of June", with or without a year.
    pub(super) fn month_and_day(&self, i: usize, weekday: Option<u8>) -> Option<(usize, Meaning)> {
        let day_at = |j: usize| match self.lex(j) {
            Lex::Digits(day @ 1..=31, 1..=2) | Lex::Ordinal(day @ 1..=31, _) => Some(day as u8),
            _ => None,
        };
        let month_at = |j: usize| match self.lex(j) {
            Lex::Month(month, _) if self.words[j].capital => Some((self.past_period(j + 1), month)),
            _ => None,
        };
        let (end, month, day) = if let Some((after, month)) = month_at(i) {
            let after = if self.is(after, Class::The) {
                after + 1
            } else {
                after
            };
            let mut day = day_at(after)?;
            let mut end = after + 1;
            // "May twenty-first" is three words.
            if let (Lex::Number(tens @ 20..=30), Lex::Ordinal(ones @ 1..=9, false)) =
                (self.lex(after), self.lex(self.past_hyphen(after + 1)))
            {
                day = (tens + ones) as u8;
                end = self.past_hyphen(after + 1) + 1;
            }
            (end, month, day)
        } else {
            let start = if self.is(i, Class::The) { i + 1 } else { i };
            let day = day_at(start)?;
            let ordinal = matches!(self.lex(start), Lex::Ordinal(..));
            if start > i && !ordinal {
                return None;
            }
            let of = self.past_hyphen(start + 1);
            let of = if self.is(of, Class::Of) { of + 1 } else { of };
            let (end, month) = month_at(of)?;
            (end, month, day)
        };
        // "May 5,000" and "June 5 percent" are no dates.
        if matches!(self.lex(end), Lex::Slash) || self.word(end) == "%" {
            return None;
        }
        let part = Part::Date {
            month,
            day,
            weekday,
        };
        if let Some((end, year)) = self.plain_year(self.past_comma(end)) {
            let edtf = Edtf::parse(&format!("{year:04}-{month:02}-{day:02}"))?;
            return Some((end, Meaning::Absolute(edtf)));
        }
        Edtf::without_year(month.into(), Some(day.into()))?;
        if let Some((end, of)) = self.relative_unit(self.past_of(end), Unit::Year) {
            return Some((
                end,
                Meaning::Within {
                    part,
                    of: Box::new(of),
                },
            ));
        }
        Some((end, self.named(part, i)))
    }

    /// A month: "June 2017", "June of last year", "June".
    pub(super) fn month(&self, i: usize) -> Option<Found> {
        let Lex::Month(month, short) = self.lex(i) else {
            return None;
        };
        if !self.words[i].capital {
            return None;
        }
        let end = self.past_period(i + 1);
        let end = if short { end } else { i + 1 };
        let part = Part::Month(month);
        let after = self.past_comma(self.past_of(end));
        if let Some((end, year)) = self.plain_year(after).or_else(|| self.spoken_year(after)) {
            let edtf = Edtf::month(year as i32, month.into())?;
            return date(end, Meaning::Absolute(edtf));
        }
        if let Some((end, of)) = self.relative_unit(self.past_of(end), Unit::Year) {
            return date(
                end,
                Meaning::Within {
                    part,
                    of: Box::new(of),
                },
            );
        }
        if short && end == i + 1 || !self.month_stands(i, month) {
            return None;
        }
        date(end, self.named(part, i))
    }

    /// Whether a month's name alone is a month: "May" the verb, "March" the
    /// verb, April the woman and June's Diner are none.
    pub(super) fn month_stands(&self, i: usize, month: u8) -> bool {
        let before = if i == 0 { Lex::Other } else { self.lex(i - 1) };
        let led = matches!(
            before,
            Lex::Class(
                Class::In
                    | Class::Last
                    | Class::This
                    | Class::Next
                    | Class::Since
                    | Class::Until
                    | Class::By
                    | Class::Of
                    | Class::Early
                    | Class::Mid
                    | Class::Late
                    | Class::From
                    | Class::Through
                    | Class::During
                    | Class::Each
                    | Class::Past
                    | Class::Between
                    | Class::To
                    | Class::And
                    | Class::Or
                    | Class::Before
                    | Class::After
                    | Class::For
                    | Class::Coming
                    | Class::Following
                    | Class::Previous
                    | Class::On
            ) | Lex::Hyphen
                | Lex::Comma
        );
        // "May Hall", "April Jones".
        let name_follows = self
            .words
            .get(i + 1)
            .is_some_and(|w| w.capital && w.lex == Lex::Other);
        if matches!(month, 3..=6) && name_follows && !self.is_before(i, Class::In) {
            return false;
        }
        let Some(sentence) = self.sentence else {
            return led;
        };
        let token = usize::from(self.words[i].token);
        let named = sentence.name_at(token);
        if let Some(name) = named
            && name.first != name.last
        {
            return false;
        }
        if named.is_some_and(|n| n.kind == crate::language::NameKind::Person) {
            return false;
        }
        // Only these four are other words as well.
        if matches!(month, 3..=6) {
            return led && !tense::is_verb(sentence, token);
        }
        true
    }

    /// One instance of a month, date, season, quarter or holiday without a
    /// year.
    pub(super) fn named(&self, part: Part, i: usize) -> Meaning {
        if let Some(instance) = self.memory.instance(part) {
            return instance;
        }
        let choice = match (part, self.tense(i)) {
            (_, Tense::Past) => Choice::Past,
            (_, Tense::Future) => Choice::Future,
            _ => Choice::Nearest,
        };
        Meaning::Recurring {
            part,
            choice,
            base: Box::new(Meaning::Published),
        }
    }
}
