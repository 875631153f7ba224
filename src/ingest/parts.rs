//! Cuts a paragraph where its purpose changes: a dateline before the first
//! sentence, a credit behind a caption, the reporters' names at the end. Pure
//! and linear.

use super::BlockKind;
use super::blocks::{Draft, LARGEST_BLOCK, LONGEST_LINE};
use super::bylines::is_byline;
use super::dateline::{Dateline, dateline};
use super::lines::{Paragraph, ends_sentence};
use super::rules::RULES;
use crate::language::sentences::is_blank;
use crate::text::Span;

/// Adds a paragraph, cut where a caption begins ("Image caption ..."), where its
/// credit begins ("... (Photo by Ida Moss)"), behind an agency's mark ("UPDATE
/// 2-...") and before the reporters' names ("... (Reporting by Ida Moss)").
pub(super) fn push<'t>(
    text: &'t str,
    mut draft: Draft<'t>,
    paragraph: &Paragraph,
    drafts: &mut Vec<Draft<'t>>,
) {
    let caption = draft.kind == Some(BlockKind::Caption);
    let start = draft.span.start as usize;
    let prefix = caption_prefix(draft.words).filter(|_| caption || draft.kind.is_none());
    let credit = credit_start(&draft);
    let slug = RULES.slug(draft.words).filter(|_| draft.kind.is_none());
    let signature = signature_start(&draft);
    let inner = inner_dateline(&draft);
    if [prefix, credit, slug, signature, inner]
        .iter()
        .all(Option::is_none)
    {
        drafts.push(draft);
        return;
    }
    let pictured = prefix.is_some() || credit.is_some();
    let mut part = |from: usize, to: usize, kind: Option<BlockKind>| {
        let words = draft.words.get(from..to).unwrap_or("");
        let from = from + words.len() - words.trim_start_matches(is_blank).len();
        let words = words.trim_matches(is_blank);
        if words.is_empty() {
            return;
        }
        let span = Span::new(start + from, start + from + words.len());
        let mut part = Draft::new(text, span, paragraph);
        part.kind = kind;
        part.after_blank = std::mem::replace(&mut draft.after_blank, false);
        drafts.push(part);
    };
    let length = draft.words.len();
    let slug = slug.or(inner.filter(|_| !pictured));
    let from = prefix.or(slug).unwrap_or(0);
    let to = credit.or(signature).unwrap_or(length);
    if inner.is_some() && slug == inner {
        // What runs into a dateline is a headline, a byline or both.
        let at = byline_start(&draft.words[..from]).unwrap_or(from);
        part(0, at, None);
        part(at, from, Some(BlockKind::Byline));
    } else {
        part(0, from, Some(BlockKind::Furniture));
    }
    part(from, to, pictured.then_some(BlockKind::Caption));
    let last = match credit {
        Some(_) => BlockKind::Credit,
        None => BlockKind::Byline,
    };
    part(to, length, Some(last));
}

/// Where the byline begins that ends the words: "Bridge falls By Ida Moss".
fn byline_start(words: &str) -> Option<usize> {
    let at = match words.starts_with("By ") {
        true => 0,
        false => words.rfind(" By ")? + 1,
    };
    is_byline(words[at..].trim_matches(is_blank), true).then_some(at)
}

/// Where a dateline with its agency begins inside the paragraph: "By Ida Moss
/// GENEVA (AP) --". Only the sign of the agency makes sure that it is one.
fn inner_dateline(draft: &Draft) -> Option<usize> {
    const FURTHEST: usize = 300;
    if draft.kind.is_some() || dateline(draft.words).is_some() {
        return None;
    }
    let words = draft.words;
    let open = words
        .char_indices()
        .take(FURTHEST)
        .map(|(i, _)| i)
        .find(|i| {
            let Some(inside) = words[*i..].strip_prefix('(') else {
                return false;
            };
            inside
                .find(')')
                .filter(|close| *close <= 30)
                .is_some_and(|close| {
                    let behind = inside[close + 1..].trim_start_matches(is_blank);
                    RULES.agencies.contains_key(&inside[..close])
                        && behind.starts_with(['-', '–', '—', '_'])
                })
        })?;
    // Back over the region and the date to the place in capitals.
    let mut at = 0;
    let mut before: Vec<(usize, &str)> = Vec::new();
    for word in words[..open].split_inclusive(is_blank) {
        before.push((at, word.trim_end_matches(is_blank)));
        at += word.len();
    }
    let mut start = None;
    for (at, word) in before.into_iter().rev().take(12) {
        let capitals = word.len() > 1
            && !word.contains(char::is_lowercase)
            && word.starts_with(char::is_uppercase);
        if capitals {
            start = Some(at);
        } else if start.is_some() || word.ends_with(['.', '!', '?']) && word.len() > 5 {
            break;
        }
    }
    start.filter(|at| *at > 0 && dateline(&words[*at..]).is_some())
}

/// Where "(Reporting by Ida Moss; ...)" begins that ends a paragraph.
fn signature_start(draft: &Draft) -> Option<usize> {
    let end = draft.words.trim_end_matches(['.', ' ']);
    if draft.kind.is_some() || !end.ends_with(')') || draft.words.len() > LARGEST_BLOCK {
        return None;
    }
    // The names are short; a long paragraph is looked at from its end.
    let mut tail = end.len().saturating_sub(600);
    while !end.is_char_boundary(tail) {
        tail += 1;
    }
    let lower = end[tail..].to_ascii_lowercase();
    let at = RULES
        .signature_openers
        .iter()
        .filter_map(|opener| lower.find(opener.as_str()))
        .min()?;
    (tail + at > 0).then_some(tail + at)
}

