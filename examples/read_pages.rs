//! Reads articles, web pages above all, and tells how fast: megabytes of input,
//! of text, seconds, and what could not be read.
//!
//! `cargo run --release --example read_pages -- FOLDER` (with `--show` also
//! prints what was read).
#![allow(clippy::print_stdout, missing_docs)]

use std::path::PathBuf;
use std::time::Instant;
use tieline::ingest::{Source, parse};

fn main() -> std::io::Result<()> {
    let mut show = false;
    let mut waiting: Vec<PathBuf> = Vec::new();
    for argument in std::env::args().skip(1) {
        if argument == "--show" {
            show = true;
        } else {
            waiting.push(PathBuf::from(argument));
        }
    }
    let mut pages = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            for entry in std::fs::read_dir(&path)? {
                waiting.push(entry?.path());
            }
        } else if path.extension().is_some_and(|e| e == "html" || e == "htm") {
            pages.push((path.clone(), std::fs::read(&path)?));
        }
    }
    pages.sort();
    let start = Instant::now();
    let (mut bytes, mut text, mut failed) = (0, 0, 0);
    let mut slowest = (0.0, String::new());
    for (path, page) in &pages {
        let source = Source {
            file: path.clone(),
            path: path.display().to_string(),
            ..Source::default()
        };
        bytes += page.len();
        let began = Instant::now();
        let read = parse(&source, page);
        let took = began.elapsed().as_secs_f64();
        if took > slowest.0 {
            slowest = (took, path.display().to_string());
        }
        match read {
            Ok((article, notes)) => {
                text += article.text.len();
                if show {
                    let date = article.published.as_ref();
                    println!("== {}", path.display());
                    println!(
                        "title: {:?}\noutlet: {:?}\nurl: {:?}",
                        article.title, article.source, article.url
                    );
                    println!("published: {:?}", date.map(|d| (&d.edtf, &d.from)));
                    for note in &notes {
                        println!("note: {}", note.message);
                    }
                    for block in &article.blocks {
                        println!("[{}] {}", block.kind.as_str(), block.span.of(&article.text));
                    }
                }
            }
            Err(problem) => {
                failed += 1;
                if show {
                    println!("== {}\n{}", path.display(), problem.message);
                }
            }
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    let megabytes = bytes as f64 / 1e6;
    println!(
        "{} pages, {megabytes:.1} MB of HTML, {:.1} MB of text, {failed} without text; {seconds:.2} s, {:.1} MB/s; the slowest took {:.3} s: {}",
        pages.len(),
        text as f64 / 1e6,
        megabytes / seconds,
        slowest.0,
        slowest.1
    );
    Ok(())
}
