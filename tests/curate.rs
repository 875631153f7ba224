//! Corrections through the program: they last, they say when they do not apply,
//! and taking them back leaves no trace.

use crate::support::{Run, folder_with, program, tieline};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const ARTICLES: [(&str, &[u8]); 4] = [
    (
        "oslo.txt",
        "Ministers meet in Oslo\n\n\
         OSLO, March 3, 2021 — Foreign Minister Anna Lindqvist met Prime Minister Pedro Alvarez \
         in Oslo on Wednesday.\n\n\
         Lindqvist will meet President Maria Kovacs in Vienna on March 20, 2021.\n"
            .as_bytes(),
    ),
    (
        "nordwind.txt",
        b"Nordwind buys Helio Systems\n\n\
          April 12, 2021\n\n\
          Nordwind Energy acquired Helio Systems on April 9, 2021, chief executive Jonas Berg \
          told reporters.\n",
    ),
    (
        "vienna.txt",
        "Kovacs speaks in Vienna\n\n\
         VIENNA, May 4, 2021 — President Maria Kovacs met Jonas Berg in Vienna on Monday. \
         Kovacs praised Anna Lindqvist.\n"
            .as_bytes(),
    ),
    (
        "bergen.txt",
        "Talks in Bergen\n\n\
         BERGEN, June 8, 2021 — Lindqvist met Jon Berg in Bergen on Monday. \
         Berg praised Pedro Alvarez.\n"
            .as_bytes(),
    ),
];

/// An article that joins what is known with a new meeting.
const LATER: &[u8] = "Talks in Lima\n\n\
    LIMA, July 6, 2021 — Jon Berg met Foreign Minister Anna Lindqvist in Lima on Monday.\n"
    .as_bytes();

fn built() -> TempDir {
    let folder = folder_with(&ARTICLES);
    tieline(folder.path(), &["build", "in", "-q"]).code(0);
    folder
}

fn exported(folder: &Path) -> String {
    tieline(folder, &["export", "--format", "json"])
        .code(0)
        .stdout
}

#[track_caller]
fn curate(folder: &Path, arguments: &[&str]) -> Run {
    let all: Vec<&str> = std::iter::once("curate")
        .chain(arguments.iter().copied())
        .collect();
    tieline(folder, &all)
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let run = tieline(folder, arguments).code(0);
    serde_json::from_str(&run.stdout).unwrap()
}

/// The id of the only event with these words in its title.
#[track_caller]
fn event(folder: &Path, words: &str) -> String {
    let all = json(folder, &["timeline", "--all", "--json"]);
    let fits = |e: &&Value| e["title"].as_str().unwrap().contains(words);
    let found: Vec<&Value> = all["events"]
        .as_array()
        .unwrap()
        .iter()
        .filter(fits)
        .collect();
    assert_eq!(found.len(), 1, "{words}: {all:#}");
    found[0]["id"].as_str().unwrap().to_owned()
}

/// Every sort of correction; gives the answers before the first.
fn correct_all(folder: &Path) -> Vec<String> {
    let mut before = vec![exported(folder)];
    let mut one = |arguments: &[&str]| {
        curate(folder, arguments).code(0);
        before.push(exported(folder));
    };
    one(&["same", "jonas berg", "jon berg", "--note", "he writes both"]);
    one(&[
        "different",
        "Anna Lindqvist@oslo.txt",
        "Lindqvist@bergen.txt",
    ]);
    one(&["rename", "nordwind", "Nordwind Energy AS"]);
    one(&["kind", "helio", "product"]);
    one(&["date", &event(folder, "Alvarez meet"), "2021-03-02"]);
    one(&["status", &event(folder, "Kovacs meet"), "denied"]);
    one(&["reject", &event(folder, "supports Anna")]);
    one(&["accept", &event(folder, "supports Pedro")]);
    one(&[
        "add",
        "meet",
        "--who",
        "participant=alvarez",
        "--who",
        "participant=Ida Sund",
        "--new",
        "Ida Sund=person",
        "--date",
        "2021-05",
        "--place",
        "oslo",
        "--source",
        "https://example.org/a",
        "--quote",
        "Alvarez met Ida Sund in May.",
    ]);
    before
}

