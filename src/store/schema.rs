//! The tables, and how those of an older Tieline become those of this one.
//!
//! `docs/database.md` tells what each column holds, for anyone who asks the
//! database in SQL. `files`, `articles`, `readings` and `traces` are Tieline's own
//! memory of what it read; everything else may be relied on within one schema number.

/// "TieL" in the file header says that a database is Tieline's.
pub(super) const APPLICATION: i64 = 0x5469_654C;

/// Raised whenever a table changes.
pub(super) const SCHEMA: i64 = 3;

/// Makes all tables. A `number` names a row within one database and stays the
/// same as long as the row does; order is in `sort`. Dates are text: EDTF, and
/// the first and last day that they can be. Offsets count Unicode code points
/// of the article's text as read.
pub(super) const CREATE: &str = "
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE files (
    path   TEXT PRIMARY KEY,
    length INTEGER NOT NULL,
    stamp  TEXT NOT NULL,
    given  TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE articles (
    number INTEGER PRIMARY KEY,
    path   TEXT NOT NULL,
    hash   TEXT NOT NULL,
    file   TEXT NOT NULL,
    id     TEXT NOT NULL,
    notes  BLOB NOT NULL
);
CREATE TABLE readings (
    article INTEGER PRIMARY KEY REFERENCES articles (number),
    report  BLOB NOT NULL
);
CREATE TABLE traces (
    article INTEGER PRIMARY KEY REFERENCES articles (number),
    trace   BLOB NOT NULL
);
CREATE UNIQUE INDEX articles_state ON articles (path, hash);
CREATE INDEX articles_file ON articles (file);
CREATE INDEX articles_notes ON articles (path, hash) WHERE notes <> x'00';

CREATE TABLE sentences (
    number  INTEGER PRIMARY KEY,
    article INTEGER NOT NULL,
    start   INTEGER NOT NULL,
    end     INTEGER NOT NULL,
    text    TEXT NOT NULL
);
CREATE INDEX sentences_article ON sentences (article);
CREATE VIRTUAL TABLE words USING fts5 (
    text, content = 'sentences', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    sort   INTEGER NOT NULL,
    id     TEXT NOT NULL,
    path   TEXT NOT NULL,
    title  TEXT,
    source TEXT,
    url    TEXT,
    published          TEXT,
    published_earliest TEXT,
    published_latest   TEXT,
    published_basis    TEXT NOT NULL,
    published_why      TEXT NOT NULL,
    origins TEXT NOT NULL,
    copy_of INTEGER REFERENCES documents (number),
    digest  INTEGER NOT NULL,
    made_of INTEGER NOT NULL
);
CREATE INDEX documents_sort ON documents (sort);

CREATE TABLE actors (
    number  INTEGER PRIMARY KEY,
    sort    INTEGER NOT NULL,
    id      TEXT NOT NULL,
    name    TEXT NOT NULL,
    kind    TEXT NOT NULL,
    country TEXT,
    events  INTEGER NOT NULL,
    digest  INTEGER NOT NULL,
    made_of INTEGER NOT NULL
);
CREATE UNIQUE INDEX actors_id ON actors (id);
CREATE INDEX actors_sort ON actors (sort);
CREATE INDEX actors_count ON actors (kind);

CREATE TABLE aliases (
    actor INTEGER NOT NULL REFERENCES actors (number),
    alias TEXT NOT NULL
);
CREATE TABLE names (
    word  TEXT NOT NULL,
    actor INTEGER NOT NULL REFERENCES actors (number),
    PRIMARY KEY (word, actor)
) WITHOUT ROWID;
CREATE TABLE merges (
    actor INTEGER NOT NULL REFERENCES actors (number),
    why   TEXT NOT NULL
);
CREATE TABLE roles (
    actor     INTEGER NOT NULL REFERENCES actors (number),
    title     TEXT NOT NULL,
    of_actor  INTEGER REFERENCES actors (number),
    document  INTEGER REFERENCES documents (number),
    documents TEXT NOT NULL,
    start     INTEGER NOT NULL,
    end       INTEGER NOT NULL,
    quote     TEXT NOT NULL
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
    sort       BLOB NOT NULL,
    id         TEXT NOT NULL,
    type       TEXT NOT NULL,
    title      TEXT NOT NULL,
    status     TEXT NOT NULL,
    edtf       TEXT,
    earliest   TEXT,
    latest     TEXT,
    basis      TEXT,
    words      TEXT,
    inferred   INTEGER NOT NULL,
    place      INTEGER REFERENCES actors (number),
    sources    INTEGER NOT NULL,
    confidence REAL NOT NULL,
    apart      TEXT NOT NULL,
    disagreements TEXT NOT NULL,
    digest     INTEGER NOT NULL,
    made_of    INTEGER NOT NULL
);
CREATE UNIQUE INDEX events_id ON events (id, made_of);
CREATE INDEX events_sort ON events (sort);
CREATE INDEX events_place ON events (place);
CREATE INDEX events_count ON events (status, basis);

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
    trigger_start INTEGER NOT NULL,
    trigger_end   INTEGER NOT NULL,
    lemma         TEXT NOT NULL,
    attributed_to INTEGER REFERENCES actors (number)
);
CREATE TABLE ties (
    source INTEGER NOT NULL REFERENCES actors (number),
    target INTEGER NOT NULL REFERENCES actors (number),
    type   TEXT NOT NULL,
    event  INTEGER REFERENCES events (number),
    role   INTEGER
);
CREATE TABLE changes (
    kind   TEXT NOT NULL,
    id     TEXT NOT NULL,
    title  TEXT NOT NULL,
    before TEXT,
    after  TEXT
);
CREATE TABLE own_types (
    sort INTEGER PRIMARY KEY,
    type TEXT NOT NULL
);

