//! The commands that answer: what they find, what they do not, and in which
//! form.

use crate::support::{built, folder_with, folder_with_articles, tieline};
use serde_json::Value;
use std::process::Stdio;

/// The answer as JSON.
#[track_caller]
fn json(arguments: &[&str]) -> Value {
    let run = tieline(built(), arguments).code(0);
    serde_json::from_str(&run.stdout).unwrap()
}

/// A text field of each member of a list.
fn each<'v>(value: &'v Value, list: &str, field: &str) -> Vec<&'v str> {
    value[list]
        .as_array()
        .unwrap()
        .iter()
        .map(|member| member[field].as_str().unwrap_or("null"))
        .collect()
}

#[test]
fn met_gives_date_place_and_sentence() {
    tieline(built(), &["met", "lindqvist"]).code(0).answers(&[
        "2021-03-03",
        "Anna Lindqvist met Pedro Alvarez",
        "Oslo",
        "occurred",
        "“Foreign Minister Anna Lindqvist met",
        "oslo.txt",
    ]);
}

#[test]
fn met_leaves_plans_out_unless_asked() {
    let done = tieline(built(), &["met", "Anna Lindqvist"]).code(0);
    assert!(!done.stdout.contains("Kovacs"), "{done:?}");
    tieline(built(), &["met", "lindqvist", "kovacs"])
        .code(1)
        .says(&["no meeting", "--planned"]);
    tieline(built(), &["met", "lindqvist", "kovacs", "--planned"])
        .code(0)
        .answers(&["2021-03-20", "planned"]);
}

#[test]
fn met_keeps_to_the_window() {
    tieline(
        built(),
        &[
            "met",
            "lindqvist",
            "--since",
            "2021-03",
            "--until",
            "2021-03-03",
        ],
    )
    .code(0);
    tieline(built(), &["met", "lindqvist", "--since", "2022"]).code(1);
    tieline(built(), &["met", "lindqvist", "--until", "2020-12"]).code(1);
}

#[test]
fn met_as_json_names_events_and_actors() {
    let answer = json(&["met", "Pedro Alvarez", "--json"]);
    assert_eq!(answer["actor"], "pedro-alvarez");
    assert_eq!(answer["meetings"].as_array().unwrap().len(), 1);
    assert_eq!(answer["meetings"][0]["others"][0], "anna-lindqvist");
    assert_eq!(answer["meetings"][0]["event"], answer["events"][0]["id"]);
    assert_eq!(answer["events"][0]["date"]["edtf"], "2021-03-03");
}

#[test]
fn unknown_names_get_proposals() {
    tieline(built(), &["met", "lindquist"])
        .code(1)
        .says(&["no actor fits `lindquist`", "anna-lindqvist"]);
    tieline(built(), &["show", "zzzzzz"])
        .code(1)
        .says(&["no actor fits"]);
    tieline(built(), &["timeline", "--actor", "zzzzzz"]).code(1);
    tieline(built(), &["diagram", "--around", "zzzzzz"]).code(1);
}

#[test]
fn a_name_of_several_lists_them() {
    let folder = folder_with(&[(
        "a.txt",
        b"Talks\n\nMay 4, 2021\n\nJohn Carver met Alice Noland on May 3, 2021. \
          Mary Carver met Peter Sand on May 2, 2021.\n",
    )]);
    tieline(folder.path(), &["build", "in"]).code(0);
    tieline(folder.path(), &["met", "carver"]).code(1).says(&[
        "several actors",
        "john-carver",
        "mary-carver",
    ]);
    tieline(folder.path(), &["met", "john-carver"]).code(0);
}

#[test]
fn the_timeline_is_in_order_and_filtered() {
    let all = json(&["timeline", "--json"]);
    let events = all["events"].as_array().unwrap();
    let dates: Vec<&str> = events
        .iter()
        .filter_map(|e| e["date"]["edtf"].as_str())
        .collect();
    assert!(dates.is_sorted(), "{dates:?}");
    let bought = json(&["timeline", "--type", "acquire", "--json"]);
    assert_eq!(each(&bought, "events", "type"), ["acquire"]);
    assert_eq!(bought["events"][0]["date"]["edtf"], "2021-04-09");
    let both = json(&[
        "timeline",
        "--actor",
        "lindqvist",
        "--actor",
        "kovacs",
        "--format",
        "json",
    ]);
    for event in both["events"].as_array().unwrap() {
        let actors = event["participants"].to_string();
        assert!(actors.contains("anna-lindqvist") && actors.contains("maria-kovacs"));
    }
    tieline(built(), &["timeline"])
        .code(0)
        .answers(&["2021", "Pedro Alvarez"]);
    tieline(built(), &["timeline", "--since", "2030"])
        .code(1)
        .says(&["nothing found"]);
}

