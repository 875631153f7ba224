//! The ledger as SVG, drawn without Graphviz: one file for light and dark, no
//! scripts, nothing fetched from outside.

use super::draw::{Theme, actor_box, articles, begin, escape, link, put, px, text};
use super::ledger::{self, Area, EventBox, Ledger, RoleEdge, Row};
use super::looks::Line;
use super::place::{NAME_LINE, SMALL_LINE};

/// Writes the diagram as SVG.
pub fn write(ledger: &Ledger, theme: Theme) -> String {
    let mut out = String::with_capacity(4096 + 1024 * (ledger.events.len() + ledger.roles.len()));
    begin(&mut out, &ledger.sheet, theme);
    for role in &ledger.roles {
        let linked = link(
            &mut out,
            ledger.sheet.page.as_deref(),
            &ledger.events[role.event].id,
        );
        edge(&mut out, ledger, role);
        out.push_str(if linked { "</a>\n" } else { "\n" });
    }
    for row in &ledger.rows {
        match row {
            Row::Mark(year, y) => {
                let x = ledger
                    .events
                    .first()
                    .map_or(ledger.sheet.width / 2.0, |e| e.area.x + e.area.w / 2.0);
                text(&mut out, "mark middle", ledger::MARK, x, y + 6.0, year);
            }
            Row::Event(event) => {
                let event = &ledger.events[*event];
                let linked = link(&mut out, ledger.sheet.page.as_deref(), &event.id);
                event_box(&mut out, event);
                out.push_str(if linked { "</a>\n" } else { "\n" });
            }
        }
    }
    for actor in &ledger.actors {
        actor_box(&mut out, actor);
    }
    // Labels last, so that no line runs over one.
    for role in &ledger.roles {
        label(&mut out, ledger, role);
    }
    articles(&mut out, &ledger.sheet);
    out.push_str("</svg>\n");
    out
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
    out.push_str("</g>");
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
    let lines = SMALL_LINE + event.title.len() as f64 * NAME_LINE;
    let mut y = event.area.middle() - lines / 2.0 + SMALL_LINE;
    text(out, "small", ledger::SMALL, x + 10.0, y - 4.0, &event.small);
    for line in &event.title {
        y += NAME_LINE;
        text(out, "what", ledger::NAME, x + 10.0, y - 3.0, line);
    }
    out.push_str("</g>");
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
        let svg = write(&layout(story, options), Theme::Auto);
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
        let svg = write(&ledger, Theme::Auto);
        assert_eq!(svg.matches("class=\"role ").count(), ledger.roles.len());
        assert!(ledger.roles.iter().all(|r| r.tooltip.contains('“')));
    }

    proptest! {
        #[test]
        fn any_text_gives_valid_xml(text in any::<String>(), hostile in "[\"'<>&\\\\\\]\n\u{7}\u{fffe}#]{0,12}") {
            for words in [text, hostile] {
                check(&sample::with_text(&words), &Options { title: Some(words.clone()), page: Some(words.clone()), ..Options::default() });
            }
        }
    }
}
