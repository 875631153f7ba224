//! JSON-LD: events after SEM (the Simple Event Model), sentences and articles
//! after PROV, with the context in the file, because most readers cannot fetch
//! one. Ids are `urn:tieline:` names.

use super::parts::{self, Part, percent, verbatim};
use super::{Format, Output};
use crate::extract::Quote;
use crate::render::plain;
use crate::resolve::{Actor, Document, Event, EventDate, Story};
use serde_json::{Map, Value, json};

/// `--format jsonld`.
pub(super) const FORMAT: Format = Format {
    name: "jsonld",
    about: "JSON-LD (SEM and PROV), for RDF stores",
    loses: "merge reasons and disagreements",
    write,
};

fn write(story: &Story) -> Output {
    let mut graph = Vec::new();
    graph.extend(story.documents.iter().map(document));
    for actor in &story.actors {
        graph.push(json!({
            "@id": format!("actor:{}", percent(&actor.id)),
            "@type": "sem:Actor",
            "label": plain(&actor.name),
            "altLabel": actor.aliases.iter().map(|a| plain(a)).collect::<Vec<_>>(),
            "actorType": format!("type:{}", actor.kind.as_str()),
            "mentionedIn": mentioned(story, actor),
        }));
    }
    for event in &story.events {
        graph.push(self::event(story, event));
    }
    for (i, tie) in story
        .ties
        .iter()
        .enumerate()
        .filter(|(_, t)| t.event.is_none())
    {
        graph.extend(office(story, i, tie));
    }
    let whole = json!({ "@context": context(), "@graph": graph });
    Output::Text(format!("{whole:#}\n"))
}

/// What the words of the file mean.
fn context() -> Value {
    let id = |of: &str| json!({ "@id": of, "@type": "@id" });
    let typed = |of: &str, kind: &str| json!({ "@id": of, "@type": kind });
    json!({
        "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
        "prov": "http://www.w3.org/ns/prov#",
        "schema": "https://schema.org/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "tieline": "urn:tieline:",
        "document": { "@id": "urn:tieline:document:", "@prefix": true },
        "actor": { "@id": "urn:tieline:actor:", "@prefix": true },
        "event": { "@id": "urn:tieline:event:", "@prefix": true },
        "type": { "@id": "urn:tieline:type:", "@prefix": true },
        "label": "rdfs:label",
        "altLabel": "skos:altLabel",
        "actorType": id("sem:actorType"),
        "eventType": id("sem:eventType"),
        "hasActor": id("sem:hasActor"),
        "hasPlace": id("sem:hasPlace"),
        "roleType": id("sem:roleType"),
        "role": "tieline:role",
        "holder": id("rdf:value"),
        "timeStamp": "sem:hasTimeStamp",
        "earliestBegin": typed("sem:hasEarliestBeginTimeStamp", "xsd:date"),
        "latestEnd": typed("sem:hasLatestEndTimeStamp", "xsd:date"),
        "edtf": typed("tieline:edtf", "http://id.loc.gov/datatypes/edtf/EDTF"),
        "basis": "tieline:dateBasis",
        "status": "tieline:status",
        "sources": "tieline:sources",
        "derivedFrom": id("prov:wasDerivedFrom"),
        "quotedFrom": id("prov:wasQuotedFrom"),
        "attributedTo": id("prov:wasAttributedTo"),
        "mentionedIn": id("tieline:mentionedIn"),
        "text": "schema:text",
        "url": id("schema:url"),
        "path": "tieline:path",
        "outlet": "tieline:outlet",
        "start": "tieline:start",
        "end": "tieline:end",
        "source": id("tieline:source"),
        "target": id("tieline:target")
    })
}

fn document(document: &Document) -> Value {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    put("@id", json!(document_id(document)));
    put("@type", json!(["prov:Entity", "schema:NewsArticle"]));
    put("label", json!(parts::title(document)));
    put("path", json!(plain(&document.path)));
    if let Some(outlet) = &document.source {
        put("outlet", json!(plain(outlet)));
    }
    if let Some(url) = parts::link(document) {
        put("url", json!(url));
    }
    if let Some(edtf) = &document.published.edtf {
        put("edtf", json!(edtf.as_str()));
        put("basis", json!(document.published.basis.as_str()));
    }
    Value::Object(out)
}

fn document_id(document: &Document) -> String {
    format!("document:{}", percent(&document.id))
}

fn mentioned(story: &Story, actor: &Actor) -> Vec<String> {
    let documents = actor.documents().into_iter();
    documents
        .filter_map(|d| story.documents.get(d).map(document_id))
        .collect()
}

