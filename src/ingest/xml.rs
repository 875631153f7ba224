//! XML as a stream of tags and texts, forgiving, with its escapes resolved. The
//! stream may be of any length; one tag or text may not.

use super::entities;
use super::pieces::Stop;
use quick_xml::events::{BytesStart, Event};
use std::io::{self, BufRead, Read};

/// Bytes of one tag or text.
const LARGEST: usize = super::LARGEST_FILE as usize;
/// Elements in elements.
const DEEPEST: usize = 1_000;

/// A tag or a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// `<name a="b">`: the name and the attributes.
    Open(String, Vec<(String, String)>),
    /// `</name>`, also for `<name/>`.
    Close(String),
    /// What stands between tags; pieces of one text come one by one.
    Text(String),
}

/// Reads XML in UTF-8.
pub(super) struct Xml<R: BufRead> {
    reader: quick_xml::Reader<Limited<R>>,
    buffer: Vec<u8>,
    pending: Option<Node>,
    depth: usize,
}

impl<R: BufRead> Xml<R> {
    pub(super) fn new(input: R) -> Xml<R> {
        let mut reader = quick_xml::Reader::from_reader(Limited {
            inner: input,
            left: LARGEST,
        });
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Xml {
            reader,
            buffer: Vec::new(),
            pending: None,
            depth: 0,
        }
    }

    /// The next tag or text; `None` at the end.
    ///
    /// # Errors
    /// When it cannot be read further.
    pub(super) fn next(&mut self) -> Result<Option<Node>, Stop> {
        if let Some(node) = self.pending.take() {
            return Ok(Some(node));
        }
        loop {
            self.buffer.clear();
            self.reader.get_mut().left = LARGEST;
            let event = self.reader.read_event_into(&mut self.buffer);
            let event = event.map_err(|error| match error {
                quick_xml::Error::Io(io) => Stop::from(io::Error::new(io.kind(), io.to_string())),
                error => Stop::Broken(
                    format!("broken XML: {error}"),
                    "the file is damaged or not complete; what stands before is read",
                ),
            })?;
            let node = match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(Stop::Broken(
                            format!("elements more than {DEEPEST} deep"),
                            "this is no ordinary file; leave it out",
                        ));
                    }
                    open(&tag)
                }
                Event::Empty(tag) => {
                    let node = open(&tag);
                    if let Node::Open(name, _) = &node {
                        self.pending = Some(Node::Close(name.clone()));
                    }
                    node
                }
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::Close(tag.name().0.to_owned())
                }
                Event::Text(text) => Node::Text(text.to_string()),
                Event::CData(text) => Node::Text(text.to_string()),
                Event::GeneralRef(name) => Node::Text(reference(&name)),
                Event::Eof => return Ok(None),
                _ => continue,
            };
            return Ok(Some(node));
        }
    }
}

fn open(tag: &BytesStart) -> Node {
    const MOST_ATTRIBUTES: usize = 100;
    let mut attributes = tag.html_attributes();
    let attributes = attributes
        .with_checks(false)
        .take(MOST_ATTRIBUTES)
        .filter_map(Result::ok)
        .map(|a| {
            let value = entities::unescape(&a.value).unwrap_or_else(|| a.value.to_string());
            (a.key.0.to_owned(), value)
        });
    Node::Open(tag.name().0.to_owned(), attributes.collect())
}

/// What `&name;` stands for; what is not known stays as it is.
fn reference(name: &str) -> String {
    let number = match name.strip_prefix('#') {
        Some(hex) if hex.starts_with(['x', 'X']) => {
            u32::from_str_radix(hex.get(1..).unwrap_or(""), 16).ok()
        }
        Some(digits) => digits.parse().ok(),
        None => None,
    };
    match (name, number.and_then(char::from_u32)) {
        ("amp", _) => "&".to_owned(),
        ("lt", _) => "<".to_owned(),
        ("gt", _) => ">".to_owned(),
        (_, Some(c)) => c.to_string(),
        _ => {
            let escape = format!("&{name};");
            entities::unescape(&escape).unwrap_or(escape)
        }
    }
}

/// Ends a tag or text that is too long.
struct Limited<R> {
    inner: R,
    left: usize,
}

impl<R: BufRead> Read for Limited<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.inner.read(out)
    }
}

impl<R: BufRead> BufRead for Limited<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other("a tag or text of more than 64 MB"));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount);
        self.inner.consume(amount);
    }
}
