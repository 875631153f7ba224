//! Compares the tokeniser and the sentence splitter with a treebank: prints
//! precision, recall and F1 of tokens and sentences, and the time it took.
//!
//! `cargo run --release --example tokens -- FILE.conllu [--errors]`

use std::collections::BTreeSet;
use std::io::Write;
use tieline::language::sentences::split;
use tieline::text::Span;

/// A paragraph of a treebank: its text, and its sentences as spans of tokens.
#[derive(Default)]
struct Paragraph {
    text: String,
    sentences: Vec<Vec<Span>>,
    glued: bool,
}

impl Paragraph {
    /// Adds a sentence given its text and forms; false when they do not fit.
    fn add(&mut self, text: &str, forms: &[(String, bool)]) -> bool {
        if !self.text.is_empty() && !self.glued {
            self.text.push(' ');
        }
        let mut at = self.text.len();
        self.text.push_str(text);
        let mut tokens = Vec::new();
        for (form, _) in forms {
            let Some(start) = self.text[at..].find(form.as_str()).map(|i| at + i) else {
                return false;
            };
            at = start + form.len();
            tokens.push(Span::new(start, at));
        }
        self.glued = forms.last().is_some_and(|f| !f.1);
        self.sentences.push(tokens);
        true
    }
}

fn paragraphs(conllu: &str) -> Vec<Paragraph> {
    let mut out = vec![Paragraph::default()];
    let mut text = "";
    let mut forms: Vec<(String, bool)> = Vec::new();
    let mut joined = 0;
    let mut joined_space = true;
    let mut new = false;
    for line in conllu.lines() {
        if let Some(rest) = line.strip_prefix("# text = ") {
            text = rest;
        } else if line.starts_with("# newpar") || line.starts_with("# newdoc") {
            new = true;
        } else if line.is_empty() {
            if new {
                out.push(Paragraph::default());
                new = false;
            }
            if let Some(last) = out.last_mut()
                && !last.add(text, &forms)
            {
                out.pop();
                out.push(Paragraph::default());
            }
            forms.clear();
            joined = 0;
        } else if !line.starts_with('#') {
            let columns: Vec<&str> = line.split('\t').collect();
            let space = !columns[9].contains("SpaceAfter=No");
            if let Some((_, last)) = columns[0].split_once('-') {
                // The words of a multi-word token follow, written together.
                joined = last.parse().unwrap_or(0);
                joined_space = space;
            } else if let Ok(id) = columns[0].parse::<usize>() {
                let space = if id == joined { joined_space } else { space };
                forms.push((columns[1].to_owned(), space));
            }
        }
    }
    out
}

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let path = args.next().unwrap_or_default();
    let errors = args.next().is_some();
    let conllu = std::fs::read_to_string(path)?;
    let paragraphs = paragraphs(&conllu);
    let mut out = std::io::stdout().lock();
    let started = std::time::Instant::now();
    let found: Vec<Vec<Vec<Span>>> = paragraphs
        .iter()
        .map(|p| split(&p.text, Span::new(0, p.text.len())))
        .collect();
    let seconds = started.elapsed().as_secs_f64();
    let mut tokens = [0_usize; 3];
    let mut sentences = [0_usize; 3];
    for (paragraph, found) in paragraphs.iter().zip(&found) {
        let flat = |s: &[Vec<Span>]| s.iter().flatten().copied().collect::<BTreeSet<Span>>();
        let ends = |s: &[Vec<Span>]| {
            s.iter()
                .filter_map(|t| Some(t.first()?.cover(*t.last()?)))
                .collect::<BTreeSet<Span>>()
        };
        for (counts, gold, mine) in [
            (&mut tokens, flat(&paragraph.sentences), flat(found)),
            (&mut sentences, ends(&paragraph.sentences), ends(found)),
        ] {
            counts[0] += gold.intersection(&mine).count();
            counts[1] += gold.len();
            counts[2] += mine.len();
            if errors {
                for span in gold.difference(&mine) {
                    writeln!(out, "missed  {}", span.of(&paragraph.text))?;
                }
                for span in mine.difference(&gold) {
                    writeln!(out, "made    {}", span.of(&paragraph.text))?;
                }
            }
        }
    }
    for (name, [right, gold, mine]) in [("tokens", tokens), ("sentences", sentences)] {
        let (p, r) = (right as f64 / mine as f64, right as f64 / gold as f64);
        writeln!(
            out,
            "{name:9} P {:.2} R {:.2} F1 {:.2} ({gold} in the treebank)",
            100.0 * p,
            100.0 * r,
            200.0 * p * r / (p + r)
        )?;
    }
    writeln!(out, "{:.0} tokens a second", tokens[2] as f64 / seconds)
}
