//! Who acts and whom it concerns, sentence by sentence: `acts.toml`.

use super::tests::read;
use crate::ontology::types::EventTypes;

/// Roles of those who act, or stand side by side.
fn acts(role: &str) -> bool {
    matches!(
        role,
        "demander"
            | "threatener"
            | "attacker"
            | "conceder"
            | "coercer"
            | "sanctioner"
            | "investigator"
            | "supporter"
            | "protester"
            | "rejecter"
            | "accuser"
            | "party"
            | "giver"
            | "force"
            | "signatory"
    )
}

/// Whether an event of the type has these two on their sides. "-" fits anybody.
fn holds(text: &str, kind: &str, source: &str, target: &str) -> bool {
    let report = read(text);
    let is = |actor: u32, name: &str| {
        let actor = &report.actors[actor as usize];
        actor.names.iter().any(|n| n == name) || actor.country.as_deref() == Some(name)
    };
    report.events.iter().filter(|e| e.kind == kind).any(|e| {
        let mut people = e.participants.iter();
        let from = source == "-" || people.any(|p| acts(&p.role) && is(p.actor, source));
        let to = target == "-"
            || e.place.is_some_and(|p| is(p, target))
            || e.participants.iter().any(|p| {
                (!acts(&p.role) || p.role == "party") && p.role != "topic" && is(p.actor, target)
            });
        from && to
    })
}

fn check(section: &str, wanted: bool) {
    let list: toml::Table = include_str!("acts.toml").parse().expect("a TOML file");
    let cases = list[section].as_str().expect("a text");
    let mut failures = String::new();
    for line in cases.lines().filter(|l| !l.is_empty()) {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let (source, target) = fields[1].split_once(" > ").expect("two sides");
        assert!(EventTypes::builtin().get(fields[0]).is_some(), "{line}");
        if holds(fields[2], fields[0], source, target) != wanted {
            failures += &format!("{line}\n");
            let report = read(fields[2]);
            for e in &report.events {
                let who: Vec<String> = e
                    .participants
                    .iter()
                    .map(|p| format!("{}: {}", p.role, report.actors[p.actor as usize].name))
                    .collect();
                failures += &format!("    {} {who:?}\n", e.kind);
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn who_shall_do_what_is_demanded() {
    check("addressee", true);
}

#[test]
fn whom_a_threat_strikes() {
    check("threatened", true);
}

#[test]
fn whom_a_deed_strikes_deeper_down() {
    check("inner", true);
}

#[test]
fn rebels_are_not_their_country() {
    check("unofficial", true);
}

#[test]
fn soldiers_and_officials_act_for_their_state() {
    check("envoys", true);
}

#[test]
fn crowds_and_against_whom_they_stand() {
    check("crowds", true);
}

#[test]
fn who_will_not_do_it_refuses() {
    check("refusals", true);
}

#[test]
fn nobody_is_struck_who_is_only_mentioned() {
    check("nobody", false);
}
