//! An Obsidian vault: a note for each actor and each event, with properties,
//! links between them and the sentences as quotations.

use super::{Format, Output, rows};
use crate::render::dates::Shown;
use crate::render::plain;
use crate::resolve::{Actor, Event, Evidence, Story};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// `--format obsidian`.
pub(super) const FORMAT: Format = Format {
    name: "obsidian",
    about: "a folder of linked notes, one for each actor and event: Obsidian",
    loses: "merge reasons, confidence and places of sentences in the text; control characters, line breaks within a sentence, and two brackets are parted by a blank",
    write,
};

/// Characters and bytes of a note's name: what a list shows, and less than the
/// 255 bytes that file systems allow.
const NAME: (usize, usize) = (80, 160);

fn write(story: &Story) -> Output {
    let names = Names::new(story);
    let mut files = Vec::new();
    // The notes that an actor's note links to, found in one pass.
    let mut events_of: Vec<Vec<(usize, &str)>> = vec![Vec::new(); story.actors.len()];
    for (i, event) in story.events.iter().enumerate() {
        let parts = event
            .participants
            .iter()
            .map(|p| (p.actor, p.role.as_str()));
        for (actor, role) in parts.chain(event.place.map(|place| (place, "place"))) {
            if let Some(events) = events_of.get_mut(actor) {
                events.push((i, role));
            }
        }
    }
    for ((actor, name), events) in story.actors.iter().zip(&names.actors).zip(&events_of) {
        let text = actor_note(story, &names, actor, events);
        files.push((format!("Actors/{name}.md"), text.into_bytes()));
    }
    for (event, name) in story.events.iter().zip(&names.events) {
        let text = event_note(story, &names, event);
        files.push((format!("Events/{name}.md"), text.into_bytes()));
    }
    files.sort();
    Output::Folder(files)
}

/// The name of every note: unique in the vault without regard to case, because
/// links and some file systems make no difference.
struct Names {
    actors: Vec<String>,
    events: Vec<String>,
}

impl Names {
    fn new(story: &Story) -> Names {
        let mut taken = BTreeSet::new();
        let actors = story.actors.iter();
        let actors = actors.map(|a| free(&mut taken, &a.name, &a.id)).collect();
        let events = story.events.iter().map(|e| {
            let title = match &e.date {
                Some(date) => format!("{} {}", date.edtf.as_str().replace('/', " to "), e.title),
                None => e.title.clone(),
            };
            free(&mut taken, &title, &e.id)
        });
        Names {
            events: events.collect(),
            actors,
        }
    }
}

/// A name that no note has yet: what is wanted, else with the id behind it,
/// else with a number behind that.
fn free(taken: &mut BTreeSet<String>, wanted: &str, id: &str) -> String {
    let first = file_name(wanted);
    let with_id = format!(
        "{} {}",
        cut(&first, (50, 100)),
        file_name(cut(id, (24, 72)))
    );
    let numbered = (2..).map(|n| format!("{with_id} {n}"));
    let all = [first, with_id.clone()].into_iter().chain(numbered);
    let mut free =
        all.filter(|name| taken.insert(name.nfkc().flat_map(char::to_lowercase).collect()));
    free.next().unwrap_or_default()
}

