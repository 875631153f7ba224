//! TimelineJS 3: a JSON file of slides. Texts are HTML there, so everything
//! from an article is escaped; addresses are links only where they are plain
//! web addresses.

use super::parts::{self, Part};
use super::{Format, Output};
use crate::render::dates::Shown;
use crate::render::{document_name, html, plain};
use crate::resolve::{Event, Story};
use serde_json::{Map, Value, json};

/// `--format timelinejs`.
pub(super) const FORMAT: Format = Format {
    name: "timelinejs",
    about: "JSON for TimelineJS 3, the timelines of newsrooms",
    loses: "ties, offsets and merge reasons; undated events are a list on the first slide",
    write,
};

fn write(story: &Story) -> Output {
    let mut slides = Vec::new();
    let mut undated = Vec::new();
    for event in &story.events {
        match slide(story, event) {
            Some(slide) => slides.push(slide),
            None => undated.push(event),
        }
    }
    let whole = json!({ "title": title(story, &slides, &undated), "events": slides });
    Output::Text(format!("{whole:#}\n"))
}

/// The first slide; events without a day on the axis are told here, because
/// TimelineJS skips slides without a date and says nothing.
fn title(story: &Story, slides: &[Value], undated: &[&Event]) -> Value {
    let mut text = format!(
        "<p>{} articles, {} events, {} of them without a date that has a year.</p>",
        story.documents.len(),
        slides.len() + undated.len(),
        undated.len()
    );
    if !undated.is_empty() {
        text.push_str("<ul>");
        for event in undated {
            let when = match &event.date {
                Some(_) => format!(" ({})", html(&Shown::of(event.date.as_ref()).label())),
                None => String::new(),
            };
            text.push_str(&format!(
                "<li>{}{when}{}</li>",
                html(&told(event)),
                articles(story, event)
            ));
        }
        text.push_str("</ul>");
    }
    json!({ "text": { "headline": "Timeline", "text": text } })
}

/// A dated event; `None` where its date has no year on either side.
fn slide(story: &Story, event: &Event) -> Option<Value> {
    let date = event.date.as_ref()?;
    let (from, to) = parts::span(date);
    let start = from.or(to)?;
    let shown = Shown::of(Some(date)).label();
    let mut out = Map::new();
    out.insert("start_date".to_owned(), moment(start, Some(&shown)));
    // An end that equals the start would be dropped.
    if let Some(end) = to.filter(|end| *end != start) {
        out.insert("end_date".to_owned(), moment(end, None));
    }
    out.insert("display_date".to_owned(), json!(shown));
    out.insert(
        "text".to_owned(),
        json!({ "headline": html(&told(event)), "text": body(story, event) }),
    );
    out.insert(
        "group".to_owned(),
        json!(html(&plain(&event.kind.replace('_', " ")))),
    );
    // Ids become ids of page elements.
    out.insert("unique_id".to_owned(), json!(parts::percent(&event.id)));
    Some(Value::Object(out))
}

fn moment(part: Part, shown: Option<&str>) -> Value {
    let mut out = Map::new();
    out.insert("year".to_owned(), json!(part.year));
    if let Some(month) = part.month {
        out.insert("month".to_owned(), json!(month));
    }
    if let Some(day) = part.day {
        out.insert("day".to_owned(), json!(day));
    }
    if let Some(shown) = shown {
        out.insert("display_date".to_owned(), json!(shown));
    }
    Value::Object(out)
}

/// The title, with the status where the event did not simply take place.
fn told(event: &Event) -> String {
    let title = parts::headline(event);
    let status = event.status.as_str();
    if status == "occurred" || title.ends_with(&format!("({status})")) {
        title
    } else {
        format!("{title} ({status})")
    }
}

fn body(story: &Story, event: &Event) -> String {
    let mut out = String::new();
    let who: Vec<String> = parts::who(story, event)
        .iter()
        .map(|(name, role)| html(&format!("{name} ({role})")))
        .collect();
    if !who.is_empty() {
        out.push_str(&format!("<p>{}</p>", who.join(", ")));
    }
    if let Some(place) = parts::place(story, event) {
        out.push_str(&format!("<p>Place: {}</p>", html(&place)));
    }
    if let Some(date) = &event.date {
        out.push_str(&format!(
            "<p>Date: {} ({})</p>",
            html(date.edtf.as_str()),
            date.basis.as_str()
        ));
    }
    for evidence in &event.evidence {
        let quote = html(&plain(&evidence.quote.text));
        out.push_str(&format!("<blockquote>{quote}</blockquote>"));
        out.push_str(&format!("<p>{}</p>", article(story, evidence.document)));
    }
    out
}

/// The articles of an event, in brackets.
fn articles(story: &Story, event: &Event) -> String {
    let documents = event.documents().into_iter();
    let names: Vec<String> = documents.map(|d| article(story, d)).collect();
    if names.is_empty() {
        String::new()
    } else {
        format!(" [{}]", names.join("; "))
    }
}

fn article(story: &Story, index: usize) -> String {
    let Some(document) = story.documents.get(index) else {
        return document_name(index);
    };
    let name = html(&parts::title(document));
    match parts::link(document) {
        Some(url) => format!("<a href=\"{}\">{name}</a>", html(url)),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::hostile;
    use crate::render::sample;

    fn check(story: &Story) -> String {
        let text = hostile::text(write(story));
        let whole: Value = serde_json::from_str(&text).expect("JSON");
        let slides = whole["events"].as_array().expect("a list");
        let listed = whole["title"]["text"]["text"].as_str().expect("a text");
        assert_eq!(
            slides.len() + listed.matches("<li>").count(),
            story.events.len()
        );
        for slide in slides {
            assert!(slide["start_date"]["year"].is_i64());
        }
        text
    }

    #[test]
    fn the_sample() {
        insta::assert_snapshot!(check(&sample::story()));
    }

    #[test]
    fn hostile_text_is_no_markup() {
        let text = check(&hostile::story());
        assert!(!text.contains("<img") && !text.contains("</script") && !text.contains("href"));
        // Control characters are gone; a backslash of the article is doubled.
        assert!(!text.replace("\\\\", "").contains("\\u00"));
    }

    #[test]
    fn an_empty_story() {
        check(&Story::default());
    }
}
