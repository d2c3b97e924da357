//! Tables that are shipped as bytes and looked up by hash.

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

    pub(super) fn u16s(&mut self, count: usize) -> Vec<u16> {
        let pair = |pair: &[u8]| pair.try_into().map_or(0, u16::from_le_bytes);
        self.take(count * 2).chunks_exact(2).map(pair).collect()
    }
}

/// A set of hashed keys, each with its place in the order of the file.
///
/// A key's upper 16 bits choose the bucket, 16 more tell it from the others of the bucket.
pub(super) struct Keys {
    starts: Vec<u32>,
    marks: Vec<u16>,
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
        let bucket = (key >> 48) as usize;
        let start = *self.starts.get(bucket)? as usize;
        let end = *self.starts.get(bucket + 1)? as usize;
        let mark = mark(key);
        let place = self.marks.get(start..end)?.iter().position(|held| *held == mark)?;
        Some(start + place)
    }
}

/// What tells a key from the others of its bucket.
#[inline]
#[must_use]
pub fn mark(key: u64) -> u16 {
    u16::try_from((key >> 32) & 0xFFFF).unwrap_or(0)
}
