//! Files of others, damaged files, and builds that die.

use super::*;
use std::collections::BTreeMap;
use std::process::Command;

/// Set for the process that dies inside a transaction.
const VICTIM: &str = "TIELINE_TEST_VICTIM";

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
        crate::resolve::give(&story("never"), telling)?;
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
        .args(["--exact", "store::tests::files::victim"])
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
        .args(["--exact", "store::tests::files::victim"])
        .env(VICTIM, &file)
        .output()?;
    write(&file, &[entry("a.txt", b"one")], &story("new"))?;
    let store = Store::open(&file)?.ok_or("no database")?;
    assert_eq!(store.story()?, story("new"));
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
                    .try_for_each(|row| store.reports(&[*row]).map(|_| ()))?;
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
    assert!(left.is_empty(), "{left:?}");
    let build = Build::begin(&file)?;
    build.put(&[entry("a.txt", b"one")])?;
    drop(build);
    let left: Vec<_> = fs::read_dir(folder.path())?.flatten().collect();
    assert_eq!(left.len(), 1, "{left:?}");
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
