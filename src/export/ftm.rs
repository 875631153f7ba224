//! FollowTheMoney: one entity a line, as Aleph and OpenSanctions read it. Only
//! values that its own cleaning leaves as they are are written, because it
//! drops others and says nothing.

use super::parts::{self, Part};
use super::{Format, Output};
use crate::model::ActorKind;
use crate::render::plain;
use crate::resolve::{Actor, Document, Event, EventDate, Story, Tie};
use crate::text::stable_hash;
use chrono::Datelike;
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

/// `--format ftm`.
pub(super) const FORMAT: Format = Format {
    name: "ftm",
    about: "FollowTheMoney JSON lines: Aleph, OpenSanctions; `ftm` makes RDF and more of it",
    loses: "doubt about dates and offsets, which are words of the summary",
    write,
};

fn write(story: &Story) -> Output {
    let mut out = String::new();
    let mut line = |entity: Entity| {
        out.push_str(&entity.0.to_string());
        out.push('\n');
    };
    for document in &story.documents {
        line(article(document));
    }
    for actor in &story.actors {
        line(self::actor(actor));
        for entity in mentions(story, actor) {
            line(entity);
        }
    }
    for event in &story.events {
        line(self::event(story, event));
        for entity in parts_of(story, event) {
            line(entity);
        }
    }
    for tie in &story.ties {
        if let Some(entity) = office(story, tie) {
            line(entity);
        }
    }
    Output::Text(out)
}

/// The first year that FollowTheMoney does not drop.
const FIRST_YEAR: i32 = 1000;

/// An entity of FollowTheMoney.
struct Entity(Value);

impl Entity {
    fn new(id: &str, schema: &str) -> Entity {
        Entity(json!({ "id": id, "schema": schema, "properties": {} }))
    }

    /// Adds a value; an empty one, or one that is there, is left out.
    fn add(&mut self, property: &str, value: String) {
        let Some(properties) = self.0["properties"].as_object_mut() else {
            return;
        };
        if value.is_empty() {
            return;
        }
        // Its cleaning composes accents and drops joiners.
        let joins = |c: &char| matches!(c, '\u{200c}' | '\u{200d}');
        let mut value: String = value.nfc().filter(|c| !joins(c)).collect();
        // It takes off quotation marks around a name.
        if matches!(property, "name" | "alias") {
            let bare = value.trim_matches(|c: char| c == '"' || c == '\'' || c.is_whitespace());
            value = bare.to_owned();
        }
        // In an address it makes a comma of a semicolon.
        if property == "location" {
            value = value.replace(';', ",");
        }
        if value.is_empty() {
            return;
        }
        let values = properties
            .entry(property.to_owned())
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Some(values) = values.as_array_mut()
            && !values.iter().any(|v| *v == value)
        {
            values.push(Value::String(value));
        }
    }

    fn add_dates(&mut self, date: Option<&EventDate>) {
        let Some(date) = date else {
            return;
        };
        let (from, to) = parts::span(date);
        let iso = |part: Option<Part>| part.filter(|p| p.year >= FIRST_YEAR).and_then(Part::iso);
        match (iso(from), iso(to)) {
            (Some(from), Some(to)) if from == to => self.add("date", from),
            (from, to) => {
                self.add("startDate", from.unwrap_or_default());
                self.add("endDate", to.unwrap_or_default());
            }
        }
        let day = |day: Option<chrono::NaiveDate>| day.map_or("open".to_owned(), |d| d.to_string());
        self.add(
            "summary",
            format!(
                "when: {}, {} to {} ({})",
                plain(date.edtf.as_str()),
                day(date.edtf.earliest()),
                day(date.edtf.latest()),
                date.basis.as_str()
            ),
        );
    }
}

/// An id that any reader takes: `p-` and a hash, as the story's may hold
/// anything that a user's file puts there.
fn id(class: &str, of: &str) -> String {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    if !of.is_empty() && of.len() < 100 && of.bytes().all(is_plain) {
        format!("{class}-{of}")
    } else {
        format!("{class}-{:016x}", stable_hash(of.as_bytes()))
    }
}

