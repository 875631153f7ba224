//! Which cases of Recognizers-Text are none that news could contain, by rules on
//! their words and on the type of what is wanted.

use crate::recognizers::{Case, Gold, Value, has};

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
];

const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thurs",
    "fri",
    "sat",
    "sun",
    "mondays",
    "tuesdays",
    "wednesdays",
    "thursdays",
    "fridays",
    "saturdays",
    "sundays",
];

const HOLIDAYS: &[&str] = &[
    "easter",
    "christmas",
    "halloween",
    "thanksgiving",
    "independence",
    "labor",
    "earth",
    "eid",
    "patrick",
    "juneteenth",
];

/// Why a case is none that news could contain; `None` for those that count.
/// Every rule looks at the words or at the type of what is wanted, none at
/// what Tieline makes of it.
pub(crate) fn left_out(case: &Case) -> Option<&'static str> {
    const COMMANDS: &[&str] = &[
        "cortana",
        "schedule",
        "book",
        "remind",
        "calendar",
        "appointment",
        "skype",
        "ooo",
    ];
    // Shorthand of messages, and of files.
    const SHORTHAND: &[&str] = &[
        "tmrw", "tmr", "tonite", "eod", "eoy", "eom", "otd", "noonish", "11ish", "7ampm", "cy",
        "sy", "cy18", "sy18", "wc",
    ];
    let text = &case.text;
    let lower = text.to_lowercase();
    let commands = [
        "set ooo",
        "set out of office",
        "are you available",
        "meet me",
        "let's meet",
        "find time",
        "set something up",
        "find us",
    ];
    if has(text, COMMANDS) || commands.iter().any(|c| lower.contains(c)) {
        return Some("a command to an assistant or about a calendar");
    }
    let query = [
        "greater than",
        "less than or",
        "or later",
        "and later",
        "or greater",
        "and greater",
        "and after",
        "= 2",
        "=2",
        "or equals",
        "equals to",
    ];
    if query.iter().any(|q| lower.contains(q)) {
        return Some("a query of a database (greater than, or later)");
    }
    if has(text, SHORTHAND) || lower.contains("w/c") || lower.contains(" @ ") {
        return Some("shorthand of messages");
    }
    if text.contains("://") || text.contains("www.") || text.contains(".xlsx") {
        return Some("an address or a file name");
    }
    let golds = || case.results.iter();
    let timexes = || {
        golds()
            .flat_map(Gold::values)
            .filter_map(|v| v.timex.as_deref())
    };
    if timexes().any(|t| t.contains("TME")) {
        return Some("a meal");
    }
    if timexes().any(|t| t.contains("BD") || t.contains("SY"))
        || has(text, &["workweek", "working"])
        || golds().any(|g| g.class() == "timezone")
    {
        return Some("business days, working weeks, school years, zones alone");
    }
    for gold in golds() {
        let shape = shape_left_out(case, gold);
        if shape.is_some() {
            return shape;
        }
    }
    None
}

