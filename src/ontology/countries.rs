//! States, territories and what else acts like a state in the news: names,
//! demonyms, capitals, seats of government. Reads `ontology/countries.toml`.

use super::{Form, Index, List};
use std::sync::LazyLock;

/// What sort of country it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// A member or observer of the United Nations.
    State,
    /// Acts as a state without general recognition: Taiwan, Kosovo.
    Disputed,
    /// A dependency or self-governing part of a state: Greenland, Scotland.
    Territory,
    /// A state that exists no more: the Soviet Union.
    Former,
    /// A union of states that acts like one: the European Union.
    Union,
}

/// How a demonym is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DemonymForm {
    /// "Israeli" officials; also "the British". A word that is adjective and
    /// noun at once counts as this.
    Adjective,
    /// One of its people: "a Briton".
    Person,
    /// Its people: "Britons".
    People,
}

/// A country.
#[derive(Debug)]
pub struct Country {
    /// Its common name: "United States".
    pub name: &'static str,
    /// ISO 3166-1 alpha-3, or a made-up code with a digit where there is none.
    pub code: &'static str,
    /// What sort of country it is.
    pub standing: Standing,
    /// All names and abbreviations, `name` first.
    pub names: Vec<&'static str>,
    /// Adjectives: "British".
    pub adjectives: Vec<&'static str>,
    /// Nouns for its people, singular and plural: "Briton", "Britons".
    pub people: Vec<(&'static str, &'static str)>,
    /// Cities that stand for its government: "Moscow".
    pub capitals: Vec<&'static str>,
    /// Buildings and seats that stand for its government: "the Kremlin",
    /// without the article.
    pub seats: Vec<&'static str>,
    /// The country that it is part of, or that followed it, by code.
    pub of: Option<&'static str>,
}

impl Country {
    /// Whether news usage treats it as an actor among states.
    pub fn is_state(&self) -> bool {
        matches!(self.standing, Standing::State | Standing::Disputed)
    }

    /// All demonyms, as written.
    pub fn demonyms(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.adjectives
            .iter()
            .copied()
            .chain(self.people.iter().flat_map(|(one, many)| [*one, *many]))
    }
}

static LIST: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../ontology/countries.toml")));

static TABLE: LazyLock<Table> = LazyLock::new(Table::read);

#[derive(Default)]
struct Table {
    countries: Vec<Country>,
    names: Index,
    adjectives: Index,
    person: Index,
    people: Index,
    capitals: Index,
    seats: Index,
    codes: Index,
}

impl Table {
    fn read() -> Table {
        let mut table = Table::default();
        let sections = [
            ("states", Standing::State),
            ("disputed", Standing::Disputed),
            ("territories", Standing::Territory),
            ("former", Standing::Former),
            ("unions", Standing::Union),
        ];
        for (section, standing) in sections {
            for entry in LIST.entries(section) {
                table.add(entry, standing);
            }
        }
        table
    }

    fn add(&mut self, entry: super::Entry, standing: Standing) {
        let at = self.countries.len();
        let take = |index: &mut Index, form: Form| {
            index.add(form, at);
            form.text
        };
        let names = entry.forms(1).chain(entry.forms(2));
        let names: Vec<_> = names.map(|f| take(&mut self.names, f)).collect();
        let adjectives = entry.forms(3).map(|f| take(&mut self.adjectives, f));
        let adjectives = adjectives.collect();
        let mut people = Vec::new();
        for form in entry.forms(4) {
            let (one, many) = form.text.split_once('/').unwrap_or((form.text, form.text));
            let one = Form { text: one, ..form };
            let many = Form { text: many, ..form };
            people.push((take(&mut self.person, one), take(&mut self.people, many)));
        }
        let capitals = entry.forms(5).map(|f| take(&mut self.capitals, f));
        let capitals = capitals.collect();
        let seats = entry.forms(6).map(|f| take(&mut self.seats, f)).collect();
        let code = entry.field(0);
        self.codes.add(
            Form {
                text: code,
                ambiguous: false,
            },
            at,
        );
        self.countries.push(Country {
            name: names.first().copied().unwrap_or(code),
            code,
            standing,
            names,
            adjectives,
            people,
            capitals,
            seats,
            of: Some(entry.field(7)).filter(|of| !of.is_empty()),
        });
    }
}

fn find(index: &Index, form: &str) -> Option<&'static Country> {
    let (at, _) = index.get(form)?;
    TABLE.countries.get(at)
}

