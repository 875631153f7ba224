//! Which fields of a record are title, text, date, outlet and address: by their
//! usual names, or as the user maps them. Pure but for what it hands on.

mod names;

use super::dates::{self, NoDate, Order};
use super::format::Format;
use super::pieces::{Ended, Found, Place, Reader};
use super::{GivenDate, Metadata};
use names::{LEADS, WRAPPERS, What, normal};

/// Records held back until one of them shows the order of day and month ...
const MOST_HELD: usize = 2_000;
/// ... and the bytes of their texts.
const MOST_HELD_BYTES: usize = 16 << 20;
/// Names of fields that a message tells.
const MOST_NAMES: usize = 20;

/// Which fields are what, as the user says. What is `None` is found by its
/// usual names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldMap {
    /// The title.
    pub title: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// The publication date.
    pub published: Option<String>,
    /// The outlet.
    pub source: Option<String>,
    /// The address.
    pub url: Option<String>,
}

impl FieldMap {
    /// Reads `title=HEADLINE,text=BODY`.
    ///
    /// # Errors
    /// In words, when a pair is none or begins with no field of an article.
    pub fn parse(text: &str) -> Result<FieldMap, String> {
        let mut map = FieldMap::default();
        for pair in text.split(',') {
            let (what, name) = pair
                .split_once('=')
                .map(|(what, name)| (what.trim(), name.trim()))
                .filter(|(what, name)| !what.is_empty() && !name.is_empty())
                .ok_or_else(|| format!("`{pair}` is no FIELD=NAME, such as title=HEADLINE"))?;
            let field = match what {
                "title" => &mut map.title,
                "text" => &mut map.text,
                "published" | "date" => &mut map.published,
                "source" | "outlet" => &mut map.source,
                "url" => &mut map.url,
                _ => {
                    return Err(format!(
                        "`{what}` is no field of an article; there are title, text, published, \
                         source and url"
                    ));
                }
            };
            if field.replace(name.to_owned()).is_some() {
                return Err(format!("`{what}` is mapped twice"));
            }
        }
        Ok(map)
    }

    /// This map, with what it leaves open from another.
    #[must_use]
    pub fn or(self, other: FieldMap) -> FieldMap {
        FieldMap {
            title: self.title.or(other.title),
            text: self.text.or(other.text),
            published: self.published.or(other.published),
            source: self.source.or(other.source),
            url: self.url.or(other.url),
        }
    }

    fn of(&self, what: What) -> Option<&str> {
        match what {
            What::Title => self.title.as_deref(),
            What::Text => self.text.as_deref(),
            What::Published => self.published.as_deref(),
            What::Source => self.source.as_deref(),
            What::Url => self.url.as_deref(),
            What::Id => None,
        }
    }

    /// The names that are mapped and not among these.
    pub(super) fn missing(&self, is_there: impl Fn(&str) -> bool) -> Option<(&'static str, &str)> {
        [
            What::Title,
            What::Text,
            What::Published,
            What::Source,
            What::Url,
        ]
        .into_iter()
        .find_map(|what| {
            let name = self.of(what)?;
            (!is_there(name)).then_some((what.as_str(), name))
        })
    }
}

/// Whether a line is the head of a table of articles: a text or a title, and
/// one field more that is known.
pub(super) fn is_header(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 4000 || line.contains(". ") {
        return false;
    }
    [',', ';', '\t'].into_iter().any(|sign| {
        let names: Vec<String> = line.split(sign).map(normal).collect();
        let has = |what: What| names.iter().any(|n| what.names().contains(&n.as_str()));
        let known = [What::Title, What::Text, What::Published, What::Url]
            .into_iter()
            .filter(|what| has(*what))
            .count();
        names.len() >= 2 && known >= 2 && (has(What::Text) || has(What::Title))
    })
}

/// One article as fields: names (with dots where they lie in each other) and
/// values, in their order.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    pub(super) fields: Vec<(String, String)>,
}

impl Record {
    /// The field that is `what`.
    fn find(&self, what: What, map: &FieldMap) -> Option<&(String, String)> {
        if let Some(name) = map.of(what) {
            return self.mapped(name).filter(|(_, v)| !v.trim().is_empty());
        }
        let named = |wanted: &str, from: usize| {
            self.fields.iter().find(|(name, value)| {
                let rest = match from {
                    0 => Some(name.as_str()).filter(|n| !n.starts_with("_source.")),
                    _ => name
                        .split_once('.')
                        .filter(|(outer, _)| WRAPPERS.contains(outer))
                        .map(|(_, rest)| rest),
                };
                !value.trim().is_empty() && rest.is_some_and(|n| normal(n) == wanted)
            })
        };
        (0..2).find_map(|from| what.names().iter().find_map(|name| named(name, from)))
    }

