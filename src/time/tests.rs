//! Clues of publication dates, and what must hold for any text and any date.

use super::examples::article;
use super::*;
use crate::ingest::{Article, Block, BlockKind};
use crate::language::Analysis;
use crate::text::Span;
use chrono::NaiveDate;
use proptest::prelude::*;

/// An article of blocks, of which the body and captions are analysed.
fn blocks(parts: &[(BlockKind, &str)]) -> (Article, Analysis) {
    let text: Vec<&str> = parts.iter().map(|(_, words)| *words).collect();
    let (mut whole, _) = article(&text.join("\n\n"));
    whole.blocks.clear();
    let mut sentences = Vec::new();
    let mut at = 0;
    for (kind, words) in parts {
        let block = whole.blocks.len() as u32;
        if kind.is_read() {
            for mut sentence in article(words).1.sentences {
                sentence.kind = *kind;
                sentence.block = block;
                for token in &mut sentence.tokens {
                    token.span =
                        Span::new(token.span.start as usize + at, token.span.end as usize + at);
                }
                sentences.push(sentence);
            }
        }
        whole.blocks.push(Block {
            kind: *kind,
            span: Span::new(at, at + words.len()),
        });
        at += words.len() + 2;
    }
    (whole, Analysis { sentences })
}

fn published(article: &Article, analysis: &Analysis) -> String {
    let times = find(article, analysis);
    let clues = clues(article, analysis, &times);
    publication(&clues).map_or("none".to_owned(), |(edtf, basis, why)| {
        format!("{edtf} {} ({why})", basis.as_str())
    })
}

fn check(parts: &[(BlockKind, &str)], want: &str) {
    let (article, analysis) = blocks(parts);
    assert_eq!(published(&article, &analysis), want);
}

use BlockKind::{Body, Byline, Caption, Date, Dateline, Furniture};

#[test]
fn printed_dates() {
    check(
        &[
            (Date, "Published: June 5, 2015"),
            (Body, "The talks failed."),
        ],
        "2015-06-05 printed (the date line says June 5, 2015)",
    );
    check(
        &[
            (Byline, "By Ann Lee, 12 May 2014"),
            (Body, "The talks failed."),
        ],
        "2014-05-12 printed (the byline says 12 May 2014)",
    );
    check(
        &[
            (Dateline, "LIMA, March 3 (Agency) —"),
            (Body, "The talks failed."),
        ],
        "XXXX-03 printed (the dateline says March 3)",
    );
}

#[test]
fn clues_make_each_other_narrower() {
    check(
        &[
            (Dateline, "LIMA, March 3 (Agency) —"),
            (Body, "The talks failed."),
            (Furniture, "© 2016 The Agency"),
        ],
        "2016-03-03/2016-03-04 inferred (the dateline says March 3; the copyright notice says 2016)",
    );
}

#[test]
fn contradictions_lower_trust() {
    check(
        &[
            (Date, "June 5, 2015"),
            (Body, "The talks failed."),
            (Date, "June 9, 2015"),
        ],
        "2015-06 inferred (the date line says June 5, 2015; but the date line says June 9, 2015)",
    );
    check(
        &[
            (Date, "June 5, 2015 (Updated July 9, 2016)"),
            (Body, "The talks failed."),
        ],
        "2015-06-05 printed (the date line says June 5, 2015; although the date line says that it was \
         updated on July 9, 2016)",
    );
}

#[test]
fn captions_and_weekdays() {
    let caption = (Caption, "The minister in Lima, June 26, 2017.");
    check(
        &[
            caption,
            (Body, "The minister said Monday that talks failed."),
        ],
        "2017-06-26 inferred (a caption is dated June 26, 2017, and the text's \"Monday\" is that day)",
    );
    check(
        &[
            caption,
            (Body, "The minister said Friday that talks failed."),
        ],
        "none",
    );
    check(
        &[
            (Caption, "File photo: the minister in Lima, June 26, 2017."),
            (Body, "The minister said Monday that talks failed."),
        ],
        "none",
    );
}

#[test]
fn addresses_hold_dates() {
    let check = |url: &str, want: &str| {
        let (mut article, analysis) = blocks(&[(Body, "The talks failed.")]);
        article.url = Some(url.to_owned());
        assert_eq!(published(&article, &analysis), want, "{url}");
    };
    check(
        "https://example.com/2015/06/23/talks-fail",
        "2015-06-23 inferred (the address holds the date 2015-06-23)",
    );
    check(
        "https://example.com/2015/06/talks",
        "2015-06 inferred (the address holds the date 2015-06)",
    );
    check("https://example.com/id/20159923/99-2015-1", "none");
    check("https://example.com/a-2015-13-45", "none");
}

