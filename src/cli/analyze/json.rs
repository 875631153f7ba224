//! Each layer of an article as one line of JSON; `docs/formats.md` describes it.
//! Offsets are code points of the text. Pure.

use super::reading::{Reading, Standing};
use crate::cli::args::Layer;
use crate::extract::Report;
use crate::language::Sentence;
use crate::time;
use serde_json::{Map, Value, json};

/// One line with the layer, or with all of them.
pub(super) fn layer(name: &str, reading: &Reading<'_>, layer: Layer) -> String {
    let mut out = Map::new();
    out.insert("doc".to_owned(), json!(name));
    let mut put = |key: &str, value: Value| {
        out.insert(key.to_owned(), value);
    };
    match layer {
        Layer::Blocks => put("blocks", blocks(reading)),
        Layer::Tokens | Layer::Parse => put("sentences", sentences(reading)),
        Layer::Names => put("names", names(reading)),
        Layer::Times => put("timexes", timexes(reading)),
        Layer::Actors => put("actors", json!(reading.report().actors)),
        Layer::Events => {
            let report = reading.report();
            put("actors", json!(report.actors));
            put("events", events(reading, &report));
        }
        Layer::All => {
            let report = reading.report();
            put("text", json!(reading.article.text));
            put("published", json!(reading.published));
            put("blocks", blocks(reading));
            put("sentences", sentences(reading));
            put("names", names(reading));
            put("timexes", timexes(reading));
            put("actors", json!(report.actors));
            put("events", events(reading, &report));
        }
    }
    format!("{}\n", Value::Object(out))
}

fn blocks(reading: &Reading<'_>) -> Value {
    let block = |block: &crate::ingest::Block| {
        let (start, end) = reading.at(block.span);
        json!({
            "start": start,
            "end": end,
            "kind": block.kind.as_str(),
            "read": block.kind.is_read(),
        })
    };
    reading.article.blocks.iter().map(block).collect()
}

fn sentences(reading: &Reading<'_>) -> Value {
    let sentence = |s: &Sentence| {
        let (start, end) = reading.at(s.span);
        json!({
            "start": start,
            "end": end,
            "block": s.block,
            "kind": s.kind.as_str(),
            "tokens": tokens(reading, s),
        })
    };
    reading.analysis.sentences.iter().map(sentence).collect()
}

fn tokens(reading: &Reading<'_>, sentence: &Sentence) -> Vec<Value> {
    let tokens = sentence.tokens.iter().enumerate();
    tokens
        .map(|(i, token)| {
            let (start, end) = reading.at(token.span);
            json!({
                "start": start,
                "end": end,
                "text": sentence.word(&reading.article.text, i),
                "lemma": token.lemma,
                "upos": token.upos.as_str(),
                "xpos": token.xpos.as_str(),
                "head": token.head.map_or(0, |h| u32::from(h) + 1),
                "deprel": token.relation.as_str(),
            })
        })
        .collect()
}

fn names(reading: &Reading<'_>) -> Value {
    let mut out = Vec::new();
    let sentences = reading.analysis.sentences.iter().zip(reading.told());
    for (s, (sentence, told)) in sentences.enumerate() {
        for (name, told) in sentence.names.iter().zip(told) {
            let span = sentence.span_of(name.first.into(), name.last.into());
            let (start, end) = reading.at(span);
            out.push(json!({
                "start": start,
                "end": end,
                "sentence": s,
                "kind": told.kind.as_str(),
                "why": told.reason(),
                "country": told.country,
                "text": span.of(&reading.article.text),
            }));
        }
    }
    Value::Array(out)
}

/// Time expressions as TIMEX3 values, also those of date lines and bylines; what
/// stands in running text has its meaning before resolution too.
fn timexes(reading: &Reading<'_>) -> Value {
    let published = reading.published.as_ref();
    let rows = time::timex_rows(reading.article, &reading.analysis, published);
    let row = |row: &time::TimexRow| {
        let mut value = json!(row);
        let times = &reading.times;
        let at = times.partition_point(|t| reading.points.at(t.span.start) < row.start);
        let time = times
            .get(at)
            .filter(|t| reading.at(t.span) == (row.start, row.end));
        if let (Some(time), Some(fields)) = (time, value.as_object_mut()) {
            let text = time.span.of(&reading.article.text);
            fields.insert("text".to_owned(), json!(text));
            fields.insert("sentence".to_owned(), json!(time.sentence));
            fields.insert("meaning".to_owned(), json!(time.meaning));
        }
        value
    };
    rows.iter().map(row).collect()
}

fn events(reading: &Reading<'_>, report: &Report) -> Value {
    let mut out = Vec::new();
    for event in &report.events {
        let mut value = json!(event);
        if let Some(fields) = value.as_object_mut() {
            if let Some((s, t)) = reading.token_at(event.trigger.start) {
                let sentence = &reading.analysis.sentences[s];
                let standing = Standing::new(&reading.article.text, sentence, t);
                fields.insert("sentence".to_owned(), json!(s));
                fields.insert("standing".to_owned(), json!(standing));
            }
            let slots = reading.frames(event).into_iter().map(|f| json!(f.slots));
            fields.insert("frames".to_owned(), slots.collect());
        }
        out.push(value);
    }
    Value::Array(out)
}
