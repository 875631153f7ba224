//! What a correction has changed: two stories compared, in words.

use crate::cli::error::Error;
use crate::cli::io::Io;
use crate::render::dates::Shown;
use crate::render::{count, plain};
use crate::resolve::{Actor, Event, Story};
use std::collections::{BTreeMap, BTreeSet};

/// How many lines of one sort are enough.
const SHOWN: usize = 10;

/// Writes what differs. Says so where nothing does.
pub(crate) fn write(old: &Story, new: &Story, io: &mut Io) -> Result<(), Error> {
    let mut lines = actors(old, new);
    lines.extend(events(old, new));
    if lines.is_empty() {
        writeln!(io.out, "nothing in the answers changes")?;
    }
    for (sort, of_sort) in &lines {
        for line in of_sort.iter().take(SHOWN) {
            writeln!(io.out, "{sort:<9} {line}")?;
        }
        if let Some(more) = of_sort.len().checked_sub(SHOWN).filter(|n| *n > 0) {
            writeln!(io.out, "{sort:<9} {more} more")?;
        }
    }
    writeln!(
        io.out,
        "now       {}, {}, {}",
        count(new.actors.len(), "actor"),
        count(new.events.len(), "event"),
        count(new.ties.len(), "tie")
    )?;
    Ok(())
}

type Lines = Vec<(&'static str, Vec<String>)>;

fn of_sort(lines: Lines) -> Lines {
    lines.into_iter().filter(|(_, l)| !l.is_empty()).collect()
}

fn actors(old: &Story, new: &Story) -> Lines {
    let ids = |story: &Story| -> BTreeMap<String, usize> {
        let each = story.actors.iter().enumerate();
        each.map(|(i, a)| (a.id.clone(), i)).collect()
    };
    let (before, after) = (ids(old), ids(new));
    let label = |a: &Actor| {
        let named = count(a.mentions.len(), "mention");
        format!("{} ({}, {named})", plain(&a.name), a.kind)
    };
    let only = |a: &BTreeMap<String, usize>, b: &BTreeMap<String, usize>| -> BTreeSet<usize> {
        let only = a.iter().filter(|(id, _)| !b.contains_key(*id));
        only.map(|(_, i)| *i).collect()
    };
    let (mut gone, mut come) = (only(&before, &after), only(&after, &before));
    // An id follows the name: what is first named in the same place is the same.
    let first = |story: &Story, i: usize| {
        let first = story.actors.get(i)?.mentions.first()?;
        Some((first.document, first.start))
    };
    let lost: BTreeMap<_, usize> = gone
        .iter()
        .filter_map(|g| Some((first(old, *g)?, *g)))
        .collect();
    let renamed: Vec<(usize, usize)> = come
        .iter()
        .filter_map(|i| Some((*lost.get(&first(new, *i)?)?, *i)))
        .collect();
    for (was, is) in &renamed {
        gone.remove(was);
        come.remove(is);
    }
    let kept = after
        .iter()
        .filter_map(|(id, is)| Some((*before.get(id)?, *is)));
    let changed = kept.chain(renamed).filter_map(|(was, is)| {
        let (was, is) = (old.actors.get(was)?, new.actors.get(is)?);
        let differs =
            was.name != is.name || was.kind != is.kind || was.mentions.len() != is.mentions.len();
        differs.then(|| format!("{}; it was {}", label(is), label(was)))
    });
    of_sort(vec![
        (
            "gone",
            gone.iter().map(|i| label(&old.actors[*i])).collect(),
        ),
        ("new", come.iter().map(|i| label(&new.actors[*i])).collect()),
        ("changed", changed.collect()),
    ])
}

fn events(old: &Story, new: &Story) -> Lines {
    let ids = |story: &Story| -> BTreeMap<String, usize> {
        let each = story.events.iter().enumerate();
        each.map(|(i, e)| (e.id.clone(), i)).collect()
    };
    let (before, after) = (ids(old), ids(new));
    let date = |e: &Event| Shown::of(e.date.as_ref()).label();
    let label = |e: &Event| format!("{} {} {}", e.id, date(e), plain(&e.title));
    let gone = before.iter().filter(|(id, _)| !after.contains_key(*id));
    let come = after.iter().filter(|(id, _)| !before.contains_key(*id));
    let who = |story: &Story, e: &Event| -> Vec<String> {
        let parts = e.participants.iter();
        parts
            .filter_map(|p| Some(plain(&story.actors.get(p.actor)?.name)))
            .collect()
    };
    let changed = after.iter().filter_map(|(id, i)| {
        let (was, is) = (old.events.get(*before.get(id)?)?, new.events.get(*i)?);
        let mut differs = Vec::new();
        if was.date != is.date {
            differs.push(format!("date {}", date(was)));
        }
        if was.status != is.status {
            differs.push(format!("status {}", was.status));
        }
        if who(old, was) != who(new, is) {
            differs.push(format!("with {}", who(old, was).join(", ")));
        }
        if was.title != is.title {
            differs.push(format!("“{}”", plain(&was.title)));
        }
        if was.evidence.len() != is.evidence.len() {
            differs.push(count(was.evidence.len(), "sentence"));
        }
        (!differs.is_empty()).then(|| format!("{}; it was {}", label(is), differs.join(", ")))
    });
    of_sort(vec![
        (
            "no event",
            gone.map(|(_, i)| label(&old.events[*i])).collect(),
        ),
        (
            "new event",
            come.map(|(_, i)| label(&new.events[*i])).collect(),
        ),
        ("event", changed.collect()),
    ])
}
