//! What the pictures of all layouts have around what they show: title, legend,
//! list of articles, size. Pure.

use super::choose::Options;
use super::place::{MARGIN, TEXT_LINE, legend_lines, title_lines};
use super::sides::Sides;
use super::{boxes, legend, plain};
use crate::resolve::Story;

/// What stands around a picture. All text in it is [`plain`]; lengths are pixels.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The title.
    pub title: String,
    /// The legend, in paragraphs.
    pub legend: Vec<String>,
    /// The articles behind the picture: `D1` and a title.
    pub articles: Vec<(String, String)>,
    /// Where the list of articles begins.
    pub articles_top: f64,
    /// Width of the picture.
    pub width: f64,
    /// Height of the picture.
    pub height: f64,
    /// What was left out, in plain words, for stderr.
    pub left_out: Option<String>,
    /// The page that events link into.
    pub page: Option<String>,
}

impl Sheet {
    /// The title and the articles of a picture of these events, without a legend
    /// and without a size.
    pub(super) fn new(
        story: &Story,
        events: &[usize],
        options: &Options,
        sides: &Sides,
        left_out: Option<String>,
    ) -> Sheet {
        Sheet {
            title: match &options.title {
                Some(title) => plain(title),
                None => legend::title(story, events, sides),
            },
            articles: boxes::articles(story, events, options.events.is_some()),
            left_out,
            page: options.page.clone(),
            ..Sheet::default()
        }
    }

    /// The bottom of title and legend in a picture of this width.
    pub(super) fn header_bottom(&self) -> f64 {
        let title = title_lines(&self.title, self.width).len() as f64 * 27.0;
        let legend = legend_lines(&self.legend, self.width).len() as f64 * TEXT_LINE;
        MARGIN + (title + legend)
    }

    /// Puts the articles so far below the picture's bottom, and ends the sheet.
    pub(super) fn end(&mut self, bottom: f64, gap: f64) {
        self.articles_top = bottom + gap;
        let articles = self.articles.len() as f64 * TEXT_LINE;
        self.height = if articles > 0.0 {
            self.articles_top + articles + MARGIN
        } else {
            bottom + MARGIN
        };
    }
}
