//! The tree: an arena of nodes, each text with the places it was read from.

use crate::text::Span;
use html5ever::tendril::StrTendril;
use html5ever::{QualName, ns};
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
#[derive(Clone, Debug)]
pub enum Data {
    /// The root of a document.
    Document,
    /// The root of a template's contents.
    Fragment,
    /// A document type.
    Doctype(Doctype),
    /// A comment's text.
    Comment(String),
    /// An element.
    Element(Element),
    /// Text.
    Text(Text),
}

/// A document type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doctype {
    /// The name: `html`.
    pub name: String,
    /// The public identifier.
    pub public_id: String,
    /// The system identifier.
    pub system_id: String,
}

/// An element.
#[derive(Clone, Debug)]
pub struct Element {
    /// Its name and namespace.
    pub name: QualName,
    /// Its attributes, in the order of the source.
    pub attrs: Vec<Attribute>,
    /// The tag it was made for: for an element that the markup only implies, the tag that implied it.
    pub source: Span,
    /// The root of a template's contents, which are not among its children.
    pub template_contents: Option<NodeId>,
}

/// An attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name and namespace.
    pub name: QualName,
    /// Its value, with character references decoded; it shares the memory of the source where it can.
    pub value: StrTendril,
}

impl From<html5ever::Attribute> for Attribute {
    fn from(attribute: html5ever::Attribute) -> Self {
        Self { name: attribute.name, value: attribute.value }
    }
}

/// Text and where it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The text; it shares the memory of the source where it can.
    pub string: StrTendril,
    /// Stretches that cover it, in order.
    pub runs: Vec<Run>,
}

/// A stretch of text that is verbatim source, as long as possible, or one replaced item: a character reference, a line
/// end with a carriage return, U+0000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its first byte in the node's text.
    pub text: usize,
    /// Its bytes of text.
    pub len: usize,
    /// Where it was read.
    pub source: Span,
    /// Whether text and source are the same bytes.
    pub verbatim: bool,
}

impl Text {
    /// Where the bytes `span` of the string were read; a replaced item counts as a whole.
    #[must_use]
    pub fn source(&self, span: Span) -> Option<Span> {
        let first = self.runs.partition_point(|run| run.text + run.len <= span.start);
        let start = self.runs.get(first)?;
        let after = self.runs.partition_point(|run| run.text < span.end);
        let end = self.runs.get(after.checked_sub(1)?.max(first))?;
        Some(Span::new(start.source_at(span.start, false), end.source_at(span.end, true)))
    }

    fn push(&mut self, string: &StrTendril, run: Run) {
        let text = self.string.len();
        if text == 0 {
            self.string = string.clone();
        } else {
            self.string.push_tendril(string);
        }
        match self.runs.last_mut() {
            Some(last) if last.verbatim && run.verbatim && last.source.end == run.source.start => {
                last.len += run.len;
                last.source.end = run.source.end;
            }
            _ => self.runs.push(Run { text, ..run }),
        }
    }
}

impl Run {
    fn source_at(&self, text: usize, is_end: bool) -> usize {
        let inside = text.saturating_sub(self.text).min(self.len);
        match (self.verbatim, is_end) {
            (true, _) => self.source.start + inside,
            (false, true) if inside > 0 => self.source.end,
            (false, _) => self.source.start,
        }
    }
}

/// A parsed document.
#[derive(Clone, Debug)]
pub struct Tree {
    nodes: Vec<Node>,
}

impl Default for Tree {
    fn default() -> Self {
        let mut tree = Self { nodes: Vec::new() };
        tree.create(Data::Document);
        tree
    }
}

impl Tree {
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

    /// The text `id`, if it is one.
    #[must_use]
    pub fn text(&self, id: NodeId) -> Option<&Text> {
        match &self.node(id)?.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The local name of the element `id`, if it is one.
    #[must_use]
    pub fn tag(&self, id: NodeId) -> Option<&str> {
        self.element(id).map(|element| &*element.name.local)
    }

    /// The node above.
    #[must_use]
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.parent
    }

    /// All the text below a node.
    #[must_use]
    pub fn text_of(&self, id: NodeId) -> String {
        self.descendants(id).filter_map(|id| self.text(id)).map(|text| &*text.string).collect()
    }

    /// The value of an attribute without namespace: `attr(id, "href")`.
    #[must_use]
    pub fn attr(&self, id: NodeId, name: &str) -> Option<&str> {
        let attrs = &self.element(id)?.attrs;
        let found = attrs.iter().find(|attr| attr.name.ns == ns!() && &*attr.name.local == name)?;
        Some(&found.value)
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

    pub(super) fn create(&mut self, data: Data) -> NodeId {
        // Memory ends before the numbers do: a node takes more than a hundred bytes.
        let number = u32::try_from(self.nodes.len() + 1).ok().and_then(NonZeroU32::new);
        let id = NodeId(number.unwrap_or(NonZeroU32::MAX));
        let (parent, previous, next, first_child, last_child) = (None, None, None, None, None);
        self.nodes.push(Node { parent, previous, next, first_child, last_child, data });
        id
    }

    /// Makes room for the nodes of a source of so many bytes, as most have them.
    pub(super) fn expect(&mut self, bytes: usize) {
        self.nodes.reserve(bytes / 96);
    }

    pub(super) fn created_since(&self, count: usize) -> &[Node] {
        self.nodes.get(count..).unwrap_or_default()
    }

    fn change(&mut self, id: Option<NodeId>, change: impl FnOnce(&mut Node)) {
        if let Some(node) = id.and_then(|id| self.nodes.get_mut(id.index())) {
            change(node);
        }
    }

    pub(super) fn element_mut(&mut self, id: NodeId) -> Option<&mut Element> {
        match &mut self.nodes.get_mut(id.index())?.data {
            Data::Element(element) => Some(element),
            _ => None,
        }
    }

    /// Puts a node that has no parent under `parent`, before `next` or last.
    pub(super) fn insert(&mut self, id: NodeId, parent: NodeId, next: Option<NodeId>) {
        let previous = match next {
            Some(next) => self.node(next).and_then(|node| node.previous),
            None => self.node(parent).and_then(|node| node.last_child),
        };
        self.change(Some(id), |node| {
            (node.parent, node.previous, node.next) = (Some(parent), previous, next);
        });
        self.join(parent, previous, Some(id));
        self.join(parent, Some(id), next);
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
    pub(super) fn add_text(&mut self, parent: NodeId, next: Option<NodeId>, string: &StrTendril, run: Run) {
        let before = match next {
            Some(next) => self.node(next).and_then(|node| node.previous),
            None => self.node(parent).and_then(|node| node.last_child),
        };
        let node = before.and_then(|before| self.nodes.get_mut(before.index()));
        if let Some(Node { data: Data::Text(text), .. }) = node {
            text.push(string, run);
            return;
        }
        let mut text = Text::default();
        text.push(string, run);
        let id = self.create(Data::Text(text));
        self.insert(id, parent, next);
    }
}
