//! `build`: what it writes, and that it does no more than it must.

use crate::support::{
    ARTICLES, contents, copy_seeds, folder_with, folder_with_articles, program, tieline,
};
use std::fs;

#[test]
fn a_build_says_what_it_read() {
    let folder = folder_with_articles();
    tieline(folder.path(), &["build", "in", "--out", "out"])
        .code(0)
        .answers(&[
            "3: 3 new",
            "actors",
            "events",
            "oslo.txt",
            "2021-03-03",
            "tieline.db",
        ]);
    let names: Vec<String> = contents(&folder.path().join("out"))
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        names,
        [
            "graph.json",
            "page.html",
            "ties.dot",
            "ties.svg",
            "timeline.txt"
        ]
    );
}

#[test]
fn a_second_build_writes_nothing() {
    let folder = folder_with_articles();
    tieline(folder.path(), &["build", "in", "--out", "out"]).code(0);
    let db = folder.path().join("tieline.db");
    let before = (
        fs::read(&db).unwrap(),
        fs::metadata(&db).unwrap().modified().unwrap(),
    );
    let second = tieline(folder.path(), &["build", "in", "--out", "out"]).code(0);
    assert!(
        second.stdout.starts_with("nothing changed: 3 articles, "),
        "{second:?}"
    );
    assert_eq!(second.stdout.lines().count(), 1, "{second:?}");
    let after = (
        fs::read(&db).unwrap(),
        fs::metadata(&db).unwrap().modified().unwrap(),
    );
    assert!(before == after, "the database was touched");
}

#[test]
fn only_what_changed_is_read_again() {
    let folder = folder_with_articles();
    tieline(folder.path(), &["build", "in"]).code(0);
    let input = folder.path().join("in");
    fs::write(
        input.join("oslo.txt"),
        ARTICLES[0].1.replace("Wednesday", "Tuesday"),
    )
    .unwrap();
    fs::remove_file(input.join("vienna.txt")).unwrap();
    fs::write(
        input.join("new.txt"),
        "Rain in Bergen\n\nIt rained in Bergen.\n",
    )
    .unwrap();
    tieline(folder.path(), &["build", "in"])
        .code(0)
        .answers(&["3: 1 new, 1 changed, 1 unchanged, 1 removed"]);
    let articles = tieline(folder.path(), &["articles"]).code(0);
    assert!(!articles.stdout.contains("vienna.txt"), "{articles:?}");
}

#[test]
fn a_date_makes_an_article_new() {
    let folder = folder_with(&[(
        "a.txt",
        b"Talks\n\nAnna Lindqvist met Pedro Alvarez on Monday.\n",
    )]);
    tieline(folder.path(), &["build", "in"]).code(0);
    tieline(folder.path(), &["build", "in", "--date", "2021-03-04"])
        .code(0)
        .answers(&["1: 1 changed", "2021-03-04", "given"]);
    tieline(
        folder.path(),
        &["build", "in", "--date", "a.txt=2021-03-05"],
    )
    .code(0)
    .answers(&["1: 1 changed", "2021-03-05"]);
    tieline(
        folder.path(),
        &["build", "in", "--date", "b.txt=2021-03-04"],
    )
    .code(0)
    .says(&["b.txt"]);
}

/// A changed database must hold what a new one would.
#[test]
fn a_changed_build_is_as_good_as_a_new_one() {
    let folder = folder_with_articles();
    let late = folder.path().join("in/vienna.txt");
    fs::remove_file(&late).unwrap();
    tieline(folder.path(), &["build", "in", "--out", "a"]).code(0);
    fs::write(&late, ARTICLES[2].1).unwrap();
    tieline(folder.path(), &["build", "in", "--out", "a"]).code(0);
    tieline(
        folder.path(),
        &["build", "in", "--out", "b", "--db", "b.db"],
    )
    .code(0);
    assert!(contents(&folder.path().join("a")) == contents(&folder.path().join("b")));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    copy_seeds(folder.path());
    let mut results = Vec::new();
    for threads in ["1", "4", "3"] {
        let out = format!("out{threads}");
        let db = format!("{threads}.db");
        let run = program(folder.path())
            .args(["build", "seeds", "--out", &out, "--db", &db])
            .env("RAYON_NUM_THREADS", threads)
            .output()
            .unwrap();
        assert!(run.status.success(), "{run:?}");
        let said = String::from_utf8_lossy(&run.stdout).replace(&db, "DB");
        let bytes = fs::read(folder.path().join(&db)).unwrap();
        results.push((said, bytes, contents(&folder.path().join(out))));
    }
    assert!(results[0] == results[1] && results[1] == results[2]);
}

#[test]
fn what_tieline_wrote_is_no_article() {
    let folder = folder_with_articles();
    let input = folder.path().join("in");
    tieline(&input, &["build", ".", "--out", "out"]).code(0);
    let second = tieline(&input, &["build", ".", "--out", "out"]).code(0);
    assert!(
        second.stdout.starts_with("nothing changed: 3 articles"),
        "{second:?}"
    );
    let third = tieline(&input, &["build", "."]).code(0);
    assert!(
        third.stdout.starts_with("nothing changed: 3 articles"),
        "{third:?}"
    );
    assert_eq!(third.stderr, "");
}

#[test]
fn the_database_is_where_it_is_asked_for() {
    let folder = folder_with_articles();
    tieline(folder.path(), &["--db", "one.db", "build", "in"]).code(0);
    assert!(folder.path().join("one.db").is_file());
    let run = program(folder.path())
        .args(["build", "in"])
        .env("TIELINE_DB", "two.db")
        .output()
        .unwrap();
    assert!(run.status.success());
    assert!(folder.path().join("two.db").is_file());
    assert!(!folder.path().join("tieline.db").exists());
}

#[test]
fn quiet_is_quiet() {
    let folder = folder_with_articles();
    let run = tieline(folder.path(), &["build", "in", "--quiet"]).code(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
}

#[test]
fn an_article_that_stands_there_twice_counts_once() {
    let folder = folder_with_articles();
    tieline(folder.path(), &["build", "in", "in", "in/oslo.txt"])
        .code(0)
        .answers(&["3: 3 new"]);
}
