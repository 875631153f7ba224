//! Tables: CSV and TSV, with commas, semicolons or tabs, quoted fields with line
//! breaks in them, in any encoding. Rows are read one by one.

use super::LARGEST_FILE;
use super::fields::{Record, Records, listed};
use super::pieces::{Ended, Place, Reader, Stop};
use super::transcode::Transcoder;
use std::io::BufRead;

/// Bytes of one row; a longer one is passed over.
const LARGEST_ROW: usize = LARGEST_FILE as usize;
/// Fields of one row.
const MOST_FIELDS: usize = 2_000;

/// Reads the rows of a table, the first of which names its columns.
pub(super) fn read(reader: &mut Reader, place: &Place, input: &mut dyn BufRead) -> Ended {
    let mut input = Transcoder::new(input)?;
    let mut rows = Rows {
        sign: sign(input.fill_buf()?),
        input: &mut input,
        line: 1,
    };
    let Row::Fields(names) = rows.next()? else {
        return Err(Stop::Broken(
            "this table has no row of column names".to_owned(),
            "write the names of the columns into its first line",
        ));
    };
    let names: Vec<String> = names.iter().map(|n| n.trim().to_owned()).collect();
    let map = &reader.options.map;
    let is_there = |wanted: &str| names.iter().any(|n| n.eq_ignore_ascii_case(wanted));
    if let Some((what, name)) = map.missing(is_there) {
        return Err(Stop::Broken(
            format!(
                "there is no column {name:?} (--map {what}={name}); there are: {}",
                listed(names.iter().map(String::as_str), names.len())
            ),
            "write the name as it stands there",
        ));
    }
    let mut records = Records::new("column");
    let mut ragged: Option<(usize, usize)> = None;
    loop {
        let line = rows.line;
        match rows.next()? {
            Row::End => break,
            Row::TooLong => {
                let message = format!("a row of more than {} MB is not read", LARGEST_ROW >> 20);
                reader.odd(
                    place,
                    Some(line),
                    message,
                    "look for a quote that is not closed",
                )?;
            }
            Row::Fields(fields) => {
                if fields.len() != names.len() {
                    ragged = Some(ragged.map_or((line, 1), |(first, n)| (first, n + 1)));
                }
                let pairs = names.iter().cloned().zip(fields);
                let record = Record {
                    fields: pairs.filter(|(_, v)| !v.trim().is_empty()).collect(),
                };
                if !record.fields.is_empty() {
                    records.add(reader, place, line, record)?;
                }
            }
        }
    }
    if let Some((line, count)) = ragged {
        let rows = match count {
            1 => "a row has".to_owned(),
            _ => format!("{count} rows have"),
        };
        let message = format!("{rows} more or fewer fields than there are columns");
        reader.odd(
            place,
            Some(line),
            message,
            "look for a quote that is missing",
        )?;
    }
    records.finish(reader, place)
}

/// What parts the fields: the sign that stands most often in the first line.
fn sign(head: &[u8]) -> u8 {
    let end = head.iter().position(|b| *b == b'\n').unwrap_or(head.len());
    let line = head.get(..end).unwrap_or(head);
    let count = |sign: u8| line.iter().filter(|b| **b == sign).count();
    let best = [b'\t', b';', b','].into_iter().max_by_key(|s| count(*s));
    best.unwrap_or(b',')
}

enum Row {
    Fields(Vec<String>),
    TooLong,
    End,
}

struct Rows<'i> {
    input: &'i mut dyn BufRead,
    sign: u8,
    /// The line at which the next row begins.
    line: usize,
}

impl Rows<'_> {
    /// The next row that is not blank.
    fn next(&mut self) -> Result<Row, Stop> {
        let mut fields: Vec<Vec<u8>> = vec![Vec::new()];
        let (mut quoted, mut was_quote, mut any) = (false, false, false);
        let (mut length, mut too_long) = (0_usize, false);
        // Columns beyond the last that is read.
        let mut beyond = false;
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let mut taken = 0;
            let mut ended = false;
            for byte in buffer.iter().copied() {
                taken += 1;
                self.line += usize::from(byte == b'\n');
                length += 1;
                too_long |= length > LARGEST_ROW;
                if too_long {
                    // A quote that is never closed must not cost the whole rest.
                    fields.clear();
                    if byte == b'\n' {
                        ended = true;
                        break;
                    }
                    continue;
                }
                let Some(field) = fields.last_mut() else {
                    break;
                };
                if quoted {
                    match (byte, was_quote) {
                        (b'"', false) => was_quote = true,
                        (b'"', true) => {
                            field.push(b'"');
                            was_quote = false;
                        }
                        (_, true) => {
                            quoted = false;
                            was_quote = false;
                        }
                        _ => field.push(byte),
                    }
                    if quoted {
                        any = true;
                        continue;
                    }
                }
                match byte {
                    b'\n' => {
                        ended = any;
                        if ended {
                            break;
                        }
                    }
                    b'\r' => {}
                    b'"' if field.is_empty() => {
                        quoted = true;
                        any = true;
                    }
                    _ if byte == self.sign => {
                        any = true;
                        if fields.len() < MOST_FIELDS {
                            fields.push(Vec::new());
                        } else {
                            beyond = true;
                        }
                    }
                    _ => {
                        any = true;
                        if !beyond {
                            field.push(byte);
                        }
                    }
                }
            }
            self.input.consume(taken);
            if ended {
                break;
            }
        }
        if too_long {
            return Ok(Row::TooLong);
        }
        if !any {
            return Ok(Row::End);
        }
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Ok(Row::Fields(fields.into_iter().map(text).collect()))
    }
}
