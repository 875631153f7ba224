//! The part of the grammar that reads years and what a year is made of:
//! quarters, halves, seasons, fiscal years, decades, centuries.

use super::grammar::{Found, Parser, date, unit};
use super::lexicon::{Class, LEXICON, Lex};
use super::{Edtf, Meaning, Part, Unit};
use crate::language::Xpos;

impl Parser<'_> {
    /// Quarters, halves, seasons, fiscal years, centuries.
    pub(super) fn subyear(&self, i: usize) -> Option<Found> {
        let the = self.is(i, Class::The);
        let mut j = if the { i + 1 } else { i };
        if let Lex::Ordinal(n @ 1..=30, _) = self.lex(j)
            && self.lex(self.past_hyphen(j + 1)) == Lex::Unit(Unit::Century, false)
            && self.before_christ(i).is_none()
        {
            let edtf = Edtf::parse(&format!("{:02}XX", n - 1))?;
            return date(self.past_hyphen(j + 1) + 1, Meaning::Absolute(edtf));
        }
        if let Lex::Season(season) = self.lex(j) {
            let part = Part::Season(season);
            if let Some((end, of)) = self.year_after(j + 1) {
                return date(
                    end,
                    Meaning::Within {
                        part,
                        of: Box::new(of),
                    },
                );
            }
            // "fall" and "spring" alone are too often verbs; "the fall of the
            // city" is no season.
            let before = i.checked_sub(1).map_or(Lex::Other, |b| self.lex(b));
            let led = the
                || matches!(
                    before,
                    Lex::Class(
                        Class::In
                            | Class::By
                            | Class::Since
                            | Class::Until
                            | Class::During
                            | Class::Early
                            | Class::Late
                            | Class::Mid
                    )
                );
            if self.is(j + 1, Class::Of) {
                return None;
            }
            return led.then(|| date(j + 1, self.named(part, i))).flatten();
        }
        let mut fiscal = false;
        if self.is(j, Class::Fiscal) {
            fiscal = true;
            j += 1;
            let k = match self.lex(j) {
                Lex::Unit(Unit::Year, false) => j + 1,
                _ => j,
            };
            let short = match self.lex(k) {
                // "FY15".
                Lex::Digits(short, 2) if self.glued(k) => Some((k + 1, 2000 + short)),
                _ => None,
            };
            if let Some((end, year)) = self.plain_year(k).or(short) {
                let year = Meaning::Absolute(Edtf::year(year as i32)?);
                return date(end, Meaning::Fiscal(Box::new(year)));
            }
            if k > j && the {
                return date(k, Meaning::Fiscal(Box::new(unit(Unit::Year, 0))));
            }
        }
        // "the 1988 second quarter".
        let year_first = self.plain_year(j).filter(|_| the);
        let k = year_first.map_or(j, |(end, _)| end);
        if the && self.lex(k + 1) == Lex::Hyphen {
            return None;
        }
        let (end, part) = self.ordinal_part(k)?;
        let wrap = |meaning| {
            if fiscal {
                Meaning::Fiscal(Box::new(meaning))
            } else {
                meaning
            }
        };
        if let Some((_, year)) = year_first {
            let of = Box::new(Meaning::Absolute(Edtf::year(year as i32)?));
            return date(end, wrap(Meaning::Within { part, of }));
        }
        if let Some((end, of)) = self.year_after(end) {
            return date(
                end,
                wrap(Meaning::Within {
                    part,
                    of: Box::new(of),
                }),
            );
        }
        // "the first quarter of the year".
        if self.is(end, Class::Of)
            && self.lex(end + 2) == Lex::Unit(Unit::Year, false)
            && let Some(year) = self.bare_the(end + 1)
        {
            let of = Box::new(year.meaning);
            return date(year.end, wrap(Meaning::Within { part, of }));
        }
        if matches!(part, Part::Half(_)) {
            // The first half of a match, of a list, of a year unnamed.
            let of = self.is(end, Class::Of);
            let year = of.then(|| self.bare_the(end + 1)).flatten()?;
            return date(
                year.end,
                Meaning::Within {
                    part,
                    of: Box::new(year.meaning),
                },
            );
        }
        date(end, wrap(self.named(part, i)))
    }

    /// A quarter or period by comparison with another: "the year-ago quarter",
    /// "the 1988 period", "the same period last year".
    pub(super) fn compared(&self, i: usize) -> Option<Found> {
        let the = self.is(i, Class::The);
        let mut j = if the { i + 1 } else { i };
        let like = matches!(
            self.lex(j),
            Lex::Class(Class::Like | Class::Same | Class::Latest)
        );
        let latest = self.is(j, Class::Latest);
        j += usize::from(like);
        let mut year = None;
        if let Lex::Unit(Unit::Year, false) = self.lex(j)
            && let Lex::Class(Class::Ago | Class::Earlier) = self.lex(self.past_hyphen(j + 1))
        {
            year = Some(unit(Unit::Year, -1));
            j = self.past_hyphen(j + 1) + 1;
        } else if let Some((end, found)) = self.plain_year(j).filter(|_| the) {
            year = Some(Meaning::Absolute(Edtf::year(found as i32)?));
            j = end;
        }
        let own = self.ordinal_part(j);
        let period = matches!(
            self.lex(j),
            Lex::Unit(Unit::Quarter, false) | Lex::Class(Class::Period)
        );
        if !(like || year.is_some()) || !(period || own.is_some()) {
            return None;
        }
        let mut end = own.map_or(j + 1, |(end, _)| end);
        if year.is_none()
            && let Some((after, found)) = self.year_after(end)
        {
            year = Some(found);
            end = after;
        }
        let quarter = self.recent_quarter();
        let part = own.map(|(_, part)| part).or(match &quarter {
            Some(Meaning::Recurring { part, .. } | Meaning::Within { part, .. }) => Some(*part),
            _ => None,
        });
        match (part, year) {
            (Some(part), Some(of)) => date(
                end,
                Meaning::Within {
                    part,
                    of: Box::new(of),
                },
            ),
            (None, Some(of)) => date(end, of),
            // "the latest quarter" has ended; "the latest period" is the one
            // spoken of.
            (_, None) if latest && self.is(j, Class::Period) => {
                date(end, quarter.unwrap_or(unit(Unit::Quarter, -1)))
            }
            (_, None) if latest => date(end, unit(Unit::Quarter, -1)),
            _ => None,
        }
    }

    /// A year where a year is meant: "in 2015", "the 2016 election", "the
    /// 1980s", "'98"; with "around" before it.
    pub(super) fn year(&self, i: usize) -> Option<Found> {
        let the = self.is(i, Class::The);
        if the || self.is(i, Class::About) {
            let inner = match self.lex(i + 1) {
                Lex::Decade(_) => self.year(i + 1)?,
                Lex::Apostrophe => self.year(i + 1)?,
                Lex::Unit(Unit::Year, false) if the => {
                    let j = self.past_of(i + 2);
                    let (end, year) = self.plain_year(j).or_else(|| self.spoken_year(j))?;
                    return date(end, Meaning::Absolute(Edtf::year(year as i32)?));
                }
                // "How about 2019 Q1?"
                Lex::Digits(..) if !the && self.period_code(i + 1).is_none() => {
                    let mut found = self.year(i + 1).filter(|_| i > 0)?;
                    found.meaning = Meaning::Approximate(Box::new(found.meaning));
                    return Some(found);
                }
                _ => return None,
            };
            return Some(inner);
        }
        match self.lex(i) {
            Lex::Decade(first) => {
                let edtf = Edtf::parse(&format!("{:03}X", first / 10))?;
                date(i + 1, Meaning::Absolute(edtf))
            }
            Lex::Apostrophe => match self.lex(i + 1) {
                Lex::Decade(first) if self.glued(i + 1) => {
                    let edtf = Edtf::parse(&format!("{:03}X", first / 10))?;
                    date(i + 2, Meaning::Absolute(edtf))
                }
                Lex::Digits(n, 2) if self.glued(i + 1) && !self.glued(i) => {
                    let year = match self.memory.century() {
                        Some(century) => 100 * century + n,
                        None if n > 30 => 1900 + n,
                        None => 2000 + n,
                    };
                    date(i + 2, Meaning::Absolute(Edtf::year(year as i32)?))
                }
                _ => None,
            },
            Lex::Number(_) => {
                let (end, year) = self.spoken_year(i)?;
                date(end, Meaning::Absolute(Edtf::year(year as i32)?))
            }
            Lex::Digits(year, 4) if self.is_year(i, year) => self.loose_year(i),
            _ => None,
        }
    }

    /// Four digits as a year, without asking what stands around them.
    pub(super) fn loose_year(&self, i: usize) -> Option<Found> {
        let (end, year) = self.plain_year(i)?;
        date(end, Meaning::Absolute(Edtf::year(year as i32)?))
    }

    /// A year in words, where only a year can stand: "nineteen hundred five",
    /// "two thousand and fifteen".
    pub(super) fn spoken(&self, i: usize) -> Option<(usize, u32)> {
        let Lex::Number(head @ (2 | 10..=20)) = self.lex(i) else {
            return None;
        };
        let hundred = match (head, self.lex(i + 1)) {
            (2, Lex::Number(1000)) => 2000,
            (10.., Lex::Number(100)) => head * 100,
            _ => return self.spoken_year(i),
        };
        let j = if self.is(i + 2, Class::And) {
            i + 3
        } else {
            i + 2
        };
        let Lex::Number(tens @ 1..=90) = self.lex(j) else {
            return Some((i + 2, hundred));
        };
        let k = self.past_hyphen(j + 1);
        Some(match self.lex(k) {
            Lex::Number(ones @ 1..=9) if tens >= 20 => (k + 1, hundred + tens + ones),
            _ => (j + 1, hundred + tens),
        })
    }

    /// "nineteen ninety-six", "two thousand".
    pub(super) fn spoken_year(&self, i: usize) -> Option<(usize, u32)> {
        let Lex::Number(head) = self.lex(i) else {
            return None;
        };
        if head == 2 && self.lex(i + 1) == Lex::Number(1000) {
            let led = i > 0
                && matches!(
                    self.lex(i - 1),
                    Lex::Unit(Unit::Year, false) | Lex::Class(Class::In)
                );
            return led.then(|| self.spoken(i)).flatten();
        }
        if !(17..=20).contains(&head) {
            return None;
        }
        let Lex::Number(tens @ (10..=20 | 30 | 40 | 50 | 60 | 70 | 80 | 90)) = self.lex(i + 1)
        else {
            return None;
        };
        let j = self.past_hyphen(i + 2);
        match self.lex(j) {
            Lex::Number(ones @ 1..=9) if tens >= 20 => Some((j + 1, head * 100 + tens + ones)),
            _ => Some((i + 2, head * 100 + tens)),
        }
    }

    /// Whether four digits are a year, by what stands around them.
    pub(super) fn is_year(&self, i: usize, year: u32) -> bool {
        use Class::{
            About, After, And, Before, Between, By, During, Early, Fiscal, From, In, Late, Mid, Of,
            Or, Since, The, Through, To, Until,
        };
        if !(1000..=2199).contains(&year) {
            return false;
        }
        let before = if i == 0 { Lex::Other } else { self.lex(i - 1) };
        if before == Lex::Dollar
            || self.words[i].glued && matches!(before, Lex::Slash | Lex::Period)
        {
            return false;
        }
        if self.digit_groups(i) > 2 {
            return false;
        }
        // "555-2017"; "2015-16" and "1993-2001" are years.
        if self.words[i].glued
            && before == Lex::Hyphen
            && i > 1
            && self.glued(i - 1)
            && !matches!(self.lex(i - 2), Lex::Digits(1000..=2199, 4))
            && !self.is(i - 2, Class::Mid)
            && self.lex(i - 2) != Lex::Other
        {
            return false;
        }
        if self.glued(i + 1) && self.lex(i + 1) == Lex::Hyphen && self.glued(i + 2) {
            match self.lex(i + 2) {
                Lex::Digits(_, 4) => {}
                // "2015-16" and "2015-03", but not "2015-86".
                Lex::Digits(n, 2)
                    if n <= 12
                        || (year % 100 + 1..year % 100 + 16).contains(&n)
                        || (year + 1) % 100 == n => {}
                Lex::Digits(..) => return false,
                _ => {}
            }
        }
        let next = self.lex(i + 1);
        if matches!(next, Lex::Unit(..) | Lex::Meridiem(_))
            && !matches!(next, Lex::Unit(Unit::Quarter, _))
        {
            return false;
        }
        match self.word(i + 1).to_ascii_lowercase().as_str() {
            "%" | "percent" | "per" | "million" | "billion" | "thousand" | "dollars" | "euros"
            | "pounds" | "miles" | "feet" | "meters" | "metres" | "km" | "kilometers"
            | "points" | "people" | "troops" | "of" | "acres" | "shares" | "men" | "women"
            | "tons" | "tonnes" | "votes" | "gmt" => return false,
            _ => {}
        }
        // "the 2,000" never comes here; "some 2000 refugees" does.
        let plural_next =
            self.tag(i + 1) == Some(Xpos::Nns) && !LEXICON.is_dated_noun(self.word(i + 1));
        let plausible = (1900..=2060).contains(&year) || self.memory.is_narrated(year);
        match before {
            Lex::Class(In | Since | Until | During | Early | Mid | Late | Fiscal | By) => {
                !plural_next || plausible
            }
            Lex::Class(From | Of | To | Through | Between | And | Or | Before | After) => {
                (1500..=2100).contains(&year) && !plural_next
            }
            Lex::Class(About) => {
                plausible && (i < 2 || !self.is(i - 2, In)) && self.lex(i + 1) != Lex::Other
                    || i > 1 && self.is(i - 2, In)
            }
            Lex::Class(The) => plausible,
            Lex::Season(_) | Lex::Month(..) => true,
            Lex::Comma => plausible && !plural_next,
            _ => plausible && !plural_next && !self.named_before(i),
        }
    }

    /// How many groups of digits are joined by strokes to the one at `i`: a
    /// telephone number has three.
    fn digit_groups(&self, i: usize) -> usize {
        // Whether the group that begins at `j` goes on with another.
        let joined = |j: usize| {
            self.lex(j + 1) == Lex::Hyphen
                && self.glued(j + 1)
                && self.glued(j + 2)
                && matches!(self.lex(j), Lex::Digits(..))
                && matches!(self.lex(j + 2), Lex::Digits(..))
        };
        let mut count = 1;
        let mut j = i;
        while j >= 2 && joined(j - 2) && count < 4 {
            count += 1;
            j -= 2;
        }
        let mut j = i;
        while joined(j) && count < 4 {
            count += 1;
            j += 2;
        }
        count
    }

    /// Whether the word before is a name that the number belongs to: "Route
    /// 2015", "iPhone 2016".
    pub(super) fn named_before(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).and_then(|b| self.words.get(b)) else {
            return false;
        };
        let word = before.span.of(self.text);
        let mixed = word.chars().any(char::is_uppercase);
        let sentence_start = i == 1;
        mixed && !sentence_start || matches!(word, "No" | "Route" | "Flight" | "Room" | "Model")
    }

    /// Whether the word at `i` has a tag, and none of a noun.
    pub(super) fn tag_is_no_noun(&self, i: usize) -> bool {
        self.tag(i)
            .is_some_and(|t| !matches!(t, Xpos::Nn | Xpos::Nns | Xpos::Nnp | Xpos::Nnps | Xpos::Jj))
    }

    /// The part-of-speech tag at word `i`.
    pub(super) fn tag(&self, i: usize) -> Option<Xpos> {
        let token = usize::from(self.words.get(i)?.token);
        Some(self.sentence?.tokens.get(token)?.xpos)
    }
}
