//! Finds the articles below the paths that the user gives, with the metadata
//! that lies beside them.

use super::format::{HEAD, Look, Named, extension, look, named};
use super::metadata::{given, object};
use super::{DateOption, Metadata, Problem, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Folders deeper than this are not read.
const DEEPEST: usize = 64;
/// A metadata file larger than this is not read.
const LARGEST_METADATA: u64 = 64 << 20;
/// Ends of names of articles that a `NAME.json` may describe.
pub(super) const WITH_SIDECAR: [&str; 12] = [
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "shtml", "pdf", "docx", "odt", "eml",
];
/// Ends of names of files that hold many articles. A `NAME.json` beside one of
/// them describes none.
const CONTAINERS: [&str; 16] = [
    "json", "jsonl", "ndjson", "csv", "tsv", "rss", "atom", "rdf", "xml", "warc", "mbox", "mbx",
    "zip", "tar", "tgz", "gz",
];
/// Names of files of no known kind that a message tells.
const MOST_NAMES: usize = 3;
const METADATA: &str = "metadata.jsonl";

/// Lists the articles below `paths`, sorted by path, without reading them
/// beyond their metadata. What cannot be listed is a problem.
///
/// Folders are read with their sub-folders, without hidden files, without what a
/// browser saved beside a page, and without files that hold no articles by their
/// name or, where that says nothing, by their first bytes; a file that is named
/// itself is always listed. A file that is reached twice is listed once. Two files with one
/// path below two folders get the folders' names before it.
pub fn list(paths: &[PathBuf], dates: &[DateOption]) -> (Vec<Source>, Vec<Problem>) {
    let mut lister = Lister::default();
    for path in paths {
        lister.input(path);
    }
    let Lister {
        mut found,
        mut problems,
        ..
    } = lister;
    keep_apart(&mut found);
    found.sort_by(|a, b| {
        (a.source.path.as_bytes(), &a.source.file).cmp(&(b.source.path.as_bytes(), &b.source.file))
    });
    let mut sources: Vec<Source> = found.into_iter().map(|f| f.source).collect();
    apply_dates(&mut sources, dates, &mut problems);
    (sources, problems)
}

struct Found {
    source: Source,
    /// The folder that was given, or the folder of the file that was given.
    root: PathBuf,
}

/// What an entry of a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    File,
    Folder,
    /// A link, or what the system tells only when asked for the file itself.
    Asked,
    /// A pipe, a device.
    Other,
}

impl Sort {
    /// As the folder itself says.
    fn of(entry: &fs::DirEntry) -> Sort {
        match entry.file_type() {
            Ok(kind) if kind.is_file() => Sort::File,
            Ok(kind) if kind.is_dir() => Sort::Folder,
            _ => Sort::Asked,
        }
    }

    /// What it leads to.
    fn followed(self, path: &Path) -> std::io::Result<Sort> {
        if self != Sort::Asked {
            return Ok(self);
        }
        let kind = fs::metadata(path)?;
        Ok(match () {
            () if kind.is_file() => Sort::File,
            () if kind.is_dir() => Sort::Folder,
            () => Sort::Other,
        })
    }
}

/// The name of the file that can describe an article of this name.
fn sidecar_name(name: &str) -> String {
    file_name(&Path::new(name).with_extension("json"))
}

#[derive(Default)]
struct Lister {
    found: Vec<Found>,
    problems: Vec<Problem>,
    /// Files and folders met, by their real path: links lead round in circles.
    files: BTreeSet<PathBuf>,
    folders: BTreeSet<PathBuf>,
    /// Files of the folder at hand that are of no known kind.
    unknown: Vec<String>,
}

/// What a folder's `metadata.jsonl` says of each file, with the line.
type FolderMetadata = BTreeMap<String, (usize, Metadata)>;

fn problem(path: &Path, message: impl Into<String>, hint: &str) -> Problem {
    Problem {
        path: path.display().to_string(),
        line: None,
        message: message.into(),
        hint: Some(hint.to_owned()),
    }
}

