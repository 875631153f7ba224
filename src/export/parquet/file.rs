//! The Parquet file format (<https://parquet.apache.org/docs/file-format/>) as
//! far as a flat table needs it: plain values, no compression, one page a
//! column and group of rows. The description of a file is a Thrift structure in
//! the compact protocol. A crate would do the same with a dozen more crates and
//! a minute more of building.

use chrono::NaiveDate;
use std::borrow::Cow;

/// Rows of a group, so that no page comes near the 2 GiB that its length can
/// tell.
const ROWS: usize = 20_000;

/// The first and last bytes of a file.
const MAGIC: &[u8] = b"PAR1";

/// A column of a table.
pub(super) struct Column<'s> {
    pub(super) name: &'static str,
    pub(super) values: Values<'s>,
}

/// The values of a column; all but the first kind may be null.
pub(super) enum Values<'s> {
    Text(Vec<Cow<'s, str>>),
    MaybeText(Vec<Option<&'s str>>),
    Number(Vec<Option<i64>>),
    Day(Vec<Option<NaiveDate>>),
}

// Numbers of the format's own enumerations.
const INT32: i64 = 1;
const INT64: i64 = 2;
const BYTE_ARRAY: i64 = 6;
const REQUIRED: i64 = 0;
const OPTIONAL: i64 = 1;
const UTF8: i64 = 0;
const DATE: i64 = 6;
const PLAIN: i64 = 0;
const RLE: i64 = 3;
const UNCOMPRESSED: i64 = 0;
const DATA_PAGE: i64 = 0;

impl Values<'_> {
    pub(super) fn len(&self) -> usize {
        match self {
            Values::Text(v) => v.len(),
            Values::MaybeText(v) => v.len(),
            Values::Number(v) => v.len(),
            Values::Day(v) => v.len(),
        }
    }

    /// How it is stored, and what it means.
    fn types(&self) -> (i64, Option<i64>) {
        match self {
            Values::Text(_) | Values::MaybeText(_) => (BYTE_ARRAY, Some(UTF8)),
            Values::Number(_) => (INT64, None),
            Values::Day(_) => (INT32, Some(DATE)),
        }
    }

    fn is_required(&self) -> bool {
        matches!(self, Values::Text(_))
    }

    /// The page of some rows: which are there, then those that are.
    fn page(&self, from: usize, to: usize) -> Vec<u8> {
        let mut out = Vec::new();
        match self {
            Values::Text(all) => {
                for value in all.iter().skip(from).take(to - from) {
                    text(&mut out, value);
                }
            }
            Values::MaybeText(all) => optional(&mut out, rows(all, from, to), |out, value| {
                text(out, value);
            }),
            Values::Number(all) => optional(&mut out, rows(all, from, to), |out, value| {
                out.extend(value.to_le_bytes());
            }),
            Values::Day(all) => optional(&mut out, rows(all, from, to), |out, value| {
                out.extend(days(*value).to_le_bytes());
            }),
        }
        out
    }
}

/// Days from 1970-01-01. A year has at most four digits, so the number fits.
fn days(day: NaiveDate) -> i32 {
    let days = day.signed_duration_since(NaiveDate::default()).num_days();
    i32::try_from(days).unwrap_or_default()
}

fn rows<T>(all: &[T], from: usize, to: usize) -> &[T] {
    all.get(from..to).unwrap_or(&[])
}

fn text(out: &mut Vec<u8>, value: &str) {
    out.extend((value.len() as u32).to_le_bytes());
    out.extend(value.as_bytes());
}

/// Writes for each row whether it has a value, as runs of equal rows with the
/// number of bytes before them, then the values.
fn optional<T>(out: &mut Vec<u8>, rows: &[Option<T>], write: impl Fn(&mut Vec<u8>, &T)) {
    let mut levels = Vec::new();
    for run in rows.chunk_by(|a, b| a.is_some() == b.is_some()) {
        varint(&mut levels, (run.len() as u64) << 1);
        levels.push(u8::from(run.first().is_some_and(Option::is_some)));
    }
    out.extend((levels.len() as u32).to_le_bytes());
    out.extend(levels);
    for value in rows.iter().flatten() {
        write(out, value);
    }
}

