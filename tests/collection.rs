//! Collections as they grow: builds that read only what is new, `search`,
//! `diff`, `--watch`.

use crate::support::{ARTICLES, SETTINGS, age, folder_with, folder_with_articles, tieline};
use serde_json::Value;
use std::fs::{self, File};
use std::path::Path;
#[cfg(unix)]
use std::time::Duration;

/// The graph that the database holds must be that of a build from nothing.
#[track_caller]
fn is_as_if_from_nothing(folder: &Path, step: &str) {
    let corrections = folder.join("corrections.toml");
    if !corrections.exists() {
        fs::write(corrections, "").unwrap();
    }
    let build = ["build", "in", "--curation", "corrections.toml", "--out"];
    tieline(folder, &[&build[..], &["grown"]].concat()).code(0);
    let _ = fs::remove_file(folder.join("anew.db"));
    tieline(folder, &[&build[..], &["anew", "--db", "anew.db"]].concat()).code(0);
    let graph = |out: &str| fs::read(folder.join(out).join("graph.json")).unwrap();
    assert!(graph("grown") == graph("anew"), "{step}: another graph");
    let db = rusqlite::Connection::open(folder.join("tieline.db")).unwrap();
    let count = |sql: &str| -> i64 { db.query_row(sql, [], |row| row.get(0)).unwrap() };
    let wrong = "SELECT count(*) FROM actors a WHERE events <>
                   (SELECT count(DISTINCT event) FROM participants WHERE actor = a.number)";
    assert_eq!(count(wrong), 0, "{step}: numbers of events");
    let torn = "SELECT count(*) FROM pragma_foreign_key_check";
    assert_eq!(count(torn), 0, "{step}: rows without what they hang on");
}

/// Sentences of which articles are made that have people, dates and events in
/// common, contradict each other and copy each other.
const SENTENCES: [&str; 16] = [
    "Anna Lindqvist met Pedro Alvarez in Oslo on March 3, 2021.",
    "Foreign Minister Anna Lindqvist met Prime Minister Pedro Alvarez in Bergen on March 3, 2021.",
    "Lindqvist met Alvarez on Wednesday.",
    "Maria Kovacs met Jonas Berg in Vienna on May 3, 2021, and praised Nordwind Energy.",
    "President Maria Kovacs of Norland met Jonas Berg in Vienna last week.",
    "Nordwind Energy acquired Helio Systems on April 9, 2021, chief executive Jonas Berg said.",
    "Nordwind bought Helio Systems last Friday, killing 12 jobs.",
    "Nordwind Energy did not acquire Helio Systems, chief executive Tom Sanders said.",
    "A. Lindqvist, a spokeswoman for Helio Systems, resigned on April 12, 2021.",
    "The Harbour Council, chaired by Anna Lindqvist, signed an agreement with Norland in June 2020.",
    "The Harbour Council signed the agreement, Reuters reported.",
    "Pedro Alvarez will visit Vienna on May 20, 2021.",
    "Alvarez visited Vienna on Thursday.",
    "The fifth Harbour Week opened in Bergen on June 2, 2021.",
    "Anna Maria Lindqvist attacked Tom Sanders in Bergen.",
    "John Berg, the founder of Berg Group, met John Berg of the Harbour Council in Oslo.",
];

/// Corrections of actors, and one of an event, as they are written down.
const CORRECTIONS: [&str; 6] = [
    r#"what = "rename"
actor = { name = "Pedro Alvarez" }
name = "Pedro Alvarez Ruiz""#,
    r#"what = "kind"
actor = { name = "Helio Systems" }
kind = "product""#,
    r#"what = "same"
actors = [{ name = "Jonas Berg" }, { name = "Tom Sanders" }]"#,
    r#"what = "different"
actors = [{ name = "Anna Lindqvist" }, { name = "Lindqvist" }]"#,
    r#"what = "rename"
actor = { name = "Harbour Council" }
name = "Council of the Harbour""#,
    r#"what = "reject"
event = { id = "e0000000000", type = "meet", title = "", article = "1.txt", trigger = "met", quote = "Lindqvist met Alvarez on Wednesday." }"#,
];