impl Lister {
    fn input(&mut self, path: &Path) {
        if path.as_os_str() == "-" {
            self.standard_input();
            return;
        }
        match fs::metadata(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                self.problems.push(problem(
                    path,
                    "there is no such file or folder",
                    "check the spelling; relative paths start at the working folder",
                ));
            }
            Err(error) => self.problems.push(problem(
                path,
                format!("cannot be read: {error}"),
                "check the permissions of the file and its folders",
            )),
            Ok(kind) if kind.is_dir() => {
                let before = self.found.len();
                let complaints = self.problems.len();
                self.folder(path, path, 0);
                self.tell_unknown(path);
                if self.found.len() == before && self.problems.len() == complaints {
                    self.problems.push(problem(
                        path,
                        "no articles in this folder",
                        "put articles there, or name the files themselves",
                    ));
                }
            }
            Ok(_) => self.named_file(path),
        }
    }

    /// `-`: whatever comes in.
    fn standard_input(&mut self) {
        if self.found.iter().any(|f| f.source.is_stdin()) {
            return;
        }
        self.found.push(Found {
            source: Source {
                file: PathBuf::from("-"),
                path: "stdin".to_owned(),
                metadata: Metadata::default(),
            },
            root: PathBuf::new(),
        });
    }

    /// Says how many files of a folder were of no known kind.
    fn tell_unknown(&mut self, folder: &Path) {
        let unknown = std::mem::take(&mut self.unknown);
        if unknown.is_empty() {
            return;
        }
        let first: Vec<&str> = unknown
            .iter()
            .take(MOST_NAMES)
            .map(String::as_str)
            .collect();
        let more = match unknown.len() > MOST_NAMES {
            true => ", ...",
            false => "",
        };
        let message = match unknown.len() {
            1 => format!(
                "1 file in no known format was left out: {}",
                first.join(", ")
            ),
            n => format!(
                "{n} files in no known format were left out: {}{more}",
                first.join(", ")
            ),
        };
        self.problems.push(problem(
            folder,
            message,
            "name such a file itself to hear what is wrong with it",
        ));
    }

    /// Whether a file of a folder may hold articles.
    fn is_wanted(&mut self, root: &Path, path: &Path) -> bool {
        let name = file_name(path);
        let known = named(&name);
        // Tieline writes such files itself.
        let ours = matches!(extension(&name).as_str(), "json" | "html");
        match known {
            Named::Other => return false,
            Named::Read if !ours => return true,
            _ => {}
        }
        let mut head = Vec::new();
        let read =
            fs::File::open(path).and_then(|file| file.take(HEAD as u64).read_to_end(&mut head));
        if read.is_err() {
            // Reading it will tell what is wrong.
            return true;
        }
        match look(&head, &name) {
            Look::Own => false,
            _ if known == Named::Read => true,
            Look::Is(_) => !head.is_empty(),
            Look::Other(..) => {
                self.unknown.push(relative(root, path));
                false
            }
        }
    }

    fn named_file(&mut self, path: &Path) {
        let name = file_name(path);
        if name == METADATA {
            self.problems.push(problem(
                path,
                "this file describes articles and is none",
                "name its folder or the articles instead",
            ));
            return;
        }
        let root = path.parent().map(Path::to_owned).unwrap_or_default();
        let beside = if root.as_os_str().is_empty() {
            PathBuf::from(METADATA)
        } else {
            root.join(METADATA)
        };
        let entries = self.metadata_file(&beside);
        let metadata = entries.get(&name).map(|e| e.1.clone()).unwrap_or_default();
        let article = Found {
            source: Source {
                file: path.to_owned(),
                path: name,
                metadata,
            },
            root,
        };
        self.article(article, None, true);
    }

    fn folder(&mut self, root: &Path, folder: &Path, depth: usize) {
        let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        if !self.folders.insert(real.clone()) {
            return;
        }
        if depth > DEEPEST {
            self.problems.push(problem(
                folder,
                format!("folders more than {DEEPEST} deep are not read"),
                "name this folder itself",
            ));
            return;
        }
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                self.problems.push(problem(
                    folder,
                    format!("the folder cannot be read: {error}"),
                    "check its permissions, or leave it out",
                ));
                return;
            }
        };
        let mut paths: Vec<(PathBuf, Sort)> = Vec::new();
        for entry in entries {
            match entry {
                Ok(entry) => paths.push((entry.path(), Sort::of(&entry))),
                Err(error) => self.problems.push(problem(
                    folder,
                    format!("the folder cannot be read to its end: {error}"),
                    "check the disk, then build again",
                )),
            }
        }
        paths.retain(|(path, _)| !file_name(path).starts_with('.'));
        // The order in which a system lists files must not matter.
        let bytes = |(path, _): &(PathBuf, Sort)| path.as_os_str().as_encoded_bytes().to_vec();
        paths.sort_by_cached_key(bytes);
        let metadata_path = folder.join(METADATA);
        let entries = self.metadata_file(&metadata_path);
        let mut used = BTreeSet::new();
        let names: BTreeSet<String> = paths.iter().map(|(p, _)| file_name(p)).collect();
        let described = described(&names);
        for (path, sort) in paths {
            let name = file_name(&path);
            let beside = name == METADATA || described.contains(&name);
            match sort.followed(&path) {
                Err(error) if named(&name) == Named::Read => self.problems.push(problem(
                    &path,
                    format!("cannot be read: {error}"),
                    "check its permissions, or take the broken link away",
                )),
                Err(_) => {}
                Ok(Sort::Folder) => {
                    if !is_of_page(&name, &names) {
                        self.folder(root, &path, depth + 1);
                    }
                }
                Ok(Sort::File) if !beside && self.is_wanted(root, &path) => {
                    let own = entries.get(&name).map(|e| e.1.clone());
                    let article = Found {
                        source: Source {
                            path: relative(root, &path),
                            metadata: own.unwrap_or_default(),
                            file: path,
                        },
                        root: root.to_owned(),
                    };
                    let has_sidecar = names.contains(&sidecar_name(&name));
                    // Only links lead elsewhere; asking the system for every
                    // file's real path takes longer than all else here.
                    let real = (sort == Sort::File).then(|| real.join(&name));
                    used.insert(name);
                    self.article(article, real, has_sidecar);
                }
                Ok(_) => {}
            }
        }
        let mut missing: Vec<(&str, usize)> = entries
            .iter()
            .filter(|(name, _)| !used.contains(*name) && !folder.join(name).exists())
            .map(|(name, (line, _))| (name.as_str(), *line))
            .collect();
        missing.sort_unstable_by_key(|(_, line)| *line);
        self.tell_missing(&metadata_path, &missing);
    }

    /// Says which files of a folder's metadata are not there, with their lines.
    /// Of many, who may have been taken away on purpose, one message tells.
    fn tell_missing(&mut self, metadata: &Path, missing: &[(&str, usize)]) {
        let mut tell = |line: usize, message: String| {
            self.problems.push(Problem {
                path: metadata.display().to_string(),
                line: Some(line),
                message,
                hint: Some("correct \"file\", or take the line out".to_owned()),
            });
        };
        if let [(_, line), _, _, _, ..] = missing {
            let first: Vec<String> = missing
                .iter()
                .take(MOST_NAMES)
                .map(|(name, _)| format!("{name:?}"))
                .collect();
            let message = format!(
                "{} files of these lines are not in this folder: {}, ...",
                missing.len(),
                first.join(", ")
            );
            tell(*line, message);
            return;
        }
        for (name, line) in missing {
            tell(*line, format!("there is no file {name:?} in this folder"));
        }
    }

    /// Adds an article, with what its sidecar says. `real` is its real path,
    /// where that is known; without a sidecar none is looked for.
    fn article(&mut self, mut found: Found, real: Option<PathBuf>, has_sidecar: bool) {
        let Source {
            file,
            path,
            metadata,
        } = &mut found.source;
        let asked = || fs::canonicalize(&*file).unwrap_or_else(|_| file.clone());
        if !self.files.insert(real.unwrap_or_else(asked)) {
            return;
        }
        let sidecar = file.with_extension("json");
        let many = CONTAINERS.contains(&extension(path).as_str());
        if has_sidecar
            && !many
            && sidecar != *file
            && sidecar.is_file()
            && let Some(json) = self.small_file(&sidecar)
        {
            let from = file_name(&sidecar);
            let name = sidecar.display().to_string();
            match object(&json, &from, &name, None, &mut self.problems) {
                Ok((_, beside)) => *metadata = beside.or(std::mem::take(metadata)),
                Err(problem) => self.problems.push(problem),
            }
        }
        self.found.push(found);
    }

    /// Reads a folder's `metadata.jsonl`, where there is one.
    fn metadata_file(&mut self, path: &Path) -> FolderMetadata {
        let mut entries = FolderMetadata::new();
        if !path.is_file() {
            return entries;
        }
        let Some(text) = self.small_file(path) else {
            return entries;
        };
        let name = path.display().to_string();
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let number = number + 1;
            match object(line, METADATA, &name, Some(number), &mut self.problems) {
                Err(problem) => self.problems.push(problem),
                Ok((None, _)) => self.problems.push(Problem {
                    path: name.clone(),
                    line: Some(number),
                    message: "this line names no file".to_owned(),
                    hint: Some("add \"file\": the name of the article's file".to_owned()),
                }),
                Ok((Some(file), metadata)) => {
                    let file = file.trim_start_matches("./").to_owned();
                    if let Some((first, _)) = entries.get(&file) {
                        self.problems.push(Problem {
                            path: name.clone(),
                            line: Some(number),
                            message: format!("{file:?} was described in line {first} already"),
                            hint: Some("keep one of the two lines; the first counts".to_owned()),
                        });
                    } else {
                        entries.insert(file, (number, metadata));
                    }
                }
            }
        }
        entries
    }

    fn small_file(&mut self, path: &Path) -> Option<String> {
        let read = || -> std::io::Result<Vec<u8>> {
            if fs::metadata(path)?.len() > LARGEST_METADATA {
                return Err(std::io::Error::other("it is larger than 64 MB"));
            }
            fs::read(path)
        };
        match read() {
            Ok(bytes) => {
                let text = String::from_utf8_lossy(&bytes);
                Some(text.trim_start_matches('\u{feff}').to_owned())
            }
            Err(error) => {
                self.problems.push(problem(
                    path,
                    format!("the metadata cannot be read: {error}"),
                    "check the file; its articles are read without it",
                ));
                None
            }
        }
    }
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// The `NAME.json` among the files of a folder that describe another of them.
fn described(names: &BTreeSet<String>) -> BTreeSet<String> {
    names
        .iter()
        .filter(|name| {
            !CONTAINERS.contains(&extension(name).as_str()) && named(name) != Named::Other
        })
        .filter_map(|name| name.rsplit_once('.'))
        .map(|(stem, _)| format!("{stem}.json"))
        .filter(|json| names.contains(json))
        .collect()
}

