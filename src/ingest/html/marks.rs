//! What an element is for, as far as its name, class, id and role tell. Pure.

use super::tags::{Attribute, Tag};
use super::tree::Tree;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Boilerplate by itself: menus, share bars, comments.
pub(super) const FURNITURE: u16 = 1;
/// Boilerplate unless much of the text is there: margins, forms.
pub(super) const MARGIN: u16 = 1 << 1;
/// The running text of an article.
pub(super) const BODY: u16 = 1 << 2;
/// The words under a picture.
pub(super) const CAPTION: u16 = 1 << 3;
/// Who wrote it.
pub(super) const BYLINE: u16 = 1 << 4;
/// When it appeared.
pub(super) const DATE: u16 = 1 << 5;
/// The article's title.
pub(super) const HEADLINE: u16 = 1 << 6;
/// Not shown.
pub(super) const HIDDEN: u16 = 1 << 7;
/// A whole article.
pub(super) const ARTICLE: u16 = 1 << 8;
/// The page's main part.
pub(super) const MAIN: u16 = 1 << 9;
/// The head of the page, or of a part of it.
pub(super) const HEADER: u16 = 1 << 10;
/// The running text, in the page's own data: `itemprop="articleBody"`.
pub(super) const SURE_BODY: u16 = 1 << 11;

#[derive(Deserialize)]
struct File {
    mark: Vec<Mark>,
}

#[derive(Deserialize)]
struct Mark {
    name: String,
    words: Vec<String>,
    #[cfg(test)]
    yes: Vec<String>,
    #[cfg(test)]
    no: Vec<String>,
}

impl Mark {
    fn bit(&self) -> u16 {
        match self.name.as_str() {
            "furniture" => FURNITURE,
            "margin" => MARGIN,
            "body" => BODY,
            "caption" => CAPTION,
            "byline" => BYLINE,
            "date" => DATE,
            "headline" => HEADLINE,
            "hidden" => HIDDEN,
            _ => 0,
        }
    }
}

fn file() -> File {
    toml::from_str(include_str!("marks.toml")).unwrap_or(File { mark: Vec::new() })
}

/// The marks of words. Only looked up, never walked.
static WORDS: LazyLock<HashMap<String, u16>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for mark in file().mark {
        let bit = mark.bit();
        for word in mark.words {
            *words.entry(word.to_ascii_lowercase()).or_default() |= bit;
        }
    }
    words
});

/// Of a class attribute no more than this is looked at, in bytes.
const LONGEST_CLASS: usize = 600;
/// Of one class no more than this many words.
const MOST_WORDS: usize = 8;

/// The marks of a class or id attribute.
pub(super) fn of_class(value: &str) -> u16 {
    let mut end = value.len().min(LONGEST_CLASS);
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    let mut marks = 0;
    for class in value[..end].split_ascii_whitespace() {
        let found = of_word(class);
        // "article-body-ad" is an advertisement, "article-body no-ads" is not.
        let boring = found & (FURNITURE | MARGIN | HIDDEN);
        marks |= if boring != 0 { boring } else { found };
    }
    if marks & BODY != 0 {
        marks & !(FURNITURE | MARGIN)
    } else {
        marks
    }
}

fn of_word(class: &str) -> u16 {
    // Page builders call every part a widget, and themes name options so.
    if class.starts_with("elementor") || class.contains([':', '/', '[']) {
        return 0;
    }
    for option in [
        "no-",
        "has-",
        "with-",
        "hide-",
        "tag-",
        "category-",
        "js-",
        "is-type-",
    ] {
        if class.starts_with(option) && !class.starts_with("js-article") {
            return 0;
        }
    }
    let mut lower = String::with_capacity(class.len());
    let mut starts = Vec::with_capacity(MOST_WORDS + 1);
    let mut before = ' ';
    for c in class.chars() {
        if !c.is_alphanumeric() {
            before = c;
            continue;
        }
        let begins = !before.is_alphanumeric() || c.is_uppercase() && before.is_lowercase();
        if begins {
            if starts.len() == MOST_WORDS {
                break;
            }
            starts.push(lower.len());
        }
        lower.push(c.to_ascii_lowercase());
        before = c;
    }
    starts.push(lower.len());
    let mut marks = 0;
    for (i, start) in starts.iter().enumerate() {
        for end in starts.iter().skip(i + 1).take(3) {
            let word = lower.get(*start..*end).unwrap_or("");
            marks |= WORDS.get(word).copied().unwrap_or(0);
        }
    }
    marks
}

