//! How kinds, sides, roles and statuses look and are called. Pure.

use super::plain;
use crate::model::{ActorKind, Status};
use crate::ontology::organizations::OrgSort;
use crate::ontology::{countries, organizations};
use crate::resolve::{Actor, Event, Role, Story};

/// The side or country of an actor, as a colour. At most three countries have
/// one; the colour is never the only sign, because names and offices say it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Side {
    /// The country with most roles.
    Blue,
    /// The second.
    Orange,
    /// The third.
    Green,
    /// Everyone else.
    #[default]
    Grey,
}

impl Side {
    /// All sides, in the order of the legend.
    pub const ALL: [Side; 4] = [Side::Blue, Side::Orange, Side::Green, Side::Grey];

    /// The word of the legend, and the class in SVG.
    pub fn as_str(self) -> &'static str {
        match self {
            Side::Blue => "blue",
            Side::Orange => "orange",
            Side::Green => "green",
            Side::Grey => "grey",
        }
    }

    /// Line and text colour on white; at least 5:1 contrast.
    pub fn line(self) -> &'static str {
        match self {
            Side::Blue => "#0072B2",
            Side::Orange => "#B84F00",
            Side::Green => "#00785A",
            Side::Grey => "#595959",
        }
    }

    /// Colour of boxes on white.
    pub fn fill(self) -> &'static str {
        match self {
            Side::Blue => "#E3F1FA",
            Side::Orange => "#FCEBDD",
            Side::Green => "#E2F2ED",
            Side::Grey => "#F0F0F0",
        }
    }
}

/// The outline of an actor's box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Shape {
    /// A person: rounded box.
    #[default]
    Round,
    /// A state: octagon.
    Octagon,
    /// An organisation: plain box.
    Box,
    /// A company: box with two tabs at its left.
    Tabs,
    /// A group of several actors: box with a double line.
    Double,
    /// A conference: ellipse.
    Oval,
    /// An agreement: sheet with a folded corner.
    Sheet,
    /// A product: box with depth.
    Solid,
    /// A place: hexagon.
    Hexagon,
}

impl Shape {
    /// All shapes, in the order of the legend.
    pub const ALL: [Shape; 9] = [
        Shape::Round,
        Shape::Octagon,
        Shape::Box,
        Shape::Tabs,
        Shape::Double,
        Shape::Oval,
        Shape::Sheet,
        Shape::Solid,
        Shape::Hexagon,
    ];

    /// The shape of an actor; companies are told from other organisations by
    /// `is_company`.
    pub(super) fn of(actor: &Actor, is_company: bool) -> Shape {
        match actor.kind {
            ActorKind::Person => Shape::Round,
            ActorKind::Country => Shape::Octagon,
            ActorKind::Organization if is_company => Shape::Tabs,
            ActorKind::Organization => Shape::Box,
            ActorKind::Group => Shape::Double,
            ActorKind::Conference => Shape::Oval,
            ActorKind::Agreement => Shape::Sheet,
            ActorKind::Product => Shape::Solid,
            ActorKind::Place => Shape::Hexagon,
        }
    }

    /// The legend's sentence.
    pub(super) fn legend(self) -> &'static str {
        match self {
            Shape::Round => "Round: person.",
            Shape::Octagon => "Octagon: state.",
            Shape::Box => "Box: organisation.",
            Shape::Tabs => "Tabbed: company.",
            Shape::Double => "Double line: group.",
            Shape::Oval => "Oval: conference.",
            Shape::Sheet => "Folded corner: agreement.",
            Shape::Solid => "Block: product.",
            Shape::Hexagon => "Hexagon: place.",
        }
    }
}

/// How the line of an event and its roles is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Line {
    /// Reported as done, with a date.
    #[default]
    Solid,
    /// Planned.
    Dashed,
    /// Only possible, or without a date.
    Dotted,
    /// Denied: it did not happen. Dotted, with the title struck through.
    Struck,
}

impl Line {
    pub(super) fn of(event: &Event) -> Line {
        match event.status {
            Status::Denied => Line::Struck,
            Status::Planned => Line::Dashed,
            Status::Possible => Line::Dotted,
            Status::Occurred if event.date.is_none() => Line::Dotted,
            Status::Occurred => Line::Solid,
        }
    }