    fn mapped(&self, name: &str) -> Option<&(String, String)> {
        self.fields.iter().find(|(n, _)| n == name).or_else(|| {
            self.fields
                .iter()
                .find(|(n, _)| n.eq_ignore_ascii_case(name))
        })
    }

    fn lead(&self) -> Option<&(String, String)> {
        LEADS.iter().find_map(|wanted| {
            self.fields
                .iter()
                .find(|(name, value)| normal(name) == *wanted && !value.trim().is_empty())
        })
    }

    /// Whether something in it could be the text of an article.
    pub(super) fn has_text(&self, map: &FieldMap) -> bool {
        self.find(What::Text, map).is_some() || map.text.is_none() && self.lead().is_some()
    }

    /// The names of the fields, for a message.
    pub(super) fn names(&self) -> String {
        let names = self.fields.iter().map(|(n, _)| n.as_str());
        listed(names, self.fields.len())
    }
}

/// The first of some names.
pub(super) fn listed<'n>(names: impl Iterator<Item = &'n str>, count: usize) -> String {
    let names: Vec<String> = names
        .take(MOST_NAMES)
        .map(|n| n.chars().take(60).collect())
        .collect();
    let more = count.saturating_sub(MOST_NAMES);
    match more {
        0 => names.join(", "),
        _ => format!("{} and {more} more", names.join(", ")),
    }
}

/// Makes articles of the records of one file. Days such as 03/04/2017 wait
/// until another record shows whether the day or the month comes first.
pub(super) struct Records {
    /// "field" or "column".
    word: &'static str,
    order: Option<(Order, usize)>,
    /// Two records contradict each other.
    mixed: bool,
    held: Vec<(usize, Record)>,
    held_bytes: usize,
    /// Records without a text: how many, and the first.
    textless: Option<(usize, usize, String)>,
    /// A mapped field that no record had so far.
    unmapped: bool,
    given: usize,
}

impl Records {
    pub(super) fn new(word: &'static str) -> Records {
        Records {
            word,
            order: None,
            mixed: false,
            held: Vec::new(),
            held_bytes: 0,
            textless: None,
            unmapped: false,
            given: 0,
        }
    }

    /// Takes the record that begins at `line`, or that is the `line`th.
    pub(super) fn add(
        &mut self,
        reader: &mut Reader,
        place: &Place,
        line: usize,
        record: Record,
    ) -> Ended {
        let date = record.find(What::Published, &reader.options.map);
        let date = date.map(|(_, value)| value.as_str()).unwrap_or("");
        if let Some(order) = dates::order_of(date) {
            match self.order {
                None => self.order = Some((order, line)),
                Some((known, _)) => self.mixed |= known != order,
            }
            self.release(reader, place)?;
        }
        let waits = self.order.is_none() && dates::read(date, None) == Err(NoDate::Ambiguous);
        if waits || !self.held.is_empty() {
            self.held_bytes += record.fields.iter().map(|(_, v)| v.len()).sum::<usize>();
            self.held.push((line, record));
            if self.held.len() >= MOST_HELD || self.held_bytes >= MOST_HELD_BYTES {
                self.release(reader, place)?;
            }
            return Ok(());
        }
        self.give(reader, place, line, &record)
    }

    /// Gives what was held back, and tells what was left out.
    pub(super) fn finish(mut self, reader: &mut Reader, place: &Place) -> Ended {
        self.release(reader, place)?;
        if let Some((count, line, names)) = self.textless.take() {
            let (what, hint) = if self.given == 0 {
                (
                    format!("no {} holds a text; there are: {names}", self.word),
                    "say which is what: --map text=NAME,title=NAME,published=NAME",
                )
            } else {
                (
                    match count {
                        1 => "an entry has no text".to_owned(),
                        _ => format!("{count} entries have no text, this one first"),
                    },
                    "fill it, or map another field with --map text=NAME",
                )
            };
            reader.odd(place, Some(line), what, hint)?;
        }
        Ok(())
    }

    fn release(&mut self, reader: &mut Reader, place: &Place) -> Ended {
        self.held_bytes = 0;
        for (line, record) in std::mem::take(&mut self.held) {
            self.give(reader, place, line, &record)?;
        }
        Ok(())
    }

