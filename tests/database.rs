//! The database as others ask it: `docs/database.md` names every table and
//! column, its queries print what stands below them (`TIELINE_UPDATE=1` writes
//! that anew), and its view `met` says what `tieline met` says.

use crate::support::{built_from_seeds, folder_with, is_update, root, tieline};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tieline::graph::TieGraph;
use tieline::model::Status;
use tieline::query::{self, Filter};
use tieline::resolve::Story;
use tieline::store::Store;

/// A query, which articles it is asked about, and what the document says that
/// it gives. `line` is that of the closing fence.
#[derive(Debug)]
struct Shown {
    line: usize,
    of_two: bool,
    sql: String,
    output: Option<(usize, usize)>,
}

/// The queries of a document; of each the lines of the block of text below it.
fn queries(lines: &[&str]) -> Vec<Shown> {
    let mut all = Vec::new();
    let mut at = 0;
    let closing = |from: usize| {
        lines
            .iter()
            .skip(from)
            .position(|l| *l == "```")
            .map(|n| from + n)
    };
    while let Some(line) = lines.get(at) {
        at += 1;
        let Some(of) = line.strip_prefix("```sql") else {
            continue;
        };
        let end = closing(at).expect("a block has an end");
        let is_output = lines.get(end + 2).is_some_and(|l| *l == "```text result");
        let output = is_output.then(|| (end + 3, closing(end + 3).expect("a block has an end")));
        all.push(Shown {
            line: end + 1,
            of_two: of == " two",
            sql: lines[at..end].join("\n"),
            output,
        });
        at = output.map_or(end, |o| o.1) + 1;
    }
    all
}

