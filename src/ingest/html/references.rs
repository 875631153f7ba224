//! Character references of HTML: `&eacute;`, `&#8217;`, `&amp`. Pure and linear.

use std::borrow::Cow;
use std::sync::LazyLock;

/// The names and what they stand for, sorted by name. A name that needs its
/// ";" carries it.
static NAMES: LazyLock<Vec<(&str, String)>> = LazyLock::new(|| {
    include_str!("references.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (name, codes) = line.split_once(' ')?;
            let meant = codes
                .split(' ')
                .filter_map(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?))
                .collect();
            Some((name, meant))
        })
        .collect()
});

/// The longest name, and the longest that may stand without ";", in bytes.
const LONGEST: usize = 32;
const LONGEST_BARE: usize = 6;

/// What the numbers 0x80 to 0x9f stand for: pages write them as Windows does.
const WINDOWS: [u32; 32] = [
    0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039,
    0x152, 0x8d, 0x17d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc,
    0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178,
];

/// The text with its references replaced. `attribute`: in an attribute's value
/// a name without ";" before a letter, digit or "=" stands for itself, because
/// addresses hold "&copy=1".
pub(super) fn decode(text: &str, attribute: bool) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    for (at, _) in text.match_indices('&') {
        if at < done {
            continue;
        }
        if let Some(length) = reference(&text[at + 1..], attribute, |meant| {
            out.push_str(&text[done..at]);
            out.push_str(meant);
        }) {
            done = at + 1 + length;
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// Gives what the reference behind an "&" stands for to `put`; returns its
/// length.
fn reference(text: &str, attribute: bool, put: impl FnOnce(&str)) -> Option<usize> {
    if let Some(number) = text.strip_prefix('#') {
        let (digits, radix, mark) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16, 2),
            None => (number, 10, 1),
        };
        let length = digits
            .bytes()
            .take_while(|b| char::from(*b).is_digit(radix))
            .count();
        if length == 0 {
            return None;
        }
        // A number that does not fit is no character either.
        let code = u32::from_str_radix(&digits[..length], radix).unwrap_or(0);
        let code = match code {
            0x80..=0x9f => WINDOWS[(code - 0x80) as usize],
            _ => code,
        };
        let meant = char::from_u32(code)
            .filter(|c| *c != '\0')
            .unwrap_or('\u{fffd}');
        put(meant.encode_utf8(&mut [0; 4]));
        let closed = digits[length..].starts_with(';');
        return Some(mark + length + usize::from(closed));
    }
    let length = text
        .bytes()
        .take(LONGEST)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    if text[length..].starts_with(';')
        && let Some(meant) = named(&text[..=length])
    {
        put(meant);
        return Some(length + 1);
    }
    for bare in (2..=length.min(LONGEST_BARE)).rev() {
        let Some(meant) = named(&text[..bare]) else {
            continue;
        };
        if attribute && (bare < length || text[bare..].starts_with('=')) {
            return None;
        }
        put(meant);
        return Some(bare);
    }
    None
}

fn named(name: &str) -> Option<&'static str> {
    let at = NAMES
        .binary_search_by(|(known, _)| (*known).cmp(name))
        .ok()?;
    NAMES.get(at).map(|(_, meant)| meant.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        for (text, expected) in [
            ("a &amp; b &lt;c&gt; &quot;", "a & b <c> \""),
            ("it&#8217;s &#x2014; &#146;&#X41", "it’s — ’A"),
            (
                "caf&eacute; caf&eacute &nbsp;&shy;",
                "café café \u{a0}\u{ad}",
            ),
            ("&Scaron;&ccaron;&NotEqualTilde;", "Šč≂̸"),
            ("&notit; &notin;", "¬it; ∉"),
            ("&amp;amp;", "&amp;"),
            (
                "AT&T R&D; & &; &# &#x; &#; &unknown;",
                "AT&T R&D; & &; &# &#x; &#; &unknown;",
            ),
            ("&#0;&#xD800;&#99999999999;", "\u{fffd}\u{fffd}\u{fffd}"),
            ("&é", "&é"),
        ] {
            assert_eq!(decode(text, false), expected, "{text}");
        }
        assert_eq!(decode("a?b=1&copy=2&amp;c=3&lt", true), "a?b=1&copy=2&c=3<");
    }

    #[test]
    fn the_list_is_sorted() {
        assert_eq!(NAMES.len(), 2231);
        assert!(NAMES.is_sorted());
        assert!(
            NAMES
                .iter()
                .all(|(name, meant)| name.len() <= LONGEST + 1 && !meant.is_empty())
        );
    }
}
