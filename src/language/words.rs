//! What the models see of a word: hashes of its form, ends and shape, its
//! cluster, and the lists it is on. Pure.

use super::hash;
use super::weights::{Weights, WordMap};

/// The word lists and clusters of the weights file.
#[derive(Debug, Clone, Copy)]
pub struct Lexicon<'a> {
    clusters: WordMap<'a>,
    lists: WordMap<'a>,
}

/// A word, as features see it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Word {
    /// Hash of the form with plain quotes and dashes.
    pub form: u32,
    /// The same in lower case, every digit a zero.
    pub low: u32,
    /// The same with its digits, as lists and clusters have it.
    pub raw: u32,
    /// Hash of the shape, runs cut to two: `Xxx`, `dd`, `XX.`.
    pub shape: u32,
    /// Hashes of the first one to four characters, lower case.
    pub prefix: [u32; 4],
    /// Hashes of the last one to five characters, lower case.
    pub suffix: [u32; 5],
    /// Class of the word among 1,024, counted from 1; 0 for unknown words.
    pub cluster: u16,
    /// Lists that the word is on: bits of [`list`].
    pub lists: u16,
    /// For two to six capitals: the key of the names that they may abbreviate,
    /// see [`initials`]. Else 0.
    pub acronym: u32,
    /// Begins with a capital letter.
    pub capital: bool,
    /// Two or more letters, all of them capitals.
    pub upper: bool,
    /// Has a letter or a digit.
    pub wordy: bool,
}

/// Bits of the word lists.
pub mod list {
    /// A first name.
    pub const FIRST: u16 = 1;
    /// A surname.
    pub const SURNAME: u16 = 2;
    /// A city of 30,000 to 200,000 inhabitants.
    pub const TOWN: u16 = 4;
    /// A larger city.
    pub const CITY: u16 = 8;
    /// A country, or part of the world.
    pub const COUNTRY: u16 = 16;
    /// A word for a country's people.
    pub const DEMONYM: u16 = 32;
    /// A title or profession that stands before a name.
    pub const TITLE: u16 = 64;
    /// A head word of an organisation's name.
    pub const ORGANIZATION: u16 = 128;
    /// A body known by this name or acronym.
    pub const BODY: u16 = 256;
    /// A month or a day of the week.
    pub const CALENDAR: u16 = 512;
    /// A head word of a place's name: River, Street.
    pub const PLACE: u16 = 1024;
}

/// Plain forms of typographic quotes and dashes.
#[inline]
pub fn plain(c: char) -> char {
    match c {
        '‘' | '’' | '‛' | '`' | '´' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '‐' | '‑' | '−' | '―' => '-',
        _ => c,
    }
}

/// Words longer than this many characters are cut for features: no English
/// word is, and a hostile text has one that fills a gigabyte.
const LONGEST: usize = 60;

