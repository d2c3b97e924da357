//! Sentence boundaries.
//!
//! The text is read as chunks between white space, and every gap between two chunks is judged once: some gaps
//! are forced to end a sentence (blank lines, bullets, list numbers, credits), some are protected
//! (abbreviations, initials, ellipses), and the rest end one after `.`, `?` or `!` and before a capital.

mod boundary;
mod chunk;
mod list;
mod rules;

pub use rules::Rules;

use crate::text::Span;
use boundary::Gap;
use list::Numbering;

/// The sentences of `text`: trimmed, disjoint, in order, and with all of it but white space.
///
/// # Example
/// ```
/// use copydesk::sentence::{Rules, sentences};
///
/// let text = "“Is it over?” he asked. Mr. Blair left.";
/// let found: Vec<&str> = sentences(text, Rules::english()).iter().map(|span| span.of(text)).collect();
/// assert_eq!(found, ["“Is it over?” he asked.", "Mr. Blair left."]);
/// ```
#[must_use]
pub fn sentences(text: &str, rules: &Rules) -> Vec<Span> {
    let chunks = chunk::chunks(text, rules);
    let mut found = Vec::with_capacity(chunks.len() / 16 + 1);
    let Some(first) = chunks.first() else { return found };
    let mut numbering = Numbering::new(first.text(text));
    let (mut start, mut first_chunk, mut line) = (first.span.start, 0, first.span.start);
    for (left, pair) in chunks.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        let gap = Gap { text, rules, chunks: &chunks, left, first: first_chunk, line };
        if after.newlines > 0 {
            line = after.span.start;
        }
        if gap.ends_block() {
            numbering = Numbering::new(after.text(text));
        } else if !(numbering.continues(after.text(text)) || gap.ends_sentence()) {
            continue;
        }
        found.push(Span::new(start, before.span.end));
        (start, first_chunk) = (after.span.start, left + 1);
    }
    let end = chunks.last().map_or(start, |last| last.span.end);
    found.push(Span::new(start, end));
    found
}
