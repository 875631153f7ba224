//! GEXF 1.3, the format of Gephi and Gephi Lite, with time: events and edges
//! begin and end on the first and last day of their date. Days are written in
//! full, because Gephi takes `2016` for milliseconds.

use super::rows::{self, Edge, Node, When};
use super::xml::{attribute, date, escape};
use super::{Format, Output};
use crate::resolve::Story;
use std::collections::BTreeMap;

/// `--format gexf`.
pub(super) const FORMAT: Format = Format {
    name: "gexf",
    about: "a graph with time (GEXF 1.3): Gephi, Gephi Lite, networkx",
    loses: "all but the first sentence of an event, mentions, aliases, disagreements and merge reasons",
    write: |story| Output::Text(write(story)),
};

const NODE_FIELDS: [(&str, &str); 8] = [
    ("class", "string"),
    ("kind", "string"),
    ("status", "string"),
    ("when", "string"),
    ("earliest", "string"),
    ("latest", "string"),
    ("documents", "string"),
    ("quote", "string"),
];
const EDGE_FIELDS: [(&str, &str); 8] = [
    ("class", "string"),
    ("type", "string"),
    ("status", "string"),
    ("when", "string"),
    ("earliest", "string"),
    ("latest", "string"),
    ("document", "string"),
    ("quote", "string"),
];

fn write(story: &Story) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n\
         <meta><creator>Tieline</creator></meta>\n\
         <graph mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\" \
         defaultedgetype=\"directed\" idtype=\"string\">\n",
    );
    fields(&mut out, "node", &NODE_FIELDS, &[("sources", "integer")]);
    fields(&mut out, "edge", &EDGE_FIELDS, &[]);
    out.push_str("<nodes>\n");
    for n in &rows::nodes(story) {
        node(&mut out, n);
    }
    out.push_str("</nodes>\n<edges>\n");
    let mut seen = BTreeMap::new();
    for e in &rows::edges(story) {
        edge(&mut out, e, &mut seen);
    }
    out.push_str("</edges>\n</graph>\n</gexf>\n");
    out
}

/// Declares the fields of nodes or edges.
fn fields(out: &mut String, class: &str, text: &[(&str, &str)], more: &[(&str, &str)]) {
    out.push_str("<attributes");
    attribute(out, "class", class);
    out.push_str(">\n");
    for (name, kind) in text.iter().chain(more) {
        out.push_str("<attribute");
        attribute(out, "id", name);
        attribute(out, "title", name);
        attribute(out, "type", kind);
        out.push_str("/>\n");
    }
    out.push_str("</attributes>\n");
}

fn node(out: &mut String, n: &Node<'_>) {
    out.push_str("<node");
    attribute(out, "id", n.id);
    attribute(out, "label", n.label);
    span(out, n.when);
    out.push_str("><attvalues>");
    let documents = n.documents.join(" ");
    values(
        out,
        &[
            ("class", n.class),
            ("kind", n.kind),
            ("status", n.status),
            ("documents", &documents),
            ("quote", n.quote),
        ],
        n.when,
    );
    if n.class == "event" {
        values(out, &[("sources", &n.sources.to_string())], When::default());
    }
    out.push_str("</attvalues></node>\n");
}

/// `kind` keeps parallel edges apart: readers make one of edges that agree in
/// source, target and kind, so the second of them gets a number.
fn edge<'s>(out: &mut String, e: &Edge<'s>, seen: &mut BTreeMap<[&'s str; 3], usize>) {
    let count = seen.entry([e.source, e.target, e.kind]).or_insert(0);
    *count += 1;
    let kind = match count {
        1 => e.kind.to_owned(),
        n => format!("{} {n}", e.kind),
    };
    out.push_str("<edge");
    attribute(out, "id", &e.id);
    attribute(out, "source", e.source);
    attribute(out, "target", e.target);
    attribute(out, "kind", &kind);
    attribute(out, "label", e.label);
    span(out, e.when);
    out.push_str("><attvalues>");
    values(
        out,
        &[
            ("class", e.class),
            ("type", e.kind),
            ("status", e.status),
            ("document", e.document),
            ("quote", e.quote),
        ],
        e.when,
    );
    out.push_str("</attvalues></edge>\n");
}

/// First and last day; the side of an open date stays open.
fn span(out: &mut String, when: When<'_>) {
    if let Some(first) = when.earliest {
        attribute(out, "start", &first.to_string());
    }
    if let Some(last) = when.latest {
        attribute(out, "end", &last.to_string());
    }
}

/// The fields that are not empty, then those of the date.
fn values(out: &mut String, fields: &[(&str, &str)], when: When<'_>) {
    let date = date(when);
    let date = date.iter().map(|(name, value)| (*name, value.as_str()));
    for (name, value) in fields.iter().copied().chain(date) {
        if !value.is_empty() {
            out.push_str("<attvalue");
            attribute(out, "for", name);
            out.push_str(" value=\"");
            escape(out, value);
            out.push_str("\"/>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::hostile;
    use crate::query::tests::sample;

    #[test]
    fn a_small_story() {
        insta::assert_snapshot!(write(&sample()));
    }

    #[test]
    fn hostile_text_stays_text() {
        let story = hostile::story();
        hostile::check_xml(&write(&story), &story);
    }

    #[test]
    fn an_empty_story() {
        assert!(write(&Story::default()).ends_with("</gexf>\n"));
    }
}
