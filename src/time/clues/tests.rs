//! Small articles and the publication dates that they alone tell, one class of
//! evidence after another, each with cases that must stay open.

use super::*;
use crate::ingest::{Metadata, Source, parse};
use crate::time::{find, publication};

/// The date, with its reason for people.
fn answer(text: &str) -> (String, String) {
    let source = Source {
        file: "a.txt".into(),
        path: "a.txt".to_owned(),
        metadata: Metadata::default(),
    };
    let Ok((article, _)) = parse(&source, text.as_bytes()) else {
        return ("no article".to_owned(), String::new());
    };
    let analysis = crate::language::analyze(&article);
    let times = find(&article, &analysis);
    match publication(&clues(&article, &analysis, &times)) {
        Some((edtf, _, why)) => (edtf.to_string(), why),
        None => ("open".to_owned(), String::new()),
    }
}

/// Checks the date, and that the reason names `why`.
#[track_caller]
fn check(text: &str, date: &str, why: &str) {
    let got = answer(text);
    assert_eq!(got.0, date, "{text}\n{}", got.1);
    assert!(got.1.contains(why), "{}", got.1);
}

#[track_caller]
fn open(text: &str) {
    check(text, "open", "");
}

#[test]
fn weekdays_with_dates_between_bounds() {
    let story = |dates: &str, more: &str| {
        format!(
            "The council of Lund opened the bridge on {dates}. Anna Lindqvist praised the work. \
             {more}"
        )
    };
    check(
        &story(
            "Tuesday, June 23",
            "The old bridge closed in 2012. The harbour line will open in 2016.",
        ),
        "2015-06-23/2015-09-23",
        "only in 2015 was June 23 a Tuesday (from 2012 to 2016)",
    );
    check(
        &story(
            "Tuesday, June 23",
            "Mayor Nils Berg crossed it first on Monday, July 6. The old bridge closed in April 2015.",
        ),
        "2015-07-06/2015-09-23",
        "June 23 a Tuesday and July 6 a Monday",
    );
    // In 2009 and 2015.
    open(&story(
        "Tuesday, June 23",
        "The old bridge closed in 2005. The harbour line will open in 2016.",
    ));
    // No year at all: nothing bounds the years.
    open(&story("Tuesday, June 23", ""));
    // The two cannot be in one year.
    open(&story(
        "Tuesday, June 23",
        "Mayor Nils Berg crossed it first on Tuesday, July 6. The old bridge closed in April 2015.",
    ));
    // A year of long ago says nothing of now.
    open(&story(
        "Tuesday, June 23",
        "The old bridge was built in 1931.",
    ));
    // June 23, 2013 was a Sunday, and no year near fits.
    open(&story(
        "Tuesday, June 23",
        "The old bridge closed in April 2011.",
    ));
}

#[test]
fn two_names_of_one_day() {
    check(
        "The council voted last month, on May 14, 2015, to close the harbour. Nobody spoke against it.",
        "2015-06",
        "the text's “last month” is May 14, 2015",
    );
    check(
        "Nordwind was founded in 1997, 20 years ago. It builds ships in Lund and in Malmo.",
        "2017",
        "20 years ago",
    );
    check(
        "Nordwind earned more in the last quarter, which ended October 31, 2006. The firm builds ships.",
        "2006-11-01/2007-01-31",
        "the last quarter",
    );
    // The year of a business is not the year that it is published in.
    open("Nordwind expects a profit for the year ending June 30, 1990. The firm builds ships.");
    // Two dates, not one.
    open("The council met last month and on May 14, 2015 to close the harbour. Nobody spoke.");
    open("The council met last month. On May 14, 2015, it closed the harbour for good.");
}

#[test]
fn anniversaries_are_weak() {
    let accord = "Twenty years after the 1997 accord, the harbour towns trade more than before.";
    open(&format!("{accord} Anna Lindqvist praised it."));
    check(
        &format!("{accord} The towns are marking the 20th anniversary of the 1997 accord of Lund."),
        "2017",
        "makes it 2017",
    );
    check(
        &format!(
            "{accord} Talks opened on Tuesday, June 20, in Lund. The last talks failed in March 2017."
        ),
        "2017-06-20/2017-09-20",
        "June 20 a Tuesday",
    );
    open(
        "In 2007, ten years after the 1997 accord, and on the 10th anniversary of the 1997 accord, trade rose.",
    );
    open(
        "Next year the towns will mark the 20th anniversary of the 1997 accord. Twenty years after the 1997 accord, they will trade.",
    );
}