/// The marks of all nodes of a page. `lenient`: nothing is hidden or in the
/// margin, for pages that show their text only after a script ran.
pub(super) fn of_tree(tree: &Tree, lenient: bool) -> Vec<u16> {
    let mut marks: Vec<u16> = (0..tree.nodes.len())
        .map(|node| of_node(tree, node, lenient))
        .collect();
    protect(tree, &mut marks);
    marks
}

fn of_node(tree: &Tree, node: usize, lenient: bool) -> u16 {
    let tag = tree.tag(node);
    let mut marks = match tag {
        Tag::Text | Tag::Root => return 0,
        Tag::Nav | Tag::Footer | Tag::Aside => FURNITURE,
        Tag::Form => MARGIN,
        Tag::Article => ARTICLE,
        Tag::Main => MAIN,
        Tag::Header => HEADER,
        Tag::Figcaption => CAPTION,
        Tag::Time => DATE,
        _ => 0,
    };
    if !tree.has_attributes(node) {
        return marks;
    }
    let is = |name: Attribute, values: &[&str]| {
        tree.attribute(node, name).is_some_and(|v| {
            v.split_ascii_whitespace()
                .any(|v| values.iter().any(|k| k.eq_ignore_ascii_case(v)))
        })
    };
    for name in [Attribute::Class, Attribute::Id] {
        let found = tree.attribute(node, name).map_or(0, of_class);
        marks |= if lenient {
            found & !(MARGIN | HIDDEN)
        } else {
            found
        };
    }
    if is(Attribute::Class, &["hentry", "h-entry"]) || is(Attribute::Role, &["article"]) {
        marks |= ARTICLE;
    }
    for name in [Attribute::Itemprop, Attribute::Property] {
        if is(
            name,
            &["articleBody", "schema:articleBody", "content:encoded"],
        ) {
            marks |= BODY | SURE_BODY;
        }
        if is(name, &["headline"]) {
            marks |= HEADLINE;
        }
        if is(name, &["datePublished"]) {
            marks |= DATE;
        }
        if is(name, &["author"]) {
            marks |= BYLINE;
        }
    }
    if is(Attribute::Rel, &["author"]) {
        marks |= BYLINE;
    }
    if is(Attribute::Role, &["main"]) {
        marks |= MAIN;
    }
    const BORING: [&str; 10] = [
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "dialog",
        "alertdialog",
        "menu",
        "toolbar",
        "menubar",
    ];
    if is(Attribute::Role, &BORING) {
        marks |= FURNITURE;
    }
    if !lenient && is_hidden(tree, node) {
        marks |= HIDDEN;
    }
    // What holds the page takes its classes from what the page has, and an
    // article from its topics.
    if matches!(tag, Tag::Html | Tag::Body | Tag::Main | Tag::Article) {
        let own = if tree
            .attribute(node, Attribute::Class)
            .is_some_and(|c| of_class(c) & FURNITURE != 0 && is_comment(c))
        {
            FURNITURE
        } else {
            0
        };
        let page = matches!(tag, Tag::Html | Tag::Body);
        marks &= !(FURNITURE | MARGIN | BYLINE | DATE | CAPTION | HEADLINE);
        marks |= own & if page { 0 } else { FURNITURE };
        if page {
            marks &= !(HIDDEN | BODY | ARTICLE | SURE_BODY);
        }
    }
    marks
}

/// Blogs write comments and teasers of other articles as articles.
fn is_comment(class: &str) -> bool {
    class.split_ascii_whitespace().any(|c| {
        c.starts_with("comment")
            || c.contains("related")
            || c.contains("teaser")
            || c.contains("promo")
    })
}

