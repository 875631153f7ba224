//! DOT with every place given (`layout=nop`), so that Graphviz draws the picture
//! that was laid out here: for the layouts of actors and matrix. Pure.

use super::dot::{
    FONT, actor_attributes, actor_id, bold, heading, link, list, markup, node, plain, quoted,
};
use super::ledger::ActorBox;
use super::looks::Line;
use super::sheet::Sheet;
use graphviz_rust::dot_structures::{Attribute, Graph, GraphAttributes, Id, Stmt};
use graphviz_rust::printer::{DotPrinter, PrinterContext};

/// A graph whose nodes have places, in pixels with y down.
pub(super) struct Placed {
    stmts: Vec<Stmt>,
}

/// How the line between two actors looks.
pub(super) struct TieLooks<'t> {
    pub(super) label: &'t str,
    pub(super) tooltip: &'t str,
    pub(super) line: Line,
    pub(super) width: f64,
}

impl Placed {
    pub(super) fn new(sheet: &Sheet) -> Placed {
        let graph = vec![
            plain("layout", "nop"),
            plain("splines", "line"),
            plain("outputorder", "edgesfirst"),
            quoted("fontname", FONT),
            plain("fontsize", "11"),
            plain("bgcolor", "white"),
            plain("pad", "0.25"),
            plain("labelloc", "t"),
            plain("labeljust", "l"),
            plain("id", "tieline"),
            quoted("tooltip", &sheet.title),
            heading(&sheet.title, &sheet.legend),
        ];
        let nodes = vec![
            quoted("fontname", FONT),
            plain("fontsize", "11"),
            quoted("fontcolor", "#1A1A1A"),
            quoted("margin", "0.09,0.05"),
            plain("penwidth", "1.4"),
            plain("height", "0.3"),
        ];
        let edges = vec![
            quoted("fontname", FONT),
            plain("fontsize", "9"),
            quoted("color", "#404040"),
            quoted("fontcolor", "#404040"),
            plain("dir", "none"),
        ];
        Placed {
            stmts: vec![
                Stmt::GAttribute(GraphAttributes::Graph(graph)),
                Stmt::GAttribute(GraphAttributes::Node(nodes)),
                Stmt::GAttribute(GraphAttributes::Edge(edges)),
            ],
        }
    }

    /// An actor's box.
    pub(super) fn actor(&mut self, actor: &ActorBox) {
        let mut attributes = actor_attributes(actor);
        let area = actor.area;
        attributes.push(at(area.x + area.w / 2.0, area.middle()));
        self.stmts.push(node(&actor_id(actor), attributes));
    }

    /// The line between two actors; its label's lines are parted by `\n`.
    pub(super) fn tie(&mut self, from: &ActorBox, to: &ActorBox, looks: &TieLooks<'_>) {
        let lines: Vec<String> = looks.label.lines().map(super::dot::html).collect();
        let mut attributes = vec![
            markup("label", &filled(&lines.join("<BR/>"))),
            plain("penwidth", &format!("{:.1}", looks.width)),
            quoted("class", &format!("tie {}", looks.line.as_str())),
            quoted("edgetooltip", looks.tooltip),
            quoted("labeltooltip", looks.tooltip),
        ];
        attributes.extend(style(looks.line).map(|s| plain("style", s)));
        self.stmts
            .push(link(&actor_id(from), &actor_id(to), attributes));
    }

    /// Words alone.
    pub(super) fn words(&mut self, id: &str, words: &str, tooltip: &str, (x, y): (f64, f64)) {
        let attributes = vec![
            markup("label", &format!("<B>{}</B>", bold(words))),
            plain("shape", "plaintext"),
            quoted("tooltip", tooltip),
            at(x, y),
        ];
        self.stmts.push(node(id, attributes));
    }

    /// A dot of the matrix.
    pub(super) fn dot(&mut self, id: &str, line: Line, tooltip: &str, (x, y): (f64, f64)) {
        let fill = if line == Line::Solid {
            "#1A1A1A"
        } else {
            "#FFFFFF"
        };
        let style = match line {
            Line::Solid => "filled",
            Line::Dashed => "filled,dashed",
            Line::Dotted | Line::Struck => "filled,dotted",
        };
        let mut attributes = vec![
            plain(
                "shape",
                if line == Line::Struck {
                    "Mcircle"
                } else {
                    "circle"
                },
            ),
            quoted("label", ""),
            plain("fixedsize", "true"),
            plain("width", "0.18"),
            plain("height", "0.18"),
            quoted("style", style),
            quoted("color", "#1A1A1A"),
            quoted("fillcolor", fill),
            quoted("class", &format!("dot {}", line.as_str())),
            quoted("tooltip", tooltip),
        ];
        attributes.push(at(x, y));
        self.stmts.push(node(id, attributes));
    }

    /// The bar between two dots.
    pub(super) fn bar(&mut self, from: &str, to: &str, line: Line, tooltip: &str) {
        let mut attributes = vec![
            plain("penwidth", "2"),
            quoted("class", &format!("bar {}", line.as_str())),
            quoted("edgetooltip", tooltip),
        ];
        attributes.extend(style(line).map(|s| plain("style", s)));
        self.stmts.push(link(from, to, attributes));
    }

    /// A list of short names, its middle at (x, y); nothing where it is empty.
    pub(super) fn list(&mut self, id: &str, lines: &[(String, String)], (x, y): (f64, f64)) {
        if !lines.is_empty() {
            self.stmts.push(list(id, lines, 480.0, vec![at(x, y)]));
        }
    }

    /// The file.
    pub(super) fn finish(self) -> String {
        let graph = Graph::DiGraph {
            id: Id::Plain("tieline".to_owned()),
            strict: false,
            stmts: self.stmts,
        };
        let mut text = graph.print(PrinterContext::default().with_semi());
        text.push('\n');
        text
    }
}

/// Graphviz counts y upwards, in points.
fn at(x: f64, y: f64) -> Attribute {
    quoted("pos", &format!("{x:.1},{:.1}", 0.0 - y))
}

fn style(line: Line) -> Option<&'static str> {
    match line {
        Line::Solid => None,
        Line::Dashed => Some("dashed"),
        Line::Dotted | Line::Struck => Some("dotted"),
    }
}

/// Graphviz refuses an empty label of markup.
fn filled(markup: &str) -> String {
    if markup.is_empty() {
        " ".to_owned()
    } else {
        markup.to_owned()
    }
}
