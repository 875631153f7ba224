//! From the tree to runs: stretches of words that belong to one line or
//! paragraph, each with what stands around it. Pure and linear.

use super::super::lines::ends_sentence;
use super::marks::{
    ARTICLE, BYLINE, CAPTION, CREDIT, DATE, FURNITURE, HEADER, HEADLINE, HIDDEN, MAIN, MARGIN,
};
use super::references;
use super::tags::{Attribute, Tag};
use super::tree::Tree;

/// One line or paragraph of a page.
#[derive(Debug, Clone, Default)]
pub(super) struct Run {
    /// The words, single spaces between; a line break where the page has one.
    pub(super) text: String,
    /// The element whose words these are.
    pub(super) block: u32,
    /// How many bytes of the words stand in links.
    pub(super) linked: usize,
    /// The marks of all elements around it.
    pub(super) marks: u16,
    /// 1 to 6 in a heading.
    pub(super) heading: u8,
    /// The list item that it stands in, 0 for none.
    pub(super) item: u32,
    /// The table of data whose row it is, 0 for none.
    pub(super) table: u32,
}

impl Run {
    pub(super) fn words(&self) -> usize {
        self.text.split_ascii_whitespace().count()
    }

    /// Whether at least `percent` of the words are links.
    pub(super) fn is_linked(&self, percent: usize) -> bool {
        self.linked * 100 >= self.text.len() * percent
    }
}

/// Tables with more nodes than this are taken for layout.
const LARGEST_TABLE: usize = 20_000;

#[derive(Clone, Copy)]
struct State {
    end: usize,
    block: u32,
    marks: u16,
    heading: u8,
    item: u32,
    table: u32,
    link: bool,
    pre: bool,
}

struct Walk<'t, 'h> {
    tree: &'t Tree<'h>,
    runs: Vec<Run>,
    run: Run,
    /// A space, line breaks or the border of a cell to come before the next
    /// word.
    space: bool,
    breaks: u8,
    cell: bool,
    /// Whether the next word is the first behind a tag.
    fresh: bool,
}

/// The runs of a page in order. What is hidden is left out, boilerplate is not:
/// its marks tell it.
pub(super) fn runs(tree: &Tree, marks: &[u16]) -> Vec<Run> {
    let mut walk = Walk {
        tree,
        runs: Vec::new(),
        run: Run::default(),
        space: false,
        breaks: 0,
        cell: false,
        fresh: false,
    };
    let mut states = vec![State {
        end: tree.nodes.len(),
        block: 0,
        marks: 0,
        heading: 0,
        item: 0,
        table: 0,
        link: false,
        pre: false,
    }];
    let mut at = 1;
    while let Some(node) = tree.nodes.get(at) {
        while states.len() > 1 && states.last().is_some_and(|s| s.end <= at) {
            let inner = states.pop().map_or(0, |s| s.block);
            if let Some(state) = states.last()
                && state.block != inner
            {
                walk.flush();
            }
        }
        let Some(state) = states.last().copied() else {
            break;
        };
        let mark = marks.get(at).copied().unwrap_or(0);
        match node.tag {
            Tag::Text => walk.text(node.text, &state),
            Tag::Script | Tag::Raw | Tag::Unseen | Tag::Title | Tag::Button => {
                at = tree.end(at);
                continue;
            }
            // A button or a mark inside a line is no part of the line.
            _ if mark & HIDDEN != 0 || mark & FURNITURE != 0 && !node.tag.is_block() => {
                at = tree.end(at);
                continue;
            }
            Tag::Br => walk.breaks = walk.breaks.saturating_add(1),
            Tag::Cell if state.table != 0 => walk.cell = true,
            _ if node.end as usize > at + 1 || node.tag.is_block() => {
                let mut inner = walk.enter(at, mark, &state);
                if mark & DATE != 0 && walk.parts_date(&state)
                    || parts_caption(mark, &state)
                    || state.marks & BYLINE != 0 && walk.is_date_of_byline(at, &state)
                {
                    inner.block = at as u32;
                }
                if inner.block != state.block {
                    walk.flush();
                }
                if node.end as usize > at + 1 {
                    states.push(inner);
                } else if inner.block != state.block {
                    walk.flush();
                }
            }
            _ => {}
        }
        at += 1;
    }
    walk.flush();
    walk.runs
}

