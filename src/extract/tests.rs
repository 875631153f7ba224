//! The sentences beside the event types in `ontology/types/*.toml`: each is
//! read by all phases up to extraction, as an article of one paragraph.

use super::Report;
use crate::ingest::{Article, BlockKind};
use crate::ontology::types::EventTypes;
use crate::{language, time};

pub(super) fn read(sentence: &str) -> Report {
    read_as(sentence, BlockKind::Body)
}

/// Reads a text as an article of one block.
pub(super) fn read_as(sentence: &str, kind: BlockKind) -> Report {
    let article = Article::of_block(sentence, kind);
    let analysis = language::analyze(&article);
    let times = time::find(&article, &analysis);
    super::report(&article, &analysis, &times, Vec::new())
}

/// The types of the events in a sentence, with the words that tell them.
fn found(sentence: &str) -> Vec<(String, String)> {
    let events = read(sentence).events;
    let pair = |e: super::EventMention| (e.kind, e.trigger.text);
    events.into_iter().map(pair).collect()
}

/// Sentences of the ontology for which `fails` holds, one a line.
fn failures(
    sentences: impl Fn(&crate::ontology::types::EventType) -> &[String],
    wanted: bool,
) -> String {
    let mut out = String::new();
    for event_type in &EventTypes::builtin().types {
        for sentence in sentences(event_type) {
            let events = found(sentence);
            if events.iter().any(|(kind, _)| *kind == event_type.key) != wanted {
                out += &format!("{}: {sentence}\n    found {events:?}\n", event_type.key);
            }
        }
    }
    out
}

#[test]
fn sentences_that_tell_an_event() {
    let failures = failures(|t| &t.yes, true);
    assert!(failures.is_empty(), "not found:\n{failures}");
}

#[test]
fn sentences_that_only_look_like_an_event() {
    let failures = failures(|t| &t.no, false);
    assert!(failures.is_empty(), "found:\n{failures}");
}

#[test]
fn every_type_has_examples() {
    for event_type in &EventTypes::builtin().types {
        assert!(event_type.yes.len() >= 4, "{}", event_type.key);
        assert!(event_type.no.len() >= 2, "{}", event_type.key);
    }
}

/// The typed events of a text, a line each: type, status, who in which role,
/// place, time words.
fn summary(text: &str) -> String {
    let report = read(text);
    let name = |i: u32| report.actors[i as usize].name.as_str();
    let mut out = String::new();
    for event in report.events.iter().filter(|e| e.kind != "other") {
        let who: Vec<String> = event
            .participants
            .iter()
            .map(|p| format!("{} ({})", name(p.actor), p.role))
            .collect();
        out += &format!("{} {}: {}", event.kind, event.status, who.join(", "));
        if let Some(place) = event.place {
            out += &format!(" in {}", name(place));
        }
        if let Some(time) = &event.time {
            out += &format!(" | {}", time.words);
        }
        out.push('\n');
    }
    out
}

fn check(text: &str, expected: &str) {
    assert_eq!(summary(text).trim(), expected.trim(), "{text}");
}

#[test]
fn who_met_whom() {
    check(
        "President Pedro Alvarez and Chancellor Anna Lindqvist met in Lisbon on Tuesday.",
        "meet occurred: Pedro Alvarez (participant), Anna Lindqvist (participant) in Lisbon | Tuesday",
    );
    check(
        "Talks between Anna Lindqvist and Omar Haddad ended without an agreement.",
        "meet occurred: Anna Lindqvist (participant), Omar Haddad (participant)",
    );
    check(
        "Prime Minister Anna Lindqvist will meet President Pedro Alvarez on Friday.",
        "meet planned: Anna Lindqvist (participant), Pedro Alvarez (participant) | Friday",
    );
    check(
        "Omar Haddad cancelled a meeting with Anna Lindqvist.",
        "meet denied: Omar Haddad (participant), Anna Lindqvist (participant)",
    );
    check("The ministry failed to meet its obligations.", "");
}

#[test]
fn the_bearer_of_a_title_is_meant() {
    // Neither the office nor its owner takes part.
    check(
        "Anna Lindqvist met Kenyan President Omar Haddad on Monday.",
        "meet occurred: Anna Lindqvist (participant), Omar Haddad (participant) | Monday",
    );
    check(
        "Anna Lindqvist met the Saudi foreign minister, Prince Omar bin Haddad, on Monday.",
        "meet occurred: Anna Lindqvist (participant), Omar bin Haddad (participant) | Monday",
    );
}

