//! Each layer of an article as text for people. Pure.

use super::reading::{Reading, Standing};
use super::tree;
use crate::cli::args::Layer;
use crate::extract::{EventMention, MentionForm, Report};
use crate::language::Sentence;
use crate::ontology::types::Frame;
use crate::render::plain;
use crate::time::{Edtf, TimexKind};
use std::fmt::Write;

/// The layer, or all of them under titles.
pub(super) fn layer(reading: &Reading<'_>, layer: Layer) -> String {
    match layer {
        Layer::Blocks => blocks(reading),
        Layer::Tokens => tokens(reading),
        Layer::Parse => parse(reading),
        Layer::Names => names(reading),
        Layer::Times => times(reading),
        Layer::Actors => actors(reading, &reading.report()),
        Layer::Events => events(reading, &reading.report()),
        Layer::All => all(reading),
    }
}

fn all(reading: &Reading<'_>) -> String {
    let report = reading.report();
    let layers = [
        ("blocks", blocks(reading)),
        ("tokens", tokens(reading)),
        ("parse", parse(reading)),
        ("names", names(reading)),
        ("times", times(reading)),
        ("actors", actors(reading, &report)),
        ("events", events(reading, &report)),
    ];
    let mut out = String::new();
    for (title, text) in layers {
        let _ = writeln!(out, "== {title} ==\n{}\n", text.trim_end_matches('\n'));
    }
    out
}

/// Number, block and words of a sentence, above what is said of it.
fn heading(reading: &Reading<'_>, number: usize, sentence: &Sentence) -> String {
    let words = plain(sentence.span.of(&reading.article.text));
    let (block, kind) = (sentence.block, sentence.kind.as_str());
    format!("[{number}] {kind} (block {block}): {words}\n")
}

/// Sentences with their numbers.
fn numbered<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = (usize, &'r Sentence)> {
    let sentences = reading.analysis.sentences.iter();
    sentences.enumerate().map(|(i, s)| (i + 1, s))
}

/// The article's blocks with their kinds.
fn blocks(reading: &Reading<'_>) -> String {
    let mut out = String::new();
    for (i, block) in reading.article.blocks.iter().enumerate() {
        let text = plain(block.span.of(&reading.article.text));
        let read = if block.kind.is_read() { "" } else { "not read" };
        let _ = writeln!(out, "{i:<4} {:<10} {read:<9} {text}", block.kind.as_str());
    }
    out
}

/// Words with lemma and tags, a line each.
fn tokens(reading: &Reading<'_>) -> String {
    let mut out = String::new();
    for (number, sentence) in numbered(reading) {
        out += &heading(reading, number, sentence);
        for (i, token) in sentence.tokens.iter().enumerate() {
            let word = plain(sentence.word(&reading.article.text, i));
            let (upos, xpos) = (token.upos.as_str(), token.xpos.as_str());
            let lemma = plain(&token.lemma);
            let _ = writeln!(out, "{:>5} {word:<20} {lemma:<20} {upos:<6} {xpos}", i + 1);
        }
        out.push('\n');
    }
    out
}

/// The tree of each sentence.
fn parse(reading: &Reading<'_>) -> String {
    let mut out = String::new();
    for (number, sentence) in numbered(reading) {
        out += &heading(reading, number, sentence);
        out += &tree::draw(&reading.article.text, sentence);
        out.push('\n');
    }
    out
}

/// Names, their kinds, and what tells the kind.
fn names(reading: &Reading<'_>) -> String {
    let mut out = String::new();
    for ((number, sentence), told) in numbered(reading).zip(reading.told()) {
        if sentence.names.is_empty() {
            continue;
        }
        out += &heading(reading, number, sentence);
        for (name, told) in sentence.names.iter().zip(told) {
            let span = sentence.span_of(name.first.into(), name.last.into());
            let words = plain(span.of(&reading.article.text));
            let (kind, why) = (told.kind.as_str(), told.reason());
            let _ = writeln!(out, "  {kind:<13} {words:<30} {}", plain(&why));
        }
        out.push('\n');
    }
    out
}

/// The TIMEX3 word for a type.
pub(super) fn timex(kind: TimexKind) -> &'static str {
    match kind {
        TimexKind::Date => "DATE",
        TimexKind::Time => "TIME",
        TimexKind::Duration => "DURATION",
        TimexKind::Set => "SET",
    }
}

/// Time expressions: type, value, date, and the meaning before resolution.
fn times(reading: &Reading<'_>) -> String {
    let published = reading.published.as_ref();
    let mut out = format!("published {}\n", published.map_or("unknown", Edtf::as_str));
    let mut last = None;
    for time in &reading.times {
        let s = time.sentence as usize;
        if last != Some(s)
            && let Some(sentence) = reading.analysis.sentences.get(s)
        {
            out += &format!("\n{}", heading(reading, s + 1, sentence));
            last = Some(s);
        }
        let words = plain(time.span.of(&reading.article.text));
        let resolved = time.meaning.resolve(published);
        let value = resolved.as_ref().map_or("?", |r| r.value.as_str());
        let edtf = resolved.as_ref().and_then(|r| r.edtf.as_ref());
        let edtf = edtf.map_or("no date", Edtf::as_str);
        let basis = resolved.as_ref().map_or("", |r| r.basis.as_str());
        let kind = timex(time.kind);
        let _ = writeln!(
            out,
            "  {kind:<9} {value:<24} {edtf:<24} {basis:<9} {words}\n    {:?}",
            time.meaning
        );
    }
    out
}

