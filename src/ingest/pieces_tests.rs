//! Files of every format in, articles out; and their hostile twins.

pub(in crate::ingest) mod made;

use super::*;
use made::{docx, gzip, pdf_file, tar_of, zip_of};
use proptest::prelude::*;
use std::fs;
use std::ops::ControlFlow;

const LEAD: &str = "Mayor Ida Moss met the fishermen of Lund on Monday.";

/// One line an article: path, format, title, outlet, address, date and text;
/// then problems.
fn read_with(name: &str, bytes: &[u8], map: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(name);
    fs::write(&file, bytes).expect("a file");
    let source = Source {
        file,
        path: name.to_owned(),
        metadata: Metadata::default(),
    };
    let map = match map {
        "" => FieldMap::default(),
        map => FieldMap::parse(map).expect("a map"),
    };
    let root = format!("{}/", folder.path().display());
    let told = |p: &Problem| {
        let line = p.line.map(|l| format!(":{l}")).unwrap_or_default();
        format!("! {}{line} {}", p.path.replace(&root, ""), p.message)
    };
    let mut out = Vec::new();
    pieces(&source, &ReadOptions { map }, &mut |piece| {
        match piece.and_then(|piece| parse_piece(&piece).map(|a| (piece, a))) {
            Err(problem) => out.push(told(&problem)),
            Ok((piece, (article, notes))) => {
                let or = |field: &Option<String>| field.clone().unwrap_or("-".to_owned());
                let date = article
                    .published
                    .map(|d| format!("{} ({})", d.edtf, d.from));
                out.push(format!(
                    "{} | {} | {} | {} | {} | {} | {}",
                    piece.path,
                    piece.format.as_str(),
                    or(&article.title),
                    or(&article.source),
                    or(&article.url),
                    or(&date),
                    article.text.trim().replace('\n', "⏎")
                ));
                out.extend(notes.iter().map(told));
            }
        }
        ControlFlow::Continue(())
    });
    out
}

fn read(name: &str, bytes: &[u8]) -> Vec<String> {
    read_with(name, bytes, "")
}

#[track_caller]
fn check(name: &str, bytes: &[u8], expected: &[&str]) {
    assert_eq!(read(name, bytes), expected);
}

