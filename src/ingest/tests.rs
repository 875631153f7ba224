//! Whole files in, blocks out.

use super::*;
use proptest::prelude::*;

fn source(path: &str) -> Source {
    Source {
        file: PathBuf::from(path),
        path: path.to_owned(),
        metadata: Metadata::default(),
    }
}

/// Title and outlet, then one line a block: its kind and words.
fn blocks(path: &str, text: &str) -> String {
    let (article, notes) = match parse(&source(path), text.as_bytes()) {
        Ok(parsed) => parsed,
        Err(problem) => return format!("! {}", problem.message),
    };
    let mut out = format!(
        "{} / {}\n",
        article.title.as_deref().unwrap_or("-"),
        article.source.as_deref().unwrap_or("-")
    );
    for block in &article.blocks {
        let words = block
            .span
            .of(&article.text)
            .replace('\n', "⏎")
            .replace('\r', "");
        out += &format!("{}: {words}\n", block.kind.as_str());
    }
    for note in notes {
        out += &format!("! {}: {}\n", note.line.unwrap_or(0), note.message);
    }
    out
}

#[track_caller]
fn check(text: &str, expected: &str) {
    check_file("a.txt", text, expected);
}

#[track_caller]
fn check_file(path: &str, text: &str, expected: &str) {
    let expected: Vec<&str> = expected
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    let found = blocks(path, text);
    let found: Vec<&str> = found.lines().collect();
    assert_eq!(found, expected);
}

const LEAD: &str = "The harbour of Lund was closed on Monday after a storm sank two boats.";
const MORE: &str = "Mayor Ida Moss met the fishermen and promised them help.";

#[test]
fn head_of_a_web_page() {
    check(
        &format!(
            "World\n\nStorm Closes Harbour Of Lund\n\nIda Moss\n\nExample News Service logo\nIda Moss Harbour Reporter\nFont Size:\n\n{LEAD}\n\n{MORE}\n\nFollow Ida Moss on Twitter\n\nSend tips to desk@example.org."
        ),
        &format!(
            "Storm Closes Harbour Of Lund / Example News Service
            furniture: World
            headline: Storm Closes Harbour Of Lund
            byline: Ida Moss
            furniture: Example News Service logo
            byline: Ida Moss Harbour Reporter
            furniture: Font Size:
            body: {LEAD}
            body: {MORE}
            furniture: Follow Ida Moss on Twitter
            furniture: Send tips to desk@example.org."
        ),
    );
}

#[test]
fn headline_date_lead() {
    check(
        &format!("Storm closes harbour of Lund\n\nMonday, May 18, 2015\n\n{LEAD}\n\n{MORE}\n"),
        &format!(
            "Storm closes harbour of Lund / -
            headline: Storm closes harbour of Lund
            date: Monday, May 18, 2015
            body: {LEAD}
            body: {MORE}"
        ),
    );
}

#[test]
fn lead_without_a_headline() {
    check(
        &format!("{LEAD}\n\n{MORE}"),
        &format!("- / -\nbody: {LEAD}\nbody: {MORE}"),
    );
}

#[test]
fn one_sentence() {
    check(LEAD, &format!("- / -\nbody: {LEAD}"));
    check("Storm closes harbour", "- / -\nbody: Storm closes harbour");
}

#[test]
fn bylines() {
    for byline in [
        "By Ida Moss",
        "BY IDA MOSS",
        "By Ida Moss and Abe van Lin, Staff Writers",
        "Ida Moss | Senior Reporter",
        "Ida Moss, Reuters",
        "By Ida Moss in Oslo",
        "Written by Ida Moss",
    ] {
        let text = format!("Storm closes harbour of Lund\n{byline}\n\n{LEAD}");
        assert!(
            blocks("a.txt", &text).contains(&format!("byline: {byline}\n")),
            "{byline}"
        );
    }
    check(
        &format!("Storm closes harbour of Lund\n\n{LEAD}\n\nBy: Lund Daily Staff"),
        &format!(
            "Storm closes harbour of Lund / Lund Daily
            headline: Storm closes harbour of Lund
            body: {LEAD}
            byline: By: Lund Daily Staff"
        ),
    );
}

