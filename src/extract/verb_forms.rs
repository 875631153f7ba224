//! The forms of a verb, made from its dictionary form, for titles. Pure.

use crate::language::IRREGULAR_VERBS;

/// The present: "meets", or "meet" of many.
pub(super) fn present(lemma: &str, many: bool) -> String {
    match (lemma, many) {
        ("be", false) => "is".to_owned(),
        ("be", true) => "are".to_owned(),
        ("have", false) => "has".to_owned(),
        (_, true) => lemma.to_owned(),
        _ if after_consonant(lemma, 'y') => format!("{}ies", &lemma[..lemma.len() - 1]),
        _ if ["s", "x", "z", "ch", "sh"]
            .iter()
            .any(|e| lemma.ends_with(e))
            || after_consonant(lemma, 'o') =>
        {
            format!("{lemma}es")
        }
        _ => format!("{lemma}s"),
    }
}

/// The past: "met", "took", "visited".
pub(super) fn past(lemma: &str) -> String {
    irregular(lemma).map_or_else(|| regular(lemma), |(past, _)| past.to_owned())
}

/// The participle of the passive: "met", "taken", "visited".
pub(super) fn participle(lemma: &str) -> String {
    irregular(lemma).map_or_else(|| regular(lemma), |(_, participle)| participle.to_owned())
}

/// The first past form and the first participle of an irregular verb.
fn irregular(lemma: &str) -> Option<(&'static str, &'static str)> {
    let first = |forms: &'static str| forms.split('/').next().unwrap_or(forms);
    let (_, past, participle) = IRREGULAR_VERBS.iter().find(|(base, _, _)| *base == lemma)?;
    Some((first(past), first(participle)))
}

fn regular(lemma: &str) -> String {
    if lemma.ends_with('e') {
        return format!("{lemma}d");
    }
    if after_consonant(lemma, 'y') {
        return format!("{}ied", &lemma[..lemma.len() - 1]);
    }
    match lemma.chars().last().filter(|_| doubles(lemma)) {
        Some(last) => format!("{lemma}{last}ed"),
        None => format!("{lemma}ed"),
    }
}

/// Whether the last consonant is doubled: after one short stressed vowel, which
/// is sure in words of one syllable ("stop") and with some endings ("commit").
fn doubles(lemma: &str) -> bool {
    const STRESSED: [&str; 8] = ["mit", "cur", "pel", "trol", "gret", "quip", "efer", "nfer"];
    let mut back = lemma.bytes().rev();
    let (last, vowel) = (back.next().unwrap_or(b'x'), back.next().unwrap_or(b'x'));
    if is_vowel(last) || b"wxy".contains(&last) || !is_vowel(vowel) {
        return false;
    }
    let rest: Vec<u8> = back.collect();
    // "quit" has one vowel, "rain" has two.
    let single = match rest.as_slice() {
        [b'u', b'q', ..] => true,
        [before, ..] => !is_vowel(*before),
        [] => false,
    };
    let syllables = rest.iter().filter(|b| is_vowel(**b)).count();
    let short = syllables == 0 || (syllables == 1 && rest.starts_with(b"uq"));
    single && (short || STRESSED.iter().any(|e| lemma.ends_with(e)))
}

/// Whether a word ends in this letter behind a consonant: "carry", "go".
fn after_consonant(word: &str, last: char) -> bool {
    let before = word.strip_suffix(last).and_then(|w| w.bytes().last());
    before.is_some_and(|b| b.is_ascii_alphabetic() && !is_vowel(b))
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forms() {
        for (lemma, third, before, done) in [
            ("meet", "meets", "met", "met"),
            ("take", "takes", "took", "taken"),
            ("visit", "visits", "visited", "visited"),
            ("reach", "reaches", "reached", "reached"),
            ("carry", "carries", "carried", "carried"),
            ("play", "plays", "played", "played"),
            ("go", "goes", "went", "gone"),
            ("veto", "vetoes", "vetoed", "vetoed"),
            ("radio", "radios", "radioed", "radioed"),
            ("miss", "misses", "missed", "missed"),
            ("have", "has", "had", "had"),
            ("become", "becomes", "became", "become"),
            ("stop", "stops", "stopped", "stopped"),
            ("commit", "commits", "committed", "committed"),
            ("refer", "refers", "referred", "referred"),
            ("offer", "offers", "offered", "offered"),
            ("open", "opens", "opened", "opened"),
            ("rain", "rains", "rained", "rained"),
            ("equip", "equips", "equipped", "equipped"),
            ("fix", "fixes", "fixed", "fixed"),
        ] {
            assert_eq!(present(lemma, false), third);
            assert_eq!(past(lemma), before);
            assert_eq!(participle(lemma), done);
        }
        assert_eq!(present("be", true), "are");
        assert_eq!(present("meet", true), "meet");
    }

    proptest! {
        #[test]
        fn no_word_is_too_odd(word in any::<String>()) {
            present(&word, false);
            past(&word);
            participle(&word);
        }
    }
}
