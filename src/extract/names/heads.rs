//! Names that a head word makes treaties, conferences, groups or laws, where the
//! name finder sees a part of them or nothing.

use super::{NameMention, is_title_word};
use crate::extract::doc::Doc;
use crate::language::{Upos, kinds};
use crate::model::ActorKind;
use crate::ontology::kinds::{Kind, Rule, Told};

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

/// "the Harbour Accord", which the finder missed: capitalised words inside a
/// sentence that a head word makes a name.
pub(super) fn by_head(doc: &Doc<'_>, s: usize, t: usize, taken: &[bool]) -> Option<NameMention> {
    let part = |t: &usize| !taken[*t] && is_part(doc, s, *t);
    if t == 0 || (part(&(t - 1)) && t > 1) {
        return None;
    }
    let last = (t..taken.len().min(t + LONGEST)).take_while(part).last()?;
    let told = kinds::tell(&doc.article.text, &doc.sentences()[s], t, last, None);
    let whole = last > t && is_headed(&told) && told.nearest.is_some();
    whole.then(|| NameMention::new(doc, s, t, last, &told))
}
