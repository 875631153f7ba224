//! Events of general news: business, law, science, crime, disasters. The cases
//! stand in `news_cases.txt`, one on a line: a text, and behind "=" the events that
//! must be found in it, parted by ";": type, status, and names that must be among
//! those who take part (or the place). A "-" says that no typed event may be
//! found. A text without an end mark is a headline.

use super::tests::read_as;
use crate::ingest::BlockKind;

const CASES: &str = include_str!("news_cases.txt");

/// The typed events of a text: type, status, and all names of participants and place.
fn found(text: &str) -> Vec<(String, String, Vec<String>)> {
    let headline = !text.ends_with(['.', '?', '!']);
    let kind = if headline {
        BlockKind::Headline
    } else {
        BlockKind::Body
    };
    let report = read_as(text, kind);
    let names = |i: u32| report.actors[i as usize].names.clone();
    report
        .events
        .iter()
        .filter(|e| e.kind != "other")
        .map(|e| {
            let actors = e.participants.iter().map(|p| p.actor).chain(e.place);
            let who = actors.flat_map(names).collect();
            (e.kind.clone(), e.status.to_string(), who)
        })
        .collect()
}

/// What is wrong with the events of one case, or nothing.
fn mistakes(text: &str, expected: &str) -> String {
    let mut events = found(text);
    let all = format!("{events:?}");
    let mut out = String::new();
    for wanted in expected.split(" ; ").filter(|w| w.trim() != "-") {
        let (head, names) = wanted.split_once(':').expect("a colon");
        let (kind, status) = head.trim().split_once(' ').expect("type and status");
        let hit = events.iter().position(|(k, s, who)| {
            kind.split('/').any(|x| x == k)
                && status.split('/').any(|x| x == s)
                && names
                    .split(',')
                    .all(|n| who.iter().any(|w| w.contains(n.trim())))
        });
        match hit {
            Some(i) => {
                events.remove(i);
            }
            None => out += &format!("    no {}\n", wanted.trim()),
        }
    }
    for (kind, status, who) in events {
        out += &format!("    invented {kind} {status}: {who:?}\n");
    }
    if out.is_empty() {
        out
    } else {
        format!("{text}\n{out}    of {all}\n")
    }
}

#[test]
fn general_news() {
    let mut failures = String::new();
    let mut count = 0;
    for line in CASES
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
    {
        let (text, expected) = line.rsplit_once(" = ").expect("text = events");
        failures += &mistakes(text, expected);
        count += 1;
    }
    assert!(count > 100, "{count} cases");
    assert!(failures.is_empty(), "\n{failures}");
}