/// Writes a table of columns of one length.
pub(super) fn write(table: &str, columns: &[Column<'_>]) -> Vec<u8> {
    let count = columns.iter().map(|c| c.values.len()).min().unwrap_or(0);
    let mut out = MAGIC.to_vec();
    let mut groups = Vec::new();
    for from in (0..count).step_by(ROWS) {
        let to = (from + ROWS).min(count);
        let chunks: Vec<Chunk> = columns
            .iter()
            .map(|column| chunk(&mut out, column, from, to))
            .collect();
        groups.push((chunks, to - from));
    }
    let description = description(table, columns, &groups, count);
    out.extend(&description);
    out.extend((description.len() as u32).to_le_bytes());
    out.extend(MAGIC);
    out
}

/// Where the page of a column stands.
struct Chunk {
    offset: usize,
    length: usize,
}

fn chunk(out: &mut Vec<u8>, column: &Column<'_>, from: usize, to: usize) -> Chunk {
    let offset = out.len();
    let page = column.values.page(from, to);
    let mut header = Thrift::default();
    header.number(1, I32, DATA_PAGE);
    header.number(2, I32, page.len() as i64);
    header.number(3, I32, page.len() as i64);
    header.structure(5, |data| {
        data.number(1, I32, (to - from) as i64);
        data.number(2, I32, PLAIN);
        data.number(3, I32, RLE);
        data.number(4, I32, RLE);
    });
    out.extend(header.end());
    out.extend(page);
    Chunk {
        offset,
        length: out.len() - offset,
    }
}

/// What the end of the file says about it.
fn description(
    table: &str,
    columns: &[Column<'_>],
    groups: &[(Vec<Chunk>, usize)],
    count: usize,
) -> Vec<u8> {
    let mut file = Thrift::default();
    file.number(1, I32, 1);
    file.list(2, STRUCT, columns.len() + 1);
    let mut root = Thrift::default();
    root.text(4, table);
    root.number(5, I32, columns.len() as i64);
    file.element(root);
    for column in columns {
        let (stored, meaning) = column.values.types();
        let mut element = Thrift::default();
        element.number(1, I32, stored);
        let repetition = match column.values.is_required() {
            true => REQUIRED,
            false => OPTIONAL,
        };
        element.number(3, I32, repetition);
        element.text(4, column.name);
        if let Some(meaning) = meaning {
            element.number(6, I32, meaning);
        }
        file.element(element);
    }
    file.number(3, I64, count as i64);
    file.list(4, STRUCT, groups.len());
    for (chunks, rows) in groups {
        let mut group = Thrift::default();
        group.list(1, STRUCT, chunks.len());
        for (column, chunk) in columns.iter().zip(chunks) {
            let mut element = Thrift::default();
            element.number(2, I64, chunk.offset as i64);
            element.structure(3, |data| meta(data, column, chunk, *rows));
            group.element(element);
        }
        let total: usize = chunks.iter().map(|c| c.length).sum();
        group.number(2, I64, total as i64);
        group.number(3, I64, *rows as i64);
        file.element(group);
    }
    file.text(6, concat!("tieline ", env!("CARGO_PKG_VERSION")));
    file.end()
}

fn meta(data: &mut Thrift, column: &Column<'_>, chunk: &Chunk, rows: usize) {
    data.number(1, I32, column.values.types().0);
    data.list(2, I32, 2);
    data.zigzag(PLAIN);
    data.zigzag(RLE);
    data.list(3, BINARY, 1);
    data.bytes(column.name.as_bytes());
    data.number(4, I32, UNCOMPRESSED);
    data.number(5, I64, rows as i64);
    data.number(6, I64, chunk.length as i64);
    data.number(7, I64, chunk.length as i64);
    data.number(9, I64, chunk.offset as i64);
}

// Types of Thrift's compact protocol.
const I32: u8 = 5;
const I64: u8 = 6;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// A structure of Thrift's compact protocol. Fields are written in the order
/// of their numbers.
#[derive(Default)]
struct Thrift {
    out: Vec<u8>,
    last: u8,
}

impl Thrift {
    /// Numbers are at most 15 apart here, so that a field's head is one byte.
    fn field(&mut self, number: u8, kind: u8) {
        let step = number.saturating_sub(self.last);
        self.out.push((step << 4) | kind);
        self.last = number;
    }

    fn number(&mut self, field: u8, kind: u8, value: i64) {
        self.field(field, kind);
        self.zigzag(value);
    }

    fn text(&mut self, field: u8, text: &str) {
        self.field(field, BINARY);
        self.bytes(text.as_bytes());
    }

    fn list(&mut self, field: u8, kind: u8, length: usize) {
        self.field(field, LIST);
        if length < 15 {
            self.out.push(((length as u8) << 4) | kind);
        } else {
            self.out.push(0xf0 | kind);
            varint(&mut self.out, length as u64);
        }
    }

    fn structure(&mut self, field: u8, fill: impl FnOnce(&mut Thrift)) {
        self.field(field, STRUCT);
        let mut inner = Thrift::default();
        fill(&mut inner);
        self.element(inner);
    }

    /// A structure in a list.
    fn element(&mut self, inner: Thrift) {
        self.out.extend(inner.end());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        varint(&mut self.out, bytes.len() as u64);
        self.out.extend(bytes);
    }

    fn zigzag(&mut self, value: i64) {
        varint(&mut self.out, ((value << 1) ^ (value >> 63)) as u64);
    }

    fn end(mut self) -> Vec<u8> {
        self.out.push(0);
        self.out
    }
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value > 0x7f {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let mut out = Vec::new();
        varint(&mut out, 0);
        varint(&mut out, 300);
        let mut thrift = Thrift { out, last: 0 };
        thrift.zigzag(-1);
        thrift.zigzag(2);
        assert_eq!(thrift.end(), [0, 0xac, 2, 1, 4, 0]);
    }

    #[test]
    fn a_page_says_which_rows_have_a_value() {
        let days = Values::Day(vec![
            NaiveDate::from_ymd_opt(1970, 1, 3),
            None,
            None,
            NaiveDate::from_ymd_opt(1969, 12, 31),
        ]);
        let expected = [6, 0, 0, 0, 2, 1, 4, 0, 2, 1, 2, 0, 0, 0, 255, 255, 255, 255];
        assert_eq!(days.page(0, 4), expected);
        let texts = Values::Text(vec!["é".into(), "".into()]);
        assert_eq!(texts.page(0, 2), [2, 0, 0, 0, 0xc3, 0xa9, 0, 0, 0, 0]);
    }

    /// Real readers try whole files; this pins the bytes that they were given.
    #[test]
    fn a_small_file() {
        let columns = [
            Column {
                name: "id",
                values: Values::Text(vec!["a".into()]),
            },
            Column {
                name: "n",
                values: Values::Number(vec![None]),
            },
        ];
        let bytes: String = write("t", &columns)
            .iter()
            .map(|b| match b {
                b' '..=b'~' => (*b as char).to_string(),
                b => format!("\\{b:02x}"),
            })
            .collect();
        insta::assert_snapshot!(bytes);
    }
}
