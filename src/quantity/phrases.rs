//! Lists of phrases that are found in tokens: one look-up for the first word, then word by word.

use crate::hash::{Sketch, Table};
use crate::token::{Tokens, Words};

/// A word of a phrase, and whether white space stands before it.
type Piece = (String, bool);

/// Phrases, each with a value; the longest wins.
pub(super) struct Phrases<V> {
    by_word: Table<String, Bucket<V>>,
    sketch: Sketch,
    backward: bool,
}

/// The phrases of one first word.
struct Bucket<V> {
    /// The value of the word alone.
    alone: Option<V>,
    /// The longer ones by their second word, the longest first: fifty begin with "sq".
    longer: Table<String, Vec<(Vec<Piece>, V)>>,
}

impl<V> Default for Bucket<V> {
    fn default() -> Self {
        Self { alone: None, longer: Table::default() }
    }
}

impl<V: Copy> Bucket<V> {
    fn add(&mut self, pieces: Vec<Piece>, value: V) {
        let Some((second, _)) = pieces.get(1).cloned() else {
            self.alone = Some(value);
            return;
        };
        let alike = self.longer.entry(second).or_default();
        alike.push((pieces, value));
        alike.sort_by_key(|(pieces, _)| std::cmp::Reverse(pieces.len()));
    }

    /// The longest phrase that `fits`, where `next` is the second word that stands in the text; `alone` is where the
    /// first word ends.
    fn longest(
        &self,
        next: Option<&str>,
        alone: usize,
        fits: impl Fn(&[Piece]) -> Option<usize>,
    ) -> Option<(usize, V)> {
        let alike = next.filter(|_| !self.longer.is_empty()).and_then(|next| self.longer.get(next));
        let longer = alike.and_then(|alike| alike.iter().find_map(|(p, value)| Some((fits(p)?, *value))));
        longer.or_else(|| Some((alone, self.alone?)))
    }
}

impl<V: Copy> Phrases<V> {
    /// Phrases that begin where they are looked for.
    pub fn forward(list: impl Iterator<Item = (impl AsRef<str>, V)>) -> Self {
        Self::new(list, false)
    }

    /// Phrases that end where they are looked for.
    pub fn backward(list: impl Iterator<Item = (impl AsRef<str>, V)>) -> Self {
        Self::new(list, true)
    }

    fn new(list: impl Iterator<Item = (impl AsRef<str>, V)>, backward: bool) -> Self {
        let mut by_word: Table<String, Bucket<V>> = Table::default();
        for (phrase, value) in list {
            let phrase = phrase.as_ref();
            let words = Words::new(phrase);
            let mut pieces: Vec<Piece> =
                words.of(phrase).iter().map(|x| (x.lower.to_owned(), x.spaced)).collect();
            if backward {
                pieces.reverse();
            }
            let Some((first, _)) = pieces.first().cloned() else { continue };
            by_word.entry(first).or_default().add(pieces, value);
        }
        let sketch = by_word.keys().map(String::as_str).collect();
        Self { by_word, sketch, backward }
    }

    fn of_word(&self, word: &str) -> Option<&Bucket<V>> {
        if self.sketch.may_hold(word) { self.by_word.get(word) } else { None }
    }

    /// The words that phrases begin with, or end with where they are found backward.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.by_word.keys().map(String::as_str)
    }

    /// Whether `word` alone is one of them.
    pub fn has(&self, word: &str) -> bool {
        self.of_word(word).is_some_and(|bucket| bucket.alone.is_some())
    }

    /// The phrase that begins at `at`: the token after it, and its value.
    pub fn at(&self, t: Tokens<'_>, at: usize) -> Option<(usize, V)> {
        debug_assert!(!self.backward);
        let bucket = self.of_word(t.get(at)?.lower)?;
        let next = t.get(at + 1).map(|x| x.lower);
        bucket.longest(next, at + 1, |pieces| follows(t, at, pieces))
    }

    /// As [`Self::at`], with dots and hyphens let through between the words: "sq. km", "light-years".
    pub fn loosely_at(&self, t: Tokens<'_>, at: usize) -> Option<(usize, V)> {
        let bucket = self.of_word(t.get(at)?.lower)?;
        let next = t.get(past_joints(t, at + 1)).map(|x| x.lower);
        bucket.longest(next, at + 1, |pieces| follows_loosely(t, at, pieces))
    }

    /// The phrase that ends before `at`: its first token, and its value.
    pub fn before(&self, t: Tokens<'_>, at: usize) -> Option<(usize, V)> {
        debug_assert!(self.backward);
        let last = at.checked_sub(1)?;
        let bucket = self.of_word(t.get(last)?.lower)?;
        let next = t.before(last, 1).map(|x| x.lower);
        bucket.longest(next, last, |pieces| leads(t, at, pieces))
    }
}

fn follows(t: Tokens<'_>, at: usize, pieces: &[Piece]) -> Option<usize> {
    for (i, (word, spaced)) in pieces.iter().enumerate() {
        t.get(at + i).filter(|x| x.lower == word && (i == 0 || x.spaced == *spaced))?;
    }
    Some(at + pieces.len())
}

fn follows_loosely(t: Tokens<'_>, at: usize, pieces: &[Piece]) -> Option<usize> {
    let mut end = at;
    for (i, (word, _)) in pieces.iter().enumerate() {
        end = if i > 0 { past_joints(t, end) } else { end };
        t.get(end).filter(|x| x.lower == word)?;
        end += 1;
    }
    Some(end)
}

/// The token after the dots and hyphens that touch what stands before `at`.
fn past_joints(t: Tokens<'_>, mut at: usize) -> usize {
    while t.get(at).is_some_and(|x| (x.text == "." || x.is_dash()) && !x.spaced) {
        at += 1;
    }
    at
}

fn leads(t: Tokens<'_>, at: usize, pieces: &[Piece]) -> Option<usize> {
    let from = at.checked_sub(pieces.len())?;
    for (i, (word, spaced)) in pieces.iter().enumerate() {
        let place = at.checked_sub(i + 1)?;
        t.get(place).filter(|x| x.lower == word && (place == from || x.spaced == *spaced))?;
    }
    Some(from)
}
