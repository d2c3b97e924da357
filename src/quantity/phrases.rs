//! Lists of phrases that are found in tokens: one look-up for the first word, then word by word.

use crate::hash::{Sketch, Table};
use crate::token::{Tokens, Words};

/// A word of a phrase, and whether white space stands before it.
type Piece = (String, bool);

/// Phrases, each with a value; the longest wins.
pub(super) struct Phrases<V> {
    by_word: Table<String, Vec<(Vec<Piece>, V)>>,
    sketch: Sketch,
    backward: bool,
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
        let mut by_word: Table<String, Vec<(Vec<Piece>, V)>> = Table::default();
        for (phrase, value) in list {
            let phrase = phrase.as_ref();
            let words = Words::new(phrase);
            let mut pieces: Vec<Piece> =
                words.of(phrase).iter().map(|x| (x.lower.to_owned(), x.spaced)).collect();
            if backward {
                pieces.reverse();
            }
            let Some((first, _)) = pieces.first().cloned() else { continue };
            by_word.entry(first).or_default().push((pieces, value));
        }
        for phrases in by_word.values_mut() {
            phrases.sort_by_key(|(pieces, _)| std::cmp::Reverse(pieces.len()));
        }
        let sketch = by_word.keys().map(String::as_str).collect();
        Self { by_word, sketch, backward }
    }

    fn of_word(&self, word: &str) -> Option<&Vec<(Vec<Piece>, V)>> {
        if self.sketch.may_hold(word) { self.by_word.get(word) } else { None }
    }

    /// The words that phrases begin with, or end with where they are found backward.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.by_word.keys().map(String::as_str)
    }

    /// Whether `word` alone is one of them.
    pub fn has(&self, word: &str) -> bool {
        self.of_word(word).is_some_and(|phrases| phrases.iter().any(|(pieces, _)| pieces.len() == 1))
    }

    /// The phrase that begins at `at`: the token after it, and its value.
    pub fn at(&self, t: Tokens<'_>, at: usize) -> Option<(usize, V)> {
        debug_assert!(!self.backward);
        let phrases = self.of_word(t.get(at)?.lower)?;
        let next = t.get(at + 1).map(|x| x.lower);
        let mut likely = phrases.iter().filter(|(pieces, _)| may_follow(pieces, next));
        likely.find_map(|(pieces, value)| Some((follows(t, at, pieces)?, *value)))
    }

    /// As [`Self::at`], with dots and hyphens let through between the words: "sq. km", "light-years".
    pub fn loosely_at(&self, t: Tokens<'_>, at: usize) -> Option<(usize, V)> {
        let phrases = self.of_word(t.get(at)?.lower)?;
        phrases.iter().find_map(|(pieces, value)| Some((follows_loosely(t, at, pieces)?, *value)))
    }

    /// The phrase that ends before `at`: its first token, and its value.
    pub fn before(&self, t: Tokens<'_>, at: usize) -> Option<(usize, V)> {
        debug_assert!(self.backward);
        let phrases = self.of_word(t.before(at, 1)?.lower)?;
        let next = t.before(at, 2).map(|x| x.lower);
        let mut likely = phrases.iter().filter(|(pieces, _)| may_follow(pieces, next));
        likely.find_map(|(pieces, value)| Some((leads(t, at, pieces)?, *value)))
    }
}

/// Whether the second word of a phrase is the one that stands there: most phrases end with this question.
fn may_follow(pieces: &[Piece], next: Option<&str>) -> bool {
    pieces.get(1).is_none_or(|(word, _)| next == Some(word))
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
        while i > 0 && t.get(end).is_some_and(|x| (x.text == "." || x.is_dash()) && !x.spaced) {
            end += 1;
        }
        t.get(end).filter(|x| x.lower == word)?;
        end += 1;
    }
    Some(end)
}

fn leads(t: Tokens<'_>, at: usize, pieces: &[Piece]) -> Option<usize> {
    let from = at.checked_sub(pieces.len())?;
    for (i, (word, spaced)) in pieces.iter().enumerate() {
        let place = at.checked_sub(i + 1)?;
        t.get(place).filter(|x| x.lower == word && (place == from || x.spaced == *spaced))?;
    }
    Some(from)
}
