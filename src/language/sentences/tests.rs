//! Tests of [`super`].

use super::*;
use crate::language::tokenize::is_gap;
use proptest::prelude::*;

fn sentences(text: &str) -> Vec<Vec<&str>> {
    split(text, Span::new(0, text.len()))
        .iter()
        .map(|tokens| tokens.iter().map(|t| t.of(text)).collect())
        .collect()
}

/// Tokens with a space between them, sentences with "|".
#[track_caller]
fn check(text: &str, expected: &str) {
    let found: Vec<String> = sentences(text).iter().map(|s| s.join(" ")).collect();
    assert_eq!(found.join(" | "), expected);
}

#[test]
fn examples_of_the_lists() {
    for example in &LISTS.examples {
        let marked: Vec<&str> = example.text.split('|').collect();
        let text = marked.join(" ");
        let found: Vec<&str> = split(&text, Span::new(0, text.len()))
            .iter()
            .map(|s| s[0].cover(s[s.len() - 1]).of(&text))
            .collect();
        assert_eq!(found, marked);
    }
}

#[test]
fn clitics() {
    check(
        "She can't, won’t, cannot and shouldn't; it's Ann's and they'd've gone.",
        "She ca n't , wo n’t , can not and should n't ; it 's Ann 's and they 'd 've gone .",
    );
    check(
        "The countries’ aims, IDF’S plan",
        "The countries ’ aims , IDF ’S plan",
    );
    check(
        "O'Hara's d'Orsay of the 1930's and '90s",
        "O'Hara 's d'Orsay of the 1930's and '90s",
    );
}

#[test]
fn hyphens() {
    check(
        "A U.S.-Israeli, well-known, anti-war e-mail by ex-aides",
        "A U.S. - Israeli , well - known , anti-war e-mail by ex-aides",
    );
    check(
        "a 12-year-old F-16 in 2011-12",
        "a 12 - year - old F - 16 in 2011 - 12",
    );
    check(
        "U.S.–Iran ties—history—matter -- a lot",
        "U.S. – Iran ties — history — matter -- a lot",
    );
}

#[test]
fn numbers_and_money() {
    check(
        "$5m, €2.5bn, US$1,200.50 and 3.5% by 10am on 03/04/2015 or 2015-03-04",
        "$ 5 m , € 2.5 bn , US$ 1,200.50 and 3.5 % by 10 am on 03/04/2015 or 2015-03-04",
    );
    check(
        "the 5th in the 1980s won 3-1 at 10:30",
        "the 5th in the 1980s won 3 - 1 at 10:30",
    );
    check(
        "call 212-555-0147, +44 or #2",
        "call 212-555-0147 , +44 or # 2",
    );
}

#[test]
fn addresses() {
    check(
        "Write to ann.lee@example.org. See https://example.com/a?b=1, or www.example.net (@annlee #news).",
        "Write to ann.lee@example.org . | See https://example.com/a?b=1 , or www.example.net ( @annlee #news ) .",
    );
    check("AT&T and Example.com rose.", "AT&T and Example.com rose .");
}

#[test]
fn quotations() {
    check(
        "“We won,” she said. “They lost.” ``Why?'' 'Because.'",
        "“ We won , ” she said . | “ They lost . ” | `` Why ? '' | ' Because . '",
    );
    check(
        "\"Stop!\" Minister Ann Lee said. \"Why?\" he asked.",
        "\" Stop ! \" Minister Ann Lee said . | \" Why ? \" he asked .",
    );
}

#[test]
fn missing_and_odd_spaces() {
    check(
        "It was done.The rest came in 2017.He left.",
        "It was done . | The rest came in 2017 . | He left .",
    );
    check("It ended.”He left", "It ended . ” | He left");
    check(
        "a\u{a0}b\u{200b}c co\u{ad}op \u{feff}d\u{200d} \u{ad}",
        "a b c co\u{ad}op d",
    );
    check("One\r\ntwo\r\n\r\nthree", "One two | three");
}

#[test]
fn signs() {
    check(
        "Yes/no?! (well…) [sic] at 24°C & more!!!",
        "Yes / no ?! ( well … ) [ sic ] at 24 ° C & more !!!",
    );
    check("", "");
    check(" \u{200b}\n", "");
}

#[test]
fn long_sentences_are_cut() {
    let text = "word, ".repeat(1000);
    let found = sentences(&text);
    assert!(found.iter().all(|s| s.len() <= LONGEST && !s.is_empty()));
    assert_eq!(found.iter().map(Vec::len).sum::<usize>(), 2000);
    assert!(found[0].last() == Some(&","));
}

#[test]
fn time_is_linear() {
    for unit in [
        "a-", ".)", "\"", "a.", "'", "x@", "[1]", "1-", "1,", "\u{301}", "(", "?)",
    ] {
        let text = unit.repeat(200_000 / unit.len());
        split(&text, Span::new(0, text.len()));
    }
}

fn covers_everything(text: &str) {
    let mut at = 0;
    let mut skipped = String::new();
    for sentence in split(text, Span::new(0, text.len())) {
        assert!(!sentence.is_empty() && sentence.len() <= LONGEST);
        for token in sentence {
            let (start, end) = (token.start as usize, token.end as usize);
            assert!(start >= at && end > start && end <= text.len());
            assert!(text.is_char_boundary(start) && text.is_char_boundary(end));
            assert!(!token.of(text).contains(char::is_whitespace));
            skipped.push_str(&text[at..start]);
            at = end;
        }
    }
    skipped.push_str(&text[at..]);
    assert!(skipped.chars().all(is_gap), "{skipped:?}");
}

proptest! {
    #[test]
    fn any_text(text in "\\PC{0,80}|.{0,80}") {
        covers_everything(&text);
    }

    #[test]
    fn news_like_text(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "U.S.", "Mr.", "Inc.", ".", "?", "!", "…", "...", "\"", "“", "”", "’", "'", "n't", "can",
                "The", "he", "Lee", "J.", "p.m.", "$", "5", "1,000", "-", "–", "(", ")", "[1]", " ", " ",
                " ", "\n", "\r\n", "\u{ad}", "\u{200b}", "é", "e\u{301}", "http://a.b", "@x", "@", "&",
                "/", "anti", "0's", "Ph.D.", "中文", "🙂", "\u{fe0f}", "ß", "US$",
            ]),
            0..60,
        )
    ) {
        covers_everything(&parts.concat());
    }

    #[test]
    fn a_span_inside_a_text(text in "[a-zé .’\n]{0,60}", a in 0_usize..60, b in 0_usize..60) {
        let span = Span::new(a.min(b), a.max(b));
        for token in split(&text, span).iter().flatten() {
            prop_assert!(span.contains(*token));
            prop_assert!(text.get(token.start as usize..token.end as usize).is_some());
        }
    }
}
