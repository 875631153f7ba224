//! Scores models on the development sets, as `language_score.py` does.

use std::path::Path;
use std::time::Instant;

use tieline::ingest::{Article, BlockKind};
use tieline::language::{Analysis, Models, NameKind, RawSentence, annotate_with};
use tieline::text::Span;

use crate::{data, names};

/// Scores on all development sets.
pub(crate) fn all(models: &Models<'_>, data: &Path) -> anyhow::Result<()> {
    for name in ["ewt-dev", "gum-dev", "gum-news-dev"] {
        let trees = data::treebank(&data.join(format!("parse/{name}.conllu")))?;
        println!("{name:24} {}", parse(models, &trees));
    }
    for name in ["uner-ewt-dev", "crossner-politics-dev"] {
        let sentences = data::tagged(&data.join(format!("names/{name}.tsv")))?;
        println!("{name:24} {}", found(models, &sentences));
    }
    Ok(())
}

/// How many tokens a second the language layer reads of a text, from characters
/// to names, and how long the weights take to load; five rounds, on one thread.
pub(crate) fn speed(weights: &[u8], text: &str) {
    for _ in 0..5 {
        let start = Instant::now();
        let models = Models::new(weights);
        let loaded = start.elapsed();
        let start = Instant::now();
        let whole = Span::new(0, text.len());
        let sentences = tieline::language::sentences::split(text, whole);
        let raw = sentences.into_iter().map(|tokens| RawSentence {
            block: 0,
            kind: BlockKind::Body,
            tokens,
        });
        let analysis = annotate_with(&models, text, raw.collect());
        let taken = start.elapsed().as_secs_f64();
        let tokens: usize = analysis.sentences.iter().map(|s| s.tokens.len()).sum();
        println!(
            "loaded in {:.1} ms; {tokens} tokens of {} bytes in {taken:.3} s: {:.0} tokens a second",
            loaded.as_secs_f64() * 1000.0,
            text.len(),
            tokens as f64 / taken
        );
        let start = Instant::now();
        let times = tieline::time::find(&Article::of_block(text, BlockKind::Body), &analysis);
        let taken = start.elapsed().as_secs_f64();
        println!(
            "{} times in {taken:.4} s: {:.0} tokens a second",
            times.len(),
            tokens as f64 / taken
        );
    }
}

fn run<'f>(models: &Models<'_>, sentences: impl Iterator<Item = &'f Vec<String>>) -> Analysis {
    let mut text = String::new();
    let mut raw = Vec::new();
    for forms in sentences {
        let mut tokens = Vec::new();
        for form in forms {
            let start = text.len();
            text.push_str(form);
            tokens.push(Span::new(start, text.len()));
            text.push(' ');
        }
        raw.push(RawSentence {
            block: 0,
            kind: BlockKind::Body,
            tokens,
        });
    }
    annotate_with(models, &text, raw)
}

fn parse(models: &Models<'_>, trees: &[data::Tree]) -> String {
    let analysis = run(models, trees.iter().map(|t| &t.forms));
    let (mut n, mut upos, mut xpos, mut lemma, mut heads, mut both) = (0, 0, 0, 0, 0, 0);
    let (mut arguments, mut right) = (0, 0);
    let main = |relation: &'static str| relation.split(':').next().unwrap_or("");
    for (tree, sentence) in trees.iter().zip(&analysis.sentences) {
        let size = tree.forms.len() as u32;
        for (i, token) in sentence.tokens.iter().enumerate() {
            n += 1;
            upos += usize::from(token.upos == tree.upos[i]);
            xpos += usize::from(token.xpos == tree.xpos[i]);
            lemma += usize::from(token.lemma.to_lowercase() == tree.lemmas[i].to_lowercase());
            let head = token.head.map_or(size, u32::from) == tree.heads[i];
            let gold = main(tree.relations[i].as_str());
            let labelled = head && main(token.relation.as_str()) == gold;
            heads += usize::from(head);
            both += usize::from(labelled);
            if matches!(gold, "nsubj" | "obj" | "iobj" | "csubj") {
                arguments += 1;
                right += usize::from(labelled);
            }
        }
    }
    let percent = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
    format!(
        "tokens {n}  UPOS {:.2}  XPOS {:.2}  lemma {:.2}  UAS {:.2}  LAS {:.2}  subject/object {:.2}",
        percent(upos, n),
        percent(xpos, n),
        percent(lemma, n),
        percent(heads, n),
        percent(both, n),
        percent(right, arguments)
    )
}

fn found(models: &Models<'_>, sentences: &[data::Tagged]) -> String {
    let analysis = run(models, sentences.iter().map(|s| &s.forms));
    // Right, found and wanted, by kind.
    let mut counts = [[0_usize; 3]; 3];
    for (gold, sentence) in sentences.iter().zip(&analysis.sentences) {
        let spans = |names: &[tieline::language::Name]| -> Vec<(u16, u16, usize)> {
            let spans = names.iter().map(|n| (n.first, n.last, number(n.kind)));
            spans.filter(|s| s.2 < 3).collect()
        };
        let wanted = spans(&tieline::language::names::spans(&names::labels(&gold.tags)));
        let got = spans(&sentence.names);
        for span in &wanted {
            counts[span.2][2] += 1;
        }
        for span in &got {
            counts[span.2][1] += 1;
            counts[span.2][0] += usize::from(wanted.contains(span));
        }
    }
    let score = |[right, found, wanted]: [usize; 3]| {
        let percent = |of: usize| 100.0 * right as f64 / of.max(1) as f64;
        let f = 200.0 * right as f64 / (found + wanted).max(1) as f64;
        format!("P {:.1} R {:.1} F {f:.1}", percent(found), percent(wanted))
    };
    let sum = |i: usize| counts.iter().map(|c| c[i]).sum();
    format!(
        "all {} | PER {} | ORG {} | LOC {}",
        score([sum(0), sum(1), sum(2)]),
        score(counts[0]),
        score(counts[1]),
        score(counts[2])
    )
}

fn number(kind: NameKind) -> usize {
    match kind {
        NameKind::Person => 0,
        NameKind::Organization => 1,
        NameKind::Location => 2,
        NameKind::Other => 3,
    }
}
