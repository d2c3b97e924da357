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

    /// What stands where the answer under `key` would: the key of an answer, and the answer. Many slots that are read so, one
    /// after the other, come from memory together.
    #[inline]
    pub fn slot(&self, key: u64) -> (u64, T) {
        self.slots.get(self.place(key)).copied().unwrap_or_default()
    }

    #[inline]
    fn place(&self, key: u64) -> usize {
        usize::try_from(key).unwrap_or(0) & self.slots.len().wrapping_sub(1)
    }

    /// Keeps the answer under `key`, and gives it back.
    #[inline]
    pub fn put(&mut self, key: u64, answer: T) -> T {
        let place = self.place(key);
        if let Some(slot) = self.slots.get_mut(place) {
            *slot = (key, answer);
        }
        answer
    }
}
