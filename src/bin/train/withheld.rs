//! How well publication dates are found that nobody gives: reads collections
//! whose dates are known, withholds the dates, and compares what comes out.
//!
//! A collection is a folder with metadata (or one `NAME.json` an article), or a
//! file of JSON Lines `{"doc", "dct", "text"}`. With `--cut` the dates that the
//! articles print of themselves are cut out as well: date lines, and the dates
//! in datelines and bylines. With `--one` each article alone loses its date and
//! all others keep theirs. With `--why` every answer is shown with its reason.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use chrono::NaiveDate;
use tieline::extract::Report;
use tieline::ingest::{self, Article, BlockKind, GivenDate, Metadata, Source};
use tieline::resolve::{Published, story};
use tieline::text::Span;
use tieline::time::{Edtf, find_in_text};

/// What the options ask for.
#[derive(Default)]
struct Options {
    cut: bool,
    one: bool,
    why: bool,
}

/// One article and the day on which it was published.
struct Known {
    name: String,
    report: Report,
    day: NaiveDate,
}

/// What an answer is worth.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Worth {
    Right,
    Coarser,
    /// The right day and month of an unknown year.
    Yearless,
    Open,
    Wrong,
}

impl Worth {
    const ALL: [(Worth, &'static str); 5] = [
        (Worth::Right, "right day"),
        (Worth::Coarser, "right, coarser"),
        (Worth::Yearless, "right, no year"),
        (Worth::Open, "left open"),
        (Worth::Wrong, "wrong"),
    ];

    fn of(answer: &Published, day: NaiveDate) -> Worth {
        let Some(edtf) = &answer.edtf else {
            return Worth::Open;
        };
        let holds = edtf.may_overlap(&Edtf::day(day));
        match (holds, edtf.is_yearless(), edtf.is_day()) {
            (false, ..) => Worth::Wrong,
            (true, true, _) => Worth::Yearless,
            (true, false, true) => Worth::Right,
            (true, false, false) => Worth::Coarser,
        }
    }
}

/// Runs `tieline-train withheld [--cut] [--one] [--why] COLLECTION...`.
pub(crate) fn run(arguments: &[&str]) -> anyhow::Result<()> {
    let mut options = Options::default();
    let mut collections = Vec::new();
    for argument in arguments {
        match *argument {
            "--cut" => options.cut = true,
            "--one" => options.one = true,
            "--why" => options.why = true,
            other if other.starts_with("--") => bail!("withheld knows no option {other}"),
            path => collections.push(Path::new(path)),
        }
    }
    for path in collections {
        let known = collection(path, options.cut)?;
        let answers = if options.one {
            one_by_one(&known)
        } else {
            let mut reports: Vec<Report> = known.iter().map(|k| k.report.clone()).collect();
            for report in &mut reports {
                report.given = None;
            }
            answers(&known, &reports)
        };
        print(path, &known, &answers, options.why);
    }
    Ok(())
}

/// Each article's answer when it alone has no date.
fn one_by_one(known: &[Known]) -> Vec<Published> {
    let mut reports: Vec<Report> = known.iter().map(|k| k.report.clone()).collect();
    let mut out = Vec::new();
    for i in 0..known.len() {
        let given = reports[i].given.take();
        out.extend(answers(&known[i..=i], &reports));
        reports[i].given = given;
    }
    out
}

/// The story's answers for these articles, in their order.
fn answers(known: &[Known], reports: &[Report]) -> Vec<Published> {
    let documents = story(reports).documents;
    let find = |k: &Known| documents.iter().find(|d| d.id == k.report.id);
    known
        .iter()
        .filter_map(|k| Some(find(k)?.published.clone()))
        .collect()
}

fn print(path: &Path, known: &[Known], answers: &[Published], why: bool) {
    println!("{} ({} articles)", path.display(), known.len());
    let worths: Vec<Worth> = known
        .iter()
        .zip(answers)
        .map(|(k, a)| Worth::of(a, k.day))
        .collect();
    for (worth, name) in Worth::ALL {
        let count = worths.iter().filter(|w| **w == worth).count();
        let share = 100.0 * count as f64 / known.len().max(1) as f64;
        println!("  {name:<16}{count:>5}  {share:5.1} %");
    }
    if !why {
        return;
    }
    for ((known, answer), worth) in known.iter().zip(answers).zip(&worths) {
        let name = Worth::ALL.iter().find(|(w, _)| w == worth);
        let edtf = answer.edtf.as_ref().map_or("-", |e| e.as_str());
        println!(
            "  {} {}: {} {edtf}: {}",
            known.name,
            known.day,
            name.map_or("", |(_, n)| n),
            answer.why
        );
    }
}

/// All articles of a folder or a file of JSON Lines whose day is known.
fn collection(path: &Path, cut: bool) -> anyhow::Result<Vec<Known>> {
    let mut sources = Vec::new();
    if path.is_dir() {
        let (listed, _) = ingest::list(&[path.to_path_buf()], &[]);
        for source in listed {
            if let Ok(bytes) = ingest::load(&source) {
                sources.push((source.path.clone(), source, bytes));
            }
        }
    } else {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        for (number, line) in text.lines().filter(|l| !l.trim().is_empty()).enumerate() {
            let row: serde_json::Value = serde_json::from_str(line)
                .with_context(|| format!("{}, line {}", path.display(), number + 1))?;
            let field = |key: &str| row.get(key).and_then(|v| v.as_str()).unwrap_or_default();
            // The name of a corpus file may hold its date.
            let file = format!("{number:04}.txt");
            let source = Source {
                file: PathBuf::from(&file),
                path: file,
                metadata: Metadata {
                    published: Some(GivenDate {
                        edtf: field("dct").to_owned(),
                        from: "the collection".to_owned(),
                    }),
                    ..Metadata::default()
                },
            };
            sources.push((field("doc").to_owned(), source, field("text").into()));
        }
    }
    let mut known = Vec::new();
    for (name, source, bytes) in sources {
        let Ok((mut article, _)) = ingest::parse(&source, &bytes) else {
            continue;
        };
        let day = article.published.as_ref().and_then(|given| {
            let day = given.edtf.get(..10)?;
            day.parse::<NaiveDate>().ok()
        });
        let Some(day) = day else {
            continue;
        };
        if cut && let Ok((without, _)) = ingest::parse(&source, without_dates(&article).as_bytes())
        {
            article = without;
        }
        // An address often holds the date.
        article.url = None;
        let report = tieline::pipeline::read(&article);
        known.push(Known { name, report, day });
    }
    Ok(known)
}

/// The article's text without the dates that it prints of itself.
fn without_dates(article: &Article) -> String {
    let mut cut: Vec<Span> = Vec::new();
    for block in &article.blocks {
        match block.kind {
            BlockKind::Date => cut.push(block.span),
            BlockKind::Dateline | BlockKind::Byline => cut.extend(
                find_in_text(&article.text, block.span)
                    .iter()
                    .map(|e| e.span),
            ),
            _ => {}
        }
    }
    // A corpus of words set apart by blanks: "March 06 , 2008" on its own line.
    let mut start = 0;
    for line in article.text.split_inclusive('\n').take(6) {
        let span = Span::new(start, start + line.trim_end().len());
        start += line.len();
        let tight: String = line.trim().replace(" ,", ",");
        if let [one] = find_in_text(&tight, Span::new(0, tight.len())).as_slice()
            && one.span == Span::new(0, tight.len())
        {
            cut.push(span);
        }
    }
    cut.sort_by_key(|span| (span.start, span.end));
    let mut out = String::new();
    let mut at = 0;
    for span in cut {
        out.push_str(
            article
                .text
                .get(at..span.start as usize)
                .unwrap_or_default(),
        );
        at = at.max(span.end as usize);
    }
    out.push_str(article.text.get(at..).unwrap_or_default());
    out
}
