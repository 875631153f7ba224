//! Folders in, articles with their metadata out.

use super::*;
use std::fs;
use std::path::Path;

const LEAD: &str = "The harbour of Lund was closed on Monday after a storm sank two boats.";

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// One line a source: its path and metadata; then the problems, with paths
/// below the folder.
fn listed(folder: &Path, inputs: &[&str], dates: &[(&str, &str)]) -> Vec<String> {
    let inputs: Vec<PathBuf> = inputs.iter().map(|i| folder.join(i)).collect();
    let dates: Vec<DateOption> = dates
        .iter()
        .map(|(file, edtf)| DateOption {
            file: (!file.is_empty()).then(|| (*file).to_owned()),
            edtf: (*edtf).to_owned(),
        })
        .collect();
    let (sources, problems) = list(&inputs, &dates);
    let mut out: Vec<String> = sources
        .iter()
        .map(|s| {
            let mut line = s.path.clone();
            for field in [&s.metadata.title, &s.metadata.source, &s.metadata.url] {
                line += &format!(" {}", field.as_deref().unwrap_or("-"));
            }
            if let Some(date) = &s.metadata.published {
                line += &format!(" {} ({})", date.edtf, date.from);
            }
            line
        })
        .collect();
    let root = format!("{}/", folder.display());
    out.extend(problems.iter().map(|p| {
        assert!(p.hint.is_some(), "{p:?}");
        let line = p.line.map(|l| format!(":{l}")).unwrap_or_default();
        format!("! {}{line} {}", p.path.replace(&root, ""), p.message)
    }));
    out
}

#[test]
fn a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let f = folder.path();
    for path in [
        "b.txt",
        "a.txt",
        "sub/c.md",
        ".hidden.txt",
        ".git/d.txt",
        "e.pdf",
        "f.json",
        "sub/deep/g.TXT",
    ] {
        write(f, path, LEAD);
    }
    assert_eq!(
        listed(f, &["."], &[]),
        [
            "a.txt - - -",
            "b.txt - - -",
            "e.pdf - - -",
            "f.json - - -",
            "sub/c.md - - -",
            "sub/deep/g.TXT - - -"
        ]
    );
    assert_eq!(
        listed(f, &["e.pdf", "a.txt", "./a.txt"], &[]),
        ["a.txt - - -", "e.pdf - - -"]
    );
}

#[test]
fn a_folder_of_all_kinds() {
    let folder = tempfile::tempdir().expect("a folder");
    let f = folder.path();
    for (path, text) in [
        ("page.html", "<html><p>x</p></html>"),
        ("page_files/ad.html", "<html>Buy!</html>"),
        ("court_files/a.txt", LEAD),
        ("no-name", LEAD),
        ("page.json", "{\"title\": \"Side\"}"),
        ("picture.jpg", "x"),
        ("script.js", "x"),
        ("blob", "\u{1}\u{2}\u{3}\u{0}"),
        ("empty", ""),
        ("graph.json", "{\"tieline\": \"0.1.0\", \"schema\": 1}"),
        ("feed.xml", "<rss><channel/></rss>"),
        ("other.xml", "<?xml version=\"1.0\"?><sitemap/>"),
    ] {
        write(f, path, text);
    }
    assert_eq!(
        listed(f, &["."], &[]),
        [
            "court_files/a.txt - - -",
            "feed.xml - - -",
            "no-name - - -",
            "page.html Side - -",
            "! . 2 files in no known format were left out: blob, other.xml",
        ]
    );
}

#[test]
fn metadata_and_its_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let f = folder.path();
    write(f, "a.txt", &format!("---\ntitle: Front\n---\n{LEAD}"));
    write(f, "b.txt", LEAD);
    write(
        f,
        "a.json",
        r#"{"title": "Side", "published": "2015-05", "x": [1]}"#,
    );
    write(
        f,
        "metadata.jsonl",
        "{\"file\": \"a.txt\", \"title\": \"Lines\", \"published\": \"2015\", \"url\": \"u\"}\n\n{\"file\": \"b.txt\", \"published\": 2014, \"source\": \"S\"}\n",
    );
    assert_eq!(
        listed(f, &["."], &[]),
        [
            "a.txt Side - u 2015-05 (a.json)",
            "b.txt - S - 2014 (metadata.jsonl)"
        ]
    );
    assert_eq!(
        listed(f, &["."], &[("", "2016-01-02"), ("b.txt", "2017")]),
        [
            "a.txt Side - u 2016-01-02 (--date)",
            "b.txt - S - 2017 (--date)"
        ]
    );
    // A file that is named itself has its folder's metadata too.
    assert_eq!(
        listed(f, &["b.txt"], &[]),
        ["b.txt - S - 2014 (metadata.jsonl)"]
    );
    let (sources, _) = list(&[f.to_owned()], &[]);
    let bytes = load(&sources[0]).expect("bytes");
    let (article, _) = parse(&sources[0], &bytes).expect("text");
    assert_eq!(article.title.as_deref(), Some("Front"));
    assert_eq!(article.published.map(|p| p.from).as_deref(), Some("a.json"));
    assert_eq!(article.text, LEAD);
}

