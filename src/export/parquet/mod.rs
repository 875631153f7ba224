//! Parquet: a folder of the same tables as `csv`, with types, for duckdb,
//! pandas, polars and R. Dates are dates, and what is not known is null.

mod file;

use super::rows::{self, When};
use super::{Format, Output};
use crate::resolve::Story;
use chrono::NaiveDate;
use file::{Column, Values};

/// `--format parquet`.
pub(super) const FORMAT: Format = Format {
    name: "parquet",
    about: "a folder of nodes, edges, evidence and documents as .parquet: duckdb, pandas, polars, R",
    loses: "disagreements and merge reasons",
    write,
};

fn write(story: &Story) -> Output {
    let files = [
        ("documents", documents(story)),
        ("edges", edges(story)),
        ("evidence", evidence(story)),
        ("nodes", nodes(story)),
    ];
    Output::Folder(
        files
            .into_iter()
            .map(|(name, columns)| (format!("{name}.parquet"), file::write(name, &columns)))
            .collect(),
    )
}

fn nodes(story: &Story) -> Vec<Column<'_>> {
    let rows = rows::nodes(story);
    let mut columns = vec![
        text("id", rows.iter().map(|n| n.id)),
        text("label", rows.iter().map(|n| n.label)),
        text("class", rows.iter().map(|n| n.class)),
        text("kind", rows.iter().map(|n| n.kind)),
        maybe("status", rows.iter().map(|n| n.status)),
    ];
    columns.extend(date(rows.iter().map(|n| n.when)));
    let documents = rows.iter().map(|n| n.documents.join(" ").into()).collect();
    let sources = rows
        .iter()
        .map(|n| (n.class == "event").then_some(i64::from(n.sources)));
    columns.extend([
        Column {
            name: "documents",
            values: Values::Text(documents),
        },
        number("sources", sources),
        maybe("quote", rows.iter().map(|n| n.quote)),
    ]);
    columns
}

fn edges(story: &Story) -> Vec<Column<'_>> {
    let rows = rows::edges(story);
    let ids = rows.iter().map(|e| e.id.clone().into()).collect();
    let mut columns = vec![
        Column {
            name: "id",
            values: Values::Text(ids),
        },
        text("source", rows.iter().map(|e| e.source)),
        text("target", rows.iter().map(|e| e.target)),
        text("class", rows.iter().map(|e| e.class)),
        text("kind", rows.iter().map(|e| e.kind)),
        text("label", rows.iter().map(|e| e.label)),
        maybe("status", rows.iter().map(|e| e.status)),
    ];
    columns.extend(date(rows.iter().map(|e| e.when)));
    columns.extend([
        maybe("document", rows.iter().map(|e| e.document)),
        maybe("quote", rows.iter().map(|e| e.quote)),
    ]);
    columns
}

/// Every sentence of every event, with its place in the article.
fn evidence(story: &Story) -> Vec<Column<'_>> {
    let all = story.events.iter().flat_map(|event| {
        let rows = event.evidence.iter();
        rows.filter_map(move |e| Some((event, e, story.document_id(e.document)?)))
    });
    let all: Vec<_> = all.collect();
    let by = |actor: Option<usize>| actor.and_then(|a| story.actor_id(a)).unwrap_or("");
    vec![
        text("event", all.iter().map(|(event, _, _)| event.id.as_str())),
        text("document", all.iter().map(|(_, _, document)| *document)),
        number(
            "start",
            all.iter().map(|(_, e, _)| Some(e.quote.start.into())),
        ),
        number("end", all.iter().map(|(_, e, _)| Some(e.quote.end.into()))),
        text(
            "trigger",
            all.iter().map(|(_, e, _)| e.trigger.text.as_str()),
        ),
        maybe(
            "attributed_to",
            all.iter().map(|(_, e, _)| by(e.attributed_to)),
        ),
        text("quote", all.iter().map(|(_, e, _)| e.quote.text.as_str())),
    ]
}

fn documents(story: &Story) -> Vec<Column<'_>> {
    let all = &story.documents;
    let edtf = |of: fn(&crate::time::Edtf) -> Option<NaiveDate>| {
        all.iter()
            .map(move |d| d.published.edtf.as_ref().and_then(of))
    };
    vec![
        text("id", all.iter().map(|d| d.id.as_str())),
        text("path", all.iter().map(|d| d.path.as_str())),
        maybe(
            "title",
            all.iter().map(|d| d.title.as_deref().unwrap_or("")),
        ),
        maybe(
            "source",
            all.iter().map(|d| d.source.as_deref().unwrap_or("")),
        ),
        maybe("url", all.iter().map(|d| d.url.as_deref().unwrap_or(""))),
        maybe(
            "published",
            all.iter()
                .map(|d| d.published.edtf.as_ref().map_or("", |e| e.as_str())),
        ),
        day("earliest", edtf(|e| e.earliest())),
        day("latest", edtf(|e| e.latest())),
        text("basis", all.iter().map(|d| d.published.basis.as_str())),
    ]
}

fn date<'s>(when: impl Iterator<Item = When<'s>> + Clone) -> [Column<'s>; 3] {
    [
        maybe("when", when.clone().map(|w| w.edtf)),
        day("earliest", when.clone().map(|w| w.earliest)),
        day("latest", when.map(|w| w.latest)),
    ]
}

fn text<'s>(name: &'static str, texts: impl Iterator<Item = &'s str>) -> Column<'s> {
    Column {
        name,
        values: Values::Text(texts.map(Into::into).collect()),
    }
}

/// Text that is null where it is empty.
fn maybe<'s>(name: &'static str, texts: impl Iterator<Item = &'s str>) -> Column<'s> {
    let texts = texts.map(|t| Some(t).filter(|t| !t.is_empty()));
    Column {
        name,
        values: Values::MaybeText(texts.collect()),
    }
}

fn number<'s>(name: &'static str, numbers: impl Iterator<Item = Option<i64>>) -> Column<'s> {
    Column {
        name,
        values: Values::Number(numbers.collect()),
    }
}

fn day<'s>(name: &'static str, days: impl Iterator<Item = Option<NaiveDate>>) -> Column<'s> {
    Column {
        name,
        values: Values::Day(days.collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::hostile;
    use crate::query::tests::sample;

    /// The files of a story, all their columns of one length.
    #[track_caller]
    fn check(story: &Story) {
        for columns in [
            nodes(story),
            edges(story),
            evidence(story),
            documents(story),
        ] {
            let lengths: Vec<usize> = columns.iter().map(|c| c.values.len()).collect();
            assert!(lengths.windows(2).all(|w| w[0] == w[1]), "{lengths:?}");
        }
        let Output::Folder(files) = write(story) else {
            panic!("a folder");
        };
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [
                "documents.parquet",
                "edges.parquet",
                "evidence.parquet",
                "nodes.parquet"
            ]
        );
        for (name, bytes) in &files {
            assert!(
                bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"),
                "{name}"
            );
        }
    }

    #[test]
    fn stories() {
        check(&Story::default());
        check(&sample());
        check(&hostile::story());
    }
}
