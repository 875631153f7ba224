//! The tables of the Cypher script as CSV with the headers of `neo4j-admin
//! database import`, and a script that loads the same files into a database
//! that runs. For graphs that are too big for a script.

use super::cypher::{self, Table, Value};
use super::{Format, Output};
use crate::resolve::Story;

/// `--format cypher-csv`.
pub(super) const FORMAT: Format = Format {
    name: "cypher-csv",
    about: "a folder of CSV with Neo4j's headers and load.cypher: bulk import",
    loses: "as cypher; line breaks are blanks, and a semicolon in an alias is a comma",
    write,
};

fn write(story: &Story) -> Output {
    let mut files = Vec::new();
    let mut load = cypher::constraints();
    for table in cypher::tables(story) {
        let name = format!("{}.csv", table.name.to_lowercase());
        load.push_str(&statement(&table, &name));
        files.push((name, csv(&table).into_bytes()));
    }
    files.push(("load.cypher".to_owned(), load.into_bytes()));
    files.sort();
    Output::Folder(files)
}

/// The header of a column: nodes have an id and relationships two ends in one
/// space of ids for each label, the others a type where they are no text.
fn header(table: &Table<'_>, column: &str) -> String {
    match (table.joins, column) {
        (None, "id") => format!("id:ID({})", table.name),
        (Some((from, _)), "source") => format!(":START_ID({from})"),
        (Some((_, to)), "target") => format!(":END_ID({to})"),
        (_, "earliest" | "latest") => format!("{column}:date"),
        (_, "sources" | "start" | "end") => format!("{column}:long"),
        (_, "confidence") => format!("{column}:double"),
        (_, "aliases") => format!("{column}:string[]"),
        (_, column) => column.to_owned(),
    }
}

fn csv(table: &Table<'_>) -> String {
    let headers = table.columns.iter().map(|c| header(table, c));
    let mut headers: Vec<String> = headers.collect();
    headers.push(match table.joins {
        None => ":LABEL".to_owned(),
        Some(_) => "id".to_owned(),
    });
    if table.joins.is_some() {
        headers.push(":TYPE".to_owned());
    }
    let mut out = headers.join(",");
    out.push('\n');
    for (n, row) in table.rows.iter().enumerate() {
        for value in row {
            cell(&mut out, value);
            out.push(',');
        }
        if table.joins.is_some() {
            out.push_str(&cypher::id(table.name, n));
            out.push(',');
        }
        out.push_str(table.name);
        out.push('\n');
    }
    out
}

fn cell(out: &mut String, value: &Value<'_>) {
    match value {
        Value::Text(text) => quoted(out, text),
        Value::Day(day) => out.push_str(&day.map(|d| d.to_string()).unwrap_or_default()),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::Share(share) => out.push_str(&cypher::decimals(*share)),
        Value::Texts(texts) => {
            let texts: Vec<String> = texts.iter().map(|t| t.replace(';', ",")).collect();
            quoted(out, &texts.join(";"));
        }
    }
}

/// Text in quotation marks, nothing for no text. `LOAD CSV` takes a backslash
/// before a quotation mark as its escape, so a blank parts the two; and a line
/// break would need an option of the importer.
fn quoted(out: &mut String, text: &str) {
    if text.is_empty() {
        return;
    }
    out.push('"');
    let mut backslash = false;
    for c in text.chars() {
        let c = match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
            c if c.is_control() => continue,
            c => c,
        };
        if c == '"' {
            out.push_str(if backslash { " \"\"" } else { "\"\"" });
        } else {
            out.push(c);
        }
        backslash = c == '\\';
    }
    if backslash {
        out.push(' ');
    }
    out.push('"');
}

/// The statement that loads one file into a running database.
fn statement(table: &Table<'_>, file: &str) -> String {
    let cell = |column: &str| format!("row.`{}`", header(table, column));
    let merge = match table.joins {
        None => format!("MERGE (n:{} {{id: {}}})", table.name, cell("id")),
        Some((from, to)) => format!(
            "MATCH (a:{from} {{id: {}}}) MATCH (b:{to} {{id: {}}}) MERGE (a)-[n:{} {{id: row.id}}]->(b)",
            cell("source"),
            cell("target"),
            table.name
        ),
    };
    let set: Vec<String> = table
        .columns
        .iter()
        .filter(|c| !["id", "source", "target"].contains(c) || table.joins.is_none() && **c != "id")
        .map(|column| {
            let cell = cell(column);
            let value = match header(table, column).split_once(':') {
                Some((_, "date")) => format!("date({cell})"),
                Some((_, "long")) => format!("toInteger({cell})"),
                Some((_, "double")) => format!("toFloat({cell})"),
                Some((_, "string[]")) => format!("split({cell}, ';')"),
                _ => cell,
            };
            format!("n.`{column}` = {value}")
        })
        .collect();
    let set = match set.is_empty() {
        true => String::new(),
        false => format!(" SET {}", set.join(", ")),
    };
    format!("LOAD CSV WITH HEADERS FROM 'file:///{file}' AS row {merge}{set};\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::hostile;
    use crate::query::tests::sample;

    #[test]
    fn a_small_story() {
        insta::assert_snapshot!(hostile::whole(write(&sample())));
    }

    #[test]
    fn a_row_is_a_line_and_no_backslash_stands_before_a_quotation_mark() {
        let story = hostile::story();
        for (name, text) in hostile::files(write(&story)) {
            if name.ends_with(".csv") {
                let columns = text.lines().next().map_or(0, |l| l.split(',').count());
                for line in text.lines() {
                    assert!(!line.contains("\\\""), "{line}");
                    assert!(line.matches('"').count() % 2 == 0, "{line}");
                    let (mut within, mut commas) = (false, 0);
                    for c in line.chars() {
                        within ^= c == '"';
                        commas += usize::from(c == ',' && !within);
                    }
                    assert_eq!(commas + 1, columns, "{line}");
                }
            }
        }
        let events = hostile::files(write(&story)).swap_remove(3).1;
        assert_eq!(events.lines().count(), story.events.len() + 1);
    }
}
