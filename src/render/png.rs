//! A picture as PNG: the SVG drawn with an embedded font, so that it looks the
//! same on every machine. What the font lacks is drawn with fonts that the
//! caller found on the system, and where those lack it too, as boxes. Pure.

use super::draw::FONTS;
use fontdb::Database;
use resvg::{tiny_skia, usvg};
use skrifa::MetadataProvider;
use std::collections::BTreeSet;
use std::sync::Arc;
use unicode_width::UnicodeWidthChar;

/// Subsets of Liberation Sans, whose widths are those of Helvetica and Arial.
const EMBEDDED: [&[u8]; 2] = [
    include_bytes!("../../fonts/TielineSans-Regular.ttf"),
    include_bytes!("../../fonts/TielineSans-Bold.ttf"),
];
const FAMILY: &str = "Tieline Sans";
/// Stands for a character that no font has.
const BOX: &str = "□";
/// The most dots of a picture, which are 400 MB while it is drawn.
const MOST_DOTS: f64 = 1e8;

/// A drawn picture.
#[derive(Debug)]
pub struct Png {
    /// The file.
    pub bytes: Vec<u8>,
    /// The characters that stand as boxes in it.
    pub boxes: Vec<char>,
}

/// Why a picture cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// It would have so many dots in width and height.
    TooLarge(u64, u64),
    /// The drawing library refuses it.
    Refused(String),
}

/// The characters of a picture that the embedded font lacks.
pub fn lacking(svg: &str) -> BTreeSet<char> {
    let mut lacking: BTreeSet<char> = svg.chars().filter(|c| !c.is_ascii()).collect();
    take_out(&mut lacking, EMBEDDED[0], 0);
    lacking
}

/// Takes out what a font has.
fn take_out(lacking: &mut BTreeSet<char>, font: &[u8], face: u32) {
    if let Ok(font) = skrifa::FontRef::from_index(font, face) {
        let has = font.charmap();
        lacking.retain(|c| has.map(*c).is_none());
    }
}

/// Draws the SVG of a picture, `scale` dots for each pixel, with `system` fonts
/// for what the embedded one lacks.
pub fn draw(svg: &str, scale: f32, system: Option<Database>) -> Result<Png, Error> {
    let mut fonts = system.unwrap_or_default();
    let mut missing = lacking(svg);
    let faces: Vec<fontdb::ID> = fonts.faces().map(|face| face.id).collect();
    for face in faces {
        if missing.is_empty() {
            break;
        }
        fonts.with_face_data(face, |data, index| take_out(&mut missing, data, index));
    }
    for font in EMBEDDED {
        fonts.load_font_data(font.to_vec());
    }
    let mut text = svg.replacen(FONTS, &format!("'{FAMILY}'"), 1);
    if !missing.is_empty() {
        text = boxed(&text, &missing);
    }
    let options = usvg::Options {
        font_family: FAMILY.to_owned(),
        fontdb: Arc::new(fonts),
        font_resolver: usvg::FontResolver {
            select_fallback: Box::new(|c, used, fonts| fallback(c, used, fonts)),
            ..usvg::FontResolver::default()
        },
        ..usvg::Options::default()
    };
    let refused = |e: &dyn std::fmt::Display| Error::Refused(e.to_string());
    let tree = usvg::Tree::from_str(&text, &options).map_err(|e| refused(&e))?;
    let (w, h) = (tree.size().width() * scale, tree.size().height() * scale);
    // A dot at the edge that is covered in part would be dark.
    let (w, h) = (w.floor().max(1.0), h.floor().max(1.0));
    let too_large = Error::TooLarge(w as u64, h as u64);
    if f64::from(w) * f64::from(h) > MOST_DOTS {
        return Err(too_large);
    }
    let mut dots = tiny_skia::Pixmap::new(w as u32, h as u32).ok_or(too_large)?;
    let transform = tiny_skia::Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut dots.as_mut());
    let bytes = encode(&dots).map_err(|e| refused(&e))?;
    missing.retain(|c| c.width().unwrap_or(0) > 0);
    Ok(Png {
        bytes,
        boxes: missing.into_iter().collect(),
    })
}

/// The font for a character that the first one lacks: the most alike in style,
/// weight and width, the first by name of equals.
fn fallback(c: char, used: &[fontdb::ID], fonts: &Database) -> Option<fontdb::ID> {
    let first = fonts.face(*used.first()?)?;
    let mut faces: Vec<&fontdb::FaceInfo> = fonts
        .faces()
        .filter(|face| !used.contains(&face.id))
        .collect();
    faces.sort_by_key(|face| {
        (
            face.style != first.style,
            face.weight.0.abs_diff(first.weight.0),
            face.stretch != first.stretch,
            face.monospaced,
            face.post_script_name.clone(),
        )
    });
    let has = |face: &&fontdb::FaceInfo| {
        let mut lacking = BTreeSet::from([c]);
        fonts.with_face_data(face.id, |data, index| take_out(&mut lacking, data, index));
        lacking.is_empty()
    };
    faces.into_iter().find(has).map(|face| face.id)
}

/// Puts boxes for what is missing; marks that take no room are left out.
fn boxed(text: &str, missing: &BTreeSet<char>) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !missing.contains(&c) {
            out.push(c);
        } else if c.width().unwrap_or(0) > 0 {
            out.push_str(BOX);
        }
    }
    out
}

/// The ground is opaque, so three channels are enough.
fn encode(dots: &tiny_skia::Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut rgb = Vec::with_capacity(dots.data().len() / 4 * 3);
    for dot in dots.data().as_chunks::<4>().0 {
        rgb.extend_from_slice(&dot[..3]);
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, dots.width(), dots.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&rgb)?;
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::draw::Theme;
    use crate::render::ledger::{Options, layout};
    use crate::render::{sample, svg};

    fn check(name: &str) -> Result<Png, Error> {
        let mut story = sample::story();
        story.actors[0].name = name.to_owned();
        let options = Options {
            events: Some(vec![8]),
            ..Options::default()
        };
        draw(
            &svg::write(&layout(&story, &options), Theme::Light),
            1.0,
            None,
        )
    }

    #[test]
    fn a_picture_is_the_same_every_time_and_has_its_size() -> Result<(), Error> {
        let (one, two) = (check("Ingrid Šolheim")?, check("Ingrid Šolheim")?);
        assert_eq!(one.bytes, two.bytes);
        assert!(one.bytes.starts_with(b"\x89PNG") && one.boxes.is_empty());
        assert!(one.bytes.len() > 5_000);
        Ok(())
    }

    #[test]
    fn what_no_font_has_stands_as_boxes_and_is_told() -> Result<(), Error> {
        let picture = check("東京 علي")?;
        assert!(picture.boxes.contains(&'東') && picture.boxes.contains(&'ع'));
        // The boxes are drawn: the picture is not that of an empty name.
        assert_ne!(picture.bytes, check("")?.bytes);
        assert_ne!(picture.bytes, check("東")?.bytes);
        Ok(())
    }

    #[test]
    fn what_is_too_large_is_refused() {
        let huge = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90000\" height=\"90000\"/>";
        assert_eq!(
            draw(huge, 1.0, None).err(),
            Some(Error::TooLarge(90000, 90000))
        );
        assert!(matches!(draw("<svg", 1.0, None), Err(Error::Refused(_))));
    }
}
