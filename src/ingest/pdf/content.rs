//! What a page shows: its strings with their places, in the order of the page's
//! instructions.

use super::fonts::Font;
use hayro_syntax::content::{TypedIter, ops::TypedInstruction};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::{Page, Resources};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Instructions of one document.
const MOST_INSTRUCTIONS: usize = 20_000_000;
/// Spans of one page.
const MOST_SPANS: usize = 200_000;
/// Forms in forms.
const DEEPEST: usize = 8;
/// States that a page puts aside.
const MOST_STATES: usize = 512;

/// A run of letters on one line, in points from the page's lower left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) x: f32,
    pub(super) end: f32,
    pub(super) y: f32,
    /// The height of its letters.
    pub(super) size: f32,
}

/// What was met in the whole document.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Letters that the fonts tell.
    pub(super) known: usize,
    /// Letters that they do not.
    pub(super) unknown: usize,
    pub(super) pictures: usize,
    instructions: usize,
}

#[derive(Debug, Clone, Copy)]
struct Matrix([f32; 6]);

impl Matrix {
    const UNIT: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This, then the other.
    fn then(self, other: Matrix) -> Matrix {
        let [a, b, c, d, e, f] = self.0;
        let [oa, ob, oc, od, oe, of] = other.0;
        Matrix([
            a * oa + b * oc,
            a * ob + b * od,
            c * oa + d * oc,
            c * ob + d * od,
            e * oa + f * oc + oe,
            e * ob + f * od + of,
        ])
    }

    fn moved(x: f32, y: f32) -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }
}

#[derive(Clone)]
struct State {
    to_page: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    letter_space: f32,
    word_space: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
}

struct Walk<'t> {
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    spans: Vec<Span>,
    tally: &'t mut Tally,
}

/// The spans of a page.
pub(super) fn spans(page: &Page, tally: &mut Tally) -> Vec<Span> {
    let mut walk = Walk {
        state: State {
            to_page: Matrix::UNIT,
            font: None,
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        },
        saved: Vec::new(),
        text: Matrix::UNIT,
        line: Matrix::UNIT,
        spans: Vec::new(),
        tally,
    };
    let mut fonts = BTreeMap::new();
    if let Some(stream) = page.page_stream() {
        walk.instructions(stream, page.resources(), &mut fonts, 0);
    }
    walk.spans
}

type Fonts = BTreeMap<(usize, Vec<u8>), Rc<Font>>;

