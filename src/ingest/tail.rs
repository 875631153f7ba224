//! Judges what stands behind an article's text: menus, the name that signs it,
//! a line about its author, readers' comments. Pure and linear.

use super::BlockKind;
use super::blocks::Draft;
use super::bylines::is_person;
use super::rules::RULES;

/// Between the line that opens the comments and the first sign of one stand at
/// most so many others.
const NEAR: usize = 6;

/// Readers' comments, from the line that opens them to the end, are furniture,
/// with their names and dates.
pub(super) fn comments(drafts: &mut [Draft]) {
    let Some(lead) = drafts.iter().position(Draft::is_running) else {
        return;
    };
    let is_sign = |d: &Draft| d.count <= 12 && RULES.is_comment_sign(d.words, &d.normal);
    let opener = (lead + 1..drafts.len()).find(|i| {
        let draft = &drafts[*i];
        draft.count <= 12
            && RULES.opens_comments(&draft.normal)
            && drafts[i + 1..].iter().take(NEAR).any(is_sign)
    });
    if let Some(opener) = opener {
        for draft in &mut drafts[opener..] {
            draft.kind = Some(BlockKind::Furniture);
        }
    }
}

/// Judges what stands behind the last paragraph: a menu, or a person's name
/// that signs the article.
pub(super) fn judge(drafts: &mut [Draft]) {
    // The items of a menu are no sentences, a short quotation is one.
    let is_text = |d: &Draft| {
        d.is_running() || d.kind.is_none() && !d.fragment && d.count >= 4 && !d.words.ends_with('?')
    };
    let end = drafts.iter().rposition(is_text).map_or(0, |i| i + 1);
    let menu = drafts[end..]
        .iter()
        .position(|d| d.fragment && RULES.tail_openers.contains(&d.normal));
    if let Some(menu) = menu.filter(|_| end > 0) {
        // A date there is another article's.
        for draft in &mut drafts[end + menu..] {
            if draft.is_open_fragment() || draft.kind == Some(BlockKind::Date) {
                draft.kind = Some(BlockKind::Furniture);
            }
        }
    }
    let about = about_authors(drafts);
    for i in about {
        drafts[i].kind = Some(BlockKind::Byline);
    }
    if let Some(last) = drafts.iter_mut().rev().find(|d| {
        !matches!(
            d.kind,
            Some(BlockKind::Furniture | BlockKind::Byline | BlockKind::Credit)
        )
    }) && end > 0
        && last.is_open_fragment()
        && is_person(last.words.trim_start_matches(['-', '–', '—', ' ']))
    {
        last.kind = Some(BlockKind::Byline);
    }
}

/// Boxes of links inside the text: what follows an opener without a blank line
/// and is no sentence.
pub(super) fn boxes(drafts: &mut [Draft]) {
    let mut inside = false;
    for draft in drafts {
        let opens = draft.fragment && RULES.tail_openers.contains(&draft.normal);
        inside = opens
            || inside
                && !draft.after_blank
                && draft.is_open_fragment()
                && (draft.fragment || draft.words.ends_with('?'));
        if inside && draft.kind.is_none() {
            draft.kind = Some(BlockKind::Furniture);
        }
    }
}

/// Of the last paragraphs those that tell who wrote the article: "Ida Moss is a
/// reporter in Oslo." Only for names that a byline gives.
fn about_authors(drafts: &[Draft]) -> Vec<usize> {
    let bylines: Vec<&Draft> = drafts
        .iter()
        .filter(|d| d.kind == Some(BlockKind::Byline))
        .take(8)
        .collect();
    let from = drafts.len().saturating_sub(6);
    (from.max(1)..drafts.len())
        .filter(|i| {
            let draft = &drafts[*i];
            if draft.kind.is_some() || draft.count > 60 {
                return false;
            }
            let name = [" is ", " covers ", " writes ", " reports "]
                .iter()
                .filter_map(|verb| draft.normal.split_once(verb))
                .map(|(name, rest)| (name, rest.split(' ').take(12)))
                .find(|(name, _)| name.contains(' ') && name.len() < 60);
            name.is_some_and(|(name, mut rest)| {
                bylines.iter().any(|b| b.normal.contains(name))
                    && (!draft.normal.contains(" is ")
                        || rest.any(|w| RULES.job_last.contains(w.trim_end_matches([',', '.']))))
            })
        })
        .collect()
}
