//! Divides what the rules have joined where a correction says that two names
//! are of different actors: mentions go by the form of the name, by what fits
//! it, and by the company that the articles keep. Pure and deterministic.

use super::actors::{Apart, Plan, forms, in_group, missing};
use super::check::find;
use super::{ActorRef, What};
use crate::model::ActorKind;
use crate::resolve::corpus::{Corpus, Local};
use crate::resolve::fold;
use crate::resolve::group::Group;
use crate::resolve::names::{Given, PersonName};
use std::collections::{BTreeMap, BTreeSet};

/// The names of one side of a division.
#[derive(Debug, Default)]
struct Side {
    seeds: BTreeSet<Local>,
    names: BTreeSet<String>,
}

/// What is known of the sides of one group.
#[derive(Debug, Default)]
struct Cut {
    /// By the number of the set of references that are one.
    sides: BTreeMap<usize, Side>,
    /// Sides that must not be one, smaller first, with the correction.
    against: BTreeMap<(usize, usize), usize>,
}

/// Divides groups, adding the new parts at the end, and gives the pairs that
/// must stay apart.
pub(super) fn all(
    corpus: &Corpus,
    groups: &mut Vec<(ActorKind, Group)>,
    plan: &mut Plan<'_>,
) -> Apart {
    let mut apart = Apart::new();
    let mut cuts: BTreeMap<usize, Cut> = BTreeMap::new();
    let sets = Sets::new(plan);
    for (number, correction) in plan.sorted.clone() {
        let What::Different(actors) = &correction.what else {
            continue;
        };
        if let Some(why) = actors.iter().find_map(|a| missing(plan, a)) {
            plan.fails(number, why);
            continue;
        }
        for (i, a) in actors.iter().enumerate() {
            for b in &actors[i + 1..] {
                let (Some((in_a, of_a)), Some((in_b, of_b))) =
                    (in_group(plan, a), in_group(plan, b))
                else {
                    continue;
                };
                if let (Some(x), Some(y)) = (of_a.first(), of_b.first()) {
                    apart.push((number, *x, *y));
                }
                let (a, b) = (sets.of(a), sets.of(b));
                if in_a == in_b && a != b {
                    let cut = cuts.entry(in_a).or_default();
                    cut.against.entry((a.min(b), a.max(b))).or_insert(number);
                }
            }
        }
    }
    for (place, mut cut) in cuts {
        cut.gather(corpus, &groups[place].1, place, &sets, plan);
        let kind = groups[place].0;
        let mut parts = cut.parts(corpus, kind, &groups[place].1, plan).into_iter();
        if let Some(first) = parts.next() {
            groups[place].1 = first;
        }
        groups.extend(parts.map(|part| (kind, part)));
    }
    // One article that takes both for one cannot be divided.
    apart.retain(|(number, a, b)| a != b && !plan.unapplied.contains_key(number));
    apart
}

/// References that `same` makes one.
struct Sets<'c> {
    number: BTreeMap<&'c ActorRef, usize>,
    root: Vec<usize>,
}

