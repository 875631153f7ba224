//! Which actors and events of a story a correction speaks of. Pure. While a
//! story is made, [`super::actors`] looks among the actors of the articles
//! instead.

use super::{ActorRef, EventRef};
use crate::resolve::{Event, Story, fold};
use std::collections::HashMap;

/// The actors of a story by all their names.
#[derive(Debug)]
pub struct Bearers<'s> {
    story: &'s Story,
    by_name: HashMap<String, Vec<usize>>,
    by_path: HashMap<&'s str, usize>,
}

impl<'s> Bearers<'s> {
    /// Linear in the names.
    pub fn of(story: &'s Story) -> Bearers<'s> {
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, actor) in story.actors.iter().enumerate() {
            for name in std::iter::once(&actor.name).chain(&actor.aliases) {
                let list = by_name.entry(fold(name)).or_default();
                if list.last() != Some(&i) {
                    list.push(i);
                }
            }
        }
        let paths = story.documents.iter().enumerate();
        Bearers {
            story,
            by_name,
            by_path: paths.map(|(i, d)| (d.path.as_str(), i)).collect(),
        }
    }

    /// The actors that bear a name; where one is given, those that its article
    /// mentions, if there are any.
    pub fn meant(&self, wanted: &ActorRef) -> Vec<usize> {
        let bearers = self.by_name.get(&fold(&wanted.name));
        let bearers = bearers.cloned().unwrap_or_default();
        let article = wanted.article.as_deref();
        let Some(document) = article.and_then(|a| self.by_path.get(a)) else {
            return bearers;
        };
        let here = |actor: &usize| {
            let actor = self.story.actors.get(*actor);
            actor.is_some_and(|a| a.mentions.iter().any(|m| m.document == *document))
        };
        let in_article: Vec<usize> = bearers.iter().copied().filter(here).collect();
        if in_article.is_empty() {
            bearers
        } else {
            in_article
        }
    }
}

/// The events of a story by their sentences and ids.
#[derive(Debug)]
pub struct Sentences<'s> {
    events: &'s [Event],
    paths: Vec<&'s str>,
    by_quote: HashMap<&'s str, Vec<usize>>,
    by_id: HashMap<&'s str, usize>,
}

impl<'s> Sentences<'s> {
    /// Of a finished story. Linear in the evidence.
    pub fn of(story: &'s Story) -> Sentences<'s> {
        let paths = story.documents.iter().map(|d| d.path.as_str()).collect();
        Sentences::new(&story.events, paths)
    }

    /// Of these events; `paths` are those of the documents.
    pub(super) fn new(events: &'s [Event], paths: Vec<&'s str>) -> Sentences<'s> {
        let mut by_quote: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut by_id = HashMap::new();
        for (i, event) in events.iter().enumerate() {
            by_id.entry(event.id.as_str()).or_insert(i);
            for evidence in &event.evidence {
                let list = by_quote.entry(&evidence.quote.text).or_default();
                if list.last() != Some(&i) {
                    list.push(i);
                }
            }
        }
        Sentences {
            events,
            paths,
            by_quote,
            by_id,
        }
    }

    /// The events that a correction speaks of: one where all is well, none
    /// where its sentence is gone, several where nothing tells them apart.
    ///
    /// They are looked for by sentence and trigger in the article, then by both
    /// in any article, then by the id. Of several events of one sentence the id
    /// decides, then the short line, then the type.
    pub fn meant(&self, wanted: &EventRef) -> Vec<usize> {
        let mut found = self.fitting(wanted);
        let tests: [&dyn Fn(&Event) -> bool; 3] =
            [&|e| e.id == wanted.id, &|e| e.title == wanted.title, &|e| {
                e.kind == wanted.kind
            }];
        for test in tests {
            if found.len() > 1 {
                let better: Vec<usize> = found
                    .iter()
                    .copied()
                    .filter(|e| test(&self.events[*e]))
                    .collect();
                if !better.is_empty() {
                    found = better;
                }
            }
        }
        found
    }

    fn fitting(&self, wanted: &EventRef) -> Vec<usize> {
        let of_quote = self.by_quote.get(wanted.quote.as_str());
        let of_quote = of_quote.map_or(&[][..], Vec::as_slice);
        for anywhere in [false, true] {
            let tells = |event: &usize| {
                self.events[*event].evidence.iter().any(|e| {
                    let path = self.paths.get(e.document).copied();
                    e.trigger.text == wanted.trigger
                        && e.quote.text == wanted.quote
                        && (anywhere || path == Some(wanted.article.as_str()))
                })
            };
            let found: Vec<usize> = of_quote.iter().copied().filter(tells).collect();
            if !found.is_empty() {
                return found;
            }
        }
        self.by_id
            .get(wanted.id.as_str())
            .into_iter()
            .copied()
            .collect()
    }
}
