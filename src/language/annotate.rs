//! Runs the stages over the sentences of a text. Pure.

use super::lemma::Lemmatizer;
use super::names::{Memory, NameFinder};
use super::parser::{Input, Parser};
use super::sentences;
use super::tagger::{Tagger, Words};
use super::weights::{self, Hot, Sparse, Weights};
use super::words::Lexicon;
use super::{Analysis, Relation, Sentence, Token};
use crate::ingest::{Article, BlockKind};
use crate::text::Span;

/// The models of a weights file.
#[derive(Debug, Clone)]
pub struct Models<'a> {
    /// Clusters and lists.
    pub lexicon: Lexicon<'a>,
    /// Parts of speech.
    pub tagger: Tagger<Sparse<'a>>,
    /// Dictionary forms.
    pub lemmatizer: Lemmatizer<'a>,
    /// Trees.
    pub parser: Parser<Hot<'a>, Sparse<'a>>,
    /// Names.
    pub names: NameFinder<Sparse<'a>>,
}

impl<'a> Models<'a> {
    /// Points into the bytes of a weights file; broken bytes act as no weights.
    pub fn new(bytes: &'a [u8]) -> Models<'a> {
        let weights = Weights::new(bytes);
        Models {
            lexicon: Lexicon::new(&weights),
            tagger: Tagger::<Sparse<'a>>::new(&weights),
            lemmatizer: Lemmatizer::new(&weights),
            parser: Parser::<Hot<'a>, Sparse<'a>>::new(&weights),
            names: NameFinder::<Sparse<'a>>::new(&weights),
        }
    }
}

/// A sentence as the tokeniser gives it.
#[derive(Debug, Clone)]
pub struct RawSentence {
    /// Index of its block in the article.
    pub block: u32,
    /// That block's kind.
    pub kind: BlockKind,
    /// Its tokens, in order.
    pub tokens: Vec<Span>,
}

/// Sentences longer than this many tokens are cut: token numbers have 16 bits.
const LONGEST: usize = 10_000;

/// Fills in tags, lemmas, trees and names. Sentences without tokens are left
/// out, sentences of more than 10,000 tokens are cut.
pub fn annotate(text: &str, sentences: Vec<RawSentence>) -> Analysis {
    annotate_with(weights::embedded(), text, sentences)
}

/// The same with other models than the embedded ones.
pub fn annotate_with(models: &Models<'_>, text: &str, sentences: Vec<RawSentence>) -> Analysis {
    let mut memory = Memory::default();
    let mut out = Vec::with_capacity(sentences.len());
    for raw in &sentences {
        for tokens in raw.tokens.chunks(LONGEST) {
            out.push(sentence(models, text, raw, tokens, &mut memory));
        }
    }
    super::document::harmonise(text, &mut out);
    Analysis { sentences: out }
}

fn sentence(
    models: &Models<'_>,
    text: &str,
    raw: &RawSentence,
    spans: &[Span],
    memory: &mut Memory,
) -> Sentence {
    let forms: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
    let words = Words::new(&models.lexicon, forms.iter().copied());
    let labels = models.tagger.tag(&words);
    let tags = &models.tagger.tags;
    let tree = models.parser.parse(&Input::new(&words, &labels, tags));
    let names = models
        .names
        .find(&models.lexicon, &words, &labels, tags, memory);
    let mut tokens = Vec::with_capacity(spans.len());
    for (i, (span, form)) in spans.iter().zip(&forms).enumerate() {
        let (upos, xpos) = tags.get(labels[i]);
        let head = tree.heads[i] as usize;
        tokens.push(Token {
            span: *span,
            lemma: models.lemmatizer.lemma(form, upos, xpos),
            upos,
            xpos,
            head: (head < spans.len()).then_some(head as u16),
            relation: Relation::ALL
                .get(usize::from(tree.labels[i]))
                .copied()
                .unwrap_or(Relation::Dep),
        });
    }
    Sentence {
        block: raw.block,
        kind: raw.kind,
        span: Span {
            start: spans[0].start,
            end: spans[spans.len() - 1].end,
        },
        tokens,
        names,
    }
}

/// Analyses the blocks of an article that are read for events. A sentence never
/// goes beyond its block.
pub fn analyze(article: &Article) -> Analysis {
    let mut raw = Vec::new();
    for (i, block) in article.blocks.iter().enumerate() {
        if !block.kind.is_read() {
            continue;
        }
        for tokens in sentences::split(&article.text, block.span) {
            raw.push(RawSentence {
                block: i as u32,
                kind: block.kind,
                tokens,
            });
        }
    }
    annotate(&article.text, raw)
}
