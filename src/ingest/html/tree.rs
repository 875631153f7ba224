//! From tags to a tree, in one list in the order of the page: a node's children
//! and theirs follow it up to its `end`. So every walk is a loop over the list,
//! and nothing is as deep as the page is nested. Pure and linear.
//!
//! The tree follows what browsers do where it matters for reading: which end
//! tags may be left out, what an unclosed tag covers, that a cell keeps its end
//! tags in. It does not move what stands in a wrong place.

use super::tags::{Attribute, Tag};
use super::tokens::{Token, Tokens};

/// Elements deeper than this stand beside their parents, as in browsers.
const DEEPEST: usize = 512;
/// Elements and stretches of text beyond this number are not read.
const MOST_NODES: usize = 2_000_000;
/// Attributes beyond this number are not read.
const MOST_ATTRIBUTES: usize = 3_000_000;
/// Comments kept, and the longest, in bytes.
const MOST_COMMENTS: usize = 64;
const LONGEST_COMMENT: usize = 4096;

/// An element, or words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'h> {
    pub(super) tag: Tag,
    /// The element's name as written, or the words with their references.
    pub(super) text: &'h str,
    pub(super) parent: u32,
    /// The first node that is not inside this one.
    pub(super) end: u32,
    first_attribute: u32,
    attributes: u32,
}

/// A page as a list of nodes. The first is the page itself.
pub(super) struct Tree<'h> {
    pub(super) nodes: Vec<Node<'h>>,
    attributes: Vec<(Attribute, &'h str)>,
    /// The page's first comments: they tell where it was saved from.
    pub(super) comments: Vec<&'h str>,
    /// Whether something had to be left out.
    pub(super) is_cut: bool,
}

impl<'h> Tree<'h> {
    /// The value of an attribute, with its references.
    pub(super) fn attribute(&self, node: usize, name: Attribute) -> Option<&'h str> {
        let node = self.nodes.get(node)?;
        let first = node.first_attribute as usize;
        self.attributes
            .get(first..first + node.attributes as usize)?
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| *value)
    }

    pub(super) fn has_attributes(&self, node: usize) -> bool {
        self.nodes.get(node).is_some_and(|node| node.attributes > 0)
    }

    /// The place behind the last node inside a node.
    pub(super) fn end(&self, node: usize) -> usize {
        self.nodes.get(node).map_or(node + 1, |n| n.end as usize)
    }

    pub(super) fn tag(&self, node: usize) -> Tag {
        self.nodes.get(node).map_or(Tag::Text, |n| n.tag)
    }

    /// The nodes above a node, the nearest first, without the page itself.
    pub(super) fn above(&self, node: usize) -> impl Iterator<Item = usize> {
        let mut at = node;
        std::iter::from_fn(move || {
            at = self.nodes.get(at)?.parent as usize;
            (at > 0).then_some(at)
        })
    }

    /// The words inside a node, as they stand in the page; of long ones the
    /// beginning.
    pub(super) fn words(&self, node: usize) -> String {
        const MOST_NODES: usize = 200;
        const LONGEST: usize = 2000;
        let mut out = String::new();
        let inner = self.nodes.get(node + 1..self.end(node)).unwrap_or_default();
        for node in inner.iter().take(MOST_NODES) {
            if out.len() > LONGEST {
                break;
            }
            match node.tag {
                Tag::Text if node.text.len() <= LONGEST => {
                    out.push_str(&super::references::decode(node.text, false));
                }
                Tag::Br => out.push(' '),
                tag if tag.is_block() => out.push(' '),
                _ => {}
            }
        }
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

struct Builder<'h> {
    tree: Tree<'h>,
    /// Open elements, the innermost last.
    open: Vec<u32>,
    /// How many of them are paragraphs, links and drawings.
    paragraphs: usize,
    links: usize,
    drawings: usize,
    xml: bool,
    has_body: bool,
    has_html: bool,
}

