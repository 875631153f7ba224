//! How many independent sources tell of an event: an outlet counts once, and so
//! does a text that several of them print. Pure.

use super::actors::Cast;
use super::corpus::Corpus;
use super::names::fold;
use super::telling::Mention;
use crate::ontology::outlets;
use std::collections::{BTreeMap, BTreeSet};

/// Quotes of fewer words may be alike by chance, as headlines are.
const SHORTEST: usize = 8;
/// So many quotes of an event are compared with each other; others only count
/// as copies where they are the same word by word.
const COMPARED: usize = 64;
/// Two quotes are one text where they share so many of a hundred runs of three
/// words of the shorter one.
const ALIKE: usize = 70;

/// The outlet of each document, as a number.
#[derive(Debug)]
pub(super) struct Outlets(Vec<Option<String>>);

impl Outlets {
    pub(super) fn new(corpus: &Corpus<'_>) -> Outlets {
        let name = |source: &String| match outlets::outlet(source) {
            Some(known) => fold(known.name),
            None => fold(source),
        };
        let of_report = corpus.reports.iter().map(|r| r.source.as_ref().map(name));
        Outlets(of_report.map(|n| n.filter(|n| !n.is_empty())).collect())
    }

    /// How many of the documents of these mentions tell of the event on their
    /// own.
    pub(super) fn independent(&self, cast: &Cast, mentions: &[&Mention<'_>]) -> u32 {
        let docs: Vec<usize> = mentions
            .iter()
            .map(|m| m.doc)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let place = |doc: usize| docs.binary_search(&doc).unwrap_or_default();
        let mut sets = Sets::new(docs.len());
        let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
        for doc in &docs {
            let outlet = self.0.get(*doc).cloned().flatten();
            for key in outlet.into_iter().chain(agency(cast, *doc, mentions)) {
                let first = *by_key.entry(key).or_insert(place(*doc));
                sets.join(first, place(*doc));
            }
        }
        let mut quotes: Vec<(usize, Vec<String>)> = Vec::new();
        for mention in mentions {
            let words = words(&mention.event.quote.text);
            if words.len() < SHORTEST {
                continue;
            }
            let at = place(mention.doc);
            let same = by_key.entry(words.join(" ")).or_insert(at);
            sets.join(*same, at);
            if quotes.len() < COMPARED {
                quotes.push((at, words));
            }
        }
        for (i, (a, words)) in quotes.iter().enumerate() {
            for (b, others) in &quotes[i + 1..] {
                if sets.root(*a) != sets.root(*b) && is_copy(words, others) {
                    sets.join(*a, *b);
                }
            }
        }
        let roots: BTreeSet<usize> = (0..docs.len()).map(|i| sets.root(i)).collect();
        u32::try_from(roots.len()).unwrap_or(u32::MAX)
    }
}

/// The agency on whose word alone a document tells of the event.
fn agency(cast: &Cast, doc: usize, mentions: &[&Mention<'_>]) -> Option<String> {
    let mut named = BTreeSet::new();
    for mention in mentions.iter().filter(|m| m.doc == doc) {
        let speaker = mention.event.attributed_to.and_then(|a| cast.of(doc, a))?;
        let outlet = outlets::outlet(&cast.actors.get(speaker)?.name)?;
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

fn is_copy(a: &[String], b: &[String]) -> bool {
    let runs =
        |words: &[String]| -> BTreeSet<String> { words.windows(3).map(|w| w.join(" ")).collect() };
    let (a, b) = (runs(a), runs(b));
    let shared = a.intersection(&b).count();
    shared * 100 >= a.len().min(b.len()).max(1) * ALIKE
}

/// Sets of documents that are joined step by step.
struct Sets(Vec<usize>);

impl Sets {
    fn new(n: usize) -> Sets {
        Sets((0..n).collect())
    }

    fn root(&self, mut i: usize) -> usize {
        while self.0[i] != i {
            i = self.0[i];
        }
        i
    }

    /// The smaller number becomes the root, so that the order does not matter.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}
