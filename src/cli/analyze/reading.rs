//! One article with all that the phases make of it. Pure.

use crate::extract::{self, EventMention, Report};
use crate::ingest::Article;
use crate::language::{self, Analysis, Sentence, Upos, kinds};
use crate::ontology::kinds::Told;
use crate::ontology::types::{EventTypes, Frame};
use crate::text::{CodePoints, Span};
use crate::time::{self, Edtf, TimeExpression};

/// An article, read.
pub(super) struct Reading<'a> {
    pub(super) article: &'a Article,
    pub(super) analysis: Analysis,
    pub(super) points: CodePoints<'a>,
    pub(super) times: Vec<TimeExpression>,
    /// The publication date to resolve against: the given one, else the best
    /// that the article itself tells.
    pub(super) published: Option<Edtf>,
    types: &'a EventTypes,
}

impl<'a> Reading<'a> {
    pub(super) fn new(article: &'a Article, types: &'a EventTypes) -> Reading<'a> {
        let analysis = language::analyze(article);
        let times = time::find(article, &analysis);
        let published = match &article.published {
            Some(given) => Edtf::parse(&given.edtf),
            None => {
                time::publication(&time::clues(article, &analysis, &times)).map(|(edtf, ..)| edtf)
            }
        };
        Reading {
            article,
            analysis,
            points: CodePoints::new(&article.text),
            times,
            published,
            types,
        }
    }

    /// The names of each sentence with their kinds.
    pub(super) fn told(&self) -> Vec<Vec<Told>> {
        kinds::of_text(&self.article.text, &self.analysis)
    }

    /// Actors and events.
    pub(super) fn report(&self) -> Report {
        let clues = time::clues(self.article, &self.analysis, &self.times);
        extract::report_with(self.article, &self.analysis, &self.times, clues, self.types)
    }

    /// The frames of an event's type that its trigger word may have set off.
    pub(super) fn frames(&self, event: &EventMention) -> Vec<&'a Frame> {
        let types = self.types;
        let lemma = event.trigger.lemma.as_str();
        let noun = lemma.to_lowercase();
        let phrases = types.phrases(lemma).iter().map(|(_, frame)| *frame);
        let all = types
            .verb(lemma)
            .iter()
            .chain(types.noun(&noun))
            .copied()
            .chain(phrases);
        all.filter(|f| types.types[f.kind].key == event.kind)
            .map(|f| types.frame(f))
            .collect()
    }

    /// First and last code point of a span.
    pub(super) fn at(&self, span: Span) -> (u32, u32) {
        (self.points.at(span.start), self.points.at(span.end))
    }

    /// Index of the sentence that holds the code point.
    pub(super) fn sentence_at(&self, point: u32) -> Option<usize> {
        let sentences = &self.analysis.sentences;
        let behind = sentences.partition_point(|s| self.points.at(s.span.start) <= point);
        let at = behind.checked_sub(1)?;
        (point < self.points.at(sentences[at].span.end)).then_some(at)
    }

    /// The token that begins at the code point.
    pub(super) fn token_at(&self, point: u32) -> Option<(usize, usize)> {
        let s = self.sentence_at(point)?;
        let tokens = &self.analysis.sentences[s].tokens;
        let t = tokens.partition_point(|t| self.points.at(t.span.start) < point);
        (t < tokens.len()).then_some((s, t))
    }
}

/// What the grammar around a trigger says of its status: its tag, the small
/// words below it and the words that govern it, nearest first.
#[derive(Debug, serde::Serialize)]
pub(super) struct Standing {
    /// Penn tag of the trigger.
    pub(super) xpos: &'static str,
    /// "will", "not", "may", "to": below the trigger.
    pub(super) below: Vec<String>,
    /// Relation of the trigger, and the lemma above it, and so on.
    pub(super) above: Vec<(&'static str, String)>,
}

/// Most governors that are shown.
const ABOVE: usize = 3;

impl Standing {
    pub(super) fn new(text: &str, sentence: &Sentence, trigger: usize) -> Standing {
        let small = |t: &usize| {
            let token = &sentence.tokens[*t];
            matches!(token.upos, Upos::Aux | Upos::Part)
                || matches!(
                    token.lemma.as_str(),
                    "no" | "never" | "not" | "without" | "if"
                )
        };
        let mut above = Vec::new();
        let mut at = trigger;
        for head in sentence.ancestors(trigger).take(ABOVE) {
            let relation = sentence.tokens[at].relation.as_str();
            above.push((relation, sentence.tokens[head].lemma.clone()));
            at = head;
        }
        Standing {
            xpos: sentence.tokens[trigger].xpos.as_str(),
            below: sentence
                .children(trigger)
                .filter(small)
                .map(|t| sentence.word(text, t).to_owned())
                .collect(),
            above,
        }
    }
}
