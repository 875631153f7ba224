//! Dated captions.

use super::{date_of, one_line, stripped};
use crate::ingest::{Article, BlockKind};
use crate::language::Analysis;
use crate::time::calendar::{plus_days, weekday_number};
use crate::time::{Choice, Edtf, Meaning, Part, PublicationClue, TimeExpression};

/// Dated captions: the picture was taken when the news happened, unless it
/// comes from an archive. Where the text speaks of the caption's weekday, both
/// mean one day, and that is the day of publication or one shortly before.
pub(super) fn captions(
    article: &Article,
    analysis: &Analysis,
    times: &[TimeExpression],
    out: &mut Vec<PublicationClue>,
) {
    for time in times {
        let Some(sentence) = analysis.sentences.get(time.sentence as usize) else {
            continue;
        };
        if sentence.kind != BlockKind::Caption {
            continue;
        }
        let Some(edtf) = date_of(&stripped(&time.meaning)).filter(Edtf::is_day) else {
            continue;
        };
        let words = article
            .blocks
            .get(sentence.block as usize)
            .map_or("", |b| b.span.of(&article.text))
            .to_lowercase();
        if [
            "file photo",
            "file image",
            "archive",
            "(file",
            "file picture",
        ]
        .iter()
        .any(|w| words.contains(w))
        {
            continue;
        }
        let Some(day) = edtf.earliest() else {
            continue;
        };
        let weekday = weekday_number(day);
        let agrees = times.iter().find(|t| {
            analysis
                .sentences
                .get(t.sentence as usize)
                .is_some_and(|s| s.kind == BlockKind::Body)
                && matches!(
                    stripped(&t.meaning),
                    Meaning::Recurring { part: Part::Weekday(w), choice: Choice::Past, .. }
                        if w == weekday
                )
        });
        let written = one_line(time.span.of(&article.text));
        // Without such words the picture may be some days older than the page.
        let (weight, edtf, why) = match agrees {
            Some(t) => (
                0.7,
                edtf,
                format!(
                    "a caption is dated {written}, and the text's \"{}\" is that day",
                    one_line(t.span.of(&article.text))
                ),
            ),
            None => (
                0.3,
                plus_days(day, 7).map_or(edtf, |last| Edtf::days(day, last)),
                format!("a caption is dated {written}"),
            ),
        };
        out.push(PublicationClue {
            eve: false,
            weight,
            printed: false,
            meaning: Meaning::Absolute(edtf),
            why,
        });
    }
}
