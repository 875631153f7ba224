//! A dated caption without a verb that shows two people together tells that they
//! met: "Ana Ruiz with the Chilean minister Luis Vega in Lima on 3 May 2020". Pure.

use super::actors::Cast;
use super::doc::{At, Doc};
use super::events::Candidate;
use super::grammar;
use super::participants;
use super::standing::Standing;
use crate::ingest::BlockKind;
use crate::language::{Relation, Upos};
use crate::model::{ActorKind, Status};
use crate::ontology::types::EventTypes;
use crate::ontology::unnamed::{self, Sort};

/// The meeting that a caption shows.
pub(super) fn find(doc: &Doc<'_>, cast: &Cast, types: &EventTypes, s: usize) -> Option<Candidate> {
    let tokens = &doc.sentences()[s].tokens;
    if doc.kind(s) != BlockKind::Caption || tokens.iter().any(|t| t.upos == Upos::Verb) {
        return None;
    }
    if !doc.times_of(s).any(|e| e.meaning.is_datable()) {
        return None;
    }
    let frame = *types.verb("meet").first()?;
    let root = (0..tokens.len())
        .map(|t| (s, t))
        .find(|at| doc.head(*at).is_none())?;
    let with = doc.children(root).find(|c| {
        // The parser may take the second for a conjunct of the first.
        let beside = |r: Relation| doc.relation(*c).is(r);
        (beside(Relation::Nmod) || beside(Relation::Obl) || beside(Relation::Conj))
            && doc.case(*c).as_deref() == Some("with")
            && !unnamed::is(Sort::Kin, doc.lemma(*c))
    })?;
    let at = doc
        .children(with)
        .find(|c| doc.relation(*c) == Relation::Case)?;
    let people = |at: At| -> Vec<usize> {
        let all = participants::actors_of(doc, cast, at, false).into_iter();
        all.filter(|a| cast.kind(*a) == ActorKind::Person).collect()
    };
    let (one, other) = (people(root), people(with));
    if one.is_empty() || other.is_empty() || one.iter().any(|a| other.contains(a)) {
        return None;
    }
    let mut list = Vec::new();
    participants::push(&mut list, &one, "participant");
    participants::push(&mut list, &other, "participant");
    Some(Candidate {
        at,
        end: at.1,
        frame,
        standing: Standing::Free,
        arguments: grammar::Arguments::default(),
        participants: list,
        apart: Vec::new(),
        occasion: None,
        status: Status::Occurred,
    })
}

#[cfg(test)]
mod tests {
    use crate::extract::tests::read_as;
    use crate::ingest::BlockKind;

    /// Who meets whom in a caption: `A + B at WORDS`, or nothing.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let report = read_as(text, BlockKind::Caption);
        let name = |i: u32| report.actors[i as usize].name.as_str();
        let met = report.events.iter().find(|e| e.kind == "meet").map(|e| {
            let who: Vec<&str> = e.participants.iter().map(|p| name(p.actor)).collect();
            let when = e.time.as_ref().map_or("", |t| t.words.as_str());
            format!("{} at {when}", who.join(" + "))
        });
        assert_eq!(met.unwrap_or_default(), expected, "{text}");
    }

    #[test]
    fn two_people_in_one_dated_picture() {
        check(
            "Ana Ruiz with Luis Vega in Lima on May 3, 2020.",
            "Ana Ruiz + Luis Vega at May 3, 2020",
        );
        check(
            "Prime Minister Ana Ruiz with the Chilean foreign minister Luis Vega in Lima on 3 May 2020",
            "Ana Ruiz + Luis Vega at 3 May 2020",
        );
    }

    #[test]
    fn other_pictures() {
        check("Ana Ruiz with Luis Vega in Lima.", "");
        check(
            "Ana Ruiz with her husband Luis Vega in Lima on May 3, 2020.",
            "",
        );
        check("Ana Ruiz with a trophy in Lima on May 3, 2020.", "");
        check("Ana Ruiz in Lima on May 3, 2020.", "");
    }
}
