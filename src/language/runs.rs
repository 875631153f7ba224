//! Runs of capitalised words, which names are made of, and the common noun that
//! a run stands before. Pure; linear in the sentence.

use std::sync::OnceLock;

use super::hash;
use super::tags::Xpos;
use super::words::Word;

/// First and last word of a run; a word in lower case is a run of its own.
pub(super) type Run = (usize, usize);

/// Small words that may stand inside a run of capitalised words.
fn links(word: &Word) -> bool {
    static LINKS: OnceLock<Vec<u32>> = OnceLock::new();
    let links = LINKS.get_or_init(|| {
        [
            "of", "the", "for", "and", "de", "al", "bin", "von", "van", "&", "-",
        ]
        .iter()
        .map(|w| hash::bytes(w.as_bytes()))
        .collect()
    });
    links.contains(&word.low)
}

/// The run around each word, when up to `most` small words may stand between
/// two capitalised ones: with two, "Party of the Regions" is one run.
pub(super) fn runs(words: &[Word], most: usize) -> Vec<Run> {
    let n = words.len();
    let mut runs = vec![(0, 0); n];
    // How many small words lead from `end` to the next capitalised word.
    let bridge = |end: usize| {
        (0..=most).find(|skip| {
            let small = words.get(end..end + skip);
            small.is_some_and(|small| small.iter().all(|w| !w.capital && links(w)))
                && words.get(end + skip).is_some_and(|w| w.capital)
        })
    };
    let mut first = 0;
    while first < n {
        let mut end = first + 1;
        if words[first].capital {
            while let Some(skip) = bridge(end) {
                end += skip + 1;
            }
        }
        runs[first..end].fill((first, end - 1));
        first = end;
    }
    runs
}

/// List bits of all words of each word's run together.
pub(super) fn lists(words: &[Word], runs: &[Run]) -> Vec<u32> {
    let mut lists = vec![0; words.len()];
    for (i, (first, last)) in runs.iter().enumerate() {
        lists[i] = if i == *first {
            let inside = words[*first..=*last].iter();
            inside.fold(0, |bits, w| bits | u32::from(w.lists))
        } else {
            lists[*first]
        };
    }
    lists
}

/// For each word the common noun that its run stands before, with adjectives,
/// numbers and other nouns between: "election" for both words of "European
/// Parliament general election".
pub(super) fn nouns(words: &[Word], tags: &[(u32, u32)], runs: &[Run]) -> Vec<Option<usize>> {
    const FAR: usize = 4;
    let is = |j: usize, some: [Xpos; 2]| some.iter().any(|x| tags[j].1 == *x as u32);
    let noun = |(_, last): &Run| {
        let mut found = None;
        for (j, word) in words.iter().enumerate().skip(last + 1).take(FAR) {
            if word.capital {
                break;
            }
            if is(j, [Xpos::Nn, Xpos::Nns]) {
                found = Some(j);
            } else if found.is_some() || !is(j, [Xpos::Jj, Xpos::Cd]) {
                break;
            }
        }
        found
    };
    runs.iter().map(noun).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::weights::Weights;
    use crate::language::words::Lexicon;

    fn words(text: &str) -> Vec<Word> {
        let weights = Weights::new(&[]);
        let lexicon = Lexicon::new(&weights);
        text.split(' ').map(|w| lexicon.word(w)).collect()
    }

    #[test]
    fn small_words_join_runs() {
        let check = |text: &str, most: usize, expected: Run| {
            assert_eq!(runs(&words(text), most)[0], expected, "{text} {most}");
        };
        check("Bank of the North lends", 0, (0, 0));
        check("Bank of the North lends", 1, (0, 0));
        check("Bank of the North lends", 2, (0, 3));
        check("Bank of Ruritania lends", 1, (0, 2));
        check("Bank of", 2, (0, 0));
        check("bank of Ruritania", 2, (0, 0));
    }

    #[test]
    fn nouns_behind_runs() {
        let check = |text: &str, tags: &[Xpos], expected: Option<usize>| {
            let words = words(text);
            let tags: Vec<_> = tags.iter().map(|x| (0, *x as u32)).collect();
            let runs = runs(&words, 1);
            assert_eq!(nouns(&words, &tags, &runs)[0], expected, "{text}");
        };
        let (name, adjective, noun, verb) = (Xpos::Nnp, Xpos::Jj, Xpos::Nn, Xpos::Vbd);
        check(
            "Ruritania general election came",
            &[name, adjective, noun, verb],
            Some(2),
        );
        check("Ruritania won elections", &[name, verb, noun], None);
    }
}
