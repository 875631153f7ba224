//! From the SVG of a picture to a PNG file, with the fonts of the system where
//! they are needed.

use super::error::Error;
use super::io::Io;
use crate::render::{count, png};

/// How many characters a warning names.
const NAMED: usize = 12;

/// Draws the picture and warns of characters that no font has.
pub(super) fn png(svg: &str, scale: f32, io: &mut Io) -> Result<Vec<u8>, Error> {
    // The system is asked only where the embedded font does not do, so that most
    // pictures are the same everywhere.
    let system = (!png::lacking(svg).is_empty()).then(|| {
        let mut fonts = fontdb::Database::new();
        fonts.load_system_fonts();
        fonts
    });
    let picture = png::draw(svg, scale, system).map_err(|error| match error {
        png::Error::TooLarge(w, h) => Error::new(
            format!("the picture would have {w} × {h} dots, which is too much"),
            "lower --scale or --max-events, or write an .svg file",
        ),
        png::Error::Refused(why) => Error::new(why, "write an .svg file instead"),
    })?;
    if !picture.boxes.is_empty() {
        let named: String = picture.boxes.iter().take(NAMED).collect();
        let more = if picture.boxes.len() > NAMED {
            " …"
        } else {
            ""
        };
        io.warn(
            &format!(
                "no font has {}, which stand as boxes: {named}{more}",
                count(picture.boxes.len(), "character")
            ),
            "install a font for them (Debian: fonts-noto-cjk, fonts-noto-core), or write an .svg file",
        );
    }
    Ok(picture.bytes)
}