#[test]
fn no_bylines() {
    for line in [
        "By Monday the two boats had been lifted from the harbour again.",
        "By the time the mayor came, the fishermen had left.",
        "Written by hand, the note blamed the mayor for the loss.",
    ] {
        let text = format!("{LEAD}\n\n{line}\n\n{MORE}");
        assert!(
            blocks("a.txt", &text).contains(&format!("body: {line}\n")),
            "{line}"
        );
    }
}

#[test]
fn datelines_are_split_off() {
    check(
        &format!("Storm closes harbour\n\nLUND, Sweden (AP) — {LEAD}\n\n{MORE}"),
        &format!(
            "Storm closes harbour / Associated Press
            headline: Storm closes harbour
            dateline: LUND, Sweden (AP) —
            body: {LEAD}
            body: {MORE}"
        ),
    );
    check(
        &format!("LUND, March 3 (Reuters) -\n\n{LEAD}"),
        &format!("- / Reuters\ndateline: LUND, March 3 (Reuters) -\nbody: {LEAD}"),
    );
}

#[test]
fn captions_and_credits() {
    check(
        &format!(
            "Storm closes harbour of Lund\n\nMayor Ida Moss speaks at the harbour, May 18, 2015. (Photo by Example Press)\n\n{LEAD}\n{MORE}"
        ),
        &format!(
            "Storm closes harbour of Lund / -
            headline: Storm closes harbour of Lund
            caption: Mayor Ida Moss speaks at the harbour, May 18, 2015.
            credit: (Photo by Example Press)
            body: {LEAD}
            body: {MORE}"
        ),
    );
    check(
        &format!("(Ida Moss/AFP)\nThe mayor at the harbour\n\n{LEAD}"),
        &format!("- / -\ncredit: (Ida Moss/AFP)\ncaption: The mayor at the harbour\nbody: {LEAD}"),
    );
    check(
        &format!("{LEAD}\n\nMayor Moss (left) and a fisherman\n\nImage: Town of Lund.\n\n{MORE}"),
        &format!(
            "- / -
            body: {LEAD}
            caption: Mayor Moss (left) and a fisherman
            credit: Image: Town of Lund.
            body: {MORE}"
        ),
    );
}

#[test]
fn a_sentence_above_the_label_of_a_picture() {
    check(
        &format!(
            "{LEAD}\n\nMayor Ida Moss with the minister in Lund on May 3, 2015.\n\nImage: Town of Lund.\n\n{MORE}"
        ),
        &format!(
            "- / -
            body: {LEAD}
            caption: Mayor Ida Moss with the minister in Lund on May 3, 2015.
            credit: Image: Town of Lund.
            body: {MORE}"
        ),
    );
    check(
        &format!("{LEAD}\n\n(Photo by Abe Fox)\n\n{MORE}"),
        &format!("- / -\nbody: {LEAD}\ncredit: (Photo by Abe Fox)\nbody: {MORE}"),
    );
}

#[test]
fn marked_captions() {
    check(
        &format!(
            "FILE PHOTO: Ida Moss at the harbour in 2014. (AP Photo/Abe Fox)\n\nImage caption Boats on the shore\n\n{LEAD}\n\nThe mayor in Lund. Credit Abe Fox/Example Press\n\n{MORE}"
        ),
        &format!(
            "- / -
            furniture: FILE PHOTO:
            caption: Ida Moss at the harbour in 2014.
            credit: (AP Photo/Abe Fox)
            furniture: Image caption
            caption: Boats on the shore
            body: {LEAD}
            caption: The mayor in Lund.
            credit: Credit Abe Fox/Example Press
            body: {MORE}"
        ),
    );
    let line = "The bank gave the town credit lines of a year.";
    let text = format!("{LEAD}\n\n{line}\n\n{MORE}");
    assert!(blocks("a.txt", &text).contains(&format!("body: {line}\n")));
}

#[test]
fn menus_behind_the_text() {
    check(
        &format!(
            "Storm closes harbour of Lund\n\nIda Moss in Oslo\nMay 18, 2015 / 10:12 AM / a year ago\n\n{LEAD}\n\n{MORE}\n\nRelated Topics\nStorms\nThe storm of 1999 in pictures\n3 May 2014"
        ),
        &format!(
            "Storm closes harbour of Lund / -
            headline: Storm closes harbour of Lund
            byline: Ida Moss in Oslo
            date: May 18, 2015 / 10:12 AM / a year ago
            body: {LEAD}
            body: {MORE}
            furniture: Related Topics
            furniture: Storms
            furniture: The storm of 1999 in pictures
            furniture: 3 May 2014"
        ),
    );
}

