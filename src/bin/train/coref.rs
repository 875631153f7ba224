//! Scores coreference within an article on a treebank whose `MISC` column has
//! GUM's `Entity=` brackets: MUC, B3, CEAF-e and their mean over all mentions that
//! corefer, and how well pronouns and definite descriptions find a named actor.
//!
//! Each document is read as one article by all phases, so that wrong sentences,
//! tags and names count too. A mention of ours is one of the corpus when it lies
//! inside it and touches its head: borders of long phrases are no matter here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context;
use tieline::extract::{MentionForm, Report};
use tieline::ingest::{Article, Block, BlockKind};
use tieline::text::Span;

use crate::coref_scores::{Clusters, Scores};

/// A mention of the corpus.
#[derive(Debug, Clone)]
struct Gold {
    /// Code points of the document's text.
    start: usize,
    end: usize,
    /// Code points of the words that make its head.
    heads: Vec<(usize, usize)>,
    cluster: String,
    class: Class,
    /// Person, organisation or place, as actors are.
    acts: bool,
    text: String,
    /// In apposition to another mention, which is no link to be found.
    beside: bool,
}

/// What sort of words a mention is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Name,
    HeShe,
    It,
    They,
    /// First and second person, "who", "this", "one".
    OtherPronoun,
    /// "the company", "his company".
    Definite,
    OtherNominal,
}

const LINKS: [(Class, &str); 4] = [
    (Class::HeShe, "he, she"),
    (Class::It, "it"),
    (Class::They, "they"),
    (Class::Definite, "the ..."),
];

struct Document {
    article: Article,
    gold: Vec<Gold>,
}

/// Runs `tieline-train coref FILE [--links]`; `--links` prints every link that is
/// wrong or missed.
pub(crate) fn score(path: &Path, links: bool) -> anyhow::Result<()> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut all = Scores::default();
    let mut actors = Scores::default();
    let mut tally: BTreeMap<Class, Tally> = BTreeMap::new();
    for document in documents(&text) {
        let report = tieline::pipeline::read(&document.article);
        let ours = mentions(&report);
        let matched = matches(&document.gold, &ours);
        for (scores, only_actors) in [(&mut all, false), (&mut actors, true)] {
            scores.add(
                &gold_clusters(&document.gold, only_actors),
                &our_clusters(&document.gold, &ours, &matched, only_actors),
            );
        }
        count_links(&document, &report, &ours, &matched, &mut tally, links);
    }
    println!("{}", path.display());
    all.print("all that corefer");
    actors.print("persons, organisations, places");
    println!("links to a named actor      right  ours  gold  precision  recall");
    let mut sum = Tally::default();
    for (class, name) in LINKS {
        let t = tally.remove(&class).unwrap_or_default();
        t.print(name);
        sum.right += t.right;
        sum.ours += t.ours;
        sum.gold += t.gold;
    }
    sum.print("together");
    Ok(())
}

#[derive(Debug, Default)]
struct Tally {
    right: usize,
    ours: usize,
    gold: usize,
}

impl Tally {
    fn print(&self, name: &str) {
        let part = |of: usize| self.right as f64 / of.max(1) as f64;
        println!(
            "  {name:<24} {:>6} {:>5} {:>5} {:>10.3} {:>7.3}",
            self.right,
            self.ours,
            self.gold,
            part(self.ours),
            part(self.gold)
        );
    }
}

/// A mention of ours.
struct Ours {
    start: usize,
    end: usize,
    form: MentionForm,
    /// One for most; all of them for "both".
    actors: BTreeSet<usize>,
}

fn mentions(report: &Report) -> Vec<Ours> {
    let mut at: BTreeMap<(usize, usize), Ours> = BTreeMap::new();
    for (i, actor) in report.actors.iter().enumerate() {
        for m in &actor.mentions {
            let (start, end) = (m.start as usize, m.end as usize);
            let ours = at.entry((start, end)).or_insert_with(|| Ours {
                start,
                end,
                form: m.form,
                actors: BTreeSet::new(),
            });
            ours.actors.insert(i);
        }
    }
    at.into_values().collect()
}

