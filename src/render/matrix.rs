//! The layout of a matrix: a row for each actor, a column for each event in
//! order of date, a dot where an actor takes part, and a bar that joins the dots
//! of an event. Computed once, drawn by [`svg`] and [`dot`]. Pure.

use super::boxes::{actor_box, tooltip};
use super::choose::{Options, choose};
use super::dates::{Heading, Shown};
use super::draw::{self, Theme, escape, link, put, px};
use super::ledger::{ActorBox, Area, NAME, ROLE, SMALL};
use super::looks::{self, Line};
use super::metrics::Font;
use super::place::{MARGIN, NARROWEST};
use super::placed::Placed;
use super::sheet::Sheet;
use super::sides::Sides;
use super::{legend, plain, title_of};
use crate::resolve::Story;
use std::collections::BTreeMap;

/// The most events unless more are asked for: what fits beside each other.
pub const MOST_COLUMNS: usize = 60;
/// Width of a column and height of a row.
const CELL: f64 = 24.0;
/// Height of a row in DOT.
const DOT_ROW: f64 = 34.0;
/// The most pixels of a name.
const NAME_WIDTH: f64 = 210.0;
/// The most pixels of a column's words.
const HEAD_WIDTH: f64 = 270.0;
/// The words of a column rise by 55 degrees: cosine and sine.
const ACROSS: f64 = 0.573_576;
const UP: f64 = 0.819_152;
/// From this width on, the names stand on the right as well.
const WIDE: f64 = 1_400.0;
/// The font of names.
const ROW: Font = Font::bold(12.0);
/// The most sweeps of moves of rows, and up to how many rows there are any.
const SWEEPS: usize = 8;
const MOST_MOVED: usize = 160;
/// How the dots are called in the legend.
const DOTS: [&str; 4] = ["Full dot", "Dashed ring", "Dotted ring", "Crossed ring"];

/// Actors by events, laid out.
#[derive(Debug, Clone, Default)]
pub struct Matrix {
    /// What stands around it.
    pub sheet: Sheet,
    /// The actors, top to bottom; the area is that of the sign before the name.
    pub rows: Vec<ActorBox>,
    /// The events, left to right.
    pub columns: Vec<Column>,
    /// A year, with the left and right edge of its columns.
    pub years: Vec<(String, f64, f64)>,
    /// The edges of the grid.
    pub grid: Area,
}

/// An event of the matrix.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Column {
    /// Index into the story's events.
    pub event: usize,
    /// The event's id.
    pub id: String,
    /// The date with its marks of doubt.
    pub date: String,
    /// What happened.
    pub title: String,
    /// How dots and bar are drawn.
    pub line: Line,
    /// Date, title, place, documents and the first quote.
    pub tooltip: String,
    /// The dots, top to bottom: index into [`Matrix::rows`] and tooltip.
    pub dots: Vec<(usize, String)>,
    /// The middle.
    pub x: f64,
}

impl Matrix {
    fn y(&self, row: usize) -> f64 {
        self.grid.y + (row as f64 + 0.5) * CELL
    }
}

/// Lays the matrix out.
pub fn layout(story: &Story, options: &Options) -> Matrix {
    let (chosen, left_out) = choose(story, options, MOST_COLUMNS);
    let sides = Sides::new(story, &chosen, options.color_by);
    let companies = looks::companies(story);
    let order = rows(story, &chosen);
    let numbers: BTreeMap<usize, usize> = order.iter().enumerate().map(|(n, a)| (*a, n)).collect();
    let mut matrix = Matrix {
        sheet: Sheet::new(story, &chosen, options, &sides, left_out),
        rows: order
            .iter()
            .map(|a| row(story, *a, &sides, companies[*a]))
            .collect(),
        columns: chosen.iter().map(|e| column(story, *e, &numbers)).collect(),
        ..Matrix::default()
    };
    let every: Vec<&ActorBox> = matrix.rows.iter().collect();
    let mut looks = legend::shown(story, options.events.is_some(), &chosen, &every, &sides);
    looks.push("A column: an event, its bar joins those who take part.".to_owned());
    matrix.sheet.legend = legend::paragraphs(looks, legend::line_meanings(story, &chosen, DOTS));
    place(story, &mut matrix);
    matrix
}

