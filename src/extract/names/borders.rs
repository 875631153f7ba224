//! Where a name begins and ends, where finder and tagger cut it wrongly: offices
//! before persons, heads of treaties, numbers of models.

use super::is_title_word;
use crate::extract::doc::{At, Doc};
use crate::language::{Relation, Upos, Xpos, kinds};
use crate::model::ActorKind;
use crate::ontology::kinds::{Kind, Rule, is_small_first};
use crate::ontology::{countries, organizations, titles};

/// The first token behind the office that a person's name seems to begin with:
/// "U.S. Secretary", "EU Commissioner Maria Santos". Behind `last` where nothing
/// but the office is left.
pub(super) fn behind_office(doc: &Doc<'_>, s: usize, first: usize, last: usize) -> usize {
    let is_owner = |t: usize| {
        let word = doc.word((s, t));
        let country = countries::by_name(word).or_else(|| countries::by_demonym(word));
        (country.is_some() && !countries::is_ambiguous_name(word))
            || (organizations::acronym(word).is_some() && !organizations::is_ambiguous(word))
    };
    let owners = (first..=last).take_while(|t| is_owner(*t)).count();
    let titles = (first + owners..=last)
        .take_while(|t| is_title_word(doc, (s, *t)))
        .count();
    if owners == 0 || titles == 0 {
        return first;
    }
    first + owners + titles
}

/// The first token of the person in "State Maria Santos" behind "Secretary of": the
/// department is part of the office.
pub(super) fn behind_department(
    doc: &Doc<'_>,
    s: usize,
    first: usize,
    last: usize,
) -> Option<usize> {
    let department = matches!(
        doc.word((s, first)),
        "State"
            | "Defense"
            | "Defence"
            | "Justice"
            | "Commerce"
            | "Labor"
            | "Labour"
            | "Education"
            | "Energy"
            | "Health"
            | "Agriculture"
            | "Transport"
            | "Transportation"
            | "Interior"
            | "Finance"
            | "Treasury"
    );
    let office = first >= 2
        && doc.lower((s, first - 1)) == "of"
        && titles::is_role_head(&doc.lower((s, first - 2)));
    (department && office && last > first).then_some(first + 1)
}

/// "Ursula von der Leyen": small words between the parts of a person's name, and
/// the given name before them.
pub(super) fn with_particles(doc: &Doc<'_>, s: usize, first: usize) -> usize {
    let mut start = first;
    while start > 0
        && matches!(
            doc.word((s, start - 1)),
            "von"
                | "van"
                | "der"
                | "den"
                | "de"
                | "da"
                | "del"
                | "della"
                | "di"
                | "du"
                | "la"
                | "le"
                | "bin"
                | "bint"
                | "ibn"
                | "ben"
                | "al"
                | "el"
                | "dos"
                | "ter"
                | "zu"
        )
    {
        start -= 1;
    }
    let given = start < first
        && start > 0
        && doc.upos((s, start - 1)) == Upos::Propn
        && doc.word((s, start - 1)).starts_with(char::is_uppercase)
        && !is_title_word(doc, (s, start - 1));
    if given { start - 1 } else { first }
}

/// Whether a capitalised word is the head of an office: a title, whatever name
/// the finder sees in it.
pub(super) fn is_office(doc: &Doc<'_>, at: At) -> bool {
    doc.token(at).xpos != Xpos::Nnps && titles::is_role_head(&doc.lower(at))
}

/// Capitalised words in front that hang on the name belong to it.
pub(super) fn extend_left(doc: &Doc<'_>, s: usize, first: usize, last: usize) -> usize {
    let mut start = first;
    while start > 0 {
        let at = (s, start - 1);
        let token = doc.token(at);
        let word = doc.word(at);
        let hangs = doc.head(at).is_some_and(|h| (start..=last).contains(&h.1));
        let ordinal = word.starts_with(char::is_numeric) && word.ends_with(char::is_alphabetic);
        let part = (matches!(token.upos, Upos::Propn | Upos::Adj) || ordinal)
            && matches!(
                token.relation,
                Relation::Compound | Relation::Amod | Relation::Flat
            )
            && (ordinal || word.starts_with(char::is_uppercase) || is_small_first(word))
            && !word.ends_with('.')
            && !is_title_word(doc, at)
            && countries::by_name(word).is_none()
            && countries::by_demonym(word).is_none();
        if !hangs || !part || doc.sentences()[s].name_at(start - 1).is_some() {
            break;
        }
        start -= 1;
    }
    start
}

/// "iPhone 4": the number of a model belongs to its name, where that makes a
/// product of it and the number counts nothing.
pub(super) fn with_number(doc: &Doc<'_>, s: usize, first: usize, last: usize) -> usize {
    let sentence = &doc.sentences()[s];
    let number = (s, last + 1);
    if number.1 >= sentence.tokens.len() {
        return last;
    }
    let inside = |t: Option<At>| t.is_some_and(|h| (first..=last).contains(&h.1));
    // The parser makes either of the two the head.
    let hangs = inside(doc.head(number)) || doc.head((s, last)) == Some(number);
    if !matches!(doc.upos(number), Upos::Num | Upos::Propn | Upos::Noun)
        || doc.is_time(number)
        || !doc.word(number).starts_with(|c: char| c.is_ascii_digit())
        || !hangs
    {
        return last;
    }
    let text = &doc.article.text;
    let told = kinds::tell(text, sentence, first, last + 1, None);
    let is_product = told.kind == Kind::Actor(ActorKind::Product);
    last + usize::from(is_product && told.rule == Rule::Known)
}
