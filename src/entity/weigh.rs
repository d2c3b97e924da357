//! What the features of a token add up to.

use std::cell::RefCell;
use std::ops::Range;

use super::atom::{Atom, Line};
use super::evidence::Seen;
use super::features::{self, Sink, View};
use super::hash;
use super::memo::Memo;
use super::model::{Ends, Group, Likely, Model, Row, TAGS};

thread_local! {
    /// Words alone: 320 kB a thread.
    static ALONE: RefCell<Memo<Row>> = RefCell::new(Memo::new(1 << 13));
}

/// Adds up the weights of features, with room that is kept from line to line.
///
/// The weights lie in megabytes that no near cache holds. So nothing waits for what it does not need: the keys of all features of
/// a line are told first, then their groups are fetched, then it is found out, without a branch, which of them are likely to
/// have weights; both ends of an entry of each of those are fetched; and the weights, which are near by then, are added up last.
pub(super) struct Weigher<'m> {
    pub model: &'m Model,
    /// The row that features are told for.
    row: u16,
    keys: Vec<(u64, u16)>,
    groups: Vec<Group>,
    likely: Vec<(Likely, u16)>,
    touched: Vec<Ends>,
}

impl Sink for Weigher<'_> {
    #[inline]
    fn feature(&mut self, _template: u8, key: u64) {
        self.keys.push((key, self.row));
    }
}

/// Rows whose features are told at once.
const AT_ONCE: usize = 16;

impl<'m> Weigher<'m> {
    pub fn new(model: &'m Model) -> Self {
        let (keys, groups, likely, touched) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { model, row: 0, keys, groups, likely, touched }
    }

    /// What the features of the tokens at `places` add up to, but for the evidence, put behind `rows`.
    pub fn score(&mut self, view: &View<'_>, places: &[usize], rows: &mut Vec<Row>) {
        let first = rows.len();
        self.alone(view, places, rows);
        let rows = rows.get_mut(first..).unwrap_or_default();
        self.each(rows, places.iter().copied(), |place, weigher| view.around_it(place, weigher));
    }

    /// Adds what is seen elsewhere of the tokens at `places` to their rows.
    pub fn add_evidence(&mut self, seen: &[Seen], line: &Line, places: Range<usize>, rows: &mut [Row]) {
        self.each(rows, places, |place, weigher| features::evidence(seen, line, place, weigher));
    }

    /// Adds the features that are told of each place to its row.
    fn each(
        &mut self,
        rows: &mut [Row],
        mut places: impl Iterator<Item = usize>,
        tell: impl Fn(usize, &mut Self),
    ) {
        for rows in rows.chunks_mut(AT_ONCE) {
            for (row, place) in (0..).zip(places.by_ref().take(rows.len())) {
                self.row = row;
                tell(place, self);
            }
            self.add(rows);
        }
    }

    /// What the features of the words at `places` add up to alone, which is kept from one time to the next, put behind `rows`.
    fn alone(&mut self, view: &View<'_>, places: &[usize], rows: &mut Vec<Row>) {
        let (first, number) = (rows.len(), self.model.number);
        let key = |atom: &Atom| hash::mix(atom.form, atom.case as u64 * 2 + u64::from(atom.first)) ^ number;
        ALONE.with_borrow_mut(|memo| {
            let mut new: Vec<(usize, u64, &Atom)> = Vec::new();
            for (at, atom) in (first..).zip(places.iter().filter_map(|place| view.at(*place, 0))) {
                let key = key(atom);
                let (held, row) = memo.slot(key);
                rows.push(row);
                if held != key {
                    new.push((at, key, atom));
                }
            }
            for new in new.chunks(AT_ONCE) {
                let mut made = [[0; TAGS]; AT_ONCE];
                for (row, (_, _, atom)) in (0..).zip(new) {
                    self.row = row;
                    view.alone(atom, self);
                }
                self.add(&mut made);
                for ((at, key, _), row) in new.iter().zip(made) {
                    if let Some(slot) = rows.get_mut(*at) {
                        *slot = memo.put(*key, row);
                    }
                }
            }
        });
    }

    /// Adds the weights of the features that were told since the last time.
    fn add(&mut self, rows: &mut [Row]) {
        let model = self.model;
        self.groups.clear();
        self.groups.extend(self.keys.iter().map(|(key, _)| model.group(*key)));
        self.likely.resize(self.likely.len().max(self.keys.len()), Default::default());
        let mut count = 0;
        for ((key, row), group) in self.keys.iter().zip(&self.groups) {
            let (likely, may_be) = group.likely(*key);
            if let Some(slot) = self.likely.get_mut(count) {
                *slot = (likely, *row);
            }
            count += usize::from(may_be);
        }
        self.keys.clear();
        let likely = self.likely.get(..count).unwrap_or(&[]);
        self.touched.clear();
        self.touched.extend(likely.iter().map(|(likely, _)| model.ends(likely.start)));
        for ((likely, row), ends) in likely.iter().zip(&self.touched) {
            let Some(weights) = model.search(*likely, *ends) else { continue };
            let Some(row) = rows.get_mut(usize::from(*row)) else { continue };
            for (sum, weight) in row.iter_mut().zip(weights) {
                *sum += i16::from(weight.cast_signed());
            }
        }
    }
}
