//! JSON and JSON Lines: an article, a list of articles, a list inside another
//! object. Values are cut out of the stream one by one, so that a list may be
//! of any length.

use super::LARGEST_FILE;
use super::fields::{Record, Records};
use super::pieces::{Ended, Line, Place, Reader, Stop, line as read_line};
use serde_json::Value;
use std::io::BufRead;

/// Bytes of one value; one that is larger is passed over.
const LARGEST_VALUE: usize = LARGEST_FILE as usize;
/// Objects in objects deeper than this are not looked into for fields.
const DEEPEST_FIELD: usize = 4;
/// Fields of one record.
const MOST_FIELDS: usize = 2_000;
/// Lists inside an object that hold its articles, by their usual names.
const LISTS: [&str; 16] = [
    "articles",
    "results",
    "items",
    "data",
    "docs",
    "documents",
    "records",
    "hits",
    "stories",
    "entries",
    "news",
    "posts",
    "rows",
    "response",
    "content",
    "value",
];

/// Takes the values of a list, and why one cannot be read.
type Each<'e> = dyn FnMut(Result<&[u8], String>) -> Ended + 'e;

/// Reads one value or several, one behind the other.
pub(super) fn read(reader: &mut Reader, place: &Place, input: &mut dyn BufRead) -> Ended {
    let mut records = Records::new("field");
    let ended = values(reader, place, input, &mut records);
    match ended {
        Err(Stop::Asked) => return ended,
        other => reader.told(place, other)?,
    }
    records.finish(reader, place)
}

fn values(
    reader: &mut Reader,
    place: &Place,
    input: &mut dyn BufRead,
    records: &mut Records,
) -> Ended {
    let mut scanner = Scanner::new(input);
    let mut number = 0;
    while let Some(first) = scanner.peek()? {
        match first {
            b'[' => scanner.list(&mut |value| {
                number += 1;
                one(reader, place, records, number, value)
            })?,
            b'{' => {
                number += 1;
                object(&mut scanner, reader, place, records, &mut number)?;
            }
            b',' => scanner.skip(),
            _ => {
                return Err(Stop::Broken(
                    format!(
                        "no JSON: an object or a list expected in line {}",
                        scanner.line
                    ),
                    "mend the file, or leave it out",
                ));
            }
        }
    }
    Ok(())
}

/// An object at the top: an article, or what is around a list of articles. A
/// list with a usual name is read as it comes; the rest is looked at as a whole.
fn object(
    scanner: &mut Scanner,
    reader: &mut Reader,
    place: &Place,
    records: &mut Records,
    number: &mut usize,
) -> Ended {
    let mut held = b"{".to_vec();
    let mut streamed = false;
    scanner.skip();
    loop {
        match scanner.peek()? {
            Some(b'}') => {
                scanner.skip();
                break;
            }
            Some(b',') => scanner.skip(),
            Some(b'"') => {}
            _ => return Err(scanner.no_json("a field")),
        }
        if scanner.peek()? != Some(b'"') {
            continue;
        }
        let name = scanner.value()?.ok_or_else(|| too_large(scanner.line))?;
        if scanner.peek()? != Some(b':') {
            return Err(scanner.no_json("a colon"));
        }
        scanner.skip();
        let plain: String = serde_json::from_slice(&name).unwrap_or_default();
        let known = LISTS.contains(&plain.to_ascii_lowercase().as_str());
        if known && scanner.peek()? == Some(b'[') {
            let mut rest = Vec::new();
            let mut whole = true;
            scanner.list(&mut |value| {
                let is_object = value.as_ref().is_ok_and(|v| v.first() == Some(&b'{'));
                if is_object || value.is_err() {
                    streamed = true;
                    *number += 1;
                    return one(reader, place, records, *number, value);
                }
                // A text as a list of paragraphs.
                let value = value.unwrap_or_default();
                whole &= rest.len() + value.len() < LARGEST_VALUE;
                if whole {
                    rest.push(b',');
                    rest.extend_from_slice(value);
                }
                Ok(())
            })?;
            let rest = rest.get(1..).unwrap_or_default();
            add(&mut held, &name, &[b"[", rest, b"]"].concat())?;
            continue;
        }
        if let Some(value) = scanner.value()? {
            add(&mut held, &name, &value)?;
        }
    }
    held.push(b'}');
    if streamed {
        return Ok(());
    }
    let value =
        parse(&held).map_err(|message| Stop::Broken(message, "mend the file, or leave it out"))?;
    whole_object(reader, place, records, number, &value)
}

