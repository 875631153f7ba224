//! The part of the grammar that reads weekdays, months and days of the month.

use super::grammar::{Found, Parser, date, timed};
use super::lexicon::{Class, Lex};
use super::tense::{self, Tense};
use super::{Choice, Edtf, Meaning, Part, Unit};

impl Parser<'_> {
    /// A weekday, a month and day, or a month, with what belongs to it.
    pub(super) fn day_or_month(&self, i: usize) -> Option<Found> {
        if let Some((end, edtf)) = self.numeric_date(i) {
            return self.iso_time(end, Meaning::Absolute(edtf));
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
        // "Tuesday the 11th".
        let bare = match self.lex(j) {
            Lex::Digits(day, 1..=2) if !comma && j == i + 1 => Some((j + 1, day)),
            _ => self
                .ordinal(j)
                .filter(|_| !comma || self.lex(j) == Lex::Other),
        };
        if let Some((end, day)) = bare
            && (1..=31).contains(&day)
            && self.closes(end)
            && !self.is(end, Class::Of)
        {
            let choice = match self.tense(i) {
                Tense::Past => Choice::Past,
                Tense::Future => Choice::Future,
                _ => Choice::Nearest,
            };
            let meaning = Meaning::Recurring {
                part: Part::DayAndWeekday {
                    day: day as u8,
                    weekday,
                },
                choice,
                base: Box::new(Meaning::Published),
            };
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
        // "Monday week" is a week from Monday.
        if self.lex(end) == Lex::Unit(Unit::Week, false) && self.lex(end + 1) != Lex::Hyphen {
            let base = Box::new(Meaning::Recurring {
                part: Part::Weekday(weekday),
                choice: Choice::Future,
                base: Box::new(Meaning::Published),
            });
            let meaning = Meaning::Shifted {
                base,
                unit: Unit::Week,
                offset: 1,
            };
            return date(end + 1, meaning);
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
        // "Monday in the morning", "Monday night at 8".
        let j = if self.is(end, Class::In) && self.is(end + 1, Class::The) {
            end + 2
        } else {
            end
        };
        // "Sunday early morning".
        let early = matches!(self.lex(j), Lex::Class(Class::Early | Class::Late));
        let j = if early && matches!(self.lex(j + 1), Lex::Daypart(_, false)) {
            j + 1
        } else {
            j
        };
        if let Lex::Daypart(part, false) = self.lex(j) {
            if let Some((end, clock)) = self.clock_after(j + 1, Some(part)) {
                return timed(end, clock, day);
            }
            return timed(j + 1, part, day);
        }
        if let Some((end, clock)) = self.clock_after(end, None) {
            return timed(end, clock, day);
        }
        date(end, day)
    }

    /// The time of an ISO 8601 date, "T10:30:00Z", or any other after it.
    fn iso_time(&self, end: usize, day: Meaning) -> Option<Found> {
        let mark = self.glued(end) && self.word(end) == "T" && self.glued(end + 1);
        if mark && let Lex::Clock(hour, minute) = self.lex(end + 1) {
            let mut after = end + 2;
            if self.glued(after) && self.word(after) == "Z" {
                after += 1;
            }
            return timed(after, super::Clock::At { hour, minute }, day);
        }
        if let Lex::Clock(hour, minute) = self.lex(end)
            && !matches!(self.lex(end + 1), Lex::Meridiem(_))
        {
            return timed(end + 1, super::Clock::At { hour, minute }, day);
        }
        self.with_daypart(end, day)
    }

    /// "2017-06-26", "2017/06/26", "6/26/2017", "26/6/2017".
    pub(super) fn numeric_date(&self, i: usize) -> Option<(usize, Edtf)> {
        if let Some(found) = self.dotted_date(i).or_else(|| self.date_with_name(i)) {
            return Some(found);
        }
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
            (1..=2, 2) if mark == Lex::Slash && b_len == 2 => {
                let year = if c > 68 { 1900 + c } else { 2000 + c };
                if a <= 12 { (year, a, b) } else { (year, b, a) }
            }
            _ => return None,
        };
        let edtf = Edtf::parse(&format!("{year:04}-{month:02}-{day:02}"))?;
        Some((i + 5, edtf))
    }

    /// "26.06.2017".
    fn dotted_date(&self, i: usize) -> Option<(usize, Edtf)> {
        if self.lex(i) != Lex::Decimal {
            return None;
        }
        let mut parts = self.word(i).split('.');
        let (a, month, c) = (parts.next()?, parts.next()?, parts.next()?);
        let short = |part: &str| (1..=2).contains(&part.len());
        let (year, day) = match (a.len(), c.len()) {
            (1..=2, 4) => (c, a),
            (4, 1..=2) => (a, c),
            _ => return None,
        };
        let digits = [a, month, c]
            .iter()
            .all(|p| p.bytes().all(|b| b.is_ascii_digit()));
        if parts.next().is_some() || !short(month) || !digits {
            return None;
        }
        let year: u32 = year.parse().ok().filter(|y| (1000..2200).contains(y))?;
        let (month, day): (u8, u8) = (month.parse().ok()?, day.parse().ok()?);
        Some((
            i + 1,
            Edtf::parse(&format!("{year:04}-{month:02}-{day:02}"))?,
        ))
    }

    /// "05-Aug-2016", "5/Aug/2016".
    fn date_with_name(&self, i: usize) -> Option<(usize, Edtf)> {
        let (Lex::Digits(day, 1..=2), Lex::Month(month, _), Lex::Digits(year, 4)) =
            (self.lex(i), self.lex(i + 2), self.lex(i + 4))
        else {
            return None;
        };
        let mark = self.lex(i + 1);
        let joined = matches!(mark, Lex::Hyphen | Lex::Slash) && self.lex(i + 3) == mark;
        if !joined || !(1..=4).all(|n| self.glued(i + n)) {
            return None;
        }
        Some((
            i + 5,
            Edtf::parse(&format!("{year:04}-{month:02}-{day:02}"))?,
        ))
    }

    /// "June 26, 2017", "26 June", "the 26th of June", with or without a year.
    pub(super) fn month_and_day(&self, i: usize, weekday: Option<u8>) -> Option<(usize, Meaning)> {
        let day_at = |j: usize| match self.lex(j) {
            Lex::Digits(day @ 1..=31, 1..=2) => Some((j + 1, day as u8)),
            // "May twenty-nine".
            Lex::Number(tens @ (20 | 30)) => {
                let k = self.past_hyphen(j + 1);
                match self.lex(k) {
                    Lex::Number(ones @ 1..=9) | Lex::Ordinal(ones @ 1..=9, false) => {
                        Some((k + 1, (tens + ones) as u8))
                    }
                    _ => None,
                }
            }
            _ => self
                .ordinal(j)
                .filter(|(_, day)| *day <= 31)
                .map(|(end, day)| (end, day as u8)),
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
            let (end, day) = day_at(self.past_comma_ordinal(after))?;
            (end, month, day)
        } else {
            let start = if self.is(i, Class::The) { i + 1 } else { i };
            // "$12 December 27".
            if i > 0 && self.lex(i - 1) == Lex::Dollar {
                return None;
            }
            let (after, day) = day_at(start)?;
            if start > i && matches!(self.lex(start), Lex::Digits(..)) {
                return None;
            }
            let of = self.past_hyphen(after);
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
        let spoken = || self.spoken(self.past_comma(end));
        if let Some((end, year)) = self.year_of_day(end).or_else(spoken) {
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

    /// "October, 1st": a comma before an ordinal.
    fn past_comma_ordinal(&self, i: usize) -> usize {
        let ordinal = matches!(self.lex(i + 1), Lex::Ordinal(_, true));
        if self.lex(i) == Lex::Comma && ordinal {
            i + 1
        } else {
            i
        }
    }

    /// The year after a month or a day of a month: "2017", "of 2017", "in 2017".
    fn year_of_day(&self, end: usize) -> Option<(usize, u32)> {
        let j = match self.lex(end) {
            Lex::Comma | Lex::Class(Class::Of | Class::In) => end + 1,
            _ => end,
        };
        self.plain_year(j)
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
        let year = self.plain_year(after).or_else(|| self.spoken(after));
        if let Some((end, year)) = year.or_else(|| self.year_of_day(end)) {
            let edtf = Edtf::month(year as i32, month.into())?;
            return date(end, Meaning::Absolute(edtf));
        }
        let ancient = self.before_christ(after).map(|f| (f.end, f.meaning));
        if let Some((end, of)) =
            ancient.or_else(|| self.relative_unit(self.past_of(end), Unit::Year))
        {
            return date(
                end,
                Meaning::Within {
                    part,
                    of: Box::new(of),
                },
            );
        }
        let joined = self.joins_month(i, end);
        let led = matches!(
            i.checked_sub(1).map(|b| self.lex(b)),
            Some(Lex::Class(
                Class::In | Class::Since | Class::Until | Class::After | Class::Before | Class::Of
            ))
        );
        if short && end == i + 1 && !(joined || led && month != 1)
            || !joined && !self.month_stands(i, month)
        {
            return None;
        }
        date(end, self.named(part, i))
    }

    /// Whether a month beside it makes this a month as well: "May to March",
    /// "Jan-Feb".
    fn joins_month(&self, i: usize, end: usize) -> bool {
        let month = |j: usize| matches!(self.lex(j), Lex::Month(..)) && self.words[j].capital;
        let joint = |j: usize| {
            matches!(
                self.lex(j),
                Lex::Hyphen | Lex::Class(Class::To | Class::Through | Class::Until)
            )
        };
        joint(end) && month(end + 1)
            || i > 1 && joint(i - 1) && (month(i - 2) || month(i.saturating_sub(3)))
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
