//! Tests of the whole layer over sentences of our own, and over hostile text.

use super::names::NameFinder;
use super::*;
use crate::ingest::{Article, Block, BlockKind};
use crate::text::Span;
use proptest::prelude::*;

/// The sentences of a text of one block.
fn read(text: &str) -> Analysis {
    analyze(&Article::of_block(text, BlockKind::Body))
}

/// Checks lines of "dependent relation head" (`root` for no head), and of
/// "lemma: form lemma" and "name: kind words", against one sentence.
fn check(text: &str, facts: &[&str]) {
    let analysis = read(text);
    let sentence = &analysis.sentences[0];
    let n = sentence.tokens.len();
    let word = |i: usize| sentence.word(text, i);
    let mut found: Vec<String> = Vec::new();
    for i in 0..n {
        let token = &sentence.tokens[i];
        let head = sentence.head(i).map_or("-", word);
        found.push(format!("{} {} {head}", word(i), token.relation.as_str()));
        found.push(format!("lemma: {} {}", word(i), token.lemma));
        found.push(format!("tag: {} {}", word(i), token.xpos.as_str()));
    }
    for name in &sentence.names {
        let words = sentence
            .span_of(name.first.into(), name.last.into())
            .of(text);
        found.push(format!("name: {:?} {words}", name.kind));
    }
    for fact in facts {
        // A fact with "!" in front must not be found.
        match fact.strip_prefix('!') {
            Some(fact) => assert!(
                !found.iter().any(|f| f == fact),
                "{text}: {fact}\n{found:#?}"
            ),
            None => assert!(
                found.iter().any(|f| f == fact),
                "{text}: {fact}\n{found:#?}"
            ),
        }
    }
}

#[test]
fn a_meeting() {
    check(
        "Prime Minister Maria Keller met French officials in Geneva on Tuesday.",
        &[
            "met root -",
            "officials obj met",
            "French amod officials",
            "in case Geneva",
            "lemma: met meet",
            "lemma: officials official",
            "tag: met VBD",
            "name: Person Maria Keller",
            "name: Location Geneva",
        ],
    );
}

#[test]
fn a_passive() {
    check(
        "The company was bought by Northwind Holdings in 2016.",
        &[
            "bought root -",
            "company nsubj:pass bought",
            "was aux:pass bought",
            "lemma: bought buy",
            "lemma: was be",
            "tag: bought VBN",
        ],
    );
}

#[test]
fn a_plan() {
    check(
        "The two countries agreed to hold talks next month.",
        &[
            "agreed root -",
            "countries nsubj agreed",
            "hold xcomp agreed",
            "talks obj hold",
            "two nummod countries",
            "lemma: countries country",
            "lemma: agreed agree",
            "lemma: talks talk",
        ],
    );
}

#[test]
fn a_possessive() {
    check(
        "Kenya's president will visit Berlin.",
        &[
            "visit root -",
            "president nsubj visit",
            "will aux visit",
            "Berlin obj visit",
            "Kenya nmod:poss president",
            "name: Location Kenya",
            "name: Location Berlin",
            "!name: Location Kenya's",
        ],
    );
}

#[test]
fn a_negation() {
    check(
        "She did not sign the agreement.",
        &[
            "sign root -",
            "She nsubj sign",
            "not advmod sign",
            "agreement obj sign",
        ],
    );
}

#[test]
fn a_headline_has_one_root() {
    let text = "ENVOYS GATHER IN VIENNA FOR TALKS";
    let analysis = read(text);
    tree_is_sound(&analysis);
}

#[test]
fn only_read_blocks_are_analysed() {
    let text = "Share this. He left.";
    let mut article = Article {
        id: String::new(),
        path: String::new(),
        title: None,
        source: None,
        url: None,
        published: None,
        origins: Vec::new(),
        text: text.to_string(),
        blocks: Vec::new(),
    };
    for (kind, start, end) in [(BlockKind::Furniture, 0, 11), (BlockKind::Body, 12, 20)] {
        article.blocks.push(Block {
            kind,
            span: Span::new(start, end),
        });
    }
    let analysis = analyze(&article);
    assert_eq!(analysis.sentences.len(), 1);
    assert_eq!(analysis.sentences[0].block, 1);
}

