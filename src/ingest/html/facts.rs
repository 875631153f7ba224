//! What the elements of a page say of its article outside the text: `meta`,
//! `link`, `title`, microdata, `time`, comments, scripts. Pure and linear.

use super::address;
use super::dates::{self, Around, Candidate, Day};
use super::json_ld::{Data, is_article};
use super::main_text::likeness;
use super::marks::{FURNITURE, MARGIN};
use super::references;
use super::tags::{Attribute, Tag};
use super::tree::Tree;

/// `meta` elements beyond this number are not looked at.
const MOST_METAS: usize = 2000;
/// Values longer than this are none, in bytes.
const LONGEST_VALUE: usize = 2000;
/// Elements with a date that are looked at.
const MOST_DATES: usize = 500;

/// Names under which `meta` elements give the day of publication, the most
/// trusted first.
const PUBLISHED: [&str; 35] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "dc:date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "og:pubdate",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published-date",
    "published_date",
    "publication_date",
    "publication-date",
    "originalpublicationdate",
    "article_date_original",
    "govuk:first-published-at",
    "article.published",
    "displaydate",
    "ptime",
    "date",
];
const MODIFIED: [&str; 9] = [
    "article:modified_time",
    "og:updated_time",
    "article:modified",
    "datemodified",
    "last-modified",
    "lastmod",
    "dcterms.modified",
    "dc.date.modified",
    "utime",
];
const TITLES: [&str; 2] = ["og:title", "twitter:title"];
const AUTHORS: [&str; 12] = [
    "author",
    "article:author",
    "article:author_name",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "og:article:author",
    "cxenseparse:author",
    "twitter:creator:name",
];
const OUTLETS: [&str; 7] = [
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "dc.publisher",
    "dcterms.publisher",
    "citation_journal_title",
    "publisher",
];

/// Everything that is said of the article.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// The names in lower case, and the values.
    metas: Vec<(String, String)>,
    pub(super) title: Option<String>,
    /// The addresses found, the most trusted first, and where.
    pub(super) addresses: Vec<(String, &'static str)>,
    pub(super) copied: Option<Day>,
    pub(super) data: Data,
}

impl Facts {
    pub(super) fn of(tree: &Tree) -> Facts {
        let mut facts = Facts::default();
        let (mut canonical, mut comment, mut script) = (None, None, None);
        let mut copies = Vec::new();
        for words in &tree.comments {
            let (address, day) = address::from_comment(words);
            comment = comment.or(address);
            copies.extend(day);
        }
        let mut unseen = 0;
        for (at, node) in tree.nodes.iter().enumerate() {
            match node.tag {
                Tag::Unseen if !node.text.eq_ignore_ascii_case("noscript") => {
                    unseen = unseen.max(node.end as usize);
                }
                Tag::Title if at >= unseen && facts.title.is_none() => {
                    facts.title = Some(tree.words(at)).filter(|t| !t.is_empty());
                }
                Tag::Meta if facts.metas.len() < MOST_METAS => facts.meta(tree, at),
                Tag::Link if canonical.is_none() => {
                    let is = tree.attribute(at, Attribute::Rel).is_some_and(|rel| {
                        rel.split_ascii_whitespace()
                            .any(|rel| rel.eq_ignore_ascii_case("canonical"))
                    });
                    let href = tree.attribute(at, Attribute::Href).filter(|_| is);
                    copies.extend(href.and_then(|href| address::unwrapped(href).1));
                    canonical = href.map(str::to_owned);
                }
                Tag::Script => {
                    let words = tree
                        .nodes
                        .get(at + 1)
                        .filter(|n| n.tag == Tag::Text && at + 1 < node.end as usize);
                    let Some(words) = words.map(|n| n.text) else {
                        continue;
                    };
                    let kind = tree.attribute(at, Attribute::Type).unwrap_or("");
                    if kind
                        .trim()
                        .to_ascii_lowercase()
                        .starts_with("application/ld+json")
                    {
                        facts.data.add(words);
                    } else if script.is_none() && words.len() < 4000 {
                        script = wayback(words);
                    }
                }
                _ => {}
            }
        }
        facts.data.finish();
        if let Some((_, day)) = &script {
            copies.extend(*day);
        }
        facts.copied = copies.into_iter().min();
        facts.collect_addresses(canonical, comment, script.map(|s| s.0));
        facts
    }

