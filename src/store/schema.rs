//! The tables. Those of the story are for anyone who speaks SQL; `reports` and
//! `story` are Tieline's own.

/// "TieL" in the file header says that a database is Tieline's.
pub(super) const APPLICATION: i64 = 0x5469_654C;

/// Raised whenever a table changes.
pub(super) const SCHEMA: i64 = 1;

/// Makes all tables. Numbers are the story's own order, counted from 0; dates
/// are text: EDTF, and the first and last day that they can be.
pub(super) const CREATE: &str = "
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE reports (
    path   TEXT NOT NULL,
    hash   TEXT NOT NULL,
    notes  BLOB NOT NULL,
    report BLOB NOT NULL,
    PRIMARY KEY (path, hash)
);

CREATE TABLE story (
    only  INTEGER PRIMARY KEY CHECK (only = 1),
    story BLOB NOT NULL
);

CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    id     TEXT NOT NULL,
    path   TEXT NOT NULL,
    title  TEXT,
    source TEXT,
    url    TEXT,
    published          TEXT,
    published_earliest TEXT,
    published_latest   TEXT,
    published_basis    TEXT NOT NULL,
    published_why      TEXT NOT NULL
);

CREATE TABLE actors (
    number  INTEGER PRIMARY KEY,
    id      TEXT NOT NULL,
    name    TEXT NOT NULL,
    kind    TEXT NOT NULL,
    country TEXT
);

CREATE TABLE aliases (
    actor INTEGER NOT NULL REFERENCES actors (number),
    alias TEXT NOT NULL
);

CREATE TABLE roles (
    actor    INTEGER NOT NULL REFERENCES actors (number),
    title    TEXT NOT NULL,
    of_actor INTEGER REFERENCES actors (number),
    document INTEGER REFERENCES documents (number),
    quote    TEXT NOT NULL
);

CREATE TABLE mentions (
    actor      INTEGER NOT NULL REFERENCES actors (number),
    document   INTEGER NOT NULL REFERENCES documents (number),
    start      INTEGER NOT NULL,
    end        INTEGER NOT NULL,
    text       TEXT NOT NULL
);

CREATE TABLE events (
    number     INTEGER PRIMARY KEY,
    id         TEXT NOT NULL,
    type       TEXT NOT NULL,
    title      TEXT NOT NULL,
    status     TEXT NOT NULL,
    edtf       TEXT,
    earliest   TEXT,
    latest     TEXT,
    basis      TEXT,
    words      TEXT,
    place      INTEGER REFERENCES actors (number),
    sources    INTEGER NOT NULL,
    confidence REAL NOT NULL
);

CREATE TABLE participants (
    event INTEGER NOT NULL REFERENCES events (number),
    actor INTEGER NOT NULL REFERENCES actors (number),
    role  TEXT NOT NULL
);

CREATE TABLE evidence (
    event         INTEGER NOT NULL REFERENCES events (number),
    document      INTEGER NOT NULL REFERENCES documents (number),
    start         INTEGER NOT NULL,
    end           INTEGER NOT NULL,
    quote         TEXT NOT NULL,
    trigger       TEXT NOT NULL,
    attributed_to INTEGER REFERENCES actors (number)
);

CREATE TABLE ties (
    source INTEGER NOT NULL REFERENCES actors (number),
    target INTEGER NOT NULL REFERENCES actors (number),
    type   TEXT NOT NULL,
    event  INTEGER NOT NULL REFERENCES events (number)
);

CREATE INDEX aliases_actor      ON aliases (actor);
CREATE INDEX roles_actor        ON roles (actor);
CREATE INDEX mentions_actor     ON mentions (actor);
CREATE INDEX participants_event ON participants (event);
CREATE INDEX participants_actor ON participants (actor);
CREATE INDEX evidence_event     ON evidence (event);
CREATE INDEX ties_source        ON ties (source);
CREATE INDEX ties_target        ON ties (target);

CREATE VIEW timeline AS
SELECT e.id, e.edtf, e.earliest, e.latest, e.basis, e.type, e.status, e.title,
       (SELECT group_concat(a.name, '; ') FROM participants p
          JOIN actors a ON a.number = p.actor WHERE p.event = e.number) AS participants,
       (SELECT name FROM actors WHERE number = e.place) AS place,
       (SELECT quote FROM evidence WHERE event = e.number ORDER BY rowid LIMIT 1) AS quote,
       (SELECT path FROM evidence v JOIN documents d ON d.number = v.document
         WHERE v.event = e.number ORDER BY v.rowid LIMIT 1) AS path
  FROM events e ORDER BY e.number;
";

/// The story's tables, those first that point to others.
pub(super) const STORY_TABLES: [&str; 10] = [
    "ties",
    "evidence",
    "participants",
    "events",
    "mentions",
    "roles",
    "aliases",
    "actors",
    "documents",
    "story",
];
