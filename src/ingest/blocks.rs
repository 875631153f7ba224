//! From the text of an article to its blocks: headline, byline, captions,
//! furniture, running text. Pure and linear.
//!
//! What a line is follows from the line itself where it can
//! (`ontology/furniture.toml`), and else from its place: before the first
//! paragraph, beside a credit, alone between paragraphs. In doubt a line is
//! running text, because a menu line that is read costs less than a sentence
//! that is lost.

use super::bylines::{ends_with_job, is_byline, is_name_line, is_person};
use super::dateline::{dateline, is_date_line};
use super::lines::{Paragraph, ends_sentence, paragraphs};
use super::rules::{RULES, normal};
use super::{Block, BlockKind, outlet, parts, tail};
use crate::language::sentences::is_blank;
use crate::text::{Span, stable_hash};
use std::collections::BTreeSet;

/// What is found in a text.
pub(super) struct Found {
    pub(super) blocks: Vec<Block>,
    /// The words of the headline.
    pub(super) title: Option<String>,
    /// The outlet that the text names.
    pub(super) source: Option<String>,
    /// What was odd, with the line.
    pub(super) notes: Vec<(usize, String)>,
}

/// A longer block is not read, in bytes: it is no paragraph of an article.
pub(super) const LARGEST_BLOCK: usize = 1 << 20;
/// Paragraphs beyond this number are not read.
const MOST_BLOCKS: usize = 100_000;
/// Lines longer than this are never anything but running text, in bytes.
pub(super) const LONGEST_LINE: usize = 1200;

/// A paragraph on its way to a block.
pub(super) struct Draft<'t> {
    pub(super) span: Span,
    pub(super) words: &'t str,
    pub(super) kind: Option<BlockKind>,
    /// In lower case and so on; empty for long paragraphs.
    pub(super) normal: String,
    pub(super) count: usize,
    /// It does not end as a sentence does.
    pub(super) fragment: bool,
    pub(super) after_blank: bool,
    pub(super) bullet: bool,
    pub(super) heading: bool,
}

/// Finds the blocks of a text. `title` is the title that metadata gives.
pub(super) fn find(text: &str, title: Option<&str>, markdown: bool) -> Found {
    let mut notes = Vec::new();
    let mut drafts = drafts(text, markdown, &mut notes);
    tail::comments(&mut drafts);
    let headline = head(&mut drafts, title);
    captions(&mut drafts);
    menus(&mut drafts);
    tail::boxes(&mut drafts);
    tail::judge(&mut drafts);
    cross_heads(&mut drafts);
    let title = headline.and_then(|i| drafts.get(i)).map(|d| {
        let words: Vec<&str> = d.words.split(is_blank).filter(|w| !w.is_empty()).collect();
        words.join(" ")
    });
    let agency = parts::datelines(&mut drafts);
    Found {
        title,
        source: outlet::find(&drafts).or(agency.map(str::to_owned)),
        blocks: drafts
            .iter()
            .filter(|d| d.span.start < d.span.end)
            .map(|d| Block {
                kind: d.kind.unwrap_or(BlockKind::Body),
                span: d.span,
            })
            .collect(),
        notes,
    }
}

