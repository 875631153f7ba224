//! Turns the escapes of HTML that were left in a plain text into what they
//! stand for: "&amp;", "&#8217;". Pure and linear.

/// Text may have been escaped twice: "&amp;quot;".
const MOST_ROUNDS: usize = 2;
/// No escape that is looked for is longer, in bytes, without its signs.
const LONGEST: usize = 8;

const NAMES: [(&str, &str); 27] = [
    ("amp", "&"),
    ("quot", "\""),
    ("apos", "'"),
    ("lt", "<"),
    ("gt", ">"),
    ("nbsp", "\u{a0}"),
    ("ensp", "\u{2002}"),
    ("thinsp", "\u{2009}"),
    ("shy", "\u{ad}"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("sbquo", "‚"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("bdquo", "„"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("bull", "•"),
    ("copy", "©"),
    ("euro", "€"),
    ("pound", "£"),
    ("eacute", "é"),
    ("uuml", "ü"),
    ("ouml", "ö"),
];

/// The text without escapes; `None` when there is none.
pub(super) fn unescape(text: &str) -> Option<String> {
    let mut plain = round(text)?;
    for _ in 1..MOST_ROUNDS {
        match round(&plain) {
            Some(plainer) => plain = plainer,
            None => break,
        }
    }
    Some(plain)
}

fn round(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut done = 0;
    for (at, _) in text.match_indices('&') {
        if let Some((meant, length)) = escape(&text[at + 1..]) {
            out.push_str(&text[done..at]);
            out.push_str(&meant);
            done = at + 1 + length;
        }
    }
    if done == 0 {
        return None;
    }
    out.push_str(&text[done..]);
    Some(out)
}

/// What the escape behind an "&" stands for, and its length with the ";".
fn escape(text: &str) -> Option<(String, usize)> {
    let length = text
        .bytes()
        .take(LONGEST + 1)
        .position(|b| b == b';')
        .filter(|length| *length > 1)?;
    let name = &text[..length];
    let Some(number) = name.strip_prefix('#') else {
        let meant = NAMES.iter().find(|(known, _)| *known == name)?.1;
        return Some((meant.to_owned(), length + 1));
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    // Windows' numbers for quotes and dashes are written too.
    let meant = match code {
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x96 => '–',
        0x97 => '—',
        _ => char::from_u32(code).filter(|c| !c.is_control())?,
    };
    Some((meant.to_string(), length + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(unescape(text).as_deref().unwrap_or(text), expected);
    }

    #[test]
    fn escapes() {
        check(
            "A&amp;B: &quot;it&#8217;s&#x20;&pound;5&quot;&nbsp;&#146;",
            "A&B: \"it’s £5\"\u{a0}’",
        );
        check("&amp;quot;no&amp;quot;", "\"no\"");
        for text in [
            "AT&T; R&D",
            "&;",
            "&#;",
            "&#0;",
            "&#x110000;",
            "&nothing;",
            "& amp;",
            "&é;",
            "",
        ] {
            check(text, text);
        }
    }

    proptest! {
        #[test]
        fn any_text(text in "(&|#|;|x|amp|[0-9]|é){0,20}") {
            unescape(&text);
        }
    }
}