fn event(story: &Story, event: &Event) -> Value {
    let id = format!("event:{}", percent(&event.id));
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    put("@id", json!(id));
    put("@type", json!("sem:Event"));
    put("label", json!(parts::headline(event)));
    put("eventType", json!(format!("type:{}", percent(&event.kind))));
    put("status", json!(event.status.as_str()));
    put("sources", json!(event.sources));
    // A role of SEM is a node of its own, whose value is the actor.
    let roles: Vec<Value> = event
        .participants
        .iter()
        .enumerate()
        .filter_map(|(i, part)| {
            let actor = story.actor_id(part.actor)?;
            Some(json!({
                "@id": format!("{id}:role:{}", i + 1),
                "@type": "sem:Role",
                "roleType": format!("type:{}", percent(&part.role)),
                "holder": format!("actor:{}", percent(actor)),
            }))
        })
        .collect();
    put("hasActor", Value::Array(roles));
    if let Some(place) = event.place.and_then(|p| story.actor_id(p)) {
        put("hasPlace", json!(format!("actor:{}", percent(place))));
    }
    if let Some(date) = &event.date {
        put("edtf", json!(date.edtf.as_str()));
        put("basis", json!(date.basis.as_str()));
        for (key, day) in [
            ("earliestBegin", date.edtf.earliest()),
            ("latestEnd", date.edtf.latest()),
        ] {
            if let Some(day) = day {
                put(key, json!(day.to_string()));
            }
        }
        if let Some(stamp) = stamp(date) {
            put("timeStamp", stamp);
        }
    }
    let quotes: Vec<Value> = event
        .evidence
        .iter()
        .enumerate()
        .filter_map(|(i, e)| {
            let by = e.attributed_to.and_then(|a| story.actor_id(a));
            quote(
                story,
                format!("{id}:quote:{}", i + 1),
                e.document,
                &e.quote,
                by,
            )
        })
        .collect();
    put("derivedFrom", Value::Array(quotes));
    Value::Object(out)
}

/// A date that is one year, month or day, as the type of XML Schema for it.
fn stamp(date: &EventDate) -> Option<Value> {
    let (Some(from), Some(to)) = parts::span(date) else {
        return None;
    };
    if from != to || date.edtf.as_str().contains('/') {
        return None;
    }
    let kind = match from {
        Part { day: Some(_), .. } => "xsd:date",
        Part { month: Some(_), .. } => "xsd:gYearMonth",
        Part { .. } => "xsd:gYear",
    };
    Some(json!({ "@value": from.iso()?, "@type": kind }))
}

fn quote(
    story: &Story,
    id: String,
    document: usize,
    quote: &Quote,
    by: Option<&str>,
) -> Option<Value> {
    let document = story.documents.get(document)?;
    let mut out = json!({
        "@id": id,
        "@type": "prov:Entity",
        "text": verbatim(&quote.text),
        "start": quote.start,
        "end": quote.end,
        "quotedFrom": document_id(document),
    });
    if let (Some(by), Some(out)) = (by, out.as_object_mut()) {
        out.insert(
            "attributedTo".to_owned(),
            json!(format!("actor:{}", percent(by))),
        );
    }
    Some(out)
}

/// A role that one actor has in another, with its sentence.
fn office(story: &Story, number: usize, tie: &crate::resolve::Tie) -> Option<Value> {
    let role = story.actors.get(tie.source)?.roles.get(tie.role?)?;
    let id = format!("tieline:tie:{}", number + 1);
    let quotes: Vec<Value> = role
        .documents
        .first()
        .and_then(|d| quote(story, format!("{id}:quote"), *d, &role.quote, None))
        .into_iter()
        .collect();
    Some(json!({
        "@id": id,
        "@type": "tieline:Tie",
        "roleType": format!("type:{}", percent(&tie.kind)),
        "role": plain(&role.title),
        "source": format!("actor:{}", percent(story.actor_id(tie.source)?)),
        "target": format!("actor:{}", percent(story.actor_id(tie.target)?)),
        "derivedFrom": quotes,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::hostile;
    use crate::render::sample;

    fn check(story: &Story) -> String {
        let text = hostile::text(write(story));
        let whole: Value = serde_json::from_str(&text).expect("JSON");
        let nodes = whole["@graph"].as_array().expect("a list");
        let events = nodes.iter().filter(|n| n["@type"] == "sem:Event");
        assert_eq!(events.count(), story.events.len());
        text
    }

    #[test]
    fn the_sample() {
        insta::assert_snapshot!(check(&sample::story()));
    }

    #[test]
    fn hostile_text_is_in_no_id() {
        let whole: Value = serde_json::from_str(&check(&hostile::story())).expect("JSON");
        for node in whole["@graph"].as_array().expect("a list") {
            let id = node["@id"].as_str().expect("an id");
            assert!(
                id.bytes()
                    .all(|b| b.is_ascii_graphic() && !b"<>\"\\".contains(&b)),
                "{id}"
            );
        }
        check(&Story::default());
    }
}
