//! What `training/sentence.rs` needs to make the weights: the very features that the splitter looks at.

use super::features::features;
use super::model::{self, List};
use super::rules::Rules;
use super::walk;

pub use model::{BEGINNING_BITS, BITS, Caution};

/// A gap that the rules leave open.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Places of its features in the table of weights.
    pub features: Vec<u32>,
    /// Where the gap begins.
    pub at: usize,
    /// Whether what stands before it may be an abbreviation.
    pub abbreviated: bool,
    /// Whether a mark stands before the gap.
    pub marked: bool,
    /// Whether the gap is the end of a line.
    pub line: bool,
    /// Whether the rules would end a sentence.
    pub rule: bool,
    /// Whether one ends.
    pub ends: bool,
}

/// The open gaps of `text`, whose sentences end at the bytes `gold`, sorted.
#[must_use]
pub fn samples(text: &str, gold: &[usize], rules: &Rules) -> Vec<Sample> {
    let mut found = Vec::new();
    walk::<true>(text, rules, |gap, verdict| {
        let ends = gold.binary_search(&gap.span(gap.left).end()).is_ok();
        if !verdict.sure {
            let mut list = List(Vec::new());
            features(gap, verdict, &mut list);
            found.push(Sample {
                features: list.0.into_iter().map(|(_, hash)| hash >> (32 - BITS)).collect(),
                at: gap.span(gap.left).end(),
                abbreviated: verdict.rule.is_of_abbreviations(),
                marked: gap.is_marked(),
                line: gap.newlines() > 0,
                rule: verdict.ends,
                ends,
            });
        }
        ends
    });
    found
}

/// The bytes of a weight file: weights of which each counts `scale`, what they must outweigh to overrule a
/// rule, and from 1 to 15 how often a word begins sentences.
#[must_use]
pub fn weight_file(weights: &[i8], scale: f32, caution: Caution, beginnings: &[(String, u8)]) -> Vec<u8> {
    model::write(weights, scale, caution, beginnings)
}
