//! Mail: one message, or an mbox of many. The text or HTML of a message is an
//! article with the day of its Date header; attachments that can be read are
//! articles of their own.

use super::format::{Format, HEAD, Look, Named, is_mbox_line, look, named};
use super::pieces::{Ended, Found, Line, Place, Reader, Stop, line};
use super::{GivenDate, LARGEST_FILE, Metadata, dates};
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use std::io::{BufRead, Cursor};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Bytes of one line; a longer one belongs to nothing that is read.
const LONGEST_LINE: usize = 16 << 20;
/// Attachments of one message.
const MOST_ATTACHMENTS: usize = 1_000;
/// Messages in messages.
const DEEPEST: usize = 8;
/// A plain text shorter than this is no text where there is HTML: "Open this
/// message in a browser."
const SHORTEST: usize = 200;

/// Reads a file that is one message.
pub(super) fn message(reader: &mut Reader, place: &Place, bytes: &[u8]) -> Ended {
    let message = parsed(bytes)?;
    one(reader, place, &message, 0)
}

fn parsed(bytes: &[u8]) -> Result<Message<'_>, Stop> {
    let message = catch_unwind(AssertUnwindSafe(|| MessageParser::default().parse(bytes)));
    message.ok().flatten().ok_or_else(|| {
        Stop::Broken(
            "this mail message cannot be read".to_owned(),
            "save its text as plain text (.txt), or leave it out",
        )
    })
}

/// Reads the messages of an mbox, one by one.
pub(super) fn mbox(reader: &mut Reader, place: &Place, input: &mut dyn BufRead) -> Ended {
    let mut bytes = Vec::new();
    let mut message: Vec<u8> = Vec::new();
    let (mut number, mut begun, mut too_large) = (0_usize, false, false);
    let mut blank = true;
    let mut first_line = 1;
    loop {
        let read = line(input, LONGEST_LINE, &mut bytes)?;
        number += 1;
        let ended = matches!(read, Line::End);
        let parts = blank && matches!(read, Line::Whole) && is_mbox_line(&bytes);
        if ended || parts {
            if too_large {
                let text = format!(
                    "a message of more than {} MB is not read",
                    LARGEST_FILE >> 20
                );
                reader.odd(place, Some(first_line), text, "save its attachments")?;
            } else if begun {
                from_mbox(reader, place, &message, first_line)?;
            }
            message.clear();
            too_large = false;
            begun = true;
            first_line = number;
            if ended {
                return Ok(());
            }
            blank = false;
            continue;
        }
        let own: &[u8] = &bytes;
        blank = own.trim_ascii().is_empty();
        // ">From" stands for "From" at the beginning of a line.
        let quotes = own.iter().take_while(|b| **b == b'>').count();
        let quoted = quotes > 0 && own.get(quotes..).is_some_and(|l| l.starts_with(b"From "));
        let own = own.get(usize::from(quoted)..).unwrap_or_default();
        too_large |= (message.len() + own.len()) as u64 > LARGEST_FILE;
        if !too_large {
            message.extend_from_slice(own);
        }
    }
}

fn from_mbox(reader: &mut Reader, place: &Place, bytes: &[u8], line: usize) -> Ended {
    if bytes.trim_ascii().is_empty() {
        return Ok(());
    }
    let message = match parsed(bytes) {
        Ok(message) => message,
        Err(Stop::Broken(text, hint)) => return reader.odd(place, Some(line), text, hint),
        Err(stop) => return Err(stop),
    };
    let key = match message.message_id() {
        Some(id) => id.as_bytes(),
        None => bytes,
    };
    let place = place.numbered(message.subject().unwrap_or(""), key);
    let ended = one(reader, &place, &message, 0);
    reader.told(&place, ended)
}

/// Gives a message and what is attached to it.
fn one(reader: &mut Reader, place: &Place, message: &Message, depth: usize) -> Ended {
    let (text, format) = body(message);
    let attached = message.attachment_count() > 0;
    if !text.trim().is_empty() {
        let mut found = Found {
            key: Vec::new(),
            bytes: text.into_bytes(),
            format,
            metadata: Metadata::default(),
            origins: Vec::new(),
            notes: Vec::new(),
        };
        headers(message, &mut found);
        reader.found(place, found)?;
    } else if !attached {
        let hint = "leave it out";
        reader.odd(place, None, "this message has no text", hint)?;
    }
    for (number, part) in message.attachments().enumerate().take(MOST_ATTACHMENTS) {
        let name = part
            .attachment_name()
            .map(super::archive::last_name)
            .filter(|n| !n.is_empty());
        if let PartType::Message(inner) = &part.body {
            let name = name.unwrap_or_else(|| format!("message-{}.eml", number + 1));
            let place = place.entry(&name);
            if depth >= DEEPEST {
                let text = format!("messages more than {DEEPEST} deep are not read");
                reader.odd(&place, None, text, "save the inner message by itself")?;
                continue;
            }
            let ended = one(reader, &place, inner, depth + 1);
            reader.told(&place, ended)?;
            continue;
        }
        let Some(name) = name else {
            continue;
        };
        let contents = part.contents();
        let head = contents.get(..HEAD).unwrap_or(contents);
        let is_read = match named(&name) {
            Named::Read => true,
            Named::Other => false,
            Named::Nothing => {
                matches!(look(head, &name), Look::Is(f) if f != Format::Text)
            }
        };
        if is_read {
            let place = place.entry(&name);
            let ended = reader.stream(&place, &mut Cursor::new(contents));
            reader.told(&place, ended)?;
        }
    }
    Ok(())
}

/// The text of a message: plain where there is enough of it, else its HTML.
fn body(message: &Message) -> (String, Format) {
    let mut plain = Vec::new();
    for part in message.text_bodies() {
        if let PartType::Text(text) = &part.body {
            plain.push(text.as_ref());
        }
    }
    let mut html = Vec::new();
    for part in message.html_bodies() {
        if let PartType::Html(text) = &part.body {
            html.push(text.as_ref());
        }
    }
    let plain = plain.join("\n\n");
    if plain.trim().len() >= SHORTEST || html.is_empty() {
        (plain, Format::Text)
    } else {
        (html.join("\n"), Format::Html)
    }
}

fn headers(message: &Message, found: &mut Found) {
    let mut say = |field: &str, from: &str| {
        found.origins.push((field.to_owned(), from.to_owned()));
    };
    say("text", "message");
    if let Some(subject) = message.subject().map(super::fields::one_line)
        && !subject.is_empty()
    {
        say("title", "Subject");
        found.metadata.title = Some(subject);
    }
    let sender = message.from().and_then(|from| from.first());
    if let Some(name) = sender.and_then(|s| s.name().or(s.address())) {
        say(
            "author",
            &format!("{} (From header)", super::fields::one_line(name)),
        );
    }
    // The day in the zone of the sender.
    if let Some(value) = message.header_raw("Date").map(str::trim)
        && !value.is_empty()
    {
        match dates::read(value, None) {
            Ok(edtf) => {
                found.metadata.published = Some(GivenDate {
                    edtf,
                    from: "Date header".to_owned(),
                });
            }
            Err(_) => {
                let shown: String = value.chars().take(60).collect();
                let note = format!("{shown:?} (Date header) is no date that is known");
                found.notes.push((None, note));
            }
        }
    }
}
