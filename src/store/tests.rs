//! The store keeps what it is given, and never touches what is not its own.

use super::*;
use crate::extract::{Quote, Trigger};
use crate::model::{ActorKind, DateBasis, PublicationBasis, Status};
use crate::resolve::{Actor, Document, Event, EventDate, Evidence, Participant, Published, Role};
use crate::resolve::{ActorMention, Tie};
use crate::time::Edtf;
use std::process::Command;

type Tested = Result<(), Box<dyn std::error::Error>>;

/// Set for the process that dies inside a transaction.
const VICTIM: &str = "TIELINE_TEST_VICTIM";

fn quote(text: &str) -> Quote {
    Quote {
        start: 0,
        end: text.len() as u32,
        text: text.to_owned(),
    }
}

fn actor(name: &str) -> Actor {
    Actor {
        id: crate::text::slug(name),
        name: name.to_owned(),
        kind: ActorKind::Person,
        aliases: vec![format!("Dr {name}")],
        roles: vec![Role {
            title: "minister".to_owned(),
            of: None,
            documents: vec![0],
            quote: quote("She is minister."),
        }],
        country: None,
        mentions: vec![ActorMention {
            document: 0,
            start: 0,
            end: 3,
            text: name.to_owned(),
        }],
        merges: Vec::new(),
    }
}

/// A story of one meeting.
fn story(title: &str) -> Story {
    let event = Event {
        id: "e0001".to_owned(),
        kind: "meet".to_owned(),
        title: title.to_owned(),
        status: Status::Occurred,
        date: Some(EventDate {
            edtf: Edtf::parse("2017-06").unwrap(),
            basis: DateBasis::Stated,
            words: Some("in June 2017".to_owned()),
            inferred: false,
        }),
        place: None,
        apart: vec![(0, 1)],
        participants: (0..2)
            .map(|actor| Participant {
                actor,
                role: "participant".to_owned(),
            })
            .collect(),
        evidence: vec![Evidence {
            document: 0,
            quote: quote("Ana met Bo."),
            trigger: Trigger {
                start: 4,
                end: 7,
                text: "met".to_owned(),
                lemma: "meet".to_owned(),
            },
            attributed_to: None,
        }],
        sources: 1,
        confidence: 0.5,
        disagreements: Vec::new(),
    };
    Story {
        documents: vec![Document {
            id: "d".to_owned(),
            path: "a.txt".to_owned(),
            title: None,
            source: None,
            url: None,
            published: Published {
                edtf: None,
                basis: PublicationBasis::None,
                why: "nothing tells".to_owned(),
            },
        }],
        actors: vec![actor("Ana"), actor("Bo")],
        events: vec![event],
        ties: vec![Tie {
            source: 0,
            target: 1,
            kind: "meet".to_owned(),
            event: Some(0),
            role: None,
        }],
        types: Vec::new(),
        curated: crate::resolve::Curated::default(),
    }
}

fn entry(path: &str, bytes: &[u8]) -> Entry {
    Entry {
        key: Key::new(path, bytes, &Metadata::default(), 0),
        notes: vec![("odd".to_owned(), None)],
        report: Report {
            id: path.to_owned(),
            path: path.to_owned(),
            title: None,
            source: None,
            url: None,
            given: None,
            clues: Vec::new(),
            actors: Vec::new(),
            events: Vec::new(),
            series: Vec::new(),
            tokens: bytes.len() as u32,
        },
    }
}

