//! From a tree to pieces of text, each with the block and the elements that it stands in.

use super::super::BlockKind;
use super::super::draft::{CELL_BREAK, LINE_BREAK, Leaf, Shell};
use super::super::html::{Attribute, Name, Node, NodeId, Tree};
use super::super::select::Matches;
use super::element::Tag;
use crate::text::Span;

/// An element with text in it, or around it.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Place {
    /// The place around it; the root is around itself.
    pub parent: usize,
    /// Its node.
    pub node: NodeId,
    pub tag: Tag,
    /// The nearest block: itself, or a place around it.
    pub block: usize,
    /// Blocks around it.
    pub depth: usize,
    /// How many pieces of text came before it.
    first_leaf: usize,
    kind: BlockKind,
    reason: Option<&'static str>,
    inside: bool,
    link: Option<usize>,
    bold: bool,
    italic: bool,
}

/// What a walk gives.
pub(in super::super) struct Walked<'a> {
    /// The pieces, in the order of the tree.
    pub leaves: Vec<Leaf<'a>>,
    /// Their blocks.
    pub shells: Vec<Shell>,
    /// The elements, each after those around it.
    pub places: Vec<Place>,
    /// Where links lead.
    hrefs: Vec<&'a Attribute>,
}

impl Walked<'_> {
    /// Where a link of `tree` leads, as written.
    pub fn href(&self, tree: &Tree<'_>, link: usize) -> String {
        self.hrefs.get(link).map_or_else(String::new, |href| tree.value(href).into_owned())
    }

    /// Where all of them lead.
    pub fn hrefs(&self, tree: &Tree<'_>) -> Vec<String> {
        (0..self.hrefs.len()).map(|link| self.href(tree, link)).collect()
    }
}

/// What is left out on the ground of its tag alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Scope {
    /// A page: all but the text of controls goes on to the choice of the article.
    Page,
    /// Nothing but captions and controls: the fragment was chosen by somebody.
    Fragment,
}

struct Walk<'a> {
    tree: &'a Tree<'a>,
    matches: &'a Matches,
    scope: Scope,
    out: Walked<'a>,
    /// The innermost place that is open, and its number.
    here: Place,
    at: usize,
    /// The block that the next text belongs to; none where a tag has ended the last one.
    shell: Option<usize>,
    /// Whether a `<br>` came after the last word.
    broken: bool,
    last: usize,
}

pub(in super::super) fn walk<'a>(tree: &'a Tree<'_>, matches: &'a Matches, scope: Scope) -> Walked<'a> {
    let root = Place {
        parent: 0,
        node: tree.root(),
        tag: Tag::Body,
        block: 0,
        depth: 0,
        first_leaf: 0,
        kind: BlockKind::Paragraph,
        reason: None,
        inside: matches.select.is_none(),
        link: None,
        bold: false,
        italic: false,
    };
    let room = tree.len() / 2;
    let mut out = Walked {
        leaves: Vec::with_capacity(room),
        shells: Vec::new(),
        places: Vec::with_capacity(room + 1),
        hrefs: Vec::new(),
    };
    out.places.push(root);
    let mut walk = Walk { tree, matches, scope, out, here: root, at: 0, shell: None, broken: false, last: 0 };
    walk.run();
    let mut out = walk.out;
    // The tree moves text about (a misplaced table cell, a formatting element not closed), a reader does not.
    if !out.leaves.is_sorted_by_key(|leaf| leaf.source.start()) {
        out.leaves.sort_by_key(|leaf| leaf.source.start());
    }
    out
}

impl<'a> Walk<'a> {
    fn run(&mut self) {
        let root = self.tree.root();
        let mut next = self.tree.node(root).and_then(|node| node.first_child);
        while let Some(id) = next {
            let Some(node) = self.tree.node(id) else { return };
            next = self.enter(id).or_else(|| self.onward(id, node));
        }
    }

    /// The node after one with nothing (more) below it; elements that end on the way are left.
    fn onward(&mut self, id: NodeId, node: &Node) -> Option<NodeId> {
        let (mut id, mut node) = (id, node);
        loop {
            if self.here.node == id && self.at > 0 {
                self.leave();
            }
            if node.next.is_some() {
                return node.next;
            }
            id = node.parent?;
            node = self.tree.node(id)?;
        }
    }

