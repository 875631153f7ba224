//! Learns which forms the lemma rules get wrong.

use std::collections::{BTreeMap, BTreeSet};

use tieline::language::lemma::{self, Lemmatizer};
use tieline::language::weights::{Weights, WordMap};
use tieline::language::{Upos, Xpos};

use crate::data::Tree;

/// The sections of exceptions, of scripts, and of known verbs.
pub(crate) fn sections(trees: &[Tree]) -> [Vec<u8>; 3] {
    let mut verbs: BTreeMap<&str, usize> = BTreeMap::new();
    let mut seen: BTreeMap<(String, Xpos), BTreeMap<&str, usize>> = BTreeMap::new();
    for tree in trees {
        for (i, form) in tree.forms.iter().enumerate() {
            let (upos, xpos, lemma) = (tree.upos[i], tree.xpos[i], tree.lemmas[i].as_str());
            if upos == Upos::Propn || matches!(xpos, Xpos::Nnp | Xpos::Nnps | Xpos::Add) {
                continue;
            }
            if upos == Upos::Verb {
                *verbs.entry(lemma).or_default() += 1;
            }
            *seen
                .entry((lemma::lower(form), xpos))
                .or_default()
                .entry(lemma)
                .or_default() += 1;
        }
    }
    let verb_keys: Vec<(u32, u16)> = verbs
        .keys()
        .map(|verb| (lemma::verb_key(verb), 1))
        .collect();
    let verb_section = WordMap::write(&verb_keys);
    let base = Weights::write(&[(b"LEMV", &verb_section)]);
    let rules = Lemmatizer::new(&Weights::new(&base));

    let mut wanted: Vec<(u32, (usize, String))> = Vec::new();
    for ((low, xpos), lemmas) in &seen {
        let total: usize = lemmas.values().sum();
        let Some((lemma, count)) = lemmas
            .iter()
            .max_by_key(|(l, n)| (**n, std::cmp::Reverse(**l)))
        else {
            continue;
        };
        let lemma = lemma.to_lowercase();
        if rules.by_rule(low, *xpos) == lemma || lemma == "_" || 2 * count <= total {
            continue;
        }
        let shared = low
            .char_indices()
            .map(|(i, c)| i + c.len_utf8())
            .take_while(|end| lemma.starts_with(&low[..*end]))
            .last()
            .unwrap_or(0);
        let script = (low.len() - shared, lemma[shared..].to_string());
        if script.0 < 256 && script.1.len() < 256 {
            wanted.push((lemma::key(low, *xpos), script));
        }
    }
    let scripts: BTreeSet<&(usize, String)> = wanted.iter().map(|w| &w.1).collect();
    let scripts: Vec<&(usize, String)> = scripts.into_iter().take(2046).collect();
    let mut script_section = Vec::new();
    for (cut, suffix) in &scripts {
        script_section.push(*cut as u8);
        script_section.push(suffix.len() as u8);
        script_section.extend(suffix.bytes());
    }
    let entries: Vec<(u32, u16)> = wanted
        .iter()
        .filter_map(|(key, script)| {
            let at = scripts.binary_search(&script).ok()?;
            Some((*key, at as u16 + 1))
        })
        .collect();
    eprintln!(
        "lemmas: {} exceptions, {} scripts, {} verbs",
        entries.len(),
        scripts.len(),
        verbs.len()
    );
    [WordMap::write(&entries), script_section, verb_section]
}
