//! The part of the grammar that reads years before Christ: "490 BC", "the
//! 460s BC", "499-493 B.C.", "the 5th century BC"; and, where a text has spoken
//! of such years, "in 480".

use super::grammar::{Found, Parser, date};
use super::lexicon::{Class, Lex};
use super::{Meaning, Unit};

impl Parser<'_> {
    /// A year, decade or century before Christ.
    pub(super) fn before_christ(&self, i: usize) -> Option<Found> {
        let the = self.is(i, Class::The);
        let j = if the { i + 1 } else { i };
        if let Lex::Ordinal(n @ 1..=99, _) = self.lex(j) {
            let unit = self.past_hyphen(j + 1);
            if self.lex(unit) != Lex::Unit(Unit::Century, false) {
                return None;
            }
            let end = self.past_era(unit + 1)?;
            return date(end, Meaning::BeforeChrist(format!("BC{:02}", n - 1)));
        }
        if let Some(first) = self.round_years(j) {
            let end = self.past_era(j + 1)?;
            return date(end, Meaning::BeforeChrist(format!("BC{:03}", first / 10)));
        }
        let Lex::Digits(year @ 1..=9999, _) = self.lex(i) else {
            return None;
        };
        let meaning = Meaning::BeforeChrist(format!("BC{year:04}"));
        if let Some(end) = self.past_era(i + 1) {
            return date(end, meaning);
        }
        // The first year of a range or a pair: years before Christ run down.
        let joint = matches!(
            self.lex(i + 1),
            Lex::Hyphen | Lex::Class(Class::To | Class::And | Class::Or)
        );
        if joint
            && let Lex::Digits(other, _) = self.lex(i + 2)
            && year > other
            && self.past_era(i + 3).is_some()
        {
            return date(i + 1, meaning);
        }
        self.is_ancient(i).then(|| date(i + 1, meaning)).flatten()
    }

    /// Past "BC", "B.C." and the like.
    fn past_era(&self, i: usize) -> Option<usize> {
        let before = self.is(i, Class::Era) && self.word(i).starts_with(['B', 'b']);
        // The period of "B.C." belongs to it, that after "BC" to the sentence.
        let dotted = self.word(i).contains('.');
        before.then(|| {
            if dotted {
                self.past_period(i + 1)
            } else {
                i + 1
            }
        })
    }

    /// The number of "460s".
    fn round_years(&self, i: usize) -> Option<u32> {
        let digits = self.word(i).strip_suffix('s')?;
        let year = digits.parse().ok()?;
        (digits.len() >= 2 && year % 10 == 0).then_some(year)
    }

    /// Whether "480" after a preposition is a year, in a text that has spoken of
    /// years before Christ.
    fn is_ancient(&self, i: usize) -> bool {
        use Class::{By, During, Early, From, In, Late, Of, Since, Until};
        let led = i > 0
            && matches!(
                self.lex(i - 1),
                Lex::Class(In | By | Since | Until | During | From | Early | Late | Of)
            );
        let ends = match self.lex(i + 1) {
            Lex::Comma | Lex::Period => true,
            Lex::Class(Class::And | Class::To) => true,
            Lex::Other => i > 0 && !self.is(i - 1, Class::Of) && self.tag_is_no_noun(i + 1),
            _ => i + 1 >= self.words.len(),
        };
        self.memory.is_ancient() && matches!(self.lex(i), Lex::Digits(_, 3)) && led && ends
    }
}

impl Meaning {
    /// The year before Christ that a meaning lies in: `BC0490`.
    pub(super) fn ancient_year(&self) -> Option<&str> {
        let mut at = self;
        // The grammar makes none of more than a dozen levels.
        for _ in 0..64 {
            at = match at {
                Meaning::BeforeChrist(year) => {
                    return Some(year).filter(|y| y.len() == 6).map(|y| &**y);
                }
                Meaning::Within { of, .. } | Meaning::Section { of, .. } => of,
                _ => return None,
            };
        }
        None
    }

    /// The value of a part of a year before Christ, or of a year counted from
    /// one: `BC0480-08`, `BC0479`.
    pub(super) fn in_ancient_year(&self) -> Option<String> {
        match self {
            Meaning::Within { part, of } => {
                let year = of.ancient_year()?;
                let nowhere = Meaning::Within {
                    part: *part,
                    of: Box::new(Meaning::Published),
                };
                Some(nowhere.sketch(0)?.replacen("XXXX", year, 1))
            }
            Meaning::Unit {
                base,
                unit: Unit::Year,
                offset,
            } => {
                let year: i32 = base.ancient_year()?.get(2..)?.parse().ok()?;
                let moved = year
                    .checked_sub(*offset)
                    .filter(|y| (1..=9999).contains(y))?;
                Some(format!("BC{moved:04}"))
            }
            _ => None,
        }
    }
}
