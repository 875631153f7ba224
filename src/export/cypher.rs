//! Cypher: a script that fills Neo4j, Memgraph, ladybug and their like. One
//! statement a line; what is merged is merged by id, so that a second run adds
//! nothing. The rows and texts also serve the bulk files of `cypher-csv`.

use super::rows;
use super::{Format, Output};
use crate::resolve::Story;
use crate::time::Edtf;
use std::collections::BTreeMap;

/// `--format cypher`.
pub(super) const FORMAT: Format = Format {
    name: "cypher",
    about: "a Cypher script, one statement a line: Neo4j, Memgraph, ladybug",
    loses: "mentions, disagreements and merge reasons, all but the first sentence of a role; control characters",
    write: |story| Output::Text(write(story)),
};

/// Rows of one statement. More make statements that some engines plan slowly.
const ROWS: usize = 100;

/// A value of a property.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'s> {
    /// Left out where it is empty.
    Text(&'s str),
    Day(Option<chrono::NaiveDate>),
    Number(u32),
    /// Two decimals.
    Share(f32),
    Texts(&'s [String]),
}

impl Value<'_> {
    /// Whether there is anything to say.
    fn is_given(&self) -> bool {
        match self {
            Value::Text(text) => !text.is_empty(),
            Value::Day(day) => day.is_some(),
            Value::Texts(texts) => !texts.is_empty(),
            Value::Number(_) | Value::Share(_) => true,
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            Value::Text(text) => string(out, text),
            Value::Day(day) => {
                let day = day.map(|d| d.to_string()).unwrap_or_default();
                out.push_str(&format!("date('{day}')"));
            }
            Value::Number(number) => out.push_str(&number.to_string()),
            Value::Share(share) => out.push_str(&decimals(*share)),
            Value::Texts(texts) => {
                out.push('[');
                for (i, text) in texts.iter().enumerate() {
                    out.push_str(if i > 0 { ", " } else { "" });
                    string(out, text);
                }
                out.push(']');
            }
        }
    }
}

/// A share with two decimals; 0 for what is no number.
pub(super) fn decimals(share: f32) -> String {
    let share = if share.is_finite() { share } else { 0.0 };
    format!("{share:.2}")
}

/// Nodes or relationships of one kind: a name for each property, and the
/// properties of each. The first property is the id; of a relationship the
/// second and third are the ids of what it joins.
pub(super) struct Table<'s> {
    /// Label of the nodes, type of the relationships.
    pub(super) name: &'static str,
    /// The labels that a relationship joins.
    pub(super) joins: Option<(&'static str, &'static str)>,
    pub(super) columns: &'static [&'static str],
    pub(super) rows: Vec<Vec<Value<'s>>>,
}

/// All of a story: nodes first.
pub(super) fn tables(story: &Story) -> Vec<Table<'_>> {
    let mut all = vec![documents(story), actors(story), events(story)];
    all.extend(parts(story));
    all.extend([evidence(story), ties(story)]);
    all
}

fn documents(story: &Story) -> Table<'_> {
    let rows = story.documents.iter().map(|d| {
        let edtf = d.published.edtf.as_ref();
        vec![
            Value::Text(&d.id),
            Value::Text(&d.path),
            Value::Text(d.title.as_deref().unwrap_or("")),
            Value::Text(d.source.as_deref().unwrap_or("")),
            Value::Text(d.url.as_deref().unwrap_or("")),
            Value::Text(edtf.map_or("", Edtf::as_str)),
            Value::Day(edtf.and_then(Edtf::earliest)),
            Value::Day(edtf.and_then(Edtf::latest)),
        ]
    });
    Table {
        name: "Document",
        joins: None,
        columns: &[
            "id", "path", "title", "source", "url", "when", "earliest", "latest",
        ],
        rows: rows.collect(),
    }
}

fn actors(story: &Story) -> Table<'_> {
    let rows = story.actors.iter().map(|a| {
        vec![
            Value::Text(&a.id),
            Value::Text(&a.name),
            Value::Text(a.kind.as_str()),
            Value::Texts(&a.aliases),
        ]
    });
    Table {
        name: "Actor",
        joins: None,
        columns: &["id", "name", "kind", "aliases"],
        rows: rows.collect(),
    }
}

