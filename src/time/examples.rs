//! Runs the examples of `ontology/time.toml` and `holidays.toml`, with a small tagger of its own
//! so that the grammar is tested apart from the language phase.

use super::{Edtf, timex_rows};
use crate::ingest::{Article, BlockKind};
use crate::language::{Analysis, Relation, Sentence, Token, Upos, Xpos};
use crate::text::Span;
use serde::Deserialize;

/// An example: what must come out of a text.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Example {
    text: String,
    published: Option<String>,
    /// Words, TIMEX3 value, EDTF ("" for none).
    expect: Vec<[String; 3]>,
}

fn tags(word: &str) -> (Upos, Xpos) {
    let lower = word.to_ascii_lowercase();
    match lower.as_str() {
        "will" | "would" | "can" | "could" | "should" => (Upos::Aux, Xpos::Md),
        "may" if word == "may" => (Upos::Aux, Xpos::Md),
        "march" if word == "march" => (Upos::Verb, Xpos::Vb),
        "is" | "has" => (Upos::Aux, Xpos::Vbz),
        "are" | "have" => (Upos::Aux, Xpos::Vbp),
        "was" | "were" | "had" => (Upos::Aux, Xpos::Vbd),
        "to" => (Upos::Part, Xpos::To),
        "meet" | "visit" | "open" | "begin" | "return" | "hold" | "vote" => (Upos::Verb, Xpos::Vb),
        "met" | "said" | "rose" | "fell" | "left" | "began" => (Upos::Verb, Xpos::Vbd),
        "meeting" | "leaving" => (Upos::Verb, Xpos::Vbg),
        "scheduled" | "expected" => (Upos::Verb, Xpos::Vbn),
        _ if lower.ends_with("ed") => (Upos::Verb, Xpos::Vbd),
        _ if lower.starts_with(|c: char| c.is_ascii_digit()) => (Upos::Num, Xpos::Cd),
        _ if word.starts_with(char::is_uppercase) => (Upos::Propn, Xpos::Nnp),
        _ if lower.ends_with('s') => (Upos::Noun, Xpos::Nns),
        _ if lower.starts_with(char::is_alphabetic) => (Upos::Noun, Xpos::Nn),
        _ => (Upos::Punct, Xpos::Comma),
    }
}

/// An article of one body block with a flat analysis: sentences end at a
/// period before a capital, no token has a head.
pub(super) fn article(text: &str) -> (Article, Analysis) {
    let article = Article::of_block(text, BlockKind::Body);
    let mut sentences: Vec<Vec<Span>> = vec![Vec::new()];
    let mut words = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_whitespace() {
            if let Some(from) = start.take() {
                words.push((from, i));
            }
        } else if start.is_none() {
            start = Some(i);
        }
    }
    for (n, (from, to)) in words.iter().copied().enumerate() {
        let word = &text[from..to];
        let bare = word.trim_end_matches([',', ';', ':', '?', '!', ')', '"']);
        let stop = bare.ends_with('.') && {
            let next = words.get(n + 1).map(|(a, b)| &text[*a..*b]);
            let month = bare.len() <= 5 && next.is_some_and(|w| w.starts_with(char::is_numeric));
            let dotted = bare[..bare.len() - 1].contains('.');
            !month && (!dotted || next.is_some_and(|w| w.starts_with(char::is_uppercase)))
        };
        let bare = if stop { &bare[..bare.len() - 1] } else { bare };
        let current = sentences.last_mut().expect("one is always there");
        let middle = from + bare.len();
        if middle > from {
            current.push(Span::new(from, middle));
        }
        for (i, c) in text[middle..to].char_indices() {
            current.push(Span::new(middle + i, middle + i + c.len_utf8()));
        }
        let next = words.get(n + 1).map_or(text.len(), |(a, _)| *a);
        if stop || text[to..next].matches('\n').count() > 1 {
            sentences.push(Vec::new());
        }
    }
    let sentences = sentences
        .into_iter()
        .filter(|s| !s.is_empty())
        .map(|spans| Sentence {
            block: 0,
            kind: BlockKind::Body,
            span: spans[0].cover(spans[spans.len() - 1]),
            tokens: spans
                .into_iter()
                .map(|span| {
                    let word = span.of(text);
                    let (upos, xpos) = tags(word);
                    let lower = word.to_lowercase();
                    let lemma = match lower.as_str() {
                        "has" | "had" => "have",
                        "is" | "are" | "was" | "were" => "be",
                        "scheduled" => "schedule",
                        "expected" => "expect",
                        "planned" => "plan",
                        _ => &lower,
                    };
                    Token {
                        span,
                        lemma: lemma.to_owned(),
                        upos,
                        xpos,
                        head: None,
                        relation: Relation::Dep,
                    }
                })
                .collect(),
            names: Vec::new(),
        })
        .collect();
    (article, Analysis { sentences })
}

#[test]
fn examples_come_out() {
    let mut wrong = String::new();
    for example in &super::lexicon::LEXICON.examples {
        let (article, analysis) = article(&example.text);
        let published = example.published.as_deref().and_then(Edtf::parse);
        let got: Vec<[String; 3]> = timex_rows(&article, &analysis, published.as_ref())
            .into_iter()
            .map(|row| {
                let words: String = example
                    .text
                    .chars()
                    .skip(row.start as usize)
                    .take((row.end - row.start) as usize)
                    .collect();
                let edtf = row.edtf.map_or(String::new(), |e| e.to_string());
                [words, row.value, edtf]
            })
            .collect();
        if got != example.expect {
            wrong += &format!(
                "{}\n  want {:?}\n  got  {:?}\n",
                example.text, example.expect, got
            );
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(super::lexicon::LEXICON.examples.len() > 30);
}
