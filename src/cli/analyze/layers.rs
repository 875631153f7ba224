//! Each layer of an article as text for people, and as one line of JSON. Pure.

use crate::cli::args::Layer;
use crate::extract::Report;
use crate::ingest::Article;
use crate::language::{Analysis, NameKind, Sentence};
use crate::pipeline;
use crate::render::plain;
use crate::text::{CodePoints, Span};
use crate::time::{self, Edtf, Resolved, TimeExpression, TimexKind};
use serde_json::{Value, json};
use std::fmt::Write;

/// Words with lemma and tags, a line each, sentences apart.
pub(super) fn tokens(article: &Article, analysis: &Analysis) -> String {
    let mut out = String::new();
    for sentence in &analysis.sentences {
        for (i, token) in sentence.tokens.iter().enumerate() {
            let word = plain(sentence.word(&article.text, i));
            let (upos, xpos) = (token.upos.as_str(), token.xpos.as_str());
            let _ = writeln!(
                out,
                "{word:<20} {:<20} {upos:<6} {xpos}",
                plain(&token.lemma)
            );
        }
        out.push('\n');
    }
    out
}

/// Words indented below what they depend on; children in the order of the text.
pub(super) fn parse(article: &Article, analysis: &Analysis) -> String {
    let mut out = String::new();
    for sentence in &analysis.sentences {
        for (i, token) in sentence.tokens.iter().enumerate() {
            let depth = sentence.ancestors(i).count().min(20);
            let _ = writeln!(
                out,
                "{:<3} {:<40} {:<6} {:<12} {}",
                i + 1,
                format!(
                    "{}{}",
                    "  ".repeat(depth),
                    plain(sentence.word(&article.text, i))
                ),
                token.upos.as_str(),
                token.relation.as_str(),
                sentence.head(i).map_or(String::new(), |h| format!(
                    "{} {}",
                    h + 1,
                    plain(sentence.word(&article.text, h))
                ))
            );
        }
        out.push('\n');
    }
    out
}

/// The words of a kind of name.
fn kind(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "person",
        NameKind::Organization => "organization",
        NameKind::Location => "location",
        NameKind::Other => "other",
    }
}

/// Names with their spans.
fn named(sentence: &Sentence) -> impl Iterator<Item = (Span, &'static str)> + '_ {
    sentence.names.iter().map(|name| {
        let span = sentence.span_of(usize::from(name.first), usize::from(name.last));
        (span, kind(name.kind))
    })
}

/// Names and their kinds, a line each.
pub(super) fn names(article: &Article, analysis: &Analysis) -> String {
    let mut out = String::new();
    for (span, kind) in analysis.sentences.iter().flat_map(named) {
        let _ = writeln!(out, "{kind:<13} {}", plain(span.of(&article.text)));
    }
    out
}

/// The article's blocks with their kinds.
pub(super) fn blocks(article: &Article) -> String {
    let mut out = String::new();
    for block in &article.blocks {
        let text = plain(block.span.of(&article.text));
        let _ = writeln!(out, "{:<10} {text}", block.kind.as_str());
    }
    out
}

/// The publication date to resolve against: the given one, else the best that
/// the article itself tells.
fn published(article: &Article, analysis: &Analysis, times: &[TimeExpression]) -> Option<Edtf> {
    match &article.published {
        Some(given) => Edtf::parse(&given.edtf),
        None => time::publication(&time::clues(article, analysis, times)).map(|(edtf, ..)| edtf),
    }
}

/// The TIMEX3 word for a type.
fn timex(kind: TimexKind) -> &'static str {
    match kind {
        TimexKind::Date => "DATE",
        TimexKind::Time => "TIME",
        TimexKind::Duration => "DURATION",
        TimexKind::Set => "SET",
    }
}

fn resolved<'t>(
    times: &'t [TimeExpression],
    published: Option<&Edtf>,
) -> Vec<(&'t TimeExpression, Option<Resolved>)> {
    times
        .iter()
        .map(|t| (t, t.meaning.resolve(published)))
        .collect()
}

