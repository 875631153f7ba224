//! Name mentions of an article: what the name finder says, corrected and
//! completed by the tables of countries and organisations.

mod borders;
mod heads;
mod persons;
mod stand_ins;

use self::borders::{
    behind_department, behind_office, extend_left, is_office, with_number, with_particles,
};
use self::heads::{by_head, with_complement, with_head, with_rest, with_tail};
use super::doc::{At, Doc};
use crate::language::{NameKind, Relation, Upos, Xpos, kinds};
use crate::model::ActorKind;
use crate::ontology::kinds::{Kind, Rule, Told, family as product_family, is_small_first};
use crate::ontology::{countries, nicknames, organizations, titles};
use std::collections::{BTreeMap, BTreeSet};

/// A name in the text.
#[derive(Debug, Clone)]
pub(super) struct NameMention {
    pub(super) s: usize,
    /// First token, without article and titles.
    pub(super) first: usize,
    /// Last token, inclusive.
    pub(super) last: usize,
    pub(super) kind: ActorKind,
    /// As written.
    pub(super) text: String,
    /// The table's name of the country, for countries and demonyms.
    pub(super) country: Option<&'static str>,
    /// "Israeli" for Israel: stands for the country, but is no name of it.
    pub(super) demonym: bool,
    /// "Oslo" for Norway: a name of something else.
    pub(super) metonym: bool,
    /// What told its kind.
    rule: Rule,
}

impl NameMention {
    /// The tokens `first..=last` with what they are told to be; `nearest` for
    /// what is told to be no actor at all.
    fn new(doc: &Doc<'_>, s: usize, first: usize, last: usize, told: &Told) -> NameMention {
        NameMention {
            s,
            first,
            last,
            kind: told.nearest.unwrap_or(ActorKind::Product),
            text: tidy(without_stop(doc.words(s, first, last))),
            country: told.country,
            demonym: told.kind == Kind::Demonym,
            metonym: false,
            rule: told.rule,
        }
    }

    /// A word that stands for a country: "North" for "North Korea".
    fn standing_for(doc: &Doc<'_>, s: usize, t: usize, country: &'static str) -> NameMention {
        NameMention {
            s,
            first: t,
            last: t,
            kind: ActorKind::Country,
            text: tidy(doc.word((s, t))),
            country: Some(country),
            demonym: true,
            metonym: false,
            rule: Rule::Known,
        }
    }

    pub(super) fn at(&self) -> At {
        (self.s, self.last)
    }
}

/// All name mentions, in the order of the text; they do not overlap.
pub(super) fn find(doc: &Doc<'_>) -> Vec<NameMention> {
    let mut out = Vec::new();
    for (s, sentence) in doc.sentences().iter().enumerate() {
        let mut taken = vec![false; sentence.tokens.len()];
        for name in &sentence.names {
            let (first, last) = (usize::from(name.first), usize::from(name.last));
            if last >= taken.len() || first > last {
                continue;
            }
            let (first, kind) = match behind_department(doc, s, first, last) {
                Some(person) => (person, NameKind::Person),
                None => (first, name.kind),
            };
            if let Some((mention, told)) = from_finder(doc, s, first, last, kind) {
                taken[mention.first..=mention.last].fill(true);
                match out.last().and_then(|m| joined(doc, m, &mention)) {
                    Some(whole) => {
                        out.pop();
                        out.push(whole);
                    }
                    None if told.nearest.is_some() => out.push(mention),
                    None => {}
                }
            }
        }
        let shouting = is_shouting(doc, s);
        let title_case = is_title_case(doc, s);
        let mut t = 0;
        while t < taken.len() {
            let known = (!taken[t])
                .then(|| from_tables(doc, s, t, &taken, shouting))
                .flatten();
            let found = known.or_else(|| {
                (!taken[t] && !shouting && !title_case)
                    .then(|| by_head(doc, s, t, &taken).or_else(|| leftover(doc, s, t, &taken)))
                    .flatten()
            });
            match found {
                Some(mention) => {
                    t = mention.last + 1;
                    out.push(mention);
                }
                None => t += 1,
            }
        }
    }
    // A name that took in words on its left may have taken those of another.
    out.sort_by_key(|m| (m.s, m.first, std::cmp::Reverse(m.last)));
    out.dedup_by(|next, kept| next.s == kept.s && next.first <= kept.last);
    persons::mend(doc, &mut out);
    surnames(&mut out);
    repeated_names(doc, &mut out);
    agree_on_kinds(&mut out);
    stand_ins::halves(doc, &mut out);
    stand_ins::capitals(doc, &mut out);
    out
}

