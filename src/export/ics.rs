//! iCalendar (RFC 5545): a dated event is a VEVENT of whole days, an undated
//! one a VJOURNAL, which may go without a date. Lines end with CR LF and are
//! folded at 75 bytes.

use super::parts;
use super::{Format, Output};
use crate::model::{DateBasis, Status};
use crate::render::dates::Shown;
use crate::render::plain;
use crate::resolve::{Event, Story};
use chrono::{Datelike, Days, NaiveDate};

/// `--format ics`.
pub(super) const FORMAT: Format = Format {
    name: "ics",
    about: "iCalendar: the dated events as whole days, for calendars",
    loses: "ties, kinds of actor and offsets; doubt about a date is words only",
    write,
};

fn write(story: &Story) -> Output {
    let mut out = Lines(String::new());
    out.raw("BEGIN", "VCALENDAR");
    out.raw("VERSION", "2.0");
    out.raw("PRODID", "-//Tieline//Tieline//EN");
    out.raw("CALSCALE", "GREGORIAN");
    // RFC 5545 wants to know when the entry was written. No clock is read: it
    // is the last day that an article is known to be from.
    let stamp = parts::last_published(story).map_or_else(
        || "19700101T000000Z".to_owned(),
        |day| format!("{}T000000Z", basic(day)),
    );
    for event in &story.events {
        entry(&mut out, story, event, &stamp);
    }
    out.raw("END", "VCALENDAR");
    Output::Text(out.0)
}

fn entry(out: &mut Lines, story: &Story, event: &Event, stamp: &str) {
    let days = days(event);
    let name = if days.is_some() { "VEVENT" } else { "VJOURNAL" };
    out.raw("BEGIN", name);
    out.text("UID", &format!("{}@tieline", plain(&event.id)));
    out.raw("DTSTAMP", stamp);
    if let Some((first, last)) = days {
        out.raw("DTSTART;VALUE=DATE", &basic(first));
        // The end is exclusive.
        if let Some(end) = last
            .checked_add_days(Days::new(1))
            .filter(|d| d.year() <= 9999)
        {
            out.raw("DTEND;VALUE=DATE", &basic(end));
        }
        out.raw("TRANSP", "TRANSPARENT");
    }
    let shown = Shown::of(event.date.as_ref());
    let headline = parts::headline(event);
    let exact = event.date.as_ref().is_some_and(|d| d.edtf.is_day()) && shown.marks().is_empty();
    out.text(
        "SUMMARY",
        &if exact {
            headline
        } else {
            format!("{headline} ({})", shown.label())
        },
    );
    out.raw("STATUS", status(event, days.is_some()));
    out.text("CATEGORIES", &plain(&event.kind));
    if let (Some(place), true) = (parts::place(story, event), days.is_some()) {
        out.text("LOCATION", &place);
    }
    if let Some(url) = event
        .evidence
        .iter()
        .find_map(|e| story.documents.get(e.document).and_then(parts::link))
    {
        out.raw("URL", url);
    }
    out.text("DESCRIPTION", &description(story, event));
    if let Some(date) = &event.date {
        out.text("X-TIELINE-EDTF", date.edtf.as_str());
    }
    out.raw("END", name);
}

/// First and last day. An event whose date is open on one side stands at the
/// other; `None` where there is no year, or one that four digits cannot hold.
fn days(event: &Event) -> Option<(NaiveDate, NaiveDate)> {
    let edtf = &event.date.as_ref()?.edtf;
    let (first, last) = (edtf.earliest(), edtf.latest());
    let (first, last) = (first.or(last)?, last.or(first)?);
    let fits = |day: NaiveDate| (1..=9999).contains(&day.year());
    (fits(first) && fits(last) && first <= last).then_some((first, last))
}

/// What did not simply take place on a printed day is tentative.
fn status(event: &Event, is_dated: bool) -> &'static str {
    let worked_out = event.date.as_ref().is_none_or(|date| {
        date.inferred
            || date.edtf.is_qualified()
            || matches!(date.basis, DateBasis::Relative | DateBasis::Publication)
    });
    match (event.status, is_dated) {
        (Status::Denied, _) => "CANCELLED",
        (Status::Occurred, true) if !worked_out => "CONFIRMED",
        (Status::Occurred, false) => "FINAL",
        (_, true) => "TENTATIVE",
        (_, false) => "DRAFT",
    }
}

fn description(story: &Story, event: &Event) -> String {
    let mut lines = vec![format!("Status: {}", event.status.as_str())];
    for (name, role) in parts::who(story, event) {
        lines.push(format!("{name}: {role}"));
    }
    if let Some(date) = &event.date {
        let days = [date.edtf.earliest(), date.edtf.latest()]
            .map(|day| day.map_or("open".to_owned(), |d| d.to_string()));
        lines.push(format!(
            "Date: {} ({}), {} to {}",
            date.edtf.as_str(),
            date.basis.as_str(),
            days[0],
            days[1]
        ));
    }
    for evidence in &event.evidence {
        let Some(document) = story.documents.get(evidence.document) else {
            continue;
        };
        lines.push(format!(
            "“{}” — {} ({})",
            plain(&evidence.quote.text),
            parts::title(document),
            plain(&document.path)
        ));
    }
    lines.join("\n")
}

fn basic(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

/// The lines of the file.
struct Lines(String);

impl Lines {
    /// A value that needs no escaping.
    fn raw(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{value}"));
    }

    /// A value of the type TEXT.
    fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for c in value.chars() {
            match c {
                '\\' | ';' | ',' => {
                    escaped.push('\\');
                    escaped.push(c);
                }
                '\n' => escaped.push_str("\\n"),
                c if c.is_control() => {}
                c => escaped.push(c),
            }
        }
        self.raw(name, &escaped);
    }

    /// Breaks after at most 75 bytes, never inside a character; what follows
    /// begins with a blank.
    fn fold(&mut self, line: &str) {
        let mut used = 0;
        for c in line.chars() {
            if used + c.len_utf8() > 75 {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(c);
            used += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::hostile;
    use crate::render::sample;

    fn check(story: &Story) -> String {
        let text = hostile::text(write(story));
        assert!(
            text.split("\r\n")
                .all(|l| l.len() <= 75 && !l.contains(['\r', '\n']))
        );
        let unfolded = text.replace("\r\n ", "");
        let count = |start: &str| unfolded.lines().filter(|l| l.starts_with(start)).count();
        let dated = story.events.iter().filter(|e| days(e).is_some()).count();
        assert_eq!(count("BEGIN:VEVENT"), dated);
        assert_eq!(count("END:VEVENT"), dated);
        assert_eq!(count("DTSTART;VALUE=DATE:"), dated);
        assert_eq!(count("BEGIN:VJOURNAL"), story.events.len() - dated);
        assert_eq!(count("UID:"), story.events.len());
        unfolded
    }

    #[test]
    fn the_sample() {
        insta::assert_snapshot!(check(&sample::story()));
    }

    #[test]
    fn hostile_text_stays_in_its_line() {
        let text = check(&hostile::story());
        assert!(
            !text
                .chars()
                .any(|c| c.is_control() && c != '\r' && c != '\n')
        );
        assert!(!text.contains("URL:"));
    }

    #[test]
    fn an_empty_story() {
        check(&Story::default());
    }
}
