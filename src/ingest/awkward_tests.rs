//! Awkward texts: the files of `awkward/`, read whole. Beside each stands what
//! comes out, for people to review: title, outlet, notes, then the blocks with
//! their kinds, and the sentences of every block that is read, `·` between their
//! tokens. Characters that cannot be seen are written as `\u{..}`.

use super::*;
use crate::language::sentences::split;
use std::fmt::Write;
use std::path::Path;

/// The folder of the texts and of what comes out.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/ingest/awkward");

fn read(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let source = Source {
        file: PathBuf::from(&*name),
        path: name.clone().into_owned(),
        metadata: Metadata::default(),
    };
    let bytes = std::fs::read(path).expect("a file of the folder");
    let (article, notes) = parse(&source, &bytes).expect("every awkward text is read");
    let mut out = String::new();
    let _ = writeln!(
        out,
        "title:  {}",
        visible(article.title.as_deref().unwrap_or("-"))
    );
    let _ = writeln!(out, "outlet: {}", article.source.as_deref().unwrap_or("-"));
    for note in notes {
        let _ = writeln!(out, "note:   {}", note.message);
    }
    for block in &article.blocks {
        if !block.kind.is_read() {
            let words = visible(block.span.of(&article.text));
            let _ = writeln!(out, "{:9}  {words}", block.kind.as_str());
            continue;
        }
        let _ = writeln!(out, "{}", block.kind.as_str());
        for sentence in split(&article.text, block.span) {
            let tokens: Vec<String> = sentence
                .iter()
                .map(|token| visible(token.of(&article.text)))
                .collect();
            let _ = writeln!(out, "           {}", tokens.join("·"));
        }
    }
    out
}

fn visible(words: &str) -> String {
    words
        .chars()
        .map(|c| match c {
            '\n' => '⏎'.to_string(),
            '\r' => String::new(),
            ' '..='~' => c.to_string(),
            _ if c.is_whitespace() || c.is_control() || crate::language::sentences::is_blank(c) => {
                c.escape_unicode().to_string()
            }
            _ => c.to_string(),
        })
        .collect()
}

#[test]
fn awkward_texts() {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(FOLDER)
        .expect("the folder of awkward texts")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt" || e == "md"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 30);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(FOLDER);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for path in paths {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            insta::assert_snapshot!(name.into_owned(), read(&path));
        }
    });
}
