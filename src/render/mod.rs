//! From a [`Story`](crate::resolve::Story) to what people look at: the terminal
//! timeline and the ledger diagram. Looks only; writes to no file.

pub mod actors;
mod boxes;
mod choose;
pub(crate) mod dates;
pub mod dot;
pub mod draw;
pub mod ledger;
mod legend;
mod looks;
pub mod matrix;
pub mod metrics;
mod order;
pub mod page;
mod place;
mod placed;
pub mod png;
#[cfg(test)]
pub(crate) mod sample;
pub mod sheet;
pub mod sides;
mod stress;
pub mod svg;
pub mod timeline;

/// The text of an article made safe to show on one line: white space of any
/// kind becomes single blanks, and what could steer a terminal, turn the
/// direction of writing or hide characters is dropped. Everything that people
/// read goes through here; quotes in exports do not, because they are verbatim.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if is_shown(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether a character that is no white space may be shown: no control
/// character (C0, C1), no direction control (Unicode TR 9), nothing invisible
/// and no noncharacter, which XML forbids.
fn is_shown(c: char) -> bool {
    !(c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e007f}')
        || (c as u32) & 0xfffe == 0xfffe)
}

/// Text for the content and the attributes of HTML and XML, all five signs
/// escaped. Characters that XML forbids stay: [`plain`] drops them.
pub(crate) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// How an article is called in every picture and timeline: `D1` is the story's
/// first document.
pub fn document_name(document: usize) -> String {
    format!("D{}", document + 1)
}

/// An event's title for people: with a capital, and without a status in
/// brackets, which every picture and timeline says in its own way.
fn title_of(event: &crate::resolve::Event) -> String {
    let title = plain(&event.title);
    let bare = title
        .strip_suffix(')')
        .and_then(|t| t.strip_suffix(event.status.as_str()))
        .and_then(|t| t.strip_suffix(" ("));
    capital(bare.unwrap_or(&title))
}

/// `text` with a capital at its beginning, unless its first word has capitals
/// of its own ("eBay", "al-Shabaab").
fn capital(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or_default();
    let mut chars = text.chars();
    match chars.next() {
        Some(c) if first.chars().all(char::is_lowercase) => c.to_uppercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

/// `1 article`, `2 articles`, `2 countries`: a number with its noun, for nouns
/// whose plural follows the rule.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        return format!("1 {noun}");
    }
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{number} {stem}ies"),
        _ => format!("{number} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_text_cannot_steer_a_terminal() {
        assert_eq!(plain("a\u{1b}[31mred\u{7}\r\n b"), "a[31mred b");
        assert_eq!(plain("\u{202e}evil\u{2066} \u{200f}x\u{9b}1m"), "evil x1m");
        assert_eq!(plain("  Zürich \t 東京\u{2028}"), "Zürich 東京");
        assert_eq!(plain("\u{ffff}\u{fdd0}"), "");
    }

    #[test]
    fn no_sign_of_html_is_left() {
        assert_eq!(html("<a b='\"'>&"), "&lt;a b=&#39;&quot;&#39;&gt;&amp;");
    }

    #[test]
    fn counts_know_their_plurals() {
        assert_eq!(count(1, "country"), "1 country");
        assert_eq!(count(2, "country"), "2 countries");
        assert_eq!(count(0, "article"), "0 articles");
        assert_eq!(count(3, "day"), "3 days");
    }

    #[test]
    fn titles_say_no_status_and_begin_with_a_capital() {
        let check = |title: &str, status, expected: &str| {
            let mut event = sample::story().events.remove(0);
            event.title = title.to_owned();
            event.status = status;
            assert_eq!(title_of(&event), expected);
        };
        use crate::model::Status::{Occurred, Planned};
        check(
            "working group meets (planned)",
            Planned,
            "Working group meets",
        );
        check(
            "Anna meets Ben (planned)",
            Occurred,
            "Anna meets Ben (planned)",
        );
        check("eBay buys a farm", Occurred, "eBay buys a farm");
        check("(planned)", Planned, "(planned)");
        check("", Planned, "");
    }

    proptest! {
        #[test]
        fn plain_is_one_clean_line_and_stable(text in any::<String>()) {
            let once = plain(&text);
            prop_assert!(!once.chars().any(char::is_control));
            prop_assert!(!once.contains("  "));
            prop_assert_eq!(plain(&once), once);
        }
    }
}
