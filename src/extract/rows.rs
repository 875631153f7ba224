//! Names in a row, told by the order of words: "Ruiz, Vega and Dahl". Parsers often
//! hang the middle of such a list on the wrong word; then the row fills what is
//! missing. Pure.

use super::actors::Cast;
use super::doc::{At, Doc};
use crate::language::{Upos, Xpos};
use crate::model::ActorKind;

/// Words of one item at most: titles and a name.
const LONGEST_ITEM: usize = 8;
/// Items of a row at most.
const MOST: usize = 12;

/// One item: its words and who it is.
#[derive(Debug, Clone, Copy)]
struct Item {
    first: usize,
    last: usize,
    actor: usize,
}

/// Those who stand in a row with the name at `at`, in the order of the text. Empty
/// where it is no row of three, or of two in front of a plural verb in a headline:
/// "Ruiz, Vega meet".
pub(super) fn of(doc: &Doc<'_>, cast: &Cast, at: At) -> Vec<usize> {
    let Some(own) = item_at(doc, cast, at) else {
        return Vec::new();
    };
    let s = at.0;
    let mut row = vec![own];
    // The words left of the first item and right of the last one.
    let mut closed = false;
    while row.len() < MOST {
        let Some(before) = row[0].first.checked_sub(2).filter(|_| !closed) else {
            break;
        };
        let is_and = doc.lower((s, before + 1)) == "and";
        if !(is_comma(doc, s, before + 1) || is_and) {
            break;
        }
        let end = before - usize::from(is_and && is_comma(doc, s, before) && before > 0);
        let Some(item) = ending(doc, cast, s, end).filter(|i| same_sort(cast, *i, own)) else {
            break;
        };
        row.insert(0, item);
    }
    while row.len() < MOST && !closed {
        let mut next = row[row.len() - 1].last + 1;
        let comma = is_comma(doc, s, next);
        next += usize::from(comma);
        let is_and = next < len(doc, s) && doc.lower((s, next)) == "and";
        next += usize::from(is_and);
        if !(comma || is_and) {
            break;
        }
        let Some(item) = beginning(doc, cast, s, next).filter(|i| same_sort(cast, *i, own)) else {
            break;
        };
        closed = is_and;
        row.push(item);
    }
    let first = row[0];
    let opened = first.first == own.first || first.first == 0;
    let joined = row.len() > 2 && has_and(doc, s, &row);
    if !opened || !(joined || is_headline_pair(doc, s, &row)) {
        return Vec::new();
    }
    row.iter().map(|i| i.actor).collect()
}

fn len(doc: &Doc<'_>, s: usize) -> usize {
    doc.sentences()[s].tokens.len()
}

fn is_comma(doc: &Doc<'_>, s: usize, t: usize) -> bool {
    t < len(doc, s) && doc.word((s, t)) == ","
}

/// Whether "and" stands before the last item and nowhere else, so that it is one
/// list.
fn has_and(doc: &Doc<'_>, s: usize, row: &[Item]) -> bool {
    let ands = row
        .windows(2)
        .map(|w| (w[0].last + 1..w[1].first).any(|t| doc.lower((s, t)) == "and"))
        .collect::<Vec<_>>();
    ands.iter().filter(|a| **a).count() == 1 && ands.last() == Some(&true)
}

/// "Ruiz, Vega meet in Oslo": two at the head of the sentence before a verb that
/// has the form of the plural.
fn is_headline_pair(doc: &Doc<'_>, s: usize, row: &[Item]) -> bool {
    let [a, b] = row else {
        return false;
    };
    let verb = b.last + 1;
    a.first == 0
        && is_comma(doc, s, a.last + 1)
        && verb < len(doc, s)
        && doc.upos((s, verb)) == Upos::Verb
        && doc.token((s, verb)).xpos == Xpos::Vbp
        && doc.lower((s, verb)) == doc.lemma((s, verb))
}

fn same_sort(cast: &Cast, a: Item, b: Item) -> bool {
    let person = |i: Item| cast.kind(i.actor) == ActorKind::Person;
    a.actor != b.actor && person(a) == person(b)
}

/// The actor of the token, where it is one that acts.
fn actor(cast: &Cast, at: At) -> Option<usize> {
    match cast.at(at) {
        [one] if cast.kind(*one).acts() => Some(*one),
        _ => None,
    }
}

/// Whether a word may stand inside an item.
fn is_inner(doc: &Doc<'_>, at: At) -> bool {
    matches!(
        doc.upos(at),
        Upos::Propn | Upos::Noun | Upos::Adj | Upos::Det
    ) && !doc.is_time(at)
}

/// The item that the name at `at` belongs to.
fn item_at(doc: &Doc<'_>, cast: &Cast, at: At) -> Option<Item> {
    let (s, t) = at;
    actor(cast, at).filter(|_| doc.upos(at) == Upos::Propn)?;
    let mut first = t;
    while first > 0 && t - first < LONGEST_ITEM && is_inner(doc, (s, first - 1)) {
        first -= 1;
    }
    beginning(doc, cast, s, first).filter(|i| (i.first..=i.last).contains(&t))
}

/// The item whose first word is at `first`: one name, with titles before it.
fn beginning(doc: &Doc<'_>, cast: &Cast, s: usize, first: usize) -> Option<Item> {
    let mut last = first;
    while last < len(doc, s) && last - first < LONGEST_ITEM && is_inner(doc, (s, last)) {
        last += 1;
    }
    let last = last.checked_sub(1).filter(|l| *l >= first)?;
    item(doc, cast, s, first, last)
}

/// The item whose last word is at `last`.
fn ending(doc: &Doc<'_>, cast: &Cast, s: usize, last: usize) -> Option<Item> {
    let mut first = last + 1;
    while first > 0 && last + 1 - first < LONGEST_ITEM && is_inner(doc, (s, first - 1)) {
        first -= 1;
    }
    (first <= last)
        .then(|| item(doc, cast, s, first, last))
        .flatten()
}

/// Who the words are: the last name among them, which must end them.
fn item(doc: &Doc<'_>, cast: &Cast, s: usize, first: usize, last: usize) -> Option<Item> {
    let ends = doc.upos((s, last)) == Upos::Propn && cast.in_name((s, last));
    let actor = (first..=last)
        .rev()
        .find_map(|t| actor(cast, (s, t)))
        .filter(|_| ends)?;
    Some(Item { first, last, actor })
}
