//! What html5ever's tree construction writes into, and how positions reach the text.

use super::tree::{Data, Doctype, Element, NodeId, Run, Tree};
use crate::limits::MAX_ATTRIBUTES;
use crate::text::Span;
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, QualName, ns};
use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

/// A tree under construction.
#[derive(Debug)]
pub struct TreeMaker {
    tree: RefCell<Tree>,
    pending: RefCell<Pending>,
    tag: Cell<Span>,
    nameless: RefCell<QualName>,
}

impl Default for TreeMaker {
    fn default() -> Self {
        let nameless = RefCell::new(QualName::new(None, ns!(), LocalName::from("")));
        Self { tree: RefCell::default(), pending: RefCell::default(), tag: Cell::default(), nameless }
    }
}

/// Text tokens on their way to the tree, which may split them, leave some out, and hold them back up to the next tag.
#[derive(Debug, Default)]
struct Pending {
    pieces: Vec<Piece>,
    /// The piece from which the next text is looked for, and the byte in it.
    piece: usize,
    byte: usize,
}

#[derive(Debug)]
struct Piece {
    text: StrTendril,
    source: Span,
    verbatim: bool,
}

impl Pending {
    /// The run of `text`, which tree construction took from one of the pieces at or after the cursor.
    fn take(&mut self, text: &str) -> Run {
        let ahead = self.pieces.get(self.piece..).unwrap_or_default();
        for (skipped, piece) in ahead.iter().enumerate() {
            let from = if skipped == 0 { self.byte } else { 0 };
            if let Some(start) = piece.find(text, from) {
                self.piece += skipped;
                self.byte = start + text.len();
                return piece.run(start, text.len());
            }
        }
        let end = self.pieces.last().map_or(0, |last| last.source.end);
        Run { text: 0, len: text.len(), source: Span::new(end, end), verbatim: false }
    }
}

impl Piece {
    fn find(&self, text: &str, from: usize) -> Option<usize> {
        let rest = self.text.get(from..).filter(|rest| rest.len() >= text.len())?;
        // After `<pre>` the first line feed is left out: of "\n\n" it is the second that stays.
        let first_is_left_out = from == 0 && rest.starts_with('\n') && text.len() + 1 == rest.len();
        if first_is_left_out && rest.ends_with(text) {
            return Some(1);
        }
        // Most often they are the same memory.
        if std::ptr::eq(rest.as_ptr(), text.as_ptr()) || rest.starts_with(text) {
            return Some(from);
        }
        rest.find(text).map(|found| from + found)
    }

    fn run(&self, start: usize, len: usize) -> Run {
        let source = match self.verbatim {
            true => Span::new(self.source.start + start, self.source.start + start + len),
            false => self.source,
        };
        Run { text: 0, len, source, verbatim: self.verbatim }
    }
}

impl TreeMaker {
    pub(super) fn expect(&self, bytes: usize) {
        self.tree.borrow_mut().expect(bytes);
    }

    pub(super) fn expect_text(&self, text: StrTendril, source: Span, verbatim: bool) {
        self.pending.borrow_mut().pieces.push(Piece { text, source, verbatim });
    }

    pub(super) fn forget_text(&self) {
        let mut pending = self.pending.borrow_mut();
        pending.pieces.clear();
        (pending.piece, pending.byte) = (0, 0);
    }

    pub(super) fn set_tag(&self, source: Span) {
        self.tag.set(source);
    }

    pub(super) fn node_count(&self) -> usize {
        self.tree.borrow().len()
    }

    /// The names of the elements made since the tree had `count` nodes, the last first.
    pub(super) fn elements_since(&self, count: usize) -> Vec<LocalName> {
        let tree = self.tree.borrow();
        let elements = tree.created_since(count).iter().rev().filter_map(|node| match &node.data {
            Data::Element(element) => Some(element.name.local.clone()),
            _ => None,
        });
        elements.collect()
    }

    pub(super) fn create_context(&self, name: QualName) -> NodeId {
        self.create_element(name, Vec::new(), ElementFlags::default())
    }

    fn insert(&self, child: NodeOrText<NodeId>, parent: NodeId, next: Option<NodeId>) {
        let mut tree = self.tree.borrow_mut();
        match child {
            NodeOrText::AppendNode(id) => {
                tree.detach(id);
                tree.insert(id, parent, next);
            }
            NodeOrText::AppendText(text) => {
                let run = self.pending.borrow_mut().take(&text);
                tree.add_text(parent, next, &text, run);
            }
        }
    }

    fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.tree.borrow().node(id).and_then(|node| node.parent)
    }
}

impl TreeSink for TreeMaker {
    type Handle = NodeId;
    type Output = Tree;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn get_document(&self) -> NodeId {
        self.tree.borrow().root()
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        let name =
            Ref::filter_map(self.tree.borrow(), |tree| tree.element(*target).map(|element| &element.name));
        name.unwrap_or_else(|_| self.nameless.borrow())
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        let mut tree = self.tree.borrow_mut();
        let attrs = attrs.into_iter().map(Into::into).collect();
        let element = Element { name, attrs, source: self.tag.get(), template_contents: None };
        let id = tree.create(Data::Element(element));
        if flags.template {
            let contents = tree.create(Data::Fragment);
            if let Some(element) = tree.element_mut(id) {
                element.template_contents = Some(contents);
            }
        }
        id
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.tree.borrow_mut().create(Data::Comment(String::from(&*text)))
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.tree.borrow_mut().create(Data::Comment(format!("?{target} {data}")))
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.insert(child, *parent, None);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        if let Some(parent) = self.parent(*sibling) {
            self.insert(child, parent, Some(*sibling));
        }
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        match self.parent(*element) {
            Some(parent) => self.insert(child, parent, Some(*element)),
            None => self.insert(child, *previous, None),
        }
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        let [name, public_id, system_id] = [name, public_id, system_id].map(|part| String::from(&*part));
        let mut tree = self.tree.borrow_mut();
        let id = tree.create(Data::Doctype(Doctype { name, public_id, system_id }));
        let root = tree.root();
        tree.insert(id, root, None);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        let tree = self.tree.borrow();
        tree.element(*target).and_then(|element| element.template_contents).unwrap_or(*target)
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        let Some(element) = tree.element_mut(*target) else { return };
        for attr in attrs {
            let known = element.attrs.iter().any(|known| known.name == attr.name);
            if !known && element.attrs.len() < MAX_ATTRIBUTES {
                element.attrs.push(attr.into());
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.tree.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.tree.borrow_mut().move_children(*node, *new_parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, target: &NodeId) -> bool {
        let tree = self.tree.borrow();
        let encoding = tree.attr(*target, "encoding").unwrap_or("");
        ["text/html", "application/xhtml+xml"].iter().any(|html| encoding.eq_ignore_ascii_case(html))
    }
}