/// The length of what stands before the words of a caption.
fn caption_prefix(words: &str) -> Option<usize> {
    RULES
        .caption_prefixes
        .iter()
        .filter(|prefix| {
            let head = words.as_bytes().get(..prefix.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
        })
        .map(String::len)
        .find(|length| words.len() > *length)
}

/// Where the credit begins that ends a caption's paragraph.
fn credit_start(draft: &Draft) -> Option<usize> {
    if !matches!(draft.kind, None | Some(BlockKind::Caption))
        || draft.count > 80
        || draft.words.len() > LONGEST_LINE
    {
        return None;
    }
    // Only offsets in ASCII lower case are the same as in the words.
    let lower = draft.words.to_ascii_lowercase();
    let mut best: Option<usize> = None;
    let prefix = caption_prefix(draft.words).unwrap_or(0);
    for opener in &RULES.credit_openers {
        let Some(at) = lower
            .rfind(opener.as_str())
            .filter(|at| *at > 0 && *at >= prefix)
        else {
            continue;
        };
        let before = lower[..at].trim_end_matches(is_blank);
        let free = opener.starts_with('(')
            || draft.fragment
                && opener.ends_with(": ")
                && draft.words[at..].starts_with(char::is_uppercase)
            || before.ends_with(['.', '!', '?', '…', ')', '|', '/', '"', '”']);
        let rest = draft.words[at..].split_whitespace().count();
        let closed = !opener.starts_with('(') || lower.trim_end_matches(['.', ' ']).ends_with(')');
        let named = !opener.ends_with(' ')
            || draft.words[at + opener.len()..].starts_with(|c: char| !c.is_lowercase());
        let alone = lower[..at].ends_with(|c| is_blank(c) || c == '|');
        // A credit is no text of several sentences.
        let single = opener.starts_with('(') || !has_sentence_behind(&draft.words[at..]);
        if free && alone && closed && named && single && rest <= 14 && best.is_none_or(|b| at < b) {
            best = Some(at);
        }
    }
    let best = best.or_else(|| agency_start(draft));
    best.filter(|at| !draft.words[..*at].trim_matches(is_blank).is_empty())
}

/// Where the agency stands that ends a caption: "Karl Renn, left. AP"
fn agency_start(draft: &Draft) -> Option<usize> {
    if draft.kind != Some(BlockKind::Caption) {
        return None;
    }
    let (before, last) = draft.words.trim_end_matches('.').rsplit_once(' ')?;
    let named = RULES.agencies.contains_key(last) || matches!(last, "PA" | "EPA");
    (named && before.ends_with(['.', '!', '?', ')'])).then_some(before.len() + 1)
}

/// Whether a stop with a whole sentence behind it stands in the words.
fn has_sentence_behind(words: &str) -> bool {
    words.find(". ").is_some_and(|at| {
        let rest = &words[at + 2..];
        ends_sentence(rest) && rest.split_whitespace().count() >= 5
    })
}

/// Splits datelines off the paragraphs: the first from one of the first
/// paragraphs, whatever its form, and in digests those of later paragraphs that
/// have a dash. Returns the first one's agency.
pub(super) fn datelines(drafts: &mut Vec<Draft>) -> Option<&'static str> {
    let talk = drafts
        .iter()
        .filter(|d| d.kind.is_none() && has_speaker(d.words))
        .count()
        > 1;
    let mut agency = None;
    let mut looked = 0;
    let mut any = false;
    let mut out = Vec::with_capacity(drafts.len());
    for mut draft in drafts.drain(..) {
        let open = matches!(
            draft.kind,
            None | Some(BlockKind::Headline | BlockKind::Furniture)
        );
        if !open || draft.words.len() > LARGEST_BLOCK {
            out.push(draft);
            continue;
        }
        let running = draft.is_running();
        let whole = draft.fragment && draft.count <= 10;
        let line = dateline(draft.words).filter(|line| {
            let alone = line.rest == draft.words.len();
            let fits = alone && whole || !alone && draft.kind.is_none();
            let first = !any && looked < 3;
            fits && (first || line.dash && !alone && running) && !(talk && line.colon)
        });
        looked += usize::from(running);
        if let Some(line) = line {
            if !any {
                agency = line.agency;
            }
            any = true;
            out.push(cut_dateline(&mut draft, &line));
        }
        out.push(draft);
    }
    *drafts = out;
    agency
}

/// "LIND: ..." is who speaks, not where.
fn has_speaker(words: &str) -> bool {
    words.split_once(": ").is_some_and(|(name, _)| {
        name.len() <= 40
            && name.starts_with(char::is_uppercase)
            && !name.contains(|c: char| c.is_lowercase() || c == '"')
    })
}

/// Takes the dateline off the paragraph.
fn cut_dateline<'t>(draft: &mut Draft<'t>, line: &Dateline) -> Draft<'t> {
    let start = draft.span.start as usize;
    let split = Draft {
        span: Span::new(start, start + line.end),
        words: &draft.words[..line.end],
        kind: Some(BlockKind::Dateline),
        normal: String::new(),
        count: 0,
        fragment: true,
        after_blank: draft.after_blank,
        bullet: false,
        heading: false,
    };
    draft.span = Span {
        start: (start + line.rest) as u32,
        end: draft.span.end,
    };
    draft.words = &draft.words[line.rest..];
    draft.kind = None;
    split
}
