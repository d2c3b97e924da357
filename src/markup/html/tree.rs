//! The tree: an arena of nodes over the source, whose text and attributes are read from there when they are asked for.

use super::foreign;
use super::names::{Name, Others};
use super::reference;
use super::tag::Attribute;
use crate::text::Span;
use memchr::{memchr, memchr3};
use std::borrow::Cow;
use std::num::NonZeroU32;

/// A node's number in its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(NonZeroU32);

impl NodeId {
    const ROOT: NodeId = NodeId(NonZeroU32::MIN);

    /// Its place in lists of one item a node.
    #[must_use]
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }

    fn following(self) -> NodeId {
        NodeId(self.0.saturating_add(1))
    }
}

/// A node and its neighbours.
#[derive(Clone, Debug)]
pub struct Node {
    /// The node above.
    pub parent: Option<NodeId>,
    /// The sibling before.
    pub previous: Option<NodeId>,
    /// The sibling after.
    pub next: Option<NodeId>,
    /// The first child.
    pub first_child: Option<NodeId>,
    /// The last child.
    pub last_child: Option<NodeId>,
    /// What it is.
    pub data: Data,
}

/// What a node is.
#[derive(Clone, Copy, Debug)]
pub enum Data {
    /// The root of a document.
    Document,
    /// The root of a template's contents.
    Fragment,
    /// The document type, which a tree has once.
    Doctype,
    /// A comment, and where its text stands.
    Comment(Span),
    /// An element.
    Element(Element),
    /// Text.
    Text(Pieces),
}

/// A document type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doctype {
    /// The name: `html`.
    pub name: Option<String>,
    /// The public identifier.
    pub public_id: Option<String>,
    /// The system identifier.
    pub system_id: Option<String>,
    /// Whether it is so broken that it asks for quirks.
    pub force_quirks: bool,
}

/// The vocabulary of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namespace {
    /// HTML.
    Html,
    /// SVG.
    Svg,
    /// MathML.
    MathMl,
}

/// An element.
#[derive(Clone, Copy, Debug)]
pub struct Element {
    /// Its name, in lower case.
    pub name: Name,
    /// Its vocabulary.
    pub namespace: Namespace,
    /// Whether it stands among the open elements.
    pub(super) is_open: bool,
    attributes: u16,
    first_attribute: u32,
    source: Span,
}

impl Element {
    /// The tag it was made for: for an element that the markup only implies, the tag that implied it.
    #[must_use]
    pub fn source(&self) -> Span {
        self.source
    }
}

/// The pieces of a text, first and last.
#[derive(Clone, Copy, Debug)]
pub struct Pieces {
    first: u32,
    last: u32,
}

/// A stretch of text before it is in the tree.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// Where it stands.
    pub source: Span,
    /// What it stands for; none where it stands for itself.
    pub replaced: Option<(char, Option<char>)>,
}

/// A stretch of a text node, and the next one of the same text.
#[derive(Clone, Copy, Debug)]
struct Link {
    source: Span,
    /// Where in `decoded` it stands, unless it is verbatim.
    decoded: Option<Span>,
    next: Option<NonZeroU32>,
}

/// A text node's text, as stretches of the source.
#[derive(Clone, Copy, Debug)]
pub struct Text<'t> {
    tree: &'t Tree<'t>,
    first: u32,
}

/// A stretch of text that is verbatim source, as long as possible, or one replaced item: a character reference, a line
/// end with a carriage return, U+0000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run<'t> {
    /// Its text.
    pub text: &'t str,
    /// Where it was read.
    pub source: Span,
    /// Whether text and source are the same bytes.
    pub verbatim: bool,
}

impl<'t> Text<'t> {
    /// The stretches that cover it, in order.
    pub fn runs(self) -> impl Iterator<Item = Run<'t>> {
        let mut next = Some(self.first as usize);
        std::iter::from_fn(move || {
            let link = self.tree.links.get(next?)?;
            next = link.next.map(|next| next.get() as usize);
            Some(self.tree.run(link))
        })
    }

    /// The text; borrowed where it is one run.
    #[must_use]
    pub fn string(self) -> Cow<'t, str> {
        match self.tree.links.get(self.first as usize) {
            Some(link) if link.next.is_none() => Cow::Borrowed(self.tree.run(link).text),
            _ => self.runs().map(|run| run.text).collect(),
        }
    }

    /// Where the bytes `span` of the text were read; a replaced item counts as a whole.
    #[must_use]
    pub fn source(self, span: Span) -> Option<Span> {
        let mut at = 0;
        let mut found: Option<Span> = None;
        for run in self.runs() {
            let end = at + run.text.len();
            if (at < span.end() || found.is_none()) && span.start() < end {
                let inside = |offset: usize| offset.saturating_sub(at).min(run.text.len());
                let part = match run.verbatim {
                    true => Span::new(inside(span.start()), inside(span.end())).shifted(run.source.start()),
                    false => run.source,
                };
                found = Some(found.map_or(part, |found| found.cover(part)));
            }
            at = end;
        }
        found
    }
}

