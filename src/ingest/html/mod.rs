//! Web pages as browsers and archives save them: the article's text, and what
//! the page says of title, author, outlet, address and date. Pure; time and
//! memory grow with the page's length alone, and nothing calls itself.
//!
//! `tokens` cuts the page, `tree` puts it into one flat list, `marks` says what
//! elements are for, `runs` makes lines and paragraphs, `teasers` finds
//! lists of other stories, `main_text` chooses what is the article's. `facts` and `json_ld` collect what the page's data
//! say, `dates`, `titles` and `address` judge it.

mod address;
mod authors;
mod dates;
mod facts;
mod json_ld;
mod main_text;
mod marks;
#[cfg(test)]
mod pages_tests;
mod references;
mod runs;
mod sniff;
mod tags;
mod teasers;
#[cfg(test)]
mod tests;
mod titles;
mod tokens;
mod tree;

#[cfg(test)]
use super::GivenDate;
use super::Metadata;
use facts::Facts;
use main_text::Found;
pub(super) use sniff::{declared_encoding, looks_like_html};
use std::collections::BTreeSet;

/// What a saved web page gives.
#[derive(Debug, Clone, Default)]
pub(super) struct Page {
    /// The article's text: a blank line between paragraphs, the headline first,
    /// captions on lines of their own. Empty when the page has none.
    pub(super) text: String,
    /// Which paragraphs of the text the page marks as words under a picture.
    pub(super) captions: BTreeSet<String>,
    /// Title, outlet, address, publication date; each where found.
    pub(super) metadata: Metadata,
    /// Author line, where found.
    pub(super) author: Option<String>,
    /// For people: which part of the page each came from: ("title", "meta
    /// og:title"), ("published", "JSON-LD datePublished"), ("text",
    /// "`<article>`").
    pub(super) origins: Vec<(&'static str, String)>,
    /// What was odd.
    pub(super) notes: Vec<String>,
}

/// Less running text than this is little, in bytes: then the page is read again
/// with what it hides, or the text is taken from its data.
const LITTLE: usize = 250;

/// Reads a page. Any text gives a page, if need be an empty one.
pub(super) fn read(html: &str) -> Page {
    let tree = tree::tree(html);
    let facts = Facts::of(&tree);
    let mut page = Page::default();
    if tree.is_cut {
        page.notes
            .push("the page is very large; its end was not read".to_owned());
    }
    page.notes.extend(facts.data.notes.iter().cloned());
    let outlets = outlets(&facts);
    let author = facts.author(None).map(|(author, _)| author);
    let given: Vec<(String, String)> = facts
        .titles()
        .into_iter()
        .map(|(title, origin)| {
            let bare = titles::bare(&title, &outlets);
            (titles::unsigned(&bare, author.as_deref()), origin)
        })
        .filter(|(title, _)| !title.is_empty() && !outlets.iter().any(|o| o == title))
        .collect();
    let mut names: Vec<String> = given.iter().map(|(title, _)| title.clone()).collect();
    names.extend(
        facts
            .title
            .as_deref()
            .map(|title| titles::bare(title, &outlets)),
    );
    let (found, marks) = main_text(&tree, &names, &outlets);
    dated(&mut page, &tree, &facts, &marks, &found, &names);
    titled(&mut page, &facts, &found, given, &outlets);
    if page.author.is_none() {
        let from = found.part.start.min(found.head.start);
        page.author = authors::marked(&tree, from..found.head.end);
        let origin = page.author.is_some().then_some("author");
        page.origins
            .extend(origin.map(|field| (field, "element of the author".to_owned())));
    }
    if let Some((url, origin)) = facts.addresses.first() {
        page.metadata.url = Some(url.clone());
        page.origins.push(("url", (*origin).to_owned()));
    }
    text(&mut page, &facts, found, &names);
    page
}

/// All that a fragment shows, a line a paragraph: what stands in a field of
/// something else is an article however short it is.
pub(super) fn whole(html: &str) -> String {
    let tree = tree::tree(html);
    let marks = marks::of_tree(&tree, marks::Reach::Shown);
    let lines: Vec<String> = runs::runs(&tree, &marks)
        .iter()
        .map(|run| run.text.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n\n")
}

/// The article's text; where little is shown, or another thing than the data
/// tell, also what only a script shows.
fn main_text(tree: &tree::Tree, names: &[String], outlets: &[String]) -> (Found, Vec<u16>) {
    let find = |reach: marks::Reach| {
        let marks = marks::of_tree(tree, reach);
        let runs = runs::runs(tree, &marks);
        (main_text::find(tree, &marks, &runs, names, outlets), marks)
    };
    let shown = find(marks::Reach::Shown);
    if shown.0.length >= LITTLE {
        // Without the headline that the data tell it may be a box over the page,
        // which is hidden until the reader has consented to something.
        if shown.0.headline.is_none() && !names.is_empty() && marks::hides_article(&shown.1) {
            let hidden = find(marks::Reach::Hidden);
            if hidden.0.headline.is_some() && hidden.0.length >= LITTLE {
                return hidden;
            }
        }
        return shown;
    }
    let all = find(marks::Reach::All);
    if all.0.length > shown.0.length * 2 {
        all
    } else {
        shown
    }
}

/// All names that the page gives its outlet.
fn outlets(facts: &Facts) -> Vec<String> {
    let publisher = facts
        .data
        .article(None, &[])
        .and_then(|said| said.publisher.clone());
    let named = facts.outlet(publisher.clone()).map(|(name, _)| name);
    let other = facts.outlet(None).map(|(name, _)| name);
    let host = facts
        .addresses
        .first()
        .and_then(|(url, _)| address::host(url));
    // "examplepost.com" is also "examplepost".
    let label = host
        .as_deref()
        .and_then(|h| h.rsplit('.').nth(1))
        .map(str::to_owned);
    [
        publisher,
        named,
        other,
        facts.data.site.clone(),
        host,
        label,
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn dated(
    page: &mut Page,
    tree: &tree::Tree,
    facts: &Facts,
    marks: &[u16],
    found: &Found,
    names: &[String],
) {
    let (candidates, around) =
        facts.dates(tree, marks, found.part.clone(), found.head.clone(), names);
    if let Some((date, origin)) = dates::choose(candidates, &around, &mut page.notes) {
        page.metadata.published = Some(date);
        page.origins.push(("published", origin));
    }
}

/// Title, outlet and author.
fn titled(
    page: &mut Page,
    facts: &Facts,
    found: &Found,
    given: Vec<(String, String)>,
    outlets: &[String],
) {
    let address = facts.addresses.first().map(|(url, _)| url.as_str());
    let hints: Vec<String> = given.iter().map(|(title, _)| title.clone()).collect();
    let said = facts
        .data
        .article(address, &hints)
        .cloned()
        .unwrap_or_default();
    let shown = found.headline.clone();
    let mut outlet = facts.outlet(said.publisher.or_else(|| facts.data.page.publisher.clone()));
    if let Some(title) = &facts.title
        && outlet.is_none()
    {
        let headline = shown.as_ref().or(hints.first()).map_or("", String::as_str);
        outlet = titles::outlet(title, headline).map(|name| (name, "<title>".to_owned()));
    }
    let mut all: Vec<String> = outlets.to_vec();
    all.extend(outlet.iter().map(|(name, _)| name.clone()));
    if outlet.is_none() {
        outlet = address
            .and_then(address::host)
            .map(|host| (host, "address".to_owned()));
    }
    let whole = |(title, origin): (String, String)| {
        // "Storm closes harbour after ..." is a longer title cut off.
        let head = title
            .strip_suffix('…')
            .or(title.strip_suffix("..."))
            .map(str::trim_end);
        let longer = head.and_then(|head| {
            let others = given.iter().map(|(t, _)| t).chain(&shown);
            others
                .filter(|t| t.len() > title.len() && t.starts_with(head))
                .max_by_key(|t| t.len())
        });
        (longer.cloned().unwrap_or_else(|| title.clone()), origin)
    };
    let title = given
        .first()
        .cloned()
        .map(whole)
        .or_else(|| Some((shown.clone()?, "headline".to_owned())))
        .or_else(|| {
            Some((
                titles::bare(facts.title.as_deref()?, &all),
                "<title>".to_owned(),
            ))
        });
    if let Some((title, origin)) = title {
        page.metadata.title = Some(title);
        page.origins.push(("title", origin));
    }
    if let Some((name, origin)) = outlet {
        let host = address.and_then(address::host);
        page.metadata.source = Some(titles::name_alone(&name, host.as_deref()));
        page.origins.push(("source", origin));
    }
    let shown = found.byline.clone().map(|line| (line, "byline".to_owned()));
    if let Some((author, origin)) = facts.author(said.author).or(shown) {
        let plain = ["By ", "by ", "BY "]
            .iter()
            .find_map(|by| author.strip_prefix(by))
            .unwrap_or(&author);
        page.author = Some(plain.trim().to_owned());
        page.origins.push(("author", origin));
    }
}

/// The text that the page shows, or that of its data where it shows little.
fn text(page: &mut Page, facts: &Facts, found: Found, names: &[String]) {
    let address = facts.addresses.first().map(|(url, _)| url.as_str());
    let body = facts
        .data
        .article(address, names)
        .and_then(|said| said.body.as_deref())
        .unwrap_or("");
    let enough = found.length >= LITTLE && body.len() < found.length * 3;
    if !enough && body.trim().len() > found.length * 3 / 2 && body.trim().len() >= 40 {
        page.text = data_text(body, page.metadata.title.as_deref());
        page.origins
            .push(("text", "JSON-LD articleBody".to_owned()));
        page.notes
            .push("the page shows little text; it was taken from the page's data".to_owned());
        return;
    }
    if !found.text.is_empty() {
        page.text = found.text;
        page.captions = found.captions;
        page.origins.push(("text", found.origin));
    }
}

/// The text of an `articleBody`: paragraphs by line, or HTML.
fn data_text(body: &str, title: Option<&str>) -> String {
    let once = references::decode(body, false);
    let html = ["</p>", "<br", "</div>"]
        .iter()
        .any(|mark| once.contains(mark));
    let source = if html {
        once.into_owned()
    } else {
        // As paragraphs of their own; "<" in the text is text.
        once.lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| format!("<p>{}</p>", line.replace('&', "&amp;").replace('<', "&lt;")))
            .collect()
    };
    let tree = tree::tree(&source);
    let marks = vec![0; tree.nodes.len()];
    let mut blocks: Vec<String> = title.map(str::to_owned).into_iter().collect();
    blocks.extend(runs::runs(&tree, &marks).into_iter().map(|run| run.text));
    blocks.dedup();
    blocks.join("\n\n") + "\n"
}

/// The date as metadata hold it, for tests and people.
#[cfg(test)]
fn edtf(date: Option<&GivenDate>) -> &str {
    date.map_or("-", |date| &date.edtf)
}
