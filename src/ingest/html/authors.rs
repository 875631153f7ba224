//! The author's name in an element that the page's data mark as such. Pure.

use super::super::bylines::is_person;
use super::tags::Attribute;
use super::tree::Tree;
use std::ops::Range;

/// Elements looked at.
const MOST_NODES: usize = 20_000;

/// The name in the first element of `nodes` that says that it is of the author:
/// `rel=author`, `itemprop=author`.
pub(super) fn marked(tree: &Tree, nodes: Range<usize>) -> Option<String> {
    nodes.take(MOST_NODES).find_map(|at| {
        let is = |name: Attribute| {
            tree.attribute(at, name)
                .is_some_and(|v| v.split_ascii_whitespace().any(|v| v == "author"))
        };
        if !is(Attribute::Rel) && !is(Attribute::Itemprop) {
            return None;
        }
        let words = tree.words(at);
        let name = ["By ", "by ", "BY "]
            .iter()
            .find_map(|by| words.strip_prefix(by))
            .unwrap_or(&words)
            .trim_matches([',', ' ']);
        is_person(name).then(|| name.to_owned())
    })
}