/// A parsed document, over its source.
#[derive(Clone, Debug)]
pub struct Tree<'s> {
    source: &'s str,
    /// Whether the source has a CR or NUL at all: most have none.
    odd: bool,
    nodes: Vec<Node>,
    links: Vec<Link>,
    decoded: String,
    attributes: Vec<Attribute>,
    /// Attributes that a second `<html>` or `<body>` tag brought.
    late: Vec<(NodeId, Attribute)>,
    doctype: Doctype,
    pub(super) others: Others,
}

impl<'s> Tree<'s> {
    /// A document with nothing in it.
    pub(super) fn new(source: &'s str, odd: bool) -> Self {
        // As most pages have it: a node for a hundred bytes.
        let room = source.len() / 96;
        let mut tree = Self {
            source,
            odd,
            nodes: Vec::with_capacity(room + 8),
            links: Vec::with_capacity(room + 8),
            decoded: String::new(),
            attributes: Vec::with_capacity(2 * room + 8),
            late: Vec::new(),
            doctype: Doctype::default(),
            others: Others::default(),
        };
        tree.create(Data::Document);
        tree
    }

    /// The document.
    #[must_use]
    pub fn root(&self) -> NodeId {
        NodeId::ROOT
    }

    /// The number of nodes, with those that were taken out of the document again.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether nothing but the root was made.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.len() <= 1
    }

    /// A node; none if `id` is another tree's.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.index())
    }

    /// The element `id`, if it is one.
    #[must_use]
    pub fn element(&self, id: NodeId) -> Option<&Element> {
        match &self.node(id)?.data {
            Data::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The name of the element `id`, in lower case, if it is one.
    #[must_use]
    pub fn name(&self, id: NodeId) -> Option<Name> {
        self.element(id).map(|element| element.name)
    }

    /// The text `id`, if it is one.
    #[must_use]
    pub fn text(&self, id: NodeId) -> Option<Text<'_>> {
        match self.node(id)?.data {
            Data::Text(pieces) => Some(Text { tree: self, first: pieces.first }),
            _ => None,
        }
    }

    /// The comment `id`, if it is one.
    #[must_use]
    pub fn comment(&self, id: NodeId) -> Option<Cow<'s, str>> {
        match self.node(id)?.data {
            Data::Comment(data) => Some(self.cooked(data, false)),
            _ => None,
        }
    }

    /// The document type; empty where the page has none.
    #[must_use]
    pub fn doctype(&self) -> &Doctype {
        &self.doctype
    }

    /// The local name of the element `id`, if it is one: `div`, `foreignObject`.
    #[must_use]
    pub fn tag(&self, id: NodeId) -> Option<&str> {
        let element = self.element(id)?;
        let name = element.name.known().or_else(|| self.others.name(element.name))?;
        Some(if element.namespace == Namespace::Svg { foreign::svg_name(name) } else { name })
    }

    /// The contents of the template `id`, which are not among its children.
    #[must_use]
    pub fn template_contents(&self, id: NodeId) -> Option<NodeId> {
        let element = self.element(id)?;
        let is_template = element.name == Name::TEMPLATE && element.namespace == Namespace::Html;
        let contents = is_template.then(|| id.following())?;
        matches!(self.node(contents)?.data, Data::Fragment).then_some(contents)
    }

    /// The node above.
    #[must_use]
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.parent
    }

    /// All the text below a node.
    #[must_use]
    pub fn text_of(&self, id: NodeId) -> String {
        let texts = self.descendants(id).filter_map(|id| self.text(id));
        texts.flat_map(Text::runs).map(|run| run.text).collect()
    }

    /// The attributes of an element, in the order of the source.
    pub fn attributes(&self, id: NodeId) -> impl Iterator<Item = &Attribute> {
        let late = self.late.iter().filter(move |late| late.0 == id).map(|late| &late.1);
        self.own_attributes(id).iter().chain(late)
    }

    fn own_attributes(&self, id: NodeId) -> &[Attribute] {
        self.element(id).map_or(&[], |element| {
            let first = element.first_attribute as usize;
            self.attributes.get(first..first + usize::from(element.attributes)).unwrap_or_default()
        })
    }

    /// The value of an attribute of a known name, if the element has it.
    #[must_use]
    pub fn attr(&self, id: NodeId, name: Name) -> Option<Cow<'s, str>> {
        self.attributes(id).find(|attribute| attribute.name == name).map(|found| self.value(found))
    }

    /// The value of an attribute, with character references decoded; it borrows from the source where it can.
    #[must_use]
    pub fn value(&self, attribute: &Attribute) -> Cow<'s, str> {
        self.cooked(attribute.value, true)
    }

    /// The name of an attribute, in lower case.
    #[must_use]
    pub fn attribute_name(&self, attribute: &Attribute) -> Cow<'s, str> {
        super::tokenizer::cooked_name(self.raw_name(attribute))
    }

    /// The name of an attribute as it is written.
    #[must_use]
    pub fn raw_name(&self, attribute: &Attribute) -> &'s str {
        attribute.label.of(self.source)
    }

    /// The children of a node, in order.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let first = self.node(id).and_then(|node| node.first_child);
        std::iter::successors(first, |&child| self.node(child).and_then(|node| node.next))
    }

    /// The nodes above, from the parent to the root.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let parent = self.node(id).and_then(|node| node.parent);
        std::iter::successors(parent, |&above| self.node(above).and_then(|node| node.parent))
    }

    /// The nodes below in document order, without the contents of templates.
    pub fn descendants(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let first = self.node(id).and_then(|node| node.first_child);
        std::iter::successors(first, move |&at| {
            self.node(at).and_then(|node| node.first_child).or_else(|| self.after(at, id))
        })
    }

    /// The next node in document order that is not below `id`, within `top`.
    #[must_use]
    pub fn after(&self, id: NodeId, top: NodeId) -> Option<NodeId> {
        let mut at = id;
        while at != top {
            let node = self.node(at)?;
            if node.next.is_some() {
                return node.next;
            }
            at = node.parent?;
        }
        None
    }

    fn run(&self, link: &Link) -> Run<'_> {
        let source = link.source;
        match link.decoded {
            Some(decoded) => Run { text: decoded.of(&self.decoded), source, verbatim: false },
            None => Run { text: source.of(self.source), source, verbatim: true },
        }
    }

    /// A stretch with line ends normalised, U+0000 replaced and, in attributes, references decoded.
    fn cooked(&self, span: Span, references: bool) -> Cow<'s, str> {
        let ampersand = if references { b'&' } else { 0 };
        let raw = span.of(self.source);
        let plain = match (self.odd, references) {
            (true, _) => memchr3(ampersand, b'\r', 0, raw.as_bytes()).is_none(),
            (false, true) => memchr(b'&', raw.as_bytes()).is_none(),
            (false, false) => true,
        };
        if plain { Cow::Borrowed(raw) } else { Cow::Owned(reference::cooked(raw, references)) }
    }

    pub(super) fn source(&self) -> &'s str {
        self.source
    }

    pub(super) fn create(&mut self, data: Data) -> NodeId {
        // Memory ends before the numbers do: a node takes 44 bytes.
        let number = u32::try_from(self.nodes.len() + 1).ok().and_then(NonZeroU32::new);
        let id = NodeId(number.unwrap_or(NonZeroU32::MAX));
        let (parent, previous, next, first_child, last_child) = (None, None, None, None, None);
        self.nodes.push(Node { parent, previous, next, first_child, last_child, data });
        id
    }

    /// Makes an element; `attributes` are no more than the cap on them.
    pub(super) fn create_element(
        &mut self,
        name: Name,
        namespace: Namespace,
        attributes: &[Attribute],
        source: Span,
    ) -> NodeId {
        let first_attribute = self.attributes.len() as u32;
        self.attributes.extend_from_slice(attributes);
        let attributes = attributes.len() as u16;
        let element = Element { name, namespace, is_open: false, attributes, first_attribute, source };
        let id = self.create(Data::Element(element));
        if name == Name::TEMPLATE && namespace == Namespace::Html {
            self.create(Data::Fragment);
        }
        id
    }

    /// Another element for the same tag.
    pub(super) fn create_again(&mut self, id: NodeId) -> Option<NodeId> {
        let element = *self.element(id)?;
        Some(self.create(Data::Element(Element { is_open: false, ..element })))
    }

    pub(super) fn set_doctype(&mut self, doctype: Doctype) {
        self.doctype = doctype;
        let id = self.create(Data::Doctype);
        self.insert(id, NodeId::ROOT, None);
    }

    /// Adds those attributes that the element does not have, up to `most` of them.
    pub(super) fn add_missing(&mut self, id: NodeId, attributes: &[Attribute], most: usize) {
        let count = self.attributes(id).count();
        for attribute in attributes.iter().take(most.saturating_sub(count)) {
            let known = self.attributes(id).any(|known| known.has_name_of(attribute, self.source));
            if !known {
                self.late.push((id, *attribute));
            }
        }
    }

    pub(super) fn created_since(&self, count: usize) -> &[Node] {
        self.nodes.get(count..).unwrap_or_default()
    }

    fn change(&mut self, id: Option<NodeId>, change: impl FnOnce(&mut Node)) {
        if let Some(node) = id.and_then(|id| self.nodes.get_mut(id.index())) {
            change(node);
        }
    }

    pub(super) fn set_open(&mut self, id: NodeId, is_open: bool) {
        if let Some(Node { data: Data::Element(element), .. }) = self.nodes.get_mut(id.index()) {
            element.is_open = is_open;
        }
    }

    /// Puts a node that has no parent under `parent`, before `next` or last.
    pub(super) fn insert(&mut self, id: NodeId, parent: NodeId, next: Option<NodeId>) {
        let previous = self.before(parent, next);
        self.change(Some(id), |node| {
            (node.parent, node.previous, node.next) = (Some(parent), previous, next);
        });
        self.join(parent, previous, Some(id));
        self.join(parent, Some(id), next);
    }

    /// The node that stands before `next`, or last, under `parent`.
    fn before(&self, parent: NodeId, next: Option<NodeId>) -> Option<NodeId> {
        match next {
            Some(next) => self.node(next).and_then(|node| node.previous),
            None => self.node(parent).and_then(|node| node.last_child),
        }
    }

    pub(super) fn detach(&mut self, id: NodeId) {
        let Some(node) = self.nodes.get_mut(id.index()) else { return };
        let (previous, next) = (node.previous.take(), node.next.take());
        if let Some(parent) = node.parent.take() {
            self.join(parent, previous, next);
        }
    }

    /// Makes two nodes neighbours; none on one side is the end of the parent's children.
    fn join(&mut self, parent: NodeId, left: Option<NodeId>, right: Option<NodeId>) {
        match left {
            Some(_) => self.change(left, |node| node.next = right),
            None => self.change(Some(parent), |node| node.first_child = right),
        }
        match right {
            Some(_) => self.change(right, |node| node.previous = left),
            None => self.change(Some(parent), |node| node.last_child = left),
        }
    }

    pub(super) fn move_children(&mut self, from: NodeId, to: NodeId) {
        let mut child = self.node(from).and_then(|node| node.first_child);
        while let Some(id) = child {
            child = self.node(id).and_then(|node| node.next);
            self.detach(id);
            self.insert(id, to, None);
        }
    }

    /// Adds text under `parent`, before `next` or last, to the text that stands there if any.
    pub(super) fn add_text(&mut self, parent: NodeId, next: Option<NodeId>, piece: Piece) {
        let before = self.before(parent, next);
        let known = before.and_then(|id| self.nodes.get(id.index())).map(|node| node.data);
        let link = self.links.len() as u32;
        match (before, known) {
            (Some(id), Some(Data::Text(pieces))) => {
                if !self.extends(pieces.last, piece) {
                    self.link(piece);
                    let before = self.links.get_mut(pieces.last as usize);
                    before.into_iter().for_each(|before| before.next = NonZeroU32::new(link));
                    let pieces = Pieces { first: pieces.first, last: link };
                    self.change(Some(id), |node| node.data = Data::Text(pieces));
                }
            }
            _ => {
                self.link(piece);
                let id = self.create(Data::Text(Pieces { first: link, last: link }));
                self.insert(id, parent, next);
            }
        }
    }

    /// Makes the last stretch of a text longer, where verbatim text goes on.
    fn extends(&mut self, last: u32, piece: Piece) -> bool {
        let Some(last) = self.links.get_mut(last as usize) else { return false };
        let goes_on =
            last.decoded.is_none() && piece.replaced.is_none() && last.source.end() == piece.source.start();
        if goes_on {
            last.source = last.source.cover(piece.source);
        }
        goes_on
    }

    fn link(&mut self, piece: Piece) {
        let decoded = piece.replaced.map(|(first, second)| {
            let start = self.decoded.len();
            self.decoded.extend(std::iter::once(first).chain(second));
            Span::new(start, self.decoded.len())
        });
        self.links.push(Link { source: piece.source, decoded, next: None });
    }
}
