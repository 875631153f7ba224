//! What the commands that answer have in common: the story out of the
//! database, and parts of the JSON contract.

use super::error::Error;
use super::io::Io;
use crate::export;
use crate::ontology::types::EventTypes;
use crate::resolve::Story;
use crate::store::Store;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::path::Path;

/// Loads the story.
pub(super) fn story(db: &Path) -> Result<Story, Error> {
    match Store::open(db)? {
        Some(store) => Ok(store.story()?),
        None => Err(Error::new(
            format!("there is no database ({})", db.display()),
            "run `tieline build PATH` first",
        )),
    }
}

/// The keys of the event types, and of what fits none.
pub(super) fn event_types() -> Vec<String> {
    let known = &EventTypes::builtin().types;
    let other = std::iter::once("other".to_owned());
    known.iter().map(|t| t.key.clone()).chain(other).collect()
}

/// The JSON contract as a tree, to take parts out of. Its lists are in the
/// story's order.
pub(super) struct Contract(Map<String, Value>);

impl Contract {
    /// Of the whole story.
    pub(super) fn new(story: &Story) -> Result<Contract, Error> {
        match serde_json::from_str(&export::json::write(story)) {
            Ok(Value::Object(whole)) => Ok(Contract(whole)),
            _ => Err(Error::Told {
                what: "the JSON export cannot be read back".to_owned(),
                hint: None,
            }),
        }
    }

    /// Keeps the members of a list for which `keep` holds.
    pub(super) fn keep(&mut self, list: &str, keep: impl Fn(usize, &Value) -> bool) {
        if let Some(Value::Array(members)) = self.0.get_mut(list) {
            let mut number = 0;
            members.retain(|member| {
                number += 1;
                keep(number - 1, member)
            });
        }
    }

    /// Leaves lists out.
    pub(super) fn drop(&mut self, lists: &[&str]) {
        for list in lists {
            self.0.remove(*list);
        }
    }

    /// Puts something in.
    pub(super) fn set(&mut self, key: &str, value: Value) {
        self.0.insert(key.to_owned(), value);
    }

    /// The part that is about these events: they, who takes part, where, the
    /// articles that report them, and the ties that they make.
    pub(super) fn of_events(story: &Story, events: &[usize]) -> Result<Contract, Error> {
        let chosen: BTreeSet<usize> = events.iter().copied().collect();
        let ids: BTreeSet<&str> = chosen
            .iter()
            .map(|e| story.events[*e].id.as_str())
            .collect();
        let (mut actors, mut documents) = (BTreeSet::new(), BTreeSet::new());
        for event in chosen.iter().map(|e| &story.events[*e]) {
            actors.extend(event.participants.iter().map(|p| p.actor));
            actors.extend(event.place);
            actors.extend(event.evidence.iter().filter_map(|e| e.attributed_to));
            documents.extend(event.evidence.iter().map(|e| e.document));
        }
        let mut part = Contract::new(story)?;
        part.keep("documents", |n, _| documents.contains(&n));
        part.keep("actors", |n, _| actors.contains(&n));
        part.keep("events", |n, _| chosen.contains(&n));
        part.keep("ties", |_, tie| {
            tie.get("event")
                .and_then(Value::as_str)
                .is_some_and(|id| ids.contains(id))
        });
        Ok(part)
    }

    /// Writes it, indented.
    pub(super) fn write(self, io: &mut Io) -> Result<(), Error> {
        serde_json::to_writer_pretty(&mut io.out, &Value::Object(self.0))
            .map_err(|e| Error::from(std::io::Error::from(e)))?;
        writeln!(io.out)?;
        Ok(())
    }
}
