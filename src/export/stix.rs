//! STIX 2.1: actors are identities, articles reports, ties relationships with
//! their days, and events notes, because STIX has no object for an event of
//! the news. Ids are UUIDs of version 5, so that the same story has the same.

use super::parts;
use super::{Format, Output};
use crate::model::ActorKind;
use crate::render::plain;
use crate::resolve::{Event, Story, Tie};
use chrono::{Datelike, Days, NaiveDate};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// `--format stix`.
pub(super) const FORMAT: Format = Format {
    name: "stix",
    about: "a STIX 2.1 bundle, for threat intelligence platforms",
    loses: "roles in events and doubt about dates, which are words only; offsets; events are notes",
    write,
};

/// The namespace of all ids: the UUID of version 5 of `tieline` in the
/// namespace of DNS names.
const NAMESPACE: [u8; 16] = [
    0xd0, 0x3a, 0xb6, 0x96, 0xd5, 0x3b, 0x5e, 0xbd, 0x93, 0xe4, 0x3a, 0x3e, 0x9e, 0x7d, 0x6b, 0xca,
];

/// The UUID of a name, version 5 (RFC 9562).
fn uuid(name: &str) -> uuid::Uuid {
    uuid::Uuid::new_v5(&uuid::Uuid::from_bytes(NAMESPACE), name.as_bytes())
}

fn write(story: &Story) -> Output {
    let writer = Writer {
        story,
        time: parts::last_published(story)
            .map_or_else(|| "1970-01-01T00:00:00.000Z".to_owned(), midnight),
    };
    let mut objects = vec![writer.tieline()];
    for actor in 0..story.actors.len() {
        objects.extend(writer.actor(actor));
    }
    for event in &story.events {
        objects.push(writer.event(event));
    }
    for (number, tie) in story.ties.iter().enumerate() {
        objects.extend(writer.tie(number, tie));
    }
    objects.extend(writer.documents());
    let whole = json!({
        "type": "bundle",
        "id": id("bundle", &whole_name(story)),
        "objects": objects,
    });
    Output::Text(format!("{whole:#}\n"))
}

/// What tells a bundle from others: its articles.
fn whole_name(story: &Story) -> String {
    let ids: Vec<&str> = story.documents.iter().map(|d| d.id.as_str()).collect();
    ids.join("\n")
}

fn id(kind: &str, name: &str) -> String {
    format!("{kind}--{}", uuid(&format!("{kind}\n{name}")))
}

fn midnight(day: NaiveDate) -> String {
    format!("{day}T00:00:00.000Z")
}

fn fits(day: NaiveDate) -> bool {
    (1..=9999).contains(&day.year())
}

/// STIX wants text where there is a member.
fn text(of: &str) -> String {
    let out = plain(of);
    if out.is_empty() {
        "unnamed".to_owned()
    } else {
        out
    }
}

struct Writer<'s> {
    story: &'s Story,
    /// When every object was made; the last day that an article is from,
    /// because no clock is read.
    time: String,
}

