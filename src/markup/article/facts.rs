//! What the page says elsewhere that its blocks can be held against: headline, summary, authors, a copy of the text.

use super::super::hash::mix;
use super::super::metadata::{Extra, Metadata};
use super::cell::{Counts, HEAD, bit, words};
use super::weights::Hashes;

/// The words of a page's own account of itself.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Facts {
    title: Line,
    headline: Line,
    summary: Line,
    authors: Hashes<u32>,
    body: Hashes<u64>,
    /// How much of an article the page says it is, and whether it tells its date and its authors.
    pub page: [f32; 3],
}

/// Words in a row by which a block is found in a copy of the text.
const SHINGLE: usize = 4;

pub(super) fn shingles(words: &[u32]) -> impl Iterator<Item = u64> + '_ {
    words.windows(SHINGLE).map(|row| row.iter().fold(7, |state, &word| mix(state, u64::from(word))))
}

impl Facts {
    pub fn of(metadata: &Metadata, extra: &Extra) -> Facts {
        let [dated, signed] = extra.told.map(|told| f32::from(u8::from(told)));
        Facts {
            title: Line::of(metadata.title.as_deref().unwrap_or("")),
            headline: Line::of(&extra.headline),
            summary: Line::of(&extra.summary),
            authors: metadata.byline.iter().flat_map(|name| words(name)).collect(),
            body: shingles(&words(&extra.body)).collect(),
            page: [f32::from(extra.rank), dated, signed],
        }
    }

    /// How much of a block's first words are the headline's, and how much of the headline is in them.
    pub fn title(&self, counts: &Counts) -> (f32, f32) {
        self.title.overlap(counts.head())
    }

    /// The same of the headline that the page tells search machines.
    pub fn headline(&self, counts: &Counts) -> (f32, f32) {
        self.headline.overlap(counts.head())
    }

    /// How much of a block's first words are the summary's, and how much of the summary is in them.
    pub fn summary(&self, counts: &Counts) -> (f32, f32) {
        self.summary.overlap(counts.head())
    }

    /// How much of a block's first words are in names of authors.
    pub fn authors(&self, counts: &Counts) -> f32 {
        let named = counts.head().iter().filter(|word| self.authors.contains(word)).count();
        named as f32 / counts.head().len().max(1) as f32
    }

    /// How much of a block's first words are in the page's copy of its text; less than nothing where it has none.
    pub fn body(&self, counts: &Counts) -> f32 {
        if self.body.is_empty() {
            return -1.0;
        }
        let rows = counts.head().len().saturating_sub(SHINGLE - 1);
        let known = shingles(counts.head()).filter(|row| self.body.contains(row)).count();
        if rows == 0 { -0.5 } else { known as f32 / rows as f32 }
    }
}

/// The first words of a line that blocks are held against.
#[derive(Clone, Debug, Default)]
struct Line {
    words: Vec<u32>,
    /// A bit for each of them: a word whose bit is not set is none.
    bits: u64,
}

impl Line {
    fn of(text: &str) -> Line {
        let mut words = words(text);
        words.truncate(HEAD);
        let bits = words.iter().fold(0, |bits, &word| bits | bit(word));
        Line { words, bits }
    }

    /// How much of `words` is in the line, and how much of the line is in them.
    fn overlap(&self, words: &[u32]) -> (f32, f32) {
        if words.is_empty() || self.words.is_empty() {
            return (0.0, 0.0);
        }
        let is_said = |word: &&u32| self.bits & bit(**word) != 0 && self.words.contains(word);
        let common = words.iter().filter(is_said).count() as f32;
        (common / words.len() as f32, (common / self.words.len() as f32).min(1.0))
    }
}
