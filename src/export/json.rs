//! The JSON contract, schema 1: hand-written twins of the story's types, so
//! that no change inside Tieline changes what other programs read.

use super::{Format, Output, codes};
use crate::resolve::{Actor, Disagreement, Document, Event, EventDate, Evidence, Role, Story, Tie};
use crate::time::Edtf;
use chrono::NaiveDate;
use serde::Serialize;

/// The version of the contract.
pub const SCHEMA: u32 = 1;

/// `--format json`.
pub const FORMAT: Format = Format {
    name: "json",
    about: "everything, as one JSON object (schema 1)",
    loses: "",
    write: |story| Output::Text(write(story)),
};

/// Writes the whole story as JSON, indented, ending with a line break. The
/// same story gives the same bytes. References to what the story does not
/// hold are left out, so that every id in the file resolves.
pub fn write(story: &Story) -> String {
    let twin = StoryOut::new(story);
    let mut bytes = Vec::new();
    let format = serde_json::ser::PrettyFormatter::with_indent(b" ");
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, format);
    // Writing plain data to memory cannot fail: no map keys, no foreign types.
    if twin.serialize(&mut serializer).is_err() {
        return String::new();
    }
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}

/// The contract as a tree, for the page.
pub(crate) fn value(story: &Story) -> serde_json::Value {
    serde_json::to_value(StoryOut::new(story)).unwrap_or_default()
}

#[derive(Serialize)]
pub(super) struct StoryOut<'s> {
    tieline: &'static str,
    schema: u32,
    pub(super) documents: Vec<DocumentOut<'s>>,
    pub(super) actors: Vec<ActorOut<'s>>,
    pub(super) events: Vec<EventOut<'s>>,
    pub(super) ties: Vec<TieOut<'s>>,
}

#[derive(Serialize)]
pub(super) struct DocumentOut<'s> {
    id: &'s str,
    path: &'s str,
    title: Option<&'s str>,
    source: Option<&'s str>,
    url: Option<&'s str>,
    published: PublishedOut<'s>,
    #[serde(skip_serializing_if = "Option::is_none")]
    copy_of: Option<&'s str>,
}

#[derive(Serialize)]
struct PublishedOut<'s> {
    edtf: Option<&'s str>,
    earliest: Option<NaiveDate>,
    latest: Option<NaiveDate>,
    basis: &'static str,
    why: Option<&'s str>,
}

#[derive(Serialize)]
pub(super) struct ActorOut<'s> {
    id: &'s str,
    name: &'s str,
    kind: &'static str,
    aliases: &'s [String],
    roles: Vec<RoleOut<'s>>,
    mentions: Vec<MentionOut<'s>>,
}

#[derive(Serialize)]
struct RoleOut<'s> {
    title: &'s str,
    of: Option<&'s str>,
    documents: Vec<&'s str>,
    quote: Option<QuoteOut<'s>>,
}

#[derive(Serialize)]
struct MentionOut<'s> {
    document: &'s str,
    start: u32,
    end: u32,
    text: &'s str,
}

#[derive(Serialize)]
pub(super) struct EventOut<'s> {
    id: &'s str,
    #[serde(rename = "type")]
    kind: &'s str,
    plover: Option<&'s str>,
    cameo: Option<&'s str>,
    title: &'s str,
    status: &'static str,
    date: Option<DateOut<'s>>,
    place: Option<&'s str>,
    participants: Vec<ParticipantOut<'s>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    apart: Vec<[&'s str; 2]>,
    evidence: Vec<EvidenceOut<'s>>,
    sources: u32,
    confidence: f64,
    disagreements: Vec<DisagreementOut<'s>>,
}

#[derive(Serialize)]
struct DateOut<'s> {
    edtf: &'s str,
    earliest: Option<NaiveDate>,
    latest: Option<NaiveDate>,
    basis: &'static str,
    words: Option<&'s str>,
}

#[derive(Serialize)]
struct ParticipantOut<'s> {
    actor: &'s str,
    role: &'s str,
}

#[derive(Serialize)]
struct EvidenceOut<'s> {
    document: &'s str,
    start: u32,
    end: u32,
    quote: &'s str,
    trigger: TriggerOut<'s>,
    attributed_to: Option<&'s str>,
}

#[derive(Serialize)]
struct TriggerOut<'s> {
    start: u32,
    end: u32,
    text: &'s str,
    lemma: &'s str,
}

#[derive(Serialize)]
struct DisagreementOut<'s> {
    about: &'s str,
    sides: Vec<SideOut<'s>>,
}

#[derive(Serialize)]
struct SideOut<'s> {
    says: &'s str,
    documents: Vec<&'s str>,
}

#[derive(Serialize)]
pub(super) struct TieOut<'s> {
    source: &'s str,
    target: &'s str,
    #[serde(rename = "type")]
    kind: &'s str,
    edtf: Option<&'s str>,
    earliest: Option<NaiveDate>,
    latest: Option<NaiveDate>,
    event: Option<&'s str>,
    role: Option<&'s str>,
    quote: Option<QuoteOut<'s>>,
}

