//! From a source to its articles: a file is one, an archive, a feed or a table
//! holds many. Gives them one after the other and keeps one in memory at a
//! time. Reads the files of sources, and standard input.

use super::fields::FieldMap;
use super::format::{self, Format, HEAD, Look};
use super::transcode::Transcoder;
use super::{LARGEST_FILE, Metadata, Problem, Source};
use crate::text::stable_hash;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::rc::Rc;

/// Archives inside archives are opened to this depth.
pub(super) const DEEPEST: usize = 4;
/// More articles of one source are not read.
const MOST_PIECES: usize = 5_000_000;
/// A source may unpack to this many times its size ...
const RATIO: u64 = 300;
/// ... and this many bytes more.
const ALLOWANCE: u64 = 256 << 20;
/// More odd things of one source are counted, not told.
const MOST_PROBLEMS: usize = 100;

/// One article-to-be: a whole file, or one entry of an archive, feed, mailbox,
/// table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The path of the source, with what names the entry in it behind:
    /// `box.zip/inner.html`, `feed.xml#bridge-falls-3f2a9c41`. The same in every
    /// run, and no two pieces of a source share one.
    pub path: String,
    /// The file, as the user named it, with the entry behind; for messages.
    pub file: PathBuf,
    /// What [`parse`] makes an article of.
    pub bytes: Vec<u8>,
    /// What the bytes are; always one that [`Format::is_article`].
    pub format: Format,
    /// What is known from outside the bytes: given by the user, said by the
    /// entry.
    pub metadata: Metadata,
    /// Where the metadata of the entry come from: field and place.
    pub origins: Vec<(String, String)>,
    /// What was odd about the entry.
    pub notes: Vec<Problem>,
}

/// How sources are read.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Which fields of JSON and CSV files are title, text, date and so on.
    pub map: FieldMap,
}

/// Opens a source and gives its pieces one after the other, and problems as
/// they are met. `each` ends the reading with `Break`. Memory is bounded by one
/// piece of at most [`LARGEST_FILE`] bytes and one archive of that size for each
/// archive that it lies in.
pub fn pieces(
    source: &Source,
    options: &ReadOptions,
    each: &mut dyn FnMut(Result<Piece, Problem>) -> ControlFlow<()>,
) {
    walk(source, options, each, |reader, place| reader.source(place));
}

/// As [`pieces`], of bytes that are in memory. `source` says what they are called
/// and what is known of them; its file is not opened.
pub fn pieces_of(
    source: &Source,
    bytes: &[u8],
    options: &ReadOptions,
    each: &mut dyn FnMut(Result<Piece, Problem>) -> ControlFlow<()>,
) {
    walk(source, options, each, |reader, place| {
        reader.allow(bytes.len() as u64);
        reader.stream(place, &mut &*bytes)
    });
}

fn walk(
    source: &Source,
    options: &ReadOptions,
    each: &mut dyn FnMut(Result<Piece, Problem>) -> ControlFlow<()>,
    read: impl FnOnce(&mut Reader<'_>, &Place) -> Ended,
) {
    let mut reader = Reader {
        source,
        options,
        each,
        left: Rc::new(Cell::new(u64::MAX)),
        pieces: 0,
        problems: 0,
        used: BTreeMap::new(),
    };
    let place = Place {
        inner: String::new(),
        name: source.path.clone(),
        depth: 0,
        metadata: source.metadata.clone(),
    };
    let ended = read(&mut reader, &place);
    let _ = reader.told(&place, ended);
    reader.count_problems();
}

/// What ends the reading of a stream.
pub(super) enum Stop {
    /// The caller has enough.
    Asked,
    /// It cannot be read further: why, and what to do.
    Broken(String, &'static str),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        let hint = if error.to_string().contains(BOMB) {
            "unpack it yourself, and give the articles"
        } else {
            "the file is damaged or not complete; get it again, or leave it out"
        };
        Stop::Broken(format!("the file cannot be read to its end: {error}"), hint)
    }
}

/// How a reader ends.
pub(super) type Ended = Result<(), Stop>;

const BOMB: &str = "it unpacks to far more than its size";

