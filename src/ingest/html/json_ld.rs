//! What the JSON-LD of a page says of its article. Pure; broken JSON is mended
//! where pages break it often, else noted.

use super::dates::is_published_key;
use super::main_text::likeness;
use super::references;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Longer blocks are not read, in bytes, nor more than this many.
const LONGEST: usize = 8 << 20;
const MOST_BLOCKS: usize = 200;
/// Objects looked at.
const MOST_OBJECTS: usize = 20_000;
/// Authors taken.
const MOST_AUTHORS: usize = 12;

/// What one article is said to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) headline: Option<String>,
    /// What it is called beside its headline.
    pub(super) name: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) author: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
    pub(super) body: Option<String>,
}

/// All that a page's JSON-LD says.
#[derive(Debug, Default)]
pub(super) struct Data {
    articles: Vec<Said>,
    /// What it says of the page and of the site.
    pub(super) page: Said,
    pub(super) site: Option<String>,
    /// Why blocks could not be read.
    pub(super) notes: Vec<String>,
    blocks: usize,
    names: BTreeMap<String, String>,
    waiting: Vec<Value>,
}

impl Data {
    /// Reads one block.
    pub(super) fn add(&mut self, json: &str) {
        self.blocks += 1;
        if self.blocks > MOST_BLOCKS || json.trim().is_empty() {
            return;
        }
        if json.len() > LONGEST {
            self.notes
                .push("a block of JSON-LD is too long to be read".to_owned());
            return;
        }
        let json = unwrap(json);
        let value = serde_json::from_str(json).or_else(|_| serde_json::from_str(&mend(json)));
        match value {
            Ok(value) => self.waiting.push(value),
            Err(error) => {
                self.notes
                    .push(format!("JSON-LD that is no JSON was left out: {error}"));
            }
        }
    }

    /// Looks through the blocks that were added.
    pub(super) fn finish(&mut self) {
        let blocks = std::mem::take(&mut self.waiting);
        let mut objects: Vec<&Map<String, Value>> = Vec::new();
        // In the order of the page; what waits is kept the last first.
        let mut stack: Vec<&Value> = blocks.iter().rev().collect();
        while let Some(value) = stack.pop() {
            match value {
                Value::Array(items) => stack.extend(items.iter().rev()),
                Value::Object(object) => {
                    if objects.len() == MOST_OBJECTS {
                        break;
                    }
                    objects.push(object);
                    // Related items, comments and parts stand under other keys.
                    for key in ["mainEntityOfPage", "mainEntity", "@graph"] {
                        stack.extend(object.get(key).filter(|v| !v.is_string()));
                    }
                    for key in ["author", "publisher", "creator"] {
                        self.name(object.get(key));
                    }
                }
                _ => {}
            }
        }
        for object in &objects {
            self.remember(object);
        }
        for object in objects {
            let types = types(object);
            if types.iter().any(|t| is_article(t)) {
                let said = self.said(object);
                if said != Said::default() {
                    self.articles.push(said);
                }
            } else if types.iter().any(|t| t.ends_with("Page")) {
                if self.page == Said::default() {
                    self.page = self.said(object);
                }
            } else if types.contains(&"WebSite") && self.site.is_none() {
                self.site = text(object.get("name"));
            }
        }
    }

    fn name(&mut self, value: Option<&Value>) {
        if let Some(Value::Object(object)) = value {
            self.remember(object);
        }
    }

    /// Remembers what an "@id" is called.
    fn remember(&mut self, object: &Map<String, Value>) {
        if let (Some(id), Some(name)) = (text(object.get("@id")), text(object.get("name"))) {
            self.names.entry(id).or_insert(name);
        }
    }

    fn said(&self, object: &Map<String, Value>) -> Said {
        let get = |key: &str| text(object.get(key));
        let published = object
            .iter()
            .find(|(key, _)| is_published_key(key))
            .and_then(|(_, v)| text(Some(v)));
        let page = object.get("mainEntityOfPage");
        Said {
            headline: get("headline").or_else(|| get("name")),
            name: get("name"),
            published,
            modified: get("dateModified"),
            author: self.people(object.get("author").or(object.get("creator"))),
            publisher: self
                .people(object.get("publisher"))
                .or_else(|| self.people(object.get("sourceOrganization"))),
            url: get("url")
                .or_else(|| text(page))
                .or_else(|| page.and_then(|p| text(p.get("@id"))))
                .or_else(|| get("@id")),
            body: object
                .get("articleBody")
                .and_then(Value::as_str)
                .map(str::to_owned),
        }
    }

    fn people(&self, value: Option<&Value>) -> Option<String> {
        let one = |value: &Value| match value {
            Value::String(name) => clean(name),
            Value::Object(object) => match object.get("name") {
                Some(Value::Array(names)) => text(names.first()),
                name => text(name),
            }
            .or_else(|| self.names.get(&text(object.get("@id"))?).cloned()),
            _ => None,
        };
        match value? {
            Value::Array(all) => {
                let names: Vec<String> = all.iter().take(MOST_AUTHORS).filter_map(one).collect();
                (!names.is_empty()).then(|| names.join(", "))
            }
            value => one(value),
        }
    }

