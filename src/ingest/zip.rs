//! Zip archives: stored and deflated entries, also with sizes of more than 32
//! bits. Only the list of entries at the end of the file counts.

use super::archive::{EntryName, Refusals, entry_name};
use super::format::extension;
use super::metadata::object;
use super::pieces::{Ended, Place, Reader, Stop};
use super::{Metadata, Problem};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

/// Bytes of the list of entries.
const LARGEST_LIST: u64 = 64 << 20;
/// Bytes of a sidecar or a `metadata.jsonl`.
const LARGEST_METADATA: u64 = 4 << 20;
/// The end of an archive, with its longest comment.
const LONGEST_END: u64 = 22 + 65_535;

/// One file of an archive.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) name: String,
    flags: u16,
    method: u16,
    crc: u32,
    packed: u64,
    size: u64,
    offset: u64,
    is_link: bool,
}

/// Reads the entries of an archive.
pub(super) fn read<R: BufRead + Seek>(reader: &mut Reader, place: &Place, file: &mut R) -> Ended {
    let entries = list(file)?;
    let names: BTreeSet<&str> = entries.iter().map(|e| e.name.as_str()).collect();
    let mut refused = Refusals::default();
    let (mut locked, mut unknown) = (0_usize, BTreeMap::<u16, usize>::new());
    let mut known = Known::default();
    known.read(reader, place, file, &entries, &names)?;
    for entry in entries.iter().filter(|e| !e.name.ends_with('/')) {
        let name = match entry_name(&entry.name) {
            EntryName::Fits(name) => name,
            EntryName::Skipped => continue,
            EntryName::Refused => {
                refused.add(&entry.name);
                continue;
            }
        };
        if entry.is_link {
            refused.add(&entry.name);
            continue;
        }
        if known.is_metadata(&entry.name) || is_of_page(&name, &names) {
            continue;
        }
        if entry.flags & 1 != 0 {
            locked += 1;
            continue;
        }
        if !matches!(entry.method, 0 | 8) {
            *unknown.entry(entry.method).or_default() += 1;
            continue;
        }
        let mut inner = place.entry(&name);
        let by_user = inner
            .metadata
            .published
            .clone()
            .filter(|p| p.from == "--date");
        inner.metadata = known.of(&entry.name).or(inner.metadata);
        inner.metadata.published = by_user.or(inner.metadata.published);
        let ended =
            open(reader, file, entry).and_then(|mut input| reader.stream(&inner, &mut input));
        reader.told(&inner, ended)?;
    }
    if let Some(message) = refused.told() {
        reader.odd(place, None, message, "it was left out")?;
    }
    if locked > 0 {
        let message = match locked {
            1 => "an entry is encrypted".to_owned(),
            n => format!("{n} entries are encrypted"),
        };
        reader.odd(place, None, message, "unpack the archive with its password")?;
    }
    for (method, count) in unknown {
        let message = format!("{count} entries are packed by method {method}, which is not read");
        reader.odd(
            place,
            None,
            message,
            "unpack the archive, and give the folder",
        )?;
    }
    Ok(())
}

/// Whether an entry is a picture or script of a saved page: `X_files/` beside
/// `X.html`.
fn is_of_page(name: &str, names: &BTreeSet<&str>) -> bool {
    name.match_indices("_files/").any(|(at, _)| {
        let stem = name.get(..at).unwrap_or("");
        [".html", ".htm", ".xhtml"]
            .iter()
            .any(|end| names.contains(format!("{stem}{end}").as_str()))
    })
}

