//! RSS 0.9 to 2.0 and Atom: every entry is an article. Entries are read one by
//! one, so that a feed may be of any length.

use super::dates;
use super::fields::{is_html, one_line};
use super::format::Format;
use super::pieces::{Ended, Found, Place, Reader, Stop};
use super::transcode::Transcoder;
use super::xml::{Node, Xml};
use super::{GivenDate, LARGEST_FILE, Metadata, entities};
use std::io::BufRead;

/// Bytes of the fields of one entry.
const LARGEST_ENTRY: usize = LARGEST_FILE as usize;
/// Where an entry's text stands, the fullest first.
const TEXTS: [&str; 7] = [
    "content:encoded",
    "content",
    "xhtml:body",
    "fulltext",
    "description",
    "summary",
    "itunes:summary",
];
/// Where its date of publication stands. The last is the day of the last change,
/// which is taken where there is nothing else.
const DATES: [&str; 7] = [
    "pubDate",
    "published",
    "issued",
    "dc:date",
    "dcterms:issued",
    "date",
    "updated",
];

/// Reads the entries of a feed.
pub(super) fn read(reader: &mut Reader, place: &Place, input: &mut dyn BufRead) -> Ended {
    let mut xml = Xml::new(Transcoder::new(input)?);
    let mut feed = Feed::default();
    let ended = feed.entries(&mut xml, reader, place);
    match ended {
        Err(Stop::Asked) => return ended,
        other => reader.told(place, other)?,
    }
    if let Some((number, _)) = feed.textless {
        let what = match feed.textless {
            Some((_, 1)) => "an entry has no text".to_owned(),
            Some((_, count)) => format!("{count} entries have no text, this one first"),
            None => String::new(),
        };
        let message = format!("{what} (entry {number})");
        reader.odd(
            place,
            None,
            message,
            "save the pages that the feed links to",
        )?;
    }
    if feed.number == 0 {
        reader.odd(place, None, "this feed has no entries", "leave it out")?;
    }
    Ok(())
}

#[derive(Default)]
struct Feed {
    /// The name of the feed.
    title: String,
    /// Entries so far.
    number: usize,
    /// The first entry without text, and how many there are.
    textless: Option<(usize, usize)>,
}

/// The fields of an entry, as they stand in it.
#[derive(Default)]
struct Entry {
    fields: Vec<(String, String)>,
    /// The address, and how sure it is one of the article.
    link: Option<(u8, String)>,
    length: usize,
}

/// The name without the prefix that says no more than that this is a feed.
fn plain(name: &str) -> &str {
    match name.split_once(':') {
        Some(("atom" | "atom10" | "a10" | "rss" | "rdf", rest)) => rest,
        _ => name,
    }
}

impl Feed {
    fn entries<R: BufRead>(
        &mut self,
        xml: &mut Xml<R>,
        reader: &mut Reader,
        place: &Place,
    ) -> Ended {
        let mut above: Vec<String> = Vec::new();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(name, _) if matches!(plain(&name), "item" | "entry") => {
                    self.number += 1;
                    let entry = Entry::read(xml, &name)?;
                    self.give(reader, place, entry)?;
                }
                Node::Open(name, _) => above.push(name),
                Node::Close(name) => {
                    if let Some(at) = above.iter().rposition(|n| *n == name) {
                        above.truncate(at);
                    }
                }
                Node::Text(text) => {
                    let (parent, own) = match above.as_slice() {
                        [.., parent, own] => (plain(parent), plain(own)),
                        _ => continue,
                    };
                    // An image in the channel has a title too.
                    let of_feed = own == "title" && matches!(parent, "channel" | "feed");
                    if of_feed && self.title.len() < 300 {
                        self.title.push_str(&text);
                    }
                }
            }
        }
        Ok(())
    }

    fn give(&mut self, reader: &mut Reader, place: &Place, entry: Entry) -> Ended {
        let get = |name: &str| entry.get(name);
        let text = TEXTS.iter().find_map(|name| Some((*name, get(name)?)));
        let Some((text_name, text)) = text else {
            let (first, count) = self.textless.unwrap_or((self.number, 0));
            self.textless = Some((first, count + 1));
            return Ok(());
        };
        let mut origins = vec![("text".to_owned(), text_name.to_owned())];
        let mut notes = Vec::new();
        let title = ["title", "dc:title"]
            .iter()
            .find_map(|name| get(name))
            .map(without_tags)
            .filter(|t| !t.is_empty());
        if title.is_some() {
            origins.push(("title".to_owned(), "title".to_owned()));
        }
        let own = get("source").map(without_tags).filter(|s| !s.is_empty());
        let feed = Some(without_tags(&self.title)).filter(|t| !t.is_empty());
        let from = match own {
            Some(_) => "source",
            None => "title of the feed",
        };
        let source = own.or(feed);
        if source.is_some() {
            origins.push(("source".to_owned(), from.to_owned()));
        }
        let url = entry.link.as_ref().map(|(_, link)| link.clone());
        if url.is_some() {
            origins.push(("url".to_owned(), "link".to_owned()));
        }
        let mut published = None;
        for name in DATES {
            let Some(value) = get(name) else {
                continue;
            };
            match dates::read(value, None) {
                Ok(edtf) => {
                    let from = match name {
                        "updated" => "updated, as there is no published".to_owned(),
                        name => name.to_owned(),
                    };
                    published = Some(GivenDate { edtf, from });
                    break;
                }
                Err(_) => {
                    let shown: String = value.chars().take(60).collect();
                    notes.push((
                        None,
                        format!(
                            "{shown:?} ({name} of entry {}) is no date that is known",
                            self.number
                        ),
                    ));
                }
            }
        }
        let key = get("guid")
            .or(get("id"))
            .or(url.as_deref())
            .map(str::to_owned)
            .unwrap_or_else(|| format!("{title:?} {text}"));
        let html = is_html(text);
        let found = Found {
            key: key.into_bytes(),
            bytes: text.as_bytes().to_vec(),
            format: if html { Format::Html } else { Format::Text },
            metadata: Metadata {
                title,
                source,
                url,
                published,
            },
            origins,
            notes,
        };
        reader.entry(place, found)
    }
}

