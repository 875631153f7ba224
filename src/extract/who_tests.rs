//! Who is meant: pronouns, definite descriptions, crowds, halves of countries,
//! capitals and short names. Each case is a text, words in it, and the actor that
//! they must stand for; "-" where they must be left open.

use super::tests::read;

/// What the last mention with these words stands for.
fn meaning(text: &str, words: &str) -> String {
    let report = read(text);
    let mut found: Vec<(u32, &str)> = Vec::new();
    for actor in &report.actors {
        for mention in actor.mentions.iter().filter(|m| m.text == words) {
            found.push((mention.start, &actor.name));
        }
    }
    let last = found.iter().map(|(start, _)| *start).max();
    let names: Vec<&str> = found
        .iter()
        .filter(|(start, _)| Some(*start) == last)
        .map(|(_, name)| *name)
        .collect();
    if names.is_empty() {
        "-".to_owned()
    } else {
        names.join(" + ")
    }
}

fn check(cases: &[(&str, &str, &str)]) {
    let mut failures = String::new();
    for (text, words, expected) in cases {
        let found = meaning(text, words);
        if found != *expected {
            failures += &format!("{text}\n    {words}: {found}, not {expected}\n");
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn in_a_quotation_he_is_not_the_speaker() {
    check(&[
        (
            "Lars Holm met Erik Sand. \"He was late,\" Lars Holm said.",
            "He",
            "Erik Sand",
        ),
        (
            "Erik Sand resigned. \"I trusted him,\" said Lars Holm.",
            "him",
            "Erik Sand",
        ),
        (
            "Anna Lindqvist called Maria Santos. \"She was kind,\" Anna Lindqvist said.",
            "She",
            "Maria Santos",
        ),
        (
            "\"I will resign,\" Anna Lindqvist said.",
            "I",
            "Anna Lindqvist",
        ),
        ("Lars Holm said: \"My party will win.\"", "My", "Lars Holm"),
        (
            "\"I am tired,\" Lars Holm told reporters.",
            "I",
            "Lars Holm",
        ),
        (
            "\"They asked me to leave,\" Maria Santos said.",
            "me",
            "Maria Santos",
        ),
        ("Erik Sand added: \"I know nothing.\"", "I", "Erik Sand"),
        ("“I paid for it,” Maria Santos wrote.", "I", "Maria Santos"),
        (
            "The minister, Lars Holm, said: “I see no reason.”",
            "I",
            "Lars Holm",
        ),
        // Left open.
        ("\"He was late,\" Lars Holm said.", "He", "-"),
        ("\"She left,\" Maria Santos said.", "She", "-"),
        ("I think that the bridge will stand.", "I", "-"),
        ("\"I will resign,\" a source said.", "I", "-"),
        ("\"We will win,\" Lars Holm said.", "We", "-"),
        ("\"I agree,\" the company said.", "I", "-"),
        ("Lars Holm left. I was there.", "I", "-"),
        ("\"You know me,\" somebody said.", "me", "-"),
        ("\"I is a letter,\" the teacher said.", "I", "-"),
        ("My neighbours met Lars Holm.", "My", "-"),
    ]);
}

#[test]
fn it_and_they_are_not_guessed() {
    check(&[
        (
            "Norway bought ten ships. It paid ten million euros.",
            "It",
            "Norway",
        ),
        ("Norway said its exports fell.", "its", "Norway"),
        (
            "Norway signed the treaty and its parliament approved.",
            "its",
            "Norway",
        ),
        (
            "Kenyan farmers marched to Nairobi. They demanded water.",
            "They",
            "Kenyan farmers",
        ),
        (
            "Thousands of Kenyan farmers marched. They demanded water.",
            "They",
            "Kenyan farmers",
        ),
        ("Lars Holm defended himself.", "himself", "Lars Holm"),
        (
            "Lars Holm himself opened the bridge.",
            "himself",
            "Lars Holm",
        ),
        (
            "Anna Lindqvist hurt herself in Oslo.",
            "herself",
            "Anna Lindqvist",
        ),
        (
            "Lars Holm and Erik Sand met in Oslo. They agreed to talk again.",
            "They",
            "Lars Holm + Erik Sand",
        ),
        ("His father and his brother met Lars Holm.", "His", "-"),
        // Left open.
        (
            "Nordwind grew. It is clear that prices will rise.",
            "It",
            "-",
        ),
        (
            "Nordwind grew. It took a year to build the bridge.",
            "It",
            "-",
        ),
        ("Nordwind grew. It rained in Oslo.", "It", "-"),
        ("Norway grew. They say that prices will rise.", "They", "-"),
        ("Nordwind sent a letter. They answered.", "They", "-"),
        (
            "The storm hit Norway. Trees fell and they blocked roads.",
            "they",
            "-",
        ),
        (
            "The letter reached Nordwind before it was opened.",
            "it",
            "-",
        ),
        (
            "Lars Holm praised Norway. They say that it is late.",
            "They",
            "-",
        ),
        ("A dog bit Lars Holm. It ran away.", "It", "-"),
        ("Prices rose in Norway. They fell again.", "They", "-"),
    ]);
}

#[test]
fn a_description_fits_the_sort_of_its_actor() {
    check(&[
        (
            "Nordwind Energy Ltd opened a port in May. The company grew.",
            "The company",
            "Nordwind Energy Ltd",
        ),
        (
            "The bank Nordhavn grew. The bank hired ten people.",
            "The bank",
            "Nordhavn",
        ),
        (
            "Lars Holm, the mayor of Bergen, arrived. The mayor spoke.",
            "The mayor",
            "Lars Holm",
        ),
        (
            "President Anna Lindqvist met Lars Holm. The president was glad.",
            "The president",
            "Anna Lindqvist",
        ),
        (
            "Norway and Chile signed a treaty. Both countries will pay.",
            "Both countries",
            "Norway + Chile",
        ),
        (
            "Norway and Chile met. The two sides agreed.",
            "The two sides",
            "Norway + Chile",
        ),
        (
            "Kenyan farmers marched. Police beat the farmers.",
            "the farmers",
            "Kenyan farmers",
        ),
        (
            "Prime Minister Lars Holm met President Anna Lindqvist. The two leaders agreed.",
            "The two leaders",
            "Lars Holm + Anna Lindqvist",
        ),
        // Left open.
        (
            "The European Union met in Oslo. The company grew.",
            "The company",
            "-",
        ),
        ("The United Nations met. The bank paid.", "The bank", "-"),
        (
            "Deputy mayor Lars Holm arrived. The mayor spoke.",
            "The mayor",
            "-",
        ),
        (
            "Former president Anna Lindqvist arrived. The president spoke.",
            "The president",
            "-",
        ),
        (
            "Vice President Lars Holm arrived. The president spoke.",
            "The president",
            "-",
        ),
        (
            "Lars Holm, deputy mayor of Bergen, arrived. The mayor spoke.",
            "The mayor",
            "-",
        ),
        (
            "Norway, Chile and Peru met. Both countries agreed.",
            "Both countries",
            "-",
        ),
        (
            "Norway met Chile and Peru. The two sides agreed.",
            "The two sides",
            "-",
        ),
        (
            "Kenyan farmers met Tanzanian farmers. Police beat the farmers.",
            "the farmers",
            "-",
        ),
        (
            "Lars Holm left Oslo. The two leaders agreed.",
            "The two leaders",
            "-",
        ),
        (
            "Interpol met in Lyon. The ministry paid.",
            "The ministry",
            "-",
        ),
        (
            "Oxford University opened. The airline closed.",
            "The airline",
            "-",
        ),
    ]);
}

#[test]
fn crowds_are_actors_where_the_text_says_which() {
    check(&[
        (
            "Kenyan farmers blocked a road.",
            "Kenyan farmers",
            "Kenyan farmers",
        ),
        (
            "Rebels in Chad attacked a town.",
            "Rebels",
            "Rebels in Chad",
        ),
        (
            "Hundreds of protesters marched in Oslo.",
            "protesters",
            "protesters",
        ),
        (
            "Police arrested 40 Chilean students.",
            "Chilean students",
            "Chilean students",
        ),
        ("Gunmen killed a judge.", "Gunmen", "Gunmen"),
        (
            "The fishermen attacked a patrol boat.",
            "fishermen",
            "fishermen",
        ),
        (
            "A Norwegian newspaper accused the minister.",
            "Norwegian newspaper",
            "Norwegian newspaper",
        ),
        (
            "Turkey took in Afghan refugees.",
            "Afghan refugees",
            "Afghan refugees",
        ),
        (
            "Asylum seekers reached Malta.",
            "Asylum seekers",
            "Asylum seekers",
        ),
        (
            "Tens of thousands of Peruvian miners went on strike on Monday.",
            "Peruvian miners",
            "Peruvian miners",
        ),
        // Nobody in particular.
        ("People like bread.", "People", "-"),
        ("Many children play in Oslo.", "children", "-"),
        ("Job seekers wait.", "seekers", "-"),
        ("A newspaper wrote about it.", "newspaper", "-"),
        ("Critics say that the law is bad.", "Critics", "-"),
        ("The price is high for customers.", "customers", "-"),
        ("Women and men came.", "Women", "-"),
        ("The law is about prisoners.", "prisoners", "-"),
        ("It was a camp for refugees.", "refugees", "-"),
        ("He read a book on pirates.", "pirates", "-"),
    ]);
}

#[test]
fn halves_and_capitals_stand_for_countries() {
    check(&[
        ("North and South Korea will talk.", "North", "North Korea"),
        ("South and North Korea met.", "South", "South Korea"),
        (
            "North Korea fired a rocket. The South answered.",
            "South",
            "South Korea",
        ),
        (
            "North Korea met South Korea. The South was glad.",
            "South",
            "South Korea",
        ),
        (
            "South Korea met North Korea. The North refused.",
            "North",
            "North Korea",
        ),
        ("Oslo said on Monday that it would pay.", "Oslo", "Norway"),
        ("Tehran rejected the offer.", "Tehran", "Iran"),
        ("Moscow accused Kyiv of an attack.", "Moscow", "Russia"),
        ("The demand was rejected by Ankara.", "Ankara", "Turkey"),
        ("Beijing and Moscow condemned the vote.", "Beijing", "China"),
        // Directions and towns.
        (
            "North Korea and South Korea met in the south.",
            "south",
            "-",
        ),
        ("It rained in the South.", "South", "South"),
        ("The North Sea was calm.", "North", "-"),
        ("He lives in Oslo.", "Oslo", "Oslo"),
        ("The train left Oslo.", "Oslo", "Oslo"),
        ("Oslo has many parks.", "Oslo", "Oslo"),
        ("Lars Holm said in Oslo that he would pay.", "Oslo", "Oslo"),
        (
            "South Africa met Norway. The South was dry.",
            "South",
            "South",
        ),
        ("Bergen said that it would pay.", "Bergen", "Bergen"),
        ("They met in Moscow.", "Moscow", "Moscow"),
    ]);
}

#[test]
fn a_body_of_state_is_one_with_and_without_its_country() {
    check(&[
        (
            "The Norwegian Fisheries Ministry paid. The Fisheries Ministry said so.",
            "Fisheries Ministry",
            "Norwegian Fisheries Ministry",
        ),
        (
            "The United Kingdom Home Office wrote. The Home Office waits.",
            "Home Office",
            "United Kingdom Home Office",
        ),
        (
            "Anna Lindqvist spoke. Anna Lidnqvist left.",
            "Anna Lidnqvist",
            "Anna Lindqvist",
        ),
        // Two are two.
        (
            "The British Red Cross met the Norwegian Red Cross.",
            "Norwegian Red Cross",
            "Norwegian Red Cross",
        ),
        (
            "The Norwegian Defence Ministry met the Swedish Defence Ministry. The Defence Ministry paid.",
            "Defence Ministry",
            "Defence Ministry",
        ),
        (
            "Anna Lindqvist met Maria Lindqvist.",
            "Maria Lindqvist",
            "Maria Lindqvist",
        ),
        (
            "Erik Sandberg called Erik Sundberg.",
            "Erik Sundberg",
            "Erik Sundberg",
        ),
    ]);
}

#[test]
fn bodies_are_named_to_their_end() {
    check(&[
        (
            "The Council on Norwegian-Chilean Relations criticised the ministry.",
            "Council on Norwegian-Chilean Relations",
            "Council on Norwegian-Chilean Relations",
        ),
        ("The Kenyan navy sank a boat.", "Kenyan navy", "Kenyan navy"),
        // What only stands behind a body is no part of its name.
        ("The Council on Monday praised Norway.", "Norway", "Norway"),
    ]);
}

#[test]
fn both_may_stand_in_two_sentences() {
    check(&[
        (
            "Norway fired at ships. Peru closed its ports. Both countries signed a truce.",
            "Both countries",
            "Norway + Peru",
        ),
        (
            "Norway and Peru met. Peru closed its ports. Both countries signed a truce.",
            "Both countries",
            "Norway + Peru",
        ),
        (
            "Norway, Chile and Kenya met. Peru closed its ports. Both countries signed a truce.",
            "Both countries",
            "-",
        ),
        (
            "Norway and Chile met. Peru closed its ports. Both countries signed a truce.",
            "Both countries",
            "-",
        ),
    ]);
}
