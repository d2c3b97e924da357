//! What the features of a token add up to.

use std::cell::RefCell;

use super::atom::{Atom, Line};
use super::evidence::Seen;
use super::features::{self, Sink, View};
use super::hash;
use super::memo::Memo;
use super::model::{Entry, Group, Likely, Model, Row, TAGS};

thread_local! {
    /// Words alone: 320 kB a thread.
    static ALONE: RefCell<Memo<Row>> = RefCell::new(Memo::new(1 << 13));
}

/// Adds up the weights of features, with room that is kept from token to token.
///
/// The weights lie in megabytes that no near cache holds. So nothing waits for what it does not need: the keys of all features
/// are told first, then their groups are fetched, then it is found out, without a branch, which of them are likely to have
/// weights; an entry of each of those is fetched; and what was fetched is added up last.
pub(super) struct Weigher<'m> {
    pub model: &'m Model,
    keys: Vec<u64>,
    groups: Vec<Group>,
    likely: Vec<Likely>,
    entries: Vec<Entry>,
}

impl Sink for Weigher<'_> {
    #[inline]
    fn feature(&mut self, _template: u8, key: u64) {
        self.keys.push(key);
    }
}

impl<'m> Weigher<'m> {
    pub fn new(model: &'m Model) -> Self {
        Self { model, keys: Vec::new(), groups: Vec::new(), likely: Vec::new(), entries: Vec::new() }
    }

    /// What the features of the token at `place` add up to, but for the evidence.
    pub fn score(&mut self, view: &View<'_>, place: usize) -> Row {
        let mut row = view.at(place, 0).map_or([0; TAGS], |atom| self.alone(view, atom));
        view.around_it(place, self);
        self.add(&mut row);
        row
    }

    /// Adds what is seen of the token at `place` elsewhere.
    pub fn add_evidence(&mut self, seen: &[Seen], line: &Line, place: usize, row: &mut Row) {
        features::evidence(seen, line, place, self);
        self.add(row);
    }

    /// What the features of a word alone add up to, kept from one time to the next.
    fn alone(&mut self, view: &View<'_>, atom: &Atom) -> Row {
        let how = atom.case as u64 * 2 + u64::from(atom.first);
        let key = hash::mix(atom.form, how) ^ self.model.number;
        let make = || {
            let mut row = [0; TAGS];
            view.alone(atom, self);
            self.add(&mut row);
            row
        };
        ALONE.with_borrow_mut(|memo| memo.get(key, make))
    }

    /// Adds the weights of the features that were told since the last time.
    fn add(&mut self, row: &mut Row) {
        let model = self.model;
        self.groups.clear();
        self.groups.extend(self.keys.iter().map(|key| model.group(*key)));
        self.likely.resize(self.likely.len().max(self.keys.len()), Likely::default());
        let mut count = 0;
        for (key, group) in self.keys.iter().zip(&self.groups) {
            let (likely, may_be) = group.likely(*key);
            if let Some(slot) = self.likely.get_mut(count) {
                *slot = likely;
            }
            count += usize::from(may_be);
        }
        self.keys.clear();
        let likely = self.likely.get(..count).unwrap_or(&[]);
        self.entries.clear();
        self.entries.extend(likely.iter().map(|likely| model.entry(likely.start)));
        for (entry, likely) in self.entries.iter().zip(likely) {
            let Some(weights) = model.search(entry, *likely) else { continue };
            for (sum, weight) in row.iter_mut().zip(weights) {
                *sum += i16::from(weight.cast_signed());
            }
        }
    }
}