impl Entry {
    /// Reads the fields up to the end of the entry.
    fn read<R: BufRead>(xml: &mut Xml<R>, end: &str) -> Result<Entry, Stop> {
        let mut entry = Entry::default();
        // The field that is open, and the elements inside it, which are markup.
        let mut field: Option<(String, String)> = None;
        let mut inside: Vec<String> = Vec::new();
        while let Some(node) = xml.next()? {
            match node {
                Node::Close(name) if name == end => {
                    if let Some((name, value)) = field {
                        entry.add(name, value)?;
                    }
                    return Ok(entry);
                }
                Node::Open(name, attributes) => match &mut field {
                    None => {
                        entry.link(plain(&name), &attributes);
                        field = Some((name, String::new()));
                    }
                    Some((_, value)) => {
                        value.push_str(&format!("<{name}>"));
                        inside.push(name);
                    }
                },
                Node::Close(name) => {
                    if let Some(at) = inside.iter().rposition(|n| *n == name) {
                        inside.truncate(at);
                        if let Some((_, value)) = &mut field {
                            value.push_str(&format!("</{name}>"));
                        }
                    } else if field.as_ref().is_some_and(|(open, _)| *open == name) {
                        inside.clear();
                        if let Some((name, value)) = field.take() {
                            entry.add(name, value)?;
                        }
                    }
                }
                Node::Text(text) => {
                    if let Some((_, value)) = &mut field {
                        if entry.length + value.len() + text.len() > LARGEST_ENTRY {
                            return Err(too_large());
                        }
                        value.push_str(&text);
                    }
                }
            }
        }
        Err(Stop::Broken(
            "the feed ends inside an entry".to_owned(),
            "get it again; what stands before is read",
        ))
    }

    fn add(&mut self, name: String, value: String) -> Ended {
        const MOST_FIELDS: usize = 500;
        self.length += value.len();
        if self.length > LARGEST_ENTRY {
            return Err(too_large());
        }
        let name = plain(&name).to_owned();
        let value = value.trim();
        if name == "link" && value.contains("://") {
            self.linked(2, value);
        }
        if name == "feedburner:origLink" {
            self.linked(4, value);
        }
        if !value.is_empty() && self.fields.len() < MOST_FIELDS {
            self.fields.push((name, value.to_owned()));
        }
        Ok(())
    }

    /// Atom writes addresses as attributes.
    fn link(&mut self, name: &str, attributes: &[(String, String)]) {
        let get = |wanted: &str| {
            let mut found = attributes.iter().filter(|(name, _)| name == wanted);
            found.next().map(|(_, value)| value.as_str())
        };
        let (Some(href), "link") = (get("href"), name) else {
            return;
        };
        match get("rel") {
            None | Some("alternate") => self.linked(3, href),
            _ => {}
        }
    }

    fn linked(&mut self, sure: u8, link: &str) {
        if self.link.as_ref().is_none_or(|(known, _)| *known < sure) {
            self.link = Some((sure, link.trim().to_owned()));
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        let mut found = self.fields.iter().filter(|(n, _)| n == name);
        found.next().map(|(_, value)| value.as_str())
    }
}

fn too_large() -> Stop {
    Stop::Broken(
        format!("an entry of more than {} MB", LARGEST_ENTRY >> 20),
        "this is no ordinary feed; what stands before is read",
    )
}

/// A title on one line, without markup.
fn without_tags(text: &str) -> String {
    let text = match is_html(text) {
        true => super::html::whole(text),
        false => entities::unescape(text).unwrap_or_else(|| text.to_owned()),
    };
    one_line(&text)
}
