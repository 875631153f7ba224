//! The examples of `ontology/kinds.toml`, and what holds for all of the list.

use super::*;

/// "_ noun", "noun _", "_, noun", "its _ noun", "verb _".
fn beside(text: &'static str) -> Beside<'static> {
    let mut beside = Beside::default();
    let (before, after) = text.split_once('_').unwrap_or(("", ""));
    let before = before.trim();
    match before {
        "its" => beside.owned = true,
        "the" => beside.the = true,
        _ if TABLE.verbs.contains(before) || TABLE.buying.contains(before) => {
            beside.verb = Some(before)
        }
        "" => {}
        _ => beside.before = Some(before.trim_end_matches(" of")),
    }
    match after.strip_prefix(',') {
        Some(noun) => beside.apposed = Some(noun.trim()),
        None if !after.trim().is_empty() => beside.after = Some(after.trim()),
        None => {}
    }
    beside
}

fn told(entry: crate::ontology::Entry) -> Told {
    let words: Vec<&str> = entry.field(0).split(' ').collect();
    tell(&Named {
        words: &words,
        found: ActorKind::parse(entry.field(1)),
        beside: beside(entry.field(2)),
    })
}

#[test]
fn examples_hold() {
    let mut wrong = String::new();
    for entry in LIST.entries("yes") {
        let got = told(entry);
        if got.kind.as_str() != entry.field(3) {
            wrong += &format!(
                "{}: {} by {}\n",
                entry.line,
                got.kind.as_str(),
                got.reason()
            );
        }
    }
    for entry in LIST.entries("no") {
        let got = told(entry);
        if got.kind.as_str() == entry.field(3) {
            wrong += &format!("not {}: by {}\n", entry.line, got.reason());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_class_has_ten_examples_for_and_against() {
    for kind in [
        "agreement",
        "conference",
        "product",
        "group",
        "organization",
        "place",
    ] {
        for section in ["yes", "no"] {
            let n = LIST.entries(section).filter(|e| e.field(3) == kind).count();
            let least = if matches!(kind, "organization" | "place") {
                5
            } else {
                10
            };
            assert!(n >= least, "{kind}: {n} in {section}");
        }
    }
}

#[test]
fn every_line_is_read() {
    for section in ["last", "first", "lead", "alone"] {
        for entry in LIST.entries(section) {
            assert!(Sort::parse(entry.field(0)).is_some(), "{}", entry.line);
        }
    }
    for entry in LIST.entries("nouns") {
        assert!(ActorKind::parse(entry.field(0)).is_some(), "{}", entry.line);
    }
    let longest = TABLE
        .last
        .keys()
        .chain(TABLE.first.keys())
        .chain(TABLE.lines.keys());
    for words in longest {
        assert!(words.split(' ').count() <= LONGEST, "{words}");
    }
}

#[test]
fn a_family_is_known_by_its_spelling() {
    assert_eq!(family("iPods"), Some("iPod"));
    assert_eq!(family("MacBook"), Some("MacBook"));
    for word in ["Windows", "Harrier", "iLumen", "ipod", "", "s", "I"] {
        assert_eq!(family(word), None, "{word}");
    }
}

#[test]
fn odd_names_do_no_harm() {
    for words in [
        &[][..],
        &[""],
        &["the"],
        &["of"],
        &["-", "-"],
        &["of", "of", "of"],
        &["a"; 20_000],
    ] {
        tell(&Named {
            words,
            ..Named::default()
        });
    }
}
