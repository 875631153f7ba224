//! What resolution asks of the lists: countries, nicknames, well-known bodies.
//! Pure.

use crate::ontology::{countries, nicknames, organizations};

/// The country that `words` name, as a noun or as a demonym: `Some("Israel")`
/// for "Israel" and "Israeli".
pub(super) fn country(words: &str) -> Option<&'static str> {
    countries::by_name(words)
        .or_else(|| countries::by_demonym(words))
        .map(|c| c.name)
}

/// Whether two given names in lower case are forms of one: "tom" and "thomas".
pub(super) fn same_given_name(a: &str, b: &str) -> bool {
    nicknames::same_given_name(a, b)
}

/// The full name of a well-known body for a short form, a variant or an
/// acronym, and the country that it belongs to.
pub(super) fn known_body(name: &str) -> Option<(&'static str, Option<&'static str>)> {
    let body = organizations::known_body(name).or_else(|| organizations::acronym(name))?;
    let country = body.country.and_then(countries::by_code).map(|c| c.name);
    Some((body.name, country))
}
