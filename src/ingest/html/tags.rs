//! The elements and attributes that a reader of articles must tell apart.

/// An element's name. All others are `Other`, which stands in the line as
/// unknown elements do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// The page itself, above all elements.
    Root,
    /// Words, no element.
    Text,
    /// Any other element in the line: `span`, `b`, `time`.
    Other,
    /// Any other element that stands for itself: `div`, `section`.
    Block,
    /// What is never read: `svg`, `object`, `select`.
    Unseen,
    A,
    Article,
    Aside,
    Blockquote,
    Body,
    Br,
    Button,
    Caption,
    Cell,
    Definition,
    Figcaption,
    Figure,
    Footer,
    Form,
    Header,
    Heading(u8),
    Hr,
    Html,
    Item,
    Link,
    List,
    Main,
    Meta,
    Nav,
    P,
    Pre,
    Row,
    RowGroup,
    Script,
    Table,
    Time,
    Title,
    /// Raw text that is never read: `style`, `textarea`, `iframe`.
    Raw,
    /// `head`: its children are known without it.
    Head,
}

/// No known name is longer, in bytes.
const LONGEST: usize = 12;

impl Tag {
    pub(super) fn of(name: &str) -> Tag {
        let mut buffer = [0; LONGEST];
        let Some(lower) = buffer.get_mut(..name.len()) else {
            return Tag::Other;
        };
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        match &*lower {
            b"a" => Tag::A,
            b"article" => Tag::Article,
            b"aside" => Tag::Aside,
            b"blockquote" => Tag::Blockquote,
            b"body" => Tag::Body,
            b"br" => Tag::Br,
            b"button" => Tag::Button,
            b"caption" => Tag::Caption,
            b"td" | b"th" => Tag::Cell,
            b"dt" | b"dd" => Tag::Definition,
            b"figcaption" => Tag::Figcaption,
            b"figure" => Tag::Figure,
            b"footer" => Tag::Footer,
            b"form" => Tag::Form,
            b"header" => Tag::Header,
            b"h1" => Tag::Heading(1),
            b"h2" => Tag::Heading(2),
            b"h3" => Tag::Heading(3),
            b"h4" => Tag::Heading(4),
            b"h5" => Tag::Heading(5),
            b"h6" => Tag::Heading(6),
            b"hr" => Tag::Hr,
            b"html" => Tag::Html,
            b"head" => Tag::Head,
            b"li" => Tag::Item,
            b"link" => Tag::Link,
            b"ul" | b"ol" | b"menu" | b"dir" => Tag::List,
            b"main" => Tag::Main,
            b"meta" => Tag::Meta,
            b"nav" => Tag::Nav,
            b"p" => Tag::P,
            b"pre" | b"listing" => Tag::Pre,
            b"tr" => Tag::Row,
            b"tbody" | b"thead" | b"tfoot" => Tag::RowGroup,
            b"script" => Tag::Script,
            b"table" => Tag::Table,
            b"time" => Tag::Time,
            b"title" => Tag::Title,
            b"style" | b"textarea" | b"iframe" | b"noembed" | b"noframes" | b"xmp" => Tag::Raw,
            b"svg" | b"math" | b"object" | b"applet" | b"select" | b"template" | b"audio"
            | b"video" | b"canvas" | b"noscript" | b"dialog" | b"datalist" | b"frameset"
            | b"amp-ad" | b"amp-sidebar" | b"amp-consent" | b"amp-analytics" | b"amp-video"
            | b"rp" => Tag::Unseen,
            b"address" | b"center" | b"details" | b"div" | b"dl" | b"fieldset" | b"hgroup"
            | b"section" | b"search" | b"summary" | b"legend" | b"marquee" | b"multicol"
            | b"amp-list" => Tag::Block,
            _ => Tag::Other,
        }
    }

    /// Elements without content, which have no end tag.
    pub(super) fn is_void(name: &str) -> bool {
        const VOID: [&str; 16] = [
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
            "source", "track", "wbr", "basefont", "frame",
        ];
        VOID.iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// Elements whose content is text up to their own end tag.
    pub(super) fn is_raw(self) -> bool {
        matches!(self, Tag::Script | Tag::Title | Tag::Raw)
    }

    /// Whether the element stands for itself, so that words inside and outside
    /// are different lines.
    pub(super) fn is_block(self) -> bool {
        !matches!(
            self,
            Tag::Text
                | Tag::Other
                | Tag::A
                | Tag::Time
                | Tag::Br
                | Tag::Button
                | Tag::Unseen
                | Tag::Script
                | Tag::Raw
                | Tag::Link
                | Tag::Meta
        )
    }

    /// Whether a paragraph ends where such an element begins.
    pub(super) fn ends_paragraph(self) -> bool {
        self.is_block() && !matches!(self, Tag::Body | Tag::Html | Tag::Head | Tag::Title)
    }

    /// Elements that end tags from inside do not reach across.
    pub(super) fn is_scope(self) -> bool {
        matches!(self, Tag::Cell | Tag::Table | Tag::Caption | Tag::Root)
    }
}

macro_rules! attributes {
    ($($name:ident $text:literal)*) => {
        /// The attributes that are looked at.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Attribute { $(#[doc = $text] $name,)* }

        impl Attribute {
            pub(super) fn of(name: &str) -> Option<Attribute> {
                let mut buffer = [0; LONGEST];
                let lower = buffer.get_mut(..name.len())?;
                lower.copy_from_slice(name.as_bytes());
                lower.make_ascii_lowercase();
                match std::str::from_utf8(lower) {
                    $(Ok($text) => Some(Attribute::$name),)*
                    _ => None,
                }
            }
        }
    };
}

attributes! {
    AriaHidden "aria-hidden"
    Class "class"
    Colspan "colspan"
    Content "content"
    Datetime "datetime"
    Hidden "hidden"
    Href "href"
    Id "id"
    Itemprop "itemprop"
    Itemscope "itemscope"
    Itemtype "itemtype"
    Name "name"
    Property "property"
    Pubdate "pubdate"
    Rel "rel"
    Role "role"
    Style "style"
    Title "title"
    Type "type"
    Typeof "typeof"
}
