//! Tree construction (<https://html.spec.whatwg.org/#tree-construction>): what the tokens are put into, and where.

use super::formatting::Formatting;
use super::names::{CLOSED, FORMATTING, FOSTER, Flags, Name};
use super::stack::{Open, Stack};
use super::tag::Tag;
use super::tokenizer::{Mode, Receiver, is_odd, is_space};
use super::tree::{Data, Doctype, Namespace, NodeId, Piece, Tree};
use super::{Options, foreign, quirks};
use crate::limits::{MAX_OPEN_ELEMENTS, MAX_REOPENED, REOPENED_PER_TOKEN};
use crate::text::Span;

/// The insertion modes of the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Insertion {
    Initial,
    BeforeHtml,
    BeforeHead,
    InHead,
    InHeadNoscript,
    AfterHead,
    InBody,
    Text,
    InTable,
    InTableText,
    InCaption,
    InColumnGroup,
    InTableBody,
    InRow,
    InCell,
    InTemplate,
    AfterBody,
    InFrameset,
    AfterFrameset,
    AfterAfterBody,
    AfterAfterFrameset,
}

impl Insertion {
    /// Whether white space is treated apart from the text that it stands in.
    fn splits_text(self) -> bool {
        use Insertion::*;
        !matches!(
            self,
            InBody | Text | InTable | InTableText | InCaption | InTableBody | InRow | InCell | InTemplate
        )
    }
}

/// A token as the insertion modes see it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token<'a> {
    Text(Piece),
    Null(Span),
    Start(&'a Tag<'a>),
    End(&'a Tag<'a>),
    /// With the place of its text.
    Comment(Span),
    Eof,
}

/// What becomes of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    Done,
    /// It is to be read again, in the mode that is set now.
    Again,
}

/// The element that a fragment stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    pub name: Name,
    pub namespace: Namespace,
}

/// A tree under construction.
pub(super) struct Builder<'s> {
    pub tree: Tree<'s>,
    pub scripting: bool,
    pub mode: Insertion,
    /// The mode to go back to from text.
    pub original: Insertion,
    pub template_modes: Vec<Insertion>,
    pub open: Stack,
    pub formatting: Formatting,
    pub head: Option<NodeId>,
    pub form: Option<NodeId>,
    pub context: Option<Context>,
    pub frameset_ok: bool,
    pub quirks: bool,
    /// Whether what is misplaced in a table goes before it.
    pub foster: bool,
    /// Whether a line feed is left out if it comes next.
    pub skips_line_feed: bool,
    /// Text held back in a table.
    pub held: Vec<Piece>,
    /// How the tokenizer reads on, if that changes.
    pub raw: Option<Mode>,
    /// The tag that is being read.
    pub tag: Span,
    tokens: usize,
    reopened: usize,
}

impl<'s> Builder<'s> {
    pub fn new(source: &'s str, options: Options) -> Self {
        Self {
            tree: Tree::new(source, is_odd(source)),
            scripting: options.scripting,
            mode: Insertion::Initial,
            original: Insertion::Initial,
            template_modes: Vec::new(),
            open: Stack::new(),
            formatting: Formatting::default(),
            head: None,
            form: None,
            context: None,
            frameset_ok: true,
            quirks: false,
            foster: false,
            skips_line_feed: false,
            held: Vec::new(),
            raw: None,
            tag: Span::default(),
            tokens: 0,
            reopened: 0,
        }
    }

    /// A builder for what stands in an element.
    pub fn for_fragment(source: &'s str, namespace: Namespace, name: &str, options: Options) -> Self {
        let mut builder = Self::new(source, options);
        let known = super::names::Known::table().named(name);
        let name = if known == Name::OTHER { builder.tree.others.number(name) } else { known };
        builder.context = Some(Context { name, namespace });
        if name == Name::TEMPLATE && namespace == Namespace::Html {
            builder.template_modes.push(Insertion::InTemplate);
        }
        builder.create_root(None);
        builder.mode = builder.appropriate_mode();
        builder
    }

    fn process(&mut self, token: &Token<'_>) {
        self.tokens += 1;
        loop {
            let flow = if self.is_foreign(token) { self.foreign(token) } else { self.step(self.mode, token) };
            if flow == Flow::Done {
                return;
            }
        }
    }

