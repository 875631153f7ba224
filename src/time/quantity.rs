//! The part of the grammar that counts: durations, "two weeks ago", "the past
//! five years", "every day"; and the ages that are none of these.

use super::grammar::{Found, Parser, date, unit};
use super::lexicon::{Class, LEXICON, Lex};
use super::{Meaning, Part, TimexKind, Unit, Vague};

/// How many units: a number, half of one more, or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Count {
    /// `None` for "several".
    whole: Option<u32>,
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

fn set(end: usize, value: String) -> Option<Found> {
    Some(Found {
        end,
        kind: TimexKind::Set,
        meaning: Meaning::Set(value),
    })
}

impl Parser<'_> {
    /// A number at `i`: "five", "twenty-four", "a hundred", "a few", "2 1/2".
    fn count(&self, i: usize) -> Option<(usize, Count)> {
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
            Lex::Decimal => {
                // "1,500 years".
                let digits: String = self.word(i).chars().filter(|c| *c != ',').collect();
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
        if self.is(j, Class::And) && self.is(j + 1, Class::A) && self.is(j + 2, Class::Half) {
            half = true;
            j += 3;
        }
        let whole = Some(total.saturating_add(part));
        (j > i).then_some((j, Count { whole, half }))
    }

    /// Past "nearly", "more than", "at least", "up to".
    pub(super) fn past_about(&self, i: usize) -> usize {
        use Class::{About, At, For, Least, More, Over, Than, To};
        match self.lex(i) {
            Lex::Class(About | Over) => i + 1,
            Lex::Class(At) if self.is(i + 1, Least) => i + 2,
            Lex::Class(More) if self.is(i + 1, Than) => i + 2,
            Lex::Class(For) => i,
            _ => match self.word(i).to_ascii_lowercase().as_str() {
                "less" | "fewer" | "longer" if self.is(i + 1, Than) => i + 2,
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
        // "a quarter of", "three-quarters" are fractions.
        if kind == Unit::Quarter && (!plural || hyphen) {
            return None;
        }
        // "30 second" of a race is fine; "a second" is mostly an ordinal.
        if kind == Unit::Second && !plural && !matches!(self.lex(start), Lex::Digits(..)) {
            return None;
        }
        j += 1;
        if self.is(j, Class::And) && self.is(j + 1, Class::A) && self.is(j + 2, Class::Half) {
            count.half = true;
            j += 3;
        }
        self.after_units(i, j, kind, count)
    }

    /// What "ago", "later", "before" make of a number of units.
    fn after_units(&self, i: usize, end: usize, kind: Unit, count: Count) -> Option<Found> {
        let counted = kind;
        let months = match (kind, count.half, count.whole) {
            (Unit::Year, true, Some(n)) => Some(n.saturating_mul(12).saturating_add(6)),
            _ => None,
        };
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
            _ => return self.plain_duration(i, end, counted, count),
        };
        // "two days before the vote" is counted from something unknown.
        let open = matches!(self.lex(j), Lex::Class(Class::Before | Class::After));
        if open && self.continues(j + 1) {
            return self.plain_duration(i, end, counted, count);
        }
        let Some(offset) = offset(sign) else {
            let vague = if sign < 0 { Vague::Past } else { Vague::Future };
            return Parser::vague(j + 1, vague);
        };
        if matches!(kind, Unit::Hour | Unit::Minute | Unit::Second) {
            return self.plain_duration(i, j + 1, counted, count);
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
            (Unit::Weekend, _) => return None,
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
        // "$5 a year", "twice a week": a rate.
        if self.is(i, Class::A) && end == i + 2 && self.is_rate(i) {
            return set(end, value);
        }
        duration(end, value)
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
                let of = Box::new(unit(Unit::Year, 0));
                return date(ago + 1, Meaning::Within { part, of });
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
        if class == Class::Past
            && let Lex::Unit(kind, false) = self.lex(i)
        {
            return Some(Found {
                end: i + 1,
                kind: TimexKind::Duration,
                meaning: Meaning::Window {
                    count: Some(1),
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
        Some(Found {
            end: j + 1,
            kind: TimexKind::Duration,
            meaning: Meaning::Window {
                count: count.whole,
                unit: kind,
                ahead,
            },
        })
    }

    /// "every Monday", "each year", "daily", "Tuesday nights".
    pub(super) fn recurring_set(&self, i: usize) -> Option<Found> {
        // "five times per day".
        if self.word(i).eq_ignore_ascii_case("per")
            && let Lex::Unit(kind, false) = self.lex(i + 1)
        {
            return set(i + 2, kind.period(Some(1)));
        }
        match self.lex(i) {
            Lex::Set(n) => set(i + 1, LEXICON.sets.get(usize::from(n))?.clone()),
            Lex::Weekdays(day) => set(i + 1, format!("XXXX-WXX-{day}")),
            Lex::Weekday(day, false) => match self.lex(i + 1) {
                Lex::Daypart(clock, true) => set(i + 2, format!("XXXX-WXX-{day}{}", clock.timex())),
                _ => None,
            },
            Lex::Class(Class::Each) => match self.lex(i + 1) {
                Lex::Unit(kind, false) => set(i + 2, kind.period(Some(1))),
                Lex::Weekday(day, false) => set(i + 2, format!("XXXX-WXX-{day}")),
                Lex::Month(month, false) => set(i + 2, format!("XXXX-{month:02}")),
                Lex::Season(season) => set(i + 2, format!("XXXX-{}", season.timex())),
                Lex::Daypart(clock, false) => set(i + 2, format!("XXXX-XX-XX{}", clock.timex())),
                _ => {
                    let (j, count) = self.count(i + 1)?;
                    match self.lex(j) {
                        Lex::Unit(kind, true) => set(j + 1, kind.period(count.whole)),
                        _ => None,
                    }
                }
            },
            _ => None,
        }
    }

    /// Numbers and names that no date may be read out of, up to where.
    pub(super) fn no_time(&self, i: usize) -> Option<usize> {
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
