//! Descriptions that stand for actors already named: "the company", "both
//! countries", "officials". Reads `ontology/nominals.toml`.

use super::{List, organizations::OrgSort, titles};
use crate::model::ActorKind;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What the members of a plural description are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Members {
    /// Actors of any kind: "the two sides".
    Any,
    /// Actors of one kind: "both countries".
    Kind(ActorKind),
}

static LIST: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../ontology/nominals.toml")));

static TABLE: LazyLock<Table> = LazyLock::new(Table::read);

struct Table {
    single: HashMap<&'static str, (ActorKind, bool)>,
    pairs: HashMap<&'static str, Members>,
    sorts: HashMap<&'static str, Vec<OrgSort>>,
    envoys: HashSet<&'static str>,
    crowds: HashSet<&'static str>,
}

impl Table {
    fn read() -> Table {
        let mut single = HashMap::new();
        for entry in LIST.entries("single") {
            let Some(kind) = ActorKind::parse(entry.field(0)) else {
                continue;
            };
            for form in entry.forms(1) {
                single.entry(form.text).or_insert((kind, form.ambiguous));
            }
        }
        let mut pairs = HashMap::new();
        for entry in LIST.entries("pairs") {
            let members = ActorKind::parse(entry.field(0)).map_or(Members::Any, Members::Kind);
            for form in entry.forms(1) {
                pairs.entry(form.text).or_insert(members);
            }
        }
        let mut sorts = HashMap::new();
        for entry in LIST.entries("sorts") {
            let fit: Vec<OrgSort> = entry
                .forms(0)
                .filter_map(|f| OrgSort::parse(f.text))
                .collect();
            for form in entry.forms(1) {
                sorts.entry(form.text).or_insert_with(|| fit.clone());
            }
        }
        let set = |section| LIST.words(section).map(|f| f.text).collect();
        Table {
            single,
            pairs,
            sorts,
            envoys: set("envoys"),
            crowds: set("crowds"),
        }
    }
}

/// The kind of actor that a description with this head can stand for: a lemma
/// or phrase in lower case, singular. Offices and professions are persons. See
/// [`is_ambiguous`].
pub fn nominal_kind(lemma: &str) -> Option<ActorKind> {
    if let Some((kind, _)) = TABLE.single.get(lemma) {
        return Some(*kind);
    }
    titles::is_role_head(lemma).then_some(ActorKind::Person)
}

/// Whether a description with this head as often stands for no actor: "firm",
/// "state", "plan".
pub fn is_ambiguous(lemma: &str) -> bool {
    TABLE.single.get(lemma).is_some_and(|(_, doubt)| *doubt)
}

/// What a plural noun takes in after "both", "the two" or "the": "countries",
/// "sides". Its lemma or the word as written, in lower case; the caller knows
/// that it is plural.
pub fn pair_members(noun: &str) -> Option<Members> {
    let pairs = &TABLE.pairs;
    let members = pairs.get(noun).or_else(|| pairs.get(&*plural(noun)));
    members.copied()
}

/// Whether a plural noun, given as in [`pair_members`], stands for unnamed
/// people who act for a body or country: "officials" in "Israeli officials".
pub fn acts_for_body(noun: &str) -> bool {
    TABLE.envoys.contains(noun) || TABLE.envoys.contains(&*plural(noun))
}

/// Whether a plural noun, given as in [`pair_members`], stands for unnamed
/// people who act for themselves: "protesters".
pub fn is_crowd(noun: &str) -> bool {
    TABLE.crowds.contains(noun) || TABLE.crowds.contains(&*plural(noun))
}

/// The sort of organisation that a description names when it names only one:
/// "ministry". `None` for nouns that fit several sorts ("agency") or any.
pub fn nominal_sort(lemma: &str) -> Option<OrgSort> {
    match TABLE.sorts.get(lemma)?.as_slice() {
        [sort] => Some(*sort),
        _ => None,
    }
}

/// Whether a description can stand for an organisation of this sort: "the bank"
/// for a bank, "the agency" for a police force or a news agency. True for nouns
/// that fit any sort ("organization").
pub fn fits_sort(lemma: &str, sort: OrgSort) -> bool {
    TABLE
        .sorts
        .get(lemma)
        .is_none_or(|sorts| sorts.contains(&sort))
}

/// The regular plural of a noun in lower case, and those of "man" and "child".
fn plural(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix("man") {
        return format!("{stem}men");
    }
    if noun == "child" || noun == "person" {
        return if noun == "child" {
            "children"
        } else {
            "people"
        }
        .to_owned();
    }
    let consonant = |stem: &str| !stem.ends_with(['a', 'e', 'o', 'u']);
    match noun.strip_suffix('y') {
        Some(stem) if consonant(stem) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_hold() {
        let yes = |holds: bool| holds.then(|| "yes".to_owned());
        super::super::check_examples(&LIST, |function, form| match function {
            "kind" => nominal_kind(form).map(|kind| kind.to_string()),
            "ambiguous" => yes(is_ambiguous(form)),
            "pair" => pair_members(form).map(|members| match members {
                Members::Any => "any".to_owned(),
                Members::Kind(kind) => kind.to_string(),
            }),
            "sort" => nominal_sort(form).map(|sort| sort.as_str().to_owned()),
            "fits" => {
                let (noun, sort) = form.split_once(" = ")?;
                yes(fits_sort(noun, OrgSort::parse(sort)?))
            }
            "envoys" => yes(acts_for_body(form)),
            "crowd" => yes(is_crowd(form)),
            _ => Some(format!("unknown function {function}")),
        });
    }

    #[test]
    fn kinds_are_known_words() {
        for entry in LIST.entries("single") {
            assert!(ActorKind::parse(entry.field(0)).is_some());
        }
        for entry in LIST.entries("pairs") {
            let kind = entry.field(0);
            assert!(kind == "any" || ActorKind::parse(kind).is_some(), "{kind}");
        }
        for entry in LIST.entries("sorts") {
            for sort in entry.forms(0) {
                assert!(OrgSort::parse(sort.text).is_some(), "{}", sort.text);
            }
        }
        for word in &TABLE.crowds {
            assert!(!TABLE.envoys.contains(word), "{word} in both");
        }
    }
}
