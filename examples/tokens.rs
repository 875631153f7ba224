//! Compares the tokeniser and the sentence splitter with a treebank: prints
//! precision, recall and F1 of tokens and sentences, and the time it took.
//!
//! A treebank keeps sentences, not pages, so the text has to be put together
//! again, and how that is done decides much of the result. Three ways are
//! measured:
//!
//! - `joined`: every document is one line, with spaces between its sentences.
//!   Headlines and captions then run into the next sentence, which no article
//!   does; only a reader who understands the text could part them.
//! - `paragraphs`: each paragraph, heading, caption and list item of the
//!   treebank (`# newpar`, `# newpar_block`) is a block of its own.
//! - `article`: the paragraphs are written as a file with blank lines between
//!   them and go the whole way through `ingest`, as an article does.
//!
//! `cargo run --release --example tokens -- FILE.conllu [--errors WAY]`

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use tieline::ingest::{self, Metadata, Source};
use tieline::language::sentences::split;
use tieline::text::Span;

/// A text put together from a treebank, and its sentences as spans of tokens.
#[derive(Default)]
struct Text {
    text: String,
    sentences: Vec<Vec<Span>>,
    /// The next sentence touches this one.
    glued: bool,
}

/// A sentence of the treebank.
struct Sentence<'t> {
    text: &'t str,
    forms: Vec<&'t str>,
    /// The last token is followed by no space.
    glued: bool,
    new_document: bool,
    new_paragraph: bool,
}

impl Text {
    /// Adds a sentence behind `gap`.
    fn add(&mut self, sentence: &Sentence<'_>, gap: &str) {
        if !self.text.is_empty() && (gap != " " || !self.glued) {
            self.text.push_str(gap);
        }
        let mut at = self.text.len();
        self.text.push_str(sentence.text);
        let mut tokens = Vec::new();
        for form in &sentence.forms {
            // A form that is not in the text counts as missed.
            if let Some(start) = self.text[at..].find(form).map(|i| at + i) {
                at = start + form.len();
                tokens.push(Span::new(start, at));
            }
        }
        self.glued = sentence.glued;
        self.sentences.push(tokens);
    }
}

/// After how many sentences the inner blocks of a paragraph end:
/// `p (3 s) | figure (1 s) | caption (1 s)`.
fn inner_ends(line: &str) -> Vec<usize> {
    line.split(" s)")
        .filter_map(|part| part.rsplit('(').next()?.parse().ok())
        .collect()
}

fn sentences(conllu: &str) -> Vec<Sentence<'_>> {
    let mut out: Vec<Sentence<'_>> = Vec::new();
    let (mut new_document, mut new_paragraph) = (true, true);
    let mut ends: Vec<usize> = Vec::new();
    for block in conllu.split("\n\n") {
        let mut sentence = Sentence {
            text: "",
            forms: Vec::new(),
            glued: false,
            new_document,
            new_paragraph,
        };
        // The words of a multi-word token follow it; its spacing counts.
        let mut joined = 0;
        for line in block.lines() {
            if let Some(text) = line.strip_prefix("# text = ") {
                sentence.text = text;
            } else if line.starts_with("# newdoc") {
                sentence.new_document = true;
            } else if line.starts_with("# newpar_block") {
                ends.extend(inner_ends(line).iter().map(|n| out.len() + n));
                sentence.new_paragraph = true;
            } else if line.starts_with("# newpar") {
                sentence.new_paragraph = true;
            } else if !line.starts_with('#') {
                let columns: Vec<&str> = line.split('\t').collect();
                let [id, form, .., misc] = columns[..] else {
                    continue;
                };
                let glued = misc.contains("SpaceAfter=No");
                if let Some((_, last)) = id.split_once('-') {
                    joined = last.parse().unwrap_or(0);
                    sentence.glued = glued;
                } else if let Ok(id) = id.parse::<usize>() {
                    sentence.forms.push(form);
                    if id > joined {
                        sentence.glued = glued;
                    }
                }
            }
        }
        sentence.new_paragraph |= sentence.new_document || ends.contains(&out.len());
        if !sentence.forms.is_empty() {
            out.push(sentence);
            (new_document, new_paragraph) = (false, false);
        }
    }
    out
}

