//! What the commands that answer have in common: the story out of the
//! database, and parts of the JSON contract.

use super::error::Error;
use super::io::Io;
use crate::export;
use crate::ontology::types::EventTypes;
use crate::render::count;
use crate::resolve::{OwnType, Story};
use crate::store::{Named, Store};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::path::Path;

/// Opens the database; says where it is behind.
pub(super) fn store(db: &Path, io: &mut Io) -> Result<Store, Error> {
    let Some(store) = Store::open(db)? else {
        return Err(Error::new(
            format!("there is no database ({})", db.display()),
            "run `tieline build PATH` first",
        ));
    };
    store.hold()?;
    if store.version()?.is_empty() {
        return Err(Error::new(
            format!(
                "the first build has not ended: {} read, and there is no story yet ({})",
                count(store.waiting()?, "article"),
                db.display()
            ),
            "run the same build again; it goes on where it was",
        ));
    }
    if !store.is_current()? {
        io.note(&format!(
            "another version of Tieline ({}) made this database; a build brings it up to date",
            store.version()?
        ));
    }
    match store.waiting()? {
        0 => {}
        waiting => io.note(&format!(
            "{} read and not yet joined with the others; a build goes on with that",
            count(waiting, "article")
        )),
    }
    Ok(store)
}

/// Loads the whole story.
pub(super) fn story(db: &Path, io: &mut Io) -> Result<Story, Error> {
    Ok(store(db, io)?.story()?)
}

/// Where an actor stands in a part of the story.
pub(super) fn place(story: &Story, actor: &Named) -> Result<usize, Error> {
    let place = story.actors.iter().position(|a| a.id == actor.id);
    place.ok_or_else(|| Error::new("the database changed while it was read", "try again"))
}

/// Refuses a type of event that neither the program nor the story knows.
pub(super) fn check_types(own: &[OwnType], asked: &[String]) -> Result<(), Error> {
    let builtin = EventTypes::builtin().types.iter().map(|t| &t.key);
    let known: BTreeSet<&String> = builtin.chain(own.iter().map(|t| &t.key)).collect();
    match asked.iter().find(|k| !known.contains(k)) {
        None => Ok(()),
        Some(key) => {
            let known: Vec<String> = known.into_iter().cloned().collect();
            Err(Error::new(
                super::args::unknown("event type", key, &known),
                "`tieline types` lists them with their words",
            ))
        }
    }
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

    /// Says of each article where its title, date and text were taken from.
    pub(super) fn with_origins(&mut self, story: &Story) {
        let Some(Value::Array(members)) = self.0.get_mut("documents") else {
            return;
        };
        for (member, document) in members.iter_mut().zip(&story.documents) {
            if let Value::Object(fields) = member {
                let origins = document.origins.iter();
                let origins =
                    origins.map(|(field, from)| (field.clone(), Value::from(from.as_str())));
                fields.insert("origins".to_owned(), Value::Object(origins.collect()));
            }
        }
    }

    /// Puts something in.
    pub(super) fn set(&mut self, key: &str, value: Value) {
        self.0.insert(key.to_owned(), value);
    }

    /// The part that is about these events: they, who takes part, where, the
    /// articles that report them, and the ties that they make.
    pub(super) fn of_events(story: &Story, events: &[usize]) -> Result<Contract, Error> {
        Contract::part(story, events, None)
    }

    /// As [`Contract::of_events`], with an actor and the offices and other
    /// roles that tie it to others.
    pub(super) fn of_actor(
        story: &Story,
        actor: usize,
        events: &[usize],
    ) -> Result<Contract, Error> {
        Contract::part(story, events, Some(actor))
    }

    fn part(story: &Story, events: &[usize], of: Option<usize>) -> Result<Contract, Error> {
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
        let mut own = BTreeSet::new();
        if let Some(of) = of {
            actors.insert(of);
            for (i, tie) in story.ties.iter().enumerate() {
                if tie.role.is_some() && (tie.source == of || tie.target == of) {
                    own.insert(i);
                    actors.extend([tie.source, tie.target]);
                    let roles = story.actors.get(tie.source).map(|a| &a.roles);
                    let role = roles.zip(tie.role).and_then(|(r, n)| r.get(n));
                    documents.extend(role.iter().flat_map(|r| &r.documents));
                }
            }
        }
        let mut part = Contract::new(story)?;
        part.keep("documents", |n, _| documents.contains(&n));
        part.keep("actors", |n, _| actors.contains(&n));
        part.keep("events", |n, _| chosen.contains(&n));
        part.keep("ties", |n, tie| {
            own.contains(&n)
                || tie
                    .get("event")
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