impl<'c> Sets<'c> {
    fn new(plan: &Plan<'c>) -> Sets<'c> {
        let mut sets = Sets {
            number: BTreeMap::new(),
            root: Vec::new(),
        };
        let refs = plan.sorted.iter().flat_map(|(_, c)| match &c.what {
            What::Same(actors, _) | What::Different(actors) => actors.as_slice(),
            _ => &[],
        });
        for actor in refs.collect::<BTreeSet<_>>() {
            sets.number.insert(actor, sets.root.len());
            sets.root.push(sets.root.len());
        }
        for (_, correction) in &plan.sorted {
            if let What::Same(actors, _) = &correction.what {
                for pair in actors.windows(2) {
                    let (Some(a), Some(b)) = (sets.number.get(&pair[0]), sets.number.get(&pair[1]))
                    else {
                        continue;
                    };
                    let (a, b) = (find(&mut sets.root, *a), find(&mut sets.root, *b));
                    sets.root[a.max(b)] = a.min(b);
                }
            }
        }
        for i in 0..sets.root.len() {
            let root = find(&mut sets.root, i);
            sets.root[i] = root;
        }
        sets
    }

    fn of(&self, actor: &ActorRef) -> usize {
        let number = self.number.get(actor).copied().unwrap_or(usize::MAX);
        self.root.get(number).copied().unwrap_or(number)
    }
}

impl Cut {
    /// Finds the members that each side is sure of: those meant by a reference,
    /// and those of the same name where no other side bears it.
    fn gather(
        &mut self,
        corpus: &Corpus,
        group: &Group,
        place: usize,
        sets: &Sets<'_>,
        plan: &Plan<'_>,
    ) {
        let wanted: BTreeSet<usize> = self.against.keys().flat_map(|(a, b)| [*a, *b]).collect();
        for actor in sets.number.keys() {
            let set = sets.of(actor);
            if !wanted.contains(&set) {
                continue;
            }
            if let Some((at, locals)) = in_group(plan, actor)
                && at == place
            {
                let side = self.sides.entry(set).or_default();
                side.seeds.extend(locals);
                side.names.insert(fold(&actor.name));
            }
        }
        let bears = |local: Local| -> BTreeSet<String> { forms(corpus, local).map(fold).collect() };
        let mut own: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (set, side) in &self.sides {
            for name in &side.names {
                own.entry(name.clone()).or_default().push(*set);
            }
        }
        for member in &group.members {
            if self.sides.values().any(|s| s.seeds.contains(member)) {
                continue;
            }
            let mut fits: BTreeSet<usize> = BTreeSet::new();
            for name in bears(*member) {
                if let Some([only]) = own.get(&name).map(Vec::as_slice) {
                    fits.insert(*only);
                }
            }
            if let (Some(only), 1) = (fits.first(), fits.len())
                && let Some(side) = self.sides.get_mut(only)
            {
                side.seeds.insert(*member);
            }
        }
    }

    /// The parts of the group, the one with its first member first.
    fn parts(
        &self,
        corpus: &Corpus,
        kind: ActorKind,
        group: &Group,
        plan: &mut Plan<'_>,
    ) -> Vec<Group> {
        for ((a, b), number) in &self.against {
            let (Some(x), Some(y)) = (self.sides.get(a), self.sides.get(b)) else {
                continue;
            };
            if let Some(both) = x.seeds.intersection(&y.seeds).next() {
                let path = corpus.path(both.doc);
                plan.fails(*number, format!("{path} itself takes them for one"));
            }
        }
        let classes = self.classes();
        if classes.len() < 2 {
            return vec![group.clone()];
        }
        let known: Vec<Known> = classes
            .iter()
            .map(|seeds| Known::new(corpus, kind, seeds))
            .collect();
        let mut members: Vec<Vec<Local>> = vec![Vec::new(); classes.len()];
        for member in &group.members {
            let sure = classes.iter().position(|seeds| seeds.contains(member));
            let at = sure.unwrap_or_else(|| best(corpus, &known, *member));
            members[at].push(*member);
        }
        members.retain(|m| !m.is_empty());
        members.sort_by_key(|m| m.iter().min().copied());
        let parts = members.iter().map(|m| part(corpus, group, m));
        let mut parts: Vec<Group> = parts.collect();
        let names: Vec<String> = parts.iter().map(|p| label(corpus, p)).collect();
        for (i, part) in parts.iter_mut().enumerate() {
            let others = names.iter().enumerate().filter(|(n, _)| *n != i);
            let others: Vec<&str> = others.map(|(_, name)| name.as_str()).collect();
            let others = others.join(" and ");
            part.corrected()
                .changes
                .push(format!("kept apart from {others} by {}", super::BY));
        }
        parts
    }

