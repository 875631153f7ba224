//! Events in small worlds (see [`notation`](super::notation)): which are one,
//! which stay two, and what dates them.

use super::notation::World;
use super::story;
use super::tests::check;

#[test]
fn two_meetings_on_two_days_stay_two() {
    check(
        "doc a.txt 2020-01-08
         a = person Ana Marquez
         b = person Bo Lindqvist
         meet met: participant a, participant b; when Monday; about trade
         meet met: participant a, participant b; when Wednesday; about trade
         meet meeting: ; again
         doc b.txt 2020-01-07
         a = person Ana Marquez
         b = person Bo Lindqvist
         meet talks: participant a, participant b; when yesterday",
        "ana-marquez (person)
         bo-lindqvist (person)
         meet occurred 2020-01-06 relative: participant ana-marquez, participant bo-lindqvist [2 of 2]
         meet occurred 2020-01-08 relative: participant ana-marquez, participant bo-lindqvist [1 of 1]
         meet occurred undated:  [1 of 1]",
    );
}

#[test]
fn repeated_mentions_are_one_event() {
    check(
        "doc a.txt 2020-01-08
         a = person Ana Marquez
         b = person Bo Lindqvist
         meet meet: participant a, participant b
         meet meet: participant a, participant b; when Monday; about trade
         meet meet: ; again",
        "ana-marquez (person)
         bo-lindqvist (person)
         meet occurred 2020-01-06 relative: participant ana-marquez, participant bo-lindqvist [3 of 1]",
    );
}

#[test]
fn a_date_told_later_of_the_treaty_is_its_date() {
    check(
        "doc a.txt 2020-01-08
         a = country Norway
         b = country Peru
         c = person Ana Marquez
         sign sign: signatory a, signatory b; about fishing treaty
         sign sign: signatory c; when Monday; about treaty; again",
        "norway (country)
         peru (country)
         ana-marquez (person)
         sign occurred 2020-01-06 relative: signatory norway, signatory peru, signatory ana-marquez [2 of 1]",
    );
    // Another day is another treaty.
    check(
        "doc a.txt 2020-01-08
         a = country Norway
         b = country Peru
         c = person Ana Marquez
         sign sign: signatory a, signatory b; when yesterday; about fishing treaty
         sign sign: signatory c; when Monday; about treaty; again",
        "norway (country)
         peru (country)
         ana-marquez (person)
         sign occurred 2020-01-06 relative: signatory ana-marquez [1 of 1]
         sign occurred 2020-01-07 relative: signatory norway, signatory peru [1 of 1]",
    );
}

#[test]
fn a_plan_and_its_fulfilment_are_one() {
    check(
        "doc a.txt 2020-01-03
         a = person Ana Marquez
         n = country Norway
         visit planned visit: visitor a, host n; when 2020-01-06
         doc b.txt 2020-01-07
         a = person Ana Marquez
         n = country Norway
         visit visit: visitor a, host n; when yesterday
         doc c.txt 2020-01-07
         a = person Ana Marquez
         n = country Norway
         visit denied visit: visitor a, host n; when 2020-03",
        "ana-marquez (person)
         norway (country)
         visit occurred 2020-01-06 stated: visitor ana-marquez, host norway [2 of 2]
         visit denied 2020-03 stated: visitor ana-marquez, host norway [1 of 1]",
    );
}

#[test]
fn what_was_and_what_will_be_are_two_within_an_article() {
    check(
        "doc a.txt 2020-01-08
         n = country Norway
         d = country Denmark
         cooperate planned work: party n, party d; about herring
         cooperate worked: party n, party d; about herring",
        "norway (country)
         denmark (country)
         cooperate planned undated: party norway, party denmark [1 of 1]
         cooperate occurred undated: party norway, party denmark [1 of 1]",
    );
}

#[test]
fn a_meeting_beside_a_conference_is_a_meeting() {
    check(
        "doc a.txt 2020-01-06
         a = person Ana Marquez
         b = person Bo Lindqvist
         c = conference Harbor Week
         conference conference: participant a, participant b; when Monday; during c; about herring
         doc b.txt 2020-01-06
         a = person Ana Marquez
         b = person Bo Lindqvist
         meet met: participant a, participant b; when Monday; about herring",
        "ana-marquez (person)
         bo-lindqvist (person)
         harbor-week (conference)
         conference occurred 2020-01-06 relative: participant ana-marquez, participant bo-lindqvist [1 of 1]
         meet occurred 2020-01-06 relative: participant ana-marquez, participant bo-lindqvist [1 of 1]",
    );
}

#[test]
fn ties_follow_roles() {
    let told = story(&World::read(
        "doc a.txt 2020-01-08
         m = organization Macroware
         x = organization Adalia
         t = person Ana Marquez
         acquire bought: acquired x, buyer m
         meet met: participant t, participant m, topic x
         accuse denied accused: accuser t, accused m",
    ));
    let ties: Vec<(&str, &str, &str)> = told
        .ties
        .iter()
        .map(|t| {
            let name = |a: usize| told.actors[a].name.as_str();
            (name(t.source), t.kind.as_str(), name(t.target))
        })
        .collect();
    assert_eq!(
        ties,
        [
            ("Macroware", "acquire", "Adalia"),
            ("Ana Marquez", "meet", "Macroware"),
        ]
    );
}

