//! What a build tells otherwise than the one before.

use super::{Error, Store};
use crate::resolve::Event;
use rusqlite::{Connection, OptionalExtension, Result, params};
use std::collections::{BTreeMap, BTreeSet};

/// Goes before the word for a change where an event fits no type.
const OTHER: &str = "other ";

/// What has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// An article was added.
    NewArticle,
    /// An article is read anew, as it or what is known of it has changed.
    ChangedArticle,
    /// An article is no longer there.
    GoneArticle,
    /// An event was not told before.
    NewEvent,
    /// An event has another date.
    Date,
    /// An event has another status.
    Status,
    /// An event is told by more or fewer sources.
    Sources,
    /// An event is no longer told.
    GoneEvent,
    /// An event is now taken for one with another.
    JoinedEvent,
    /// An actor was not named before.
    NewActor,
    /// An actor is now taken for one with another.
    MergedActor,
    /// An actor is no longer named.
    GoneActor,
}

impl ChangeKind {
    /// All, in the order in which they are told.
    pub const ALL: [ChangeKind; 12] = [
        ChangeKind::NewArticle,
        ChangeKind::ChangedArticle,
        ChangeKind::GoneArticle,
        ChangeKind::NewEvent,
        ChangeKind::Date,
        ChangeKind::Status,
        ChangeKind::Sources,
        ChangeKind::JoinedEvent,
        ChangeKind::GoneEvent,
        ChangeKind::NewActor,
        ChangeKind::MergedActor,
        ChangeKind::GoneActor,
    ];

    /// The word for it in the table and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            ChangeKind::NewArticle => "article new",
            ChangeKind::ChangedArticle => "article changed",
            ChangeKind::GoneArticle => "article gone",
            ChangeKind::NewEvent => "event new",
            ChangeKind::Date => "event date",
            ChangeKind::Status => "event status",
            ChangeKind::Sources => "event sources",
            ChangeKind::GoneEvent => "event gone",
            ChangeKind::JoinedEvent => "event joined",
            ChangeKind::NewActor => "actor new",
            ChangeKind::MergedActor => "actor merged",
            ChangeKind::GoneActor => "actor gone",
        }
    }
}

/// One thing that is told otherwise than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What has changed.
    pub kind: ChangeKind,
    /// The id of the event or actor, the path of the article.
    pub id: String,
    /// Whether it is an event that fits no type.
    pub other: bool,
    /// Its title or name.
    pub title: String,
    /// As it was; of something joined, empty.
    pub before: Option<String>,
    /// As it is; of something joined, the id of what it is joined with.
    pub after: Option<String>,
}

impl Store {
    /// What the last build that changed anything changed, by kind, then in the
    /// story's order. Nothing for a first build, to which everything is new.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn changes(&self) -> std::result::Result<Vec<Change>, Error> {
        let read = || -> Result<Vec<Change>> {
            let mut query = self
                .db
                .prepare("SELECT kind, id, title, before, after FROM changes ORDER BY rowid")?;
            let mut rows = query.query([])?;
            let mut out = Vec::new();
            while let Some(row) = rows.next()? {
                let word: String = row.get(0)?;
                let (other, word) = match word.strip_prefix(OTHER) {
                    Some(word) => (true, word),
                    None => (false, word.as_str()),
                };
                let kind = ChangeKind::ALL.into_iter().find(|k| k.as_str() == word);
                if let Some(kind) = kind {
                    out.push(Change {
                        kind,
                        other,
                        id: row.get(1)?,
                        title: row.get(2)?,
                        before: row.get(3)?,
                        after: row.get(4)?,
                    });
                }
            }
            out.sort_by_key(|c| ChangeKind::ALL.iter().position(|k| *k == c.kind));
            Ok(out)
        };
        read().map_err(self.told())
    }
}

fn is_other(kind: &str) -> bool {
    kind == OTHER.trim_end()
}

/// Gathers changes while a story is written.
pub(super) struct Changes {
    /// To a database without a story everything is new, which says nothing.
    first: bool,
    list: Vec<Change>,
    /// New events by row, as they may be old ones under another id.
    new_events: BTreeMap<i64, (String, String, bool)>,
    /// Those of them that turned out to be old ones.
    heirs: BTreeSet<i64>,
}

impl Changes {
    pub(super) fn new(db: &Connection) -> Result<Changes> {
        let first = db.query_row("SELECT NOT EXISTS (SELECT 1 FROM documents)", [], |row| {
            row.get(0)
        })?;
        Ok(Changes {
            first,
            list: Vec::new(),
            new_events: BTreeMap::new(),
            heirs: BTreeSet::new(),
        })
    }

    fn add(&mut self, kind: ChangeKind, id: &str, title: &str) -> Option<&mut Change> {
        if self.first {
            return None;
        }
        self.list.push(Change {
            kind,
            other: false,
            id: id.to_owned(),
            title: title.to_owned(),
            before: None,
            after: None,
        });
        self.list.last_mut()
    }

    fn add_event(
        &mut self,
        kind: ChangeKind,
        (id, title, other): (&str, &str, bool),
        was: Option<String>,
        is: Option<String>,
    ) {
        if let Some(change) = self.add(kind, id, title) {
            change.other = other;
            change.before = was;
            change.after = is;
        }
    }

    /// An article came, changed or went.
    pub(super) fn article(&mut self, kind: ChangeKind, path: &str) {
        self.add(kind, path, path);
    }

    pub(super) fn new_actor(&mut self, id: &str, name: &str) {
        self.add(ChangeKind::NewActor, id, name);
    }

