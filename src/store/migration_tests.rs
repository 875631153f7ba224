//! Databases of older schemas, as Tieline 0.1.0 left them, become ones of this
//! schema: with all that they told, or not at all. The files are copies of
//! `tests/databases/schema1.db` and `schema2.db`; the articles that both were
//! built from lie beside them.

use super::{Build, Error, Store, rows_from_1, schema};
use crate::model::{PublicationBasis, Status};
use crate::query::{self, Filter};
use rusqlite::{Connection, OpenFlags, types::Value};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

type Tested = Result<(), Box<dyn std::error::Error>>;

/// Tells the test program that it is to die in the middle of a migration.
const VICTIM: &str = "TIELINE_TEST_MIGRATION_VICTIM";

fn old() -> Result<(TempDir, PathBuf), Box<dyn std::error::Error>> {
    of_schema(1)
}

fn of_schema(schema: i64) -> Result<(TempDir, PathBuf), Box<dyn std::error::Error>> {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/databases");
    let kept = kept.join(format!("schema{schema}.db"));
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("t.db");
    // The bytes alone, and not the permissions.
    fs::write(&file, fs::read(kept)?)?;
    Ok((folder, file))
}

/// What a query gives, in its order.
fn rows(file: &Path, sql: &str) -> rusqlite::Result<Vec<Vec<Value>>> {
    let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut query = db.prepare(sql)?;
    let width = query.column_count();
    query
        .query_map([], |row| (0..width).map(|i| row.get(i)).collect())?
        .collect()
}

/// The same questions to both schemas: what all must answer as before.
const SAME: [&str; 9] = [
    "SELECT * FROM timeline",
    "SELECT id, name, kind, country FROM actors ORDER BY number",
    "SELECT a.id, alias FROM aliases l JOIN actors a ON a.number = l.actor ORDER BY l.rowid",
    "SELECT a.id, r.title, b.id, d.path, quote FROM roles r JOIN actors a ON a.number = r.actor
       LEFT JOIN actors b ON b.number = r.of_actor LEFT JOIN documents d ON d.number = r.document
      ORDER BY r.rowid",
    "SELECT a.id, d.id, start, end, text FROM mentions m JOIN actors a ON a.number = m.actor
       JOIN documents d ON d.number = m.document ORDER BY m.rowid",
    "SELECT e.id, words, sources, confidence FROM events e ORDER BY e.number",
    "SELECT e.id, a.id, role FROM participants p JOIN events e ON e.number = p.event
       JOIN actors a ON a.number = p.actor ORDER BY p.rowid",
    "SELECT e.id, d.id, start, end, quote, trigger, a.id FROM evidence v
       JOIN events e ON e.number = v.event JOIN documents d ON d.number = v.document
       LEFT JOIN actors a ON a.number = v.attributed_to ORDER BY v.rowid",
    "SELECT a.id, b.id, t.type, e.id FROM ties t JOIN actors a ON a.number = t.source
       JOIN actors b ON b.number = t.target JOIN events e ON e.number = t.event ORDER BY t.rowid",
];

#[test]
fn an_old_database_answers_as_before() -> Tested {
    let (_folder, file) = old()?;
    let before: Vec<_> = SAME
        .iter()
        .map(|sql| rows(&file, sql))
        .collect::<Result<_, _>>()?;
    assert!(before.iter().all(|rows| !rows.is_empty()));
    let store = Store::open(&file)?.ok_or("no database")?;
    for (sql, before) in SAME.iter().zip(&before) {
        assert_eq!(&rows(&file, sql)?, before, "{sql}");
    }
    assert_eq!(store.version()?, "0.1.0");
    assert!(!store.is_current()?);
    assert_eq!(store.pragma("user_version")?, schema::SCHEMA);
    let mut loose = store.db.prepare("PRAGMA foreign_key_check")?;
    assert!(!loose.exists([])?, "a row points to nothing");

    let story = store.story()?;
    assert_eq!(story.documents.len(), 3);
    let basis = story.documents[0].published.basis;
    assert_eq!(basis, PublicationBasis::Printed);
    // The verb of each event is found again in its sentence.
    for evidence in story.events.iter().flat_map(|e| &e.evidence) {
        let offset = usize::try_from(evidence.trigger.start - evidence.quote.start)?;
        let rest: String = evidence.quote.text.chars().skip(offset).collect();
        assert!(rest.starts_with(&evidence.trigger.text), "{rest}");
        let length = evidence.trigger.end - evidence.trigger.start;
        assert_eq!(evidence.trigger.text.chars().count(), length as usize);
    }
    // Names are found, and who met whom is told by the view and by the program.
    let kovacs = store.named("KOVACS")?;
    assert_eq!((kovacs.len(), kovacs[0].name.as_str()), (1, "Maria Kovacs"));
    let graph = crate::graph::TieGraph::new(&story);
    let who = story.actors.iter().position(|a| a.id == "maria-kovacs");
    let filter = Filter {
        statuses: vec![Status::Occurred, Status::Planned],
        ..Filter::default()
    };
    let told: Vec<(String, String)> = query::met(&graph, who.ok_or("nobody")?, None, &filter)
        .iter()
        .map(|m| {
            let other = &story.actors[m.others[0]];
            (story.events[m.event].id.clone(), other.id.clone())
        })
        .collect();
    assert_eq!(told.len(), 2);
    let view: Vec<(String, String)> = store
        .db
        .prepare("SELECT event, whom_id FROM met WHERE who_id = 'maria-kovacs'")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    assert_eq!(view, told);
    Ok(())
}

