//! The words of time, from `ontology/time.toml`, and what each of them is in
//! the grammar. Read once; a broken list is found by the tests.

use super::holidays::HOLIDAYS;
use super::words::pieces;
use super::{Clock, Holiday, Season, Unit, Vague};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// What a word is in the grammar of dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lex {
    /// Nothing to do with time.
    Other,
    /// The first word of a phrase, nothing by itself.
    Head,
    /// A month by its full name, or (`true`) abbreviated.
    Month(u8, bool),
    /// A weekday; the flag tells an abbreviation.
    Weekday(u8, bool),
    /// "Mondays".
    Weekdays(u8),
    /// A number in words.
    Number(u32),
    /// A number in digits: its value and how many digits it has.
    Digits(u32, u8),
    /// "2.5", "1,500": a number, but no date.
    Decimal,
    /// "third", "21st"; the flag tells digits.
    Ordinal(u32, bool),
    /// "week", or (`true`) "weeks".
    Unit(Unit, bool),
    Season(Season),
    /// "morning", or (`true`) "mornings".
    Daypart(Clock, bool),
    /// The first year of a decade: "1980s", "nineties".
    Decade(u32),
    /// "10:35".
    Clock(u8, u8),
    /// "a.m." (`false`), "p.m."
    Meridiem(bool),
    /// "daily": index into the list of sets.
    Set(u8),
    /// A word of one of the closed classes.
    Class(Class),
    Hyphen,
    Slash,
    Comma,
    Period,
    Apostrophe,
    Dollar,
}

macro_rules! classes {
    ($($variant:ident = $word:literal),* $(,)?) => {
        /// The closed classes of small words.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Class { $($variant),* }

        impl Class {
            fn parse(word: &str) -> Option<Class> {
                match word { $($word => Some(Class::$variant),)* _ => None }
            }
        }
    };
}

classes! {
    The = "the", A = "a", This = "this", That = "that", Last = "last", Past = "past",
    Previous = "previous", Next = "next", Coming = "coming", Following = "following",
    Same = "same", Current = "current", Latest = "latest", Recent = "recent", Each = "each",
    Ago = "ago", Earlier = "earlier", Later = "later", Before = "before", After = "after",
    Of = "of", In = "in", On = "on", At = "at", For = "for", From = "from", To = "to",
    Through = "through", Until = "until", Since = "since", Between = "between", By = "by",
    During = "during", And = "and", Or = "or", Few = "few", Couple = "couple", Half = "half",
    More = "more", Than = "than", Least = "least", Early = "early", Mid = "mid", Late = "late",
    Start = "start", End = "end", About = "about", Over = "over", Today = "today",
    Yesterday = "yesterday", Tomorrow = "tomorrow", Tonight = "tonight",
    Overnight = "overnight", Midnight = "midnight", Fiscal = "fiscal", Zone = "zone",
    Oclock = "oclock", Ended = "ended", Old = "old", Eve = "eve", Now = "now",
    Period = "period", Like = "like", Letter = "letter", Times = "times", Workday = "workday",
    Era = "era", Latter = "latter", Fewer = "fewer", All = "all", Another = "another",
}

#[derive(Deserialize)]
struct File {
    month: BTreeMap<String, u8>,
    month_short: BTreeMap<String, u8>,
    weekday: BTreeMap<String, u8>,
    weekday_short: BTreeMap<String, u8>,
    number: BTreeMap<String, u32>,
    ordinal: BTreeMap<String, u32>,
    unit: BTreeMap<String, Unit>,
    units: BTreeMap<String, Unit>,
    season: BTreeMap<String, Season>,
    daypart: BTreeMap<String, Clock>,
    decade: BTreeMap<String, u32>,
    class: BTreeMap<String, Vec<String>>,
    vague: BTreeMap<String, Vec<String>>,
    set: BTreeMap<String, String>,
    set_apart: BTreeMap<String, String>,
    ahead: Ahead,
    dated: Dated,
    none: Phrases,
    #[cfg(test)]
    example: Vec<super::examples::Example>,
}

#[derive(Deserialize)]
struct Ahead {
    strong: Vec<String>,
    infinitive: Vec<String>,
    scheduled: Vec<String>,
    done: Vec<String>,
}

/// Where a word puts what depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outlook {
    /// Ahead, whatever its tense: "planned for Saturday".
    Ahead = 1,
    /// Its infinitive lies ahead: "agreed to meet".
    AheadInfinitive = 2,
    /// In the simple present it is a timetable: "the talks begin Monday".
    Scheduled = 4,
    /// Its infinitive has happened with it: "managed to leave".
    Done = 8,
}