#[test]
fn a_missed_surname_is_found_by_the_second_look() {
    let text = "Paula Okafor met Peter Lindqvist. Lindqvist thanked Paula Okafor.";
    let analysis = read(text);
    let names: Vec<&str> = analysis.sentences[1]
        .names
        .iter()
        .map(|n| {
            analysis.sentences[1]
                .span_of(n.first.into(), n.last.into())
                .of(text)
        })
        .collect();
    assert_eq!(names, ["Lindqvist", "Paula Okafor"]);
}

/// Exactly one root, heads in range, no cycle, names in order and in range.
fn tree_is_sound(analysis: &Analysis) {
    for sentence in &analysis.sentences {
        let n = sentence.tokens.len();
        assert!(n > 0);
        let roots = sentence.tokens.iter().filter(|t| t.head.is_none()).count();
        assert_eq!(roots, 1);
        for i in 0..n {
            assert!(sentence.head(i).is_none_or(|h| h < n && h != i));
            let is_root = sentence.tokens[i].relation == Relation::Root;
            assert_eq!(is_root, sentence.tokens[i].head.is_none());
            // The way up ends at the root, so there is no cycle.
            let top = sentence.ancestors(i).last().unwrap_or(i);
            assert!(sentence.tokens[top].head.is_none());
        }
        let mut past = 0;
        for name in &sentence.names {
            assert!(usize::from(name.first) >= past && name.first <= name.last);
            assert!(usize::from(name.last) < n);
            past = usize::from(name.last) + 1;
        }
    }
}

fn rows(forms: &[String]) -> String {
    let mut out = String::new();
    for (i, form) in forms.iter().enumerate() {
        out += &format!("{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_\n", i + 1);
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_gives_sound_trees(text in "(\\PC{0,60}|[A-Za-z ,.'\"()-]{0,120})") {
        tree_is_sound(&read(&text));
    }

    #[test]
    fn any_tokens_come_back(forms in prop::collection::vec("[^\\s\\p{C}]{1,12}", 1..40)) {
        let (text, analysis) = conllu::analyze_pretokenized(&rows(&forms)).expect("well-formed");
        tree_is_sound(&analysis);
        let written = conllu::write(&text, &analysis);
        let (again, sentences) = conllu::read(&written).expect("own output is well-formed");
        let back: Vec<&str> = sentences[0].tokens.iter().map(|s| s.of(&again)).collect();
        prop_assert_eq!(back, forms);
    }

    #[test]
    fn broken_weights_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..400), words in "[A-Z][a-z]{1,8}( [a-z]{1,8}){0,6}") {
        let mut file = b"TIEWTS01".to_vec();
        file.extend(&bytes);
        let models = Models::new(&file);
        let tokens: Vec<Span> = sentences::split(&words, Span::new(0, words.len())).concat();
        let raw = RawSentence { block: 0, kind: BlockKind::Body, tokens };
        tree_is_sound(&annotate_with(&models, &words, vec![raw]));
    }

    #[test]
    fn broken_sections_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let names: [&[u8; 4]; 10] = [b"CLUS", b"LIST", b"TAGS", b"LEMX", b"LEMS", b"NAMW", b"NETW", b"EMBD", b"VECS", b"VROW"];
        let mut section = 5_u32.to_le_bytes().to_vec();
        section.extend(&bytes);
        let sections: Vec<(&[u8; 4], &[u8])> = names.iter().map(|n| (*n, &section[..])).collect();
        let file = weights::Weights::write(&sections);
        let text = "The minister met Ana Silva .";
        let tokens = vec![Span::new(0, 3), Span::new(4, 12), Span::new(13, 16), Span::new(17, 20), Span::new(21, 26), Span::new(27, 28)];
        let raw = RawSentence { block: 0, kind: BlockKind::Body, tokens };
        tree_is_sound(&annotate_with(&Models::new(&file), text, vec![raw]));
    }
}

