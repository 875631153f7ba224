//! Which runs of a page are the article, and its text. Pure and linear.
//!
//! Paragraphs weigh what they hold in words that are no links; the part of the
//! page is chosen that holds nearly all of the weight, with the help of what
//! the page itself calls an article. Before it come the headline and the lines
//! that say who wrote it and when.

use super::super::BlockKind;
use super::super::bylines::{is_byline, is_person};
use super::super::dateline::{dateline, is_date_line};
use super::super::lines::ends_sentence;
use super::super::rules::{RULES, normal};
use super::marks::{
    ARTICLE, BODY, BYLINE, CAPTION, DATE, FURNITURE, HEADER, HEADLINE, MAIN, MARGIN, SURE_BODY,
};
use super::runs::{Run, is_credit, is_furniture};
use super::teasers::teasers;
use super::titles::same;
use super::tree::Tree;
use crate::text::stable_hash;
use std::collections::BTreeSet;
use std::ops::Range;

/// The article's text and where in the page it was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) text: String,
    /// Which paragraphs of the text are words under a picture.
    pub(super) captions: BTreeSet<String>,
    /// The headline that the page shows.
    pub(super) headline: Option<String>,
    /// Who wrote it, as a line that the page marks so says.
    pub(super) byline: Option<String>,
    /// The bytes of running text, without headline and lines around it.
    pub(super) length: usize,
    /// The nodes of the part of the page that holds the article.
    pub(super) part: Range<usize>,
    /// The nodes from its headline to its first paragraph.
    pub(super) head: Range<usize>,
    pub(super) origin: String,
}

/// A paragraph weighs no more than this, in bytes.
const HEAVIEST: usize = 1000;
/// A paragraph of running text is at least this long, in bytes.
const SHORTEST: usize = 40;

/// A list of teasers is one beside an article of at least so many bytes.
const LEAST_BESIDE_TEASERS: usize = 500;

/// A headline is no longer than this, in bytes.
const LONGEST_TITLE: usize = 400;

/// The weight of a run as running text; 0 for anything else.
fn weight(run: &Run) -> usize {
    let plain = run.text.len().saturating_sub(run.linked);
    if is_furniture(run)
        || run.marks & (HEADER | CAPTION) != 0
        || run.heading > 0
        || run.table > 0
        || run.text.len() < SHORTEST
        || run.is_linked(50)
        || run.words() < 7
    {
        return 0;
    }
    let whole = ends_sentence(&run.text) || run.text.len() > 200;
    plain.min(HEAVIEST) / if whole { 1 } else { 3 }
}

/// The weights of the runs, and which of them are teasers of other stories:
/// these weigh nothing beside an article.
fn weights(tree: &Tree, marks: &[u16], runs: &[Run]) -> (Vec<usize>, Vec<bool>) {
    let mut weights: Vec<usize> = runs.iter().map(weight).collect();
    let teasers = teasers(tree, marks, runs, &weights);
    let own = weights.iter().zip(&teasers).filter(|(_, t)| !**t);
    if own.map(|(weight, _)| weight).sum::<usize>() < LEAST_BESIDE_TEASERS {
        return (weights, Vec::new());
    }
    for (weight, _) in weights.iter_mut().zip(&teasers).filter(|(_, t)| **t) {
        *weight = 0;
    }
    (weights, teasers)
}

