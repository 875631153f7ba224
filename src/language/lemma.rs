//! Dictionary forms: rules of English inflection, a table of irregular forms,
//! and exceptions learned from the treebanks. Pure.

use super::hash;
use super::irregular::IRREGULAR_VERBS;
use super::tags::{Upos, Xpos};
use super::weights::{Weights, WordMap};
use super::words::plain;

/// Exceptions and known verbs of the weights file.
#[derive(Debug, Clone)]
pub struct Lemmatizer<'a> {
    exceptions: WordMap<'a>,
    verbs: WordMap<'a>,
    scripts: Vec<(usize, &'a str)>,
}

/// The key of a form with a tag in the table of exceptions.
pub fn key(low: &str, xpos: Xpos) -> u32 {
    hash::pair(hash::bytes(low.as_bytes()), xpos as u32)
}

/// The key of a verb's dictionary form.
pub fn verb_key(lemma: &str) -> u32 {
    hash::pair(hash::bytes(lemma.as_bytes()), 777)
}

/// Lower case with plain quotes and dashes.
pub fn lower(form: &str) -> String {
    form.chars()
        .map(plain)
        .flat_map(char::to_lowercase)
        .collect()
}

impl<'a> Lemmatizer<'a> {
    /// The lemmatiser of a weights file.
    pub fn new(weights: &Weights<'a>) -> Lemmatizer<'a> {
        let mut scripts = Vec::new();
        let mut rest = weights.section(b"LEMS");
        while let [cut, length, tail @ ..] = rest {
            let Some((suffix, next)) = tail.split_at_checked(usize::from(*length)) else {
                break;
            };
            scripts.push((usize::from(*cut), std::str::from_utf8(suffix).unwrap_or("")));
            rest = next;
        }
        Lemmatizer {
            exceptions: WordMap::new(weights.section(b"LEMX")),
            verbs: WordMap::new(weights.section(b"LEMV")),
            scripts,
        }
    }

    /// The dictionary form: lower case, but names keep theirs.
    pub fn lemma(&self, form: &str, upos: Upos, xpos: Xpos) -> String {
        if upos == Upos::Propn || matches!(xpos, Xpos::Nnp | Xpos::Nnps | Xpos::Add) {
            return form.to_string();
        }
        let low = lower(form);
        let script = usize::from(self.exceptions.get(key(&low, xpos)));
        if let Some((cut, suffix)) = script.checked_sub(1).and_then(|s| self.scripts.get(s)) {
            let keep = low.len().checked_sub(*cut).and_then(|end| low.get(..end));
            if let Some(keep) = keep {
                return format!("{keep}{suffix}");
            }
        }
        self.by_rule(&low, xpos)
    }

    /// The dictionary form by rules alone, of a form in lower case.
    pub fn by_rule(&self, low: &str, xpos: Xpos) -> String {
        match xpos {
            Xpos::Nns => singular(low),
            Xpos::Vbz => self.third_person(low),
            Xpos::Vbd | Xpos::Vbn => match irregular(low, xpos) {
                Some(base) => base.to_string(),
                None => self.without_ending(low, "ed"),
            },
            Xpos::Vbg => self.without_ending(low, "ing"),
            Xpos::Vbp if matches!(low, "am" | "are" | "'m" | "'re") => "be".to_string(),
            Xpos::Vbp | Xpos::Vb if low == "'ve" => "have".to_string(),
            Xpos::Jjr | Xpos::Rbr => comparative(low, "er"),
            Xpos::Jjs | Xpos::Rbs => comparative(low, "est"),
            _ => low.to_string(),
        }
    }

    fn is_verb(&self, lemma: &str) -> bool {
        self.verbs.get(verb_key(lemma)) != 0
    }

    fn third_person(&self, low: &str) -> String {
        match low {
            "is" | "'s" | "was" => return "be".to_string(),
            "has" => return "have".to_string(),
            "does" => return "do".to_string(),
            _ => {}
        }
        if let Some(stem) = low.strip_suffix("es")
            && self.is_verb(stem)
            && !self.is_verb(&low[..low.len() - 1])
        {
            return stem.to_string();
        }
        singular(low)
    }

    /// Takes `-ed` or `-ing` off, and gives back the `e` or the single
    /// consonant that the ending cost.
    fn without_ending(&self, low: &str, ending: &str) -> String {
        let Some(stem) = low.strip_suffix(ending).filter(|s| has_vowel(s)) else {
            return low.to_string();
        };
        if ending == "ed"
            && let Some(short) = stem.strip_suffix('i')
        {
            let with_y = format!("{short}y");
            return if short.len() == 1 {
                format!("{stem}e")
            } else {
                with_y
            };
        }
        let with_e = format!("{stem}e");
        let single = undoubled(stem);
        if self.is_verb(&with_e) && (wants_e(stem) || !self.is_verb(stem)) {
            return with_e;
        }
        if self.is_verb(stem) {
            return stem.to_string();
        }
        if let Some(single) = single {
            let keeps_double = stem.ends_with("ll")
                || stem.ends_with("ss")
                || stem.ends_with("ff")
                || stem.ends_with("zz");
            if self.is_verb(single) || !keeps_double {
                return single.to_string();
            }
            return stem.to_string();
        }
        if wants_e(stem) {
            with_e
        } else {
            stem.to_string()
        }
    }
}

fn irregular(low: &str, xpos: Xpos) -> Option<&'static str> {
    IRREGULAR_VERBS.iter().find_map(|(base, past, participle)| {
        let forms = if xpos == Xpos::Vbd { past } else { participle };
        forms.split('/').any(|f| f == low).then_some(*base)
    })
}