fn form(form: MentionForm) -> &'static str {
    match form {
        MentionForm::Name => "name",
        MentionForm::Nominal => "nominal",
        MentionForm::Pronoun => "pronoun",
    }
}

/// The actors with titles and all their mentions, in the order of the text.
fn actors(reading: &Reading<'_>, report: &Report) -> String {
    let mut out = String::new();
    for (i, actor) in report.actors.iter().enumerate() {
        let _ = writeln!(
            out,
            "{i:<3} {:<13} {}",
            actor.kind.as_str(),
            plain(&actor.name)
        );
        if actor.names.len() > 1 {
            let names: Vec<String> = actor.names[1..].iter().map(|n| plain(n)).collect();
            let _ = writeln!(out, "      also     {}", names.join("; "));
        }
        if let Some(country) = &actor.country {
            let _ = writeln!(out, "      country  {country}");
        }
        for role in &actor.roles {
            let of = role.of.map(|of| format!(" of {}", name(report, of)));
            let title = plain(&role.title);
            let _ = writeln!(out, "      title    {title}{}", of.unwrap_or_default());
        }
        for mention in &actor.mentions {
            let sentence = reading.sentence_at(mention.start).map_or(0, |s| s + 1);
            let words = plain(&mention.text);
            let _ = writeln!(out, "      {:<8} [{sentence}] {words}", form(mention.form));
        }
    }
    out
}

fn name(report: &Report, actor: u32) -> String {
    let actor = report.actors.get(actor as usize);
    actor.map_or_else(|| "?".to_owned(), |a| plain(&a.name))
}

/// A frame in one line: what its slots become, and which must be filled.
fn in_words(frame: &Frame) -> String {
    let slots = frame
        .slots
        .iter()
        .map(|(slot, role)| format!("{slot}: {role}"));
    let mut out = slots.collect::<Vec<_>>().join(", ");
    if !frame.need.is_empty() {
        let _ = write!(out, "; needs {}", frame.need.join(", "));
    }
    out
}

/// The events: type, status, title, and where each part of it comes from.
fn events(reading: &Reading<'_>, report: &Report) -> String {
    let mut out = String::new();
    for event in &report.events {
        let (kind, status) = (&event.kind, event.status);
        let _ = writeln!(out, "{kind} [{status}] {}", plain(&event.title));
        let (word, lemma) = (plain(&event.trigger.text), plain(&event.trigger.lemma));
        let _ = writeln!(out, "  trigger  {word} ({lemma})");
        for frame in reading.frames(event) {
            let _ = writeln!(out, "  frame    {}", in_words(frame));
        }
        out += &standing(reading, event);
        for part in &event.participants {
            let _ = writeln!(out, "  {:<8} {}", part.role, name(report, part.actor));
        }
        let others = [
            ("place", event.place),
            ("occasion", event.occasion),
            ("says", event.attributed_to),
        ];
        for (what, actor) in others {
            if let Some(actor) = actor {
                let _ = writeln!(out, "  {what:<8} {}", name(report, actor));
            }
        }
        if let Some(time) = &event.time {
            let date = time.meaning.resolve(reading.published.as_ref());
            let edtf = date.and_then(|r| r.edtf);
            let edtf = edtf.as_ref().map_or("no date", Edtf::as_str);
            let _ = writeln!(out, "  when     {} = {edtf}", plain(&time.words));
        } else if event.is_news {
            out += "  when     as news: the day of publication\n";
        }
        if event.again {
            out += "  again    told before\n";
        }
        if !event.about.is_empty() {
            let _ = writeln!(out, "  about    {}", plain(&event.about.join(", ")));
        }
        let sentence = reading.sentence_at(event.quote.start).map_or(0, |s| s + 1);
        let _ = writeln!(out, "  [{sentence}] {}\n", plain(&event.quote.text));
    }
    if out.is_empty() {
        out += "no events\n";
    }
    out
}

/// What the grammar says of the status.
fn standing(reading: &Reading<'_>, event: &EventMention) -> String {
    let Some((s, t)) = reading.token_at(event.trigger.start) else {
        return String::new();
    };
    let sentence = &reading.analysis.sentences[s];
    let standing = Standing::new(&reading.article.text, sentence, t);
    let mut out = format!(
        "  status   {}; the trigger is {}",
        event.status, standing.xpos
    );
    for word in &standing.below {
        let _ = write!(out, " with \u{201c}{}\u{201d}", plain(word));
    }
    for (relation, lemma) in &standing.above {
        let _ = write!(out, ", {relation} of \u{201c}{}\u{201d}", plain(lemma));
    }
    out.push('\n');
    out
}
