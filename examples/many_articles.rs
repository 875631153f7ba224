//! Writes as many invented articles as one wants, for measuring how a build
//! grows: sentences of real texts, with invented names and dates in the place
//! of theirs, so that actors come back and events are told more than once.
//!
//! `cargo run --release --example many_articles -- OUT --from FILE_OR_FOLDER...
//! [--count N] [--start N] [--words N]`
//!
//! A source is a folder of `.txt` files, or a JSONL file whose lines have a
//! `text`. Article `i` depends on the sources and on `i` alone: the first
//! thousand of ten thousand are the same as a thousand, and `--start 25000
//! --count 100` writes the hundred that come next. Articles go into folders of
//! a thousand, each with a `metadata.jsonl` that gives title, outlet and day.
//!
//! How the news is made: every second article opens a story, which is a passage
//! of a source with a beat, names of that beat and a day of its own; an article
//! tells of two to four recent stories. Beats have some thirty people and
//! twenty bodies each, of whom a few are in most of what happens. One article
//! in twenty is a lightly edited copy of one shortly before it.

use anyhow::{Context, Result, bail};
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use tieline::extract::{MentionForm, Report};
use tieline::ingest::{self, Article, BlockKind, Source};
use tieline::model::ActorKind;
use tieline::text::Span;
use tieline::time::Meaning;
use tieline::{language, time};

/// Articles that appear in a day.
const A_DAY: u64 = 20;
/// Passages shorter than this are not worth telling, in characters.
const SHORTEST: u32 = 120;

/// A piece of a passage.
enum Piece {
    Text(String),
    /// A name of the passage's nth actor, as a person's last word or in full.
    Name {
        actor: usize,
        kind: ActorKind,
        whole: bool,
    },
    /// A full date.
    Date,
}

/// A paragraph of a source with holes for names and dates.
struct Passage {
    pieces: Vec<Piece>,
}

fn main() -> Result<()> {
    let (mut out, mut from) = (None, Vec::new());
    let (mut count, mut start, mut words) = (1000_u64, 0_u64, 400_usize);
    let mut args = std::env::args().skip(1).peekable();
    while let Some(arg) = args.next() {
        let mut number = || -> Result<u64> {
            let value = args.next().context("a number is missing")?;
            Ok(value.parse()?)
        };
        match arg.as_str() {
            "--count" => count = number()?,
            "--start" => start = number()?,
            "--words" => words = number()? as usize,
            "--from" => {
                while let Some(path) = args.next_if(|a| !a.starts_with("--")) {
                    from.push(PathBuf::from(path));
                }
            }
            _ => out = Some(PathBuf::from(arg)),
        }
    }
    let out = out.context("give the folder to write to")?;
    let passages = passages(&from)?;
    if passages.is_empty() {
        bail!("no passages: give texts with --from");
    }
    for folder in start / 1000..=(start + count - 1) / 1000 {
        let first = (folder * 1000).max(start);
        let last = (folder * 1000 + 999).min(start + count - 1);
        write_folder(
            &out.join(format!("{folder:04}")),
            first..=last,
            &passages,
            words,
        )?;
    }
    Ok(())
}

/// Writes the articles of one folder. Articles that were there keep their
/// lines of metadata.
fn write_folder(
    folder: &Path,
    articles: std::ops::RangeInclusive<u64>,
    passages: &[Passage],
    words: usize,
) -> Result<()> {
    fs::create_dir_all(folder)?;
    let list = folder.join("metadata.jsonl");
    let mut metadata = fs::read_to_string(&list).unwrap_or_default();
    for i in articles {
        let told = tell(i, passages, words);
        let file = format!("a{i:06}.txt");
        fs::write(folder.join(&file), &told.text)?;
        let line = serde_json::json!({
            "file": file, "title": told.title, "source": told.outlet, "published": told.day.to_string(),
        });
        writeln!(metadata, "{line}")?;
    }
    fs::write(list, metadata)?;
    Ok(())
}

/// All passages of the sources.
fn passages(from: &[PathBuf]) -> Result<Vec<Passage>> {
    let mut texts: Vec<String> = Vec::new();
    for path in from {
        if path.is_dir() {
            let mut files: Vec<PathBuf> = fs::read_dir(path)?
                .filter_map(|e| Some(e.ok()?.path()))
                .filter(|p| p.extension().is_some_and(|e| e == "txt"))
                .collect();
            files.sort();
            for file in files {
                texts.push(fs::read_to_string(file)?);
            }
        } else {
            for line in fs::read_to_string(path)?.lines() {
                let value: serde_json::Value = serde_json::from_str(line)?;
                texts.extend(value["text"].as_str().map(str::to_owned));
            }
        }
    }
    Ok(texts.iter().flat_map(|t| passages_of(t)).collect())
}

