//! The kind of each name of an analysed text: hands a name's words, what the
//! finder takes it for and the nouns beside it to [`ontology::kinds`]. Extraction
//! asks the same functions, so that both say the same. Pure.
//!
//! [`ontology::kinds`]: crate::ontology::kinds

use super::{Analysis, NameKind, Relation, Sentence, Upos, Xpos};
use crate::model::ActorKind;
use crate::ontology::kinds::{self, Beside, Kind, Named, Rule, Told};
use crate::ontology::organizations;
use std::collections::BTreeMap;

/// Longest run of words beside a name that is looked at.
const NEAR: usize = 7;

/// What the finder's kind means as a kind of actor; `None` for other names.
fn found(kind: NameKind) -> Option<ActorKind> {
    match kind {
        NameKind::Person => Some(ActorKind::Person),
        NameKind::Organization => Some(ActorKind::Organization),
        NameKind::Location => Some(ActorKind::Place),
        NameKind::Other => None,
    }
}

/// What the tokens `first..=last` of a sentence stand for, taken as a name;
/// `kind` is the finder's opinion, where it has one.
pub fn tell(
    text: &str,
    sentence: &Sentence,
    first: usize,
    last: usize,
    kind: Option<NameKind>,
) -> Told {
    let words: Vec<&str> = (first..=last).map(|t| sentence.word(text, t)).collect();
    let near = Near {
        text,
        sentence,
        first,
        last,
    };
    let (after, before, apposed) = (near.after(), near.before(), near.apposed());
    kinds::tell(&Named {
        words: &words,
        found: kind.and_then(found),
        beside: Beside {
            after: after.as_deref(),
            before: before.as_deref(),
            apposed: apposed.as_deref(),
            verb: near.verb(),
            owned: near.is_owned(),
            the: near.has_article(),
        },
    })
}

/// The kinds of all names, sentence by sentence, in the order of
/// [`Sentence::names`]. What a noun beside one mention tells holds for the
/// mentions of the same name of which only the finder knows anything.
pub fn of_text(text: &str, analysis: &Analysis) -> Vec<Vec<Told>> {
    let mut all: Vec<Vec<Told>> = Vec::with_capacity(analysis.sentences.len());
    let mut known: BTreeMap<&str, Told> = BTreeMap::new();
    for sentence in &analysis.sentences {
        let mut told = Vec::with_capacity(sentence.names.len());
        for name in &sentence.names {
            let (first, last) = (usize::from(name.first), usize::from(name.last));
            let one = tell(text, sentence, first, last, Some(name.kind));
            if is_by_context(&one) {
                let words = sentence.span_of(first, last).of(text);
                known.entry(words).or_insert_with(|| one.clone());
            }
            told.push(one);
        }
        all.push(told);
    }
    for (sentence, told) in analysis.sentences.iter().zip(&mut all) {
        for (name, one) in sentence.names.iter().zip(told) {
            let span = sentence.span_of(name.first.into(), name.last.into());
            if one.rule == Rule::Finder
                && !matches!(one.kind, Kind::Actor(ActorKind::Person))
                && let Some(better) = known.get(span.of(text))
            {
                *one = Told {
                    rule: Rule::Elsewhere,
                    word: better.reason().into(),
                    ..better.clone()
                };
            }
        }
    }
    all
}

/// Whether the words around a name told its kind, not the name itself.
pub fn is_by_context(told: &Told) -> bool {
    matches!(told.rule, Rule::Noun | Rule::Verb)
}

/// A name in its sentence.
struct Near<'a> {
    text: &'a str,
    sentence: &'a Sentence,
    first: usize,
    last: usize,
}