#[test]
fn json() {
    let one = format!(
        r#"{{"headline": {{"main": "Boats sink"}}, "articleBody": "{LEAD}", "datePublished": "2021-03-01T23:00:00-05:00", "publisher": {{"name": "Lund Post"}}, "url": "https://l.example/1"}}"#
    );
    let expected = "Boats sink | Lund Post | https://l.example/1 | 2021-03-01 (field \"datePublished\") | Mayor Ida Moss met the fishermen of Lund on Monday.";
    let path = "boats-sink-";
    let found = read("a.json", one.as_bytes());
    assert!(found[0].starts_with(&format!("a.json#{path}")), "{found:?}");
    assert!(found[0].ends_with(expected), "{found:?}");
    for (name, text) in [
        ("list.json", format!("[{one},\n {one}]")),
        (
            "wrapped.json",
            format!(r#"{{"status": "ok", "articles": [{one}, {one}], "n": 2}}"#),
        ),
        (
            "deep.json",
            format!(r#"{{"response": {{"docs": [{one}, {one}]}}}}"#),
        ),
        ("own.json", format!(r#"{{"my things": [{one}, {one}]}}"#)),
        ("keyed.json", format!(r#"{{"1": {one}, "2": {one}}}"#)),
        ("lines.jsonl", format!("{one}\n\n{one}\n")),
        ("unnamed", format!("{one}\n{one}\n")),
        ("wrong.json", format!("\u{feff}{one}\n{one}\n")),
    ] {
        let found = read(name, text.as_bytes());
        assert_eq!(found.len(), 2, "{name} {found:?}");
        assert!(
            found.iter().all(|f| f.contains(expected)),
            "{name} {found:?}"
        );
        assert!(found[1].contains("~2 |"), "{found:?}");
    }
}

#[test]
fn json_of_other_programs() {
    let found = read(
        "n.json",
        br#"{"status":"ok","articles":[{"source":{"id":null,"name":"Lund Post"},"title":"Boats","content":"Two boats sank in Lund... [+120 chars]","publishedAt":"2021-03-01T10:00:00Z","url":"u"}]}"#,
    );
    assert!(
        found[0].contains("Boats | Lund Post | u | 2021-03-01"),
        "{found:?}"
    );
    assert!(
        found[0].ends_with("| Two boats sank in Lund..."),
        "{found:?}"
    );
    assert!(found[1].contains("was cut"), "{found:?}");
    let found = read(
        "e.jsonl",
        br#"{"_source": {"title": "Boats", "maintext": ["One.", "Two."], "date_publish": 1614592800}}"#,
    );
    assert!(found[0].contains("Boats | - | - | 2021-03-01"), "{found:?}");
    assert!(found[0].ends_with("One.⏎⏎Two."), "{found:?}");
    let found = read(
        "h.json",
        br#"{"title": "B", "content": "<p>One &amp; two.</p><p>Three.</p>"}"#,
    );
    assert!(
        found[0].contains("| HTML |") && found[0].contains("One & two."),
        "{found:?}"
    );
}

#[test]
fn bad_json() {
    let found = read(
        "a.jsonl",
        b"{\"text\": \"One was here.\"}\nnonsense\n[1]\n{\"title\": \"x\"}\n",
    );
    assert!(found[0].ends_with("One was here."), "{found:?}");
    assert_eq!(
        found[1..],
        [
            "! a.jsonl:2 no JSON: expected ident at line 1 column 2",
            "! a.jsonl:3 this entry is no object",
            "! a.jsonl:4 an entry has no text",
        ]
    );
    let cut = read("a.json", b"[{\"text\": \"One was here.\"}, {\"text\": \"Tw");
    assert!(cut[0].ends_with("One was here."), "{cut:?}");
    assert!(cut[1].contains("no JSON"), "{cut:?}");
}

#[test]
fn tables() {
    let expected = |found: &[String], n: usize| {
        assert_eq!(found.len(), n, "{found:?}");
        assert!(
            found[0].contains("| Boats, sunk | Post | u | 2021-03-01 (column \"date\") |"),
            "{found:?}"
        );
        assert!(found[0].ends_with("One \"said\".⏎⏎Two."), "{found:?}");
    };
    let row = "\"Boats, sunk\",\"One \"\"said\"\".\n\nTwo.\",2021-03-01,Post,u\r\n";
    let csv = format!("\u{feff}title,text,date,outlet,link\r\n{row}");
    expected(&read("a.csv", csv.as_bytes()), 1);
    expected(&read("no-name", csv.as_bytes()), 1);
    let tsv = "title\ttext\tdate\toutlet\tlink\nBoats, sunk\t\"One \"\"said\"\".\n\nTwo.\"\t2021-03-01\tPost\tu\n";
    expected(&read("a.tsv", tsv.as_bytes()), 1);
    expected(&read("a.csv", tsv.replace('\t', ";").as_bytes()), 1);
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(
            csv.trim_start_matches('\u{feff}')
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        )
        .collect();
    expected(&read("a.csv", &utf16), 1);
}

#[test]
fn columns_by_a_map() {
    let csv = b"HEAD,BODY,WHEN\nBoats,Two boats sank.,3 May 2021\n";
    let found = read_with("a.csv", csv, "title=HEAD,text=BODY,published=WHEN");
    assert!(
        found[0].ends_with("| Boats | - | - | 2021-05-03 (column \"WHEN\") | Two boats sank."),
        "{found:?}"
    );
    assert_eq!(
        read_with("a.csv", csv, "text=TEXT"),
        ["! a.csv there is no column \"TEXT\" (--map text=TEXT); there are: HEAD, BODY, WHEN"]
    );
    assert_eq!(
        read("a.csv", csv)[0].split(" | ").last(),
        Some("Two boats sank.")
    );
    assert_eq!(
        read("a.csv", b"A,B\n1,2\n3,4\n"),
        ["! a.csv:2 no column holds a text; there are: A, B"]
    );
    let json = br#"[{"a": {"b": "Two boats sank."}}]"#;
    assert!(read_with("a.json", json, "text=a.b")[0].ends_with("Two boats sank."));
    assert!(read_with("a.json", json, "text=a.c")[0].contains("there are: a.b"));
    assert!(FieldMap::parse("body=x").is_err() && FieldMap::parse("text").is_err());
}

#[test]
fn days_that_another_row_settles() {
    let csv = |rows: &str| format!("title,text,date\n{rows}");
    let found = read(
        "a.csv",
        csv("A,One is here.,03/04/2021\nB,Two is here.,26/04/2021\n").as_bytes(),
    );
    assert!(
        found[0].contains("2021-04-03 (column \"date\", day first as line 3 shows)"),
        "{found:?}"
    );
    assert!(
        found[1].contains("2021-04-26 (column \"date\")"),
        "{found:?}"
    );
    let found = read("a.csv", csv("A,One is here.,03/04/2021\n").as_bytes());
    assert!(found[0].contains("| - | One"), "{found:?}");
    assert!(found[1].contains("may be two days"), "{found:?}");
}

#[test]
fn feeds() {
    let rss = r#"<?xml version="1.0" encoding="ISO-8859-1"?><!-- x --><rss version="2.0" xmlns:content="c"><channel>
        <title>Lund Post</title><image><title>No</title></image>
        <item><title>Boats &amp; nets</title><link>https://l.example/1</link><guid>g1</guid><pubDate>Mon, 01 Mar 2021 23:30:00 -0500</pubDate>
          <description>Short.</description><content:encoded><![CDATA[<p>Two boats sank in Malm�.</p>]]></content:encoded></item>
        <item><title>Empty</title><link>https://l.example/2</link></item>
        <item><title>Plain</title><description>The caf&eacute; closed.</description><pubDate>soon</pubDate></item>
        </channel></rss>"#;
    let mut bytes = Vec::new();
    for c in rss.chars() {
        if c == '\u{fffd}' {
            bytes.push(0xf6)
        } else {
            bytes.push(c as u8)
        }
    }
    let found = read("f.xml", &bytes);
    assert!(found[0].starts_with("f.xml#boats-nets-"), "{found:?}");
    assert!(found[0].ends_with("| HTML | Boats & nets | Lund Post | https://l.example/1 | 2021-03-01 (pubDate) | Two boats sank in Malmö."), "{found:?}");
    assert!(
        found[1].ends_with("| plain text | Plain | Lund Post | - | - | The café closed."),
        "{found:?}"
    );
    assert!(
        found[2].contains("\"soon\" (pubDate of entry 3) is no date"),
        "{found:?}"
    );
    assert!(
        found[3].contains("an entry has no text (entry 2)"),
        "{found:?}"
    );
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><title type="html">A &lt;b&gt;b&lt;/b&gt;</title>
        <link rel="self" href="s"/><link href="https://l.example/a"/><id>i</id><updated>2021-03-02T00:00:00Z</updated>
        <content type="xhtml"><div><p>One <b>is</b> here.</p><p>Two.</p></div></content></entry></feed>"#;
    let found = read("a", atom.as_bytes());
    assert!(
        found[0].contains(
            "| A b | Post | https://l.example/a | 2021-03-02 (updated, as there is no published) |"
        ),
        "{found:?}"
    );
    assert!(
        found[0].contains("One is here.") && found[0].contains("Two."),
        "{found:?}"
    );
    let rdf = r#"<?xml version="1.0"?><rdf:RDF xmlns:rdf="r"><channel><title>Post</title></channel><item rdf:about="x"><title>T</title><description>One is here.</description><dc:date>2021-03-02T10:00+01:00</dc:date></item></rdf:RDF>"#;
    assert!(
        read("r.rdf", rdf.as_bytes())[0].contains("| T | Post | - | 2021-03-02 (dc:date) | One"),
    );
    let cut = &atom.as_bytes()[..atom.len() - 60];
    assert!(read("a", cut)[0].starts_with('!'));
}

fn warc_record(kind: &str, content: &str, url: &str, body: &[u8]) -> Vec<u8> {
    let mut out = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-01-01T00:00:00Z\r\nContent-Type: {content}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    out.extend_from_slice(body);
    out.extend_from_slice(b"\r\n\r\n");
    out
}

#[test]
fn warc() {
    let http = "application/http; msgtype=response";
    let chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n<p>Two bo\r\nd\r\nats sank.</p>\r\n0\r\n\r\n";
    let mut packed =
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
    packed.extend(gzip(b"<p>The mayor spoke.</p>"));
    let parts = [
        warc_record(
            "warcinfo",
            "application/warc-fields",
            "",
            b"software: x\r\n",
        ),
        warc_record(
            "response",
            http,
            "https://l.example/news/boats-sink.html",
            chunked,
        ),
        warc_record("response", http, "https://l.example/b", &packed),
        warc_record(
            "response",
            http,
            "https://l.example/c",
            b"HTTP/1.1 404 No\r\nContent-Type: text/html\r\n\r\n<p>No</p>",
        ),
        warc_record(
            "response",
            http,
            "https://l.example/d.png",
            b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nxx",
        ),
        warc_record(
            "revisit",
            http,
            "https://l.example/b",
            b"HTTP/1.1 200 OK\r\n\r\n",
        ),
    ];
    let plain = parts.concat();
    let zipped: Vec<u8> = parts.iter().flat_map(|p| gzip(p)).collect();
    for (name, bytes) in [("c.warc", &plain), ("c.warc.gz", &zipped)] {
        let found = read(name, bytes);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(
            found[0].starts_with(&format!("{name}#l-example-boats-sink-")),
            "{found:?}"
        );
        assert!(
            found[0].ends_with(
                "| HTML | - | - | https://l.example/news/boats-sink.html | - | Two boats sank."
            ),
            "{found:?}"
        );
        assert!(found[1].ends_with("The mayor spoke."), "{found:?}");
        let cut = &bytes[..bytes.len() - 30];
        assert!(read(name, cut).last().is_some_and(|l| l.starts_with('!')));
    }
}

const MAIL: &str = "Received: x\r\nFrom: =?utf-8?q?Ida_M=C3=B6ss?= <ida@l.example>\r\nSubject: =?utf-8?b?Qm9hdHMgc2luaw==?=\r\nDate: Mon, 1 Mar 2021 23:30:00 -0500\r\nMessage-ID: <1@l.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nTwo boats sank in Malm=F6.\r\n--a\r\nContent-Type: text/html\r\n\r\n<p>Two boats sank in Malm&ouml;.</p>\r\n--a--\r\n--b\r\nContent-Type: text/plain; name=note.txt\r\nContent-Disposition: attachment; filename=\"../note.txt\"\r\nContent-Transfer-Encoding: base64\r\n\r\nVGhlIG1heW9yIHNwb2tlLg==\r\n--b\r\nContent-Type: image/png; name=x.png\r\nContent-Disposition: attachment; filename=x.png\r\n\r\nxx\r\n--b--\r\n";

#[test]
fn mail() {
    let found = read("m.eml", MAIL.as_bytes());
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].starts_with(
            "m.eml | HTML | Boats sink | - | - | 2021-03-01 (Date header) | Two boats sank in Malm"
        ),
        "{found:?}"
    );
    assert!(
        found[1].starts_with("m.eml/note.txt | plain text |"),
        "{found:?}"
    );
    let mbox = format!(
        "From ida Mon Mar  1 23:30:00 2021\r\n{MAIL}\r\nFrom ida Mon Mar  1 23:31:00 2021\nFrom: a@b.example\nSubject: Second\nMessage-ID: <2@l.example>\n\nThe mayor spoke.\n>From here on it rained.\n>>From far.\n"
    );
    let found = read("box", mbox.as_bytes());
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[0].starts_with("box#boats-sink-"), "{found:?}");
    assert!(found[1].contains("/note.txt |"), "{found:?}");
    assert!(
        found[2].contains("| Second |")
            && found[2].ends_with("The mayor spoke.⏎From here on it rained.⏎>From far."),
        "{found:?}"
    );
    let nested = format!(
        "From: a@b.example\nSubject: Outer\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n{MAIL}"
    );
    let found = read("n.eml", nested.as_bytes());
    assert!(found.iter().any(|f| f.contains("Boats sink")), "{found:?}");
}

#[test]
fn archives() {
    let entries: [(&str, &[u8]); 8] = [
        ("sub/b.html", b"<html><p>The mayor spoke.</p></html>"),
        ("a.txt", LEAD.as_bytes()),
        (
            "a.json",
            b"{\"title\": \"Side\", \"published\": \"2021-03-01\"}",
        ),
        (
            "sub/metadata.jsonl",
            b"{\"file\": \"b.html\", \"source\": \"Lund Post\"}",
        ),
        ("../evil.txt", b"evil"),
        (".hidden.txt", b"hidden"),
        ("x.png", b"\x89PNG"),
        ("sub/b_files/ad.html", b"<html>Buy!</html>"),
    ];
    let zip = zip_of(&entries);
    let expected = [
        "z.zip/sub/b.html | HTML | - | Lund Post | - | - | The mayor spoke.",
        "z.zip/a.txt | plain text | Side | - | - | 2021-03-01 (a.json) | Mayor Ida Moss met the fishermen of Lund on Monday.",
        "! z.zip an entry points out of the archive or is a link: \"../evil.txt\"",
    ];
    check("z.zip", &zip, &expected);
    let tar = tar_of(&[
        ("a.txt", b'0', LEAD.as_bytes()),
        ("l.txt", b'2', b""),
        (
            "in.zip",
            b'0',
            &zip_of(&[("deep/c.txt", b"The mayor spoke.")]),
        ),
    ]);
    let expected = |name: &str| {
        [
            format!("{name}/a.txt | plain text | - | - | - | - | {LEAD}"),
            format!("{name}/in.zip/deep/c.txt | plain text | - | - | - | - | The mayor spoke."),
            format!("! {name} an entry points out of the archive or is a link: \"l.txt\""),
        ]
    };
    assert_eq!(read("t.tar", &tar), expected("t.tar"));
    assert_eq!(read("t.tar.gz", &gzip(&tar)), expected("t.tar.gz"));
    assert_eq!(read("t.tgz", &gzip(&tar)), expected("t.tgz"));
    assert_eq!(
        read("a.txt.gz", &gzip(LEAD.as_bytes())),
        [format!("a.txt.gz | plain text | - | - | - | - | {LEAD}")]
    );
}

#[test]
fn bombs_and_damage() {
    let zeros = vec![b' '; 80 << 20];
    let one = gzip(&zeros);
    assert!(read("z.txt.gz", &one)[0].contains("more than 64 MB"));
    let bomb: Vec<u8> = one.iter().copied().cycle().take(one.len() * 5).collect();
    let lines = read("z.jsonl.gz", &bomb);
    assert!(lines.iter().all(|l| l.starts_with('!')), "{lines:?}");
    assert!(
        lines.iter().any(|l| l.contains("far more than its size")),
        "{lines:?}"
    );
    let mut nested = LEAD.as_bytes().to_vec();
    for _ in 0..8 {
        nested = gzip(&nested);
    }
    assert!(read("n.txt.gz", &nested)[0].contains("more than 4 deep"));
    let good = zip_of(&[("a.txt", LEAD.as_bytes())]);
    let mut wrong = good.clone();
    let at = wrong
        .windows(4)
        .position(|w| w == b"PK\x01\x02")
        .expect("a list");
    wrong[at + 24] = 3;
    assert!(
        read("w.zip", &wrong)[0].contains("sum or size"),
        "{:?}",
        read("w.zip", &wrong)
    );
    wrong[at + 8] = 1;
    assert!(read("w.zip", &wrong)[0].contains("encrypted"));
    for cut in 0..good.len() - 2 {
        assert!(
            read("c.zip", &good[..cut])
                .iter()
                .all(|l| l.starts_with('!') || cut == 0 || !l.contains("Mayor"))
        );
    }
}

#[test]
fn a_line_of_a_hundred_megabytes() {
    let mut bytes = b"{\"text\": \"One is here.\"}\n{\"text\": \"".to_vec();
    bytes.resize(bytes.len() + (100 << 20), b'x');
    bytes.extend_from_slice(b"\"}\n{\"text\": \"Two is here.\"}\n");
    let found = read("l.jsonl", &bytes);
    assert_eq!(found.len(), 3, "{}", found.len());
    assert!(
        found[1].contains("a line of more than 64 MB"),
        "{}",
        found[1]
    );
}

#[test]
fn office_documents() {
    let body = "<w:document><w:body><w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>Two boats</w:t></w:r><w:del><w:r><w:t>NO</w:t></w:r></w:del><w:r><w:t xml:space=\"preserve\"> sank &amp; burned.</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Lost</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>The mayor spoke.</w:t></w:r></w:p></w:body></w:document>";
    let expected =
        "DOCX | Boats sink | - | - | - | Two boats sank & burned.⏎⏎Lost \t2⏎⏎The mayor spoke.";
    check("d.docx", &docx(body), &[&format!("d.docx | {expected}")]);
    check("d", &docx(body), &[&format!("d | {expected}")]);
    assert!(read("d.docx", &docx("<w:document><w:p>"))[0].contains("no text"));
    assert!(read("d.docx", &zip_of(&[("x", b"y")]))[0].contains("no word/document.xml"));
    let odt = zip_of(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("meta.xml", b"<m><dc:title>Boats sink</dc:title></m>"),
        ("content.xml", b"<office:text><text:h>Head</text:h><text:p>Two<text:s text:c=\"2\"/>boats <text:span>sank</text:span>.<text:note>7</text:note></text:p></office:text>"),
    ]);
    check(
        "o.odt",
        &odt,
        &["o.odt | ODT | Boats sink | - | - | - | Head⏎⏎Two  boats sank."],
    );
}

#[test]
fn texts_stay_texts() {
    for text in [
        "From the harbour: two boats sank.\n\nDate: unknown\n",
        "{curly} words open this article.",
        "[Updated] Two boats sank in Lund.",
        "Title, text and date are words.\nTwo boats sank.",
        "Two boats <em>sank</em>.",
    ] {
        let found = read("a.txt", text.as_bytes());
        assert!(found[0].contains("| plain text |"), "{found:?}");
    }
    assert!(read("a.txt", b"<!DOCTYPE html><p>Two boats sank.</p>")[0].contains("| HTML |"));
    assert!(read("a.txt", &gzip(LEAD.as_bytes()))[0].contains("| plain text |"));
    assert!(read("t.md", "+++\ntitle = \"Boats\"\ndate = 2021-03-01T10:00:00Z\ntags = [\"a\"]\n+++\nTwo boats sank.".as_bytes())[0].contains("| Boats | - | - | 2021-03-01 (front matter) | Two boats sank."));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_bytes_are_taken(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        head in 0_usize..18,
        name in proptest::sample::select(vec!["a", "a.json", "a.jsonl", "a.csv", "a.xml", "a.eml", "a.pdf", "a.docx", "a.zip", "a.warc"]),
    ) {
        const HEADS: [&[u8]; 18] = [
            b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\x1f\x8b\x08\0\0\0\0\0\0\0", b"WARC/1.0\r\nContent-Length: 5\r\n",
            b"<rss><channel><item><title>", b"<feed><entry>", b"{\"articles\": [", b"[{", b"{\"text\": \"x\"}\n",
            b"title,text\n\"", b"From a Mon Mar  1 23:30:00 2021\nFrom: b\n", b"From: a\nSubject: b\nTo: c\nDate: x\n",
            b"<html><body>", b"\xff\xfe", b"---\ntitle: x\n", b"+++\n", b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x2e\0\0\0\0\0\0\0\0\0",
        ];
        let _ = read(name, &[HEADS[head], &bytes].concat());
    }

    /// Files of every kind with a few bytes changed, or cut.
    #[test]
    fn damaged_files_are_taken(
        kind in 0_usize..7,
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<proptest::sample::Index>(),
    ) {
        let (name, mut bytes) = match kind {
            0 => ("a.zip", zip_of(&[("a.txt", LEAD.as_bytes()), ("b.html", b"<p>x</p>")])),
            1 => ("a.docx", docx("<w:document><w:p><w:r><w:t>Two boats</w:t></w:r></w:p></w:document>")),
            2 => ("a.eml", MAIL.as_bytes().to_vec()),
            3 => ("a.tar", tar_of(&[("a.txt", b'0', LEAD.as_bytes())])),
            4 => ("a.warc", warc_record("response", "application/http", "u", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n")),
            5 => ("a.xml", b"<rss><channel><item><title>T</title><description>D &amp; &#x41;</description></item></channel></rss>".to_vec()),
            _ => ("a.pdf", pdf_file()),
        };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(name, &bytes);
        let _ = read(name, &bytes[..cut.index(bytes.len())]);
    }
}
