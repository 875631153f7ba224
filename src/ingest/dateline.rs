//! Datelines and date lines. Pure.
//!
//! A dateline opens the first paragraph with the place, the agency and perhaps
//! the date: "GENEVA (AP) —". A date line holds a date and nothing else.

use super::rules::RULES;
use crate::language::sentences::is_blank;

/// The words that open a paragraph before its first sentence.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dateline {
    /// Bytes of the paragraph that belong to it, with the dash.
    pub(super) end: usize,
    /// Where the paragraph's own text begins; the paragraph's length when it
    /// is nothing but a dateline.
    pub(super) rest: usize,
    /// The full name of the agency in it.
    pub(super) agency: Option<&'static str>,
    /// A dash ends it, and the place is in capitals or an agency is named.
    pub(super) dash: bool,
    /// A colon ends it.
    pub(super) colon: bool,
}

/// No dateline is longer, in bytes.
const LONGEST: usize = 140;

/// The dateline at the head of a paragraph.
pub(super) fn dateline(paragraph: &str) -> Option<Dateline> {
    if let Some(found) = agency_first(paragraph).or_else(|| place_in_brackets(paragraph)) {
        return Some(found);
    }
    // Markdown sets datelines in bold.
    if !paragraph
        .trim_start_matches('*')
        .starts_with(char::is_uppercase)
    {
        return None;
    }
    let (at, length) = separator(paragraph)?;
    let head = paragraph[..at].trim_end_matches(is_blank);
    let mut end = at + length;
    // "NEW YORK--(EXAMPLE WIRE)--"
    if let Some(inside) = paragraph[end..].strip_prefix('(')
        && let Some(close) = inside.find(')').filter(|i| *i <= 30)
        && is_name(&inside[..close], 4)
        && dash(&inside[close + 1..]) > 0
    {
        end += close + 2 + dash(&inside[close + 1..]);
    }
    // "March 3, 2015 — LUND —"
    let dated = head.split(',').map(str::trim).all(is_date_part);
    let place = if dated {
        place_behind(&paragraph[end..])
    } else {
        0
    };
    end += place;
    end += date_behind(&paragraph[end..]);
    let rest = end + blanks(&paragraph[end..]);
    let next = paragraph[rest..].chars().next();
    let opens = next.is_none_or(|c| {
        c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '\'' | '‘' | '`' | '$')
    });
    if !opens {
        return None;
    }
    let head = if place > 0 {
        Head {
            caps: true,
            has_date: true,
            ..Head::default()
        }
    } else {
        Head::read(head)?
    };
    let sign = &paragraph[at..end];
    let words = paragraph[rest..].split_whitespace().take(6).count();
    let whole = next.is_none();
    let fits = match sign {
        "" => head.caps && head.agency.is_some(),
        ":" => head.caps && !whole && words == 6 && !head.has_more,
        _ if whole => head.agency.is_some() || head.caps && (sign == "_" || head.has_date),
        _ => words == 6 && (head.caps || head.agency.is_some() || head.has_date || head.has_more),
    };
    fits.then_some(Dateline {
        end,
        rest,
        agency: head.agency,
        dash: match sign {
            ":" => false,
            "" => head.caps,
            _ => head.caps || head.agency.is_some() || head.has_date,
        },
        colon: sign == ":",
    })
}

/// "(CNN) -- ", "(Reuters) - " at the head.
fn agency_first(paragraph: &str) -> Option<Dateline> {
    let inside = paragraph.strip_prefix('(')?;
    let close = inside.find(')').filter(|i| *i <= 30)?;
    let agency = RULES.agencies.get(&inside[..close]);
    let mut end = close + 2;
    let behind = end + blanks(&paragraph[end..]);
    let sign = dash(&paragraph[behind..]);
    // "(Geneva) – The"
    if agency.is_none() && !(sign > 0 && is_name(&inside[..close], 3)) {
        return None;
    }
    if sign > 0 {
        end = behind + sign;
    }
    let rest = end + blanks(&paragraph[end..]);
    (rest < paragraph.len()).then_some(Dateline {
        end,
        rest,
        agency: agency.map(String::as_str),
        dash: sign > 0 && agency.is_some(),
        colon: false,
    })
}

/// The length of a date with another dash: "GENEVA — March 3, 2015 — The".
fn date_behind(text: &str) -> usize {
    let Some(at) = text
        .char_indices()
        .take(30)
        .map(|(i, _)| i)
        .find(|i| dash(&text[*i..]) > 0)
    else {
        return 0;
    };
    let dated = text[..at].split(',').map(str::trim).all(is_date_part);
    if dated { at + dash(&text[at..]) } else { 0 }
}

