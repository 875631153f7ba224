//! Which articles are copies of another: the same text twice, an agency's report
//! in several papers, lightly edited or cut. Pure.
//!
//! Sketches are put into buckets by pairs of their numbers, so that only texts
//! that share some are compared (P. Indyk and R. Motwani, Approximate nearest
//! neighbors, 1998). Two accounts of one event by different hands share far
//! fewer runs of five words than the limits below.

use super::corpus::{Corpus, at};
use super::sets::Sets;
use super::story::Published;
use super::words::NONE;
use crate::extract::{BUCKETS, Sketch};
use chrono::NaiveDate;
use rayon::prelude::*;

/// Numbers of a sketch that make one key.
const ROWS: usize = 2;
/// So many articles of a bucket are compared with a new one, the first.
const COMPARED: usize = 12;
/// Two texts are one where they share this share of their runs, in hundredths ...
const ALIKE: u32 = 60;
/// ... or where so much of the shorter one stands in the longer: it was cut.
const CONTAINED: u32 = 85;
/// What is cut still shares so much of all runs.
const CUT_ALIKE: u32 = 25;

/// Which documents are of one text.
#[derive(Debug, Default)]
pub(super) struct Alike {
    /// By document: the first of the set, and the one that the others copy.
    root: Vec<u32>,
    original: Vec<u32>,
}

impl Alike {
    /// Finds the sets.
    pub(super) fn new(corpus: &Corpus) -> Alike {
        let mut sets = Sets::new(corpus.docs.len());
        let sketch = |doc: u32| &corpus.docs[doc as usize].sketch;
        let mut band: Vec<([u32; ROWS], u32)> = Vec::with_capacity(corpus.docs.len());
        for row in (0..BUCKETS).step_by(ROWS) {
            band.clear();
            band.extend((0..at(&corpus.docs)).filter_map(|doc| {
                let rows = sketch(doc).least.get(row..row + ROWS)?;
                let key = <[u32; ROWS]>::try_from(rows).ok()?;
                (!key.contains(&u32::MAX)).then_some((key, doc))
            }));
            band.par_sort_unstable();
            for bucket in band.chunk_by(|a, b| a.0 == b.0) {
                for (i, (_, doc)) in bucket.iter().enumerate().skip(1) {
                    for (_, other) in &bucket[..i.min(COMPARED)] {
                        if sets.root(*doc) != sets.root(*other)
                            && is_copy(sketch(*doc), sketch(*other))
                        {
                            sets.join(*doc, *other);
                        }
                    }
                }
            }
        }
        let root = sets.roots();
        Alike {
            original: root.clone(),
            root,
        }
    }

    /// Once it is known when articles were published: the original is the one
    /// that came first, then the first in order.
    pub(super) fn settle(&mut self, published: &[Published]) {
        let day = |doc: usize| {
            let edtf = published.get(doc).and_then(|p| p.edtf.as_ref());
            edtf.and_then(|e| e.earliest()).unwrap_or(NaiveDate::MAX)
        };
        let mut first: Vec<u32> = self.root.clone();
        for doc in 0..self.root.len() {
            let set = self.root[doc] as usize;
            if (day(doc), doc) < (day(first[set] as usize), first[set] as usize) {
                first[set] = u32::try_from(doc).unwrap_or(NONE);
            }
        }
        self.original = self.root.iter().map(|set| first[*set as usize]).collect();
    }

    /// The number of the set of documents that are of one text.
    pub(super) fn set(&self, doc: u32) -> u32 {
        self.root.get(doc as usize).copied().unwrap_or(doc)
    }

    /// The document that this one copies.
    pub(super) fn copied(&self, doc: usize) -> Option<usize> {
        let original = *self.original.get(doc)? as usize;
        (original != doc).then_some(original)
    }
}

