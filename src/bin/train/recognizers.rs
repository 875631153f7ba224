//! `tieline-train recognizers FILE`: how many of the cases of Recognizers-Text
//! (one JSON object a line: text, reference time, results) the time layer reads
//! right, in text and in value, class by class.
//!
//! The cases are sentences to an assistant more than news, so that [`left_out`](crate::left_out)
//! names what news does not contain; the figure over all cases is printed too.
//! Where their convention and that of TIMEX3 and EDTF differ for the same days,
//! the comparison says so in a comment and allows both.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use chrono::{Datelike, Days, NaiveDate};
use serde::Deserialize;
use tieline::ingest::{Article, BlockKind};
use tieline::language;
use tieline::time::{Edtf, TimexKind, TimexRow, timex_rows};

use crate::left_out::left_out;

#[derive(Deserialize)]
pub(crate) struct Case {
    pub(crate) text: String,
    reference: Option<String>,
    pub(crate) results: Vec<Gold>,
}

#[derive(Deserialize)]
pub(crate) struct Gold {
    pub(crate) text: String,
    #[serde(rename = "type")]
    kind: Option<String>,
    values: Option<Vec<Value>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Value {
    pub(crate) timex: Option<String>,
    #[serde(rename = "Mod", alias = "mod")]
    modifier: Option<String>,
    pub(crate) value: Option<String>,
    start: Option<String>,
    end: Option<String>,
}

impl Gold {
    pub(crate) fn class(&self) -> &str {
        let kind = self.kind.as_deref().unwrap_or("none");
        kind.rsplit('.').next().unwrap_or(kind)
    }