    /// Sides that nothing keeps apart stay together: each goes to the first
    /// class in which nobody is against it. The sides of one member are one.
    fn classes(&self) -> Vec<BTreeSet<Local>> {
        let mut sides: Vec<(usize, &Side)> = self.sides.iter().map(|(n, s)| (*n, s)).collect();
        sides.retain(|(_, s)| !s.seeds.is_empty());
        sides.sort_by_key(|(n, s)| (s.seeds.first().copied(), *n));
        let mut classes: Vec<(Vec<usize>, BTreeSet<Local>)> = Vec::new();
        for (number, side) in sides {
            let free = |(numbers, seeds): &(Vec<usize>, BTreeSet<Local>)| {
                !seeds.is_disjoint(&side.seeds)
                    || numbers.iter().all(|other| {
                        let pair = (number.min(*other), number.max(*other));
                        !self.against.contains_key(&pair)
                    })
            };
            match classes.iter().position(free) {
                Some(at) => {
                    classes[at].0.push(number);
                    classes[at].1.extend(&side.seeds);
                }
                None => classes.push((vec![number], side.seeds.clone())),
            }
        }
        classes.into_iter().map(|(_, seeds)| seeds).collect()
    }
}

/// What the sure members of one side tell.
struct Known {
    names: BTreeSet<String>,
    words: BTreeSet<String>,
    people: Vec<PersonName>,
    context: Vec<u32>,
    docs: BTreeSet<u32>,
    size: usize,
}

/// How many sure members of a side are looked at for their company.
const LOOKED_AT: usize = 64;

impl Known {
    fn new(corpus: &Corpus, kind: ActorKind, seeds: &BTreeSet<Local>) -> Known {
        let mut known = Known {
            names: BTreeSet::new(),
            words: BTreeSet::new(),
            people: Vec::new(),
            context: Vec::new(),
            docs: seeds.iter().map(|s| s.doc).collect(),
            size: seeds.len(),
        };
        for (n, seed) in seeds.iter().enumerate() {
            for name in forms(corpus, *seed) {
                let folded = fold(name);
                known.words.extend(folded.split(' ').map(str::to_owned));
                if known.names.insert(folded) && kind == ActorKind::Person {
                    known.people.extend(PersonName::parse(name));
                }
            }
            if n < LOOKED_AT {
                corpus.context(*seed).add_to(&mut known.context);
            }
        }
        known
    }

    /// How well a member fits, in points.
    fn points(&self, corpus: &Corpus, member: Local) -> i32 {
        let mut points = 0;
        for name in forms(corpus, member) {
            let folded = fold(name);
            points += 8 * i32::from(self.names.contains(&folded));
            points += folded
                .split(' ')
                .map(|w| i32::from(self.words.contains(w)))
                .sum::<i32>();
            if let Some(person) = PersonName::parse(name) {
                for own in &self.people {
                    points += match own.given_names(&person) {
                        Given::Different => -16,
                        Given::Missing => 0,
                        Given::Fits(_) => 4,
                    };
                }
            }
        }
        if corpus.context(member).shares(&self.context) {
            points += 6;
        }
        // Its article keeps the two apart itself.
        if self.docs.contains(&member.doc) {
            points -= 3;
        }
        points
    }
}

/// The side that a member fits best; among equals the larger, then the first.
fn best(corpus: &Corpus, known: &[Known], member: Local) -> usize {
    let each = known.iter().enumerate();
    each.max_by_key(|(i, k)| {
        let points = k.points(corpus, member);
        (points, k.size, std::cmp::Reverse(*i))
    })
    .map_or(0, |(i, _)| i)
}

fn label(corpus: &Corpus, group: &Group) -> String {
    match group.members.first() {
        Some(first) => {
            format!("{} ({})", corpus.name(*first), corpus.path(first.doc))
        }
        None => String::new(),
    }
}

/// The group of some members, with the reasons that the whole group had for
/// their names.
fn part(corpus: &Corpus, whole: &Group, members: &[Local]) -> Group {
    let mut out = Group::default();
    for member in members {
        let name = corpus.name(*member);
        if out.members.is_empty() {
            out = Group::of(*member, corpus.actor(*member).name);
            continue;
        }
        let joined = format!(" and {name} in {}: ", corpus.path(member.doc));
        let reason = whole.merges.iter().find_map(|m| m.split_once(&joined));
        let why = reason.map_or("same name, or a form of it", |(_, why)| why);
        out.join(corpus, *member, || why.to_owned());
    }
    out
}
