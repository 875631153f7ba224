//! The store keeps what it is given, and never touches what is not its own.

use super::*;
use crate::extract::{Quote, Trigger};
use crate::model::{ActorKind, DateBasis, PublicationBasis, Status};
use crate::resolve::Story;
use crate::resolve::{Actor, Document, Event, EventDate, Evidence, Participant, Published, Role};
use crate::resolve::{ActorMention, Tie};
use crate::time::Edtf;
use std::collections::{BTreeMap, BTreeSet};
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
            number: 0,
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
            origins: Vec::new(),
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

/// Makes the database at `file` hold these articles and this story.
fn write(file: &Path, entries: &[Entry], story: &Story) -> Result<(), Error> {
    let build = Build::begin(file)?;
    let rows = build.put(entries)?;
    let rows = if rows.is_empty() { vec![1] } else { rows };
    build.finish_with(&rows, story)?;
    let mut loose = build
        .store()
        .db
        .prepare("PRAGMA foreign_key_check")
        .map_err(build.store().told())?;
    assert!(
        !loose.exists([]).map_err(build.store().told())?,
        "a row points to nothing"
    );
    Ok(())
}

fn entry(path: &str, bytes: &[u8]) -> Entry {
    Entry {
        key: Key::new(path, bytes, &Metadata::default(), 0),
        file: path.to_owned(),
        sentences: vec![quote("Ana met Bo.")],
        notes: vec![("odd".to_owned(), None)],
        report: Report {
            id: path.to_owned(),
            path: path.to_owned(),
            title: None,
            source: None,
            url: None,
            given: None,
            origins: Vec::new(),
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
    write(&file, &entries, &story("first"))?;
    let store = Store::open(&file)?.ok_or("no database")?;
    assert_eq!(store.story()?, story("first"));
    let known = store.known()?;
    let keys: Vec<&Key> = known.keys.keys().collect();
    assert_eq!(keys, [&entries[0].key, &entries[1].key]);
    let rows: BTreeSet<i64> = known.keys.values().copied().collect();
    assert_eq!(store.notes(&rows)?.len(), 2);
    assert_eq!(store.in_order(&rows)?.len(), 2);
    let row: (String, String, String, String) = store.db.query_row(
        "SELECT earliest, latest, participants, quote FROM timeline",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    assert_eq!(row.2, "Ana; Bo");
    assert_eq!(row.3, "Ana met Bo.");

    // A second write replaces everything.
    drop(store);
    write(&file, &entries[1..], &story("second"))?;
    let store = Store::open(&file)?.ok_or("no database")?;
    assert_eq!(store.story()?, story("second"));
    assert_eq!(store.known()?.keys.len(), 1);
    Ok(())
}

#[test]
fn two_writes_of_the_same_give_the_same_bytes() -> Tested {
    let folder = tempfile::tempdir()?;
    let (a, b) = (folder.path().join("a.db"), folder.path().join("b.db"));
    let entries = [entry("a.txt", b"one")];
    write(&a, &entries, &story("first"))?;
    write(&b, &entries, &story("first"))?;
    assert_eq!(fs::read(&a)?, fs::read(&b)?);
    // Reading changes no byte.
    let before = fs::read(&a)?;
    let store = Store::open(&a)?.ok_or("no database")?;
    store.known()?;
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
    let build = Build::begin(Path::new(&file))?;
    let rows = build.put(&entries)?;
    build.finish(&rows, Some(&BTreeMap::new()), &[], &|| false, |telling| {
        telling.story(&story("never"))?;
        std::process::abort()
    })?;
    Ok(())
}

#[test]
fn a_build_that_dies_leaves_the_old_database() -> Tested {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("t.db");
    let entries = [entry("a.txt", b"one")];
    write(&file, &entries, &story("old"))?;
    let died = Command::new(std::env::current_exe()?)
        .args(["--exact", "store::tests::victim"])
        .env(VICTIM, &file)
        .output()?;
    assert!(!died.status.success());
    let store = Store::open(&file)?.ok_or("no database")?;
    assert_eq!(store.story()?, story("old"));
    // What it had read is kept for the next build.
    assert_eq!(store.known()?.keys.len(), 2001);
    assert_eq!(store.waiting()?, 2000);
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
    write(&file, &[entry("a.txt", b"one")], &story("new"))?;
    let store = Store::open(&file)?.ok_or("no database")?;
    assert_eq!(store.story()?, story("new"));
    Ok(())
}

/// The header is written before the tables are: a build that ended in between
/// has left a database of nobody's.
#[test]
fn a_database_with_nothing_in_it_is_as_good_as_none() -> Tested {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("t.db");
    let blank = Connection::open(&file)?;
    blank.pragma_update(None, "journal_mode", "WAL")?;
    drop(blank);
    assert!(fs::metadata(&file)?.len() > 0);
    assert!(Store::open(&file)?.is_none());
    drop(Build::begin(&file)?);
    assert!(Store::open(&file)?.is_some());
    Ok(())
}

/// The file must be refused for reading and writing, with these words, and
/// stay as it is.
fn refused(file: &Path, words: &str) -> Tested {
    let before = fs::read(file)?;
    let reading = Store::open(file).err().ok_or("was opened")?;
    let writing = write(file, &[], &story("new")).err().ok_or("was written")?;
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
    write(&file, &[entry("a.txt", b"one")], &story("old"))?;
    let raw = Connection::open(&file)?;
    raw.execute(
        "UPDATE meta SET value = 'other' WHERE key = 'fingerprint'",
        [],
    )?;
    // Its story can be read, as it is all in the tables.
    let store = Store::open(&file)?.ok_or("no database")?;
    assert!(!store.is_current()?);
    assert_eq!(store.story()?, story("old"));
    drop(store);
    // A build reads everything anew and makes it current.
    write(&file, &[entry("a.txt", b"one")], &story("new"))?;
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
    write(&file, &entries, &story("old"))?;
    let whole = fs::read(&file)?;
    for cut in [100, 1000, 4096, whole.len() / 2] {
        fs::write(&file, &whole[..cut])?;
        let told = Store::open(&file).and_then(|store| match store {
            Some(store) => {
                let rows: Vec<i64> = store.known()?.keys.into_values().collect();
                rows.iter()
                    .try_for_each(|row| store.report_bytes(*row).map(|_| ()))?;
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
    let error = write(&nowhere, &[], &story("new"))
        .err()
        .ok_or("was written")?;
    assert!(error.hint.contains("folder exists"), "{error:?}");
    Ok(())
}

#[test]
fn the_next_build_goes_on_where_one_died() -> Tested {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("t.db");
    let build = Build::begin(&file)?;
    let first = build.put(&[entry("a.txt", b"one")])?;
    drop(build);
    let build = Build::begin(&file)?;
    let known = build.store().known()?;
    assert_eq!(known.keys.into_values().collect::<Vec<_>>(), first);
    build.finish_with(&first, &story("new"))?;
    assert_eq!(build.store().waiting()?, 0);
    Ok(())
}

#[test]
fn one_build_at_a_time_and_nothing_is_left_lying_about() -> Tested {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("t.db");
    let build = Build::begin(&file)?;
    let second = Build::begin(&file).err().ok_or("two builds")?;
    assert!(second.what.contains("another build"), "{}", second.what);
    drop(build);
    drop(Build::begin(&file)?);
    let left: Vec<_> = fs::read_dir(folder.path())?.flatten().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    Ok(())
}

/// A story of several meetings, by the names of those who met.
fn meetings(pairs: &[(&str, &str)]) -> Story {
    let mut told = story("");
    let model = told.events.remove(0);
    let mut names: Vec<&str> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
    names.sort_unstable();
    names.dedup();
    let at = |name: &str| names.iter().position(|n| *n == name).unwrap_or_default();
    told.actors = names.iter().map(|n| actor(n)).collect();
    told.ties.clear();
    for (i, (a, b)) in pairs.iter().enumerate() {
        let mut event = model.clone();
        event.id = format!("e{a}{b}");
        event.title = format!("{a} meets {b}");
        event.apart = Vec::new();
        // Each at a place of its own in the text.
        event.evidence[0].trigger.start = format!("{a}{b}")
            .bytes()
            .fold(0, |n: u32, c| n * 31 + u32::from(c) % 31);
        event.participants[0].actor = at(a);
        event.participants[1].actor = at(b);
        told.events.push(event);
        told.ties.push(Tie {
            source: at(a),
            target: at(b),
            kind: "meet".to_owned(),
            event: Some(i),
            role: None,
        });
    }
    told
}

#[test]
fn a_story_written_over_another_is_as_if_written_anew() -> Tested {
    let folder = tempfile::tempdir()?;
    let (file, anew) = (folder.path().join("t.db"), folder.path().join("n.db"));
    let entries = [entry("a.txt", b"one")];
    let first = meetings(&[("Ana", "Bo"), ("Cem", "Dua"), ("Ana", "Eva")]);
    let second = meetings(&[("Ana", "Bo"), ("Ana", "Abe"), ("Bo", "Eva")]);
    write(&file, &entries, &first)?;
    let store = Store::open(&file)?.ok_or("no database")?;
    assert_eq!(store.story()?, first);
    assert!(store.changes()?.is_empty(), "all is new to a first build");
    drop(store);
    write(&file, &entries, &second)?;
    write(&anew, &entries, &second)?;
    let store = Store::open(&file)?.ok_or("no database")?;
    assert_eq!(store.story()?, second);
    assert_eq!(Store::open(&anew)?.ok_or("no database")?.story()?, second);
    let told: Vec<String> = store
        .changes()?
        .iter()
        .map(|c| format!("{}: {}", c.kind.as_str(), c.title))
        .collect();
    let expected = [
        "event new: Ana meets Abe",
        "event new: Bo meets Eva",
        "event gone: Cem meets Dua",
        "event gone: Ana meets Eva",
        "actor new: Abe",
        "actor gone: Cem",
        "actor gone: Dua",
    ];
    let mut sorted = told.clone();
    sorted.sort();
    let mut wanted: Vec<String> = expected.iter().map(|s| (*s).to_owned()).collect();
    wanted.sort();
    assert_eq!(sorted, wanted);
    for table in ["participants", "evidence", "aliases", "mentions", "ties"] {
        let count = |file: &Path| -> rusqlite::Result<i64> {
            let sql = format!("SELECT count(*) FROM {table}");
            Connection::open(file)?.query_row(&sql, [], |row| row.get(0))
        };
        assert_eq!(count(&file)?, count(&anew)?, "{table}");
    }
    Ok(())
}

#[test]
fn a_part_is_what_the_whole_says() -> Tested {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("t.db");
    let whole = meetings(&[("Ana", "Bo"), ("Cem", "Dua"), ("Ana", "Eva")]);
    write(&file, &[entry("a.txt", b"one")], &whole)?;
    let store = Store::open(&file)?.ok_or("no database")?;
    let named = store.named("ANA")?;
    assert_eq!(named.len(), 1);
    assert_eq!((named[0].name.as_str(), named[0].events), ("Ana", 2));
    let part = store.part(&Wanted {
        actors: vec![named[0].row],
        mentions: true,
        ..Wanted::default()
    })?;
    let names: Vec<&str> = part.actors.iter().map(|a| a.name.as_str()).collect();
    assert_eq!(names, ["Ana", "Bo", "Eva"]);
    assert_eq!(part.events.len(), 2);
    assert_eq!(part.ties.len(), 2);
    assert_eq!(part.actors[0], whole.actors[0]);
    assert_eq!(part.events[1].participants[1].actor, 2);
    let hits = store.search("ana MET", 5)?.ok_or("no query")?;
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0].events.len(), 3);
    assert!(store.search("nobody", 5)?.ok_or("no query")?.is_empty());
    let met: i64 = store
        .db
        .query_row("SELECT count(*) FROM met WHERE who = 'Ana'", [], |row| {
            row.get(0)
        })?;
    assert_eq!(met, 2);
    Ok(())
}
