//! Stories whose every text is the fuzzer's.

use std::sync::LazyLock;
use tieline::export::{FORMATS, Output};
use tieline::extract::Report;
use tieline::graph::TieGraph;
use tieline::ingest::{Article, BlockKind};
use tieline::query::{self, Filter};
use tieline::render::draw::Theme;
use tieline::render::timeline::Style;
use tieline::render::{actors, dot, ledger, matrix, page as html_page, plain, svg, timeline};
use tieline::resolve::{self, Story};
use tieline::{pipeline, text};

const TEXTS: [&str; 3] = [
    "Anna Lindqvist, the chief executive of Nordwind, met Pedro Alvarez in Oslo on May 3, 2021. \
     Nordwind bought Helio Marine for 40 million euros in June 2021. Norway will sue Helio Marine.",
    "Prime Minister Pedro Alvarez met Lindqvist on May 4, 2021. He accused Nordwind of fraud. \
     Nordwind acquired Helio Marine last week. \"We shall appeal,\" Lindqvist said on Monday.",
    "Lindqvist was arrested in Bergen in July 2022. Norway and Brazil signed an agreement on \
     July 9, 2022. The Harbour Council elected Mette Dahl president.",
];

static REPORTS: LazyLock<Vec<Report>> = LazyLock::new(|| {
    let reports = TEXTS.iter().enumerate().map(|(i, text)| {
        let mut article = Article::of_block(text, BlockKind::Body);
        article.id = i.to_string();
        article.path = format!("{i}.txt");
        pipeline::read(&article)
    });
    reports.collect()
});

static STORY: LazyLock<Story> = LazyLock::new(|| resolve::story(&REPORTS));

/// The words of the fuzzer, one after the other, over and over.
struct Words<'d> {
    words: Vec<&'d [u8]>,
    at: usize,
}

