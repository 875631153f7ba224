//! The outlet of an article, where the text names it: a copyright line, a
//! logo's caption, a byline. Pure. In doubt there is none.

use super::BlockKind;
use super::blocks::Draft;
use super::rules::RULES;

/// The outlet that the clearest of the blocks names.
pub(super) fn find(drafts: &[Draft]) -> Option<String> {
    let of = |kind: BlockKind, read: fn(&str) -> Option<String>| {
        drafts
            .iter()
            .filter(|d| d.kind == Some(kind) && d.words.len() < 1000)
            .find_map(|d| read(d.words))
    };
    of(BlockKind::Furniture, from_notice)
        .or_else(|| of(BlockKind::Furniture, from_logo))
        .or_else(|| of(BlockKind::Byline, from_byline))
}

/// "© 2015 Example Media. All rights reserved.", "All content created by the
/// Example Foundation, an ..."
fn from_notice(line: &str) -> Option<String> {
    let lower = line.to_ascii_lowercase();
    if let Some(rest) = lower.strip_prefix("all content created by ") {
        return name(&line[line.len() - rest.len()..]);
    }
    let mut words = line.split_whitespace();
    let first = words.next()?.to_lowercase();
    if !first.starts_with('©') && first != "copyright" && first != "(c)" {
        return None;
    }
    // Past the sign, the years and "by" to the name.
    let kept: Vec<&str> = line
        .split_whitespace()
        .skip_while(|word| {
            let plain = word.trim_matches(|c: char| !c.is_alphanumeric());
            plain
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '-' | '–'))
                || matches!(plain.to_lowercase().as_str(), "copyright" | "c" | "by")
        })
        .take(10)
        .collect();
    name(&kept.join(" "))
}

/// "Example News Foundation logo"
fn from_logo(line: &str) -> Option<String> {
    let rest = line.strip_suffix(" logo").or(line.strip_suffix(" Logo"))?;
    name(rest).filter(|name| name.len() == rest.len())
}

/// "By: Example Daily Staff", "By Staff of Example Daily", "Jane Doe, Reuters"
fn from_byline(line: &str) -> Option<String> {
    let rest = line
        .strip_prefix("By")
        .or(line.strip_prefix("BY"))
        .unwrap_or(line)
        .trim_start_matches([':', ' ']);
    if let Some(outlet) = rest.strip_suffix(" Staff").or(rest.strip_suffix(" staff")) {
        return whole_name(outlet);
    }
    if let Some(outlet) = rest.strip_prefix("Staff of ") {
        return whole_name(outlet);
    }
    let last = rest.rsplit([',', '|']).next().unwrap_or(rest).trim();
    let agency = RULES.agencies.get(last)?;
    Some(agency.clone())
}

/// The name that the text begins with: capitalised words, joined by small
/// ones. At most eight words; the article in front is left out.
fn name(text: &str) -> Option<String> {
    let text = text
        .strip_prefix("the ")
        .or(text.strip_prefix("The "))
        .unwrap_or(text);
    let mut words: Vec<&str> = Vec::new();
    for word in text.split_whitespace() {
        let plain = word.trim_end_matches([',', '.', ';', ':', '!']);
        let small = matches!(plain, "of" | "the" | "and" | "with" | "for" | "de");
        if !(plain.starts_with(char::is_uppercase) || small && !words.is_empty())
            || matches!(
                plain,
                "All" | "Inc" | "Ltd" | "Limited" | "LLC" | "Company" | "Corporation"
            )
        {
            break;
        }
        words.push(plain);
        if plain.len() < word.len() || words.len() == 8 {
            break;
        }
    }
    while words
        .last()
        .is_some_and(|w| w.starts_with(char::is_lowercase))
    {
        words.pop();
    }
    (!words.is_empty()).then(|| words.join(" "))
}

/// The text when it is a name from end to end.
fn whole_name(text: &str) -> Option<String> {
    let text = text.trim();
    name(text).filter(|found| text.ends_with(found.as_str()) && found.contains(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets() {
        for (read, line, expected) in [
            (
                from_notice as fn(&str) -> Option<String>,
                "© 2015 Example Media. All rights reserved.",
                Some("Example Media"),
            ),
            (
                from_notice,
                "Copyright 2015 The Example Post All Rights Reserved",
                Some("Example Post"),
            ),
            (
                from_notice,
                "Copyright (c) 2010-2015 by Example Post, Inc.",
                Some("Example Post"),
            ),
            (from_notice, "©2015", None),
            (
                from_notice,
                "All content created by the Example News Foundation, a newswire, is free.",
                Some("Example News Foundation"),
            ),
            (from_notice, "Read more", None),
            (
                from_logo,
                "Example News Foundation logo",
                Some("Example News Foundation"),
            ),
            (from_logo, "Bank with a new logo", None),
            (
                from_byline,
                "By: Example Daily Staff",
                Some("Example Daily"),
            ),
            (
                from_byline,
                "By Staff of Union for Peace",
                Some("Union for Peace"),
            ),
            (from_byline, "By Ida Moss, Reuters", Some("Reuters")),
            (from_byline, "By Ida Moss", None),
            (from_byline, "By Staff", None),
        ] {
            assert_eq!(read(line).as_deref(), expected, "{line}");
        }
    }
}
