//! From a [`Meaning`] and a publication date to a date on the calendar.
//!
//! A publication date coarser than a day is taken as its first and its last
//! day: choosing an instance never goes backwards as the anchor goes forwards,
//! so where both ends give the same answer every day between gives it too.
//! Where they differ, the answer is the stretch between them and no more.

use super::calendar::{Grain, Stretch};
use super::{Choice, Clock, Counted, Edtf, End, Meaning, Part, Resolved, Unit, Vague};
use crate::model::DateBasis;
use chrono::NaiveDate;

/// A meaning on the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Placed {
    /// What the words name.
    named: Stretch,
    /// The whole date, where it is more than what the words name.
    whole: Option<Edtf>,
    /// A time of day.
    clock: Option<Clock>,
    /// Whether the date is only about right.
    approximate: bool,
}

impl Placed {
    fn new(named: Stretch) -> Placed {
        Placed {
            named,
            whole: None,
            clock: None,
            approximate: false,
        }
    }

    fn edtf(&self) -> Edtf {
        let edtf = self.whole.clone().unwrap_or_else(|| self.named.edtf());
        if self.approximate {
            edtf.approximate()
        } else {
            edtf
        }
    }
}

/// The deepest meaning that is followed; the grammar makes none of more than
/// a dozen levels, but a stored report could hold anything.
const DEEPEST: usize = 64;

impl Meaning {
    /// What the expression says when the article was published at `published`
    /// (a day, or a coarser date or interval).
    ///
    /// Without a publication date, or with one whose year is unknown, full
    /// dates are resolved, a month and day without a year give `XXXX-06-23`,
    /// and everything else has a TIMEX3 value with `X` where nothing is known
    /// and no EDTF date. `None` when even the kind of date cannot be said.
    pub fn resolve(&self, published: Option<&Edtf>) -> Option<Resolved> {
        let basis = if self.is_relative() {
            DateBasis::Relative
        } else {
            DateBasis::Stated
        };
        let resolved = |value: String, edtf: Option<Edtf>| Some(Resolved { value, edtf, basis });
        match self {
            Meaning::Duration(value) | Meaning::Set(value) | Meaning::BeforeChrist(value) => {
                return resolved(value.clone(), None);
            }
            Meaning::Vague(vague) => return resolved(vague.timex().to_owned(), None),
            Meaning::Absolute(edtf) if Stretch::of_edtf(edtf).is_none() => {
                return resolved(edtf.as_str().to_owned(), Some(edtf.clone()));
            }
            _ => {}
        }
        let window = match self {
            Meaning::Window { count, unit, .. } => Some(unit.period(*count)),
            _ => None,
        };
        let anchor = published.and_then(Stretch::of_edtf);
        let (first, last) = match anchor {
            Some(anchor) => (
                self.place(Some(anchor.first), 0),
                self.place(Some(anchor.last), 0),
            ),
            None => (self.place(None, 0), None),
        };
        let (Some(first), last) = (first, last) else {
            return match window {
                Some(value) => resolved(value, None),
                None => resolved(self.sketch(0)?, self.yearless()),
            };
        };
        let last = if anchor.is_some() {
            last?
        } else {
            first.clone()
        };
        if first == last {
            let value = window.unwrap_or_else(|| timed(first.named.value(), first.clock));
            return resolved(value, Some(first.edtf()));
        }
        // Two June the 23rds are not the year between them.
        if let Some(yearless) = self.yearless() {
            return resolved(self.sketch(0)?, Some(yearless));
        }
        let hull = Stretch::days(
            first.named.first.min(last.named.first),
            first.named.last.max(last.named.last),
        );
        let edtf = match (&first.whole, &last.whole) {
            (None, None) => Some(hull.edtf()),
            (Some(a), Some(b)) => match (a.earliest(), b.latest()) {
                (Some(a), Some(b)) => Some(Edtf::days(a, b)),
                _ => None,
            },
            _ => None,
        };
        let value = window
            .or_else(|| self.sketch(0))
            .unwrap_or_else(|| hull.value());
        let value = match hull.value() {
            whole if whole.starts_with("XXXX") => value,
            whole => whole,
        };
        resolved(value, edtf)
    }