fn damaged(what: &str) -> Stop {
    Stop::Broken(
        format!("the archive is damaged: {what}"),
        "get it again, or unpack it and give the folder",
    )
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

/// The list of entries.
pub(super) fn list<R: BufRead + Seek>(file: &mut R) -> Result<Vec<Entry>, Stop> {
    let length = file.seek(SeekFrom::End(0))?;
    let start = length.saturating_sub(LONGEST_END);
    let tail = part(file, start, length - start)?;
    let no_end = || damaged("its list of entries is missing");
    let at = tail
        .windows(4)
        .rposition(|w| w == b"PK\x05\x06")
        .ok_or_else(no_end)?;
    let end = tail.get(at..).ok_or_else(no_end)?;
    let mut size = u64::from(u32_at(end, 12).ok_or_else(no_end)?);
    let mut offset = u64::from(u32_at(end, 16).ok_or_else(no_end)?);
    let mut end_at = start + at as u64;
    // Where 32 bits are too few, the numbers stand in another record before it.
    let locator = at.checked_sub(20).and_then(|l| tail.get(l..at));
    if let Some(locator) = locator.filter(|l| l.starts_with(b"PK\x06\x07")) {
        let place = u64_at(locator, 8).ok_or_else(no_end)?;
        let record = part(file, place, 56)?;
        if !record.starts_with(b"PK\x06\x06") {
            return Err(no_end());
        }
        size = u64_at(&record, 40).ok_or_else(no_end)?;
        offset = u64_at(&record, 48).ok_or_else(no_end)?;
        end_at = place;
    }
    if size > LARGEST_LIST {
        return Err(Stop::Broken(
            "the archive has too many entries".to_owned(),
            "unpack it, and give the folder",
        ));
    }
    // Something may stand before the archive.
    let begins = end_at.checked_sub(size).ok_or_else(no_end)?;
    let before = begins.saturating_sub(offset);
    let bytes = part(file, offset + before, size)?;
    let mut entries = Vec::new();
    let mut rest = bytes.as_slice();
    while let Some((mut entry, length)) = entry(rest) {
        entry.offset = entry.offset.saturating_add(before);
        entries.push(entry);
        rest = rest.get(length..).unwrap_or_default();
    }
    match entries.is_empty() && size > 0 {
        true => Err(no_end()),
        false => Ok(entries),
    }
}

fn part<R: BufRead + Seek>(file: &mut R, from: u64, length: u64) -> Result<Vec<u8>, Stop> {
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    match bytes.len() as u64 == length {
        true => Ok(bytes),
        false => Err(damaged("it is not complete")),
    }
}

/// An entry of the list, and its length there.
fn entry(bytes: &[u8]) -> Option<(Entry, usize)> {
    if !bytes.starts_with(b"PK\x01\x02") {
        return None;
    }
    let made_by = u16_at(bytes, 4)? >> 8;
    let flags = u16_at(bytes, 8)?;
    let name_length = usize::from(u16_at(bytes, 28)?);
    let extra_length = usize::from(u16_at(bytes, 30)?);
    let comment_length = usize::from(u16_at(bytes, 32)?);
    let attributes = u32_at(bytes, 38)?;
    let name = bytes.get(46..46 + name_length)?;
    let extra = bytes.get(46 + name_length..46 + name_length + extra_length)?;
    let mut entry = Entry {
        name: String::from_utf8_lossy(name).into_owned(),
        flags,
        method: u16_at(bytes, 10)?,
        crc: u32_at(bytes, 16)?,
        packed: u64::from(u32_at(bytes, 20)?),
        size: u64::from(u32_at(bytes, 24)?),
        offset: u64::from(u32_at(bytes, 42)?),
        is_link: made_by == 3 && (attributes >> 16) & 0o170_000 == 0o120_000,
    };
    let mut wide = extra_field(extra, 1).unwrap_or_default();
    for value in [&mut entry.size, &mut entry.packed, &mut entry.offset] {
        if *value == u64::from(u32::MAX) {
            *value = u64_at(wide, 0)?;
            wide = wide.get(8..)?;
        }
    }
    Some((entry, 46 + name_length + extra_length + comment_length))
}

fn extra_field(mut extra: &[u8], wanted: u16) -> Option<&[u8]> {
    loop {
        let (id, length) = (u16_at(extra, 0)?, usize::from(u16_at(extra, 2)?));
        let value = extra.get(4..4 + length)?;
        if id == wanted {
            return Some(value);
        }
        extra = extra.get(4 + length..)?;
    }
}

/// Opens an entry for reading. Its bytes count against what the source may
/// unpack to.
fn open<'f, R: BufRead + Seek>(
    reader: &Reader,
    file: &'f mut R,
    entry: &Entry,
) -> Result<Box<dyn BufRead + 'f>, Stop> {
    let plain = plain(file, entry)?;
    Ok(Box::new(BufReader::new(reader.bounded(plain))))
}

