//! What the pictures of all layouts are drawn with, as SVG: the frame with its
//! colours, text, the boxes of actors, the list of articles. Pure.

use super::ledger::{self, ActorBox, Area};
use super::looks::Shape;
use super::metrics::Font;
use super::place::{
    MARGIN, NAME_LINE, SMALL_LINE, TEXT_LINE, legend_lines, mark_width, title_lines,
};
use super::sheet::Sheet;
use std::fmt::Write;

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the reader's system has it.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The fonts of all pictures; text is measured for the first two.
pub(super) const FONTS: &str = "Helvetica,Arial,'Liberation Sans',sans-serif";

/// Colours and lines.
const LIGHT: &str = "\
text{fill:#1a1a1a}
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
.end{text-anchor:end}
.corner{font-weight:bold}
.blue .corner{fill:#0072b2}.orange .corner{fill:#b84f00}.green .corner{fill:#00785a}
.ink .edge{stroke:#404040}.ink .label{fill:#404040}.ink .head-of{fill:#404040}
.band{fill:#f4f4f4}.rule{stroke:#c8c8c8;stroke-width:1;fill:none}.bar{stroke:#1a1a1a;stroke-width:2;fill:none}
.dot{stroke:#1a1a1a;stroke-width:1.6;fill:#1a1a1a}
.planned .dot,.unsure .dot,.denied .dot{fill:#fff}
.planned .bar,.planned .dot{stroke-dasharray:3 2}.unsure .bar,.denied .bar,.unsure .dot{stroke-dasharray:.8 2.2;stroke-linecap:round}
.cross{stroke:#1a1a1a;stroke-width:1.4}
a:hover .box{stroke-width:2.6}
";

/// What is other in the dark. The colours are the lighter ones of the Okabe-Ito
/// set, with at least 5:1 contrast on the ground.
const DARK: &str = "\
text{fill:#eee}.ground{fill:#111}.small,.legend{fill:#bbb}
.event .box{fill:#1b1b1b;stroke:#ddd}.label{stroke:#111}
.blue .box{stroke:#56b4e9;fill:#0d2836}.blue .edge{stroke:#56b4e9}.blue .head-of,.blue .label{fill:#56b4e9}
.orange .box{stroke:#e69f00;fill:#33240a}.orange .edge{stroke:#e69f00}.orange .head-of,.orange .label{fill:#e69f00}
.green .box{stroke:#2fb890;fill:#0b2a21}.green .edge{stroke:#2fb890}.green .head-of,.green .label{fill:#2fb890}
.grey .box{stroke:#aaa;fill:#262626}.grey .edge{stroke:#aaa}.grey .head-of,.grey .label{fill:#aaa}
.blue .corner{fill:#56b4e9}.orange .corner{fill:#e69f00}.green .corner{fill:#2fb890}
.ink .edge{stroke:#bbb}.ink .label{fill:#ccc}.ink .head-of{fill:#bbb}
.band{fill:#1d1d1d}.rule{stroke:#444}.bar,.cross{stroke:#eee}.dot{stroke:#eee;fill:#eee}
.planned .dot,.unsure .dot,.denied .dot{fill:#111}
";

/// Begins a picture: size, title, description, style, ground, title and legend.
pub(super) fn begin(out: &mut String, sheet: &Sheet, theme: Theme) {
    let (w, h) = (px(sheet.width), px(sheet.height));
    let title = escape(&sheet.title);
    let description = escape(&sheet.legend.join(" "));
    let dark = match theme {
        Theme::Auto => format!("@media (prefers-color-scheme:dark){{\n{DARK}}}\n"),
        Theme::Light => String::new(),
        Theme::Dark => DARK.to_owned(),
    };
    put(
        out,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
         role=\"img\" aria-labelledby=\"tieline-title tieline-desc\">\n\
         <title id=\"tieline-title\">{title}</title>\n<desc id=\"tieline-desc\">{description}</desc>\n\
         <style>\ntext{{font-family:{FONTS}}}\n{LIGHT}{dark}</style>\n\
         <rect class=\"ground\" width=\"{w}\" height=\"{h}\"/>\n"
        ),
    );
    let mut y = MARGIN;
    for line in title_lines(&sheet.title, sheet.width) {
        y += 20.0;
        text(out, "head", ledger::TITLE, MARGIN, y, &line);
        y += 7.0;
    }
    for line in legend_lines(&sheet.legend, sheet.width) {
        y += TEXT_LINE;
        text(out, "legend", ledger::TEXT, MARGIN, y - 4.0, &line);
    }
}

/// Writing to a `String` cannot fail, so its result says nothing.
pub(super) fn put(out: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(arguments);
}

/// A length with one decimal at most.
pub(super) fn px(length: f64) -> String {
    let text = format!("{length:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// Text for XML content and attributes. All text of a ledger is plain already,
/// which drops what XML forbids.
pub(super) fn escape(text: &str) -> String {
    super::html(&super::plain(text))
}

/// A line of text; its classes say where it is anchored.
pub(super) fn text(out: &mut String, class: &str, font: Font, x: f64, y: f64, words: &str) {
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

/// The box of an actor with its words.
pub(super) fn actor_box(out: &mut String, actor: &ActorBox) {
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
    let middle = actor.area.x + (actor.area.w - mark_width(actor)) / 2.0;
    let x = middle + if actor.shape == Shape::Tabs { 3.0 } else { 0.0 };
    if let Some(mark) = &actor.mark {
        let inset = match actor.shape {
            Shape::Octagon | Shape::Hexagon | Shape::Oval => actor.area.h / 2.0 + 3.0,
            Shape::Double | Shape::Solid => 15.0,
            _ => 11.0,
        };
        let from_right = match actor.shape {
            Shape::Sheet => 11.0,
            _ if inset > 15.0 => 10.0,
            _ => 5.0,
        };
        let right = actor.area.x + actor.area.w - from_right;
        text(
            out,
            "corner end",
            ledger::CORNER,
            right,
            actor.area.y + inset,
            mark,
        );
    }
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

/// The outline of an actor.
pub(super) fn outline(out: &mut String, shape: Shape, area: Area) {
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
        Shape::Round => rect(out, x, y, w, h, (h * 0.35).min(10.0)),
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

/// The list of articles.
pub(super) fn articles(out: &mut String, sheet: &Sheet) {
    let mut y = sheet.articles_top;
    for (name, title) in &sheet.articles {
        text(out, "legend name", ledger::TEXT, MARGIN, y, name);
        let line = ledger::TEXT.cut(title, sheet.width - 2.0 * MARGIN - 40.0);
        text(out, "legend", ledger::TEXT, MARGIN + 40.0, y, &line);
        y += TEXT_LINE;
    }
}

/// The address of an event in the page.
pub(super) fn address(page: &str, id: &str) -> String {
    let mut address = format!("{page}#");
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                address.push(byte as char);
            }
            _ => put(&mut address, format_args!("%{byte:02X}")),
        }
    }
    address
}

/// The link of an event into the page, to be closed with `</a>`; whether there
/// is one.
pub(super) fn link(out: &mut String, page: Option<&str>, id: &str) -> bool {
    if let Some(page) = page {
        let address = escape(&address(page, id));
        put(out, format_args!("<a href=\"{address}\">"));
    }
    page.is_some()
}
