//! Input that nobody would wish for: each is told in words, none ends a run
//! that could go on, none touches what was there.

use crate::support::{ARTICLES, Run, folder_with, folder_with_articles, program, tieline};
use std::fs;
use std::path::Path;
use std::time::Duration;

/// One good article, and one that is not.
fn beside_a_good_one(name: &str, bytes: &[u8]) -> (tempfile::TempDir, Run) {
    let folder = folder_with(&[("good.txt", ARTICLES[0].1.as_bytes()), (name, bytes)]);
    let run = program(folder.path())
        .args(["build", "in"])
        .timeout(Duration::from_secs(60))
        .output()
        .unwrap();
    (folder, Run::of(&run).code(0))
}

/// A file that cannot be read is told, and the other one is read.
#[track_caller]
fn is_left_out(name: &str, bytes: &[u8]) {
    let (_, run) = beside_a_good_one(name, bytes);
    run.answers(&["1: 1 new"]).says(&["error:", name]);
    // Alone, it is a build of nothing.
    let folder = folder_with(&[(name, bytes)]);
    tieline(folder.path(), &["build", "in"]).code(2).says(&[
        "error:",
        name,
        "no article could be read",
    ]);
    assert!(!folder.path().join("tieline.db").exists());
}

#[test]
fn an_empty_article() {
    is_left_out("empty.txt", b"");
    is_left_out("blank.txt", b" \n\n\t \n");
}

#[test]
fn a_file_that_is_no_text() {
    let bytes: Vec<u8> = (0..20_000_u32).map(|i| (i * 7919 % 256) as u8).collect();
    is_left_out("noise.txt", &bytes);
    let mut picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    picture.extend_from_slice(&bytes);
    is_left_out("picture.txt", &picture);
}

#[test]
fn broken_utf8() {
    let mut bytes = ARTICLES[1].1.as_bytes().to_vec();
    bytes.extend_from_slice(b"\n\nThe caf\xe9 was closed. \xff\xfe\xc3\n");
    let (_, run) = beside_a_good_one("broken.txt", &bytes);
    run.says(&["broken.txt"]);
}

#[test]
fn a_line_of_fifty_megabytes() {
    let mut bytes = ARTICLES[1].1.as_bytes().to_vec();
    bytes.extend(b"word ".iter().cycle().take(50_000_000));
    let (_, run) = beside_a_good_one("huge.txt", &bytes);
    run.says(&["huge.txt"]);
}

#[test]
fn one_word_of_two_megabytes() {
    let mut bytes = ARTICLES[1].1.as_bytes().to_vec();
    bytes.extend(std::iter::repeat_n(b'a', 2_000_000));
    beside_a_good_one("word.txt", &bytes);
}

#[test]
fn deep_nesting_and_odd_marks() {
    let mut text = String::from("Odd\n\n");
    text.push_str(&"(\u{201c}[{".repeat(20_000));
    text.push_str(&"\u{0301}".repeat(5_000));
    text.push_str("\n\n\u{202e}drawkcab\u{202c} \u{0} \u{1b}[31mred\u{1b}[0m\n");
    beside_a_good_one("odd.txt", text.as_bytes());
}

#[test]
fn a_file_that_may_not_be_read() {
    let folder = folder_with_articles();
    let link = folder.path().join("in/lost.txt");
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere.txt", &link).unwrap();
    tieline(folder.path(), &["build", "in", "in/lost.txt"])
        .code(0)
        .says(&["lost.txt"]);

    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let secret = folder.path().join("in/secret.txt");
        fs::write(&secret, "Secret\n\nNobody may read this.\n").unwrap();
        fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).unwrap();
        // Permissions do not bind root.
        if fs::read(&secret).is_err() {
            tieline(folder.path(), &["build", "in"])
                .code(0)
                .says(&["secret.txt"]);
        }
    }
}

#[test]
fn a_path_that_is_not_there() {
    let folder = folder_with_articles();
    tieline(folder.path(), &["build", "nowhere"])
        .code(2)
        .says(&["nowhere"]);
    tieline(folder.path(), &["build", "nowhere", "in"])
        .code(0)
        .says(&["nowhere"])
        .answers(&["3: 3 new"]);
    tieline(folder.path(), &["analyze", "nowhere"])
        .code(2)
        .says(&["nowhere"]);
}

#[test]
fn an_empty_folder_leaves_the_database_as_it_was() {
    let folder = folder_with_articles();
    tieline(folder.path(), &["build", "in"]).code(0);
    let db = folder.path().join("tieline.db");
    let before = fs::read(&db).unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    tieline(folder.path(), &["build", "empty"])
        .code(2)
        .says(&["no article could be read", "hint:"]);
    assert!(fs::read(&db).unwrap() == before);
    tieline(folder.path(), &["met", "lindqvist"]).code(0);
}