/// Where in a source a stream stands.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// Behind the source's path: empty, or `/inner.zip/feed.xml`.
    pub(super) inner: String,
    /// The name that tells the format.
    pub(super) name: String,
    /// How many archives are around it.
    pub(super) depth: usize,
    /// What is known of it from outside.
    pub(super) metadata: Metadata,
}

impl Place {
    /// An entry of an archive that stands here.
    pub(super) fn entry(&self, name: &str) -> Place {
        Place {
            inner: format!("{}/{name}", self.inner),
            name: name.to_owned(),
            depth: self.depth + 1,
            metadata: self.of_entry(),
        }
    }

    /// An entry of a file that gives its entries no names: some words, and a
    /// hash of what tells it from the others.
    pub(super) fn numbered(&self, words: &str, key: &[u8]) -> Place {
        let hash = stable_hash(key) >> 24;
        let name = match slug(words) {
            slug if slug.is_empty() => format!("{hash:010x}"),
            slug => format!("{slug}-{hash:010x}"),
        };
        Place {
            inner: format!("{}#{name}", self.inner),
            name: self.name.clone(),
            depth: self.depth,
            metadata: self.of_entry(),
        }
    }

    /// What is known of every entry: title and address are those of one article.
    pub(super) fn of_entry(&self) -> Metadata {
        Metadata {
            title: None,
            url: None,
            ..self.metadata.clone()
        }
    }
}

/// An article found in a container.
pub(super) struct Found {
    /// What tells it from the other entries: an address, an id, its text.
    pub(super) key: Vec<u8>,
    pub(super) bytes: Vec<u8>,
    pub(super) format: Format,
    pub(super) metadata: Metadata,
    pub(super) origins: Vec<(String, String)>,
    /// Line of the entry in its file and what was odd.
    pub(super) notes: Vec<(Option<usize>, String)>,
}

/// Reads one source.
pub(super) struct Reader<'a> {
    source: &'a Source,
    pub(super) options: &'a ReadOptions,
    each: &'a mut dyn FnMut(Result<Piece, Problem>) -> ControlFlow<()>,
    /// How many bytes may still be unpacked.
    left: Rc<Cell<u64>>,
    pieces: usize,
    problems: usize,
    /// How often each path was given.
    used: BTreeMap<u64, u32>,
}

