//! Names that a head word makes treaties, conferences, groups or laws, where the
//! name finder sees a part of them or nothing.

use super::{NameMention, is_title_word};
use crate::extract::doc::Doc;
use crate::language::{Upos, Xpos, kinds};
use crate::model::ActorKind;
use crate::ontology::kinds::{Kind, Rule, Told};
use crate::ontology::{countries, organizations};

/// Longest name that is put together, in tokens.
const LONGEST: usize = 6;

/// Whether a head word of the name tells that it is one of these.
fn is_headed(told: &Told) -> bool {
    told.rule == Rule::Word
        && matches!(
            told.kind,
            Kind::Other
                | Kind::Actor(ActorKind::Agreement | ActorKind::Conference | ActorKind::Group)
        )
}

/// Whether a token can be part of such a name: a capitalised noun or adjective
/// that the finder has not claimed.
fn is_part(doc: &Doc<'_>, s: usize, t: usize) -> bool {
    doc.word((s, t)).starts_with(char::is_uppercase)
        && matches!(doc.upos((s, t)), Upos::Propn | Upos::Noun | Upos::Adj)
        && !doc.is_time((s, t))
        && !is_title_word(doc, (s, t))
        && doc.sentences()[s].name_at(t).is_none()
}

/// "Treaty of Norholm", "Working Group on Trade": the capitalised head in front of
/// "of", where it makes a treaty, a conference or a group of the name.
pub(super) fn with_head(doc: &Doc<'_>, s: usize, first: usize, last: usize) -> usize {
    let is_joint = |t: usize| {
        matches!(doc.word((s, t)), "of" | "on" | "for" | "against") && doc.upos((s, t)) == Upos::Adp
    };
    let the = first > 0 && doc.word((s, first - 1)) == "the";
    let Some(joint) = first.checked_sub(1 + usize::from(the)) else {
        return first;
    };
    let part = |t: &usize| {
        doc.word((s, *t)).starts_with(char::is_uppercase)
            && matches!(doc.upos((s, *t)), Upos::Propn | Upos::Noun | Upos::Adj)
            && doc.sentences()[s].name_at(*t).is_none()
    };
    let head = (1..joint).rev().take_while(part).last();
    let Some(head) = head.filter(|_| is_joint(joint)) else {
        return first;
    };
    let told = kinds::tell(&doc.article.text, &doc.sentences()[s], head, last, None);
    if is_headed(&told) { head } else { first }
}

/// "Vienna Convention": the capitalised head behind what the finder sees.
pub(super) fn with_tail(doc: &Doc<'_>, s: usize, first: usize, last: usize) -> usize {
    let count = doc.sentences()[s].tokens.len();
    let end = (last + 1..count.min(last + LONGEST))
        .take_while(|t| is_part(doc, s, *t))
        .last();
    let Some(end) = end else { return last };
    let told = kinds::tell(&doc.article.text, &doc.sentences()[s], first, end, None);
    if is_headed(&told) { end } else { last }
}

/// "United Nations Children's Fund": the whole of a body's name that the tables
/// know, where the finder sees its beginning.
pub(super) fn with_rest(doc: &Doc<'_>, s: usize, first: usize, last: usize) -> usize {
    let count = doc.sentences()[s].tokens.len();
    (last + 1..count.min(first + LONGEST + 2))
        .rev()
        .find(|end| {
            let capital = doc.word((s, *end)).starts_with(char::is_uppercase);
            capital && organizations::known_body(doc.words(s, first, *end)).is_some()
        })
        .unwrap_or(last)
}

/// "the Harbour Accord", which the finder missed: capitalised words inside a
/// sentence that a head word makes a name.
pub(super) fn by_head(doc: &Doc<'_>, s: usize, t: usize, taken: &[bool]) -> Option<NameMention> {
    let part = |t: &usize| !taken[*t] && is_part(doc, s, *t);
    if t == 0 || (part(&(t - 1)) && t > 1) {
        return None;
    }
    let last = (t..taken.len().min(t + LONGEST)).take_while(part).last()?;
    let told = kinds::tell(&doc.article.text, &doc.sentences()[s], t, last, None);
    // "the Migrant Council": a body where its head word says so.
    let body = told.rule == Rule::Word && told.kind == Kind::Actor(ActorKind::Organization);
    let whole = last > t && (is_headed(&told) || body) && told.nearest.is_some();
    whole.then(|| {
        let last = with_complement(doc, s, t, last);
        NameMention::new(doc, s, t, last, &told)
    })
}

/// "Council on Foreign Affairs", "Council on Norwegian-Chilean Relations": what a
/// body's name goes on with behind its head, where finder or tagger stop short.
pub(super) fn with_complement(doc: &Doc<'_>, s: usize, first: usize, last: usize) -> usize {
    let count = doc.sentences()[s].tokens.len();
    let capital = |t: usize| {
        t < count
            && doc.word((s, t)).starts_with(char::is_uppercase)
            && matches!(doc.upos((s, t)), Upos::Propn | Upos::Noun | Upos::Adj)
            && !doc.is_time((s, t))
    };
    let is_head = |t: usize| organizations::head_sort(&doc.lower((s, t))).is_some();
    let joint = |t: usize| t < count && matches!(doc.word((s, t)), "on" | "for");
    let mut end = last;
    if is_head(last) && joint(last + 1) && capital(last + 2) && !is_place(doc, s, last + 2) {
        end = last + 2;
    }
    // Inside such a complement, ours or the finder's own.
    let inside = (first + 1..end).any(|t| joint(t) && is_head(t - 1));
    while inside && end - first < 2 * LONGEST {
        let hyphen = end + 1 < count && doc.token((s, end + 1)).xpos == Xpos::Hyph;
        if hyphen && capital(end + 2) {
            end += 2;
        } else if capital(end + 1) && !is_title_word(doc, (s, end + 1)) {
            end += 1;
        } else {
            break;
        }
    }
    end
}

/// Whether a country or person stands here, who is no part of a body's name: "the
/// Foreign Ministry for Norway".
fn is_place(doc: &Doc<'_>, s: usize, t: usize) -> bool {
    countries::by_name(doc.word((s, t))).is_some()
}
