//! The story as rows. Rows that say the same as before are left alone, so that
//! the work of a small change is small.

use super::changes::{ChangeKind, Changes};
use crate::resolve::{
    Actor, ActorMention, Curated, Document, Event, OwnType, Role, Story, Tie, fold,
};
use crate::text::stable_hash;
use crate::time::Edtf;
use rusqlite::{Connection, Result, params};
use std::collections::{BTreeSet, HashMap};

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

/// A hash as SQLite's integer, which has a sign; 0 says that nothing is known.
fn digest<T: serde::Serialize>(value: &T) -> Result<i64> {
    Ok((stable_hash(&super::blob(value)?) as i64).max(i64::MIN + 1) | 1)
}

/// A row of the story as it was before this build.
#[derive(Debug, Clone, Copy)]
struct Before {
    number: i64,
    digest: i64,
    /// Of actors alone: the rank.
    sort: i64,
}

/// Writes one story into a database. What is no longer told is taken out by
/// [`Writer::finish`].
pub(super) struct Writer<'d> {
    db: &'d Connection,
    /// Row of each document of the story.
    rows: &'d [i64],
    /// What orders the documents: path and id.
    paths: Vec<String>,
    actors: Vec<i64>,
    old_documents: HashMap<i64, i64>,
    old_actors: HashMap<Box<str>, Before>,
    old_events: HashMap<Box<str>, Before>,
    next_event: i64,
    /// Number of events of each actor.
    busy: Vec<i64>,
    /// What is told otherwise than before; nothing where nothing was told.
    changes: Changes,
}

