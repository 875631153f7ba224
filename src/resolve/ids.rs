//! Ids of actors, which are made of their names. Pure.

use super::words::Map;
use crate::model::ActorKind;
use crate::text::{slug, stable_hash};
use rayon::prelude::*;

/// What the id of an actor of this name begins with, or is.
pub(super) fn slug_of(name: &str, kind: ActorKind) -> String {
    let slug = slug(name);
    if slug.is_empty() {
        return kind.as_str().to_owned();
    }
    slug
}

/// The ids that were given.
pub(super) struct Ids {
    /// Hashes of the slugs that more than one actor has, sorted.
    shared: Vec<u64>,
    /// How often each id was wanted, of those that two might want.
    wanted: Map<String, usize>,
    /// All ids are among these, as some actors were not foreseen.
    all: bool,
}

impl Ids {
    /// Nothing is given yet; these are the slugs that will be asked for.
    pub(super) fn of<'s>(slugs: impl ParallelIterator<Item = &'s str>) -> Ids {
        let mut hashes: Vec<u64> = slugs.map(|s| stable_hash(s.as_bytes())).collect();
        hashes.par_sort_unstable();
        let same = hashes.chunk_by(|a, b| a == b).filter(|same| same.len() > 1);
        Ids {
            shared: same.filter_map(|same| same.first().copied()).collect(),
            wanted: Map::default(),
            all: false,
        }
    }

    /// Slugs that were not foreseen will be asked for; these ids are given.
    pub(super) fn remember<'i>(&mut self, ids: impl Iterator<Item = &'i str>) {
        for id in ids {
            self.wanted.entry(id.to_owned()).or_insert(1);
        }
        self.all = true;
    }

    /// An id that nobody has: the slug, or the slug with a number.
    pub(super) fn unique(&mut self, slug: String) -> String {
        // A number may make an id that is another actor's own slug ("area-2").
        let is_numbered = || slug.ends_with(|c: char| c.is_ascii_digit());
        let hash = stable_hash(slug.as_bytes());
        let is_shared = || self.shared.binary_search(&hash).is_ok();
        if !(self.all || is_numbered() || is_shared()) {
            return slug;
        }
        let mut id = slug.clone();
        while self.wanted.contains_key(&id) {
            let last = self.wanted.entry(slug.clone()).or_insert(1);
            *last += 1;
            id = format!("{slug}-{last}");
        }
        self.wanted.insert(id.clone(), 1);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn check(slugs: &[&str], later: &[&str], expected: &[&str]) {
        let mut ids = Ids::of(slugs.par_iter().copied());
        let mut given: Vec<String> = Vec::new();
        given.extend(slugs.iter().map(|s| ids.unique((*s).to_owned())));
        ids.remember(given.iter().map(String::as_str));
        given.extend(later.iter().map(|s| ids.unique((*s).to_owned())));
        assert_eq!(given, expected, "{slugs:?} {later:?}");
    }

    #[test]
    fn names_of_several_are_numbered() {
        check(&["a", "b"], &[], &["a", "b"]);
        check(&["a", "b", "a", "a"], &[], &["a", "b", "a-2", "a-3"]);
        // A number that is a name.
        check(
            &["area-2", "area", "area"],
            &[],
            &["area-2", "area", "area-3"],
        );
        check(
            &["area", "area", "area-2"],
            &[],
            &["area", "area-2", "area-2-2"],
        );
        check(
            &["a", "b"],
            &["b", "c", "b", "a"],
            &["a", "b", "b-2", "c", "b-3", "a-2"],
        );
        assert_eq!(slug_of("!?", ActorKind::Person), "person");
    }

    proptest! {
        #[test]
        fn no_id_is_given_twice(slugs in prop::collection::vec("[ab](-[123]){0,2}", 0..20),
                                later in prop::collection::vec("[ab](-[123]){0,2}", 0..5)) {
            let mut ids = Ids::of(slugs.par_iter().map(String::as_str));
            let mut given: Vec<String> = slugs.iter().map(|s| ids.unique(s.clone())).collect();
            ids.remember(given.iter().map(String::as_str));
            given.extend(later.into_iter().map(|s| ids.unique(s)));
            prop_assert_eq!(given.iter().collect::<BTreeSet<_>>().len(), given.len());
        }
    }
}
