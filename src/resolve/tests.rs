//! Small worlds (see [`notation`](super::notation)) and what comes of them.

use super::notation::World;
use super::*;
use proptest::prelude::*;
use std::fmt::Write;

fn summary(story: &Story) -> String {
    let mut out = String::new();
    for doc in &story.documents {
        if let Some(edtf) = &doc.published.edtf {
            if doc.published.basis != crate::model::PublicationBasis::Given {
                let _ = writeln!(out, "{} {}: {}", doc.path, edtf.as_str(), doc.published.why);
            }
        } else {
            let _ = writeln!(out, "{} undated", doc.path);
        }
    }
    for actor in &story.actors {
        let _ = write!(out, "{} ({})", actor.id, actor.kind);
        if !actor.aliases.is_empty() {
            let _ = write!(out, " = {}", actor.aliases.join(", "));
        }
        out.push('\n');
    }
    for event in &story.events {
        let date = event.date.as_ref().map_or("undated".to_owned(), |d| {
            let mark = if d.inferred { " inferred" } else { "" };
            format!("{} {}{mark}", d.edtf.as_str(), d.basis.as_str())
        });
        let who: Vec<String> = event
            .participants
            .iter()
            .map(|p| format!("{} {}", p.role, story.actors[p.actor].id))
            .collect();
        let _ = writeln!(
            out,
            "{} {} {date}: {} [{} of {}]",
            event.kind,
            event.status,
            who.join(", "),
            event.evidence.len(),
            event.sources
        );
        for disagreement in &event.disagreements {
            let _ = writeln!(out, "  {}: {:?}", disagreement.about, disagreement.sides);
        }
    }
    out
}

#[track_caller]
pub(super) fn check(world: &str, expected: &str) {
    let story = story(&World::read(world));
    let expected: Vec<&str> = expected
        .lines()
        .map(|l| l.trim())
        .filter(|l| !l.is_empty())
        .collect();
    let got = summary(&story);
    let got: Vec<&str> = got.lines().map(|l| l.trim()).collect();
    assert_eq!(
        got.join("\n"),
        expected.join("\n"),
        "\nmerges: {:#?}",
        merges(&story)
    );
}

fn merges(story: &Story) -> Vec<&String> {
    story.actors.iter().flat_map(|a| &a.merges).collect()
}

#[test]
fn nicknames_and_middle_initials_are_one_person() {
    check(
        "doc a.txt 2020-01-01
         t = person Tom Bellamy | Bellamy; trade adviser
         doc b.txt 2020-01-02
         t = person Thomas P. Bellamy; trade adviser
         doc c.txt 2020-01-03
         t = person Thomas Bellamy",
        "thomas-bellamy (person) = Bellamy, Thomas P. Bellamy, Tom Bellamy",
    );
}

#[test]
fn a_merge_explains_itself() {
    let story = story(&World::read(
        "doc a.txt
         t = person Tom Bellamy; trade adviser
         doc b.txt
         t = person Thomas P. Bellamy; trade adviser
         doc c.txt
         t = person Thomas P. Bellamy; trade adviser",
    ));
    assert_eq!(
        merges(&story),
        [
            "Tom Bellamy in a.txt and Thomas P. Bellamy in b.txt: Tom is short for Thomas, same surname, same title trade adviser",
            "Thomas P. Bellamy in b.txt and c.txt: same name",
        ]
    );
}

#[test]
fn two_john_smiths_stay_two() {
    check(
        "doc a.txt 2020-01-01
         s = person John Smith; senator
         doc b.txt 2020-01-02
         s = person John Smith; striker
         doc c.txt 2020-01-03
         s = person John Smith",
        "john-smith (person)
         john-smith-2 (person)
         john-smith-3 (person)",
    );
    check(
        "doc a.txt 2020-01-01
         s = person John Smith; country Canada
         doc b.txt 2020-01-02
         s = person John Smith; country Australia",
        "john-smith (person)
         john-smith-2 (person)",
    );
}