impl<'t> Draft<'t> {
    pub(super) fn new(text: &'t str, span: Span, paragraph: &Paragraph) -> Draft<'t> {
        let words = span.of(text);
        let long = words.len() > LONGEST_LINE;
        Draft {
            span,
            words,
            kind: None,
            normal: if long { String::new() } else { normal(words) },
            count: words
                .split(is_blank)
                .filter(|w| !w.is_empty())
                .take(400)
                .count(),
            fragment: !ends_sentence(words) && !long,
            after_blank: paragraph.after_blank,
            bullet: paragraph.bullet,
            heading: paragraph.heading,
        }
    }

    /// A paragraph of running text, as far as can be seen.
    pub(super) fn is_running(&self) -> bool {
        self.kind.is_none() && (!self.fragment && self.count >= 6 || self.count > 25)
    }

    /// Whether a headline or a line of an article's head looks like this.
    fn may_head(&self) -> bool {
        self.is_open_fragment()
            && !self.bullet
            && (self.fragment || self.words.ends_with(['?', '!']))
            && !self.words.ends_with([':', ','])
            && !self.words.starts_with("Q:")
            && dateline(self.words).is_none_or(|d| d.rest < self.words.len())
    }

    /// A question that may stand as a headline.
    fn is_question(&self) -> bool {
        self.kind.is_none()
            && self.words.ends_with('?')
            && self.count <= 14
            && !self.words.contains(['"', '“', '”', '.'])
    }

    /// Not judged yet, and no paragraph of running text.
    pub(super) fn is_open_fragment(&self) -> bool {
        self.kind.is_none() && !self.is_running()
    }
}

/// The paragraphs with what they tell by themselves.
fn drafts<'t>(text: &'t str, markdown: bool, notes: &mut Vec<(usize, String)>) -> Vec<Draft<'t>> {
    let paragraphs = paragraphs(text, markdown);
    let mut drafts = Vec::with_capacity(paragraphs.len().min(MOST_BLOCKS));
    let mut seen = BTreeSet::new();
    for (i, paragraph) in paragraphs.iter().enumerate() {
        if i == MOST_BLOCKS {
            let end = paragraphs[paragraphs.len() - 1].span.end;
            let mut rest = Draft::new(text, paragraph.span, paragraph);
            rest.span.end = end;
            rest.kind = Some(BlockKind::Furniture);
            drafts.push(rest);
            notes.push((
                paragraph.line,
                format!("only the first {MOST_BLOCKS} paragraphs are read"),
            ));
            break;
        }
        let mut draft = Draft::new(text, paragraph.span, paragraph);
        if draft.words.len() > LARGEST_BLOCK {
            draft.kind = Some(BlockKind::Furniture);
            notes.push((
                paragraph.line,
                "a paragraph of more than 1 MB is not read".to_owned(),
            ));
            drafts.push(draft);
            continue;
        }
        draft.kind = kind_alone(&draft, markdown);
        // What stands there twice was a picture's caption or a pull quote.
        let long_enough = draft.count >= if draft.fragment { 4 } else { 6 };
        if long_enough && !draft.normal.is_empty() {
            let new = seen.insert(stable_hash(draft.normal.as_bytes()));
            if !new && draft.kind.is_none() {
                draft.kind = Some(BlockKind::Furniture);
            }
        }
        parts::push(text, draft, paragraph, &mut drafts);
    }
    drafts
}

/// What a line is by itself, whatever stands around it.
fn kind_alone(draft: &Draft, markdown: bool) -> Option<BlockKind> {
    if draft.normal.is_empty() {
        // Dots and dashes alone, or a paragraph too long to look at.
        return (draft.words.len() < LONGEST_LINE).then_some(BlockKind::Furniture);
    }
    // "[Video: ...]", ">> Read the full story".
    let inner = draft.normal.trim_matches(|c: char| {
        is_blank(c)
            || matches!(
                c,
                '[' | ']' | '(' | ')' | '>' | '*' | '»' | '→' | '▶' | '►' | '|'
            )
    });
    let rule = RULES.rule(&draft.normal, draft.count);
    let rule = rule.or_else(|| {
        (inner.len() < draft.normal.len())
            .then(|| RULES.rule(inner, draft.count))?
            .filter(|r| r.kind == BlockKind::Furniture)
    });
    if let Some(rule) = rule {
        let sentence = !draft.fragment && draft.count > 6;
        if rule.kind != BlockKind::Byline || !sentence || rule.sentences {
            return Some(rule.kind);
        }
    }
    if RULES.is_bar(&draft.normal) || is_menu_line(draft.words) {
        return Some(BlockKind::Furniture);
    }
    if is_date_line(&draft.normal) {
        return Some(BlockKind::Date);
    }
    if is_byline(draft.words, draft.fragment) {
        return Some(BlockKind::Byline);
    }
    if is_signed_credit(draft) {
        return Some(BlockKind::Credit);
    }
    let words = draft.words;
    let addresses = words.split_whitespace().all(|word| {
        word.contains("://")
            || word.starts_with("www.")
            || word.contains('@') && word.contains('.')
            || word.starts_with('@') && draft.count == 1
    });
    let picture = markdown && (words.starts_with("![") || words.starts_with("<!--"));
    let signs = !words.chars().any(char::is_alphanumeric);
    (addresses || picture || signs).then_some(BlockKind::Furniture)
}