/// The actors, top to bottom, so that bars are short: by their first event or by
/// the mean of their events, then each moved to the middle of those that it
/// shares events with, as long as that saves length.
fn rows(story: &Story, chosen: &[usize]) -> Vec<usize> {
    let mut columns: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut members: Vec<Vec<usize>> = Vec::with_capacity(chosen.len());
    for (column, event) in chosen.iter().enumerate() {
        let mut actors: Vec<usize> = story.events[*event]
            .participants
            .iter()
            .map(|p| p.actor)
            .filter(|a| *a < story.actors.len())
            .collect();
        actors.sort_unstable();
        actors.dedup();
        for actor in &actors {
            columns.entry(*actor).or_default().push(column);
        }
        members.push(actors);
    }
    let mut by_first: Vec<usize> = columns.keys().copied().collect();
    by_first.sort_by_key(|a| (columns[a].first().copied(), *a));
    let mut by_mean = by_first.clone();
    // Means are compared as fractions, which no machine rounds differently.
    by_mean.sort_by(|a, b| {
        let (one, two) = (&columns[a], &columns[b]);
        let (sum_one, sum_two) = (one.iter().sum::<usize>(), two.iter().sum::<usize>());
        (sum_one * two.len()).cmp(&(sum_two * one.len()))
    });
    let mut best: Option<(usize, Vec<usize>)> = None;
    for mut order in [by_first, by_mean] {
        let length = shorten(&mut order, &columns, &members);
        if best.as_ref().is_none_or(|(least, _)| length < *least) {
            best = Some((length, order));
        }
    }
    best.map(|(_, order)| order).unwrap_or_default()
}

/// Moves rows as long as that shortens the bars; gives their length.
fn shorten(
    order: &mut Vec<usize>,
    columns: &BTreeMap<usize, Vec<usize>>,
    members: &[Vec<usize>],
) -> usize {
    let places = |order: &[usize]| -> BTreeMap<usize, usize> {
        order.iter().enumerate().map(|(n, a)| (*a, n)).collect()
    };
    let length = |order: &[usize]| -> usize {
        let at = places(order);
        let span = |actors: &Vec<usize>| {
            let rows = actors.iter().filter_map(|a| at.get(a));
            let (first, last) = (rows.clone().min(), rows.max());
            last.zip(first).map_or(0, |(last, first)| last - first)
        };
        members.iter().map(span).sum()
    };
    let mut least = length(order);
    if order.len() > MOST_MOVED {
        return least;
    }
    for _ in 0..SWEEPS {
        let before = least;
        for actor in order.clone() {
            let at = places(order);
            let own = at[&actor];
            let shared = columns[&actor].iter().flat_map(|c| &members[*c]);
            let mut others: Vec<usize> = shared.filter(|a| **a != actor).map(|a| at[a]).collect();
            others.sort_unstable();
            let Some(middle) = others.get(others.len() / 2).copied() else {
                continue;
            };
            for to in [middle, middle + 1, own + 1] {
                let mut tried = order.clone();
                let moved = tried.remove(own);
                tried.insert(to.min(tried.len()), moved);
                let length = length(&tried);
                if length < least {
                    least = length;
                    *order = tried;
                    break;
                }
            }
        }
        if least == before {
            break;
        }
    }
    least
}

fn row(story: &Story, actor: usize, sides: &Sides, is_company: bool) -> ActorBox {
    let mut drawn = actor_box(story, actor, sides, is_company, true);
    let name = super::capital(&plain(&story.actors[actor].name));
    let name = match &drawn.mark {
        Some(mark) => format!("{} · {mark}", ROW.cut(&name, NAME_WIDTH - 34.0)),
        None => ROW.cut(&name, NAME_WIDTH),
    };
    drawn.name = vec![name];
    drawn.office.clear();
    drawn.mark = None;
    drawn
}

fn column(story: &Story, index: usize, numbers: &BTreeMap<usize, usize>) -> Column {
    let event = &story.events[index];
    let mut dots = BTreeMap::new();
    for participant in &event.participants {
        if let Some(row) = numbers.get(&participant.actor) {
            dots.entry(*row).or_insert_with(|| {
                let name = plain(&story.actors[participant.actor].name);
                let role = looks::role_label(&event.kind, &participant.role);
                tooltip(story, event, &format!("{name}: {role}"))
            });
        }
    }
    Column {
        event: index,
        id: plain(&event.id),
        date: Shown::of(event.date.as_ref()).label(),
        title: title_of(event),
        line: Line::of(event),
        tooltip: tooltip(story, event, &title_of(event)),
        dots: dots.into_iter().collect(),
        x: 0.0,
    }
}