/// The passages of one text.
fn passages_of(text: &str) -> Vec<Passage> {
    let source = Source {
        file: "text.txt".into(),
        path: "text.txt".into(),
        ..Source::default()
    };
    let Ok((article, _)) = ingest::parse(&source, text.as_bytes()) else {
        return Vec::new();
    };
    let report = tieline::pipeline::read(&article);
    let holes = holes(&article, &report);
    let blocks = article.blocks.iter().filter(|b| b.kind == BlockKind::Body);
    let mut out = Vec::new();
    for block in blocks.filter(|b| b.span.end - b.span.start >= SHORTEST) {
        let mut pieces = Vec::new();
        let mut at = block.span.start;
        for (start, end, piece) in holes
            .range(block.span.start..block.span.end)
            .map(|(s, (e, p))| (*s, *e, p))
        {
            if start < at || end > block.span.end {
                continue;
            }
            pieces.push(Piece::Text(
                Span::new(at as usize, start as usize)
                    .of(&article.text)
                    .replace('\n', " "),
            ));
            pieces.push(match piece {
                Some((actor, kind, whole)) => Piece::Name {
                    actor: *actor,
                    kind: *kind,
                    whole: *whole,
                },
                None => Piece::Date,
            });
            at = end;
        }
        pieces.push(Piece::Text(
            Span::new(at as usize, block.span.end as usize)
                .of(&article.text)
                .replace('\n', " "),
        ));
        out.push(Passage { pieces });
    }
    out
}

/// A person's, a body's or a country's name: which actor, what, in full.
type Hole = (u32, Option<(usize, ActorKind, bool)>);

/// Names and full dates of an article by their first byte.
fn holes(article: &Article, report: &Report) -> BTreeMap<u32, Hole> {
    let byte_of: Vec<u32> = article
        .text
        .char_indices()
        .map(|(i, _)| i as u32)
        .chain([article.text.len() as u32])
        .collect();
    let mut out = BTreeMap::new();
    let analysis = language::analyze(article);
    for found in time::find(article, &analysis) {
        if matches!(&found.meaning, Meaning::Absolute(edtf) if edtf.is_day()) {
            out.insert(found.span.start, (found.span.end, None));
        }
    }
    for (number, actor) in report.actors.iter().enumerate() {
        let invented = matches!(
            actor.kind,
            ActorKind::Person | ActorKind::Organization | ActorKind::Country
        );
        for mention in actor
            .mentions
            .iter()
            .filter(|m| invented && m.form == MentionForm::Name)
        {
            let whole = mention.text.contains(' ') || actor.kind != ActorKind::Person;
            let (start, end) = (
                byte_of[mention.start as usize],
                byte_of[mention.end as usize],
            );
            out.insert(start, (end, Some((number, actor.kind, whole))));
        }
    }
    out
}

/// One invented article.
struct Told {
    title: String,
    outlet: String,
    day: NaiveDate,
    text: String,
}

fn day_of(article: u64) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2004, 1, 5).unwrap_or_default();
    first
        .checked_add_days(Days::new(article / A_DAY))
        .unwrap_or(first)
}

fn tell(i: u64, passages: &[Passage], words: usize) -> Told {
    let mut chance = Chance::of("article", i);
    if i > 40 && chance.below(20) == 0 {
        // A copy of what an agency sent out, with a word or two of the desk.
        let mut copy = tell(i - 1 - chance.below(20), passages, words);
        copy.outlet = outlet(chance.below(60));
        copy.day = day_of(i);
        copy.text = format!(
            "{}\n\nOur own desk added nothing to this report.\n",
            copy.text.trim_end()
        );
        return copy;
    }
    let (mut text, mut title, mut long) = (String::new(), String::new(), 0);
    while long < words {
        // Recent stories are told most.
        let back = (1 << chance.below(6)) + chance.below(8);
        let story = (i / 2).saturating_sub(if long == 0 { chance.below(3) } else { back });
        let told = story_text(story, passages);
        if title.is_empty() {
            title = told.split(' ').take(8).collect::<Vec<_>>().join(" ");
        }
        long += told.split(' ').count();
        text.push_str(&told);
        text.push_str("\n\n");
    }
    Told {
        title,
        outlet: outlet(chance.below(60)),
        day: day_of(i),
        text,
    }
}

fn outlet(n: u64) -> String {
    format!(
        "{} {}",
        syllables(n + 7),
        ["Herald", "Post", "Courier", "Tribune"][(n % 4) as usize]
    )
}