impl Walk<'_> {
    fn instructions(
        &mut self,
        bytes: &[u8],
        resources: &Resources,
        fonts: &mut Fonts,
        depth: usize,
    ) {
        use TypedInstruction as I;
        let mut iter = TypedIter::new(bytes);
        // Fonts of a form have names of their own.
        let scope = self.tally.instructions;
        while let Some(instruction) = iter.next() {
            self.tally.instructions += 1;
            if self.tally.instructions > MOST_INSTRUCTIONS || self.spans.len() > MOST_SPANS {
                return;
            }
            match instruction {
                I::SaveState(_) if self.saved.len() < MOST_STATES => {
                    self.saved.push(self.state.clone());
                }
                I::RestoreState(_) => {
                    if let Some(state) = self.saved.pop() {
                        self.state = state;
                    }
                }
                I::Transform(t) => {
                    let m = Matrix([t.0, t.1, t.2, t.3, t.4, t.5].map(|n| n.as_f32()));
                    self.state.to_page = m.then(self.state.to_page);
                }
                I::BeginText(_) => {
                    self.text = Matrix::UNIT;
                    self.line = Matrix::UNIT;
                }
                I::TextFont(f) => {
                    self.state.size = f.1.as_f32();
                    let key = (scope, f.0.as_ref().to_vec());
                    let known = fonts.get(&key).cloned();
                    self.state.font = known.or_else(|| {
                        let font = Rc::new(Font::new(&resources.get_font(f.0)?));
                        fonts.insert(key, Rc::clone(&font));
                        Some(font)
                    });
                }
                I::CharacterSpacing(n) => self.state.letter_space = n.0.as_f32(),
                I::WordSpacing(n) => self.state.word_space = n.0.as_f32(),
                I::HorizontalScaling(n) => self.state.stretch = n.0.as_f32() / 100.0,
                I::TextLeading(n) => self.state.leading = n.0.as_f32(),
                I::TextRise(n) => self.state.rise = n.0.as_f32(),
                I::NextLine(n) => self.next_line(n.0.as_f32(), n.1.as_f32()),
                I::NextLineAndSetLeading(n) => {
                    self.state.leading = -n.1.as_f32();
                    self.next_line(n.0.as_f32(), n.1.as_f32());
                }
                I::SetTextMatrix(t) => {
                    self.line = Matrix([t.0, t.1, t.2, t.3, t.4, t.5].map(|n| n.as_f32()));
                    self.text = self.line;
                }
                I::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
                I::ShowText(s) => self.show(s.0.as_bytes()),
                I::NextLineAndShowText(s) => {
                    self.next_line(0.0, -self.state.leading);
                    self.show(s.0.as_bytes());
                }
                I::ShowTextWithParameters(s) => {
                    self.state.word_space = s.0.as_f32();
                    self.state.letter_space = s.1.as_f32();
                    self.next_line(0.0, -self.state.leading);
                    self.show(s.2.as_bytes());
                }
                I::ShowTexts(list) => self.show_all(list.0),
                I::XObject(name) => self.object(name.0, resources, fonts, depth),
                I::InlineImage(_) => self.tally.pictures += 1,
                _ => {}
            }
        }
    }

    fn object(&mut self, name: &Name, resources: &Resources, fonts: &mut Fonts, depth: usize) {
        let Some(stream) = resources.get_x_object(name) else {
            return;
        };
        let kind = stream.dict().get::<Name>("Subtype");
        if kind.is_none_or(|k| k.as_ref() != b"Form") {
            self.tally.pictures += 1;
            return;
        }
        if depth >= DEEPEST {
            return;
        }
        let Ok(bytes) = form(&stream) else {
            return;
        };
        let saved = (self.state.clone(), self.text, self.line, self.saved.len());
        if let Some(matrix) = stream.dict().get::<Array>("Matrix") {
            let mut m = Matrix::UNIT;
            for (to, from) in m.0.iter_mut().zip(matrix.iter::<f32>()) {
                *to = from;
            }
            self.state.to_page = m.then(self.state.to_page);
        }
        let own = stream.dict().get::<Dict>("Resources").unwrap_or_default();
        let own = Resources::from_parent(own, resources.clone());
        self.instructions(&bytes, &own, fonts, depth + 1);
        (self.state, self.text, self.line, _) = saved;
        self.saved.truncate(saved.3);
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.line = Matrix::moved(x, y).then(self.line);
        self.text = self.line;
    }

    fn show_all(&mut self, list: &Array) {
        for item in list.iter::<Object>() {
            match item {
                Object::String(text) => self.show(text.as_bytes()),
                other => {
                    if let Some(back) = other.into_f32() {
                        let by = -back / 1000.0 * self.state.size * self.state.stretch;
                        self.text = Matrix::moved(by, 0.0).then(self.text);
                    }
                }
            }
        }
    }

    /// Shows a string, from where the last one ended.
    fn show(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.font.clone() else {
            return;
        };
        let mut text = String::new();
        let mut advance = 0.0;
        for glyph in font.glyphs(bytes) {
            match (glyph.text, glyph.letter) {
                (Some(letters), _) => {
                    text.push_str(letters);
                    self.tally.known += 1;
                }
                (None, Some(letter)) => {
                    text.push(letter);
                    self.tally.known += 1;
                }
                (None, None) => self.tally.unknown += 1,
            }
            advance += glyph.width / 1000.0 * self.state.size + self.state.letter_space;
            if glyph.is_space {
                advance += self.state.word_space;
            }
        }
        let advance = advance * self.state.stretch;
        let place = Matrix::moved(0.0, self.state.rise)
            .then(self.text)
            .then(self.state.to_page);
        self.text = Matrix::moved(advance, 0.0).then(self.text);
        let [a, b, c, d, x, y] = place.0;
        let size = self.state.size.abs() * (c * c + d * d).sqrt();
        let end = x + advance * a;
        let sound = [x, y, end, size].iter().all(|n| n.is_finite());
        // What runs up or down the page is no line of its text.
        let level = b.abs() <= a.abs() * 0.2 && a > 0.0;
        if sound && level && !text.is_empty() && size > 0.1 {
            self.spans.push(Span {
                text,
                x,
                end,
                y,
                size,
            });
        }
    }
}

fn form<'a>(stream: &Stream<'a>) -> Result<std::borrow::Cow<'a, [u8]>, ()> {
    stream.decoded().map_err(|_| ())
}
