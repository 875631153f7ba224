//! Words by which organisations are known and sorted, bodies with well-known
//! short names, and head nouns of conferences, agreements, groups and places. Reads `ontology/organizations.toml`.

use super::{Form, Index, List, bare, titles};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

macro_rules! sorts {
    ($($(#[$doc:meta])* $variant:ident = $word:literal),* $(,)?) => {
        /// Sort of an organisation.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum OrgSort { $($(#[$doc])* $variant),* }

        impl OrgSort {
            /// The word for it in the lists.
            pub fn as_str(self) -> &'static str {
                match self { $(OrgSort::$variant => $word),* }
            }

            pub(crate) fn parse(word: &str) -> Option<OrgSort> {
                match word { $($word => Some(OrgSort::$variant),)* _ => None }
            }
        }
    };
}

sorts! {
    /// A business.
    Company = "company",
    /// A bank, fund or exchange.
    Bank = "bank",
    /// A ministry, agency or other part of a government.
    Government = "government",
    /// A parliament or one of its chambers or committees.
    Legislature = "legislature",
    /// A court or tribunal.
    Court = "court",
    /// An embassy or consulate.
    Embassy = "embassy",
    /// An army or part of one.
    Military = "military",
    /// A police force or investigating agency.
    Police = "police",
    /// A university or college.
    University = "university",
    /// A school below that.
    School = "school",
    /// A research institute, laboratory or think tank.
    Research = "research",
    /// A newspaper, agency or broadcaster.
    Media = "media",
    /// A political party or movement.
    Party = "party",
    /// An armed group that is no state's army.
    Militant = "militant",
    /// A trade union.
    Union = "union",
    /// An organisation of states.
    International = "international",
    /// A foundation, association or charity.
    Ngo = "ngo",
    /// A hospital.
    Hospital = "hospital",
    /// A church or other religious body.
    Church = "church",
    /// A club, team, league or sports federation.
    Sports = "sports",
    /// A museum, orchestra or other cultural house.
    Culture = "museum",
}

/// A body with well-known short names.
#[derive(Debug)]
pub struct Body {
    /// Its full name: "Department of Homeland Security".
    pub name: &'static str,
    /// Full name and its variants: "Homeland Security".
    pub names: Vec<&'static str>,
    /// Acronyms and short forms, without full stops: "DHS".
    pub acronyms: Vec<&'static str>,
    /// What sort it is.
    pub sort: OrgSort,
    /// Code of the country that it belongs to; see
    /// [`by_code`](super::countries::by_code).
    pub country: Option<&'static str>,
}

static LIST: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../ontology/organizations.toml")));

static TABLE: LazyLock<Table> = LazyLock::new(Table::read);

/// Longest phrase among the head words, in words.
const LONGEST: usize = 6;

/// What a head word tells, and whether it tells it alone.
type Heads = HashMap<String, (OrgSort, bool)>;

#[derive(Default)]
struct Table {
    last: Heads,
    first: Heads,
    alone: Index,
    alone_sorts: Vec<OrgSort>,
    bodies: Vec<Body>,
    names: Index,
    acronyms: Index,
    conferences: HashSet<&'static str>,
    agreements: HashSet<&'static str>,
    groups: HashSet<&'static str>,
    places: HashSet<&'static str>,
}

impl Table {
    fn read() -> Table {
        let set = |section| LIST.words(section).map(|f| f.text).collect();
        let mut table = Table {
            last: heads("last"),
            first: heads("first"),
            conferences: set("conference_heads"),
            agreements: set("agreement_heads"),
            groups: set("group_heads"),
            places: set("place_heads"),
            ..Table::default()
        };
        for entry in LIST.entries("alone") {
            let Some(sort) = OrgSort::parse(entry.field(0)) else {
                continue;
            };
            for form in entry.forms(1) {
                table.alone.add(form, table.alone_sorts.len());
            }
            table.alone_sorts.push(sort);
        }
        for entry in LIST.entries("bodies") {
            table.add_body(entry);
        }
        table
    }

    fn add_body(&mut self, entry: super::Entry) {
        let Some(sort) = OrgSort::parse(entry.field(2)) else {
            return;
        };
        let at = self.bodies.len();
        let names: Vec<Form> = entry.forms(0).collect();
        names.iter().for_each(|form| self.names.add(*form, at));
        let acronyms: Vec<Form> = entry.forms(1).collect();
        for form in &acronyms {
            self.acronyms.add(*form, at);
        }
        self.bodies.push(Body {
            name: names.first().map_or("", |f| f.text),
            names: names.iter().map(|f| f.text).collect(),
            acronyms: acronyms.iter().map(|f| f.text).collect(),
            sort,
            country: Some(entry.field(3)).filter(|code| !code.is_empty()),
        });
    }
}

fn heads(section: &str) -> Heads {
    let mut heads = Heads::new();
    for entry in LIST.entries(section) {
        let Some(sort) = OrgSort::parse(entry.field(0)) else {
            continue;
        };
        for form in entry.forms(1) {
            let sure = !form.ambiguous;
            heads.entry(form.text.to_owned()).or_insert((sort, sure));
        }
    }
    heads
}

/// The sort of organisation that a capitalised name tells by its words: by a
/// well-known name, by its last words ("Acme Holdings"), or by what stands
/// before "of" or "for" ("Ministry of Health"). That the words are a name is
/// the caller's knowledge; give them as written, because known names are looked
/// up so. Head words that end other names
/// as well ("Sun", "Union") tell nothing here; see [`org_sort_weak`]. A single
/// word tells something only when it is a name by itself ("Congress").
pub fn org_sort(words: &[&str]) -> Option<OrgSort> {
    sort_of(words).and_then(|(sort, sure)| sure.then_some(sort))
}

/// The sort of organisation that a common noun names: "company", "agency".
pub fn head_sort(lemma: &str) -> Option<OrgSort> {
    TABLE.last.get(lemma).map(|(sort, _)| *sort)
}

/// Like [`org_sort`], and also from head words that may end names of persons,
/// places or works: evidence that needs more of the same.
pub fn org_sort_weak(words: &[&str]) -> Option<OrgSort> {
    sort_of(words).map(|(sort, _)| sort)
}

fn sort_of(words: &[&str]) -> Option<(OrgSort, bool)> {
    let words = match words.split_first() {
        Some((first, rest)) if first.eq_ignore_ascii_case("the") => rest,
        _ => words,
    };
    let whole = words.join(" ");
    let known = known_body(&whole).or_else(|| acronym(&whole));
    if let Some(body) = known {
        return Some((body.sort, !is_ambiguous(&whole)));
    }
    if let Some((at, ambiguous)) = TABLE.alone.get(&whole) {
        return Some((*TABLE.alone_sorts.get(at)?, !ambiguous));
    }
    // A name needs two words to be read by its head.
    if words.len() < 2 {
        return None;
    }
    let key: Vec<String> = words.iter().map(|word| bare(word)).collect();
    let of = (1..key.len() - 1).find(|i| is_joint(&key[*i]));
    if let Some(of) = of {
        if let Some(found) = ending(&TABLE.first, &key[..of]) {
            return Some(found);
        }
        // "President of the National Assembly", "Treaty of Rome".
        let head = &key[of - 1];
        if titles::is_role_head(head) || agreement_head(head) || place_head(head) {
            return None;
        }
    }
    let (length, found) = ending_length(&TABLE.last, &key)?;
    let group = |n: usize| group_head(&key[key.len() - n..].join(" "));
    // "Joint Working Group" is a group, though "group" ends companies.
    if (length + 1..=key.len().min(3)).any(|n| n >= 2 && group(n)) {
        return None;
    }
    Some(found)
}

fn is_joint(word: &str) -> bool {
    matches!(word, "of" | "for" | "on" | "to" | "against" | "de" | "du")
}

/// The longest run of last words that the heads know.
fn ending(heads: &Heads, words: &[String]) -> Option<(OrgSort, bool)> {
    ending_length(heads, words).map(|(_, found)| found)
}

/// Like [`ending`], with the number of words.
fn ending_length(heads: &Heads, words: &[String]) -> Option<(usize, (OrgSort, bool))> {
    (1..=words.len().min(LONGEST)).rev().find_map(|n| {
        let found = heads.get(&words[words.len() - n..].join(" "))?;
        Some((n, *found))
    })
}

/// The body that an acronym or short form means: "U.N.", "FBI", "Interpol".
/// Case counts, full stops do not. See [`is_ambiguous`].
pub fn acronym(text: &str) -> Option<&'static Body> {
    let (at, _) = acronym_index(text)?;
    TABLE.bodies.get(at)
}

