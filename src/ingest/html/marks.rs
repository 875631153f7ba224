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
/// Pictures of other stories to leaf through: boilerplate, unless they are all
/// that the page has.
pub(super) const GALLERY: u16 = 1 << 12;
/// Who made a picture.
pub(super) const CREDIT: u16 = 1 << 13;

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
            "gallery" => GALLERY,
            "credit" => CREDIT,
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
        let boring = found & (FURNITURE | MARGIN | HIDDEN | GALLERY);
        marks |= if boring != 0 { boring } else { found };
    }
    if marks & BODY != 0 {
        marks & !(FURNITURE | MARGIN | GALLERY)
    } else {
        marks
    }
}

fn of_word(class: &str) -> u16 {
    // Page builders call every part a widget, themes name options so, and some
    // classes are styles: "modal-shown_C(a)".
    if class.starts_with("elementor") || class.contains([':', '/', '[', '(']) {
        return 0;
    }
    for option in [
        "no-",
        "has-",
        "hasnt-",
        "without-",
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
    // "is-showing-newsletter" is a state of what may be the whole page.
    let state = class.starts_with("is-") || class.starts_with("is_");
    let mut marks = 0;
    for (i, start) in starts.iter().enumerate() {
        for end in starts.iter().skip(i + 1).take(3) {
            let word = lower.get(*start..*end).unwrap_or("");
            marks |= WORDS.get(word).copied().unwrap_or(0);
        }
    }
    if state { marks & HIDDEN } else { marks }
}

/// How much of a page is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// What it shows.
    Shown,
    /// Also what it hides.
    Hidden,
    /// Also its margins and galleries, for pages that show their text only
    /// after a script ran.
    All,
}

/// The marks of all nodes of a page.
pub(super) fn of_tree(tree: &Tree, reach: Reach) -> Vec<u16> {
    let mut marks: Vec<u16> = (0..tree.nodes.len())
        .map(|node| of_node(tree, node, reach))
        .collect();
    protect(tree, &mut marks);
    marks
}

/// Whether an article, or the element that holds it, may be hidden.
pub(super) fn hides_article(marks: &[u16]) -> bool {
    marks.iter().any(|mark| mark & HIDDEN != 0) && marks.iter().any(|mark| mark & ARTICLE != 0)
}

fn of_node(tree: &Tree, node: usize, reach: Reach) -> u16 {
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
        marks |= match reach {
            Reach::Shown => found,
            Reach::Hidden => found & !HIDDEN,
            Reach::All => found & !(MARGIN | HIDDEN | GALLERY),
        };
    }
    if marks & GALLERY != 0 && tag.is_block() {
        marks |= FURNITURE;
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
    // Alone it is meant; beside other classes it may hold for small windows.
    let class = tree.attribute(node, Attribute::Class).unwrap_or("").trim();
    if reach == Reach::Shown && (is_hidden(tree, node) || class == "hidden") {
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
    // One h1 is the title; of several one may be that of a box.
    let enough = if titles > 1 { 50 } else { 30 };
    let mut inside = vec![0_u16; length];
    // Bytes of words in no link; and of those that are shown.
    let mut plain = vec![0_u32; length];
    let mut shown = vec![0_u32; length];
    // The nearest element above that is an article or its text.
    let mut holder = vec![0_u32; length];
    let mut unread = 0;
    let mut hidden = 0;
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
            _ if marks[at] & HIDDEN != 0 => hidden = hidden.max(node.end as usize),
            Tag::Text if at >= unread && at >= link => {
                plain[at] = node.text.trim_ascii().len() as u32;
                shown[at] = if at < hidden { 0 } else { plain[at] };
            }
            _ => {}
        }
        inside[at] |= marks[at] & (MAIN | BODY | SURE_BODY | ARTICLE);
        let parent = node.parent as usize;
        holder[at] = match marks[parent] & (BODY | SURE_BODY | ARTICLE) {
            0 => holder[parent],
            _ => parent as u32,
        };
    }
    for at in (1..length).rev() {
        let parent = tree.nodes[at].parent as usize;
        // Comments and teasers are written as articles too.
        let boring = marks[at] & (FURNITURE | MARGIN) != 0 && marks[at] & ARTICLE != 0;
        inside[parent] |= if boring {
            inside[at] & !ARTICLE
        } else {
            inside[at]
        };
        plain[parent] = plain[parent].saturating_add(plain[at]);
        shown[parent] = shown[parent].saturating_add(shown[at]);
    }
    let percent = |bytes: &[u32], at: usize, of: usize| {
        let of = bytes.get(of).copied().unwrap_or(0).max(1);
        u64::from(bytes[at]) * 100 / u64::from(of)
    };
    // The head of an article, into which a script has put its buttons.
    let is_head = |at: usize| tree.tag(at) == Tag::Header && holder[at] > 0;
    for at in 1..length {
        let (holds, all) = (inside[at], percent(&plain, at, 0));
        if marks[at] & FURNITURE != 0
            && (holds & (MAIN | SURE_BODY) != 0
                || holds & HEADLINE != 0 && (all >= enough || is_head(at))
                || holds & ARTICLE != 0 && percent(&shown, at, 0) >= 75)
        {
            marks[at] &= !FURNITURE;
        }
        // The part of an article that is folded away at first.
        let most = holder[at] > 0 && percent(&plain, at, holder[at] as usize) >= 40;
        if marks[at] & MARGIN != 0
            && (holds & (MAIN | BODY | HEADLINE) != 0 && all >= 10 || all >= 40 || most)
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
        assert_eq!(file.mark.len(), 10);
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