CREATE INDEX aliases_actor      ON aliases (actor);
CREATE INDEX names_actor        ON names (actor);
CREATE INDEX merges_actor       ON merges (actor);
CREATE INDEX roles_actor        ON roles (actor);
CREATE INDEX mentions_actor     ON mentions (actor);
CREATE INDEX mentions_document  ON mentions (document);
CREATE INDEX participants_event ON participants (event);
CREATE INDEX participants_actor ON participants (actor);
CREATE INDEX evidence_event     ON evidence (event);
CREATE INDEX evidence_document  ON evidence (document);
CREATE INDEX ties_source        ON ties (source);
CREATE INDEX ties_target        ON ties (target);
CREATE INDEX ties_event         ON ties (event);

CREATE VIEW timeline AS
SELECT e.id, e.edtf, e.earliest, e.latest, e.basis, e.type, e.status, e.title,
       (SELECT group_concat(name, '; ') FROM (
          SELECT a.name FROM participants p JOIN actors a ON a.number = p.actor
           WHERE p.event = e.number GROUP BY a.number ORDER BY min(p.rowid))) AS participants,
       (SELECT name FROM actors WHERE number = e.place) AS place,
       (SELECT quote FROM evidence WHERE event = e.number ORDER BY rowid LIMIT 1) AS quote,
       (SELECT path FROM evidence v JOIN documents d ON d.number = v.document
         WHERE v.event = e.number ORDER BY v.rowid LIMIT 1) AS path
  FROM events e ORDER BY e.sort;

CREATE VIEW met AS
SELECT a.name AS who, b.name AS whom, e.edtf, e.earliest, e.latest, e.status, e.id AS event,
       (SELECT name FROM actors WHERE number = e.place) AS place,
       (SELECT quote FROM evidence WHERE event = e.number ORDER BY rowid LIMIT 1) AS quote,
       (SELECT path FROM evidence v JOIN documents d ON d.number = v.document
         WHERE v.event = e.number ORDER BY v.rowid LIMIT 1) AS path,
       a.id AS who_id, b.id AS whom_id
  FROM events e
  JOIN participants p ON p.event = e.number
  JOIN participants q ON q.event = e.number AND q.actor <> p.actor
  JOIN actors a ON a.number = p.actor
  JOIN actors b ON b.number = q.actor
 WHERE (e.type IN ('meet', 'negotiate')
        OR e.type = 'visit' AND a.kind = 'person' AND b.kind = 'person')
   AND p.rowid = (SELECT min(rowid) FROM participants
                   WHERE event = e.number AND actor = p.actor
                     AND role NOT IN ('topic', 'occasion', 'audience'))
   AND q.rowid = (SELECT min(rowid) FROM participants
                   WHERE event = e.number AND actor = q.actor
                     AND role NOT IN ('topic', 'occasion', 'audience')
                     AND (e.type <> 'visit' OR role <> p.role))
   AND NOT EXISTS (SELECT 1 FROM json_each(e.apart) j
                    WHERE json_extract(j.value, '$[0]') IN (p.actor, q.actor)
                      AND json_extract(j.value, '$[1]') IN (p.actor, q.actor))
 ORDER BY e.sort, p.rowid, q.rowid;