/// Builds the tree of a page.
pub(super) fn tree(page: &str) -> Tree<'_> {
    let mut tokens = Tokens::new(page);
    let mut builder = Builder {
        tree: Tree {
            nodes: vec![Node {
                tag: Tag::Root,
                text: "",
                parent: 0,
                end: 0,
                first_attribute: 0,
                attributes: 0,
            }],
            attributes: Vec::new(),
            comments: Vec::new(),
            is_cut: false,
        },
        open: vec![0],
        paragraphs: 0,
        links: 0,
        drawings: 0,
        xml: tokens.xml,
        has_body: false,
        has_html: false,
    };
    while let Some(token) = tokens.next() {
        if builder.tree.nodes.len() >= MOST_NODES {
            builder.tree.is_cut = true;
            break;
        }
        match token {
            Token::Text(text) => {
                if !text.is_empty() {
                    builder.add(Tag::Text, text, &[]);
                }
            }
            Token::Start { name, closed } => builder.start(name, closed, &tokens.attributes),
            Token::End(name) => builder.end(name),
            Token::Comment(words) => builder.comment(words),
        }
    }
    builder.close_to(0);
    let length = builder.tree.nodes.len() as u32;
    if let Some(root) = builder.tree.nodes.first_mut() {
        root.end = length;
    }
    builder.tree
}

impl<'h> Builder<'h> {
    fn comment(&mut self, words: &'h str) {
        let comments = &mut self.tree.comments;
        let telling = words.len() <= LONGEST_COMMENT
            && ["saved", "url:", "ARCHIVED", "INTERNET ARCHIVE"]
                .iter()
                .any(|w| words.contains(w));
        if telling && comments.len() < MOST_COMMENTS {
            comments.push(words);
        }
    }

