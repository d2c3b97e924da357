//! Elements that stand in a row of others of their make: the comments under an article, the cards of a list of products.

use super::super::super::page::Place;
use super::super::weights::ByHash;
use super::{Page, Sum, log, tag_class};

/// A row of elements of one make around a block; the longest, where it stands in several.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Record {
    /// How many there are; none where nothing is repeated.
    count: f32,
    /// Characters of paragraphs in all of them.
    running: f32,
}

impl Record {
    /// Adds how many there are, how much text each has, and their share of the page's `total`.
    pub fn push(self, total: f32, row: &mut Vec<f32>) {
        row.extend([log(self.count), log(self.running / self.count.max(1.0)), self.running / total.max(1.0)]);
    }
}

impl Page<'_> {
    /// For each place, the row of elements that it stands in. An element with a single block is none: paragraphs stand in a
    /// row in every article.
    pub(super) fn records(&self) -> Vec<Record> {
        let is_one = |place: &Place, sum: &Sum| place.tag.is_block() && sum.cells > 1.0;
        let mut makes = Vec::with_capacity(self.places.len());
        let mut rows: ByHash<u64, Record> = ByHash::default();
        for (at, (place, sum)) in self.places.iter().zip(&self.sums).enumerate() {
            let make = if at > 0 && is_one(place, sum) { self.sibling(place) } else { 0 };
            if make != 0 {
                let row = rows.entry(make).or_default();
                row.count += 1.0;
                row.running += sum.running;
            }
            makes.push(make);
        }
        let mut records: Vec<Record> = Vec::with_capacity(self.places.len());
        for (place, make) in self.places.iter().zip(makes) {
            let outer = records.get(place.parent).copied().unwrap_or_default();
            let own = rows.get(&make).copied().filter(|own| own.count > outer.count.max(1.0));
            records.push(own.unwrap_or(outer));
        }
        records
    }

    /// What an element has in common with those beside it that are of its make.
    fn sibling(&self, place: &Place) -> u64 {
        let class = self.class(place.node);
        let start =
            (place.parent as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ tag_class(place.tag) as u64;
        let step = |state: u64, byte: u8| (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        class.bytes().filter(|byte| !byte.is_ascii_digit()).fold(start, step)
    }
}
