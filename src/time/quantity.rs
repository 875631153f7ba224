//! The part of the grammar that counts: durations, "two weeks ago", "the past
//! five years", "every day"; and the ages that are none of these.

use super::grammar::{Found, Parser, date, unit};
use super::lexicon::{Class, Lex, Phrase};
use super::sets::set;
use super::tense::Tense;
use super::{Clock, Meaning, Part, TimexKind, Unit, Vague};

/// How many units: a number, half of one more, or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    /// `None` for "several".
    pub(super) whole: Option<u32>,
    /// "two and a half".
    half: bool,
}

impl Count {
    fn of(whole: u32) -> Count {
        Count {
            whole: Some(whole),
            half: false,
        }
    }
}

fn duration(end: usize, value: String) -> Option<Found> {
    Some(Found {
        end,
        kind: TimexKind::Duration,
        meaning: Meaning::Duration(value),
    })
}

impl Parser<'_> {
    /// A number at `i`: "five", "twenty-four", "a hundred", "a few", "2 1/2".
    pub(super) fn count(&self, i: usize) -> Option<(usize, Count)> {
        match self.lex(i) {
            Lex::Digits(n, 1..=4) => {
                if let (Lex::Digits(1, 1), Lex::Slash, Lex::Digits(2, 1)) =
                    (self.lex(i + 1), self.lex(i + 2), self.lex(i + 3))
                {
                    let whole = Some(n);
                    return Some((i + 4, Count { whole, half: true }));
                }
                Some((i + 1, Count::of(n)))
            }
            // "another day".
            Lex::Class(Class::Another) => match self.lex(i + 1) {
                Lex::Unit(..) => Some((i + 1, Count::of(1))),
                _ => self
                    .count(i + 1)
                    .filter(|_| !self.is(i + 1, Class::Another)),
            },
            Lex::Decimal => {
                // "1,500 years".
                let digits: String = self.word(i).chars().filter(|c| *c != ',').collect();
                // "2.5 years".
                if let Some(whole) = digits.strip_suffix(".5") {
                    let whole = Some(whole.parse().ok()?);
                    return Some((i + 1, Count { whole, half: true }));
                }
                let n = digits.parse().ok()?;
                Some((i + 1, Count::of(n)))
            }
            Lex::Number(_) => self.number_words(i),
            Lex::Class(Class::Few) => Some((
                i + 1,
                Count {
                    whole: None,
                    half: false,
                },
            )),
            Lex::Class(Class::Couple) => {
                let end = if self.is(i + 1, Class::Of) {
                    i + 2
                } else {
                    i + 1
                };
                Some((end, Count::of(2)))
            }
            Lex::Class(Class::A) => match self.lex(i + 1) {
                Lex::Class(Class::Few | Class::Couple) => self.count(i + 1),
                Lex::Number(100..) => self.number_words(i + 1),
                Lex::Number(12) => Some((i + 2, Count::of(12))),
                Lex::Class(Class::More) => Some((i + 1, Count::of(1))),
                Lex::Unit(..) => Some((i + 1, Count::of(1))),
                _ => None,
            },
            _ => None,
        }
    }

    /// Past "and a half", "and half".
    fn past_half(&self, i: usize) -> Option<usize> {
        let a = usize::from(self.is(i + 1, Class::A));
        let half = i + 1 + a;
        (self.is(i, Class::And) && self.is(half, Class::Half)).then_some(half + 1)
    }

    /// "twenty-four", "two hundred and ten".
    fn number_words(&self, i: usize) -> Option<(usize, Count)> {
        let (mut total, mut part, mut j) = (0u32, 0u32, i);
        while j < i + 10 {
            match self.lex(j) {
                Lex::Number(1000) => {
                    total = total.saturating_add(part.max(1).saturating_mul(1000));
                    part = 0;
                }
                Lex::Number(100) => part = part.max(1).saturating_mul(100),
                Lex::Number(n) => part = part.saturating_add(n),
                Lex::Hyphen if matches!(self.lex(j + 1), Lex::Number(1..=9)) && j > i => {}
                _ => break,
            }
            j += 1;
        }
        let mut half = false;
        if let Some(end) = self.past_half(j) {
            half = true;
            j = end;
        }
        let whole = Some(total.saturating_add(part));
        (j > i).then_some((j, Count { whole, half }))
    }

    /// Past "nearly", "more than", "at least", "up to".
    pub(super) fn past_about(&self, i: usize) -> usize {
        use Class::{About, At, Fewer, For, Least, More, Over, Than, To};
        match self.lex(i) {
            Lex::Class(About | Over) => i + 1,
            Lex::Class(At) if self.is(i + 1, Least) => i + 2,
            Lex::Class(More | Fewer) if self.is(i + 1, Than) => i + 2,
            Lex::Class(For) => i,
            _ => match self.word(i).to_ascii_lowercase().as_str() {
                "no" if self.is(i + 2, Than) => i + 3,
                "up" if self.is(i + 1, To) => i + 2,
                _ => i,
            },
        }
    }

    /// "five years", "two weeks ago", "a day later", "two-year", "decades".
    pub(super) fn quantity(&self, i: usize) -> Option<Found> {
        let the = self.is(i, Class::The);
        let start = if the { i + 1 } else { self.past_about(i) };
        // "the first nine months".
        let ordinal = matches!(self.lex(start), Lex::Ordinal(1, false));
        let start = if the && ordinal { start + 1 } else { start };
        let about = start > i && !the;
        let Some((mut j, mut count)) = self.count(start) else {
            return self.bare_units(start, the || about);
        };
        if the && matches!(count.whole, Some(1)) && self.is(start, Class::A) {
            return None;
        }
        // "one or two years", "two to three weeks": the first number counts.
        if let Lex::Class(Class::Or | Class::To) = self.lex(j)
            && let Some((end, _)) = self.count(j + 1)
            && matches!(self.lex(end), Lex::Unit(..))
        {
            j = end;
        }
        while self.is(j, Class::More) || self.is(j, Class::Fiscal) {
            j += 1;
        }
        // "the two previous years", "5 past weeks".
        if let Lex::Class(
            class @ (Class::Past | Class::Next | Class::Coming | Class::Previous | Class::Last),
        ) = self.lex(j)
            && let Lex::Unit(kind, true) = self.lex(j + 1)
            && !count.half
        {
            let times = self.fortnight(j + 1);
            let whole = count.whole.map(|n| n.saturating_mul(times));
            return Some(Found {
                end: j + 2,
                kind: TimexKind::Duration,
                meaning: Meaning::Window {
                    count: whole,
                    unit: kind,
                    ahead: matches!(class, Class::Next | Class::Coming),
                },
            });
        }
        // "two nights".
        if let Lex::Daypart(Clock::Night, true) = self.lex(j) {
            return duration(j + 1, Unit::Day.period(count.whole));
        }
        let hyphen = self.lex(j) == Lex::Hyphen;
        // "the 14-day siege": the article belongs to the siege.
        if hyphen && the {
            return None;
        }
        j = self.past_hyphen(j);
        let Lex::Unit(kind, plural) = self.lex(j) else {
            return None;
        };
        // "a year-earlier loss": the date begins after the article.
        if self.lex(j + 1) == Lex::Hyphen
            && matches!(self.lex(j + 2), Lex::Class(Class::Ago | Class::Earlier))
        {
            return None;
        }
        count.whole = count.whole.map(|n| n.saturating_mul(self.fortnight(j)));
        // "a quarter of", "three-quarters" are fractions.
        if kind == Unit::Quarter && (!plural || hyphen) {
            return None;
        }
        // "30 second" of a race is fine; "a second" is mostly an ordinal.
        if kind == Unit::Second && !plural && !matches!(self.lex(start), Lex::Digits(..)) {
            return None;
        }
        j += 1;
        if let Some(end) = self.past_half(j) {
            count.half = true;
            j = end;
        }
        self.after_units(i, j, kind, count)
    }

    /// What "ago", "later", "before" make of a number of units.
    fn after_units(&self, i: usize, end: usize, kind: Unit, count: Count) -> Option<Found> {
        let months = match (kind, count.half, count.whole) {
            (Unit::Year, true, Some(n)) => Some(n.saturating_mul(12).saturating_add(6)),
            _ => None,
        };
        let stated = kind;
        let (kind, whole) = match months {
            Some(n) => (Unit::Month, Some(n)),
            None => (kind, count.whole),
        };

        let offset = |sign: i32| {
            let n = whole
                .and_then(|n| i32::try_from(n).ok())
                .filter(|n| *n <= 100_000)?;
            Some(n * sign)
        };
        // "a week or so ago".
        let j = if self.is(end, Class::Or) && self.word(end + 1) == "so" {
            end + 2
        } else {
            end
        };
        let (anchor, sign) = match self.lex(j) {
            Lex::Class(Class::Ago) => (self.now(), -1),
            Lex::Class(Class::Earlier | Class::Before) => (self.base(), -1),
            Lex::Class(Class::Later | Class::After) => (self.base(), 1),
            Lex::Class(Class::From) if self.is(j + 1, Class::Now) => {
                let meaning = Meaning::Unit {
                    base: Box::new(Meaning::Published),
                    unit: kind,
                    offset: offset(1)?,
                };
                return date(j + 2, meaning);
            }
            Lex::Class(Class::From) => match whole.filter(|_| !count.half) {
                Some(n) => {
                    let found = self.count_from(j, kind, n);
                    return found.or_else(|| self.plain_duration(i, end, stated, count));
                }
                None => return self.plain_duration(i, end, stated, count),
            },
            _ => return self.plain_duration(i, end, stated, count),
        };
        // "two days before the vote" is counted from something unknown.
        if let Some(n) = whole.filter(|_| !count.half)
            && let Some(found) = self.count_from(j, kind, n)
        {
            return Some(found);
        }
        let open = matches!(self.lex(j), Lex::Class(Class::Before | Class::After));
        if open && self.continues(j + 1) {
            return self.plain_duration(i, end, stated, count);
        }
        let Some(offset) = offset(sign) else {
            let vague = if sign < 0 { Vague::Past } else { Vague::Future };
            return Parser::vague(j + 1, vague);
        };
        if matches!(kind, Unit::Hour | Unit::Minute | Unit::Second) {
            return self.plain_duration(i, j + 1, stated, count);
        }
        if kind == Unit::Year
            && whole == Some(1)
            && sign < 0
            && let Some(quarter) = self.recent_quarter()
        {
            return date(
                j + 1,
                Meaning::Unit {
                    base: Box::new(quarter),
                    unit: Unit::Quarter,
                    offset: -4,
                },
            );
        }
        date(
            j + 1,
            Meaning::Unit {
                base: Box::new(anchor),
                unit: kind,
                offset,
            },
        )
    }

    /// Whether the clause goes on with words that "before" or "after" could
    /// govern.
    fn continues(&self, i: usize) -> bool {
        i < self.words.len() && !matches!(self.lex(i), Lex::Period | Lex::Comma)
    }

    fn plain_duration(&self, i: usize, end: usize, kind: Unit, count: Count) -> Option<Found> {
        let value = match (kind, count) {
            // "a weekend of talks" is a particular one.
            (Unit::Weekend, Count { whole: Some(1), .. }) => return None,
            (
                Unit::Year,
                Count {
                    whole: Some(n),
                    half: true,
                },
            ) => format!("P{n}Y6M"),
            (
                Unit::Hour,
                Count {
                    whole: Some(n),
                    half: true,
                },
            ) => format!("PT{n}H30M"),
            (
                Unit::Minute,
                Count {
                    whole: Some(n),
                    half: true,
                },
            ) => format!("PT{n}M30S"),
            (
                Unit::Month,
                Count {
                    whole: Some(n),
                    half: true,
                },
            ) => format!("P{n}M15D"),
            (_, count) => kind.period(count.whole),
        };
        if !count.half
            && let Some(found) = self.ahead(i, end, kind, count.whole)
        {
            return Some(found);
        }
        if let Some((end, more)) = self.smaller(end, kind).filter(|_| !count.half) {
            // "one year and two months", "1 hour 30 minutes".
            let value = match more.split_once("PT") {
                Some((_, time)) if !value.contains('T') => format!("{value}T{time}"),
                Some((_, time)) => format!("{value}{time}"),
                None => format!("{value}{}", more.trim_start_matches('P')),
            };
            return duration(end, value);
        }
        // "$5 a year", "twice a week": a rate.
        if self.is(i, Class::A) && end == i + 2 && self.is_rate(i) {
            return set(end, value);
        }
        duration(end, value)
    }

    /// A number of smaller units that goes on with a duration.
    fn smaller(&self, i: usize, than: Unit) -> Option<(usize, String)> {
        let and = self.is(i, Class::And);
        let (j, count) = self.count(if and { i + 1 } else { i })?;
        let Lex::Unit(kind, _) = self.lex(j) else {
            return None;
        };
        let digits = matches!(self.lex(i), Lex::Digits(..));
        let fits =
            kind < than && !matches!(kind, Unit::Weekend | Unit::Quarter) && than != Unit::Weekend;
        let alone = !matches!(
            self.lex(j + 1),
            Lex::Class(Class::Ago | Class::Earlier | Class::Later | Class::Before | Class::After)
        );
        (fits && alone && (and || digits) && !count.half && count.whole.is_some())
            .then(|| (j + 1, kind.period(count.whole)))
    }

    /// "all day", "all week long".
    pub(super) fn all_of(&self, i: usize) -> Option<Found> {
        match self.lex(i + 1) {
            Lex::Unit(kind @ (Unit::Day | Unit::Week | Unit::Month | Unit::Year), false)
                if self.is(i, Class::All) =>
            {
                duration(i + 2, kind.period(Some(1)))
            }
            _ => None,
        }
    }

    /// "within two years" ahead, "in three weeks" ahead.
    fn ahead(&self, i: usize, end: usize, kind: Unit, whole: Option<u32>) -> Option<Found> {
        // "a year or two".
        if self.is(end, Class::Or) {
            return None;
        }
        let within = i > 0 && self.word(i - 1).eq_ignore_ascii_case("within");
        let into = self.is_before(i, Class::In);
        let small = matches!(kind, Unit::Hour | Unit::Minute | Unit::Second);
        // "in two weeks' time" is ahead whatever the verb.
        let time = self
            .possessive(end)
            .is_some_and(|j| self.word(j).eq_ignore_ascii_case("time"));
        if !(within || into) || small || !time && self.tense(i) != Tense::Future {
            return None;
        }
        let count = whole.filter(|n| *n <= 1000)?;
        if within {
            return Some(Found {
                end,
                kind: TimexKind::Duration,
                meaning: Meaning::Window {
                    count: Some(count),
                    unit: kind,
                    ahead: true,
                },
            });
        }
        date(end, unit(kind, i32::try_from(count).ok()?))
    }

    /// Whether "a year" at `i` follows an amount.
    fn is_rate(&self, i: usize) -> bool {
        if i == 0 {
            return false;
        }
        matches!(
            self.word(i - 1).to_ascii_lowercase().as_str(),
            "times"
                | "once"
                | "twice"
                | "million"
                | "billion"
                | "dollars"
                | "cents"
                | "barrels"
                | "percent"
                | "tons"
                | "people"
        ) || matches!(self.lex(i - 1), Lex::Digits(..) | Lex::Decimal)
            && i > 1
            && self.lex(i - 2) == Lex::Dollar
    }

    /// Units without a number: "weeks", "for years", "the week".
    fn bare_units(&self, i: usize, led: bool) -> Option<Found> {
        let Lex::Unit(kind, plural) = self.lex(i) else {
            return None;
        };
        if led {
            return self.bare_the(i.checked_sub(1)?).filter(|_| !plural);
        }
        let ago = self.past_hyphen(i + 1);
        if !plural {
            // "year-ago", "year-earlier", "year-end".
            if kind == Unit::Year && self.is(ago, Class::End) {
                let part = Part::Date {
                    month: 12,
                    day: 31,
                    weekday: None,
                };
                return date(ago + 1, self.named(part, i));
            }
            if kind == Unit::Year
                && let Lex::Class(Class::Ago | Class::Earlier) = self.lex(ago)
            {
                let meaning = match self.recent_quarter() {
                    Some(quarter) => Meaning::Unit {
                        base: Box::new(quarter),
                        unit: Unit::Quarter,
                        offset: -4,
                    },
                    None => unit(Unit::Year, -1),
                };
                return date(ago + 1, meaning);
            }
            return None;
        }
        if matches!(kind, Unit::Second | Unit::Weekend | Unit::Quarter) {
            return None;
        }
        match self.lex(i + 1) {
            Lex::Class(Class::Ago) => return Parser::vague(i + 2, Vague::Past),
            Lex::Class(Class::Later) => return Parser::vague(i + 2, Vague::Future),
            _ => {}
        }
        duration(i + 1, kind.period(None))
    }

    /// After "last", "next", "past": a number of units, or plural units.
    pub(super) fn window(&self, i: usize, class: Class) -> Option<Found> {
        let ahead = matches!(class, Class::Next | Class::Coming | Class::Following);
        let behind = matches!(
            class,
            Class::Last | Class::Past | Class::Previous | Class::Latest | Class::Recent
        );
        if !ahead && !behind {
            return None;
        }
        if let Lex::Unit(kind, true) = self.lex(i) {
            let vague = if ahead { Vague::Future } else { Vague::Past };
            return match kind {
                Unit::Day | Unit::Week | Unit::Month | Unit::Quarter | Unit::Year => {
                    Parser::vague(i + 1, vague)
                }
                _ => duration(i + 1, kind.period(None)),
            };
        }
        let weeks = self.fortnight(i);
        if (class == Class::Past || weeks > 1)
            && let Lex::Unit(kind, false) = self.lex(i)
        {
            return Some(Found {
                end: i + 1,
                kind: TimexKind::Duration,
                meaning: Meaning::Window {
                    count: Some(weeks),
                    unit: kind,
                    ahead,
                },
            });
        }
        let (mut j, count) = self.count(i)?;
        if self.is(i, Class::A) {
            return None;
        }
        while self.is(j, Class::More) || self.is(j, Class::Fiscal) {
            j += 1;
        }
        let j = self.past_hyphen(j);
        let Lex::Unit(kind, plural) = self.lex(j) else {
            return None;
        };
        if !plural && count.whole == Some(1) {
            return None;
        }
        if matches!(class, Class::Following | Class::Previous) || count.half {
            return duration(j + 1, kind.period(count.whole));
        }
        let times = self.fortnight(j);
        Some(Found {
            end: j + 1,
            kind: TimexKind::Duration,
            meaning: Meaning::Window {
                count: count.whole.map(|n| n.saturating_mul(times)),
                unit: kind,
                ahead,
            },
        })
    }

    /// Numbers and names that no date may be read out of, up to where.
    pub(super) fn no_time(&self, i: usize) -> Option<usize> {
        if let Some((end, Phrase::None)) = self.listed(i) {
            return Some(end);
        }
        // "a 10-year-old", "aged 30 years", "30 years old".
        let start = if self.is(i, Class::The) { i + 1 } else { i };
        if let Some((j, _)) = self.count(start) {
            let j = self.past_hyphen(j);
            if let Lex::Unit(..) = self.lex(j) {
                let k = self.past_hyphen(j + 1);
                if self.is(k, Class::Old) {
                    return Some(k + 1);
                }
            }
        }
        None
    }
}
