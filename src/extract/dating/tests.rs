//! The sentences of `cases.toml` and `blind.toml`: which date belongs to which
//! event.

use crate::extract::tests::read_as;
use crate::extract::{EventMention, status};
use crate::ingest::BlockKind;
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// A sentence and what dates its events.
#[derive(Deserialize)]
struct Case {
    class: String,
    text: String,
    #[serde(default)]
    kind: Option<String>,
    dates: Vec<String>,
}

/// How many dates come out.
#[derive(Debug, Default, PartialEq)]
struct Figures {
    right: usize,
    wrong: usize,
    missing: usize,
    /// Events that rightly take no date.
    open: usize,
    /// Events that are not found at all.
    absent: usize,
    /// Dated events that the case does not speak of.
    unlisted: usize,
}

impl Figures {
    fn right_share(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong + self.missing).max(1) as f64
    }

    fn wrong_share(&self) -> f64 {
        self.wrong as f64 / (self.right + self.wrong + self.missing).max(1) as f64
    }
}

/// Whether two sets of words name the same time: grammars differ in whether
/// "on" or "late" belongs to it.
fn same_words(got: &str, wanted: &str) -> bool {
    let bare = |s: &str| {
        let s = s.to_lowercase();
        let words: Vec<&str> = s
            .split_whitespace()
            .filter(|w| {
                !matches!(
                    *w,
                    "on" | "in" | "the" | "late" | "early" | "by" | "from" | "since" | "between"
                )
            })
            .map(|w| w.trim_end_matches("'s").trim_end_matches(['.', ',']))
            .collect();
        words.join(" ")
    };
    bare(got) == bare(wanted)
}

/// "stepped" of "stepped down".
fn first_word(trigger: &str) -> &str {
    trigger.split(' ').next().unwrap_or(trigger)
}

/// Reads one case; counts its dates and returns a line for each that is not as
/// wanted.
fn check(case: &Case, figures: &mut Figures) -> String {
    let kind = match case.kind.as_deref() {
        Some("headline") => BlockKind::Headline,
        _ => BlockKind::Body,
    };
    let mut out = String::new();
    let report = read_as(&case.text, kind);
    let mut events: Vec<_> = report.events.iter().collect();
    for wanted in &case.dates {
        let (trigger, words) = wanted.split_once(':').expect("trigger: words");
        let words = words.trim();
        let at = events
            .iter()
            .position(|e| first_word(&e.trigger.text).eq_ignore_ascii_case(trigger));
        let found = at.map(|i| events.remove(i));
        let got = found
            .and_then(|e| e.time.as_ref())
            .map(|t| t.words.as_str());
        let verdict = match got {
            Some(got) if !words.is_empty() && same_words(got, words) => {
                figures.right += 1;
                continue;
            }
            None if words.is_empty() => {
                figures.open += 1;
                continue;
            }
            Some(_) => {
                figures.wrong += 1;
                "WRONG"
            }
            None if found.is_none() => {
                figures.absent += 1;
                "no event"
            }
            None => {
                figures.missing += 1;
                "missing"
            }
        };
        out += &format!(
            "{verdict} ({}) {trigger}: wanted \"{words}\", got \"{}\"\n    {}\n",
            case.class,
            got.unwrap_or(""),
            case.text
        );
    }
    // A case need not list who says so.
    let told = |e: &&&EventMention| e.kind != "other" || !status::is_saying(&e.trigger.lemma);
    for rest in events.iter().filter(|e| e.time.is_some()).filter(told) {
        figures.unlisted += 1;
        let words = rest.time.as_ref().map_or("", |t| &t.words);
        out += &format!(
            "unlisted ({}) {}: \"{words}\"\n    {}\n",
            case.class, rest.trigger.text, case.text
        );
    }
    out
}

fn read(cases: &str) -> (Figures, String) {
    let cases: Cases = toml::from_str(cases).expect("cases are TOML");
    let mut figures = Figures::default();
    let lines = cases.case.iter().map(|c| check(c, &mut figures)).collect();
    (figures, lines)
}

#[test]
fn dates_of_the_open_cases() {
    let (figures, lines) = read(include_str!("cases.toml"));
    assert!(figures.right_share() >= 0.97, "{lines}{figures:?}");
    assert!(figures.wrong_share() <= 0.01, "{lines}{figures:?}");
    assert_eq!(figures.unlisted, 0, "{lines}");
}

#[test]
fn dates_of_the_blind_cases() {
    let (figures, _) = read(include_str!("blind.toml"));
    assert!(figures.right_share() >= 0.95, "{figures:?}");
    assert!(figures.wrong_share() <= 0.01, "{figures:?}");
}
