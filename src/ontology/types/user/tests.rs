use super::*;

/// A file that says everything right, to be spoilt.
const COURT: &str = r#"
off = ["protest"]

[[type]]
key = "sentence"
plover = "COERCE"
cameo = "173"
title = "{court} sentences {convict}"
verb = "sentences"
once = true
related = ["coerce"]
yes = ["The court sentenced Omar Haddad to three years in prison."]
no = ["The first sentence of the novel is long."]

[[type.frame]]
verbs = ["sentence"]
slots = { subject = "court", object = "convict" }
need = ["object"]
actors = { object = ["person", "organization"] }
"#;

fn with(text: &str) -> Result<EventTypes, Vec<TypesProblem>> {
    EventTypes::with_files(&[("court.toml".to_owned(), text.to_owned())])
}

/// Checks what is said of the file with `old` replaced by `new`: the first
/// problem and what to do.
#[track_caller]
fn check(old: &str, new: &str, problem: &str, hint: &str) {
    assert!(old.is_empty() || COURT.contains(old), "{old}");
    let text = if old.is_empty() {
        format!("{new}\n{COURT}")
    } else {
        COURT.replacen(old, new, 1)
    };
    let problems = with(&text).expect_err(new);
    assert!(
        problems[0].to_string().starts_with(problem),
        "{}",
        problems[0]
    );
    assert!(problems[0].hint.contains(hint), "{}", problems[0].hint);
}

#[test]
fn a_file_adds_a_type_and_switches_one_off() {
    let types = with(COURT).expect("a good file");
    let builtin = EventTypes::builtin();
    assert_eq!(types.types.len(), builtin.types.len());
    assert!(types.get("sentence").is_some() && types.get("protest").is_none());
    assert!(!types.verb("sentence").is_empty());
    assert_eq!(types.own().count(), 1);
    assert!(types.digest != 0 && builtin.digest == 0);
    // Every reference still points at the frame that it came from.
    for (kind, t) in types.types.iter().enumerate() {
        for (frame, f) in t.frames.iter().enumerate() {
            let at = super::super::FrameRef { kind, frame };
            assert!(f.verbs.iter().all(|v| types.verb(v).contains(&at)));
        }
    }
}

#[test]
fn a_built_in_type_is_extended_or_replaced() {
    let extended = with(
        "[[type]]\nkey = \"meet\"\nmode = \"extend\"\n[[type.frame]]\nverbs = [\"parley\"]\n\
         slots = { subject = \"participant\", with = \"participant\" }\n",
    )
    .expect("a good file");
    let (old, new) = (
        EventTypes::builtin().get("meet").expect("meet"),
        extended.get("meet").expect("meet"),
    );
    assert_eq!(new.frames.len(), old.frames.len() + 1);
    assert!(!extended.is_own(extended.verb("meet")[0]));
    assert!(extended.is_own(extended.verb("parley")[0]));
    assert_eq!(new.title, old.title);

    let replaced = with(&COURT.replace("key = \"sentence\"", "key = \"meet\"\nmode = \"replace\""))
        .expect("a good file");
    assert_eq!(replaced.get("meet").expect("meet").frames.len(), 1);
    assert_eq!(replaced.get("meet").expect("meet").verb, "sentences");
}

#[test]
fn a_problem_names_file_type_and_field() {
    check("", "types = 1", "court.toml: `types`", "[[type]]");
    check(
        "key = \"sentence\"",
        "key = ",
        "court.toml: TOML parse error",
        "TOML",
    );
    check(
        "key = \"sentence\"\n",
        "",
        "court.toml: type 1: it has no `key`",
        "key =",
    );
    check(
        "key = \"sentence\"",
        "key = \"To Sentence\"",
        "court.toml: type 1, `key`",
        "lower-case",
    );
    check(
        "key = \"sentence\"",
        "key = \"coerce\"",
        "court.toml: type `coerce`: there is a type of this name",
        "mode = \"replace\"",
    );
    check(
        "once = true",
        "mode = \"extend\"",
        "court.toml: type `sentence`, `mode`: there is no type",
        "leave out `mode`",
    );
    check(
        "once = true",
        "once = 3",
        "court.toml: type `sentence`, `once`",
        "docs/ontology.md",
    );
    check(
        "related = [",
        "relatd = [",
        "court.toml: type `sentence`, `relatd`: there is no such key",
        "did you mean `related`?",
    );
    check(
        "related = [\"coerce\"]",
        "related = [\"coerse\"]",
        "court.toml: type `sentence`, `related`: there is no type `coerse`",
        "did you mean `coerce`?",
    );
    check(
        "plover = \"COERCE\"",
        "plover = \"COERSE\"",
        "court.toml: type `sentence`, `plover`",
        "did you mean `COERCE`?",
    );
    check(
        "\"173\"",
        "\"17x\"",
        "court.toml: type `sentence`, `cameo`",
        "\"173\"",
    );
    check(
        "{convict}",
        "{victim}",
        "court.toml: type `sentence`, `title`: no slot gives the role `victim`",
        "convict, court",
    );
    check(
        "verb = \"sentences\"\n",
        "",
        "court.toml: type `sentence`: it has no `verb`",
        "verb =",
    );
    check(
        "[\"protest\"]",
        "[\"protst\"]",
        "court.toml: `off`",
        "did you mean `protest`?",
    );
}

#[test]
fn a_problem_of_a_frame_names_the_frame() {
    check(
        "verbs = [\"sentence\"]\n",
        "",
        "court.toml: type `sentence`, frame 1: it has no trigger",
        "verbs",
    );
    check(
        "verbs = [\"sentence\"]",
        "verb = [\"sentence\"]",
        "court.toml: type `sentence`, frame 1, `verb`: there is no such key",
        "did you mean `verbs`?",
    );
    check(
        "verbs = [\"sentence\"]",
        "verbs = [\"hand down\"]",
        "court.toml: type `sentence`, frame 1, `verbs`",
        "phrases",
    );
    check(
        "verbs = [\"sentence\"]",
        "verbs = [\"*\"]",
        "court.toml: type `sentence`, frame 1, `verbs`",
        "dictionary",
    );
    check(
        "need = [\"object\"]",
        "need = [\"by|object\"]",
        "court.toml: type `sentence`, frame 1, `need`: the slot `by` has no role",
        "slots = { by",
    );
    check(
        "[\"person\", \"organization\"]",
        "[\"persn\"]",
        "court.toml: type `sentence`, frame 1, `actors`",
        "docs/ontology.md",
    );
    check(
        "[[type.frame]]",
        "[type.frame]",
        "court.toml: type `sentence`, `frame`",
        "double brackets",
    );
}

#[test]
fn a_file_without_types_is_a_mistake() {
    for empty in ["", "# nothing\n"] {
        let problems = with(empty).expect_err("no types");
        assert_eq!(problems[0].message, "there is no type in this file");
    }
    assert!(with("off = [\"vote\"]").is_ok());
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,80}", line in 0..20_usize) {
        let _ = with(&text);
        let mut lines: Vec<&str> = COURT.lines().collect();
        let at = line.min(lines.len() - 1);
        lines[at] = &text;
        let _ = with(&lines.join("\n"));
    }
}
