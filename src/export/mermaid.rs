//! Mermaid's timeline, which GitHub, GitLab, Obsidian and Notion draw within
//! Markdown. It refuses texts of more than 50,000 characters, and no page holds
//! more than some dozens of events, so a long story is cut to what most
//! sources report, and the title says so.

use super::{Format, Output};
use crate::render::dates::{Heading, Shown};
use crate::render::plain;
use crate::resolve::{Event, Story};
use std::collections::BTreeMap;

/// `--format mermaid`.
pub(super) const FORMAT: Format = Format {
    name: "mermaid",
    about: "a timeline for Markdown pages (Mermaid): GitHub, GitLab, Obsidian",
    loses: "sentences, documents, ties and places; events of no type, and all but the 60 that most sources report; the scale of time",
    write: |story| Output::Text(write(story)),
};

/// Events at most; each is a column of the picture.
const MOST: usize = 60;

/// Bytes at most; Mermaid draws an error from 50,000 characters on.
const BYTES: usize = 45_000;

/// Characters of a title; more fill the page with one box.
const TITLE: usize = 120;

fn write(story: &Story) -> String {
    // A section that comes twice is drawn twice with the events of both, so
    // each heading comes once, whatever the order of the events.
    let mut sections: BTreeMap<Heading, Vec<String>> = BTreeMap::new();
    let chosen = chosen(story);
    let shown = chosen.len();
    for event in chosen.into_iter().filter_map(|i| story.events.get(i)) {
        let heading = Heading::of(event.date.as_ref());
        sections
            .entry(heading)
            .or_default()
            .push(line(story, event));
    }
    let all = story.events.len();
    let title = match all == shown {
        true => events(all),
        false => format!("{shown} of {}", events(all)),
    };
    let mut out = format!("timeline\n    title {title} by date\n");
    for (heading, lines) in sections {
        out.push_str(&format!("    section {}\n", heading.text()));
        out.extend(lines);
    }
    out
}

fn events(count: usize) -> String {
    format!("{count} event{}", if count == 1 { "" } else { "s" })
}

/// The events to show, in the story's order: first those with most sources,
/// among equals those that have a date, then the earlier ones.
fn chosen(story: &Story) -> Vec<usize> {
    let events = story.events.iter().enumerate();
    let typed = events.filter(|(_, event)| event.kind != "other");
    let mut all: Vec<usize> = typed.map(|(i, _)| i).collect();
    all.sort_by_key(|i| {
        let event = &story.events[*i];
        (std::cmp::Reverse(event.sources), event.date.is_none())
    });
    let mut room = BYTES;
    let mut chosen = Vec::new();
    for i in all.into_iter().take(MOST) {
        // A year's heading may come with each.
        let size = line(story, &story.events[i]).len() + 30;
        if size > room {
            break;
        }
        room -= size;
        chosen.push(i);
    }
    chosen.sort_unstable();
    chosen
}

/// `date : title : who`.
fn line(story: &Story, event: &Event) -> String {
    let title = plain(&event.title);
    let title: String = match title.char_indices().nth(TITLE) {
        None => title,
        Some((at, _)) => format!("{}…", title.get(..at).unwrap_or("")),
    };
    let title = if title.is_empty() {
        &event.kind
    } else {
        &title
    };
    let mut line = format!(
        "        {} : {}",
        escape(&Shown::of(event.date.as_ref()).label()),
        escape(title)
    );
    if event.status != crate::model::Status::Occurred {
        line.push_str(&format!(" ({})", event.status));
    }
    let who = event.participants.iter().take(5);
    let mut who: Vec<String> = who
        .filter_map(|p| Some(plain(&story.actors.get(p.actor)?.name)))
        .map(|name| name.chars().take(TITLE / 2).collect())
        .collect();
    if event.participants.len() > who.len() {
        who.push("…".to_owned());
    }
    if !who.is_empty() {
        line.push_str(&format!(" : {}", escape(&who.join(", "))));
    }
    line.push('\n');
    line
}

/// Everything that is neither letter, digit nor harmless sign becomes
/// Mermaid's numbered entity: `:` would begin a new entry, `;` and `#` end or
/// hide one, `%%` begins a remark or directive, `<` is HTML, `` ` ``, `*` and
/// `_` are Markdown. So do the three signs by which Mermaid itself marks an entity
/// on its way.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let harmless = match c {
            ' ' | '-' | ',' | '.' | '(' | ')' | '/' | '?' | '\'' => true,
            'ﬂ' | '¶' | '°' => false,
            c => !c.is_ascii() || c.is_ascii_alphanumeric(),
        };
        if harmless {
            out.push(c);
        } else {
            out.push_str(&format!("#{};", u32::from(c)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::hostile;
    use crate::query::tests::sample;
    use crate::render::sample;

    #[test]
    fn a_small_story() {
        insta::assert_snapshot!(write(&sample()));
    }

    #[test]
    fn hostile_text_makes_no_entry() {
        let story = hostile::story();
        let text = write(&story);
        let entries = text.lines().filter(|l| l.starts_with("        ")).count();
        let typed = story.events.iter().filter(|e| e.kind != "other");
        assert_eq!(entries, typed.count().min(MOST));
        for line in text.lines().skip(2) {
            assert!(line.matches(':').count() <= 2, "{line}");
            assert!(!line.contains(['<', '`', '%', '"', '{', '\\']), "{line}");
            let entities = line.matches('#').count();
            assert_eq!(entities, line.matches(';').count(), "{line}");
        }
    }

    #[test]
    fn a_long_story_is_cut_and_says_so() {
        let text = write(&sample::large(5_000, 40));
        assert!(text.contains("title 60 of 5000 events by date"));
        assert!(text.len() < 50_000);
    }

    #[test]
    fn long_texts_fit() {
        let text = write(&sample::with_text(&"#;".repeat(9_000)));
        assert!(text.len() < 50_000, "{}", text.len());
    }
}
