//! The part of the grammar that reads times of day: "10:35 a.m. EST", "noon
//! Saturday", "half past three", "from 3 to 5 p.m. Monday", "the morning".

use super::grammar::{Found, Parser, timed};
use super::lexicon::{Class, Lex};
use super::sets::set;
use super::{Clock, Meaning, TimexKind, Unit};

/// Hour, minute and second as written, before morning and evening are known.
#[derive(Debug, Clone, Copy)]
struct Face {
    hour: u8,
    minute: u8,
    second: Option<u8>,
    /// Whether it has minutes, so that it can hardly be another number.
    sure: bool,
}

impl Face {
    fn hour(hour: u32) -> Face {
        Face {
            hour: hour as u8,
            minute: 0,
            second: None,
            sure: false,
        }
    }

    /// The time, in the morning (`false`), the afternoon, or as written.
    fn at(self, pm: Option<bool>) -> Option<Clock> {
        let hour = match pm {
            Some(_) if self.hour == 0 || self.hour > 12 => return None,
            Some(true) => self.hour % 12 + 12,
            Some(false) => self.hour % 12,
            None => self.hour,
        };
        let minute = self.minute;
        Some(match self.second {
            Some(second) => Clock::Exact {
                hour,
                minute,
                second,
            },
            None => Clock::At { hour, minute },
        })
    }

    /// The time within a part of the day: "7 in the evening".
    fn within(self, part: Clock) -> Option<Clock> {
        let late = match part {
            Clock::Morning => false,
            Clock::Night => (6..12).contains(&self.hour),
            _ => true,
        };
        let pm = match self.hour {
            12 if part == Clock::Night => false,
            _ => late,
        };
        if self.hour > 12 {
            return self.at(None);
        }
        self.at(Some(pm))
    }
}

