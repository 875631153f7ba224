//! The words of a phrase or a clause as a title has them: as written, but cut
//! where they grow long or go on to something else. Pure.

use super::doc::{At, Doc};
use super::names::tidy;
use crate::language::{Relation, Upos, Xpos};

/// The most tokens of a phrase in front of or behind its first one.
pub(super) const LONGEST: usize = 9;
/// The most tokens of a clause behind its first one.
const LONGEST_CLAUSE: usize = 14;

/// A noun phrase as written, cut at a relative clause or after a few words.
pub(super) fn phrase(doc: &Doc<'_>, head: At) -> String {
    let (first, mut whole) = doc.subtree(head);
    for child in doc.children(head) {
        // "the ships or sell them", read as one list.
        if child.1 > head.1
            && doc.relation(child) == Relation::Conj
            && doc.upos(child) == Upos::Verb
        {
            whole = whole.min(doc.subtree(child).0.saturating_sub(1));
        }
        if child.1 > head.1
            && matches!(
                doc.relation(child),
                Relation::AclRelcl
                    | Relation::Acl
                    | Relation::Appos
                    | Relation::Punct
                    | Relation::Parataxis
                    | Relation::Dep
            )
        {
            whole = whole.min(child.1.saturating_sub(1));
        }
    }
    let is_edge = |t: usize| {
        matches!(
            doc.relation((head.0, t)),
            Relation::Case | Relation::Cc | Relation::Punct | Relation::Mark
        )
    };
    let first = (first..head.1).find(|t| !is_edge(*t)).unwrap_or(head.1);
    let whole = whole.max(head.1);
    // What the parse hangs elsewhere: "the amnesty, which", "the clock he made".
    let whole = (head.1 + 1..=whole)
        .find(|t| goes_on(doc, head.0, *t, whole))
        .map_or(whole, |t| t - 1);
    let last = whole.min(first + LONGEST).max(head.1);
    let last = trimmed(doc, (head.0, head.1), last, last < whole);
    let first = first.max(head.1.saturating_sub(LONGEST));
    cleaned(doc, head.0, first, last)
}

/// Whether something else than the phrase begins at a token: a relative clause
/// with or without its pronoun, or an apposition.
fn goes_on(doc: &Doc<'_>, s: usize, t: usize, last: usize) -> bool {
    let (here, before) = ((s, t), (s, t - 1));
    let word = doc.lower(here);
    let noun_before = matches!(doc.upos(before), Upos::Noun | Upos::Propn);
    let is_article = |at: At| matches!(doc.lower(at).as_str(), "the" | "a" | "an");
    match word.as_str() {
        "which" | "who" | "whom" | "whose" | "where" => true,
        "that" => doc.upos(here) == Upos::Pron || noun_before,
        "he" | "she" | "they" | "we" | "i" => doc.upos(here) == Upos::Pron,
        "the" | "a" | "an" => noun_before && doc.upos(here) == Upos::Det,
        "," => {
            let is_list = (t..=last).any(|t| doc.upos((s, t)) == Upos::Cconj);
            t < last && is_article((s, t + 1)) && !is_list
        }
        _ => false,
    }
}

/// The last token at or before `last` with which words can end: none that only
/// leads on, and of a phrase that was cut none that belongs to what was cut off.
fn trimmed(doc: &Doc<'_>, (s, from): At, last: usize, is_cut: bool) -> usize {
    let leads_on = |t: usize| {
        matches!(
            doc.upos((s, t)),
            Upos::Adp | Upos::Part | Upos::Cconj | Upos::Sconj | Upos::Punct | Upos::Det
        )
    };
    let is_open = |t: usize| {
        let at = (s, t);
        doc.head(at).is_some_and(|h| h.1 > t)
            || matches!(doc.token(at).xpos, Xpos::Vbg | Xpos::Vbn)
            || doc.upos(at) == Upos::Aux
            || doc
                .children(at)
                .any(|c| c.1 > t && doc.relation(c) == Relation::Flat)
    };
    (from..=last)
        .rev()
        .find(|t| !(leads_on(*t) || is_cut && is_open(*t)))
        .unwrap_or(from)
}

/// The words of a clause from its first to its last token, without the "that"
/// that leads it in; an ellipsis says where it was cut.
pub(super) fn clause(doc: &Doc<'_>, head: At, first: usize, last: usize) -> Option<String> {
    let s = head.0;
    let leads_in =
        |t: usize| doc.upos((s, t)) == Upos::Punct || doc.relation((s, t)) == Relation::Punct;
    let mut first = (first..=last).find(|t| !leads_in(*t))?;
    if doc.lower((s, first)) == "that" && doc.upos((s, first)) == Upos::Sconj {
        first = (first + 1..=last).find(|t| !leads_in(*t))?;
    }
    let whole = (first..=last).rev().find(|t| !leads_in(*t))?;
    let end = whole.min(first + LONGEST_CLAUSE);
    if end == whole {
        return Some(cleaned(doc, s, first, end));
    }
    let end = trimmed(doc, (s, first), end, true);
    Some(format!("{} …", cleaned(doc, s, first, end)))
}

/// Whether a token is a double quotation mark.
pub(super) fn is_quote(doc: &Doc<'_>, at: At) -> bool {
    matches!(doc.word(at), "\"" | "“" | "”" | "``" | "''")
}

/// The words between two tokens, on one line, with a small letter where only the
/// sentence gave them a capital, and without a quotation mark that has no twin.
fn cleaned(doc: &Doc<'_>, s: usize, first: usize, last: usize) -> String {
    let words = tidy(doc.words(s, first, last));
    let twins = words.matches('"').count().is_multiple_of(2)
        && words.matches('“').count() == words.matches('”').count();
    let words = if twins {
        words
    } else {
        words.replace(['"', '“', '”'], "")
    };
    let is_first = (0..first).all(|t| doc.upos((s, t)) == Upos::Punct && !is_quote(doc, (s, t)));
    let word = doc.word((s, first));
    let only_capital = word != "I"
        && !matches!(doc.upos((s, first)), Upos::Propn | Upos::Noun)
        && word.chars().skip(1).all(char::is_lowercase);
    let mut chars = words.chars();
    match chars.next() {
        Some(c) if is_first && only_capital && c.is_uppercase() => {
            c.to_lowercase().chain(chars).collect()
        }
        _ => words,
    }
}
