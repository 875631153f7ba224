//! Korean and Chinese given names of two syllables joined by a hyphen, as
//! newspapers write them: "Ki-moon", "Jae-in", "Ing-wen". They are one word, not
//! two. Pure.

/// The longest written syllable: "Kwang", "Hyeong".
const LONGEST: usize = 6;

/// Syllables that are also English words which stand behind a hyphen.
const WORDS: [&str; 37] = [
    "led", "run", "day", "man", "men", "up", "out", "off", "win", "to", "by", "of", "war", "aid",
    "top", "new", "run", "mid", "sea", "hit", "cut", "law", "tax", "gun", "on", "at", "do", "it",
    "we", "go", "way", "ban", "old", "era", "co", "op", "tie",
];

/// Whether `first-second` is written like such a name: the first syllable with
/// a capital, the second without.
pub(crate) fn is_given_name(first: &str, second: &str) -> bool {
    let mut letters = first.chars();
    let capital = letters.next().is_some_and(|c| c.is_ascii_uppercase())
        && letters.all(|c| c.is_ascii_lowercase());
    capital
        && second.chars().all(|c| c.is_ascii_lowercase())
        && is_syllable(&first.to_ascii_lowercase())
        && is_syllable(second)
        && !WORDS.contains(&second)
        && !WORDS.contains(&first.to_ascii_lowercase().as_str())
}

/// Whether a word ("Ki-moon") is such a name.
pub(crate) fn is_given_name_word(word: &str) -> bool {
    word.split_once(['-', '\u{2010}', '\u{2011}'])
        .is_some_and(|(first, second)| is_given_name(first, second))
}

/// Whether a word reads as one to `most` such syllables: "Jinping" as two.
pub(crate) fn is_syllables(word: &str, most: usize) -> bool {
    let word = word.to_lowercase();
    if is_syllable(&word) {
        return true;
    }
    most > 1
        && word.is_ascii()
        && (2..word.len().saturating_sub(1).min(LONGEST + 1)).any(|cut| {
            let (first, rest) = word.split_at(cut);
            is_syllable(first) && is_syllables(rest, most - 1)
        })
}

/// A consonant or none, vowels, a consonant or none.
fn is_syllable(word: &str) -> bool {
    if word.len() < 2 || word.len() > LONGEST {
        return false;
    }
    const ONSETS: [&str; 32] = [
        "ch", "wh", "sh", "zh", "ts", "tz", "hs", "ky", "hy", "by", "my", "ry", "b", "c", "d", "g",
        "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "w", "y", "f", "q", "x", "z",
    ];
    const CODAS: [&str; 9] = ["ng", "ck", "n", "k", "l", "m", "p", "h", "r"];
    let vowels = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'w' | 'y');
    let rest = ONSETS
        .iter()
        .find_map(|o| word.strip_prefix(o))
        .unwrap_or(word);
    let bare = CODAS
        .iter()
        .find_map(|c| rest.strip_suffix(c))
        .unwrap_or(rest);
    !bare.is_empty()
        && bare.len() <= 3
        && bare.chars().all(vowels)
        && bare.starts_with(|c| c != 'w' && c != 'y' || bare.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names() {
        for name in [
            "Ki-moon",
            "Jong-un",
            "Jong-il",
            "Jae-in",
            "Geun-hye",
            "Ing-wen",
            "Shui-bian",
            "Ying-jeou",
            "Moo-hyun",
            "Dae-jung",
            "Teng-hui",
            "Myung-bak",
            "Suk-yeol",
            "Kyung-wha",
            "Yo-jong",
            "Kai-shek",
            "Tse-tung",
            "Wan-sik",
            "Young-sam",
            "Chee-hwa",
            "Kuan-yew",
            "Hsien-loong",
        ] {
            let known = is_given_name_word(name);
            assert!(known, "{name}");
        }
    }

    #[test]
    fn other_words() {
        for word in [
            "Iran-led",
            "London-based",
            "Jean-Claude",
            "Drive-in",
            "Ki",
            "U-turn",
            "Post-war",
            "Al-qaeda",
            "Prize-winning",
            "X-ray",
            "Sit-in",
            "Semi-final",
            "Mid-day",
            "Co-op",
            "Re-run",
            "South-east",
            "Twenty-one",
            "Ten-day",
            "E-mail",
            "Tie-up",
            "Pick-up",
            "Cease-fire",
            "Ill-fated",
        ] {
            assert!(!is_given_name_word(word), "{word}");
        }
    }
}