#[test]
fn a_caption_that_stands_twice() {
    check(
        &format!(
            "{LEAD}\n\nMayor of Lund Ida Moss. Photo: Town of Lund.\nMayor of Lund Ida Moss. Photo: Town of Lund.\n\n{MORE}"
        ),
        &format!(
            "- / -
            body: {LEAD}
            caption: Mayor of Lund Ida Moss.
            credit: Photo: Town of Lund.
            furniture: Mayor of Lund Ida Moss. Photo: Town of Lund.
            body: {MORE}"
        ),
    );
}

#[test]
fn cross_heads_and_tables() {
    check(
        &format!(
            "{LEAD}\n\nHelp from Oslo\n\n{MORE}\n\nBoats lost: 2\nPeople hurt: 4\nHouses hit: 11\nDead: 0"
        ),
        &format!(
            "- / -
            body: {LEAD}
            headline: Help from Oslo
            body: {MORE}
            body: Boats lost: 2
            body: People hurt: 4
            body: Houses hit: 11
            body: Dead: 0"
        ),
    );
}

#[test]
fn menus_are_furniture() {
    check(
        &format!(
            "Home\nWorld\nSport\nWeather\nMoney\n\nStorm closes harbour of Lund\n\n{LEAD}\n\nLocal news\nBusiness\nFood and wine\nJobs"
        ),
        &format!(
            "Storm closes harbour of Lund / -
            furniture: Home
            furniture: World
            furniture: Sport
            furniture: Weather
            furniture: Money
            headline: Storm closes harbour of Lund
            body: {LEAD}
            furniture: Local news
            furniture: Business
            furniture: Food and wine
            furniture: Jobs"
        ),
    );
}

#[test]
fn notices_name_the_outlet() {
    check(
        &format!(
            "{LEAD}\n\nRead more: The storm of 1999\n\nhttps://example.org/storm\n\n© 2015 The Lund Post. All rights reserved."
        ),
        &format!(
            "- / Lund Post
            body: {LEAD}
            furniture: Read more: The storm of 1999
            furniture: https://example.org/storm
            furniture: © 2015 The Lund Post. All rights reserved."
        ),
    );
}

#[test]
fn hard_wrapped_text() {
    check(
        "Storm closes harbour of Lund\nBy Ida Moss\n\nThe harbour of Lund was closed on Monday after a storm sank two\nboats, and the mayor promised help to the fishermen, who have\nlost their living.\n  The storm came from the north and was the worst in twenty\nyears, the weather office said.",
        "Storm closes harbour of Lund / -
            headline: Storm closes harbour of Lund
            byline: By Ida Moss
            body: The harbour of Lund was closed on Monday after a storm sank two⏎boats, and the mayor promised help to the fishermen, who have⏎lost their living.
            body: The storm came from the north and was the worst in twenty⏎years, the weather office said.",
    );
}

#[test]
fn windows_line_ends() {
    check(
        &format!("Storm closes harbour of Lund\r\n\r\n{LEAD}\r\n{MORE}\r\n"),
        &format!(
            "Storm closes harbour of Lund / -
            headline: Storm closes harbour of Lund
            body: {LEAD}
            body: {MORE}"
        ),
    );
}

#[test]
fn lists_lose_their_marks() {
    check(
        &format!("{LEAD}\n\n• two boats sank\n- a roof fell in\n\n{MORE}"),
        &format!("- / -\nbody: {LEAD}\nbody: two boats sank\nbody: a roof fell in\nbody: {MORE}"),
    );
}

#[test]
fn markdown() {
    check_file(
        "a.md",
        &format!(
            "---\ntitle: Storm\ndate: 2015-05-18\n---\n# Storm closes harbour\n\n![boat](a.png)\n\n{LEAD}\n\n## Help\n\n{MORE}\n\n***\n"
        ),
        &format!(
            "Storm / -
            headline: Storm closes harbour
            furniture: ![boat](a.png)
            body: {LEAD}
            headline: Help
            body: {MORE}
            furniture: ***"
        ),
    );
}