/// Text that FollowTheMoney leaves alone.
fn clean(text: &str) -> String {
    plain(text)
}

fn name(text: &str) -> String {
    let name = clean(text);
    if name.is_empty() {
        "unnamed".to_owned()
    } else {
        name
    }
}

fn document_id(document: &Document) -> String {
    id("document", &document.id)
}

fn article(document: &Document) -> Entity {
    let mut out = Entity::new(&document_id(document), "Article");
    out.add("title", parts::title(document));
    out.add("fileName", name(&document.path));
    out.add(
        "publisher",
        document.source.as_deref().map(clean).unwrap_or_default(),
    );
    if let Some(url) = parts::link(document) {
        out.add("sourceUrl", url.to_owned());
    }
    let published = document.published.edtf.as_ref();
    if let Some(edtf) = published {
        // Of a range the first day: a publication date is one value here.
        if let Some(day) = edtf
            .earliest()
            .filter(|d| edtf.is_day() && d.year() >= FIRST_YEAR)
        {
            out.add("publishedAt", day.to_string());
        }
        out.add("summary", format!("published: {}", plain(edtf.as_str())));
    }
    out
}

fn actor_id(actor: &Actor) -> String {
    id("actor", &actor.id)
}

/// The schema of an actor. Only people and organisations are legal entities.
fn schema(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "Person",
        ActorKind::Organization => "Organization",
        ActorKind::Country => "PublicBody",
        ActorKind::Group => "LegalEntity",
        ActorKind::Place => "Territory",
        ActorKind::Conference => "Event",
        ActorKind::Product => "Asset",
        ActorKind::Agreement => "Contract",
    }
}

fn is_legal(kind: ActorKind) -> bool {
    matches!(
        kind,
        ActorKind::Person | ActorKind::Organization | ActorKind::Country | ActorKind::Group
    )
}

fn actor(actor: &Actor) -> Entity {
    let mut out = Entity::new(&actor_id(actor), schema(actor.kind));
    let own = name(&actor.name);
    if actor.kind == ActorKind::Agreement {
        out.add("title", own.clone());
    }
    out.add("name", own.clone());
    for alias in actor.aliases.iter().map(|a| clean(a)).filter(|a| *a != own) {
        out.add("alias", alias);
    }
    if actor.kind == ActorKind::Person {
        for role in &actor.roles {
            out.add("position", clean(&role.title));
        }
    }
    out.add("keywords", actor.kind.as_str().to_owned());
    out
}

