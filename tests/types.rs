//! A user's own event types, from the file to the outputs. The file is the
//! example of `docs/ontology.md`.

use crate::support::{folder_with, root, tieline};
use std::fs;

const REPORT: &str = "Haddad sentenced\n\n\
    LISBON, March 4, 2021 — Fisherman Omar Haddad filed a lawsuit against Nordwind in Lisbon on \
    March 1, 2021.\n\n\
    A court in Lisbon sentenced Jonas Berg to three years in prison on March 3, 2021.\n\n\
    Jonas Berg appealed against the verdict on March 4, 2021.\n\n\
    The Lisbon District Court acquitted Maria Kovacs on March 2, 2021.\n";

/// The worked example of the documentation.
fn example() -> String {
    let text = fs::read_to_string(root().join("docs/ontology.md")).unwrap();
    let behind = text.split("<!-- courts.toml -->").nth(1).unwrap();
    let block = behind.split("```toml\n").nth(1).unwrap();
    block.split("```").next().unwrap().to_owned()
}

fn folder() -> tempfile::TempDir {
    let folder = folder_with(&[("report.txt", REPORT.as_bytes())]);
    fs::write(folder.path().join("courts.toml"), example()).unwrap();
    folder
}

#[test]
fn the_example_of_the_documentation_is_right() {
    let folder = folder();
    tieline(folder.path(), &["types", "check", "courts.toml"])
        .code(0)
        .answers(&["sentence: ", "acquit: ", "appeal: ", "sue: "]);
    tieline(folder.path(), &["types", "--types", "courts.toml"])
        .code(0)
        .answers(&[
            "meet",
            "sentence  (PLOVER COERCE, CAMEO 173, your own)",
            "convict",
        ]);
}

#[test]
fn own_types_appear_in_every_output() {
    let folder = folder();
    let build = ["build", "in", "--out", "out", "--types", "courts.toml"];
    tieline(folder.path(), &build).code(0);
    tieline(folder.path(), &["timeline", "--type", "sentence"])
        .code(0)
        .answers(&["2021-03-03", "Jonas Berg"]);
    tieline(
        folder.path(),
        &[
            "timeline", "--type", "sue", "--type", "acquit", "--type", "appeal",
        ],
    )
    .code(0)
    .answers(&[
        "2021-03-01",
        "2021-03-02",
        "2021-03-04",
        "Nordwind",
        "Kovacs",
    ]);
    let graph = fs::read_to_string(folder.path().join("out/graph.json")).unwrap();
    let graph: serde_json::Value = serde_json::from_str(&graph).unwrap();
    let events = graph["events"].as_array().unwrap();
    let sentence = events.iter().find(|e| e["type"] == "sentence").unwrap();
    assert_eq!(sentence["plover"], "COERCE");
    assert_eq!(sentence["cameo"], "173");
    let ties = graph["ties"].as_array().unwrap();
    let sued = ties.iter().find(|t| t["type"] == "sue").unwrap();
    assert_eq!(
        (&sued["source"], &sued["target"]),
        (&"omar-haddad".into(), &"nordwind".into())
    );
    assert!(sued["quote"]["quote"].as_str().unwrap().contains("lawsuit"));
    tieline(folder.path(), &["timeline", "--type", "sentense"])
        .code(2)
        .says(&["did you mean `sentence`"]);
}

#[test]
fn a_database_notices_other_types() {
    let folder = folder();
    let with = ["build", "in", "--types", "courts.toml"];
    tieline(folder.path(), &with).code(0);
    tieline(folder.path(), &with)
        .code(0)
        .answers(&["nothing changed"]);
    let file = folder.path().join("courts.toml");
    fs::write(&file, example().replace("\"173\"", "\"172\"")).unwrap();
    tieline(folder.path(), &with)
        .code(0)
        .answers(&["1 changed"]);
    tieline(folder.path(), &["build", "in"])
        .code(0)
        .answers(&["1 changed"]);
    let none = tieline(folder.path(), &["timeline", "--type", "sentence"]).code(2);
    assert!(none.stderr.contains("no such event type"), "{none:?}");
}

#[test]
fn a_bad_file_is_refused_with_advice() {
    let folder = folder();
    let file = folder.path().join("bad.toml");
    fs::write(&file, example().replacen("verbs", "verb", 1)).unwrap();
    for arguments in [
        &["build", "in", "--types", "bad.toml"][..],
        &["types", "check", "bad.toml"],
    ] {
        tieline(folder.path(), arguments).code(2).says(&[
            "bad.toml: type `",
            "frame 1, `verb`",
            "did you mean `verbs`?",
        ]);
    }
    tieline(folder.path(), &["types", "check", "none.toml"])
        .code(2)
        .says(&["none.toml"]);
    fs::write(
        &file,
        example().replace("no = [", "no = [\n  \"A court sentenced Omar Haddad.\","),
    )
    .unwrap();
    tieline(folder.path(), &["types", "check", "bad.toml"])
        .code(2)
        .answers(&["found:", "A court sentenced Omar Haddad."])
        .says(&["examples are read otherwise"]);
}

#[test]
fn a_type_can_be_switched_off() {
    let folder = folder_with(&[(
        "a.txt",
        b"Talks\n\nAnna Lindqvist met Pedro Alvarez on March 3, 2021.\n",
    )]);
    fs::write(folder.path().join("off.toml"), "off = [\"meet\"]\n").unwrap();
    tieline(folder.path(), &["build", "in", "--types", "off.toml"]).code(0);
    tieline(folder.path(), &["timeline", "--type", "meet"]).code(1);
    tieline(folder.path(), &["build", "in"]).code(0);
    tieline(folder.path(), &["timeline", "--type", "meet"]).code(0);
}
