//! Words for people: counts, names, dates, quotes.

use crate::model::{DateBasis, Status};
use crate::render::{count, document_name, plain};
use crate::resolve::curation::CORRECTED;
use crate::resolve::{Actor, Event, EventDate, Evidence, Role, Story};
use crate::time::Edtf;
use unicode_width::UnicodeWidthChar;

/// Every status, the surest first.
pub(super) const STATUSES: [Status; 4] = [
    Status::Occurred,
    Status::Planned,
    Status::Possible,
    Status::Denied,
];

/// A name with the first role, where there is one.
pub(super) fn with_role(story: &Story, actor: &Actor) -> String {
    if actor.roles.is_empty() {
        plain(&actor.name)
    } else {
        of_actor(story, actor)
    }
}

/// A name with what the actor is: "Anna Lindqvist, foreign policy adviser of
/// the United States".
pub(super) fn of_actor(story: &Story, actor: &Actor) -> String {
    let mut text = plain(&actor.name);
    match actor.roles.first() {
        Some(role) => {
            text.push_str(", ");
            text.push_str(&of_role(story, role));
        }
        None => {
            text.push_str(" (");
            text.push_str(actor.kind.as_str());
            text.push(')');
        }
    }
    text
}

/// A title and what it is held in, where the title does not say so itself:
/// "ambassador of Norway", but "Fisheries Ministry spokeswoman".
pub(super) fn of_role(story: &Story, role: &Role) -> String {
    let title = plain(&role.title);
    match role.of.and_then(|of| story.actors.get(of)) {
        Some(of) if !title.contains(&plain(&of.name)) => format!("{title} of {}", plain(&of.name)),
        _ => title,
    }
}

/// How a date was found: "worked out from “Monday”".
pub(super) fn basis(date: &EventDate) -> String {
    if date.words.as_deref() == Some(CORRECTED) {
        return CORRECTED.to_owned();
    }
    let words = date.words.as_deref().map(plain);
    let mut text = match (date.basis, words) {
        (DateBasis::Stated, Some(words)) => format!("the text says “{words}”"),
        (DateBasis::Stated, None) => "the text says so".to_owned(),
        (DateBasis::Relative, Some(words)) => format!("worked out from “{words}”"),
        (DateBasis::Relative, None) => "worked out".to_owned(),
        (DateBasis::Borrowed, Some(words)) => format!("another article says “{words}”"),
        (DateBasis::Borrowed, None) => "from another article".to_owned(),
        (DateBasis::Publication, _) => "no time words; the article's own date".to_owned(),
    };
    if date.edtf.as_str().contains('?') {
        text.push_str(" of a sentence before, the story going on");
    }
    if date.inferred {
        text.push_str(", the publication date being inferred");
    }
    text
}

/// "3 articles, 2 independent sources".
pub(super) fn reported_by(event: &Event) -> String {
    let documents = event.documents();
    let articles = count(documents.len(), "article");
    if documents.len() == event.sources as usize {
        return articles;
    }
    format!(
        "{articles}, {}",
        count(event.sources as usize, "independent source")
    )
}

/// First and last day, where they are known and differ.
pub(super) fn span(date: &Edtf) -> Option<String> {
    let (first, last) = (date.earliest(), date.latest());
    if first == last {
        return None;
    }
    let day = |d: Option<chrono::NaiveDate>| d.map_or("…".to_owned(), |d| d.to_string());
    Some(format!("{} to {}", day(first), day(last)))
}

/// An article's short name and path: "D1 day/report.txt".
pub(super) fn article(story: &Story, number: usize) -> String {
    match story.documents.get(number) {
        Some(document) => format!(
            "{} {}",
            document_name(document.number),
            plain(&document.path)
        ),
        None => String::new(),
    }
}

/// The sentence in quotation marks on lines of at most `width` columns, then
/// the article that it stands in and who is quoted.
pub(super) fn witness(story: &Story, evidence: &Evidence, width: usize) -> String {
    let mut text = format!("“{}”", plain(&evidence.quote.text));
    if let Some(speaker) = evidence.attributed_to.and_then(|a| story.actors.get(a)) {
        text.push_str(&format!(" ({} says so)", plain(&speaker.name)));
    }
    let mut lines = wrap(&text, width, "    ");
    lines.push_str(&format!("      — {}\n", article(story, evidence.document)));
    lines
}

/// Breaks text at white space into lines of at most `width` columns, each after
/// `indent`. Runs of white space become one space; a word that is too long
/// stands alone.
pub(super) fn wrap(text: &str, width: usize, indent: &str) -> String {
    let columns = |s: &str| s.chars().filter_map(UnicodeWidthChar::width).sum::<usize>();
    let mut out = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let needs = columns(word);
        if used > 0 && used + 1 + needs > width {
            out.push('\n');
            used = 0;
        }
        if used == 0 {
            out.push_str(indent);
            used = indent.len();
        } else {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += needs;
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_wrapped_at_white_space() {
        assert_eq!(wrap("one two\n three", 9, "  "), "  one two\n  three\n");
        assert_eq!(wrap("unbreakably long", 4, ""), "unbreakably\nlong\n");
    }
}
