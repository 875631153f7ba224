//! JSON Lines: the JSON contract with one object a line, for `jq`, duckdb,
//! pandas and search engines, and for graphs too big to be read at once.

use super::json::{SCHEMA, StoryOut};
use super::{Format, Output};
use crate::resolve::Story;
use serde::Serialize;

/// `--format jsonl`.
pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    about: "everything, one JSON object a line: jq, duckdb, pandas",
    loses: "",
    write: |story| Output::Text(write(story)),
};

/// A line: what it is, then the members of the contract.
#[derive(Serialize)]
#[serde(tag = "record", rename_all = "lowercase")]
enum Line<'a, D, A, E, T> {
    Story { tieline: &'static str, schema: u32 },
    Document(&'a D),
    Actor(&'a A),
    Event(&'a E),
    Tie(&'a T),
}

fn write(story: &Story) -> String {
    let twin = StoryOut::new(story);
    let first = Line::Story {
        tieline: env!("CARGO_PKG_VERSION"),
        schema: SCHEMA,
    };
    let lines = std::iter::once(first)
        .chain(twin.documents.iter().map(Line::Document))
        .chain(twin.actors.iter().map(Line::Actor))
        .chain(twin.events.iter().map(Line::Event))
        .chain(twin.ties.iter().map(Line::Tie));
    let mut out = String::new();
    for line in lines {
        // Writing plain data to memory cannot fail: no map keys, no foreign types.
        let Ok(line) = serde_json::to_string(&line) else {
            continue;
        };
        // Some readers also end a line at these three, which JSON allows within
        // a string, and which stand nowhere else.
        for c in line.chars() {
            match c {
                '\u{85}' => out.push_str("\\u0085"),
                '\u{2028}' => out.push_str("\\u2028"),
                '\u{2029}' => out.push_str("\\u2029"),
                c => out.push(c),
            }
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{hostile, json};
    use crate::query::tests::sample;
    use serde_json::Value;

    #[test]
    fn a_small_story() {
        insta::assert_snapshot!(write(&sample()));
    }

    #[test]
    fn the_lines_are_the_contract() {
        let story = hostile::story();
        let whole: Value = serde_json::from_str(&json::write(&story)).expect("JSON");
        let text = write(&story);
        let mut lines = text.lines().map(|line| {
            let Ok(Value::Object(mut line)) = serde_json::from_str(line) else {
                panic!("no object: {line}");
            };
            (line.shift_remove("record"), Value::Object(line))
        });
        assert_eq!(lines.next().and_then(|l| l.0), Some("story".into()));
        for (list, record) in [
            ("documents", "document"),
            ("actors", "actor"),
            ("events", "event"),
            ("ties", "tie"),
        ] {
            for member in whole[list].as_array().expect("a list") {
                assert_eq!(lines.next(), Some((Some(record.into()), member.clone())));
            }
        }
        assert_eq!(lines.next(), None);
        assert!(!text.contains(['\u{85}', '\u{2028}', '\u{2029}']));
    }
}