/// A sentence and where it stands.
#[derive(Serialize)]
struct QuoteOut<'s> {
    document: &'s str,
    start: u32,
    end: u32,
    quote: &'s str,
}

/// The ids that indices stand for.
impl Story {
    pub(super) fn document_id(&self, index: usize) -> Option<&str> {
        self.documents.get(index).map(|d| d.id.as_str())
    }

    pub(super) fn actor_id(&self, index: usize) -> Option<&str> {
        self.actors.get(index).map(|a| a.id.as_str())
    }

    pub(super) fn document_ids(&self, indices: &[usize]) -> Vec<&str> {
        indices
            .iter()
            .filter_map(|d| self.document_id(*d))
            .collect()
    }
}

impl<'s> StoryOut<'s> {
    pub(super) fn new(story: &'s Story) -> Self {
        StoryOut {
            tieline: env!("CARGO_PKG_VERSION"),
            schema: SCHEMA,
            documents: story.documents.iter().map(DocumentOut::new).collect(),
            actors: story
                .actors
                .iter()
                .map(|a| ActorOut::new(story, a))
                .collect(),
            events: story
                .events
                .iter()
                .map(|e| EventOut::new(story, e))
                .collect(),
            ties: story
                .ties
                .iter()
                .filter_map(|t| TieOut::new(story, t))
                .collect(),
        }
    }
}

impl<'s> DocumentOut<'s> {
    fn new(document: &'s Document) -> Self {
        let published = &document.published;
        let edtf = published.edtf.as_ref();
        DocumentOut {
            id: &document.id,
            path: &document.path,
            title: document.title.as_deref(),
            source: document.source.as_deref(),
            url: document.url.as_deref(),
            copy_of: document.copy_of.as_ref().map(|c| c.id.as_str()),
            published: PublishedOut {
                edtf: edtf.map(Edtf::as_str),
                earliest: edtf.and_then(Edtf::earliest),
                latest: edtf.and_then(Edtf::latest),
                basis: published.basis.as_str(),
                why: Some(published.why.as_str()).filter(|why| !why.is_empty()),
            },
        }
    }
}

impl<'s> ActorOut<'s> {
    fn new(story: &'s Story, actor: &'s Actor) -> Self {
        ActorOut {
            id: &actor.id,
            name: &actor.name,
            kind: actor.kind.as_str(),
            aliases: &actor.aliases,
            roles: actor.roles.iter().map(|r| RoleOut::new(story, r)).collect(),
            mentions: actor
                .mentions
                .iter()
                .filter_map(|m| {
                    Some(MentionOut {
                        document: story.document_id(m.document)?,
                        start: m.start,
                        end: m.end,
                        text: &m.text,
                    })
                })
                .collect(),
        }
    }
}

impl<'s> RoleOut<'s> {
    fn new(story: &'s Story, role: &'s Role) -> Self {
        RoleOut {
            title: &role.title,
            of: role.of.and_then(|of| story.actor_id(of)),
            documents: story.document_ids(&role.documents),
            quote: QuoteOut::of_role(story, role),
        }
    }
}

impl<'s> QuoteOut<'s> {
    /// The sentence that says so first.
    fn of_role(story: &'s Story, role: &'s Role) -> Option<Self> {
        Some(QuoteOut {
            document: story.document_id(*role.documents.first()?)?,
            start: role.quote.start,
            end: role.quote.end,
            quote: &role.quote.text,
        })
    }
}

impl<'s> EventOut<'s> {
    fn new(story: &'s Story, event: &'s Event) -> Self {
        let codes = codes::of(story, event);
        EventOut {
            id: &event.id,
            kind: &event.kind,
            plover: codes.plover,
            cameo: codes.cameo,
            title: &event.title,
            status: event.status.as_str(),
            date: event.date.as_ref().map(DateOut::new),
            place: event.place.and_then(|p| story.actor_id(p)),
            participants: event
                .participants
                .iter()
                .filter_map(|p| {
                    Some(ParticipantOut {
                        actor: story.actor_id(p.actor)?,
                        role: &p.role,
                    })
                })
                .collect(),
            apart: event
                .apart
                .iter()
                .filter_map(|(a, b)| Some([story.actor_id(*a)?, story.actor_id(*b)?]))
                .collect(),
            evidence: event
                .evidence
                .iter()
                .filter_map(|e| EvidenceOut::new(story, e))
                .collect(),
            sources: event.sources,
            confidence: hundredths(event.confidence),
            disagreements: event
                .disagreements
                .iter()
                .map(|d| DisagreementOut::new(story, d))
                .collect(),
        }
    }
}

/// A share rounded to two decimals; 0 for what is no number.
fn hundredths(share: f32) -> f64 {
    if share.is_finite() {
        (f64::from(share) * 100.0).round() / 100.0
    } else {
        0.0
    }
}

