//! Whether what a word belongs to lies behind or ahead, from the verb that
//! governs it. Works with poor parses: where the tree gives no verb, the
//! nearest one counts.

use super::lexicon::{LEXICON, Outlook};
use crate::language::{Relation, Sentence, Upos, Xpos};

/// Where the governing verb puts things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Present,
    Future,
    Unknown,
}

/// Whether token `i` is a verb or auxiliary.
pub(super) fn is_verb(sentence: &Sentence, i: usize) -> bool {
    let Some(token) = sentence.tokens.get(i) else {
        return false;
    };
    matches!(token.upos, Upos::Verb | Upos::Aux)
        || matches!(
            token.xpos,
            Xpos::Vb | Xpos::Vbd | Xpos::Vbg | Xpos::Vbn | Xpos::Vbp | Xpos::Vbz | Xpos::Md
        )
}

/// The tense at token `i`.
pub(super) fn at(text: &str, sentence: &Sentence, i: usize) -> Tense {
    // "said Monday", "met on Friday": the verb right before it, however the
    // rest was parsed.
    if let Some(beside) = i.checked_sub(1) {
        let led = sentence.tokens[beside].xpos == Xpos::In;
        let verb = &sentence.tokens[if led {
            beside.saturating_sub(1)
        } else {
            beside
        }];
        let ahead = LEXICON.has_outlook(&verb.lemma, Outlook::Ahead);
        if verb.xpos == Xpos::Vbd && !(led && ahead) {
            return Tense::Past;
        }
    }
    if is_due(sentence, i) {
        return Tense::Future;
    }
    // "The deadline is Friday."
    if let Some(copula) = copula(sentence, i) {
        return copula;
    }
    let mut steps = 0;
    for head in sentence.ancestors(i) {
        steps += 1;
        if steps > 12 {
            break;
        }
        if let Some(found) = of_head(text, sentence, head) {
            if found == Tense::Future
                && (head > i && is_behind_past(sentence, i) || is_told_of(sentence, i, head))
            {
                return Tense::Past;
            }
            return found;
        }
    }
    nearest(text, sentence, i)
}

/// In "they issued a statement Friday saying that it will help" the parser may
/// hang the day on what follows. A verb in the past before it, in the same
/// stretch of the sentence, has the better claim.
fn is_behind_past(sentence: &Sentence, i: usize) -> bool {
    sentence.tokens[..i]
        .iter()
        .rev()
        .take_while(|t| t.upos != Upos::Punct)
        .find(|t| matches!(t.upos, Upos::Verb | Upos::Aux))
        .is_some_and(|t| t.xpos == Xpos::Vbd && LEXICON.is_plain(&t.lemma))
}

/// The tense of "is" or "was" where the day itself is the predicate.
fn copula(sentence: &Sentence, i: usize) -> Option<Tense> {
    let head = Some(i as u16);
    let copula = sentence
        .tokens
        .iter()
        .find(|t| t.head == head && t.relation == Relation::Cop)?;
    match copula.xpos {
        Xpos::Vbz | Xpos::Vbp => Some(Tense::Future),
        Xpos::Vbd => Some(Tense::Past),
        _ => None,
    }
}

/// "is due in Lund on Friday": taggers make a preposition of "due in".
fn is_due(sentence: &Sentence, i: usize) -> bool {
    sentence.tokens[i.saturating_sub(5)..i]
        .iter()
        .rev()
        .take_while(|t| !matches!(t.upos, Upos::Verb | Upos::Aux | Upos::Punct))
        .any(|t| t.upos == Upos::Adj && LEXICON.has_outlook(&t.lemma, Outlook::Ahead))
        && !sentence.tokens[..i]
            .iter()
            .any(|t| t.lemma == "have" && t.xpos == Xpos::Vbd)
}

/// "are looking into Friday's fire": what a day owns has happened, unless the
/// verb prepares for it.
fn is_told_of(sentence: &Sentence, i: usize, verb: usize) -> bool {
    let verb = &sentence.tokens[verb];
    sentence.tokens[i].relation == Relation::NmodPoss
        && verb.xpos == Xpos::Vbg
        && LEXICON.is_plain(&verb.lemma)
}

/// The tense of the verb nearest to token `i`, those before it first.
fn nearest(text: &str, sentence: &Sentence, i: usize) -> Tense {
    let reach = 12.min(sentence.tokens.len());
    let before = (i.saturating_sub(reach)..i).rev();
    let after = i + 1..(i + reach).min(sentence.tokens.len());
    before
        .chain(after)
        .filter(|j| is_verb(sentence, *j))
        .find_map(|j| of_head(text, sentence, j))
        .unwrap_or(Tense::Unknown)
}

