//! The timeline for a terminal: date, certainty, type, sentence, documents.

use super::dates::{Heading, Shown};
use super::{count, document_name, looks, plain, title_of};
use crate::model::{ActorKind, PublicationBasis, Status};
use crate::resolve::{Actor, Event, Story};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use unicode_width::UnicodeWidthStr;

/// The least columns that a timeline is wrapped to.
const NARROWEST: usize = 48;
/// The most columns of the column of dates.
const WIDEST_DATE: usize = 26;

/// How a timeline is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns.
    pub width: usize,
    /// With the sentences behind every event, how its date was found, and where
    /// the articles differ.
    pub long: bool,
    /// With colours for a terminal.
    pub color: bool,
}

/// Prints `events` (indices, in order) as a timeline under headings of years.
/// One event a line where it fits; the last column names the documents.
pub fn text(story: &Story, events: &[usize], style: Style) -> String {
    let columns = Columns::of(story, events);
    let mut out = String::new();
    let mut last = None;
    for (_, event) in chosen(story, events) {
        let at = Heading::of(event.date.as_ref());
        if last != Some(at) {
            heading(&mut out, &at.text(), style);
            last = Some(at);
        }
        entry(&mut out, story, event, columns, style);
    }
    out
}

/// The same under headings of actors, those with most events first; an event
/// stands under everyone who takes part in it. With `only`, under these alone.
pub fn by_actor(story: &Story, events: &[usize], only: &[usize], style: Style) -> String {
    let mut of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut nobody = Vec::new();
    for (index, event) in chosen(story, events) {
        let mut is_somebodys = false;
        for part in &event.participants {
            let is_wanted = only.is_empty() || only.contains(&part.actor);
            if part.actor < story.actors.len() && is_wanted {
                let own = of.entry(part.actor).or_default();
                if own.last() != Some(&index) {
                    own.push(index);
                }
                is_somebodys = true;
            }
        }
        if !is_somebodys {
            nobody.push(index);
        }
    }
    let mut order: Vec<(usize, Vec<usize>)> = of.into_iter().collect();
    order.sort_by_key(|(actor, own)| (Reverse(own.len()), *actor));
    let columns = Columns::of(story, events);
    let mut out = String::new();
    let groups = order.iter().map(|(actor, own)| {
        let actor = &story.actors[*actor];
        let name = format!(
            "{} ({}), {}",
            plain(&actor.name),
            actor.kind,
            count(own.len(), "event")
        );
        (name, own)
    });
    let rest = (!nobody.is_empty()).then(|| ("nobody named".to_owned(), &nobody));
    for (name, own) in groups.chain(rest) {
        heading(&mut out, &name, style);
        for (_, event) in chosen(story, own) {
            entry(&mut out, story, event, columns, style);
        }
    }
    out
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
    let style = Style {
        width: WIDTH,
        long: false,
        color: false,
    };
    out.push_str(&text(story, events, style));
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

/// The widths of the columns of dates and types.
#[derive(Clone, Copy)]
struct Columns {
    dates: usize,
    kinds: usize,
}

impl Columns {
    fn of(story: &Story, events: &[usize]) -> Columns {
        let mut columns = Columns { dates: 0, kinds: 0 };
        for (_, event) in chosen(story, events) {
            columns.dates = columns.dates.max(date_text(event).width());
            columns.kinds = columns.kinds.max(kind_text(event).width());
        }
        columns.dates = columns.dates.min(WIDEST_DATE);
        columns
    }
}

fn heading(out: &mut String, words: &str, style: Style) {
    paint(out, words, BOLD, style);
    out.push('\n');
}

/// `words` in a colour, if colours are wanted.
fn paint(out: &mut String, words: &str, color: &str, style: Style) {
    if style.color && !color.is_empty() {
        out.push_str(color);
        out.push_str(words);
        out.push_str(PLAIN);
    } else {
        out.push_str(words);
    }
}

/// One event.
fn entry(out: &mut String, story: &Story, event: &Event, columns: Columns, style: Style) {
    let width = style.width.max(NARROWEST);
    let shown = Shown::of(event.date.as_ref());
    let date = padded(&date_text(event), columns.dates);
    let marks = padded(shown.marks(), 2);
    let kind = padded(&kind_text(event), columns.kinds);
    let head = format!("  {date} {marks} {kind}  ");
    let documents: Vec<String> = named(story, &event.documents());
    let mut words = sentence(story, event);
    if !documents.is_empty() {
        words.push_str(&format!(" [{}]", documents.join(", ")));
    }
    let mut lines = String::new();
    wrap(&mut lines, &head, &words, width);
    // Colours come after wrapping, because they take no columns. The head may
    // have lost blanks at its end.
    match lines.strip_prefix(head.as_str()) {
        Some(rest) if style.color => {
            out.push_str("  ");
            paint(out, &date, DATE, style);
            out.push(' ');
            paint(out, &marks, DOUBT, style);
            out.push(' ');
            paint(out, &kind, status_color(event.status), style);
            out.push_str("  ");
            out.push_str(rest);
        }
        _ => out.push_str(&lines),
    }
    if style.long {
        details(out, story, event, head.width(), width);
    }
}

const BOLD: &str = "\x1b[1m";
const DATE: &str = "\x1b[36m";
const DOUBT: &str = "\x1b[33m";
const PLAIN: &str = "\x1b[0m";

/// What did not simply take place looks different, and says so in words too.
fn status_color(status: Status) -> &'static str {
    match status {
        Status::Occurred => "\x1b[32m",
        Status::Planned => "\x1b[34m",
        Status::Possible => "\x1b[35m",
        Status::Denied => "\x1b[31m",
    }
}

