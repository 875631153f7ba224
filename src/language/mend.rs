//! Puts right what no English sentence has and the network, which chooses each
//! relation for itself, gives now and then: two subjects side by side, a person
//! beside a body, a sentence without a finite verb. Pure; linear in the sentence but for chains of heads.

use super::types::{NameKind, Sentence};
use super::{Relation, Upos, Xpos};

/// Mends the tree of a sentence of running text.
pub(super) fn mend(text: &str, sentence: &mut Sentence) {
    second_subjects(sentence);
    persons_beside_bodies(sentence);
    finite(text, sentence);
}

fn is_subject(relation: Relation) -> bool {
    matches!(relation, Relation::Nsubj | Relation::NsubjPass)
}

/// First word of each word's subtree: one look at each word's head, from the
/// longest chains up, would need the order of the tree; chains are short.
fn first_words(sentence: &Sentence) -> Vec<usize> {
    let n = sentence.tokens.len();
    let mut first: Vec<usize> = (0..n).collect();
    for i in 0..n {
        for above in sentence.ancestors(i).take(DEEP) {
            first[above] = first[above].min(i);
        }
    }
    first
}

/// Chains of heads are followed so far.
const DEEP: usize = 40;

/// "Talks between Anna Moss and ...", "Secretary of State Anna Moss": the second
/// of two subjects that stand side by side belongs to the first.
fn second_subjects(sentence: &mut Sentence) {
    let n = sentence.tokens.len();
    // The last subject seen of each verb.
    let mut before: Vec<Option<usize>> = vec![None; n];
    let mut first: Option<Vec<usize>> = None;
    for b in 0..n {
        let token = &sentence.tokens[b];
        let (Some(verb), true) = (sentence.head(b), is_subject(token.relation)) else {
            continue;
        };
        if verb < b {
            continue;
        }
        let Some(a) = before[verb].replace(b) else {
            continue;
        };
        let first = first.get_or_insert_with(|| first_words(sentence));
        let from = first[b];
        let beside = from > a && (a + 1..from).all(|i| sentence.is_under(i, a));
        let case = has_case(sentence, b);
        let name = token.upos == Upos::Propn && sentence.tokens[a].upos != Upos::Pron;
        if beside && (case || name && from == b) {
            let token = &mut sentence.tokens[b];
            token.head = Some(a as u16);
            token.relation = if case { Relation::Nmod } else { Relation::Flat };
            before[verb] = Some(a);
        }
    }
}

/// Whether a preposition stands before a word as its own.
fn has_case(sentence: &Sentence, i: usize) -> bool {
    (i.saturating_sub(6)..i).any(|j| {
        let token = &sentence.tokens[j];
        token.head == Some(i as u16) && token.relation == Relation::Case && token.upos == Upos::Adp
    })
}

/// "Head of Nordwind, Anna Moss, ...": a person is another word for the head, not
/// for the body or place that the head belongs to.
fn persons_beside_bodies(sentence: &mut Sentence) {
    for i in 0..sentence.names.len() {
        let name = sentence.names[i];
        if name.kind != NameKind::Person {
            continue;
        }
        let person = usize::from(name.first);
        if sentence.tokens[person].relation != Relation::Appos {
            continue;
        }
        let Some(body) = sentence.head(person).filter(|body| *body < person) else {
            continue;
        };
        let named = sentence.name_at(body).map(|n| n.kind);
        let is_body = matches!(named, Some(NameKind::Organization | NameKind::Location));
        if is_body
            && sentence.tokens[body].relation == Relation::Nmod
            && has_case(sentence, body)
            && let Some(head) = sentence.head(body).filter(|head| *head < body)
        {
            sentence.tokens[person].head = Some(head as u16);
        }
    }
}