/// Finds the article. `titles`: what the page's data call it, the most trusted
/// first. `outlets`: names of the outlet, which are no headline.
pub(super) fn find(
    tree: &Tree,
    marks: &[u16],
    runs: &[Run],
    titles: &[String],
    outlets: &[String],
) -> Found {
    let (weights, teasers) = weights(tree, marks, runs);
    let mut mass = vec![0_usize; tree.nodes.len()];
    for (run, weight) in runs.iter().zip(&weights) {
        if let Some(mass) = mass.get_mut(run.block as usize) {
            *mass += weight;
        }
    }
    for at in (1..mass.len()).rev() {
        let parent = tree.nodes[at].parent as usize;
        mass[parent] += mass[at];
    }
    let (part, origin) = choose(tree, marks, &mass, runs, titles);
    let inside = |run: &Run| (run.block as usize) >= part && (run.block as usize) < tree.end(part);
    let first = runs.iter().position(inside).unwrap_or(0);
    let last = runs.iter().rposition(inside).map_or(0, |i| i + 1);
    let Some(body) = (first..last)
        .find(|i| weights[*i] > 0)
        .or_else(|| (first..last).find(|i| is_sentence(&runs[*i])))
    else {
        return Found::default();
    };
    let headline = headline(runs, body, first, titles, outlets);
    let mut kept = before(runs, &weights, headline, first, body);
    let body_marked = mark(marks, part) & (BODY | SURE_BODY) != 0;
    kept.extend(rest(runs, &weights, body, last, body_marked));
    kept.retain(|at| !teasers.get(*at).copied().unwrap_or(false));
    without_labels(runs, &mut kept);
    let shown = headline
        .and_then(|i| runs.get(i))
        .map(|run| one_line(&run.text));
    let title = shown.clone().or_else(|| titles.first().cloned());
    let (text, length) = write(runs, &kept, title.as_deref());
    let node = |at: usize| runs.get(at).map_or(0, |run| run.block as usize);
    let captions = kept.iter().filter_map(|at| runs.get(*at));
    let captions = captions.filter(|run| run.marks & CAPTION != 0 && run.heading == 0);
    Found {
        captions: captions.map(|run| run.text.clone()).collect(),
        text,
        byline: kept.iter().filter_map(|at| byline(runs.get(*at)?)).next(),
        headline: shown,
        length,
        origin,
        part: part..tree.end(part),
        head: headline.map_or(part, |h| node(h).min(node(body)))..tree.end(node(body)),
    }
}

/// Whether a short line may be all that an article has to say.
fn is_sentence(run: &Run) -> bool {
    !is_furniture(run)
        && run.marks & (HEADER | CAPTION) == 0
        && run.heading == 0
        && run.words() >= 3
        && ends_sentence(&run.text)
        && !run.is_linked(50)
        && !is_dull(run, &normal_of(run))
}

fn mark(marks: &[u16], node: usize) -> u16 {
    marks.get(node).copied().unwrap_or(0)
}

/// The part of the page that holds the article, and its name for people.
fn choose(
    tree: &Tree,
    marks: &[u16],
    mass: &[usize],
    runs: &[Run],
    titles: &[String],
) -> (usize, String) {
    let weigh = |node: usize| mass.get(node).copied().unwrap_or(0);
    let total = weigh(0);
    let mut top = 0;
    // The page's own articles: the outermost ones that hold much of the text.
    if let Some(article) = article(tree, marks, mass, runs, titles) {
        top = article;
    } else if let Some(main) =
        largest(tree, marks, mass, 0, MAIN).filter(|n| weigh(*n) * 2 >= total)
    {
        top = main;
    }
    for wanted in [SURE_BODY, BODY] {
        if let Some(body) =
            largest(tree, marks, mass, top, wanted).filter(|n| weigh(*n) * 2 >= weigh(top))
        {
            return (body, name(tree, body));
        }
    }
    if mark(marks, top) & ARTICLE != 0 {
        return (top, name(tree, top));
    }
    // Down to the smallest part that still holds nearly all of it.
    let enough = weigh(top) * 85 / 100;
    let mut part = top;
    loop {
        let mut best = None;
        let mut child = part + 1;
        while child < tree.end(part) {
            if weigh(child) > 0 && weigh(child) >= enough {
                best = Some(child);
            }
            child = tree.end(child).max(child + 1);
        }
        match best {
            // A paragraph alone is no part of a page.
            Some(child) if tree.tag(child) != super::tags::Tag::P => part = child,
            _ => break,
        }
    }
    (part, name(tree, part))
}

/// The heaviest node below `top` with a mark, the outermost of equals.
fn largest(tree: &Tree, marks: &[u16], mass: &[usize], top: usize, wanted: u16) -> Option<usize> {
    let mut best: Option<usize> = None;
    for node in top..tree.end(top) {
        let heavier = best.is_none_or(|b| mass[node] > mass[b]);
        if mark(marks, node) & wanted != 0 && mass[node] > 0 && heavier {
            best = Some(node);
        }
    }
    best
}

