//! Who met whom in the sentences of `meetings.toml`, each read by all phases up to
//! extraction as an article of its own.

use super::tests::read;
use crate::model::{ActorKind, Status};
use serde::Deserialize;
use std::collections::BTreeSet;

type Pairs = BTreeSet<(String, String)>;

/// A text and its pairs: "A | B; A | C", or nothing.
type Case = (String, String);

#[derive(Deserialize)]
struct Cases {
    /// Precision and recall that the cases set aside reach, in hundredths.
    aside_figures: (usize, usize),
    open: Vec<Case>,
    missed: Vec<Case>,
    aside: Vec<Case>,
}

fn cases() -> Cases {
    toml::from_str(include_str!("meetings.toml")).expect("meetings.toml")
}

fn sorted(a: &str, b: &str) -> (String, String) {
    (a.min(b).to_owned(), a.max(b).to_owned())
}

fn wanted(pairs: &str) -> Pairs {
    let pairs = pairs.split("; ").filter_map(|p| p.split_once(" | "));
    pairs.map(|(a, b)| sorted(a, b)).collect()
}

/// The pairs who met in meetings and visits that took place.
fn met(text: &str) -> Pairs {
    let report = read(text);
    let mut out = Pairs::new();
    for event in &report.events {
        let meeting = matches!(event.kind.as_str(), "meet" | "negotiate");
        if event.status != Status::Occurred || !(meeting || event.kind == "visit") {
            continue;
        }
        for (n, a) in event.participants.iter().enumerate() {
            for b in &event.participants[n + 1..] {
                let (x, y) = (
                    &report.actors[a.actor as usize],
                    &report.actors[b.actor as usize],
                );
                let persons = x.kind == ActorKind::Person && y.kind == ActorKind::Person;
                let pair = (a.actor.min(b.actor), a.actor.max(b.actor));
                let across = if meeting {
                    !event.apart.contains(&pair)
                } else {
                    persons && a.role != b.role
                };
                if across {
                    out.insert(sorted(&x.name, &y.name));
                }
            }
        }
    }
    out
}

#[test]
fn who_met_whom_in_open_cases() {
    let wrong: Vec<String> = cases()
        .open
        .iter()
        .filter(|(text, pairs)| met(text) != wanted(pairs))
        .map(|(text, _)| format!("{text}\n    {:?}", met(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_read_by_now_is_listed_as_read() {
    let read_now: Vec<String> = cases()
        .missed
        .into_iter()
        .filter(|(text, pairs)| met(text) == wanted(pairs))
        .map(|(text, _)| text)
        .collect();
    assert!(read_now.is_empty(), "{}", read_now.join("\n"));
}

#[test]
fn figures_of_the_cases_set_aside() {
    let cases = cases();
    let (mut right, mut printed, mut expected) = (0, 0, 0);
    for (text, pairs) in &cases.aside {
        let (found, wanted) = (met(text), wanted(pairs));
        right += found.intersection(&wanted).count();
        printed += found.len();
        expected += wanted.len();
    }
    let figures = (right * 100 / printed, right * 100 / expected);
    assert_eq!(figures, cases.aside_figures, "{right} {printed} {expected}");
}
