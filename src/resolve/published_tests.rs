//! Small collections of articles and the publication dates that they tell of
//! each other. The articles are read as any other.

use crate::extract::Report;
use crate::ingest::{GivenDate, Metadata, Source, parse};
use crate::resolve::{Story, story};

/// A collection: `(name, given date or "", text)`.
type Articles<'a> = [(&'a str, &'a str, &'a str)];

fn reports(articles: &Articles<'_>) -> Vec<Report> {
    articles
        .iter()
        .filter_map(|(name, date, text)| {
            let published = (!date.is_empty()).then(|| GivenDate {
                edtf: (*date).to_owned(),
                from: "the test".to_owned(),
            });
            let source = Source {
                file: name.into(),
                path: (*name).to_owned(),
                metadata: Metadata {
                    published,
                    ..Metadata::default()
                },
            };
            let (article, _) = parse(&source, text.as_bytes()).ok()?;
            Some(crate::pipeline::read(&article))
        })
        .collect()
}

/// Checks what the collection tells of the first article, and that the reason
/// names `why`.
#[track_caller]
fn check(articles: &Articles<'_>, date: &str, why: &str) -> Story {
    let mut reports = reports(articles);
    let found = story(&reports);
    let doc = found
        .documents
        .iter()
        .find(|d| d.path == articles[0].0)
        .map(|d| d.published.clone());
    let got = doc.as_ref().map_or("no article".to_owned(), |p| {
        p.edtf.as_ref().map_or("open".to_owned(), |e| e.to_string())
    });
    let told = doc.map(|p| p.why).unwrap_or_default();
    assert_eq!(got, date, "{told}");
    assert!(told.contains(why), "{told}");
    // The order of the articles does not matter.
    reports.reverse();
    assert_eq!(story(&reports), found);
    found
}

const BUYS: &str = "Nordwind, the shipyard of Anna Lindqvist, acquired the rival Helio Marine on Monday for two \
                    billion crowns. The deal gives Nordwind the docks of Malmo.";
const BOUGHT: &str = "Nordwind said on Tuesday that its lawyers were pleased. Nordwind acquired Helio Marine \
                      for two billion crowns on June 26, 2017. Anna Lindqvist leads it.";

#[test]
fn an_event_that_another_article_dates() {
    check(
        &[("a.txt", "", BUYS), ("b.txt", "", BOUGHT)],
        "2017-06-26",
        "b.txt tells of the same event",
    );
    check(
        &[("a.txt", "", BUYS), ("b.txt", "2017-06-26", BUYS)],
        "2017-06-26",
        "b.txt",
    );
    // Another buyer, another event.
    check(
        &[
            ("a.txt", "", BUYS),
            (
                "b.txt",
                "2017-06-26",
                "Karlsson Foods, the grocer of Per Karlsson, acquired the rival Tessin Mills on Monday for \
                 two billion crowns. The deal gives it the mills of Malmo.",
            ),
        ],
        "open",
        "",
    );
    // June 27 was no Monday.
    check(
        &[
            ("a.txt", "", BUYS),
            (
                "b.txt",
                "",
                "Nordwind acquired Helio Marine for two billion crowns on June 27, 2017. Anna Lindqvist \
                 leads Nordwind.",
            ),
        ],
        "open",
        "",
    );
}

#[test]
fn a_month_against_a_dated_visit() {
    let visit = "Prime Minister Nils Berg of Sweden met Anna Lindqvist of Nordwind last month to discuss the \
                 harbour fees. The orders have grown since.";
    let dated = "Prime Minister Nils Berg of Sweden met Anna Lindqvist of Nordwind on May 22, 2017 to discuss \
                 the harbour fees.";
    check(
        &[("a.txt", "", visit), ("b.txt", "", dated)],
        "2017-06",
        "“last month” is 2017-05-22",
    );
}

#[test]
fn what_seems_the_same_event() {
    let charged = "A baker from Malmo was charged with fraud on Thursday. Prosecutors in Lund accused Per \
                   Tessin of taking money from the harbour fund.";
    let other = "Prosecutors accused Per Tessin of taking money on Thursday. Nobody in the harbour fund knew.";
    let dated = "Prosecutors accused Per Tessin of taking money from the harbour fund, and the town spoke of it \
                 on June 22, 2017. It rained.";
    check(
        &[
            (
                "a.txt",
                "",
                "Prosecutors condemned Per Tessin on Thursday over money from the harbour fund. Anna \
                 Lindqvist spoke on Saturday.",
            ),
            (
                "b.txt",
                "",
                "Prosecutors condemned Per Tessin over money from the harbour fund on June 22, 2017. It \
                 rained.",
            ),
        ],
        "2017-06-22/2017-06-28",
        "“Thursday” is 2017-06-22: b.txt seems to tell of the same event",
    );
    // Nothing in common but a name.
    check(&[("a.txt", "", charged), ("b.txt", "", dated)], "open", "");
    // Another man.
    let man = dated.replace("Per Tessin", "Karl Moberg");
    check(&[("a.txt", "", other), ("b.txt", "", &man)], "open", "");
    // A Friday.
    let friday = dated.replace("22", "23");
    check(&[("a.txt", "", other), ("b.txt", "", &friday)], "open", "");
}

