//! One step of a hash, for keys that live no longer than a page.

/// `word` into `state`.
#[inline]
pub(super) fn mix(state: u64, word: u64) -> u64 {
    (state ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23)
}
