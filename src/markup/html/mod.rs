//! HTML: our tokenizer, which knows where it is, in front of html5ever's tree construction.

mod declaration;
pub mod reference;
mod script;
mod sink;
mod tag;
pub mod tokenizer;
mod tree;

pub use sink::TreeMaker;
pub use tree::{Attribute, Data, Doctype, Element, Node, NodeId, Run, Text, Tree};

use crate::limits::{MAX_MARKERS, MAX_OPEN_ELEMENTS, MAX_REOPENED, REOPENED_PER_TOKEN};
use crate::text::Span;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{RawKind, State};
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{Tracer, TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{QualName, local_name};
use std::cell::Cell;
use tokenizer::{Mode, Receiver, tokenize};

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

impl Options {
    fn for_builder(self) -> TreeBuilderOpts {
        TreeBuilderOpts { scripting_enabled: self.scripting, ..TreeBuilderOpts::default() }
    }
}

/// Parses a document: any string gives one.
///
/// ```
/// let tree = copydesk::markup::html::parse("<p>Fish &amp; chips");
/// let text = tree.descendants(tree.root()).find_map(|id| tree.text(id));
/// assert_eq!(text.map(|text| &*text.string), Some("Fish & chips"));
/// ```
#[must_use]
pub fn parse(source: &str) -> Tree {
    parse_with(source, Options::default())
}

/// Parses a document with `options`.
#[must_use]
pub fn parse_with(source: &str, options: Options) -> Tree {
    let sink = TreeMaker::default();
    sink.expect(source.len());
    let builder = TreeBuilder::new(sink, options.for_builder());
    run(source, builder, Mode::Data, options)
}

/// Parses what stands inside an element `context`; the nodes are under the root's only child.
#[must_use]
pub fn parse_fragment(source: &str, context: QualName, options: Options) -> Tree {
    let sink = TreeMaker::default();
    let context = sink.create_context(context);
    let builder = TreeBuilder::new_for_fragment(sink, context, None, options.for_builder());
    let mode = match builder.tokenizer_state_for_context_elem(options.scripting) {
        State::RawData(kind) => raw(kind),
        State::Plaintext => Mode::Plaintext,
        _ => Mode::Data,
    };
    run(source, builder, mode, options)
}

fn run(source: &str, builder: TreeBuilder<NodeId, TreeMaker>, mode: Mode, options: Options) -> Tree {
    let bom = '\u{feff}';
    let skipped = if source.starts_with(bom) { bom.len_utf8() } else { 0 };
    let mut feeder = Feeder {
        builder,
        scripting: options.scripting,
        skipped,
        text_is_done: false,
        most_open: 0,
        patience: 0,
        tokens: 0,
        reopened: 0,
        markers: 0,
    };
    // No start tag came before a fragment's text, so no end tag ends it, not even that of its context.
    tokenize(source.get(skipped..).unwrap_or_default(), mode, "", &mut feeder);
    feeder.builder.sink.finish()
}

fn raw(kind: RawKind) -> Mode {
    match kind {
        RawKind::Rcdata => Mode::Rcdata,
        RawKind::Rawtext => Mode::Rawtext,
        RawKind::ScriptData | RawKind::ScriptDataEscaped(_) => Mode::ScriptData,
    }
}

/// Feeds tree construction, within its limits.
struct Feeder {
    builder: TreeBuilder<NodeId, TreeMaker>,
    scripting: bool,
    /// Bytes before the tokenizer's first.
    skipped: usize,
    /// Whether a tag came after the last text, so that text held back has arrived.
    text_is_done: bool,
    /// No more elements than this are open or remembered.
    most_open: usize,
    /// Tokens to be fed before they are counted again, once they were found to be too many.
    patience: usize,
    tokens: usize,
    reopened: usize,
    markers: usize,
}

impl Receiver for Feeder {
    fn text(&mut self, text: StrTendril, source: Span, verbatim: bool) {
        self.expect_text(text.clone(), source, verbatim);
        self.process(Token::CharacterTokens(text));
    }

    fn token(&mut self, token: Token, source: Span) -> Option<Mode> {
        self.builder.sink.set_tag(source.shifted(self.skipped));
        match &token {
            Token::NullCharacterToken if self.in_foreign_content() => {
                self.expect_text(StrTendril::from_char(char::REPLACEMENT_CHARACTER), source, false);
            }
            // A stray document type is passed over without a look at text held back: "<table>a<!doctype>b".
            Token::NullCharacterToken | Token::DoctypeToken(_) => {}
            Token::TagToken(tag) if tag.kind == TagKind::StartTag && !self.admits(tag) => return None,
            _ => {
                self.text_is_done = true;
                self.patience = self.patience.saturating_sub(1);
            }
        }
        self.process(token)
    }

    fn in_foreign_content(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl Feeder {
    fn expect_text(&mut self, text: StrTendril, source: Span, verbatim: bool) {
        if std::mem::take(&mut self.text_is_done) {
            self.builder.sink.forget_text();
        }
        self.builder.sink.expect_text(text, source.shifted(self.skipped), verbatim);
    }

    fn process(&mut self, token: Token) -> Option<Mode> {
        self.tokens += 1;
        let before = self.builder.sink.node_count();
        let result = self.builder.process_token(token, 0);
        let made = self.builder.sink.node_count() - before;
        self.most_open += made;
        if made > REOPENED_PER_TOKEN {
            self.close_reopened(before, made);
        }
        match result {
            TokenSinkResult::RawData(kind) => Some(raw(kind)),
            TokenSinkResult::Plaintext => Some(Mode::Plaintext),
            _ => None,
        }
    }

    /// Closes the formatting elements that the last token opened again, once there were too many of them.
    fn close_reopened(&mut self, before: usize, made: usize) {
        self.reopened += made;
        if self.reopened <= MAX_REOPENED + REOPENED_PER_TOKEN * self.tokens {
            return;
        }
        for name in self.builder.sink.elements_since(before) {
            if is_formatting(&name) {
                let _ = self.builder.process_token(Token::TagToken(end_tag(name)), 0);
            }
        }
    }

    /// Whether a start tag keeps within the limits.
    fn admits(&mut self, tag: &Tag) -> bool {
        if matches!(tag.name, local_name!("applet") | local_name!("marquee") | local_name!("object")) {
            self.markers += 1;
            if self.markers > MAX_MARKERS {
                return false;
            }
        }
        if self.most_open < MAX_OPEN_ELEMENTS || self.opens_nothing(tag) {
            return true;
        }
        if self.patience > 0 {
            return false;
        }
        let count = Count::default();
        self.builder.trace_handles(&count);
        self.most_open = count.0.get();
        let full = self.most_open >= MAX_OPEN_ELEMENTS;
        self.patience = if full { PATIENCE } else { 0 };
        !full
    }

    /// Whether the element is closed at once, by itself or by the end of its raw text: dropped, the tag of a script
    /// would leave its text behind as markup.
    fn opens_nothing(&self, tag: &Tag) -> bool {
        let always = is_void_or_raw(&tag.name) || (self.scripting && tag.name == local_name!("noscript"));
        always && !self.in_foreign_content()
    }
}

fn end_tag(name: html5ever::LocalName) -> Tag {
    Tag {
        kind: TagKind::EndTag,
        name,
        self_closing: false,
        attrs: Vec::new(),
        had_duplicate_attributes: false,
    }
}

#[rustfmt::skip]
fn is_formatting(name: &html5ever::LocalName) -> bool {
    matches!(*name, local_name!("a") | local_name!("b") | local_name!("big") | local_name!("code") | local_name!("em")
        | local_name!("font") | local_name!("i") | local_name!("nobr") | local_name!("s") | local_name!("small")
        | local_name!("strike") | local_name!("strong") | local_name!("tt") | local_name!("u"))
}

#[rustfmt::skip]
fn is_void_or_raw(name: &html5ever::LocalName) -> bool {
    matches!(*name, local_name!("area") | local_name!("base") | local_name!("br") | local_name!("col")
        | local_name!("embed") | local_name!("hr") | local_name!("img") | local_name!("input") | local_name!("link")
        | local_name!("meta") | local_name!("param") | local_name!("source") | local_name!("track") | local_name!("wbr")
        | local_name!("iframe") | local_name!("noembed") | local_name!("noframes") | local_name!("plaintext")
        | local_name!("script") | local_name!("style") | local_name!("textarea") | local_name!("title")
        | local_name!("xmp"))
}

/// Counting 512 elements for every `<div></div>` at the limit would take most of the time.
const PATIENCE: usize = 8;

/// Counts the elements that tree construction holds on to.
#[derive(Default)]
struct Count(Cell<usize>);

impl Tracer for Count {
    type Handle = NodeId;

    fn trace_handle(&self, _node: &NodeId) {
        self.0.set(self.0.get() + 1);
    }
}
