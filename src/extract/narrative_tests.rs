//! Which day a story is on, sentence after sentence.

use super::tests::read_as;
use crate::ingest::BlockKind;

/// Checks which triggers get a day from a sentence before, and which words give
/// it: `said = Monday`, one a line.
#[track_caller]
fn check(text: &str, expected: &str) {
    let report = read_as(text, BlockKind::Body);
    let got: Vec<String> = report
        .events
        .iter()
        .filter_map(|e| {
            let context = e.context.as_ref()?;
            let words = context.time.as_ref().map_or("news", |t| t.words.as_str());
            Some(format!("{} = {words}", e.trigger.text))
        })
        .collect();
    let expected: Vec<&str> = expected
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    assert_eq!(got, expected, "{text}");
}

#[test]
fn who_spoke_at_an_occasion_goes_on_speaking_there() {
    check(
        "Ana Ruiz met Luis Vega in Lima on Monday. Ruiz said that the talks had gone well.",
        "said = Monday",
    );
    check(
        "Ana Ruiz spoke at the fair on Friday. The hall was full. \
         Ruiz criticized Norway and praised Peru.",
        "criticized = Friday\npraised = Friday",
    );
    check(
        "Luis Vega opened the plant on Tuesday. \"It is ours,\" Vega told reporters.",
        "told = Tuesday",
    );
}

#[test]
fn a_pronoun_or_description_goes_on_with_the_day_of_the_sentence_before() {
    check(
        "Ana Ruiz visited Lima on Monday. She met Luis Vega.",
        "met = Monday",
    );
    check(
        "The student Ana Ruiz brought a drum to Lima on Monday. Police arrested the student.",
        "arrested = Monday",
    );
    check(
        "Ana Ruiz visited Lima on Monday. Workers were there. She met Luis Vega.",
        "",
    );
}

#[test]
fn another_time_ends_the_day() {
    check(
        "Ana Ruiz met Luis Vega on Monday. Vega founded a bank in 2009. Vega praised Peru.",
        "",
    );
    check(
        "Ana Ruiz met Luis Vega on Monday. The plant closed in 2009. Ruiz said that it was a pity.",
        "said = Monday",
    );
    check(
        "Ana Ruiz met Luis Vega on Monday. Ruiz had said that Vega was a thief.",
        "",
    );
    check(
        "Ana Ruiz met Luis Vega on Monday. Ruiz previously said that Vega was a thief.",
        "",
    );
    check(
        "Ana Ruiz met Luis Vega on Monday. She visited Norway after the war ended.",
        "",
    );
    check(
        "Ana Ruiz met Luis Vega on Monday. She said on Tuesday that all was well.",
        "",
    );
}

#[test]
fn what_others_do_and_what_is_not_past_is_of_no_day() {
    check(
        "Ana Ruiz met Luis Vega on Monday. Karl Berg said that he knew nothing of it.",
        "",
    );
    check(
        "Ana Ruiz met Luis Vega on Monday. Ruiz says that she will stay.",
        "",
    );
    check(
        "Ana Ruiz met Luis Vega on Monday. She will visit Norway.",
        "",
    );
    check(
        "Ana Ruiz met Luis Vega on Monday. Norway said that it would wait.",
        "",
    );
    check(
        "Ana Ruiz met Luis Vega on Monday. Ruiz founded a bank with Karl Berg.",
        "",
    );
}

#[test]
fn a_time_within_what_is_said_leaves_the_day() {
    check(
        "Ana Ruiz met Luis Vega on Monday. Ruiz said that the plant would open in May.",
        "said = Monday",
    );
}

#[test]
fn months_and_years_are_no_day_of_a_story() {
    check("Ana Ruiz met Luis Vega in May. She praised Peru.", "");
    check("Ana Ruiz met Luis Vega in 2009. Ruiz said little.", "");
}
