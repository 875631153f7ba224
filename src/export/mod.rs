//! From a [`Story`] to files for other programs, one module a format. Formats
//! only; writes to no file. To add one: a module with a `FORMAT`, and its line in
//! [`FORMATS`].

mod codes;
pub(crate) mod csv;
mod cypher;
mod cypher_csv;
mod ftm;
mod gexf;
mod graphml;
#[cfg(test)]
mod hostile;
mod html;
mod ics;
pub mod json;
mod jsonl;
mod jsonld;
mod markwhen;
mod mermaid;
mod obsidian;
mod parquet;
mod parts;
mod plover;
mod rows;
mod stix;
mod timelinejs;
mod xml;

use crate::resolve::Story;

/// What a format makes of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// One file of text.
    Text(String),
    /// One file that is no text.
    Bytes(Vec<u8>),
    /// Several files: their paths in a folder, parted by `/`, and their content,
    /// in the order of the paths.
    Folder(Vec<(String, Vec<u8>)>),
}

/// A format of `tieline export`.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What reads it, in a few words.
    pub about: &'static str,
    /// What of a story it cannot hold, in a few words; empty where it holds all.
    pub loses: &'static str,
    /// Writes a story. The same story gives the same bytes.
    pub write: fn(&Story) -> Output,
}

/// All formats, in the order in which they are listed.
pub const FORMATS: &[Format] = &[
    json::FORMAT,
    html::FORMAT,
    jsonl::FORMAT,
    csv::FORMAT,
    parquet::FORMAT,
    gexf::FORMAT,
    graphml::FORMAT,
    cypher::FORMAT,
    cypher_csv::FORMAT,
    ftm::FORMAT,
    jsonld::FORMAT,
    stix::FORMAT,
    plover::FORMAT,
    timelinejs::FORMAT,
    ics::FORMAT,
    markwhen::FORMAT,
    mermaid::FORMAT,
    obsidian::FORMAT,
];

/// The format of this name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|f| f.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Every format is described under its name, with what it loses word by word.
    #[test]
    fn every_format_is_documented() {
        let docs = include_str!("../../docs/formats.md");
        for format in FORMATS {
            let heading = format!("\n## `{}`\n", format.name);
            let section = docs.split(&heading).nth(1);
            let section = section.and_then(|s| s.split("\n## ").next());
            let loses = match format.loses {
                "" => "\nLoses: nothing.\n".to_owned(),
                loses => format!("\nLoses: {loses}.\n"),
            };
            assert!(
                section.is_some_and(|s| s.contains(&loses)),
                "docs/formats.md wants a section `{}` with the line:{loses}",
                format.name
            );
        }
    }

    /// Names are unique, the same story gives the same bytes, and folders are in
    /// order, below their folder and without a file that comes twice.
    #[test]
    fn every_format_writes_every_story() {
        let names: BTreeSet<&str> = FORMATS.iter().map(|f| f.name).collect();
        assert_eq!(names.len(), FORMATS.len());
        for story in [Story::default(), hostile::story()] {
            for format in FORMATS {
                let output = (format.write)(&story);
                assert_eq!(output, (format.write)(&story), "{}", format.name);
                if let Output::Folder(files) = output {
                    let paths: Vec<&String> = files.iter().map(|(path, _)| path).collect();
                    assert!(paths.is_sorted() && paths.windows(2).all(|p| p[0] != p[1]));
                    let outside =
                        |p: &&String| p.starts_with('/') || p.split('/').any(|p| p == "..");
                    assert!(!paths.iter().any(outside), "{}", format.name);
                }
            }
        }
    }
}
