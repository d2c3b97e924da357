//! What the tags of HTML say about the text in them.

use super::super::BlockKind;
use super::super::html::Name;

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
    pub(super) fn of(name: Name) -> Tag {
        match name {
            Name::P => Tag::Paragraph,
            Name::DIV => Tag::Division,
            Name::SPAN => Tag::Span,
            Name::A => Tag::Link,
            Name::LI | Name::DT | Name::DD => Tag::Item,
            Name::UL | Name::OL | Name::DL | Name::MENU => Tag::List,
            Name::H1 => Tag::Heading(1),
            Name::H2 => Tag::Heading(2),
            Name::H3 => Tag::Heading(3),
            Name::H4 => Tag::Heading(4),
            Name::H5 | Name::H6 => Tag::Heading(5),
            Name::BR => Tag::LineBreak,
            Name::B | Name::STRONG => Tag::Bold,
            Name::I | Name::EM | Name::CITE => Tag::Italic,
            Name::BLOCKQUOTE => Tag::Quote,
            Name::TABLE => Tag::Table,
            Name::TR => Tag::Row,
            Name::TD | Name::TH => Tag::Cell,
            Name::FIGURE => Tag::Figure,
            Name::FIGCAPTION | Name::CAPTION => Tag::Caption,
            Name::SECTION => Tag::Section,
            Name::ARTICLE => Tag::Article,
            Name::MAIN => Tag::Main,
            Name::HEADER => Tag::Header,
            Name::FOOTER => Tag::Footer,
            Name::NAV => Tag::Nav,
            Name::ASIDE => Tag::Aside,
            Name::FORM | Name::DIALOG => Tag::Form,
            Name::BUTTON | Name::SELECT | Name::TEXTAREA | Name::LABEL => Tag::Control,
            Name::ADDRESS => Tag::Address,
            Name::DETAILS | Name::SUMMARY => Tag::Details,
            Name::PRE => Tag::Preformatted,
            Name::HTML | Name::BODY => Tag::Body,
            Name::SMALL => Tag::Small,
            Name::TIME => Tag::Time,
            Name::HEAD_ELEMENT | Name::SCRIPT | Name::STYLE | Name::NOSCRIPT
            | Name::TEMPLATE | Name::IFRAME | Name::SVG | Name::MATH
            | Name::OBJECT | Name::OPTION | Name::VIDEO | Name::AUDIO => Tag::Unread,
            Name::CENTER | Name::FIELDSET | Name::HR | Name::TBODY | Name::TFOOT
            | Name::THEAD => Tag::OtherBlock,
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