#[test]
fn what_is_written_can_be_read() -> Tested {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("t.db");
    assert!(Store::open(&file)?.is_none());
    let entries = [entry("a.txt", b"one"), entry("b.txt", b"two")];
    Store::write(&file, &entries, &story("first"))?;
    let store = Store::open(&file)?.ok_or("no database")?;
    assert_eq!(store.story()?, story("first"));
    let keys: Vec<Key> = store.keys()?.into_iter().collect();
    assert_eq!(keys, [entries[0].key.clone(), entries[1].key.clone()]);
    assert_eq!(store.entry(&keys[1])?, entries[1]);
    let row: (String, String, String, String) = store.db.query_row(
        "SELECT earliest, latest, participants, quote FROM timeline",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    assert_eq!(row.2, "Ana; Bo");
    assert_eq!(row.3, "Ana met Bo.");

    // A second write replaces everything.
    drop(store);
    Store::write(&file, &entries[1..], &story("second"))?;
    let store = Store::open(&file)?.ok_or("no database")?;
    assert_eq!(store.story()?, story("second"));
    assert_eq!(store.keys()?.len(), 1);
    Ok(())
}

#[test]
fn two_writes_of_the_same_give_the_same_bytes() -> Tested {
    let folder = tempfile::tempdir()?;
    let (a, b) = (folder.path().join("a.db"), folder.path().join("b.db"));
    let entries = [entry("a.txt", b"one")];
    Store::write(&a, &entries, &story("first"))?;
    Store::write(&b, &entries, &story("first"))?;
    assert_eq!(fs::read(&a)?, fs::read(&b)?);
    // Reading changes no byte.
    let before = fs::read(&a)?;
    let store = Store::open(&a)?.ok_or("no database")?;
    store.keys()?;
    store.story()?;
    drop(store);
    assert_eq!(fs::read(&a)?, before);
    assert_eq!(fs::read_dir(folder.path())?.count(), 2);
    Ok(())
}

#[test]
fn the_key_knows_bytes_and_metadata() {
    let dated = Metadata {
        published: Some(crate::ingest::GivenDate {
            edtf: "2017".to_owned(),
            from: "--date".to_owned(),
        }),
        ..Metadata::default()
    };
    let plain = Key::new("a.txt", b"one", &Metadata::default(), 0);
    assert_eq!(plain, Key::new("a.txt", b"one", &Metadata::default(), 0));
    assert_ne!(plain, Key::new("a.txt", b"two", &Metadata::default(), 0));
    assert_ne!(plain, Key::new("a.txt", b"one", &dated, 0));
    assert_ne!(plain, Key::new("a.txt", b"one", &Metadata::default(), 7));
}

/// Not a test of its own: it dies inside the transaction that the next test
/// looks at. The cache is made so small that half of the new content is in the
/// file by then.
#[test]
fn victim() -> Tested {
    let Some(file) = std::env::var_os(VICTIM) else {
        return Ok(());
    };
    let entries: Vec<Entry> = (0..2000)
        .map(|i| entry(&format!("{i}.txt"), b"new"))
        .collect();
    let die = |db: &Connection| {
        db.cache_flush().ok();
        std::process::abort();
    };
    Store::write_with(Path::new(&file), &entries, &story("never"), die)?;
    Ok(())
}

#[test]
fn a_build_that_dies_leaves_the_old_database() -> Tested {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("t.db");
    let entries = [entry("a.txt", b"one")];
    Store::write(&file, &entries, &story("old"))?;
    let before = fs::read(&file)?;
    let died = Command::new(std::env::current_exe()?)
        .args(["--exact", "store::tests::victim"])
        .env(VICTIM, &file)
        .output()?;
    assert!(!died.status.success());
    assert_ne!(
        fs::read(&file)?,
        before,
        "the victim had not begun to write"
    );
    let store = Store::open(&file)?.ok_or("no database")?;
    assert_eq!(store.story()?, story("old"));
    assert_eq!(store.keys()?.len(), 1);
    Ok(())
}

#[test]
fn a_first_build_that_dies_leaves_nothing_in_the_way() -> Tested {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("t.db");
    Command::new(std::env::current_exe()?)
        .args(["--exact", "store::tests::victim"])
        .env(VICTIM, &file)
        .output()?;
    Store::write(&file, &[entry("a.txt", b"one")], &story("new"))?;
    let store = Store::open(&file)?.ok_or("no database")?;
    assert_eq!(store.story()?, story("new"));
    Ok(())
}

/// The file must be refused for reading and writing, with these words, and
/// stay as it is.
fn refused(file: &Path, words: &str) -> Tested {
    let before = fs::read(file)?;
    let reading = Store::open(file).err().ok_or("was opened")?;
    let writing = Store::write(file, &[], &story("new"))
        .err()
        .ok_or("was written")?;
    for error in [reading, writing] {
        assert!(error.what.contains(words), "{}", error.what);
        assert!(!error.hint.is_empty());
        assert_eq!(error.path, file);
    }
    assert_eq!(fs::read(file)?, before);
    Ok(())
}

#[test]
fn files_of_others_are_left_alone() -> Tested {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("t.db");

    fs::write(&file, "Dear diary, this is no database at all.".repeat(100))?;
    refused(&file, "no SQLite database")?;
    fs::write(&file, "short")?;
    refused(&file, "no SQLite database")?;

    fs::remove_file(&file)?;
    Connection::open(&file)?
        .execute_batch("CREATE TABLE meta (key, value); CREATE TABLE story (a)")?;
    refused(&file, "another program")?;
    Ok(())
}

#[test]
fn other_versions_are_told_apart() -> Tested {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("t.db");
    Store::write(&file, &[entry("a.txt", b"one")], &story("old"))?;
    let raw = Connection::open(&file)?;
    raw.execute(
        "UPDATE meta SET value = 'other' WHERE key = 'fingerprint'",
        [],
    )?;
    let store = Store::open(&file)?.ok_or("no database")?;
    assert!(store.keys()?.is_empty());
    assert!(
        store
            .story()
            .is_err_and(|e| e.what.contains("another version"))
    );
    drop(store);
    // A build reads everything anew and makes it current.
    Store::write(&file, &[entry("a.txt", b"one")], &story("new"))?;
    assert_eq!(
        Store::open(&file)?.ok_or("no database")?.story()?,
        story("new")
    );

    raw.pragma_update(None, "user_version", schema::SCHEMA + 1)?;
    drop(raw);
    refused(&file, "newer Tieline")?;
    Ok(())
}

#[test]
fn a_damaged_database_is_an_error_and_no_panic() -> Tested {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("t.db");
    let entries: Vec<Entry> = (0..500).map(|i| entry(&format!("{i}.txt"), b"x")).collect();
    Store::write(&file, &entries, &story("old"))?;
    let whole = fs::read(&file)?;
    for cut in [100, 1000, 4096, whole.len() / 2] {
        fs::write(&file, &whole[..cut])?;
        let told = Store::open(&file).and_then(|store| match store {
            Some(store) => {
                let keys = store.keys()?;
                keys.iter()
                    .try_for_each(|key| store.entry(key).map(|_| ()))?;
                store.story().map(|_| ())
            }
            None => Ok(()),
        });
        assert!(told.is_err(), "cut at {cut}");
    }
    Ok(())
}

#[test]
fn a_folder_or_a_place_that_is_none_is_told() -> Tested {
    let folder = tempfile::tempdir()?;
    assert!(Store::open(folder.path()).is_err_and(|e| e.what.contains("folder")));
    let nowhere = folder.path().join("no/t.db");
    let error = Store::write(&nowhere, &[], &story("new"))
        .err()
        .ok_or("was written")?;
    assert!(error.hint.contains("folder exists"), "{error:?}");
    Ok(())
}
