//! From one article's [`Analysis`](crate::language::Analysis) and time
//! expressions to its [`Report`]: who is in it, what they did, when and where,
//! with the sentence for each. Knows nothing of other articles.
//!
//! `names` finds name mentions, `actors` clusters them, `roles` reads titles,
//! `descriptions` finds actors without a name, `crowds` among them, `coref` resolves
//! pronouns (`quoted` says who speaks, `cataphora` finds those named later), `definites` definite descriptions. `grammar` fills the slots of verbs and nouns (`standing`: how a noun stands in its clause), with
//! `repair` where the parse gives no answer; `events` matches them with the
//! frames of the ontology (`fit` tests the words, `particles` verbs of several), `plans` finds announcements, `demands` demands and threats in
//! plain words, `cases` what is said of a case or a trial, `captions` who is shown together, `habits` what is no event, `refusals` makes a refusal of what was not agreed,
//! `narrative` keeps the day that a story is on, `shadows`
//! drops what another event says better, `sides` tells who sits on one side of the table, `lists` parts what a list tells, `same` joins mentions of one sentence.
//! `participants` turns slots into actors (`rows`: names in a row), `status` and `dating` say whether and
//! when, `phrase` words it.

mod actors;
#[cfg(test)]
mod acts_tests;
mod captions;
mod cases;
mod cataphora;
mod coref;
mod crowds;
mod dating;
mod definites;
mod demands;
mod descriptions;
mod doc;
mod events;
mod fit;
mod grammar;
mod habits;
mod inner;
mod lists;
#[cfg(test)]
mod meetings_tests;
mod names;
mod narrative;
#[cfg(test)]
mod narrative_tests;
#[cfg(test)]
mod news_tests;
mod nouns;
mod participants;
mod particles;
#[cfg(test)]
mod people_tests;
mod phrase;
mod plans;
mod quoted;
mod refusals;
mod repair;
mod report;
mod roles;
mod rows;
mod same;
mod series;
mod shadows;
mod sides;
mod sketch;
mod standing;
mod status;
#[cfg(test)]
mod tests;
mod verb_forms;
#[cfg(test)]
mod who_tests;
mod words;

use crate::ingest::Article;
use crate::language::Analysis;
use crate::ontology::types::EventTypes;
use crate::time::{PublicationClue, TimeExpression};

pub use report::{
    Context, Edition, EventMention, LocalActor, Mention, MentionForm, Participation, Quote, Report,
    RoleHeld, TimeRef, Trigger,
};
pub use sketch::{BUCKETS, Sketch};

/// Reads who did what out of one analysed article.
pub fn report(
    article: &Article,
    analysis: &Analysis,
    times: &[TimeExpression],
    clues: Vec<PublicationClue>,
) -> Report {
    report_with(article, analysis, times, clues, EventTypes::builtin())
}

/// As [`report`], with these event types.
pub fn report_with(
    article: &Article,
    analysis: &Analysis,
    times: &[TimeExpression],
    clues: Vec<PublicationClue>,
    types: &EventTypes,
) -> Report {
    let doc = doc::Doc::new(article, analysis, times);
    let mentions = names::find(&doc);
    let mut cast = actors::cluster(&doc, &mentions);
    roles::find(&doc, &mut cast, &mentions);
    descriptions::find(&doc, &mut cast, &mentions, types);
    coref::resolve(&doc, &mut cast, types);
    let mut events = events::find(&doc, &cast, types);
    let actors = keep_used(cast.finish(), &mut events);
    Report {
        id: article.id.clone(),
        path: article.path.clone(),
        title: article.title.clone(),
        source: article.source.clone(),
        url: article.url.clone(),
        given: article.published.clone(),
        origins: article.origins.clone(),
        clues,
        actors,
        events,
        series: series::find(&article.text, analysis, times),
        sketch: sketch::sketch(article),
        tokens: analysis
            .sentences
            .iter()
            .map(|s| s.tokens.len() as u32)
            .sum(),
    }
}

/// Drops actors that are mentioned nowhere (joined into others), and numbers
/// the rest anew.
fn keep_used(actors: Vec<LocalActor>, events: &mut [EventMention]) -> Vec<LocalActor> {
    let mut number = vec![None; actors.len()];
    let mut next = 0;
    for (i, actor) in actors.iter().enumerate() {
        if !actor.mentions.is_empty() {
            number[i] = Some(next);
            next += 1;
        }
    }
    let renumber = |i: u32| number.get(i as usize).copied().flatten();
    let mut kept: Vec<LocalActor> = actors
        .into_iter()
        .filter(|a| !a.mentions.is_empty())
        .collect();
    for actor in &mut kept {
        for role in &mut actor.roles {
            role.of = role.of.and_then(renumber);
        }
    }
    for event in events {
        event.participants.retain_mut(|p| match renumber(p.actor) {
            Some(i) => {
                p.actor = i;
                true
            }
            None => false,
        });
        event.apart = std::mem::take(&mut event.apart)
            .into_iter()
            .filter_map(|(a, b)| Some((renumber(a)?, renumber(b)?)))
            .collect();
        event.place = event.place.and_then(renumber);
        event.occasion = event.occasion.and_then(renumber);
        event.attributed_to = event.attributed_to.and_then(renumber);
    }
    kept
}