/// One mention for each article that names a legal entity.
fn mentions(story: &Story, actor: &Actor) -> Vec<Entity> {
    if !is_legal(actor.kind) {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut last = None;
    for mention in &actor.mentions {
        let Some(document) = story.documents.get(mention.document) else {
            continue;
        };
        if last == Some(mention.document) {
            continue;
        }
        last = Some(mention.document);
        let document = document_id(document);
        let mut entity = Entity::new(
            &id("mention", &format!("{} {document}", actor.id)),
            "Mention",
        );
        entity.add("document", document);
        entity.add("resolved", actor_id(actor));
        entity.add("detectedSchema", schema(actor.kind).to_owned());
        entity.add("name", name(&mention.text));
        out.push(entity);
    }
    out
}

fn event_id(event: &Event) -> String {
    id("event", &event.id)
}

fn event(story: &Story, event: &Event) -> Entity {
    let mut out = Entity::new(&event_id(event), "Event");
    out.add("name", name(&parts::headline(event)));
    out.add("keywords", clean(&event.kind));
    out.add("keywords", event.status.as_str().to_owned());
    for part in &event.participants {
        if let Some(actor) = story.actors.get(part.actor).filter(|a| is_legal(a.kind)) {
            out.add("involved", actor_id(actor));
        }
    }
    if let Some(place) = parts::place(story, event) {
        out.add("location", place);
    }
    out.add_dates(event.date.as_ref());
    out.add("summary", format!("status: {}", event.status.as_str()));
    told_by(&mut out, story, event);
    out
}

/// The sentences and the articles that they are from.
fn told_by(out: &mut Entity, story: &Story, event: &Event) {
    for evidence in &event.evidence {
        if let Some(document) = story.documents.get(evidence.document) {
            out.add(
                "description",
                clean(&format!(
                    "“{}” — {}",
                    plain(&evidence.quote.text),
                    parts::title(document)
                )),
            );
            out.add("proof", document_id(document));
            if let Some(url) = parts::link(document) {
                out.add("sourceUrl", url.to_owned());
            }
        }
    }
}

/// Who takes part and how: FollowTheMoney has no role on `involved`, so each
/// part is a link of its own.
fn parts_of(story: &Story, event: &Event) -> Vec<Entity> {
    let mut out = Vec::new();
    for (i, part) in event.participants.iter().enumerate() {
        let Some(actor) = story.actors.get(part.actor) else {
            continue;
        };
        let mut link = Entity::new(&id("part", &format!("{} {i}", event.id)), "UnknownLink");
        link.add("subject", actor_id(actor));
        link.add("object", event_id(event));
        link.add("role", clean(&part.role.replace('_', " ")));
        link.add("status", event.status.as_str().to_owned());
        link.add_dates(event.date.as_ref());
        told_by(&mut link, story, event);
        out.push(link);
    }
    out
}

/// A role that one actor has in another.
fn office(story: &Story, tie: &Tie) -> Option<Entity> {
    if tie.event.is_some() {
        return None;
    }
    let (source, target) = (story.actors.get(tie.source)?, story.actors.get(tie.target)?);
    let number = tie.role?;
    let role = source.roles.get(number)?;
    let is_body = matches!(target.kind, ActorKind::Organization | ActorKind::Country);
    let (schema, from, to) = match tie.kind.as_str() {
        "holds_office" | "works_for" if source.kind == ActorKind::Person && is_body => {
            ("Employment", "employee", "employer")
        }
        "member_of" if is_legal(source.kind) && is_body => ("Membership", "member", "organization"),
        _ => ("UnknownLink", "subject", "object"),
    };
    let mut out = Entity::new(&id("role", &format!("{} {number}", source.id)), schema);
    out.add(from, actor_id(source));
    out.add(to, actor_id(target));
    out.add("role", clean(&role.title));
    out.add("summary", clean(&tie.kind.replace('_', " ")));
    out.add(
        "description",
        clean(&format!("“{}”", plain(&role.quote.text))),
    );
    for document in role
        .documents
        .iter()
        .filter_map(|d| story.documents.get(*d))
    {
        out.add("proof", document_id(document));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::hostile;
    use crate::render::sample;
    use serde_json::Map;
    use std::collections::BTreeSet;

    fn check(story: &Story) -> String {
        let text = hostile::text(write(story));
        let lines: Vec<Map<String, Value>> = text
            .lines()
            .map(|l| serde_json::from_str(l).expect("JSON"))
            .collect();
        let ids: BTreeSet<&str> = lines.iter().filter_map(|l| l["id"].as_str()).collect();
        assert_eq!(ids.len(), lines.len(), "every id is there once");
        for line in &lines {
            for property in [
                "proof", "involved", "subject", "object", "document", "resolved",
            ] {
                let values = line["properties"][property].as_array();
                assert!(
                    values
                        .into_iter()
                        .flatten()
                        .all(|v| v.as_str().is_some_and(|v| ids.contains(v)))
                );
            }
        }
        let events = lines
            .iter()
            .filter(|l| l["id"].as_str().is_some_and(|id| id.starts_with("event-")));
        assert_eq!(events.count(), story.events.len());
        text
    }

    #[test]
    fn the_sample() {
        insta::assert_snapshot!(check(&sample::story()));
    }

    #[test]
    fn hostile_text() {
        check(&hostile::story());
        check(&Story::default());
    }
}
