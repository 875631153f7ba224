//! The page: one HTML file with everything in it, to be read from the disk and
//! without a network. The table of events, the actors and the articles are
//! plain HTML, so that the page can be read and printed without its script; the
//! script draws, filters and answers from the JSON that the page carries.
//!
//! Looks only; writes to no file.

mod data;
mod html;
mod pack;
mod picture;

use crate::resolve::Story;
use sha2::{Digest, Sha256};

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
/// The script, in the order in which its parts need each other. The parts share
/// one scope.
const SCRIPT: [&str; 5] = [
    include_str!("data.js"),
    include_str!("picture.js"),
    include_str!("panel.js"),
    include_str!("files.js"),
    include_str!("page.js"),
];

/// What runs before the page is read: a long table is not laid out while it is
/// still growing. Without scripts nothing hides it.
const EARLY: &str = "document.documentElement.classList.add(\"loading\");";

/// Writes the page. The same story gives the same bytes.
pub fn write(story: &Story) -> String {
    let script = script();
    let look = data::look(story);
    let fields = [
        ("policy", policy(&script)),
        ("title", html::escape(&look.title)),
        ("counts", html::counts(story)),
        ("style", STYLE.to_owned()),
        ("early", EARLY.to_owned()),
        ("events", html::events(story)),
        ("actors", html::actors(story, &look)),
        ("articles", html::articles(story)),
        ("data", data::embedded(story, &look)),
        ("script", script),
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
    ];
    fill(TEMPLATE, &fields)
}

fn script() -> String {
    format!("\"use strict\";(()=>{{\n{}}})();", SCRIPT.concat())
}

/// The content security policy: nothing but these scripts and this style may run
/// or apply, and nothing may be fetched.
fn policy(script: &str) -> String {
    format!(
        "default-src 'none'; script-src 'sha256-{}' 'sha256-{}'; style-src 'sha256-{}'; img-src data:; \
         base-uri 'none'; form-action 'none'",
        base64(&Sha256::digest(EARLY)),
        base64(&Sha256::digest(script)),
        base64(&Sha256::digest(STYLE)),
    )
}

/// Puts the fields into the template in one pass, so that what an article says
/// is never taken for a field.
fn fill(template: &str, fields: &[(&str, String)]) -> String {
    let room: usize = fields.iter().map(|(_, text)| text.len()).sum();
    let mut out = String::with_capacity(template.len() + room);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        if let Some((_, text)) = fields.iter().find(|(n, _)| *n == name) {
            out.push_str(text);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Base64 with padding (RFC 4648).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * i)) as usize & 63];
            out.push(if i <= chunk.len() { digit.into() } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests;