    /// Reads a token by the rules of a mode.
    pub fn step(&mut self, mode: Insertion, token: &Token<'_>) -> Flow {
        match mode {
            Insertion::Initial => self.initial(token),
            Insertion::BeforeHtml => self.before_html(token),
            Insertion::BeforeHead => self.before_head(token),
            Insertion::InHead => self.in_head(token),
            Insertion::InHeadNoscript => self.in_head_noscript(token),
            Insertion::AfterHead => self.after_head(token),
            Insertion::InBody => self.in_body(token),
            Insertion::Text => self.in_text(token),
            Insertion::InTable => self.in_table(token),
            Insertion::InTableText => self.in_table_text(token),
            Insertion::InCaption => self.in_caption(token),
            Insertion::InColumnGroup => self.in_column_group(token),
            Insertion::InTableBody => self.in_table_body(token),
            Insertion::InRow => self.in_row(token),
            Insertion::InCell => self.in_cell(token),
            Insertion::InTemplate => self.in_template(token),
            Insertion::AfterBody => self.after_body(token),
            Insertion::InFrameset => self.in_frameset(token),
            Insertion::AfterFrameset => self.after_frameset(token),
            Insertion::AfterAfterBody => self.after_after_body(token),
            Insertion::AfterAfterFrameset => self.after_after_frameset(token),
        }
    }

    /// Goes on in another mode with the same token.
    pub fn again(&mut self, mode: Insertion) -> Flow {
        self.mode = mode;
        Flow::Again
    }

    /// Goes on in another mode with the next token.
    pub fn done(&mut self, mode: Insertion) -> Flow {
        self.mode = mode;
        Flow::Done
    }

    pub fn is_blank(&self, piece: &Piece) -> bool {
        match piece.replaced {
            Some((first, second)) => first.is_ascii_whitespace() && second.is_none(),
            None => piece.source.of(self.tree.source()).bytes().all(is_space),
        }
    }

    /// The first stretch of white space, or of anything else, and what comes after it.
    fn split(&self, piece: Piece) -> (Piece, Option<Piece>) {
        let bytes = piece.source.of(self.tree.source()).as_bytes();
        let blank = bytes.first().copied().is_some_and(is_space);
        let length = bytes.iter().position(|&byte| is_space(byte) != blank);
        let Some(length) = length.filter(|_| piece.replaced.is_none()) else { return (piece, None) };
        let at = piece.source.start() + length;
        let part = |source| Piece { source, replaced: None };
        (part(Span::new(piece.source.start(), at)), Some(part(Span::new(at, piece.source.end()))))
    }

    /// Whether a HTML element is the adjusted current node, its name and its bits.
    pub fn adjusted_current(&self) -> Option<(bool, Name, Flags)> {
        let top = self.open.top()?;
        match self.context {
            Some(context) if self.open.len() == 1 => {
                let flags = foreign::flags(context.name, context.namespace);
                Some((context.namespace == Namespace::Html, context.name, flags))
            }
            _ => Some((top.is_html, top.name, top.flags)),
        }
    }

    pub fn adjusted_namespace(&self) -> Namespace {
        let top = self.open.top().and_then(|top| self.tree.element(top.id));
        match self.context {
            Some(context) if self.open.len() == 1 => context.namespace,
            _ => top.map_or(Namespace::Html, |element| element.namespace),
        }
    }

    pub fn has_context(&self, name: Name) -> bool {
        let is_it = |context: Context| context.name == name && context.namespace == Namespace::Html;
        self.context.is_some_and(is_it)
    }

    /// Where in `target` a node goes: its parent, and the node that it goes before.
    pub fn spot(&self, target: &Open) -> (NodeId, Option<NodeId>) {
        if self.foster && target.flags & FOSTER != 0 {
            return self.foster_spot(target);
        }
        (self.contents(target), None)
    }

    fn contents(&self, open: &Open) -> NodeId {
        let contents = if open.is(Name::TEMPLATE) { self.tree.template_contents(open.id) } else { None };
        contents.unwrap_or(open.id)
    }

    /// Before the table, or where it would be.
    fn foster_spot(&self, target: &Open) -> (NodeId, Option<NodeId>) {
        for at in (0..self.open.len()).rev() {
            let Some(open) = self.open.get(at) else { break };
            if open.is(Name::TEMPLATE) {
                return (self.contents(open), None);
            }
            if open.is(Name::TABLE) {
                let below = at.checked_sub(1).and_then(|below| self.open.get(below)).unwrap_or(open);
                return match self.tree.parent(open.id) {
                    Some(parent) => (parent, Some(open.id)),
                    None => (below.id, None),
                };
            }
        }
        (self.open.get(0).unwrap_or(target).id, None)
    }