/// The article of the page. Of several, as on a page that goes on with the next
/// article, the one with the page's title, else the first long one.
fn article(
    tree: &Tree,
    marks: &[u16],
    mass: &[usize],
    runs: &[Run],
    titles: &[String],
) -> Option<usize> {
    let total = mass.first().copied().unwrap_or(0);
    let mut articles = Vec::new();
    let mut at = 1;
    while at < tree.nodes.len() {
        let mark = mark(marks, at);
        if mark & ARTICLE != 0 && mark & (FURNITURE | MARGIN) == 0 && mass[at] > 0 {
            articles.push(at);
            at = tree.end(at);
        } else {
            at += 1;
        }
    }
    let heaviest = articles.iter().map(|a| mass[*a]).max()?;
    articles.retain(|a| mass[*a] * 3 >= heaviest);
    // They stand one behind the other, so each heading is in one at most.
    let holder = |run: &Run| {
        let at = articles
            .partition_point(|a| *a <= run.block as usize)
            .checked_sub(1)?;
        articles
            .get(at)
            .filter(|a| (run.block as usize) < tree.end(**a))
    };
    let titled = runs
        .iter()
        .filter(|run| run.heading > 0 && run.text.len() <= LONGEST_TITLE)
        .filter(|run| titles.iter().any(|title| likeness(title, &run.text) >= 60))
        .find_map(holder);
    let article = titled.or(articles.first())?;
    (mass[*article] * 10 >= total * 3 || titled.is_some()).then_some(*article)
}

/// "<div class=entry-content>"
fn name(tree: &Tree, node: usize) -> String {
    use super::tags::Attribute::{Class, Id, Itemprop};
    let Some(element) = tree.nodes.get(node).filter(|_| node > 0) else {
        return "whole page".to_owned();
    };
    let mut out = format!("<{}", element.text.to_ascii_lowercase());
    for (attribute, name) in [(Itemprop, "itemprop"), (Class, "class"), (Id, "id")] {
        if let Some(value) = tree.attribute(node, attribute)
            && let Some(first) = value.split_ascii_whitespace().next()
        {
            let first: String = first.chars().filter(|c| !c.is_control()).take(40).collect();
            out += &format!(" {name}={first}");
            break;
        }
    }
    out + ">"
}

/// How much of the words of the shorter title stand in the other, in percent.
pub(super) fn likeness(a: &str, b: &str) -> usize {
    let set = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .take(60)
            .map(str::to_lowercase)
            .collect()
    };
    let (a, b) = (set(a), set(b));
    let small = a.len().min(b.len());
    if small == 0 {
        return 0;
    }
    let common = a.intersection(&b).count();
    // One word says little of a title of ten.
    if small * 3 < a.len().max(b.len()) {
        0
    } else {
        common * 100 / small
    }
}

/// The author that a line names: "By Ida Moss".
fn byline(run: &Run) -> Option<String> {
    let marked = run.marks & BYLINE != 0 && run.marks & DATE == 0;
    let line = one_line(&run.text);
    let by = ["By ", "by ", "BY "].iter().any(|by| line.starts_with(by));
    let people = || {
        line.split(", ")
            .flat_map(|part| part.split(" and "))
            .all(is_person)
    };
    let short = run.words() <= 10;
    (short && (marked || by) && (is_byline(&line, true) || marked && people())).then_some(line)
}

/// The run that is the article's headline.
fn headline(
    runs: &[Run],
    body: usize,
    first: usize,
    titles: &[String],
    outlets: &[String],
) -> Option<usize> {
    let is_logo = |run: &Run| outlets.iter().any(|o| same(&run.text, o));
    // A headline stands no more lines than this before the text.
    const FARTHEST: usize = 3000;
    let mut best: Option<(usize, usize)> = None;
    let end = body.max(first) + 1;
    for (at, run) in runs
        .iter()
        .enumerate()
        .take(end)
        .skip(body.saturating_sub(FARTHEST))
    {
        if run.text.len() > LONGEST_TITLE || run.marks & FURNITURE != 0 || is_logo(run) {
            continue;
        }
        let marked = run.heading > 0 || run.marks & HEADLINE != 0;
        // A page of tables sets its headline in bold or large letters.
        let like = titles
            .iter()
            .map(|title| likeness(title, &run.text))
            .max()
            .unwrap_or(0);
        if !marked && (like < 80 || run.words() < 4) {
            continue;
        }
        let score = if titles.is_empty() {
            match (run.heading, run.marks & HEADER) {
                (1, 0) => 50,
                (2, 0) if at >= first => 20,
                _ => 0,
            }
        } else {
            like + usize::from(run.heading == 1) * 5
        };
        let enough = if titles.is_empty() { 20 } else { 50 };
        if score >= enough && best.is_none_or(|(_, other)| score >= other) {
            best = Some((at, score));
        }
    }
    // An h1 alone before the text is the headline whatever the data call it.
    best.map(|(at, _)| at).or_else(|| {
        let mut heads = (0..body).filter(|i| {
            runs[*i].heading == 1
                && runs[*i].marks & (HEADER | FURNITURE) == 0
                && runs[*i].words() >= 3
                && !is_logo(&runs[*i])
        });
        heads.next().filter(|_| heads.next().is_none())
    })
}

