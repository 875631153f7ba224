//! The story out of its rows: the whole of it, or the part that is asked for.

mod rows;

use super::{Error, Store};
use crate::extract::Quote;
use crate::model::ActorKind;
use crate::query::Filter;
use crate::resolve::{
    Actor, ActorMention, Curated, Document, Event, OwnType, Participant, Role, Story, Tie,
};
use rows::{
    At, DOCUMENT, Failed, Places, Read, bad, document, event, evidence, list_of, one, places,
};
use rusqlite::{Row, ToSql};
use std::collections::BTreeSet;

/// The type of events that fit no type.
const OTHER: &str = "other";

/// Which part of a story is wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Events in which all of these rows of actors take part. They are in the
    /// part whether or not there are such events.
    pub actors: Vec<i64>,
    /// Whether events at these actors, where they are places, count as well.
    pub places: bool,
    /// Events that pass this; its own actors are not looked at.
    pub filter: Filter,
    /// These events, by id, and no others.
    pub events: Option<Vec<String>>,
    /// Whether to load where the actors are mentioned, which may be in very
    /// many places.
    pub mentions: bool,
    /// Whether the ties and offices of `actors` are wanted, with whom they tie
    /// them to.
    pub ties: bool,
}

impl Store {
    /// The whole story. Time and space linear in it.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn story(&self) -> Result<Story, Error> {
        self.told_failure(self.whole())
    }

    /// The part of the story that is about the wanted events: they, who takes
    /// part, where, who says so and the articles that report them, and the ties
    /// that they make, all in the story's order. Time linear in the part.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn part(&self, wanted: &Wanted) -> Result<Story, Error> {
        self.told_failure(self.some(wanted))
    }

    /// The event types of the user's own that the story was made with.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn own_types(&self) -> Result<Vec<OwnType>, Error> {
        self.told_failure(self.types())
    }

    /// What became of an analyst's corrections.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn curated(&self) -> Result<Curated, Error> {
        self.told_failure(self.corrections())
    }

    fn corrections(&self) -> Read<Curated> {
        let sql = "SELECT value FROM meta WHERE key = 'curated'";
        match self.db.query_row(sql, [], |row| row.get::<_, String>(0)) {
            Ok(text) => serde_json::from_str(&text).map_err(|e| bad(&e)),
            Err(rusqlite::Error::QueryReturnedNoRows) => Ok(Curated::default()),
            Err(error) => Err(error.into()),
        }
    }

    fn types(&self) -> Read<Vec<OwnType>> {
        let mut query = self
            .db
            .prepare("SELECT type FROM own_types ORDER BY sort")?;
        let texts: Vec<String> = query
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let read = |text: &String| serde_json::from_str(text).map_err(|e| bad(&e));
        texts.iter().map(read).collect()
    }

    /// Ids and titles of the events whose id begins so, in the story's order;
    /// the one whose id it is alone, where there is one.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn events_beginning(&self, id: &str) -> Result<Vec<(String, String)>, Error> {
        let read = |sql: &str| -> rusqlite::Result<Vec<(String, String)>> {
            self.db
                .prepare_cached(sql)?
                .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        };
        let exact = read("SELECT id, title FROM events WHERE id = ?").map_err(self.told())?;
        if !exact.is_empty() {
            return Ok(exact);
        }
        // Ids are plain, so that all that begin so lie between it and it with
        // the last of letters behind.
        read("SELECT id, title FROM events WHERE id >= ?1 AND id < ?1 || '\u{7f}' ORDER BY sort")
            .map_err(self.told())
    }

    /// The first documents, in order.
    pub(super) fn first_documents(&self, most: i64) -> Result<Vec<Document>, Error> {
        let read = || -> Read<Vec<Document>> {
            let sql = format!("{DOCUMENT} ORDER BY sort LIMIT ?");
            self.many(&sql, most, document)
        };
        self.told_failure(read())
    }

    fn told_failure<T>(&self, read: Read<T>) -> Result<T, Error> {
        read.map_err(|failed| match failed {
            Failed::Sql(error) => Error::of(&self.path, &error),
            Failed::Value(what) => Error::damaged(&self.path, what),
        })
    }

    fn whole(&self) -> Read<Story> {
        let all = |table: &str| -> Read<Vec<i64>> {
            let sql = format!("SELECT number FROM {table} ORDER BY sort");
            let mut query = self.db.prepare(&sql)?;
            let rows = query.query_map([], |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        };
        let (documents, actors, events) = (all("documents")?, all("actors")?, all("events")?);
        let mut story = self.assemble(&documents, &actors, &events, true)?;
        self.ties(&mut story, &places(&actors), &places(&events), None)?;
        Ok(story)
    }

    fn some(&self, wanted: &Wanted) -> Read<Story> {
        let events = self.wanted_events(wanted)?;
        let mut actors: BTreeSet<i64> = wanted.actors.iter().copied().collect();
        let mut documents = BTreeSet::new();
        for event in &events {
            self.numbers(
                "SELECT actor FROM participants WHERE event = ?",
                *event,
                &mut actors,
            )?;
            self.numbers(
                "SELECT place FROM events WHERE number = ? AND place IS NOT NULL",
                *event,
                &mut actors,
            )?;
            self.numbers(
                "SELECT attributed_to FROM evidence WHERE event = ? AND attributed_to IS NOT NULL",
                *event,
                &mut actors,
            )?;
            self.numbers(
                "SELECT document FROM evidence WHERE event = ?",
                *event,
                &mut documents,
            )?;
        }
        let centre: BTreeSet<i64> = wanted.actors.iter().copied().collect();
        if wanted.ties {
            for actor in &centre {
                for sql in [
                    "SELECT target FROM ties WHERE source = ? AND role IS NOT NULL",
                    "SELECT source FROM ties WHERE target = ? AND role IS NOT NULL",
                ] {
                    self.numbers(sql, *actor, &mut actors)?;
                }
            }
        }
        // What an office is of is named beside it, in any answer.
        for actor in actors.clone() {
            self.numbers(
                "SELECT of_actor FROM roles WHERE actor = ? AND of_actor IS NOT NULL",
                actor,
                &mut actors,
            )?;
        }
        for actor in &actors {
            for row in self.role_documents(*actor)? {
                documents.insert(row);
            }
            if wanted.mentions {
                self.numbers(
                    "SELECT DISTINCT document FROM mentions WHERE actor = ?",
                    *actor,
                    &mut documents,
                )?;
            }
        }
        let actors = self.sorted("actors", &actors)?;
        let documents = self.sorted("documents", &documents)?;
        let mut story = self.assemble(&documents, &actors, &events, wanted.mentions)?;
        let centre = wanted.ties.then_some(&centre);
        self.ties(&mut story, &places(&actors), &places(&events), Some(centre))?;
        Ok(story)
    }

    /// Adds the numbers that a query gives for one row.
    fn numbers(&self, sql: &str, of: i64, into: &mut BTreeSet<i64>) -> Read<()> {
        let mut query = self.db.prepare_cached(sql)?;
        for number in query.query_map([of], |row| row.get(0))? {
            into.insert(number?);
        }
        Ok(())
    }

    fn role_documents(&self, actor: i64) -> Read<Vec<i64>> {
        let mut query = self
            .db
            .prepare_cached("SELECT documents FROM roles WHERE actor = ?")?;
        let lists: Vec<String> = query
            .query_map([actor], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut out = Vec::new();
        for list in lists {
            out.extend(list_of(&list)?);
        }
        Ok(out)
    }

    /// These rows in the story's order.
    fn sorted(&self, table: &str, rows: &BTreeSet<i64>) -> Read<Vec<i64>> {
        let sql = format!("SELECT sort FROM {table} WHERE number = ?");
        let mut query = self.db.prepare_cached(&sql)?;
        let mut sorted: Vec<(i64, i64)> = Vec::with_capacity(rows.len());
        for row in rows {
            let sort: Option<i64> = query.query_map([row], |r| r.get(0))?.next().transpose()?;
            sorted.extend(sort.map(|sort| (sort, *row)));
        }
        sorted.sort_unstable();
        Ok(sorted.into_iter().map(|(_, row)| row).collect())
    }

    /// The rows of the wanted events, in the story's order.
    fn wanted_events(&self, wanted: &Wanted) -> Read<Vec<i64>> {
        let mut sql = "SELECT number FROM events WHERE 1".to_owned();
        let mut values: Vec<Box<dyn ToSql>> = Vec::new();
        let list = |sql: &mut String, column: &str, number: usize| {
            sql.push_str(&format!(
                " AND {column} IN ({})",
                vec!["?"; number].join(", ")
            ));
        };
        for actor in &wanted.actors {
            sql.push_str(" AND (number IN (SELECT event FROM participants WHERE actor = ?)");
            values.push(Box::new(*actor));
            if wanted.places {
                sql.push_str(" OR place = ?");
                values.push(Box::new(*actor));
            }
            sql.push(')');
        }
        if let Some(ids) = &wanted.events {
            list(&mut sql, "id", ids.len());
            values.extend(ids.iter().map(|id| Box::new(id.clone()) as Box<dyn ToSql>));
        }
        let filter = &wanted.filter;
        if !filter.kinds.is_empty() {
            list(&mut sql, "type", filter.kinds.len());
            let kinds = filter.kinds.iter().cloned();
            values.extend(kinds.map(|k| Box::new(k) as Box<dyn ToSql>));
        }
        if !filter.all && wanted.events.is_none() && !filter.kinds.iter().any(|k| k == OTHER) {
            sql.push_str(&format!(" AND type <> '{OTHER}'"));
        }
        if !filter.statuses.is_empty() {
            list(&mut sql, "status", filter.statuses.len());
            let statuses = filter.statuses.iter().map(|s| s.as_str());
            values.extend(statuses.map(|s| Box::new(s) as Box<dyn ToSql>));
        }
        if filter.min_sources > 0 {
            sql.push_str(" AND sources >= ?");
            values.push(Box::new(filter.min_sources));
        }
        let day = |day: chrono::NaiveDate| Box::new(day.format("%Y-%m-%d").to_string());
        if let Some(since) = filter.since {
            sql.push_str(" AND (latest >= ? OR latest IS NULL AND earliest IS NOT NULL)");
            values.push(day(since));
        }
        if let Some(until) = filter.until {
            sql.push_str(" AND (earliest <= ? OR earliest IS NULL AND latest IS NOT NULL)");
            values.push(day(until));
        }
        sql.push_str(" ORDER BY sort");
        let mut query = self.db.prepare_cached(&sql)?;
        let rows = query.query_map(rusqlite::params_from_iter(values), |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Puts rows together, without the ties.
    fn assemble(
        &self,
        documents: &[i64],
        actors: &[i64],
        events: &[i64],
        mentions: bool,
    ) -> Read<Story> {
        let at = At {
            documents: places(documents),
            actors: places(actors),
        };
        let mut story = Story::default();
        let mut query = self.db.prepare(&format!("{DOCUMENT} WHERE number = ?"))?;
        for row in documents {
            story.documents.push(one(&mut query, *row, document)?);
        }
        for row in actors {
            story.actors.push(self.actor(*row, &at, mentions)?);
        }
        for row in events {
            story.events.push(self.event(*row, &at)?);
        }
        story.types = self.types()?;
        story.curated = self.corrections()?;
        Ok(story)
    }

    fn actor(&self, row: i64, at: &At, mentions: bool) -> Read<Actor> {
        let mut query = self
            .db
            .prepare_cached("SELECT id, name, kind, country FROM actors WHERE number = ?")?;
        let mut actor = one(&mut query, row, |r| {
            let kind: String = r.get(2)?;
            Ok(Actor {
                id: r.get(0)?,
                name: r.get(1)?,
                kind: ActorKind::parse(&kind).ok_or_else(|| bad(&kind))?,
                aliases: Vec::new(),
                roles: Vec::new(),
                country: r.get(3)?,
                mentions: Vec::new(),
                merges: Vec::new(),
            })
        })?;
        actor.aliases = self.texts(
            "SELECT alias FROM aliases WHERE actor = ? ORDER BY rowid",
            row,
        )?;
        actor.merges = self.texts("SELECT why FROM merges WHERE actor = ? ORDER BY rowid", row)?;
        actor.roles = self.many(
            "SELECT title, of_actor, documents, start, end, quote FROM roles
              WHERE actor = ? ORDER BY rowid",
            row,
            |r| {
                let of: Option<i64> = r.get(1)?;
                let documents: String = r.get(2)?;
                let documents = list_of(&documents)?;
                Ok(Role {
                    title: r.get(0)?,
                    of: of.and_then(|of| at.actors.get(&of).copied()),
                    documents: documents
                        .iter()
                        .filter_map(|d| at.documents.get(d).copied())
                        .collect(),
                    quote: Quote {
                        start: r.get(3)?,
                        end: r.get(4)?,
                        text: r.get(5)?,
                    },
                })
            },
        )?;
        if mentions {
            let found = self.many(
                "SELECT m.document, m.start, m.end, m.text FROM mentions m
                   JOIN documents d ON d.number = m.document
                  WHERE m.actor = ? ORDER BY d.sort, m.start, m.end",
                row,
                |r| {
                    Ok(at.document(r.get(0)?).map(|document| {
                        Ok(ActorMention {
                            document,
                            start: r.get(1)?,
                            end: r.get(2)?,
                            text: r.get(3)?,
                        })
                    }))
                },
            )?;
            actor.mentions = found
                .into_iter()
                .flatten()
                .collect::<rusqlite::Result<_>>()?;
        }
        Ok(actor)
    }

    fn event(&self, row: i64, at: &At) -> Read<Event> {
        let mut query = self.db.prepare_cached(
            "SELECT id, type, title, status, edtf, basis, words, inferred, place, sources,
                    confidence, apart, disagreements FROM events WHERE number = ?",
        )?;
        let mut event = one(&mut query, row, |r| event(r, at))?;
        let parts = self.many(
            "SELECT actor, role FROM participants WHERE event = ? ORDER BY rowid",
            row,
            |r| {
                let actor: i64 = r.get(0)?;
                let role: String = r.get(1)?;
                Ok(at
                    .actors
                    .get(&actor)
                    .map(|a| Participant { actor: *a, role }))
            },
        )?;
        event.participants = parts.into_iter().flatten().collect();
        let told = self.many(
            "SELECT document, start, end, quote, trigger, trigger_start, trigger_end, lemma,
                    attributed_to FROM evidence WHERE event = ? ORDER BY rowid",
            row,
            |r| evidence(r, at),
        )?;
        event.evidence = told.into_iter().flatten().collect();
        Ok(event)
    }

    fn texts(&self, sql: &str, row: i64) -> Read<Vec<String>> {
        self.many(sql, row, |r| Ok(r.get(0)?))
    }

    fn many<T>(&self, sql: &str, row: i64, make: impl Fn(&Row<'_>) -> Read<T>) -> Read<Vec<T>> {
        let mut query = self.db.prepare_cached(sql)?;
        let mut rows = query.query([row])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(make(row)?);
        }
        Ok(out)
    }

    /// Adds the ties: all of them, or those of the story's events and, where
    /// wanted, the offices and other roles that tie the given actors to others.
    fn ties(
        &self,
        story: &mut Story,
        actors: &Places,
        events: &Places,
        part: Option<Option<&BTreeSet<i64>>>,
    ) -> Read<()> {
        let mut rows: BTreeSet<i64> = BTreeSet::new();
        if let Some(centre) = part {
            for event in events.keys() {
                self.numbers("SELECT rowid FROM ties WHERE event = ?", *event, &mut rows)?;
            }
            for actor in centre.into_iter().flatten() {
                for sql in [
                    "SELECT rowid FROM ties WHERE source = ? AND role IS NOT NULL",
                    "SELECT rowid FROM ties WHERE target = ? AND role IS NOT NULL",
                ] {
                    self.numbers(sql, *actor, &mut rows)?;
                }
            }
        }
        const COLUMNS: &str = "SELECT t.source, t.target, t.type, t.event, t.role FROM ties t
             LEFT JOIN events e ON e.number = t.event
             LEFT JOIN actors a ON t.event IS NULL AND a.number = t.source";
        // Those of the events come first, in their order, then those of roles in
        // order of the actors.
        const ORDER: &str = "ORDER BY t.event IS NULL, e.sort, a.sort, t.rowid";
        let make = |r: &Row<'_>| -> Read<Option<Tie>> {
            let event: Option<i64> = r.get(3)?;
            let role: Option<i64> = r.get(4)?;
            let (source, target): (i64, i64) = (r.get(0)?, r.get(1)?);
            let ends = actors.get(&source).zip(actors.get(&target));
            let kind: String = r.get(2)?;
            Ok(ends.map(|(source, target)| Tie {
                source: *source,
                target: *target,
                kind,
                event: event.and_then(|e| events.get(&e).copied()),
                role: role.and_then(|r| usize::try_from(r).ok()),
            }))
        };
        let all = part.is_none();
        let sql = if all {
            format!("{COLUMNS} {ORDER}")
        } else {
            // The rows are one value, however many they are.
            format!("{COLUMNS} WHERE t.rowid IN (SELECT value FROM json_each(?)) {ORDER}")
        };
        let rows = serde_json::to_string(&rows).map_err(|e| bad(&e))?;
        let mut query = self.db.prepare(&sql)?;
        let mut rows = if all {
            query.query([])?
        } else {
            query.query([rows])?
        };
        while let Some(row) = rows.next()? {
            story.ties.extend(make(row)?);
        }
        Ok(())
    }
}