#[test]
fn the_same_sentence() {
    let sentence =
        "Prime Minister Nils Berg met Anna Lindqvist of Nordwind in Lund on Wednesday evening.";
    let (early, late) = (
        format!("{sentence} No vote was taken."),
        format!("Crowds gathered at the town hall. {sentence} The mayor left early."),
    );
    check(
        &[("a.txt", "", &early), ("b.txt", "2017-06-22", &late)],
        "2017-06-22",
        "“Wednesday evening” is 2017-06-21: b.txt has the same sentence",
    );
    // A house phrase without a time tells nothing.
    let phrase = "Prime Minister Nils Berg met Anna Lindqvist of Nordwind in Lund for many hours.";
    check(
        &[("a.txt", "", phrase), ("b.txt", "2017-06-22", phrase)],
        "open",
        "",
    );
}

const FIFTH: &str = "The towns share what they know of ships, Anna Lindqvist said at the 5th annual Harbour \
                     Conference in Lund on June 23. Many came.";

#[test]
fn numbered_series() {
    check(
        &[
            ("a.txt", "", FIFTH),
            (
                "b.txt",
                "",
                "Nils Berg opened the 7th Harbour Conference of 2017 in Lund. It was full.",
            ),
        ],
        "2015-04-19/2015-12-23",
        "“5th annual Harbour Conference” was in 2015",
    );
    // Nobody says that there is one a year.
    let fifth = FIFTH.replace(" annual", "");
    let seventh = (
        "b.txt",
        "",
        "Nils Berg opened the 7th Harbour Conference of 2017 in Lund. It was full.",
    );
    check(&[("a.txt", "", &fifth), seventh], "open", "");
    // Two with their years show it.
    let sixth = (
        "c.txt",
        "",
        "The 6th Harbour Conference of 2016 in Lund had few guests. It rained.",
    );
    check(
        &[("a.txt", "", &fifth), seventh, sixth],
        "2015-04-19/2015-12-23",
        "was in 2015",
    );
    // Two years apart: no yearly series, though it is called one.
    let skipped = (
        "c.txt",
        "",
        "The 6th Harbour Conference of 2015 in Lund had few guests. It rained.",
    );
    check(&[("a.txt", "", FIFTH), seventh, skipped], "open", "");
    // Another conference.
    let other = (
        "b.txt",
        "",
        "Nils Berg opened the 7th Northern Energy Conference of 2017 in Lund. It was full.",
    );
    check(&[("a.txt", "", FIFTH), other], "open", "");
}

#[test]
fn an_article_dated_late_dates_others() {
    let second = "Nordwind, the shipyard of Anna Lindqvist, acquired the rival Helio Marine on Monday. Karin \
                  Holm, the mayor of Malmo, met Per Tessin of Tessin Mills on Monday to talk about mills.";
    let first = "Karin Holm, the mayor of Malmo, met Per Tessin of Tessin Mills on Monday to talk about mills.";
    let story = check(
        &[
            ("a.txt", "", first),
            ("b.txt", "", second),
            ("c.txt", "", BOUGHT),
        ],
        "2017-06-26",
        "b.txt",
    );
    // Its relative dates are resolved.
    let met = story.events.iter().find(|e| e.kind == "meet");
    let date = met
        .and_then(|e| e.date.as_ref())
        .map(|d| d.edtf.to_string());
    assert_eq!(date.as_deref(), Some("2017-06-26"));
}

#[test]
fn evidence_that_contradicts_is_none() {
    check(
        &[
            ("a.txt", "", BUYS),
            ("b.txt", "", BOUGHT),
            (
                "c.txt",
                "2011-03-15",
                "Nordwind acquired Helio Marine for two billion crowns on Monday. Anna Lindqvist, who leads \
                 Nordwind, was pleased.",
            ),
        ],
        "open",
        "",
    );
    // What the article itself tells as past rules the date out.
    let later = format!("{BUYS} The harbour of Malmo closed on March 4, 2019.");
    check(&[("a.txt", "", &later), ("b.txt", "", BOUGHT)], "open", "");
}

#[test]
fn what_is_given_or_printed_stays() {
    check(
        &[("a.txt", "2017-07-03", BUYS), ("b.txt", "", BOUGHT)],
        "2017-07-03",
        "given by the test",
    );
    let printed = format!("July 3, 2017\n\n{BUYS}");
    check(
        &[("a.txt", "", &printed), ("b.txt", "", BOUGHT)],
        "2017-07-03",
        "the date line says",
    );
}
