//! The ledger as SVG, drawn without Graphviz: one file for light and dark, no
//! scripts, nothing fetched from outside.

use super::ledger::{ActorBox, Area, EventBox, Ledger, RoleEdge, Row};
use super::looks::{Line, Shape};
use super::place::{MARGIN, NAME_LINE, SMALL_LINE, TEXT_LINE, legend_lines, title_lines};
use super::{ledger, metrics::Font};
use std::fmt::Write;

/// Colours and lines. Dark colours are the lighter ones of the Okabe-Ito set,
/// with at least 5:1 contrast on the dark ground.
const STYLE: &str = "
text{font-family:Helvetica,Arial,'Liberation Sans',sans-serif;fill:#1a1a1a}
.ground{fill:#fff}
.small,.legend{fill:#404040}
.name,.what,.mark,.head{font-weight:bold}
.middle{text-anchor:middle}
.box{stroke-width:1.5}
.event .box{fill:#fff;stroke:#1a1a1a}
.edge{fill:none;stroke-width:1.3}
.label{paint-order:stroke;stroke:#fff;stroke-width:3.5px;stroke-linejoin:round}
.planned .box,.planned .edge{stroke-dasharray:7 5}
.unsure .box,.unsure .edge,.denied .box,.denied .edge{stroke-dasharray:1.6 4.4;stroke-linecap:round}
.denied .what{text-decoration:line-through}
.blue .box{stroke:#0072b2;fill:#e3f1fa}.blue .edge{stroke:#0072b2}.blue .head-of,.blue .label{fill:#0072b2}
.orange .box{stroke:#b84f00;fill:#fcebdd}.orange .edge{stroke:#b84f00}.orange .head-of,.orange .label{fill:#b84f00}
.green .box{stroke:#00785a;fill:#e2f2ed}.green .edge{stroke:#00785a}.green .head-of,.green .label{fill:#00785a}
.grey .box{stroke:#595959;fill:#f0f0f0}.grey .edge{stroke:#595959}.grey .head-of,.grey .label{fill:#595959}
@media (prefers-color-scheme:dark){
text{fill:#eee}.ground{fill:#111}.small,.legend{fill:#bbb}
.event .box{fill:#1b1b1b;stroke:#ddd}.label{stroke:#111}
.blue .box{stroke:#56b4e9;fill:#0d2836}.blue .edge{stroke:#56b4e9}.blue .head-of,.blue .label{fill:#56b4e9}
.orange .box{stroke:#e69f00;fill:#33240a}.orange .edge{stroke:#e69f00}.orange .head-of,.orange .label{fill:#e69f00}
.green .box{stroke:#2fb890;fill:#0b2a21}.green .edge{stroke:#2fb890}.green .head-of,.green .label{fill:#2fb890}
.grey .box{stroke:#aaa;fill:#262626}.grey .edge{stroke:#aaa}.grey .head-of,.grey .label{fill:#aaa}
}
";

/// Writes the diagram as SVG.
pub fn write(ledger: &Ledger) -> String {
    let mut out = String::with_capacity(4096 + 1024 * (ledger.events.len() + ledger.roles.len()));
    let (w, h) = (px(ledger.width), px(ledger.height));
    let title = escape(&ledger.title);
    let description = escape(&ledger.legend.join(" "));
    put(
        &mut out,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
         role=\"img\" aria-labelledby=\"tieline-title tieline-desc\">\n\
         <title id=\"tieline-title\">{title}</title>\n<desc id=\"tieline-desc\">{description}</desc>\n\
         <style>{STYLE}</style>\n<rect class=\"ground\" width=\"{w}\" height=\"{h}\"/>\n"
        ),
    );
    header(&mut out, ledger);
    for role in &ledger.roles {
        edge(&mut out, ledger, role);
    }
    for row in &ledger.rows {
        match row {
            Row::Mark(year, y) => {
                let x = ledger
                    .events
                    .first()
                    .map_or(ledger.width / 2.0, |e| e.area.x + e.area.w / 2.0);
                text(&mut out, "mark middle", ledger::MARK, x, y + 6.0, year);
            }
            Row::Event(event) => event_box(&mut out, &ledger.events[*event]),
        }
    }
    for actor in &ledger.actors {
        actor_box(&mut out, actor);
    }
    // Labels last, so that no line runs over one.
    for role in &ledger.roles {
        label(&mut out, ledger, role);
    }
    articles(&mut out, ledger);
    out.push_str("</svg>\n");
    out
}

/// Writing to a `String` cannot fail, so its result says nothing.
fn put(out: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(arguments);
}

/// A length with one decimal at most.
fn px(length: f64) -> String {
    let text = format!("{length:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// Text for XML content and attributes. All text of a ledger is plain already,
/// which drops what XML forbids.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in super::plain(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

fn text(out: &mut String, class: &str, font: Font, x: f64, y: f64, words: &str) {
    put(
        out,
        format_args!(
            "<text class=\"{class}\" font-size=\"{}\" x=\"{}\" y=\"{}\">{}</text>\n",
            px(font.size),
            px(x),
            px(y),
            escape(words),
        ),
    );
}

fn header(out: &mut String, ledger: &Ledger) {
    let mut y = MARGIN;
    for line in title_lines(ledger) {
        y += 20.0;
        text(out, "head", ledger::TITLE, MARGIN, y, &line);
        y += 7.0;
    }
    for line in legend_lines(ledger) {
        y += TEXT_LINE;
        text(out, "legend", ledger::TEXT, MARGIN, y - 4.0, &line);
    }
}

fn edge(out: &mut String, ledger: &Ledger, role: &RoleEdge) {
    let actor = &ledger.actors[role.actor];
    let ((x0, y0), (x1, y1)) = (role.from, role.to);
    // The line ends where the arrowhead begins.
    let back = if actor.left { -8.0 } else { 8.0 };
    let middle = (x0 + x1) / 2.0;
    put(
        out,
        format_args!(
            "<g class=\"role {} {}\"><title>{}</title><path class=\"edge\" d=\"M{} {}C{} {} {} {} {} {}H{}\"/>",
            actor.side.as_str(),
            role.line.as_str(),
            escape(&role.tooltip),
            px(x0),
            px(y0),
            px(middle),
            px(y0),
            px(middle),
            px(y1),
            px(x1 + back - 0.1),
            px(y1),
            px(x1 + back),
        ),
    );
    // What did not happen points at nothing.
    if role.line != Line::Struck {
        put(
            out,
            format_args!(
                "<path class=\"head-of\" d=\"M{} {}L{} {}V{}Z\"/>",
                px(x1),
                px(y1),
                px(x1 + back),
                px(y1 - 3.5),
                px(y1 + 3.5),
            ),
        );
    }
    out.push_str("</g>\n");
}

fn label(out: &mut String, ledger: &Ledger, role: &RoleEdge) {
    if let Some((x, y)) = role.label_at {
        put(
            out,
            format_args!("<g class=\"{}\">", ledger.actors[role.actor].side.as_str()),
        );
        put(
            out,
            format_args!(
                "<text class=\"label middle\" font-size=\"{}\" x=\"{}\" y=\"{}\">{}</text></g>\n",
                px(ledger::ROLE.size),
                px(x),
                px(y + 3.5),
                escape(&role.label),
            ),
        );
    }
}

fn event_box(out: &mut String, event: &EventBox) {
    let Area { x, y, w, h } = event.area;
    put(
        out,
        format_args!(
            "<g id=\"event-{}\" class=\"event {}\"><title>{}</title>\
         <rect class=\"box\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"10\"/>\n",
            escape(&event.id),
            event.line.as_str(),
            escape(&event.tooltip),
            px(x),
            px(y),
            px(w),
            px(h),
        ),
    );
    let middle = event.area.middle();
    text(
        out,
        "small",
        ledger::SMALL,
        x + 10.0,
        middle - 5.0,
        &event.small,
    );
    text(
        out,
        "what",
        ledger::NAME,
        x + 10.0,
        middle + 12.0,
        &event.title,
    );
    out.push_str("</g>\n");
}

fn actor_box(out: &mut String, actor: &ActorBox) {
    put(
        out,
        format_args!(
            "<g id=\"actor-{}\" class=\"{} {}\"><title>{}</title>",
            escape(&actor.id),
            actor.kind,
            actor.side.as_str(),
            escape(&actor.tooltip),
        ),
    );
    outline(out, actor.shape, actor.area);
    out.push('\n');
    let lines = actor.name.len() as f64 * NAME_LINE + actor.office.len() as f64 * SMALL_LINE;
    let mut y = actor.area.middle() - lines / 2.0;
    let x = actor.area.x + actor.area.w / 2.0 + if actor.shape == Shape::Tabs { 3.0 } else { 0.0 };
    for line in &actor.name {
        y += NAME_LINE;
        text(out, "name middle", ledger::NAME, x, y - 4.0, line);
    }
    for line in &actor.office {
        y += SMALL_LINE;
        text(out, "middle", ledger::SMALL, x, y - 3.5, line);
    }
    out.push_str("</g>\n");
}

/// The outline of an actor's box.
fn outline(out: &mut String, shape: Shape, area: Area) {
    let Area { x, y, w, h } = area;
    let rect = |out: &mut String, x: f64, y: f64, w: f64, h: f64, r: f64| {
        put(
            out,
            format_args!(
                "<rect class=\"box\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>",
                px(x),
                px(y),
                px(w),
                px(h),
                px(r),
            ),
        );
    };
    let polygon = |out: &mut String, points: &[(f64, f64)]| {
        let points: Vec<String> = points
            .iter()
            .map(|(x, y)| format!("{},{}", px(*x), px(*y)))
            .collect();
        put(
            out,
            format_args!("<polygon class=\"box\" points=\"{}\"/>", points.join(" ")),
        );
    };
    let (right, low, third) = (x + w, y + h, h / 3.0);
    match shape {
        Shape::Round => rect(out, x, y, w, h, 10.0),
        Shape::Box => rect(out, x, y, w, h, 0.0),
        Shape::Double => {
            rect(out, x, y, w, h, 0.0);
            rect(out, x + 3.0, y + 3.0, w - 6.0, h - 6.0, 0.0);
        }
        Shape::Tabs => {
            rect(out, x, y, w, h, 0.0);
            rect(out, x - 4.0, y + 5.0, 8.0, 4.5, 0.0);
            rect(out, x - 4.0, low - 9.5, 8.0, 4.5, 0.0);
        }
        Shape::Octagon => {
            let cut = third.min(12.0);
            polygon(
                out,
                &[
                    (x + cut, y),
                    (right - cut, y),
                    (right, y + cut),
                    (right, low - cut),
                    (right - cut, low),
                    (x + cut, low),
                    (x, low - cut),
                    (x, y + cut),
                ],
            );
        }
        Shape::Hexagon => {
            let half = y + h / 2.0;
            polygon(
                out,
                &[
                    (x + 10.0, y),
                    (right - 10.0, y),
                    (right, half),
                    (right - 10.0, low),
                    (x + 10.0, low),
                    (x, half),
                ],
            );
        }
        Shape::Sheet => {
            polygon(
                out,
                &[
                    (x, y),
                    (right - 9.0, y),
                    (right, y + 9.0),
                    (right, low),
                    (x, low),
                ],
            );
            polygon(
                out,
                &[(right - 9.0, y), (right - 9.0, y + 9.0), (right, y + 9.0)],
            );
        }
        Shape::Solid => {
            polygon(
                out,
                &[
                    (x + 5.0, y),
                    (right, y),
                    (right, low - 5.0),
                    (right - 5.0, low),
                    (x, low),
                    (x, y + 5.0),
                ],
            );
            put(
                out,
                format_args!(
                    "<path class=\"box\" d=\"M{} {}H{}V{}M{} {}L{} {}\"/>",
                    px(x),
                    px(y + 5.0),
                    px(right - 5.0),
                    px(low),
                    px(right - 5.0),
                    px(y + 5.0),
                    px(right),
                    px(y),
                ),
            );
        }
        Shape::Oval => put(
            out,
            format_args!(
                "<ellipse class=\"box\" cx=\"{}\" cy=\"{}\" rx=\"{}\" ry=\"{}\"/>",
                px(x + w / 2.0),
                px(y + h / 2.0),
                px(w / 2.0),
                px(h / 2.0),
            ),
        ),
    }
}

fn articles(out: &mut String, ledger: &Ledger) {
    let mut y = ledger.articles_top;
    for (name, title) in &ledger.articles {
        text(out, "legend name", ledger::TEXT, MARGIN, y, name);
        let line = ledger::TEXT.cut(title, ledger.width - 2.0 * MARGIN - 34.0);
        text(out, "legend", ledger::TEXT, MARGIN + 34.0, y, &line);
        y += TEXT_LINE;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::ledger::{Options, layout};
    use crate::render::sample;
    use crate::resolve::Story;
    use proptest::prelude::*;

    /// Writes a story and checks that every tag is closed and every special
    /// character escaped; returns the picture.
    fn check(story: &Story, options: &Options) -> String {
        let svg = write(&layout(story, options));
        let mut open: Vec<&str> = Vec::new();
        for piece in svg.split('<').skip(1) {
            let (tag, content) = piece.split_once('>').expect("every tag ends");
            let name = tag.split(' ').next().unwrap_or_default();
            assert_eq!(
                tag.matches('"').count() % 2,
                0,
                "attributes are closed: {tag}"
            );
            match name.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name)),
                None if tag.ends_with('/') => {}
                None => open.push(name),
            }
            for text in [tag, content] {
                for (at, _) in text.match_indices('&') {
                    let rest = &text[at..];
                    let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"];
                    assert!(
                        known.iter().any(|k| rest.starts_with(k)),
                        "a bare &: {rest}"
                    );
                }
                let bad =
                    |c: char| (c.is_control() && c != '\n') || c == '\u{fffe}' || c == '\u{ffff}';
                assert!(!text.contains(bad));
            }
        }
        assert_eq!(open, Vec::<&str>::new());
        svg
    }

    #[test]
    fn sample_story() {
        insta::assert_snapshot!(check(&sample::story(), &Options::default()));
    }

    #[test]
    fn draws_nothing_when_there_is_nothing() {
        let svg = check(&Story::default(), &Options::default());
        assert!(svg.contains("<title id=\"tieline-title\">Ties</title>"));
        assert!(!svg.contains("class=\"box\""));
    }

    #[test]
    fn fetches_and_runs_nothing() {
        let svg = check(&sample::story(), &Options::default());
        for word in ["<script", "href", "url(", "@import", "onload"] {
            assert!(!svg.contains(word), "{word}");
        }
    }

    #[test]
    fn every_role_carries_its_quote() {
        let ledger = layout(&sample::story(), &Options::default());
        let svg = write(&ledger);
        assert_eq!(svg.matches("class=\"role ").count(), ledger.roles.len());
        assert!(ledger.roles.iter().all(|r| r.tooltip.contains('“')));
    }

    proptest! {
        #[test]
        fn any_text_gives_valid_xml(text in any::<String>(), hostile in "[\"'<>&\\\\\\]\n\u{7}\u{fffe}#]{0,12}") {
            for words in [text, hostile] {
                check(&sample::with_text(&words), &Options { events: None, title: Some(words.clone()) });
            }
        }
    }
}