fn acronym_index(text: &str) -> Option<(usize, bool)> {
    let plain: String = text.chars().filter(|c| *c != '.').collect();
    // Headlines in capitals may mean the word: only names as listed count.
    TABLE.acronyms.get_exact(&plain)
}

/// The body that a name or variant as written means: "the White House",
/// "Israeli Defense Force". See [`is_ambiguous`].
pub fn known_body(text: &str) -> Option<&'static Body> {
    let (at, _) = TABLE.names.get(text)?;
    TABLE.bodies.get(at)
}

/// Whether a body's name or acronym often means something else: "SEC", "ICE",
/// "Solidarity". False for what the list does not have.
pub fn is_ambiguous(text: &str) -> bool {
    TABLE
        .names
        .get(text)
        .or_else(|| acronym_index(text))
        .is_some_and(|(_, ambiguous)| ambiguous)
}

/// All known bodies, in the order of the list.
pub fn bodies() -> &'static [Body] {
    &TABLE.bodies
}

fn has(set: &HashSet<&'static str>, lemma: &str) -> bool {
    set.contains(lemma) || set.contains(lemma.to_lowercase().as_str())
}

/// Whether a lemma or phrase is the head of a name of a gathering: "summit".
pub fn conference_head(lemma: &str) -> bool {
    has(&TABLE.conferences, lemma)
}