    /// The class in SVG and DOT.
    pub fn as_str(self) -> &'static str {
        match self {
            Line::Solid => "done",
            Line::Dashed => "planned",
            Line::Dotted => "unsure",
            Line::Struck => "denied",
        }
    }
}

/// What the small line of an event says of its status.
pub(super) fn status_words(status: Status) -> Option<&'static str> {
    match status {
        Status::Occurred => None,
        Status::Planned => Some("planned"),
        Status::Possible => Some("possible"),
        Status::Denied => Some("did not happen"),
    }
}

/// The words on edges for roles whose own word reads badly there. An empty
/// type stands for every type.
const ROLE_WORDS: [(&str, &str, &str); 22] = [
    ("agree", "party", "agreed"),
    ("cooperate", "party", "partner"),
    ("die", "deceased", "died"),
    ("meet", "participant", "met"),
    ("negotiate", "participant", "talks"),
    ("release", "publisher", "published"),
    ("release", "published", "product"),
    ("visit", "participant", "visitor"),
    ("", "acquired", "bought"),
    ("", "announcer", "announced"),
    ("", "appointee", "appointed"),
    ("", "appointer", "appointed by"),
    ("", "coerced", "against"),
    ("", "coercer", "by"),
    ("", "conceder", "conceded"),
    ("", "leaver", "left"),
    ("", "negotiator", "talks"),
    ("", "occasion", "at"),
    ("", "participant", "party"),
    ("", "protester", "protested"),
    ("", "signatory", "signed"),
    ("", "speaker", "spoke"),
];

/// The word on the edge for a role; a role that the table does not know is
/// shown by its own word.
pub(super) fn role_label(kind: &str, role: &str) -> String {
    let known = |(k, r, _): &&(&str, &str, &str)| *r == role && (k.is_empty() || *k == kind);
    let word = ROLE_WORDS
        .iter()
        .find(known)
        .map_or(role, |(_, _, word)| word);
    plain(&word.replace('_', " "))
}

/// Offices that only companies have.
const COMPANY_OFFICES: [&str; 4] = ["chief executive", "ceo", "co-founder", "shareholder"];

/// For every actor, whether it is a company: by the words of a name, else by
/// buying or being bought, or by an office in it. Only looks: the data know
/// organisations alone.
pub(super) fn companies(story: &Story) -> Vec<bool> {
    let deals = story
        .events
        .iter()
        .filter(|e| e.kind == "acquire")
        .flat_map(|e| &e.participants);
    let offices = story
        .actors
        .iter()
        .flat_map(|a| &a.roles)
        .filter(|r| {
            let title = r.title.to_lowercase();
            COMPANY_OFFICES.iter().any(|office| title.contains(office))
        })
        .filter_map(|r| r.of);
    let mut companies = vec![false; story.actors.len()];
    for actor in deals.map(|p| p.actor).chain(offices) {
        if let Some(company) = companies.get_mut(actor) {
            *company = true;
        }
    }
    for (company, actor) in companies.iter_mut().zip(&story.actors) {
        let mut names = std::iter::once(&actor.name).chain(&actor.aliases);
        if let Some(sort) = names.find_map(|name| sort(name)) {
            *company = matches!(sort, OrgSort::Company | OrgSort::Bank);
        }
    }
    companies
}

fn sort(name: &str) -> Option<OrgSort> {
    let words: Vec<&str> = name.split_whitespace().collect();
    organizations::org_sort(&words)
}

