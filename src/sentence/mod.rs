//! Sentence boundaries.
//!
//! The text is read as chunks between white space, and every gap between two chunks is judged once: some gaps
//! are forced to end a sentence (blank lines, bullets, list numbers, credits), some are protected
//! (abbreviations, titles, ellipses), and what the rules leave open is weighed by a small trained model.

mod boundary;
mod chunk;
mod explain;
mod features;
mod list;
mod model;
mod rules;
mod sides;
mod style;
pub mod training;
mod verdict;

pub use explain::{Boundary, boundaries};
pub use rules::Rules;
pub use verdict::Rule;

use crate::text::Span;
use boundary::Gap;
use chunk::{Chunk, Chunker};
use list::Numbering;
use style::Style;
use verdict::Verdict;

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
    let mut found = Vec::with_capacity(text.len() / 100 + 1);
    let mut start = None;
    walk(text, rules, |gap, verdict| {
        let ends = gap.ends(verdict);
        let first = *start.get_or_insert(gap.span(gap.left).start);
        if ends {
            found.push(Span::new(first, gap.span(gap.left).end));
            start = None;
        }
        ends
    });
    found
}

/// Shows every gap of `text` with what the rules say of it, in order, and asks whether a sentence ends there.
/// The last is the end of the text.
fn walk(text: &str, rules: &Rules, mut ends: impl FnMut(&Gap<'_>, Verdict) -> bool) {
    let mut chunker = Chunker::new(text, rules);
    while chunker.next_block() {
        let last = chunker.is_last();
        walk_block(text, rules, &chunker.block, last, &mut ends);
    }
}

fn walk_block(
    text: &str,
    rules: &Rules,
    chunks: &[Chunk],
    last: bool,
    ends: &mut impl FnMut(&Gap<'_>, Verdict) -> bool,
) {
    let Some(opening) = chunks.first() else { return };
    let style = Style::of(chunks, text, rules);
    let mut numbering = Numbering::new(opening.text(text));
    let (mut first, mut line) = (0, opening.span.start);
    for left in 0..chunks.len() {
        let gap = Gap { text, rules, chunks, left, first, line, style };
        let verdict = match chunks.get(left + 1) {
            None if last => Verdict::ends(Rule::End),
            None => Verdict::ends(Rule::BlankLine),
            Some(after) => {
                if after.newlines > 0 {
                    line = after.span.start;
                }
                if gap.is_item() {
                    numbering = Numbering::new(after.text(text));
                    Verdict::ends(Rule::ListItem)
                } else if numbering.continues(after.text(text)) {
                    Verdict::ends(Rule::Numbering)
                } else {
                    gap.verdict()
                }
            }
        };
        if ends(&gap, verdict) {
            first = left + 1;
        }
    }
}
