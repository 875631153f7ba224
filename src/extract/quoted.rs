//! Which words stand inside quotation marks, and who speaks them: inside, "he" is
//! not the speaker and "I" is.

use super::actors::Cast;
use super::doc::{At, Doc};
use crate::language::Relation;

/// Verbs by which somebody speaks.
const SAYING: &[&str] = &[
    "say", "tell", "add", "ask", "write", "claim", "state", "declare", "explain", "note", "argue",
    "insist", "warn", "reply", "answer", "announce", "admit", "continue", "comment", "remark",
    "recall", "tweet", "post", "conclude", "stress", "joke", "shout", "promise", "observe",
];

/// The quotations of an article.
#[derive(Debug)]
pub(super) struct Quotations {
    /// For each sentence, for each token.
    inside: Vec<Vec<bool>>,
    /// For each sentence the subject of its verb of saying outside the marks, or
    /// that of the sentence before when all of this one is still quoted.
    speaker: Vec<Option<At>>,
}

impl Quotations {
    pub(super) fn new(doc: &Doc<'_>) -> Quotations {
        let mut out = Quotations {
            inside: Vec::with_capacity(doc.sentences().len()),
            speaker: Vec::with_capacity(doc.sentences().len()),
        };
        let mut open = false;
        let mut block = None;
        for (s, sentence) in doc.sentences().iter().enumerate() {
            // A mark that is never closed ends with its paragraph.
            let here = doc.block(s);
            let new_block = block != here;
            if new_block {
                open = false;
                block = here;
            }
            let mut inside = Vec::with_capacity(sentence.tokens.len());
            for t in 0..sentence.tokens.len() {
                match doc.word((s, t)) {
                    "“" | "``" | "«" => open = true,
                    "”" | "''" | "»" => open = false,
                    "\"" => open = !open,
                    _ => {}
                }
                inside.push(open);
            }
            let said = (0..sentence.tokens.len())
                .filter(|t| !inside[*t] && SAYING.contains(&doc.lemma((s, *t))))
                .find_map(|t| {
                    doc.children((s, t))
                        .find(|c| doc.relation(*c).is(Relation::Nsubj) && !inside[c.1])
                });
            let all = !inside.is_empty() && inside.iter().filter(|i| !**i).count() <= 2;
            let before = out.speaker.last().copied().flatten();
            let goes_on = all && !new_block;
            out.speaker.push(said.or(before.filter(|_| goes_on)));
            out.inside.push(inside);
        }
        out
    }

    /// Whether a token is quoted.
    pub(super) fn is_inside(&self, (s, t): At) -> bool {
        self.inside
            .get(s)
            .and_then(|i| i.get(t))
            .copied()
            .unwrap_or(false)
    }

    /// The actors who speak a quoted token, as far as they are known.
    pub(super) fn speaker<'c>(&self, doc: &Doc<'_>, cast: &'c Cast, at: At) -> &'c [usize] {
        if !self.is_inside(at) {
            return &[];
        }
        let Some(subject) = self.speaker.get(at.0).copied().flatten() else {
            return &[];
        };
        let own = cast.at(subject);
        if !own.is_empty() {
            return own;
        }
        // "the minister, Ana Ruiz, said".
        doc.children(subject)
            .filter(|c| matches!(doc.relation(*c), Relation::Appos | Relation::Flat))
            .map(|c| cast.at(c))
            .find(|a| !a.is_empty())
            .unwrap_or(&[])
    }
}
