//! What was worked out before: a corpus says few words, and says them often.

/// Answers by the hash of what was asked; a later one takes the place of an earlier one.
pub(super) struct Memo<T> {
    slots: Vec<(u64, T)>,
}

impl<T: Copy + Default> Memo<T> {
    /// One with that many slots, a power of two.
    pub fn new(slots: usize) -> Self {
        Self { slots: vec![(0, T::default()); slots] }
    }

    /// The answer under `key`, made where it is not held.
    #[inline]
    pub fn get(&mut self, key: u64, make: impl FnOnce() -> T) -> T {
        let mask = self.slots.len().wrapping_sub(1);
        let Some(slot) = self.slots.get_mut(usize::try_from(key).unwrap_or(0) & mask) else { return make() };
        if slot.0 != key {
            *slot = (key, make());
        }
        slot.1
    }
}