/// All countries, in the order of the list.
pub fn all() -> &'static [Country] {
    &TABLE.countries
}

/// The country that a name or abbreviation as written means: "United States",
/// "U.S.", "the Netherlands". Case counts ("us" is no country), but ALL
/// CAPITALS are read from four letters up. See [`is_ambiguous_name`].
pub fn by_name(name: &str) -> Option<&'static Country> {
    find(&TABLE.names, name)
}

/// The country with an ISO 3166 alpha-3 code (or one of the made-up codes).
pub fn by_code(code: &str) -> Option<&'static Country> {
    find(&TABLE.codes, code)
}

/// Whether a country's name, demonym or capital often means something else:
/// "Georgia", "Jordan", "Chad", "Washington", "Polish". False for what the
/// list does not have.
pub fn is_ambiguous_name(form: &str) -> bool {
    let indexes = [
        &TABLE.names,
        &TABLE.adjectives,
        &TABLE.person,
        &TABLE.people,
        &TABLE.capitals,
        &TABLE.seats,
    ];
    indexes
        .into_iter()
        .find_map(|index| index.get(form))
        .is_some_and(|(_, ambiguous)| ambiguous)
}

/// The country that a demonym as written belongs to, adjective or noun,
/// singular or plural: "Israeli", "Israelis", "Turk".
pub fn by_demonym(word: &str) -> Option<&'static Country> {
    demonym(word).map(|(country, _)| country)
}

/// Like [`by_demonym`], with how the word is used.
pub fn demonym(word: &str) -> Option<(&'static Country, DemonymForm)> {
    if let Some(country) = find(&TABLE.adjectives, word) {
        return Some((country, DemonymForm::Adjective));
    }
    if let Some(country) = find(&TABLE.person, word) {
        return Some((country, DemonymForm::Person));
    }
    find(&TABLE.people, word).map(|country| (country, DemonymForm::People))
}

/// The country whose government a capital stands for: "Moscow", "Tehran".
pub fn by_capital(city: &str) -> Option<&'static Country> {
    find(&TABLE.capitals, city)
}

/// The country whose government a seat stands for: "the Kremlin", "Downing
/// Street".
pub fn by_seat(seat: &str) -> Option<&'static Country> {
    find(&TABLE.seats, seat)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn examples_hold() {
        super::super::check_examples(&LIST, |function, form| {
            let found = match function {
                "name" => by_name(form),
                "demonym" => by_demonym(form),
                "capital" => by_capital(form),
                "seat" => by_seat(form),
                "ambiguous" => return is_ambiguous_name(form).then(|| "yes".to_owned()),
                _ => return Some(format!("unknown function {function}")),
            };
            found.map(|country| country.name.to_owned())
        });
    }

    #[test]
    fn every_country_is_complete() {
        let mut codes = HashSet::new();
        let mut names = HashSet::new();
        for country in all() {
            assert!(codes.insert(country.code), "code twice: {}", country.code);
            assert_eq!(country.code.len(), 3, "code of {}", country.name);
            for name in &country.names {
                assert!(names.insert(*name), "name twice: {name}");
            }
            let bare = ["ATA", "BVT", "IOT"].contains(&country.code);
            if country.standing == Standing::State {
                assert!(!country.adjectives.is_empty() || bare, "{}", country.name);
                assert!(!country.people.is_empty(), "{}", country.name);
                assert!(!country.capitals.is_empty(), "{}", country.name);
            }
            if let Some(of) = country.of {
                assert!(by_code(of).is_some(), "{} is of {of}", country.name);
            }
        }
        let states = all().iter().filter(|c| c.standing == Standing::State);
        assert_eq!(states.count(), 195);
    }

    #[test]
    fn every_form_finds_its_country_or_an_earlier_one() {
        for country in all() {
            for name in &country.names {
                assert!(std::ptr::eq(by_name(name).unwrap(), country), "{name}");
            }
            for word in country.demonyms() {
                assert!(by_demonym(word).is_some(), "{word}");
            }
        }
    }

    #[test]
    fn a_demonym_tells_its_form() {
        let form = |word: &str| demonym(word).map(|(_, form)| form);
        assert_eq!(form("British"), Some(DemonymForm::Adjective));
        assert_eq!(form("Briton"), Some(DemonymForm::Person));
        assert_eq!(form("Britons"), Some(DemonymForm::People));
    }
}