    fn give(&mut self, reader: &mut Reader, place: &Place, line: usize, record: &Record) -> Ended {
        let map = &reader.options.map;
        if !self.unmapped
            && let Some((what, name)) = map.missing(|name| record.mapped(name).is_some())
        {
            self.unmapped = true;
            let message = format!(
                "there is no {} {name:?} (--map {what}={name}); there are: {}",
                self.word,
                record.names()
            );
            reader.odd(
                place,
                Some(line),
                message,
                "write the name as it stands there",
            )?;
        }
        let map = &reader.options.map;
        let mut notes = Vec::new();
        let lead = || record.lead().filter(|_| map.text.is_none());
        let Some((text_name, text)) = record.find(What::Text, map).or_else(lead) else {
            let first = (line, record.names());
            let (count, line, names) = self.textless.take().unwrap_or((0, first.0, first.1));
            self.textless = Some((count + 1, line, names));
            return Ok(());
        };
        self.given += 1;
        let mut origins = vec![("text".to_owned(), self.from(text_name))];
        let mut field = |what: What| {
            let (name, value) = record.find(what, map)?;
            origins.push((what.as_str().to_owned(), self.from(name)));
            Some(one_line(value))
        };
        let mut metadata = Metadata {
            title: field(What::Title),
            source: field(What::Source),
            url: field(What::Url),
            published: None,
        };
        if let Some((name, value)) = record.find(What::Published, map) {
            match self.date(name, value) {
                Ok(date) => metadata.published = Some(date),
                Err(message) => notes.push((Some(line), message)),
            }
        }
        let id = record.find(What::Id, map).map(|(_, id)| id.as_str());
        let key = match (id, &metadata.url) {
            (Some(id), _) => id.to_owned(),
            (None, Some(url)) => url.clone(),
            (None, None) => format!("{:?} {text}", metadata.title),
        };
        let html = is_html(text);
        let text = without_cut(text, &mut notes, line);
        let found = Found {
            key: key.into_bytes(),
            bytes: text.as_bytes().to_vec(),
            format: if html { Format::Html } else { Format::Text },
            metadata,
            origins,
            notes,
        };
        reader.entry(place, found)
    }

    fn from(&self, name: &str) -> String {
        let name: String = name.chars().take(60).collect();
        format!("{} {name:?}", self.word)
    }

    /// The date of a field, or what is wrong with it.
    fn date(&self, name: &str, value: &str) -> Result<GivenDate, String> {
        let order = self.order.filter(|_| !self.mixed);
        let from = self.from(name);
        let open = dates::read(value, None) == Err(NoDate::Ambiguous);
        let unit = match self.word {
            "column" => "line",
            _ => "entry",
        };
        let shown: String = value.chars().take(60).collect();
        match dates::read(value, order.map(|(order, _)| order)) {
            Ok(edtf) => Ok(GivenDate {
                edtf,
                from: match order.filter(|_| open) {
                    Some((Order::DayFirst, line)) => {
                        format!("{from}, day first as {unit} {line} shows")
                    }
                    Some((Order::MonthFirst, line)) => {
                        format!("{from}, month first as {unit} {line} shows")
                    }
                    None => from,
                },
            }),
            Err(NoDate::Ambiguous) => Err(format!(
                "the date {shown:?} ({from}) may be two days; it is not taken"
            )),
            Err(NoDate::Unknown) => Err(format!("{shown:?} ({from}) is no date that is known")),
        }
    }
}

/// A value on one line.
pub(super) fn one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// NewsAPI cuts its texts: "... [+1234 chars]".
fn without_cut<'t>(
    text: &'t str,
    notes: &mut Vec<(Option<usize>, String)>,
    line: usize,
) -> &'t str {
    let end = text.trim_end();
    let Some(open) = end.rfind("[+").filter(|_| end.ends_with(" chars]")) else {
        return text;
    };
    notes.push((
        Some(line),
        "the text was cut by whoever exported it".to_owned(),
    ));
    text.get(..open).unwrap_or(text)
}

/// Whether a value is HTML: a tag that stands in texts.
pub(super) fn is_html(text: &str) -> bool {
    const TAGS: [&str; 24] = [
        "p",
        "br",
        "div",
        "html",
        "body",
        "span",
        "a",
        "b",
        "i",
        "em",
        "strong",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "img",
        "figure",
        "blockquote",
        "article",
        "section",
        "table",
        "head",
    ];
    let mut rest = text;
    for _ in 0..200 {
        let Some(at) = rest.find('<') else {
            return false;
        };
        rest = rest.get(at + 1..).unwrap_or("");
        let inner = rest.strip_prefix('/').unwrap_or(rest);
        let name: String = inner
            .chars()
            .take(12)
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        let behind = inner.get(name.len()..).unwrap_or("");
        let closed = behind.starts_with(['>', '/', ' ', '\n', '\t', '\r']) && behind.contains('>');
        if closed && TAGS.contains(&name.to_ascii_lowercase().as_str()) {
            return true;
        }
        if rest.starts_with("!DOCTYPE") || rest.starts_with("!doctype") {
            return true;
        }
    }
    false
}
