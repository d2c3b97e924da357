//! The list of active formatting elements and the adoption agency
//! (<https://html.spec.whatwg.org/#the-list-of-active-formatting-elements>).

use super::super::hash::mix;
use super::builder::Builder;
use super::names::{Name, SCOPE, SPECIAL};
use super::stack::Open;
use super::tag::{Attribute, Tag};
use super::tree::{NodeId, Tree};

/// A formatting element that is open, or would be if it could.
#[derive(Clone, Copy, Debug)]
struct Entry {
    id: NodeId,
    name: Name,
    /// Markers directly before it.
    markers: u32,
    /// A hash of its attributes, once it was asked for.
    attributes: Option<u64>,
}

/// The list. Markers are counted, not listed: some are left behind for good by their elements.
#[derive(Debug, Default)]
pub(super) struct Formatting {
    entries: Vec<Entry>,
    /// Markers after the last element.
    markers: u32,
}

impl Formatting {
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn push_marker(&mut self) {
        self.markers += 1;
    }

    fn push(&mut self, id: NodeId, name: Name) {
        let markers = std::mem::take(&mut self.markers);
        self.entries.push(Entry { id, name, markers, attributes: None });
    }

    pub fn clear_to_marker(&mut self) {
        while self.markers == 0 {
            let Some(entry) = self.entries.pop() else { return };
            self.markers = entry.markers;
        }
        self.markers -= 1;
    }

    /// The places of the elements after the last marker, the last first.
    fn after_marker(&self) -> impl Iterator<Item = usize> {
        let count = if self.markers > 0 { 0 } else { self.entries.len() };
        let mut ended = false;
        (0..count).rev().take_while(move |&at| {
            let go_on = !ended;
            ended = self.entries.get(at).is_none_or(|entry| entry.markers > 0);
            go_on
        })
    }

    fn find(&self, name: Name) -> Option<usize> {
        self.after_marker().find(|&at| self.entries.get(at).is_some_and(|entry| entry.name == name))
    }

    fn position(&self, id: NodeId) -> Option<usize> {
        self.entries.iter().rposition(|entry| entry.id == id)
    }

    fn remove(&mut self, at: usize) {
        if at >= self.entries.len() {
            return;
        }
        let entry = self.entries.remove(at);
        match self.entries.get_mut(at) {
            Some(next) => next.markers += entry.markers,
            None => self.markers += entry.markers,
        }
    }

    fn replace(&mut self, at: usize, id: NodeId) {
        self.entries.get_mut(at).into_iter().for_each(|entry| entry.id = id);
    }

    /// Noah's Ark: of elements with the same name and attributes after the last marker, three are kept.
    fn keep_three(&mut self, name: Name, attributes: &[Attribute], tree: &Tree<'_>) {
        let named = |at: &usize| self.entries.get(*at).is_some_and(|entry| entry.name == name);
        let alike: Vec<usize> = self.after_marker().filter(named).collect();
        if alike.len() < 3 {
            return;
        }
        let wanted = hash_of(attributes.iter(), tree);
        let mut same = Vec::new();
        for at in alike {
            let Some(entry) = self.entries.get_mut(at) else { return };
            let id = entry.id;
            let hash = *entry.attributes.get_or_insert_with(|| hash_of(tree.attributes(id), tree));
            if hash == wanted {
                same.push(at);
            }
        }
        if same.len() >= 3 {
            same.last().into_iter().for_each(|&earliest| self.remove(earliest));
        }
    }
}

/// A hash of names and values that does not depend on their order.
fn hash_of<'a>(attributes: impl Iterator<Item = &'a Attribute>, tree: &Tree<'_>) -> u64 {
    let hash = |attribute: &Attribute| {
        let seed = u64::from(attribute.hash()) | 1 << 40;
        let value = tree.value(attribute);
        let mixed = value.bytes().fold(seed, |hash, byte| mix(hash, u64::from(byte)));
        mixed ^ mixed >> 29
    };
    attributes.map(hash).fold(1, u64::wrapping_add)
}

/// Where in the list the adoption agency puts its new element.
enum Bookmark {
    Instead(NodeId),
    After(NodeId),
}

