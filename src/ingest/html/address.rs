//! Addresses: which one the article had on the web, and the day that stands in
//! it. Pure.

use super::dates::{Day, month};

/// Longer addresses are not taken, in bytes.
const LONGEST: usize = 2000;

/// An address as it may be kept: of the web, without fragment; one that an
/// archive gave is taken out of the archive's own.
pub(super) fn clean(address: &str) -> Option<String> {
    let address = super::references::decode(address.trim(), true);
    let address = unwrapped(&address).0;
    let address = address.split('#').next().unwrap_or(address);
    let ok = scheme(address).is_some()
        && address.len() <= LONGEST
        && !address
            .chars()
            .any(|c| c.is_control() || c.is_whitespace() || c == '<' || c == '"');
    let host = host(address)?;
    (ok && host.contains('.')).then(|| address.to_owned())
}

/// What stands behind "http://" or "https://".
fn scheme(address: &str) -> Option<&str> {
    ["https://", "http://"].iter().find_map(|scheme| {
        let head = address.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme)
            .then(|| &address[scheme.len()..])
    })
}

/// The address inside that of an archive's copy, and the day of the copy:
/// `https://web.archive.org/web/20170627101500im_/http://example.org/a`,
/// `https://archive.ph/2017.06.27-101500/https://example.org/a`.
pub(super) fn unwrapped(address: &str) -> (&str, Option<Day>) {
    let none = (address, None);
    let Some(rest) = scheme(address) else {
        return none;
    };
    let Some((host, path)) = rest.split_once('/') else {
        return none;
    };
    let archive = host.eq_ignore_ascii_case("web.archive.org")
        || host.to_ascii_lowercase().starts_with("archive.")
        || host.eq_ignore_ascii_case("www.webarchive.org.uk");
    let inner = ["/http://", "/https://"]
        .iter()
        .filter_map(|mark| path.find(mark))
        .min()
        .filter(|_| archive);
    let Some(at) = inner else { return none };
    let stamp = path[..at].rsplit('/').next().unwrap_or("");
    let digits: String = stamp.chars().filter(char::is_ascii_digit).take(8).collect();
    (&path[at + 1..], Day::of_digits(&digits))
}

/// The host in lower case without "www.", and without a port.
pub(super) fn host(address: &str) -> Option<String> {
    let rest = scheme(address)?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host
        .rsplit('@')
        .next()?
        .split(':')
        .next()?
        .to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let ok = !host.is_empty()
        && host
            .chars()
            .all(|c| c.is_alphanumeric() || c == '.' || c == '-');
    ok.then(|| host.to_owned())
}

/// The path, by which two addresses of one page are told to be one; without
/// slashes around it and without the query.
pub(super) fn path(address: &str) -> &str {
    let address = unwrapped(address).0;
    let rest = scheme(address).unwrap_or(address);
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    path.split(['?', '#'])
        .next()
        .unwrap_or(path)
        .trim_matches('/')
}

/// The day that stands in an address's path: `/2017/06/26/`, `/2017/jun/26/`,
/// `/2017-06-26-storm`, `20170626`.
pub(super) fn day(address: &str) -> Option<Day> {
    let path = path(address);
    let parts: Vec<&str> = path.split('/').take(40).collect();
    for part in parts.windows(3) {
        let is = |s: &str, most: usize| {
            s.len() <= most && !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit())
        };
        let number = |s: &str| s.parse::<u32>().ok();
        if part[0].len() == 4 && is(part[0], 4) && is(part[2], 2) {
            let month = month(part[1]).or_else(|| number(part[1]).filter(|_| is(part[1], 2)));
            if let (Some(y), Some(m), Some(d)) = (number(part[0]), month, number(part[2]))
                && let Some(day) = Day::sound(y, m, d)
            {
                return Some(day);
            }
        }
    }
    parts.iter().find_map(|part| in_part(part))
}

/// A day written in one part of a path.
fn in_part(part: &str) -> Option<Day> {
    let runs: Vec<&str> = part.split(|c: char| !c.is_ascii_digit()).collect();
    if let Some(day) = runs
        .iter()
        .filter(|r| r.len() == 8)
        .find_map(|r| Day::of_digits(r))
    {
        return Some(day);
    }
    let bytes = part.as_bytes();
    (0..bytes.len().saturating_sub(9)).find_map(|at| {
        let piece = part.get(at..at + 10)?;
        let free = |i: Option<usize>| {
            i.and_then(|i| bytes.get(i))
                .is_none_or(|b| !b.is_ascii_digit())
        };
        let shape = piece.bytes().enumerate().all(|(i, b)| {
            if i == 4 || i == 7 {
                matches!(b, b'-' | b'_')
            } else {
                b.is_ascii_digit()
            }
        });
        let alone = free(at.checked_sub(1)) && free(Some(at + 10));
        let digits: String = piece.chars().filter(char::is_ascii_digit).collect();
        (shape && alone).then(|| Day::of_digits(&digits)).flatten()
    })
}