/// Whether a lemma or phrase is the head of a name of a treaty, law or other
/// agreement.
pub fn agreement_head(lemma: &str) -> bool {
    has(&TABLE.agreements, lemma)
}

/// Whether a lemma or phrase is the head of a name of a group: "delegation",
/// "working group".
pub fn group_head(lemma: &str) -> bool {
    has(&TABLE.groups, lemma)
}

/// Whether a lemma or phrase is the head of a name of a place: "airport".
pub fn place_head(lemma: &str) -> bool {
    has(&TABLE.places, lemma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_hold() {
        let yes = |holds: bool| holds.then(|| "yes".to_owned());
        super::super::check_examples(&LIST, |function, form| match function {
            "sort" => {
                let words: Vec<&str> = form.split_whitespace().collect();
                org_sort(&words).map(|sort| sort.as_str().to_owned())
            }
            "weak" => {
                let words: Vec<&str> = form.split_whitespace().collect();
                org_sort_weak(&words).map(|sort| sort.as_str().to_owned())
            }
            "acronym" => acronym(form).map(|body| body.name.to_owned()),
            "body" => known_body(form).map(|body| body.name.to_owned()),
            "country" => known_body(form)
                .or_else(|| acronym(form))
                .and_then(|body| body.country)
                .map(str::to_owned),
            "ambiguous" => yes(is_ambiguous(form)),
            "conference" => yes(conference_head(form)),
            "agreement" => yes(agreement_head(form)),
            "group" => yes(group_head(form)),
            "place" => yes(place_head(form)),
            _ => Some(format!("unknown function {function}")),
        });
    }

    #[test]
    fn every_line_has_a_sort_and_a_known_country() {
        let sections = [("last", 0), ("first", 0), ("alone", 0), ("bodies", 2)];
        for (section, field) in sections {
            for entry in LIST.entries(section) {
                let sort = entry.field(field);
                assert!(OrgSort::parse(sort).is_some(), "sort {sort} in {section}");
            }
        }
        for body in bodies() {
            if let Some(code) = body.country {
                let country = crate::ontology::countries::by_code(code);
                assert!(country.is_some(), "{}: {code}", body.name);
            }
        }
    }

    #[test]
    fn no_sure_acronym_means_two_bodies() {
        let mut seen = std::collections::BTreeMap::new();
        for body in bodies() {
            for short in &body.acronyms {
                if let Some(other) = seen.insert(*short, body.name) {
                    let first = acronym(short).map(|b| b.name);
                    assert_eq!(first, Some(other), "{short}");
                }
            }
        }
    }
}
