//! CSV (RFC 4180): a folder of nodes, edges, evidence and documents, for
//! spreadsheets, R, pandas, Gephi and duckdb. UTF-8, lines end with CR LF.

use super::parts;
use super::rows::{self, When};
use super::{Format, Output};
use crate::resolve::Story;

/// `--format csv`.
pub(super) const FORMAT: Format = Format {
    name: "csv",
    about: "a folder of nodes.csv, edges.csv, evidence.csv and documents.csv: spreadsheets, R, Gephi",
    loses: "disagreements and merge reasons",
    write,
};

fn write(story: &Story) -> Output {
    let files = [
        ("documents.csv", documents(story)),
        ("edges.csv", edges(story)),
        ("evidence.csv", evidence(story)),
        ("nodes.csv", nodes(story)),
    ];
    Output::Folder(
        files
            .into_iter()
            .map(|(name, text)| (name.to_owned(), text.into_bytes()))
            .collect(),
    )
}

fn nodes(story: &Story) -> String {
    let mut out = table(&[
        "id",
        "label",
        "class",
        "kind",
        "status",
        "when",
        "earliest",
        "latest",
        "documents",
        "sources",
        "quote",
    ]);
    for n in rows::nodes(story) {
        let [when, earliest, latest] = n.when.texts();
        let documents = n.documents.join(" ");
        let sources = n.sources.to_string();
        row(
            &mut out,
            &[
                n.id, n.label, n.class, n.kind, n.status, &when, &earliest, &latest, &documents,
                &sources, n.quote,
            ],
        );
    }
    out
}

fn edges(story: &Story) -> String {
    let mut out = table(&[
        "id", "source", "target", "class", "kind", "label", "status", "when", "earliest", "latest",
        "document", "quote",
    ]);
    for e in rows::edges(story) {
        let [when, earliest, latest] = e.when.texts();
        row(
            &mut out,
            &[
                &e.id, e.source, e.target, e.class, e.kind, e.label, e.status, &when, &earliest,
                &latest, e.document, e.quote,
            ],
        );
    }
    out
}

/// Every sentence of every event, with its place in the article.
fn evidence(story: &Story) -> String {
    let mut out = table(&[
        "event",
        "document",
        "start",
        "end",
        "trigger",
        "attributed_to",
        "quote",
    ]);
    for event in &story.events {
        for e in &event.evidence {
            let Some(document) = story.document_id(e.document) else {
                continue;
            };
            let (start, end) = (e.quote.start.to_string(), e.quote.end.to_string());
            let by = e
                .attributed_to
                .and_then(|a| story.actor_id(a))
                .unwrap_or("");
            row(
                &mut out,
                &[
                    &event.id,
                    document,
                    &start,
                    &end,
                    &e.trigger.text,
                    by,
                    &e.quote.text,
                ],
            );
        }
    }
    out
}

fn documents(story: &Story) -> String {
    let mut out = table(&[
        "id",
        "path",
        "title",
        "source",
        "url",
        "published",
        "earliest",
        "latest",
        "basis",
    ]);
    for d in &story.documents {
        let [published, earliest, latest] = When::of_edtf(d.published.edtf.as_ref()).texts();
        row(
            &mut out,
            &[
                &d.id,
                &d.path,
                d.title.as_deref().unwrap_or(""),
                d.source.as_deref().unwrap_or(""),
                d.url.as_deref().unwrap_or(""),
                &published,
                &earliest,
                &latest,
                d.published.basis.as_str(),
            ],
        );
    }
    out
}

/// Some events (indices, in order) as one table, for `tieline timeline`.
pub(crate) fn timeline(story: &Story, events: &[usize]) -> String {
    let mut out = table(&[
        "id",
        "when",
        "earliest",
        "latest",
        "kind",
        "status",
        "title",
        "who",
        "place",
        "sources",
        "documents",
        "quote",
    ]);
    for event in events.iter().filter_map(|i| story.events.get(*i)) {
        let [when, earliest, latest] = When::of(event.date.as_ref()).texts();
        let who: Vec<String> = parts::who(story, event)
            .iter()
            .map(|(name, role)| format!("{name} ({role})"))
            .collect();
        row(
            &mut out,
            &[
                &event.id,
                &when,
                &earliest,
                &latest,
                &event.kind,
                event.status.as_str(),
                &event.title,
                &who.join("; "),
                &parts::place(story, event).unwrap_or_default(),
                &event.sources.to_string(),
                &story.document_ids(&event.documents()).join(" "),
                event.evidence.first().map_or("", |e| &e.quote.text),
            ],
        );
    }
    out
}

fn table(head: &[&str]) -> String {
    let mut out = String::new();
    row(&mut out, head);
    out
}

fn row(out: &mut String, cells: &[&str]) {
    for (i, cell) in cells.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        self::cell(out, cell);
    }
    out.push_str("\r\n");
}

/// Writes one cell. Text of articles is hostile: spreadsheets run a cell that
/// begins with `=`, `+`, `-` or `@` as a formula, so such a cell gets an
/// apostrophe in front, which they take as "this is text". NUL is left out.
fn cell(out: &mut String, text: &str) {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let quoted = formula
        || text.contains(['"', ',', '\n', '\r'])
        || text.starts_with(' ')
        || text.ends_with(' ');
    if !quoted {
        out.extend(text.chars().filter(|c| *c != '\0'));
        return;
    }
    out.push('"');
    if formula {
        out.push('\'');
    }
    for c in text.chars().filter(|c| *c != '\0') {
        if c == '"' {
            out.push('"');
        }
        out.push(c);
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::hostile;
    use crate::query::tests::sample;

    fn one(text: &str) -> String {
        let mut out = String::new();
        cell(&mut out, text);
        out
    }

    #[test]
    fn cells() {
        assert_eq!(one("plain"), "plain");
        assert_eq!(one("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(one("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
        assert_eq!(one("-1+1"), "\"'-1+1\"");
        assert_eq!(one("a\nb"), "\"a\nb\"");
        assert_eq!(one("a\0b"), "ab");
    }

    #[test]
    fn a_timeline_is_one_table() {
        let story = crate::render::sample::story();
        let text = timeline(&story, &[3, 8, 99]);
        assert_eq!(text.lines().count(), 3);
        assert!(text.contains("Paulo Andrade (visitor); Norway (host)"));
    }

    #[test]
    fn a_small_story() {
        let all = hostile::whole(write(&sample()));
        insta::assert_snapshot!(all.replace("\r\n", "\n"));
    }
}
