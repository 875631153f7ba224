//! Titles, offices and nationalities: who is named without the title, whose
//! office it is, which country it tells.

use super::tests::read;

/// The persons of a text, a line each: name, titles with their owners, country.
fn people(text: &str) -> String {
    let report = read(text);
    let mut out = String::new();
    for actor in report.actors.iter().filter(|a| a.kind.as_str() == "person") {
        out += &actor.name;
        for role in &actor.roles {
            let of = role.of.map(|of| report.actors[of as usize].name.as_str());
            out += &format!("; {}", role.title);
            out += &of.map(|of| format!(" of {of}")).unwrap_or_default();
        }
        if let Some(country) = &actor.country {
            out += &format!(" ({country})");
        }
        out.push('\n');
    }
    out
}

fn check(text: &str, expected: &str) {
    let expected: Vec<&str> = expected.lines().map(str::trim).collect();
    let found = people(text);
    let found: Vec<&str> = found.lines().collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_demonym_before_a_title_is_its_country() {
    check(
        "Turkish president Kemal Aydin arrived in Oslo.",
        "Kemal Aydin; president of Turkey (Turkey)",
    );
    check(
        "German Chancellor Ingrid Baumann resigned.",
        "Ingrid Baumann; Chancellor of Germany (Germany)",
    );
    check(
        "The Polish president, Tomasz Lewicki, resigned.",
        "Tomasz Lewicki; president of Poland (Poland)",
    );
    check(
        "The Israeli prime minister visited Paris on Monday.",
        "prime minister of Israel; prime minister of Israel (Israel)",
    );
}

#[test]
fn a_country_or_body_before_a_title_is_no_part_of_the_name() {
    check(
        "U.S. Secretary of State Daniel Whitfield met Pavel Morozov.",
        "Daniel Whitfield; Secretary of State of United States (United States)\nPavel Morozov",
    );
    check(
        "UN envoy Maria Santos met Paolo Ricci.",
        "Maria Santos; UN envoy of UN\nPaolo Ricci",
    );
    check(
        "Egypt's president, Hassan Fawzi, arrived in Riyadh.",
        "Hassan Fawzi; president of Egypt (Egypt)",
    );
    check(
        "Japan's ambassador to the United Nations, Keiko Mori, spoke.",
        "Keiko Mori; ambassador of Japan (Japan)",
    );
}

#[test]
fn who_held_the_office_before_is_named_without_it() {
    check(
        "Former Chancellor Ingrid Baumann resigned.",
        "Ingrid Baumann; Chancellor",
    );
    check(
        "Deputy foreign minister Lars Holm resigned.",
        "Lars Holm; Deputy foreign minister",
    );
    check(
        "Then-Defense Secretary Robert Hale resigned in 2006.",
        "Robert Hale; Defense Secretary",
    );
    check(
        "Ex-president Carlos Medina of Peru was arrested.",
        "Carlos Medina; Ex-president (Peru)",
    );
}

#[test]
fn a_counterpart_is_nobody_else() {
    check(
        "British Prime Minister Alice Thornton met her French counterpart Luc Moreau.",
        "Alice Thornton; Prime Minister of United Kingdom (United Kingdom)\nLuc Moreau (France)",
    );
}

#[test]
fn what_looks_like_a_title_may_be_a_name() {
    check("Charles King met Anna Bishop.", "Charles King\nAnna Bishop");
}

/// Countries that talk, told by demonyms.
#[test]
fn demonyms_act_for_their_countries() {
    let who = |text: &str| {
        let report = read(text);
        let event = report.events.first().expect("an event").clone();
        let name = |a: u32| report.actors[a as usize].name.clone();
        let names = event.participants.iter().map(|p| name(p.actor));
        names.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(
        who("French-German talks were held in Berlin on Friday."),
        "France, Germany"
    );
    assert_eq!(
        who("The UK government signed an agreement with Norway."),
        "United Kingdom, Norway"
    );
}

/// All actors of a text that are no persons, a line each: kind and name.
fn things(text: &str) -> String {
    let report = read(text);
    let things = report.actors.iter().filter(|a| a.kind.as_str() != "person");
    let lines = things.map(|a| format!("{} {}", a.kind, a.name));
    let mut lines: Vec<String> = lines.collect();
    lines.sort_unstable();
    lines.join("; ")
}

#[test]
fn products_are_actors_whatever_their_spelling() {
    assert_eq!(
        things("The company sold a million iPods in Norway."),
        "country Norway; product iPod"
    );
    assert_eq!(
        things("The company showed the iPhone 4 in Norway."),
        "country Norway; product iPhone 4"
    );
}

#[test]
fn treaties_and_summits_are_told_apart_and_wars_are_nobody() {
    assert_eq!(
        things("Norway signed the Treaty of Norholm."),
        "agreement Treaty of Norholm; country Norway"
    );
    assert_eq!(
        things("The Harbour Accord was signed in Norway and ended a long dispute over fishing."),
        "agreement Harbour Accord; country Norway"
    );
    assert_eq!(
        things("The Vienna Convention was signed in Norway."),
        "agreement Vienna Convention; country Norway"
    );
    assert_eq!(
        things("Norway joined the Coastal Working Group."),
        "country Norway; group Coastal Working Group"
    );
    assert_eq!(
        things("Norway was neutral in World War I until 1918."),
        "country Norway"
    );
}

#[test]
fn family_names_in_front_and_given_names_of_two_syllables() {
    check(
        "Hwang Min-seok met Seo Ji-ho in Panmunjom on Monday.",
        "Hwang Min-seok\nSeo Ji-ho",
    );
    check(
        "Ban Chul-soo praised Park Yeon-mi.",
        "Ban Chul-soo\nPark Yeon-mi",
    );
    check(
        "President Lien Shao-wen visited Peru. Lien left on Friday.",
        "Lien Shao-wen; President",
    );
    check(
        "Zhou Weiming and Anna Lindqvist met. Zhou left early.",
        "Zhou Weiming\nAnna Lindqvist",
    );
}

#[test]
fn a_hyphen_in_another_word_makes_no_person() {
    check(
        "Norway-led talks on the Co-op Bank began in Post-war Oslo.",
        "",
    );
}

#[test]
fn who_holds_a_post_stands_right_behind_the_body() {
    check(
        "The director of the Harbour Council Ana Ruiz said the port would close.",
        "Ana Ruiz; director of Harbour Council",
    );
    check(
        "The director of the Harbour Council said the port would close.",
        "",
    );
}
