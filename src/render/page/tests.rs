//! The page as others see it: what is in the file.

use super::pack::unpack;
use super::*;
use crate::render::sample;
use proptest::prelude::*;
use serde_json::Value;

/// What stands between two marks of the page.
fn between<'p>(page: &'p str, start: &str, end: &str) -> &'p str {
    let (_, rest) = page.split_once(start).expect(start);
    rest.split_once(end).expect(end).0
}

/// Writes a page and checks what must hold for any story; returns it.
fn check(story: &Story) -> String {
    let page = write(story);
    let json = between(
        &page,
        "<script type=\"application/json\" id=\"data\">",
        "</script>",
    );
    assert!(!json.contains(['<', '\u{2028}', '\u{2029}']));
    let whole: Value = serde_json::from_str(json).expect("the page's JSON");
    let contract: Value =
        serde_json::from_str(&crate::export::json::write(story)).expect("the contract");
    assert_eq!(unpack(&whole, &whole["root"]), contract);
    assert_eq!(page.matches("<tr id=\"").count(), {
        let acting = |a: usize| {
            let parts = |e: &crate::resolve::Event| e.participants.iter().any(|p| p.actor == a);
            story.events.iter().any(parts)
        };
        let acting = (0..story.actors.len()).filter(|a| acting(*a)).count();
        story.events.len() + acting + story.documents.len()
    });
    // Only the page's own tags open anything.
    assert_eq!(page.matches("<script").count(), 3);
    assert_eq!(page.matches("<style").count(), 1);
    assert!(!page.contains("<img") && !page.contains("{{"));
    assert_eq!(page, write(story));
    page
}

#[test]
fn the_page_carries_the_whole_contract() {
    check(&sample::story());
    check(&Story::default());
    check(&sample::large(400, 60));
}

#[test]
fn the_policy_names_the_script_and_the_style_of_the_page() {
    let page = check(&sample::story());
    let hash = |text: &str| format!("'sha256-{}'", base64(&Sha256::digest(text)));
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
    let early = between(&page, "<script>", "</script>");
    let script = between(&page, "id=\"data\">", "</html>");
    let script = between(script, "<script>", "</script>");
    let style = between(&page, "<style>", "</style>");
    assert!(script.starts_with("\"use strict\"") && style.contains("{"));
    assert!(policy.contains(&format!("script-src {} {};", hash(early), hash(script))));
    assert!(policy.contains(&format!("style-src {};", hash(style))));
    assert!(policy.starts_with("default-src 'none';"));
}

#[test]
fn nothing_is_fetched() {
    let page = check(&sample::story());
    for word in [
        "src=",
        "@import",
        "url(",
        "fetch(",
        "XMLHttpRequest",
        "innerHTML",
        "eval(",
    ] {
        assert!(!page.contains(word), "{word}");
    }
    for (at, _) in page.match_indices("href=\"") {
        let to = &page[at + 6..at + 11];
        assert!(to.starts_with('#') || to == "data:", "{to}");
    }
}

#[test]
fn two_thousand_events_stay_below_three_megabytes() {
    let mut story = sample::large(2000, 300);
    let sentence = "somebody said to somebody else in a long sentence ".repeat(3);
    for (i, event) in story.events.iter_mut().enumerate() {
        for evidence in &mut event.evidence {
            evidence.quote.text = format!("{i} {} {sentence}", evidence.document);
        }
    }
    let page = write(&story);
    assert!(page.len() < 3_000_000, "{}", page.len());
}

#[test]
fn base64_is_padded() {
    assert_eq!(base64(b""), "");
    assert_eq!(base64(b"f"), "Zg==");
    assert_eq!(base64(b"fo"), "Zm8=");
    assert_eq!(base64(b"foobar"), "Zm9vYmFy");
    assert_eq!(
        base64(&Sha256::digest("")),
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    );
}

#[test]
fn a_field_in_an_article_is_no_field() {
    let page = write(&sample::with_text("{{script}} {{data}}"));
    assert!(page.contains("{{script}} {{data}}"));
    assert_eq!(page.matches("<script").count(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_text_stays_text(text in any::<String>(), hostile in "(</script>|<!--|]]>|<img onerror=x>|[\"'<>&\\\\\u{7}\u{2028}\u{202e}#東ع\n]){0,8}") {
        for words in [text, hostile] {
            let mut story = sample::with_text(&words);
            story.types.clear();
            let page = write(&story);
            prop_assert_eq!(page.matches("<script").count(), 3);
            prop_assert_eq!(page.matches("</script").count(), 3);
            prop_assert!(!page.contains("<img") && !page.contains("<!--"));
            let json = between(&page, "id=\"data\">", "</script>");
            let whole: Value = serde_json::from_str(json).expect("the page's JSON");
            let contract: Value = serde_json::from_str(&crate::export::json::write(&story)).expect("the contract");
            prop_assert_eq!(unpack(&whole, &whole["root"]), contract);
        }
    }
}