#[test]
fn two_leaders_are_two_or_nobody() {
    check(
        "Anna Lindqvist met Omar Haddad in May. The two leaders met again on Thursday.",
        "meet occurred: Anna Lindqvist (participant), Omar Haddad (participant) | May\n\
         meet occurred: Anna Lindqvist (participant), Omar Haddad (participant) | Thursday",
    );
    // Three were named: nobody can tell which two.
    let three = "Anna Lindqvist, Omar Haddad and Pedro Alvarez spoke in Lisbon. \
                 The two leaders met again on Thursday.";
    assert!(!summary(three).contains("meet"), "{}", summary(three));
}

#[test]
fn the_time_of_saying_is_not_the_time_of_the_visit() {
    check(
        "Anna Lindqvist said on Monday that Omar Haddad will visit Norway next week.",
        "visit planned: Omar Haddad (visitor), Norway (host) | next week",
    );
}

#[test]
fn a_list_with_times_tells_several_events() {
    check(
        "Anna Lindqvist will visit Kenya in May, Peru in June and Norway in July.",
        "visit planned: Anna Lindqvist (visitor), Kenya (host) | May\n\
         visit planned: Anna Lindqvist (visitor), Peru (host) | June\n\
         visit planned: Anna Lindqvist (visitor), Norway (host) | July",
    );
    // Two objects before one time are one event.
    check(
        "Anna Lindqvist met Omar Haddad and Pedro Alvarez on Monday.",
        "meet occurred: Anna Lindqvist (participant), Omar Haddad (participant), \
         Pedro Alvarez (participant) | Monday",
    );
}

#[test]
fn what_is_to_happen_is_planned() {
    check(
        "President Pedro Alvarez is to meet Anna Lindqvist on Thursday.",
        "meet planned: Pedro Alvarez (participant), Anna Lindqvist (participant) | Thursday",
    );
    check(
        "Norway waited before Omar Haddad met Pedro Alvarez in 1994.",
        "meet occurred: Omar Haddad (participant), Pedro Alvarez (participant) | 1994",
    );
}

#[test]
fn nobody_visits_his_own_country() {
    let report = read(
        "Norwegian Prime Minister Per Dahl said that trade will be discussed with Kenya's \
         President Omar Haddad during his visit to Norway next week.",
    );
    let visit = report
        .events
        .iter()
        .find(|e| e.kind == "visit")
        .expect("a visit");
    let visitors: Vec<&str> = visit
        .participants
        .iter()
        .filter(|p| p.role == "visitor")
        .map(|p| report.actors[p.actor as usize].name.as_str())
        .collect();
    assert_eq!(visitors, ["Omar Haddad"]);
}

mod hostile {
    use super::*;
    use proptest::prelude::*;

    /// Pieces of news and of rubbish, in any order.
    fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("Anna Lindqvist met Omar Haddad on Monday. "),
            Just("They agreed to establish a working group with Peru, "),
            Just("“the minister’s"),
            Just(" U.S.-"),
            Just("(NATO) "),
            Just("\u{202e}\u{0}\u{ad}"),
            Just("said said said "),
            Just("who, which, that "),
            Just("… 5th Annual "),
            Just("\n\n"),
        ];
        prop_oneof![
            prop::collection::vec(piece, 0..20).prop_map(|p| p.concat()),
            ".{0,200}",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn every_word_that_is_reported_stands_in_the_text(text in text()) {
            let report = read(&text);
            let chars: Vec<char> = text.chars().collect();
            let cut = |start: u32, end: u32| -> String {
                chars[start as usize..end as usize].iter().collect()
            };
            for event in &report.events {
                prop_assert!(!event.participants.is_empty() || event.place.is_some());
                prop_assert_eq!(&cut(event.quote.start, event.quote.end), &event.quote.text);
                prop_assert_eq!(&cut(event.trigger.start, event.trigger.end), &event.trigger.text);
                for part in &event.participants {
                    prop_assert!((part.actor as usize) < report.actors.len());
                }
            }
            for actor in &report.actors {
                prop_assert!(!actor.mentions.is_empty());
                for mention in &actor.mentions {
                    prop_assert_eq!(&cut(mention.start, mention.end), &mention.text);
                }
            }
        }
    }
}
