//! HTML: a tokenizer that knows where it is, and tree construction by the standard
//! (<https://html.spec.whatwg.org/#parsing>) over what it finds.

mod builder;
mod declaration;
mod foreign;
mod formatting;
mod modes;
mod names;
mod quirks;
pub mod reference;
mod script;
mod stack;
mod tag;
pub mod tokenizer;
mod tree;

pub use foreign::ForeignName;
pub use names::Name;
pub use tag::{Attribute, Tag};
pub use tree::{Data, Doctype, Element, Namespace, Node, NodeId, Piece, Pieces, Run, Text, Tree};

use builder::Builder;
use tokenizer::{Mode, tokenize_from, within_limit};

/// How to parse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether scripts are taken to run, which makes the content of `<noscript>` plain text.
    pub scripting: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { scripting: true }
    }
}

/// Parses a document: any string gives one.
///
/// ```
/// let tree = copydesk::markup::html::parse("<p>Fish &amp; chips");
/// assert_eq!(tree.text_of(tree.root()), "Fish & chips");
/// ```
#[must_use]
pub fn parse(source: &str) -> Tree<'_> {
    parse_with(source, Options::default())
}

/// Parses a document with `options`.
#[must_use]
pub fn parse_with(source: &str, options: Options) -> Tree<'_> {
    let source = within_limit(source);
    run(source, Builder::new(source, options), Mode::Data)
}

/// Parses what stands inside an element, `<svg desc>` or `<div>`; the nodes are under the root's only child.
#[must_use]
pub fn parse_fragment<'s>(source: &'s str, namespace: Namespace, name: &str, options: Options) -> Tree<'s> {
    let source = within_limit(source);
    let mode = match name {
        _ if namespace != Namespace::Html => Mode::Data,
        "title" | "textarea" => Mode::Rcdata,
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Mode::Rawtext,
        "noscript" if options.scripting => Mode::Rawtext,
        "script" => Mode::ScriptData,
        "plaintext" => Mode::Plaintext,
        _ => Mode::Data,
    };
    run(source, Builder::for_fragment(source, namespace, name, options), mode)
}

/// What the raw value of an attribute stands for.
#[must_use]
pub fn attribute_value(raw: &str) -> String {
    reference::cooked(raw, true)
}

/// What the raw text of a comment stands for.
#[must_use]
pub fn comment_text(raw: &str) -> String {
    reference::cooked(raw, false)
}

fn run<'s>(source: &'s str, mut builder: Builder<'s>, mode: Mode) -> Tree<'s> {
    let bom = '\u{feff}';
    let skipped = if source.starts_with(bom) { bom.len_utf8() } else { 0 };
    // No start tag came before a fragment's text, so no end tag ends it, not even that of its context.
    tokenize_from(source, skipped, mode, "", &mut builder);
    builder.tree
}