    /// Reads a node; gives its first child where there is something to read below.
    fn enter(&mut self, id: NodeId) -> Option<NodeId> {
        if let Some(text) = self.tree.text(id) {
            for run in text.runs() {
                self.text(run.text, run.source);
            }
            return None;
        }
        let tag = Tag::of(self.tree.name(id)?);
        match tag {
            Tag::Unread => return None,
            Tag::LineBreak => self.line_break(),
            _ => {}
        }
        let child = self.tree.node(id)?.first_child;
        if child.is_some() {
            let place = self.inner(id, tag);
            self.at = self.out.places.len();
            self.here = place;
            self.out.places.push(place);
        }
        if tag.is_block() {
            self.shell = None;
        }
        child
    }

    fn leave(&mut self) {
        let left = self.here;
        if left.tag == Tag::Cell && self.shell.is_some() {
            self.push(CELL_BREAK, Span::new(self.last, self.last));
        }
        if left.first_leaf == self.out.leaves.len() {
            // A frame around a picture, a `<b>` that was opened again: nobody asks for a place without text.
            self.out.places.truncate(self.at);
        }
        let Some(&outer) = self.out.places.get(left.parent) else { return };
        (self.here, self.at) = (outer, left.parent);
        if left.tag.is_block() || (left.kind, left.inside) != (outer.kind, outer.inside) {
            self.shell = None;
        }
    }

    fn text(&mut self, piece: &'a str, source: Span) {
        let blank = piece.bytes().all(|byte| byte.is_ascii_whitespace());
        if blank && self.shell.is_none() {
            return;
        }
        self.broken &= blank;
        self.last = source.end();
        self.push(piece, source);
    }

    /// Two `<br>` with nothing between them end a paragraph.
    fn line_break(&mut self) {
        if std::mem::replace(&mut self.broken, true) {
            self.shell = None;
        } else if self.shell.is_some() {
            self.push(LINE_BREAK, Span::new(self.last, self.last));
        }
    }

    fn push(&mut self, text: &'a str, source: Span) {
        let Place { link, bold, italic, .. } = self.here;
        let shell = self.shell.unwrap_or_else(|| self.begin());
        self.out.leaves.push(Leaf { shell, text, source, place: self.at, link, bold, italic });
    }

    fn begin(&mut self) -> usize {
        let place = self.here;
        let (kind, reason) = if place.inside || place.kind.is_left_out() {
            (place.kind, place.reason)
        } else {
            (BlockKind::Selected, Some("outside what select= matches"))
        };
        self.out.shells.push(Shell { kind, reason, place: place.block });
        let shell = self.out.shells.len() - 1;
        self.shell = Some(shell);
        shell
    }

    /// The place of an element that begins here.
    fn inner(&mut self, id: NodeId, tag: Tag) -> Place {
        let outer = self.here;
        let first_leaf = self.out.leaves.len();
        let mut place = Place { parent: self.at, node: id, tag, first_leaf, ..outer };
        if tag.is_block() {
            place.block = self.out.places.len();
            place.depth += 1;
        }
        place.inside |= self.matches.select.as_ref().is_some_and(|chosen| chosen.contains(&id));
        if !place.kind.is_left_out() {
            if let Some((kind, reason)) = self.left_out(id, tag) {
                (place.kind, place.reason) = (kind, Some(reason));
            } else if let Some(kind) = tag.kind(outer.kind) {
                place.kind = kind;
            }
        }
        match tag {
            Tag::Link => place.link = self.link(id).or(outer.link),
            Tag::Bold => place.bold = true,
            Tag::Italic => place.italic = true,
            _ => {}
        }
        if (place.kind, place.inside) != (outer.kind, outer.inside) {
            self.shell = None;
        }
        place
    }

    fn link(&mut self, id: NodeId) -> Option<usize> {
        let tree = self.tree;
        self.out.hrefs.push(tree.attributes(id).find(|attribute| attribute.name == Name::HREF)?);
        Some(self.out.hrefs.len() - 1)
    }

    fn left_out(&self, id: NodeId, tag: Tag) -> Option<(BlockKind, &'static str)> {
        if self.matches.drop.contains(&id) {
            return Some((BlockKind::Selected, "matched by drop="));
        }
        match tag {
            Tag::Control => Some((BlockKind::Nav, "a form's own text")),
            Tag::Caption if self.scope == Scope::Fragment => {
                Some((BlockKind::Caption, "stands under a picture"))
            }
            _ => None,
        }
    }
}
