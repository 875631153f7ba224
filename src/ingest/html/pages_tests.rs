//! The pages of `pages/`, each with one way to mark up a text, a title or a
//! date. Beside `NAME.html` stands `NAME.txt`: what must be read in it, as
//! "name: value" lines ("-" for nothing), a blank line, and the text.

use super::super::decode::decode;
use super::*;
use std::fmt::Write;
use std::path::Path;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/ingest/html/pages");

fn shown(page: &Page) -> String {
    let or = |value: &Option<String>| value.clone().unwrap_or("-".to_owned());
    let origin = page.origins.iter().find(|(name, _)| *name == "published");
    let published = match origin {
        Some((_, origin)) => format!("{} {origin}", edtf(page.metadata.published.as_ref())),
        None => "-".to_owned(),
    };
    let mut out = String::new();
    let _ = writeln!(out, "title: {}", or(&page.metadata.title));
    let _ = writeln!(out, "outlet: {}", or(&page.metadata.source));
    let _ = writeln!(out, "author: {}", or(&page.author));
    let _ = writeln!(out, "url: {}", or(&page.metadata.url));
    let _ = writeln!(out, "published: {published}");
    let _ = writeln!(out, "notes: {}", page.notes.len());
    out + "\n" + &page.text
}

fn check(path: &Path) -> Result<(), String> {
    let expected =
        std::fs::read_to_string(path.with_extension("txt")).map_err(|e| e.to_string())?;
    let bytes = std::fs::read(path).map_err(|e| e.to_string())?;
    let text = decode(&bytes)?.text;
    if !looks_like_html(&text) {
        return Err("not taken for a page".to_owned());
    }
    let page = read(&text);
    let found = shown(&page);
    if found == expected {
        return Ok(());
    }
    let mut differences = format!("{}\n", path.display());
    for line in expected
        .lines()
        .filter(|line| !found.lines().any(|l| l == *line))
    {
        let _ = writeln!(differences, "  - {line}");
    }
    for line in found
        .lines()
        .filter(|line| !expected.lines().any(|l| l == *line))
    {
        let _ = writeln!(differences, "  + {line}");
    }
    if found.lines().count() == expected.lines().count() {
        let _ = writeln!(differences, "  (order)");
    }
    let _ = writeln!(
        differences,
        "  notes: {:?} origins: {:?}",
        page.notes, page.origins
    );
    Err(differences)
}

#[test]
fn pages() {
    let mut paths: Vec<_> = std::fs::read_dir(FOLDER)
        .expect("the folder of pages")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "html"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 50);
    let wrong: Vec<String> = paths.iter().filter_map(|path| check(path).err()).collect();
    assert!(
        wrong.is_empty(),
        "{} of {} pages\n{}",
        wrong.len(),
        paths.len(),
        wrong.join("\n")
    );
}

/// What stands in an article's blocks stands in its text, and the page's own
/// metadata yield to those beside the file.
#[test]
fn pages_become_articles() {
    let mut source = super::super::Source {
        path: "a.html".to_owned(),
        ..Default::default()
    };
    let read = |source: &super::super::Source, name: &str| {
        let bytes = std::fs::read(Path::new(FOLDER).join(name)).expect("a page");
        super::super::parse(source, &bytes).map(|(article, _)| article)
    };
    let article = read(&source, "json-ld-news-article.html").expect("an article");
    let kinds: Vec<&str> = article.blocks.iter().map(|b| b.kind.as_str()).collect();
    assert_eq!(
        kinds,
        ["headline", "byline", "body", "body", "body", "body", "body"]
    );
    let last = article
        .blocks
        .last()
        .expect("a block")
        .span
        .of(&article.text);
    assert!(last.starts_with("Ida Moss, who heads") && last.ends_with("in May."));
    let given = article.published.expect("a date");
    assert_eq!(
        (&*given.edtf, &*given.from),
        ("2017-06-26", "the page's JSON-LD datePublished")
    );
    assert_eq!(article.source.as_deref(), Some("The Example Post"));
    source.metadata.published = Some(GivenDate {
        edtf: "2017-06-25".to_owned(),
        from: "metadata.jsonl".to_owned(),
    });
    let article = read(&source, "json-ld-news-article.html").expect("an article");
    assert_eq!(article.published.expect("a date").edtf, "2017-06-25");
    let article = read(&source, "words-without-a-full-stop.html").expect("an article");
    let kinds: Vec<&str> = article.blocks.iter().map(|b| b.kind.as_str()).collect();
    assert_eq!(
        kinds,
        ["headline", "caption", "body", "body", "headline", "body"]
    );
    assert!(read(&source, "nothing.html").is_err());
    let article = read(&source, "table-of-data.html").expect("an article");
    assert_eq!(article.source.as_deref(), Some("The Example Post"));
}
