//! The tree of a sentence, drawn for people. Pure.

use crate::language::Sentence;
use crate::render::plain;
use std::fmt::Write;

/// Levels that are drawn; what lies deeper stands at this one.
const DEEPEST: usize = 24;

/// Each word below what it depends on, children in the order of the text; with
/// its number, relation and tags.
pub(super) fn draw(text: &str, sentence: &Sentence) -> String {
    let count = sentence.tokens.len();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut open: Vec<(usize, String, bool)> = Vec::new();
    for t in (0..count).rev() {
        match sentence.head(t).filter(|h| *h < count && *h != t) {
            Some(head) => children[head].push(t),
            None => open.push((t, String::new(), true)),
        }
    }
    let mut out = String::new();
    let mut drawn = vec![false; count];
    while let Some((t, before, last)) = open.pop() {
        if std::mem::replace(&mut drawn[t], true) {
            continue;
        }
        line(&mut out, text, sentence, t, &before, last);
        let depth = before.chars().count() / 3;
        let below = match sentence.head(t) {
            None => " ".to_owned(),
            Some(_) if depth >= DEEPEST => before,
            Some(_) if last => before + "   ",
            Some(_) => before + "\u{2502}  ",
        };
        for (i, child) in children[t].iter().enumerate() {
            open.push((*child, below.clone(), i == 0));
        }
    }
    // A tree with a circle has words that no root leads to.
    for t in (0..count).filter(|t| !drawn[*t]) {
        line(&mut out, text, sentence, t, "?", true);
    }
    out
}

fn line(out: &mut String, text: &str, sentence: &Sentence, t: usize, before: &str, last: bool) {
    let token = &sentence.tokens[t];
    let arm = match (before.is_empty(), last) {
        (true, _) => "",
        (false, true) => "\u{2514}\u{2500} ",
        (false, false) => "\u{251c}\u{2500} ",
    };
    let word = format!("{before}{arm}{}", plain(sentence.word(text, t)));
    let _ = writeln!(
        out,
        "{:>5} {word:<44} {:<12} {:<6} {}",
        t + 1,
        token.relation.as_str(),
        token.upos.as_str(),
        token.xpos.as_str()
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::BlockKind;
    use crate::language::{RawSentence, annotate};
    use crate::text::Span;

    fn sentence(text: &str) -> Sentence {
        let mut tokens = Vec::new();
        let mut start = 0;
        for word in text.split(' ') {
            tokens.push(Span::new(start, start + word.len()));
            start += word.len() + 1;
        }
        let raw = RawSentence {
            block: 0,
            kind: BlockKind::Body,
            tokens,
        };
        annotate(text, vec![raw]).sentences.remove(0)
    }

    #[test]
    fn every_word_is_drawn_once() {
        let text = "The minister who met Anna resigned on Monday .";
        let drawn = draw(text, &sentence(text));
        assert_eq!(drawn.lines().count(), 9, "{drawn}");
        for word in text.split(' ') {
            assert_eq!(
                drawn.matches(&format!(" {word} ")).count(),
                1,
                "{word}\n{drawn}"
            );
        }
    }

    #[test]
    fn a_circle_ends() {
        let text = "a b c d";
        let mut sentence = sentence(text);
        for (t, head) in [(0, Some(1)), (1, Some(0)), (2, Some(2)), (3, None)] {
            sentence.tokens[t].head = head;
        }
        assert_eq!(draw(text, &sentence).lines().count(), 4);
    }

    #[test]
    fn a_deep_tree_stays_narrow() {
        let text = vec!["a"; 2000].join(" ");
        let mut sentence = sentence(&text);
        for t in 0..2000_u16 {
            sentence.tokens[usize::from(t)].head = t.checked_sub(1);
        }
        let drawn = draw(&text, &sentence);
        assert_eq!(drawn.lines().count(), 2000);
        assert!(drawn.lines().all(|l| l.chars().count() < 160));
    }
}
