//! The dates before a place in the text that its expressions can lean on, and
//! whether the text is a narrative of past times. Reads words, nothing else.
//!
//! News leans on its publication date: "in March" is the March nearest to it,
//! and "the same day" reaches back a few sentences at most. A history leans on
//! its own years: "in March" is in the year that was spoken of last, however
//! long ago that was. HeidelTime draws the same line between its domains
//! (Strötgen and Gertz 2013, "Multilingual and cross-domain temporal tagging"),
//! but has to be told the domain; here the text itself tells.

use super::calendar::Stretch;
use super::lexicon::{Class, Lex};
use super::words::Word;
use super::{Choice, Edtf, Meaning, Part, Precision, Unit};
use chrono::Datelike;
use std::collections::BTreeSet;

/// The dates that a text leans on.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// The last date, and how many sentences ago it was.
    date: Option<(Meaning, u32)>,
    /// The last quarter.
    quarter: Option<(Meaning, u32)>,
    /// Where a narrative stands.
    story: Option<Story>,
    /// The last year before Christ that was spoken of.
    ancient: Option<Meaning>,
}

/// Where a narrative stands.
#[derive(Debug)]
struct Story {
    /// The date that it has come to.
    anchor: Stretch,
    /// A date far from the anchor that one expression alone has named.
    aside: Option<Stretch>,
    /// The first and last year that the heading of the section names.
    section: Option<(i32, i32)>,
    /// The first and the last year that it speaks of.
    years: (u32, u32),
}

impl Story {
    /// So many years make a leap.
    const LEAP: i32 = 10;

    /// Takes note of a date. A leap through the years is believed when the
    /// sentence opens with it, or when a second date confirms it: "as in 1614"
    /// is only a look back.
    fn go_to(&mut self, date: Stretch, opens: bool) {
        let near = |other: &Stretch| (other.first.year() - date.first.year()).abs() <= Self::LEAP;
        let confirmed = self.aside.as_ref().is_some_and(near);
        if opens || near(&self.anchor) || confirmed {
            self.anchor = date;
            self.aside = None;
        } else {
            self.aside = Some(date);
        }
    }
}

impl Memory {
    /// For how many sentences a date can be meant by "the same day".
    const DATE: u32 = 4;
    /// For how many a quarter by "a year ago".
    const QUARTER: u32 = 6;

