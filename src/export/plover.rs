//! PLOVER 2 as JSON lines: one coded event a line. Events that PLOVER has no
//! category for are left out, because a line without one says nothing there.

use super::parts::{self, verbatim};
use super::{Format, Output, codes};
use crate::ontology::countries;
use crate::render::plain;
use crate::resolve::{Actor, Event, Story, is_acted_upon};
use serde_json::{Map, Value, json};

/// `--format plover`.
pub(super) const FORMAT: Format = Format {
    name: "plover",
    about: "PLOVER 2 event codes, one JSON object a line, for political scientists",
    loses: "events without a PLOVER category, ties, and all sentences but the first",
    write,
};

fn write(story: &Story) -> Output {
    let mut out = String::new();
    for event in &story.events {
        if let Some(line) = line(story, event) {
            out.push_str(&line.to_string());
            out.push('\n');
        }
    }
    Output::Text(out)
}

fn line(story: &Story, event: &Event) -> Option<Value> {
    let category = codes::of(story, event).plover?;
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    put("id", json!(event.id));
    let edtf = event.date.as_ref().map(|d| &d.edtf);
    let (first, last) = edtf.map_or((None, None), |e| e.bounds());
    // PLOVER wants a day. Where the date is not one, it is the first that the
    // event can have taken place on; where there is none, nothing is made up.
    put("date", json!(first.or(last).map(|d| d.to_string())));
    if let Some(last) = last.filter(|last| first.is_some_and(|first| first != *last)) {
        put("enddate", json!(last.to_string()));
    }
    let (mut actors, mut recipients) = (Vec::new(), Vec::new());
    for part in &event.participants {
        if let Some(actor) = story.actors.get(part.actor) {
            let side = if is_acted_upon(&part.role) {
                &mut recipients
            } else {
                &mut actors
            };
            side.push(entity(actor, &part.role));
        }
    }
    put("actor", Value::Array(actors));
    if !recipients.is_empty() {
        put("recipient", Value::Array(recipients));
    }
    put("event", json!([category]));
    if let Some(quad) = quad(category) {
        put("quad_code", json!(quad));
    }
    if codes::is_cyber_code(story, event) {
        put("context", json!(["cyber"]));
    }
    if let Some(place) = parts::place(story, event) {
        put("event_loc", json!([{ "loc_text": place }]));
    }
    put("event_text", json!(parts::headline(event)));
    let mut more = Map::new();
    more.insert("type".to_owned(), json!(event.kind));
    more.insert("status".to_owned(), json!(event.status.as_str()));
    more.insert("edtf".to_owned(), json!(edtf.map(|e| e.as_str())));
    more.insert("earliest".to_owned(), json!(first.map(|d| d.to_string())));
    more.insert("latest".to_owned(), json!(last.map(|d| d.to_string())));
    if let Some(evidence) = event.evidence.first() {
        put("text", json!(verbatim(&evidence.quote.text)));
        more.insert("start".to_owned(), json!(evidence.quote.start));
        more.insert("end".to_owned(), json!(evidence.quote.end));
        if let Some(document) = story.documents.get(evidence.document) {
            put(
                "cite_info",
                json!({
                    "document": document.id,
                    "title": parts::title(document),
                    "path": plain(&document.path),
                    "url": parts::link(document),
                }),
            );
        }
    }
    put("text_info", Value::Object(more));
    put("coder", json!("Tieline"));
    Some(Value::Object(out))
}

fn entity(actor: &Actor, role: &str) -> Value {
    let mut out = Map::new();
    // Codes with a digit are the table's own.
    let code = actor
        .country
        .as_deref()
        .and_then(countries::by_name)
        .map(|c| c.code)
        .filter(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()));
    if let Some(code) = code {
        out.insert("code".to_owned(), json!(code));
    }
    out.insert("entity_text".to_owned(), json!(plain(&actor.name)));
    out.insert("identifier_id".to_owned(), json!(actor.id));
    out.insert("role".to_owned(), json!(role));
    Value::Object(out)
}

/// Verbal and material cooperation, verbal and material conflict.
fn quad(category: &str) -> Option<u8> {
    match category {
        "AGREE" | "CONSULT" | "SUPPORT" | "CONCEDE" => Some(1),
        "COOPERATE" | "AID" | "RETREAT" => Some(2),
        "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" => Some(3),
        "PROTEST" | "SANCTION" | "MOBILIZE" | "COERCE" | "ASSAULT" => Some(4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::hostile;
    use crate::render::sample;

    fn check(story: &Story) -> String {
        let text = hostile::text(write(story));
        let coded = story
            .events
            .iter()
            .filter(|e| codes::of(story, e).plover.is_some());
        assert_eq!(text.lines().count(), coded.count());
        for line in text.lines() {
            let line: Value = serde_json::from_str(line).expect("JSON");
            assert!(
                ["id", "date", "actor", "event"]
                    .iter()
                    .all(|k| line.get(k).is_some())
            );
            assert!(line["quad_code"].is_u64());
        }
        text
    }

    #[test]
    fn the_sample() {
        let text = check(&sample::story());
        // A meeting that is only planned is an agreement to meet.
        assert!(
            text.lines()
                .any(|l| l.contains("first meeting") && l.contains("[\"AGREE\"]"))
        );
        insta::assert_snapshot!(text);
    }

    #[test]
    fn hostile_text() {
        check(&hostile::story());
        check(&Story::default());
    }
}
