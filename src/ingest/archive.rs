//! Names of entries in archives: which are safe, and which are worth opening.
//! Pure.

use super::format::{Named, named};

/// Longer names are refused, in bytes.
const LONGEST_NAME: usize = 4_096;

/// What an entry's name is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum EntryName {
    /// A file below the archive's root, with `/` everywhere.
    Fits(String),
    /// It is left out in silence: hidden, or no article by its name.
    Skipped,
    /// It points out of the archive.
    Refused,
}

/// Looks at the name of a file in an archive.
pub(super) fn entry_name(name: &str) -> EntryName {
    let name = name.replace('\\', "/");
    let absolute = name.starts_with('/') || name.get(1..3) == Some(":/");
    let name = name.trim_start_matches("./");
    let parts: Vec<&str> = name
        .split('/')
        .filter(|p| !p.is_empty() && *p != ".")
        .collect();
    if absolute || parts.contains(&"..") || name.contains('\0') || name.len() > LONGEST_NAME {
        return EntryName::Refused;
    }
    let hidden = parts.iter().any(|p| p.starts_with('.') || *p == "__MACOSX");
    let path = parts.join("/");
    if hidden || path.is_empty() || named(&path) == Named::Other {
        return EntryName::Skipped;
    }
    EntryName::Fits(path)
}

/// The file name of an attachment, whatever folders it pretends to lie in.
pub(super) fn last_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or("");
    let name: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
    name.trim().trim_start_matches('.').to_owned()
}

/// What a program says of entries that it refused.
#[derive(Debug, Default)]
pub(super) struct Refusals {
    first: Option<String>,
    count: usize,
}

impl Refusals {
    pub(super) fn add(&mut self, name: &str) {
        self.count += 1;
        if self.first.is_none() {
            self.first = Some(name.chars().take(80).collect());
        }
    }

    /// In words; `None` when nothing was refused.
    pub(super) fn told(&self) -> Option<String> {
        let first = self.first.as_ref()?;
        Some(match self.count {
            1 => format!("an entry points out of the archive or is a link: {first:?}"),
            n => format!("{n} entries point out of the archive or are links, {first:?} first"),
        })
    }
}
