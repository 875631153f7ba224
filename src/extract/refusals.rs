//! An agreement that somebody did not make is a refusal: "did not agree to",
//! "failed to reach an agreement".

use super::doc::Doc;
use super::events::Candidate;
use super::status;
use crate::model::Status;
use crate::ontology::types::EventTypes;

/// Turns agreements that failed by the word of their own clause into
/// refusals that took place.
pub(super) fn find(doc: &Doc<'_>, types: &EventTypes, found: &mut [Candidate]) {
    let Some(reject) = types.verb_of("reject", "reject") else {
        return;
    };
    for candidate in found {
        let agree = types.types[candidate.frame.kind].key == "agree";
        if !agree
            || candidate.status != Status::Denied
            || !status::is_failure(doc, candidate.at, candidate.standing)
        {
            continue;
        }
        candidate.frame = reject;
        candidate.status = Status::Occurred;
        for part in &mut candidate.participants {
            if part.role == "party" {
                "rejecter".clone_into(&mut part.role);
            }
        }
    }
}