#[test]
fn a_build_from_nothing_gives_what_curate_gave() {
    let folder = built();
    let at = folder.path();
    correct_all(at);
    let corrected = exported(at);
    let file = fs::read(at.join("curation.toml")).unwrap();
    tieline(at, &["build", "in"])
        .code(0)
        .answers(&["nothing changed"]);
    fs::remove_file(at.join("tieline.db")).unwrap();
    let run = tieline(at, &["build", "in"]).code(0);
    assert!(!run.stderr.contains("does not apply"), "{run:?}");
    assert_eq!(exported(at), corrected);
    assert_eq!(fs::read(at.join("curation.toml")).unwrap(), file);
}

#[test]
fn taking_back_restores_every_byte() {
    let folder = built();
    let at = folder.path();
    let mut before = correct_all(at);
    before.pop();
    while let Some(expected) = before.pop() {
        curate(at, &["undo"]).code(0).answers(&["taken back"]);
        assert_eq!(exported(at), expected);
    }
    assert!(!at.join("curation.toml").exists());
    curate(at, &["undo"]).code(1).says(&["no correction"]);
}

#[test]
fn new_articles_leave_corrections_as_they_are() {
    let folder = built();
    let at = folder.path();
    correct_all(at);
    fs::write(at.join("in/0-lima.txt"), LATER).unwrap();
    let run = tieline(at, &["build", "in"]).code(0);
    assert!(!run.stderr.contains("does not apply"), "{run:?}");
    tieline(at, &["show", "jon berg"])
        .code(0)
        .answers(&["joined by curation.toml (he", "Lima"]);
    let lindqvists = json(at, &["actors", "--json"]);
    let is_one = |a: &&Value| a["name"].as_str().unwrap().contains("Lindqvist");
    let actors = lindqvists["actors"].as_array().unwrap().iter();
    assert_eq!(actors.filter(is_one).count(), 2, "{lindqvists:#}");
    let all = exported(at);
    assert!(all.contains("\"2021-03-02\"") && !all.contains("supports Anna"));
    assert!(all.contains("Nordwind Energy AS") && all.contains("Ida Sund"));
}

#[test]
fn what_no_longer_applies_is_told_and_kept() {
    let folder = built();
    let at = folder.path();
    correct_all(at);
    fs::remove_file(at.join("in/bergen.txt")).unwrap();
    let file = fs::read(at.join("curation.toml")).unwrap();
    for _ in 0..2 {
        tieline(at, &["build", "in"]).code(0).says(&[
            "correction 1 (same Jonas Berg",
            "does not apply: no article names Jon Berg",
            "correction 8 (accept",
            "does not apply: no event is told by",
        ]);
    }
    curate(at, &["list"]).code(0).answers(&[
        "  1  same Jonas Berg (nordwind.txt), Jon Berg (bergen.txt)",
        "note: he writes both",
        "does not apply: no article names Jon Berg",
    ]);
    let list = json(at, &["curate", "list", "--json"]);
    assert_eq!(list["corrections"][0]["applies"], false);
    assert_eq!(list["corrections"][2]["applies"], true);
    assert_eq!(fs::read(at.join("curation.toml")).unwrap(), file);
}

#[test]
fn show_says_who_says_so() {
    let folder = built();
    let at = folder.path();
    let id = event(at, "Alvarez meet");
    curate(at, &["date", &id, "2021-03-02", "--note", "the diary"])
        .code(0)
        .answers(&["2021-03-02", "it was date 2021-03-03"]);
    tieline(at, &["show", &id]).code(0).answers(&[
        "corrected by curation.toml",
        "date corrected by curation.toml (the diary); it was 2021-03-03",
    ]);
}