/// Time expressions, their types, values and dates, a line each.
pub(super) fn times(article: &Article, analysis: &Analysis) -> String {
    let times = time::find(article, analysis);
    let published = published(article, analysis, &times);
    let mut out = format!(
        "published {}\n",
        published.as_ref().map_or("unknown", Edtf::as_str)
    );
    for (expression, resolved) in resolved(&times, published.as_ref()) {
        let words = plain(expression.span.of(&article.text));
        let value = resolved.as_ref().map_or("?", |r| r.value.as_str());
        let edtf = resolved.as_ref().and_then(|r| r.edtf.as_ref());
        let edtf = edtf.map_or("", Edtf::as_str);
        let _ = writeln!(
            out,
            "{:<9} {value:<24} {edtf:<24} {words}",
            timex(expression.kind)
        );
    }
    out
}

/// The actors and events of the article.
pub(super) fn events(report: &Report) -> String {
    let mut out = String::new();
    for actor in &report.actors {
        let roles: Vec<String> = actor.roles.iter().map(|r| plain(&r.title)).collect();
        let _ = writeln!(
            out,
            "{:<13} {} ({} mentions) {}",
            actor.kind.as_str(),
            plain(&actor.name),
            actor.mentions.len(),
            roles.join("; ")
        );
    }
    let name = |i: u32| {
        report
            .actors
            .get(i as usize)
            .map_or("?", |a| a.name.as_str())
    };
    for event in &report.events {
        let _ = writeln!(
            out,
            "\n{} [{}] {}",
            event.kind,
            event.status,
            plain(&event.title)
        );
        let parts: Vec<String> = event
            .participants
            .iter()
            .map(|p| format!("{} ({})", plain(name(p.actor)), p.role))
            .collect();
        let _ = writeln!(out, "  who    {}", parts.join(", "));
        if let Some(place) = event.place {
            let _ = writeln!(out, "  place  {}", plain(name(place)));
        }
        if let Some(time) = &event.time {
            let _ = writeln!(out, "  when   {}", plain(&time.words));
        }
        let _ = writeln!(out, "  by     {}", plain(&event.trigger.text));
        let _ = writeln!(out, "  “{}”", plain(&event.quote.text));
    }
    out
}

/// One line of JSON with the layer. Offsets are code points of the text.
pub(super) fn json(name: &str, article: &Article, analysis: &Analysis, layer: Layer) -> String {
    let points = CodePoints::new(&article.text);
    let at = |span: Span| (points.at(span.start), points.at(span.end));
    let (key, list): (&str, Vec<Value>) = match layer {
        Layer::Tokens | Layer::Parse => (
            "sentences",
            analysis
                .sentences
                .iter()
                .map(|s| Value::Array(sentence(article, s, &at)))
                .collect(),
        ),
        Layer::Names => (
            "names",
            analysis
                .sentences
                .iter()
                .flat_map(named)
                .map(|(span, kind)| {
                    let (start, end) = at(span);
                    json!({"start": start, "end": end, "kind": kind, "text": span.of(&article.text)})
                })
                .collect(),
        ),
        Layer::Times => ("timexes", timexes(article, analysis)),
        Layer::Blocks => (
            "blocks",
            article
                .blocks
                .iter()
                .map(|block| {
                    let (start, end) = at(block.span);
                    json!({"start": start, "end": end, "kind": block.kind.as_str()})
                })
                .collect(),
        ),
        Layer::Events => {
            let report = pipeline::read(article);
            ("events", report.events.iter().map(|e| json!(e)).collect())
        }
    };
    format!("{}\n", json!({"doc": name, key: list}))
}

fn sentence(article: &Article, sentence: &Sentence, at: &dyn Fn(Span) -> (u32, u32)) -> Vec<Value> {
    sentence
        .tokens
        .iter()
        .enumerate()
        .map(|(i, token)| {
            let (start, end) = at(token.span);
            json!({
                "start": start,
                "end": end,
                "text": sentence.word(&article.text, i),
                "lemma": token.lemma,
                "upos": token.upos.as_str(),
                "xpos": token.xpos.as_str(),
                "head": token.head.map_or(0, |h| u32::from(h) + 1),
                "deprel": token.relation.as_str(),
            })
        })
        .collect()
}

/// Time expressions as TIMEX3 values, also those of date lines and bylines.
fn timexes(article: &Article, analysis: &Analysis) -> Vec<Value> {
    let times = time::find(article, analysis);
    let published = published(article, analysis, &times);
    time::timex_rows(article, analysis, published.as_ref())
        .iter()
        .map(|row| json!(row))
        .collect()
}