#[test]
fn what_grows_and_shrinks_is_as_if_built_from_nothing() {
    what_grows_is_as_if_built_from_nothing(7, 0);
}

#[test]
fn what_grows_under_corrections_is_as_if_built_from_nothing() {
    what_grows_is_as_if_built_from_nothing(8, CORRECTIONS.len());
}

/// Random steps; from time to time another set of so many corrections.
fn what_grows_is_as_if_built_from_nothing(seed: u64, corrections: usize) {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in");
    fs::create_dir(&input).unwrap();
    // A small generator of numbers, the same in every run.
    let mut state = seed;
    let mut pick = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut texts: Vec<String> = Vec::new();
    let mut corrected = 0;
    for step in 0..24 {
        let file = input.join(format!("{}.txt", pick(9)));
        let text = match pick(5) {
            0 if texts.len() > 2 => {
                let _ = fs::remove_file(&file);
                String::new()
            }
            // A copy.
            1 if !texts.is_empty() => texts[pick(texts.len())].clone(),
            _ => {
                let day = pick(28) + 1;
                let mut text = format!("Report {step}\n\nOSLO, May {day}, 2021 — ");
                for _ in 0..3 + pick(5) {
                    text.push_str(SENTENCES[pick(SENTENCES.len())]);
                    text.push(' ');
                }
                text + "\n"
            }
        };
        if !text.is_empty() {
            fs::write(&file, &text).unwrap();
            texts.push(text);
        }
        if corrections > 0 && step % 3 == 0 {
            let chosen = (0..corrections).filter(|_| pick(2) == 0);
            let text = chosen.map(|c| format!("[[correction]]\n{}\n", CORRECTIONS[c]));
            let text = text.collect::<String>();
            fs::write(folder.path().join("corrections.toml"), text).unwrap();
        }
        if fs::read_dir(&input).unwrap().next().is_some() {
            is_as_if_from_nothing(folder.path(), &format!("step {step}"));
            let graph = fs::read_to_string(folder.path().join("grown/graph.json")).unwrap();
            corrected += usize::from(graph.contains("Pedro Alvarez Ruiz"));
        }
    }
    assert_eq!(corrected > 3, corrections > 0, "{corrected} stories");
}

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

#[test]
fn every_step_gives_what_a_build_from_nothing_gives() {
    let folder = folder_with_articles();
    let input = folder.path().join("in");
    is_as_if_from_nothing(folder.path(), "first");
    fs::write(
        input.join("bergen.txt"),
        "Talks in Bergen\n\nBERGEN, June 2, 2021 — Anna Lindqvist met Maria Kovacs in Bergen on \
         Tuesday. Lindqvist had met Pedro Alvarez in Oslo on March 3, 2021.\n",
    )
    .unwrap();
    is_as_if_from_nothing(folder.path(), "added");
    fs::write(
        input.join("oslo.txt"),
        ARTICLES[0].1.replace("March 20", "March 21"),
    )
    .unwrap();
    is_as_if_from_nothing(folder.path(), "changed");
    fs::rename(input.join("vienna.txt"), input.join("a.txt")).unwrap();
    is_as_if_from_nothing(folder.path(), "renamed");
    fs::remove_file(input.join("nordwind.txt")).unwrap();
    is_as_if_from_nothing(folder.path(), "removed");
}