/// Two names side by side that are one product: "Windows" and "Media Center". The
/// first belongs to a known family, the second is nobody by itself.
fn joined(doc: &Doc<'_>, first: &NameMention, second: &NameMention) -> Option<NameMention> {
    let product = |m: &NameMention| m.kind == ActorKind::Product;
    if first.s != second.s
        || first.last + 1 != second.first
        || !product(first)
        || first.rule != Rule::Known
        || second.country.is_some()
        || !matches!(second.rule, Rule::Finder | Rule::Word)
        || second.kind == ActorKind::Person
    {
        return None;
    }
    let (s, from, to) = (first.s, first.first, second.last);
    let told = kinds::tell(&doc.article.text, &doc.sentences()[s], from, to, None);
    let whole = NameMention::new(doc, s, from, to, &told);
    product(&whole).then_some(whole)
}

/// Finds names of one word again where the finder saw none: the surnames of the
/// article's persons ("Jobs resigned"), and what is a name elsewhere in it. A
/// word that the article also writes in lower case is left alone.
fn repeated_names(doc: &Doc<'_>, mentions: &mut Vec<NameMention>) {
    let mut known: BTreeMap<&str, ActorKind> = BTreeMap::new();
    for mention in mentions.iter().filter(|m| m.country.is_none()) {
        let word = match mention.kind {
            ActorKind::Person => family_name(&mention.text),
            _ if mention.first == mention.last => Some(mention.text.as_str()),
            _ => None,
        };
        // "Xi", "Wu": no other name of two letters is looked for.
        let shortest = 2 - usize::from(mention.kind == ActorKind::Person);
        if let Some(word) =
            word.filter(|w| w.chars().count() > shortest && w.starts_with(char::is_uppercase))
        {
            known.entry(word).or_insert(mention.kind);
        }
    }
    if known.is_empty() {
        return;
    }
    let taken: BTreeSet<At> = mentions
        .iter()
        .flat_map(|m| (m.first..=m.last).map(|t| (m.s, t)))
        .collect();
    let mut lower: BTreeSet<&str> = BTreeSet::new();
    let mut found: Vec<(At, ActorKind)> = Vec::new();
    for (s, sentence) in doc.sentences().iter().enumerate() {
        for t in 0..sentence.tokens.len() {
            let at = (s, t);
            let word = doc.word(at);
            if word.starts_with(char::is_lowercase) {
                lower.insert(word);
            } else if let Some(kind) = known.get(word).filter(|_| !taken.contains(&at)) {
                // Other words than surnames only where the tagger agrees.
                if *kind == ActorKind::Person || doc.upos(at) == Upos::Propn {
                    found.push((at, *kind));
                }
            }
        }
    }
    for ((s, t), kind) in found {
        let text = doc.word((s, t)).to_owned();
        if !lower.contains(text.to_lowercase().as_str()) {
            mentions.push(NameMention {
                s,
                first: t,
                last: t,
                kind,
                text,
                country: None,
                demonym: false,
                metonym: false,
                rule: Rule::Elsewhere,
            });
        }
    }
    mentions.sort_by_key(|m| (m.s, m.first));
}

/// One name, one kind: where the mentions of a name differ, what a noun beside
/// it tells wins, then the majority.
fn agree_on_kinds(mentions: &mut [NameMention]) {
    let mut votes: BTreeMap<String, BTreeMap<ActorKind, usize>> = BTreeMap::new();
    for mention in mentions.iter() {
        let weight = if mention.rule == Rule::Noun { 100 } else { 1 };
        *votes
            .entry(mention.text.clone())
            .or_default()
            .entry(mention.kind)
            .or_default() += weight;
    }
    for mention in mentions.iter_mut().filter(|m| m.country.is_none()) {
        let Some(kinds) = votes.get(&mention.text) else {
            continue;
        };
        if let Some((kind, _)) = kinds
            .iter()
            .max_by_key(|(kind, n)| (**n, **kind == mention.kind))
        {
            mention.kind = *kind;
        }
    }
}

