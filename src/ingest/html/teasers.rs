//! Lists of other stories on the page of one: a linked title and the beginning
//! of the text, again and again. Pure and linear.

use super::marks::{ARTICLE, BODY, SURE_BODY};
use super::runs::Run;
use super::tree::Tree;

/// So many neighbours of one shape are a list.
const FEWEST: u8 = 3;
/// A teaser has no more paragraphs than this.
const MOST_PARAGRAPHS: u8 = 2;
/// A linked title has at least so many words.
const FEWEST_WORDS: usize = 3;

/// For each run, whether it belongs to a list of teasers. `weights`: those of
/// the runs as running text. Within what the page itself calls an article or
/// its text nothing is one: posts of a live blog have the same shape.
pub(super) fn teasers(tree: &Tree, marks: &[u16], runs: &[Run], weights: &[usize]) -> Vec<bool> {
    let length = tree.nodes.len();
    let mut paragraphs = vec![0_u8; length];
    let mut titles = vec![0_u8; length];
    for (run, weight) in runs.iter().zip(weights) {
        let block = run.block as usize;
        let is_title = run.is_linked(80) && run.words() >= FEWEST_WORDS;
        if let (Some(paragraphs), Some(titles)) = (paragraphs.get_mut(block), titles.get_mut(block))
        {
            *paragraphs = paragraphs.saturating_add(u8::from(*weight > 0));
            *titles = titles.saturating_add(u8::from(is_title));
        }
    }
    for at in (1..length).rev() {
        let parent = tree.nodes[at].parent as usize;
        paragraphs[parent] = paragraphs[parent].saturating_add(paragraphs[at]);
        titles[parent] = titles[parent].saturating_add(titles[at]);
    }
    let alike = |at: usize| {
        tree.tag(at).is_block() && titles[at] > 0 && (1..=MOST_PARAGRAPHS).contains(&paragraphs[at])
    };
    // How many such elements each element holds, and whether an article is
    // around it.
    let mut held = vec![0_u8; length];
    let mut own = vec![false; length];
    for at in 1..length {
        let parent = tree.nodes[at].parent as usize;
        let mark = marks.get(parent).copied().unwrap_or(0);
        own[at] = own[parent] || mark & (ARTICLE | BODY | SURE_BODY) != 0;
        if alike(at) && !own[at] {
            held[parent] = held[parent].saturating_add(1);
        }
    }
    let mut inside = vec![false; length];
    for at in 1..length {
        let parent = tree.nodes[at].parent as usize;
        inside[at] = inside[parent] || alike(at) && !own[at] && held[parent] >= FEWEST;
    }
    let is_teaser = |run: &Run| inside.get(run.block as usize).copied().unwrap_or(false);
    runs.iter().map(is_teaser).collect()
}