impl Builder<'_> {
    /// Makes a formatting element and remembers it.
    pub(super) fn insert_formatting(&mut self, tag: &Tag<'_>) {
        self.formatting.keep_three(tag.name, tag.attributes, &self.tree);
        let id = self.insert_element(tag);
        self.formatting.push(id, tag.name);
    }

    /// Opens again the formatting elements that something else has closed.
    pub(super) fn reconstruct(&mut self) {
        let is_open = |entry: &Entry| self.tree.element(entry.id).is_some_and(|element| element.is_open);
        if self.formatting.markers > 0 || self.formatting.entries.last().is_none_or(is_open) {
            return;
        }
        let mut first = self.formatting.entries.len();
        for at in self.formatting.after_marker() {
            if self.formatting.entries.get(at).is_some_and(is_open) {
                break;
            }
            first = at;
        }
        for at in first..self.formatting.entries.len() {
            let Some(entry) = self.formatting.entries.get(at).copied() else { return };
            let Some(id) = self.tree.create_again(entry.id) else { return };
            self.place(id);
            self.push(Open::new(id, entry.name, entry.name.flags(), true));
            self.formatting.replace(at, id);
        }
    }

    /// An `<a>` in an `<a>` closes it.
    pub(super) fn close_link(&mut self) {
        let Some(found) = self.formatting.find(Name::A) else { return };
        let Some(id) = self.formatting.entries.get(found).map(|entry| entry.id) else { return };
        self.adopt(Name::A);
        if let Some(at) = self.formatting.position(id) {
            self.formatting.remove(at);
        }
        self.remove(id);
    }

    /// The adoption agency algorithm, for the end tag of a formatting element.
    pub(super) fn adopt(&mut self, subject: Name) {
        let current = self.open.top().filter(|top| top.is(subject)).map(|top| top.id);
        if current.is_some_and(|id| self.formatting.position(id).is_none()) {
            self.pop();
            return;
        }
        for _ in 0..8 {
            let Some(entry) = self.formatting.find(subject) else { return self.any_other_end(subject) };
            if self.adopt_once(entry).is_none() {
                return;
            }
        }
    }

    /// One round of it; none where there is nothing more to do.
    fn adopt_once(&mut self, entry: usize) -> Option<()> {
        let element = self.formatting.entries.get(entry)?.id;
        let Some(at) = self.open.position(element) else {
            self.formatting.remove(entry);
            return None;
        };
        if !self.open.any_in_scope(SCOPE, |open| open.id == element) {
            return None;
        }
        let block = self.open.slice(at).iter().position(|open| open.is_html && open.flags & SPECIAL != 0);
        let Some(block_at) = block.map(|found| at + found) else {
            self.truncate(at);
            self.formatting.remove(entry);
            return None;
        };
        let block = self.open.get(block_at)?.id;
        let ancestor = *self.open.get(at.checked_sub(1)?)?;
        let (last, bookmark) = self.clone_between(element, block, block_at)?;
        self.tree.detach(last);
        let (parent, next) = self.spot(&ancestor);
        self.tree.insert(last, parent, next);
        let clone = self.tree.create_again(element)?;
        self.tree.move_children(block, clone);
        self.tree.insert(clone, block, None);
        self.mark(element, clone, &bookmark)?;
        self.remove(element);
        let name = self.tree.name(clone)?;
        let under = self.open.position(block)? + 1;
        self.open.insert(under, Open::new(clone, name, name.flags(), true));
        self.tree.set_open(clone, true);
        Some(())
    }

    /// Clones the formatting elements between an element and the furthest block, each around the one before; what is
    /// to be moved then, and where the list goes on.
    fn clone_between(
        &mut self,
        element: NodeId,
        block: NodeId,
        block_at: usize,
    ) -> Option<(NodeId, Bookmark)> {
        let mut bookmark = Bookmark::Instead(element);
        let mut last = block;
        let mut at = block_at;
        for count in 1.. {
            at = at.checked_sub(1)?;
            let node = self.open.get(at)?.id;
            if node == element {
                break;
            }
            let entry = self.formatting.position(node);
            let Some(entry) = entry.filter(|_| count <= 3) else {
                entry.into_iter().for_each(|entry| self.formatting.remove(entry));
                self.remove(node);
                continue;
            };
            let clone = self.tree.create_again(node)?;
            self.tree.set_open(node, false);
            self.tree.set_open(clone, true);
            self.open.replace(at, clone);
            self.formatting.replace(entry, clone);
            if last == block {
                bookmark = Bookmark::After(clone);
            }
            self.tree.detach(last);
            self.tree.insert(last, clone, None);
            last = clone;
        }
        Some((last, bookmark))
    }

    /// Puts the clone of an element in the list, and takes the element off it.
    fn mark(&mut self, element: NodeId, clone: NodeId, bookmark: &Bookmark) -> Option<()> {
        match *bookmark {
            Bookmark::Instead(old) => {
                let at = self.formatting.position(old)?;
                self.formatting.replace(at, clone);
            }
            Bookmark::After(previous) => {
                let name = self.tree.name(clone)?;
                let at = self.formatting.position(previous)? + 1;
                let entry = Entry { id: clone, name, markers: 0, attributes: None };
                self.formatting.entries.insert(at, entry);
                let old = self.formatting.position(element)?;
                self.formatting.remove(old);
            }
        }
        Some(())
    }
}
