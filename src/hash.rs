//! A quick hash for the lists that come with the crate: their words are known, so nobody can choose them to collide.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// Eight bytes a step, each folded in by a multiplication, as compilers hash their names.
#[derive(Clone, Copy, Default)]
pub(crate) struct Quick(u64);

/// An odd number whose bits follow no pattern: the golden ratio.
const MIXER: u64 = 0x9e37_79b9_7f4a_7c15;

impl Quick {
    #[inline]
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(MIXER);
    }
}

impl Hasher for Quick {
    /// The high bits of a product are the mixed ones, and tables look at the low.
    #[inline]
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }

    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        if let Some(last) = bytes.last_chunk::<8>() {
            let (chunks, _) = bytes.as_chunks::<8>();
            for chunk in chunks {
                self.add(u64::from_le_bytes(*chunk));
            }
            self.add(u64::from_le_bytes(*last));
        } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            self.add(u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last)));
        } else if let (Some(first), Some(last)) = (bytes.first(), bytes.last()) {
            let middle = bytes.get(bytes.len() / 2).copied().unwrap_or_default();
            self.add(u64::from_le_bytes([*first, middle, *last, 0, 0, 0, 0, 0]));
        }
        self.add(bytes.len() as u64);
    }

    /// The mark that ends a string: its length has been told.
    #[inline]
    fn write_u8(&mut self, _: u8) {}
}

/// A table of words.
pub(crate) type Table<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// A list of words behind a sketch of them.
#[derive(Clone, Debug)]
pub(crate) struct List {
    words: HashSet<&'static str, BuildHasherDefault<Quick>>,
    sketch: Sketch,
}

impl List {
    /// Whether `word` is one of them.
    #[inline]
    pub fn contains(&self, word: &str) -> bool {
        self.sketch.may_hold(word) && self.words.contains(word)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter().copied()
    }
}

impl FromIterator<&'static str> for List {
    fn from_iter<I: IntoIterator<Item = &'static str>>(words: I) -> Self {
        let words: HashSet<&'static str, _> = words.into_iter().collect();
        Self { sketch: words.iter().copied().collect(), words }
    }
}

/// What a word of a list looks like: its first and last byte and its length, so that most other words are told at a
/// glance.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sketch {
    bits: [u64; 64],
}

impl Default for Sketch {
    fn default() -> Self {
        Self { bits: [0; 64] }
    }
}

impl Sketch {
    /// Puts `word` in.
    pub fn add(&mut self, word: &str) {
        let (slot, bit) = Self::place(word);
        if let Some(bits) = self.bits.get_mut(slot) {
            *bits |= bit;
        }
    }

    fn place(word: &str) -> (usize, u64) {
        let bytes = word.as_bytes();
        let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return (0, 1) };
        let length = u8::try_from(bytes.len()).unwrap_or(u8::MAX);
        let mixed = u32::from_le_bytes([*first, *last, length, 0]).wrapping_mul(0x9e37_79b9) >> 20;
        ((mixed >> 6) as usize, 1 << (mixed & 63))
    }

    /// Whether `word` may be one of those that the sketch was made of; no for most that are not.
    #[inline]
    pub fn may_hold(&self, word: &str) -> bool {
        let (slot, bit) = Self::place(word);
        self.bits.get(slot).is_some_and(|bits| bits & bit != 0)
    }
}

impl<'w> FromIterator<&'w str> for Sketch {
    fn from_iter<I: IntoIterator<Item = &'w str>>(words: I) -> Self {
        let mut sketch = Self::default();
        words.into_iter().for_each(|word| sketch.add(word));
        sketch
    }
}

/// A table of words behind a sketch of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sketched<V> {
    table: Table<String, V>,
    sketch: Sketch,
}

impl<V: Default> Sketched<V> {
    /// What stands beside `word`, put there where nothing does.
    pub fn entry(&mut self, word: &str) -> &mut V {
        self.sketch.add(word);
        self.table.entry(word.to_owned()).or_default()
    }
}

impl<V> Sketched<V> {
    /// What stands beside `word`.
    #[inline]
    pub fn get(&self, word: &str) -> Option<&V> {
        if self.sketch.may_hold(word) { self.table.get(word) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::BuildHasher;

    #[test]
    fn few_words_share_a_place() {
        let build = BuildHasherDefault::<Quick>::default();
        let words: Vec<String> =
            (0..4096).map(|n| format!("{}{n}", ["a", "year", "kilometre"][n % 3])).collect();
        let places = |of: &dyn Fn(u64) -> u64| {
            words.iter().map(|word| of(build.hash_one(word.as_str()))).collect::<HashSet<_>>().len()
        };
        // A table asks for the low bits, and tells neighbours apart by the seven high ones.
        assert!(places(&|hash| hash % 8192) > 2500, "{}", places(&|hash| hash % 8192));
        assert_eq!(places(&|hash| hash >> 57), 128);
        assert_eq!(places(&|hash| hash), words.len());
    }

    #[test]
    fn a_sketch_holds_its_words() {
        let words = ["", "a", "ten", "twelve", "é"];
        let sketch: Sketch = words.into_iter().collect();
        assert!(words.iter().all(|word| sketch.may_hold(word)));
        let others = ["the", "and", "said", "police", "more", "of", "in", "to"];
        assert!(others.iter().filter(|word| sketch.may_hold(word)).count() < 2);
        let list: List = words.into_iter().collect();
        assert!(
            words.iter().all(|word| list.contains(word)) && !others.iter().any(|word| list.contains(word))
        );
        let mut table = Sketched::default();
        words.iter().for_each(|word| *table.entry(word) = word.len());
        let behind = words.iter().chain(&others).map(|word| table.get(word));
        assert!(behind.eq(words.iter().chain(&others).map(|word| table.table.get(*word))));
    }
}