fn add(held: &mut Vec<u8>, name: &[u8], value: &[u8]) -> Ended {
    if held.len() + name.len() + value.len() > LARGEST_VALUE {
        return Err(too_large(1));
    }
    if held.len() > 1 {
        held.push(b',');
    }
    held.extend_from_slice(name);
    held.push(b':');
    held.extend_from_slice(value);
    Ok(())
}

/// An object in which no list with a usual name stands at the top.
fn whole_object(
    reader: &mut Reader,
    place: &Place,
    records: &mut Records,
    number: &mut usize,
    value: &Value,
) -> Ended {
    let record = record(value);
    if record.has_text(&reader.options.map) {
        return records.add(reader, place, *number, record);
    }
    // "response": {"docs": [..]}, or a list with a name of its own.
    let mut lists = Vec::new();
    object_lists(value, 0, &mut lists);
    if let Some(list) = lists.into_iter().max_by_key(|l| l.len()) {
        for (i, value) in list.iter().enumerate() {
            *number = i + 1;
            records.add(reader, place, *number, self::record(value))?;
        }
        return Ok(());
    }
    // {"id-1": {article}, "id-2": {article}}
    if let Value::Object(fields) = value {
        let all = fields.values().filter(|v| v.is_object()).count();
        if all > 0 && all == fields.len() {
            for (i, value) in fields.values().enumerate() {
                *number = i + 1;
                records.add(reader, place, *number, self::record(value))?;
            }
            return Ok(());
        }
    }
    records.add(reader, place, *number, record)
}

fn object_lists<'v>(value: &'v Value, depth: usize, out: &mut Vec<&'v [Value]>) {
    let Value::Object(fields) = value else {
        return;
    };
    for value in fields.values() {
        match value {
            Value::Array(list) if list.first().is_some_and(Value::is_object) => out.push(list),
            Value::Object(_) if depth < DEEPEST_FIELD => object_lists(value, depth + 1, out),
            _ => {}
        }
    }
}

/// One value of a list.
fn one(
    reader: &mut Reader,
    place: &Place,
    records: &mut Records,
    number: usize,
    value: Result<&[u8], String>,
) -> Ended {
    const HINT: &str = "mend this entry, or take it out";
    match value.and_then(parse) {
        Err(message) => reader.odd(place, Some(number), message, HINT),
        Ok(value) if value.is_object() => records.add(reader, place, number, record(&value)),
        Ok(_) => reader.odd(place, Some(number), "this entry is no object", HINT),
    }
}

fn parse(bytes: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(bytes).map_err(|error| format!("no JSON: {error}"))
}

/// Reads one value a line; a bad line costs itself alone.
pub(super) fn lines(reader: &mut Reader, place: &Place, input: &mut dyn BufRead) -> Ended {
    let mut records = Records::new("field");
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        number += 1;
        match read_line(input, LARGEST_VALUE, &mut line)? {
            Line::End => break,
            Line::TooLong => {
                let message = format!("a line of more than {} MB is not read", LARGEST_VALUE >> 20);
                reader.odd(place, Some(number), message, "cut it into articles")?;
            }
            Line::Whole => {
                let mut bytes = line.trim_ascii();
                if number == 1 {
                    bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
                }
                if !bytes.is_empty() {
                    one(reader, place, &mut records, number, Ok(bytes))?;
                }
            }
        }
    }
    records.finish(reader, place)
}

/// The fields of an object, with those of objects inside it.
fn record(value: &Value) -> Record {
    let mut record = Record::default();
    flatten(value, "", 0, &mut record);
    record
}

