//! Gives the library a fingerprint of everything that decides what is read out
//! of an article, so that a database knows when its reports are out of date
//! without anybody having to remember to raise a number.

// Cargo listens to a build script's standard output.
#![allow(clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What decides a report, and the shape that it is stored in.
const DECIDES: &[&str] = &[
    "src/ingest",
    "src/language",
    "src/time",
    "src/extract",
    "src/resolve",
    "src/ontology",
    "src/model.rs",
    "src/text.rs",
    "src/pipeline.rs",
    "src/store",
    "ontology",
    "models",
    "Cargo.lock",
];

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for name in DECIDES {
        let path = root.join(name);
        if path.exists() {
            println!("cargo:rerun-if-changed={name}");
            add(&path, &mut hash)?;
        }
    }
    println!("cargo:rustc-env=TIELINE_FINGERPRINT={hash:016x}");
    Ok(())
}

/// Adds a file or all files of a folder, in order of their names.
fn add(path: &Path, hash: &mut u64) -> io::Result<()> {
    if path.is_dir() {
        let mut inside = fs::read_dir(path)?
            .map(|entry| entry.map(|e| e.path()))
            .collect::<io::Result<Vec<_>>>()?;
        inside.sort();
        inside.iter().try_for_each(|p| add(p, hash))
    } else {
        for byte in fs::read(path)? {
            *hash = (*hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Ok(())
    }
}
