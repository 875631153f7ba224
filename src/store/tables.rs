//! The story as rows, for anyone who asks the database in SQL.

use crate::resolve::{Actor, Event, Story};
use crate::time::Edtf;
use rusqlite::{Connection, Result, params};

/// An EDTF date as it stands in three columns.
fn columns(date: Option<&Edtf>) -> (Option<&str>, Option<String>, Option<String>) {
    let day = |d: chrono::NaiveDate| d.format("%Y-%m-%d").to_string();
    (
        date.map(Edtf::as_str),
        date.and_then(Edtf::earliest).map(day),
        date.and_then(Edtf::latest).map(day),
    )
}

/// An index as SQLite's integer.
fn int(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

/// Writes all rows of a story into empty tables.
pub(super) fn write(db: &Connection, story: &Story) -> Result<()> {
    documents(db, story)?;
    for (number, actor) in story.actors.iter().enumerate() {
        db.prepare_cached("INSERT INTO actors VALUES (?, ?, ?, ?, ?)")?
            .execute(params![
                int(number),
                actor.id,
                actor.name,
                actor.kind.as_str(),
                actor.country
            ])?;
    }
    for (number, actor) in story.actors.iter().enumerate() {
        of_actor(db, number, actor)?;
    }
    for (number, event) in story.events.iter().enumerate() {
        one_event(db, number, event)?;
    }
    // The ties of roles stand in the table of roles.
    let of_events = story.ties.iter().filter_map(|t| Some((t, t.event?)));
    for (tie, event) in of_events {
        db.prepare_cached("INSERT INTO ties VALUES (?, ?, ?, ?)")?
            .execute(params![
                int(tie.source),
                int(tie.target),
                tie.kind,
                int(event)
            ])?;
    }
    Ok(())
}

fn documents(db: &Connection, story: &Story) -> Result<()> {
    for (number, document) in story.documents.iter().enumerate() {
        let (edtf, earliest, latest) = columns(document.published.edtf.as_ref());
        db.prepare_cached("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?
            .execute(params![
                int(number),
                document.id,
                document.path,
                document.title,
                document.source,
                document.url,
                edtf,
                earliest,
                latest,
                document.published.basis.as_str(),
                document.published.why
            ])?;
    }
    Ok(())
}

/// Aliases, roles and mentions of an actor.
fn of_actor(db: &Connection, number: usize, actor: &Actor) -> Result<()> {
    for alias in &actor.aliases {
        db.prepare_cached("INSERT INTO aliases VALUES (?, ?)")?
            .execute(params![int(number), alias])?;
    }
    for role in &actor.roles {
        db.prepare_cached("INSERT INTO roles VALUES (?, ?, ?, ?, ?)")?
            .execute(params![
                int(number),
                role.title,
                role.of.map(int),
                role.documents.first().copied().map(int),
                role.quote.text
            ])?;
    }
    for mention in &actor.mentions {
        db.prepare_cached("INSERT INTO mentions VALUES (?, ?, ?, ?, ?)")?
            .execute(params![
                int(number),
                int(mention.document),
                mention.start,
                mention.end,
                mention.text
            ])?;
    }
    Ok(())
}

/// An event with its participants and evidence.
fn one_event(db: &Connection, number: usize, event: &Event) -> Result<()> {
    let date = event.date.as_ref();
    let (edtf, earliest, latest) = columns(date.map(|d| &d.edtf));
    db.prepare_cached("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?
        .execute(params![
            int(number),
            event.id,
            event.kind,
            event.title,
            event.status.as_str(),
            edtf,
            earliest,
            latest,
            date.map(|d| d.basis.as_str()),
            date.and_then(|d| d.words.as_deref()),
            event.place.map(int),
            event.sources,
            f64::from(event.confidence)
        ])?;
    for part in &event.participants {
        db.prepare_cached("INSERT INTO participants VALUES (?, ?, ?)")?
            .execute(params![int(number), int(part.actor), part.role])?;
    }
    for evidence in &event.evidence {
        db.prepare_cached("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?)")?
            .execute(params![
                int(number),
                int(evidence.document),
                evidence.quote.start,
                evidence.quote.end,
                evidence.quote.text,
                evidence.trigger.text,
                evidence.attributed_to.map(int)
            ])?;
    }
    Ok(())
}