#[test]
fn what_cannot_be_is_refused() {
    let folder = built();
    let at = folder.path();
    curate(at, &["same", "nobody at all", "jon berg"])
        .code(1)
        .says(&["no actor fits"]);
    curate(at, &["reject", "e000"]).code(1).says(&["no event"]);
    curate(at, &["same", "nordwind", "jon berg"])
        .code(2)
        .says(&["--kind"]);
    curate(at, &["same", "jon berg", "jon berg"])
        .code(2)
        .says(&["one name"]);
    curate(at, &["different", "Anna Lindqvist", "Anna Lindqvist"])
        .code(2)
        .says(&["Anna Lindqvist", "NAME@"]);
    curate(at, &["kind", "nordwind", "dog"]).code(2);
    curate(at, &["date", "e12", "soon"]).code(2);
    curate(
        at,
        &[
            "add",
            "meeting",
            "--who",
            "participant=jon berg",
            "--source",
            "x",
            "--quote",
            "y",
        ],
    )
    .code(2)
    .says(&["no such event type"]);
    curate(at, &["undo", "7"]).code(1);
    assert!(!at.join("curation.toml").exists());
    curate(at, &["different", "jon berg", "jonas berg"]).code(0);
    curate(at, &["same", "jon berg", "jonas berg"])
        .code(2)
        .says(&["correction 1 (different", "contradicts correction 2 (same"]);
    curate(at, &["undo", "7"])
        .code(2)
        .says(&["no correction 7"]);
    curate(at, &["list"]).code(0);
    curate(at, &["same", "berg", "jon berg"])
        .code(0)
        .says(&["one already"]);
    tieline(at, &["--db", "other.db", "curate", "undo"]).code(1);
    tieline(at, &["--db", "other.db", "curate", "apply"])
        .code(2)
        .says(&["no database"]);
}

#[test]
fn a_newer_answer_replaces_the_older() {
    let folder = built();
    let at = folder.path();
    let id = event(at, "Alvarez meet");
    curate(at, &["date", &id, "2021-03-02"]).code(0);
    curate(at, &["date", &id, "none"])
        .code(0)
        .says(&["replaces correction 1"]);
    curate(at, &["accept", &id]).code(0);
    curate(at, &["reject", &id])
        .code(0)
        .says(&["replaces correction 2"]);
    let list = json(at, &["curate", "list", "--json"]);
    assert_eq!(list["corrections"].as_array().unwrap().len(), 2);
}

#[test]
fn a_file_edited_by_hand() {
    let folder = built();
    let at = folder.path();
    let file = at.join("curation.toml");
    let mine = "# My own.\n\n[[correction]]\nwhat = 'rename' # really\nactor = 'Nordwind Energy'\nname = 'NW'\n";
    fs::write(&file, mine).unwrap();
    curate(at, &["list"]).code(0).says(&["curate apply"]);
    curate(at, &["apply"]).code(0).answers(&["NW"]);
    let applied = exported(at);
    curate(at, &["rename", "helio", "HS"]).code(0);
    curate(at, &["undo"]).code(0);
    assert_eq!(fs::read_to_string(&file).unwrap(), mine);
    assert_eq!(exported(at), applied);
    // Mistakes have their place, and the database stays as it was.
    fs::write(&file, format!("{mine}\n[[correction]]\nwhat = 'kind'\n")).unwrap();
    for arguments in [
        &["build", "in"][..],
        &["curate", "apply"],
        &["review", "--list"],
    ] {
        tieline(at, arguments)
            .code(2)
            .says(&["curation.toml:9", "actor"]);
    }
    assert_eq!(exported(at), applied);
    fs::write(&file, format!("{mine}\n{}", mine.replace("NW", "NE"))).unwrap();
    tieline(at, &["build", "in"])
        .code(2)
        .says(&["correction 1 (rename", "contradicts correction 2 (rename"]);
    curate(at, &["undo", "2"]).code(0);
    assert_eq!(exported(at), applied);
    fs::write(&file, b"\xff\xfe").unwrap();
    tieline(at, &["build", "in"]).code(2).says(&["UTF-8"]);
}