#[test]
fn nothing_of_schema_2_is_lost() -> Tested {
    let (_folder, file) = of_schema(2)?;
    // Every table that was there has the rows that it had.
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
    let tables: Vec<String> = rows(&file, tables)?
        .into_iter()
        .flatten()
        .filter_map(|value| match value {
            Value::Text(name) => Some(format!("SELECT * FROM {name}")),
            _ => None,
        })
        .collect();
    let contents = || -> rusqlite::Result<Vec<Vec<Vec<Value>>>> {
        tables.iter().map(|sql| rows(&file, sql)).collect()
    };
    let before = contents()?;
    assert!(before.iter().map(Vec::len).sum::<usize>() > 100);
    let store = Store::open(&file)?.ok_or("no database")?;
    assert_eq!(contents()?, before);
    assert_eq!(store.pragma("user_version")?, schema::SCHEMA);
    assert_eq!(store.story()?.documents.len(), 3);
    // Nothing is there or missing that a new database does not have or lack.
    let things = "SELECT name, sql FROM sqlite_master ORDER BY name";
    let new = file.with_file_name("new.db");
    Connection::open(&new)?.execute_batch(schema::CREATE)?;
    assert_eq!(rows(&file, things)?, rows(&new, things)?);
    Ok(())
}

#[test]
fn a_second_opening_changes_nothing() -> Tested {
    for schema in 1..schema::SCHEMA {
        let (folder, file) = of_schema(schema)?;
        drop(Store::open(&file)?);
        let once = fs::read(&file)?;
        let store = Store::open(&file)?.ok_or("no database")?;
        store.story()?;
        drop(store);
        assert_eq!(fs::read(&file)?, once);
        assert_eq!(fs::read_dir(folder.path())?.count(), 1);
        // Its articles are all to be read anew: their state is of another program.
        let build = Build::begin(&file)?;
        assert_eq!(build.store().known()?.keys.is_empty(), schema == 1);
        assert!(!build.store().is_current()?);
    }
    Ok(())
}

/// Not a test of its own: it dies in the middle of a migration, with half of
/// the change in the file, as the cache is too small to hold it.
#[test]
fn victim() -> Tested {
    let Some(file) = std::env::var_os(VICTIM) else {
        return Ok(());
    };
    let store = Store::connect(Path::new(&file), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    store.db.pragma_update(None, "cache_size", 1)?;
    let change =
        rusqlite::Transaction::new_unchecked(&store.db, rusqlite::TransactionBehavior::Immediate)?;
    rows_from_1(&change)?;
    std::process::abort()
}

#[test]
fn a_migration_that_dies_leaves_the_old_file_whole() -> Tested {
    let (folder, file) = old()?;
    let before: Vec<_> = SAME
        .iter()
        .map(|sql| rows(&file, sql))
        .collect::<Result<_, _>>()?;
    let bytes = fs::read(&file)?;
    let died = Command::new(std::env::current_exe()?)
        .args(["--exact", "store::migration_tests::victim"])
        .env(VICTIM, &file)
        .output()?;
    assert!(!died.status.success());
    assert_ne!(fs::read(&file)?, bytes, "it died before it wrote anything");
    // What the program of then would see: SQLite undoes the half.
    let raw = Connection::open(&file)?;
    let version: i64 = raw.pragma_query_value(None, "user_version", |row| row.get(0))?;
    assert_eq!(version, 1);
    let sound: String = raw.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    assert_eq!(sound, "ok");
    for (sql, before) in SAME.iter().zip(&before) {
        assert_eq!(&rows(&file, sql)?, before, "{sql}");
    }
    drop(raw);
    assert_eq!(fs::read(&file)?, bytes);
    assert_eq!(fs::read_dir(folder.path())?.count(), 1);
    // The next opening does it.
    let store = Store::open(&file)?.ok_or("no database")?;
    assert_eq!(store.pragma("user_version")?, schema::SCHEMA);
    Ok(())
}

#[test]
fn an_old_database_that_cannot_be_written_is_told() -> Tested {
    let (_folder, file) = old()?;
    let bytes = fs::read(&file)?;
    // Permissions do not hold for every user that runs tests; this does.
    let store = Store::connect(&file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    store.check()?;
    let error: Error = store.migrate().err().ok_or("was migrated")?;
    assert!(error.what.contains("older Tieline"), "{error}");
    assert!(error.what.contains("cannot be written"), "{error}");
    assert!(error.hint.contains("copy"), "{}", error.hint);
    assert_eq!(error.path, file);
    drop(store);
    assert_eq!(fs::read(&file)?, bytes);

    let mut permissions = fs::metadata(&file)?.permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&file, permissions)?;
    if fs::OpenOptions::new().append(true).open(&file).is_err() {
        let error = Store::open(&file).err().ok_or("was opened")?;
        assert!(error.what.contains("older Tieline"), "{error}");
    }
    Ok(())
}
