//! Runs the stages over the sentences of a text. Pure.

use super::document;
use super::lemma::Lemmatizer;
use super::mend;
use super::names::{Memory, NameFinder};
use super::net::{Network, Reading};
use super::sentences;
use super::tags::TagSet;
use super::weights::{self, Sparse, Weights};
use super::words::{Lexicon, Words};
use super::{Analysis, Relation, Sentence, Token, Upos, Xpos};
use crate::ingest::{Article, BlockKind};
use crate::text::Span;

/// The models of a weights file.
#[derive(Debug, Clone)]
pub struct Models<'a> {
    /// Clusters and lists.
    pub lexicon: Lexicon<'a>,
    /// What the network's tags mean.
    pub tags: TagSet,
    /// Dictionary forms.
    pub lemmatizer: Lemmatizer<'a>,
    /// Tags, trees, and what each word is in names. `None` for a broken file:
    /// all words are then nouns.
    pub network: Option<Network<'a>>,
    /// Names.
    pub names: NameFinder<Sparse<'a>>,
}

impl<'a> Models<'a> {
    /// Points into the bytes of a weights file; broken bytes act as no weights.
    pub fn new(bytes: &'a [u8]) -> Models<'a> {
        let weights = Weights::new(bytes);
        Models {
            lexicon: Lexicon::new(&weights),
            tags: TagSet::new(weights.section(b"TAGS")),
            lemmatizer: Lemmatizer::new(&weights),
            network: Network::new(&weights),
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

/// Sentences that are read together, which is faster and changes nothing.
const AT_ONCE: usize = 96;

/// Longer sentences are read in pieces of so many tokens: what a tree takes is
/// quadratic in the length.
const PIECE: usize = 200;

/// Fills in tags, lemmas, trees and names. Sentences without tokens are left
/// out, sentences of more than 10,000 tokens are cut.
pub fn annotate(text: &str, sentences: Vec<RawSentence>) -> Analysis {
    annotate_with(weights::embedded(), text, sentences)
}

/// The same with other models than the embedded ones.
pub fn annotate_with(models: &Models<'_>, text: &str, sentences: Vec<RawSentence>) -> Analysis {
    let mut memory = Memory::default();
    let mut out = Vec::with_capacity(sentences.len());
    let cut = sentences
        .iter()
        .flat_map(|raw| raw.tokens.chunks(LONGEST).map(move |tokens| (raw, tokens)));
    let cut: Vec<(&RawSentence, &[Span])> = cut.collect();
    for some in cut.chunks(AT_ONCE) {
        let words =
            |tokens: &[Span]| Words::new(&models.lexicon, tokens.iter().map(|s| s.of(text)));
        let pieces = some.iter().flat_map(|(_, tokens)| tokens.chunks(PIECE));
        let pieces: Vec<Words> = pieces.map(words).collect();
        let mut read = read(models, &pieces).into_iter().zip(&pieces);
        for raw in some {
            let parts = read.by_ref().take(raw.1.len().div_ceil(PIECE));
            let (readings, mut parts): (Vec<Reading>, Vec<&Words>) = parts.unzip();
            let whole;
            if parts.len() > 1 {
                whole = words(raw.1);
                parts = vec![&whole];
            }
            let reading = join(readings);
            let known = parts[0];
            out.push(sentence(models, text, *raw, known, &reading, &mut memory));
        }
    }
    document::harmonise(text, &mut out);
    Analysis { sentences: out }
}

fn read(models: &Models<'_>, words: &[Words]) -> Vec<Reading> {
    match &models.network {
        Some(network) => {
            let words: Vec<&Words> = words.iter().collect();
            network.read(&models.lexicon, &words)
        }
        None => words.iter().map(|w| Reading::flat(w.words.len())).collect(),
    }
}

/// The readings of a sentence's pieces as one: the roots of the later pieces
/// hang under that of the first.
fn join(pieces: Vec<Reading>) -> Reading {
    let mut whole = Reading::default();
    let mut root = 0;
    for piece in pieces {
        let (start, size) = (whole.tags.len() as u32, piece.tags.len() as u32);
        for (i, (head, relation)) in piece.heads.iter().zip(&piece.relations).enumerate() {
            let (head, relation) = match (*head >= size, start) {
                (true, 0) => {
                    root = i as u32;
                    (u32::MAX, *relation)
                }
                (true, _) => (root, Relation::Parataxis as u8),
                (false, _) => (start + head, *relation),
            };
            whole.heads.push(head);
            whole.relations.push(relation);
        }
        whole.tags.extend(piece.tags);
        whole.names.extend(piece.names);
    }
    whole
}

fn sentence(
    models: &Models<'_>,
    text: &str,
    (raw, spans): (&RawSentence, &[Span]),
    words: &Words,
    reading: &Reading,
    memory: &mut Memory,
) -> Sentence {
    let tags: Vec<(Upos, Xpos)> = reading.tags.iter().map(|t| models.tags.get(*t)).collect();
    let names = models
        .names
        .find(&models.lexicon, words, &tags, &reading.names, memory);
    let mut tokens = Vec::with_capacity(spans.len());
    for (i, (span, (upos, xpos))) in spans.iter().zip(tags).enumerate() {
        let head = reading.heads[i] as usize;
        tokens.push(Token {
            span: *span,
            lemma: models.lemmatizer.lemma(span.of(text), upos, xpos),
            upos,
            xpos,
            head: (head < spans.len()).then_some(head as u16),
            relation: Relation::ALL
                .get(usize::from(reading.relations[i]))
                .copied()
                .unwrap_or(Relation::Dep),
        });
    }
    let mut sentence = Sentence {
        block: raw.block,
        kind: raw.kind,
        span: Span {
            start: spans[0].start,
            end: spans[spans.len() - 1].end,
        },
        tokens,
        names,
    };
    mend::mend(text, &mut sentence);
    sentence
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
