//! The forms of names: what is given name and surname, which words of an
//! organisation's name carry it, which letters an acronym stands for. Pure,
//! and knows nothing of articles.

use super::lexicon;
use crate::ontology::nicknames;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// Words in lower case without accents, dots and possessive endings: "The U.S.
/// State Department's" gives `the us state department`.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/')) {
        let word = fold_word(word);
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&word);
        }
    }
    out
}

/// One word in lower case: letters and digits only, without accents and a
/// possessive ending.
pub(crate) fn fold_word(word: &str) -> String {
    let word = without_possessive(word);
    word.nfkd()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

fn without_possessive(word: &str) -> &str {
    ["'s", "’s", "'S", "’S"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .unwrap_or(word)
}

/// A person's name in its parts, each folded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PersonName {
    /// Given and middle names and initials, in order; empty for a bare surname.
    pub given: Vec<String>,
    /// The surname with its particles, without spaces.
    pub surname: String,
    /// `jr`, `sr`, `ii` ...
    pub suffix: Option<String>,
}

/// How the given names of two people of one surname relate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Given {
    /// They cannot be one person.
    Different,
    /// One of the two is a bare surname.
    Missing,
    /// The reason why they fit, in plain words; empty when the names are equal.
    Fits(String),
}

const HONORIFICS: [&str; 22] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "sir",
    "dame",
    "lord",
    "lady",
    "president",
    "senator",
    "sen",
    "rep",
    "congressman",
    "governor",
    "gov",
    "general",
    "gen",
    "minister",
    "secretary",
    "judge",
    "king",
];

const PARTICLES: [&str; 18] = [
    "van", "von", "der", "den", "de", "la", "le", "di", "da", "del", "dos", "bin", "ibn", "al",
    "el", "ben", "abu", "st",
];

const SUFFIXES: [&str; 6] = ["jr", "sr", "ii", "iii", "iv", "v"];

impl PersonName {
    /// Reads a name; `None` when it has no letters.
    pub(super) fn parse(name: &str) -> Option<PersonName> {
        let written: Vec<&str> = name.split_whitespace().collect();
        if written.len() > 1 && nicknames::family_word(&written) == 0 {
            // "Kim Jong-un", "Kim Jong Un": one given name.
            let given = fold_word(&written[1..].concat());
            return Some(PersonName {
                given: vec![given],
                surname: fold_word(written[0]),
                suffix: None,
            });
        }
        let mut words: Vec<String> = written
            .into_iter()
            .map(fold_word)
            .filter(|w| !w.is_empty())
            .collect();
        while words.len() > 1 && HONORIFICS.contains(&words[0].as_str()) {
            // "King" and "Judge" are surnames as well: "Charles King" keeps its
            // words, because only a leading title is taken off.
            words.remove(0);
        }
        let mut suffix = None;
        if words.len() > 2 && words.last().is_some_and(|w| SUFFIXES.contains(&w.as_str())) {
            suffix = words.pop();
        }
        let mut first = words.len().checked_sub(1)?;
        while first > 1 && PARTICLES.contains(&words[first - 1].as_str()) {
            first -= 1;
        }
        let surname = words.split_off(first).concat();
        Some(PersonName {
            given: words,
            surname,
            suffix,
        })
    }

    /// Whether it is a surname alone.
    pub(super) fn is_bare(&self) -> bool {
        self.given.is_empty()
    }

    /// How much the name says: full given names count more than initials.
    pub(super) fn weight(&self) -> usize {
        let letters = |w: &String| w.chars().count();
        self.given
            .iter()
            .map(|w| if letters(w) > 1 { 2 } else { 1 })
            .sum()
    }

    /// Compares the given names of two names with one surname.
    pub(super) fn given_names(&self, other: &PersonName) -> Given {
        if self.is_bare() || other.is_bare() {
            return Given::Missing;
        }
        if let (Some(a), Some(b)) = (&self.suffix, &other.suffix)
            && a != b
        {
            return Given::Different;
        }
        // "J. Edgar" and "Edgar": a leading initial may be left out.
        let (a, b) = align(&self.given, &other.given);
        let mut reasons = Vec::new();
        for (i, (x, y)) in a.iter().zip(b).enumerate() {
            if x == y {
                continue;
            }
            match one_given_name(x, y) {
                Some(why) => reasons.push(why),
                // A middle name that the other leaves out for another is no
                // contradiction only where one of them is an initial.
                None if i == 0 || (x.len() > 1 && y.len() > 1) => return Given::Different,
                None => return Given::Different,
            }
        }
        Given::Fits(reasons.join(", "))
    }
}

