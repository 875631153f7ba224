//! The help is what people read first; a change of it must be seen.

use crate::support::{built, tieline};

#[test]
fn help_of_every_command() {
    let mut text = String::new();
    for command in [
        "",
        "build",
        "timeline",
        "met",
        "path",
        "diagram",
        "show",
        "search",
        "diff",
        "actors",
        "articles",
        "export",
        "curate",
        "curate add",
        "review",
        "analyze",
        "types",
        "completions",
        "man",
    ] {
        let mut arguments: Vec<&str> = command.split_whitespace().collect();
        arguments.push("--help");
        let run = tieline(built(), &arguments).code(0);
        text.push_str(&format!(
            "$ tieline {}\n{}\n",
            arguments.join(" "),
            run.stdout
        ));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn the_version_is_the_packages() {
    let run = tieline(built(), &["--version"]).code(0);
    assert_eq!(
        run.stdout,
        format!("tieline {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn bad_use_is_2_and_says_what_is_right() {
    tieline(built(), &[]).code(2).says(&["Usage"]);
    tieline(built(), &["biuld", "."]).code(2).says(&["build"]);
    tieline(built(), &["timeline", "--type", "meeting"])
        .code(2)
        .says(&["no such event type", "did you mean `meet`"]);
    tieline(built(), &["actors", "--kind", "persn"])
        .code(2)
        .says(&["no such kind of actor", "did you mean `person`"]);
    tieline(built(), &["timeline", "--since", "soon"])
        .code(2)
        .says(&["--since", "2017-06-26"]);
    tieline(built(), &["met", "x", "--until", "2017-13-45"])
        .code(2)
        .says(&["--until"]);
    tieline(built(), &["build", ".", "--date", "June"])
        .code(2)
        .says(&["--date"]);
    tieline(built(), &["build", ".", "--date", "=2017"])
        .code(2)
        .says(&["file name"]);
    tieline(built(), &["timeline", "--json", "--format", "text"]).code(2);
    tieline(built(), &["diagram", "-o", "picture.bmp"])
        .code(2)
        .says(&["picture.bmp", ".svg"]);
}
