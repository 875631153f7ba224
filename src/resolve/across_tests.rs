//! Small collections of articles that tell of the same events or of others
//! that look like them. The articles are read as any other.

use super::notation::World;
use crate::ingest::{GivenDate, Metadata, Source, parse};
use crate::resolve::{Story, story};
use std::collections::BTreeSet;
use std::fmt::Write;

/// A collection: `(name, outlet or "", date, text)`.
type Articles<'a> = [(&'a str, &'a str, &'a str, &'a str)];

fn read(articles: &Articles<'_>) -> Story {
    let mut reports = Vec::new();
    for (name, outlet, date, text) in articles {
        let source = Source {
            file: name.into(),
            path: (*name).to_owned(),
            metadata: Metadata {
                source: (!outlet.is_empty()).then(|| (*outlet).to_owned()),
                published: Some(GivenDate {
                    edtf: (*date).to_owned(),
                    from: "the test".to_owned(),
                }),
                ..Metadata::default()
            },
        };
        let (article, _) = parse(&source, text.as_bytes()).expect("an article");
        reports.push(crate::pipeline::read(&article));
    }
    let found = story(&reports);
    // The order of the articles does not matter.
    reports.reverse();
    assert_eq!(story(&reports), found);
    found
}

/// The events of these types, a line each: type, status, date, the articles
/// that tell of it, the number of independent sources; then what they differ
/// on.
fn summary(found: &Story, kinds: &str) -> String {
    let kinds: Vec<&str> = kinds.split(' ').collect();
    let mut out = String::new();
    for event in found
        .events
        .iter()
        .filter(|e| kinds.contains(&e.kind.as_str()))
    {
        let date = event.date.as_ref().map_or("-", |d| d.edtf.as_str());
        let docs: BTreeSet<usize> = event.evidence.iter().map(|e| e.document).collect();
        let names = |docs: &[usize]| -> String {
            let names: Vec<&str> = docs
                .iter()
                .map(|d| found.documents[*d].path.as_str())
                .collect();
            names.join(" ")
        };
        let docs: Vec<usize> = docs.into_iter().collect();
        let _ = writeln!(
            out,
            "{} {} {date} [{}] {}",
            event.kind,
            event.status,
            names(&docs),
            event.sources
        );
        for disagreement in &event.disagreements {
            let sides: Vec<String> = disagreement
                .sides
                .iter()
                .map(|(says, docs)| format!("{says} [{}]", names(docs)))
                .collect();
            let _ = writeln!(out, "{}: {}", disagreement.about, sides.join(" / "));
        }
    }
    out
}

#[track_caller]
fn check(kinds: &str, articles: &Articles<'_>, expected: &str) {
    let found = read(articles);
    let expected: Vec<&str> = expected
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    let got = summary(&found, kinds);
    let told: Vec<String> = found
        .events
        .iter()
        .map(|e| format!("{} {}: {}", e.kind, e.status, e.evidence[0].quote.text))
        .collect();
    assert_eq!(got.trim(), expected.join("\n"), "\nread: {told:#?}");
}

/// As [`check`], for what the reading does not find in plain sentences; see
/// [`notation`](super::notation).
#[track_caller]
fn check_world(kinds: &str, world: &str, expected: &str) {
    let got = summary(&story(&World::read(world)), kinds);
    let expected: Vec<&str> = expected.lines().map(str::trim).collect();
    assert_eq!(got.trim(), expected.join("\n"));
}

#[test]
fn one_meeting_in_two_articles() {
    check(
        "meet",
        &[
            (
                "a",
                "",
                "2021-03-04",
                "Foreign Minister Anna Lindqvist met President Pedro Alvarez in Oslo on Wednesday to discuss fishing rights.",
            ),
            (
                "b",
                "",
                "2021-03-05",
                "Pedro Alvarez held talks with Anna Lindqvist in Oslo on March 3, 2021. They spoke of fishing.",
            ),
        ],
        "meet occurred 2021-03-03 [a b] 2",
    );
}