/// Puts texts together: a new one where `begins` says so, and a blank line
/// where a paragraph begins inside.
fn texts(sentences: &[Sentence<'_>], way: &str) -> Vec<Text> {
    let mut out: Vec<Text> = Vec::new();
    for sentence in sentences {
        let begins = sentence.new_document || way == "paragraphs" && sentence.new_paragraph;
        let gap = if way == "article" && sentence.new_paragraph {
            "\n\n"
        } else {
            " "
        };
        match out.last_mut() {
            Some(last) if !begins => last.add(sentence, gap),
            _ => {
                let mut text = Text::default();
                text.add(sentence, gap);
                out.push(text);
            }
        }
    }
    out
}

/// The sentences that Tieline finds.
fn find(text: &str, way: &str) -> Vec<Vec<Span>> {
    if way != "article" {
        return split(text, Span::new(0, text.len()));
    }
    let source = Source {
        file: PathBuf::from("a.txt"),
        path: "a.txt".to_owned(),
        metadata: Metadata::default(),
    };
    match ingest::parse(&source, text.as_bytes()) {
        Ok((article, _)) => article
            .blocks
            .iter()
            .flat_map(|block| split(&article.text, block.span))
            .collect(),
        Err(_) => Vec::new(),
    }
}

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let path = args.next().unwrap_or_default();
    let errors = args.nth(1);
    let conllu = std::fs::read_to_string(path)?;
    let sentences = sentences(&conllu);
    let mut out = std::io::stdout().lock();
    for way in ["joined", "paragraphs", "article"] {
        let texts = texts(&sentences, way);
        let started = std::time::Instant::now();
        let found: Vec<Vec<Vec<Span>>> = texts.iter().map(|t| find(&t.text, way)).collect();
        let seconds = started.elapsed().as_secs_f64();
        let show = errors.as_deref() == Some(way);
        compare(&texts, &found, way, show, &mut out)?;
        let tokens: usize = found.iter().flatten().map(Vec::len).sum();
        writeln!(
            out,
            "{way:10} {:.0} tokens a second",
            tokens as f64 / seconds
        )?;
    }
    Ok(())
}

/// Prints how the sentences found fit those of the treebank, and where not.
fn compare(
    texts: &[Text],
    found: &[Vec<Vec<Span>>],
    way: &str,
    show: bool,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let flat = |s: &[Vec<Span>]| s.iter().flatten().copied().collect::<BTreeSet<Span>>();
    let whole = |s: &[Vec<Span>]| {
        s.iter()
            .filter_map(|t| Some(t.first()?.cover(*t.last()?)))
            .collect::<BTreeSet<Span>>()
    };
    let (mut tokens, mut sentences) = ([0_usize; 3], [0_usize; 3]);
    for (text, found) in texts.iter().zip(found) {
        for (counts, gold, mine) in [
            (&mut tokens, flat(&text.sentences), flat(found)),
            (&mut sentences, whole(&text.sentences), whole(found)),
        ] {
            counts[0] += gold.intersection(&mine).count();
            counts[1] += gold.len();
            counts[2] += mine.len();
            if show {
                for span in gold.difference(&mine) {
                    writeln!(out, "missed  {}", span.of(&text.text))?;
                }
                for span in mine.difference(&gold) {
                    writeln!(out, "made    {}", span.of(&text.text))?;
                }
            }
        }
    }
    for (name, [right, gold, mine]) in [("tokens", tokens), ("sentences", sentences)] {
        let (p, r) = (right as f64 / mine as f64, right as f64 / gold as f64);
        writeln!(
            out,
            "{way:10} {name:9} P {:.2} R {:.2} F1 {:.2} ({gold} in the treebank)",
            100.0 * p,
            100.0 * r,
            200.0 * p * r / (p + r)
        )?;
    }
    Ok(())
}
