//! A second look at a document's names: what most mentions say, and mentions
//! that were missed. Pure; linear in the text.

use std::collections::HashMap;

use super::types::{Name, NameKind, Sentence};
use super::{Upos, hash};

/// Sentences that are taken for one document. An article is seldom longer, and
/// in a file that strings many documents together a wrong neighbour does little
/// harm.
const GROUP: usize = 60;

/// How often a word sequence was found as a name of each kind.
type Counts = HashMap<u64, [u16; 4]>;

/// Makes the names of each stretch of sentences agree.
pub(super) fn harmonise(text: &str, sentences: &mut [Sentence]) {
    for group in sentences.chunks_mut(GROUP) {
        let (names, surnames) = count(text, group);
        for sentence in group {
            agree(text, sentence, &names);
            complete(text, sentence, &names, &surnames);
        }
    }
}

fn key(text: &str, sentence: &Sentence, first: usize, last: usize) -> u64 {
    let words = (first..=last).flat_map(|i| sentence.word(text, i).bytes().chain([b' ']));
    words.fold(hash::START, hash::push)
}

/// Counts of whole names, and of the last words of persons' names.
fn count(text: &str, group: &[Sentence]) -> (Counts, Counts) {
    let (mut names, mut surnames) = (Counts::new(), Counts::new());
    for sentence in group {
        for name in &sentence.names {
            let (first, last) = (usize::from(name.first), usize::from(name.last));
            let counts = names.entry(key(text, sentence, first, last)).or_default();
            counts[name.kind as usize] = counts[name.kind as usize].saturating_add(1);
            if name.kind == NameKind::Person && last > first {
                let counts = surnames.entry(key(text, sentence, last, last)).or_default();
                counts[0] = counts[0].saturating_add(1);
            }
        }
    }
    (names, surnames)
}

/// A name takes the kind that the same words have at least twice, and more than
/// twice as often as its own.
fn agree(text: &str, sentence: &mut Sentence, names: &Counts) {
    for i in 0..sentence.names.len() {
        let name = sentence.names[i];
        let found = key(
            text,
            sentence,
            usize::from(name.first),
            usize::from(name.last),
        );
        let Some(counts) = names.get(&found) else {
            continue;
        };
        let own = counts[name.kind as usize];
        for kind in super::names::KINDS {
            if counts[kind as usize] >= 2 && counts[kind as usize] > 2 * own {
                sentence.names[i].kind = kind;
            }
        }
    }
}

/// Marks words that are a name elsewhere and were missed here: sequences of two
/// to four words that are a name at least once, and single words that are one
/// at least twice, or the surname of a person.
fn complete(text: &str, sentence: &mut Sentence, names: &Counts, surnames: &Counts) {
    let n = sentence.tokens.len();
    let mut covered = vec![false; n];
    for name in &sentence.names {
        covered[usize::from(name.first)..=usize::from(name.last)].fill(true);
    }
    let mut found: Vec<Name> = Vec::new();
    let mut first = 0;
    while first < n {
        let token = &sentence.tokens[first];
        let capital = |i: usize| {
            let c = sentence.word(text, i).chars().next();
            c.is_some_and(char::is_uppercase)
        };
        // A surname at the start of a sentence is easily taken for a noun.
        let may_name = token.upos == Upos::Propn
            || first == 0
                && matches!(token.upos, Upos::Noun | Upos::X)
                && surnames.contains_key(&key(text, sentence, 0, 0));
        if covered[first] || !may_name || !capital(first) {
            first += 1;
            continue;
        }
        let longest = (first + 4).min(n);
        let last = (first..longest).rev().find_map(|last| {
            if covered[first..=last].contains(&true) || !capital(last) {
                return None;
            }
            let words = key(text, sentence, first, last);
            let enough = if last > first { 1 } else { 2 };
            let counts = names.get(&words).copied().unwrap_or_default();
            let most = (0..4).max_by_key(|k| (counts[*k], std::cmp::Reverse(*k)))?;
            if counts[most] >= enough {
                return Some((last, super::names::KINDS[most]));
            }
            let surname = last == first && surnames.contains_key(&words);
            // Beside another capitalised word it may be part of something else.
            let beside = first > 0 && capital(first - 1) || first + 1 < n && capital(first + 1);
            (surname && !beside).then_some((last, NameKind::Person))
        });
        match last {
            Some((last, kind)) => {
                found.push(Name {
                    first: first as u16,
                    last: last as u16,
                    kind,
                });
                first = last + 1;
            }
            None => first += 1,
        }
    }
    if !found.is_empty() {
        sentence.names.extend(found);
        sentence.names.sort_by_key(|name| name.first);
    }
}