/// Opens as others do, who only read.
fn open(file: &Path) -> Connection {
    Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

/// The answer as a table: names of the columns, a rule, a line each row.
fn answer(db: &Connection, sql: &str) -> Vec<String> {
    let mut query = db.prepare(sql).unwrap();
    let head: Vec<String> = query.column_names().map(str::to_owned).collect();
    let mut table = vec![head];
    let mut rows = query.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let cell = |i: usize| match row.get_ref(i).unwrap() {
            ValueRef::Null => "-".to_owned(),
            ValueRef::Integer(n) => n.to_string(),
            ValueRef::Real(n) => n.to_string(),
            ValueRef::Text(t) => String::from_utf8_lossy(t).into_owned(),
            ValueRef::Blob(b) => format!("{} bytes", b.len()),
        };
        table.push((0..table[0].len()).map(cell).collect());
    }
    let wide = |c: usize| table.iter().map(|r| r[c].chars().count()).max().unwrap();
    let wide: Vec<usize> = (0..table[0].len()).map(wide).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&wide).map(|(c, w)| format!("{c:w$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let mut out: Vec<String> = table.iter().map(line).collect();
    let rule: Vec<String> = wide.iter().map(|w| "-".repeat(*w)).collect();
    out.insert(1, rule.join("  "));
    out
}

/// The articles that a block of the document holds: a name, then lines.
fn articles(document: &str) -> Vec<(String, String)> {
    let block = document
        .split("```text\n")
        .nth(1)
        .expect("a block of articles");
    let block = block.split("```").next().unwrap_or_default();
    let article = |part: &str| {
        let (name, text) = part.trim().split_once('\n').expect("a name and a text");
        (name.to_owned(), format!("{text}\n"))
    };
    block.split("\n\n").map(article).collect()
}

#[test]
fn the_queries_of_the_document_give_what_it_says() {
    let path = root().join("docs/database.md");
    let document = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = document.lines().collect();
    let two = articles(&document);
    let files: Vec<(&str, &[u8])> = two
        .iter()
        .map(|(n, t)| (n.as_str(), t.as_bytes()))
        .collect();
    let folder = folder_with(&files);
    tieline(folder.path(), &["build", "in"]).code(0);
    let of_two = open(&folder.path().join("tieline.db"));
    let of_seeds = open(&built_from_seeds().join("tieline.db"));
    let all = queries(&lines);
    assert!(all.len() >= 10, "{} queries", all.len());
    let mut new: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
    for shown in all.iter().rev() {
        let got = answer(if shown.of_two { &of_two } else { &of_seeds }, &shown.sql);
        assert!(got.len() > 2, "database.md:{}: no rows", shown.line);
        if !is_update() {
            let output = shown.output.map(|(from, to)| &lines[from..to]);
            assert_eq!(
                output.unwrap_or_default(),
                got,
                "database.md:{}",
                shown.line
            );
            continue;
        }
        match shown.output {
            Some((from, to)) => drop(new.splice(from..to, got)),
            None => {
                let mut block = vec![String::new(), "```text result".to_owned()];
                block.extend(got);
                block.push("```".to_owned());
                new.splice(shown.line..shown.line, block);
            }
        }
    }
    if is_update() {
        fs::write(&path, new.join("\n") + "\n").unwrap();
    }
}

/// Every table and view has a heading, and below it every column stands in the
/// first cell of a row; nothing is described that is not there.
#[test]
fn the_document_names_every_table_and_column() {
    let document = fs::read_to_string(root().join("docs/database.md")).unwrap();
    let quoted = |text: &str| -> BTreeSet<String> {
        text.split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect()
    };
    let db = open(&built_from_seeds().join("tieline.db"));
    let list = |sql: &str| -> BTreeSet<String> {
        let mut query = db.prepare(sql).unwrap();
        let rows = query.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<rusqlite::Result<_>>().unwrap()
    };
    let there = list(
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')
            AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'words~_%' ESCAPE '~'",
    );
    let mut told = BTreeSet::new();
    for section in document.split("\n### ").skip(1) {
        let (heading, body) = section.split_once('\n').unwrap();
        let body = body.split("\n## ").next().unwrap_or_default();
        let tables = quoted(heading);
        let first_cells = body.lines().filter_map(|l| l.strip_prefix("| `"));
        let columns: BTreeSet<String> = first_cells
            .flat_map(|l| quoted(&format!("`{}", l.split(" | ").next().unwrap_or_default())))
            .collect();
        let mut real = BTreeSet::new();
        for table in tables.iter().filter(|t| *t != "words") {
            real.append(&mut list(&format!(
                "SELECT name FROM pragma_table_info('{table}')"
            )));
        }
        assert_eq!(columns, real, "{heading}");
        told.extend(tables);
    }
    assert_eq!(told, there);
    let number: i64 = db
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert!(document.contains(&format!("**schema number**, now {number}.")));
    let id: i64 = db
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .unwrap();
    assert!(document.contains(&format!("`PRAGMA application_id` is {id} ")));
}

/// Who met whom in which event: event, who, whom.
type Met = Vec<(String, String, String)>;

/// What the program says of every actor, in its order.
fn by_program(story: &Story) -> Met {
    let graph = TieGraph::new(story);
    let filter = Filter {
        statuses: vec![
            Status::Occurred,
            Status::Planned,
            Status::Possible,
            Status::Denied,
        ],
        ..Filter::default()
    };
    let mut out = Vec::new();
    for who in 0..story.actors.len() {
        for meeting in query::met(&graph, who, None, &filter) {
            for other in meeting.others {
                let id = |actor: usize| story.actors[actor].id.clone();
                out.push((story.events[meeting.event].id.clone(), id(who), id(other)));
            }
        }
    }
    out
}

/// What the view says of every actor, in its order.
fn by_view(file: &Path, story: &Story) -> Met {
    let db = open(file);
    let mut query = db
        .prepare("SELECT event, who_id, whom_id FROM met WHERE who_id = ?")
        .unwrap();
    let mut out = Vec::new();
    for actor in &story.actors {
        let rows = query
            .query_map([&actor.id], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .unwrap();
        out.extend(rows.map(Result::unwrap));
    }
    let all: i64 = db
        .query_row("SELECT count(*) FROM met", [], |row| row.get(0))
        .unwrap();
    assert_eq!(usize::try_from(all), Ok(out.len()));
    out
}

#[track_caller]
fn agree(file: &Path) -> (Story, Met) {
    let story = Store::open(file).unwrap().unwrap().story().unwrap();
    let (program, view) = (by_program(&story), by_view(file, &story));
    assert_eq!(view, program);
    (story, program)
}

#[test]
fn the_view_and_the_program_agree_on_who_met_whom_in_the_seeds() {
    let (_, met) = agree(&built_from_seeds().join("tieline.db"));
    assert!(!met.is_empty());
}

/// Meetings of three, of two against one, of hosts and visitors, planned,
/// possible, about somebody.
const MEETINGS: [(&str, &[u8]); 3] = [
    (
        "three.txt",
        b"BERN, March 3, 2021 - Foreign Minister Anna Lindqvist, Prime Minister Pedro Alvarez and \
        President Maria Kovacs met in Bern on Wednesday.\n\n\
        Jonas Berg and Bruno Keller of Nordwind Energy met Clara Odell, the mayor of Bern, on \
        Tuesday to discuss Helio Systems.\n",
    ),
    (
        "visits.txt",
        b"VIENNA, May 4, 2021 - Prime Minister Pedro Alvarez visited President Maria Kovacs in \
        Vienna on Monday. Foreign Minister Anna Lindqvist visited Austria on Sunday.\n\n\
        Lindqvist will meet Jonas Berg, chief executive of Nordwind Energy, on May 20, 2021. \
        Negotiators of Nordwind Energy negotiated with Helio Systems in Graz on May 2.\n\n\
        Kovacs could meet Clara Odell next week.\n",
    ),
    (
        "talks.txt",
        b"OSLO, June 8, 2021 - Prime Minister Pedro Alvarez and his foreign minister, Ines Duarte, \
        met President Maria Kovacs in Oslo on Monday. Jonas Berg hosted Clara Odell in Bergen on \
        Sunday.\n\n\
        Anna Lindqvist held talks with delegations from Austria and Norway about Helio Systems.\n",
    ),
];

#[test]
fn the_view_and_the_program_agree_on_meetings_of_every_kind() {
    let folder = folder_with(&MEETINGS);
    tieline(folder.path(), &["build", "in"]).code(0);
    let file = folder.path().join("tieline.db");
    let (story, met) = agree(&file);
    // The texts give what they are there for.
    let events = || story.events.iter();
    assert!(events().any(|e| e.kind == "meet" && e.participants.len() > 2 && e.apart.is_empty()));
    assert!(events().any(|e| !e.apart.is_empty()));
    assert!(events().any(|e| e.kind == "negotiate"));
    let statuses: BTreeSet<Status> = met
        .iter()
        .filter_map(|(id, ..)| events().find(|e| e.id == *id))
        .map(|e| e.status)
        .collect();
    assert!(statuses.len() >= 3, "{statuses:?}");
    let visits = met
        .iter()
        .filter(|(id, ..)| events().any(|e| e.id == *id && e.kind == "visit"));
    assert_eq!(visits.count(), 4, "two visits of persons, both ways");

    // Roles that the texts seldom give: somebody is written into the tables.
    let db = Connection::open(&file).unwrap();
    for (role, who) in [
        ("topic", "jonas-berg"),
        ("audience", "clara-odell"),
        ("occasion", "austria"),
    ] {
        let sql = "INSERT INTO participants SELECT e.number, a.number, ?1 FROM events e, actors a
                    WHERE a.id = ?2 AND e.type IN ('meet', 'negotiate', 'visit')";
        assert!(db.execute(sql, [role, who]).unwrap() > 0);
    }
    // One who is both the topic and at the table, and one with two roles there.
    db.execute_batch(
        "INSERT INTO participants SELECT p.event, p.actor, 'participant' FROM participants p
          WHERE p.role = 'topic';
         INSERT INTO participants SELECT p.event, p.actor, 'host' FROM participants p
           JOIN events e ON e.number = p.event WHERE e.type = 'visit' AND p.role = 'visitor';",
    )
    .unwrap();
    drop(db);
    let (_, more) = agree(&file);
    assert!(more.len() > met.len());
}
