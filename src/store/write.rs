//! The story as rows. Rows that say the same as before are left alone, so that
//! the work of a small change is small.

use super::before::{self, Before, next};
use super::changes::{ChangeKind, Changes};
use super::order::places;
use super::rows::{RoleRow, Row, Rows, columns, digest, int, json, stored};
use crate::resolve::{
    Actor, ActorMention, Curated, Document, Event, Outline, Pieces, Role, Tie, fold,
};
use rayon::prelude::*;
use rusqlite::{Connection, Result, params};
use std::collections::{BTreeSet, HashMap};
use std::sync::mpsc::Receiver;

/// Writes one story into a database. What is no longer told is taken out by
/// [`Writer::finish`].
pub(super) struct Writer<'d> {
    db: &'d Connection,
    /// Row of each document of the story.
    rows: &'d [i64],
    /// What orders the documents: path and id.
    paths: Vec<String>,
    /// Row and place in the order of each actor.
    actors: Vec<i64>,
    places: Vec<i64>,
    /// Where each of them is among those of before.
    known: Vec<Option<u32>>,
    /// What is there and has not been told again so far.
    old: before::Story,
    /// Where that comes from; nothing once it is there.
    reading: Option<Receiver<Result<before::Story>>>,
    next_event: i64,
    /// By row of an actor: in how many events more or fewer it takes part.
    busy: HashMap<i64, i64>,
    /// What is told otherwise than before; nothing where nothing was told.
    changes: Changes,
}

