//! What the formats for other programs share: a date taken apart, safe
//! addresses, and text made safe for a markup. Pure.

use crate::render::plain;
use crate::resolve::{Document, Event, EventDate, Story};
use chrono::{Datelike, NaiveDate};
use std::fmt::Write;

/// A date as precise as the text has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) year: i32,
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
}

impl Part {
    /// `2017`, `2017-06` or `2017-06-26`; `None` for a year that takes other
    /// than four digits, which most readers refuse.
    pub(super) fn iso(self) -> Option<String> {
        if !(1..=9999).contains(&self.year) {
            return None;
        }
        Some(match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", self.year),
            (Some(month), None) => format!("{:04}-{month:02}", self.year),
            (None, _) => format!("{:04}", self.year),
        })
    }
}

/// First and last part of a date, each `None` where it is open on that side
/// or has no year. A season becomes its months, a decade its years.
pub(super) fn span(date: &EventDate) -> (Option<Part>, Option<Part>) {
    let edtf = date.edtf.as_str();
    let (from, to) = edtf.split_once('/').unwrap_or((edtf, edtf));
    (
        date.edtf.earliest().map(|day| part(from, day)),
        date.edtf.latest().map(|day| part(to, day)),
    )
}

/// `day`, cut to the precision of one side of an EDTF date.
fn part(side: &str, day: NaiveDate) -> Part {
    let bare = side.trim_start_matches('-').replace(['?', '~', '%'], "");
    let pieces = bare.split('-').count();
    Part {
        year: day.year(),
        month: (pieces >= 2).then(|| day.month()),
        day: (pieces >= 3).then(|| day.day()),
    }
}

/// The address of an article, where it is one that a reader may open.
pub(super) fn link(document: &Document) -> Option<&str> {
    let url = document.url.as_deref()?;
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let odd = |c: char| {
        !c.is_ascii_graphic() || matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
    };
    (rest.starts_with(|c: char| c.is_ascii_alphanumeric()) && !url.contains(odd)).then_some(url)
}

/// An article's title on one line, or its path.
pub(super) fn title(document: &Document) -> String {
    let title = plain(document.title.as_deref().unwrap_or(""));
    if title.is_empty() {
        plain(&document.path)
    } else {
        title
    }
}

/// An event's title on one line, or its type.
pub(super) fn headline(event: &Event) -> String {
    let title = plain(&event.title);
    if title.is_empty() {
        plain(&event.kind.replace('_', " "))
    } else {
        title
    }
}

/// Each participant with its role: `("Anna Lindqvist", "visitor")`.
pub(super) fn who(story: &Story, event: &Event) -> Vec<(String, String)> {
    event
        .participants
        .iter()
        .filter_map(|p| {
            let actor = story.actors.get(p.actor)?;
            Some((plain(&actor.name), plain(&p.role.replace('_', " "))))
        })
        .collect()
}

/// The name of the place of an event.
pub(super) fn place(story: &Story, event: &Event) -> Option<String> {
    let place = story.actors.get(event.place?)?;
    Some(plain(&place.name)).filter(|name| !name.is_empty())
}

/// The publication day that the whole story is dated by: the last day that
/// an article is known to be from. `None` where none is.
pub(super) fn last_published(story: &Story) -> Option<NaiveDate> {
    let edtfs = story
        .documents
        .iter()
        .filter_map(|d| d.published.edtf.as_ref());
    edtfs
        .filter_map(|e| e.latest())
        .filter(|day| (1..=9999).contains(&day.year()))
        .max()
}

/// Text as a part of an address: all but letters, digits and `-._~` becomes
/// `%XX`.
pub(super) fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Text with nothing that a JSON reader of hostile text may stumble over:
/// control characters except line breaks go. Quotes stay as they are otherwise.
pub(super) fn verbatim(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DateBasis;
    use crate::render::sample;
    use crate::time::Edtf;

    fn check(edtf: &str, from: Option<&str>, to: Option<&str>) {
        let date = EventDate {
            edtf: Edtf::parse(edtf).expect("a date that Tieline writes"),
            basis: DateBasis::Stated,
            words: None,
            inferred: false,
        };
        let (a, b) = span(&date);
        let iso = |p: Option<Part>| p.and_then(Part::iso);
        assert_eq!((iso(a).as_deref(), iso(b).as_deref()), (from, to), "{edtf}");
    }

    #[test]
    fn dates_keep_their_precision() {
        check("2017-06-26", Some("2017-06-26"), Some("2017-06-26"));
        check("2016-06?", Some("2016-06"), Some("2016-06"));
        check("1993~", Some("1993"), Some("1993"));
        check("201X", Some("2010"), Some("2019"));
        check("2016-21", Some("2016-03"), Some("2016-05"));
        check(
            "2017-06-26/2017-07-02",
            Some("2017-06-26"),
            Some("2017-07-02"),
        );
        check("../2017-06", None, Some("2017-06"));
        check("2017-06-26/..", Some("2017-06-26"), None);
        check("XXXX-06-23", None, None);
    }

    #[test]
    fn only_plain_web_addresses_are_links() {
        let mut document = sample::story().documents[0].clone();
        let mut is_link = |url: &str| {
            document.url = Some(url.to_owned());
            link(&document).is_some()
        };
        assert!(is_link("https://example.org/a?b=c#d"));
        assert!(!is_link("javascript:alert(1)"));
        assert!(!is_link("https://example.org/a\"b"));
        assert!(!is_link("https://example.org/a\nb"));
        assert!(!is_link("https://"));
    }

    #[test]
    fn escapes() {
        assert_eq!(percent("a b/ü"), "a%20b%2F%C3%BC");
        assert_eq!(verbatim("a\u{0}b\nc\u{85}"), "ab\nc");
    }
}
