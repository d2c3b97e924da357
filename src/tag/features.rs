//! What the tagger looks at: the word, its ending, its shape, its neighbours and the tags before it, each hashed to
//! a row of weights. A row carries the check byte of the one feature that it belongs to: a feature that was too rare for
//! a row of its own weighs nothing, where it would disturb another's otherwise (96.0 % right without, 97.5 % with).
//! Nothing here knows the crate, so that `training/tagger.rs` builds on the same lines.

/// Rows of the table of weights.
pub const ROWS: usize = 1 << 16;
/// Weights in a row: one for every tag that is learnt.
pub const WIDTH: usize = 16;
/// Rows that are summed up for a word.
pub const LOOKS: usize = 13;

/// A word as hashes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    word: u32,
    ending: u32,
    short: u32,
    shape: u32,
}

/// A curly apostrophe counts as a straight one.
fn hash(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| match byte {
        0xe2 | 0x80 => hash,
        0x99 => (hash ^ u32::from(b'\'')).wrapping_mul(0x0100_0193),
        _ => (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193),
    })
}

fn mixed(kind: u32, a: u32, b: u32) -> u32 {
    let mut x = a.wrapping_mul(0x9e37_79b1)
        ^ b.rotate_left(13).wrapping_mul(0x85eb_ca6b)
        ^ kind.wrapping_mul(0xc2b2_ae35);
    x ^= x >> 15;
    x = x.wrapping_mul(0x2c1b_3c6d);
    x ^= x >> 13;
    x
}

/// The row of a feature.
pub fn row(feature: u32) -> usize {
    feature as usize % ROWS
}

/// The check byte of a feature; 0 is that of an empty row.
pub fn check(feature: u32) -> u8 {
    (feature >> 24) as u8 | 1
}

fn tail(bytes: &[u8], count: usize) -> &[u8] {
    bytes.get(bytes.len().saturating_sub(count)..).unwrap_or(bytes)
}

impl Seen {
    /// The word `text`, whose lower case is `lower`.
    pub fn new(text: &str, lower: &str) -> Self {
        let bytes = lower.as_bytes();
        let first = text.chars().next();
        let capital = first.is_some_and(char::is_uppercase);
        let whole = capital && text.len() > 1 && !text.bytes().any(|byte| byte.is_ascii_lowercase());
        let shape = u32::from(capital) | u32::from(whole) << 1 | u32::from(bytes.len().min(4) as u8) << 2;
        let shape = shape | u32::from(bytes.iter().any(|byte| matches!(byte, b'\'' | b'.'))) << 5;
        Self { word: hash(bytes), ending: hash(tail(bytes, 3)), short: hash(tail(bytes, 2)), shape }
    }
}

/// The features of the word in the middle of `near`, after words with the tags `last` and `but_last`.
pub fn features(near: [Seen; 5], last: u8, but_last: u8) -> [u32; LOOKS] {
    let [second, before, at, after, beyond] = near;
    let (one, two) = (u32::from(last), u32::from(last) << 8 | u32::from(but_last));
    [
        mixed(1, at.word, 0),
        mixed(2, at.word, one),
        mixed(3, at.ending, one),
        mixed(4, at.ending, at.shape),
        mixed(5, at.short, after.short),
        mixed(6, at.word, after.word),
        mixed(7, at.word, before.word),
        mixed(8, after.word, one),
        mixed(9, at.shape, two),
        mixed(10, before.word, at.ending),
        mixed(11, after.ending, at.ending),
        mixed(12, beyond.word, at.ending),
        mixed(13, second.word, before.word ^ at.shape),
    ]
}