/// "Home | News | Sport | Weather"
fn is_menu_line(words: &str) -> bool {
    let mut parts = 0;
    let short = words.split(['|', '·', '•']).all(|part| {
        parts += 1;
        let part = part.trim_matches(is_blank);
        !part.is_empty()
            && part.split_whitespace().count() <= 3
            && !part.contains(|c: char| c.is_numeric() || c == '.')
    });
    short && parts >= 4
}

/// "Ida Moss/Example Press" under a picture.
fn is_signed_credit(draft: &Draft) -> bool {
    let Some((name, press)) = draft.words.split_once('/') else {
        return false;
    };
    draft.fragment
        && draft.count <= 7
        && is_person(name.trim())
        && !ends_with_job(press)
        && !press.contains(['/', ',', ':'])
        && press
            .split_whitespace()
            .all(|w| w.starts_with(char::is_uppercase))
        && !press.trim().is_empty()
}

/// Judges what stands above the first paragraph; returns the headline's index.
fn head(drafts: &mut [Draft], title: Option<&str>) -> Option<usize> {
    if drafts.len() < 2 {
        return None;
    }
    let asks = drafts[0].is_question() && drafts[1].after_blank;
    let lead = drafts
        .iter()
        .skip(usize::from(asks))
        .position(Draft::is_running);
    let lead = lead.map(|i| i + usize::from(asks));
    // Nothing far down is a headline, and the loops below stay short.
    let end = lead.unwrap_or(12).min(40).min(drafts.len());
    let title = title.map(normal).filter(|t| !t.is_empty());
    let is_title = |d: &Draft| title.as_ref().is_some_and(|t| *t == d.normal);
    let beside_credit =
        |i: usize| i > 0 && drafts[i - 1].kind == Some(BlockKind::Credit) && !drafts[i].after_blank;
    let open: Vec<usize> = (0..end)
        .filter(|i| (drafts[*i].may_head() || asks && *i == 0) && !beside_credit(*i))
        .collect();
    let repeated = |i: usize| {
        let name = drafts[i].normal.as_str();
        drafts[..end].iter().any(|d| {
            d.normal.len() > name.len() && d.normal.starts_with(name) && ends_with_job(d.words)
        })
    };
    let headline = drafts
        .iter()
        .take(end + 1)
        .position(is_title)
        .filter(|i| drafts[*i].kind.is_none())
        .or_else(|| open.iter().copied().find(|i| drafts[*i].heading))
        .or_else(|| open.iter().copied().find(|i| drafts[*i].count >= 4))
        .or_else(|| {
            open.iter()
                .copied()
                .filter(|i| !repeated(*i) && drafts[*i].count > 1)
                .max_by_key(|i| (drafts[*i].count, usize::MAX - i))
        })?;
    let people: Vec<usize> = open.iter().copied().filter(|i| repeated(*i)).collect();
    for i in open {
        let next_is_credit = drafts
            .get(i + 1)
            .is_some_and(|d| d.kind == Some(BlockKind::Credit));
        let draft = &drafts[i];
        let kind = if i == headline {
            BlockKind::Headline
        } else if lead.is_none() {
            continue;
        } else if next_is_credit {
            BlockKind::Caption
        } else if people.contains(&i)
            || i > headline && is_name_line(draft.words)
            || i > headline
                && draft.count >= 3
                && ends_with_job(draft.words)
                && is_title_case(draft.words)
        {
            BlockKind::Byline
        } else if draft.count <= 3 {
            BlockKind::Furniture
        } else if i > headline {
            BlockKind::Headline
        } else {
            continue;
        };
        drafts[i].kind = Some(kind);
    }
    drafts[headline].kind = Some(BlockKind::Headline);
    Some(headline)
}

