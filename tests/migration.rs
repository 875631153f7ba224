//! A build over databases that Tieline 0.1.0 left: everything is read anew, and
//! nothing of the old story shows in the new one.

use crate::support::{contents, root, tieline};
use std::fs;

#[test]
fn a_build_over_an_old_database_is_as_one_from_nothing() {
    for schema in [1, 2] {
        check(schema);
    }
}

fn check(schema: u8) {
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("in");
    fs::create_dir(&articles).unwrap();
    for (name, bytes) in contents(&root().join("tests/databases/schema1")) {
        fs::write(articles.join(name), bytes).unwrap();
    }
    let kept = format!("tests/databases/schema{schema}.db");
    let kept = fs::read(root().join(kept)).unwrap();
    fs::write(folder.path().join("old.db"), kept).unwrap();

    // Questions are answered before anything is read again, with a word on it.
    let dump = |db: &str| tieline(folder.path(), &["export", "--format", "json", "--db", db]);
    tieline(folder.path(), &["met", "kovacs", "--db", "old.db"])
        .code(0)
        .answers(&["2021-05-03 ?  Maria Kovacs met Jonas Berg", "vienna.txt"])
        .says(&["another version of Tieline"]);
    tieline(folder.path(), &["timeline", "--db", "old.db"])
        .code(0)
        .answers(&[
            "Nordwind Energy buys Helio Systems",
            "(planned)",
            "[D1, D3]",
        ]);
    let search = || tieline(folder.path(), &["search", "harbour", "--db", "old.db"]);
    if schema == 1 {
        // That nothing is found would be a wrong answer.
        search().code(2).says(&["no sentences", "tieline build"]);
    } else {
        search().code(0).answers(&["harbour.txt"]);
    }
    dump("old.db").code(0).answers(&["anna-lindqvist"]);

    let build = |db: &str| tieline(folder.path(), &["build", "in", "--db", db]).code(0);
    // Of schema 1 it is not known which articles were read.
    let told = if schema == 1 { "3 new" } else { "3 changed" };
    build("old.db").answers(&[&format!("articles  3: {told}")]);
    build("new.db").answers(&["articles  3: 3 new"]);
    assert_eq!(dump("old.db").code(0).stdout, dump("new.db").code(0).stdout);
    build("old.db").answers(&["nothing changed: 3 articles"]);
    search().code(0).answers(&["harbour.txt"]);
}