impl<'d> Writer<'d> {
    /// Looks at what is there. `rows` are the articles that the story's
    /// documents were read from.
    pub(super) fn new(db: &'d Connection, rows: &'d [i64]) -> Result<Writer<'d>> {
        let old_documents = db
            .prepare("SELECT number, digest FROM documents")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_>>()?;
        Ok(Writer {
            db,
            rows,
            paths: Vec::with_capacity(rows.len()),
            actors: Vec::new(),
            old_documents,
            old_actors: before(db, "actors", "sort")?,
            old_events: before(db, "events", "0")?,
            next_event: next(db, "events")?,
            busy: Vec::new(),
            changes: Changes::new(db)?,
        })
    }

    /// Notes that an article came, changed or went.
    pub(super) fn article(&mut self, kind: ChangeKind, path: &str) {
        self.changes.article(kind, path);
    }

    /// Writes a story that is in memory.
    pub(super) fn story(&mut self, story: &Story) -> Result<()> {
        let ids: Vec<&str> = story.actors.iter().map(|a| a.id.as_str()).collect();
        self.begin(&ids, &story.types)?;
        let mut mentions: Vec<Vec<(usize, &ActorMention)>> =
            vec![Vec::new(); story.documents.len()];
        for (i, actor) in story.actors.iter().enumerate() {
            for mention in &actor.mentions {
                if let Some(list) = mentions.get_mut(mention.document) {
                    list.push((i, mention));
                }
            }
        }
        for (i, (document, mentions)) in story.documents.iter().zip(&mentions).enumerate() {
            self.document(i, document)?;
            self.mentions(i, mentions)?;
        }
        let mut of_event: Vec<Vec<&Tie>> = vec![Vec::new(); story.events.len()];
        for tie in &story.ties {
            if let Some(list) = tie.event.and_then(|e| of_event.get_mut(e)) {
                list.push(tie);
            }
        }
        for (event, ties) in story.events.iter().zip(&of_event) {
            self.event(event, ties)?;
        }
        for (i, actor) in story.actors.iter().enumerate() {
            self.actor(i, actor)?;
        }
        for tie in story.ties.iter().filter(|t| t.event.is_none()) {
            self.tie(tie, None)?;
        }
        self.curated(&story.curated)
    }

    /// Gives every actor a row, and makes room for what is always written anew.
    pub(super) fn begin(&mut self, ids: &[&str], types: &[OwnType]) -> Result<()> {
        let mut free = next(self.db, "actors")?;
        for id in ids {
            let number = self.old_actors.get(*id).map_or(free, |b| b.number);
            free += i64::from(number == free);
            self.actors.push(number);
        }
        self.busy = vec![0; ids.len()];
        self.db.execute_batch(
            "DELETE FROM documents; DELETE FROM roles; DELETE FROM own_types;
             DELETE FROM ties WHERE event IS NULL;",
        )?;
        for (sort, own) in types.iter().enumerate() {
            self.db
                .prepare_cached("INSERT INTO own_types VALUES (?, ?)")?
                .execute(params![int(sort), json(own)?])?;
        }
        Ok(())
    }

    pub(super) fn document(&mut self, index: usize, document: &Document) -> Result<()> {
        let (edtf, earliest, latest) = columns(document.published.edtf.as_ref());
        let number = self.document_row(index);
        self.db
            .prepare_cached(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                number,
                int(index),
                document.id,
                document.path,
                document.title,
                document.source,
                document.url,
                edtf,
                earliest,
                latest,
                document.published.basis.as_str(),
                document.published.why,
                json(&document.origins)?,
                document
                    .copy_of
                    .as_ref()
                    .map(|c| self.document_row(c.number)),
                self.old_documents.get(&number).copied().unwrap_or_default(),
            ])?;
        self.paths
            .push(format!("{}\0{}", document.path, document.id));
        Ok(())
    }

    /// The row of a document. Sources that an analyst names and that are no
    /// articles follow these, and have negative numbers.
    fn document_row(&self, index: usize) -> i64 {
        match self.rows.get(index) {
            Some(row) => *row,
            None => int(self.rows.len()) - int(index) - 1,
        }
    }

    fn actor_row(&self, index: usize) -> i64 {
        self.actors.get(index).copied().unwrap_or_default()
    }

    /// Where a document mentions actors.
    pub(super) fn mentions(
        &mut self,
        document: usize,
        mentions: &[(usize, &ActorMention)],
    ) -> Result<()> {
        let number = self.document_row(document);
        let rows: Vec<(i64, u32, u32)> = mentions
            .iter()
            .map(|(actor, m)| (self.actor_row(*actor), m.start, m.end))
            .collect();
        let own = digest(&rows)?;
        let before = self.old_documents.remove(&number);
        if before == Some(own) {
            return Ok(());
        }
        self.forget(&["mentions"], "document", number, before.is_some())?;
        for ((actor, start, end), (_, mention)) in rows.iter().zip(mentions) {
            self.db
                .prepare_cached("INSERT INTO mentions VALUES (?, ?, ?, ?, ?)")?
                .execute(params![actor, number, start, end, mention.text])?;
        }
        self.db
            .prepare_cached("UPDATE documents SET digest = ? WHERE number = ?")?
            .execute([own, number])?;
        Ok(())
    }

    /// An actor; where it is mentioned is told by its documents.
    pub(super) fn actor(&mut self, index: usize, actor: &Actor) -> Result<()> {
        let before = self.old_actors.remove(actor.id.as_str());
        let number = self.actor_row(index);
        let busy = self.busy.get(index).copied().unwrap_or_default();
        let own = digest(&(
            &actor.name,
            actor.kind,
            &actor.country,
            busy,
            &actor.aliases,
            &actor.merges,
        ))?;
        if before.is_none() {
            self.changes.new_actor(&actor.id, &actor.name);
        }
        if before.is_none_or(|b| b.digest != own) {
            self.db
                .prepare_cached("INSERT OR REPLACE INTO actors VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?
                .execute(params![
                    number,
                    int(index),
                    actor.id,
                    actor.name,
                    actor.kind.as_str(),
                    actor.country,
                    busy,
                    own
                ])?;
            let was_there = before.is_some();
            self.forget(&["aliases", "names", "merges"], "actor", number, was_there)?;
            self.names(number, actor)?;
        } else if before.is_some_and(|b| b.sort != int(index)) {
            self.db
                .prepare_cached("UPDATE actors SET sort = ? WHERE number = ?")?
                .execute([int(index), number])?;
        }
        for role in &actor.roles {
            self.role(number, role)?;
        }
        Ok(())
    }

    /// Takes out what hangs on a row, where it was there before.
    fn forget(&self, tables: &[&str], column: &str, number: i64, was_there: bool) -> Result<()> {
        for table in tables.iter().filter(|_| was_there) {
            self.db
                .prepare_cached(&format!("DELETE FROM {table} WHERE {column} = ?"))?
                .execute([number])?;
        }
        Ok(())
    }

    /// Aliases, reasons, and every word of every name, by which an actor is
    /// looked up.
    fn names(&self, number: i64, actor: &Actor) -> Result<()> {
        for alias in &actor.aliases {
            self.db
                .prepare_cached("INSERT INTO aliases VALUES (?, ?)")?
                .execute(params![number, alias])?;
        }
        for why in &actor.merges {
            self.db
                .prepare_cached("INSERT INTO merges VALUES (?, ?)")?
                .execute(params![number, why])?;
        }
        let names = std::iter::once(&actor.name).chain(&actor.aliases);
        index_names(self.db, number, names.map(String::as_str))
    }

    fn role(&self, actor: i64, role: &Role) -> Result<()> {
        let rows: Vec<i64> = role
            .documents
            .iter()
            .map(|d| self.document_row(*d))
            .collect();
        self.db
            .prepare_cached("INSERT INTO roles VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?
            .execute(params![
                actor,
                role.title,
                role.of.map(|of| self.actor_row(of)),
                rows.first(),
                json(&rows)?,
                role.quote.start,
                role.quote.end,
                role.quote.text
            ])?;
        Ok(())
    }

    /// An event with the ties that it makes.
    pub(super) fn event(&mut self, event: &Event, ties: &[&Tie]) -> Result<()> {
        let who: BTreeSet<usize> = event.participants.iter().map(|p| p.actor).collect();
        for actor in who {
            if let Some(busy) = self.busy.get_mut(actor) {
                *busy += 1;
            }
        }
        let before = self.old_events.remove(event.id.as_str());
        let number = before.map_or(self.next_event, |b| b.number);
        self.next_event += i64::from(before.is_none());
        let row = Row::of(self, event);
        let own = digest(&row)?;
        if before.is_some_and(|b| b.digest == own) {
            return Ok(());
        }
        match before {
            Some(_) => self.changes.event(self.db, number, event)?,
            None => self.changes.new_event(number, event),
        }
        let tables = ["participants", "evidence", "ties"];
        self.forget(&tables, "event", number, before.is_some())?;
        self.write_event(event, number, &row, own)?;
        ties.iter().try_for_each(|tie| self.tie(tie, Some(number)))
    }

    fn write_event(&self, event: &Event, number: i64, row: &Row<'_>, own: i64) -> Result<()> {
        let date = event.date.as_ref();
        let (edtf, earliest, latest) = columns(date.map(|d| &d.edtf));
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO events
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                number,
                row.sort,
                event.id,
                event.kind,
                event.title,
                event.status.as_str(),
                edtf,
                earliest,
                latest,
                date.map(|d| d.basis.as_str()),
                date.and_then(|d| d.words.as_deref()),
                date.is_some_and(|d| d.inferred),
                row.place,
                event.sources,
                f64::from(event.confidence),
                row.apart,
                row.disagreements,
                own
            ])?;
        for (actor, role) in &row.participants {
            self.db
                .prepare_cached("INSERT INTO participants VALUES (?, ?, ?)")?
                .execute(params![number, actor, role])?;
        }
        for (evidence, (document, speaker)) in event.evidence.iter().zip(&row.evidence) {
            self.db
                .prepare_cached("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?
                .execute(params![
                    number,
                    document,
                    evidence.quote.start,
                    evidence.quote.end,
                    evidence.quote.text,
                    evidence.trigger.text,
                    evidence.trigger.start,
                    evidence.trigger.end,
                    evidence.trigger.lemma,
                    speaker
                ])?;
        }
        Ok(())
    }

    /// A tie that comes from an event, or from a role.
    pub(super) fn tie(&self, tie: &Tie, event: Option<i64>) -> Result<()> {
        self.db
            .prepare_cached("INSERT INTO ties VALUES (?, ?, ?, ?, ?)")?
            .execute(params![
                self.actor_row(tie.source),
                self.actor_row(tie.target),
                tie.kind,
                event,
                tie.role.map(int)
            ])?;
        Ok(())
    }

    /// What became of an analyst's corrections.
    pub(super) fn curated(&mut self, curated: &Curated) -> Result<()> {
        self.db.execute(
            "INSERT OR REPLACE INTO meta VALUES ('curated', ?)",
            [json(curated)?],
        )?;
        Ok(())
    }

    /// Takes out what this story no longer tells.
    pub(super) fn finish(mut self) -> Result<()> {
        let gone = |before: &HashMap<Box<str>, Before>| {
            let mut rows: Vec<i64> = before.values().map(|b| b.number).collect();
            rows.sort_unstable();
            rows
        };
        for number in gone(&self.old_events) {
            self.changes.gone_event(self.db, number)?;
            self.forget(&["participants", "evidence", "ties"], "event", number, true)?;
            self.forget(&["events"], "number", number, true)?;
        }
        for number in gone(&self.old_actors) {
            self.changes.gone_actor(self.db, number)?;
            self.forget(&["aliases", "names", "merges"], "actor", number, true)?;
            self.forget(&["actors"], "number", number, true)?;
        }
        let mut documents: Vec<i64> = self.old_documents.into_keys().collect();
        documents.sort_unstable();
        for number in documents {
            self.db
                .prepare_cached("DELETE FROM mentions WHERE document = ?")?
                .execute([number])?;
        }
        self.changes.write(self.db)
    }
}

