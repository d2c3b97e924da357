//! Markup: from a page, a list of fragments or plain text to one text in blocks, aligned to its source.
//! What is left out is kept beside it, with the reason.

mod article;
mod boilerplate;
mod decode;
mod draft;
mod hash;
pub mod html;
mod literal;
mod metadata;
mod openings;
mod page;
mod plain;
mod select;

use std::borrow::Cow;

use crate::named::named;
use crate::text::{Span, Text};

#[doc(hidden)]
pub use article::{CONTEXT, LOCAL, Study};
pub use boilerplate::{Boilerplate, Verdict};
pub use decode::decode;
pub use metadata::Metadata;
pub use select::Selectors;

named! {
    /// The shapes that a document comes in.
    Kind {
        /// A whole page, or a piece of one.
        Html = "html",
        /// The paragraphs that a scraper kept.
        Fragments = "fragments",
        /// Paragraphs on lines of their own.
        Text = "text",
    }
}

impl Kind {
    /// The shape that `source` has.
    #[must_use]
    pub fn of(source: &str) -> Kind {
        if literal::looks_like_list(source) {
            Kind::Fragments
        } else if page::looks_like_html(source) {
            Kind::Html
        } else {
            Kind::Text
        }
    }
}

named! {
    /// What a block is. From `Caption` on they are left out of the text unless they are asked for.
    BlockKind {
        /// A headline or a sub-heading.
        Heading = "heading",
        /// A paragraph.
        Paragraph = "paragraph",
        /// An item of a list.
        ListItem = "list_item",
        /// A quotation set as a block.
        Blockquote = "blockquote",
        /// A row of a table, its cells parted by tabs.
        Table = "table",
        /// What stands under a picture, with its credit.
        Caption = "caption",
        /// The headline of a whole page, which is the document's title.
        Title = "title",
        /// An invitation: newsletters, apps, subscriptions, other articles.
        Promo = "promo",
        /// Copyright and legal lines.
        Notice = "notice",
        /// What stands where a video or a picture should be.
        Placeholder = "placeholder",
        /// Navigation and other furniture of a page.
        Nav = "nav",
        /// What a user's own selector took away.
        Selected = "selected",
    }
}

impl BlockKind {
    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<BlockKind> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == name)
    }

    /// Whether it is left out of the text unless it is asked for.
    #[must_use]
    pub fn is_left_out(self) -> bool {
        !matches!(self, Self::Heading | Self::Paragraph | Self::ListItem | Self::Blockquote | Self::Table)
    }

    /// The names of the kinds that can be asked for.
    pub fn left_out() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().copied().filter(|kind| kind.is_left_out()).map(Self::as_str)
    }
}

/// A block of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in the text.
    pub span: Span,
}

/// A block that was left out of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// What it is.
    pub kind: BlockKind,
    /// What spoke against it.
    pub reason: Cow<'static, str>,
    /// Its characters.
    pub text: String,
    /// Where it was read.
    pub source: Span,
}

/// A link of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The anchor text.
    pub span: Span,
    /// Where it leads, as written.
    pub href: String,
}

named! {
    /// How a stretch of text is set.
    Style {
        /// `b`, `strong`.
        Bold = "bold",
        /// `i`, `em`, `cite`.
        Italic = "italic",
    }
}

/// A stretch of text set in bold or italic type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    /// Where it stands in the text.
    pub span: Span,
    /// How it is set.
    pub style: Style,
}

/// The user's choices for this stage.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What to read and what to throw away, before the article is chosen.
    pub selectors: Selectors,
    /// Kinds that stay in the text though they are left out by default.
    pub keep: Vec<BlockKind>,
    /// Patterns of lines that are left out.
    pub boilerplate: Boilerplate,
    /// Whether what is left out is listed: a text alone is made faster without.
    pub text_only: bool,
}

/// What this stage gives.
#[derive(Clone, Debug, Default)]
pub struct Markup {
    /// The text, blocks parted by an empty line.
    pub text: Text,
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
    /// What was left out, in the order of the source.
    pub dropped: Vec<Dropped>,
    /// Its links, in order.
    pub links: Vec<Link>,
    /// Bold and italic stretches, in order.
    pub inlines: Vec<Inline>,
    /// What the page says of itself.
    pub metadata: Metadata,
}

/// One text and its shape; the strings of a list stand in it, each with its alignment.
#[must_use]
pub fn parse(source: &str, kind: Kind, options: &Options) -> Markup {
    match kind {
        Kind::Html => page::parse(source, options),
        Kind::Fragments => page::parse_fragments(source, &literal::strings(source), options),
        Kind::Text => plain::parse(source, options),
    }
}

/// As `parse`, of a list whose strings stand at `parts` of `source`.
#[must_use]
pub fn parse_parts(source: &str, parts: &[Span], options: &Options) -> Markup {
    let texts: Vec<Text> = parts
        .iter()
        .map(|&part| {
            let mut text = Text::default();
            text.push(part.of(source), part);
            text
        })
        .collect();
    page::parse_fragments(source, &texts, options)
}
