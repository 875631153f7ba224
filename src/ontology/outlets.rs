//! News agencies, papers, broadcasters and sites: who reports. Reads
//! `ontology/outlets.toml`.

use super::{Form, Index, List};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What sort of outlet it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutletSort {
    /// Sells news to other outlets.
    Agency,
    /// A newspaper.
    Paper,
    /// A magazine.
    Magazine,
    /// Radio or television.
    Broadcaster,
    /// Appears on the web only.
    Site,
    /// A network on which anyone writes.
    Social,
}

impl OutletSort {
    fn parse(word: &str) -> Option<OutletSort> {
        Some(match word {
            "agency" => OutletSort::Agency,
            "paper" => OutletSort::Paper,
            "magazine" => OutletSort::Magazine,
            "broadcaster" => OutletSort::Broadcaster,
            "site" => OutletSort::Site,
            "social" => OutletSort::Social,
            _ => return None,
        })
    }
}

/// An outlet.
#[derive(Debug)]
pub struct Outlet {
    /// Its name, without "The".
    pub name: &'static str,
    /// All forms of its name, `name` first.
    pub names: Vec<&'static str>,
    /// What sort it is.
    pub sort: OutletSort,
    /// Its domains on the web, in lower case, without "www.".
    pub domains: Vec<&'static str>,
    /// Code of its country; see [`by_code`](super::countries::by_code).
    pub country: Option<&'static str>,
}

static LIST: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../ontology/outlets.toml")));

static TABLE: LazyLock<Table> = LazyLock::new(Table::read);

#[derive(Default)]
struct Table {
    outlets: Vec<Outlet>,
    names: Index,
    domains: HashMap<&'static str, usize>,
}

impl Table {
    fn read() -> Table {
        let mut table = Table::default();
        for entry in LIST.entries("outlets") {
            let Some(sort) = OutletSort::parse(entry.field(1)) else {
                continue;
            };
            let at = table.outlets.len();
            let names: Vec<Form> = entry.forms(0).collect();
            names.iter().for_each(|form| table.names.add(*form, at));
            let domains: Vec<&str> = entry.forms(2).map(|f| f.text).collect();
            for domain in &domains {
                table.domains.entry(domain).or_insert(at);
            }
            table.outlets.push(Outlet {
                name: names.first().map_or("", |f| f.text),
                names: names.iter().map(|f| f.text).collect(),
                sort,
                domains,
                country: Some(entry.field(3)).filter(|code| !code.is_empty()),
            });
        }
        table
    }
}

/// The outlet that a name as written means: "Reuters", "The New York Times".
/// Case counts. See [`is_ambiguous`].
pub fn outlet(name: &str) -> Option<&'static Outlet> {
    let (at, _) = TABLE.names.get(name)?;
    TABLE.outlets.get(at)
}

/// Whether an outlet's name often means something else: "Time", "The Sun".
pub fn is_ambiguous(name: &str) -> bool {
    TABLE
        .names
        .get(name)
        .is_some_and(|(_, ambiguous)| ambiguous)
}

/// The outlet of an address or host: "https://www.reuters.com/world",
/// "uk.reuters.com".
pub fn by_domain(address: &str) -> Option<&'static Outlet> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = host.rsplit('@').next().unwrap_or("");
    let host = host.split(':').next().unwrap_or("").to_ascii_lowercase();
    let mut host = host.as_str();
    loop {
        if let Some(at) = TABLE.domains.get(host) {
            return TABLE.outlets.get(*at);
        }
        (_, host) = host.split_once('.')?;
    }
}

/// All outlets, in the order of the list.
pub fn all() -> &'static [Outlet] {
    &TABLE.outlets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_hold() {
        super::super::check_examples(&LIST, |function, form| match function {
            "name" => outlet(form).map(|o| o.name.to_owned()),
            "domain" => by_domain(form).map(|o| o.name.to_owned()),
            "ambiguous" => is_ambiguous(form).then(|| "yes".to_owned()),
            _ => Some(format!("unknown function {function}")),
        });
    }

    #[test]
    fn every_line_is_complete() {
        for entry in LIST.entries("outlets") {
            let name = entry.field(0);
            assert!(OutletSort::parse(entry.field(1)).is_some(), "{name}");
        }
        for outlet in all() {
            for domain in &outlet.domains {
                assert!(domain.contains('.'), "{domain}");
                assert_eq!(*domain, domain.to_lowercase());
            }
            if let Some(code) = outlet.country {
                let country = crate::ontology::countries::by_code(code);
                assert!(country.is_some(), "{}: {code}", outlet.name);
            }
        }
    }

    #[test]
    fn any_address_is_read() {
        for address in ["", "://", "...", "http://", "a@b:c/d", "\u{e9}.com"] {
            assert!(by_domain(address).is_none());
        }
    }
}