impl<'s> DateOut<'s> {
    fn new(date: &'s EventDate) -> Self {
        DateOut {
            edtf: date.edtf.as_str(),
            earliest: date.edtf.earliest(),
            latest: date.edtf.latest(),
            basis: date.basis.as_str(),
            words: date.words.as_deref(),
        }
    }
}

impl<'s> EvidenceOut<'s> {
    fn new(story: &'s Story, evidence: &'s Evidence) -> Option<Self> {
        let (quote, trigger) = (&evidence.quote, &evidence.trigger);
        Some(EvidenceOut {
            document: story.document_id(evidence.document)?,
            start: quote.start,
            end: quote.end,
            quote: &quote.text,
            trigger: TriggerOut {
                start: trigger.start,
                end: trigger.end,
                text: &trigger.text,
                lemma: &trigger.lemma,
            },
            attributed_to: evidence.attributed_to.and_then(|a| story.actor_id(a)),
        })
    }
}

impl<'s> DisagreementOut<'s> {
    fn new(story: &'s Story, disagreement: &'s Disagreement) -> Self {
        DisagreementOut {
            about: &disagreement.about,
            sides: disagreement
                .sides
                .iter()
                .map(|(says, documents)| SideOut {
                    says,
                    documents: story.document_ids(documents),
                })
                .collect(),
        }
    }
}

impl<'s> TieOut<'s> {
    fn new(story: &'s Story, tie: &'s Tie) -> Option<Self> {
        let event = tie.event.and_then(|e| story.events.get(e));
        let source = story.actors.get(tie.source)?;
        let role = tie.role.and_then(|r| source.roles.get(r));
        if event.is_none() && role.is_none() {
            return None;
        }
        let edtf = event.and_then(|e| e.date.as_ref()).map(|d| &d.edtf);
        // A tie shows the first sentence of its event, or that of its role.
        let of_event = event.and_then(|e| e.evidence.first()).and_then(|e| {
            Some(QuoteOut {
                document: story.document_id(e.document)?,
                start: e.quote.start,
                end: e.quote.end,
                quote: &e.quote.text,
            })
        });
        Some(TieOut {
            source: story.actor_id(tie.source)?,
            target: story.actor_id(tie.target)?,
            kind: &tie.kind,
            edtf: edtf.map(Edtf::as_str),
            earliest: edtf.and_then(Edtf::earliest),
            latest: edtf.and_then(Edtf::latest),
            event: event.map(|e| e.id.as_str()),
            role: role.map(|r| r.title.as_str()),
            quote: of_event.or_else(|| QuoteOut::of_role(story, role?)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;
    use serde_json::Value;

    /// Writes a story, reads it back, and checks that every id resolves.
    fn check(story: &Story) -> Value {
        let text = write(story);
        assert!(text.ends_with("}\n"));
        let value: Value = serde_json::from_str(&text).expect("valid JSON");
        let ids = |key: &str| -> Vec<&str> {
            value[key]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|v| v["id"].as_str())
                .collect()
        };
        let (documents, actors, events) = (ids("documents"), ids("actors"), ids("events"));
        let mut seen = 0;
        visit(&value, &mut |key, v| {
            let known = match key {
                "document" | "documents" => &documents,
                "actor" | "place" | "of" | "attributed_to" | "source" | "target" => &actors,
                "event" => &events,
                _ => return,
            };
            if let Some(id) = v.as_str() {
                // A document's `source` is its outlet.
                if key != "source" || !documents.is_empty() && actors.contains(&id) {
                    seen += 1;
                    assert!(known.contains(&id), "{key}: {id}");
                }
            }
        });
        assert!(seen > 0 || story.actors.is_empty());
        value
    }

    fn visit(value: &Value, f: &mut impl FnMut(&str, &Value)) {
        match value {
            Value::Object(map) => {
                for (key, v) in map {
                    match v {
                        Value::Array(items) => items.iter().for_each(|item| f(key, item)),
                        v => f(key, v),
                    }
                    visit(v, f);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| visit(item, f)),
            _ => {}
        }
    }

    #[test]
    fn every_id_of_the_sample_resolves() {
        let value = check(&sample::story());
        assert_eq!(value["events"].as_array().map(Vec::len), Some(17));
        assert_eq!(value["events"][0]["confidence"], 0.88);
        assert_eq!(write(&sample::story()), write(&sample::story()));
    }

    #[test]
    fn a_small_story() {
        let mut story = sample::story();
        story.documents.truncate(2);
        story.actors.truncate(7);
        story.events = vec![
            story.events[3].clone(),
            story.events[15].clone(),
            story.events[8].clone(),
        ];
        story.events[0].place = Some(6);
        story.ties.retain(|t| t.event == Some(8));
        for tie in &mut story.ties {
            tie.event = Some(2);
        }
        check(&story);
        insta::assert_snapshot!(write(&story));
    }

    #[test]
    fn an_empty_story() {
        check(&Story::default());
    }

    #[test]
    fn confidence_has_two_decimals() {
        assert_eq!(hundredths(0.876_54), 0.88);
        assert_eq!(hundredths(f32::NAN), 0.0);
    }
}
