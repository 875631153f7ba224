//! The ledger as a DOT file for Graphviz, in the look of the SVG. Graphviz
//! places the boxes; order, words and colours are the ledger's.

use super::draw::address;
use super::ledger::{ActorBox, EventBox, Ledger, RoleEdge, Row};
use super::looks::{Line, Shape, Side};
use super::metrics::Font;
use graphviz_rust::dot_structures::{
    Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Node, NodeId, Stmt, Subgraph, Vertex,
};
use graphviz_rust::printer::{DotPrinter, PrinterContext};

pub(super) const FONT: &str = "Helvetica,Arial,sans-serif";
/// The width of the title block, in points of an 11 point font.
const LEGEND: (Font, f64) = (Font::upright(11.0), 690.0);

/// Writes the diagram as DOT.
pub fn write(ledger: &Ledger) -> String {
    let mut stmts = vec![
        Stmt::GAttribute(GraphAttributes::Graph(graph_attributes(ledger))),
        Stmt::GAttribute(GraphAttributes::Node(vec![
            quoted("fontname", FONT),
            plain("fontsize", "11"),
            quoted("fontcolor", "#1A1A1A"),
            quoted("margin", "0.09,0.05"),
            plain("penwidth", "1.4"),
            plain("height", "0.36"),
        ])),
        Stmt::GAttribute(GraphAttributes::Edge(vec![
            quoted("fontname", FONT),
            plain("fontsize", "9"),
            plain("arrowsize", "0.6"),
            plain("penwidth", "1.2"),
            plain("tailport", "e"),
            plain("headport", "w"),
        ])),
    ];
    for left in [true, false] {
        let column: Vec<&ActorBox> = ledger.actors.iter().filter(|a| a.left == left).collect();
        if column.is_empty() {
            continue;
        }
        stmts.extend(column.iter().map(|a| actor(a)));
        let mut same = vec![Stmt::Attribute(plain("rank", "same"))];
        same.extend(column.iter().map(|a| node(&actor_id(a), Vec::new())));
        stmts.push(group(if left { "people" } else { "others" }, same));
    }
    middle(ledger, &mut stmts);
    stmts.extend(ledger.roles.iter().map(|role| edge(ledger, role)));
    let graph = Graph::DiGraph {
        id: Id::Plain("tieline".to_owned()),
        strict: false,
        stmts,
    };
    let mut text = graph.print(PrinterContext::default().with_semi());
    text.push('\n');
    text
}

/// Title and legend as the label of the graph.
pub(super) fn heading(title: &str, legend: &[String]) -> Attribute {
    let (font, width) = LEGEND;
    let mut rows = String::new();
    for line in Font::bold(18.0).wrap(title, width, 2) {
        rows.push_str(&row(&format!(
            "<FONT POINT-SIZE=\"18\"><B>{}</B></FONT>",
            bold(&line)
        )));
    }
    for line in legend.iter().flat_map(|p| font.wrap(p, width, 6)) {
        rows.push_str(&row(&format!(
            "<FONT COLOR=\"#404040\">{}</FONT>",
            html(&line)
        )));
    }
    markup(
        "label",
        &format!("<TABLE BORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"2\">{rows}</TABLE>"),
    )
}

fn graph_attributes(ledger: &Ledger) -> Vec<Attribute> {
    vec![
        plain("layout", "dot"),
        plain("rankdir", "LR"),
        plain("ranksep", "1.25"),
        plain("nodesep", "0.15"),
        plain("newrank", "true"),
        plain("splines", "true"),
        plain("outputorder", "edgesfirst"),
        quoted("fontname", FONT),
        plain("fontsize", "11"),
        plain("bgcolor", "white"),
        plain("pad", "0.25"),
        plain("labelloc", "t"),
        plain("labeljust", "l"),
        plain("id", "tieline"),
        quoted("tooltip", &ledger.sheet.title),
        heading(&ledger.sheet.title, &ledger.sheet.legend),
    ]
}

pub(super) fn row(cell: &str) -> String {
    format!("<TR><TD ALIGN=\"LEFT\">{cell}</TD></TR>")
}

pub(super) fn actor_id(actor: &ActorBox) -> String {
    format!("actor-{}", actor.id)
}

fn event_id(event: &EventBox) -> String {
    format!("event-{}", event.id)
}

fn actor(actor: &ActorBox) -> Stmt {
    node(&actor_id(actor), actor_attributes(actor))
}