    fn meta(&mut self, tree: &Tree, at: usize) {
        let Some(content) = tree.attribute(at, Attribute::Content) else {
            return;
        };
        if content.len() > LONGEST_VALUE || content.trim().is_empty() {
            return;
        }
        let content = references::decode(content, true);
        let value = content.split_whitespace().collect::<Vec<_>>().join(" ");
        for name in [Attribute::Property, Attribute::Name] {
            if let Some(name) = tree.attribute(at, name) {
                let name = name.trim().to_ascii_lowercase();
                self.metas.push((name, value.clone()));
            }
        }
    }

    /// The first value of the first of these names that has one, with the name.
    fn first(&self, names: &[&'static str]) -> Option<(&str, &'static str)> {
        names.iter().find_map(|name| {
            let found = self.metas.iter().find(|(known, _)| known == name)?;
            Some((found.1.as_str(), *name))
        })
    }

    fn collect_addresses(
        &mut self,
        canonical: Option<String>,
        comment: Option<String>,
        script: Option<String>,
    ) {
        let article = self
            .data
            .article(None, &[])
            .and_then(|said| said.url.clone());
        let page = self.data.page.url.clone();
        let og = self
            .metas
            .iter()
            .find(|(name, _)| name == "og:url")
            .map(|(_, url)| url.clone());
        let found = [
            (canonical.as_deref(), "link canonical"),
            (og.as_deref(), "meta og:url"),
            (article.as_deref(), "JSON-LD url"),
            (page.as_deref(), "JSON-LD page"),
            (comment.as_deref(), "saved-from comment"),
            (script.as_deref(), "archive's script"),
        ];
        let mut addresses: Vec<(String, &'static str)> = found
            .into_iter()
            .filter_map(|(url, from)| Some((address::clean(url?)?, from)))
            .collect();
        // "/2017/06/26/storm" with the host of another of them.
        if let Some(path) = canonical.filter(|c| c.starts_with('/') && !c.starts_with("//"))
            && let Some(other) = addresses.first().map(|(url, _)| url.clone())
            && let Some(host) = other.split('/').nth(2)
        {
            let scheme = other.split(':').next().unwrap_or("https");
            if let Some(whole) = address::clean(&format!("{scheme}://{host}{path}")) {
                addresses.insert(0, (whole, "link canonical"));
            }
        }
        // An address of the front page is a mistake where another is of a page.
        addresses.sort_by_key(|(url, _)| address::path(url).is_empty() && !url.contains('?'));
        self.addresses = addresses;
    }

    /// The article's titles in its data, the most trusted first.
    pub(super) fn titles(&self) -> Vec<(String, String)> {
        let mut titles = Vec::new();
        let hint: Vec<String> = self
            .first(&TITLES)
            .map(|(t, _)| t.to_owned())
            .into_iter()
            .chain(self.title.clone())
            .collect();
        let address = self.addresses.first().map(|(url, _)| url.as_str());
        let said = self.data.article(address, &hint);
        // A headline that is a description: the page itself has the other name.
        let named = |name: &str| {
            self.title
                .as_deref()
                .is_some_and(|t| likeness(t, name) >= 80)
        };
        let said = said.and_then(|said| match (&said.headline, &said.name) {
            (Some(headline), Some(name)) if named(name) && !named(headline) => Some(name.clone()),
            (headline, _) => headline.clone(),
        });
        titles.extend(said.map(|t| (t, "JSON-LD headline".to_owned())));
        for name in TITLES {
            if let Some((title, _)) = self.first(&[name]) {
                titles.push((title.to_owned(), format!("meta {name}")));
            }
        }
        titles
    }

    pub(super) fn author(&self, said: Option<String>) -> Option<(String, String)> {
        let said = said.map(|author| (author, "JSON-LD author".to_owned()));
        let meta = || {
            AUTHORS.iter().find_map(|name| {
                let all: Vec<&str> = self
                    .metas
                    .iter()
                    .filter(|(known, _)| known == name)
                    .map(|(_, v)| v.as_str())
                    .collect();
                let plain: Vec<&str> = all
                    .into_iter()
                    .filter(|v| !v.contains("://") && v.len() < 200)
                    .take(12)
                    .collect();
                (!plain.is_empty()).then(|| (plain.join(", "), format!("meta {name}")))
            })
        };
        said.filter(|(author, _)| !author.contains("://"))
            .or_else(meta)
    }

    /// The outlet in the page's data.
    pub(super) fn outlet(&self, publisher: Option<String>) -> Option<(String, String)> {
        let said = publisher.map(|name| (name, "JSON-LD publisher".to_owned()));
        said.or_else(|| {
            OUTLETS.iter().find_map(|name| {
                let (value, name) = self.first(&[name])?;
                Some((value.to_owned(), format!("meta {name}")))
            })
        })
        .or_else(|| Some((self.data.site.clone()?, "JSON-LD WebSite".to_owned())))
        .filter(|(name, _)| name.len() <= 100 && !name.contains("://"))
    }

    /// Whether the page is one of a wiki, whose text changes all the time.
    fn is_wiki(&self, tree: &Tree) -> bool {
        let by = self.first(&["generator"]).map_or("", |(by, _)| by);
        let is_text = |at: usize| {
            tree.attribute(at, Attribute::Class)
                .is_some_and(|c| c.split_ascii_whitespace().any(|c| c == "mw-parser-output"))
        };
        by.starts_with("MediaWiki") || (1..tree.nodes.len()).any(is_text)
    }

    /// All dates that may be the day of publication, the most trusted first, and
    /// what else tells of time. `part`: the nodes of the article; `head`: those
    /// from its headline to its first paragraph.
    pub(super) fn dates(
        &self,
        tree: &Tree,
        marks: &[u16],
        part: std::ops::Range<usize>,
        head: std::ops::Range<usize>,
        titles: &[String],
    ) -> (Vec<Candidate>, Around) {
        let mut found = Vec::new();
        let mut push = |value: &str, origin: String, address: bool| {
            found.extend(dates::read(value).map(|value| Candidate {
                value,
                origin,
                address,
            }));
        };
        let address = self.addresses.first().map(|(url, _)| url.as_str());
        let said = self.data.article(address, titles);
        // In a wiki that is the day somebody began the page, not that of the text.
        let wiki = self.is_wiki(tree);
        let begun = |date: &Option<String>| date.clone().filter(|_| !wiki);
        if let Some(date) = said.and_then(|s| begun(&s.published)).as_deref() {
            push(date, "JSON-LD datePublished".to_owned(), false);
        }
        for name in PUBLISHED {
            if let Some((date, _)) = self.first(&[name]) {
                push(date, format!("meta {name}"), false);
            }
        }
        let elements = Elements::of(tree, marks, &part, &head);
        for (value, origin) in elements.published {
            push(&value, origin.to_owned(), false);
        }
        if said.and_then(|s| s.published.as_deref()).is_none()
            && let Some(date) = self.data.page.published.as_deref()
        {
            push(date, "JSON-LD datePublished of the page".to_owned(), false);
        }
        let mut around = Around {
            copied: self.copied,
            ..Around::default()
        };
        if let Some(url) = address {
            if let Some(day) = address::day(url) {
                push(&day.edtf(), "address".to_owned(), true);
            }
            around.month = month_of(url);
        }
        let modified = said.and_then(|s| s.modified.as_deref()).into_iter();
        let modified = modified.chain(
            MODIFIED
                .iter()
                .filter_map(|name| Some(self.first(&[name])?.0)),
        );
        around.modified = modified.filter_map(dates::read).collect();
        around.shown = head
            .filter_map(|at| tree.nodes.get(at))
            .filter(|node| node.tag == Tag::Text)
            .filter_map(|node| dates::shown(node.text))
            .collect();
        (found, around)
    }
}

/// The year and month of an address: "/2017/04/".
fn month_of(url: &str) -> Option<(u32, u32)> {
    let parts: Vec<&str> = address::path(url).split('/').take(40).collect();
    parts.windows(2).find_map(|pair| {
        let year = pair[0]
            .parse::<u32>()
            .ok()
            .filter(|y| pair[0].len() == 4 && (1990..2099).contains(y))?;
        let month = dates::month(pair[1])
            .or_else(|| pair[1].parse().ok().filter(|_| pair[1].len() <= 2))?;
        (1..=12).contains(&month).then_some((year, month))
    })
}

/// `__wm.wombat("http://example.org/a","20170627101500",...)`: what the Wayback
/// Machine writes into a copy.
fn wayback(script: &str) -> Option<(String, Option<Day>)> {
    let (_, rest) = script.split_once("__wm.wombat(")?;
    let mut strings = rest.split('"').skip(1).step_by(2);
    let address = strings.next()?.to_owned();
    let stamp = strings
        .next()
        .and_then(|s| s.get(..8))
        .and_then(Day::of_digits);
    Some((address, stamp))
}

/// Dates of single elements.
struct Elements {
    published: Vec<(String, &'static str)>,
}

impl Elements {
    fn of(
        tree: &Tree,
        marks: &[u16],
        part: &std::ops::Range<usize>,
        head: &std::ops::Range<usize>,
    ) -> Elements {
        let mut ranked: Vec<(u8, String, &'static str)> = Vec::new();
        let mut boring = 0;
        let mut seen = 0;
        for (at, node) in tree.nodes.iter().enumerate() {
            if node.tag == Tag::Text {
                continue;
            }
            if marks.get(at).is_some_and(|m| m & (FURNITURE | MARGIN) != 0)
                && !tells_of_author(tree, at, head)
            {
                boring = boring.max(node.end as usize);
            }
            if !tree.has_attributes(at) && node.tag != Tag::Time {
                continue;
            }
            let Some((rank, origin)) = kind(tree, at, part, head) else {
                continue;
            };
            // The foot of the article itself may hold its date.
            if at < boring && !(rank == 0 && holds(tree, at, part)) {
                continue;
            }
            seen += 1;
            if seen > MOST_DATES {
                break;
            }
            let value = [Attribute::Content, Attribute::Datetime, Attribute::Title]
                .iter()
                .filter_map(|name| tree.attribute(at, *name))
                .find(|value| dates::read(value).is_some())
                .map_or_else(
                    || tree.words(at),
                    |value| references::decode(value, true).into_owned(),
                );
            let value = earlier(tree, at, value);
            // The first of a kind: those behind it are of other articles.
            if dates::read(&value).is_some() && ranked.iter().all(|(other, ..)| *other != rank) {
                ranked.push((rank, value, origin));
            }
        }
        ranked.sort_by_key(|(rank, ..)| *rank);
        Elements {
            published: ranked
                .into_iter()
                .map(|(_, value, origin)| (value, origin))
                .collect(),
        }
    }
}

/// How an element says that it holds the day of publication: its rank, and a
/// word for people.
fn kind(
    tree: &Tree,
    at: usize,
    part: &std::ops::Range<usize>,
    head: &std::ops::Range<usize>,
) -> Option<(u8, &'static str)> {
    let has = |name: Attribute, wanted: &[&str]| {
        tree.attribute(at, name).is_some_and(|v| {
            v.split_ascii_whitespace()
                .any(|v| wanted.iter().any(|w| v.eq_ignore_ascii_case(w)))
        })
    };
    if has(Attribute::Itemprop, &["datePublished"]) {
        return in_article(tree, at).then_some((0, "itemprop datePublished"));
    }
    if has(
        Attribute::Property,
        &[
            "datePublished",
            "schema:datePublished",
            "dc:date",
            "dc:issued",
            "dcterms:issued",
            "dc:created",
            "dcterms:created",
        ],
    ) && tree.tag(at) != Tag::Meta
    {
        return Some((1, "RDFa date"));
    }
    if part.start > 0 && at < part.start.min(head.start) || at >= part.end.max(head.end) {
        return None;
    }
    let old = ["updated", "modified", "dt-updated", "last-updated"];
    if has(Attribute::Class, &old) && !has(Attribute::Class, &["published"])
        || has(Attribute::Itemprop, &["dateModified"])
        || changed(tree, at)
    {
        return None;
    }
    let time = tree.tag(at) == Tag::Time;
    if time && tree.attribute(at, Attribute::Pubdate).is_some() {
        return Some((2, "<time pubdate>"));
    }
    if has(Attribute::Class, &["dt-published"])
        || has(Attribute::Class, &["published"]) && has_title(tree, at)
    {
        return Some((3, "microformat"));
    }
    (time && head.contains(&at) && tree.attribute(at, Attribute::Datetime).is_some())
        .then_some((4, "<time>"))
}

/// Whether an element between headline and text tells of the author: the day
/// may stand there.
fn tells_of_author(tree: &Tree, at: usize, head: &std::ops::Range<usize>) -> bool {
    let class = tree.attribute(at, Attribute::Class).unwrap_or("");
    head.contains(&at) && tree.end(at) <= head.end && class.to_ascii_lowercase().contains("author")
}

/// What the element shows, where that is an earlier day than its attribute
/// says: "4 March, updated 6 March" with the time of the change.
fn earlier(tree: &Tree, at: usize, value: String) -> String {
    let words = tree.words(at);
    let day = |text: &str| dates::read(text).and_then(|value| value.day());
    match (day(&words), day(&value)) {
        (Some(shown), Some(given)) if shown < given => words,
        _ => value,
    }
}

fn has_title(tree: &Tree, at: usize) -> bool {
    [Attribute::Title, Attribute::Datetime]
        .iter()
        .any(|name| tree.attribute(at, *name).is_some())
}

/// Whether the words before a time say that it is of a change.
fn changed(tree: &Tree, at: usize) -> bool {
    const BACK: usize = 4;
    let mut words = String::new();
    for node in tree
        .nodes
        .get(at.saturating_sub(BACK)..at)
        .unwrap_or_default()
    {
        if node.tag.is_block() {
            words.clear();
        } else if node.tag == Tag::Text && node.text.len() < 200 {
            words.push_str(node.text);
        }
    }
    let words = words.to_ascii_lowercase();
    let last = ["updated", "modified", "changed", "edited"]
        .iter()
        .filter_map(|w| words.rfind(w))
        .max();
    let first = ["published", "posted"]
        .iter()
        .filter_map(|w| words.rfind(w))
        .max();
    last.is_some() && last > first
}

/// The thing of microdata that a node tells of. Nobody publishes a person: a
/// date beside the author's name is that of what the author wrote.
fn scope(tree: &Tree, at: usize) -> Option<usize> {
    tree.above(at).find(|node| {
        let kind = tree.attribute(*node, Attribute::Itemtype).unwrap_or("");
        tree.attribute(*node, Attribute::Itemscope).is_some()
            && !["Person", "Organization"]
                .iter()
                .any(|name| kind.trim().ends_with(name))
    })
}

/// Whether the thing of microdata that a node tells of holds the article.
fn holds(tree: &Tree, at: usize, part: &std::ops::Range<usize>) -> bool {
    scope(tree, at)
        .is_some_and(|node| node <= part.start && tree.end(node) >= part.end && part.end > 0)
}

/// Whether what a `datePublished` of microdata stands in is an article, or
/// unnamed.
fn in_article(tree: &Tree, at: usize) -> bool {
    let kind = scope(tree, at).and_then(|node| tree.attribute(node, Attribute::Itemtype));
    kind.is_none_or(|kind| {
        kind.split_ascii_whitespace().any(|k| {
            let name = k.rsplit(['/', '#']).next().unwrap_or(k);
            is_article(name) || matches!(name, "WebPage" | "CreativeWork" | "ItemPage")
        })
    })
}