impl<'a> Near<'a> {
    fn word(&self, t: usize) -> &'a str {
        self.sentence
            .tokens
            .get(t)
            .map_or("", |token| token.span.of(self.text))
    }

    fn is_noun(&self, t: usize) -> bool {
        self.sentence
            .tokens
            .get(t)
            .is_some_and(|token| token.upos == Upos::Noun && token.xpos == Xpos::Nn)
    }

    /// The lemmas of `from..=to`, joined by spaces.
    fn lemmas(&self, from: usize, to: usize) -> String {
        let lemmas: Vec<&str> = (from..=to)
            .map(|t| self.sentence.tokens[t].lemma.as_str())
            .collect();
        lemmas.join(" ").to_lowercase()
    }

    /// The token of the name that hangs on a word outside it, and that word.
    fn head(&self) -> (usize, Option<usize>) {
        let inside = self.first..=self.last;
        (self.first..=self.last)
            .map(|t| (t, self.sentence.head(t)))
            .find(|(_, head)| head.is_none_or(|h| !inside.contains(&h)))
            .unwrap_or((self.last, None))
    }

    /// "the Lumen tablet": the nouns that the name stands in front of and hangs on.
    fn after(&self) -> Option<String> {
        let start = self.last + 1;
        let end = (start..start + 3).take_while(|t| self.is_noun(*t)).last()?;
        let on = self.head().1?;
        (start..=end).contains(&on).then(|| self.lemmas(start, end))
    }

    /// "the tablet Lumen", "a tablet called Lumen", "the town of Norholm".
    fn before(&self) -> Option<String> {
        let mut at = self.first.checked_sub(1)?;
        if matches!(self.word(at), "\"" | "\u{201c}" | "\u{2018}" | "``" | "'") {
            at = at.checked_sub(1)?;
        }
        let link = self.word(at).to_lowercase();
        let called = matches!(
            link.as_str(),
            "called" | "named" | "dubbed" | "codenamed" | "nicknamed"
        );
        let of = link == "of";
        if called || of {
            at = at.checked_sub(1)?;
        }
        let is_place = |t: usize| organizations::place_head(&self.sentence.tokens[t].lemma);
        if !self.is_noun(at) || (of && !is_place(at)) {
            return None;
        }
        let (top, on) = self.head();
        let linked = on == Some(at) || self.sentence.head(at) == Some(top);
        let body = || {
            let lemma = self.sentence.tokens[at].lemma.as_str();
            crate::ontology::nominals::nominal_kind(lemma) == Some(ActorKind::Organization)
        };
        if !(called || linked || body()) {
            return None;
        }
        let from = if at > 0 && self.is_noun(at - 1) {
            at - 1
        } else {
            at
        };
        Some(self.lemmas(from, at))
    }

    /// "Lumen, a new tablet": the noun of an indefinite apposition.
    fn apposed(&self) -> Option<String> {
        let comma = self.last + 1;
        if self.word(comma) != "," || !matches!(self.word(comma + 1), "a" | "an") {
            return None;
        }
        let tokens = &self.sentence.tokens;
        let inside = |t: &usize| {
            tokens.get(*t).is_some_and(|token| {
                matches!(token.upos, Upos::Noun | Upos::Adj | Upos::Propn | Upos::Num)
                    || token.xpos == Xpos::Hyph
            })
        };
        let start = comma + 2;
        let end = (start..start + NEAR).take_while(inside).last()?;
        let listed = tokens
            .get(end + 1)
            .is_some_and(|token| token.upos == Upos::Cconj);
        if !self.is_noun(end) || listed {
            return None;
        }
        let from = if end > start && self.is_noun(end - 1) {
            end - 1
        } else {
            end
        };
        Some(self.lemmas(from, end))
    }

    /// The verb whose object the name is.
    fn verb(&self) -> Option<&'a str> {
        let (top, on) = self.head();
        let verb = self.sentence.tokens.get(on?)?;
        let is_object = self.sentence.tokens[top].relation.is(Relation::Obj);
        (is_object && verb.upos == Upos::Verb).then_some(verb.lemma.as_str())
    }

    fn is_owned(&self) -> bool {
        self.first > 0
            && matches!(
                self.sentence.tokens[self.first - 1].xpos,
                Xpos::PrpPoss | Xpos::Pos
            )
    }

    fn has_article(&self) -> bool {
        let the = |t: usize| self.word(t).eq_ignore_ascii_case("the");
        the(self.first) || (self.first > 0 && the(self.first - 1))
    }
}