#[test]
fn a_meeting_told_with_some_of_those_at_the_table() {
    check(
        "meet",
        &[
            (
                "a",
                "",
                "2021-03-04",
                "Anna Lindqvist met Pedro Alvarez and Maria Kovacs in Oslo on Wednesday to discuss fishing rights.",
            ),
            (
                "b",
                "",
                "2021-03-04",
                "On Wednesday Pedro Alvarez held talks with Anna Lindqvist in Oslo.",
            ),
        ],
        "meet occurred 2021-03-03 [a b] 2",
    );
}

#[test]
fn the_same_people_a_week_later() {
    check(
        "meet",
        &[
            (
                "a",
                "",
                "2021-03-04",
                "Anna Lindqvist met Pedro Alvarez in Oslo on Wednesday to discuss fishing rights.",
            ),
            (
                "b",
                "",
                "2021-03-11",
                "Anna Lindqvist met Pedro Alvarez in Oslo on Wednesday to discuss fishing rights.",
            ),
        ],
        "meet occurred 2021-03-03 [a] 1
         meet occurred 2021-03-10 [b] 1",
    );
}

#[test]
fn the_same_day_in_another_city() {
    check(
        "attack",
        &[
            (
                "a",
                "",
                "2021-03-04",
                "The Red Dawn bombed the Norwegian embassy in Madrid on Wednesday.",
            ),
            (
                "b",
                "",
                "2021-03-04",
                "The Red Dawn bombed the Norwegian embassy in Lisbon on Wednesday.",
            ),
        ],
        "attack occurred 2021-03-03 [a] 1
         attack occurred 2021-03-03 [b] 1",
    );
    check(
        "meet",
        &[
            (
                "a",
                "",
                "2021-03-04",
                "Anna Lindqvist met Pedro Alvarez in Lisbon on Wednesday.",
            ),
            (
                "b",
                "",
                "2021-03-04",
                "Anna Lindqvist met Maria Kovacs in Oslo on Wednesday.",
            ),
        ],
        "meet occurred 2021-03-03 [a] 1
         meet occurred 2021-03-03 [b] 1",
    );
}

#[test]
fn two_attacks_in_one_city_on_one_day() {
    check(
        "attack",
        &[
            (
                "a",
                "",
                "2021-03-04",
                "The Red Dawn bombed the Norwegian embassy in Lisbon on Wednesday.",
            ),
            (
                "b",
                "",
                "2021-03-04",
                "The Red Dawn attacked the Portuguese parliament in Lisbon on Wednesday.",
            ),
        ],
        "attack occurred 2021-03-03 [a] 1
         attack occurred 2021-03-03 [b] 1",
    );
}

#[test]
fn a_plan_and_its_fulfilment_are_one() {
    check(
        "meet",
        &[
            (
                "a",
                "",
                "2021-03-01",
                "Anna Lindqvist will meet Pedro Alvarez in Oslo on Wednesday to discuss fishing rights.",
            ),
            (
                "b",
                "",
                "2021-03-04",
                "In Oslo on Wednesday, Pedro Alvarez held talks with Anna Lindqvist.",
            ),
        ],
        "meet occurred 2021-03-03 [a b] 2",
    );
}

#[test]
fn a_plan_that_is_cancelled() {
    check(
        "meet",
        &[
            (
                "a",
                "",
                "2021-03-01",
                "Anna Lindqvist will meet Pedro Alvarez in Oslo on March 3, 2021.",
            ),
            (
                "b",
                "",
                "2021-03-02",
                "Anna Lindqvist cancelled a meeting with Pedro Alvarez in Oslo on March 3, 2021.",
            ),
        ],
        "meet denied 2021-03-03 [a b] 2
         status: denied [b] / planned [a]",
    );
}

#[test]
fn what_was_done_when_an_article_came_out_did_not_happen_later() {
    check(
        "agree",
        &[
            (
                "a",
                "",
                "2020-03-02",
                "Nordwind reached an agreement with Helio Marine over the docks of Bergen.",
            ),
            (
                "b",
                "",
                "2021-05-04",
                "Nordwind reached an agreement with Helio Marine over the docks of Bergen on Monday.",
            ),
        ],
        "agree occurred 2021-05-03 [b] 1
         agree occurred - [a] 1",
    );
}

