//! Input in many formats, through the program.

use crate::support::{folder_with, program, tieline};

const FEED: &str = "<rss version=\"2.0\"><channel><title>Lund Post</title><item><title>Envoys meet</title>\
    <link>https://l.example/1</link><pubDate>Mon, 01 Mar 2021 23:30:00 -0500</pubDate>\
    <description>Anna Lindqvist met Jonas Berg in Oslo.</description></item></channel></rss>";
const MAIL: &str = "From: Ida <ida@l.example>\nTo: x@l.example\nSubject: Note\nDate: Tue, 2 Mar 2021 10:00:00 +0100\n\n\
    Maria Kovacs met Jonas Berg in Vienna.\n";

#[test]
fn a_folder_with_one_of_everything() {
    let csv = "HEAD,BODY,DAY\nTalks,\"Pedro Alvarez met Maria Kovacs in Oslo.\",3 May 2021\n";
    let json = r#"{"articles": [{"title": "Call", "content": "Anna Lindqvist met Pedro Alvarez.", "publishedAt": "2021-05-04"}]}"#;
    let folder = folder_with(&[
        ("feed.xml", FEED.as_bytes()),
        ("note.eml", MAIL.as_bytes()),
        ("table.csv", csv.as_bytes()),
        ("news.json", json.as_bytes()),
        (
            "plain",
            b"Anna Lindqvist met Maria Kovacs in Vienna on May 5, 2021.",
        ),
        ("picture.png", b"\x89PNG"),
        ("blob", b"\0\x01\x02"),
    ]);
    tieline(folder.path(), &["build", "in"])
        .code(0)
        .answers(&["5: 5 new"])
        .says(&["1 file in no known format was left out: blob"]);
    let long = tieline(folder.path(), &["articles", "--long"]).code(0);
    long.answers(&[
        "2021-03-01  feed.xml#envoys-meet-",
        "Envoys meet — Lund Post",
        "given by pubDate",
        "address: https://l.example/1",
        "outlet: title of the feed",
        "2021-03-02  note.eml",
        "author: Ida (From header)",
        "2021-05-04  news.json#call-",
        "undated  table.csv#",
    ]);
    tieline(folder.path(), &["articles", "--json"])
        .code(0)
        .answers(&["\"origins\": {", "\"published\": \"Date header\""]);
    // The second build reads nothing anew.
    tieline(folder.path(), &["build", "in"])
        .code(0)
        .answers(&["nothing changed: 5 articles"]);
    let mapped = [
        "build",
        "in/table.csv",
        "--map",
        "title=HEAD,text=BODY,published=DAY",
    ];
    tieline(folder.path(), &mapped).code(0);
    tieline(folder.path(), &["articles"])
        .code(0)
        .answers(&["2021-05-03  table.csv#talks-", "column \"DAY\""]);
    tieline(
        folder.path(),
        &["build", "in/table.csv", "--map", "text=TEXT"],
    )
    .code(2)
    .says(&["there is no column", "HEAD, BODY, DAY"]);
    tieline(folder.path(), &["build", "in", "--map", "body=TEXT"])
        .code(2)
        .says(&["no field of an article"]);
}

#[test]
fn where_things_were_taken_from() {
    let page = "<html><head><title>Storm in Lund</title><meta name=\"author\" content=\"Ida Moss\">\
        </head><body><article><h1>Storm in Lund</h1><p>Mayor Anna Lindqvist met the owners of two \
        boats in the town hall of Lund on Monday, June 26, 2017.</p></article></body></html>";
    let note = "---\ntitle: Fish treaty\n---\n\nMaria Kovacs signed the treaty on May 9, 2021.\n";
    let item = "<rss version=\"2.0\"><channel><title>Lund Post</title><item><title>Boats</title>\
        <description>&lt;p&gt;Two boats sank.&lt;/p&gt;</description></item></channel></rss>";
    let folder = folder_with(&[
        ("a.html", page.as_bytes()),
        ("b.md", note.as_bytes()),
        ("c.xml", item.as_bytes()),
    ]);
    tieline(folder.path(), &["build", "in"])
        .code(0)
        .answers(&["3: 3 new"]);
    let long = tieline(folder.path(), &["articles", "--long"]).code(0);
    let of = |name: &str| -> String {
        let from = long.stdout.find(name).unwrap();
        let rest = &long.stdout[from..];
        let end = rest.find("\nD").unwrap_or(rest.len());
        rest[..end].split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let page = of("a.html");
    assert!(page.contains("author: Ida Moss (meta author)"), "{page}");
    assert!(page.contains("text: <article>"), "{page}");
    let note = of("b.md");
    assert!(
        note.ends_with("taken from: title: front matter; text: Markdown"),
        "{note}"
    );
    let item = of("c.xml");
    assert!(item.ends_with("text: description"), "{item}");
}

#[test]
fn standard_input() {
    let folder = folder_with(&[]);
    program(folder.path())
        .args(["build", "-"])
        .write_stdin(FEED)
        .assert()
        .code(0);
    tieline(folder.path(), &["articles"])
        .code(0)
        .answers(&["2021-03-01  stdin#envoys-meet-"]);
}