#[test]
fn a_long_timeline_quotes_every_sentence() {
    tieline(built(), &["timeline", "--long", "--type", "acquire"])
        .code(0)
        .answers(&["Nordwind Energy", "Helio Systems on April 9, 2021", "D1:"]);
}

#[test]
fn a_part_is_whole_in_itself() {
    let part = json(&["timeline", "--actor", "Jonas Berg", "--json"]);
    let known = each(&part, "actors", "id");
    let documents = each(&part, "documents", "id");
    for event in part["events"].as_array().unwrap() {
        for member in event["participants"].as_array().unwrap() {
            assert!(known.contains(&member["actor"].as_str().unwrap()));
        }
        for evidence in event["evidence"].as_array().unwrap() {
            assert!(documents.contains(&evidence["document"].as_str().unwrap()));
        }
    }
}

#[test]
fn show_tells_all_of_an_actor() {
    tieline(built(), &["show", "KOVACS"]).code(0).answers(&[
        "Maria Kovacs",
        "maria-kovacs",
        "person",
        "President",
        "vienna.txt",
    ]);
}

#[test]
fn show_tells_all_of_an_event() {
    let bought = json(&["timeline", "--type", "acquire", "--json"]);
    let id = bought["events"][0]["id"].as_str().unwrap();
    let words = [
        "acquire",
        "2021-04-09",
        "buyer",
        "Nordwind Energy",
        "nordwind.txt",
    ];
    tieline(built(), &["show", id]).code(0).answers(&words);
    tieline(built(), &["show", &id[..id.len() - 2]])
        .code(0)
        .answers(&words);
    let shown = json(&["show", id, "--json"]);
    assert_eq!(each(&shown, "events", "id"), [id]);
}

#[test]
fn actors_and_articles_are_listed() {
    let people = tieline(built(), &["actors", "--kind", "person"]).code(0);
    assert!(people.stdout.contains("anna-lindqvist"), "{people:?}");
    assert!(!people.stdout.contains("helio"), "{people:?}");
    let people = json(&["actors", "--kind", "person", "--json"]);
    assert!(
        each(&people, "actors", "kind")
            .iter()
            .all(|k| *k == "person")
    );
    tieline(built(), &["actors", "--kind", "agreement"]).code(1);
    tieline(built(), &["articles"]).code(0).answers(&[
        "nordwind.txt",
        "2021-04-12",
        "oslo.txt",
        "vienna.txt",
    ]);
    assert_eq!(
        each(&json(&["articles", "--json"]), "documents", "path").len(),
        3
    );
}

#[test]
fn diagrams_in_both_formats() {
    let dot = tieline(built(), &["diagram"]).code(0);
    assert!(dot.stdout.contains("graph"), "{dot:?}");
    let svg = tieline(built(), &["diagram", "--format", "svg"]).code(0);
    assert!(svg.stdout.contains("<svg"), "{svg:?}");
    let folder = folder_with_articles();
    tieline(folder.path(), &["build", "in"]).code(0);
    tieline(
        folder.path(),
        &["diagram", "-o", "a.svg", "--around", "berg", "--hops", "1"],
    )
    .code(0);
    let drawn = std::fs::read_to_string(folder.path().join("a.svg")).unwrap();
    assert!(drawn.contains("Berg") && !drawn.contains("Alvarez"));
    tieline(folder.path(), &["diagram", "--min-sources", "9"]).code(1);
}

#[test]
fn export_is_the_contract() {
    let whole = json(&["export", "--format", "json"]);
    assert_eq!(whole["schema"], 1);
    assert_eq!(whole["tieline"], env!("CARGO_PKG_VERSION"));
    for list in ["documents", "actors", "events", "ties"] {
        assert!(whole[list].is_array(), "{list}");
    }
    let folder = folder_with_articles();
    tieline(folder.path(), &["build", "in", "--out", "out"]).code(0);
    tieline(
        folder.path(),
        &["export", "--format", "json", "-o", "e.json"],
    )
    .code(0);
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    assert!(read("e.json") == read("out/graph.json"));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_tieline"))
        .args(["export", "--format", "json"])
        .current_dir(crate::support::built_from_seeds())
        .env_remove("TIELINE_DB")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
}