/// For each of our mentions the mention of the corpus that it is.
fn matches(gold: &[Gold], ours: &[Ours]) -> Vec<Option<usize>> {
    let mut taken = BTreeSet::new();
    ours.iter()
        .map(|m| {
            let fits = |g: &Gold| {
                (g.start == m.start && g.end == m.end)
                    || (g.start <= m.start
                        && m.end <= g.end
                        && g.heads.iter().any(|(a, b)| *a < m.end && m.start < *b))
            };
            let best = (0..gold.len())
                .filter(|i| fits(&gold[*i]) && !taken.contains(i))
                .min_by_key(|i| gold[*i].end - gold[*i].start)?;
            taken.insert(best);
            Some(best)
        })
        .collect()
}

fn gold_clusters(gold: &[Gold], only_actors: bool) -> Clusters {
    let mut out: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (i, g) in gold.iter().enumerate() {
        if g.acts || !only_actors {
            out.entry(&g.cluster).or_default().insert(i);
        }
    }
    out.into_values().filter(|c| c.len() > 1).collect()
}

/// Our clusters; what is no mention of the corpus gets a number of its own.
fn our_clusters(
    gold: &[Gold],
    ours: &[Ours],
    matched: &[Option<usize>],
    only_actors: bool,
) -> Clusters {
    let mut out: BTreeMap<&BTreeSet<usize>, BTreeSet<usize>> = BTreeMap::new();
    for (i, (m, g)) in ours.iter().zip(matched).enumerate() {
        if only_actors && g.is_some_and(|g| !gold[g].acts) {
            continue;
        }
        out.entry(&m.actors)
            .or_default()
            .insert(g.unwrap_or(gold.len() + i));
    }
    out.into_values().filter(|c| c.len() > 1).collect()
}

fn count_links(
    document: &Document,
    report: &Report,
    ours: &[Ours],
    matched: &[Option<usize>],
    tally: &mut BTreeMap<Class, Tally>,
    print: bool,
) {
    let gold = &document.gold;
    let named: BTreeSet<&str> = gold
        .iter()
        .filter(|g| g.class == Class::Name && g.acts)
        .map(|g| g.cluster.as_str())
        .collect();
    // What of the corpus each of our actors is, by most of its names.
    let mut is: BTreeMap<usize, BTreeMap<&str, usize>> = BTreeMap::new();
    for (m, g) in ours.iter().zip(matched) {
        if let (MentionForm::Name, Some(g), [actor]) =
            (m.form, g, m.actors.iter().collect::<Vec<_>>().as_slice())
        {
            *is.entry(**actor)
                .or_default()
                .entry(&gold[*g].cluster)
                .or_insert(0) += 1;
        }
    }
    let cluster_of = |actor: usize| {
        let votes = is.get(&actor)?;
        votes
            .iter()
            .max_by_key(|(c, n)| (**n, std::cmp::Reverse(**c)))
            .map(|(c, _)| *c)
    };
    let mut found = BTreeSet::new();
    let text: Vec<char> = document.article.text.chars().collect();
    let around = |a: usize, b: usize| -> String {
        let (from, to) = (a.saturating_sub(70), (b + 30).min(text.len()));
        let words: String = text[from..to].iter().collect();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for (m, g) in ours.iter().zip(matched) {
        let [actor] = m.actors.iter().copied().collect::<Vec<_>>()[..] else {
            continue;
        };
        if m.form == MentionForm::Name || !is.contains_key(&actor) {
            continue;
        }
        let words: String = text[m.start..m.end.min(text.len())].iter().collect();
        let class = g.map_or_else(|| class_of(&words, m.form), |g| gold[g].class);
        // Demonyms and the like stand for their names in both.
        if class == Class::Name || class == Class::OtherNominal || class == Class::OtherPronoun {
            continue;
        }
        let right = g.is_some_and(|g| cluster_of(actor) == Some(gold[g].cluster.as_str()));
        let t = tally.entry(class).or_default();
        t.ours += 1;
        if right {
            t.right += 1;
            found.extend(*g);
        } else if print {
            let name = &report.actors[actor].name;
            println!("wrong  {words} = {name} | {}", around(m.start, m.end));
        }
    }
    for (i, g) in gold.iter().enumerate() {
        let counts = g.acts && !g.beside && named.contains(g.cluster.as_str());
        if !counts || !LINKS.iter().any(|(c, _)| *c == g.class) {
            continue;
        }
        tally.entry(g.class).or_default().gold += 1;
        if print && !found.contains(&i) {
            println!("missed {} | {}", g.text, around(g.start, g.end));
        }
    }
}

fn class_of(words: &str, form: MentionForm) -> Class {
    match words.to_lowercase().as_str() {
        "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => Class::HeShe,
        "it" | "its" | "itself" => Class::It,
        "they" | "them" | "their" | "theirs" | "themselves" | "both" => Class::They,
        // "Kenyan" stands for its country, but is no description of it.
        lower if form == MentionForm::Nominal && is_definite(lower) => Class::Definite,
        _ if form == MentionForm::Nominal => Class::OtherNominal,
        _ => Class::OtherPronoun,
    }
}

fn is_definite(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    matches!(
        first,
        "the" | "this" | "that" | "these" | "those" | "both" | "his" | "her" | "its" | "their"
    )
}

/// One word of the corpus.
struct Row<'a> {
    form: &'a str,
    upos: &'a str,
    xpos: &'a str,
    relation: &'a str,
    head: usize,
    entity: &'a str,
    /// Code points.
    start: usize,
    end: usize,
}