/// The bytes of an entry, checked against its sum.
fn plain<'f, R: BufRead + Seek>(
    file: &'f mut R,
    entry: &Entry,
) -> Result<Checked<Box<dyn Read + 'f>>, Stop> {
    let head = part(file, entry.offset, 30)?;
    if !head.starts_with(b"PK\x03\x04") {
        return Err(damaged("an entry is not where the list says"));
    }
    let (name, extra) = (u16_at(&head, 26), u16_at(&head, 28));
    let (Some(name), Some(extra)) = (name, extra) else {
        return Err(damaged("an entry is not complete"));
    };
    let data = entry.offset + 30 + u64::from(name) + u64::from(extra);
    file.seek(SeekFrom::Start(data))?;
    let packed = file.take(entry.packed);
    let inner: Box<dyn Read + 'f> = match entry.method {
        8 => Box::new(flate2::bufread::DeflateDecoder::new(packed)),
        _ => Box::new(packed),
    };
    Ok(Checked {
        inner,
        sum: flate2::Crc::new(),
        read: 0,
        crc: entry.crc,
        size: entry.size,
    })
}

/// All bytes of an entry, at most `most` of them.
pub(super) fn bytes_of<R: BufRead + Seek>(
    file: &mut R,
    entry: &Entry,
    most: u64,
) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    plain(file, entry)?.take(most + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > most {
        true => Err(Stop::Broken(
            format!("{:?} unpacks to more than {} MB", entry.name, most >> 20),
            "leave it out",
        )),
        false => Ok(bytes),
    }
}

/// Compares what was read with the sum and the size that the list gives.
struct Checked<R> {
    inner: R,
    sum: flate2::Crc,
    read: u64,
    crc: u32,
    size: u64,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        self.sum.update(out.get(..read).unwrap_or_default());
        self.read += read as u64;
        let ended = read == 0 && !out.is_empty();
        if self.read > self.size || ended && (self.read != self.size || self.sum.sum() != self.crc)
        {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "its sum or size is not what the archive says",
            ));
        }
        Ok(read)
    }
}

/// What lies beside the articles of an archive: `metadata.jsonl`, `NAME.json`.
#[derive(Default)]
struct Known {
    metadata: BTreeMap<String, Metadata>,
    files: BTreeSet<String>,
}

impl Known {
    fn read<R: BufRead + Seek>(
        &mut self,
        reader: &mut Reader,
        place: &Place,
        file: &mut R,
        entries: &[Entry],
        names: &BTreeSet<&str>,
    ) -> Ended {
        let mut problems = Vec::new();
        for entry in entries {
            let name = entry.name.as_str();
            let (folder, last) = name.rsplit_once('/').map_or(("", name), |(f, l)| (f, l));
            let of = sidecar_of(name, names);
            if entry.flags & 1 != 0 || last != "metadata.jsonl" && of.is_empty() {
                continue;
            }
            let Ok(bytes) = bytes_of(file, entry, LARGEST_METADATA) else {
                continue;
            };
            let text = String::from_utf8_lossy(&bytes);
            let text = text.trim_start_matches('\u{feff}');
            if of.is_empty() {
                self.lines(text, name, folder, &mut problems);
            } else if let Ok((_, metadata)) = object(text, last, name, None, &mut problems) {
                for article in of {
                    let known = self.metadata.remove(&article).unwrap_or_default();
                    self.metadata.insert(article, metadata.clone().or(known));
                }
            } else {
                continue;
            }
            self.files.insert(name.to_owned());
        }
        for problem in problems {
            let hint = problem.hint.unwrap_or_default();
            let place = place.entry(&problem.path);
            reader.odd(&place, problem.line, problem.message, &hint)?;
        }
        Ok(())
    }

    fn lines(&mut self, text: &str, name: &str, folder: &str, problems: &mut Vec<Problem>) {
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            match object(line, "metadata.jsonl", name, Some(number + 1), problems) {
                Ok((Some(file), metadata)) => {
                    let file = file.trim_start_matches("./");
                    let path = match folder {
                        "" => file.to_owned(),
                        _ => format!("{folder}/{file}"),
                    };
                    let known = self.metadata.remove(&path).unwrap_or_default();
                    self.metadata.insert(path, known.or(metadata));
                }
                Ok((None, _)) => {}
                Err(problem) => problems.push(problem),
            }
        }
    }

    fn is_metadata(&self, name: &str) -> bool {
        self.files.contains(name)
    }

    fn of(&self, name: &str) -> Metadata {
        self.metadata.get(name).cloned().unwrap_or_default()
    }
}

/// The articles that a `NAME.json` describes.
fn sidecar_of(name: &str, names: &BTreeSet<&str>) -> Vec<String> {
    if extension(name) != "json" {
        return Vec::new();
    }
    let stem = name.get(..name.len() - 5).unwrap_or("");
    super::list::WITH_SIDECAR
        .iter()
        .map(|end| format!("{stem}.{end}"))
        .filter(|article| names.contains(article.as_str()))
        .collect()
}
