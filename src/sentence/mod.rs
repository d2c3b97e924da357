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

use crate::limits::{BYTES_PER_WEIGHED_GAP, MAX_WEIGHED_GAPS};
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
    walk::<false>(text, rules, |gap, verdict| {
        let ends = gap.ends(verdict);
        if ends {
            found.push(gap.span(gap.first).cover(gap.span(gap.left)));
        }
        ends
    });
    found
}

/// Shows every gap of `text` with what the rules say of it, in order, and asks whether a sentence ends there.
/// The last is the end of the text. Unless `ALL` are wanted, the gaps where nothing speaks for an end are not shown.
fn walk<const ALL: bool>(text: &str, rules: &Rules, mut ends: impl FnMut(&Gap<'_>, Verdict) -> bool) {
    let mut chunker = Chunker::new(text, rules);
    let mut allowance = Allowance::default();
    while chunker.next_block() {
        let last = chunker.is_last();
        walk_block::<ALL>(text, rules, &chunker.block, last, &mut allowance, &mut ends);
    }
}

fn walk_block<const ALL: bool>(
    text: &str,
    rules: &Rules,
    chunks: &[Chunk],
    last: bool,
    allowance: &mut Allowance,
    ends: &mut impl FnMut(&Gap<'_>, Verdict) -> bool,
) {
    let Some(opening) = chunks.first() else { return };
    let style = Style::of(chunks, text, rules);
    let mut numbering = Numbering::new(opening.text(text));
    let (mut first, mut line) = (0, opening.span.start());
    for (left, before) in chunks.iter().enumerate() {
        let next = chunks.get(left + 1);
        if !ALL && next.is_some_and(|next| before.runs_on(*next)) && !numbering.is_open() {
            continue;
        }
        let gap = Gap { text, rules, chunks, left, first, line, style };
        let verdict = match next {
            None if last => Verdict::ends(Rule::End),
            None => Verdict::ends(Rule::BlankLine),
            Some(after) => {
                if after.newlines > 0 {
                    line = after.span.start();
                }
                if gap.is_item() {
                    numbering = Numbering::new(after.text(text));
                    Verdict::ends(Rule::ListItem)
                } else if numbering.is_open() && numbering.continues(after.text(text)) {
                    Verdict::ends(Rule::Numbering)
                } else {
                    allowance.verdict(&gap)
                }
            }
        };
        if ends(&gap, verdict) {
            first = left + 1;
        }
    }
}

/// What was spent on the gaps of a text so far, in parts of a gap that is weighed.
#[derive(Clone, Copy, Debug, Default)]
struct Allowance {
    spent: usize,
}

impl Allowance {
    /// Parts that a gap costs which is weighed; one that a rule is sure of costs one.
    const WEIGHED: usize = 8;

    /// What the rules say of a gap; a look must do where the text has had its share of rules and weights.
    fn verdict(&mut self, gap: &Gap<'_>) -> Verdict {
        let read = gap.span(gap.left).end();
        if self.spent > Self::WEIGHED * (MAX_WEIGHED_GAPS + read / BYTES_PER_WEIGHED_GAP) {
            return gap.verdict_in_haste();
        }
        let verdict = gap.verdict();
        self.spent += match verdict.sure {
            false => Self::WEIGHED,
            true => usize::from(verdict.rule != Rule::NoMark),
        };
        verdict
    }
}
