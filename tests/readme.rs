//! Every `$ tieline ...` line in a ```` ```console ```` block of the README is
//! run on the seeds, in order and in one folder, and must print what stands
//! below it. A line `...` stands for any number of lines; blank lines at the end
//! of an output do not count. With `TIELINE_UPDATE=1` the outputs in the README
//! are written anew instead.

use crate::support::{SETTINGS, copy_seeds, is_update, program, root, tieline};
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// A command and what the README says that it prints. The output begins on the
/// line after the command.
#[derive(Debug, Default, PartialEq)]
struct Shown {
    line: usize,
    command: String,
    output: Vec<String>,
}

/// The commands of all console blocks.
fn commands(readme: &str) -> Vec<Shown> {
    let (mut all, mut inside): (Vec<Shown>, bool) = (Vec::new(), false);
    for (number, line) in readme.lines().enumerate() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if !inside {
            continue;
        } else if let Some(command) = line.strip_prefix("$ ") {
            all.push(Shown {
                line: number + 1,
                command: command.to_owned(),
                output: Vec::new(),
            });
        } else if let Some(last) = all.last_mut() {
            last.output.push(line.to_owned());
        }
    }
    all.retain(|shown| shown.command.starts_with("tieline "));
    for shown in &mut all {
        while shown.output.last().is_some_and(String::is_empty) {
            shown.output.pop();
        }
    }
    all
}

/// What the README is to show of an output: all of it, or, where it shows only
/// the beginning and the end, as many lines of each as before.
fn shortened(shown: &[String], got: &[&str]) -> Vec<String> {
    let is_gap = |line: &String| line == "...";
    let lines = |part: &[&str]| part.iter().map(|l| (*l).to_owned()).collect::<Vec<_>>();
    let (Some(head), Some(last)) = (
        shown.iter().position(is_gap),
        shown.iter().rposition(is_gap),
    ) else {
        return lines(got);
    };
    let tail = shown.len() - 1 - last;
    if head + tail >= got.len() {
        return lines(got);
    }
    let mut new = lines(&got[..head]);
    new.push("...".to_owned());
    new.extend(lines(&got[got.len() - tail..]));
    new
}

/// The text with other outputs below its commands; `new` in their order.
fn with_outputs(readme: &str, new: &[(Shown, Vec<String>)]) -> String {
    let mut lines: Vec<String> = readme.lines().map(str::to_owned).collect();
    // From the end, so that the numbers of the lines before stay right.
    for (shown, output) in new.iter().rev() {
        let (from, to) = (shown.line, shown.line + shown.output.len());
        lines.splice(from..to, output.iter().cloned());
    }
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

/// Whether the lines fit, `...` fitting any number of lines.
fn fits(expected: &[String], got: &[&str]) -> bool {
    match (expected.split_first(), got.split_first()) {
        (None, None) => true,
        (Some((first, rest)), _) if first == "..." => {
            (0..=got.len()).any(|n| fits(rest, &got[n..]))
        }
        (Some((first, rest)), Some((line, others))) => first == line && fits(rest, others),
        _ => false,
    }
}

#[test]
fn the_readme_shows_what_happens() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap_or_default();
    let folder = tempfile::tempdir().unwrap();
    copy_seeds(folder.path());
    let all = commands(&readme);
    assert!(!all.is_empty(), "README.md shows no command");
    let binaries = std::path::Path::new(env!("CARGO_BIN_EXE_tieline"))
        .parent()
        .unwrap();
    let path = std::env::join_paths(std::iter::once(binaries.to_owned()).chain(
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()),
    ))
    .unwrap();
    let mut outputs = Vec::new();
    for shown in all {
        if !shown.command.starts_with("tieline build") && !folder.path().join("tieline.db").exists()
        {
            tieline(folder.path(), &["build", "seeds"]).code(0);
        }
        let output = run(&shown.command, folder.path(), &path);
        let got = String::from_utf8_lossy(&output.stdout);
        let got: Vec<&str> = got.trim_end().lines().collect();
        if is_update() {
            let new = shortened(&shown.output, &got);
            outputs.push((shown, new));
            continue;
        }
        assert!(
            fits(&shown.output, &got),
            "README.md:{} `{}` printed\n{}\n{}",
            shown.line,
            shown.command,
            got.join("\n"),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    if is_update() {
        fs::write(root().join("README.md"), with_outputs(&readme, &outputs)).unwrap();
    }
}

/// Runs a line as a shell does, with the program in the path.
fn run(command: &str, folder: &Path, path: &OsStr) -> Output {
    let mut shell = Command::new("sh");
    shell
        .args(["-c", command])
        .current_dir(folder)
        .env("PATH", path);
    for name in SETTINGS {
        shell.env_remove(name);
    }
    shell.output().unwrap()
}

#[test]
fn an_update_keeps_what_was_left_out() {
    let check = |old: &[&str], got: &[&str], expected: &[&str]| {
        let old: Vec<String> = old.iter().map(|l| (*l).to_owned()).collect();
        assert_eq!(shortened(&old, got), expected);
    };
    check(&["a", "b"], &["c"], &["c"]);
    check(&["a", "...", "z"], &["1", "2", "3"], &["1", "...", "3"]);
    check(&["a", "...", "z"], &["1", "2"], &["1", "2"]);
    check(&["a", "..."], &["1", "2"], &["1", "..."]);
    check(&["..."], &["1"], &["..."]);

    let text = "x\n```console\n$ tieline a\nold\n\n$ tieline b\n```\nend\n";
    let new: Vec<(Shown, Vec<String>)> = commands(text)
        .into_iter()
        .map(|shown| (shown, vec!["n1".to_owned(), "n2".to_owned()]))
        .collect();
    assert_eq!(
        with_outputs(text, &new),
        "x\n```console\n$ tieline a\nn1\nn2\n\n$ tieline b\nn1\nn2\n```\nend\n"
    );
}

#[test]
fn the_checker_finds_commands_and_differences() {
    let text =
        "```console\n$ ls\nx\n$ tieline actors\na\n...\nz\n```\n\n```text\n$ tieline no\n```\n";
    let all = commands(text);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].line, 4);
    assert!(fits(&all[0].output, &["a", "b", "c", "z"]));
    assert!(fits(&all[0].output, &["a", "z"]));
    assert!(!fits(&all[0].output, &["a", "b"]));
    assert!(!fits(&all[0].output, &["b", "z"]));
    assert!(program(root()).arg("--version").output().is_ok());
}