    /// Whether the calendar date depends on the publication date or on another
    /// expression, rather than being printed.
    pub fn is_relative(&self) -> bool {
        match self {
            Meaning::Absolute(_)
            | Meaning::Duration(_)
            | Meaning::Set(_)
            | Meaning::BeforeChrist(_) => false,
            Meaning::Published | Meaning::Unit { .. } | Meaning::Window { .. } => true,
            Meaning::Vague(_) => true,
            Meaning::Recurring { .. } => true,
            Meaning::Within { of, .. }
            | Meaning::Section { of, .. }
            | Meaning::Clock { of, .. }
            | Meaning::Approximate(of)
            | Meaning::Fiscal(of)
            | Meaning::Shifted { base: of, .. } => of.is_relative(),
            Meaning::Interval { from, to, .. } => [from, to]
                .into_iter()
                .flatten()
                .any(|end| end.is_relative()),
        }
    }

    /// Whether a calendar date can come of it at all.
    pub fn is_datable(&self) -> bool {
        !matches!(
            self,
            Meaning::Duration(_) | Meaning::Set(_) | Meaning::Vague(_) | Meaning::BeforeChrist(_)
        )
    }

    /// The meaning on the calendar, seen from one day.
    fn place(&self, anchor: Option<NaiveDate>, depth: usize) -> Option<Placed> {
        if depth > DEEPEST {
            return None;
        }
        let inner = |of: &Meaning| of.place(anchor, depth + 1);
        match self {
            Meaning::Absolute(edtf) => {
                let mut placed = Placed::new(Stretch::of_edtf(edtf)?);
                placed.whole = Some(edtf.clone()).filter(|edtf| edtf.is_qualified());
                Some(placed)
            }
            Meaning::Published => Some(Placed::new(Stretch::day(anchor?))),
            Meaning::Unit { base, unit, offset } => {
                let base = inner(base)?;
                let named = moved(&base.named, *unit, (*offset).into())?;
                Some(Placed {
                    approximate: base.approximate,
                    ..Placed::new(named)
                })
            }
            Meaning::Shifted { base, unit, offset } => {
                let base = inner(base)?;
                Some(Placed {
                    named: base.named.shifted(*unit, (*offset).into())?,
                    whole: None,
                    ..base
                })
            }
            Meaning::Recurring { part, choice, base } => {
                let base = inner(base)?;
                Some(Placed {
                    approximate: part.is_approximate(),
                    ..Placed::new(chosen(*part, *choice, &base.named)?)
                })
            }
            Meaning::Within { part, of } => {
                let of = inner(of)?;
                // The first one that begins within the stretch; of a stretch
                // shorter than the part, the one around it.
                let all = Stretch::instances(*part, &of.named);
                let within = |s: &&Stretch| of.named.first <= s.first && s.first <= of.named.last;
                // An n-th week may begin before its month.
                let around = |s: &&Stretch| {
                    s.first <= of.named.first
                        && of.named.first <= s.last
                        && (of.named.last <= s.last || matches!(part, Part::Nth { .. }))
                };
                let found = all.iter().find(within).or_else(|| all.iter().find(around));
                let found = *found?;
                Some(Placed {
                    approximate: of.approximate || part.is_approximate(),
                    ..Placed::new(found)
                })
            }
            Meaning::Section { of, .. } => inner(of),
            Meaning::Approximate(of) | Meaning::Fiscal(of) => Some(Placed {
                approximate: true,
                ..inner(of)?
            }),
            Meaning::Interval { from, to, named } => {
                let ends = [from, to].map(|end| end.as_ref().map(|end| inner(end)));
                let [from, to] = match ends {
                    [Some(None), _] | [_, Some(None)] => return None,
                    [from, to] => [from.flatten(), to.flatten()],
                };
                let (a, b) = (
                    from.as_ref().map(Placed::edtf),
                    to.as_ref().map(Placed::edtf),
                );
                // "from 2 to 3 p.m." is one day.
                let whole = if a == b {
                    a
                } else {
                    Edtf::interval(a.as_ref(), b.as_ref())
                };
                let mut placed = match named {
                    End::From => from.or(to)?,
                    End::To => to.or(from)?,
                };
                placed.whole = whole.or(placed.whole);
                placed.approximate = false;
                Some(placed)
            }
            Meaning::Window { count, unit, ahead } => {
                let here = anchor?;
                let sign = if *ahead { 1 } else { -1 };
                let there = Stretch::unit(*unit, here, sign * i64::from((*count)?))?;
                let near = Stretch::unit(*unit, here, 0)?;
                let (from, to) = if *ahead { (near, there) } else { (there, near) };
                // Weeks are counted back from the day; larger units are too
                // coarse for that to be meant.
                let whole = match unit {
                    Unit::Day | Unit::Week | Unit::Weekend => {
                        let days = (there.first - near.first).num_days();
                        let other = super::calendar::plus_days(here, days)?;
                        Edtf::days(here.min(other), here.max(other))
                    }
                    _ => Edtf::interval(Some(&from.edtf()), Some(&to.edtf()))?,
                };
                Some(Placed {
                    whole: Some(whole),
                    ..Placed::new(Stretch::days(from.first, to.last))
                })
            }
            Meaning::Clock { time, of } => Some(Placed {
                clock: Some(*time),
                ..inner(of)?
            }),
            Meaning::Duration(_)
            | Meaning::Set(_)
            | Meaning::Vague(_)
            | Meaning::BeforeChrist(_) => None,
        }
    }

