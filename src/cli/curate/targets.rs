//! From what a user types to references that last: an actor by a name as an
//! article writes it and that article, an event by its first sentence.

use crate::cli::io::Io;
use crate::cli::names;
use crate::graph::TieGraph;
use crate::query::{self, Match};
use crate::resolve::curation::{ActorRef, EventRef};
use crate::resolve::{Actor, Event, Story, fold};

/// A name as typed: the name, and the document where an article is named.
pub(crate) struct Typed<'t> {
    pub(crate) name: &'t str,
    pub(crate) document: Option<usize>,
}

/// Reads `NAME` or `NAME@ARTICLE`, the article being a path or its end.
pub(crate) fn typed<'t>(story: &Story, text: &'t str) -> Typed<'t> {
    let whole = Typed {
        name: text,
        document: None,
    };
    let Some((name, article)) = text.rsplit_once('@') else {
        return whole;
    };
    let ends = |path: &str| {
        let rest = path.strip_suffix(article);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
    };
    let document = story.documents.iter().position(|d| d.path == article);
    let document = document.or_else(|| story.documents.iter().position(|d| ends(&d.path)));
    match document {
        Some(_) if !name.is_empty() && !article.is_empty() => Typed { name, document },
        _ => whole,
    }
}

/// The actor that a typed name means. Where none or several fit, says so.
pub(crate) fn actor(graph: &TieGraph<'_>, typed: &Typed<'_>, io: &mut Io) -> Option<usize> {
    let story = graph.story;
    let by_id = story.actors.iter().position(|a| a.id == typed.name);
    if let (Some(document), None) = (typed.document, by_id)
        && let Match::Several(several) = query::actor(graph, typed.name)
    {
        let mut here = several.into_iter().filter(|a| {
            let mut mentions = story.actors[*a].mentions.iter();
            mentions.any(|m| m.document == document)
        });
        if let (Some(one), None) = (here.next(), here.next()) {
            return Some(one);
        }
    }
    names::actor(graph, typed.name, io)
}

/// A reference to an actor, in the form of the name that was typed where that
/// is one of its names.
pub(crate) fn actor_ref(story: &Story, number: usize, typed: &Typed<'_>) -> ActorRef {
    let actor = &story.actors[number];
    let asked = fold(typed.name);
    let mut forms: Vec<&String> = std::iter::once(&actor.name)
        .chain(&actor.aliases)
        .filter(|form| fold(form) == asked)
        .collect();
    if forms.is_empty() {
        forms = std::iter::once(&actor.name).chain(&actor.aliases).collect();
    }
    by_form(story, actor, &forms, typed.document)
}

/// A reference to an actor by the first of these forms that an article writes.
fn by_form(story: &Story, actor: &Actor, forms: &[&String], document: Option<usize>) -> ActorRef {
    let here = |d: usize| document.is_none_or(|wanted| d == wanted);
    let path = |d: usize| story.documents.get(d).map(|d| d.path.clone());
    for form in forms {
        let written = actor
            .mentions
            .iter()
            .find(|m| m.text == **form && here(m.document));
        if let Some(mention) = written {
            return ActorRef {
                name: (*form).clone(),
                kind: Some(actor.kind),
                article: path(mention.document),
            };
        }
    }
    let first = actor.mentions.iter().find(|m| here(m.document));
    ActorRef {
        name: forms.first().map_or(&actor.name, |f| *f).clone(),
        kind: Some(actor.kind),
        article: first.and_then(|m| path(m.document)),
    }
}

/// A reference to an event by its first sentence.
pub(crate) fn event_ref(story: &Story, event: &Event) -> EventRef {
    let first = event.evidence.first();
    EventRef {
        id: event.id.clone(),
        kind: event.kind.clone(),
        title: event.title.clone(),
        article: first
            .and_then(|e| story.documents.get(e.document))
            .map(|d| d.path.clone())
            .unwrap_or_default(),
        trigger: first.map(|e| e.trigger.text.clone()).unwrap_or_default(),
        quote: first.map(|e| e.quote.text.clone()).unwrap_or_default(),
    }
}
