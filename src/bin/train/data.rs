//! Reads the corpora.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use tieline::language::{Relation, Upos, Xpos};

/// A sentence of a treebank.
pub(crate) struct Tree {
    pub(crate) forms: Vec<String>,
    pub(crate) lemmas: Vec<String>,
    pub(crate) upos: Vec<Upos>,
    pub(crate) xpos: Vec<Xpos>,
    /// The number of words for the root.
    pub(crate) heads: Vec<u32>,
    pub(crate) relations: Vec<Relation>,
    /// From a news article, as far as the corpus says.
    pub(crate) news: bool,
}

/// Reads a CoNLL-U file.
pub(crate) fn treebank(path: &Path) -> anyhow::Result<Vec<Tree>> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut trees = Vec::new();
    let mut news = false;
    for block in text.split("\n\n") {
        if let Some(document) = block.lines().find_map(|l| l.strip_prefix("# newdoc id = ")) {
            news = document.starts_with("GUM_news");
        }
        let rows: Vec<Vec<&str>> = block
            .lines()
            .filter(|l| l.as_bytes().first().is_some_and(u8::is_ascii_digit))
            .map(|l| l.split('\t').collect())
            .filter(|r: &Vec<&str>| r[0].bytes().all(|b| b.is_ascii_digit()))
            .collect();
        if rows.is_empty() {
            continue;
        }
        let n = rows.len();
        let head = |r: &Vec<&str>| match r[6].parse::<u32>() {
            Ok(0) | Err(_) => n as u32,
            Ok(h) => h - 1,
        };
        trees.push(Tree {
            news,
            forms: rows.iter().map(|r| r[1].to_string()).collect(),
            lemmas: rows.iter().map(|r| r[2].to_string()).collect(),
            upos: rows
                .iter()
                .map(|r| Upos::parse(r[3]).unwrap_or(Upos::X))
                .collect(),
            xpos: rows
                .iter()
                .map(|r| Xpos::parse(r[4]).unwrap_or(Xpos::Nn))
                .collect(),
            heads: rows.iter().map(head).collect(),
            relations: rows
                .iter()
                .map(|r| Relation::parse(r[7]).unwrap_or(Relation::Dep))
                .collect(),
        });
    }
    Ok(trees)
}

/// A sentence with names: forms and IOB tags.
#[derive(Clone)]
pub(crate) struct Tagged {
    pub(crate) forms: Vec<String>,
    pub(crate) tags: Vec<String>,
}

/// Reads a file of `token TAB tag` lines.
pub(crate) fn tagged(path: &Path) -> anyhow::Result<Vec<Tagged>> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut out = Vec::new();
    let mut now = Tagged {
        forms: Vec::new(),
        tags: Vec::new(),
    };
    for line in text.lines().chain([""]) {
        match line.split_once('\t') {
            Some((form, rest)) => {
                now.forms.push(form.to_string());
                let tag = rest.rsplit('\t').next().unwrap_or("O");
                now.tags.push(tag.trim().to_string());
            }
            None if !now.forms.is_empty() => {
                out.push(now);
                now = Tagged {
                    forms: Vec::new(),
                    tags: Vec::new(),
                };
            }
            None => {}
        }
    }
    Ok(out)
}

/// A fixed sequence of numbers (splitmix64), for shuffling.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// A number from 0 to 1, without 1.
    pub(crate) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

/// Pairs of tags seen fewer times than this get no label of their own.
const RARE: usize = 8;

/// The section with the joint tags of a treebank.
pub(crate) fn tag_set(trees: &[Tree]) -> Vec<u8> {
    let mut counts = BTreeMap::new();
    for tree in trees {
        for pair in tree.upos.iter().zip(&tree.xpos) {
            *counts.entry(pair).or_insert(0) += 1;
        }
    }
    let mut pairs: Vec<_> = counts.into_iter().filter(|(_, n)| *n >= RARE).collect();
    pairs.sort_by_key(|(pair, n)| (std::cmp::Reverse(*n), *pair));
    pairs
        .iter()
        .take(120)
        .flat_map(|((upos, xpos), _)| [**upos as u8, **xpos as u8])
        .collect()
}