fn events(story: &Story) -> Table<'_> {
    let rows = story.events.iter().map(|e| {
        let when = rows::When::of(e.date.as_ref());
        vec![
            Value::Text(&e.id),
            Value::Text(&e.title),
            Value::Text(&e.kind),
            Value::Text(e.status.as_str()),
            Value::Text(when.edtf),
            Value::Day(when.earliest),
            Value::Day(when.latest),
            Value::Number(e.sources),
            Value::Share(e.confidence),
        ]
    });
    Table {
        name: "Event",
        joins: None,
        columns: &[
            "id",
            "title",
            "type",
            "status",
            "when",
            "earliest",
            "latest",
            "sources",
            "confidence",
        ],
        rows: rows.collect(),
    }
}

/// Who takes part, and where it was. They have the date and sentence of their
/// event, which is one step away.
fn parts(story: &Story) -> [Table<'_>; 2] {
    let table = |class: &str, name, joins, columns| {
        let edges = rows::edges(story);
        let edges = edges.into_iter().filter(|e| e.class == class);
        let rows = edges.map(|e| {
            let mut row = vec![Value::Text(e.source), Value::Text(e.target)];
            if class == "part" {
                row.push(Value::Text(e.kind));
            }
            row
        });
        Table {
            name,
            joins: Some(joins),
            columns,
            rows: rows.collect(),
        }
    };
    [
        table(
            "part",
            "TAKES_PART",
            ("Actor", "Event"),
            &["source", "target", "role"],
        ),
        table("place", "AT", ("Event", "Actor"), &["source", "target"]),
    ]
}

/// Every sentence of every event.
fn evidence(story: &Story) -> Table<'_> {
    let mut rows = Vec::new();
    for event in &story.events {
        for e in &event.evidence {
            if let Some(document) = story.document_id(e.document) {
                let by = e.attributed_to.and_then(|a| story.actor_id(a));
                rows.push(vec![
                    Value::Text(&event.id),
                    Value::Text(document),
                    Value::Number(e.quote.start),
                    Value::Number(e.quote.end),
                    Value::Text(&e.quote.text),
                    Value::Text(&e.trigger.text),
                    Value::Text(by.unwrap_or("")),
                ]);
            }
        }
    }
    Table {
        name: "REPORTED_IN",
        joins: Some(("Event", "Document")),
        columns: &[
            "source",
            "target",
            "start",
            "end",
            "quote",
            "trigger",
            "attributed_to",
        ],
        rows,
    }
}

/// Who is tied to whom: the ties of the JSON contract.
fn ties(story: &Story) -> Table<'_> {
    let mut rows = Vec::new();
    for tie in &story.ties {
        let event = tie.event.and_then(|e| story.events.get(e));
        let actor = story.actors.get(tie.source);
        let role = actor.and_then(|a| a.roles.get(tie.role?));
        let (Some(source), Some(target)) = (story.actor_id(tie.source), story.actor_id(tie.target))
        else {
            continue;
        };
        if event.is_none() && role.is_none() {
            continue;
        }
        let when = rows::When::of(event.and_then(|e| e.date.as_ref()));
        let of_event = event.and_then(|e| e.evidence.first());
        let quote = of_event.map(|e| (e.document, &e.quote)).or_else(|| {
            let role = role?;
            Some((*role.documents.first()?, &role.quote))
        });
        let document = quote.and_then(|(d, _)| story.document_id(d));
        rows.push(vec![
            Value::Text(source),
            Value::Text(target),
            Value::Text(&tie.kind),
            Value::Text(event.map_or("", |e| e.id.as_str())),
            Value::Text(role.map_or("", |r| r.title.as_str())),
            Value::Text(when.edtf),
            Value::Day(when.earliest),
            Value::Day(when.latest),
            Value::Text(document.unwrap_or("")),
            Value::Text(quote.map_or("", |(_, q)| q.text.as_str())),
        ]);
    }
    Table {
        name: "TIE",
        joins: Some(("Actor", "Actor")),
        columns: &[
            "source", "target", "type", "event", "role", "when", "earliest", "latest", "document",
            "quote",
        ],
        rows,
    }
}

fn write(story: &Story) -> String {
    let mut out = constraints();
    for table in tables(story) {
        statements(&mut out, &table);
    }
    out
}

/// One id, one node.
pub(super) fn constraints() -> String {
    ["Document", "Actor", "Event"]
        .map(|label| {
            let name = label.to_lowercase();
            format!(
                "CREATE CONSTRAINT {name}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE;\n"
            )
        })
        .concat()
}