/// Text as a file name that Windows, macOS, Linux and Obsidian's links allow.
fn file_name(text: &str) -> String {
    let text: String = plain(text)
        .nfc()
        .map(|c| match c {
            '[' | ']' | '#' | '^' | '|' | '\\' | '/' | ':' | '*' | '?' | '"' | '<' | '>' | '%'
            | '`' | '&' | ';' | '$' | '{' | '}' | '~' | '=' | '!' | '@' => ' ',
            c => c,
        })
        .collect();
    let text = plain(&text);
    let text = cut(&text, NAME).trim_matches(|c: char| c == '.' || c == ' ' || c == '-');
    let stem = text.split('.').next().unwrap_or("").to_lowercase();
    let reserved = ["con", "prn", "aux", "nul"].contains(&stem.as_str())
        || (stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")));
    if text.is_empty() {
        "unnamed".to_owned()
    } else if reserved {
        format!("{text} (name)")
    } else {
        text.to_owned()
    }
}

/// The beginning of a text, to so many characters and bytes, up to the end of a
/// word where one is near.
fn cut(text: &str, (characters, bytes): (usize, usize)) -> &str {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = ends.take(characters).take_while(|at| *at <= bytes).last();
    let (kept, rest) = text
        .split_at_checked(end.unwrap_or(0))
        .unwrap_or((text, ""));
    match kept.rfind(' ') {
        Some(at) if !rest.is_empty() && at * 2 > kept.len() => kept.get(..at).unwrap_or(kept),
        _ => kept,
    }
}

fn actor_note(story: &Story, names: &Names, actor: &Actor, events: &[(usize, &str)]) -> String {
    let mut out = String::from("---\n");
    property(&mut out, "id", &actor.id);
    property(&mut out, "type", "actor");
    property(&mut out, "kind", actor.kind.as_str());
    list(&mut out, "aliases", &actor.aliases);
    out.push_str("---\n");
    heading(&mut out, &actor.name);
    if !actor.roles.is_empty() {
        out.push_str("\n## Roles\n\n");
    }
    for role in &actor.roles {
        out.push_str(&format!("- {}", markdown(&role.title)));
        if let Some(of) = role.of.and_then(|of| link(story, names, of)) {
            out.push_str(&format!(" of {of}"));
        }
        out.push('\n');
        let document = role.documents.first().copied();
        quotation(&mut out, story, "  ", &role.quote.text, document, "");
    }
    if !events.is_empty() {
        out.push_str("\n## Events\n\n");
    }
    for (event, role) in events {
        let (Some(event), Some(name)) = (story.events.get(*event), names.events.get(*event)) else {
            continue;
        };
        let date = markdown(&Shown::of(event.date.as_ref()).label());
        out.push_str(&format!("- {date}: [[{name}]] ({})\n", markdown(role)));
    }
    out
}

fn event_note(story: &Story, names: &Names, event: &Event) -> String {
    let when = rows::When::of(event.date.as_ref());
    let mut out = String::from("---\n");
    property(&mut out, "id", &event.id);
    property(&mut out, "type", "event");
    property(&mut out, "kind", &event.kind);
    property(&mut out, "status", event.status.as_str());
    if !when.edtf.is_empty() {
        property(&mut out, "when", when.edtf);
    }
    // Obsidian's own type of a date is one without quotation marks.
    for (name, day) in [("earliest", when.earliest), ("latest", when.latest)] {
        if let Some(day) = day {
            out.push_str(&format!("{name}: {day}\n"));
        }
    }
    out.push_str(&format!("sources: {}\n---\n", event.sources));
    heading(&mut out, &event.title);
    let date = Shown::of(event.date.as_ref()).label();
    out.push_str(&format!("\n{}, {}", markdown(&date), event.status));
    if let Some(place) = event.place.and_then(|p| link(story, names, p)) {
        out.push_str(&format!(", in {place}"));
    }
    out.push_str("\n\n");
    for part in &event.participants {
        if let Some(who) = link(story, names, part.actor) {
            out.push_str(&format!("- {who} ({})\n", markdown(&part.role)));
        }
    }
    out.push_str("\n## Sources\n\n");
    for Evidence {
        document,
        quote,
        attributed_to,
        ..
    } in &event.evidence
    {
        let by = attributed_to.and_then(|by| link(story, names, by));
        let by = by.map(|by| format!(", says {by}")).unwrap_or_default();
        quotation(&mut out, story, "", &quote.text, Some(*document), &by);
    }
    if !event.disagreements.is_empty() {
        out.push_str("## Disagreements\n\n");
    }
    for disagreement in &event.disagreements {
        for (says, documents) in &disagreement.sides {
            let told = documents.iter().filter_map(|d| told(story, *d));
            out.push_str(&format!(
                "- {}: {} ({})\n",
                markdown(&disagreement.about),
                markdown(says),
                told.collect::<Vec<_>>().join("; ")
            ));
        }
    }
    out
}

/// A link to an actor's note that shows its name.
fn link(story: &Story, names: &Names, actor: usize) -> Option<String> {
    let (note, name) = (names.actors.get(actor)?, &story.actors.get(actor)?.name);
    // What is shown is Markdown too, and a bar or bracket would end it.
    let shown = file_name(name);
    Some(match shown == *note {
        true => format!("[[{note}]]"),
        false => format!("[[{note}|{shown}]]"),
    })
}

/// A sentence as a quotation, with the article that it is from.
fn quotation(
    out: &mut String,
    story: &Story,
    indent: &str,
    text: &str,
    document: Option<usize>,
    by: &str,
) {
    out.push_str(&format!("{indent}> {}\n", markdown(text)));
    if let Some(told) = document.and_then(|d| told(story, d)) {
        out.push_str(&format!("{indent}>\n{indent}> — {told}{by}\n"));
    }
    out.push('\n');
}

/// Title, outlet, path and address of an article.
fn told(story: &Story, document: usize) -> Option<String> {
    let d = story.documents.get(document)?;
    let parts = [
        d.title.as_deref(),
        d.source.as_deref(),
        d.published.edtf.as_ref().map(|e| e.as_str()),
        Some(d.path.as_str()),
        d.url.as_deref(),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().map(markdown).collect();
    Some(parts.join(", "))
}

fn heading(out: &mut String, text: &str) {
    out.push_str(&format!("\n# {}\n", markdown(text)));
}

/// A property in the block at the head of a note.
fn property(out: &mut String, name: &str, text: &str) {
    out.push_str(&format!("{name}: {}\n", yaml(text)));
}

fn list(out: &mut String, name: &str, texts: &[String]) {
    if !texts.is_empty() {
        let texts: Vec<String> = texts.iter().map(|t| yaml(t)).collect();
        out.push_str(&format!("{name}: [{}]\n", texts.join(", ")));
    }
}

/// A YAML string in quotation marks. One line of text without control
/// characters needs two escapes; and two brackets would make a link even here.
fn yaml(text: &str) -> String {
    let text = plain(text).replace('\\', "\\\\").replace('"', "\\\"");
    let text = text.replace("[[", "[ [");
    format!("\"{text}\"")
}

/// Text as Markdown that shows it: one line, with a backslash before every sign
/// that could be markup, of Obsidian (`[[`, `==`, `%%`, `$`, `#tag`, `^id`,
/// `::`) too, and no HTML.
fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Some readers of vaults see links before they see backslashes.
    let text = plain(text).replace("[[", "[ [");
    for (i, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '=' | '$' | '%'
            | '^' | '!' | '@' => {
                out.push('\\');
                out.push(c);
            }
            ':' if text.get(i + 1..).is_some_and(|t| t.starts_with(':')) => out.push_str("\\:"),
            // A line that begins with one of these is a list; with a number and
            // a full stop too.
            '-' | '+' if i == 0 => {
                out.push('\\');
                out.push(c);
            }
            '.' | ')'
                if i > 0
                    && text
                        .get(..i)
                        .is_some_and(|t| t.bytes().all(|b| b.is_ascii_digit())) =>
            {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
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
        insta::assert_snapshot!(hostile::whole(write(&sample())));
    }

    #[test]
    fn names_of_files() {
        for (text, name) in [
            ("Nordwind AG", "Nordwind AG"),
            ("../../etc/passwd", "etc passwd"),
            ("CON", "CON (name)"),
            ("aux.md", "aux.md (name)"),
            ("a[[b]]|c#d^e", "a b c d e"),
            ("...", "unnamed"),
            ("日本", "日本"),
        ] {
            assert_eq!(file_name(text), name, "{text}");
        }
        assert!(file_name(&"語".repeat(999)).len() < 200);
    }

    #[test]
    fn no_two_notes_have_one_name() {
        let mut story = sample::story();
        for (i, actor) in story.actors.iter_mut().enumerate() {
            actor.name = if i % 2 == 0 { "Anna" } else { "ANNA" }.to_owned();
        }
        let names: BTreeSet<String> = hostile::files(write(&story))
            .iter()
            .map(|(name, _)| name.to_lowercase())
            .collect();
        assert_eq!(names.len(), story.actors.len() + story.events.len());
    }

    #[test]
    fn every_link_leads_to_a_note_and_hostile_text_makes_none() {
        let story = hostile::story();
        let files = hostile::files(write(&story));
        let notes: BTreeSet<&str> = files
            .iter()
            .filter_map(|(name, _)| name.split_once('/')?.1.strip_suffix(".md"))
            .collect();
        for (name, text) in &files {
            for link in text.split("[[").skip(1) {
                let link = link.split(['|', ']']).next().unwrap_or("");
                assert!(notes.contains(link), "{name}: {link}");
            }
            let body = text.split("\n---\n").nth(1).unwrap_or("");
            assert!(!body.contains('<') && !body.contains("%%"), "{body}");
            assert_eq!(text.lines().filter(|l| *l == "---").count(), 2);
        }
    }
}