";

/// From schema 2. Its articles are read anew, as by every other program.
pub(super) const FROM_2: &str = "
CREATE INDEX articles_notes ON articles (path, hash) WHERE notes <> x'00';
CREATE INDEX actors_count ON actors (kind);
DROP INDEX events_id;
CREATE UNIQUE INDEX events_id ON events (id, made_of);
CREATE INDEX events_count ON events (status, basis);
CREATE TABLE traces (
    article INTEGER PRIMARY KEY REFERENCES articles (number),
    trace   BLOB NOT NULL
);
";

/// From schema 1, which kept the whole story as one value that only the
/// program that wrote it can read: its tables have all but a few columns. The
/// reports are let go, as every other program reads the articles anew.
pub(super) const FROM_1: &str = "
DROP VIEW timeline;
DROP TABLE reports;
DROP TABLE story;
DROP INDEX aliases_actor; DROP INDEX roles_actor; DROP INDEX mentions_actor;
DROP INDEX participants_event; DROP INDEX participants_actor;
DROP INDEX evidence_event; DROP INDEX ties_source; DROP INDEX ties_target;
ALTER TABLE meta         RENAME TO old_meta;
ALTER TABLE documents    RENAME TO old_documents;
ALTER TABLE actors       RENAME TO old_actors;
ALTER TABLE aliases      RENAME TO old_aliases;
ALTER TABLE roles        RENAME TO old_roles;
ALTER TABLE mentions     RENAME TO old_mentions;
ALTER TABLE events       RENAME TO old_events;
ALTER TABLE participants RENAME TO old_participants;
ALTER TABLE evidence     RENAME TO old_evidence;
ALTER TABLE ties         RENAME TO old_ties;
";

/// Fills the new tables of [`CREATE`] from the renamed ones. Names are indexed
/// by the caller. What schema 1 did not keep is worked out where the rows allow
/// it (which date rests on an inferred one, where in the sentence the verb
/// stands) and else empty, until a build reads the articles anew. Documents get
/// negative numbers, so that none is taken for an article that is read then.
pub(super) const FILL_FROM_1: &str = "
INSERT INTO meta SELECT key, value FROM old_meta;
INSERT INTO documents SELECT -number - 1, number, id, path, title, source, url, published,
    published_earliest, published_latest, published_basis, published_why, '[]', NULL, 0, 0 FROM old_documents;
INSERT INTO actors SELECT number + 1, number, id, name, kind, country,
    (SELECT count(DISTINCT event) FROM old_participants p WHERE p.actor = a.number), 0, 0
    FROM old_actors a;
INSERT INTO aliases SELECT actor + 1, alias FROM old_aliases;
INSERT INTO roles SELECT actor + 1, title, of_actor + 1, -document - 1,
    CASE WHEN document IS NULL THEN '[]' ELSE '[' || (-document - 1) || ']' END,
    0, 0, quote FROM old_roles;
INSERT INTO mentions SELECT actor + 1, -document - 1, start, end, text FROM old_mentions;
INSERT INTO events SELECT number + 1, CAST(printf('%010d', number) AS BLOB), id, type, title,
    status, edtf, earliest, latest, basis, words,
    coalesce(basis <> 'stated', 0) AND EXISTS (SELECT 1 FROM old_evidence v
        JOIN old_documents d ON d.number = v.document
        WHERE v.event = e.number AND d.published_basis = 'inferred'),
    place + 1, sources, confidence, '[]', '[]', 0, 0 FROM old_events e;
INSERT INTO participants SELECT event + 1, actor + 1, role FROM old_participants;
INSERT INTO evidence SELECT event + 1, -document - 1, start, end, quote, trigger,
    start + at, start + at + CASE WHEN at > 0 OR instr(quote, trigger) = 1 THEN length(trigger)
    ELSE 0 END, trigger, attributed_to + 1 FROM (
        SELECT rowid AS old, *, CASE WHEN length(quote) = end - start
            THEN max(instr(quote, trigger) - 1, 0) ELSE 0 END AS at
        FROM old_evidence) ORDER BY old;
INSERT INTO ties SELECT source + 1, target + 1, type, event + 1, NULL FROM old_ties;
DROP TABLE old_ties; DROP TABLE old_evidence; DROP TABLE old_participants;
DROP TABLE old_mentions; DROP TABLE old_roles; DROP TABLE old_aliases;
DROP TABLE old_events; DROP TABLE old_actors; DROP TABLE old_documents; DROP TABLE old_meta;
";