/// The rows of a table by their id.
fn before(db: &Connection, table: &str, sort: &str) -> Result<HashMap<Box<str>, Before>> {
    let sql = format!("SELECT id, number, digest, {sort} FROM {table}");
    db.prepare(&sql)?
        .query_map([], |row| {
            let id: String = row.get(0)?;
            let before = Before {
                number: row.get(1)?,
                digest: row.get(2)?,
                sort: row.get(3)?,
            };
            Ok((id.into_boxed_str(), before))
        })?
        .collect()
}

/// The first number that no row of a table has.
fn next(db: &Connection, table: &str) -> Result<i64> {
    let sql = format!("SELECT coalesce(max(number), 0) + 1 FROM {table}");
    db.query_row(&sql, [], |row| row.get(0))
}

/// What a disagreement is about, and the documents of each side.
type Differ<'e> = (&'e str, Vec<(&'e str, Vec<i64>)>);

/// An event with its indices as rows.
#[derive(serde::Serialize)]
struct Row<'e> {
    sort: Vec<u8>,
    kind: &'e str,
    title: &'e str,
    status: &'e str,
    date: Option<(&'e str, &'e str, Option<&'e str>, bool)>,
    place: Option<i64>,
    sources: u32,
    confidence: f32,
    apart: String,
    disagreements: String,
    participants: Vec<(i64, &'e str)>,
    /// Document and speaker of each sentence.
    evidence: Vec<(i64, Option<i64>)>,
    quotes: Vec<(u32, u32, u32, u32)>,
}

impl<'e> Row<'e> {
    fn of(writer: &Writer<'_>, event: &'e Event) -> Row<'e> {
        let actor = |index: usize| writer.actor_row(index);
        let apart: Vec<(i64, i64)> = event
            .apart
            .iter()
            .map(|(a, b)| (actor(*a), actor(*b)))
            .collect();
        let differ: Vec<Differ<'_>> = event
            .disagreements
            .iter()
            .map(|d| {
                let sides = d.sides.iter().map(|(what, documents)| {
                    let rows = documents.iter().map(|i| writer.document_row(*i));
                    (what.as_str(), rows.collect())
                });
                (d.about.as_str(), sides.collect())
            })
            .collect();
        Row {
            sort: sort_key(event, &writer.paths),
            kind: &event.kind,
            title: &event.title,
            status: event.status.as_str(),
            date: event.date.as_ref().map(|d| {
                (
                    d.edtf.as_str(),
                    d.basis.as_str(),
                    d.words.as_deref(),
                    d.inferred,
                )
            }),
            place: event.place.map(actor),
            sources: event.sources,
            confidence: event.confidence,
            apart: json(&apart).unwrap_or_default(),
            disagreements: json(&differ).unwrap_or_default(),
            participants: event
                .participants
                .iter()
                .map(|p| (actor(p.actor), p.role.as_str()))
                .collect(),
            evidence: event
                .evidence
                .iter()
                .map(|e| (writer.document_row(e.document), e.attributed_to.map(actor)))
                .collect(),
            quotes: event
                .evidence
                .iter()
                .map(|e| (e.quote.start, e.quote.end, e.trigger.start, e.trigger.end))
                .collect(),
        }
    }
}

/// Bytes that order events as the story does: by date, undated last, then by
/// the place where they are first told. They name the document by its path and
/// not by its rank, so that a new article changes no row of another.
fn sort_key(event: &Event, paths: &[String]) -> Vec<u8> {
    use chrono::Datelike;
    let edtf = event.date.as_ref().map(|d| &d.edtf);
    let (first, last) = edtf.map_or((None, None), Edtf::bounds);
    let known = match (edtf, first.or(last)) {
        (None, _) => 2_u8,
        (Some(_), None) => 1,
        (Some(_), Some(_)) => 0,
    };
    let day = |d: Option<chrono::NaiveDate>| match d {
        Some(d) => (i64::from(d.num_days_from_ce()) + (1 << 40)).to_be_bytes(),
        None => [0; 8],
    };
    let mut key = vec![known];
    key.extend(day(first.or(last)));
    key.extend(day(last.or(Some(chrono::NaiveDate::MAX))));
    key.extend(edtf.map_or("", Edtf::as_str).bytes());
    key.push(0);
    if let Some(evidence) = event.evidence.first() {
        let path = paths.get(evidence.document);
        key.extend(path.map_or("", String::as_str).bytes());
        key.push(0);
        key.extend(evidence.trigger.start.to_be_bytes());
        key.extend(evidence.quote.start.to_be_bytes());
    }
    key.extend(event.id.bytes());
    key
}

/// Enters every word of an actor's names.
pub(super) fn index_names<'n>(
    db: &Connection,
    number: i64,
    names: impl Iterator<Item = &'n str>,
) -> Result<()> {
    let words: BTreeSet<String> = names
        .flat_map(|n| {
            fold(n)
                .split(' ')
                .map(str::to_owned)
                .collect::<Vec<String>>()
        })
        .filter(|w| !w.is_empty())
        .collect();
    for word in words {
        db.prepare_cached("INSERT OR IGNORE INTO names VALUES (?, ?)")?
            .execute(params![word, number])?;
    }
    Ok(())
}

fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}