impl Parser<'_> {
    /// What stands on a clock: "10:35", "8:00:31", "8.30", "5", "five-thirty",
    /// "half past three", "20 past eight".
    fn face(&self, i: usize) -> Option<(usize, Face)> {
        if let Some(found) = self.spoken_face(i) {
            return Some(found);
        }
        match self.lex(i) {
            Lex::Clock(hour, minute) => {
                let second = self.word(i).split(':').nth(2).and_then(|s| s.parse().ok());
                let second = second.filter(|s| *s < 60);
                Some((
                    i + 1,
                    Face {
                        hour,
                        minute,
                        second,
                        sure: true,
                    },
                ))
            }
            Lex::Digits(hour @ 1..=12, 1..=2) => Some((i + 1, Face::hour(hour))),
            Lex::Decimal => {
                let (hour, minute) = self.word(i).split_once('.')?;
                let two = hour.len() <= 2 && minute.len() == 2;
                let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
                let face = Face {
                    hour,
                    minute,
                    second: None,
                    sure: false,
                };
                (two && hour < 24 && minute < 60).then_some((i + 1, face))
            }
            Lex::Number(hour @ 1..=12) => {
                let j = self.past_hyphen(i + 1);
                let Lex::Number(tens @ (10..=20 | 30 | 40 | 50)) = self.lex(j) else {
                    return Some((i + 1, Face::hour(hour)));
                };
                let k = self.past_hyphen(j + 1);
                let (end, minute) = match self.lex(k) {
                    Lex::Number(ones @ 1..=9) if tens >= 20 => (k + 1, tens + ones),
                    _ => (j + 1, tens),
                };
                let face = Face {
                    minute: minute as u8,
                    ..Face::hour(hour)
                };
                Some((end, face))
            }
            _ => None,
        }
    }

    /// "half past three", "quarter to five", "20 minutes past eight".
    fn spoken_face(&self, i: usize) -> Option<(usize, Face)> {
        let start = if self.is(i, Class::A) { i + 1 } else { i };
        let (mut j, minutes) = match self.lex(start) {
            Lex::Class(Class::Half) => (start + 1, 30),
            Lex::Unit(Unit::Quarter, false) => (start + 1, 15),
            Lex::Digits(n @ 1..=29, 1..=2) | Lex::Number(n @ 1..=20) => (start + 1, n),
            _ => return None,
        };
        let worded = matches!(self.lex(j), Lex::Unit(Unit::Minute, _)) || self.word(j) == "min";
        j += usize::from(worded);
        let before = match self.lex(j) {
            Lex::Class(Class::Past) => false,
            Lex::Class(Class::To) if minutes != 30 => true,
            Lex::Class(Class::After) if worded || minutes == 15 => false,
            _ => return None,
        };
        let hour = match self.lex(j + 1) {
            Lex::Number(hour @ 1..=12) => hour,
            Lex::Digits(hour @ 1..=12, 1..=2) => hour,
            _ => return None,
        };
        // "five to seven" is a range unless a clock is spoken of.
        let spoken = minutes == 15 || minutes == 30 || worded || !before;
        if !spoken {
            return None;
        }
        let face = Face {
            minute: (if before { 60 - minutes } else { minutes }) as u8,
            sure: true,
            ..Face::hour(if before { (hour + 10) % 12 + 1 } else { hour })
        };
        let end = j + 2;
        let end = if self.is(end, Class::Oclock) {
            end + 1
        } else {
            end
        };
        Some((end, face))
    }

    fn past_zone(&self, i: usize) -> usize {
        let mut j = i;
        while self.is(j, Class::Zone) {
            j += 1;
        }
        if j > i && self.word(j) == "time" {
            j + 1
        } else {
            j
        }
    }

    /// What says morning or evening after a face: "a.m.", "in the evening",
    /// "at night".
    fn half_of_day(&self, face: Face, i: usize) -> Option<(usize, Clock)> {
        if let Lex::Meridiem(pm) = self.lex(i)
            && (!self.words[i].capital || self.glued(i) || self.word(i).len() > 1)
        {
            let end = self.past_zone(self.past_period(i + 1));
            return Some((end, face.at(Some(pm))?));
        }
        let oclock = self.is(i, Class::Oclock);
        let j = if oclock { i + 1 } else { i };
        if self.is(j, Class::In)
            && self.is(j + 1, Class::The)
            && let Lex::Daypart(part, false) = self.lex(j + 2)
        {
            return Some((self.past_zone(j + 3), face.within(part)?));
        }
        if self.is(j, Class::At) && self.lex(j + 1) == Lex::Daypart(Clock::Night, false) {
            return Some((j + 2, face.within(Clock::Night)?));
        }
        oclock.then_some((j, face.at(None)?))
    }

    /// A time by the clock: "10:35 a.m. EST", "5 p.m.", "noon", "4 o'clock".
    pub(super) fn clock(&self, i: usize) -> Option<(usize, Clock)> {
        let led = i > 0
            && matches!(
                self.lex(i - 1),
                Lex::Class(Class::At | Class::By | Class::From)
            );
        match self.lex(i) {
            Lex::Class(Class::Midnight) => return Some((i + 1, Face::hour(0).at(None)?)),
            Lex::Daypart(Clock::Midday, false) => {
                return Some((i + 1, Face::hour(12).at(None)?));
            }
            Lex::Digits(12, 2) if self.lex(i + 1) == Lex::Daypart(Clock::Midday, false) => {
                return Some((i + 2, Face::hour(12).at(None)?));
            }
            Lex::Digits(time @ 0..=2359, 4) => {
                // "1400 GMT", "1140 a.m.".
                let face = Face {
                    minute: (time % 100) as u8,
                    ..Face::hour(time / 100)
                };
                if face.minute > 59 {
                    return None;
                }
                if let Lex::Meridiem(_) = self.lex(i + 1) {
                    return self.half_of_day(face, i + 1);
                }
                let hours = led && self.lex(i + 1) == Lex::Unit(Unit::Hour, true);
                if hours {
                    return Some((self.past_zone(i + 2), face.at(None)?));
                }
                return self
                    .is(i + 1, Class::Zone)
                    .then_some((self.past_zone(i + 1), face.at(None)?));
            }
            _ => {}
        }
        let (end, face) = self.face(i)?;
        if let Some(found) = self.half_of_day(face, end) {
            return Some(found);
        }
        if face.sure && matches!(self.lex(i), Lex::Clock(..)) {
            let zone = self.is(end, Class::Zone);
            return (zone || led).then_some((self.past_zone(end), face.at(None)?));
        }
        // "at 17.30".
        let sure = face.sure || led && face.hour > 12;
        sure.then_some((end, face.at(None)?))
    }

    /// A bare face whose half of the day a word after it tells: "at 3:30 this
    /// afternoon", "at 8 Monday night", "at 5 yesterday evening".
    fn face_on_daypart(&self, i: usize) -> Option<Found> {
        let (end, face) = self.face(i)?;
        let range = i > 2
            && self.past_joint(i - 1, true) == Some(i)
            && matches!(self.lex(i - 3), Lex::Class(Class::Between | Class::From));
        let led = range || self.is_before(i, Class::At) || self.is_before(i, Class::About);
        if !(led || face.sure) {
            return None;
        }
        let j = if self.is(end, Class::On) || self.lex(end) == Lex::Comma {
            end + 1
        } else {
            end
        };
        let day = self.some_day(j)?;
        let Meaning::Clock { time: part, of } = day.meaning else {
            return None;
        };
        timed(day.end, face.within(part)?, *of)
    }

    /// A day or part of a day that stands beside a time.
    pub(super) fn some_day(&self, i: usize) -> Option<Found> {
        match self.lex(i) {
            Lex::Weekday(..) | Lex::Month(..) | Lex::Digits(..) | Lex::Ordinal(..) => {
                self.day_or_month(i)
            }
            Lex::Class(
                Class::Today
                | Class::Yesterday
                | Class::Tomorrow
                | Class::Last
                | Class::Next
                | Class::Tonight
                | Class::This,
            ) => self.relative(i),
            _ => None,
        }
    }

    /// The beginning of a range of times: "3" of "3 to 5 p.m.", "9" of
    /// "between 9 and 11 a.m. GMT".
    pub(super) fn clock_range(&self, i: usize) -> Option<Found> {
        let (end, face) = self.face(i)?;
        let between = self.is_before(i, Class::Between);
        let k = self.past_joint(end, between)?;
        // The end must be sure to be a time.
        let (_, other) = self.face(k)?;
        let whole = self.clock_on_day(k)?;
        let Meaning::Clock { time, of } = whole.meaning else {
            return None;
        };
        let late = match time {
            Clock::At { hour, .. } | Clock::Exact { hour, .. } => hour >= 12,
            _ => return None,
        };
        // "11 to 1 p.m." begins in the morning.
        let turned = (face.hour % 12, face.minute) > (other.hour % 12, other.minute);
        let from = match face.hour {
            0 | 13.. => face.at(None)?,
            _ if other.hour > 12 || other.hour == 0 => face.at(None)?,
            _ => face.at(Some(late != turned))?,
        };
        timed(end, from, *of)
    }

    /// A time by the clock, with its day where one stands beside it.
    pub(super) fn clock_on_day(&self, i: usize) -> Option<Found> {
        let start = self.past_about(i);
        if let Some((end, clock)) = self.daypart_of(i) {
            // "the night of April 18", "the early hours of Friday".
            if self.is(end, Class::Of)
                && let Some(day) = self.day_or_month(end + 1)
                && day.kind == TimexKind::Date
            {
                return timed(day.end, clock, day.meaning);
            }
            // "in the morning at 7".
            if self.is(i, Class::The) {
                let at = self.clock_after(end, Some(clock));
                let (end, time) = at.unwrap_or((end, clock));
                return timed(end, time, self.day_base());
            }
        }
        if let Some(found) = self.face_on_daypart(start) {
            return Some(found);
        }
        let (end, clock) = self.clock(start)?;
        if let Some(end) = self.daily_after(end) {
            return set(end, format!("XXXX-XX-XX{}", clock.timex()));
        }
        // "4 in the morning".
        if end >= start + 3
            && let Lex::Daypart(..) = self.lex(end - 1)
        {
            return timed(end, clock, self.day_base());
        }
        let mut j = end;
        for class in [Class::On, Class::Of, Class::The] {
            if self.lex(j) == Lex::Comma || self.is(j, class) {
                j += 1;
            }
        }
        match self.some_day(j) {
            Some(found) if found.kind == TimexKind::Date => timed(found.end, clock, found.meaning),
            // "10:30 a.m. this morning".
            Some(Found {
                end,
                meaning: Meaning::Clock { time, of },
                ..
            }) if !matches!(time, Clock::At { .. } | Clock::Exact { .. }) => timed(end, clock, *of),
            // An hour without a day is one of the day last spoken of.
            _ => timed(end, clock, self.day_base()),
        }
    }

    /// A time after a day or a part of a day: "Monday at 10 p.m.", "tonight at
    /// 8", "Tuesday, 9:30 a.m.". `part` is the part of the day said before.
    pub(super) fn clock_after(&self, end: usize, part: Option<Clock>) -> Option<(usize, Clock)> {
        let mut k = if self.lex(end) == Lex::Comma && part.is_none() {
            end + 1
        } else {
            end
        };
        let led = matches!(
            self.lex(k),
            Lex::Class(Class::At | Class::From | Class::Between | Class::About)
        );
        if led {
            k += 1;
        }
        let k = if self.is(k, Class::About) { k + 1 } else { k };
        if k == end && !matches!(self.lex(k), Lex::Clock(..) | Lex::Digits(..)) {
            return None;
        }
        if led && let Some(found) = self.clock_range(k) {
            let Meaning::Clock { time, .. } = found.meaning else {
                return None;
            };
            return Some((found.end, time));
        }
        let bare = self.face(k);
        if let Some(found) = self.clock(k) {
            // "last night at 8:30" is in the evening.
            return match (part, bare) {
                (Some(part), Some((end, face))) if end == found.0 => {
                    Some((end, face.within(part)?))
                }
                _ => Some(found),
            };
        }
        match (part, bare) {
            (Some(part), Some((after, face))) if led => Some((after, face.within(part)?)),
            _ => None,
        }
    }

    /// "the night", "the early morning hours", "late evening".
    fn daypart_of(&self, i: usize) -> Option<(usize, Clock)> {
        let mut j = if self.is(i, Class::The) { i + 1 } else { i };
        let small = self.is(j, Class::Early) || self.word(j) == "small";
        if small || self.is(j, Class::Late) {
            j += 1;
        }
        if small && self.lex(j) == Lex::Unit(Unit::Hour, true) {
            return Some((j + 1, Clock::Morning));
        }
        let Lex::Daypart(clock, false) = self.lex(j) else {
            return None;
        };
        let hours = matches!(self.lex(j + 1), Lex::Unit(Unit::Hour, true));
        Some((if hours { j + 2 } else { j + 1 }, clock))
    }
}
