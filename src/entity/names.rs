//! A user's own names.

use std::collections::HashMap;

use super::atom::{self, Line};
use super::label::Label;
use super::mention::Mention;
use crate::text::Span;
use crate::token::Words;

/// Names that the user knows, by their first word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    by_first: HashMap<String, Vec<(Vec<String>, Label)>>,
}

impl Names {
    /// Compiles names. They are found as they are written, letter for letter; the longest wins.
    #[must_use]
    pub fn new<'a>(names: impl IntoIterator<Item = (&'a str, Label)>) -> Self {
        let mut by_first: HashMap<String, Vec<(Vec<String>, Label)>> = HashMap::new();
        for (name, label) in names {
            let words: Vec<String> =
                Words::new(name).of(name).iter().map(|token| token.text.to_owned()).collect();
            if let Some(first) = words.first() {
                by_first.entry(first.clone()).or_default().push((words, label));
            }
        }
        for list in by_first.values_mut() {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Self { by_first }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }

    pub(super) fn found(&self, text: &str, number: usize, line: &Line) -> Vec<Mention> {
        let mut found = Vec::new();
        if self.is_empty() {
            return found;
        }
        let mut place = 0;
        while let Some(first) = line.atoms.get(place) {
            let held = self.by_first.get(first.span.of(text)).map_or(&[][..], Vec::as_slice);
            let same = |(words, _): &&(Vec<String>, Label)| {
                let here = line.atoms.get(place..place + words.len());
                here.is_some_and(|atoms| {
                    atoms.iter().zip(words).all(|(atom, word)| same(atom.span.of(text), word))
                })
            };
            let Some((words, label)) = held.iter().find(same) else {
                place += 1;
                continue;
            };
            let end = place + words.len();
            let last = line.atoms.get(end - 1).unwrap_or(first);
            let span = Span::new(first.span.start(), last.span.end());
            found.push(Mention { span, label: *label, line: number, start: place, end });
            place = end;
        }
        found
    }
}

/// A word of the text, which has lost its possessive, against a word of the list, which has not.
fn same(here: &str, word: &str) -> bool {
    here == word || here == atom::without_possessive(word)
}
