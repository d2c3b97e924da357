//! The words in the names that a publisher gives its elements: `<div class="articleBody__related-links">` says four.

use std::borrow::Cow;
use std::ops::Range;

use super::super::html::{Attribute, Name, NodeId, Tree};
use super::cell::{FNV, step};

/// Words of one element that are looked at: style sheets of utilities have dozens, which say nothing.
const MOST_WORDS: usize = 40;

/// Bytes of one attribute that are looked at.
const LONGEST: usize = 400;

/// Values that are remembered at once.
const SLOTS: usize = 256;

/// What was worked out of the values of attributes: the items of a list all have the same names. It takes no memory until
/// something is remembered.
pub(super) struct Known<'t, T>(Vec<Option<(&'t str, T)>>);

impl<T> Default for Known<'_, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'t, T: Clone> Known<'t, T> {
    fn slot(value: &str) -> usize {
        let (bytes, middle) = (value.as_bytes(), value.len() / 2);
        let byte = |at: usize| bytes.get(at).copied().map_or(0, usize::from);
        (value.len() + 3 * byte(middle) + 7 * byte(value.len().saturating_sub(1))) % SLOTS
    }

    /// What is remembered of `value`.
    pub fn get(&self, value: &str) -> Option<T> {
        let slot = self.0.get(Self::slot(value))?.as_ref();
        slot.filter(|(known, _)| *known == value).map(|(_, told)| told.clone())
    }

    /// Remembers it of `value`, in the place of another that has the same slot.
    pub fn put(&mut self, value: &'t str, told: T) {
        self.0.resize(SLOTS, None);
        if let Some(slot) = self.0.get_mut(Self::slot(value)) {
            *slot = Some((value, told));
        }
    }
}

/// Where the words of values stand.
pub(super) type Split<'t> = Known<'t, Range<usize>>;

/// Adds the words of `value`; they are remembered where no more than `most` stand there then.
fn split_once<'t>(value: &'t str, found: &mut Vec<u32>, most: usize, known: &mut Split<'t>) {
    if let Some(words) = known.get(value) {
        return found.extend_from_within(words);
    }
    let start = found.len();
    split(value, found);
    if found.len() <= most {
        known.put(value, start..found.len());
    }
}

/// Adds the hashes of the words in an element's names.
pub(super) fn words<'t>(tree: &Tree<'t>, node: NodeId, found: &mut Vec<u32>, known: &mut Split<'t>) {
    let start = found.len();
    let tag = tree.tag(node).unwrap_or("");
    if tag.contains('-') {
        split(tag, found);
    }
    for attribute in tree.attributes(node).filter(|attribute| is_name(tree, attribute)) {
        match tree.value(attribute) {
            Cow::Borrowed(value) if value.len() <= LONGEST => {
                split_once(value, found, start + MOST_WORDS, known);
            }
            value => {
                let part = value.get(..LONGEST.min(value.len()));
                part.into_iter().for_each(|part| split(part, found));
            }
        }
    }
    found.truncate(start + MOST_WORDS);
}

fn is_name(tree: &Tree<'_>, attribute: &Attribute) -> bool {
    match attribute.name {
        Name::CLASS | Name::ID | Name::ITEMPROP | Name::ROLE | Name::REL | Name::ARIA_LABEL => true,
        Name::OTHER => {
            // Most of those that the list has not are `src`, `alt` and the like.
            let Some((data, name)) = tree.raw_name(attribute).as_bytes().split_first_chunk::<5>() else {
                return false;
            };
            data.eq_ignore_ascii_case(b"data-") && is_telling(name) && tree.value(attribute).len() <= 60
        }
        _ => false,
    }
}

/// Whether one of the words that publishers mark their modules with is part of a `data-` name.
fn is_telling(name: &[u8]) -> bool {
    (0..name.len()).any(|at| {
        let rest = name.get(at..).unwrap_or_default();
        let begins = |word: &[u8]| rest.get(..word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word));
        match rest.first().map(u8::to_ascii_lowercase) {
            Some(b't') => begins(b"test") || begins(b"type"),
            Some(b'c') => begins(b"component"),
            Some(b'm') => begins(b"module"),
            Some(b'n') => begins(b"name"),
            Some(b'q') => begins(b"qa"),
            Some(b'b') => begins(b"block"),
            Some(b's') => begins(b"section"),
            Some(b'w') => begins(b"widget"),
            Some(b'r') => begins(b"role"),
            _ => false,
        }
    })
}

/// `articleBody__related-links` is article, body, related, links.
fn split(value: &str, found: &mut Vec<u32>) {
    let mut before = b' ';
    let (mut word, mut len) = (FNV, 0);
    for &byte in value.as_bytes() {
        let breaks = !byte.is_ascii_alphabetic() || byte.is_ascii_uppercase() && before.is_ascii_lowercase();
        if breaks {
            close(word, len, found);
            (word, len) = (FNV, 0);
        }
        if byte.is_ascii_alphabetic() {
            word = step(word, byte.to_ascii_lowercase());
            len += 1;
        }
        before = byte;
    }
    close(word, len, found);
}

fn close(word: u32, len: usize, found: &mut Vec<u32>) {
    if (2..=24).contains(&len) {
        found.push(word);
    }
}

#[cfg(test)]
mod tests {
    use super::super::cell::hash;
    use super::*;

    #[test]
    fn names_are_split_at_marks_and_capitals() {
        let mut found = Vec::new();
        split("articleBody__related-links2 x", &mut found);
        assert_eq!(found, ["article", "body", "related", "links"].map(hash));
    }
}
