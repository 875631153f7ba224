//! GraphML, which igraph, networkx, yEd, Cytoscape and Gephi read. It has no
//! time of its own: dates are text.

use super::rows::{self, When};
use super::xml::{attribute, date, escape};
use super::{Format, Output};
use crate::resolve::Story;

/// `--format graphml`.
pub(super) const FORMAT: Format = Format {
    name: "graphml",
    about: "a graph (GraphML): igraph, networkx, Cytoscape, Gephi",
    loses: "all but the first sentence of an event, mentions, aliases, disagreements and merge reasons; dates are text",
    write: |story| Output::Text(write(story)),
};

const NODE_FIELDS: [&str; 9] = [
    "label",
    "class",
    "kind",
    "status",
    "when",
    "earliest",
    "latest",
    "documents",
    "quote",
];
const EDGE_FIELDS: [&str; 9] = [
    "label", "class", "kind", "status", "when", "earliest", "latest", "document", "quote",
];

fn write(story: &Story) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    // A node's and an edge's field of one name need two ids.
    for field in NODE_FIELDS {
        key(&mut out, 'n', "node", field, "string");
    }
    key(&mut out, 'n', "node", "sources", "int");
    for field in EDGE_FIELDS {
        key(&mut out, 'e', "edge", field, "string");
    }
    out.push_str("<graph id=\"tieline\" edgedefault=\"directed\">\n");
    for n in rows::nodes(story) {
        out.push_str("<node");
        attribute(&mut out, "id", n.id);
        out.push_str(">\n");
        let documents = n.documents.join(" ");
        let fields = [
            ("label", n.label),
            ("class", n.class),
            ("kind", n.kind),
            ("status", n.status),
            ("documents", &documents),
            ("quote", n.quote),
        ];
        data(&mut out, 'n', &fields, n.when);
        if n.class == "event" {
            let sources = n.sources.to_string();
            data(&mut out, 'n', &[("sources", &sources)], When::default());
        }
        out.push_str("</node>\n");
    }
    for e in rows::edges(story) {
        out.push_str("<edge");
        attribute(&mut out, "id", &e.id);
        attribute(&mut out, "source", e.source);
        attribute(&mut out, "target", e.target);
        out.push_str(">\n");
        let fields = [
            ("label", e.label),
            ("class", e.class),
            ("kind", e.kind),
            ("status", e.status),
            ("document", e.document),
            ("quote", e.quote),
        ];
        data(&mut out, 'e', &fields, e.when);
        out.push_str("</edge>\n");
    }
    out.push_str("</graph>\n</graphml>\n");
    out
}

fn key(out: &mut String, of: char, class: &str, name: &str, kind: &str) {
    out.push_str("<key");
    attribute(out, "id", &format!("{of}_{name}"));
    attribute(out, "for", class);
    attribute(out, "attr.name", name);
    attribute(out, "attr.type", kind);
    out.push_str("/>\n");
}

/// The fields that are not empty, then those of the date.
fn data(out: &mut String, of: char, fields: &[(&str, &str)], when: When<'_>) {
    let date = date(when);
    let date = date.iter().map(|(name, value)| (*name, value.as_str()));
    for (name, value) in fields.iter().copied().chain(date) {
        if !value.is_empty() {
            out.push_str(&format!("<data key=\"{of}_{name}\">"));
            escape(out, value);
            out.push_str("</data>\n");
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
}