/// No command uses this as a database, and it stays as it is.
#[track_caller]
fn is_no_database(folder: &Path, name: &str, words: &[&str]) {
    let before = fs::read(folder.join(name)).ok();
    for arguments in [
        &["build", "in", "--db", name][..],
        &["timeline", "--db", name],
        &["met", "x", "--db", name],
        &["export", "--format", "json", "--db", name],
    ] {
        tieline(folder, arguments)
            .code(2)
            .says(words)
            .says(&[name, "hint:"]);
    }
    assert!(fs::read(folder.join(name)).ok() == before);
}

#[test]
fn what_is_no_database() {
    let folder = folder_with_articles();
    fs::write(folder.path().join("diary.db"), "Dear diary, ".repeat(1000)).unwrap();
    is_no_database(folder.path(), "diary.db", &["no SQLite database"]);
    fs::create_dir(folder.path().join("dir.db")).unwrap();
    is_no_database(folder.path(), "dir.db", &["folder"]);
    rusqlite::Connection::open(folder.path().join("shop.db"))
        .unwrap()
        .execute_batch("CREATE TABLE orders (id, price); INSERT INTO orders VALUES (1, 2);")
        .unwrap();
    is_no_database(folder.path(), "shop.db", &["another program"]);
}

#[test]
fn a_database_that_cannot_be_made() {
    let folder = folder_with_articles();
    tieline(
        folder.path(),
        &["build", "in", "--db", "no/such/folder/t.db"],
    )
    .code(2)
    .says(&["no/such/folder/t.db", "hint:"]);
    tieline(folder.path(), &["build", "in", "--db", "in/oslo.txt/t.db"]).code(2);
    assert_eq!(
        fs::read_to_string(folder.path().join("in/oslo.txt")).unwrap(),
        ARTICLES[0].1
    );
}

#[test]
fn an_article_is_never_taken_for_the_database() {
    let folder = folder_with_articles();
    tieline(folder.path(), &["build", "in", "--db", "in/oslo.txt"])
        .code(2)
        .says(&["oslo.txt"]);
    assert_eq!(
        fs::read_to_string(folder.path().join("in/oslo.txt")).unwrap(),
        ARTICLES[0].1
    );
}

#[test]
fn no_database_yet() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [
        &["timeline"][..],
        &["met", "x"],
        &["diagram"],
        &["show", "x"],
        &["actors"],
        &["articles"],
        &["export", "--format", "json"],
    ] {
        tieline(folder.path(), arguments).code(2).says(&[
            "there is no database (tieline.db)",
            "run `tieline build PATH` first",
        ]);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn outputs_that_cannot_be_written() {
    let folder = folder_with_articles();
    fs::write(folder.path().join("file"), "mine").unwrap();
    tieline(folder.path(), &["build", "in", "--out", "file"])
        .code(2)
        .says(&["--out", "file"]);
    tieline(folder.path(), &["build", "in", "--out", "file/below"])
        .code(2)
        .says(&["file/below"]);
    assert_eq!(
        fs::read_to_string(folder.path().join("file")).unwrap(),
        "mine"
    );
    assert!(!folder.path().join("tieline.db").exists());
    tieline(folder.path(), &["build", "in"]).code(0);
    tieline(folder.path(), &["diagram", "-o", "no/a.svg"])
        .code(2)
        .says(&["no/a.svg"]);
    tieline(folder.path(), &["export", "--format", "json", "-o", "in"])
        .code(2)
        .says(&["folder"]);
}

#[test]
fn no_article_steers_the_terminal() {
    let text = "Talks \u{1b}]0;owned\u{7}\n\nMay 4, 2021\n\n\
                Anna\u{1b}[2J Lindqvist met \u{202e}Pedro Alvarez\u{202c} on May 3, 2021.\n";
    let folder = folder_with(&[("a.txt", text.as_bytes())]);
    tieline(folder.path(), &["build", "in", "--out", "out"]).code(0);
    for arguments in [
        &["timeline"][..],
        &["timeline", "--long", "--all"],
        &["articles"],
        &["actors"],
        &["show", "lindqvist"],
        &["met", "lindqvist"],
        &["met", "\u{1b}[31mnobody"],
        &["met", "--no\u{1b}[31m\u{202e}\u{9b}option"],
        &["diagram"],
        &["analyze", "in/a.txt"],
    ] {
        let run = tieline(folder.path(), arguments);
        for text in [&run.stdout, &run.stderr] {
            assert!(
                !text.contains(['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}']),
                "{arguments:?} {run:?}"
            );
        }
    }
}