impl<'d> Writer<'d> {
    /// `rows` are the articles that the story's documents were read from, and
    /// `reading` gives what is there.
    pub(super) fn new(
        db: &'d Connection,
        rows: &'d [i64],
        reading: Receiver<Result<before::Story>>,
    ) -> Result<Writer<'d>> {
        Ok(Writer {
            db,
            rows,
            paths: Vec::new(),
            actors: Vec::new(),
            places: Vec::new(),
            known: Vec::new(),
            old: before::Story::default(),
            reading: Some(reading),
            next_event: next(db, "events")?,
            busy: HashMap::new(),
            changes: Changes::new(db)?,
        })
    }

    /// Notes that an article came, changed or went.
    pub(super) fn article(&mut self, kind: ChangeKind, path: &str) {
        self.changes.article(kind, path);
    }

    /// Gives every actor a row.
    pub(super) fn begin(&mut self, outline: &Outline<'_>) -> Result<()> {
        if let Some(reading) = self.reading.take() {
            // Where that has failed for want of a thread, it is done here.
            let read = reading.recv();
            self.old = read.unwrap_or_else(|_| before::Story::read(self.db))?;
        }
        let mut free = next(self.db, "actors")?;
        let old = &self.old.actors;
        self.known = outline.actors.par_iter().map(|id| old.place(*id)).collect();
        let mut sorts = Vec::with_capacity(self.known.len());
        for place in &self.known {
            let before = place.and_then(|place| old.get(place));
            let number = before.map_or(free, |b| b.number);
            free += i64::from(number == free);
            self.actors.push(number);
            sorts.push(before.map(|b| b.sort));
        }
        self.places = places(&sorts);
        let paths = outline.documents.iter();
        self.paths = paths.map(|(path, id)| format!("{path}\0{id}")).collect();
        self.db.execute("DELETE FROM own_types", [])?;
        for (sort, own) in outline.types.iter().enumerate() {
            self.db
                .prepare_cached("INSERT INTO own_types VALUES (?, ?)")?
                .execute(params![int(sort), json(own)?])?;
        }
        Ok(())
    }

    /// Which pieces are there, made of the same; they stay.
    pub(super) fn keeps(&mut self, pieces: Pieces<'_>) -> Result<Vec<bool>> {
        match pieces {
            Pieces::Documents(digests) => (0..)
                .zip(digests)
                .map(|(index, made_of)| {
                    let old = &mut self.old.documents;
                    let place = old.place(&document_row(self.rows, index));
                    let before = old.keep(place, stored(*made_of));
                    if let Some(before) = &before {
                        self.sort("documents", before, int(index))?;
                    }
                    Ok(before.is_some())
                })
                .collect(),
            Pieces::Actors(digests) => (0..)
                .zip(digests)
                .map(|(index, made_of)| {
                    let place = self.known.get(index).copied().flatten();
                    let before = self.old.actors.keep(place, stored(*made_of));
                    if let Some(before) = &before {
                        self.sort("actors", before, self.place(index))?;
                    }
                    Ok(before.is_some())
                })
                .collect(),
            Pieces::Events(events) => Ok(self.old.events.keep(events)),
        }
    }

    /// The place of an actor in the order.
    fn place(&self, index: usize) -> i64 {
        self.places.get(index).copied().unwrap_or_default()
    }

    /// Moves a row to another place in the order.
    fn sort(&self, table: &str, before: &Before, place: i64) -> Result<()> {
        if before.sort != place {
            self.db
                .prepare_cached(&format!("UPDATE {table} SET sort = ? WHERE number = ?"))?
                .execute([place, before.number])?;
        }
        Ok(())
    }

    /// A document, and where it mentions actors.
    pub(super) fn document(
        &mut self,
        index: usize,
        document: &Document,
        mentions: &[(usize, &ActorMention)],
        made_of: u64,
    ) -> Result<()> {
        let (edtf, earliest, latest) = columns(document.published.edtf.as_ref());
        let number = self.document_row(index);
        let rows: Vec<(i64, u32, u32)> = mentions
            .iter()
            .map(|(actor, m)| (self.actor_row(*actor), m.start, m.end))
            .collect();
        let own = digest(&rows)?;
        let old = &mut self.old.documents;
        let before = old.place(&number).and_then(|place| old.tell(place));
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO documents
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
                own,
                stored(made_of),
            ])?;
        if before.is_some_and(|b| b.digest == own) {
            return Ok(());
        }
        self.forget(&["mentions"], "document", number, before.is_some())?;
        for ((actor, start, end), (_, mention)) in rows.iter().zip(mentions) {
            self.db
                .prepare_cached("INSERT INTO mentions VALUES (?, ?, ?, ?, ?)")?
                .execute(params![actor, number, start, end, mention.text])?;
        }
        Ok(())
    }

    /// An actor with its roles and the ties that they make; where it is
    /// mentioned is told by its documents.
    pub(super) fn actor(
        &mut self,
        index: usize,
        actor: &Actor,
        ties: &[&Tie],
        made_of: u64,
    ) -> Result<()> {
        let place = self.known.get(index).copied().flatten();
        let before = place.and_then(|place| self.old.actors.tell(place));
        let number = self.actor_row(index);
        let roles: Vec<RoleRow<'_>> = actor.roles.iter().map(|r| self.role_row(r)).collect();
        let own = digest(&(
            &actor.name,
            actor.kind,
            &actor.country,
            &actor.aliases,
            &actor.merges,
            &roles,
        ))?;
        if before.is_none() {
            self.changes.new_actor(&actor.id, &actor.name);
        }
        if let Some(before) = before.filter(|b| b.digest == own) {
            self.sort("actors", &before, self.place(index))?;
            self.db
                .prepare_cached("UPDATE actors SET made_of = ? WHERE number = ?")?
                .execute([stored(made_of), number])?;
            return Ok(());
        }
        let busy = self.busy.remove(&number).unwrap_or_default();
        self.db
            .prepare_cached(
                "INSERT INTO actors VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                 ON CONFLICT (number) DO UPDATE SET sort = excluded.sort, name = excluded.name,
                    kind = excluded.kind, country = excluded.country,
                    events = events + excluded.events, digest = excluded.digest,
                    made_of = excluded.made_of",
            )?
            .execute(params![
                number,
                self.place(index),
                actor.id,
                actor.name,
                actor.kind.as_str(),
                actor.country,
                busy,
                own,
                stored(made_of),
            ])?;
        self.forget_actor(number, before.is_some())?;
        self.names(number, actor)?;
        for role in roles {
            self.role(number, &role)?;
        }
        ties.iter().try_for_each(|tie| self.tie(tie, None))
    }

    /// Takes out what hangs on an actor, where it was there before.
    fn forget_actor(&self, number: i64, was_there: bool) -> Result<()> {
        let tables = ["aliases", "names", "merges", "roles"];
        self.forget(&tables, "actor", number, was_there)?;
        if was_there {
            self.db
                .prepare_cached("DELETE FROM ties WHERE source = ? AND event IS NULL")?
                .execute([number])?;
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

    fn role_row<'r>(&self, role: &'r Role) -> RoleRow<'r> {
        let documents = role.documents.iter();
        RoleRow {
            title: &role.title,
            of: role.of.map(|of| self.actor_row(of)),
            documents: documents.map(|d| self.document_row(*d)).collect(),
            quote: &role.quote,
        }
    }

    fn role(&self, actor: i64, role: &RoleRow<'_>) -> Result<()> {
        self.db
            .prepare_cached("INSERT INTO roles VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?
            .execute(params![
                actor,
                role.title,
                role.of,
                role.documents.first(),
                json(&role.documents)?,
                role.quote.start,
                role.quote.end,
                role.quote.text
            ])?;
        Ok(())
    }

    /// An event with the ties that it makes.
    pub(super) fn event(&mut self, event: &Event, ties: &[&Tie], made_of: u64) -> Result<()> {
        let before = self.old.events.tell(&event.id);
        let number = before.unwrap_or(self.next_event);
        self.next_event += i64::from(before.is_none());
        let row = Row::of(self, event);
        let own = digest(&row)?;
        if before.is_some() {
            let same = "UPDATE events SET made_of = ? WHERE number = ? AND digest = ?";
            let mut same = self.db.prepare_cached(same)?;
            if same.execute([stored(made_of), number, own])? > 0 {
                return Ok(());
            }
        }
        match before {
            Some(_) => self.changes.event(self.db, number, event)?,
            None => self.changes.new_event(number, event),
        }
        self.forget_event(number, before.is_some())?;
        let who: BTreeSet<i64> = row.participants.iter().map(|(actor, _)| *actor).collect();
        for actor in who {
            *self.busy.entry(actor).or_default() += 1;
        }
        self.write_event(event, number, &row, (own, stored(made_of)))?;
        ties.iter().try_for_each(|tie| self.tie(tie, Some(number)))
    }

    /// Takes out what hangs on an event, where it was there before.
    fn forget_event(&mut self, number: i64, was_there: bool) -> Result<()> {
        if was_there {
            let mut query = self
                .db
                .prepare_cached("SELECT DISTINCT actor FROM participants WHERE event = ?")?;
            for actor in query.query_map([number], |row| row.get(0))? {
                *self.busy.entry(actor?).or_default() -= 1;
            }
        }
        let tables = ["participants", "evidence", "ties"];
        self.forget(&tables, "event", number, was_there)
    }

    fn write_event(
        &self,
        event: &Event,
        number: i64,
        row: &Row<'_>,
        (own, made_of): (i64, i64),
    ) -> Result<()> {
        let date = event.date.as_ref();
        let (edtf, earliest, latest) = columns(date.map(|d| &d.edtf));
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO events
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
                own,
                made_of
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
        for number in self.old.events.gone() {
            self.changes.gone_event(self.db, number)?;
            self.forget_event(number, true)?;
            self.forget(&["events"], "number", number, true)?;
        }
        for number in self.old.actors.gone() {
            self.changes.gone_actor(self.db, number)?;
            self.forget_actor(number, true)?;
            self.forget(&["actors"], "number", number, true)?;
        }
        for number in self.old.documents.gone() {
            self.forget(&["mentions"], "document", number, true)?;
            self.forget(&["documents"], "number", number, true)?;
        }
        let mut busy: Vec<(i64, i64)> = self.busy.into_iter().filter(|(_, n)| *n != 0).collect();
        busy.sort_unstable();
        for (actor, more) in busy {
            self.db
                .prepare_cached("UPDATE actors SET events = events + ? WHERE number = ?")?
                .execute([more, actor])?;
        }
        self.changes.write(self.db)
    }
}

impl Rows for Writer<'_> {
    fn document_row(&self, index: usize) -> i64 {
        document_row(self.rows, index)
    }

    fn actor_row(&self, index: usize) -> i64 {
        self.actors.get(index).copied().unwrap_or_default()
    }

    fn path(&self, index: usize) -> &str {
        self.paths.get(index).map_or("", String::as_str)
    }
}

/// The row of a document. Sources that an analyst names and that are no articles
/// follow those of `rows`, and have negative numbers.
fn document_row(rows: &[i64], index: usize) -> i64 {
    match rows.get(index) {
        Some(row) => *row,
        None => int(rows.len()) - int(index) - 1,
    }
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