#[test]
fn two_purchases_of_one_buyer() {
    check(
        "acquire",
        &[
            (
                "a",
                "",
                "2021-03-04",
                "Nordwind Corp. acquired Helio Marine Ltd. on Wednesday for two billion crowns.",
            ),
            (
                "b",
                "",
                "2021-03-04",
                "Nordwind Corp. acquired Baltic Cables Ltd. on Wednesday for two billion crowns.",
            ),
        ],
        "acquire occurred 2021-03-03 [a] 1
         acquire occurred 2021-03-03 [b] 1",
    );
}

#[test]
fn dates_and_numbers_that_differ_are_kept() {
    check(
        "acquire",
        &[
            (
                "a",
                "",
                "2021-03-06",
                "Nordwind Corp. acquired its rival Helio Marine Ltd. on March 3, 2021.",
            ),
            (
                "b",
                "",
                "2021-03-06",
                "On March 4, 2021, Nordwind Corp. bought the company Helio Marine Ltd.",
            ),
        ],
        "acquire occurred 2021-03-03 [a b] 2
         date: 2021-03-03 [a] / 2021-03-04 [b]",
    );
    check_world(
        "attack",
        "doc a 2021-03-04
         r = person Omar Haddad
         n = person Jonas Berg
         attack attacked: attacker r, victim n; when 2021-03-03; about embassy 12 people
         doc b 2021-03-04
         r = person Omar Haddad
         n = person Jonas Berg
         attack attacked: attacker r, victim n; when 2021-03-03; about embassy 14 people",
        "attack occurred 2021-03-03 [a b] 1
         number: 12 people [a] / 14 people [b]",
    );
}

#[test]
fn places_that_differ_are_kept() {
    check_world(
        "form",
        "doc a 2021-03-04
         s = organization Helio Systems Inc.
         b = person Jonas Berg
         l = place Lisbon
         form formed: founder b, founded s; when 1976; at l
         doc b 2021-03-04
         s = organization Helio Systems Inc.
         b = person Jonas Berg
         l = place Oslo
         form formed: founder b, founded s; when 1976; at l",
        "form occurred 1976 [a b] 1
         place: Lisbon [a] / Oslo [b]",
    );
}

#[test]
fn an_agency_copy_counts_once() {
    let text = "LISBON (Reuters) - Foreign Minister Anna Lindqvist met President Pedro Alvarez in Lisbon on Wednesday to discuss fishing rights in the North Sea.";
    check(
        "meet",
        &[
            ("a", "Harbour Post", "2021-03-04", text),
            ("b", "Fjord Times", "2021-03-04", text),
            (
                "c",
                "Coast Daily",
                "2021-03-04",
                &text.replace("LISBON (Reuters) - ", ""),
            ),
        ],
        "meet occurred 2021-03-03 [a b c] 1",
    );
}

#[test]
fn two_articles_of_one_outlet_are_one_source() {
    check(
        "meet",
        &[
            (
                "a",
                "Harbour Post",
                "2021-03-04",
                "Anna Lindqvist met Pedro Alvarez in Lisbon on Wednesday to discuss fishing rights.",
            ),
            (
                "b",
                "Harbour Post",
                "2021-03-05",
                "Pedro Alvarez held talks with Anna Lindqvist in Lisbon on Wednesday.",
            ),
            (
                "c",
                "Fjord Times",
                "2021-03-05",
                "Pedro Alvarez met Anna Lindqvist in Lisbon on March 3, 2021.",
            ),
        ],
        "meet occurred 2021-03-03 [a b c] 2",
    );
}

#[test]
fn a_group_that_is_agreed_on_and_announced() {
    check(
        "agree announce form",
        &[
            (
                "a",
                "",
                "2021-03-04",
                "Norwegian Foreign Minister Anna Lindqvist met Portuguese President Pedro Alvarez in Lisbon on Wednesday. They agreed to establish joint bilateral working groups on fishing and harbours.",
            ),
            (
                "b",
                "",
                "2021-03-04",
                "Norwegian Foreign Minister Anna Lindqvist announced on Wednesday the start of a joint Norwegian-Portuguese working group on fishing.",
            ),
        ],
        "agree occurred 2021-03-03 [a b] 2",
    );
}

