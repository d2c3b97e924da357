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

/// Weights of words.
#[derive(Clone, Debug, Default)]
pub(super) struct Table(ByHash<u32, i16>);

impl Table {
    pub fn sum(&self, words: impl Iterator<Item = u32>) -> f32 {
        let total: i32 = words.filter_map(|word| self.0.get(&word)).map(|&weight| i32::from(weight)).sum();
        total as f32 / 256.0
    }

    pub fn holds(&self, word: u32) -> bool {
        self.0.contains_key(&word)
    }

    fn read(bytes: &mut Bytes<'_>) -> Option<Table> {
        let count = bytes.u32()?;
        (0..count).map(|_| Some((bytes.u32()?, bytes.i16()?))).collect::<Option<_>>().map(Table)
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

    fn read(bytes: &mut Bytes<'_>) -> Option<Weights> {
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
pub(super) struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
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
}
