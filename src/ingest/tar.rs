//! Tar archives: ustar, GNU and pax. Entries are read as they come.

use super::archive::{EntryName, Refusals, entry_name};
use super::pieces::{Ended, Place, Reader, Stop};
use std::io::{self, BufRead, BufReader, Read};

const BLOCK: usize = 512;
/// Bytes of an entry that only holds the name of the next.
const LARGEST_NAME: u64 = 64 << 10;

/// Reads the entries of an archive.
pub(super) fn read(reader: &mut Reader, place: &Place, input: &mut dyn BufRead) -> Ended {
    let mut refused = Refusals::default();
    let ended = entries(reader, place, input, &mut refused);
    if let Err(Stop::Asked) = ended {
        return ended;
    }
    if let Some(message) = refused.told() {
        reader.odd(place, None, message, "it was left out")?;
    }
    ended
}

fn entries(
    reader: &mut Reader,
    place: &Place,
    input: &mut dyn BufRead,
    refused: &mut Refusals,
) -> Ended {
    // Names that are too long for a header stand in an entry before it.
    let (mut long_name, mut long_size): (Option<String>, Option<u64>) = (None, None);
    while let Some(header) = block(input)? {
        let damaged = || {
            Stop::Broken(
                "the archive is damaged where an entry should begin".to_owned(),
                "get it again; what stands before is read",
            )
        };
        if !sum_fits(&header) {
            return Err(damaged());
        }
        let size = number(header.get(124..136)).ok_or_else(damaged)?;
        let kind = header.get(156).copied().unwrap_or(0);
        match kind {
            b'L' | b'x' => {
                let mut text = Vec::new();
                (&mut *input)
                    .take(size.min(LARGEST_NAME))
                    .read_to_end(&mut text)?;
                skip(input, size - size.min(LARGEST_NAME))?;
                if kind == b'L' {
                    long_name = Some(until_zero(&text));
                } else {
                    let (name, size) = pax(&text);
                    long_name = name.or(long_name);
                    long_size = size.or(long_size);
                }
            }
            b'0' | 0 | b'7' => {
                let size = long_size.take().unwrap_or(size);
                let raw = long_name.take().unwrap_or_else(|| short_name(&header));
                let mut body = (&mut *input).take(size);
                if !raw.ends_with('/') {
                    match entry_name(&raw) {
                        EntryName::Refused => refused.add(&raw),
                        EntryName::Skipped => {}
                        EntryName::Fits(name) => {
                            let place = place.entry(&name);
                            let ended = reader.stream(&place, &mut BufReader::new(&mut body));
                            reader.told(&place, ended)?;
                        }
                    }
                }
                let rest = body.limit();
                skip(input, rest)?;
                skip(input, padding(size))?;
                continue;
            }
            b'1' | b'2' => {
                let raw = long_name.take().unwrap_or_else(|| short_name(&header));
                refused.add(&raw);
                skip(input, size)?;
            }
            _ => {
                (long_name, long_size) = (None, None);
                skip(input, size)?;
            }
        }
        skip(input, padding(size))?;
    }
    Ok(())
}

/// The next header; `None` at the end of the archive.
fn block(input: &mut dyn BufRead) -> io::Result<Option<Vec<u8>>> {
    loop {
        let mut bytes = Vec::with_capacity(BLOCK);
        (&mut *input).take(BLOCK as u64).read_to_end(&mut bytes)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        if bytes.len() < BLOCK {
            return Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "it ends inside an entry",
            ));
        }
        if bytes.iter().any(|b| *b != 0) {
            return Ok(Some(bytes));
        }
    }
}

fn padding(size: u64) -> u64 {
    (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64
}

fn skip(input: &mut dyn BufRead, length: u64) -> io::Result<()> {
    let passed = io::copy(&mut input.take(length), &mut io::sink())?;
    match passed == length {
        true => Ok(()),
        false => Err(io::Error::new(
            io::ErrorKind::UnexpectedEof,
            "it ends inside an entry",
        )),
    }
}

/// Whether the sum in a header is that of its bytes.
fn sum_fits(header: &[u8]) -> bool {
    let sum: u64 = header
        .iter()
        .enumerate()
        .map(|(i, b)| {
            let own = if (148..156).contains(&i) { b' ' } else { *b };
            u64::from(own)
        })
        .sum();
    number(header.get(148..156)) == Some(sum)
}

/// A number in octal digits, or, where it is larger, in binary.
fn number(field: Option<&[u8]>) -> Option<u64> {
    let field = field?;
    if field.first().is_some_and(|b| b & 0x80 != 0) {
        let bytes = field.get(field.len().checked_sub(8)?..)?;
        return Some(u64::from_be_bytes(bytes.try_into().ok()?)).filter(|n| *n < 1 << 50);
    }
    let text = std::str::from_utf8(field).ok()?;
    let digits = text.trim_matches(|c: char| c == '\0' || c == ' ');
    if digits.is_empty() {
        return Some(0);
    }
    u64::from_str_radix(digits, 8).ok()
}

fn until_zero(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(bytes.get(..end).unwrap_or(bytes)).into_owned()
}

fn short_name(header: &[u8]) -> String {
    let name = until_zero(header.get(..100).unwrap_or_default());
    let is_posix = header.get(257..263) == Some(b"ustar\0");
    let prefix = until_zero(header.get(345..500).unwrap_or_default());
    match is_posix && !prefix.is_empty() {
        true => format!("{prefix}/{name}"),
        false => name,
    }
}

/// Name and size of a pax header: "30 path=folder/article.txt".
fn pax(text: &[u8]) -> (Option<String>, Option<u64>) {
    let (mut name, mut size) = (None, None);
    let mut rest = text;
    while let Some(space) = rest.iter().position(|b| *b == b' ') {
        let length = rest.get(..space).and_then(|d| std::str::from_utf8(d).ok());
        let Some(length) = length.and_then(|d| d.parse::<usize>().ok()) else {
            break;
        };
        let Some(record) = rest.get(space + 1..length.max(space + 1)) else {
            break;
        };
        let record = String::from_utf8_lossy(record);
        match record.trim_end_matches('\n').split_once('=') {
            Some(("path", value)) => name = Some(value.to_owned()),
            Some(("size", value)) => size = value.parse().ok().filter(|n| *n < 1 << 50),
            _ => {}
        }
        rest = rest.get(length.max(space + 1)..).unwrap_or_default();
    }
    (name, size)
}
