//! Runs `ontology/direction.toml` through the whole language layer: whether a
//! day without its year is read as past or as ahead.

use super::examples::article;
use super::{Edtf, find};
use crate::language;
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    past: Vec<String>,
    future: Vec<String>,
}

/// The date of the marked words, as seen from the day of publication.
fn date_of(sentence: &str) -> Option<String> {
    let start = sentence.find('*')?;
    let end = sentence.rfind('*')? - 1;
    let text = sentence.replace('*', "");
    let (article, _) = article(&text);
    let analysis = language::analyze(&article);
    let times = find(&article, &analysis);
    let time = times
        .iter()
        .find(|t| (t.span.start as usize) < end && start < t.span.end as usize)?;
    let edtf = time
        .meaning
        .resolve(Edtf::parse("2017-06-28").as_ref())?
        .edtf?;
    Some(edtf.to_string())
}

fn failures(sentences: &[String], ahead: bool) -> String {
    let published = chrono::NaiveDate::from_ymd_opt(2017, 6, 28);
    let mut out = String::new();
    for sentence in sentences {
        let date = date_of(sentence);
        let bounds = date.as_deref().and_then(Edtf::parse).map(|e| e.bounds());
        let right = match bounds {
            Some((first, last)) if ahead => last.or(first) > published,
            Some((first, last)) => first.or(last).is_some_and(|d| Some(d) < published),
            None => false,
        };
        if !right {
            out += &format!("{sentence}\n    {date:?}\n");
        }
    }
    out
}

#[test]
fn days_behind_and_ahead() {
    let cases: Result<Cases, _> = toml::from_str(include_str!("../../ontology/direction.toml"));
    assert!(cases.is_ok(), "{:?}", cases.err());
    let Ok(cases) = cases else { return };
    let wrong = failures(&cases.past, false);
    assert!(wrong.is_empty(), "not past:\n{wrong}");
    let wrong = failures(&cases.future, true);
    assert!(wrong.is_empty(), "not ahead:\n{wrong}");
}