#[test]
fn this_years_edition() {
    check(
        "Nordwind shows ships at World Makers Conference 2017\n\nGuests came to this year's Nordwind World \
         Makers Conference in Lund. Anna Lindqvist spoke.",
        "2017",
        "this year's Nordwind World Makers Conference",
    );
    check(
        "Harbour Week 2017 opens in Lund\n\nGuests from ten countries came to this year's Harbour Week in \
         Lund. Anna Lindqvist spoke.",
        "2017",
        "“this year's Harbour Week” is Harbour Week 2017",
    );
    open(
        "Lund opens its harbour\n\nGuests from ten countries came to this year's Harbour Week in Lund. \
         Anna Lindqvist had spoken at Harbour Week 2012.",
    );
    open(
        "Harbour Week 2017 opens in Lund\n\nGuests came to this year's Harbour Week in Lund. Fewer had \
         come to Harbour Week 2015.",
    );
}

#[test]
fn bounds() {
    check(
        "The exhibition opened in Lund on March 3, 2015. It will close on June 30, 2015. Many came.",
        "2015-03-03/2015-06-30",
        "the text says that June 30, 2015 lies ahead",
    );
    // Too far apart to be an answer.
    open(
        "The exhibition opened in Lund on March 3, 2015. It will close on June 30, 2019. Many came.",
    );
    // What was ahead when somebody said so.
    open(
        "The exhibition opened in Lund on March 3, 2015. “It will close on June 30, 2015,” Anna Lindqvist \
         said. Many came.",
    );
    open(
        "The exhibition opened in Lund on March 3, 2015. Anna Lindqvist said that it would close on June \
         30, 2015. Many came.",
    );
    // An election is only a bound.
    open("Nils Berg won the 2016 election. He leads the council of Lund.");
    // A date that cannot be: the paper says 2014, the text looks back at 2016.
    check(
        "LUND, March 3 (Reuters) - The harbour opened again. It closed on May 4, 2014. It will be sold on \
         April 30, 2015, the council says.",
        "2015-03-03/2015-03-04",
        "the dateline says March 3; the text tells of May 4, 2014 as past, and",
    );
}

#[test]
fn captions() {
    check(
        "Lund opens its harbour\n\nAnna Lindqvist at the harbour of Lund, June 26, 2017. (Photo by Reuters)\n\n\
         The harbour of Lund opened again, Anna Lindqvist said on Monday. Many guests came to see it.",
        "2017-06-26",
        "a caption is dated June 26, 2017",
    );
    open(
        "Lund opens its harbour\n\nAnna Lindqvist at the harbour of Lund, June 26, 2017. (Photo by Reuters)\n\n\
         The harbour of Lund opened again, Anna Lindqvist said on Friday. Many guests came to see it.",
    );
}

#[test]
fn datelines() {
    let rest = "The harbour opened again after the storm. Many guests came to see the ships.";
    for (head, date) in [
        ("LUND, Sweden, March 3 (Reuters) —", "XXXX-03"),
        ("LUND, Sweden, March 3, 2015 (Reuters) —", "2015-03-03"),
        ("LUND, 3 March 2015 —", "2015-03-03"),
        ("March 3, 2015 (LUND) —", "2015-03-03"),
        ("(LUND, March 3)", "XXXX-03"),
        ("(LUND, Sweden, March 3, 2015) -", "2015-03-03"),
        ("LUND (March 3, 2015) —", "2015-03-03"),
        ("March 3, 2015 — LUND —", "2015-03-03"),
        ("LUND, Tuesday, March 3 —", "XXXX-03"),
    ] {
        check(&format!("{head} {rest}"), date, "the dateline says");
    }
    // Written in the evening, it may come out the day after, in another month.
    open(&format!("LUND, Sweden, March 31 (Reuters) — {rest}"));
    open(&format!(
        "Lund (March 3 saw rain) and Malmo were dry. {rest}"
    ));
}