/// The tense of a verb with its auxiliaries; `None` where the word is no verb
/// or its form leaves it open.
fn of_head(text: &str, sentence: &Sentence, i: usize) -> Option<Tense> {
    let token = &sentence.tokens[i];
    let ahead = LEXICON.has_outlook(&token.lemma, Outlook::Ahead);
    if !is_verb(sentence, i) {
        // "due Friday", "is likely Friday".
        return (ahead && token.upos == Upos::Adj).then_some(Tense::Future);
    }
    let mut to = false;
    let mut had = false;
    let mut past = false;
    let mut present = false;
    for j in helpers(sentence, i) {
        let helper = &sentence.tokens[j];
        match helper.xpos {
            // "could not be reached Friday" is news, not a plan.
            Xpos::Md if sentence.word(text, j).eq_ignore_ascii_case("could") => past = true,
            Xpos::Md => return Some(Tense::Future),
            Xpos::To => to = true,
            Xpos::Vbd => {
                past = true;
                had |= helper.lemma == "have";
            }
            Xpos::Vbz | Xpos::Vbp => {
                // "has met" is past, "is meeting" is ahead.
                if helper.lemma == "have" {
                    past = true;
                } else {
                    present = true;
                }
            }
            _ if is_will(sentence.word(text, j)) => return Some(Tense::Future),
            _ => {}
        }
    }
    match token.xpos {
        Xpos::Md => Some(Tense::Future),
        // "had been due Friday" is over.
        _ if had => Some(Tense::Past),
        _ if ahead => Some(Tense::Future),
        Xpos::Vbd => Some(Tense::Past),
        _ if past => Some(Tense::Past),
        // "is to visit".
        Xpos::Vb if to && present => Some(Tense::Future),
        Xpos::Vb if to => Some(infinitive(sentence, i)),
        Xpos::Vbg if present => Some(Tense::Future),
        Xpos::Vbn if present => Some(Tense::Present),
        Xpos::Vbn => Some(Tense::Past),
        Xpos::Vbz | Xpos::Vbp if LEXICON.has_outlook(&token.lemma, Outlook::Scheduled) => {
            Some(Tense::Future)
        }
        Xpos::Vbz | Xpos::Vbp => Some(Tense::Present),
        _ if present => Some(Tense::Present),
        _ => None,
    }
}

/// The words that belong to the verb `i`: its auxiliaries and "to", by the
/// tree, else the ones right before it.
fn helpers(sentence: &Sentence, i: usize) -> impl Iterator<Item = usize> {
    let start = i.saturating_sub(8);
    let head = Some(i as u16);
    let mut adjacent = true;
    (start..i).rev().filter(move |j| {
        let token = &sentence.tokens[*j];
        let helps = matches!(token.upos, Upos::Aux) || matches!(token.xpos, Xpos::Md | Xpos::To);
        let near = adjacent;
        // Adverbs may stand between: "will also meet".
        if !helps && token.upos != Upos::Adv && token.upos != Upos::Part {
            adjacent = false;
        }
        let by_tree = token.head == head
            && (token.relation.is(Relation::Aux)
                || token.relation == Relation::Cop
                || token.relation == Relation::Mark);
        helps && (near || by_tree)
    })
}

/// An infinitive lies ahead where the word that governs it says so, and shares
/// the fate of a verb in the past: "extended its offer to buy Friday".
fn infinitive(sentence: &Sentence, i: usize) -> Tense {
    for (n, j) in sentence.ancestors(i).take(6).enumerate() {
        let token = &sentence.tokens[j];
        // "is to resume" and "is going to resume" lie ahead.
        let is_to = token.lemma == "be" && matches!(token.xpos, Xpos::Vbz | Xpos::Vbp);
        let going_to = token.lemma == "go" && token.xpos == Xpos::Vbg;
        if n == 0 && (is_to || going_to) {
            return Tense::Future;
        }
        match token.lemma.as_str() {
            lemma if n < 2 && !LEXICON.is_plain(lemma) => {
                let over = helpers(sentence, j).any(|h| {
                    sentence.tokens[h].xpos == Xpos::Vbd && sentence.tokens[h].lemma == "have"
                });
                return if over { Tense::Past } else { Tense::Future };
            }
            lemma
                if n == 0
                    && token.xpos != Xpos::Vbd
                    && LEXICON.has_outlook(lemma, Outlook::Done) =>
            {
                return Tense::Present;
            }
            _ if token.xpos == Xpos::Vbd => return Tense::Past,
            // "the first to join on Friday were the northern states".
            _ if !is_verb(sentence, j)
                && sentence.tokens.iter().any(|t| {
                    t.head == Some(j as u16) && t.relation == Relation::Cop && t.xpos == Xpos::Vbd
                }) =>
            {
                return Tense::Past;
            }
            _ => {}
        }
    }
    Tense::Future
}

fn is_will(word: &str) -> bool {
    ["will", "'ll", "’ll", "shall", "wo", "would"]
        .iter()
        .any(|w| word.eq_ignore_ascii_case(w))
}
