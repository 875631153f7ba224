//! Places that are no country: continents and regions, waters, parts of federal
//! states, cities. Reads `ontology/places.toml`.

use super::{Entry, Form, Index, List};
use std::sync::LazyLock;

/// What sort of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceSort {
    /// A continent, or land that is more or less than one country.
    Region,
    /// A sea, strait, lake or river.
    Water,
    /// A part of a federal state: "Ohio".
    State,
    /// A city, town or part of one.
    City,
}

/// A place.
#[derive(Debug)]
pub struct Place {
    /// Its usual name.
    pub name: &'static str,
    /// All forms of its name, `name` first.
    pub names: Vec<&'static str>,
    /// What sort it is.
    pub sort: PlaceSort,
    /// Code of the country that it lies in, for states and cities; see
    /// [`by_code`](super::countries::by_code).
    pub country: Option<&'static str>,
}

static LIST: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../ontology/places.toml")));

static TABLE: LazyLock<Table> = LazyLock::new(Table::read);

#[derive(Default)]
struct Table {
    places: Vec<Place>,
    names: Index,
}

impl Table {
    fn read() -> Table {
        let mut table = Table::default();
        for entry in LIST.entries("cities") {
            let country = Some(entry.field(0));
            for city in entry.field(1).split(';') {
                let forms = city.split('=').filter_map(Form::parse);
                table.add(forms.collect(), PlaceSort::City, country);
            }
        }
        for entry in LIST.entries("states") {
            let forms = entry.forms(1).collect();
            table.add(forms, PlaceSort::State, Some(entry.field(0)));
        }
        let bare = |entry: Entry| entry.forms(0).collect();
        for entry in LIST.entries("regions") {
            table.add(bare(entry), PlaceSort::Region, None);
        }
        for entry in LIST.entries("waters") {
            table.add(bare(entry), PlaceSort::Water, None);
        }
        table
    }

    fn add(&mut self, forms: Vec<Form>, sort: PlaceSort, country: Option<&'static str>) {
        let Some(first) = forms.first() else {
            return;
        };
        let at = self.places.len();
        forms.iter().for_each(|form| self.names.add(*form, at));
        self.places.push(Place {
            name: first.text,
            names: forms.iter().map(|form| form.text).collect(),
            sort,
            country,
        });
    }
}

/// The place that a name as written means: "Mosul", "the Balkans", "Conn.".
/// Where several share a name, the one listed first, marked ambiguous. See
/// [`is_ambiguous`].
pub fn place(name: &str) -> Option<&'static Place> {
    let (at, _) = TABLE.names.get(name)?;
    TABLE.places.get(at)
}

/// Whether a place's name often means a person, a thing or another place:
/// "Charlotte", "Birmingham", "Nice".
pub fn is_ambiguous(name: &str) -> bool {
    TABLE
        .names
        .get(name)
        .is_some_and(|(_, ambiguous)| ambiguous)
}

/// Whether two names are forms of one listed place: "Bombay" and "Mumbai".
pub fn same_place(a: &str, b: &str) -> bool {
    match (place(a), place(b)) {
        (Some(a), Some(b)) => std::ptr::eq(a, b),
        _ => false,
    }
}

/// All places, in the order of the list.
pub fn all() -> &'static [Place] {
    &TABLE.places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_hold() {
        let yes = |holds: bool| holds.then(|| "yes".to_owned());
        let sort = |form: &str| place(form).map(|p| p.sort);
        super::super::check_examples(&LIST, |function, form| match function {
            "place" => place(form).map(|p| p.country.unwrap_or("").to_owned()),
            "region" => yes(sort(form) == Some(PlaceSort::Region)),
            "water" => yes(sort(form) == Some(PlaceSort::Water)),
            "state" => yes(sort(form) == Some(PlaceSort::State)),
            "ambiguous" => yes(is_ambiguous(form)),
            "same" => {
                let (a, b) = form.split_once(" = ")?;
                yes(same_place(a, b))
            }
            _ => Some(format!("unknown function {function}")),
        });
    }

    #[test]
    fn every_country_is_known_and_every_name_sure_or_marked() {
        for place in all() {
            if let Some(code) = place.country {
                let country = crate::ontology::countries::by_code(code);
                assert!(country.is_some(), "{}: {code}", place.name);
            }
            for name in &place.names {
                // A name that leads to another place must say that it may.
                let found = super::place(name).map(|p| p.name);
                let own = found == Some(place.name);
                assert!(own || is_ambiguous(name), "{name} also is {found:?}");
            }
        }
    }
}