    pub(super) fn new_event(&mut self, number: i64, event: &Event) {
        if !self.first {
            let told = (event.id.clone(), event.title.clone(), is_other(&event.kind));
            self.new_events.insert(number, told);
        }
    }

    /// An event whose row is about to be written over.
    pub(super) fn event(&mut self, db: &Connection, number: i64, event: &Event) -> Result<()> {
        let (edtf, status, sources): (Option<String>, String, u32) = db
            .prepare_cached("SELECT edtf, status, sources FROM events WHERE number = ?")?
            .query_row([number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let now = event.date.as_ref().map(|d| d.edtf.as_str().to_owned());
        let other = is_other(&event.kind);
        let mut tell = |kind, was: Option<String>, is: Option<String>| {
            if was != is {
                let about = (event.id.as_str(), event.title.as_str(), other);
                self.add_event(kind, about, was, is);
            }
        };
        tell(ChangeKind::Date, edtf, now);
        let is = event.status.as_str().to_owned();
        tell(ChangeKind::Status, Some(status), Some(is));
        let is = event.sources.to_string();
        tell(ChangeKind::Sources, Some(sources.to_string()), Some(is));
        Ok(())
    }

    /// An event that is about to be taken out: gone, or told under another id
    /// by the same word of the same article.
    pub(super) fn gone_event(&mut self, db: &Connection, number: i64) -> Result<()> {
        if self.first {
            return Ok(());
        }
        let (id, title, edtf, kind): (String, String, Option<String>, String) = db
            .prepare_cached("SELECT id, title, edtf, type FROM events WHERE number = ?")?
            .query_row([number], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
        let other = is_other(&kind);
        let about = (id.as_str(), title.as_str(), other);
        // In the same text it stands at the same place; in a changed text of the
        // same path, there or under the same title.
        let heirs: Vec<(i64, String, String, Option<String>)> = db
            .prepare_cached(
                "SELECT e.number, e.id, e.title, e.edtf FROM evidence old
                   JOIN events o ON o.number = old.event
                   JOIN articles was ON was.number = old.document
                   JOIN articles now ON now.path = was.path
                   JOIN evidence new ON new.document = now.number AND new.event <> old.event
                   JOIN events e ON e.number = new.event AND e.type = o.type
                  WHERE old.event = ?
                    AND (new.trigger_start = old.trigger_start
                         OR now.number <> was.number AND e.title = o.title)
                  ORDER BY new.trigger_start <> old.trigger_start, old.rowid, e.sort
                  LIMIT 20",
            )?
            .query_map([number], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?
            .collect::<Result<_>>()?;
        // One that is new is believed before one that was there already; what
        // has followed another is no heir of a second.
        let new = heirs
            .iter()
            .position(|h| self.new_events.contains_key(&h.0));
        let old = || heirs.iter().position(|h| !self.heirs.contains(&h.0));
        let heir = new.or_else(old).and_then(|at| heirs.into_iter().nth(at));
        match heir {
            None => self.add_event(ChangeKind::GoneEvent, about, edtf, None),
            Some((heir, new_id, new_title, now)) => {
                if self.new_events.remove(&heir).is_none() {
                    self.add_event(ChangeKind::JoinedEvent, about, None, Some(new_id));
                } else if self.heirs.insert(heir) && edtf != now {
                    let about = (new_id.as_str(), new_title.as_str(), other);
                    self.add_event(ChangeKind::Date, about, edtf, now);
                }
            }
        }
        Ok(())
    }

    /// An actor that is about to be taken out: gone, or one with the actor that
    /// is now mentioned where it was.
    pub(super) fn gone_actor(&mut self, db: &Connection, number: i64) -> Result<()> {
        if self.first {
            return Ok(());
        }
        let (id, name): (String, String) = db
            .prepare_cached("SELECT id, name FROM actors WHERE number = ?")?
            .query_row([number], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let heir: Option<String> = db
            .prepare_cached(
                "SELECT a.id FROM names old JOIN names new ON new.word = old.word
                   JOIN actors a ON a.number = new.actor
                  WHERE old.actor = ?1 AND new.actor <> ?1
                    AND EXISTS (SELECT 1 FROM aliases x JOIN actors o ON o.number = ?1
                                 WHERE x.actor = a.number AND x.alias = o.name
                                 UNION SELECT 1 FROM actors o
                                 WHERE o.number = ?1 AND o.name = a.name)
                  ORDER BY a.sort LIMIT 1",
            )?
            .query_row([number], |row| row.get(0))
            .optional()?;
        let kind = match heir {
            Some(_) => ChangeKind::MergedActor,
            None => ChangeKind::GoneActor,
        };
        if let Some(change) = self.add(kind, &id, &name) {
            change.after = heir;
        }
        Ok(())
    }

    /// Puts them in the place of the last ones; a build that changed nothing
    /// leaves those.
    pub(super) fn write(mut self, db: &Connection) -> Result<()> {
        for (id, title, other) in std::mem::take(&mut self.new_events).into_values() {
            self.add_event(ChangeKind::NewEvent, (&id, &title, other), None, None);
        }
        if self.list.is_empty() && !self.first {
            return Ok(());
        }
        db.execute("DELETE FROM changes", [])?;
        for change in &self.list {
            db.prepare_cached("INSERT INTO changes VALUES (?, ?, ?, ?, ?)")?
                .execute(params![
                    format!(
                        "{}{}",
                        if change.other { OTHER } else { "" },
                        change.kind.as_str()
                    ),
                    change.id,
                    change.title,
                    change.before,
                    change.after
                ])?;
        }
        Ok(())
    }
}
