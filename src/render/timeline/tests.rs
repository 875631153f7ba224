//! Tests of [`super`].

use super::*;
use crate::render::sample;
use proptest::prelude::*;

fn all(story: &Story) -> Vec<usize> {
    (0..story.events.len()).collect()
}

fn wide(width: usize) -> Style {
    Style {
        width,
        long: false,
        color: false,
    }
}

fn long(width: usize) -> Style {
    Style {
        long: true,
        ..wide(width)
    }
}

#[test]
fn colours_change_no_letter() {
    let story = sample::story();
    let plain = text(&story, &all(&story), wide(80));
    let style = Style {
        color: true,
        ..wide(80)
    };
    let mut colored = text(&story, &all(&story), style);
    assert!(colored.contains(DATE) && colored.contains(status_color(Status::Denied)));
    for code in [BOLD, DATE, DOUBT, PLAIN] {
        colored = colored.replace(code, "");
    }
    for status in [
        Status::Occurred,
        Status::Planned,
        Status::Possible,
        Status::Denied,
    ] {
        colored = colored.replace(status_color(status), "");
    }
    assert_eq!(colored, plain);
}

#[test]
fn under_actors() {
    let story = sample::story();
    let lines = by_actor(&story, &all(&story), &[], wide(100));
    let parts: usize = story.events.iter().map(|e| e.participants.len()).sum();
    let alone = story
        .events
        .iter()
        .filter(|e| e.participants.is_empty())
        .count();
    let entries = by_actor(&story, &all(&story), &[], wide(usize::MAX));
    let entries = entries.lines().filter(|l| l.starts_with("  ")).count();
    assert_eq!(entries, parts + alone);
    insta::assert_snapshot!("timeline_by_actor", lines);
    let one = by_actor(
        &story,
        &[8],
        &[story.events[8].participants[0].actor],
        wide(100),
    );
    assert_eq!(one.lines().count(), 2);
}

#[test]
fn in_markdown() {
    let story = sample::story();
    insta::assert_snapshot!("timeline_markdown", markdown(&story, &[3, 8, 16], true));
    let hostile = markdown(
        &sample::with_text("[x](javascript:y) <b> `c` # 1\n# d"),
        &[3],
        true,
    );
    assert!(!hostile.contains("<b>") && !hostile.contains("\n# d"));
    assert_eq!(hostile.matches('[').count(), hostile.matches("\\[").count());
}

#[test]
fn sample_story() {
    let story = sample::story();
    insta::assert_snapshot!("timeline", text(&story, &all(&story), wide(100)));
    insta::assert_snapshot!("timeline_narrow", text(&story, &all(&story), wide(60)));
    insta::assert_snapshot!("timeline_long", text(&story, &[9, 10, 16], long(100)));
    insta::assert_snapshot!("timeline_file", file(&story, &[3, 8]));
}

#[test]
fn nothing_gives_nothing() {
    assert_eq!(text(&Story::default(), &[], wide(80)), "");
    assert_eq!(text(&sample::story(), &[999], wide(80)), "");
    assert_eq!(
        file(&Story::default(), &[]),
        "Timeline: 0 articles, 0 actors, 0 events.\n\n“~” about. “?” worked out, not printed as a date.\n"
    );
}

#[test]
fn without_a_width_every_event_is_one_line() {
    let story = sample::story();
    let lines = text(&story, &all(&story), wide(usize::MAX));
    assert_eq!(
        lines.lines().filter(|l| l.starts_with("  ")).count(),
        story.events.len()
    );
}

#[test]
fn names_are_whole_words() {
    let story = sample::story();
    let leal = story
        .actors
        .iter()
        .find(|a| a.name == "Mateus Leal")
        .expect("an actor of the sample");
    assert!(names("Leal buys a boat", leal));
    assert!(!names("Lealtad buys a boat", leal));
}

proptest! {
    #[test]
    fn lines_fit_and_are_clean(words in any::<String>(), width in 0_usize..130) {
        let story = sample::with_text(&words);
        let lines = text(&story, &all(&story), long(width));
        for line in lines.lines() {
            prop_assert!(!line.chars().any(char::is_control));
            // A date and type can be wider than a narrow screen.
            if width >= 80 && words.width() < 20 {
                prop_assert!(line.width() <= width + 1, "{line}");
            }
        }
    }
}
