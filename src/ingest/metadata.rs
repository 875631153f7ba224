//! What is known of an article from outside its text: front matter, a sidecar
//! `NAME.json`, `metadata.jsonl`, `--date`. Pure; `list` reads the files.

use super::dates::{self, NoDate};
use super::{GivenDate, Metadata, Problem};
use serde_json::Value;

const DATE_HINT: &str = "write it as 2017-06-26, 2017-06 or 2017";

/// The EDTF of a publication date: a day, a month or a year, also with a time
/// of day behind it, which is left out. `None` for anything else.
pub(super) fn date(value: &str) -> Option<String> {
    let value = value.trim();
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    if digits(value, 8) {
        return date(&format!("{}-{}-{}", &value[..4], &value[4..6], &value[6..]));
    }
    let (value, mark) = match value.strip_suffix(['~', '?', '%']) {
        Some(rest) => (rest, &value[rest.len()..]),
        None => (value, ""),
    };
    let (calendar, time) = match value.find(['T', 't', ' ']) {
        Some(i) => (&value[..i], value[i + 1..].trim()),
        None => (value, ""),
    };
    let clock = |c: char| c.is_ascii_digit() || ":.,+-−ZzUTCGM ".contains(c);
    if value.len() > calendar.len()
        && !(time.len() <= 40
            && time.starts_with(|c: char| c.is_ascii_digit())
            && time.contains(':')
            && time.chars().all(clock)
            && mark.is_empty())
    {
        return None;
    }
    let parts: Vec<&str> = calendar.split('-').collect();
    let fits = match parts[..] {
        [y] => digits(y, 4),
        [y, m] => digits(y, 4) && digits(m, 2) && day(y, m, "01"),
        [y, m, d] => digits(y, 4) && digits(m, 2) && digits(d, 2) && day(y, m, d),
        _ => false,
    };
    let century = parts[0].as_bytes().first();
    (fits && matches!(century, Some(b'1' | b'2')) && (time.is_empty() || parts.len() == 3))
        .then(|| format!("{calendar}{mark}"))
}

fn day(year: &str, month: &str, day: &str) -> bool {
    let number = |s: &str| s.parse::<u32>().ok();
    match (year.parse::<i32>(), number(month), number(day)) {
        (Ok(y), Some(m), Some(d)) => chrono::NaiveDate::from_ymd_opt(y, m, d).is_some(),
        _ => false,
    }
}

/// A date that the user or a file gives, or the reason why it is none.
pub(super) fn given(
    value: &str,
    from: &str,
    path: &str,
    line: Option<usize>,
) -> Result<GivenDate, Problem> {
    let shown = || value.chars().take(60).collect::<String>();
    let bad = |message: String| Problem {
        path: path.to_owned(),
        line,
        message,
        hint: Some(DATE_HINT.to_owned()),
    };
    match dates::read(value, None) {
        Ok(edtf) => Ok(GivenDate {
            edtf,
            from: from.to_owned(),
        }),
        Err(NoDate::Unknown) => Err(bad(format!(
            "the publication date {:?} ({from}) is no date",
            shown()
        ))),
        Err(NoDate::Ambiguous) => Err(bad(format!(
            "the publication date {:?} ({from}) may be two days",
            shown()
        ))),
    }
}

impl Metadata {
    /// Fills what this leaves open from `other`, which is trusted less.
    pub(super) fn or(self, other: Metadata) -> Metadata {
        Metadata {
            title: self.title.or(other.title),
            source: self.source.or(other.source),
            url: self.url.or(other.url),
            published: self.published.or(other.published),
        }
    }

    /// Sets one field by its name in a metadata file; other names are ignored.
    fn set(&mut self, name: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        match name {
            "title" => self.title = Some(value.to_owned()),
            "source" => self.source = Some(value.to_owned()),
            "url" => self.url = Some(value.to_owned()),
            _ => {}
        }
    }
}

/// Reads one JSON object of metadata, from `from` ("metadata.jsonl", ...);
/// with it comes the file that it names.
///
/// # Errors
/// When it is no JSON object.
pub(super) fn object(
    json: &str,
    from: &str,
    path: &str,
    line: Option<usize>,
    problems: &mut Vec<Problem>,
) -> Result<(Option<String>, Metadata), Problem> {
    let bad = |message: String| Problem {
        path: path.to_owned(),
        line,
        message,
        hint: Some(
            "give one JSON object with \"title\", \"source\", \"published\", \"url\"".to_owned(),
        ),
    };
    let value: Value =
        serde_json::from_str(json).map_err(|error| bad(format!("no JSON: {error}")))?;
    let Value::Object(fields) = value else {
        return Err(bad("no JSON object".to_owned()));
    };
    let mut metadata = Metadata::default();
    let mut file = None;
    for (name, value) in &fields {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) if name == "published" => number.to_string(),
            Value::Null => continue,
            _ if matches!(
                name.as_str(),
                "file" | "title" | "source" | "url" | "published"
            ) =>
            {
                problems.push(bad(format!("{name:?} is no text")));
                continue;
            }
            _ => continue,
        };
        match name.as_str() {
            "file" => file = Some(text),
            "published" if text.trim().is_empty() => {}
            "published" => match given(&text, from, path, line) {
                Ok(date) => metadata.published = Some(date),
                Err(problem) => problems.push(problem),
            },
            _ => metadata.set(name, &text),
        }
    }
    Ok((file, metadata))
}