fn align<'n>(a: &'n [String], b: &'n [String]) -> (&'n [String], &'n [String]) {
    let short = |w: &String| w.chars().count() == 1;
    match (a, b) {
        ([x, rest @ ..], [y, ..]) if short(x) && rest.first() == Some(y) => (rest, b),
        ([x, ..], [y, rest @ ..]) if short(y) && rest.first() == Some(x) => (a, rest),
        _ => (a, b),
    }
}

fn one_given_name(a: &str, b: &str) -> Option<String> {
    let capital = |w: &str| {
        let mut chars = w.chars();
        chars
            .next()
            .map(|c| c.to_uppercase().chain(chars).collect::<String>())
            .unwrap_or_default()
    };
    let (short, long) = if a.chars().count() <= b.chars().count() {
        (a, b)
    } else {
        (b, a)
    };
    if short.chars().count() == 1 {
        return long
            .starts_with(short)
            .then(|| format!("{}. fits {}", capital(short), capital(long)));
    }
    lexicon::same_given_name(a, b)
        .then(|| format!("{} is short for {}", capital(short), capital(long)))
}

/// The name of anything that is no person and no country, in its parts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct BodyName {
    /// What two names must share to be one; without the country for bodies of
    /// government, whose country is compared apart.
    pub key: String,
    /// The country that the name itself gives.
    pub country: Option<&'static str>,
    /// A body that every state has: a ministry, an army.
    pub government: bool,
    /// A name that many bodies bear: "First National Bank".
    pub generic: bool,
    /// The name is letters that stand for words.
    pub acronym: bool,
    /// The first letters of the words, with and without the small words.
    pub initials: BTreeSet<String>,
}

/// Endings that tell a company's legal form and no more.
const LEGAL_FORMS: [&str; 16] = [
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "ltd",
    "limited",
    "llc",
    "llp",
    "plc",
    "ag",
    "sa",
    "spa",
    "gmbh",
    "nv",
    "ab",
];

/// Words that head the name of a body that every state has.
const GOVERNMENT: [&str; 25] = [
    "government",
    "ministry",
    "department",
    "parliament",
    "cabinet",
    "army",
    "navy",
    "police",
    "embassy",
    "military",
    "force",
    "congress",
    "senate",
    "court",
    "treasury",
    "administration",
    "consulate",
    "delegation",
    "guard",
    "coastguard",
    "prosecutor",
    "customs",
    "marines",
    "mission",
    "legislature",
];

/// Words that make no name by themselves.
const GENERIC: [&str; 42] = [
    "first",
    "second",
    "national",
    "central",
    "federal",
    "united",
    "city",
    "state",
    "local",
    "bank",
    "council",
    "commission",
    "committee",
    "agency",
    "bureau",
    "office",
    "university",
    "college",
    "school",
    "hospital",
    "party",
    "democratic",
    "liberal",
    "labor",
    "conservative",
    "socialist",
    "supreme",
    "high",
    "board",
    "union",
    "association",
    "authority",
    "fund",
    "group",
    "team",
    "security",
    "defense",
    "foreign",
    "public",
    "general",
    "institute",
    "daily",
];

const SMALL: [&str; 9] = ["of", "the", "for", "and", "in", "on", "to", "a", "at"];

fn spelling(word: String) -> String {
    let same = match word.as_str() {
        "defence" => "defense",
        "centre" => "center",
        "organisation" => "organization",
        "labour" => "labor",
        "programme" => "program",
        "forces" => "force",
        "ministries" => "ministry",
        "departments" => "department",
        "affairs" => "affair",
        "counterterrorism" => "counter terrorism",
        _ => return word,
    };
    same.to_owned()
}

/// Splits a name into words as written: at white space and hyphens, without
/// possessive endings and outer punctuation.
pub(super) fn raw_words(name: &str) -> Vec<&str> {
    name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '/'))
        .map(|w| {
            without_possessive(w.trim_matches(|c: char| !c.is_alphanumeric() && c != '.'))
                .trim_start_matches('.')
        })
        .filter(|w| w.chars().any(char::is_alphanumeric))
        .collect()
}

/// The country that the words from `at` name, and how many words it takes; the
/// longest reading wins.
pub(super) fn country_at(words: &[&str], at: usize) -> Option<(&'static str, usize)> {
    (1..=4.min(words.len().saturating_sub(at)))
        .rev()
        .find_map(|n| {
            let joined = words[at..at + n].join(" ");
            let found = lexicon::country(&joined)
                .or_else(|| lexicon::country(joined.trim_end_matches('.')))?;
            Some((found, n))
        })
}

