//! What corrections do to small worlds.

use super::*;
use crate::ontology::types::EventTypes;
use crate::resolve::notation::World;
use crate::resolve::{Story, story, story_curated};
use proptest::prelude::*;

const WORLD: &str = "
    doc a.txt 2021-03-05
    l = person Anna Lindqvist; country Norway
    k = person Maria Kovacs
    meet met: participant l, participant k; when 2021-03-03
    doc b.txt 2021-04-05
    l = person A. Lindqvist; country Norway
    r = person Pedro Ruiz
    visit visited: visitor l, host r; when 2021-04-01
    doc c.txt 2021-05-05
    n = organization Nordwind
    h = organization Helio Systems
    r = person Bruno Ruiz
    acquire acquired: buyer n, acquired h; when 2021-05-01
    speak said: speaker r, audience n; when 2021-05-02";

fn actor(name: &str, article: &str) -> ActorRef {
    ActorRef {
        name: name.to_owned(),
        kind: None,
        article: (!article.is_empty()).then(|| article.to_owned()),
    }
}

fn event(story: &Story, kind: &str) -> EventRef {
    let event = story.events.iter().find(|e| e.kind == kind).expect(kind);
    let first = &event.evidence[0];
    EventRef {
        id: event.id.clone(),
        kind: event.kind.clone(),
        title: event.title.clone(),
        article: story.documents[first.document].path.clone(),
        trigger: first.trigger.text.clone(),
        quote: first.quote.text.clone(),
    }
}

fn plain(world: &str) -> Story {
    story(&World::read(world))
}

fn of(whats: Vec<What>) -> Curation {
    Curation {
        corrections: whats.into_iter().map(Correction::new).collect(),
    }
}

fn curated(world: &str, whats: Vec<What>) -> Story {
    story_curated(&World::read(world), EventTypes::builtin(), &of(whats))
}

/// Names of the people, each with the articles that mention it.
fn people(story: &Story) -> Vec<String> {
    let people = story.actors.iter().filter(|a| a.kind == ActorKind::Person);
    people
        .map(|a| {
            let mut docs: Vec<&str> = a
                .mentions
                .iter()
                .map(|m| story.documents[m.document].path.as_str())
                .collect();
            docs.dedup();
            format!("{} {}", a.name, docs.join(" "))
        })
        .collect()
}

#[track_caller]
fn fails(world: &str, what: What, words: &str) {
    let story = curated(world, vec![what]);
    let why = story.curated.unapplied.get(&1).cloned();
    assert!(why.as_ref().is_some_and(|w| w.contains(words)), "{why:?}");
    let mut expected = plain(world);
    expected.curated = story.curated.clone();
    assert_eq!(story, expected, "what does not apply changes nothing");
}

#[track_caller]
fn applies(world: &str, what: What) -> Story {
    let story = curated(world, vec![what]);
    assert_eq!(story.curated.unapplied, BTreeMap::new());
    story
}

#[test]
fn the_rules_alone() {
    assert_eq!(
        people(&plain(WORLD)),
        [
            "Anna Lindqvist a.txt b.txt",
            "Maria Kovacs a.txt",
            "Pedro Ruiz b.txt",
            "Bruno Ruiz c.txt"
        ]
    );
}

#[test]
fn same_joins_and_says_so() {
    let what = What::Same(vec![actor("Pedro Ruiz", ""), actor("Bruno Ruiz", "")], None);
    let story = applies(WORLD, what);
    assert_eq!(people(&story)[2], "Bruno Ruiz b.txt c.txt");
    let ruiz = story.actors.iter().find(|a| a.name == "Bruno Ruiz");
    let merges = &ruiz.expect("Ruiz").merges;
    assert!(
        merges
            .iter()
            .any(|m| m.ends_with("joined by curation.toml")),
        "{merges:?}"
    );
}

#[test]
fn same_reaches_through_others() {
    let whats = vec![
        What::Same(
            vec![actor("Pedro Ruiz", ""), actor("Maria Kovacs", "")],
            None,
        ),
        What::Same(
            vec![actor("Maria Kovacs", ""), actor("Bruno Ruiz", "")],
            None,
        ),
    ];
    assert_eq!(people(&curated(WORLD, whats)).len(), 2);
}

#[test]
fn a_person_and_a_body_need_a_kind() {
    let both = vec![actor("Pedro Ruiz", ""), actor("Nordwind", "")];
    fails(WORLD, What::Same(both.clone(), None), "kind");
    let story = applies(WORLD, What::Same(both, Some(ActorKind::Organization)));
    assert_eq!(people(&story).len(), 3);
}

