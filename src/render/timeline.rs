//! The timeline for a terminal: date, certainty, type, sentence, documents.

use super::dates::{Heading, Shown};
use super::{count, document_name, looks, plain, title_of, witnesses};
use crate::model::{ActorKind, PublicationBasis};
use crate::resolve::{Actor, Event, Story};
use unicode_width::UnicodeWidthStr;

/// The least columns that a timeline is wrapped to.
const NARROWEST: usize = 48;
/// The most columns of the column of dates.
const WIDEST_DATE: usize = 26;

/// Prints `events` (indices, in order) as a timeline, `width` columns wide.
/// One event a line where it fits; the last column names the documents.
pub fn text(story: &Story, events: &[usize], width: usize) -> String {
    write(story, events, width, false)
}

/// The same with the sentences behind every event, how its date was found, and
/// where the articles differ.
pub fn long(story: &Story, events: &[usize], width: usize) -> String {
    write(story, events, width, true)
}

/// The timeline as a file that explains itself: what it was made from, the
/// events, and the articles with their dates and how those were found.
pub fn file(story: &Story, events: &[usize]) -> String {
    const WIDTH: usize = 100;
    let mut actors: Vec<usize> = chosen(story, events)
        .flat_map(|(_, e)| &e.participants)
        .map(|p| p.actor)
        .collect();
    actors.sort_unstable();
    actors.dedup();
    let mut out = format!(
        "Timeline: {}, {}, {}.\n\n",
        count(story.documents.len(), "article"),
        count(actors.len(), "actor"),
        count(chosen(story, events).count(), "event"),
    );
    out.push_str(&text(story, events, WIDTH));
    if !events.is_empty() {
        out.push('\n');
    }
    out.push_str("“~” about. “?” worked out, not printed as a date.\n");
    if !story.documents.is_empty() {
        out.push_str("\nArticles\n");
    }
    for index in 0..story.documents.len() {
        document(&mut out, story, index, WIDTH);
    }
    out
}

/// The events that exist, with their indices.
fn chosen<'s>(story: &'s Story, events: &[usize]) -> impl Iterator<Item = (usize, &'s Event)> {
    events
        .iter()
        .filter_map(|i| Some((*i, story.events.get(*i)?)))
}

fn write(story: &Story, events: &[usize], width: usize, is_long: bool) -> String {
    let width = width.max(NARROWEST);
    let widest =
        |texts: &mut dyn Iterator<Item = String>| texts.map(|t| t.width()).max().unwrap_or(0);
    let dates = widest(&mut chosen(story, events).map(|(_, e)| date_text(e))).min(WIDEST_DATE);
    let kinds = widest(&mut chosen(story, events).map(|(_, e)| kind_text(e)));
    let mut out = String::new();
    let mut last = None;
    for (_, event) in chosen(story, events) {
        let heading = Heading::of(event.date.as_ref());
        if last != Some(heading) {
            out.push_str(&heading.text());
            out.push('\n');
            last = Some(heading);
        }
        let shown = Shown::of(event.date.as_ref());
        let head = format!(
            "  {} {} {}  ",
            padded(&date_text(event), dates),
            padded(shown.marks(), 2),
            padded(&kind_text(event), kinds),
        );
        let documents: Vec<String> = witnesses(event).into_iter().map(document_name).collect();
        let mut words = sentence(story, event);
        if !documents.is_empty() {
            words.push_str(&format!(" [{}]", documents.join(", ")));
        }
        wrap(&mut out, &head, &words, width);
        if is_long {
            details(&mut out, story, event, head.width(), width);
        }
    }
    out
}

fn date_text(event: &Event) -> String {
    if event.date.is_none() {
        "-".to_owned()
    } else {
        Shown::of(event.date.as_ref()).text
    }
}

fn kind_text(event: &Event) -> String {
    plain(&event.kind.replace('_', " "))
}