/// Everything of an actor but its place.
pub(super) fn actor_attributes(actor: &ActorBox) -> Vec<Attribute> {
    let mut label: Vec<String> = actor
        .name
        .iter()
        .map(|line| format!("<B>{}</B>", bold(line)))
        .collect();
    label.extend(
        actor
            .office
            .iter()
            .map(|line| format!("<FONT POINT-SIZE=\"9\">{}</FONT>", html(line))),
    );
    let (shape, style) = match actor.shape {
        Shape::Round => ("box", "filled,rounded"),
        Shape::Octagon => ("octagon", "filled"),
        Shape::Box | Shape::Double => ("box", "filled"),
        Shape::Tabs => ("component", "filled"),
        Shape::Oval => ("ellipse", "filled"),
        Shape::Sheet => ("note", "filled"),
        Shape::Solid => ("box3d", "filled"),
        Shape::Hexagon => ("hexagon", "filled"),
    };
    let mut attributes = vec![
        plain("shape", shape),
        quoted("style", style),
        quoted("color", actor.side.line()),
        quoted("fillcolor", actor.side.fill()),
        quoted("tooltip", &actor.tooltip),
        quoted("class", &format!("{} {}", actor.kind, actor.side.as_str())),
        quoted("id", &actor_id(actor)),
    ];
    if let Some(mark) = &actor.mark {
        label.push(format!("<FONT POINT-SIZE=\"8\">{}</FONT>", html(mark)));
    }
    let label = markup("label", &label.join("<BR/>"));
    attributes.insert(0, label);
    if actor.shape == Shape::Double {
        attributes.push(plain("peripheries", "2"));
    }
    attributes
}

/// The middle column: marks, events, the list of articles, and the invisible
/// chain that keeps their order.
fn middle(ledger: &Ledger, stmts: &mut Vec<Stmt>) {
    let mut chain: Vec<String> = Vec::with_capacity(ledger.rows.len() + 1);
    for (n, row) in ledger.rows.iter().enumerate() {
        match row {
            Row::Mark(year, _) => {
                let id = format!("mark-{n}");
                stmts.push(node(
                    &id,
                    vec![
                        markup("label", &format!("<B>{}</B>", bold(year))),
                        plain("shape", "plaintext"),
                        plain("fontsize", "15"),
                        plain("height", "0.3"),
                        quoted("class", "mark"),
                        quoted("tooltip", year),
                    ],
                ));
                chain.push(id);
            }
            Row::Event(event) => {
                let event = &ledger.events[*event];
                stmts.push(event_node(event, ledger.sheet.page.as_deref()));
                chain.push(event_id(event));
            }
        }
    }
    if !ledger.sheet.articles.is_empty() {
        stmts.push(articles(ledger));
        chain.push("articles".to_owned());
    }
    let links = chain.windows(2).map(|pair| {
        let invisible = vec![
            plain("style", "invis"),
            plain("weight", "100"),
            plain("tailport", "s"),
            plain("headport", "n"),
        ];
        link(&pair[0], &pair[1], invisible)
    });
    let mut same = vec![Stmt::Attribute(plain("rank", "same"))];
    same.extend(links);
    if !chain.is_empty() {
        stmts.push(group("column", same));
    }
}

fn event_node(event: &EventBox, page: Option<&str>) -> Stmt {
    let titles = event.title.iter().map(|line| {
        let line = bold(line);
        row(&if event.line == Line::Struck {
            format!("<B><S>{line}</S></B>")
        } else {
            format!("<B>{line}</B>")
        })
    });
    let titles: String = titles.collect();
    let label = format!(
        "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"1\" WIDTH=\"236\">{}{titles}</TABLE>",
        row(&format!(
            "<FONT POINT-SIZE=\"9.5\" COLOR=\"#404040\">{}</FONT>",
            html(&event.small)
        )),
    );
    let style = match event.line {
        Line::Solid => "filled,rounded",
        Line::Dashed => "filled,rounded,dashed",
        Line::Dotted | Line::Struck => "filled,rounded,dotted",
    };
    let mut attributes = vec![
        markup("label", &label),
        plain("shape", "box"),
        plain("width", "3.45"),
        quoted("margin", "0.06,0.03"),
        quoted("color", "#1A1A1A"),
        quoted("fillcolor", "#FFFFFF"),
        quoted("style", style),
        quoted("tooltip", &event.tooltip),
        quoted(
            "class",
            &format!("event {} {}", event.kind, event.line.as_str()),
        ),
        quoted("id", &event_id(event)),
    ];
    attributes.extend(page.map(|page| quoted("URL", &address(page, &event.id))));
    node(&event_id(event), attributes)
}

fn articles(ledger: &Ledger) -> Stmt {
    list("articles", &ledger.sheet.articles, 250.0, Vec::new())
}

/// A list of short names with what they stand for.
pub(super) fn list(id: &str, lines: &[(String, String)], width: f64, more: Vec<Attribute>) -> Stmt {
    let mut rows = String::new();
    for (name, title) in lines {
        let title = Font::upright(9.5).cut(title, width);
        rows.push_str(&row(&format!(
            "<FONT POINT-SIZE=\"9.5\" COLOR=\"#404040\">{} {}</FONT>",
            html(name),
            html(&title)
        )));
    }
    let table = format!(
        "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"1\">{rows}</TABLE>"
    );
    let mut attributes = vec![
        markup("label", &table),
        plain("shape", "plaintext"),
        quoted("class", id),
        quoted("tooltip", &super::capital(id)),
    ];
    attributes.extend(more);
    node(id, attributes)
}