    /// Adds a node without opening it.
    fn add(&mut self, tag: Tag, text: &'h str, attributes: &[(Attribute, &'h str)]) -> u32 {
        let at = self.tree.nodes.len() as u32;
        let room = MOST_ATTRIBUTES.saturating_sub(self.tree.attributes.len());
        let kept = attributes
            .get(..attributes.len().min(room))
            .unwrap_or_default();
        self.tree.is_cut |= kept.len() < attributes.len();
        self.tree.nodes.push(Node {
            tag,
            text,
            parent: self.open.last().copied().unwrap_or(0),
            end: at + 1,
            first_attribute: self.tree.attributes.len() as u32,
            attributes: kept.len() as u32,
        });
        self.tree.attributes.extend_from_slice(kept);
        at
    }

    fn tag(&self, depth: usize) -> Tag {
        let node = self.open.get(depth).copied().unwrap_or(0);
        self.tree.tag(node as usize)
    }

    /// Closes the open elements from `depth` on.
    fn close_to(&mut self, depth: usize) {
        let length = self.tree.nodes.len() as u32;
        while self.open.len() > depth.max(1) {
            let Some(node) = self.open.pop() else { break };
            if let Some(node) = self.tree.nodes.get_mut(node as usize) {
                node.end = length;
                self.paragraphs -= usize::from(node.tag == Tag::P);
                self.links -= usize::from(node.tag == Tag::A);
                self.drawings -= usize::from(is_drawing(node.text));
            }
        }
    }

    /// The depth of the innermost open element that `is` accepts, not looking
    /// beyond one that `stop` accepts.
    fn find(&self, is: impl Fn(Tag) -> bool, stop: impl Fn(Tag) -> bool) -> Option<usize> {
        for depth in (1..self.open.len()).rev() {
            let tag = self.tag(depth);
            if is(tag) {
                return Some(depth);
            }
            if stop(tag) {
                return None;
            }
        }
        None
    }

    fn close(&mut self, is: impl Fn(Tag) -> bool, stop: impl Fn(Tag) -> bool) {
        if let Some(depth) = self.find(is, stop) {
            self.close_to(depth);
        }
    }

    fn start(&mut self, name: &'h str, closed: bool, attributes: &[(Attribute, &'h str)]) {
        let tag = Tag::of(name);
        match tag {
            Tag::Head => return,
            Tag::Html if std::mem::replace(&mut self.has_html, true) => return,
            Tag::Body if std::mem::replace(&mut self.has_body, true) => return,
            _ => {}
        }
        if self.drawings > 0 && tag.ends_paragraph() {
            self.leave_drawing();
        }
        if self.paragraphs > 0 && tag.ends_paragraph() {
            self.close(|t| t == Tag::P, |t| t.is_scope() || t == Tag::Button);
        }
        self.imply_ends(tag);
        let node = self.add(tag, name, attributes);
        if Tag::is_void(name) || closed && (self.xml || is_drawing(name)) {
            return;
        }
        if self.open.len() < DEEPEST {
            self.open.push(node);
            self.paragraphs += usize::from(tag == Tag::P);
            self.links += usize::from(tag == Tag::A);
            self.drawings += usize::from(is_drawing(name));
        }
    }

    /// Ends a drawing that was never closed: no block stands in one, but in a
    /// part of it that is meant for them.
    fn leave_drawing(&mut self) {
        for depth in (1..self.open.len()).rev() {
            let node = self.open.get(depth).copied().unwrap_or(0) as usize;
            let name = self.tree.nodes.get(node).map_or("", |n| n.text);
            if name.eq_ignore_ascii_case("foreignObject") {
                return;
            }
            if is_drawing(name) {
                return self.close_to(depth);
            }
        }
    }

    /// Closes what a start tag closes without an end tag.
    fn imply_ends(&mut self, tag: Tag) {
        let in_table = |t: Tag| matches!(t, Tag::Table | Tag::Root);
        match tag {
            Tag::Item => self.close(|t| t == Tag::Item, |t| t == Tag::List || t.is_scope()),
            Tag::Definition => self.close(
                |t| t == Tag::Definition,
                |t| matches!(t, Tag::List | Tag::Block) || t.is_scope(),
            ),
            Tag::Cell => self.close(|t| t == Tag::Cell, |t| t == Tag::Row || in_table(t)),
            Tag::Row => self.close(|t| t == Tag::Row, in_table),
            Tag::RowGroup => self.close(|t| t == Tag::RowGroup || t == Tag::Row, in_table),
            Tag::Heading(_) => {
                if matches!(self.tag(self.open.len() - 1), Tag::Heading(_)) {
                    self.close_to(self.open.len() - 1);
                }
            }
            Tag::A if self.links > 0 => self.close_link(),
            Tag::Button => self.close(|t| t == Tag::Button, Tag::is_scope),
            _ => {}
        }
    }

    /// Ends the open link. Where other elements were opened inside it and never
    /// closed, nobody knows what it covers, and it counts as no link.
    fn close_link(&mut self) {
        let Some(depth) = self.find(|t| t == Tag::A, Tag::is_scope) else {
            return;
        };
        let inside = self.open.get(depth + 1..).unwrap_or_default();
        let crossed = inside.iter().any(|node| {
            let tag = self.tree.tag(*node as usize);
            tag.is_block() && tag != Tag::P
        });
        if !crossed {
            self.close_to(depth);
            return;
        }
        let node = self.open.get(depth).copied().unwrap_or(0);
        if let Some(node) = self.tree.nodes.get_mut(node as usize) {
            node.tag = Tag::Other;
            self.links -= 1;
        }
    }

    fn end(&mut self, name: &'h str) {
        let tag = Tag::of(name);
        let in_table = |t: Tag| matches!(t, Tag::Table | Tag::Root);
        match tag {
            // What follows the body belongs to it.
            Tag::Html | Tag::Body | Tag::Head => {}
            Tag::Br => {
                self.add(Tag::Br, name, &[]);
            }
            Tag::P => match self.find(|t| t == Tag::P, Tag::is_scope) {
                Some(depth) => self.close_to(depth),
                // A browser opens and closes an empty paragraph.
                None => {
                    self.add(Tag::P, name, &[]);
                }
            },
            Tag::Heading(_) => {
                self.close(|t| matches!(t, Tag::Heading(_)), Tag::is_scope);
            }
            Tag::A => self.close_link(),
            Tag::Cell => self.close(|t| t == Tag::Cell, in_table),
            Tag::Row => self.close(|t| t == Tag::Row, in_table),
            Tag::RowGroup => self.close(|t| t == Tag::RowGroup, in_table),
            Tag::Table => self.close(|t| t == Tag::Table, |t| t == Tag::Root),
            Tag::Other | Tag::Time | Tag::Button | Tag::Unseen => self.end_named(name, tag),
            Tag::Block => self.end_named(name, tag),
            _ => self.close(|t| t == tag, Tag::is_scope),
        }
    }

    /// Ends the innermost element of this name. An element in the line does not
    /// end the blocks that were opened inside it.
    fn end_named(&mut self, name: &str, tag: Tag) {
        for depth in (1..self.open.len()).rev() {
            let node = self.open.get(depth).copied().unwrap_or(0) as usize;
            let Some(node) = self.tree.nodes.get(node) else {
                return;
            };
            if node.tag == tag && node.text.eq_ignore_ascii_case(name) {
                self.close_to(depth);
                return;
            }
            if node.tag.is_scope() || tag == Tag::Other && node.tag.is_block() {
                return;
            }
        }
    }
}

