//! Which letters the codes of a font stand for, and how wide they are.

use encoding_rs::WINDOWS_1252;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use std::collections::BTreeMap;

/// Entries of one table of codes.
const MOST_CODES: usize = 70_000;

/// A font as far as text needs it.
#[derive(Debug, Default)]
pub(super) struct Font {
    /// Codes have two bytes.
    wide: bool,
    letters: BTreeMap<u32, String>,
    /// What codes of one byte stand for where `letters` says nothing.
    base: Option<Base>,
    /// In thousandths of the font's size.
    widths: BTreeMap<u32, f32>,
    usual_width: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Base {
    Windows,
    Mac,
    Standard,
}

/// A code of a text.
pub(super) struct Glyph<'f> {
    /// `None` when it is not known.
    pub(super) text: Option<&'f str>,
    /// What the base encoding says.
    pub(super) letter: Option<char>,
    pub(super) width: f32,
    /// The code is the space of one byte, which word spacing widens.
    pub(super) is_space: bool,
}

impl Font {
    /// Reads a font's dictionary.
    pub(super) fn new(dict: &Dict) -> Font {
        let mut font = Font {
            usual_width: 500.0,
            ..Font::default()
        };
        let kind = dict.get::<Name>("Subtype");
        font.wide = kind.as_ref().is_some_and(|k| k.as_ref() == b"Type0");
        if font.wide {
            font.of_descendant(dict);
        } else {
            font.simple(dict);
        }
        if let Some(stream) = dict.get::<Stream>("ToUnicode")
            && let Ok(table) = stream.decoded()
        {
            font.read_unicode(&table);
        }
        font
    }

    fn of_descendant(&mut self, dict: &Dict) {
        self.usual_width = 1000.0;
        let Some(array) = dict.get::<Array>("DescendantFonts") else {
            return;
        };
        let Some(inner) = array.iter::<Dict>().next() else {
            return;
        };
        if let Some(width) = inner.get::<f32>("DW") {
            self.usual_width = width;
        }
        // "1 [500 600] 10 20 700": codes from 1 on, and all from 10 to 20.
        let Some(widths) = inner.get::<Array>("W") else {
            return;
        };
        let mut items = widths.iter::<Object>();
        while let Some(first) = items.next().and_then(Object::into_i32) {
            match items.next() {
                Some(Object::Array(list)) => {
                    for (i, width) in list.iter::<f32>().enumerate().take(MOST_CODES) {
                        self.width(i64::from(first) + i as i64, width);
                    }
                }
                Some(last) => {
                    let (Some(last), Some(width)) =
                        (last.into_i32(), items.next().and_then(Object::into_f32))
                    else {
                        return;
                    };
                    for code in (first..=last).take(MOST_CODES) {
                        self.width(i64::from(code), width);
                    }
                }
                None => return,
            }
        }
    }

    fn width(&mut self, code: i64, width: f32) {
        if let Ok(code) = u32::try_from(code)
            && self.widths.len() < MOST_CODES
            && width.is_finite()
        {
            self.widths.insert(code, width);
        }
    }

    fn simple(&mut self, dict: &Dict) {
        let first = dict.get::<i32>("FirstChar").unwrap_or(0);
        if let Some(widths) = dict.get::<Array>("Widths") {
            for (i, width) in widths.iter::<f32>().enumerate().take(256) {
                self.width(i64::from(first) + i as i64, width);
            }
        }
        let name = dict.get::<Name>("BaseFont");
        let symbols = name.is_some_and(|n| {
            let name = n.as_str().to_ascii_lowercase();
            name.contains("symbol") || name.contains("dingbats")
        });
        self.base = (!symbols).then_some(Base::Standard);
        let named = |name: &Name| match name.as_ref() {
            b"WinAnsiEncoding" => Base::Windows,
            b"MacRomanEncoding" => Base::Mac,
            _ => Base::Standard,
        };
        match dict.get::<Object>("Encoding") {
            Some(Object::Name(name)) => self.base = Some(named(&name)),
            Some(Object::Dict(encoding)) => {
                if let Some(name) = encoding.get::<Name>("BaseEncoding") {
                    self.base = Some(named(&name));
                }
                let Some(differences) = encoding.get::<Array>("Differences") else {
                    return;
                };
                let mut code = 0_u32;
                for item in differences.iter::<Object>().take(1_000) {
                    match item {
                        Object::Name(name) => {
                            if let Some(text) = glyph_name(name.as_str()) {
                                self.letters.insert(code, text);
                            }
                            code = code.saturating_add(1);
                        }
                        other => {
                            let number = other.into_i32().and_then(|n| u32::try_from(n).ok());
                            code = number.unwrap_or(code);
                        }
                    }
                }
            }
            _ => {}
        }
    }