impl Reader<'_> {
    fn source(&mut self, place: &Place) -> Ended {
        if self.source.is_stdin() {
            self.left.set(u64::MAX);
            let mut input = BufReader::new(io::stdin().lock());
            return self.stream(place, &mut input);
        }
        if let Err(problem) = super::check(self.source) {
            return self.problem(problem);
        }
        let file = File::open(&self.source.file).map_err(|e| cannot(&e))?;
        let length = file.metadata().map_or(0, |m| m.len());
        self.allow(length);
        let mut file = BufReader::with_capacity(1 << 16, file);
        let mut head = Vec::new();
        (&mut file)
            .take(HEAD as u64)
            .read_to_end(&mut head)
            .map_err(|e| cannot(&e))?;
        file.rewind()?;
        if format::look(&head, &place.name) == Look::Is(Format::Zip) {
            return super::zip::read(self, place, &mut file);
        }
        self.stream(place, &mut file)
    }

    /// Sets how much a source of so many bytes may unpack to.
    fn allow(&self, length: u64) {
        let most = length.saturating_mul(RATIO).saturating_add(ALLOWANCE);
        self.left.set(most);
    }

    /// Reads a stream of any format.
    pub(super) fn stream(&mut self, place: &Place, input: &mut dyn BufRead) -> Ended {
        let mut head = Vec::new();
        (&mut *input).take(HEAD as u64).read_to_end(&mut head)?;
        let look = format::look(&head, &place.name);
        let mut input = Cursor::new(head).chain(input);
        let format = match look {
            Look::Is(format) => format,
            Look::Other(what, hint) => {
                return Err(Stop::Broken(format!("this is {what}, no article"), hint));
            }
            Look::Own => {
                return Err(Stop::Broken(
                    "this was written by Tieline itself".to_owned(),
                    "leave it out: its articles would count twice",
                ));
            }
        };
        let archive = matches!(format, Format::Zip | Format::Tar | Format::Gzip);
        if archive && place.depth >= DEEPEST {
            return Err(Stop::Broken(
                format!("archives more than {DEEPEST} deep are not opened"),
                "unpack it yourself, and give what is inside",
            ));
        }
        match format {
            Format::Gzip => self.gzip(place, &mut input),
            Format::Tar => super::tar::read(self, place, &mut input),
            Format::Zip => {
                let bytes = whole(&mut input)?;
                super::zip::read(self, place, &mut Cursor::new(bytes))
            }
            Format::Json => super::json::read(self, place, &mut Transcoder::new(&mut input)?),
            Format::JsonLines => super::json::lines(self, place, &mut Transcoder::new(&mut input)?),
            Format::Csv => super::table::read(self, place, &mut input),
            Format::Feed => super::feed::read(self, place, &mut input),
            Format::Warc => super::warc::read(self, place, &mut input),
            Format::Mbox => super::mail::mbox(self, place, &mut input),
            Format::Mail => {
                let bytes = whole(&mut input)?;
                super::mail::message(self, place, &bytes)
            }
            _ => {
                let bytes = whole(&mut input)?;
                self.article(place, bytes, format)
            }
        }
    }

    fn gzip(&mut self, place: &Place, input: &mut dyn BufRead) -> Ended {
        let inner = flate2::bufread::MultiGzDecoder::new(input);
        let mut inner = BufReader::with_capacity(1 << 16, self.bounded(inner));
        let lower = place.name.to_ascii_lowercase();
        let name = match lower.strip_suffix(".gz") {
            Some(stem) => place.name[..stem.len()].to_owned(),
            None if lower.ends_with(".tgz") => format!("{}.tar", &place.name[..lower.len() - 4]),
            None => place.name.clone(),
        };
        let place = Place {
            name,
            depth: place.depth + 1,
            ..place.clone()
        };
        self.stream(&place, &mut inner)
    }

    /// A reader of unpacked bytes, which fails when a source unpacks to too many.
    pub(super) fn bounded<R: Read>(&self, inner: R) -> Bounded<R> {
        Bounded {
            inner,
            left: Rc::clone(&self.left),
        }
    }

    /// Gives a file that is one article.
    pub(super) fn article(&mut self, place: &Place, bytes: Vec<u8>, format: Format) -> Ended {
        let piece = Piece {
            path: format!("{}{}", self.source.path, place.inner),
            file: self.file(place),
            bytes,
            format,
            metadata: place.metadata.clone(),
            origins: Vec::new(),
            notes: Vec::new(),
        };
        self.give(piece)
    }

    /// Gives an entry of a container. What the user says comes before what the
    /// entry says, and what is said of the whole container behind both.
    pub(super) fn entry(&mut self, place: &Place, found: Found) -> Ended {
        let title = found.metadata.title.clone().unwrap_or_default();
        self.named_entry(place, &title, found)
    }

    /// As [`Reader::entry`], with the words that its path is made of.
    pub(super) fn named_entry(&mut self, place: &Place, words: &str, found: Found) -> Ended {
        let place = place.numbered(words, &found.key);
        self.found(&place, found)
    }

    /// Gives what was found at this very place.
    pub(super) fn found(&mut self, place: &Place, found: Found) -> Ended {
        let outside = place.metadata.clone();
        let by_user = outside.published.clone().filter(|p| p.from == "--date");
        let metadata = Metadata {
            published: by_user,
            ..Metadata::default()
        };
        let shown = self.source.file.display().to_string();
        let notes = found.notes.into_iter().map(|(line, message)| Problem {
            path: shown.clone(),
            line,
            message,
            hint: None,
        });
        let piece = Piece {
            path: format!("{}{}", self.source.path, place.inner),
            file: self.file(place),
            bytes: found.bytes,
            format: found.format,
            metadata: metadata.or(found.metadata).or(outside),
            origins: found.origins,
            notes: notes.collect(),
        };
        self.give(piece)
    }

    fn give(&mut self, mut piece: Piece) -> Ended {
        if self.pieces == MOST_PIECES {
            return Err(Stop::Broken(
                format!("only the first {MOST_PIECES} articles of a file are read"),
                "cut the file",
            ));
        }
        self.pieces += 1;
        let times = self
            .used
            .entry(stable_hash(piece.path.as_bytes()))
            .or_default();
        *times += 1;
        if *times > 1 {
            piece.path = format!("{}~{times}", piece.path);
        }
        match (self.each)(Ok(piece)) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::Asked),
        }
    }

    fn file(&self, place: &Place) -> PathBuf {
        PathBuf::from(format!("{}{}", self.source.file.display(), place.inner))
    }

    /// Tells of something that could not be read.
    pub(super) fn odd(
        &mut self,
        place: &Place,
        line: Option<usize>,
        message: impl Into<String>,
        hint: &str,
    ) -> Ended {
        let problem = Problem {
            path: self.file(place).display().to_string(),
            line,
            message: message.into(),
            hint: Some(hint.to_owned()),
        };
        self.problem(problem)
    }

    fn problem(&mut self, problem: Problem) -> Ended {
        self.problems += 1;
        if self.problems > MOST_PROBLEMS {
            return Ok(());
        }
        match (self.each)(Err(problem)) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::Asked),
        }
    }

    fn count_problems(&mut self) {
        if let Some(more) = self.problems.checked_sub(MOST_PROBLEMS).filter(|m| *m > 0) {
            let _ = (self.each)(Err(Problem {
                path: self.source.file.display().to_string(),
                line: None,
                message: format!("{more} more entries could not be read"),
                hint: Some("mend those named first".to_owned()),
            }));
        }
    }

    /// Tells why an entry could not be read; its container goes on.
    pub(super) fn told(&mut self, place: &Place, ended: Ended) -> Ended {
        match ended {
            Err(Stop::Broken(message, hint)) => self.odd(place, None, message, hint),
            other => other,
        }
    }
}