    /// Puts a new node where the standard wants it.
    pub fn place(&mut self, id: NodeId) {
        let Some(top) = self.open.top() else { return };
        let (parent, next) = self.spot(top);
        self.tree.insert(id, parent, next);
    }

    pub fn append_text(&mut self, piece: Piece) {
        let Some(top) = self.open.top() else { return };
        let (parent, next) = self.spot(top);
        self.tree.add_text(parent, next, piece);
    }

    pub fn append_comment(&mut self, data: Span) {
        let id = self.tree.create(Data::Comment(data));
        self.place(id);
    }

    pub fn append_comment_to(&mut self, parent: NodeId, data: Span) {
        let id = self.tree.create(Data::Comment(data));
        self.tree.insert(id, parent, None);
    }

    /// Makes the `<html>` element.
    pub fn create_root(&mut self, tag: Option<&Tag<'_>>) {
        let attributes = tag.map_or(&[][..], |tag| tag.attributes);
        let id = self.tree.create_element(Name::HTML, Namespace::Html, attributes, self.tag);
        self.tree.insert(id, self.tree.root(), None);
        self.push(Open::new(id, Name::HTML, Name::HTML.flags(), true));
    }

    /// Makes an element for a tag and opens it.
    pub fn insert_element(&mut self, tag: &Tag<'_>) -> NodeId {
        let id = self.insert_closed(tag);
        self.push(Open::new(id, tag.name, tag.name.flags(), true));
        id
    }

    /// Makes an element for a tag and does not open it.
    pub fn insert_closed(&mut self, tag: &Tag<'_>) -> NodeId {
        let id = self.tree.create_element(tag.name, Namespace::Html, tag.attributes, tag.source);
        self.place(id);
        id
    }

    /// Makes an element that no tag asked for, and opens it.
    pub fn insert_implied(&mut self, name: Name) -> NodeId {
        let id = self.tree.create_element(name, Namespace::Html, &[], self.tag);
        self.place(id);
        self.push(Open::new(id, name, name.flags(), true));
        id
    }

    /// Makes an element whose text is read as `mode` says.
    pub fn insert_raw(&mut self, tag: &Tag<'_>, mode: Mode) -> Flow {
        self.insert_element(tag);
        self.original = self.mode;
        self.mode = Insertion::Text;
        self.raw = Some(mode);
        Flow::Done
    }

    pub fn push_foreign(&mut self, id: NodeId, name: Name, flags: Flags) {
        self.push(Open::new(id, name, flags, false));
    }

    pub fn push(&mut self, open: Open) {
        if open.flags & FORMATTING != 0 {
            self.tree.set_open(open.id, true);
        }
        self.open.push(open);
    }

    pub fn pop(&mut self) -> Option<Open> {
        let open = self.open.pop()?;
        self.close(&open);
        Some(open)
    }

    /// Takes an element off the stack, wherever it stands.
    pub fn remove(&mut self, id: NodeId) {
        let removed = self.open.position(id).and_then(|at| self.open.remove(at));
        removed.into_iter().for_each(|open| self.close(&open));
    }

    fn close(&mut self, open: &Open) {
        if open.flags & FORMATTING != 0 {
            self.tree.set_open(open.id, false);
        }
    }

    pub fn truncate(&mut self, len: usize) {
        while self.open.len() > len {
            self.pop();
        }
    }

    pub fn pop_while(&mut self, wanted: impl Fn(&Open) -> bool) {
        while self.open.top().is_some_and(&wanted) {
            self.pop();
        }
    }

    /// Pops up to and with the first element that is `wanted`.
    pub fn pop_through(&mut self, wanted: impl Fn(&Open) -> bool) {
        while let Some(open) = self.pop() {
            if wanted(&open) {
                return;
            }
        }
    }

    /// The mode in which the content of the open elements is read.
    pub fn appropriate_mode(&self) -> Insertion {
        let Some((at, open)) = self.open.anchor() else { return Insertion::InBody };
        let name = match self.context.filter(|_| at == 0) {
            Some(context) if context.namespace != Namespace::Html => Name::OTHER,
            Some(context) => context.name,
            None => open.name,
        };
        self.mode_of(name, at == 0).unwrap_or(Insertion::InBody)
    }