/// A weights file with a small network of these bytes, over and over.
fn network_of(bytes: &[u8]) -> Vec<u8> {
    let sizes = [4, 6, 4, 2, 6, 4, 2, 7, net::RELATIONS, names::LABELS];
    let filled = |size: usize| bytes.iter().copied().cycle().take(size);
    let mut network: Vec<u8> = sizes
        .iter()
        .flat_map(|n| (*n as u32).to_le_bytes())
        .collect();
    network.extend(filled(100_000));
    let embeddings: Vec<u8> = filled(net::inputs::ROWS * 10).collect();
    let vectors: Vec<u8> = filled(4_000).collect();
    weights::Weights::write(&[
        (b"NETW", &network),
        (b"EMBD", &embeddings),
        (b"VECS", &vectors),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn any_network_gives_sound_trees(
        bytes in prop::collection::vec(any::<u8>(), 1..300),
        words in prop::collection::vec(1..60_usize, 1..30),
    ) {
        let file = network_of(&bytes);
        let models = Models::new(&file);
        prop_assert!(models.network.is_some());
        let mut text = String::new();
        let mut raw = Vec::new();
        for count in words {
            let mut tokens = Vec::new();
            for i in 0..count {
                let start = text.len();
                text.push_str(["Oslo", "met", ",", "Kovač"][(i + count) % 4]);
                tokens.push(Span::new(start, text.len()));
                text.push(' ');
            }
            raw.push(RawSentence { block: 0, kind: BlockKind::Body, tokens });
        }
        tree_is_sound(&annotate_with(&models, &text, raw));
    }
}

/// What a sentence is read as does not hang on the sentences around it, which
/// share its batch.
#[test]
fn sentences_are_read_each_for_itself() {
    let text = "Officials met. The envoy, who had flown from Lima, thanked them for it.";
    let both = read(text);
    for sentence in &both.sentences {
        let alone = read(sentence.span.of(text));
        let seen = |s: &Sentence| -> Vec<_> {
            let tokens = s.tokens.iter();
            tokens.map(|t| (t.xpos, t.head, t.relation)).collect()
        };
        assert_eq!(seen(sentence), seen(&alone.sentences[0]));
    }
}

#[test]
fn a_very_long_sentence_has_one_tree() {
    let text = "the boat and ".repeat(400);
    let mut tokens = Vec::new();
    for word in text.split_whitespace() {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        tokens.push(Span::new(start, start + word.len()));
    }
    let raw = RawSentence {
        block: 0,
        kind: BlockKind::Body,
        tokens,
    };
    let analysis = annotate(&text, vec![raw]);
    assert_eq!(analysis.sentences[0].tokens.len(), 1200);
    tree_is_sound(&analysis);
}

#[test]
fn the_same_text_gives_the_same_analysis() {
    let text = "Officials from Norway and Chile met on Monday. They signed a pact.";
    assert_eq!(format!("{:?}", read(text)), format!("{:?}", read(text)));
}

#[test]
fn no_weights_at_all() {
    let models = Models::new(&[]);
    let _: &NameFinder<_> = &models.names;
    let tokens = vec![Span::new(0, 2), Span::new(3, 7)];
    let raw = RawSentence {
        block: 0,
        kind: BlockKind::Body,
        tokens,
    };
    tree_is_sound(&annotate_with(&models, "He left", vec![raw]));
}

#[test]
fn malformed_conllu_is_an_error_with_its_line() {
    let error = conllu::read("1\tHe\n2\n").expect_err("one column");
    assert_eq!(error, conllu::ConlluError::Columns { line: 2 });
    let error = conllu::read("# text\n1\t\t_\n").expect_err("no form");
    assert_eq!(error, conllu::ConlluError::EmptyForm { line: 2 });
}