#[derive(Deserialize)]
struct Phrases {
    phrases: Vec<String>,
}

#[derive(Deserialize)]
struct Dated {
    nouns: Vec<String>,
}

/// What a phrase of several words, or a word that stands for a whole
/// expression, means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phrase {
    Vague(Vague),
    /// No time at all.
    None,
    /// A holiday, and whether several countries have one of that name.
    Holiday(Holiday, bool),
}

/// The words of time, ready for look-up.
pub(super) struct Lexicon {
    words: HashMap<String, Lex>,
    /// By first word: the other words, and the meaning. Longest first.
    phrases: HashMap<String, Vec<(Vec<String>, Phrase)>>,
    /// ISO durations of "daily" and its like.
    pub(super) sets: Vec<String>,
    /// How many of the sets stand for times before a noun as well.
    pub(super) attributive: usize,
    /// By lemma, the sum of its outlooks.
    outlooks: HashMap<String, u8>,
    dated: HashMap<String, ()>,
    #[cfg(test)]
    pub(super) examples: Vec<super::examples::Example>,
}

/// The longest word that the lists hold, in bytes.
const LONGEST: usize = 24;

/// The lexicon. Its file is part of the binary and checked by the tests; an
/// unreadable file would leave it empty.
pub(super) static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| read(include_str!("../../ontology/time.toml")).unwrap_or_else(|_| empty()));

fn empty() -> Lexicon {
    Lexicon {
        words: HashMap::new(),
        phrases: HashMap::new(),
        sets: Vec::new(),
        attributive: 0,
        outlooks: HashMap::new(),
        dated: HashMap::new(),
        #[cfg(test)]
        examples: Vec::new(),
    }
}

fn read(text: &str) -> Result<Lexicon, toml::de::Error> {
    let file: File = toml::from_str(text)?;
    let mut lexicon = empty();
    let words = &mut lexicon.words;
    let mut put = |word: &str, lex: Lex| {
        words.insert(word.to_owned(), lex);
    };
    for (name, list) in &file.class {
        for word in list {
            match (name.as_str(), Class::parse(name)) {
                ("am", _) => put(word, Lex::Meridiem(false)),
                ("pm", _) => put(word, Lex::Meridiem(true)),
                (_, Some(class)) => put(word, Lex::Class(class)),
                _ => {}
            }
        }
    }
    for (list, short) in [(&file.month, false), (&file.month_short, true)] {
        list.iter().for_each(|(w, n)| put(w, Lex::Month(*n, short)));
    }
    for (list, short) in [(&file.weekday, false), (&file.weekday_short, true)] {
        for (word, n) in list {
            match n {
                1..=7 => put(word, Lex::Weekday(*n, short)),
                _ => put(word, Lex::Weekdays(n % 10)),
            }
        }
    }
    file.number
        .iter()
        .for_each(|(w, n)| put(w, Lex::Number(*n)));
    file.unit
        .iter()
        .for_each(|(w, u)| put(w, Lex::Unit(*u, false)));
    file.units
        .iter()
        .for_each(|(w, u)| put(w, Lex::Unit(*u, true)));
    file.ordinal
        .iter()
        .for_each(|(w, n)| put(w, Lex::Ordinal(*n, false)));
    file.season
        .iter()
        .for_each(|(w, s)| put(w, Lex::Season(*s)));
    file.decade
        .iter()
        .for_each(|(w, n)| put(w, Lex::Decade(*n)));
    for (word, clock) in &file.daypart {
        put(word, Lex::Daypart(*clock, word.ends_with('s')));
    }
    lexicon.attributive = file.set.len();
    for (i, (word, period)) in file.set.iter().chain(&file.set_apart).enumerate() {
        put(word, Lex::Set(i as u8));
        lexicon.sets.push(period.clone());
    }
    for (name, list) in &file.vague {
        let vague = match name.as_str() {
            "past" => Vague::Past,
            "present" => Vague::Present,
            _ => Vague::Future,
        };
        for phrase in list {
            put_phrase(&mut lexicon.phrases, phrase, Phrase::Vague(vague));
        }
    }
    for phrase in &file.none.phrases {
        put_phrase(&mut lexicon.phrases, phrase, Phrase::None);
    }
    for (name, shared, rule) in &HOLIDAYS.names {
        put_phrase(&mut lexicon.phrases, name, Phrase::Holiday(*rule, *shared));
    }
    for (head, list) in &mut lexicon.phrases {
        list.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        lexicon.words.entry(head.clone()).or_insert(Lex::Head);
    }
    for (list, outlook) in [
        (&file.ahead.strong, Outlook::Ahead),
        (&file.ahead.infinitive, Outlook::AheadInfinitive),
        (&file.ahead.scheduled, Outlook::Scheduled),
        (&file.ahead.done, Outlook::Done),
    ] {
        for word in list {
            *lexicon.outlooks.entry(word.clone()).or_default() |= outlook as u8;
        }
    }
    for noun in &file.dated.nouns {
        lexicon.dated.insert(noun.clone(), ());
    }
    #[cfg(test)]
    {
        lexicon.examples = file.example;
        lexicon.examples.extend(HOLIDAYS.examples.iter().cloned());
    }
    Ok(lexicon)
}