#[test]
fn different_divides_and_the_rules_do_not_join_again() {
    let what = || {
        What::Different(vec![
            actor("Anna Lindqvist", "a.txt"),
            actor("A. Lindqvist", "b.txt"),
        ])
    };
    let story = applies(WORLD, what());
    assert_eq!(
        people(&story)[..2],
        ["Anna Lindqvist a.txt", "Maria Kovacs a.txt"]
    );
    assert!(people(&story).contains(&"A. Lindqvist b.txt".to_owned()));
    // More articles, with the same two and a third form.
    let more = format!(
        "{WORLD}
        doc d.txt 2021-06-05
        l = person Anna Lindqvist; country Norway
        k = person Maria Kovacs
        meet met: participant l, participant k; when 2021-06-03
        doc e.txt 2021-07-05
        l = person A. Lindqvist; country Norway
        r = person Pedro Ruiz
        meet met: participant l, participant r; when 2021-07-03"
    );
    let story = applies(&more, what());
    let got = people(&story);
    assert!(
        got.contains(&"Anna Lindqvist a.txt d.txt".to_owned()),
        "{got:?}"
    );
    assert!(
        got.contains(&"A. Lindqvist b.txt e.txt".to_owned()),
        "{got:?}"
    );
}

#[test]
fn two_bearers_of_one_name_are_told_by_their_articles() {
    let world = "
        doc a.txt 2021-03-05
        b = person Jon Berg
        x = person Ida Sund
        meet met: participant b, participant x; when 2021-03-03
        doc b.txt 2021-04-05
        b = person Jon Berg
        y = person Per Dahl
        meet met: participant b, participant y; when 2021-04-03
        doc c.txt 2021-05-05
        b = person Jon Berg
        y = person Per Dahl
        z = organization Nordwind
        visit visited: visitor b, host z; when 2021-05-03
        doc d.txt 2021-05-05
        b = person Jon Berg
        w = person Ada Moe
        visit visited: visitor b, host w; when 2021-05-04";
    assert_eq!(people(&plain(world))[0], "Jon Berg a.txt b.txt c.txt d.txt");
    let what = What::Different(vec![actor("Jon Berg", "a.txt"), actor("Jon Berg", "b.txt")]);
    let got = people(&applies(world, what));
    let bergs = got.iter().filter(|p| p.starts_with("Jon Berg"));
    assert_eq!(bergs.count(), 2, "{got:?}");
    // Three, pairwise.
    let what = What::Different(vec![
        actor("Jon Berg", "a.txt"),
        actor("Jon Berg", "b.txt"),
        actor("Jon Berg", "d.txt"),
    ]);
    let got = people(&applies(world, what));
    let bergs = got.iter().filter(|p| p.starts_with("Jon Berg"));
    assert_eq!(bergs.count(), 3, "{got:?}");
}

#[test]
fn a_name_of_two_needs_an_article() {
    let world = "
        doc a.txt 2021-03-05
        b = person Jon Berg; country Norway
        doc b.txt 2021-04-05
        b = person Jon Berg; country Peru";
    let rename = |article: &str| What::Rename(actor("Jon Berg", article), "Berg".to_owned());
    fails(world, rename(""), "several");
    assert_eq!(
        people(&applies(world, rename("b.txt"))),
        ["Jon Berg a.txt", "Berg b.txt"]
    );
    // An article that has gone leaves the name alone.
    fails(world, rename("gone.txt"), "several");
}

#[test]
fn one_article_that_takes_both_for_one_cannot_be_divided() {
    let world = "
        doc a.txt 2021-03-05
        b = person Jon Berg | J. Berg";
    let what = What::Different(vec![actor("Jon Berg", ""), actor("J. Berg", "")]);
    fails(world, what.clone(), "a.txt itself");
    // What does not apply stands in nobody's way.
    let same = What::Same(vec![actor("Jon Berg", ""), actor("Ida Sund", "")], None);
    let story = curated(
        &format!("{world}\n doc b.txt 2021-04-05\n x = person Ida Sund"),
        vec![what, same],
    );
    assert_eq!(story.curated.unapplied.keys().collect::<Vec<_>>(), [&1]);
    assert_eq!(people(&story).len(), 1);
}

