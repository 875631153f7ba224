//! One analysed article with what extraction asks of it again and again.

use super::report::Quote;
use crate::ingest::{Article, BlockKind};
use crate::language::{Analysis, Relation, Sentence, Token, Upos};
use crate::text::{CodePoints, Span};
use crate::time::TimeExpression;

/// A token: sentence, then its index in the sentence.
pub(super) type At = (usize, usize);

/// Sentences longer than this are lists or broken text, and trees over them
/// are noise; they are read for names only.
pub(super) const LONGEST_SENTENCE: usize = 200;

/// An article and its analysis.
pub(super) struct Doc<'a> {
    pub(super) article: &'a Article,
    pub(super) analysis: &'a Analysis,
    pub(super) times: &'a [TimeExpression],
    points: CodePoints<'a>,
    /// For each sentence the children of each token, in order.
    children: Vec<Vec<Vec<u16>>>,
}

impl<'a> Doc<'a> {
    pub(super) fn new(
        article: &'a Article,
        analysis: &'a Analysis,
        times: &'a [TimeExpression],
    ) -> Doc<'a> {
        let children = analysis
            .sentences
            .iter()
            .map(|sentence| {
                let mut lists = vec![Vec::new(); sentence.tokens.len()];
                for (i, token) in sentence.tokens.iter().enumerate() {
                    if let Some(head) = token.head.filter(|h| usize::from(*h) < lists.len()) {
                        lists[usize::from(head)].push(i as u16);
                    }
                }
                lists
            })
            .collect();
        Doc {
            article,
            analysis,
            times,
            points: CodePoints::new(&article.text),
            children,
        }
    }

    pub(super) fn sentences(&self) -> &'a [Sentence] {
        &self.analysis.sentences
    }

    pub(super) fn token(&self, (s, t): At) -> &'a Token {
        &self.analysis.sentences[s].tokens[t]
    }

    /// The token's words.
    pub(super) fn word(&self, at: At) -> &'a str {
        self.token(at).span.of(&self.article.text)
    }

    pub(super) fn lemma(&self, at: At) -> &'a str {
        &self.token(at).lemma
    }

    pub(super) fn lower(&self, at: At) -> String {
        self.word(at).to_lowercase()
    }

    /// The text from the first to the last token, as written.
    pub(super) fn words(&self, s: usize, first: usize, last: usize) -> &'a str {
        self.sentences()[s]
            .span_of(first, last)
            .of(&self.article.text)
    }

    pub(super) fn kind(&self, s: usize) -> BlockKind {
        self.sentences()[s].kind
    }

    /// The block that a sentence stands in.
    pub(super) fn block(&self, s: usize) -> Option<u32> {
        self.sentences().get(s).map(|s| s.block)
    }

    pub(super) fn relation(&self, at: At) -> Relation {
        self.token(at).relation
    }

    pub(super) fn upos(&self, at: At) -> Upos {
        self.token(at).upos
    }

    pub(super) fn head(&self, (s, t): At) -> Option<At> {
        self.sentences()[s].head(t).map(|h| (s, h))
    }

    pub(super) fn children(&self, (s, t): At) -> impl Iterator<Item = At> + '_ {
        self.children[s][t]
            .iter()
            .map(move |c| (s, usize::from(*c)))
    }

    /// The time expressions of a sentence, in order.
    pub(super) fn times_of(&self, s: usize) -> impl Iterator<Item = &'a TimeExpression> {
        let from = self.times.partition_point(|e| (e.sentence as usize) < s);
        self.times[from..]
            .iter()
            .take_while(move |e| e.sentence as usize == s)
    }

    /// Whether the token is part of a time expression.
    pub(super) fn is_time(&self, (s, t): At) -> bool {
        self.times_of(s)
            .any(|e| (usize::from(e.first)..=usize::from(e.last)).contains(&t))
    }

    /// The first child with this relation, or a subtype of it.
    pub(super) fn child(&self, at: At, relation: Relation) -> Option<At> {
        self.children(at).find(|c| self.relation(*c).is(relation))
    }

    /// The preposition of a phrase: the words of its `case` children, in lower
    /// case, joined ("according to").
    pub(super) fn case(&self, at: At) -> Option<String> {
        let case = self
            .children(at)
            .find(|c| self.relation(*c) == Relation::Case)?;
        if matches!(self.word(case), "'s" | "’s" | "'" | "’") {
            return None;
        }
        let mut words = self.lower(case);
        for part in self
            .children(case)
            .filter(|c| self.relation(*c) == Relation::Fixed)
        {
            words.push(' ');
            words.push_str(&self.lower(part));
        }
        Some(words)
    }

    /// Like [`Doc::case`], also where the preposition that opens the phrase hangs
    /// on one of its modifiers.
    pub(super) fn case_of_phrase(&self, at: At) -> Option<String> {
        self.case(at).or_else(|| {
            let (first, _) = self.subtree(at);
            let opens = (first..at.1)
                .map(|t| (at.0, t))
                .find(|t| !matches!(self.upos(*t), Upos::Punct | Upos::Cconj))?;
            (self.upos(opens) == Upos::Adp).then(|| self.lower(opens))
        })
    }

    /// First and last token of everything below `at`, `at` included.
    pub(super) fn subtree(&self, (s, t): At) -> (usize, usize) {
        let (mut first, mut last) = (t, t);
        let mut open = vec![t];
        let mut left = self.children[s].len();
        while let Some(top) = open.pop() {
            first = first.min(top);
            last = last.max(top);
            if left == 0 {
                break;
            }
            left -= 1;
            open.extend(self.children[s][top].iter().map(|c| usize::from(*c)));
        }
        (first, last)
    }

    /// Code point offsets of a span.
    pub(super) fn place(&self, span: Span) -> (u32, u32) {
        (self.points.at(span.start), self.points.at(span.end))
    }

    /// The sentence, verbatim.
    pub(super) fn quote(&self, s: usize) -> Quote {
        let span = self.sentences()[s].span;
        let (start, end) = self.place(span);
        Quote {
            start,
            end,
            text: span.of(&self.article.text).to_owned(),
        }
    }
}