impl BodyName {
    /// Reads a name; `None` when it has no letters.
    pub(super) fn parse(name: &str) -> Option<BodyName> {
        let mut words = raw_words(name);
        if words.len() > 1 && fold_word(words[0]) == "the" {
            words.remove(0);
        }
        while words.len() > 1
            && words
                .last()
                .is_some_and(|w| LEGAL_FORMS.contains(&fold_word(w).as_str()))
        {
            words.pop();
        }
        if words.is_empty() {
            return None;
        }
        let initials = initials(&words);
        let acronym = words.len() == 1 && is_acronym(words[0]);

        // Every country in the name, as the country's own name.
        let mut country = None;
        let mut plain = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match country_at(&words, at) {
                Some((found, n)) if words.len() > n => {
                    // The second country of "US Embassy in Israel" is where it
                    // stands, not whose it is.
                    if country.is_none() {
                        country = Some(found);
                        plain.push((fold(found), true));
                    } else {
                        plain.push((fold(found), false));
                    }
                    at += n;
                }
                _ => {
                    plain.push((spelling(fold_word(words[at])), false));
                    at += 1;
                }
            }
        }
        let government = plain.iter().any(|(w, _)| GOVERNMENT.contains(&w.as_str()));
        let key = if government {
            let core: BTreeSet<&str> = plain
                .iter()
                .filter(|(w, of)| !of && w != "affair" && !SMALL.contains(&w.as_str()))
                .map(|(w, _)| w.as_str())
                .collect();
            core.into_iter().collect::<Vec<_>>().join(" ")
        } else if acronym {
            fold_word(words[0])
        } else {
            plain
                .iter()
                .filter(|(w, _)| w != "the")
                .map(|(w, _)| w.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        };
        if key.is_empty() {
            return None;
        }
        let generic = !acronym
            && !government
            && country.is_none()
            && plain
                .iter()
                .all(|(w, _)| GENERIC.contains(&w.as_str()) || SMALL.contains(&w.as_str()));
        Some(BodyName {
            key,
            country,
            government,
            generic,
            acronym,
            initials,
        })
    }
}

/// Whether a word is written as an acronym: "IDF", "U.N.", but not "ISRAEL".
pub(super) fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (2..=6).contains(&letters)
        && word
            .chars()
            .all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '&'))
        && lexicon::country(word).is_none()
}

fn initials(words: &[&str]) -> BTreeSet<String> {
    if words.len() < 2 {
        return BTreeSet::new();
    }
    let letters = |small: bool| -> String {
        words
            .iter()
            .filter(|w| small || !SMALL.contains(&fold_word(w).as_str()))
            .filter_map(|w| fold_word(w).chars().next())
            .collect()
    };
    BTreeSet::from([letters(false), letters(true)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        assert_eq!(
            fold("The U.S. State Department’s"),
            "the us state department"
        );
        assert_eq!(fold("São Paulo–Río"), "sao paulo rio");
        assert_eq!(fold("—"), "");
    }

    fn given(a: &str, b: &str) -> String {
        let (Some(a), Some(b)) = (PersonName::parse(a), PersonName::parse(b)) else {
            return "unreadable".to_owned();
        };
        if a.surname != b.surname {
            return "other surname".to_owned();
        }
        match a.given_names(&b) {
            Given::Different => "different".to_owned(),
            Given::Missing => "missing".to_owned(),
            Given::Fits(why) => format!("fits {why}"),
        }
    }

    #[test]
    fn people_are_compared_by_given_names() {
        assert_eq!(
            given("Tom Bell", "Thomas P. Bell"),
            "fits Tom is short for Thomas"
        );
        assert_eq!(given("T. Bell", "Thomas Bell"), "fits T. fits Thomas");
        assert_eq!(given("J. Edgar Poole", "Edgar Poole"), "fits ");
        assert_eq!(given("Anna Bell", "Thomas Bell"), "different");
        assert_eq!(given("John Q. Bell", "John R. Bell"), "different");
        assert_eq!(given("Bell", "Thomas Bell"), "missing");
        assert_eq!(given("Ursula van der Meer", "Meer"), "other surname");
        assert_eq!(given("George Lane Jr.", "George Lane Sr."), "different");
        assert_eq!(given("Mr. Lane", "George Lane"), "missing");
        assert_eq!(given("?", "George Lane"), "unreadable");
    }

    fn key(name: &str) -> String {
        BodyName::parse(name).map_or_else(String::new, |b| {
            format!("{} [{}]", b.key, b.country.unwrap_or("-"))
        })
    }

    #[test]
    fn bodies_have_one_key_in_all_forms() {
        assert_eq!(
            key("U.S. Department of State"),
            "department state [United States]"
        );
        assert_eq!(key("State Department"), "department state [-]");
        assert_eq!(
            key("Iranian Foreign Ministry"),
            key("Ministry of Foreign Affairs of Iran")
        );
        assert_eq!(key("Israeli Defense Force"), key("Israel Defence Forces"));
        assert_eq!(key("Acme Corp."), key("the ACME, Inc."));
        assert_ne!(key("UK Government"), key("US Government"));
        assert_eq!(key("Bank of Israel"), "bank of israel [Israel]");
    }
}