/// Takes the front matter off the head of a text, YAML between `---` or TOML
/// between `+++`: what it says, and the byte at which the text goes on. A line of
/// signs that closes nothing, or a block
/// without fields, is text.
pub(super) fn front_matter(
    text: &str,
    path: &str,
    problems: &mut Vec<Problem>,
) -> Option<(Metadata, usize)> {
    const MOST_LINES: usize = 200;
    let mut at = 0;
    let mut metadata = Metadata::default();
    let mut found = Vec::new();
    let mut fields = 0;
    let mut toml = false;
    for (number, line) in text.split_inclusive('\n').take(MOST_LINES).enumerate() {
        at += line.len();
        let line = line.trim_end();
        if number == 0 {
            toml = line == "+++";
            if line != "---" && !toml {
                return None;
            }
            continue;
        }
        if line == "+++" && toml || matches!(line, "---" | "...") && !toml {
            if fields == 0 {
                return None;
            }
            problems.append(&mut found);
            return Some((metadata, at));
        }
        // Lists and tables of TOML hold nothing that is wanted.
        if line.starts_with([' ', '\t', '-', '#', '[', ']', '}']) || line.is_empty() {
            continue;
        }
        let (name, value) = line.split_once(if toml { '=' } else { ':' })?;
        let name = name.trim_end();
        if name.is_empty() || name.len() > 40 || name.contains(' ') {
            return None;
        }
        fields += 1;
        let value = unquote(value.trim());
        match name.to_ascii_lowercase().as_str() {
            "date" | "published" if !value.is_empty() => {
                match given(value, "front matter", path, Some(number + 1)) {
                    Ok(date) => metadata.published = Some(date),
                    Err(problem) => found.push(problem),
                }
            }
            name => metadata.set(name, value),
        }
    }
    None
}

fn unquote(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = value
            .strip_prefix(quote)
            .and_then(|rest| rest.strip_suffix(quote))
        {
            return inner;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for (value, expected) in [
            ("2017-06-26", Some("2017-06-26")),
            (" 2017-06 ", Some("2017-06")),
            ("2017", Some("2017")),
            ("20170626", Some("2017-06-26")),
            ("2017-06-26T23:30:00-05:00", Some("2017-06-26")),
            ("2017-06-26 10:15", Some("2017-06-26")),
            ("2017-06-26T10:15:00.000Z", Some("2017-06-26")),
            ("1993~", Some("1993~")),
            ("2017-02-29", None),
            ("2016-02-29", Some("2016-02-29")),
            ("2017-13", None),
            ("26 June 2017", None),
            ("06/26/2017", None),
            ("2017-6-26", None),
            ("0017-06-26", None),
            ("2017-06-26 or so", None),
            ("2017-06-26Tea", None),
            ("2017-06 10:00", None),
            ("yesterday", None),
            ("", None),
            ("--", None),
            ("٢٠١٧", None),
        ] {
            assert_eq!(date(value).as_deref(), expected, "{value}");
        }
    }

    /// Front matter as fields, the text behind it, and the problems' lines.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut problems = Vec::new();
        let found = match front_matter(text, "a.txt", &mut problems) {
            None => "none".to_owned(),
            Some((m, at)) => format!(
                "{} | {} | {} | {} || {}",
                m.title.unwrap_or_default(),
                m.source.unwrap_or_default(),
                m.url.unwrap_or_default(),
                m.published.map(|p| p.edtf).unwrap_or_default(),
                &text[at..]
            ),
        };
        let lines: Vec<String> = problems
            .iter()
            .map(|p| format!(" !{}", p.line.unwrap_or(0)))
            .collect();
        assert_eq!(found + &lines.concat(), expected);
    }

    #[test]
    fn front_matter_blocks() {
        check(
            "---\ntitle: \"A: b\"\ndate: 2017-06-26\nsource: 'The Example'\nurl: https://a.b/c\ntags:\n  - x\n---\nText",
            "A: b | The Example | https://a.b/c | 2017-06-26 || Text",
        );
        check(
            "---\r\nTitle: A\r\n---\r\n\r\nText",
            "A |  |  |  || \r\nText",
        );
        check("---\ntitle: A\ndate: soon\n---\n", "A |  |  |  ||  !3");
        check(
            "---\nA line of text: no field, as it has spaces.\n---\n",
            "none",
        );
        check("---\n\n---\nText", "none");
        check("---\ntitle: A\nText without end", "none");
        check("Text\n---\ntitle: A\n---\n", "none");
        check("", "none");
    }
}