fn flatten(value: &Value, name: &str, depth: usize, record: &mut Record) {
    if record.fields.len() >= MOST_FIELDS {
        return;
    }
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Object(fields) if depth < DEEPEST_FIELD => {
            for (inner, value) in fields {
                let name = match name {
                    "" => inner.clone(),
                    _ => format!("{name}.{inner}"),
                };
                flatten(value, &name, depth + 1, record);
            }
            return;
        }
        // A text as a list of paragraphs.
        Value::Array(list) if list.iter().all(Value::is_string) => {
            let parts: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            parts.join("\n\n")
        }
        _ => return,
    };
    record.fields.push((name.to_owned(), text));
}

fn too_large(line: usize) -> Stop {
    Stop::Broken(
        format!(
            "a value of more than {} MB (line {line})",
            LARGEST_VALUE >> 20
        ),
        "cut it into articles",
    )
}

/// Cuts values out of a stream of JSON without reading them.
struct Scanner<'i> {
    input: &'i mut dyn BufRead,
    line: usize,
    begun: bool,
}

impl<'i> Scanner<'i> {
    fn new(input: &'i mut dyn BufRead) -> Scanner<'i> {
        Scanner {
            input,
            line: 1,
            begun: false,
        }
    }

    fn no_json(&self, expected: &str) -> Stop {
        Stop::Broken(
            format!("no JSON: {expected} expected in line {}", self.line),
            "the file is damaged or not complete; what stands before is read",
        )
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Result<Option<u8>, Stop> {
        loop {
            let buffer = self.input.fill_buf()?;
            if !self.begun && buffer.starts_with(b"\xef\xbb\xbf") {
                self.begun = true;
                self.input.consume(3);
                continue;
            }
            self.begun = true;
            let Some(first) = buffer.first().copied() else {
                return Ok(None);
            };
            if !first.is_ascii_whitespace() {
                return Ok(Some(first));
            }
            self.line += usize::from(first == b'\n');
            self.input.consume(1);
        }
    }

    fn skip(&mut self) {
        self.input.consume(1);
    }

    /// The bytes of the next value; `None` for one that is too large, which is
    /// passed over.
    fn value(&mut self) -> Result<Option<Vec<u8>>, Stop> {
        let mut out = Vec::new();
        let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
        let mut fits = true;
        self.peek()?;
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                // A number may end with the file; all else is closed.
                return match depth == 0 && !in_string && !out.is_empty() {
                    true => Ok(fits.then_some(out)),
                    false => Err(self.no_json("more")),
                };
            }
            let mut taken = 0;
            let mut done = false;
            for byte in buffer {
                if in_string {
                    taken += 1;
                    match byte {
                        _ if escaped => escaped = false,
                        b'\\' => escaped = true,
                        b'"' => {
                            in_string = false;
                            done = depth == 0;
                        }
                        _ => {}
                    }
                } else {
                    match byte {
                        b'"' => in_string = true,
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' if depth == 0 => {
                            done = true;
                            break;
                        }
                        b'}' | b']' => {
                            depth -= 1;
                            done = depth == 0;
                        }
                        b',' | b':' if depth == 0 => {
                            done = true;
                            break;
                        }
                        byte if depth == 0 && byte.is_ascii_whitespace() => {
                            done = true;
                            break;
                        }
                        _ => {}
                    }
                    taken += 1;
                }
                if done {
                    break;
                }
            }
            let part = &buffer[..taken];
            self.line += part.iter().filter(|b| **b == b'\n').count();
            fits &= out.len() + taken <= LARGEST_VALUE;
            if fits {
                out.extend_from_slice(part);
            } else {
                out = vec![0];
            }
            self.input.consume(taken);
            if done {
                return match out.is_empty() {
                    true => Err(self.no_json("a value")),
                    false => Ok(fits.then_some(out)),
                };
            }
        }
    }

    /// Gives the values of the list that begins here, one by one.
    fn list(&mut self, each: &mut Each<'_>) -> Ended {
        self.skip();
        loop {
            match self.peek()? {
                Some(b']') => {
                    self.skip();
                    return Ok(());
                }
                Some(b',') => self.skip(),
                None => return Err(self.no_json("the end of a list")),
                Some(_) => match self.value()? {
                    Some(value) => each(Ok(&value))?,
                    None => each(Err(format!(
                        "an entry of more than {} MB is not read",
                        LARGEST_VALUE >> 20
                    )))?,
                },
            }
        }
    }
}
