//! How many tokens a second the phases over one article read, from bytes to
//! report. The text is the seeds' paragraphs, in another order each time they
//! repeat, so that no line stands twice in a row.

// The macros of criterion make functions without comments.
#![allow(missing_docs)]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use tieline::{ingest, language, pipeline, time};

/// About so many bytes of text.
const BYTES: usize = 200_000;

/// The paragraphs of all seeds.
fn paragraphs() -> Vec<String> {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut files: Vec<PathBuf> = fs::read_dir(seeds)
        .map(|entries| entries.flatten().map(|e| e.path()).collect())
        .unwrap_or_default();
    files.sort();
    files
        .iter()
        .filter_map(|file| fs::read_to_string(file).ok())
        .flat_map(|text| text.split("\n\n").map(str::to_owned).collect::<Vec<_>>())
        .filter(|paragraph| paragraph.len() > 80)
        .collect()
}

/// A text as if read from a file.
fn source() -> ingest::Source {
    ingest::Source {
        file: PathBuf::from("long.txt"),
        path: "long.txt".to_owned(),
        metadata: ingest::Metadata::default(),
    }
}

fn whole_pipeline(c: &mut Criterion) {
    let paragraphs = paragraphs();
    let mut text = String::from("A long day\n\nJune 26, 2017\n\n");
    let mut at = 0;
    while text.len() < BYTES && !paragraphs.is_empty() {
        // A step that grows by one on each round changes the order.
        at += 1 + at / paragraphs.len() % 5;
        text.push_str(&paragraphs[at % paragraphs.len()]);
        text.push_str("\n\n");
    }
    let source = source();
    let Ok((article, _)) = ingest::parse(&source, text.as_bytes()) else {
        return;
    };
    let tokens = pipeline::read(&article).tokens;
    let mut group = c.benchmark_group("pipeline");
    group.sample_size(10);
    group.throughput(Throughput::Elements(u64::from(tokens)));
    group.bench_function("tokens", |b| {
        b.iter(|| {
            let (article, _) = ingest::parse(&source, black_box(text.as_bytes())).ok()?;
            Some(pipeline::read(&article))
        });
    });
    group.finish();
}

/// The time layer alone: expressions found and resolved.
fn times(c: &mut Criterion) {
    let mut text = String::new();
    for paragraph in paragraphs() {
        text.push_str(&paragraph);
        text.push_str("\n\n");
    }
    let source = source();
    let Ok((article, _)) = ingest::parse(&source, text.as_bytes()) else {
        return;
    };
    let analysis = language::analyze(&article);
    let tokens: usize = analysis.sentences.iter().map(|s| s.tokens.len()).sum();
    let published = time::Edtf::parse("2017-06-26");
    let mut group = c.benchmark_group("time");
    group.throughput(Throughput::Elements(tokens as u64));
    group.bench_function("tokens", |b| {
        b.iter(|| time::timex_rows(black_box(&article), &analysis, published.as_ref()));
    });
    group.finish();
}

criterion_group!(benches, whole_pipeline, times);
criterion_main!(benches);