    /// The TIMEX3 value with `X` for what is not known.
    pub(super) fn sketch(&self, depth: usize) -> Option<String> {
        if depth > DEEPEST {
            return None;
        }
        if let Some(value) = self.in_ancient_year() {
            return Some(value);
        }
        Some(match self {
            Meaning::Absolute(edtf) => edtf.as_str().to_owned(),
            Meaning::Published => "XXXX-XX-XX".to_owned(),
            Meaning::Unit { unit, .. } => match unit {
                Unit::Week => "XXXX-WXX".to_owned(),
                Unit::Weekend => "XXXX-WXX-WE".to_owned(),
                Unit::Month => "XXXX-XX".to_owned(),
                Unit::Quarter => "XXXX-QX".to_owned(),
                Unit::Half => "XXXX-HX".to_owned(),
                Unit::Year => "XXXX".to_owned(),
                Unit::Decade => "XXX".to_owned(),
                Unit::Century => "XX".to_owned(),
                _ => "XXXX-XX-XX".to_owned(),
            },
            Meaning::Recurring { part, .. } | Meaning::Within { part, .. } => match part {
                Part::Weekday(day) => format!("XXXX-WXX-{day}"),
                Part::DayOfMonth(day) => format!("XXXX-XX-{day:02}"),
                Part::Month(month) => format!("XXXX-{month:02}"),
                Part::Date { month, day, .. } => format!("XXXX-{month:02}-{day:02}"),
                Part::Season(season) => format!("XXXX-{}", season.timex()),
                Part::Quarter(n) => format!("XXXX-Q{n}"),
                Part::Half(n) => format!("XXXX-H{n}"),
                Part::Weekend | Part::HolidayWeekend(_) => "XXXX-WXX-WE".to_owned(),
                Part::DayAndWeekday { day, .. } => format!("XXXX-XX-{day:02}"),
                Part::Nth { of, .. } => of.sketch().to_owned(),
                Part::Holiday(super::Holiday::Fixed { month, day }) => {
                    format!("XXXX-{month:02}-{day:02}")
                }
                Part::Holiday(_) => "XXXX-XX-XX".to_owned(),
            },
            Meaning::Section { of, .. } | Meaning::Approximate(of) | Meaning::Fiscal(of) => {
                of.sketch(depth + 1)?
            }
            Meaning::Shifted { .. } => "XXXX-XX-XX".to_owned(),
            Meaning::Clock { time, of } => timed(of.sketch(depth + 1)?, Some(*time)),
            Meaning::Interval { from, to, named } => match named {
                End::From => from.as_ref().or(to.as_ref())?.sketch(depth + 1)?,
                End::To => to.as_ref().or(from.as_ref())?.sketch(depth + 1)?,
            },
            Meaning::Window { count, unit, .. } => unit.period(*count),
            Meaning::Duration(value) | Meaning::Set(value) | Meaning::BeforeChrist(value) => {
                value.clone()
            }
            Meaning::Vague(vague) => vague.timex().to_owned(),
        })
    }