/// The timeline in Markdown: years as headings, an event a list item with its
/// sentences below it, and the articles at the end.
pub fn markdown(story: &Story, events: &[usize], is_long: bool) -> String {
    let mut out = "# Timeline\n".to_owned();
    let mut last = None;
    for (_, event) in chosen(story, events) {
        let at = Heading::of(event.date.as_ref());
        if last != Some(at) {
            out.push_str(&format!("\n## {}\n\n", at.text()));
            last = Some(at);
        }
        let shown = Shown::of(event.date.as_ref());
        let documents: Vec<String> = named(story, &event.documents());
        out.push_str(&format!(
            "- **{}** *{}* {} ({})\n",
            markup(&shown.label()),
            markup(&kind_text(event)),
            markup(&sentence(story, event)),
            documents.join(", ")
        ));
        let quotes = event
            .evidence
            .iter()
            .take(if is_long { usize::MAX } else { 0 });
        for evidence in quotes {
            out.push_str(&format!(
                "  - {}: “{}”\n",
                document_name(story.number_of(evidence.document)),
                markup(&plain(&evidence.quote.text))
            ));
        }
    }
    if !story.documents.is_empty() {
        out.push_str("\n## Articles\n\n");
    }
    for (i, document) in story.documents.iter().enumerate() {
        let date = document.published.edtf.as_ref();
        out.push_str(&format!(
            "- {}: {}, {}, {}\n",
            document_name(story.number_of(i)),
            markup(&plain(document.title.as_deref().unwrap_or("(no title)"))),
            date.map_or("no date".to_owned(), |e| plain(e.as_str())),
            markup(&plain(&document.path)),
        ));
    }
    out
}

/// Text in which Markdown finds no markup and no HTML.
fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '$' => {
                out.push('\\');
                out.push(c);
            }
            // An address would become a link by itself.
            ':' if out.ends_with(char::is_alphanumeric) => out.push_str("&#58;"),
            c => out.push(c),
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
        let head = format!(
            "{blank}{}: ",
            document_name(story.number_of(evidence.document))
        );
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
                let names: Vec<String> = named(story, documents);
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

/// How these documents are called.
fn named(story: &Story, documents: &[usize]) -> Vec<String> {
    let numbers = documents.iter().map(|d| story.number_of(*d));
    numbers.map(document_name).collect()
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
        padded(&document_name(story.number_of(index)), 4),
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
mod tests;
