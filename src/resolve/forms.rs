//! What every name of a corpus says, read once. Pure.

use super::bodies::known;
use super::names::{BodyName, PersonName, fold};
use super::words::{Map, NONE, Words};
use rayon::prelude::*;

/// The name is that of a person.
pub(super) const PERSON: u8 = 1;
/// It is that of a body, an event, a product.
pub(super) const BODY: u8 = 2;
/// It is the fullest form of some actor's name.
pub(super) const MAIN: u8 = 4;

/// A person's name, as far as blocks and contexts ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Person {
    /// Number among the keys.
    pub surname: u32,
    /// See [`PersonName::weight`]; 0 for a bare surname.
    pub weight: u32,
}

/// A [`BodyName`] in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Body {
    /// Number among the keys.
    pub key: u32,
    /// Number among the names; [`NONE`] where the name gives none.
    pub country: u32,
    pub government: bool,
    pub generic: bool,
    pub acronym: bool,
    /// Numbers among the keys, of those with more than two letters; [`NONE`]
    /// where there is none.
    pub initials: [u32; 2],
}

impl Body {
    /// The keys by which it is looked up: its own, and its initials.
    pub(super) fn keys(&self) -> impl Iterator<Item = u32> {
        let initials = self.initials.into_iter().filter(|i| *i != NONE);
        [self.key].into_iter().chain(initials)
    }
}

/// What the names say, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Forms {
    keys: Words,
    people: Vec<Person>,
    folded: Vec<u32>,
    bodies: Vec<Body>,
    /// Which body a name gives, and which one it is a short form of.
    body_of: Vec<[u32; 2]>,
}

/// What one name says.
#[derive(Default)]
struct Read {
    person: Option<(String, usize)>,
    body: [Option<BodyName>; 2],
    folded: Option<String>,
}

/// So many names are read at a time.
const BATCH: usize = 16_384;

impl Forms {
    /// Reads all names. `uses` says of each as what it is used.
    pub(super) fn read(uses: &[u8], names: &mut Words) -> Forms {
        let mut forms = Forms::default();
        let mut known: Map<Body, u32> = Map::default();
        let mut start = 0;
        for batch in uses.chunks(BATCH) {
            let of_names = &*names;
            let read: Vec<Read> = batch
                .par_iter()
                .enumerate()
                .map(|(i, uses)| {
                    let name = u32::try_from(start + i).unwrap_or(NONE);
                    Read::of(of_names.get(name), *uses)
                })
                .collect();
            for one in read {
                forms.learn(one, names, &mut known);
            }
            start += batch.len();
        }
        forms
    }

    fn learn(&mut self, read: Read, names: &mut Words, known: &mut Map<Body, u32>) {
        self.people.push(match read.person {
            Some((surname, weight)) => Person {
                surname: self.keys.add(&surname),
                weight: u32::try_from(weight).unwrap_or(u32::MAX),
            },
            None => Person {
                surname: NONE,
                weight: 0,
            },
        });
        let folded = read.folded.map_or(NONE, |f| self.keys.add(&f));
        self.folded.push(folded);
        let body_of = read.body.map(|body| {
            let Some(body) = body else { return NONE };
            // Two letters prove nothing: too many names have them.
            let long = |i: &&String| i.chars().count() > 2;
            let initials = body.initials.iter().filter(long);
            let mut initials = initials.map(|i| self.keys.add(i));
            let initials = [(); 2].map(|()| initials.next().unwrap_or(NONE));
            let body = Body {
                key: self.keys.add(&body.key),
                country: body.country.map_or(NONE, |c| names.add(c)),
                government: body.government,
                generic: body.generic,
                acronym: body.acronym,
                initials,
            };
            *known.entry(body).or_insert_with(|| {
                self.bodies.push(body);
                u32::try_from(self.bodies.len() - 1).unwrap_or(NONE)
            })
        });
        self.body_of.push(body_of);
    }

    /// What the name says of a person; `None` where it has no letters.
    pub(super) fn person(&self, name: u32) -> Option<Person> {
        let person = self.people.get(name as usize).copied();
        person.filter(|p| p.surname != NONE)
    }

    /// The number of the body that a name gives.
    pub(super) fn body_number(&self, name: u32) -> Option<u32> {
        let [own, _] = *self.body_of.get(name as usize)?;
        (own != NONE).then_some(own)
    }

    /// The body that a name gives; `None` where it has no letters.
    pub(super) fn body(&self, name: u32) -> Option<Body> {
        self.numbered(self.body_number(name)?)
    }

    /// The number of the well-known body that a name is a short form of.
    pub(super) fn known(&self, name: u32) -> Option<u32> {
        let [_, known] = *self.body_of.get(name as usize)?;
        (known != NONE).then_some(known)
    }

    /// The body of a number.
    pub(super) fn numbered(&self, body: u32) -> Option<Body> {
        self.bodies.get(body as usize).copied()
    }

    /// The number, among the keys, of a main name as [`fold`] writes it.
    pub(super) fn folded(&self, name: u32) -> u32 {
        self.folded.get(name as usize).copied().unwrap_or(NONE)
    }

    /// How many keys there are.
    pub(super) fn keys(&self) -> usize {
        self.keys.len()
    }

    /// The key of a number.
    pub(super) fn key(&self, key: u32) -> &str {
        self.keys.get(key)
    }
}

impl Read {
    fn of(name: &str, uses: u8) -> Read {
        let mut read = Read::default();
        if uses & PERSON != 0 {
            read.person = PersonName::parse(name).map(|n| (n.surname.clone(), n.weight()));
        }
        if uses & BODY != 0 {
            read.body = [BodyName::parse(name), None];
            if read.body[0].is_some() {
                read.body[1] = known(name);
            }
        }
        if uses & MAIN != 0 {
            read.folded = Some(fold(name));
        }
        read
    }
}