    /// What can be said of the date without a year.
    pub(super) fn yearless(&self) -> Option<Edtf> {
        if self.in_ancient_year().is_some() {
            return None;
        }
        match self {
            Meaning::Recurring { part, .. } | Meaning::Within { part, .. } => match part {
                Part::Month(month) => Edtf::without_year((*month).into(), None),
                Part::Date { month, day, .. }
                | Part::Holiday(super::Holiday::Fixed { month, day }) => {
                    Edtf::without_year((*month).into(), Some((*day).into()))
                }
                _ => None,
            },
            Meaning::Clock { of, .. } | Meaning::Section { of, .. } => of.yearless(),
            _ => None,
        }
    }
}

/// The unit that lies `offset` units from a stretch. Of a stretch longer than
/// the unit, only a stretch as long can be said.
fn moved(base: &Stretch, unit: Unit, offset: i64) -> Option<Stretch> {
    let first = Stretch::unit(unit, base.first, offset)?;
    let here = Stretch::unit(unit, base.first, 0)?;
    if here.last >= base.last {
        return Some(first);
    }
    if offset == 0 && base.grain != Grain::Days {
        return Some(*base);
    }
    let last = Stretch::unit(unit, base.last, offset)?;
    Some(if first == last {
        first
    } else {
        Stretch::days(first.first, last.last)
    })
}

/// The instance of `part` that `choice` means, as seen from `base`.
fn chosen(part: Part, choice: Choice, base: &Stretch) -> Option<Stretch> {
    let all = Stretch::instances(part, base);
    let choice = match (part, choice) {
        (Part::Date { .. } | Part::Month(_) | Part::Holiday(_), Choice::Past) => {
            by_news_usage(&all, choice, base, 300)
        }
        // "will report third-quarter earnings" in October.
        (Part::Quarter(_), Choice::Future) => by_news_usage(&all, choice, base, 180),
        _ => choice,
    };
    let mut all = all.into_iter();
    match choice {
        Choice::Past => all.rfind(|s| s.first <= base.last),
        Choice::Future => all.find(|s| s.last >= base.first),
        Choice::Last => all.rfind(|s| s.last < base.first),
        Choice::Next => all.find(|s| s.first > base.last),
        Choice::Nearest => all.min_by_key(|s| {
            let before = (base.first - s.last).num_days();
            let after = (s.first - base.last).num_days();
            before.max(after).max(0)
        }),
        Choice::This => {
            let unit = match part {
                Part::Weekday(_) | Part::Weekend => Unit::Week,
                Part::DayOfMonth(_) => Unit::Month,
                _ => Unit::Year,
            };
            let around = Stretch::unit(unit, base.first, 0)?;
            all.find(|s| s.first >= around.first && s.first <= around.last)
        }
    }
}

