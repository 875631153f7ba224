//! Sentences by their words, over SQLite's FTS5.

use super::{Error, Store};

/// A sentence that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The article's path.
    pub path: String,
    /// The article's title.
    pub title: Option<String>,
    /// The article's publication date, EDTF.
    pub published: Option<String>,
    /// First code point of the sentence in the article's text.
    pub start: u32,
    /// One past its last code point.
    pub end: u32,
    /// The sentence.
    pub text: String,
    /// Ids and titles of the events that it tells, in the story's order.
    pub events: Vec<(String, String)>,
}

impl Store {
    /// The sentences that best fit the words, at most `limit` of them.
    ///
    /// All words have to be in a sentence, in any case, order and with any
    /// accents: `treaty signed`. Words in double quotes stand side by side:
    /// `"prime minister"`. A star stands for any ending: `sign*`. A minus leaves
    /// sentences out: `-draft`. `None` where there is no word to look for.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn search(&self, words: &str, limit: usize) -> Result<Option<Vec<Hit>>, Error> {
        let Some(query) = query(words) else {
            return Ok(None);
        };
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let read = || -> rusqlite::Result<Vec<Hit>> {
            let mut hits = Vec::new();
            let mut found = self.db.prepare(
                "SELECT d.path, d.title, d.published, s.start, s.end, s.text, d.number
                   FROM words JOIN sentences s ON s.number = words.rowid
                   JOIN documents d ON d.number = s.article
                  WHERE words MATCH ? ORDER BY bm25(words), d.path, s.start LIMIT ?",
            )?;
            let mut rows = found.query(rusqlite::params![query, limit])?;
            while let Some(row) = rows.next()? {
                let (start, end): (u32, u32) = (row.get(3)?, row.get(4)?);
                let document: i64 = row.get(6)?;
                let events = self
                    .db
                    .prepare_cached(
                        "SELECT DISTINCT e.id, e.title FROM evidence v JOIN events e ON e.number = v.event
                          WHERE v.document = ? AND v.start >= ? AND v.end <= ? ORDER BY e.sort",
                    )?
                    .query_map(rusqlite::params![document, start, end], |r| {
                        Ok((r.get(0)?, r.get(1)?))
                    })?
                    .collect::<rusqlite::Result<_>>()?;
                hits.push(Hit {
                    path: row.get(0)?,
                    title: row.get(1)?,
                    published: row.get(2)?,
                    start,
                    end,
                    text: row.get(5)?,
                    events,
                });
            }
            Ok(hits)
        };
        read().map(Some).map_err(self.told())
    }
}

impl Store {
    /// Whether there are sentences to search. An older Tieline kept none, until a
    /// build reads its articles anew.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn has_sentences(&self) -> Result<bool, Error> {
        self.db
            .query_row("SELECT EXISTS (SELECT 1 FROM sentences)", [], |row| {
                row.get(0)
            })
            .map_err(self.told())
    }
}

/// What FTS5 is asked for. Every word goes between quotation marks, so that
/// nothing that a user types is taken for its operators.
fn query(words: &str) -> Option<String> {
    let (mut with, mut without) = (Vec::new(), Vec::new());
    let mut rest = words.trim_start();
    while !rest.is_empty() {
        let minus = rest.starts_with('-');
        rest = rest.strip_prefix('-').unwrap_or(rest);
        let (term, after) = match rest.strip_prefix('"') {
            Some(phrase) => phrase.split_once('"').unwrap_or((phrase, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        let star = term.ends_with('*') || after.starts_with('*');
        let after = after.strip_prefix('*').unwrap_or(after);
        let plain: String = term
            .chars()
            .map(|c| if c.is_alphanumeric() { c } else { ' ' })
            .collect();
        let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        if !plain.is_empty() {
            let term = format!("\"{plain}\"{}", if star { " *" } else { "" });
            if minus { &mut without } else { &mut with }.push(term);
        }
        rest = after.trim_start();
    }
    if with.is_empty() {
        return None;
    }
    let mut query = with.join(" AND ");
    for term in without {
        query = format!("({query}) NOT {term}");
    }
    Some(query)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_be_operators() {
        let check = |words: &str, expected: Option<&str>| {
            assert_eq!(query(words).as_deref(), expected, "{words}");
        };
        check("treaty signed", Some("\"treaty\" AND \"signed\""));
        check(
            "\"prime minister\" visit*",
            Some("\"prime minister\" AND \"visit\" *"),
        );
        check("treaty -draft", Some("(\"treaty\") NOT \"draft\""));
        check("a OR b", Some("\"a\" AND \"OR\" AND \"b\""));
        check("x'); DROP", Some("\"x\" AND \"DROP\""));
        check("\"unclosed words", Some("\"unclosed words\""));
        check("-", None);
        check("", None);
        check("-only", None);
    }
}
