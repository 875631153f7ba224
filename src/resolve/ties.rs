//! From events and roles to ties between two actors. Pure.

use super::actors::Member;
use super::corpus::Corpus;
use super::kinds::{Kinds, Side};
use super::story::{Event, Tie};
use super::words::NONE;
use crate::model::Status;

/// An event with more participants than this ties too many to say anything;
/// its first ones count.
const MOST: usize = 40;

/// What the last word of a title makes of its holder and of what it is held in.
/// Other titles are offices.
const TITLES: [(&str, &[&str]); 5] = [
    (
        "member_of",
        &[
            "member",
            "lawmaker",
            "legislator",
            "senator",
            "congressman",
            "congresswoman",
            "deputy",
        ],
    ),
    ("founded", &["founder", "co-founder", "cofounder"]),
    ("owns", &["owner", "co-owner", "shareholder", "proprietor"]),
    (
        "works_for",
        &[
            "employee",
            "analyst",
            "engineer",
            "reporter",
            "correspondent",
            "researcher",
            "scientist",
        ],
    ),
    (
        "related_to",
        &[
            "wife",
            "husband",
            "son",
            "daughter",
            "father",
            "mother",
            "brother",
            "sister",
            "widow",
            "son-in-law",
            "daughter-in-law",
            "nephew",
            "niece",
            "cousin",
            "uncle",
            "aunt",
        ],
    ),
];

/// The ties of an event, given as the story's `i`th, if it occurred or is
/// planned. Events of no type tie nobody.
pub(super) fn of_event(kinds: &Kinds, i: usize, event: &Event) -> Vec<Tie> {
    let mut out = Vec::new();
    if event.kind != "other" && matches!(event.status, Status::Occurred | Status::Planned) {
        tie_parts(kinds, i, event, &mut out);
    }
    out
}

/// The ties of those roles of an actor, given as the story's `i`th, that it
/// holds in another.
pub(super) fn of_roles(corpus: &Corpus, i: usize, actor: &Member) -> Vec<Tie> {
    let offices = actor.roles.iter().enumerate();
    offices
        .filter(|(_, office)| office.of != NONE && office.of as usize != i)
        .map(|(n, office)| Tie {
            source: i,
            target: office.of as usize,
            kind: of_title(corpus.words.get(office.title)).to_owned(),
            event: None,
            role: Some(n),
        })
        .collect()
}

/// Where some act and some are acted upon, each of the first is tied to each of
/// the second. Those side by side are tied pairwise, in the order of the text,
/// and to both others as agents act and patients are acted upon.
fn tie_parts(kinds: &Kinds, i: usize, event: &Event, out: &mut Vec<Tie>) {
    let parts: Vec<(usize, Side)> = event
        .participants
        .iter()
        .map(|p| (p.actor, kinds.side(&p.role)))
        .filter(|(_, side)| *side != Side::Beside)
        .take(MOST)
        .collect();
    for (n, (a, a_side)) in parts.iter().enumerate() {
        for (b, b_side) in &parts[n + 1..] {
            let (source, target) = match (a_side, b_side) {
                (Side::Agent, Side::Agent) | (Side::Patient, Side::Patient) => continue,
                // They met others, not each other.
                _ if event.apart.contains(&((*a).min(*b), (*a).max(*b))) => continue,
                (Side::Patient, _) | (Side::Equal, Side::Agent) => (*b, *a),
                _ => (*a, *b),
            };
            out.push(Tie {
                source,
                target,
                kind: event.kind.clone(),
                event: Some(i),
                role: None,
            });
        }
    }
}

/// What a title makes of two actors: its head, before "of" or "for", decides.
fn of_title(title: &str) -> &'static str {
    let lower = title.to_lowercase();
    let head = lower.split(" of ").next().unwrap_or_default();
    let head = head.split(" for ").next().unwrap_or_default();
    let word = head.split_whitespace().next_back().unwrap_or_default();
    TITLES
        .iter()
        .find(|(_, words)| words.contains(&word))
        .map_or("holds_office", |(kind, _)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_what_the_tie_is() {
        for (title, kind) in [
            ("foreign minister", "holds_office"),
            ("Member of Parliament", "member_of"),
            ("former senator", "member_of"),
            ("co-founder", "founded"),
            ("spokeswoman for the ministry", "holds_office"),
            ("deputy minister", "holds_office"),
            ("", "holds_office"),
        ] {
            assert_eq!(of_title(title), kind, "{title}");
        }
    }
}