fn is_hidden(tree: &Tree, node: usize) -> bool {
    if tree
        .attribute(node, Attribute::Hidden)
        .is_some_and(|v| !v.eq_ignore_ascii_case("until-found"))
    {
        return true;
    }
    // Blogs write the day of the last change beside that of publication, and
    // their styles hide it.
    if tree.tag(node) == Tag::Time
        && tree.attribute(node, Attribute::Class).is_some_and(|c| {
            let has = |word: &str| c.split_ascii_whitespace().any(|c| c == word);
            has("updated") && !has("published")
        })
    {
        return true;
    }
    if tree
        .attribute(node, Attribute::AriaHidden)
        .is_some_and(|v| v.eq_ignore_ascii_case("true"))
    {
        return true;
    }
    tree.attribute(node, Attribute::Style).is_some_and(|style| {
        style.split(';').any(|rule| {
            rule.split_once(':').is_some_and(|(name, value)| {
                let (name, value) = (name.trim(), value.trim());
                // Far outside the window: what only scripts use.
                let far = value.strip_prefix('-').is_some_and(|length| {
                    length.bytes().take_while(u8::is_ascii_digit).count() >= 4
                });
                let place = ["left", "top", "text-indent"]
                    .iter()
                    .any(|n| name.eq_ignore_ascii_case(n));
                far && place
                    || name.eq_ignore_ascii_case("display") && starts(value, "none")
                    || name.eq_ignore_ascii_case("visibility") && starts(value, "hidden")
            })
        })
    })
}

fn starts(text: &str, word: &str) -> bool {
    text.get(..word.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(word))
}

/// Takes the marks of boilerplate from what holds the article's title, its
/// text, or much of the page's text.
fn protect(tree: &Tree, marks: &mut [u16]) {
    const MOST_TITLES: usize = 3;
    let length = tree.nodes.len();
    let titles = tree
        .nodes
        .iter()
        .filter(|n| n.tag == Tag::Heading(1))
        .count();
    let mut titles_left = if titles > MOST_TITLES { 1 } else { titles };
    let mut inside = vec![0_u16; length];
    let mut plain = vec![0_u32; length];
    let mut unread = 0;
    let mut link = 0;
    for (at, node) in tree.nodes.iter().enumerate() {
        match node.tag {
            Tag::Heading(1) if titles_left > 0 => {
                titles_left -= 1;
                inside[at] |= HEADLINE;
            }
            Tag::Script | Tag::Raw | Tag::Unseen | Tag::Title => {
                unread = unread.max(node.end as usize)
            }
            Tag::A => link = link.max(node.end as usize),
            Tag::Text if at >= unread && at >= link => {
                plain[at] = node.text.trim_ascii().len() as u32
            }
            _ => {}
        }
        inside[at] |= marks[at] & (MAIN | BODY | SURE_BODY | ARTICLE);
    }
    for at in (1..length).rev() {
        let parent = tree.nodes[at].parent as usize;
        inside[parent] |= inside[at];
        plain[parent] = plain[parent].saturating_add(plain[at]);
    }
    let total = plain.first().copied().unwrap_or(0).max(1);
    for at in 1..length {
        let (holds, share) = (inside[at], u64::from(plain[at]) * 100 / u64::from(total));
        if marks[at] & FURNITURE != 0
            && (holds & (MAIN | SURE_BODY) != 0 || holds & HEADLINE != 0 && share >= 30)
        {
            marks[at] &= !FURNITURE;
        }
        if marks[at] & MARGIN != 0
            && (holds & (MAIN | BODY | HEADLINE) != 0 && share >= 10 || share >= 40)
        {
            marks[at] &= !MARGIN;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples() {
        let file = file();
        assert_eq!(file.mark.len(), 8);
        for mark in file.mark {
            assert_ne!(mark.bit(), 0, "{}", mark.name);
            for class in &mark.yes {
                assert_ne!(of_class(class) & mark.bit(), 0, "{}: {class}", mark.name);
            }
            for class in &mark.no {
                assert_eq!(of_class(class) & mark.bit(), 0, "{}: {class}", mark.name);
            }
        }
    }
}