/// What a browser or an archive wrote into a comment: the address, and the day
/// the copy was made.
pub(super) fn from_comment(comment: &str) -> (Option<String>, Option<Day>) {
    let flat = comment.trim();
    // "saved from url=(0042)https://..." of Chrome and others.
    if let Some(at) = flat.find("saved from url=(") {
        let rest = &flat[at..];
        let address = rest
            .split_once(')')
            .and_then(|(_, rest)| rest.split_whitespace().next());
        return (address.and_then(clean), None);
    }
    // SingleFile: "Page saved with SingleFile", "url: ...", "saved date: ...".
    if flat.contains("SingleFile") {
        let line = |name: &str| {
            flat.lines()
                .find_map(|line| line.trim().strip_prefix(name))
                .map(str::trim)
        };
        let day = line("saved date:").and_then(|date| super::dates::read(date)?.day());
        return (line("url:").and_then(clean), day);
    }
    // "FILE ARCHIVED ON 10:15:00 Jun 27, 2017 AND RETRIEVED FROM THE INTERNET
    // ARCHIVE ON ..."
    if let Some((_, rest)) = flat.split_once("FILE ARCHIVED ON ") {
        let date = rest.split(" AND ").next().unwrap_or("");
        let date = date.split_once(' ').map_or(date, |(_, date)| date);
        return (None, super::dates::read(date).and_then(|v| v.day()));
    }
    (None, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        for (address, expected) in [
            ("https://example.org/world/2017/06/26/storm", "2017-06-26"),
            ("https://example.org/world/2017/jun/26/storm", "2017-06-26"),
            ("http://example.org/2017/6/6/", "2017-06-06"),
            ("http://example.org/a/20170626/b.html", "2017-06-26"),
            ("http://example.org/a/idUSL3N1JN2PK20170626", "2017-06-26"),
            ("http://example.org/2017-06-26-storm.html", "2017-06-26"),
            ("http://example.org/news/world-europe-40410071", "-"),
            ("http://example.org/2017/06/storm", "-"),
            ("http://example.org/2017/13/45/a", "-"),
            ("http://example.org/a?d=20170626", "-"),
            ("http://example.org/a/201706261", "-"),
            (
                "https://web.archive.org/web/20190101000000/http://example.org/2017/06/26/a",
                "2017-06-26",
            ),
            (
                "https://web.archive.org/web/20190101000000/http://example.org/a",
                "-",
            ),
        ] {
            assert_eq!(
                day(address).map_or("-".to_owned(), |d| d.edtf()),
                expected,
                "{address}"
            );
        }
    }

    #[test]
    fn addresses() {
        for (address, expected) in [
            (
                " https://example.org/a?b=1&amp;c=2#d ",
                Some("https://example.org/a?b=1&c=2"),
            ),
            (
                "https://web.archive.org/web/20170627101500im_/http://example.org/a",
                Some("http://example.org/a"),
            ),
            (
                "https://archive.ph/2017.06.27-101500/https://example.org/a",
                Some("https://example.org/a"),
            ),
            ("/a/b", None),
            ("file:///home/a.html", None),
            ("javascript:alert(1)", None),
            ("https://localhost/a", None),
            ("http://", None),
        ] {
            assert_eq!(clean(address).as_deref(), expected, "{address}");
        }
        assert_eq!(
            host("HTTP://www.Example.ORG:80/a").as_deref(),
            Some("example.org")
        );
    }

    #[test]
    fn comments() {
        let check = |comment: &str, address: Option<&str>, day: Option<&str>| {
            let found = from_comment(comment);
            assert_eq!(
                (found.0.as_deref(), found.1.map(|d| d.edtf()).as_deref()),
                (address, day)
            );
        };
        check(
            " saved from url=(0021)https://example.org/a ",
            Some("https://example.org/a"),
            None,
        );
        check(
            "\n Page saved with SingleFile \n url: https://example.org/a \n saved date: Tue Jun 27 2017 10:15:00 GMT+0200 (CEST)\n",
            Some("https://example.org/a"),
            Some("2017-06-27"),
        );
        check(
            "\n FILE ARCHIVED ON 10:15:00 Jun 27, 2017 AND RETRIEVED FROM THE\n INTERNET ARCHIVE ON",
            None,
            Some("2017-06-27"),
        );
        check("saved", None, None);
    }
}