/// Sets every place, and cuts the columns' words to fit.
fn place(story: &Story, matrix: &mut Matrix) {
    let names = matrix.rows.iter().map(|r| ROW.width(&r.name[0]));
    let names = names.fold(60.0, f64::max) + 34.0;
    let mut head = 0.0;
    for column in &mut matrix.columns {
        let date = ROW.width(&column.date) + 8.0;
        column.title = ROLE.cut(&column.title, HEAD_WIDTH - date);
        head = f64::max(head, date + ROLE.width(&column.title));
    }
    let grid = matrix.columns.len() as f64 * CELL;
    let right = if grid > WIDE { names } else { 0.0 };
    let content = names + grid + right.max(head * ACROSS);
    matrix.sheet.width = (content + 2.0 * MARGIN).max(NARROWEST);
    matrix.grid = Area {
        x: MARGIN + names,
        y: matrix.sheet.header_bottom() + 18.0 + head * UP + 12.0,
        w: grid,
        h: matrix.rows.len() as f64 * CELL,
    };
    for n in 0..matrix.rows.len() {
        let y = matrix.y(n);
        matrix.rows[n].area = Area {
            x: MARGIN,
            y: y - 6.5,
            w: 20.0,
            h: 13.0,
        };
    }
    let mut last = None;
    for n in 0..matrix.columns.len() {
        let left = matrix.grid.x + n as f64 * CELL;
        matrix.columns[n].x = left + CELL / 2.0;
        let heading = Heading::of(story.events[matrix.columns[n].event].date.as_ref());
        if last == Some(heading) {
            if let Some((_, _, right)) = matrix.years.last_mut() {
                *right = left + CELL;
            }
        } else {
            matrix.years.push((heading.text(), left, left + CELL));
            last = Some(heading);
        }
    }
    let bottom = matrix.grid.y + matrix.grid.h + 26.0;
    matrix.sheet.end(bottom, 30.0);
}

/// Writes the picture as SVG.
pub fn svg(matrix: &Matrix, theme: Theme) -> String {
    let mut out = String::new();
    draw::begin(&mut out, &matrix.sheet, theme);
    ground(&mut out, matrix);
    for (n, row) in matrix.rows.iter().enumerate() {
        name(&mut out, row, matrix.y(n), row.area.x);
        if matrix.grid.w > WIDE {
            name(
                &mut out,
                row,
                matrix.y(n),
                matrix.grid.x + matrix.grid.w + 10.0,
            );
        }
    }
    for column in &matrix.columns {
        let linked = link(&mut out, matrix.sheet.page.as_deref(), &column.id);
        self::column_svg(&mut out, matrix, column);
        out.push_str(if linked { "</a>\n" } else { "\n" });
    }
    draw::articles(&mut out, &matrix.sheet);
    out.push_str("</svg>\n");
    out
}

/// Every second row shaded, a line before each year, the years below.
fn ground(out: &mut String, matrix: &Matrix) {
    let Area { x, y, w, h } = matrix.grid;
    for row in (0..matrix.rows.len()).step_by(2) {
        put(
            out,
            format_args!(
                "<rect class=\"band\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\n",
                px(MARGIN - 6.0),
                px(y + row as f64 * CELL),
                px(x + w - MARGIN + 6.0),
                px(CELL),
            ),
        );
    }
    let mut free = 0.0;
    for (year, left, right) in &matrix.years {
        put(
            out,
            format_args!(
                "<path class=\"rule\" d=\"M{} {}V{}\"/>\n",
                px(*left),
                px(y),
                px(y + h + 8.0)
            ),
        );
        // A year of one column is wider than it; every year that has room is said.
        let width = NAME.width(year);
        let middle = ((left + right) / 2.0).max(left + width / 2.0 - 2.0);
        if middle - width / 2.0 >= free {
            draw::text(out, "mark middle", NAME, middle, y + h + 21.0, year);
            free = middle + width / 2.0 + 7.0;
        }
    }
}

/// The sign and the name of an actor.
fn name(out: &mut String, row: &ActorBox, y: f64, x: f64) {
    put(
        out,
        format_args!(
            "<g class=\"{} {}\"><title>{}</title>",
            row.kind,
            row.side.as_str(),
            escape(&row.tooltip)
        ),
    );
    draw::outline(out, row.shape, Area { x, ..row.area });
    draw::text(out, "name", ROW, x + 27.0, y + 4.2, &row.name[0]);
    out.push_str("</g>\n");
}