#[test]
fn a_bare_surname_needs_one_owner_and_company() {
    // Two people of that surname: nobody knows which.
    check(
        "doc a.txt 2020-01-01
         a = person Anna Kern
         x = person Ida Holt
         doc b.txt 2020-01-01
         b = person Bruno Kern
         x = person Ida Holt
         doc c.txt 2020-01-02
         k = person Kern
         x = person Ida Holt",
        "anna-kern (person)
         ida-holt (person)
         bruno-kern (person)
         kern (person)",
    );
    // One, and the same company.
    check(
        "doc a.txt 2020-01-01
         a = person Anna Kern
         x = person Ida Holt
         doc c.txt 2020-01-02
         k = person Kern
         x = person Ida Holt",
        "anna-kern (person) = Kern
         ida-holt (person)",
    );
    // One, but nothing in common.
    check(
        "doc a.txt 2020-01-01
         a = person Anna Kern
         doc c.txt 2020-01-02
         k = person Kern",
        "anna-kern (person)
         kern (person)",
    );
}

#[test]
fn two_forms_of_one_name_share_their_surname() {
    check(
        "doc a.txt 2020-01-01
         t = person T. Bellamy; trade adviser
         f = person Thomas Bellamy
         b = person Bellamy
         x = person Ida Holt",
        "thomas-bellamy (person) = Bellamy, T. Bellamy
         ida-holt (person)",
    );
    // One form, and a surname that the article keeps apart.
    check(
        "doc a.txt 2020-01-01
         f = person Thomas Bellamy
         b = person Bellamy
         x = person Ida Holt",
        "thomas-bellamy (person)
         bellamy (person)
         ida-holt (person)",
    );
}

#[test]
fn country_words_keep_bodies_apart() {
    check(
        "doc a.txt 2020-01-01
         g = organization UK Government
         i = country Israeli
         s = organization U.S. Department of State
         doc b.txt 2020-01-01
         g = organization US Government
         i = country Israel
         s = organization State Department
         doc c.txt 2020-01-01
         g = organization British government
         s = organization the State Department",
        "british-government (organization) = UK Government
         israel (country) = Israeli
         us-department-of-state (organization) = State Department, the State Department
         us-government (organization)",
    );
}

#[test]
fn acronyms_find_their_long_form() {
    check(
        "doc a.txt 2020-01-01
         i = organization Israeli Defense Force | IDF
         doc b.txt 2020-01-01
         i = organization IDF
         doc c.txt 2020-01-01
         f = organization FBI
         doc d.txt 2020-01-01
         f = organization Federal Bureau of Investigation
         doc e.txt 2020-01-01
         k = organization Karelian Timber Board; country Finland
         doc f.txt 2020-01-01
         k = organization KTB; country Finland
         doc g.txt 2020-01-01
         k = organization KTB; country Norway",
        "israeli-defense-force (organization) = IDF
         federal-bureau-of-investigation (organization) = FBI
         karelian-timber-board (organization) = KTB
         ktb (organization)",
    );
}

#[test]
fn two_bodies_of_one_name_stay_two() {
    check(
        "doc a.txt 2020-01-01
         b = organization First National Bank; country South Africa
         d = organization American Dental Association | ADA
         doc b.txt 2020-01-01
         b = organization First National Bank; country United States
         d = organization American Diabetes Association | ADA
         doc c.txt 2020-01-01
         b = organization First National Bank
         d = organization ADA
         doc d.txt 2020-01-01
         m = organization Foreign Ministry
         doc e.txt 2020-01-01
         m = organization Foreign Ministry
         doc f.txt 2020-01-01
         z = organization Zephyr Optics Inc.
         doc g.txt 2020-01-01
         z = organization Zephyr Optics",
        "first-national-bank (organization)
         american-dental-association (organization) = ADA
         first-national-bank-2 (organization)
         american-diabetes-association (organization) = ADA
         first-national-bank-3 (organization)
         ada (organization)
         foreign-ministry (organization)
         foreign-ministry-2 (organization)
         zephyr-optics-inc (organization) = Zephyr Optics",
    );
}