/// `text` with blanks up to `width` columns.
fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// The event's title, then whoever and whatever it does not name.
fn sentence(story: &Story, event: &Event) -> String {
    let mut out = title_of(event);
    if out.is_empty() {
        out = kind_text(event);
    }
    let missing: Vec<String> = event
        .participants
        .iter()
        .filter_map(|p| Some((story.actors.get(p.actor)?, &p.role)))
        .filter(|(actor, _)| !names(&out, actor))
        .map(|(actor, role)| {
            format!(
                "{} ({})",
                plain(&actor.name),
                looks::role_label(&event.kind, role)
            )
        })
        .collect();
    if !missing.is_empty() {
        out.push_str(" — ");
        out.push_str(&missing.join(", "));
    }
    let mut notes: Vec<String> = looks::status_words(event.status)
        .map(str::to_owned)
        .into_iter()
        .collect();
    if let Some(place) = event
        .place
        .and_then(|p| story.actors.get(p))
        .filter(|p| !names(&out, p))
    {
        notes.push(format!("place: {}", plain(&place.name)));
    }
    if let Some(speaker) = sole_speaker(story, event) {
        notes.push(format!("according to {}", plain(&speaker.name)));
    }
    if !notes.is_empty() {
        out.push_str(&format!(" ({})", notes.join(", ")));
    }
    out
}

/// Whether a title names an actor: in full, by another name, or a person by
/// the last name.
fn names(title: &str, actor: &Actor) -> bool {
    let bounded = |name: &str| {
        !name.is_empty()
            && title.match_indices(name).any(|(at, _)| {
                let before = title[..at].chars().next_back();
                let after = title[at + name.len()..].chars().next();
                !before.is_some_and(char::is_alphanumeric)
                    && !after.is_some_and(char::is_alphanumeric)
            })
    };
    let name = plain(&actor.name);
    let last = name.rsplit(' ').next().unwrap_or_default();
    bounded(&name)
        || actor.aliases.iter().any(|alias| bounded(&plain(alias)))
        || (actor.kind == ActorKind::Person && bounded(last))
}

/// Who says so, where every witness has it from the same actor.
fn sole_speaker<'s>(story: &'s Story, event: &Event) -> Option<&'s Actor> {
    let speaker = event.evidence.first()?.attributed_to?;
    let agreed = event
        .evidence
        .iter()
        .all(|e| e.attributed_to == Some(speaker));
    agreed.then(|| story.actors.get(speaker)).flatten()
}

/// Adds what the long form says below an event.
fn details(out: &mut String, story: &Story, event: &Event, indent: usize, width: usize) {
    // Quotes begin a little to the right of the dates, however wide those are.
    let blank = " ".repeat(indent.min(6));
    if let Some(date) = &event.date {
        let words = date.words.as_deref().map(plain).filter(|w| !w.is_empty());
        let from = words.map(|w| format!(" from “{w}”")).unwrap_or_default();
        let inferred = if date.inferred {
            ", and the article’s own date was worked out"
        } else {
            ""
        };
        wrap(
            out,
            &blank,
            &format!("date: {}{from}{inferred}", date.basis.as_str()),
            width,
        );
    }
    for evidence in &event.evidence {
        let speaker = evidence.attributed_to.and_then(|a| story.actors.get(a));
        let by = speaker
            .map(|a| format!(" (according to {})", plain(&a.name)))
            .unwrap_or_default();
        let head = format!("{blank}{}: ", document_name(evidence.document));
        wrap(
            out,
            &head,
            &format!("“{}”{by}", plain(&evidence.quote.text)),
            width,
        );
    }
    for disagreement in &event.disagreements {
        let sides: Vec<String> = disagreement
            .sides
            .iter()
            .map(|(says, documents)| {
                let names: Vec<String> = documents.iter().map(|d| document_name(*d)).collect();
                format!("{} [{}]", plain(says), names.join(", "))
            })
            .collect();
        let about = plain(&disagreement.about);
        wrap(
            out,
            &blank,
            &format!("articles differ on the {about}: {}", sides.join("; ")),
            width,
        );
    }
}