fn column_svg(out: &mut String, matrix: &Matrix, column: &Column) {
    let x = column.x;
    put(
        out,
        format_args!(
            "<g id=\"event-{}\" class=\"event {}\"><title>{}</title>",
            escape(&column.id),
            column.line.as_str(),
            escape(&column.tooltip)
        ),
    );
    let top = matrix.grid.y - 8.0;
    put(
        out,
        format_args!(
            "<g transform=\"translate({} {}) rotate(-55)\">",
            px(x + 3.0),
            px(top)
        ),
    );
    draw::text(out, "name", SMALL, 0.0, 0.0, &column.date);
    let date = ROW.width(&column.date) + 4.0;
    draw::text(out, "small what-plain", ROLE, date, 0.0, &column.title);
    out.push_str("</g>");
    if let (Some((first, _)), Some((last, _))) = (column.dots.first(), column.dots.last())
        && first != last
    {
        put(
            out,
            format_args!(
                "<path class=\"bar\" d=\"M{} {}V{}\"/>",
                px(x),
                px(matrix.y(*first)),
                px(matrix.y(*last))
            ),
        );
    }
    for (row, tooltip) in &column.dots {
        let y = matrix.y(*row);
        put(
            out,
            format_args!(
                "<circle class=\"dot\" cx=\"{}\" cy=\"{}\" r=\"5.2\"><title>{}</title></circle>",
                px(x),
                px(y),
                escape(tooltip)
            ),
        );
        if column.line == Line::Struck {
            put(
                out,
                format_args!(
                    "<path class=\"cross\" d=\"M{} {}l7 7m0 -7l-7 7\"/>",
                    px(x - 3.5),
                    px(y - 3.5)
                ),
            );
        }
    }
    out.push_str("</g>");
}

/// Writes the picture as DOT with every place given. Graphviz cannot turn
/// words, so that columns have numbers and a list says what they are.
pub fn dot(matrix: &Matrix) -> String {
    // Graphviz's octagons and ellipses are higher than words.
    let y_of = |row: usize| matrix.grid.y + (row as f64 + 0.5) * DOT_ROW;
    let low = y_of(matrix.rows.len());
    let mut graph = Placed::new(&matrix.sheet);
    for (n, row) in matrix.rows.iter().enumerate() {
        let mut row = row.clone();
        row.area.w = ROW.width(&row.name[0]) + 20.0;
        row.area.x = matrix.grid.x - 10.0 - row.area.w;
        row.area.y = y_of(n) - row.area.h / 2.0;
        graph.actor(&row);
    }
    let mut list = Vec::with_capacity(matrix.columns.len());
    for (n, column) in matrix.columns.iter().enumerate() {
        let number = (n + 1).to_string();
        let top = (column.x, matrix.grid.y - 10.0);
        graph.words(&format!("column-{number}"), &number, &column.tooltip, top);
        let id = |row: usize| format!("dot-{number}-{row}");
        for (row, tooltip) in &column.dots {
            graph.dot(&id(*row), column.line, tooltip, (column.x, y_of(*row)));
        }
        for pair in column.dots.windows(2) {
            graph.bar(&id(pair[0].0), &id(pair[1].0), column.line, &column.tooltip);
        }
        list.push((number, format!("{} · {}", column.date, column.title)));
    }
    for (n, (year, left, right)) in matrix.years.iter().enumerate() {
        let below = ((left + right) / 2.0, low);
        graph.words(&format!("year-{n}"), year, year, below);
    }
    let mut y = low + 30.0;
    for (id, lines) in [("events", &list), ("articles", &matrix.sheet.articles)] {
        let half = lines.len() as f64 * 6.3;
        graph.list(id, lines, (MARGIN + 240.0, y + half));
        y += 2.0 * half + 24.0;
    }
    graph.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    #[test]
    fn the_sample_as_dot() {
        insta::assert_snapshot!(dot(&layout(&sample::story(), &Options::default())));
    }

    #[test]
    fn every_role_has_a_dot_with_its_quote() {
        let story = sample::story();
        let matrix = layout(&story, &Options::default());
        for column in &matrix.columns {
            let mut actors: Vec<usize> = story.events[column.event]
                .participants
                .iter()
                .map(|p| p.actor)
                .collect();
            actors.sort_unstable();
            actors.dedup();
            assert_eq!(column.dots.len(), actors.len());
            assert!(column.dots.iter().all(|(_, told)| told.contains('“')));
        }
    }

    #[test]
    fn a_denied_event_is_crossed() {
        let story = sample::story();
        let denied = Options {
            events: Some(vec![story.events.len() - 1]),
            ..Options::default()
        };
        let matrix = layout(&story, &denied);
        assert!(svg(&matrix, Theme::Auto).contains("class=\"cross\""));
        assert!(matrix.sheet.legend[1].contains("Crossed ring: did not happen."));
    }
}
