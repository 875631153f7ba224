//! `graphs/` is what Tieline makes of `seeds/`, byte for byte. With
//! `TIELINE_UPDATE=1` it is made anew instead.

use crate::support::{built_from_seeds, contents, is_update, root};
use std::fs;

#[test]
fn graphs_are_what_the_seeds_give() {
    const MAKE: &str = "make it with: tieline build seeds --out graphs";
    let committed = root().join("graphs");
    let fresh = contents(&built_from_seeds().join("graphs"));
    if is_update() {
        let _ = fs::remove_dir_all(&committed);
        fs::create_dir(&committed).unwrap();
        for (name, bytes) in fresh {
            fs::write(committed.join(name), bytes).unwrap();
        }
        return;
    }
    assert!(committed.is_dir(), "there is no graphs/; {MAKE}");
    let names = |files: &[(String, Vec<u8>)]| -> Vec<String> {
        files.iter().map(|(name, _)| name.clone()).collect()
    };
    assert_eq!(
        names(&contents(&committed)),
        names(&fresh),
        "graphs/ has other files; {MAKE}"
    );
    for (name, fresh) in fresh {
        let old = fs::read(committed.join(&name)).unwrap_or_default();
        if old != fresh {
            let (old, fresh) = (
                String::from_utf8_lossy(&old),
                String::from_utf8_lossy(&fresh),
            );
            let line = 1 + old
                .lines()
                .zip(fresh.lines())
                .take_while(|(a, b)| a == b)
                .count();
            panic!(
                "graphs/{name} is not current from line {line} on; {MAKE}\n- {}\n+ {}",
                old.lines().nth(line - 1).unwrap_or("(end)"),
                fresh.lines().nth(line - 1).unwrap_or("(end)")
            );
        }
    }
}