    fn mode_of(&self, name: Name, is_last: bool) -> Option<Insertion> {
        Some(match name {
            Name::TD | Name::TH if !is_last => Insertion::InCell,
            Name::TR => Insertion::InRow,
            Name::TBODY | Name::THEAD | Name::TFOOT => Insertion::InTableBody,
            Name::CAPTION => Insertion::InCaption,
            Name::COLGROUP => Insertion::InColumnGroup,
            Name::TABLE => Insertion::InTable,
            Name::TEMPLATE => self.template_modes.last().copied().unwrap_or(Insertion::InTemplate),
            Name::HEAD_ELEMENT if !is_last => Insertion::InHead,
            Name::BODY => Insertion::InBody,
            Name::FRAMESET => Insertion::InFrameset,
            Name::HTML if self.head.is_none() => Insertion::BeforeHead,
            Name::HTML => Insertion::AfterHead,
            _ => return None,
        })
    }

    /// Whether a start tag keeps within the limits.
    fn admits(&self, tag: &Tag<'_>) -> bool {
        self.open.len() + self.formatting.len() < MAX_OPEN_ELEMENTS || self.opens_nothing(tag)
    }

    /// Whether the element is closed at once, by itself or by the end of its raw text: dropped, the tag of a script
    /// would leave its text behind as markup.
    fn opens_nothing(&self, tag: &Tag<'_>) -> bool {
        let always = tag.name.flags() & CLOSED != 0 || self.scripting && tag.name == Name::NOSCRIPT;
        always && !self.in_foreign_content()
    }

    /// Closes the formatting elements that a token opened again, once there were too many of them.
    fn close_reopened(&mut self, before: usize) {
        let made = self.tree.len() - before;
        if made <= REOPENED_PER_TOKEN {
            return;
        }
        self.reopened += made;
        if self.reopened <= MAX_REOPENED + REOPENED_PER_TOKEN * self.tokens {
            return;
        }
        let names = self.tree.created_since(before).iter().rev().filter_map(|node| match &node.data {
            Data::Element(element) => Some(element.name).filter(|name| name.flags() & FORMATTING != 0),
            _ => None,
        });
        let names: Vec<Name> = names.collect();
        names.into_iter().for_each(|name| self.adopt(name));
    }

    /// A tag whose name has a number, if the list has it or not.
    fn numbered<'a>(&mut self, tag: Tag<'a>) -> Tag<'a> {
        if tag.name != Name::OTHER {
            return tag;
        }
        let raw = tag.label.of(self.tree.source());
        Tag { name: self.tree.others.number(raw), ..tag }
    }
}

impl Receiver for Builder<'_> {
    fn text(&mut self, mut piece: Piece) {
        if std::mem::take(&mut self.skips_line_feed) {
            match piece.replaced {
                Some(('\n', None)) => return,
                None if piece.source.of(self.tree.source()).starts_with('\n') => {
                    piece.source = Span::new(piece.source.start() + 1, piece.source.end());
                }
                _ => {}
            }
            if piece.source.is_empty() {
                return;
            }
        }
        let before = self.tree.len();
        let mut rest = Some(piece);
        while let Some(piece) = rest {
            let splits = self.mode.splits_text() && !self.is_foreign(&Token::Text(piece));
            let (first, after) = if splits { self.split(piece) } else { (piece, None) };
            self.process(&Token::Text(first));
            rest = after;
        }
        self.close_reopened(before);
    }

    fn null(&mut self, source: Span) {
        self.skips_line_feed = false;
        self.process(&Token::Null(source));
    }

    fn start_tag(&mut self, tag: Tag<'_>) -> Option<Mode> {
        self.skips_line_feed = false;
        self.tag = tag.source;
        if !self.admits(&tag) {
            return None;
        }
        let before = self.tree.len();
        let tag = self.numbered(tag);
        self.process(&Token::Start(&tag));
        self.close_reopened(before);
        self.raw.take()
    }

    fn end_tag(&mut self, tag: Tag<'_>) {
        self.skips_line_feed = false;
        self.tag = tag.source;
        let before = self.tree.len();
        let tag = self.numbered(tag);
        self.process(&Token::End(&tag));
        self.close_reopened(before);
    }

    fn comment(&mut self, data: Span, source: Span) {
        self.skips_line_feed = false;
        self.tag = source;
        self.process(&Token::Comment(data));
    }

    fn doctype(&mut self, doctype: Doctype, source: Span) {
        self.skips_line_feed = false;
        self.tag = source;
        if self.mode == Insertion::Initial {
            self.quirks = quirks::asks_for_quirks(&doctype);
            self.tree.set_doctype(doctype);
            self.mode = Insertion::BeforeHtml;
        }
    }

    fn end(&mut self) {
        self.skips_line_feed = false;
        self.process(&Token::Eof);
    }

    fn in_foreign_content(&self) -> bool {
        self.adjusted_current().is_some_and(|(is_html, ..)| !is_html)
    }
}
