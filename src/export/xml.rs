//! Text of articles inside XML, for GEXF and GraphML. Pure.

use super::rows::When;

/// Whether a file may hold the character: control characters other than tab
/// and line breaks may not, nor the two noncharacters that XML 1.0 forbids.
pub(super) fn is_text(c: char) -> bool {
    !(c.is_control() && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

/// Writes text so that it can stand in an attribute or an element and is read
/// back as it was: line breaks and tabs are numbered, because attributes make
/// blanks of them and every `\r` would become `\n`.
pub(super) fn escape(out: &mut String, text: &str) {
    for c in text.chars().filter(|c| is_text(*c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
}

/// Writes ` name="text"`.
pub(super) fn attribute(out: &mut String, name: &str, text: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(out, text);
    out.push('"');
}

/// The three fields of a date, empty where there is none.
pub(super) fn date(when: When<'_>) -> [(&'static str, String); 3] {
    let [when, earliest, latest] = when.texts();
    [("when", when), ("earliest", earliest), ("latest", latest)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_an_attribute() {
        let mut out = String::new();
        attribute(&mut out, "v", "a\"]]> <b>&amp;\r\n\t\0\u{1b}\u{ffff}日本");
        assert_eq!(
            out,
            " v=\"a&quot;]]&gt; &lt;b&gt;&amp;amp;&#13;&#10;&#9;日本\""
        );
    }
}
