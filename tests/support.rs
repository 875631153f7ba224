//! What the tests share: the program, a folder to run it in, articles.

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::OnceLock;
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// Articles about people that do not exist.
pub(crate) const ARTICLES: [(&str, &str); 3] = [
    (
        "oslo.txt",
        "Ministers meet in Oslo\n\n\
         OSLO, March 3, 2021 — Foreign Minister Anna Lindqvist met Prime Minister Pedro Alvarez \
         in Oslo on Wednesday.\n\n\
         Lindqvist will meet President Maria Kovacs in Vienna on March 20, 2021.\n",
    ),
    (
        "nordwind.txt",
        "Nordwind buys Helio Systems\n\n\
         April 12, 2021\n\n\
         Nordwind Energy acquired Helio Systems on April 9, 2021, chief executive Jonas Berg \
         told reporters.\n",
    ),
    (
        "vienna.txt",
        "Kovacs speaks in Vienna\n\n\
         VIENNA, May 4, 2021 — President Maria Kovacs met Jonas Berg in Vienna on Monday. \
         Kovacs praised Anna Lindqvist.\n",
    ),
];

/// What one run of the program gave.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    pub(crate) fn of(output: &Output) -> Run {
        Run {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The run, which must have ended with this code and without a panic.
    #[track_caller]
    pub(crate) fn code(self, code: i32) -> Run {
        assert!(!self.stderr.contains("panicked"), "{self:#?}");
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// The run, which must have said all of this on stderr.
    #[track_caller]
    pub(crate) fn says(self, words: &[&str]) -> Run {
        for word in words {
            assert!(self.stderr.contains(word), "no `{word}` in {self:#?}");
        }
        self
    }

    /// The run, whose answer must hold all of this.
    #[track_caller]
    pub(crate) fn answers(self, words: &[&str]) -> Run {
        for word in words {
            assert!(self.stdout.contains(word), "no `{word}` in {self:#?}");
        }
        self
    }
}

/// Environment variables by which a user could change what the program prints.
pub(crate) const SETTINGS: [&str; 4] = ["TIELINE_DB", "NO_COLOR", "CLICOLOR_FORCE", "COLUMNS"];

/// Whether the tests are to write anew what they otherwise compare with:
/// `TIELINE_UPDATE=1`.
pub(crate) fn is_update() -> bool {
    std::env::var_os("TIELINE_UPDATE").is_some_and(|value| !value.is_empty() && value != "0")
}

/// The program, to be run in `folder`, with nothing of the user's settings.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tieline"));
    command.current_dir(folder);
    for name in SETTINGS {
        command.env_remove(name);
    }
    command
}

/// Runs the program in `folder`.
pub(crate) fn tieline(folder: &Path, arguments: &[&str]) -> Run {
    let output = program(folder).args(arguments).output().unwrap();
    Run::of(&output)
}

/// A new folder with these files under `in/`.
pub(crate) fn folder_with(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    for (name, bytes) in files {
        let file = folder.path().join("in").join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, bytes).unwrap();
        age(&file);
    }
    folder
}

/// Makes a file look as if it had been written long ago. How a build treats
/// files of this very moment must not depend on how quick a machine is.
pub(crate) fn age(file: &Path) {
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000);
    let file = fs::File::options().write(true).open(file).unwrap();
    file.set_modified(long_ago).unwrap();
}

/// A new folder with [`ARTICLES`] under `in/`.
pub(crate) fn folder_with_articles() -> TempDir {
    folder_with(&ARTICLES.map(|(name, text)| (name, text.as_bytes())))
}

/// A folder that the tests share, which has been built from [`ARTICLES`]; for
/// questions only.
pub(crate) fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let folder = shared("articles");
        for (name, text) in ARTICLES {
            fs::write(folder.join(name), text).unwrap();
        }
        tieline(&folder, &["build", "."]).code(0);
        folder
    })
}

/// As [`built`], from the five articles of `seeds/`.
pub(crate) fn built_from_seeds() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let folder = shared("seeds");
        copy_seeds(&folder);
        tieline(&folder, &["build", "seeds", "--out", "graphs"]).code(0);
        folder
    })
}

/// Puts a copy of `seeds/` into `folder`.
pub(crate) fn copy_seeds(folder: &Path) {
    let seeds = folder.join("seeds");
    fs::create_dir_all(&seeds).unwrap();
    for entry in fs::read_dir(root().join("seeds")).unwrap() {
        let entry = entry.unwrap();
        let copy = seeds.join(entry.file_name());
        fs::copy(entry.path(), &copy).unwrap();
        age(&copy);
    }
}

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// An empty folder below the target folder.
fn shared(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The names and bytes of the files of a folder, in order.
pub(crate) fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}