fn cannot(error: &io::Error) -> Stop {
    Stop::Broken(
        format!("the file cannot be read: {error}"),
        "check its permissions, or leave it out",
    )
}

/// The rest of a stream.
///
/// # Errors
/// When it is longer than [`LARGEST_FILE`].
pub(super) fn whole(input: &mut dyn BufRead) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    input.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(Stop::Broken(
            format!("the file has more than {} MB", LARGEST_FILE >> 20),
            "cut it into articles, one a file",
        ));
    }
    Ok(bytes)
}

/// What a line of a stream is.
pub(super) enum Line {
    /// It was read, with its line break.
    Whole,
    /// It was longer than the most, and passed over.
    TooLong,
    /// There is none.
    End,
}

/// Reads a line of at most `most` bytes into `line`.
pub(super) fn line(
    input: &mut dyn BufRead,
    most: usize,
    line: &mut Vec<u8>,
) -> Result<Line, io::Error> {
    line.clear();
    let mut too_long = false;
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(match (too_long, line.is_empty()) {
                (true, _) => Line::TooLong,
                (false, true) => Line::End,
                (false, false) => Line::Whole,
            });
        }
        let end = buffer.iter().position(|b| *b == b'\n');
        let taken = end.map_or(buffer.len(), |e| e + 1);
        if line.len() + taken > most {
            too_long = true;
            line.clear();
        }
        if !too_long {
            line.extend_from_slice(&buffer[..taken]);
        }
        input.consume(taken);
        if end.is_some() {
            return Ok(if too_long { Line::TooLong } else { Line::Whole });
        }
    }
}

/// A few words of a title for a path.
fn slug(title: &str) -> String {
    const LONGEST: usize = 40;
    let mut slug = String::new();
    for c in title.chars().take(200) {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
        if slug.len() >= LONGEST {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Counts unpacked bytes against what a source may unpack to.
pub(super) struct Bounded<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let left = self.left.get();
        if (read as u64) > left {
            return Err(io::Error::other(BOMB));
        }
        if left != u64::MAX {
            self.left.set(left - read as u64);
        }
        Ok(read)
    }
}