impl Walk<'_, '_> {
    /// What holds inside an element.
    fn enter(&self, at: usize, mark: u16, outer: &State) -> State {
        let tag = self.tree.tag(at);
        let mut state = State {
            end: self.tree.end(at),
            ..*outer
        };
        state.marks |= mark & !HEADER;
        // The head of an article belongs to it, that of the page does not.
        if mark & HEADER != 0 && outer.marks & (ARTICLE | MAIN) == 0 {
            state.marks |= HEADER;
        }
        let block = tag.is_block()
            && (state.table == 0 || matches!(tag, Tag::Row | Tag::Table | Tag::Caption));
        match tag {
            Tag::Heading(level) => state.heading = level,
            Tag::Item => state.item = at as u32,
            Tag::List => state.item = 0,
            Tag::Pre => state.pre = true,
            Tag::A => {
                let href = self.tree.attribute(at, Attribute::Href);
                // "#" alone is a button; "#part" leads to another place of the text.
                state.link |= href.is_some_and(|href| {
                    !href.is_empty() && (!href.starts_with('#') || href == "#")
                });
            }
            Tag::Table if state.table == 0 && is_data(self.tree, at) => state.table = at as u32,
            _ => {}
        }
        if block {
            state.block = at as u32;
        }
        state
    }

    /// Whether a date that is marked as one begins a line of its own: behind a
    /// name, "Jane Roe <span class=date>4 March</span>", but not behind a word
    /// that leads to it, nor inside a sentence.
    fn parts_date(&self, state: &State) -> bool {
        const LONGEST_NAME: usize = 8;
        self.may_part(state) && self.run.words() <= LONGEST_NAME
    }

    /// Whether what follows may begin a line: no word before it leads to it.
    fn may_part(&self, state: &State) -> bool {
        // Longer ones are no lines of names and days, and are not walked again
        // for every element in them.
        const LONGEST: usize = 300;
        let text = self.run.text.as_str();
        if text.len() > LONGEST {
            return false;
        }
        let last = text.rsplit(' ').next().unwrap_or_default();
        let leads = last.ends_with([':', ',', '(']) || last.chars().all(char::is_lowercase);
        state.table == 0
            && state.heading == 0
            && !text.is_empty()
            && !leads
            && !matches!(last, "Published" | "Posted" | "Updated" | "On" | "Date")
    }

    /// Whether an element in the line of who wrote it holds the day.
    fn is_date_of_byline(&self, at: usize, state: &State) -> bool {
        const LONGEST: usize = 60;
        let words = self.tree.nodes.get(at + 1);
        self.may_part(state)
            && words.is_some_and(|node| {
                node.tag == Tag::Text
                    && node.text.trim().len() <= LONGEST
                    && super::dates::shown(node.text).is_some()
            })
    }

    /// Ends the run.
    fn flush(&mut self) {
        self.breaks = 0;
        self.space = false;
        self.cell = false;
        let mut run = std::mem::take(&mut self.run);
        while let Some(at) = head_line(&run.text) {
            let rest = run.text.split_off(at);
            let linked = run.linked.min(run.text.len());
            self.runs.push(Run {
                linked,
                ..run.clone()
            });
            run.linked -= linked;
            run.text = rest.trim_start().to_owned();
        }
        if run.text.chars().any(char::is_alphanumeric) {
            self.runs.push(run);
        }
    }

    fn text(&mut self, raw: &str, state: &State) {
        let text = references::decode(raw, false);
        self.fresh = true;
        if state.pre {
            for (i, line) in text.split('\n').enumerate() {
                self.breaks = self.breaks.saturating_add(u8::from(i > 0));
                self.line(line, state);
            }
        } else {
            self.line(&text, state);
        }
    }

    fn line(&mut self, text: &str, state: &State) {
        let mut rest = text;
        while !rest.is_empty() {
            let trimmed = rest.trim_start_matches(is_space);
            self.space |= trimmed.len() < rest.len();
            let end = trimmed.find(is_space).unwrap_or(trimmed.len());
            let (word, after) = trimmed.split_at(end);
            rest = after;
            if word.is_empty() {
                continue;
            }
            if word.bytes().all(|b| (0x21..0x7f).contains(&b)) {
                self.word(word, state);
            } else {
                let word: String = word.chars().filter(|c| !is_invisible(*c)).collect();
                if !word.is_empty() {
                    self.word(&word, state);
                }
            }
        }
    }