    /// Reads `<0041> <0061>` between `beginbfchar` and its end, and ranges.
    fn read_unicode(&mut self, table: &[u8]) {
        let text = String::from_utf8_lossy(table);
        let mut tokens = Tokens { rest: &text };
        let (mut in_chars, mut in_ranges) = (false, false);
        while let Some(token) = tokens.next() {
            match token {
                Token::Word("beginbfchar") => in_chars = true,
                Token::Word("beginbfrange") => in_ranges = true,
                Token::Word("endbfchar" | "endbfrange") => (in_chars, in_ranges) = (false, false),
                Token::Hex(from) if in_chars => {
                    if let Some(Token::Hex(to)) = tokens.next() {
                        self.letter(number(&from), utf16(&to));
                    }
                }
                Token::Hex(from) if in_ranges => {
                    let Some(Token::Hex(last)) = tokens.next() else {
                        continue;
                    };
                    let (first, last) = (number(&from), number(&last));
                    match tokens.next() {
                        Some(Token::Hex(to)) => {
                            for (i, code) in (first..=last).take(MOST_CODES).enumerate() {
                                self.letter(code, utf16(&raised(&to, i)));
                            }
                        }
                        Some(Token::Word("[")) => {
                            let mut code = first;
                            while let Some(Token::Hex(to)) = tokens.next() {
                                self.letter(code, utf16(&to));
                                code = code.saturating_add(1);
                            }
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
    }

    fn letter(&mut self, code: u32, text: String) {
        if self.letters.len() < MOST_CODES && !text.is_empty() && !text.contains('\0') {
            self.letters.insert(code, text);
        }
    }

    /// The glyphs of a string.
    pub(super) fn glyphs<'f>(&'f self, bytes: &'f [u8]) -> impl Iterator<Item = Glyph<'f>> + 'f {
        let step = if self.wide { 2 } else { 1 };
        bytes.chunks(step).map(move |chunk| {
            let code = chunk.iter().fold(0, |code, b| code << 8 | u32::from(*b));
            let text = self.letters.get(&code).map(String::as_str);
            let byte = u8::try_from(code).unwrap_or(0);
            let letter = match (self.wide, text) {
                (false, None) => self.base.and_then(|base| base.letter(byte)),
                _ => None,
            };
            Glyph {
                text,
                letter,
                width: self.widths.get(&code).copied().unwrap_or(self.usual_width),
                is_space: !self.wide && code == 32,
            }
        })
    }
}

impl Base {
    fn letter(self, byte: u8) -> Option<char> {
        let special = match (self, byte) {
            (Base::Standard, b'\'') => Some('’'),
            (Base::Standard, b'`') => Some('‘'),
            (Base::Standard, 0xa1..) => STANDARD
                .iter()
                .find(|(code, _)| *code == byte)
                .map(|(_, c)| *c),
            _ => None,
        };
        let encoding = match self {
            Base::Mac => encoding_rs::MACINTOSH,
            _ => WINDOWS_1252,
        };
        special.or_else(|| {
            let (text, _) = encoding.decode_without_bom_handling(std::slice::from_ref(&byte));
            text.chars().next().filter(|c| !c.is_control())
        })
    }
}

/// The upper half of Adobe's standard encoding.
const STANDARD: [(u8, char); 28] = [
    (0xa4, '⁄'),
    (0xa6, 'ƒ'),
    (0xa9, '\''),
    (0xaa, '“'),
    (0xac, '‹'),
    (0xad, '›'),
    (0xae, 'ﬁ'),
    (0xaf, 'ﬂ'),
    (0xb1, '–'),
    (0xb2, '†'),
    (0xb3, '‡'),
    (0xb4, '·'),
    (0xb7, '•'),
    (0xb8, '‚'),
    (0xb9, '„'),
    (0xba, '”'),
    (0xbc, '…'),
    (0xbd, '‰'),
    (0xd0, '—'),
    (0xe1, 'Æ'),
    (0xe8, 'Ł'),
    (0xe9, 'Ø'),
    (0xea, 'Œ'),
    (0xf1, 'æ'),
    (0xf5, 'ı'),
    (0xf8, 'ł'),
    (0xf9, 'ø'),
    (0xfa, 'œ'),
];

/// What a glyph's name stands for: `A`, `eacute`, `uni00E9`, `u1F600`.
fn glyph_name(name: &str) -> Option<String> {
    let name = name.split('.').next().filter(|n| !n.is_empty())?;
    if let Some(hex) = name.strip_prefix("uni").filter(|h| h.len() >= 4) {
        return Some(utf16(hex)).filter(|t| !t.is_empty());
    }
    if let Some(c) = name
        .strip_prefix('u')
        .filter(|h| (4..=6).contains(&h.len()))
        .and_then(|h| u32::from_str_radix(h, 16).ok())
        .and_then(char::from_u32)
    {
        return Some(c.to_string());
    }
    let mut letters = name.chars();
    if let (Some(only), None) = (letters.next(), letters.next()) {
        return Some(only.to_string());
    }
    if let Some((_, c)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some((*c).to_owned());
    }
    // "eacute" is "e" with an accent.
    let (base, accent) = ACCENTS
        .iter()
        .find_map(|(word, mark)| Some((name.strip_suffix(word)?, *mark)))?;
    let mut letters = base.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else {
        return None;
    };
    use unicode_normalization::UnicodeNormalization;
    Some([letter, accent].into_iter().nfc().collect())
}

const ACCENTS: [(&str, char); 13] = [
    ("acute", '\u{301}'),
    ("grave", '\u{300}'),
    ("circumflex", '\u{302}'),
    ("dieresis", '\u{308}'),
    ("tilde", '\u{303}'),
    ("ring", '\u{30a}'),
    ("cedilla", '\u{327}'),
    ("caron", '\u{30c}'),
    ("macron", '\u{304}'),
    ("breve", '\u{306}'),
    ("ogonek", '\u{328}'),
    ("dotaccent", '\u{307}'),
    ("hungarumlaut", '\u{30b}'),
];

const NAMES: [(&str, &str); 84] = [
    ("space", " "),
    ("nbspace", " "),
    ("nonbreakingspace", " "),
    ("exclam", "!"),
    ("quotedbl", "\""),
    ("numbersign", "#"),
    ("dollar", "$"),
    ("percent", "%"),
    ("ampersand", "&"),
    ("quotesingle", "'"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("asterisk", "*"),
    ("plus", "+"),
    ("comma", ","),
    ("hyphen", "-"),
    ("sfthyphen", "-"),
    ("minus", "-"),
    ("period", "."),
    ("slash", "/"),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("colon", ":"),
    ("semicolon", ";"),
    ("less", "<"),
    ("equal", "="),
    ("greater", ">"),
    ("question", "?"),
    ("at", "@"),
    ("bracketleft", "["),
    ("backslash", "\\"),
    ("bracketright", "]"),
    ("asciicircum", "^"),
    ("underscore", "_"),
    ("grave", "`"),
    ("braceleft", "{"),
    ("bar", "|"),
    ("braceright", "}"),
    ("asciitilde", "~"),
    ("quoteleft", "‘"),
    ("quoteright", "’"),
    ("quotesinglbase", "‚"),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("quotedblbase", "„"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("guilsinglleft", "‹"),
    ("guilsinglright", "›"),
    ("endash", "–"),
    ("emdash", "—"),
    ("ellipsis", "…"),
    ("bullet", "•"),
    ("periodcentered", "·"),
    ("dagger", "†"),
    ("daggerdbl", "‡"),
    ("section", "§"),
    ("paragraph", "¶"),
    ("copyright", "©"),
    ("registered", "®"),
    ("trademark", "™"),
    ("degree", "°"),
    ("Euro", "€"),
    ("sterling", "£"),
    ("yen", "¥"),
    ("cent", "¢"),
    ("germandbls", "ß"),
    ("AE", "Æ"),
    ("ae", "æ"),
    ("Oslash", "Ø"),
    ("oslash", "ø"),
    ("Lslash", "Ł"),
    ("lslash", "ł"),
    ("dotlessi", "ı"),
    ("fi", "fi"),
    ("fl", "fl"),
];

enum Token<'t> {
    Hex(String),
    Word(&'t str),
}

struct Tokens<'t> {
    rest: &'t str,
}

impl<'t> Tokens<'t> {
    fn next(&mut self) -> Option<Token<'t>> {
        let rest = self.rest.trim_start();
        if let Some(inner) = rest.strip_prefix('<').filter(|i| !i.starts_with('<')) {
            let (hex, behind) = inner.split_once('>')?;
            self.rest = behind;
            return Some(Token::Hex(
                hex.chars().filter(char::is_ascii_hexdigit).collect(),
            ));
        }
        let first = rest.chars().next()?;
        let sign = matches!(first, '[' | ']' | '<' | '>');
        let length = match sign {
            true => 1,
            false => rest
                .find(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '<' | '>'))
                .unwrap_or(rest.len()),
        };
        let (word, behind) = rest.split_at(length);
        self.rest = behind;
        Some(Token::Word(word))
    }
}

fn number(hex: &str) -> u32 {
    u32::from_str_radix(hex.get(..hex.len().min(8)).unwrap_or(""), 16).unwrap_or(0)
}

/// Hexadecimal digits of UTF-16.
fn utf16(hex: &str) -> String {
    let units: Vec<u16> = hex
        .as_bytes()
        .chunks(4)
        .take(64)
        .filter_map(|c| std::str::from_utf8(c).ok())
        .filter_map(|c| u16::from_str_radix(c, 16).ok())
        .collect();
    String::from_utf16_lossy(&units)
}

/// The digits with their last unit raised by `by`.
fn raised(hex: &str, by: usize) -> String {
    let (head, last) = hex.split_at(hex.len().saturating_sub(4));
    let last = u32::from_str_radix(last, 16).unwrap_or(0);
    let raised = u32::try_from(by).map_or(last, |by| last.saturating_add(by));
    format!("{head}{:04x}", raised.min(0xffff))
}

/// A text of the document's own data: UTF-16 or UTF-8 with a mark, else Latin.
pub(super) fn text_string(bytes: &[u8]) -> String {
    let encoding = encoding_rs::Encoding::for_bom(bytes).map_or(WINDOWS_1252, |(e, _)| e);
    encoding.decode(bytes).0.trim_matches('\0').to_owned()
}
