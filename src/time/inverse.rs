//! The inverse of resolution: when an expression's date is known from
//! elsewhere, the publication days that give it.

use super::{Edtf, Meaning, Part};
use chrono::{Datelike, NaiveDate};

/// When an article can have been published, given what one of its expressions
/// must mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationGuess {
    /// The smallest interval that holds every day that fits.
    pub possible: Edtf,
    /// The likeliest date within it, by news usage: a bare weekday is mostly
    /// the publication's own day; a month and day give the year and no more.
    pub best: Edtf,
}

impl Meaning {
    /// Given that this expression means `day` (another article says so), when
    /// was its article published? `None` when no publication day makes it mean
    /// that day, or the expression does not depend on the publication.
    ///
    /// Tries the days around `day`; resolves at most about 1600 times.
    pub fn published_for(&self, day: NaiveDate) -> Option<PublicationGuess> {
        if !self.is_datable() || !self.is_relative() {
            return None;
        }
        // Up to a month for what is counted in days and weeks, two years for
        // months and dates.
        let reach: i64 = if self.is_weekly() { 45 } else { 800 };
        let target = Edtf::day(day);
        let fits = |delta: i64| -> Option<NaiveDate> {
            let published = super::calendar::plus_days(day, delta)?;
            let date = self.resolve(Some(&Edtf::day(published)))?.edtf?;
            (!date.as_str().contains("..") && date.contains(&target)).then_some(published)
        };
        let first = (-reach..=reach).find_map(fits)?;
        let last = (-reach..=reach).rev().find_map(fits)?;
        let possible = Edtf::days(first, last);
        let single = matches!(
            self.core(),
            Meaning::Recurring {
                part: Part::Weekday(_),
                ..
            }
        );
        let best = if single && (first..=last).contains(&day) {
            Edtf::day(day)
        } else if (last - first).num_days() <= 31 {
            possible.clone()
        } else if first.year() == last.year() || (first..=last).contains(&day) {
            Edtf::year(day.year())?
        } else {
            possible.clone()
        };
        Some(PublicationGuess { possible, best })
    }

    /// Given that this expression and `full` are one date, when was its article
    /// published? The smallest interval that holds every day that fits; `None`
    /// where none does, or the expression does not depend on the publication.
    ///
    /// Resolves about 1700 times at most.
    pub fn published_within(&self, full: &Edtf) -> Option<Edtf> {
        if !self.is_datable() || !self.is_relative() {
            return None;
        }
        let (from, to) = (full.earliest()?, full.latest()?);
        // Where the publication is looked for: as far ahead as the expression
        // looks back.
        let shift = match self.core() {
            Meaning::Unit { unit, offset, .. } => -i64::from(*offset) * unit.about_days(),
            _ => 0,
        };
        let start = super::calendar::plus_days(from, shift)?;
        let fits = |delta: i64| -> Option<NaiveDate> {
            let published = super::calendar::plus_days(start, delta)?;
            let date = self.resolve(Some(&Edtf::day(published)))?.edtf?;
            let one = date.contains(full) || full.contains(&date);
            (!date.as_str().contains("..") && one).then_some(published)
        };
        let reach = 450 + (to - from).num_days().min(400);
        let first = (-reach..=reach).find_map(fits)?;
        let last = (-reach..=reach).rev().find_map(fits)?;
        Some(Edtf::days(first, last))
    }

    /// The meaning without time of day and section.
    fn core(&self) -> &Meaning {
        match self {
            Meaning::Clock { of, .. } | Meaning::Section { of, .. } => of.core(),
            other => other,
        }
    }

    /// Whether it is counted in weeks or less.
    fn is_weekly(&self) -> bool {
        use super::Unit::{Day, Week, Weekend};
        match self.core() {
            Meaning::Published => true,
            Meaning::Unit { base, unit, offset } => {
                matches!(unit, Day | Week | Weekend)
                    && offset.unsigned_abs() <= 5
                    && base.is_weekly()
            }
            Meaning::Recurring {
                part: Part::Weekday(_) | Part::Weekend,
                base,
                ..
            } => base.is_weekly(),
            Meaning::Within { of, .. } => of.is_weekly(),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::find_in_text;
    use super::*;
    use crate::text::Span;

    fn check(words: &str, day: &str, possible: &str, best: &str) {
        let found = find_in_text(words, Span::new(0, words.len()));
        let guess = found[0]
            .meaning
            .published_for(day.parse().unwrap_or_default());
        let got = guess.map(|g| (g.possible.to_string(), g.best.to_string()));
        assert_eq!(got, Some((possible.to_owned(), best.to_owned())), "{words}");
    }

    #[test]
    fn publication_follows_from_a_known_day() {
        check(
            "Monday",
            "2017-06-26",
            "2017-06-26/2017-07-02",
            "2017-06-26",
        );
        check("yesterday", "2017-06-26", "2017-06-27", "2017-06-27");
        check("today", "2017-06-26", "2017-06-26", "2017-06-26");
        check(
            "last week",
            "2015-06-23",
            "2015-06-29/2015-07-05",
            "2015-06-29/2015-07-05",
        );
        check("last month", "2017-05-22", "2017-06", "2017-06");
        check("June 23", "2015-06-23", "2014-12-23/2015-12-23", "2015");
    }

    #[test]
    fn what_cannot_be_has_no_answer() {
        let friday = find_in_text("Friday", Span::new(0, 6));
        let monday: NaiveDate = "2017-06-26".parse().unwrap_or_default();
        assert_eq!(friday[0].meaning.published_for(monday), None);
        let full = find_in_text("June 26, 2017", Span::new(0, 13));
        assert_eq!(full[0].meaning.published_for(monday), None);
    }
}
