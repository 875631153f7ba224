//! What the time phase gives.

use super::Edtf;
use crate::model::DateBasis;
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// A time expression in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// Index of the sentence.
    pub sentence: u32,
    /// First token of the expression in its sentence.
    pub first: u16,
    /// Last token, inclusive.
    pub last: u16,
    /// Where it stands in the article's text.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimexKind,
    /// What the words mean, before a calendar is at hand.
    pub meaning: Meaning,
}

/// The types of TIMEX3 (ISO-TimeML).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimexKind {
    /// A day or anything coarser.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
}

/// What a time expression means, before a calendar is at hand. Small and
/// serialisable, so that an article whose publication date is found late can
/// be resolved without a second reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Meaning {
    /// A calendar date in full: "June 26, 2017", "2015", "the 1980s".
    Absolute(Edtf),
    /// The publication date itself, the anchor of relative expressions.
    Published,
    /// The whole unit that lies `offset` units from the one that `base` lies
    /// in: "last week" is the week -1 from the publication, "two days later"
    /// the day +2 from another expression.
    Unit {
        /// Where counting starts.
        base: Box<Meaning>,
        /// What is counted.
        unit: Unit,
        /// How many, negative for the past.
        offset: i32,
    },
    /// One instance of something that comes again every week, month or year:
    /// "Monday", "June 23", "last spring", "Thanksgiving".
    Recurring {
        /// What comes again.
        part: Part,
        /// Which of its instances.
        choice: Choice,
        /// As seen from where.
        base: Box<Meaning>,
    },
    /// The same day, or days, so many units away: "two weeks before Christmas",
    /// "a year ago today".
    Shifted {
        /// Where counting starts.
        base: Box<Meaning>,
        /// What is counted.
        unit: Unit,
        /// How many, negative for the past.
        offset: i32,
    },
    /// The instance within a given stretch: "June last year", "the first
    /// quarter of 1989", "Monday of last week".
    Within {
        /// What comes again.
        part: Part,
        /// The stretch.
        of: Box<Meaning>,
    },
    /// The beginning, middle or end of a stretch: "early June", "the late
    /// 1980s". How much of it is meant, nobody knows: the date is the stretch.
    Section {
        /// Which part.
        section: Section,
        /// The stretch.
        of: Box<Meaning>,
    },
    /// "around 1993".
    Approximate(Box<Meaning>),
    /// "since 2011", "until Friday", "by January 24", "from May to July". An
    /// end that is `None` is open.
    Interval {
        /// The beginning.
        from: Option<Box<Meaning>>,
        /// The end.
        to: Option<Box<Meaning>>,
        /// Which end the expression's own words name; its TIMEX3 value is that
        /// end's.
        named: End,
    },
    /// A number of units up to the publication, or from it on: "the past five
    /// years", "the next few days".
    Window {
        /// How many; `None` for "few", "several".
        count: Option<u32>,
        /// What is counted.
        unit: Unit,
        /// Whether it lies ahead.
        ahead: bool,
    },
    /// A time on a day: "Monday night", "10 p.m. Wednesday".
    Clock {
        /// The time.
        time: Clock,
        /// The day.
        of: Box<Meaning>,
    },
    /// A fiscal year or a part of one. Its days differ from company to
    /// company, so its date is approximate.
    Fiscal(Box<Meaning>),
    /// A length of time in ISO 8601, as TIMEX3 writes it: `P5Y`, `PXM`.
    Duration(String),
    /// Something that recurs, as TIMEX3 writes it: `P1D`, `XXXX-WXX-1`.
    Set(String),
    /// A year, decade or century before Christ, as TIMEX3 writes it: `BC0490`,
    /// `BC046`, `BC04`. The calendar of this program begins with the year 1,
    /// so it has no EDTF date.
    BeforeChrist(String),
    /// A reference to no particular date.
    Vague(Vague),
}

/// The units of the calendar, as TIMEX3 counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
    Millennium,
}

/// What comes again every week, month or year. Weekdays count from Monday, 1,
/// to Sunday, 7 (ISO 8601); months and days from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Part {
    /// "Monday".
    Weekday(u8),
    /// "the 25th".
    DayOfMonth(u8),
    /// "June".
    Month(u8),
    /// "June 23", "Tuesday, June 23".
    Date {
        /// The month.
        month: u8,
        /// The day of the month.
        day: u8,
        /// The weekday, where the words give one.
        weekday: Option<u8>,
    },
    /// "spring".
    Season(Season),
    /// "the third quarter": 1 to 4.
    Quarter(u8),
    /// "the first half": 1 or 2.
    Half(u8),
    /// "Thanksgiving".
    Holiday(Holiday),
    /// "the weekend" within a week.
    Weekend,
    /// "Labor Day weekend".
    HolidayWeekend(Holiday),
    /// "Tuesday the 11th": the next or last month that has such a day.
    DayAndWeekday {
        /// The day of the month.
        day: u8,
        /// The weekday.
        weekday: u8,
    },
    /// "the first Monday", "the second week", "the last day" of a stretch.
    Nth {
        /// What is counted.
        of: Counted,
        /// Which one, from 1; from the end when negative.
        nth: i8,
    },
}