fn is_title_case(words: &str) -> bool {
    words
        .split_whitespace()
        .all(|w| !w.starts_with(char::is_lowercase) || w.len() <= 3)
}

/// Fragments beside a credit, and paragraphs that share only its lines, are
/// captions.
fn captions(drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        if drafts[i].kind != Some(BlockKind::Credit) {
            continue;
        }
        let touches = |drafts: &[Draft], j: usize| drafts.get(j).is_some_and(|d| !d.after_blank);
        if i > 0 && drafts[i - 1].kind.is_none() {
            let draft = &drafts[i - 1];
            let furniture = |j: Option<usize>| {
                j.and_then(|j| drafts.get(j))
                    .is_some_and(|d| d.kind == Some(BlockKind::Furniture))
            };
            let own_group = (draft.after_blank || furniture(i.checked_sub(2)))
                && !drafts[i].after_blank
                && (!touches(drafts, i + 1) || furniture(Some(i + 1)));
            let labelled = labels_picture(drafts[i].words) && is_one_short_sentence(draft);
            if draft.is_open_fragment() && !draft.bullet
                || own_group && draft.count <= 60
                || labelled
            {
                drafts[i - 1].kind = Some(BlockKind::Caption);
            }
        }
        let own_group = drafts[i].after_blank && touches(drafts, i + 1) && !touches(drafts, i + 2);
        if let Some(next) = drafts.get_mut(i + 1)
            && next.kind.is_none()
            && own_group
            && next.count <= 60
        {
            next.kind = Some(BlockKind::Caption);
        }
    }
}

/// "Image: Town of Lund.": a line of its own under a picture and its caption.
fn labels_picture(words: &str) -> bool {
    ["Image:", "Photo:", "Picture:", "Photograph:"]
        .iter()
        .any(|label| words.starts_with(label))
}

/// Captions are one sentence, and short.
fn is_one_short_sentence(draft: &Draft) -> bool {
    const LONGEST: usize = 30;
    let inner = draft.words.trim_end().trim_end_matches(['.', '!', '?']);
    draft.count <= LONGEST
        && !draft.bullet
        && !inner.contains(". ")
        && !inner.contains('\u{201c}')
        && !inner.contains('"')
}

/// Four or more very short lines in a row are a menu.
fn menus(drafts: &mut [Draft]) {
    let mut start = 0;
    while start < drafts.len() {
        // Numbers and colons make a table, which is content.
        let item = |d: &Draft| {
            d.is_open_fragment()
                && d.fragment
                && d.count <= 4
                && !d.bullet
                && !d.words.contains(|c: char| c == ':' || c.is_numeric())
        };
        let length = drafts[start..].iter().take_while(|d| item(d)).count();
        if length >= 4 && length < drafts.len() {
            for draft in &mut drafts[start..start + length] {
                draft.kind = Some(BlockKind::Furniture);
            }
        }
        start += length.max(1);
    }
}

/// "Boats lost: 2"
fn is_table_row(words: &str) -> bool {
    words.rsplit_once(':').is_some_and(|(name, number)| {
        !name.ends_with(|c: char| c.is_ascii_digit())
            && number.trim().starts_with(|c: char| c.is_ascii_digit())
    })
}

/// A short line alone above running text is a cross-head.
fn cross_heads(drafts: &mut [Draft]) {
    for i in (1..drafts.len()).rev() {
        let draft = &drafts[i];
        let short = draft.is_open_fragment() && draft.fragment && draft.count <= 10;
        let plain = !draft.bullet
            && !draft.words.ends_with([':', ',', ';', '-', '%'])
            && !is_table_row(draft.words)
            && draft
                .words
                .trim_start_matches(['\'', '"', '‘', '“'])
                .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let above = drafts
            .get(i + 1)
            .is_some_and(|d| d.is_running() || d.kind == Some(BlockKind::Headline));
        if draft.heading && draft.kind.is_none() || short && plain && above {
            drafts[i].kind = Some(BlockKind::Headline);
        }
    }
}