#[test]
fn odd_white_space() {
    check(
        &format!(
            "\u{feff}\u{200b}Storm closes\u{a0}harbour of Lund \t\n\u{a0}\n\u{a0}{LEAD}\u{a0}"
        ),
        &format!(
            "Storm closes harbour of Lund / -
            headline: Storm closes\u{a0}harbour of Lund
            body: {LEAD}"
        ),
    );
}

#[test]
fn no_text() {
    check(" \n\u{a0}\r\n", "! there is no text in this file");
    check("", "! there is no text in this file");
    check("---\ntitle: A\n---\n", "! there is no text in this file");
    check(
        "<!DOCTYPE html><p>a",
        "! no article was found in this web page",
    );
}

#[test]
fn huge_paragraphs_are_not_read() {
    let text = format!("{LEAD}\n\n{}\n\n{MORE}", "ab ".repeat(400_000));
    let (article, notes) = parse(&source("a.txt"), text.as_bytes()).expect("text");
    let kinds: Vec<_> = article.blocks.iter().map(|b| b.kind).collect();
    assert_eq!(
        kinds,
        [BlockKind::Body, BlockKind::Furniture, BlockKind::Body]
    );
    assert_eq!(notes[0].line, Some(3));
}

#[test]
fn many_lines_take_linear_time() {
    for line in [
        "a\n",
        "a b\n\n",
        "By Al Lo\n",
        "(AP)\n",
        ".\n",
        "- \n",
        "Photo: a\n",
        "A — \n",
        "A b c d\n",
        "Related\n",
        "Comments\n\n",
        "OSLO (AP) -- A b c d e f g.\n",
        "ab-\ncd",
        "Ã¼",
        "&amp;",
    ] {
        let text = line.repeat(210_000 / line.len());
        let (article, _) = parse(&source("a.txt"), text.as_bytes()).expect("text");
        assert!(article.blocks.len() <= 100_002);
    }
}

#[test]
fn ids_follow_path_and_text() {
    let id = |path: &str, text: &str| parse(&source(path), text.as_bytes()).expect("text").0.id;
    assert_eq!(id("a.txt", LEAD), id("a.txt", LEAD));
    assert_ne!(id("a.txt", LEAD), id("b.txt", LEAD));
    assert_ne!(id("a.txt", LEAD), id("a.txt", MORE));
    let id = id("a.txt", LEAD);
    assert!(
        id.len() == 11 && id.starts_with('d') && id[1..].bytes().all(|b| b.is_ascii_hexdigit())
    );
}

fn is_sound(article: &Article) {
    let mut at = 0;
    for block in &article.blocks {
        let (start, end) = (block.span.start as usize, block.span.end as usize);
        assert!(start >= at && end > start);
        let words = article.text.get(start..end).expect("character boundaries");
        assert_eq!(words, words.trim());
        at = end;
    }
}

proptest! {
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok((article, _)) = parse(&source("a.md"), &bytes) {
            is_sound(&article);
        }
    }

    #[test]
    fn any_lines(
        lines in prop::collection::vec(
            prop::sample::select(vec![
                "", "", LEAD, MORE, "By Ida Moss", "(Photo by X)", "Photo: X", "A b (Photo: x)", "Home", "OSLO — ",
                "OSLO (AP) _", "May 5, 2015", "# H", "---", "title: a", "- ", "•", "...", "é", "\u{feff}", "\r", "  x",
                "Storm closes harbour", "© 2015 X", "(AP)", "By: Staff",
                "By Ida Moss\u{a0}OSLO,\u{3000}Mar 3\u{a0}(AP) -- The end", "LEAVE A REPLY", "Reply", "UPDATE 2-Storm", "É (Reporting by X)", "Related", "*a*", "_",
                "**OSLO** — The two met again on Monday", "Image: É. A", "gov-", "ernment fell", "Ida Moss is a reporter", "(OSLO) - ", "MAR 3 — May 5 — A", "“", "a: b", "\u{a0}", "İ(photo: x)", "A. image: ẞ",
            ]),
            0..14,
        ),
        end in prop::sample::select(vec!["\n", "\r\n", "\n\n", "\r"]),
    ) {
        for path in ["a.txt", "a.md"] {
            if let Ok((article, _)) = parse(&source(path), lines.join(end).as_bytes()) {
                is_sound(&article);
            }
        }
    }
}