/// Whether a folder holds the pictures and scripts of a page that a browser
/// saved: `X_files` beside `X.html`.
fn is_of_page(folder: &str, names: &BTreeSet<String>) -> bool {
    let stem = folder
        .strip_suffix("_files")
        .or_else(|| folder.strip_suffix("-Dateien"))
        .or_else(|| folder.strip_suffix("_fichiers"));
    stem.is_some_and(|stem| {
        [".html", ".htm", ".xhtml"]
            .iter()
            .any(|end| names.contains(&format!("{stem}{end}")))
    })
}

/// `path` below `root`, with `/` everywhere.
fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

/// Puts the names of the given folders before paths that would be the same,
/// and numbers what is the same even then.
fn keep_apart(found: &mut [Found]) {
    for round in 0..2 {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for f in found.iter() {
            *count.entry(f.source.path.clone()).or_default() += 1;
        }
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for f in found.iter_mut() {
            let path = f.source.path.clone();
            if count[&path] < 2 {
                continue;
            }
            let place = seen.entry(path.clone()).or_default();
            *place += 1;
            if round == 0 {
                let root = fs::canonicalize(&f.root).unwrap_or_else(|_| f.root.clone());
                f.source.path = format!("{}/{path}", file_name(&root));
            } else {
                f.source.path = format!("{place}/{path}");
            }
        }
    }
}

