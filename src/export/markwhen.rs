//! markwhen: a text file of dated lines under year sections. Undated events
//! are a list in the header, because markwhen takes a line without a date as
//! more text of the event above it.

use super::parts::{self, Part};
use super::{Format, Output};
use crate::render::dates::Shown;
use crate::render::plain;
use crate::resolve::{Event, Story};
use crate::text::slug;

/// `--format markwhen`.
pub(super) const FORMAT: Format = Format {
    name: "markwhen",
    about: "markwhen text: a timeline that people can edit",
    loses: "ties, ids of actors and offsets; doubt is a tag; undated events are a list in the header",
    write,
};

fn write(story: &Story) -> Output {
    let mut body = String::new();
    let mut undated = Vec::new();
    let mut section = None;
    for event in &story.events {
        let Some((date, year)) = date(event) else {
            undated.push(event);
            continue;
        };
        if section != Some(year) {
            if section.is_some() {
                body.push_str("end section\n\n");
            }
            body.push_str(&format!("section {year}\n"));
            section = Some(year);
        }
        body.push_str(&format!("{date}: {}\n", line(event)));
        details(&mut body, story, event);
    }
    if section.is_some() {
        body.push_str("end section\n");
    }
    let mut out = "---\ntitle: Timeline\n".to_owned();
    if !undated.is_empty() {
        out.push_str("undated:\n");
        for event in undated {
            // A JSON string is a YAML string.
            out.push_str(&format!(
                "  - {}\n",
                serde_json::Value::from(whole(story, event))
            ));
        }
    }
    out.push_str("---\n\n");
    out.push_str(&body);
    Output::Text(out)
}

/// The date as markwhen writes it, and the year that it stands under; an end
/// that is open stands at the other end.
fn date(event: &Event) -> Option<(String, i32)> {
    let (from, to) = parts::span(event.date.as_ref()?);
    let (from, to): (Part, Part) = (from.or(to)?, to.or(from)?);
    let (first, last) = (from.iso()?, to.iso()?);
    let written = if first == last {
        first
    } else {
        format!("{first}/{last}")
    };
    Some((written, from.year))
}

/// What stands behind the date: title, doubt and tags. `#` in a title would
/// make a tag, and a blank after it does not.
fn line(event: &Event) -> String {
    let shown = Shown::of(event.date.as_ref());
    let mut out = safe(&parts::headline(event));
    let edtf = event.date.as_ref().map_or("", |d| d.edtf.as_str());
    if edtf.contains("..") {
        out.push_str(&format!(" ({})", shown.text));
    }
    out.push_str(&format!(" #{}", tag(&event.kind)));
    if event.status.as_str() != "occurred" {
        out.push_str(&format!(" #{}", event.status.as_str()));
    }
    if shown.about {
        out.push_str(" #about");
    }
    if shown.worked_out {
        out.push_str(" #worked_out");
    }
    out
}

/// A type as a tag, which ends at a hyphen.
fn tag(kind: &str) -> String {
    let tag = slug(kind).replace('-', "_");
    if tag.is_empty() {
        "event".to_owned()
    } else {
        tag
    }
}

/// Text in which markwhen finds no tag, reference, link or list.
fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '#' => out.push('＃'),
            '@' => out.push('＠'),
            '[' => out.push('('),
            ']' => out.push(')'),
            c => out.push(c),
        }
    }
    out
}

/// Who took part and the sentences. Each line begins with a word of ours, so
/// that none is read as a date, a section or a comment.
fn details(out: &mut String, story: &Story, event: &Event) {
    let who: Vec<String> = parts::who(story, event)
        .iter()
        .map(|(name, role)| format!("{name} ({role})"))
        .collect();
    if !who.is_empty() {
        out.push_str(&format!("Who {}\n", safe(&who.join(", "))));
    }
    if let Some(place) = parts::place(story, event) {
        out.push_str(&format!("Where {}\n", safe(&place)));
    }
    if let Some(date) = &event.date {
        out.push_str(&format!(
            "When {} ({})\n",
            safe(date.edtf.as_str()),
            date.basis.as_str()
        ));
    }
    for evidence in &event.evidence {
        if let Some(document) = story.documents.get(evidence.document) {
            out.push_str(&format!(
                "Quote “{}” — {}\n",
                safe(&evidence.quote.text),
                safe(&parts::title(document))
            ));
        }
    }
}

/// An undated event on one line.
fn whole(story: &Story, event: &Event) -> String {
    let mut out = parts::headline(event);
    if let Some(date) = &event.date {
        out.push_str(&format!(" ({})", plain(date.edtf.as_str())));
    }
    out.push_str(&format!(
        " [{}, {}]",
        plain(&event.kind),
        event.status.as_str()
    ));
    for evidence in &event.evidence {
        if let Some(document) = story.documents.get(evidence.document) {
            out.push_str(&format!(
                " “{}” — {}",
                plain(&evidence.quote.text),
                parts::title(document)
            ));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::hostile;
    use crate::render::sample;

    fn check(story: &Story) -> String {
        let text = hostile::text(write(story));
        let body = text.splitn(3, "---\n").nth(2).expect("a header");
        let starts = |l: &&str| l.starts_with(|c: char| c.is_ascii_digit());
        let dated = story.events.iter().filter(|e| date(e).is_some()).count();
        assert_eq!(body.lines().filter(starts).count(), dated);
        let undated = text.lines().filter(|l| l.starts_with("  - ")).count();
        assert_eq!(dated + undated, story.events.len());
        text
    }

    #[test]
    fn the_sample() {
        insta::assert_snapshot!(check(&sample::story()));
    }

    #[test]
    fn hostile_text_makes_no_line_and_no_tag() {
        let text = check(&hostile::story());
        for line in text.lines().filter(|l| !l.starts_with("  - ")) {
            let known = [
                "---",
                "title",
                "undated",
                "section",
                "end section",
                "Who ",
                "Where ",
                "When ",
                "Quote ",
            ];
            assert!(
                line.is_empty()
                    || line.starts_with(|c: char| c.is_ascii_digit())
                    || known.iter().any(|k| line.starts_with(k)),
                "{line}"
            );
            assert!(!line.contains('@') && !line.contains('['));
        }
    }

    #[test]
    fn an_empty_story() {
        check(&Story::default());
    }
}
