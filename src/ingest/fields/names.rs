//! The names under which other programs write the fields of an article. Pure.

/// What a field can be of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Title,
    Text,
    Published,
    Source,
    Url,
    Id,
}

impl What {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            What::Title => "title",
            What::Text => "text",
            What::Published => "published",
            What::Source => "source",
            What::Url => "url",
            What::Id => "id",
        }
    }

    /// Usual names, in small letters without signs, the surest first.
    pub(super) fn names(self) -> &'static [&'static str] {
        match self {
            What::Title => &[
                "title",
                "headline",
                "headlinemain",
                "articletitle",
                "webtitle",
                "titlerendered",
                "newstitle",
                "storytitle",
                "subject",
                "name",
            ],
            What::Text => &[
                "text",
                "fulltext",
                "maintext",
                "articletext",
                "articlebody",
                "bodytext",
                "storytext",
                "body",
                "content",
                "contentrendered",
                "contenttext",
                "contenthtml",
                "bodyhtml",
                "articlecontent",
                "articlehtml",
                "article",
                "story",
                "plaintext",
                "cleantext",
                "cleanedtext",
                "rawtext",
                "paragraphs",
                "html",
            ],
            What::Published => &[
                "published",
                "publishedat",
                "publishedon",
                "publisheddate",
                "publishedtime",
                "datepublished",
                "dateofpublication",
                "publicationdate",
                "publicationdatetime",
                "pubdate",
                "publishdate",
                "publishtime",
                "datepublish",
                "firstpublicationdate",
                "webpublicationdate",
                "articlepublishedtime",
                "date",
                "dateiso",
                "dategmt",
                "datetime",
                "articledate",
                "newsdate",
                "seendate",
                "issued",
            ],
            What::Source => &[
                "source",
                "sourcename",
                "sourcetitle",
                "outlet",
                "outletname",
                "publisher",
                "publishername",
                "publication",
                "publicationname",
                "newspaper",
                "newspapername",
                "medianame",
                "sitename",
                "site",
                "sourcecommonname",
                "sourcedomain",
                "website",
                "domain",
                "hostname",
                "media",
                "provider",
            ],
            What::Url => &[
                "url",
                "link",
                "canonical",
                "canonicalurl",
                "canonicallink",
                "articleurl",
                "newsurl",
                "storyurl",
                "weburl",
                "permalink",
                "documentidentifier",
                "originalurl",
                "finalurl",
                "href",
                "uri",
            ],
            What::Id => &[
                "id",
                "guid",
                "uuid",
                "articleid",
                "storiesid",
                "docid",
                "documentid",
                "newsid",
            ],
        }
    }
}

/// Fields around an article in what other programs write.
pub(super) const WRAPPERS: [&str; 11] = [
    "_source",
    "source",
    "fields",
    "article",
    "data",
    "attributes",
    "document",
    "doc",
    "metadata",
    "news",
    "story",
];

/// Fields that hold the beginning of a text, where there is no text itself.
pub(super) const LEADS: [&str; 5] = [
    "description",
    "summary",
    "abstract",
    "lead",
    "leadparagraph",
];

/// A name in small letters without signs.
pub(super) fn normal(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