    /// The memory at the beginning of a text; `sentences` are its words, `own`
    /// is the year that is given or printed as its own.
    pub(super) fn new<'w>(sentences: impl Iterator<Item = &'w [Word]>, own: Option<u32>) -> Memory {
        let mut signs = Signs::default();
        for (number, words) in sentences.enumerate() {
            signs.read(number, words);
        }
        match signs.narrative(own) {
            Some((first, years)) => Memory {
                story: Edtf::year(first as i32)
                    .and_then(|year| Stretch::of_edtf(&year))
                    .map(|anchor| Story {
                        anchor,
                        aside: None,
                        section: None,
                        years,
                    }),
                ..Memory::default()
            },
            None => Memory::default(),
        }
    }

    /// The last date, for "the same day".
    pub(super) fn recent(&self) -> Option<&Meaning> {
        self.date.as_ref().map(|(meaning, _)| meaning)
    }

    /// The last quarter, for "a year ago".
    pub(super) fn quarter(&self) -> Option<&Meaning> {
        self.quarter.as_ref().map(|(meaning, _)| meaning)
    }

    /// In a narrative, the date that it has come to: a date of the calendar, or
    /// a year before Christ.
    pub(super) fn anchor(&self) -> Option<Meaning> {
        if let Some(year) = &self.ancient {
            return Some(year.clone());
        }
        Some(Meaning::Absolute(self.story.as_ref()?.anchor.edtf()))
    }

    /// In a narrative, the instance of `part` that the words mean without
    /// saying the year: the closest one, for a story goes on.
    pub(super) fn instance(&self, part: Part) -> Option<Meaning> {
        if let Some(year) = &self.ancient {
            return Some(Meaning::Within {
                part,
                of: Box::new(year.clone()),
            });
        }
        let story = self.story.as_ref()?;
        let anchor = &story.anchor;
        let distance = |year: i32, s: &Stretch| {
            let ahead = (s.first - anchor.last).num_days();
            let behind = (anchor.first - s.last).num_days();
            let outside = story
                .section
                .is_some_and(|(first, last)| !(first..=last).contains(&year));
            (outside, ahead.max(behind).max(0))
        };
        let year = anchor.first.year();
        let (year, _) = (year - 1..=year + 1)
            .filter_map(|y| Some((y, Stretch::in_year(part, y)?)))
            .min_by_key(|(y, s)| distance(*y, s))?;
        Some(Meaning::Recurring {
            part,
            choice: Choice::This,
            base: Box::new(Meaning::Absolute(Edtf::year(year)?)),
        })
    }

    /// A sentence begins. A heading with years says where the section plays:
    /// "War in the north, 1775-1780".
    pub(super) fn enter(&mut self, words: &[Word]) {
        let Some(story) = &mut self.story else {
            return;
        };
        let ends = words.last().is_some_and(|w| w.lex == Lex::Period);
        if ends || words.len() > 12 {
            return;
        }
        let years: Vec<i32> = words
            .iter()
            .filter_map(|w| match w.lex {
                Lex::Digits(year @ 1000..=2100, 4) => i32::try_from(year).ok(),
                _ => None,
            })
            .collect();
        if let (Some(first), Some(last)) = (years.first(), years.last())
            && first <= last
        {
            story.section = Some((*first, *last));
            if let Some(year) = Edtf::year(*first).and_then(|e| Stretch::of_edtf(&e)) {
                story.go_to(year, true);
            }
        }
    }

    /// The first two digits of the years that a narrative stands in.
    pub(super) fn century(&self) -> Option<u32> {
        u32::try_from(self.story.as_ref()?.anchor.first.year() / 100).ok()
    }

    /// Whether a year before Christ has been spoken of.
    pub(super) fn is_ancient(&self) -> bool {
        self.ancient.is_some()
    }

    /// The years that a narrative speaks of, with some room around them.
    pub(super) fn is_narrated(&self, year: u32) -> bool {
        let margin = 30;
        self.story
            .as_ref()
            .is_some_and(|s| s.years.0 <= year + margin && year <= s.years.1 + margin)
    }

    /// A sentence ends.
    pub(super) fn age(&mut self) {
        for (slot, limit) in [
            (&mut self.date, Self::DATE),
            (&mut self.quarter, Self::QUARTER),
        ] {
            if let Some((_, age)) = slot {
                *age += 1;
                if *age > limit {
                    *slot = None;
                }
            }
        }
    }

    /// Takes note of an expression.
    pub(super) fn learn(&mut self, meaning: &Meaning, place: Place) {
        // What follows the figures of nine months or of a year is compared with
        // the same months of a year ago.
        if matches!(meaning, Meaning::Duration(length) if ["P9M", "P6M", "P1Y"].contains(&length.as_str()))
        {
            self.quarter = None;
        }
        if let Some(year) = meaning.ancient_year() {
            self.ancient = Some(Meaning::BeforeChrist(year.to_owned()));
        }
        let Some(date) = remembered(meaning) else {
            return;
        };
        // A quarter of last year is mostly a comparison with this year's.
        let compared = matches!(
            date,
            Meaning::Within { of, .. } if matches!(**of, Meaning::Unit { offset: ..0, .. })
        );
        if date.is_quarter() && !compared {
            self.quarter = Some((date.clone(), 0));
        }
        self.date = Some((date.clone(), 0));
        // A year of our era ends the talk of years before it.
        if matches!(date, Meaning::Absolute(_)) {
            self.ancient = None;
        }
        if let Some(story) = &mut self.story
            && place != Place::Aside
            && let Some(edtf) = date.resolve(None).and_then(|r| r.edtf)
            && edtf.precision() <= Precision::Year
            && let Some(date) = Stretch::of_edtf(&edtf)
        {
            story.go_to(date, place == Place::Opening);
        }
    }
}

