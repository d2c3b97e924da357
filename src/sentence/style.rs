//! How a block is punctuated: as print is, or as people type.

use super::chunk::Chunk;
use super::rules::{Kind, Rules};

pub(super) const UNMARKED: u16 = 1;
pub(super) const STARTS_LOWER: u16 = 2;
pub(super) const LOWER_AFTER_MARK: u16 = 4;
pub(super) const LONE_I: u16 = 8;
pub(super) const SMILES: u16 = 16;
pub(super) const MANY_MARKS: u16 = 32;
pub(super) const ADDRESS: u16 = 64;
pub(super) const CAPITALS: u16 = 128;

/// How many flags there are.
pub(super) const FLAGS: u32 = 8;

/// What was counted over a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub flags: u16,
    /// From 0, as in print, to 3.
    pub level: u8,
    /// How long the block is, from 0 to 5.
    pub size: u8,
    /// How dense its marks are, from 0 to 3.
    pub marks: u8,
}

impl Style {
    /// Counts over `block`, once.
    pub fn of(block: &[Chunk], text: &str, rules: &Rules) -> Self {
        let (Some(first), Some(last)) = (block.first(), block.last()) else { return Self::default() };
        let mut flags = 0;
        let mut points = 0;
        let mut add = |flag, weight: usize| {
            flags |= flag;
            points += weight;
        };
        if last.last.is_ascii_alphanumeric() || matches!(last.last, b',' | b'-' | b':') {
            add(UNMARKED, 1);
        }
        if first.first.is_ascii_lowercase() {
            add(STARTS_LOWER, 2);
        }
        let (mut marks, mut capitals) = (0, 0);
        for (at, chunk) in block.iter().enumerate() {
            capitals += usize::from(!chunk.first.is_ascii_lowercase());
            if chunk.address {
                add(ADDRESS, 1);
            }
            if matches!(chunk.last, b'.' | b'?' | b'!') {
                marks += 1;
                let lower = block.get(at + 1).is_some_and(|next| next.first.is_ascii_lowercase());
                if is_doubled(*chunk, text) {
                    add(MANY_MARKS, 1);
                } else if lower && is_plain(*chunk, text, rules) {
                    add(LOWER_AFTER_MARK, 2);
                }
            } else if chunk.span.len() == 1 && chunk.first == b'i' {
                add(LONE_I, 2);
            } else if matches!(chunk.first, b':' | b';') && matches!(chunk.span.len(), 2 | 3) {
                add(SMILES, 2);
            }
        }
        if capitals * 5 > block.len() * 3 {
            add(CAPITALS, 0);
        }
        Self {
            flags,
            level: steps(points * 100 / block.len(), &[2, 6, 15]),
            size: steps(block.len(), &[8, 20, 60, 200, 1_000]),
            marks: steps(marks * 100 / block.len(), &[1, 4, 10]),
        }
    }

    /// Whether it is too long for one paragraph: its marks were lost.
    pub fn is_long(self) -> bool {
        self.size >= 4
    }

    /// Whether it is punctuated as print is.
    pub fn is_tidy(self) -> bool {
        self.level == 0
    }
}

/// How many of `bounds` the number has reached.
pub(super) fn steps(number: usize, bounds: &[usize]) -> u8 {
    bounds.iter().take_while(|bound| number >= **bound).fold(0, |count, _| count + 1)
}

/// `!!`, `?!`, `....`
fn is_doubled(chunk: Chunk, text: &str) -> bool {
    let marks = chunk.text(text).bytes().rev().take_while(|b| matches!(b, b'.' | b'?' | b'!')).take(5);
    let (mut all, mut dots) = (0, 0);
    for mark in marks {
        all += 1;
        dots += usize::from(mark == b'.');
    }
    all > 1 && all != 3 || all == 3 && dots < 3
}

/// A full stop after it should have been followed by a capital.
fn is_plain(chunk: Chunk, text: &str, rules: &Rules) -> bool {
    let word = chunk.text(text).trim_end_matches(['.', '?', '!']);
    word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase()) && rules.kind(word) == Kind::Plain
}
