//! How many independent sources tell of an event: an outlet counts once, and so
//! does a text that several of them print. Pure.

use super::actors::Cast;
use super::corpus::Corpus;
use super::merge::{Around, Said};
use super::names::fold;
use super::sets::Sets;
use super::words::{Map, NONE};
use crate::ontology::outlets;
use crate::text::stable_hash;
use std::collections::{BTreeSet, HashMap};

/// Quotes of fewer words may be alike by chance, as headlines are.
const SHORTEST: usize = 8;
/// So many quotes of an event are compared with each other; others only count
/// as copies where they are the same word by word.
const COMPARED: usize = 64;
/// Two quotes are one text where they share so many of a hundred runs of three
/// words of the shorter one.
const ALIKE: usize = 70;

/// The outlets of the documents.
#[derive(Debug)]
pub(super) struct Outlets {
    /// By the numbers of the words of the corpus.
    names: Map<u32, String>,
}

impl Outlets {
    pub(super) fn new(corpus: &Corpus) -> Outlets {
        let name = |source: &str| match outlets::outlet(source) {
            Some(known) => fold(known.name),
            None => fold(source),
        };
        let mut names: Map<u32, String> = Map::default();
        for doc in corpus.docs.iter().filter(|d| d.source != NONE) {
            names
                .entry(doc.source)
                .or_insert_with(|| name(corpus.words.get(doc.source)));
        }
        names.retain(|_, name| !name.is_empty());
        Outlets { names }
    }

    /// How many of the documents of these mentions, which are in order of the
    /// documents, tell of the event on their own. The quotes are theirs.
    pub(super) fn independent(
        &self,
        around: &Around<'_>,
        mentions: &[u32],
        quotes: &[Said],
    ) -> u32 {
        let (corpus, cast) = (around.corpus, around.cast);
        let doc = |mention: &u32| corpus.told[*mention as usize].doc;
        let by_doc: Vec<&[u32]> = mentions.chunk_by(|a, b| doc(a) == doc(b)).collect();
        if by_doc.len() < 2 {
            return u32::try_from(by_doc.len()).unwrap_or(u32::MAX);
        }
        let mut sets = Sets::new(by_doc.len());
        let mut by_key: HashMap<String, u32> = HashMap::new();
        let mut by_text: Map<u32, u32> = Map::default();
        for (place, of_doc) in (0_u32..).zip(&by_doc) {
            let set = of_doc.first().map_or(NONE, |m| around.alike.set(doc(m)));
            let first = *by_text.entry(set).or_insert(place);
            sets.join(first, place);
            let source = of_doc.first().map(|m| corpus.docs[doc(m) as usize].source);
            let outlet = source.and_then(|s| self.names.get(&s)).cloned();
            for key in outlet.into_iter().chain(agency(corpus, cast, of_doc)) {
                let first = *by_key.entry(key).or_insert(place);
                sets.join(first, place);
            }
        }
        let mut runs: Vec<(u32, Vec<u64>)> = Vec::new();
        let places = (0_u32..).zip(&by_doc);
        let places = places.flat_map(|(place, of_doc)| of_doc.iter().map(move |_| place));
        for (place, said) in places.zip(quotes) {
            let words = words(&said.quote.text);
            if words.len() < SHORTEST {
                continue;
            }
            let same = by_key.entry(words.join(" ")).or_insert(place);
            sets.join(*same, place);
            if runs.len() < COMPARED {
                runs.push((place, runs_of(&words)));
            }
        }
        for (i, (a, words)) in runs.iter().enumerate() {
            for (b, others) in &runs[i + 1..] {
                if sets.root(*a) != sets.root(*b) && is_copy(words, others) {
                    sets.join(*a, *b);
                }
            }
        }
        let roots: BTreeSet<u32> = sets.roots().into_iter().collect();
        u32::try_from(roots.len()).unwrap_or(u32::MAX)
    }
}

/// The agency on whose word alone a document tells of the event.
fn agency(corpus: &Corpus, cast: &Cast, of_doc: &[u32]) -> Option<String> {
    let mut named = BTreeSet::new();
    for mention in of_doc {
        let speaker = corpus.told[*mention as usize].speaker;
        let speaker = cast.actors.get(speaker as usize)?;
        let outlet = outlets::outlet(corpus.names_of.get(speaker.name))?;
        named.insert(fold(outlet.name));
    }
    let first = named.pop_first();
    first.filter(|_| named.is_empty())
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The hashes of all runs of three words, sorted.
fn runs_of(words: &[String]) -> Vec<u64> {
    let runs = words.windows(3);
    let mut runs: Vec<u64> = runs.map(|w| stable_hash(w.join(" ").as_bytes())).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// Whether the runs of two quotes are those of one text.
fn is_copy(a: &[u64], b: &[u64]) -> bool {
    let shared = a.iter().filter(|run| b.binary_search(run).is_ok()).count();
    shared * 100 >= a.len().min(b.len()).max(1) * ALIKE
}
