//! The codes that other schemes give to an event: PLOVER 2 categories and
//! CAMEO root or base codes. Pure.

use crate::model::Status;
use crate::ontology::types::EventTypes;
use crate::resolve::{Event, Story};

/// The PLOVER 2 category and the CAMEO code of an event; `None` where a scheme
/// has none for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Codes<'s> {
    pub(super) plover: Option<&'s str>,
    pub(super) cameo: Option<&'s str>,
}

/// An attack on computers, which the ontology does not tell from others.
const CYBER: Codes<'static> = Codes {
    plover: Some("COERCE"),
    cameo: Some("176"),
};

/// What PLOVER files under AGREE as long as it is only planned: an agreement
/// to do it.
const AGREED_FIRST: [&str; 8] = [
    "meet",
    "visit",
    "conference",
    "sign",
    "cooperate",
    "support",
    "aid",
    "concede",
];

/// The codes of one event. Of a type that the user's own files change, the
/// story knows them.
pub(super) fn of<'s>(story: &'s Story, event: &Event) -> Codes<'s> {
    if let Some(own) = story.types.iter().find(|t| t.key == event.kind) {
        let by_trigger = event.evidence.iter().find_map(|e| {
            let mut known = own.plover_of.iter();
            known.find(|(trigger, _)| *trigger == e.trigger.lemma)
        });
        let plover = by_trigger.map_or(own.plover.as_str(), |(_, plover)| plover);
        return Codes {
            plover: Some(plover).filter(|code| !code.is_empty()),
            cameo: Some(own.cameo.as_str()).filter(|code| !code.is_empty()),
        };
    }
    if event.kind == "attack" && is_cyber(event) {
        return CYBER;
    }
    let Some(kind) = EventTypes::builtin().get(&event.kind) else {
        return Codes {
            plover: None,
            cameo: None,
        };
    };
    let some = |code: &'static str| Some(code).filter(|code| !code.is_empty());
    let agreed = event.status == Status::Planned && AGREED_FIRST.contains(&kind.key.as_str());
    Codes {
        plover: some(if agreed {
            "AGREE"
        } else {
            of_trigger(event).unwrap_or(&kind.plover)
        }),
        cameo: some(&kind.cameo),
    }
}

/// Whether an event is an attack on computers.
pub(super) fn is_cyber_code(story: &Story, event: &Event) -> bool {
    of(story, event) == CYBER && is_cyber(event)
}

/// The category of the first trigger whose frame has one of its own.
fn of_trigger(event: &Event) -> Option<&'static str> {
    let types = EventTypes::builtin();
    let mut triggers = event.evidence.iter().map(|e| &e.trigger.lemma);
    triggers.find_map(|lemma| types.plover_of(&event.kind, lemma))
}

/// Whether an attack is one on computers: by its trigger, or by its title.
fn is_cyber(event: &Event) -> bool {
    const SIGNS: [&str; 9] = [
        "cyber",
        "hack",
        "malware",
        "ransomware",
        "phishing",
        "ddos",
        "data breach",
        "intrusion",
        "denial-of-service",
    ];
    let says = |text: &str| {
        let text = text.to_lowercase();
        SIGNS.iter().any(|sign| text.contains(sign))
    };
    says(&event.title)
        || event
            .evidence
            .iter()
            .any(|e| says(&e.trigger.lemma) || says(&e.trigger.text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    fn check(kind: &str, status: Status, title: &str, plover: Option<&str>, cameo: Option<&str>) {
        let story = sample::story();
        let mut event = story.events[0].clone();
        event.kind = kind.to_owned();
        event.status = status;
        event.title = title.to_owned();
        let codes = of(&story, &event);
        assert_eq!((codes.plover, codes.cameo), (plover, cameo), "{kind}");
    }

    #[test]
    fn codes_follow_type_status_and_means() {
        check(
            "meet",
            Status::Occurred,
            "A meets B",
            Some("CONSULT"),
            Some("040"),
        );
        check(
            "meet",
            Status::Planned,
            "A to meet B",
            Some("AGREE"),
            Some("040"),
        );
        check(
            "attack",
            Status::Occurred,
            "A bombs B",
            Some("ASSAULT"),
            Some("180"),
        );
        check(
            "attack",
            Status::Occurred,
            "A hacks the mail of B",
            Some("COERCE"),
            Some("176"),
        );
        check("acquire", Status::Planned, "A to buy B", None, None);
        check("other", Status::Occurred, "A hums", None, None);
    }
}