fn edge(ledger: &Ledger, role: &RoleEdge) -> Stmt {
    let actor = &ledger.actors[role.actor];
    let event = event_id(&ledger.events[role.event]);
    let side: Side = actor.side;
    let mut attributes = vec![
        quoted("label", &role.label),
        quoted("color", side.line()),
        quoted("fontcolor", side.line()),
        quoted(
            "class",
            &format!("role {} {}", side.as_str(), role.line.as_str()),
        ),
        quoted("edgetooltip", &role.tooltip),
        quoted("labeltooltip", &role.tooltip),
    ];
    match role.line {
        Line::Solid => {}
        Line::Dashed => attributes.push(plain("style", "dashed")),
        Line::Dotted | Line::Struck => attributes.push(plain("style", "dotted")),
    }
    let points = role.line != Line::Struck;
    let direction = match (points, actor.left) {
        (false, _) => Some("none"),
        (true, false) => Some("back"),
        (true, true) => None,
    };
    attributes.extend(direction.map(|d| plain("dir", d)));
    if actor.left {
        link(&actor_id(actor), &event, attributes)
    } else {
        link(&event, &actor_id(actor), attributes)
    }
}

pub(super) fn node(id: &str, attributes: Vec<Attribute>) -> Stmt {
    Stmt::Node(Node {
        id: NodeId(string(id), None),
        attributes,
    })
}

pub(super) fn link(from: &str, to: &str, attributes: Vec<Attribute>) -> Stmt {
    let end = |id: &str| Vertex::N(NodeId(string(id), None));
    Stmt::Edge(Edge {
        ty: EdgeTy::Pair(end(from), end(to)),
        attributes,
    })
}

fn group(id: &str, stmts: Vec<Stmt>) -> Stmt {
    Stmt::Subgraph(Subgraph {
        id: Id::Plain(id.to_owned()),
        stmts,
    })
}

pub(super) fn plain(key: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(key.to_owned()), Id::Plain(value.to_owned()))
}

pub(super) fn quoted(key: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(key.to_owned()), string(value))
}

pub(super) fn markup(key: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(key.to_owned()), Id::Html(format!("<{value}>")))
}

/// A quoted string. Backslashes are doubled because Graphviz reads `\N` and
/// others; `&` is written as an entity because Graphviz reads those too.
fn string(text: &str) -> Id {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in super::plain(text).chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out.push('"');
    Id::Escaped(out)
}

/// Text inside an HTML label.
pub(super) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in super::plain(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// Text inside `<B>`, which Graphviz refuses to be empty.
pub(super) fn bold(text: &str) -> String {
    let text = html(text);
    if text.is_empty() {
        "—".to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::ledger::{Options, layout};
    use crate::render::sample;
    use crate::resolve::Story;
    use proptest::prelude::*;

    /// Writes a story and reads it back; returns the numbers of nodes and edges.
    fn check(story: &Story, options: &Options) -> (usize, usize) {
        let text = write(&layout(story, options));
        let Graph::DiGraph { stmts, .. } = graphviz_rust::parse(&text).expect("valid DOT") else {
            panic!("a directed graph");
        };
        let nodes = stmts.iter().filter(|s| matches!(s, Stmt::Node(_))).count();
        let edges = stmts.iter().filter(|s| matches!(s, Stmt::Edge(_))).count();
        (nodes, edges)
    }

    #[test]
    fn sample_story() {
        insta::assert_snapshot!(write(&layout(&sample::story(), &Options::default())));
    }

    #[test]
    fn says_all_that_the_ledger_holds() {
        let ledger = layout(&sample::story(), &Options::default());
        let nodes = ledger.actors.len() + ledger.rows.len() + 1;
        assert_eq!(
            check(&sample::story(), &Options::default()),
            (nodes, ledger.roles.len())
        );
        assert_eq!(check(&Story::default(), &Options::default()), (0, 0));
    }

    #[test]
    fn a_denied_event_points_at_nothing() {
        let story = sample::story();
        let denied = Options {
            events: Some(vec![story.events.len() - 1]),
            ..Options::default()
        };
        let text = write(&layout(&story, &denied));
        assert!(text.contains("<S>Solheim did not meet Leal</S>"));
        assert!(text.contains("dir=none") && !text.contains("dir=back"));
    }

    proptest! {
        #[test]
        fn any_text_gives_valid_dot(text in any::<String>(), hostile in "[\"<>&\\\\{}\\[\\];\\-/\n\u{7}#*]{0,12}") {
            for words in [text, hostile] {
                check(&sample::with_text(&words), &Options { title: Some(words.clone()), ..Options::default() });
            }
        }
    }
}