#[test]
fn nothing_is_made_up() {
    check(
        &[(
            Body,
            "The talks failed on Monday, he said on June 23, a year after the 2014 accord.",
        )],
        "none",
    );
}

/// Words of which random texts are made, so that the grammar is exercised.
const WORDS: &[&str] = &[
    "the",
    "last",
    "next",
    "past",
    "two",
    "five",
    "a",
    "few",
    "week",
    "weeks",
    "years",
    "quarter",
    "Monday",
    "June",
    "May",
    "31",
    "1999",
    "2015",
    "-",
    ",",
    "ago",
    "later",
    "earlier",
    "of",
    "in",
    "since",
    "until",
    "from",
    "to",
    "and",
    "early",
    "mid",
    "third",
    "half",
    "1980s",
    "'98",
    "a.m.",
    "10:35",
    "today",
    "same",
    "day",
    "following",
    "fiscal",
    "year",
    "century",
    "29",
    "Feb.",
    "Easter",
    "weekend",
    "met",
    "will",
    "99999",
    "hundred",
    "thousand",
    "/",
    "\u{2019}s",
    "millennia",
    "between",
    "through",
    "3:30",
    "p.m.",
    "noon",
    "half",
    "GMT",
    "at",
    "on",
    "Q3",
    "3Q15",
    "FY2015",
    "26.06.2017",
    "2015-16",
    "2017-06-26T10:00Z",
    "twice",
    "every",
    "other",
    "fortnight",
    "Ramadan",
    "Eid",
    "al-Fitr",
    "Hanukkah",
    "Diwali",
    "Orthodox",
    "Chinese",
    "New",
    "Year",
    "Labor",
    "Day",
    "first",
    "fifth",
    "day",
    "before",
    "after",
    "Christmas",
    "BC",
    "twenty-first",
    "nineteen",
    "starting",
    "than",
    "no",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![
            8 => prop::sample::select(WORDS).prop_map(str::to_owned),
            1 => "\\PC{0,6}",
        ],
        0..24,
    )
    .prop_map(|words| words.join(" "))
}

fn day() -> impl Strategy<Value = NaiveDate> {
    prop_oneof![
        1i32..=3_652_059,
        Just(1),
        Just(3_652_059),
        700_000i32..740_000
    ]
    .prop_map(|n| NaiveDate::from_num_days_from_ce_opt(n).unwrap_or_default())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_on_any_day(words in text(), a in day(), length in 0i64..800) {
        let (article, analysis) = article(&words);
        let b = a + chrono::Duration::days(length);
        for published in [None, Some(Edtf::day(a)), Some(Edtf::days(a, b)), Edtf::parse("XXXX-02-29")] {
            for row in timex_rows(&article, &analysis, published.as_ref()) {
                prop_assert!(row.start < row.end);
                prop_assert!(row.end as usize <= words.chars().count());
                prop_assert!(!row.value.is_empty());
                if let Some(edtf) = row.edtf {
                    prop_assert_eq!(Edtf::parse(edtf.as_str()), Some(edtf.clone()));
                    if let (Some(first), Some(last)) = edtf.bounds() {
                        prop_assert!(first <= last, "{edtf}");
                    }
                }
            }
        }
        let times = find(&article, &analysis);
        for time in &times {
            let span = time.span.start as usize..time.span.end as usize;
            prop_assert!(words.get(span).is_some_and(|w| !w.trim().is_empty()));
        }
        for pair in times.windows(2) {
            prop_assert!(pair[0].span.end <= pair[1].span.start);
        }
        let _ = publication(&clues(&article, &analysis, &times));
        for time in &times {
            let json = serde_json::to_string(&time.meaning).unwrap_or_default();
            let back: Result<Meaning, _> = serde_json::from_str(&json);
            prop_assert!(back.is_ok_and(|back| back == time.meaning));
        }
    }

    #[test]
    fn coarser_publications_are_less_sure(words in text(), a in day(), length in 0i64..400) {
        // What is said for an interval of publication days holds for each.
        let (article, analysis) = article(&words);
        let b = a + chrono::Duration::days(length);
        let coarse = Edtf::days(a, b);
        for time in find(&article, &analysis) {
            let (Some(whole), Some(one)) = (
                time.meaning.resolve(Some(&coarse)),
                time.meaning.resolve(Some(&Edtf::day(a + chrono::Duration::days(length / 2)))),
            ) else {
                continue;
            };
            if let (Some(whole), Some(one)) = (whole.edtf, one.edtf)
                && !whole.as_str().contains("..")
                && !whole.is_yearless()
            {
                prop_assert!(whole.may_overlap(&one), "{:?}: {whole} but {one}", time.meaning);
            }
        }
    }
}
