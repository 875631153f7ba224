//! Each layer over one small article, in each format.

use super::reading::Reading;
use super::{json, text};
use crate::cli::args::Layer;
use crate::ingest::{self, Article, GivenDate, Metadata, Source};
use crate::language::conllu;
use crate::ontology::types::EventTypes;
use serde_json::Value;
use std::path::PathBuf;

const STORY: &str = "Nordwind unveils its Lumen tablet\n\n\
    OSLO, March 3 - Nordwind chairman Olav Berg met Turkish president Kemal Aydin in Oslo \
    on Tuesday.\n\n\
    They will sign the Harbour Accord in Ankara next week, the company said.\n";

fn article() -> Article {
    let published = Some(GivenDate {
        edtf: "2021-03-03".to_owned(),
        from: "dct".to_owned(),
    });
    let source = Source {
        file: PathBuf::from("story.txt"),
        path: "story.txt".to_owned(),
        metadata: Metadata {
            published,
            ..Metadata::default()
        },
    };
    ingest::parse(&source, STORY.as_bytes()).unwrap().0
}

fn check(layer: Layer) -> String {
    let article = article();
    text::layer(&Reading::new(&article, EventTypes::builtin()), layer)
}

#[test]
fn blocks() {
    insta::assert_snapshot!(check(Layer::Blocks));
}

#[test]
fn tokens() {
    insta::assert_snapshot!(check(Layer::Tokens));
}

#[test]
fn parse() {
    insta::assert_snapshot!(check(Layer::Parse));
}

#[test]
fn names() {
    insta::assert_snapshot!(check(Layer::Names));
}

#[test]
fn times() {
    insta::assert_snapshot!(check(Layer::Times));
}

#[test]
fn actors() {
    insta::assert_snapshot!(check(Layer::Actors));
}

#[test]
fn events() {
    insta::assert_snapshot!(check(Layer::Events));
}

#[test]
fn columns() {
    let article = article();
    let reading = Reading::new(&article, EventTypes::builtin());
    insta::assert_snapshot!(conllu::write(&article.text, &reading.analysis));
}

#[test]
fn all_layers_stand_under_their_titles() {
    let all = check(Layer::All);
    let layers = [
        ("blocks", Layer::Blocks),
        ("tokens", Layer::Tokens),
        ("parse", Layer::Parse),
        ("names", Layer::Names),
        ("times", Layer::Times),
        ("actors", Layer::Actors),
        ("events", Layer::Events),
    ];
    for (title, layer) in layers {
        let one = check(layer);
        let one = format!("== {title} ==\n{}\n", one.trim_end_matches('\n'));
        assert!(all.contains(&one), "{title}\n{all}");
    }
}

#[test]
fn one_object_holds_what_the_layers_hold() {
    let article = article();
    let reading = Reading::new(&article, EventTypes::builtin());
    let read = |layer| -> Value {
        let line = json::layer("story.txt", &reading, layer);
        assert_eq!(line.matches('\n').count(), 1);
        serde_json::from_str(&line).unwrap()
    };
    let all = read(Layer::All);
    let layers = [
        Layer::Blocks,
        Layer::Tokens,
        Layer::Names,
        Layer::Times,
        Layer::Actors,
        Layer::Events,
    ];
    for layer in layers {
        for (key, value) in read(layer).as_object().unwrap() {
            assert_eq!(all[key], *value, "{key}");
        }
    }
    insta::assert_snapshot!(serde_json::to_string_pretty(&all["names"]).unwrap());
}

#[test]
fn json_offsets_count_code_points() {
    let article = article();
    let reading = Reading::new(&article, EventTypes::builtin());
    let all: Value = serde_json::from_str(&json::layer("d", &reading, Layer::All)).unwrap();
    let text: Vec<char> = all["text"].as_str().unwrap().chars().collect();
    let check = |item: &Value| {
        let at = |key: &str| item[key].as_u64().unwrap() as usize;
        let words: String = text[at("start")..at("end")].iter().collect();
        assert_eq!(item["text"].as_str().unwrap(), words);
    };
    all["names"].as_array().unwrap().iter().for_each(check);
    let sentences = all["sentences"].as_array().unwrap();
    let tokens = sentences
        .iter()
        .flat_map(|s| s["tokens"].as_array().unwrap());
    tokens.for_each(check);
}