/// A date without a year that lies about a year off on the side that the tense
/// points to, and close by on the other side, is the close one: a reporter who
/// means the far one gives the year.
fn by_news_usage(all: &[Stretch], choice: Choice, base: &Stretch, far: i64) -> Choice {
    let before = all
        .iter()
        .rfind(|s| s.first <= base.last)
        .map_or(far, |s| (base.first - s.last).num_days());
    let after = all
        .iter()
        .find(|s| s.last >= base.first)
        .map_or(far, |s| (s.first - base.last).num_days());
    match choice {
        Choice::Past if before >= far && after < before => Choice::Nearest,
        Choice::Future if after >= far && before < after => Choice::Nearest,
        _ => choice,
    }
}

/// A day's value with a time of day.
fn timed(day: String, clock: Option<Clock>) -> String {
    match clock {
        None => day,
        Some(clock) => day + &clock.timex(),
    }
}

impl Clock {
    /// What TIMEX3 writes after the day.
    pub(super) fn timex(self) -> String {
        match self {
            Clock::Morning => "TMO".to_owned(),
            Clock::Midday => "TMI".to_owned(),
            Clock::Afternoon => "TAF".to_owned(),
            Clock::Evening => "TEV".to_owned(),
            Clock::Night => "TNI".to_owned(),
            Clock::Daytime => "TDT".to_owned(),
            Clock::At { hour, minute } => format!("T{hour:02}:{minute:02}"),
            Clock::Exact {
                hour,
                minute,
                second,
            } => format!("T{hour:02}:{minute:02}:{second:02}"),
        }
    }
}

impl Part {
    /// Whether its days are only known to about a day.
    fn is_approximate(self) -> bool {
        matches!(self, Part::Holiday(rule) | Part::HolidayWeekend(rule) if rule.is_approximate())
    }
}

impl Counted {
    /// The TIMEX3 value of one that is not known.
    fn sketch(self) -> &'static str {
        match self {
            Counted::Day | Counted::Weekday(_) => "XXXX-XX-XX",
            Counted::Week => "XXXX-WXX",
            Counted::Weekend => "XXXX-WXX-WE",
            Counted::Month => "XXXX-XX",
        }
    }
}

impl Vague {
    /// TIMEX3's word.
    pub(super) fn timex(self) -> &'static str {
        match self {
            Vague::Past => "PAST_REF",
            Vague::Present => "PRESENT_REF",
            Vague::Future => "FUTURE_REF",
        }
    }
}

impl Unit {
    /// About how many days one has.
    pub(super) fn about_days(self) -> i64 {
        match self {
            Unit::Second | Unit::Minute | Unit::Hour => 0,
            Unit::Day => 1,
            Unit::Weekend | Unit::Week => 7,
            Unit::Month => 30,
            Unit::Quarter => 91,
            Unit::Half => 182,
            Unit::Year => 365,
            Unit::Decade => 3_652,
            Unit::Century => 36_524,
            Unit::Millennium => 365_242,
        }
    }

    /// An ISO 8601 duration of `count` units; `X` for an unknown number.
    /// Decades and centuries are counted in years.
    pub(super) fn period(self, count: Option<u32>) -> String {
        let times = |n: u32| count.map_or("X".to_owned(), |c| c.saturating_mul(n).to_string());
        match self {
            Unit::Second => format!("PT{}S", times(1)),
            Unit::Minute => format!("PT{}M", times(1)),
            Unit::Hour => format!("PT{}H", times(1)),
            Unit::Day => format!("P{}D", times(1)),
            Unit::Weekend => format!("P{}WE", times(1)),
            Unit::Week => format!("P{}W", times(1)),
            Unit::Month => format!("P{}M", times(1)),
            Unit::Quarter => format!("P{}Q", times(1)),
            Unit::Half => format!("P{}M", times(6)),
            Unit::Year => format!("P{}Y", times(1)),
            Unit::Decade => match count {
                Some(_) => format!("P{}Y", times(10)),
                None => "PXY".to_owned(),
            },
            Unit::Century => match count {
                Some(_) => format!("P{}Y", times(100)),
                None => "PXCE".to_owned(),
            },
            Unit::Millennium => match count {
                Some(_) => format!("P{}Y", times(1000)),
                None => "PXML".to_owned(),
            },
        }
    }
}