/// The documents of a file.
fn documents(text: &str) -> Vec<Document> {
    let mut out: Vec<Document> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut length = 0;
    for block in text.split("\n\n") {
        let comment = |key: &str| {
            block
                .lines()
                .find_map(|l| l.strip_prefix("# ")?.strip_prefix(key)?.strip_prefix(" = "))
        };
        if let Some(id) = comment("newdoc id") {
            out.push(Document {
                article: article(id),
                gold: Vec::new(),
            });
            open.clear();
            length = 0;
        }
        let (Some(document), Some(sentence)) = (out.last_mut(), comment("text")) else {
            continue;
        };
        let a = &mut document.article;
        let paragraph = block.lines().any(|l| l.starts_with("# newpar"));
        if paragraph || a.blocks.is_empty() {
            if !a.text.is_empty() {
                a.text += "\n\n";
                length += 2;
            }
            let begin = a.text.len();
            let first = a.blocks.is_empty();
            a.blocks.push(Block {
                kind: if first {
                    BlockKind::Headline
                } else {
                    BlockKind::Body
                },
                span: Span::new(begin, begin),
            });
        } else {
            a.text.push(' ');
            length += 1;
        }
        let rows = rows(block, sentence, length);
        a.text += sentence;
        length += sentence.chars().count();
        if let Some(block) = a.blocks.last_mut() {
            block.span = Span::new(block.span.start as usize, a.text.len());
        }
        read_brackets(&rows, &mut open, &mut document.gold);
    }
    out
}

fn article(id: &str) -> Article {
    Article {
        id: id.to_owned(),
        path: id.to_owned(),
        title: None,
        source: None,
        url: None,
        published: None,
        origins: Vec::new(),
        text: String::new(),
        blocks: Vec::new(),
    }
}