/// What is kept before the first paragraph: who, when, captions, a standfirst.
fn before(
    runs: &[Run],
    weights: &[usize],
    headline: Option<usize>,
    first: usize,
    body: usize,
) -> Vec<usize> {
    const FARTHEST: usize = 40;
    // Some pages print the date above the headline.
    let from = headline
        .map_or(first, |h| h.saturating_sub(2))
        .max(body.saturating_sub(FARTHEST));
    let mut kept = Vec::new();
    // A date may stand in a bar of buttons, when it stands nowhere else.
    let in_bar = |run: &Run| {
        run.marks & FURNITURE != 0 && run.marks & DATE != 0 && is_date_line(&normal_of(run))
    };
    let mut bar = None;
    for (at, run) in runs.iter().enumerate().take(body).skip(from) {
        if Some(at) == headline || run.heading == 1 || is_credit(run) || is_relative(&run.text) {
            continue;
        }
        if run.marks & FURNITURE != 0
            || run.marks & MARGIN != 0 && run.marks & (BYLINE | DATE | CAPTION) == 0
        {
            bar = bar.or(Some(at).filter(|_| in_bar(run) && headline.is_some_and(|h| at > h)));
            continue;
        }
        let words = run.words();
        let plain = normal_of(run);
        let tells = is_date_line(&plain)
            || words <= 14 && is_byline(&run.text, !ends_sentence(&run.text))
            || run.marks & DATE != 0 && words <= 16 && run.text.bytes().any(|b| b.is_ascii_digit())
            || words <= 16 && has_date(&run.text)
            || run.marks & BYLINE != 0 && words <= 16 && run.text.contains(char::is_alphabetic);
        let after = headline.is_none_or(|h| at > h);
        let sentence = after
            && !run.is_linked(50)
            && (weights[at] > 0
                || run.marks & CAPTION != 0
                || words >= 6 && ends_sentence(&run.text)
                || at >= first && dateline(&run.text).is_some()
                || run.heading > 1
                    && (words >= 8 || at + 1 == body && at >= first && headline.is_some()));
        if (tells || sentence) && !is_dull(run, &plain) {
            kept.push(at);
        }
    }
    let dated = |at: &usize| runs.get(*at).is_some_and(|run| has_date(&run.text));
    if let Some(bar) = bar.filter(|_| !kept.iter().any(dated)) {
        kept.push(bar);
        kept.sort_unstable();
    }
    kept
}

/// "1 day ago": without the day of the copy nobody knows when.
fn is_relative(line: &str) -> bool {
    const LONGEST: usize = 24;
    line.len() <= LONGEST && line.ends_with(" ago")
}

/// Whether a line holds a month and a year, or a day in figures: "Monday 26
/// June 2017, by Ida Moss", "Nordwind | 2017-06-26 10:15".
fn has_date(line: &str) -> bool {
    let pieces = line.split(|c: char| c.is_whitespace() || c == '|').take(40);
    if pieces
        .filter(|p| p.len() >= 8)
        .any(|p| super::dates::read(p).and_then(|v| v.day()).is_some())
    {
        return true;
    }
    let mut words = line.split(|c: char| !c.is_alphanumeric()).take(40);
    let (mut month, mut year) = (false, false);
    words.any(|word| {
        month |= super::dates::month(word).is_some();
        year |= word.len() == 4 && word.parse().is_ok_and(|y: u32| (1600..2100).contains(&y));
        month && year
    })
}