/// Whether two sketches are of one text.
fn is_copy(a: &Sketch, b: &Sketch) -> bool {
    if a.least.len() != BUCKETS || b.least.len() != BUCKETS {
        return false;
    }
    let (mut same, mut filled) = (0_u32, 0_u32);
    for (x, y) in a.least.iter().zip(&b.least) {
        if *x != u32::MAX || *y != u32::MAX {
            filled += 1;
            same += u32::from(x == y);
        }
    }
    let alike = same * 100 / filled.max(1);
    if alike >= ALIKE {
        return true;
    }
    // From the share of all runs follows that of the shorter text's.
    let both = u64::from(a.runs) + u64::from(b.runs);
    let shared = both * u64::from(alike) / (100 + u64::from(alike));
    let shorter = u64::from(a.runs.min(b.runs));
    alike >= CUT_ALIKE && shared * 100 >= shorter * u64::from(CONTAINED)
}

#[cfg(test)]
mod tests {
    use crate::ingest::{Article, BlockKind};
    use crate::ontology::types::EventTypes;
    use crate::resolve::story;
    use crate::text::stable_hash;
    use crate::{extract::Report, pipeline};

    const AGENCY: &str = "The foreign ministers of Norland and Peru signed a treaty on fishing in Lima on Monday, \
ending a dispute that had lasted for eleven years. Erik Dahl said after the ceremony that both fleets would share the waters \
south of the islands from next spring. His colleague Rosa Quispe spoke of a good day for the fishermen of both countries. \
The treaty sets a quota of ninety thousand tonnes a year, which a commission in Geneva is to watch over. \
Unions on the islands had called for a higher quota and announced a protest in the harbour for the weekend. \
The parliaments have to approve the treaty before the end of the year, and a majority is expected in both. \
Talks had broken down twice, most recently in March, when a trawler was seized by the coast guard. \
The crew of fourteen was released after nine days, and the captain paid a fine.";

    const OTHER: &str = "Norland and Peru have settled their long quarrel over fish. At a short ceremony in the Peruvian \
capital on Monday the two foreign ministers put their names to an agreement that divides the waters around the islands. \
For eleven years trawlers of both nations had played cat and mouse there with each other's coast guards. Mr Dahl, in a dark \
suit, praised his hosts and said that the two fleets would from next spring on share what there is. Ms Quispe smiled and \
called it a good day. Less happy are the unions: they wanted more than the ninety thousand tonnes and will march at the \
weekend. In Geneva a commission will count the catch. Lawmakers on both sides of the ocean must still agree, but few doubt \
that they will. It was the third attempt; the last one ended in spring when a ship and its crew were held for over a week.";

    fn report(path: &str, text: &str, day: &str) -> Report {
        let mut article = Article::of_block(text, BlockKind::Body);
        article.path = path.to_owned();
        article.id = format!("{:x}", stable_hash(path.as_bytes()));
        article.published = Some(crate::ingest::GivenDate {
            edtf: day.to_owned(),
            from: "the test".to_owned(),
        });
        pipeline::read_with(&article, EventTypes::builtin())
    }

    /// Whether the second text is a copy of the first.
    fn check(first: &str, second: &str, expected: bool) {
        let reports = [
            report("b.txt", first, "2017-06-26"),
            report("a.txt", second, "2017-06-27"),
        ];
        let story = story(&reports);
        let copy = story.documents[0].copy_of.as_ref().map(|c| c.number);
        assert_eq!(copy, expected.then_some(1), "{second}");
        assert_eq!(story.documents[1].copy_of, None);
        if expected {
            assert!(story.events.iter().all(|e| e.sources == 1));
        }
    }

    #[test]
    fn copies_are_found_and_other_accounts_are_none() {
        let sentences: Vec<&str> = AGENCY.split(". ").collect();
        check(AGENCY, AGENCY, true);
        // Another beginning and end.
        let edited = format!(
            "By our correspondent in Lima. {AGENCY} Our newspaper had reported on the seizure."
        );
        check(AGENCY, &edited, true);
        // Cut at the end.
        check(AGENCY, &format!("{}.", sentences[..5].join(". ")), true);
        // One sentence of eight rewritten.
        let mut rewritten = sentences.clone();
        rewritten[2] = "Ms Quispe said that fishermen in both countries had reason to be glad";
        check(AGENCY, &rewritten.join(". "), true);
        // One event, two hands.
        check(AGENCY, OTHER, false);
        // Two sentences of the agency in a long text of one's own.
        let quoting = format!("{OTHER} {}. {}.", sentences[3], sentences[4]);
        check(AGENCY, &quoting, false);
        check("Too short to tell.", "Too short to tell.", false);
    }
}