/// The words of a sentence, found in its text from `offset` on.
fn rows<'a>(block: &'a str, sentence: &str, offset: usize) -> Vec<Row<'a>> {
    let text: Vec<char> = sentence.chars().collect();
    let mut at = 0;
    block
        .lines()
        .filter(|l| l.as_bytes().first().is_some_and(u8::is_ascii_digit))
        .map(|l| l.split('\t').collect::<Vec<_>>())
        .filter(|r| r.len() == 10 && r[0].bytes().all(|b| b.is_ascii_digit()))
        .map(|r| {
            let form: Vec<char> = r[1].chars().collect();
            let here = (at..(at + 12).min(text.len())).find(|i| text[*i..].starts_with(&form));
            let start = here.unwrap_or(at).min(text.len());
            at = (start + if here.is_some() { form.len() } else { 0 }).min(text.len());
            let entity = r[9].split('|').find_map(|m| m.strip_prefix("Entity="));
            Row {
                form: r[1],
                upos: r[3],
                xpos: r[4],
                relation: r[7],
                head: r[6].parse().unwrap_or(0),
                entity: entity.unwrap_or(""),
                start: offset + start,
                end: offset + at,
            }
        })
        .collect()
}

/// A bracket that is not closed yet.
struct Open {
    id: String,
    fields: Vec<String>,
    first: usize,
}

fn read_brackets(rows: &[Row<'_>], open: &mut Vec<Open>, gold: &mut Vec<Gold>) {
    for (i, row) in rows.iter().enumerate() {
        let mut rest = row.entity;
        while !rest.is_empty() {
            if let Some(inner) = rest.strip_prefix('(') {
                let end = inner.find(['(', ')']).unwrap_or(inner.len());
                let fields: Vec<String> = inner[..end].split('-').map(str::to_owned).collect();
                let bracket = Open {
                    id: fields[0].clone(),
                    fields,
                    first: i,
                };
                rest = &inner[end..];
                if let Some(more) = rest.strip_prefix(')') {
                    gold.extend(close(rows, &bracket, i));
                    rest = more;
                } else {
                    open.push(bracket);
                }
            } else {
                let end = rest.find(')').unwrap_or(rest.len());
                let id = &rest[..end];
                if let Some(p) = open.iter().rposition(|o| o.id == id) {
                    let bracket = open.remove(p);
                    gold.extend(close(rows, &bracket, i));
                }
                rest = rest.get(end + 1..).unwrap_or("");
            }
        }
    }
    // No bracket reaches into the next sentence.
    open.clear();
}

/// The mention of a bracket that closes at word `last`; `None` for one that
/// refers to nothing else of the text.
fn close(rows: &[Row<'_>], bracket: &Open, last: usize) -> Option<Gold> {
    let field = |i: usize| bracket.fields.get(i).map_or("", String::as_str);
    let link = field(6);
    let first = bracket.first;
    let mut heads: Vec<usize> = field(5)
        .split(',')
        .filter_map(|n| Some(first + n.parse::<usize>().ok()?.checked_sub(1)?))
        .filter(|t| *t <= last)
        .collect();
    let top = *heads.first()?;
    // The other words of a name.
    for (t, row) in rows.iter().enumerate().take(last + 1).skip(first) {
        let part = row.relation.starts_with("flat") || row.relation == "compound";
        let of = row.head.checked_sub(1);
        if part && row.upos == "PROPN" && of.is_some_and(|h| heads.contains(&h)) {
            heads.push(t);
        }
    }
    let words = || rows[first..=last].iter().map(|r| r.form);
    let definite = is_definite(&rows[first].form.to_lowercase());
    let class = match rows[top].upos {
        // "States" of "the United States" is a noun by its form.
        _ if rows[top].xpos.starts_with("NNP") => Class::Name,
        "PRON" | "DET" => match rows[top].form.to_lowercase().as_str() {
            word if class_of(word, MentionForm::Pronoun) == Class::OtherPronoun => {
                Class::OtherPronoun
            }
            word => class_of(word, MentionForm::Pronoun),
        },
        _ if definite => Class::Definite,
        _ => Class::OtherNominal,
    };
    (link != "sgl").then(|| Gold {
        start: rows[first].start,
        end: rows[last].end,
        heads: heads
            .iter()
            .map(|t| (rows[*t].start, rows[*t].end))
            .collect(),
        cluster: bracket.id.clone(),
        class,
        acts: matches!(field(1), "person" | "organization" | "place"),
        text: words().collect::<Vec<_>>().join(" "),
        beside: link == "appos",
    })
}