/// Why one wanted expression is written as news never writes it.
fn shape_left_out(case: &Case, gold: &Gold) -> Option<&'static str> {
    let at = case.text.to_lowercase().find(&gold.text.to_lowercase());
    let original = at
        .and_then(|at| case.text.get(at..at + gold.text.len()))
        .unwrap_or(&gold.text);
    let lowered = |list: &[&str]| {
        original
            .split(|c: char| !c.is_alphanumeric())
            .any(|w| list.contains(&w.trim_end_matches(|c: char| c.is_ascii_digit())))
    };
    if lowered(MONTHS) || lowered(WEEKDAYS) || lowered(HOLIDAYS) {
        return Some("a month, weekday or holiday in lower case");
    }
    let unit_glued = |word: &str| {
        let digits = word
            .bytes()
            .take_while(|b| b.is_ascii_digit() || *b == b'.')
            .count();
        digits > 0 && word[digits..].starts_with(|c: char| c.is_ascii_alphabetic())
    };
    if gold.class() == "duration" && original.split_whitespace().any(unit_glued)
        || ["today pm", "tomorrow am"].contains(&gold.text.as_str())
    {
        return Some("shorthand of messages");
    }
    let resolved = |v: &Value| v.value.as_deref() != Some("not resolved");
    let timed = |v: &Value| {
        let timex = v.timex.as_deref().unwrap_or("");
        // A day that no calendar has is wanted without a value.
        let day = matches!(gold.class(), "date" | "datetime") || timex.starts_with('(');
        timex.starts_with("FY") || timex.bytes().any(|b| b.is_ascii_digit()) && !day
    };
    if gold.class() != "set" && gold.values().iter().all(|v| !resolved(v) && !timed(v)) {
        return Some("no value is wanted (February 30, a season of no year)");
    }
    if matches!(
        gold.class(),
        "date" | "daterange" | "datetime" | "datetimerange"
    ) && yearless_number(original)
    {
        return Some("a numeric date without a year (11/20, 5.12)");
    }
    if joined_month(original) {
        return Some("a month joined to a number by a stroke (Oct/2, 2020-Sep-23)");
    }
    let needs_hour = [
        "minute", "minutes", "min", "hour", "hours", "hr", "hrs", "second", "seconds", "2h", "now",
    ];
    let clocked = |v: &Value| {
        v.timex
            .as_deref()
            .is_some_and(|t| t.contains('T') && t != "PRESENT_REF")
    };
    if matches!(gold.class(), "datetime" | "datetimerange" | "timerange")
        && has(original, &needs_hour)
        && gold.values().iter().all(clocked)
    {
        return Some("counted from the hour of the reference, which news has not");
    }
    let twelve = |a: &Value, b: &Value| match (a.timex.as_deref(), b.timex.as_deref()) {
        (Some(a), Some(b)) => a != b && a.contains('T') && b.contains('T'),
        _ => false,
    };
    let values = gold.values();
    if matches!(
        gold.class(),
        "time" | "timerange" | "datetime" | "datetimerange"
    ) && values
        .iter()
        .any(|v| values.first().is_some_and(|first| twelve(first, v)))
    {
        return Some("an hour that could be morning or evening");
    }
    None
}

/// "11/20", "5.12", "4-23": two short numbers, no year and no month's name.
fn yearless_number(text: &str) -> bool {
    let pair = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_ascii_digit());
        let parts: Vec<&str> = word.split(['/', '.', '-']).collect();
        let short = |p: &&str| (1..=2).contains(&p.len());
        let digits = |p: &&str| p.bytes().all(|b| b.is_ascii_digit());
        parts.len() >= 2 && parts.len() != 3 && parts.iter().all(|p| short(p) && digits(p))
    };
    // "5/1-5/7/2020" holds one.
    text.split_whitespace()
        .any(|word| pair(word) || word.contains('/') && word.split('-').any(pair))
        && !has(text, MONTHS)
        && !has(text, &["am", "pm", "a", "p"])
}

/// "Oct/2", "Dec-2018", but neither "05-Aug-2016" nor "Jan-Feb".
fn joined_month(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let parts: Vec<String> = word
            .split(['/', '-'])
            .map(|p| {
                p.trim_matches(|c: char| !c.is_alphanumeric())
                    .to_lowercase()
            })
            .collect();
        let month = |p: &String| MONTHS.contains(&p.as_str());
        let number = |p: &String| p.starts_with(|c: char| c.is_ascii_digit());
        if let [day, name, year] = &parts[..]
            && number(day)
            && day.len() <= 2
            && month(name)
            && year.len() == 4
        {
            return false;
        }
        parts.iter().any(month)
            && parts.iter().any(number)
            // "18-Dec" of "Nov 18-Dec 19" is a range.
            && !text.split_whitespace().any(|w| has(w, MONTHS) && w != word)
    })
}