/// The length of a place in capitals with another dash: "March 3 — LUND — The".
fn place_behind(text: &str) -> usize {
    let lead = blanks(text);
    let Some(at) = text
        .char_indices()
        .skip(1)
        .take(40)
        .map(|(i, _)| i)
        .find(|i| dash(&text[*i..]) > 0)
    else {
        return 0;
    };
    let place = text.get(lead..at).unwrap_or_default().trim();
    let names = place.split(',').map(str::trim).all(|p| is_name(p, 4));
    if names && is_capitals(place.split(',').next().unwrap_or_default()) {
        at + dash(&text[at..])
    } else {
        0
    }
}

/// "(LUND, March 3) ", "(Lund, March 3, 2015) - ".
fn place_in_brackets(paragraph: &str) -> Option<Dateline> {
    let inside = paragraph.strip_prefix('(')?;
    let close = inside.find(')').filter(|i| *i <= 60)?;
    let (place, rest) = inside[..close].split_once(',')?;
    let mut parts = rest.split(',').map(str::trim);
    let dated = parts.clone().any(is_date_part);
    let known = parts.all(|p| is_date_part(p) || is_name(p, 4));
    let mut end = close + 2;
    let behind = end + blanks(&paragraph[end..]);
    let sign = dash(&paragraph[behind..]);
    if !(is_name(place, 4) && dated && known && (is_capitals(place) || sign > 0)) {
        return None;
    }
    if sign > 0 {
        end = behind + sign;
    }
    let rest = end + blanks(&paragraph[end..]);
    let opens = paragraph[rest..].chars().next()?;
    let opens = opens.is_uppercase() || opens.is_ascii_digit() || matches!(opens, '"' | '“');
    opens.then_some(Dateline {
        end,
        rest,
        agency: None,
        dash: sign > 0,
        colon: false,
    })
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches(is_blank).len()
}

/// The length of a dash at the head of the text.
fn dash(text: &str) -> usize {
    let run = |c: char| text.len() - text.trim_start_matches(c).len();
    match text.chars().next() {
        Some(c @ ('—' | '–' | '―' | '-' | '_')) => run(c),
        _ => 0,
    }
}

/// The first place that can end a dateline: where, and how long the sign is.
fn separator(paragraph: &str) -> Option<(usize, usize)> {
    let mut depth = 0;
    for (at, c) in paragraph.char_indices() {
        if at > LONGEST {
            return None;
        }
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            '"' | '“' | '?' | '!' | ';' => return None,
            _ if depth > 0 => continue,
            _ => {}
        }
        let before = paragraph[..at].chars().next_back();
        let after_blank = before.is_some_and(|b| is_blank(b) || b == ')');
        match c {
            '—' | '―' | '_' => return Some((at, dash(&paragraph[at..]))),
            '–' | '-' => {
                let length = dash(&paragraph[at..]);
                let next = paragraph[at + length..].chars().next();
                let before_blank = next.is_none_or(is_blank);
                if after_blank && before_blank || c == '-' && length > 1 {
                    return Some((at, length));
                }
            }
            ':' => return Some((at, 1)),
            ')' => {
                // "LONDON (CNN)The ..." and "LONDON (CNN) The ..."
                let rest = paragraph[at + 1..].trim_start_matches(is_blank);
                if rest.starts_with(char::is_uppercase) {
                    return Some((at + 1, 0));
                }
            }
            _ => {}
        }
    }
    None
}

/// What stands before the dash.
#[derive(Default)]
struct Head {
    /// The place is written in capitals.
    caps: bool,
    /// A region or country follows the place.
    has_more: bool,
    has_date: bool,
    agency: Option<&'static str>,
}