    /// The page's own article: the one with the page's address or title, else
    /// the first.
    pub(super) fn article(&self, address: Option<&str>, titles: &[String]) -> Option<&Said> {
        let score = |said: &Said| {
            let same = said.url.as_deref().is_some_and(|url| {
                address.is_some_and(|a| super::address::path(a) == super::address::path(url))
            });
            let title = said.headline.as_deref().unwrap_or("");
            let like = titles.iter().any(|t| likeness(t, title) >= 70);
            usize::from(same) * 2 + usize::from(like) * 2 + usize::from(said.published.is_some())
        };
        let best = self.articles.iter().map(score).max()?;
        self.articles.iter().find(|said| score(said) == best)
    }
}

fn types(object: &Map<String, Value>) -> Vec<&str> {
    let names: Vec<&str> = match object.get("@type") {
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        Some(name) => name.as_str().into_iter().collect(),
        None => Vec::new(),
    };
    names
        .into_iter()
        .map(|name| name.rsplit(['/', ':', '#']).next().unwrap_or(name))
        .collect()
}

/// Whether a schema.org type is an article.
pub(super) fn is_article(name: &str) -> bool {
    name.ends_with("Article")
        || matches!(
            name,
            "BlogPosting" | "LiveBlogPosting" | "Report" | "OpinionPiece" | "PressRelease"
        )
}

fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => clean(text),
        // Some systems wrap each value in a list.
        Value::Array(items) => clean(items.first()?.as_str()?),
        _ => None,
    }
}

fn clean(text: &str) -> Option<String> {
    let text = references::decode(text, false);
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Without the marks of comments, CDATA and statements around it.
fn unwrap(json: &str) -> &str {
    let mut json = json.trim();
    loop {
        let before = json.len();
        for mark in ["<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA[", "//"] {
            json = json.strip_prefix(mark).unwrap_or(json).trim_start();
        }
        for mark in ["-->", "//]]>", "/*]]>*/", "]]>", "//", ";"] {
            json = json.strip_suffix(mark).unwrap_or(json).trim_end();
        }
        if json.len() == before {
            return json;
        }
    }
}

/// Puts right what pages write wrong most often: line breaks and tabs inside
/// strings, commas before a closing bracket, escapes that do not exist.
fn mend(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut in_string = false;
    let mut chars = json.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                in_string = !in_string;
                out.push(c);
            }
            '\\' if in_string => match chars.next() {
                Some(next @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => {
                    out.push('\\');
                    out.push(next);
                }
                Some(next) => out.push(next),
                None => {}
            },
            c if in_string && c.is_control() => out.push(' '),
            '}' | ']' if !in_string => {
                let length = out.trim_end().len();
                if out[..length].ends_with(',') {
                    out.truncate(length - 1);
                }
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(blocks: &[&str], expected: &str) {
        let mut data = Data::default();
        for block in blocks {
            data.add(block);
        }
        data.finish();
        let said = data.article(
            Some("https://example.org/a"),
            &["Storm closes harbour".to_owned()],
        );
        let show = |v: &Option<String>| v.clone().unwrap_or("-".to_owned());
        let found = said.map_or("none".to_owned(), |s| {
            [&s.headline, &s.published, &s.author, &s.publisher]
                .map(show)
                .join(" / ")
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn articles() {
        check(
            &[
                r#"{"@type":"NewsArticle","headline":"Storm &amp; harbour","datePublished":"2017-06-26","author":[{"name":"Anna Lindqvist"},"Ida Moss"],"publisher":{"name":"Nordwind"}}"#,
            ],
            "Storm & harbour / 2017-06-26 / Anna Lindqvist, Ida Moss / Nordwind",
        );
        check(
            &[
                r##"{"@graph":[{"@type":"WebSite","name":"N","datePublished":"1999"},{"@type":"WebPage","datePublished":"2001-01-02"},{"@type":["Article","BlogPosting"],"datePublished":"2017-06-26","author":{"@id":"#p"},"publisher":{"@id":"#o"}},{"@type":"Person","@id":"#p","name":"Ida Moss"},{"@type":"Organization","@id":"#o","name":"Nordwind"}]}"##,
            ],
            "- / 2017-06-26 / Ida Moss / Nordwind",
        );
        // Two articles: the one with the page's address; related items are none.
        check(
            &[
                r#"[{"@type":"http://schema.org/NewsArticle","url":"https://example.org/b","datePublished":"2016-01-01"}]"#,
                r#"{"@type":"NewsArticle","mainEntityOfPage":{"@type":"WebPage","@id":"https://example.org/a"},"datePublished":"2017-06-26","isRelatedTo":[{"@type":"NewsArticle","datePublished":"2015-01-01"}]}"#,
            ],
            "- / 2017-06-26 / - / -",
        );
        check(
            &[
                r#"{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","datePublished":"2015-01-01"}]}"#,
            ],
            "none",
        );
    }

    #[test]
    fn broken_json_is_mended() {
        check(
            &[
                "<!-- {\"@type\":\"Article\",\"headline\":\"A\nb\\' c\",\"datePublished\":[\"2017-06-26\"],} -->",
            ],
            "A b' c / 2017-06-26 / - / -",
        );
        check(
            &["//<![CDATA[\n{\"@type\":\"Article\",\"name\":\"A\"};\n//]]>"],
            "A / - / - / -",
        );
        let mut data = Data::default();
        data.add("{\"@type\": \"Article\", headline: }");
        data.add(&"[".repeat(100_000));
        data.finish();
        assert_eq!(data.notes.len(), 2);
    }
}
