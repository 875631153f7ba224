//! Pages that are hostile, large or broken, and small cases of the text.

use super::*;
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn text(html: &str) -> String {
    read(html).text
}

/// Reads a page of a quarter of a megabyte. What is quadratic would take minutes.
#[track_caller]
fn check_time(name: &str, page: &str) {
    let start = Instant::now();
    read(page);
    let took = start.elapsed();
    assert!(took < Duration::from_secs(10), "{name}: {took:?}");
}

#[test]
fn hostile_pages_take_linear_time() {
    const LENGTH: usize = 1 << 18;
    for piece in [
        "<div>",
        "<p>",
        "<b>",
        "<a href=x>",
        "<a><div>",
        "<b><div>",
        "<table><tr><td>",
        "<table>",
        "<li>",
        "<ul><li>",
        "<dd>",
        "</div>",
        "</x>",
        "<x>",
        "<!--",
        "<!-- x -",
        "<![CDATA[",
        "<script>",
        "<title>",
        "<",
        "</",
        "<a ",
        "<a b=\"",
        "<a class='x y z w'>",
        "<br>",
        "a<br>B",
        "A b\n",
        "&",
        "&amp",
        "&#x",
        "<h1>a</h1>",
        "<article><p>One man came to the town of Lund on Monday.</p>",
        "<time datetime=2017-06-26>",
        "<span itemprop=datePublished>",
        "<meta name=date content=x>",
        "<script type=application/ld+json>{</script>",
        "<script type=application/ld+json>[[</script>",
        "<pre>\n",
        "<button><p>",
        "<svg><title>",
        "<form><p>a",
        "<nav><h1>",
        "aaaa<b>Aaaa</b>",
        "aaa<time>a</time>",
        "<div class='gallery modal author' aria-hidden=true>",
        "<li><a href=x>One two three</a><p>One man came to the town of Lund on Monday.</p>",
        "<span class=caption>A b<i class=credit>c</i></span>",
        "<p>12</p>",
        "<p rel=author>",
        "\0",
        "\u{feff}",
    ] {
        let page = format!("<html>{}", piece.repeat(LENGTH / piece.len()));
        check_time(piece, &page);
    }
    let attributes = format!("<p {}>a", "a=b class=c ".repeat(LENGTH / 12));
    check_time("attributes", &attributes);
    for piece in ["<span>aaa</span>", "A <span>May 5</span> B "] {
        let line = format!("<p class=byline>{}", piece.repeat(LENGTH / piece.len()));
        check_time(piece, &line);
    }
    let open = format!("{}{}", "<x>".repeat(600), "</y>".repeat(LENGTH / 4));
    check_time("end tags that end nothing", &open);
    let json = format!(
        "<script type=application/ld+json>{}</script>",
        "[".repeat(LENGTH)
    );
    check_time("deep JSON", &json);
}

#[test]
fn deep_nesting_keeps_the_text() {
    let lead = "The harbour of Lund was closed on Monday after a storm sank two boats.";
    let page = format!(
        "<html>{}<p>{lead}</p><p>{lead} It was bad.</p>",
        "<div>".repeat(100_000)
    );
    assert_eq!(text(&page), format!("{lead}\n\n{lead} It was bad.\n"));
}

#[test]
fn a_page_cut_off_in_the_middle() {
    let lead = "The harbour of Lund was closed on Monday after a storm sank two boats.";
    assert_eq!(
        text(&format!(
            "<html><body><article><p>{lead}</p><p>{lead} It was ba"
        )),
        format!("{lead}\n\n{lead} It was ba\n")
    );
    assert_eq!(
        text(&format!("<html><body><p>{lead}</p><p class=\"a")),
        format!("{lead}\n")
    );
}

#[test]
fn signs_that_nobody_sees() {
    assert_eq!(
        text(
            "<p>The har&shy;bour\u{200b} of\u{a0}Lund was\u{202e} closed on Mon\u{ad}day after a&nbsp;storm.\0\u{1b}[31m</p>"
        ),
        "The harbour of Lund was closed on Monday after a storm.[31m\n"
    );
}

fn pieces() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(
        prop::sample::select(vec![
            "<html>",
            "<body>",
            "<div class=\"entry-content\">",
            "</div>",
            "<p>",
            "</p>",
            "<article>",
            "</article>",
            "<table>",
            "<tr>",
            "<td>",
            "</td>",
            "</table>",
            "<h1>",
            "</h1>",
            "<a href=b>",
            "</a>",
            "<b>",
            "</b>",
            "<br>",
            "<ul>",
            "<li>",
            "</ul>",
            "<time datetime=2017-06-26>",
            "<span itemprop=datePublished content=2017-06-26>",
            "<title>",
            "</title>",
            "<meta name=date content='2017-06-26'>",
            "<script type=\"application/ld+json\">",
            "{\"@type\":\"NewsArticle\",\"datePublished\":\"2017\",\"articleBody\":\"É a b\"}",
            "</script>",
            "<!--",
            "-->",
            "The harbour of Lund was closed on Monday after a storm. ",
            "Storm closes harbour",
            "É",
            "&eacute;",
            "&",
            "<",
            ">",
            "\"",
            "\u{a0}",
            "\n",
            "ẞ İ",
            "\u{ad}",
            "<link rel=canonical href=https://example.org/2017/06/26/é>",
            "<svg>",
            "<form>",
            "<pre>",
            "<figcaption>",
            "<th>",
            "<nav>",
            "<aside>",
        ]),
        0..40,
    )
}

proptest! {
    #[test]
    fn any_text(page in "\\PC{0,200}") {
        read(&page);
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        read(&String::from_utf8_lossy(&bytes));
        declared_encoding(&bytes);
        looks_like_html(&String::from_utf8_lossy(&bytes));
    }

    /// The text is sound, and reading what was read changes nothing.
    #[test]
    fn any_page(pieces in pieces()) {
        let page = pieces.concat();
        looks_like_html(&page);
        let first = read(&page);
        prop_assert!(!first.text.contains("\n\n\n") && !first.text.starts_with(char::is_whitespace));
        for line in first.text.lines() {
            prop_assert_eq!(line, line.trim_end());
        }
        prop_assert_eq!(read(&page).text, first.text);
    }
}