/// Adds one document of the list at the end of the file.
fn document(out: &mut String, story: &Story, index: usize, width: usize) {
    let document = &story.documents[index];
    let published = &document.published;
    let date = published
        .edtf
        .as_ref()
        .map_or("no date".to_owned(), |e| plain(e.as_str()));
    let head = format!(
        "  {} {} ",
        padded(&document_name(index), 4),
        padded(&date, 10)
    );
    let mut words = vec![plain(document.title.as_deref().unwrap_or("(no title)"))];
    words.extend(document.source.as_deref().map(plain));
    words.push(plain(&document.path));
    let why = plain(&published.why);
    let basis = match published.basis {
        PublicationBasis::None => "date not known".to_owned(),
        basis => format!("date {}", basis.as_str()),
    };
    words.push(if why.is_empty() {
        basis
    } else {
        format!("{basis}: {why}")
    });
    wrap(out, &head, &words.join(" · "), width);
}

/// Adds `head` and `words`, broken at blanks to `width` columns; further lines
/// stand under the first word. A word that is longer than a line is broken.
fn wrap(out: &mut String, head: &str, words: &str, width: usize) {
    let indent = if head.width() <= width / 2 {
        head.width()
    } else {
        6
    };
    out.push_str(head);
    let mut column = head.width();
    let mut is_first = true;
    for word in words.split(' ') {
        let mut rest = word;
        if column + 1 + rest.width() > width && !is_first {
            newline(out, indent);
            column = indent;
        } else if !is_first {
            out.push(' ');
            column += 1;
        }
        is_first = false;
        while column + rest.width() > width {
            let end = fitting(rest, width.saturating_sub(column).max(2));
            out.push_str(&rest[..end]);
            rest = &rest[end..];
            newline(out, indent);
            column = indent;
        }
        out.push_str(rest);
        column += rest.width();
    }
    out.truncate(out.trim_end_matches(' ').len());
    out.push('\n');
}

fn newline(out: &mut String, indent: usize) {
    out.truncate(out.trim_end_matches(' ').len());
    out.push('\n');
    out.push_str(&" ".repeat(indent));
}

/// The bytes of `text` that fit into `columns`; at least one character.
fn fitting(text: &str, columns: usize) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        if end > 0 && text[..next].width() > columns {
            break;
        }
        end = next;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;
    use proptest::prelude::*;

    fn all(story: &Story) -> Vec<usize> {
        (0..story.events.len()).collect()
    }

    #[test]
    fn sample_story() {
        let story = sample::story();
        insta::assert_snapshot!("timeline", text(&story, &all(&story), 100));
        insta::assert_snapshot!("timeline_narrow", text(&story, &all(&story), 60));
        insta::assert_snapshot!("timeline_long", long(&story, &[9, 10, 16], 100));
        insta::assert_snapshot!("timeline_file", file(&story, &[3, 8]));
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(text(&Story::default(), &[], 80), "");
        assert_eq!(text(&sample::story(), &[999], 80), "");
        assert_eq!(
            file(&Story::default(), &[]),
            "Timeline: 0 articles, 0 actors, 0 events.\n\n“~” about. “?” worked out, not printed as a date.\n"
        );
    }

    #[test]
    fn without_a_width_every_event_is_one_line() {
        let story = sample::story();
        let lines = text(&story, &all(&story), usize::MAX);
        assert_eq!(
            lines.lines().filter(|l| l.starts_with("  ")).count(),
            story.events.len()
        );
    }

    #[test]
    fn names_are_whole_words() {
        let story = sample::story();
        let leal = story
            .actors
            .iter()
            .find(|a| a.name == "Mateus Leal")
            .expect("an actor of the sample");
        assert!(names("Leal buys a boat", leal));
        assert!(!names("Lealtad buys a boat", leal));
    }

    proptest! {
        #[test]
        fn lines_fit_and_are_clean(words in any::<String>(), width in 0_usize..130) {
            let story = sample::with_text(&words);
            let lines = long(&story, &all(&story), width);
            for line in lines.lines() {
                prop_assert!(!line.chars().any(char::is_control));
                // A date and type can be wider than a narrow screen.
                if width >= 80 && words.width() < 20 {
                    prop_assert!(line.width() <= width + 1, "{line}");
                }
            }
        }
    }
}