#[test]
fn colour_only_where_it_is_wanted() {
    let escape = '\u{1b}';
    for arguments in [
        &["met", "nobody at all"][..],
        &["met", "lindqvist"],
        &["timeline"],
        &["show", "kovacs"],
    ] {
        let run = tieline(built(), arguments);
        assert!(
            !run.stdout.contains(escape) && !run.stderr.contains(escape),
            "{run:?}"
        );
    }
    let run = tieline(built(), &["met", "nobody at all", "--color", "always"]).code(1);
    assert!(run.stderr.contains(escape), "{run:?}");
    let run = tieline(built(), &["met", "nobody at all", "--color", "never"]).code(1);
    assert!(!run.stderr.contains(escape), "{run:?}");
}

#[test]
fn analyze_shows_each_layer() {
    for layer in [
        "blocks", "tokens", "parse", "names", "times", "actors", "events", "all",
    ] {
        let run = tieline(built(), &["analyze", "oslo.txt", "--layer", layer]).code(0);
        assert!(run.stdout.lines().count() > 1, "{layer}: {run:?}");
        let run = tieline(
            built(),
            &["analyze", "oslo.txt", "--layer", layer, "--format", "jsonl"],
        )
        .code(0);
        let line: Value = serde_json::from_str(run.stdout.trim_end()).unwrap();
        assert_eq!(line["doc"], "oslo.txt", "{layer}");
    }
    let times = tieline(built(), &["analyze", "oslo.txt", "--layer", "times"]).code(0);
    assert!(times.stdout.contains("2021-03-20"), "{times:?}");
}

#[test]
fn analyze_reads_documents_from_json_lines() {
    let line = "{\"doc\": \"d1\", \"text\": \"She came on Monday, June 7, 2021.\", \"dct\": \"2021-06-09\"}\n";
    let folder = folder_with(&[("docs.jsonl", line.as_bytes())]);
    let run = tieline(
        folder.path(),
        &[
            "analyze",
            "in/docs.jsonl",
            "--layer",
            "times",
            "--format",
            "jsonl",
        ],
    )
    .code(0);
    let answer: Value = serde_json::from_str(run.stdout.trim_end()).unwrap();
    assert_eq!(answer["doc"], "d1");
    assert_eq!(answer["timexes"][0]["value"], "2021-06-07");
    assert_eq!(answer["timexes"][0]["type"], "DATE");
    assert_eq!(answer["timexes"][0]["end"], 32);
}

#[test]
fn analyze_fills_in_conllu() {
    let text = "# sent_id = 1\n1\tAnna\t_\t_\t_\t_\t_\t_\t_\t_\n2\tslept\t_\t_\t_\t_\t_\t_\t_\t_\n\
                3\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    let folder = folder_with(&[("a.conllu", text.as_bytes())]);
    let run = tieline(
        folder.path(),
        &[
            "analyze",
            "in/a.conllu",
            "--pretokenized",
            "--format",
            "conllu",
        ],
    )
    .code(0);
    let rows: Vec<Vec<&str>> = run
        .stdout
        .lines()
        .filter(|l| l.starts_with(|c: char| c.is_ascii_digit()))
        .map(|l| l.split('\t').collect())
        .collect();
    assert_eq!(rows.len(), 3, "{run:?}");
    assert!(rows.iter().all(|r| r.len() == 10));
    assert_eq!((rows[1][1], rows[1][3], rows[1][6]), ("slept", "VERB", "0"));
    assert!(rows[0][9].contains("Name=B-"), "{run:?}");
    tieline(folder.path(), &["analyze", "in/a.conllu", "--pretokenized"]).code(2);
    tieline(
        folder.path(),
        &[
            "analyze",
            "in/a.conllu",
            "--layer",
            "times",
            "--format",
            "conllu",
        ],
    )
    .code(2);
}

#[test]
fn options_behind_the_words_of_a_search_are_options() {
    let found = |arguments: &[&str]| {
        let run = tieline(built(), &[&["search"], arguments].concat()).code(0);
        run.stdout.matches('“').count()
    };
    let all = found(&["lindqvist"]);
    assert!(all > 1);
    assert_eq!(found(&["lindqvist", "-n", "1"]), 1);
    let fewer = found(&["lindqvist -vienna"]);
    assert!(fewer > 0 && fewer < all);
    assert_eq!(found(&["--", "lindqvist", "-vienna"]), fewer);
}
