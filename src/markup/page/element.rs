//! What the tags of HTML say about the text in them.

use html5ever::{LocalName, local_name};

use super::super::BlockKind;

/// What an element is, as far as the choice of the article asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Tag {
    Paragraph,
    /// With its level.
    Heading(u8),
    Item,
    List,
    Quote,
    Table,
    Row,
    Cell,
    Figure,
    Caption,
    Division,
    Section,
    Article,
    Main,
    Header,
    Footer,
    Nav,
    Aside,
    Form,
    /// A control of a form, which has a text of its own.
    Control,
    Address,
    Details,
    Preformatted,
    Body,
    Link,
    Bold,
    Italic,
    Small,
    Time,
    Span,
    LineBreak,
    /// Its text is not for reading.
    Unread,
    /// Another element that stands on lines of its own.
    OtherBlock,
    /// Anything else.
    Inline,
}

impl Tag {
    #[rustfmt::skip]
    pub(super) fn of(name: &LocalName) -> Tag {
        match *name {
            local_name!("p") => Tag::Paragraph,
            local_name!("div") => Tag::Division,
            local_name!("span") => Tag::Span,
            local_name!("a") => Tag::Link,
            local_name!("li") | local_name!("dt") | local_name!("dd") => Tag::Item,
            local_name!("ul") | local_name!("ol") | local_name!("dl") | local_name!("menu") => Tag::List,
            local_name!("h1") => Tag::Heading(1),
            local_name!("h2") => Tag::Heading(2),
            local_name!("h3") => Tag::Heading(3),
            local_name!("h4") => Tag::Heading(4),
            local_name!("h5") | local_name!("h6") => Tag::Heading(5),
            local_name!("br") => Tag::LineBreak,
            local_name!("b") | local_name!("strong") => Tag::Bold,
            local_name!("i") | local_name!("em") | local_name!("cite") => Tag::Italic,
            local_name!("blockquote") => Tag::Quote,
            local_name!("table") => Tag::Table,
            local_name!("tr") => Tag::Row,
            local_name!("td") | local_name!("th") => Tag::Cell,
            local_name!("figure") => Tag::Figure,
            local_name!("figcaption") | local_name!("caption") => Tag::Caption,
            local_name!("section") => Tag::Section,
            local_name!("article") => Tag::Article,
            local_name!("main") => Tag::Main,
            local_name!("header") => Tag::Header,
            local_name!("footer") => Tag::Footer,
            local_name!("nav") => Tag::Nav,
            local_name!("aside") => Tag::Aside,
            local_name!("form") | local_name!("dialog") => Tag::Form,
            local_name!("button") | local_name!("select") | local_name!("textarea") | local_name!("label") => Tag::Control,
            local_name!("address") => Tag::Address,
            local_name!("details") | local_name!("summary") => Tag::Details,
            local_name!("pre") => Tag::Preformatted,
            local_name!("html") | local_name!("body") => Tag::Body,
            local_name!("small") => Tag::Small,
            local_name!("time") => Tag::Time,
            local_name!("head") | local_name!("script") | local_name!("style") | local_name!("noscript")
            | local_name!("template") | local_name!("iframe") | local_name!("svg") | local_name!("math")
            | local_name!("object") | local_name!("option") | local_name!("video") | local_name!("audio") => Tag::Unread,
            local_name!("center") | local_name!("fieldset") | local_name!("hr") | local_name!("tbody") | local_name!("tfoot")
            | local_name!("thead") => Tag::OtherBlock,
            _ => Tag::Inline,
        }
    }

    /// Whether text before and after its tags stands on lines of its own.
    pub(in super::super) fn is_block(self) -> bool {
        !matches!(
            self,
            Tag::Link
                | Tag::Bold
                | Tag::Italic
                | Tag::Small
                | Tag::Time
                | Tag::Span
                | Tag::LineBreak
                | Tag::Unread
                | Tag::Cell
                | Tag::Inline
        )
    }

    /// The kind of the blocks in it, where that is another than that of those around it.
    pub(super) fn kind(self, outer: BlockKind) -> Option<BlockKind> {
        match self {
            Tag::Heading(_) => Some(BlockKind::Heading),
            Tag::Item => Some(BlockKind::ListItem),
            Tag::Quote => Some(BlockKind::Blockquote),
            Tag::Row => Some(BlockKind::Table),
            Tag::List | Tag::Table => Some(BlockKind::Paragraph),
            Tag::Paragraph
                if !matches!(outer, BlockKind::ListItem | BlockKind::Blockquote | BlockKind::Table) =>
            {
                Some(BlockKind::Paragraph)
            }
            _ => None,
        }
    }
}
