//! The part of the grammar that reads the beginning, middle or end of a stretch
//! ("early June", "mid-2016", "the end of the year"), and "the year" alone.

use super::grammar::{Found, Parser, date, timed, unit};
use super::lexicon::{Class, Lex};
use super::tense::Tense;
use super::{Choice, Meaning, Part, Section, TimexKind, Unit};

impl Parser<'_> {
    /// "early June", "late last week", "mid-2016", "the end of the year",
    /// "earlier this month".
    pub(super) fn section(&self, i: usize) -> Option<Found> {
        let the = self.is(i, Class::The);
        let j = if the { i + 1 } else { i };
        let Lex::Class(class) = self.lex(j) else {
            return None;
        };
        let section = match class {
            Class::Early | Class::Earlier | Class::Start => Section::Start,
            Class::Mid => Section::Middle,
            Class::Late | Class::Later | Class::End => Section::End,
            _ => return None,
        };
        let of_needed = matches!(class, Class::Start | Class::End);
        let mut k = self.past_hyphen(j + 1);
        if self.is(k, Class::Of) {
            k += 1;
        } else if of_needed {
            return None;
        } else if matches!(
            class,
            Class::Earlier | Class::Later | Class::Early | Class::Late
        ) && self.is(k, Class::In)
        {
            k += 1;
        }
        if let Some(found) = self.before_christ(k) {
            return Some(found);
        }
        let inner = self.cut_stretch(k, class, the)?;
        if !inner.meaning.is_datable() {
            return None;
        }
        Some(Found {
            meaning: Meaning::Section {
                section,
                of: Box::new(inner.meaning),
            },
            ..inner
        })
    }

    /// The stretch at `k` that a section cuts; `the` stands before the section.
    fn cut_stretch(&self, k: usize, class: Class, the: bool) -> Option<Found> {
        let early = matches!(class, Class::Early | Class::Earlier);
        let late = matches!(class, Class::Late | Class::Later);
        match self.lex(k) {
            Lex::Class(Class::The)
                if (early || late) && matches!(self.lex(k + 1), Lex::Daypart(_, false)) =>
            {
                self.clock_on_day(k)
            }
            // "by end of year".
            Lex::Unit(kind @ (Unit::Year | Unit::Month | Unit::Quarter | Unit::Week), false)
                if class == Class::End && !the && self.is(k - 1, Class::Of) =>
            {
                date(k + 1, unit(kind, 0))
            }
            Lex::Decade(_) | Lex::Season(_) | Lex::Digits(..) => self
                .year(k)
                .or_else(|| self.loose_year(k))
                .or_else(|| self.subyear(k))
                .or_else(|| self.month_and_day(k, None).and_then(|(e, m)| date(e, m))),
            Lex::Daypart(clock, false)
                if matches!(class, Class::Mid | Class::Late | Class::Early) =>
            {
                // "mid-afternoon yesterday".
                let day = self.some_day(k + 1).filter(|f| f.kind == TimexKind::Date);
                let (end, of) = day.map_or((k + 1, self.day_base()), |f| (f.end, f.meaning));
                timed(end, clock, of)
            }
            Lex::Month(..) => self.day_or_month(k).or_else(|| {
                let Lex::Month(month, _) = self.lex(k) else {
                    return None;
                };
                date(k + 1, self.named(Part::Month(month), k))
            }),
            Lex::Unit(..) => None,
            _ if matches!(class, Class::Earlier | Class::Later) => self
                .day_or_month(k)
                .or_else(|| self.relative(k))
                .or_else(|| self.is(k - 1, Class::In).then(|| self.bare_the(k))?),
            _ => self
                .day_or_month(k)
                .or_else(|| self.relative(k))
                .or_else(|| self.bare_the(k))
                .or_else(|| self.subyear(k))
                .or_else(|| self.year(k)),
        }
    }

    /// "the year", "the quarter", "the weekend": the one last spoken of, or the
    /// current one.
    pub(super) fn bare_the(&self, i: usize) -> Option<Found> {
        if !self.is(i, Class::The) {
            return None;
        }
        // "the full year".
        let full = self.is(i + 1, Class::More) && self.word(i + 1) == "full";
        let at = i + 1 + usize::from(full);
        let Lex::Unit(kind, false) = self.lex(at) else {
            return None;
        };
        // "the week 31" is not this one, "the fortnight" no week.
        if matches!(self.lex(at + 1), Lex::Digits(..)) && kind == Unit::Week
            || self.fortnight(at) > 1
        {
            return None;
        }
        // "the year-ago results": the article belongs to the results.
        if self.lex(at + 1) == Lex::Hyphen && self.glued(at + 1) {
            return None;
        }
        // "the year ended March 31" is a length of time; its end says when.
        if kind == Unit::Year && self.is(at + 1, Class::Ended) {
            return Some(Found {
                end: at + 1,
                kind: TimexKind::Duration,
                meaning: Meaning::Duration(kind.period(Some(1))),
            });
        }
        // "the quarter a year ago".
        if kind == Unit::Quarter
            && self.is(at + 1, Class::A)
            && self.lex(at + 2) == Lex::Unit(Unit::Year, false)
            && matches!(self.lex(at + 3), Lex::Class(Class::Ago | Class::Earlier))
        {
            let base = self.recent_quarter().unwrap_or(unit(Unit::Quarter, -1));
            return date(
                at + 4,
                Meaning::Unit {
                    base: Box::new(base),
                    unit: Unit::Quarter,
                    offset: -4,
                },
            );
        }
        let meaning = match kind {
            // Reports speak of the quarter that has ended.
            Unit::Quarter => self.recent_quarter().unwrap_or(unit(kind, -1)),
            Unit::Weekend => Meaning::Recurring {
                part: Part::Weekend,
                choice: match self.tense(i) {
                    Tense::Future => Choice::Future,
                    _ => Choice::Past,
                },
                base: Box::new(self.now()),
            },
            Unit::Year | Unit::Month | Unit::Week => Meaning::Unit {
                base: Box::new(self.now()),
                unit: kind,
                offset: 0,
            },
            _ => return None,
        };
        date(at + 1, meaning)
    }
}
