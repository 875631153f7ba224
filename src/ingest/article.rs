//! What reading a file gives.

use crate::text::Span;
use serde::{Deserialize, Serialize};

/// One article as read, before any analysis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Derived from path and text; the same for the same file in every run.
    pub id: String,
    /// Path below the folder that was given to `build`, with `/` everywhere.
    pub path: String,
    /// From metadata, else the headline that the text prints.
    pub title: Option<String>,
    /// The outlet, from metadata or from the text.
    pub source: Option<String>,
    /// From metadata.
    pub url: Option<String>,
    /// A publication date that metadata or the user gives.
    pub published: Option<GivenDate>,
    /// Where title, outlet (`source`), date (`published`), address (`url`) and
    /// text were taken from: the field, and words for people. In this order of
    /// finding; what is not known is left out.
    pub origins: Vec<(String, String)>,
    /// The text that every offset points into: the file decoded to Unicode,
    /// without front matter, otherwise as it is. Only where a program broke it
    /// on the way it is mended first: letters read in the wrong encoding,
    /// escapes of HTML, words cut at a line's end.
    pub text: String,
    /// The text's blocks in order; they do not overlap, and leave out blank
    /// lines.
    pub blocks: Vec<Block>,
}

impl Article {
    /// A text of one block that comes from no file: a sentence to be tried, an
    /// example.
    pub fn of_block(text: &str, kind: BlockKind) -> Article {
        Article {
            id: "0".to_owned(),
            path: "example.txt".to_owned(),
            title: None,
            source: None,
            url: None,
            published: None,
            origins: Vec::new(),
            text: text.to_owned(),
            blocks: vec![Block {
                kind,
                span: Span::new(0, text.len()),
            }],
        }
    }
}

/// A publication date from outside the article's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenDate {
    /// EDTF: a day, a month, a year.
    pub edtf: String,
    /// Who gave it, for people: "front matter", "metadata.jsonl", "--date".
    pub from: String,
}

/// A stretch of the text with one purpose: a headline, a paragraph, a caption.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What the block is for.
    pub kind: BlockKind,
    /// Where it stands, without the white space around it. A hard-wrapped
    /// paragraph is one block with line breaks inside.
    pub span: Span,
}

/// What a block of an article is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// The title, and cross-heads inside the text.
    Headline,
    /// Who wrote it: "By Jane Doe", a reporter's name and beat.
    Byline,
    /// A date on a line of its own.
    Date,
    /// The place, agency and date that open the first paragraph:
    /// "GENEVA (AP) —". The paragraph's own block starts after it.
    Dateline,
    /// The words under a picture. Read like body text.
    Caption,
    /// The credit of a picture: "(Photo by Reuters)", "Image: Home Office."
    Credit,
    /// Menus, share bars, "Follow X on Twitter", notices: kept out of
    /// extraction.
    Furniture,
    /// The running text.
    Body,
}

impl BlockKind {
    /// Whether events are read from blocks of this kind.
    pub fn is_read(self) -> bool {
        matches!(
            self,
            BlockKind::Headline | BlockKind::Caption | BlockKind::Body
        )
    }

    /// The word for it in `analyze`.
    pub fn as_str(self) -> &'static str {
        match self {
            BlockKind::Headline => "headline",
            BlockKind::Byline => "byline",
            BlockKind::Date => "date",
            BlockKind::Dateline => "dateline",
            BlockKind::Caption => "caption",
            BlockKind::Credit => "credit",
            BlockKind::Furniture => "furniture",
            BlockKind::Body => "body",
        }
    }
}

/// Something that went wrong with one input and did not stop the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, as the user named it.
    pub path: String,
    /// The line, counted from 1, where one is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}
