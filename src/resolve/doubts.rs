//! What of a story an analyst should look at, the most valuable first: actors
//! joined by a weak rule, actors left apart that may be one, events that are
//! unsure, disputed or dated by inference. Pure; knows what has been decided.

use super::curation::{ActorRef, Bearers, Curation, Sentences, What};
use super::fold;
use super::names::{BodyName, Given, PersonName};
use super::story::{Actor, Event, Story};
use crate::model::{ActorKind, DateBasis};
use std::collections::{BTreeMap, BTreeSet};

/// Something to decide.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// What is asked.
    pub question: Question,
    /// Why it is doubtful, for people.
    pub why: String,
    /// How doubtful, 1 to 100.
    pub doubt: u32,
    /// How many events the answer changes.
    pub impact: u32,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// Whether two names that were joined are of one actor.
    Joined {
        /// The actor.
        actor: usize,
        /// The two names.
        names: [ActorRef; 2],
    },
    /// Whether two actors are one.
    Apart {
        /// The two.
        actors: [usize; 2],
    },
    /// Whether an event is right.
    Event {
        /// The event.
        event: usize,
    },
}

impl Doubt {
    /// What an answer is worth.
    pub fn value(&self) -> u32 {
        self.doubt.saturating_mul(self.impact)
    }
}

/// Of so many actors with one surname or acronym each pair is looked at; of
/// more, those with most events.
const BLOCK: usize = 24;

/// An event that is less doubtful than this is left alone.
const LEAST: u32 = 25;

/// Everything doubtful that `curation` does not decide, the most valuable
/// first. Linear but for the pairs within blocks and a sort.
pub fn doubts(story: &Story, curation: &Curation) -> Vec<Doubt> {
    let known = Known::new(story, curation);
    let mut out = joined(story, &known);
    out.extend(apart(story, &known));
    out.extend(unsure(story, &known));
    let place = |d: &Doubt| match &d.question {
        Question::Joined { actor, names } => (0, *actor, 0, names[1].label()),
        Question::Apart { actors } => (1, actors[0], actors[1], String::new()),
        Question::Event { event } => (2, *event, 0, String::new()),
    };
    out.sort_by_cached_key(|d| (std::cmp::Reverse(d.value()), place(d)));
    out
}

/// What has been decided, and the events of each actor.
struct Known {
    /// Names of actors that were confirmed to be theirs.
    names: BTreeSet<(usize, String)>,
    apart: BTreeSet<(usize, usize)>,
    events: BTreeSet<usize>,
    of_actor: Vec<Vec<usize>>,
}

impl Known {
    fn new(story: &Story, curation: &Curation) -> Known {
        let mut of_actor = vec![Vec::new(); story.actors.len()];
        for (i, event) in story.events.iter().enumerate() {
            for part in &event.participants {
                if let Some(list) = of_actor.get_mut(part.actor)
                    && list.last() != Some(&i)
                {
                    list.push(i);
                }
            }
        }
        let mut known = Known {
            names: BTreeSet::new(),
            apart: BTreeSet::new(),
            events: BTreeSet::new(),
            of_actor,
        };
        let (bearers, sentences) = (Bearers::of(story), Sentences::of(story));
        for correction in &curation.corrections {
            match &correction.what {
                What::Same(actors, _) => {
                    for actor in actors {
                        for bearer in bearers.meant(actor) {
                            known.names.insert((bearer, fold(&actor.name)));
                        }
                    }
                }
                What::Different(actors) => known.keep_apart(&bearers, actors),
                what => {
                    let meant = what.event().map(|e| sentences.meant(e));
                    known.events.extend(meant.into_iter().flatten());
                }
            }
        }
        for (i, event) in story.events.iter().enumerate() {
            if story.curated.events.contains_key(&event.id) {
                known.events.insert(i);
            }
        }
        known
    }

    fn keep_apart(&mut self, bearers: &Bearers<'_>, actors: &[ActorRef]) {
        let meant: Vec<Vec<usize>> = actors.iter().map(|a| bearers.meant(a)).collect();
        for (i, of_a) in meant.iter().enumerate() {
            for b in meant.iter().skip(i + 1).flatten() {
                let pairs = of_a.iter().map(|a| (*a.min(b), *a.max(b)));
                self.apart.extend(pairs);
            }
        }
    }