#[test]
fn names_and_kinds() {
    let story = applies(
        WORLD,
        What::Rename(
            actor("A. Lindqvist", "b.txt"),
            "Anna Maria Lindqvist".to_owned(),
        ),
    );
    assert_eq!(story.actors[0].id, "anna-maria-lindqvist");
    assert!(
        story.actors[0]
            .aliases
            .contains(&"Anna Lindqvist".to_owned())
    );
    assert!(story.curated.actors.contains_key("anna-maria-lindqvist"));
    let story = applies(WORLD, What::Kind(actor("Nordwind", ""), ActorKind::Group));
    let nordwind = story.actors.iter().find(|a| a.name == "Nordwind");
    assert_eq!(nordwind.map(|a| a.kind), Some(ActorKind::Group));
    fails(
        WORLD,
        What::Rename(actor("Nobody", ""), "x".to_owned()),
        "no article names",
    );
    fails(
        WORLD,
        What::Kind(actor("Nobody", ""), ActorKind::Group),
        "no article names",
    );
    fails(
        WORLD,
        What::Same(vec![actor("Nobody", ""), actor("Pedro Ruiz", "")], None),
        "no article names",
    );
    fails(
        WORLD,
        What::Different(vec![actor("Nobody", ""), actor("Pedro Ruiz", "")]),
        "no article names",
    );
}

#[test]
fn dates_statuses_and_rejections() {
    let before = plain(WORLD);
    let meet = event(&before, "meet");
    let date = Edtf::parse("2021-03-04");
    let story = applies(WORLD, What::Date(meet.clone(), date.clone()));
    let found = story.events.iter().find(|e| e.kind == "meet").expect("it");
    assert_eq!(found.date.as_ref().map(|d| &d.edtf), date.as_ref());
    assert_eq!(
        found.date.as_ref().and_then(|d| d.words.as_deref()),
        Some(CORRECTED)
    );
    assert_eq!(
        story.curated.events[&found.id],
        ["date corrected by curation.toml; it was 2021-03-03"]
    );
    let story = applies(WORLD, What::Date(meet.clone(), None));
    assert_eq!(story.events.last().map(|e| e.kind.as_str()), Some("meet"));
    let story = applies(WORLD, What::Status(meet.clone(), Status::Denied));
    assert_eq!(story.ties.len() + 1, before.ties.len());
    let story = applies(WORLD, What::Reject(meet.clone()));
    assert_eq!(story.events.len() + 1, before.events.len());
    let story = applies(WORLD, What::Accept(meet.clone()));
    assert_eq!(story.events, before.events);
    let mut gone = meet;
    gone.id = "e0000000000".to_owned();
    gone.quote = "It is not there.".to_owned();
    for what in [
        What::Date(gone.clone(), None),
        What::Status(gone.clone(), Status::Denied),
        What::Reject(gone.clone()),
        What::Accept(gone),
    ] {
        fails(WORLD, what, "no event is told by");
    }
}

#[test]
fn an_event_is_found_again_under_another_id() {
    let meet = event(&plain(WORLD), "meet");
    // An earlier witness of the same meeting makes another id.
    let more = format!(
        "doc 0.txt 2021-03-05
        l = person Anna Lindqvist; country Norway
        k = person Maria Kovacs
        meet sat: participant l, participant k; when 2021-03-03
        {WORLD}"
    );
    let now = event(&plain(&more), "meet");
    assert_ne!(now.id, meet.id);
    let story = applies(&more, What::Reject(meet));
    assert!(story.events.iter().all(|e| e.kind != "meet"));
}

fn added() -> Added {
    Added {
        kind: "meet".to_owned(),
        title: None,
        participants: vec![
            ("participant".to_owned(), actor("Pedro Ruiz", "")),
            (
                "participant".to_owned(),
                ActorRef {
                    kind: Some(ActorKind::Person),
                    ..actor("Ida Sund", "")
                },
            ),
        ],
        date: Edtf::parse("2021-04-02"),
        place: None,
        status: Status::Occurred,
        source: "https://example.org/a".to_owned(),
        quote: "Ruiz met Sund.".to_owned(),
    }
}

