//! CoNLL-U: reading sentences that are tokenised already, and writing an
//! analysis. Pure. <https://universaldependencies.org/format.html>

use std::fmt::Write as _;

use super::{Analysis, RawSentence, annotate, kinds};
use crate::ingest::BlockKind;
use crate::text::Span;

/// Why a CoNLL-U file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConlluError {
    /// A line that is neither a comment nor a token.
    #[error("line {line}: a token line has at least two columns, separated by tabs")]
    Columns {
        /// Counted from 1.
        line: usize,
    },
    /// A token without a form.
    #[error("line {line}: the form (second column) is empty")]
    EmptyForm {
        /// Counted from 1.
        line: usize,
    },
    /// A sentence that token numbers of 16 bits cannot count.
    #[error("line {line}: a sentence has more than 10,000 tokens")]
    TooLong {
        /// Counted from 1: the first token too many.
        line: usize,
    },
    /// A text too large for offsets of 32 bits.
    #[error("the file has more than four gigabytes of text")]
    TooLarge,
}

/// Text and sentences of a CoNLL-U file. Only ids, forms and `SpaceAfter=No` are
/// read; ranges (`1-2`) and empty nodes (`1.1`) are left out. The text is the
/// forms joined by spaces, one sentence a line.
pub fn read(conllu: &str) -> Result<(String, Vec<RawSentence>), ConlluError> {
    let mut text = String::new();
    let mut sentences = Vec::new();
    let mut tokens: Vec<Span> = Vec::new();
    let mut glued = true;
    let mut end = |tokens: &mut Vec<Span>, text: &mut String| {
        if !tokens.is_empty() {
            sentences.push(RawSentence {
                block: 0,
                kind: BlockKind::Body,
                tokens: std::mem::take(tokens),
            });
            text.push('\n');
        }
    };
    for (i, line) in conllu.lines().enumerate() {
        let line_number = i + 1;
        if line.trim().is_empty() {
            end(&mut tokens, &mut text);
            glued = true;
            continue;
        }
        if line.starts_with('#') {
            continue;
        }
        let mut columns = line.split('\t');
        let (Some(id), Some(form)) = (columns.next(), columns.next()) else {
            return Err(ConlluError::Columns { line: line_number });
        };
        if !id.bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        if form.is_empty() {
            return Err(ConlluError::EmptyForm { line: line_number });
        }
        if tokens.len() >= 10_000 {
            return Err(ConlluError::TooLong { line: line_number });
        }
        if !glued {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(form);
        if u32::try_from(text.len() + 2).is_err() {
            return Err(ConlluError::TooLarge);
        }
        tokens.push(Span::new(start, text.len()));
        let misc = columns.nth(7).unwrap_or("_");
        glued = misc.split('|').any(|field| field == "SpaceAfter=No");
    }
    end(&mut tokens, &mut text);
    Ok((text, sentences))
}

/// Reads tokenised sentences and analyses them. The text is that of [`read`].
pub fn analyze_pretokenized(conllu: &str) -> Result<(String, Analysis), ConlluError> {
    let (text, sentences) = read(conllu)?;
    let analysis = annotate(&text, sentences);
    Ok((text, analysis))
}

/// An analysis as CoNLL-U: one sentence after the other, with number, text, and
/// index and kind of its block as comments, and names in the last column as
/// `Name=B-person`, `Name=I-person`, with the kinds of [`kinds::of_text`].
pub fn write(text: &str, analysis: &Analysis) -> String {
    let mut out = String::new();
    let told = kinds::of_text(text, analysis);
    for (number, (sentence, told)) in analysis.sentences.iter().zip(&told).enumerate() {
        let words = one_line(sentence.span.of(text));
        let (id, block, kind) = (number + 1, sentence.block, sentence.kind.as_str());
        let _ = writeln!(
            out,
            "# sent_id = {id}\n# text = {words}\n# block = {block} {kind}"
        );
        for (i, token) in sentence.tokens.iter().enumerate() {
            let head = token.head.map_or(0, |h| h + 1);
            let mut misc = String::new();
            let covers = |n: &super::Name| (n.first..=n.last).contains(&(i as u16));
            let name = sentence.names.iter().zip(told).find(|(n, _)| covers(n));
            if let Some((name, told)) = name {
                let place = if usize::from(name.first) == i {
                    'B'
                } else {
                    'I'
                };
                let _ = write!(misc, "Name={place}-{}", told.kind.as_str());
            }
            let next = sentence.tokens.get(i + 1);
            if next.is_some_and(|next| next.span.start == token.span.end) {
                misc.push_str(if misc.is_empty() { "" } else { "|" });
                misc.push_str("SpaceAfter=No");
            }
            if misc.is_empty() {
                misc.push('_');
            }
            let _ = writeln!(
                out,
                "{}\t{}\t{}\t{}\t{}\t_\t{head}\t{}\t_\t{misc}",
                i + 1,
                one_line(sentence.word(text, i)),
                one_line(&token.lemma),
                token.upos.as_str(),
                token.xpos.as_str(),
                token.relation.as_str(),
            );
        }
        out.push('\n');
    }
    out
}

/// Tabs and line breaks would break the format.
fn one_line(words: &str) -> String {
    words
        .chars()
        .map(|c| {
            if matches!(c, '\t' | '\n' | '\r') {
                ' '
            } else {
                c
            }
        })
        .collect()
}