/// The part that an expression plays in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The sentence opens with it: "In 1935, ...".
    Opening,
    /// It only tells one thing from another of its kind ("the 1947 plan"), or
    /// bounds a time ("since 1940"): the story goes on where it was.
    Aside,
    /// Anything else.
    Inner,
}

/// What of a meaning a later "the same day" can refer to. A date a year before
/// another is only a comparison: what follows leans on the other again.
fn remembered(meaning: &Meaning) -> Option<&Meaning> {
    match meaning {
        Meaning::Clock { of, .. } | Meaning::Section { of, .. } => remembered(of),
        Meaning::Unit {
            base,
            unit: Unit::Year | Unit::Quarter,
            ..
        } if **base != Meaning::Published => None,
        Meaning::Absolute(_)
        | Meaning::BeforeChrist(_)
        | Meaning::Unit { .. }
        | Meaning::Shifted { .. }
        | Meaning::Recurring { .. }
        | Meaning::Within { .. }
        | Meaning::Fiscal(_) => Some(meaning),
        _ => None,
    }
}

/// The signs of a narrative, and those of news.
#[derive(Debug, Default)]
struct Signs {
    /// Years that can be nothing else, in the order of the text.
    years: Vec<u32>,
    /// Words that lean on the day of writing: "yesterday", "last week".
    deictic: usize,
    /// Whether there is one in the first sentences.
    early: bool,
}

impl Signs {
    /// The sentences in which news says when it happened.
    const LEAD: usize = 4;

    fn read(&mut self, number: usize, words: &[Word]) {
        let lex = |i: usize| words.get(i).map_or(Lex::Other, |w| w.lex);
        for i in 0..words.len() {
            let before = i.checked_sub(1).map_or(Lex::Other, lex);
            match lex(i) {
                Lex::Digits(year @ 1000..=2100, 4) if is_surely_year(words, i) => {
                    self.years.push(year);
                }
                Lex::Weekday(_, false)
                    if !matches!(lex(i + 1), Lex::Comma | Lex::Month(..) | Lex::Digits(..))
                        && words[i].capital =>
                {
                    self.deictic(number);
                }
                Lex::Class(
                    Class::Today | Class::Yesterday | Class::Tomorrow | Class::Tonight | Class::Ago,
                ) => self.deictic(number),
                Lex::Unit(_, false) | Lex::Season(_) | Lex::Month(..)
                    if matches!(
                        before,
                        Lex::Class(Class::Last | Class::This | Class::Past | Class::Coming)
                    ) =>
                {
                    self.deictic(number);
                }
                _ => {}
            }
        }
    }

    fn deictic(&mut self, sentence: usize) {
        self.deictic += 1;
        self.early |= sentence < Self::LEAD;
    }

    /// The first year, and the first and last in time, of a narrative: many
    /// years, several of them different, half of them before its own; hardly a
    /// word that leans on the day of writing, and none where news says when it
    /// happened.
    fn narrative(&self, own: Option<u32>) -> Option<(u32, (u32, u32))> {
        let different: BTreeSet<u32> = self.years.iter().copied().collect();
        let leaning = self.deictic * 3 > self.years.len();
        if self.years.len() < 5 || different.len() < 3 || leaning || self.early {
            return None;
        }
        let mut sorted = self.years.clone();
        sorted.sort_unstable();
        let middle = *sorted.get(sorted.len() / 2)?;
        if own.is_some_and(|own| middle + 1 >= own) {
            return None;
        }
        Some((
            *self.years.first()?,
            (*different.first()?, *different.last()?),
        ))
    }
}