impl<'d> Words<'d> {
    fn new(data: &'d [u8]) -> Words<'d> {
        let words = data.split(|b| *b == 0).collect();
        Words { words, at: 0 }
    }

    fn next(&mut self) -> String {
        let word = self.words[self.at % self.words.len()];
        self.at += 1;
        String::from_utf8_lossy(word).into_owned()
    }
}

/// Reports with other names, words and indices are joined, whatever they say, and
/// the order in which they come does not matter.
pub fn resolve(data: &[u8]) {
    let mut reports = REPORTS.clone();
    let (ops, rest) = data.split_at(data.len().min(24));
    let mut words = Words::new(rest);
    for op in ops.chunks_exact(3) {
        let count = reports.len();
        let other = reports[op[1] as usize % count].clone();
        let report = &mut reports[op[0] as usize % count];
        let pick = op[2] as usize;
        let actors = report.actors.len().max(1);
        let events = report.events.len().max(1);
        let actor = report.actors.get_mut(pick % actors);
        let event = report.events.get_mut(pick % events);
        match (op[1] % 10, actor, event) {
            (0, Some(actor), _) => {
                actor.name = words.next();
                actor.names = vec![actor.name.clone(), words.next()];
            }
            (1, Some(actor), _) => actor.kind = other.actors[pick % other.actors.len()].kind,
            (2, Some(actor), _) => actor.country = Some(words.next()),
            (3, Some(actor), _) => actor.mentions.clear(),
            (4, _, Some(event)) => event.kind = words.next(),
            (5, _, Some(event)) => event.about = vec![words.next(), words.next()],
            (6, _, Some(event)) => event.participants.clear(),
            (7, _, Some(event)) => event.time = other.events[pick % other.events.len()].time.clone(),
            (8, _, Some(event)) => event.quote.text = words.next(),
            (9, _, _) => report.events.extend(other.events.iter().cloned().filter(|e| {
                e.participants.iter().all(|p| (p.actor as usize) < report.actors.len())
                    && e.place.is_none_or(|p| (p as usize) < report.actors.len())
                    && e.occasion.is_none_or(|p| (p as usize) < report.actors.len())
                    && e.attributed_to.is_none_or(|p| (p as usize) < report.actors.len())
                    && e.apart.iter().all(|(a, b)| (*a.max(b) as usize) < report.actors.len())
            })),
            _ => {}
        }
    }
    let story = resolve::story(&reports);
    assert_eq!(story.documents.len(), reports.len());
    for event in &story.events {
        assert!(event.participants.iter().all(|p| p.actor < story.actors.len()));
        assert!(event.evidence.iter().all(|e| e.document < story.documents.len()));
    }
    reports.reverse();
    assert!(resolve::story(&reports) == story, "the order of the reports matters");
}

/// A story of hostile texts in everything that people and programs read.
pub fn page(data: &[u8]) {
    let story = hostile(data);
    let graph = TieGraph::new(&story);
    let events = query::timeline(&graph, &Filter::default());
    for long in [false, true] {
        let style = Style { width: 80, long, color: false };
        is_clean(&timeline::text(&story, &events, style));
    }
    is_clean(&timeline::markdown(&story, &events, true));
    let ledger = ledger::layout(&story, &ledger::Options::default());
    is_xml(&svg::write(&ledger, Theme::Auto));
    is_clean(&dot::write(&ledger));
    is_xml(&actors::svg(&actors::layout(&story, &ledger::Options::default()), Theme::Light));
    is_xml(&matrix::svg(&matrix::layout(&story, &ledger::Options::default()), Theme::Dark));
    is_page(&html_page::write(&story));
    for format in FORMATS {
        if let Output::Text(text) = (format.write)(&story) {
            match format.name {
                "html" => is_page(&text),
                "gexf" | "graphml" => is_xml(&text),
                _ => {}
            }
        }
    }
}

/// The story with the fuzzer's words in every place that comes from an article.
fn hostile(data: &[u8]) -> Story {
    let mut words = Words::new(data);
    let mut story = STORY.clone();
    for document in &mut story.documents {
        document.path = words.next();
        document.title = Some(words.next());
        document.source = Some(words.next());
        document.url = Some(words.next());
        document.published.why = words.next();
    }
    for actor in &mut story.actors {
        actor.name = words.next();
        actor.id = format!("{}-{}", text::slug(&actor.name), actor.id);
        actor.aliases = vec![words.next()];
        actor.country = Some(words.next());
        for role in &mut actor.roles {
            role.title = words.next();
            role.quote.text = words.next();
        }
        actor.mentions.iter_mut().for_each(|m| m.text = words.next());
    }
    for event in &mut story.events {
        event.title = words.next();
        if let Some(date) = &mut event.date {
            date.words = Some(words.next());
        }
        for evidence in &mut event.evidence {
            evidence.quote.text = words.next();
            evidence.trigger.text = words.next();
        }
    }
    story
}

/// Nothing steers a terminal: every line is as `plain` leaves it, but for blanks.
fn is_clean(text: &str) {
    for line in text.lines() {
        let shown: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        assert_eq!(plain(&shown), shown);
        assert!(!line.contains(|c: char| c.is_control()), "{line:?}");
    }
}

/// Elements close as they open, and nothing is there that XML forbids.
fn is_xml(text: &str) {
    assert!(text.chars().all(|c| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && c != '\u{ffff}' && c != '\u{fffe}')));
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let end = rest.find('>').expect("a tag ends");
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        let name = tag.split([' ', '\n', '/']).next().unwrap_or_default();
        assert!(!name.eq_ignore_ascii_case("script"), "{tag}");
        match tag.as_bytes().first() {
            Some(b'?' | b'!') => {}
            Some(b'/') => assert_eq!(open.pop(), tag.get(1..)),
            _ if tag.ends_with('/') => {}
            _ => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

/// The page has the scripts and pictures that it brings and no others, whatever
/// the words.
fn is_page(text: &str) {
    static OWN: LazyLock<Vec<usize>> = LazyLock::new(|| signs(&html_page::write(&hostile(b"x"))));
    assert_eq!(signs(text), *OWN);
    assert!(!text.contains(|c: char| c.is_control() && c != '\n' && c != '\t'));
}

/// How often a page has what a hostile text would like to bring.
fn signs(page: &str) -> Vec<usize> {
    let page = page.to_ascii_lowercase();
    let signs = ["<script", "</script", "<!--", "<iframe", "<object", "<embed", "<base", "<meta", "href=\"javascript"];
    signs.iter().map(|s| page.matches(s).count()).collect()
}