/// A single word that is the family name of a person's full name in this article is that person,
/// whatever the finder takes it for.
fn surnames(mentions: &mut [NameMention]) {
    let last_words: Vec<String> = mentions
        .iter()
        .filter(|m| m.kind == ActorKind::Person && m.last > m.first)
        .filter_map(|m| family_name(&m.text).map(str::to_owned))
        .collect();
    for mention in mentions
        .iter_mut()
        .filter(|m| m.first == m.last && m.country.is_none())
    {
        if last_words.contains(&mention.text) {
            mention.kind = ActorKind::Person;
        }
    }
}

/// The family name in a person's name.
fn family_name(name: &str) -> Option<&str> {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.get(nicknames::family_word(&words)).copied()
}

/// Whether most words begin with a capital, where case tells little.
fn is_title_case(doc: &Doc<'_>, s: usize) -> bool {
    let words = (0..doc.sentences()[s].tokens.len())
        .map(|t| doc.word((s, t)))
        .filter(|w| w.len() > 3);
    let (mut all, mut capital) = (0, 0);
    for word in words {
        all += 1;
        capital += usize::from(word.starts_with(char::is_uppercase));
    }
    all > 2 && capital * 3 > all * 2
}

/// A run of proper nouns that neither finder nor tables know: a name all the
/// same. Without a given name in front it is taken for an organisation, the
/// kind that the finder misses most.
fn leftover(doc: &Doc<'_>, s: usize, t: usize, taken: &[bool]) -> Option<NameMention> {
    let part = |t: usize| {
        let at = (s, t);
        let word = doc.word(at);
        !taken[t]
            && doc.upos(at) == Upos::Propn
            && matches!(doc.token(at).xpos, Xpos::Nnp | Xpos::Nnps)
            && (word.starts_with(char::is_uppercase) || is_small_first(word))
            && word.chars().count() > 1
            && !word.ends_with('.')
            && !doc.is_time(at)
            && !is_title_word(doc, at)
    };
    if !part(t) || (t > 0 && doc.token((s, t - 1)).xpos == Xpos::Hyph) {
        return None;
    }
    let last = (t..taken.len()).take_while(|t| part(*t)).last()?;
    // Before a hyphen or as a modifier it only describes: "Shia militia".
    let head = (s, last);
    let modifies = matches!(
        doc.relation(head),
        Relation::Compound | Relation::Amod | Relation::Flat | Relation::NmodDesc
    );
    let hyphen = last + 1 < taken.len() && doc.token((s, last + 1)).xpos == Xpos::Hyph;
    let initial = t == 0 && t == last && !is_small_first(doc.word(head));
    let t = extend_left(doc, s, t, last);
    let last = with_number(doc, s, t, last);
    let told = kinds::tell(&doc.article.text, &doc.sentences()[s], t, last, None);
    told.nearest?;
    let doubtful = (modifies && t == last) || initial;
    if hyphen || (doubtful && told.rule != Rule::Noun) {
        return None;
    }
    let mut mention = NameMention::new(doc, s, t, last, &told);
    if told.rule == Rule::Finder {
        mention.kind = if nicknames::is_given_name(doc.word((s, t))) && last > t {
            ActorKind::Person
        } else {
            ActorKind::Organization
        };
    }
    Some(mention)
}

/// Whether a sentence is in capitals throughout, where case tells nothing.
fn is_shouting(doc: &Doc<'_>, s: usize) -> bool {
    let words = (0..doc.sentences()[s].tokens.len()).map(|t| doc.word((s, t)));
    let mut letters = 0;
    for c in words.flat_map(str::chars) {
        if c.is_lowercase() {
            return false;
        }
        letters += u32::from(c.is_uppercase());
    }
    letters > 12
}

