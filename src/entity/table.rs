//! Tables that are shipped as bytes and looked up by hash.

use std::ops::Range;

/// Reads numbers off a byte string; past its end there are zeros.
pub(super) struct Bytes(&'static [u8]);

impl Bytes {
    pub(super) fn new(bytes: &'static [u8]) -> Self {
        Self(bytes)
    }

    pub(super) fn take(&mut self, count: usize) -> &'static [u8] {
        let (taken, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        taken
    }

    pub(super) fn u32(&mut self) -> usize {
        self.take(4).try_into().map_or(0, u32::from_le_bytes) as usize
    }

    pub(super) fn u16s(&mut self, count: usize) -> Numbers {
        Numbers(self.take(count * 2).as_chunks().0)
    }

    pub(super) fn rest(&mut self) -> &'static [u8] {
        self.take(self.0.len())
    }
}

/// Numbers of 16 bits, read where they lie: copying all of them would take longer than a short text does.
pub(super) struct Numbers(&'static [[u8; 2]]);

impl Numbers {
    #[inline]
    pub(super) fn get(&self, place: usize) -> Option<u16> {
        self.0.get(place).copied().map(u16::from_le_bytes)
    }

    #[inline]
    pub(super) fn four(&self, place: usize) -> Option<[u16; 4]> {
        Some(self.0.get(place..)?.first_chunk::<4>()?.map(u16::from_le_bytes))
    }

    #[inline]
    fn within(&self, places: Range<usize>) -> Option<&[[u8; 2]]> {
        self.0.get(places)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = u16> {
        self.0.iter().copied().map(u16::from_le_bytes)
    }
}

/// A set of hashed keys, each with its place in the order of the file.
///
/// A key's upper 16 bits choose the bucket, 16 more tell it from the others of the bucket.
pub(super) struct Keys {
    starts: Vec<u32>,
    marks: Numbers,
}

/// Buckets of `Keys`.
pub const BUCKETS: usize = 1 << 16;

impl Keys {
    /// Reads how many keys each bucket has, then their marks.
    pub(super) fn read(bytes: &mut Bytes) -> Self {
        let mut starts = Vec::with_capacity(BUCKETS + 1);
        let mut sum = 0_u32;
        starts.push(0);
        for count in bytes.take(BUCKETS) {
            sum += u32::from(*count);
            starts.push(sum);
        }
        Self { marks: bytes.u16s(sum as usize), starts }
    }

    pub(super) fn len(&self) -> usize {
        self.marks.len()
    }

    /// The place of `key`.
    #[inline]
    pub(super) fn find(&self, key: u64) -> Option<usize> {
        self.within(key, self.bucket(key))
    }

    /// The places of keys. All buckets are read, and then a mark of each, before the first is gone through, so that memory
    /// fetches them side by side.
    pub(super) fn find_all(&self, keys: &[u64]) -> Vec<Option<usize>> {
        let buckets: Vec<Range<usize>> = keys.iter().map(|key| self.bucket(*key)).collect();
        let marks = buckets.iter().map(|bucket| self.marks.get(bucket.start).unwrap_or_default());
        let near = marks.fold(0, |all, mark| all ^ mark);
        std::hint::black_box(near);
        keys.iter().zip(buckets).map(|(key, bucket)| self.within(*key, bucket)).collect()
    }

    #[inline]
    fn bucket(&self, key: u64) -> Range<usize> {
        let bucket = (key >> 48) as usize;
        let at = |bucket: usize| self.starts.get(bucket).copied().unwrap_or_default() as usize;
        at(bucket)..at(bucket + 1)
    }

    #[inline]
    fn within(&self, key: u64, bucket: Range<usize>) -> Option<usize> {
        let (start, mark) = (bucket.start, mark(key));
        Some(start + self.marks.within(bucket)?.iter().position(|held| *held == mark.to_le_bytes())?)
    }
}

/// What tells a key from the others of its bucket.
#[inline]
#[must_use]
pub fn mark(key: u64) -> u16 {
    u16::try_from((key >> 32) & 0xFFFF).unwrap_or(0)
}