/// Whether the four digits at `i` can only be a year: after a month, a day and
/// a comma, or a preposition of time; or alone in their sentence.
fn is_surely_year(words: &[Word], i: usize) -> bool {
    use Class::{Between, By, Early, In, Late, Mid, Since, Until};
    let lex = |i: usize| words.get(i).map_or(Lex::Other, |w| w.lex);
    let next = lex(i + 1);
    if matches!(next, Lex::Unit(..) | Lex::Slash)
        || words.get(i + 1).is_some_and(|w| w.glued) && {
            !matches!(next, Lex::Period | Lex::Comma | Lex::Other | Lex::Hyphen)
        }
    {
        return false;
    }
    match i.checked_sub(1).map(lex) {
        None => words.len() <= 2,
        Some(Lex::Month(..)) => true,
        Some(Lex::Class(In | Since | Until | By | Early | Mid | Late | Between)) => true,
        Some(Lex::Comma) => {
            i > 1 && matches!(lex(i - 2), Lex::Digits(1..=31, 1..=2) | Lex::Month(..))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;
    use crate::text::Span;

    fn check(text: &str, narrative: bool) {
        check_of(None, text, narrative);
    }

    fn check_of(own: Option<u32>, text: &str, narrative: bool) {
        let mut sentences = Vec::new();
        let mut start = 0;
        for sentence in text.split_inclusive(". ") {
            let mut words = Vec::new();
            words::of_text(text, Span::new(start, start + sentence.len()), &mut words);
            start += sentence.len();
            sentences.push(words);
        }
        let memory = Memory::new(sentences.iter().map(Vec::as_slice), own);
        assert_eq!(memory.anchor().is_some(), narrative, "{text}");
    }

    #[test]
    fn histories_are_told_from_news() {
        check(
            "In 1831 the fleet sailed. In March it reached the cape. The war began in 1833. \
             By June 1834 the islands had fallen. Peace was made in 1835, and kept until 1840.",
            true,
        );
        check(
            "War in the islands, 1831-1834. The fleet sailed in 1831. It returned on May 4, 1832. \
             A second fleet was lost in July 1833, a third in June 1834. The peace of 1835 ended \
             it, but by 1836 it was broken.",
            true,
        );
        let shop = "The shop opened in 2003. It had 20 workers by 2007. In January 2008 it had \
                    70. A report of April 2 calls it the largest. It was third in 2007, and \
                    second in March 2008.";
        check_of(Some(2008), shop, false);
        check_of(Some(2017), shop, true);
        // Too few years to tell.
        check(
            "In 1831 the fleet sailed. In March it reached the cape. The war began in 1833.",
            false,
        );
        check(
            "The minister resigned on Monday. She had joined the party in 1998. She was elected \
             in 2004. She became minister in May 2011. She had led the commission since 2009.",
            false,
        );
        check(
            "The company was founded in 1998. It had 2,000 workers in May. Sales rose in June.",
            false,
        );
        check(
            "The firm opened a plant in 2014. It closed another in 2014. In May 2014 it was sold. \
             In June 2014 it was sold again.",
            false,
        );
        check("", false);
    }

    #[test]
    fn headings_hold_their_section() {
        let words_of = |text: &str| {
            let mut out = Vec::new();
            words::of_text(text, Span::new(0, text.len()), &mut out);
            out
        };
        let history = words_of("In 1831, in 1833, in 1840, by 1841, since 1843");
        let mut memory = Memory::new([history.as_slice()].into_iter(), None);
        let november = |memory: &Memory| {
            let meaning = memory.instance(Part::Month(11))?;
            Some(meaning.resolve(None)?.value)
        };
        assert_eq!(november(&memory).as_deref(), Some("1831-11"));
        memory.enter(&words_of("The second war, 1841-1843"));
        assert_eq!(november(&memory).as_deref(), Some("1841-11"));
        // February 1841 is closer to the November before it, but that lies
        // outside the section.
        let february = Edtf::parse("1841-02").map(Meaning::Absolute);
        memory.learn(&february.unwrap_or(Meaning::Published), Place::Inner);
        assert_eq!(november(&memory).as_deref(), Some("1841-11"));
        memory.enter(&words_of(
            "He had been to the islands in 1838 and told of it.",
        ));
        assert_eq!(november(&memory).as_deref(), Some("1841-11"));
    }
}