/// A name as the finder gives it, with its borders and kind put right.
fn from_finder(
    doc: &Doc<'_>,
    s: usize,
    first: usize,
    last: usize,
    kind: NameKind,
) -> Option<(NameMention, Told)> {
    let (mut first, mut last) = (first, last);
    if kind == NameKind::Person {
        first = behind_office(doc, s, first, last);
        if first > last {
            return None;
        }
    }
    while first < last
        && (doc.upos((s, first)) == Upos::Det
            || doc.upos((s, first)) == Upos::Punct
            || (kind == NameKind::Person && is_title_word(doc, (s, first))))
    {
        first += 1;
    }
    while last > first
        && (doc.token((s, last)).xpos == Xpos::Pos || doc.upos((s, last)) == Upos::Punct)
    {
        last -= 1;
    }
    // "to Norway Anna Lindqvist": the end of a title before the name.
    if kind == NameKind::Person
        && last >= first + 2
        && first > 0
        && doc.upos((s, first - 1)) == Upos::Adp
        && countries::by_name(doc.word((s, first))).is_some()
    {
        first += 1;
    }
    if kind == NameKind::Person {
        first = with_particles(doc, s, first);
    }
    if kind != NameKind::Person && last > first && is_office(doc, (s, last)) {
        return None;
    }
    if kind != NameKind::Person {
        first = extend_left(doc, s, first, last);
    }
    let text = doc.words(s, first, last);
    if !text.chars().any(char::is_alphanumeric) || is_title_word(doc, (s, last)) && first == last {
        return None;
    }
    if !text.chars().any(|c| c.is_uppercase() || c.is_numeric())
        && !text.chars().any(|c| c.is_alphabetic() && !c.is_lowercase())
    {
        return None;
    }
    if kind != NameKind::Person {
        first = with_head(doc, s, first, last);
        last = with_tail(doc, s, first, last);
        if kind == NameKind::Organization {
            last = with_complement(doc, s, first, last);
        }
        last = with_rest(doc, s, first, last);
    }
    let last = with_number(doc, s, first, last);
    let told = kinds::tell(
        &doc.article.text,
        &doc.sentences()[s],
        first,
        last,
        Some(kind),
    );
    Some((NameMention::new(doc, s, first, last, &told), told))
}

/// Whether a token is an honorific, a rank or the head of an office.
pub(super) fn is_title_word(doc: &Doc<'_>, at: At) -> bool {
    let word = doc.word(at);
    titles::honorific(word).is_some()
        || titles::rank(word).is_some()
        || titles::is_role_head(&word.to_lowercase())
}

/// A name that the finder missed and a table knows.
fn from_tables(
    doc: &Doc<'_>,
    s: usize,
    t: usize,
    taken: &[bool],
    shouting: bool,
) -> Option<NameMention> {
    let word = doc.word((s, t));
    if shouting || taken[t] {
        return None;
    }
    if let Some(family) = product_family(word) {
        return Some(of_family(doc, s, t, taken, family));
    }
    if !word.starts_with(char::is_uppercase) {
        return None;
    }
    for last in (t..(t + 4).min(taken.len())).rev() {
        if taken[t..=last].contains(&true) {
            continue;
        }
        let text = tidy(without_stop(doc.words(s, t, last)));
        // "US" in a headline in capitals or as the pronoun is not told apart.
        let known = countries::by_name(&text).is_some_and(|_| !countries::is_ambiguous_name(&text))
            || countries::by_demonym(&text).is_some()
            || organizations::known_body(&text).is_some()
            || (organizations::acronym(&text).is_some()
                && text.chars().all(|c| c.is_uppercase() || c == '.'));
        if known {
            let told = kinds::tell(&doc.article.text, &doc.sentences()[s], t, last, None);
            return Some(NameMention::new(doc, s, t, last, &told));
        }
    }
    None
}

/// "iPods", "iPhone SDK": a product of a known family, which finder and tagger
/// miss where it has no capital in front.
fn of_family(doc: &Doc<'_>, s: usize, t: usize, taken: &[bool], family: &str) -> NameMention {
    let part = |t: &usize| {
        let at = (s, *t);
        !taken[*t]
            && doc.upos(at) == Upos::Propn
            && doc.word(at).starts_with(char::is_uppercase)
            && !doc.is_time(at)
            && !is_title_word(doc, at)
    };
    let last = (t + 1..taken.len()).take_while(part).last().unwrap_or(t);
    let first = extend_left(doc, s, t, last);
    let last = with_number(doc, s, first, last);
    let told = kinds::tell(&doc.article.text, &doc.sentences()[s], first, last, None);
    let mut mention = NameMention::new(doc, s, first, last, &told);
    if first == last {
        // The plural is the same product.
        mention.kind = ActorKind::Product;
        mention.text = family.to_owned();
    }
    mention
}

/// A name without the full stop of its sentence: "NATO." but not "U.S.".
fn without_stop(text: &str) -> &str {
    match text.strip_suffix('.') {
        Some(bare)
            if !bare.contains('.')
                && bare.chars().all(|c| c.is_uppercase() || c == ' ')
                && bare.len() > 2 =>
        {
            bare
        }
        _ => text,
    }
}

/// A name as written, its white space and soft hyphens made plain.
pub(super) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|c| {
            !c.is_control() && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}')
        }));
    }
    out
}