#[test]
fn each_database_has_corrections_of_its_own() {
    let folder = built();
    let at = folder.path();
    tieline(at, &["--db", "other.db", "build", "in", "-q"]).code(0);
    tieline(at, &["--db", "other.db", "curate", "rename", "helio", "HS"]).code(0);
    assert!(at.join("other.curation.toml").exists() && !at.join("curation.toml").exists());
    curate(at, &["list"]).code(1);
    tieline(at, &["build", "in", "--curation", "other.curation.toml"])
        .code(0)
        .answers(&["corrected anew"]);
    assert!(exported(at).contains("\"HS\""));
    tieline(at, &["build", "in", "--curation", "nothing.toml"])
        .code(2)
        .says(&["no such file"]);
}

#[test]
fn many_programs_at_once_lose_nothing() {
    let folder = built();
    let at = folder.path();
    let names = [
        "alvarez",
        "kovacs",
        "nordwind",
        "helio",
        "jonas berg",
        "jon berg",
    ];
    let children: Vec<_> = names
        .iter()
        .map(|name| {
            let exe = env!("CARGO_BIN_EXE_tieline");
            let mut command = std::process::Command::new(exe);
            command.args(["curate", "rename", name, &format!("{name} X")]);
            command
                .current_dir(at)
                .env_remove("TIELINE_DB")
                .stdout(std::process::Stdio::null());
            command.spawn().unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let list = json(at, &["curate", "list", "--json"]);
    let all = list["corrections"].as_array().unwrap();
    assert_eq!(all.len(), names.len(), "{list:#}");
    assert!(all.iter().all(|c| c["applies"] == true), "{list:#}");
}

/// A review with these keys.
fn review(folder: &Path, keys: &str) -> Run {
    let output = program(folder)
        .arg("review")
        .write_stdin(keys)
        .output()
        .unwrap();
    Run::of(&output)
}

#[test]
fn a_review_asks_keeps_and_does_not_ask_again() {
    let folder = built();
    let at = folder.path();
    let all = json(at, &["review", "--list", "--json"]);
    let questions = all["questions"].as_array().unwrap();
    assert!(questions.len() >= 3, "{all:#}");
    assert!(
        questions[0]["text"].as_str().unwrap().contains("Lindqvist"),
        "{all:#}"
    );
    let worth: Vec<u64> = questions
        .iter()
        .map(|q| q["doubt"].as_u64().unwrap() * q["events"].as_u64().unwrap())
        .collect();
    assert!(worth.is_sorted_by(|a, b| a >= b), "{worth:?}");
    // An unknown key explains; undo asks again; the end of the input is no failure.
    review(at, "x\ny\nu\nn\n").code(0).answers(&[
        "they are two",
        "[1 of ",
        "[2 of ",
        "“Lindqvist met Jon Berg in Bergen on Monday.”",
        "1 decided",
    ]);
    let file = fs::read_to_string(at.join("curation.toml")).unwrap();
    assert_eq!(file.matches("[[correction]]").count(), 1);
    assert!(file.contains("\"different\""));
    let left = json(at, &["review", "--list", "--json"]);
    assert_eq!(
        left["questions"].as_array().unwrap().len(),
        questions.len() - 1
    );
    // The database is up to date.
    tieline(at, &["build", "in"])
        .code(0)
        .answers(&["nothing changed"]);
    review(at, &"a\n".repeat(20)).code(0);
    tieline(at, &["review", "--list"])
        .code(1)
        .says(&["nothing is doubtful"]);
    review(at, "").code(1);
}

#[test]
fn a_review_dates_and_rejects_events() {
    let folder = built();
    let at = folder.path();
    let keys = "n\nd 2021-05-02\nd\nsoon\nd none\nq\n";
    review(at, keys)
        .code(0)
        .answers(&["date (2017-06-26, or none)", "3 decided"]);
    let list = json(at, &["curate", "list", "--json"]);
    let words: Vec<&str> = list["corrections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["what"].as_str().unwrap())
        .collect();
    assert_eq!(words, ["different", "date", "date"]);
    let before = exported(at).len();
    let folder = built();
    let at = folder.path();
    review(at, "s\nr\n").code(0).answers(&["1 decided"]);
    assert!(exported(at).len() != before);
}
