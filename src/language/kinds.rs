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
    // As written, because tokens are cut at hyphens: "F-16".
    let written = sentence.span_of(first, last).of(text);
    let words: Vec<&str> = written.split_whitespace().collect();
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
            if one.rule == Rule::Noun {
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
            // Makers lend their names to their products, "the Nordwind tablet":
            // what the finder takes for an organisation stays one elsewhere.
            if one.rule == Rule::Finder
                && !matches!(
                    one.kind,
                    Kind::Actor(ActorKind::Person | ActorKind::Organization)
                )
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

    /// Whether a token is a common noun in the singular. Rare ones are easily
    /// taken for adjectives before a name; the lists tell.
    fn is_noun(&self, t: usize) -> bool {
        self.sentence.tokens.get(t).is_some_and(|token| {
            (token.upos == Upos::Noun && token.xpos == Xpos::Nn)
                || token.xpos == Xpos::Jj
                || self.is_small_name(t)
        })
    }

    /// Rare nouns beside names are easily taken for names themselves.
    fn is_small_name(&self, t: usize) -> bool {
        self.sentence.tokens[t].upos == Upos::Propn && self.word(t).starts_with(char::is_lowercase)
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

    /// "the Lumen tablet", "Adler chief executive": the nouns that the name stands
    /// in front of and hangs on.
    fn after(&self) -> Option<String> {
        let start = self.last + 1;
        let part = |t: &usize| {
            self.sentence.tokens.get(*t).is_some_and(|token| {
                token.upos == Upos::Noun
                    || matches!(token.lemma.as_str(), "chief" | "executive")
                    || self.is_small_name(*t)
            })
        };
        let end = (start..start + 3).take_while(part).last()?;
        let hangs = self.head().1.is_some_and(|on| (start..=end).contains(&on));
        let tokens = &self.sentence.tokens;
        let bearer = tokens.get(end + 1).is_some_and(|t| t.upos == Upos::Propn);
        (hangs || bearer).then(|| self.lemmas(start, end))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::BlockKind;
    use crate::language::{RawSentence, annotate, sentences};
    use crate::text::Span;

    /// The kind of the name in brackets, and the rule that tells it.
    fn told(text: &str, found: Option<NameKind>) -> (&'static str, Rule) {
        let start = text.find('[').unwrap();
        let end = text.find(']').unwrap() - 1;
        let text = text.replace(['[', ']'], "");
        let whole = Span::new(0, text.len());
        let raw = sentences::split(&text, whole)
            .into_iter()
            .map(|tokens| RawSentence {
                block: 0,
                kind: BlockKind::Body,
                tokens,
            })
            .collect();
        let analysis = annotate(&text, raw);
        let sentence = &analysis.sentences[0];
        let at = |want: usize, of: fn(&Span) -> u32| {
            let mut tokens = sentence.tokens.iter();
            tokens.position(|t| of(&t.span) as usize == want).unwrap()
        };
        let (first, last) = (at(start, |s| s.start), at(end, |s| s.end));
        let told = tell(&text, sentence, first, last, found);
        (told.kind.as_str(), told.rule)
    }

    fn check(found: Option<NameKind>, expected: &str, sentences: &[&str]) {
        for text in sentences {
            let (kind, rule) = told(text, found);
            assert_eq!(kind, expected, "{text} by {rule:?}");
        }
    }

    #[test]
    fn the_noun_beside_a_name_tells() {
        check(
            None,
            "product",
            &[
                "The company sold the [Lumen] tablet in Norway.",
                "Engineers tested the rocket [Aurora] on Monday.",
                "The company showed [Lumen], a new tablet.",
                "The navy sent the frigate [Aurora] to the coast.",
                "He read the novel [Harbour Lights] in Oslo.",
                "The agency bought a satellite called [Aurora].",
                "The company will launch the [Falcon 9] rocket.",
            ],
        );
        check(
            Some(NameKind::Organization),
            "product",
            &[
                "Nordwind sold its [Lumen] tablet in Norway.",
                "Nordwind presented [Lumen], a new tablet.",
                "Pilots flew the [F-16] over the city.",
            ],
        );
        check(
            Some(NameKind::Person),
            "organization",
            &[
                "[Adler] chief executive Greta Lind resigned.",
                "The founder of [Adler], a phone maker, resigned.",
            ],
        );
        check(
            Some(NameKind::Location),
            "organization",
            &[
                "The chip company [Adler] sold a factory.",
                "He works for [Adler], a chip company.",
            ],
        );
        check(
            None,
            "place",
            &[
                "Rebels took the town of [Norholm] on Monday.",
                "They live in [Norholm], a village in the north.",
            ],
        );
        check(
            None,
            "agreement",
            &[
                "Both countries signed the [Harbour] accord.",
                "Norway signed the [Treaty of Norholm].",
            ],
        );
        check(
            None,
            "conference",
            &[
                "He spoke at the [Nordwind] conference.",
                "She attended [Harbour Week].",
            ],
        );
    }

    #[test]
    fn the_noun_beside_a_name_does_not_tell() {
        check(
            Some(NameKind::Organization),
            "organization",
            &[
                "The company sold the [Adler] tablet in Norway.",
                "He bought shares of [Adler], a phone maker.",
                "[Adler] plans a tablet.",
                "The tablet of [Adler] sold well.",
                "[Nordwind] rockets were sold.",
            ],
        );
        check(
            Some(NameKind::Person),
            "person",
            &[
                "The film [Anna Lind] made was a success.",
                "[Lindqvist] spokesman Olav Berg spoke.",
                "[Anna Lind], a company founder, spoke.",
                "On the phone [Lind] sounded tired.",
            ],
        );
        check(
            Some(NameKind::Location),
            "place",
            &[
                "The [Norholm] summit ended on Monday.",
                "The [Norholm] accord was signed.",
                "The [Norholm] car factory was closed.",
            ],
        );
    }

    #[test]
    fn one_mention_tells_for_the_others() {
        let text = "Nordwind sold its Lumen tablet. Lumen is cheap.";
        let raw = sentences::split(text, Span::new(0, text.len()));
        let mut analysis = annotate(
            text,
            raw.into_iter()
                .map(|tokens| RawSentence {
                    block: 0,
                    kind: BlockKind::Body,
                    tokens,
                })
                .collect(),
        );
        for (s, t) in [(0, 3), (1, 0)] {
            analysis.sentences[s].names = vec![super::super::Name {
                first: t,
                last: t,
                kind: NameKind::Other,
            }];
        }
        let told = of_text(text, &analysis);
        assert_eq!(told[0][0].rule, Rule::Noun);
        assert_eq!(told[1][0].kind, Kind::Actor(ActorKind::Product));
        assert_eq!(told[1][0].rule, Rule::Elsewhere);
    }
}
