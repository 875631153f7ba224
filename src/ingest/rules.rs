//! The rules of `ontology/furniture.toml`: which lines of an article are no
//! running text. Pure.

use super::BlockKind;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

#[derive(Deserialize)]
struct File {
    rule: Vec<Rule>,
    credit: Credit,
    caption: Caption,
    slug: Slug,
    signature: Signature,
    bar: Bar,
    cut_word: CutWord,
    comments: Comments,
    tail: Tail,
    job: Job,
    date_line: DateLine,
    dateline: Dateline,
}

#[derive(Deserialize)]
pub(super) struct Rule {
    #[cfg(test)]
    name: String,
    pub(super) kind: BlockKind,
    words: usize,
    /// Holds for whole sentences too.
    #[serde(default)]
    pub(super) sentences: bool,
    patterns: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[cfg(test)]
    yes: Vec<String>,
    #[cfg(test)]
    no: Vec<String>,
}

#[derive(Deserialize)]
struct Credit {
    openers: Vec<String>,
}

#[derive(Deserialize)]
struct Caption {
    prefixes: Vec<String>,
}

#[derive(Deserialize)]
struct Slug {
    prefixes: Vec<String>,
}

#[derive(Deserialize)]
struct Signature {
    openers: Vec<String>,
}

#[derive(Deserialize)]
struct CutWord {
    compound_heads: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Bar {
    words: BTreeSet<String>,
    unless: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Comments {
    heads: Vec<String>,
    openers: Vec<String>,
    signs: Vec<String>,
}

#[derive(Deserialize)]
struct Tail {
    openers: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Job {
    last: BTreeSet<String>,
}

#[derive(Deserialize)]
struct DateLine {
    words: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Dateline {
    not_places: BTreeSet<String>,
    agencies: BTreeMap<String, String>,
}

/// The rules, ready for use.
#[derive(Default)]
pub(super) struct Rules {
    rules: Vec<Rule>,
    index: Index,
    pub(super) credit_openers: Vec<String>,
    pub(super) caption_prefixes: Vec<String>,
    slug_prefixes: Vec<String>,
    pub(super) signature_openers: Vec<String>,
    bar_words: BTreeSet<String>,
    pub(super) compound_heads: BTreeSet<String>,
    bar_unless: BTreeSet<String>,
    comment_openers: Vec<String>,
    comment_signs: Vec<String>,
    comment_heads: Vec<String>,
    pub(super) tail_openers: BTreeSet<String>,
    pub(super) job_last: BTreeSet<String>,
    pub(super) date_words: BTreeSet<String>,
    pub(super) not_places: BTreeSet<String>,
    pub(super) agencies: BTreeMap<String, String>,
}

const SOURCE: &str = include_str!("../../ontology/furniture.toml");

/// The rules of the binary. A test reads the file, so that a mistake in it
/// cannot reach a user; were there one, every line would be running text.
pub(super) static RULES: LazyLock<Rules> = LazyLock::new(|| match toml::from_str::<File>(SOURCE) {
    Ok(file) => Rules {
        index: Index::new(&file.rule),
        rules: file.rule,
        credit_openers: file.credit.openers,
        caption_prefixes: file.caption.prefixes,
        slug_prefixes: file.slug.prefixes,
        signature_openers: file.signature.openers,
        bar_words: file.bar.words,
        compound_heads: file.cut_word.compound_heads,
        bar_unless: file.bar.unless,
        comment_openers: file.comments.openers,
        comment_signs: file.comments.signs,
        comment_heads: file.comments.heads,
        tail_openers: file.tail.openers,
        job_last: file.job.last,
        date_words: file.date_line.words,
        not_places: file.dateline.not_places,
        agencies: file.dateline.agencies,
    },
    Err(_) => Rules::default(),
});

/// The patterns of all rules by the byte that a line has to begin with.
#[derive(Default)]
struct Index {
    by_first: Vec<Vec<(usize, String)>>,
}

impl Index {
    fn new(rules: &[Rule]) -> Index {
        let mut by_first = vec![Vec::new(); 256];
        for (i, rule) in rules.iter().enumerate() {
            for pattern in &rule.patterns {
                let fits = |byte: usize| match pattern.bytes().next() {
                    None => false,
                    Some(b'*') => true,
                    Some(b'#') => (0x30..0x3a).contains(&byte),
                    Some(first) => byte == usize::from(first),
                };
                for (_, bucket) in by_first.iter_mut().enumerate().filter(|(b, _)| fits(*b)) {
                    bucket.push((i, pattern.clone()));
                }
            }
        }
        Index { by_first }
    }
}

impl Rules {
    /// What the line is by the first rule that catches it. `normal` is the
    /// line as [`normal`] writes it, `words` the number of its words.
    pub(super) fn kind(&self, normal: &str, words: usize) -> Option<BlockKind> {
        self.rule(normal, words).map(|rule| rule.kind)
    }

    /// The first rule that catches the line.
    pub(super) fn rule(&self, normal: &str, words: usize) -> Option<&Rule> {
        let first = normal.bytes().next()?;
        let mut best: Option<usize> = None;
        let of_byte = self.index.by_first.get(usize::from(first));
        for (rule, pattern) in of_byte.into_iter().flatten() {
            let Some(found) = self.rules.get(*rule) else {
                continue;
            };
            if words <= found.words
                && best.is_none_or(|b| *rule < b)
                && glob(pattern, normal)
                && !any(&found.unless, normal)
            {
                best = Some(*rule);
            }
        }
        self.rules.get(best?)
    }

    /// Whether the line is a bar of buttons: "Facebook Twitter Email".
    pub(super) fn is_bar(&self, normal: &str) -> bool {
        let mut words = normal
            .split([' ', '|', ',', '·', '•', '/'])
            .filter(|w| !w.is_empty());
        !normal.is_empty()
            && words.all(|w| self.bar_words.contains(w))
            && !self.bar_unless.contains(normal)
    }

    /// Whether readers' comments can begin with this line.
    pub(super) fn opens_comments(&self, normal: &str) -> bool {
        any(&self.comment_openers, normal)
    }

    /// Whether the line, as it is and as [`normal`] writes it, is one of those
    /// that stand between comments.
    pub(super) fn is_comment_sign(&self, words: &str, normal: &str) -> bool {
        any(&self.comment_signs, normal)
            || self
                .comment_heads
                .iter()
                .any(|head| words.ends_with(head.as_str()))
    }

    /// The length of an agency's mark before a headline: "UPDATE 2-".
    pub(super) fn slug(&self, words: &str) -> Option<usize> {
        // Capitals and a hyphen without spaces, or it is no such mark.
        let head: String = words
            .bytes()
            .take(24)
            .take_while(u8::is_ascii)
            .map(|b| b.to_ascii_lowercase() as char)
            .collect();
        if !head.contains('-') || !words.starts_with(char::is_uppercase) {
            return None;
        }
        self.slug_prefixes
            .iter()
            .filter(|p| head.get(..p.len()).is_some_and(|head| glob(p, head)))
            .map(String::len)
            .max()
    }
}

fn any(patterns: &[String], text: &str) -> bool {
    patterns.iter().any(|p| glob(p, text))
}

/// A line in lower case, with straight quotes and single spaces, without a
/// final stop or colon.
pub(super) fn normal(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '“' | '”' | '„' | '«' | '»' => out.push('"'),
            '‘' | '’' | '`' => out.push('\''),
            '–' | '—' => out.push('-'),
            _ if crate::language::sentences::is_blank(c) => {
                if !out.is_empty() && !out.ends_with(' ') && c != '\u{ad}' {
                    out.push(' ');
                }
            }
            _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            _ => out.extend(c.to_lowercase()),
        }
    }
    let kept = out.trim_end_matches([' ', '.', ':', '»', '›', '>']).len();
    out.truncate(kept);
    out
}

/// Whether the pattern, in which `*` stands for any characters and `#` for one
/// digit, fits the whole text. Takes time in the order of the product of the lengths at worst; lines
/// that are matched are short.
fn glob(pattern: &str, text: &str) -> bool {
    if !pattern.contains('#') {
        return plain_glob(pattern, text);
    }
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        if p < pattern.len() && pattern[p] == b'*' {
            star = Some((p, t));
            p += 1;
        } else if p < pattern.len()
            && (pattern[p] == text[t] || pattern[p] == b'#' && text[t].is_ascii_digit())
        {
            p += 1;
            t += 1;
        } else if let Some((star_p, star_t)) = star {
            p = star_p + 1;
            t = star_t + 1;
            star = Some((star_p, star_t + 1));
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|b| *b == b'*')
}

/// The same for patterns without `#`, much faster for long texts.
fn plain_glob(pattern: &str, text: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let (middle, tail) = rest.rsplit_once('*').unwrap_or(("", rest));
    let Some(mut text) = text
        .strip_prefix(head)
        .and_then(|text| text.strip_suffix(tail))
    else {
        return false;
    };
    for part in middle.split('*').filter(|part| !part.is_empty()) {
        let Some(at) = text.find(part) else {
            return false;
        };
        text = &text[at + part.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read() {
        let file = toml::from_str::<File>(SOURCE);
        assert_eq!(file.err(), None);
        for rule in &RULES.rules {
            for pattern in rule.patterns.iter().chain(&rule.unless) {
                assert_eq!(*pattern, pattern.to_lowercase(), "{}", rule.name);
            }
        }
    }

    #[test]
    fn examples_of_the_rules() {
        for rule in &RULES.rules {
            for line in &rule.yes {
                let found = RULES.rule(&normal(line), line.split_whitespace().count());
                assert_eq!(
                    found.map(|r| r.name.as_str()),
                    Some(rule.name.as_str()),
                    "{line}"
                );
            }
            for line in &rule.no {
                let found = RULES.rule(&normal(line), line.split_whitespace().count());
                assert_eq!(found.map(|r| r.name.as_str()), None, "{line}");
            }
        }
    }

    #[test]
    fn globs() {
        for (pattern, text, fits) in [
            ("a*c", "abc", true),
            ("a*c", "ac", true),
            ("a*c", "acb", false),
            ("*", "", true),
            ("", "", true),
            ("", "a", false),
            ("*b*", "aba", true),
            ("a", "ab", false),
            ("*ab", "aab", true),
            ("# b*", "1 bc", true),
            ("# b", "12 b", false),
        ] {
            assert_eq!(glob(pattern, text), fits, "{pattern} {text}");
        }
    }

    #[test]
    fn normal_lines() {
        assert_eq!(normal(" “A”  –\u{a0}É: "), "\"a\" - é");
        assert_eq!(normal("..."), "");
    }
}