#[test]
fn bad_metadata() {
    let folder = tempfile::tempdir().expect("a folder");
    let f = folder.path();
    write(f, "a.txt", LEAD);
    write(f, "a.json", "[1]");
    write(
        f,
        "metadata.jsonl",
        "{\"file\": \"a.txt\", \"published\": \"soon\", \"title\": 5}\nnonsense\n{\"title\": \"A\"}\n{\"file\": \"a.txt\"}\n{\"file\": \"z.txt\"}\n",
    );
    let found = listed(f, &["."], &[("", "May"), ("y.txt", "2015")]);
    assert_eq!(
        found,
        [
            "a.txt - - -",
            "! ./metadata.jsonl:1 the publication date \"soon\" (metadata.jsonl) is no date",
            "! ./metadata.jsonl:1 \"title\" is no text",
            "! ./metadata.jsonl:2 no JSON: expected ident at line 1 column 2",
            "! ./metadata.jsonl:3 this line names no file",
            "! ./metadata.jsonl:4 \"a.txt\" was described in line 1 already",
            "! ./a.json no JSON object",
            "! ./metadata.jsonl:5 there is no file \"z.txt\" in this folder",
            "! --date the publication date \"May\" (--date) is no date",
            "! y.txt --date names a file that is not among the articles",
        ]
    );
}

#[test]
fn many_missing_files_are_told_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let f = folder.path();
    write(f, "a.txt", LEAD);
    let lines = ["d", "c", "a", "e", "b"].map(|n| format!("{{\"file\": \"{n}.txt\"}}\n"));
    write(f, "metadata.jsonl", &lines.concat());
    assert_eq!(
        listed(f, &["."], &[]),
        [
            "a.txt - - -",
            "! ./metadata.jsonl:1 4 files of these lines are not in this folder: \"d.txt\", \
             \"c.txt\", \"e.txt\", ...",
        ]
    );
}

#[test]
fn what_cannot_be_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    let f = folder.path();
    write(f, "empty/x.png", "");
    write(f, "meta/metadata.jsonl", "");
    assert_eq!(
        listed(f, &["none.txt", "empty", "meta/metadata.jsonl"], &[]),
        [
            "! none.txt there is no such file or folder",
            "! empty no articles in this folder",
            "! meta/metadata.jsonl this file describes articles and is none",
        ]
    );
    let folder_itself = Source {
        file: f.to_owned(),
        ..Source::default()
    };
    assert!(load(&folder_itself).is_err_and(|p| p.message.contains("folder")));
    let gone = Source {
        file: f.join("gone.txt"),
        ..Source::default()
    };
    assert!(load(&gone).is_err_and(|p| p.hint.is_some()));
}

#[test]
fn same_paths_stay_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let f = folder.path();
    for path in ["one/a.txt", "two/a.txt", "two/b.txt", "x/one/a.txt"] {
        write(f, path, LEAD);
    }
    assert_eq!(
        listed(f, &["one", "two"], &[]),
        ["b.txt - - -", "one/a.txt - - -", "two/a.txt - - -"]
    );
    assert_eq!(
        listed(f, &["one", "x/one", "one/a.txt"], &[]),
        ["1/one/a.txt - - -", "2/one/a.txt - - -"]
    );
}

#[cfg(unix)]
#[test]
fn links_lead_round_in_circles() {
    let folder = tempfile::tempdir().expect("a folder");
    let f = folder.path();
    write(f, "sub/a.txt", LEAD);
    std::os::unix::fs::symlink(f, f.join("sub/up")).expect("a link");
    std::os::unix::fs::symlink(f.join("sub/a.txt"), f.join("z.txt")).expect("a link");
    std::os::unix::fs::symlink(f.join("nowhere"), f.join("gone.txt")).expect("a link");
    let found = listed(f, &["."], &[]);
    assert_eq!(found[0], "sub/a.txt - - -");
    assert!(
        found.len() == 2 && found[1].contains("gone.txt"),
        "{found:?}"
    );
}

#[test]
fn files_that_are_too_large() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.txt");
    let file = fs::File::create(&path).expect("a file");
    file.set_len(LARGEST_FILE + 1).expect("a sparse file");
    let source = Source {
        file: path,
        ..Source::default()
    };
    assert!(load(&source).is_err_and(|p| p.message.contains("the limit is 64 MB")));
}

#[test]
fn saved_pages() {
    let folder = tempfile::tempdir().expect("a folder");
    let f = folder.path();
    for path in [
        "Storm.html",
        "Storm_files/frame.html",
        "b.HTM",
        "other_files/c.txt",
    ] {
        write(f, path, "<p>The harbour of Lund was closed on Monday.</p>");
    }
    let found = listed(f, &[""], &[]);
    let names: Vec<&str> = found
        .iter()
        .map(|line| line.split(' ').next().unwrap_or(""))
        .collect();
    assert_eq!(names, ["Storm.html", "b.HTM", "other_files/c.txt"]);
}
