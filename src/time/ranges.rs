//! The part of the grammar that reads ranges of days and years ("June 23-25",
//! "from 3 to 5 March", "2015-16", "the year to date"), codes of quarters and
//! halves ("3Q15", "H1 2016"), and what two dates joined by a word mean.

use super::grammar::{Found, Parser, date, unit};
use super::lexicon::{Class, Lex};
use super::words::Word;
use super::{Choice, Clock, Edtf, End, Meaning, Part, Unit};

/// An interval of two dates as one expression, named by its beginning.
fn interval(end: usize, from: Meaning, to: Meaning) -> Option<Found> {
    date(
        end,
        Meaning::Interval {
            from: Some(Box::new(from)),
            to: Some(Box::new(to)),
            named: End::From,
        },
    )
}

/// The ends of an interval, each seen from the other: "from November to
/// February" ends in the February after that November, "May to October 2020"
/// begins in the same year, and of "2 to 3 p.m. Tuesday" both are on Tuesday.
pub(super) fn ends(from: Meaning, to: Meaning) -> (Meaning, Meaning) {
    let again = |part: &Part, choice, base: &Meaning| Meaning::Recurring {
        part: *part,
        choice,
        base: Box::new(base.clone()),
    };
    let (from, to) = share_day(from, to);
    // "from the end of March to the middle of September".
    if let Meaning::Section { section, of } = to {
        let (from, of) = ends(from, *of);
        let of = Box::new(of);
        return (from, Meaning::Section { section, of });
    }
    if let Meaning::Section { section, of } = from {
        let (of, to) = ends(*of, to);
        let of = Box::new(of);
        return (Meaning::Section { section, of }, to);
    }
    match (&from, &to) {
        (
            Meaning::Recurring {
                part: part @ (Part::Month(_) | Part::Date { .. }),
                choice: Choice::Past | Choice::Future | Choice::Nearest,
                ..
            },
            Meaning::Absolute(_) | Meaning::Within { .. },
        ) => (again(part, Choice::Past, &to), to),
        (
            _,
            Meaning::Recurring {
                part,
                choice: Choice::Past | Choice::Future | Choice::Nearest,
                ..
            },
        ) => {
            let to = again(part, Choice::Future, &from);
            (from, to)
        }
        _ => (from, to),
    }
}

/// What words before a date say of it like "since" and "until" do: "no later
/// than", "as early as", "starting".
pub(super) fn lead(text: &str, words: &[Word], first: usize) -> Option<Class> {
    let word = |back: usize| {
        let word = first.checked_sub(back).and_then(|i| words.get(i));
        word.map_or("", |w| w.span.of(text))
    };
    let is = |back: usize, want: &str| word(back).eq_ignore_ascii_case(want);
    let on = usize::from(is(1, "on"));
    if ["starting", "beginning", "commencing", "effective"]
        .iter()
        .any(|w| is(1 + on, w))
    {
        return Some(Class::Since);
    }
    match () {
        () if is(1, "than") && is(2, "later") && is(3, "no") => Some(Class::Until),
        () if is(1, "than") && is(2, "earlier") && is(3, "no") => Some(Class::Since),
        () if is(1, "than") && is(2, "later") => Some(Class::After),
        () if is(1, "as") && is(2, "early") && is(3, "as") => Some(Class::Since),
        () if is(1, "as") && is(2, "late") && is(3, "as") => Some(Class::Until),
        () => None,
    }
}

/// A time that follows a day by way of a preposition, on that day.
pub(super) fn on_day(day: &Meaning, time: &Meaning) -> Option<Meaning> {
    let Meaning::Clock {
        time: clock @ (Clock::At { .. } | Clock::Exact { .. }),
        of,
    } = time
    else {
        return None;
    };
    let is_day = matches!(
        day,
        Meaning::Absolute(_)
            | Meaning::Within { .. }
            | Meaning::Unit {
                unit: Unit::Day,
                ..
            }
            | Meaning::Recurring {
                part: Part::Weekday(_) | Part::Date { .. } | Part::Holiday(_),
                ..
            }
    );
    (**of == Meaning::Published && is_day).then(|| Meaning::Clock {
        time: *clock,
        of: Box::new(day.clone()),
    })
}

/// Two times of which only one has a day have that day.
fn share_day(from: Meaning, to: Meaning) -> (Meaning, Meaning) {
    match (from, to) {
        (Meaning::Clock { time: a, of: day }, Meaning::Clock { time: b, of: other }) => {
            let shared = if *day == Meaning::Published {
                other.clone()
            } else {
                day.clone()
            };
            let other = if *other == Meaning::Published {
                shared.clone()
            } else {
                other
            };
            (
                Meaning::Clock {
                    time: a,
                    of: shared,
                },
                Meaning::Clock { time: b, of: other },
            )
        }
        ends => ends,
    }
}

