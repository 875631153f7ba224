//! The page, as a format: the looks are [`crate::render::page`]'s.

use super::{Format, Output};
use crate::render::page;

/// `--format html`.
pub(super) const FORMAT: Format = Format {
    name: "html",
    about: "a page to read, search and print: any browser, without a network",
    loses: "",
    write: |story| Output::Text(page::write(story)),
};