fn has_vowel(word: &str) -> bool {
    word.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// The word without the second of two equal consonants at its end.
fn undoubled(stem: &str) -> Option<&str> {
    let bytes = stem.as_bytes();
    let [.., a, b] = bytes else { return None };
    (a == b && a.is_ascii_alphabetic() && !is_vowel(*a)).then(|| &stem[..stem.len() - 1])
}

/// Whether a verb's stem that no list knows has lost an `e`: *decid-*, *mak-*,
/// *settl-*, but not *visit-*, *want-*, *need-*.
fn wants_e(stem: &str) -> bool {
    let bytes = stem.as_bytes();
    let [.., a, b] = bytes else { return false };
    let third = bytes.len().checked_sub(3).map(|i| bytes[i]);
    // "argued", "freed", but "echoed".
    if is_vowel(*b) {
        return matches!(*b, b'u' | b'e');
    }
    if !is_vowel(*a) {
        let pair = [*a, *b];
        return matches!(&pair, b"nc" | b"rc" | b"rs" | b"ns" | b"ls" | b"dg" | b"rg" | b"lv" | b"rv" | b"st" if &pair != b"st")
            || (*b == b'l' && !matches!(*a, b'l' | b'r' | b'w'));
    }
    if third.is_some_and(is_vowel) {
        // Two vowels and a consonant: "need", "join", but "leave", "raise".
        return matches!(*b, b'v' | b's' | b'z' | b'c' | b'g');
    }
    let one_syllable = bytes.iter().filter(|b| is_vowel(**b)).count() == 1;
    if one_syllable {
        return !matches!(*b, b'w' | b'x' | b'y');
    }
    match *b {
        b'v' | b'c' | b's' | b'z' | b'g' | b'k' => true,
        b't' => matches!(*a, b'a' | b'u' | b'o'),
        b'd' => matches!(*a, b'i' | b'a' | b'u' | b'o'),
        b'r' => matches!(*a, b'i' | b'u' | b'a'),
        b'n' => *a == b'i' && !matches!(third, Some(b'a' | b'o')) || bytes.ends_with(b"phon"),
        b'l' => *a == b'u',
        b'm' => matches!(*a, b'u'),
        _ => false,
    }
}

/// A noun's singular, or a verb without its `-s`.
fn singular(low: &str) -> String {
    let keep = |cut: usize| low[..low.len() - cut].to_string();
    if let Some(stem) = low.strip_suffix("men") {
        return format!("{stem}man");
    }
    if !low.ends_with('s') || low.ends_with("ss") || low.len() < 3 {
        return low.to_string();
    }
    if let Some(stem) = low.strip_suffix("ies") {
        return if stem.len() <= 1 {
            keep(1)
        } else {
            format!("{stem}y")
        };
    }
    for ending in ["ches", "shes", "sses", "xes", "zzes", "oes"] {
        if low.ends_with(ending) && low.len() > 4 {
            return keep(2);
        }
    }
    if let Some(stem) = low.strip_suffix("'s") {
        return stem.to_string();
    }
    keep(1)
}

fn comparative(low: &str, ending: &str) -> String {
    let Some(stem) = low
        .strip_suffix(ending)
        .filter(|s| s.len() >= 2 && has_vowel(s))
    else {
        return low.to_string();
    };
    if let Some(stem) = stem.strip_suffix('i') {
        return format!("{stem}y");
    }
    if let Some(single) = undoubled(stem).filter(|_| !stem.ends_with("ll")) {
        return single.to_string();
    }
    let bytes = stem.as_bytes();
    let late = bytes[bytes.len() - 1];
    if matches!(late, b'g' | b'c' | b'v' | b's') && !stem.ends_with("ng")
        || stem.ends_with("at") && !stem.ends_with("eat")
    {
        return format!("{stem}e");
    }
    stem.to_string()
}
