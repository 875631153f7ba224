//! Puts words together that a hyphen cuts at the end of a line: "provo-" and
//! "cation". Pure and linear.
//!
//! Only when the whole is a word that the models or the text itself know, so
//! that "well-" and "known" stay two. The end of the word moves up to its
//! beginning, and the line breaks behind it.

use super::rules::RULES;
use crate::language::weights;
use std::collections::BTreeSet;

/// Longer parts are no parts of words, in bytes.
const LONGEST: usize = 24;

/// The text with its words whole; `None` when none is cut.
pub(super) fn mend(text: &str) -> Option<String> {
    let mut known: Option<BTreeSet<&str>> = None;
    let mut out = String::new();
    let mut done = 0;
    for (at, sign) in text.match_indices(['-', '\u{ad}']) {
        let Some(cut) = cut(text, at, sign).filter(|_| at >= done) else {
            continue;
        };
        let whole = format!("{}{}", cut.first, cut.second);
        let is_known = |word: &str| weights::embedded().lexicon.word(word).cluster > 0;
        // "wellknown" is written too, but seldom meant.
        let compound = RULES.compound_heads.contains(cut.first);
        let is_word = sign == "\u{ad}"
            || !compound && is_known(&whole)
            || known
                .get_or_insert_with(|| words(text))
                .contains(whole.as_str());
        if is_word {
            // The rest of the word up to the next blank, then the line break.
            out.push_str(&text[done..at]);
            out.push_str(&text[cut.next..cut.end]);
            if text[cut.end..].starts_with([' ', '\t']) {
                out.push_str(&text[at + sign.len()..cut.next]);
                done = text.len() - text[cut.end..].trim_start_matches([' ', '\t']).len();
            } else {
                done = cut.end;
            }
        }
    }
    if done == 0 {
        return None;
    }
    out.push_str(&text[done..]);
    Some(out)
}

/// A word cut in two.
struct Cut<'t> {
    first: &'t str,
    second: &'t str,
    /// Where the second line's text begins.
    next: usize,
    /// Where the first blank behind the second part is.
    end: usize,
}

/// The word that the sign at `at` cuts, if it does.
fn cut<'t>(text: &'t str, at: usize, sign: &str) -> Option<Cut<'t>> {
    let behind = &text[at + sign.len()..];
    let line = behind
        .strip_prefix("\r\n")
        .or_else(|| behind.strip_prefix('\n'))?;
    let line = line.trim_start_matches([' ', '\t']);
    if !line.starts_with(char::is_lowercase) {
        return None;
    }
    let next = text.len() - line.len();
    let length = |mut chars: std::str::Chars<'_>, back: bool| {
        let mut length = 0;
        while let Some(c) = if back {
            chars.next_back()
        } else {
            chars.next()
        } {
            if !c.is_alphabetic() || length > LONGEST {
                break;
            }
            length += c.len_utf8();
        }
        length
    };
    let first = &text[at - length(text[..at].chars(), true)..at];
    let second = &line[..length(line.chars(), false)];
    let single = !text[..at - first.len()].ends_with('-') && !line[second.len()..].starts_with('-');
    let short = first.len() <= LONGEST && second.len() <= LONGEST;
    let end = next + line.find(char::is_whitespace).unwrap_or(line.len());
    (first.len() > 1 && second.len() > 1 && single && short && end - next <= 2 * LONGEST).then_some(
        Cut {
            first,
            second,
            next,
            end,
        },
    )
}

/// The words of the text.
fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|w| w.len() > 3 && w.len() <= 2 * LONGEST)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(mend(text).as_deref().unwrap_or(text), expected);
    }

    #[test]
    fn words_are_joined() {
        check(
            "a \"provo-\ncation\" and asked\nthe am-\r\n  bassador\r\nto come",
            "a \"provocation\"\nand asked\nthe ambassador\r\nto come",
        );
        check("the gov\u{ad}\nernment fell", "the government\nfell");
        check(
            "in Norl-\nandia. Norlandia won",
            "in Norlandia.\nNorlandia won",
        );
        check("on Mon-\nday.", "on Monday.");
    }

    #[test]
    fn compounds_stay() {
        for text in [
            "a well-\nknown man",
            "state-of-\nthe-art",
            "he waited -\nthen left",
            "Lind-\nMoss pact",
            "the govern-\n\nment",
            "pages 3-\n5",
            "-\n",
            "",
        ] {
            check(text, text);
        }
    }

    proptest! {
        #[test]
        fn nothing_else_is_lost(text in "([a-z]{0,3}(ment|-\n|-\r\n| |\n|\u{ad}\n|govern|é)){0,12}") {
            if let Some(mended) = mend(&text) {
                let plain = |t: &str| t.replace(['-', '\u{ad}'], "").split_whitespace().collect::<String>();
                prop_assert_eq!(plain(&mended), plain(&text));
            }
        }
    }
}