impl Head {
    fn read(words: &str) -> Option<Head> {
        let mut head = Head::default();
        let mut words = words.trim_matches('*');
        // "NEW YORK, June 1 /Example Wire/ --"
        if let Some(before) = words.strip_suffix('/') {
            let open = before.rfind('/')?;
            if !is_name(&before[open + 1..], 3) {
                return None;
            }
            words = before[..open].trim_end_matches([' ', ',']);
        }
        if let Some(before) = words.strip_suffix(')') {
            let open = before.rfind('(')?;
            let inside = before[open + 1..].trim();
            head.agency = RULES
                .agencies
                .get(inside)
                .or_else(|| RULES.agencies.get(inside.split('/').next()?))
                .map(String::as_str);
            let before = before[..open].trim_end_matches([' ', ',']);
            let dates = |words: &str| words.split(',').map(str::trim).all(is_date_part);
            if is_capitals(inside) && is_name(inside, 5) && dates(before) {
                // "March 3, 2015 (LUND) —"
                head.caps = head.agency.is_none();
                head.has_date = true;
                return Some(head);
            }
            head.has_date = dates(inside);
            let named = is_name(inside, 5) || head.has_date;
            if head.agency.is_none() && (inside.len() > 30 || !named) {
                return None;
            }
            words = before;
        }
        let mut parts = words.split(',').map(str::trim);
        let place = parts.next()?;
        if head.agency.is_some() && is_date_part(place) {
            // "March 3 (Reuters) -" names no place.
            head.has_date = true;
            return Some(head).filter(|_| parts.all(is_date_part));
        }
        if !is_name(place, 4) || place.starts_with("By ") || RULES.not_places.contains(place) {
            return None;
        }
        head.caps = is_capitals(place);
        for part in parts {
            if is_date_part(part) {
                head.has_date = true;
            } else if is_name(part, 4) && !part.is_empty() {
                head.has_more = true;
            } else {
                return None;
            }
        }
        Some(head)
    }
}

/// Whether these are at most `most` words that a name is made of.
fn is_name(words: &str, most: usize) -> bool {
    let mut count = 0;
    for word in words.split_whitespace() {
        count += 1;
        let connects = matches!(
            word,
            "de" | "del"
                | "of"
                | "the"
                | "la"
                | "el"
                | "al"
                | "upon"
                | "and"
                | "on"
                | "du"
                | "am"
                | "/"
        );
        let letters = word
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’' | '/' | '&'));
        if !letters || !(connects && count > 1 || word.starts_with(char::is_uppercase)) {
            return false;
        }
    }
    (1..=most).contains(&count)
}

fn is_capitals(words: &str) -> bool {
    words.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && !words.chars().any(char::is_lowercase)
}

/// "March 3", "2015", "Friday", "3 March 2015", "Feb. 3".
fn is_date_part(words: &str) -> bool {
    let mut any = false;
    for word in words.split_whitespace() {
        let plain = word.trim_end_matches(['.', ',']);
        if is_month(plain) || is_weekday(plain) || is_number(plain) {
            any = true;
        } else {
            return false;
        }
    }
    any
}

const MONTHS: [&str; 12] = [
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
];
const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

fn is_short_for(word: &str, names: &[&str]) -> bool {
    let word = word.to_ascii_lowercase();
    (3..=9).contains(&word.len())
        && names
            .iter()
            .any(|name| *name == word || word.len() <= 5 && name.starts_with(word.as_str()))
}

pub(super) fn is_month(word: &str) -> bool {
    is_short_for(word, &MONTHS)
}

pub(super) fn is_weekday(word: &str) -> bool {
    is_short_for(word, &WEEKDAYS)
}

/// "5", "5th", "2015".
fn is_number(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    (1..=4).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th")
}

/// Whether a line, as `rules::normal` writes it, is a date and nothing else:
/// "published: 3 march 2015", "2014-05-06 10:15 gmt".
pub(super) fn is_date_line(normal: &str) -> bool {
    if normal.len() > LONGEST {
        return false;
    }
    let (mut month, mut numbers, mut whole, mut ago, mut words) = (false, 0, false, false, 0);
    for word in
        normal.split(|c: char| is_blank(c) || matches!(c, ',' | '|' | '(' | ')' | '·' | '•'))
    {
        let word = word.trim_matches(['.', ':', '-']);
        if word.is_empty() || word == "/" {
            continue;
        }
        words += 1;
        if is_month(word) {
            month = true;
        } else if is_whole_date(word) {
            whole = true;
        } else if is_number(word) {
            numbers += 1;
        } else if matches!(
            word,
            "hour" | "hours" | "minute" | "minutes" | "days" | "day"
        ) {
            ago = true;
        } else if !(is_weekday(word) || is_time(word) || RULES.date_words.contains(word)) {
            return false;
        }
    }
    words <= 16
        && (month && (1..=6).contains(&numbers)
            || whole
            || ago && numbers > 0 && normal.ends_with("ago"))
}