/// Elements in which `<a/>` has no content, as in XML.
fn is_drawing(name: &str) -> bool {
    name.eq_ignore_ascii_case("svg") || name.eq_ignore_ascii_case("math")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, expected: &str) {
        let tree = tree(page);
        let mut out = String::new();
        let mut ends = Vec::new();
        for (at, node) in tree.nodes.iter().enumerate().skip(1) {
            while ends.last().is_some_and(|end| *end <= at) {
                ends.pop();
                out.push(')');
            }
            out.push_str(node.text);
            if node.tag != Tag::Text {
                out.push('(');
                ends.push(node.end as usize);
            }
        }
        out.extend(ends.iter().map(|_| ')'));
        assert_eq!(out, expected);
    }

    #[test]
    fn trees() {
        check("<p>a<p>b<div>c</div>d", "p(a)p(b)div(c)d");
        check("<div>a</p>b</div>c", "div(ap()b)c");
        check(
            "<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e",
            "ul(li(a)li(bul(li(c)))li(d))e",
        );
        check(
            "<table><tr><td>a</div><td>b<table><tr><td>c</table></table>d",
            "table(tr(td(a)td(btable(tr(td(c))))))d",
        );
        check("<b>a<p>b</b>c</p>d", "b(ap(bc)d)");
        check("<i>a</i>b<br>c<br/>d</br>e", "i(a)bbr()cbr()dbr()e");
        check("<a>b<a>c</a>d", "a(b)a(c)d");
        check(
            "<html><head><title>a</title></head><body>b<body>c</body></html>d",
            "html(title(a)body(bcd))",
        );
        check("<dl><dt>a<dd>b<dt>c</dl>", "dl(dt(a)dd(b)dt(c))");
        check("<h1>a</h2>b<h2>c<h3>d", "h1(a)bh2(c)h3(d)");
        check("<div><x>a</div>b</x>c", "div(x(a))bc");
        check("<?xml?><div/>a", "div()a");
        check("<div/>a", "div(a)");
        check("<p><svg/>a", "p(svg()a)");
        check(
            "<div><svg><path/><g><p>a</p></div>b",
            "div(svg(path(g()))p(a))b",
        );
        check("<div><video>a</div>b", "div(video(a))b");
    }

    #[test]
    fn a_link_that_never_ends_is_none() {
        let tree = tree("<a href=b>a<div>c<a href=d>e</a>f</div>");
        let links = tree.nodes.iter().filter(|n| n.tag == Tag::A).count();
        assert_eq!(links, 1);
    }
}
