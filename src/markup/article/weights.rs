//! The weights of the classifier, as `training/article.py` wrote them.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use super::forest::Forest;

/// A hash is its own hash.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Itself(u64);

impl Hasher for Itself {
    fn finish(&self) -> u64 {
        self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u32(u32::from(byte)));
    }

    fn write_u32(&mut self, hash: u32) {
        self.0 = self.0 << 8 ^ u64::from(hash);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 ^= hash;
    }

    fn write_usize(&mut self, hash: usize) {
        self.0 ^= hash as u64;
    }
}

/// A map whose keys are hashes, or numbers of elements.
pub(super) type ByHash<K, V> = HashMap<K, V, BuildHasherDefault<Itself>>;

/// A set of hashes.
pub(super) type Hashes<K> = HashSet<K, BuildHasherDefault<Itself>>;

/// A word's hash and its weight, little-endian.
type Entry = [u8; 6];

/// Weights of words, read where they lie.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// By hash, from the lowest.
    entries: &'static [Entry],
    /// Where the entries of each of the first bits of hashes begin, and where the last ones end.
    starts: Vec<u16>,
    /// The other bits of a hash.
    shift: u32,
    /// A bit for each entry: most words have none, and are looked for no further.
    bits: Vec<u64>,
}

fn key([a, b, c, d, ..]: &Entry) -> u32 {
    u32::from_le_bytes([*a, *b, *c, *d])
}

impl Table {
    pub fn sum(&self, words: impl Iterator<Item = u32>) -> f32 {
        let total: i32 = words.filter_map(|word| self.weight(word)).map(i32::from).sum();
        total as f32 / 256.0
    }

    pub fn holds(&self, word: u32) -> bool {
        self.weight(word).is_some()
    }

    fn weight(&self, word: u32) -> Option<i16> {
        let (slot, bit) = self.bit(word);
        if self.bits.get(slot)? & bit == 0 {
            return None;
        }
        let first = self.first(word);
        let (start, end) = (*self.starts.get(first)?, *self.starts.get(first + 1)?);
        let mut entries = self.entries.get(usize::from(start)..usize::from(end))?.iter();
        let [.., low, high] = entries.find(|entry| key(entry) == word)?;
        Some(i16::from_le_bytes([*low, *high]))
    }

    /// The first bits of a hash that entries are found by: one or two have them in common.
    fn first(&self, word: u32) -> usize {
        (word >> self.shift) as usize
    }

    /// Where a word has its bit.
    fn bit(&self, word: u32) -> (usize, u64) {
        let mixed = word.wrapping_mul(0x9E37_79B9) as usize >> 6;
        // There is a power of two of them.
        ((mixed >> 6) & self.bits.len().wrapping_sub(1), 1 << (mixed % 64))
    }

    fn read(bytes: &mut Bytes) -> Option<Table> {
        let count = bytes.u32()? as usize;
        let (entries, rest) = bytes.0.split_at_checked(count * size_of::<Entry>())?;
        bytes.0 = rest;
        u16::try_from(count).ok().map(|_| Table::over(entries.as_chunks().0))
    }

    fn over(entries: &'static [Entry]) -> Table {
        let buckets = entries.len().next_power_of_two().max(2);
        // Eight bits a word.
        let bits = vec![0; (entries.len() / 8).next_power_of_two()];
        let (starts, shift) = (Vec::with_capacity(buckets + 1), 32 - buckets.ilog2());
        let mut table = Table { entries, starts, shift, bits };
        for (at, word) in entries.iter().map(key).enumerate() {
            let first = table.first(word);
            if table.starts.len() <= first {
                table.starts.resize(first + 1, at as u16);
            }
            let (slot, bit) = table.bit(word);
            table.bits.get_mut(slot).into_iter().for_each(|bits| *bits |= bit);
        }
        table.starts.resize(buckets + 1, entries.len() as u16);
        table
    }
}

/// All that was learned.
#[derive(Clone, Debug, Default)]
pub(super) struct Weights {
    /// Of the words in the names of a block's own element.
    pub own: Table,
    /// Of the element around it.
    pub near: Table,
    /// Of the elements further out.
    pub far: Table,
    /// Of a block's words.
    pub words: Table,
    /// What a block without a known word weighs.
    pub none: f32,
    /// Judges a block by itself.
    pub first: Forest,
    /// Judges it among its neighbours.
    pub second: Forest,
}

static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| Weights::read(&mut Bytes(include_bytes!("weights.bin"))).unwrap_or_default());

impl Weights {
    pub fn shipped() -> &'static Weights {
        &WEIGHTS
    }

    fn read(bytes: &mut Bytes) -> Option<Weights> {
        Some(Weights {
            own: Table::read(bytes)?,
            near: Table::read(bytes)?,
            far: Table::read(bytes)?,
            words: Table::read(bytes)?,
            none: bytes.f32()?,
            first: Forest::read(bytes)?,
            second: Forest::read(bytes)?,
        })
    }
}

/// Little-endian numbers, one after the other.
pub(super) struct Bytes(&'static [u8]);

impl Bytes {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }

    pub fn u8(&mut self) -> Option<u8> {
        self.take::<1>().map(|[byte]| byte)
    }

    pub fn u16(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }

    pub fn i16(&mut self) -> Option<i16> {
        self.take().map(i16::from_le_bytes)
    }

    pub fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    pub fn f32(&mut self) -> Option<f32> {
        self.take().map(f32::from_le_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_weights_are_read_to_the_end() {
        let mut bytes = Bytes(include_bytes!("weights.bin"));
        assert!(Weights::read(&mut bytes).is_some());
        assert!(bytes.0.is_empty());
    }

    #[test]
    fn every_word_of_a_table_is_found_and_no_other() {
        let weights = Weights::shipped();
        for table in [&weights.own, &weights.near, &weights.far, &weights.words] {
            let known: HashMap<u32, i16> = table
                .entries
                .iter()
                .map(|entry| (key(entry), i16::from_le_bytes([entry[4], entry[5]])))
                .collect();
            assert!(known.len() > 1_000 && table.entries.is_sorted_by_key(key));
            let others = (0..100_000_u32).map(|number| number.wrapping_mul(0x9E37_79B9));
            for word in known.keys().copied().chain(others) {
                assert_eq!(table.weight(word), known.get(&word).copied());
            }
        }
        assert_eq!(Table::default().weight(7), None);
    }
}