/// "A train derailed in Norway.": a participle that no auxiliary helps is no root
/// of a whole sentence; it is the past of its verb, which looks the same.
fn finite(text: &str, sentence: &mut Sentence) {
    let n = sentence.tokens.len();
    let ends = n > 0 && matches!(sentence.word(text, n - 1), "." | "!" | "?");
    let Some(root) = sentence.tokens.iter().position(|t| t.head.is_none()) else {
        return;
    };
    if !ends
        || sentence.tokens[root].xpos != Xpos::Vbn
        || !sentence.word(text, root).ends_with("ed")
    {
        return;
    }
    let mut subject = None;
    for i in sentence.children(root) {
        let relation = sentence.tokens[i].relation;
        if relation.is(Relation::Aux) || relation.is(Relation::Cop) {
            return;
        }
        if is_subject(relation) {
            subject = Some(i);
        }
    }
    let Some(subject) = subject else {
        return;
    };
    sentence.tokens[root].xpos = Xpos::Vbd;
    sentence.tokens[subject].relation = Relation::Nsubj;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::BlockKind;
    use crate::language::{Name, Token};
    use crate::text::Span;

    /// A sentence of "word TAG head relation" lines, mended; heads count from 1.
    fn mended(lines: &str) -> Vec<String> {
        mended_with(lines, Vec::new())
    }

    /// The same with names.
    fn mended_with(lines: &str, names: Vec<Name>) -> Vec<String> {
        let mut text = String::new();
        let mut tokens = Vec::new();
        for line in lines.lines().map(str::trim).filter(|l| !l.is_empty()) {
            let fields: Vec<&str> = line.split(' ').collect();
            let start = text.len();
            text.push_str(fields[0]);
            tokens.push(Token {
                span: Span::new(start, text.len()),
                lemma: fields[0].to_lowercase(),
                upos: match fields[1] {
                    "NNP" => Upos::Propn,
                    "IN" => Upos::Adp,
                    "PRP" => Upos::Pron,
                    _ => Upos::Noun,
                },
                xpos: Xpos::parse(fields[1]).expect("a tag"),
                head: fields[2].parse::<u16>().expect("a number").checked_sub(1),
                relation: Relation::parse(fields[3]).expect("a relation"),
            });
            text.push(' ');
        }
        let mut sentence = Sentence {
            block: 0,
            kind: BlockKind::Body,
            span: Span::new(0, text.len() - 1),
            tokens,
            names,
        };
        mend(&text, &mut sentence);
        let tokens = sentence.tokens.iter();
        tokens
            .map(|t| {
                let head = t.head.map_or(0, |h| h + 1);
                format!("{} {head} {}", t.xpos.as_str(), t.relation.as_str())
            })
            .collect()
    }

    #[test]
    fn a_second_subject_beside_the_first_belongs_to_it() {
        let found = mended(
            "Talks NNS 4 nsubj
            between IN 3 case
            Moss NNP 4 nsubj
            ended VBD 0 root",
        );
        assert_eq!(found[2], "NNP 1 nmod");
        let found = mended(
            "Secretary NNP 3 nsubj
            Moss NNP 3 nsubj
            left VBD 0 root",
        );
        assert_eq!(found[1], "NNP 1 flat");
    }

    #[test]
    fn other_subjects_stay() {
        // A relative clause has a subject of its own, and a pronoun no surname.
        let lines = "boats NNS 5 nsubj
            Moss NNP 3 nsubj
            bought VBD 1 acl:relcl
            there RB 3 advmod
            sank VBD 0 root";
        assert_eq!(mended(lines)[1], "NNP 3 nsubj");
        let lines = "he PRP 3 nsubj
            Moss NNP 3 nsubj
            left VBD 0 root";
        assert_eq!(mended(lines)[1], "NNP 3 nsubj");
    }

    #[test]
    fn a_person_is_the_head_of_a_body_and_not_the_body() {
        let lines = "Head NN 6 nsubj
            of IN 3 case
            Nordwind NNP 1 nmod
            , , 5 punct
            Moss NNP 3 appos
            left VBD 0 root";
        let name = |at, kind| Name {
            first: at,
            last: at,
            kind,
        };
        let body = name(2, NameKind::Organization);
        let found = mended_with(lines, vec![body, name(4, NameKind::Person)]);
        assert_eq!(found[4], "NNP 1 appos");
        // "the sister of Anna Moss, Ida": who is who is not told.
        let other = name(2, NameKind::Person);
        let found = mended_with(lines, vec![other, name(4, NameKind::Person)]);
        assert_eq!(found[4], "NNP 3 appos");
    }

    #[test]
    fn a_sentence_has_a_finite_verb() {
        let lines = "train NN 2 nsubj:pass
            derailed VBN 0 root
            . . 2 punct";
        assert_eq!(mended(lines)[..2], ["NN 2 nsubj", "VBD 0 root"]);
        // A headline does without one, and "was" is one.
        let lines = "envoy NN 2 nsubj:pass
            attacked VBN 0 root";
        assert_eq!(mended(lines)[0], "NN 2 nsubj:pass");
        let lines = "envoy NN 3 nsubj:pass
            was VBD 3 aux:pass
            attacked VBN 0 root
            . . 3 punct";
        assert_eq!(mended(lines)[0], "NN 3 nsubj:pass");
    }
}
