//! The stack of open elements (<https://html.spec.whatwg.org/#the-stack-of-open-elements>).

use super::names::{ANCHOR, BUTTON_SCOPE, COUNT, Flags, Name, SCOPE};
use super::tree::NodeId;

/// An open element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub id: NodeId,
    pub name: Name,
    /// What the standard says of it.
    pub flags: Flags,
    pub is_html: bool,
    /// Whether a `<p>` is in button scope, seen from here: asked for at most start tags.
    has_p: bool,
    /// The nearest element, itself or below, that says in which insertion mode content is read.
    anchor: u16,
}

impl Open {
    pub fn new(id: NodeId, name: Name, flags: Flags, is_html: bool) -> Self {
        Self { id, name, flags, is_html, has_p: false, anchor: 0 }
    }

    /// Whether it is an HTML element of that name.
    pub fn is(&self, name: Name) -> bool {
        self.name == name && self.is_html
    }
}

/// The open elements, the current node last. What is asked often is counted or kept with each element, so that deep
/// nesting costs no more than flat markup.
#[derive(Debug)]
pub(super) struct Stack {
    entries: Vec<Open>,
    /// Open HTML elements of each known name.
    counts: Vec<u32>,
}

impl Stack {
    pub fn new() -> Self {
        Self { entries: Vec::with_capacity(64), counts: vec![0; COUNT] }
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// The current node.
    pub fn top(&self) -> Option<&Open> {
        self.entries.last()
    }

    pub fn get(&self, at: usize) -> Option<&Open> {
        self.entries.get(at)
    }

    /// The elements from the current node down to `<html>`.
    pub fn down(&self) -> impl Iterator<Item = &Open> {
        self.entries.iter().rev()
    }

    pub fn slice(&self, from: usize) -> &[Open] {
        self.entries.get(from..).unwrap_or_default()
    }

    pub fn top_is(&self, name: Name) -> bool {
        self.top().is_some_and(|top| top.is(name))
    }

    pub fn top_has(&self, flags: Flags) -> bool {
        self.top().is_some_and(|top| top.flags & flags != 0)
    }

    pub fn push(&mut self, mut open: Open) {
        self.count(&open, true);
        self.settle(self.entries.len(), &mut open);
        self.entries.push(open);
    }

    pub fn pop(&mut self) -> Option<Open> {
        let open = self.entries.pop()?;
        self.count(&open, false);
        Some(open)
    }

    pub fn remove(&mut self, at: usize) -> Option<Open> {
        if at >= self.entries.len() {
            return None;
        }
        let open = self.entries.remove(at);
        self.count(&open, false);
        self.settle_from(at);
        Some(open)
    }

    pub fn insert(&mut self, at: usize, open: Open) {
        self.count(&open, true);
        self.entries.insert(at.min(self.entries.len()), open);
        self.settle_from(at);
    }

    /// Puts another element in the place of one of the same name.
    pub fn replace(&mut self, at: usize, id: NodeId) {
        self.entries.get_mut(at).into_iter().for_each(|open| open.id = id);
    }

    pub fn position(&self, id: NodeId) -> Option<usize> {
        self.entries.iter().rposition(|open| open.id == id)
    }

    /// Whether an HTML element of that name is open.
    pub fn has(&self, name: Name) -> bool {
        match self.counts.get(name.number()) {
            Some(&count) => count > 0,
            None => self.entries.iter().any(|open| open.is(name)),
        }
    }

    pub fn has_p_in_button_scope(&self) -> bool {
        self.top().is_some_and(|top| top.has_p)
    }

    /// Whether an HTML element of that name is in the scope that elements with `ends` end.
    pub fn in_scope(&self, name: Name, ends: Flags) -> bool {
        self.has(name) && self.any_in_scope(ends, |open| open.is(name))
    }

    pub fn any_in_scope(&self, ends: Flags, wanted: impl Fn(&Open) -> bool) -> bool {
        let found = self.down().find(|open| wanted(open) || open.flags & ends != 0);
        found.is_some_and(wanted)
    }

    /// The nearest element that says in which insertion mode content is read.
    pub fn anchor(&self) -> Option<(usize, &Open)> {
        let at = usize::from(self.top()?.anchor);
        Some((at, self.entries.get(at)?))
    }

    fn count(&mut self, open: &Open, is_opened: bool) {
        let count = self.counts.get_mut(open.name.number()).filter(|_| open.is_html);
        count.into_iter().for_each(|count| {
            *count = if is_opened { *count + 1 } else { count.saturating_sub(1) };
        });
    }

    /// Works out what is kept with an element from the one below.
    fn settle(&self, at: usize, open: &mut Open) {
        let below = at.checked_sub(1).and_then(|below| self.entries.get(below));
        open.has_p = open.is(Name::P)
            || open.flags & (SCOPE | BUTTON_SCOPE) == 0 && below.is_some_and(|below| below.has_p);
        open.anchor = match below {
            Some(below) if open.flags & ANCHOR == 0 => below.anchor,
            _ => at as u16,
        };
    }

    fn settle_from(&mut self, from: usize) {
        for at in from..self.entries.len() {
            let Some(mut open) = self.entries.get(at).copied() else { return };
            self.settle(at, &mut open);
            self.entries.get_mut(at).into_iter().for_each(|slot| *slot = open);
        }
    }
}
