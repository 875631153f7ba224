//! A story whose every text is hostile, for the tests of all formats.

use super::Output;
use super::xml;
use crate::render::sample;
use crate::resolve::Story;

/// Every character that means something to some format, and the end of some
/// element, string or line of each.
pub(super) const WORDS: &str = "=1+1 </script>]]>&amp;<!-- \"q\" 'a' a\\u0027\\ `b` {c} [d] [[e]] #f; \
     |g|: h::i ; %% ${x} $m$ ~~j~~ ==k== ^l *m* _n_ @o -- /* p */ // 日本語 عربي \u{202e}e\u{301}🜚\n---\n\
     \r\n\t\0\u{1b}[31m\u{7f}\u{85}\u{2028}\u{2029}\u{feff}\u{ffff}q: ';DROP\\ \
     <img src=x onerror=alert(1)> [l](javascript:1) %41 \u{7} 北京 محمد\r\n2017: x\nEND:VEVENT\nend";

/// The sample story with these words in every place that comes from an article.
pub(super) fn story() -> Story {
    let mut story = sample::with_text(WORDS);
    for document in &mut story.documents {
        document.path = WORDS.to_owned();
        document.url = Some(format!("javascript:{WORDS}"));
    }
    for event in &mut story.events {
        for evidence in &mut event.evidence {
            evidence.trigger.text = WORDS.to_owned();
        }
    }
    story
}

/// The text of a format that is one file.
#[track_caller]
pub(super) fn text(output: Output) -> String {
    let Output::Text(text) = output else {
        panic!("a text");
    };
    text
}

/// The files of a format that is a folder of texts: their names and contents.
#[track_caller]
pub(super) fn files(output: Output) -> Vec<(String, String)> {
    let Output::Folder(files) = output else {
        panic!("a folder");
    };
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    files.into_iter().map(|(n, b)| (n, text(b))).collect()
}

/// All files of a folder in one text, for snapshots.
#[track_caller]
pub(super) fn whole(output: Output) -> String {
    let files = files(output).into_iter();
    files
        .map(|(name, text)| format!("== {name}\n{text}"))
        .collect()
}

/// Checks that an XML file holds only the elements of its format and forbidden
/// characters nowhere, and that the words are whole wherever a name stands.
#[track_caller]
pub(super) fn check_xml(text: &str, story: &Story) {
    assert!(text.chars().all(xml::is_text));
    assert!(!text.contains("]]>"));
    for tag in text.split('<').skip(1) {
        let name: String = tag.chars().take_while(|c| *c != '>' && *c != ' ').collect();
        let name = name.trim_matches('/');
        assert!(
            [
                "?xml",
                "gexf",
                "graphml",
                "meta",
                "creator",
                "graph",
                "attributes",
                "attribute",
                "nodes",
                "node",
                "edges",
                "edge",
                "attvalues",
                "attvalue",
                "key",
                "data",
            ]
            .contains(&name),
            "<{name}>"
        );
    }
    let mut words = String::new();
    xml::escape(&mut words, WORDS);
    let names = text.matches(&words).count();
    assert!(names >= story.actors.len() + story.events.len(), "{names}");
}