/// What is kept from the first paragraph on.
fn rest(runs: &[Run], weights: &[usize], body: usize, last: usize, marked: bool) -> Vec<usize> {
    let end = (body..last)
        .rev()
        .find(|i| weights[*i] > 0)
        .map_or(body, |i| i + 1);
    let mut kept: Vec<usize> = Vec::new();
    // A heading waits for what follows it.
    let mut heading = None;
    for (at, run) in runs.iter().enumerate().take(last).skip(body) {
        if is_furniture(run) {
            continue;
        }
        if run.heading > 0 {
            heading = (run.heading > 1 && !run.is_linked(80)).then_some(at);
            continue;
        }
        let plain = normal_of(run);
        // Behind the last paragraph only what looks like text goes on.
        let behind = at >= end && !marked;
        let links = run.is_linked(70) && run.text.len() < 300;
        let fragment = !ends_sentence(&run.text)
            && run.marks & CAPTION == 0
            && run.table == 0
            && run.item == 0;
        // Behind the text: the name over what is told of its author.
        let signed = at >= end && run.words() <= 4 && is_person(run.text.trim());
        if links || signed || behind && (fragment || run.is_linked(40)) || is_dull(run, &plain) {
            continue;
        }
        kept.extend(heading.take());
        kept.push(at);
    }
    kept
}

/// Takes out the words of charts: many short pieces one behind the other, most
/// of them numbers.
fn without_labels(runs: &[Run], kept: &mut Vec<usize>) {
    const FEWEST: usize = 5;
    const MOST_WORDS: usize = 3;
    let is_label = |at: usize| {
        runs.get(at).is_some_and(|run| {
            run.heading == 0
                && run.item == 0
                && run.table == 0
                && run.marks & (CAPTION | BYLINE | DATE) == 0
                && run.words() <= MOST_WORDS
                && !ends_sentence(&run.text)
        })
    };
    let has_number = |at: usize| {
        let text = runs.get(at).map_or("", |run| run.text.as_str());
        text.bytes().any(|b| b.is_ascii_digit())
    };
    let mut out = Vec::with_capacity(kept.len());
    for piece in kept.chunk_by(|a, b| is_label(*a) == is_label(*b)) {
        let labels = piece.len() >= FEWEST && piece.first().is_some_and(|at| is_label(*at));
        if !labels || piece.iter().filter(|at| has_number(**at)).count() * 2 < piece.len() {
            out.extend_from_slice(piece);
        }
    }
    *kept = out;
}

fn normal_of(run: &Run) -> String {
    if run.text.len() > 400 {
        String::new()
    } else {
        normal(&run.text)
    }
}

/// "Share this", "Read more: ...": what no article says.
fn is_dull(run: &Run, plain: &str) -> bool {
    let words = run.words();
    if plain.is_empty() || words > 24 {
        return false;
    }
    let rule = RULES
        .rule(plain, words)
        .filter(|rule| rule.kind == BlockKind::Furniture);
    let whole = ends_sentence(&run.text) && words > 6;
    rule.is_some_and(|rule| !whole || rule.sentences) || RULES.is_bar(plain)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of the runs, the headline first; with it the bytes of running text.
fn write(runs: &[Run], kept: &[usize], title: Option<&str>) -> (String, usize) {
    let mut out = String::new();
    let mut seen = BTreeSet::new();
    if let Some(title) = title.filter(|t| !t.is_empty()) {
        out.push_str(title);
        seen.insert(stable_hash(title.as_bytes()));
    }
    let mut length = 0;
    let (mut item, mut table) = (0, 0);
    for at in kept {
        let Some(run) = runs.get(*at) else { continue };
        // Pages print captions, names and pull quotes twice for small screens.
        if run.table == 0 && run.words() >= 3 && !seen.insert(stable_hash(run.text.as_bytes())) {
            continue;
        }
        if !out.is_empty() {
            let same_table = run.table != 0 && run.table == table;
            out.push_str(if same_table { "\n" } else { "\n\n" });
        }
        if run.item != 0 && run.item != item {
            out.push_str("• ");
        }
        (item, table) = (run.item, run.table);
        out.push_str(&run.text);
        length += run.text.len();
    }
    if !out.is_empty() {
        out.push('\n');
    }
    (out, length)
}