/// Whether two dates are of one kind, so that "to" or a stroke between them
/// needs no "from": two years, two months, two days of the calendar, two times.
pub(super) fn alike(from: &Meaning, to: &Meaning) -> bool {
    let calendar = |meaning: &Meaning| {
        matches!(
            meaning,
            Meaning::Absolute(_)
                | Meaning::Recurring {
                    part: Part::Month(_) | Part::Date { .. } | Part::Quarter(_),
                    ..
                }
                | Meaning::Within { .. }
        )
    };
    let clock = |meaning: &Meaning| {
        matches!(
            meaning,
            Meaning::Clock {
                time: Clock::At { .. } | Clock::Exact { .. },
                ..
            }
        )
    };
    calendar(from) && (calendar(to) || *to == Meaning::Published) || clock(from) && clock(to)
}

impl Parser<'_> {
    /// Past a word that joins two ends of a range.
    pub(super) fn past_joint(&self, i: usize, between: bool) -> Option<usize> {
        match self.lex(i) {
            Lex::Hyphen | Lex::Class(Class::To | Class::Through | Class::Until) => Some(i + 1),
            Lex::Class(Class::And) if between => Some(i + 1),
            _ => None,
        }
    }

    fn day_of_month(&self, i: usize) -> Option<(usize, u8)> {
        let i = if self.is(i, Class::The) { i + 1 } else { i };
        match self.lex(i) {
            Lex::Digits(day @ 1..=31, 1..=2) => Some((i + 1, day as u8)),
            _ => {
                let (end, day) = self.ordinal(i)?;
                (day <= 31).then_some((end, day as u8))
            }
        }
    }

    fn month_name(&self, i: usize) -> Option<(usize, u8)> {
        match self.lex(i) {
            Lex::Month(month, _) if self.words[i].capital => Some((self.past_period(i + 1), month)),
            _ => None,
        }
    }

    /// "June 23-25", "3 to 5 March 2017", "April 9th through 17th".
    pub(super) fn day_range(&self, i: usize) -> Option<Found> {
        let between = self.is_before(i, Class::Between);
        let led = between || self.is_before(i, Class::From);
        let (end, month, first, last) = if let Some((j, month)) = self.month_name(i) {
            let (j, first) = self.day_of_month(j)?;
            let k = self.past_joint(j, between)?;
            let (end, last) = self.day_of_month(k)?;
            // "June 5 to 10 percent", "May 3-May 5".
            let ordinal = matches!(self.lex(end - 1), Lex::Ordinal(..));
            let glued = self.lex(j) == Lex::Hyphen && self.glued(j) && self.glued(k);
            if !(led || ordinal || glued || self.is(j, Class::Through)) {
                return None;
            }
            (end, month, first, last)
        } else {
            let (j, first) = self.day_of_month(i)?;
            let k = self.past_joint(j, between)?;
            let (j, last) = self.day_of_month(k)?;
            let (end, month) = self.month_name(self.past_of(j))?;
            (end, month, first, last)
        };
        if self.measures(end) {
            return None;
        }
        // "from April 27 to the 3rd" ends in May.
        let next = if last > first { month } else { month % 12 + 1 };
        if last == first || next != month && !led {
            return None;
        }
        let part = |month, day| Part::Date {
            month,
            day,
            weekday: None,
        };
        Edtf::without_year(month.into(), Some(first.into()))?;
        Edtf::without_year(next.into(), Some(last.into()))?;
        if let Some((end, year)) = self.plain_year(self.past_comma(self.past_of(end))) {
            let day = |year: u32, month: u8, day: u8| {
                Edtf::parse(&format!("{year:04}-{month:02}-{day:02}")).map(Meaning::Absolute)
            };
            let turned = year + u32::from(next < month);
            return interval(end, day(year, month, first)?, day(turned, next, last)?);
        }
        let from = self.named(part(month, first), i);
        let to = Meaning::Recurring {
            part: part(next, last),
            choice: Choice::Future,
            base: Box::new(from.clone()),
        };
        interval(end, from, to)
    }

    /// Whether the word makes the number before it a measure.
    fn measures(&self, i: usize) -> bool {
        matches!(self.lex(i), Lex::Unit(..) | Lex::Meridiem(_) | Lex::Slash)
            || matches!(
                self.word(i).to_ascii_lowercase().as_str(),
                "%" | "percent" | "percentage" | "million" | "billion" | "points" | "votes"
            )
    }

    /// "2015-16", "2014/15", "1999-2000" with two digits at the end; "2015-03".
    pub(super) fn year_span(&self, i: usize) -> Option<Found> {
        let Lex::Digits(year @ 1000..=2199, 4) = self.lex(i) else {
            return None;
        };
        let mark = self.lex(i + 1);
        if !matches!(mark, Lex::Hyphen | Lex::Slash) || !self.glued(i + 1) || !self.glued(i + 2) {
            return None;
        }
        let Lex::Digits(short, 2) = self.lex(i + 2) else {
            return None;
        };
        if self.glued(i + 3)
            && matches!(self.lex(i + 3), Lex::Hyphen | Lex::Slash | Lex::Digits(..))
            || !self.is_year(i, year)
        {
            return None;
        }
        let absolute = |year: u32| Edtf::year(year as i32).map(Meaning::Absolute);
        let next = (year + 1) % 100 == short;
        if next || mark == Lex::Hyphen && (year % 100 + 1..year % 100 + 16).contains(&short) {
            let last = if next {
                year + 1
            } else {
                year - year % 100 + short
            };
            return interval(i + 3, absolute(year)?, absolute(last)?);
        }
        if mark == Lex::Hyphen {
            let edtf = Edtf::month(year as i32, short)?;
            return date(i + 3, Meaning::Absolute(edtf));
        }
        None
    }

    /// "Q3 2015", "3Q15", "H1 2016", "2016-Q1", "in Q3".
    pub(super) fn period_code(&self, i: usize) -> Option<Found> {
        if let Some((after, year)) = self.plain_year(i) {
            let j = self.past_hyphen(after);
            let (end, part) = self.code(j)?;
            let of = Box::new(Meaning::Absolute(Edtf::year(year as i32)?));
            return date(end, Meaning::Within { part, of });
        }
        let (end, part) = self.code(i)?;
        let mut j = self.past_comma(self.past_of(end));
        if self.lex(j) == Lex::Apostrophe || self.lex(j) == Lex::Hyphen && self.glued(j) {
            j += 1;
        }
        let year = match self.lex(j) {
            Lex::Digits(year @ 1900..=2199, 4) => Some(year),
            Lex::Digits(short, 2) if self.glued(j) => Some(2000 + short),
            _ => None,
        };
        if let Some(year) = year {
            let of = Box::new(Meaning::Absolute(Edtf::year(year as i32)?));
            return date(j + 1, Meaning::Within { part, of });
        }
        // "the Audi Q3", "H1N1".
        let led = matches!(
            i.checked_sub(1).map(|b| self.lex(b)),
            Some(Lex::Class(
                Class::In | Class::For | Class::Of | Class::During | Class::Since | Class::By
            ))
        );
        let capital = self.word(i) == "Q" || self.word(i + 1) == "Q";
        let quarter = matches!(part, Part::Quarter(_));
        (led && capital && quarter && !self.glued(end))
            .then(|| date(end, self.named(part, i)))
            .flatten()
    }

    /// "Q3" or "3Q", "H1" or "1H".
    fn code(&self, i: usize) -> Option<(usize, Part)> {
        let (letter, digit) = match (self.lex(i), self.lex(i + 1)) {
            (Lex::Class(Class::Letter), Lex::Digits(n, 1)) => (self.word(i), n),
            (Lex::Digits(n, 1), Lex::Class(Class::Letter)) => (self.word(i + 1), n),
            _ => return None,
        };
        let part = match (letter, digit) {
            ("Q" | "q", 1..=4) => Part::Quarter(digit as u8),
            ("H" | "h", 1..=2) => Part::Half(digit as u8),
            _ => return None,
        };
        self.glued(i + 1).then_some((i + 2, part))
    }

    /// "year-to-date", "the year to date": from its beginning to now.
    pub(super) fn to_date(&self, i: usize) -> Option<Found> {
        let j = if self.is(i, Class::The) { i + 1 } else { i };
        let Lex::Unit(kind @ (Unit::Week | Unit::Month | Unit::Quarter | Unit::Year), false) =
            self.lex(j)
        else {
            return None;
        };
        let to = self.past_hyphen(j + 1);
        let end = self.past_hyphen(to + 1);
        (self.is(to, Class::To) && self.word(end).eq_ignore_ascii_case("date"))
            .then(|| interval(end + 1, unit(kind, 0), Meaning::Published))
            .flatten()
    }
}
