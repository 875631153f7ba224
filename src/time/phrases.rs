//! The part of the grammar that reads what the lists hold whole: phrases such
//! as "at the moment", and holidays by name.

use super::grammar::{Found, Parser, date};
use super::lexicon::{Class, LEXICON, Lex, Phrase};
use super::words::Word;
use super::{Edtf, Meaning, Part};

impl Parser<'_> {
    /// Words that stand for a whole expression, and holidays.
    pub(super) fn phrase(&self, i: usize) -> Option<Found> {
        // "the 2016 Ramadan", "the Labor Day weekend".
        let start = if self.is(i, Class::The) { i + 1 } else { i };
        if let Some((after, year)) = self.plain_year(start).filter(|_| start > i)
            && let Some((end, part)) = self.holiday(after)
        {
            let of = Box::new(Meaning::Absolute(Edtf::year(year as i32)?));
            return date(end, Meaning::Within { part, of });
        }
        if let Some((end, part)) = self.holiday(start) {
            if let Some((end, of)) = self.year_after(end).or_else(|| self.in_year(end)) {
                let of = Box::new(of);
                return date(end, Meaning::Within { part, of });
            }
            // "the Christmas break" begins after the article.
            return (start == i || matches!(part, Part::HolidayWeekend(_)))
                .then(|| date(end, self.named(part, start)))
                .flatten();
        }
        match self.listed(i)? {
            // Not the "Future" in the name of a fund.
            (end, Phrase::Vague(vague)) if !self.is_in_name(i) => date(end, Meaning::Vague(vague)),
            _ => None,
        }
    }

    /// The longest phrase of the lists that begins at `i`.
    pub(super) fn listed(&self, i: usize) -> Option<(usize, Phrase)> {
        let matches = |rest: &[String]| {
            rest.iter()
                .enumerate()
                .all(|(n, want)| self.word(i + 1 + n).eq_ignore_ascii_case(want))
        };
        let (rest, phrase) = LEXICON
            .phrases(self.word(i))
            .iter()
            .find(|(rest, _)| matches(rest))?;
        Some((i + 1 + rest.len(), *phrase))
    }

    /// "in 2015" after a holiday.
    fn in_year(&self, i: usize) -> Option<(usize, Meaning)> {
        if !self.is(i, Class::In) {
            return None;
        }
        let (end, year) = self.plain_year(i + 1)?;
        Some((end, Meaning::Absolute(Edtf::year(year as i32)?)))
    }

    /// A holiday by name, or its weekend.
    fn holiday(&self, i: usize) -> Option<(usize, Part)> {
        if !self.words.get(i)?.capital {
            return None;
        }
        let (end, Phrase::Holiday(rule, shared)) = self.listed(i)? else {
            return None;
        };
        let name = |w: &Word| w.capital && w.lex == Lex::Other;
        let before = i.checked_sub(1).and_then(|b| self.words.get(b));
        let after = self.words.get(end).filter(|w| name(w) && !w.glued);
        // "Easter Island", "Omar Ramadan" are names; "Kenya's Independence
        // Day" is another day than ours.
        let named = before.is_some_and(name) && i > 1;
        if end == i + 1 && (after.is_some() || named) {
            return None;
        }
        if shared && (before.is_some_and(name) || i > 0 && self.possessive(i - 1) == Some(i)) {
            return None;
        }
        Some(match self.lex(end) {
            Lex::Unit(super::Unit::Weekend, false) => (end + 1, Part::HolidayWeekend(rule)),
            _ => (end, Part::Holiday(rule)),
        })
    }

    /// Whether a capitalised word is a part of a name.
    pub(super) fn is_in_name(&self, i: usize) -> bool {
        let Some(word) = self.words.get(i).filter(|w| w.capital) else {
            return false;
        };
        self.sentence
            .is_some_and(|s| s.name_at(word.token.into()).is_some())
    }
}