/// "2014-05-06", "06/05/2014", "6.5.2014", also with a time behind a "t".
fn is_whole_date(word: &str) -> bool {
    let day = word.split('t').next().unwrap_or(word);
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    parts.len() == 3
        && parts
            .iter()
            .all(|p| (1..=4).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
        && (parts[0].len() == 4 || matches!(parts[2].len(), 2 | 4))
}

/// "10:15", "10:15am", "3pm", "+0200".
fn is_time(word: &str) -> bool {
    let digits = word
        .trim_start_matches(['+', '-'])
        .trim_end_matches("a.m")
        .trim_end_matches("p.m")
        .trim_end_matches("am")
        .trim_end_matches("pm")
        .trim_end_matches(['h', 'z']);
    !digits.is_empty()
        && digits.len() <= 12
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::rules::normal;

    /// The dateline and the rest with "|" between, or "-" when there is none.
    #[track_caller]
    fn check(paragraph: &str, expected: &str) {
        let found = match dateline(paragraph) {
            None => "-".to_owned(),
            Some(d) => format!("{}|{}", &paragraph[..d.end], &paragraph[d.rest..]),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn datelines() {
        let rest = "The two sides met again on Monday.";
        for head in [
            "GENEVA (AP) _",
            "GENEVA (AP) —",
            "OSLO, March 3 (Reuters) -",
            "WASHINGTON —",
            "WASHINGTON —",
            "LONDON, England (CNN) --",
            "Oslo (AFP) –",
            "TEL AVIV, Israel –",
            "NEWARK, N.J. _",
            "BEIJING, Feb. 24 (Xinhua) --",
            "PARIS:",
            "SAINT-DENIS, France, Friday -",
            "Springfield, Ohio, March 3, 2015 —",
            "(CNN)",
            "March 3 (Reuters) -",
            "GENEVA — March 3, 2015 —",
            "(Geneva) –",
            "**GENEVA** —",
            "(Reuters) -",
            "NEW YORK--(EXAMPLE WIRE)--",
            "NEW YORK, June 1, 2015 /Example Wire/ --",
            "ST. PETERSBURG, Fla. (AP) --",
            "March 3, 2015 (LUND) —",
            "LUND (March 3, 2015) —",
            "March 3, 2015 — LUND, Sweden —",
            "(LUND, March 3)",
            "(Lund, Sweden, March 3, 2015) –",
        ] {
            check(&format!("{head} {rest}"), &format!("{head}|{rest}"));
        }
        check(
            "MOSCOW (AP)_ The mayor of the town has given money.",
            "MOSCOW (AP)_|The mayor of the town has given money.",
        );
        check(
            "WASHINGTON—The two sides met on Monday again.",
            "WASHINGTON—|The two sides met on Monday again.",
        );
        check("NAIROBI, Kenya (AP) _", "NAIROBI, Kenya (AP) _|");
    }

    #[test]
    fn no_datelines() {
        for paragraph in [
            "Oslo — a small town — has no bridge over the river.",
            "BREAKING: The mayor of the old town has resigned today.",
            "The mayor (left) and the envoy - both tired - left early.",
            "NATO-led troops left the town on Monday at last.",
            "The IMF – The World Bank's neighbour – lends to states.",
            "“WASHINGTON — The two sides met”, it said in bold.",
            "UN: no",
            "(Moss left) – The two sides met again.",
            "March 3 - The two sides met again on Monday.",
            "March 3 — The two — sides met again on Monday.",
            "(Lund, March 3) The two sides met again on Monday.",
            "(Moss, left, and Berg) The two sides met again.",
            "March 3, 2015 (rain) — The two sides met again on Monday.",
            "He said: The two sides met again on Monday.",
            "U.S.–Israel cooperation is old, he said on Monday.",
            "",
        ] {
            check(paragraph, "-");
        }
    }

    #[test]
    fn date_lines() {
        for (line, expected) in [
            ("Monday, May 18, 2015", true),
            ("May 8, 2006", true),
            ("June 26, 2017 10:15 am EDT", true),
            ("Published: 3 March 2015", true),
            (
                "Published 10:15 a.m. GMT, Fri 3 March 2015 | Updated 11:20",
                true,
            ),
            ("2014-05-06", true),
            ("2014-05-06T10:15:00Z", true),
            ("06/05/2014", true),
            ("3 hours ago", true),
            ("May 18, 2015 / 10:12 AM / 5 years ago", true),
            ("June 26th, 2017.", true),
            ("Sept. 5, 2017", true),
            ("1936", false),
            ("May", false),
            ("June 1950 was wet", false),
            ("Monday", false),
            ("May 5 march", true),
            ("On time", false),
            ("", false),
        ] {
            assert_eq!(is_date_line(&normal(line)), expected, "{line}");
        }
    }
}
