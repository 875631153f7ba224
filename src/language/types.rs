//! What the language phase gives.

use super::tags::{Relation, Upos, Xpos};
use crate::ingest::BlockKind;
use crate::text::Span;

/// An analysed text: sentences in order.
#[derive(Debug, Clone, Default)]
pub struct Analysis {
    /// Sentences of all blocks that were analysed, in the order of the text.
    pub sentences: Vec<Sentence>,
}

/// One sentence.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// The block that it stands in: index into the article's blocks.
    pub block: u32,
    /// That block's kind.
    pub kind: BlockKind,
    /// From the first token's first byte to the last token's last.
    pub span: Span,
    /// Never empty.
    pub tokens: Vec<Token>,
    /// Names in order; they do not overlap.
    pub names: Vec<Name>,
}

/// One word or punctuation mark.
#[derive(Debug, Clone)]
pub struct Token {
    /// Where it stands in the article's text.
    pub span: Span,
    /// Dictionary form in lower case; names keep their case.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag, which knows tense and number.
    pub xpos: Xpos,
    /// Index of the head in the sentence; `None` for the root.
    pub head: Option<u16>,
    /// Relation to the head.
    pub relation: Relation,
}

/// A name: consecutive tokens of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// First token.
    pub first: u16,
    /// Last token, inclusive.
    pub last: u16,
    /// What is named.
    pub kind: NameKind,
}

/// What a name stands for, as far as the name finder tells. [`super::kinds`] goes
/// on from there to countries, groups, conferences, products and agreements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A human being.
    Person,
    /// An organisation of any kind.
    Organization,
    /// A country, city or other place.
    Location,
    /// Any other name: a work, an event, a people, a product.
    Other,
}

impl Sentence {
    /// The words of token `i`.
    pub fn word<'t>(&self, text: &'t str, i: usize) -> &'t str {
        self.tokens[i].span.of(text)
    }

    /// The tokens whose head is `i`, in order.
    pub fn children(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let head = Some(i as u16);
        (0..self.tokens.len()).filter(move |j| self.tokens[*j].head == head)
    }

    /// The first child of `i` with relation `relation`, its subtype counting
    /// only where `relation` has one.
    pub fn child(&self, i: usize, relation: Relation) -> Option<usize> {
        self.children(i)
            .find(|j| self.tokens[*j].relation.is(relation))
    }

    /// Index of the head of token `i`; `None` for the root.
    pub fn head(&self, i: usize) -> Option<usize> {
        self.tokens[i].head.map(usize::from)
    }

    /// Tokens from the head of `i` up to the root. Ends after as many steps as
    /// the sentence has tokens, so that a broken tree cannot loop.
    pub fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = i;
        let mut left = self.tokens.len();
        std::iter::from_fn(move || {
            left = left.checked_sub(1)?;
            at = self.head(at)?;
            Some(at)
        })
    }

    /// Whether token `i` is `top` or below it.
    pub fn is_under(&self, i: usize, top: usize) -> bool {
        i == top || self.ancestors(i).any(|a| a == top)
    }

    /// First and last token of the subtree of `i`.
    pub fn subtree(&self, i: usize) -> (usize, usize) {
        let under: Vec<usize> = (0..self.tokens.len())
            .filter(|j| self.is_under(*j, i))
            .collect();
        (under[0], under[under.len() - 1])
    }

    /// The name that covers token `i`.
    pub fn name_at(&self, i: usize) -> Option<Name> {
        self.names
            .iter()
            .copied()
            .find(|n| (n.first as usize..=n.last as usize).contains(&i))
    }

    /// The span of the tokens `first..=last`.
    pub fn span_of(&self, first: usize, last: usize) -> Span {
        Span {
            start: self.tokens[first].span.start,
            end: self.tokens[last].span.end,
        }
    }
}