    fn events(&self, actor: usize) -> &[usize] {
        self.of_actor.get(actor).map_or(&[], Vec::as_slice)
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// How weak the reason for a join is, 0 for one that nobody need look at.
fn weakness(why: &str) -> u32 {
    let base: u32 = if why.contains("nobody else of that surname") {
        60
    } else if why.contains("first letters") {
        55
    } else if why.contains(". fits ") {
        45
    } else if why.contains("is short for") {
        35
    } else if why.contains("surname") {
        25
    } else {
        return 0;
    };
    let backed = ["same title", "both of", "same people or bodies"];
    let backing = backed.iter().filter(|b| why.contains(*b)).count();
    base.saturating_sub(15 * number(backing)).max(5)
}

/// The names that a sentence of [`Actor::merges`] joins, and why: "X in a.txt
/// and Y in b.txt: reason".
fn read<'s>(
    actor: &Actor,
    paths: &BTreeSet<&str>,
    sentence: &'s str,
) -> Option<([ActorRef; 2], &'s str)> {
    let forms = || std::iter::once(&actor.name).chain(&actor.aliases);
    let reference = |name: &str, article: &str| ActorRef {
        name: name.to_owned(),
        kind: Some(actor.kind),
        article: Some(article.to_owned()),
    };
    // Names and paths may hold any words, so every way of cutting is tried.
    sentence.match_indices(": ").find_map(|(cut, _)| {
        let (left, why) = (&sentence[..cut], &sentence[cut + 2..]);
        let (front, article) = left.rsplit_once(" in ")?;
        if !paths.contains(article) {
            return None;
        }
        let second = forms()
            .filter(|f| front.ends_with(&format!(" and {f}")))
            .max_by_key(|f| f.len())?;
        let front = front.strip_suffix(&format!(" and {second}"))?;
        let first = forms()
            .filter(|f| front.starts_with(&format!("{f} in ")))
            .max_by_key(|f| f.len())?;
        let other = front.strip_prefix(&format!("{first} in "))?;
        let names = [reference(first, other), reference(second, article)];
        paths.contains(other).then_some((names, why))
    })
}

fn joined(story: &Story, known: &Known) -> Vec<Doubt> {
    let paths: BTreeSet<&str> = story.documents.iter().map(|d| d.path.as_str()).collect();
    let mut out = Vec::new();
    for (i, actor) in story.actors.iter().enumerate() {
        for sentence in &actor.merges {
            let doubt = weakness(sentence);
            if doubt == 0 {
                continue;
            }
            let Some((names, why)) = read(actor, &paths, sentence) else {
                continue;
            };
            let second = fold(&names[1].name);
            if known.names.contains(&(i, second.clone())) {
                continue;
            }
            // Articles that use the second name and not the first as well.
            let using = |name: &str| -> BTreeSet<usize> {
                let mentions = actor.mentions.iter();
                mentions
                    .filter(|m| fold(&m.text) == name)
                    .map(|m| m.document)
                    .collect()
            };
            let first = using(&fold(&names[0].name));
            let told: BTreeSet<usize> = using(&second).difference(&first).copied().collect();
            let changes = known.events(i).iter().filter(|e| {
                let evidence = story.events.get(**e).map(|e| &e.evidence);
                evidence.is_some_and(|all| all.iter().any(|e| told.contains(&e.document)))
            });
            out.push(Doubt {
                impact: number(changes.count()).max(1),
                question: Question::Joined { actor: i, names },
                why: format!("joined: {why}"),
                doubt,
            });
        }
    }
    out
}

/// Actors of one surname, name or acronym that the rules have left apart.
fn apart(story: &Story, known: &Known) -> Vec<Doubt> {
    let mut blocks: BTreeMap<(bool, String), Vec<usize>> = BTreeMap::new();
    for (i, actor) in story.actors.iter().enumerate() {
        if known.events(i).is_empty() {
            continue;
        }
        for key in keys(actor) {
            let list = blocks.entry(key).or_default();
            if list.last() != Some(&i) {
                list.push(i);
            }
        }
    }
    let mut found: BTreeMap<(usize, usize), (u32, String)> = BTreeMap::new();
    for mut block in blocks.into_values() {
        block.sort_by_key(|a| (std::cmp::Reverse(known.events(*a).len()), *a));
        block.truncate(BLOCK);
        for (n, a) in block.iter().enumerate() {
            for b in &block[n + 1..] {
                let pair = (*a.min(b), *a.max(b));
                if known.apart.contains(&pair) || found.contains_key(&pair) {
                    continue;
                }
                if let Some(why) = alike(&story.actors[pair.0], &story.actors[pair.1]) {
                    found.insert(pair, why);
                }
            }
        }
    }
    let doubt = |((a, b), (doubt, why)): ((usize, usize), (u32, String))| Doubt {
        question: Question::Apart { actors: [a, b] },
        why: format!("left apart: {why}"),
        doubt,
        impact: number(known.events(a).len().min(known.events(b).len())).max(1),
    };
    found.into_iter().map(doubt).collect()
}

/// By what two actors that may be one can be found, people apart from others.
fn keys(actor: &Actor) -> Vec<(bool, String)> {
    match actor.kind {
        ActorKind::Person => PersonName::parse(&actor.name)
            .map(|n| (true, n.surname))
            .into_iter()
            .collect(),
        ActorKind::Country | ActorKind::Place => Vec::new(),
        _ => match BodyName::parse(&actor.name) {
            Some(name) => std::iter::once(name.key)
                .chain(name.initials.into_iter().filter(|i| i.chars().count() > 2))
                .map(|key| (false, key))
                .collect(),
            None => Vec::new(),
        },
    }
}

/// Why two actors may be one, and how doubtful it is that they are two.
fn alike(a: &Actor, b: &Actor) -> Option<(u32, String)> {
    if a.country.is_some() && b.country.is_some() && a.country != b.country {
        return None;
    }
    if a.kind == ActorKind::Person {
        let (x, y) = (PersonName::parse(&a.name)?, PersonName::parse(&b.name)?);
        return match x.given_names(&y) {
            Given::Different => None,
            Given::Missing => Some((40, "same surname".to_owned())),
            Given::Fits(why) if why.is_empty() => Some((60, "same name".to_owned())),
            Given::Fits(why) => Some((50, format!("same surname, {why}"))),
        };
    }
    let (x, y) = (BodyName::parse(&a.name)?, BodyName::parse(&b.name)?);
    if x.country.is_some() && y.country.is_some() && x.country != y.country {
        return None;
    }
    if x.key == y.key {
        return Some((50, "same name".to_owned()));
    }
    let stands_for = |short: &BodyName, long: &BodyName| {
        short.acronym && !long.acronym && long.initials.contains(&short.key)
    };
    (stands_for(&x, &y) || stands_for(&y, &x)).then(|| {
        let why = "one has the first letters of the other".to_owned();
        (40, why)
    })
}

fn unsure(story: &Story, known: &Known) -> Vec<Doubt> {
    let mut out = Vec::new();
    for (i, event) in story.events.iter().enumerate() {
        if event.kind == "other" || known.events.contains(&i) {
            continue;
        }
        let (doubt, why) = of_event(event);
        if doubt >= LEAST {
            out.push(Doubt {
                question: Question::Event { event: i },
                why: why.join("; "),
                doubt,
                impact: 1,
            });
        }
    }
    out
}

/// How doubtful an event is, and why.
fn of_event(event: &Event) -> (u32, Vec<String>) {
    let mut why = Vec::new();
    let mut doubt = 0;
    for disagreement in &event.disagreements {
        doubt += match disagreement.about.as_str() {
            "date" | "who" | "status" => 40,
            "place" => 30,
            _ => 25,
        };
        why.push(format!("the articles differ on the {}", disagreement.about));
    }
    if let Some(date) = &event.date {
        if date.edtf.as_str().contains('?') {
            doubt += 30;
            why.push("the date is that of a sentence before".to_owned());
        }
        if date.inferred {
            doubt += 35;
            why.push("the date rests on an inferred publication date".to_owned());
        }
        if date.basis == DateBasis::Borrowed {
            doubt += 25;
            why.push("the date is another article's".to_owned());
        }
    }
    if event.confidence < 0.55 {
        doubt += 30;
        why.push("little speaks for it".to_owned());
    }
    (doubt.min(100), why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::notation::World;
    use crate::resolve::story as story_of;

    fn lines(world: &str) -> Vec<String> {
        let story = story_of(&World::read(world));
        let name = |a: usize| story.actors[a].name.clone();
        doubts(&story, &Curation::default())
            .iter()
            .map(|d| {
                let what = match &d.question {
                    Question::Joined { names, .. } => {
                        format!("{} = {}", names[0].label(), names[1].label())
                    }
                    Question::Apart { actors } => {
                        format!("{} ≠ {}", name(actors[0]), name(actors[1]))
                    }
                    Question::Event { event } => story.events[*event].title.clone(),
                };
                format!("{} {what}: {}", d.value(), d.why)
            })
            .collect()
    }

    #[test]
    fn two_of_one_surname_left_apart_are_asked_about() {
        let got = lines(
            "doc a 2021-03-03
             l = person Anna Lindqvist
             k = person Maria Kovacs
             meet met: participant l, participant k; when 2021-03-01
             doc b 2021-06-03
             l = person Lindqvist
             r = person Pedro Ruiz
             meet met: participant l, participant r; when 2021-06-01",
        );
        assert_eq!(
            got,
            ["40 Anna Lindqvist ≠ Lindqvist: left apart: same surname"]
        );
    }

    #[test]
    fn a_weak_join_is_asked_about_with_both_names() {
        let got = lines(
            "doc a.txt 2021-03-03
             l = person Anna Lindqvist
             k = person Maria Kovacs
             meet met: participant l, participant k; when 2021-03-01
             doc b.txt 2021-06-03
             l = person A. Lindqvist
             r = person Pedro Ruiz
             meet met: participant l, participant r; when 2021-06-01",
        );
        assert_eq!(got.len(), 1, "{got:?}");
        assert!(
            got[0].contains("Anna Lindqvist (a.txt) = A. Lindqvist (b.txt)"),
            "{got:?}"
        );
    }
}