#[test]
fn two_buyers_of_one_company_are_two_acquisitions() {
    check(
        "doc a.txt 2020-01-03
         m = organization Macroware
         p = person Anna Lindqvist
         x = organization Adalia
         acquire bought: buyer p, acquired x; about studio
         acquire bought: acquired x, buyer m; about studio",
        "macroware (organization)
         anna-lindqvist (person)
         adalia (organization)
         acquire occurred undated: buyer anna-lindqvist, acquired adalia [1 of 1]
         acquire occurred undated: acquired adalia, buyer macroware [1 of 1]",
    );
}

#[test]
fn two_acquisitions_by_one_buyer_stay_two() {
    check(
        "doc a.txt 2020-01-03
         m = organization Macroware
         x = organization Adalia
         y = organization Sansiro
         acquire bought: buyer m, acquired x; when 2015; about security
         acquire bought: buyer m, acquired y; when 2015; about security
         doc b.txt 2020-02-03
         m = organization Macroware
         x = organization Adalia
         acquire acquisition: buyer m, acquired x; when 2016",
        "macroware (organization)
         adalia (organization)
         sansiro (organization)
         acquire occurred 2015 stated: buyer macroware, acquired adalia [2 of 2]
         date: [(\"2015\", [0]), (\"2016\", [1])]
         acquire occurred 2015 stated: buyer macroware, acquired sansiro [1 of 1]",
    );
}

/// One announcement in four articles, one of them dated, each told differently.
const ANNOUNCEMENT: &str = "doc a.txt
     h = person Ida Holt; trade adviser
     n = country Norway
     d = country Denmark
     g = group joint Danish-Norwegian working group
     form started: founder d, founded g, party n; when Monday; about fishing herring
     doc b.txt 2017-06-26
     h = person Ida Holt; trade adviser
     n = country Norway
     g = group Danish-Norwegian working group
     announce said: announcer h, founded g, party n; when Monday; about fishing group
     doc c.txt
     h = person Ida Holt
     g = group Danish-Norwegian working group
     n = country Norway
     form set: founder h, founded g, party n; when Monday; about fishing
     doc d.txt
     h = person Holt; trade adviser
     n = country Norway
     g = group bilateral working group with Norway
     form establish: party n, founded g; when Monday; about herring quota fishing";

#[test]
fn one_dated_witness_dates_the_others() {
    check(
        ANNOUNCEMENT,
        "a.txt 2017-06-26: “Monday” is 2017-06-26: b.txt tells of the same event and dates it “Monday”
         c.txt 2017-06-26: “Monday” is 2017-06-26: b.txt tells of the same event and dates it “Monday”
         d.txt 2017-06-26: “Monday” is 2017-06-26: b.txt tells of the same event and dates it “Monday”
         ida-holt (person) = Holt
         norway (country)
         denmark (country)
         joint-danish-norwegian-working-group (group) = Danish-Norwegian working group, bilateral working group with Norway
         form occurred 2017-06-26 relative: founder denmark, founded joint-danish-norwegian-working-group, party norway, announcer ida-holt [4 of 3]",
    );
}

#[test]
fn stays_undated() {
    // The same two people, another event: no reason to date the second.
    check(
        "doc a.txt 2017-06-26
         a = person Ana Marquez
         b = person Bo Lindqvist
         meet met: participant a, participant b; when Monday; about fishing
         doc b.txt
         a = person Ana Marquez
         b = person Bo Lindqvist
         meet met: participant a, participant b; when Tuesday; about fishing
         doc c.txt
         a = person Ana Marquez
         accuse accused: accuser a; when Monday; about fraud",
        "b.txt undated
         c.txt undated
         ana-marquez (person)
         bo-lindqvist (person)
         meet occurred 2017-06-26 relative: participant ana-marquez, participant bo-lindqvist [1 of 1]
         meet occurred undated: participant ana-marquez, participant bo-lindqvist [1 of 1]
         accuse occurred undated: accuser ana-marquez [1 of 1]",
    );
}

#[test]
fn news_without_time_words_is_dated_by_the_publication() {
    check(
        "doc a.txt 2017-06-26
         a = person Ana Marquez
         resign resigned: leaver a; news
         doc b.txt
         b = person Bo Lindqvist
         resign resigned: leaver b; news",
        "b.txt undated
         ana-marquez (person)
         bo-lindqvist (person)
         resign occurred 2017-06-26 publication: leaver ana-marquez [1 of 1]
         resign occurred undated: leaver bo-lindqvist [1 of 1]",
    );
}

#[test]
fn an_event_told_in_a_story_has_its_day_with_a_doubt() {
    check(
        "doc a.txt 2017-06-28
         a = person Ana Marquez
         b = person Bo Lindqvist
         meet met: participant a, participant b; when Monday
         accuse accused: accuser a; story Monday",
        "ana-marquez (person)
         bo-lindqvist (person)
         meet occurred 2017-06-26 relative: participant ana-marquez, participant bo-lindqvist [1 of 1]
         accuse occurred 2017-06-26? relative: accuser ana-marquez [1 of 1]",
    );
}

#[test]
fn the_day_of_an_old_story_or_of_an_undated_article_is_not_carried_on() {
    check(
        "doc a.txt 2017-06-28
         a = person Ana Marquez
         accuse accused: accuser a; story 2017-03-02
         doc b.txt
         b = person Bo Lindqvist
         accuse accused: accuser b; story Monday",
        "b.txt undated
         ana-marquez (person)
         bo-lindqvist (person)
         accuse occurred undated: accuser ana-marquez [1 of 1]
         accuse occurred undated: accuser bo-lindqvist [1 of 1]",
    );
}