/// The passages of one story with its names and its day.
fn story_text(story: u64, passages: &[Passage]) -> String {
    let mut chance = Chance::of("story", story);
    let first = chance.below(passages.len() as u64) as usize;
    let beats = 40 + story / 60;
    let beat = chance.skewed(beats);
    let day = day_of(story * 2)
        .checked_sub_days(Days::new(chance.below(5)))
        .unwrap_or_default();
    let mut out = String::new();
    for passage in passages.iter().cycle().skip(first).take(2) {
        for piece in &passage.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Date => out.push_str(&day.format("%B %-d, %Y").to_string()),
                Piece::Name { actor, kind, whole } => {
                    let mut who = Chance::of("actor", story * 1009 + *actor as u64);
                    out.push_str(&name(*kind, beat, &mut who, *whole));
                }
            }
        }
        out.push('\n');
        out.push('\n');
    }
    out.trim_end().to_owned()
}

const GIVEN: [&str; 40] = [
    "Anna", "Boris", "Carla", "David", "Elena", "Frank", "Greta", "Henry", "Irene", "James",
    "Karin", "Louis", "Maria", "Nadia", "Oscar", "Paula", "Quentin", "Rosa", "Stefan", "Teresa",
    "Ursula", "Victor", "Wanda", "Xavier", "Yvonne", "Zoe", "Albert", "Bettina", "Conrad", "Dora",
    "Emil", "Fiona", "Gustav", "Helen", "Ivan", "Julia", "Kurt", "Laura", "Martin", "Nina",
];
const COUNTRIES: [&str; 30] = [
    "Norway", "Peru", "Kenya", "Japan", "Poland", "Chile", "Ghana", "India", "Spain", "Egypt",
    "Brazil", "Canada", "Turkey", "Greece", "Finland", "Mexico", "Portugal", "Vietnam", "Morocco",
    "Austria", "Denmark", "Sweden", "Hungary", "Romania", "Nigeria", "Thailand", "Belgium",
    "Ireland", "Iceland", "Jordan",
];
const BODIES: [&str; 10] = [
    "Systems",
    "Holdings",
    "Institute",
    "Group",
    "Bank",
    "Foundation",
    "Airlines",
    "Energy",
    "University",
    "Council",
];

fn name(kind: ActorKind, beat: u64, chance: &mut Chance, whole: bool) -> String {
    match kind {
        ActorKind::Person => {
            let person = beat * 30 + chance.skewed(30);
            let family = syllables(mix(person) % 6000);
            if whole {
                format!("{} {family}", GIVEN[(mix(person + 1) % 40) as usize])
            } else {
                family
            }
        }
        ActorKind::Country => COUNTRIES[((beat * 3 + chance.skewed(4)) % 30) as usize].to_owned(),
        _ => {
            let body = beat * 20 + chance.skewed(20);
            let suffix = BODIES[(mix(body) % 10) as usize];
            format!("{} {suffix}", syllables(mix(body + 5) % 20000))
        }
    }
}

/// A name that no list has, from a number.
fn syllables(mut n: u64) -> String {
    const ON: [&str; 16] = [
        "b", "br", "d", "dr", "f", "g", "gr", "h", "k", "l", "m", "n", "r", "st", "t", "v",
    ];
    const MID: [&str; 10] = ["a", "e", "i", "o", "u", "al", "en", "or", "ar", "il"];
    const END: [&str; 8] = ["berg", "dal", "mann", "ov", "sen", "son", "stad", "wick"];
    let mut out = String::new();
    n += 1;
    while n > 0 {
        out.push_str(ON[(n % 16) as usize]);
        n /= 16;
        out.push_str(MID[(n % 10) as usize]);
        n /= 10;
    }
    out.push_str(END[(out.len() * 3 + out.as_bytes()[0] as usize) % 8]);
    out[..1].to_uppercase() + &out[1..]
}

fn mix(n: u64) -> u64 {
    let mut z = n.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Numbers that look drawn and are the same in every run.
struct Chance(u64);

impl Chance {
    fn of(what: &str, n: u64) -> Chance {
        Chance(mix(tieline::text::stable_hash(what.as_bytes()) ^ n))
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.0 = mix(self.0);
        self.0 % limit.max(1)
    }

    /// Small numbers far more often than large ones.
    fn skewed(&mut self, limit: u64) -> u64 {
        let x = self.below(1 << 20) as f64 / (1 << 20) as f64;
        ((limit as f64).powf(x) - 1.0) as u64 % limit.max(1)
    }
}
