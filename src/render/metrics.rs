//! How wide a text is in Helvetica or Arial, from the advance widths that both
//! fonts share, so that boxes fit their text without a font at hand. Pure.

use unicode_normalization::UnicodeNormalization;
use unicode_width::UnicodeWidthChar;

/// Advance widths of `' '..='~'` in thousandths of the font size, upright.
const UPRIGHT: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// The same in bold.
const BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];

/// A font size in pixels and a weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Font {
    /// Pixels to the em.
    pub size: f64,
    /// Bold or upright.
    pub bold: bool,
}

impl Font {
    /// An upright font.
    pub const fn upright(size: f64) -> Font {
        Font { size, bold: false }
    }

    /// A bold font.
    pub const fn bold(size: f64) -> Font {
        Font { size, bold: true }
    }

    /// The width of `text` in pixels. A character outside ASCII is measured by
    /// its base letter, a wide one (CJK, emoji) as one em, any other by a
    /// cautious average.
    pub fn width(self, text: &str) -> f64 {
        let thousandths: u64 = text.chars().map(|c| u64::from(self.advance(c))).sum();
        thousandths as f64 * self.size / 1000.0
    }

    fn advance(self, c: char) -> u16 {
        let table = if self.bold { &BOLD } else { &UPRIGHT };
        let ascii = |c: char| match c {
            ' '..='~' => Some(table[c as usize - 32]),
            _ => None,
        };
        if let Some(width) = ascii(c) {
            return width;
        }
        match c {
            '\u{a0}' | '·' => 278,
            '‘' | '’' => {
                if self.bold {
                    278
                } else {
                    222
                }
            }
            '“' | '”' => {
                if self.bold {
                    500
                } else {
                    333
                }
            }
            '–' => 556,
            '—' | '…' => 1000,
            _ => match c.width() {
                None | Some(0) => 0,
                Some(2..) => 1000,
                Some(_) => c.nfd().next().and_then(ascii).unwrap_or(667),
            },
        }
    }

    /// `text` when it fits into `width` pixels, else as many whole words as
    /// fit with an ellipsis behind; a single long word is cut inside.
    pub fn cut(self, text: &str, width: f64) -> String {
        if self.width(text) <= width {
            return text.to_owned();
        }
        let room = width - self.width("…");
        let mut used = 0.0;
        let mut end = 0;
        for (at, c) in text.char_indices() {
            used += self.width(c.encode_utf8(&mut [0; 4]));
            if used > room {
                break;
            }
            end = at + c.len_utf8();
        }
        let fits = &text[..end];
        let words = match fits.rfind(' ') {
            // A cut that would lose more than half of what fits is made inside the word.
            Some(blank) if !text[end..].starts_with(' ') && blank * 2 > end => &fits[..blank],
            _ => fits,
        };
        format!(
            "{}…",
            words.trim_end_matches([' ', ',', ';', ':', '-', '–', '·'])
        )
    }

    /// Breaks `text` at blanks into lines of at most `width` pixels; the last
    /// of `most` lines is cut. At least one line.
    pub fn wrap(self, text: &str, width: f64, most: usize) -> Vec<String> {
        let mut lines = vec![String::new()];
        let mut rest = text.trim();
        while !rest.is_empty() {
            let (word, tail) = rest.split_once(' ').unwrap_or((rest, ""));
            let full = lines.len();
            let line = &mut lines[full - 1];
            let joined = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            if self.width(&joined) <= width || (line.is_empty() && full < most) {
                *line = self.cut(&joined, width);
            } else if full < most.max(1) {
                lines.push(String::new());
                continue;
            } else {
                *line = self
                    .cut(&format!("{line} {rest}"), width)
                    .trim_start()
                    .to_owned();
                return lines;
            }
            rest = tail;
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn widths_are_those_of_the_font() {
        assert_eq!(Font::upright(10.0).width("Tieline"), 29.45);
        assert_eq!(Font::upright(10.0).width("é"), 5.56);
        assert_eq!(Font::bold(10.0).width("東京"), 20.0);
        assert_eq!(Font::bold(10.0).width("e\u{301}"), 5.56);
    }

    #[test]
    fn cuts_at_a_word() {
        let font = Font::bold(12.0);
        assert_eq!(font.cut("Short", 100.0), "Short");
        assert_eq!(
            font.cut("The harbour office signs a very long agreement", 180.0),
            "The harbour office signs a…"
        );
        assert_eq!(
            font.cut("Donaudampfschifffahrtsgesellschaft", 60.0),
            "Donaud…"
        );
    }

    #[test]
    fn wraps_and_cuts_the_last_line() {
        let font = Font::upright(10.0);
        assert_eq!(
            font.wrap("one two three four", 45.0, 9),
            ["one two", "three four"]
        );
        assert_eq!(
            font.wrap("one two three four five six", 45.0, 2),
            ["one two", "three…"]
        );
        assert_eq!(font.wrap("", 45.0, 2), [""]);
    }

    proptest! {
        #[test]
        fn what_is_cut_fits(text in "\\PC{0,60}", width in 30.0..300.0f64) {
            let font = Font::bold(12.0);
            prop_assert!(font.width(&font.cut(&text, width)) <= width);
            for line in font.wrap(&text, width, 3) {
                prop_assert!(font.width(&line) <= width);
            }
        }
    }
}