impl<'a> Lexicon<'a> {
    /// The lexicon of a weights file.
    pub fn new(weights: &Weights<'a>) -> Lexicon<'a> {
        Lexicon {
            clusters: WordMap::new(weights.section(b"CLUS")),
            lists: WordMap::new(weights.section(b"LIST")),
        }
    }

    /// The lists that a phrase of lower-case words, joined by spaces, is on.
    pub fn lists_of(&self, phrase: u32) -> u16 {
        self.lists.get(phrase)
    }

    /// What features see of `form`.
    pub fn word(&self, form: &str) -> Word {
        let mut word = Word::default();
        let mut chars = ['\0'; LONGEST];
        let mut length = 0;
        let (mut form_hash, mut low_hash, mut raw_hash, mut shape) =
            (hash::START, hash::START, hash::START, hash::START);
        let (mut last_class, mut run) = (0_u8, 0);
        let (mut letters, mut capitals) = (0, 0);
        let mut acronym = 0;
        let mut utf8 = [0_u8; 4];
        for (i, c) in form.chars().take(LONGEST).enumerate() {
            let c = plain(c);
            for b in c.encode_utf8(&mut utf8).bytes() {
                form_hash = hash::push(form_hash, b);
            }
            let class = if c.is_uppercase() {
                capitals += 1;
                letters += 1;
                b'X'
            } else if c.is_alphabetic() {
                letters += 1;
                b'x'
            } else if c.is_numeric() {
                b'd'
            } else if c.is_ascii() {
                c as u8
            } else {
                b'~'
            };
            if i == 0 {
                word.capital = class == b'X';
            }
            word.wordy |= matches!(class, b'X' | b'x' | b'd');
            run = if class == last_class { run + 1 } else { 1 };
            last_class = class;
            if run <= 2 {
                shape = hash::push(shape, class);
            }
            // Only the first character of a lower-case form matters; the few
            // letters that become two in lower case are no English ones.
            let lower = c.to_lowercase().next().unwrap_or(c);
            for b in lower.encode_utf8(&mut utf8).bytes() {
                raw_hash = hash::push(raw_hash, b);
            }
            let zero = if class == b'd' { '0' } else { lower };
            for b in zero.encode_utf8(&mut utf8).bytes() {
                low_hash = hash::push(low_hash, b);
            }
            if letters <= 6 && class == b'X' {
                acronym = initials(acronym, letter_key(lower));
            }
            if i < 4 {
                word.prefix[i] = hash::fold(low_hash);
            }
            chars[length] = zero;
            length += 1;
        }
        let mut back = hash::START;
        for (i, c) in chars[..length].iter().rev().take(5).enumerate() {
            for b in c.encode_utf8(&mut utf8).bytes() {
                back = hash::push(back, b);
            }
            word.suffix[i] = hash::fold(back);
        }
        word.form = hash::fold(form_hash);
        word.low = hash::fold(low_hash);
        word.shape = hash::fold(shape);
        word.upper = letters >= 2 && letters == capitals;
        if word.upper && letters <= 6 {
            word.acronym = acronym;
        }
        let raw = hash::fold(raw_hash);
        word.raw = raw;
        word.cluster = self.clusters.get(raw);
        word.lists = self.lists.get(raw);
        word
    }
}

/// The key of a string of initials with one more letter; begins with 0. The
/// letter's key is that of a one-letter prefix.
pub fn initials(key: u32, letter: u32) -> u32 {
    hash::pair(key, letter)
}

fn letter_key(letter: char) -> u32 {
    hash::bytes(letter.encode_utf8(&mut [0; 4]).as_bytes())
}

/// The key of a word in lower case in the lists and clusters.
pub fn raw_key(word: &str) -> u32 {
    let mut key = hash::START;
    let mut utf8 = [0_u8; 4];
    for c in word.chars().map(plain).take(LONGEST) {
        let lower = c.to_lowercase().next().unwrap_or(c);
        for b in lower.encode_utf8(&mut utf8).bytes() {
            key = hash::push(key, b);
        }
    }
    hash::fold(key)
}

/// The key of a phrase in the lists: that of its word, or of its words in
/// order. Hyphens are words of their own, as the treebanks have it.
pub fn phrase_key(phrase: &str) -> u32 {
    let spaced = phrase.replace('-', " - ");
    let mut words = spaced.split_whitespace();
    let first = words.next().map_or(0, raw_key);
    words.fold(first, |key, word| hash::pair(key, raw_key(word)))
}

/// A sentence's words, ready for the models.
#[derive(Debug, Default, Clone)]
pub struct Words {
    /// One for each token.
    pub words: Vec<Word>,
    /// Most words begin with a capital letter: a headline.
    pub title_case: bool,
    /// Most words are all capitals.
    pub upper_case: bool,
}

impl Words {
    /// Looks every form up.
    pub fn new<'t>(lexicon: &Lexicon<'_>, forms: impl Iterator<Item = &'t str>) -> Words {
        let words: Vec<Word> = forms.map(|form| lexicon.word(form)).collect();
        let wordy = words.iter().filter(|w| w.wordy).count();
        let capital = words.iter().filter(|w| w.capital).count();
        let upper = words.iter().filter(|w| w.upper).count();
        Words {
            title_case: wordy >= 4 && capital * 10 >= wordy * 7,
            upper_case: wordy >= 3 && upper * 10 >= wordy * 7,
            words,
        }
    }

    /// The phrases of two to four words, the first with a capital, that are on a
    /// list: first and last word, and the lists.
    pub fn phrases(&self, lexicon: &Lexicon<'_>) -> Vec<(usize, usize, u16)> {
        let n = self.words.len();
        let mut found = Vec::new();
        for (first, word) in self.words.iter().enumerate().filter(|(_, w)| w.capital) {
            let mut key = word.raw;
            for last in first + 1..n.min(first + 4) {
                key = hash::pair(key, self.words[last].raw);
                let lists = lexicon.lists_of(key);
                if lists != 0 {
                    found.push((first, last, lists));
                }
            }
        }
        found
    }
}