/// Gives the `--date` options to the sources they speak of. A date for one
/// file counts more than a date for all.
fn apply_dates(sources: &mut [Source], dates: &[DateOption], problems: &mut Vec<Problem>) {
    for option in dates {
        let name = option.file.as_deref().unwrap_or("--date");
        let date = match given(&option.edtf, "--date", name, None) {
            Ok(date) => date,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let Some(file) = &option.file else {
            for source in sources.iter_mut() {
                let taken = source.metadata.published.as_ref();
                if taken.is_none_or(|p| p.from != "--date") {
                    source.metadata.published = Some(date.clone());
                }
            }
            continue;
        };
        let wanted = file.trim_start_matches("./").replace('\\', "/");
        let mut any = false;
        for source in sources.iter_mut().filter(|s| names(s, &wanted)) {
            source.metadata.published = Some(date.clone());
            any = true;
        }
        if !any {
            problems.push(Problem {
                path: file.clone(),
                line: None,
                message: "--date names a file that is not among the articles".to_owned(),
                hint: Some("write --date FILE=DATE with the file's name or path".to_owned()),
            });
        }
    }
}

/// Whether the source's path, below its folder or on disk, ends with `wanted`.
fn names(source: &Source, wanted: &str) -> bool {
    let on_disk = source.file.to_string_lossy().replace('\\', "/");
    [source.path.as_str(), on_disk.as_str()].iter().any(|path| {
        path.strip_suffix(wanted)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('/') || wanted.starts_with('/'))
    })
}