/// What can be counted within a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Counted {
    Day,
    /// A week belongs to the month and year that its Thursday lies in (ISO
    /// 8601).
    Week,
    Weekend,
    Month,
    /// 1 for Monday.
    Weekday(u8),
}

/// How a holiday's day is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Holiday {
    /// Always the same day.
    Fixed {
        /// The month.
        month: u8,
        /// The day of the month.
        day: u8,
    },
    /// The n-th weekday of a month, from its end when `nth` is negative.
    Nth {
        /// The month.
        month: u8,
        /// 1 for Monday.
        weekday: u8,
        /// 1 for the first, -1 for the last.
        nth: i8,
        /// Days to add to it: the Tuesday after the first Monday.
        plus: i8,
    },
    /// So many days after Easter Sunday of the western churches.
    Easter {
        /// Days; negative before Easter.
        offset: i16,
    },
    /// The same days every year.
    Days {
        /// The month.
        month: u8,
        /// The first day.
        day: u8,
        /// How many days.
        days: u8,
    },
    /// So many days after Easter Sunday of the eastern churches.
    Orthodox {
        /// Days; negative before Easter.
        offset: i16,
    },
    /// Days of the Islamic calendar, which no two countries begin alike.
    Islamic {
        /// The month, from Muharram, 1.
        month: u8,
        /// The first day.
        day: u8,
        /// How many days; 0 for the whole month.
        days: u8,
    },
    /// Days of the Jewish calendar.
    Hebrew {
        /// The month, from Nisan, 1.
        month: u8,
        /// The first day.
        day: u8,
        /// How many days.
        days: u8,
    },
    /// Counted from the Chinese new year.
    LunarNewYear {
        /// Days; negative before it.
        offset: i8,
        /// How many days.
        days: u8,
    },
    /// Counted from Diwali.
    Diwali {
        /// Days; negative before it.
        offset: i8,
        /// How many days.
        days: u8,
    },
}

/// The seasons of the northern half of the earth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// Which instance of something that comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Choice {
    /// The latest one that has begun: "met Monday".
    Past,
    /// The first one that has not ended: "will meet Friday".
    Future,
    /// The closest one, where nothing tells past from future.
    Nearest,
    /// The one of the current year (or, for weekdays, week): "this June".
    This,
    /// The latest one that has ended: "last June".
    Last,
    /// The first one that has not begun: "next Friday".
    Next,
}

/// A part of a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Section {
    Start,
    Middle,
    End,
}

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum End {
    From,
    To,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Clock {
    /// Before noon: TIMEX3 `MO`.
    Morning,
    /// Noon, around it: `MI`.
    Midday,
    /// `AF`.
    Afternoon,
    /// `EV`.
    Evening,
    /// `NI`.
    Night,
    /// The hours of daylight: `DT`.
    Daytime,
    /// By the clock.
    At {
        /// 0 to 24.
        hour: u8,
        /// 0 to 59.
        minute: u8,
    },
    /// By the clock, to the second.
    Exact {
        /// 0 to 24.
        hour: u8,
        /// 0 to 59.
        minute: u8,
        /// 0 to 59.
        second: u8,
    },
}

/// A reference to no particular date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Vague {
    /// "recently": `PAST_REF`.
    Past,
    /// "now": `PRESENT_REF`.
    Present,
    /// "soon": `FUTURE_REF`.
    Future,
}

/// A meaning with a calendar: what the expression says on a given publication
/// date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// TIMEX3 value: `2017-06-26`, `P5Y`, `2017-W26`, `PAST_REF`.
    pub value: String,
    /// The same as EDTF, for what lies on the calendar. `None` for durations,
    /// sets and vague references.
    pub edtf: Option<Edtf>,
    /// Whether the text prints the date or it was worked out.
    pub basis: DateBasis,
}

/// Something in the text that tells when the article was published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublicationClue {
    /// How far it can be trusted, 0 to 1.
    pub weight: f32,
    /// Whether the article prints it as its own date.
    pub printed: bool,
    /// Whether the article came out on that day or on the day after.
    #[serde(default)]
    pub eve: bool,
    /// The date that the clue points to.
    pub meaning: Meaning,
    /// For people: "the caption is dated June 26, 2017".
    pub why: String,
}
