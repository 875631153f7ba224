//! One program at a time: a file that is locked while a build, or a change of
//! corrections, runs. The system lets go of it when that ends, however it ends.

use super::Error;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

/// How long to wait for another build that is about to end.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often to look.
const LOOK: Duration = Duration::from_millis(50);

/// A file that is locked as long as this lives, and then taken away.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
    path: PathBuf,
}

/// Why a file could not be locked.
#[derive(Debug)]
pub(crate) enum Refused {
    /// Another program holds it.
    Busy,
    /// It could not be made.
    Unwritable(io::Error),
}

impl Lock {
    /// Takes the lock of the database at `db`.
    ///
    /// # Errors
    /// When another build holds it for longer than [`PATIENCE`], or the file
    /// cannot be made.
    pub(super) fn take(db: &Path) -> Result<Lock, Error> {
        let mut name = db.file_name().unwrap_or_default().to_owned();
        name.push(".lock");
        Lock::of(db.with_file_name(name), PATIENCE).map_err(|refused| match refused {
            Refused::Unwritable(error) => Error::unwritable(db, &error),
            Refused::Busy => Error::new(
                db,
                "another build is writing to the database",
                "wait until it has finished, or name another file with --db",
            ),
        })
    }

    /// Makes and locks a file, waiting so long for another program that holds it.
    ///
    /// # Errors
    /// See [`Refused`].
    pub(crate) fn of(path: PathBuf, patience: Duration) -> Result<Lock, Refused> {
        let mut waited = Duration::ZERO;
        loop {
            let file = OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)
                .map_err(Refused::Unwritable)?;
            match file.try_lock() {
                // The one before took the file away when it ended: what is
                // locked must be what stands there.
                Ok(()) if is_there(&file, &path) => return Ok(Lock { file, path }),
                Ok(()) => {}
                // Where files cannot be locked, what is written is still whole:
                // SQLite keeps writers apart, other files are replaced at once.
                Err(TryLockError::Error(_)) => return Ok(Lock { file, path }),
                Err(TryLockError::WouldBlock) if waited >= patience => return Err(Refused::Busy),
                Err(TryLockError::WouldBlock) => {
                    sleep(LOOK);
                    waited += LOOK;
                }
            }
        }
    }
}

/// Whether the open file is the one at this path.
#[cfg(unix)]
fn is_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |m: std::fs::Metadata| (m.dev(), m.ino());
    let here = file.metadata().map(id).ok();
    here.is_some() && here == std::fs::metadata(path).map(id).ok()
}

/// Elsewhere an open file cannot be taken away.
#[cfg(not(unix))]
fn is_there(_: &File, _: &Path) -> bool {
    true
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While it is still locked, so that nobody else's is taken away.
        let _ = std::fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}