#[test]
fn groups_and_conferences_merge_with_company() {
    check(
        "doc a.txt 2020-01-01
         p = person Ida Holt
         g = group bilateral working group with Norway
         c = conference Harbor Week
         n = conference 5th annual Harbor Week
         doc b.txt 2020-01-01
         p = person Ida Holt
         g = group joint Danish-Norwegian working group
         h = group Danish-Swedish working group
         c = conference 2017 Harbor Week conference
         n = conference 6th annual Harbor Week",
        "ida-holt (person)
         joint-danish-norwegian-working-group (group) = bilateral working group with Norway
         harbor-week (conference)
         5th-annual-harbor-week (conference)
         danish-swedish-working-group (group)
         2017-harbor-week-conference (conference)
         6th-annual-harbor-week (conference)",
    );
}

fn world() -> impl Strategy<Value = String> {
    let actor = prop::sample::select(vec![
        "person Ana Marquez | Marquez",
        "person Marquez",
        "person A. Marquez; minister",
        "person Bo Lindqvist; country Norway",
        "country Norway",
        "country Danish",
        "organization Foreign Ministry",
        "organization IDF",
        "organization Israeli Defense Force",
        "group joint Danish-Norwegian working group",
        "conference 5th Harbor Week",
        "place Oslo",
        "person —",
        "organization .",
    ]);
    let kind = prop::sample::select(vec![
        "meet", "announce", "form", "acquire", "other", "visit",
    ]);
    let role = prop::sample::select(vec!["participant", "buyer", "acquired", "host", "odd"]);
    let when = prop::sample::select(vec![
        "",
        "; when Monday",
        "; when 2017-06-26",
        "; when 2017",
        "; news",
    ]);
    let status = prop::sample::select(vec!["", " planned", " denied"]);
    let event = (
        kind,
        status,
        prop::collection::vec((role, 0..5_usize), 0..4),
        when,
    );
    let doc = (
        prop::sample::select(vec!["", " 2017-06-26", " 2017-06-27", " 2017"]),
        prop::collection::vec(actor, 5),
        prop::collection::vec(event, 0..6),
    );
    prop::collection::vec(doc, 0..5).prop_map(|docs| {
        let mut out = String::new();
        for (i, (date, actors, events)) in docs.into_iter().enumerate() {
            let _ = writeln!(out, "doc {i}.txt{date}");
            for (n, actor) in actors.into_iter().enumerate() {
                let _ = writeln!(out, "k{n} = {actor}");
            }
            for (kind, status, parts, when) in events {
                let parts: Vec<String> = parts
                    .iter()
                    .map(|(role, n)| format!("{role} k{n}"))
                    .collect();
                let _ = writeln!(out, "{kind}{status} word: {}{when}", parts.join(", "));
            }
        }
        out
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn stories_are_sound_and_do_not_depend_on_the_order(text in world(), turn in 0..5_usize) {
        let reports = World::read(&text);
        let told = story(&reports);
        let mut turned = reports.clone();
        turned.rotate_left(turn.min(reports.len()));
        turned.reverse();
        prop_assert_eq!(&story(&turned), &told);

        let ids: std::collections::BTreeSet<&String> =
            told.actors.iter().map(|a| &a.id).chain(told.events.iter().map(|e| &e.id)).collect();
        prop_assert_eq!(ids.len(), told.actors.len() + told.events.len());
        let mentions: usize = reports.iter().map(|r| r.events.len()).sum();
        let evidence: usize = told.events.iter().map(|e| e.evidence.len()).sum();
        prop_assert_eq!(mentions, evidence);
        for event in &told.events {
            prop_assert!(!event.evidence.is_empty());
            prop_assert!((0.0..=1.0).contains(&event.confidence));
            let mut seen = std::collections::BTreeSet::new();
            for part in &event.participants {
                prop_assert!(part.actor < told.actors.len());
                prop_assert!(seen.insert(part.actor));
            }
        }
        for tie in &told.ties {
            prop_assert!(tie.source != tie.target && tie.event.is_none_or(|e| e < told.events.len()));
        }
    }
}
