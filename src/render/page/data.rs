//! What the page's script works with: the JSON contract, packed, and beside it
//! what the contract does not hold: how things look and are called. Pure.

use super::pack::Packer;
use super::picture::{self, Picture};
use crate::graph::TieGraph;
use crate::render::dates::{Heading, Shown};
use crate::render::looks;
use crate::render::{plain, title_of};
use crate::resolve::Story;
use crate::{export, query};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// How the story looks and what its parts are called. Lists are in the order of
/// the contract's; numbers are indices into them.
#[derive(Serialize)]
pub(super) struct Look {
    pub(super) title: String,
    /// Of each event: the date in words with its marks, the heading in the
    /// picture, the title, and the words for the roles of its participants.
    events: Vec<(String, String, String, Vec<String>)>,
    /// Of each actor: its office, empty for none.
    pub(super) offices: Vec<String>,
    /// Of each actor that met somebody: the events, each with the others.
    met: BTreeMap<usize, Vec<(usize, Vec<usize>)>>,
    /// Of each actor with several names: why they are one.
    merges: BTreeMap<usize, Vec<String>>,
    pub(super) picture: Picture,
}

pub(super) fn look(story: &Story) -> Look {
    let graph = TieGraph::new(story);
    let filter = query::Filter::default();
    let actors = story.actors.iter().enumerate();
    let meetings = |actor: usize| -> Vec<(usize, Vec<usize>)> {
        let met = query::met(&graph, actor, None, &filter);
        met.into_iter().map(|m| (m.event, m.others)).collect()
    };
    let picture = picture::of(story);
    Look {
        title: picture.title.clone(),
        events: story
            .events
            .iter()
            .map(|event| {
                let date = event.date.as_ref();
                let held = event.participants.iter();
                let held = held.filter(|p| p.actor < story.actors.len());
                (
                    Shown::of(date).label(),
                    Heading::of(date).text(),
                    title_of(event),
                    held.map(|p| looks::role_label(&event.kind, &p.role))
                        .collect(),
                )
            })
            .collect(),
        offices: actors
            .clone()
            .map(|(_, a)| looks::office(story, a).unwrap_or_default())
            .collect(),
        met: actors
            .clone()
            .map(|(i, _)| (i, meetings(i)))
            .filter(|(_, met)| !met.is_empty())
            .collect(),
        merges: actors
            .filter(|(_, a)| !a.merges.is_empty())
            .map(|(i, a)| (i, a.merges.iter().map(|m| plain(m)).collect()))
            .collect(),
        picture,
    }
}

/// The JSON of the page, safe inside a script element.
pub(super) fn embedded(story: &Story, look: &Look) -> String {
    let mut packer = Packer::default();
    let root = packer.pack(export::json::value(story));
    // Writing plain data to memory cannot fail: no map keys but numbers.
    let look = packer.pack(serde_json::to_value(look).unwrap_or(Value::Null));
    escape(&packer.finish(root, look).to_string())
}

/// JSON without the characters that could end a script element or a line of
/// script, and without controls, which HTML forbids.
fn escape(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 50);
    for c in json.chars() {
        if matches!(c, '<' | '\u{2028}' | '\u{2029}') || c.is_control() {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_a_page_must_not_have_is_escaped() {
        let check = |json: &str, expected: &str| assert_eq!(super::escape(json), expected);
        check("</script>", "\\u003c/script>");
        check("a\u{2028}b\u{2029}", "a\\u2028b\\u2029");
        // Found by fuzzing: JSON allows the controls from U+007F to U+009F.
        check("a\u{7f}\u{85}\u{9f}é", "a\\u007f\\u0085\\u009fé");
    }
}