#[test]
fn sentences_are_found_by_their_words() {
    let folder = folder_with_articles();
    tieline(folder.path(), &["build", "in"]).code(0);
    let search = |words: &[&str]| tieline(folder.path(), &[&["search"], words].concat());
    let count = |words: &[&str]| search(words).stdout.matches('“').count();
    search(&["acquired"]).code(0).answers(&[
        "nordwind.txt, 2021-04-12: Nordwind buys Helio Systems",
        "“Nordwind Energy acquired Helio Systems on April 9, 2021,",
        "→ Nordwind Energy buys Helio Systems [e",
    ]);
    assert_eq!(count(&["KOVACS"]), 4, "any case");
    assert_eq!(count(&["kovacs", "vienna"]), 3, "all the words");
    assert_eq!(count(&["--", "kovacs", "-vienna"]), 1, "not this word");
    assert_eq!(count(&["prais*"]), 1, "a beginning");
    assert_eq!(count(&["jonas", "berg"]), 2);
    assert_eq!(count(&["\"berg jonas\""]), 0, "side by side, in this order");
    assert_eq!(count(&["kovacs", "-n", "1"]), 1, "so many");
    let nothing = search(&["submarine"]).code(1).says(&["`submarine`"]);
    assert_eq!(nothing.stdout, "");
    search(&["--", "-vienna"])
        .code(2)
        .says(&["no word to search for"]);
    let found = parsed(&search(&["--json", "acquired"]).code(0).stdout);
    let sentence = &found["sentences"][0];
    assert_eq!(found["sentences"].as_array().map(Vec::len), Some(1));
    assert_eq!(sentence["path"], "nordwind.txt");
    assert_eq!(sentence["published"], "2021-04-12");
    let events: Vec<&str> = sentence["events"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(events.len(), 2, "what was bought, and that it was told");
    let bought = tieline(folder.path(), &["show", events[0]]).code(0);
    bought.answers(&["Nordwind Energy buys Helio Systems"]);
    let none = parsed(&search(&["--json", "submarine"]).code(1).stdout);
    assert_eq!(none["sentences"], Value::Array(Vec::new()));
}

#[test]
fn what_a_build_tells_otherwise() {
    let folder = folder_with_articles();
    let input = folder.path().join("in");
    tieline(folder.path(), &["build", "in"]).code(0);
    let first = tieline(folder.path(), &["diff"]).code(1);
    assert_eq!(first.stdout, "", "to a first build everything is new");
    fs::write(
        input.join("bergen.txt"),
        "Talks in Bergen\n\nBERGEN, June 2, 2021 — Anna Lindqvist met Tom Sanders in Bergen on \
         Tuesday.\n",
    )
    .unwrap();
    tieline(folder.path(), &["build", "in"]).code(0);
    let told = tieline(folder.path(), &["diff"]).code(0);
    assert!(
        told.stdout.starts_with("new articles (1)\n  bergen.txt\n"),
        "{told:?}"
    );
    told.answers(&["new events (1)", "Anna Lindqvist and Tom Sanders meet [e"]);
    let told = parsed(&tieline(folder.path(), &["diff", "--json"]).code(0).stdout);
    let kinds: Vec<&str> = told["changes"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|c| c["kind"].as_str())
        .collect();
    assert_eq!(&kinds[..2], ["article new", "event new"]);
    assert!(kinds.contains(&"actor new"), "{kinds:?}");

    // A build that changes nothing leaves what the last one said.
    tieline(folder.path(), &["build", "in"]).code(0);
    tieline(folder.path(), &["diff"])
        .code(0)
        .answers(&["bergen.txt"]);

    fs::write(
        input.join("oslo.txt"),
        ARTICLES[0].1.replace("March 20, 2021", "March 21, 2021"),
    )
    .unwrap();
    fs::remove_file(input.join("nordwind.txt")).unwrap();
    tieline(folder.path(), &["build", "in"]).code(0);
    tieline(folder.path(), &["diff"]).code(0).answers(&[
        "changed articles (1)\n  oslo.txt\n",
        "articles that are gone (1)\n  nordwind.txt\n",
        "other dates (1)",
        ": 2021-03-20 → 2021-03-21",
        "events no longer told (1)",
        "Nordwind Energy buys Helio Systems [e",
    ]);
}

#[test]
fn a_file_of_the_same_length_that_changed_is_read_again() {
    let folder = folder_with_articles();
    let file = folder.path().join("in/oslo.txt");
    tieline(folder.path(), &["build", "in"]).code(0);
    tieline(folder.path(), &["build", "in"])
        .code(0)
        .answers(&["nothing changed: 3 articles"]);
    fs::write(&file, ARTICLES[0].1.replace("March 20", "March 21")).unwrap();
    tieline(folder.path(), &["build", "in"])
        .code(0)
        .answers(&["3: 1 changed, 2 unchanged"]);
    tieline(folder.path(), &["timeline"])
        .code(0)
        .answers(&["2021-03-21"]);
    // What lies beside the file counts as well.
    age(&file);
    tieline(folder.path(), &["build", "in"]).code(0);
    fs::write(
        folder.path().join("in/oslo.json"),
        "{\"title\": \"Other talks\"}",
    )
    .unwrap();
    tieline(folder.path(), &["build", "in"])
        .code(0)
        .answers(&["3: 1 changed, 2 unchanged", "Other talks"]);
}

#[test]
fn of_a_file_that_grows_only_the_new_rows_are_read() {
    let row = |id: u32, who: &str| {
        format!(
            "{{\"id\": \"{id}\", \"title\": \"Talks {id}\", \"published\": \"2021-03-04\", \
             \"text\": \"Anna Lindqvist met {who} in Oslo on March {id}, 2021.\"}}\n"
        )
    };
    let mut rows = row(1, "Pedro Alvarez") + &row(2, "Maria Kovacs");
    let folder = folder_with(&[("news.jsonl", rows.as_bytes())]);
    tieline(folder.path(), &["build", "in"])
        .code(0)
        .answers(&["2: 2 new"]);
    rows += &row(3, "Jonas Berg");
    fs::write(folder.path().join("in/news.jsonl"), &rows).unwrap();
    tieline(folder.path(), &["build", "in"])
        .code(0)
        .answers(&["3: 1 new, 2 unchanged"]);
    // Rows of another order are the same articles.
    let turned: String = rows.lines().rev().map(|l| format!("{l}\n")).collect();
    fs::write(folder.path().join("in/news.jsonl"), turned).unwrap();
    tieline(folder.path(), &["build", "in"])
        .code(0)
        .answers(&["nothing changed: 3 articles"]);
    is_as_if_from_nothing(folder.path(), "turned");
}

/// Waits until the file says this, at most so long as a slow machine needs.
#[cfg(unix)]
#[track_caller]
fn wait_for(file: &Path, words: &str) {
    for _ in 0..1200 {
        if fs::read_to_string(file).is_ok_and(|said| said.contains(words)) {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("no `{words}` in {:?}", fs::read_to_string(file));
}

#[cfg(unix)]
#[test]
fn watching_builds_again_until_ctrl_c() {
    use std::process::{Command, Stdio};
    let folder = folder_with_articles();
    let (out, err) = (folder.path().join("out"), folder.path().join("err"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_tieline"));
    for name in SETTINGS {
        command.env_remove(name);
    }
    let mut watching = command
        .current_dir(folder.path())
        .args(["build", "in", "--watch", "1"])
        .stdin(Stdio::null())
        .stdout(File::create(&out).unwrap())
        .stderr(File::create(&err).unwrap())
        .spawn()
        .unwrap();
    wait_for(&out, "3: 3 new");
    wait_for(&err, "watching");
    fs::write(
        folder.path().join("in/bergen.txt"),
        "Talks\n\nAnna Lindqvist met Tom Sanders in Bergen on June 1, 2021.\n",
    )
    .unwrap();
    wait_for(&out, "4: 1 new, 3 unchanged");
    let asked = Command::new("kill")
        .args(["-INT", &watching.id().to_string()])
        .status()
        .unwrap();
    assert!(asked.success());
    let mut ended = None;
    for _ in 0..600 {
        ended = watching.try_wait().unwrap();
        if ended.is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    let _ = watching.kill();
    assert!(ended.is_some_and(|status| status.success()), "{ended:?}");
    tieline(folder.path(), &["articles"])
        .code(0)
        .answers(&["bergen.txt"]);
}