impl Writer<'_> {
    fn object(&self, kind: &str, name: &str, more: Value) -> Value {
        let mut out = Map::new();
        let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
        put("type", json!(kind));
        put("spec_version", json!("2.1"));
        put("id", json!(id(kind, name)));
        if name != "Tieline" {
            put("created_by_ref", json!(id("identity", "Tieline")));
        }
        put("created", json!(self.time));
        put("modified", json!(self.time));
        if let Value::Object(more) = more {
            out.extend(more);
        }
        Value::Object(out)
    }

    /// The program, which made the objects.
    fn tieline(&self) -> Value {
        let more = json!({ "name": "Tieline", "identity_class": "system" });
        self.object("identity", "Tieline", more)
    }

    fn identity(&self, actor: usize) -> Option<String> {
        let id_of = self.story.actor_id(actor)?;
        Some(id("identity", &format!("actor {id_of}")))
    }

    fn actor(&self, index: usize) -> Option<Value> {
        let actor = self.story.actors.get(index)?;
        let class = match actor.kind {
            ActorKind::Person => "individual",
            ActorKind::Organization | ActorKind::Country => "organization",
            ActorKind::Group => "group",
            _ => "unknown",
        };
        let mut more = Map::new();
        more.insert("name".to_owned(), json!(text(&actor.name)));
        let also: Vec<String> = actor.aliases.iter().map(|a| text(a)).collect();
        if !also.is_empty() {
            more.insert(
                "description".to_owned(),
                json!(format!("Also: {}", also.join("; "))),
            );
        }
        let roles: Vec<String> = actor.roles.iter().map(|r| text(&r.title)).collect();
        if !roles.is_empty() {
            more.insert("roles".to_owned(), json!(roles));
        }
        more.insert("identity_class".to_owned(), json!(class));
        more.insert("labels".to_owned(), json!([actor.kind.as_str()]));
        Some(self.object(
            "identity",
            &format!("actor {}", actor.id),
            Value::Object(more),
        ))
    }

    /// A note on those who take part, or else on the program that found it.
    fn event(&self, event: &Event) -> Value {
        let mut refs: Vec<String> = event
            .participants
            .iter()
            .filter_map(|p| self.identity(p.actor))
            .collect();
        refs.extend(event.place.and_then(|p| self.identity(p)));
        refs.sort_unstable();
        refs.dedup();
        if refs.is_empty() {
            refs.push(id("identity", "Tieline"));
        }
        let more = json!({
            "abstract": parts::headline(event),
            "content": self.content(event),
            "object_refs": refs,
            "labels": [text(&event.kind), event.status.as_str()],
            "external_references": [{ "source_name": "tieline", "external_id": text(&event.id) }],
        });
        self.object("note", &format!("event {}", event.id), more)
    }

    fn content(&self, event: &Event) -> String {
        let mut lines = vec![format!(
            "{} ({})",
            parts::headline(event),
            event.status.as_str()
        )];
        if let Some(date) = &event.date {
            let day = |day: Option<NaiveDate>| day.map_or("open".to_owned(), |d| d.to_string());
            lines.push(format!(
                "when: {}, {} to {} ({})",
                date.edtf.as_str(),
                day(date.edtf.earliest()),
                day(date.edtf.latest()),
                date.basis.as_str()
            ));
        }
        for (name, role) in parts::who(self.story, event) {
            lines.push(format!("{role}: {name}"));
        }
        if let Some(place) = parts::place(self.story, event) {
            lines.push(format!("place: {place}"));
        }
        for evidence in &event.evidence {
            if let Some(document) = self.story.documents.get(evidence.document) {
                lines.push(format!(
                    "“{}” — {}",
                    plain(&evidence.quote.text),
                    parts::title(document)
                ));
            }
        }
        lines.join("\n")
    }

    fn tie(&self, number: usize, tie: &Tie) -> Option<Value> {
        let (source, target) = (self.identity(tie.source)?, self.identity(tie.target)?);
        let mut more = Map::new();
        let mut put = |key: &str, value: Value| more.insert(key.to_owned(), value);
        put("relationship_type", json!("related-to"));
        let event = tie.event.and_then(|e| self.story.events.get(e));
        let words = match event {
            Some(event) => self.content(event),
            None => {
                let role = self.story.actors.get(tie.source)?.roles.get(tie.role?)?;
                format!("{}\n“{}”", text(&role.title), plain(&role.quote.text))
            }
        };
        put("description", json!(words));
        put("source_ref", json!(source));
        put("target_ref", json!(target));
        if let Some(date) = event.and_then(|e| e.date.as_ref()) {
            if let Some(first) = date.edtf.earliest().filter(|d| fits(*d)) {
                put("start_time", json!(midnight(first)));
            }
            // The end must be later than the start: it is the midnight after
            // the last day.
            let last = date
                .edtf
                .latest()
                .and_then(|d| d.checked_add_days(Days::new(1)));
            if let Some(last) = last.filter(|d| fits(*d)) {
                put("stop_time", json!(midnight(last)));
            }
        }
        put("labels", json!([text(&tie.kind)]));
        Some(self.object(
            "relationship",
            &format!("tie {number} {source} {target}"),
            Value::Object(more),
        ))
    }

    /// The articles: reports of the notes that rest on them. One without a
    /// date is a grouping, because a report needs one.
    fn documents(&self) -> Vec<Value> {
        let mut refs: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for event in &self.story.events {
            let note = id("note", &format!("event {}", event.id));
            for evidence in &event.evidence {
                let of = refs.entry(evidence.document).or_default();
                if of.last() != Some(&note) {
                    of.push(note.clone());
                }
            }
        }
        let mut out = Vec::new();
        for (i, document) in self.story.documents.iter().enumerate() {
            let refs = refs
                .remove(&i)
                .unwrap_or_else(|| vec![id("identity", "Tieline")]);
            let published = document
                .published
                .edtf
                .as_ref()
                .and_then(|e| e.earliest())
                .filter(|d| fits(*d));
            let mut reference = Map::new();
            reference.insert(
                "source_name".to_owned(),
                json!(text(document.source.as_deref().unwrap_or(&document.path))),
            );
            reference.insert("external_id".to_owned(), json!(text(&document.path)));
            if let Some(url) = parts::link(document) {
                reference.insert("url".to_owned(), json!(url));
            }
            let mut more = json!({
                "name": text(&parts::title(document)),
                "object_refs": refs,
                "external_references": [reference],
                "labels": ["news-article"],
            });
            if let Some(more) = more.as_object_mut() {
                match published {
                    Some(day) => more.insert("published".to_owned(), json!(midnight(day))),
                    None => more.insert("context".to_owned(), json!("unspecified")),
                };
            }
            let kind = if published.is_some() {
                "report"
            } else {
                "grouping"
            };
            out.push(self.object(kind, &format!("document {}", document.id), more));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::hostile;
    use crate::render::sample;
    use std::collections::BTreeSet;

    fn check(story: &Story) -> String {
        let text = hostile::text(write(story));
        let whole: Value = serde_json::from_str(&text).expect("JSON");
        let objects = whole["objects"].as_array().expect("a list");
        let ids: BTreeSet<&str> = objects.iter().filter_map(|o| o["id"].as_str()).collect();
        assert_eq!(ids.len(), objects.len(), "every id is there once");
        for object in objects {
            let one = ["source_ref", "target_ref", "created_by_ref"]
                .iter()
                .filter_map(|k| object[k].as_str());
            let many = object["object_refs"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str);
            assert!(one.chain(many).all(|r| ids.contains(r)));
            if let (Some(start), Some(stop)) =
                (object["start_time"].as_str(), object["stop_time"].as_str())
            {
                assert!(start < stop);
            }
        }
        text
    }

    #[test]
    fn the_sample() {
        let text = check(&sample::story());
        // The notes say what is special; the rest is long.
        let whole: Value = serde_json::from_str(&text).expect("JSON");
        let objects = whole["objects"].as_array().expect("a list");
        let mut seen = BTreeSet::new();
        let first: Vec<&Value> = objects
            .iter()
            .filter(|o| seen.insert(o["type"].as_str()))
            .collect();
        insta::assert_snapshot!(serde_json::to_string_pretty(&first).expect("JSON"));
    }

    #[test]
    fn hostile_text() {
        check(&hostile::story());
        check(&Story::default());
    }
}
