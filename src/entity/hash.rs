//! The one hash of the room: the trained tables are keyed by it, so it never changes without training anew.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

const K: u64 = 0x9E37_79B9_7F4A_7C15;

/// Two numbers into one.
#[inline]
#[must_use]
pub fn mix(a: u64, b: u64) -> u64 {
    let folded = u128::from(a ^ K) * u128::from(b ^ 0xD6E8_FEB8_6659_FD93);
    #[allow(clippy::cast_possible_truncation)]
    {
        (folded as u64) ^ ((folded >> 64) as u64)
    }
}

/// A word.
#[inline]
#[must_use]
pub fn bytes(word: &[u8]) -> u64 {
    let mut hash = mix(word.len() as u64, K);
    let mut chunks = word.chunks_exact(8);
    for chunk in &mut chunks {
        hash = mix(hash, chunk.try_into().map_or(0, u64::from_le_bytes));
    }
    let rest = chunks.remainder().iter().rev().fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
    mix(hash, rest)
}

/// A map whose keys are hashes already.
pub type HashedMap<T> = HashMap<u64, T, BuildHasherDefault<Taken>>;

/// Takes a hash as it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Taken(u64);

impl Hasher for Taken {
    fn write(&mut self, taken: &[u8]) {
        self.0 = bytes(taken);
    }

    fn write_u64(&mut self, taken: u64) {
        self.0 = taken;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