    fn word(&mut self, word: &str, state: &State) {
        if self.breaks > 1 && state.table == 0 && !self.run.text.is_empty() {
            self.flush();
        }
        let run = &mut self.run;
        if run.text.is_empty() {
            run.block = state.block;
            run.marks = state.marks;
            run.heading = state.heading;
            run.item = state.item;
            run.table = state.table;
        } else if self.cell {
            run.text.push_str(" | ");
        } else if self.breaks > 0 {
            run.text.push(if state.table == 0 { '\n' } else { ' ' });
        } else if self.space || self.fresh && are_glued(&run.text, word) {
            run.text.push(' ');
        }
        self.fresh = false;
        // A date or name inside a line marks the line while it is short; so it
        // takes the marks of all its words.
        run.marks |= state.marks & (BYLINE | DATE | HEADLINE | CAPTION);
        run.text.push_str(word);
        run.linked += if state.link { word.len() + 1 } else { 0 };
        self.space = false;
        self.breaks = 0;
        self.cell = false;
    }
}

/// Whether an element in the line holds the words under a picture, or in these
/// the name of who made it: styles set both apart from what stands around them.
fn parts_caption(mark: u16, outer: &State) -> bool {
    let wanted = if outer.marks & CAPTION == 0 {
        CAPTION
    } else {
        CREDIT & !outer.marks
    };
    outer.table == 0 && outer.heading == 0 && mark & wanted != 0
}

/// Whether words on both sides of a tag are two, which the page's styles set
/// apart: "near Lund.<span>Photograph ...", but not "i<b>Phone</b>".
fn are_glued(text: &str, word: &str) -> bool {
    const FEWEST: usize = 3;
    let ended = text.strip_suffix(['.', '!', '?']);
    let last = ended.unwrap_or(text).chars().rev().take(FEWEST);
    let fits = |c: &char| c.is_lowercase() || ended.is_some() && c.is_ascii_digit();
    let mut first = word.chars();
    last.filter(fits).count() == FEWEST
        && first.next().is_some_and(char::is_uppercase)
        && first.next().is_some_and(char::is_lowercase)
}

/// The end of a first line that stands for itself, as headlines, names and
/// dates do on pages without paragraphs.
fn head_line(text: &str) -> Option<usize> {
    const MOST_WORDS: usize = 8;
    let (line, rest) = text.split_once('\n')?;
    let short = line.len() < 100 && line.split(' ').count() <= MOST_WORDS;
    let next = rest.chars().next().is_some_and(|c| !c.is_lowercase());
    (short
        && next
        && line.chars().any(char::is_alphanumeric)
        && !ends_sentence(line)
        && !line.ends_with([',', ';']))
    .then_some(line.len())
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Characters that nobody sees and that cut words: soft hyphens, joiners of no
/// width, marks of direction, controls.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a table holds data, not the page's layout: rows of several short
/// cells.
fn is_data(tree: &Tree, table: usize) -> bool {
    let end = tree.end(table);
    if end - table > LARGEST_TABLE {
        return false;
    }
    if tree
        .attribute(table, Attribute::Role)
        .is_some_and(|r| r.eq_ignore_ascii_case("presentation"))
    {
        return false;
    }
    let (mut rows, mut cells, mut bytes, mut longest, mut cell) = (0, 0, 0, 0, 0);
    for node in tree.nodes.get(table + 1..end).unwrap_or_default() {
        match node.tag {
            Tag::Table | Tag::Heading(_) | Tag::Form | Tag::Article => return false,
            Tag::Row => rows += 1,
            Tag::Cell => {
                cells += 1;
                cell = 0;
            }
            Tag::Text => {
                let length = node.text.trim_ascii().len();
                bytes += length;
                cell += length;
                longest = longest.max(cell);
            }
            _ => {}
        }
    }
    rows >= 2 && cells >= rows * 2 && bytes <= cells * 80 && longest <= 400
}

/// Whether the run is no part of an article.
pub(super) fn is_furniture(run: &Run) -> bool {
    run.marks & (FURNITURE | MARGIN) != 0 || is_credit(run) || is_copyright(&run.text)
}

/// Whether the run says who made a picture, and no more.
pub(super) fn is_credit(run: &Run) -> bool {
    const MOST_WORDS: usize = 10;
    let says = run.marks & CREDIT != 0 || run.text.starts_with("Credit");
    run.marks & CAPTION != 0 && says && run.words() <= MOST_WORDS
}

/// A line that says whose the page is: "© 1998 The Example Post".
fn is_copyright(text: &str) -> bool {
    const LONGEST: usize = 200;
    const NEAR: usize = 30;
    let signed = ["©", "(c) ", "(C) ", "Copyright ", "COPYRIGHT "]
        .iter()
        .find_map(|sign| text.strip_prefix(sign));
    signed.is_some_and(|rest| {
        text.len() <= LONGEST && rest.chars().take(NEAR).any(|c| c.is_ascii_digit())
    })
}