fn put_phrase(
    phrases: &mut HashMap<String, Vec<(Vec<String>, Phrase)>>,
    phrase: &str,
    meaning: Phrase,
) {
    // The typographic apostrophe is another word.
    for phrase in [phrase.to_owned(), phrase.replace('\'', "’")] {
        let mut words = pieces(&phrase).into_iter().map(str::to_owned);
        if let Some(first) = words.next() {
            let rest: Vec<String> = words.collect();
            let list = phrases.entry(first).or_default();
            if !list.iter().any(|(known, _)| *known == rest) {
                list.push((rest, meaning));
            }
        }
    }
}

impl Lexicon {
    /// What a word is, in any case.
    pub(super) fn word(&self, word: &str) -> Lex {
        self.lowered(word, |lower| {
            self.words.get(lower).copied().unwrap_or(Lex::Other)
        })
        .unwrap_or(Lex::Other)
    }

    /// The phrases that begin with a word, longest first.
    pub(super) fn phrases(&self, first: &str) -> &[(Vec<String>, Phrase)] {
        self.lowered(first, |lower| {
            self.phrases.get(lower).map_or(&[][..], Vec::as_slice)
        })
        .unwrap_or(&[])
    }

    /// Whether a lemma puts what depends on it there.
    pub(super) fn has_outlook(&self, lemma: &str, outlook: Outlook) -> bool {
        self.outlooks_of(lemma) & outlook as u8 != 0
    }

    /// Whether a lemma says nothing of where it puts what depends on it.
    pub(super) fn is_plain(&self, lemma: &str) -> bool {
        self.outlooks_of(lemma) & (Outlook::Ahead as u8 | Outlook::AheadInfinitive as u8) == 0
    }

    fn outlooks_of(&self, lemma: &str) -> u8 {
        self.lowered(lemma, |lower| self.outlooks.get(lower).copied())
            .flatten()
            .unwrap_or(0)
    }

    /// Whether a bare year before this noun is a date even where the noun is
    /// plural.
    pub(super) fn is_dated_noun(&self, noun: &str) -> bool {
        self.lowered(noun, |lower| self.dated.contains_key(lower))
            .unwrap_or(false)
    }

    /// Calls `then` with the word in lower case, without allocating; `None`
    /// for words longer than any in the lists.
    fn lowered<T>(&self, word: &str, then: impl FnOnce(&str) -> T) -> Option<T> {
        let mut buffer = [0u8; LONGEST];
        let lower = buffer.get_mut(..word.len())?;
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        std::str::from_utf8(lower).ok().map(then)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read() {
        let file = read(include_str!("../../ontology/time.toml"));
        assert!(file.is_ok(), "{:?}", file.err());
        let table: toml::Table =
            toml::from_str(include_str!("../../ontology/time.toml")).unwrap_or_default();
        let classes = table["class"].as_table().cloned().unwrap_or_default();
        for name in classes
            .keys()
            .filter(|n| !matches!(n.as_str(), "am" | "pm"))
        {
            assert!(Class::parse(name).is_some(), "{name} is no class");
        }
    }

    #[test]
    fn words_are_found_in_any_case() {
        assert_eq!(LEXICON.word("June"), Lex::Month(6, false));
        assert_eq!(LEXICON.word("SEPT"), Lex::Month(9, true));
        assert_eq!(LEXICON.word("weeks"), Lex::Unit(Unit::Week, true));
        assert_eq!(LEXICON.word("zebra"), Lex::Other);
        assert_eq!(LEXICON.word(&"x".repeat(100)), Lex::Other);
    }
}
