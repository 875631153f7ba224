//! `tieline search`: the sentences in which words stand, with the events that
//! they tell.

use super::args::Search;
use super::error::Error;
use super::io::Io;
use super::{Outcome, answer, words};
use crate::render::plain;
use crate::store::Hit;
use serde_json::{Value, json};
use std::path::Path;

/// Runs the command.
pub(super) fn run(db: &Path, args: &Search, io: &mut Io) -> Result<Outcome, Error> {
    let store = answer::store(db, io)?;
    let asked = asked(&args.words);
    let Some(hits) = store.search(&asked, args.limit)? else {
        return Err(Error::new(
            "there is no word to search for",
            "give a word of letters or digits, not only words to leave out",
        ));
    };
    if hits.is_empty() && !store.has_sentences()? {
        return Err(Error::new(
            "this database has no sentences to search: an older Tieline made it",
            "run `tieline build PATH` first, which reads the articles anew",
        ));
    }
    if args.answer.is_json() {
        let hits: Vec<Value> = hits.iter().map(object).collect();
        let whole = json!({"words": asked, "sentences": hits});
        serde_json::to_writer_pretty(&mut io.out, &whole)
            .map_err(|e| Error::from(std::io::Error::from(e)))?;
        writeln!(io.out)?;
    } else {
        for hit in &hits {
            write!(io.out, "{}", text(hit, io.width()))?;
        }
    }
    if hits.is_empty() {
        io.nothing(&format!("no sentence has `{asked}`"));
    }
    Ok(Outcome::of(!hits.is_empty()))
}

/// What a shell took apart is put together again: an argument of several words
/// was in quotation marks.
fn asked(words: &[String]) -> String {
    let [one] = words else {
        let quoted = |word: &String| {
            if word.contains(char::is_whitespace) && !word.contains('"') {
                format!("\"{word}\"")
            } else {
                word.clone()
            }
        };
        return words.iter().map(quoted).collect::<Vec<_>>().join(" ");
    };
    one.clone()
}

fn text(hit: &Hit, width: usize) -> String {
    let mut head = plain(&hit.path);
    head.push_str(&match &hit.published {
        Some(date) => format!(", {}", plain(date)),
        None => ", undated".to_owned(),
    });
    if let Some(title) = &hit.title {
        head.push_str(&format!(": {}", plain(title)));
    }
    let mut text = words::wrap(&head, width, "");
    text.push_str(&words::wrap(
        &format!("“{}”", plain(&hit.text)),
        width,
        "    ",
    ));
    for (id, title) in &hit.events {
        let event = format!("{} [{}]", plain(title), plain(id));
        let event = words::wrap(&event, width, "      ");
        text.push_str(&format!("    → {}", event.trim_start()));
    }
    text
}

fn object(hit: &Hit) -> Value {
    let events: Vec<&str> = hit.events.iter().map(|(id, _)| id.as_str()).collect();
    json!({
        "path": hit.path, "title": hit.title, "published": hit.published,
        "start": hit.start, "end": hit.end, "text": hit.text, "events": events,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_in_quotation_marks_stays_together() {
        let check = |words: &[&str], expected: &str| {
            let words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
            assert_eq!(asked(&words), expected);
        };
        check(&["prime minister"], "prime minister");
        check(&["prime minister", "visit"], "\"prime minister\" visit");
        check(&["\"prime minister\" visit"], "\"prime minister\" visit");
    }
}