    pub(crate) fn values(&self) -> &[Value] {
        self.values.as_deref().unwrap_or(&[])
    }
}

/// Cases, text right, value right.
type Count = [usize; 3];

/// Scores the cases of a file; `errors` prints each one that is wrong.
pub(crate) fn score(file: &Path, errors: bool) -> anyhow::Result<()> {
    let lines =
        std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let mut kept: BTreeMap<String, Count> = BTreeMap::new();
    let mut out: BTreeMap<&str, Count> = BTreeMap::new();
    for line in lines.lines().filter(|l| !l.trim().is_empty()) {
        let case: Case = serde_json::from_str(line)?;
        let rows = read(&case);
        let (text, value) = judge(&case, &rows);
        let count = match left_out(&case) {
            Some(why) => out.entry(why).or_default(),
            None => {
                let class = case.results.first().map_or("none", Gold::class);
                if errors && !value {
                    print_error(&case, &rows, class, text);
                }
                kept.entry(class.to_owned()).or_default()
            }
        };
        count[0] += 1;
        count[1] += usize::from(text);
        count[2] += usize::from(value);
    }
    let sum = |counts: &mut dyn Iterator<Item = &Count>| {
        counts.fold([0; 3], |sum, c| {
            [sum[0] + c[0], sum[1] + c[1], sum[2] + c[2]]
        })
    };
    println!("what news could contain:");
    kept.iter().for_each(|(class, count)| print(class, *count));
    let news = sum(&mut kept.values());
    print("together", news);
    println!("left out:");
    out.iter().for_each(|(why, count)| print(why, *count));
    print("all cases", sum(&mut kept.values().chain(out.values())));
    Ok(())
}

fn print(name: &str, [cases, text, value]: Count) {
    let percent = |part: usize| 100.0 * part as f64 / cases.max(1) as f64;
    println!(
        "{name:54} {cases:4} cases  text {text:4} {:5.1} %  value {value:4} {:5.1} %",
        percent(text),
        percent(value)
    );
}

fn print_error(case: &Case, rows: &[TimexRow], class: &str, text: bool) {
    println!(
        "{class}{}: {} ({})",
        if text { "" } else { ", text" },
        case.text,
        case.reference.as_deref().unwrap_or("no reference")
    );
    for gold in &case.results {
        let values: Vec<String> = gold.values().iter().map(told).collect();
        println!("    want {:?} {}", gold.text, values.join(" | "));
    }
    for row in rows {
        let edtf = row.edtf.as_ref().map_or("-", Edtf::as_str);
        println!(
            "    got  {:?} {} {edtf}",
            part(&case.text, row.start, row.end),
            row.value
        );
    }
}

fn told(value: &Value) -> String {
    let get = |v: &Option<String>| v.clone().unwrap_or_default();
    format!(
        "{} {}{}..{} {}",
        get(&value.timex),
        get(&value.value),
        get(&value.start),
        get(&value.end),
        get(&value.modifier)
    )
}

fn part(text: &str, start: u32, end: u32) -> String {
    let length = end.saturating_sub(start) as usize;
    text.chars().skip(start as usize).take(length).collect()
}

/// What Tieline finds in the sentence, published on the reference day.
fn read(case: &Case) -> Vec<TimexRow> {
    let article = Article::of_block(&case.text, BlockKind::Body);
    let published = case
        .reference
        .as_deref()
        .and_then(|r| Edtf::parse(r.get(..10)?));
    timex_rows(&article, &language::analyze(&article), published.as_ref())
}

/// The words of a text in lower case with their first code points.
fn words(text: &str) -> Vec<(u32, String)> {
    let mut out: Vec<(u32, String)> = Vec::new();
    let mut open = false;
    for (i, c) in text.chars().enumerate() {
        if c.is_alphanumeric() {
            match out.last_mut() {
                Some((_, word)) if open => word.extend(c.to_lowercase()),
                _ => out.push((i as u32, c.to_lowercase().collect())),
            }
            open = true;
        } else {
            open = false;
        }
    }
    out
}

pub(crate) fn has(text: &str, wanted: &[&str]) -> bool {
    words(text)
        .iter()
        .any(|(_, w)| wanted.contains(&w.as_str()))
}

/// Words that belong to an expression by one convention and not by the other.
const SMALL: &[&str] = &[
    "a",
    "about",
    "after",
    "and",
    "around",
    "at",
    "before",
    "beginning",
    "between",
    "by",
    "during",
    "for",
    "from",
    "in",
    "of",
    "on",
    "or",
    "over",
    "since",
    "starting",
    "the",
    "through",
    "till",
    "to",
    "until",
    "within",
    "year",
];

/// What stands before an expression by their convention.
const BEFORE: &[&str] = &[
    "as early as",
    "as late as",
    "no later than",
    "later than",
    "any time from",
    "starting on",
    "beginning on",
];

/// Whether texts and values are right. An expression that nobody wanted makes
/// both wrong, but for vague ones ("recently"), which the cases do not mark.
fn judge(case: &Case, rows: &[TimexRow]) -> (bool, bool) {
    let lower: Vec<char> = case
        .text
        .chars()
        .flat_map(|c| c.to_lowercase().next())
        .collect();
    let mut from = 0;
    let mut used = vec![false; rows.len()];
    let (mut text, mut value) = (true, true);
    for gold in &case.results {
        let wanted: Vec<char> = gold
            .text
            .chars()
            .flat_map(|c| c.to_lowercase().next())
            .collect();
        let place = |from: usize| (from..lower.len()).find(|i| lower[*i..].starts_with(&wanted));
        let Some(at) = place(from).or_else(|| place(0)) else {
            return (false, false);
        };
        from = at + wanted.len();
        let lead = BEFORE.iter().find(|lead| gold.text.starts_with(**lead));
        let skip = lead.map_or(0, |lead| lead.chars().count());
        let (start, end) = ((at + skip) as u32, from as u32);
        let mut members = Vec::new();
        for (row, used) in rows.iter().zip(&mut used) {
            if row.start < end && start < row.end {
                *used = true;
                members.push(row);
            }
        }
        let same = !members.is_empty() && same_words(&case.text, (start, end), &members);
        text &= same;
        let reference = case
            .reference
            .as_deref()
            .and_then(|r| r.get(..10)?.parse().ok());
        value &= same
            && gold
                .values()
                .iter()
                .any(|v| is_right(gold, v, &members, reference));
    }
    let vague = |row: &TimexRow| row.value.ends_with("_REF");
    let extra = rows
        .iter()
        .zip(&used)
        .any(|(row, used)| !used && !vague(row));
    (text && !extra, value && !extra)
}

/// Whether the rows cover the words of a span, give or take small words.
fn same_words(text: &str, (start, end): (u32, u32), rows: &[&TimexRow]) -> bool {
    words(text).iter().all(|(at, word)| {
        let wanted = (start..end).contains(at);
        let got = rows.iter().any(|r| (r.start..r.end).contains(at));
        wanted == got || SMALL.contains(&word.as_str())
    })
}

fn is_right(gold: &Gold, value: &Value, rows: &[&TimexRow], reference: Option<NaiveDate>) -> bool {
    let timex = value.timex.as_deref().unwrap_or("");
    let first = rows[0];
    let last = rows[rows.len() - 1];
    if timex == "PRESENT_REF" {
        return first.value == "PRESENT_REF";
    }
    match gold.class() {
        "duration" => rows.len() == 1 && same_length(gold, value, first),
        "set" => first.kind == TimexKind::Set && same_set(timex, &first.value),
        "time" => clock(&first.value) == clock_of(value.value.as_deref()),
        "date" => date_is_right(gold, value.value.as_deref().unwrap_or(""), first),
        "datetime" => {
            let wanted = value.value.as_deref().unwrap_or("");
            // The last second of a day is its end.
            let ends = wanted.ends_with("23:59:59") && has(&gold.text, &["end"]);
            let day = || date_is_right(gold, wanted.get(..10).unwrap_or(""), first);
            moment(&first.value).is_some_and(|m| m == wanted) || ends && day()
        }
        "daterange" => range_is_right(gold, value, rows, reference),
        // Parts of the day by name; then two times by the clock.
        "timerange" | "datetimerange"
            if !timex.starts_with('(')
                && value
                    .modifier
                    .as_deref()
                    .is_none_or(|m| matches!(m, "start" | "mid" | "end")) =>
        {
            let part = timex.rfind('T').map_or("", |at| &timex[at..]);
            let day = timex.split('T').next().unwrap_or("");
            let stated = value
                .start
                .as_deref()
                .and_then(|s| s.get(..10))
                .unwrap_or("");
            first.value.ends_with(part) && (day.is_empty() || first.value.starts_with(stated))
        }
        "timerange" => {
            let side = |v: &Option<String>| clock_of(v.as_deref());
            let ends = [side(&value.start), side(&value.end)];
            match ends {
                [Some(a), Some(b)] => {
                    clock(&first.value) == Some(a) && clock(&last.value) == Some(b)
                }
                [Some(a), None] => clock(&first.value) == Some(a),
                [None, Some(b)] => clock(&last.value) == Some(b),
                _ => false,
            }
        }
        "datetimerange" => match (&value.start, &value.end) {
            (Some(a), Some(b)) => {
                moment(&first.value).as_ref() == Some(a) && moment(&last.value).as_ref() == Some(b)
            }
            (Some(a), None) | (None, Some(a)) => {
                rows.iter().any(|r| moment(&r.value).as_ref() == Some(a))
            }
            _ => false,
        },
        _ => false,
    }
}

/// "T19:05" of a value as "19:05:00".
fn clock(value: &str) -> Option<String> {
    let time = &value[value.rfind('T')? + 1..];
    let digits = time.starts_with(|c: char| c.is_ascii_digit());
    digits.then(|| match time.len() {
        2 => format!("{time}:00:00"),
        5 => format!("{time}:00"),
        _ => time.to_owned(),
    })
}

fn clock_of(value: Option<&str>) -> Option<String> {
    value.map(|v| v.rsplit(' ').next().unwrap_or(v).to_owned())
}

/// "2016-11-07T08:00" as "2016-11-07 08:00:00".
fn moment(value: &str) -> Option<String> {
    Some(format!("{} {}", value.split('T').next()?, clock(value)?))
}

fn date_is_right(gold: &Gold, value: &str, row: &TimexRow) -> bool {
    let Ok(day) = value.parse::<NaiveDate>() else {
        return false;
    };
    let Some((Some(first), Some(last))) = row.edtf.as_ref().map(Edtf::bounds) else {
        return false;
    };
    // "Two weeks ago" is a week of TIMEX3 and a day of theirs.
    let coarse = has(
        &gold.text,
        &[
            "week",
            "weeks",
            "month",
            "months",
            "year",
            "years",
            "fortnight",
        ],
    );
    (first, last) == (day, day)
        || coarse && first <= day && day <= last && (last - first).num_days() < 366
}

fn range_is_right(
    gold: &Gold,
    value: &Value,
    rows: &[&TimexRow],
    reference: Option<NaiveDate>,
) -> bool {
    // "now" at one end is no date of its own.
    let dated: Vec<&TimexRow> = rows
        .iter()
        .copied()
        .filter(|r| r.value != "PRESENT_REF")
        .collect();
    let Some(row) = dated.first() else {
        return false;
    };
    let timex = value.timex.as_deref().unwrap_or("");
    let day = |v: &Option<String>| {
        v.as_deref()
            .and_then(|v| v.get(..10)?.parse::<NaiveDate>().ok())
    };
    let (start, end) = (day(&value.start), day(&value.end));
    // What has no days has a value: seasons, fiscal years.
    if start.is_none() && end.is_none() {
        return row.value == timex.trim_start_matches("FY");
    }
    let Some(edtf) = &row.edtf else { return false };
    // Two expressions are one range when both hold the whole of it.
    if dated.iter().any(|r| r.edtf.as_ref() != Some(edtf)) {
        return false;
    }
    let (first, last) = edtf.bounds();
    let inner = end.and_then(|e| e.checked_sub_days(Days::new(1)));
    // "Earlier this month" is a part as well, if they do not say so.
    let part = has(
        &gold.text,
        &["early", "earlier", "late", "later", "remaining"],
    );
    let modifier = match value.modifier.as_deref() {
        None if part => Some("start"),
        other => other,
    };
    match modifier {
        // How much of May is mid-May, nobody knows: the days must hold theirs
        // and the value must be the month.
        Some("start" | "mid" | "end") => {
            first <= start && inner <= last && (row.value == timex || timex.starts_with("XXXX"))
        }
        // "After 2010" may count 2010 in or not, "until" likewise.
        Some(m) if start.is_none() || end.is_none() => {
            let unit = if m.contains("mid") || m.contains("start") || m.contains("end") {
                if timex.len() == 4 { 366 } else { 31 }
            } else {
                0
            };
            match (start, end) {
                (Some(start), _) => {
                    last.is_none() && first.is_some_and(|f| begins_before(f, start, unit))
                }
                (_, Some(end)) => {
                    first.is_none() && last.is_some_and(|l| ends_around(l, end, unit))
                }
                _ => false,
            }
        }
        _ => {
            let (Some(start), Some(end), Some(inner), Some(first), Some(last)) =
                (start, end, inner, first, last)
            else {
                return false;
            };
            if first == start && last == inner {
                return true;
            }
            // Between two named ends theirs stops where the second begins:
            // ours ends where it ends.
            let named = timex.starts_with('(') && first == start && whole_unit(end, last);
            // Windows ("the past two years"): whole units, or the day of
            // speaking counted in.
            let window = duration(timex).is_some_and(|d| d == in_months(&row.value)) && {
                let slack = match row.value.chars().last() {
                    Some('Y') => 366,
                    Some('M') => 31,
                    Some('Q') => 92,
                    Some('W') => 7,
                    _ => 1,
                };
                let near = |a: NaiveDate, b: NaiveDate| (a - b).num_days().abs() <= slack;
                near(first, start) && near(last, inner)
            };
            // The reference day counted in or not.
            let today = first == start && last == end && reference == Some(end);
            // "From the middle of 2007": the year at that end.
            let parted = has(&gold.text, &["middle", "end", "start", "beginning"])
                && first <= start
                && inner <= last
                && (start - first).num_days() < 366
                && (last - inner).num_days() < 366;
            named || window || today || parted
        }
    }
}

/// Whether `first` begins the unit that ends right before `start`, or is it.
fn begins_before(first: NaiveDate, start: NaiveDate, slack: i64) -> bool {
    let before = start.checked_sub_days(Days::new(1)).unwrap_or(start);
    first == start || whole_unit(first, before) || (start - first).num_days().abs() <= slack
}

/// Whether `last` is the day before `end`, or ends the unit that begins there.
fn ends_around(last: NaiveDate, end: NaiveDate, slack: i64) -> bool {
    last.succ_opt() == Some(end) || whole_unit(end, last) || (last - end).num_days().abs() <= slack
}

/// Whether the days from `first` to `last` are one day, month, quarter, year.
fn whole_unit(first: NaiveDate, last: NaiveDate) -> bool {
    let Some(next) = last.succ_opt() else {
        return false;
    };
    let months = (next.year() - first.year()) * 12 + next.month() as i32 - first.month() as i32;
    first == last || first.day() == 1 && next.day() == 1 && matches!(months, 1 | 3 | 12)
}

/// Quarters counted in months, as theirs are.
fn in_months(value: &str) -> String {
    let quarters = value.strip_prefix('P').and_then(|v| v.strip_suffix('Q'));
    match quarters.and_then(|n| n.parse::<u32>().ok()) {
        Some(n) => format!("P{}M", n.saturating_mul(3)),
        None => value.to_owned(),
    }
}

/// The length in "(2016-11-08,2016-11-11,P3D)".
fn duration(timex: &str) -> Option<&str> {
    timex
        .strip_prefix('(')?
        .strip_suffix(')')?
        .rsplit(',')
        .next()
}

fn same_length(gold: &Gold, value: &Value, row: &TimexRow) -> bool {
    let wanted = value.value.as_deref().and_then(|v| v.parse::<f64>().ok());
    // "A few days" are three of theirs and `PXD` of TIMEX3.
    let timex = value.timex.as_deref().unwrap_or("");
    let few = has(&gold.text, &["few", "several", "some", "couple"])
        && timex.replace(|c: char| c.is_ascii_digit(), "") == row.value.replace('X', "");
    few || wanted.is_some() && wanted == seconds(&row.value)
}

/// The seconds of an ISO 8601 duration, months as 30 days and years as 365.
fn seconds(value: &str) -> Option<f64> {
    let mut sum = 0.0;
    let mut time = false;
    let mut number = String::new();
    for c in value.strip_prefix('P')?.replace("WE", "E").chars() {
        let scale = match (c, time) {
            ('T', _) => {
                time = true;
                continue;
            }
            ('0'..='9' | '.', _) => {
                number.push(c);
                continue;
            }
            ('Y', _) => 365.0 * 86400.0,
            ('M', false) => 30.0 * 86400.0,
            ('W', _) => 7.0 * 86400.0,
            ('E', _) => 2.0 * 86400.0,
            ('D', _) => 86400.0,
            ('H', _) => 3600.0,
            ('M', true) => 60.0,
            ('S', _) => 1.0,
            _ => return None,
        };
        sum += number.parse::<f64>().ok()? * scale;
        number.clear();
    }
    Some(sum)
}

fn same_set(wanted: &str, got: &str) -> bool {
    let plain = |v: &str| match v {
        "P1Q" | "P3M" => "P3M".to_owned(),
        "P0.5Y" | "P6M" => "P6M".to_owned(),
        // Every weekend, every weekday.
        "P1WE" | "XXXX-WXX-WE" => "WE".to_owned(),
        "P1WD" | "XXXX-WXX-WD" => "WD".to_owned(),
        _ => match clock(v) {
            Some(time) => format!(
                "{}T{time}",
                v[..v.rfind('T').unwrap_or(0)].replace("XXXX-XX-XX", "")
            ),
            None => v.replace("XXXX-XX-XXT", "T"),
        },
    };
    plain(wanted) == plain(got)
}
