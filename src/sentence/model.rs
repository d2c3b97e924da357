//! The weights that decide what the rules leave open: a logistic regression on hashed features, made by
//! `training/sentence.rs`.

use super::boundary::Gap;
use super::features::{Sink, features, key};
use super::verdict::Verdict;

/// Bits of a feature's place in the table.
pub const BITS: u32 = 17;
/// Bits of a word's place among the beginnings.
pub const BEGINNING_BITS: u32 = 15;

const HEADER: usize = 24;
const MAGIC: &[u8; 4] = b"CDS5";

/// What the weights must outweigh to overrule a rule in a block that is punctuated as print is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Caution {
    /// At a mark.
    pub marked: f32,
    /// At a dot that may be an abbreviation's, where a rule sees nothing that begins a sentence.
    pub abbreviated: f32,
    /// Where no mark stands.
    pub unmarked: f32,
    /// Where no mark stands, in a block too long for a paragraph.
    pub unmarked_long: f32,
}

/// Weights, and how often sentences begin with a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Model {
    scale: f32,
    caution: Caution,
    weights: &'static [u8],
    beginnings: &'static [u8],
}

impl Model {
    /// Reads a weight file; nothing where it is none.
    pub fn read(file: &'static [u8]) -> Option<Self> {
        let (header, rest) = file.split_at_checked(HEADER)?;
        let (magic, numbers) = header.split_first_chunk::<4>()?;
        let (numbers, _) = numbers.as_chunks::<4>();
        let [scale, marked, abbreviated, unmarked, unmarked_long] = numbers else { return None };
        let (weights, beginnings) = rest.split_at_checked(1 << BITS)?;
        if magic != MAGIC || beginnings.len() != 2 << BEGINNING_BITS {
            return None;
        }
        let number = |bytes: &[u8; 4]| f32::from_le_bytes(*bytes);
        let caution = Caution {
            marked: number(marked),
            abbreviated: number(abbreviated),
            unmarked: number(unmarked),
            unmarked_long: number(unmarked_long),
        };
        Some(Self { scale: number(scale), caution, weights, beginnings })
    }

    /// The beginnings alone.
    pub fn without_weights(self) -> Self {
        Self { weights: &[], ..self }
    }

    fn weight(&self, hash: u32) -> i32 {
        let at = (hash >> (32 - BITS)) as usize;
        self.weights.get(at).map_or(0, |byte| i32::from(byte.cast_signed()))
    }

    /// The log-odds that a sentence ends here.
    pub fn score(&self, gap: &Gap<'_>, verdict: Verdict) -> f32 {
        if self.weights.is_empty() {
            return if verdict.ends { 1.0 } else { -1.0 };
        }
        let mut sum = Sum { model: self, total: 0 };
        features(gap, verdict, &mut sum);
        #[allow(clippy::cast_precision_loss)]
        let total = sum.total as f32;
        let caution = match (gap.style.is_tidy(), gap.is_marked()) {
            (true, true) if !verdict.ends && verdict.rule.is_of_abbreviations() => self.caution.abbreviated,
            (true, true) => self.caution.marked,
            (true, false) if gap.style.is_long() => self.caution.unmarked_long,
            (true, false) => self.caution.unmarked,
            (false, _) => 0.0,
        };
        total * self.scale + if verdict.ends { caution } else { -caution }
    }

    /// The features of a gap with their weights, the heaviest first.
    pub fn reasons(&self, gap: &Gap<'_>, verdict: Verdict) -> Vec<(&'static str, f32)> {
        let mut list = List(Vec::new());
        features(gap, verdict, &mut list);
        #[allow(clippy::cast_precision_loss)]
        let weigh = |(name, hash)| (name, self.weight(hash) as f32 * self.scale);
        let mut reasons: Vec<(&'static str, f32)> = list.0.into_iter().map(weigh).collect();
        reasons.retain(|(_, weight)| *weight != 0.0);
        reasons.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        reasons
    }

    /// How often sentences begin with a word where it has a capital: 0 not known, 1 hardly ever, 15 always.
    pub fn beginning(&self, word: &str) -> u8 {
        let hash = key(word);
        let at = (hash >> (32 - BEGINNING_BITS)) as usize;
        let [low, high] = self.beginnings.as_chunks::<2>().0.get(at).copied().unwrap_or_default();
        let entry = u16::from_le_bytes([low, high]);
        if entry & 0xFFF0 == check(hash) { low & 0x0F } else { 0 }
    }
}

/// Twelve bits more of the hash, which tell a word from all others of its place: with four, one name in twenty had the
/// number of some other word ("Richard M. Nixon").
fn check(hash: u32) -> u16 {
    (hash as u16) << 4
}

struct Sum<'m> {
    model: &'m Model,
    total: i32,
}

impl Sink for Sum<'_> {
    fn add(&mut self, _: &'static str, hash: u32) {
        self.total += self.model.weight(hash);
    }
}

pub(super) struct List(pub Vec<(&'static str, u32)>);

impl Sink for List {
    fn add(&mut self, name: &'static str, hash: u32) {
        self.0.push((name, hash));
    }
}

/// The bytes of a weight file.
#[must_use]
pub fn write(weights: &[i8], scale: f32, caution: Caution, beginnings: &[(String, u8)]) -> Vec<u8> {
    let mut table = vec![0_u16; 1 << BEGINNING_BITS];
    // The first word that comes keeps a place.
    for (word, bucket) in beginnings {
        let hash = key(word);
        if let Some(place) =
            table.get_mut((hash >> (32 - BEGINNING_BITS)) as usize).filter(|entry| **entry == 0)
        {
            *place = check(hash) | u16::from(*bucket.min(&15));
        }
    }
    let mut file = MAGIC.to_vec();
    for number in [scale, caution.marked, caution.abbreviated, caution.unmarked, caution.unmarked_long] {
        file.extend(number.to_le_bytes());
    }
    file.extend(weights.iter().map(|weight| weight.cast_unsigned()));
    file.extend(table.into_iter().flat_map(u16::to_le_bytes));
    file
}