#[test]
fn someone_steps_down_only_once() {
    check(
        "resign",
        &[
            (
                "a",
                "",
                "2021-03-04",
                "Olav Berg steps down at Nordwind\n\nOlav Berg, the chief executive of Nordwind, is stepping down from his post. Nordwind confirmed that Berg had left the company. Analysts were surprised by Berg's departure.",
            ),
            (
                "b",
                "",
                "2021-03-05",
                "Olav Berg resigned as chief executive of Nordwind on Wednesday.",
            ),
        ],
        "resign occurred 2021-03-03 [a b] 2",
    );
    check(
        "resign",
        &[
            (
                "a",
                "",
                "2021-03-04",
                "Olav Berg resigned from Nordwind on Wednesday.",
            ),
            (
                "b",
                "",
                "2021-03-04",
                "Olav Berg resigned from Helio Marine in 2015.",
            ),
        ],
        "resign occurred 2015 [b] 1
         resign occurred 2021-03-03 [a] 1",
    );
}

#[test]
fn a_company_by_its_short_name_was_founded_once() {
    check(
        "form",
        &[
            (
                "a",
                "",
                "2021-03-04",
                "Helio Systems Inc. was founded by Jonas Berg and Ida Holt in 1976.",
            ),
            (
                "b",
                "",
                "2021-03-05",
                "Jonas Berg founded the company Helio in 1976.",
            ),
        ],
        "form occurred 1976 [a b] 2",
    );
    check(
        "form",
        &[
            (
                "a",
                "",
                "2021-03-04",
                "Helio Systems Inc. was founded by Jonas Berg in 1976.",
            ),
            (
                "b",
                "",
                "2021-03-05",
                "Jonas Berg founded the company Nordwind in 1976.",
            ),
        ],
        "form occurred 1976 [a] 1
         form occurred 1976 [b] 1",
    );
}

#[test]
fn headline_lead_and_body_tell_one_event() {
    check(
        "meet acquire announce",
        &[(
            "a",
            "",
            "2021-03-04",
            "Nordwind Corp. will buy Helio Marine Ltd.\n\nBERGEN - Nordwind Corp. will acquire Helio Marine Ltd. for two billion crowns, the company said on Wednesday.\n\nThe acquisition of Helio Marine Ltd. by Nordwind Corp. is expected in May 2021.",
        )],
        "acquire planned 2021-05 [a] 1",
    );
    check(
        "meet",
        &[(
            "a",
            "",
            "2021-03-04",
            "Lindqvist meets Alvarez in Lisbon\n\nLISBON - Norwegian Foreign Minister Anna Lindqvist met President Pedro Alvarez in Lisbon on Wednesday.\n\nThe meeting between Lindqvist and Alvarez lasted two hours.",
        )],
        "meet occurred 2021-03-03 [a] 1",
    );
}

#[test]
fn a_country_stands_for_its_minister() {
    check(
        "announce",
        &[(
            "a",
            "",
            "2021-03-04",
            "Norway announced a programme with Portugal on Wednesday.\n\nThe programme with Portugal was announced on Wednesday by Norwegian Foreign Minister Anna Lindqvist.",
        )],
        "announce occurred 2021-03-03 [a] 1",
    );
}

#[test]
fn who_did_it_may_differ() {
    check(
        "attack",
        &[
            (
                "a",
                "",
                "2021-03-04",
                "Omar Haddad shot banker Jonas Berg in Lisbon on Wednesday.",
            ),
            (
                "b",
                "",
                "2021-03-04",
                "Jonas Berg was shot by Pedro Silva in Lisbon on Wednesday.",
            ),
        ],
        "attack occurred 2021-03-03 [a b] 2
         who: Omar Haddad [a] / Pedro Silva [b]",
    );
}

#[test]
fn two_demands_of_one_person_are_two() {
    check(
        "demand",
        &[
            (
                "a",
                "",
                "2021-03-04",
                "Anna Lindqvist urged Portugal on Wednesday to open its harbours.",
            ),
            (
                "b",
                "",
                "2021-03-04",
                "Anna Lindqvist urged Chile on Wednesday to free the sailors.",
            ),
        ],
        "demand occurred 2021-03-03 [a] 1
         demand occurred 2021-03-03 [b] 1",
    );
}