/// The statements that make a table. A row names only what is given, so rows
/// go by what they have: no engine then has to guess the type of a null.
fn statements(out: &mut String, table: &Table<'_>) {
    let mut shapes: BTreeMap<Vec<bool>, Vec<usize>> = BTreeMap::new();
    for (i, row) in table.rows.iter().enumerate() {
        let shape = row.iter().map(Value::is_given).collect();
        shapes.entry(shape).or_default().push(i);
    }
    for (shape, members) in shapes {
        let keep = if table.joins.is_some() { 2 } else { 1 };
        let given = |i: usize| i < keep || shape.get(i).copied().unwrap_or(false);
        for rows in members.chunks(ROWS) {
            out.push_str("UNWIND [");
            for (n, row) in rows.iter().enumerate() {
                out.push_str(if n > 0 { ", {" } else { "{" });
                if table.joins.is_some() {
                    out.push_str(&format!("id: '{}', ", id(table.name, *row)));
                }
                let values = table.rows.get(*row).into_iter().flatten().enumerate();
                for (i, value) in values.filter(|(i, _)| given(*i)) {
                    out.push_str(if i > 0 { ", `" } else { "`" });
                    out.push_str(table.columns.get(i).copied().unwrap_or(""));
                    out.push_str("`: ");
                    value.write(out);
                }
                out.push('}');
            }
            out.push_str("] AS row ");
            out.push_str(&merge(table));
            let set: Vec<String> = (keep..table.columns.len())
                .filter(|i| given(*i))
                .map(|i| format!("n.`{0}` = row.`{0}`", table.columns[i]))
                .collect();
            if !set.is_empty() {
                out.push_str(" SET ");
                out.push_str(&set.join(", "));
            }
            out.push_str(";\n");
        }
    }
}

/// The part of a statement that makes a node, or a relationship of two that
/// are there.
fn merge(table: &Table<'_>) -> String {
    match table.joins {
        None => format!("MERGE (n:{} {{id: row.id}})", table.name),
        Some((from, to)) => format!(
            "MATCH (a:{from} {{id: row.source}}) MATCH (b:{to} {{id: row.target}}) \
             MERGE (a)-[n:{} {{id: row.id}}]->(b)",
            table.name
        ),
    }
}

/// The id of a relationship: the first letter of its type and its number.
pub(super) fn id(table: &str, row: usize) -> String {
    let letter = table.chars().next().unwrap_or('R').to_ascii_lowercase();
    format!("{letter}{}", row + 1)
}

/// Writes a string. A backslash and a `u` are parted, because older Neo4j
/// turns `\u0027` into a quotation mark before it looks for strings, however
/// many backslashes stand before it.
fn string(out: &mut String, text: &str) {
    out.push('\'');
    let mut backslash = false;
    for c in text.chars() {
        if backslash && matches!(c, 'u' | 'U') {
            out.push_str("' + '");
        }
        backslash = c == '\\';
        match c {
            '\\' => out.push_str("\\\\"),
            '\'' => out.push_str("\\'"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // They end a line for some readers of scripts.
            '\u{2028}' | '\u{2029}' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.push('\'');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::hostile;
    use crate::query::tests::sample;

    fn one(text: &str) -> String {
        let mut out = String::new();
        string(&mut out, text);
        out
    }

    /// Reads a script as an engine does: gives the text outside strings.
    fn outside(script: &str) -> String {
        let (mut out, mut chars, mut within) = (String::new(), script.chars(), false);
        while let Some(c) = chars.next() {
            match (within, c) {
                (true, '\\') => assert!("\\'nrt".contains(chars.next().unwrap_or('?'))),
                (_, '\'') => within = !within,
                (true, _) => {}
                (false, c) => out.push(c),
            }
        }
        assert!(!within);
        out
    }

    #[test]
    fn strings() {
        assert_eq!(one("it's"), "'it\\'s'");
        assert_eq!(one("a\\u0027b\\"), "'a\\\\' + 'u0027b\\\\'");
        assert_eq!(one("a\r\nb\tc\0\u{1b}\u{85}\u{2028}"), "'a\\r\\nb\\tc '");
    }

    #[test]
    fn a_small_story() {
        insta::assert_snapshot!(write(&sample()));
    }

    #[test]
    fn hostile_text_stays_in_its_strings() {
        let script = write(&hostile::story());
        for line in script.lines() {
            let line = outside(line);
            assert!(
                line.ends_with(';') && line.matches(';').count() == 1,
                "{line}"
            );
            assert!(
                line.is_ascii() && !line.contains('"') && !line.contains("--"),
                "{line}"
            );
        }
        assert!(!script.contains("\\u"));
    }
}
