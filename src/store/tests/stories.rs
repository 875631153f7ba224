//! A story comes back as it was written, whole or in part.

use super::*;
use std::collections::BTreeSet;

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
    let place = |a: &str, b: &str| {
        let letters = a.bytes().chain(b.bytes());
        letters.fold(0, |n: u32, c| n * 31 + u32::from(c) % 31)
    };
    // A story's events are in the order of their places.
    let mut pairs = pairs.to_vec();
    pairs.sort_by_key(|(a, b)| place(a, b));
    for (i, (a, b)) in pairs.iter().enumerate() {
        let mut event = model.clone();
        event.id = format!("e{a}{b}");
        event.title = format!("{a} meets {b}");
        event.apart = Vec::new();
        // Each at a place of its own in the text.
        event.evidence[0].trigger.start = place(a, b);
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