#[test]
fn an_added_event_has_its_source_and_its_sentence() {
    let story = applies(WORLD, What::Add(Box::new(added())));
    let date = Edtf::parse("2021-04-02");
    let of_date = |e: &&crate::resolve::Event| e.date.as_ref().map(|d| &d.edtf) == date.as_ref();
    let event = story.events.iter().find(of_date).expect("the event");
    assert_eq!(event.title, "Pedro Ruiz and Ida Sund meet");
    let evidence = &event.evidence[0];
    assert_eq!(evidence.quote.text, "Ruiz met Sund.");
    let source = &story.documents[evidence.document];
    assert_eq!(source.url.as_deref(), Some("https://example.org/a"));
    assert_eq!(story.ties.len(), plain(WORLD).ties.len() + 1);
    // A source that is an article is that article.
    let mut of_article = added();
    of_article.source = "b.txt".to_owned();
    let story = applies(WORLD, What::Add(Box::new(of_article)));
    assert_eq!(story.documents.len(), 3);
    let mut nobody = added();
    nobody.participants[1].1.kind = None;
    fails(WORLD, What::Add(Box::new(nobody)), "`kind`");
    // An article that named the actor and has gone makes no new one of it.
    let mut gone = added();
    gone.participants[1].1.article = Some("gone.txt".to_owned());
    fails(
        WORLD,
        What::Add(Box::new(gone)),
        "no article names Ida Sund",
    );
}

#[test]
fn what_contradicts_names_both() {
    let pair = || vec![actor("Pedro Ruiz", ""), actor("Bruno Ruiz", "")];
    let found = contradiction(&of(vec![What::Same(pair(), None), What::Different(pair())]));
    assert_eq!(found.map(|c| (c.first, c.second)), Some((1, 2)));
    // Through a third.
    let found = contradiction(&of(vec![
        What::Different(pair()),
        What::Same(vec![actor("Bruno Ruiz", ""), actor("P. Ruiz", "")], None),
        What::Same(vec![actor("P. Ruiz", ""), actor("Pedro Ruiz", "")], None),
    ]));
    assert_eq!(found.map(|c| c.first), Some(1));
    let name = |to: &str| What::Rename(actor("Pedro Ruiz", ""), to.to_owned());
    assert!(contradiction(&of(vec![name("a"), name("b")])).is_some());
    assert!(contradiction(&of(vec![name("a"), name("a")])).is_none());
    let meet = event(&plain(WORLD), "meet");
    let both = of(vec![What::Accept(meet.clone()), What::Reject(meet)]);
    assert!(contradiction(&both).is_some());
}

#[test]
fn what_contradicts_only_through_the_articles_does_not_apply() {
    // The rules have Anna and A. Lindqvist as one; the two others are each one
    // with one of the divided.
    let story = curated(
        WORLD,
        vec![
            What::Different(vec![actor("Pedro Ruiz", ""), actor("Bruno Ruiz", "")]),
            What::Same(
                vec![actor("Pedro Ruiz", ""), actor("Anna Lindqvist", "")],
                None,
            ),
            What::Same(
                vec![actor("Bruno Ruiz", ""), actor("A. Lindqvist", "")],
                None,
            ),
        ],
    );
    let numbers: Vec<&usize> = story.curated.unapplied.keys().collect();
    assert_eq!(numbers, [&2, &3]);
    assert_eq!(people(&story), people(&plain(WORLD)));
}

/// Corrections of every sort that touch each other.
fn several() -> Vec<What> {
    let before = plain(WORLD);
    vec![
        What::Different(vec![
            actor("Anna Lindqvist", "a.txt"),
            actor("A. Lindqvist", "b.txt"),
        ]),
        What::Same(vec![actor("Pedro Ruiz", ""), actor("Bruno Ruiz", "")], None),
        What::Same(
            vec![actor("A. Lindqvist", "b.txt"), actor("Maria Kovacs", "")],
            None,
        ),
        What::Rename(actor("Bruno Ruiz", "c.txt"), "Pedro Bruno Ruiz".to_owned()),
        What::Kind(actor("Nordwind", ""), ActorKind::Group),
        What::Date(event(&before, "visit"), Edtf::parse("2021-04")),
        What::Status(event(&before, "acquire"), Status::Planned),
        What::Reject(event(&before, "speak")),
        What::Add(Box::new(added())),
        What::Rename(actor("Nobody", ""), "x".to_owned()),
    ]
}

proptest! {
    #[test]
    fn the_order_of_corrections_changes_nothing(order in Just((0..10).collect::<Vec<usize>>()).prop_shuffle()) {
        let without_numbers = |mut story: Story| {
            story.curated.digest = 0;
            let whys: Vec<String> = story.curated.unapplied.values().cloned().collect();
            story.curated.unapplied = BTreeMap::new();
            (story, whys)
        };
        let all = several();
        let shuffled = order.iter().map(|i| all[*i].clone()).collect();
        let expected = without_numbers(curated(WORLD, all));
        prop_assert_eq!(without_numbers(curated(WORLD, shuffled)), expected);
    }
}