/// The office under a person's name: "Prime Minister of Israel", "US President",
/// "Chief Executive, Nordwind". The office that most documents name counts, the
/// first of equals.
pub(super) fn office(story: &Story, actor: &Actor) -> Option<String> {
    if actor.kind != ActorKind::Person {
        return None;
    }
    let mut best: Option<&Role> = None;
    for role in &actor.roles {
        if !plain(&role.title).is_empty()
            && best.is_none_or(|b| role.documents.len() > b.documents.len())
        {
            best = Some(role);
        }
    }
    let role = best?;
    let title = title_case(&plain(&role.title));
    let Some(of) = role.of.and_then(|of| story.actors.get(of)) else {
        return Some(title);
    };
    let of_name = plain(&of.name);
    let mut names: Vec<&str> = vec![&of.name];
    names.extend(of.aliases.iter().map(String::as_str));
    if let Some(country) = countries::by_name(&of.name).filter(|_| of.kind == ActorKind::Country) {
        names.extend(country.names.iter().copied());
        names.extend(country.demonyms().map(|d| -> &str { d }));
    }
    let lower = format!(" {} ", title.to_lowercase());
    let named = |name: &&str| lower.contains(&format!(" {} ", name.to_lowercase()));
    if names.iter().any(named) {
        return Some(title);
    }
    if of.kind != ActorKind::Country {
        return Some(format!("{title}, {of_name}"));
    }
    let open = lower.contains(" of ") || lower.contains(" to ") || lower.contains(" for ");
    Some(match short_name(&names) {
        Some(short) => format!("{short} {title}"),
        None if open => format!("{title}, {of_name}"),
        None => format!("{title} of {}", with_article(&of_name)),
    })
}

/// "US" for the United States: the shortest name in capitals of a country.
fn short_name(names: &[&str]) -> Option<String> {
    names
        .iter()
        .map(|name| name.chars().filter(|c| *c != '.').collect::<String>())
        .filter(|n| (2..=3).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_uppercase()))
        .min_by_key(|n| (n.len(), n.clone()))
}

/// "the United States", "Israel".
pub(super) fn with_article(name: &str) -> String {
    const PLURALS: [&str; 5] = [
        "Netherlands",
        "Philippines",
        "Maldives",
        "Bahamas",
        "Comoros",
    ];
    const ENDS: [&str; 6] = [
        " States",
        " Kingdom",
        " Emirates",
        " Islands",
        " Republic",
        " Union",
    ];
    let takes_one = name.starts_with("United ")
        || PLURALS.contains(&name)
        || ENDS.iter().any(|e| name.ends_with(e));
    if takes_one {
        format!("the {name}")
    } else {
        name.to_owned()
    }
}

/// "Prime Minister of Israel" from "prime minister of Israel".
fn title_case(title: &str) -> String {
    const SMALL: [&str; 11] = [
        "of", "to", "for", "and", "the", "at", "in", "on", "a", "de", "la",
    ];
    let words: Vec<String> = title
        .split(' ')
        .enumerate()
        .map(|(i, word)| {
            if i > 0 && SMALL.contains(&word) {
                return word.to_owned();
            }
            let mut chars = word.chars();
            chars.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(chars).collect()
            })
        })
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    #[test]
    fn offices_read_like_titles() {
        let story = sample::story();
        let check = |name: &str, expected: Option<&str>| {
            let actor = story
                .actors
                .iter()
                .find(|a| a.name == name)
                .expect("an actor of the sample");
            assert_eq!(office(&story, actor).as_deref(), expected);
        };
        check("Ingrid Solheim", Some("Prime Minister of Norway"));
        check("Walter Pruitt", Some("US Trade Representative"));
        check("Mateus Leal", Some("Chief Executive, Brisa Energia"));
        check("Hana Castellan", None);
        check("Norway", None);
    }

    #[test]
    fn companies_are_told_by_name_deal_or_office() {
        let story = sample::story();
        let companies = companies(&story);
        let check = |name: &str, expected: bool| {
            let index = story
                .actors
                .iter()
                .position(|a| a.name == name)
                .expect("an actor of the sample");
            assert_eq!(companies[index], expected, "{name}");
        };
        check("Nordvik Offshore", true);
        check("Brisa Energia", true);
        check("Arctic Seabed Authority", false);
    }

    #[test]
    fn roles_have_one_word() {
        assert_eq!(role_label("meet", "participant"), "met");
        assert_eq!(role_label("acquire", "acquired"), "bought");
        assert_eq!(role_label("weave", "loom_keeper"), "loom keeper");
    }

    #[test]
    fn some_names_take_an_article() {
        assert_eq!(with_article("United States"), "the United States");
        assert_eq!(with_article("Czech Republic"), "the Czech Republic");
        assert_eq!(with_article("Chad"), "Chad");
    }
}
